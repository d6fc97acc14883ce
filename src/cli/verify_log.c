/* verify_log.c - lettermerge verify --manifest: is the log beside the list the one that its signed
 * head speaks of, with no more than lines added? */
#include "cli/verify_int.h"

#include "base/diag_id.h"
#include "record/log.h"
#include "record/names.h"

struct comparison {
	struct log_chain chain;
	int64_t count; /* lines when the list was signed */
	char head[LOG_HEX];
	bool found; /* the chain was the same there */
};

static void follow(void *user, const struct log_line *line)
{
	struct comparison *comparison = user;
	log_follow(&comparison->chain, line);
	if (comparison->chain.count == comparison->count)
		comparison->found = str_is(str_of(comparison->chain.head), comparison->head);
}

static bool judge(
	struct cli *cli, const struct comparison *comparison, const char *path, struct diags *diags)
{
	const struct log_chain *chain = &comparison->chain;
	if (!chain->count && comparison->count && !file_exists(path))
		diag_add(diags, LOG_GONE, place_in(path), diag_int(diags, comparison->count));
	else if (!comparison->found)
		diag_add(diags, LOG_DIFFERS, place_in(path), diag_int(diags, comparison->count));
	else if (chain->broken)
		diag_add(diags, LOG_BROKEN, place_in(path), diag_int(diags, chain->broken));
	return !diags_failed(diags) && !(cli->common.strict && diags_len(diags));
}

bool cli_check_log(struct cli *cli, struct str folder, const struct manifest *manifest,
	int64_t *lines, struct diags *diags)
{
	struct comparison comparison = {0};
	const struct log_query all = {.one = follow, .user = &comparison};
	const char *out = folder.len ? str_copy(cli->arena, folder).at : ".";
	const char *path = names_hidden(cli->arena, out, (struct shard){0}, "approvals.db");
	struct diags *found = diags_new();
	bool known = manifest->head.log.len > 0;
	if (known && !log_read_head(manifest->head.log, &comparison.count, comparison.head))
		comparison.count = -1;
	comparison.found = comparison.count == 0;
	bool good = log_each(out, &all, found) && judge(cli, &comparison, path, found);
	*lines = comparison.chain.count ? comparison.chain.count : -1;
	diags_append(diags, found);
	diags_free(found);
	return good;
}
