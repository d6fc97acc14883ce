/* update.c - a file and new objects in, the file with an incremental update out (ISO
 * 32000-1, 7.5.6).
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

static void put_table(struct update *update)
{
	const struct xref_entry *at = update->entries.at, *end = at + update->entries.len;
	qsort(update->entries.at, (size_t)update->entries.len, sizeof *at, by_number);
	buf_puts(update->out, "xref\n");
	while (at < end) {
		int count = 1;
		while (at + count < end && at[count].number == at->number + count)
			count++;
		buf_format(update->out, "%d %d\n", at->number, count);
		for (; count > 0; count--, at++)
			buf_format(update->out, "%010d 00000 n\r\n", at->offset);
	}
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

/* The dictionary of a cross-reference stream is a trailer and more. */
static struct str without_table(struct arena *arena, struct str trailer)
{
	static const char *const kept[] = {"Root", "Info", "ID"};
	struct str plain = str_lit("<<>>");
	if (!dict_find(trailer, "W").at)
		return trailer;
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		struct str value = dict_find(trailer, kept[i]);
		if (value.at)
			plain = dict_with(arena, plain, kept[i], value);
	}
	return plain;
}

void update_end(struct update *update)
{
	struct arena *arena = update->file->arena;
	const struct revision *last = &update->file->revisions.at[update->file->revisions.len - 1];
	int table = (int)update->out->len;
	put_table(update);
	struct str trailer = dict_with(arena, without_table(arena, last->trailer), "Size",
		str_format(arena, "%d", update->next));
	trailer = dict_with(arena, trailer, "Prev", str_format(arena, "%d", last->xref));
	struct str identifier = dict_find(last->trailer, "ID");
	if (identifier.at)
		trailer = dict_with(arena, trailer, "ID", next_identifier(update, identifier));
	buf_puts(update->out, "trailer\n");
	buf_str(update->out, trailer);
	buf_format(update->out, "\nstartxref\n%d\n%%%%EOF\n", table);
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
