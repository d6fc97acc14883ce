/* words.c - the words of an element → other words, in the bytes that somebody wrote. Only the
 * characters that differ are written anew; comments, CDATA sections, tags, and white space between
 * words that stay are as they were. */
#include "base/blank.h"
#include "xml/xml_int.h"

#include <stdio.h>
#include <stdlib.h>

/* A character as it is read; white space between words is one, however much of it there is. */
struct piece {
	char text[5];
	int len, from, to; /* from, to: its bytes in the file, with what is aside within them */
	int tags;          /* that stand before it */
	bool cdata;
	uint32_t code_point;
};
struct pieces {
	struct arena *arena;
	vec(struct piece) list;
};

/* -- reading ----------------------------------------------------------------------------------- */

static uint32_t named_reference(struct str name)
{
	static const struct {
		const char *name;
		char meant;
	} names[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(name, names[i].name))
			return (unsigned char)names[i].meant;
	bool hex = str_starts(name, "#x");
	return (uint32_t)strtoul(name.at + (hex ? 2 : 1), NULL, hex ? 16 : 10);
}

/* The character at an offset, which moves behind it: in a CDATA section as it is, else it may be a
 * reference. */
static uint32_t read_character(struct str bytes, bool cdata, int *at)
{
	if (cdata || bytes.at[*at] != '&')
		return utf8_next(bytes, at);
	int end = str_find(str_slice(bytes, *at, bytes.len), ";");
	struct str name = str_slice(bytes, *at + 1, *at + (end < 0 ? 1 : end));
	*at += end < 0 ? 1 : end + 1;
	return named_reference(name);
}

/* Whether something that is no character stands at an offset, which moves behind it. */
static bool skip_markup(struct str bytes, int *at, bool *cdata, int *tags)
{
	struct str rest = str_slice(bytes, *at, bytes.len);
	struct xml_scan scan = {*at, 0};
	if (!str_starts(rest, *cdata ? "]]>" : "<"))
		return false;
	if (*cdata || str_starts(rest, "<![CDATA[")) {
		*at += *cdata ? 3 : 9;
		*cdata = !*cdata;
		return true;
	}
	enum xml_token token = xml_scan_token(bytes, &scan);
	*tags += token != XML_TOKEN_ASIDE;
	*at = token == XML_TOKEN_NONE ? bytes.len : scan.at;
	return true;
}

static bool ends_line(uint32_t c)
{
	return c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_white(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || ends_line(c);
}

static void add_piece(struct pieces *pieces, struct piece piece, bool lines)
{
	struct piece *last = pieces->list.len ? &pieces->list.at[pieces->list.len - 1] : NULL;
	uint32_t c = piece.code_point;
	if (is_white(c)) {
		piece.code_point = lines && ends_line(c) ? '\n' : ' ';
		if (last && (last->code_point == ' ' || last->code_point == '\n')) {
			last->to = piece.to;
			if (piece.code_point == '\n')
				last->code_point = (unsigned char)(last->text[0] = '\n');
			return;
		}
	}
	piece.len = utf8_encode(piece.code_point, piece.text);
	*vec_push(pieces->arena, &pieces->list) = piece;
}

/* As values are tidied: without what nobody sees at both ends. */
static void trim(struct pieces *pieces)
{
	int from = 0;
	while (pieces->list.len && blank_is(pieces->list.at[pieces->list.len - 1].code_point))
		pieces->list.len--;
	while (from < pieces->list.len && blank_is(pieces->list.at[from].code_point))
		from++;
	pieces->list.len -= from;
	if (from)
		memmove(pieces->list.at, pieces->list.at + from,
			(size_t)pieces->list.len * sizeof *pieces->list.at);
}

static void read_pieces(const struct xml_words *words, struct pieces *pieces)
{
	struct str bytes = str_slice(words->bytes, 0, words->to);
	bool cdata = false;
	int at = words->from, tags = 0;
	while (at < bytes.len) {
		if (skip_markup(bytes, &at, &cdata, &tags))
			continue;
		struct piece piece = {.from = at, .tags = tags, .cdata = cdata};
		piece.code_point = read_character(bytes, cdata, &at);
		piece.to = at;
		add_piece(pieces, piece, words->lines);
	}
	trim(pieces);
}

struct str xml_words_read(struct arena *arena, const struct xml_words *words)
{
	struct pieces pieces = {.arena = arena};
	struct buf text = {0};
	read_pieces(words, &pieces);
	for (int i = 0; i < pieces.list.len; i++)
		buf_put(&text, pieces.list.at[i].text, (size_t)pieces.list.at[i].len);
	struct str copy = str_copy(arena, buf_text(&text));
	buf_free(&text);
	return copy;
}

/* -- writing ----------------------------------------------------------------------------------- */

const char *xml_line_end(struct str bytes)
{
	int end = str_find(bytes, "\n");
	return end > 0 && bytes.at[end - 1] == '\r' ? "\r\n" : "\n";
}

void xml_write_words(struct str bytes, struct str text, struct buf *out)
{
	bool ascii = xml_is_ascii(bytes);
	for (int at = 0; at < text.len;) {
		int from = at;
		uint32_t c = utf8_next(text, &at);
		if (c == '\n')
			buf_puts(out, xml_line_end(bytes));
		else if (c >= 0x80 && ascii)
			buf_format(out, "&#x%X;", (unsigned)c);
		else
			buf_xml(out, str_slice(text, from, at));
	}
}

/* Into a CDATA section, which is ended for what cannot stand in it. */
static void write_new(struct str bytes, struct str text, bool cdata, struct buf *out)
{
	bool plain = str_find(text, "]") < 0 && str_find(text, ">") < 0 &&
		str_find(text, "\n") < 0 && !xml_is_ascii(bytes);
	if (cdata && plain) {
		buf_str(out, text);
		return;
	}
	buf_puts(out, cdata ? "]]>" : "");
	xml_write_words(bytes, text, out);
	buf_puts(out, cdata ? "<![CDATA[" : "");
}

/* What stands between characters that go: comments, and where CDATA begins and ends. */
static void keep_markup(struct str bytes, int at, bool cdata, struct buf *out)
{
	int tags = 0;
	while (at < bytes.len) {
		int from = at;
		if (skip_markup(bytes, &at, &cdata, &tags))
			buf_str(out, str_slice(bytes, from, at));
		else
			read_character(bytes, cdata, &at);
	}
}

/* How many pieces at the beginning stay; *at moves in the new words likewise. */
static int count_same(const struct pieces *pieces, struct str now, int *at)
{
	int same = 0;
	for (; same < pieces->list.len; same++) {
		const struct piece *piece = &pieces->list.at[same];
		if (!str_starts(str_slice(now, *at, now.len), piece->text))
			break;
		*at += piece->len;
	}
	return same;
}

static int count_same_at_end(const struct pieces *pieces, int from, struct str now, int *end)
{
	int same = 0;
	while (pieces->list.len - same > from) {
		const struct piece *piece = &pieces->list.at[pieces->list.len - same - 1];
		if (!str_ends(now, piece->text))
			break;
		now.len -= piece->len;
		same++;
	}
	*end = now.len;
	return same;
}

enum xml_change xml_words_change(
	struct arena *arena, const struct xml_words *words, struct str now, struct buf *out)
{
	struct pieces pieces = {.arena = arena};
	struct str bytes = words->bytes;
	int begins = 0, ends;
	read_pieces(words, &pieces);
	int first = count_same(&pieces, now, &begins);
	int last = pieces.list.len -
		count_same_at_end(&pieces, first, str_slice(now, begins, now.len), &ends);
	struct str new = str_slice(now, begins, begins + ends);
	const struct piece *all = pieces.list.at;
	/* At words that go, else behind the word before, else before the one behind. */
	const struct piece *by = first < last ? &all[first]
		: first                       ? &all[first - 1]
		: pieces.list.len             ? &all[0]
					      : NULL;
	int from = by ? (first < last || !first ? by->from : by->to) : words->from;
	int to = first < last ? all[last - 1].to : from;
	struct buf middle = {0};
	write_new(bytes, new, by && by->cdata, &middle);
	if (first < last)
		keep_markup(str_slice(bytes, 0, to), from, by->cdata, &middle);
	bool crosses = first < last && all[last - 1].tags != by->tags;
	if (!crosses) {
		buf_str(out, str_slice(bytes, words->from, from));
		buf_str(out, buf_text(&middle));
		buf_str(out, str_slice(bytes, to, words->to));
	}
	buf_free(&middle);
	return crosses ? XML_CHANGE_CROSSES : XML_CHANGED;
}
