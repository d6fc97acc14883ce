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
	bool begun;  /* of an array: a record was given */
	bool found;  /* a record is next, and nothing stands before it */
	int unclear; /* the line of a record before the next that is not JSON; 0: none */
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
	if (json->found || json->ended)
		return json->found;
	if (json->form == FORM_ARRAY)
		why = step(json, &more, diags);
	else
		more = next_byte(json, diags) >= 0;
	if (why && diags_count(diags, SEVERITY_ERROR) == before) {
		diag_add(diags, JSON, json->stream.at, why);
		give_up(json, diags);
	}
	json->ended = !more;
	json->found = json->begun = more;
	return more;
}

/* Objects next to each other that have one id, and keys of a list without its array, are one
 * record, as rows of a table are (join.c). */
struct gathered {
	vec(struct row) rows;
	struct buf packed; /* of each its place and its bytes, to be read again */
	uint64_t stamp;
	bool good;
};

static struct row row_new(const struct source *source, struct arena *arena)
{
	return (struct row){.arena = arena, .file = str_copy(arena, str_of(source->path)).at};
}

static struct str id_of(const struct row *row)
{
	int id = row->table->id;
	return id >= 0 ? blank_trim(row->cells.at[id]) : str_lit("");
}

static void pack(struct buf *packed, struct place at, struct str bytes)
{
	int head[] = {at.line, at.column, bytes.len};
	buf_put(packed, head, sizeof head);
	buf_str(packed, bytes);
}

static struct str unpack(struct str *packed, const char *file, struct place *at)
{
	int head[3], from = (int)sizeof head;
	memcpy(head, packed->at, sizeof head);
	struct str bytes = str_slice(*packed, from, from + head[2]);
	*packed = str_slice(*packed, from + head[2], packed->len);
	*at = place_of(file, head[0], head[1]);
	return bytes;
}

static void pass_by(struct json *json, struct str bytes)
{
	stream_advance(&json->stream, bytes.len);
	json->found = false;
	json->count++;
}

/* Takes the record that is next. */
static void gather(struct json *json, struct str bytes, struct arena *arena,
	struct gathered *gathered, struct diags *diags)
{
	struct row row = row_new(&json->source, arena);
	struct place at = place_of(row.file, json->stream.at.line, json->stream.at.column);
	enum json_result result = json_read_row(&json->names, bytes, at, &row, diags);
	pack(&gathered->packed, at, bytes);
	gathered->stamp = gathered->stamp * 31 + str_hash(bytes);
	gathered->good &= result == JSON_GOOD;
	*vec_push(arena, &gathered->rows) = row;
	pass_by(json, bytes);
	if (result == JSON_BROKEN) {
		json->unclear = at.line;
		give_up(json, diags);
	}
}

/* Whether the record that is next belongs to the first one. Of one that is not JSON nobody knows:
 * then the first is not made. */
static bool continues(
	struct json *json, struct str bytes, struct gathered *gathered, struct diags *diags)
{
	const struct row *first = &gathered->rows.at[0];
	struct arena_mark mark = arena_save(first->arena);
	struct diags *unsaid = diags_new();
	struct row row = row_new(&json->source, first->arena);
	struct json_names names = {
		.arena = first->arena, .template = json->source.template, .quiet = true};
	bool broken = json_read_row(&names, bytes, json->stream.at, &row, unsaid) == JSON_BROKEN;
	bool same = row.table->joined == first->table->joined && str_eq(id_of(&row), id_of(first));
	diags_free(unsaid);
	arena_restore(first->arena, mark);
	if (broken)
		diag_add(diags, JSON_BESIDE, place_of(first->file, first->number, 0),
			diag_int(diags, json->stream.at.line));
	gathered->good &= !broken;
	return same && !broken;
}

static bool is_same_key(const struct column *a, const struct column *b)
{
	return target_same(a, b) || (!a->kept && !b->kept && str_eq(a->name, b->name));
}

/* Which key of one is which of another, their order tells. */
static void check_keys(struct gathered *gathered, struct diags *diags)
{
	const struct row *first = &gathered->rows.at[0];
	const struct row *row = &gathered->rows.at[gathered->rows.len - 1];
	bool same = row->cells.count == first->cells.count;
	for (int i = 0; same && i < row->cells.count; i++)
		same = is_same_key(&row->table->columns[i], &first->table->columns[i]);
	if (!same && gathered->good)
		diag_add(diags, JSON_JOIN, place_of(row->file, row->number, 0),
			diag_int(diags, first->number));
	gathered->good &= same;
}

/* Adds all that continue the first. */
static void gather_more(
	struct json *json, struct arena *arena, struct gathered *gathered, struct diags *diags)
{
	int before = diags_count(diags, SEVERITY_ERROR), count = 1;
	const struct row first = gathered->rows.at[0];
	if (!first.table->joined || !id_of(&first).len)
		return;
	json->source.joins = true;
	while (find_record(json, diags)) {
		struct str bytes = take_record(json, diags);
		if (!continues(json, bytes, gathered, diags))
			break;
		if (++count <= RECIPIENT_MAX_ROWS) {
			gather(json, bytes, arena, gathered, diags);
			check_keys(gathered, diags);
		} else {
			pass_by(json, bytes);
		}
	}
	if (count > RECIPIENT_MAX_ROWS)
		diag_add(diags, ROW_MANY, place_of(first.file, first.number, 0),
			diag_int(diags, RECIPIENT_MAX_ROWS), diag_str(diags, id_of(&first)));
	gathered->good &= diags_count(diags, SEVERITY_ERROR) == before;
}

/* Behind a record that is not JSON, one that it may belong to is not made either. */
static void check_before(int unclear, struct gathered *gathered, struct diags *diags)
{
	const struct row *first = &gathered->rows.at[0];
	if (!unclear || !gathered->good || !first->table->joined || !id_of(first).len)
		return;
	diag_add(diags, JSON_BESIDE, place_of(first->file, first->number, 0),
		diag_int(diags, unclear));
	gathered->good = false;
}

static enum recipients_result give(struct json *json, const struct gathered *gathered, int number,
	struct recipient *out, struct diags *diags)
{
	const struct source *source = &json->source;
	const struct row *first = &gathered->rows.at[0];
	*out = (struct recipient){.id = first->table->id >= 0
			? id_of(first)
			: str_format(first->arena, "record-%d", number),
		.at = first->at,
		.object = true,
		.where = str_format(first->arena, "%s:%d", first->file, first->number).at,
		.stamp = gathered->stamp};
	if (!gathered->good)
		return RECIPIENTS_BAD;
	if (source->known && source->known(source->user, first->arena, out)) {
		struct buf packed = gathered->packed;
		out->unread = str_copy(first->arena, buf_text(&packed));
		return RECIPIENTS_KNOWN;
	}
	bool good = rows_read(first, gathered->rows.len, out, diags);
	return good ? RECIPIENTS_GOOD : RECIPIENTS_BAD;
}

static enum recipients_result next(
	struct source *source, struct arena *arena, struct recipient *out, struct diags *diags)
{
	struct json *json = json_of(source);
	struct errors_before before = errors_before(diags);
	int number = json->count + 1, unclear = json->unclear;
	struct gathered gathered = {.good = true};
	bool found = find_record(json, diags);
	struct str bytes = found ? take_record(json, diags) : str_lit("");
	json->ended |= diags_count(diags, SEVERITY_ERROR) > before.errors;
	if (!found || json->ended)
		return no_record(before, diags);
	source->ordinal = json->stream.at.line;
	json->unclear = 0;
	gather(json, bytes, arena, &gathered, diags);
	gather_more(json, arena, &gathered, diags);
	check_before(unclear, &gathered, diags);
	enum recipients_result result = give(json, &gathered, number, out, diags);
	buf_free(&gathered.packed);
	return result;
}

static bool read(const struct source *source, struct arena *arena, struct recipient *out,
	struct diags *diags)
{
	struct json_names names = {.arena = arena, .template = source->template, .quiet = true};
	struct str packed = out->unread;
	vec(struct row) rows = {0};
	bool good = true;
	while (packed.len && good) {
		struct place at;
		struct row *row = vec_push(arena, &rows);
		*row = row_new(source, arena);
		struct str bytes = unpack(&packed, row->file, &at);
		good = json_read_row(&names, bytes, at, row, diags) == JSON_GOOD;
	}
	return good && rows_read(rows.at, rows.len, out, diags);
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
