/* verify_run.c - lettermerge verify --manifest: is the list of a run signed, and are the letters in
 * its folder those that it lists? One signature, and one time stamp, can so cover millions. */
#include "cli/verify_int.h"

#include "base/diag_id.h"

#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

struct tally {
	int same, different, gone, bad, unlisted;
	int64_t time; /* of the list; 0: not known */
};

/* -- a letter */

static void show(struct cli *cli, struct diags *diags)
{
	for (int i = 0; i < diags_len(diags); i++)
		cli_show(cli, diags_at(diags, i));
	diags_free(diags);
}

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
	show(cli, diags);
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
	show(cli, diags);
	if (letter.bytes.at)
		check_bytes(cli, verifying, entry, &letter, tally);
	arena_restore(cli->arena, mark);
}

/* -- the list */

static struct verify_report check_signature(struct cli *cli, struct verify_desk *verifying,
	struct str list, struct str json, struct diags *diags)
{
	struct str beside = str_format(cli->arena, "%.*s.p7s", str_arg(list));
	struct str der = {0};
	if (file_exists(beside.at))
		der = file_read(cli->arena, beside.at, place_none(), diags);
	else
		diag_add(diags, MANIFEST_UNSIGNED, place_in(list.at), beside.at);
	if (!der.at)
		return (struct verify_report){.good = !diags_failed(diags)};
	const struct judged file = {json, list.at, (int64_t)time(NULL)};
	return verify_detached(cli->arena, &file, der, verifying->trust, diags);
}

/* When the list was signed: proven, or by the signer's own clock; 0: it does not say. */
static int64_t list_time(const struct manifest *manifest, const struct verify_report *report)
{
	int64_t claimed = 0;
	if (!report->proven_time)
		manifest_time(manifest->head.signed_at, &claimed);
	return report->proven_time ? report->proven_time : claimed;
}

static bool is_recent(struct cli *cli, struct str list, int64_t time)
{
	struct diags *diags = diags_new();
	const char *when = time ? verify_time(cli->arena, time).at
				: "at a time that it does not say";
	bool recent = !cli->after || (time && time >= cli->after);
	if (!recent)
		diag_add(diags, MANIFEST_OLD, place_in(list.at), when,
			verify_time(cli->arena, cli->after).at);
	show(cli, diags);
	return recent;
}

static void put_run(struct cli *cli, struct str list, const struct verify_report *report,
	const struct tally *tally, bool good)
{
	struct buf out = {0};
	if (cli->json) {
		buf_puts(&out, "{\"manifest\":");
		json_string(&out, list);
		buf_say(&out,
			",\"good\":%s,\"signed\":%s,\"same\":%d,\"different\":%d,"
			"\"gone\":%d,\"bad\":%d,\"unlisted\":%d",
			good ? "true" : "false", report->is_signed ? "true" : "false", tally->same,
			tally->different, tally->gone, tally->bad, tally->unlisted);
		if (tally->time)
			buf_say(&out, ",\"time\":%lld", (long long)tally->time);
		buf_puts(&out, "}\n");
	} else {
		buf_say(&out, "%.*s: %s\n", str_arg(list), good ? "good" : "NOT GOOD");
		if (report->signer.len)
			buf_say(&out, "  signed by %.*s", str_arg(report->signer));
		if (report->signer.len && tally->time && !report->proven_time)
			buf_say(&out, ", on %s by the signer's own clock",
				verify_time(cli->arena, tally->time).at);
		buf_puts(&out, report->signer.len ? "\n" : "");
		if (report->proven_time)
			buf_say(&out, "  a time stamp proves it for %s\n",
				verify_time(cli->arena, report->proven_time).at);
		buf_say(&out, "  %d letter%s as recorded, %d different, %d not there\n",
			tally->same, plural(tally->same), tally->different, tally->gone);
		if (tally->bad)
			buf_say(&out, "  %d begin%s as recorded and %s not good\n", tally->bad,
				tally->bad == 1 ? "s" : "", tally->bad == 1 ? "is" : "are");
		if (tally->unlisted)
			buf_say(&out, "  %d letter%s not on the list\n", tally->unlisted,
				plural(tally->unlisted));
	}
	say_as_is(stdout, buf_text(&out));
	buf_free(&out);
}

static struct str find_list(struct cli *cli)
{
	struct stat status;
	struct str path = str_of(cli->manifest);
	bool folder = stat(cli->manifest, &status) == 0 && S_ISDIR(status.st_mode);
	return folder ? path_join(cli->arena, path, str_lit("manifest.json")) : path;
}

bool cli_verify_run(struct cli *cli, struct verify_desk *verifying)
{
	struct str list = find_list(cli), folder = path_dir(list);
	struct diags *diags = diags_new();
	struct manifest manifest = {0};
	struct verify_report report = {0};
	struct tally tally = {0};
	struct str json = file_read(cli->arena, list.at, place_none(), diags);
	if (json.at && manifest_read(&manifest, cli->arena, json, list.at, diags))
		report = check_signature(cli, verifying, list, manifest.is_signed, diags);
	else
		manifest = (struct manifest){0};
	show(cli, diags);
	for (int i = 0; i < manifest.entries.len; i++)
		check_entry(cli, verifying, folder, &manifest.entries.at[i], &tally);
	if (manifest.version)
		tally.unlisted = cli_find_unlisted(cli, folder, &manifest);
	tally.time = list_time(&manifest, &report);
	bool good = is_recent(cli, list, tally.time) && report.good && !tally.different &&
		!tally.gone && !tally.bad && !(cli->strict && tally.unlisted);
	put_run(cli, list, &report, &tally, good);
	return good;
}
