/* verify_int.h - the two halves of lettermerge verify: single letters, and the list of a run. */
#ifndef CLI_VERIFY_INT_H
#define CLI_VERIFY_INT_H

#include "cli/cli_int.h"

#include "level/level.h"
#include "verify/names_listed.h"
#include "verify/receipt.h"

struct verify_desk {
	struct trust *trust;
	struct level_run *run;         /* --online; else NULL */
	const struct receipt *receipt; /* --receipt; else NULL */
	struct sought *sought;         /* what lists say of the letters */
	bool recorded;                 /* the letter in hand is in a manifest, as it is */
};

/* What a file proves of itself, and with --online what the network does: the one verdict on a
 * letter, whichever way it was asked for. */
struct verify_report cli_judge(struct cli *cli, struct verify_desk *verifying,
	const struct judged *letter, struct diags *diags);

/* Reads what the lists beside the files that are asked about say of them, each list once; it is
 * cli_forget_records that frees it. */
struct sought *cli_seek_records(struct cli *cli);
void cli_forget_records(struct sought *sought);
/* Compares a letter with the manifest.json in its folder, where there is one. False after a
 * finding. */
bool cli_check_record(struct cli *cli, struct verify_desk *verifying, const char *path,
	struct str bytes, struct diags *diags);

/* Checks a manifest, its signature and all letters that it lists; says what was found. */
bool cli_verify_run(struct cli *cli, struct verify_desk *verifying);

/* Holds the log beside a list against what its head says of it; false after a finding. *lines: how
 * many it has, -1 when there is none. */
bool cli_check_log(struct cli *cli, struct str folder, const struct manifest *manifest,
	int64_t *lines, struct diags *diags);

/* Names the letters that lie in the list's folder, or one in it, and are not on it, and gives how
 * many in *found. False when a folder cannot be read: more may lie there. */
bool cli_find_unlisted(
	struct cli *cli, struct str path, const struct names_listed *listed, int *found);

/* The manifest that --manifest names, or its folder; without it that of --out. */
struct str cli_find_list(struct cli *cli);
/* The signature beside a list; .at is NULL after a finding. */
struct str cli_list_signature(struct cli *cli, struct str list, struct diags *diags);

/* What is signed of a list. */
struct signed_head {
	const char *name; /* by which findings speak of it */
	struct str bytes, der, signed_at;
};
/* Its signature, and --after. The report's claimed_time is the head's. */
struct verify_report cli_check_head(struct cli *cli, struct verify_desk *verifying,
	const struct signed_head *head, struct diags *diags);
/* "a.pdf: good". */
void cli_put_verdict(struct buf *out, struct str name, bool good);
/* By whom and when, behind the words that lead there; nothing where it is not known. */
void cli_put_by(
	struct arena *arena, struct buf *out, const char *lead, struct str signer, int64_t claimed);
/* The same in lines, with what a time stamp proves. */
void cli_put_signer(struct arena *arena, struct buf *out, const struct verify_report *report);
/* Shows findings and frees them. */
void cli_show_all(struct cli *cli, struct diags *diags);

/* Reads the receipt that --receipt names, and its signature; says what was found. */
bool cli_open_receipt(struct cli *cli, struct verify_desk *verifying);
/* Is the letter that of the receipt? False after a finding. */
bool cli_check_receipt(
	const struct receipt *receipt, const char *path, struct str bytes, struct diags *diags);

#endif
