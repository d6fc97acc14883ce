/* write.c - a click on Write the letters → the same as lettermerge batch, and what came of it. */
#include "serve/desk_int.h"

#include <stdio.h>
#include <time.h>

static void count_up(void *user, int done, int total)
{
	desk_count(user, done, total);
}

/* Of findings that stop a run there is one. */
static void keep_failure(void *user, const struct diag *diag)
{
	struct desk *desk = user;
	if (diag->record || diag_severity(diag->id) < SEVERITY_ERROR)
		return;
	pthread_mutex_lock(&desk->lock);
	snprintf(desk->failure, sizeof desk->failure, "%s", diag->text);
	pthread_mutex_unlock(&desk->lock);
}

/* What came of it, for the status. */
static void say(struct desk *desk, const struct job_result *result)
{
	const struct job_request *request = desk->options->request;
	struct buf said = {0};
	if (!result->records && desk->failure[0])
		buf_format(&said, "not started, since %s", desk->failure);
	else
		buf_format(&said, "%d written to %s%s, %d unchanged, %d failed", result->written,
			request->out, request->identity ? "" : " (not signed)", result->unchanged,
			result->failed);
	if (result->held)
		buf_format(&said, ", %d held for want of approval", result->held);
	if (result->records && desk->failure[0])
		buf_format(&said, "; %s", desk->failure);
	pthread_mutex_lock(&desk->lock);
	snprintf(desk->said, sizeof desk->said, "%s", buf_text(&said).at);
	pthread_mutex_unlock(&desk->lock);
	buf_free(&said);
}

void desk_write_letters(struct desk *desk)
{
	struct job_request request = *desk->options->request;
	desk->failure[0] = 0;
	request.user = desk;
	request.found = keep_failure;
	request.letter = NULL;
	request.progress = count_up;
	request.mode = JOB_CHANGED;
	request.interrupted = desk->options->interrupted;
	if (!request.has_time)
		request.sign_time = (int64_t)time(NULL);
	struct job_result result = job_run(&request);
	say(desk, &result);
}
