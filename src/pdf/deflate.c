/* deflate.c - bytes → Flate streams (ISO 32000-1 7.4.4), by a state that is used again and again:
 * setting one up takes as long as a page. What a run makes once is worth level 9. */
#include "pdf/pdf_int.h"

#include <assert.h>
#include <stdlib.h>

/* The pages of a letter: 60 microseconds and 5.0 kB at level 1, 150 and 4.3 kB at level 6. */
enum { LETTER_LEVEL = 1, RUN_LEVEL = 9 };

void deflate_begin(z_stream *z, bool run)
{
	*z = (z_stream){0};
	if (deflateInit(z, run ? RUN_LEVEL : LETTER_LEVEL) != Z_OK)
		abort();
}

static void deflate_all(z_stream *z, struct str bytes, char *out, uLong cap)
{
	deflateReset(z);
	z->next_in = (Bytef *)bytes.at;
	z->avail_in = (uInt)bytes.len;
	z->next_out = (Bytef *)out;
	z->avail_out = (uInt)cap;
	int result = deflate(z, Z_FINISH);
	assert(result == Z_STREAM_END);
	(void)result;
}

void put_deflated(struct buf *out, struct str bytes, z_stream *z)
{
	uLong cap = deflateBound(z, (uLong)bytes.len);
	buf_reserve(out, cap);
	deflate_all(z, bytes, out->at + out->len, cap);
	out->len += z->total_out;
}

struct str deflate_copy(struct arena *arena, struct str bytes, z_stream *z)
{
	uLong cap = deflateBound(z, (uLong)bytes.len);
	char *out = arena_alloc(arena, cap);
	deflate_all(z, bytes, out, cap);
	return (struct str){out, (int)z->total_out};
}
