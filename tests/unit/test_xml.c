/* XML: the tree, the places of its parts, and what is refused. Messages are in golden/diag. */
#include "base/diag_id.h"
#include "xml/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

struct desk {
	struct arena *arena;
	struct diags *diags;
};

static int setup(void **state)
{
	static struct desk desk;
	desk = (struct desk){arena_new(), diags_new()};
	*state = &desk;
	return 0;
}

static int teardown(void **state)
{
	struct desk *desk = *state;
	diags_free(desk->diags);
	arena_free(desk->arena);
	return 0;
}

static struct xml_node *read_bytes(struct desk *desk, struct str bytes)
{
	return xml_read(desk->arena, bytes, "a.xml", desk->diags);
}

static struct xml_node *read_text(struct desk *desk, const char *text)
{
	struct xml_node *root = read_bytes(desk, str_of(text));
	assert_non_null(root);
	assert_int_equal(diags_len(desk->diags), 0);
	return root;
}

static void assert_place(struct place at, int line, int column)
{
	assert_string_equal(at.file, "a.xml");
	assert_int_equal(at.line, line);
	assert_int_equal(at.column, column);
}

static void keeps_names_namespaces_and_texts(void **state)
{
	struct xml_node *root = read_text(
		*state, "<a xmlns='urn:x' xmlns:o='urn:o'>one<o:b>two</o:b> three </a>");
	assert_true(str_is(root->name, "a") && str_is(root->namespace, "urn:x"));
	assert_true(str_is(root->first->text, "one"));
	struct xml_node *inner = root->first->next;
	assert_true(str_is(inner->name, "b") && str_is(inner->namespace, "urn:o"));
	assert_true(str_is(inner->next->text, " three "));
	assert_null(inner->next->next);
}

static void joins_adjoining_texts(void **state)
{
	struct xml_node *root = read_text(
		*state, "<a>x &amp; <!-- no --><![CDATA[<y>]]><?no?>&#x177;&lt;z</a>");
	assert_true(str_is(root->first->text, "x & <y>ŷ<z"));
	assert_null(root->first->next);
}

static void attributes_are_in_order_and_resolved(void **state)
{
	struct xml_node *root = read_text(
		*state, "<a b='1 &amp; 2' xmlns='urn:x' xml:lang = \"cy\" c='&#8217;\n>'/>");
	struct xml_attribute *b = root->attributes, *lang = b->next, *c = lang->next;
	assert_true(str_is(b->name, "b") && str_is(b->value, "1 & 2"));
	assert_true(str_is(lang->name, "xml:lang") && str_is(lang->value, "cy"));
	assert_true(str_is(c->name, "c") && str_is(c->value, "’ >"));
	assert_null(c->next);
	assert_place(b->at, 1, 4);
	assert_place(lang->at, 1, 32);
	assert_place(c->at, 1, 48);
	assert_true(str_is(xml_attribute(root, "c"), "’ >"));
	assert_null(xml_attribute(root, "d").at);
}

static void places_count_characters_not_bytes(void **state)
{
	struct xml_node *root = read_text(*state,
		"\xEF\xBB\xBF<?xml version='1.0'?>\n<a>\xE2\x82\xAC\xF0\x9F\x98\x80<b\n  c='>'\n"
		"  d='2'/>text\r\n<e/></a>");
	assert_place(root->at, 2, 1);
	assert_place(root->first->at, 2, 4);
	struct xml_node *b = root->first->next;
	assert_place(b->at, 2, 6);
	assert_place(b->attributes->at, 3, 3);
	assert_place(b->attributes->next->at, 4, 3);
	assert_place(b->next->at, 4, 10);
	assert_place(b->next->next->at, 5, 1);
}

static void a_text_is_placed_behind_comments_and_cdata(void **state)
{
	struct xml_node *root = read_text(
		*state, "<a><!-- < --><?p ?><![CDATA[]]><![CDATA[x]]></a>");
	assert_place(root->first->at, 1, 41);
	root = read_text(*state, "<a>\n \tx</a>");
	assert_place(root->first->at, 1, 4);
	assert_place(xml_text_place(root->first), 2, 3);
}

static void bytes_need_no_nul(void **state)
{
	struct desk *desk = *state;
	static const char text[] = "<a>x</a>";
	char *bytes = malloc(sizeof text - 1);
	assert_non_null(bytes);
	memcpy(bytes, text, sizeof text - 1);
	assert_non_null(read_bytes(desk, (struct str){bytes, sizeof text - 1}));
	free(bytes);
}

static void a_hundred_levels_are_enough(void **state)
{
	struct desk *desk = *state;
	for (int levels = XML_MAX_DEPTH; levels <= XML_MAX_DEPTH + 1; levels++) {
		struct buf text = {0};
		for (int i = 0; i < levels; i++)
			buf_puts(&text, "<a>");
		for (int i = 0; i < levels; i++)
			buf_puts(&text, "</a>");
		struct xml_node *root = read_bytes(desk, buf_text(&text));
		buf_free(&text);
		assert_true((root != NULL) == (levels == XML_MAX_DEPTH));
	}
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_XML_LIMIT);
}

static void a_billion_laughs_are_not_heard(void **state)
{
	struct desk *desk = *state;
	assert_null(read_bytes(
		desk, str_lit("<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'>]><a>&c;</a>")));
	assert_int_equal(diags_len(desk->diags), 1);
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_XML_DTD);
}

static void no_file_is_read_through_an_entity(void **state)
{
	struct desk *desk = *state;
	assert_null(
		read_bytes(desk, str_lit("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>&b;</a>")));
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_XML_DTD);
}

static void every_beginning_of_a_file_is_refused_once(void **state)
{
	struct desk *desk = *state;
	static const char text[] = "<?xml version='1.0' encoding='UTF-8'?>\n<!-- c --><a b='c' "
				   "xmlns:d='e'>f &amp; &#65;<d:g/><![CDATA[h]]><?i j?></a>";
	for (int len = 0; len < (int)sizeof text - 1; len++) {
		char *bytes = malloc((size_t)len + 1);
		assert_non_null(bytes);
		memcpy(bytes, text, (size_t)len);
		assert_null(read_bytes(desk, (struct str){bytes, len}));
		assert_int_equal(diags_len(desk->diags), len + 1);
		free(bytes);
	}
}

static void the_first_error_is_the_only_one(void **state)
{
	struct desk *desk = *state;
	assert_null(read_bytes(desk, str_lit("<a>&x;&y;<b></c></a>")));
	assert_int_equal(diags_len(desk->diags), 1);
	assert_int_equal(diags_at(desk->diags, 0)->at.column, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(keeps_names_namespaces_and_texts, setup, teardown),
		cmocka_unit_test_setup_teardown(joins_adjoining_texts, setup, teardown),
		cmocka_unit_test_setup_teardown(
			attributes_are_in_order_and_resolved, setup, teardown),
		cmocka_unit_test_setup_teardown(places_count_characters_not_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_text_is_placed_behind_comments_and_cdata, setup, teardown),
		cmocka_unit_test_setup_teardown(bytes_need_no_nul, setup, teardown),
		cmocka_unit_test_setup_teardown(a_hundred_levels_are_enough, setup, teardown),
		cmocka_unit_test_setup_teardown(a_billion_laughs_are_not_heard, setup, teardown),
		cmocka_unit_test_setup_teardown(no_file_is_read_through_an_entity, setup, teardown),
		cmocka_unit_test_setup_teardown(
			every_beginning_of_a_file_is_refused_once, setup, teardown),
		cmocka_unit_test_setup_teardown(the_first_error_is_the_only_one, setup, teardown),
	};
	xml_start();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	xml_stop();
	return failed;
}
