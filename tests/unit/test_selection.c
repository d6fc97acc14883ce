/* Which records are chosen, and what their letters are called. */
#include "base/diag_id.h"
#include "sources.h"

static void records_are_chosen_by_their_fields(void **state)
{
	struct desk desk = desk_new(state);
	const struct str jo = str_lit("name= Jo "), both[] = {str_lit("name=Jo"), str_lit("id=c")};
	const struct str only[] = {str_lit("c"), str_lit("x")}, bad = str_lit("nmae=Jo"),
			 form = str_lit("name");
	scratch_write(&desk.scratch, "a.csv", "id,name\na,Jo\nb,Al\nc,Jo\nd,Jo\n");
	assert_string_equal(ids_of(&desk, "a.csv",
				    &(struct recipients_options){.where = &jo, .where_count = 1}),
		"a c d ");
	assert_string_equal(
		ids_of(&desk, "a.csv",
			&(struct recipients_options){.where = &jo, .where_count = 1, .limit = 2}),
		"a c ");
	assert_string_equal(ids_of(&desk, "a.csv",
				    &(struct recipients_options){.where = both, .where_count = 2}),
		"c ");
	assert_string_equal(
		ids_of(&desk, "a.csv", &(struct recipients_options){.only = only, .only_count = 1}),
		"c ");
	assert_int_equal(diags_len(desk.room->diags), 0);
	assert_string_equal(
		ids_of(&desk, "a.csv", &(struct recipients_options){.only = only, .only_count = 2}),
		"c ");
	assert_only(desk.room, DIAG_RECIPIENT_UNKNOWN);
	diags_clear(desk.room->diags);
	assert_null(ids_of(
		&desk, "a.csv", &(struct recipients_options){.where = &bad, .where_count = 1}));
	assert_only(desk.room, DIAG_OPTION_FIELD);
	assert_string_equal(diags_at(desk.room->diags, 0)->hint, "did you mean \"name\"?");
	diags_clear(desk.room->diags);
	assert_null(ids_of(
		&desk, "a.csv", &(struct recipients_options){.where = &form, .where_count = 1}));
	assert_only(desk.room, DIAG_WHERE_FORM);
	scratch_free(&desk.scratch);
}

static void computed_fields_neither_choose_nor_name(void **state)
{
	struct desk desk = desk_new(state);
	const struct str where = str_lit("days=2");
	scratch_write(&desk.scratch, "a.csv", "id,name\na,Jo\n");
	desk.template = room_template(desk.room,
		"<declare name='name'/><declare name='dates' type='list' required='no'>"
		"<declare name='day' required='no'/></declare>"
		"<declare name='days' type='number' count='dates'/>",
		"<p><field name='name'/></p>");
	assert_null(ids_of(
		&desk, "a.csv", &(struct recipients_options){.where = &where, .where_count = 1}));
	assert_only(desk.room, DIAG_OPTION_COMPUTED);
	diags_clear(desk.room->diags);
	assert_null(ids_of(&desk, "a.csv", &(struct recipients_options){.name = "{days}"}));
	assert_only(desk.room, DIAG_OPTION_COMPUTED);
	scratch_free(&desk.scratch);
}

/* As the letter shows it: what a record does not say is what the template says for all. */
static void records_are_chosen_by_what_the_template_says_for_them(void **state)
{
	struct desk desk = desk_new(state);
	const struct str home = str_lit("land=Wales"), none = str_lit("land=");
	desk.template = room_template(
		desk.room, "<declare name='land' required='no' default='Wales'/>", "");
	scratch_write(&desk.scratch, "a.csv", "id,land\na,Wales\nb,\nc,Kent\nd, \n");
	assert_string_equal(ids_of(&desk, "a.csv",
				    &(struct recipients_options){.where = &home, .where_count = 1}),
		"a b d ");
	assert_string_equal(ids_of(&desk, "a.csv",
				    &(struct recipients_options){.where = &none, .where_count = 1}),
		"");
	scratch_free(&desk.scratch);
}

/* However the record and the command spell it. */
static void records_are_chosen_by_values_of_their_type(void **state)
{
	struct desk desk = desk_new(state);
	const struct str wheres[] = {str_lit("owed=1.250,00"), str_lit("due=7 May 2024"),
		str_lit("member=yes"), str_lit("owed="), str_lit("name=jo")};
	static const char *const ids[] = {"a b ", "a c ", "b c ", "d ", ""};
	desk.template = room_template(desk.room,
		"<declare name='name' required='no'/><declare name='owed' type='money'/>"
		"<declare name='due' type='date'/><declare name='member' type='yes-no'/>",
		"<p><field name='owed'/><field name='due'/><field name='member'/></p>");
	scratch_write(&desk.scratch, "a.csv",
		"id,name,owed,due,member\na,Jo,1250,2024-05-07,no\n"
		"b,Jo,\"£1,250.00\",2024-05-08,TRUE\nc,Jo,£12.50,\"May 7, "
		"2024\",Y\nd,Jo,,7.5.24,x\n");
	for (size_t i = 0; i < sizeof wheres / sizeof *wheres; i++) {
		const struct recipients_options options = {.where = &wheres[i], .where_count = 1};
		assert_string_equal(ids_of(&desk, "a.csv", &options), ids[i]);
	}
	scratch_free(&desk.scratch);
}

static void letters_are_called_by_a_pattern(void **state)
{
	static const struct {
		const char *name, *id;
	} rows[] = {{"Si\xC3\xA2n W\xC5\xB7n", "x-Sian-Wyn"},
		{"../../etc/passwd", "x-..-..-etc-passwd"},
		{"O\xE2\x80\x99"
		 "Brien",
			"x-OBrien"},
		{"a/b\\c:d*e", "x-a-b-c-d-e"}, {"  ", "x"}, {"\xE6\x9D\x8E", "x"},
		{"CON. ", "x-CON"}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk desk = desk_new(state);
		print_message("# %s\n", rows[i].name);
		scratch_write(&desk.scratch, "a.csv",
			str_format(desk.room->arena, "id,name\nx,%s\n", rows[i].name).at);
		const char *ids = ids_of(
			&desk, "a.csv", &(struct recipients_options){.name = "{id} {name}"});
		assert_string_equal(ids, str_format(desk.room->arena, "%s ", rows[i].id).at);
		scratch_free(&desk.scratch);
	}
}

static void names_that_clash_or_say_nothing_are_errors(void **state)
{
	struct desk desk = desk_new(state);
	const struct recipients_options options = {.name = "{name}"};
	scratch_write(&desk.scratch, "a.csv", "id,name\na,Jo Ash\nb,J\xC3\xB3 Ash\nc,\n");
	assert_string_equal(ids_of(&desk, "a.csv", &options), "Jo-Ash !Jo-Ash ! ");
	assert_int_equal(diags_at(desk.room->diags, 0)->id, DIAG_RECIPIENT_TWICE);
	assert_int_equal(diags_at(desk.room->diags, 1)->id, DIAG_NAME_EMPTY);
	diags_clear(desk.room->diags);
	assert_null(ids_of(&desk, "a.csv", &(struct recipients_options){.name = "{nmae}"}));
	assert_only(desk.room, DIAG_OPTION_FIELD);
	diags_clear(desk.room->diags);
	assert_null(ids_of(&desk, "a.csv", &(struct recipients_options){.name = "{name"}));
	assert_only(desk.room, DIAG_BRACE);
	scratch_free(&desk.scratch);
}

/* What is two files here may be one elsewhere, or none. */
static void names_that_another_system_does_not_take_are_errors(void **state)
{
	static const struct {
		const char *name, *table, *ids;
		enum diag_id id;
	} rows[] = {
		{NULL, "id\nLee\nlee\n", "Lee !lee ", DIAG_RECIPIENT_CASE},
		{NULL, "id\nlee\nLEE\n", "lee !LEE ", DIAG_RECIPIENT_CASE},
		{NULL, "id\nLEE\nLee\n", "LEE !Lee ", DIAG_RECIPIENT_CASE},
		{NULL, "id\nlee\nlee\n", "lee !lee ", DIAG_RECIPIENT_TWICE},
		{NULL, "id\nLee\nLee\n", "Lee !Lee ", DIAG_RECIPIENT_TWICE},
		{"{name}", "id,name\na,MÜLLER\nb,Müller\n", "MULLER !Muller ", DIAG_RECIPIENT_CASE},
		{"{name}", "id,name\na,Dvořák\nb,DVORAK\n", "Dvorak !DVORAK ", DIAG_RECIPIENT_CASE},
		{"{name}", "id,name\na,Ngũgĩ\nb,Con\n", "Ngugi !Con ", DIAG_RECIPIENT_DEVICE},
		{NULL, "id\nxcon\nAUX\n", "xcon !AUX ", DIAG_RECIPIENT_DEVICE},
		{NULL, "id\ncom\ncom1\n", "com !com1 ", DIAG_RECIPIENT_DEVICE},
		{NULL, "id\ncom10\nlpt9.a.b\n", "com10 !lpt9.a.b ", DIAG_RECIPIENT_DEVICE},
		{NULL, "id\nnula\nnul.\n", "nula !nul. ", DIAG_RECIPIENT_DEVICE},
		{NULL, "id\na\na:b\n", "a !a:b ", DIAG_RECIPIENT_ID},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk desk = desk_new(state);
		print_message("# row %zu\n", i);
		scratch_write(&desk.scratch, "a.csv", rows[i].table);
		assert_string_equal(
			ids_of(&desk, "a.csv", &(struct recipients_options){.name = rows[i].name}),
			rows[i].ids);
		assert_only(desk.room, rows[i].id);
		diags_clear(desk.room->diags);
		scratch_free(&desk.scratch);
	}
}

static void an_id_of_a_record_is_not_cut_but_refused(void **state)
{
	struct desk desk = desk_new(state);
	char id[RECIPIENT_MAX_ID + 2] = "";
	memset(id, 'a', RECIPIENT_MAX_ID + 1);
	scratch_write(&desk.scratch, "a.csv",
		str_format(desk.room->arena, "id\n%s\n%s\n", id + 1, id).at);
	assert_string_equal(ids_of(&desk, "a.csv", NULL),
		str_format(desk.room->arena, "%s !%s ", id + 1, id).at);
	assert_only(desk.room, DIAG_RECIPIENT_ID);
	scratch_free(&desk.scratch);
}

static void a_long_name_is_cut_but_stays_a_name(void **state)
{
	struct desk desk = desk_new(state);
	char name[401] = "";
	memset(name, 'a', 400);
	scratch_write(&desk.scratch, "a.csv",
		str_format(desk.room->arena, "name,address\n%s,\n", name).at);
	const char *ids = ids_of(&desk, "a.csv", &(struct recipients_options){.name = "{name}"});
	assert_int_equal(strlen(ids), RECIPIENT_MAX_ID + 1);
	scratch_free(&desk.scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(records_are_chosen_by_their_fields),
		room_test(computed_fields_neither_choose_nor_name),
		room_test(records_are_chosen_by_what_the_template_says_for_them),
		room_test(records_are_chosen_by_values_of_their_type),
		room_test(letters_are_called_by_a_pattern),
		room_test(names_that_clash_or_say_nothing_are_errors),
		room_test(names_that_another_system_does_not_take_are_errors),
		room_test(an_id_of_a_record_is_not_cut_but_refused),
		room_test(a_long_name_is_cut_but_stays_a_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
