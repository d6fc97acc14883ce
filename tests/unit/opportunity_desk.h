/* opportunity_desk.h - for tests of where lines may end, in the fake font. */
#ifndef TESTS_UNIT_OPPORTUNITY_DESK_H
#define TESTS_UNIT_OPPORTUNITY_DESK_H

#include "text/text_int.h"

#include "text_nodes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

struct desk {
	struct arena *arena;
	struct style style;
	struct text *text;
	struct shaper *shaper;
	bool loose;
};

static inline int setup(void **state)
{
	struct arena *arena = arena_new();
	struct desk *desk = arena_alloc(arena, sizeof *desk);
	*desk = (struct desk){.arena = arena, .style = plain_style("fake")};
	desk->text = text_new_fake();
	desk->shaper = shaper_new(desk->text);
	*state = desk;
	return 0;
}

static inline int teardown(void **state)
{
	struct desk *desk = *state;
	shaper_free(desk->shaper);
	text_free(desk->text);
	arena_free(desk->arena);
	return 0;
}

/* The text with its opportunities: "|" line end, be it behind a hyphen, "{" behind one that is not
 * to divide, "=" with a hyphen, "<" with one behind two letters, ">" with one in a name, "^" at a
 * good joint of an address, "`" at an ill one, "*" where it has none, "#" forced; a blank where no
 * line may end is "_", one that ties "~", one between words with capitals "&",
 * one within a number "%". */
static inline const char *shown(struct desk *desk, const struct node *owner, bool hyphenate)
{
	static const char signs[] = {[MAY_BREAK] = '|',
		[MAY_SPLIT] = '|',
		[MAY_SPLIT_ILL] = '{',
		[MAY_PART] = '/',
		[MAY_HYPHENATE] = '=',
		[MAY_HYPHENATE_SHORT] = '<',
		[MAY_HYPHENATE_NAME] = '>',
		[MAY_DIVIDE] = '^',
		[MAY_DIVIDE_ILL] = '`',
		[MAY_CUT] = '*',
		[MUST_BREAK] = '#'};
	struct shape_options options = {&desk->style, &desk->style.block[TAG_P].text, hyphenate};
	struct flat flat = flatten(desk->shaper, desk->arena, owner, &options);
	unsigned char *may = opportunities_find(
		desk->shaper, &flat, (struct breaking){hyphenate, desk->loose});
	struct buf out = {0};
	for (int i = 0; i < flat.text.len; i++) {
		bool blank = flat.text.at[i] == ' ';
		buf_char(&out,
			blank && may[i] == STAY                      ? '_'
				: blank && may[i] == MAY_UNTIE       ? '~'
				: blank && may[i] == MAY_UNTIE_NAMES ? '&'
				: blank && may[i] == MAY_PART_NUMBER ? '%'
								     : flat.text.at[i]);
		if (may[i] != STAY && i + 1 < flat.text.len && (!blank || may[i] == MUST_BREAK))
			buf_char(&out, signs[may[i]]);
	}
	const char *result = str_copy(desk->arena, buf_text(&out)).at;
	buf_free(&out);
	return result;
}

#define desk_test(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

#endif
