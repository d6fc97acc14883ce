/* Where a page ends within a paragraph or a table, as a reader sees it, in the fake font: a page
 * holds ten lines, a line 30 letters, and "x" is a line of its own. "X" is a word with a capital
 * that fills one; two of them that follow each other hold together. "r" is a row of a table of one
 * line. And how much room a long ragged line may leave. */
#include "layout/layout.h"
#include "room.h"
#include "style/style_int.h"

static const char style_text[] =
	"<style xmlns='urn:lettermerge:style:1'>"
	"<page width='200pt' height='130pt' top='10pt' right='10pt' bottom='20pt' left='10pt' "
	"first-top='10pt'/><window left='0' top='0' width='0' height='0'/><breaks page-fill='0'/>"
	"<text size='10pt' leading='10pt' hyphenate='no' align='left'/>"
	"<element name='p' before='0' after='0'/><element name='table' space='0' before='0' "
	"after='0'/>"
	"<page-number show='no'/></style>";

static const struct {
	const char *name, *lines;
	int first; /* lines on page 1 */
} cases[] = {
	{"a paragraph is parted where the page is full", "xxxxxxxxxxxxxx", 10},
	{"a name is not parted where two lines are free for it", "xxxxxxxxXXXxxx", 8},
	{"it is parted before more are free", "xxxxxxxXXXXxxx", 10},
	{"a table is parted where the page is full", "xxxxxxxxrrrr", 10},
	{"its first row does not stay alone", "xxxxxxxxxrrrr", 9},
	{"nor does its last one", "xxxxxxxrrrr", 9},
};

static struct letter *letter_of(struct room *room, const char *lines)
{
	struct buf block = {0};
	buf_puts(&block, "<p>");
	for (; *lines && *lines != 'r'; lines++)
		buf_puts(&block, *lines == 'X' ? "Xxxxxxxxxxxxxxxxxxxxxxxxxxxx " : "x<br/>");
	buf_puts(&block, *lines ? "</p><table>" : "</p>");
	for (const char *row = lines; *row; row++)
		buf_puts(&block, "<row><cell>r</cell></row>");
	buf_puts(&block, *lines ? "</table>" : "");
	struct template *template = room_template(room, "", buf_text(&block).at);
	struct letter *letter = room_letter(room, template, "");
	buf_free(&block);
	return letter;
}

static int lines_on(const struct page *page)
{
	int lines = 0;
	sp y = -1;
	for (int i = 0; i < page->mark_count; i++) {
		if (page->marks[i].kind != MARK_GLYPHS || page->marks[i].artifact)
			continue;
		lines += page->marks[i].y != y;
		y = page->marks[i].y;
	}
	return lines;
}

static void a_page_ends_where_it_looks_best(void **state)
{
	struct room *room = *state;
	struct text *text = text_new_fake();
	struct shaper *shaper = shaper_new(text);
	struct pictures *pictures = pictures_new();
	struct style *style = style_read(room->arena, str_of(style_text), "s.xml", room->diags);
	assert_non_null(style);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct layout *layout = layout_new(style, shaper, pictures);
		const struct letter *letter = letter_of(room, cases[i].lines);
		const struct pages *pages = layout_pages(
			layout_flow(layout, room->arena, letter, room->diags), NULL);
		print_message("# %s\n", cases[i].name);
		assert_int_equal(lines_on(&pages->page[0]), cases[i].first);
		layout_free(layout);
	}
	pictures_free(pictures);
	shaper_free(shaper);
	text_free(text);
}

/* Of a text whose first line is full if its last word, of some letters, stays in it: how many signs
 * are in that line, the blank at its end included. */
static int letters_before(struct room *room, int letters)
{
	static const char wide[] =
		"<style xmlns='urn:lettermerge:style:1'>"
		"<page width='418pt' height='130pt' top='10pt' right='10pt' bottom='20pt' "
		"left='10pt' first-top='10pt'/><window width='0'/>"
		"<text size='10pt' leading='10pt' hyphenate='no' align='left' "
		"expand='no'/></style>";
	struct text *text = text_new_fake();
	struct shaper *shaper = shaper_new(text);
	struct pictures *pictures = pictures_new();
	struct style *style = style_read(room->arena, str_of(wide), "s.xml", room->diags);
	struct layout *layout = layout_new(style, shaper, pictures);
	struct buf block = {0};
	buf_puts(&block, "<p>");
	for (int i = 0; i < 68; i++)
		buf_char(&block, i == 67 - letters || i == 20 || i == 40 ? ' ' : 'x');
	buf_puts(&block, " xx xxx</p>");
	struct template *template = room_template(room, "", buf_text(&block).at);
	const struct letter *letter = room_letter(room, template, "");
	const struct pages *pages = layout_pages(
		layout_flow(layout, room->arena, letter, room->diags), NULL);
	int count = pages->page[0].marks[0].glyph_count;
	buf_free(&block);
	layout_free(layout);
	pictures_free(pictures);
	shaper_free(shaper);
	text_free(text);
	return count;
}

static void a_ragged_line_leaves_little_room_however_long_it_is(void **state)
{
	assert_int_equal(letters_before(*state, 4), 64);
	assert_int_equal(letters_before(*state, 6), 69);
}

int main(void)
{
	const struct CMUnitTest tests[] = {room_test(a_page_ends_where_it_looks_best),
		room_test(a_ragged_line_leaves_little_room_however_long_it_is)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
