/* words.c - the words of an element as one reads them, each character with where it stands in the
 * bytes that somebody wrote. */
#include "base/blank.h"
#include "xml/xml_int.h"

#include <stdlib.h>

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
uint32_t words_character(struct str bytes, bool cdata, int *at)
{
	if (cdata || bytes.at[*at] != '&')
		return utf8_next(bytes, at);
	int end = str_find(str_slice(bytes, *at, bytes.len), ";");
	struct str name = str_slice(bytes, *at + 1, *at + (end < 0 ? 1 : end));
	*at += end < 0 ? 1 : end + 1;
	return named_reference(name);
}

/* Whether something that is no character stands at an offset, which moves behind it. */
bool words_skip_markup(struct str bytes, int *at, bool *cdata, int *tags)
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

void words_pieces(const struct xml_words *words, struct pieces *pieces)
{
	struct str bytes = str_slice(words->bytes, 0, words->to);
	bool cdata = false;
	int at = words->from, tags = 0;
	while (at < bytes.len) {
		if (words_skip_markup(bytes, &at, &cdata, &tags))
			continue;
		struct piece piece = {.from = at, .tags = tags, .cdata = cdata};
		piece.code_point = words_character(bytes, cdata, &at);
		piece.to = at;
		add_piece(pieces, piece, words->lines);
	}
	trim(pieces);
}

struct str xml_words_read(struct arena *arena, const struct xml_words *words)
{
	struct pieces pieces = {.arena = arena};
	struct buf text = {0};
	words_pieces(words, &pieces);
	for (int i = 0; i < pieces.list.len; i++)
		buf_put(&text, pieces.list.at[i].text, (size_t)pieces.list.at[i].len);
	struct str copy = str_copy(arena, buf_text(&text));
	buf_free(&text);
	return copy;
}
