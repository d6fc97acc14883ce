/* archive_tar.c - letters → POSIX pax interchange format (POSIX.1-2017, pax), read again by
 * libarchive, which is loaded for it.
 *
 * Written by hand as the zip is: of libarchive a run would hold 1 MiB for the 512 bytes before each
 * letter. They are the bytes that it writes, in its restricted form of pax, but for names of more
 * than 100. */
#include "publish/archive_form_int.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>

enum { BLOCK = 512 };

struct header {
	char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], type;
	char link[100], magic[6], version[2], user[32], group[32], major[8], minor[8], prefix[155];
	char rest[12];
};
_Static_assert(sizeof(struct header) == BLOCK, "a header is a block");

/* Octal digits and a blank fill the field. */
static void put_octal(char *field, int width, uint64_t number)
{
	field[width - 1] = ' ';
	for (int i = width - 2; i >= 0; i--, number /= 8)
		field[i] = (char)('0' + number % 8);
}

static void put_checksum(struct header *header)
{
	const unsigned char *bytes = (const unsigned char *)header;
	unsigned sum = 0;
	memset(header->checksum, ' ', sizeof header->checksum);
	for (int i = 0; i < BLOCK; i++)
		sum += bytes[i];
	put_octal(header->checksum, 7, sum);
	header->checksum[6] = '\0';
	header->checksum[7] = ' ';
}

/* A time before 1970, which octal digits do not say: as GNU tar has it, the first bit set. */
static void put_negative(char *field, int width, int64_t number)
{
	for (int i = width - 2; i >= 0; i--, number >>= 8)
		field[i] = (char)number;
}

static void put_header(struct buf *out, struct str name, char type, size_t size, int64_t time)
{
	struct header header = {.mode = "000644 ",
		.uid = "000000 ",
		.gid = "000000 ",
		.type = type,
		.magic = "ustar",
		.version = {'0', '0'},
		.major = "000000 ",
		.minor = "000000 "};
	memcpy(header.name, name.at,
		(size_t)name.len < sizeof header.name ? (size_t)name.len : sizeof header.name);
	put_octal(header.size, sizeof header.size, size);
	put_octal(header.mtime, sizeof header.mtime, time < 0 ? 0 : (uint64_t)time);
	if (time < 0)
		put_negative(header.mtime, sizeof header.mtime, time);
	put_checksum(&header);
	buf_put(out, &header, sizeof header);
}

static void fill_block(struct buf *out, size_t size)
{
	static const char zeros[BLOCK];
	buf_put(out, zeros, -size % BLOCK);
}

/* "LENGTH KEY=VALUE", the length with its own digits. */
static void put_attribute(struct buf *out, const char *key, struct str value)
{
	int rest = (int)strlen(key) + value.len + 3, length = rest + 1;
	while (snprintf(NULL, 0, "%d", length) + rest != length)
		length++;
	buf_format(out, "%d %s=%.*s\n", length, key, str_arg(value));
}

static bool is_ascii(struct str name)
{
	for (int i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] >= 0x80)
			return false;
	return true;
}

/* What a header cannot say: a name that is long or not ASCII, a time before 1970 or after 2038. */
static void put_extension(struct buf *out, struct str name, int64_t time)
{
	const int most = sizeof((struct header *)NULL)->name;
	const int short_len = name.len < 87 ? name.len : 87; /* any would do: it names no file */
	struct buf attributes = {0}, label = {0};
	char number[24];
	snprintf(number, sizeof number, "%lld", (long long)time);
	if (!is_ascii(name)) /* as bytes, whatever who reads it takes them for */
		put_attribute(&attributes, "hdrcharset", str_lit("BINARY"));
	if (!is_ascii(name) || name.len > most)
		put_attribute(&attributes, "path", name);
	if (time < 0 || time >= INT32_MAX)
		put_attribute(&attributes, "mtime", str_of(number));
	if (attributes.len) {
		buf_format(&label, "PaxHeader/%.*s", str_arg(str_slice(name, 0, short_len)));
		put_header(out, buf_text(&label), 'x', attributes.len,
			time < 0                   ? 0
				: time < INT32_MAX ? time
						   : INT32_MAX);
		buf_str(out, buf_text(&attributes));
		fill_block(out, attributes.len);
	}
	buf_free(&attributes);
	buf_free(&label);
}

static void add_to_tar(struct letters_archive *archive, struct str name, const struct buf *bytes,
	struct written *file)
{
	struct buf *out = &archive->waiting;
	(void)file;
	put_extension(out, name, archive->time);
	put_header(out, name, '0', bytes->len, archive->time);
	buf_put(out, bytes->at, bytes->len);
	fill_block(out, bytes->len);
}

/* Two empty blocks. */
static bool end_tar(struct letters_archive *archive, struct record *record, struct diags *diags)
{
	static const char zeros[2 * BLOCK];
	(void)record;
	(void)diags;
	buf_put(&archive->waiting, zeros, sizeof zeros);
	return true;
}

/* -- reading it again -------------------------------------------------------------------------- */

/* clang-format off */
#define FUNCTIONS(DO) \
	DO(archive_entry_pathname) DO(archive_read_new) DO(archive_read_free) \
	DO(archive_read_support_format_tar) DO(archive_read_open_filename) \
	DO(archive_read_next_header) DO(archive_read_data)
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

const struct archive_form archive_tar = {".tar", missing, tar_holds, add_to_tar, end_tar};
