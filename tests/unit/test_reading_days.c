/* Days and times as people's files hold them, and what each means: by itself, by its declaration,
 * by the letter's language. */
#include "reading.h"

#include <unicode/ucal.h>

static void dates_by_themselves(void **state)
{
	(void)state;
#define YEAR "no: its year does not have four digits"
	static const struct row rows[] = {
		{"2024-05-07", "7 May 2024"},
		{"2024-5-7", "7 May 2024"},
		{"2024/05/07", "7 May 2024"},
		{"2024.05.07.", "7 May 2024"},
		{"2024-05-07 00:00:00", "7 May 2024"},
		{"2024-05-07T00:00:00Z", "7 May 2024"},
		{"2024-05-07T00:00:00.000+02:00", "7 May 2024"},
		{"2024-05-07 00:00", "7 May 2024"},
		{"31.12.2025", "31 December 2025"},
		{"31. 12. 2025", "31 December 2025"},
		{"31/12/2025", "31 December 2025"},
		{"12/31/2025", "31 December 2025"},
		{"12-31-2025 00:00", "31 December 2025"},
		{"06.06.2025", "6 June 2025"},
		{"29.02.2024", "29 February 2024"},
		{"05/06/2025", "5 June 2025 or 6 May 2025"},
		{"5.6.2025", "5 June 2025 or 6 May 2025"},
		{"7 May 2024", "7 May 2024"},
		{"May 7, 2024", "7 May 2024"},
		{"7th of May 2024", "7 May 2024"},
		{"7-May-2024", "7 May 2024"},
		{"2024 May 7", "7 May 2024"},
		{"7 SEPT. 2024", "7 September 2024"},
		{"2024\u5E745\u67087\u65E5", "7 May 2024"},
		{"2024\uB144 5\uC6D4 7\uC77C", "7 May 2024"},
		{"\u0662\u0660\u0662\u0664-\u0660\u0665-\u0660\u0667", "7 May 2024"},
		{"5/13/2024 12:00:00 AM", "13 May 2024"},
		{"May 7, 2024 12:00 a.m.", "7 May 2024"},
		{"5/13/2024 0:00:00 AM", "13 May 2024"},
		{"5/13/2024 12:00:00 PM", "no: it has a time of the day"},
		{"5/13/2024 12:00", "no: it has a time of the day"},
		{"5/13/2024 1:00 AM", "no: it has a time of the day"},
		{"2024-05-07 14:30:00", "no: it has a time of the day"},
		{"2024-05-07T09:00:00Z", "no: it has a time of the day"},
		{"2023-02-29", "no: there is no such day"},
		{"31.04.2024", "no: there is no such day"},
		{"30 February 2024", "no: there is no such day"},
		{"2024-13-45", "no: there is no such day"},
		{"07.05.24", YEAR},
		{"5/6/25", YEAR},
		{"7 May 24", YEAR},
		{"7 May", "no: it lacks the day or the year"},
		{"May 2024", "no: it lacks the day or the year"},
		{"45419", "no: it is the number by which a spreadsheet counts days"},
		{"20240507", "no: nothing divides day, month and year"},
		{"tomorrow", "no"},
		{"", "no"},
		{"2024-05", "no"},
		{"7 Mai May 2024", "no"},
		{"2024-05-07-01", "no"},
		{"May", "no"},
		{"7 Foo 2024", "no"},
	};
	check(rows, "en-GB", VALUE_DATE);
}

static void months_by_their_names(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *text, *told;
	} rows[] = {
		{"de", "7. Mai 2024", "7 May 2024"},
		{"de", "1. M\u00E4rz 2024", "1 March 2024"},
		{"de", "1. Maerz 2024", "no"},
		{"de-AT", "3. J\u00E4nner 2024", "3 January 2024"},
		{"fr", "1er ao\u00FBt 2024", "1 August 2024"},
		{"fr", "7 f\u00E9vr. 2024", "7 February 2024"},
		{"fr", "7 FEVRIER 2024", "7 February 2024"},
		{"es", "7 de mayo de 2024", "7 May 2024"},
		{"pt", "7 de maio de 2024", "7 May 2024"},
		{"pl", "7 maja 2024", "7 May 2024"},
		{"pl", "7 maj 2024", "7 May 2024"},
		{"cs", "7. kv\u011Btna 2024", "7 May 2024"},
		{"cy", "7 Mai 2024", "7 May 2024"},
		{"ga", "7 Me\u00E1n F\u00F3mhair 2024", "7 September 2024"},
		{"hu", "2024. m\u00E1jus 7.", "7 May 2024"},
		{"ru", "7 \u043C\u0430\u044F 2024 \u0433.", "7 May 2024"},
		{"el", "7 \u039C\u03B1\u0390\u03BF\u03C5 2024", "7 May 2024"},
		{"ca", "7 d\u2019octubre de 2024", "7 October 2024"},
		{"ar", "\u0667 \u0645\u0627\u064A\u0648 \u0662\u0660\u0662\u0664", "7 May 2024"},
		{"de", "May 7, 2024", "7 May 2024"},
		{"en", "7. Mai 2024", "no"},
		{"de", "7 mayo 2024", "no"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_rows(&(struct row){rows[i].text, rows[i].told}, 1, rows[i].lang,
			&(struct declared){VALUE_DATE});
	check_rows(&(struct row){"7. Mai 2024", "7 May 2024"}, 1, "",
		&(struct declared){VALUE_DATE, .lang = str_lit("de")});
	/* Where a language has no data it is not that of the environment that is asked. */
	UErrorCode status = U_ZERO_ERROR;
	uloc_setDefault("de_DE", &status);
	check_rows(&(struct row){"7. Mai 2024", "no"}, 1, "tlh", &(struct declared){VALUE_DATE});
	check_rows(&(struct row){"7 Sep 2024", "7 September 2024"}, 1, "tlh",
		&(struct declared){VALUE_DATE});
	uloc_setDefault("en_US", &status);
}

static void days_of_the_week(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *text, *told;
	} rows[] = {
		{"en-GB", "Tuesday 7 May 2024", "7 May 2024"},
		{"en-GB", "Tue, 7 May 2024", "7 May 2024"},
		{"en-GB", "TUESDAY, May 7, 2024", "7 May 2024"},
		{"en-GB", "2024-05-07 (Tue)", "7 May 2024"},
		{"en-GB", "7 May 2024, Tuesday", "7 May 2024"},
		{"eo", "mardo, 7-a de majo 2024", "7 May 2024"},
		{"eo", "mardo, la 7-a de Majo 2024", "7 May 2024"}, /* of ICU 76 */
		{"en-GB", "Tuesday 2024-05-07 00:00:00", "7 May 2024"},
		{"en-GB", "Monday 7 May 2024", "no: that day is a Tuesday"},
		{"en-GB", "Sun 1 January 2023", "1 January 2023"},
		{"en-GB", "Sat 1 January 1600", "1 January 1600"},
		{"en-GB", "Mon 2023-01-01", "no: that day is a Sunday"},
		{"en-GB", "Thursday 05/06/2025", "5 June 2025"},
		{"en-GB", "Tuesday 05/06/2025", "6 May 2025"},
		{"en-GB", "Friday 05/06/2025", "no: neither day that it can be is of that name"},
		{"en-GB", "Monday 30 February 2024", "no: there is no such day"},
		{"en-GB", "Sunday Sunday 5 May 2024", "no"},
		{"en-GB", "Tuesday Tuesday 7 May 2024", "no"},
		{"en-GB", "7 Tuesday May 2024", "no"},
		{"en-GB", "Tuesdays 7 May 2024", "no"},
		{"en-GB", "Tuesday", "no"},
		{"en-GB", "Someday 7 May 2024", "no"},
		{"de", "Dienstag, 7. Mai 2024", "7 May 2024"},
		{"de", "Di., 7. Mai 2024", "7 May 2024"},
		{"de", "Mi 07.05.2024", "no: neither day that it can be is of that name"},
		{"de", "Di 07.05.2024", "7 May 2024"},
		{"fr", "mardi 7 mai 2024", "7 May 2024"},
		{"fr", "lundi 7 mai 2024", "no: that day is a Tuesday"},
		{"cy", "Dydd Mawrth 7 Mai 2024", "7 May 2024"},
		{"ga", "D\u00E9 M\u00E1irt 7 Bealtaine 2024", "7 May 2024"},
		{"pt", "ter\u00E7a-feira, 7 de maio de 2024", "7 May 2024"},
		{"pt", "segunda-feira, 7 de maio de 2024", "no: that day is a Tuesday"},
		{"es", "martes, 7 de mayo de 2024", "7 May 2024"},
		{"it", "marted\u00EC 7 maggio 2024", "7 May 2024"},
		{"pl", "wtorek, 7 maja 2024", "7 May 2024"},
		{"ru",
			"\u0432\u0442\u043E\u0440\u043D\u0438\u043A, 7 \u043C\u0430\u044F 2024 "
			"\u0433.",
			"7 May 2024"},
		{"ja", "2024\u5E745\u67087\u65E5(\u706B)", "7 May 2024"},
		{"ja", "2024\u5E745\u67087\u65E5(\u6708)", "no: that day is a Tuesday"},
		{"hu", "2024. m\u00E1jus 7., kedd", "7 May 2024"},
		{"vi", "Th\u1EE9 Ba, 07/05/2024", "7 May 2024"},
		{"en", "Dienstag, 7 May 2024", "no"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_rows(&(struct row){rows[i].text, rows[i].told}, 1, rows[i].lang,
			&(struct declared){VALUE_DATE});
	check_rows(&(struct row){"Di, 05.06.2025", "no: that day is a Thursday"}, 1, "de",
		&(struct declared){VALUE_DATE, .pattern = str_lit("E, dd.MM.yyyy")});
	check_rows(&(struct row){"Donnerstag, 05.06.2025", "5 June 2025"}, 1, "de",
		&(struct declared){VALUE_DATE, .pattern = str_lit("EEEE, dd.MM.yyyy")});
	check_rows(&(struct row){"05.06.2025", "no"}, 1, "de",
		&(struct declared){VALUE_DATE, .pattern = str_lit("EEEE, dd.MM.yyyy")});
}

/* What letters of forty languages print in full, with the day of the week, is read. */
static void dates_in_full(void **state)
{
	(void)state;
	static const char *const langs[] = {"af", "bg", "ca", "cs", "cy", "da", "de", "el", "en-GB",
		"en-US", "eo", "es", "et", "fi", "fr", "fy", "ga", "gl", "hr", "hu", "id", "is",
		"it", "ja", "ko", "lb", "lt", "mk", "ms", "nb", "nl", "nn", "pl", "pt", "rm", "ro",
		"ru", "sk", "sl", "sq", "sr", "sv", "sw", "tr", "uk", "zh"};
	struct locales *locales = locales_new();
	int read = 0;
	for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
		const struct day day = {2024, 5, 7};
		struct str lang = str_of(langs[i]);
		struct str text = day_text(arena, locales, day, DATE_WEEKDAY, lang);
		struct str is = told(text.at, langs[i], &(struct declared){VALUE_DATE});
		if (!str_is(is, "7 May 2024"))
			print_message("# %s: \"%s\": %s\n", langs[i], text.at, is.at);
		read += str_is(is, "7 May 2024");
	}
	locales_free(locales);
	assert_int_equal(read, sizeof langs / sizeof *langs);
}

static void dates_by_a_declared_format(void **state)
{
	(void)state;
#define FORMAT "no"
	static const struct {
		const char *pattern, *text, *told;
	} rows[] = {
		{"dd.MM.yyyy", "05.06.2025", "5 June 2025"},
		{"dd.MM.yyyy", "5.6.2025", "5 June 2025"},
		{"MM/dd/yyyy", "05/06/2025", "6 May 2025"},
		{"d/M/y", "5/6/2025", "5 June 2025"},
		{"dd.MM.yy", "05.06.25", "5 June 2025"},
		{"dd.MM.yy", "05.06.48", "5 June 1948"},
		{"dd.MM.yy", "05.06.43", "5 June 2043"},
		{"yyyyMMdd", "20250605", "5 June 2025"},
		{"y\u5E74M\u6708d\u65E5", "2025\u5E746\u67085\u65E5", "5 June 2025"},
		{"y\u5E74M\u6708d\u65E5", "2025\u5E706\u67085\u65E5", "no"},
		{"ddMMyy", "050625", "5 June 2025"},
		{"d MMMM yyyy", "5 June 2025", "5 June 2025"},
		{"d. MMM yyyy", "5. Juni 2025", "5 June 2025"},
		{"d 'de' MMMM 'de' y", "5 de May de 2025", "5 May 2025"},
		{"dd.MM.yyyy", "2025-06-05", "5 June 2025"},
		{"dd.MM.yyyy", "05/06/2025", FORMAT},
		{"dd.MM.yyyy", "05.06.25", FORMAT},
		{"dd.MM.yy", "05.06.2025", FORMAT},
		{"yyyyMMdd", "2025065", FORMAT},
		{"dd.MM.yyyy", "05.06.2025 x", FORMAT},
		{"dd.MM.yyyy", "2025-06-05 00:00:00", "5 June 2025"},
		{"dd.MM.yyyy", "05.06.2025 00:00:00", "5 June 2025"},
		{"MM/dd/yyyy", "05/06/2025 12:00:00 AM", "6 May 2025"},
		{"dd.MM.yyyy", "05.06.2025 09:00", "no: it has a time of the day"},
		{"dd.MM.yyyy", "30.02.2025", "no: there is no such day"},
		{"MM/dd/yyyy", "31/12/2025", "no: there is no such day"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_rows(&(struct row){rows[i].text, rows[i].told}, 1, "de",
			&(struct declared){
				VALUE_DATE, .pattern = str_of(rows[i].pattern), .year = 2024});
}

/* Where dates are of another calendar than the Gregorian one files have both: the year says which,
 * and the name of a month. Days are those of the calendars' own tables: Nowruz 1403 was 20 March
 * 2024, 1 Muharram 1446 was 7 July 2024, the Buddhist era is 543 years ahead. */
static void dates_of_other_calendars(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *text, *told;
	} rows[] = {
		{"fa", "1403/01/01", "20 March 2024"},
		{"fa", "01/01/1403", "20 March 2024"},
		{"fa", "\u06F1\u06F4\u06F0\u06F3/\u06F0\u06F1/\u06F0\u06F1", "20 March 2024"},
		{"fa", "31/02/1403", "20 May 2024"},
		{"fa", "1403-12-30", "20 March 2025"},
		{"fa", "1402-12-30", "no: there is no such day"},
		{"fa", "1403/07/31", "no: there is no such day"},
		{"fa", "05/06/1403", "26 August 2024 or 27 July 2024"},
		{"fa", "1 \u0641\u0631\u0648\u0631\u062F\u06CC\u0646 1403", "20 March 2024"},
		{"fa", "2024-05-07", "7 May 2024"},
		{"fa", "1961-03-21", "21 March 1961"},
		{"fa", "1340-01-01", "21 March 1961"},
		{"fa", "7 May 2024", "7 May 2024"},
		{"ps", "1403/01/01", "20 March 2024"},
		{"fa-u-ca-gregory", "1403/01/01", "1 January 1403"},
		{"th", "7/5/2567", "7 May 2024 or 5 July 2024"},
		{"th", "25/5/2567", "25 May 2024"},
		{"th", "2567-05-07", "7 May 2024"},
		{"th", "7 May 2567", "7 May 2024"},
		{"th", "29/02/2567", "29 February 2024"},
		{"th", "29/02/2566", "no: there is no such day"},
		{"th", "2024-05-07", "7 May 2024"},
		{"en-TH", "25/5/2567", "25 May 2024"},
		{"en-GB", "25/5/2567", "25 May 2567"},
		{"en-GB", "1403/02/18", "18 February 1403"},
		{"ja", "1403/02/18", "18 February 1403"},
		{"ar-SA-u-ca-umalqura", "1446/01/01", "7 July 2024"},
		{"ar-SA-u-ca-umalqura", "2024-05-07", "7 May 2024"},
		{"ar-EG", "1446/01/01", "1 January 1446"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row row = {rows[i].text, rows[i].told};
		check_rows(&row, 1, rows[i].lang, &(struct declared){VALUE_DATE, .year = 2024});
		check_rows(&row, 1, "",
			&(struct declared){VALUE_DATE, .lang = str_of(rows[i].lang), .year = 2024});
	}
	check_rows(&(struct row){"1403.02.18", "7 May 2024"}, 1, "fa",
		&(struct declared){VALUE_DATE, .pattern = str_lit("yyyy.MM.dd"), .year = 2024});
	check_rows(&(struct row){"03/02/18",
			   "no: two digits of a year do not say of which calendar it is"},
		1, "fa",
		&(struct declared){VALUE_DATE, .pattern = str_lit("yy/MM/dd"), .year = 2024});
}

/* Of every language and country that ICU has, the calendar is asked. */
static void all_other_calendars_are_known(void **state)
{
	(void)state;
	int count = 0;
	for (int32_t i = 0; i < uloc_countAvailable(); i++) {
		char tag[64];
		UErrorCode status = U_ZERO_ERROR;
		uloc_toLanguageTag(uloc_getAvailable(i), tag, sizeof tag, false, &status);
		UCalendar *calendar = ucal_open(
			NULL, 0, uloc_getAvailable(i), UCAL_DEFAULT, &status);
		if (strcmp(ucal_getType(calendar, &status), "gregorian") != 0) {
			print_message("# %s: %s\n", tag, ucal_getType(calendar, &status));
			struct str year = told("2567-05-07", tag, &(struct declared){VALUE_DATE});
			struct str old = told("1403-05-07", tag, &(struct declared){VALUE_DATE});
			bool meant = str_is(old, "7 May 1403") != str_is(year, "7 May 2567");
			if (!meant)
				fail_msg("%s: %s, %s", tag, year.at, old.at);
			count++;
		}
		ucal_close(calendar);
	}
	assert_true(count > 3);
}

static void formats_that_are_none(void **state)
{
	(void)state;
	static const char *const good[] = {"dd.MM.yyyy", "d/M/y", "yy-MM-dd", "d 'of' MMMM, yyyy",
		"yyyy\u5E74M\u6708d\u65E5", "d''M''y"};
	static const char *const bad[] = {"", "dd.MM", "DD.MM.YYYY", "dd.mm.yyyy",
		"dd.MM.yyyy HH:mm", "dd.dd.yyyy", "ddd.MM.yyyy", "d 'of MMMM y", "dd.MMMMM.yyyy",
		"dd.MM.yyy", "date"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(date_pattern_fits(str_of(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(date_pattern_fits(str_of(bad[i])));
	assert_true(date_pattern_is_short(str_lit("yy-MM-dd")));
	assert_false(date_pattern_is_short(str_lit("y-MM-'yy'dd")));
}

static void times_of_the_day(void **state)
{
	(void)state;
#define HALF "no: an hour of a.m. or p.m. is from 1 to 12"
	static const struct row rows[] = {{"14:30", "14:30"}, {"9:05", "09:05"}, {"14.30", "14:30"},
		{"14h30", "14:30"}, {"14:30:00", "14:30"}, {"14:30:05", "14:30:05"},
		{"2:30 pm", "14:30"}, {"2.30 p.m.", "14:30"}, {"9am", "09:00"}, {"12 am", "00:00"},
		{"12 PM", "12:00"}, {"12:15 AM", "00:15"}, {"14:30 Uhr", "14:30"},
		{"14:30 x", "no"}, {"\u0661\u0664:\u0663\u0660", "14:30"}, {"00:00", "00:00"},
		{"14:30 pm", HALF}, {"0:30 am", HALF}, {"24:00", "no"}, {"14:60", "no"},
		{"9", "no"}, {"noon", "no"}, {"14:5", "no"}, {"", "no"}, {"2:30 P.M.", "14:30"},
		{"2:30 Pm", "14:30"}, {"14 h", "14:00"}, {"14h", "14:00"}, {"14 h 30", "14:30"},
		{"14 Uhr", "14:00"}, {"24 h", "no"}, {"9 a", "no"}, {"9 a.m", "no"},
		{"14 h 5", "no"}, {"14 x", "no"}, {"9 amx", "no"}};
	check(rows, "en", VALUE_TIME);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_by_themselves),
		cmocka_unit_test(months_by_their_names),
		cmocka_unit_test(days_of_the_week),
		cmocka_unit_test(dates_in_full),
		cmocka_unit_test(dates_by_a_declared_format),
		cmocka_unit_test(dates_of_other_calendars),
		cmocka_unit_test(all_other_calendars_are_known),
		cmocka_unit_test(formats_that_are_none),
		cmocka_unit_test(times_of_the_day),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
