/* words_compare.c - the words of a letter as it was against those of it as it is.
 *
 * Paragraphs first, then the words of those that are not the same: so long letters take no long
 * time, and a word that is taken out here is not matched with its like far below. Two changes with
 * a word or two between them are one: a sentence that was rewritten has its "the" and "of" still,
 * which nobody wants to see spared. */
#include "compare/align_int.h"
#include "compare/words.h"

enum { FEW_WORDS = 2 };

/* Of one side: a number for each word and each paragraph, equal when they are. */
struct side {
	uint64_t *word, *paragraph;
	int *first; /* word of a paragraph, and behind the last one */
	int count;  /* of paragraphs */
};

struct comparison {
	struct arena *arena;
	vec(struct word_change) changes;
};

static struct side side_of(struct arena *arena, const struct page_words *words)
{
	int last = -1;
	struct side side = {
		.word = arena_new_array(arena, uint64_t, words->list.len + 1),
		.paragraph = arena_new_array(arena, uint64_t, words->paragraphs + 1),
		.first = arena_new_array(arena, int, words->paragraphs + 1),
	};
	for (int i = 0; i < words->list.len; i++) {
		const struct page_word *word = &words->list.at[i];
		side.word[i] = str_hash(word->text);
		if (word->paragraph != last)
			side.first[side.count++] = i;
		uint64_t *paragraph = &side.paragraph[side.count - 1];
		*paragraph = *paragraph * 0x9E3779B97F4A7C15u + side.word[i];
		last = word->paragraph;
	}
	side.first[side.count] = words->list.len;
	return side;
}

static int size_of(const struct word_change *change)
{
	int gone = change->to_old - change->from_old, new = change->to_new - change->from_new;
	return gone > new ? gone : new;
}

static bool belongs_to(const struct word_change *change, const struct word_change *last)
{
	int between = change->from_new - last->to_new;
	return between <= FEW_WORDS && between < size_of(change) && between < size_of(last);
}

/* first: the number of the first change in the same paragraphs. */
static void add(struct comparison *comparison, int first, struct word_change change)
{
	int count = comparison->changes.len;
	struct word_change *last = count > first ? &comparison->changes.at[count - 1] : NULL;
	if (last && belongs_to(&change, last)) {
		last->to_old = change.to_old;
		last->to_new = change.to_new;
		return;
	}
	*vec_push(comparison->arena, &comparison->changes) = change;
}

static void compare_words(struct comparison *comparison, const struct side *old,
	const struct side *new, struct word_change within)
{
	struct arena *scratch = arena_new();
	struct stretch *stretches;
	int first = comparison->changes.len;
	struct sequence old_words = {old->word + within.from_old, within.to_old - within.from_old};
	struct sequence new_words = {new->word + within.from_new, within.to_new - within.from_new};
	int count = align(scratch, old_words, new_words, &stretches);
	for (int i = 0; i < count; i++)
		if (!stretches[i].kept)
			add(comparison, first,
				(struct word_change){within.from_old + stretches[i].from_old,
					within.from_old + stretches[i].to_old,
					within.from_new + stretches[i].from_new,
					within.from_new + stretches[i].to_new});
	arena_free(scratch);
}

int words_compare(struct arena *arena, const struct page_words *old_words,
	const struct page_words *new_words, struct word_change **out)
{
	struct arena *scratch = arena_new();
	struct comparison comparison = {.arena = arena};
	struct side old = side_of(scratch, old_words), new = side_of(scratch, new_words);
	struct stretch *stretches;
	int count = align(scratch, (struct sequence){old.paragraph, old.count},
		(struct sequence){new.paragraph, new.count}, &stretches);
	for (int i = 0; i < count; i++)
		if (!stretches[i].kept)
			compare_words(&comparison, &old, &new,
				(struct word_change){old.first[stretches[i].from_old],
					old.first[stretches[i].to_old],
					new.first[stretches[i].from_new],
					new.first[stretches[i].to_new]});
	arena_free(scratch);
	*out = comparison.changes.at;
	return comparison.changes.len;
}
