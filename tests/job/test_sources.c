/* The eighteen records saved in every way that an office saves them make the same letters, byte by
 * byte, wherever the source can carry what the record says: a table has no room for a link, a note
 * or a language inside of a value. */
#include "recipients/recipients.h"
#include "support/support.h"
#include "template/template.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { RECORDS = 18 };

static const char *program, *root; /* from the command line */
static struct scratch scratch;
static struct recipient records[RECORDS];
static const struct template *template;

/* -- the records, as they are in the folder ---------------------------------------------------- */

static bool is_plain(const struct value *value)
{
	for (; value; value = value->next) {
		if (value->rich)
			return false;
		for (int i = 0; i < value->line_count; i++)
			if (!str_eq(value->lines[i].lang, value->lang))
				return false;
	}
	return true;
}

/* A folder of records that say only what a cell can say: the words of the eighteen. */
static void put_plain_record(struct buf *out, const struct recipient *recipient)
{
	buf_format(out, "<recipient xmlns=\"urn:lettermerge:recipient:1\" id=\"%.*s\">",
		str_arg(recipient->id));
	for (const struct value *value = recipient->values; value; value = value->next) {
		struct str rest = value->name, part, end = {0};
		while (str_split(&rest, '.', &part)) {
			buf_format(out, "<%.*s>", str_arg(part));
			end = str_format(scratch.arena, "</%.*s>%.*s", str_arg(part), str_arg(end));
		}
		buf_xml(out, value->text);
		buf_str(out, end);
	}
	buf_puts(out, "</recipient>");
}

static void write_plain_records(void)
{
	for (int i = 0; i < RECORDS; i++) {
		struct buf text = {0};
		put_plain_record(&text, &records[i]);
		scratch_write(&scratch,
			str_format(scratch.arena, "plain/%.*s.xml", str_arg(records[i].id)).at,
			buf_text(&text).at);
		buf_free(&text);
	}
}

static int setup(void **state)
{
	(void)state;
	struct diags *diags = diags_new();
	scratch = scratch_new();
	const char *path = str_format(scratch.arena, "%s/templates/vru-letter.xml", root).at;
	template = template_read(scratch.arena, read_bytes(scratch.arena, path), path, diags);
	struct recipients *source = recipients_open(
		str_format(scratch.arena, "%s/recipients", root).at, template, NULL, diags);
	int count = 0;
	while (source && count < RECORDS &&
		recipients_next(source, scratch.arena, &records[count], diags) == RECIPIENTS_GOOD)
		count++;
	recipients_close(source);
	diags_free(diags);
	if (count != RECORDS)
		return 1;
	write_plain_records();
	struct outcome run = run_in(scratch.arena, root,
		"'%s' batch --no-sign -q -o '%s/reference' && '%s' batch --no-sign -q -r "
		"'%s/plain' -o "
		"'%s/plain-reference'",
		program, scratch.dir, program, scratch.dir, scratch.dir);
	return run.code;
}

static int teardown(void **state)
{
	(void)state;
	scratch_free(&scratch);
	return 0;
}

static struct str letter_of(const char *folder, const char *id)
{
	return read_bytes(scratch.arena,
		str_format(scratch.arena, "%s/%s/%s.pdf", scratch.dir, folder, id).at);
}

/* Makes the letters of a source. A table's must be those of the plain records; and those of the
 * records as they are, where these say no more. */
static void check_letters(const char *source, bool table)
{
	struct arena *arena = scratch.arena;
	struct outcome run = run_in(arena, root,
		"rm -rf '%s/other'; '%s' batch --no-sign -r '%s/%s' -o '%s/other'", scratch.dir,
		program, scratch.dir, source, scratch.dir);
	if (run.code != 0)
		fail_msg("%s: %.*s", source, str_arg(run.err));
	for (int i = 0; i < RECORDS; i++) {
		const char *id = records[i].id.at;
		struct str made = letter_of("other", id);
		assert_true(made.len > 0);
		if (table && !str_eq(made, letter_of("plain-reference", id)))
			fail_msg("%s: %s.pdf is not that of the same words", source, id);
		if ((!table || is_plain(records[i].values)) &&
			!str_eq(made, letter_of("reference", id)))
			fail_msg("%s: %s.pdf differs", source, id);
	}
}

/* -- tables ------------------------------------------------------------------------------------ */

enum encoding { UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252 };

static const struct variant {
	const char *name;
	enum encoding encoding;
	bool mark, sparing; /* sparing: quotation marks only where they are needed */
	char delimiter;
	const char *line_end;
} variants[] = {
	{"UTF-8, comma, CRLF", UTF_8, false, false, ',', "\r\n"},
	{"UTF-8, comma, LF", UTF_8, false, false, ',', "\n"},
	{"UTF-8 with mark, comma", UTF_8, true, false, ',', "\r\n"},
	{"UTF-8 with mark, semicolon", UTF_8, true, true, ';', "\r\n"},
	{"UTF-8, semicolon, few quotes", UTF_8, false, true, ';', "\n"},
	{"UTF-8, tab, few quotes", UTF_8, false, true, '\t', "\n"},
	{"UTF-16LE with mark, tab", UTF_16LE, true, true, '\t', "\r\n"},
	{"UTF-16LE, comma", UTF_16LE, false, false, ',', "\r\n"},
	{"UTF-16BE with mark, semicolon", UTF_16BE, true, false, ';', "\n"},
	{"UTF-16BE, comma, few quotes", UTF_16BE, false, true, ',', "\n"},
	{"Windows-1252, comma", WINDOWS_1252, false, false, ',', "\r\n"},
	{"Windows-1252, semicolon, few quotes", WINDOWS_1252, false, true, ';', "\r\n"},
};

static void put_cell(struct buf *out, struct str cell, const struct variant *variant)
{
	bool quote = !variant->sparing || memchr(cell.at, '"', (size_t)cell.len) ||
		memchr(cell.at, '\n', (size_t)cell.len) ||
		memchr(cell.at, variant->delimiter, (size_t)cell.len);
	buf_puts(out, quote ? "\"" : "");
	for (int i = 0; i < cell.len; i++) {
		if (cell.at[i] == '\n')
			buf_puts(out, variant->line_end);
		else
			buf_format(out, "%s%c", cell.at[i] == '"' ? "\"" : "", cell.at[i]);
	}
	buf_puts(out, quote ? "\"" : "");
}

static void put_table(struct buf *out, const struct variant *variant)
{
	buf_puts(out, "id");
	for (const struct field *field = template->fields; field; field = field->next) {
		buf_char(out, variant->delimiter);
		put_cell(out, field->name, variant);
	}
	buf_puts(out, variant->line_end);
	for (int i = 0; i < RECORDS; i++) {
		put_cell(out, records[i].id, variant);
		for (const struct field *field = template->fields; field; field = field->next) {
			const struct value *value = recipient_find(records[i].values, field->name);
			struct str text = value ? value->text : str_lit("");
			buf_char(out, variant->delimiter);
			put_cell(out,
				field->type == FIELD_LINES ? text : fold_text(scratch.arena, text),
				variant);
		}
		buf_puts(out, variant->line_end);
	}
}

static void put_16(struct buf *out, uint32_t unit, bool big)
{
	buf_char(out, (char)(big ? unit >> 8 : unit & 0xFF));
	buf_char(out, (char)(big ? unit & 0xFF : unit >> 8));
}

/* The characters of Windows-1252 beyond Latin-1 that the records use. */
static char to_1252(uint32_t c)
{
	static const struct {
		uint32_t code_point;
		unsigned char byte;
	} rows[] = {{0x2018, 0x91}, {0x2019, 0x92}, {0x201C, 0x93}, {0x201D, 0x94}, {0x2013, 0x96}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].code_point == c)
			return (char)rows[i].byte;
	assert_true(c < 0x80 || (c >= 0xA0 && c < 0x100));
	return (char)c;
}

static void encode(struct str text, const struct variant *variant, struct buf *out)
{
	bool big = variant->encoding == UTF_16BE;
	if (variant->encoding == UTF_8) {
		buf_puts(out, variant->mark ? "\xEF\xBB\xBF" : "");
		buf_str(out, text);
		return;
	}
	if (variant->mark)
		put_16(out, 0xFEFF, big);
	for (int at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);
		if (variant->encoding == WINDOWS_1252)
			buf_char(out, to_1252(c));
		else
			put_16(out, c, big);
	}
}

static void the_table_makes_the_same_letters(void **state)
{
	const struct variant *variant = *state;
	struct buf text = {0}, bytes = {0};
	struct diags *diags = diags_new();
	put_table(&text, variant);
	encode(buf_text(&text), variant, &bytes);
	assert_true(
		file_publish(scratch_path(&scratch, "a.csv"), bytes.at, bytes.len, false, diags));
	check_letters("a.csv", true);
	diags_free(diags);
	buf_free(&text);
	buf_free(&bytes);
}

/* -- other sources ----------------------------------------------------------------------------- */

static void one_file_of_xml_makes_the_same_letters(void **state)
{
	(void)state;
	struct arena *arena = scratch.arena;
	struct buf all = {0};
	struct diags *diags = diags_new();
	buf_puts(&all, "<recipients xmlns=\"urn:lettermerge:recipient:1\">\n");
	for (int i = 0; i < RECORDS; i++) {
		struct str bytes = read_bytes(arena,
			str_format(arena, "%s/recipients/%s.xml", root, records[i].id.at).at);
		int start = str_find(bytes, "<recipient ");
		assert_true(start >= 0);
		buf_str(&all, str_slice(bytes, start, bytes.len));
	}
	buf_puts(&all, "</recipients>\n");
	assert_true(file_publish(scratch_path(&scratch, "a.xml"), all.at, all.len, false, diags));
	check_letters("a.xml", false);
	diags_free(diags);
	buf_free(&all);
}

static void a_database_makes_the_same_letters(void **state)
{
	(void)state;
	struct buf sql = {0};
	sqlite3 *db;
	sqlite3_stmt *insert;
	buf_puts(&sql, "CREATE TABLE recipients(id");
	for (const struct field *field = template->fields; field; field = field->next)
		buf_format(&sql, ", [%.*s]", str_arg(field->name));
	buf_puts(&sql, ")");
	assert_int_equal(sqlite3_open(scratch_path(&scratch, "a.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, buf_text(&sql).at, NULL, NULL, NULL), SQLITE_OK);
	buf_clear(&sql);
	buf_puts(&sql, "INSERT INTO recipients VALUES(?");
	for (const struct field *field = template->fields; field; field = field->next)
		buf_puts(&sql, ", ?");
	buf_puts(&sql, ")");
	assert_int_equal(sqlite3_prepare_v2(db, buf_text(&sql).at, -1, &insert, NULL), SQLITE_OK);
	for (int i = 0; i < RECORDS; i++) {
		int column = 1;
		sqlite3_bind_text(insert, column++, records[i].id.at, -1, SQLITE_STATIC);
		for (const struct field *field = template->fields; field; field = field->next) {
			const struct value *value = recipient_find(records[i].values, field->name);
			sqlite3_bind_text(
				insert, column++, value ? value->text.at : NULL, -1, SQLITE_STATIC);
		}
		assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
		sqlite3_reset(insert);
		sqlite3_clear_bindings(insert);
	}
	sqlite3_finalize(insert);
	sqlite3_close(db);
	buf_free(&sql);
	check_letters("a.db", true);
}

/* -- JSON -------------------------------------------------------------------------------------- */

/* The same record in four ways that programs write it: as lines, in an array, with dotted names as
 * objects, with all that is not ASCII escaped. */
static const struct json_variant {
	const char *name, *file;
	bool array, nested, escaped;
} json_variants[] = {{"json lines", "a.jsonl", false, false, false},
	{"json array", "a.json", true, false, false},
	{"json objects", "a.ndjson", false, true, false},
	{"json escaped", "b.json", true, true, true}};

static void put_json_text(struct buf *out, struct str text, bool escaped)
{
	struct buf plain = {0};
	json_string(&plain, text);
	struct str all = buf_text(&plain);
	for (int at = 0; at < all.len;) {
		uint32_t c = utf8_next(all, &at);
		char bytes[4];
		if (c >= 0x10000)
			fail_msg("a pair is not written here");
		if (escaped && c > 0x7F)
			buf_format(out, "\\u%04x", (unsigned)c);
		else
			buf_put(out, bytes, (size_t)utf8_encode(c, bytes));
	}
	buf_free(&plain);
}

static void put_member(struct buf *out, struct str name, struct str text, bool escaped)
{
	char last = buf_text(out).at[out->len - 1];
	buf_puts(out, last == '{' ? "" : ",");
	put_json_text(out, name, false);
	buf_char(out, ':');
	put_json_text(out, text, escaped);
}

/* The fields in the step "vru", or all that are in none; or all, by their whole names. */
static void put_members(struct buf *out, const struct recipient *record,
	const struct json_variant *variant, bool within)
{
	static const char step[] = "vru.";
	int len = (int)strlen(step);
	for (const struct field *field = template->fields; field; field = field->next) {
		const struct value *value = recipient_find(record->values, field->name);
		bool stepped = variant->nested && str_starts(field->name, step);
		if (value && stepped == within)
			put_member(out, str_slice(field->name, within ? len : 0, field->name.len),
				value->text, variant->escaped);
	}
}

static void put_object(
	struct buf *out, const struct recipient *record, const struct json_variant *variant)
{
	buf_puts(out, "{\"id\":");
	put_json_text(out, record->id, false);
	put_members(out, record, variant, false);
	if (variant->nested) {
		buf_puts(out, ",\"vru\":{");
		put_members(out, record, variant, true);
		buf_puts(out, "}");
	}
	buf_puts(out, "}");
}

static void json_makes_the_same_letters(void **state)
{
	const struct json_variant *variant = *state;
	struct buf out = {0};
	struct diags *diags = diags_new();
	buf_puts(&out, variant->array ? "[" : "");
	for (int i = 0; i < RECORDS; i++) {
		put_object(&out, &records[i], variant);
		buf_puts(&out, !variant->array ? "\n" : i + 1 < RECORDS ? ",\n " : "]\n");
	}
	assert_true(
		file_publish(scratch_path(&scratch, variant->file), out.at, out.len, false, diags));
	check_letters(variant->file, true);
	diags_free(diags);
	buf_free(&out);
}

int main(int argc, char **argv)
{
	enum { VARIANTS = sizeof variants / sizeof *variants };
	enum { JSON = sizeof json_variants / sizeof *json_variants };
	struct CMUnitTest tests[VARIANTS + JSON + 2] = {
		cmocka_unit_test(one_file_of_xml_makes_the_same_letters),
		cmocka_unit_test(a_database_makes_the_same_letters),
	};
	if (argc != 3)
		return 1;
	program = argv[1];
	root = argv[2];
	for (int i = 0; i < VARIANTS; i++)
		tests[i + 2] = (struct CMUnitTest){.name = variants[i].name,
			.test_func = the_table_makes_the_same_letters,
			.initial_state = without_const(&variants[i])};
	for (int i = 0; i < JSON; i++)
		tests[VARIANTS + 2 + i] = (struct CMUnitTest){.name = json_variants[i].name,
			.test_func = json_makes_the_same_letters,
			.initial_state = without_const(&json_variants[i])};
	return cmocka_run_group_tests(tests, setup, teardown);
}
