/* How lines end, as a reader sees it. A text is written as its words' widths in points, set to a
 * measure of 100: a blank is a space of 4 points that may grow by 2 or shrink by 1, "~" one that
 * may grow by 600, "_" one that may shrink by 380, "-" where a hyphen of 3 points may stand, ":"
 * behind one that is written. Each case has a fellow on the other side of the point where one fault
 * begins to look worse than another. */
#include "layout/break_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MEASURE = pt(100), MAX_ITEMS = 64 };

static struct item space(sp stretch, sp shrink)
{
	return (struct item){
		.kind = ITEM_GLUE, .width = pt(4), .stretch = stretch, .shrink = shrink};
}

static struct item item_of(char c)
{
	switch (c) {
	case ' ':
		return space(pt(2), pt(1));
	case '~':
		return space(pt(600), pt(1));
	case '_':
		return space(pt(2), pt(380));
	case '-':
		return (struct item){.kind = ITEM_PENALTY, .ending = pt(3), .hyphen = true};
	case ':':
		return (struct item){.kind = ITEM_PENALTY, .ending = pt(3), .behind_hyphen = true};
	case '=':
		return (struct item){.kind = ITEM_PENALTY, .penalty = ITEM_FORBIDDEN};
	default:
		return (struct item){.kind = ITEM_PENALTY, .penalty = ITEM_FORCED};
	}
}

/* A word of some width, its hanging marks included; *next: behind it. */
static struct item word(const char **next)
{
	char *end;
	bool hangs = **next == '(';
	double points = strtod(*next + hangs, &end);
	struct item item = {.kind = ITEM_BOX,
		.width = (sp)(points * SP_PER_PT + 0.5),
		.hang_start = hangs ? pt(2) : 0,
		.hang_end = *end == ')' ? pt(3) : 0};
	*next = end + (*end == ')');
	return item;
}

/* at: where each item ends in the text. */
static int read_items(const char *text, struct item *items, int *at)
{
	int count = 0;
	for (const char *next = text; *next; count++) {
		if (strchr(" ~_-:=", *next))
			items[count] = item_of(*next++);
		else
			items[count] = word(&next);
		at[count] = (int)(next - text);
	}
	items[count] = item_of('\0');
	at[count] = (int)strlen(text);
	return count + 1;
}

/* The text with a line feed for each space that a line ends at, and behind each hyphen; "!" before
 * a line that is told to be loose. */
static struct str lines_of(struct arena *arena, const char *text, struct break_options options)
{
	struct item items[MAX_ITEMS];
	int at[MAX_ITEMS], from = 0;
	struct line *lines;
	struct buf out = {0};
	int count = break_lines(arena, items, read_items(text, items, at), &options, &lines);
	for (int i = 0; i < count; i++) {
		int to = at[lines[i].last];
		bool space = items[lines[i].last].kind == ITEM_GLUE;
		buf_format(&out, "%s%s%.*s", i ? "\n" : "", lines[i].loose ? "!" : "",
			to - from - space, text + from);
		from = to;
	}
	struct str all = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return all;
}

static const struct {
	const char *name, *text, *lines;
	enum align align;
	int hyphen_penalty, expansion;
} cases[] = {
	/* A hyphen or wide spaces. */
	{"a hyphen is not worth spaces that grow by less than 0.55 of what they may",
		"50 46 10 10 10 10 6 6 6 6.7 .3-20~40 50",
		"50 46\n10 10 10 10 6 6 6 6.7\n.3-20~40\n50", ALIGN_JUSTIFY, 50},
	{"a hyphen is better than spaces that grow by more than 0.55 of what they may",
		"50 46 10 10 10 10 6 6 6 5.4 1.6-20~40 50",
		"50 46\n10 10 10 10 6 6 6 5.4 1.6-\n20~40\n50", ALIGN_JUSTIFY, 50},
	{"a style that finds no fault with hyphens takes them",
		"50 46 10 10 10 10 6 6 6 6.7 .3-20~40 50",
		"50 46\n10 10 10 10 6 6 6 6.7 .3-\n20~40\n50", ALIGN_JUSTIFY, 0},
	{"a style that shuns hyphens sets wider spaces", "50 46 10 10 10 10 6 6 6 5.4 1.6-20~40 50",
		"50 46\n10 10 10 10 6 6 6 5.4\n1.6-20~40\n50", ALIGN_JUSTIFY, 100},
	{"a hyphen right under a hyphen is worth wider spaces", "97-10 10 10 10 10 12 11-12~40 50",
		"97-\n10 10 10 10 10 12\n11-12~40\n50", ALIGN_JUSTIFY, 50},
	{"a hyphen right under a hyphen is better than spaces that are much wider",
		"97-10 10 10 10 10 9.5 13.5-12~40 50", "97-\n10 10 10 10 10 9.5 13.5-\n12~40\n50",
		ALIGN_JUSTIFY, 50},
	{"a third hyphen in a row is worth spaces nearly three times too wide",
		"97-97-10 10 10 37.6 13.4-12~40 50", "97-\n97-\n10 10 10 37.6\n13.4-12~40\n50",
		ALIGN_JUSTIFY, 50},
	{"a third hyphen in a row is better than a line that falls apart",
		"97-97-10 10 10 34.6 16.4-12~40 50", "97-\n97-\n10 10 10 34.6 16.4-\n12~40\n50",
		ALIGN_JUSTIFY, 50},
	{"a hyphen that is written is one of a row", "97:10 10 10 10 10 12 11:12~40 50",
		"97:\n10 10 10 10 10 12\n11:12~40\n50", ALIGN_JUSTIFY, 50},
	{"a hyphen in the first line is worth wider spaces", "10 10 10 10 10 10 7 2-20~40 50",
		"10 10 10 10 10 10 7\n2-20~40\n50", ALIGN_JUSTIFY, 50},
	{"a hyphen in the first line is better than spaces that are wider still",
		"10 10 10 10 10 10 5.2 3.8-20~40 50", "10 10 10 10 10 10 5.2 3.8-\n20~40\n50",
		ALIGN_JUSTIFY, 50},
	{"a hyphen before the last line is worth wide spaces",
		"50 46 10 10 10 10 10 10 5.8 3.2-30 16", "50 46\n10 10 10 10 10 10 5.8\n3.2-30 16",
		ALIGN_JUSTIFY, 50},
	{"a hyphen before the last line is better than very wide spaces",
		"50 46 10 10 10 10 10 10 3.4 5.6-30 16", "50 46\n10 10 10 10 10 10 3.4 5.6-\n30 16",
		ALIGN_JUSTIFY, 50},
	{"a hyphen that would stick out is not taken", "98-1 50", "!98-1\n50", ALIGN_JUSTIFY, 0},

	{"no line ends where none may", "60= 30 9 50", "60= 30\n9 50", ALIGN_LEFT, 0},
	{"not even if what stands there is too wide", "60= 50 9", "60= 50\n9", ALIGN_LEFT, 0},

	/* What hangs beside the measure takes no room in the line. */
	{"a mark that hangs at a line's end", "60 39) 50", "60 39)\n50", ALIGN_LEFT, 0},
	{"a mark that does not", "60 39 50", "60\n39 50", ALIGN_LEFT, 0},
	{"a mark that hangs at a line's start", "(60 38 50", "(60 38\n50", ALIGN_LEFT, 0},
	{"marks within the line take their room", "60) (38 50", "60)\n(38 50", ALIGN_LEFT, 0},

	/* The last line. */
	{"a last line of less than a seventh takes a word more", "10 10 10 10 10 6 5 6.8 .2 6 4",
		"10 10 10 10 10 6 5 6.8\n.2 6 4", ALIGN_JUSTIFY, 50},
	{"a last line of a seventh stands by itself", "10 10 10 10 10 6 5 6.8 .2 8.6 2",
		"10 10 10 10 10 6 5 6.8 .2\n8.6 2", ALIGN_JUSTIFY, 50},
	{"a short last line is better than wider spaces", "10 10 10 10 10 6 5 5.7 1.3 6 4",
		"10 10 10 10 10 6 5 5.7 1.3\n6 4", ALIGN_JUSTIFY, 50},
	{"in ragged text it is worth a line of an eighth less", "50 33.5 8.5 6 4",
		"50 33.5\n8.5 6 4", ALIGN_LEFT, 50},
	{"in ragged text it is better than a line of a seventh less", "50 31.5 10.5 6 4",
		"50 31.5 10.5\n6 4", ALIGN_LEFT, 50},
	{"a last line of one word takes another, however long", "10 10 10 10 10 6 6.2 9.8 60",
		"10 10 10 10 10 6 6.2\n9.8 60", ALIGN_JUSTIFY, 50},
	{"a word alone is better than spaces that are wider still", "10 10 10 10 21 19 60",
		"10 10 10 10 21 19\n60", ALIGN_JUSTIFY, 50},
	{"the rest of a word alone is worth spaces more than twice as wide",
		"50 46 12.8 12.8 12.8 12.8 12.8 13-20", "50 46\n12.8 12.8 12.8 12.8 12.8\n13-20",
		ALIGN_JUSTIFY, 50},
	{"it is better than spaces that are wider still", "50 46 12.3 12.3 12.3 12.3 12.4 15.4-20",
		"50 46\n12.3 12.3 12.3 12.3 12.4 15.4-\n20", ALIGN_JUSTIFY, 50},
	{"what fits on one line stands on it", "10 10 10 10 10 6 10 5.5 4",
		"10 10 10 10 10 6 10 5.5 4", ALIGN_JUSTIFY, 50},
	{"a paragraph of one short line is none", "14", "14", ALIGN_JUSTIFY, 50},

	/* Even lines. */
	{"a line less is worth a little shrinking", "100 100 100 48_48 15 81 9 2",
		"100\n100\n100\n48_48 15\n81 9 2", ALIGN_JUSTIFY, 50},
	{"a line less is not worth more shrinking", "100 100 100 48_48 34 62 9 5",
		"100\n100\n100\n48_48\n34 62\n9 5", ALIGN_JUSTIFY, 50},
	{"a ragged margin swings by up to a thirteenth without a hyphen",
		"50 46 10 10 10 10 10 10 8.5 .5-20 71 50",
		"50 46\n10 10 10 10 10 10 8.5\n.5-20 71\n50", ALIGN_LEFT, 50},
	{"a ragged margin does not swing farther", "50 46 10 10 10 10 10 10 7.7 1.3-20 71 50",
		"50 46\n10 10 10 10 10 10 7.7 1.3-\n20 71\n50", ALIGN_LEFT, 50},
	{"a ragged line is no pit where those above can give it words", "40 30 20 10 90 50",
		"40\n30 20 10\n90\n50", ALIGN_LEFT, 50},

	/* What glyphs may give is no fault of the spaces. */
	{"what glyphs give is not asked of spaces", "10 10 10 10 10 10 5.2 3.8-20~40 50",
		"10 10 10 10 10 10 5.2\n3.8-20~40\n50", ALIGN_JUSTIFY, 50, 20},
	{"glyphs give what spaces cannot", "50 48.6 50", "50 48.6\n50", ALIGN_JUSTIFY, 50, 20},
	{"they must where glyphs do not", "50 48.6 50", "!50\n!48.6\n50", ALIGN_JUSTIFY, 50, 0},
	{"in ragged text they give room for a word more", "60 37.8 50", "60 37.8\n50", ALIGN_LEFT,
		50, 20},
	{"but not for one that is wider than that", "60 38.3 50", "60\n38.3 50", ALIGN_LEFT, 50,
		20},

	/* What cannot be mended is told. */
	{"a word by itself is better than two lines whose spaces are eight times too wide",
		"50 18 50 18 50 16", "!50\n18 50 18\n50 16", ALIGN_JUSTIFY, 50},
	{"two lines whose spaces are seven times too wide are better", "54 18 54 18 50 16",
		"!54 18\n!54 18\n50 16", ALIGN_JUSTIFY, 50},
	{"spaces that grow by six times what they may are let pass", "20 64.2 60", "20 64.2\n60",
		ALIGN_JUSTIFY, 50},
	{"spaces that grow by more are told", "20 63.8 60", "!20 63.8\n60", ALIGN_JUSTIFY, 50},
	{"ragged lines have no wide spaces to tell of", "20 40 60", "20 40\n60", ALIGN_LEFT, 50},
};

static void a_text_ends_its_lines_where_it_looks_best(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct break_options options = {MEASURE, cases[i].align, cases[i].hyphen_penalty,
			cases[i].expansion, MEASURE / 10};
		print_message("# %s\n", cases[i].name);
		assert_string_equal(lines_of(arena, cases[i].text, options).at, cases[i].lines);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_ends_its_lines_where_it_looks_best),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
