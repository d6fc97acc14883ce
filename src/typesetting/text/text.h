/* text.h - letter text → shaped runs and break items. The only room that finds fonts, shapes
 * glyphs, looks for line-break opportunities and hyphenates; layout asks it for glyphs and never
 * sees HarfBuzz.
 *
 *   text_     run lifetime: faces, const once made, shared by all threads; patterns of hyphenation
 *   shaper_   one per thread: HarfBuzz buffer, word cache */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "style/style.h"

struct text;
struct shaper;

/* A font file at work. The bytes live as long as the struct text. */
struct face {
	const char *path;
	const void *bytes;
	size_t len;
	struct hash hash; /* of the bytes */
	int index;        /* in a collection */
	int units_per_em;
	int ascent, descent, cap_height; /* font units, descent negative */
	int underline_at,
		underline_thickness; /* font units; at: centre, negative below the baseline */
	bool bold, italic;           /* as asked for */
	bool by_cid;                 /* CFF outlines keyed by CIDs, which are the ids of glyphs */
	bool is_file;                /* the bytes are the file's, not made from it */
};

/* What may become of the space behind a glyph in a justified line, where no blank is; only scripts
 * that are written without blanks have other joints than FIXED. */
enum joint {
	JOINT_FIXED,  /* nothing */
	JOINT_HELD,   /* nothing, and its advance has a quarter of an em in it (text_quarter) */
	JOINT_WIDENS, /* it may be wider */
	JOINT_GIVES   /* it may be wider or narrower, and has that quarter */
};
enum { JOINT_SHARE = 4 }; /* the quarter: em / 4 */

struct glyph {
	uint16_t id;             /* in its face */
	bool unsafe;             /* HarfBuzz: breaking before it would shape differently */
	unsigned char joint;     /* enum joint */
	int32_t advance, dx, dy; /* font units of its face */
	int cluster;             /* byte offset in the paragraph's text of what it stands for */
};

/* Glyphs of one face, size, colour, level and node, in the text's order. The node is the one that
 * the characters stand in: a TEXT, a BR for its blank, a NOTE for its mark; in a plain text the
 * owner itself. */
struct run {
	int face;
	int asked; /* the face that the style wants; another than face if that lacks a character */
	int features;  /* the shaper's number for the OpenType features that they are shaped with */
	int node;      /* id of the node they belong to, less the owner's id */
	int from, to;  /* glyphs */
	sp size, rise; /* rise: baseline up, for note marks */
	uint32_t colour;
	unsigned char level; /* UAX #9: odd where it runs from right to left */
	struct str lang;
};

/* What line breaking sees: boxes, glue and penalties (Knuth and Plass 1981). A line may end at a
 * glue that follows a box, or at a penalty below ITEM_FORBIDDEN; glue at a line's end and start
 * takes no room. The last item is a penalty of ITEM_FORCED; one before it is a br, whose blank is
 * the glue that follows. U+00A0 is glue behind a penalty of ITEM_FORBIDDEN. */
enum item_kind { ITEM_BOX, ITEM_GLUE, ITEM_PENALTY };
enum { ITEM_FORCED = -10000, ITEM_FORBIDDEN = 10000 };

struct item {
	enum item_kind kind;
	bool hyphen;        /* penalty: a hyphen is set when the line ends here */
	bool behind_hyphen; /* penalty: one is written before it */
	bool in_name;       /* penalty: a word with a capital is divided here */
	bool in_number;     /* glue: between the groups of a number */
	int from, to;       /* glyphs; of a penalty from == to */
	sp width, stretch, shrink;
	sp ending;   /* of glue and penalties: how much wider a line is that ends here, by its
		      * hyphen or by kerns that fall away; may be less than 0 */
	int penalty; /* of glue: 0, or what it costs to part the words beside it */
	sp hang_start, hang_end; /* with shape_options.hang: how far its first and its last mark may
				    stand beside the line, never more than its width */
};

/* Where a note's number stands. */
struct note_mark {
	int node;  /* of the note, less the owner's id */
	int glyph; /* its mark's first glyph */
};

/* One paragraph, shaped in one go as if the line were endless. */
struct paragraph {
	struct str text; /* flat, UTF-8, white space folded; clusters point into it, ascending */
	struct glyph *glyphs;
	int glyph_count;
	struct run *runs;
	int run_count;
	bool leftwards; /* its lines begin at the right */
	bool mixed;     /* some run is not of level 0: see text_line_stretches */
	bool shifted;   /* some glyph stands off its place, as a sign on a letter does */
	bool wide;      /* some characters are written without blanks: see spacing.c */
	struct item *items;
	int item_count;
	struct note_mark *marks; /* in order */
	int mark_count;
};

/* -- faces and fonts */

/* Finds the faces of every style in use by fontconfig, loads them; NULL after an error (a family
 * that is not installed, an unreadable file). Kept until text_free; never changes. */
struct text *text_new(const struct style *style, struct diags *diags);
/* Where it is noted, from run to run, which files the families are in. */
struct face_keeping {
	const char *folder;      /* made when it is not there; NULL: nothing is kept */
	struct str surroundings; /* the variables that tell fontconfig where to look */
	struct str rules[4];     /* files and folders where a user's rules for fonts may be */
	int64_t now;             /* seconds since 1970 */
};
/* The same as text_new; asks fontconfig only what was not noted, or may have changed since. */
struct text *text_new_kept(
	const struct style *style, const struct face_keeping *keeping, struct diags *diags);
/* For tests of what comes after: one face, each character a glyph 600 units of 1000 wide, each
 * space 250, no kerning; glyph id = code point & 0xFFFF. */
struct text *text_new_fake(void);
void text_free(struct text *text);
int text_face_count(const struct text *text);
const struct face *text_face(const struct text *text, int face);
/* Whether a face has a glyph for a character. */
bool text_face_has(const struct text *text, int face, uint32_t character);
/* What a font says of itself, in the arena; a text is empty where it says nothing. */
struct face_about {
	struct str family, style, version;
	const char *outlines;       /* "TrueType" or "CFF" */
	bool varies;                /* its file is of a variable font */
	bool collected;             /* its file holds several */
	int fs_type;                /* of table OS/2; -1: it has none */
	const char *embedding, *so; /* what that allows; what follows for whoever gets a letter */
};
struct face_about text_face_about(const struct text *text, int face, struct arena *arena);
/* The face that a text style is set in when it has all glyphs: the first of its list. */
int text_style_face(const struct text *text, const struct text_style *style);

/* Whether a face has any of the features that are switched on. */
bool text_has_features(const struct text *text, int face, const struct features *features);
/* The glyph that a character alone becomes with them; 0: it becomes several. */
unsigned text_alternate(
	const struct text *text, int face, const struct features *features, uint32_t character);

/* Whether the face has superior figures, all ten of them; and the feature that switches to them. */
bool text_has_superiors(const struct text *text, int face);
extern const struct features text_superior_features;

/* -- shaping */

struct shaper *shaper_new(const struct text *text);
void shaper_free(struct shaper *shaper);
const struct text *shaper_text(const struct shaper *shaper);

struct shape_options {
	const struct style *style;     /* for the inlines, where they differ from block[TAG_TEXT] */
	const struct text_style *text; /* of the paragraph */
	bool hyphenate, hang;
	bool loose; /* line-break="loose" */
};

/* Shapes what stands below owner: inlines and characters, notes as their marks. The result lies in
 * the arena and holds no pointer to the letter, so that it may outlive it. A character that no face
 * has is an error with its code point, field and place, and set as the face's .notdef. */
struct paragraph *text_shape(struct shaper *shaper, struct arena *arena, const struct node *owner,
	const struct shape_options *options, struct diags *diags);

/* The same for a generated text (a label, a page number), which is not broken into lines: it has no
 * items. */
struct plain_text {
	struct str text, lang;
	bool leftwards;  /* it runs from right to left, as what it stands beside does */
	struct place at; /* of that */
};
struct paragraph *text_shape_plain(struct shaper *shaper, struct arena *arena,
	struct plain_text plain, const struct text_style *style, struct diags *diags);

/* How a note's mark is set beside text of a style; sign is the figure 1 of its language, or the
 * comma between two marks. Where the face has superior figures (there are none but 0 to 9), they
 * are taken; else the text's own, by style->mark_size and mark_rise. No figure is less than 3.5 pt
 * high, unless those of the text are. */
struct mark_look {
	struct text_style style;
	sp rise;
};
struct mark_look text_mark_look(struct shaper *shaper, const struct style *style,
	const struct text_style *around, uint32_t sign);

/* Whether a character says something: not a sign that is never seen, and only says where a word may
 * be divided or which way it runs. */
bool text_is_said(uint32_t character);

/* Whether a word is an address of the web or of e-mail, by its signs: never to be hyphenated. */
bool text_is_address(struct str word);

/* -- what a glyph looks like, and how wide glyphs are */

/* A hash of what a glyph of a face draws, the same for the same curves; 0: nothing, as a blank. */
uint64_t shaper_outline(struct shaper *shaper, int face, unsigned glyph);

/* Where a glyph, set dy above the baseline, crosses the underline of its face: how far it reaches
 * to either side there, in font units from its origin. An underline leaves that out. */
struct crossing {
	int left, right;
	bool crossed; /* false: nowhere */
};
struct crossing shaper_crossing(struct shaper *shaper, int face, unsigned glyph, int dy);

/* The box of what is seen of a glyph, in font units from its origin; all 0: nothing is. */
struct glyph_ink {
	int left, right, bottom, top;
};
struct glyph_ink text_ink(const struct text *text, int face, unsigned glyph);

/* The glyph that ends a hyphenated line in this run's face. */
struct glyph text_hyphen(const struct text *text, int face);

/* The width of glyphs from..to in sp, as layout and pdf must both count it: each run's share is
 * summed in font units and rounded once. Those of one run; those of any, which takes a look at all
 * runs. */
sp text_run_width(const struct text *text, const struct paragraph *paragraph, const struct run *run,
	int from, int to);
sp text_width(const struct text *text, const struct paragraph *paragraph, int from, int to);

/* Whether a justified line that has room is wider behind a glyph; where it has too little, less
 * than 0, narrower. */
static inline bool glyph_gives(struct str text, const struct glyph *glyph, sp room)
{
	const char *at = text.at + glyph->cluster;
	return *at == ' ' || (at[0] == '\xC2' && at[1] == '\xA0') ||
		glyph->joint > JOINT_HELD + (room < 0);
}

static inline bool glyph_has_quarter(const struct glyph *glyph)
{
	return glyph->joint == JOINT_HELD || glyph->joint == JOINT_GIVES;
}

/* What a glyph of a run has behind it, part of its advance, between Han and western characters. */
sp text_quarter(const struct text *text, const struct run *run, const struct glyph *glyph);

/* "HarfBuzz 6.0.0, …": the libraries that decide what is in a paragraph, as they run. */
void text_libraries(struct buf *out);
/* -- hyphenation */

/* The file whose patterns divide words of that language, in the arena; NULL: none is divided. */
const char *text_patterns(struct arena *arena, struct str lang);
/* The package that has them in Debian, or NULL. */
const char *text_patterns_package(struct str lang);
/* Whether words of that language are ever divided with a hyphen. */
bool text_divides_words(struct str lang);
/* Whether the style wants words of a TEXT divided, and its language is one that does that. */
bool text_wants_patterns(const struct style *style, const struct node *text);
/* All files of patterns that there are, with sizes and times: what changes when one does. */
void text_all_patterns(struct buf *out);

/* -- the order of a line from left to right */

/* Glyphs of one run as a line has them: what it ends in stands behind it in the paragraph's own
 * direction, whatever the run's level (UAX #9, L1). */
struct line_stretch {
	const struct run *run;
	int from, to, level;
};
/* Cuts the glyphs from..to, a line of a mixed paragraph, into stretches in the text's order; gives
 * their number, one more than there are runs at most. */
int text_line_stretches(
	const struct paragraph *paragraph, int from, int to, struct line_stretch *stretches);
/* Which of them stands where, from the left (L2); the glyphs of one of an odd level stand in the
 * opposite order as well. */
void text_line_order(
	struct arena *scratch, const struct line_stretch *stretches, int count, int *order);

void paragraph_dump(const struct paragraph *paragraph, struct buf *out);

#endif
