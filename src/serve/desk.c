/* desk.c - the desk and its keeper: the thread that waits for saves, checks all letters after each,
 * and writes them when asked. Pages that are open are told of every step. */
#include "serve/desk_int.h"

#include <stdlib.h>

enum {
	WAIT_MS = 200,  /* for a save, before the keeper looks whether the desk closes */
	SETTLE_MS = 250 /* after a save, before all letters are checked */
};

void desk_tell(struct desk *desk)
{
	desk->event++;
	pthread_cond_broadcast(&desk->news);
}

static void set_work(struct desk *desk, enum work work)
{
	pthread_mutex_lock(&desk->lock);
	desk->work = work;
	desk->done = desk->total = 0;
	desk_tell(desk);
	pthread_mutex_unlock(&desk->lock);
}

/* While the template cannot be read there is no list: the one before it stays, with what is wrong.
 */
static void take_listing(struct desk *desk, struct listing *listing)
{
	pthread_mutex_lock(&desk->lock);
	struct listing *old = desk->listing;
	if (listing->broken)
		listing_copy(listing, old);
	desk->listing = listing;
	desk->listed++;
	listing_free(old);
	desk_tell(desk);
	pthread_mutex_unlock(&desk->lock);
}

static bool is_closing(struct desk *desk)
{
	pthread_mutex_lock(&desk->lock);
	bool closing = desk->closing;
	pthread_mutex_unlock(&desk->lock);
	return closing;
}

static void note_save(struct desk *desk)
{
	pthread_mutex_lock(&desk->lock);
	desk->version++;
	desk_tell(desk);
	pthread_mutex_unlock(&desk->lock);
}

/* Before all letters are checked, those in sight are made and drawn. */
static void settle(struct desk *desk)
{
	while (!is_closing(desk) && job_watch_wait(desk->watch, SETTLE_MS))
		note_save(desk);
}

static void check_all(struct desk *desk)
{
	struct listing *listing = NULL;
	set_work(desk, WORK_CHECK);
	while (!listing && !is_closing(desk)) {
		job_watch_renew(desk->watch);
		listing = listing_check(desk);
		if (!listing)
			settle(desk);
	}
	if (listing)
		take_listing(desk, listing);
	set_work(desk, WORK_NONE);
}

/* What there is to do; false when the desk closes. */
static bool wait_for_work(struct desk *desk, bool *saved, bool *generate)
{
	*saved = job_watch_wait(desk->watch, WAIT_MS);
	if (*saved) {
		note_save(desk);
		settle(desk);
	}
	pthread_mutex_lock(&desk->lock);
	*generate = desk->generate;
	desk->generate = false;
	bool open = !desk->closing;
	pthread_mutex_unlock(&desk->lock);
	return open;
}

static void *keep(void *user)
{
	struct desk *desk = user;
	bool saved = true, generate = false;
	struct listing *listing = listing_merge(desk);
	if (listing)
		take_listing(desk, listing);
	do {
		if (generate) {
			set_work(desk, WORK_WRITE);
			desk_write_letters(desk);
		}
		if (saved || generate)
			check_all(desk);
	} while (wait_for_work(desk, &saved, &generate));
	return NULL;
}

struct desk *desk_new(const struct serve_options *options, struct diags *diags)
{
	struct desk *desk = calloc(1, sizeof *desk);
	if (!desk)
		abort();
	desk->options = options;
	desk->listing = listing_new(desk);
	desk->can_draw = picture_can();
	desk->watch = job_watch_new(options->request, diags);
	pthread_mutex_init(&desk->lock, NULL);
	pthread_cond_init(&desk->news, NULL);
	pthread_cond_init(&desk->drawn, NULL);
	if (desk->watch && pthread_create(&desk->keeper, NULL, keep, desk) == 0)
		return desk;
	pthread_cond_destroy(&desk->news);
	pthread_cond_destroy(&desk->drawn);
	pthread_mutex_destroy(&desk->lock);
	job_watch_free(desk->watch);
	listing_free(desk->listing);
	free(desk);
	return NULL;
}

void desk_free(struct desk *desk)
{
	pthread_mutex_lock(&desk->lock);
	desk->closing = true;
	desk_tell(desk);
	pthread_mutex_unlock(&desk->lock);
	pthread_join(desk->keeper, NULL);
	for (int i = 0; i < MADE_MAX; i++)
		made_free(&desk->made[i]);
	job_workshop_free(desk->workshop);
	job_watch_free(desk->watch);
	listing_free(desk->listing);
	pthread_cond_destroy(&desk->news);
	pthread_cond_destroy(&desk->drawn);
	pthread_mutex_destroy(&desk->lock);
	free(desk);
}
