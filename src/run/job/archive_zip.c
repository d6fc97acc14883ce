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
#include "job/archive_form_int.h"

#include <assert.h>
#include <libdeflate.h>
#include <time.h>

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

static int list_letter(
	struct letters_archive *archive, struct arena *arena, const struct entry *entry)
{
	int count = 0;
	for (int kind = 0; kind < FILE_KINDS; kind++) {
		if (!entry->file[kind].size)
			continue;
		struct str name = str_format(
			arena, "%.*s.%s", str_arg(entry->id), file_endings[kind]);
		list_file(archive, name, &entry->file[kind]);
		count++;
	}
	return count;
}

static bool flush(struct letters_archive *archive, size_t most, struct diags *diags)
{
	if (archive->waiting.len <= most)
		return true;
	bool good = archive_write(archive, &archive->waiting, false, diags);
	buf_clear(&archive->waiting);
	return good;
}

/* The number of files listed; -1 after an error. */
static int64_t list_all(struct letters_archive *archive, struct record *record, struct diags *diags)
{
	struct arena *arena = arena_new(), *run = arena_new();
	struct str folder = archive_folder(run, archive->path);
	struct buf after = {0};
	struct entry entry;
	int64_t count = 0;
	bool good = true;
	while (good && record_next_in(record, arena, folder, buf_text(&after), &entry)) {
		count += list_letter(archive, arena, &entry);
		good = flush(archive, MOST_WAITING, diags);
		buf_clear(&after);
		buf_str(&after, entry.id);
		arena_reset(arena);
	}
	buf_free(&after);
	arena_free(arena);
	arena_free(run);
	return good ? count : -1;
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
	uint64_t start = (uint64_t)archive->length;
	int64_t count = list_all(archive, record, diags);
	if (count < 0 || !flush(archive, 0, diags))
		return false;
	put_end(archive, (uint64_t)count, start, (uint64_t)archive->length);
	return true;
}

static void close_zip(struct letters_archive *archive)
{
	(void)archive;
}

static const char *missing(void)
{
	return NULL;
}

const struct archive_form archive_zip = {".zip", missing, open_zip, add_to_zip, end_zip, close_zip};
