/* archive_zip.c - letters → a zip file (PKWARE APPNOTE 6.3), stored as they are: a PDF's streams
 * are compressed already.
 *
 * A zip ends with its directory, the list of what stands where. Here the record knows that of each
 * letter, so the directory is a print of the record: a run cuts the old one off, appends letters
 * and prints it anew, with the memory of one page of it. A letter that was written again, or was
 * removed, leaves bytes that no directory names.
 *
 * Rejected: libarchive's writer, which neither appends nor forgets, and holds the directory of ten
 * million letters in memory; libzip, which copies the whole for each change. */
#include "publish/archive_form_int.h"

#include <assert.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <time.h>
#include <unistd.h>

enum {
	/* Signatures, 4.3.7 to 4.3.16. */
	FILE_HEADER = 0x04034B50,
	DIRECTORY_HEADER = 0x02014B50,
	END64 = 0x06064B50,
	END64_PLACE = 0x07064B50,
	END = 0x06054B50,
	VERSION = 45, /* 4.4.3.2: that of ZIP64, which most readers know */
	UNIX = 3 << 8,
	NAMES_ARE_UTF8 = 1 << 11,
	EXTRA_ZIP64 = 1,     /* 4.5.3 */
	EXTRA_TIME = 0x5455, /* seconds since 1970 */
	MOST_WAITING = 1 << 20
};

static const uint32_t FULL = UINT32_MAX; /* the value stands in the ZIP64 field instead */
static const uint32_t MODE = 0100644u << 16;

static void put(struct buf *out, uint64_t value, int bytes)
{
	for (; bytes > 0; bytes--, value >>= 8)
		buf_char(out, (char)(value & 0xFF));
}

static void put2(struct buf *out, uint64_t value)
{
	put(out, value < UINT16_MAX ? value : UINT16_MAX, 2);
}

static void put4(struct buf *out, uint64_t value)
{
	put(out, value < FULL ? value : FULL, 4);
}

/* 4.4.6: from 1980, in steps of two seconds. */
static void put_date(struct buf *out, int64_t seconds)
{
	const int64_t first = 315532800, last = 4354819199;
	time_t time = (time_t)(seconds < first ? first : seconds > last ? last : seconds);
	struct tm tm;
	gmtime_r(&time, &tm);
	put2(out, (uint64_t)(tm.tm_hour << 11 | tm.tm_min << 5 | tm.tm_sec / 2));
	put2(out, (uint64_t)((tm.tm_year - 80) << 9 | (tm.tm_mon + 1) << 5 | tm.tm_mday));
}

/* What both headers of a file say alike; at: only the directory says that it has it. */
static void put_header(struct buf *out, const struct letters_archive *archive, struct str name,
	const struct written *file, bool far)
{
	bool timed = archive->time >= 0 && archive->time <= INT32_MAX;
	put2(out, VERSION);
	put2(out, NAMES_ARE_UTF8);
	put2(out, 0); /* stored */
	put_date(out, archive->time);
	put(out, file->crc, 4);
	put4(out, (uint64_t)file->size);
	put4(out, (uint64_t)file->size);
	put2(out, (uint64_t)name.len);
	put2(out, (timed ? 9 : 0) + (far ? 12 : 0));
}

static void put_name(struct buf *out, const struct letters_archive *archive, struct str name)
{
	buf_str(out, name);
	if (archive->time < 0 || archive->time > INT32_MAX)
		return;
	put2(out, EXTRA_TIME);
	put2(out, 5);
	put(out, 1, 1); /* the time of the last change, and no other */
	put4(out, (uint64_t)archive->time);
}

static void open_zip(struct letters_archive *archive)
{
	(void)archive;
}

static void add_to_zip(struct letters_archive *archive, struct str name, const struct buf *bytes,
	struct written *file)
{
	struct buf *out = &archive->waiting;
	assert(bytes->len < FULL);
	file->at = archive->added;
	file->crc = libdeflate_crc32(0, bytes->at, bytes->len);
	put4(out, FILE_HEADER);
	put_header(out, archive, name, file, false);
	put_name(out, archive, name);
	buf_put(out, bytes->at, bytes->len);
}

/* -- the directory ----------------------------------------------------------------------------- */

static void list_file(struct letters_archive *archive, struct str name, const struct written *file)
{
	struct buf *out = &archive->waiting;
	bool far = (uint64_t)file->at >= FULL;
	put4(out, DIRECTORY_HEADER);
	put2(out, UNIX | VERSION);
	put_header(out, archive, name, file, far);
	put2(out, 0); /* no comment */
	put2(out, 0); /* the first and only disk */
	put2(out, 0);
	put4(out, MODE);
	put4(out, (uint64_t)file->at);
	put_name(out, archive, name);
	if (!far)
		return;
	put2(out, EXTRA_ZIP64);
	put2(out, 8);
	put(out, (uint64_t)file->at, 8);
}

static bool flush(struct letters_archive *archive, size_t most, struct diags *diags)
{
	if (archive->waiting.len <= most)
		return true;
	archive_send(archive);
	return archive_settle(archive, false, diags);
}

struct listing {
	struct letters_archive *archive;
	struct diags *diags;
	uint64_t count;
};

static bool list_one(
	void *user, struct arena *arena, const struct entry *entry, enum file_kind kind)
{
	struct listing *listing = user;
	struct str name = str_format(arena, "%.*s.%s", str_arg(entry->id), file_endings[kind]);
	list_file(listing->archive, name, &entry->file[kind]);
	listing->count++;
	return flush(listing->archive, MOST_WAITING, listing->diags);
}

/* 4.3.14 to 4.3.16: what is too large for the last one stands in the first. */
static void put_end(struct letters_archive *archive, uint64_t count, uint64_t start, uint64_t end)
{
	struct buf *out = &archive->waiting;
	if (count >= UINT16_MAX || end >= FULL) {
		put4(out, END64);
		put(out, 44, 8); /* bytes that follow */
		put2(out, UNIX | VERSION);
		put2(out, VERSION);
		put(out, 0, 8); /* disks */
		put(out, count, 8);
		put(out, count, 8);
		put(out, end - start, 8);
		put(out, start, 8);
		put4(out, END64_PLACE);
		put4(out, 0);
		put(out, end, 8);
		put4(out, 1);
	}
	put4(out, END);
	put4(out, 0); /* disks */
	put2(out, count);
	put2(out, count);
	put4(out, end - start);
	put4(out, start);
	put2(out, 0); /* no comment */
}

static bool end_zip(struct letters_archive *archive, struct record *record, struct diags *diags)
{
	struct listing listing = {archive, diags, 0};
	uint64_t start = (uint64_t)archive->length;
	struct arena *arena = arena_new();
	struct str folder = archive_folder(arena, archive->path);
	bool good = archive_each_file(record, folder, list_one, &listing) &&
		flush(archive, 0, diags);
	arena_free(arena);
	if (good)
		put_end(archive, listing.count, start, (uint64_t)archive->length);
	return good;
}

/* -- reading it again -------------------------------------------------------------------------- */

static int get2(const struct buf *bytes, int at)
{
	const unsigned char *two = (const unsigned char *)bytes->at + at;
	return two[0] | two[1] << 8;
}

static bool read_at(int fd, struct buf *out, int64_t at, int64_t len)
{
	buf_clear(out);
	buf_reserve(out, (size_t)len);
	out->len = pread(fd, out->at, (size_t)len, at) == len ? (size_t)len : 0;
	return out->len == (size_t)len;
}

/* 4.3.7: a header, the name, what is extra, the bytes. */
static bool holds_file(
	void *user, struct arena *arena, const struct entry *entry, enum file_kind kind)
{
	enum { HEADER = 30, NAME_LENGTH = 26, EXTRA_LENGTH = 28 };
	const int fd = *(int *)user;
	const struct written *file = &entry->file[kind];
	struct str name = str_format(arena, "%.*s.%s", str_arg(entry->id), file_endings[kind]);
	struct buf bytes = {0};
	bool good = read_at(fd, &bytes, file->at, HEADER + name.len) &&
		get2(&bytes, 0) == (FILE_HEADER & 0xFFFF) &&
		get2(&bytes, NAME_LENGTH) == name.len &&
		memcmp(bytes.at + HEADER, name.at, (size_t)name.len) == 0;
	int64_t from = file->at + HEADER + name.len + (good ? get2(&bytes, EXTRA_LENGTH) : 0);
	good = good && read_at(fd, &bytes, from, file->size);
	struct hash hash = hash_bytes(bytes.at, bytes.len);
	buf_free(&bytes);
	return good && hash_same(&hash, &file->hash);
}

static bool zip_holds(const char *path, struct record *record, struct str folder)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && archive_each_file(record, folder, holds_file, &fd);
	if (fd >= 0)
		close(fd);
	return good;
}

static void close_zip(struct letters_archive *archive)
{
	(void)archive;
}

static const char *missing(void)
{
	return NULL;
}

const struct archive_form archive_zip = {
	".zip", missing, open_zip, zip_holds, add_to_zip, end_zip, close_zip};
