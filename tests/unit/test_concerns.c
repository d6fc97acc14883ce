/* What approvals are bound to, concern by concern, as it is printed: what stands there, and that it
 * is the same for the same page however the page came about. */
#include "compare/concerns.h"
#include "room.h"

#include <stdlib.h>

struct desk {
	struct room room;
	struct style style;
	struct text *text;
	struct shaper *shaper;
	struct pictures *pictures;
	struct layout *layout;
	struct pdf *pdf;
	struct concerns_input input;
};

static int setup(void **state)
{
	static struct desk desk;
	void *room;
	room_setup(&room);
	desk = (struct desk){.room = *(struct room *)room, .style = style_default()};
	desk.text = text_new(&desk.style, desk.room.diags);
	assert_non_null(desk.text);
	desk.shaper = shaper_new(desk.text);
	desk.pictures = pictures_new();
	desk.layout = layout_new(&desk.style, desk.shaper, desk.pictures);
	desk.pdf = pdf_new(desk.text, &desk.style, str_lit(""), desk.room.diags);
	assert_non_null(desk.pdf);
	desk.input = (struct concerns_input){.pictures = desk.pictures,
		.shaper = desk.shaper,
		.writer = pdf_writer_new(desk.pdf)};
	*state = &desk;
	return 0;
}

static int teardown(void **state)
{
	struct desk *desk = *state;
	pdf_writer_free(desk->input.writer);
	pdf_free(desk->pdf);
	layout_free(desk->layout);
	pictures_free(desk->pictures);
	shaper_free(desk->shaper);
	text_free(desk->text);
	void *room = &desk->room;
	return room_teardown(&room);
}

/* A letter of these blocks, with its pages. */
static struct concerns compose(
	struct desk *desk, const char *blocks, const struct layout_options *options)
{
	struct concerns content;
	struct concerns_input *input = &desk->input;
	input->letter = room_letter(&desk->room, room_template(&desk->room, "", blocks), "");
	assert_non_null(input->letter);
	input->pages = layout_pages(
		layout_flow(desk->layout, desk->room.arena, input->letter, desk->room.diags),
		options);
	assert_non_null(input->pages);
	concerns_of_letter(input, &content);
	assert_true(concerns_of_pages(input, &content, desk->room.diags));
	return content;
}

static struct str print(struct desk *desk, enum concern concern)
{
	struct buf out = {0};
	concerns_print(&desk->input, concern, &out);
	struct str text = str_copy(desk->room.arena, buf_text(&out));
	buf_free(&out);
	return text;
}

static int count_lines(struct str text, const char *start)
{
	int found = 0;
	for (struct str line; str_split(&text, '\n', &line);)
		found += str_starts(line, start);
	return found;
}

#define BODY                                                                                  \
	"<subject>About it</subject><p>Some <em>words</em><note>With a <link "                \
	"href='https://example.org/n'>note</link>.</note> and <span xml:lang='cy'>dwy</span>" \
	" <abbr title='as soon as possible'>asap</abbr>.</p>"                                 \
	"<ul><li><p>One</p></li></ul>"                                                        \
	"<p><email>a@example.org</email></p>"

static void words_are_the_letter_s_with_its_notes(void **state)
{
	struct desk *desk = *state;
	compose(desk, BODY, NULL);
	assert_string_equal(print(desk, CONCERN_WORDS).at,
		"About it\nSome words and dwy asap.\nOne\na@example.org\nWith a note.");
}

static void metadata_are_five(void **state)
{
	struct desk *desk = *state;
	compose(desk, BODY, NULL);
	assert_string_equal(
		print(desk, CONCERN_METADATA).at, "\"en-GB\"\n\"T\"\n\"\"\n\"\"\n\"\"\n");
}

/* "\x1F" stands where an element does. */
static void tags_are_those_of_the_file(void **state)
{
	struct desk *desk = *state;
	compose(desk, BODY, NULL);
	assert_string_equal(print(desk, CONCERN_TAGS).at,
		"Document \x1F\x1F\x1F\x1F\n"
		"  H1 About it\n"
		"  P Some \x1F\x1F and \x1F \x1F.\n"
		"    Span words\n"
		"    Reference\n"
		"      Link\n"
		"    Span/Lang(cy) dwy\n"
		"    Span/E(as soon as possible) asap\n"
		"  Note/ID(note-00001)\n"
		"    Lbl\n"
		"      Link\n"
		"    P With a \x1F.\n"
		"      Link note\n"
		"  L/A<</O/List/ListNumbering/Disc>> \x1F\n"
		"    LI\n"
		"      Lbl\n"
		"      LBody \x1F\n"
		"        P One\n"
		"  P \x1F\n"
		"    Link a@example.org\n");
}

static void links_are_called_and_lead_somewhere(void **state)
{
	struct desk *desk = *state;
	compose(desk, BODY, NULL);
	assert_string_equal(print(desk, CONCERN_LINKS).at,
		"(Note 1)\n"
		"(Back to the text at note 1)\n"
		"(note)/A<</S/URI/URI(https://example.org/n)>>\n"
		"(a@example.org)/A<</S/URI/URI(mailto:a@example.org)>>\n");
}

/* A link that stands on two pages is one; where a page ends changes looks and nothing else. */
static void the_page_is_nowhere_but_in_looks(void **state)
{
	struct desk *desk = *state;
	struct buf blocks = {0};
	buf_puts(&blocks, "<p>");
	for (int i = 0; i < 800; i++)
		buf_puts(&blocks, "word ");
	buf_puts(&blocks, "<link href='https://example.org/'>");
	for (int i = 0; i < 100; i++)
		buf_puts(&blocks, "link ");
	buf_puts(&blocks, "end</link></p>");
	const char *text = str_copy(desk->room.arena, buf_text(&blocks)).at;
	struct concerns two = compose(desk, text, NULL);
	int pages = desk->input.pages->count;
	assert_int_equal(count_lines(print(desk, CONCERN_LINKS), "("), 1);
	desk->style.page_height *= 2;
	struct concerns one = compose(desk, text, NULL);
	assert_int_equal(pages, 2);
	assert_int_equal(desk->input.pages->count, 1);
	for (int i = 0; i < CONCERN_COUNT; i++)
		assert_int_equal(memcmp(one.hash[i], two.hash[i], sizeof one.hash[i]) == 0,
			i != CONCERN_LOOKS);
	buf_free(&blocks);
}

/* A glyph's line is the hash of what it draws, 16 digits, and where it begins. */
static bool is_glyph(struct str line)
{
	return line.len > 17 && line.at[16] == ' ' && strspn(line.at, "0123456789abcdef") == 16;
}

static int count_glyphs(struct str looks)
{
	int found = 0;
	for (struct str line; str_split(&looks, '\n', &line);)
		found += is_glyph(line);
	return found;
}

static void each_character_that_is_seen_is_a_glyph(void **state)
{
	struct desk *desk = *state;
	compose(desk, "<p>Two words,&#160;in ink</p>", NULL);
	struct str looks = print(desk, CONCERN_LOOKS);
	assert_true(str_starts(
		looks, "pages of 595276 841890\npage 1\nsize 11000 colour 000000\nline "));
	assert_int_equal(count_glyphs(looks), (int)strlen("Twowords,inink"));
	assert_int_equal(count_lines(looks, "line "), 1);
	assert_int_equal(count_lines(looks, "size "), 1);
	assert_int_equal(count_lines(looks, "rule "), 0);
}

static void what_only_a_preview_shows_is_not_in_it(void **state)
{
	struct desk *desk = *state;
	const char *blocks = "<p>Words.</p><signature><line>A. Writer</line></signature>";
	const struct layout_options preview = {"PREVIEW", true, "TEST"};
	struct concerns plain = compose(desk, blocks, NULL);
	int marks = desk->input.pages->page[0].mark_count;
	struct concerns marked = compose(desk, blocks, &preview);
	assert_true(desk->input.pages->page[0].mark_count > marks + 2);
	assert_memory_equal(&plain, &marked, sizeof plain);
}

/* The first mark of some glyphs in two halves. */
static void split_mark(struct desk *desk, struct page *page)
{
	int at = 0;
	while (page->marks[at].glyph_count < 4)
		at++;
	struct mark *marks = arena_new_array(desk->room.arena, struct mark, page->mark_count + 1);
	memcpy(marks, page->marks, (size_t)(at + 1) * sizeof *marks);
	memcpy(marks + at + 1, page->marks + at, (size_t)(page->mark_count - at) * sizeof *marks);
	int64_t units = 0;
	for (int i = 0; i < 2; i++)
		units += marks[at].glyphs[i].advance;
	marks[at].glyph_count = 2;
	marks[at].text_to = marks[at].glyphs[2].cluster;
	marks[at + 1].glyphs += 2;
	marks[at + 1].glyph_count -= 2;
	marks[at + 1].x += length_scale(
		units, marks[at].height, text_face(desk->text, marks[at].face)->units_per_em);
	page->marks = marks;
	page->mark_count++;
}

static void looks_do_not_depend_on_marks(void **state)
{
	struct desk *desk = *state;
	compose(desk, BODY, NULL);
	struct str whole = print(desk, CONCERN_LOOKS);
	split_mark(desk, &desk->input.pages->page[0]);
	assert_string_equal(print(desk, CONCERN_LOOKS).at, whole.at);
}

static void a_glyph_is_what_it_draws(void **state)
{
	struct desk *desk = *state;
	compose(desk, "<p>oOo.</p>", NULL);
	struct str looks = print(desk, CONCERN_LOOKS), line;
	struct str glyph[8];
	int glyphs = 0;
	while (str_split(&looks, '\n', &line))
		if (is_glyph(line) && glyphs < 8)
			glyph[glyphs++] = str_slice(line, 0, 16);
	assert_int_equal(glyphs, 4);
	assert_true(str_eq(glyph[0], glyph[2]));
	assert_false(str_eq(glyph[0], glyph[1]));
	assert_false(str_eq(glyph[0], glyph[3]));
}

static void what_explains_the_rest_is_named(void **state)
{
	static const struct {
		unsigned changed;
		const char *name;
	} rows[] = {
		{1 << CONCERN_WORDS | 1 << CONCERN_TAGS | 1 << CONCERN_LOOKS,
			"its words changed since it was approved"},
		{1 << CONCERN_LOOKS, "its looks changed since it was approved"},
		{1 << CONCERN_TAGS | 1 << CONCERN_LOOKS,
			"its tags and its looks changed since it was approved"},
		{1 << CONCERN_WORDS | 1 << CONCERN_LINKS | 1 << CONCERN_PICTURES |
				1 << CONCERN_LOOKS,
			"its words, its pictures and its links changed since it was approved"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf name = {0};
		const struct approval approval = {.changed = rows[i].changed};
		approval_why(&approval, &name);
		assert_string_equal(buf_text(&name).at, rows[i].name);
		buf_free(&name);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(words_are_the_letter_s_with_its_notes),
		TEST(metadata_are_five),
		TEST(tags_are_those_of_the_file),
		TEST(links_are_called_and_lead_somewhere),
		TEST(the_page_is_nowhere_but_in_looks),
		TEST(each_character_that_is_seen_is_a_glyph),
		TEST(what_only_a_preview_shows_is_not_in_it),
		TEST(looks_do_not_depend_on_marks),
		TEST(a_glyph_is_what_it_draws),
		cmocka_unit_test(what_explains_the_rest_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
