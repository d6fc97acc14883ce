/* receipt.c - lettermerge receipt ID, which writes what one recipient needs to see what became of
 * theirs, and of how many it was one; and verify FILE --receipt, which reads it. */
#include "cli/verify_int.h"

#include "base/arena.h"
#include "base/diag_id.h"

#include <stdio.h>

/* -- writing */

static bool take(struct cli *cli, struct str list, struct receipt *receipt)
{
	const char *id = cli->arguments[0];
	struct manifest manifest;
	struct str json = file_read(cli->arena, list.at, place_none(), cli->diags);
	if (!json.at || !manifest_read(&manifest, cli->arena, json, list.at, cli->diags))
		return false;
	if (manifest.version == 1)
		diag_add0(cli->diags, RECEIPT_OLD, place_in(list.at));
	else if (!receipt_take(receipt, &manifest, manifest_id(cli->arena, str_of(id))))
		diag_add(cli->diags, RECEIPT_NONE, place_none(), id, list.at);
	else
		receipt->der = cli_list_signature(cli, list, cli->diags);
	return receipt->der.at;
}

int command_receipt(struct cli *cli)
{
	struct receipt receipt = {0};
	struct buf out = {0};
	if (!cli->arguments[0]) {
		diag_add(cli->diags, ARGUMENT_MISSING, place_none(), cli->command, cli->command);
		cli_fail(cli);
		return EXIT_USAGE;
	}
	if (!take(cli, cli_find_list(cli), &receipt))
		return cli_fail(cli);
	receipt_put(&out, &receipt);
	say_as_is(stdout, buf_text(&out));
	buf_free(&out);
	return EXIT_GOOD;
}

/* -- reading */

static void put_fate(struct buf *out, const struct receipt *receipt)
{
	buf_puts(out, "  record ");
	buf_quoted(out, receipt->entry.id);
	buf_say(out, " was %s, one of %lld of run ", manifest_fates[receipt->entry.fate],
		(long long)receipt->path.size);
	buf_quoted(out, receipt->head.run);
	buf_puts(out, "\n");
}

static void put(struct cli *cli, const struct receipt *receipt, const struct verify_report *report)
{
	struct buf out = {0};
	if (cli->run.json_letters) {
		buf_puts(&out, "{\"receipt\":");
		json_string(&out, str_of(cli->verifying.receipt));
		buf_say(&out, ",\"good\":%s,\"records\":%lld}\n", report->good ? "true" : "false",
			(long long)receipt->path.size);
	} else {
		cli_put_verdict(&out, str_of(cli->verifying.receipt), report->good);
		cli_put_signer(cli->arena, &out, report);
		if (report->good)
			put_fate(&out, receipt);
	}
	say_as_is(stdout, buf_text(&out));
	buf_free(&out);
}

bool cli_open_receipt(struct cli *cli, struct verify_desk *verifying)
{
	struct diags *diags = diags_new();
	struct receipt *receipt = arena_new_array(cli->arena, struct receipt, 1);
	struct verify_report report = {0};
	struct str json = file_read(cli->arena, cli->verifying.receipt, place_none(), diags);
	if (json.at && receipt_read(receipt, cli->arena, json, cli->verifying.receipt, diags)) {
		const struct signed_head head = {cli->verifying.receipt, receipt->is_signed,
			receipt->der, receipt->head.signed_at};
		report = cli_check_head(cli, verifying, &head, diags);
	}
	put(cli, receipt, &report);
	cli_show_all(cli, diags);
	verifying->receipt = receipt;
	return report.good;
}

bool cli_check_receipt(
	const struct receipt *receipt, const char *path, struct str bytes, struct diags *diags)
{
	bool same = receipt->entry.file.len && manifest_matches(&receipt->entry, bytes);
	if (!same)
		diag_add0(diags, RECEIPT_OTHER, place_in(path));
	return same;
}
