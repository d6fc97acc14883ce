/* What the body of a POST says: names and values that are text, or nothing. */
#include "http/form_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* "name=value|name=value"; "no" when it is refused. */
static struct str read_as(struct arena *arena, struct str body)
{
	struct form form;
	struct buf out = {0};
	bool good = form_read(arena, body, &form);
	for (int i = 0; good && i < form.fields.len; i++)
		buf_format(&out, "%s%s=%s", i ? "|" : "", form.fields.at[i].name.at,
			form.fields.at[i].value.at);
	struct str text = str_copy(arena, good ? buf_text(&out) : str_lit("no"));
	buf_free(&out);
	return text;
}

static void bodies_are_read_or_refused(void **state)
{
	static const struct {
		const char *body, *read;
	} rows[] = {
		{"", ""},
		{"text=the+name+is+wrong", "text=the name is wrong"},
		{"text=100%25+%2B+1%261&v=12ab", "text=100% + 1&1|v=12ab"},
		{"text=Zo%C3%AB%0D%0A&by=%e2%82%ac", "text=Zo\xc3\xab\r\n|by=\xe2\x82\xac"},
		{"text=Zo\xc3\xab", "text=Zo\xc3\xab"},
		{"a=1&&b=2&", "a=1|b=2"},
		{"a", "a="},
		{"a=b=c", "a=b=c"},
		{"=x", "=x"},
		{"a=%", "no"},
		{"a=%4", "no"},
		{"a=%4g", "no"},
		{"%zz=1", "no"},
		{"a=x%00y", "no"},
		{"a%00=x", "no"},
		{"a=%ff", "no"},
		{"a=%C3", "no"},
		{"a=%C0%80", "no"},
		{"a=%ED%A0%80", "no"},
		{"a=\xff", "no"},
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_message("# %s\n", rows[i].body);
		assert_string_equal(read_as(arena, str_of(rows[i].body)).at, rows[i].read);
	}
	assert_string_equal(read_as(arena, (struct str){"a=x\0y", 5}).at, "no");
	arena_free(arena);
}

static void what_is_too_much_is_refused(void **state)
{
	struct arena *arena = arena_new();
	struct buf body = {0};
	struct form form;
	(void)state;
	for (int i = 0; i < FORM_FIELDS; i++)
		buf_format(&body, "n%d=%d&", i, i);
	assert_true(form_read(arena, buf_text(&body), &form));
	assert_string_equal(form_value(&form, "n63").at, "63");
	buf_puts(&body, "one=more");
	assert_false(form_read(arena, buf_text(&body), &form));
	buf_clear(&body);
	buf_puts(&body, "a=");
	while (body.len < FORM_MOST)
		buf_char(&body, 'x');
	assert_true(form_read(arena, buf_text(&body), &form));
	assert_int_equal(form_value(&form, "a").len, FORM_MOST - 2);
	buf_char(&body, 'x');
	assert_false(form_read(arena, buf_text(&body), &form));
	buf_free(&body);
	arena_free(arena);
}

static void a_value_is_found_by_its_name(void **state)
{
	struct arena *arena = arena_new();
	struct form form;
	(void)state;
	assert_true(form_read(arena, str_lit("a=1&b=2&a=3"), &form));
	assert_string_equal(form_value(&form, "a").at, "1");
	assert_string_equal(form_value(&form, "b").at, "2");
	assert_string_equal(form_value(&form, "A").at, "");
	arena_free(arena);
}

static void a_number_is_digits_and_nothing_else(void **state)
{
	struct arena *arena = arena_new();
	struct form form;
	(void)state;
	assert_true(form_read(
		arena, str_lit("a=0&b=17&c=&d=-1&e=1x&f=+1&g=4294967296&h=999999999"), &form));
	assert_int_equal(form_number(&form, "a"), 0);
	assert_int_equal(form_number(&form, "b"), 17);
	assert_int_equal(form_number(&form, "h"), 999999999);
	for (const char *name = "c\0d\0e\0f\0g\0none\0"; *name; name += strlen(name) + 1)
		assert_int_equal(form_number(&form, name), -1);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bodies_are_read_or_refused),
		cmocka_unit_test(what_is_too_much_is_refused),
		cmocka_unit_test(a_value_is_found_by_its_name),
		cmocka_unit_test(a_number_is_digits_and_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
