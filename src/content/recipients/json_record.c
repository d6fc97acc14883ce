/* json_record.c - one record of JSON → a row of cells, by yajl.
 *
 * yajl was taken since it hands over numbers as they are written and tells where it is; of 1.10 no
 * tree of numbers keeps the zero. What it lets pass or alters in silence, half a pair of surrogates
 * and bytes that are not UTF-8, is looked for before.
 *
 * A nested object is a step of a dotted name, an array of objects the records of a list, an array
 * of texts the lines of an address or the only part of each of a list's records. */
#include "recipients/json.h"

#include "base/diag_id.h"

#include <yajl/yajl_parse.h>

enum { MAX_DEPTH = 64 };

/* An object or an array that is open. */
struct frame {
	const struct field *list; /* in whose records its values stand; NULL: in the record */
	int record;               /* of that list, the last one begun */
	struct str path;          /* before the keys; of an array, its own */
	struct target lines;      /* of an array of lines; .field is NULL in any other */
	int line;                 /* the last one begun */
	int keys;                 /* how many of the keys are of objects around it */
	bool array;
	bool skipped; /* its values go nowhere */
};

struct reader {
	struct json_names *names;
	struct arena *arena;
	struct diags *diags;
	yajl_handle yajl;
	struct str bytes;
	int behind;         /* the last token */
	int at;             /* where the last place was */
	struct place place; /* of it */
	struct place key_place;
	vec(struct frame) frames;
	vec(struct str) keys; /* of the open objects */
	vec(struct column) columns;
	vec(struct str) cells;
	vec(struct place) places;
	vec(bool) stored;
	int id;     /* the cell of the id, or -1 */
	bool twice; /* the key at hand stood there already */
	bool bad;
};

/* -- places ------------------------------------------------------------------------------------ */

static struct place place_at(struct reader *reader, int at)
{
	if (at > reader->at) {
		reader->place = xml_place_after(
			reader->place, str_slice(reader->bytes, reader->at, at));
		reader->at = at;
	}
	return reader->place;
}

/* Where the token begins that yajl has just read. */
static struct place token_place(struct reader *reader)
{
	int at = reader->behind;
	while (at < reader->bytes.len && strchr(" \t\r\n,:", reader->bytes.at[at]))
		at++;
	return place_at(reader, at);
}

static struct place take_token(struct reader *reader)
{
	struct place at = token_place(reader);
	reader->behind = (int)yajl_get_bytes_consumed(reader->yajl);
	return at;
}

static const struct frame *top_of(const struct reader *reader)
{
	return reader->frames.len ? &reader->frames.at[reader->frames.len - 1] : NULL;
}

/* -- what has no meaning ----------------------------------------------------------------------- */

/* What a path takes, for messages. */
static const char *taken_by(const struct json_name *name)
{
	if (name->opens)
		return "an array of records";
	if (name->target.field)
		return field_type_name(name->target.field->type);
	return name->is_step ? "an object" : "text";
}

static void report_shape(struct reader *reader, struct str name, const char *what,
	const char *taken, struct place at)
{
	diag_add(reader->diags, JSON_SHAPE, at, what, diag_str(reader->diags, name), taken);
	reader->bad = true;
}

static bool check_limit(struct reader *reader, bool within, const char *what, struct place at)
{
	if (within)
		return true;
	diag_add(reader->diags, JSON_LIMIT, at, what);
	reader->bad = true;
	return false;
}

/* -- cells ------------------------------------------------------------------------------------- */

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
	if (!check_limit(reader, reader->cells.len < RECIPIENT_MAX_VALUES,
		    "more than 10000 values in a record", at))
		return;
	if (is_said(reader, column)) {
		diag_add(
			reader->diags, JSON_FIELD_TWICE, at, diag_str(reader->diags, column->name));
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
	const struct frame *frame = top_of(reader);
	if (frame->array)
		return str_format(reader->arena, "%.*s.%d", str_arg(frame->path), frame->line + 1);
	struct str key = reader->keys.at[reader->keys.len - 1];
	return frame->path.len
		? str_format(reader->arena, "%.*s.%.*s", str_arg(frame->path), str_arg(key))
		: key;
}

static const struct json_name *name_here(struct reader *reader)
{
	const struct json_name *name = json_name_find(reader->names, top_of(reader)->list,
		path_here(reader), reader->key_place, reader->diags);
	reader->bad |= !name;
	return name;
}

/* The value of a key. */
static void add_value(struct reader *reader, struct str text, const char *what, struct place at)
{
	const struct json_name *name = name_here(reader);
	const struct frame *frame = top_of(reader);
	if (!name)
		return;
	bool step = name->is_step && !name->target.field && !name->is_id;
	if (text.at && (name->opens || step)) {
		report_shape(reader, name->path, what, taken_by(name), at);
		return;
	}
	struct column column = {name->path, name->target, false};
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

/* A value of an array: a line, or the only part of a record. */
static void add_item(struct reader *reader, struct str text, const char *what, struct place at)
{
	struct frame *frame = &reader->frames.at[reader->frames.len - 1];
	const struct field *list = frame->list, *part = list ? list->parts : NULL;
	struct column column = {.kept = true, .target = frame->lines};
	if (frame->lines.field) {
		column.target.line = ++frame->line;
		if (!check_limit(reader, frame->line <= TABLE_MAX_NUMBER,
			    "more than 999 lines in a value", at))
			return;
	} else {
		frame->record++;
		if (text.at && (part->next || part->type == FIELD_LIST)) {
			report_shape(reader, list->name, what, "objects in its array", at);
			return;
		}
		column.target = (struct target){part, list, 0, frame->record};
	}
	column.name = column.target.field->name;
	if (text.at)
		add_cell(reader, &column, text, str_is(str_of(what), "a number"), at);
}

static int take_scalar(struct reader *reader, struct str text, const char *what)
{
	struct place at = take_token(reader);
	const struct frame *frame = top_of(reader);
	if (!frame) {
		diag_add(reader->diags, JSON_RECORD, at, what);
		reader->bad = true;
	} else if (frame->skipped || (reader->twice && !frame->array)) {
		return 1;
	} else if (frame->array && reader->names->template) {
		add_item(reader, text, what, at);
	} else {
		add_value(reader, text, what, at);
		reader->frames.at[reader->frames.len - 1].line += frame->array;
	}
	return 1;
}

/* -- what yajl calls --------------------------------------------------------------------------- */

static int on_null(void *user)
{
	return take_scalar(user, (struct str){0}, "null");
}

static int on_boolean(void *user, int value)
{
	return take_scalar(user, value ? str_lit("true") : str_lit("false"), "true or false");
}

static int on_number(void *user, const char *text, size_t len)
{
	struct reader *reader = user;
	struct str written = {text, (int)len}, plain = number_plain(reader->arena, written);
	if (!plain.at) {
		diag_add(reader->diags, NUMBER_LONG, token_place(reader),
			diag_str(reader->diags, written));
		reader->bad = true;
		plain = str_copy(reader->arena, written);
	}
	return take_scalar(reader, plain, "a number");
}

static int on_string(void *user, const unsigned char *text, size_t len)
{
	struct reader *reader = user;
	struct str words = {(const char *)text, (int)len};
	return take_scalar(reader, str_copy(reader->arena, words), "a text");
}

/* The same key in one object: who reads the file elsewhere takes either value. */
static int on_key(void *user, const unsigned char *text, size_t len)
{
	struct reader *reader = user;
	struct str key = {(const char *)text, (int)len};
	int first = top_of(reader)->keys;
	reader->key_place = take_token(reader);
	reader->twice = false;
	for (int i = first; i < reader->keys.len && !reader->twice; i++)
		reader->twice = str_eq(reader->keys.at[i], key);
	if (reader->twice) {
		diag_add(
			reader->diags, JSON_TWICE, reader->key_place, diag_str(reader->diags, key));
		reader->bad = true;
	}
	*vec_push(reader->arena, &reader->keys) = str_copy(reader->arena, key);
	return 1;
}

static int push(struct reader *reader, struct frame frame, struct place at)
{
	bool within = check_limit(reader, reader->frames.len < MAX_DEPTH,
		"objects and arrays nested more than 64 deep", at);
	frame.keys = reader->keys.len;
	*vec_push(reader->arena, &reader->frames) = frame;
	return within;
}

/* Whether an object, or an array, that a key has means something. */
static bool has_meaning(const struct reader *reader, const struct json_name *name, bool array)
{
	bool in_list = top_of(reader)->list != NULL;
	const struct field *field = name->target.field;
	if (name->opens)
		return !in_list;
	if (!array)
		return name->is_step || (!field && !name->is_id);
	return field ? field->type == FIELD_LINES && !name->target.line
		     : !name->is_id && !name->is_step;
}

/* What the key at hand has. */
static struct frame frame_of_key(struct reader *reader, bool array, struct place at)
{
	const struct frame *around = top_of(reader);
	const struct json_name *name = name_here(reader);
	struct frame frame = {.list = around->list, .record = around->record, .array = array};
	frame.skipped = !name || !has_meaning(reader, name, array);
	if (!name)
		return frame;
	frame.path = name->path;
	if (frame.skipped)
		report_shape(reader, name->path, array ? "an array" : "an object",
			name->opens ? "no list in a list but in XML" : taken_by(name), at);
	else if (name->opens)
		frame = (struct frame){.list = name->opens, .array = array, .record = !array};
	else if (array && name->target.field)
		frame.lines = name->target;
	else
		frame.skipped = reader->names->template && !name->is_step;
	if (around->list && frame.lines.field)
		frame.lines.record = around->record;
	return frame;
}

/* What an item of a list, or a line, is. */
static struct frame frame_of_item(struct reader *reader, bool array, struct place at)
{
	struct frame *around = &reader->frames.at[reader->frames.len - 1];
	if (!array && !around->lines.field)
		return (struct frame){.list = around->list, .record = ++around->record};
	const struct field *field = around->lines.field ? around->lines.field : around->list;
	report_shape(reader, field->name, array ? "an array" : "an object",
		around->lines.field ? "texts in its array" : "objects in its array", at);
	return (struct frame){.array = array, .skipped = true};
}

static int begin(struct reader *reader, bool array)
{
	struct place at = take_token(reader);
	const struct frame *around = top_of(reader);
	if (!around && array) {
		diag_add(reader->diags, JSON_RECORD, at, "an array");
		reader->bad = true;
	}
	if (!around || around->skipped || (reader->twice && !around->array))
		return push(reader, (struct frame){.array = array, .skipped = around || array}, at);
	bool item = around->array && reader->names->template;
	return push(reader,
		item ? frame_of_item(reader, array, at) : frame_of_key(reader, array, at), at);
}

static int on_object(void *user)
{
	return begin(user, false);
}

static int on_array(void *user)
{
	return begin(user, true);
}

static int on_end(void *user)
{
	struct reader *reader = user;
	take_token(reader);
	reader->keys.len = top_of(reader)->keys;
	reader->frames.len--;
	if (reader->frames.len && top_of(reader)->array)
		reader->frames.at[reader->frames.len - 1].line++;
	return 1;
}

/* -- the record -------------------------------------------------------------------------------- */

/* In yajl's words, without what comes before the colon. */
static void report_broken(struct reader *reader, yajl_status status)
{
	int at = (int)yajl_get_bytes_consumed(reader->yajl);
	unsigned char *said = yajl_get_error(reader->yajl, 0, NULL, 0);
	struct str why = str_trim(str_of((const char *)said));
	int colon = str_find(why, ": ");
	bool ends = status == yajl_status_ok || str_find(why, "premature EOF") >= 0;
	why = ends ? str_lit("it ends before the object is closed")
		   : str_slice(why, colon < 0 ? 0 : colon + 2, why.len - str_ends(why, "."));
	diag_add(reader->diags, JSON, place_at(reader, ends ? reader->bytes.len : at),
		diag_str(reader->diags, why));
	yajl_free_error(reader->yajl, said);
}

static enum json_result parse(struct reader *reader)
{
	static const yajl_callbacks callbacks = {on_null, on_boolean, NULL, NULL, on_number,
		on_string, on_object, on_key, on_end, on_array, on_end};
	reader->yajl = yajl_alloc(&callbacks, NULL, reader);
	if (!reader->yajl)
		out_of_memory();
	yajl_config(reader->yajl, yajl_dont_validate_strings, 1);
	yajl_status status = yajl_parse(
		reader->yajl, (const unsigned char *)reader->bytes.at, (size_t)reader->bytes.len);
	if (status == yajl_status_ok)
		status = yajl_complete_parse(reader->yajl);
	if (status == yajl_status_error)
		report_broken(reader, status);
	yajl_free(reader->yajl);
	return status == yajl_status_error ? JSON_BROKEN : reader->bad ? JSON_BAD : JSON_GOOD;
}

/* The list that keys of no array add a record to. */
static const struct field *find_joined(struct reader *reader)
{
	const struct field *joined = NULL;
	for (int i = 0; i < reader->columns.len; i++) {
		const struct target *target = &reader->columns.at[i].target;
		if (!target->list || target->record)
			continue;
		if (joined && joined != target->list) {
			diag_add(reader->diags, TABLE_LISTS, reader->places.at[i],
				diag_str(reader->diags, joined->name),
				diag_str(reader->diags, target->list->name));
			reader->bad = true;
		}
		joined = target->list;
	}
	return joined;
}

enum json_result json_read_row(struct json_names *names, struct str bytes, struct place at,
	struct row *row, struct diags *diags)
{
	struct reader reader = {.names = names,
		.arena = row->arena,
		.diags = diags,
		.bytes = bytes,
		.place = at,
		.id = -1};
	names->next = 0;
	enum json_result result = json_check_text(bytes, at, diags) ? parse(&reader) : JSON_BAD;
	struct table *table = arena_new_array(row->arena, struct table, 1);
	*table = (struct table){.arena = row->arena,
		.template = names->template,
		.file = row->file,
		.columns = reader.columns.at,
		.count = reader.columns.len,
		.id = reader.id,
		.joined = find_joined(&reader)};
	row->table = table;
	row->at = at;
	row->number = at.line;
	row->places = reader.places.at;
	row->cells = (struct cells){
		reader.cells.at, reader.cells.len, reader.stored.at, result != JSON_GOOD};
	return result == JSON_GOOD && reader.bad ? JSON_BAD : result;
}
