/* Workbooks (.xlsx) as sources: every kind of cell, sheets, what is hidden, merged or damaged. */
#include "base/diag_id.h"
#include "books.h"

#include <stdio.h>

/* -- cells ------------------------------------------------------------------------------------- */

/* Formats: 0 general, 1 date, 2 time, 3 both, 4 £0.00, 5 per cent, 6 000, 7 [h]:mm, 8 #,##0.##,
 * 9 a German date, 10 euros behind, 11 minutes, 12 dollars of a builtin one, 13 month and year. */
static const char styles[] =
	"<styleSheet " MAIN
	"><numFmts><numFmt numFmtId='164' formatCode='yyyy\\-mm\\-dd\\ hh:mm:ss'/>"
	"<numFmt numFmtId='165' formatCode='&quot;£&quot;#,##0.00;[Red]\\-&quot;£&quot;#,##0.00'/>"
	"<numFmt numFmtId='166' formatCode='000'/>"
	"<numFmt numFmtId='167' formatCode='[h]:mm'/><numFmt numFmtId='168' formatCode='#,##0.##'/>"
	"<numFmt numFmtId='169' formatCode='[$-407]d. mmmm yyyy;@'/>"
	"<numFmt numFmtId='170' formatCode='#,##0.00\\ [$€-407]'/>"
	"<numFmt numFmtId='171' formatCode='mm:ss'/></numFmts>"
	"<cellStyleXfs><xf numFmtId='9'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
	"<xf numFmtId='14'/><xf numFmtId='20'/><xf numFmtId='164'/><xf numFmtId='165'/>"
	"<xf numFmtId='10'/><xf numFmtId='166'/><xf numFmtId='167'/><xf numFmtId='168'/>"
	"<xf numFmtId='169'/><xf numFmtId='170'/><xf numFmtId='171'/><xf numFmtId='8'/>"
	"</cellXfs></styleSheet>";
static const char texts[] =
	"<sst " MAIN "><si><t>Zoë</t></si><si><r><t>Rich</t></r><r><rPr><b/></rPr>"
	"<t xml:space='preserve'> Ard</t></r></si><si><t>東京</t><rPh sb='0' "
	"eb='2'><t>トウキョウ</t>"
	"</rPh><phoneticPr fontId='1'/></si><si><t>a_x000D_\nb_x005F_x0041_c_x00e9__x12__x0000_</t>"
	"</si><si/><si><t>&lt;b&gt; &amp;amp; <![CDATA[&]]></t></si></sst>";

/* A workbook of that one value, in a column of numbers. */
static void write_cell(struct desk *desk, const char *cell, const char *workbook)
{
	struct str rows = str_format(desk->room->arena,
		ROW(WORDS("id") WORDS("name")) ROW(WORDS("a") "%s") ROW(WORDS("b") WORDS("B")),
		cell);
	const struct part instead[] = {{"xl/styles.xml", styles}, {"xl/sharedStrings.xml", texts},
		{"xl/worksheets/sheet1.xml", xlsx_sheet(desk->room, rows.at, "")},
		{"xl/workbook.xml", workbook ? workbook : xlsx_parts[3].text}};
	xlsx_write(desk, "a.xlsx", instead, 4);
}

static void a_cell_is_what_the_sheet_shows(void **state)
{
	static const struct {
		const char *cell, *words;
		bool stored;
	} rows[] = {{"<c><v>1250</v></c>", "1250", true}, {"<c><v>1.125</v></c>", "1.125", true},
		{"<c><v>0.30000000000000004</v></c>", "0.3", true},
		{"<c><v>1E-3</v></c>", "0.001", true}, {"<c><v>1.5E+3</v></c>", "1500", true},
		{"<c><v>-0</v></c>", "0", true}, {"<c><v>-57.93</v></c>", "-57.93", true},
		{"<c><v>999999999999999</v></c>", "999999999999999", true},
		{"<c t='n' s='99'><v> 7 </v></c>", "7", true},
		{"<c s='4'><v>1250.5</v></c>", "£1250.50", true},
		{"<c s='4'><v>-57.934999999999995</v></c>", "-£57.94", true},
		{"<c s='4'><v>-0.004</v></c>", "£0.00", true},
		{"<c s='4'><v>2.675</v></c>", "£2.68", true},
		{"<c s='4'><v>99.995</v></c>", "£100.00", true},
		{"<c s='10'><v>12</v></c>", "€12.00", true},
		{"<c s='12'><v>12</v></c>", "12.00", true},
		{"<c s='5'><v>0.125</v></c>", "12.50%", true},
		{"<c s='5'><v>0.07</v></c>", "7.00%", true}, {"<c s='6'><v>7</v></c>", "007", true},
		{"<c s='6'><v>1234</v></c>", "1234", true},
		{"<c s='8'><v>1234.5</v></c>", "1234.5", true},
		{"<c s='8'><v>1234.567</v></c>", "1234.57", true},
		{"<c s='1'><v>44117</v></c>", "2020-10-13", true},
		{"<c s='1'><v>1</v></c>", "1900-01-01", true},
		{"<c s='1'><v>59</v></c>", "1900-02-28", true},
		{"<c s='1'><v>61</v></c>", "1900-03-01", true},
		{"<c s='1'><v>2958465</v></c>", "9999-12-31", true},
		{"<c s='9'><v>44117.75</v></c>", "2020-10-13", true},
		{"<c s='2'><v>0.375</v></c>", "09:00", true},
		{"<c s='2'><v>44117.395833333336</v></c>", "09:30", true},
		{"<c s='3'><v>44117.395844907407</v></c>", "2020-10-13 09:30:01", true},
		{"<c s='3'><v>44117</v></c>", "2020-10-13", true},
		{"<c s='3'><v>44116.999999999</v></c>", "2020-10-13", true},
		{"<c s='7'><v>1.5</v></c>", "36:00", true},
		{"<c s='11'><v>0.0625</v></c>", "01:30", true},
		{"<c t='d'><v>2020-10-13T00:00:00</v></c>", "2020-10-13", true},
		{"<c t='d'><v>2020-10-13T09:30:00Z</v></c>", "2020-10-13 09:30", true},
		{"<c t='b'><v>1</v></c>", "TRUE", false}, {"<c t='b'><v>0</v></c>", "FALSE", false},
		{"<c t='e'><v>#N/A</v></c>", "#N/A", false},
		{"<c t='str'><f>A1&amp;\"x\"</f><v> x y </v></c>", "x y", false},
		{"<c t='str'><f>\"\"</f><v></v></c>", "", false},
		{"<c><f>1+1</f><v>2</v></c>", "2", true},
		{"<c><f t='shared' si='0'/><v>0</v></c>", "0", true},
		{"<c t='s'><v>0</v></c>", "Zoë", false},
		{"<c t='s'><v>1</v></c>", "Rich Ard", false},
		{"<c t='s'><v>2</v></c>", "東京", false},
		{"<c t='s'><v>3</v></c>", "a\nb_x0041_cé_x12__x0000_", false},
		{"<c t='s'><v>4</v></c>", "", false},
		{"<c t='s'><v>5</v></c>", "<b> &amp; &", false},
		{"<c "
		 "t='inlineStr'><is><r><t>in</t></r><r><t>line</t></r><rPh><t>x</t></rPh></is></c>",
			"inline", false},
		{WORDS("1,250.00"), "1,250.00", false}, {WORDS("007"), "007", false},
		{"<c t='str'><v>_xD83D__xDE00_</v></c>", "😀", false},
		{"<c t='str'><v>_xD83D_.</v></c>", "_xD83D_.", false}, {"<c s='1'/>", "", false},
		{"", "", false}, {"<c><v/></c>", "", false}, {"<c r='B2'><v>5</v></c>", "5", true}};
	struct desk desk = desk_new(state);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		write_cell(&desk, rows[i].cell, NULL);
		const struct recipient recipient = first_of(&desk, "a.xlsx");
		const struct value *value = recipient_find(recipient.values, str_lit("name"));
		if (!value || !str_is(value->text, rows[i].words) ||
			value->stored != rows[i].stored || diags_len(desk.room->diags))
			fail_msg("%s is read as \"%.*s\"", rows[i].cell,
				str_arg(value ? value->text : str_lit("(none)")));
	}
	scratch_free(&desk.scratch);
}

/* Each costs its own letter, and says where it stands. */
static void a_cell_that_is_none_is_said(void **state)
{
	static const struct {
		const char *cell;
		int id;
	} rows[] = {{"<c><f>A1*2</f></c>", DIAG_BOOK_FORMULA},
		{"<c><f>A1*2</f><v></v></c>", DIAG_BOOK_FORMULA},
		{"<c s='1'><f>A1*2</f><v/></c>", DIAG_BOOK_FORMULA},
		{"<c><v>1000000000000000</v></c>", DIAG_BOOK_NUMBER},
		{"<c><v>-1E+20</v></c>", DIAG_BOOK_NUMBER},
		{"<c s='1'><v>60</v></c>", DIAG_BOOK_DATE},
		{"<c s='1'><v>0</v></c>", DIAG_BOOK_DATE},
		{"<c s='1'><v>-1</v></c>", DIAG_BOOK_DATE},
		{"<c s='3'><v>2958466</v></c>", DIAG_BOOK_DATE},
		{"<c t='d'><v>yesterday</v></c>", DIAG_BOOK_DATE},
		{"<c><v>twelve</v></c>", DIAG_BOOK_CELL}, {"<c><v>nan</v></c>", DIAG_BOOK_CELL},
		{"<c><v>0x10</v></c>", DIAG_BOOK_CELL}, {"<c><v>1e999</v></c>", DIAG_BOOK_CELL},
		{"<c t='s'><v>6</v></c>", DIAG_BOOK_CELL},
		{"<c t='s'><v>-1</v></c>", DIAG_BOOK_CELL},
		{"<c t='s'><v>99999999999</v></c>", DIAG_BOOK_CELL}};
	struct desk desk = desk_new(state);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		write_cell(&desk, rows[i].cell, NULL);
		diags_clear(desk.room->diags);
		assert_string_equal(ids_of(&desk, "a.xlsx", NULL), "!a b ");
		assert_only(desk.room, (enum diag_id)rows[i].id);
		struct buf at = {0};
		place_write(diags_at(desk.room->diags, 0)->at, &at);
		assert_true(str_ends(buf_text(&at), "a.xlsx[People]:row 2, column B"));
		buf_free(&at);
	}
	scratch_free(&desk.scratch);
}

/* Two numbers in a format. */
static void write_formatted(struct desk *desk, const char *code, const char *a, const char *b)
{
	struct arena *arena = desk->room->arena;
	struct str styles_of = str_format(arena,
		"<styleSheet " MAIN "><numFmts><numFmt numFmtId='200' formatCode='%s'/>"
		"</numFmts><cellXfs><xf numFmtId='200'/></cellXfs></styleSheet>",
		code);
	struct str rows = str_format(arena,
		ROW(WORDS("id") WORDS("name")) ROW(WORDS("a") "<c s='0'><v>%s</v></c>")
			ROW(WORDS("b") "<c s='0'><v>%s</v></c>"),
		a, b);
	const struct part parts[] = {{"xl/styles.xml", styles_of.at},
		{"xl/worksheets/sheet1.xml", xlsx_sheet(desk->room, rows.at, "")}};
	xlsx_write(desk, "a.xlsx", parts, 2);
	diags_clear(desk->room->diags);
}

/* A format that adds words, or sets digits apart, is said once; the number alone is read. */
static void what_a_format_adds_is_said(void **state)
{
	static const struct {
		const char *code;
		bool more;
	} rows[] = {{"0 &quot;kg&quot;", true}, {"&quot;INV-&quot;0000", true},
		{"000-00-0000", true}, {"\\(000\\)\\ 000", true}, {"0&quot; Stück&quot;", true},
		{"0.0,,\\M", true}, {"0\\ \\h", true}, {"General&quot; m&quot;", true},
		{"#,##0,", true}, {"#,##0,.0", true}, {"0&quot;°&quot;", true}, {"0.00", false},
		{"#,##0", false}, {"#,##0.00\\ &quot;kr&quot;", false},
		{"0.00_);\\(0.00\\)", false}, {"_-[$£-809]* #,##0.00_-", false},
		{"&quot;€&quot; 0.00", false}, {"_(&quot;$&quot;* #,##0_)", false},
		{"[$CHF-807] 0.00", false}, {"0.0%", false}, {"[Red]0", false},
		{"[>100]0.0", false}, {"0.00E+00", false}, {"# ?/?", false}, {"General", false},
		{"@", false}};
	struct desk desk = desk_new(state);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		write_formatted(&desk, rows[i].code, "12", "13");
		assert_string_equal(ids_of(&desk, "a.xlsx", NULL), "a b ");
		if (diags_len(desk.room->diags) != rows[i].more)
			fail_msg("%s: %d findings", rows[i].code, diags_len(desk.room->diags));
		if (rows[i].more)
			assert_only(desk.room, DIAG_BOOK_SHOWN);
	}
	scratch_free(&desk.scratch);
}

/* What is hidden, or shown without its sign, its day or its year, is read and said once. */
static void what_a_format_does_not_show_is_said(void **state)
{
	static const struct {
		const char *code, *value, *words;
		bool unseen;
	} rows[] = {{";;;", "12", "12", true}, {"0;;", "-12", "-12", true},
		{"0;;", "12", "12", false}, {"#,##0.00;-#,##0.00;", "0", "0.00", true},
		{"&quot;-&quot;", "12", "12", true}, {"0.00;0.00", "-57.93", "-57.93", true},
		{"0.00;[Red]0.00", "-57.93", "-57.93", false},
		{"0.00_);(0.00)", "-57.93", "-57.93", false},
		{"_-* #,##0.00_-;-* #,##0.00_-;_-* &quot;-&quot;??_-;_-@_-", "0", "0.00", false},
		{"_-* #,##0.00_-;-* #,##0.00_-;_-* &quot;-&quot;??_-;_-@_-", "-5", "-5.00", false},
		{"0.0;-0.00", "-1.25", "-1.25", false}, {"[&lt;1]0.00;0", "0.5", "0.50", false},
		{"[&lt;1]0.00;0", "12.4", "12", false}, {"[&gt;=100];0", "120", "120", true},
		{"[&gt;=100];0", "12", "12", false}, {"General;-General", "-1.5", "-1.5", false},
		{"General;@", "-1.5", "-1.5", false}, {"mmm\\-yy", "45413", "2024-05-01", true},
		{"d\\ mmm", "45413", "2024-05-01", true}, {"dddd", "45413", "2024-05-01", true},
		{"ddd\\ d\\.m\\.yy;@", "45413", "2024-05-01", false},
		{"ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "45413", "2024-05-01", false},
		{"hh:mm", "0.60434", "14:30", false}, {"hh:mm:ss", "0.60434", "14:30:15", false},
		{"General", "0.333333333333333", "0.333333333", false},
		{"General", "12345678901.25", "12345678901.25", false},
		{"General", "1250.4999999999999", "1250.5", false}};
	struct desk desk = desk_new(state);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		write_formatted(&desk, rows[i].code, rows[i].value, rows[i].value);
		struct recipient recipient = first_of(&desk, "a.xlsx");
		if (!str_is(recipient.values->text, rows[i].words))
			fail_msg("%s: %s is %.*s", rows[i].code, rows[i].value,
				str_arg(recipient.values->text));
		diags_clear(desk.room->diags);
		assert_string_equal(ids_of(&desk, "a.xlsx", NULL), "a b ");
		if (diags_len(desk.room->diags) != rows[i].unseen)
			fail_msg("%s: %d findings", rows[i].code, diags_len(desk.room->diags));
		if (rows[i].unseen)
			assert_only(desk.room, DIAG_BOOK_UNSEEN);
	}
	scratch_free(&desk.scratch);
}

#define WORKBOOK(properties, sheets)                                             \
	"<workbook " MAIN " xmlns:r='" RELATED "'>" properties "<sheets>" sheets \
	"</sheets></workbook>"
#define SHEET(name, more, id) "<sheet name='" name "' sheetId='1' " more " r:id='" id "'/>"

static void days_may_be_counted_from_1904(void **state)
{
	struct desk desk = desk_new(state);
	static const char workbook[] = WORKBOOK(
		"<workbookPr date1904='1'/>", SHEET("People", "", "a"));
	write_cell(&desk, "<c s='1'><v>42655</v></c>", workbook);
	assert_true(str_is(first_of(&desk, "a.xlsx").values->text, "2020-10-13"));
	write_cell(&desk, "<c s='1'><v>0</v></c>", workbook);
	assert_true(str_is(first_of(&desk, "a.xlsx").values->text, "1904-01-01"));
	scratch_free(&desk.scratch);
}

/* Libraries that only write put 0 where a spreadsheet has what a formula gives. */
static void a_0_that_nobody_computed_is_no_value(void **state)
{
	struct desk desk = desk_new(state);
	static const char workbook[] =
		"<workbook " MAIN " xmlns:r='" RELATED
		"'><sheets><sheet name='People' sheetId='1' r:id='a'/></sheets>"
		"<calcPr fullCalcOnLoad='1'/></workbook>";
	write_cell(&desk, "<c><f>A1*2</f><v>0</v></c>", workbook);
	assert_string_equal(ids_of(&desk, "a.xlsx", NULL), "!a b ");
	assert_only(desk.room, DIAG_BOOK_FORMULA);
	diags_clear(desk.room->diags);
	write_cell(&desk, "<c><f>A1*2</f><v>42</v></c>", workbook);
	assert_true(str_is(first_of(&desk, "a.xlsx").values->text, "42"));
	write_cell(&desk, "<c><v>0</v></c>", workbook);
	assert_true(str_is(first_of(&desk, "a.xlsx").values->text, "0"));
	scratch_free(&desk.scratch);
}

/* A column that no field takes may hold anything. */
static void what_no_field_takes_is_not_looked_at(void **state)
{
	struct desk desk = desk_new(state);
	xlsx_of_rows(&desk, "a.xlsx",
		ROW(WORDS("id") WORDS("name") WORDS("total"))
			ROW(WORDS("a") WORDS("Ann") "<c><f>SUM(A1)</f></c>"));
	assert_string_equal(ids_of(&desk, "a.xlsx", NULL), "a ");
	assert_only(desk.room, DIAG_COLUMN_UNKNOWN);
	scratch_free(&desk.scratch);
}

/* -- rows -------------------------------------------------------------------------------------- */

static struct str dumped(struct desk *desk, const char *name)
{
	struct recipients *source = open_file(desk, name, NULL);
	struct recipient recipient;
	struct buf out = {0};
	assert_non_null(source);
	while (recipients_next(source, desk->room->arena, &recipient, desk->room->diags) ==
		RECIPIENTS_GOOD)
		recipient_dump(&recipient, &out);
	recipients_close(source);
	struct str all = str_copy(desk->room->arena, buf_text(&out));
	buf_free(&out);
	return all;
}

static void a_sheet_says_what_its_csv_says(void **state)
{
	struct desk desk = desk_new(state);
	scratch_write(&desk.scratch, "a.csv",
		"id,Name,Address line 1,Address line 2,dates 1 day,dates.2.day,Reply by\n"
		"a,Ann,1 High St,\"Flat 2\nBack\",Mon,Tue,\n\nb,Bo,,,,,5 May\n");
	xlsx_of_rows(&desk, "a.xlsx",
		ROW(WORDS("id") WORDS("Name") WORDS("Address line 1") WORDS("Address line 2") WORDS(
			"dates 1 day") WORDS("dates.2.day")
				WORDS("Reply by")) "<row><c r='A2' "
						   "t='inlineStr'><is><t>a</t></is></c>" WORDS(
							   "An"
							   "n") WORDS("1 High St")
							   WORDS("Flat 2\nBack") WORDS("Mon") WORDS(
								   "Tue") "<c/></row>"
									  "<row r='4'>" WORDS("b") WORDS(
										  "Bo") "<c r='G4' "
											"t='"
											"inlineStr'"
											"><is><t>5 "
											"May</t></"
											"is></c><c "
											"r='XFD4' "
											"s='3'/></"
											"row>"
											"<row "
											"r='5' "
											"hidden='1'"
											"/><row "
											"r='6'><c "
											"s='1'/"
											">" WORDS(
												" ") "</row>");
	assert_string_equal(ids_of(&desk, "a.xlsx", NULL), "a b ");
	struct str csv = dumped(&desk, "a.csv"), book = dumped(&desk, "a.xlsx");
	for (int i = 0; i < diags_len(desk.room->diags); i++)
		assert_int_equal(diags_at(desk.room->diags, i)->id, DIAG_ROW_GAP);
	assert_int_equal(diags_len(desk.room->diags), 3);
	assert_true(csv.len > 100);
	assert_string_equal(csv.at, book.at);
	struct recipient recipient = first_of(&desk, "a.xlsx");
	assert_true(str_ends(str_of(recipient.where), "a.xlsx[People]:row 2"));
	scratch_free(&desk.scratch);
}

/* What stands beside the table is no part of it, and costs no letter. */
static void remarks_beside_the_table_are_said(void **state)
{
	struct desk desk = desk_new(state);
	xlsx_of_rows(&desk, "a.xlsx",
		ROW(WORDS("id") WORDS("name")) ROW(WORDS("a") WORDS("Ann") "<c/>" WORDS("ask her"))
			ROW(WORDS("b") WORDS("Bo")
					WORDS(" ")) "<row><c r='E4'><f>A1</f></c></row>");
	assert_string_equal(ids_of(&desk, "a.xlsx", NULL), "a b ");
	assert_int_equal(diags_len(desk.room->diags), 2);
	for (int i = 0; i < 2; i++)
		assert_int_equal(diags_at(desk.room->diags, i)->id, DIAG_COLUMN_NAMELESS);
	assert_int_equal(diags_at(desk.room->diags, 0)->at.column, 4);
	scratch_free(&desk.scratch);
}

static void rows_of_one_id_are_joined(void **state)
{
	struct desk desk = desk_new(state);
	xlsx_of_rows(&desk, "a.xlsx",
		ROW(WORDS("id") WORDS("name") WORDS("day")) ROW(WORDS("a") WORDS("Ann")
				WORDS("Mon")) ROW(WORDS("a") WORDS("Ann") "<c><v>1.5</v></c>")
			ROW(WORDS("b") WORDS("Bo") "<c><f>A1</f></c>"));
	assert_string_equal(ids_of(&desk, "a.xlsx", NULL), "a !b ");
	struct recipient recipient = first_of(&desk, "a.xlsx");
	const struct value *list = recipient_find(recipient.values, str_lit("dates"));
	list = list ? recipient_find(list->next, str_lit("dates")) : NULL;
	assert_true(list && str_is(list->parts->text, "1.5") && list->parts->stored);
	scratch_free(&desk.scratch);
}

static void rows_that_are_hidden_are_said(void **state)
{
	struct desk desk = desk_new(state);
	xlsx_of_rows(&desk, "a.xlsx",
		"<row hidden='1'>" WORDS("id") "</row>" ROW(WORDS("a")) "<row hidden='1'>" WORDS(
			"b") "</row>" ROW(WORDS("c")) "<row "
						      "hidden='true'"
						      ">" WORDS("d") "</"
								     "ro"
								     "w"
								     "><row "
								     "hidden='true'><c/></row>");
	;
	assert_string_equal(ids_of(&desk, "a.xlsx", NULL), "a b c d ");
	assert_only(desk.room, DIAG_BOOK_HIDDEN);
	assert_int_equal(diags_at(desk.room->diags, 0)->at.line, 3);
	assert_non_null(strstr(diags_at(desk.room->diags, 0)->text, "as well: 2,"));
	scratch_free(&desk.scratch);
}

static void merged_cells_are_said(void **state)
{
	struct desk desk = desk_new(state);
	const struct part sheet = {"xl/worksheets/sheet1.xml",
		xlsx_sheet(desk.room,
			ROW(WORDS("id") WORDS("name")) ROW(WORDS("a") WORDS("Ann"))
				ROW(WORDS("b") WORDS("stale")) ROW(WORDS("c") WORDS("Cy")),
			"<mergeCells><mergeCell ref='D1:E1'/><mergeCell "
			"ref='B2:B3'/></mergeCells>")};
	xlsx_write(&desk, "a.xlsx", &sheet, 1);
	struct str all = dumped(&desk, "a.xlsx");
	assert_only(desk.room, DIAG_BOOK_MERGED);
	assert_non_null(strstr(diags_at(desk.room->diags, 0)->text, "B2:B3"));
	assert_int_equal(diags_at(desk.room->diags, 0)->at.line, 2);
	assert_null(strstr(all.at, "stale"));
	assert_non_null(strstr(all.at, "Cy"));
	scratch_free(&desk.scratch);
}

static void a_title_above_the_header_is_said(void **state)
{
	struct desk desk = desk_new(state);
	desk.template = room_template(
		desk.room, "<declare name='name'/>", "<p><field name='name'/></p>");
	xlsx_of_rows(&desk, "a.xlsx",
		ROW(WORDS("Members of 2024")) "<row r='3'>" WORDS("id")
			WORDS("name") "</row>" ROW(WORDS("a") WORDS("Ann")));
	assert_null(ids_of(&desk, "a.xlsx", NULL));
	assert_only(desk.room, DIAG_CSV_TITLE);
	assert_int_equal(diags_at(desk.room->diags, 0)->at.line, 3);
	scratch_free(&desk.scratch);
}

/* -- sheets ------------------------------------------------------------------------------------ */

static void sheets_are_chosen(void **state)
{
	struct desk desk = desk_new(state);
	const struct recipients_options other = {.sheet = "Other"}, none = {.sheet = "Othre"};
	const struct part instead[] = {
		{"xl/workbook.xml",
			WORKBOOK("",
				SHEET("Old", "state='hidden'", "b") SHEET("People", "", "a")
					SHEET("Other", "", "b") SHEET("Chart", "", "c"))},
		{"xl/worksheets/sheet1.xml",
			xlsx_sheet(desk.room, ROW(WORDS("id")) ROW(WORDS("p")), "")},
		{"xl/worksheets/sheet2.xml",
			xlsx_sheet(desk.room, ROW(WORDS("id")) ROW(WORDS("o")), "")}};
	xlsx_write(&desk, "a.xlsx", instead, 3);
	assert_string_equal(ids_of(&desk, "a.xlsx", NULL), "p ");
	assert_only(desk.room, DIAG_BOOK_SHEETS);
	assert_non_null(strstr(diags_at(desk.room->diags, 0)->text, "and not \"Other\","));
	diags_clear(desk.room->diags);
	assert_string_equal(ids_of(&desk, "a.xlsx", &other), "o ");
	assert_int_equal(diags_len(desk.room->diags), 0);
	assert_null(ids_of(&desk, "a.xlsx", &none));
	assert_only(desk.room, DIAG_BOOK_SHEET);
	assert_non_null(strstr(diags_at(desk.room->diags, 0)->hint, "\"People\", \"Other\""));
	diags_clear(desk.room->diags);
	scratch_write(&desk.scratch, "a.csv", "id\na\n");
	assert_null(ids_of(&desk, "a.csv", &other));
	assert_only(desk.room, DIAG_BOOK_NONE);
	diags_clear(desk.room->diags);
	xlsx_write(&desk, "a.xlsx", NULL, 0);
	assert_null(ids_of(&desk, "a.xlsx", NULL));
	assert_only(desk.room, DIAG_TABLE_EMPTY);
	scratch_free(&desk.scratch);
}

/* -- damage ------------------------------------------------------------------------------------ */

static void expect(struct desk *desk, enum diag_id id, const char *words)
{
	diags_clear(desk->room->diags);
	assert_null(ids_of(desk, "a.xlsx", NULL));
	assert_only(desk->room, id);
	if (!strstr(diags_at(desk->room->diags, 0)->text, words))
		fail_msg("\"%s\" does not say %s", diags_at(desk->room->diags, 0)->text, words);
}

#define GOOD_ROWS ROW(WORDS("id")) ROW(WORDS("a"))

static void a_part_that_is_wrong_is_named(void **state)
{
	static const struct {
		struct part part;
		enum diag_id id;
		const char *words;
	} rows[] = {{{"xl/workbook.xml", ""}, DIAG_BOOK_DAMAGED, "workbook.xml\" is missing"},
		{{"_rels/.rels", ""}, DIAG_TABLE_OTHER, "without a workbook"},
		{{"_rels/.rels", "<Relationships/>"}, DIAG_BOOK_DAMAGED, "which part"},
		{{"_rels/.rels",
			 "<Relationships><Relationship Id='r' Type='" RELATED
			 "/officeDocument' Target='../../../etc/passwd'/></Relationships>"},
			DIAG_BOOK_DAMAGED, "\"etc/_rels/passwd.rels\" is missing"},
		{{"_rels/.rels",
			 "<Relationships><Relationship Id='r' TargetMode='External' Type='" RELATED
			 "/officeDocument' Target='file:///etc/passwd'/></Relationships>"},
			DIAG_BOOK_DAMAGED, "which part"},
		{{"xl/_rels/workbook.xml.rels", ""}, DIAG_BOOK_DAMAGED, "is missing"},
		{{"xl/styles.xml", ""}, DIAG_BOOK_DAMAGED, "styles.xml\" is missing"},
		{{"xl/sharedStrings.xml", ""}, DIAG_BOOK_DAMAGED, "is missing"},
		{{"xl/worksheets/sheet1.xml", ""}, DIAG_BOOK_DAMAGED, "is missing"},
		{{"xl/worksheets/sheet1.xml", "<worksheet"}, DIAG_BOOK_DAMAGED, "well-formed"},
		{{"xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, DIAG_BOOK_DAMAGED,
			"document type"},
		{{"xl/sharedStrings.xml", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"},
			DIAG_BOOK_DAMAGED, "document type"},
		{{"xl/styles.xml", "<a>&nbsp;</a>"}, DIAG_BOOK_DAMAGED, "well-formed"},
		{{"xl/sharedStrings.xml", "<sst><si><t>a</t></sst>"}, DIAG_BOOK_DAMAGED,
			"well-formed"}};
	struct desk desk = desk_new(state);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_message("# %s: %s\n", rows[i].part.name, rows[i].part.text);
		xlsx_write(&desk, "a.xlsx", &rows[i].part, 1);
		expect(&desk, rows[i].id, rows[i].words);
	}
	scratch_free(&desk.scratch);
}

static void rows_that_are_wrong_are_said(void **state)
{
	static const struct {
		const char *rows;
		enum diag_id id;
		const char *words;
	} rows[] = {{"<row r='2'/><row r='2'/>", DIAG_BOOK_DAMAGED, "rows are out of order"},
		{GOOD_ROWS "<row r='1'>" WORDS("b") "</row>", DIAG_BOOK_DAMAGED, "out of order"},
		{GOOD_ROWS "<row r='1048577'/>", DIAG_BOOK_LIMIT, "1048576 rows"},
		{"<row><c r='B1'/><c r='A1'/></row>", DIAG_BOOK_DAMAGED, "cells of a row"},
		{"<row><c r='B1'/><c r='B1'/></row>", DIAG_BOOK_DAMAGED, "cells of a row"},
		{"<row><c r='B2'/></row>", DIAG_BOOK_DAMAGED, "cells of a row"},
		{"<row><c r='1'/></row>", DIAG_BOOK_DAMAGED, "cells of a row"},
		{"<row><c r='XFE1'/></row>", DIAG_BOOK_LIMIT, "16384 columns"},
		{"<row><c r='BDWGN1'/></row>", DIAG_BOOK_LIMIT, "16384 columns"},
		{GOOD_ROWS "<row><c><v>1</row>", DIAG_BOOK_DAMAGED, "well-formed"}};
	struct desk desk = desk_new(state);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_message("# %s\n", rows[i].rows);
		xlsx_of_rows(&desk, "a.xlsx", rows[i].rows);
		expect(&desk, rows[i].id, rows[i].words);
	}
	scratch_free(&desk.scratch);
}

/* No letter is made of a part of a file: wherever it ends, that is said. */
static void a_file_that_is_cut_off_gives_nothing(void **state)
{
	struct desk desk = desk_new(state);
	xlsx_of_rows(&desk, "whole.xlsx", GOOD_ROWS);
	struct str whole = read_bytes(desk.room->arena, scratch_path(&desk.scratch, "whole.xlsx"));
	for (int len = 4; len < whole.len - 1; len += 1 + len / 40) {
		FILE *file = fopen(scratch_path(&desk.scratch, "a.xlsx"), "wb");
		fwrite(whole.at, 1, (size_t)len, file);
		fclose(file);
		diags_clear(desk.room->diags);
		if (ids_of(&desk, "a.xlsx", NULL) || !diags_failed(desk.room->diags))
			fail_msg("of %d bytes %d are a workbook", whole.len, len);
	}
	scratch_free(&desk.scratch);
}

/* A bit that is wrong in a part's bytes is found by its checksum, or it changes nothing that is
 * read. */
static void a_byte_that_is_wrong_changes_no_word(void **state)
{
	struct desk desk = desk_new(state);
	xlsx_of_rows(&desk, "whole.xlsx", GOOD_ROWS);
	struct str whole = read_bytes(desk.room->arena, scratch_path(&desk.scratch, "whole.xlsx"));
	int refused = 0;
	for (int at = 4; at < whole.len; at += 7) {
		struct str bytes = str_copy(desk.room->arena, whole);
		char *changed = str_chars(desk.room->arena, bytes);
		changed[at] ^= 0x10;
		FILE *file = fopen(scratch_path(&desk.scratch, "a.xlsx"), "wb");
		fwrite(changed, 1, (size_t)whole.len, file);
		fclose(file);
		diags_clear(desk.room->diags);
		const char *ids = ids_of(&desk, "a.xlsx", NULL);
		refused += !ids;
		if (ids ? strcmp(ids, "a ") != 0 : !diags_failed(desk.room->diags))
			fail_msg("byte %d: %s", at, ids ? ids : "nothing is said");
	}
	assert_true(refused > 20);
	scratch_free(&desk.scratch);
}

/* Encrypted by Office: another kind of file, whose list of streams stands in its second sector. */
static void a_workbook_that_is_encrypted_is_said(void **state)
{
	static const char stream[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
	struct desk desk = desk_new(state);
	char bytes[2048] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
	bytes[30] = 9;
	bytes[48] = 1;
	for (int locked = 0; locked < 2; locked++) {
		memcpy(bytes + 1024 + 256, stream, locked ? sizeof stream : 4);
		FILE *file = fopen(scratch_path(&desk.scratch, "a.xlsx"), "wb");
		fwrite(bytes, 1, sizeof bytes, file);
		fclose(file);
		expect(&desk, locked ? DIAG_BOOK_LOCKED : DIAG_TABLE_OTHER,
			locked ? "encrypted" : ".xls");
	}
	scratch_free(&desk.scratch);
}

static void other_zips_are_said_by_name(void **state)
{
	static const char *const rows[][2] = {{"xl/workbook.bin", ".xlsb"},
		{"word/document.xml", ".docx"}, {"ppt/presentation.xml", ".pptx"},
		{"readers.csv", "without a workbook"}};
	struct desk desk = desk_new(state);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct zip_part part = {rows[i][0], str_lit("x")};
		zip_write(scratch_path(&desk.scratch, "a.xlsx"), &part, 1, false);
		expect(&desk, DIAG_TABLE_OTHER, rows[i][1]);
	}
	zip_write(scratch_path(&desk.scratch, "a.xlsx"), NULL, 0, false);
	expect(&desk, DIAG_BOOK_DAMAGED, "its zip");
	scratch_free(&desk.scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(a_cell_is_what_the_sheet_shows),
		room_test(a_cell_that_is_none_is_said),
		room_test(what_a_format_adds_is_said),
		room_test(what_a_format_does_not_show_is_said),
		room_test(days_may_be_counted_from_1904),
		room_test(a_0_that_nobody_computed_is_no_value),
		room_test(what_no_field_takes_is_not_looked_at),
		room_test(a_sheet_says_what_its_csv_says),
		room_test(remarks_beside_the_table_are_said),
		room_test(rows_of_one_id_are_joined),
		room_test(rows_that_are_hidden_are_said),
		room_test(merged_cells_are_said),
		room_test(a_title_above_the_header_is_said),
		room_test(sheets_are_chosen),
		room_test(a_part_that_is_wrong_is_named),
		room_test(rows_that_are_wrong_are_said),
		room_test(a_workbook_that_is_encrypted_is_said),
		room_test(other_zips_are_said_by_name),
		room_test(a_file_that_is_cut_off_gives_nothing),
		room_test(a_byte_that_is_wrong_changes_no_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
