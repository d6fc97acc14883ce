/* ready.c - the folder of letters, made ready for a run as far as its mode asks: the folder is
 * there, nobody else is at work in it, its record and approvals are open, and so is what writes to
 * it. */
#include "job/batch_int.h"

#include "base/diag_id.h"
#include "job/approval_int.h"
#include "job/archive_int.h"
#include "job/names_int.h"

#include <errno.h>
#include <sys/stat.h>

/* Makes the folder and those above it. */
static bool make_folder(const char *path, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct str all = str_of(path);
	int error = 0; /* of the first that could not be made */
	for (int i = 1; i <= all.len; i++)
		if ((i == all.len || path[i] == '/') &&
			mkdir(str_copy(arena, str_slice(all, 0, i)).at, 0777) != 0 &&
			errno != EEXIST && !error)
			error = errno;
	arena_free(arena);
	struct stat status;
	bool there = stat(path, &status) == 0;
	if (there && S_ISDIR(status.st_mode))
		return true;
	if (!error)
		error = there ? ENOTDIR : errno;
	diag_add(diags, FILE_WRITE, place_in(path), path, strerror(error));
	return false;
}

/* A run of the whole would not know what they wrote. */
static bool has_shards(const char *out, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct job_shard *shards;
	int count = names_find_shards(arena, out, &shards);
	arena_free(arena);
	if (count)
		diag_add(diags, SHARDS, place_in(out), diag_int(diags, count), out, out);
	return count > 0;
}

/* A letter counts as missing when its archive does. */
static bool open_archive(struct batch *batch, struct diags *diags)
{
	const char *path = batch->request->archive;
	if (batch->record)
		archive_recognise(path, batch->record);
	batch->archive_is_right = archive_look(path, batch->record) == ARCHIVE_RIGHT;
	return archive_check(path, batch->record, diags);
}

/* Who asks for approvals is told of them though another run holds the record. */
static bool lock(struct batch *batch, bool write, struct diags *diags)
{
	const struct job_request *request = batch->request;
	bool held = lock_folder(&batch->lock, request->out, request->shard, write, diags);
	batch->locked = !held && !write && request->say_approvals;
	if (batch->locked)
		diags_clear(diags);
	return held || batch->locked;
}

bool batch_open_folder(struct batch *batch, struct diags *diags)
{
	const struct job_request *request = batch->request;
	bool plan = request->mode == JOB_PLAN || request->mode == JOB_DIFF;
	if (!request->out)
		return true;
	if (!plan && !make_folder(request->out, diags))
		return false;
	if (request->mode == JOB_ALL || (plan && !file_exists(request->out)))
		return true;
	if (request->mode == JOB_APPROVE || request->approvals || request->say_approvals)
		batch->approvals = approvals_open(
			request->out, request->mode == JOB_APPROVE, diags);
	if (request->mode == JOB_APPROVE || diags_failed(diags))
		return !diags_failed(diags);
	if (!request->shard.count && has_shards(request->out, diags))
		return false;
	if (!lock(batch, !plan, diags))
		return false;
	if (batch->locked)
		return true;
	batch->record = record_open(request->out, request->shard, plan ? RECORD_READ : RECORD_WRITE,
		request->durability, diags);
	if (diags_failed(diags) || (request->archive && !open_archive(batch, diags)))
		return false;
	if (plan)
		return true;
	if (batch->record)
		batch->press = press_new(request, batch->record, batch->project->time);
	if (!batch->press || !press_clear(batch->press, diags))
		return false;
	return !request->archive || !record_archived(batch->record)->name[0] ||
		record_archived(batch->record)->mtime || press_open_archive(batch->press, diags);
}
