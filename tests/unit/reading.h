/* reading.h - for tests of texts as people's files hold them: what each is read as. */
#ifndef TESTS_UNIT_READING_H
#define TESTS_UNIT_READING_H

#include "locale/locales.h"
#include "locale/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* "1250", "1250 or 1.25", "no: why", "no". */
static struct str told(const char *text, const char *lang, const struct declared *declared)
{
	struct buf out = {0};
	struct readings reading = reading_of(arena, str_of(text), str_of(lang), declared);
	if (reading.count == 0) {
		buf_puts(&out, "no");
		if (reading.why)
			buf_format(&out, ": %s", reading.why);
	}
	for (int i = 0; i < reading.count; i++) {
		buf_puts(&out, i ? " or " : "");
		typed_write(declared->kind, &reading.as[i], &out);
	}
	struct str told = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return told;
}

struct row {
	const char *text, *told;
};

static void check_rows(
	const struct row *rows, size_t count, const char *lang, const struct declared *declared)
{
	for (size_t i = 0; i < count; i++) {
		struct str is = told(rows[i].text, lang, declared);
		if (!str_is(is, rows[i].told))
			print_message("# \"%s\" in %s\n", rows[i].text, lang);
		assert_string_equal(is.at, rows[i].told);
	}
}
#define check(rows, lang, ...) \
	check_rows(rows, sizeof(rows) / sizeof *(rows), lang, &(struct declared){__VA_ARGS__})

#endif
