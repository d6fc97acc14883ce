/* Archives that are larger than a test can make by letters: very many files, and beyond 4 GB. A zip
 * is what libarchive reads of it, and a tar what it writes. */
#include "publish/archive_file.h"
#include "support/support.h"

#include <archive.h>
#include <archive_entry.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { TIME = 1602547200, MANY = 66000 };

static const int64_t FAR = (int64_t)5 << 30;

struct room {
	struct scratch scratch;
	struct diags *diags;
	struct record *record;
	const char *path;
};

static int setup(void **state)
{
	static struct room room;
	room.scratch = scratch_new();
	room.diags = diags_new();
	room.path = scratch_path(&room.scratch, "all.zip");
	room.record = record_open(
		room.scratch.dir, (struct shard){0}, RECORD_WRITE, DURABILITY_FAST, room.diags);
	*state = &room;
	return room.record ? 0 : -1;
}

static int teardown(void **state)
{
	struct room *room = *state;
	record_close(room->record);
	diags_free(room->diags);
	scratch_free(&room->scratch);
	return 0;
}

static void write_out(struct room *room, struct letters_archive *archive)
{
	int64_t length = archive_send(archive);
	assert_true(archive_settle(archive, false, room->diags));
	archive_record(length, room->record);
}

/* Letters named by six digits, each of which holds its name. */
static void add_letters(struct room *room, struct letters_archive *archive, int from, int to)
{
	struct buf bytes = {0};
	for (int i = from; i < to; i++) {
		struct str id = str_format(room->scratch.arena, "%06d", i);
		struct str name = str_format(room->scratch.arena, "%06d.pdf", i);
		struct entry entry = {.id = id,
			.folder = archive_folder(room->scratch.arena, room->path),
			.file[FILE_PDF] = {.size = id.len}};
		buf_clear(&bytes);
		buf_str(&bytes, id);
		archive_add(archive, name, &bytes, &entry.file[FILE_PDF]);
		record_put(room->record, &entry);
	}
	buf_free(&bytes);
	write_out(room, archive);
}

static struct letters_archive *open_zip(struct room *room)
{
	struct letters_archive *archive = archive_open(room->path, room->record, TIME, room->diags);
	assert_non_null(archive);
	return archive;
}

static void finish(struct room *room, struct letters_archive *archive)
{
	assert_true(archive_finish(archive, room->record, room->diags));
	archive_close(archive);
	assert_int_equal(diags_len(room->diags), 0);
	assert_int_equal(archive_look(room->path, room->record), ARCHIVE_RIGHT);
}

/* Exactly these letters, each with its bytes. */
static void holds_letters(struct room *room, int from, int to)
{
	struct archive *reader = archive_read_new();
	struct archive_entry *entry;
	archive_read_support_format_zip_seekable(reader);
	assert_int_equal(archive_read_open_filename(reader, room->path, 65536), ARCHIVE_OK);
	for (; archive_read_next_header(reader, &entry) == ARCHIVE_OK; from++) {
		char name[16], bytes[16] = "";
		snprintf(name, sizeof name, "%06d.pdf", from);
		assert_string_equal(archive_entry_pathname(entry), name);
		assert_int_equal(archive_entry_size(entry), 6);
		assert_int_equal(archive_entry_mtime(entry), TIME);
		assert_int_equal(archive_entry_mode(entry), S_IFREG | 0644);
		assert_int_equal(archive_read_data(reader, bytes, sizeof bytes), 6);
		assert_memory_equal(bytes, name, 6);
	}
	assert_null(archive_error_string(reader));
	assert_int_equal(from, to);
	archive_read_free(reader);
}

static void a_zip_holds_more_files_than_its_old_count_can_say(void **state)
{
	struct room *room = *state;
	struct letters_archive *archive = open_zip(room);
	add_letters(room, archive, 0, MANY);
	finish(room, archive);
	holds_letters(room, 0, MANY);
}

/* The bytes before are a hole in the file, as if of letters that were written again since. */
static void a_zip_holds_letters_beyond_four_gigabytes(void **state)
{
	struct room *room = *state;
	struct archived archived = {.name = "all.zip", .length = FAR, .size = FAR};
	FILE *file = fopen(room->path, "w");
	struct stat status;
	assert_non_null(file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(truncate(room->path, FAR), 0);
	assert_int_equal(stat(room->path, &status), 0);
	archived.mtime = written_mtime(&status);
	record_put_archived(room->record, &archived);
	struct letters_archive *archive = open_zip(room);
	add_letters(room, archive, 0, 3);
	finish(room, archive);
	assert_int_equal(stat(room->path, &status), 0);
	assert_true(status.st_size > FAR);
	holds_letters(room, 0, 3);
}

static void a_zip_names_only_letters_that_the_record_has_in_it(void **state)
{
	struct room *room = *state;
	struct letters_archive *archive = open_zip(room);
	add_letters(room, archive, 0, 9);
	finish(room, archive);
	struct entry first,
		elsewhere = {.id = str_lit("x"),
			.folder = str_lit(":other.zip"),
			.file[FILE_PDF] = {.size = 6}};
	record_put(room->record, &elsewhere);
	assert_true(record_find(room->record, room->scratch.arena, str_lit("000000"), &first));
	archive = open_zip(room);
	record_remove(room->record, first.number);
	add_letters(room, archive, 1, 9);
	finish(room, archive);
	holds_letters(room, 1, 9);
}

/* -- tar --------------------------------------------------------------------------------------- */

static const struct buf three = {.at = (char[]){"abc"}, .len = 3};

static la_ssize_t keep(struct archive *writer, void *user, const void *bytes, size_t len)
{
	(void)writer;
	buf_put(user, bytes, len);
	return (la_ssize_t)len;
}

/* What libarchive writes of the same files. */
static void write_by_library(const char *const *names, int count, int64_t time, struct buf *out)
{
	struct archive *writer = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	archive_write_set_format_pax_restricted(writer);
	archive_write_set_bytes_per_block(writer, 0);
	archive_write_set_bytes_in_last_block(writer, 1);
	archive_write_open(writer, out, NULL, keep, NULL);
	for (int i = 0; i < count; i++) {
		archive_entry_clear(entry);
		archive_entry_set_pathname(entry, names[i]);
		archive_entry_set_size(entry, (la_int64_t)three.len);
		archive_entry_set_filetype(entry, AE_IFREG);
		archive_entry_set_perm(entry, 0644);
		archive_entry_set_mtime(entry, (time_t)time, 0);
		archive_write_header(writer, entry);
		archive_write_data(writer, three.at, three.len);
	}
	archive_write_close(writer);
	archive_write_free(writer);
	archive_entry_free(entry);
}

static void write_tar(struct room *room, const char *const *names, int count, int64_t time)
{
	struct written file;
	unlink(room->path);
	struct letters_archive *archive = archive_open(room->path, room->record, time, room->diags);
	assert_non_null(archive);
	for (int i = 0; i < count; i++)
		archive_add(archive, str_of(names[i]), &three, &file);
	write_out(room, archive);
	finish(room, archive);
}

/* 99 bytes, 100 and 101. */
#define NINE "aaaaaaaaa"
#define LONG NINE NINE NINE NINE NINE NINE NINE NINE NINE NINE
static const char *const names[] = {"a.pdf", "t\u0177.pdf", "b", NINE LONG, "a" NINE LONG};

static void a_tar_is_what_libarchive_writes(void **state)
{
	static const int64_t times[] = {
		TIME, 0, -1, -2208988800, INT32_MAX - 1, INT32_MAX, INT64_C(7000000000)};
	enum { NAMES = sizeof names / sizeof *names };
	struct room *room = *state;
	room->path = scratch_path(&room->scratch, "all.tar");
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		struct buf expected = {0};
		write_by_library(names, NAMES, times[i], &expected);
		write_tar(room, names, NAMES, times[i]);
		struct str got = file_read(
			room->scratch.arena, room->path, place_none(), room->diags);
		assert_int_equal(got.len, expected.len);
		assert_memory_equal(got.at, expected.at, expected.len);
		buf_free(&expected);
	}
}

static void a_tar_holds_long_names(void **state)
{
	static const char *const longer[] = {
		"aa" NINE LONG, "t\u0177" LONG LONG, LONG LONG LONG ".pdf"};
	enum { NAMES = sizeof longer / sizeof *longer };
	struct room *room = *state;
	struct archive_entry *entry;
	room->path = scratch_path(&room->scratch, "all.tar");
	write_tar(room, longer, NAMES, TIME);
	struct archive *reader = archive_read_new();
	archive_read_support_format_tar(reader);
	assert_int_equal(archive_read_open_filename(reader, room->path, 65536), ARCHIVE_OK);
	for (int i = 0; i < NAMES; i++) {
		assert_int_equal(archive_read_next_header(reader, &entry), ARCHIVE_OK);
		assert_string_equal(archive_entry_pathname(entry), longer[i]);
		assert_int_equal(archive_entry_size(entry), 3);
		assert_int_equal(archive_entry_mtime(entry), TIME);
	}
	assert_int_equal(archive_read_next_header(reader, &entry), ARCHIVE_EOF);
	archive_read_free(reader);
}

#define archive_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		archive_test(a_zip_holds_more_files_than_its_old_count_can_say),
		archive_test(a_zip_holds_letters_beyond_four_gigabytes),
		archive_test(a_zip_names_only_letters_that_the_record_has_in_it),
		archive_test(a_tar_is_what_libarchive_writes),
		archive_test(a_tar_holds_long_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
