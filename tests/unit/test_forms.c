/* Forms in which values are asked for: ordinals, short dates, days of the week, a capital letter;
 * against ICU's own answer, and in letters. */
#include "room.h"

#include "locale/locales.h"

#include <stdio.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

static struct str utf8_of(struct arena *arena, const UChar *text)
{
	char bytes[512];
	int32_t len = 0;
	UErrorCode status = U_ZERO_ERROR;
	u_strToUTF8(bytes, sizeof bytes, &len, text, -1, &status);
	assert_true(U_SUCCESS(status));
	return str_copy(arena, (struct str){bytes, len});
}

static void name_of(const char *lang, char name[ULOC_FULLNAME_CAPACITY])
{
	UErrorCode status = U_ZERO_ERROR;
	uloc_forLanguageTag(lang, name, ULOC_FULLNAME_CAPACITY, NULL, &status);
	assert_true(U_SUCCESS(status));
}

/* -- against ICU ------------------------------------------------------------------------------- */

/* Languages of which the CLDR has ordinals, in rules of their own or in a point. */
static const char *const with_ordinals[] = {"af", "bg", "ca", "cs", "da", "de", "de-AT", "en-GB",
	"en-US", "es", "es-MX", "et", "fi", "fr", "fr-CA", "fr-CH", "ga", "hi", "hr", "hu", "id",
	"is", "it", "ja", "ko", "lb", "lv", "nb", "nl", "nn", "pl", "pt", "pt-PT", "sk", "sl", "sr",
	"sv", "th", "tr", "vi", "zh"};

static void ordinals_are_those_of_icu(void **state)
{
	struct room *room = *state;
	struct locales *locales = locales_new();
	for (size_t i = 0; i < sizeof with_ordinals / sizeof *with_ordinals; i++) {
		char name[ULOC_FULLNAME_CAPACITY];
		UErrorCode status = U_ZERO_ERROR;
		name_of(with_ordinals[i], name);
		UNumberFormat *format = unum_open(UNUM_ORDINAL, NULL, 0, name, NULL, &status);
		for (int number = 0; number < 130; number++) {
			UChar text[64];
			unum_format(format, number, text, 64, NULL, &status);
			assert_true(U_SUCCESS(status));
			const char *icus = utf8_of(room->arena, text).at;
			const char *own = ordinal_text(
				room->arena, locales, number, str_of(with_ordinals[i]))
						  .at;
			if (strcmp(icus, str_format(room->arena, "%d", number).at) == 0)
				assert_null(own); /* Hindi has no word for the 0th */
			else
				assert_string_equal(own, icus);
		}
		unum_close(format);
	}
	locales_free(locales);
}

/* ICU answers for them in English, or with a point or a word that they do not write. */
static void ordinals_that_nobody_knows_are_none(void **state)
{
	struct room *room = *state;
	static const char *const langs[] = {"cy", "gd", "gl", "eu", "br", "el", "uk", "lt", "sw",
		"mt", "tlh", "qq", "ru", "ru-BY", "ar", "ar-EG", "ta", "az", "ky", "ro", "ms"};
	struct locales *locales = locales_new();
	for (size_t i = 0; i < sizeof langs / sizeof *langs; i++)
		assert_null(ordinal_text(room->arena, locales, 3, str_of(langs[i])).at);
	locales_free(locales);
}

/* In figures with the whole year; of the first of a month French and Italian say "1er", "1º". */
static UDateFormat *format_of(const char *lang, UDateFormatStyle style)
{
	static const UChar zone[] = {'U', 'T', 'C', 0};
	char name[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	UChar pattern[128], wide[128];
	name_of(lang, name);
	UDateFormat *format = udat_open(UDAT_NONE, style, name, zone, -1, NULL, 0, &status);
	int len = udat_toPattern(format, false, pattern, 128, &status), to = 0;
	for (int i = 0; i < len; i++)
		if (style != UDAT_SHORT || i == 0 || pattern[i] != 'y' || pattern[i - 1] != 'y')
			wide[to++] = pattern[i];
	udat_applyPattern(format, false, wide, to);
	assert_true(U_SUCCESS(status));
	return format;
}

static void days_are_those_of_icu(void **state)
{
	struct room *room = *state;
	static const char *const langs[] = {"af", "bg", "bn", "br", "ca", "cs", "cy", "da", "de",
		"de-AT", "de-CH", "el", "en-GB", "en-US", "en-CA", "eo", "es", "et", "eu", "fi",
		"fr", "fr-CA", "ga", "gd", "gl", "hi", "hr", "hu", "id", "is", "it", "ja", "ko",
		"lb", "lt", "lv", "mk", "mt", "nb", "nl", "nn", "pl", "pt", "pt-PT", "ro", "ru",
		"sk", "sl", "sr", "sv", "sw", "tr", "uk", "vi", "zh"};
	static const struct {
		enum date_form form;
		UDateFormatStyle style;
	} forms[] = {{DATE_SHORT, UDAT_SHORT}, {DATE_WEEKDAY, UDAT_FULL}, {DATE_LONG, UDAT_LONG}};
	struct locales *locales = locales_new();
	for (size_t i = 0; i < sizeof langs / sizeof *langs; i++)
		for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
			UDateFormat *format = format_of(langs[i], forms[k].style);
			for (int month = 1; month <= 12; month++) {
				UErrorCode status = U_ZERO_ERROR;
				UChar text[128];
				struct day day = {1993 + month, month, 2 + 2 * month};
				udat_format(format, (UDate)day_number(day) * 86400000, text, 128,
					NULL, &status);
				assert_string_equal(day_text(room->arena, locales, day,
							    forms[k].form, str_of(langs[i]))
							    .at,
					utf8_of(room->arena, text).at);
			}
			udat_close(format);
		}
	locales_free(locales);
}

static void capitals_begin_a_sentence(void **state)
{
	struct room *room = *state;
	static const struct {
		const char *lang, *text, *is;
	} rows[] = {
		{"en-GB", "the owner", "The owner"},
		{"en-GB", "The owner", "The owner"},
		{"en-GB", "“the” owner", "“The” owner"},
		{"en-GB", "(the owner)", "(The owner)"},
		{"en-GB", "3rd floor", "3rd floor"},
		{"en-GB", "McDonald's", "McDonald's"},
		{"en-GB", "iPad", "IPad"},
		{"en-GB", "", ""},
		{"fr", "été", "Été"},
		{"fr", "d’accord", "D’accord"},
		{"fr", "e\u0301te\u0301", "E\u0301te\u0301"},
		{"nl", "ijsje", "IJsje"},
		{"en-GB", "ijsje", "Ijsje"},
		{"tr", "istanbul", "İstanbul"},
		{"tr", "ırmak", "Irmak"},
		{"az", "iyul", "İyul"},
		{"de", "ßeta", "Sseta"},
		{"de", "die Eigentümerin", "Die Eigentümerin"},
		{"el", "άλφα", "Άλφα"},
		{"ru", "улица", "Улица"},
		{"hr", "ǆep", "ǅep"},
		{"ja", "通", "通"},
		{"tlh", "tlhIngan", "TlhIngan"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(
			capital_text(room->arena, str_of(rows[i].text), str_of(rows[i].lang)).at,
			rows[i].is);
}

/* -- in letters -------------------------------------------------------------------------------- */

static const char declarations[] = "<declare name='n' type='number' required='no'/><declare "
				   "name='d' type='date' default='2024-05-01'/>"
				   "<declare name='w' required='no'/>"
				   "<declare name='rows' type='list' required='no'><declare "
				   "name='n' type='number'/></declare>";

static void letters_show_forms_in_their_language(void **state)
{
	struct room *room = *state;
	static const struct {
		const char *lang, *shown, *record, *line;
	} rows[] = {
		{"en-GB", "the <field name='n' form='ordinal'/> time", "<n>21</n>",
			"the 21st time"},
		{"en-US", "<field name='n' form='ordinal'/>", "<n>112</n>", "112th"},
		{"fr", "<field name='n' form='ordinal'/>", "<n>1</n>", "1er"},
		{"de", "<field name='n' form='ordinal'/>", "<n>3</n>", "3."},
		{"sv", "<field name='n' form='ordinal'/>", "<n>2</n>", "2:a"},
		{"ga", "<field name='n' form='ordinal'/>", "<n>5</n>", "5ú"},
		{"en-GB", "<field name='d' form='short'/>", "", "01/05/2024"},
		{"en-US", "<field name='d' form='short'/>", "", "5/1/2024"},
		{"de", "<field name='d' form='short'/>", "", "01.05.2024"},
		{"cy", "<field name='d' form='long'/>", "", "1 Mai 2024"},
		{"de", "<field name='d' form='weekday'/>", "", "Mittwoch, 1. Mai 2024"},
		{"fr", "<field name='d' form='weekday'/>", "", "mercredi 1er mai 2024"},
		{"fr", "<field name='d' form='weekday' case='first'/>", "",
			"Mercredi 1er mai 2024"},
		{"cy", "<field name='d' form='weekday'/>", "", "Dydd Mercher, 1 Mai 2024"},
		{"es", "<field name='letter-date' form='weekday' case='first'/>", "",
			"Martes, 13 de octubre de 2020"},
		{"en-GB", "<field name='w' case='first'/> pays.", "<w>the  owner</w>",
			"The owner pays."},
		{"tr", "<field name='w' case='first'/>", "<w>istanbul</w>", "İstanbul"},
		{"de", "<field name='w' case='first'/>", "<w xml:lang='nl'>ijsclub</w>", "IJsclub"},
		{"nl", "<field name='w' case='first'/>.", "", "."},
		{"en-GB",
			"<each field='rows' separator=', '><field name='n' form='ordinal'/></each>",
			"<rows><n>1</n></rows><rows><n>2</n></rows><rows><n>13</n></rows>",
			"1st, 2nd, 13th"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str block = str_format(
			room->arena, "<p xml:lang='%s'>%s</p>", rows[i].lang, rows[i].shown);
		struct template *template = room_template(room, declarations, block.at);
		struct letter *letter = room_letter(room, template, rows[i].record);
		assert_non_null(letter);
		assert_string_equal(room_text(room, letter->root->first), rows[i].line);
	}
	assert_int_equal(diags_len(room->diags), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(ordinals_are_those_of_icu),
		room_test(ordinals_that_nobody_knows_are_none),
		room_test(days_are_those_of_icu),
		room_test(capitals_begin_a_sentence),
		room_test(letters_show_forms_in_their_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
