/* press.c - bytes → files laid down beside, and handed in to the group that is published next.
 *
 * There are two groups: while one goes to the disk (group.c), the other is filled, so that nobody
 * waits for the disk as long as it keeps up. A group is bounded so that a killed run loses little
 * and memory stays flat.
 *
 * Files are laid down in a folder of their own, so that what a killed run leaves is found at
 * once. */
#include "base/diag_id.h"
#include "job/group_int.h"
#include "job/press_int.h"

#include "job/archive_int.h"

#include "job/names_int.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GROUP = 256, MOST_WAITING = 7 << 19 };

struct press {
	const struct job_request *request;
	struct record *record;
	struct arena *arena;    /* the run's: paths */
	struct group groups[2]; /* one is filled while the other is published */
	struct group *filled;
	const char *beside;              /* the folder where files are laid down */
	atomic_int laid;                 /* names them */
	atomic_bool made;                /* the folder is there */
	struct letters_archive *archive; /* once something goes into it */
	int64_t time;                    /* of the letters in it */
	bool failed;
};

struct press *press_new(const struct job_request *request, struct record *record, int64_t time)
{
	struct press *press = heap_new(sizeof *press);
	press->request = request;
	press->record = record;
	press->time = time;
	press->arena = arena_new();
	for (int i = 0; i < 2; i++)
		group_open(&press->groups[i], request);
	press->filled = &press->groups[0];
	press->beside = names_hidden(press->arena, request->out, request->shard, "tmp");
	return press;
}

static bool fail(const char *path, struct diags *diags)
{
	diag_add(diags, FILE_WRITE, place_in(path), path, strerror(errno));
	return false;
}

bool press_clear(struct press *press, struct diags *diags)
{
	DIR *dir = opendir(press->beside);
	int error = 0; /* of the first that failed */
	if (!dir)
		return errno == ENOENT || fail(press->beside, diags);
	for (struct dirent *entry; (entry = readdir(dir));) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (unlinkat(dirfd(dir), entry->d_name, 0) != 0 && !error)
			error = errno;
	}
	if (rmdir(press->beside) != 0 && !error)
		error = errno;
	closedir(dir);
	errno = error;
	return !error || fail(press->beside, diags);
}

void press_free(struct press *press)
{
	if (!press)
		return;
	for (int i = 0; i < 2; i++)
		group_close(&press->groups[i]);
	if (atomic_load(&press->made)) {
		struct diags *unsaid = diags_new();
		press_clear(press, unsaid);
		diags_free(unsaid);
	}
	archive_close(press->archive);
	arena_free(press->arena);
	free(press);
}

/* -- names ------------------------------------------------------------------------------------- */

struct str press_folder(const struct job_request *request, struct arena *arena, struct str id)
{
	if (request->archive)
		return archive_folder(arena, request->archive);
	return request->spread ? str_format(arena, "%02x", hash_str(id).at[0]) : str_lit("");
}

const char *press_path(const struct job_request *request, struct arena *arena,
	const struct entry *entry, enum file_kind kind)
{
	struct str name = str_format(arena, "%.*s.%s", str_arg(entry->id), file_endings[kind]);
	struct str dir = str_of(request->out);
	if (entry->folder.len && entry->folder.at[0] == ':')
		return path_join(arena, str_slice(entry->folder, 1, entry->folder.len), name).at;
	if (entry->folder.len)
		dir = path_join(arena, dir, entry->folder);
	return path_join(arena, dir, name).at;
}

/* -- laying down ------------------------------------------------------------------------------- */

static bool is_the_same(const char *path, const struct buf *bytes, struct written *file)
{
	struct stat status;
	if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode) ||
		(size_t)status.st_size != bytes->len)
		return false;
	struct written there = {0};
	if (!written_read(path, &there) || !hash_same(&there.hash, &file->hash))
		return false;
	*file = there;
	return true;
}

static bool lay_down(const char *path, const struct buf *bytes, struct written *file)
{
	struct stat status;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return false;
	bool good = file_write_all(fd, bytes->at, bytes->len) && fstat(fd, &status) == 0;
	int error = errno;
	if (close(fd) != 0 && good) {
		good = false;
		error = errno;
	}
	if (good)
		file->mtime = written_mtime(&status);
	else
		unlink(path);
	errno = error;
	return good;
}

static bool make_beside(struct press *press)
{
	if (atomic_load(&press->made))
		return true;
	bool good = mkdir(press->beside, 0777) == 0 || errno == EEXIST;
	if (good)
		atomic_store(&press->made, true);
	return good;
}

bool press_lay(struct press *press, struct arena *arena, struct proof *proof, enum file_kind kind,
	const struct buf *bytes, struct diags *diags)
{
	const char *path = press_path(press->request, arena, &proof->entry, kind);
	struct written *file = &proof->entry.file[kind], before = *file;
	*file = (struct written){
		.size = (int64_t)bytes->len, .hash = hash_bytes(bytes->at, bytes->len)};
	if (press->request->archive) {
		bool there = before.size == file->size && hash_same(&before.hash, &file->hash);
		proof->bytes[kind] = there ? NULL : bytes;
		if (there)
			*file = before;
		return true;
	}
	if (is_the_same(path, bytes, file))
		return true;
	int number = atomic_fetch_add(&press->laid, 1);
	const char *laid = str_format(arena, "%s/%d", press->beside, number).at;
	if (!make_beside(press) || !lay_down(laid, bytes, file))
		return fail(path, diags);
	proof->laid[kind] = laid;
	return true;
}

/* -- handing in -------------------------------------------------------------------------------- */

/* Sends the group off as soon as the one before it is on the disk and recorded. */
static bool send_off(struct press *press, struct diags *diags)
{
	struct group *group = press->filled;
	struct group *other = &press->groups[group == press->groups];
	press->failed |= !group_collect(other, press->record, diags);
	if (!press->failed && !record_start(press->record, diags))
		press->failed = true;
	if (!press->failed)
		group_send(group, press->archive);
	press->filled = other;
	return !press->failed;
}

bool press_flush(struct press *press, struct diags *diags)
{
	if (press->filled->proofs.len)
		send_off(press, diags);
	for (int i = 0; i < 2; i++)
		press->failed |= !group_collect(&press->groups[i], press->record, diags);
	return record_commit(press->record, diags) && !press->failed;
}

bool press_open_archive(struct press *press, struct diags *diags)
{
	if (!press->archive)
		press->archive = archive_open(
			press->request->archive, press->record, press->time, diags);
	press->failed |= !press->archive;
	return press->archive != NULL;
}

bool press_add(struct press *press, const struct proof *proof, struct diags *diags)
{
	struct proof *copy = group_add(press->filled, proof);
	struct arena *arena = press->filled->arena;
	for (int kind = 0; kind < FILE_KINDS; kind++) {
		if (!proof->bytes[kind] || !press_open_archive(press, diags))
			continue;
		const char *path = press_path(press->request, arena, &copy->entry, kind);
		archive_add(press->archive, path_base(str_of(path)), proof->bytes[kind],
			&copy->entry.file[kind]);
	}
	bool full = press->filled->proofs.len == GROUP ||
		(press->archive && archive_waiting(press->archive) > MOST_WAITING);
	return !full ? !press->failed : send_off(press, diags);
}

bool press_finish(struct press *press, struct diags *diags)
{
	return !press->archive || archive_finish(press->archive, press->record, diags);
}
