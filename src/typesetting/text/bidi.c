/* bidi.c - which way each character of a paragraph runs, and in which order the parts of a line
 * stand (UAX #9), as ICU has it.
 *
 * Levels are found over the whole paragraph, before it is broken into lines. What a record's field
 * holds, an address, a telephone number with its link and words in a language of the other
 * direction are isolated from what stands beside them, as HTML's bdi and dir do: ICU is shown the
 * signs for that, which the paragraph itself has not. A br begins anew, as in HTML. */
#include "text/text_int.h"

#include <unicode/ubidi.h>

enum { FIRST_LEFTWARDS = 0x590, LRO = 0x202D, LRI = 0x2066, RLI, FSI, PDI, SEPARATOR = 0x2029 };

static bool may_turn(uint32_t character)
{
	switch (u_charDirection((UChar32)character)) {
	case U_RIGHT_TO_LEFT:
	case U_RIGHT_TO_LEFT_ARABIC:
	case U_ARABIC_NUMBER:
	case U_RIGHT_TO_LEFT_EMBEDDING:
	case U_RIGHT_TO_LEFT_OVERRIDE:
	case U_RIGHT_TO_LEFT_ISOLATE:
		return true;
	default:
		return false;
	}
}

static bool is_needed(const struct flat *flat)
{
	enum { FIRST_BYTE = 0xD6 };
	struct str text = flat->text;
	unsigned beyond = 0;
	if (flat->leftwards)
		return true;
	for (int i = 0; i < flat->span_count; i++)
		if (flat->spans[i].node && flat->spans[i].node->leftwards)
			return true;
	for (int i = 0; i < text.len; i++)
		beyond |= (unsigned char)text.at[i] >= FIRST_BYTE;
	for (int at = 0; beyond && at < text.len;) {
		if ((unsigned char)text.at[at] < FIRST_BYTE) {
			at++;
			continue;
		}
		uint32_t character = utf8_next(text, &at);
		if (character >= FIRST_LEFTWARDS && may_turn(character))
			return true;
	}
	return false;
}

/* -- the text as ICU is shown it --------------------------------------------------------------- */

/* UTF-16, and for each unit the byte that it stands for, -1 for a sign of ours. */
struct shown {
	struct arena *arena;
	vec(UChar) units;
	vec(int) bytes;
};

static void show_unit(struct shown *shown, uint32_t unit, int byte)
{
	*vec_push(shown->arena, &shown->units) = (UChar)unit;
	*vec_push(shown->arena, &shown->bytes) = byte;
}

static void show_text(struct shown *shown, struct str text, int from, int to)
{
	for (int at = from; at < to;) {
		int byte = at;
		uint32_t c = utf8_next(text, &at);
		if (c > 0xFFFF) {
			show_unit(shown, U16_LEAD(c), byte);
			c = U16_TRAIL(c);
		}
		show_unit(shown, c, byte);
	}
}

/* The sign that begins what stands in a node; 0: it is not isolated. */
static uint32_t isolate_of(const struct node *node, const struct node *owner, bool leftwards)
{
	if (node->tag == TAG_TEXT)
		return 0;
	if (node->tag == TAG_FIELD)
		return FSI;
	if (node != owner && node_is_address(node))
		return LRI;
	if (node != owner && node_attribute(node, "dir").at)
		return node->leftwards ? RLI : LRI;
	bool around = node == owner || !node->parent ? leftwards : node->parent->leftwards;
	return node->leftwards == around ? 0 : node->leftwards ? RLI : LRI;
}

/* What is isolated around a span, outermost first; NULL ends it. */
enum { MOST_NESTED = 60 };
struct nesting {
	const struct node *at[MOST_NESTED];
	int count;
};

static struct nesting nesting_of(const struct flat *flat, const struct span *span)
{
	struct nesting nesting = {.count = 0};
	const struct node *around[MOST_NESTED];
	int count = 0;
	if (span->forced || !flat->owner)
		return nesting;
	for (const struct node *node = span->node; node; node = node->parent) {
		if (isolate_of(node, flat->owner, flat->leftwards) && count < MOST_NESTED)
			around[count++] = node;
		if (node == flat->owner)
			break;
	}
	while (count)
		nesting.at[nesting.count++] = around[--count];
	return nesting;
}

/* Closes what ends before a span, and opens what begins with it. */
static void show_border(struct shown *shown, const struct flat *flat, const struct nesting *before,
	const struct nesting *after)
{
	int same = 0;
	while (same < before->count && same < after->count && before->at[same] == after->at[same])
		same++;
	for (int i = before->count; i > same; i--)
		show_unit(shown, PDI, -1);
	for (int i = same; i < after->count; i++) {
		show_unit(shown, isolate_of(after->at[i], flat->owner, flat->leftwards), -1);
		if (node_keeps_order(after->at[i])) /* ends with the isolate */
			show_unit(shown, LRO, -1);
	}
}

static struct shown show(struct arena *scratch, const struct flat *flat)
{
	struct shown shown = {.arena = scratch};
	struct nesting before = {.count = 0};
	for (int i = 0; i < flat->span_count; i++) {
		const struct span *span = &flat->spans[i];
		struct nesting after = nesting_of(flat, span);
		show_border(&shown, flat, &before, &after);
		if (span->forced)
			show_unit(&shown, SEPARATOR, span->from);
		else
			show_text(&shown, flat->text, span->from, flat_span_end(flat, i));
		before = after;
	}
	show_border(&shown, flat, &before, &(struct nesting){.count = 0});
	return shown;
}

/* -- levels ------------------------------------------------------------------------------------ */

const unsigned char *bidi_levels(struct arena *scratch, const struct flat *flat)
{
	if (!flat->text.len || !is_needed(flat))
		return NULL;
	struct shown shown = show(scratch, flat);
	unsigned char *levels = arena_new_array(scratch, unsigned char, flat->text.len);
	UErrorCode error = U_ZERO_ERROR;
	UBiDi *bidi = ubidi_open();
	if (!bidi)
		out_of_memory();
	ubidi_setPara(bidi, shown.units.at, shown.units.len, flat->leftwards, NULL, &error);
	const UBiDiLevel *found = ubidi_getLevels(bidi, &error);
	if (U_FAILURE(error))
		out_of_memory();
	for (int i = 0; i < shown.units.len; i++)
		if (shown.bytes.at[i] >= 0)
			levels[shown.bytes.at[i]] = found[i];
	ubidi_close(bidi);
	for (int at = 0; at < flat->text.len;) {
		int from = at;
		utf8_next(flat->text, &at);
		memset(levels + from, levels[from], (size_t)(at - from));
	}
	return levels;
}

/* -- lines ------------------------------------------------------------------------------------- */

/* What a line's end turns back to the paragraph's direction (rule L1): blanks, and signs that are
 * not seen. */
static bool vanishes_at_end(const struct paragraph *paragraph, int glyph)
{
	int at = paragraph->glyphs[glyph].cluster;
	switch (u_charDirection((UChar32)utf8_next(paragraph->text, &at))) {
	case U_WHITE_SPACE_NEUTRAL:
	case U_SEGMENT_SEPARATOR:
	case U_BLOCK_SEPARATOR:
	case U_BOUNDARY_NEUTRAL:
	case U_FIRST_STRONG_ISOLATE:
	case U_LEFT_TO_RIGHT_ISOLATE:
	case U_RIGHT_TO_LEFT_ISOLATE:
	case U_POP_DIRECTIONAL_ISOLATE:
		return true;
	default:
		return false;
	}
}

int text_line_stretches(
	const struct paragraph *paragraph, int from, int to, struct line_stretch *stretches)
{
	int end = to, count = 0;
	while (end > from && vanishes_at_end(paragraph, end - 1))
		end--;
	for (int r = 0; r < paragraph->run_count && paragraph->runs[r].from < to; r++) {
		const struct run *run = &paragraph->runs[r];
		int first = run->from > from ? run->from : from;
		int last = run->to < to ? run->to : to;
		int middle = run->level == paragraph->leftwards || last <= end ? last
			: first > end                                          ? first
									       : end;
		if (first < middle)
			stretches[count++] = (struct line_stretch){run, first, middle, run->level};
		if (first < last && middle < last)
			stretches[count++] = (struct line_stretch){
				run, middle, last, paragraph->leftwards};
	}
	return count;
}

void text_line_order(
	struct arena *scratch, const struct line_stretch *stretches, int count, int *order)
{
	UBiDiLevel *levels = arena_new_array(scratch, UBiDiLevel, count);
	for (int i = 0; i < count; i++)
		levels[i] = (UBiDiLevel)stretches[i].level;
	ubidi_reorderVisual(levels, count, order);
}
