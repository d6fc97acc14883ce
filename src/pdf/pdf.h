/* pdf.h - pages and letter → the bytes of a PDF 1.7 file. The only room that knows libharu.
 *
 * Tags come from the letter, in its logical order; pages only say which node a mark belongs to.
 *
 *   pdf_         run lifetime: font subsets, profile, everything that is the same in all letters
 *   pdf_writer_  one per thread: libharu's arena, deflate state, buffers */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "layout/layout.h"
#include "letter/letter.h"

struct pdf;
struct pdf_writer;

/* Makes what all letters share. sample: text whose characters the base subsets shall have beside
 * Latin-1 and Welsh (the template's); others go into a small subset in the letter that needs them,
 * so that a letter's bytes never depend on other letters. NULL after an error. */
struct pdf *pdf_new(
	const struct text *text, const struct style *style, struct str sample, struct diags *diags);
void pdf_free(struct pdf *pdf);

struct pdf_writer *pdf_writer_new(const struct pdf *pdf);
void pdf_writer_free(struct pdf_writer *writer);

struct pdf_options {
	int64_t time; /* seconds since 1970, UTC: creation and modification date */
};

/* Renders; out is cleared first. False after an error, which is reported. Same inputs, same bytes.
 */
bool pdf_render(struct pdf_writer *writer, const struct letter *letter, const struct pages *pages,
	const struct pdf_options *options, struct buf *out, struct diags *diags);

/* "lettermerge 0.1.0, libharu 2.3.0, HarfBuzz 6.0.0" */
const char *pdf_versions(void);

#endif
