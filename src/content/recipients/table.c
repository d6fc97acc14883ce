/* table.c - a header → where the cells of each column go, for every source that is a table.
 *
 * A column is matched to a declared field once (target.c); after that a row is a walk over its
 * cells (row.c). A cell is words, never markup, and nobody but its field's type says what they
 * mean. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

enum { MAX_COLUMNS = 10000 };

static struct place column_place(const struct table *table, int column)
{
	return place_cell(table->file, table->head, column + 1);
}

static void report_unknown(
	const struct table *table, const struct column *column, int at, struct diags *diags)
{
	struct nearest nearest = template_nearest_field(table->template->fields, column->name);
	struct str name = target_name_for(table->arena, column->name);
	diag_add(diags, COLUMN_UNKNOWN, column_place(table, at),
		diag_field(diags, column->name, (struct str){0}),
		diag_str(diags, name.len ? name : column->name));
	if (!name.len)
		diag_hint(diags, TARGET_NAMELESS);
	nearest_hint(&nearest, diags);
}

bool target_same(const struct column *a, const struct column *b)
{
	const struct target *x = &a->target, *y = &b->target;
	if (!x->field || !y->field)
		return a->kept && b->kept && str_eq(a->name, b->name);
	return x->field == y->field && x->list == y->list && x->record == y->record &&
		(x->line == y->line);
}

static void read_column(struct table *table, int at, struct str written, struct diags *diags)
{
	struct column *column = &table->columns[at];
	struct arena *arena = table->arena;
	const struct field *fields = table->template ? table->template->fields : NULL;
	column->name = fold_text(arena, blank_trim(str_copy(arena, written)));
	column->plain = target_plain(arena, column->name);
	bool names = table->id < 0 && target_is_id(arena, column->name);
	table->id = names ? at : table->id;
	if (column->name.len == 0)
		return;
	bool found = target_find(arena, fields, NULL, column->name, &column->target) ||
		(!names && target_find_part(arena, fields, column->name, &column->target));
	column->kept = found || (!table->template && !names);
	if (found)
		column->name = column->target.field->name;
	else if (table->template && !names)
		report_unknown(table, column, at, diags);
}

const char *column_said(struct diags *diags, const struct column *column)
{
	const struct field *field = column->target.field;
	return field ? field_said(diags, field) : diag_field(diags, column->name, (struct str){0});
}

static bool check_twice(const struct table *table, struct diags *diags)
{
	bool good = true;
	for (int i = 0; i < table->count; i++)
		for (int k = 0; k < i; k++) {
			if (!table->columns[i].kept || !table->columns[k].kept ||
				!target_same(&table->columns[i], &table->columns[k]))
				continue;
			struct buf letter = {0};
			place_write_column(k + 1, &letter);
			diag_add(diags, COLUMN_TWICE, column_place(table, i), buf_text(&letter).at,
				column_said(diags, &table->columns[i]));
			buf_free(&letter);
			good = false;
			break;
		}
	return good;
}

static bool has_column(const struct table *table, const struct field *field)
{
	for (int i = 0; i < table->count; i++)
		if (table->columns[i].target.field == field ||
			table->columns[i].target.list == field)
			return true;
	return false;
}

/* Once for the table, not once for each of its rows. */
static bool check_required(const struct table *table, struct diags *diags)
{
	const struct field *field = table->template ? table->template->fields : NULL;
	bool good = true;
	for (; field; field = field->next) {
		if (!field->required || has_column(table, field))
			continue;
		diag_add(diags, COLUMN_MISSING, place_cell(table->file, table->head, 0),
			field_said(diags, field),
			diag_str(diags, target_column(table->arena, field)));
		good = false;
	}
	return good;
}

/* Of rows with one id, which records of two lists would belong together nobody could say. */
static bool check_joined(struct table *table, struct diags *diags)
{
	for (int i = 0; i < table->count; i++) {
		const struct target *target = &table->columns[i].target;
		if (!target->list || target->record)
			continue;
		if (table->joined && table->joined != target->list) {
			diag_add(diags, TABLE_LISTS, column_place(table, i),
				field_said(diags, table->joined), field_said(diags, target->list));
			return false;
		}
		table->joined = target->list;
	}
	return true;
}

bool table_header(struct table *table, const struct str *names, int count, struct diags *diags)
{
	if (count > MAX_COLUMNS) {
		diag_add(diags, XML_LIMIT, place_in(table->file), "more than 10000 columns");
		return false;
	}
	while (count && blank_trim(names[count - 1]).len == 0)
		count--; /* what stands below is a cell too many: a row that has shifted */
	table->id = -1;
	table->count = count;
	table->columns = arena_new_array(table->arena, struct column, count);
	for (int i = 0; i < count; i++) {
		read_column(table, i, names[i], diags);
		table->hash = table->hash * 31 + str_hash(names[i]);
	}
	bool once = check_twice(table, diags), complete = check_required(table, diags);
	return once && complete && check_joined(table, diags);
}
