/* group.c - a group of letters → the disk, then the record.
 *
 * The order carries the promise of record.c. Bytes are on the disk before a file has its name,
 * names are before the record says so; so after a power cut every letter is the old or the new one,
 * and the record is never ahead of the folder. One sync for a group costs about as much as one for
 * a file.
 *
 * The disk's part is done by a thread that lives as long as the group is on its way, while the
 * workers go on; the record's part by whoever collects it, under the run's own lock. A thread kept
 * for the run and a queue were rejected: one group on its way is all that the order allows. */
#include "job/group_int.h"

#include "base/diag_id.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

void group_open(struct group *group, const struct job_request *request)
{
	*group = (struct group){.request = request, .arena = arena_new(), .diags = diags_new()};
}

static void wait_for(struct group *group)
{
	if (group->sent && group->alone)
		pthread_join(group->thread, NULL);
	group->alone = false;
}

void group_close(struct group *group)
{
	wait_for(group);
	buf_free(&group->bytes);
	diags_free(group->diags);
	arena_free(group->arena);
}

static const char *copy(struct arena *arena, const char *path)
{
	return path ? str_copy(arena, str_of(path)).at : NULL;
}

struct proof *group_add(struct group *group, const struct proof *proof)
{
	struct arena *arena = group->arena;
	struct proof *added = vec_push(arena, &group->proofs);
	*added = *proof;
	added->entry.id = str_copy(arena, proof->entry.id);
	added->entry.folder = str_copy(arena, proof->entry.folder);
	added->entry.values = str_copy(arena, proof->entry.values);
	added->entry.sha256 = str_copy(arena, proof->entry.sha256);
	added->entry.template = str_copy(arena, proof->entry.template);
	added->shape_text = str_copy(arena, proof->shape_text);
	for (int kind = 0; kind < FILE_KINDS; kind++) {
		added->laid[kind] = copy(arena, proof->laid[kind]);
		added->stale[kind] = copy(arena, proof->stale[kind]);
		added->bytes[kind] = NULL;
	}
	return added;
}

/* -- to the disk ------------------------------------------------------------------------------- */

static bool fail(struct group *group, const char *path)
{
	diag_add(group->diags, FILE_WRITE, place_in(path), path, strerror(errno));
	return false;
}

static bool sync_all(const struct group *group)
{
	if (group->request->durability != JOB_SAFE)
		return true;
	int fd = open(group->request->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && syncfs(fd) == 0;
	int error = errno;
	if (fd >= 0)
		close(fd);
	errno = error;
	return good;
}

static bool move(struct group *group, const struct proof *proof, enum file_kind kind)
{
	struct arena_mark mark = arena_save(group->arena);
	const char *path = press_path(group->request, group->arena, &proof->entry, kind);
	bool good = rename(proof->laid[kind], path) == 0;
	if (!good && errno == ENOENT && proof->entry.folder.len) {
		const char *folder = str_copy(group->arena, path_dir(str_of(path))).at;
		good = mkdir(folder, 0777) == 0 || errno == EEXIST;
		good = good && rename(proof->laid[kind], path) == 0;
	}
	if (!good) {
		fail(group, path);
		unlink(proof->laid[kind]);
	}
	arena_restore(group->arena, mark);
	return good;
}

static bool move_all(struct group *group, struct proof *proof)
{
	bool good = true;
	for (int kind = 0; kind < FILE_KINDS; kind++)
		if (proof->laid[kind])
			good &= move(group, proof, kind);
	for (int kind = 0; good && kind < FILE_KINDS; kind++)
		if (proof->stale[kind])
			unlink(proof->stale[kind]);
	return good;
}

static bool publish_files(struct group *group)
{
	bool good = true, laid = false;
	for (int i = 0; i < group->proofs.len; i++)
		for (int kind = 0; kind < FILE_KINDS; kind++)
			laid |= group->proofs.at[i].laid[kind] != NULL;
	if (laid && !sync_all(group))
		return fail(group, group->request->out);
	for (int i = 0; i < group->proofs.len; i++) {
		struct proof *proof = &group->proofs.at[i];
		proof->published = move_all(group, proof);
		good &= proof->published;
	}
	if (!laid || sync_all(group))
		return good;
	for (int i = 0; i < group->proofs.len; i++)
		group->proofs.at[i].published = false;
	return fail(group, group->request->out);
}

static bool publish_archive(struct group *group)
{
	bool good = archive_write(group->archive, &group->bytes,
		group->request->durability == JOB_SAFE, group->diags);
	for (int i = 0; i < group->proofs.len; i++)
		group->proofs.at[i].published = good;
	return good;
}

static void *publish(void *user)
{
	struct group *group = user;
	group->good = group->archive ? publish_archive(group) : publish_files(group);
	return NULL;
}

void group_send(struct group *group, struct letters_archive *archive)
{
	group->archive = archive;
	if (archive)
		archive_take(archive, &group->bytes);
	group->sent = true;
	group->alone = pthread_create(&group->thread, NULL, publish, group) == 0;
	if (!group->alone)
		publish(group);
}

/* -- to the record ----------------------------------------------------------------------------- */

static void put(struct record *record, struct proof *proof)
{
	if (!proof->known) {
		proof->entry.basis = record_put_text(
			record, RECORD_BASIS, &proof->basis, proof->basis_text);
		proof->entry.shape = record_put_text(
			record, RECORD_SHAPE, &proof->shape, proof->shape_text);
	}
	record_put(record, &proof->entry);
	record_drop_failed(record, proof->entry.id);
}

bool group_collect(struct group *group, struct record *record, struct diags *diags)
{
	if (!group->sent)
		return true;
	wait_for(group);
	if (group->archive && group->good)
		archive_record(group->archive, record);
	for (int i = 0; i < group->proofs.len; i++)
		if (group->proofs.at[i].published)
			put(record, &group->proofs.at[i]);
	diags_append(diags, group->diags);
	bool good = record_commit(record, diags) && group->good;
	memset(&group->proofs, 0, sizeof group->proofs);
	arena_reset(group->arena);
	diags_clear(group->diags);
	group->sent = false;
	return good;
}
