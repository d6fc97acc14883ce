/* hold_again.c - the same letter, the same bytes. */
#include "hold.h"

static bool compare(struct trial *trial, const char *kind, struct buf a, struct buf b)
{
	if (a.len != b.len || memcmp(a.at, b.at, a.len) != 0)
		return trial_find(trial, kind, "%zu bytes, then %zu", a.len, b.len);
	return true;
}

static bool make_again(
	struct trial *trial, const struct held *held, struct bench *bench, const char *kind)
{
	struct made again = {0};
	bool good = bench_make(bench, trial_bytes(trial, held->record), held->ways, &again)
		? compare(trial, kind, held->made->pdf, again.pdf) &&
			compare(trial, kind, held->made->html, again.html)
		: trial_find(trial, kind, "the second time it was not made");
	made_free(&again);
	return good;
}

/* By the bench that has made it, and all letters before it; in some cases by one that has made
 * nothing yet, which takes longer. */
bool hold_again(struct trial *trial, const struct held *held)
{
	struct bench fresh = {.arena = trial->arena, .diags = held->bench->diags};
	if (!make_again(trial, held, held->bench, "made again, the letter has other bytes"))
		return false;
	if (trial->drawn->kind % 4)
		return true;
	bool good = bench_open(&fresh, trial->folder, trial_bytes(trial, trial->drawn->letter),
			    trial_bytes(trial, trial->drawn->style)) &&
		make_again(trial, held, &fresh, "made alone, the letter has other bytes");
	bench_close(&fresh);
	return good;
}
