/* json.c - a file of JSON → records, one at a time: lines of an object each (JSON Lines, NDJSON),
 * one array of objects, or objects one after the other.
 *
 * The file is cut where an object ends, by its brackets alone, and each record is then read by
 * itself (json_record.c): so no more than one is in memory, and of lines one that is broken does
 * not spoil the next. Of any other form nobody could say where the next record begins. */
#include "recipients/json.h"

#include "base/diag_id.h"

struct json {
	struct source source;
	struct stream stream;
	struct json_names names;
	enum { FORM_LINES, FORM_ARRAY, FORM_SEQUENCE } form;
	bool begun; /* of an array: a record was given */
	bool ended;
	int count;
};

static struct json *json_of(struct source *source)
{
	return (struct json *)source;
}

/* -- cutting ----------------------------------------------------------------------------------- */

struct scan {
	int at, depth;
	bool string, escaped;
};

/* Goes on to the end of the value that the bytes begin with; false when it is not among them. */
static bool scan_value(struct str bytes, struct scan *scan)
{
	while (scan->at < bytes.len) {
		char c = bytes.at[scan->at];
		bool bracket = !scan->string && c && strchr("{}[]", c);
		if (!scan->depth && !scan->string && scan->at && strchr(",]} \t\r\n", c))
			return true;
		scan->at++;
		if (scan->string) {
			scan->string = scan->escaped || c != '"';
			scan->escaped = !scan->escaped && c == '\\';
		} else {
			scan->string = c == '"';
		}
		if (bracket)
			scan->depth += c == '{' || c == '[' ? 1 : -1;
		if (bracket && scan->depth <= 0)
			return true;
	}
	return false;
}

/* The byte that is next, behind blanks; -1 at the end, and after an error. */
static int next_byte(struct json *json, struct diags *diags)
{
	for (;;) {
		struct str bytes = stream_rest(&json->stream);
		int at = 0;
		while (at < bytes.len && bytes.at[at] && strchr(" \t\r\n", bytes.at[at]))
			at++;
		stream_advance(&json->stream, at);
		if (at < bytes.len)
			return (unsigned char)bytes.at[at];
		if (!stream_fill(&json->stream, diags))
			return -1;
	}
}

/* The record that is next, or all there is when it has no end. */
static struct str take_record(struct json *json, struct diags *diags)
{
	struct scan scan = {0};
	for (;;) {
		struct str bytes = stream_rest(&json->stream);
		if (json->form == FORM_LINES) {
			const char *from = bytes.at + scan.at;
			const char *end = memchr(from, '\n', (size_t)(bytes.len - scan.at));
			scan.at = end ? (int)(end - bytes.at) : bytes.len;
			if (end)
				return str_trim(str_slice(bytes, 0, scan.at));
		} else if (scan_value(bytes, &scan)) {
			return str_slice(bytes, 0, scan.at);
		}
		if (!stream_fill(&json->stream, diags))
			return str_trim(stream_rest(&json->stream));
	}
}

/* -- the form ---------------------------------------------------------------------------------- */

/* Whether the file's first line, which begins an object, does not end it, and not by a slip. */
static bool spans_lines(struct json *json, struct diags *diags)
{
	struct scan scan = {0};
	json->form = FORM_LINES;
	struct str line = take_record(json, diags);
	return !scan_value(line, &scan) &&
		(str_is(line, "{") || str_ends(str_of(json->source.path), ".json"));
}

static void find_form(struct json *json, struct diags *diags)
{
	static const char mark[] = "\xEF\xBB\xBF";
	stream_fill(&json->stream, diags);
	if (str_starts(stream_rest(&json->stream), mark))
		stream_advance(&json->stream, (int)sizeof mark - 1);
	int first = next_byte(json, diags);
	json->form = first == '['                          ? FORM_ARRAY
		: first == '{' && spans_lines(json, diags) ? FORM_SEQUENCE
							   : FORM_LINES;
	if (first == '[')
		stream_advance(&json->stream, 1);
}

/* -- records ----------------------------------------------------------------------------------- */

/* Of an array: steps over what divides its records. Says what is wrong, or NULL; *more: a record is
 * next. */
static const char *step(struct json *json, bool *more, struct diags *diags)
{
	int c = next_byte(json, diags);
	bool comma = c == ',' && json->begun;
	if (comma) {
		stream_advance(&json->stream, 1);
		c = next_byte(json, diags);
	}
	if (c < 0)
		return "it ends before the array is closed";
	if (c == ']' && !comma) {
		stream_advance(&json->stream, 1);
		return next_byte(json, diags) < 0 ? NULL : "something stands behind the array";
	}
	*more = c != ']' && c != ',' && (comma || !json->begun);
	return *more ? NULL : "here a comma is missing, or one too many";
}

/* Of all but lines, nothing behind what is broken can be trusted. */
static void give_up(struct json *json, struct diags *diags)
{
	if (json->form == FORM_LINES)
		return;
	if (next_byte(json, diags) >= 0)
		diag_add0(diags, JSON_REST, json->stream.at);
	json->ended = true;
}

/* True when a record is next; false at the end, and after an error. */
static bool find_record(struct json *json, struct diags *diags)
{
	int before = diags_count(diags, SEVERITY_ERROR);
	bool more = false;
	const char *why = NULL;
	if (json->form == FORM_ARRAY)
		why = step(json, &more, diags);
	else
		more = next_byte(json, diags) >= 0;
	if (why && diags_count(diags, SEVERITY_ERROR) == before) {
		diag_add(diags, JSON, json->stream.at, why);
		give_up(json, diags);
	}
	json->ended = !more;
	json->begun = true;
	return more;
}

static struct row row_new(const struct source *source, struct arena *arena)
{
	return (struct row){.arena = arena, .file = str_copy(arena, str_of(source->path)).at};
}

static void name_record(const struct json *json, const struct row *row, struct recipient *out)
{
	int id = row->table->id;
	if (id >= 0)
		out->id = blank_trim(row->cells.at[id]);
	else
		out->id = str_format(row->arena, "record-%d", json->count);
}

static bool is_known(
	const struct source *source, struct str bytes, struct arena *arena, struct recipient *out)
{
	if (!source->known || !source->known(source->user, arena, out))
		return false;
	out->unread = str_copy(arena, bytes);
	return true;
}

static enum recipients_result read_record(struct json *json, struct str bytes, struct row *row,
	struct recipient *out, struct diags *diags)
{
	struct place at = place_of(row->file, json->stream.at.line, json->stream.at.column);
	*out = (struct recipient){.at = at,
		.object = true,
		.where = str_format(row->arena, "%s:%d", row->file, at.line).at,
		.stamp = str_hash(bytes)};
	enum json_result result = json_read_row(&json->names, bytes, at, row, diags);
	name_record(json, row, out);
	stream_advance(&json->stream, bytes.len);
	if (result == JSON_BROKEN)
		give_up(json, diags);
	if (result != JSON_GOOD)
		return RECIPIENTS_BAD;
	if (is_known(&json->source, bytes, row->arena, out))
		return RECIPIENTS_KNOWN;
	return rows_read(row, 1, out, diags) ? RECIPIENTS_GOOD : RECIPIENTS_BAD;
}

static enum recipients_result next(
	struct source *source, struct arena *arena, struct recipient *out, struct diags *diags)
{
	struct json *json = json_of(source);
	int before = diags_count(diags, SEVERITY_ERROR);
	struct row row = row_new(source, arena);
	if (json->ended || !find_record(json, diags))
		return diags_count(diags, SEVERITY_ERROR) > before ? RECIPIENTS_BAD
								   : RECIPIENTS_END;
	struct str bytes = take_record(json, diags);
	json->ended = diags_count(diags, SEVERITY_ERROR) > before;
	if (json->ended)
		return RECIPIENTS_BAD;
	source->ordinal = json->stream.at.line;
	json->count++;
	return read_record(json, bytes, &row, out, diags);
}

static bool read(const struct source *source, struct arena *arena, struct recipient *out,
	struct diags *diags)
{
	struct row row = row_new(source, arena);
	struct json_names names = {.arena = arena, .template = source->template, .quiet = true};
	return json_read_row(&names, out->unread, out->at, &row, diags) == JSON_GOOD &&
		rows_read(&row, 1, out, diags);
}

static void close(struct source *source)
{
	stream_close(&json_of(source)->stream);
}

struct source *json_open(const char *path, const struct template *template, struct diags *diags)
{
	static const struct source_kind kind = {next, read, NULL, NULL, close};
	struct source *source = source_new(&kind, sizeof(struct json), path, template);
	struct json *json = json_of(source);
	json->names = (struct json_names){.arena = source->arena, .template = template};
	int before = diags_count(diags, SEVERITY_ERROR);
	if (stream_open(&json->stream, source->path, diags)) {
		find_form(json, diags);
		if (diags_count(diags, SEVERITY_ERROR) == before)
			return source;
	}
	source_free(source);
	return NULL;
}
