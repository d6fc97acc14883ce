/* glyphs.c - the glyphs of a mark → one TJ and its font (ISO 32000-1 9.4.3).
 *
 * The file's pen moves by the widths in W, HarfBuzz's by its advances, kerning and all. "ahead" is
 * the distance between the two, exact, in thousandths of an em times units per em; when it makes
 * half a thousandth or more, a whole number of thousandths goes into the TJ and the rest is
 * carried. So no line drifts, and a line without kerning is one string. The stretch of justified
 * spaces is put in the same way. */
#include "pdf/content_int.h"

#include <assert.h>
#include <stdlib.h>

struct pen {
	struct content *content;
	const struct mark *mark;
	const struct font *font;
	struct font_use *use;
	char *at;             /* in the buffer: room for all glyphs is made before */
	int64_t ahead, space; /* space: added to the advance of each space */
	bool in_array, in_string;
};

/* Worst case of one glyph: a font change, two rises, a number and the code. */
enum { GLYPH_ROOM = 160, READING_MAX = 32 };

enum { UNSEEN = 4 }; /* thousandths of an em */

static void put(struct pen *pen, const char *text)
{
	size_t len = strlen(text);
	memcpy(pen->at, text, len);
	pen->at += len;
}

static void close_string(struct pen *pen)
{
	if (pen->in_string)
		*pen->at++ = ')';
	pen->in_string = false;
}

static void close_array(struct pen *pen)
{
	close_string(pen);
	if (pen->in_array)
		put(pen, "]TJ\n");
	pen->in_array = false;
}

static void open_array(struct pen *pen)
{
	if (!pen->in_array)
		*pen->at++ = '[';
	pen->in_array = true;
}

static void open_string(struct pen *pen)
{
	open_array(pen);
	if (!pen->in_string)
		*pen->at++ = '(';
	pen->in_string = true;
}

/* Horizontal scaling, in per cent (ISO 32000-1 9.3.4). */
static void set_expansion(struct pen *pen)
{
	struct content *c = pen->content;
	if (c->expansion == pen->mark->expansion)
		return;
	close_array(pen);
	c->expansion = pen->mark->expansion;
	pen->at = put_milli_at(pen->at, 100000 + 100 * (int64_t)c->expansion);
	put(pen, " Tz\n");
}

/* The font that has the glyph, in the mark's size. */
static void set_font(struct pen *pen, enum font_kind kind)
{
	static const char *const names[] = {"/F", "/X", "/N", "/R", "/S"};
	struct content *c = pen->content;
	pen->use->shown[kind] = true;
	if (!pen->use->name)
		pen->use->name = ++c->writer->font_names;
	set_expansion(pen);
	if (c->face == pen->mark->face && c->kind == kind && c->size == pen->mark->height)
		return;
	close_array(pen);
	c->face = pen->mark->face;
	c->kind = kind;
	c->size = pen->mark->height;
	put(pen, names[kind]);
	pen->at = put_milli_at(pen->at, (int64_t)(pen->use->name - 1) * 1000);
	*pen->at++ = ' ';
	pen->at = put_milli_at(pen->at, milli(c->size));
	put(pen, " Tf\n");
}

/* Moves the file's pen to HarfBuzz's. */
static void catch_up(struct pen *pen)
{
	int64_t units = pen->font->units_per_em, half = units / 2;
	int64_t step = (pen->ahead + (pen->ahead < 0 ? -half : half)) / units;
	if (step == 0)
		return;
	pen->ahead -= step * units;
	close_string(pen);
	open_array(pen);
	pen->at = put_milli_at(pen->at, -step * 1000);
}

static void put_code(struct pen *pen, const struct slot *slot)
{
	open_string(pen);
	memcpy(pen->at, slot->code, sizeof slot->code);
	pen->at += slot->code_len;
}

static void set_rise(struct pen *pen, int units)
{
	close_array(pen);
	pen->at = put_milli_at(pen->at, units * milli(pen->mark->height) / pen->font->units_per_em);
	put(pen, " Ts\n");
}

/* A mark on a letter, beside its place on the line. */
static void put_shifted(struct pen *pen, const struct glyph *glyph, const struct slot *slot)
{
	if (glyph->dy)
		set_rise(pen, glyph->dy);
	pen->ahead += (int64_t)glyph->dx * 1000;
	catch_up(pen);
	put_code(pen, slot);
	pen->ahead -= (int64_t)glyph->dx * 1000;
	if (glyph->dy)
		set_rise(pen, 0);
}

/* What a glyph alone stands for; empty: it does not. */
static struct str reading_of(const struct pen *pen, const struct glyph *glyph)
{
	const struct mark *mark = pen->mark;
	int at = (int)(glyph - mark->glyphs);
	int end = spell_cluster_end(mark, at + 1);
	bool alone = (at == 0 || glyph[-1].cluster != glyph->cluster) && end > glyph->cluster;
	if (!alone || end - glyph->cluster > READING_MAX)
		return (struct str){0};
	return coded_said(pen->content->writer->arena, str_slice(mark->text, glyph->cluster, end));
}

/* A glyph that the font gives to no character or to another, as a dash is drawn as a longer one: so
 * readers that heed no ActualText have its text as well. */
static void learn_reading(struct pen *pen, const struct glyph *glyph)
{
	struct str text = reading_of(pen, glyph);
	struct subset *subset = &pen->use->subset;
	if (text.len && !spell_says(pen->font, glyph, 1, false, text))
		*vec_push(pen->content->writer->arena, &subset->readings) = (struct reading){
			glyph->id, text};
}

/* Whether a glyph of the base subset says another character than the one that was typed: then it is
 * shown from the letter's own, where it says that. A blank is one, whichever it is; and what was
 * typed as several, a letter and its mark, is read better as the one that the glyph says. */
static bool says_other(const struct pen *pen, const struct glyph *glyph)
{
	struct str text = reading_of(pen, glyph);
	int end = 0;
	if (text.len)
		utf8_next(text, &end);
	return text.len && end == text.len && pen->font->slots[glyph->id].unicode != ' ' &&
		!spell_says(pen->font, glyph, 1, false, text);
}

static void put_shown(
	struct pen *pen, const struct glyph *glyph, const struct slot *slot, enum font_kind kind)
{
	if (!pen->in_array || pen->content->kind != kind)
		set_font(pen, kind);
	if (glyph->dx || glyph->dy) {
		put_shifted(pen, glyph, slot);
	} else {
		if (pen->ahead)
			catch_up(pen);
		put_code(pen, slot);
	}
	pen->ahead += (int64_t)(glyph->advance - slot->advance) * 1000;
	if (pen->space && glyph_gives(pen->mark->text, glyph, pen->mark->space))
		pen->ahead += pen->space;
}

/* Steps that nobody sees are taken with the next blank: in a word a reader would see one. */
static void put_own(struct pen *pen, const struct code *code)
{
	struct slot slot = {.code_len = 0};
	slot_set_code(&slot, coded_find(pen->content->writer->arena, &pen->use->coded, code));
	if (!pen->in_array || pen->content->kind != FONT_CODED)
		set_font(pen, FONT_CODED);
	if (llabs(pen->ahead) > (int64_t)UNSEEN * pen->font->units_per_em)
		catch_up(pen);
	put_code(pen, &slot);
}

/* The characters of a cluster from the one behind its first on. */
static void put_silent(struct pen *pen, const struct coded_cluster *cluster, int first)
{
	struct str text = cluster->text;
	for (int from = first, to = text.len; from < to;) {
		int end = from, begin = to - 1;
		utf8_next(text, &end);
		while ((text.at[begin] & 0xC0) == 0x80)
			begin--;
		bool last = pen->mark->leftwards;
		struct code code = coded_silent(cluster, pen->font,
			last ? str_slice(text, begin, to) : str_slice(text, from, end));
		put_own(pen, &code);
		from = last ? from : end;
		to = last ? begin : to;
	}
}

/* What a justified line has behind a cluster, in thousandths of font units. */
static int64_t room_behind(const struct pen *pen, const struct coded_cluster *cluster)
{
	int64_t room = 0;
	for (int i = cluster->from; pen->space && i < cluster->to; i++)
		if (glyph_gives(pen->mark->text, &pen->mark->glyphs[i], pen->mark->space))
			room += pen->space;
	return room;
}

/* The characters of a cluster as the pen meets them: the first draws all of it. What a line is
 * widened by between words that no blank parts is theirs: a gap would be a blank to readers. */
static void put_cluster(struct pen *pen, struct coded_cluster *cluster)
{
	const struct mark *mark = pen->mark;
	struct arena *arena = pen->content->writer->arena;
	int64_t room = room_behind(pen, cluster), advance = cluster->advance * 1000 + room;
	if (cluster->text.at[0] != ' ' && !mark->leftwards)
		cluster->advance += room / 1000;
	struct code code = coded_drawing(arena, mark, cluster, pen->font);
	if (mark->leftwards)
		put_silent(pen, cluster, code.text.len);
	put_own(pen, &code);
	if (!mark->leftwards)
		put_silent(pen, cluster, code.text.len);
	pen->ahead += advance - (int64_t)coded_advance(cluster, pen->font) * 1000;
}

/* As they stand: from right to left the last first. */
static void put_coded(struct pen *pen, int from, int to)
{
	const struct mark *mark = pen->mark;
	while (from < to) {
		struct coded_cluster cluster = coded_cluster(
			pen->content->writer->arena, mark, mark->leftwards ? to - 1 : from);
		put_cluster(pen, &cluster);
		from = mark->leftwards ? from : cluster.to;
		to = mark->leftwards ? cluster.from : to;
	}
}

/* With the quarter of an em that is behind it. */
static void put_spaced(struct pen *pen, const struct glyph *glyph)
{
	struct coded *spaced = &pen->use->spaced;
	struct slot slot = pen->font->slots[glyph->id];
	struct arena *arena = pen->content->writer->arena;
	int at = (int)(glyph - pen->mark->glyphs);
	spaced->wider = pen->font->units_per_em / JOINT_SHARE;
	if (pen->font->cff) {
		hb_set_add(spaced->glyphs, glyph->id);
	} else {
		struct code code = coded_glyph(arena, pen->mark, at, slot.advance);
		slot_set_code(&slot, coded_find(arena, spaced, &code));
	}
	slot.advance = (uint16_t)(slot.advance + spaced->wider);
	put_shown(pen, glyph, &slot, FONT_SPACED);
}

static void put_glyph(struct pen *pen, const struct glyph *glyph)
{
	assert(glyph->id < pen->font->glyph_count);
	const struct slot *slot = &pen->font->slots[glyph->id];
	if (glyph_has_quarter(glyph) && (!pen->font->cff || pen->font->by_cid)) {
		put_spaced(pen, glyph);
		return;
	}
	enum font_kind kind = font_glyph_kind(pen->font, glyph->id, pen->content->superior);
	bool other = kind == FONT_BASE && pen->content->stated && says_other(pen, glyph);
	if (other)
		kind = FONT_OVERFLOW;
	if (kind == FONT_OVERFLOW && !hb_set_has(pen->use->overflow, glyph->id)) {
		hb_set_add(pen->use->overflow, glyph->id);
		if (!slot->unicode || other)
			learn_reading(pen, glyph);
	}
	pen->use->groups |= slot->group;
	put_shown(pen, glyph, slot, kind);
}

/* Glyphs of the base subset that the string in hand takes as they are; gives the first that it does
 * not. */
static int put_plain(struct pen *pen, int from, int to)
{
	const struct slot *slots = pen->font->slots;
	char *at = pen->at;
	unsigned groups = 0;
	for (; from < to; from++) {
		const struct glyph *glyph = &pen->mark->glyphs[from];
		const struct slot *slot = &slots[glyph->id];
		if (!slot->group || glyph->advance != slot->advance || glyph->dx || glyph->dy ||
			(pen->space && glyph_gives(pen->mark->text, glyph, pen->mark->space)))
			break;
		memcpy(at, slot->code, sizeof slot->code);
		at += slot->code_len;
		groups |= slot->group;
	}
	pen->at = at;
	pen->use->groups |= groups;
	return from;
}

/* With room for so many glyphs. */
static struct pen pen_of(struct content *content, const struct mark *mark, int count)
{
	struct pdf_writer *writer = content->writer;
	struct pen pen = {.content = content,
		.mark = mark,
		.font = &writer->pdf->fonts[mark->face],
		.use = &writer->fonts[mark->face]};
	assert(mark->height > 0);
	if (mark->space) /* what TJ moves by is scaled as the glyphs are */
		pen.space = (int64_t)mark->space * 1000 * pen.font->units_per_em / mark->height *
			1000 / (1000 + mark->expansion);
	buf_reserve(content->out, (size_t)(count + 1) * GLYPH_ROOM);
	pen.at = content->out->at + content->out->len;
	return pen;
}

static void put_down(struct pen *pen)
{
	struct buf *out = pen->content->out;
	close_array(pen);
	out->len = (size_t)(pen->at - out->at);
}

void glyphs_set_font(struct content *content, const struct mark *mark)
{
	struct pen pen = pen_of(content, mark, 0);
	set_font(&pen, FONT_BASE);
	put_down(&pen);
}

void glyphs_put(struct content *content, const struct mark *mark, int from, int to)
{
	struct pen pen = pen_of(content, mark, to - from);
	if (is_coded(pen.font, mark, content->superior)) {
		put_coded(&pen, from, to);
		to = from;
	}
	while (mark->leftwards && from < to)
		put_glyph(&pen, &mark->glyphs[--to]);
	while (from < to) {
		put_glyph(&pen, &mark->glyphs[from++]);
		if (pen.in_string && content->kind == FONT_BASE && !content->superior &&
			!content->stated && 2 * llabs(pen.ahead) < pen.font->units_per_em)
			from = put_plain(&pen, from, to);
	}
	put_down(&pen);
}
