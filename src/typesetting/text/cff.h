/* cff.h - reading and changing a table of CFF outlines (Adobe TN 5176), whose bytes nobody vouches
 * for. */
#ifndef TEXT_CFF_H
#define TEXT_CFF_H

#include "base/base.h"

struct cff {
	const unsigned char *at;
	unsigned len;
	bool cut_off; /* something was to be read behind the end */
};

enum { CFF_NUMBER = -1, CFF_NO_INTEGER = INT32_MIN };

/* So many bytes, the highest first; 0 behind the end. */
unsigned cff_number(struct cff *cff, unsigned at, unsigned size);
/* Where an INDEX ends; *first, *end: its first object. */
unsigned cff_skip_index(struct cff *cff, unsigned at, unsigned *first, unsigned *end);
/* The next of a DICT: an operator, or CFF_NUMBER after one, which becomes *value. */
int cff_read_token(struct cff *cff, unsigned *at, int *value);

/* The table behind what is in out, all glyphs wider by so many units. False: it is not one keyed by
 * CIDs, as HarfBuzz writes them. */
bool cff_put_wider(struct str table, int by, struct buf *out);

#endif
