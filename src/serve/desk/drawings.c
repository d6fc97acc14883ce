/* drawings.c - pictures of the letters that were looked at: a page is drawn when it is asked for,
 * and kept within a bound, since that takes a tenth of a second.
 *
 * Many letters are kept, of which each may have many pages, in two versions, with guides and
 * without. So when there are too many pictures, the letter that was not looked at for the longest
 * time loses its own; they are drawn again. */
#include "desk/desk.h"

enum { SHELF_BYTES = 16 << 20 };

/* -- within the bound -------------------------------------------------------------------------- */

static size_t size_of(const struct version *version)
{
	size_t size = 0;
	for (int i = 0; i < version->pages; i++)
		size += version->drawing[false][i].bytes.cap + version->drawing[true][i].bytes.cap;
	return size;
}

void drawings_clear(struct version *version, bool failed_only)
{
	for (int i = 0; i < 2 * version->pages; i++) {
		struct drawing *drawing = &version->drawing[i % 2][i / 2];
		if (failed_only && !drawing->failed)
			continue;
		buf_free(&drawing->bytes);
		drawing->failed = false;
		drawing->dots = 0;
	}
}

static void trim(struct desk *desk)
{
	for (;;) {
		size_t size = 0;
		struct made *oldest = NULL;
		for (int i = 0; i < MADE_MAX; i++) {
			struct made *made = &desk->recent.letters[i];
			size_t own = size_of(&made->now) + size_of(&made->before);
			size += own;
			if (own && (!oldest || made->used < oldest->used))
				oldest = made;
		}
		if (!oldest || size <= SHELF_BYTES)
			return;
		drawings_clear(&oldest->now, false);
		drawings_clear(&oldest->before, false);
	}
}

/* -- drawing ----------------------------------------------------------------------------------- */

static void copy(struct drawing *to, struct drawing *from)
{
	to->failed = from->failed;
	to->dots = from->dots;
	buf_str(&to->bytes, buf_text(&from->bytes));
}

/* Where the picture is kept, and the version that it shows; NULL when there is no such page. */
static struct drawing *find_drawing(
	struct desk *desk, const struct view *view, int page, struct version **of)
{
	struct made *made = made_find(desk, view->id);
	if (!made)
		return NULL;
	*of = view->show == SHOW_BEFORE && made->before.pages ? &made->before : &made->now;
	return page <= (*of)->pages ? &(*of)->drawing[view->guides][page - 1] : NULL;
}

/* A sharper one does as well. */
static bool is_there(const struct drawing *kept, const struct view *view)
{
	return kept->bytes.len && (kept->failed || kept->dots >= view->dots);
}

/* The program runs without the lock, which is held before and after; meanwhile the letter may have
 * become another. */
static bool draw(struct desk *desk, const struct view *view, int page, struct version *version,
	struct drawing *out)
{
	const struct patience patience = {DRAWING_MS, desk->options->interrupted};
	uint64_t hash = version->hash[view->guides];
	struct buf pdf = {0};
	buf_str(&pdf, buf_text(&version->pdf[view->guides]));
	desk->drawing++;
	pthread_mutex_unlock(&desk->lock);
	picture_make(&(struct picture_asked){buf_text(&pdf), page, view->dots}, &patience, out);
	buf_free(&pdf);
	pthread_mutex_lock(&desk->lock);
	desk->drawing--;
	pthread_cond_broadcast(&desk->drawn);
	struct drawing *kept = find_drawing(desk, view, page, &version);
	bool same = kept && version->hash[view->guides] == hash;
	if (same && kept->dots <= view->dots) {
		buf_clear(&kept->bytes);
		copy(kept, out);
	}
	return same;
}

bool drawing_take(struct desk *desk, const struct view *view, int page, struct drawing *out)
{
	struct version *version;
	struct drawing *kept;
	while ((kept = find_drawing(desk, view, page, &version)) && !is_there(kept, view) &&
		desk->drawing == DRAWINGS_MAX && !desk->closing)
		pthread_cond_wait(&desk->drawn, &desk->lock);
	bool now = kept && !desk->closing;
	if (kept && is_there(kept, view))
		copy(out, kept);
	else if (now)
		now = draw(desk, view, page, version, out);
	trim(desk);
	return now;
}
