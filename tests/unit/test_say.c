/* What others' texts are when they are shown: nothing in them acts. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TEXT(literal)                       \
	{                                   \
		literal, sizeof literal - 1 \
	}

static const struct {
	struct str text;
	const char *shown, *json; /* json NULL: as the text, in quotes */
} rows[] = {
	{TEXT(""), "", NULL},
	{TEXT("Zoë, 7 % of “it”"), "Zoë, 7 % of “it”", NULL},
	{TEXT("\033[2K\r"), "\\x1B[2K\\x0D", "\\u001b[2K\\u000d"},
	{TEXT("a\nb\tc\0d\x7F"), "a\\x0Ab\\x09c\\x00d\\x7F", "a\\u000ab\\u0009c\\u0000d\\u007f"},
	{TEXT("\xC2\x85\xC2\x9B"), "\\u0085\\u009B", "\\u0085\\u009b"},
	{TEXT("\xE2\x80\xA8\xE2\x80\xA9"), "\\u2028\\u2029", "\\u2028\\u2029"},
	{TEXT("a\xE2\x80\xAE"
	      "fdp.\xE2\x81\xA7"),
		"a\\u202Efdp.\\u2067", "a\\u202efdp.\\u2067"},
	{TEXT("\xE2\x80\x8F\xD8\x9C\xEF\xBB\xBF\xE2\x80\x8B"), "\\u200F\\u061C\\uFEFF\\u200B",
		"\\u200f\\u061c\\ufeff\\u200b"},
	{TEXT("\xF3\xA0\x81\x81"), "\\U000E0041", "\\udb40\\udc41"},
	{TEXT("\xFF"
	      "a\xC3"),
		"\\xFFa\\xC3", "\\ufffda\\ufffd"},
	{TEXT("\xED\xA0\x80\xC0\x8A"), "\\xED\\xA0\\x80\\xC0\\x8A",
		"\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd"},
	{TEXT("שלום 日本 \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xAC"),
		"שלום 日本 \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xAC", NULL},
};

static void what_would_act_is_written_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf shown = {0}, json = {0}, quoted = {0};
		buf_shown(&shown, rows[i].text);
		assert_string_equal(buf_text(&shown).at, rows[i].shown);
		json_string(&json, rows[i].text);
		buf_format(&quoted, "\"%s\"", rows[i].json ? rows[i].json : rows[i].text.at);
		assert_string_equal(buf_text(&json).at, buf_text(&quoted).at);
		buf_free(&shown);
		buf_free(&json);
		buf_free(&quoted);
	}
}

static void a_text_of_lines_keeps_them(void **state)
{
	(void)state;
	struct buf shown = {0};
	buf_shown_lines(&shown, str_lit("a\nb\r\n\033"));
	assert_string_equal(buf_text(&shown).at, "a\nb\\x0D\n\\x1B");
	buf_free(&shown);
}

static void a_quotation_ends_where_its_text_ends(void **state)
{
	static const struct {
		struct str text;
		const char *quoted;
	} cases[] = {
		{TEXT(""), "\"\""},
		{TEXT("Eve, on 1 May 2020"), "\"Eve, on 1 May 2020\""},
		{TEXT("Eve\", on 1 May 2020"), "\"Eve\\\", on 1 May 2020\""},
		{TEXT("Eve\\\", on 1 May"), "\"Eve\\\\\\\", on 1 May\""},
		{TEXT("C:\\"), "\"C:\\\\\""},
		{TEXT("C:\\Eve\\x00"), "\"C:\\Eve\\x00\""},
		{TEXT("\"\n\""), "\"\\\"\\x0A\\\"\""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf quoted = {0};
		buf_quoted(&quoted, cases[i].text);
		assert_string_equal(buf_text(&quoted).at, cases[i].quoted);
		buf_free(&quoted);
	}
}

static void what_a_line_begins_with_ends_at_its_colon(void **state)
{
	static const char *const cases[][2] = {{"out/a.pdf", "out/a.pdf"}, {"C:a\n", "C:a\\x0A"},
		{"a: good", "\"a: good\""}, {"a\"b", "\"a\\\"b\""}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf heading = {0};
		buf_heading(&heading, str_of(cases[i][0]));
		assert_string_equal(buf_text(&heading).at, cases[i][1]);
		buf_free(&heading);
	}
}

static void a_word_is_bare_where_nothing_can_be_mistaken_in_it(void **state)
{
	static const char *const cases[][2] = {{"../out/Bücher-2.pdf", "../out/Bücher-2.pdf"},
		{"a, 5 failed", "\"a, 5 failed\""},
		{"a\xC2\xA0"
		 "b",
			"\"a\xC2\xA0"
			"b\""},
		{"a;rm", "\"a;rm\""}, {"$(a)", "\"$(a)\""}, {"", "\"\""}, {"a\xFF", "\"a\\xFF\""},
		{"a\xE2\x80\xAE"
		 "b",
			"\"a\\u202Eb\""},
		{"a\"b", "\"a\\\"b\""}};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str word = str_word(arena, str_of(cases[i][0]));
		assert_string_equal(str_copy(arena, word).at, cases[i][1]);
	}
	arena_free(arena);
}

/* Every conversion against printf's, where no text of others is. */
static void formats_are_those_of_printf(void **state)
{
	(void)state;
	struct buf said = {0}, printed = {0};
#define BOTH(...) (buf_say(&said, __VA_ARGS__), buf_format(&printed, __VA_ARGS__))
	BOTH("100 %% %c%s|%5s|%-5s|%.2s|%*s|\n", 'x', "abc", "de", "fg", "hij", 4, "k");
	BOTH("%-*.*s|%*s|%.*s|\n", 6, 2, "lmn", -4, "o", 3, "pqrs");
	BOTH("%d %i %5d %-5d| %03d %lld %ld %zu\n", -1, 2, 3, 4, 5, -6LL, 7L, (size_t)8);
	BOTH("%u %llu %x %08x %llx %jd\n", 1u, 2ULL, 0xabcu, 0xdu, 0xeULL, (intmax_t)-1);
	BOTH("%.1f %.0f %f\n", 1.25, 2.5, 3.75);
#undef BOTH
	assert_string_equal(buf_text(&said).at, buf_text(&printed).at);
	buf_free(&said);
	buf_free(&printed);
}

static void what_a_format_takes_in_is_shown(void **state)
{
	(void)state;
	struct buf said = {0};
	buf_say(&said, "by %s:\n%-6s|%.*s\n", "a\nb", "\xC3\xA9", 3, "c\0d");
	assert_string_equal(buf_text(&said).at, "by a\\x0Ab:\n\xC3\xA9     |c\\x00d\n");
	buf_free(&said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_would_act_is_written_out),
		cmocka_unit_test(a_text_of_lines_keeps_them),
		cmocka_unit_test(a_quotation_ends_where_its_text_ends),
		cmocka_unit_test(what_a_line_begins_with_ends_at_its_colon),
		cmocka_unit_test(a_word_is_bare_where_nothing_can_be_mistaken_in_it),
		cmocka_unit_test(formats_are_those_of_printf),
		cmocka_unit_test(what_a_format_takes_in_is_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
