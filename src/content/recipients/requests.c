/* requests.c - lines that ask for a letter each → records, as long as somebody asks.
 *
 * A line is a record as an object of JSON, or the id of one in the source, as a string of JSON.
 * Each is given as soon as its line has come, stands for itself, and what it held is forgotten with
 * its letter: so a program may ask for letters for days. */
#include "recipients/json.h"

#include <errno.h>
#include <poll.h>
#include <yajl/yajl_tree.h>

enum { PATIENCE = 200 }; /* milliseconds between two looks at whether to go on */

struct requests {
	struct source source;
	struct requests_from from;
	struct recipients_options options; /* for the source of those that are asked for by id */
	struct stream stream;
};

static struct requests *requests_of(struct source *source)
{
	return (struct requests *)source;
}

/* Whether there is something to read, or an end; false when nobody shall wait any longer. */
static bool wait_for_bytes(const struct requests *requests)
{
	struct pollfd wanted = {.fd = fileno(requests->stream.file), .events = POLLIN};
	while (requests->from.go_on(requests->from.user)) {
		int ready = poll(&wanted, 1, PATIENCE);
		if (ready > 0 || (ready < 0 && errno != EINTR))
			return true;
	}
	return false;
}

/* Reads on until the line that is next has ended, or nothing more comes. */
static struct str line_at_hand(struct requests *requests, struct diags *diags)
{
	struct stream *stream = &requests->stream;
	for (int seen = 0;;) {
		struct str bytes = stream_rest(stream);
		const char *end = memchr(bytes.at + seen, '\n', (size_t)(bytes.len - seen));
		if (end)
			return str_slice(bytes, 0, (int)(end - bytes.at) + 1);
		seen = bytes.len;
		if (!wait_for_bytes(requests))
			return str_lit("");
		if (!stream_fill(stream, diags))
			return stream_rest(stream);
	}
}

/* The next line that is not blank, in the arena, and where it begins; empty: there is none. */
static struct str take_line(
	struct requests *requests, struct arena *arena, struct place *at, struct diags *diags)
{
	for (;;) {
		struct str line = line_at_hand(requests, diags);
		struct str words = str_copy(arena, str_trim(line));
		*at = requests->stream.at;
		stream_advance(&requests->stream, line.len);
		if (words.len || !line.len)
			return words;
	}
}

/* The id that a line is, as a string of JSON; .at is NULL when it is none. */
static struct str id_of(struct arena *arena, struct str line)
{
	char error[64];
	struct str id = {0};
	if (!str_starts(line, "\""))
		return id;
	yajl_val value = yajl_tree_parse(line.at, error, sizeof error);
	if (value && YAJL_IS_STRING(value))
		id = str_copy(arena, str_of(YAJL_GET_STRING(value)));
	yajl_tree_free(value);
	return id;
}

/* The record of the source that is called so. */
static enum recipients_result find(const struct requests *requests, struct arena *arena,
	struct str id, struct recipient *out, struct diags *diags)
{
	struct recipients_options options = requests->options;
	options.only = &id;
	options.only_count = 1;
	struct recipients *records = recipients_open(
		requests->from.records, requests->source.template, &options, diags);
	enum recipients_result result = records ? recipients_next(records, arena, out, diags)
						: RECIPIENTS_END;
	recipients_close(records);
	if (result == RECIPIENTS_END)
		*out = (struct recipient){.id = id, .where = requests->source.path};
	return result == RECIPIENTS_GOOD ? result : RECIPIENTS_BAD;
}

/* A record that the line is itself. */
static enum recipients_result read_record(const struct requests *requests, struct arena *arena,
	struct str line, struct recipient *out, struct diags *diags)
{
	struct json_names names = {.arena = arena, .template = requests->source.template};
	struct row row = {.arena = arena, .file = requests->source.path};
	enum json_result result = json_read_row(&names, line, out->at, &row, diags);
	int id = row.table->id;
	out->object = true;
	out->id = id >= 0 ? blank_trim(row.cells.at[id])
			  : str_format(arena, "request-%d", out->at.line);
	return result == JSON_GOOD && rows_read(&row, 1, out, diags) ? RECIPIENTS_GOOD
								     : RECIPIENTS_BAD;
}

static enum recipients_result next(
	struct source *source, struct arena *arena, struct recipient *out, struct diags *diags)
{
	struct requests *requests = requests_of(source);
	int before = diags_count(diags, SEVERITY_ERROR);
	struct place at;
	struct str line = take_line(requests, arena, &at, diags);
	if (diags_count(diags, SEVERITY_ERROR) > before)
		return RECIPIENTS_BAD;
	if (!line.len)
		return RECIPIENTS_END;
	const char *where = str_format(arena, "%s:%d", source->path, at.line).at;
	struct str id = id_of(arena, line);
	*out = (struct recipient){.at = at, .where = where};
	return id.at ? find(requests, arena, id, out, diags)
		     : read_record(requests, arena, line, out, diags);
}

static void close(struct source *source)
{
	stream_close(&requests_of(source)->stream);
}

struct source *requests_open(const struct requests_from *from, const struct template *template,
	const struct recipients_options *options)
{
	static const struct source_kind kind = {
		.next = next, .close = close, .each_for_itself = true};
	struct source *source = source_new(&kind, sizeof(struct requests), "-", template);
	struct requests *requests = requests_of(source);
	requests->from = *from;
	requests->options = *options;
	requests->stream = (struct stream){
		.path = source->path, .at = place_of(source->path, 1, 1), .file = from->stream};
	return source;
}
