/* pdf.h - pages and letter → the bytes of a PDF 1.7 file. The only room that knows libharu.
 *
 * Tags come from the letter, in its logical order; pages only say which node a mark belongs to.
 *
 *   pdf_         run lifetime: font subsets, profile, everything that is the same in all letters
 *   pdf_writer_  one per thread: libharu's arena, deflate state, buffers
 *
 * An error is libharu's, a font's that cannot be cut down, or a letter's that breaks what its
 * standard asks for (conform.c). What is to be freed may be NULL. */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "layout/layout.h"
#include "letter/letter.h"

struct pdf;
struct pdf_writer;

/* Makes what all letters share. sample: text whose characters the base subsets shall have beside
 * ASCII, what Welsh needs and common punctuation (the template's); others go into a small subset in
 * the letter that needs them, so that a letter's bytes never depend on other letters. text and
 * style must live as long. NULL after an error. */
struct pdf *pdf_new(
	const struct text *text, const struct style *style, struct str sample, struct diags *diags);
void pdf_free(struct pdf *pdf);

/* The characters of the base subsets, ascending: with the fonts' files, what of fonts all letters
 * share. It lives as long as pdf. */
struct str pdf_characters(const struct pdf *pdf);

/* For one thread at a time; pdf must live as long. It keeps the pictures that it has met, deflated,
 * by their address: they too must live as long. */
struct pdf_writer *pdf_writer_new(const struct pdf *pdf);
void pdf_writer_free(struct pdf_writer *writer);

/* A signature to come (ISO 32000-1 12.8.1). Its field lies over the letter's signature block, or is
 * invisible; beside it stands a field for a time stamp, so that one can be added later without a
 * change to pages or tags. */
struct pdf_signature {
	struct str name; /* of the signer */
	int64_t time;    /* seconds since 1970, UTC, by the signer's own clock */
	int room;        /* bytes that the signature may take */
	bool certify;    /* later changes other than signatures void it (12.8.2.2) */
};

/* Where the signature goes: byte offsets of the text "[…]" of ByteRange and "<…>" of Contents. */
struct pdf_hole {
	size_t range, range_len, contents, contents_len;
};

/* A file that goes with the letter (ISO 19005-3 6.8). */
struct pdf_attachment {
	const char *name;     /* "letter.xml" */
	const char *type;     /* "application/xml" */
	const char *relation; /* Source: the letter was made from it; Data: it holds its facts; … */
	const char *description; /* in a few words */
	struct str bytes;
	bool shared; /* with other letters: the bytes live as long as the writer */
};

struct pdf_options {
	int64_t time; /* seconds since 1970, UTC: creation and modification date */
	const struct pdf_attachment *attachments; /* of different names */
	int attachment_count;                     /* 0: none */
	const struct pdf_signature *signature;    /* NULL: none */
	bool compact; /* most objects in a compressed stream, for fewer bytes and more work */
};

/* Makes the objects of what the style's standard names: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO
 * 14289-1) at once, with attachments PDF/A-3a (ISO 19005-3); or PDF/A-4 (ISO 19005-4) and PDF/UA-2
 * (ISO 14289-2). Letter, pages and options must live until pdf_save. False after an error. Same
 * inputs, same bytes. */
bool pdf_render(struct pdf_writer *writer, const struct letter *letter, const struct pages *pages,
	const struct pdf_options *options, struct diags *diags);
/* The file of what was rendered; out is cleared first, and empty after an error. */
bool pdf_save(struct pdf_writer *writer, struct buf *out, struct diags *diags);

/* The hole in what pdf_save gave last, of a letter with a signature to come. */
struct pdf_hole pdf_hole(const struct pdf_writer *writer);

/* Many letters in one file, for the printer: their pages one after the other with the fonts and
 * pictures shared, a bookmark for each letter. It keeps PDF/A-2b (ISO 19005-2), so that it prints
 * the same anywhere, and has no tags, links or signatures: what is kept or sent is the letters' own
 * files. Bytes are given as they come and never needed again, so that memory does not grow with
 * the letters. */
struct pdf_bundle;

struct pdf_bundle_options {
	int64_t time;     /* seconds since 1970, UTC */
	struct str title; /* of the file */
	bool simplex;     /* else each letter begins on a sheet of its own: a blank verso follows an
			     odd number of pages */
};

/* What its letters' writers were made for must live as long, title until pdf_bundle_end. */
struct pdf_bundle *pdf_bundle_new(const struct pdf_bundle_options *options);
void pdf_bundle_free(struct pdf_bundle *bundle);
/* The part of a letter that needs no bundle, in place of pdf_render, by any thread; letter and
 * pages must live until pdf_bundle_add. False after an error. */
bool pdf_prepare(struct pdf_writer *writer, const struct letter *letter, const struct pages *pages,
	struct diags *diags);
/* The same of a letter that is put into no file, to know whether it could be. */
bool pdf_check(struct pdf_writer *writer, const struct letter *letter, const struct pages *pages,
	struct diags *diags);
/* The tags of the letter that was prepared or checked last, as its file would have them, an element
 * a line in the order of reading: type, attributes, language and its own text, "\x1F" where an
 * element stands in it. And its links, a line each, however many lines of the page one takes: what
 * each is called and where it leads. For people and for comparing; neither says where anything
 * stands. */
void pdf_dump_tags(struct pdf_writer *writer, struct buf *out);
void pdf_dump_links(struct pdf_writer *writer, struct buf *out);
/* Appends the letter that was prepared last, under that name, to the bytes in out, which its user
 * may take away between calls. By one thread at a time. False after an error: what was put is
 * no file. */
bool pdf_bundle_add(struct pdf_bundle *bundle, struct pdf_writer *writer, struct str name,
	struct buf *out, struct diags *diags);
/* Whether one more letter has room: a file's objects are limited (ISO 32000-1 annex C). */
bool pdf_bundle_has_room(const struct pdf_bundle *bundle);
/* The end of the file, after one letter at least; gives its pages, and of these the blank ones. */
struct pdf_bundle_size {
	int64_t pages, blank;
} pdf_bundle_end(struct pdf_bundle *bundle, struct buf *out);

/* "libharu 2.3.0, …", appended: the libraries that have a part in a letter's bytes, as they run. */
void pdf_libraries(struct buf *out);

#endif
