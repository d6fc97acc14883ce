/* cli.c - what the commands share: defaults, showing findings, progress, exit codes. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char *cli_template(struct cli *cli)
{
	return cli->from.template ? cli->from.template
				  : job_find_template(cli->arena, "templates", cli->diags);
}

enum { BAR = 30, MOVING = 4, STEP = 100 };

/* How far it is; where nobody knows how many records there are, that it goes on. */
static void draw_bar(int done, int total)
{
	static const char full[] = "##############################",
			  empty[] = "..............................";
	int from = total > 0 ? 0 : done / STEP % (BAR - MOVING + 1);
	int to = total > 0 ? (int)((int64_t)done * BAR / total) : from + MOVING;
	say_to(stderr, "\r[%.*s%.*s%.*s] %d", from, empty, to - from, full, BAR - to, empty, done);
	if (total > 0)
		say_to(stderr, " of %d", total);
}

/* A bar on a terminal, drawn anew some two hundred times a run. */
static void show_progress(void *user, int done, int total)
{
	struct cli *cli = user;
	int step = total > 0 ? total / 200 + 1 : STEP;
	bool due = total != 0 && (done % step == 0 || done == total);
	if (cli->common.quiet || !due || !cli_is_screen(stderr)) /* the last asks the system */
		return;
	draw_bar(done, total);
	cli->showing.progress = true;
}

/* Takes the bar away. */
void cli_progress_end(struct cli *cli)
{
	if (cli->showing.progress)
		say_to(stderr, "\r\033[K");
	cli->showing.progress = false;
}

/* SOURCE_DATE_EPOCH is read here, so that no stage depends on the environment. */
static void read_time(struct cli *cli, struct job_request *request)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");
	if (!text || !*text)
		return;
	char *end;
	long long seconds = strtoll(text, &end, 10);
	if (*end || seconds < 0 || seconds > 253402300799) /* the end of year 9999 */
		diag_add(cli->diags, EPOCH, place_none(), text);
	request->form.has_time = true;
	request->form.time = seconds;
}

struct job_request cli_request(struct cli *cli)
{
	struct job_request request = {
		.source = {.template = cli_template(cli),
			.template_bytes = cli->opened.template_bytes,
			.style = cli->from.style,
			.recipients = cli->from.recipients ? cli->from.recipients : "recipients",
			.query = cli->from.query,
			.sheet = cli->from.sheet,
			.name = cli->from.name},
		.selection = {.only = cli->which.only.len ? cli->which.only.at : NULL,
			.only_count = cli->which.only.len,
			.where = cli->which.where.at,
			.where_count = cli->which.where.len,
			.limit = cli->which.limit,
			.expected = cli->which.expected,
			.shard = cli->run.shard},
		.form = {.guides = cli->form.guides,
			.attach_source = cli->form.attach_source,
			.compact = cli->form.compact,
			.standard = cli->form.standard},
		.listener = {.user = cli,
			.found = cli_show,
			.progress = show_progress,
			.letter = cli_letter},
		.faces = cli_face_keeping(cli),
		.workers = cli->run.workers,
		.most_failed = cli->run.max_errors,
	};
	memcpy(request.form.also, cli->form.also, sizeof cli->form.also);
	read_time(cli, &request);
	return request;
}

const char *cli_out(const struct cli *cli)
{
	return cli->common.out ? cli->common.out : "out";
}

const char *cli_word(const struct cli *cli, const char *text)
{
	return str_copy(cli->arena, str_word(cli->arena, str_of(text))).at;
}

bool cli_may_use_out(struct cli *cli, bool write)
{
	const char *out = cli_out(cli);
	if (access(out, R_OK | X_OK) != 0 && errno != ENOENT)
		return file_not_read(out, cli->diags);
	return !write || access(out, W_OK) == 0 || errno == ENOENT ||
		file_not_written(out, cli->diags);
}

struct job_update cli_update(const struct cli *cli)
{
	return (struct job_update){
		.to = {.out = cli_out(cli),
			.archive = cli->run.archive,
			.spread = cli->run.spread,
			.durability = cli->run.fast ? DURABILITY_FAST : DURABILITY_SAFE},
		.force = cli->run.force,
		.prune = cli->run.prune,
		.read_all = cli->common.verbose,
		.approvals = cli->approving.approvals
			? cli->approving.approvals
			: cli->approving.approved_only || cli->approving.signed_only,
		.believed = cli->opened.believed,
		.deps = cli->run.deps,
		.settings = file_exists(PROJECT_FILE) ? PROJECT_FILE : NULL,
		.program = LETTERMERGE_VERSION,
	};
}

struct str cli_record(struct cli *cli, const struct job_request *request)
{
	const char *part = cli->arguments[0];
	if (!request->source.template || diags_failed(cli->diags))
		return (struct str){0};
	if (part)
		return job_find_record(cli->arena, &request->source, part, cli->diags);
	diag_add(cli->diags, ARGUMENT_MISSING, place_none(), cli->command, cli->command);
	return (struct str){0};
}

static void show_all(struct cli *cli)
{
	for (int i = 0; i < diags_len(cli->diags); i++)
		cli_show(cli, diags_at(cli->diags, i));
	diags_clear(cli->diags);
}

/* Said of the command line, though only its command can tell. */
static bool is_usage(int id)
{
	return id == DIAG_ARGUMENT_MISSING || id == DIAG_SIGNER_NONE || id == DIAG_MAKE_FORM ||
		id == DIAG_LISTEN_PASS || id == DIAG_OUT_STREAM || id == DIAG_JSON_WITH ||
		id == DIAG_OPTION_COMMAND;
}

int cli_fail(struct cli *cli)
{
	bool system = diags_count(cli->diags, SEVERITY_SYSTEM) > 0, usage = false;
	for (int i = 0; i < diags_len(cli->diags); i++)
		usage |= is_usage(diags_at(cli->diags, i)->id);
	show_all(cli);
	return usage ? EXIT_USAGE : system ? EXIT_SYSTEM : EXIT_FINDINGS;
}

bool cli_send(struct cli *cli)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return cli->showing.all[DIAG_STREAM_WRITE] == 0;
	diag_add(
		cli->diags, STREAM_WRITE, place_none(), errno ? strerror(errno) : "a write failed");
	clearerr(stdout);
	cli->showing.stream = stderr;
	cli->showing.colour = cli_use_colour(cli, stderr);
	if (cli->showing.all[DIAG_STREAM_WRITE] == 0)
		cli_fail(cli);
	return false;
}

/* People read the first of a kind and mend the rest alike; programs want all. */
static int most_shown(const struct cli *cli)
{
	enum { SOME = 20 };
	return cli->common.max >= 0                           ? cli->common.max
		: cli->common.json || cli->checks.unconfirmed ? 0
							      : SOME;
}

/* Whether it was said of another letter: how a word of the template is set, at the same place. */
static bool is_said_again(struct cli *cli, const struct diag *diag)
{
	struct buf key = {0};
	bool own = diag->record && diag->at.file && str_starts(str_of(diag->record), diag->at.file);
	if (own || cli->common.json || (diag->id != DIAG_SIGN_SET && diag->id != DIAG_FALLBACK))
		return false;
	place_write(diag->at, &key);
	buf_puts(&key, diag->text);
	bool again = map_add(&cli->showing.said, str_hash(buf_text(&key)), 0) >= 0;
	buf_free(&key);
	return again;
}

void cli_show(void *user, const struct diag *diag)
{
	struct cli *cli = user;
	enum severity severity = diag_severity(diag->id);
	if (severity == SEVERITY_NOTE && !cli->showing.notes && !cli->common.verbose)
		return;
	if (is_said_again(cli, diag))
		return;
	if (cli->checks.unconfirmed && severity < SEVERITY_ERROR && !job_is_unconfirmed(diag->id))
		return;
	int max = most_shown(cli);
	cli->showing.all[diag->id]++;
	if (++cli->showing.found[diag->id] > max && max > 0)
		return;
	struct buf out = {0};
	if (cli->common.json)
		diag_write_json(diag, &out);
	else
		diag_write_text(diag, cli->showing.colour, &out);
	cli_progress_end(cli);
	say_as_is(cli->showing.stream, buf_text(&out));
	buf_free(&out);
}

void cli_show_rest(struct cli *cli)
{
	int max = most_shown(cli);
	for (int id = 0; id < DIAG_COUNT && max > 0; id++) {
		int more = cli->showing.found[id] - max;
		const char *code = diag_code(id);
		if (more > 0 && cli->common.json)
			say_to(cli->showing.stream, "{\"code\":\"%s\",\"more\":%d}\n", code, more);
		else if (more > 0)
			say_to(cli->showing.stream, "and %d more of [%s], show all with --max 0\n",
				more, code);
		cli->showing.found[id] = more > 0 ? max : cli->showing.found[id];
	}
}

void cli_show_counts(struct cli *cli, int code)
{
	int counts[SEVERITY_SYSTEM + 1] = {0};
	if (!cli->common.json || !cli->bit || cli->common.help || cli_stands_alone(cli))
		return;
	for (int id = 0; id < DIAG_COUNT; id++)
		counts[diag_severity(id)] += cli->showing.all[id];
	say_to(cli->showing.stream,
		"{\"counts\":{\"errors\":%d,\"warnings\":%d,\"notes\":%d},\"exit\":%d}\n",
		counts[SEVERITY_ERROR] + counts[SEVERITY_SYSTEM], counts[SEVERITY_WARNING],
		counts[SEVERITY_NOTE], code);
}

void cli_show_standings(const struct job_result *result, FILE *out)
{
	const struct standings *standings = &result->standings;
	if (!standings_said(standings))
		return;
	say_to(out, "facts in the letters:");
	for (int i = STANDING_SEEN; i < STANDING_COUNT; i++)
		say_to(out, "%s %d %s", i == STANDING_SEEN ? "" : ",", standings->count[i],
			standing_name((enum standing)i));
	if (standings->late)
		say_to(out, "; %d rest%s on later evidence alone", standings->late,
			standings->late == 1 ? "s" : "");
	say_to(out, "\n");
}

const char *plural(int count)
{
	return count == 1 ? "" : "s";
}

int cli_exit_code(const struct cli *cli, const struct job_result *result)
{
	if (result->system_failure)
		return EXIT_SYSTEM;
	if (result->interrupted)
		return cli_signal_code();
	if (result->stopped)
		return EXIT_STOPPED;
	int errors = result->errors - (cli->run.rejections_ok ? result->rejections : 0);
	return errors || (cli->common.strict && result->warnings) ? EXIT_FINDINGS : EXIT_GOOD;
}
