/* sheet_int.h - between sheet.c and sheet_blocks.c: rules of CSS, appended. */
#ifndef TWIN_SHEET_INT_H
#define TWIN_SHEET_INT_H

#include "twin/twin_int.h"

/* The colour, 0xRRGGBB, of what a selector finds. */
void sheet_put_colour(struct buf *out, const char *selector, uint32_t colour);
/* Of all that asks for others than the text around it. */
void sheet_put_features(struct buf *out, const struct style *style);
void sheet_put_variants(struct buf *out, const struct style *style);
/* Colours of variants on a dark page, at a contrast of so many hundredths at least. */
void sheet_put_dark_variants(struct buf *out, const struct style *style, uint32_t page, int least);
/* Frames and backgrounds. */
void sheet_put_backings(struct buf *out, const struct style *style);

#endif
