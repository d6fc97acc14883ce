/* options.c - what may be said on the command line, as one table.
 *
 * A row is an option's name and letter, what takes its value, and its line of the help. So an
 * option is added in one place; a test holds the manual page against the help. */
#include "cli/cli_int.h"

#include "base/diag_id.h"
#include "verify/manifest.h"

#include <getopt.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum kind { IS_YES, IS_TEXT, IS_NUMBER, IS_OWN };

struct row {
	const char *name;
	char letter;       /* 0: none */
	const char *value; /* as the help calls it; NULL: takes none */
	const char *help;  /* NULL: a second spelling, which the help leaves out */
	enum kind kind;
	size_t place;    /* in struct cli: a bool, a const char * or an int */
	int least, most; /* a number's limits */
	void (*read)(struct cli *cli, const char *value);
};

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

static void read_only(struct cli *cli, const char *list)
{
	struct str rest = str_of(list), id;
	while (str_split(&rest, ',', &id))
		if (str_trim(id).len)
			*vec_push(cli->arena, &cli->only) = str_copy(cli->arena, str_trim(id));
}

static void read_where(struct cli *cli, const char *condition)
{
	*vec_push(cli->arena, &cli->where) = str_of(condition);
}

static void read_tsa(struct cli *cli, const char *url)
{
	*vec_push(cli->arena, &cli->tsa) = url;
}

static void read_also(struct cli *cli, const char *list)
{
	static const char *const twins[] = {"html", "text", NULL};
	struct str rest = str_of(list), word;
	while (str_split(&rest, ',', &word)) {
		int twin = read_word(cli, "--also", str_copy(cli->arena, word).at, twins);
		if (twin >= 0)
			cli->also[FILE_HTML + twin] = true;
	}
}

static void read_shard(struct cli *cli, const char *text)
{
	struct shard shard = {0};
	int end = 0;
	if (sscanf(text, "%d/%d%n", &shard.number, &shard.count, &end) == 2 && !text[end] &&
		shard.number >= 1 && shard.number <= shard.count && shard.count <= 100000)
		cli->shard = shard;
	else
		diag_add(cli->diags, OPTION_SHARD, place_none(), text);
}

static void read_by(struct cli *cli, const char *text)
{
	struct str name = approval_person(cli->arena, str_of(text));
	cli->by = name.at;
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
	cli->fast = read_word(cli, "--durability", word, durabilities) == 1;
}

static void read_rejections(struct cli *cli, const char *word)
{
	static const char *const words[] = {"fail", "ok", NULL};
	cli->rejections_ok = read_word(cli, "--rejections", word, words) == 1;
}

static void read_after(struct cli *cli, const char *text)
{
	struct str time = str_of(text);
	if (time.len == (int)strlen("2020-10-13"))
		time = str_format(cli->arena, "%sT00:00:00Z", text);
	if (!manifest_time(time, &cli->after))
		diag_add(cli->diags, OPTION_TIME, place_none(), text);
}

static void read_level(struct cli *cli, const char *word)
{
	static const char *const levels[] = {"T", "LT", "LTA", NULL};
	cli->level = read_word(cli, "--level", word, levels) + LEVEL_T;
}

static void read_colour(struct cli *cli, const char *word)
{
	static const char *const colours[] = {"auto", "always", "never", NULL};
	cli->colour_choice = read_word(cli, "--color", word, colours);
}

/* -- the table --------------------------------------------------------------------------------- */

static const struct row rows[] = {
	{"template", 't', "FILE", "the letter template (default: the only one in templates/)",
		TEXT(template)},
	{"recipients", 'r', "PATH",
		"the recipients: a folder of XML records, or a file: XML, CSV, JSON, .xlsx, .ods, "
		"SQLite, "
		"or postgresql://... (default: recipients/)",
		TEXT(recipients)},
	{"query", 0, "SQL", "the rows of a database (default: its table)", TEXT(query)},
	{"sheet", 0, "NAME", "a sheet of a workbook (default: the first that is shown)",
		TEXT(sheet)},
	{"out", 'o', "DIR", "where letters are written (default: out/)", TEXT(out)},
	{"style", 0, "FILE", "another style than the template's own: a large-print edition",
		TEXT(style)},
	{"only", 0, "ID,...", "these letters only", OWN(read_only)},
	{"where", 0, "FIELD=VALUE", "records only whose field is so; several must all hold",
		OWN(read_where)},
	{"limit", 0, "N", "the first N letters only", NUMBER(limit, 1, INT_MAX)},
	{"name", 0, "PATTERN", "file names made of fields: --name '{postcode}-{name}'", TEXT(name)},
	{"also", 0, "html,text", "the same letter as a web page and as plain text as well",
		OWN(read_also)},
	{"attach-source", 0, NULL,
		"the letter and its record as XML in the PDF, which is then PDF/A-3a",
		YES(attach_source)},
	{"jobs", 'j', "N", "how many letters are made at once (default: one a processor)",
		NUMBER(workers, 1, 1024)},
	{"force", 0, NULL, "batch: write letters that are up to date too", YES(force)},
	{"dry-run", 0, NULL, "batch: say what would be written, and why; same as status",
		YES(dry_run)},
	{"approved-only", 0, NULL, "batch, status, serve: hold letters that nobody has approved",
		YES(approved_only)},
	{"approvals", 0, "N", "likewise, those that fewer than N persons have approved",
		NUMBER(approvals, 1, 9)},
	{"by", 0, "NAME", "approve, serve: who approves (default: your user name)", OWN(read_by)},
	{"withdraw", 0, NULL, "approve: take approvals back, of all or of --by NAME",
		YES(withdraw)},
	{"source", 0, "URL", "confirm: where the fact was seen, an address or words", TEXT(source)},
	{"date", 0, "DATE", "confirm: the source's own date, or the day on which you read it",
		TEXT(date)},
	{"quote", 0, "TEXT", "confirm: a few of the source's words", TEXT(quote)},
	{"prune", 0, NULL, "batch: remove letters whose recipient is gone", YES(prune)},
	{"spread", 0, NULL, "batch: letters in 256 folders, by a hash of their ids", YES(spread)},
	{"archive", 0, "FILE",
		"batch, status: letters in one file, .tar or .zip, instead of a file each",
		TEXT(archive)},
	{"bundle", 0, "FILE.pdf",
		"batch: all letters in one file for the printer, unsigned, and nothing else",
		TEXT(bundle)},
	{"simplex", 0, NULL, "--bundle: no blank pages, for a printer that uses one side",
		YES(simplex)},
	{"deps", 0, "FILE", "batch: what the letters were made from, for make and ninja",
		TEXT(deps)},
	{"shard", 0, "K/N", "batch, status: the K-th of N parts, with a record of its own",
		OWN(read_shard)},
	{"partial", 0, NULL, "merge-record: join the parts that are there; the list says which not",
		YES(partial)},
	{"durability", 0, "safe|fast",
		"batch: wait for the disk (default), or leave it to the system",
		OWN(read_durability)},
	{"rejections", 0, "fail|ok",
		"batch, check: whether letters that are rejected make exit code 1 (default: fail)",
		OWN(read_rejections)},
	{"max-errors", 0, "N", "batch, check: stop when N letters have failed",
		NUMBER(max_errors, 1, INT_MAX)},
	{"json", 0, NULL, "status, --dry-run, preview --proof: one JSON object a line",
		YES(json_letters)},
	{"strict", 0, NULL, "warnings count as errors for the exit code", YES(strict)},
	{"explain", 0, "CODE",
		"check: what a finding means, what to do, and what changed since which version",
		TEXT(explain)},
	{"no-pages", 0, NULL, "check: the records only, many times faster", YES(no_pages)},
	{"isolated", 0, NULL, "check: make each letter from its record alone too, and compare",
		YES(isolated)},
	{"unconfirmed", 0, NULL, "check: the facts alone that nobody has seen, all of them",
		YES(unconfirmed)},
	{"max", 0, "N", "show N findings of a kind, count the rest (default: 20; 0: all)",
		NUMBER(max, 0, INT_MAX)},
	{"diag", 0, "text|json", "the form of findings, one a line in JSON", OWN(read_diag)},
	{"color", 0, "auto|always|never", "whether findings are in colour", OWN(read_colour)},
	{"colour", 0, "", NULL, OWN(read_colour)},
	{"quiet", 'q', NULL, "findings only", YES(quiet)},
	{"verbose", 'v', NULL, "notes as well; batch: why each letter is written", YES(verbose)},
	{"proof", 0, NULL,
		"preview: the few letters that show every branch, the longest, the shortest, the "
		"oddest",
		YES(proof)},
	{"guides", 0, NULL, "preview: margins, the envelope's window and folds are drawn",
		YES(guides)},
	{"open", 0, NULL, "preview, serve: show the letter or the desk", YES(open)},
	{"port", 0, "N", "serve: the port to listen on (default: one that is free)",
		NUMBER(port, 1, 65535)},
	{"text", 0, NULL, "preview: its words on the terminal", YES(text)},
	{"watch", 0, NULL, "preview: made again on each save of what it is made from", YES(watch)},
	{"png", 0, NULL, "preview, diff: pictures of the pages as well", YES(png)},
	{"dpi", 0, "N", "--png: their dots per inch (default: 100)", NUMBER(dpi, 1, 1200)},
	{"identity", 0, "FILE",
		"batch: who signs, PEM, PKCS#12 or a pkcs11: URI (default: your own, if there is "
		"one)",
		TEXT(identity)},
	{"certificates", 0, "FILE", "certificates that the identity lacks, in PEM",
		TEXT(certificates)},
	{"no-sign", 0, NULL, "batch: nobody signs; without it, batch needs an identity",
		YES(no_sign)},
	{"pass-file", 0, "FILE", "the identity's pass phrase, instead of a prompt",
		TEXT(pass_file)},
	{"pass-fd", 0, "N", "the same, from an open file descriptor", NUMBER(pass_fd, 1, 1023)},
	{"certify", 0, NULL, "batch: signatures void any later change but further signatures",
		YES(certify)},
	{"pss", 0, NULL, "batch: RSA keys sign with PSS", YES(pss)},
	{"level", 0, "T|LT|LTA", "sign, batch, status: the level to reach", OWN(read_level)},
	{"renew", 0, NULL, "sign --level LTA: a newer last time stamp, though the old one lasts",
		YES(renew)},
	{"tsa", 0, "URL", "sign, batch: a time-stamp authority; several are tried in order",
		OWN(read_tsa)},
	{"wait", 0, "SECONDS", "sign, batch: how long busy servers are waited for (default: 60)",
		NUMBER(wait, 0, 86400)},
	{"trust", 0, "FILE",
		"verify, sign, batch: the roots to believe, in PEM; \"system\": this computer's",
		TEXT(trust)},
	{"manifest", 0, "PATH", "verify: a run's manifest.json or its folder, and all its letters",
		TEXT(manifest)},
	{"receipt", 0, "FILE", "verify: what lettermerge receipt wrote for the letter",
		TEXT(receipt)},
	{"after", 0, "TIME",
		"verify --manifest, --receipt: refuse a list that was signed before it",
		OWN(read_after)},
	{"online", 0, NULL, "verify: ask whether certificates were revoked", YES(online)},
	{"help", 'h', NULL, "this text", YES(help)},
	{"version", 'V', NULL, "the version, and of what it is built on", YES(version)},
};

enum { ROWS = sizeof rows / sizeof *rows };

/* -- help -------------------------------------------------------------------------------------- */

enum { HELP_COLUMN = 26, HELP_WIDTH = 90 };

/* The words of a help text in lines that begin in one column. */
static void print_words(FILE *out, const char *words, int column)
{
	struct str rest = str_of(words), word;
	while (str_split(&rest, ' ', &word)) {
		if (column < HELP_COLUMN || column + 1 + word.len > HELP_WIDTH) {
			if (column >= HELP_COLUMN)
				say_to(out, "\n");
			say_to(out, "%*s",
				column < HELP_COLUMN ? HELP_COLUMN - column : HELP_COLUMN, "");
			column = HELP_COLUMN;
		} else {
			column += say_to(out, " ");
		}
		column += say_to(out, "%.*s", str_arg(word));
	}
	say_to(out, "\n");
}

void cli_print_options(FILE *out)
{
	for (const struct row *row = rows; row < rows + ROWS; row++) {
		if (!row->help)
			continue;
		const char *value = row->value ? row->value : "";
		int column = row->letter ? say_to(out, "  -%c, ", row->letter)
					 : say_to(out, "      ");
		column += say_to(out, "--%s%s%s", row->name, *value ? " " : "", value);
		if (column + 2 > HELP_COLUMN) {
			say_to(out, "\n");
			column = 0;
		}
		print_words(out, row->help, column);
	}
}

/* -- reading ----------------------------------------------------------------------------------- */

static int read_number(struct cli *cli, const struct row *row, const char *text)
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

static void read_option(struct cli *cli, const struct row *row, const char *value)
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
		nearest_try(&nearest, str_format(cli->arena, "--%s", rows[i].name));
	nearest_hint(&nearest, cli->diags);
}

void cli_read_options(struct cli *cli, int argc, char **argv)
{
	struct option options[ROWS + 1] = {{0}};
	char letters[2 * ROWS + 2] = ":", *letter = letters + 1;
	int choice, chosen = 0;
	for (int i = 0; i < ROWS; i++) {
		options[i] = (struct option){
			rows[i].name, rows[i].value ? required_argument : no_argument, &chosen, i};
		if (rows[i].letter) {
			*letter++ = rows[i].letter;
			if (rows[i].value)
				*letter++ = ':';
		}
	}
	*letter = 0;
	opterr = 0;
	while ((choice = getopt_long(argc, argv, letters, options, NULL)) != -1) {
		if (choice == '?' || choice == ':') {
			report_option(cli, choice, argv[optind - 1]);
			continue;
		}
		for (int i = 0; choice && i < ROWS; i++)
			if (rows[i].letter == choice)
				chosen = i;
		read_option(cli, &rows[chosen], optarg);
	}
	cli->arguments = argv + optind;
}
