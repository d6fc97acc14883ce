/* compare.c - the list against the folder of the letters: which ones are not as the last run wrote
 * them, and how many persons have approved each.
 *
 * All letters are merged for that and no more, so it is done long before they are all checked, and
 * again when somebody approves one or a run ends. */
#include "desk/desk.h"

struct comparison {
	struct desk *desk;
	bool locked; /* a run holds the record */
	atomic_bool stop;
};

static void ignore(void *user, const struct diag *diag)
{
	(void)user;
	(void)diag;
}

static void note_standing(void *user, const struct job_letter *letter)
{
	struct comparison *comparison = user;
	struct desk *desk = comparison->desk;
	bool otherwise = letter->fate == JOB_WRITTEN || letter->fate == JOB_HELD;
	struct stance stance = {.unwritten = otherwise && letter->unwritten,
		.changed = otherwise && !letter->unwritten,
		.held = letter->remarks > 0,
		.approved = letter->remarks ? 0 : letter->approved,
		.by = letter->approved_by};
	comparison->locked |= letter->locked;
	pthread_mutex_lock(&desk->lock);
	struct row *row = comparison->stop ? NULL : listing_find(desk->listing, letter->id);
	if (row && letter->locked) {
		stance.unwritten = row->stance.unwritten;
		stance.changed = row->stance.changed;
	}
	if (row)
		listing_stand(desk->listing, row, &stance);
	pthread_mutex_unlock(&desk->lock);
}

static void look_up(void *user, int done, int total)
{
	struct comparison *comparison = user;
	(void)done;
	(void)total;
	desk_look_for_saves(comparison->desk, &comparison->stop);
}

bool desk_compare(struct desk *desk)
{
	struct comparison comparison = {.desk = desk};
	struct job_request request = *desk->options->request;
	const struct job_update *update = desk->options->update;
	desk->watching.folder = folder_look(update->to.out);
	request.listener = (struct job_listener){.user = &comparison,
		.found = ignore,
		.letter = note_standing,
		.progress = look_up,
		.interrupted = &comparison.stop};
	job_compare(&request, update);
	desk->watching.locked = comparison.locked;
	pthread_mutex_lock(&desk->lock);
	desk->listed++;
	desk_tell(desk);
	pthread_mutex_unlock(&desk->lock);
	return !comparison.stop;
}
