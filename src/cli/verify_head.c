/* verify_head.c - the signed head of a list, or of a receipt: who signed it, and when? */
#include "cli/verify_int.h"

#include "base/diag_id.h"

#include <time.h>

void cli_show_all(struct cli *cli, struct diags *diags)
{
	for (int i = 0; i < diags_len(diags); i++)
		cli_show(cli, diags_at(diags, i));
	diags_free(diags);
}

static void check_age(
	struct cli *cli, const struct signed_head *head, int64_t time, struct diags *diags)
{
	const char *when = time ? verify_time(cli->arena, time).at
				: "at a time that it does not say";
	if (cli->verifying.after && time < cli->verifying.after)
		diag_add(diags, MANIFEST_OLD, place_in(head->name), when,
			verify_time(cli->arena, cli->verifying.after).at);
}

struct verify_report cli_check_head(struct cli *cli, struct verify_desk *verifying,
	const struct signed_head *head, struct diags *diags)
{
	const struct judged file = {head->bytes, head->name, (int64_t)time(NULL)};
	struct verify_report report = verify_detached(
		cli->arena, &file, head->der, verifying->trust, diags);
	if (!manifest_time(head->signed_at, &report.claimed_time))
		report.claimed_time = 0;
	check_age(cli, head, report.proven_time ? report.proven_time : report.claimed_time, diags);
	report.good = report.good && !diags_failed(diags);
	return report;
}

void cli_put_verdict(struct buf *out, struct str name, bool good)
{
	buf_heading(out, name);
	buf_puts(out, good ? ": good\n" : ": NOT GOOD\n");
}

void cli_put_by(
	struct arena *arena, struct buf *out, const char *lead, struct str signer, int64_t claimed)
{
	if (!signer.len)
		return;
	buf_puts(out, lead);
	buf_quoted(out, signer);
	if (claimed)
		buf_say(out, ", on %s by the signer's own clock", verify_time(arena, claimed).at);
}

void cli_put_signer(struct arena *arena, struct buf *out, const struct verify_report *report)
{
	cli_put_by(arena, out, "  signed by ", report->signer, report->claimed_time);
	buf_puts(out, report->signer.len ? "\n" : "");
	if (report->proven_time)
		buf_say(out, "  a time stamp proves it for %s\n",
			verify_time(arena, report->proven_time).at);
}
