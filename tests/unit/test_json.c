/* Records of JSON: what of a value reaches the letter, the forms of a file, what is known. What is
 * wrong with them is in golden/diag. */
#include "base/diag_id.h"
#include "sources.h"

static const char fields[] =
	"<declare name='name' required='no'/><declare name='n' type='number' required='no'/>"
	"<declare name='sum' type='money' required='no'/>"
	"<declare name='komma' type='number' decimal=',' required='no'/>"
	"<declare name='on' type='yes-no' required='no'/>"
	"<declare name='day' type='date' required='no'/>"
	"<declare name='address' type='lines' required='no'/>"
	"<declare name='vru.highlight' required='no'/>"
	"<declare name='books' type='list' required='no'><declare name='title' required='no'/>"
	"<declare name='at' type='lines' required='no'/>"
	"<declare name='publisher.town' required='no'/></declare>"
	"<declare name='tags' type='list' required='no'><declare name='tag'/></declare>";

static struct desk json_desk(void **state)
{
	struct desk desk = desk_new(state);
	desk.template = room_template(desk.room, fields, "");
	return desk;
}

static const struct value *value_of(struct desk *desk, const char *json, const char *name)
{
	scratch_write(&desk->scratch, "a.jsonl", json);
	struct recipient recipient = first_of(desk, "a.jsonl");
	return recipient_find(recipient.values, str_of(name));
}

static void numbers_stay_as_they_are_written(void **state)
{
	static const struct {
		const char *written, *text;
	} rows[] = {{"1.10", "1.10"}, {"0", "0"}, {"-0.50", "-0.50"}, {"-0", "-0"},
		{"12345678901234567", "12345678901234567"},
		{"0.12345678901234567890", "0.12345678901234567890"}, {"1e3", "1000"},
		{"1E+3", "1000"}, {"1.50e1", "15.0"}, {"-1.5e3", "-1500"}, {"25e-2", "0.25"},
		{"1.5e-3", "0.0015"}, {"0.0015e3", "1.5"}, {"0e99", "0"},
		{"1e14", "100000000000000"}, {"123456789012345e0", "123456789012345"},
		{"1e-14", "0.00000000000001"}, {"1e15", NULL}, {"1e-15", NULL},
		{"1234567890123456e0", NULL}, {"1e999999999999", NULL}, {"1e-999999999999", NULL},
		{"9.999999999999999e2", NULL}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk desk = json_desk(state);
		print_message("# %s\n", rows[i].written);
		scratch_write(&desk.scratch, "a.jsonl",
			str_format(
				desk.room->arena, "{\"id\":\"x\",\"name\":%s}\n", rows[i].written)
				.at);
		if (rows[i].text) {
			struct recipient recipient = first_of(&desk, "a.jsonl");
			assert_true(str_is(recipient.values->text, rows[i].text));
			assert_true(recipient.values->stored);
		} else {
			assert_string_equal(ids_of(&desk, "a.jsonl", NULL), "!x ");
			assert_int_equal(diags_at(desk.room->diags, 0)->id, DIAG_NUMBER_LONG);
			diags_clear(desk.room->diags);
		}
		scratch_free(&desk.scratch);
	}
}

/* Whatever the column declares of texts, and in languages whose texts would read otherwise. */
static void a_number_has_one_reading(void **state)
{
	static const struct {
		const char *json, *name, *said;
	} rows[] = {{"{\"n\":1.125}", "n", "1.125"}, {"{\"n\":1250}", "n", "1250"},
		{"{\"komma\":1.125}", "komma", "1.125"}, {"{\"sum\":1250.5}", "sum", "1250.5"},
		{"{\"on\":true}", "on", "yes"}, {"{\"on\":false}", "on", "no"},
		{"{\"day\":\"2025-12-31\"}", "day", "31 December 2025"}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk desk = json_desk(state);
		struct arena *arena = desk.room->arena;
		const struct value *value = value_of(&desk, rows[i].json, rows[i].name);
		const struct field *field = template_find_field(
			desk.template->fields, str_of(rows[i].name));
		static const char *const langs[] = {"en-GB", "de", "fr"};
		for (size_t k = 0; k < sizeof langs / sizeof *langs; k++) {
			struct readings readings = field_read(
				arena, field, value->text, str_of(langs[k]), value->stored);
			struct buf said = {0};
			assert_int_equal(readings.count, 1);
			typed_write(field->declared.kind, &readings.as[0], &said);
			assert_string_equal(buf_text(&said).at, rows[i].said);
			buf_free(&said);
		}
		scratch_free(&desk.scratch);
	}
	struct desk desk = json_desk(state);
	const struct value *value = value_of(&desk, "{\"n\":\"1.125\"}", "n");
	assert_false(value->stored);
	scratch_free(&desk.scratch);
}

static void texts_are_words_as_they_are(void **state)
{
	static const struct {
		const char *written, *text;
	} rows[] = {{"<em>\\\"007\\\" &amp;", "<em>\"007\" &amp;"}, {"Zo\\u00eb", "Zoë"},
		{"\\u4e2d\\u6587", "中文"}, {"\\ud83d\\ude42", "🙂"},
		{"a\\/b\\\\u0041", "a/b\\u0041"}, {"  Ann\\u00a0 ", "Ann"}, {"Łukasz", "Łukasz"},
		{"", ""}, {"007", "007"}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk desk = json_desk(state);
		print_message("# %s\n", rows[i].written);
		const struct value *value = value_of(&desk,
			str_format(desk.room->arena, "{\"name\":\"%s\"}", rows[i].written).at,
			"name");
		assert_true(str_is(value->text, rows[i].text));
		scratch_free(&desk.scratch);
	}
}

/* "name: lines | of it", a list's records between braces. */
static void print_values(const struct value *values, struct buf *out)
{
	for (; values; values = values->next) {
		buf_format(out, "%.*s:", str_arg(values->name));
		for (int i = 0; i < values->line_count; i++)
			buf_format(out, "%s%.*s", i ? "|" : "", str_arg(values->lines[i].text));
		if (values->parts) {
			buf_char(out, '{');
			print_values(values->parts, out);
			buf_char(out, '}');
		}
		buf_char(out, ' ');
	}
}

static void objects_and_arrays_are_what_is_declared(void **state)
{
	static const struct {
		const char *json, *values;
	} rows[] = {{"{\"vru\":{\"highlight\":\"x\"}}", "vru.highlight:x "},
		{"{\"VRU Highlight\":\"x\"}", "vru.highlight:x "},
		{"{\"vru.highlight\":\"x\"}", "vru.highlight:x "},
		{"{\"Vru\":{\"High_Light\":\"x\"}}", "vru.highlight:x "},
		{"{\"address\":[\"a\",\"b\"]}", "address:a|b "},
		{"{\"address\":[null,\"a\",\"\",\"b\"]}", "address:a|b "},
		{"{\"address\":\"a\\nb\"}", "address:a|b "},
		{"{\"Address line 2\":\"b\",\"address_1\":\"a\"}", "address:a|b "},
		{"{\"Address line 1\":null,\"address_2\":\"b\"}", "address:b "},
		{"{\"books\":[{\"title\":\"a\"},{\"Title\":\"b\",\"at\":[\"x\",\"y\"]}]}",
			"books:{title:a } books:{title:b at:x|y } "},
		{"{\"books\":[{\"title\":null},{},null,{\"title\":\"b\"}]}", "books:{title:b } "},
		{"{\"books\":[]}", ""}, {"{\"books\":null}", ""}, {"{\"name\":null}", ""},
		{"{\"books\":{\"title\":\"one\"}}", "books:{title:one } "},
		{"{\"books\":[{\"publisher\":{\"town\":\"x\"}}]}", "books:{publisher.town:x } "},
		{"{\"books.2.title\":\"b\",\"Books 1 title\":\"a\"}",
			"books:{title:a } books:{title:b } "},
		{"{\"tags\":[\"a\",null,\"b\"]}", "tags:{tag:a } tags:{tag:b } "},
		{"{\"tags\":[1.10,{\"tag\":\"b\"}]}", "tags:{tag:1.10 } tags:{tag:b } "},
		{"{\"name\":true}", "name:true "}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk desk = json_desk(state);
		struct buf out = {0};
		print_message("# %s\n", rows[i].json);
		scratch_write(&desk.scratch, "a.jsonl", rows[i].json);
		struct recipient recipient = first_of(&desk, "a.jsonl");
		print_values(recipient.values, &out);
		assert_string_equal(buf_text(&out).at, rows[i].values);
		assert_int_equal(diags_len(desk.room->diags), 0);
		buf_free(&out);
		scratch_free(&desk.scratch);
	}
}

static void a_file_has_one_of_four_forms(void **state)
{
	static const struct {
		const char *name, *bytes, *ids;
	} rows[] = {{"a.jsonl", "{\"id\":\"a\"}\n{\"id\":\"b\"}", "a b "},
		{"a.jsonl", "\xEF\xBB\xBF\r\n{\"id\":\"a\"}\r\n \t\r\n{\"id\":\"b\"}\r\n", "a b "},
		{"a.ndjson", "{\n \"id\":\"a\"\n}\n{\n \"id\":\"b\"\n}\n", "a b "},
		{"a.json", "[{\"id\":\"a\"},{\"id\":\"b\"}]", "a b "},
		{"a.json", "\xEF\xBB\xBF [\n{\"id\":\"a\"}\n,\n{\"id\":\"b\"}\n]\n", "a b "},
		{"a.json", "{\"id\":\"a\",\n\"name\":\"}\"}", "a "},
		{"a.json", "{\"id\":\"a\"}{\"id\":\"b\"}", "!a "},
		{"a.json", "{\n\"id\":\"a\"}{\"id\":\"b\"}", "a b "},
		{"a.txt", "{\"id\":\"a\"}\n{\"id\":\"b\"}", "a b "},
		{"a", " [ { \"id\" : \"a\" } , { \"id\" : 7 } ] ", "a 7 "},
		{"a.csv", "[{\"name\":\"x\"},{\"id\":\"a\"}]", "record-1 a "},
		{"a.jsonl", "{\"id\":\"a\"}\n{\"id\":\n{\"id\":\"c\"}\n", "a !record-2 c "},
		{"a.jsonl", "{\"id\":{}\n{\"id\":\"b\"}\n", "!record-1 b "},
		{"a.json", "[{\"id\":\"a\"},{\"id\":]},{\"id\":\"c\"}]", "a !record-2 "},
		{"a.json", "[{\"id\":\"a\"} {\"id\":\"b\"}]", "a ! "},
		{"a.json", "[{\"id\":\"a\"},]", "a ! "}, {"a.json", "[,{\"id\":\"a\"}]", "! "},
		{"a.json", "[{\"id\":\"a\"}", "a ! "},
		{"a.json", "[{\"id\":\"a\"},{\"id\"", "a !record-2 "},
		{"a.json", "[{\"id\":\"a\"}]]", "a ! "}, {"a.json", "[]", ""},
		{"a.jsonl", "\n", ""}, {"a.json", "id,name\nx,y\n", "!record-1 !record-2 "},
		{"a.json", "\xFF\xFE[\0", "!record-1 "}, {"a.json", "[[[[", "!record-1 "}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk desk = json_desk(state);
		print_message("# row %zu\n", i);
		scratch_write(&desk.scratch, rows[i].name, rows[i].bytes);
		assert_string_equal(ids_of(&desk, rows[i].name, NULL), rows[i].ids);
		bool good = rows[i].ids[0] && !strchr(rows[i].ids, '!');
		assert_int_equal(diags_failed(desk.room->diags), !good);
		if (!rows[i].ids[0])
			assert_int_equal(diags_at(desk.room->diags, 0)->id, DIAG_RECIPIENTS_EMPTY);
		diags_clear(desk.room->diags);
		scratch_free(&desk.scratch);
	}
}

/* A value's place is where it begins, also behind signs of several bytes and over line ends. */
static void places_are_those_of_the_file(void **state)
{
	struct desk desk = json_desk(state);
	scratch_write(&desk.scratch, "a.json",
		"[ {\"id\": \"é\"},\n  {\"id\": \"b\", \"vru\": {\"highlight\":\n   \"ünï\"},\n"
		"\"name\" : 7, \"tags\": [\"ö\", \"p\"]}]");
	struct recipients *source = open_file(&desk, "a.json", NULL);
	struct recipient recipient;
	recipients_next(source, desk.room->arena, &recipient, desk.room->diags);
	diags_clear(desk.room->diags);
	recipients_next(source, desk.room->arena, &recipient, desk.room->diags);
	recipients_close(source);
	const struct value *value = recipient.values;
	assert_int_equal(recipient.at.line, 2);
	assert_int_equal(recipient.at.column, 3);
	assert_int_equal(value->at.line, 3);
	assert_int_equal(value->at.column, 4);
	assert_int_equal(value->next->at.line, 4);
	assert_int_equal(value->next->at.column, 10);
	assert_int_equal(value->next->next->parts->at.column, 22);
	assert_int_equal(value->next->next->next->parts->at.column, 27);
	scratch_free(&desk.scratch);
}

/* -- what is known ----------------------------------------------------------------------------- */

static bool says_yes(void *user, struct arena *arena, struct recipient *recipient)
{
	uint64_t *stamps = user;
	(void)arena;
	stamps[recipient->id.at[0] - 'a'] = recipient->stamp;
	return true;
}

static void known_records_are_read_after_all(void **state)
{
	struct desk desk = json_desk(state);
	uint64_t stamps[2] = {0};
	scratch_write(&desk.scratch, "a.json",
		"[{\"id\":\"a\",\"name\":\"A\",\"nme\":1},\n {\"id\":\"b\",\"name\":\"B\"}]");
	struct recipients_options options = {.known = says_yes, .user = stamps};
	struct recipients *source = open_file(&desk, "a.json", &options);
	struct recipient first, second;
	struct arena *arena = desk.room->arena;
	assert_int_equal(
		recipients_next(source, arena, &first, desk.room->diags), RECIPIENTS_KNOWN);
	assert_int_equal(
		recipients_next(source, arena, &second, desk.room->diags), RECIPIENTS_KNOWN);
	diags_clear(desk.room->diags);
	assert_null(first.values);
	assert_true(recipients_read(source, arena, &first, desk.room->diags));
	assert_true(str_is(first.values->text, "A"));
	assert_int_equal(diags_len(desk.room->diags), 0);
	assert_true(stamps[0] && stamps[1] && stamps[0] != stamps[1]);
	recipients_close(source);
	scratch_free(&desk.scratch);
}

/* The record is one, whatever file it stands in: its text, and so its letter. */
static void a_csv_and_json_are_the_same(void **state)
{
	static const char *const names[] = {"a.csv", "a.jsonl", "a.json"};
	struct desk desk = json_desk(state);
	struct buf printed[3] = {{0}};
	scratch_write(&desk.scratch, "a.csv",
		"id,Name,Address line 1,Address line 2,sum,VRU highlight,Books 1 title,Books 2 "
		"title\n"
		"x,Zoë,1 High St,Town,1250.50,,T,\"Ü, 2\"\n");
	scratch_write(&desk.scratch, "a.jsonl",
		"{\"id\":\"x\",\"Name\":\"Zoë\",\"Address line 1\":\"1 High St\",\"Address line "
		"2\":"
		"\"Town\",\"sum\":\"1250.50\",\"VRU highlight\":\"\",\"Books 1 "
		"title\":\"T\",\"Books 2 "
		"title\":\"\\u00dc, 2\"}\n");
	scratch_write(&desk.scratch, "a.json",
		"[{\"id\":\"x\",\"name\":\"Zo\\u00EB\",\"address\":[\"1 High "
		"St\",\"Town\"],\"sum\":"
		"1250.50,\"vru\":{\"highlight\":\"\"},\"books\":[{\"title\":\"T\"},{\"title\":\"Ü, "
		"2\"}]}]");
	for (int i = 0; i < 3; i++) {
		struct recipient recipient = first_of(&desk, names[i]);
		recipient_write(&recipient, &printed[i]);
		assert_string_equal(buf_text(&printed[i]).at, buf_text(&printed[0]).at);
	}
	for (int i = 0; i < 3; i++)
		buf_free(&printed[i]);
	scratch_free(&desk.scratch);
}

/* Records far larger than what is read at once, strings that the reading divides everywhere. */
static void long_records_are_whole(void **state)
{
	struct desk desk = json_desk(state);
	struct buf file = {0};
	buf_puts(&file, "[");
	for (int i = 0; i < 300; i++) {
		buf_format(&file, "%s{\"id\":\"r%d\",\"name\":\"", i ? "," : "", i);
		for (int k = 0; k < i * 7; k++)
			buf_puts(&file, "é{\\\"");
		buf_format(&file, "\"}");
	}
	buf_puts(&file, "]");
	scratch_write(&desk.scratch, "a.json", buf_text(&file).at);
	buf_free(&file);
	struct recipients *source = open_file(&desk, "a.json", NULL);
	struct recipient recipient;
	for (int i = 0; i < 300; i++) {
		assert_int_equal(
			recipients_next(source, desk.room->arena, &recipient, desk.room->diags),
			RECIPIENTS_GOOD);
		assert_int_equal(recipient.values->text.len, i * 7 * 4);
	}
	assert_int_equal(recipients_next(source, desk.room->arena, &recipient, desk.room->diags),
		RECIPIENTS_END);
	recipients_close(source);
	scratch_free(&desk.scratch);
}

/* Objects of one id next to each other, as a query over two tables gives them. */
static void objects_of_one_id_are_one_record(void **state)
{
	static const struct {
		const char *name, *bytes, *ids, *first;
	} rows[] = {
		{"a.jsonl",
			"{\"id\":\"a\",\"name\":\"A\",\"title\":\"x\"}\n{\"id\":\"a\",\"name\":"
			"\"A\","
			"\"title\":\"y\"}\n{\"id\":\"b\",\"name\":\"B\",\"title\":null}\n",
			"a b ", "name:A books:{title:x } books:{title:y } "},
		{"a.json",
			"[{\"id\":1,\"Books Title\":\"Ü\"},\n{\"id\":1,\"Books Title\":\"Ж\"} , "
			"{\"id\":2,\"Books Title\":\"x\"}]",
			"1 2 ", "books:{title:Ü } books:{title:Ж } "},
		{"a.json", "[{\"id\":1,\"title\":\"x\"},{\"id\":1,\"title\":\"y\"}]", "1 ",
			"books:{title:x } books:{title:y } "},
		{"a.jsonl", "{\"title\":\"x\"}\n{\"title\":\"y\"}\n", "record-1 record-2 ",
			"books:{title:x } "},
		{"a.jsonl",
			"{\"id\":1,\"title\":\"x\"}\n{\"id\":2,\"title\":\"y\"}\n{\"id\":1,"
			"\"title\":\"z\"}\n",
			"!1 2 !1 ", NULL},
		{"a.jsonl", "{\"id\":1,\"title\":\"x\"}\n{\"id\":1,\"n\":1,\"title\":\"y\"}\n",
			"!1 ", NULL},
		{"a.jsonl",
			"{\"id\":1,\"n\":2,\"title\":\"x\"}\n{\"id\":1,\"n\":1,\"title\":\"y\"}"
			"\n{\"id\":3}",
			"!1 3 ", NULL},
		{"a.jsonl",
			"{\"id\":1,\"title\":\"x\"}\n{\"id\":1,\"n\":1e99,\"title\":\"y\"}\n"
			"{\"id\":1,\"title\":\"z\"}\n{\"id\":3}",
			"!1 3 ", NULL},
		{"a.jsonl",
			"{\"id\":1,\"title\":\"x\"}\n{\"id\":1,\"title\":\"y\n{\"id\":1,\"title\":"
			"\"z\"}"
			"\n{\"id\":2,\"title\":\"z\"}\n",
			"!1 !1 !1 2 ", NULL},
		{"a.json", "[{\"id\":1,\"title\":\"x\"} {\"id\":1,\"title\":\"y\"}]", "!1 ", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk desk = json_desk(state);
		struct buf out = {0};
		print_message("# row %zu\n", i);
		scratch_write(&desk.scratch, rows[i].name, rows[i].bytes);
		assert_string_equal(ids_of(&desk, rows[i].name, NULL), rows[i].ids);
		assert_int_equal(diags_failed(desk.room->diags), rows[i].first == NULL);
		if (rows[i].first) {
			struct recipient recipient = first_of(&desk, rows[i].name);
			print_values(recipient.values, &out);
			assert_string_equal(buf_text(&out).at, rows[i].first);
		}
		diags_clear(desk.room->diags);
		buf_free(&out);
		scratch_free(&desk.scratch);
	}
}

static void joined_records_are_known_too(void **state)
{
	struct desk desk = json_desk(state);
	uint64_t stamps[2] = {0};
	scratch_write(&desk.scratch, "a.json",
		"[{\"id\":\"a\",\"title\":\"x\"},{\"id\":\"a\",\"title\":\"y\"},\n"
		"{\"id\":\"b\",\"title\":\"x\"}]");
	struct recipients_options options = {.known = says_yes, .user = stamps};
	struct recipients *source = open_file(&desk, "a.json", &options);
	struct recipient recipient;
	struct arena *arena = desk.room->arena;
	struct buf out = {0};
	recipients_next(source, arena, &recipient, desk.room->diags);
	assert_true(recipients_read(source, arena, &recipient, desk.room->diags));
	print_values(recipient.values, &out);
	assert_string_equal(buf_text(&out).at, "books:{title:x } books:{title:y } ");
	assert_int_equal(recipient.values->next->parts->at.column, 43);
	recipients_close(source);
	buf_free(&out);
	scratch_free(&desk.scratch);
}

static void too_much_is_refused(void **state)
{
	struct desk desk = json_desk(state);
	struct buf file = {0};
	buf_puts(&file, "{\"id\":\"a\",\"tags\":[");
	for (int i = 0; i <= RECIPIENT_MAX_VALUES; i++)
		buf_format(&file, "%s\"t\"", i ? "," : "");
	buf_puts(&file, "]}\n{\"id\":\"b\"}\n{\"id\":\"c\",\"address\":[");
	for (int i = 0; i < 1000; i++)
		buf_format(&file, "%s\"t\"", i ? "," : "");
	buf_puts(&file, "]}\n");
	scratch_write(&desk.scratch, "a.jsonl", buf_text(&file).at);
	assert_string_equal(ids_of(&desk, "a.jsonl", NULL), "!a b !c ");
	assert_int_equal(diags_at(desk.room->diags, 0)->id, DIAG_JSON_LIMIT);
	diags_clear(desk.room->diags);
	buf_clear(&file);
	for (int i = 0; i < 101; i++) {
		buf_puts(&file, "{\"id\":\"x\"");
		for (int k = 0; k < 100; k++)
			buf_format(&file, ",\"key%d\":1", i * 100 + k);
		buf_puts(&file, "}\n");
	}
	scratch_write(&desk.scratch, "b.jsonl", buf_text(&file).at);
	ids_of(&desk, "b.jsonl", NULL);
	bool said = false;
	for (int i = 0; i < diags_len(desk.room->diags); i++)
		said |= diags_at(desk.room->diags, i)->id == DIAG_JSON_LIMIT;
	assert_true(said);
	diags_clear(desk.room->diags);
	buf_free(&file);
	scratch_free(&desk.scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(numbers_stay_as_they_are_written),
		room_test(a_number_has_one_reading),
		room_test(texts_are_words_as_they_are),
		room_test(objects_and_arrays_are_what_is_declared),
		room_test(a_file_has_one_of_four_forms),
		room_test(places_are_those_of_the_file),
		room_test(known_records_are_read_after_all),
		room_test(a_csv_and_json_are_the_same),
		room_test(long_records_are_whole),
		room_test(objects_of_one_id_are_one_record),
		room_test(joined_records_are_known_too),
		room_test(too_much_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
