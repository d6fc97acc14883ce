/* archive.c - letters → one tar file, appended to by libarchive through a buffer.
 *
 * Rejected: zip, whose list of contents stands at the end and would have to be written anew by
 * every run, and is lost with the run that is killed. */
#include "job/archive_int.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { END_MARK = 1024 }; /* two empty blocks (POSIX, pax interchange format) */

struct letters_archive {
	const char *path;
	int fd;
	int64_t length, time;
	struct archive *writer;
	struct archive_entry *entry;
	struct buf waiting;
};

/* -- what is there ---------------------------------------------------------------------------- */

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
	bool same = status.st_size == known->length + END_MARK &&
		written_mtime(&status) == known->mtime;
	return same ? ARCHIVE_RIGHT : ARCHIVE_FOREIGN;
}

bool archive_check(const char *path, const struct record *record, struct diags *diags)
{
	if (archive_look(path, record) != ARCHIVE_FOREIGN)
		return true;
	diag_add(diags, ARCHIVE_FOREIGN, ((struct place){path, 0, 0}), path, path);
	return false;
}

/* -- writing ---------------------------------------------------------------------------------- */

static la_ssize_t keep(struct archive *writer, void *user, const void *bytes, size_t len)
{
	struct letters_archive *archive = user;
	(void)writer;
	buf_put(&archive->waiting, bytes, len);
	return (la_ssize_t)len;
}

static bool fail(const struct letters_archive *archive, struct diags *diags)
{
	diag_add(diags, FILE_WRITE, ((struct place){archive->path, 0, 0}), archive->path,
		strerror(errno));
	return false;
}

static bool open_writer(struct letters_archive *archive)
{
	archive->writer = archive_write_new();
	archive->entry = archive_entry_new();
	if (!archive->writer || !archive->entry)
		abort();
	archive_write_set_format_pax_restricted(archive->writer);
	archive_write_set_bytes_per_block(archive->writer, 0);
	archive_write_set_bytes_in_last_block(archive->writer, 1);
	return archive_write_open(archive->writer, archive, NULL, keep, NULL) == ARCHIVE_OK;
}

/* From here on until the end mark is written, the archive is known as unfinished. */
static bool announce(struct letters_archive *archive, struct record *record, struct diags *diags)
{
	struct archived archived = {.length = archive->length};
	snprintf(archived.name, sizeof archived.name, "%.*s",
		str_arg(path_base(str_of(archive->path))));
	record_put_archived(record, &archived);
	return record_start(record, diags) && record_commit(record, diags);
}

struct letters_archive *archive_open(
	const char *path, struct record *record, int64_t time, struct diags *diags)
{
	struct letters_archive *archive = calloc(1, sizeof *archive);
	if (!archive)
		abort();
	bool right = archive_look(path, record) == ARCHIVE_RIGHT;
	*archive = (struct letters_archive){.path = path,
		.fd = -1,
		.time = time,
		.length = right ? record_archived(record)->length : 0};
	bool announced = announce(archive, record, diags);
	if (announced)
		archive->fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	if (archive->fd >= 0 && ftruncate(archive->fd, archive->length) == 0 &&
		lseek(archive->fd, archive->length, SEEK_SET) == archive->length &&
		open_writer(archive))
		return archive;
	if (announced)
		fail(archive, diags);
	archive_close(archive);
	return NULL;
}

void archive_close(struct letters_archive *archive)
{
	if (!archive)
		return;
	if (archive->writer)
		archive_write_free(archive->writer);
	archive_entry_free(archive->entry);
	if (archive->fd >= 0)
		close(archive->fd);
	buf_free(&archive->waiting);
	free(archive);
}

/* Writing into a buffer does not fail. */
void archive_add(struct letters_archive *archive, struct str name, const struct buf *bytes)
{
	struct archive_entry *entry = archive->entry;
	archive_entry_clear(entry);
	archive_entry_set_pathname(entry, name.at);
	archive_entry_set_size(entry, (la_int64_t)bytes->len);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_mtime(entry, (time_t)archive->time, 0);
	archive_write_header(archive->writer, entry);
	archive_write_data(archive->writer, bytes->at, bytes->len);
	archive_write_finish_entry(archive->writer);
}

size_t archive_waiting(const struct letters_archive *archive)
{
	return archive->waiting.len;
}

void archive_take(struct letters_archive *archive, struct buf *bytes)
{
	struct buf empty = *bytes;
	buf_clear(&empty);
	*bytes = archive->waiting;
	archive->waiting = empty;
}

bool archive_write(
	struct letters_archive *archive, const struct buf *bytes, bool durable, struct diags *diags)
{
	if (!bytes->len)
		return true;
	if (!file_write_all(archive->fd, bytes->at, bytes->len) ||
		(durable && fdatasync(archive->fd) != 0))
		return fail(archive, diags);
	archive->length += (int64_t)bytes->len;
	return true;
}

void archive_record(const struct letters_archive *archive, struct record *record)
{
	struct archived archived = *record_archived(record);
	archived.length = archive->length;
	record_put_archived(record, &archived);
}

bool archive_finish(struct letters_archive *archive, struct record *record, struct diags *diags)
{
	struct archived archived = *record_archived(record);
	struct stat status;
	archive_write_close(archive->writer);
	if (!archive_write(archive, &archive->waiting, true, diags))
		return false;
	if (fstat(archive->fd, &status) != 0)
		return fail(archive, diags);
	archived.mtime = written_mtime(&status);
	record_put_archived(record, &archived);
	return true;
}
