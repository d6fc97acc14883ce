/* batch_refuse.c - options of batch that do nothing beside others on the command line, or undo
 * them: named, before anything is done. What the project's file says falls in silence, but for who
 * is to have approved what is printed. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

/* A file that no run writes that only looks. */
static void refuse_unwritten(struct cli *cli, const char *option)
{
	if (cli_given(cli, option))
		diag_add(cli->diags, OPTION_COMMAND, place_none(), option, "batch --dry-run",
			"a run that writes", "batch");
}

/* A bundle is for the printer alone: what is about files, their record or who signs. */
static void refuse_beside_bundle(struct cli *cli)
{
	static const char *const options[] = {"archive", "out", "deps", "prune", "spread", "force",
		"shard", "approvals", "signed-approvals", "also", "identity", "certificates",
		"pass-file", "pass-fd", "certify", "pss", "level", "tsa", "wait", "trust",
		"attach-source", "compact", "standard", "report", "json"};
	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		if (cli_given(cli, options[i]))
			diag_add(cli->diags, BUNDLE_BESIDE, place_none(), options[i]);
	if (cli->approving.approved_only && cli_given(cli, "approved-only"))
		diag_add(cli->diags, BUNDLE_BESIDE, place_none(), "approved-only");
}

/* A project whose letters are held until somebody approves them has none of them printed before,
 * unless the command line says that it shall. */
static void refuse_unapproved(struct cli *cli)
{
	bool asks = cli->approving.approvals || cli->approving.approved_only ||
		cli->approving.signed_only;
	bool said = cli_given(cli, "approvals") || cli_given(cli, "approved-only") ||
		cli_given(cli, "signed-approvals");
	if (asks && !said)
		diag_add0(cli->diags, BUNDLE_APPROVALS, place_none());
}

bool cli_refuse_batch(struct cli *cli)
{
	static const char *const of_files[] = {"deps", "report", "bundle"};
	int before = diags_count(cli->diags, SEVERITY_ERROR);
	if (cli->run.dry_run)
		for (size_t i = 0; i < sizeof of_files / sizeof *of_files; i++)
			refuse_unwritten(cli, of_files[i]);
	else if (cli->run.bundle)
		refuse_beside_bundle(cli);
	if (cli->run.bundle && !cli->run.dry_run)
		refuse_unapproved(cli);
	return diags_count(cli->diags, SEVERITY_ERROR) > before;
}
