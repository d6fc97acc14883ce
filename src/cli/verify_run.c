/* verify_run.c - lettermerge verify --manifest: is the list of a run signed, and are the letters in
 * its folder those that it lists? One signature, and one time stamp, can so cover millions. */
#include "cli/verify_int.h"

#include "base/diag_id.h"

#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

/* -- one letter against the list beside it */

/* The manifest in the letter's folder, or in the one above (batch --spread); *file is the letter's
 * name in it. */
static struct str list_of(struct cli *cli, struct str path, struct str *file)
{
	struct str folder = path_dir(path), list;
	*file = path_base(path);
	for (int up = 0; up < 2; up++) {
		list = path_join(cli->arena, folder, str_lit("manifest.json"));
		if (file_exists(list.at) || folder.len == 0)
			return list;
		*file = path_join(cli->arena, path_base(folder), *file);
		folder = path_dir(folder);
	}
	return list;
}

bool cli_check_record(struct cli *cli, struct verify_desk *verifying, const char *path,
	struct str bytes, struct diags *diags)
{
	struct str file, list = list_of(cli, str_of(path), &file);
	struct manifest manifest;
	struct place at = place_in(path);
	if (!file_exists(list.at))
		return true;
	struct str json = file_read(cli->arena, list.at, place_none(), diags);
	if (!json.at || !manifest_read(&manifest, cli->arena, json, list.at, diags))
		return false;
	const struct manifest_entry *entry = manifest_find(&manifest, file);
	verifying->recorded = entry && manifest_matches(entry, bytes);
	if (!entry)
		diag_add0(diags, NOT_RECORDED, at);
	else if (!verifying->recorded)
		diag_add0(diags, RECORD_DIFFERS, at);
	return verifying->recorded;
}

/* -- a list and all its letters */

struct tally {
	int same, different, gone;
};

static void check_entry(
	struct cli *cli, struct str folder, const struct manifest_entry *entry, struct tally *tally)
{
	struct arena_mark mark = arena_save(cli->arena);
	struct diags *diags = diags_new();
	struct str path = path_join(cli->arena, folder, entry->file);
	struct place at = place_in(path.at);
	struct str bytes = {0};
	if (file_exists(path.at))
		bytes = file_read(cli->arena, path.at, place_none(), diags);
	else
		diag_add0(diags, RECORDED_GONE, at);
	bool same = bytes.at && manifest_matches(entry, bytes);
	if (bytes.at && !same)
		diag_add0(diags, RECORD_DIFFERS, at);
	tally->same += same;
	tally->gone += !bytes.at;
	tally->different += bytes.at && !same;
	for (int i = 0; i < diags_len(diags); i++)
		cli_show(cli, diags_at(diags, i));
	diags_free(diags);
	arena_restore(cli->arena, mark);
}

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

static void put_run(struct cli *cli, struct str list, const struct verify_report *report,
	const struct tally *tally, bool good)
{
	struct buf out = {0};
	if (cli->json) {
		buf_puts(&out, "{\"manifest\":");
		json_string(&out, list);
		buf_say(&out,
			",\"good\":%s,\"signed\":%s,\"same\":%d,\"different\":%d,"
			"\"gone\":%d}\n",
			good ? "true" : "false", report->is_signed ? "true" : "false", tally->same,
			tally->different, tally->gone);
	} else {
		buf_say(&out, "%.*s: %s\n", str_arg(list), good ? "good" : "NOT GOOD");
		if (report->signer.len)
			buf_say(&out, "  signed by %.*s\n", str_arg(report->signer));
		if (report->proven_time)
			buf_say(&out, "  a time stamp proves it for %s\n",
				verify_time(cli->arena, report->proven_time).at);
		buf_say(&out, "  %d letter%s as recorded, %d different, %d not there\n",
			tally->same, plural(tally->same), tally->different, tally->gone);
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
	struct str list = find_list(cli);
	struct diags *diags = diags_new();
	struct manifest manifest = {0};
	struct verify_report report = {0};
	struct tally tally = {0};
	struct str json = file_read(cli->arena, list.at, place_none(), diags);
	if (json.at && manifest_read(&manifest, cli->arena, json, list.at, diags))
		report = check_signature(cli, verifying, list, manifest.is_signed, diags);
	for (int i = 0; i < diags_len(diags); i++)
		cli_show(cli, diags_at(diags, i));
	for (int i = 0; i < manifest.entries.len; i++)
		check_entry(cli, path_dir(list), &manifest.entries.at[i], &tally);
	bool good = report.good && !tally.different && !tally.gone;
	put_run(cli, list, &report, &tally, good);
	diags_free(diags);
	return good;
}
