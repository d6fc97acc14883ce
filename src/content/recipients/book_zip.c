/* book_zip.c - a zip → its parts, by libarchive, which is loaded for it.
 *
 * The file is opened once, so that all is read of one and the same. A part is unpacked as far as it
 * is asked for, and never more than a workbook's can be: 200 times the file and 64 MiB. */
#include "recipients/book_int.h"

#include "base/diag_id.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* clang-format off */
#define FUNCTIONS(DO) \
	DO(archive_read_new) DO(archive_read_free) DO(archive_read_support_format_zip_seekable) \
	DO(archive_read_open_fd) DO(archive_read_next_header) DO(archive_read_data) \
	DO(archive_entry_pathname) DO(archive_entry_is_data_encrypted)
/* clang-format on */

enum { BLOCK = 65536, MAX_PARTS = 65536, TIMES = 200, MOST = 100000000 };
static const int64_t spared = 64 * 1024 * 1024;

struct libarchive {
	FUNCTIONS(LIBRARY_POINTER)
};

struct book_zip {
	struct libarchive lib;
	struct arena *arena;
	const char *path;
	int fd;
	struct steady steady;
	int64_t most;              /* bytes of a part */
	vec(const char *) parts;   /* their names */
	struct archive *archive;   /* of the part that is read */
	struct xml_stream *stream; /* likewise; NULL: none */
	const char *name;
	int64_t unpacked;
	bool said; /* what is wrong with it */
};

static bool load(struct libarchive *lib)
{
	static const char *const names[] = {FUNCTIONS(LIBRARY_NAME)};
	return library_load("libarchive.so.13", names, sizeof names / sizeof *names, lib);
}

void book_damaged(const struct book_zip *zip, const char *how, struct diags *diags)
{
	if (steady_check(&zip->steady, zip->fd, zip->path, diags))
		diag_add(diags, BOOK_DAMAGED, place_in(zip->path), how);
}

void book_limit(const struct book_zip *zip, const char *what, struct diags *diags)
{
	diag_add(diags, BOOK_LIMIT, place_in(zip->path), what);
}

/* -- its list of parts ------------------------------------------------------------------------- */

static bool begin(struct book_zip *zip)
{
	if (zip->archive)
		zip->lib.archive_read_free(zip->archive);
	zip->archive = zip->lib.archive_read_new();
	if (!zip->archive)
		out_of_memory();
	zip->lib.archive_read_support_format_zip_seekable(zip->archive);
	return lseek(zip->fd, 0, SEEK_SET) == 0 &&
		zip->lib.archive_read_open_fd(zip->archive, zip->fd, BLOCK) == ARCHIVE_OK;
}

/* The next part's name; NULL at the end, and with *good false after an error. */
static const char *next_part(struct book_zip *zip, bool *good, bool *locked)
{
	struct archive_entry *entry;
	for (;;) {
		int code = zip->lib.archive_read_next_header(zip->archive, &entry);
		*good = code == ARCHIVE_OK || code == ARCHIVE_WARN || code == ARCHIVE_EOF;
		if (!*good || code == ARCHIVE_EOF)
			return NULL;
		const char *name = zip->lib.archive_entry_pathname(entry);
		*locked |= zip->lib.archive_entry_is_data_encrypted(entry) == 1;
		if (name)
			return name;
	}
}

static bool list_parts(struct book_zip *zip, struct diags *diags)
{
	bool good = begin(zip), locked = false;
	const char *name;
	while (good && zip->parts.len <= MAX_PARTS && (name = next_part(zip, &good, &locked)))
		*vec_push(zip->arena, &zip->parts) = str_copy(zip->arena, str_of(name)).at;
	if (!good)
		book_damaged(zip, "its zip cannot be read to its end", diags);
	else if (locked)
		diag_add0(diags, BOOK_LOCKED, place_in(zip->path));
	else if (zip->parts.len > MAX_PARTS)
		book_limit(zip, "more than 65536 parts", diags);
	return good && !locked && zip->parts.len <= MAX_PARTS;
}

struct book_zip *book_zip_open(const char *path, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct book_zip *zip = arena_new_array(arena, struct book_zip, 1);
	struct stat status;
	*zip = (struct book_zip){.arena = arena, .path = path, .fd = file_open(path)};
	if (zip->fd < 0 || fstat(zip->fd, &status) != 0)
		file_not_read(path, diags);
	else if (!load(&zip->lib))
		diag_add(diags, LIBRARY, place_in(path), "libarchive13", "a workbook",
			"libarchive13");
	else if (list_parts(zip, diags)) {
		zip->most = (int64_t)status.st_size * TIMES + spared;
		zip->steady = steady_begin(zip->fd);
		return zip;
	}
	book_zip_free(zip);
	return NULL;
}

void book_zip_free(struct book_zip *zip)
{
	if (!zip)
		return;
	xml_stream_free(zip->stream);
	if (zip->archive)
		zip->lib.archive_read_free(zip->archive);
	if (zip->fd >= 0)
		close(zip->fd);
	arena_free(zip->arena);
}

/* An encrypted workbook is a file of another kind with the zip in it ([MS-OFFCRYPTO] 2.3.1), whose
 * list of streams ([MS-CFB] 2.6) names it so. */
bool book_is_locked(FILE *file)
{
	static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
	unsigned char head[64], list[4096];
	if (fseek(file, 0, SEEK_SET) != 0 || fread(head, 1, sizeof head, file) != sizeof head ||
		memcmp(head, "\xD0\xCF\x11\xE0", 4) != 0 || head[30] > 12)
		return false;
	long sector = head[48] | head[49] << 8 | (long)head[50] << 16 | (long)head[51] << 24;
	size_t len = fseek(file, (sector + 1) << head[30], SEEK_SET) == 0
		? fread(list, 1, sizeof list, file)
		: 0;
	for (size_t at = 0; at + sizeof name <= len; at += 128)
		if (memcmp(list + at, name, sizeof name - 1) == 0)
			return true;
	return false;
}

/* -- one part ---------------------------------------------------------------------------------- */

static int count_of(const struct book_zip *zip, struct str name, const char **spelt)
{
	int count = 0;
	for (int i = 0; i < zip->parts.len; i++) {
		struct str part = str_of(zip->parts.at[i]);
		bool same = part.len == name.len &&
			strncasecmp(part.at, name.at, (size_t)name.len) == 0;
		count += same;
		*spelt = same ? part.at : *spelt;
	}
	return count;
}

bool book_zip_has(const struct book_zip *zip, struct str name)
{
	const char *spelt;
	return count_of(zip, name, &spelt) > 0;
}

static void say_part(
	const struct book_zip *zip, struct str name, const char *what, struct diags *diags)
{
	struct str how = str_format(
		zip->arena, "its part %.*s %s", str_arg(str_quoted(zip->arena, name)), what);
	book_damaged(zip, how.at, diags);
}

static long unpack(void *user, char *bytes, size_t size)
{
	struct book_zip *zip = user;
	la_ssize_t got = zip->lib.archive_read_data(zip->archive, bytes, size);
	zip->unpacked += got > 0 ? got : 0;
	return zip->unpacked > zip->most || !steady_is(&zip->steady, zip->fd) ? -1 : (long)got;
}

bool book_part_open(struct book_zip *zip, struct str name, struct diags *diags)
{
	int count = count_of(zip, name, &zip->name);
	bool good = count == 1 && begin(zip), locked = false;
	if (count != 1) {
		say_part(zip, name, count ? "stands in it twice" : "is missing", diags);
		return false;
	}
	const char *found = NULL;
	while (good && (found = next_part(zip, &good, &locked)) && strcmp(found, zip->name) != 0)
		;
	if (!good || !found) {
		say_part(zip, name, "cannot be unpacked", diags);
		return false;
	}
	xml_stream_free(zip->stream);
	zip->stream = xml_stream_new(unpack, zip);
	zip->unpacked = 0;
	zip->said = false;
	return true;
}

struct xml_event book_part_next(struct book_zip *zip, struct diags *diags)
{
	struct xml_event event = xml_stream_next(zip->stream);
	if (event.kind != XML_EVENT_BAD || zip->said)
		return event;
	zip->said = true;
	if (zip->unpacked > zip->most)
		book_limit(zip, "a part that unpacks to more than 200 times the file", diags);
	else
		say_part(zip, str_of(zip->name), xml_stream_problem(zip->stream), diags);
	return event;
}

struct str book_attribute(
	const struct book_zip *zip, const struct xml_event *event, const char *name)
{
	return xml_stream_attribute(zip->stream, event, NULL, name);
}

struct str book_attribute_of(const struct book_zip *zip, const struct xml_event *event,
	const char *namespace, const char *name)
{
	return xml_stream_attribute(zip->stream, event, namespace, name);
}

bool book_is_true(const struct book_zip *zip, const struct xml_event *event, const char *name)
{
	struct str text = book_attribute(zip, event, name);
	return str_is(text, "1") || str_is(text, "true");
}

int book_number(
	const struct book_zip *zip, const struct xml_event *event, const char *name, int other)
{
	struct str text = book_attribute(zip, event, name);
	int number = 0;
	for (int i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return other;
		number = number > MOST ? MOST : number * 10 + (text.at[i] - '0');
	}
	return text.len ? number : other;
}
