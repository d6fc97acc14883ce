/* serve.c - lettermerge serve: the proof desk, until Ctrl-C. */
#include "cli/cli_int.h"

#include "base/diag_id.h"
#include "http/http.h"
#include "record/names.h"
#include "template/template.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the browser is given to open: a page for its user's eyes only, which leads to the link. The
 * link itself would stand on a command line, where all users of the machine can read it. */
static bool open_desk(struct cli *cli, const char *link)
{
	const char *folder = getenv("XDG_RUNTIME_DIR");
	char *path = str_chars(cli->arena,
		path_join(cli->arena, str_of(folder ? folder : "/tmp"),
			str_lit("lettermerge-XXXXXX.html")));
	struct str page = str_format(cli->arena,
		"<!DOCTYPE html><title>Proof desk</title>"
		"<meta http-equiv=\"refresh\" content=\"0; url=%s\">"
		"<a href=\"%s\">The proof desk</a>\n",
		link, link);
	int fd = mkstemps(path, 5); /* for its owner alone */
	bool good = fd >= 0 && file_write_all(fd, page.at, (size_t)page.len);
	if (!good)
		diag_add(cli->diags, FILE_WRITE, place_none(), path, strerror(errno));
	if (fd < 0)
		return false;
	close(fd);
	cli->opened.page = path;
	return good && cli_open_link(cli, path);
}

static void show_link(void *user, struct str name, const char *link)
{
	struct cli *cli = user;
	int own = cli->approving.persons.len;
	bool first = !own || str_eq(name, cli->approving.persons.at[0].name);
	bool last = !own || str_eq(name, cli->approving.persons.at[own - 1].name);
	struct buf line = {0};
	if (own)
		buf_heading(&line, name);
	buf_say(&line, "%s%s\n", own ? ": " : "", link);
	say_as_is(stdout, buf_text(&line));
	buf_free(&line);
	if (last && !cli_send(cli) && !cli->shown.open)
		cli_interrupt(); /* nobody knows the link */
	if (!cli->common.quiet && first)
		say_to(stderr,
			"the proof desk is open, end with Ctrl-C; who has the link can read all "
			"letters\n");
	if (cli->shown.open && first && !open_desk(cli, link))
		cli_fail(cli);
}

/* A template that cannot be read is the desk's to show. */
static bool check_label(struct cli *cli, const struct job_source *source)
{
	struct diags *unsaid = diags_new();
	const struct template *template = cli->shown.label.len && source->template
		? job_read_template(cli->arena, source, unsaid)
		: NULL;
	diags_free(unsaid);
	for (int i = 0; template && i < cli->shown.label.len; i++) {
		struct str name = cli->shown.label.at[i];
		if (template_find_field(template->fields, name))
			continue;
		struct nearest nearest = template_nearest_field(template->fields, name);
		diag_add(cli->diags, OPTION_FIELD, place_none(), "--label",
			diag_str(cli->diags, name));
		nearest_hint(&nearest, cli->diags);
	}
	return !diags_failed(cli->diags);
}

/* Whose approvals are signed has a link of their own, and no other name for it. */
static bool find_signer(struct cli *cli, struct desk_options *desk)
{
	struct str name = approval_person(cli->arena, identity_name(desk->approver));
	bool named = !cli->approving.persons.len && !cli->approving.by && name.len;
	for (int i = 0; i < cli->approving.persons.len; i++)
		named |= approval_is_same_person(cli->approving.persons.at[i].name, name);
	if (!cli->approving.persons.len && named)
		*vec_push(cli->arena, &cli->approving.persons) = (struct actor){
			.name = name, .known = KNOWN_LINK};
	if (!named)
		diag_add(cli->diags, SERVE_SIGNER, place_none(), diag_str(cli->diags, name),
			cli->approving.by
				? "and --by says who approves over the link that all share"
				: "and no --person is called so",
			diag_str(cli->diags, name));
	desk->approver_name = name;
	desk->approver_signing.pss = cli->signing.pss;
	desk->seal = job_seal(cli->arena, desk->approver, &desk->approver_signing);
	return named;
}

/* A file that is asked for its pass phrase is asked once. */
static bool open_approver(
	struct cli *cli, const struct job_request *request, struct desk_options *desk)
{
	const char *path = cli->approving.sign_with;
	if (!path)
		return true;
	if (desk->look_only) {
		diag_add(cli->diags, OPTION_COMMAND, place_none(), "sign-with", "serve --read-only",
			"serve", "serve");
		return false;
	}
	bool same = cli->signing.identity && strcmp(cli->signing.identity, path) == 0;
	if (same)
		desk->approver = request->signing.identity;
	if (!desk->approver)
		desk->approver = cli->opened.approver = cli_identity_of(cli, path);
	return desk->approver && find_signer(cli, desk);
}

static const struct actor *find_persons(const struct cli *cli, const struct actor *shared)
{
	return cli->approving.persons.len ? cli->approving.persons.at : shared;
}

int command_serve(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	if (cli->approving.by && cli->approving.persons.len) {
		diag_add0(cli->diags, SERVE_BY, place_none());
		cli_fail(cli);
		return EXIT_USAGE;
	}
	bool believed = cli_open_believed(cli);
	if (!request.source.template || diags_failed(cli->diags) || !believed ||
		!check_label(cli, &request.source) || !cli_open_signing(cli, &request))
		return cli_fail(cli);
	cli_catch_signals();
	struct job_update update = cli_update(cli);
	const struct actor shared = cli_actor(cli, &request.form);
	struct serve_options options = {
		.desk = {.request = &request,
			.update = &update,
			.label = cli->shown.label.len ? cli->shown.label.at : NULL,
			.label_count = cli->shown.label.len,
			.sample = cli->drawing.sample,
			.seed = cli->drawing.seed,
			.look_only = cli->shown.read_only,
			.editor = cli->shown.editor,
			.reading_only = !request.signing.identity && !cli->signing.no_sign,
			.interrupted = cli_interrupted()},
		.kept = names_hidden(cli->arena, cli_out(cli), (struct shard){0}, "links"),
		.port = cli->shown.port,
		.user = cli,
		.ready = show_link};
	if (!open_approver(cli, &request, &options.desk))
		return cli_fail(cli);
	options.persons = find_persons(cli, &shared);
	options.person_count = cli->approving.persons.len ? cli->approving.persons.len : 1;
	bool good = serve_run(&options, cli->diags);
	if (cli->opened.page)
		unlink(cli->opened.page);
	cli_close_levels(cli);
	return good ? cli_signal_code() : cli_fail(cli);
}
