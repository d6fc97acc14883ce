/* pdfread.c - a finished PDF in; its revisions, each with trailer and xref table, out.
 *
 * The file is read from its end, table by table through /Prev (ISO 32000-1, 7.5.4 to 7.5.6), and
 * strictly: revisions follow each other without a gap, each ends with its own startxref and %%EOF,
 * every object stands in the revision that lists it. A lenient reader that repairs damaged tables
 * was rejected: what one reader repairs so and another so is how signed files are forged. */
#include "pdfread/streams.h"

#include "base/arena.h"
#include "base/diag_id.h"

#include <limits.h>
#include <stdlib.h>

enum { REVISIONS_MAX = 64, ENTRY_LEN = 20 };

static struct lex lex_from(const struct pdfread *file, int offset)
{
	return (struct lex){file->bytes, offset};
}

/* -- one xref table */

static bool read_digits(const char *at, int count, int64_t *number)
{
	*number = 0;
	for (int i = 0; i < count; i++) {
		if (at[i] < '0' || at[i] > '9')
			return false;
		*number = *number * 10 + (at[i] - '0');
	}
	return true;
}

/* "0000000016 00000 n" and an end of line of two bytes (7.5.4). */
static bool read_entry(struct lex *lex, struct xref_entry *entry)
{
	const char *at = lex->text.at + lex->at;
	int64_t offset, generation;
	if (lex->text.len - lex->at < ENTRY_LEN || !read_digits(at, 10, &offset) || at[10] != ' ' ||
		!read_digits(at + 11, 5, &generation) || at[16] != ' ' ||
		(at[17] != 'n' && at[17] != 'f') || !strchr(" \r", at[18]) ||
		!strchr("\r\n", at[19]) || offset > INT_MAX ||
		(at[17] == 'n' && generation != 0)) /* numbers are not used twice */
		return false;
	entry->offset = at[17] == 'n' ? (int)offset : 0;
	lex->at += ENTRY_LEN;
	return true;
}

static const char *read_section(struct arena *arena, struct lex *lex, int64_t first, int64_t count,
	struct revision *revision)
{
	int last = revision->entries.len ? revision->entries.at[revision->entries.len - 1].number
					 : -1;
	if (first <= last || first + count > INT_MAX)
		return "object numbers in an xref table that do not rise";
	for (int64_t i = 0; i < count; i++) {
		struct xref_entry entry = {.number = (int)(first + i)};
		if (!read_entry(lex, &entry))
			return "an xref table with a damaged line";
		if (entry.offset &&
			(entry.offset < revision->start || entry.offset >= revision->xref))
			return "an object outside the part of the file that lists it";
		*vec_push(arena, &revision->entries) = entry;
	}
	return NULL;
}

static const char *read_table(struct arena *arena, struct lex *lex, struct revision *revision)
{
	int64_t first, count;
	while (lex_int(lex, &first)) {
		if (!lex_int(lex, &count))
			return "an xref table with a damaged heading";
		while (lex->at < lex->text.len && strchr(" \r", lex->text.at[lex->at]))
			lex->at++;
		if (lex->at < lex->text.len && lex->text.at[lex->at] == '\n')
			lex->at++;
		const char *wrong = read_section(arena, lex, first, count, revision);
		if (wrong)
			return wrong;
	}
	return NULL;
}

/* -- one revision */

static void skip_line_end(struct lex *lex)
{
	if (lex->at < lex->text.len && lex->text.at[lex->at] == '\r')
		lex->at++;
	if (lex->at < lex->text.len && lex->text.at[lex->at] == '\n')
		lex->at++;
}

/* "%%EOF" is a comment to lex_space, so the white space before it is skipped by hand. */
static bool lex_eof(struct lex *lex)
{
	static const char word[] = "%%EOF";
	skip_line_end(lex);
	if (lex->text.len - lex->at < 5 || memcmp(lex->text.at + lex->at, word, 5) != 0)
		return false;
	lex->at += 5;
	skip_line_end(lex);
	return true;
}

static const char *read_trailer(struct lex *lex, struct revision *revision)
{
	int64_t size, back;
	if (!revision->trailer.at &&
		(!lex_word(lex, "trailer") || !lex_value(lex, &revision->trailer) ||
			!value_is_dict(revision->trailer)))
		return "an xref table without a trailer";
	if (dict_find(revision->trailer, "Encrypt").at)
		return "encryption";
	if (dict_find(revision->trailer, "XRefStm").at)
		return "an xref stream";
	if (!value_int(dict_find(revision->trailer, "Size"), &size) || size < 1 || size > INT_MAX ||
		(revision->entries.len &&
			size <= revision->entries.at[revision->entries.len - 1].number))
		return "a trailer whose /Size is wrong";
	revision->size = (int)size;
	if (!lex_word(lex, "startxref") || !lex_int(lex, &back) || back != revision->xref ||
		!lex_eof(lex))
		return "a trailer without its own end";
	revision->end = lex->at;
	return NULL;
}

static bool lex_object(const struct pdfread *file, struct lex *lex, int *number, struct str *value,
	struct str *data);

/* A table, or a stream that is one: there its dictionary is the trailer. */
static const char *read_any_table(
	const struct pdfread *file, struct lex *lex, struct revision *revision)
{
	int number;
	struct str dict, data;
	if (lex_word(lex, "xref"))
		return read_table(file->arena, lex, revision);
	if (!lex_object(file, lex, &number, &dict, &data) || !lex_word(lex, "endobj"))
		return "no xref table where one should stand";
	revision->trailer = dict;
	return xref_stream_read(file->arena, revision, dict, data);
}

/* The offset of the table, from the "startxref" that is nearest to the end. */
static const char *find_last_table(const struct pdfread *file, int64_t *offset)
{
	static const char word[] = "startxref";
	enum { LEN = sizeof word - 1 };
	int at = file->bytes.len - LEN;
	while (at >= 0 && memcmp(file->bytes.at + at, word, LEN) != 0)
		at--;
	struct lex lex = lex_from(file, at < 0 ? file->bytes.len : at);
	return lex_word(&lex, word) && lex_int(&lex, offset) ? NULL : "no startxref";
}

/* The table that the one at offset follows; -1 for none. */
static const char *find_previous(const struct pdfread *file, int offset, int64_t *previous)
{
	struct arena_mark mark = arena_save(file->arena);
	struct revision revision = {.xref = offset};
	struct lex lex = lex_from(file, offset);
	*previous = -1;
	const char *wrong = read_any_table(file, &lex, &revision);
	wrong = wrong ? wrong : read_trailer(&lex, &revision);
	arena_restore(file->arena, mark);
	struct str value = wrong ? (struct str){0} : dict_find(revision.trailer, "Prev");
	return value.at && !value_int(value, previous) ? "a /Prev that is no number" : wrong;
}

/* Follows /Prev from the last table; gives the offsets, newest first. */
static const char *find_tables(const struct pdfread *file, int offsets[REVISIONS_MAX], int *count)
{
	int64_t offset, before = file->bytes.len;
	const char *wrong = find_last_table(file, &offset);
	for (*count = 0; !wrong && offset >= 0; before = offsets[*count - 1]) {
		if (*count == REVISIONS_MAX)
			return "too many updates";
		if (offset >= before)
			return "xref tables out of their order";
		offsets[(*count)++] = (int)offset;
		wrong = find_previous(file, offsets[*count - 1], &offset);
	}
	return wrong;
}

static const char *read_revisions(struct pdfread *file)
{
	int offsets[REVISIONS_MAX], count;
	const char *wrong = file->bytes.len < 8 ||
			(memcmp(file->bytes.at, "%PDF-1.", 7) != 0 &&
				memcmp(file->bytes.at, "%PDF-2.", 7) != 0)
		? "no %PDF-1 or %PDF-2 at its beginning"
		: find_tables(file, offsets, &count);
	int end = 0;
	while (!wrong && count > 0) {
		struct revision *revision = vec_push(file->arena, &file->revisions);
		*revision = (struct revision){.start = end, .xref = offsets[--count]};
		struct lex lex = lex_from(file, revision->xref);
		wrong = revision->xref < end ? "updates that overlap"
					     : read_any_table(file, &lex, revision);
		wrong = wrong ? wrong : read_trailer(&lex, revision);
		end = revision->end;
	}
	file->rest = file->bytes.len - end;
	return wrong;
}

bool pdfread_file(struct pdfread *file, struct arena *arena, struct str bytes, const char *name,
	struct diags *diags)
{
	*file = (struct pdfread){.arena = arena,
		.bytes = bytes,
		.streams = object_streams_new(arena),
		.spent = arena_new_array(arena, int64_t, 1)};
	*file->spent = 0;
	const char *wrong = read_revisions(file);
	if (wrong)
		diag_add(diags, REREAD, place_in(name), wrong);
	return !wrong;
}

/* -- objects */

static int order(const void *key, const void *element)
{
	int number = *(const int *)key, other = ((const struct xref_entry *)element)->number;
	return (number > other) - (number < other);
}

const struct xref_entry *pdfread_find(const struct pdfread *file, int index, int number)
{
	index = index < file->revisions.len ? index : file->revisions.len - 1;
	for (; index >= 0; index--) {
		const struct revision *revision = &file->revisions.at[index];
		const struct xref_entry *entry = revision->entries.len
			? bsearch(&number, revision->entries.at, (size_t)revision->entries.len,
				  sizeof *entry, order)
			: NULL;
		if (entry)
			return entry->offset ? entry : NULL;
	}
	return NULL;
}

/* The revision in which a place of the file stands. */
static int revision_at(const struct pdfread *file, int offset)
{
	int index = 0;
	while (index < file->revisions.len - 1 && file->revisions.at[index].end <= offset)
		index++;
	return index;
}

/* After the dictionary of a stream: its bytes. The length may be an object of its own. */
static bool lex_stream(
	const struct pdfread *file, struct lex *lex, struct str dict, struct str *data)
{
	int64_t len;
	struct str length = dict_find(dict, "Length");
	if (!value_int(pdfread_value(file, revision_at(file, lex->at), length), &len) ||
		lex->at >= file->bytes.len - 1 || !strchr("\r\n", file->bytes.at[lex->at]))
		return false;
	skip_line_end(lex);
	if (len > file->bytes.len - lex->at)
		return false;
	*data = str_slice(file->bytes, lex->at, lex->at + (int)len);
	lex->at += (int)len;
	return lex_word(lex, "endstream");
}

static bool lex_object(const struct pdfread *file, struct lex *lex, int *number, struct str *value,
	struct str *data)
{
	int64_t read, generation;
	*data = (struct str){0};
	if (!lex_int(lex, &read) || read > INT_MAX || !lex_int(lex, &generation) ||
		generation != 0 || !lex_word(lex, "obj") || !lex_value(lex, value))
		return false;
	*number = (int)read;
	if (lex_word(lex, "stream"))
		return lex_stream(file, lex, *value, data);
	return true;
}

int pdfread_at(
	const struct pdfread *file, int offset, int *number, struct str *value, struct str *data)
{
	struct lex lex = lex_from(file, offset);
	return lex_object(file, &lex, number, value, data) && lex_word(&lex, "endobj") ? lex.at : 0;
}

bool pdfread_is_spent(const struct pdfread *file)
{
	enum { TIMES = 20, LEAST = 1 << 27 };
	return *file->spent > LEAST + (int64_t)TIMES * file->bytes.len;
}

/* What it takes to find and read so many bytes. */
static void spend(const struct pdfread *file, int len)
{
	enum { TO_FIND = 64 };
	*file->spent += TO_FIND + len;
}

/* An object stream is no object of another. */
static struct str find_in_stream(
	const struct pdfread *file, int index, const struct xref_entry *entry)
{
	const struct xref_entry *stream = pdfread_find(file, index, entry->container);
	struct lex lex = lex_from(file, stream ? stream->offset : file->bytes.len);
	struct str dict, data = {0};
	int number;
	bool good = stream && !stream->container && lex_object(file, &lex, &number, &dict, &data) &&
		number == entry->container && data.at;
	spend(file, stream ? lex.at - stream->offset - data.len : 0);
	return good ? object_stream_value(file->streams, entry, dict, data) : (struct str){0};
}

/* libharu writes the length of a stream as an object of its own, so a value may be wanted where the
 * stream's bytes are not to be found: then only the dictionary is read. */
struct str pdfread_object(const struct pdfread *file, int index, int number)
{
	bool find = number > 0 && !pdfread_is_spent(file);
	const struct xref_entry *entry = find ? pdfread_find(file, index, number) : NULL;
	if (entry && entry->container) {
		struct str found = find_in_stream(file, index, entry);
		spend(file, found.len);
		return found;
	}
	struct lex lex = lex_from(file, entry ? entry->offset : file->bytes.len);
	int64_t read, generation;
	struct str value;
	bool good = entry && lex_int(&lex, &read) && read == number && lex_int(&lex, &generation) &&
		generation == 0 && lex_word(&lex, "obj") && lex_value(&lex, &value);
	spend(file, entry ? lex.at - entry->offset : 0);
	return good ? value : (struct str){0};
}

struct str pdfread_value(const struct pdfread *file, int index, struct str value)
{
	int number = value_ref(value);
	return number ? pdfread_object(file, index, number) : value;
}

struct str pdfread_stream(const struct pdfread *file, int index, int number)
{
	bool find = number > 0 && !pdfread_is_spent(file);
	const struct xref_entry *entry = find ? pdfread_find(file, index, number) : NULL;
	struct lex lex = lex_from(file, entry ? entry->offset : file->bytes.len);
	struct str dict, data;
	int found;
	bool good = entry && !entry->container && lex_object(file, &lex, &found, &dict, &data) &&
		found == number && data.at;
	spend(file, entry ? lex.at - entry->offset : 0);
	return good ? stream_bytes(file->streams, dict, data) : (struct str){0};
}

struct str pdfread_catalog(const struct pdfread *file, int index, int *number)
{
	*number = value_ref(dict_find(file->revisions.at[index].trailer, "Root"));
	return pdfread_object(file, index, *number);
}

int pdfread_offset(const struct pdfread *file, struct str value)
{
	return (int)(value.at - file->bytes.at);
}
