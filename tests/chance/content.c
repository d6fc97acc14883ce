/* content.c - the operators of a page (ISO 32000-1 8 and 9), those that letters use and no
 * others. */
#include "story.h"

struct code {
	struct str text; /* .at == NULL: it has none */
	double width;
	bool there;
};

/* A font as far as its text goes: codes are two bytes. */
struct font {
	const struct pdf_value *dict;
	struct code *rows[256];
	double usual; /* width */
};

enum { MOST_OPERANDS = 8, MOST_FONTS = 40 };

struct painter {
	struct story *story;
	int sheet;
	const struct pdf_value *resources;
	struct font fonts[MOST_FONTS];
	int font_count;
	struct pdf_value *operands[MOST_OPERANDS];
	int operand_count;
	/* text */
	const struct font *font;
	double size, x, y, pen; /* x, y: where its line begins; pen: how far it has got */
	double narrow;          /* by which its widths are less than they would be, of 1 */
	bool in_text;
	/* marked content */
	bool open, artifact;
	bool below;  /* a word across the page, which text stands upon */
	int content; /* MCID, or -1 */
	bool actual; /* its text is said by ActualText */
	double matrix[6], area[4];
	int saved;
};

/* -- fonts ------------------------------------------------------------------------------------- */

static struct code *code_of(struct painter *painter, struct font *font, unsigned code)
{
	struct code **row = &font->rows[code >> 8 & 255];
	if (!*row)
		*row = arena_new_array(painter->story->arena, struct code, 256);
	return &(*row)[code & 255];
}

static unsigned number_of(struct str bytes)
{
	unsigned number = 0;
	for (int i = 0; i < bytes.len; i++)
		number = number << 8 | (unsigned char)bytes.at[i];
	return number;
}

static struct str utf16(struct arena *arena, struct str bytes)
{
	struct buf text = {0};
	char utf8[4];
	for (int i = 0; i + 1 < bytes.len; i += 2) {
		uint32_t c = number_of(str_slice(bytes, i, i + 2));
		if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.len) {
			i += 2;
			c = 0x10000 + ((c - 0xD800) << 10) +
				(number_of(str_slice(bytes, i, i + 2)) - 0xDC00);
		}
		buf_put(&text, utf8, (size_t)utf8_encode(c, utf8));
	}
	struct str copy = str_copy(arena, buf_text(&text));
	buf_free(&text);
	return copy;
}

struct str story_text(struct arena *arena, struct str bytes)
{
	if (str_starts(bytes, "\xFE\xFF"))
		return utf16(arena, str_slice(bytes, 2, bytes.len));
	return bytes;
}

/* bfchar: pairs; bfrange: the first, the last and what the first stands for. */
static void read_characters(struct painter *painter, struct font *font, struct str map)
{
	struct arena *arena = painter->story->arena;
	struct pdf_value *held[3];
	int at = 0, count = 0;
	bool chars = false, ranges = false;
	for (struct pdf_value *v; (v = pdf_parse(arena, map, &at))->kind != PDF_NULL;) {
		if (v->kind == PDF_WORD) {
			chars = str_is(v->text, "beginbfchar");
			ranges = str_is(v->text, "beginbfrange");
			count = 0;
		}
		if (v->kind != PDF_STRING || !(chars || ranges))
			continue;
		held[count++] = v;
		if (count < (chars ? 2 : 3))
			continue;
		unsigned from = number_of(held[0]->text), to = number_of(held[chars ? 0 : 1]->text);
		struct str text = held[count - 1]->text;
		for (unsigned code = from; code <= to; code++) {
			char *copy = str_chars(arena, text);
			copy[text.len - 1] = (char)(copy[text.len - 1] + (int)(code - from));
			code_of(painter, font, code)->text = utf16(
				arena, (struct str){copy, text.len});
		}
		count = 0;
	}
}

static void read_widths(struct painter *painter, struct font *font, const struct pdf_value *list)
{
	const struct pdf_file *file = &painter->story->file;
	for (const struct pdf_value *at = list->first; at && at->next; at = at->next) {
		unsigned code = (unsigned)at->number;
		const struct pdf_value *second = pdf_follow(file, at->next);
		at = at->next;
		if (second->kind == PDF_ARRAY) {
			for (const struct pdf_value *w = second->first; w; w = w->next) {
				struct code *slot = code_of(painter, font, code++);
				*slot = (struct code){slot->text, w->number, true};
			}
			continue;
		}
		at = at->next;
		for (; at && code <= (unsigned)second->number; code++) {
			struct code *slot = code_of(painter, font, code);
			*slot = (struct code){slot->text, at->number, true};
		}
	}
}

static const struct font *find_font(struct painter *painter, struct str name)
{
	struct story *story = painter->story;
	const struct pdf_file *file = &story->file;
	struct str key = str_copy(story->arena, name);
	const struct pdf_value *dict = pdf_get(
		file, pdf_get(file, painter->resources, "Font"), key.at);
	for (int i = 0; i < painter->font_count; i++)
		if (painter->fonts[i].dict == dict)
			return &painter->fonts[i];
	if (dict->kind != PDF_DICT || painter->font_count == MOST_FONTS) {
		story_fail(story, "a font %s that is not in the resources", key.at);
		return NULL;
	}
	struct font *font = &painter->fonts[painter->font_count++];
	const struct pdf_value *inner = pdf_get(file, dict, "DescendantFonts");
	inner = pdf_follow(file, inner->first);
	*font = (struct font){.dict = dict, .usual = 1000};
	if (pdf_get(file, inner, "DW")->kind == PDF_NUMBER)
		font->usual = pdf_get(file, inner, "DW")->number;
	read_characters(painter, font, pdf_stream(file, pdf_get(file, dict, "ToUnicode")));
	read_widths(painter, font, pdf_get(file, inner, "W"));
	return font;
}

/* -- painting ---------------------------------------------------------------------------------- */

static double operand(const struct painter *painter, int i)
{
	return i < painter->operand_count ? painter->operands[i]->number : 0;
}

static void add_ink(struct painter *painter, struct ink ink)
{
	if (!painter->open)
		story_fail(painter->story, "something on page %d is neither tagged nor an artifact",
			painter->sheet + 1);
	if (painter->below)
		return;
	ink.page = painter->sheet;
	ink.artifact = painter->artifact;
	*vec_push(painter->story->arena, &painter->story->inks) = ink;
}

static struct said *said_of(struct painter *painter)
{
	struct sheet *sheet = &painter->story->sheets.at[painter->sheet];
	return painter->content < 0 ? NULL : &sheet->said.at[painter->content];
}

static void say(struct painter *painter, struct str text)
{
	struct said *said = said_of(painter);
	if (said && !painter->actual)
		said->text = str_format(
			painter->story->arena, "%.*s%.*s", str_arg(said->text), str_arg(text));
}

/* Gives the width; *seen is that of it up to the last character that is seen. */
static double show_string(
	struct painter *painter, struct str codes, double width, double *seen, struct buf *text)
{
	for (int i = 0; i + 1 < codes.len; i += 2) {
		unsigned code = number_of(str_slice(codes, i, i + 2));
		const struct code *row = painter->font->rows[code >> 8];
		const struct code *slot = row ? &row[code & 255] : NULL;
		if (slot && slot->text.at)
			buf_str(text, slot->text);
		else if (painter->content >= 0 && !painter->actual)
			story_fail(painter->story, "code %04X on page %d stands for no character",
				code, painter->sheet + 1);
		width += slot && slot->there ? slot->width : painter->font->usual;
		if (!slot || !str_is(slot->text, " "))
			*seen = width;
	}
	return width;
}

static void show(struct painter *painter, const struct pdf_value *first)
{
	struct buf text = {0};
	double width = 0, seen = 0;
	if (!painter->font || !painter->in_text) {
		story_fail(painter->story, "text without a font on page %d", painter->sheet + 1);
		return;
	}
	for (const struct pdf_value *piece = first; piece; piece = piece->next)
		width = piece->kind == PDF_STRING
			? show_string(painter, piece->text, width, &seen, &text)
			: width - piece->number;
	say(painter, buf_text(&text));
	buf_free(&text);
	double left = painter->x + painter->pen;
	double em = painter->size * (1 - painter->narrow) / 1000;
	painter->pen += width * em;
	add_ink(painter,
		(struct ink){.left = left,
			.right = left + seen * em,
			.bottom = painter->y,
			.top = painter->y + painter->size,
			.text = true});
}

/* -- marked content ---------------------------------------------------------------------------- */

static void begin_content(struct painter *painter)
{
	struct story *story = painter->story;
	struct sheet *sheet = &story->sheets.at[painter->sheet];
	const struct pdf_value *kind = painter->operands[0], *about = painter->operands[1];
	if (painter->open || painter->operand_count != 2)
		story_fail(story, "a marked content in another on page %d", painter->sheet + 1);
	painter->open = true;
	painter->artifact = kind && str_is(kind->text, "Artifact");
	painter->content = -1;
	painter->actual = false;
	painter->below = painter->artifact && about &&
		str_is(pdf_get(&story->file, about, "Subtype")->text, "Watermark");
	if (painter->artifact || !about)
		return;
	const struct pdf_value *id = pdf_get(&story->file, about, "MCID");
	const struct pdf_value *actual = pdf_get(&story->file, about, "ActualText");
	if (id->kind != PDF_NUMBER || id->number != sheet->said.len) {
		story_fail(story, "an MCID out of order on page %d", painter->sheet + 1);
		return;
	}
	vec_push(story->arena, &sheet->said)->there = true;
	painter->content = sheet->said.len - 1;
	say(painter, story_text(story->arena, actual->text));
	painter->actual = actual->kind == PDF_STRING;
}

static void end_content(struct painter *painter)
{
	if (!painter->open)
		story_fail(painter->story, "a marked content ends on page %d that was not begun",
			painter->sheet + 1);
	painter->open = painter->artifact = painter->actual = painter->below = false;
	painter->content = -1;
}

/* -- operators --------------------------------------------------------------------------------- */

static void paint_area(struct painter *painter)
{
	add_ink(painter,
		(struct ink){.left = painter->area[0],
			.bottom = painter->area[1],
			.right = painter->area[0] + painter->area[2],
			.top = painter->area[1] + painter->area[3]});
}

static void paint_picture(struct painter *painter)
{
	const double *m = painter->matrix;
	add_ink(painter,
		(struct ink){
			.left = m[4], .bottom = m[5], .right = m[4] + m[0], .top = m[5] + m[3]});
}

static void operate(struct painter *painter, struct str word)
{
	const struct pdf_value *first = painter->operand_count ? painter->operands[0] : NULL;
	if (str_is(word, "BT")) {
		painter->in_text = true;
		painter->x = painter->y = painter->pen = 0;
	} else if (str_is(word, "ET")) {
		painter->in_text = false;
	} else if (str_is(word, "Td")) {
		painter->x += operand(painter, 0);
		painter->y += operand(painter, 1);
		painter->pen = 0;
	} else if (str_is(word, "Tf") && first) {
		painter->font = find_font(painter, first->text);
		painter->size = operand(painter, 1);
	} else if (str_is(word, "Tz")) {
		painter->narrow = 1 - operand(painter, 0) / 100;
	} else if (str_is(word, "TJ") && first) {
		show(painter, first->first);
	} else if (str_is(word, "BDC")) {
		begin_content(painter);
	} else if (str_is(word, "EMC")) {
		end_content(painter);
	} else if (str_is(word, "re")) {
		for (int i = 0; i < 4; i++)
			painter->area[i] = operand(painter, i);
	} else if (str_is(word, "f")) {
		paint_area(painter);
	} else if (str_is(word, "cm")) {
		for (int i = 0; i < 6; i++)
			painter->matrix[i] = operand(painter, i);
	} else if (str_is(word, "Do")) {
		paint_picture(painter);
	} else if (str_is(word, "q") || str_is(word, "Q")) {
		painter->saved += str_is(word, "q") ? 1 : -1;
	} else if (!str_is(word, "g") && !str_is(word, "rg") && !str_is(word, "Ts")) {
		story_fail(painter->story, "the operator %.*s on page %d", str_arg(word),
			painter->sheet + 1);
	}
}

bool content_read(struct story *story, int sheet)
{
	const struct pdf_value *page = story->sheets.at[sheet].page;
	struct painter painter = {.story = story,
		.sheet = sheet,
		.resources = pdf_get(&story->file, page, "Resources"),
		.content = -1};
	struct str operators = pdf_stream(&story->file, pdf_get(&story->file, page, "Contents"));
	int at = 0;
	if (!operators.at)
		return story_fail(story, "page %d cannot be inflated", sheet + 1);
	for (struct pdf_value *v;
		!story->fault && (v = pdf_parse(story->arena, operators, &at))->kind != PDF_NULL;) {
		if (v->kind == PDF_WORD) {
			operate(&painter, v->text);
			painter.operand_count = 0;
			memset(painter.operands, 0, sizeof painter.operands);
		} else if (painter.operand_count < MOST_OPERANDS) {
			painter.operands[painter.operand_count++] = v;
		}
	}
	if (painter.open || painter.in_text || painter.saved)
		return story_fail(story, "page %d ends within something", sheet + 1);
	return !story->fault;
}
