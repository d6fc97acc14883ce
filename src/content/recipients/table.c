/* table.c - a header → where the cells of each column go, for every source that is a table.
 *
 * A column is matched to a declared field once; after that a row is a walk over its cells (row.c).
 * Names match as people write them: "Reply by", "reply_by" and "REPLY-BY" are the field reply-by,
 * and "VRU highlight" is vru.highlight. An address may stand in one cell, line under line, or in
 * columns of its own ("Address line 1", "address.2"); a list in numbered columns ("dates.1.day"),
 * or in rows that have one id (join.c), in columns without numbers ("dates.day", "day"). A cell is
 * words, never markup, and nobody but its field's type says what they mean. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"
#include "locale/locale.h"

enum { MAX_COLUMNS = 10000 };

/* -- names ------------------------------------------------------------------------------------- */

/* In small letters, without blanks and the signs that stand in headings: "Paid? (£)" is "paid£". */
static struct str plain_name(struct arena *arena, struct str name)
{
	struct buf out = {0};
	name = text_caseless(arena, name);
	for (int i = 0; i < name.len; i++)
		if (!strchr(" \t\r\n_-.?!:*()'\"", name.at[i]))
			buf_char(&out, name.at[i]);
	struct str plain = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return plain;
}

/* What a name may hold (E-FIELD-NAME), in its place. */
static bool may_stand(uint32_t c, bool first)
{
	bool letter = ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= 0x80 && c != 0xA0);
	return letter || (!first && ((c >= '0' && c <= '9') || c == '_' || c == '.'));
}

struct str target_name_for(struct arena *arena, struct str written)
{
	struct buf out = {0};
	if (utf8_invalid_at(written) >= 0)
		return (struct str){0};
	for (int at = 0, from = 0; at < written.len; from = at) {
		bool stands = may_stand(utf8_next(written, &at), out.len == 0);
		if (stands)
			buf_str(&out, str_slice(written, from, at));
		else if (out.len && out.at[out.len - 1] != '-')
			buf_char(&out, '-');
	}
	while (out.len && strchr("-.", out.at[out.len - 1]))
		out.len--;
	struct str name = str_copy(arena, buf_text(&out));
	buf_free(&out);
	bool finds = str_eq(plain_name(arena, name), plain_name(arena, written));
	return name.len && finds ? name : (struct str){0};
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
	while (text->len && text->at[0] >= '0' && text->at[0] <= '9' &&
		number <= TABLE_MAX_NUMBER) {
		number = number * 10 + (text->at[0] - '0');
		*text = str_slice(*text, 1, text->len);
	}
	return number > TABLE_MAX_NUMBER ? 0 : number;
}

static int match(struct arena *arena, const struct field *fields, struct str name,
	const struct field *list, struct target *target);

/* Whether a list's records have a single value, which need not be named: "sibling 2". */
static bool is_of_texts(const struct field *list)
{
	const struct field *part = list->parts;
	return part && !part->next && part->type != FIELD_LIST && !part->computation.how;
}

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
	if (field->type != FIELD_LIST)
		return 0;
	bool numbered = name.len > 0;
	int record = take_number(&name);
	bool only = name.len == 0 && (record || !numbered) && is_of_texts(field);
	int fitting = only ? 1 : match(arena, field->parts, name, field, target);
	if (only)
		*target = (struct target){field->parts, field, 0, 0};
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
		bool is_whole = count && !found.line && found.list == list;
		if (count && (is_whole || !whole))
			*target = found;
		whole += is_whole ? count : 0;
		fitting += count;
	}
	return whole ? whole : fitting;
}

/* A part of a list by its own name, as a query over two tables gives it: "book". How many fit. */
static int match_part(
	struct arena *arena, const struct field *fields, struct str name, struct target *target)
{
	int fitting = 0;
	for (const struct field *field = fields; field; field = field->next)
		if (field->type == FIELD_LIST)
			fitting += match(arena, field->parts, name, field, target);
	return fitting;
}

/* -- the header -------------------------------------------------------------------------------- */

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

bool target_find(struct arena *arena, const struct field *fields, const struct field *list,
	struct str name, struct target *target)
{
	const struct field *exact = template_find_field(fields, name);
	if (exact && exact->type != FIELD_LIST) {
		*target = (struct target){exact, list, 0, 0};
		return true;
	}
	struct target found = {0};
	bool fits = match(arena, fields, plain_name(arena, name), list, &found) == 1;
	if (fits)
		*target = found;
	return fits;
}

bool target_find_part(
	struct arena *arena, const struct field *fields, struct str name, struct target *target)
{
	struct target found = {0};
	bool fits = !match(arena, fields, plain_name(arena, name), NULL, &found) &&
		match_part(arena, fields, plain_name(arena, name), &found) == 1;
	if (fits)
		*target = found;
	return fits;
}

const struct field *target_find_list(
	struct arena *arena, const struct field *fields, struct str name)
{
	struct str plain = plain_name(arena, name);
	while (fields &&
		(fields->type != FIELD_LIST || !str_eq(plain_name(arena, fields->name), plain)))
		fields = fields->next;
	return fields;
}

bool target_find_step(struct arena *arena, const struct field *fields, struct str name)
{
	struct str plain = plain_name(arena, name);
	for (; fields; fields = fields->next)
		for (int i = 0; i < fields->name.len; i++)
			if (fields->name.at[i] == '.' &&
				str_eq(plain_name(arena, str_slice(fields->name, 0, i)), plain))
				return true;
	return false;
}

bool target_is_id(struct arena *arena, struct str name)
{
	return str_is(plain_name(arena, name), "id");
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

/* What a column of it is called: of a list, one of its first record. */
static struct str column_for(struct arena *arena, const struct field *field)
{
	if (field->type != FIELD_LIST || !field->parts)
		return field->name;
	if (is_of_texts(field))
		return str_format(arena, "%.*s 1", str_arg(field->name));
	return str_format(arena, "%.*s 1 %.*s", str_arg(field->name), str_arg(field->parts->name));
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
			field_said(diags, field), diag_str(diags, column_for(table->arena, field)));
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
