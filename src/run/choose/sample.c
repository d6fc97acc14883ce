/* sample.c - a letter's lot is the hash of its id by the seed; those with the least are drawn. */
#include "choose/sample.h"

#include <stdlib.h>
#include <xxhash.h>

struct lot {
	uint64_t number;
	char *id;
	int len, pages;
};

struct sample {
	int most, seed, count;
	int last; /* of those drawn so far, the one with the greatest number */
	struct lot lots[];
};

struct sample *sample_new(int most, int seed)
{
	if (most == 0)
		return NULL;
	struct sample *sample = heap_new(sizeof *sample + (size_t)most * sizeof *sample->lots);
	sample->most = most;
	sample->seed = seed;
	return sample;
}

void sample_free(struct sample *sample)
{
	for (int i = 0; sample && i < sample->count; i++)
		free(sample->lots[i].id);
	free(sample);
}

/* Found anew each time that one is drawn, which becomes rare. */
static int find_last(const struct sample *sample)
{
	int last = 0;
	for (int i = 1; i < sample->count; i++)
		if (sample->lots[i].number > sample->lots[last].number)
			last = i;
	return last;
}

void sample_take(struct sample *sample, struct str id, int pages)
{
	uint64_t number = XXH3_64bits_withSeed(id.at, (size_t)id.len, (uint64_t)sample->seed);
	bool full = sample->count == sample->most;
	if (full && number >= sample->lots[sample->last].number)
		return;
	struct lot *lot = &sample->lots[full ? sample->last : sample->count++];
	free(lot->id);
	*lot = (struct lot){number, heap_new((size_t)id.len), id.len, pages};
	memcpy(lot->id, id.at, (size_t)id.len);
	sample->last = find_last(sample);
}

static int compare_lots(const void *a, const void *b)
{
	const struct lot *x = a, *y = b;
	return (x->number > y->number) - (x->number < y->number);
}

static struct chosen *find_chosen(struct choice *out, const struct lot *lot)
{
	const struct str id = {lot->id, lot->len};
	for (int i = 0; i < out->letters.len; i++)
		if (str_eq(out->letters.at[i].id, id))
			return &out->letters.at[i];
	struct chosen *chosen = vec_push(out->arena, &out->letters);
	chosen->id = str_copy(out->arena, id);
	chosen->pages = lot->pages;
	return chosen;
}

void sample_end(struct sample *sample, struct choice *out)
{
	qsort(sample->lots, (size_t)sample->count, sizeof *sample->lots, compare_lots);
	for (int i = 0; i < sample->count; i++) {
		struct chosen *chosen = find_chosen(out, &sample->lots[i]);
		*vec_push(out->arena, &chosen->reasons) = (struct choice_reason){
			.text = str_format(out->arena, "drawn by chance, seed %d", sample->seed)};
	}
}
