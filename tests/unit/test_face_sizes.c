/* Of faces that are equal but for the size that they were drawn for, which one is taken. */
#include "font_folder.h"

static const char *face_of(const struct text *text, const struct text_style *style)
{
	return path_base(str_of(text_face(text, text_style_face(text, style))->path)).at;
}

static void each_size_has_the_face_that_was_drawn_for_it(void **state)
{
	struct desk *desk = *state;
	struct style style = plain_style("EB Garamond");
	style.block[TAG_NOTE].text.size = pt(8.5);
	style.block[TAG_SUBJECT].text.size = pt(13);
	struct text *text = text_new(&style, desk->diags);
	assert_non_null(text);
	assert_string_equal(face_of(text, &style.block[TAG_P].text), "EBGaramond12-Regular.otf");
	assert_string_equal(
		face_of(text, &style.block[TAG_SUBJECT].text), "EBGaramond12-Regular.otf");
	assert_string_equal(face_of(text, &style.block[TAG_NOTE].text), "EBGaramond08-Regular.otf");
	struct text_style italic = style.block[TAG_NOTE].text, mark = italic;
	italic.italic = true;
	assert_string_equal(face_of(text, &italic), "EBGaramond08-Italic.otf");
	mark.size = pt(5); /* a size that no element has: the nearest that one has */
	assert_string_equal(face_of(text, &mark), "EBGaramond08-Regular.otf");
	assert_int_equal(diags_len(desk->diags), 0);
	text_free(text);
}

/* A copy of the face of EB Garamond for that number; spoil: without its feature of sizes. */
static char *garamond(struct desk *desk, int number, bool spoil, struct str *whole)
{
	struct style style = plain_style("EB Garamond");
	style.block[TAG_P].text.size = pt(number);
	struct text *text = text_new(&style, desk->diags);
	assert_non_null(text);
	const struct face *face = text_face(text, text_style_face(text, &style.block[TAG_P].text));
	*whole = str_copy(desk->arena, (struct str){face->bytes, (int)face->len});
	text_free(text);
	char *at = str_chars(desk->arena, *whole);
	struct str list = {at + table_at(*whole, "GPOS"), 4000};
	for (int tag; spoil && (tag = str_find(list, "size")) >= 0;)
		at[table_at(*whole, "GPOS") + (unsigned)tag] = 'x';
	return at;
}

/* The regular face of both files in the desk's folder at 11 pt. */
static const char *at_eleven(struct desk *desk)
{
	struct style style = plain_style("EB Garamond");
	style.block[TAG_STRONG].text.bold = false;
	style.block[TAG_EM].text.italic = false;
	style.block[TAG_P].text.size = pt(11);
	diags_clear(desk->diags);
	struct text *text = text_new(&style, desk->diags);
	assert_non_null(text);
	const char *name = str_copy(desk->arena, str_of(face_of(text, &style.block[TAG_P].text)))
				   .at;
	text_free(text);
	return name;
}

static void without_the_feature_the_name_tells_the_size(void **state)
{
	struct desk *desk = *state;
	struct str small, large;
	char *eight = garamond(desk, 8, true, &small), *twelve = garamond(desk, 12, true, &large);
	write_file(desk, "a.otf", (struct str){eight, small.len});
	write_file(desk, "b.otf", (struct str){twelve, large.len});
	use_folder(desk);
	assert_string_equal(at_eleven(desk), "b.otf");
	assert_int_equal(diags_len(desk->diags), 0);
}

/* Takes the number out of the full name, in which a blank stands before and behind it. */
static void take_number(char *bytes, int len, const char *number)
{
	const char wanted[] = {0, ' ', 0, number[0], 0, number[1], 0, ' '};
	for (int i = 0; i + (int)sizeof wanted < len; i++) {
		if (memcmp(bytes + i, wanted, sizeof wanted) == 0)
			bytes[i + 3] = bytes[i + 5] = 'x';
		if (bytes[i] == ' ' && bytes[i + 1] == number[0] && bytes[i + 2] == number[1] &&
			bytes[i + 3] == ' ')
			bytes[i + 1] = bytes[i + 2] = 'x';
	}
}

static void faces_that_nothing_tells_apart_are_a_warning(void **state)
{
	struct desk *desk = *state;
	struct str small, large;
	char *eight = garamond(desk, 8, true, &small), *twelve = garamond(desk, 12, true, &large);
	take_number(eight, small.len, "08");
	take_number(twelve, large.len, "12");
	write_file(desk, "b.otf", (struct str){eight, small.len});
	write_file(desk, "a.otf", (struct str){twelve, large.len});
	use_folder(desk);
	assert_string_equal(at_eleven(desk), "a.otf");
	assert_int_equal(diags_len(desk->diags), 1);
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_FONT_EQUAL);
	assert_non_null(strstr(diags_at(desk->diags, 0)->text, "a.otf and "));
	write_file(desk, "b.otf", (struct str){twelve, large.len}); /* the same face twice */
	assert_string_equal(at_eleven(desk), "a.otf");
	assert_int_equal(diags_len(desk->diags), 0);
}

/* Its table OS/2 again at the end, of version 5, for sizes from..to in twentieths of a point. */
static struct str with_sizes(struct desk *desk, char *at, struct str whole, int from, int to)
{
	enum { OLD = 96, NEW = 100 };
	char *result = arena_alloc(desk->arena, (size_t)whole.len + NEW);
	memcpy(result, at, (size_t)whole.len);
	char *table = result + whole.len;
	memcpy(table, at + table_at(whole, "OS/2"), OLD);
	put_u16(table, 5);
	put_u16(table + 96, from);
	put_u16(table + 98, to);
	char *row = result + 12;
	while (memcmp(row, "OS/2", 4) != 0)
		row += 16;
	put_u16(row + 8, whole.len >> 16);
	put_u16(row + 10, whole.len);
	put_u16(row + 14, NEW);
	return (struct str){result, whole.len + NEW};
}

/* Against what the names say. */
static void the_sizes_of_a_table_go_before_the_name(void **state)
{
	struct desk *desk = *state;
	struct str small, large;
	char *eight = garamond(desk, 8, true, &small), *twelve = garamond(desk, 12, true, &large);
	write_file(desk, "a.otf", with_sizes(desk, eight, small, 200, 0xFFFF));
	write_file(desk, "b.otf", with_sizes(desk, twelve, large, 0, 199));
	use_folder(desk);
	assert_string_equal(at_eleven(desk), "a.otf");
	assert_int_equal(diags_len(desk->diags), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		desk_test(each_size_has_the_face_that_was_drawn_for_it),
		desk_test(without_the_feature_the_name_tells_the_size),
		desk_test(faces_that_nothing_tells_apart_are_a_warning),
		desk_test(the_sizes_of_a_table_go_before_the_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
