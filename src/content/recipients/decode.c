/* decode.c - a text file in whatever a spreadsheet saved it in → UTF-8, chunk by chunk.
 *
 * A byte-order mark tells; without one the zeros of UTF-16 do; else it is UTF-8 if all of it is, or
 * if any character of several bytes in it is: such a one stands in no text of another encoding but
 * by a rare chance, and then to refuse is better than to print "ZoÃ«". What else is in it
 * is spoilt, and said cell by cell. It is Windows-1252 only when bytes are not UTF-8 and nothing
 * but ASCII is. That needs one look through the whole file before the first row is read, at the
 * speed of the disk: guessing from the first rows would read the same file in two ways. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHUNK = 65536, ROOM = 3 * CHUNK + 16 };

struct decoder {
	FILE *file;
	struct steady steady;
	const char *path;
	const char *encoding; /* NULL: UTF-8, bytes pass as they are */
	iconv_t convert;
	char raw[CHUNK]; /* what was read and is not decoded yet */
	size_t raw_len;
	char out[ROOM];
	bool spoilt; /* UTF-8 but for some bytes */
	/* What stands behind the text that was given last. */
	enum { FAULT_NONE, FAULT_NUL, FAULT_BYTES } fault;
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

/* What a look through a table tells of its bytes. */
struct survey {
	int line;           /* of the first byte that is not UTF-8; 0: all are */
	unsigned char byte; /* that one */
	bool beyond_ascii;  /* there is a character of several bytes, in UTF-8 */
};

static bool is_beyond_ascii(const char *bytes, int len)
{
	for (int i = 0; i < len; i++)
		if ((unsigned char)bytes[i] >= 0x80)
			return true;
	return false;
}

/* Passes by what is UTF-8, and then one byte that is not; gives how many those are. What may be
 * the beginning of a character is left, unless these are the last bytes. */
static int survey_piece(struct survey *survey, struct str bytes, int *line, bool last)
{
	int bad = utf8_invalid_at(bytes), good = bad < 0 ? bytes.len : bad;
	survey->beyond_ascii |= is_beyond_ascii(bytes.at, good);
	for (int i = 0; i < good && !survey->line; i++)
		*line += bytes.at[i] == '\n';
	if (bad < 0 || (bytes.len - bad < 4 && !last))
		return good;
	if (!survey->line)
		*survey = (struct survey){
			*line, (unsigned char)bytes.at[bad], survey->beyond_ascii};
	return good + 1;
}

static struct survey survey_bytes(FILE *file, char *buffer)
{
	struct survey survey = {0};
	size_t held = 0, got;
	int line = 1;
	do {
		got = fread(buffer + held, 1, CHUNK - held, file);
		struct str bytes = {buffer, (int)(held + got)};
		for (int len = 1; len && bytes.len && !(survey.line && survey.beyond_ascii);) {
			len = survey_piece(&survey, bytes, &line, got == 0);
			bytes = str_slice(bytes, len, bytes.len);
		}
		held = (size_t)bytes.len;
		memmove(buffer, bytes.at, held);
	} while (got && !(survey.line && survey.beyond_ascii));
	return survey;
}

/* What people name as a table and is none, by its first bytes. */
static const char *find_other(struct str head)
{
	static const struct {
		const char *start, *what;
	} kinds[] = {{"\xD0\xCF\x11\xE0", "a workbook of an old Excel (.xls)"}, {"%PDF-", "a PDF"},
		{"{\\rtf", "a text of a word processor (RTF)"}, {"\x1F\x8B", "compressed (gzip)"},
		{"7z\xBC\xAF", "compressed (7z)"}, {"<html", "a web page"}, {"<HTML", "a web page"},
		{"<!DOCTYPE", "a web page"}, {"<!doctype", "a web page"}, {"<table", "a web page"},
		{"<TABLE", "a web page"}};
	if (str_starts(head, "\xEF\xBB\xBF"))
		head = str_slice(head, 3, head.len);
	head = str_trim(head);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_starts(head, kinds[i].start))
			return kinds[i].what;
	return NULL;
}

static bool check_kind(const struct decoder *decoder, size_t len, struct diags *diags)
{
	const char *other = find_other((struct str){decoder->raw, (int)len});
	if (other)
		diag_add(diags, TABLE_OTHER, place_in(decoder->path), other);
	return !other;
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
	struct survey survey = survey_bytes(decoder->file, decoder->raw);
	fseek(decoder->file, start, SEEK_SET);
	decoder->spoilt = survey.line && (marked || survey.beyond_ascii);
	if (!survey.line || decoder->spoilt)
		return;
	char hex[3];
	snprintf(hex, sizeof hex, "%02X", (unsigned)survey.byte);
	diag_add(diags, TABLE_1252, place_of(decoder->path, survey.line, 0), hex);
	decoder->encoding = "WINDOWS-1252";
}

struct decoder *decoder_open(const char *path, struct diags *diags)
{
	struct decoder *decoder = heap_new(sizeof *decoder);
	decoder->path = path;
	decoder->convert = (iconv_t)-1;
	decoder->file = file_stream(path);
	if (decoder->file)
		decoder->steady = steady_begin(fileno(decoder->file));
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

bool decoder_is_spoilt(const struct decoder *decoder)
{
	return decoder->spoilt;
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

/* raw → out, up to what means nothing; what is left of raw moves to its start. The length. */
static size_t convert(struct decoder *decoder, bool last)
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
	memmove(decoder->raw, in, in_len);
	decoder->raw_len = in_len;
	const char *nul = memchr(decoder->out, 0, (size_t)(out - decoder->out));
	decoder->fault = nul ? FAULT_NUL : good ? FAULT_NONE : FAULT_BYTES;
	return (size_t)((nul ? nul : out) - decoder->out);
}

/* Of what stands behind the text that was given last. */
static void report_fault(const struct decoder *decoder, struct place at, struct diags *diags)
{
	if (decoder->fault == FAULT_NUL)
		diag_add0(diags, TABLE_NUL, at);
	else
		diag_add(
			diags, TABLE_ENCODING, at, decoder->encoding ? decoder->encoding : "UTF-8");
}

struct str decoder_next(struct decoder *decoder, struct place at, struct diags *diags)
{
	size_t len = 0;
	while (len == 0) {
		if (decoder->fault) {
			report_fault(decoder, at, diags);
			return (struct str){0};
		}
		size_t got = fread(decoder->raw + decoder->raw_len, 1, CHUNK - decoder->raw_len,
			decoder->file);
		decoder->raw_len += got;
		if (ferror(decoder->file)) {
			file_not_read(decoder->path, diags);
			return (struct str){0};
		}
		if (!steady_check(&decoder->steady, fileno(decoder->file), decoder->path, diags))
			return (struct str){0};
		if (decoder->raw_len == 0)
			return str_lit("");
		len = convert(decoder, got == 0);
		len = unify_line_ends(decoder, len);
	}
	return (struct str){decoder->out, (int)len};
}
