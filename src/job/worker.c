/* worker.c - one thread's tools, and the making of one letter with them. */
#include "job/job_int.h"

#include "twin/twin.h"

#include <time.h>

void worker_open(
	struct worker *worker, const struct project *project, const struct job_request *request)
{
	*worker = (struct worker){
		.project = project,
		.request = request,
		.arena = arena_new(),
		.shaper = shaper_new(project->text),
		.writer = pdf_writer_new(project->pdf),
		.diags = diags_new(),
	};
	worker->layout = layout_new(project->style, worker->shaper, project->pictures);
}

void worker_close(struct worker *worker)
{
	layout_free(worker->layout);
	pdf_writer_free(worker->writer);
	shaper_free(worker->shaper);
	diags_free(worker->diags);
	buf_free(&worker->bytes);
	buf_free(&worker->twin);
	arena_free(worker->arena);
}

int64_t worker_clock(const struct worker *worker)
{
	struct timespec now = {0};
	if (worker->request->measure)
		clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void worker_lap(struct worker *worker, enum job_stage stage, int64_t *since)
{
	int64_t now = worker_clock(worker);
	worker->stage_ns[stage] += now - *since;
	*since = now;
}

static struct letter *merge(struct worker *worker, const struct recipient *recipient)
{
	struct letter *letter = letter_merge(
		worker->arena, worker->project->template, recipient, worker->diags);
	worker->unconfirmed = letter ? letter->unconfirmed : 0;
	return letter;
}

static bool publish(
	struct worker *worker, struct str id, const char *ending, const struct buf *bytes)
{
	const char *out = worker->request->out;
	if (!out)
		return true;
	struct str name = str_format(worker->arena, "%.*s.%s", str_arg(id), ending);
	struct str path = path_join(worker->arena, str_of(out), name);
	return file_publish(path.at, bytes->at, bytes->len, false, worker->diags);
}

static bool publish_twins(struct worker *worker, const struct letter *letter)
{
	const struct project *project = worker->project;
	bool good = true;
	if (worker->request->also[JOB_TEXT]) {
		twin_text(letter, project->style, &worker->twin);
		good = publish(worker, letter->id, "txt", &worker->twin);
	}
	if (worker->request->also[JOB_HTML])
		good &= twin_html(letter, project->style, project->pictures, &worker->twin,
				worker->diags) &&
			publish(worker, letter->id, "html", &worker->twin);
	return good;
}

bool worker_make(struct worker *worker, const struct recipient *recipient)
{
	const struct project *project = worker->project;
	struct layout_options layout = {.watermark = worker->request->watermark};
	struct pdf_options pdf = {.time = project->time};
	int64_t clock = worker_clock(worker);
	struct letter *letter = merge(worker, recipient);
	worker_lap(worker, JOB_MERGE, &clock);
	struct pages *pages = letter
		? layout_letter(worker->layout, worker->arena, letter, &layout, worker->diags)
		: NULL;
	worker_lap(worker, JOB_LAYOUT, &clock);
	worker->pages = pages ? pages->count : 0;
	bool good = pages &&
		pdf_render(worker->writer, letter, pages, &pdf, &worker->bytes, worker->diags);
	worker_lap(worker, JOB_RENDER, &clock);
	good = good && publish(worker, recipient->id, "pdf", &worker->bytes) &&
		publish_twins(worker, letter);
	worker_lap(worker, JOB_WRITE, &clock);
	return good;
}
