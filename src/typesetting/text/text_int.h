/* text_int.h - what the stages of this room hand to each other.
 *
 *   nodes --flatten--> struct flat --shape--> glyphs, runs -----items--> boxes, glue, penalties
 *                             \----opportunity----> one byte a byte ----/
 *
 * What lives for one call only stands in the shaper's scratch arena; the arrays of the paragraph
 * are copied into the caller's arena when their size is known. */
#ifndef TEXT_TEXT_INT_H
#define TEXT_TEXT_INT_H

#include "base/map.h"
#include "text/text.h"

#include <hb.h>
#include <stdatomic.h>

enum { MAX_FAMILIES = 8 };

/* Where characters have forms of their own: regional.c. */
enum region { REGION_NONE, REGION_CN, REGION_TW, REGION_HK, REGION_JP, REGION_KR, REGION_COUNT };
/* How well a face suits each, 1 best; 0: it has nothing of them. */
struct regional {
	unsigned char rank[REGION_COUNT];
};

/* HarfBuzz's side of a face; hb is NULL for the fake. */
struct font {
	hb_font_t *hb; /* immutable, scaled to units per em */
	hb_codepoint_t space_glyph;
	int space;               /* advance of U+0020, font units */
	struct glyph hyphen;     /* its id 0: it has none */
	atomic_uchar *draws;     /* of each glyph, font_draws's answer, 0 until somebody asks */
	int index;               /* as it was asked for */
	sp size;                 /* that it was made for; 0: the file is for all */
	atomic_int *words_apart; /* font_words_apart's answer, 0 until somebody asks; NULL: no */
	struct regional regional;
};

/* The faces that a list of families stands for in one weight and slant: glyphs come from the first
 * that has them. */
struct chain {
	struct str family;
	bool bold, italic;
	bool inexact;       /* its first family has no such weight or slant */
	sp size;            /* for which its faces were chosen; 0: they are the same for all */
	bool failed;        /* a file of it cannot be used, which is said */
	struct str unclear; /* two files of equal faces, of which the first was taken; or empty */
	int faces[MAX_FAMILIES];
	int count,
		own; /* own: of the cut itself; behind them those that are less bold or upright */
	enum region region;         /* in whose order they stand; NONE: in the style's */
	int regional[REGION_COUNT]; /* chains of the same faces in these orders; 0: as it stands */
};

struct text {
	struct arena *arena;
	vec(struct face) faces;
	vec(struct font) fonts; /* of the faces, by the same index */
	vec(struct chain) chains;
	bool regional; /* some of them are others' in the order of a region */
	struct pattern_files *patterns;
};

/* The chain of a style's family, for its size or the nearest; every family of the style has all
 * four cuts. */
int text_find_chain(
	const struct text *text, const struct text_style *style, bool bold, bool italic);

/* How well a font suits each region. */
struct regional regional_read(hb_font_t *font);
/* Adds to a chain those that have its faces in other orders, as far as some region wants one. */
void regional_add(struct text *text, int chain);
/* The one of them that suits a language; mostly the chain itself. */
int regional_chain(const struct text *text, int chain, struct str lang);

/* Loads a font file as the next face; index as fontconfig has it, in a collection, and above that
 * the number of a variable font's instance. NULL, or what is wrong with it, for a message. */
struct cut {
	bool bold, italic;
	sp size; /* that it is chosen for; 0: any */
};
const char *font_load(struct text *text, const char *path, int index, const struct cut *cut);
void font_free(struct font *font);
/* A font's file, mapped; NULL when it cannot be read. */
hb_blob_t *font_file_map(const char *path);
/* Takes no memory for what was read of a face until it is read again. */
void font_file_rest(const struct face *face);
/* What a damaged font may say of itself ends here: of 64 ems in the largest type of a style, 500
 * pt, a length still knows. True of what is beyond that; font units. */
bool font_is_absurd(hb_font_t *font, int units);
/* The advance of a glyph, 0 where it is absurd; the box of what it draws, false where it has none
 * or an absurd one. */
int font_advance(hb_font_t *font, hb_codepoint_t glyph);
/* The glyph that a font says a character has; 0: none. */
hb_codepoint_t font_nominal(hb_font_t *hb, uint32_t character);
bool font_extents(hb_font_t *font, hb_codepoint_t glyph, hb_glyph_extents_t *extents);
/* A number of two bytes in a table. */
unsigned font_u16(const unsigned char *bytes, int at);
/* What in the font's licence keeps subsets of its outlines out of a letter, for a message; or
 * NULL. */
const char *font_licence_fault(const struct font *font);
/* Whether a face of the chain has a character. */
bool chain_has(const struct text *text, const struct chain *chain, uint32_t character);
/* True when no rule of the face for Latin reaches across a space, pair kerning against it aside.
 * Its tables are read once, for the first of any thread that asks. */
bool font_words_apart(const struct font *font);

/* The face, if its glyphs go by their numbers in a PDF; else one made of it, and it is destroyed.
 * NULL: its CFF outlines are damaged. *by_cid: they are keyed by CIDs. */
hb_face_t *cff_by_glyph(hb_face_t *face, bool *by_cid);

/* -- instance.c -------------------------------------------------------------------------------- */

/* Whether a face is other for each size of type; whether an instance must be made of it. */
bool instance_is_sized(hb_face_t *face);
bool instance_is_asked(hb_face_t *face, int index);
/* What is added to the index of a variable font that has no named instance of the cut. */
int instance_by_axes(const struct cut *cut);
/* A static face of a variable one; NULL when this HarfBuzz cannot make it. */
hb_face_t *instance_make(hb_face_t *face, int index, const struct cut *cut);

/* -- customs ----------------------------------------------------------------------------------- */

/* What holds to a number by the custom of a language: words beside it with a blank between, or what
 * stands right beside it. What is tied to a number or to a name holds where it costs little; months
 * are tied to a day before them. The rows end with one of no language. */
enum custom_kind {
	BEFORE_NUMBER,
	BEHIND_NUMBER,
	GLUED_BEFORE,
	GLUED_BEHIND,
	TIED_TO_NUMBER,
	TIED_TO_DAY,
	TIED_TO_NAME
};
struct custom {
	const char *lang; /* "": every one */
	enum custom_kind kind;
	const char *words; /* with blanks between them */
};
extern const struct custom customs[];

/* The words of all rows, each with its row; begins zeroed, and is freed with by_word. */
struct custom_word {
	struct str word;
	const struct custom *row;
	int next; /* where the same word stands once more, or 0 */
};
struct custom_index {
	vec(struct custom_word) words;
	struct map by_word; /* to the first of a word */
	int longest;        /* bytes */
};
void customs_index(struct custom_index *index, struct arena *arena);

/* The customs as one language has them. */
struct usage {
	const struct custom_index *customs;
	struct str lang;
};
bool has_custom(struct usage usage, enum custom_kind kind, struct str word);

/* -- flat text --------------------------------------------------------------------------------- */

/* Bytes that come from one node and look alike. */
struct span {
	int from;                /* byte offset; the span ends where the next begins */
	const struct node *node; /* NULL in a generated text */
	int node_offset;         /* its id less the owner's */
	int chain, features;
	sp size, rise;
	uint32_t colour;
	struct str lang;
	bool mark, forced, email; /* a note's number; the blank that stands for a br; an address */
};

struct flat {
	struct str text;
	struct span *spans;
	int span_count;
	const struct node *owner; /* NULL in a generated text */
	struct place at;          /* of what a generated text belongs to */
	bool leftwards;           /* its lines begin at the right */
	const struct custom_index *customs;
};

/* The owner's inlines as flat text in the arena; the spans in scratch. */
struct flat flatten(struct shaper *shaper, struct arena *arena, const struct node *owner,
	const struct shape_options *options);
int flat_span_end(const struct flat *flat, int span);
struct usage flat_usage(const struct flat *flat, int span);

/* -- the shaper -------------------------------------------------------------------------------- */

struct cache;
struct patterns;
struct pattern_files;
struct UBreakIterator;

enum { BREAKERS = 4 }; /* sets of rules of ICU's, see breaker.c */

struct language {
	struct str tag;
	hb_language_t hb;
	bool leftwards;
	const struct patterns *patterns; /* found when first asked for, NULL for none */
	bool looked_for, unreadable;     /* unreadable: there is a file, but no patterns */
};

/* Features as HarfBuzz takes them; which of them a chain was asked for. */
struct feature_set {
	hb_feature_t at[MAX_FEATURES], lacks[MAX_FEATURES]; /* lacks: that another cut has */
	unsigned count, lack_count;
};
struct wish {
	struct features features;
	int chain, set;
};

/* What marks of notes may be made of, in font units. */
struct figures {
	bool known, superior, superior_comma;
	int superior_height, superior_top, lining_height;
};

/* The outline of a glyph, its id counted from 1. */
struct outline_seen {
	int face;
	unsigned number;
	uint64_t hash;
};
enum { OUTLINES_SEEN = 512 };

struct shaper {
	const struct text *text;
	struct arena *scratch;              /* empty between calls */
	struct arena *kept;                 /* as long as the shaper */
	struct buf flat, glyphs, items;     /* of the paragraph at work, while they grow */
	hb_buffer_t *buffers[MAX_FAMILIES]; /* one for each depth of fallback */
	struct cache *words, *tokens;
	struct cache *outlines, *hyphens, *crossings; /* NULL until one is asked for */
	struct outline_seen seen[OUTLINES_SEEN];      /* those of late, to be found at once */
	vec(struct language) languages;
	struct custom_index customs;
	vec(struct feature_set) feature_sets; /* empty, or the first has none */
	vec(struct wish) wishes;
	bool unreadable;                           /* patterns of some language are */
	struct figures *figures;                   /* by face; NULL until one is asked for */
	struct UBreakIterator *breakers[BREAKERS]; /* NULL until a text wants it */
};

/* The index in shaper->feature_sets of what a chain has of the features; 0: none. */
int features_find(struct shaper *shaper, int chain, const struct features *asked);
/* Whether a font, or one of a chain, has a feature. */
bool font_has_feature(const struct font *font, uint32_t tag);
bool chain_has_feature(const struct text *text, const struct chain *chain, uint32_t tag);

/* -- cuts.c ------------------------------------------------------------------------------------ */

const char *chain_cut_name(const struct chain *chain); /* "bold italic" */
/* Another cut of a chain's families whose face at depth has what this one's lacks there, a
 * character; or any of whose has a feature. NULL: none. */
const struct chain *cuts_with_character(
	const struct text *text, const struct chain *chain, int depth, uint32_t character);
const struct chain *cuts_with_feature(
	const struct text *text, const struct chain *chain, uint32_t tag);
/* Takes back what was found last, the findings-th, when the same was said before. */
void said_once(struct diags *diags, int findings);
/* Says which cuts a text is set in that its families have not, and which features these lack. */
void cuts_report(struct shaper *shaper, const struct flat *flat, struct diags *diags);

/* The language's index in shaper->languages. */
int language_find(struct shaper *shaper, struct str tag);

/* A bounded table from (tag, text) to anything; emptied when it is full, so that memory stays flat.
 * What it gave is valid until the next cache_put. */
struct cache *cache_new(void);
void cache_free(struct cache *cache);
void *cache_find(const struct cache *cache, uint64_t tag, struct str key); /* NULL: not known */
/* Zeroed memory for the value of a key that is not there yet; key is copied. */
void *cache_put(struct cache *cache, uint64_t tag, struct str key, size_t size);

/* The patterns of a file of libhyphen's; NULL when it is none. */
struct patterns *patterns_read(struct str file);
void patterns_free(struct patterns *patterns);
/* Bit i is set: the word may be divided before byte i. The word is of small letters only, below 64
 * bytes. */
uint64_t patterns_divide(const struct patterns *patterns, struct str word);

/* Those of the system, each once it was asked for. */
struct pattern_files *pattern_files_new(void);
void pattern_files_free(struct pattern_files *files);
/* The same of a language's patterns. Nothing is divided where there are none. */
uint64_t hyphenate(struct shaper *shaper, int language, struct str word);
/* Says of a text that is to be hyphenated which patterns cannot be read. */
void hyphenate_report(struct shaper *shaper, const struct flat *flat, struct diags *diags);

/* A glyph's curves: a letter each, m l q c z, and its points, as two int32_t in 64ths of a unit. */
enum { OUTLINE_POINT = 2 * sizeof(int32_t) };
void outline_put(hb_font_t *font, unsigned glyph, struct buf *out);

/* -- shaping ----------------------------------------------------------------------------------- */

/* Text of one chain, size, set of features, language and script. */
struct segment {
	int from, to;
	const struct chain *chain;
	int language, features;
	hb_script_t script;
	bool leftwards;
};

/* Glyphs of one face and level, up to the next piece's. */
struct piece {
	int face, from;
	unsigned char level;
};

struct shaping {
	struct shaper *shaper;
	struct diags *diags;
	const struct flat *flat;
	const unsigned char *levels; /* of each byte; NULL: all 0 */
	unsigned char level;         /* of the segment at work */
	hb_script_t script;          /* of what stands before it, where there are levels */
	bool shifted;                /* as of struct paragraph, so far */
	vec(struct piece) pieces;    /* in scratch */
	uint32_t reported[8];        /* characters that no face has, each said once */
	int reported_count;
};

/* Fills the paragraph's text, glyphs, runs and marks. */
void shape(struct shaper *shaper, struct arena *arena, const struct flat *flat,
	struct paragraph *paragraph, struct diags *diags);
/* The paragraph's glyphs so far, and room for more at their end. */
int shape_count(const struct shaping *shaping);
struct glyph *shape_add(struct shaping *shaping, int count);
/* What follows is of this face. */
void shape_piece(struct shaping *shaping, int face);
struct glyph shape_glyph(const hb_glyph_info_t *info, const hb_glyph_position_t *position);
/* What a buffer is filled with: text[from, to); what is around it is seen. */
struct shape_input {
	struct str text;
	int from, to;
	hb_script_t script;
	hb_language_t language;
	const struct feature_set *features; /* NULL for none */
	bool leftwards;
};
/* Shapes it with the font into the buffer, whose glyphs are then in the order of the text. */
void shape_buffer(hb_buffer_t *buffer, const struct font *font, const struct shape_input *input);
/* Whether a glyph's outline encloses anything. */
bool font_draws(const struct font *font, unsigned glyph);
/* Not of blanks, nor of what only directs or joins what is beside it. */
bool character_is_seen(uint32_t character);
/* Makes missing, of glyphs in the order of the text, those that draw nothing of what is to be
 * seen. */
void seen_drop(hb_buffer_t *buffer, const struct font *font, const struct shape_input *input);
/* By the number that features_find gave. */
const struct feature_set *shaper_features(const struct shaper *shaper, int features);

/* How deep in the chain the face is that sets what the one at depth lacks of text[from, to), just
 * shaped into its buffer: for the first byte of each cluster, 0 for that face itself; in scratch.
 * NULL: it lacks nothing. */
const unsigned char *fallback_find(
	struct shaping *shaping, const struct segment *segment, int from, int to, int depth);
/* Where a byte of the text comes from. */
struct place shape_place(const struct shaping *shaping, int at);
/* Says that what is to be bold is set in a later family that has no bold cut, from a byte on. */
void cuts_report_later(struct shaping *shaping, const struct segment *segment, int depth, int at);
/* How deep in its chain the first face is that sets a segment from right to left: it has all of its
 * letters, and it or later ones the signs beside them; 0: none is. */
int fallback_whole(struct shaping *shaping, const struct segment *segment);
/* Says which characters of text[from, to) no face of the chain has. */
void shape_report_missing(struct shaping *shaping, const struct chain *chain, int from, int to);
/* In a line its signs would lie on their sides, one behind the other: no word of it can be read. */
void shape_refuse_columns(struct shaping *shaping, hb_script_t script, int from);
/* From right to left joiners have a glyph that is not seen; of the last so many that of other signs
 * goes. */
void leftwards_drop_unsaid(struct shaping *shaping, int count);
/* Of signs from right to left without a letter beside them each is a piece of its own: what has no
 * letter some readers turn round. */
void leftwards_part_signs(struct shaping *shaping, int face, int from);
/* The runs of its glyphs. A cluster over the border of two nodes belongs to the first. */
void shape_make_runs(
	const struct shaping *shaping, struct arena *arena, struct paragraph *paragraph);

/* The embedding level of each byte of a paragraph (UAX #9), in scratch; NULL: all are 0. */
const unsigned char *bidi_levels(struct arena *scratch, const struct flat *flat);

/* Sets a segment together from shaped words; false, and nothing done, when that is not exact. */
bool words_shape(struct shaping *shaping, const struct segment *segment);
void fake_shape(struct shaping *shaping, const struct segment *segment);

/* -- spacing.c --------------------------------------------------------------------------------- */

/* Sets advances and joints between characters that are written without blanks; false: the paragraph
 * has none. */
bool spacing_set(const struct text *text, struct paragraph *paragraph);
/* Whether a text may be one of these: quickly. */
bool spacing_is_needed(struct str text);
/* What is empty of a wide bracket or stop, on the side where a line starts or, last, ends; in font
 * units. */
int spacing_empty(const struct text *text, const struct paragraph *paragraph, const struct run *run,
	int glyph, bool last);
/* -- breaking ---------------------------------------------------------------------------------- */

/* What may happen behind a character, at its last byte. */
enum opportunity {
	STAY,
	MAY_BREAK,
	MAY_UNTIE,       /* a blank between words that hold together */
	MAY_UNTIE_NAMES, /* one between words with capitals */
	MAY_PART_NUMBER, /* one between the groups of a number */
	MAY_SPLIT,       /* behind a hyphen that is written */
	MAY_SPLIT_ILL,   /* the same where nothing is to be divided */
	MAY_PART,        /* a Korean word, between syllables */
	MAY_HYPHENATE,
	MAY_HYPHENATE_SHORT, /* leaves two letters behind */
	MAY_HYPHENATE_NAME,
	MAY_DIVIDE, /* an address, at a good joint */
	MAY_DIVIDE_ILL,
	MAY_CUT, /* an address where it has no joint */
	MUST_BREAK
};

static inline bool is_hyphenation(enum opportunity may)
{
	return may >= MAY_HYPHENATE && may <= MAY_HYPHENATE_NAME;
}

/* The next byte from there on that a digit of any script may begin with; none stands between those
 * of ASCII and U+0660. The text's length: there is none. */
int figure_next(struct str text, int at);
/* Takes away the places where lines would end within a value, or between a number and what counts
 * it. */
void hold_together(const struct flat *flat, unsigned char *may);
/* Where a line may end within a Korean word it may so for want of room alone: MAY_PART. */
void keep_korean_words(const struct flat *flat, unsigned char *may);
/* Makes the blanks within numbers that are written in groups the dearest. */
void hold_groups(const struct flat *flat, unsigned char *may);
/* Whether a language writes all nouns with a capital. */
bool has_capital_nouns(struct str lang);
/* Whether a word of the flat text, which begins in a span, is a name by its capital. */
bool is_name(const struct flat *flat, int span, struct str word);
/* Makes the blanks where lines would part words that hold together dearer. */
void tie_words(const struct flat *flat, unsigned char *may);
bool begins_with_capital(struct str text, int at);
/* The word that ends before a byte, without what opens before it; the one that begins there, with
 * all that closes behind it. */
struct str word_before(struct str text, int to);
struct str word_behind(struct str text, int from);
/* Of an address, text[from, to): what may happen behind each of its bytes, which hold STAY. */
void address_divide(struct str text, int from, int to, unsigned char *may);

/* The rules of Unicode for where lines may end, by language. */
struct line_rules {
	struct str lang;
	bool loose;
};
/* Where lines of a text may end by the rules of Unicode: MAY_BREAK or STAY for each byte. */
void breaker_find(
	struct shaper *shaper, struct line_rules rules, struct str text, unsigned char *may);
/* Whether both languages have the same rules. */
bool breaker_is_same(struct str lang, struct str other);
void breakers_close(struct shaper *shaper);

/* One enum opportunity for each byte, in scratch. */
struct breaking {
	bool hyphenate, loose;
};
unsigned char *opportunities_find(
	struct shaper *shaper, const struct flat *flat, struct breaking breaking);

/* How far a hyphen that is set behind a glyph is drawn to it, in the font's units; cached. */
int hyphen_kern(
	struct shaper *shaper, const struct paragraph *paragraph, const struct run *run, int glyph);

/* Fills the paragraph's items; with hang, says how far each may hang. */
void items_make(struct shaper *shaper, struct arena *arena, struct paragraph *paragraph,
	const unsigned char *opportunities, bool hang);

/* How much of a character's width may stand beside the line, in thousandths, where it is the first
 * or the last of a line. */
int hang_share(uint32_t character, bool last);

#endif
