/* A letter that is broken in one thing is not written, and the rule's number and the template's
 * line are named. */
#include "pdf/pdf_int.h"
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

static struct node *root(struct desk *desk)
{
	return desk->letter.root;
}

static void name_place(struct node *node, int line)
{
	node->at = place_of("templates/letter.xml", line, 3);
	if (node->first)
		node->first->at = node->at;
}

/* A letter with some of everything, and nothing wrong. */
static void write_letter(struct desk *desk)
{
	static const unsigned char grey[1] = {128};
	static const struct picture picture = {
		.width = 1, .height = 1, .channels = 1, .bytes = grey, .len = 1};
	desk_clear(desk);
	desk_new_page(desk);
	diags_clear(desk->diags);
	name_place(root(desk), 1);
	name_place(desk_block(desk, root(desk), TAG_SUBJECT, "Subject"), 2);
	name_place(desk_block(desk, root(desk), TAG_HEADING, "Heading"), 3);
	struct node *p = desk_block(desk, root(desk), TAG_P, "Words");
	for (int i = 0; i < 2; i++) {
		struct node *note = desk_node(desk, p, TAG_NOTE);
		name_place(note, 5 + i);
		desk_show(desk, note, ROLE_NOTE_MARK, "1");
		desk_link(desk, note, ROLE_NOTE_MARK);
		desk_show(desk, desk_text(desk, note, "Note"), ROLE_CONTENT, "Note");
	}
	struct node *link = desk_block(desk, p, TAG_LINK, "page");
	name_place(link, 7);
	desk_attribute(desk, link, "href", "https://example.org/");
	desk_link(desk, link, ROLE_CONTENT);
	struct node *image = desk_node(desk, root(desk), TAG_IMAGE);
	name_place(image, 8);
	desk_attribute(desk, image, "alt", "A map");
	desk_mark(desk,
		(struct mark){.kind = MARK_PICTURE,
			.node = image->id,
			.x = pt(72),
			.y = pt(400),
			.width = pt(9),
			.height = pt(9),
			.picture = &picture});
	desk_show(desk, NULL, ROLE_CONTENT, "Page 1");
}

static struct node *find_node(struct desk *desk, enum tag tag)
{
	for (int i = 0; i < desk->letter.node_count; i++)
		if (desk->letter.nodes[i]->tag == tag)
			return desk->letter.nodes[i];
	fail_msg("no <%s>", tag_element(tag));
	return NULL;
}

static struct mark *first_mark(struct desk *desk)
{
	return &desk_page(desk)->marks[0];
}

/* -- one thing broken -------------------------------------------------------------------------- */

static void break_title(struct desk *desk)
{
	desk->letter.title = str_lit("");
}

static void break_mark(struct desk *desk)
{
	desk_page(desk)->marks[2].node = -1;
}

static void break_language(struct desk *desk)
{
	find_node(desk, TAG_HEADING)->lang = str_lit("in Welsh");
}

static void break_alternative(struct desk *desk)
{
	find_node(desk, TAG_IMAGE)->attributes = NULL;
}

static void break_heading(struct desk *desk)
{
	desk_attribute(desk, find_node(desk, TAG_HEADING), "level", "2");
}

static void break_note(struct desk *desk)
{
	desk->letter.notes[1]->note_number = 1;
}

static void break_link(struct desk *desk)
{
	find_node(desk, TAG_LINK)->first = NULL;
}

static void break_notdef(struct desk *desk)
{
	struct mark *mark = first_mark(desk);
	struct glyph *glyphs = arena_new_array(desk->arena, struct glyph, mark->glyph_count);
	memcpy(glyphs, mark->glyphs, (size_t)mark->glyph_count * sizeof *glyphs);
	glyphs[1].id = 0;
	mark->glyphs = glyphs;
}

/* Text and glyph that say the same, and nothing to other programs. */
static void say(struct desk *desk, uint32_t character, const char *text)
{
	struct mark *mark = first_mark(desk);
	int glyph = mark->glyphs[0].id;
	mark->glyph_count = 1;
	mark->text = str_of(text);
	mark->text_to = mark->text.len;
	assert_true(fonts_open(desk->pdf, &desk->pages, desk->diags));
	((struct pdf *)desk->pdf)->fonts[mark->face].slots[glyph].unicode = character;
}

static void break_private(struct desk *desk)
{
	say(desk, 0xE000, "\xEE\x80\x80");
}

static void break_unicode(struct desk *desk)
{
	say(desk, 0xFEFF, "\xEF\xBB\xBF");
}

static const struct {
	void (*break_it)(struct desk *desk);
	const char *found; /* the finding begins so */
	int line;
} breaks[] = {
	{break_title, "the letter has no title (ISO 14289-1 7.1-9)", 1},
	{break_mark, "a mark is neither tagged nor an artifact (ISO 14289-1 7.1-3)", 0},
	{break_language, "a language is not one of BCP 47 (ISO 14289-1 7.2-29)", 3},
	{break_alternative, "a picture has no alternative text (ISO 14289-1 7.3-1)", 8},
	{break_heading, "a heading skips a level (ISO 14289-1 7.4.2-1)", 3},
	{break_note, "two notes have the same ID (ISO 14289-1 7.9-2)", 6},
	{break_link, "a link has no description (ISO 14289-1 7.18.5-2)", 7},
	{break_notdef, "a glyph is that of a missing character (ISO 14289-1 7.21.8-1)", 2},
	{break_private, "a glyph stands for a private-use character (ISO 19005-2 6.2.11.7.3-1)", 2},
	{break_unicode, "a glyph stands for no character (ISO 14289-1 7.21.7-2)", 2},
};
enum { BREAKS = sizeof breaks / sizeof *breaks };

static bool render(struct desk *desk)
{
	const struct pdf_options options = {.time = 1602547200};
	return pdf_render(desk->writer, &desk->letter, &desk->pages, &options, desk->diags) &&
		pdf_save(desk->writer, &desk->out, desk->diags);
}

static void a_letter_that_keeps_all_rules_is_written(void **state)
{
	struct desk *desk = *state;
	write_letter(desk);
	assert_true(render(desk));
	assert_int_equal(diags_len(desk->diags), 0);
}

static void a_letter_broken_in_one_thing_is_refused_with_rule_and_line(void **state)
{
	for (int i = 0; i < BREAKS; i++) {
		struct desk *desk = desk_open("");
		write_letter(desk);
		breaks[i].break_it(desk);
		print_message("# %s\n", breaks[i].found);
		assert_false(render(desk));
		assert_int_equal(desk->out.len, 0);
		assert_int_equal(diags_len(desk->diags), 1);
		const struct diag *diag = diags_at(desk->diags, 0);
		assert_string_equal(diag_code(diag->id), "E-CONFORM");
		assert_true(str_starts(str_of(diag->text), breaks[i].found));
		assert_int_equal(diag->at.line, breaks[i].line);
		desk_close(desk);
	}
	(void)state;
}

static void an_odd_glyph_is_good_where_the_text_is_stated(void **state)
{
	struct desk *desk = *state;
	write_letter(desk);
	say(desk, 0xE000, "S");
	assert_true(render(desk));
	struct str content = desk_content(desk, 0);
	assert_true(str_find(content, "/ActualText") > 0);
}

/* What no letter can do: the tree itself. */
static void check_broken_tree(struct desk *desk, void (*break_it)(struct tags *tags))
{
	write_letter(desk);
	assert_true(render(desk));
	assert_true(conform_check(desk->writer, &desk->pages, desk->diags));
	break_it(&desk->writer->tags);
	assert_false(conform_check(desk->writer, &desk->pages, desk->diags));
	assert_true(str_find(str_of(diags_at(desk->diags, 0)->text), "ISO 14289-1 7.1-12") > 0);
}

static void lose_a_kid(struct tags *tags)
{
	tags->elements.at[0].first = tags->elements.at[0].first->next;
}

static void swap_owners(struct tags *tags)
{
	tags->contents.at[0] = tags->contents.at[1];
}

static void give_away_an_element(struct tags *tags)
{
	tags->elements.at[2].parent = 1;
}

static void point_beyond_the_page(struct tags *tags)
{
	tags->elements.at[1].first->value = 1000;
}

static void a_tree_that_is_not_whole_is_refused(void **state)
{
	check_broken_tree(*state, lose_a_kid);
	check_broken_tree(*state, swap_owners);
	check_broken_tree(*state, give_away_an_element);
	check_broken_tree(*state, point_beyond_the_page);
}

static void widths_are_those_of_the_font_program(void **state)
{
	struct desk *desk = *state;
	const struct mark *mark = desk_show(desk, NULL, ROLE_CONTENT, "Page 1");
	struct font *font = &((struct pdf *)desk->pdf)->fonts[mark->face];
	assert_true(fonts_open(desk->pdf, &desk->pages, desk->diags));
	hb_set_t *glyphs = hb_set_create();
	hb_map_t *ids = hb_map_create();
	hb_set_add_range(glyphs, 1, 50);
	for (hb_codepoint_t glyph = 1; glyph <= 50; glyph++)
		hb_map_set(ids, glyph, glyph);
	assert_true(conform_widths(font, font->face, glyphs, ids, 0));
	font->slots[20].advance++;
	assert_false(conform_widths(font, font->face, glyphs, ids, 0));
	font->slots[20].advance--;
	hb_map_destroy(ids);
	hb_set_destroy(glyphs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_letter_that_keeps_all_rules_is_written, open_desk, close_desk),
		cmocka_unit_test(a_letter_broken_in_one_thing_is_refused_with_rule_and_line),
		cmocka_unit_test_setup_teardown(
			an_odd_glyph_is_good_where_the_text_is_stated, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
			a_tree_that_is_not_whole_is_refused, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
			widths_are_those_of_the_font_program, open_desk, close_desk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
