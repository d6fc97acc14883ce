/* Where words are parted, as a reader sees it, with the fake font: a letter is 6 points wide, a
 * blank 2.5, at 10 points. Lines are ragged; what may be left free at their ends differs by case,
 * and each case has a fellow on the other side of the point where a price is too much to pay. */
#include "layout/break_int.h"
#include "text/text_int.h"

#include "text_nodes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The first line, whose end is a br, does not count: a hyphen there has a price of its own, as one
 * before the last line has. */
static const struct {
	const char *name, *text, *lines;
	int measure, tolerance; /* tenths of a point */
	bool whole;             /* not to be hyphenated */
} cases[] = {
	{"a title and its name are worth a shorter line", "xxxxxxxxxxxxxxxx Dr Smith said",
		"xxxxxxxxxxxxxxxx/Dr Smith said", 1105, 91, false},
	{"a name begins a line before the one above it gets much shorter",
		"xxxxxxxxxxxxxxxx Dr Smith said", "xxxxxxxxxxxxxxxx Dr/Smith said", 1105, 71,
		false},
	{"words with capitals are worth a line that is a little shorter",
		"xxxxxxxxxxxxxxxx Home Office said", "xxxxxxxxxxxxxxxx/Home Office said", 1225, 270,
		true},
	{"they are parted before the line gets shorter than that",
		"xxxxxxxxxxxxxxxx Home Office said", "xxxxxxxxxxxxxxxx Home/Office said", 1225, 255,
		true},
	{"a hyphen behind two letters is worth a shorter line", "xxxxxxxxxxxxxxxx inform said",
		"xxxxxxxxxxxxxxxx/inform said", 1165, 180, false},
	{"a hyphen behind two letters is better than one that is shorter still",
		"xxxxxxxxxxxxxxxx inform said", "xxxxxxxxxxxxxxxx in=/form said", 1165, 176, false},
	{"a name is whole for a much shorter line", "xxxxxxxxxxxxxxxx London said",
		"xxxxxxxxxxxxxxxx/London said", 1225, 128, false},
	{"a name is divided before the line gets shorter still", "xxxxxxxxxxxxxxxx London said",
		"xxxxxxxxxxxxxxxx Lon=/don said", 1225, 121, false},
	{"a hyphen that is written costs what one does that is set",
		"xxxxxxxxxxxxxxxx well-being said", "xxxxxxxxxxxxxxxx/well-being said", 1285, 293,
		false},
	{"a word is divided behind its hyphen before a line is too short",
		"xxxxxxxxxxxxxxxx well-being said", "xxxxxxxxxxxxxxxx well-/being said", 1285, 283,
		false},
	{"words that are not to be divided are whole at their hyphens",
		"xxxxxxxxxxxxxxxx well-being said", "xxxxxxxxxxxxxxxx/well-being said", 1285, 130,
		true},
	{"they are divided there before nearly all of a line is free",
		"xxxxxxxxxxxxxxxx well-being said", "xxxxxxxxxxxxxxxx well-/being said", 1285, 108,
		true},
	{"a Korean word is whole for a line that is nearly empty without it",
		"xxxxxxxxxxxxxxxx 도서관을 said", "xxxxxxxxxxxxxxxx/도서관을 said", 1105, 33, true},
	{"it is parted between syllables before a line is emptier still",
		"xxxxxxxxxxxxxxxx 도서관을 said", "xxxxxxxxxxxxxxxx 도서/관을 said", 1105, 32,
		true},
	{"an address is whole for a line nearly half of which is free",
		"xxxxxxxxxxxxxxxx https://ab.org/cdefgh/ijkl said",
		"xxxxxxxxxxxxxxxx/https://ab.org/cdefgh/ijkl said", 2055, 900, true},
	{"it is divided behind a slash before a line is shorter",
		"xxxxxxxxxxxxxxxx https://ab.org/cdefgh/ijkl said",
		"xxxxxxxxxxxxxxxx https://ab.org//cdefgh/ijkl said", 2055, 800, true},
	{"one without a slash is whole for more of a line",
		"xxxxxxxxxxxxxxxx www.abcdefghijkl.mnopqrstuv said",
		"xxxxxxxxxxxxxxxx/www.abcdefghijkl.mnopqrstuv said", 2055, 650, true},
	{"it is divided before a full stop rather than that half of it is free",
		"xxxxxxxxxxxxxxxx www.abcdefghijkl.mnopqrstuv said",
		"xxxxxxxxxxxxxxxx www.abcdefghijkl/.mnopqrstuv said", 2055, 550, true},
	{"where it has no sign it is whole for nearly all of a line",
		"xxxxxxxxxxxxxxxx www.abcdefghijklmnopqrstuvwxyz said",
		"xxxxxxxxxxxxxxxx/www.abcdefghijklmnopqrstuvwxyz/said", 2055, 260, true},
	{"it is cut rather than that more of a line is free",
		"xxxxxxxxxxxxxxxx www.abcdefghijklmnopqrstuvwxyz said",
		"xxxxxxxxxxxxxxxx www.abcdefghijklm/nopqrstuvwxyz said", 2055, 230, true},
};

static const char *lines_of(
	struct shaper *shaper, struct arena *arena, const struct style *style, size_t i)
{
	struct node *p = para(arena, "x");
	struct shape_options shape = {style, &style->block[TAG_P].text, !cases[i].whole};
	struct break_options options = {.measure = cases[i].measure * SP_PER_PT / 10 + 1,
		.hyphen_penalty = 50,
		.tolerance = cases[i].tolerance * SP_PER_PT / 10};
	struct diags *diags = diags_new();
	struct buf out = {0};
	struct line *lines;
	element(arena, p, TAG_BR);
	chars(arena, p, cases[i].text);
	struct paragraph *set = text_shape(shaper, arena, p, &shape, diags);
	int count = break_lines(arena, set->items, set->item_count, &options, &lines);
	for (int k = 1; k < count; k++) {
		int from = set->glyphs[lines[k].from].cluster;
		int to = lines[k].to < set->glyph_count ? set->glyphs[lines[k].to].cluster
							: set->text.len;
		buf_format(&out, "%s%.*s%s", k > 1 ? "/" : "", to - from, set->text.at + from,
			lines[k].hyphen ? "=" : "");
	}
	diags_free(diags);
	const char *all = str_copy(arena, buf_text(&out)).at;
	buf_free(&out);
	return all;
}

static void words_are_parted_where_it_looks_best(void **state)
{
	struct arena *arena = arena_new();
	struct style style = plain_style("fake");
	struct text *text = text_new_fake();
	struct shaper *shaper = shaper_new(text);
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		print_message("# %s\n", cases[i].name);
		assert_string_equal(lines_of(shaper, arena, &style, i), cases[i].lines);
	}
	shaper_free(shaper);
	text_free(text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_parted_where_it_looks_best),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
