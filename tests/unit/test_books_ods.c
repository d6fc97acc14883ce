/* OpenDocument spreadsheets as sources: every kind of cell, repetitions, sheets, damage. */
#include "base/diag_id.h"
#include "books.h"

#include <stdio.h>

static const char styles[] =
	"<number:date-style style:name='N1'><number:day/><number:text>.</number:text>"
	"<number:month/><number:text>.</number:text><number:year/></number:date-style>"
	"<number:time-style style:name='N2'><number:hours/><number:minutes/></number:time-style>"
	"<number:time-style style:name='N3' number:truncate-on-overflow='false'><number:hours/>"
	"<number:minutes/></number:time-style>"
	"<number:number-style style:name='N4'><number:text>£</number:text><number:number "
	"number:decimal-places='2' number:min-integer-digits='1' number:grouping='true'/>"
	"</number:number-style>"
	"<number:currency-style style:name='N5'><number:number number:decimal-places='2'/>"
	"<number:text> </number:text><number:currency-symbol>€</number:currency-symbol>"
	"</number:currency-style>"
	"<number:percentage-style style:name='N6'><number:number number:decimal-places='1'/>"
	"<number:text>%</number:text></number:percentage-style>"
	"<number:number-style style:name='N7'><number:number number:decimal-places='0' "
	"number:min-integer-digits='3'/></number:number-style>"
	"<number:number-style style:name='N8'><number:number number:decimal-places='2' "
	"number:min-decimal-places='0'/></number:number-style>"
	"<style:style style:name='date' style:family='table-cell' style:data-style-name='N1'/>"
	"<style:style style:name='time' style:family='table-cell' style:data-style-name='N2'/>"
	"<style:style style:name='span' style:family='table-cell' style:data-style-name='N3'/>"
	"<style:style style:name='pound' style:family='table-cell' style:data-style-name='N4'/>"
	"<style:style style:name='euro' style:family='table-cell' style:data-style-name='N5'/>"
	"<style:style style:name='part' style:family='table-cell' style:data-style-name='N6'/>"
	"<style:style style:name='code' style:family='table-cell' style:data-style-name='N7'/>"
	"<style:style style:name='child' style:family='table-cell' "
	"style:parent-style-name='code'/>"
	"<style:style style:name='some' style:family='table-cell' style:data-style-name='N8'/>"
	"<number:date-style style:name='N9'><number:month/><number:text>/</number:text>"
	"<number:year/></number:date-style>"
	"<style:style style:name='month' style:family='table-cell' style:data-style-name='N9'/>"
	"<style:style style:name='shut' style:family='table'><style:table-properties "
	"table:display='false'/></style:style>";

#define CELL(attributes) "<table:table-cell " attributes "/>"
#define FLOAT(value, style) \
	CELL("table:style-name='" style "' office:value-type='float' office:value='" value "'")

static void write_cell(struct desk *desk, const char *cell)
{
	const char *sheet = str_format(desk->room->arena,
		ODS_SHEET("People",
			"<table:table-column/><table:table-column "
			"table:default-cell-style-name='code'/>" ODS_ROW(ODS_WORDS("id") ODS_WORDS(
				"name")) ODS_ROW(ODS_WORDS("a") "%s") ODS_ROW(ODS_WORDS("b"))),
		cell)
				    .at;
	ods_write(desk, "a.ods", ods_content(desk->room, styles, sheet), NULL);
}

static void a_cell_is_what_the_sheet_shows(void **state)
{
	static const struct {
		const char *cell, *words;
		bool stored;
	} rows[] = {{FLOAT("1250.5", "Default"), "1250.5", true},
		{FLOAT("1.125", "x"), "1.125", true}, {FLOAT("1E-3", "x"), "0.001", true},
		{FLOAT("1250.5", "pound"), "£1250.50", true}, {FLOAT("7", "code"), "007", true},
		{FLOAT("7", "child"), "007", true}, {FLOAT("1.5", "some"), "1.5", true},
		{CELL("office:value-type='float' office:value='7'"), "007", true},
		{CELL("table:style-name='euro' office:value-type='currency' office:currency='EUR' "
		      "office:value='-12'"),
			"-€12.00", true},
		{CELL("table:style-name='x' office:value-type='currency' office:currency='CHF' "
		      "office:value='12.5'"),
			"CHF 12.5", true},
		{CELL("table:style-name='part' office:value-type='percentage' office:value='.125'"),
			"12.5%", true},
		{CELL("table:style-name='x' office:value-type='percentage' office:value='0.07'"),
			"7%", true},
		{CELL("table:style-name='date' office:value-type='date' "
		      "office:date-value='2020-10-13T09:30:00'"),
			"2020-10-13", true},
		{CELL("table:style-name='x' office:value-type='date' "
		      "office:date-value='2020-10-13T09:30:00.4'"),
			"2020-10-13 09:30", true},
		{CELL("table:style-name='x' office:value-type='date' "
		      "office:date-value='2020-12-31T23:59:59.999999'"),
			"2021-01-01", true},
		{CELL("table:style-name='x' office:value-type='date' "
		      "office:date-value='1899-12-31'"),
			"1899-12-31", true},
		{CELL("table:style-name='time' office:value-type='time' "
		      "office:time-value='PT09H30M00S'"),
			"09:30", true},
		{CELL("table:style-name='time' office:value-type='time' "
		      "office:time-value='PT33H29M59.9999S'"),
			"09:30", true},
		{CELL("table:style-name='span' office:value-type='time' "
		      "office:time-value='PT36H00M01S'"),
			"36:00", true},
		{CELL("office:value-type='boolean' office:boolean-value='true'"), "TRUE", false},
		{CELL("office:value-type='boolean' office:boolean-value='false'"), "FALSE", false},
		{CELL("table:formula='of:=TRUE()' office:value-type='float' office:value='1'"),
			"TRUE", false},
		{"<table:table-cell table:formula='of:=NA()' office:value-type='string' "
		 "office:string-value='' calcext:value-type='error'><text:p>#N/A</text:p>"
		 "</table:table-cell>",
			"#N/A", false},
		{CELL("table:formula='of:=&quot;x&quot;' office:value-type='string' "
		      "office:string-value='x y'"),
			"x y", false},
		{"<table:table-cell table:formula='of:=2' office:value-type='float' "
		 "office:value='2'><text:p>3</text:p></table:table-cell>",
			"002", true},
		{ODS_WORDS("Zo\xC3\xAB &amp; 東京"), "Zoë & 東京", false},
		{ODS_WORDS("a</text:p><text:p/><text:p>b"), "a\n\nb", false},
		{ODS_WORDS("  a  \n b<text:s text:c='2'/>c<text:tab/>d<text:line-break/>e"),
			"a b  c\td\ne", false},
		{ODS_WORDS("<text:span>bold</text:span> <text:a>link</text:a>"), "bold link",
			false},
		{"<table:table-cell office:value-type='string'><office:annotation><text:p>remark"
		 "</text:p></office:annotation><draw:frame><draw:text-box><text:p>box</text:p>"
		 "</draw:text-box></draw:frame><text:p>said</text:p></table:table-cell>",
			"said", false},
		{ODS_WORDS("1,250.00"), "1,250.00", false}, {"<table:table-cell/>", "", false},
		{"", "", false}, {CELL("table:style-name='date'"), "", false},
		{"<table:covered-table-cell office:value-type='string'><text:p>x</text:p>"
		 "</table:covered-table-cell>",
			"", false}};
	struct desk desk = desk_new(state);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		write_cell(&desk, rows[i].cell);
		const struct recipient recipient = first_of(&desk, "a.ods");
		const struct value *value = recipient_find(recipient.values, str_lit("name"));
		if (!value || !str_is(value->text, rows[i].words) ||
			value->stored != rows[i].stored || diags_len(desk.room->diags))
			fail_msg("%s is read as \"%.*s\"", rows[i].cell,
				str_arg(value ? value->text : str_lit("(none)")));
	}
	scratch_free(&desk.scratch);
}

static void a_cell_that_is_none_is_said(void **state)
{
	static const struct {
		const char *cell;
		int id;
	} rows[] = {{CELL("table:formula='of:=[.A1]*2'"), DIAG_BOOK_FORMULA},
		{CELL("table:formula='of:=[.A1]*2' office:value-type='float'"), DIAG_BOOK_FORMULA},
		{FLOAT("1000000000000000", "x"), DIAG_BOOK_NUMBER},
		{FLOAT("twelve", "x"), DIAG_BOOK_CELL},
		{CELL("office:value-type='date' office:date-value='2020-02-30'"), DIAG_BOOK_DATE},
		{CELL("office:value-type='date' office:date-value='2020-13-01'"), DIAG_BOOK_DATE},
		{CELL("office:value-type='date' office:date-value='2020-10-13 9:30'"),
			DIAG_BOOK_DATE},
		{CELL("office:value-type='date' office:date-value='2020-10-13T25:00:00'"),
			DIAG_BOOK_DATE},
		{CELL("office:value-type='time' office:time-value='noon'"), DIAG_BOOK_DATE},
		{CELL("office:value-type='time' office:time-value='-PT1H0M0S'"), DIAG_BOOK_DATE}};
	struct desk desk = desk_new(state);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_message("# %s\n", rows[i].cell);
		write_cell(&desk, rows[i].cell);
		diags_clear(desk.room->diags);
		assert_string_equal(ids_of(&desk, "a.ods", NULL), "!a b ");
		assert_only(desk.room, (enum diag_id)rows[i].id);
		assert_int_equal(diags_at(desk.room->diags, 0)->at.line, 2);
		assert_int_equal(diags_at(desk.room->diags, 0)->at.column, 2);
	}
	scratch_free(&desk.scratch);
}

#define REPEATED(rows, cells) \
	"<table:table-row table:number-rows-repeated='" rows "'>" cells "</table:table-row>"

/* Rows and cells that stand once for several; those that are empty cost nothing. */
static void repetitions_are_counted(void **state)
{
	struct desk desk = desk_new(state);
	const char *sheet = ODS_SHEET("People",
		"<table:table-header-rows>" ODS_ROW(
			ODS_WORDS("name") ODS_WORDS("day") ODS_WORDS("dates 2 day") CELL(
				"table:number-columns-repeated='"
				"16381'")) "</"
					   "table:table-header-rows><"
					   "table:table-row-"
					   "group>" REPEATED("2",
						   "<table:table-cell/"
						   ">") REPEATED("3",
						   ODS_WORDS("Ann")
							   CELL("table"
								":numb"
								"er-"
								"colum"
								"ns-"
								"repea"
								"ted='"
								"2' "
								"offic"
								"e:"
								"value"
								"-type"
								"='"
								"float"
								"' "
								"offic"
								"e:"
								"value"
								"='"
								"7'")) "</"
								       "table:table-row-"
								       "group>" REPEATED("1048570",
									       CELL("table:number-"
										    "columns-"
										    "repeated='"
										    "16384'")));
	ods_write(&desk, "a.ods", ods_content(desk.room, styles, sheet), NULL);
	assert_string_equal(ids_of(&desk, "a.ods", NULL), "row-4 row-5 row-6 ");
	assert_int_equal(diags_len(desk.room->diags), 0);
	struct recipient recipient = first_of(&desk, "a.ods");
	const struct value *last = recipient.values;
	while (last->next)
		last = last->next;
	assert_true(str_is(last->parts->text, "7") && last->parts->stored);
	scratch_free(&desk.scratch);
}

/* A number of whose text no figure is left, and a day that is shown without its year. */
static void what_is_not_shown_is_said(void **state)
{
#define SHOWN(style, value, text)                                                            \
	"<table:table-cell table:style-name='" style "' " value "><text:p>" text "</text:p>" \
	"</table:table-cell>"
#define FLOAT_OF "office:value-type='float' office:value="
#define DATE_OF "office:value-type='date' office:date-value='2024-05-01'"
	static const struct {
		const char *cell;
		bool unseen;
	} rows[] = {{SHOWN("x", FLOAT_OF "'12'", "-"), true},
		{SHOWN("x", FLOAT_OF "'12'", "low"), true},
		{SHOWN("x", FLOAT_OF "'0'", "-"), false}, {SHOWN("x", FLOAT_OF "'12'", ""), false},
		{SHOWN("x", FLOAT_OF "'12'", "12"), false},
		{SHOWN("x", FLOAT_OF "'12'", "१२"), false},
		{SHOWN("month", DATE_OF, "05/24"), true},
		{SHOWN("date", DATE_OF, "2024-05-01"), false}};
	struct desk desk = desk_new(state);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		write_cell(&desk, rows[i].cell);
		diags_clear(desk.room->diags);
		assert_string_equal(ids_of(&desk, "a.ods", NULL), "a b ");
		if (diags_len(desk.room->diags) != rows[i].unseen)
			fail_msg("%s: %d findings", rows[i].cell, diags_len(desk.room->diags));
		if (rows[i].unseen)
			assert_only(desk.room, DIAG_BOOK_UNSEEN);
	}
	scratch_free(&desk.scratch);
}

static void what_is_hidden_or_merged_is_said(void **state)
{
	struct desk desk = desk_new(state);
	const char *sheet = ODS_SHEET("People",
		ODS_ROW(ODS_WORDS("id") ODS_WORDS("name")) ODS_ROW(ODS_WORDS(
			"a") "<table:table-cell table:number-columns-spanned='1' "
			     "table:number-rows-spanned='2' office:value-type='string'>"
			     "<text:p>Ann</text:p></table:table-cell>") "<table:table-row "
									"table:visibility='"
									"collapse'"
									">" ODS_WORDS(
										"b") "<table:"
										     "covered-"
										     "table-cell/"
										     "></"
										     "table:table-"
										     "row>"
										     "<table:table-"
										     "row "
										     "table:"
										     "visibility='"
										     "filter'"
										     ">" ODS_WORDS(
											     "c") "</table:table-row>");
	ods_write(&desk, "a.ods", ods_content(desk.room, styles, sheet), NULL);
	assert_string_equal(ids_of(&desk, "a.ods", NULL), "a b c ");
	assert_int_equal(diags_len(desk.room->diags), 2);
	assert_int_equal(diags_at(desk.room->diags, 0)->id, DIAG_BOOK_HIDDEN);
	assert_int_equal(diags_at(desk.room->diags, 0)->at.line, 3);
	assert_int_equal(diags_at(desk.room->diags, 1)->id, DIAG_BOOK_MERGED);
	assert_non_null(strstr(diags_at(desk.room->diags, 1)->text, "B2:B3"));
	scratch_free(&desk.scratch);
}

static void sheets_are_chosen(void **state)
{
	struct desk desk = desk_new(state);
	const struct recipients_options other = {.sheet = "Other"}, none = {.sheet = "Gone"};
	const char *sheets = "<table:table table:name='Old' table:style-name='shut'>" ODS_ROW(
		ODS_WORDS("id")) "</table:table>" ODS_SHEET("People",
		ODS_ROW(ODS_WORDS("id")) ODS_ROW(ODS_WORDS("p")))
		ODS_SHEET("Other", ODS_ROW(ODS_WORDS("id")) ODS_ROW(ODS_WORDS("o")))
			ODS_SHEET("Empty", ODS_ROW("<table:table-cell/>"));
	ods_write(&desk, "a.ods", ods_content(desk.room, styles, sheets), NULL);
	assert_string_equal(ids_of(&desk, "a.ods", NULL), "p ");
	assert_only(desk.room, DIAG_BOOK_SHEETS);
	assert_non_null(strstr(diags_at(desk.room->diags, 0)->text, "and not \"Other\","));
	diags_clear(desk.room->diags);
	assert_string_equal(ids_of(&desk, "a.ods", &other), "o ");
	assert_int_equal(diags_len(desk.room->diags), 0);
	assert_null(ids_of(&desk, "a.ods", &none));
	assert_only(desk.room, DIAG_BOOK_SHEET);
	scratch_free(&desk.scratch);
}

static void what_is_wrong_is_said(void **state)
{
	static const struct {
		const char *content;
		enum diag_id id;
		const char *words;
	} rows[] = {{NULL, DIAG_TABLE_OTHER, "without a workbook"},
		{"<office:document-content " ODS_NAMES "><office:body><office:text/></office:body>"
		 "</office:document-content>",
			DIAG_TABLE_OTHER, "without sheets"},
		{"<a/>", DIAG_TABLE_OTHER, "without sheets"},
		{"<office:document-content", DIAG_BOOK_DAMAGED, "well-formed"},
		{"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", DIAG_BOOK_DAMAGED, "document type"}};
	static const struct {
		const char *rows;
		const char *words;
	} limits[] = {{ODS_ROW(ODS_WORDS("id"))
				      ODS_ROW(CELL("table:number-columns-repeated='1000000' "
						   "office:value-type='float' office:value='1'")),
			      "16384 columns"},
		{ODS_ROW(CELL("table:number-columns-repeated='99999999999'") ODS_WORDS("x")),
			"16384 columns"},
		{ODS_ROW(CELL("table:number-columns-repeated='2000' office:value-type='float' "
			      "office:value='1'")),
			"side by side"},
		{ODS_ROW(ODS_WORDS("id")) REPEATED("1001", ODS_WORDS("a")), "1000 times"},
		{ODS_ROW(ODS_WORDS("id")) REPEATED("1048576", ODS_WORDS("a")), "1048576 rows"},
		{ODS_ROW(ODS_WORDS("id")) REPEATED("1048575", "<table:table-cell/>")
				ODS_ROW(ODS_WORDS("a")),
			"1048576 rows"}};
	struct desk desk = desk_new(state);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_message("# %s\n", rows[i].content ? rows[i].content : "(none)");
		diags_clear(desk.room->diags);
		ods_write(&desk, "a.ods", rows[i].content, NULL);
		assert_null(ids_of(&desk, "a.ods", NULL));
		assert_only(desk.room, rows[i].id);
		assert_non_null(strstr(diags_at(desk.room->diags, 0)->text, rows[i].words));
	}
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		print_message("# %s\n", limits[i].rows);
		diags_clear(desk.room->diags);
		const char *sheet =
			str_format(desk.room->arena, ODS_SHEET("People", "%s"), limits[i].rows).at;
		ods_write(&desk, "a.ods", ods_content(desk.room, styles, sheet), NULL);
		assert_null(ids_of(&desk, "a.ods", NULL));
		assert_only(desk.room, DIAG_BOOK_LIMIT);
		assert_non_null(strstr(diags_at(desk.room->diags, 0)->text, limits[i].words));
	}
	scratch_free(&desk.scratch);
}

static void one_that_is_encrypted_is_said(void **state)
{
	static const struct part manifest = {"META-INF/manifest.xml",
		"<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>"
		"<m:file-entry m:full-path='content.xml'><m:encryption-data/></m:file-entry>"
		"</m:manifest>"};
	struct desk desk = desk_new(state);
	ods_write(&desk, "a.ods", "\x01\x02\x03", &manifest);
	assert_null(ids_of(&desk, "a.ods", NULL));
	assert_only(desk.room, DIAG_BOOK_LOCKED);
	scratch_free(&desk.scratch);
}

/* Common styles stand in a part of their own. */
static void a_style_may_stand_in_another_part(void **state)
{
	static const struct part common = {"styles.xml",
		"<office:document-styles " ODS_NAMES "><office:styles><number:number-style "
		"style:name='N9'><number:number number:decimal-places='0' "
		"number:min-integer-digits='5'/></number:number-style><style:style "
		"style:name='zip' style:family='table-cell' style:data-style-name='N9'/>"
		"</office:styles><office:automatic-styles><style:style style:name='own' "
		"style:family='table-cell'/></office:automatic-styles></office:document-styles>"};
	struct desk desk = desk_new(state);
	const char *sheet = ODS_SHEET("People",
		ODS_ROW(ODS_WORDS("name")) ODS_ROW(FLOAT("1234", "zip"))
			ODS_ROW(FLOAT("7", "own")));
	ods_write(&desk, "a.ods",
		ods_content(desk.room,
			"<style:style style:name='own' style:family='table-cell' "
			"style:parent-style-name='zip'/>",
			sheet),
		&common);
	struct recipient recipient = first_of(&desk, "a.ods");
	assert_true(str_is(recipient.values->text, "01234"));
	scratch_free(&desk.scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(a_cell_is_what_the_sheet_shows),
		room_test(a_cell_that_is_none_is_said),
		room_test(repetitions_are_counted),
		room_test(what_is_not_shown_is_said),
		room_test(what_is_hidden_or_merged_is_said),
		room_test(sheets_are_chosen),
		room_test(what_is_wrong_is_said),
		room_test(one_that_is_encrypted_is_said),
		room_test(a_style_may_stand_in_another_part),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
