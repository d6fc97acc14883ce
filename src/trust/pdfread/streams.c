/* streams.c - cross-reference streams and object streams: compressed by FlateDecode, the first with
 * PNG's predictors, or not at all. Sizes are bounded before anything is made of them. */
#include "pdfread/streams.h"

#include "base/arena.h"

#include <libdeflate.h>
#include <limits.h>
#include <stdlib.h>

enum { FIELDS = 3, OBJECTS_MAX = 100000, BYTES_MAX = 64 * 1024 * 1024 };

/* -- FlateDecode */

/* Into room for size bytes; gives how many came, -1: more than that, or it is damaged. All of the
 * data must be the stream's. */
static int inflate_into(struct str data, char *out, size_t size, bool *too_small)
{
	size_t used = 0, made = 0;
	struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
	if (!decompressor)
		out_of_memory();
	enum libdeflate_result result = libdeflate_zlib_decompress_ex(
		decompressor, data.at, (size_t)data.len, out, size, &used, &made);
	libdeflate_free_decompressor(decompressor);
	*too_small = result == LIBDEFLATE_INSUFFICIENT_SPACE;
	return result == LIBDEFLATE_SUCCESS && used == (size_t)data.len ? (int)made : -1;
}

static bool is_flate(struct str dict, bool *flate)
{
	struct str filter = dict_find(dict, "Filter");
	struct lex lex = array_open(filter);
	struct str one;
	*flate = filter.at;
	if (filter.at && filter.at[0] == '[')
		filter = lex_value(&lex, &one) ? one : filter;
	lex_space(&lex);
	return !*flate || (value_is_name(filter, "FlateDecode") && lex.at == lex.text.len);
}

/* -- PNG's predictors (RFC 2083, 6) */

static int paeth(int left, int up, int corner)
{
	int p = left + up - corner;
	int to_left = abs(p - left), to_up = abs(p - up), to_corner = abs(p - corner);
	return to_left <= to_up && to_left <= to_corner ? left : to_up <= to_corner ? up : corner;
}

/* One row, which its first byte says how to read, over the row before it. */
static bool unpredict(const unsigned char *row, unsigned char *out, int width)
{
	const unsigned char *above = out - width;
	for (int i = 0; i < width; i++) {
		int left = i ? out[i - 1] : 0, corner = i ? above[i - 1] : 0;
		int guess = row[0] == 0 ? 0
			: row[0] == 1   ? left
			: row[0] == 2   ? above[i]
			: row[0] == 3   ? (left + above[i]) / 2
					: paeth(left, above[i], corner);
		out[i] = (unsigned char)(row[i + 1] + guess);
	}
	return row[0] <= 4;
}

/* The rows of a table; NULL when they are not as many, or cannot be read. */
static const unsigned char *read_rows(
	struct arena *arena, struct str dict, struct str data, int width, int count)
{
	int64_t predictor = 1, columns = 1;
	struct str parameters = dict_find(dict, "DecodeParms");
	bool flate, small;
	if (!value_int(dict_find(parameters, "Predictor"), &predictor))
		predictor = 1;
	if (!value_int(dict_find(parameters, "Columns"), &columns))
		columns = 1;
	int line = width + (predictor >= 10);
	if (!is_flate(dict, &flate) || (predictor != 1 && predictor < 10) ||
		(predictor >= 10 && columns != width))
		return NULL;
	size_t size = (size_t)line * (size_t)count;
	char *raw = arena_alloc(arena, size + 1);
	if (flate ? inflate_into(data, raw, size, &small) != (int)size : data.len != (int)size)
		return NULL;
	const unsigned char *from = (const unsigned char *)(flate ? raw : data.at);
	if (predictor == 1)
		return from;
	unsigned char *out = arena_alloc(arena, (size_t)width * ((size_t)count + 1));
	memset(out, 0, (size_t)width);
	for (int i = 0; i < count; i++)
		if (!unpredict(from + (size_t)i * (size_t)line,
			    out + (size_t)width * ((size_t)i + 1), width))
			return NULL;
	return out + width;
}

/* -- cross-reference streams */

static int64_t read_field(const unsigned char **at, int width, int64_t unsaid)
{
	uint64_t value = width ? 0 : (uint64_t)unsaid;
	for (; width > 0; width--)
		value = value << 8 | *(*at)++;
	return value > INT_MAX ? INT64_MAX : (int64_t)value;
}

/* Type 0: free; 1: at an offset; 2: in an object stream, at an index. */
static const char *read_entry(
	const unsigned char *row, const int64_t widths[FIELDS], struct xref_entry *entry)
{
	int64_t type = read_field(&row, (int)widths[0], 1);
	int64_t second = read_field(&row, (int)widths[1], 0);
	int64_t third = read_field(&row, (int)widths[2], 0);
	if (type > 2 || second > INT_MAX || third > OBJECTS_MAX)
		return type == 0 ? NULL : "an xref stream with a damaged entry";
	if (type == 1 && third != 0)
		return "an object number that is used twice";
	entry->offset = type == 0 ? 0 : type == 1 ? (int)second : (int)third + 1;
	entry->container = type == 2 ? (int)second : 0;
	return NULL;
}

static const char *check_entry(const struct revision *revision, const struct xref_entry *entry)
{
	int last = revision->entries.len ? revision->entries.at[revision->entries.len - 1].number
					 : -1;
	if (entry->number <= last)
		return "object numbers in an xref stream that do not rise";
	return entry->offset && !entry->container &&
			(entry->offset < revision->start || entry->offset > revision->xref)
		? "an object outside the part of the file that lists it"
		: NULL;
}

/* Pairs of a first number and a count; without them all below /Size. */
static int read_index(struct arena *arena, struct str dict, int64_t **pairs)
{
	struct lex lex = array_open(dict_find(dict, "Index"));
	struct str value;
	vec(int64_t) list = {0};
	if (!dict_find(dict, "Index").at) {
		*vec_push(arena, &list) = 0;
		value_int(dict_find(dict, "Size"), vec_push(arena, &list));
	}
	while (list.len < 2 * 1024 && lex_value(&lex, &value))
		if (!value_int(value, vec_push(arena, &list)))
			return 0;
	*pairs = list.at;
	return list.len % 2 ? 0 : list.len;
}

static bool read_widths(struct str dict, int64_t widths[FIELDS])
{
	struct lex lex = array_open(dict_find(dict, "W"));
	struct str value;
	for (int i = 0; i < FIELDS; i++)
		if (!lex_value(&lex, &value) || !value_int(value, &widths[i]) || widths[i] > 8)
			return false;
	lex_space(&lex);
	return lex.at == lex.text.len && widths[1] > 0;
}

const char *xref_stream_read(
	struct arena *arena, struct revision *revision, struct str dict, struct str data)
{
	int64_t widths[FIELDS], *pairs, total = 0;
	const char *wrong = NULL;
	int len = read_index(arena, dict, &pairs);
	if (!value_is_name(dict_find(dict, "Type"), "XRef") || !data.at || !len ||
		!read_widths(dict, widths))
		return "no xref table where one should stand";
	for (int i = 0; i < len; i += 2) {
		total += pairs[i + 1];
		if (pairs[i] > INT_MAX - OBJECTS_MAX || total > OBJECTS_MAX)
			return "an xref stream of too many objects";
	}
	int width = (int)(widths[0] + widths[1] + widths[2]);
	const unsigned char *row = read_rows(arena, dict, data, width, (int)total);
	for (int i = 0; row && !wrong && i < len; i += 2)
		for (int64_t k = 0; !wrong && k < pairs[i + 1]; k++, row += width) {
			struct xref_entry entry = {.number = (int)(pairs[i] + k)};
			wrong = read_entry(row, widths, &entry);
			wrong = wrong ? wrong : check_entry(revision, &entry);
			*vec_push(arena, &revision->entries) = entry;
		}
	return row ? wrong : "an xref stream that cannot be read";
}

/* -- object streams */

struct opened {
	const char *data;     /* which it is */
	struct str bytes;     /* of its objects; {NULL}: it cannot be read */
	vec(int64_t) numbers; /* and where each begins, in turn */
};

struct object_streams {
	struct arena *arena;
	int64_t bytes; /* of all */
	vec(struct opened) list;
};

struct object_streams *object_streams_new(struct arena *arena)
{
	struct object_streams *streams = arena_new_array(arena, struct object_streams, 1);
	*streams = (struct object_streams){.arena = arena};
	return streams;
}

static struct str inflate_all(struct object_streams *streams, struct str data)
{
	bool small = true;
	for (size_t size = 4 * (size_t)data.len + 1024;
		small && streams->bytes + (int64_t)size <= BYTES_MAX; size *= 4) {
		char *out = arena_alloc(streams->arena, size);
		streams->bytes += (int64_t)size;
		int made = inflate_into(data, out, size, &small);
		if (made >= 0)
			return (struct str){out, made};
	}
	return (struct str){0};
}

struct str stream_bytes(struct object_streams *streams, struct str dict, struct str data)
{
	bool flate;
	if (!is_flate(dict, &flate) || dict_find(dict, "DecodeParms").at)
		return (struct str){0};
	return flate ? inflate_all(streams, data) : data;
}

static void open_stream(
	struct object_streams *streams, struct opened *opened, struct str dict, struct str data)
{
	int64_t count, first;
	bool flate,
		good = value_is_name(dict_find(dict, "Type"), "ObjStm") && is_flate(dict, &flate) &&
		!dict_find(dict, "DecodeParms").at && value_int(dict_find(dict, "N"), &count) &&
		count <= OBJECTS_MAX && value_int(dict_find(dict, "First"), &first);
	struct str bytes = good ? stream_bytes(streams, dict, data) : (struct str){0};
	if (!bytes.at || first > bytes.len)
		return;
	struct lex lex = {str_slice(bytes, 0, (int)first), 0};
	for (int64_t i = 0; i < 2 * count; i++)
		if (!lex_int(&lex, vec_push(streams->arena, &opened->numbers)))
			return;
	opened->bytes = str_slice(bytes, (int)first, bytes.len);
}

static const struct opened *find_opened(
	struct object_streams *streams, struct str dict, struct str data)
{
	for (int i = 0; i < streams->list.len; i++)
		if (streams->list.at[i].data == data.at)
			return &streams->list.at[i];
	struct opened *opened = vec_push(streams->arena, &streams->list);
	*opened = (struct opened){.data = data.at};
	open_stream(streams, opened, dict, data);
	return opened;
}

/* Where an object begins; behind the last is the end. */
static int64_t begins_at(const struct opened *opened, int index)
{
	bool is = 2 * index + 1 < opened->numbers.len;
	return is ? opened->numbers.at[2 * index + 1] : opened->bytes.len;
}

/* It ends where the next begins: they stand one behind the other (7.5.7). */
struct str object_stream_value(struct object_streams *streams, const struct xref_entry *entry,
	struct str dict, struct str data)
{
	const struct opened *opened = find_opened(streams, dict, data);
	int index = entry->offset - 1;
	int64_t from = begins_at(opened, index), to = begins_at(opened, index + 1);
	struct str value;
	if (!opened->bytes.at || 2 * index + 1 >= opened->numbers.len ||
		opened->numbers.at[2 * index] != entry->number || from > to ||
		to > opened->bytes.len)
		return (struct str){0};
	struct lex lex = {str_slice(opened->bytes, (int)from, (int)to), 0};
	return lex_value(&lex, &value) ? value : (struct str){0};
}
