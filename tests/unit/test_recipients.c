/* Records: the shapes of values, ids, a directory and a choice of it. */
#include "base/diag_id.h"
#include "room.h"
#include "support/support.h"

static const struct value *find(const struct recipient *recipient, const char *name)
{
	const struct value *value = recipient_find(recipient->values, str_of(name));
	assert_non_null(value);
	return value;
}

static void declarations_tell_a_step_from_a_rich_value(void **state)
{
	struct room *room = *state;
	struct recipient recipient;
	const char *fields = "<contact><email>a@b.org</email></contact>";
	struct template *template = room_template(
		room, "<declare name='contact.email' required='no'/>", "");
	assert_true(room_record(room, template, fields, &recipient));
	assert_true(str_is(find(&recipient, "contact.email")->text, "a@b.org"));
	template = room_template(room, "<declare name='contact' type='rich' required='no'/>", "");
	assert_true(room_record(room, template, fields, &recipient));
	assert_int_equal(find(&recipient, "contact")->rich->first->tag, TAG_EMAIL);
}

static void what_is_not_declared_is_judged_by_its_look(void **state)
{
	struct room *room = *state;
	struct recipient recipient;
	assert_true(room_record(room, NULL,
		"<a>x</a><b><c>y</c></b><d>z <em>w</em></d><e><line>1</line></e><f/>", &recipient));
	assert_true(str_is(find(&recipient, "a")->text, "x"));
	assert_true(str_is(find(&recipient, "b.c")->text, "y"));
	assert_non_null(find(&recipient, "d")->rich);
	assert_true(str_is(find(&recipient, "d")->text, "z w"));
	assert_int_equal(find(&recipient, "e")->line_count, 1);
	assert_true(str_is(find(&recipient, "f")->text, ""));
}

static void words_beside_a_line_break_are_two(void **state)
{
	struct room *room = *state;
	struct recipient recipient;
	assert_true(room_record(room, NULL, "<a>Coming?<br/>Yes <em>so</em>on</a>", &recipient));
	assert_true(str_is(find(&recipient, "a")->text, "Coming? Yes soon"));
}

static void lines_are_trimmed_and_close_up(void **state)
{
	struct room *room = *state;
	struct recipient recipient;
	assert_true(room_record(room, NULL,
		"<a><line> 1  Street </line><line/><line>Town</line></a><b>\n 1 Street\n\n "
		"Town\n</b>",
		&recipient));
	for (const struct value *value = recipient.values; value; value = value->next) {
		assert_int_equal(value->line_count, 2);
		assert_true(str_is(value->lines[0].text, "1  Street") ||
			str_is(value->lines[0].text, "1 Street"));
		assert_true(str_is(value->lines[1].text, "Town"));
	}
}

static void a_line_has_a_language_of_its_own(void **state)
{
	struct room *room = *state;
	struct recipient recipient;
	assert_true(room_record(room, NULL,
		"<a xml:lang='en'><line xml:lang='cy'>T\xC5\xB7</line>\n"
		"<line confirmed='no'>Town</line></a>",
		&recipient));
	const struct value *value = find(&recipient, "a");
	assert_true(str_is(value->lang, "en"));
	assert_true(str_is(value->lines[0].lang, "cy"));
	assert_true(str_is(value->lines[1].lang, "en"));
	assert_int_equal(value->lines[1].at.line, 2);
	assert_int_equal(value_standing(value), STANDING_RECALLED);
}

static void a_list_holds_records_in_order(void **state)
{
	struct room *room = *state;
	struct recipient recipient;
	struct template *template = room_template(room,
		"<declare name='d' type='list' required='no'><declare name='x.y'/></declare>", "");
	assert_true(room_record(
		room, template, "<d><x><y>1</y></x></d><e/><d><x><y>2</y></x></d>", &recipient));
	const struct value *first = find(&recipient, "d");
	const struct value *second = recipient_find(first->next, str_lit("d"));
	assert_true(str_is(recipient_find(first->parts, str_lit("x.y"))->text, "1"));
	assert_true(str_is(recipient_find(second->parts, str_lit("x.y"))->text, "2"));
	assert_null(recipient_find(second->next, str_lit("d")));
}

static void confirmed_and_language_are_inherited(void **state)
{
	struct room *room = *state;
	struct recipient recipient;
	assert_true(room_record(room, NULL,
		"<a confirmed='no' xml:lang='cy'><b>1</b><c confirmed='yes' xml:lang='en'>2</c></a>"
		"<d>3</d>",
		&recipient));
	assert_int_equal(value_standing(find(&recipient, "a.b")), STANDING_RECALLED);
	assert_int_equal(value_standing(find(&recipient, "a.c")), STANDING_UNSAID);
	assert_null(find(&recipient, "d")->about);
	assert_true(str_is(find(&recipient, "a.b")->lang, "cy"));
	assert_true(str_is(find(&recipient, "a.c")->lang, "en"));
	assert_int_equal(find(&recipient, "d")->lang.len, 0);
}

static void an_id_is_a_safe_name(void **state)
{
	struct room *room = *state;
	static const struct {
		const char *id;
		bool good;
	} rows[] = {{"essex", true}, {"a.b-c_D9", true}, {"a..b", true}, {"", false}, {".", false},
		{"..", false}, {".a", false}, {"../x", false}, {"a/b", false}, {"a b", false},
		{"t\xC5\xB7", false}, {"a\\b", false}, {"a:b", false}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct recipient recipient;
		struct str text = str_format(room->arena,
			"<recipient xmlns='urn:lettermerge:recipient:1' id='%s'/>", rows[i].id);
		print_message("# row %zu\n", i);
		assert_true(recipient_read(room->arena, text, "r.xml", NULL, &recipient,
				    room->diags) == rows[i].good);
		assert_true(str_is(recipient.id, rows[i].id));
	}
}

static void a_record_that_cannot_be_read_still_has_the_name_of_its_file(void **state)
{
	struct room *room = *state;
	struct recipient recipient;
	assert_false(recipient_read(
		room->arena, str_lit("<a>"), "in/kent.xml", NULL, &recipient, room->diags));
	assert_true(str_is(recipient.id, "kent"));
	assert_string_equal(recipient.at.file, "in/kent.xml");
}

/* -- directories ------------------------------------------------------------------------------- */

static void write_record(struct scratch *scratch, const char *name, const char *attributes)
{
	scratch_write(scratch, name,
		str_format(scratch->arena,
			"<recipient xmlns='urn:lettermerge:recipient:1' %s><a>1</a></recipient>",
			attributes)
			.at);
}

/* The ids in the order of reading, "!" before those that are bad. */
static const char *read_all(struct room *room, struct recipients *source)
{
	struct buf ids = {0};
	struct recipient recipient;
	enum recipients_result result;
	while ((result = recipients_next(source, room->arena, &recipient, room->diags)) !=
		RECIPIENTS_END)
		buf_format(&ids, "%s%.*s ", result == RECIPIENTS_BAD ? "!" : "",
			str_arg(recipient.id));
	const char *copy = str_copy(room->arena, buf_text(&ids)).at;
	buf_free(&ids);
	return copy;
}

static const char *read_only(
	struct room *room, struct scratch *scratch, const struct str *only, int count)
{
	struct recipients *source = recipients_open(scratch->dir, NULL,
		&(struct recipients_options){.only = only, .only_count = count}, room->diags);
	const char *ids = source ? read_all(room, source) : NULL;
	recipients_close(source);
	return ids;
}

static void a_directory_is_read_in_the_order_of_bytes(void **state)
{
	struct room *room = *state;
	struct scratch scratch = scratch_new();
	static const char *const names[] = {
		"b.xml", "a.xml", "C.xml", "a-b.xml", "10.xml", "9.xml"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		write_record(&scratch, names[i], "");
	scratch_write(&scratch, "readme.txt", "x");
	scratch_write(&scratch, ".hidden.xml", "x");
	assert_string_equal(read_only(room, &scratch, NULL, 0), "10 9 C a-b a b ");
	assert_int_equal(diags_len(room->diags), 0);
	scratch_free(&scratch);
}

static void the_second_of_two_ids_is_bad(void **state)
{
	struct room *room = *state;
	struct scratch scratch = scratch_new();
	write_record(&scratch, "a.xml", "id='same'");
	write_record(&scratch, "b.xml", "id='same'");
	write_record(&scratch, "c.xml", "");
	assert_string_equal(read_only(room, &scratch, NULL, 0), "same !same c ");
	assert_only(room, DIAG_RECIPIENT_TWICE);
	scratch_free(&scratch);
}

static void a_bad_record_does_not_stop_the_next(void **state)
{
	struct room *room = *state;
	struct scratch scratch = scratch_new();
	scratch_write(&scratch, "a.xml", "<broken");
	write_record(&scratch, "b.xml", "");
	scratch_write(&scratch, "c.xml/inside", "a folder");
	assert_string_equal(read_only(room, &scratch, NULL, 0), "!a b !c ");
	scratch_free(&scratch);
}

static void only_those_asked_for_are_read(void **state)
{
	struct room *room = *state;
	struct scratch scratch = scratch_new();
	const struct str only[] = {str_lit("d"), str_lit("other"), str_lit("broken"), str_lit("d")};
	write_record(&scratch, "a.xml", "id='other'");
	scratch_write(&scratch, "broken.xml", "<x");
	write_record(&scratch, "c.xml", "");
	write_record(&scratch, "d.xml", "");
	assert_string_equal(read_only(room, &scratch, only, 1), "d ");
	assert_string_equal(read_only(room, &scratch, only, 4), "other !broken d ");
	scratch_free(&scratch);
}

static void an_unknown_id_is_an_error_with_what_was_meant(void **state)
{
	struct room *room = *state;
	struct scratch scratch = scratch_new();
	const struct str only[] = {str_lit("essxe"), str_lit("kent")};
	write_record(&scratch, "essex.xml", "");
	write_record(&scratch, "kent.xml", "");
	assert_null(read_only(room, &scratch, only, 2));
	assert_only(room, DIAG_RECIPIENT_UNKNOWN);
	assert_string_equal(diags_at(room->diags, 0)->hint, "did you mean \"essex\"?");
	scratch_free(&scratch);
}

static void a_directory_without_records_is_an_error(void **state)
{
	struct room *room = *state;
	struct scratch scratch = scratch_new();
	scratch_write(&scratch, "a.txt", "x");
	assert_null(recipients_open(scratch.dir, NULL, NULL, room->diags));
	assert_only(room, DIAG_RECIPIENTS_NONE);
	assert_null(recipients_open(scratch_path(&scratch, "none"), NULL, NULL, room->diags));
	assert_int_equal(diags_at(room->diags, 1)->id, DIAG_FILE_READ);
	scratch_free(&scratch);
}

static void counts_what_will_be_read(void **state)
{
	struct room *room = *state;
	struct scratch scratch = scratch_new();
	const struct str only[] = {str_lit("b")};
	write_record(&scratch, "a.xml", "");
	write_record(&scratch, "b.xml", "");
	for (int count = 1; count <= 2; count++) {
		struct recipients *source = recipients_open(scratch.dir, NULL,
			&(struct recipients_options){
				.only = count == 1 ? only : NULL, .only_count = 1},
			room->diags);
		assert_int_equal(recipients_count(source), count);
		recipients_close(source);
	}
	scratch_free(&scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(declarations_tell_a_step_from_a_rich_value),
		room_test(what_is_not_declared_is_judged_by_its_look),
		room_test(words_beside_a_line_break_are_two),
		room_test(lines_are_trimmed_and_close_up),
		room_test(a_line_has_a_language_of_its_own),
		room_test(a_list_holds_records_in_order),
		room_test(confirmed_and_language_are_inherited),
		room_test(an_id_is_a_safe_name),
		room_test(a_record_that_cannot_be_read_still_has_the_name_of_its_file),
		room_test(a_directory_is_read_in_the_order_of_bytes),
		room_test(the_second_of_two_ids_is_bad),
		room_test(a_bad_record_does_not_stop_the_next),
		room_test(only_those_asked_for_are_read),
		room_test(an_unknown_id_is_an_error_with_what_was_meant),
		room_test(a_directory_without_records_is_an_error),
		room_test(counts_what_will_be_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
