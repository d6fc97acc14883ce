/* verify_list.c - lettermerge verify FILE: does the list beside the file say the same of it? */
#include "cli/verify_int.h"

#include "base/diag_id.h"

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
