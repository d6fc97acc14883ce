/* The rules of Unicode as this room has them, against Unicode's own LineBreakTest.txt (Debian's
 * unicode-data). Skipped, and said so, where the file is missing or is of another version of
 * Unicode than ICU.
 *
 * ICU departs from UAX #14 on purpose, in two rules of its line.txt; the table has them, with the
 * number of the file's lines that come out otherwise. */
#include "text/text_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <stdlib.h>
#include <unicode/uchar.h>

#define FILE_NAME "/usr/share/unicode/auxiliary/LineBreakTest.txt"

/* Where ICU says otherwise than the file, between characters of two classes. */
static const struct departure {
	const char *rule;
	ULineBreak before, behind;
	bool may; /* by ICU a line may end there */
	int places;
} departures[] = {
	{"LB 20.09: not behind a hyphen that begins a word", U_LB_HYPHEN, U_LB_ALPHABETIC, false,
		8},
	{"LB 25: not in a number that begins with its sign, .35", U_LB_INFIX_NUMERIC, U_LB_NUMERIC,
		false, 14},
	{"LB 25: but before it, behind a blank, as before any number", U_LB_SPACE,
		U_LB_INFIX_NUMERIC, true, 1}, /* in a line of those 14 */
};

enum { DEPARTURES = sizeof departures / sizeof *departures };

/* One line: its text, and what is said behind each byte. */
struct row {
	char text[256];
	bool ends[256]; /* behind its byte a line may end */
	int len;
};

static bool read_row(const char *line, struct row *row)
{
	*row = (struct row){0};
	for (const char *at = line; *at && *at != '#' && *at != '\n';) {
		char *end;
		if (strncmp(at, "\xC3\xB7", 2) == 0 && row->len)
			row->ends[row->len - 1] = true;
		if ((unsigned char)*at >= 0x80 || *at == ' ' || *at == '\t') {
			at++;
			continue;
		}
		uint32_t character = (uint32_t)strtoul(at, &end, 16);
		row->len += utf8_encode(character, row->text + row->len);
		at = end;
	}
	return row->len > 0;
}

/* By LB1, what is of no class of its own is a letter. */
static ULineBreak class_of(uint32_t character)
{
	ULineBreak class = (ULineBreak)u_getIntPropertyValue((UChar32)character, UCHAR_LINE_BREAK);
	bool letter = class == U_LB_AMBIGUOUS || class == U_LB_UNKNOWN ||
		class == U_LB_COMPLEX_CONTEXT;
	return letter ? U_LB_ALPHABETIC : class;
}

/* The departure that byte `at` of the row stands before, marks passed over; or DEPARTURES. */
static int departure_at(const struct row *row, int at, bool may)
{
	struct str text = {row->text, row->len};
	ULineBreak before = U_LB_COUNT, behind;
	for (int i = 0; i < at;) {
		ULineBreak class = class_of(utf8_next(text, &i));
		before = class == U_LB_COMBINING_MARK ? before : class;
	}
	behind = class_of(utf8_next(text, &at));
	int i = 0;
	while (i < DEPARTURES &&
		(departures[i].before != before || departures[i].behind != behind ||
			departures[i].may != may))
		i++;
	return i;
}

/* Counts the departures of a row, and returns whether there are any; whatever else comes out
 * otherwise fails. */
static bool compare(const struct row *row, const unsigned char *may, const char *line, int *counts)
{
	bool departs = false;
	for (int i = 0; i < row->len; i++) {
		if ((may[i] != STAY) == row->ends[i])
			continue;
		int departure = departure_at(row, i + 1, may[i] != STAY);
		if (departure == DEPARTURES)
			fail_msg("behind byte %d of %s", i, line);
		counts[departure]++;
		departs = true;
	}
	return departs;
}

/* The file when it is there, and of ICU's version of Unicode. */
static FILE *open_file(void)
{
	UVersionInfo version;
	char wanted[64], first[64] = "nothing";
	FILE *file = fopen(FILE_NAME, "r");
	u_getUnicodeVersion(version);
	snprintf(wanted, sizeof wanted, "# LineBreakTest-%d.%d.%d.txt", version[0], version[1],
		version[2]);
	if (file && fgets(first, sizeof first, file) && str_starts(str_of(first), wanted))
		return file;
	if (file)
		fclose(file);
	print_message("skipped: %s is not \"%s\" but \"%s\"\n", FILE_NAME, wanted, first);
	return NULL;
}

static void unicodes_own_test_passes(void **state)
{
	(void)state;
	char line[4096];
	int rows = 0, departing = 0, counts[DEPARTURES] = {0};
	FILE *file = open_file();
	if (!file)
		skip();
	struct text *text = text_new_fake();
	struct shaper *shaper = shaper_new(text);
	while (fgets(line, sizeof line, file)) {
		struct row row;
		unsigned char may[sizeof row.text];
		if (!read_row(line, &row))
			continue;
		rows++;
		breaker_find(shaper, (struct line_rules){str_lit("und"), false},
			(struct str){row.text, row.len}, may);
		departing += compare(&row, may, line, counts);
	}
	assert_int_equal(rows, 7654);
	for (int i = 0; i < DEPARTURES; i++)
		assert_int_equal(counts[i], departures[i].places);
	assert_int_equal(departing, 22);
	fclose(file);
	shaper_free(shaper);
	text_free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(unicodes_own_test_passes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
