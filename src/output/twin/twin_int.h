/* twin_int.h - what the files of the HTML twin share. */
#ifndef TWIN_TWIN_INT_H
#define TWIN_TWIN_INT_H

#include "twin/twin.h"

/* The page's <style> element; leftwards: something in the letter runs from right to left;
 * heads: it has information, a return address or a footer. */
void sheet_put(struct buf *out, const struct style *style, bool leftwards, bool heads);

/* A word above the letter that is seen and no part of what is read; none: nothing. */
void sheet_put_word(struct buf *out, struct str word);

#endif
