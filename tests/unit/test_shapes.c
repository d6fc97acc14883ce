/* What a record keeps of the words of letters: each piece once, and every text as it was put. */
#include "record/record_sql_int.h"
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct room {
	struct scratch scratch;
	struct diags *diags;
	struct record *record;
};

static void open_record(struct room *room, enum record_use use)
{
	record_close(room->record);
	room->record = record_open(
		room->scratch.dir, (struct shard){0}, use, DURABILITY_FAST, room->diags);
	assert_non_null(room->record);
}

static int setup(void **state)
{
	static struct room room;
	room = (struct room){.scratch = scratch_new(), .diags = diags_new()};
	open_record(&room, RECORD_WRITE);
	*state = &room;
	return 0;
}

static int teardown(void **state)
{
	struct room *room = *state;
	record_close(room->record);
	diags_free(room->diags);
	scratch_free(&room->scratch);
	return 0;
}

static int64_t put(struct room *room, struct str text)
{
	struct arena *arena = room->scratch.arena;
	struct hash hash = hash_str(text);
	vec(const struct shape_piece *) cut = {0};
	struct str rest = text, words;
	while (record_cut(&rest, &words)) {
		struct shape_piece *piece = arena_take(arena, sizeof *piece);
		*piece = (struct shape_piece){hash_str(words), words};
		*vec_push(arena, &cut) = piece;
	}
	const struct pieces pieces = {cut.at, cut.len};
	return record_put_shape(room->record, &hash, &pieces);
}

static struct str text_of(struct room *room, int64_t number)
{
	return record_text(room->record, room->scratch.arena, RECORD_SHAPE, number);
}

static int64_t count(struct room *room, const char *what)
{
	return record_query_number(
		room->record, str_format(room->scratch.arena, "SELECT %s FROM piece", what).at);
}

static void assert_committed(struct room *room)
{
	assert_true(record_commit(room->record, room->diags));
}

/* A shape of some lines, one of which has a note of its own. */
static struct str shape(struct room *room, int of)
{
	return str_format(room->scratch.arena,
		"3 p a.xml\t<p>The same<note>Of all</note> for all.</p>\n"
		"4 p a.xml\t<p>Then <field name=\"x\"/>.<note>Number %d</note></p>\n\nx",
		of);
}

static void a_text_comes_back_as_it_was(void **state)
{
	static const char *const texts[] = {"", "\n", "a", "\n\n", "a\nb", "a\nb\n", "<note",
		"<note>", "</note>", "<note>a</note>", "x<note>a\nb</note>c", "<note><note></note>",
		"a</note><note x=\"1\">b</note></note><notes>\n</notes>", "1,2\n3"};
	struct room *room = *state;
	int64_t number[sizeof texts / sizeof *texts];
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		number[i] = put(room, str_of(texts[i]));
	assert_committed(room);
	open_record(room, RECORD_READ);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_string_equal(text_of(room, number[i]).at, texts[i]);
}

/* Also by a later run, and when more pieces came between than are held in memory. */
static void a_piece_is_kept_once(void **state)
{
	enum { MANY = 3000, FIXED = 7 };
	struct room *room = *state;
	for (int i = 0; i < MANY; i++) {
		assert_string_equal(text_of(room, put(room, shape(room, i))).at, shape(room, i).at);
		if (i == MANY / 2) {
			assert_committed(room);
			open_record(room, RECORD_WRITE);
		}
	}
	assert_committed(room);
	assert_int_equal(count(room, "count(*)"), FIXED + MANY);
	assert_int_equal(count(room, "count(DISTINCT text)"), FIXED + MANY);
}

/* What a commit did not keep nobody knows the number of. */
static void what_was_taken_back_is_put_again(void **state)
{
	struct room *room = *state;
	put(room, shape(room, 1));
	record_note_error(room->record, SQLITE_FULL);
	assert_false(record_commit(room->record, room->diags));
	assert_int_equal(count(room, "count(*)"), 0);
	int64_t number = put(room, shape(room, 1));
	assert_committed(room);
	assert_string_equal(text_of(room, number).at, shape(room, 1).at);
}

/* A list that names a large piece very often, and one that is none. */
static void a_damaged_list_is_no_text(void **state)
{
	struct room *room = *state;
	int64_t number = put(room, shape(room, 1));
	record_execute(room->record,
		"UPDATE piece SET text=zeroblob(1000000);"
		"UPDATE shape SET pieces=replace(hex(zeroblob(50000)), '00', '1,')||'1'");
	assert_true(text_of(room, number).len < 66 << 20);
	record_execute(room->record, "UPDATE shape SET pieces='1,x'");
	text_of(room, number);
	assert_false(record_commit(room->record, room->diags));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_text_comes_back_as_it_was),
		TEST(a_piece_is_kept_once),
		TEST(what_was_taken_back_is_put_again),
		TEST(a_damaged_list_is_no_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
