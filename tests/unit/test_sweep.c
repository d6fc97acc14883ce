/* The real letter, in its real style and fonts, as it grows: a highlight and each note word by word
 * over two pages' worth, addresses of one to nine lines in every geometry; and in large print. What
 * is looked at are the marks on the pages. */
#include "base/diag_id.h"
#include "style/style_int.h"
#include "support/support.h"
#include "trace.h"

static const char *root; /* from the command line */

struct desk {
	struct room room;
	struct style *style;
	struct text *text;
	struct shaper *shaper;
	struct pictures *pictures;
	struct layout *layout;
	struct str template, record; /* bytes */
};

static struct str read_project_file(struct desk *desk, const char *name)
{
	const char *path = str_format(desk->room.arena, "%s/%s", root, name).at;
	struct str bytes = file_read(desk->room.arena, path, place_none(), desk->room.diags);
	assert_non_null(bytes.at);
	return bytes;
}

static void take_style(struct desk *desk, struct style *style)
{
	assert_non_null(style);
	desk->style = style;
	desk->text = text_new(style, desk->room.diags);
	assert_non_null(desk->text);
	desk->shaper = shaper_new(desk->text);
}

static void drop_style(struct desk *desk)
{
	layout_free(desk->layout);
	shaper_free(desk->shaper);
	text_free(desk->text);
	desk->layout = NULL;
}

static int setup(void **state)
{
	static struct desk desk;
	void *room;
	room_setup(&room);
	desk = (struct desk){.room = *(struct room *)room, .pictures = pictures_new()};
	desk.template = read_project_file(&desk, "templates/vru-letter.xml");
	desk.record = read_project_file(&desk, "recipients/essex.xml");
	struct str style = read_project_file(&desk, "templates/house-style.xml");
	take_style(&desk, style_read(desk.room.arena, style, "house-style.xml", desk.room.diags));
	*state = &desk;
	return 0;
}

static int teardown(void **state)
{
	struct desk *desk = *state;
	drop_style(desk);
	pictures_free(desk->pictures);
	void *room = &desk->room;
	return room_teardown(&room);
}

/* The bytes with more put in before the number-th of these words. */
static struct str put_before(
	struct desk *desk, struct str bytes, const char *words, int number, struct str more)
{
	int at = 0;
	for (int next; number > 0; number--, at += next + 1) {
		next = str_find(str_slice(bytes, at, bytes.len), words);
		assert_true(next >= 0);
	}
	return str_format(desk->room.arena, "%.*s%.*s%.*s", at - 1, bytes.at, str_arg(more),
		bytes.len - at + 1, bytes.at + at - 1);
}

/* Words of several lengths. */
static struct str some_words(struct desk *desk, int count)
{
	static const char *const some[] = {
		"of", "violence", "the", "reduction", "a", "unit", "in", "neighbourhoods", "and"};
	struct buf out = {0};
	for (int i = 0; i < count; i++)
		buf_format(&out, " %s", some[i % (int)(sizeof some / sizeof *some)]);
	struct str words = str_copy(desk->room.arena, buf_text(&out));
	buf_free(&out);
	return words;
}

static struct letter *merge(struct desk *desk, struct template *template, struct str record)
{
	struct recipient *recipient = arena_new_array(desk->room.arena, struct recipient, 1);
	assert_non_null(template);
	assert_true(recipient_read(
		desk->room.arena, record, "essex.xml", template, recipient, desk->room.diags));
	struct letter *letter = letter_merge(
		desk->room.arena, template, recipient, NULL, desk->room.diags);
	assert_non_null(letter);
	return letter;
}

static struct template *read_template(struct desk *desk, struct str bytes)
{
	const char *path = str_format(desk->room.arena, "%s/templates/vru-letter.xml", root).at;
	return template_read(desk->room.arena, bytes, path, desk->room.diags);
}

/* -- what must hold ---------------------------------------------------------------------------- */

/* From the top of what stands on a page to its lowest baseline, and what is free below that. */
struct filling {
	sp text, white;
};

static struct filling filling_of(
	const struct desk *desk, const struct letter *letter, const struct page *page, bool first)
{
	const struct style *style = desk->style;
	sp lowest = first ? style->first_top : style->margin_top;
	sp top = lowest, foot = style->page_height - style->margin_bottom, notes = foot;
	for (int i = 0; i < page->mark_count; i++) {
		const struct mark *mark = &page->marks[i];
		if (mark->node < 0)
			continue;
		const struct node *node = letter->nodes[mark->node];
		while (node && node->tag != TAG_NOTE)
			node = node->parent;
		if (node && mark->role != ROLE_NOTE_MARK)
			notes = mark->y - mark->height < notes ? mark->y - mark->height : notes;
		else if (mark->y > lowest)
			lowest = mark->y;
	}
	sp above = notes < foot ? style->note_gap + style->block[TAG_NOTE].before : 0;
	return (struct filling){lowest - top, notes - above - lowest};
}

/* All that stands on the last page would not have gone into the white of those before it. White of
 * less than two lines is none: a paragraph's lines go over two at a time. */
static void assert_no_page_is_lost(
	const struct desk *desk, const struct letter *letter, const struct pages *pages)
{
	const struct block_style *p = &desk->style->block[TAG_P];
	sp white = 0;
	for (int i = 0; i + 1 < pages->count; i++) {
		sp more = filling_of(desk, letter, &pages->page[i], i == 0).white;
		white += more < 2 * p->text.leading ? 0 : more;
	}
	struct filling last = filling_of(
		desk, letter, &pages->page[pages->count - 1], pages->count == 1);
	assert_true(white < last.text + p->after + p->text.leading / 2);
}

static void assert_ends_together(const struct letter *letter, const struct trace *traces)
{
	const struct trace *closing = trace_of(letter, traces, TAG_CLOSING);
	const struct trace *p = trace_of(letter, traces, TAG_P);
	assert_int_equal(closing->first, trace_of(letter, traces, TAG_SIGNATURE)->last);
	assert_int_equal(p->last, closing->first);
	assert_true(p->lines_on[1] >= 2);
}

/* The lines of such a note, with two of text, are more than a page holds. */
static void assert_divided_for_a_reason(const struct desk *desk, const struct trace *note)
{
	const struct style *style = desk->style;
	sp room = style->page_height - style->margin_bottom - style->margin_top - style->note_gap -
		2 * style->block[TAG_P].text.leading;
	const struct block_style *block = &style->block[TAG_NOTE];
	int lines = (room - block->after) / block->text.leading;
	assert_true(note->first == note->last || note->lines > lines);
}

/* The number of pages; whole: that none is lost, too, which a note that goes to the next page whole
 * may cost. */
static int look_at(struct desk *desk, const struct letter *letter, bool whole)
{
	struct pages *pages = layout_pages(
		layout_flow(desk->layout, desk->room.arena, letter, desk->room.diags), NULL);
	static struct trace traces[MOST_NODES];
	assert_non_null(pages);
	read_pages(desk->style, letter, pages, traces);
	assert_no_forbidden_break(letter, traces);
	assert_ends_together(letter, traces);
	if (whole)
		assert_no_page_is_lost(desk, letter, pages);
	for (int i = 0; i < letter->note_count; i++)
		assert_divided_for_a_reason(desk, &traces[letter->notes[i]->id]);
	diags_clear(desk->room.diags);
	return pages->count;
}

/* -- sweeps ------------------------------------------------------------------------------------ */

enum { MOST_WORDS = 1300 }; /* more than two pages of them */

static void the_letter_grows_word_by_word(void **state)
{
	struct desk *desk = *state;
	struct template *template = read_template(desk, desk->template);
	int pages = 2, most = 0;
	desk->layout = layout_new(desk->style, desk->shaper, desk->pictures);
	for (int count = 0; count < MOST_WORDS; count++) {
		struct arena_mark mark = arena_save(desk->room.arena);
		struct str record = put_before(
			desk, desk->record, "</highlight>", 1, some_words(desk, count));
		int now = look_at(desk, merge(desk, template, record), true);
		assert_in_range(now, pages, pages + 1);
		pages = most = now;
		arena_restore(desk->room.arena, mark);
	}
	assert_int_equal(most, 4);
}

/* A note is divided only when it would not go whole on the page of its mark. */
static void every_note_grows_word_by_word(void **state)
{
	struct desk *desk = *state;
	for (int note = 1; note <= 5; note++)
		for (int count = 0; count < MOST_WORDS; count += 3) {
			struct arena_mark mark = arena_save(desk->room.arena);
			struct str bytes = put_before(
				desk, desk->template, "</note>", note, some_words(desk, count));
			desk->layout = layout_new(desk->style, desk->shaper, desk->pictures);
			look_at(desk, merge(desk, read_template(desk, bytes), desk->record), false);
			layout_free(desk->layout);
			desk->layout = NULL;
			arena_restore(desk->room.arena, mark);
		}
}

/* -- what a letter ends with ------------------------------------------------------------------- */

static bool is_of_tail(const struct node *node)
{
	return ancestor(node, TAG_ENCLOSURES) || ancestor(node, TAG_COPIES) ||
		ancestor(node, TAG_INITIALS);
}

/* Whether text that is no note stands on the page. */
static bool has_text(const struct letter *letter, const struct page *page)
{
	for (int i = 0; i < page->mark_count; i++) {
		const struct mark *mark = &page->marks[i];
		if (mark->node >= 0 && !is_of_tail(letter->nodes[mark->node]) &&
			!ancestor(letter->nodes[mark->node], TAG_NOTE))
			return true;
	}
	return false;
}

/* A line across the whole text stands above all else. */
static bool opens_with_rule(const struct style *style, const struct page *page)
{
	sp rule = style->page_height, words = style->page_height;
	for (int i = 0; i < page->mark_count; i++) {
		const struct mark *mark = &page->marks[i];
		bool across = mark->kind == MARK_RULE && mark->artifact == ARTIFACT_LAYOUT &&
			mark->width == style->page_width - style->margin_left - style->margin_right;
		if (across && mark->y < rule)
			rule = mark->y;
		if (mark->node >= 0 && mark->y - mark->height < words)
			words = mark->y - mark->height;
	}
	return rule < words;
}

static bool is_said(const struct desk *desk, int id)
{
	bool said = false;
	for (int i = 0; i < diags_len(desk->room.diags); i++)
		said |= diags_at(desk->room.diags, i)->id == id;
	return said;
}

/* The last page has text, or it is said that it has none; true if it has. */
static bool look_at_end(struct desk *desk, const struct letter *letter)
{
	diags_clear(desk->room.diags);
	struct pages *pages = layout_pages(
		layout_flow(desk->layout, desk->room.arena, letter, desk->room.diags), NULL);
	assert_non_null(pages);
	bool text = has_text(letter, &pages->page[pages->count - 1]);
	assert_int_equal(text, !is_said(desk, DIAG_PAGE_TAIL));
	assert_false(text && is_said(desk, DIAG_PAGE_BREAK));
	for (int i = 1; i < pages->count; i++)
		assert_false(opens_with_rule(desk->style, &pages->page[i]));
	diags_clear(desk->room.diags);
	return text;
}

/* Rules between its paragraphs, and so many enclosures. */
static struct template *with_an_end(struct desk *desk, int enclosures)
{
	struct buf end = {0};
	buf_puts(&end, "<initials>SB/am</initials><enclosures>");
	for (int i = 0; i < enclosures; i++)
		buf_puts(&end, "<line>A report</line>");
	buf_puts(&end, "</enclosures><copies><line>The Home Office</line></copies>");
	struct str bytes = put_before(
		desk, desk->template, "</letter>", 1, str_copy(desk->room.arena, buf_text(&end)));
	buf_free(&end);
	for (int p = 7; p > 1; p--)
		bytes = put_before(desk, bytes, "<p>", p, str_lit("<rule/>"));
	return read_template(desk, bytes);
}

static void text_comes_along_word_by_word(void **state)
{
	struct desk *desk = *state;
	struct template *template = with_an_end(desk, 2);
	desk->layout = layout_new(desk->style, desk->shaper, desk->pictures);
	for (int count = 0; count < MOST_WORDS; count++) {
		struct arena_mark mark = arena_save(desk->room.arena);
		struct str record = put_before(
			desk, desk->record, "</highlight>", 1, some_words(desk, count));
		assert_true(look_at_end(desk, merge(desk, template, record)));
		arena_restore(desk->room.arena, mark);
	}
}

/* More of them than a page has lines: the last page has nothing else, which is said. */
static void what_cannot_be_helped_is_said(void **state)
{
	struct desk *desk = *state;
	int alone = 0, along = 0;
	desk->layout = layout_new(desk->style, desk->shaper, desk->pictures);
	for (int enclosures = 1; enclosures <= 110; enclosures++) {
		struct arena_mark mark = arena_save(desk->room.arena);
		struct letter *letter = merge(desk, with_an_end(desk, enclosures), desk->record);
		if (look_at_end(desk, letter))
			along++;
		else
			alone++;
		arena_restore(desk->room.arena, mark);
	}
	assert_true(alone > 20 && along > 20);
}

/* -- addresses --------------------------------------------------------------------------------- */

static void assert_in_window(
	const struct style *style, const struct letter *letter, const struct page *page, int lines)
{
	sp clear = style->window.clear, y = 0;
	for (int i = 0; i < page->mark_count; i++) {
		const struct mark *mark = &page->marks[i];
		const struct node *node = mark->node < 0 ? NULL : letter->nodes[mark->node];
		while (node && node->tag != TAG_ADDRESS)
			node = node->parent;
		if (!node)
			continue;
		lines -= mark->y != y;
		y = mark->y;
		assert_true(mark->x >= style->window.left + clear);
		assert_true(
			mark->x + mark->width <= style->window.left + style->window.width - clear);
		assert_true(mark->y - mark->height * 7 / 10 >=
			style->window.top + clear + style->window.clear_top);
		assert_true(mark->y <= style->window.top + style->window.height - clear);
	}
	assert_int_equal(lines, 0);
}

/* Three of its lines are the name, the title and the postcode. */
static void address_of(struct desk *desk, struct template *template, int lines)
{
	struct buf more = {0};
	int from = str_find(desk->record, "<address>"), to = str_find(desk->record, "</address>");
	buf_str(&more, str_slice(desk->record, 0, from + 9));
	for (int i = 3; i < lines; i++)
		buf_format(&more, "<line>Street %d</line>", i);
	buf_str(&more, str_slice(desk->record, to, desk->record.len));
	struct letter *letter = merge(desk, template, str_copy(desk->room.arena, buf_text(&more)));
	diags_clear(desk->room.diags);
	struct pages *pages = layout_pages(
		layout_flow(desk->layout, desk->room.arena, letter, desk->room.diags), NULL);
	if (pages)
		assert_in_window(desk->style, letter, &pages->page[0], lines);
	else
		assert_only(&desk->room, DIAG_ADDRESS_HEIGHT);
	assert_true(pages || lines > 7);
	diags_clear(desk->room.diags);
	buf_free(&more);
}

static void its_address_stands_in_the_window_of_every_geometry(void **state)
{
	struct desk *desk = *state;
	struct template *template = read_template(desk, desk->template);
	for (const char *name = NULL; (name = style_next_geometry(name));) {
		struct str bytes = str_format(desk->room.arena,
			"<style xmlns='urn:lettermerge:style:1'><page geometry='%s'/></style>",
			name);
		drop_style(desk);
		take_style(desk, style_read(desk->room.arena, bytes, "s.xml", desk->room.diags));
		desk->layout = layout_new(desk->style, desk->shaper, desk->pictures);
		assert_true(desk->style->window.clear + desk->style->window.clear_top >= pt(5));
		for (int lines = 4; lines <= 9; lines++)
			address_of(desk, template, lines);
	}
}

/* -- large print ------------------------------------------------------------------------------- */

static void take_large_print(struct desk *desk)
{
	struct str style = read_project_file(desk, "templates/large-print.xml");
	drop_style(desk);
	take_style(desk, style_read(desk->room.arena, style, "large.xml", desk->room.diags));
	desk->layout = layout_new(desk->style, desk->shaper, desk->pictures);
}

/* An inline has the size of what is around it. */
static bool has_size(int i)
{
	return i >= STYLE_HEADING || (i != TAG_TEXT && tag_class((enum tag)i) != CLASS_INLINE) ||
		i == TAG_NOTE;
}

static void no_element_of_large_print_is_small(void **state)
{
	struct desk *desk = *state;
	take_large_print(desk);
	const struct style *style = desk->style;
	for (int i = 0; i < STYLE_COUNT; i++)
		assert_true(!has_size(i) || style->block[i].text.size >= pt(16));
	assert_true(style->page_number.text.size >= pt(16));
	assert_true(
		length_scale(style->block[TAG_NOTE].text.size, style->mark_size, 1000) >= pt(14));
}

static void nothing_on_a_page_of_large_print_is_small(void **state)
{
	struct desk *desk = *state;
	take_large_print(desk);
	struct letter *letter = merge(desk, read_template(desk, desk->template), desk->record);
	struct pages *pages = layout_pages(
		layout_flow(desk->layout, desk->room.arena, letter, desk->room.diags), NULL);
	assert_non_null(pages);
	assert_true(pages->count > 2 && letter->note_count > 0);
	for (int i = 0; i < pages->count; i++)
		for (int k = 0; k < pages->page[i].mark_count; k++) {
			const struct mark *mark = &pages->page[i].marks[k];
			assert_true(mark->kind != MARK_GLYPHS || mark->height >= pt(14));
		}
	diags_clear(desk->room.diags);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_letter_grows_word_by_word, setup, teardown),
		cmocka_unit_test_setup_teardown(every_note_grows_word_by_word, setup, teardown),
		cmocka_unit_test_setup_teardown(text_comes_along_word_by_word, setup, teardown),
		cmocka_unit_test_setup_teardown(what_cannot_be_helped_is_said, setup, teardown),
		cmocka_unit_test_setup_teardown(
			its_address_stands_in_the_window_of_every_geometry, setup, teardown),
		cmocka_unit_test_setup_teardown(
			no_element_of_large_print_is_small, setup, teardown),
		cmocka_unit_test_setup_teardown(
			nothing_on_a_page_of_large_print_is_small, setup, teardown),
	};
	assert_int_equal(argc, 2);
	root = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
