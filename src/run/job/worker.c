/* worker.c - one thread's tools, and the making of one letter with them. */
#include "job/job_int.h"

#include "twin/twin.h"
#include "verify/manifest.h"

#include <time.h>

void worker_open(struct worker *worker, const struct project *project,
	const struct job_request *request, struct record *record, struct press *press)
{
	*worker = (struct worker){
		.project = project,
		.request = request,
		.record = record,
		.press = press,
		.arena = arena_new(),
		.shaper = shaper_new(project->text),
		.writer = pdf_writer_new(project->pdf),
		.diags = diags_new(),
		.found = diags_new(),
	};
	worker->layout = layout_new(project->style, worker->shaper, project->pictures);
	memcpy(worker->also, request->also, sizeof worker->also);
	if (request->mode != JOB_ALL)
		worker->keyer = keyer_new(&project->basis, project->pictures);
}

void worker_close(struct worker *worker)
{
	keyer_free(worker->keyer);
	layout_free(worker->layout);
	pdf_writer_free(worker->writer);
	signer_free(worker->signer);
	shaper_free(worker->shaper);
	diags_free(worker->diags);
	diags_free(worker->found);
	buf_free(&worker->bytes);
	buf_free(&worker->source);
	buf_free(&worker->facts);
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
	if (letter && !letter_dress(worker->arena, letter, worker->project->style, worker->diags))
		letter = NULL;
	worker->standings = letter ? letter->standings : (struct standings){0};
	worker->composed = NULL;
	worker_lap(worker, JOB_MERGE, &clock);
	return letter;
}

static bool make_twins(struct worker *worker, const struct letter *letter)
{
	const struct project *project = worker->project;
	const bool *also = worker->also;
	if (also[JOB_TEXT])
		twin_text(letter, &worker->twin[JOB_TEXT]);
	return !also[JOB_HTML] ||
		twin_html(letter, project->style, project->pictures, &worker->twin[JOB_HTML],
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

/* As far as the servers let it: what fails costs a level, and is said. */
static void raise_level(struct worker *worker, const char *id)
{
	struct buf longer = {0};
	level_raise(worker->request->raise, worker->arena, buf_text(&worker->bytes), id,
		worker->request->level, (int64_t)time(NULL), &longer, worker->diags);
	if (longer.len) {
		buf_free(&worker->bytes);
		worker->bytes = longer;
	} else
		buf_free(&longer);
}

/* Renders, with a hole when somebody signs, and fills it. */
static bool render(struct worker *worker, const struct letter *letter, const struct pages *pages)
{
	const struct job_request *request = worker->request;
	struct pdf_signature signature = {.time = request->sign_time, .certify = request->certify};
	struct pdf_attachment attachments[2];
	struct pdf_options options = {.time = worker->project->time, .attachments = attachments};
	int64_t clock = worker_clock(worker);
	if (request->identity && !worker->signer)
		worker->signer = signer_new(request->identity, &request->signing, worker->diags);
	if (request->identity && !worker->signer)
		return false;
	if (worker->signer) {
		signature.name = identity_name(request->identity);
		signature.room = signer_room(worker->signer);
		options.signature = &signature;
	}
	if (request->attach_source) {
		attach_source(worker, letter, attachments);
		options.attachment_count = 2;
	}
	bool good = pdf_render(worker->writer, letter, pages, &options, worker->diags);
	worker_lap(worker, JOB_RENDER, &clock);
	good = good && pdf_save(worker->writer, &worker->bytes, worker->diags);
	worker_lap(worker, JOB_SAVE, &clock);
	if (good && worker->signer) {
		struct pdf_hole at = pdf_hole(worker->writer);
		struct hole hole = {at.range, at.range_len, at.contents, at.contents_len};
		good = signer_sign(
			worker->signer, &worker->bytes, &hole, letter->id.at, worker->diags);
		if (good && request->raise)
			raise_level(worker, letter->id.at);
	}
	worker_lap(worker, JOB_SIGN, &clock);
	return good;
}

bool worker_set(struct worker *worker, const struct letter *letter)
{
	const struct job_request *request = worker->request;
	bool test = request->identity && identity_is_test(request->identity);
	struct layout_options layout = {.watermark = request->watermark,
		.guides = request->guides,
		.seal = test ? "TEST" : NULL};
	if (worker->composed)
		return true;
	int64_t clock = worker_clock(worker);
	struct flow *flow = layout_flow(worker->layout, worker->arena, letter, worker->diags);
	worker_lap(worker, JOB_BREAK, &clock);
	worker->composed = layout_pages(flow, &layout);
	worker_lap(worker, JOB_COMPOSE, &clock);
	worker->pages = worker->composed ? worker->composed->count : 0;
	return worker->composed != NULL;
}

bool worker_compose(struct worker *worker, const struct letter *letter)
{
	const struct project *project = worker->project;
	if (!worker_set(worker, letter))
		return false;
	if (project->facts)
		worker->measures = facts_measure(
			project->facts, worker->arena, letter, worker->composed);
	if (worker->request->bundle)
		return pdf_prepare(worker->writer, letter, worker->composed, worker->diags);
	return render(worker, letter, worker->composed) && make_twins(worker, letter);
}

/* Without a record: file by file. */
static bool publish_all(struct worker *worker, struct str id)
{
	const struct buf *bytes[FILE_KINDS] = {
		&worker->bytes, &worker->twin[JOB_HTML], &worker->twin[JOB_TEXT]};
	struct entry entry = {.id = id};
	bool good = true;
	for (int kind = 0; good && kind < FILE_KINDS; kind++)
		if (kind == FILE_PDF || worker->also[kind - FILE_TWIN])
			good = file_publish(
				press_path(worker->request, worker->arena, &entry, kind),
				bytes[kind]->at, bytes[kind]->len, false, worker->diags);
	return good;
}

static enum job_fate make_all(struct worker *worker, const struct letter *letter)
{
	bool good = worker_compose(worker, letter);
	int64_t clock = worker_clock(worker);
	if (good && worker->request->say_approvals)
		good = approval_content(worker, letter);
	good = good && (!worker->request->out || publish_all(worker, letter->id));
	worker_lap(worker, JOB_WRITE, &clock);
	return good ? JOB_WRITTEN : JOB_FAILED;
}

static void prove(struct worker *worker)
{
	const struct plan *plan = &worker->plan;
	worker->proven = true;
	worker->proof = (struct proof){
		.entry = plan->entry,
		.known = plan->known,
		.shape = plan->key.shape,
		.shape_text = plan->shape,
		.basis = worker->project->basis.hash,
		.basis_text = worker->project->basis.text,
	};
	for (int kind = 0; kind < FILE_KINDS; kind++)
		if (plan->moved && plan->old.file[kind].size && !str_starts(plan->old.folder, ":"))
			worker->proof.stale[kind] = press_path(
				worker->request, worker->arena, &plan->old, kind);
}

static bool lay_all(struct worker *worker)
{
	const struct buf *bytes[FILE_KINDS] = {
		&worker->bytes, &worker->twin[JOB_HTML], &worker->twin[JOB_TEXT]};
	bool good = true;
	for (int kind = 0; good && kind < FILE_KINDS; kind++)
		if (kind == FILE_PDF || worker->also[kind - FILE_TWIN])
			good = press_lay(worker->press, worker->arena, &worker->proof, kind,
				bytes[kind], worker->diags);
	return good;
}

/* For the list of the run. */
static void take_hashes(struct worker *worker)
{
	struct entry *entry = &worker->plan.entry;
	char hex[MANIFEST_HEX] = "";
	if (worker->request->identity)
		manifest_hash(buf_text(&worker->bytes), hex);
	entry->sha256 = str_copy(worker->arena, str_of(hex));
	entry->template = worker->project->template_hash;
}

/* A letter whose file proves to be right after all counts as unchanged. warnings: those it had
 * before it was set. */
static enum job_fate make_changed(struct worker *worker, const struct letter *letter, int warnings)
{
	struct plan *plan = &worker->plan;
	if (!worker_compose(worker, letter))
		return JOB_FAILED;
	plan->entry.warnings = diags_count(worker->diags, SEVERITY_WARNING) - warnings;
	plan->entry.pages = worker->pages;
	if (!plan->make)
		return JOB_UNCHANGED;
	int64_t clock = worker_clock(worker);
	take_hashes(worker);
	prove(worker);
	worker->proven = lay_all(worker);
	worker_lap(worker, JOB_WRITE, &clock);
	if (!worker->proven)
		return JOB_FAILED;
	for (int kind = 0; kind < FILE_KINDS; kind++)
		if (worker->proof.laid[kind] || worker->proof.bytes[kind])
			return JOB_WRITTEN;
	return JOB_UNCHANGED;
}

enum job_fate worker_make(struct worker *worker, const struct recipient *recipient)
{
	const struct plan *plan = &worker->plan;
	const struct letter *letter = worker_merge(worker, recipient);
	worker->proven = false;
	if (!letter)
		return JOB_FAILED;
	if (worker->request->no_pages)
		return JOB_WRITTEN;
	if (worker->request->mode == JOB_ALL)
		return make_all(worker, letter);
	if (worker->request->mode == JOB_APPROVE)
		return approval_give(worker, letter);
	if (!plan_letter(worker, recipient, letter))
		return JOB_FAILED;
	int warnings = diags_count(worker->diags, SEVERITY_WARNING);
	if (plan->make || worker->request->say_approvals) {
		enum job_fate fate = approval_ask(worker, letter);
		if (fate != JOB_WRITTEN)
			return fate;
	}
	buf_clear(&worker->bytes);
	if (worker->request->mode == JOB_DIFF && plan->make)
		diff_letter(worker, worker->request->colour, &worker->bytes);
	if (worker->request->mode != JOB_CHANGED)
		return plan->make ? JOB_WRITTEN : JOB_UNCHANGED;
	if (plan->make || plan->again)
		return make_changed(worker, letter, warnings);
	if (plan->refresh)
		prove(worker);
	worker->pages = plan->old.pages;
	return JOB_UNCHANGED;
}

enum job_fate worker_make_known(
	struct worker *worker, const struct recipient *recipient, const struct entry *entry)
{
	struct recipient again = *recipient;
	worker->proven = false;
	worker->standings = entry->standings;
	worker->pages = entry->pages;
	if (plan_known(worker, entry)) {
		if (worker->plan.refresh && worker->press)
			prove(worker);
		return JOB_UNCHANGED;
	}
	if (!recipients_read(worker->recipients, worker->arena, &again, worker->diags))
		return JOB_FAILED;
	return worker_make(worker, &again);
}
