/* diff.c - lettermerge diff ID: a letter as it was written against what it would be now, as text;
 * with --png as pictures of the pages too, in out/diff/. */
#include "cli/cli_int.h"

#include <stdio.h>

struct comparing {
	struct cli *cli;
	const char *file; /* of the letter as it was written */
	bool differs;
	struct buf line; /* --json */
};

static void show_same(const char *file)
{
	struct buf line = {0};
	buf_heading(&line, str_of(file));
	buf_puts(&line, ": nothing changed\n");
	say_as_is(stdout, buf_text(&line));
	buf_free(&line);
}

/* All but the object's end: pictures may follow. */
static void put_json(const struct job_letter *letter, struct buf *out)
{
	buf_puts(out, "{\"diff\":1,\"id\":");
	json_string(out, letter->id);
	json_member(out, "file", str_of(letter->file));
	json_member(out, "state", str_of(cli_fate(letter->fate, true)));
	diff_write(letter->difference, DIFF_JSON, out);
}

static void show_text(const struct comparing *shown, const struct job_letter *letter)
{
	struct buf out = {0};
	bool coloured = cli_use_colour(shown->cli, stdout);
	diff_write(letter->difference, coloured ? DIFF_COLOURED : DIFF_PLAIN, &out);
	say_as_is(stdout, buf_text(&out));
	buf_free(&out);
	if (letter->fate == JOB_UNCHANGED && !shown->cli->common.quiet)
		show_same(letter->file);
}

static void show_letter(void *user, const struct job_letter *letter)
{
	struct comparing *shown = user;
	shown->differs = letter->fate == JOB_WRITTEN;
	shown->file = str_copy(shown->cli->arena, str_of(letter->file)).at;
	if (shown->cli->run.json_letters)
		put_json(letter, &shown->line);
	else
		show_text(shown, letter);
}

static void show_finding(void *user, const struct diag *diag)
{
	cli_show(((struct comparing *)user)->cli, diag);
}

static void show_pictures(struct cli *cli, struct str stem, struct buf *line)
{
	static const char *const versions[] = {"old", "new"};
	for (int i = 0; i < 2; i++) {
		struct str name = str_format(
			cli->arena, "%.*s-%s-*.png", str_arg(stem), versions[i]);
		if (!cli->run.json_letters) {
			say_to(stdout, "%s\n", name.at);
			continue;
		}
		buf_puts(line, i ? "," : ",\"pictures\":[");
		json_string(line, name);
		buf_puts(line, i ? "]" : "");
	}
}

static bool make_both(struct comparing *shown, struct job_request request, struct str id)
{
	struct cli *cli = shown->cli;
	struct str dir = path_join(cli->arena, str_of(cli_out(cli)), str_lit("diff"));
	struct str stem = path_join(cli->arena, dir, id);
	struct str new = str_format(cli->arena, "%.*s.pdf", str_arg(stem));
	request.listener.user = cli;
	request.listener.found = cli_show;
	request.listener.letter = NULL;
	if (job_write(&request, dir.at).written != 1)
		return true; /* what was wrong is said */
	bool good = cli_make_pictures(cli, new, str_format(cli->arena, "%.*s-new", str_arg(stem)));
	if (good && file_exists(shown->file))
		good = cli_make_pictures(cli, str_of(shown->file),
			str_format(cli->arena, "%.*s-old", str_arg(stem)));
	if (good)
		show_pictures(cli, stem, &shown->line);
	return good;
}

int command_diff(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	struct comparing shown = {.cli = cli};
	struct str id = cli_record(cli, &request);
	if (!id.at)
		return cli_fail(cli);
	struct job_update update = cli_update(cli);
	update.say_reasons = true;
	request.selection.only = &id;
	request.selection.only_count = 1;
	request.workers = 1;
	request.listener = (struct job_listener){
		.user = &shown, .found = show_finding, .letter = show_letter};
	struct job_result result = job_diff(&request, &update);
	bool good = !cli->shown.png || !shown.differs || make_both(&shown, request, id);
	buf_puts(&shown.line, shown.line.len ? "}\n" : "");
	say_as_is(stdout, buf_text(&shown.line));
	buf_free(&shown.line);
	if (!good)
		return cli_fail(cli);
	return cli_exit_code(cli, &result);
}
