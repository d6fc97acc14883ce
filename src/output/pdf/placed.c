/* placed.c - what a letter's own codes draw → glyphs of its font (ISO/IEC 14496-22 5.3.4).
 *
 * Readers find words and lines by where glyphs stand. A sign over its letter, or a letter that
 * hangs on the next one's end as in Nastaliq, is to them a blank, another line, or a word of its
 * own. So each code that is not just a glyph of the face (coded.c) has one more: made of the
 * others, where they stand, with the advance that they have there. On the page all stand on the
 * line then, one behind the other. They take ids that the subset leaves empty, so that it grows by
 * them alone. */
#include "pdf/pdf_int.h"

#include <limits.h>

enum {
	METRICS_AT = 34,   /* in hhea: how many glyphs have an advance of their own */
	BOX_AT = 36,       /* in head: around all glyphs */
	LOCATIONS_AT = 50, /* in head: whether loca is of 32 bits */
	GLYPHS_AT = 4,     /* in maxp: how many there are */
	POINTS_AT = 6, /* in maxp: the most points and contours of a glyph, then of a composite */
	PARTS_AT = 28, /* in maxp: the most parts of a composite, and how deep they go */
	HEADER = 10,   /* of a glyph: how many contours, and its box */
};

struct box {
	int left, bottom, right, top;
};

/* What is read of the subset, and written anew. */
struct placing {
	const struct coded *coded;
	int next;           /* code of those with a glyph more, whose ids ascend */
	int count, metrics; /* glyphs; of those some have an advance in hmtx */
	bool wide;          /* loca */
	hb_blob_t *glyf, *loca, *hmtx, *head, *hhea, *maxp;
	struct buf outlines, locations, advances;
};

static struct str bytes_of(hb_blob_t *blob)
{
	unsigned len;
	struct str bytes = {.at = hb_blob_get_data(blob, &len)};
	bytes.len = (int)len;
	return bytes;
}

/* A number of 16 bits; 0 where the table is too short. */
static int number_at(struct str table, int at)
{
	return at >= 0 && at + 2 <= table.len
		? (unsigned char)table.at[at] << 8 | (unsigned char)table.at[at + 1]
		: 0;
}

static void put_number(struct buf *out, int number)
{
	buf_char(out, (char)((unsigned)number >> 8));
	buf_char(out, (char)number);
}

static int64_t offset_of(const struct placing *placing, int glyph)
{
	struct str loca = bytes_of(placing->loca);
	return placing->wide
		? (int64_t)number_at(loca, 4 * glyph) << 16 | number_at(loca, 4 * glyph + 2)
		: 2 * (int64_t)number_at(loca, 2 * glyph);
}

static struct str outline_of(const struct placing *placing, int glyph)
{
	struct str glyf = bytes_of(placing->glyf);
	int64_t from = offset_of(placing, glyph), to = offset_of(placing, glyph + 1);
	if (glyph >= placing->count || from >= to || to > glyf.len)
		return (struct str){0};
	return str_slice(glyf, (int)from, (int)to);
}

static int bearing_of(const struct placing *placing, int glyph)
{
	int metrics = placing->metrics;
	return (int16_t)number_at(bytes_of(placing->hmtx),
		glyph < metrics ? 4 * glyph + 2 : 4 * metrics + 2 * (glyph - metrics));
}

static int advance_of(const struct placing *placing, int glyph)
{
	int metrics = placing->metrics;
	return number_at(bytes_of(placing->hmtx), 4 * (glyph < metrics ? glyph : metrics - 1));
}

static int min_of(int a, int b)
{
	return a < b ? a : b;
}

static int max_of(int a, int b)
{
	return a > b ? a : b;
}

/* Where the part's outline goes: a glyph alone is moved to where its bearing says, and one that
 * others are made of is not. */
static int across(const struct placing *placing, const struct piece *piece)
{
	int left = (int16_t)number_at(outline_of(placing, (int)piece->glyph), 2);
	return piece->dx + bearing_of(placing, (int)piece->glyph) - left;
}

/* The box around all parts; empty where they draw nothing. */
static struct box box_of(const struct placing *placing, const struct code *code)
{
	struct box box = {INT_MAX, INT_MAX, INT_MIN, INT_MIN};
	for (int i = 0; i < code->piece_count; i++) {
		const struct piece *piece = &code->pieces[i];
		struct str of = outline_of(placing, (int)piece->glyph);
		if (of.len < HEADER)
			continue;
		int x = across(placing, piece);
		box.left = min_of(box.left, (int16_t)number_at(of, 2) + x);
		box.bottom = min_of(box.bottom, (int16_t)number_at(of, 4) + piece->dy);
		box.right = max_of(box.right, (int16_t)number_at(of, 6) + x);
		box.top = max_of(box.top, (int16_t)number_at(of, 8) + piece->dy);
	}
	return box;
}

static bool is_short(int number)
{
	return number >= INT16_MIN && number <= INT16_MAX;
}

/* Whether numbers of 16 bits hold all of it. */
static bool is_near(const struct placing *placing, const struct code *code)
{
	struct box box = box_of(placing, code);
	for (int i = 0; i < code->piece_count; i++)
		if (!is_short(across(placing, &code->pieces[i])) || !is_short(code->pieces[i].dy))
			return false;
	return box.left > box.right ||
		(is_short(box.left) && is_short(box.bottom) && is_short(box.right) &&
			is_short(box.top));
}

static void put_box(struct placing *placing, const struct box *box)
{
	put_number(&placing->outlines, box->left);
	put_number(&placing->outlines, box->bottom);
	put_number(&placing->outlines, box->right);
	put_number(&placing->outlines, box->top);
}

/* Nothing where the box is empty. */
static void put_parts(struct placing *placing, const struct code *code, const struct box *box)
{
	enum { WORDS = 1, OFFSETS = 2, MORE = 0x20 };
	size_t flags = 0;
	if (box->left > box->right)
		return;
	put_number(&placing->outlines, -1);
	put_box(placing, box);
	for (int i = 0; i < code->piece_count; i++) {
		const struct piece *piece = &code->pieces[i];
		if (outline_of(placing, (int)piece->glyph).len < HEADER)
			continue;
		flags = placing->outlines.len;
		put_number(&placing->outlines, WORDS | OFFSETS | MORE);
		put_number(&placing->outlines, (int)piece->glyph);
		put_number(&placing->outlines, across(placing, piece));
		put_number(&placing->outlines, piece->dy);
	}
	placing->outlines.at[flags + 1] = WORDS | OFFSETS;
}

static void put_location(struct placing *placing)
{
	put_number(&placing->locations, (int)(placing->outlines.len >> 16));
	put_number(&placing->locations, (int)(placing->outlines.len & 0xFFFF));
}

static bool is_face_glyph(const struct placing *placing, const struct code *code)
{
	return code->piece_count == 1 && !code->pieces[0].dx && !code->pieces[0].dy &&
		advance_of(placing, (int)code->pieces[0].glyph) ==
		code->advance + placing->coded->wider;
}

/* The code whose glyph this is; NULL: it is one of the face. */
static const struct code *code_of(struct placing *placing, int glyph)
{
	const struct coded *coded = placing->coded;
	while (placing->next < coded->codes.len &&
		is_face_glyph(placing, &coded->codes.at[placing->next]))
		placing->next++;
	if (placing->next == coded->codes.len || (int)coded->codes.at[placing->next].id != glyph)
		return NULL;
	return &coded->codes.at[placing->next++];
}

static void put_metric(struct placing *placing, int advance, int bearing)
{
	put_number(&placing->advances, advance);
	put_number(&placing->advances, bearing);
}

static void put_code_glyph(struct placing *placing, const struct code *code)
{
	struct box box = box_of(placing, code);
	put_parts(placing, code, &box);
	put_metric(placing, code->advance, box.left > box.right ? 0 : box.left);
}

static void put_glyphs(struct placing *placing, int count)
{
	for (int glyph = 0; glyph < count; glyph++) {
		const struct code *code = code_of(placing, glyph);
		put_location(placing);
		if (code) {
			put_code_glyph(placing, code);
			continue;
		}
		buf_str(&placing->outlines, outline_of(placing, glyph));
		if (placing->outlines.len % 2)
			buf_char(&placing->outlines, 0);
		put_metric(placing, advance_of(placing, glyph), bearing_of(placing, glyph));
	}
	put_location(placing);
}

static void add(hb_face_t *built, const char *table, struct str bytes)
{
	hb_blob_t *blob = hb_blob_create(
		bytes.at, (unsigned)bytes.len, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
	hb_face_builder_add_table(built, hb_tag_from_string(table, -1), blob);
	hb_blob_destroy(blob);
}

/* A table with some of its numbers set: places and numbers in turn. */
static void add_set(
	hb_face_t *built, const char *table, hb_blob_t *from, const int (*numbers)[2], int count)
{
	struct buf copy = {0};
	buf_str(&copy, bytes_of(from));
	for (int i = 0; i < count; i++)
		if ((size_t)numbers[i][0] + 2 <= copy.len) {
			copy.at[numbers[i][0]] = (char)((unsigned)numbers[i][1] >> 8);
			copy.at[numbers[i][0] + 1] = (char)numbers[i][1];
		}
	add(built, table, (struct str){copy.at, (int)copy.len});
	buf_free(&copy);
}

static int most_parts(const struct coded *coded)
{
	int most = 1;
	for (int i = 0; i < coded->codes.len; i++)
		most = max_of(most, coded->codes.at[i].piece_count);
	return most;
}

/* Around all glyphs of the face and of the codes. */
static struct box whole_box(const struct placing *placing)
{
	struct str head = bytes_of(placing->head);
	struct box whole = {(int16_t)number_at(head, BOX_AT), (int16_t)number_at(head, BOX_AT + 2),
		(int16_t)number_at(head, BOX_AT + 4), (int16_t)number_at(head, BOX_AT + 6)};
	for (int i = 0; i < placing->coded->codes.len; i++) {
		struct box box = box_of(placing, &placing->coded->codes.at[i]);
		whole.left = min_of(whole.left, box.left);
		whole.bottom = min_of(whole.bottom, box.bottom);
		whole.right = max_of(whole.right, box.right);
		whole.top = max_of(whole.top, box.top);
	}
	return whole;
}

static hb_face_t *build(struct placing *placing, int count)
{
	struct box box = whole_box(placing);
	struct str most = bytes_of(placing->maxp);
	int parts = most_parts(placing->coded);
	int points[2]; /* and contours: no more than if each part had the most */
	for (int i = 0; i < 2; i++)
		points[i] = min_of(UINT16_MAX,
			parts *
				max_of(number_at(most, POINTS_AT + 2 * i),
					number_at(most, POINTS_AT + 4 + 2 * i)));
	const int heads[][2] = {{LOCATIONS_AT, 1}, {BOX_AT, box.left}, {BOX_AT + 2, box.bottom},
		{BOX_AT + 4, box.right}, {BOX_AT + 6, box.top}};
	const int metrics[][2] = {{METRICS_AT, count}};
	const int mosts[][2] = {{GLYPHS_AT, count}, {POINTS_AT + 4, points[0]},
		{POINTS_AT + 6, points[1]}, {PARTS_AT, max_of(parts, number_at(most, PARTS_AT))},
		{PARTS_AT + 2, number_at(most, PARTS_AT + 2) + 1}};
	hb_face_t *built = hb_face_builder_create();
	add_set(built, "head", placing->head, heads, sizeof heads / sizeof *heads);
	add_set(built, "hhea", placing->hhea, metrics, 1);
	add_set(built, "maxp", placing->maxp, mosts, sizeof mosts / sizeof *mosts);
	add(built, "glyf", buf_text(&placing->outlines));
	add(built, "loca", buf_text(&placing->locations));
	add(built, "hmtx", buf_text(&placing->advances));
	return built;
}

/* An id for each: its glyph's, or one that is of no glyph of the subset. Gives the first that has
 * no glyph then; 0: some is too far away. */
static int give_ids(const struct placing *placing, struct coded *coded)
{
	int next = 1;
	for (int i = 0; i < coded->codes.len; i++) {
		struct code *code = &coded->codes.at[i];
		if (is_face_glyph(placing, code)) {
			code->id = code->pieces[0].glyph;
			continue;
		}
		if (!is_near(placing, code))
			return 0;
		while (outline_of(placing, next).len ||
			hb_set_has(coded->glyphs, (hb_codepoint_t)next))
			next++;
		code->id = (unsigned)next++;
	}
	return next;
}

static struct placing placing_of(hb_face_t *subset, const struct coded *coded)
{
	struct placing placing = {.coded = coded,
		.count = (int)hb_face_get_glyph_count(subset),
		.glyf = hb_face_reference_table(subset, HB_TAG('g', 'l', 'y', 'f')),
		.loca = hb_face_reference_table(subset, HB_TAG('l', 'o', 'c', 'a')),
		.hmtx = hb_face_reference_table(subset, HB_TAG('h', 'm', 't', 'x')),
		.head = hb_face_reference_table(subset, HB_TAG('h', 'e', 'a', 'd')),
		.hhea = hb_face_reference_table(subset, HB_TAG('h', 'h', 'e', 'a')),
		.maxp = hb_face_reference_table(subset, HB_TAG('m', 'a', 'x', 'p'))};
	placing.metrics = number_at(bytes_of(placing.hhea), METRICS_AT);
	placing.wide = number_at(bytes_of(placing.head), LOCATIONS_AT) != 0;
	return placing;
}

static void placing_free(struct placing *placing)
{
	hb_blob_t *tables[] = {placing->glyf, placing->loca, placing->hmtx, placing->head,
		placing->hhea, placing->maxp};
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		hb_blob_destroy(tables[i]);
	buf_free(&placing->outlines);
	buf_free(&placing->locations);
	buf_free(&placing->advances);
}

hb_face_t *placed_face(hb_face_t *subset, struct coded *coded)
{
	struct placing placing = placing_of(subset, coded);
	hb_face_t *built = NULL;
	int next = placing.metrics > 0 ? give_ids(&placing, coded) : 0;
	int count = max_of(next, placing.count);
	if (next == 1) {
		built = hb_face_reference(subset);
	} else if (next > 0 && count <= UINT16_MAX) {
		put_glyphs(&placing, count);
		built = build(&placing, count);
	}
	placing_free(&placing);
	return built;
}
