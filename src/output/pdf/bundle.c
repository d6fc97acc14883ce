/* bundle.c - many letters → one file that is written from its beginning to its end.
 *
 * A letter's fonts and pictures are made by libharu as a part of a file, whose numbers begin where
 * the bundle is; all else is a few short dictionaries. What would have to be known before it is
 * written gets its number early: a node of the page tree is written when it is full, a bookmark
 * when the next one has come. The cross-reference table is a stream (ISO 32000-1 7.5.8) for each
 * SECTION objects, each leading to the one before, as updates of a file have them; so its memory
 * too is bounded, and no offset needs more than five bytes.
 *
 * Rejected: to merge finished files, which would read back all that was written, and to drop each
 * letter's copy of the fonts once more. */
#include "pdf/pdf_int.h"

#include <stdlib.h>
#include <xxhash.h>

enum {
	FANOUT = 64, /* kids of a node of the page tree */
	LEVELS = 5,  /* 64 to the 5th: more pages than objects are allowed */
	SECTION = 1 << 18,
	MOST_OBJECTS = 8388607, /* annex C */
	OFFSET_BYTES = 5
};

enum { CATALOG = 1, INFO, OUTLINES, FIRST_FREE };

struct placed {
	unsigned id;
	uint64_t at;
};

/* A node of the page tree that is not full; id 0: none. */
struct knot {
	unsigned id;
	int kid_count;
	int64_t pages;
	unsigned kids[FANOUT];
};

struct bookmark {
	unsigned id, previous, page; /* id 0: none */
	struct str name;             /* in the buffer */
};

/* What letters of one style share: those of another edition have fonts of their own. */
struct fonts_of {
	const struct pdf *pdf;
	struct embedded *fonts; /* by face */
};

struct pdf_bundle {
	struct pdf_bundle_options options;
	struct shared shared;
	vec(struct fonts_of) fonts;
	struct buf *out;
	uint64_t before; /* bytes of the file before those in out */
	uint64_t len;    /* of the file, between calls */
	unsigned next_id;
	struct placed *placed; /* objects of this section */
	int placed_count;
	uint64_t section; /* where the one before begins; 0: none */
	struct knot level[LEVELS];
	struct bookmark mark; /* of the letter added last */
	struct buf name;
	unsigned first_mark;
	XXH128_hash_t hash; /* of its letters, each with that of those before it */
	int64_t letters, blank;
};

struct pdf_bundle *pdf_bundle_new(const struct pdf_bundle_options *options)
{
	struct pdf_bundle *bundle = heap_new(sizeof *bundle);
	struct placed *placed = heap_new(SECTION * sizeof *placed);
	struct arena *arena = arena_new();
	*bundle = (struct pdf_bundle){.options = *options, .placed = placed};
	bundle->next_id = FIRST_FREE;
	bundle->shared.arena = arena;
	return bundle;
}

void pdf_bundle_free(struct pdf_bundle *bundle)
{
	if (!bundle)
		return;
	arena_free(bundle->shared.arena);
	buf_free(&bundle->name);
	free(bundle->placed);
	free(bundle);
}

/* -- objects ----------------------------------------------------------------------------------- */

static uint64_t place(const struct pdf_bundle *bundle)
{
	return bundle->before + bundle->out->len;
}

static int by_id(const void *a, const void *b)
{
	unsigned left = ((const struct placed *)a)->id, right = ((const struct placed *)b)->id;
	return (left > right) - (left < right);
}

/* "/Index[FROM COUNT ...]" */
static void put_index(struct pdf_bundle *bundle)
{
	const struct placed *placed = bundle->placed;
	buf_puts(bundle->out, "/Index[");
	for (int from = 0, to; from < bundle->placed_count; from = to) {
		for (to = from + 1; to < bundle->placed_count; to++)
			if (placed[to].id != placed[to - 1].id + 1)
				break;
		put_key_int(bundle->out, "", placed[from].id);
		put_key_int(bundle->out, "", to - from);
	}
	buf_char(bundle->out, ']');
}

static void put_places(struct pdf_bundle *bundle)
{
	for (int i = 0; i < bundle->placed_count; i++) {
		const struct placed *placed = &bundle->placed[i];
		buf_char(bundle->out, placed->id ? 1 : 0);
		for (int byte = OFFSET_BYTES - 1; byte >= 0; byte--)
			buf_char(bundle->out, (char)(placed->at >> 8 * byte & 0xFF));
	}
}

/* The section is one of its own objects. */
static void end_section(struct pdf_bundle *bundle)
{
	unsigned id = bundle->next_id++;
	uint64_t at = place(bundle);
	bundle->placed[bundle->placed_count++] = (struct placed){id, at};
	qsort(bundle->placed, (size_t)bundle->placed_count, sizeof *bundle->placed, by_id);
	put_int(bundle->out, id);
	buf_puts(bundle->out, " 0 obj\n<</Type/XRef/W[1 5 0]");
	put_key_int(bundle->out, "/Size", bundle->next_id);
	put_index(bundle);
	if (bundle->section)
		put_key_int(bundle->out, "/Prev", (int64_t)bundle->section);
	put_key_ref(bundle->out, "/Root", CATALOG);
	put_key_ref(bundle->out, "/Info", INFO);
	meta_put_id(bundle->out, bundle->hash.high64, bundle->hash.low64);
	put_key_int(bundle->out, "/Length", (int64_t)bundle->placed_count * (1 + OFFSET_BYTES));
	buf_puts(bundle->out, ">>\nstream\n");
	put_places(bundle);
	buf_puts(bundle->out, "\nendstream\nendobj\n");
	bundle->section = at;
	bundle->placed_count = 0;
}

/* Begins an object; its text goes into bundle->out. */
static struct buf *open_object(struct pdf_bundle *bundle, unsigned id)
{
	if (bundle->placed_count == SECTION - 1)
		end_section(bundle);
	bundle->placed[bundle->placed_count++] = (struct placed){id, place(bundle)};
	put_int(bundle->out, id);
	buf_puts(bundle->out, " 0 obj\n");
	return bundle->out;
}

static void close_object(struct pdf_bundle *bundle)
{
	buf_puts(bundle->out, "\nendobj\n");
}

/* entries: of its dictionary, beside the length. */
static unsigned put_stream(struct pdf_bundle *bundle, const char *entries, struct str bytes)
{
	unsigned id = bundle->next_id++;
	struct buf *out = open_object(bundle, id);
	buf_puts(out, "<<");
	buf_puts(out, entries);
	put_key_int(out, "/Length", bytes.len);
	buf_puts(out, ">>\nstream\n");
	buf_str(out, bytes);
	buf_puts(out, "\nendstream");
	close_object(bundle);
	return id;
}

/* -- pages ------------------------------------------------------------------------------------- */

static void add_kid(struct pdf_bundle *bundle, int level, unsigned id, int64_t pages);

static void write_knot(struct pdf_bundle *bundle, int level, unsigned parent)
{
	struct knot *knot = &bundle->level[level];
	struct buf *out = open_object(bundle, knot->id);
	buf_puts(out, "<</Type/Pages");
	put_key_int(out, "/Count", knot->pages);
	if (parent)
		put_key_ref(out, "/Parent", parent);
	buf_puts(out, "/Kids[");
	for (int i = 0; i < knot->kid_count; i++) {
		buf_puts(out, i ? " " : "");
		put_ref(out, knot->kids[i]);
	}
	buf_puts(out, "]>>");
	close_object(bundle);
	knot->id = 0;
}

static unsigned knot_id(struct pdf_bundle *bundle, int level)
{
	struct knot *knot = &bundle->level[level];
	if (!knot->id)
		*knot = (struct knot){.id = bundle->next_id++};
	return knot->id;
}

/* The one above may be written by that: then this one is the first kid of a new one. */
static void end_knot(struct pdf_bundle *bundle, int level)
{
	struct knot *knot = &bundle->level[level], *above = knot + 1;
	if (above->id && above->kid_count == FANOUT)
		end_knot(bundle, level + 1);
	unsigned id = knot->id;
	int64_t pages = knot->pages;
	write_knot(bundle, level, knot_id(bundle, level + 1));
	add_kid(bundle, level + 1, id, pages);
}

static void add_kid(struct pdf_bundle *bundle, int level, unsigned id, int64_t pages)
{
	struct knot *knot = &bundle->level[level];
	knot->kids[knot->kid_count++] = id;
	knot->pages += pages;
}

/* The last nodes of all levels; the root's id. */
static unsigned end_pages(struct pdf_bundle *bundle)
{
	int level = 0;
	for (; level + 1 < LEVELS && bundle->level[level + 1].id; level++)
		end_knot(bundle, level);
	unsigned root = bundle->level[level].id;
	write_knot(bundle, level, 0);
	return root;
}

/* content 0: a blank page, as large as the letter's. */
static unsigned write_page(struct pdf_bundle *bundle, const struct pdf_writer *writer,
	unsigned resources, unsigned content)
{
	if (bundle->level[0].id && bundle->level[0].kid_count == FANOUT)
		end_knot(bundle, 0);
	unsigned parent = knot_id(bundle, 0), id = bundle->next_id++;
	struct buf *out = open_object(bundle, id);
	put_key_ref(out, "<</Type/Page/Parent", parent);
	buf_puts(out, "/MediaBox[0 0 ");
	put_milli(out, milli(writer->page_width));
	buf_char(out, ' ');
	put_milli(out, milli(writer->page_height));
	if (content) {
		put_key_ref(out, "]/Resources", resources);
		put_key_ref(out, "/Contents", content);
	} else
		buf_puts(out, "]/Resources<<>>");
	buf_puts(out, ">>");
	close_object(bundle);
	add_kid(bundle, 0, id, 1);
	return id;
}

/* -- bookmarks --------------------------------------------------------------------------------- */

/* next 0: it is the last. */
static void write_mark(struct pdf_bundle *bundle, unsigned next)
{
	const struct bookmark *mark = &bundle->mark;
	struct buf *out = open_object(bundle, mark->id);
	buf_puts(out, "<</Title");
	put_text(out, buf_text(&bundle->name));
	put_key_ref(out, "/Parent", OUTLINES);
	if (mark->previous)
		put_key_ref(out, "/Prev", mark->previous);
	if (next)
		put_key_ref(out, "/Next", next);
	put_key_ref(out, "/Dest[", mark->page);
	buf_puts(out, "/Fit]>>");
	close_object(bundle);
}

static void add_mark(struct pdf_bundle *bundle, struct str name, unsigned page)
{
	unsigned id = bundle->next_id++;
	if (bundle->mark.id)
		write_mark(bundle, id);
	else
		bundle->first_mark = id;
	bundle->mark = (struct bookmark){.id = id, .previous = bundle->mark.id, .page = page};
	buf_clear(&bundle->name);
	buf_str(&bundle->name, name);
}

/* -- letters ----------------------------------------------------------------------------------- */

static struct embedded *find_fonts(struct pdf_bundle *bundle, const struct pdf *pdf)
{
	for (int i = 0; i < bundle->fonts.len; i++)
		if (bundle->fonts.at[i].pdf == pdf)
			return bundle->fonts.at[i].fonts;
	struct arena *arena = bundle->shared.arena;
	struct embedded *fonts = arena_new_array(arena, struct embedded, pdf->font_count);
	memset(fonts, 0, (size_t)pdf->font_count * sizeof *fonts);
	*vec_push(arena, &bundle->fonts) = (struct fonts_of){pdf, fonts};
	return fonts;
}

/* The part that libharu makes; the id of the letter's Resources. */
static unsigned add_resources(struct pdf_bundle *bundle, struct pdf_writer *writer)
{
	unsigned first = bundle->next_id;
	if (!haru_begin_part(writer, first))
		return 0;
	unsigned id = resources_write(writer), count = haru_part_len(writer);
	bundle->next_id += count;
	for (unsigned i = 0; i < count; i++) {
		open_object(bundle, first + i);
		haru_put_object(writer, i, bundle->out);
		close_object(bundle);
	}
	haru_note(writer);
	return writer->error ? 0 : id;
}

static void begin(struct pdf_bundle *bundle, struct buf *out)
{
	bundle->out = out;
	bundle->before = bundle->len - out->len;
	if (bundle->len)
		return;
	bundle->placed[bundle->placed_count++] = (struct placed){0};
	buf_puts(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
}

bool pdf_bundle_add(struct pdf_bundle *bundle, struct pdf_writer *writer, struct str name,
	struct buf *out, struct diags *diags)
{
	size_t from = out->len;
	begin(bundle, out);
	bundle->shared.fonts = find_fonts(bundle, writer->pdf);
	writer->shared = &bundle->shared;
	unsigned resources = add_resources(bundle, writer);
	writer->shared = NULL;
	if (!resources) {
		haru_note(writer);
		render_report(writer, diags);
		return false;
	}
	for (int i = 0; i < writer->sheet_count; i++) {
		unsigned content = put_stream(
			bundle, "/Filter/FlateDecode", writer->sheets[i].content);
		unsigned page = write_page(bundle, writer, resources, content);
		if (i == 0)
			add_mark(bundle, name, page);
	}
	if (!bundle->options.simplex && writer->sheet_count % 2) {
		write_page(bundle, writer, 0, 0);
		bundle->blank++;
	}
	bundle->letters++;
	bundle->hash = XXH3_128bits_withSeed(out->at + from, out->len - from, bundle->hash.low64);
	bundle->len = place(bundle);
	return true;
}

bool pdf_bundle_has_room(const struct pdf_bundle *bundle)
{
	enum { ONE_LETTER = 1 << 14 }; /* and the nodes at the end */
	return bundle->next_id < MOST_OBJECTS - ONE_LETTER;
}

/* -- the end ----------------------------------------------------------------------------------- */

/* Unfiltered, as in a letter. */
static unsigned write_xmp(struct pdf_bundle *bundle)
{
	char date[META_DATE_SIZE];
	struct buf text = {0};
	meta_iso_date(bundle->options.time, date);
	xmp_put_bundle(&text, bundle->options.title, str_of(date));
	unsigned id = put_stream(bundle, "/Type/Metadata/Subtype/XML", buf_text(&text));
	buf_free(&text);
	return id;
}

static unsigned write_profile(struct pdf_bundle *bundle)
{
	const struct buf *profile = &bundle->fonts.at[0].pdf->profile;
	return put_stream(
		bundle, "/N 3/Filter/FlateDecode", (struct str){profile->at, (int)profile->len});
}

static void write_catalog(struct pdf_bundle *bundle, unsigned pages)
{
	unsigned xmp = write_xmp(bundle), profile = write_profile(bundle);
	struct buf *out = open_object(bundle, CATALOG);
	put_key_ref(out, "<</Type/Catalog/Pages", pages);
	put_key_ref(out, "/Metadata", xmp);
	meta_put_intent(out, profile);
	put_key_ref(out, "/PageMode/UseOutlines/Outlines", OUTLINES);
	buf_puts(out, "/ViewerPreferences<</PrintScaling/None/Duplex");
	buf_puts(out, bundle->options.simplex ? "/Simplex" : "/DuplexFlipLongEdge");
	buf_puts(out, ">>>>");
	close_object(bundle);
	out = open_object(bundle, OUTLINES);
	put_key_ref(out, "<</Type/Outlines/First", bundle->first_mark);
	put_key_ref(out, "/Last", bundle->mark.id);
	put_key_int(out, "/Count", bundle->letters);
	buf_puts(out, ">>");
	close_object(bundle);
}

static void write_info(struct pdf_bundle *bundle)
{
	char date[META_DATE_SIZE], producer[META_PRODUCER_SIZE];
	struct buf *out = open_object(bundle, INFO);
	meta_date(bundle->options.time, date);
	buf_puts(out, "<</Title");
	put_text(out, bundle->options.title);
	buf_puts(out, "/Creator");
	put_text(out, str_of(meta_creator));
	buf_puts(out, "/Producer");
	put_text(out, meta_producer(producer));
	buf_puts(out, "/CreationDate");
	put_text(out, str_of(date));
	buf_puts(out, "/ModDate");
	put_text(out, str_of(date));
	buf_puts(out, ">>");
	close_object(bundle);
}

struct pdf_bundle_size pdf_bundle_end(struct pdf_bundle *bundle, struct buf *out)
{
	struct pdf_bundle_size size = {.blank = bundle->blank};
	begin(bundle, out);
	write_mark(bundle, 0);
	for (int level = 0; level < LEVELS; level++)
		size.pages += bundle->level[level].id ? bundle->level[level].pages : 0;
	write_catalog(bundle, end_pages(bundle));
	write_info(bundle);
	end_section(bundle);
	buf_puts(out, "startxref\n");
	put_int(out, (int64_t)bundle->section);
	buf_puts(out, "\n%%EOF\n");
	return size;
}
