/* finish.c - the end of a run: letters without recipient, and the list of those that failed.
 *
 * Whether a recipient is gone is only known after a whole run, all records of which could be read:
 * so neither a choice of letters nor a broken record ever costs a letter. */
#include "job/batch_int.h"

#include "base/diag_id.h"
#include "job/origin.h"
#include "publish/signed_list.h"
#include "record/names.h"

#include <errno.h>
#include <unistd.h>

void batch_keep_failed(
	struct batch *batch, const struct diags *diags, const struct recipient *recipient)
{
	struct buf findings = {0};
	for (int i = 0; i < diags_len(diags); i++) {
		const struct diag *diag = diags_at(diags, i);
		if (diag_severity(diag->id) < SEVERITY_ERROR)
			continue;
		buf_puts(&findings, findings.len ? "," : "");
		diag_write_json(diag, &findings);
		while (findings.len && findings.at[findings.len - 1] == '\n')
			findings.len--;
	}
	record_put_failed(batch->record, recipient->id,
		str_of(recipient->where ? recipient->where : ""), buf_text(&findings));
	buf_free(&findings);
}

/* First the files, then the record: broken off in between, the next run ends it. */
static bool remove_letter(
	struct batch *batch, struct arena *arena, const struct entry *entry, struct diags *diags)
{
	bool good = record_start(batch->record, diags);
	signed_list_lift(batch->task->to);
	for (int kind = 0; good && kind < FILE_KINDS; kind++)
		if (entry->file[kind].size && !publish_is_archive(entry->folder))
			good = file_remove(
				publish_path(batch->task->to, arena, entry, kind), diags);
	if (good && batch->task->to->archive)
		good = publisher_open_archive(batch->publisher, diags);
	if (good)
		record_remove(batch->record, entry->number);
	return good;
}

static void finish_left(struct batch *batch, struct diags *diags)
{
	const struct task *task = batch->task;
	const struct job_listener *listener = &task->request->listener;
	struct arena *arena = arena_new();
	struct entry entry = {0};
	bool cut = task->update->prune && recipients_may_be_cut(batch->source);
	for (int64_t after = 0; record_next_left(batch->record, arena, after, &entry);
		after = entry.number) {
		bool removed = task->update->prune && !cut;
		if (removed && batch->publisher)
			removed = remove_letter(batch, arena, &entry, diags);
		batch->result.removed += removed;
		batch->result.left += !removed;
		if (!removed && batch->publisher)
			record_put_gone(batch->record, entry.number);
		if (batch->summary.report)
			telling_left(batch, &entry, removed);
		struct job_letter letter = {
			.id = entry.id,
			.file = publish_path(task->to, arena, &entry, FILE_PDF),
			.fate = removed ? JOB_REMOVED : JOB_LEFT,
		};
		if (listener->letter)
			listener->letter(listener->user, &letter);
		arena_reset(arena);
	}
	if (cut && batch->result.left)
		diag_add(diags, PRUNE_CUT, place_in(task->request->source.recipients),
			diag_int(diags, batch->result.left));
	arena_free(arena);
}

static void write_failed(struct batch *batch, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct buf list = {0};
	const char *path = names_list(
		arena, batch->task->to->out, batch->task->to->shard, "failed");
	if (record_write_failed(batch->record, &list) == 0)
		file_remove(path, diags);
	else
		file_publish_private(path, list.at, list.len, false, diags);
	buf_free(&list);
	arena_free(arena);
}

/* A choice of records that changed nothing leaves what is known of the whole as it was. Reading all
 * records again is done for a list that changed, and for the join of parts; where nobody signs
 * there is no list. */
static void note_origin(struct batch *batch, bool all)
{
	const struct job_request *request = batch->task->request;
	const struct record_list *known = record_list(batch->record);
	struct record_list list = *known;
	if (!request->signing.identity && !request->selection.shard.count)
		return;
	list.origin = origin_of(&batch->project, request);
	bool changed = known->stale || !str_eq(list.origin, known->origin) || all > known->whole;
	if (!changed && !request->selection.shard.count)
		return;
	if (all || changed)
		list.source = origin_source(batch->project.arena, request);
	list.whole = all || (known->whole && !changed);
	list.missing = all ? str_lit("") : known->missing;
	record_put_list(batch->record, &list);
}

void batch_finish(struct batch *batch, struct diags *diags)
{
	const struct job_request *request = batch->task->request;
	const struct job_selection *selection = &request->selection;
	bool all = !batch->stop && !selection->only && !selection->where_count &&
		!selection->limit && !batch->broken;
	bool whole = all && !batch->unread;
	bool good = !batch->publisher || publisher_flush(batch->publisher, diags);
	if (good && whole)
		finish_left(batch, diags);
	if (!batch->publisher)
		return;
	good &= publisher_finish(batch->publisher, diags);
	if (whole)
		record_drop_old_failed(batch->record);
	write_failed(batch, diags);
	if (good && !batch->result.system_failure)
		note_origin(batch, all);
	if (good && !batch->result.system_failure)
		summary_note(batch);
	if (good && !batch->result.system_failure)
		record_finish(batch->record);
	if (!record_commit(batch->record, diags) || !good || batch->result.system_failure)
		return;
	signed_list_write(batch->task->to, &request->signing, batch->record,
		batch->result.written > batch->result.same || batch->result.removed, diags);
	if (batch->result.removed)
		record_wipe(batch->record, diags);
}
