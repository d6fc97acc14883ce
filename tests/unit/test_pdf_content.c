#include "pdf_desk.h"

static int open_desk(void **state)
{
	*state = desk_open("");
	return 0;
}

static int close_desk(void **state)
{
	desk_close(*state);
	return 0;
}

static struct node *paragraph(struct desk *desk)
{
	return desk_node(desk, desk->letter.root, TAG_P);
}

/* The object of a font by its resource name. */
static struct str font_object(const struct desk *desk, const char *name)
{
	struct str page = desk_page_object(desk, 0);
	struct str resources = desk_object(desk, (unsigned)desk_number(page, "/Resources"));
	int id = desk_number(resources, name);
	assert_true(id > 0);
	return desk_object(desk, (unsigned)id);
}

/* W of a font: thousandths of an em by glyph; "3[277.832 556.152]17[…]". Less than 0: it does not
 * have the glyph. */
static double find_width(const struct desk *desk, const char *font, unsigned glyph)
{
	struct str type0 = font_object(desk, font);
	struct str cid = desk_object(desk, (unsigned)desk_number(type0, "/DescendantFonts["));
	char *at = str_chars(desk->arena, cid) + str_find(cid, "/W[") + 3;
	while (*at != ']') {
		unsigned first = (unsigned)strtoul(at, &at, 10);
		for (at++; *at != ']'; first++) {
			double width = strtod(at, &at);
			if (first == glyph)
				return width;
		}
		at++;
	}
	return -1;
}

static double width_of(const struct desk *desk, const char *font, unsigned glyph)
{
	double width = find_width(desk, font, glyph);
	assert_true(width >= 0);
	return width;
}

/* One byte of a literal string, which moves behind it. */
static unsigned string_byte(const char **at)
{
	if (**at == '\\') {
		*at += 2;
		return (*at)[-1] == 'r' ? '\r' : (unsigned char)(*at)[-1];
	}
	return (unsigned char)*(*at)++;
}

/* Where the pen is behind the first TJ of a page, in thousandths of an em. */
static double pen_behind_first_array(struct desk *desk, const char *font)
{
	struct str content = desk_content(desk, 0);
	const char *at = content.at + str_find(content, "[") + 1;
	double pen = 0;
	while (*at != ']') {
		if (*at != '(') {
			char *end;
			pen -= strtod(at, &end);
			at = end;
			continue;
		}
		for (at++; *at != ')';) {
			unsigned high = string_byte(&at), low = string_byte(&at);
			pen += width_of(desk, font, high << 8 | low);
		}
		at++;
	}
	return pen;
}

static void the_pen_ends_where_harfbuzz_says(void **state)
{
	struct desk *desk = *state;
	struct mark *mark = desk_show(
		desk, paragraph(desk), ROLE_CONTENT, "AVATAR To Wave (Tom\\Yes) LTd. fly");
	desk_render(desk);
	double pen = pen_behind_first_array(desk, "/F0");
	double expected = 1000.0 * mark->width / mark->height;
	assert_true(str_find(desk_content(desk, 0), "(") > 0);
	assert_true(pen > expected - 1 && pen < expected + 1);
}

static void justified_spaces_are_stretched(void **state)
{
	struct desk *desk = *state;
	struct mark *mark = desk_show(
		desk, paragraph(desk), ROLE_CONTENT, "Every word of a full line.");
	mark->space = pt(3) / 2;
	desk_render(desk);
	double pen = pen_behind_first_array(desk, "/F0");
	double expected = 1000.0 * (mark->width + 5 * (double)mark->space) / mark->height;
	assert_true(pen > expected - 1 && pen < expected + 1);
}

/* Each operator that paints stands in one marked content, and no marked content in another. */
static void all_that_is_painted_is_marked(void **state)
{
	struct desk *desk = *state;
	desk_show(desk, paragraph(desk), ROLE_CONTENT, "Text e\xCC\x84 and more");
	desk_mark(desk,
		(struct mark){.kind = MARK_RULE,
			.artifact = ARTIFACT_LAYOUT,
			.node = -1,
			.x = pt(72),
			.y = pt(700),
			.width = pt(100),
			.height = pt(1),
			.colour = 0x336699});
	desk_show(desk, NULL, ROLE_CONTENT, "Page 1 of 1");
	desk_render(desk);
	struct str content = desk_content(desk, 0), line;
	int depth = 0, painted = 0;
	while (str_split(&content, '\n', &line)) {
		if (str_ends(line, "BDC"))
			assert_int_equal(depth++, 0);
		else if (str_is(line, "EMC"))
			depth--;
		else if (str_ends(line, "TJ") || str_ends(line, "re f"))
			assert_int_equal((painted++, depth), 1);
	}
	assert_int_equal(depth, 0);
	assert_int_equal(painted, 5);
}

static void artifacts_say_what_they_are(void **state)
{
	static const struct {
		enum artifact artifact;
		const char *operand;
	} rows[] = {{ARTIFACT_HEADER, "/Type/Pagination/Subtype/Header/Attached[/Top]"},
		{ARTIFACT_FOOTER, "/Type/Pagination/Subtype/Footer/Attached[/Bottom]"},
		{ARTIFACT_LAYOUT, "/Type/Layout"}, {ARTIFACT_TABLE_HEAD, "/Type/Pagination"},
		{ARTIFACT_WATERMARK, "/Type/Pagination/Subtype/Watermark"}};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		desk_show(desk, NULL, ROLE_CONTENT, "x")->artifact = rows[i].artifact;
	desk_render(desk);
	struct str content = desk_content(desk, 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf line = {0};
		buf_format(&line, "/Artifact<<%s>>BDC\n", rows[i].operand);
		assert_true(str_find(content, buf_text(&line).at) >= 0);
		buf_free(&line);
	}
}

/* Of whatever part of the letter it is a copy. */
static void an_artifact_belongs_to_no_node(void **state)
{
	struct desk *desk = *state;
	for (int role = ROLE_CONTENT; role <= ROLE_HYPHEN; role++)
		desk_show(desk, NULL, role, "x")->artifact = ARTIFACT_TABLE_HEAD;
	desk_render(desk);
	assert_true(str_find(desk_content(desk, 0), "MCID") < 0);
}

static void a_glyph_that_does_not_say_its_text_has_it_stated(void **state)
{
	struct desk *desk = *state;
	/* w and a combining circumflex become one glyph, which says U+0175 */
	desk_show(desk, paragraph(desk), ROLE_CONTENT, "Llangw\xCC\x82m");
	desk_render(desk);
	struct str content = desk_content(desk, 0);
	assert_true(str_find(content, "/Span<</MCID 1/ActualText<FEFF00770302>>>BDC") > 0);
	assert_true(str_find(content, "/P<</MCID 2>>BDC") > 0);
}

static void plain_text_is_stated_by_its_glyphs_alone(void **state)
{
	struct desk *desk = *state;
	desk_show(desk, paragraph(desk), ROLE_CONTENT,
		"T\xC5\xB7 Llanw\xC5\xB5 \xC2\xA3"
		"25 \xE2\x80\x99n \xC3\xB1 a\xC2\xA0"
		"b");
	desk_render(desk);
	assert_true(str_find(desk_content(desk, 0), "ActualText") < 0);
}

static void unused_hyphenation_points_are_no_text(void **state)
{
	struct desk *desk = *state;
	desk_show(desk, paragraph(desk), ROLE_CONTENT,
		"slav\xC2\xAD"
		"ery");
	desk_render(desk);
	assert_true(str_find(desk_content(desk, 0), "ActualText") < 0);
}

static void a_hyphen_at_the_end_of_a_line_says_that_it_is_soft(void **state)
{
	struct desk *desk = *state;
	struct mark *mark = desk_show(desk, paragraph(desk), ROLE_HYPHEN, "-");
	desk_render(desk);
	struct str content = desk_content(desk, 0);
	int string = str_find(content, "[(");
	unsigned glyph = (unsigned char)content.at[string + 2] << 8 |
		(unsigned char)content.at[string + 3];
	char entry[24];
	snprintf(entry, sizeof entry, "<%04X><00AD>", glyph);
	assert_int_not_equal(glyph, mark->glyphs[0].id);
	struct str unicode = desk_stream(
		desk, (unsigned)desk_number(font_object(desk, "/F0"), "/ToUnicode"));
	assert_true(str_find(unicode, entry) > 0);
}

static void rare_glyphs_come_in_a_subset_of_the_letters_own(void **state)
{
	struct desk *desk = *state;
	struct mark *mark = desk_show(
		desk, paragraph(desk), ROLE_CONTENT, "Mu\xC3\xB1oz \xC3\xA5\xC3\xB8");
	desk_render(desk);
	unsigned rare[] = {mark->glyphs[2].id, mark->glyphs[6].id, mark->glyphs[7].id};
	for (size_t i = 0; i < 3; i++)
		assert_true(width_of(desk, "/X0", rare[i]) > 200);
	assert_true(str_find(desk_content(desk, 0), "/X0 11 Tf\n") > 0);
	desk_clear(desk);
	desk_new_page(desk);
	desk_show(desk, paragraph(desk), ROLE_CONTENT, "Munoz");
	desk_render(desk);
	assert_true(str_find(buf_text(&desk->out), "/X0") < 0);
}

static bool says(struct desk *desk, const char *font, unsigned glyph, const char *text)
{
	char entry[32];
	snprintf(entry, sizeof entry, "<%04X><%s>", glyph, text);
	struct str unicode = desk_stream(
		desk, (unsigned)desk_number(font_object(desk, font), "/ToUnicode"));
	return str_find(unicode, entry) > 0;
}

/* As in fonts that draw U+2015 and U+2014 by one glyph: readers that heed no ActualText have what
 * was typed as well. */
static void a_glyph_that_says_another_character_comes_in_a_subset_of_the_letters_own(void **state)
{
	struct desk *desk = *state;
	struct mark *mark = desk_show(desk, paragraph(desk), ROLE_CONTENT, "one one");
	unsigned glyph = mark->glyphs[1].id;
	mark->text = str_lit("oie one");
	desk_render(desk);
	assert_true(says(desk, "/X0", glyph, "0069"));
	assert_false(says(desk, "/F0", glyph, "0069"));
	struct str content = desk_content(desk, 0);
	int first = str_find(content, "/X0 11 Tf\n");
	assert_true(first > 0);
	assert_true(str_find(content, "/Span<</MCID 1/ActualText(i)>>BDC") > 0);
	assert_true(str_find(str_slice(content, first + 1, content.len), "/X0 ") < 0);
}

/* What was typed as a letter and its mark, and is one glyph, is read as the one character. */
static void a_letter_with_its_mark_is_said_as_one_character(void **state)
{
	struct desk *desk = *state;
	desk_show(desk, paragraph(desk), ROLE_CONTENT, "Llangw\xCC\x82m T\xC5\xB7 \xC5\xB5");
	desk_render(desk);
	struct str content = desk_content(desk, 0);
	assert_true(str_find(content, "ActualText<FEFF00770302>") > 0);
	int own = str_find(content, "/X0 11 Tf");
	struct str unicode = own < 0
		? (struct str){0}
		: desk_stream(desk, (unsigned)desk_number(font_object(desk, "/X0"), "/ToUnicode"));
	assert_true(str_find(unicode, "00770302") < 0);
}

static void characters_of_the_template_are_in_the_shared_subset(void **state)
{
	struct desk *desk = desk_open("Mu\xC3\xB1oz");
	(void)state;
	desk_show(desk, paragraph(desk), ROLE_CONTENT, "Mu\xC3\xB1oz");
	desk_render(desk);
	assert_true(str_find(buf_text(&desk->out), "/X0") < 0);
	desk_close(desk);
}

/* What a letter's shared subset has is decided by that letter alone. */
static void a_letter_has_the_groups_of_characters_that_it_shows(void **state)
{
	struct desk *desk = *state;
	unsigned seven = desk_show(desk, paragraph(desk), ROLE_CONTENT, "a 7")->glyphs[2].id;
	desk_render(desk);
	struct str first = str_copy(desk->arena, buf_text(&desk->out));
	assert_true(width_of(desk, "/F0", seven) > 200);
	assert_true(width_of(desk, "/F0", seven + 1) > 200); /* an eight */
	desk_clear(desk);
	desk_new_page(desk);
	desk_show(desk, paragraph(desk), ROLE_CONTENT, "a b");
	desk_render(desk);
	assert_true(find_width(desk, "/F0", seven) < 0);
	desk_clear(desk);
	desk_new_page(desk);
	desk_show(desk, paragraph(desk), ROLE_CONTENT, "a 7");
	desk_render(desk);
	assert_true(str_eq(first, buf_text(&desk->out)));
}

/* The digits are one range of ToUnicode, as their glyphs are neighbours. */
static void neighbours_that_say_neighbours_are_a_range(void **state)
{
	struct desk *desk = *state;
	unsigned zero = desk_show(desk, paragraph(desk), ROLE_CONTENT, "0")->glyphs[0].id;
	char range[32];
	desk_render(desk);
	snprintf(range, sizeof range, "<%04X><%04X><0030>", zero, zero + 9);
	struct str unicode = desk_stream(
		desk, (unsigned)desk_number(font_object(desk, "/F0"), "/ToUnicode"));
	assert_true(str_find(unicode, range) > 0);
}

static void positions_and_colours_are_exact(void **state)
{
	struct desk *desk = *state;
	struct mark *mark = desk_show(desk, paragraph(desk), ROLE_CONTENT, "x");
	mark->x = pt(72) + 33; /* half a thousandth of a point and a little more */
	mark->colour = 0x336699;
	desk_show(desk, desk->letter.nodes[1], ROLE_CONTENT, "y")->colour = 0x808080;
	desk_render(desk);
	struct str content = desk_content(desk, 0);
	assert_true(str_find(content, ".2 .4 .6 rg\nBT\n72.001 755.89 Td\n") > 0);
	assert_true(str_find(content, ".502 g\n-.001 -14 Td\n") > 0);
}

/* Something that decides what a mark shows. */
static void change(struct mark *mark, struct glyph *glyphs, int what)
{
	switch (what) {
	case 0:
		mark->space = pt(3) / 2;
		break;
	case 1:
		mark->expansion = 10;
		break;
	case 2:
		mark->height += pt(1);
		break;
	case 3:
		glyphs[1].advance += 50;
		break;
	case 4:
		glyphs[1].id = glyphs[0].id;
		break;
	}
}

/* Who drew a mark that is like it but for one thing draws it as who never drew any. */
static void what_was_drawn_before_is_told_apart(void **state)
{
	struct desk *desk = *state;
	struct mark *mark = desk_show(desk, paragraph(desk), ROLE_CONTENT, "Every word of a line");
	struct glyph *glyphs = arena_new_array(desk->arena, struct glyph, mark->glyph_count);
	memcpy(glyphs, mark->glyphs, (size_t)mark->glyph_count * sizeof *glyphs);
	mark->glyphs = glyphs;
	for (int what = 0; what < 5; what++) {
		struct str before = str_copy(desk->arena, desk_render(desk));
		assert_true(str_eq(before, desk_render(desk)));
		change(mark, glyphs, what);
		struct str known = str_copy(desk->arena, desk_render(desk));
		pdf_writer_free(desk->writer);
		desk->writer = pdf_writer_new(desk->pdf);
		assert_true(str_eq(known, desk_render(desk)));
		assert_false(str_eq(known, before));
	}
}

#define with_desk(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_desk(the_pen_ends_where_harfbuzz_says),
		with_desk(justified_spaces_are_stretched),
		with_desk(all_that_is_painted_is_marked),
		with_desk(artifacts_say_what_they_are),
		with_desk(an_artifact_belongs_to_no_node),
		with_desk(a_glyph_that_does_not_say_its_text_has_it_stated),
		with_desk(a_glyph_that_says_another_character_comes_in_a_subset_of_the_letters_own),
		with_desk(a_letter_with_its_mark_is_said_as_one_character),
		with_desk(plain_text_is_stated_by_its_glyphs_alone),
		with_desk(unused_hyphenation_points_are_no_text),
		with_desk(a_hyphen_at_the_end_of_a_line_says_that_it_is_soft),
		with_desk(rare_glyphs_come_in_a_subset_of_the_letters_own),
		cmocka_unit_test(characters_of_the_template_are_in_the_shared_subset),
		with_desk(a_letter_has_the_groups_of_characters_that_it_shows),
		with_desk(neighbours_that_say_neighbours_are_a_range),
		with_desk(positions_and_colours_are_exact),
		with_desk(what_was_drawn_before_is_told_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
