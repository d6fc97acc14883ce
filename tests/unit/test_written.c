/* Values in more than forty languages against written.txt, which tests/unit/written.py made of ICU
 * by another way. Where another version of ICU runs than the table's, the test is passed over. */
#include "base/file.h"
#include "locale/locales.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <unicode/uvernum.h>

static const char *path; /* of the table, from the command line */

static struct decimal decimal_of(struct arena *arena, struct str text)
{
	struct decimal decimal = {.negative = str_starts(text, "-")};
	struct str digits = str_slice(text, decimal.negative, text.len);
	int point = str_find(digits, ".");
	decimal.scale = point < 0 ? 0 : digits.len - point - 1;
	decimal.digits = point < 0 ? digits
				   : str_format(arena, "%.*s%.*s", point, digits.at, decimal.scale,
					     digits.at + point + 1);
	return decimal;
}

/* What the program makes of a value of the kind; "€" as ICU has it is the language's own affair. */
static struct str written(struct arena *arena, struct locales *locales, const struct str cell[4])
{
	struct str lang = cell[0], kind = cell[1], value = cell[2];
	if (str_is(kind, "long") || str_is(kind, "weekday")) {
		struct day day = {atoi(value.at), atoi(value.at + 5), atoi(value.at + 8)};
		return day_text(
			arena, locales, day, str_is(kind, "long") ? DATE_LONG : DATE_WEEKDAY, lang);
	}
	struct decimal decimal = decimal_of(arena, value);
	struct money money = {decimal, str_lit("€")};
	if (str_is(kind, "euro"))
		return money_text(arena, locales, &money, lang);
	if (str_is(kind, "percent"))
		return percent_text(arena, locales, &decimal, lang);
	assert_true(str_is(kind, "plural"));
	return str_of(plural_name(plural_of(locales, &decimal, false, lang)));
}

static void values_are_written_as_icu_has_them(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct locales *locales = locales_new();
	struct str rest = file_read(arena, path, place_none(), diags), line, last = {0};
	struct buf wrong = {0};
	int languages = 0;
	assert_true(str_split(&rest, '\n', &line));
	if (!str_is(line, "ICU " U_ICU_VERSION))
		skip();
	while (str_split(&rest, '\n', &line) && line.len) {
		struct str cell[4] = {{0}};
		for (int i = 0; i < 4; i++)
			assert_true(str_split(&line, '\t', &cell[i]));
		struct str text = written(arena, locales, cell);
		if (!str_eq(text, cell[3]))
			buf_format(&wrong, "%.*s %.*s %.*s: %.*s, not %.*s\n", str_arg(cell[0]),
				str_arg(cell[1]), str_arg(cell[2]), str_arg(text),
				str_arg(cell[3]));
		languages += !str_eq(cell[0], last);
		last = cell[0];
	}
	if (wrong.len)
		fail_msg("%s", buf_text(&wrong).at);
	assert_true(languages >= 40);
	buf_free(&wrong);
	locales_free(locales);
	diags_free(diags);
	arena_free(arena);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(values_are_written_as_icu_has_them)};
	path = argc > 1 ? argv[1] : "tests/unit/written.txt";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
