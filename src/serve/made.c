/* made.c - the letters that were looked at last, made again when a file was saved.
 *
 * What a save did not change keeps its pictures; what it did change keeps the bytes before it, for
 * the eye to compare. A letter that cannot be made any more keeps its last good bytes. */
#include "serve/desk_int.h"

#include <stdlib.h>

static void drop_pictures(struct buf *pictures)
{
	for (int i = 0; i < PAGES_MAX; i++)
		buf_clear(&pictures[i]);
}

void made_free(struct made *made)
{
	for (int i = 0; i < PAGES_MAX; i++) {
		buf_free(&made->picture[i]);
		buf_free(&made->picture_before[i]);
	}
	buf_free(&made->pdf);
	buf_free(&made->before);
	buf_free(&made->side);
	free((char *)made->id.at);
	*made = (struct made){0};
}

/* The place of a letter, or of the one that was not looked at for the longest time. */
static struct made *find_place(struct desk *desk, struct str id, bool guides)
{
	struct made *oldest = &desk->made[0];
	for (int i = 0; i < MADE_MAX; i++) {
		struct made *made = &desk->made[i];
		if (made->id.at && str_eq(made->id, id) && made->guides == guides)
			return made;
		if (made->used < oldest->used)
			oldest = made;
	}
	made_free(oldest);
	char *name = strndup(id.at, (size_t)id.len);
	if (!name)
		abort();
	*oldest = (struct made){.id = {name, id.len}, .guides = guides, .version = -1};
	return oldest;
}

static void take_pdf(struct made *made, const struct job_made *letter)
{
	if (str_eq(buf_text(&made->pdf), letter->pdf))
		return;
	struct buf bytes = made->before;
	made->before = made->pdf;
	made->pages_before = made->pages;
	buf_clear(&bytes);
	buf_str(&bytes, letter->pdf);
	made->pdf = bytes;
	made->page_width = letter->page_width;
	made->page_height = letter->page_height;
	made->pages = letter->pages < PAGES_MAX ? letter->pages : PAGES_MAX;
	for (int i = 0; i < PAGES_MAX; i++) {
		struct buf picture = made->picture_before[i];
		made->picture_before[i] = made->picture[i];
		made->picture[i] = picture;
	}
	drop_pictures(made->picture);
}

static void open_workshop(struct desk *desk, struct diags *diags)
{
	if (desk->workshop && desk->workshop_version == desk->version)
		return;
	job_workshop_free(desk->workshop);
	struct job_request request = *desk->options->request;
	request.identity = NULL;
	request.watermark = "PREVIEW";
	desk->workshop = job_workshop_new(&request, diags);
	desk->workshop_version = desk->version;
}

struct made *made_find(struct desk *desk, struct str id, bool guides)
{
	if (!listing_find(desk->listing, id))
		return NULL;
	struct made *made = find_place(desk, id, guides);
	made->used = ++desk->clock;
	if (made->version == desk->version)
		return made;
	struct diags *diags = diags_new();
	struct job_made letter = {0};
	open_workshop(desk, diags);
	made->failed = !desk->workshop ||
		!job_workshop_make(desk->workshop, id, guides, &letter, diags);
	made->version = desk->version;
	made->content = letter.content;
	if (!made->failed)
		take_pdf(made, &letter);
	buf_clear(&made->side);
	page_write_side(&letter, diags, &made->side);
	diags_free(diags);
	return made;
}

struct made *made_find_anew(struct desk *desk, struct str id, bool guides)
{
	struct made *made = made_find(desk, id, guides);
	if (!made)
		return NULL;
	made->version = desk->workshop_version = -1;
	return made_find(desk, id, guides);
}

/* -- pictures --------------------------------------------------------------------------------- */

/* Where the picture is kept, and of which PDF it is; an empty one is to be drawn. NULL when there
 * is no such page; with *hash, when the letter is another one now. The lock is held. */
static struct buf *find_picture(
	struct desk *desk, const struct view *view, int page, struct str *pdf, uint64_t *hash)
{
	struct made *made = made_find(desk, view->id, view->guides);
	bool before = made && view->before && made->before.len;
	if (!made || page > (before ? made->pages_before : made->pages))
		return NULL;
	*pdf = buf_text(before ? &made->before : &made->pdf);
	uint64_t now = str_hash(*pdf);
	if (*hash && *hash != now)
		return NULL;
	*hash = now;
	return before ? &made->picture_before[page - 1] : &made->picture[page - 1];
}

/* The program runs without the lock, which is held before and after; meanwhile the letter may have
 * become another. */
static void draw_picture(struct desk *desk, const struct view *view, int page, struct str pdf,
	uint64_t hash, struct buf *out)
{
	struct buf copy = {0};
	buf_str(&copy, pdf);
	desk->drawing++;
	pthread_mutex_unlock(&desk->lock);
	bool drawn = picture_make(buf_text(&copy), page, out);
	buf_free(&copy);
	pthread_mutex_lock(&desk->lock);
	desk->drawing--;
	pthread_cond_broadcast(&desk->drawn);
	struct buf *kept = drawn ? find_picture(desk, view, page, &pdf, &hash) : NULL;
	if (kept && !kept->len)
		buf_str(kept, buf_text(out));
}

void made_draw(struct desk *desk, const struct view *view, int page, struct buf *out)
{
	struct buf *kept;
	struct str pdf;
	uint64_t hash;
	while (hash = 0,
		(kept = find_picture(desk, view, page, &pdf, &hash)) && !kept->len &&
			desk->drawing == DRAWINGS_MAX)
		pthread_cond_wait(&desk->drawn, &desk->lock);
	if (kept && kept->len)
		buf_str(out, buf_text(kept));
	else if (kept)
		draw_picture(desk, view, page, pdf, hash, out);
}
