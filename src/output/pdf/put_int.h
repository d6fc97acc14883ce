/* put_int.h - PDF's syntax into a buffer (ISO 32000-1 7.3). Knows no libharu. */
#ifndef PDF_PUT_INT_H
#define PDF_PUT_INT_H

#include "base/base.h"

int64_t milli(sp length); /* thousandths of a point, rounded */
void put_int(struct buf *out, int64_t number);
void put_milli(struct buf *out, int64_t thousandths); /* at most three decimals, none wasted */
char *put_milli_at(char *out, int64_t thousandths);   /* the same without a check: 24 bytes */
/* The colour 0xRRGGBB of what is filled, or of strokes, and a line's end. */
void put_colour(struct buf *out, uint32_t colour, bool stroke);
void put_offset_at(char *out, uint32_t number); /* ten digits */
void put_ref(struct buf *out, unsigned id);     /* "12 0 R" */
void put_blank_int(struct buf *out, int64_t number);
void put_blank_ref(struct buf *out, unsigned id);
static inline void put_key_int(struct buf *out, const char *key, int64_t number) /* "/Key 12" */
{
	buf_puts(out, key);
	put_blank_int(out, number);
}
static inline void put_key_ref(struct buf *out, const char *key, unsigned id)
{
	buf_puts(out, key);
	put_blank_ref(out, id);
}
void put_name(struct buf *out, const char *name); /* "/Name", irregular characters as #xx */
/* A text string: literal where it is ASCII, else UTF-16BE; cut to what PDF/A allows (6.1.13). */
void put_text(struct buf *out, struct str utf8);
/* What stands in the string of a URI: 7-bit ASCII (ISO 32000-1 12.6.4.7), other bytes of an IRI are
 * escaped (RFC 3987 3.1). */
void put_uri(struct buf *out, struct str iri);
void put_utf16_hex(struct buf *out, struct str utf8); /* the digits alone */
void put_hex(struct buf *out, uint64_t number, int digits);

#endif
