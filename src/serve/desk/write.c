/* write.c - what would be written, by whom it is agreed to, and then the same as lettermerge batch.
 *
 * Who presses the button has seen a summary. Its stamp goes with the press, and is taken again
 * before the run begins: letters that were saved, approved or withdrawn since are not written for
 * it. */
#include "desk/desk.h"

#include <stdio.h>
#include <time.h>

/* -- what would become of them ---------------------------------------------------------------- */

enum prospect_kind prospect_of(const struct desk *desk, const struct row *row)
{
	const struct stance *stance = &row->stance;
	if (row->errors)
		return PROSPECT_ERROR;
	if (!stance->changed && !stance->unwritten)
		return PROSPECT_UNCHANGED;
	return stance->approved < desk->options->update->approvals ? PROSPECT_HELD
								   : PROSPECT_WRITES;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
	return (hash ^ value) * 1099511628211U; /* as str_hash does, FNV-1a */
}

static void add_row(const struct desk *desk, const struct row *row, struct prospect *out)
{
	enum prospect_kind kind = prospect_of(desk, row);
	bool writes = kind == PROSPECT_WRITES;
	out->writes += writes;
	out->held += kind == PROSPECT_HELD;
	out->errors += kind == PROSPECT_ERROR;
	out->unchanged += kind == PROSPECT_UNCHANGED;
	out->approved += writes && listing_approves(desk->listing, row->stance.approved);
	out->against += writes && row->stance.held;
	out->unconfirmed += writes && row->unconfirmed;
	out->stamp = mix(out->stamp, str_hash(row->id));
	out->stamp = mix(out->stamp, (uint64_t)kind);
	out->stamp = mix(out->stamp, (uint64_t)row->stance.approved);
	out->stamp = mix(out->stamp, (uint64_t)row->stance.held);
	out->stamp = mix(out->stamp, (uint64_t)row->unconfirmed);
}

void prospect_take(const struct desk *desk, struct prospect *out)
{
	const struct listing *listing = desk->listing;
	*out = (struct prospect){.now = (int64_t)time(NULL),
		.stamp = mix((uint64_t)desk->began, (uint64_t)desk->version)};
	for (int i = 0; i < listing->rows.len; i++)
		add_row(desk, &listing->rows.at[i], out);
	out->known = listing->checked && !listing->broken && desk->under_way.work == WORK_NONE;
	out->good = out->writes && !out->held;
}

/* -- agreeing to it ---------------------------------------------------------------------------- */

const char *desk_hindrance(const struct desk *desk, bool busy)
{
	if (desk->options->look_only)
		return "This desk is for looking only. Start it without --read-only.";
	if (desk->options->reading_only)
		return "Nobody is there to sign, so letters are not written. Start the desk with "
		       "--identity FILE, or with --no-sign.";
	if (desk->listing->broken)
		return "The letters cannot be made. Mend what stands under Findings, then they can "
		       "be written.";
	if (desk->order.given || desk->under_way.work == WORK_WRITE)
		return "The letters are being written already.";
	return busy ? "Another run is at work in the same folder, so this one was not started. Try "
		      "again when it has ended."
		    : "";
}

int desk_generate(struct desk *desk, uint64_t stamp, struct buf *why)
{
	bool busy = folder_is_busy(desk->options->update->to.out);
	struct prospect prospect;
	pthread_mutex_lock(&desk->lock);
	prospect_take(desk, &prospect);
	buf_puts(why, desk_hindrance(desk, busy));
	bool can = !why->len && prospect.known && prospect.stamp == stamp;
	desk->order.given |= can;
	desk->order.agreed = can ? stamp : desk->order.agreed;
	if (why->len && busy && desk->under_way.work != WORK_WRITE)
		snprintf(desk->last_run.said, sizeof desk->last_run.said,
			"not started, since another run is at work in %s",
			desk->options->update->to.out);
	desk_tell(desk);
	pthread_mutex_unlock(&desk->lock);
	return can ? 303 : 409;
}

bool desk_still_fits(struct desk *desk)
{
	struct prospect prospect;
	atomic_bool stop = false;
	desk_look_for_saves(desk, &stop);
	pthread_mutex_lock(&desk->lock);
	prospect_take(desk, &prospect);
	bool fits = prospect.stamp == desk->order.agreed;
	buf_clear(&desk->last_run.report);
	if (!fits)
		snprintf(desk->last_run.said, sizeof desk->last_run.said,
			"nothing was written, since something changed after the summary was "
			"shown");
	pthread_mutex_unlock(&desk->lock);
	return fits;
}

/* -- the run ----------------------------------------------------------------------------------- */

struct writing {
	struct desk *desk;
	char failure[200]; /* of the run as a whole; or empty */
};

static void count_up(void *user, int done, int total)
{
	struct writing *writing = user;
	desk_count(writing->desk, done, total);
}

/* Of findings that stop a run there is one. */
static void keep_failure(void *user, const struct diag *diag)
{
	struct writing *writing = user;
	if (!diag->record && diag_severity(diag->id) >= SEVERITY_ERROR)
		snprintf(writing->failure, sizeof writing->failure, "%s", diag->text);
}

static void say_counts(
	const struct desk_options *options, const struct job_result *result, struct buf *said)
{
	buf_format(said, "%d written to %s%s", result->written, options->update->to.out,
		options->request->signing.identity ? "" : " (not signed)");
	if (result->same)
		buf_format(said, " (%d the same as before)", result->same);
	buf_format(said, ", %d unchanged, %d failed", result->unchanged, result->failed);
}

/* What came of it, for the status. */
static void say(const struct writing *writing, const struct job_result *result)
{
	struct desk *desk = writing->desk;
	const struct desk_options *options = desk->options;
	struct buf said = {0};
	if (!result->records && writing->failure[0])
		buf_format(&said, "not started, since %s", writing->failure);
	else
		say_counts(options, result, &said);
	if (result->held)
		buf_format(&said, ", %d held for want of approval%s", result->held,
			result->objected ? ", or for what was said against them" : "");
	if (result->records && writing->failure[0])
		buf_format(&said, "; %s", writing->failure);
	pthread_mutex_lock(&desk->lock);
	snprintf(desk->last_run.said, sizeof desk->last_run.said, "%s", buf_text(&said).at);
	pthread_mutex_unlock(&desk->lock);
	buf_free(&said);
}

void desk_write_letters(struct desk *desk)
{
	struct job_request request = *desk->options->request;
	struct job_update update = *desk->options->update;
	struct buf report = {0};
	struct writing writing = {.desk = desk};
	request.listener = (struct job_listener){.user = &writing,
		.found = keep_failure,
		.progress = count_up,
		.interrupted = desk->options->interrupted};
	if (!request.form.has_time)
		request.signing.time = (int64_t)time(NULL);
	update.report = &report;
	struct job_result result = job_update(&request, &update);
	say(&writing, &result);
	pthread_mutex_lock(&desk->lock);
	buf_free(&desk->last_run.report);
	desk->last_run.report = report;
	pthread_mutex_unlock(&desk->lock);
}
