/* share.c - the proof set in one file, for a signatory who has e-mail alone: made when it is asked
 * for, of the letters that the list has in the proof set, as the files are at that moment.
 *
 * What was saved while it was made may be in one half of it and not in the other, so it is thrown
 * away then. */
#include "desk/desk.h"

#include <poll.h>

/* The letters of it, copied; false when they are not known, or not known any more. */
static bool take(struct desk *desk, struct arena *arena, struct job_proof *proof)
{
	const struct listing *listing = desk->listing;
	vec(struct job_shown) letters = {0};
	for (int i = 0; i < listing->rows.len; i++) {
		const struct row *row = &listing->rows.at[i];
		proof->failed += row->errors > 0;
		if (row->why.len)
			*vec_push(arena, &letters) = (struct job_shown){
				str_copy(arena, row->id), row->pages, str_copy(arena, row->why)};
	}
	proof->all = listing->rows.len;
	proof->letters = letters.at;
	proof->count = letters.len;
	proof->unseen = str_copy(arena, listing->unseen);
	return listing->checked && !listing->partial && !listing->broken &&
		desk->under_way.work == WORK_NONE;
}

static void keep_error(void *user, const struct diag *diag)
{
	struct buf *why = user;
	if (diag_severity(diag->id) >= SEVERITY_ERROR && !why->len)
		buf_format(why, "%s%s%s", diag->text, diag->hint ? ". " : "",
			diag->hint ? diag->hint : "");
}

static bool make(struct desk *desk, const struct job_proof *proof, struct buf *why)
{
	struct job_request request = *desk->options->request;
	request.workers = 1;
	request.listener = (struct job_listener){
		.user = why, .found = keep_error, .interrupted = desk->options->interrupted};
	struct job_result result = job_proof(&request, desk->options->update, proof);
	return result.bundled && result.written == proof->count;
}

/* Whether nothing was saved since; the keeper is given the time to hear of it. */
static bool is_still(struct desk *desk, int version)
{
	poll(NULL, 0, 2 * SAVE_MS);
	pthread_mutex_lock(&desk->lock);
	bool still = desk->version == version;
	pthread_mutex_unlock(&desk->lock);
	return still;
}

int desk_share(struct desk *desk, struct buf *pdf, struct buf *why)
{
	struct arena *arena = arena_new();
	struct job_proof proof = {.file = "proof.pdf", .into = pdf};
	struct buf error = {0};
	pthread_mutex_lock(&desk->sharing);
	pthread_mutex_lock(&desk->lock);
	int version = desk->version;
	bool known = take(desk, arena, &proof);
	pthread_mutex_unlock(&desk->lock);
	bool made = known && proof.count && make(desk, &proof, &error);
	if (!known)
		buf_puts(why,
			"The letters are being read, checked or written, so which of them show all "
			"is not known. Try again when that is done.");
	else if (!proof.count)
		buf_puts(why,
			"No letter can be made, so there is nothing to share. Mend what stands "
			"under Findings.");
	else if (!is_still(desk, version))
		buf_puts(why,
			"Files were saved while the proof was made, so it was thrown away. Ask for "
			"it once more.");
	else if (!made)
		buf_format(why, "The proof could not be made: %s",
			error.len ? buf_text(&error).at
				  : "letters are otherwise by now. Try again");
	pthread_mutex_unlock(&desk->sharing);
	buf_free(&error);
	arena_free(arena);
	return why->len ? 409 : 200;
}
