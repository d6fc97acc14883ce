/* reader.c - see reader.h. */
#include "reader.h"

#include <stdlib.h>
#include <zlib.h>

/* -- values ------------------------------------------------------------------------------------ */

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_regular(char c)
{
	return !is_space(c) && !strchr("()<>[]{}/%", c);
}

static void skip_space(struct str text, int *at)
{
	while (*at < text.len && (is_space(text.at[*at]) || text.at[*at] == '%')) {
		if (text.at[*at] == '%')
			while (*at < text.len && text.at[*at] != '\n' && text.at[*at] != '\r')
				++*at;
		else
			++*at;
	}
}

static int hex_digit(char c)
{
	const char digits[] = "0123456789abcdef", *found;
	found = memchr(digits, c >= 'A' && c <= 'F' ? c + 'a' - 'A' : c, 16);
	return found ? (int)(found - digits) : -1;
}

static struct str parse_hex(struct arena *arena, struct str text, int *at)
{
	char *bytes = arena_alloc(arena, (size_t)(text.len - *at) / 2 + 2);
	int count = 0;
	for (++*at; *at < text.len && text.at[*at] != '>'; ++*at) {
		int digit = hex_digit(text.at[*at]);
		if (digit < 0)
			continue;
		bytes[count / 2] = (char)(bytes[count / 2] | (count % 2 ? digit : digit << 4));
		count++;
	}
	++*at;
	return (struct str){bytes, (count + 1) / 2};
}

static char escaped(struct str text, int *at)
{
	static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
	char c = text.at[*at];
	const char *found = memchr(from, c, 5);
	if (found)
		return to[found - from];
	if (c < '0' || c > '7')
		return c;
	int code = 0, digits = 0;
	for (; digits < 3 && *at < text.len && text.at[*at] >= '0' && text.at[*at] <= '7'; digits++)
		code = code * 8 + text.at[(*at)++] - '0';
	--*at;
	return (char)code;
}

static struct str parse_literal(struct arena *arena, struct str text, int *at)
{
	struct buf bytes = {0};
	int depth = 1;
	for (++*at; *at < text.len; ++*at) {
		char c = text.at[*at];
		depth += (c == '(') - (c == ')');
		if (depth == 0)
			break;
		if (c == '\\' && ++*at < text.len)
			c = escaped(text, at);
		buf_char(&bytes, c);
	}
	++*at;
	struct str copy = str_copy(arena, buf_text(&bytes));
	buf_free(&bytes);
	return copy;
}

static struct str take_regular(struct str text, int *at)
{
	int from = *at;
	while (*at < text.len && is_regular(text.at[*at]))
		++*at;
	return str_slice(text, from, *at);
}

static bool starts_at(struct str text, int at, const char *word)
{
	return str_starts(str_slice(text, at < text.len ? at : text.len, text.len), word);
}

/* "12 0 R" behind the 12. */
static bool take_reference(struct str text, int *at)
{
	int end = *at;
	if (!starts_at(text, end, " 0 R") || (end + 4 < text.len && is_regular(text.at[end + 4])))
		return false;
	*at += 4;
	return true;
}

static void parse_members(
	struct arena *arena, struct str text, int *at, const char *end, struct pdf_value *into)
{
	struct pdf_value **link = &into->first;
	for (;;) {
		skip_space(text, at);
		if (*at >= text.len)
			return;
		if (starts_at(text, *at, end)) {
			*at += (int)strlen(end);
			return;
		}
		struct str key = {0};
		if (into->kind == PDF_DICT) {
			++*at; /* the slash */
			key = take_regular(text, at);
		}
		*link = pdf_parse(arena, text, at);
		(*link)->key = key;
		link = &(*link)->next;
	}
}

static void parse_word(struct str text, int *at, struct pdf_value *value)
{
	char *end;
	value->text = take_regular(text, at);
	value->kind = PDF_WORD;
	if (value->text.len == 0) { /* a bracket that closes nothing */
		value->text = str_slice(text, *at, *at + 1);
		++*at;
		return;
	}
	double number = strtod(value->text.at, &end);
	if (end != value->text.at + value->text.len)
		return;
	value->number = number;
	value->kind = take_reference(text, at) ? PDF_REFERENCE : PDF_NUMBER;
}

struct pdf_value *pdf_parse(struct arena *arena, struct str text, int *at)
{
	struct pdf_value *value = arena_new_array(arena, struct pdf_value, 1);
	skip_space(text, at);
	if (*at >= text.len)
		return value;
	if (starts_at(text, *at, "<<") || text.at[*at] == '[') {
		bool dict = text.at[*at] == '<';
		value->kind = dict ? PDF_DICT : PDF_ARRAY;
		*at += dict ? 2 : 1;
		parse_members(arena, text, at, dict ? ">>" : "]", value);
	} else if (text.at[*at] == '<' || text.at[*at] == '(') {
		value->kind = PDF_STRING;
		value->text = text.at[*at] == '<' ? parse_hex(arena, text, at)
						  : parse_literal(arena, text, at);
	} else if (text.at[*at] == '/') {
		++*at;
		value->kind = PDF_NAME;
		value->text = take_regular(text, at);
	} else {
		parse_word(text, at, value);
	}
	return value;
}

/* -- the file ---------------------------------------------------------------------------------- */

static bool fail(struct pdf_file *file, const char *format, int number)
{
	if (!file->fault)
		file->fault = str_format(file->arena, format, number).at;
	return false;
}

const struct pdf_value *pdf_follow(const struct pdf_file *file, const struct pdf_value *value)
{
	static const struct pdf_value none;
	if (!value)
		return &none;
	if (value->kind != PDF_REFERENCE)
		return value;
	int number = (int)value->number;
	return number > 0 && number < file->count && file->objects[number] ? file->objects[number]
									   : &none;
}

const struct pdf_value *pdf_get(
	const struct pdf_file *file, const struct pdf_value *dict, const char *key)
{
	const struct pdf_value *member = dict ? dict->first : NULL;
	while (member && !str_is(member->key, key))
		member = member->next;
	return pdf_follow(file, member);
}

/* In decimal; *at moves behind it and the blanks that follow. */
static int take_number(struct str text, int *at)
{
	int number = 0;
	while (*at < text.len && text.at[*at] >= '0' && text.at[*at] <= '9')
		number = number * 10 + text.at[(*at)++] - '0';
	while (*at < text.len && is_space(text.at[*at]))
		++*at;
	return number;
}

static bool read_object(struct pdf_file *file, int number, int at)
{
	struct str bytes = file->bytes;
	if (at >= bytes.len || take_number(bytes, &at) != number || take_number(bytes, &at) != 0 ||
		!starts_at(bytes, at, "obj"))
		return fail(file, "object %d is not where the table of references says", number);
	at += 3;
	struct pdf_value *value = file->objects[number] = pdf_parse(file->arena, bytes, &at);
	skip_space(bytes, &at);
	if (starts_at(bytes, at, "stream")) {
		at += starts_at(bytes, at, "stream\r\n") ? 8 : 7;
		value->stream = str_slice(bytes, at, at);
	} else if (!starts_at(bytes, at, "endobj"))
		return fail(file, "object %d has no end", number);
	return true;
}

/* When all objects are there, since the length may be one of them. */
static bool read_stream(struct pdf_file *file, int number)
{
	struct pdf_value *value = file->objects[number];
	if (!value || !value->stream.at)
		return true;
	const struct pdf_value *length = pdf_get(file, value, "Length");
	int at = (int)(value->stream.at - file->bytes.at) + (int)length->number;
	if (length->kind != PDF_NUMBER || at > file->bytes.len)
		return fail(file, "the stream of object %d has no length", number);
	value->stream.len = (int)length->number;
	skip_space(file->bytes, &at);
	if (!starts_at(file->bytes, at, "endstream"))
		return fail(file, "the stream of object %d does not end where it says", number);
	return true;
}

static bool read_table(struct pdf_file *file, int at)
{
	enum { ENTRY = 20 };
	struct str bytes = file->bytes;
	if (!starts_at(bytes, at, "xref"))
		return fail(file, "the table of references is not at byte %d", at);
	at += 4;
	skip_space(bytes, &at);
	int first = take_number(bytes, &at);
	file->count = take_number(bytes, &at);
	if (first != 0 || file->count <= 0 || at + file->count * ENTRY > bytes.len)
		return fail(file, "the table of references begins at object %d", first);
	file->objects = arena_new_array(file->arena, struct pdf_value *, file->count);
	for (int i = 0; i < file->count; i++, at += ENTRY) {
		int entry = at;
		bool used = bytes.at[at + 17] == 'n';
		if ((i == 0 && used) || (bytes.at[at + 17] != 'n' && bytes.at[at + 17] != 'f'))
			return fail(file, "entry %d of the table of references is none", i);
		if (used && !read_object(file, i, take_number(bytes, &entry)))
			return false;
	}
	skip_space(bytes, &at);
	if (!starts_at(bytes, at, "trailer"))
		return fail(file, "no trailer follows the %d entries", file->count);
	at += 7;
	file->trailer = pdf_parse(file->arena, bytes, &at);
	return true;
}

static void check_references(struct pdf_file *file, const struct pdf_value *value)
{
	if (value->kind == PDF_REFERENCE) {
		int number = (int)value->number;
		if (number <= 0 || number >= file->count || !file->objects[number])
			fail(file, "object %d is referred to and is not there", number);
		else if (!file->objects[number]->seen) {
			file->objects[number]->seen = true;
			check_references(file, file->objects[number]);
		}
	}
	for (const struct pdf_value *member = value->first; member; member = member->next)
		check_references(file, member);
}

struct pdf_file pdf_file_read(struct arena *arena, struct str bytes)
{
	struct pdf_file file = {.arena = arena, .bytes = bytes};
	int at = bytes.len - 1;
	while (at > 0 && !starts_at(bytes, at, "startxref"))
		at--;
	at += 9;
	skip_space(bytes, &at);
	if (!(str_starts(bytes, "%PDF-1.7") || str_starts(bytes, "%PDF-2.0")) ||
		!str_ends(bytes, "%%EOF\n")) {
		fail(&file, "the file's first or last line is wrong", 0);
		return file;
	}
	if (!read_table(&file, take_number(bytes, &at)))
		return file;
	for (int i = 1; i < file.count; i++)
		if (!read_stream(&file, i))
			return file;
	check_references(&file, file.trailer);
	for (int i = 1; i < file.count; i++)
		if (file.objects[i] && !file.objects[i]->seen)
			fail(&file, "nothing refers to object %d", i);
	if ((int)pdf_get(&file, file.trailer, "Size")->number != file.count)
		fail(&file, "Size is not %d", file.count);
	return file;
}

struct str pdf_stream(const struct pdf_file *file, const struct pdf_value *dict)
{
	struct buf out = {0};
	z_stream inflate_of = {
		.next_in = without_const(dict->stream.at), .avail_in = (uInt)dict->stream.len};
	struct str bytes = {0};
	int result = Z_OK;
	if (!dict->stream.at || pdf_get(file, dict, "Filter")->kind == PDF_NULL)
		return dict->stream;
	if (!str_is(pdf_get(file, dict, "Filter")->text, "FlateDecode") ||
		inflateInit(&inflate_of) != Z_OK)
		return bytes;
	while (result == Z_OK) {
		buf_reserve(&out, 1 << 16);
		inflate_of.next_out = (Bytef *)out.at + out.len;
		inflate_of.avail_out = 1 << 16;
		result = inflate(&inflate_of, Z_NO_FLUSH);
		out.len += (1 << 16) - inflate_of.avail_out;
	}
	inflateEnd(&inflate_of);
	if (result == Z_STREAM_END && inflate_of.avail_in == 0)
		bytes = str_copy(file->arena, buf_text(&out));
	buf_free(&out);
	return bytes;
}
