/* Sources of many records: how columns find their fields, encodings, databases, what is known. What
 * is wrong with tables is in golden/diag. */
#include "base/diag_id.h"
#include "sources.h"

#include <sqlite3.h>

static void columns_find_their_fields(void **state)
{
	static const struct {
		const char *column, *field;
	} rows[] = {{"name", "name"}, {"NAME", "name"}, {" Name ", "name"},
		{"Reply By", "reply-by"}, {"reply_by", "reply-by"}, {"reply-by", "reply-by"},
		{"vru.highlight", "vru.highlight"}, {"VRU Highlight", "vru.highlight"},
		{"address", "address"}, {"Address line 1", "address"}, {"address.3", "address"},
		{"Address_2", "address"}, {"dates.1.day", "dates"}, {"Dates 2 Day", "dates"},
		{"address 0", NULL}, {"address 1 b", NULL}, {"names", NULL}, {"dates.day", "dates"},
		{"day", "dates"}, {"Day 1", NULL}, {"dates", "dates"}, {"Date 1", NULL},
		{"dates 3", "dates"}, {"dates 0", NULL}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk desk = desk_new(state);
		print_message("# %s\n", rows[i].column);
		scratch_write(&desk.scratch, "a.csv",
			str_format(desk.room->arena, "id,%s\nx,words\n", rows[i].column).at);
		struct recipient recipient = first_of(&desk, "a.csv");
		assert_true(str_is(recipient.id, "x"));
		if (rows[i].field)
			assert_true(str_is(recipient.values->name, rows[i].field));
		else
			assert_null(recipient.values);
		scratch_free(&desk.scratch);
	}
}

static void a_cell_is_words_as_they_are(void **state)
{
	struct desk desk = desk_new(state);
	scratch_write(&desk.scratch, "a.csv",
		"\xEF\xBB\xBFname,address line 2,Address Line 1\r\n"
		"\"<em>\"\"007\"\" &amp; {name}, 1/2\",Town,\"Flat 1\r\n\r\n Lane \"\r\n");
	struct recipient recipient = first_of(&desk, "a.csv");
	assert_true(str_is(recipient.values->text, "<em>\"007\" &amp; {name}, 1/2"));
	assert_null(recipient.values->rich);
	const struct value *address = recipient_find(recipient.values, str_lit("address"));
	assert_int_equal(address->line_count, 3);
	assert_true(str_is(address->lines[0].text, "Flat 1"));
	assert_true(str_is(address->lines[1].text, "Lane"));
	assert_true(str_is(address->lines[2].text, "Town"));
	assert_int_equal(address->at.line, 2);
	assert_string_equal(path_base(str_of(recipient.where)).at, "a.csv:row 2");
	scratch_free(&desk.scratch);
}

static void what_nobody_sees_is_no_part_of_a_value(void **state)
{
	struct desk desk = desk_new(state);
	scratch_write(&desk.scratch, "a.csv",
		"id\u00A0,\uFEFFName\u200B,Reply by,\u00A0Address,Dates 1 day,Dates 2 day\n"
		"\u00A0x\u00A0,\u00A0Zoë\u00A0Öz\u3000,\u00AD\u2003,"
		"\"\u00A0\n4 Rue Haute\u2028\u200B\n\u3000Liège\u00A0\vBelgique\",\u3164,"
		"lundi\n");
	struct recipient recipient = first_of(&desk, "a.csv");
	const struct value *address = recipient_find(recipient.values, str_lit("address"));
	const struct value *dates = recipient_find(recipient.values, str_lit("dates"));
	assert_true(str_is(recipient.id, "x"));
	assert_true(str_is(recipient.values->text, "Zoë\u00A0Öz"));
	assert_int_equal(recipient_find(recipient.values, str_lit("reply-by"))->text.len, 0);
	assert_int_equal(address->line_count, 3);
	assert_true(str_is(address->lines[0].text, "4 Rue Haute"));
	assert_true(str_is(address->lines[1].text, "Liège"));
	assert_true(str_is(address->lines[2].text, "Belgique"));
	assert_true(str_is(dates->parts->text, "lundi"));
	assert_null(dates->next);
	scratch_free(&desk.scratch);
}

/* Whether its template declares it or not, and as whatever. */
static void a_column_id_names_the_letter(void **state)
{
	static const struct {
		const char *declared, *table, *ids, *value;
	} rows[] = {
		{"", "id,name\nsmith,Ann\n", "smith ", NULL},
		{"<declare name='id' required='no'/>", "ID,name\nsmith,Ann\njones,Bo\n",
			"smith jones ", "smith"},
		{"<declare name='id' type='number' required='no'/>", "Name;Id\nЕлена;0017\n",
			"0017 ", "0017"},
		{"<declare name='id' required='no'/>", "name\tid\nΕλένη\t7\n", "7 ", "7"},
		{"<declare name='id' required='no'/>", " i_d ,name\nà la,Zoë\nb,Al\n", "!à la b ",
			"à la"},
		{"<declare name='ID' required='no'/>", "id,name\nx.1,Łucja\n", "x.1 ", "x.1"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk desk = desk_new(state);
		struct recipient recipient;
		print_message("# row %zu\n", i);
		desk.template = room_template(desk.room,
			str_format(desk.room->arena, "<declare name='name'/>%s", rows[i].declared)
				.at,
			"");
		scratch_write(&desk.scratch, "a.csv", rows[i].table);
		assert_string_equal(ids_of(&desk, "a.csv", NULL), rows[i].ids);
		struct recipients *source = open_file(&desk, "a.csv", NULL);
		recipients_next(source, desk.room->arena, &recipient, desk.room->diags);
		const char *field = i == 5 ? "ID" : "id";
		const struct value *value = recipient_find(recipient.values, str_of(field));
		assert_true(rows[i].value ? value && str_is(value->text, rows[i].value) : !value);
		recipients_close(source);
		diags_clear(desk.room->diags);
		scratch_free(&desk.scratch);
	}
}

static void numbered_columns_make_a_list(void **state)
{
	struct desk desk = desk_new(state);
	scratch_write(
		&desk.scratch, "a.csv", "dates 3 day,dates 1 day,dates 2 day\nthird,first, \n");
	const struct value *value = first_of(&desk, "a.csv").values;
	assert_true(str_is(value->parts->text, "first") && str_is(value->parts->name, "day"));
	assert_true(str_is(value->next->parts->text, "third"));
	assert_null(value->next->next);
	scratch_free(&desk.scratch);
}

static void rows_count_as_a_spreadsheet_counts_them(void **state)
{
	struct desk desk = desk_new(state);
	scratch_write(
		&desk.scratch, "a.csv", "name,address\n\"A\",\"1\n2\n3\"\n\n,\nB,x\r\r\nC,\"\ny\"");
	assert_string_equal(ids_of(&desk, "a.csv", NULL), "row-2 row-5 row-7 ");
	assert_only(desk.room, DIAG_ROW_GAP);
	diags_clear(desk.room->diags);
	scratch_write(&desk.scratch, "b.csv", "sep=;\nname;address\nA;x,y\n");
	assert_string_equal(ids_of(&desk, "b.csv", NULL), "row-3 ");
	assert_int_equal(diags_len(desk.room->diags), 0);
	scratch_free(&desk.scratch);
}

/* Text in an encoding that the decoder takes: as it is, or as UTF-16 with its mark. */
static void write_encoded(struct desk *desk, const char *name, struct str text, bool wide)
{
	struct buf bytes = {0};
	buf_puts(&bytes, wide ? "\xFF\xFE" : "");
	for (int at = 0; at < text.len;) {
		int from = at;
		uint32_t c = utf8_next(text, &at);
		if (!wide) {
			buf_put(&bytes, text.at + from, (size_t)(at - from));
			continue;
		}
		buf_char(&bytes, (char)(c & 0xFF));
		buf_char(&bytes, (char)(c >> 8));
	}
	assert_true(file_publish(
		scratch_path(&desk->scratch, name), bytes.at, bytes.len, false, desk->room->diags));
	buf_free(&bytes);
}

/* A file is read 64 KiB at a time: whatever stands at that point is what it is anywhere else. */
static void a_table_says_the_same_wherever_a_reading_of_it_ends(void **state)
{
	enum { READING = 65536, AROUND = 24 };
	struct desk desk = desk_new(state);
	for (int wide = 0; wide < 2; wide++)
		for (int len = READING / (wide + 1) - AROUND; len < READING / (wide + 1); len++) {
			struct arena_mark mark = arena_save(desk.room->arena);
			char *filler = arena_alloc(desk.room->arena, READING);
			memset(filler, 'x', (size_t)len);
			write_encoded(&desk, "a.csv",
				str_format(desk.room->arena,
					"name,address\r\n%.*s\xE2\x82\xAC,\"1\r\n2\"\r\nJo,\r\n"
					"\r\nAl,\r\n",
					len, filler),
				wide);
			assert_string_equal(ids_of(&desk, "a.csv", NULL), "row-2 row-3 row-5 ");
			assert_only(desk.room, DIAG_ROW_GAP);
			diags_clear(desk.room->diags);
			struct recipient recipient = first_of(&desk, "a.csv");
			assert_int_equal(recipient.values->text.len, len + 3);
			assert_int_equal(
				recipient_find(recipient.values, str_lit("address"))->line_count,
				2);
			arena_restore(desk.room->arena, mark);
		}
	assert_int_equal(diags_len(desk.room->diags), 0);
	scratch_free(&desk.scratch);
}

/* Far behind the first reading, at the end of one, at the end of the file. */
static void a_byte_that_is_not_utf8_is_found_wherever_it_stands(void **state)
{
	static const struct {
		int before;
		const char *bytes;
	} rows[] = {{70000, "caf\xE9\n"}, {65536 - 6, "\xE9\n"}, {65536 - 6, "\xE2\x82\n"},
		{200000, "\xE9"}, {10, "\xE2\x82"}, {65536 - 7, "\xE2\x82"}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk desk = desk_new(state);
		struct arena *arena = desk.room->arena;
		char *filler = arena_alloc(arena, (size_t)rows[i].before);
		memset(filler, 'x', (size_t)rows[i].before);
		scratch_write(&desk.scratch, "a.csv",
			str_format(arena, "name\n%.*s%s", rows[i].before, filler, rows[i].bytes)
				.at);
		assert_string_equal(ids_of(&desk, "a.csv", NULL), "row-2 ");
		assert_only(desk.room, DIAG_TABLE_1252);
		assert_int_equal(diags_at(desk.room->diags, 0)->at.line, 2);
		diags_clear(desk.room->diags);
		scratch_free(&desk.scratch);
	}
}

/* What else stands in a table tells how a byte is to be read that is not UTF-8: as an error where
 * anything is UTF-8, as Windows-1252 where nothing is. */
static void one_byte_does_not_change_how_the_others_are_read(void **state)
{
	static const struct {
		const char *table, *ids;
		int row, column; /* of the byte; 0: it is Windows-1252 */
	} rows[] = {
		{"name,town\nZoë,London\nJo\xEB,Leeds\nAl,Bath\n", "row-2 !row-3 row-4 ", 3, 1},
		{"name,town\nJos\xE9,Lyon\nChloé,Nîmes\n,\n", "!row-2 row-3 ", 2, 1},
		{"name,town\nŁukasz,Łódź\nAla,Pozna\xF1\n", "row-2 !row-3 ", 3, 2},
		{"name,town\nΕλένη,Αθήνα\n\"Γιώργος\n2\",\xC1\xE8\xDE\n", "row-2 !row-3 ", 3, 2},
		{"name,town\n\xD0\xC8,\n山田,東京\n", "!row-2 row-3 ", 2, 1},
		{"name;town\nIvan;\xE8\nŽiga;Čatež\n", "!row-2 row-3 ", 2, 2},
		{"\xEF\xBB\xBFname,town\nAnn,K\xF6ln\n", "!row-2 ", 2, 2},
		{"name,town\nJosé,\xF1", "!row-2 ", 2, 2},
		{"n\xE4me,town\nJürgen,Köln\n", NULL, 1, 1},
		{"name,town\nJ\xFCrgen,K\xF6ln\n", "row-2 ", 0, 0},
		{"name,town\nJos\xE9,C\xE1"
		 "diz\n",
			"row-2 ", 0, 0},
		{"name,town\nAnn,5 \x80 a day\nAnn\x92s,\x93Lee\x94\n", "row-2 row-3 ", 0, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk desk = desk_new(state);
		struct diags *diags = desk.room->diags;
		desk.template = NULL;
		print_message("# row %zu\n", i);
		scratch_write(&desk.scratch, "a.csv", rows[i].table);
		const char *ids = ids_of(&desk, "a.csv", NULL);
		assert_true(rows[i].ids ? ids && str_is(str_of(ids), rows[i].ids) : !ids);
		assert_only(desk.room, rows[i].row ? DIAG_TABLE_BYTE : DIAG_TABLE_1252);
		if (rows[i].row) {
			assert_int_equal(diags_at(diags, 0)->at.line, rows[i].row);
			assert_int_equal(diags_at(diags, 0)->at.column, rows[i].column);
		}
		diags_clear(diags);
		scratch_free(&desk.scratch);
	}
}

/* -- one file of XML --------------------------------------------------------------------------- */

#define RECORD "recipient xmlns='urn:lettermerge:recipient:1'"

static void a_file_of_one_record_is_a_source(void **state)
{
	struct desk desk = desk_new(state);
	scratch_write(&desk.scratch, "kent.xml", "<" RECORD "><name>Jo</name></recipient>");
	assert_string_equal(ids_of(&desk, "kent.xml", NULL), "kent ");
	scratch_free(&desk.scratch);
}

static void a_record_longer_than_a_reading_is_whole(void **state)
{
	struct desk desk = desk_new(state);
	struct buf text = {0};
	buf_puts(&text, "<r:recipients xmlns:r='urn:lettermerge:recipient:1' xml:lang='cy'>\n");
	for (int i = 0; i < 3; i++) {
		buf_puts(&text, "<r:recipient><r:name>");
		for (int k = 0; k < 40000; k++)
			buf_puts(&text, "<!-- > -->abc <![CDATA[<x>]]>\n");
		buf_puts(&text, "</r:name></r:recipient>\n");
	}
	buf_puts(&text, "</r:recipients>");
	scratch_write(&desk.scratch, "a.xml", buf_text(&text).at);
	assert_string_equal(ids_of(&desk, "a.xml", NULL), "record-1 record-2 record-3 ");
	struct recipient recipient = first_of(&desk, "a.xml");
	assert_int_equal(recipient.values->text.len, 40000 * 8 - 1);
	assert_true(str_is(recipient.values->lang, "cy"));
	assert_int_equal(recipient.at.line, 2);
	buf_free(&text);
	scratch_free(&desk.scratch);
}

/* -- databases --------------------------------------------------------------------------------- */

static void write_database(struct desk *desk, const char *sql)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(scratch_path(&desk->scratch, "a.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* However few other columns there are, and whichever lines are not there at all. */
static void no_line_of_an_address_is_lost(void **state)
{
	static const char *const tables[] = {"address 1,address 2,address 3\na,b,c\n",
		"address 3,address 2,address 1\nc,b,a\n", "address 7;address 9;address 12\na;b;c\n",
		"address 1\taddress\taddress 999\nb\ta\tc\n"};
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		struct desk desk = desk_new(state);
		scratch_write(&desk.scratch, "a.csv", tables[i]);
		const struct value *address = first_of(&desk, "a.csv").values;
		assert_int_equal(address->line_count, 3);
		assert_true(str_is(address->lines[0].text, "a"));
		assert_true(str_is(address->lines[2].text, "c"));
		scratch_free(&desk.scratch);
	}
	struct desk desk = desk_new(state);
	write_database(&desk,
		"CREATE TABLE r (address1, address2, name);"
		"INSERT INTO r VALUES (NULL, 'Town', 'Ann');");
	struct recipient recipient = first_of(&desk, "a.db");
	const struct value *address = recipient_find(recipient.values, str_lit("address"));
	assert_true(str_is(address->lines[0].text, "Town"));
	scratch_free(&desk.scratch);
}

static void a_database_gives_its_rows(void **state)
{
	struct desk desk = desk_new(state);
	write_database(&desk,
		"CREATE TABLE other(x); CREATE TABLE Recipients(id, name, [reply by], address);"
		"INSERT INTO Recipients VALUES('a', '007', NULL, 'x' || char(10) || 'y'), ('b', 7, "
		"'', ''), ('c', 'Jo', 1, 2)");
	assert_string_equal(ids_of(&desk, "a.db", NULL), "a b c ");
	assert_string_equal(
		ids_of(&desk, "a.db",
			&(struct recipients_options){
				.query = "SELECT name AS id FROM recipients WHERE id > 'a'"}),
		"7 Jo ");
	struct recipient recipient = first_of(&desk, "a.db");
	assert_true(str_is(recipient.values->text, "007"));
	assert_null(recipient_find(recipient.values, str_lit("reply-by")));
	assert_int_equal(recipient_find(recipient.values, str_lit("address"))->line_count, 2);
	assert_int_equal(diags_len(desk.room->diags), 0);
	scratch_free(&desk.scratch);
}

/* 1.125 as words may be either; as a number it is one, whatever is declared of words. */
static void a_number_of_a_database_has_one_reading(void **state)
{
	static const char *const declared[] = {"", "decimal=','", "decimal='.'"};
	struct desk desk = desk_new(state);
	const struct str one = str_lit("rate=1.125");
	write_database(&desk,
		"CREATE TABLE a(id, rate); INSERT INTO a VALUES('real', 1.125), ('words', "
		"'1.125'), "
		"('comma', '1,125')");
	for (size_t i = 0; i < sizeof declared / sizeof *declared; i++) {
		struct str field = str_format(desk.room->arena,
			"<declare name='rate' type='number' required='no' %s/>", declared[i]);
		const struct str asked = i == 1 ? str_lit("rate=1,125") : one;
		const struct recipients_options where = {.where = &asked, .where_count = 1};
		desk.template = room_template(desk.room, field.at, "");
		assert_string_equal(ids_of(&desk, "a.db", &where),
			i == 0           ? ""
				: i == 1 ? "real comma "
					 : "real words ");
		struct recipient recipient = first_of(&desk, "a.db");
		const struct value *value = recipient.values;
		struct readings readings = field_read(desk.room->arena, desk.template->fields,
			value->text, value->lang, value->stored);
		assert_int_equal(readings.count, 1);
		assert_int_equal(readings.as[0].decimal.scale, 3);
	}
	scratch_free(&desk.scratch);
}

static void a_database_is_only_read(void **state)
{
	static const struct {
		const char *query;
		enum diag_id id;
	} rows[] = {{"DELETE FROM a", DIAG_SQLITE_QUERY}, {"SELECT 1; SELECT 2", DIAG_SQLITE_QUERY},
		{"", DIAG_SQLITE_QUERY}, {"ATTACH 'x' AS y", DIAG_SQLITE_QUERY},
		{"SELEC", DIAG_SQLITE}, {"SELECT x FROM nowhere", DIAG_SQLITE},
		{NULL, DIAG_SQLITE_TABLE}};
	struct desk desk = desk_new(state);
	write_database(
		&desk, "CREATE TABLE a(name); CREATE TABLE b(name); INSERT INTO a VALUES(1)");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_message("# %s\n", rows[i].query ? rows[i].query : "(none)");
		diags_clear(desk.room->diags);
		assert_null(ids_of(
			&desk, "a.db", &(struct recipients_options){.query = rows[i].query}));
		assert_only(desk.room, rows[i].id);
	}
	diags_clear(desk.room->diags);
	assert_string_equal(ids_of(&desk, "a.db",
				    &(struct recipients_options){
					    .query = "SELECT name AS id, x'41FF' AS name FROM a"}),
		"!1 ");
	assert_only(desk.room, DIAG_SQLITE_TEXT);
	scratch_free(&desk.scratch);
}

/* -- known records ----------------------------------------------------------------------------- */

/* Two records of a source, and how the second of them is edited. */
static const struct {
	const char *name, *before, *edit, *after;
} known_sources[] = {
	{"folder", NULL, "folder/b.xml", "<" RECORD "><name>Bo</name></recipient>"},
	{"many.xml",
		"<recipients xmlns='urn:lettermerge:recipient:1'><recipient id='a'><name>Al</name>"
		"</recipient>\n<recipient xml:lang='cy' "
		"id=\"b\"><name>Bea</name></recipient></recipients>",
		"many.xml",
		"<recipients xmlns='urn:lettermerge:recipient:1'>\n\n<recipient "
		"id='a'><name>Al</name>"
		"</recipient>\n<recipient id=\"b\"><name>Bo</name></recipient></recipients>"},
	{"a.csv", "id,name,address\na,Al,\"x\ny\"\nb,Bea,\n", "a.csv",
		"id,name,address\na,Al,\"x\ny\"\nb,Bo,\n"},
	{"a.db", NULL, NULL, NULL},
};

struct memory {
	uint64_t stamps[2];
	int asked;
};

static bool is_in_memory(void *user, struct arena *arena, struct recipient *recipient)
{
	struct memory *memory = user;
	int at = recipient->id.at[0] - 'a';
	(void)arena;
	assert_int_equal(recipient->id.len, 1);
	memory->asked++;
	recipient->person = (uint64_t)(77 + at);
	return recipient->stamp && recipient->stamp == memory->stamps[at];
}

/* Reads both, by themselves when they are known, and remembers their stamps; the number known. */
static int read_both(
	struct desk *desk, const char *name, struct memory *memory, const char *dumps[2])
{
	struct arena *arena = desk->room->arena;
	struct recipients_options options = {.known = is_in_memory, .user = memory};
	struct recipients *source = open_file(desk, name, &options);
	int known = 0;
	assert_non_null(source);
	for (int i = 0; i < 2; i++) {
		struct recipient recipient;
		struct buf dump = {0};
		enum recipients_result result = recipients_next(
			source, arena, &recipient, desk->room->diags);
		if (result == RECIPIENTS_KNOWN) {
			assert_null(recipient.values);
			assert_true(recipients_read(source, arena, &recipient, desk->room->diags));
			assert_int_equal(recipient.person, 77 + i);
			known++;
		}
		memory->stamps[i] = recipient.stamp;
		recipient_dump(&recipient, &dump);
		dumps[i] = str_copy(arena, buf_text(&dump)).at;
		buf_free(&dump);
	}
	recipients_close(source);
	return known;
}

static void a_record_that_is_known_is_read_only_when_asked_for(void **state)
{
	struct desk desk = desk_new(state);
	scratch_write(&desk.scratch, "folder/a.xml", "<" RECORD "><name>Al</name></recipient>");
	scratch_write(&desk.scratch, "folder/b.xml", "<" RECORD "><name>Bea</name></recipient>");
	write_database(&desk,
		"CREATE TABLE recipients(id, name, address);"
		"INSERT INTO recipients VALUES('a', 'Al', NULL), ('b', 'Bea', '')");
	for (size_t i = 0; i < sizeof known_sources / sizeof *known_sources; i++) {
		const char *name = known_sources[i].name, *first[2], *then[2], *last[2];
		struct memory memory = {{0}};
		print_message("# %s\n", name);
		if (known_sources[i].before)
			scratch_write(&desk.scratch, name, known_sources[i].before);
		assert_int_equal(read_both(&desk, name, &memory, first), 0);
		assert_int_equal(memory.asked, 2);
		assert_int_equal(read_both(&desk, name, &memory, then), 2);
		assert_string_equal(first[0], then[0]);
		assert_string_equal(first[1], then[1]);
		if (known_sources[i].edit)
			scratch_write(&desk.scratch, known_sources[i].edit, known_sources[i].after);
		else
			write_database(&desk, "UPDATE recipients SET name='Bo' WHERE id='b'");
		assert_int_equal(read_both(&desk, name, &memory, last), 1);
		assert_non_null(strstr(last[1], "Bo"));
		assert_int_equal(diags_len(desk.room->diags), 0);
	}
	scratch_free(&desk.scratch);
}

/* Cells that run together differently, and a cell that is not there, are other rows. */
static void rows_are_known_by_each_of_their_cells(void **state)
{
	static const char *const values[] = {"'a', 'Al', ''", "'a', 'A', 'l'", "'a', '', 'Al'",
		"'a', NULL, 'Al'", "'a', 'Al', NULL"};
	struct desk desk = desk_new(state);
	struct memory memory = {{0}};
	write_database(&desk,
		"CREATE TABLE recipients(id, name, address);"
		"INSERT INTO recipients VALUES('a', 'Ed', ''), ('b', 'Bea', '')");
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		const char *dumps[2];
		struct buf sql = {0};
		buf_format(&sql,
			"DELETE FROM recipients; INSERT INTO recipients VALUES(%s), "
			"('b', 'Bea', '')",
			values[i]);
		write_database(&desk, buf_text(&sql).at);
		assert_int_equal(read_both(&desk, "a.db", &memory, dumps), i ? 1 : 0);
		buf_free(&sql);
	}
	scratch_free(&desk.scratch);
}

static void a_source_without_records_is_an_error(void **state)
{
	static const char many[] = "<recipients xmlns='urn:lettermerge:recipient:1'/>";
	struct desk desk = desk_new(state);
	struct str wrong = str_lit("name=Siân"), right = str_lit("name=Łukasz");
	scratch_write(&desk.scratch, "head.csv", "id,name\n");
	scratch_write(&desk.scratch, "blank.csv", "id;name\r\n;\r\n\r\n");
	scratch_write(&desk.scratch, "none.xml", many);
	scratch_write(&desk.scratch, "some.csv", "id,name\na,Łukasz\nb,José\n");
	sqlite3 *db = NULL;
	sqlite3_open(scratch_path(&desk.scratch, "no-rows.db"), &db);
	sqlite3_exec(db, "CREATE TABLE recipients (id, name)", NULL, NULL, NULL);
	sqlite3_close(db);
	static const char *const names[] = {"head.csv", "blank.csv", "none.xml", "no-rows.db"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		assert_string_equal(ids_of(&desk, names[i], NULL), "");
		assert_only(desk.room, DIAG_RECIPIENTS_EMPTY);
		diags_clear(desk.room->diags);
	}
	struct recipients_options options = {.where = &wrong, .where_count = 1};
	assert_string_equal(ids_of(&desk, "some.csv", &options), "");
	assert_only(desk.room, DIAG_RECIPIENTS_EMPTY);
	diags_clear(desk.room->diags);
	options.where = &right;
	assert_string_equal(ids_of(&desk, "some.csv", &options), "a ");
	assert_int_equal(diags_len(desk.room->diags), 0);
	scratch_free(&desk.scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(columns_find_their_fields),
		room_test(a_cell_is_words_as_they_are),
		room_test(what_nobody_sees_is_no_part_of_a_value),
		room_test(a_column_id_names_the_letter),
		room_test(numbered_columns_make_a_list),
		room_test(no_line_of_an_address_is_lost),
		room_test(rows_count_as_a_spreadsheet_counts_them),
		room_test(a_table_says_the_same_wherever_a_reading_of_it_ends),
		room_test(a_byte_that_is_not_utf8_is_found_wherever_it_stands),
		room_test(one_byte_does_not_change_how_the_others_are_read),
		room_test(a_file_of_one_record_is_a_source),
		room_test(a_record_longer_than_a_reading_is_whole),
		room_test(a_source_without_records_is_an_error),
		room_test(a_database_gives_its_rows),
		room_test(a_number_of_a_database_has_one_reading),
		room_test(a_database_is_only_read),
		room_test(a_record_that_is_known_is_read_only_when_asked_for),
		room_test(rows_are_known_by_each_of_their_cells),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
