/* archive.c - letters → one file, appended to through a buffer; archive_tar.c and archive_zip.c
 * know the two forms.
 *
 * The buffer goes to the file after a few letters, while their bytes are still in the processor's
 * cache: to gather those of a whole group first, and to hand them to the group's thread, took twice
 * as long. */
#include "publish/archive_form_int.h"

#include "base/diag_id.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct archive_form *const forms[] = {&archive_tar, &archive_zip};

static const struct archive_form *find_form(const char *path)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (str_ends(str_of(path), forms[i]->ending))
			return forms[i];
	return NULL;
}

struct str archive_folder(struct arena *arena, const char *path)
{
	return str_format(arena, ":%.*s", str_arg(path_base(str_of(path))));
}

/* -- what is there ----------------------------------------------------------------------------- */

/* A file that the record does not name was made by somebody else: it is never touched. */
enum archive_state archive_look(const char *path, const struct record *record)
{
	static const struct archived none;
	const struct archived *known = record ? record_archived(record) : &none;
	struct str name = path_base(str_of(path));
	bool ours = str_is(name, known->name);
	struct stat status;
	if (stat(path, &status) != 0)
		return ours && known->length ? ARCHIVE_GONE : ARCHIVE_NONE;
	if (!ours || status.st_size < known->length)
		return ARCHIVE_FOREIGN;
	if (!known->mtime)
		return ARCHIVE_RIGHT; /* the run that wrote it was broken off */
	bool same = status.st_size == known->size && written_mtime(&status) == known->mtime;
	return same ? ARCHIVE_RIGHT : ARCHIVE_FOREIGN;
}

bool archive_each_file(struct record *record, struct str folder,
	bool (*one)(
		void *user, struct arena *arena, const struct entry *entry, enum file_kind kind),
	void *user)
{
	struct arena *arena = arena_new();
	struct buf after = {0};
	struct entry entry;
	bool good = true;
	while (good && record_next_in(record, arena, folder, buf_text(&after), &entry)) {
		for (int kind = 0; good && kind < FILE_KINDS; kind++)
			if (entry.file[kind].size)
				good = one(user, arena, &entry, (enum file_kind)kind);
		buf_clear(&after);
		buf_str(&after, entry.id);
		arena_reset(arena);
	}
	buf_free(&after);
	arena_free(arena);
	return good;
}

void archive_recognise(const char *path, struct record *record)
{
	const struct archive_form *form = find_form(path);
	struct stat status;
	if (!form || form->missing() || archive_look(path, record) != ARCHIVE_FOREIGN)
		return;
	struct archived known = *record_archived(record);
	if (!str_is(path_base(str_of(path)), known.name) || stat(path, &status) != 0 ||
		status.st_size != known.size)
		return;
	struct arena *arena = arena_new();
	if (form->holds(path, record, archive_folder(arena, path))) {
		known.size = known.mtime = 0;
		record_put_archived(record, &known);
	}
	arena_free(arena);
}

bool archive_check(const char *path, const struct record *record, struct diags *diags)
{
	struct place place = place_in(path);
	const struct archive_form *form = find_form(path);
	const char *missing = form ? form->missing() : NULL;
	if (!form)
		diag_add(diags, ARCHIVE_FORM, place, path);
	else if (missing)
		diag_add(diags, LIBRARY, place, missing, form->ending, missing);
	else if (archive_look(path, record) == ARCHIVE_FOREIGN)
		diag_add(diags, ARCHIVE_FOREIGN, place, path, path);
	else
		return true;
	return false;
}

/* -- writing ----------------------------------------------------------------------------------- */

/* From here on until it is finished, the archive is known as unfinished. One that is begun anew
 * holds none of the letters that the record has in it. */
static bool announce(struct letters_archive *archive, struct record *record, struct diags *diags)
{
	struct archived archived = {.length = archive->length};
	snprintf(archived.name, sizeof archived.name, "%.*s",
		str_arg(path_base(str_of(archive->path))));
	struct arena *arena = arena_new();
	if (!archive->length)
		record_forget_files(record, archive_folder(arena, archive->path));
	arena_free(arena);
	record_put_archived(record, &archived);
	return record_start(record, diags) && record_commit(record, diags);
}

struct letters_archive *archive_open(
	const char *path, struct record *record, int64_t time, struct diags *diags)
{
	struct letters_archive *archive = heap_new(sizeof *archive);
	bool right = archive_look(path, record) == ARCHIVE_RIGHT;
	int64_t length = right ? record_archived(record)->length : 0;
	*archive = (struct letters_archive){.path = path,
		.form = find_form(path),
		.fd = -1,
		.time = time,
		.length = length,
		.added = length,
		.sent = length};
	archive->form->open(archive);
	bool announced = announce(archive, record, diags);
	if (announced)
		archive->fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	if (archive->fd >= 0 && ftruncate(archive->fd, length) == 0 &&
		lseek(archive->fd, length, SEEK_SET) == length)
		return archive;
	if (announced)
		file_not_written(archive->path, diags);
	archive_close(archive);
	return NULL;
}

void archive_close(struct letters_archive *archive)
{
	if (!archive)
		return;
	archive->form->close(archive);
	if (archive->fd >= 0)
		close(archive->fd);
	buf_free(&archive->waiting);
	free(archive);
}

/* Nothing is written behind what could not be. */
static void write_waiting(struct letters_archive *archive)
{
	struct buf *waiting = &archive->waiting;
	if (!archive->error && !file_write_all(archive->fd, waiting->at, waiting->len))
		archive->error = errno;
	if (!archive->error)
		archive->length += (int64_t)waiting->len;
	buf_clear(waiting);
}

void archive_add(struct letters_archive *archive, struct str name, const struct buf *bytes,
	struct written *file)
{
	enum { PIECE = 1 << 17 };
	size_t before = archive->waiting.len;
	archive->form->add(archive, name, bytes, file);
	archive->added += (int64_t)(archive->waiting.len - before);
	if (archive->waiting.len > PIECE)
		write_waiting(archive);
}

int64_t archive_added(const struct letters_archive *archive)
{
	return archive->added - archive->sent;
}

int64_t archive_send(struct letters_archive *archive)
{
	write_waiting(archive);
	archive->sent = archive->added;
	return archive->length;
}

bool archive_settle(struct letters_archive *archive, bool durable, struct diags *diags)
{
	int error = archive->error;
	if (!error && durable && fdatasync(archive->fd) != 0)
		error = errno;
	errno = error;
	return !error || file_not_written(archive->path, diags);
}

void archive_record(int64_t length, struct record *record)
{
	struct archived archived = *record_archived(record);
	archived.length = length;
	record_put_archived(record, &archived);
}

bool archive_finish(
	struct letters_archive *archive, struct record *record, bool durable, struct diags *diags)
{
	struct archived archived = *record_archived(record);
	struct stat status;
	if (!archive->form->end(archive, record, diags))
		return false;
	write_waiting(archive);
	if (!archive_settle(archive, durable, diags))
		return false;
	if (fstat(archive->fd, &status) != 0)
		return file_not_written(archive->path, diags);
	archived.size = status.st_size;
	archived.mtime = written_mtime(&status);
	record_put_archived(record, &archived);
	return true;
}
