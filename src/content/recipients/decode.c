/* decode.c - a text file in whatever a spreadsheet saved it in → UTF-8, chunk by chunk.
 *
 * A byte-order mark tells; without one the zeros of UTF-16 do; else it is UTF-8 if all of it is,
 * and Windows-1252 if not. That needs one look through the whole file before the first row is read,
 * at the speed of the disk: guessing from the first rows would read the same file in two ways. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHUNK = 65536, ROOM = 3 * CHUNK + 16 };

struct decoder {
	FILE *file;
	const char *path;
	const char *encoding; /* NULL: UTF-8, bytes pass as they are */
	iconv_t convert;
	char raw[CHUNK]; /* what was read and is not decoded yet */
	size_t raw_len;
	char out[ROOM];
	bool after_return; /* the last chunk ended in CR */
};

/* -- which encoding ---------------------------------------------------------------------------- */

/* UTF-16 without its mark: half of a plain text's bytes are zero, all on one side. */
static const char *guess_wide(const char *bytes, size_t len)
{
	size_t zeros[2] = {0};
	for (size_t i = 0; i < len; i++)
		zeros[i % 2] += bytes[i] == 0;
	if (zeros[1] > len / 4 && zeros[0] * 8 < zeros[1])
		return "UTF-16LE";
	return zeros[0] > len / 4 && zeros[1] * 8 < zeros[0] ? "UTF-16BE" : NULL;
}

/* Looks for a byte that is not UTF-8; the line it stands in, or 0. *value: the byte. */
static int find_not_utf8(FILE *file, char *buffer, unsigned char *value)
{
	size_t held = 0;
	int line = 1;
	for (;;) {
		size_t got = fread(buffer + held, 1, CHUNK - held, file);
		struct str bytes = {buffer, (int)(held + got)};
		int bad = utf8_invalid_at(bytes), good = bad < 0 ? bytes.len : bad;
		for (int i = 0; i < good; i++)
			line += bytes.at[i] == '\n';
		held = (size_t)(bytes.len - good);
		if (held >= 4 || (held && got == 0)) {
			*value = (unsigned char)bytes.at[bad];
			return line;
		}
		if (got == 0)
			return 0;
		memmove(buffer, buffer + good, held);
	}
}

static bool check_kind(const struct decoder *decoder, size_t len, struct diags *diags)
{
	bool packed = len >= 4 && memcmp(decoder->raw, "PK\3\4", 4) == 0;
	if (packed)
		diag_add(diags, TABLE_KIND, place_in(decoder->path), decoder->path);
	return !packed;
}

/* Sets the encoding and stands behind the mark. */
static void find_encoding(struct decoder *decoder, size_t len, struct diags *diags)
{
	static const struct {
		const char *mark, *encoding;
		int len;
	} marks[] = {{"\xEF\xBB\xBF", NULL, 3}, {"\xFF\xFE", "UTF-16LE", 2},
		{"\xFE\xFF", "UTF-16BE", 2}};
	long start = 0;
	bool marked = false;
	for (size_t i = 0; i < sizeof marks / sizeof *marks && !marked; i++) {
		marked = len >= (size_t)marks[i].len &&
			memcmp(decoder->raw, marks[i].mark, (size_t)marks[i].len) == 0;
		decoder->encoding = marked ? marks[i].encoding : NULL;
		start = marked ? marks[i].len : 0;
	}
	if (!marked)
		decoder->encoding = guess_wide(decoder->raw, len);
	fseek(decoder->file, start, SEEK_SET);
	if (decoder->encoding)
		return;
	unsigned char byte = 0;
	int line = find_not_utf8(decoder->file, decoder->raw, &byte);
	fseek(decoder->file, start, SEEK_SET);
	if (!line)
		return;
	char hex[3];
	snprintf(hex, sizeof hex, "%02X", (unsigned)byte);
	diag_add(diags, TABLE_1252, place_of(decoder->path, line, 0), hex);
	decoder->encoding = "WINDOWS-1252";
}

struct decoder *decoder_open(const char *path, struct diags *diags)
{
	struct decoder *decoder = heap_new(sizeof *decoder);
	decoder->path = path;
	decoder->convert = (iconv_t)-1;
	decoder->file = fopen(path, "rb");
	size_t len = decoder->file ? fread(decoder->raw, 1, CHUNK, decoder->file) : 0;
	bool good = decoder->file && !ferror(decoder->file);
	if (!good)
		file_not_read(path, diags);
	good = good && check_kind(decoder, len, diags);
	if (good)
		find_encoding(decoder, len, diags);
	if (good && decoder->encoding) {
		decoder->convert = iconv_open("UTF-8", decoder->encoding);
		good = decoder->convert != (iconv_t)-1;
		if (!good)
			diag_add(diags, TABLE_ENCODING, place_in(path), decoder->encoding);
	}
	if (good)
		return decoder;
	decoder_free(decoder);
	return NULL;
}

void decoder_free(struct decoder *decoder)
{
	if (decoder->convert != (iconv_t)-1)
		iconv_close(decoder->convert);
	if (decoder->file)
		fclose(decoder->file);
	free(decoder);
}

/* -- reading ----------------------------------------------------------------------------------- */

/* CR LF and CR become LF, in place; the new length. */
static size_t unify_line_ends(struct decoder *decoder, size_t len)
{
	size_t kept = 0;
	for (size_t i = 0; i < len; i++) {
		char c = decoder->out[i];
		bool second = c == '\n' && decoder->after_return;
		decoder->after_return = c == '\r';
		if (!second)
			decoder->out[kept++] = c == '\r' ? '\n' : c;
	}
	return kept;
}

/* raw → out; what is left of raw moves to its start. False for bytes that mean nothing. */
static bool convert(struct decoder *decoder, bool last, size_t *out_len)
{
	char *in = decoder->raw, *out = decoder->out;
	size_t in_len = decoder->raw_len, room = sizeof decoder->out;
	bool good = true;
	if (decoder->encoding) {
		errno = 0;
		good = iconv(decoder->convert, &in, &in_len, &out, &room) != (size_t)-1 ||
			(errno == EINVAL && !last);
	} else {
		memcpy(out, in, in_len);
		out += in_len;
		in_len = 0;
	}
	memmove(decoder->raw, in, good ? in_len : 0);
	decoder->raw_len = in_len;
	*out_len = (size_t)(out - decoder->out);
	return good && !memchr(decoder->out, 0, *out_len);
}

struct str decoder_next(struct decoder *decoder, struct diags *diags)
{
	size_t len = 0;
	while (len == 0) {
		size_t got = fread(decoder->raw + decoder->raw_len, 1, CHUNK - decoder->raw_len,
			decoder->file);
		decoder->raw_len += got;
		if (ferror(decoder->file)) {
			file_not_read(decoder->path, diags);
			return (struct str){0};
		}
		if (decoder->raw_len == 0)
			return str_lit("");
		if (!convert(decoder, got == 0, &len)) {
			diag_add(diags, TABLE_ENCODING, place_in(decoder->path),
				decoder->encoding ? decoder->encoding : "UTF-8");
			return (struct str){0};
		}
		len = unify_line_ends(decoder, len);
	}
	return (struct str){decoder->out, (int)len};
}
