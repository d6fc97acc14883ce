/* batch_refuse.c - options of batch that do nothing beside others on the command line, or undo
 * them: named, before anything is done. What the project's file says falls in silence, but for who
 * is to have approved what is printed. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

/* Options that change nothing for a run of that kind; they are for those of another. */
struct idle {
	const char *const *options;
	const char *beside, *meant;
};

static void refuse_idle(struct cli *cli, const struct idle *idle)
{
	for (const char *const *option = idle->options; *option; option++)
		if (cli_given(cli, *option))
			diag_add(cli->diags, OPTION_COMMAND, place_none(), *option, idle->beside,
				idle->meant, "batch");
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
	static const char *const of_files[] = {"deps", "report", "bundle", NULL},
				 *const of_bundles[] = {"simplex", NULL},
				 *const of_levels[] = {"tsa", "wait", NULL},
				 *const of_signing[] = {"certify", "pss", "level", "tsa", "wait",
					 "certificates", "pass-file", "pass-fd", NULL};
	int before = diags_count(cli->diags, SEVERITY_ERROR);
	if (cli->run.dry_run)
		refuse_idle(cli, &(struct idle){of_files, "batch --dry-run", "a run that writes"});
	else if (cli->run.bundle)
		refuse_beside_bundle(cli);
	else if (cli->signing.no_sign && cli_given(cli, "no-sign"))
		refuse_idle(cli, &(struct idle){of_signing, "batch --no-sign", "a run that signs"});
	else if (cli->raising.level == LEVEL_NONE)
		refuse_idle(
			cli, &(struct idle){of_levels, "batch without --level", "batch --level"});
	if (!cli->run.bundle)
		refuse_idle(cli,
			&(struct idle){of_bundles, "batch without --bundle", "batch --bundle"});
	else if (!cli->run.dry_run)
		refuse_unapproved(cli);
	return diags_count(cli->diags, SEVERITY_ERROR) > before;
}
