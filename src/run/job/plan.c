/* plan.c - what is to be done about a letter: its key against the record, its files against what
 * was written.
 *
 * A file counts as untouched when its size and time are those of the record; only when they differ
 * is it read, and then its hash decides. So a folder that was copied or restored costs one reading,
 * and rebuilds nothing. A letter that was raised to a higher level has grown at its end alone, and
 * is still the letter that was written. */
#include "job/job_int.h"

#include "base/diag_id.h"

#include "verify/manifest.h"

#include <errno.h>
#include <sys/stat.h>
#include <time.h>

enum state { STATE_RIGHT, STATE_MISSING, STATE_ALTERED, STATE_NOT_A_FILE };

/* The list has it as it is now: by both its length and its hash. */
static void hash_again(const struct worker *worker, struct plan *plan, const char *path)
{
	struct diags *unsaid = diags_new();
	struct str bytes = file_read(worker->arena, path, place_none(), unsaid);
	char hex[MANIFEST_HEX];
	diags_free(unsaid);
	if (!bytes.at)
		return;
	manifest_hash(bytes, hex);
	plan->entry.sha256 = str_copy(worker->arena, str_of(hex));
}

static enum state look_at(
	const struct worker *worker, struct plan *plan, const char *path, struct written *file)
{
	struct stat status;
	struct written there = {0};
	if (worker->task->to->archive)
		return file->size && worker->archive_is_right ? STATE_RIGHT : STATE_MISSING;
	if (lstat(path, &status) != 0)
		return STATE_MISSING;
	if (!S_ISREG(status.st_mode))
		return STATE_NOT_A_FILE;
	if (!file->size)
		return STATE_MISSING;
	if (status.st_size == file->size && written_mtime(&status) == file->mtime)
		return STATE_RIGHT;
	if (!written_read(path, &there) || !hash_same(&there.hash, &file->hash)) {
		if (!written_grew(path, file, &there))
			return STATE_ALTERED;
		if (plan->entry.sha256.len)
			hash_again(worker, plan, path);
	}
	*file = there;
	plan->refresh = true;
	return STATE_RIGHT;
}

/* A twin that an earlier run made is kept up to date, unless somebody removed it. */
static bool is_wanted(const struct worker *worker, const struct plan *plan, enum file_kind kind)
{
	return kind == FILE_PDF || worker->task->request->form.also[kind] ||
		(plan->old.file[kind].size && worker->task->to->archive) ||
		(plan->old.file[kind].size &&
			file_exists(
				publish_path(worker->task->to, worker->arena, &plan->old, kind)));
}

/* False when something that is no file is in the way. */
static bool plan_file(struct worker *worker, struct plan *plan, enum file_kind kind)
{
	const char *path = publish_path(worker->task->to, worker->arena, &plan->entry, kind);
	struct written *file = &plan->entry.file[kind];
	struct place place = place_in(path);
	switch (look_at(worker, plan, path, file)) {
	case STATE_RIGHT:
		return true;
	case STATE_MISSING:
		if (plan->moved)
			reason_add(worker->arena, &plan->reasons, "it goes to another folder");
		else if (plan->old.number)
			reason_add(worker->arena, &plan->reasons, "%s is missing", path);
		break;
	case STATE_ALTERED:
		if (record_was_broken_off(worker->record)) {
			reason_add(worker->arena, &plan->reasons,
				"the last run was broken off before it recorded %s", path);
			break;
		}
		reason_add(worker->arena, &plan->reasons, "%s was altered after the run", path);
		if (worker->task->kind == TASK_UPDATE)
			diag_add(worker->diags, FILE_ALTERED, place, path);
		break;
	case STATE_NOT_A_FILE:
		diag_add(worker->diags, FILE_NOT, place, path, path, path);
		return false;
	}
	plan->make = true;
	return true;
}

static void explain_key(struct worker *worker, struct plan *plan)
{
	struct buf shape = {0};
	keyer_write_shape(worker->keyer, &shape);
	struct reasons_input input = {
		.record = worker->record,
		.old = &plan->old,
		.basis = &worker->project->basis,
		.key = &plan->key,
		.shape = buf_text(&shape),
		.whoever_signs = worker->task->kind == TASK_DIFF,
	};
	reasons_for_key(worker->arena, &plan->reasons, &input);
	buf_free(&shape);
}

/* Who is shown what changed is not asked who would sign. */
static struct hash key_of(struct worker *worker, const struct plan *plan)
{
	if (worker->task->kind != TASK_DIFF || !plan->old.number)
		return plan->key.key;
	struct str basis = record_text(
		worker->record, worker->arena, RECORD_BASIS, plan->old.basis);
	const struct hash always = basis_signed_as(&worker->project->basis, basis);
	return keyer_key(worker->keyer, &always);
}

static void plan_key(struct worker *worker, struct plan *plan)
{
	const struct job_update *update = worker->task->update;
	const struct hash key = key_of(worker, plan);
	plan->make = !plan->old.number || !hash_same(&plan->old.key, &key);
	if (!plan->old.number)
		reason_add(worker->arena, &plan->reasons, "there is no record of it yet");
	else if (plan->make && update->say_reasons)
		explain_key(worker, plan);
	if (update->force && !plan->make) {
		plan->make = true;
		reason_add(worker->arena, &plan->reasons, "--force was given");
	}
}

/* A file that changes right now may change again without its times telling. */
static bool is_settled(const struct worker *worker, const struct recipient *recipient)
{
	const int64_t two_seconds = 2000000000;
	return recipient->stamp && worker->project->opened - recipient->changed > two_seconds;
}

/* A shape is written out only once for all letters that have it. */
static void prepare_entry(struct worker *worker, const struct recipient *recipient,
	const struct letter *letter, struct plan *plan)
{
	struct buf shape = {0};
	plan->entry = (struct entry){
		.number = plan->old.number,
		.id = letter->id,
		.folder = publish_folder(worker->task->to, worker->arena, letter->id),
		.edition = worker->project->edition,
		.key = plan->key.key,
		.values = plan->key.values,
		.pages = plan->old.pages,
		.warnings = plan->old.warnings,
		.standings = letter->standings,
		.merge_warnings = diags_count(worker->diags, SEVERITY_WARNING),
		.stamp = is_settled(worker, recipient) ? (int64_t)recipient->stamp : 0,
		.merge_stamp = worker->project->merge_stamp,
		.person = (int64_t)recipient->person,
		.sha256 = plan->old.sha256,
		.template = plan->old.template,
		.level = plan->old.level,
		.salt = plan->old.salt,
		.made = plan->old.made,
	};
	plan->refresh = plan->old.gone || plan->old.stamp != plan->entry.stamp ||
		plan->old.merge_stamp != plan->entry.merge_stamp;
	plan->moved = plan->old.number && !str_eq(plan->entry.folder, plan->old.folder);
	if (!plan->moved && (!worker->task->to->archive || worker->archive_is_right))
		memcpy(plan->entry.file, plan->old.file, sizeof plan->entry.file);
	plan->shape = str_lit("");
	if (worker->record && !record_find_text(worker->record, RECORD_SHAPE, &plan->key.shape)) {
		keyer_write_shape(worker->keyer, &shape);
		plan->shape = str_copy(worker->arena, buf_text(&shape));
	}
	buf_free(&shape);
}

static bool plan_files(struct worker *worker, struct plan *plan)
{
	bool good = true;
	for (int kind = 0; kind < FILE_KINDS; kind++) {
		bool wanted = is_wanted(worker, plan, kind);
		plan->wanted[kind] = wanted;
		if (!wanted)
			plan->entry.file[kind] = (struct written){0};
		good &= !wanted || plan_file(worker, plan, kind);
	}
	return good;
}

/* The record's word is taken while it is enough; else the file's own counts, as it may have been
 * raised since. One in an archive is made again. */
static void plan_level(struct worker *worker, struct plan *plan)
{
	const struct signing *signing = &worker->task->request->signing;
	const char *path = publish_path(worker->task->to, worker->arena, &plan->entry, FILE_PDF);
	struct arena_mark mark = arena_save(worker->arena);
	if (!signing->raise || plan->make || plan->old.level >= (int)signing->level)
		return;
	if (!worker->task->to->archive) {
		struct diags *unsaid = diags_new();
		const struct judged letter = {file_read(worker->arena, path, place_none(), unsaid),
			path, (int64_t)time(NULL)};
		plan->entry.level = level_of(signing->raise, worker->arena, &letter);
		diags_free(unsaid);
		arena_restore(worker->arena, mark);
	}
	plan->make = worker->task->to->archive;
	plan->raise = !plan->make && plan->entry.level < (int)signing->level;
	plan->refresh |= plan->entry.level != plan->old.level;
	if (plan->make || plan->raise)
		reason_add(worker->arena, &plan->reasons, "it has level %s, %s is asked for",
			level_name((enum level)plan->entry.level), level_name(signing->level));
}

bool plan_known(struct worker *worker, const struct entry *entry, struct plan *plan)
{
	*plan = (struct plan){.old = *entry, .entry = *entry, .shape = str_lit(""), .known = true};
	plan->entry.folder = publish_folder(worker->task->to, worker->arena, entry->id);
	plan->moved = !str_eq(plan->entry.folder, entry->folder);
	record_meet(worker->record, entry->number);
	if (plan->moved)
		return false;
	int found = diags_len(worker->diags);
	bool good = plan_files(worker, plan) && !plan->make;
	if (good)
		plan_level(worker, plan);
	good = good && !plan->make && !plan->raise;
	diags_truncate(worker->diags, found);
	return good;
}

bool plan_letter(struct worker *worker, const struct recipient *recipient,
	const struct letter *letter, struct plan *plan)
{
	*plan = (struct plan){0};
	keyer_take(worker->keyer, letter, &plan->key);
	if (worker->record && record_find(worker->record, worker->arena, letter->id, &plan->old))
		record_meet(worker->record, plan->old.number);
	plan_key(worker, plan);
	prepare_entry(worker, recipient, letter, plan);
	bool good = plan_files(worker, plan);
	if (good)
		plan_level(worker, plan);
	plan->again = !plan->make && plan->old.warnings;
	return good;
}
