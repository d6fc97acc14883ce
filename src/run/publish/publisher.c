/* publisher.c - bytes → files laid down beside, and handed in to the group that is published next.
 *
 * There are two groups: while one goes to the disk (group.c), the other is filled, so that nobody
 * waits for the disk as long as it keeps up. A group is bounded so that a killed run loses little
 * and memory stays flat.
 *
 * Files are laid down in a folder of their own, so that what a killed run leaves is found at
 * once. */
#include "publish/group.h"
#include "publish/publish.h"
#include "publish/signed_list.h"

#include "publish/archive_file.h"

#include "record/names.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes that wait for an archive: a group is sent off when it has more. */
enum { MOST_ADDED = 7 << 19 };

struct publisher {
	const struct destination *to;
	struct record *record;
	struct arena *arena;    /* the run's: paths */
	struct group groups[2]; /* one is filled while the other is published */
	struct group *filled;
	const char *beside;              /* the folder where files are laid down */
	atomic_int laid;                 /* names them */
	atomic_bool made;                /* the folder is there */
	struct letters_archive *archive; /* once something goes into it */
	int64_t time;                    /* of the letters in it */
	bool failed, lifted;             /* lifted: the list of the run before stands no more */
};

struct publisher *publisher_new(const struct destination *to, struct record *record, int64_t time)
{
	struct publisher *publisher = heap_new(sizeof *publisher);
	publisher->to = to;
	publisher->record = record;
	publisher->time = time;
	publisher->arena = arena_new();
	for (int i = 0; i < 2; i++)
		group_open(&publisher->groups[i], to);
	publisher->filled = &publisher->groups[0];
	publisher->beside = names_hidden(publisher->arena, to->out, to->shard, "tmp");
	return publisher;
}

bool publisher_clear(struct publisher *publisher, struct diags *diags)
{
	DIR *dir = opendir(publisher->beside);
	int error = 0; /* of the first that failed */
	if (!dir)
		return errno == ENOENT || file_not_written(publisher->beside, diags);
	for (struct dirent *entry; (entry = readdir(dir));) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (unlinkat(dirfd(dir), entry->d_name, 0) != 0 && !error)
			error = errno;
	}
	if (rmdir(publisher->beside) != 0 && !error)
		error = errno;
	closedir(dir);
	errno = error;
	return !error || file_not_written(publisher->beside, diags);
}

void publisher_free(struct publisher *publisher)
{
	if (!publisher)
		return;
	for (int i = 0; i < 2; i++)
		group_close(&publisher->groups[i]);
	if (atomic_load(&publisher->made)) {
		struct diags *unsaid = diags_new();
		publisher_clear(publisher, unsaid);
		diags_free(unsaid);
	}
	archive_close(publisher->archive);
	arena_free(publisher->arena);
	free(publisher);
}

/* -- names ------------------------------------------------------------------------------------- */

struct str publish_folder(const struct destination *to, struct arena *arena, struct str id)
{
	if (to->archive)
		return archive_folder(arena, to->archive);
	return to->spread ? str_format(arena, "%02x", hash_str(id).at[0]) : str_lit("");
}

bool publish_is_archive(struct str folder)
{
	return str_starts(folder, ":");
}

const char *publish_path(const struct destination *to, struct arena *arena,
	const struct entry *entry, enum file_kind kind)
{
	struct str name = str_joined(
		arena, str_joined(arena, entry->id, str_lit(".")), str_of(file_endings[kind]));
	struct str dir = str_of(to->out);
	if (publish_is_archive(entry->folder))
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

/* It gets its name by its group. */
static bool lay_down(const char *laid, const char *path, const struct buf *bytes,
	struct written *file, struct diags *diags)
{
	struct beside beside;
	struct stat status = {0};
	beside_open_new(&beside, path, laid);
	beside_write(&beside, bytes->at, bytes->len);
	if (!beside.error && fstat(beside.fd, &status) != 0)
		beside.error = errno;
	beside_settle(&beside, false);
	file->mtime = written_mtime(&status);
	if (!beside.error)
		return true;
	beside_end(&beside, false);
	beside_report(&beside, diags);
	return false;
}

static bool make_beside(struct publisher *publisher)
{
	if (atomic_load(&publisher->made))
		return true;
	bool good = mkdir(publisher->beside, 0777) == 0 || errno == EEXIST;
	if (good)
		atomic_store(&publisher->made, true);
	return good;
}

bool publisher_stage(struct publisher *publisher, struct arena *arena, struct staged *staged,
	enum file_kind kind, const struct buf *bytes, struct diags *diags)
{
	const char *path = publish_path(publisher->to, arena, &staged->entry, kind);
	struct written *file = &staged->entry.file[kind], before = *file;
	*file = (struct written){
		.size = (int64_t)bytes->len, .hash = hash_bytes(bytes->at, bytes->len)};
	if (publisher->to->archive) {
		bool there = before.size == file->size && hash_same(&before.hash, &file->hash);
		staged->bytes[kind] = there ? NULL : bytes;
		if (there)
			*file = before;
		return true;
	}
	if (is_the_same(path, bytes, file))
		return true;
	int number = atomic_fetch_add(&publisher->laid, 1);
	const char *laid = str_format(arena, "%s/%d", publisher->beside, number).at;
	if (!make_beside(publisher))
		return file_not_written(path, diags);
	if (!lay_down(laid, path, bytes, file, diags))
		return false;
	staged->laid[kind] = laid;
	return true;
}

/* -- handing in -------------------------------------------------------------------------------- */

/* What the list of the run before says of files is no longer so. */
static void lift_list(struct publisher *publisher)
{
	if (!publisher->lifted)
		signed_list_lift(publisher->to);
	publisher->lifted = true;
}

static struct group *group_on_its_way(struct publisher *publisher)
{
	return &publisher->groups[publisher->filled == publisher->groups];
}

/* Sends the group off as soon as the one before it is on the disk and recorded. */
static bool send_off(struct publisher *publisher, struct diags *diags)
{
	struct group *group = publisher->filled;
	struct group *other = group_on_its_way(publisher);
	publisher->failed |= !group_collect(other, publisher->record, diags);
	if (!publisher->failed && !record_start(publisher->record, diags))
		publisher->failed = true;
	if (!publisher->failed && group_replaces(group))
		lift_list(publisher);
	if (!publisher->failed)
		group_send(group, publisher->archive);
	publisher->filled = other;
	return !publisher->failed;
}

bool publisher_flush(struct publisher *publisher, struct diags *diags)
{
	if (publisher->filled->count)
		send_off(publisher, diags);
	for (int i = 0; i < 2; i++)
		publisher->failed |= !group_collect(
			&publisher->groups[i], publisher->record, diags);
	return record_commit(publisher->record, diags) && !publisher->failed;
}

bool publisher_open_archive(struct publisher *publisher, struct diags *diags)
{
	if (!publisher->archive)
		publisher->archive = archive_open(
			publisher->to->archive, publisher->record, publisher->time, diags);
	publisher->failed |= !publisher->archive;
	return publisher->archive != NULL;
}

bool publisher_add(struct publisher *publisher, const struct staged *staged, struct diags *diags)
{
	struct staged *copy = group_add(publisher->filled, staged);
	struct arena *arena = publisher->filled->arena;
	for (int kind = 0; kind < FILE_KINDS; kind++) {
		if (!staged->bytes[kind] || !publisher_open_archive(publisher, diags))
			continue;
		const char *path = publish_path(publisher->to, arena, &copy->entry, kind);
		lift_list(publisher);
		archive_add(publisher->archive, path_base(str_of(path)), staged->bytes[kind],
			&copy->entry.file[kind]);
	}
	group_record(group_on_its_way(publisher), publisher->record);
	bool full = publisher->filled->count == GROUP ||
		(publisher->archive && archive_added(publisher->archive) > MOST_ADDED);
	return !full ? !publisher->failed : send_off(publisher, diags);
}

bool publisher_finish(struct publisher *publisher, struct diags *diags)
{
	bool durable = publisher->to->durability == DURABILITY_SAFE;
	return !publisher->archive ||
		archive_finish(publisher->archive, publisher->record, durable, diags);
}
