/* Findings: collected, sorted, written. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/diag_id.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static int setup(void **state)
{
	*state = diags_new();
	return 0;
}

static int teardown(void **state)
{
	diags_free(*state);
	return 0;
}

static struct place at(int line, int column)
{
	return place_of("a.xml", line, column);
}

static void fills_text_and_hint_in_order(void **state)
{
	struct diags *diags = *state;
	diag_add(diags, FIELD_UNDECLARED, at(3, 7), "x", "y");
	const struct diag *diag = diags_at(diags, 0);
	assert_string_equal(diag->text, "field \"x\" is not declared, nothing was made of it");
	assert_string_equal(diag->hint, "write <declare name=\"y\" type=\"text\"/> in <fields>");
	diag_hint(diags, "another");
	assert_string_equal(diags_at(diags, 0)->hint, "another");
	diag_hint(diags, "");
	assert_null(diags_at(diags, 0)->hint);
}

static void counts_by_severity(void **state)
{
	struct diags *diags = *state;
	diag_add(diags, PROOF_UNSEEN, at(1, 1), "a");
	diag_add(diags, FIELD_UNUSED, at(1, 1), "a");
	assert_false(diags_failed(diags));
	diag_add0(diags, XML_DTD, at(1, 1));
	assert_true(diags_failed(diags));
	assert_int_equal(diags_count(diags, SEVERITY_NOTE), 3);
	assert_int_equal(diags_count(diags, SEVERITY_WARNING), 2);
	assert_int_equal(diags_count(diags, SEVERITY_ERROR), 1);
	assert_int_equal(diags_count(diags, SEVERITY_SYSTEM), 0);
	diags_clear(diags);
	assert_int_equal(diags_len(diags), 0);
}

static void sorts_by_place_and_keeps_the_order_of_equals(void **state)
{
	struct diags *diags = *state;
	static const int lines[] = {9, 3, 3, 7, 1, 3};
	for (int i = 0; i < 6; i++)
		diag_add(diags, PROOF_UNSEEN, at(lines[i], 1), diag_int(diags, i));
	diags_sort(diags);
	static const char order[] = {'4', '1', '2', '5', '3', '0'};
	for (int i = 0; i < 6; i++)
		assert_int_equal(diags_at(diags, i)->text[21], order[i]);
}

static void what_is_said_twice_is_kept_once(void **state)
{
	struct diags *diags = *state;
	static const char *const words[] = {"a", "b", "a", "c", "b", "a"};
	for (int i = 0; i < 6; i++)
		diag_add(diags, PROOF_UNSEEN, at(3, 1), words[i]);
	diag_add(diags, PROOF_UNSEEN, at(4, 1), "a");
	diags_set_record(diags, "other.xml");
	diag_add(diags, PROOF_UNSEEN, at(4, 1), "a");
	diags_sort(diags);
	assert_int_equal(diags_len(diags), 5);
	assert_int_equal(diags_at(diags, 2)->text[21], 'c');
	assert_null(diags_at(diags, 3)->record);
}

static void appends_copies_that_outlive_the_source(void **state)
{
	struct diags *diags = *state, *more = diags_new();
	diags_set_record(more, "kent.xml");
	diag_add(more, PROOF_UNSEEN, at(1, 2), "a");
	diags_append(diags, more);
	diags_free(more);
	assert_string_equal(diags_at(diags, 0)->record, "kent.xml");
	assert_string_equal(diags_at(diags, 0)->at.file, "a.xml");
	assert_string_equal(diags_at(diags, 0)->text, "no letter shows that a");
}

static void check_text(struct diags *diags, bool colour, const char *expected)
{
	struct buf out = {0};
	diag_write_text(diags_at(diags, diags_len(diags) - 1), colour, &out);
	assert_string_equal(buf_text(&out).at, expected);
	buf_free(&out);
}

static void writes_place_record_and_hint(void **state)
{
	struct diags *diags = *state;
	diags_set_record(diags, "kent.xml");
	diag_add(diags, FIELD_LIST, at(42, 17), "x", "x");
	check_text(diags, false,
		"a.xml:42:17: error: \"x\" is a list of records, it cannot stand as text "
		"[E-FIELD-LIST]\n"
		"  in: kent.xml\n"
		"  hint: write <each field=\"x\">…</each>\n");
	diags_set_record(diags, NULL);
	diag_add(diags, PROOF_UNSEEN, place_none(), "a");
	diag_hint(diags, "");
	check_text(diags, true,
		"lettermerge: \033[36mnote:\033[0m no letter shows that a [N-PROOF-UNSEEN]\n");
}

static void a_quotation_ends_where_its_text_ends(void **state)
{
	struct diags *diags = *state;
	diag_add(diags, CERT_EXPIRED, at(1, 1), "Eve\" expired", "1 May 2030", "2 May 2030");
	diag_hint(diags, "");
	check_text(diags, false,
		"a.xml:1:1: error: the certificate of \"Eve\\\" expired\" expired on 1 May 2030, "
		"and was judged on 2 May 2030 [E-EXPIRED]\n");
}

static void control_characters_never_reach_a_terminal(void **state)
{
	struct diags *diags = *state;
	diag_add(diags, PROOF_UNSEEN, at(1, 1), "a\033[2Jb\x7F");
	diag_hint(diags, "");
	check_text(diags, false,
		"a.xml:1:1: note: no letter shows that a\\x1B[2Jb\\x7F [N-PROOF-UNSEEN]\n");
}

static void writes_one_json_object_a_line(void **state)
{
	struct diags *diags = *state;
	struct buf out = {0};
	diag_add(diags, PROOF_UNSEEN, at(4, 0), "a\"\\\n");
	diag_hint(diags, "");
	diag_write_json(diags_at(diags, 0), &out);
	assert_string_equal(buf_text(&out).at,
		"{\"severity\":\"note\",\"code\":\"N-PROOF-UNSEEN\",\"file\":\"a.xml\",\"line\":4,"
		"\"message\":\"no letter shows that a\\\"\\\\\\u000a\"}\n");
	buf_free(&out);
}

static void codes_are_unique_and_show_their_severity(void **state)
{
	(void)state;
	static const char letters[] = "NWEE";
	for (enum diag_id id = 0; id < DIAG_COUNT; id++) {
		assert_int_equal(diag_code(id)[0], letters[diag_severity(id)]);
		assert_int_equal(diag_code(id)[1], '-');
		for (enum diag_id other = 0; other < id; other++)
			assert_string_not_equal(diag_code(id), diag_code(other));
	}
}

static void texts_end_without_a_stop(void **state)
{
	(void)state;
	for (enum diag_id id = 0; id < DIAG_COUNT; id++) {
		struct str text = str_of(diag_pattern(id)), hint = str_of(diag_hint_pattern(id));
		print_message("# %s\n", diag_code(id));
		assert_true(text.len > 0);
		assert_false(str_ends(text, ".") || str_ends(hint, "."));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(fills_text_and_hint_in_order, setup, teardown),
		cmocka_unit_test_setup_teardown(counts_by_severity, setup, teardown),
		cmocka_unit_test_setup_teardown(
			sorts_by_place_and_keeps_the_order_of_equals, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_said_twice_is_kept_once, setup, teardown),
		cmocka_unit_test_setup_teardown(
			appends_copies_that_outlive_the_source, setup, teardown),
		cmocka_unit_test_setup_teardown(writes_place_record_and_hint, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_quotation_ends_where_its_text_ends, setup, teardown),
		cmocka_unit_test_setup_teardown(
			control_characters_never_reach_a_terminal, setup, teardown),
		cmocka_unit_test_setup_teardown(writes_one_json_object_a_line, setup, teardown),
		cmocka_unit_test(codes_are_unique_and_show_their_severity),
		cmocka_unit_test(texts_end_without_a_stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
