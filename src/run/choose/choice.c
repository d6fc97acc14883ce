/* choice.c - the choosing: letters in a stream → the few that together show all that any of them
 * shows.
 *
 * Set cover, by greed: again and again the letter that shows most of what is not shown yet. That
 * wants all letters at hand, and they may be millions. So of each fact one letter is kept: of those
 * with the greatest measure the one that, when it came, showed most of all. Memory follows the
 * number of facts; whatever a fact's greatest measure is in the end, a letter that has it was kept.
 * At last what the others make superfluous is dropped, so that each letter of the set is needed.
 *
 * Rejected: a pass over the records for each letter chosen, which is a little better and takes as
 * many times longer. */
#include "choose/sample.h"

#include <stdlib.h>

struct candidate {
	struct str id; /* behind the measures */
	int64_t number;
	int pages;
	int weight; /* facts of which it had the greatest measure so far */
	int uses;
	int gain; /* facts that it would add to the set */
	int32_t measures[];
};

struct best {
	int32_t measure;
	int64_t letters; /* that have it */
	struct candidate *candidate;
};

struct chooser {
	const struct facts *facts;
	int count; /* of facts */
	int64_t letters;
	struct best *best; /* a fact each */
	struct sample *sample;
};

struct chooser *chooser_new(const struct facts *facts, const struct choice *asked)
{
	struct chooser *chooser = heap_new(sizeof *chooser);
	*chooser = (struct chooser){.facts = facts,
		.count = facts->list.len,
		.best = heap_new((size_t)facts->list.len * sizeof *chooser->best),
		.sample = sample_new(asked->sample, asked->seed)};
	return chooser;
}

static void release(struct candidate *candidate)
{
	if (candidate && --candidate->uses == 0)
		free(candidate);
}

void chooser_free(struct chooser *chooser)
{
	if (!chooser)
		return;
	for (int i = 0; i < chooser->count; i++)
		release(chooser->best[i].candidate);
	sample_free(chooser->sample);
	free(chooser->best);
	free(chooser);
}

/* -- the stream -------------------------------------------------------------------------------- */

static struct candidate *candidate_new(
	const struct chooser *chooser, struct str id, const int32_t *measures)
{
	size_t size = (size_t)chooser->count * sizeof *measures;
	struct candidate *candidate = heap_new(sizeof *candidate + size + (size_t)id.len);
	char *copy = (char *)candidate->measures + size;
	memcpy(candidate->measures, measures, size);
	memcpy(copy, id.at, (size_t)id.len);
	candidate->id = (struct str){copy, id.len};
	return candidate;
}

/* Of how many facts it has the greatest measure so far. */
static int count_in(struct chooser *chooser, const int32_t *measures)
{
	int weight = 0;
	for (int i = 0; i < chooser->count; i++) {
		struct best *best = &chooser->best[i];
		if (measures[i] == MEASURE_NONE)
			continue;
		if (best->letters == 0 || measures[i] > best->measure)
			*best = (struct best){measures[i], 0, best->candidate};
		best->letters += measures[i] == best->measure;
		weight += measures[i] == best->measure;
	}
	return weight;
}

static bool is_better(const struct best *best, int fact, int weight)
{
	const struct candidate *held = best->candidate;
	return !held || held->measures[fact] != best->measure || held->weight < weight;
}

void chooser_take(struct chooser *chooser, struct str id, int pages, const int32_t *measures)
{
	struct candidate *candidate = NULL;
	int weight = count_in(chooser, measures);
	int64_t number = chooser->letters++;
	if (chooser->sample)
		sample_take(chooser->sample, id, pages);
	for (int i = 0; i < chooser->count; i++) {
		struct best *best = &chooser->best[i];
		if (measures[i] == MEASURE_NONE || measures[i] != best->measure ||
			!is_better(best, i, weight))
			continue;
		if (!candidate)
			candidate = candidate_new(chooser, id, measures);
		candidate->uses++;
		release(best->candidate);
		best->candidate = candidate;
	}
	if (!candidate)
		return;
	candidate->number = number;
	candidate->pages = pages;
	candidate->weight = weight;
}

/* -- the set ----------------------------------------------------------------------------------- */

/* Candidates; first all of them, then those chosen in the order of choosing. */
struct set {
	struct candidate **at;
	int count;
};

static bool shows(const struct chooser *chooser, const struct candidate *candidate, int fact)
{
	const struct best *best = &chooser->best[fact];
	return best->letters && candidate->measures[fact] == best->measure;
}

static int compare_numbers(const void *a, const void *b)
{
	const struct candidate *x = *(struct candidate *const *)a;
	const struct candidate *y = *(struct candidate *const *)b;
	return (x->number > y->number) - (x->number < y->number);
}

/* Each once, in the order of the records, with all that it may add. */
static struct set find_candidates(const struct chooser *chooser)
{
	struct set all = {heap_new((size_t)chooser->count * sizeof *all.at), 0};
	int kept = 0;
	for (int i = 0; i < chooser->count; i++)
		if (chooser->best[i].candidate)
			all.at[all.count++] = chooser->best[i].candidate;
	qsort(all.at, (size_t)all.count, sizeof *all.at, compare_numbers);
	for (int i = 0; i < all.count; i++)
		if (i == 0 || all.at[i] != all.at[i - 1])
			all.at[kept++] = all.at[i];
	all.count = kept;
	for (int i = 0; i < all.count; i++) {
		all.at[i]->gain = 0;
		for (int f = 0; f < chooser->count; f++)
			all.at[i]->gain += shows(chooser, all.at[i], f);
	}
	return all;
}

/* What it shows is shown now: nobody gains by it any more. */
static void take_gains(const struct chooser *chooser, const struct set *all,
	const struct candidate *chosen, bool *shown)
{
	for (int f = 0; f < chooser->count; f++) {
		if (shown[f] || !shows(chooser, chosen, f))
			continue;
		shown[f] = true;
		for (int i = 0; i < all->count; i++)
			all->at[i]->gain -= shows(chooser, all->at[i], f);
	}
}

static struct set choose(const struct chooser *chooser)
{
	struct set all = find_candidates(chooser);
	struct set chosen = {heap_new((size_t)all.count * sizeof *chosen.at), 0};
	bool *shown = heap_new((size_t)chooser->count * sizeof *shown);
	for (;;) {
		struct candidate *most = NULL;
		for (int i = 0; i < all.count; i++)
			if (!most || all.at[i]->gain > most->gain)
				most = all.at[i];
		if (!most || most->gain == 0)
			break;
		chosen.at[chosen.count++] = most;
		take_gains(chooser, &all, most, shown);
	}
	free(shown);
	free(all.at);
	return chosen;
}

/* Later letters may show all that an earlier one was chosen for. */
static void drop_superfluous(const struct chooser *chooser, struct set *set)
{
	int *times = heap_new((size_t)chooser->count * sizeof *times), kept = 0;
	for (int i = 0; i < set->count; i++)
		for (int f = 0; f < chooser->count; f++)
			times[f] += shows(chooser, set->at[i], f);
	for (int i = 0; i < set->count; i++) {
		bool needed = false;
		for (int f = 0; f < chooser->count; f++)
			needed |= times[f] == 1 && shows(chooser, set->at[i], f);
		for (int f = 0; f < chooser->count && !needed; f++)
			times[f] -= shows(chooser, set->at[i], f);
		if (needed)
			set->at[kept++] = set->at[i];
	}
	set->count = kept;
	free(times);
}

/* -- the result -------------------------------------------------------------------------------- */

static struct choice_reason reason_of(
	const struct chooser *chooser, struct arena *arena, int fact, int32_t measure)
{
	return fact_reason(chooser->facts, arena, &chooser->facts->list.at[fact], measure);
}

/* What all letters show is no reason to look at this one. */
static void give_reasons(const struct chooser *chooser, const struct candidate *candidate,
	bool *shown, struct arena *arena, struct chosen *out)
{
	for (int f = 0; f < chooser->count; f++) {
		const struct best *best = &chooser->best[f];
		if (shown[f] || !shows(chooser, candidate, f))
			continue;
		shown[f] = true;
		if (best->letters < chooser->letters)
			*vec_push(arena, &out->reasons) = reason_of(
				chooser, arena, f, best->measure);
	}
	if (!out->reasons.len)
		*vec_push(arena, &out->reasons) = (struct choice_reason){
			.text = str_lit("shows what all letters show")};
}

/* Where the most is the fewest letters do not differ, and what they have is shown by the branches
 * that it stands in. */
static void forget_what_is_alike(struct chooser *chooser)
{
	for (int f = 0; f + 1 < chooser->count; f++) {
		enum fact_kind kind = chooser->facts->list.at[f].kind;
		bool most = kind == FACT_MOST || kind == FACT_MOST_LINES || kind == FACT_MOST_PAGES;
		if (most && chooser->best[f].measure == -chooser->best[f + 1].measure)
			chooser->best[f].letters = chooser->best[f + 1].letters = 0;
	}
}

static bool is_branch(const struct fact *fact)
{
	return fact->kind == FACT_TURN || fact->kind == FACT_GIVEN;
}

void chooser_end(struct chooser *chooser, struct choice *out)
{
	forget_what_is_alike(chooser);
	struct set set = choose(chooser);
	bool *shown = heap_new((size_t)chooser->count * sizeof *shown);
	drop_superfluous(chooser, &set);
	for (int i = 0; i < set.count; i++) {
		struct chosen *chosen = vec_push(out->arena, &out->letters);
		chosen->id = str_copy(out->arena, set.at[i]->id);
		chosen->pages = set.at[i]->pages;
		give_reasons(chooser, set.at[i], shown, out->arena, chosen);
	}
	for (int f = 0; f < chooser->count; f++)
		if (!chooser->best[f].letters && is_branch(&chooser->facts->list.at[f]))
			*vec_push(out->arena, &out->unseen) = reason_of(chooser, out->arena, f, 0);
	if (chooser->sample)
		sample_end(chooser->sample, out);
	free(shown);
	free(set.at);
}
