/* options.c - what may be said to a command, as one table.
 *
 * A row is an option's name and letter, the commands that it is for, what takes its value, where it
 * may be said beside the command line, and its line of the help. So an option is added in one
 * place: the help, the completion of the shells, the grammar of lettermerge.xml and what is refused
 * come from here, and a test holds the manual page against the help. */
#include "cli/cli_int.h"

#include "base/diag_id.h"
#include "verify/manifest.h"

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define YES(member) .kind = IS_YES, .place = offsetof(struct cli, member)
#define TEXT(member) .kind = IS_TEXT, .place = offsetof(struct cli, member)
#define NUMBER(member, from, to) \
	.kind = IS_NUMBER, .place = offsetof(struct cli, member), .least = (from), .most = (to)
#define OWN(function) .kind = IS_OWN, .read = (function)
#define USUAL(words) .usual = (words)
#define IN_PROJECT .weakest = SAID_IN_PROJECT
#define IN_ENVIRONMENT .weakest = SAID_IN_ENVIRONMENT

/* -- values that are more than a word or a number ---------------------------------------------- */

/* Which of the words was given; -1 after an error. */
static int read_word(struct cli *cli, const char *word, const char *const *words)
{
	struct buf all = {0};
	int found = -1;
	for (int i = 0; words[i]; i++) {
		found = strcmp(word, words[i]) == 0 ? i : found;
		buf_say(&all, "%s%s", i ? ", " : "", words[i]);
	}
	if (found < 0)
		diag_add(cli->diags, OPTION_WORD, cli->reading->at, cli->reading->name, word,
			buf_text(&all).at);
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
		int twin = read_word(cli, str_copy(cli->arena, word).at, twins);
		if (twin >= 0)
			cli->form.also[FILE_HTML + twin] = true;
	}
}

static void read_standard(struct cli *cli, const char *word)
{
	static const char *const standards[] = {"ua1+a2", "ua2+a4", NULL};
	if (read_word(cli, word, standards) >= 0)
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

static void read_sample(struct cli *cli, const char *text)
{
	struct draw_options draw = {.seed = 1};
	int count = 0, seed = 0;
	sscanf(text, "%d%n/%d%n", &draw.sample, &count, &draw.seed, &seed);
	if (count && !text[seed ? seed : count] && draw.sample >= 1 && draw.sample <= SAMPLE_MOST)
		cli->drawing = draw;
	else
		diag_add(cli->diags, OPTION_NUMBER, place_none(), "--sample", text,
			diag_int(cli->diags, 1), diag_int(cli->diags, SAMPLE_MOST));
}

static void read_by(struct cli *cli, const char *text)
{
	struct str name = approval_person(cli->arena, str_of(text));
	cli->approving.by = name.at;
	if (!name.len)
		diag_add(cli->diags, OPTION_NAME, place_none(), text);
}

/* Whoever is named twice has one link. */
static void read_person(struct cli *cli, const char *text)
{
	struct str name = approval_person(cli->arena, str_of(text));
	if (!name.len) {
		diag_add(cli->diags, OPTION_PERSON, place_none(), text);
		return;
	}
	for (int i = 0; i < cli->approving.persons.len; i++)
		if (approval_is_same_person(cli->approving.persons.at[i].name, name))
			return;
	*vec_push(cli->arena, &cli->approving.persons) = (struct actor){
		.name = name, .known = KNOWN_LINK};
}

static void read_label(struct cli *cli, const char *list)
{
	struct str rest = str_of(list), name;
	while ((name = next_id(cli, &rest)).len)
		*vec_push(cli->arena, &cli->shown.label) = name;
}

static void read_diag(struct cli *cli, const char *word)
{
	static const char *const forms[] = {"text", "json", NULL};
	cli->json = read_word(cli, word, forms) == 1;
}

static void read_durability(struct cli *cli, const char *word)
{
	static const char *const durabilities[] = {"safe", "fast", NULL};
	cli->run.fast = read_word(cli, word, durabilities) == 1;
}

static void read_rejections(struct cli *cli, const char *word)
{
	static const char *const words[] = {"fail", "ok", NULL};
	cli->run.rejections_ok = read_word(cli, word, words) == 1;
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
	cli->raising.level = read_word(cli, word, levels) + LEVEL_T;
}

static void read_colour(struct cli *cli, const char *word)
{
	static const char *const colours[] = {"auto", "always", "never", NULL};
	cli->colour_choice = read_word(cli, word, colours);
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
	LOG = OF(LOG),
	CONFIRM = OF(CONFIRM),
	SERVE = OF(SERVE),
	CHECK = OF(CHECK),
	FIELDS = OF(FIELDS),
	CONFIG = OF(CONFIG),
	FONTS = OF(FONTS),
	SIGN = OF(SIGN),
	VERIFY = OF(VERIFY),
	RECEIPT = OF(RECEIPT),
	FORGET = OF(FORGET),
	IDENTITY = OF(IDENTITY),
	SOME = BATCH | STATUS | PREVIEW | APPROVE | SERVE | CHECK,
	MAKING = SOME | DIFF,
	SOURCE = MAKING | MAKE | CONFIRM | FORGET | FONTS,
	WRITING = BATCH | STATUS | DIFF | SERVE,
	SIGNING = BATCH | STATUS | SERVE | MAKE | SIGN | MERGE_RECORD | IDENTITY,
	EVERY = ~0
};

const struct option_row option_rows[] = {
	{"template", 't', "FILE", SOURCE | FIELDS, "the letter template", TEXT(from.template),
		USUAL("the only one in templates/"), IN_PROJECT, .often = STATUS | FIELDS},
	{"recipients", 'r', "PATH", SOURCE,
		"the recipients: a folder of XML records, or a file: XML, CSV, JSON, .xlsx, .ods, "
		"SQLite, or postgresql://...",
		TEXT(from.recipients), USUAL("recipients/"), IN_PROJECT, .often = BATCH},
	{"query", 0, "SQL", SOURCE, "the rows of a database", TEXT(from.query), USUAL("its table"),
		IN_PROJECT, .under = "recipients"},
	{"sheet", 0, "NAME", SOURCE, "a sheet of a workbook", TEXT(from.sheet),
		USUAL("the first that is shown"), IN_PROJECT, .under = "recipients"},
	{"out", 'o', "DIR",
		MAKING | MAKE | MERGE_RECORD | VERIFY | RECEIPT | FORGET | LOG | CONFIRM,
		"where letters are written; make: in its answers without it; preview: -, the "
		"standard output",
		TEXT(out), USUAL("out/"), IN_PROJECT, .except = MAKE,
		.often = MERGE_RECORD | MAKE | RECEIPT | FORGET | LOG},
	{"style", 0, "FILE", MAKING | MAKE | FONTS,
		"another style than the template's own: a large-print edition", TEXT(from.style),
		USUAL("the template's"), IN_PROJECT, .often = DIFF | FONTS},
	{"only", 0, "ID,...", SOME | FONTS, "these letters only", OWN(read_only),
		.often = BATCH | STATUS | CHECK},
	{"where", 0, "FIELD=VALUE", SOME | FONTS,
		"records only whose field is so; several must all hold", OWN(read_where)},
	{"except", 0, "ID,...", APPROVE, "not these, of --all, --where or --proof-set",
		OWN(read_except), .often = APPROVE},
	{"all", 0, NULL, APPROVE, "all letters", YES(approving.all), .often = APPROVE},
	{"proof-set", 0, NULL, APPROVE, "the few letters of preview --proof",
		YES(approving.proof_set), .often = APPROVE},
	{"sample", 0, "N[/SEED]", PREVIEW | SERVE | APPROVE,
		"N letters drawn by chance beside --proof or --proof-set; /SEED: other ones",
		OWN(read_sample)},
	{"limit", 0, "N", SOME | FONTS, "the first N letters only",
		NUMBER(which.limit, 1, INT_MAX)},
	{"expect", 0, "N", BATCH | STATUS | CHECK,
		"so many records there are; another number is an error, and nobody is removed",
		NUMBER(which.expected, 1, INT_MAX)},
	{"name", 0, "PATTERN", SOURCE, "file names made of fields: --name '{postcode}-{name}'",
		TEXT(from.name), USUAL("the ids"), IN_PROJECT},
	{"also", 0, "html,text", MAKING, "the same letter as a web page and as plain text as well",
		OWN(read_also), IN_PROJECT},
	{"attach-source", 0, NULL, MAKING | MAKE,
		"the letter and its record as XML in the PDF, which is then PDF/A-3a",
		YES(form.attach_source), IN_PROJECT},
	{"compact", 0, NULL, MAKING | MAKE,
		"fewer bytes: most of a PDF's objects in one compressed stream", YES(form.compact),
		IN_PROJECT},
	{"standard", 0, "ua1+a2|ua2+a4", MAKING | MAKE,
		"what the PDF keeps: PDF/UA-1 and PDF/A-2a, or PDF/UA-2 and PDF/A-4",
		OWN(read_standard), USUAL("as the style says"), IN_PROJECT},
	{"jobs", 'j', "N", MAKING | MAKE | FONTS,
		"how many letters are made at once, or connections answered",
		NUMBER(run.workers, 1, 1024), USUAL("one a processor"), IN_PROJECT},
	{"force", 0, NULL, BATCH | STATUS | FORGET,
		"write letters that are up to date too; forget: though the source has the record",
		YES(run.force), .often = FORGET},
	{"dry-run", 0, NULL, BATCH, "say what would be written, and why; same as status",
		YES(run.dry_run), .often = BATCH},
	{"approved-only", 0, NULL, BATCH | STATUS | SERVE, "hold letters that nobody has approved",
		YES(approving.approved_only), IN_PROJECT, .often = BATCH},
	{"approvals", 0, "N", BATCH | STATUS | SERVE,
		"hold letters that fewer than N persons have approved",
		NUMBER(approving.approvals, 1, 9), IN_PROJECT, .often = STATUS | SERVE},
	{"signed-approvals", 0, NULL, BATCH | STATUS | SERVE,
		"likewise, and believe those alone that are signed, through --trust",
		YES(approving.signed_only), IN_PROJECT},
	{"sign-with", 0, "FILE", APPROVE | SERVE | CONFIRM,
		"sign what you do: your identity, PEM, PKCS#12 or a pkcs11: URI",
		TEXT(approving.sign_with), .often = SERVE},
	{"by", 0, "NAME", APPROVE | SERVE, "who approves", OWN(read_by), USUAL("your user name"),
		.often = APPROVE},
	{"person", 0, "NAME", SERVE, "who gets a link of their own; several times: several",
		OWN(read_person), .often = SERVE},
	{"label", 0, "FIELD,...", SERVE, "what the list says of each letter beside its id",
		OWN(read_label), USUAL("whom and where, by the address")},
	{"read-only", 0, NULL, SERVE, "for looking: nothing is approved or written",
		YES(shown.read_only), .often = SERVE},
	{"editor", 0, "COMMAND", SERVE,
		"what opens a record at a line: 'code -g {file}:{line}:{column}'",
		TEXT(shown.editor)},
	{"withdraw", 0, NULL, APPROVE, "take approvals back, of all or of --by NAME",
		YES(approving.withdraw), .often = APPROVE},
	{"reject", 0, "REASON", APPROVE, "these letters may not go out: held until answered",
		TEXT(approving.reject), .often = APPROVE},
	{"comment", 0, "TEXT", APPROVE, "say something of these letters: held likewise",
		TEXT(approving.comment)},
	{"answer", 0, "TEXT", APPROVE, "what was said against these letters is settled",
		TEXT(approving.answer), .often = APPROVE},
	{"source", 0, "URL", CONFIRM, "where the fact was seen, an address or words",
		TEXT(confirming.source), .often = CONFIRM},
	{"date", 0, "DATE", CONFIRM, "the source's own date, or the day on which you read it",
		TEXT(confirming.date), .often = CONFIRM},
	{"quote", 0, "TEXT", CONFIRM, "a few of the source's words", TEXT(confirming.quote),
		.often = CONFIRM},
	{"prune", 0, NULL, BATCH | STATUS, "remove letters whose recipient is gone", YES(run.prune),
		.often = BATCH | STATUS},
	{"spread", 0, NULL, WRITING, "letters in 256 folders, by a hash of their ids",
		YES(run.spread), IN_PROJECT},
	{"archive", 0, "FILE", BATCH | STATUS,
		"letters in one file, .tar or .zip, instead of a file each", TEXT(run.archive)},
	{"bundle", 0, "FILE.pdf", BATCH,
		"all letters in one file for the printer, unsigned, and nothing else",
		TEXT(run.bundle)},
	{"simplex", 0, NULL, BATCH, "--bundle: no blank pages, for a printer that uses one side",
		YES(run.simplex)},
	{"deps", 0, "FILE", BATCH, "what the letters were made from, for make and ninja",
		TEXT(run.deps)},
	{"report", 0, "FILE.html", BATCH,
		"what became of the run and of each letter, as a page to keep", TEXT(run.report)},
	{"shard", 0, "K/N", BATCH | STATUS, "the K-th of N parts, with a record of its own",
		OWN(read_shard)},
	{"partial", 0, NULL, MERGE_RECORD, "join the parts that are there; the list says which not",
		YES(run.partial), .often = MERGE_RECORD},
	{"durability", 0, "safe|fast", BATCH | SERVE,
		"wait for the disk, or leave it to the system", OWN(read_durability), USUAL("safe"),
		IN_PROJECT},
	{"rejections", 0, "fail|ok", BATCH | CHECK | MAKE,
		"whether letters that are rejected make exit code 1", OWN(read_rejections),
		USUAL("fail"), IN_PROJECT},
	{"max-errors", 0, "N", BATCH | CHECK, "stop when N letters have failed",
		NUMBER(run.max_errors, 1, INT_MAX), IN_PROJECT},
	{"json", 0, NULL,
		BATCH | STATUS | DIFF | PREVIEW | APPROVE | CHECK | FIELDS | LOG | CONFIG | SIGN |
			VERIFY | IDENTITY | FONTS,
		"one JSON object a line; approve: without ID, identity: show",
		YES(run.json_letters),
		.often = STATUS | DIFF | FIELDS | LOG | CONFIG | IDENTITY | FONTS},
	{"csv", 0, NULL, LOG, "a table, for a spreadsheet", YES(logging.csv), .often = LOG},
	{"strict", 0, NULL, EVERY, "warnings count as errors for the exit code", YES(strict),
		IN_PROJECT, .often = CHECK},
	{"explain", 0, "CODE", CHECK,
		"what a finding means, what to do, and what changed since which version",
		TEXT(checks.explain), .often = CHECK},
	{"no-pages", 0, NULL, CHECK, "the records only, many times faster", YES(checks.no_pages),
		.often = CHECK},
	{"isolated", 0, NULL, CHECK, "make each letter from its record alone too, and compare",
		YES(checks.isolated)},
	{"unconfirmed", 0, NULL, CHECK, "the facts alone that nobody has seen, all of them",
		YES(checks.unconfirmed), .often = CHECK},
	{"max", 0, "N", EVERY, "show N findings of a kind, count the rest; 0: all",
		NUMBER(max, 0, INT_MAX), USUAL("20"), IN_ENVIRONMENT},
	{"diag", 0, "text|json", EVERY, "the form of findings, one a line in JSON", OWN(read_diag),
		USUAL("text"), IN_ENVIRONMENT},
	{"color", 0, "auto|always|never", EVERY, "whether findings are in colour", OWN(read_colour),
		USUAL("auto"), IN_ENVIRONMENT},
	{"colour", 0, "", EVERY, NULL, OWN(read_colour)},
	{"quiet", 'q', NULL, EVERY, "findings only", YES(quiet)},
	{"verbose", 'v', NULL, EVERY, "notes as well, and why each letter is written",
		YES(verbose)},
	{"proof", 0, NULL, PREVIEW,
		"the few letters that show every branch, the longest, the shortest, the "
		"oddest",
		YES(shown.proof), .often = PREVIEW},
	{"share", 0, "FILE.pdf", PREVIEW,
		"--proof: these letters in one file to send, behind pages that say what they are",
		TEXT(shown.share)},
	{"jsonl", 0, NULL, MAKE, "a line of JSON for each letter, in and out", YES(making.jsonl),
		.often = MAKE},
	{"listen", 0, "PATH", MAKE,
		"answer who connects to a Unix socket; \"systemd\": to the one that it opened",
		TEXT(making.listen), .often = MAKE},
	{"guides", 0, NULL, PREVIEW, "margins, the envelope's window and folds are drawn",
		YES(form.guides)},
	{"open", 0, NULL, PREVIEW | SERVE, "show it at once: the letter, the desk", YES(shown.open),
		.often = PREVIEW | SERVE},
	{"port", 0, "N", SERVE, "the port to listen on", NUMBER(shown.port, 1, 65535),
		USUAL("one that is free")},
	{"text", 0, NULL, PREVIEW, "its words on the terminal", YES(shown.text), .often = PREVIEW},
	{"watch", 0, NULL, PREVIEW, "made again on each save of what it is made from",
		YES(shown.watch), .often = PREVIEW},
	{"png", 0, NULL, PREVIEW | DIFF, "pictures of the pages as well", YES(shown.png),
		.often = PREVIEW | DIFF},
	{"dpi", 0, "N", PREVIEW | DIFF, "--png: their dots per inch", NUMBER(shown.dpi, 1, 1200),
		USUAL("100")},
	{"identity", 0, "FILE", SIGNING, "who signs, PEM, PKCS#12 or a pkcs11: URI",
		TEXT(signing.identity), USUAL("your own, if there is one"), IN_PROJECT,
		.often = SIGN},
	{"certificates", 0, "FILE", SIGNING | APPROVE,
		"certificates that the identity lacks, in PEM", TEXT(signing.certificates),
		IN_PROJECT, .under = "identity"},
	{"no-sign", 0, NULL, MAKING | SIGNING, "nobody signs; without it, batch needs an identity",
		YES(signing.no_sign), IN_PROJECT, .under = "identity",
		.often = BATCH | MAKE | SERVE},
	{"pass-file", 0, "FILE", SIGNING | APPROVE,
		"the identity's pass phrase, instead of a prompt", TEXT(signing.pass_file),
		IN_ENVIRONMENT, .under = "identity", .often = IDENTITY},
	{"pass-fd", 0, "N", SIGNING | APPROVE, "the same, from an open file descriptor",
		NUMBER(signing.pass_fd, 1, 1023)},
	{"certify", 0, NULL, SIGNING, "signatures void any later change but further signatures",
		YES(signing.certify), IN_PROJECT},
	{"pss", 0, NULL, SIGNING | APPROVE, "RSA keys sign with PSS", YES(signing.pss), IN_PROJECT},
	{"level", 0, "T|LT|LTA", BATCH | STATUS | SERVE | SIGN, "the level to reach",
		OWN(read_level), IN_PROJECT, .often = SIGN},
	{"renew", 0, NULL, SIGN, "--level LTA: a newer last time stamp, though the old one lasts",
		YES(raising.renew), .often = SIGN},
	{"tsa", 0, "URL", BATCH | STATUS | SERVE | SIGN,
		"a time-stamp authority; several are tried in order", OWN(read_tsa), IN_PROJECT,
		.many = true, .often = SIGN},
	{"wait", 0, "SECONDS", BATCH | STATUS | SERVE | SIGN,
		"how long busy servers are waited for", NUMBER(raising.wait, 0, 86400), USUAL("60"),
		IN_PROJECT},
	{"trust", 0, "FILE", BATCH | STATUS | SERVE | SIGN | VERIFY | RECEIPT | LOG,
		"the roots to believe, in PEM; \"system\": this computer's", TEXT(raising.trust),
		IN_PROJECT, .often = SIGN | VERIFY},
	{"manifest", 0, "PATH", VERIFY | RECEIPT,
		"a run's manifest.json or its folder, and all its letters",
		TEXT(verifying.manifest), .often = VERIFY | RECEIPT},
	{"receipt", 0, "FILE", VERIFY, "what lettermerge receipt wrote for the letter",
		TEXT(verifying.receipt), .often = VERIFY},
	{"after", 0, "TIME", VERIFY | RECEIPT, "refuse a list that was signed before it",
		OWN(read_after), .often = VERIFY | RECEIPT},
	{"online", 0, NULL, VERIFY, "ask whether certificates were revoked", YES(verifying.online),
		.often = VERIFY},
	{"man", 0, NULL, OF(HELP), "the manual page of the command, in roff", YES(shown.manual),
		.often = OF(HELP)},
	{"help", 'h', NULL, EVERY, "this text", YES(help)},
	{"version", 'V', NULL, EVERY, "the version, and of what it is built on", YES(version)},
};

enum { ROWS = sizeof option_rows / sizeof *option_rows };
const int option_row_count = ROWS;

/* -- reading ----------------------------------------------------------------------------------- */

bool option_is_for(const struct option_row *row, unsigned bit)
{
	return row->of & bit || (bit == CONFIG && row->weakest != SAID_ON_LINE);
}

int option_find(struct str name, enum said_by weakest)
{
	for (int i = 0; i < ROWS; i++)
		if (str_is(name, option_rows[i].name) && option_rows[i].weakest >= weakest)
			return i;
	return -1;
}

static int read_number(struct cli *cli, const struct option_row *row, const char *text)
{
	char *end;
	long number = strtol(text, &end, 10);
	if (*text && !*end && number >= row->least && number <= row->most)
		return (int)number;
	diag_add(cli->diags, OPTION_NUMBER, cli->reading->at, cli->reading->name, text,
		diag_int(cli->diags, row->least), diag_int(cli->diags, row->most));
	return row->least;
}

/* Named alone on the command line it is yes. */
static bool read_yes(struct cli *cli, const char *word)
{
	static const char *const words[] = {"no", "yes", NULL};
	return !word || read_word(cli, word, words) == 1;
}

void option_read(struct cli *cli, const struct option_row *row, const char *value)
{
	char *place = (char *)cli + row->place;
	switch (row->kind) {
	case IS_YES:
		*(bool *)place = read_yes(cli, value);
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
