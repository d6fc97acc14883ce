/* content.c - the marks of a page → its operators (ISO 32000-1 8 and 9, 14.6).
 *
 * Every operator that paints stands between BDC and EMC: in the marked content of an element, or in
 * an artifact. A sequence ends when the next mark belongs elsewhere, so a paragraph that goes on
 * after a link has two. Positions are thousandths of a point, and a step is the difference of two
 * rounded positions: nothing adds up along a line or a page. glyphs.c writes the glyphs. */
#include "pdf/content_int.h"

enum { OWNER_NONE = -1000 };

/* By enum artifact (ISO 32000-1 14.8.2.2.2, table 330). */
static const char *const artifacts[] = {
	[ARTIFACT_NONE] = "/Artifact<</Type/Layout>>BDC\n",
	[ARTIFACT_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\n",
	[ARTIFACT_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n",
	[ARTIFACT_LAYOUT] = "/Artifact<</Type/Layout>>BDC\n",
	[ARTIFACT_TABLE_HEAD] = "/Artifact<</Type/Pagination>>BDC\n",
	[ARTIFACT_GUIDE] = "/Artifact<</Type/Layout>>BDC\n",
	[ARTIFACT_BACKGROUND] = "/Artifact<</Type/Layout>>BDC\n",
	[ARTIFACT_WORD] = "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n",
	[ARTIFACT_WATERMARK] = "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n",
};

static void leave_text(struct content *c)
{
	if (c->in_text)
		buf_puts(c->out, "ET\n");
	c->in_text = false;
}

static void leave_owner(struct content *c)
{
	leave_text(c);
	if (c->owner != OWNER_NONE)
		buf_puts(c->out, "EMC\n");
	c->owner = OWNER_NONE;
}

static struct area_milli mark_area(const struct content *c, const struct mark *mark)
{
	int64_t top = mark->kind == MARK_GLYPHS ? (int64_t)mark->y - mark->height : mark->y;
	int64_t bottom = mark->kind == MARK_GLYPHS ? mark->y : (int64_t)mark->y + mark->height;
	return (struct area_milli){milli(mark->x), c->page_height - milli((sp)bottom),
		milli(mark->x) + milli(mark->width), c->page_height - milli((sp)top)};
}

/* actual: what the content says, where its glyphs do not; .at is NULL where they do. The tag is
 * then Span, the only one whose ActualText all readers heed. */
static void enter_element(
	struct content *c, const struct mark *mark, int element, struct str actual)
{
	struct tags *tags = &c->writer->tags;
	struct element *made = &tags->elements.at[element];
	if (made->page < 0)
		made->place = mark_area(c, mark);
	buf_char(c->out, '/');
	buf_str(c->out, actual.at ? str_lit("Span") : made->type);
	put_key_int(c->out, "<</MCID", tags_content(tags, element));
	if (actual.at) {
		buf_puts(c->out, "/ActualText");
		put_text(c->out, actual);
	}
	buf_puts(c->out, ">>BDC\n");
}

/* An owner is an element, or less than 0 an artifact of a kind. */
static void enter_owner(struct content *c, const struct mark *mark, int element, struct str actual)
{
	int owner = element >= 0 ? element : -1 - (int)mark->artifact;
	if (owner == c->owner && !actual.at)
		return;
	leave_owner(c);
	c->owner = owner;
	if (element < 0)
		buf_puts(c->out, artifacts[mark->artifact]);
	else
		enter_element(c, mark, element, actual);
}

static void set_colour(struct content *c, uint32_t colour)
{
	if (colour == c->colour)
		return;
	c->colour = colour;
	put_colour(c->out, colour, false);
}

static void put_number(struct content *c, int64_t milli)
{
	put_milli(c->out, milli);
	buf_char(c->out, ' ');
}

static void put_area(struct content *c, struct area_milli area)
{
	put_number(c, area.left);
	put_number(c, area.bottom);
}

static void put_rectangle(struct content *c, struct area_milli area)
{
	put_area(c, area);
	put_milli(c->out, area.right - area.left);
	buf_char(c->out, ' ');
	put_milli(c->out, area.top - area.bottom);
	buf_puts(c->out, " re");
}

static void put_rule(struct content *c, const struct mark *mark)
{
	leave_text(c);
	set_colour(c, mark->colour);
	put_rectangle(c, mark_area(c, mark));
	buf_puts(c->out, " f\n");
}

/* All modules are one path, so no renderer leaves a hair between two of them. */
static void put_barcode(struct content *c, const struct mark *mark)
{
	const struct barcode *code = mark->barcode;
	sp across = mark->width / code->width, down = mark->height / code->height;
	leave_text(c);
	set_colour(c, mark->colour);
	for (struct barcode_run run = {0}; barcode_next(code, &run);) {
		put_rectangle(c,
			(struct area_milli){milli(mark->x + across * run.left),
				c->page_height - milli(mark->y + down * run.bottom),
				milli(mark->x + across * run.right),
				c->page_height - milli(mark->y + down * run.top)});
		buf_char(c->out, '\n');
	}
	buf_puts(c->out, "f\n");
}

static void put_picture(struct content *c, const struct mark *mark)
{
	/* By orientation: which way the samples' rows and columns go, and where they begin. */
	static const struct {
		int across_x, across_y, up_x, up_y;
	} ways[] = {{1, 0, 0, 1}, {-1, 0, 0, 1}, {-1, 0, 0, -1}, {1, 0, 0, -1}, {0, -1, -1, 0},
		{0, -1, 1, 0}, {0, 1, 1, 0}, {0, 1, -1, 0}};
	int way = mark->picture->orientation > 0 ? mark->picture->orientation - 1 : 0;
	int across_x = ways[way].across_x, across_y = ways[way].across_y;
	int up_x = ways[way].up_x, up_y = ways[way].up_y;
	struct area_milli area = mark_area(c, mark);
	int64_t width = area.right - area.left, height = area.top - area.bottom;
	leave_text(c);
	buf_puts(c->out, "q ");
	put_number(c, across_x * width);
	put_number(c, across_y * height);
	put_number(c, up_x * width);
	put_number(c, up_y * height);
	put_number(c, across_x + up_x < 0 ? area.right : area.left);
	put_number(c, across_y + up_y < 0 ? area.top : area.bottom);
	buf_puts(c->out, "cm/I");
	put_int(c->out, image_use(c->writer, mark->picture));
	buf_puts(c->out, " Do Q\n");
}

static void move_to(struct content *c, int64_t x, int64_t y)
{
	if (!c->in_text) {
		buf_puts(c->out, "BT\n");
		c->in_text = true;
		c->x = c->y = 0;
	}
	put_milli(c->out, x - c->x);
	buf_char(c->out, ' ');
	put_milli(c->out, y - c->y);
	buf_puts(c->out, " Td\n");
	c->x = x;
	c->y = y;
}

/* How far the mark's pen has gone. */
struct way {
	int64_t units, spaces;
};

static void go(struct way *way, const struct mark *mark, int from, int to)
{
	for (int i = from; i < to; i++) {
		way->units += mark->glyphs[i].advance;
		way->spaces += glyph_gives(mark->text, &mark->glyphs[i], mark->space);
	}
}

/* Where glyphs begin that the pen comes to next, up to one of the mark's. */
static sp stretch_x(
	struct way way, const struct mark *mark, const struct font *font, int from, int to)
{
	if (mark->leftwards)
		go(&way, mark, from, to);
	sp gone = mark_advance(mark, way.units, way.spaces, font->units_per_em);
	return mark->leftwards ? mark->x + mark->width - gone : mark->x + gone;
}

/* The end of the glyphs from here on that say their text, each its own, or do not. */
static int put_end(const struct content *c, const struct mark *mark, int from, bool *plain)
{
	const struct font *font = &c->writer->pdf->fonts[mark->face];
	struct mark before = *mark;
	int end = mark->leftwards || !mark->shifted
		? 0
		: spell_displaced(mark, from, &before.glyph_count);
	*plain = false;
	if (end)
		return end;
	before.text_to = spell_cluster_end(mark, before.glyph_count);
	return spell_stretch(font, &before, c->superior, from, plain);
}

/* Where glyphs begin. */
static void begin_glyphs(
	struct content *c, const struct mark *mark, int element, struct str actual, sp x)
{
	enter_owner(c, mark, element, actual);
	set_colour(c, mark->colour);
	move_to(c, milli(x), c->page_height - milli(mark->y));
}

static void put_new_glyphs(struct content *c, const struct mark *mark, int element)
{
	const struct font *font = &c->writer->pdf->fonts[mark->face];
	bool coded = element >= 0 && is_coded(font, mark, c->superior);
	struct way way = {0};
	for (int from = 0, to = mark->glyph_count; from < mark->glyph_count; from = to) {
		bool plain = true;
		if (element >= 0 && !coded)
			to = put_end(c, mark, from, &plain);
		int start = mark->glyphs[from].cluster, end = spell_cluster_end(mark, to);
		begin_glyphs(c, mark, element,
			plain ? (struct str){0} : str_slice(mark->text, start, end),
			stretch_x(way, mark, font, from, to));
		c->stated = !plain;
		size_t before = c->out->len;
		glyphs_put(c, mark, from, to);
		if (element >= 0 && !coded && plain && to - from == mark->glyph_count)
			drawn_keep(c, mark, before);
		if (!plain)
			leave_owner(c);
		if (to < mark->glyph_count)
			go(&way, mark, from, to);
	}
}

static void put_glyphs(struct content *c, const struct mark *mark, int element)
{
	const struct drawn *drawn = drawn_find(c, mark);
	if (!drawn) {
		put_new_glyphs(c, mark, element);
		return;
	}
	begin_glyphs(c, mark, element, (struct str){0}, mark->x);
	drawn_put(c, mark, drawn);
}

/* A hyphen at a line's end is not text; most faces have a glyph that looks the same and says so. */
static void put_hyphen(struct content *c, const struct mark *mark, int element)
{
	const struct font *font = &c->writer->pdf->fonts[mark->face];
	struct glyph glyph = {.id = mark->glyphs[0].id, .advance = mark->glyphs[0].advance};
	if (font->soft_hyphen)
		glyph.id = font->soft_hyphen;
	struct mark soft = *mark;
	soft.glyphs = &glyph;
	soft.glyph_count = 1;
	soft.text = str_lit(SOFT_HYPHEN);
	soft.text_to = soft.text.len;
	put_glyphs(c, &soft, element);
}

/* Along a baseline that rises by 45 degrees. */
static void put_rising(struct content *c, const struct mark *mark)
{
	struct content before;
	struct mark level = *mark;
	enter_owner(c, mark, -1, (struct str){0});
	leave_text(c);
	before = *c;
	buf_puts(c->out, "q .70711 .70711 -.70711 .70711 ");
	put_area(c, mark_area(c, mark));
	buf_puts(c->out, "cm\n");
	level.x = 0;
	level.y = c->writer->page_height; /* nothing up from the paper's edge, as it is now */
	put_glyphs(c, &level, -1);
	leave_text(c);
	buf_puts(c->out, "Q\n");
	*c = before;
}

/* The mark of a note, in the text or before the note. */
static bool is_superior(const struct content *c, const struct mark *mark)
{
	return mark->role == ROLE_NOTE_MARK ||
		(mark->role == ROLE_LABEL && mark->node >= 0 &&
			c->writer->tags.letter->nodes[mark->node]->tag == TAG_NOTE);
}

static void put_mark(struct content *c, const struct mark *mark)
{
	c->superior = is_superior(c, mark);
	int element = tags_element(&c->writer->tags, mark);
	switch (mark->kind) {
	case MARK_GLYPHS:
		if (mark->rises)
			put_rising(c, mark);
		else if (mark->role == ROLE_HYPHEN)
			put_hyphen(c, mark, element);
		else
			put_glyphs(c, mark, element);
		break;
	case MARK_RULE:
		enter_owner(c, mark, element, (struct str){0});
		put_rule(c, mark);
		break;
	case MARK_BARCODE:
		enter_owner(c, mark, element, (struct str){0});
		put_barcode(c, mark);
		break;
	case MARK_PICTURE:
		enter_owner(c, mark, element, (struct str){0});
		put_picture(c, mark);
		break;
	}
}

void content_page(struct pdf_writer *writer, const struct page *page)
{
	struct content c = {.writer = writer,
		.out = &writer->content,
		.page_height = milli(writer->page_height),
		.owner = OWNER_NONE,
		.face = -1};
	buf_clear(c.out);
	tags_begin_page(&writer->tags);
	for (int i = 0; i < page->mark_count; i++)
		put_mark(&c, &page->marks[i]);
	leave_owner(&c);
}
