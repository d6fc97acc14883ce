/* worker.c - one thread's tools, and the making of one letter with them. */
#include "job/job_int.h"

#include "locale/locales.h"
#include "twin/twin.h"
#include "verify/manifest.h"

#include <time.h>

bool task_has_record(const struct task *task)
{
	return task->update != NULL;
}

bool task_only_plans(const struct task *task)
{
	return task->update && task->kind != TASK_UPDATE;
}

void worker_open(struct worker *worker, const struct worker *shared)
{
	const struct project *project = shared->project;
	*worker = *shared;
	worker->arena = arena_new();
	worker->diags = diags_new();
	worker->found = diags_new();
	worker->locales = locales_new();
	worker->shaper = shaper_new(project->text);
	worker->layout = layout_new(project->style, worker->shaper, project->pictures);
	worker->writer = pdf_writer_new(project->pdf);
	if (task_has_record(shared->task) || shared->task->approver)
		worker->keyer = keyer_new(&project->basis, project->pictures);
}

void worker_close(struct worker *worker)
{
	struct buf *const bufs[] = {&worker->source, &worker->facts, &worker->difference};
	keyer_free(worker->keyer);
	layout_free(worker->layout);
	pdf_writer_free(worker->writer);
	signer_free(worker->signer);
	shaper_free(worker->shaper);
	locales_free(worker->locales);
	diags_free(worker->diags);
	diags_free(worker->found);
	for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
		buf_free(bufs[i]);
	for (int kind = 0; kind < FILE_KINDS; kind++)
		buf_free(&worker->bytes[kind]);
	arena_free(worker->arena);
}

int64_t worker_clock(const struct worker *worker)
{
	struct timespec now = {0};
	if (worker->task->request->listener.measure)
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
	struct letter *letter = letter_merge(worker->arena, worker->project->template, recipient,
		worker->locales, worker->diags);
	if (letter &&
		!letter_apply_style(worker->arena, letter, worker->project->style, worker->locales,
			worker->diags))
		letter = NULL;
	worker_lap(worker, JOB_MERGE, &clock);
	return letter;
}

static bool make_twins(
	struct worker *worker, const struct letter *letter, const bool wanted[FILE_KINDS])
{
	const struct project *project = worker->project;
	if (wanted[FILE_TEXT])
		twin_text(letter, &worker->bytes[FILE_TEXT]);
	return !wanted[FILE_HTML] ||
		twin_html(letter, project->style, project->pictures, &worker->bytes[FILE_HTML],
			worker->diags);
}

/* What a machine reads in place of the pages. */
static void attach_source(
	struct worker *worker, const struct letter *letter, struct pdf_attachment out[2])
{
	buf_clear(&worker->source);
	buf_clear(&worker->facts);
	letter_source(letter, &worker->source);
	recipient_write(letter->recipient, &worker->facts);
	out[0] = (struct pdf_attachment){"letter.xml", "application/xml", "Source",
		"The letter as XML", buf_text(&worker->source)};
	out[1] = (struct pdf_attachment){"record.xml", "application/xml", "Data",
		"The recipient's record", buf_text(&worker->facts)};
}

/* Opens the thread's signer before its first letter; false when there is none, though somebody
 * signs. */
static bool open_signer(struct worker *worker, const struct signing *signing)
{
	if (signing->identity && !worker->signer)
		worker->signer = signer_new(signing->identity, &signing->options, worker->diags);
	return !signing->identity || worker->signer;
}

/* Fills the hole that was left for the signature. */
static bool sign(struct worker *worker, const char *id)
{
	struct pdf_hole at = pdf_hole(worker->writer);
	struct hole hole = {at.range, at.range_len, at.contents, at.contents_len};
	return signer_sign(worker->signer, &worker->bytes[FILE_PDF], &hole, id, worker->diags);
}

/* Renders, with a hole when somebody signs, and fills it. */
static bool render(struct worker *worker, const struct letter *letter, const struct pages *pages)
{
	const struct job_request *request = worker->task->request;
	const struct signing *signing = &request->signing;
	struct pdf_signature signature = {.time = signing->time, .certify = signing->certify};
	struct pdf_attachment attachments[2];
	struct pdf_options options = {.time = worker->project->time, .attachments = attachments};
	int64_t clock = worker_clock(worker);
	if (!open_signer(worker, signing))
		return false;
	if (worker->signer) {
		signature.name = identity_name(signing->identity);
		signature.room = signer_room(worker->signer);
		options.signature = &signature;
	}
	if (request->form.attach_source) {
		attach_source(worker, letter, attachments);
		options.attachment_count = 2;
	}
	bool good = pdf_render(worker->writer, letter, pages, &options, worker->diags);
	worker_lap(worker, JOB_RENDER, &clock);
	good = good && pdf_save(worker->writer, &worker->bytes[FILE_PDF], worker->diags);
	worker_lap(worker, JOB_SAVE, &clock);
	if (good && worker->signer)
		good = sign(worker, letter->id.at);
	worker_lap(worker, JOB_SIGN, &clock);
	return good;
}

bool worker_set(struct worker *worker, const struct letter *letter, struct made_letter *made)
{
	const struct job_request *request = worker->task->request;
	const struct identity *identity = request->signing.identity;
	struct layout_options options = {.watermark = request->form.watermark,
		.guides = request->form.guides,
		.seal = identity && identity_is_test(identity) ? "TEST" : NULL};
	if (made->pages)
		return true;
	int64_t clock = worker_clock(worker);
	struct flow *flow = layout_flow(worker->layout, worker->arena, letter, worker->diags);
	worker_lap(worker, JOB_BREAK, &clock);
	made->pages = layout_pages(flow, &options);
	worker_lap(worker, JOB_COMPOSE, &clock);
	return made->pages != NULL;
}

bool worker_compose(struct worker *worker, const struct letter *letter,
	const bool wanted[FILE_KINDS], struct made_letter *made)
{
	const struct project *project = worker->project;
	if (!worker_set(worker, letter, made))
		return false;
	if (project->facts)
		made->measures = facts_measure(project->facts, worker->arena, letter, made->pages);
	if (worker->task->bundle)
		return pdf_prepare(worker->writer, letter, made->pages, worker->diags);
	bool good = render(worker, letter, made->pages) && make_twins(worker, letter, wanted);
	for (int kind = 0; good && kind < FILE_KINDS; kind++)
		if (kind == FILE_PDF || wanted[kind])
			made->file[kind] = buf_text(&worker->bytes[kind]);
	return good;
}
