/* shelf.c - the pictures of letters that were looked at, within a bound: a picture takes a tenth of
 * a second to draw, so many letters are kept; but one letter may have forty pages.
 *
 * What was not looked at for the longest time loses its pictures first; they are drawn again. */
#include "serve/desk_int.h"

enum { SHELF_BYTES = 16 << 20 };

static size_t size_of(const struct made *made)
{
	size_t size = 0;
	for (int i = 0; i < PAGES_MAX; i++)
		size += made->picture[i].cap + made->picture_before[i].cap;
	return size;
}

static void drop_pictures(struct made *made)
{
	for (int i = 0; i < PAGES_MAX; i++) {
		buf_free(&made->picture[i]);
		buf_free(&made->picture_before[i]);
	}
}

void shelf_trim(struct desk *desk)
{
	for (;;) {
		size_t size = 0;
		struct made *oldest = NULL;
		for (int i = 0; i < MADE_MAX; i++) {
			struct made *made = &desk->made[i];
			size_t own = size_of(made);
			size += own;
			if (own && (!oldest || made->used < oldest->used))
				oldest = made;
		}
		if (!oldest || size <= SHELF_BYTES)
			return;
		drop_pictures(oldest);
	}
}
