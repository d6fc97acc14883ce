/* Rows of one id that stand next to each other are one record, with a list of what differs. */
#include "base/diag_id.h"
#include "room.h"
#include "support/support.h"

#include <sqlite3.h>

static struct template *books_template(struct room *room)
{
	return room_template(room,
		"<declare name='name'/><declare name='books' type='list'>"
		"<declare name='book'/></declare>",
		"<p><field name='name'/><each field='books'><field name='book'/></each></p>");
}

/* "a:Emma,Faust ": of a record its id and its books; "!a " of one that is bad. */
static void show_record(
	enum recipients_result result, const struct recipient *recipient, struct buf *out)
{
	const char *before = ":";
	buf_format(out, "%s%.*s", result == RECIPIENTS_GOOD ? "" : "!", str_arg(recipient->id));
	for (const struct value *value = recipient->values; value && result == RECIPIENTS_GOOD;
		value = value->next) {
		if (!value->parts)
			continue;
		buf_format(out, "%s%.*s", before, str_arg(value->parts->text));
		before = ",";
	}
	buf_char(out, ' ');
}

static const char *shown_by(
	struct room *room, const char *path, const struct recipients_options *options)
{
	struct recipients *source = recipients_open(
		path, books_template(room), options, room->diags);
	struct recipient recipient;
	struct buf out = {0};
	assert_non_null(source);
	for (;;) {
		enum recipients_result result = recipients_next(
			source, room->arena, &recipient, room->diags);
		if (result == RECIPIENTS_END)
			break;
		show_record(result, &recipient, &out);
	}
	recipients_close(source);
	const char *all = str_copy(room->arena, buf_text(&out)).at;
	buf_free(&out);
	return all;
}

static const char *shown(struct room *room, const char *path, const char *query)
{
	return shown_by(room, path, &(struct recipients_options){.query = query});
}

static void rows_of_one_id_are_one_record(void **state)
{
	static const struct {
		const char *table, *records;
	} rows[] = {
		{"id,name,book\na,Ann,Emma\na,Ann,Ulysses\n", "a:Emma,Ulysses "},
		{"id,name,book\na,Ann,Emma\nb,Bo,Faust\na,Ann,Ulysses\n", "!a b:Faust !a "},
		{"id;name;book\nz;Zoë;Été\nz;Zoë;Œuvres\nl;Łucja;Lalka\n", "z:Été,Œuvres l:Lalka "},
		{"id,name,book\na,Ann,Emma\na,Anne,Ulysses\nb,Bo,Faust\n", "!a b:Faust "},
		{"id,name,book\n,Ann,Emma\n,Ann,Ulysses\n", "! ! "},
		{"name,book\nAnn,Emma\nAnn,Ulysses\n", "row-2:Emma row-3:Ulysses "},
		{"id,name,book\n a ,Ann,Emma\na, Ann,Ulysses\na,Ann,Эмма\n",
			"a:Emma,Ulysses,Эмма "},
		{"id,name,books 1 book,books 2 book\na,Ann,Emma,Faust\na,Ann,Late,\n",
			"a:Emma,Faust !a "},
	};
	struct room *room = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scratch scratch = scratch_new();
		print_message("# row %zu\n", i);
		scratch_write(&scratch, "a.csv", rows[i].table);
		assert_string_equal(
			shown(room, scratch_path(&scratch, "a.csv"), NULL), rows[i].records);
		scratch_free(&scratch);
	}
}

static void a_query_over_two_tables_gives_records(void **state)
{
	struct room *room = *state;
	struct scratch scratch = scratch_new();
	const char *path = scratch_path(&scratch, "a.db");
	sqlite3 *db;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				 "CREATE TABLE reader(id,name); CREATE TABLE loan(reader,book);"
				 "INSERT INTO reader VALUES('a','Ann'),('b','Bo'),('z','Zoë');"
				 "INSERT INTO loan "
				 "VALUES('a','Emma'),('z','Été'),('a','Faust'),('b','Hamlet')",
				 NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
	assert_string_equal(shown(room, path,
				    "SELECT id, name, book FROM reader JOIN loan ON reader = id "
				    "ORDER BY id, book"),
		"a:Emma,Faust b:Hamlet z:Été ");
	assert_int_equal(diags_len(room->diags), 0);
	assert_string_equal(shown(room, path,
				    "SELECT id, name, book FROM reader JOIN loan ON reader = id "
				    "ORDER BY loan.rowid"),
		"!a z:Été !a b:Hamlet ");
	diags_clear(room->diags);
	scratch_free(&scratch);
}

/* Neither of some rows, nor when it alone is asked for, nor when there are others first. */
static void of_rows_that_stand_apart_no_letter_is_made(void **state)
{
	static const struct str a[] = {{"a", 1}}, b[] = {{"b", 1}};
	static const struct {
		const char *table;
		struct recipients_options options;
		const char *records;
		int findings;
	} rows[] = {
		{"id,name,book\na,Ann,Emma\nb,Bo,Faust\na,Ann,Ulysses\n",
			{.only = a, .only_count = 1}, "!a ", 1},
		{"id,name,book\na,Ann,Emma\nb,Bo,Faust\na,Ann,Ulysses\n",
			{.only = b, .only_count = 1}, "b:Faust ", 0},
		{"id,name,book\na,Ann,Emma\nb,Bo,Faust\na,Ann,Ulysses\n", {.limit = 1}, "!a ", 1},
		{"id,name,book\na,Ann,Emma\nb,Bo,Faust\na,Ann,Ulysses\nc,Cy,Emma\nb,Bo,Emma\n",
			{.limit = 0}, "!a !b !a c:Emma !b ", 4},
		{"id,name,book\na,Ann,Emma\nb,Bo,Faust\na,Ann,Ulysses\n", {.name = "{name}"},
			"!a Bo:Faust !a ", 2},
		{"id,name,book\na,Ann,Emma\nA,Bo,Faust\n", {.limit = 0}, "a:Emma !A ", 1},
	};
	struct room *room = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scratch scratch = scratch_new();
		print_message("# row %zu\n", i);
		scratch_write(&scratch, "a.csv", rows[i].table);
		assert_string_equal(
			shown_by(room, scratch_path(&scratch, "a.csv"), &rows[i].options),
			rows[i].records);
		assert_int_equal(diags_len(room->diags), rows[i].findings);
		diags_clear(room->diags);
		scratch_free(&scratch);
	}
}

static void what_is_apart_names_the_other_rows(void **state)
{
	struct room *room = *state;
	struct scratch scratch = scratch_new();
	scratch_write(&scratch, "a.csv",
		"id,name,book\na,Ann,Emma\na,Ann,Faust\nb,Bo,Faust\na,Ann,Ulysses\n");
	assert_string_equal(shown(room, scratch_path(&scratch, "a.csv"), NULL), "!a b:Faust !a ");
	assert_int_equal(diags_len(room->diags), 2);
	assert_int_equal(diags_at(room->diags, 0)->id, DIAG_ROW_APART);
	assert_int_equal(diags_at(room->diags, 0)->at.line, 2);
	assert_non_null(strstr(diags_at(room->diags, 0)->text, "row 5 has"));
	assert_int_equal(diags_at(room->diags, 1)->id, DIAG_ROW_APART);
	assert_int_equal(diags_at(room->diags, 1)->at.line, 5);
	assert_non_null(strstr(diags_at(room->diags, 1)->text, "row 2 has"));
	scratch_free(&scratch);
}

/* The limit of docs/records.md: a letter of some of the rows would be a wrong one. */
static void of_too_many_rows_no_record_is_made(void **state)
{
	enum { MOST = 10000 };
	struct room *room = *state;
	for (int more = 0; more < 3; more++) {
		struct scratch scratch = scratch_new();
		struct buf table = {0};
		buf_puts(&table, "id,name,book\n");
		for (int i = 0; i < MOST + more; i++)
			buf_format(&table, "a,Ann,B\n");
		buf_puts(&table, "b,Bo,Faust\n");
		scratch_write(&scratch, "a.csv", buf_text(&table).at);
		const char *records = shown(room, scratch_path(&scratch, "a.csv"), NULL);
		if (more)
			assert_string_equal(records, "!a b:Faust ");
		else
			assert_int_equal(strlen(records), 2 * MOST + strlen("a b:Faust "));
		assert_int_equal(diags_len(room->diags), more > 0);
		if (more)
			assert_int_equal(diags_at(room->diags, 0)->id, DIAG_ROW_MANY);
		diags_clear(room->diags);
		buf_free(&table);
		scratch_free(&scratch);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(rows_of_one_id_are_one_record),
		room_test(a_query_over_two_tables_gives_records),
		room_test(of_rows_that_stand_apart_no_letter_is_made),
		room_test(what_is_apart_names_the_other_rows),
		room_test(of_too_many_rows_no_record_is_made),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
