/* fonts_int.h - what a file has of a face: base subsets of the run, the letter's own small ones,
 * codes that draw several glyphs, and what each of them means. */
#ifndef PDF_FONTS_INT_H
#define PDF_FONTS_INT_H

#include "pdf/pdf.h"

#include <hb.h>
#include <libdeflate.h>
#include <pthread.h>
#include <stdatomic.h>

struct pdf_writer;

/* What is known of a glyph of a face. */
struct slot {
	uint32_t unicode; /* one character, GLYPH_LIGATURE | index, or 0: none */
	uint16_t advance; /* font units, as the font program says */
	uint8_t group;    /* in the face's base: the bit of its characters' group; 0: not in it */
	uint8_t code_len;
	char code[4]; /* its two bytes in a literal string, escaped */
};

enum { GLYPH_LIGATURE = 0x40000000 };

/* What a glyph says at its first use in a letter, for one that only a rule of the font makes. */
struct reading {
	unsigned glyph;
	struct str text; /* in the letter's arena */
};

/* A font program for the file, and what must go with it. */
struct subset {
	struct buf program, unicode; /* deflated */
	struct buf widths;           /* the W array's text */
	struct buf glyph_ids;        /* by code, deflated; empty: codes are glyph ids */
	int program_len;
	char tag[7];
	bool boxed; /* glyphs reach beyond the face's box, to this one; thousandths of an em */
	int box[4];
	vec(struct reading) readings; /* in a letter's own subset */
};

/* What letters that show the same groups of a face's base have of it. */
struct base_subset {
	unsigned groups;
	struct subset subset;
	struct base_subset *next;
};

struct font {
	pthread_mutex_t opening; /* and bases */
	atomic_bool open;        /* all else is const then; set for good by fonts_open */
	hb_face_t *face, *bare;  /* bare: without the tables that a subset does not need */
	hb_font_t *shaping;      /* in font units */
	int units_per_em, glyph_count;
	struct slot *slots;                          /* by glyph id */
	char name[64];                               /* PostScript name */
	bool cff, by_cid, fixed_pitch, bold, italic; /* by_cid: see struct face */
	bool joined; /* it has characters of scripts whose signs are joined: see coded.c */
	int box[4], ascent, descent, cap_height; /* thousandths of an em */
	uint16_t soft_hyphen; /* the glyph of U+00AD, if it looks like a hyphen */
	struct base_subset *_Atomic bases;
	struct buf superior; /* the map of digits that stand for superscript ones, deflated */
};

/* The fonts of the file that one face becomes: F0, X0, N0, R0, S0. */
enum font_kind {
	FONT_BASE,     /* those groups of the base that the letter shows */
	FONT_OVERFLOW, /* the letter's own small subset */
	FONT_SUPERIOR, /* the base's glyphs, but digits say superscript ones: marks of notes */
	FONT_CODED,    /* the letter's own: what runs from right to left, see coded.c */
	FONT_SPACED,   /* the same, each glyph a quarter of an em wider: between Han and western */
	FONT_KINDS
};

/* -- one letter -------------------------------------------------------------------------------- */

/* A glyph of a face beside the place of what it is a part of; font units. */
struct piece {
	unsigned glyph;
	int dx, dy;
};

/* What a code of a letter's own font draws and says. */
struct code {
	const struct piece *pieces;
	int piece_count;
	int advance;     /* font units; without what struct coded adds */
	unsigned id;     /* of its glyph, in the font */
	struct str text; /* pieces, text: in the letter's arena */
};

/* What HarfBuzz made of some characters together: glyphs from..to of a mark, how far they move the
 * pen, and what they say. */
struct coded_cluster {
	int from, to;
	int64_t advance; /* font units */
	struct str text;
};

struct coded {
	vec(struct code) codes; /* code 1 is the first; in the letter's arena */
	struct map by_key;      /* to the codes */
	hb_set_t *glyphs;
	int wider; /* font units that are added to all advances */
	struct subset subset;
};

/* -- deflate.c --------------------------------------------------------------------------------- */

/* A state for what is made once per run, or for each letter; libdeflate_free_compressor frees
 * it. */
struct libdeflate_compressor *deflate_new(bool run);
void put_deflated(struct buf *out, struct str bytes, struct libdeflate_compressor *deflate);

/* -- font.c, base.c, subset.c, to_unicode.c ---------------------------------------------------- */

bool font_open(struct font *font, const struct face *face);
void font_close(struct font *font);
/* The characters of all base subsets: the fixed ones and the sample's. */
void font_characters(struct str sample, struct buf *out);
/* What features make of each of these characters alone is known by it, and of the base. */
void font_learn(struct font *font, const struct text *text, int face,
	const struct features *features, struct str characters);
/* Which glyphs are the base, and in which group; and the superior figures' map. */
bool font_make_base(
	struct font *font, struct str characters, struct libdeflate_compressor *deflate);
/* These groups of it, made by the first who asks, for all threads; NULL when it cannot be made. */
enum { EVERY_GROUP = 0xFF };
const struct subset *font_base(struct font *font, unsigned groups);
void base_free(struct font *font);
/* The font that shows the glyph; superior: in the mark of a note. */
enum font_kind font_glyph_kind(const struct font *font, unsigned glyph, bool superior);
/* What the glyph's ToUnicode entry says there, as UTF-8, at most 8 bytes. */
int font_glyph_text(const struct font *font, unsigned glyph, bool superior, char text[8]);
/* A code of two bytes as a string has it. */
void slot_set_code(struct slot *slot, unsigned code);
/* glyphs: as in the face; closed over what shaping can make of them already. */
hb_face_t *subset_source(hb_face_t *whole);
/* Its program and tag alone. */
bool subset_make_program(
	struct coded *coded, const struct font *font, struct libdeflate_compressor *deflate);
/* wider: see struct coded; of CFF outlines, only where they are keyed by CIDs. */
bool subset_make(struct subset *subset, const struct font *font, const hb_set_t *glyphs, int wider,
	struct libdeflate_compressor *deflate);
void subset_clear(struct subset *subset);
void subset_free(struct subset *subset);
void subset_make_superior(struct font *font, struct libdeflate_compressor *deflate);
/* The CID font's id, and that of a Type0 font which shows its glyphs with a map to Unicode. */
unsigned font_embed_glyphs(
	struct pdf_writer *writer, const struct font *font, const struct subset *subset);
unsigned font_embed(struct pdf_writer *writer, const struct font *font, const struct subset *subset,
	unsigned glyphs, const struct buf *unicode);

/* What ToUnicode says of codes, ascending; deflated behind what is in out. */
struct to_unicode {
	struct buf map;
	struct unicode_block {
		const char *name;
		struct buf entries;
		int count;
	} chars, ranges;
	unsigned code, character, count; /* the range in hand */
};
void to_unicode_begin(struct to_unicode *unicode);
void to_unicode_put(struct to_unicode *unicode, unsigned code, struct str text);
void to_unicode_end(
	struct to_unicode *unicode, struct buf *out, struct libdeflate_compressor *deflate);

/* -- coded.c ----------------------------------------------------------------------------------- */

/* Whether a mark's glyphs are shown by codes of the letter's own; superior: the mark of a note. */
bool is_coded(const struct font *font, const struct mark *mark, bool superior);
/* Of a text what a font may say: all but signs that are not seen (ISO 19005-2 6.2.11.7.2 forbids
 * U+FEFF). */
struct str coded_said(struct arena *arena, struct str text);
/* The cluster of a mark's glyph; a code that draws all of it and says its first character; codes
 * that say the others; and one that draws the one glyph as it is in the face, where the first says
 * all. */
struct coded_cluster coded_cluster(struct arena *arena, const struct mark *mark, int glyph);
struct code coded_drawing(struct arena *arena, const struct mark *mark,
	const struct coded_cluster *cluster, const struct font *font);
/* How far all of them move the pen: as far as a font can say it, and by a little at least. */
int coded_advance(const struct coded_cluster *cluster, const struct font *font);
struct code coded_silent(
	const struct coded_cluster *cluster, const struct font *font, struct str character);
struct code coded_glyph(struct arena *arena, const struct mark *mark, int glyph, int advance);
/* The number of a code, which is kept if there was none such. */
unsigned coded_find(struct arena *arena, struct coded *coded, const struct code *code);
void coded_clear(struct coded *coded);
void coded_free(struct coded *coded);
/* False when the font cannot be made. */
bool coded_make(
	struct coded *coded, const struct font *font, struct libdeflate_compressor *deflate);

/* -- placed.c ---------------------------------------------------------------------------------- */

/* A subset, its glyphs' ids as in the face, with a glyph more for each code that is not one of
 * those as it is; all get their ids. NULL when there are too many, or some are too far away. */
hb_face_t *placed_face(hb_face_t *subset, struct coded *coded);

/* -- conform.c --------------------------------------------------------------------------------- */

/* Whether the glyphs are as wide in a subset, by its ids, as in the face (ISO 14289-1 7.21.5). */
bool conform_widths(const struct font *font, hb_face_t *subset, const hb_set_t *glyphs,
	const hb_map_t *ids, int wider);

#endif
