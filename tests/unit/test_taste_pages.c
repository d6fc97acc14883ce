/* Where pages end, as a reader sees it. A column is written as its lines, all of one height:
 *
 *   l      a line; before it [60] the price of a page break there, else none is to be made; before
 * that +2, as much space above it as two lines; ^2, a head of two lines above it at a page's top *3
 * after a line: a note of three lines, whose mark stands in it
 *
 * and its pages as the lines of text on each, with those of notes: "7+2 3". A page holds ten lines,
 * the space above its notes counts as one. Each case has a fellow on the other side of the point
 * where one fault begins to look worse than another. */
#include "layout/page_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LINE = pt(10), MOST_LINES = 40, MOST_NOTES = 4 };

struct written {
	struct slab slabs[MOST_LINES];
	struct foot feet[MOST_NOTES];
	struct column column;
};

/* The number behind a sign; *at: behind it. */
static int number(const char **at)
{
	char *end;
	int value = (int)strtol(*at + 1, &end, 10);
	*at = end + (*end == ']');
	return value;
}

static void read_column(struct written *written, const char *at, int note_before)
{
	struct column *column = &written->column;
	struct slab next = {.height = LINE, .break_cost = SLAB_KEEP};
	while (*at) {
		switch (*at) {
		case '[':
			next.break_cost = number(&at);
			break;
		case '+':
			next.before = number(&at) * LINE;
			break;
		case '^':
			next.head = number(&at) * LINE;
			break;
		case '*':
			written->slabs[column->slab_count - 1].notes++;
			written->feet[column->foot_count++] = (struct foot){
				number(&at), LINE, note_before * LINE};
			break;
		default:
			at++;
			written->slabs[column->slab_count++] = next;
			next = (struct slab){.height = LINE, .break_cost = SLAB_KEEP};
		}
	}
}

/* Lines of the notes on a page. */
static int note_lines(const struct column *column, const struct page_span *page)
{
	int lines = page->notes_to.line - page->notes_from.line;
	for (int n = page->notes_from.note; n < page->notes_to.note; n++)
		lines += column->feet[n].lines;
	return lines;
}

static struct str write_pages(
	struct arena *arena, const struct column *column, const struct page_span *pages, int count)
{
	struct buf out = {0};
	for (int i = 0; i < count; i++) {
		int notes = note_lines(column, &pages[i]);
		buf_format(&out, "%s%d", i ? " " : "", pages[i].to - pages[i].from);
		if (notes)
			buf_format(&out, "+%d", notes);
	}
	struct str all = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return all;
}

static const struct {
	const char *name, *column, *pages;
	int first, min_fill,
		note_before; /* lines on page 1, 0: as on the others; per mille; lines */
} cases[] = {
	/* What a page holds. */
	{"a page holds ten lines", "lllllllll[0]l[0]l", "10 1"},
	{"page 1 may hold fewer", "llll[0]l[0]lllll", "5 5", .first = 5},
	{"the space above a line takes room", "lllll[0]+2lll[0]l[0]l", "8 2"},
	{"but not at a page's top", "llllllllll[0]+2lllllllll[0]l[0]l", "10 10 1"},
	{"there the head stands again, and takes room", "llllllllll[0]^2lllllll[0]l[0]l[0]l",
		"10 8 2"},
	{"notes take room, and a space above them", "l*1l*1llll[0]l[0]l[0]l", "7+2 2"},
	{"a space between notes takes room", "l*1l*1llll[0]l[0]l[0]l", "6+2 3", .note_before = 1},

	/* White. */
	{"a line free is better than a break that costs more than 300", "lllllllll[0]l[380]lllll",
		"9 6"},
	{"a line free is not better than one that costs less", "lllllllll[0]l[250]lllll", "10 5"},
	{"what is free stands in one place", "llllll[0]ll[0]llllllll[0]llll", "6 10 4"},
	{"and rather late", "llllllll[0]ll[0]llllllll[0]lll", "10 8 3"},
	{"the last page may be as short as it is", "llllllllll[0]l", "10 1", .min_fill = 600},
	{"a page is filled as the style says, at any break's price", "lllll[0]ll[20000]lllll",
		"7 5", .min_fill = 600},
	{"where the style says nothing, price decides", "lllll[0]ll[20000]lllll", "5 7"},
	{"filled as far as that is filled", "llllll[0]l[20000]lllll", "6 6", .min_fill = 600},
	{"and no less", "llllll[0]l[20000]lllll", "7 5", .min_fill = 601},
	{"a page more or two are better than one that is not filled",
		"lllll[0]ll[0]^9l[0]^9l[0]^9l", "7 1 1 1", .first = 7, .min_fill = 800},
	{"so are three", "lllll[0]ll[0]^9l[0]^9l[0]^9l[0]^9l", "7 1 1 1 1", .first = 7,
		.min_fill = 800},
	{"four are not", "lllll[0]ll[0]^9l[0]^9l[0]^9l[0]^9l[0]^9l", "5 7", .first = 7,
		.min_fill = 800},

	/* Notes. */
	{"a note does not begin with one line where a break of 100 saves it",
		"l*9llllll[100]l[0]l[0]lll", "7+2 2+7 3"},
	{"a note may begin with one line where all other breaks cost more than 200",
		"l*9llllll[300]l[0]l[0]lll", "8+1 1+8 3"},
	{"of a note that is divided two lines at least go on", "l*9", "1+7 0+2"},
	{"of one of three lines two are on the page of its mark", "l*3", "1+2 0+1", .first = 4},
	{"a note of one line is whole", "l*1llllll[100]l[0]lll", "8+1 3"},

	/* What is worse than what. */
	{"a paragraph is torn rather than that a note begins on the next page",
		"llllllllll*1[0]lllll", "9 6+1"},
	{"a note is divided rather than that a paragraph is torn", "llllll*4[0]llll", "6+2 4+2"},
	{"a page more is better than that a note is divided", "llll[0]l*8[0]lllll", "4 1+8 5"},
	{"a dear break is better than a page more", "lllll[0]lllll[20000]lllll[0]lllll", "10 10"},
};

static void a_column_is_divided_where_it_looks_best(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct written written = {0};
		struct page_span *pages;
		int first = cases[i].first ? cases[i].first : 10;
		written.column = (struct column){.slabs = written.slabs,
			.feet = written.feet,
			.geometry = {first * LINE, 10 * LINE, LINE, cases[i].min_fill}};
		read_column(&written, cases[i].column, cases[i].note_before);
		print_message("# %s\n", cases[i].name);
		int count = page_divide(arena, &written.column, &pages, NULL);
		assert_string_equal(
			write_pages(arena, &written.column, pages, count).at, cases[i].pages);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_column_is_divided_where_it_looks_best),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
