#include "pdf_desk.h"

#include "base/output.h"

#include <hpdf_version.h>

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

static const unsigned char pixels[12] = {255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9};
static const unsigned char alpha[4] = {0, 85, 170, 255};
static const struct picture picture = {.width = 2,
	.height = 2,
	.channels = 3,
	.bytes = pixels,
	.len = sizeof pixels,
	.alpha = alpha};

static void show_picture(struct desk *desk, const struct picture *shown)
{
	struct node *image = desk_node(desk, desk->letter.root, TAG_IMAGE);
	desk_attribute(desk, image, "alt", "A seal");
	desk_mark(desk,
		(struct mark){.kind = MARK_PICTURE,
			.node = image->id,
			.x = pt(72),
			.y = pt(500),
			.width = pt(20),
			.height = pt(20),
			.picture = shown});
}

static void add_picture(struct desk *desk)
{
	show_picture(desk, &picture);
}

static void build(struct desk *desk, const char *name)
{
	desk_clear(desk);
	desk_new_page(desk);
	desk_block(desk, desk->letter.root, TAG_SALUTATION, name);
	add_picture(desk);
}

static int count(struct str file, const char *needle)
{
	int found = 0;
	for (int at; (at = str_find(file, needle)) >= 0; found++)
		file = str_slice(file, at + 1, file.len);
	return found;
}

static void bytes_do_not_depend_on_the_letters_before(void **state)
{
	struct desk *desk = *state;
	build(desk, "Dear Mr Hirst,");
	struct str first = str_copy(desk->arena, desk_render(desk));
	build(desk, "Dear Ms Mu\xC3\xB1oz, \xC3\xA5,");
	desk_show(desk, NULL, ROLE_CONTENT, "Page 1 of 1");
	desk_render(desk);
	build(desk, "Dear Mr Hirst,");
	assert_true(str_eq(first, desk_render(desk)));
	struct desk *other = desk_open("");
	build(other, "Dear Mr Hirst,");
	assert_true(str_eq(first, desk_render(other)));
	desk_close(other);
}

/* As one that was installed since. */
static void faces_that_are_not_shown_change_nothing(void **state)
{
	static const char *const families[] = {"Liberation Sans", "Liberation Sans, DejaVu Sans",
		"Liberation Sans, DejaVu Serif, DejaVu Sans"};
	struct str first = {0};
	struct desk *desk = *state;
	for (int i = 0; i < 3; i++) {
		struct style style = style_default();
		for (int k = 0; k < STYLE_COUNT; k++)
			style.block[k].text.family = str_of(families[i]);
		style.block[TAG_P].text.bold = true; /* behind the others' upright cuts */
		struct desk *other = desk_open_style("", style);
		build(other, "Dear Mr Hirst,");
		struct str bytes = desk_render(other);
		if (i)
			assert_true(str_eq(first, bytes));
		else
			first = str_copy(desk->arena, bytes);
		desk_close(other);
	}
}

static struct str identifier(const struct desk *desk)
{
	struct str file = {desk->out.at, (int)desk->out.len};
	int at = str_find(file, "/ID[<");
	assert_true(at > 0);
	return str_slice(file, at, at + 5 + 32);
}

static void another_content_is_another_identifier(void **state)
{
	struct desk *desk = *state;
	build(desk, "Dear Mr Hirst,");
	desk_render(desk);
	struct str first = str_copy(desk->arena, identifier(desk));
	build(desk, "Dear Mr Hurst,");
	desk_render(desk);
	assert_false(str_eq(first, identifier(desk)));
}

static void metadata_and_info_say_the_same(void **state)
{
	struct desk *desk = *state;
	build(desk, "Dear Mr Hirst,");
	desk->letter.title = str_lit("R&D (1) <draft>");
	desk->letter.description = str_lit("About units");
	desk->letter.keywords = str_lit("slavery, units");
	struct str file = desk_render(desk);
	static const char *const parts[] = {
		"/Title(R&D \\(1\\) <draft>)",
		"<rdf:li xml:lang=\"x-default\">R&amp;D (1) &lt;draft&gt;</rdf:li>",
		"/Author(The Commissioner)",
		"<dc:creator><rdf:Seq><rdf:li>The Commissioner</rdf:li>",
		"/Subject(About units)",
		"<rdf:li xml:lang=\"x-default\">About units</rdf:li>",
		"/Keywords(slavery, units)",
		"<pdf:Keywords>slavery, units</pdf:Keywords>",
		"<rdf:li>slavery</rdf:li><rdf:li>units</rdf:li>",
		"/CreationDate(D:20201013000000Z)/ModDate(D:20201013000000Z)",
		"<xmp:CreateDate>2020-10-13T00:00:00Z</xmp:CreateDate>",
		"<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>",
		"<pdfuaid:part>1</pdfuaid:part>",
		"<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li>",
		"/Lang(en-GB)",
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (count(file, parts[i]) != 1)
			fail_msg("%s is there %d times", parts[i], count(file, parts[i]));
	/* Info and XMP; twice in each: Creator, Producer */
	assert_int_equal(count(file, "lettermerge output " OUTPUT_VERSION), 4);
	assert_int_equal(count(file, ", libharu " HPDF_VERSION_TEXT ", HarfBuzz "), 2);
}

static void the_header_is_of_pdf_1_7(void **state)
{
	struct desk *desk = *state;
	build(desk, "Dear Mr Hirst,");
	struct str file = desk_render(desk);
	assert_true(str_starts(file, "%PDF-1.7\n%"));
	for (int i = 10; i < 14; i++)
		assert_true((unsigned char)file.at[i] > 127);
	assert_true(str_ends(file, "%%EOF\n"));
}

static void a_picture_shown_twice_is_there_once(void **state)
{
	struct desk *desk = *state;
	build(desk, "Dear Mr Hirst,");
	add_picture(desk);
	struct str file = desk_render(desk);
	assert_int_equal(count(file, "/SMask"), 1);
	assert_int_equal(count(file, "/Subtype/Image"), 2);
	assert_int_equal(count(desk_content(desk, 0), "/I1 Do"), 2);
	struct str page = desk_page_object(desk, 0);
	struct str resources = desk_object(desk, (unsigned)desk_number(page, "/Resources"));
	struct str colours = desk_stream(desk, (unsigned)desk_number(resources, "/I1"));
	assert_int_equal(colours.len, 12);
	assert_memory_equal(colours.at, pixels, 12);
}

/* ISO 32000-1 8.6.5.5. */
static void a_profile_goes_with_its_picture(void **state)
{
	struct desk *desk = *state;
	static struct picture coloured;
	coloured = picture;
	coloured.profile = str_lit("what its colours are");
	build(desk, "Dear Mr Hirst,");
	assert_int_equal(count(desk_render(desk), "/ICCBased"), 0);
	desk_clear(desk);
	desk_new_page(desk);
	desk_block(desk, desk->letter.root, TAG_SALUTATION, "Dear Mr Hirst,");
	show_picture(desk, &coloured);
	show_picture(desk, &coloured);
	struct str file = desk_render(desk);
	assert_int_equal(count(file, "/ColorSpace[/ICCBased "), 1);
	struct str resources = desk_object(
		desk, (unsigned)desk_number(desk_page_object(desk, 0), "/Resources"));
	struct str image = desk_object(desk, (unsigned)desk_number(resources, "/I1"));
	unsigned profile = (unsigned)desk_number(image, "/ICCBased");
	assert_int_equal(desk_number(desk_object(desk, profile), "/N"), 3);
	assert_true(str_eq(desk_stream(desk, profile), coloured.profile));
}

static void a_link_over_two_lines_is_one_annotation(void **state)
{
	struct desk *desk = *state;
	build(desk, "Dear Mr Hirst,");
	struct node *p = desk_node(desk, desk->letter.root, TAG_P);
	struct node *link = desk_node(desk, p, TAG_LINK);
	desk_attribute(desk, link, "href", "https://example.org/\xC3\xB6?a=(1)");
	struct node *text = desk_text(desk, link, "Strategic Plan");
	desk_show(desk, text, ROLE_CONTENT, "Strategic ");
	desk_link(desk, link, ROLE_CONTENT);
	desk_show(desk, text, ROLE_CONTENT, "Plan");
	desk_link(desk, link, ROLE_CONTENT);
	struct str file = desk_render(desk);
	assert_int_equal(count(file, "/Subtype/Link"), 1);
	assert_int_equal(count(file, "/QuadPoints["), 1);
	assert_int_equal(count(file, "/URI(https://example.org/%C3%B6?a=\\(1\\))"), 1);
	assert_int_equal(count(file, "/Contents(Strategic Plan)"), 1);
	assert_int_equal(count(file, "/F 4/StructParent 1"), 1);
}

static void a_link_ends_where_the_paper_does(void **state)
{
	struct desk *desk = *state;
	build(desk, "Dear Mr Hirst,");
	struct node *link = desk_node(desk, desk->letter.root, TAG_LINK);
	desk_attribute(desk, link, "href", "https://example.org/");
	struct node *text = desk_text(desk, link, "Plan");
	sp width = desk->style.page_width, height = desk->style.page_height;
	const struct mark *mark = desk_show(desk, text, ROLE_CONTENT, "Plan");
	desk_page(desk)->links[0] = (struct link_area){
		link->id, ROLE_CONTENT, -pt(1), -pt(2), width + pt(3), mark->y};
	desk_page(desk)->links[1] = (struct link_area){
		link->id, ROLE_CONTENT, mark->x, mark->y, mark->x + pt(9), height + pt(4)};
	desk_page(desk)->link_count = 2;
	struct str file = desk_render(desk);
	assert_int_equal(count(file, "/Rect[0 0 595.276 841.89 ]"), 1);
}

static void headings_make_bookmarks(void **state)
{
	static const struct {
		const char *level, *title;
	} rows[] = {{"1", "One"}, {"2", "One and a half"}, {"1", "Two"}};
	struct desk *desk = *state;
	build(desk, "Dear Mr Hirst,");
	desk_block(desk, desk->letter.root, TAG_SUBJECT, "Units");
	assert_int_equal(count(desk_render(desk), "/Outlines"), 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct node *heading = desk_block(
			desk, desk->letter.root, TAG_HEADING, rows[i].title);
		desk_attribute(desk, heading, "level", rows[i].level);
	}
	desk_render(desk);
	int root = desk_number(desk_root(desk), "/Outlines");
	char text[128];
	static const char *const expected[] = {
		"/Type/Outlines/First %d 0 R/Last %d 0 R/Count 4",
		"/Title(Units)/Parent %d 0 R/First %d 0 R/Last %d 0 R/Count 3",
		"/Title(One)/Parent %d 0 R/Next %d 0 R/First %d 0 R/Last %d 0 R/Count 1",
		"/Title(One and a half)/Parent %d 0 R",
		"/Title(Two)/Parent %d 0 R/Prev %d 0 R",
	};
	static const int ids[][4] = {{1, 1}, {0, 2, 4}, {1, 4, 3, 3}, {2}, {1, 2}};
	for (int i = 0; i < 5; i++) {
		snprintf(text, sizeof text, expected[i], root + ids[i][0], root + ids[i][1],
			root + ids[i][2], root + ids[i][3]);
		assert_true(str_find(desk_object(desk, (unsigned)(root + i)), text) >= 0);
	}
}

#define with_desk(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_desk(bytes_do_not_depend_on_the_letters_before),
		with_desk(faces_that_are_not_shown_change_nothing),
		with_desk(another_content_is_another_identifier),
		with_desk(metadata_and_info_say_the_same),
		with_desk(the_header_is_of_pdf_1_7),
		with_desk(a_picture_shown_twice_is_there_once),
		with_desk(a_profile_goes_with_its_picture),
		with_desk(a_link_over_two_lines_is_one_annotation),
		with_desk(a_link_ends_where_the_paper_does),
		with_desk(headings_make_bookmarks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
