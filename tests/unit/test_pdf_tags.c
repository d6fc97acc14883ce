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

/* Every content that the parent tree gives an element is a kid of this element, and the other way
 * round: the numbers of kids are the same. */
static void check_parent_tree(const struct desk *desk)
{
	struct str root = desk_object(
		desk, (unsigned)desk_number(desk_root(desk), "/StructTreeRoot"));
	struct str nums = desk_object(desk, (unsigned)desk_number(root, "/ParentTree"));
	char *at = str_chars(desk->arena, nums) + str_find(nums, "/Nums[") + 6;
	for (int page = 0; page < desk->pages.count; page++) {
		assert_int_equal(strtol(at, &at, 10), page);
		assert_int_equal(*at++, '[');
		for (int content = 0; *at != ']'; content++) {
			unsigned id = (unsigned)strtoul(at, &at, 10);
			at += strlen(" 0 R ");
			assert_true(desk_has_content(desk, id, page, content));
		}
		at++;
	}
}

static void expect(struct desk *desk, const char *tree)
{
	struct buf out = {0};
	desk_render(desk);
	assert_string_equal(desk_tree(desk, &out).at, tree);
	buf_free(&out);
	check_parent_tree(desk);
}

static struct node *root(struct desk *desk)
{
	return desk->letter.root;
}

static void text_and_elements_take_turns_in_the_order_of_the_marks(void **state)
{
	struct desk *desk = *state;
	struct node *p = desk_node(desk, root(desk), TAG_P);
	desk_show(desk, desk_text(desk, p, ""), ROLE_CONTENT, "See the ");
	struct node *link = desk_block(desk, p, TAG_LINK, "plan");
	desk_attribute(desk, link, "href", "https://example.org/");
	desk_link(desk, link, ROLE_CONTENT);
	desk_show(desk, desk_text(desk, p, ""), ROLE_CONTENT, "of 2019.");
	expect(desk, "Document(P(0 Link(1 @) 2))");
}

static void blocks_stand_in_the_letters_order_wherever_they_are_drawn(void **state)
{
	struct desk *desk = *state;
	struct node *date = desk_node(desk, root(desk), TAG_DATE);
	struct node *address = desk_node(desk, root(desk), TAG_ADDRESS);
	desk_block(desk, root(desk), TAG_SALUTATION, "Dear Mr Hirst,");
	struct node *first = desk_node(desk, address, TAG_LINE);
	desk_block(desk, address, TAG_LINE, "Essex");
	desk_show(desk, first, ROLE_CONTENT, "Mr Hirst");
	desk_show(desk, date, ROLE_CONTENT, "13 October 2020");
	expect(desk, "Document(P(3) Div(P(2) P(1)) P(0))");
}

static void a_note_stands_behind_its_block_and_links_go_both_ways(void **state)
{
	struct desk *desk = *state;
	struct node *p = desk_node(desk, root(desk), TAG_P);
	desk_show(desk, desk_text(desk, p, ""), ROLE_CONTENT, "In 2019");
	struct node *note = desk_node(desk, p, TAG_NOTE);
	struct node *text = desk_text(desk, note, "");
	desk_show(desk, note, ROLE_NOTE_MARK, "1");
	desk_link(desk, note, ROLE_NOTE_MARK);
	desk_show(desk, desk_text(desk, p, ""), ROLE_CONTENT, " it was.");
	desk_block(desk, root(desk), TAG_P, "Next.");
	desk_show(desk, note, ROLE_LABEL, "1");
	desk_link(desk, note, ROLE_LABEL);
	desk_show(desk, text, ROLE_CONTENT, "Home Office.");
	expect(desk, "Document(P(0 Reference(Link(1 @)) 2) Note(Lbl(Link(4 @)) P(5)) P(3))");
	struct str file = {desk->out.at, (int)desk->out.len};
	assert_true(str_find(file, "/ID(note-00001)") > 0);
	assert_true(str_find(file, "/IDTree<</Names[(note-00001)") > 0);
	assert_true(str_find(file, "/Contents(Note 1)/Dest[") > 0);
	assert_true(str_find(file, "/Contents(Back to the text at note 1)/Dest[") > 0);
}

static void a_paragraph_over_two_pages_is_one_element(void **state)
{
	struct desk *desk = *state;
	struct node *p = desk_block(desk, root(desk), TAG_P, "On this page");
	desk_new_page(desk);
	desk_show(desk, p, ROLE_CONTENT, "and the next");
	desk_block(desk, root(desk), TAG_P, "End.");
	expect(desk, "Document(P(0 +0) P(1))");
}

static void lists_have_labels_and_bodies(void **state)
{
	struct desk *desk = *state;
	struct node *list = desk_node(desk, root(desk), TAG_OL);
	struct node *item = desk_node(desk, list, TAG_LI);
	desk_show(desk, item, ROLE_LABEL, "1.");
	desk_block(desk, item, TAG_P, "One");
	struct node *inner = desk_node(desk, item, TAG_OL);
	struct node *inner_item = desk_node(desk, inner, TAG_LI);
	desk_show(desk, inner_item, ROLE_LABEL, "a.");
	desk_show(desk, inner_item, ROLE_CONTENT, "Two");
	expect(desk, "Document(L(LI(Lbl(0) LBody(P(1) L(LI(Lbl(2) LBody(3)))))))");
	struct str file = {desk->out.at, (int)desk->out.len};
	assert_true(str_find(file, "/ListNumbering/Decimal") > 0);
	assert_true(str_find(file, "/ListNumbering/LowerAlpha") > 0);
}

static void a_table_keeps_its_empty_cells(void **state)
{
	struct desk *desk = *state;
	struct node *table = desk_node(desk, root(desk), TAG_TABLE);
	struct node *head = desk_node(desk, table, TAG_ROW);
	desk_attribute(desk, head, "header", "yes");
	desk_block(desk, head, TAG_CELL, "Date");
	desk_block(desk, head, TAG_CELL, "Place");
	struct node *row = desk_node(desk, table, TAG_ROW);
	desk_node(desk, row, TAG_CELL);
	desk_block(desk, row, TAG_CELL, "Essex");
	expect(desk, "Document(Table(TR(TH(0) TH(1)) TR(TD TD(2))))");
	struct str file = {desk->out.at, (int)desk->out.len};
	assert_true(str_find(file, "/A<</O/Table/Scope/Column>>") > 0);
}

static void cells_that_span_columns_have_their_heads_by_name(void **state)
{
	struct desk *desk = *state;
	struct node *table = desk_node(desk, root(desk), TAG_TABLE);
	struct node *rows[4], *cells[8];
	for (int i = 0; i < 4; i++)
		rows[i] = desk_node(desk, table, TAG_ROW);
	desk_attribute(desk, rows[0], "header", "yes");
	desk_attribute(desk, rows[1], "header", "yes");
	cells[0] = desk_block(desk, rows[0], TAG_CELL, "Day");
	cells[1] = desk_block(desk, rows[0], TAG_CELL, "Hours");
	desk_attribute(desk, cells[1], "span", "2");
	cells[2] = desk_node(desk, rows[1], TAG_CELL);
	cells[3] = desk_block(desk, rows[1], TAG_CELL, "from");
	cells[4] = desk_block(desk, rows[1], TAG_CELL, "to");
	cells[5] = desk_block(desk, rows[2], TAG_CELL, "Monday");
	desk_block(desk, rows[2], TAG_CELL, "9");
	cells[6] = desk_block(desk, rows[2], TAG_CELL, "17");
	cells[7] = desk_block(desk, rows[3], TAG_CELL, "closed");
	desk_attribute(desk, cells[7], "span", "3");
	expect(desk,
		"Document(Table(TR(TH(0) TH(1)) TR(TD TH(2) TH(3)) TR(TD(4) TD(5) TD(6)) "
		"TR(TD(7))))");
	struct str file = {desk->out.at, (int)desk->out.len};
	const struct {
		const struct node *cell;
		const char *format;
		const struct node *heads[4];
	} told[] = {
		{cells[1], "/A<</O/Table/Scope/Column/ColSpan 2>>/ID(cell-%07d)", {cells[1]}},
		{cells[4], "/Scope/Column/Headers[(cell-%07d)]>>/ID(cell-%07d)",
			{cells[1], cells[4]}},
		{cells[5], "/A<</O/Table/Headers[(cell-%07d)]>>", {cells[0]}},
		{cells[6], "/A<</O/Table/Headers[(cell-%07d)(cell-%07d)]>>", {cells[1], cells[4]}},
		{cells[7], "/ColSpan 3/Headers[(cell-%07d)(cell-%07d)(cell-%07d)(cell-%07d)]>>",
			{cells[0], cells[1], cells[3], cells[4]}},
	};
	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		int ids[4] = {0};
		for (int k = 0; k < 4 && told[i].heads[k]; k++)
			ids[k] = told[i].heads[k]->id;
		struct str wanted = str_format(
			desk->arena, told[i].format, ids[0], ids[1], ids[2], ids[3]);
		if (str_find(file, wanted.at) < 0)
			fail_msg("not in the file: %s", wanted.at);
	}
	struct str names = str_format(desk->arena, "/IDTree<</Names[(cell-%07d)", cells[0]->id);
	assert_true(str_find(file, names.at) > 0);
}

static void what_is_not_shown_has_no_element(void **state)
{
	struct desk *desk = *state;
	desk_block(desk, desk_node(desk, root(desk), TAG_QUOTE), TAG_P, "Quoted.");
	desk_text(desk, desk_node(desk, root(desk), TAG_P), "hidden");
	desk_node(desk, desk_node(desk, root(desk), TAG_UL), TAG_LI);
	desk_show(desk, NULL, ROLE_CONTENT, "Page 1 of 1");
	expect(desk, "Document(BlockQuote(P(0)))");
}

static void headings_begin_below_the_subject(void **state)
{
	struct desk *desk = *state;
	desk_block(desk, root(desk), TAG_SUBJECT, "Units");
	struct node *heading = desk_block(desk, root(desk), TAG_HEADING, "One");
	desk_attribute(desk, heading, "level", "1");
	heading = desk_node(desk, root(desk), TAG_HEADING);
	desk_attribute(desk, heading, "level", "2");
	desk_show(desk, heading, ROLE_CONTENT, "Two");
	expect(desk, "Document(H1(0) H2(1) H3(2))");
}

static void headings_before_the_subject_begin_at_the_top(void **state)
{
	struct desk *desk = *state;
	desk_block(desk, root(desk), TAG_HEADING, "Before");
	desk_block(desk, root(desk), TAG_SUBJECT, "Units");
	desk_block(desk, root(desk), TAG_HEADING, "One");
	desk_block(desk, root(desk), TAG_SUBJECT, "More");
	desk_block(desk, root(desk), TAG_HEADING, "One again");
	expect(desk, "Document(H1(0) H1(1) H2(2) H1(3) H2(4))");
}

static void headings_without_a_subject_begin_at_the_top(void **state)
{
	struct desk *desk = *state;
	struct node *heading = desk_node(desk, root(desk), TAG_HEADING);
	desk_attribute(desk, heading, "level", "1");
	desk_show(desk, heading, ROLE_CONTENT, "One");
	expect(desk, "Document(H1(0))");
}

static void language_is_said_where_it_changes(void **state)
{
	struct desk *desk = *state;
	struct node *p = desk_node(desk, root(desk), TAG_P);
	desk_show(desk, desk_text(desk, p, ""), ROLE_CONTENT, "To ");
	struct node *field = desk_node(desk, p, TAG_FIELD);
	field->lang = str_lit("cy");
	desk_show(desk, desk_text(desk, field, ""), ROLE_CONTENT, "Heddlu Gogledd Cymru");
	struct node *same = desk_node(desk, p, TAG_FIELD);
	desk_show(desk, desk_text(desk, same, ""), ROLE_CONTENT, "Essex");
	struct node *abbreviation = desk_block(desk, p, TAG_ABBR, "VRU");
	desk_attribute(desk, abbreviation, "title", "Violence Reduction Unit");
	expect(desk, "Document(P(0 Span(1) 2 Span(3)))");
	struct str file = {desk->out.at, (int)desk->out.len};
	assert_true(str_find(file, "/Lang(cy)/K 1") > 0);
	assert_true(str_find(file, "/E(Violence Reduction Unit)") > 0);
}

static void pictures_have_their_description_or_are_artifacts(void **state)
{
	static const unsigned char grey[4] = {0, 85, 170, 255};
	static const struct picture picture = {
		.width = 2, .height = 2, .channels = 1, .bytes = grey, .len = 4};
	struct desk *desk = *state;
	struct mark mark = {.kind = MARK_PICTURE,
		.x = pt(72),
		.y = pt(100),
		.width = pt(20),
		.height = pt(10),
		.picture = &picture};
	struct node *image = desk_node(desk, root(desk), TAG_IMAGE);
	desk_attribute(desk, image, "alt", "A seal");
	mark.node = image->id;
	desk_mark(desk, mark);
	struct node *flourish = desk_node(desk, root(desk), TAG_IMAGE);
	desk_attribute(desk, flourish, "alt", "");
	mark.node = flourish->id;
	desk_mark(desk, mark);
	struct node *signature = desk_node(desk, root(desk), TAG_SIGNATURE);
	desk_attribute(desk, signature, "alt", "Signature");
	mark.node = signature->id;
	desk_mark(desk, mark);
	desk_block(desk, signature, TAG_LINE, "Sara Thornton");
	expect(desk, "Document(Figure(0) Div(Figure(1) P(2)))");
	struct str file = {desk->out.at, (int)desk->out.len};
	assert_true(str_find(file,
			    "/Alt(A seal)/A<</O/Layout/Placement/Block/BBox[72 731.89 92 "
			    "741.89]>>") > 0);
	assert_true(str_find(desk_content(desk, 0), "/Artifact<</Type/Layout>>BDC\nq 20") > 0);
}

#define with_desk(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_desk(text_and_elements_take_turns_in_the_order_of_the_marks),
		with_desk(blocks_stand_in_the_letters_order_wherever_they_are_drawn),
		with_desk(a_note_stands_behind_its_block_and_links_go_both_ways),
		with_desk(a_paragraph_over_two_pages_is_one_element),
		with_desk(lists_have_labels_and_bodies),
		with_desk(a_table_keeps_its_empty_cells),
		with_desk(cells_that_span_columns_have_their_heads_by_name),
		with_desk(what_is_not_shown_has_no_element),
		with_desk(headings_begin_below_the_subject),
		with_desk(headings_before_the_subject_begin_at_the_top),
		with_desk(headings_without_a_subject_begin_at_the_top),
		with_desk(language_is_said_where_it_changes),
		with_desk(pictures_have_their_description_or_are_artifacts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
