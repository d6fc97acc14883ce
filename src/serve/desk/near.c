/* near.c - did you mean: what was looked for and not found → the words in the list that are nearest
 * to it.
 *
 * As many words after each other are tried as are looked for, from each word on; of one with a
 * digit in it, which may be a postcode without its blank, two. An edit takes at most one kind of
 * byte out of a text and brings at most one: so most words are told apart by their length and the
 * set of their bytes, and few are compared. */
#include "desk/desk.h"

#include <stdlib.h>

enum { LONGEST = 63 }; /* bytes: struct nearest takes none that are longer */

/* Where words were found that are near, in folded text. */
struct spotted {
	char folded[LONGEST];
	int row, template; /* row: of the list; -1: in the template's words of that number */
	int from, len, edits;
};

struct search {
	struct finder *finder;
	struct str wanted;
	uint32_t bytes;    /* the set of those of wanted */
	int words;         /* of wanted */
	bool also_two;     /* words, for one */
	int row, template; /* that is looked into */
	struct spotted nearest[NEAR_MOST];
	int count;
};

static uint32_t set_of(struct str text)
{
	uint32_t set = 0;
	for (int i = 0; i < text.len; i++)
		set |= 1u << (text.at[i] & 31);
	return set;
}

static int count_words(struct str text)
{
	int count = 1;
	for (int i = 0; i < text.len; i++)
		count += text.at[i] == ' ';
	return count;
}

static bool has_digit(struct str text)
{
	bool digit = false;
	for (int i = 0; i < text.len; i++)
		digit |= text.at[i] >= '0' && text.at[i] <= '9';
	return digit;
}

static bool is_there(const struct search *search, struct str words)
{
	for (int i = 0; i < search->count; i++)
		if (str_eq((struct str){search->nearest[i].folded, search->nearest[i].len}, words))
			return true;
	return false;
}

/* Kept among the nearest, in their order. */
static void keep(struct search *search, const struct spotted *spotted)
{
	int at = search->count < NEAR_MOST ? search->count++ : NEAR_MOST - 1;
	for (; at > 0 && search->nearest[at - 1].edits > spotted->edits; at--)
		search->nearest[at] = search->nearest[at - 1];
	search->nearest[at] = *spotted;
}

/* How many edits off words may be to be kept. */
static int most_edits(const struct search *search)
{
	int most = nearest_start(search->wanted).distance - 1;
	bool full = search->count == NEAR_MOST;
	return full && search->nearest[NEAR_MOST - 1].edits <= most
		? search->nearest[NEAR_MOST - 1].edits - 1
		: most;
}

/* Words after each other in folded text. */
struct window {
	struct str text;
	int from, to;
	uint32_t bytes; /* their set */
};

static bool may_be_within(const struct search *search, const struct window *window, int edits)
{
	return abs(window->to - window->from - search->wanted.len) <= edits &&
		__builtin_popcount(search->bytes & ~window->bytes) <= edits &&
		__builtin_popcount(window->bytes & ~search->bytes) <= edits;
}

static void try(struct search *search, const struct window *window)
{
	int edits = most_edits(search);
	if (!may_be_within(search, window, edits))
		return;
	struct str words = str_slice(window->text, window->from, window->to);
	struct nearest nearest = nearest_within(search->wanted, edits);
	if (is_there(search, words) || !nearest_try(&nearest, words) || !nearest.distance)
		return;
	struct spotted spotted = {.row = search->row,
		.template = search->template,
		.from = window->from,
		.len = words.len,
		.edits = nearest.distance};
	memcpy(spotted.folded, words.at, (size_t)words.len);
	keep(search, &spotted);
}

/* The last words of a text, as it is gone through: more than can be looked for. */
enum { KEPT = 64 };
struct passed {
	struct passed_word {
		int from;
		uint32_t bytes, gap; /* gap: the set of what stands before it */
	} word[KEPT];
	int count; /* since the text began */
};

static void try_last(
	struct search *search, const struct passed *passed, int words, struct window *window)
{
	if (words > passed->count || words > KEPT)
		return;
	window->bytes = 0;
	for (int i = 1; i <= words; i++) {
		const struct passed_word *word = &passed->word[(passed->count - i) % KEPT];
		window->from = word->from;
		window->bytes |= word->bytes | (i < words ? word->gap : 0);
	}
	try(search, window);
}

static bool ends_word(char c)
{
	return c == ' ' || c == FOLD_END || c == ',' || c == ';' || c == '(' || c == ')';
}

static void end_word(struct search *search, struct passed *passed, struct str text, int to)
{
	struct window window = {.text = text, .to = to};
	passed->count++;
	try_last(search, passed, search->words, &window);
	if (search->also_two)
		try_last(search, passed, 2, &window);
}

static void search_in(struct search *search, struct str text)
{
	struct passed passed = {.count = 0};
	struct passed_word word = {0};
	for (int at = 0; at <= text.len; at++) {
		bool ends = at == text.len || ends_word(text.at[at]);
		uint32_t byte = at < text.len ? 1u << (text.at[at] & 31) : 0;
		if (ends && word.bytes) {
			passed.word[passed.count % KEPT] = word;
			end_word(search, &passed, text, at);
			word = (struct passed_word){0};
		}
		if (at < text.len && text.at[at] == FOLD_END)
			passed.count = 0;
		if (!ends && !word.bytes)
			word.from = at;
		*(ends ? &word.gap : &word.bytes) |= byte;
	}
}

/* As it is written. */
static struct str written(const struct search *search, const struct spotted *spotted)
{
	const struct listing *listing = search->finder->listing;
	const struct folding folding = spotted->row >= 0
		? folding_of_row(&listing->rows.at[spotted->row])
		: (struct folding){{listing->words.list.at[spotted->template]}, 1};
	return folding_find(&folding, listing->locale, spotted->from, spotted->from + spotted->len);
}

void finder_near(struct finder *finder, struct near *out)
{
	const struct listing *listing = finder->listing;
	struct search search = {.finder = finder, .wanted = buf_text(&finder->words)};
	search.bytes = set_of(search.wanted);
	search.words = count_words(search.wanted);
	search.also_two = search.words == 1 && has_digit(search.wanted);
	for (; search.row < listing->rows.len; search.row++)
		search_in(&search, finder_row(finder, &listing->rows.at[search.row]));
	search.row = -1;
	for (; search.template <listing->words.list.len; search.template ++)
		search_in(&search, finder_template(finder, search.template));
	*out = (struct near){.count = search.count};
	for (int i = 0; i < search.count; i++)
		out->text[i] = written(&search, &search.nearest[i]);
}
