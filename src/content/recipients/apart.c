/* apart.c - rows of one id that do not all stand next to each other.
 *
 * Rows next to each other are one record (join.c). Of rows in no order the first ones alone would
 * be a letter, with a sum of a few of its amounts, before the others come. So where rows are joined
 * the source is looked through once for itself, by ids alone, before its first record is given.
 * Rejected: to hold all rows until the end, which is no bound on memory. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

/* Nothing of a record but its id is asked for. */
static bool know_all(void *user, struct arena *arena, struct recipient *recipient)
{
	(void)user, (void)arena, (void)recipient;
	return true;
}

static void note(struct apart *apart, const struct recipient *recipient, int ordinal)
{
	uint64_t hash = str_hash(recipient->id);
	if (recipient->id.len && map_add(&apart->first, hash, (uint32_t)ordinal) >= 0)
		map_add(&apart->second, hash, (uint32_t)ordinal);
}

void apart_look(struct apart *apart, const char *path, const struct template *template,
	const struct recipients_options *options)
{
	struct diags *unsaid = diags_new();
	struct arena *arena = arena_new();
	struct source *source = source_open(path, template, options, unsaid);
	struct recipient recipient;
	apart->looked = true;
	apart->first.spills = apart->second.spills = true;
	if (source)
		source->known = know_all;
	while (source && source->kind->next(source, arena, &recipient, unsaid) != RECIPIENTS_END) {
		note(apart, &recipient, source->ordinal);
		recipient = (struct recipient){0};
		diags_clear(unsaid);
		arena_reset(arena);
	}
	if (source)
		source_free(source);
	arena_free(arena);
	diags_free(unsaid);
}

int64_t apart_other(const struct apart *apart, struct str id, int ordinal)
{
	int64_t second = map_find(&apart->second, str_hash(id));
	return second == ordinal ? map_find(&apart->first, str_hash(id)) : second;
}

void apart_free(struct apart *apart)
{
	map_free(&apart->first);
	map_free(&apart->second);
}
