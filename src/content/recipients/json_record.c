/* json_record.c - one record of JSON → a row of cells, by yajl.
 *
 * yajl was taken since it hands over numbers as they are written and tells where it is; of 1.10 no
 * tree of numbers keeps the zero. What it lets pass or alters in silence, half a pair of surrogates
 * and bytes that are not UTF-8, is looked for before.
 *
 * A nested object is a step of a dotted name, an array of objects the records of a list, an array
 * of texts the lines of an address or the only part of each of a list's records. */
#include "recipients/json_reader.h"

#include "base/diag_id.h"

enum { MAX_DEPTH = 64 };

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

/* -- values ------------------------------------------------------------------------------------ */

static int take_scalar(struct reader *reader, struct str text, const char *what)
{
	struct place at = take_token(reader);
	const struct frame *frame = json_top(reader);
	if (!frame) {
		diag_add(reader->diags, JSON_RECORD, at, what);
		reader->bad = true;
	} else if (frame->skipped || (reader->twice && !frame->array)) {
		return 1;
	} else if (frame->array && reader->names->template) {
		json_add_item(reader, text, what, at);
	} else {
		json_add_value(reader, text, what, at);
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
	int first = json_top(reader)->keys;
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
	bool within = json_check_limit(reader, reader->frames.len < MAX_DEPTH,
		"objects and arrays nested more than 64 deep", at);
	frame.keys = reader->keys.len;
	*vec_push(reader->arena, &reader->frames) = frame;
	return within;
}

/* Whether an object, or an array, that a key has means something. */
static bool has_meaning(const struct reader *reader, const struct json_name *name, bool array)
{
	bool in_list = json_top(reader)->list != NULL;
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
	const struct frame *around = json_top(reader);
	const struct json_name *name = json_name_here(reader);
	struct frame frame = {.list = around->list, .record = around->record, .array = array};
	frame.skipped = !name || !has_meaning(reader, name, array);
	if (!name)
		return frame;
	frame.path = name->path;
	if (frame.skipped)
		json_report_shape(reader, name->path, array ? "an array" : "an object",
			name->opens ? "no list in a list but in XML" : json_taken_by(name), at);
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
	json_report_shape(reader, field->name, array ? "an array" : "an object",
		around->lines.field ? "texts in its array" : "objects in its array", at);
	return (struct frame){.array = array, .skipped = true};
}

static int begin(struct reader *reader, bool array)
{
	struct place at = take_token(reader);
	const struct frame *around = json_top(reader);
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
	reader->keys.len = json_top(reader)->keys;
	reader->frames.len--;
	if (reader->frames.len && json_top(reader)->array)
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
				field_said(reader->diags, joined),
				field_said(reader->diags, target->list));
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
