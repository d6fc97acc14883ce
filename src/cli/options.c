/* options.c - what may be said on the command line, as one table.
 *
 * A row is an option's name and letter, the commands that it is for, what takes its value, and its
 * line of the help. So an option is added in one place: the help, the completion of the shells and
 * what is refused come from here, and a test holds the manual page against the help. */
#include "cli/cli_int.h"

#include "base/diag_id.h"
#include "verify/manifest.h"

#include <getopt.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define YES(member) .kind = IS_YES, .place = offsetof(struct cli, member)
#define TEXT(member) .kind = IS_TEXT, .place = offsetof(struct cli, member)
#define NUMBER(member, from, to) \
	.kind = IS_NUMBER, .place = offsetof(struct cli, member), .least = (from), .most = (to)
#define OWN(function) .kind = IS_OWN, .read = (function)

/* -- values that are more than a word or a number ---------------------------------------------- */

/* Which of the words was given; -1 after an error. */
static int read_word(
	struct cli *cli, const char *option, const char *word, const char *const *words)
{
	struct buf all = {0};
	int found = -1;
	for (int i = 0; words[i]; i++) {
		found = strcmp(word, words[i]) == 0 ? i : found;
		buf_say(&all, "%s%s", i ? ", " : "", words[i]);
	}
	if (found < 0)
		diag_add(cli->diags, OPTION_WORD, place_none(), option, word, buf_text(&all).at);
	buf_free(&all);
	return found;
}

static struct str next_id(struct cli *cli, struct str *rest)
{
	struct str id = {0};
	while (!id.len && str_split(rest, ',', &id))
		id = str_trim(id);
	return str_copy(cli->arena, id);
}

static void read_only(struct cli *cli, const char *list)
{
	struct str rest = str_of(list), id;
	while ((id = next_id(cli, &rest)).len)
		*vec_push(cli->arena, &cli->which.only) = id;
}

static void read_except(struct cli *cli, const char *list)
{
	struct str rest = str_of(list), id;
	while ((id = next_id(cli, &rest)).len)
		*vec_push(cli->arena, &cli->which.except) = id;
}

static void read_where(struct cli *cli, const char *condition)
{
	*vec_push(cli->arena, &cli->which.where) = str_of(condition);
}

static void read_tsa(struct cli *cli, const char *url)
{
	*vec_push(cli->arena, &cli->raising.tsa) = url;
}

static void read_also(struct cli *cli, const char *list)
{
	static const char *const twins[] = {"html", "text", NULL};
	struct str rest = str_of(list), word;
	while (str_split(&rest, ',', &word)) {
		int twin = read_word(cli, "--also", str_copy(cli->arena, word).at, twins);
		if (twin >= 0)
			cli->form.also[FILE_HTML + twin] = true;
	}
}

static void read_standard(struct cli *cli, const char *word)
{
	static const char *const standards[] = {"ua1+a2", "ua2+a4", NULL};
	if (read_word(cli, "--standard", word, standards) >= 0)
		cli->form.standard = word;
}

static void read_shard(struct cli *cli, const char *text)
{
	struct shard shard = {0};
	int end = 0;
	if (sscanf(text, "%d/%d%n", &shard.number, &shard.count, &end) == 2 && !text[end] &&
		shard.number >= 1 && shard.number <= shard.count && shard.count <= 100000)
		cli->run.shard = shard;
	else
		diag_add(cli->diags, OPTION_SHARD, place_none(), text);
}

static void read_by(struct cli *cli, const char *text)
{
	struct str name = approval_person(cli->arena, str_of(text));
	cli->approving.by = name.at;
	if (!name.len)
		diag_add(cli->diags, OPTION_NAME, place_none(), text);
}

static void read_diag(struct cli *cli, const char *word)
{
	static const char *const forms[] = {"text", "json", NULL};
	cli->json = read_word(cli, "--diag", word, forms) == 1;
}

static void read_durability(struct cli *cli, const char *word)
{
	static const char *const durabilities[] = {"safe", "fast", NULL};
	cli->run.fast = read_word(cli, "--durability", word, durabilities) == 1;
}

static void read_rejections(struct cli *cli, const char *word)
{
	static const char *const words[] = {"fail", "ok", NULL};
	cli->run.rejections_ok = read_word(cli, "--rejections", word, words) == 1;
}

static void read_after(struct cli *cli, const char *text)
{
	struct str time = str_of(text);
	if (time.len == (int)strlen("2020-10-13"))
		time = str_format(cli->arena, "%sT00:00:00Z", text);
	if (!manifest_time(time, &cli->verifying.after))
		diag_add(cli->diags, OPTION_TIME, place_none(), text);
}

static void read_level(struct cli *cli, const char *word)
{
	static const char *const levels[] = {"T", "LT", "LTA", NULL};
	cli->raising.level = read_word(cli, "--level", word, levels) + LEVEL_T;
}

static void read_colour(struct cli *cli, const char *word)
{
	static const char *const colours[] = {"auto", "always", "never", NULL};
	cli->colour_choice = read_word(cli, "--color", word, colours);
}

/* -- the table --------------------------------------------------------------------------------- */

#define OF(command) (1u << COMMAND_##command)
enum {
	BATCH = OF(BATCH),
	STATUS = OF(STATUS),
	MERGE_RECORD = OF(MERGE_RECORD),
	DIFF = OF(DIFF),
	PREVIEW = OF(PREVIEW),
	MAKE = OF(MAKE),
	APPROVE = OF(APPROVE),
	CONFIRM = OF(CONFIRM),
	SERVE = OF(SERVE),
	CHECK = OF(CHECK),
	FIELDS = OF(FIELDS),
	SIGN = OF(SIGN),
	VERIFY = OF(VERIFY),
	RECEIPT = OF(RECEIPT),
	FORGET = OF(FORGET),
	IDENTITY = OF(IDENTITY),
	SOME = BATCH | STATUS | PREVIEW | APPROVE | SERVE | CHECK,
	MAKING = SOME | DIFF,
	SOURCE = MAKING | MAKE | CONFIRM | FORGET,
	WRITING = BATCH | STATUS | DIFF | SERVE,
	SIGNING = BATCH | STATUS | SERVE | MAKE | SIGN | MERGE_RECORD | IDENTITY,
	EVERY = ~0
};

const struct option_row option_rows[] = {
	{"template", 't', "FILE", SOURCE | FIELDS,
		"the letter template (default: the only one in templates/)", TEXT(from.template)},
	{"recipients", 'r', "PATH", SOURCE,
		"the recipients: a folder of XML records, or a file: XML, CSV, JSON, .xlsx, .ods, "
		"SQLite, "
		"or postgresql://... (default: recipients/)",
		TEXT(from.recipients)},
	{"query", 0, "SQL", SOURCE, "the rows of a database (default: its table)",
		TEXT(from.query)},
	{"sheet", 0, "NAME", SOURCE, "a sheet of a workbook (default: the first that is shown)",
		TEXT(from.sheet)},
	{"out", 'o', "DIR", MAKING | MAKE | MERGE_RECORD | VERIFY | RECEIPT | FORGET,
		"where letters are written (default: out/; make: in its answers)", TEXT(out)},
	{"style", 0, "FILE", MAKING | MAKE,
		"another style than the template's own: a large-print edition", TEXT(from.style)},
	{"only", 0, "ID,...", SOME, "these letters only", OWN(read_only)},
	{"where", 0, "FIELD=VALUE", SOME, "records only whose field is so; several must all hold",
		OWN(read_where)},
	{"except", 0, "ID,...", APPROVE, "not these, of --all, --where or --proof-set",
		OWN(read_except)},
	{"all", 0, NULL, APPROVE, "all letters", YES(approving.all)},
	{"proof-set", 0, NULL, APPROVE, "the few letters of preview --proof",
		YES(approving.proof_set)},
	{"limit", 0, "N", SOME, "the first N letters only", NUMBER(which.limit, 1, INT_MAX)},
	{"name", 0, "PATTERN", SOURCE, "file names made of fields: --name '{postcode}-{name}'",
		TEXT(from.name)},
	{"also", 0, "html,text", MAKING, "the same letter as a web page and as plain text as well",
		OWN(read_also)},
	{"attach-source", 0, NULL, MAKING | MAKE,
		"the letter and its record as XML in the PDF, which is then PDF/A-3a",
		YES(form.attach_source)},
	{"standard", 0, "ua1+a2|ua2+a4", MAKING | MAKE,
		"what the PDF keeps: PDF/UA-1 and PDF/A-2a, or PDF/UA-2 and PDF/A-4 (default: as "
		"the style says)",
		OWN(read_standard)},
	{"jobs", 'j', "N", MAKING | MAKE,
		"how many letters are made at once, or connections answered (default: one a "
		"processor)",
		NUMBER(run.workers, 1, 1024)},
	{"force", 0, NULL, BATCH | STATUS | FORGET,
		"write letters that are up to date too; forget: though the source has the record",
		YES(run.force)},
	{"dry-run", 0, NULL, BATCH, "say what would be written, and why; same as status",
		YES(run.dry_run)},
	{"approved-only", 0, NULL, BATCH | STATUS | SERVE, "hold letters that nobody has approved",
		YES(approving.approved_only)},
	{"approvals", 0, "N", BATCH | STATUS | SERVE,
		"likewise, those that fewer than N persons have approved",
		NUMBER(approving.approvals, 1, 9)},
	{"by", 0, "NAME", APPROVE | SERVE, "who approves (default: your user name)", OWN(read_by)},
	{"withdraw", 0, NULL, APPROVE, "take approvals back, of all or of --by NAME",
		YES(approving.withdraw)},
	{"source", 0, "URL", CONFIRM, "where the fact was seen, an address or words",
		TEXT(confirming.source)},
	{"date", 0, "DATE", CONFIRM, "the source's own date, or the day on which you read it",
		TEXT(confirming.date)},
	{"quote", 0, "TEXT", CONFIRM, "a few of the source's words", TEXT(confirming.quote)},
	{"prune", 0, NULL, BATCH | STATUS, "remove letters whose recipient is gone",
		YES(run.prune)},
	{"spread", 0, NULL, WRITING, "letters in 256 folders, by a hash of their ids",
		YES(run.spread)},
	{"archive", 0, "FILE", BATCH | STATUS,
		"letters in one file, .tar or .zip, instead of a file each", TEXT(run.archive)},
	{"bundle", 0, "FILE.pdf", BATCH,
		"all letters in one file for the printer, unsigned, and nothing else",
		TEXT(run.bundle)},
	{"simplex", 0, NULL, BATCH, "--bundle: no blank pages, for a printer that uses one side",
		YES(run.simplex)},
	{"deps", 0, "FILE", BATCH, "what the letters were made from, for make and ninja",
		TEXT(run.deps)},
	{"shard", 0, "K/N", BATCH | STATUS, "the K-th of N parts, with a record of its own",
		OWN(read_shard)},
	{"partial", 0, NULL, MERGE_RECORD, "join the parts that are there; the list says which not",
		YES(run.partial)},
	{"durability", 0, "safe|fast", BATCH | SERVE,
		"wait for the disk (default), or leave it to the system", OWN(read_durability)},
	{"rejections", 0, "fail|ok", BATCH | CHECK | MAKE,
		"whether letters that are rejected make exit code 1 (default: fail)",
		OWN(read_rejections)},
	{"max-errors", 0, "N", BATCH | CHECK, "stop when N letters have failed",
		NUMBER(run.max_errors, 1, INT_MAX)},
	{"json", 0, NULL, BATCH | STATUS | PREVIEW,
		"one JSON object a line; batch: with --dry-run, preview: with --proof",
		YES(run.json_letters)},
	{"strict", 0, NULL, EVERY, "warnings count as errors for the exit code", YES(strict)},
	{"explain", 0, "CODE", CHECK,
		"what a finding means, what to do, and what changed since which version",
		TEXT(checks.explain)},
	{"no-pages", 0, NULL, CHECK, "the records only, many times faster", YES(checks.no_pages)},
	{"isolated", 0, NULL, CHECK, "make each letter from its record alone too, and compare",
		YES(checks.isolated)},
	{"unconfirmed", 0, NULL, CHECK, "the facts alone that nobody has seen, all of them",
		YES(checks.unconfirmed)},
	{"max", 0, "N", EVERY, "show N findings of a kind, count the rest (default: 20; 0: all)",
		NUMBER(max, 0, INT_MAX)},
	{"diag", 0, "text|json", EVERY, "the form of findings, one a line in JSON", OWN(read_diag)},
	{"color", 0, "auto|always|never", EVERY, "whether findings are in colour",
		OWN(read_colour)},
	{"colour", 0, "", EVERY, NULL, OWN(read_colour)},
	{"quiet", 'q', NULL, EVERY, "findings only", YES(quiet)},
	{"verbose", 'v', NULL, EVERY, "notes as well, and why each letter is written",
		YES(verbose)},
	{"proof", 0, NULL, PREVIEW,
		"the few letters that show every branch, the longest, the shortest, the "
		"oddest",
		YES(shown.proof)},
	{"jsonl", 0, NULL, MAKE, "a line of JSON for each letter, in and out", YES(making.jsonl)},
	{"listen", 0, "PATH", MAKE,
		"answer who connects to a Unix socket; \"systemd\": to the one that it opened",
		TEXT(making.listen)},
	{"guides", 0, NULL, PREVIEW, "margins, the envelope's window and folds are drawn",
		YES(form.guides)},
	{"open", 0, NULL, PREVIEW | SERVE, "show it at once: the letter, the desk",
		YES(shown.open)},
	{"port", 0, "N", SERVE, "the port to listen on (default: one that is free)",
		NUMBER(shown.port, 1, 65535)},
	{"text", 0, NULL, PREVIEW, "its words on the terminal", YES(shown.text)},
	{"watch", 0, NULL, PREVIEW, "made again on each save of what it is made from",
		YES(shown.watch)},
	{"png", 0, NULL, PREVIEW | DIFF, "pictures of the pages as well", YES(shown.png)},
	{"dpi", 0, "N", PREVIEW | DIFF, "--png: their dots per inch (default: 100)",
		NUMBER(shown.dpi, 1, 1200)},
	{"identity", 0, "FILE", SIGNING,
		"who signs, PEM, PKCS#12 or a pkcs11: URI (default: your own, if there is "
		"one)",
		TEXT(signing.identity)},
	{"certificates", 0, "FILE", SIGNING, "certificates that the identity lacks, in PEM",
		TEXT(signing.certificates)},
	{"no-sign", 0, NULL, MAKING | SIGNING, "nobody signs; without it, batch needs an identity",
		YES(signing.no_sign)},
	{"pass-file", 0, "FILE", SIGNING, "the identity's pass phrase, instead of a prompt",
		TEXT(signing.pass_file)},
	{"pass-fd", 0, "N", SIGNING, "the same, from an open file descriptor",
		NUMBER(signing.pass_fd, 1, 1023)},
	{"certify", 0, NULL, SIGNING, "signatures void any later change but further signatures",
		YES(signing.certify)},
	{"pss", 0, NULL, SIGNING, "RSA keys sign with PSS", YES(signing.pss)},
	{"level", 0, "T|LT|LTA", BATCH | STATUS | SERVE | SIGN, "the level to reach",
		OWN(read_level)},
	{"renew", 0, NULL, SIGN, "--level LTA: a newer last time stamp, though the old one lasts",
		YES(raising.renew)},
	{"tsa", 0, "URL", BATCH | STATUS | SERVE | SIGN,
		"a time-stamp authority; several are tried in order", OWN(read_tsa)},
	{"wait", 0, "SECONDS", BATCH | STATUS | SERVE | SIGN,
		"how long busy servers are waited for (default: 60)",
		NUMBER(raising.wait, 0, 86400)},
	{"trust", 0, "FILE", BATCH | STATUS | SERVE | SIGN | VERIFY | RECEIPT,
		"the roots to believe, in PEM; \"system\": this computer's", TEXT(raising.trust)},
	{"manifest", 0, "PATH", VERIFY | RECEIPT,
		"a run's manifest.json or its folder, and all its letters",
		TEXT(verifying.manifest)},
	{"receipt", 0, "FILE", VERIFY, "what lettermerge receipt wrote for the letter",
		TEXT(verifying.receipt)},
	{"after", 0, "TIME", VERIFY | RECEIPT, "refuse a list that was signed before it",
		OWN(read_after)},
	{"online", 0, NULL, VERIFY, "ask whether certificates were revoked", YES(verifying.online)},
	{"help", 'h', NULL, EVERY, "this text", YES(help)},
	{"version", 'V', NULL, EVERY, "the version, and of what it is built on", YES(version)},
};

enum { ROWS = sizeof option_rows / sizeof *option_rows };
const int option_row_count = ROWS;

/* -- reading ----------------------------------------------------------------------------------- */

static int read_number(struct cli *cli, const struct option_row *row, const char *text)
{
	char *end;
	long number = strtol(text, &end, 10);
	if (*text && !*end && number >= row->least && number <= row->most)
		return (int)number;
	diag_add(cli->diags, OPTION_NUMBER, place_none(),
		str_format(cli->arena, "--%s", row->name).at, text,
		diag_int(cli->diags, row->least), diag_int(cli->diags, row->most));
	return row->least;
}

static void read_option(struct cli *cli, const struct option_row *row, const char *value)
{
	char *place = (char *)cli + row->place;
	switch (row->kind) {
	case IS_YES:
		*(bool *)place = true;
		break;
	case IS_TEXT:
		*(const char **)place = value;
		break;
	case IS_NUMBER:
		*(int *)place = read_number(cli, row, value);
		break;
	case IS_OWN:
		row->read(cli, value);
		break;
	}
}

static void report_option(struct cli *cli, int code, const char *word)
{
	if (code == ':') {
		diag_add(cli->diags, OPTION_VALUE, place_none(), word);
		return;
	}
	diag_add(cli->diags, OPTION_UNKNOWN, place_none(), word);
	struct str name = str_of(word);
	while (name.len && name.at[0] == '-')
		name = str_slice(name, 1, name.len);
	struct nearest nearest = nearest_within(
		str_format(cli->arena, "--%.*s", str_arg(name)), CLI_MISSPELT);
	for (int i = 0; i < ROWS; i++)
		nearest_try(&nearest, str_format(cli->arena, "--%s", option_rows[i].name));
	nearest_hint(&nearest, cli->diags);
}

void cli_read_options(struct cli *cli, int argc, char **argv)
{
	struct option options[ROWS + 1] = {{0}};
	char letters[2 * ROWS + 2] = ":", *letter = letters + 1;
	int choice, chosen = 0;
	for (int i = 0; i < ROWS; i++) {
		options[i] = (struct option){option_rows[i].name,
			option_rows[i].value ? required_argument : no_argument, &chosen, i};
		if (option_rows[i].letter) {
			*letter++ = option_rows[i].letter;
			if (option_rows[i].value)
				*letter++ = ':';
		}
	}
	*letter = 0;
	opterr = 0;
	cli->given = arena_new_array(cli->arena, bool, ROWS);
	while ((choice = getopt_long(argc, argv, letters, options, NULL)) != -1) {
		if (choice == '?' || choice == ':') {
			report_option(cli, choice, argv[optind - 1]);
			continue;
		}
		for (int i = 0; choice && i < ROWS; i++)
			if (option_rows[i].letter == choice)
				chosen = i;
		cli->given[chosen] = true;
		read_option(cli, &option_rows[chosen], optarg);
	}
	cli->arguments = argv + optind;
}

/* "batch, status" */
static struct str commands_of(struct cli *cli, unsigned of)
{
	struct buf names = {0};
	for (int i = 0; i < COMMAND_COUNT; i++)
		if (of & 1u << i)
			buf_format(&names, "%s%s", names.len ? ", " : "", commands[i].name);
	struct str copy = str_copy(cli->arena, buf_text(&names));
	buf_free(&names);
	return copy;
}

void cli_check_options(struct cli *cli, const struct command *command)
{
	unsigned bit = 1u << (command - commands);
	for (int i = 0; i < ROWS; i++) {
		const struct option_row *row = &option_rows[i];
		if (!cli->given[i] || row->of & bit)
			continue;
		diag_add(cli->diags, OPTION_COMMAND, place_none(), row->name, command->name,
			commands_of(cli, row->of).at, command->name);
	}
}
