/* approve.c - lettermerge approve: who says that a letter may go out as it is now. What is listed
 * without letters is in approve_list.c. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#include "record/log.h"
#include "record/remark.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct actor cli_actor(const struct cli *cli, const struct job_form *form)
{
	const struct passwd *user = getpwuid(geteuid());
	struct actor actor = {
		.known = KNOWN_ACCOUNT, .at = form->has_time ? form->time : (int64_t)time(NULL)};
	if (cli->approving.by) {
		actor.name = str_of(cli->approving.by);
		actor.known = KNOWN_SAID;
	} else
		actor.name = user ? str_copy(cli->arena, str_of(user->pw_name))
				  : str_format(cli->arena, "user %d", (int)geteuid());
	return actor;
}

/* -- what stands against letters --------------------------------------------------------------- */

/* The option that says one, its sentence, and what there is to say of it. */
struct remarking {
	const char *option, *text;
	enum remark_kind kind;
	const char *said;
};

static struct remarking find_remark(const struct cli *cli)
{
	const struct remarking all[] = {
		{"reject", cli->approving.reject, REMARK_REJECTED,
			"%d letter%s rejected; --approved-only holds what is not answered\n"},
		{"comment", cli->approving.comment, REMARK_COMMENTED,
			"%d letter%s commented, not approved; --approved-only holds what is not "
			"answered\n"},
		{"answer", cli->approving.answer, REMARK_ANSWERED, "%d remark%s answered\n"}};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].text)
			return all[i];
	return (struct remarking){0};
}

/* As they are now; what is said of one that cannot be made is said of no version, and an answer is
 * one to what was said. */
static const struct remarked *look_at(
	struct cli *cli, const struct job_request *request, enum remark_kind kind)
{
	const struct job_selection *which = &request->selection;
	struct remarked *letters = arena_new_array(cli->arena, struct remarked, which->only_count);
	struct diags *unsaid = diags_new();
	struct job_maker *maker = kind == REMARK_ANSWERED
		? NULL
		: job_maker_new(&request->source, &request->form, unsaid);
	for (int i = 0; i < which->only_count; i++) {
		struct job_made made;
		char version[LOG_HEX] = "";
		letters[i].id = which->only[i];
		if (maker && job_maker_make(maker, letters[i].id, false, &made, unsaid))
			log_version(&made.content, version);
		letters[i].version = str_copy(cli->arena, str_of(version));
	}
	job_maker_free(maker);
	diags_free(unsaid);
	return letters;
}

static int remark(struct cli *cli, const struct job_request *request)
{
	const struct remarking asked = find_remark(cli);
	const struct job_selection *which = &request->selection;
	struct remark remark = {.kind = asked.kind,
		.text = remark_text(cli->arena, str_of(asked.text)),
		.actor = cli_actor(cli, &request->form)};
	if (!cli_open_seal(cli, &remark.actor))
		return cli_fail(cli);
	if (!remark.text.len || !which->only_count) {
		diag_add(cli->diags, REMARK_TEXT, place_none(), asked.option,
			diag_int(cli->diags, REMARK_MOST));
		return cli_fail(cli);
	}
	const struct remarked *letters = look_at(cli, request, asked.kind);
	int done = remarks_add(cli_out(cli), letters, which->only_count, &remark, cli->diags);
	if (done < 0)
		return cli_fail(cli);
	if (!cli->common.quiet)
		say_to(stdout, asked.said, done, plural(done));
	return EXIT_GOOD;
}

static int withdraw(struct cli *cli, const struct job_request *request)
{
	const struct job_selection *which = &request->selection;
	struct withdrawal withdrawal = {which->only, which->only_count,
		str_of(cli->approving.by ? cli->approving.by : ""), cli_actor(cli, &request->form)};
	if (!cli_open_seal(cli, &withdrawal.actor))
		return cli_fail(cli);
	int withdrawn = approvals_take_back(cli_out(cli), &withdrawal, cli->diags);
	if (withdrawn < 0)
		return cli_fail(cli);
	if (!cli->common.quiet)
		say_to(stdout, "%d approval%s withdrawn\n", withdrawn, plural(withdrawn));
	return EXIT_GOOD;
}

/* -- approving --------------------------------------------------------------------------------- */

enum { NAMED = 40 };

/* Those that are named, a line each. */
static int count_named(struct cli *cli)
{
	struct str rest = buf_text(&cli->naming.lines), line;
	int count = 0;
	while (rest.len && str_split(&rest, '\n', &line))
		count++;
	return count;
}

/* Each by its name: what was asked for may be another thing than what was meant. Of very many, as
 * many as somebody reads. */
static void name_letter(void *user, const struct job_letter *letter)
{
	struct cli *cli = user;
	if (letter->fate != JOB_WRITTEN || cli->common.quiet)
		return;
	if (!cli->common.verbose && count_named(cli) == NAMED)
		return;
	cli_put_approval(&cli->naming.lines, letter->id, cli->naming.by);
	buf_puts(&cli->naming.lines, "\n");
}

static void sum_up(const struct job_result *result, struct str by)
{
	struct buf line = {0};
	buf_say(&line, "%d letter%s approved by ", result->written, plural(result->written));
	buf_quoted(&line, by);
	if (result->unchanged)
		buf_say(&line, ", %d already as %s now", result->unchanged,
			result->unchanged == 1 ? "it is" : "they are");
	buf_say(&line, ", %d failed\n", result->failed);
	say_as_is(stdout, buf_text(&line));
	buf_free(&line);
}

static int approve(struct cli *cli, struct job_request *request)
{
	bool named = *cli->arguments || cli_given(cli, "only");
	struct job_approver approver = {
		.out = cli_out(cli), .actor = cli_actor(cli, &request->form), .once = !named};
	if (!cli_open_seal(cli, &approver.actor))
		return cli_fail(cli);
	approver.identity = cli->opened.identity;
	approver.signing.pss = cli->signing.pss;
	cli->naming.by = approver.actor.name;
	request->listener.letter = name_letter;
	struct job_result result = job_approve(request, &approver);
	cli_progress_end(cli);
	int more = cli->common.quiet ? 0 : result.written - count_named(cli);
	if (!result.system_failure)
		say_as_is(stdout, buf_text(&cli->naming.lines));
	if (more > 0)
		say_to(stdout, "and %d more, which -v names\n", more);
	buf_free(&cli->naming.lines);
	if (!cli->common.quiet)
		sum_up(&result, approver.actor.name);
	return cli_exit_code(cli, &result);
}

/* -- which letters --------------------------------------------------------------------------- */

/* On a terminal a part of a name is asked back; elsewhere nobody is there to answer. */
static bool is_meant(struct cli *cli, const char *part, struct str id)
{
	char line[8] = "";
	if (str_is(id, part))
		return true;
	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
		diag_add(cli->diags, APPROVE_PART, place_none(), part, diag_str(cli->diags, id),
			diag_str(cli->diags, id));
		return false;
	}
	say_to(stderr, "Do you mean %.*s? [y/N] ", str_arg(id));
	return fgets(line, sizeof line, stdin) && (line[0] == 'y' || line[0] == 'Y');
}

static bool add_named(struct cli *cli, const struct job_request *request)
{
	for (char **part = cli->arguments; *part; part++) {
		struct str id = job_find_record(cli->arena, &request->source, *part, cli->diags);
		if (!id.at || !is_meant(cli, *part, id))
			return false;
		*vec_push(cli->arena, &cli->which.only) = id;
	}
	return true;
}

static void ignore(void *user, const struct diag *diag)
{
	(void)user;
	(void)diag;
}

/* Findings are said when the letters are approved. */
static void add_proof_set(struct cli *cli, const struct job_request *request)
{
	struct choice choice = {
		.arena = cli->arena, .sample = cli->drawing.sample, .seed = cli->drawing.seed};
	struct job_request all = *request;
	struct job_check check = {.choose = &choice};
	all.listener.found = ignore;
	all.listener.letter = NULL;
	job_check(&all, &check);
	cli_progress_end(cli);
	for (int i = 0; i < choice.letters.len; i++)
		*vec_push(cli->arena, &cli->which.only) = choice.letters.at[i].id;
}

/* A misspelt exception would be a letter that is approved. */
static bool check_exceptions(struct cli *cli, const struct job_request *request)
{
	for (int i = 0; i < cli->which.except.len; i++) {
		struct str id = cli->which.except.at[i];
		if (!job_has_record(&request->source, id, cli->diags) && !diags_failed(cli->diags))
			diag_add(cli->diags, RECORD_NONE, place_in(request->source.recipients),
				diag_str(cli->diags, id), request->source.recipients);
	}
	return !diags_failed(cli->diags);
}

/* One thing at a time. */
static void refuse_two(struct cli *cli)
{
	static const char *const acts[] = {"withdraw", "reject", "comment", "answer", NULL};
	const char *first = NULL;
	for (int i = 0; acts[i]; i++) {
		if (!cli_given(cli, acts[i]))
			continue;
		if (first)
			diag_add(cli->diags, REMARK_ONE, place_none(), first, acts[i]);
		first = acts[i];
	}
}

/* What does not go with something else that was said. */
static bool refuse_beside(struct cli *cli)
{
	const struct approve_options *options = &cli->approving;
	if (options->sign_with && options->by && !options->withdraw)
		diag_add(cli->diags, APPROVE_WITH, place_none(), "by", "approve --sign-with");
	if (options->all && (*cli->arguments || cli->which.only.len))
		diag_add(cli->diags, OPTION_COMMAND, place_none(), "all", "approve with ids",
			"approve without them", "approve");
	refuse_two(cli);
	return !diags_failed(cli->diags);
}

/* Whoever acts, they are known by these. */
static bool is_of_acts(const char *option)
{
	return strcmp(option, "by") == 0 || strcmp(option, "sign-with") == 0;
}

/* What chooses or changes nothing in a list, or where nothing is approved; back: as what. */
static bool refuse_options(struct cli *cli, const char *back)
{
	static const char *const none[] = {"all", "proof-set", "where", "limit", "style", "also",
		"attach-source", "compact", "jobs", "no-sign", "sign-with", "by", NULL};
	for (int i = 0; none[i]; i++)
		if (cli_given(cli, none[i]) && !(back && is_of_acts(none[i])))
			diag_add(cli->diags, APPROVE_WITH, place_none(), none[i],
				back ? str_format(cli->arena, "approve --%s", back).at
				     : "approve without letters");
	return !diags_failed(cli->diags);
}

int command_approve(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	struct job_selection *which = &request.selection;
	if (!request.source.template || diags_failed(cli->diags))
		return cli_fail(cli);
	if (!cli_may_use_out(cli, *cli->arguments))
		return cli_fail(cli);
	bool some = *cli->arguments || cli->which.only.len || cli->which.where.len ||
		which->limit || cli->approving.all || cli->approving.proof_set;
	const char *says = find_remark(cli).option;
	const char *back = cli->approving.withdraw ? "withdraw" : says;
	bool lists = !some && !back;
	if (!refuse_beside(cli) || ((lists || back) && !refuse_options(cli, back)))
		return cli_fail(cli);
	if (lists)
		return cli_list_approvals(cli);
	if (cli->run.json_letters) {
		diag_add(cli->diags, APPROVE_WITH, place_none(), "json", "letters to approve");
		diag_hint(cli->diags, "leave it out; approve --json lists who has approved what");
		return cli_fail(cli);
	}
	if (!add_named(cli, &request) || !check_exceptions(cli, &request))
		return cli_fail(cli);
	if (cli->approving.proof_set)
		add_proof_set(cli, &request);
	which->only = cli->which.only.at;
	which->only_count = cli->which.only.len;
	which->except = cli->which.except.at;
	which->except_count = cli->which.except.len;
	if (says)
		return remark(cli, &request);
	return cli->approving.withdraw ? withdraw(cli, &request) : approve(cli, &request);
}
