/* update.c - a file and new objects in, the file with an incremental update out (ISO
 * 32000-1, 7.5.6), whose table is of the kind of the last.
 *
 * The bytes that are there are not touched, so whatever was signed stays signed. */
#include "pdfread/update.h"

#include "base/arena.h"

#include <stdlib.h>
#include <xxhash.h>

void update_begin(struct update *update, const struct pdfread *file, struct buf *out)
{
	*update = (struct update){
		.file = file, .out = out, .next = file->revisions.at[file->revisions.len - 1].size};
	buf_str(out, file->bytes);
	if (!str_ends(file->bytes, "\n"))
		buf_char(out, '\n');
}

int update_number(struct update *update)
{
	return update->next++;
}

static void begin_object(struct update *update, int number)
{
	struct xref_entry *entry = vec_push(update->file->arena, &update->entries);
	*entry = (struct xref_entry){.number = number, .offset = (int)update->out->len};
	buf_format(update->out, "%d 0 obj\n", number);
}

void update_object(struct update *update, int number, struct str value)
{
	begin_object(update, number);
	buf_str(update->out, value);
	buf_puts(update->out, "\nendobj\n");
}

void update_stream(struct update *update, int number, struct str bytes)
{
	begin_object(update, number);
	buf_format(update->out, "<</Length %d>>\nstream\r\n", bytes.len);
	buf_str(update->out, bytes);
	buf_puts(update->out, "\nendstream\nendobj\n");
}

static int by_number(const void *a, const void *b)
{
	return ((const struct xref_entry *)a)->number - ((const struct xref_entry *)b)->number;
}

static void sort_entries(struct update *update)
{
	qsort(update->entries.at, (size_t)update->entries.len, sizeof *update->entries.at,
		by_number);
}

/* How many have numbers one after the other. */
static int run_of(const struct xref_entry *at, const struct xref_entry *end)
{
	int count = 1;
	while (at + count < end && at[count].number == at->number + count)
		count++;
	return count;
}

static void put_table(struct update *update)
{
	sort_entries(update);
	const struct xref_entry *at = update->entries.at, *end = at + update->entries.len;
	buf_puts(update->out, "xref\n");
	while (at < end) {
		int count = run_of(at, end);
		buf_format(update->out, "%d %d\n", at->number, count);
		for (; count > 0; count--, at++)
			buf_format(update->out, "%010d 00000 n\r\n", at->offset);
	}
}

/* The table is a stream. */
static bool is_compact(const struct revision *revision)
{
	return dict_find(revision->trailer, "W").at;
}

/* The first string says which document it is, the second which version: by its bytes (14.4). */
static struct str next_identifier(struct update *update, struct str identifier)
{
	XXH128_hash_t hash = XXH3_128bits(update->out->at, update->out->len);
	struct lex lex = array_open(identifier);
	struct str first;
	if (!lex_value(&lex, &first))
		return identifier;
	return str_format(update->file->arena, "[%.*s<%016llx%016llx>]", str_arg(first),
		(unsigned long long)hash.high64, (unsigned long long)hash.low64);
}

/* What of the last trailer goes into the next: the dictionary of a cross-reference stream says more
 * than that. */
static struct str next_trailer(struct update *update, const struct revision *last)
{
	static const char *const kept[] = {"Root", "Info", "ID"};
	struct arena *arena = update->file->arena;
	struct str trailer = last->trailer, identifier = dict_find(trailer, "ID");
	if (is_compact(last))
		trailer = str_lit("<<>>");
	for (size_t i = 0; is_compact(last) && i < sizeof kept / sizeof *kept; i++) {
		struct str value = dict_find(last->trailer, kept[i]);
		if (value.at)
			trailer = dict_with(arena, trailer, kept[i], value);
	}
	trailer = dict_with(arena, trailer, "Size", str_format(arena, "%d", update->next));
	trailer = dict_with(arena, trailer, "Prev", str_format(arena, "%d", last->xref));
	return identifier.at ? dict_with(arena, trailer, "ID", next_identifier(update, identifier))
			     : trailer;
}

static void put_end(struct update *update, const struct revision *last)
{
	put_table(update);
	struct str trailer = next_trailer(update, last);
	buf_puts(update->out, "trailer\n");
	buf_str(update->out, trailer);
	buf_char(update->out, '\n');
}

/* A type, four bytes of the offset; the generation is 0 where it is not said. */
static void put_rows(struct update *update)
{
	for (int i = 0; i < update->entries.len; i++) {
		unsigned offset = (unsigned)update->entries.at[i].offset;
		char row[] = {1, (char)(offset >> 24), (char)(offset >> 16), (char)(offset >> 8),
			(char)offset};
		buf_put(update->out, row, sizeof row);
	}
}

/* "[FROM COUNT …]" */
static struct str index_of(struct update *update)
{
	struct buf out = {0};
	const struct xref_entry *at = update->entries.at, *end = at + update->entries.len;
	for (int count; at < end; at += count) {
		count = run_of(at, end);
		buf_format(&out, "%s%d %d", out.len ? " " : "[", at->number, count);
	}
	buf_char(&out, ']');
	struct str index = str_copy(update->file->arena, buf_text(&out));
	buf_free(&out);
	return index;
}

/* A table of its own kind follows a stream that is one (7.5.8.4): the stream is the last of the
 * objects that it lists. */
static void put_stream_end(struct update *update, const struct revision *last)
{
	enum { ROW = 5 };
	struct arena *arena = update->file->arena;
	begin_object(update, update_number(update));
	sort_entries(update);
	struct str dict = next_trailer(update, last);
	dict = dict_with(arena, dict, "Type", str_lit("/XRef"));
	dict = dict_with(arena, dict, "W", str_lit("[1 4 0]"));
	dict = dict_with(arena, dict, "Index", index_of(update));
	dict = dict_with(arena, dict, "Length", str_format(arena, "%d", update->entries.len * ROW));
	buf_str(update->out, dict);
	buf_puts(update->out, "\nstream\r\n");
	put_rows(update);
	buf_puts(update->out, "\nendstream\nendobj\n");
}

void update_end(struct update *update)
{
	const struct revision *last = &update->file->revisions.at[update->file->revisions.len - 1];
	int table = (int)update->out->len;
	if (is_compact(last))
		put_stream_end(update, last);
	else
		put_end(update, last);
	buf_format(update->out, "startxref\n%d\n%%%%EOF\n", table);
}

struct str dict_with(struct arena *arena, struct str dict, const char *key, struct str value)
{
	struct lex lex = dict_open(dict);
	struct str name, old;
	struct buf out = {0};
	buf_puts(&out, "<<");
	while (dict_next(&lex, &name, &old))
		if (!value_is_name(name, key)) {
			buf_str(&out, name);
			buf_char(&out, ' ');
			buf_str(&out, old);
		}
	buf_format(&out, "/%s ", key);
	buf_str(&out, value);
	buf_puts(&out, ">>");
	struct str copy = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return copy;
}

struct str array_with(struct arena *arena, struct str array, struct str value)
{
	struct str inside = array_open(array).text;
	return str_format(
		arena, "[%.*s%s%.*s]", str_arg(inside), inside.len ? " " : "", str_arg(value));
}
