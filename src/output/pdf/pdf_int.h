/* pdf_int.h - what the files of this room share.
 *
 *   haru_    libharu's memory and errors      object_  raw dictionaries and streams, ids
 *   put_     PDF syntax into a buffer         font_    faces, subsets, what a glyph means
 *   image_   pictures as XObjects             content_ marks → operators
 *   tags_    the structure tree               links_   annotations, and where they lead
 *   field_   the signature and its fields     file_    the finished objects as a file
 *   render_  one letter's file                bundle   many letters in one file
 *   meta_    catalog, Info, XMP, outline      conform_ whether the letter keeps what it claims
 *
 * Everything that goes into the file is a raw dictionary: libharu gives it a number and a place in
 * its table; its text is written here, in integers, so that it is the
 * same with every release of libharu. Its fonts, images, pages and PDF/A helper are not used. */
#ifndef PDF_PDF_INT_H
#define PDF_PDF_INT_H

#include "pdf/pdf.h"
#include "pdf/put_int.h"

#include <hb.h>
#include <hpdf.h>
#include <hpdf_conf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>
#include <libdeflate.h>
#include <pthread.h>
#include <stdatomic.h>

#if HPDF_VERSION_ID < 20300 || HPDF_VERSION_ID >= 20500
#error "src/pdf uses structures of libharu 2.3 and 2.4: read its changes, then allow this release"
#endif

/* -- run lifetime ------------------------------------------------------------------------------ */

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

struct pdf {
	const struct text *text;
	const struct style *style;
	struct font *fonts; /* by face */
	int font_count;
	struct buf characters; /* of all base subsets, ascending, UTF-8 */
	struct buf profile;    /* sRGB, deflated */
};

/* -- one letter -------------------------------------------------------------------------------- */

/* An area of a page in thousandths of a point, origin bottom left. */
struct area_milli {
	int64_t left, bottom, right, top;
};

/* What an element is of its node; most nodes have one element. */
enum part {
	PART_SELF,       /* a note's: the Reference in the text */
	PART_MARK_LINK,  /* the Link in it */
	PART_NOTE,       /* the Note, after the block of the Reference */
	PART_LABEL,      /* Lbl */
	PART_LABEL_LINK, /* of a note: leads back to the mark */
	PART_BODY,       /* LBody; the P of a note */
	PART_PICTURE,    /* Figure in a signature */
	PART_FIELD,      /* Form: of the signature, or of the letter where it has none */
	PART_STAMP,      /* Form: for a time stamp, of the letter */
	PART_COUNT
};

struct kid {
	struct kid *next;
	enum { KID_ELEMENT, KID_CONTENT, KID_LINK } kind;
	int value; /* index of an element; MCID; index of a link */
	int page;
};

/* A structure element. */
struct element {
	const struct node *node;
	enum part part;
	const char *type; /* S */
	bool old;         /* of PDF 2.0: the type is one of PDF 1.7 alone */
	int parent;       /* -1: the root's only kid */
	bool ordered;     /* kids stand in the letter's order, not in that of the drawing */
	struct kid *first, *last;
	int page;                 /* of its first mark, -1: none of its own */
	const struct node *heads; /* of a cell whose heads are told: their first row */
	struct area_milli place;  /* of its first mark */
};

struct tags {
	struct arena *arena;
	const struct letter *letter;
	enum standard standard;
	int subject; /* the first one's node: headings behind it begin at H2 */
	vec(struct element) elements;
	int *index;        /* by node id and part: element + 1 */
	vec(int) contents; /* elements by MCID, page after page */
	vec(int) pages;    /* first content of each page */
	bool has_heads;    /* some cells have a head by its name */
	unsigned first_id; /* object of the first element, once numbered */
};

/* An annotation: one link on one page, over one or more lines; or the widget of a field. */
struct link {
	int page, element; /* element: -1 for an artifact */
	const struct node *node;
	enum mark_role role;
	const struct link_area *areas;
	int area_count;
	enum { LINK, FIELD_SIGNATURE, FIELD_STAMP } kind; /* a field's widget is no link */
};

struct links {
	vec(struct link) at;
	unsigned first_id;
};

/* A picture as this run's letters hold it. */
struct image {
	const struct picture *picture;
	struct buf pixels, alpha; /* deflated; pixels empty for JPEG, the operators of a drawing;
				     alpha empty for none */
	int use;                  /* in this letter: 1, 2, ... in order of appearance; 0: not */
};

/* A face's base subset in a file: the objects' ids, 0: not there. */
struct embedded {
	unsigned glyphs, font[FONT_KINDS];
};

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

struct font_use {
	int name;               /* /F0 is 1: in the order of being shown; 0: not shown yet */
	bool shown[FONT_KINDS]; /* base, superior: the letter has glyphs in it */
	unsigned groups;        /* of the base */
	const struct subset *base;
	hb_set_t *overflow; /* and these others */
	struct subset subset;
	struct coded coded, spaced;
	struct embedded embedded;
};

/* What the letters of a bundle have in common: each is embedded by the first that shows it. */
struct shared_picture {
	const struct picture *picture;
	unsigned id;
};
struct shared {
	struct arena *arena;
	struct embedded *fonts; /* of the letter at work, by face */
	vec(struct shared_picture) pictures;
};

/* A file that goes with the letter, and its object. */
struct attached_file {
	const struct pdf_attachment *file;
	unsigned id;
};

/* The bytes of one that goes with several, as they stand in each. */
struct deflated {
	const char *bytes;
	struct buf stream;
};

struct sheet {
	HPDF_Dict dict; /* the page object */
	unsigned id;
	unsigned content_id;
	struct str content; /* deflated */
};

struct pdf_writer {
	const struct pdf *pdf;
	struct arena *haru;  /* libharu's memory, for one letter */
	struct arena *arena; /* ours, for one letter */
	HPDF_Doc doc;
	HPDF_STATUS error, error_detail; /* libharu's first */
	struct libdeflate_compressor *deflate;
	struct buf content; /* operators of one page */
	struct drawings *drawings;
	struct buf objects; /* texts of the raw dictionaries */
	struct buf packed;  /* and what of them goes into an object stream */
	bool compact;
	struct buf scratch;
	struct font_use *fonts;
	int font_names; /* given so far */
	struct image *images;
	int image_count;
	vec(int) used_images;
	struct tags tags;
	struct links links;
	struct sheet *sheets;
	int sheet_count;
	struct shared *shared;          /* while the letter goes into a bundle; else NULL */
	struct attached_file *attached; /* in the order of their names */
	struct deflated *deflated;      /* of files that go with several letters */
	int deflated_count;
	sp page_width, page_height;
	unsigned signature_id; /* the signature dictionary; 0: none */
	unsigned appearance_id;
	struct pdf_hole hole;
};

/* -- haru.c ------------------------------------------------------------------------------------ */

/* A new document in an emptied arena; false when libharu refuses. */
bool haru_begin(struct pdf_writer *writer);
/* Instead: the objects of a part of a file, whose numbers begin with that one. */
bool haru_begin_part(struct pdf_writer *writer, unsigned first_id);
/* How many there are; the text of one of them, behind what is in out. */
unsigned haru_part_len(const struct pdf_writer *writer);
void haru_put_object(struct pdf_writer *writer, unsigned index, struct buf *out);
/* Takes libharu's error, if there is one, into writer->error. */
void haru_note(struct pdf_writer *writer);
/* The document is written; false after any error since haru_begin. */
bool haru_end(struct pdf_writer *writer);
/* The libharu at run time is the one whose headers were compiled in. */
bool haru_check(struct diags *diags);

/* -- render.c ---------------------------------------------------------------------------------- */

/* Says libharu's error. */
void render_report(const struct pdf_writer *writer, struct diags *diags);

/* -- object.c ---------------------------------------------------------------------------------- */

unsigned object_id(const void *object);
unsigned object_next(const struct pdf_writer *writer); /* the id that the next new object gets */
/* A dictionary, or a stream of bytes (already filtered, kept until the file is saved). Its text
 * goes into writer->objects between open and close, one at a time; libharu's own dictionaries
 * (catalog, Info, trailer) take a text in the same way. */
HPDF_Dict object_new(struct pdf_writer *writer);
HPDF_Dict object_stream(struct pdf_writer *writer, struct str bytes);
struct buf *object_open(struct pdf_writer *writer, HPDF_Dict dict);
unsigned object_close(struct pdf_writer *writer, HPDF_Dict dict); /* its id; 0 after an error */
/* Both at once, for a text that is known. */
unsigned object_text(struct pdf_writer *writer, HPDF_Dict dict, const char *text);
bool object_is_stream(const void *object);
/* What stands between "obj" and "endobj", behind what is in out. */
void object_put(struct pdf_writer *writer, void *object, struct buf *out);
/* The text of a dictionary. */
struct str object_body(HPDF_Dict dict);

/* -- file.c ------------------------------------------------------------------------------------ */

/* The file of all objects behind their header, which is the first of out; false after an error.
 * *offset becomes that of the object, where an id is given. */
bool file_put(struct pdf_writer *writer, struct buf *out, unsigned id, size_t *offset);

/* -- pdf.c ------------------------------------------------------------------------------------- */

/* Opens the fonts that the pages show, unless they are open; false after an error. For all threads
 * at once. */
bool fonts_open(const struct pdf *pdf, const struct pages *pages, struct diags *diags);

/* -- deflate.c --------------------------------------------------------------------------------- */

/* A state for what is made once per run, or for each letter; libdeflate_free_compressor frees
 * it. */
struct libdeflate_compressor *deflate_new(bool run);
void put_deflated(struct buf *out, struct str bytes, struct libdeflate_compressor *deflate);

/* -- font.c, base.c, subset.c, to_unicode.c
 * -------------------------------------------------------------------------- */

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

/* -- form.c ------------------------------------------------------------------------------------ */

/* The operators of a drawing, deflated behind what is in out. */
void form_put(struct buf *out, const struct svg *svg, struct libdeflate_compressor *deflate);
/* A form XObject of the unit square, as images are, with these operators; its id. */
unsigned form_write(struct pdf_writer *writer, const struct svg *svg, struct str operators);

/* -- image.c, content.c, resource.c ------------------------------------------------------------ */

/* The number of a picture in this letter. */
int image_use(struct pdf_writer *writer, const struct picture *picture);
unsigned image_write(struct pdf_writer *writer, const struct image *image);
void image_free(struct image *image);
/* What a writer keeps of marks from letter to letter. */
struct drawings *drawings_new(void);
void drawings_free(struct drawings *drawings);
/* The operators of one page, in writer->content. */
void content_page(struct pdf_writer *writer, const struct page *page);
/* sRGB (ISO 15076-1) with its date and identifier taken out. */
void profile_make(struct buf *out, struct libdeflate_compressor *deflate);
/* Finds the bases' groups, and makes the letter's own small subsets; whole: all groups, for letters
 * that share a base. False after an error. */
bool resources_prepare(struct pdf_writer *writer, bool whole, struct diags *diags);
/* Fonts and pictures that the pages use: the id of the pages' Resources; 0 after an error. */
unsigned resources_write(struct pdf_writer *writer);
unsigned profile_write(struct pdf_writer *writer);

/* -- tags.c, tree.c, links.c ------------------------------------------------------------------- */

void tags_begin(struct tags *tags, struct arena *arena, const struct letter *letter,
	enum standard standard);
void tags_begin_page(struct tags *tags);
/* The element that shows a mark, made on first use, or -1 when it is an artifact. */
int tags_element(struct tags *tags, const struct mark *mark);
int tags_part(struct tags *tags, const struct node *node, enum part part);
/* The element of this part, or NULL: not shown. */
const struct element *tags_find(const struct tags *tags, const struct node *node, enum part part);
/* The part of a node that its text and the elements in it belong to. */
enum part tags_content_part(const struct node *node);
/* A new marked-content sequence on the current page. */
int tags_content(struct tags *tags, int element, struct area_milli place);
void tags_add_kid(struct tags *tags, int element, struct kid kid);

void links_collect(struct pdf_writer *writer, const struct pages *pages);
void links_write(struct pdf_writer *writer);
/* The Annots of a page; nothing when it has none. */
void links_put_page(struct pdf_writer *writer, struct buf *out, int page);
/* What a link is called; until writer->scratch is used again. */
struct str links_words(struct pdf_writer *writer, const struct link *link);
/* The action of a link to the web or to an address of e-mail; false, and nothing, of any other. */
bool links_put_uri(struct pdf_writer *writer, struct buf *out, const struct link *link);
/* Where in the file a link or a bookmark leads, as its key: to a place on a page; of PDF 2.0, where
 * the element is meant (ISO 14289-2 8.8), to that too. */
void links_put_target(struct pdf_writer *writer, struct buf *out, const struct element *element);

/* What an element has beside its place on the page: description, numbering, expansion; and its
 * language, where that begins. */
/* -- heads.c: the heads of a cell by their names, in a table whose cells span columns */
bool heads_are_told(const struct node *table);
/* The first of the header rows that stand above a row, or with it, given that of the row before. */
const struct node *heads_above(const struct node *row, const struct node *heads);
void heads_put_id(struct buf *out, const struct node *cell);
/* Those of the header rows, from the first on, that stand above the cell; or nothing. */
void heads_put(struct buf *out, const struct node *cell, const struct node *heads);

void tree_put_attributes(struct buf *out, const struct tags *tags, const struct element *element);
void tree_put_lang(struct buf *out, const struct tags *tags, const struct element *element);
/* Structure tree root, parent tree, elements and link annotations; the root's id. */
unsigned tree_write(struct pdf_writer *writer);

/* -- attach.c ---------------------------------------------------------------------------------- */

void attach_free(struct deflated *deflated);
void attach_write(struct pdf_writer *writer, const struct pdf_options *options, struct str date);
/* The catalog's entries for them; nothing without attachments. */
void attach_put_catalog(
	struct pdf_writer *writer, const struct pdf_options *options, struct buf *out);

/* -- conform.c --------------------------------------------------------------------------------- */

/* Whether the letter, its contents and links made, keeps the rules; each that it breaks is reported
 * with its number. */
bool conform_check(const struct pdf_writer *writer, const struct pages *pages, struct diags *diags);
/* Whether the glyphs are as wide in a subset, by its ids, as in the face (ISO 14289-1 7.21.5). */
bool conform_widths(const struct font *font, hb_face_t *subset, const hb_set_t *glyphs,
	const hb_map_t *ids, int wider);

/* -- field.c ----------------------------------------------------------------------------------- */

/* Adds the two fields to the annotations, the signature's over its block. */
void field_collect(struct pdf_writer *writer, const struct pages *pages);
/* The signature dictionary and its field's appearance, before the fields. */
void field_write(struct pdf_writer *writer, const struct pdf_signature *signature);
/* The text of a field's widget, without type, page and structure parent. */
void field_put_widget(struct pdf_writer *writer, struct buf *out, const struct link *link);
/* Catalog entries: AcroForm, and Perms of a certified letter. */
void field_put_catalog(
	struct pdf_writer *writer, struct buf *out, const struct pdf_signature *signature);
/* Finds the hole in the finished file, whose signature dictionary begins at offset. */
void field_find_hole(struct pdf_writer *writer, const struct buf *file, size_t offset);

/* -- meta.c, xmp.c, outline.c ------------------------------------------------------------------ */

/* The objects that the catalog names. */
struct roots {
	unsigned tree, profile, outline; /* outline: 0 for none */
};

/* Catalog, Info, XMP and the file's identifiers: last, because these depend on all else. */
void meta_write(struct pdf_writer *writer, const struct pdf_options *options, struct roots roots);
/* The XMP packet of a letter; attached: files go with it; time: "2020-10-13T00:00:00Z". */
void xmp_put(struct buf *out, const struct tags *tags, bool attached, struct str time);
/* Of many letters in one file: PDF/A-2b. */
void xmp_put_bundle(struct buf *out, struct str title, struct str time);
/* What elements of PDF 2.0 name as the namespace of their types (ISO 32000-2 14.7.4). */
unsigned meta_namespace(const struct pdf_writer *writer);
/* What made the file: "lettermerge output 1"; with the libraries that its syntax and its fonts
 * are from: "lettermerge output 1, libharu 2.3.0, HarfBuzz 6.0.0". */
extern const char meta_creator[];
enum { META_PRODUCER_SIZE = 160 };
struct str meta_producer(char out[META_PRODUCER_SIZE]);
/* "D:20201013000000Z" */
enum { META_DATE_SIZE = 80 };
void meta_date(int64_t time, char out[META_DATE_SIZE]);
/* "2020-10-13T00:00:00Z" */
void meta_iso_date(int64_t time, char out[META_DATE_SIZE]);
/* "/OutputIntents[…]": sRGB, by the stream of its profile (ISO 19005-2 6.2.3). */
void meta_put_intent(struct buf *out, unsigned profile);
/* "/ID[…]" of 128 bits, twice. */
void meta_put_id(struct buf *out, uint64_t high, uint64_t low);
/* Bookmarks of a letter that has headings; 0: it has none. */
unsigned outline_write(struct pdf_writer *writer);

#endif
