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
	for (int i = 0; i < JOB_TWINS; i++)
		buf_free(&worker->twin[i]);
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

struct letter *worker_merge(struct worker *worker, const struct recipient *recipient)
{
	int64_t clock = worker_clock(worker);
	struct letter *letter = letter_merge(
		worker->arena, worker->project->template, recipient, worker->diags);
	worker->unconfirmed = letter ? letter->unconfirmed : 0;
	worker_lap(worker, JOB_MERGE, &clock);
	return letter;
}

static bool make_twins(struct worker *worker, const struct letter *letter)
{
	const struct project *project = worker->project;
	const bool *also = worker->request->also;
	if (also[JOB_TEXT])
		twin_text(letter, project->style, &worker->twin[JOB_TEXT]);
	return !also[JOB_HTML] ||
		twin_html(letter, project->style, project->pictures, &worker->twin[JOB_HTML],
			worker->diags);
}

bool worker_compose(struct worker *worker, const struct letter *letter)
{
	struct layout_options layout = {.watermark = worker->request->watermark};
	struct pdf_options pdf = {.time = worker->project->time};
	int64_t clock = worker_clock(worker);
	struct pages *pages = layout_letter(
		worker->layout, worker->arena, letter, &layout, worker->diags);
	worker_lap(worker, JOB_LAYOUT, &clock);
	worker->pages = pages ? pages->count : 0;
	bool good = pages &&
		pdf_render(worker->writer, letter, pages, &pdf, &worker->bytes, worker->diags);
	worker_lap(worker, JOB_RENDER, &clock);
	return good && make_twins(worker, letter);
}

static bool publish(
	struct worker *worker, struct str id, const char *ending, const struct buf *bytes)
{
	struct str name = str_format(worker->arena, "%.*s.%s", str_arg(id), ending);
	struct str path = path_join(worker->arena, str_of(worker->request->out), name);
	return file_publish(path.at, bytes->at, bytes->len, false, worker->diags);
}

static bool publish_all(struct worker *worker, struct str id)
{
	static const char *const endings[JOB_TWINS] = {"html", "txt"};
	bool good = publish(worker, id, "pdf", &worker->bytes);
	for (int i = 0; good && i < JOB_TWINS; i++)
		if (worker->request->also[i])
			good = publish(worker, id, endings[i], &worker->twin[i]);
	return good;
}

bool worker_make(struct worker *worker, const struct recipient *recipient)
{
	const struct letter *letter = worker_merge(worker, recipient);
	bool good = letter && worker_compose(worker, letter);
	int64_t clock = worker_clock(worker);
	good = good && (!worker->request->out || publish_all(worker, letter->id));
	worker_lap(worker, JOB_WRITE, &clock);
	return good;
}
