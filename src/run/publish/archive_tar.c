/* archive_tar.c - letters → POSIX pax interchange format, by libarchive, which is loaded for it. */
#include "publish/archive_form_int.h"

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
	DO(archive_entry_set_perm) DO(archive_entry_set_mtime) DO(archive_entry_pathname) \
	DO(archive_read_new) DO(archive_read_free) DO(archive_read_support_format_tar) \
	DO(archive_read_open_filename) DO(archive_read_next_header) DO(archive_read_data)
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

/* -- reading it again -------------------------------------------------------------------------- */

/* A bit for each kind of file of each letter: whether the last one of that name is right. */
struct seen {
	struct libarchive lib;
	struct archive *reader;
	struct record *record;
	struct str folder;
	unsigned char *right; /* by the letter's number */
};

static bool read_member(const struct seen *seen, struct buf *bytes)
{
	char block[65536];
	la_ssize_t got;
	buf_clear(bytes);
	while ((got = seen->lib.archive_read_data(seen->reader, block, sizeof block)) > 0)
		buf_put(bytes, block, (size_t)got);
	return got == 0;
}

/* A member that the record does not know was pruned. */
static void look_at(const struct seen *seen, struct arena *arena, struct str name, struct hash hash)
{
	struct entry entry;
	for (int kind = 0; kind < FILE_KINDS; kind++) {
		struct str ending = str_format(arena, ".%s", file_endings[kind]);
		if (!str_ends(name, ending.at) ||
			!record_find(seen->record, arena, str_slice(name, 0, name.len - ending.len),
				&entry) ||
			!str_eq(entry.folder, seen->folder))
			continue;
		int right = hash_same(&hash, &entry.file[kind].hash),
		    all = seen->right[entry.number];
		seen->right[entry.number] = (unsigned char)((all & ~(1 << kind)) | right << kind);
	}
}

static bool look_at_all(const struct seen *seen)
{
	struct arena *arena = arena_new();
	struct archive_entry *member;
	struct buf bytes = {0};
	int code = ARCHIVE_OK;
	while (code == ARCHIVE_OK &&
		(code = seen->lib.archive_read_next_header(seen->reader, &member)) == ARCHIVE_OK) {
		if (!read_member(seen, &bytes))
			code = ARCHIVE_FATAL;
		look_at(seen, arena, str_of(seen->lib.archive_entry_pathname(member)),
			hash_bytes(bytes.at, bytes.len));
		arena_reset(arena);
	}
	buf_free(&bytes);
	arena_free(arena);
	return code == ARCHIVE_EOF;
}

static bool is_right(
	void *user, struct arena *arena, const struct entry *entry, enum file_kind kind)
{
	const struct seen *seen = user;
	(void)arena;
	return seen->right[entry->number] >> kind & 1;
}

static bool tar_holds(const char *path, struct record *record, struct str folder)
{
	struct seen seen = {.record = record, .folder = folder};
	bool good = load(&seen.lib) && (seen.reader = seen.lib.archive_read_new());
	if (!good)
		return false;
	seen.right = heap_new((size_t)record_last_number(record) + 1);
	seen.lib.archive_read_support_format_tar(seen.reader);
	good = seen.lib.archive_read_open_filename(seen.reader, path, 65536) == ARCHIVE_OK &&
		look_at_all(&seen) && archive_each_file(record, folder, is_right, &seen);
	seen.lib.archive_read_free(seen.reader);
	free(seen.right);
	return good;
}

const struct archive_form archive_tar = {
	".tar", missing, open_tar, tar_holds, add_to_tar, end_tar, close_tar};
