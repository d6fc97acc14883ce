/* drawn.c - marks that were drawn before.
 *
 * Most lines of a letter are those of the letter before it, and come to the same strings and moves
 * wherever they stand on a page. So what TJ is given is kept, and copied, of marks whose glyphs are
 * all in the base and say their text; the font, the place and the marked content are the letter's
 * own. A mark is taken for another only when all that decides the bytes is the same, glyph by
 * glyph: so what is kept changes no letter, and forgetting, which is how it stays small, neither.
 * A mark is kept when it is met a second time: those with a value in them seldom are.
 *
 * Rejected: a number for each line that layout keeps. It would be found faster, but a number that
 * is wrong makes a wrong letter, and nobody sees it. */
#include "pdf/content_int.h"

#include <xxhash.h>

enum { MOST_BYTES = 1 << 18, PLACES = 1024 };

struct drawn {
	struct mark mark; /* its glyphs are a copy */
	struct str text;  /* that they say */
	struct str array; /* all that is for TJ, and TJ */
	unsigned groups;  /* of the base */
};

struct drawings {
	struct arena *arena;
	struct map by_key;
	vec(const struct drawn *) at;
	uint32_t met[PLACES]; /* of marks that are not kept, by their keys' last bits */
};

struct drawings *drawings_new(void)
{
	struct drawings *drawings = heap_new(sizeof *drawings);
	drawings->arena = arena_new();
	return drawings;
}

void drawings_free(struct drawings *drawings)
{
	map_free(&drawings->by_key);
	arena_free(drawings->arena);
	free(drawings);
}

static void forget(struct drawings *drawings)
{
	map_clear(&drawings->by_key);
	arena_reset(drawings->arena);
	memset(&drawings->at, 0, sizeof drawings->at);
}

static struct str own_text(const struct mark *mark)
{
	return str_slice(mark->text, mark->glyphs[0].cluster, mark->text_to);
}

static uint64_t key_of(const struct mark *mark)
{
	struct str text = own_text(mark);
	uint64_t place = (uint64_t)mark->glyphs[0].cluster << 32 | (unsigned)mark->face;
	return XXH3_64bits_withSeed(text.at, (size_t)text.len, place);
}

static bool is_alike(const struct drawn *drawn, const struct mark *b)
{
	const struct mark *a = &drawn->mark;
	return a->face == b->face && a->height == b->height && a->space == b->space &&
		a->expansion == b->expansion && a->glyph_count == b->glyph_count &&
		memcmp(a->glyphs, b->glyphs, (size_t)a->glyph_count * sizeof *a->glyphs) == 0 &&
		str_eq(drawn->text, own_text(b));
}

/* What runs from right to left is coded, and marks of notes are of another font. */
static bool may_be_kept(const struct content *c, const struct mark *mark)
{
	return mark->glyph_count && !mark->leftwards && !mark->rises && !c->superior;
}

const struct drawn *drawn_find(const struct content *c, const struct mark *mark)
{
	const struct drawings *drawings = c->writer->drawings;
	if (!may_be_kept(c, mark))
		return NULL;
	uint64_t key = key_of(mark);
	for (int64_t at; (at = map_find(&drawings->by_key, key)) >= 0; key++)
		if (is_alike(drawings->at.at[at], mark))
			return drawings->at.at[at];
	return NULL;
}

void drawn_put(struct content *c, const struct mark *mark, const struct drawn *drawn)
{
	glyphs_set_font(c, mark);
	c->writer->fonts[mark->face].groups |= drawn->groups;
	buf_str(c->out, drawn->array);
}

/* The groups of a mark's glyphs; 0 where not all are in the base, on the line and as wide as they
 * are. */
static unsigned groups_of(const struct font *font, const struct mark *mark)
{
	unsigned groups = 0;
	for (int i = 0; i < mark->glyph_count; i++) {
		const struct glyph *glyph = &mark->glyphs[i];
		unsigned group = font->slots[glyph->id].group;
		if (!group || glyph->dy || glyph_has_quarter(glyph))
			return 0;
		groups |= group;
	}
	return groups;
}

/* Notes that it was. */
static bool was_met(struct drawings *drawings, uint64_t key)
{
	uint32_t *place = &drawings->met[key % PLACES], met = *place;
	*place = (uint32_t)(key >> 32);
	return met == *place;
}

static void add(
	struct drawings *drawings, uint64_t key, const struct mark *mark, const struct drawn *found)
{
	struct drawn *drawn = arena_take(drawings->arena, sizeof *drawn);
	size_t size = (size_t)mark->glyph_count * sizeof *mark->glyphs;
	struct glyph *glyphs = memcpy(arena_take(drawings->arena, size), mark->glyphs, size);
	*drawn = (struct drawn){.mark = *mark,
		.text = str_copy(drawings->arena, own_text(mark)),
		.array = str_copy(drawings->arena, found->array),
		.groups = found->groups};
	drawn->mark.glyphs = glyphs;
	while (map_add(&drawings->by_key, key, (uint32_t)drawings->at.len) >= 0)
		key++;
	*vec_push(drawings->arena, &drawings->at) = drawn;
}

void drawn_keep(const struct content *c, const struct mark *mark, size_t from)
{
	struct drawings *drawings = c->writer->drawings;
	struct drawn drawn = {.groups = groups_of(&c->writer->pdf->fonts[mark->face], mark)};
	uint64_t key = may_be_kept(c, mark) && drawn.groups ? key_of(mark) : 0;
	if (!key || !was_met(drawings, key))
		return;
	while (c->out->at[from] != '[') /* the font's operators */
		from++;
	drawn.array = (struct str){c->out->at + from, (int)(c->out->len - from)};
	if (arena_used(drawings->arena) > MOST_BYTES)
		forget(drawings);
	add(drawings, key, mark, &drawn);
}
