/* french.c - French has a narrow no-break blank (U+202F) before ; : ! ? and within « »: set where
 * the style asks for the marks of the language, in place of the blank that is typed there, or where
 * none is. In Canada only the colon and « » have one; in Switzerland « » have what is typed.
 *
 * A mark that does not end a clause has none: in a time (12:30), an address of the web or of
 * e-mail, a smiley, "(?)", and the second of "?!". */
#include "letter/letter_int.h"

#define NARROW "\xE2\x80\xAF" /* U+202F */

enum { OPENS = 0xAB, CLOSES = 0xBB };

struct french {
	struct str text; /* of the paragraph */
	struct buf out;
	bool canada, switzerland;
};

static uint32_t character_at(struct str text, int at)
{
	return at < text.len ? utf8_next(text, &at) : 0;
}

static int step_back(struct str text, int at)
{
	do
		at--;
	while (at > 0 && (text.at[at] & 0xC0) == 0x80);
	return at;
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == 0xA0 || c == 0x2009 || c == 0x202F;
}

static int blanks_end(struct str text, int at)
{
	for (int next = at; next < text.len && is_blank(utf8_next(text, &next));)
		at = next;
	return at;
}

static uint32_t before_blanks(struct str text, int at)
{
	uint32_t c = 0;
	while (at > 0) {
		at = step_back(text, at);
		c = character_at(text, at);
		if (!is_blank(c))
			return c;
	}
	return 0;
}

/* A word that is not read but typed in: with "://" or "@", or from "www." on. */
static bool is_in_address(struct str text, int at)
{
	int from = at, to = at;
	while (from > 0 && text.at[from - 1] != ' ' && text.at[from - 1] != '\n')
		from--;
	while (to < text.len && text.at[to] != ' ' && text.at[to] != '\n')
		to++;
	struct str word = str_slice(text, from, to);
	return str_starts(word, "www.") || str_find(word, "://") >= 0 || str_find(word, "@") >= 0;
}

/* Whether what stands before a mark is the end of a word or of a clause. */
static bool ends_words(uint32_t c)
{
	static const char none[] = "\n([{/-;:!?";
	return c && c != OPENS && !(c < 0x80 && strchr(none, (int)c));
}

static bool ends_clause(uint32_t mark, uint32_t after)
{
	if (!after || is_blank(after) || after == '\n' || after == CLOSES || after == 0x201D)
		return true;
	if (after == '.' || after == ',' || after == 0x2026)
		return true;
	return (mark == '!' || mark == '?') && strchr(")]!?", (int)(after < 0x80 ? after : 'x'));
}

/* Whether a blank belongs before the mark at a byte. */
static bool wants_blank(const struct french *french, int at)
{
	struct str text = french->text;
	uint32_t mark = character_at(text, at), before = before_blanks(text, at);
	if (mark == CLOSES)
		return ends_words(before) || before == '!' || before == '?' || before == ';' ||
			before == ':';
	if (mark != ':' && (french->canada || (mark != ';' && mark != '!' && mark != '?')))
		return false;
	return ends_words(before) && ends_clause(mark, character_at(text, at + 1)) &&
		!is_in_address(text, at);
}

/* Where the mark has no blank of its own yet. */
static bool lacks_blank(const struct french *french, int at)
{
	uint32_t mark = character_at(french->text, at);
	if (at == 0 || (mark == CLOSES && french->switzerland))
		return false;
	return !is_blank(character_at(french->text, step_back(french->text, at))) &&
		wants_blank(french, at);
}

/* Puts the character at a byte, of a node that ends there; gives where the next is. */
static int put_next(struct french *french, int at, int node_to)
{
	struct str text = french->text;
	int next = at;
	uint32_t c = utf8_next(text, &next);
	if (is_blank(c)) {
		int end = blanks_end(text, at);
		bool narrow = (at > 0 && character_at(text, step_back(text, at)) == OPENS) ||
			wants_blank(french, end);
		end = end < node_to ? end : node_to;
		buf_str(&french->out, narrow ? str_lit(NARROW) : str_slice(text, at, end));
		return end;
	}
	if (lacks_blank(french, at))
		buf_puts(&french->out, NARROW);
	buf_str(&french->out, str_slice(text, at, next));
	uint32_t after = character_at(text, next);
	if (c == OPENS && !french->switzerland && after && after != '\n' && !is_blank(after))
		buf_puts(&french->out, NARROW);
	return next;
}

void set_french(struct arena *arena, struct node *const *texts, int count, struct str text)
{
	struct french french = {.text = text};
	for (int i = 0, from = 0; i < count; i++) {
		struct node *node = texts[i];
		int to = from + (node->tag == TAG_BR ? 1 : node->text.len);
		bool changes = node->tag == TAG_TEXT && node->holds <= HOLDS_WORDS &&
			lang_is(node->lang, "fr");
		french.canada = lang_is(node->lang, "fr-CA");
		french.switzerland = lang_is(node->lang, "fr-CH");
		buf_clear(&french.out);
		for (int at = from; changes && at < to;)
			at = put_next(&french, at, to);
		if (changes && !str_eq(buf_text(&french.out), node->text))
			node->text = str_copy(arena, buf_text(&french.out));
		from = to;
	}
	buf_free(&french.out);
}
