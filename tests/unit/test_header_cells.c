/* The head of a table, in real fonts: it is bold, whatever its cells look like otherwise, and its
 * columns are as wide as that needs. */
#include "layout/layout.h"
#include "room.h"
#include "style/style.h"

struct desk {
	struct text *text;
	const struct letter *letter;
	struct pages *pages;
};

static const char style_xml[] =
	"<style xmlns='" STYLE_NAMESPACE "'><page first-top='20mm'/><window width='0'/>"
	"<text size='10pt' leading='12pt' hyphenate='no' family='Liberation Sans'/>"
	"<element name='cell' variant='slight' size='8pt' leading='10pt'/></style>";
static const char blocks[] =
	"<table><row header='yes'><cell>illiWW</cell><cell variant='slight'>small</cell>"
	"<cell align='right'>right</cell></row>"
	"<row><cell>li</cell><cell variant='slight'>plain</cell>"
	"<cell>and <strong>strong</strong></cell></row></table>";

static bool is_bold(const struct desk *desk, const struct mark *mark)
{
	return text_face(desk->text, mark->face)->bold;
}

static const struct mark *mark_of(const struct desk *desk, const char *word)
{
	const struct page *page = &desk->pages->page[0];
	for (int i = 0; i < page->mark_count; i++) {
		const struct mark *mark = &page->marks[i];
		if (mark->kind == MARK_GLYPHS && mark->node >= 0 &&
			str_is(str_trim(desk->letter->nodes[mark->node]->text), word))
			return mark;
	}
	fail_msg("%s", word);
	return NULL;
}

static void the_head_is_bold_and_has_room(void **state)
{
	static const struct {
		const char *word;
		bool bold;
	} rows[] = {{"illiWW", true}, {"small", true}, {"right", true}, {"li", false},
		{"plain", false}, {"and", false}, {"strong", true}};
	struct room *room = *state;
	struct style *style = style_read(room->arena, str_of(style_xml), "s.xml", room->diags);
	assert_non_null(style);
	struct desk desk = {.text = text_new(style, room->diags)};
	assert_non_null(desk.text);
	struct shaper *shaper = shaper_new(desk.text);
	struct pictures *pictures = pictures_new();
	struct layout *layout = layout_new(style, shaper, pictures);
	desk.letter = room_letter(room, room_template(room, "", blocks), "");
	assert_non_null(desk.letter);
	desk.pages = layout_pages(layout_flow(layout, room->arena, desk.letter, room->diags), NULL);
	assert_non_null(desk.pages);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (is_bold(&desk, mark_of(&desk, rows[i].word)) != rows[i].bold)
			fail_msg("%s is %sbold", rows[i].word, rows[i].bold ? "not " : "");
	const struct mark *first = mark_of(&desk, "illiWW"), *second = mark_of(&desk, "small");
	assert_true(first->x + first->width < second->x);
	assert_int_equal(diags_len(room->diags), 0);
	layout_free(layout);
	shaper_free(shaper);
	pictures_free(pictures);
	text_free(desk.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {room_test(the_head_is_bold_and_has_room)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
