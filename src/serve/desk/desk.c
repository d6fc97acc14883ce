/* desk.c - the desk and its keeper: the thread that waits for saves, checks all letters after each,
 * and writes them when asked. Pages that are open are told of every step. */
#include "desk/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
	SETTLE_MS = 250, /* after a save, before all letters are checked */
	COUNT_MS = 100   /* between two numbers in the status */
};

void desk_tell(struct desk *desk)
{
	desk->event++;
	pthread_cond_broadcast(&desk->news);
}

bool desk_has_read(const struct desk *desk)
{
	return desk->listed && !desk->listing->partial;
}

void desk_count(struct desk *desk, int done, int total)
{
	int64_t clock = desk_clock();
	pthread_mutex_lock(&desk->lock);
	desk->under_way.done = done;
	desk->under_way.total = total > 0 ? total
		: desk_has_read(desk)     ? desk->listing->rows.len
					  : 0;
	if (clock - desk->watching.counted >= COUNT_MS) {
		desk->watching.counted = clock;
		desk_tell(desk);
	}
	pthread_mutex_unlock(&desk->lock);
}

bool desk_look_for_saves(struct desk *desk, atomic_bool *stop)
{
	bool saved = job_watch_wait(desk->watching.watch, 0);
	pthread_mutex_lock(&desk->lock);
	desk->version += saved;
	if (saved || desk->closing)
		*stop = true;
	if (saved)
		desk_tell(desk);
	pthread_mutex_unlock(&desk->lock);
	return saved;
}

static void set_work(struct desk *desk, enum work work)
{
	pthread_mutex_lock(&desk->lock);
	desk->under_way.work = work;
	desk->under_way.done = 0;
	desk->under_way.total = desk->listing->rows.len;
	desk_tell(desk);
	pthread_mutex_unlock(&desk->lock);
}

/* While the template cannot be read there is no list: the one before it stays, with what is wrong.
 * False when it has letters of which nothing is known yet. */
static bool take_listing(struct desk *desk, struct listing *listing)
{
	pthread_mutex_lock(&desk->lock);
	struct listing *old = desk->listing;
	if (listing->broken) {
		listing_copy(listing, old);
		for (int i = 0; i < listing->rows.len; i++)
			listing->rows.at[i].errors = 1; /* that of all */
	}
	bool known = listing->broken || listing_take_standing(listing, old);
	desk->listing = listing;
	desk->listed++;
	listing_free(old);
	desk_tell(desk);
	pthread_mutex_unlock(&desk->lock);
	return known;
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
	while (!is_closing(desk) && job_watch_wait(desk->watching.watch, SETTLE_MS))
		note_save(desk);
}

/* False when a file was saved meanwhile. What is known soon comes first. */
static bool check_once(struct desk *desk)
{
	if (desk->listing->rows.len && !desk_compare(desk))
		return false;
	struct listing *listing = listing_check(desk);
	if (!listing)
		return false;
	return take_listing(desk, listing) || desk_compare(desk);
}

static void check_all(struct desk *desk)
{
	bool whole = false;
	set_work(desk, WORK_CHECK);
	while (!whole && !is_closing(desk)) {
		job_watch_renew(desk->watching.watch);
		whole = check_once(desk);
		if (!whole)
			settle(desk);
	}
	set_work(desk, WORK_NONE);
}

static void compare_all(struct desk *desk)
{
	job_watch_renew(desk->watching.watch); /* the folder of the letters may be new */
	if (desk_compare(desk) || is_closing(desk))
		return;
	settle(desk);
	check_all(desk);
}

/* What was said of letters a moment ago, the list does not have yet. */
static void write_all(struct desk *desk)
{
	if (folder_look(desk->options->update->to.out).approvals != desk->watching.folder.approvals)
		desk_compare(desk);
	bool fits = desk_still_fits(desk);
	set_work(desk, WORK_WRITE);
	if (fits)
		desk_write_letters(desk);
	set_work(desk, WORK_NONE);
}

static void approve_all(struct desk *desk, struct asked *asked)
{
	set_work(desk, WORK_APPROVE);
	desk_approve_asked(desk, asked);
	pthread_mutex_lock(&desk->lock);
	desk->asked = NULL;
	pthread_mutex_unlock(&desk->lock);
	set_work(desk, WORK_NONE);
}

/* -- news -------------------------------------------------------------------------------------- */

struct news {
	bool saved, generate;
	struct asked *asked;
	bool outside; /* somebody has approved a letter, or a run has ended */
};

/* An approval shows at once beside the letter in sight; the list follows. */
static bool look_outside(struct desk *desk)
{
	const char *out = desk->options->update->to.out;
	struct folder_marks now = folder_look(out);
	bool approved = now.approvals != desk->watching.folder.approvals;
	bool written = now.record != desk->watching.folder.record ||
		job_watch_lost(desk->watching.watch);
	if (!approved && !written && !desk->watching.locked)
		return false;
	desk->watching.locked = folder_is_busy(out);
	if (!approved)
		return !desk->watching.locked;
	pthread_mutex_lock(&desk->lock);
	desk->listed++;
	desk_tell(desk);
	pthread_mutex_unlock(&desk->lock);
	return true;
}

/* What there is to do; false when the desk closes. */
static bool wait_for_news(struct desk *desk, struct news *news)
{
	news->saved = job_watch_wait(desk->watching.watch, SAVE_MS);
	if (news->saved) {
		note_save(desk);
		settle(desk);
	}
	news->outside = !news->saved && look_outside(desk);
	pthread_mutex_lock(&desk->lock);
	news->generate = desk->order.given;
	desk->order.given = false;
	news->asked = desk->asked;
	bool open = !desk->closing;
	pthread_mutex_unlock(&desk->lock);
	return open;
}

static void *keep(void *user)
{
	struct desk *desk = user;
	struct news news = {.saved = true};
	struct listing *listing = listing_merge(desk);
	if (listing)
		take_listing(desk, listing);
	do {
		if (news.generate)
			write_all(desk);
		if (news.asked)
			approve_all(desk, news.asked);
		if (news.saved)
			check_all(desk);
		else if (news.generate || news.asked || news.outside)
			compare_all(desk);
	} while (wait_for_news(desk, &news));
	return NULL;
}

struct desk *desk_new(const struct desk_options *options, struct diags *diags)
{
	struct desk *desk = heap_new(sizeof *desk);
	desk->options = options;
	desk->began = (int64_t)time(NULL);
	desk->under_way.work = WORK_CHECK; /* as soon as they are read */
	desk->listing = listing_new(desk);
	desk->can_draw = picture_can(&(struct patience){DRAWING_MS, options->interrupted});
	desk->watching.watch = job_watch_new(
		&options->request->source, options->update->to.out, diags);
	pthread_mutex_init(&desk->lock, NULL);
	pthread_mutex_init(&desk->approving, NULL);
	pthread_mutex_init(&desk->sharing, NULL);
	pthread_cond_init(&desk->news, NULL);
	pthread_cond_init(&desk->drawn, NULL);
	if (desk->watching.watch && pthread_create(&desk->keeper, NULL, keep, desk) == 0)
		return desk;
	pthread_cond_destroy(&desk->news);
	pthread_cond_destroy(&desk->drawn);
	pthread_mutex_destroy(&desk->sharing);
	pthread_mutex_destroy(&desk->approving);
	pthread_mutex_destroy(&desk->lock);
	job_watch_free(desk->watching.watch);
	listing_free(desk->listing);
	free(desk);
	return NULL;
}

void desk_close(struct desk *desk)
{
	pthread_mutex_lock(&desk->lock);
	desk->closing = true;
	desk_tell(desk);
	pthread_mutex_unlock(&desk->lock);
}

void desk_free(struct desk *desk)
{
	desk_close(desk);
	pthread_join(desk->keeper, NULL);
	for (int i = 0; i < MADE_MAX; i++)
		made_free(&desk->recent.letters[i]);
	fixes_free(desk);
	job_maker_free(desk->makers.now);
	job_maker_free(desk->makers.earlier);
	job_watch_free(desk->watching.watch);
	listing_free(desk->listing);
	sights_free(desk->sights);
	asked_free(desk->asked);
	buf_free(&desk->last_run.report);
	pthread_cond_destroy(&desk->news);
	pthread_cond_destroy(&desk->drawn);
	pthread_mutex_destroy(&desk->sharing);
	pthread_mutex_destroy(&desk->approving);
	pthread_mutex_destroy(&desk->lock);
	free(desk);
}
