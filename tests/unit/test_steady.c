/* A source that somebody writes while it is read ends the run: no record is half of one table and
 * half of the other. */
#include "books.h"

#include <fcntl.h>
#include <unistd.h>

enum { ROWS = 20000 };

static const struct kind {
	const char *name, *head, *row, *foot;
} kinds[] = {{"a.csv", "id,name,note\n", "k%05d,%s %05d,%s\n", ""},
	{"a.jsonl", "", "{\"id\":\"k%05d\",\"name\":\"%s %05d\",\"note\":\"%s\"}\n", ""},
	{"a.xml", "<recipients xmlns='urn:lettermerge:recipient:1'>",
		"<recipient id='k%05d'><name>%s %05d</name><note>%s</note></recipient>\n",
		"</recipients>"},
	{"a.xlsx", ROW(WORDS("id") WORDS("name") WORDS("note")),
		ROW(WORDS("k%05d") WORDS("%s %05d") WORDS("%s")), ""}};

/* The whole file for one word; rows of another length, so that those of both never meet. */
static void write_all(struct desk *desk, const struct kind *kind, const char *who, const char *note)
{
	struct buf text = {0};
	buf_puts(&text, kind->head);
	for (int i = 0; i < ROWS; i++)
		buf_format(&text, kind->row, i, who, i, note);
	buf_puts(&text, kind->foot);
	if (strcmp(kind->name, "a.xlsx") == 0)
		xlsx_of_rows(desk, kind->name, buf_text(&text).at);
	else
		scratch_write(&desk->scratch, kind->name, buf_text(&text).at);
	buf_free(&text);
}

/* The bytes of the file that is open, not its name. */
static void write_in_place(struct desk *desk, const struct kind *kind)
{
	struct arena *arena = desk->scratch.arena;
	const char *dir = desk->scratch.dir, *name = kind->name;
	assert_int_equal(run_in(arena, dir, "ln %s open", name).code, 0);
	write_all(desk, kind, "Roberta", "of Roberta");
	assert_int_equal(run_in(arena, dir, "cat %s >open", name).code, 0);
}

/* A record is one table's: its name and its note go together. */
static bool is_whole(const struct recipient *recipient)
{
	const struct value *name = recipient_find(recipient->values, str_lit("name"));
	const struct value *note = recipient_find(recipient->values, str_lit("note"));
	return name && note && str_starts(name->text, "Ann ") && str_is(note->text, "of Ann");
}

static struct recipients *open_first(struct desk *desk, const struct template *template,
	const struct kind *kind, struct recipient *recipient)
{
	write_all(desk, kind, "Ann", "of Ann");
	struct recipients *source = recipients_open(
		scratch_path(&desk->scratch, kind->name), template, NULL, desk->room->diags);
	assert_non_null(source);
	assert_int_equal(recipients_next(source, desk->room->arena, recipient, desk->room->diags),
		RECIPIENTS_GOOD);
	return source;
}

/* Reads on to the end; how many records there were. */
static int read_on(struct desk *desk, struct recipients *source)
{
	struct recipient recipient;
	int count = 1;
	enum recipients_result result;
	while ((result = recipients_next(source, desk->room->arena, &recipient,
			desk->room->diags)) != RECIPIENTS_END) {
		if (result != RECIPIENTS_GOOD || !is_whole(&recipient))
			fail_msg("record %d is of two tables, or none", count);
		count++;
	}
	recipients_close(source);
	return count;
}

static struct template *template_of(struct room *room)
{
	return room_template(room, "<declare name='name'/><declare name='note'/>",
		"<p><field name='name'/><field name='note'/></p>");
}

static void a_source_that_is_rewritten_ends_the_run(void **state)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct desk desk = desk_new(state);
		struct recipient recipient;
		diags_clear(desk.room->diags);
		print_message("# %s\n", kinds[i].name);
		struct recipients *source = open_first(
			&desk, template_of(desk.room), &kinds[i], &recipient);
		write_in_place(&desk, &kinds[i]);
		int count = read_on(&desk, source);
		assert_true(count < ROWS);
		assert_int_equal(diags_len(desk.room->diags), 1);
		const struct diag *diag = diags_at(desk.room->diags, 0);
		assert_int_equal(diag->id, DIAG_FILE_READ);
		assert_non_null(strstr(diag->text, "changed while it was read"));
		scratch_free(&desk.scratch);
	}
}

/* Of one length, within a tick of the clock that files have before Linux 6.13. */
static void what_is_written_over_at_once_is_noticed(void **state)
{
	enum { TIMES = 20 };
	const struct kind *kind = &kinds[1];
	struct buf other = {0};
	for (int i = 0; i < ROWS; i++)
		buf_format(&other, kind->row, i, "Bob", i, "of Bob");
	for (int i = 0; i < TIMES; i++) {
		struct desk desk = desk_new(state);
		struct recipient recipient;
		diags_clear(desk.room->diags);
		struct recipients *source = open_first(
			&desk, template_of(desk.room), kind, &recipient);
		int fd = open(scratch_path(&desk.scratch, kind->name), O_WRONLY);
		assert_int_equal(pwrite(fd, other.at, other.len, 0), other.len);
		close(fd);
		assert_true(read_on(&desk, source) < ROWS);
		assert_int_equal(diags_len(desk.room->diags), 1);
		assert_int_equal(diags_at(desk.room->diags, 0)->id, DIAG_FILE_READ);
		scratch_free(&desk.scratch);
	}
	buf_free(&other);
}

/* A name that leads to another file means nothing to one that is open. */
static void a_source_that_is_replaced_is_read_to_its_end(void **state)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct desk desk = desk_new(state);
		struct recipient recipient;
		diags_clear(desk.room->diags);
		struct recipients *source = open_first(
			&desk, template_of(desk.room), &kinds[i], &recipient);
		assert_int_equal(unlink(scratch_path(&desk.scratch, kinds[i].name)), 0);
		write_all(&desk, &kinds[i], "Roberta", "of Roberta");
		assert_int_equal(read_on(&desk, source), ROWS);
		assert_int_equal(diags_len(desk.room->diags), 0);
		scratch_free(&desk.scratch);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(a_source_that_is_rewritten_ends_the_run),
		room_test(what_is_written_over_at_once_is_noticed),
		room_test(a_source_that_is_replaced_is_read_to_its_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
