/* cover.c - the first letter of a bundle, which is made of no record and by a template of its own.
 * What it is set with stays open as long as the bundle, which shares its fonts. */
#include "job/batch_int.h"

#include <stdlib.h>

struct job_cover {
	struct job_request request;
	struct task task;
	struct project project;
	struct worker worker;
	bool opened;
};

static bool add(struct job_cover *cover, struct bundle *bundle)
{
	static const bool nothing_beside[FILE_KINDS] = {false};
	struct worker *worker = &cover->worker;
	const struct recipient nobody = {.id = str_lit("cover")};
	struct made_letter made = {0};
	worker_begin(worker);
	const struct letter *letter = worker_merge(worker, &nobody);
	return letter && worker_compose(worker, letter, nothing_beside, &made) &&
		bundle_add(bundle, worker->writer, str_lit("About this proof"), worker->diags);
}

struct job_cover *cover_add(struct batch *batch, struct diags *diags)
{
	const struct task *task = batch->task;
	struct job_cover *cover = heap_new(sizeof *cover);
	cover->request = (struct job_request){
		.source = {.template = "the cover", .template_bytes = task->bundle->cover},
		.form = {.watermark = task->request->form.watermark,
			.has_time = true,
			.time = batch->project.time},
		.faces = task->request->faces,
	};
	cover->task = (struct task){
		.kind = TASK_BUNDLE, .request = &cover->request, .bundle = task->bundle};
	cover->opened = project_open(&cover->project, &cover->task, diags);
	if (cover->opened) {
		worker_open(&cover->worker,
			&(struct worker){.task = &cover->task, .project = &cover->project});
		if (!add(cover, batch->bundle))
			diags_append(diags, cover->worker.diags);
	}
	if (!diags_failed(diags))
		return cover;
	cover_close(cover);
	return NULL;
}

void cover_close(struct job_cover *cover)
{
	if (!cover)
		return;
	if (cover->opened)
		worker_close(&cover->worker);
	project_close(&cover->project);
	free(cover);
}
