/* Archives that are larger than a test can make by letters: very many files, and beyond 4 GB. What
 * libarchive reads of a zip is compared with what was put into it. */
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
	assert_true(archive_finish(archive, room->record, true, room->diags));
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

#define archive_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		archive_test(a_zip_holds_more_files_than_its_old_count_can_say),
		archive_test(a_zip_holds_letters_beyond_four_gigabytes),
		archive_test(a_zip_names_only_letters_that_the_record_has_in_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
