/* table.c - a header and rows of cells → records, for every source that is a table.
 *
 * A column is matched to a declared field once; after that a row is a walk over its cells. Names
 * match as people write them: "Reply by", "reply_by" and "REPLY-BY" are the field reply-by, and
 * "VRU highlight" is vru.highlight. An address may stand in one cell, line under line, or in
 * columns of its own ("Address line 1", "address.2"); a list in numbered columns ("dates.1.day").
 * A cell is words, never markup, and nobody but its field's type says what they mean. */
#include "recipients/recipients_int.h"

/* Where a cell goes. */
struct target {
	const struct field *field,
		*list;    /* field: NULL for a column left out; list: it is a part of */
	int line, record; /* numbers in the column's name; 0 for none */
};

struct column {
	struct str name; /* of the value, as the header or the template has it */
	struct target target;
	bool kept;
};

enum { MAX_COLUMNS = 10000, MAX_NUMBER = 999 };

/* -- names ----------------------------------------------------------------------------------- */

/* In small letters, without blanks, "_", "-" and ".". */
static struct str plain_name(struct arena *arena, struct str name)
{
	struct buf out = {0};
	for (int i = 0; i < name.len; i++) {
		char c = name.at[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 'a' - 'A');
		if ((unsigned char)c == 0xC2 && i + 1 < name.len &&
			(unsigned char)name.at[i + 1] == 0xA0)
			i++; /* a no-break space */
		else if (!strchr(" \t\r\n_-.", c))
			buf_char(&out, c);
	}
	struct str plain = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return plain;
}

static bool take(struct str *text, struct str prefix)
{
	if (text->len < prefix.len || !str_eq(str_slice(*text, 0, prefix.len), prefix))
		return false;
	*text = str_slice(*text, prefix.len, text->len);
	return true;
}

/* A number from 1; 0 for none. */
static int take_number(struct str *text)
{
	int number = 0;
	while (text->len && text->at[0] >= '0' && text->at[0] <= '9' && number <= MAX_NUMBER) {
		number = number * 10 + (text->at[0] - '0');
		*text = str_slice(*text, 1, text->len);
	}
	return number > MAX_NUMBER ? 0 : number;
}

static int match(struct arena *arena, const struct field *fields, struct str name,
	const struct field *list, struct target *target);

/* Whether a plain name is this field's, or a line's or a part's of it: how many targets fit. */
static int match_field(struct arena *arena, const struct field *field, struct str name,
	const struct field *list, struct target *target)
{
	if (!take(&name, plain_name(arena, field->name)))
		return 0;
	if (name.len == 0 && field->type != FIELD_LIST) {
		*target = (struct target){field, list, 0, 0};
		return 1;
	}
	if (field->type == FIELD_LINES) {
		take(&name, str_lit("line"));
		int line = take_number(&name);
		if (!line || name.len)
			return 0;
		*target = (struct target){field, list, line, 0};
		return 1;
	}
	int record = field->type == FIELD_LIST ? take_number(&name) : 0;
	int fitting = record ? match(arena, field->parts, name, field, target) : 0;
	if (fitting)
		target->record = record;
	return fitting;
}

static int match(struct arena *arena, const struct field *fields, struct str name,
	const struct field *list, struct target *target)
{
	int whole = 0, fitting = 0;
	for (const struct field *field = fields; field; field = field->next) {
		struct target found = {0};
		int count = match_field(arena, field, name, list, &found);
		bool is_whole = count && !found.line && !found.record;
		if (count && (is_whole || !whole))
			*target = found;
		whole += is_whole ? count : 0;
		fitting += count;
	}
	return whole ? whole : fitting;
}

/* -- the header ------------------------------------------------------------------------------ */

static struct place column_place(const struct table *table, int column)
{
	return (struct place){table->file, 1, column + 1, true};
}

static bool same_target(const struct column *a, const struct column *b)
{
	const struct target *x = &a->target, *y = &b->target;
	if (!x->field || !y->field)
		return a->kept && b->kept && str_eq(a->name, b->name);
	return x->field == y->field && x->list == y->list && x->record == y->record &&
		(x->line == y->line);
}

static void report_unknown(
	const struct table *table, const struct column *column, int at, struct diags *diags)
{
	struct nearest nearest = nearest_start(column->name);
	nearest.best = template_nearest_field(table->template->fields, column->name);
	const char *name = diag_str(diags, column->name);
	diag_add(diags, COLUMN_UNKNOWN, column_place(table, at), name, name);
	nearest_hint(&nearest, diags);
}

static void read_column(struct table *table, int at, struct str written, struct diags *diags)
{
	struct column *column = &table->columns[at];
	struct arena *arena = table->arena;
	const struct field *fields = table->template ? table->template->fields : NULL;
	column->name = fold_text(arena, str_copy(arena, written));
	const struct field *exact = template_find_field(fields, column->name);
	column->target.field = exact && exact->type != FIELD_LIST ? exact : NULL;
	column->kept = column->target.field || !table->template;
	if (column->name.len == 0 || column->target.field) {
		column->kept &= column->name.len > 0;
		return;
	}
	struct str plain = plain_name(arena, column->name);
	struct target target = {0};
	if (match(arena, fields, plain, NULL, &target) == 1) {
		column->target = target;
		column->name = target.field->name;
		column->kept = true;
	} else if (table->id < 0 && str_is(plain, "id")) {
		table->id = at;
		column->kept = false;
	} else if (table->template) {
		report_unknown(table, column, at, diags);
	}
}

static bool check_twice(const struct table *table, struct diags *diags)
{
	bool good = true;
	for (int i = 0; i < table->count; i++)
		for (int k = 0; k < i; k++) {
			if (!table->columns[i].kept || !table->columns[k].kept ||
				!same_target(&table->columns[i], &table->columns[k]))
				continue;
			struct buf letter = {0};
			place_write_column(k + 1, &letter);
			diag_add(diags, COLUMN_TWICE, column_place(table, i), buf_text(&letter).at,
				diag_str(diags, table->columns[i].name));
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
		const char *name = diag_str(diags, field->name);
		diag_add(diags, COLUMN_MISSING, ((struct place){table->file, 1, 0, true}), name,
			name);
		good = false;
	}
	return good;
}

bool table_header(struct table *table, const struct str *names, int count, struct diags *diags)
{
	if (count > MAX_COLUMNS) {
		diag_add(
			diags, XML_LIMIT, ((struct place){table->file}), "more than 10000 columns");
		return false;
	}
	table->id = -1;
	table->count = count;
	table->columns = arena_new_array(table->arena, struct column, count);
	for (int i = 0; i < count; i++)
		read_column(table, i, names[i], diags);
	return check_twice(table, diags) & check_required(table, diags);
}

/* -- rows ------------------------------------------------------------------------------------ */

struct row {
	const struct table *table;
	struct arena *arena;
	const char *file; /* the table's, in the arena */
	const struct str *cells;
	int number;
};

static struct place cell_place(const struct row *row, int column)
{
	return (struct place){row->file, row->number, column + 1, true};
}

static struct value *value_new(const struct row *row, int column, struct str text)
{
	struct value *value = arena_new_array(row->arena, struct value, 1);
	*value = (struct value){.name = str_copy(row->arena, row->table->columns[column].name),
		.text = str_copy(row->arena, text),
		.lang = str_lit(""),
		.at = cell_place(row, column)};
	value_split_lines(row->arena, value);
	return value;
}

/* Lines of an address that has columns of its own: one value of all of them, in their order. */
static struct value *value_of_lines(const struct row *row, int count, int first)
{
	const struct target *of = &row->table->columns[first].target;
	struct buf text = {0};
	for (int line = 0, left = count; left > 0 && line <= MAX_NUMBER; line++, left--)
		for (int i = 0; i < count; i++) {
			const struct target *target = &row->table->columns[i].target;
			if (target->field == of->field && target->list == of->list &&
				target->record == of->record && target->line == line)
				buf_format(&text, "%.*s\n", str_arg(row->cells[i]));
		}
	struct value *value = value_new(row, first, buf_text(&text));
	buf_free(&text);
	return value;
}

/* The first of the columns that make one value together. */
static bool is_first_line(const struct row *row, int column)
{
	const struct target *of = &row->table->columns[column].target;
	for (int i = 0; i < column; i++) {
		const struct target *target = &row->table->columns[i].target;
		if (target->field == of->field && target->list == of->list &&
			target->record == of->record)
			return false;
	}
	return true;
}

static void append_cell(const struct row *row, int count, int column, struct value ***end)
{
	const struct column *of = &row->table->columns[column];
	bool lines = of->target.field && of->target.field->type == FIELD_LINES;
	if (!row->cells[column].at || (lines && !is_first_line(row, column)))
		return;
	**end = lines ? value_of_lines(row, count, column)
		      : value_new(row, column, row->cells[column]);
	*end = &(**end)->next;
}

/* A record of a list, from its numbered columns; left out when all its cells are blank. */
static void append_record(const struct row *row, int count, int first, struct value ***end)
{
	const struct target *of = &row->table->columns[first].target;
	struct value *record = value_new(row, first, str_lit(""));
	struct value **parts = &record->parts;
	bool blank = true;
	record->name = of->list->name;
	for (int i = first; i < count; i++) {
		const struct target *target = &row->table->columns[i].target;
		if (target->list != of->list || target->record != of->record)
			continue;
		blank &= str_trim(row->cells[i]).len == 0;
		append_cell(row, count, i, &parts);
	}
	if (blank)
		return;
	**end = record;
	*end = &record->next;
}

/* The records of lists, by their numbers; whatever the order of the columns. */
static void append_lists(const struct row *row, int count, struct value ***end)
{
	int last = 0;
	for (int i = 0; i < count; i++)
		if (row->table->columns[i].target.record > last)
			last = row->table->columns[i].target.record;
	for (int record = 1; record <= last; record++)
		for (int i = 0; i < count; i++) {
			const struct target *target = &row->table->columns[i].target;
			bool first = target->list && target->record == record;
			for (int k = 0; k < i && first; k++)
				first = row->table->columns[k].target.list != target->list ||
					row->table->columns[k].target.record != record;
			if (first)
				append_record(row, count, i, end);
		}
}

static bool check_count(const struct row *row, int count, struct diags *diags)
{
	const struct table *table = row->table;
	struct place at = {row->file, row->number, 0, true};
	for (int i = table->count; i < count; i++) {
		if (str_trim(row->cells[i]).len == 0)
			continue;
		diag_add(
			diags, ROW_LONG, at, diag_int(diags, count), diag_int(diags, table->count));
		return false;
	}
	if (count < table->count)
		diag_add(diags, ROW_SHORT, at, diag_int(diags, count),
			diag_int(diags, table->count));
	return true;
}

bool table_row(const struct table *table, struct arena *arena, const struct str *cells, int count,
	int number, struct recipient *out, struct diags *diags)
{
	struct row row = {table, arena, str_copy(arena, str_of(table->file)).at, cells, number};
	struct value **end = &out->values;
	*out = (struct recipient){.id = str_format(arena, "row-%d", number),
		.at = {row.file, number, 0, true},
		.where = str_format(arena, "%s:row %d", table->file, number).at};
	if (table->id >= 0 && table->id < count)
		out->id = str_copy(arena, str_trim(cells[table->id]));
	if (!check_count(&row, count, diags))
		return false;
	count = count < table->count ? count : table->count;
	for (int i = 0; i < count; i++) {
		if (table->columns[i].kept && !table->columns[i].target.list)
			append_cell(&row, count, i, &end);
		else if (table->columns[i].name.len == 0 && str_trim(cells[i]).len)
			diag_add0(diags, COLUMN_NAMELESS, cell_place(&row, i));
	}
	append_lists(&row, count, &end);
	return id_check(out->id, out->at, diags);
}
