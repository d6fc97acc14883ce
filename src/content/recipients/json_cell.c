/* json_cell.c - the values of a record of JSON → cells, under what their paths mean. */
#include "recipients/json_reader.h"

#include "base/diag_id.h"

const struct frame *json_top(const struct reader *reader)
{
	return reader->frames.len ? &reader->frames.at[reader->frames.len - 1] : NULL;
}

const char *json_taken_by(const struct json_name *name)
{
	if (name->opens)
		return "an array of records";
	if (name->target.field)
		return field_type_name(name->target.field->type);
	return name->is_step ? "an object" : "text";
}

void json_report_shape(struct reader *reader, struct str name, const char *what, const char *taken,
	struct place at)
{
	diag_add(reader->diags, JSON_SHAPE, at, what, diag_str(reader->diags, name), taken);
	reader->bad = true;
}

bool json_check_limit(struct reader *reader, bool within, const char *what, struct place at)
{
	if (within)
		return true;
	diag_add(reader->diags, JSON_LIMIT, at, what);
	reader->bad = true;
	return false;
}

/* A second key for one value: "Name" and "name". */
static bool is_said(const struct reader *reader, const struct column *column)
{
	for (int i = 0; i < reader->columns.len; i++)
		if (column->kept && target_same(&reader->columns.at[i], column))
			return true;
	return false;
}

static void add_cell(struct reader *reader, const struct column *column, struct str text,
	bool stored, struct place at)
{
	if (!json_check_limit(reader, reader->cells.len < RECIPIENT_MAX_VALUES,
		    "more than 10000 values in a record", at))
		return;
	if (is_said(reader, column)) {
		diag_add(reader->diags, JSON_FIELD_TWICE, at, column_said(reader->diags, column));
		reader->bad = true;
		return;
	}
	*vec_push(reader->arena, &reader->columns) = *column;
	*vec_push(reader->arena, &reader->cells) = text;
	*vec_push(reader->arena, &reader->places) = at;
	*vec_push(reader->arena, &reader->stored) = stored;
}

/* The path of the value at hand. */
static struct str path_here(const struct reader *reader)
{
	const struct frame *frame = json_top(reader);
	if (frame->array)
		return str_format(reader->arena, "%.*s.%d", str_arg(frame->path), frame->line + 1);
	struct str key = reader->keys.at[reader->keys.len - 1];
	return frame->path.len
		? str_format(reader->arena, "%.*s.%.*s", str_arg(frame->path), str_arg(key))
		: key;
}

const struct json_name *json_name_here(struct reader *reader)
{
	const struct json_name *name = json_name_find(reader->names, json_top(reader)->list,
		path_here(reader), reader->key_place, reader->diags);
	reader->bad |= !name;
	return name;
}

void json_add_value(struct reader *reader, struct str text, const char *what, struct place at)
{
	const struct json_name *name = json_name_here(reader);
	const struct frame *frame = json_top(reader);
	if (!name)
		return;
	bool step = name->is_step && !name->target.field && !name->is_id;
	if (text.at && (name->opens || step)) {
		json_report_shape(reader, name->path, what, json_taken_by(name), at);
		return;
	}
	struct column column = {.name = name->path, .target = name->target};
	column.kept = column.target.field || !reader->names->template;
	if (column.target.field)
		column.name = column.target.field->name;
	if (frame->list)
		column.target.record = frame->record;
	bool names = name->is_id && reader->id < 0;
	reader->id = names ? reader->cells.len : reader->id;
	if (column.kept || names)
		add_cell(reader, &column, text, str_is(str_of(what), "a number"), at);
}

void json_add_item(struct reader *reader, struct str text, const char *what, struct place at)
{
	struct frame *frame = &reader->frames.at[reader->frames.len - 1];
	const struct field *list = frame->list, *part = list ? list->parts : NULL;
	struct column column = {.kept = true, .target = frame->lines};
	if (frame->lines.field) {
		column.target.line = ++frame->line;
		if (!json_check_limit(reader, frame->line <= TABLE_MAX_NUMBER,
			    "more than 999 lines in a value", at))
			return;
	} else {
		frame->record++;
		if (text.at && (part->next || part->type == FIELD_LIST)) {
			json_report_shape(reader, list->name, what, "objects in its array", at);
			return;
		}
		column.target = (struct target){part, list, 0, frame->record};
	}
	column.name = column.target.field->name;
	if (text.at)
		add_cell(reader, &column, text, str_is(str_of(what), "a number"), at);
}
