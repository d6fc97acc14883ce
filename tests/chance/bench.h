/* bench.h - the rooms of the program in a row, for letters that lie in memory. */
#ifndef TESTS_CHANCE_BENCH_H
#define TESTS_CHANCE_BENCH_H

#include "layout/layout.h"
#include "pdf/pdf.h"
#include "recipients/recipients.h"

struct bench {
	struct arena *arena; /* the caller's */
	struct diags *diags; /* likewise */
	struct template *template;
	struct style *style;
	struct text *text;
	struct shaper *shaper;
	struct pictures *pictures;
	struct layout *layout;
	struct pdf *pdf;
	struct pdf_writer *writer;
};

/* What is asked for beside the letter. */
struct ways {
	bool watermark, guides, seal, sources, signature;
};

/* One letter. */
struct made {
	struct recipient recipient;
	struct letter *letter;
	struct pages *pages;
	struct buf pdf, html, text;
	struct buf source, record; /* as XML */
};

/* Reads a template, which stands in a folder, and its style, if it names one. False after an error.
 * To be closed in either case. */
bool bench_open(
	struct bench *bench, const char *folder, struct str template_bytes, struct str style_bytes);
void bench_close(struct bench *bench);

/* Makes all of a letter from its record; false after an error. To be freed in either case. */
bool bench_make(struct bench *bench, struct str record, const struct ways *ways, struct made *made);
void made_free(struct made *made);
/* What one of its buffers holds, until it is freed. */
struct str made_text(const struct buf *buf);

#endif
