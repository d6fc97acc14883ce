/* archive_tar.c - letters → POSIX pax interchange format, by libarchive, which is loaded for it. */
#include "job/archive_form_int.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

/* clang-format off */
#define FUNCTIONS(DO) \
	DO(archive_write_new) DO(archive_write_free) DO(archive_write_open) \
	DO(archive_write_close) DO(archive_write_header) DO(archive_write_data) \
	DO(archive_write_finish_entry) DO(archive_write_set_bytes_per_block) \
	DO(archive_write_set_bytes_in_last_block) DO(archive_write_set_format_pax_restricted) \
	DO(archive_entry_new) DO(archive_entry_free) DO(archive_entry_clear) \
	DO(archive_entry_set_pathname) DO(archive_entry_set_size) DO(archive_entry_set_filetype) \
	DO(archive_entry_set_perm) DO(archive_entry_set_mtime)
/* clang-format on */

struct libarchive {
	FUNCTIONS(LIBRARY_POINTER)
};

static bool load(struct libarchive *lib)
{
	static const char *const names[] = {FUNCTIONS(LIBRARY_NAME)};
	return library_load("libarchive.so.13", names, sizeof names / sizeof *names, lib);
}

static const char *missing(void)
{
	struct libarchive lib;
	return load(&lib) ? NULL : "libarchive13";
}

struct tar {
	struct libarchive lib;
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
	struct tar *tar = heap_new(sizeof *tar);
	if (!load(&tar->lib))
		program_ends("libarchive is gone");
	const struct libarchive *lib = &tar->lib;
	if (!(tar->writer = lib->archive_write_new()) || !(tar->entry = lib->archive_entry_new()))
		out_of_memory();
	lib->archive_write_set_format_pax_restricted(tar->writer);
	lib->archive_write_set_bytes_per_block(tar->writer, 0);
	lib->archive_write_set_bytes_in_last_block(tar->writer, 1);
	lib->archive_write_open(tar->writer, archive, NULL, keep, NULL);
	archive->tar = tar;
}

static void add_to_tar(struct letters_archive *archive, struct str name, const struct buf *bytes,
	struct written *file)
{
	const struct libarchive *lib = &archive->tar->lib;
	struct archive *writer = archive->tar->writer;
	struct archive_entry *entry = archive->tar->entry;
	(void)file;
	lib->archive_entry_clear(entry);
	lib->archive_entry_set_pathname(entry, name.at);
	lib->archive_entry_set_size(entry, (la_int64_t)bytes->len);
	lib->archive_entry_set_filetype(entry, AE_IFREG);
	lib->archive_entry_set_perm(entry, 0644);
	lib->archive_entry_set_mtime(entry, (time_t)archive->time, 0);
	lib->archive_write_header(writer, entry);
	lib->archive_write_data(writer, bytes->at, bytes->len);
	lib->archive_write_finish_entry(writer);
}

/* Two empty blocks. */
static bool end_tar(struct letters_archive *archive, struct record *record, struct diags *diags)
{
	(void)record;
	(void)diags;
	archive->tar->lib.archive_write_close(archive->tar->writer);
	return true;
}

static void close_tar(struct letters_archive *archive)
{
	archive->tar->lib.archive_write_free(archive->tar->writer);
	archive->tar->lib.archive_entry_free(archive->tar->entry);
	free(archive->tar);
}

const struct archive_form archive_tar = {".tar", missing, open_tar, add_to_tar, end_tar, close_tar};
