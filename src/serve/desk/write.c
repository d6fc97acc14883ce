/* write.c - a click on Write the letters → the same as lettermerge batch, and what came of it. */
#include "desk/desk.h"

#include <stdio.h>
#include <time.h>

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

/* What came of it, for the status. */
static void say(const struct writing *writing, const struct job_result *result)
{
	struct desk *desk = writing->desk;
	const struct desk_options *options = desk->options;
	struct buf said = {0};
	if (!result->records && writing->failure[0])
		buf_format(&said, "not started, since %s", writing->failure);
	else
		buf_format(&said, "%d written to %s%s, %d unchanged, %d failed", result->written,
			options->update->to.out,
			options->request->signing.identity ? "" : " (not signed)",
			result->unchanged, result->failed);
	if (result->held)
		buf_format(&said, ", %d held for want of approval%s", result->held,
			result->objected ? ", or for what was said against them" : "");
	if (result->records && writing->failure[0])
		buf_format(&said, "; %s", writing->failure);
	pthread_mutex_lock(&desk->lock);
	snprintf(desk->said, sizeof desk->said, "%s", buf_text(&said).at);
	pthread_mutex_unlock(&desk->lock);
	buf_free(&said);
}

void desk_write_letters(struct desk *desk)
{
	struct job_request request = *desk->options->request;
	struct writing writing = {.desk = desk};
	request.listener = (struct job_listener){.user = &writing,
		.found = keep_failure,
		.progress = count_up,
		.interrupted = desk->options->interrupted};
	if (!request.form.has_time)
		request.signing.time = (int64_t)time(NULL);
	struct job_result result = job_update(&request, desk->options->update);
	say(&writing, &result);
}
