/* pdf_int.h - what the files of this room share; of fonts in fonts_int.h, of tags and links in
 * tags_int.h.
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

#include "pdf/fonts_int.h"
#include "pdf/pdf.h"
#include "pdf/put_int.h"
#include "pdf/tags_int.h"

#include <hpdf.h>
#include <hpdf_conf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>

#if HPDF_VERSION_ID < 20300 || HPDF_VERSION_ID >= 20500
#error "src/pdf uses structures of libharu 2.3 and 2.4: read its changes, then allow this release"
#endif

/* -- run lifetime ------------------------------------------------------------------------------ */

struct pdf {
	const struct text *text;
	const struct style *style;
	struct font *fonts; /* by face */
	int font_count;
	struct buf characters; /* of all base subsets, ascending, UTF-8 */
	struct buf profile;    /* sRGB, deflated */
};

/* -- one letter -------------------------------------------------------------------------------- */

/* A picture as this run's letters hold it. */
struct image {
	const struct picture *picture;
	struct buf pixels, alpha, profile; /* deflated; pixels empty for JPEG, the operators of a
					      drawing; the others empty for none */
	int use; /* in this letter: 1, 2, ... in order of appearance; 0: not */
};

/* A face's base subset in a file: the objects' ids, 0: not there. */
struct embedded {
	unsigned glyphs, font[FONT_KINDS];
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
