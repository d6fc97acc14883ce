/* idle.c - options that change nothing unless another one is there, as one table: refused by name,
 * so that nobody takes them for done. Those of the project's file fall in silence. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#define OF(command) (1u << COMMAND_##command)
enum {
	RUNS = OF(BATCH) | OF(STATUS) | OF(SERVE),
	SIGNS = RUNS | OF(MAKE) | OF(MERGE_RECORD),
	ACTS = OF(APPROVE) | OF(CONFIRM)
};

static const struct needing {
	const char *option;
	unsigned of;          /* the commands */
	const char *needs[4]; /* one of these; NULL ends them */
} needing[] = {
	{"tsa", RUNS, {"level"}},
	{"wait", RUNS, {"level"}},
	{"trust", RUNS, {"level", "signed-approvals"}},
	{"simplex", OF(BATCH), {"bundle"}},
	{"dpi", OF(PREVIEW) | OF(DIFF), {"png"}},
	{"share", OF(PREVIEW), {"proof"}},
	{"sample", OF(PREVIEW), {"proof"}},
	{"only", OF(PREVIEW), {"proof"}},
	{"where", OF(PREVIEW), {"proof"}},
	{"limit", OF(PREVIEW), {"proof"}},
	{"sample", OF(APPROVE), {"proof-set"}},
	{"except", OF(APPROVE), {"all", "where", "proof-set"}},
	{"certificates", ACTS, {"sign-with"}},
	{"pass-file", ACTS, {"sign-with"}},
	{"pass-fd", ACTS, {"sign-with"}},
	{"pss", ACTS, {"sign-with"}},
	{"after", OF(VERIFY), {"manifest", "receipt"}},
};

/* Wherever it was said. */
static bool is_there(const struct cli *cli, const char *name)
{
	int row = option_find(str_of(name), SAID_ON_LINE);
	const struct option_row *option = &option_rows[row];
	return cli->settings.by[row] != SAID_NOWHERE &&
		(option->kind != IS_YES || *((const bool *)((const char *)cli + option->place)));
}

static void refuse(struct cli *cli, const struct needing *row)
{
	struct buf without = {0}, with = {0};
	buf_format(&without, "%s without", cli->command);
	for (int i = 0; row->needs[i]; i++) {
		buf_format(&without, "%s--%s", i ? " or " : " ", row->needs[i]);
		buf_format(&with, "%s%s --%s", i ? ", " : "", cli->command, row->needs[i]);
	}
	diag_add(cli->diags, OPTION_COMMAND, place_none(), row->option,
		str_copy(cli->arena, buf_text(&without)).at,
		str_copy(cli->arena, buf_text(&with)).at, cli->command);
	buf_free(&without);
	buf_free(&with);
}

/* What is about who signs, where nobody does. */
static void refuse_unsigned(struct cli *cli)
{
	static const char *const of_signing[] = {
		"certify", "pss", "level", "tsa", "wait", "certificates", "pass-file", "pass-fd"};
	const char *without = str_format(cli->arena, "%s --no-sign", cli->command).at;
	for (size_t i = 0; i < sizeof of_signing / sizeof *of_signing; i++)
		if (cli_given(cli, of_signing[i]))
			diag_add(cli->diags, OPTION_COMMAND, place_none(), of_signing[i], without,
				"a run that signs", cli->command);
}

static bool needs_more(const struct cli *cli, const struct needing *row)
{
	bool there = !(row->of & cli->bit) || !cli_given(cli, row->option);
	for (int i = 0; row->needs[i] && !there; i++)
		there = is_there(cli, row->needs[i]);
	return !there;
}

bool cli_refuse_idle(struct cli *cli)
{
	int before = diags_count(cli->diags, SEVERITY_ERROR);
	if (cli->bit & SIGNS && cli->signing.no_sign && cli_given(cli, "no-sign"))
		refuse_unsigned(cli);
	for (size_t i = 0; i < sizeof needing / sizeof *needing; i++)
		if (needs_more(cli, &needing[i]) &&
			diags_count(cli->diags, SEVERITY_ERROR) == before)
			refuse(cli, &needing[i]);
	return diags_count(cli->diags, SEVERITY_ERROR) > before;
}
