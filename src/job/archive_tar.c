/* archive_tar.c - letters → POSIX pax interchange format, by libarchive. */
#include "job/archive_form_int.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

struct tar {
	struct archive *writer;
	struct archive_entry *entry;
};

static la_ssize_t keep(struct archive *writer, void *user, const void *bytes, size_t len)
{
	struct letters_archive *archive = user;
	(void)writer;
	buf_put(&archive->waiting, bytes, len);
	return (la_ssize_t)len;
}

/* Writing into a buffer does not fail, here and below. */
static void open_tar(struct letters_archive *archive)
{
	struct tar *tar = calloc(1, sizeof *tar);
	if (!tar || !(tar->writer = archive_write_new()) || !(tar->entry = archive_entry_new()))
		abort();
	archive_write_set_format_pax_restricted(tar->writer);
	archive_write_set_bytes_per_block(tar->writer, 0);
	archive_write_set_bytes_in_last_block(tar->writer, 1);
	archive_write_open(tar->writer, archive, NULL, keep, NULL);
	archive->tar = tar;
}

static void add_to_tar(struct letters_archive *archive, struct str name, const struct buf *bytes,
	struct written *file)
{
	struct archive *writer = archive->tar->writer;
	struct archive_entry *entry = archive->tar->entry;
	(void)file;
	archive_entry_clear(entry);
	archive_entry_set_pathname(entry, name.at);
	archive_entry_set_size(entry, (la_int64_t)bytes->len);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_mtime(entry, (time_t)archive->time, 0);
	archive_write_header(writer, entry);
	archive_write_data(writer, bytes->at, bytes->len);
	archive_write_finish_entry(writer);
}

/* Two empty blocks. */
static bool end_tar(struct letters_archive *archive, struct record *record, struct diags *diags)
{
	(void)record;
	(void)diags;
	archive_write_close(archive->tar->writer);
	return true;
}

static void close_tar(struct letters_archive *archive)
{
	archive_write_free(archive->tar->writer);
	archive_entry_free(archive->tar->entry);
	free(archive->tar);
}

const struct archive_form archive_tar = {".tar", open_tar, add_to_tar, end_tar, close_tar};
