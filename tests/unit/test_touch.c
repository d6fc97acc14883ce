/* Lines that reach into each other (W-LINES-TOUCH), in real fonts. */
#include "layout/layout.h"
#include "room.h"
#include "style/style_int.h"

/* What is said of blocks in Liberation Serif of 20 pt, by the leading; "" for nothing. */
static const char *said_of(struct room *room, int leading, const char *blocks)
{
	struct str text = str_format(room->arena,
		"<style xmlns='" STYLE_NAMESPACE "'><page first-top='20mm'/><window width='0'/>"
		"<text hyphenate='no' family='Liberation Serif' size='20pt' leading='%dpt' "
		"align='left'/></style>",
		leading);
	struct style *style = style_read(room->arena, text, "s.xml", room->diags);
	assert_non_null(style);
	struct text *faces = text_new(style, room->diags);
	assert_non_null(faces);
	struct shaper *shaper = shaper_new(faces);
	struct pictures *pictures = pictures_new();
	struct layout *layout = layout_new(style, shaper, pictures);
	struct letter *letter = room_letter(room, room_template(room, "", blocks), "");
	assert_non_null(letter);
	diags_truncate(room->diags, 0);
	layout_pages(layout_flow(layout, room->arena, letter, room->diags), NULL);
	const char *said = "";
	int count = 0;
	for (int i = 0; i < diags_len(room->diags); i++) {
		const struct diag *diag = diags_at(room->diags, i);
		if (diag->id != DIAG_LINES_TOUCH)
			continue;
		said = str_format(room->arena, "%s; %s", diag->text, diag->hint).at;
		count++;
	}
	assert_true(count < 2);
	layout_free(layout);
	shaper_free(shaper);
	text_free(faces);
	pictures_free(pictures);
	return said;
}

/* A g reaches 442 of 2048 units down and an É 1758 up: with a twentieth of an em 22.5 pt. */
static void what_reaches_into_the_next_line_is_said(void **state)
{
	assert_string_equal(said_of(*state, 21, "<p>ggg<br/>\xC3\x89\xC3\x89\xC3\x89</p>"),
		"the lines of the p stand 7.4 mm apart and their signs need 7.9 mm, they touch; "
		"give them room in the style: <element name=\"p\" leading=\"23pt\"/>");
}

static void lines_with_room_are_not(void **state)
{
	assert_string_equal(said_of(*state, 23, "<p>ggg<br/>\xC3\x89\xC3\x89\xC3\x89</p>"), "");
}

static void signs_that_stand_elsewhere_are_not(void **state)
{
	assert_string_equal(said_of(*state, 21, "<p>ggg<br/>eee \xC3\x89\xC3\x89\xC3\x89</p>"), "");
	assert_string_equal(said_of(*state, 21, "<p>ooo<br/>\xC3\x89\xC3\x89\xC3\x89</p>"), "");
}

static void it_is_said_once(void **state)
{
	const char *said = said_of(*state, 21,
		"<p>ggg<br/>\xC3\x89g\xC3\x89<br/>\xC3\x89\xC3\x89\xC3\x89</p>"
		"<p>ggg<br/>\xC3\x89\xC3\x89\xC3\x89</p>");
	assert_string_not_equal(said, "");
}

/* Lines of a signature are paragraphs of their own. */
static void it_is_seen_between_lines_of_a_block(void **state)
{
	const char *said = said_of(*state, 21,
		"<p>x</p><signature><line>gggggg</line>"
		"<line>\xC3\x89\xC3\x89\xC3\x89\xC3\x89</line></signature>");
	assert_non_null(strstr(said, "the lines of the signature"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(what_reaches_into_the_next_line_is_said),
		room_test(lines_with_room_are_not),
		room_test(signs_that_stand_elsewhere_are_not),
		room_test(it_is_said_once),
		room_test(it_is_seen_between_lines_of_a_block),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
