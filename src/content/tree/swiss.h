/* swiss.h - a Swiss QR-bill, as its code holds it (SIX, Swiss Implementation Guidelines QR-bill,
 * version 2.3): addresses by their parts, an account in Switzerland or Liechtenstein, francs or
 * euros.
 *
 * What each part may be by itself, its attribute's kind says; here, what they may be together. */
#ifndef TREE_SWISS_H
#define TREE_SWISS_H

#include "tree/tree.h"

/* A line of a payment's address, 70, 35 or 16 characters at most; empty is good. */
bool swiss_is_line(struct str value);
bool swiss_is_town(struct str value);
bool swiss_is_short(struct str value);
bool swiss_is_country(struct str value);  /* "CH", by its form; empty is good */
bool swiss_is_currency(struct str value); /* "CHF" or "EUR" */
/* 27 digits, the last of them right (modulo 10, recursive); blanks do not count. */
bool swiss_is_reference(struct str value);

/* What of a BARCODE of type swiss does not go together, at first the attribute that is to be
 * mended; NULL: nothing. */
struct swiss_fault {
	const char *attribute, *why, *hint;
};
const struct swiss_fault *swiss_find_fault(struct arena *arena, const struct node *barcode);
/* Its lines (table 7 of the guidelines), when nothing is wrong with it. */
void swiss_put(struct buf *out, const struct node *barcode);

#endif
