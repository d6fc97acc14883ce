/* barcode.h - data → the modules of a code that machines read. The only room that knows libzint,
 * which is loaded for the first code. */
#ifndef BARCODE_BARCODE_H
#define BARCODE_BARCODE_H

#include "base/base.h"

/* A code's dark modules, row by row from its top. A code of bars has one row. */
struct barcode {
	int width, height;    /* modules */
	int quiet;            /* modules that stay white on all sides, or left and right of bars */
	sp module, least;     /* one's width when nobody asks for another, and the least */
	bool bars;            /* its rows are as high as one likes */
	sp edge;              /* what stays white around it, where that is laid down; else 0 */
	sp cross;             /* the Swiss cross in its middle: how wide its square is; else 0 */
	const uint8_t *bytes; /* width * height, 1 is dark */
};

/* The code of a type, "qr", "datamatrix", "code128", "epc" or "swiss", which holds the data, UTF-8;
 * in the arena. NULL after an error, reported at place: no such library, more data than the code
 * holds, characters that it lacks.
 *
 * QR is of level M (ISO/IEC 18004), an EPC code of version 13 at most besides (EPC069-12 2.1); that
 * of a Swiss QR-bill of version 25, 46 mm wide, with 5 mm white around it (SIX, guidelines 6). Data
 * beyond ASCII are said to be UTF-8 (ECI 26): readers that are not told guess, and guess wrong. */
const struct barcode *barcode_encode(struct arena *arena, struct str type, struct str data,
	struct place place, struct diags *diags);

/* The Swiss cross as rectangles, each on those before it: a white square, in it a black one, in
 * that the cross. In thousandths of the square's width, from its top left corner. */
struct barcode_patch {
	int left, top, width, height;
	bool white;
};
enum { BARCODE_PATCHES = 4 };
const struct barcode_patch *barcode_cross(void);

/* A rectangle of dark modules. */
struct barcode_run {
	int left, top, right, bottom;
};
/* The next rectangle, from run on, which is all zero at first; false: there is none any more. All
 * of them together are the dark modules, and none touches another along a whole side. */
bool barcode_next(const struct barcode *barcode, struct barcode_run *run);

/* "libzint 2.11.1", or "no libzint". */
void barcode_library(struct buf *out);

#endif
