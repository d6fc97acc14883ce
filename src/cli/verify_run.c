/* verify_run.c - lettermerge verify --manifest: is the list of a run signed, and are the letters in
 * its folder those that it lists? One signature, and one time stamp, can so cover millions. */
#include "cli/verify_int.h"

#include "base/diag_id.h"

#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

struct tally {
	int same, different, gone, bad, unlisted;
	int64_t forgotten;                /* lines of the list */
	int64_t log;                      /* lines of the log; -1: there is none */
	const struct manifest_head *head; /* NULL: it has none, as before version 2 */
};

/* -- a letter */

/* What was recorded is good when verify says so of the file, with all that grew behind it. */
static void check_bytes(struct cli *cli, struct verify_desk *verifying,
	const struct manifest_entry *entry, const struct judged *letter, struct tally *tally)
{
	struct diags *diags = diags_new();
	if (!manifest_matches(entry, letter->bytes)) {
		diag_add0(diags, RECORD_DIFFERS, place_in(letter->name));
		tally->different++;
	} else if (cli_judge(cli, verifying, letter, diags).good) {
		tally->same++;
	} else {
		tally->bad++;
	}
	cli_show_all(cli, diags);
}

static void check_entry(struct cli *cli, struct verify_desk *verifying, struct str folder,
	const struct manifest_entry *entry, struct tally *tally)
{
	struct arena_mark mark = arena_save(cli->arena);
	struct diags *diags = diags_new();
	struct str path = path_join(cli->arena, folder, entry->file);
	struct judged letter = {.name = path.at, .now = (int64_t)time(NULL)};
	if (file_exists(path.at))
		letter.bytes = file_read(cli->arena, path.at, place_none(), diags);
	else
		diag_add0(diags, RECORDED_GONE, place_in(path.at));
	tally->gone += !letter.bytes.at;
	cli_show_all(cli, diags);
	if (letter.bytes.at)
		check_bytes(cli, verifying, entry, &letter, tally);
	arena_restore(cli->arena, mark);
}

/* -- the list */

struct str cli_list_signature(struct cli *cli, struct str list, struct diags *diags)
{
	struct str beside = str_format(cli->arena, "%.*s.p7s", str_arg(list));
	if (file_exists(beside.at))
		return file_read(cli->arena, beside.at, place_none(), diags);
	diag_add(diags, MANIFEST_UNSIGNED, place_in(list.at), beside.at);
	return (struct str){0};
}

static struct verify_report check_signature(struct cli *cli, struct verify_desk *verifying,
	struct str list, const struct manifest *manifest, struct diags *diags)
{
	const struct signed_head head = {list.at, manifest->is_signed,
		cli_list_signature(cli, list, diags), manifest->head.signed_at};
	if (!head.der.at)
		return (struct verify_report){0};
	return cli_check_head(cli, verifying, &head, diags);
}

/* "  4 records: 3 made, 1 rejected; beside them 1 gone" */
static void put_records(struct buf *out, const struct manifest_head *head)
{
	int64_t in = manifest_records_in(head), gone = head->count[MANIFEST_GONE];
	const char *before = ": ";
	buf_say(out, "  %lld record%s", (long long)in, in == 1 ? "" : "s");
	for (int fate = 0; fate < MANIFEST_GONE; fate++) {
		if (!head->count[fate])
			continue;
		buf_say(out, "%s%lld %s", before, (long long)head->count[fate],
			manifest_fates[fate]);
		before = ", ";
	}
	if (gone)
		buf_say(out, "; beside them %lld gone", (long long)gone);
	buf_char(out, '\n');
}

static void put_records_json(struct buf *out, const struct manifest_head *head)
{
	buf_format(out, ",\"records\":{\"in\":%lld", (long long)manifest_records_in(head));
	for (int fate = 0; fate < MANIFEST_FATES; fate++)
		buf_format(out, ",\"%s\":%lld", manifest_fates[fate], (long long)head->count[fate]);
	buf_char(out, '}');
	if (head->missing.len)
		json_member(out, "missing", head->missing);
}

static void put_run_json(
	struct buf *out, const struct verify_report *report, const struct tally *tally, bool good)
{
	buf_say(out,
		",\"good\":%s,\"signed\":%s,\"same\":%d,\"different\":%d,"
		"\"gone\":%d,\"bad\":%d,\"unlisted\":%d,\"forgotten\":%lld",
		good ? "true" : "false", report->is_signed ? "true" : "false", tally->same,
		tally->different, tally->gone, tally->bad, tally->unlisted,
		(long long)tally->forgotten);
	if (tally->head)
		put_records_json(out, tally->head);
	if (tally->log >= 0)
		buf_say(out, ",\"log\":%lld", (long long)tally->log);
	if (report->claimed_time)
		buf_say(out, ",\"claimed\":%lld", (long long)report->claimed_time);
	if (report->proven_time)
		buf_say(out, ",\"proven\":%lld", (long long)report->proven_time);
}

static void put_tally(struct buf *out, const struct tally *tally)
{
	if (tally->head)
		put_records(out, tally->head);
	buf_say(out, "  %d letter%s as recorded, %d different, %d not there\n", tally->same,
		plural(tally->same), tally->different, tally->gone);
	if (tally->bad)
		buf_say(out, "  %d begin%s as recorded and %s not good\n", tally->bad,
			tally->bad == 1 ? "s" : "", tally->bad == 1 ? "is" : "are");
	if (tally->unlisted)
		buf_say(out, "  %d letter%s not on the list\n", tally->unlisted,
			plural(tally->unlisted));
	if (tally->forgotten)
		buf_say(out, "  %lld record%s forgotten since it was signed\n",
			(long long)tally->forgotten, tally->forgotten == 1 ? "" : "s");
	if (tally->log >= 0)
		buf_say(out, "  the log beside it has %lld line%s\n", (long long)tally->log,
			tally->log == 1 ? "" : "s");
}

static void put_run(struct cli *cli, struct str list, const struct verify_report *report,
	const struct tally *tally, bool good)
{
	struct buf out = {0};
	if (cli->run.json_letters) {
		buf_puts(&out, "{\"manifest\":");
		json_string(&out, list);
		put_run_json(&out, report, tally, good);
		buf_puts(&out, "}\n");
	} else {
		cli_put_verdict(&out, list, good);
		cli_put_signer(cli->arena, &out, report);
		put_tally(&out, tally);
	}
	say_as_is(stdout, buf_text(&out));
	buf_free(&out);
}

struct str cli_find_list(struct cli *cli)
{
	struct stat status;
	struct str path = str_of(cli->verifying.manifest ? cli->verifying.manifest : cli_out(cli));
	bool folder = stat(path.at, &status) == 0 && S_ISDIR(status.st_mode);
	return folder ? path_join(cli->arena, path, str_lit("manifest.json")) : path;
}

/* -- all of it */

struct walk {
	struct cli *cli;
	struct verify_desk *verifying;
	struct str list, folder;
	struct names_listed *names;
	struct tally tally;
};

static void take_name(void *user, const struct manifest_entry *entry)
{
	struct walk *walk = user;
	names_listed_add(walk->names, entry->file);
}

static void take_letter(void *user, const struct manifest_entry *entry)
{
	struct walk *walk = user;
	check_entry(walk->cli, walk->verifying, walk->folder, entry, &walk->tally);
}

/* What was found is the caller's to show. */
static bool check_list(struct walk *walk, struct manifest *manifest, struct verify_report *report,
	struct diags *diags)
{
	const struct manifest_visit names = {take_name, walk};
	struct cli *cli = walk->cli;
	bool log_good = true;
	if (!manifest_walk(manifest, cli->arena, walk->list.at, &names, diags)) {
		*manifest = (struct manifest){0};
		return false;
	}
	*report = check_signature(cli, walk->verifying, walk->list, manifest, diags);
	if (manifest->version == 2) {
		walk->tally.head = &manifest->head;
		log_good = cli_check_log(cli, walk->folder, manifest, &walk->tally.log, diags);
	}
	if (manifest->head.missing.len)
		diag_add(diags, MANIFEST_PARTIAL, place_in(walk->list.at),
			diag_str(diags, manifest->head.missing));
	walk->tally.forgotten = manifest->forgotten;
	return report->good && log_good;
}

/* The list is read once more, for its letters: it must be the one that was judged. */
static bool check_letters(struct walk *walk, const struct manifest *manifest)
{
	const struct manifest_visit letters = {take_letter, walk};
	struct diags *diags = diags_new();
	struct tally *tally = &walk->tally;
	struct manifest again;
	bool good = manifest_walk(&again, walk->cli->arena, walk->list.at, &letters, diags);
	if (good && !str_eq(again.is_signed, manifest->is_signed)) {
		diag_add0(diags, MANIFEST_SUM, place_in(walk->list.at));
		good = false;
	}
	cli_show_all(walk->cli, diags);
	if (!manifest->head.shard.len)
		good &= cli_find_unlisted(walk->cli, walk->folder, walk->names, &tally->unlisted);
	return good && !tally->different && !tally->gone && !tally->bad;
}

bool cli_verify_run(struct cli *cli, struct verify_desk *verifying)
{
	struct walk walk = {.cli = cli,
		.verifying = verifying,
		.list = cli_find_list(cli),
		.names = names_listed_new(),
		.tally = {.log = -1}};
	struct diags *diags = diags_new();
	struct manifest manifest = {0};
	struct verify_report report = {0};
	walk.folder = path_dir(walk.list);
	bool good = check_list(&walk, &manifest, &report, diags);
	cli_show_all(cli, diags);
	if (manifest.version)
		good &= check_letters(&walk, &manifest);
	good = good && !(cli->common.strict && (walk.tally.unlisted || manifest.head.missing.len));
	put_run(cli, walk.list, &report, &walk.tally, good);
	names_listed_free(walk.names);
	return good;
}
