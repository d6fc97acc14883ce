/* open_folder.c - the folder of letters, made ready for a run as far as its mode asks: the folder
 * is there, nobody else is at work in it, its record and approvals are open, and so is what writes
 * to it. */
#include "job/batch_int.h"

#include "base/diag_id.h"
#include "publish/archive_file.h"
#include "record/approval.h"
#include "record/folder.h"
#include "record/names.h"

#include <time.h>

/* A run of the whole would not know what they wrote. Or nobody can tell. */
static bool has_shards(const char *out, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct shard *shards;
	int count = names_find_shards(arena, out, &shards, diags);
	arena_free(arena);
	if (count > 0)
		diag_add(diags, SHARDS, place_in(out), diag_int(diags, count), out, out);
	return count != 0;
}

/* A letter counts as missing when its archive does. */
static bool open_archive(struct batch *batch, struct diags *diags)
{
	const char *path = batch->task->to->archive;
	if (batch->record)
		archive_recognise(path, batch->record);
	batch->archive_is_right = archive_look(path, batch->record) == ARCHIVE_RIGHT;
	return archive_check(path, batch->record, diags);
}

/* Who asks for approvals is told of them though another run holds the record. */
static bool lock(struct batch *batch, bool write, struct diags *diags)
{
	const struct destination *to = batch->task->to;
	bool held = lock_folder(&batch->lock, to->out, to->shard, write, diags);
	batch->locked = !held && batch->task->kind == TASK_COMPARE;
	if (batch->locked)
		diags_clear(diags);
	return held || batch->locked;
}

/* A signed list says how far their log goes: when that cannot be read, no run begins that would end
 * without one. */
static bool open_approvals(struct batch *batch, struct diags *diags)
{
	const struct task *task = batch->task;
	bool asked = task->approver || task->kind == TASK_COMPARE ||
		(task->update && task->update->approvals);
	if (asked)
		batch->approvals = approvals_open(task->to->out, task->approver != NULL, diags);
	else if (task->kind == TASK_UPDATE && task->request->signing.identity)
		approvals_close(approvals_open(task->to->out, false, diags));
	if (task->update && task->update->believed)
		approvals_believe(batch->approvals, task->update->believed, (int64_t)time(NULL));
	return !diags_failed(diags);
}

static bool open_publisher(struct batch *batch, struct diags *diags)
{
	const struct destination *to = batch->task->to;
	if (batch->record)
		batch->publisher = publisher_new(to, batch->record, batch->project.time);
	if (!batch->publisher || !publisher_clear(batch->publisher, diags))
		return false;
	return !to->archive || !record_archived(batch->record)->name[0] ||
		record_archived(batch->record)->mtime ||
		publisher_open_archive(batch->publisher, diags);
}

bool batch_open_folder(struct batch *batch, struct diags *diags)
{
	const struct task *task = batch->task;
	const struct destination *to = task->to;
	bool plan = task_only_plans(task);
	if (!to)
		return true;
	if (!plan && !folder_make(to->out, diags))
		return false;
	if (task->kind == TASK_WRITE)
		return true;
	if (plan && !file_exists(to->out))
		return !to->archive || open_archive(batch, diags);
	if (!open_approvals(batch, diags))
		return false;
	if (task->approver)
		return true;
	if (!to->shard.count && has_shards(to->out, diags))
		return false;
	if (!lock(batch, !plan, diags))
		return false;
	if (batch->locked)
		return true;
	batch->record = record_open(
		to->out, to->shard, plan ? RECORD_READ : RECORD_WRITE, to->durability, diags);
	if (diags_failed(diags) || (to->archive && !open_archive(batch, diags)))
		return false;
	return plan || open_publisher(batch, diags);
}
