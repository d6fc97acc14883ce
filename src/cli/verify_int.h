/* verify_int.h - the two halves of lettermerge verify: single letters, and the list of a run. */
#ifndef CLI_VERIFY_INT_H
#define CLI_VERIFY_INT_H

#include "cli/cli_int.h"

#include "level/level.h"
#include "verify/manifest.h"

struct verify_desk {
	struct trust *trust;
	struct level_run *run; /* --online; else NULL */
	bool recorded;         /* the letter in hand is in a manifest, as it is */
};

/* What a file proves of itself, and with --online what the network does: the one verdict on a
 * letter, whichever way it was asked for. */
struct verify_report cli_judge(struct cli *cli, struct verify_desk *verifying,
	const struct judged *letter, struct diags *diags);

/* Compares a letter with the manifest.json in its folder, where there is one. False after a
 * finding. */
bool cli_check_record(struct cli *cli, struct verify_desk *verifying, const char *path,
	struct str bytes, struct diags *diags);

/* Checks a manifest, its signature and all letters that it lists; says what was found. */
bool cli_verify_run(struct cli *cli, struct verify_desk *verifying);

/* Names the letters that lie in the list's folder and are not on it; how many. */
int cli_find_unlisted(struct cli *cli, struct str path, const struct manifest *manifest);

#endif
