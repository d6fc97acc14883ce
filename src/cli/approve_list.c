/* approve_list.c - lettermerge approve without letters: who has approved what, and what stands
 * against letters, for people or as JSON. */
#include "cli/cli_int.h"

#include "record/approval.h"
#include "record/remark.h"

#include <stdio.h>

void cli_put_approval(struct buf *out, struct str id, struct str by)
{
	buf_heading(out, id);
	buf_puts(out, ": approved by ");
	buf_quoted(out, by);
}

/* In JSON as RFC 3339 5.6 has it. */
static struct str time_of(struct cli *cli, int64_t seconds)
{
	struct buf out = {0};
	(cli->run.json_letters ? buf_moment : buf_moment_told)(&out, seconds);
	struct str when = str_copy(cli->arena, buf_text(&out));
	buf_free(&out);
	return when;
}

static void put_json(const struct approval *approval, struct str when, struct str why)
{
	struct buf out = {0};
	buf_puts(&out, "{\"id\":");
	json_string(&out, approval->id);
	json_member(&out, "by", approval->by);
	if (approval->known)
		buf_format(&out, ",\"known\":\"%s\"", known_words[approval->known]);
	buf_format(&out, ",\"at\":\"%s\"", when.at);
	if (why.len)
		json_member(&out, "void", why);
	buf_puts(&out, "}\n");
	say_as_is(stdout, buf_text(&out));
	buf_free(&out);
}

static void put_line(const struct approval *approval, struct str when, struct str why)
{
	struct buf line = {0};
	cli_put_approval(&line, approval->id, approval->by);
	buf_say(&line, "%s, %.*s%s%.*s\n",
		approval->known == KNOWN_LINK             ? " over their own link"
			: approval->known == KNOWN_SIGNED ? ", signed"
							  : "",
		str_arg(when), why.len ? "; void: " : "", str_arg(why));
	say_as_is(stdout, buf_text(&line));
	buf_free(&line);
}

static void show_approval(void *user, const struct approval *approval)
{
	struct cli *cli = user;
	struct str when = time_of(cli, approval->at);
	struct buf why = {0};
	if (approval->older)
		approval_why(approval, &why);
	if (cli->run.json_letters)
		put_json(approval, when, buf_text(&why));
	else
		put_line(approval, when, buf_text(&why));
	buf_free(&why);
}

/* -- what stands against letters --------------------------------------------------------------- */

static const char *const remark_words[] = {
	[REMARK_REJECTED] = "rejected", [REMARK_COMMENTED] = "commented"};

static void put_remark_json(
	struct str id, const struct remark *remark, struct str when, struct buf *out)
{
	buf_puts(out, "{\"id\":");
	json_string(out, id);
	buf_puts(out, ",\"by\":");
	json_string(out, remark->actor.name);
	if (remark->actor.known)
		buf_format(out, ",\"known\":\"%s\"", known_words[remark->actor.known]);
	buf_format(out, ",\"at\":\"%s\",\"%s\":", when.at, remark_words[remark->kind]);
	json_string(out, remark->text);
	buf_puts(out, "}\n");
}

static void show_remark(void *user, struct str id, const struct remark *remark)
{
	struct cli *cli = user;
	struct str when = time_of(cli, remark->actor.at);
	struct buf out = {0};
	if (cli->run.json_letters)
		put_remark_json(id, remark, when, &out);
	else {
		buf_heading(&out, id);
		buf_format(&out, ": %s by ", remark_words[remark->kind]);
		buf_quoted(&out, remark->actor.name);
		buf_say(&out, ", %.*s: ", str_arg(when));
		buf_quoted(&out, remark->text);
		buf_char(&out, '\n');
	}
	say_as_is(stdout, buf_text(&out));
	buf_free(&out);
}

int cli_list_approvals(struct cli *cli)
{
	const struct approval_query all = {.one = show_approval, .user = cli};
	const struct remark_query against = {.one = show_remark, .user = cli};
	return approvals_each(cli_out(cli), &all, cli->diags) &&
			remarks_each(cli_out(cli), &against, cli->diags)
		? EXIT_GOOD
		: cli_fail(cli);
}
