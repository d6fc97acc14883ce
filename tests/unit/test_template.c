/* Templates: patterns, values, names, white space, what the tree promises. What is refused is in
 * golden/diag. */
#include "room.h"

#include "template/template.h"

static void a_pattern_is_words_and_names(void **state)
{
	(void)state;
	struct str rest = str_lit("a{b.c}{{d}}{e}"), piece;
	static const struct {
		enum pattern_piece kind;
		const char *text;
	} pieces[] = {
		{PATTERN_WORDS, "a"},
		{PATTERN_NAME, "b.c"},
		{PATTERN_WORDS, "{"},
		{PATTERN_WORDS, "d"},
		{PATTERN_WORDS, "}"},
		{PATTERN_NAME, "e"},
	};
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		assert_int_equal(pattern_next(&rest, &piece), pieces[i].kind);
		assert_true(str_is(piece, pieces[i].text));
	}
	assert_int_equal(pattern_next(&rest, &piece), PATTERN_END);
}

static void a_brace_alone_is_bad_and_ends_the_pattern(void **state)
{
	(void)state;
	static const char *const rows[] = {"{", "}", "{}", "{a", "a}", "{a{b}", "{{{", "}}}"};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str rest = str_of(rows[i]), piece;
		enum pattern_piece kind;
		while ((kind = pattern_next(&rest, &piece)) == PATTERN_WORDS)
			;
		print_message("# row %zu\n", i);
		assert_int_equal(kind, PATTERN_BAD);
		assert_int_equal(pattern_next(&rest, &piece), PATTERN_END);
	}
}

static void links_and_files_stay_where_they_are_safe(void **state)
{
	(void)state;
	static const struct {
		enum tag tag;
		const char *name, *value;
		bool good;
	} rows[] = {
		{TAG_LINK, "href", "https://example.org/a?b=c#d", true},
		{TAG_LINK, "href", "mailto:a@b.org", true},
		{TAG_LINK, "href", "tel:+441", true},
		{TAG_LINK, "href", "https://", false},
		{TAG_LINK, "href", "javascript:alert(1)", false},
		{TAG_LINK, "href", "file:///etc/passwd", false},
		{TAG_LINK, "href", "https://a b", false},
		{TAG_LINK, "href", "HTTPS://a", false},
		{TAG_IMAGE, "src", "pictures/a.png", true},
		{TAG_IMAGE, "src", "a..b.png", true},
		{TAG_IMAGE, "src", "", false},
		{TAG_IMAGE, "src", "/a.png", false},
		{TAG_IMAGE, "src", "a/../../b.png", false},
		{TAG_IMAGE, "src", "..", false},
		{TAG_IMAGE, "src", "c:\\a.png", false},
		{TAG_P, "xml:lang", "zh-Hant-TW", true},
		{TAG_P, "xml:lang", "e", false},
		{TAG_P, "xml:lang", "en-", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_message("# row %zu\n", i);
		assert_true((attribute_fault(rows[i].tag, str_of(rows[i].name),
				     str_of(rows[i].value)) == NULL) == rows[i].good);
	}
}

static void the_nearest_name_is_meant_only_when_it_is_near(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room,
		"<declare name='vru.highlight' required='no'/><declare name='name' required='no'/>"
		"<declare name='id' required='no'/>",
		"");
	assert_non_null(template);
	static const struct {
		const char *written, *meant;
	} rows[] = {
		{"vru.highlihgt", "vru.highlight"},
		{"Name", "name"},
		{"nmae", "name"},
		{"ix", "id"},
		{"xx", NULL},
		{"postcode", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str meant = template_nearest_field(template->fields, str_of(rows[i].written))
					   .best;
		print_message("# row %zu\n", i);
		assert_true(rows[i].meant ? str_is(meant, rows[i].meant) : !meant.at);
	}
	assert_non_null(template_find_field(template->fields, str_lit("id")));
	assert_null(template_find_field(template->fields, str_lit("i")));
}

static void ids_are_dense_in_reading_order(void **state)
{
	struct template *template = room_template(
		*state, "", "<p>a<em>b<note>c</note></em></p><ul><li>d</li><li><p>e</p></li></ul>");
	assert_non_null(template);
	int id = 0;
	for (struct node *node = template->root; node;
		node = node_following(node, template->root)) {
		assert_int_equal(node->id, id++);
		node_each (child, node)
			assert_ptr_equal(child->parent, node);
	}
	assert_true(id < template->node_count); /* the title has the last ones */
}

static void only_what_never_changes_is_constant(void **state)
{
	struct template *template = room_template(*state,
		"<declare name='x'/><declare name='l' type='list'/>",
		"<p>a</p><p>a<field name='x'/></p><p>a<if field='x'>b</if></p>"
		"<p><link href='https://{x}'>a</link></p><p><link href='https://a'>{x}</link></p>"
		"<ul><li>a</li><each field='l'><li>b</li></each></ul><date/>");
	assert_non_null(template);
	static const bool constant[] = {true, false, false, false, true, false, true};
	int i = 0;
	node_each (block, template->root) {
		print_message("# block %d\n", i);
		assert_true(block->constant == constant[i++]);
	}
	assert_true(node_following(template->root, template->root)->constant);
	assert_false(template->root->constant);
}

static void folding_again_changes_nothing(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(
		room, "", "<p> a <em> b </em> c <note> d <br/> e </note> <br/> f </p>");
	assert_non_null(template);
	struct buf once = {0}, twice = {0};
	node_dump(template->root, 0, &once);
	fold_node(room->arena, template->root->first);
	node_dump(template->root, 0, &twice);
	assert_string_equal(buf_text(&once).at, buf_text(&twice).at);
	buf_free(&once);
	buf_free(&twice);
}

static void text_folds_to_single_blanks(void **state)
{
	struct room *room = *state;
	assert_true(str_is(fold_text(room->arena, str_lit("\n a\t\tb \r\n c ")), "a b c"));
	assert_true(str_is(fold_text(room->arena, str_lit(" \n ")), ""));
	assert_true(str_is(fold_text(room->arena, str_lit("a\u00A0 b")), "a\u00A0 b"));
}

static void the_vocabulary_is_whole(void **state)
{
	(void)state;
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++) {
		assert_int_equal(tag_find(str_of(tag_element(tag))), tag);
		assert_true(!tag_is_paragraph(tag) || tag_content(tag) == CONTENT_TEXT);
	}
	assert_int_equal(tag_find(str_lit("")), TAG_COUNT);
	assert_int_equal(tag_find(str_lit("P")), TAG_COUNT);
	assert_true(tag_is_block(TAG_LI) && tag_is_block(TAG_P) && !tag_is_block(TAG_CELL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_is_words_and_names),
		cmocka_unit_test(a_brace_alone_is_bad_and_ends_the_pattern),
		cmocka_unit_test(links_and_files_stay_where_they_are_safe),
		room_test(the_nearest_name_is_meant_only_when_it_is_near),
		room_test(ids_are_dense_in_reading_order),
		room_test(only_what_never_changes_is_constant),
		room_test(folding_again_changes_nothing),
		room_test(text_folds_to_single_blanks),
		cmocka_unit_test(the_vocabulary_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
