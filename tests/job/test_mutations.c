/* The eighteen records, spoilt in every way that a slip of the hand spoils them: how much of it is
 * caught before a letter is made. A field that is taken out must always be; of cells that change
 * places, rows that shift, are lost or stand twice, a program can know only a part, and the test
 * prints how large it is. docs/template.md states these shares. */
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
			assert_null(letter_merge(scratch.arena, template, &spoilt, diags));
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
			letter_merge(arena, template, &recipient, diags);
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
	};
	if (argc != 2)
		return 1;
	root = argv[1];
	return cmocka_run_group_tests(tests, setup, teardown);
}
