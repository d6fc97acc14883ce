/* approve.c - a click on Approve → the same as lettermerge approve, for the one letter that is
 * shown.
 *
 * The page says which letter it showed; when a save has come between, nothing is approved that
 * nobody has seen. */
#include "serve/desk_int.h"

#include <time.h>

static void ignore(void *user, const struct diag *diag)
{
	(void)user;
	(void)diag;
}

static void note(void *user, const struct job_letter *letter)
{
	int *approved = user;
	*approved = letter->approved;
}

/* The number of persons who have approved it then; -1 when that failed. */
static int approve(struct desk *desk, struct str id)
{
	struct job_request request = *desk->options->request;
	int approved = -1;
	request.mode = JOB_APPROVE;
	request.only = &id;
	request.only_count = 1;
	request.workers = 1;
	request.user = &approved;
	request.found = ignore;
	request.letter = note;
	request.progress = NULL;
	request.interrupted = NULL;
	request.approved_at = request.has_time ? request.time : (int64_t)time(NULL);
	return job_run(&request).written ? approved : -1;
}

static int withdraw(struct desk *desk, struct str id, int approved)
{
	const struct job_request *request = desk->options->request;
	struct diags *unsaid = diags_new();
	int gone = job_withdraw(request->out, &id, 1, request->approver, unsaid);
	diags_free(unsaid);
	return gone < 0 ? -1 : approved > gone ? approved - gone : 0;
}

static void set_approved(struct desk *desk, struct str id, int approved)
{
	struct listing *listing = desk->listing;
	struct row *row = listing_find(listing, id);
	if (!row)
		return;
	listing->approved += listing_approves(listing, approved) -
		listing_approves(listing, row->approved);
	row->approved = approved;
	desk->listed++;
	desk_tell(desk);
}

/* Whether the letter, made from the files as they are at this moment, is the one that was shown. */
static bool is_as_shown(struct desk *desk, const struct view *view, uint64_t shown)
{
	pthread_mutex_lock(&desk->lock);
	struct made *made = made_find_anew(desk, view->id, view->guides);
	bool same = made && !made->failed && made_hash(made) == shown;
	pthread_mutex_unlock(&desk->lock);
	return same;
}

int desk_approve(struct desk *desk, const struct view *view, uint64_t shown, bool back)
{
	pthread_mutex_lock(&desk->lock);
	const struct row *row = listing_find(desk->listing, view->id);
	int approved = row ? row->approved : 0;
	pthread_mutex_unlock(&desk->lock);
	if (!row)
		return 404;
	if (!is_as_shown(desk, view, shown))
		return 409;
	approved = back ? withdraw(desk, view->id, approved) : approve(desk, view->id);
	if (!back && approved > 0 && !is_as_shown(desk, view, shown)) { /* saved just now */
		withdraw(desk, view->id, approved);
		return 409;
	}
	if (approved < 0)
		return 500;
	pthread_mutex_lock(&desk->lock);
	set_approved(desk, view->id, approved);
	pthread_mutex_unlock(&desk->lock);
	return 303;
}
