/* spacing.c - room between characters that are written without blanks.
 *
 * Chinese and Japanese stand on squares. Of brackets and stops half the square is empty: where two
 * meet, one half goes (JLREQ 3.1.4, CLREQ 3.1.6); at a line's start or end it stands beside the
 * line, as what hangs does (items.c). How much is empty is asked of the glyph, as in Taiwan stops
 * stand in the middle. Between such a character and a western letter or figure is a quarter of an
 * em (JLREQ 3.2.6, CLREQ 3.2.3), which gives as a blank does and goes at a line's end. A justified
 * line is widened between the characters (JLREQ 3.8.4), where it could also end; likewise between
 * words in Thai, Lao, Khmer and Burmese, which have none but a dictionary's. */
#include "text/text_int.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

enum side { NEITHER, OPENS, CLOSES };

static bool is_square(uint32_t c)
{
	if (c < 0x2E80)
		return false;
	int width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
	return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

static UScriptCode script_of(uint32_t c)
{
	UErrorCode error = U_ZERO_ERROR;
	return uscript_getScript((UChar32)c, &error);
}

/* Korean has blanks. */
static bool widens(uint32_t c)
{
	return is_square(c) && script_of(c) != USCRIPT_HANGUL;
}

static bool is_ideograph(uint32_t c)
{
	return u_isalpha((UChar32)c) && widens(c) && script_of(c) != USCRIPT_LATIN;
}

static bool is_western(uint32_t c)
{
	if (c < 0x80 || !u_isalnum((UChar32)c))
		return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	UScriptCode script = script_of(c);
	return !is_square(c) &&
		(script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC);
}

static bool is_of_dictionary(uint32_t c)
{
	return c >= 0xE00 &&
		u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}

static enum joint joint_of(uint32_t left, uint32_t right)
{
	if ((is_ideograph(left) && is_western(right)) || (is_western(left) && is_ideograph(right)))
		return JOINT_GIVES;
	return (widens(left) && widens(right)) ||
			(is_of_dictionary(left) && is_of_dictionary(right))
		? JOINT_WIDENS
		: JOINT_FIXED;
}

/* -- brackets and stops ------------------------------------------------------------------------ */

static enum side side_of(uint32_t c)
{
	if (c == 0x2018 || c == 0x201C)
		return OPENS;
	if (c == 0x2019 || c == 0x201D || c == 0xFF1A || c == 0xFF1B)
		return CLOSES;
	if (!is_square(c))
		return NEITHER;
	switch (u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK)) {
	case U_LB_OPEN_PUNCTUATION:
		return OPENS;
	case U_LB_CLOSE_PUNCTUATION:
		return CLOSES;
	default:
		return NEITHER;
	}
}

/* What of an empty half may go: half an em, or where the sign stands in the middle a quarter. */
static int share_of(int empty, int em)
{
	if (empty < em * 2 / 5)
		return empty < em / 4 ? 0 : em / 4;
	return empty < em / 2 ? empty : em / 2;
}

int spacing_empty(const struct text *text, const struct paragraph *paragraph, const struct run *run,
	int glyph, bool last)
{
	const struct glyph *of = &paragraph->glyphs[glyph];
	hb_font_t *font = text->fonts.at[run->face].hb;
	int at = of->cluster, em = text_face(text, run->face)->units_per_em;
	enum side side = side_of(utf8_next(paragraph->text, &at));
	hb_glyph_extents_t ink;
	if (side != (last ? CLOSES : OPENS) || !font || (run->level & 1))
		return 0;
	int advance = font_advance(font, of->id);
	if (advance < em * 9 / 10 || !font_extents(font, of->id, &ink))
		return 0;
	int gone = advance - of->advance;
	int empty = last ? advance - ink.x_bearing - ink.width : ink.x_bearing;
	int share = share_of(empty, em);
	return share > gone ? share - gone : 0;
}

/* -- pairs ------------------------------------------------------------------------------------- */

struct spacer {
	const struct text *text;
	struct paragraph *paragraph;
};

static void squeeze(const struct spacer *spacer, const struct run *run, int glyph, bool last)
{
	struct glyph *of = &spacer->paragraph->glyphs[glyph];
	int empty = spacing_empty(spacer->text, spacer->paragraph, run, glyph, last);
	of->advance -= empty;
	if (!last)
		of->dx -= empty;
}

static uint32_t character_of(const struct paragraph *paragraph, int glyph)
{
	int at = paragraph->glyphs[glyph].cluster;
	return at < paragraph->text.len ? utf8_next(paragraph->text, &at) : 0;
}

static int quarter_of(const struct text *text, const struct run *run)
{
	return text_face(text, run->face)->units_per_em / JOINT_SHARE;
}

sp text_quarter(const struct text *text, const struct run *run, const struct glyph *glyph)
{
	return glyph_has_quarter(glyph) ? length_scale(quarter_of(text, run), run->size,
						  text_face(text, run->face)->units_per_em)
					: 0;
}

/* Two glyphs side by side, of different clusters; false: none of this applies to them. */
static bool space_pair(
	const struct spacer *spacer, const struct run *left, const struct run *right, int glyph)
{
	struct glyph *before = &spacer->paragraph->glyphs[glyph - 1];
	uint32_t a = character_of(spacer->paragraph, glyph - 1);
	uint32_t b = character_of(spacer->paragraph, glyph);
	enum side side = side_of(a), next = side_of(b);
	if (side == CLOSES && next != NEITHER)
		squeeze(spacer, left, glyph - 1, true);
	else if (side == OPENS && next == OPENS)
		squeeze(spacer, right, glyph, false);
	if (left->rise || right->rise || (left->level & 1) || (right->level & 1))
		return false;
	before->joint = (unsigned char)joint_of(a, b);
	if (before->joint == JOINT_GIVES)
		before->advance += quarter_of(spacer->text, left);
	return before->joint != JOINT_FIXED;
}

/* Whether a character may be of the scripts in question, by its first bytes: U+0E00 to U+1DFF, or
 * beyond U+2FFF. */
bool spacing_is_needed(struct str text)
{
	unsigned beyond = 0;
	for (int i = 0; i < text.len; i++)
		beyond |= (unsigned char)text.at[i] >= 0xE0;
	for (int i = 0; beyond && i + 1 < text.len; i++) {
		unsigned char byte = (unsigned char)text.at[i], next;
		if (byte < 0xE0)
			continue;
		next = (unsigned char)text.at[i + 1];
		if (byte >= 0xE3 || (byte == 0xE0 && next >= 0xB8) || (byte == 0xE1 && next < 0xB8))
			return true;
	}
	return false;
}

bool spacing_set(const struct text *text, struct paragraph *paragraph)
{
	struct spacer spacer = {text, paragraph};
	const struct run *run = paragraph->runs;
	bool found = false;
	if (!paragraph->glyph_count || !spacing_is_needed(paragraph->text))
		return false;
	for (int i = 1; i < paragraph->glyph_count; i++) {
		const struct run *left = run;
		while (run->to <= i)
			run++;
		if (paragraph->glyphs[i].cluster != paragraph->glyphs[i - 1].cluster)
			found |= space_pair(&spacer, left, run, i);
	}
	return found;
}
