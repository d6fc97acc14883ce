/* Text slices, UTF-8, buffers. */
#include "base/arena.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void trims_white_space_but_no_other(void **state)
{
	(void)state;
	assert_true(str_is(str_trim(str_lit(" \t\r\n a b \n")), "a b"));
	assert_true(str_is(str_trim(str_lit(" \n ")), ""));
	assert_true(str_is(str_trim(str_lit("\xC2\xA0"
					    "a")),
		"\xC2\xA0"
		"a"));
	assert_int_equal(str_trim((struct str){0}).len, 0);
}

static void splits_at_each_separator(void **state)
{
	(void)state;
	struct str rest = str_lit("a,,b,"), part;
	static const char *const parts[] = {"a", "", "b", ""};
	for (int i = 0; i < 4; i++) {
		assert_true(str_split(&rest, ',', &part));
		assert_true(str_is(part, parts[i]));
	}
	assert_false(str_split(&rest, ',', &part));
}

static void compares_by_bytes(void **state)
{
	(void)state;
	assert_true(str_cmp(str_lit("a"), str_lit("ab")) < 0);
	assert_true(str_cmp(str_lit("b"), str_lit("ab")) > 0);
	assert_true(str_cmp(str_lit("\xC3\xA9"), str_lit("z")) > 0);
	assert_int_equal(str_cmp((struct str){0}, str_lit("")), 0);
}

static void finds_prefix_suffix_and_middle(void **state)
{
	(void)state;
	struct str s = str_lit("essex.xml");
	assert_true(str_starts(s, "essex") && str_starts(s, ""));
	assert_false(str_starts(s, "essex.xml.gz"));
	assert_true(str_ends(s, ".xml"));
	assert_false(str_ends(str_lit("ml"), ".xml"));
	assert_int_equal(str_find(s, "x."), 4);
	assert_int_equal(str_find(s, "y"), -1);
	assert_int_equal(str_find((struct str){0}, "y"), -1);
}

static void copies_end_with_nul(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_string_equal(str_copy(arena, str_slice(str_lit("abcdef"), 1, 4)).at, "bcd");
	assert_string_equal(str_copy(arena, (struct str){0}).at, "");
	assert_string_equal(str_format(arena, "%d-%s", 7, "x").at, "7-x");
	arena_free(arena);
}

static void finds_the_first_byte_that_is_not_utf8(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int at;
	} rows[] = {
		{"Tŷ Ffynnon, £5 “ok” 😀", -1},
		{"caf\xE9", 3},
		{"a\xC0\xAF", 1},        /* overlong */
		{"\xED\xA0\x80", 0},     /* a surrogate */
		{"\xF4\x90\x80\x80", 0}, /* above U+10FFFF */
		{"ab\xE2\x82", 2},       /* cut off */
		{"\x80", 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_message("# row %zu\n", i);
		assert_int_equal(utf8_invalid_at(str_of(rows[i].text)), rows[i].at);
	}
}

static void xml_escapes_what_it_cannot_hold(void **state)
{
	(void)state;
	static const struct {
		const char *text, *xml;
	} rows[] = {
		{"", ""},
		{"<a href=\"x\">R&D</a>", "&lt;a href=&quot;x&quot;&gt;R&amp;D&lt;/a&gt;"},
		{"T\xC5\xB7 \xEF\xBF\xBD \xEF\xAC\x81\t\n",
			"T\xC5\xB7 \xEF\xBF\xBD \xEF\xAC\x81\t\n"},
		{"a\x01z", "a\xEF\xBF\xBDz"},
		{"a\xEF\xBF\xBFz\xEF\xBF\xBE", "a\xEF\xBF\xBDz\xEF\xBF\xBD"},
		{"seventeen of them, and a half-dozen more: &",
			"seventeen of them, and a half-dozen more: &amp;"},
		{"\"seventeen of them, and a half-dozen more",
			"&quot;seventeen of them, and a half-dozen more"},
	};
	struct buf out = {0};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_clear(&out);
		buf_xml(&out, str_of(rows[i].text));
		assert_string_equal(buf_text(&out).at, rows[i].xml);
	}
	buf_free(&out);
}

static void finds_private_use_characters(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t c;
	} rows[] = {
		{"Tŷ Ffynnon, £5 “ok” 😀", 0},
		{"\xED\x9F\xBF\xEF\xA4\x80\xF3\xAF\xBF\xBF", 0}, /* U+D7FF U+F900 U+EFFFF */
		{"a\xEE\x80\x80", 0xE000},
		{"ŷ\xEF\xA3\xBF.", 0xF8FF},
		{"\xF3\xB0\x80\x80", 0xF0000},
		{"\xF4\x8F\xBF\xBD", 0x10FFFD},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(utf8_private_use(str_of(rows[i].text)), rows[i].c);
}

static void languages_are_of_ranges(void **state)
{
	(void)state;
	assert_true(lang_is(str_lit("en"), "en"));
	assert_true(lang_is(str_lit("en-GB-oxendict"), "en"));
	assert_true(lang_is(str_lit("DE-ch"), "de-CH"));
	assert_false(lang_is(str_lit("enm"), "en"));
	assert_false(lang_is(str_lit("de"), "de-CH"));
	assert_false(lang_is((struct str){0}, "en"));
}

static void every_code_point_survives_encoding(void **state)
{
	(void)state;
	static const uint32_t points[] = {0x1, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFD, 0x10000, 0x10FFFF};
	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		char bytes[4];
		int at = 0, len = utf8_encode(points[i], bytes);
		struct str s = {bytes, len};
		assert_int_equal(utf8_invalid_at(s), -1);
		assert_int_equal(utf8_next(s, &at), points[i]);
		assert_int_equal(at, len);
	}
}

static void letters_are_found_without_their_marks(void **state)
{
	(void)state;
	static const uint32_t pairs[][2] = {{'a', 'a'}, {0xEB, 'e'}, {0xDC, 'U'}, {0x177, 'y'},
		{0xDF, 's'}, {0x308, 0}, {0xD7, 0xD7}, {0x3B1, 0x3B1}, {0x180, 0x180}};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		assert_int_equal(utf8_unmarked(pairs[i][0]), pairs[i][1]);
}

static void buffers_grow_and_are_reused(void **state)
{
	(void)state;
	struct buf buf = {0};
	for (int i = 0; i < 5000; i++)
		buf_format(&buf, "%d,", i % 10);
	assert_int_equal(buf.len, 10000);
	buf_clear(&buf);
	buf_puts(&buf, "a");
	buf_char(&buf, 'b');
	buf_str(&buf, str_lit("c"));
	buf_put(&buf, "de", 2);
	assert_string_equal(buf_text(&buf).at, "abcde");
	buf_free(&buf);
	assert_null(buf.at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trims_white_space_but_no_other),
		cmocka_unit_test(splits_at_each_separator),
		cmocka_unit_test(compares_by_bytes),
		cmocka_unit_test(finds_prefix_suffix_and_middle),
		cmocka_unit_test(copies_end_with_nul),
		cmocka_unit_test(finds_the_first_byte_that_is_not_utf8),
		cmocka_unit_test(finds_private_use_characters),
		cmocka_unit_test(xml_escapes_what_it_cannot_hold),
		cmocka_unit_test(languages_are_of_ranges),
		cmocka_unit_test(every_code_point_survives_encoding),
		cmocka_unit_test(letters_are_found_without_their_marks),
		cmocka_unit_test(buffers_grow_and_are_reused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
