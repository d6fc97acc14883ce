/* group.c - a group of letters → the disk, then the record.
 *
 * The order carries the promise of record.c. Bytes are on the disk before a file has its name,
 * names are before the record says so; so after a power cut every letter is the old or the new one,
 * and the record is never ahead of the folder. One sync for a group costs about as much as one for
 * a file.
 *
 * The disk's part is done by a thread that lives as long as the group is on its way, while the
 * workers go on; the record's part by whoever hands letters in, under the run's own lock: a few
 * letters with each that is handed in, as all at once let the other workers wait for their turn,
 * and what is left by whoever collects it. A thread kept for the run and a queue were rejected: one
 * group on its way is all that the order allows.
 *
 * Most of what is recorded of a letter's shape, the template's words, is recorded of the letters
 * around it too. Before the record has it a group holds it for each of them, so it holds each piece
 * once: the words of 500 letters were a third of a run's heap. */
#include "publish/group.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

void group_open(struct group *group, const struct destination *to)
{
	*group = (struct group){.to = to, .arena = arena_new(), .diags = diags_new()};
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
	map_free(&group->by_hash);
	buf_free(&group->cut);
	diags_free(group->diags);
	arena_free(group->arena);
}

static const char *copy(struct arena *arena, const char *path)
{
	return path ? str_copy(arena, str_of(path)).at : NULL;
}

/* -- what letters say -------------------------------------------------------------------------- */

/* The group's copy of a text, the same for all letters that say it: which of its texts it is. */
static int share_at(struct group *group, struct str text)
{
	const struct hash hash = hash_str(text);
	uint64_t key;
	memcpy(&key, hash.at, sizeof key);
	for (int64_t at; (at = map_add(&group->by_hash, key, (uint32_t)group->texts.len)) >= 0;
		key++)
		if (str_eq(group->texts.at[at].text, text))
			return (int)at;
	*vec_push(group->arena, &group->texts) = (struct shape_piece){
		hash, str_copy(group->arena, text)};
	return group->texts.len - 1;
}

static struct str share(struct group *group, struct str text)
{
	int at = share_at(group, text);
	return group->texts.at[at].text;
}

static struct shape share_pieces(struct group *group, struct str text)
{
	struct str piece;
	int count = 0;
	buf_clear(&group->cut);
	for (; record_cut(&text, &piece); count++) {
		int at = share_at(group, piece);
		buf_put(&group->cut, &at, sizeof at);
	}
	int *pieces = arena_new_array(group->arena, int, count);
	if (count)
		memcpy(pieces, group->cut.at, group->cut.len);
	return (struct shape){pieces, count};
}

static void make_room(struct group *group)
{
	if (group->staged)
		return;
	group->staged = arena_new_array(group->arena, struct staged, GROUP);
	group->shapes = arena_new_array(group->arena, struct shape, GROUP);
}

struct staged *group_add(struct group *group, const struct staged *staged)
{
	struct arena *arena = group->arena;
	make_room(group);
	group->shapes[group->count] = share_pieces(group, staged->shape_text);
	struct staged *added = &group->staged[group->count++];
	*added = *staged;
	added->entry.id = str_copy(arena, staged->entry.id);
	added->entry.folder = share(group, staged->entry.folder);
	added->entry.values = str_copy(arena, staged->entry.values);
	added->entry.salt = str_copy(arena, staged->entry.salt);
	added->entry.sha256 = str_copy(arena, staged->entry.sha256);
	added->entry.template = share(group, staged->entry.template);
	added->shape_text = str_lit("");
	for (int kind = 0; kind < FILE_KINDS; kind++) {
		added->laid[kind] = copy(arena, staged->laid[kind]);
		added->stale[kind] = copy(arena, staged->stale[kind]);
		added->bytes[kind] = NULL;
	}
	return added;
}

bool group_replaces(const struct group *group)
{
	for (int i = 0; i < group->count; i++)
		for (int kind = 0; kind < FILE_KINDS; kind++)
			if (group->staged[i].laid[kind] || group->staged[i].stale[kind])
				return true;
	return false;
}

/* -- to the disk ------------------------------------------------------------------------------- */

static bool sync_all(const struct group *group)
{
	if (group->to->durability != DURABILITY_SAFE)
		return true;
	int fd = open(group->to->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && syncfs(fd) == 0;
	int error = errno;
	if (fd >= 0)
		close(fd);
	errno = error;
	return good;
}

static bool move(struct group *group, const struct staged *staged, enum file_kind kind)
{
	struct arena_mark mark = arena_save(group->arena);
	const char *path = publish_path(group->to, group->arena, &staged->entry, kind);
	bool good = rename(staged->laid[kind], path) == 0;
	if (!good && errno == ENOENT && staged->entry.folder.len) {
		const char *folder = str_copy(group->arena, path_dir(str_of(path))).at;
		good = mkdir(folder, 0777) == 0 || errno == EEXIST;
		good = good && rename(staged->laid[kind], path) == 0;
	}
	if (!good) {
		file_not_written(path, group->diags);
		unlink(staged->laid[kind]);
	}
	arena_restore(group->arena, mark);
	return good;
}

static bool move_all(struct group *group, struct staged *staged)
{
	bool good = true;
	for (int kind = 0; kind < FILE_KINDS; kind++)
		if (staged->laid[kind])
			good &= move(group, staged, kind);
	for (int kind = 0; good && kind < FILE_KINDS; kind++)
		if (staged->stale[kind])
			unlink(staged->stale[kind]);
	return good;
}

static bool publish_files(struct group *group)
{
	bool good = true, laid = false;
	for (int i = 0; i < group->count; i++)
		for (int kind = 0; kind < FILE_KINDS; kind++)
			laid |= group->staged[i].laid[kind] != NULL;
	if (laid && !sync_all(group))
		return file_not_written(group->to->out, group->diags);
	for (int i = 0; i < group->count; i++) {
		struct staged *staged = &group->staged[i];
		staged->published = move_all(group, staged);
		good &= staged->published;
	}
	if (!laid || sync_all(group))
		return good;
	for (int i = 0; i < group->count; i++)
		group->staged[i].published = false;
	return file_not_written(group->to->out, group->diags);
}

static bool publish_archive(struct group *group)
{
	bool good = archive_settle(
		group->archive, group->to->durability == DURABILITY_SAFE, group->diags);
	for (int i = 0; i < group->count; i++)
		group->staged[i].published = good;
	return good;
}

static void *publish(void *user)
{
	struct group *group = user;
	group->good = group->archive ? publish_archive(group) : publish_files(group);
	atomic_store(&group->settled, true);
	return NULL;
}

void group_send(struct group *group, struct letters_archive *archive)
{
	group->archive = archive;
	if (archive)
		group->length = archive_send(archive);
	group->sent = true;
	group->alone = pthread_create(&group->thread, NULL, publish, group) == 0;
	if (!group->alone)
		publish(group);
}

/* -- to the record ----------------------------------------------------------------------------- */

static int64_t put_shape(struct group *group, struct record *record, const struct hash *hash,
	const struct shape *shape)
{
	struct arena_mark mark = arena_save(group->arena);
	const struct shape_piece **at = arena_new_array(
		group->arena, const struct shape_piece *, shape->count);
	for (int i = 0; i < shape->count; i++)
		at[i] = &group->texts.at[shape->pieces[i]];
	int64_t number = record_put_shape(record, hash, &(struct pieces){at, shape->count});
	arena_restore(group->arena, mark);
	return number;
}

static void put(struct group *group, struct record *record, int at)
{
	struct staged *staged = &group->staged[at];
	if (!staged->known) {
		staged->entry.basis = record_put_basis(record, &staged->basis, staged->basis_text);
		staged->entry.shape = put_shape(group, record, &staged->shape, &group->shapes[at]);
	}
	record_put(record, &staged->entry);
	record_drop_failed(record, staged->entry.id);
}

static void put_some(struct group *group, struct record *record, int most)
{
	for (; most > 0 && group->recorded < group->count; most--, group->recorded++)
		if (group->staged[group->recorded].published)
			put(group, record, group->recorded);
}

void group_record(struct group *group, struct record *record)
{
	enum { FEW = 2 };
	if (group->sent && atomic_load(&group->settled))
		put_some(group, record, FEW);
}

static void empty(struct group *group)
{
	group->staged = NULL;
	group->shapes = NULL;
	group->count = group->recorded = 0;
	memset(&group->texts, 0, sizeof group->texts);
	map_clear(&group->by_hash);
	arena_reset(group->arena);
	diags_clear(group->diags);
	group->sent = false;
	atomic_store(&group->settled, false);
}

bool group_collect(struct group *group, struct record *record, struct diags *diags)
{
	if (!group->sent)
		return true;
	wait_for(group);
	if (group->archive && group->good)
		archive_record(group->length, record);
	put_some(group, record, group->count);
	diags_append(diags, group->diags);
	bool good = record_commit(record, diags) && group->good;
	empty(group);
	return good;
}
