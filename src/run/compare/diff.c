/* diff.c - a letter as it was written against what it would be now.
 *
 * The old letter comes from the record: the words of its blocks, stored once for all letters of
 * that shape, and its own values. So nothing is read back from a PDF, and what is shown is what the
 * letters say, not how they are broken into lines. */
#include "compare/diff.h"

#include "compare/align_int.h"
#include "compare/said.h"

static int split_words(struct arena *arena, struct str text, struct str **words)
{
	vec(struct str) all = {0};
	struct str word;
	while (str_split(&text, ' ', &word))
		if (word.len)
			*vec_push(arena, &all) = word;
	*words = all.at;
	return all.len;
}

static struct sequence hash_words(struct arena *arena, const struct str *words, int count)
{
	uint64_t *hashes = arena_new_array(arena, uint64_t, count + 1);
	for (int i = 0; i < count; i++)
		hashes[i] = str_hash(words[i]);
	return (struct sequence){hashes, count};
}

static struct str join_words(struct arena *arena, const struct str *words, int from, int to)
{
	struct buf joined = {0};
	if (from == to)
		return (struct str){0};
	for (int i = from; i < to; i++) {
		buf_puts(&joined, i > from ? " " : "");
		buf_str(&joined, words[i]);
	}
	struct str all = str_copy(arena, buf_text(&joined));
	buf_free(&joined);
	return all;
}

static void compare_words(
	struct arena *arena, struct str old, struct str new, struct diff_block *out)
{
	struct str *old_words, *new_words;
	struct stretch *stretches;
	int n = split_words(arena, old, &old_words);
	int m = split_words(arena, new, &new_words);
	int count = align(arena, hash_words(arena, old_words, n), hash_words(arena, new_words, m),
		&stretches);
	for (int i = 0; i < count; i++) {
		const struct stretch *s = &stretches[i];
		*vec_push(arena, &out->words) = (struct diff_words){
			s->kept,
			join_words(arena, old_words, s->from_old, s->to_old),
			join_words(arena, new_words, s->from_new, s->to_new),
		};
	}
}

/* What differs and has no name is shown with its elements. */
static void compare_pair(
	struct arena *arena, const struct said *old, const struct said *new, struct difference *out)
{
	static const struct said nothing = {0};
	const struct said *shown = new ? new : old;
	struct diff_block *block = vec_push(arena, &out->blocks);
	*block = (struct diff_block){.tag = shown->tag, .place = shown->place};
	old = old ? old : &nothing;
	new = new ? new : &nothing;
	said_compare_markup(arena, old->markup, new->markup, &block->changes);
	if (!str_eq(old->text, new->text))
		compare_words(arena, old->text, new->text, block);
	else if (!block->changes.list.len)
		compare_words(arena, old->markup, new->markup, block);
}

static void compare_all(struct arena *arena, const struct letter_said *old,
	const struct letter_said *new, struct difference *out)
{
	struct stretch *stretches;
	int count = said_align(arena, old, new, &stretches);
	for (int i = 0; i < count; i++) {
		const struct stretch *s = &stretches[i];
		int a = s->from_old, b = s->from_new;
		while (!s->kept && (a < s->to_old || b < s->to_new)) {
			compare_pair(arena, a < s->to_old ? &old->blocks.at[a] : NULL,
				b < s->to_new ? &new->blocks.at[b] : NULL, out);
			a += a < s->to_old;
			b += b < s->to_new;
		}
	}
	if (old->blocks.len)
		said_compare_beside(arena, old, new, &out->beside);
}

struct difference diff_letter(struct arena *arena, const struct diff_input *input)
{
	struct difference difference = {.reasons = *input->reasons};
	struct buf shape = {0};
	keyer_write_shape(input->keyer, &shape);
	struct str old_shape = str_lit("");
	if (input->old->number)
		old_shape = record_text(input->record, arena, RECORD_SHAPE, input->old->shape);
	struct letter_said old = said_read(arena, old_shape, input->old->values);
	struct letter_said new = said_read(
		arena, str_copy(arena, buf_text(&shape)), input->key->values);
	buf_free(&shape);
	compare_all(arena, &old, &new, &difference);
	return difference;
}
