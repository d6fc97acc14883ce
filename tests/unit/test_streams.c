/* Tables and objects in compressed streams: what is read of good ones, in each of PNG's filters
 * (RFC 2083, 6), and what is refused of damaged ones, by name, whichever byte it is. */
#include "pdfread/streams.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <zlib.h>

enum { XREF = 1000 }; /* where the part of the file ends */

#define BYTES(literal)                      \
	{                                   \
		literal, sizeof literal - 1 \
	}

/* Of 1, 2 and 1 bytes: one that is free, one at 16, the fourth in stream 1. */
#define ROWS "\0\0\0\0\1\0\20\0\2\0\1\3"
#define XREF_DICT(more) "<</Type/XRef/W[1 2 1]/Size 3" more ">>"

static struct str deflated(struct arena *arena, struct str bytes)
{
	uLongf len = compressBound((uLong)bytes.len);
	char *out = arena_alloc(arena, len);
	assert_int_equal(
		compress((Bytef *)out, &len, (const Bytef *)bytes.at, (uLong)bytes.len), Z_OK);
	return (struct str){out, (int)len};
}

static const char *read_xref(
	struct arena *arena, struct revision *revision, const char *dict, struct str data)
{
	*revision = (struct revision){.xref = XREF};
	return xref_stream_read(arena, revision, str_of(dict), data);
}

/* -- tables */

static bool has_rows(const struct revision *revision)
{
	static const struct xref_entry entries[] = {{0, 0, 0}, {1, 16, 0}, {2, 4, 1}};
	return revision->entries.len == 3 &&
		memcmp(revision->entries.at, entries, sizeof entries) == 0;
}

static void reads_plain_tables_and_compressed(void **state)
{
	static const char *const dicts[] = {XREF_DICT(""), XREF_DICT("/Index[0 3]"),
		XREF_DICT("/Index[0 1 1 2]"), XREF_DICT("/Filter[/FlateDecode]"),
		XREF_DICT("/Filter/FlateDecode/DecodeParms<</Predictor 1>>")};
	struct arena *arena = *state;
	for (size_t i = 0; i < sizeof dicts / sizeof *dicts; i++) {
		struct str data = BYTES(ROWS);
		struct revision revision;
		if (strstr(dicts[i], "Flate"))
			data = deflated(arena, data);
		const char *wrong = read_xref(arena, &revision, dicts[i], data);
		if (wrong || !has_rows(&revision))
			fail_msg("%s: %s", dicts[i], wrong ? wrong : "other rows");
	}
}

/* Bytes as PNG's filter writes them: each less what its neighbours let expect. */
static struct str filtered(struct arena *arena, struct str rows, int width, int filter)
{
	struct buf out = {0};
	for (int i = 0; i < rows.len; i++) {
		const unsigned char *at = (const unsigned char *)rows.at + i;
		bool first = i % width == 0, top = i < width;
		int a = first ? 0 : at[-1], b = top ? 0 : at[-width];
		int c = first || top ? 0 : at[-width - 1], p = a + b - c;
		int nearest = abs(p - a) <= abs(p - b) && abs(p - a) <= abs(p - c) ? a
			: abs(p - b) <= abs(p - c)                                 ? b
										   : c;
		const int guesses[] = {0, a, b, (a + b) / 2, nearest};
		if (first)
			buf_char(&out, (char)filter);
		buf_char(&out, (char)(*at - guesses[filter]));
	}
	struct str text = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return text;
}

static void reads_what_each_filter_wrote(void **state)
{
	static const char *const dict = XREF_DICT(
		"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>");
	struct arena *arena = *state;
	const struct str rows = BYTES(ROWS);
	for (int filter = 0; filter <= 4; filter++) {
		struct revision revision;
		struct str data = deflated(arena, filtered(arena, rows, 4, filter));
		const char *wrong = read_xref(arena, &revision, dict, data);
		if (wrong || !has_rows(&revision))
			fail_msg("filter %d: %s", filter, wrong ? wrong : "other rows");
	}
}

#define NO_TABLE "no xref table where one should stand"
#define UNREAD "an xref stream that cannot be read"
#define MANY "an xref stream of too many objects"

static const struct {
	const char *name, *dict;
	struct str data;
	const char *wrong;
} damaged[] = {
	{"another type", "<</Type/XObject/W[1 2 1]/Size 3>>", BYTES(ROWS), NO_TABLE},
	{"no type", "<</W[1 2 1]/Size 3>>", BYTES(ROWS), NO_TABLE},
	{"no stream", XREF_DICT(""), {NULL, 0}, NO_TABLE},
	{"no widths", "<</Type/XRef/Size 3>>", BYTES(ROWS), NO_TABLE},
	{"two widths", "<</Type/XRef/W[1 2]/Size 3>>", BYTES(ROWS), NO_TABLE},
	{"four widths", "<</Type/XRef/W[1 1 1 1]/Size 3>>", BYTES(ROWS), NO_TABLE},
	{"a width of 9", "<</Type/XRef/W[1 9 1]/Size 3>>", BYTES(ROWS), NO_TABLE},
	{"a width below 0", "<</Type/XRef/W[1 -2 1]/Size 3>>", BYTES(ROWS), NO_TABLE},
	{"no offsets", "<</Type/XRef/W[1 0 3]/Size 3>>", BYTES(ROWS), NO_TABLE},
	{"half a pair", XREF_DICT("/Index[0 2 2]"), BYTES(ROWS), NO_TABLE},
	{"a pair of names", XREF_DICT("/Index[/a /b]"), BYTES(ROWS), NO_TABLE},
	{"no pairs", XREF_DICT("/Index[]"), BYTES(ROWS), NO_TABLE},
	{"too many objects", XREF_DICT("/Index[0 100001]"), BYTES(ROWS), MANY},
	{"too many in all", XREF_DICT("/Index[0 99999 100000 999999999999999]"), BYTES(ROWS), MANY},
	{"a number too high", XREF_DICT("/Index[2147483647 3]"), BYTES(ROWS), MANY},
	{"a byte less", XREF_DICT(""), BYTES("\0\0\0\0\1\0\20\0\2\0\1"), UNREAD},
	{"a byte more", XREF_DICT(""), BYTES(ROWS "\0"), UNREAD},
	{"a row less than /Index says", XREF_DICT("/Index[0 4]"), BYTES(ROWS), UNREAD},
	{"not compressed", XREF_DICT("/Filter/FlateDecode"), BYTES(ROWS), UNREAD},
	{"another filter", XREF_DICT("/Filter/LZWDecode"), BYTES(ROWS), UNREAD},
	{"two filters", XREF_DICT("/Filter[/FlateDecode/FlateDecode]"), BYTES(ROWS), UNREAD},
	{"TIFF's predictor", XREF_DICT("/DecodeParms<</Predictor 2/Columns 4>>"), BYTES(ROWS),
		UNREAD},
	{"columns that are not the rows'", XREF_DICT("/DecodeParms<</Predictor 10/Columns 5>>"),
		BYTES("\0\0\0\0\0\0\1\0\20\0\0\2\0\1\3"), UNREAD},
	{"a filter that PNG lacks", XREF_DICT("/DecodeParms<</Predictor 15/Columns 4>>"),
		BYTES("\0\0\0\0\0\5\1\0\20\0\0\2\0\1\3"), UNREAD},
	{"a type that nobody knows", XREF_DICT(""), BYTES("\0\0\0\0\3\0\20\0\2\0\1\3"),
		"an xref stream with a damaged entry"},
	{"a generation", XREF_DICT(""), BYTES("\0\0\0\0\1\0\20\1\2\0\1\3"),
		"an object number that is used twice"},
	{"an object behind the table", XREF_DICT(""), BYTES("\0\0\0\0\1\377\377\0\2\0\1\3"),
		"an object outside the part of the file that lists it"},
	{"an offset of many bits", "<</Type/XRef/W[1 8 1]/Size 1>>",
		BYTES("\1\377\377\377\377\377\377\377\377\0"),
		"an xref stream with a damaged entry"},
	{"a number twice", XREF_DICT("/Index[0 1 0 2]"), BYTES(ROWS),
		"object numbers in an xref stream that do not rise"},
	{"numbers that fall", XREF_DICT("/Index[5 1 0 2]"), BYTES(ROWS),
		"object numbers in an xref stream that do not rise"},
};

static void damaged_tables_are_refused_by_name(void **state)
{
	struct arena *arena = *state;
	for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
		struct revision revision;
		const char *wrong = read_xref(arena, &revision, damaged[i].dict, damaged[i].data);
		if (!wrong || strcmp(wrong, damaged[i].wrong) != 0)
			fail_msg("%s: %s", damaged[i].name, wrong ? wrong : "read");
	}
}

/* -- objects */

#define OBJECTS "7 0 9 3 /A <</B 1>>"
#define OBJECTS_DICT(more) "<</Type/ObjStm/N 2/First 8" more ">>"

static struct str object(
	struct arena *arena, int number, int index, const char *dict, struct str data)
{
	const struct xref_entry entry = {.number = number, .offset = index + 1, .container = 1};
	return object_stream_value(object_streams_new(arena), &entry, str_of(dict), data);
}

static const struct {
	const char *name, *dict;
	int number, index;
	struct str data;
	const char *value; /* NULL: none */
} objects[] = {
	{"the first", OBJECTS_DICT(""), 7, 0, BYTES(OBJECTS), "/A"},
	{"the second", OBJECTS_DICT(""), 9, 1, BYTES(OBJECTS), "<</B 1>>"},
	{"another number", OBJECTS_DICT(""), 8, 0, BYTES(OBJECTS), NULL},
	{"another index", OBJECTS_DICT(""), 9, 0, BYTES(OBJECTS), NULL},
	{"an index too high", OBJECTS_DICT(""), 9, 2, BYTES(OBJECTS), NULL},
	{"another type", "<</Type/XRef/N 2/First 8>>", 7, 0, BYTES(OBJECTS), NULL},
	{"no type", "<</N 2/First 8>>", 7, 0, BYTES(OBJECTS), NULL},
	{"no count", "<</Type/ObjStm/First 8>>", 7, 0, BYTES(OBJECTS), NULL},
	{"a count too high", "<</Type/ObjStm/N 3/First 8>>", 7, 0, BYTES(OBJECTS), NULL},
	{"a count of many", "<</Type/ObjStm/N 100001/First 8>>", 7, 0, BYTES(OBJECTS), NULL},
	{"no first", "<</Type/ObjStm/N 2>>", 7, 0, BYTES(OBJECTS), NULL},
	{"a first behind its end", "<</Type/ObjStm/N 2/First 99>>", 7, 0, BYTES(OBJECTS), NULL},
	{"a first within its numbers", "<</Type/ObjStm/N 2/First 5>>", 7, 0, BYTES(OBJECTS), NULL},
	{"an offset behind its end", OBJECTS_DICT(""), 9, 1, BYTES("7 0 9 99/A <</B 1>>"), NULL},
	{"an offset at its end", OBJECTS_DICT(""), 9, 1, BYTES("7 0 9 3 /A "), NULL},
	{"numbers that are none", OBJECTS_DICT(""), 7, 0, BYTES("7 a 9 3 /A <</B 1>>"), NULL},
	{"a value that has no end", OBJECTS_DICT(""), 9, 1, BYTES("7 0 9 3 /A <</B 1>"), NULL},
	{"an empty stream", OBJECTS_DICT(""), 7, 0, BYTES(""), NULL},
	{"no stream", OBJECTS_DICT(""), 7, 0, {NULL, 0}, NULL},
	{"another filter", OBJECTS_DICT("/Filter/LZWDecode"), 7, 0, BYTES(OBJECTS), NULL},
	{"not compressed", OBJECTS_DICT("/Filter/FlateDecode"), 7, 0, BYTES(OBJECTS), NULL},
	{"a predictor", OBJECTS_DICT("/DecodeParms<</Predictor 12>>"), 7, 0, BYTES(OBJECTS), NULL},
};

static void objects_are_read_or_none(void **state)
{
	struct arena *arena = *state;
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
		struct str value = object(arena, objects[i].number, objects[i].index,
			objects[i].dict, objects[i].data);
		const char *expected = objects[i].value;
		if (expected ? !str_is(value, expected) : value.at != NULL)
			fail_msg("%s: %.*s", objects[i].name, str_arg(value));
	}
}

/* -- FlateDecode */

/* As a table, as the bytes of a stream, as objects. */
static bool any_reads(struct arena *arena, struct str table, struct str stream)
{
	struct revision revision;
	return !read_xref(arena, &revision, XREF_DICT("/Filter/FlateDecode"), table) ||
		stream_bytes(object_streams_new(arena), str_lit("<</Filter/FlateDecode>>"), stream)
			.at ||
		object(arena, 7, 0, OBJECTS_DICT("/Filter/FlateDecode"), stream).at;
}

static void what_is_compressed_is_whole_or_refused(void **state)
{
	struct arena *arena = *state;
	const struct str rows = BYTES(ROWS), two = BYTES(OBJECTS);
	struct str table = deflated(arena, rows), stream = deflated(arena, two);
	assert_true(str_is(
		object(arena, 9, 1, OBJECTS_DICT("/Filter/FlateDecode"), stream), "<</B 1>>"));
	for (int less = 1; less <= stream.len && less <= table.len; less++)
		assert_false(any_reads(arena, str_slice(table, 0, table.len - less),
			str_slice(stream, 0, stream.len - less)));
	table = str_copy(arena, table);
	stream = str_copy(arena, stream);
	table.len++, stream.len++; /* the NUL behind them */
	assert_false(any_reads(arena, table, stream));
}

/* Whether what is read is not what was compressed. */
static bool any_differs(struct arena *arena, struct str table, struct str stream)
{
	struct revision revision;
	struct str one = object(arena, 9, 1, OBJECTS_DICT("/Filter/FlateDecode"), stream);
	struct str all = stream_bytes(
		object_streams_new(arena), str_lit("<</Filter/FlateDecode>>"), stream);
	bool read = !read_xref(arena, &revision, XREF_DICT("/Filter/FlateDecode"), table);
	return (one.at && !str_is(one, "<</B 1>>")) || (all.at && !str_is(all, OBJECTS)) ||
		(read && !has_rows(&revision));
}

/* A bit changed breaks the stream or its checksum; one that fills up a byte says nothing. */
static void no_bit_of_what_is_compressed_changes_what_is_read(void **state)
{
	struct arena *arena = *state;
	const struct str rows = BYTES(ROWS), two = BYTES(OBJECTS);
	struct str table = deflated(arena, rows), stream = deflated(arena, two);
	int len = table.len < stream.len ? table.len : stream.len;
	for (int at = 0; at < len; at++)
		for (int bit = 0; bit < 8; bit++) {
			char *one = str_chars(arena, table), *other = str_chars(arena, stream);
			one[at] ^= (char)(1 << bit), other[at] ^= (char)(1 << bit);
			if (any_differs(arena, (struct str){one, table.len},
				    (struct str){other, stream.len}))
				fail_msg("byte %d, bit %d: is read as another", at, bit);
		}
}

/* A little that becomes a lot is read up to a bound, once, not again and again. */
static void a_stream_that_grows_without_end_is_refused(void **state)
{
	struct arena *arena = *state;
	struct object_streams *streams = object_streams_new(arena);
	enum { LEN = 64 << 20 };
	char *zeros = arena_alloc(arena, LEN);
	memset(zeros, 0, LEN);
	struct str data = deflated(arena, (struct str){zeros, LEN});
	assert_null(stream_bytes(streams, str_lit("<</Filter/FlateDecode>>"), data).at);
}

static int begin(void **state)
{
	*state = arena_new();
	return 0;
}

static int end(void **state)
{
	arena_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads_plain_tables_and_compressed, begin, end),
		cmocka_unit_test_setup_teardown(reads_what_each_filter_wrote, begin, end),
		cmocka_unit_test_setup_teardown(damaged_tables_are_refused_by_name, begin, end),
		cmocka_unit_test_setup_teardown(objects_are_read_or_none, begin, end),
		cmocka_unit_test_setup_teardown(what_is_compressed_is_whole_or_refused, begin, end),
		cmocka_unit_test_setup_teardown(
			no_bit_of_what_is_compressed_changes_what_is_read, begin, end),
		cmocka_unit_test_setup_teardown(
			a_stream_that_grows_without_end_is_refused, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
