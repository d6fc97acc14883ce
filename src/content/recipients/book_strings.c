/* book_strings.c - the texts that a workbook's cells share.
 *
 * They are kept by SQLite in a database without a name: in memory while they are few, in a file
 * that goes with it where they are many. */
#include "recipients/book_int.h"

#include "base/diag_id.h"

#include <sqlite3.h>
#include <stdlib.h>

enum { MAX_TEXT = 8 * 1024 * 1024 };

struct book_strings {
	sqlite3 *db;
	sqlite3_stmt *add, *find;
};

/* -- a text ------------------------------------------------------------------------------------ */

/* The number in "_x000D_"; -1: it is none. */
static long escaped(struct str text)
{
	long number = 0;
	if (text.len < 7 || text.at[0] != '_' || text.at[1] != 'x' || text.at[6] != '_')
		return -1;
	for (int i = 2; i < 6; i++) {
		const char *digits = "0123456789abcdef";
		char c = text.at[i];
		const char *digit = strchr(digits, c >= 'A' && c <= 'F' ? c + 'a' - 'A' : c);
		if (!digit || !*digit)
			return -1;
		number = number * 16 + (digit - digits);
	}
	return number;
}

/* Takes a character that XML cannot hold, or that only looks like one (22.9.2.19). Halves of a pair
 * stand one behind the other. False: it is as it stands. */
static bool take_escaped(struct str *text, struct buf *out)
{
	char bytes[4];
	long code = escaped(*text);
	int taken = 7;
	if (code >= 0xD800 && code < 0xDC00) {
		long low = escaped(str_slice(*text, 7, text->len));
		if (low < 0xDC00 || low > 0xDFFF)
			return false;
		code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
		taken = 14;
	}
	bool text_like = code >= ' ' || code == '\t' || code == '\n' || code == '\r';
	if (!text_like || (code >= 0xDC00 && code <= 0xDFFF) || code == 0xFFFE || code == 0xFFFF)
		return false;
	buf_put(out, bytes, (size_t)utf8_encode((uint32_t)code, bytes));
	*text = str_slice(*text, taken, text->len);
	return true;
}

/* Escapes as what they mean, line ends as one. */
static void unescape(struct buf *text)
{
	struct str all = buf_text(text);
	if (str_find(all, "_x") < 0 && str_find(all, "\r") < 0)
		return;
	struct buf out = {0};
	while (all.len)
		if (!take_escaped(&all, &out)) {
			buf_char(&out, all.at[0]);
			all = str_slice(all, 1, all.len);
		}
	size_t kept = 0;
	for (size_t i = 0; i < out.len; i++)
		if (out.at[i] != '\r')
			out.at[kept++] = out.at[i];
		else if (i + 1 == out.len || out.at[i + 1] != '\n')
			out.at[kept++] = '\n';
	out.len = kept;
	buf_free(text);
	*text = out;
}

bool book_text_read(
	struct book_zip *zip, const char *element, struct buf *text, struct diags *diags)
{
	bool open = true, in_text = strcmp(element, "v") == 0;
	int phonetic = 0;
	buf_clear(text);
	while (open) {
		struct xml_event event = book_part_next(zip, diags);
		bool opens = event.kind == XML_EVENT_OPEN;
		if (event.kind == XML_EVENT_BAD || event.kind == XML_EVENT_END)
			return false;
		if (event.kind == XML_EVENT_TEXT) {
			if (in_text && !phonetic)
				buf_str(text, event.text);
		} else if (strcmp(event.name, "rPh") == 0)
			phonetic += opens ? 1 : -1;
		else if (strcmp(event.name, "t") == 0)
			in_text = opens;
		else if (strcmp(event.name, element) == 0)
			open = opens;
		if (text->len > MAX_TEXT) {
			book_limit(zip, "a cell of more than 8 MiB", diags);
			return false;
		}
	}
	unescape(text);
	return true;
}

/* -- all of them ------------------------------------------------------------------------------- */

static struct book_strings *strings_new(void)
{
	static const char setup[] =
		"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE texts(number "
		"INTEGER PRIMARY KEY, text TEXT); BEGIN";
	struct book_strings *strings = heap_new(sizeof *strings);
	*strings = (struct book_strings){0};
	if (sqlite3_open("", &strings->db) == SQLITE_OK &&
		sqlite3_exec(strings->db, setup, NULL, NULL, NULL) == SQLITE_OK &&
		sqlite3_prepare_v2(strings->db, "INSERT INTO texts VALUES(?, ?)", -1, &strings->add,
			NULL) == SQLITE_OK &&
		sqlite3_prepare_v2(strings->db, "SELECT text FROM texts WHERE number = ?", -1,
			&strings->find, NULL) == SQLITE_OK)
		return strings;
	out_of_memory();
}

static bool add(struct book_strings *strings, int number, struct str text)
{
	sqlite3_bind_int(strings->add, 1, number);
	sqlite3_bind_text(strings->add, 2, text.at, text.len, SQLITE_STATIC);
	bool good = sqlite3_step(strings->add) == SQLITE_DONE;
	sqlite3_reset(strings->add);
	return good;
}

struct book_strings *book_strings_read(struct book_zip *zip, struct str part, struct diags *diags)
{
	struct book_strings *strings = strings_new();
	struct buf text = {0};
	struct xml_event event = {0};
	int count = 0;
	bool good = book_part_open(zip, part, diags);
	while (good && (event = book_part_next(zip, diags)).kind != XML_EVENT_END) {
		good = event.kind != XML_EVENT_BAD;
		if (event.kind != XML_EVENT_OPEN || strcmp(event.name, "si") != 0)
			continue;
		good = book_text_read(zip, "si", &text, diags);
		if (good && !add(strings, count++, buf_text(&text))) {
			diag_add(diags, SQLITE, place_none(), sqlite3_errmsg(strings->db));
			good = false;
		}
	}
	buf_free(&text);
	if (good)
		return strings;
	book_strings_free(strings);
	return NULL;
}

void book_strings_free(struct book_strings *strings)
{
	if (!strings)
		return;
	sqlite3_finalize(strings->add);
	sqlite3_finalize(strings->find);
	sqlite3_close(strings->db);
	free(strings);
}

bool book_strings_find(
	const struct book_strings *strings, struct arena *arena, int number, struct str *text)
{
	sqlite3_bind_int(strings->find, 1, number);
	bool found = sqlite3_step(strings->find) == SQLITE_ROW;
	const char *bytes = found ? (const char *)sqlite3_column_text(strings->find, 0) : NULL;
	if (found)
		*text = str_copy(arena,
			(struct str){bytes ? bytes : "", sqlite3_column_bytes(strings->find, 0)});
	sqlite3_reset(strings->find);
	return found;
}
