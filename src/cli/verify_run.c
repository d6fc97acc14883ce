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

static void put_run(struct cli *cli, struct str list, const struct verify_report *report,
	const struct tally *tally, bool good)
{
	struct buf out = {0};
	if (cli->run.json_letters) {
		buf_puts(&out, "{\"manifest\":");
		json_string(&out, list);
		buf_say(&out,
			",\"good\":%s,\"signed\":%s,\"same\":%d,\"different\":%d,"
			"\"gone\":%d,\"bad\":%d,\"unlisted\":%d,\"forgotten\":%lld",
			good ? "true" : "false", report->is_signed ? "true" : "false", tally->same,
			tally->different, tally->gone, tally->bad, tally->unlisted,
			(long long)tally->forgotten);
		if (tally->head)
			put_records_json(&out, tally->head);
		if (tally->log >= 0)
			buf_say(&out, ",\"log\":%lld", (long long)tally->log);
		if (report->claimed_time)
			buf_say(&out, ",\"claimed\":%lld", (long long)report->claimed_time);
		if (report->proven_time)
			buf_say(&out, ",\"proven\":%lld", (long long)report->proven_time);
		buf_puts(&out, "}\n");
	} else {
		cli_put_verdict(&out, list, good);
		cli_put_signer(cli->arena, &out, report);
		if (tally->head)
			put_records(&out, tally->head);
		buf_say(&out, "  %d letter%s as recorded, %d different, %d not there\n",
			tally->same, plural(tally->same), tally->different, tally->gone);
		if (tally->bad)
			buf_say(&out, "  %d begin%s as recorded and %s not good\n", tally->bad,
				tally->bad == 1 ? "s" : "", tally->bad == 1 ? "is" : "are");
		if (tally->unlisted)
			buf_say(&out, "  %d letter%s not on the list\n", tally->unlisted,
				plural(tally->unlisted));
		if (tally->forgotten)
			buf_say(&out, "  %lld record%s forgotten since it was signed\n",
				(long long)tally->forgotten, tally->forgotten == 1 ? "" : "s");
		if (tally->log >= 0)
			buf_say(&out, "  the log beside it has %lld line%s\n",
				(long long)tally->log, tally->log == 1 ? "" : "s");
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

bool cli_verify_run(struct cli *cli, struct verify_desk *verifying)
{
	struct str list = cli_find_list(cli), folder = path_dir(list);
	struct diags *diags = diags_new();
	struct manifest manifest = {0};
	struct verify_report report = {0};
	struct tally tally = {.log = -1};
	bool log_good = true;
	struct str json = file_read(cli->arena, list.at, place_none(), diags);
	if (json.at && manifest_read(&manifest, cli->arena, json, list.at, diags))
		report = check_signature(cli, verifying, list, &manifest, diags);
	else
		manifest = (struct manifest){0};
	if (manifest.version == 2) {
		tally.head = &manifest.head;
		log_good = cli_check_log(cli, folder, &manifest, &tally.log, diags);
	}
	if (manifest.head.missing.len)
		diag_add(diags, MANIFEST_PARTIAL, place_in(list.at),
			diag_str(diags, manifest.head.missing));
	cli_show_all(cli, diags);
	tally.forgotten = manifest.forgotten;
	for (int i = 0; i < manifest.entries.len; i++)
		check_entry(cli, verifying, folder, &manifest.entries.at[i], &tally);
	bool looked = !manifest.version ||
		cli_find_unlisted(cli, folder, &manifest, &tally.unlisted);
	bool good = report.good && log_good && looked && !tally.different && !tally.gone &&
		!tally.bad && !(cli->strict && (tally.unlisted || manifest.head.missing.len));
	put_run(cli, list, &report, &tally, good);
	return good;
}
