/* log.c - lettermerge log: who did what to which letter, and when; and whether all of it is still
 * there as it was noted. */
#include "cli/cli_int.h"

#include "base/diag_id.h"
#include "record/log.h"
#include "record/names.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SHOWN = 12 }; /* digits of a hash, to tell versions apart */

struct telling {
	struct cli *cli;
	void (*tell)(const struct log_line *line, struct buf *out);
	bool *found; /* of each argument, whether it has a line */
	struct nearest *nearest;
	struct log_chain chain;
	int64_t unsigned_lines; /* whose name nobody signed for */
	int64_t bad, first_bad; /* whose signature cannot be believed; the number of the first */
	struct buf out;
};

/* -- one line ---------------------------------------------------------------------------------- */

/* What --trust makes known: in words, in a table, in JSON. */
static const struct {
	const char *said, *cell, *json;
} proofs[PROOF_COUNT] = {
	[PROOF_UNASKED] = {"", "", ""},
	[PROOF_NONE] = {"", "", ""},
	[PROOF_GOOD] = {", good", "good", ",\"good\":true"},
	[PROOF_BAD] = {", not to be believed", "bad", ",\"good\":false"},
};

static void tell_words(const struct log_line *line, struct buf *out)
{
	if (line->forgotten) {
		buf_say(out, "%lld: forgotten\n", (long long)line->number);
		return;
	}
	buf_moment_told(out, line->actor.at);
	buf_puts(out, "  ");
	buf_heading(out, line->id);
	buf_say(out, "%s%s by ", line->id.len ? ": " : "", log_acts[line->act]);
	buf_quoted(out, line->actor.name);
	if (*known_words[line->actor.known])
		buf_say(out, " (%s%s)", known_words[line->actor.known], proofs[line->proof].said);
	buf_puts(out, line->note.len ? ", " : "");
	if (line->note.len)
		buf_quoted(out, line->note);
	buf_say(out, "%s%.*s\n", line->version.len ? "  " : "",
		line->version.len < SHOWN ? line->version.len : SHOWN, line->version.at);
}

static void tell_json(const struct log_line *line, struct buf *out)
{
	buf_puts(out, "{\"line\":");
	if (line->forgotten)
		buf_say(out, "null,\"number\":%lld", (long long)line->number);
	else
		log_write(line, out);
	buf_say(out, ",\"leaf\":\"%.*s\",\"chain\":\"%.*s\"", str_arg(line->leaf),
		str_arg(line->chain));
	if (line->signature.len) {
		buf_puts(out, ",\"signature\":\"");
		buf_base64(out, line->signature.at, (size_t)line->signature.len);
		buf_puts(out, "\"");
	}
	buf_format(out, "%s}\n", proofs[line->proof].json);
}

/* A spreadsheet takes what begins so for a formula. */
static bool acts(struct str text)
{
	return text.len && strchr("=+-@\t\r", text.at[0]);
}

/* RFC 4180, but that lines end as they do elsewhere here. */
static void put_cell(struct str text, struct buf *out)
{
	struct buf shown = {0};
	buf_shown(&shown, text);
	buf_puts(out, acts(text) ? ",\"'" : ",\"");
	for (size_t i = 0; i < shown.len; i++) {
		if (shown.at[i] == '"')
			buf_char(out, '"');
		buf_char(out, shown.at[i]);
	}
	buf_char(out, '"');
	buf_free(&shown);
}

static void tell_csv(const struct log_line *line, struct buf *out)
{
	const struct str cells[] = {str_of(log_acts[line->act]), line->id, line->actor.name,
		str_of(known_words[line->actor.known]), line->note, line->version, line->leaf,
		line->chain, str_of(proofs[line->proof].cell)};
	buf_format(out, "%lld,\"", (long long)line->number);
	if (!line->forgotten)
		buf_moment_told(out, line->actor.at);
	buf_char(out, '"');
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		put_cell(line->forgotten && i == 0 ? str_lit("forgotten") : cells[i], out);
	buf_puts(out, "\n");
}

/* -- all of them ------------------------------------------------------------------------------- */

static bool is_asked_for(struct telling *telling, const struct log_line *line)
{
	char **ids = telling->cli->arguments;
	bool asked = !*ids;
	for (int i = 0; ids[i]; i++) {
		bool same = str_is(line->id, ids[i]);
		asked |= same;
		telling->found[i] |= same;
		if (!same && line->id.len && nearest_try(&telling->nearest[i], line->id))
			telling->nearest[i].best = str_copy(telling->cli->arena, line->id);
	}
	return asked;
}

static void tell(void *user, const struct log_line *line)
{
	enum { BLOCK = 65536 };
	struct telling *telling = user;
	log_follow(&telling->chain, line);
	if (line->proof == PROOF_BAD && !telling->bad++)
		telling->first_bad = line->number;
	telling->unsigned_lines += !line->forgotten && line->actor.known != KNOWN_SIGNED;
	if (is_asked_for(telling, line))
		telling->tell(line, &telling->out);
	if (telling->out.len < BLOCK)
		return;
	say_as_is(stdout, buf_text(&telling->out));
	buf_clear(&telling->out);
}

/* Where some lines are signed, how many are not. */
static void end_words(struct telling *telling)
{
	const struct log_chain *chain = &telling->chain;
	int64_t loose = telling->unsigned_lines;
	buf_say(&telling->out, "%lld line%s in the log%s", (long long)chain->count,
		chain->count == 1 ? "" : "s",
		chain->broken || !chain->count ? "" : ", none changed or taken out");
	if (loose && loose < chain->count)
		buf_say(&telling->out, "; not signed by whom they name: %lld", (long long)loose);
	buf_puts(&telling->out, "\n");
}

static void end(struct telling *telling)
{
	struct cli *cli = telling->cli;
	const struct log_chain *chain = &telling->chain;
	const char *path = names_hidden(
		cli->arena, cli_out(cli), (struct shard){0}, "approvals.db");
	if (telling->tell == tell_words && !cli->common.quiet)
		end_words(telling);
	say_as_is(stdout, buf_text(&telling->out));
	buf_free(&telling->out);
	if (chain->broken)
		diag_add(cli->diags, LOG_BROKEN, place_in(path),
			diag_int(cli->diags, chain->broken));
	if (telling->bad)
		diag_add(cli->diags, LOG_SIGNATURE, place_in(path),
			diag_int(cli->diags, telling->bad),
			diag_int(cli->diags, telling->first_bad));
	for (int i = 0; cli->arguments[i]; i++) {
		if (telling->found[i])
			continue;
		diag_add(cli->diags, LOG_NONE, place_none(), cli_out(cli), cli->arguments[i]);
		nearest_hint(&telling->nearest[i], cli->diags);
	}
}

int command_log(struct cli *cli)
{
	int count = 0;
	if (!cli_may_use_out(cli, false))
		return cli_fail(cli);
	while (cli->arguments[count])
		count++;
	struct telling telling = {.cli = cli,
		.tell = cli->logging.csv        ? tell_csv
			: cli->run.json_letters ? tell_json
						: tell_words,
		.found = arena_new_array(cli->arena, bool, count + 1),
		.nearest = arena_new_array(cli->arena, struct nearest, count + 1)};
	for (int i = 0; i < count; i++)
		telling.nearest[i] = nearest_start(str_of(cli->arguments[i]));
	if (telling.tell == tell_csv)
		buf_puts(&telling.out,
			"number,at,act,id,who,known,note,version,leaf,chain,signature\n");
	if (cli->raising.trust)
		cli->opened.believed = trust_new(cli->raising.trust, cli->diags);
	if (cli->raising.trust && !cli->opened.believed)
		return cli_fail(cli);
	const struct log_query all = {.one = tell,
		.user = &telling,
		.believed = cli->opened.believed,
		.now = (int64_t)time(NULL)};
	bool good = log_each(cli_out(cli), &all, cli->diags);
	end(&telling);
	return good && !diags_failed(cli->diags) ? EXIT_GOOD : cli_fail(cli);
}
