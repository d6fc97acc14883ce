/* Tables with something above, between or inside their cells, and files that are no tables: each is
 * said by name, at its row and column. */
#include "base/diag_id.h"
#include "room.h"
#include "support/support.h"

#include <stdio.h>

struct case_of {
	struct str bytes;
	int id;
	int row, column;   /* of the finding */
	const char *words; /* in it */
};
#define BYTES(literal)                              \
	{                                           \
		(literal), (int)sizeof(literal) - 1 \
	}

static void read_all(struct room *room, struct template *template, const char *path)
{
	struct recipients *source = recipients_open(path, template, NULL, room->diags);
	struct recipient recipient;
	while (source &&
		recipients_next(source, room->arena, &recipient, room->diags) != RECIPIENTS_END)
		;
	recipients_close(source);
}

static void is_said(struct room *room, const struct case_of *of)
{
	struct scratch scratch = scratch_new();
	struct template *template = room_template(room,
		"<declare name='name'/><declare name='address' type='lines'/>",
		"<p><field name='name'/> <field name='address'/></p>");
	FILE *file = fopen(scratch_path(&scratch, "a.csv"), "wb");
	fwrite(of->bytes.at, 1, (size_t)of->bytes.len, file);
	fclose(file);
	read_all(room, template, scratch_path(&scratch, "a.csv"));
	if (diags_len(room->diags) != 1 || diags_at(room->diags, 0)->id != of->id)
		fail_msg("%d findings of \"%s\", the first %s", diags_len(room->diags),
			of->bytes.at,
			diags_len(room->diags) ? diag_code(diags_at(room->diags, 0)->id) : "none");
	const struct diag *diag = diags_at(room->diags, 0);
	if (diag->at.line != of->row || diag->at.column != of->column ||
		!strstr(diag->text, of->words))
		fail_msg("\"%s\": %d, %d: %s", of->bytes.at, diag->at.line, diag->at.column,
			diag->text);
	diags_clear(room->diags);
	scratch_free(&scratch);
}

static void all_are_said(void **state, const struct case_of *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		is_said(*state, &cases[i]);
}
#define all_said(state, cases) all_are_said(state, cases, sizeof(cases) / sizeof *(cases))

static void a_quotation_mark_is_said_with_its_cell(void **state)
{
	static const struct case_of cases[] = {
		{BYTES("name;address\nRohr 5\" Typ;Weg 1\n"), DIAG_CSV_QUOTE, 2, 1, "\"Rohr 5\""},
		{BYTES("name\taddress\nTuyau\t20\" x 3\n"), DIAG_CSV_QUOTE, 2, 2, "\"20\""},
		{BYTES("name,address\nAnn,A\nJosé \"Pepe\" Paz,B\n"), DIAG_CSV_QUOTE, 3, 1,
			"\"José \""},
		{BYTES("name,address\nAnn,\"A\nB,C\n"), DIAG_CSV_QUOTE, 2, 2, "never closed"},
		{BYTES("name,address\nAnn,A\n\"Bo,C\n"), DIAG_CSV_QUOTE, 3, 1, "never closed"},
		{BYTES("\"name,address\nAnn,A\n"), DIAG_CSV_QUOTE, 1, 1, "never closed"}};
	all_said(state, cases);
}

/* Quotation marks that pair over rows hide the people between them. */
static void rows_in_a_cell_are_said(void **state)
{
	static const struct case_of cases[] = {
		{BYTES("id,name,address\na,\"Ann,1 High St\nb,Bo\",2 High St\n"), DIAG_CSV_ROWS, 2,
			2, "rows seem to stand in it"},
		{BYTES("id;name;address\na;Ann;\"1 High St\nb;Bo;2 High St\nc;Cy;3 High St\"\n"),
			DIAG_CSV_ROWS, 2, 3, "rows seem to stand in it"},
		{BYTES("id\tname\taddress\n\"a\tAnn\tx\nb\"\tBo\ty\n"), DIAG_CSV_ROWS, 2, 1,
			"rows seem to stand in it"},
		{BYTES("id,name,address,sum,due\na,\"Ann,A,12.50,2024-05-13\nb,Bo\",B,1,2\n"),
			DIAG_CSV_ROWS, 2, 2, "rows seem to stand in it"}};
	struct room *room = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct scratch scratch = scratch_new();
		struct template *template = room_template(room,
			"<declare name='name'/><declare name='address' type='lines'/>"
			"<declare name='sum' required='no'/><declare name='due' required='no'/>",
			"<p><field name='name'/> <field name='address'/></p>");
		scratch_write(&scratch, "a.csv", cases[i].bytes.at);
		read_all(room, template, scratch_path(&scratch, "a.csv"));
		assert_int_equal(diags_len(room->diags), 1);
		assert_int_equal(diags_at(room->diags, 0)->id, cases[i].id);
		assert_int_equal(diags_at(room->diags, 0)->at.line, cases[i].row);
		assert_int_equal(diags_at(room->diags, 0)->at.column, cases[i].column);
		diags_clear(room->diags);
		scratch_free(&scratch);
	}
}

static void line_ends_in_words_are_no_rows(void **state)
{
	static const char *const tables[] = {
		"id,name,address\na,Ann,\"1 High St,\nAshby,\nCM8 3HB\"\n",
		"id,name,address\na,Ann,\"Flat 3, The Mill, Ashby, Essex\nCM8 3HB, UK\"\n",
		"id,name,address\na,Ann,\"1,250,000 or 2,500,000 or\n3,750,000\"\n",
		"name;address\nAnn;\"Weg 1; Hof\n1010 Wien; Austria\"\n",
		"id,name,address\na,\"Ann, Bo, Cy,Dee\",\"1 High St\nAshby\"\n"};
	struct room *room = *state;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		struct scratch scratch = scratch_new();
		struct template *template = room_template(room,
			"<declare name='name'/><declare name='address' type='lines'/>",
			"<p><field name='name'/> <field name='address'/></p>");
		print_message("# table %zu\n", i);
		scratch_write(&scratch, "a.csv", tables[i]);
		read_all(room, template, scratch_path(&scratch, "a.csv"));
		assert_int_equal(diags_len(room->diags), 0);
		scratch_free(&scratch);
	}
}

/* A header may end in signs that divide nothing; a row that has words there has shifted. */
static void a_cell_behind_the_header_is_one_too_many(void **state)
{
	static const struct case_of cases[] = {
		{BYTES("name,address,\nLee, Ann,1 High St\n"), DIAG_ROW_LONG, 2, 0, "3 cells"},
		{BYTES("name;address;; \nAnn;Weg 1;;\nLee; Ann;;Weg 1\n"), DIAG_ROW_LONG, 3, 0,
			"4 cells"}};
	all_said(state, cases);
}

static void a_byte_0_is_said_with_its_cell(void **state)
{
	static const struct case_of cases[] = {
		{BYTES("name,address\nA\0n,L\n"), DIAG_TABLE_NUL, 2, 1, "byte 0"},
		{BYTES("name;address\nJürgen;Weg\nÅse;\0\n"), DIAG_TABLE_NUL, 3, 2, "byte 0"},
		{BYTES("name\tadd\0ress\n"), DIAG_TABLE_NUL, 1, 2, "byte 0"},
		{BYTES("\0name,address\n"), DIAG_TABLE_NUL, 1, 1, "byte 0"},
		{BYTES("name,address\nZoë,\"1 Rue\nLi\0ge\"\n"), DIAG_TABLE_NUL, 2, 2, "byte 0"}};
	all_said(state, cases);
}

static void a_title_above_the_header_is_said(void **state)
{
	static const struct case_of cases[] = {
		{BYTES("Member list 2024,,\n,,\nID,Name,Address\na,Ann,x\n"), DIAG_CSV_TITLE, 3, 0,
			"header"},
		{BYTES("Mitglieder 2024\n\nID;Name;Address\na;Jörg;x\n"), DIAG_CSV_TITLE, 3, 0,
			"header"},
		{BYTES("Liste des membres\tété\nName\tAddress\nZoé\tx\n"), DIAG_CSV_TITLE, 2, 0,
			"header"},
		{BYTES("a,b\nc,d\ne,f\nname,address\n"), DIAG_CSV_TITLE, 4, 0, "header"},
		{BYTES("\"Socios, 2024\",\nname,address line 1\nPaz,x\n"), DIAG_CSV_TITLE, 2, 0,
			"header"}};
	all_said(state, cases);
}

static void a_sign_between_quotation_marks_is_said_and_read(void **state)
{
	static const struct case_of cases[] = {
		{BYTES("\"sep=,\"\r\nname,address\r\nAnn,x\r\n"), DIAG_CSV_SEP, 1, 1, "sep="},
		{BYTES("\"sep=;\"\nname;address\nJörg, der;x\n"), DIAG_CSV_SEP, 1, 1, "sep="},
		{BYTES("\"sep=\t\"\nname\taddress\nZoé\tx\n"), DIAG_CSV_SEP, 1, 1, "sep="},
		{BYTES("\"sep=;\";\nname;address\nPaz;x\n"), DIAG_CSV_SEP, 1, 1, "sep="},
		{BYTES("\"sep=|\"\nname|address\nÅse|x, y; z\n"), DIAG_CSV_SEP, 1, 1, "sep="}};
	all_said(state, cases);
}

/* Reads a table of one row below a header; the number of its findings. */
static int read_below(struct room *room, struct template *template, const char *header)
{
	struct scratch scratch = scratch_new();
	struct buf text = {0};
	buf_format(&text, "%s\n1", header);
	for (const char *at = header; *at; at++)
		buf_puts(&text, *at == ',' ? ",1" : "");
	diags_clear(room->diags);
	scratch_write(&scratch, "a.csv", buf_text(&text).at);
	buf_free(&text);
	read_all(room, template, scratch_path(&scratch, "a.csv"));
	scratch_free(&scratch);
	return diags_len(room->diags);
}

static void headings_as_people_write_them_find_their_fields(void **state)
{
	static const char *const headers[] = {
		"name,paid,sibling 1,sibling 2,marks 1 mark,marks 1 of",
		"Name *,Paid?,Sibling (1),SIBLING-2,Marks (1): mark,Marks 1 'of'",
		"NAME:,'Paid'?!,sibling.1,Sibling_2,marks.1.mark,marks (1) of"};
	struct room *room = *state;
	struct template *template = room_template(room,
		"<declare name='name'/><declare name='paid'/>"
		"<declare name='sibling' type='list'><declare name='called'/></declare>"
		"<declare name='marks' type='list'><declare name='mark'/><declare "
		"name='of'/></declare>",
		"<p><field name='name'/><field name='paid'/><each field='sibling'><field "
		"name='called'/></each><each field='marks'><field name='mark'/><field "
		"name='of'/></each></p>");
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		if (read_below(room, template, headers[i]))
			fail_msg("%s: %s", headers[i], diags_at(room->diags, 0)->text);
}

static void one_value_a_record_fills_the_list(void **state)
{
	struct room *room = *state;
	struct scratch scratch = scratch_new();
	struct template *template = room_template(room,
		"<declare name='sibling' type='list'><declare name='called'/></declare>",
		"<p><each field='sibling' separator=' '><field name='called'/></each></p>");
	struct recipient recipient;
	scratch_write(&scratch, "a.csv", "Sibling 2,Sibling 1,Sibling 3\nBo,Al,\n");
	struct recipients *source = recipients_open(
		scratch_path(&scratch, "a.csv"), template, NULL, room->diags);
	assert_int_equal(
		recipients_next(source, room->arena, &recipient, room->diags), RECIPIENTS_GOOD);
	struct letter *letter = letter_merge(room->arena, template, &recipient, NULL, room->diags);
	assert_string_equal(room_text(room, letter->root), "Al Bo");
	recipients_close(source);
	scratch_free(&scratch);
}

/* What stands between two signs of a hint. */
static const char *quoted_in(struct room *room, const char *hint, const char *before, char behind)
{
	const char *from = strstr(hint, before);
	assert_non_null(from);
	from += strlen(before);
	return str_format(room->arena, "%.*s", (int)(strchr(from, behind) - from), from).at;
}

static void who_does_as_the_hint_says_is_not_told_again(void **state)
{
	static const char *const missing[] = {"<declare name='a'/>",
		"<declare name='a' type='list'><declare name='b'/></declare>",
		("<declare name='a' type='list'><declare name='b'/><declare name='c' "
		 "required='no'/></declare>")};
	static const char *const unknown[] = {"Pupil ID", "Deposit paid?", "Tel. (home)",
		"Name\u00A0x", "Größe:", "a.b", "O'Neill*"};
	struct room *room = *state;
	for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
		struct template *template = room_template(
			room, missing[i], "<p><field name='letter-date'/></p>");
		assert_int_equal(read_below(room, template, "id"), 1);
		const char *hint = diags_at(room->diags, 0)->hint;
		assert_int_equal(
			read_below(room, template, quoted_in(room, hint, "name a column \"", '"')),
			0);
	}
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
		struct template *none = room_template(room, "", "<p>x</p>");
		assert_int_equal(read_below(room, none, unknown[i]), 1);
		const char *name = quoted_in(
			room, diags_at(room->diags, 0)->hint, "declare name=\"", '"');
		struct str declared = str_format(
			room->arena, "<declare name='%s' required='no'/>", name);
		struct template *template = room_template(room, declared.at, "<p>x</p>");
		if (read_below(room, template, unknown[i]))
			fail_msg("%s: %s", name, diags_at(room->diags, 0)->text);
	}
}

static void a_heading_that_no_field_can_have_is_told_so(void **state)
{
	static const char *const unknown[] = {"2nd", "50 %", "A/B", "-"};
	struct room *room = *state;
	struct template *template = room_template(room, "", "<p>x</p>");
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
		assert_int_equal(read_below(room, template, unknown[i]), 1);
		assert_non_null(strstr(diags_at(room->diags, 0)->hint, "letters, digits"));
	}
}

static void a_file_that_is_no_table_is_named(void **state)
{
	static const struct case_of cases[] = {
		{BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), DIAG_TABLE_OTHER, 0, 0, "Excel"},
		{BYTES("%PDF-1.7\n"), DIAG_TABLE_OTHER, 0, 0, "PDF"},
		{BYTES("{\\rtf1\\ansi Müller}"), DIAG_TABLE_OTHER, 0, 0, "RTF"},
		{BYTES("\x1F\x8B\x08\0\0"), DIAG_TABLE_OTHER, 0, 0, "gzip"},
		{BYTES("\xEF\xBB\xBF\n<html><table><tr><td>Zoé"), DIAG_TABLE_OTHER, 0, 0,
			"a web page"},
		{BYTES("<!DOCTYPE html><p>Niño"), DIAG_TABLE_OTHER, 0, 0, "a web page"}};
	all_said(state, cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(a_quotation_mark_is_said_with_its_cell),
		room_test(rows_in_a_cell_are_said),
		room_test(line_ends_in_words_are_no_rows),
		room_test(a_cell_behind_the_header_is_one_too_many),
		room_test(a_byte_0_is_said_with_its_cell),
		room_test(a_title_above_the_header_is_said),
		room_test(a_sign_between_quotation_marks_is_said_and_read),
		room_test(headings_as_people_write_them_find_their_fields),
		room_test(one_value_a_record_fills_the_list),
		room_test(who_does_as_the_hint_says_is_not_told_again),
		room_test(a_heading_that_no_field_can_have_is_told_so),
		room_test(a_file_that_is_no_table_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
