/* What other programs leave in values is found, and what people are called is not. */
#include "base/arena.h"
#include "letter/debris.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

struct row {
	const char *text, *found;
};

static void finds(const struct row *rows, size_t count, const char *what)
{
	for (size_t i = 0; i < count; i++) {
		struct debris debris;
		if (!debris_find(str_of(rows[i].text), false, &debris))
			fail_msg("nothing in \"%s\"", rows[i].text);
		if (!str_is(debris.words, rows[i].found) || !strstr(debris.what, what))
			fail_msg("\"%s\" gave \"%.*s\", %s", rows[i].text, str_arg(debris.words),
				debris.what);
	}
}
#define finds_all(rows, what) finds(rows, sizeof(rows) / sizeof *(rows), what)

static void finds_errors_of_spreadsheets(void **state)
{
	static const struct row rows[] = {{"#N/A", "#N/A"}, {"#REF!", "#REF!"},
		{"#DIV/0!", "#DIV/0!"}, {"Dear #NAME?,", "#NAME?"}, {"#VALUE! Leeds", "#VALUE!"},
		{"#SPILL!", "#SPILL!"}, {"#NV", "#NV"}, {"#BEZUG!", "#BEZUG!"},
		{"Frau #WERT!", "#WERT!"}, {"#ÜBERLAUF!", "#ÜBERLAUF!"}, {"#VALEUR!", "#VALEUR!"},
		{"#NOM?", "#NOM?"}, {"#N/D", "#N/D"}, {"#¡VALOR!", "#¡VALOR!"},
		{"#¿NOMBRE?", "#¿NOMBRE?"}, {"#RIF!", "#RIF!"}, {"#NÚM!", "#NÚM!"},
		{"#WAARDE!", "#WAARDE!"}, {"#I/T", "#I/T"}, {"#VÄRDEFEL!", "#VÄRDEFEL!"},
		{"#PUUTTUU!", "#PUUTTUU!"}, {"#N/D!", "#N/D!"}, {"#ČÍSLO!", "#ČÍSLO!"},
		{"#HIÁNYZIK", "#HIÁNYZIK"}, {"#SAYI/0!", "#SAYI/0!"}, {"#Н/Д", "#Н/Д"},
		{"#ССЫЛКА!", "#ССЫЛКА!"}, {"Err:502", "Err:502"}, {"Fehler:508", "Fehler:508"},
		{"1 High St\n#N/A\nLeeds", "#N/A"}};
	static const struct row hashes[] = {
		{"########", "########"}, {"##", "##"}, {"Weg 1\n#####\nBerlin", "#####"}};
	static const struct row formulas[] = {{"=VLOOKUP(A2,B:C,2,0)", "=VLOOKUP(A2,B:C,2,0)"},
		{"=SVERWEIS(A2;B:C;2)", "=SVERWEIS(A2;B:C;2)"},
		{"=CONCAT(A1,B1)", "=CONCAT(A1,B1)"}};
	(void)state;
	finds_all(rows, "error of a spreadsheet");
	finds_all(hashes, "too narrow");
	finds_all(formulas, "formula");
}

static void finds_what_programs_write_for_nothing(void **state)
{
	static const struct row rows[] = {{"NULL", "NULL"}, {"null", "null"}, {"Null", "Null"},
		{"None", "None"}, {"NaN", "NaN"}, {"nan", "nan"}, {"NaT", "NaT"},
		{"undefined", "undefined"}, {"nil", "nil"}, {"<null>", "<null>"},
		{"(null)", "(null)"}, {"[NULL]", "[NULL]"}, {"\\N", "\\N"},
		{"12 Rue Haute\nNULL\nLyon", "NULL"}, {"Weg 1\n\u00A0None\u00A0\nBonn", "None"}};
	static const struct row objects[] = {{"[object Object]", "[object Object]"},
		{"Dear [object Object],", "[object Object]"},
		{"[object HTMLElement]", "[object HTMLElement]"}};
	static const struct row dates[] = {{"0001-01-01", "0001-01-01"},
		{"1899-12-30T00:00:00", "1899-12-30T00:00:00"},
		{"30/12/1899 00:00", "30/12/1899 00:00"}, {"0000-00-00", "0000-00-00"},
		{"00/01/1900", "00/01/1900"}, {"1900-01-01", "1900-01-01"},
		{"1/1/1900", "1/1/1900"}, {"31.12.9999", "31.12.9999"},
		{"12/31/9999 12:00:00 AM", "12/31/9999 12:00:00 AM"},
		{"1753-01-01T00:00:00", "1753-01-01T00:00:00"}};
	static const struct row numbers[] = {{"4.47777E+11", "4.47777E+11"},
		{"4,47777E+11", "4,47777E+11"}, {"1E+05", "1E+05"}, {"-1.2e-07", "-1.2e-07"},
		{"9.78014E12", "9.78014E12"}, {"1 High St\n4.4E+11", "4.4E+11"}};
	(void)state;
	finds_all(dates, "no date");
	finds_all(numbers, "lost digits");
	finds_all(rows, "no value");
	finds_all(objects, "object");
}

static void finds_characters_of_other_languages(void **state)
{
	static const struct row entities[] = {{"Smith &amp; Sons", "&amp;"},
		{"O&#8217;Neill", "&#8217;"}, {"L&#x2019;Hay", "&#x2019;"},
		{"M&uuml;ller", "&uuml;"}, {"Pe&ntilde;a", "&ntilde;"}, {"&nbsp;", "&nbsp;"},
		{"Fran&ccedil;ois", "&ccedil;"}, {"&lt;p&gt;", "&lt;"}};
	static const struct row elements[] = {{"<b>Ann</b><br>", "<b>"},
		{"1 High St<br/>", "<br/>"}, {"</p>", "</p>"}, {"<P>Bonjour", "<P>"},
		{"<font color=\"red\">Achtung", "<font color=\"red\">"},
		{"<a href=\"https://a.example/\">ici</a>", "<a href=\"https://a.example/\">"},
		{"x <!-- y", "<!--"}, {"<span lang='de'>Straße", "<span lang='de'>"}};
	static const struct row workbook[] = {{"one_x000D_two", "_x000D_"},
		{"uno_x000d_", "_x000d_"}, {"eins_x0009_zwei", "_x0009_"}};
	static const struct row escapes[] = {{"Zo\\u00eb", "\\u00eb"}, {"M\\xfcller", "\\xfc"},
		{"1 High St\\nLeeds", "\\n"}, {"Weg 1\\r\\nbei Meier", "\\r\\n"},
		{"Calle 1\\n", "\\n"}};
	static const struct row blanks[] = {{"Ann%20Lee", "%20"}, {"Jos\u00E9%20P\u00E9rez", "%20"},
		{"Frau%20M\u00FCller", "%20"}};
	static const struct row mail[] = {{"=?UTF-8?Q?Zo=C3=AB?=", "=?UTF-8?Q?"},
		{"=?iso-8859-1?b?TfxsbGVy?=", "=?iso-8859-1?b?"}};
	(void)state;
	finds_all(entities, "web pages");
	finds_all(elements, "element of a web page");
	finds_all(workbook, "workbooks");
	finds_all(escapes, "programs write it");
	finds_all(blanks, "addresses of the web");
	finds_all(mail, "mail");
}

static void finds_lost_characters(void **state)
{
	static const struct row rows[] = {{"Zo\uFFFD Lee", "Zo\uFFFD"},
		{"M\uFFFDller", "M\uFFFDller"},
		{"rue de l\uFFFD\u00E9glise", "l\uFFFD\u00E9glise"}};
	(void)state;
	finds_all(rows, "U+FFFD");
}

/* What a code page makes of a name: "?" for each letter that it lacks. */
static struct str lose(struct arena *arena, const char *name)
{
	struct buf out = {0};
	for (int at = 0; name[at];) {
		int from = at;
		uint32_t c = utf8_next(str_of(name), &at);
		if (c < 0x100)
			buf_str(&out, str_slice(str_of(name), from, at));
		else
			buf_char(&out, '?');
	}
	struct str lost = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return lost;
}

static void finds_letters_that_a_code_page_lacks(void **state)
{
	static const char *const names[] = {"Gruffŷdd ap Llŷr", "Ŷnyr Môn", "Tŵm", "Tŷ Gwyn",
		"Siân Ŵyn-Jones", "Dafydd-Ŵyn", "Łódź", "Erdős Pál", "Dvořák", "Çağla", "İzmir",
		"Đorđević", "“Ŵyn”", "ŁÓDŹ", "Москва", "Wałęsa", "Ștefan", "Λάρισα", "Żółć",
		"O’Ŵyn", "Anna Ś. Ąbc"};
	static const char *const lines[] = {"Tŷ", "Heol y Tŷ", "1 Tŷ Mawr", "Pen-y-tŷ, Môn"};
	struct arena *arena = arena_new();
	struct debris debris;
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct str lost = lose(arena, names[i]);
		if (debris_find(str_of(names[i]), true, &debris))
			fail_msg("\"%s\" is sound", names[i]);
		if (!debris_find(lost, false, &debris) || !strstr(debris.what, "encoding"))
			fail_msg("nothing in \"%.*s\"", str_arg(lost));
	}
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct str lost = lose(arena, lines[i]);
		if (debris_find(str_of(lines[i]), true, &debris) ||
			!debris_find(lost, true, &debris))
			fail_msg("\"%.*s\" in an address", str_arg(lost));
	}
	arena_free(arena);
}

static void leaves_questions_alone(void **state)
{
	static const char *const questions[] = {"Who comes?", "Coming? Yes", "Coming?Yes",
		"Really?!", "“Really?” she said", "«Vraiment ?»", "¿Cómo está?", "Τι;", "本当?はい",
		"https://a.example/?q=1", "a.example/x?y", "www.example.org/?Ann", "?", "Ann?",
		"vitamin C?", "is it 5?6", "(sic?)", "what?—nothing", "O'Neill?", "why?)",
		"Was?\nDas"};
	(void)state;
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
		struct debris debris;
		if (debris_find(str_of(questions[i]), false, &debris))
			fail_msg("\"%s\": \"%.*s\", %s", questions[i], str_arg(debris.words),
				debris.what);
	}
}

/* What each is in UTF-8 is read as Windows-1252 here, as the programs do that spoil it. */
static struct str spoil(struct arena *arena, const char *text)
{
	static const uint16_t windows[32] = {0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020,
		0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018,
		0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
		0x0153, 0x9D, 0x017E, 0x0178};
	struct buf out = {0};
	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;
		char bytes[4];
		uint32_t c = byte >= 0x80 && byte < 0xA0 ? windows[byte - 0x80] : byte;
		buf_put(&out, bytes, (size_t)utf8_encode(c, bytes));
	}
	struct str spoilt = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return spoilt;
}

/* As DOS (850) and a Mac wrote them, read as Windows-1252. */
static void finds_letters_of_other_code_pages(void **state)
{
	static const struct row rows[] = {{"Ren\u201A", "Ren\u201A"}, {"No\u2030l", "No\u2030l"},
		{"Fran\u2021ois Leroy", "Fran\u2021ois"}, {"Inigo Lo\u00A2pez", "Lo\u00A2pez"},
		{"ma\u00A4ana", "ma\u00A4ana"}, {"Citro\u0160n", "Citro\u0160n"},
		{"Ir\u017Dne", "Ir\u017Dne"}, {"Zo\u2030", "Zo\u2030"}};
	(void)state;
	finds_all(rows, "another encoding");
}

static void finds_words_of_a_wrong_encoding(void **state)
{
	static const char *const words[] = {"Zoë", "José", "Müller", "François", "Peña", "Ångström",
		"Ørsted", "ÉCOLE", "GÖTEBORG", "à la carte", "São Paulo", "Ærø", "naïve", "it’s",
		"“so”", "1–2", "£5", "25 °C", "€ 12", "Łódź", "Kraków", "wodą", "Dvořák",
		"București", "Țăndărei", "Erdős", "İstanbul", "Şişli", "Αθήνα", "Москва", "Київ",
		"תל אביב", "القاهرة", "東京", "王", "서울", "กรุงเทพ", "दिल्ली", "😀", "Hà Nội",
		"Đặng", "×2", "½", "Straße", "Dún Laoghaire", "Þór", "\uFEFFid", "voilà",
		"là\u00A0bas"};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct str once = spoil(arena, words[i]), twice = spoil(arena, once.at), run;
		struct debris debris;
		if (!debris_find(once, false, &debris) || !mojibake_find(once, &run))
			fail_msg("\"%s\", spoilt: \"%s\"", words[i], once.at);
		if (!mojibake_find(twice, &run))
			fail_msg("\"%s\", spoilt twice: \"%s\"", words[i], twice.at);
	}
	arena_free(arena);
}

/* Of people, streets, firms and sentences, with all that looks like debris and is none. */
static const char *const real[] = {
#include "real_values.h"
};

static void leaves_real_values_alone(void **state)
{
	enum { COUNT = sizeof real / sizeof *real };
	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		struct debris debris;
		if (debris_find(str_of(real[i]), false, &debris))
			fail_msg("\"%s\": \"%.*s\", %s", real[i], str_arg(debris.words),
				debris.what);
	}
}

/* What takes the square of a text's length would not end here before the suite's time does. */
static void a_long_value_takes_no_longer_than_its_length(void **state)
{
	static const char *const pieces[] = {"1?", "a/?b", "<b ", "<b ? ", "&a", "\\a", "=?", "#A",
		"[object ", "%20", "\xC3\x82", "https://a.example/?a=b "};
	struct debris debris;
	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct buf text = {0};
		while (text.len < 4000000)
			buf_str(&text, str_of(pieces[i]));
		debris_find(buf_text(&text), false, &debris);
		debris_find(buf_text(&text), true, &debris);
		buf_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_errors_of_spreadsheets),
		cmocka_unit_test(finds_what_programs_write_for_nothing),
		cmocka_unit_test(finds_characters_of_other_languages),
		cmocka_unit_test(finds_lost_characters),
		cmocka_unit_test(finds_letters_that_a_code_page_lacks),
		cmocka_unit_test(leaves_questions_alone),
		cmocka_unit_test(finds_letters_of_other_code_pages),
		cmocka_unit_test(finds_words_of_a_wrong_encoding),
		cmocka_unit_test(leaves_real_values_alone),
		cmocka_unit_test(a_long_value_takes_no_longer_than_its_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
