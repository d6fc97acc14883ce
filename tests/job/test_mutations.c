/* The eighteen records, spoilt in every way that a slip of the hand spoils them: how much of it is
 * caught before a letter is made. A field that is taken out must always be; of cells that change
 * places, rows that shift, are lost or stand twice, a program can know only a part, and the test
 * prints how large it is. docs/checking.md states these shares. */
#include "base/diag_id.h"
#include "letter/letter.h"
#include "support/support.h"
#include "template/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { RECORDS = 18, REQUIRED = 8, MAX_FIELDS = 20 };

static const char *root; /* of the project, from the command line */
static struct scratch scratch;
static struct template *template;
static struct recipient records[RECORDS];
static const struct field *fields[MAX_FIELDS];
static int field_count;
static struct str table[RECORDS][MAX_FIELDS]; /* the cells, as they ought to be */

static int setup(void **state)
{
	(void)state;
	struct diags *diags = diags_new();
	scratch = scratch_new();
	const char *path = str_format(scratch.arena, "%s/templates/vru-letter.xml", root).at;
	template = template_read(
		scratch.arena, read_bytes(scratch.arena, path), "vru-letter.xml", diags);
	struct recipients *source = recipients_open(
		str_format(scratch.arena, "%s/recipients", root).at, template, NULL, diags);
	for (const struct field *field = template->fields; field; field = field->next)
		if (!field->computation.how)
			fields[field_count++] = field;
	for (int i = 0; i < RECORDS; i++) {
		if (recipients_next(source, scratch.arena, &records[i], diags) != RECIPIENTS_GOOD)
			return 1;
		for (int k = 0; k < field_count; k++) {
			const struct value *value = recipient_find(
				records[i].values, fields[k]->name);
			table[i][k] = !value ? str_lit("")
				: fields[k]->type == FIELD_LINES
				? value->text
				: fold_text(scratch.arena, value->text);
		}
	}
	recipients_close(source);
	diags_free(diags);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_free(&scratch);
	return 0;
}

/* -- a field taken out ------------------------------------------------------------------------- */

static void check_caught(const struct diags *diags, const struct value *value, const char *record)
{
	for (int i = 0; i < diags_len(diags); i++) {
		const struct diag *diag = diags_at(diags, i);
		if (diag->id != DIAG_FIELD_MISSING && diag->id != DIAG_FIELD_BLANK)
			continue;
		assert_string_equal(diag->at.file, "vru-letter.xml");
		assert_true(diag->at.line > 0 && diag->at.column > 0);
		assert_string_equal(diag->record, record);
		assert_true(str_find(str_of(diag->text), value->name.at) >= 0);
		return;
	}
	fail_msg("%s without %.*s: not caught", record, str_arg(value->name));
}

/* The record without the value, or with a blank in its place; the copy shares all else. */
static struct recipient spoil(
	const struct recipient *recipient, const struct value *without, bool blank)
{
	struct recipient spoilt = *recipient;
	struct value **end = &spoilt.values;
	for (const struct value *value = recipient->values; value; value = value->next) {
		if (value == without && !blank)
			continue;
		struct value *copy = arena_new_array(scratch.arena, struct value, 1);
		*copy = *value;
		if (value == without) {
			copy->text = str_lit(" ");
			copy->line_count = 0;
			copy->rich = NULL;
		}
		*end = copy;
		end = &copy->next;
	}
	*end = NULL;
	return spoilt;
}

static void every_field_taken_out_or_blanked_is_caught(void **state)
{
	(void)state;
	struct diags *diags = diags_new();
	int caught = 0;
	for (int i = 0; i < 2 * RECORDS; i++)
		for (const struct value *value = records[i / 2].values; value;
			value = value->next) {
			if (!template_find_field(template->fields, value->name)->required)
				continue;
			struct arena_mark mark = arena_save(scratch.arena);
			struct recipient spoilt = spoil(&records[i / 2], value, i % 2);
			diags_clear(diags);
			diags_set_record(diags, spoilt.where);
			assert_null(letter_merge(scratch.arena, template, &spoilt, NULL, diags));
			check_caught(diags, value, spoilt.where);
			arena_restore(scratch.arena, mark);
			caught++;
		}
	print_message("# %d caught\n", caught);
	assert_int_equal(caught, RECORDS * REQUIRED * 2);
	diags_free(diags);
}

/* -- a table spoilt ---------------------------------------------------------------------------- */

struct share {
	int caught, all;
};

static void put_cell(struct buf *out, struct str cell)
{
	buf_char(out, '"');
	for (int i = 0; i < cell.len; i++)
		buf_format(out, "%s%c", cell.at[i] == '"' ? "\"" : "", cell.at[i]);
	buf_char(out, '"');
}

/* Some rows of the table, as a CSV. */
static void put_table(struct buf *out, struct str cells[][MAX_FIELDS], const int *rows, int count)
{
	buf_puts(out, "id");
	for (int k = 0; k < field_count; k++)
		buf_format(out, ",%.*s", str_arg(fields[k]->name));
	for (int i = 0; i < count; i++) {
		buf_format(out, "\n%.*s", str_arg(records[rows[i]].id));
		for (int k = 0; k < field_count; k++) {
			buf_char(out, ',');
			put_cell(out, cells[rows[i]][k]);
		}
	}
	buf_char(out, '\n');
}

/* Whether an error or a warning is found in the table's letters. */
static bool is_caught(struct str cells[][MAX_FIELDS], const int *rows, int count)
{
	struct buf text = {0};
	struct diags *diags = diags_new();
	struct arena *arena = arena_new();
	struct recipient recipient;
	enum recipients_result result = RECIPIENTS_END;
	put_table(&text, cells, rows, count);
	scratch_write(&scratch, "a.csv", buf_text(&text).at);
	struct recipients *source = recipients_open(
		scratch_path(&scratch, "a.csv"), template, NULL, diags);
	while (source &&
		(result = recipients_next(source, arena, &recipient, diags)) != RECIPIENTS_END) {
		if (result == RECIPIENTS_GOOD)
			letter_merge(arena, template, &recipient, NULL, diags);
		arena_reset(arena);
	}
	bool caught = diags_count(diags, SEVERITY_WARNING) > 0;
	recipients_close(source);
	arena_free(arena);
	diags_free(diags);
	buf_free(&text);
	return caught;
}

static const int *all_rows(void)
{
	static int rows[RECORDS];
	for (int i = 0; i < RECORDS; i++)
		rows[i] = i;
	return rows;
}

static void count(struct share *share, bool caught)
{
	share->all++;
	share->caught += caught;
}

static void print_share(const char *what, struct share share, int at_least)
{
	print_message("# %-44s %4d of %4d caught, %3d %%\n", what, share.caught, share.all,
		share.caught * 100 / share.all);
	assert_true(share.caught * 100 >= share.all * at_least);
}

static void swap(struct str *a, struct str *b)
{
	struct str kept = *a;
	*a = *b;
	*b = kept;
}

static void the_table_itself_has_no_findings(void **state)
{
	(void)state;
	assert_false(is_caught(table, all_rows(), RECORDS));
}

static void cells_of_a_row_that_change_places(void **state)
{
	(void)state;
	struct share share = {0};
	for (int row = 0; row < RECORDS; row++)
		for (int a = 0; a < field_count; a++)
			for (int b = (a + row) % 3; b < a; b += 3) {
				if (str_eq(table[row][a], table[row][b]))
					continue;
				swap(&table[row][a], &table[row][b]);
				count(&share, is_caught(table, &row, 1));
				swap(&table[row][a], &table[row][b]);
			}
	print_share("two cells of a row change places", share, 60);
}

static void cells_of_a_column_that_change_places(void **state)
{
	(void)state;
	for (int column = 0; column < field_count; column++) {
		struct share share = {0};
		for (int a = 0; a < RECORDS; a++)
			for (int b = a % 3; b < a; b += 3) { /* a third of the pairs */
				const int rows[] = {b, a};
				if (str_eq(table[a][column], table[b][column]))
					continue;
				swap(&table[a][column], &table[b][column]);
				count(&share, is_caught(table, rows, 2));
				swap(&table[a][column], &table[b][column]);
			}
		const char *what = str_format(
			scratch.arena, "two rows change their %.*s", str_arg(fields[column]->name))
					   .at;
		bool person = str_is(fields[column]->name, "name") ||
			str_is(fields[column]->name, "salutation");
		print_share(what, share, person ? 90 : 0);
	}
}

/* From a column on, each cell comes from the column before or behind it. */
static void rows_that_shift(void **state)
{
	(void)state;
	struct share shares[2] = {{0}};
	for (int row = 0; row < RECORDS; row++)
		for (int from = 0; from < field_count; from++)
			for (int left = 0; left < 2; left++) {
				struct str kept[MAX_FIELDS];
				memcpy(kept, table[row], sizeof kept);
				for (int k = from; k < field_count; k++) {
					bool edge = left ? k == field_count - 1 : k == from;
					table[row][k] = edge ? str_lit("")
							     : kept[k + (left ? 1 : -1)];
				}
				if (memcmp(kept, table[row], sizeof kept) != 0)
					count(&shares[left], is_caught(table, &row, 1));
				memcpy(table[row], kept, sizeof kept);
			}
	print_share("a row shifts to the right from a column on", shares[0], 70);
	print_share("a row shifts to the left from a column on", shares[1], 50);
}

static void columns_that_shift_down(void **state)
{
	(void)state;
	struct share share = {0};
	for (int column = 0; column < field_count; column++) {
		struct str last = table[RECORDS - 1][column];
		for (int i = RECORDS - 1; i > 0; i--)
			table[i][column] = table[i - 1][column];
		table[0][column] = last;
		count(&share, is_caught(table, all_rows(), RECORDS));
		struct str first = table[0][column];
		for (int i = 0; i < RECORDS - 1; i++)
			table[i][column] = table[i + 1][column];
		table[RECORDS - 1][column] = first;
	}
	print_share("a column shifts by one row", share, 20);
}

static void rows_that_stand_twice(void **state)
{
	(void)state;
	struct share share = {0};
	for (int row = 0; row < RECORDS; row++) {
		const int rows[] = {row, row};
		count(&share, is_caught(table, rows, 2));
	}
	print_share("a row stands twice", share, 100);
}

/* -- values that other programs have spoilt ---------------------------------------------------- */

/* What is put into a cell in place of its value: {} stands for it. */
static void spoil_cells(
	const char *what, const char *const *forms, bool required_only, int at_least)
{
	struct share share = {0};
	for (int row = 0; row < RECORDS; row++)
		for (int k = 0; k < field_count; k++)
			for (int i = 0; forms[i]; i++) {
				struct str kept = table[row][k], form = str_of(forms[i]);
				int gap = str_find(form, "{}");
				if (!kept.len || (required_only && !fields[k]->required))
					continue;
				struct arena_mark mark = arena_save(scratch.arena);
				table[row][k] = gap < 0
					? form
					: str_format(scratch.arena, "%.*s%.*s%s", gap, form.at,
						  str_arg(kept), form.at + gap + 2);
				count(&share, is_caught(table, &row, 1));
				table[row][k] = kept;
				arena_restore(scratch.arena, mark);
			}
	print_share(what, share, at_least);
}

static void debris_of_other_programs(void **state)
{
	(void)state;
	static const char *const debris[] = {"#N/A", "#REF!", "########", "NULL", "None", "NaN",
		"undefined", "[object Object]", "{} &amp; more", "{}&#8217;s", "{}_x000D_",
		"<b>{}</b>", "{}\uFFFD", "{} caf\u00C3\u00A9", NULL};
	spoil_cells("debris of another program", debris, false, 100);
}

static void blanks_that_nobody_sees(void **state)
{
	(void)state;
	static const char *const blanks[] = {"\u00A0", "\u00AD", "\u2003", "\u200B", "\u3000",
		"\uFEFF", "\u2800", "\u2028", "\u2007\u202F", "\u115F", NULL};
	spoil_cells("nothing but exotic blanks", blanks, true, 100);
}

/* -- values written otherwise ------------------------------------------------------------------ */

struct spellings {
	int read, refused, all;
};

/* Whether a spelling is read as what is meant, or refused; anything else is a wrong letter. */
static void count_spelling(struct spellings *spellings, const struct declared *declared,
	struct str spelling, const struct typed *meant)
{
	struct readings readings = reading_of(scratch.arena, spelling, str_lit("en-GB"), declared);
	bool same = readings.count == 1 &&
		typed_compare(declared->kind, &readings.as[0], meant) == 0;
	spellings->all++;
	spellings->read += same;
	spellings->refused += readings.count != 1;
	if (readings.count == 1 && !same)
		fail_msg("\"%.*s\" is read as something else", str_arg(spelling));
}

static void print_spellings(const char *what, struct spellings spellings, int at_least)
{
	print_message("# %-44s %4d of %4d read, the others refused\n", what, spellings.read,
		spellings.all);
	assert_int_equal(spellings.read + spellings.refused, spellings.all);
	assert_true(spellings.read * 100 >= spellings.all * at_least);
}

/* A whole number in groups of three. */
static struct str grouped(struct str digits, const char *separator)
{
	struct buf out = {0};
	for (int i = 0; i < digits.len; i++)
		buf_format(&out, "%s%c", i && (digits.len - i) % 3 == 0 ? separator : "",
			digits.at[i]);
	struct str text = str_copy(scratch.arena, buf_text(&out));
	buf_free(&out);
	return text;
}

static void spell_amount(struct spellings *spellings, const struct typed *meant)
{
	static const char *const separators[] = {
		",", ".", " ", "'", "\u2019", "\u00A0", "\u202F", "\u2009", NULL};
	static const char *const forms[] = {"%.*s", "\u00A3%.*s", "\u00A3 %.*s", "%.*s \u00A3",
		"GBP %.*s", "%.*s GBP", " %.*s\u00AD", NULL};
	const struct declared money = {VALUE_MONEY, .currency = str_lit("\u00A3")};
	for (int i = 0; separators[i]; i++)
		for (int k = 0; forms[k]; k++) {
			struct str number = grouped(meant->decimal.digits, separators[i]);
			count_spelling(spellings, &money,
				str_format(scratch.arena, forms[k], str_arg(number)), meant);
		}
}

/* The amounts of the eighteen, those that are no more than amounts, in the spellings of others. */
static void amounts_in_groups(void **state)
{
	(void)state;
	const struct declared money = {VALUE_MONEY};
	struct spellings spellings = {0};
	for (int row = 0; row < RECORDS; row++)
		for (int k = 0; k < field_count; k++) {
			struct readings amount = reading_of(
				scratch.arena, table[row][k], str_lit("en-GB"), &money);
			if (amount.count == 1 && amount.as[0].decimal.scale == 0 &&
				!amount.as[0].multiple.len)
				spell_amount(&spellings, &amount.as[0]);
		}
	print_spellings("an amount is written with other groups", spellings, 94);
	assert_true(spellings.all > 0);
}

static void other_dates(void **state)
{
	(void)state;
	static const struct {
		const char *what, *form;
		bool month_first;
		int at_least;
	} rows[] = {
		{"a date with its day first, 13/10/2020", "%02d/%02d/%04d", false, 62},
		{"a date with its month first, 10/13/2020", "%02d/%02d/%04d", true, 62},
		{"a date with points, 13.10.2020", "%d.%d.%04d", false, 62},
		{"a date of the form 2020-10-13 00:00:00", NULL, false, 100},
	};
	const struct declared declared = {VALUE_DATE};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct spellings spellings = {0};
		struct typed meant = {.day = {2020, 1, 1}};
		for (struct day *day = &meant.day; day->month <= 12; day->day++) {
			if (!day_fits(*day)) {
				*day = (struct day){2020, day->month + 1, 0};
				continue;
			}
			int first = rows[i].month_first ? day->month : day->day;
			int second = rows[i].month_first ? day->day : day->month;
			struct str text = rows[i].form
				? str_format(scratch.arena, rows[i].form, first, second, day->year)
				: str_format(scratch.arena, "%04d-%02d-%02d 00:00:00", day->year,
					  day->month, day->day);
			count_spelling(&spellings, &declared, text, &meant);
		}
		assert_int_equal(spellings.all, 366);
		print_spellings(rows[i].what, spellings, rows[i].at_least);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_taken_out_or_blanked_is_caught),
		cmocka_unit_test(the_table_itself_has_no_findings),
		cmocka_unit_test(cells_of_a_row_that_change_places),
		cmocka_unit_test(cells_of_a_column_that_change_places),
		cmocka_unit_test(rows_that_shift),
		cmocka_unit_test(columns_that_shift_down),
		cmocka_unit_test(rows_that_stand_twice),
		cmocka_unit_test(debris_of_other_programs),
		cmocka_unit_test(blanks_that_nobody_sees),
		cmocka_unit_test(amounts_in_groups),
		cmocka_unit_test(other_dates),
	};
	if (argc != 2)
		return 1;
	root = argv[1];
	return cmocka_run_group_tests(tests, setup, teardown);
}
