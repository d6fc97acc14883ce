/* worker.c - one thread's tools, and the making of one letter with them. */
#include "job/job_int.h"

#include "base/diag_id.h"
#include "locale/locales.h"
#include "template/template.h"
#include "twin/twin.h"
#include "verify/manifest.h"

#include <stdlib.h>
#include <time.h>

bool task_has_record(const struct task *task)
{
	return task->update != NULL;
}

bool task_only_plans(const struct task *task)
{
	return task->update && task->kind != TASK_UPDATE;
}

/* -- tools ------------------------------------------------------------------------------------- */

static void tools_open(struct tools *tools, const struct task *task, const struct project *project)
{
	tools->project = project;
	tools->shaper = shaper_new(project->text);
	tools->layout = layout_new(project->style, tools->shaper, project->pictures);
	tools->writer = pdf_writer_new(project->pdf);
	if (project_has_keys(project, task))
		tools->keyer = keyer_new(&project->basis, project->pictures, project->attachments);
}

static void tools_close(struct tools *tools)
{
	if (!tools->project)
		return;
	keyer_free(tools->keyer);
	layout_free(tools->layout);
	pdf_writer_free(tools->writer);
	shaper_free(tools->shaper);
}

static void hold(struct worker *worker, const struct tools *tools)
{
	worker->project = tools->project;
	worker->shaper = tools->shaper;
	worker->layout = tools->layout;
	worker->writer = tools->writer;
	worker->keyer = tools->keyer;
}

/* Takes those of the edition that the record asks for; false, and said, when there is none to be
 * had. */
static bool turn_to(struct worker *worker, const struct recipient *recipient)
{
	const struct project *usual = worker->tools[0].project;
	int number = edition_asked(usual, recipient, worker->arena, worker->diags);
	if (number < 0)
		return false;
	struct tools *tools = &worker->tools[number];
	const struct project *edition = number ? edition_open(usual, number, worker->diags) : usual;
	if (edition && !tools->project)
		tools_open(tools, worker->task, edition);
	if (edition)
		hold(worker, tools);
	return edition != NULL;
}

void worker_open(struct worker *worker, const struct worker *shared)
{
	const struct project *project = shared->project;
	*worker = *shared;
	worker->arena = arena_new();
	worker->diags = diags_new();
	worker->found = diags_new();
	worker->locales = locales_new();
	worker->tools = heap_new((size_t)(1 + project->edition_count) * sizeof *worker->tools);
	for (int i = 0; i <= project->edition_count; i++)
		worker->tools[i] = (struct tools){0};
	tools_open(worker->tools, shared->task, project);
	hold(worker, worker->tools);
}

void worker_close(struct worker *worker)
{
	struct buf *const bufs[] = {&worker->source, &worker->facts};
	for (int i = worker->tools[0].project->edition_count; i >= 0; i--)
		tools_close(&worker->tools[i]);
	free(worker->tools);
	signer_free(worker->signer);
	signer_free(worker->approver);
	locales_free(worker->locales);
	diags_free(worker->diags);
	diags_free(worker->found);
	for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
		buf_free(bufs[i]);
	for (int kind = 0; kind < FILE_KINDS; kind++)
		buf_free(&worker->bytes[kind]);
	arena_free(worker->arena);
}

void worker_begin(struct worker *worker)
{
	hold(worker, worker->tools);
}

int64_t task_clock(const struct task *task)
{
	struct timespec now = {0};
	if (task->request->listener.measure)
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t worker_clock(const struct worker *worker)
{
	return task_clock(worker->task);
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
	if (!turn_to(worker, recipient))
		return NULL;
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

/* Names of the files by which a machine reads the letter. */
#define SOURCE_NAME "letter.xml"
#define FACTS_NAME "record.xml"

/* What a machine reads in place of the pages. */
static void attach_source(
	struct worker *worker, const struct letter *letter, struct pdf_attachment out[2])
{
	buf_clear(&worker->source);
	buf_clear(&worker->facts);
	letter_source(letter, &worker->source);
	recipient_write(letter->recipient, &worker->facts);
	out[0] = (struct pdf_attachment){SOURCE_NAME, "application/xml", "Source",
		"The letter as XML", buf_text(&worker->source), false};
	out[1] = (struct pdf_attachment){FACTS_NAME, "application/xml", "Data",
		"The recipient's record", buf_text(&worker->facts), false};
}

/* The letter's own files, and its source if it is asked for; gives how many. An enclosure is none
 * of the relations to the letter that ISO 19005-3 6.8 has names for. */
static int attach(struct worker *worker, const struct letter *letter,
	const struct made_letter *made, struct pdf_attachment *out)
{
	int count = 0;
	for (; count < made->attached.files.len; count++) {
		const struct attachment *file = &made->attached.files.at[count];
		out[count] = (struct pdf_attachment){file->name.at, file->type, "Unspecified",
			str_copy(worker->arena, file->title).at, file->bytes, file->shared};
	}
	if (!worker->task->request->form.attach_source)
		return count;
	attach_source(worker, letter, out + count);
	return count + 2;
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
static bool render(
	struct worker *worker, const struct letter *letter, const struct made_letter *made)
{
	const struct job_request *request = worker->task->request;
	const struct signing *signing = &request->signing;
	struct pdf_signature signature = {.time = signing->time, .certify = signing->certify};
	struct pdf_attachment *attachments = arena_new_array(
		worker->arena, struct pdf_attachment, made->attached.files.len + 2);
	struct pdf_options options = {.time = worker->project->time,
		.attachments = attachments,
		.compact = request->form.compact};
	int64_t clock = worker_clock(worker);
	if (!open_signer(worker, signing))
		return false;
	if (worker->signer) {
		signature.name = identity_name(signing->identity);
		signature.room = signer_room(worker->signer);
		options.signature = &signature;
	}
	options.attachment_count = attach(worker, letter, made, attachments);
	bool good = pdf_render(worker->writer, letter, made->pages, &options, worker->diags);
	worker_lap(worker, JOB_RENDER, &clock);
	good = good && pdf_save(worker->writer, &worker->bytes[FILE_PDF], worker->diags);
	worker_lap(worker, JOB_SAVE, &clock);
	if (good && worker->signer)
		good = sign(worker, letter->id.at);
	worker_lap(worker, JOB_SIGN, &clock);
	return good;
}

/* None may be called as the letter's source is. */
static bool check_names(
	struct worker *worker, const struct letter *letter, struct attached attached)
{
	bool source = worker->task->request->form.attach_source, good = true;
	for (int i = 0; source && i < attached.files.len; i++) {
		struct str name = attached.files.at[i].name;
		if (!str_is(name, SOURCE_NAME) && !str_is(name, FACTS_NAME))
			continue;
		diag_add(worker->diags, ATTACHMENT_NAME, letter->root->at,
			diag_str(worker->diags, name));
		good = false;
	}
	return good;
}

static bool asks_for_survey(const struct worker *worker)
{
	return worker->task->check && worker->task->check->survey;
}

static bool take_attachments(
	struct worker *worker, const struct letter *letter, struct made_letter *made)
{
	const struct attached_to files = {letter->root, path_dir(str_of(letter->template->file))};
	if (!letter->template->has_attachments)
		return true;
	return attachments_take(worker->project->attachments, worker->arena, files, &made->attached,
		       worker->diags) &&
		check_names(worker, letter, made->attached);
}

bool worker_set(struct worker *worker, const struct letter *letter, struct made_letter *made)
{
	const struct job_request *request = worker->task->request;
	const struct identity *identity = request->signing.identity;
	struct layout_options options = {.watermark = request->form.watermark,
		.guides = request->form.guides,
		.anyway = asks_for_survey(worker),
		.seal = identity && identity_is_test(identity) ? "TEST" : NULL};
	if (made->pages)
		return true;
	if (!take_attachments(worker, letter, made))
		return false;
	int64_t clock = worker_clock(worker);
	struct flow *flow = layout_flow(worker->layout, worker->arena, letter, worker->diags);
	worker_lap(worker, JOB_BREAK, &clock);
	made->pages = layout_pages(flow, &options);
	worker_lap(worker, JOB_COMPOSE, &clock);
	return made->pages && !diags_failed(worker->diags);
}

/* approval_prepare follows, which tells as well as its bytes whether the letter can be put into a
 * file. */
static bool prepares_alone(const struct worker *worker, const bool wanted[FILE_KINDS])
{
	const struct job_check *check = worker->task->check;
	return check && check->versions && worker->keyer && !check->isolated && !wanted[FILE_HTML];
}

bool worker_compose(struct worker *worker, const struct letter *letter,
	const bool wanted[FILE_KINDS], struct made_letter *made)
{
	const struct project *project = worker->project;
	bool set = worker_set(worker, letter, made);
	if (made->pages && asks_for_survey(worker) && project == worker->tools[0].project)
		made->survey = survey_of_letter(
			worker->arena, letter, made->pages, project->style, project->text);
	if (!set || asks_for_survey(worker))
		return set;
	if (project->facts)
		made->measures = facts_measure(project->facts, worker->arena, letter, made->pages);
	if (prepares_alone(worker, wanted))
		return true;
	if (worker->task->bundle)
		return pdf_prepare(worker->writer, letter, made->pages, worker->diags);
	if (worker->task->kind == TASK_PLAN)
		return pdf_check(worker->writer, letter, made->pages, worker->diags) &&
			make_twins(worker, letter, wanted);
	bool good = render(worker, letter, made) && make_twins(worker, letter, wanted);
	for (int kind = 0; good && kind < FILE_KINDS; kind++)
		if (kind == FILE_PDF || wanted[kind])
			made->file[kind] = buf_text(&worker->bytes[kind]);
	return good;
}
