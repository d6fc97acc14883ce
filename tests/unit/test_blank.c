/* White space and invisible characters, against ICU's tables. */
#include "base/arena.h"
#include "base/blank.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unicode/uchar.h>

#include <cmocka.h>

/* Nothing is drawn for the marks of interlinear annotation, and the braille pattern without a dot
 * looks like a blank. */
static bool is_ours(uint32_t c)
{
	return (c >= 0xFFF9 && c <= 0xFFFB) || c == 0x2800;
}

static void is_what_unicode_says(void **state)
{
	(void)state;
	for (UChar32 c = 0; c <= 0x10FFFF; c++) {
		bool blank = u_hasBinaryProperty(c, UCHAR_WHITE_SPACE) ||
			u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
			is_ours((uint32_t)c);
		if (blank != blank_is((uint32_t)c))
			fail_msg("U+%04X", (unsigned)c);
	}
}

static void trims_to(const char *text, const char *expected)
{
	struct str trimmed = blank_trim(str_of(text));
	if (!str_is(trimmed, expected))
		fail_msg("\"%s\" gave \"%.*s\"", text, str_arg(trimmed));
}

static void trims_blanks_of_every_kind(void **state)
{
	(void)state;
	trims_to("\u00A0Åsa Öberg\u00A0", "Åsa Öberg");
	trims_to("\u200B\u00ADMaría Peña\u2003\uFEFF", "María Peña");
	trims_to("\u3000王小明\u3000", "王小明");
	trims_to("\u200EJohn\u200F", "John");
	trims_to("\u3164김민준\uFFA0", "김민준");
	trims_to("\u2800Ann\u2060\u180E", "Ann");
	trims_to("\U000E0001Łukasz\v\f\xC2\x85", "Łukasz");
	trims_to(" \u00A0\u200B\u2028", "");
	trims_to("", "");
}

static void keeps_what_belongs_to_a_character(void **state)
{
	(void)state;
	trims_to("葛\U000E0100 ", "葛\U000E0100");
	trims_to("❤\uFE0F\u00A0", "❤\uFE0F");
	trims_to("🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F",
		"🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F");
	trims_to("അവന\u0D4D\u200D", "അവന\u0D4D\u200D"); /* a chillu as it was once written */
	trims_to("می\u200Cخواهم", "می\u200Cخواهم");
	trims_to("👩\u200D🔬\u00A0", "👩\u200D🔬");
	trims_to("Ann\u200D\u200C", "Ann");
	trims_to("\uFE0F\U000E0100", "");
	trims_to("Rue\u00A0de\u00A0l’Église", "Rue\u00A0de\u00A0l’Église");
}

static void makes_every_line_end_one(void **state)
{
	static const struct {
		const char *text, *expected;
	} rows[] = {{"1 Rue Haute\u20282 étage", "1 Rue Haute\n2 étage"},
		{"Weg 1\vHaus B\f10115 Berlin", "Weg 1\nHaus B\n10115 Berlin"},
		{"Ул. 1\xC2\x85"
		 "Москва",
			"Ул. 1\nМосква"},
		{"a\r\nb\rc\nd", "a\nb\nc\nd"}, {"東京都\u2029千代田区\u2029", "東京都\n千代田区"},
		{"a — b…", "a — b…"}};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str tidy = blank_tidy(arena, str_of(rows[i].text));
		if (!str_is(tidy, rows[i].expected))
			fail_msg("row %zu gave \"%.*s\"", i, str_arg(tidy));
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_what_unicode_says),
		cmocka_unit_test(trims_blanks_of_every_kind),
		cmocka_unit_test(keeps_what_belongs_to_a_character),
		cmocka_unit_test(makes_every_line_end_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
