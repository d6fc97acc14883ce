/* main.c - the command line: one table of commands, one table of options. */
#include "cli/cli_int.h"

#include "pdf/pdf.h"
#include "xml/xml.h"

#include <getopt.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct command {
	const char *name, *arguments, *summary;
	int (*run)(struct cli *cli);
	int max_arguments;
} commands[] = {
	{"batch", "", "write every letter that is missing or not up to date", command_batch, 0},
	{"status", "", "list the letters that batch would write, and why", command_status, 0},
	{"merge-record", "", "join the records of all shards in the folder of letters",
		command_merge_record, 0},
	{"diff", "ID", "show what sets a letter apart from the one that was written", command_diff,
		1},
	{"preview", "ID", "write one letter at once, marked as a preview", command_preview, 1},
	{"check", "", "report all findings for all letters; writes nothing", command_check, 0},
	{"fields", "", "list the fields that the template needs", command_fields, 0},
	{"sign", "FILE...", "raise signed letters to a higher level: --level T, LT or LTA",
		command_sign, INT_MAX},
	{"verify", "FILE...", "say whether letters are good, who signed them, and what is proven",
		command_verify, INT_MAX},
	{"identity", "new|show", "make a test identity, or describe one", command_identity, 2},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

enum option_id {
	OPTION_TEMPLATE = 't',
	OPTION_RECIPIENTS = 'r',
	OPTION_OUT = 'o',
	OPTION_JOBS = 'j',
	OPTION_QUIET = 'q',
	OPTION_VERBOSE = 'v',
	OPTION_HELP = 'h',
	OPTION_VERSION = 'V',
	OPTION_ONLY = 256,
	OPTION_WHERE,
	OPTION_MAX,
	OPTION_NO_PAGES,
	OPTION_LIMIT,
	OPTION_NAME,
	OPTION_QUERY,
	OPTION_ALSO,
	OPTION_ATTACH_SOURCE,
	OPTION_DIAG,
	OPTION_COLOR,
	OPTION_STRICT,
	OPTION_OPEN,
	OPTION_PNG,
	OPTION_TEXT,
	OPTION_WATCH,
	OPTION_FORCE,
	OPTION_DRY_RUN,
	OPTION_PRUNE,
	OPTION_SPREAD,
	OPTION_DURABILITY,
	OPTION_JSON,
	OPTION_SHARD,
	OPTION_DEPS,
	OPTION_ARCHIVE,
	OPTION_TRUST,
	OPTION_LEVEL,
	OPTION_TSA,
	OPTION_WAIT,
	OPTION_STYLE,
	OPTION_GUIDES,
	OPTION_IDENTITY,
	OPTION_CERTIFICATES,
	OPTION_NO_SIGN,
	OPTION_PASS_FILE,
	OPTION_PASS_FD,
	OPTION_CERTIFY,
	OPTION_PSS,
	OPTION_MANIFEST,
	OPTION_ONLINE
};

static const struct option options[] = {
	{"template", required_argument, NULL, OPTION_TEMPLATE},
	{"recipients", required_argument, NULL, OPTION_RECIPIENTS},
	{"out", required_argument, NULL, OPTION_OUT},
	{"only", required_argument, NULL, OPTION_ONLY},
	{"max", required_argument, NULL, OPTION_MAX},
	{"no-pages", no_argument, NULL, OPTION_NO_PAGES},
	{"where", required_argument, NULL, OPTION_WHERE},
	{"limit", required_argument, NULL, OPTION_LIMIT},
	{"name", required_argument, NULL, OPTION_NAME},
	{"query", required_argument, NULL, OPTION_QUERY},
	{"also", required_argument, NULL, OPTION_ALSO},
	{"attach-source", no_argument, NULL, OPTION_ATTACH_SOURCE},
	{"jobs", required_argument, NULL, OPTION_JOBS},
	{"diag", required_argument, NULL, OPTION_DIAG},
	{"color", required_argument, NULL, OPTION_COLOR},
	{"colour", required_argument, NULL, OPTION_COLOR},
	{"strict", no_argument, NULL, OPTION_STRICT},
	{"open", no_argument, NULL, OPTION_OPEN},
	{"png", optional_argument, NULL, OPTION_PNG},
	{"text", no_argument, NULL, OPTION_TEXT},
	{"watch", no_argument, NULL, OPTION_WATCH},
	{"force", no_argument, NULL, OPTION_FORCE},
	{"dry-run", no_argument, NULL, OPTION_DRY_RUN},
	{"prune", no_argument, NULL, OPTION_PRUNE},
	{"spread", no_argument, NULL, OPTION_SPREAD},
	{"durability", required_argument, NULL, OPTION_DURABILITY},
	{"archive", required_argument, NULL, OPTION_ARCHIVE},
	{"deps", required_argument, NULL, OPTION_DEPS},
	{"shard", required_argument, NULL, OPTION_SHARD},
	{"json", no_argument, NULL, OPTION_JSON},
	{"trust", required_argument, NULL, OPTION_TRUST},
	{"level", required_argument, NULL, OPTION_LEVEL},
	{"tsa", required_argument, NULL, OPTION_TSA},
	{"wait", required_argument, NULL, OPTION_WAIT},
	{"style", required_argument, NULL, OPTION_STYLE},
	{"guides", no_argument, NULL, OPTION_GUIDES},
	{"identity", required_argument, NULL, OPTION_IDENTITY},
	{"certificates", required_argument, NULL, OPTION_CERTIFICATES},
	{"no-sign", no_argument, NULL, OPTION_NO_SIGN},
	{"pass-file", required_argument, NULL, OPTION_PASS_FILE},
	{"pass-fd", required_argument, NULL, OPTION_PASS_FD},
	{"certify", no_argument, NULL, OPTION_CERTIFY},
	{"pss", no_argument, NULL, OPTION_PSS},
	{"manifest", required_argument, NULL, OPTION_MANIFEST},
	{"online", no_argument, NULL, OPTION_ONLINE},
	{"quiet", no_argument, NULL, OPTION_QUIET},
	{"verbose", no_argument, NULL, OPTION_VERBOSE},
	{"help", no_argument, NULL, OPTION_HELP},
	{"version", no_argument, NULL, OPTION_VERSION},
	{0},
};

static const char option_help[] =
	"Options:\n"
	"  -t, --template FILE     the letter template (default: the only one in templates/)\n"
	"  -r, --recipients PATH   the recipients: a folder of XML records, or a file: XML, CSV "
	"or\n"
	"                          SQLite (default: recipients/)\n"
	"      --query SQL         the rows of a SQLite file (default: its table)\n"
	"  -o, --out DIR           where letters are written (default: out/)\n"
	"      --only ID,...       these letters only\n"
	"      --where FIELD=VALUE records only whose field is so; several must all hold\n"
	"      --limit N           the first N letters only\n"
	"      --name PATTERN      file names made of fields: --name '{postcode}-{name}'\n"
	"      --also html,text    the same letter as a web page and as plain text as well\n"
	"      --attach-source     the letter and its record as XML in the PDF, which is then "
	"PDF/A-3a\n"
	"  -j, --jobs N            how many letters are made at once (default: one a processor)\n"
	"      --force             batch: write letters that are up to date too\n"
	"      --dry-run           batch: say what would be written, and why; same as status\n"
	"      --prune             batch: remove letters whose recipient is gone\n"
	"      --spread            batch: letters in 256 folders, by a hash of their ids\n"
	"      --archive FILE.tar  batch, status: letters in one tar file, instead of a file each\n"
	"      --deps FILE         batch: what the letters were made from, for make and ninja\n"
	"      --shard K/N         batch, status: the K-th of N parts, with a record of its own\n"
	"      --durability=safe|fast  batch: wait for the disk (default), or leave it to the "
	"system\n"
	"      --json              status, --dry-run: one JSON object a line\n"
	"      --strict            warnings count as errors for the exit code\n"
	"      --no-pages          check: the records only, many times faster\n"
	"      --max N             show N findings of a kind, count the rest (default: 20; 0: "
	"all)\n"
	"      --diag=text|json    the form of findings, one a line in JSON\n"
	"      --color=auto|always|never\n"
	"  -q, --quiet             findings only\n"
	"  -v, --verbose           notes as well; batch: why each letter is written\n"
	"      --style FILE        another style than the template's own: a large-print edition\n"
	"      --guides            preview: margins, the envelope's window and folds are drawn\n"
	"      --open              preview: show the letter\n"
	"      --text              preview: its words on the terminal\n"
	"      --watch             preview: made again on each save of what it is made from\n"
	"      --png[=DPI]         preview, diff: pictures of the pages as well (default: 100)\n"
	"      --trust FILE        verify, sign, batch: the roots to believe, in PEM (default: the "
	"system's)\n"
	"      --manifest PATH     verify: a run's manifest.json or its folder, and all its "
	"letters\n"
	"      --online            verify: ask whether certificates were revoked\n"
	"      --level T|LT|LTA    sign, batch: the level to reach\n"
	"      --tsa URL           sign, batch: a time-stamp authority; several are tried in "
	"order\n"
	"      --wait SECONDS      sign: how long servers that are busy are waited for (default: "
	"60)\n"
	"      --identity FILE     batch: who signs, PEM, PKCS#12 or a pkcs11: URI (default: your\n"
	"                          own, if there is one)\n"
	"      --certificates FILE  certificates that the identity lacks, in PEM\n"
	"      --no-sign           batch: nobody signs\n"
	"      --pass-file FILE, --pass-fd N  the identity's pass phrase, instead of a prompt\n"
	"      --certify           batch: signatures void any later change but further signatures\n"
	"      --pss               batch: RSA keys sign with PSS\n"
	"  -h, --help\n"
	"  -V, --version\n"
	"\n"
	"Exit codes: 0 good; 1 some letter has an error; 2 wrong usage; 3 the system failed.\n";

static void print_help(FILE *out)
{
	fputs("lettermerge merges one letter template with many recipients' records into PDF "
	      "letters.\n"
	      "\n"
	      "Usage: lettermerge COMMAND [OPTION]...\n"
	      "\n"
	      "Commands:\n",
		out);
	for (int i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-8s %-7s  %s\n", commands[i].name, commands[i].arguments,
			commands[i].summary);
	fputs("\n", out);
	fputs(option_help, out);
}

/* -- usage errors -------------------------------------------------------------------------------
 */

static struct str nearest(struct str word, const char *const *names, int count)
{
	struct str best = {0};
	int distance = 3;
	for (int i = 0; i < count; i++) {
		int d = str_distance(word, str_of(names[i]), 2);
		if (d < distance) {
			distance = d;
			best = str_of(names[i]);
		}
	}
	return best;
}

static void hint_nearest(struct cli *cli, struct str near, const char *dashes)
{
	if (!near.at)
		return;
	diag_hint(cli->diags,
		str_format(cli->arena, "did you mean \"%s%.*s\"?", dashes, str_arg(near)).at);
}

static const struct command *find_command(struct cli *cli, const char *name)
{
	const char *names[COMMANDS];
	for (int i = 0; i < COMMANDS; i++) {
		names[i] = commands[i].name;
		if (strcmp(name, commands[i].name) == 0)
			return &commands[i];
	}
	diag_add(cli->diags, COMMAND_UNKNOWN, (struct place){0}, name);
	hint_nearest(cli, nearest(str_of(name), names, COMMANDS), "");
	return NULL;
}

static void report_option(struct cli *cli, int code, const char *word)
{
	const char *names[sizeof options / sizeof *options];
	int count = 0;
	for (const struct option *option = options; option->name; option++)
		names[count++] = option->name;
	if (code == ':') {
		diag_add(cli->diags, OPTION_VALUE, (struct place){0}, word);
		return;
	}
	diag_add(cli->diags, OPTION_UNKNOWN, (struct place){0}, word);
	struct str name = str_of(word);
	while (name.len && name.at[0] == '-')
		name = str_slice(name, 1, name.len);
	hint_nearest(cli, nearest(name, names, count), "--");
}

/* -- options ------------------------------------------------------------------------------------
 */

static void read_only(struct cli *cli, const char *list)
{
	struct str rest = str_of(list), id;
	while (str_split(&rest, ',', &id))
		if (str_trim(id).len)
			*vec_push(cli->arena, &cli->only) = str_copy(cli->arena, str_trim(id));
}

static int read_number(struct cli *cli, const char *option, const char *text, int most)
{
	char *end;
	long number = strtol(text, &end, 10);
	if (*text && !*end && number >= 1 && number <= most)
		return (int)number;
	diag_add(cli->diags, OPTION_NUMBER, (struct place){0}, option, text,
		diag_int(cli->diags, most));
	return 1;
}

/* Which of the words was given; -1 after an error. */
static int read_word(
	struct cli *cli, const char *option, const char *word, const char *const *words)
{
	struct buf all = {0};
	int found = -1;
	for (int i = 0; words[i]; i++) {
		found = strcmp(word, words[i]) == 0 ? i : found;
		buf_format(&all, "%s%s", i ? ", " : "", words[i]);
	}
	if (found < 0)
		diag_add(cli->diags, OPTION_WORD, (struct place){0}, option, word,
			buf_text(&all).at);
	buf_free(&all);
	return found;
}

static void read_also(struct cli *cli, const char *list)
{
	static const char *const twins[] = {"html", "text", NULL};
	struct str rest = str_of(list), word;
	while (str_split(&rest, ',', &word)) {
		int twin = read_word(cli, "--also", str_copy(cli->arena, word).at, twins);
		if (twin >= 0)
			cli->also[twin] = true;
	}
}

static void read_shard(struct cli *cli, const char *text)
{
	struct job_shard shard = {0};
	int end = 0;
	if (sscanf(text, "%d/%d%n", &shard.number, &shard.count, &end) == 2 && !text[end] &&
		shard.number >= 1 && shard.number <= shard.count && shard.count <= 100000)
		cli->shard = shard;
	else
		diag_add(cli->diags, OPTION_SHARD, (struct place){0}, text);
}

static void read_option(struct cli *cli, int id, const char *value)
{
	static const char *const durabilities[] = {"safe", "fast", NULL};
	static const char *const forms[] = {"text", "json", NULL};
	static const char *const levels[] = {"T", "LT", "LTA", NULL};
	static const char *const colours[] = {"auto", "always", "never", NULL};
	switch (id) {
	case OPTION_TEMPLATE:
		cli->template = value;
		break;
	case OPTION_RECIPIENTS:
		cli->recipients = value;
		break;
	case OPTION_OUT:
		cli->out = value;
		break;
	case OPTION_ONLY:
		read_only(cli, value);
		break;
	case OPTION_WHERE:
		*vec_push(cli->arena, &cli->where) = str_of(value);
		break;
	case OPTION_LIMIT:
		cli->limit = read_number(cli, "--limit", value, INT_MAX);
		break;
	case OPTION_NO_PAGES:
		cli->no_pages = true;
		break;
	case OPTION_MAX:
		cli->max = strcmp(value, "0") == 0 ? 0 : read_number(cli, "--max", value, INT_MAX);
		break;
	case OPTION_NAME:
		cli->name = value;
		break;
	case OPTION_QUERY:
		cli->query = value;
		break;
	case OPTION_ALSO:
		read_also(cli, value);
		break;
	case OPTION_ATTACH_SOURCE:
		cli->attach_source = true;
		break;
	case OPTION_JOBS:
		cli->workers = read_number(cli, "--jobs", value, 1024);
		break;
	case OPTION_DIAG:
		cli->json = read_word(cli, "--diag", value, forms) == 1;
		break;
	case OPTION_COLOR:
		cli->colour_choice = read_word(cli, "--color", value, colours);
		break;
	case OPTION_STRICT:
		cli->strict = true;
		break;
	case OPTION_OPEN:
		cli->open = true;
		break;
	case OPTION_TEXT:
		cli->text = true;
		break;
	case OPTION_WATCH:
		cli->watch = true;
		break;
	case OPTION_PNG:
		cli->png = value ? read_number(cli, "--png", value, 1200) : 100;
		break;
	case OPTION_FORCE:
		cli->force = true;
		break;
	case OPTION_DRY_RUN:
		cli->dry_run = true;
		break;
	case OPTION_PRUNE:
		cli->prune = true;
		break;
	case OPTION_SPREAD:
		cli->spread = true;
		break;
	case OPTION_DURABILITY:
		cli->fast = read_word(cli, "--durability", value, durabilities) == 1;
		break;
	case OPTION_JSON:
		cli->json_letters = true;
		break;
	case OPTION_LEVEL:
		cli->level = read_word(cli, "--level", value, levels) + LEVEL_T;
		break;
	case OPTION_TSA:
		*vec_push(cli->arena, &cli->tsa) = value;
		break;
	case OPTION_WAIT:
		cli->wait = strcmp(value, "0") == 0 ? 0 : read_number(cli, "--wait", value, 86400);
		break;
	case OPTION_STYLE:
		cli->style = value;
		break;
	case OPTION_GUIDES:
		cli->guides = true;
		break;
	case OPTION_IDENTITY:
		cli->identity = value;
		break;
	case OPTION_CERTIFICATES:
		cli->certificates = value;
		break;
	case OPTION_NO_SIGN:
		cli->no_sign = true;
		break;
	case OPTION_PASS_FILE:
		cli->pass_file = value;
		break;
	case OPTION_PASS_FD:
		cli->pass_fd = read_number(cli, "--pass-fd", value, 1023);
		break;
	case OPTION_CERTIFY:
		cli->certify = true;
		break;
	case OPTION_PSS:
		cli->pss = true;
		break;
	case OPTION_MANIFEST:
		cli->manifest = value;
		break;
	case OPTION_ONLINE:
		cli->online = true;
		break;
	case OPTION_TRUST:
		cli->trust = value;
		break;
	case OPTION_ARCHIVE:
		cli->archive = value;
		break;
	case OPTION_DEPS:
		cli->deps = value;
		break;
	case OPTION_SHARD:
		read_shard(cli, value);
		break;
	case OPTION_QUIET:
		cli->quiet = true;
		break;
	case OPTION_VERBOSE:
		cli->verbose = true;
		break;
	}
}

/* False when there is nothing more to do: help or the version was asked for. */
static bool read_options(struct cli *cli, int argc, char **argv)
{
	int id;
	opterr = 0;
	while ((id = getopt_long(argc, argv, ":t:r:o:j:qvhV", options, NULL)) != -1) {
		if (id == OPTION_HELP) {
			print_help(stdout);
			return false;
		}
		if (id == OPTION_VERSION) {
			printf("lettermerge %s (%s)\n", LETTERMERGE_VERSION, pdf_versions());
			return false;
		}
		if (id == '?' || id == ':')
			report_option(cli, id, argv[optind - 1]);
		else
			read_option(cli, id, optarg);
	}
	cli->arguments = argv + optind;
	return true;
}

bool cli_use_colour(const struct cli *cli, FILE *stream)
{
	const char *no_color = getenv("NO_COLOR");
	if (cli->colour_choice != COLOUR_AUTO)
		return cli->colour_choice == COLOUR_ALWAYS;
	return isatty(fileno(stream)) && !(no_color && *no_color);
}

static int run_command(struct cli *cli)
{
	if (!cli->arguments[0]) {
		print_help(stderr);
		return EXIT_USAGE;
	}
	const struct command *command = find_command(cli, *cli->arguments++);
	int given = 0;
	while (command && cli->arguments[given])
		if (given++ == command->max_arguments) {
			diag_add(cli->diags, ARGUMENT_EXTRA, (struct place){0},
				cli->arguments[given - 1], command->name);
			break;
		}
	cli->command = command ? command->name : NULL;
	cli->colour = cli_use_colour(cli, cli->findings);
	if (diags_failed(cli->diags)) {
		cli_fail(cli);
		return EXIT_USAGE;
	}
	int code = command->run(cli);
	cli_show_rest(cli);
	return code;
}

int main(int argc, char **argv)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	struct cli cli = {
		.arena = arena_new(),
		.diags = diags_new(),
		.workers = processors > 0 && processors < 1024 ? (int)processors : 1,
		.findings = stderr,
		.max = -1,
		.wait = 60,
		.pass_fd = -1,
	};
	xml_start();
	int code = read_options(&cli, argc, argv) ? run_command(&cli) : EXIT_GOOD;
	if (fflush(stdout) != 0 && code == EXIT_GOOD)
		code = EXIT_SYSTEM;
	xml_stop();
	identity_free(cli.opened_identity);
	diags_free(cli.diags);
	arena_free(cli.arena);
	return code;
}
