/* Texts as people's files hold them, and what each means: by itself, by its declaration, not at
 * all. */
#include "reading.h"

/* -- numbers ----------------------------------------------------------------------------------- */

#define GROUPS "no: its signs divide neither groups of three digits nor decimals"

static void numbers_in_the_spellings_of_all_countries(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"0", "0"},
		{"42", "42"},
		{"-12.5", "-12.5"},
		{"+3", "3"},
		{"\u22123", "-3"},
		{"1,234,567", "1234567"},
		{"1.234.567", "1234567"},
		{"1 234 567", "1234567"},
		{"1\u00A0234", "1234"},
		{"1\u202F234,5", "1234.5"},
		{"1\u2009234.5", "1234.5"},
		{"1'234'567.25", "1234567.25"},
		{"1\u2019234", "1234"},
		{"12,34,567.5", "1234567.5"},
		{"1,234.50", "1234.50"},
		{"1.234,50", "1234.50"},
		{"1234,5", "1234.5"},
		{".5", "0.5"},
		{",25", "0.25"},
		{"0.125", "0.125"},
		{"0,125", "0.125"},
		{"1,250", "1250 or 1.250"},
		{"1.250", "1250 or 1.250"},
		{"-1,250", "-1250 or -1.250"},
		{"12,345", "12345 or 12.345"},
		{"1234,567", "1234.567"},
		{"(7)", "-7"},
		{"7-", "-7"},
		{"7\u2212", "-7"},
		{"-0", "0"},
		{"-0.00", "0.00"},
		{"007", "7"},
		{"01", "1"},
		{"1.0", "1.0"},
		{"00.5", "0.5"},
		{" \u200B12\u00AD ", "12"},
		{"\u0661\u0662\u066C\u0663\u0664\u0665\u066B\u0665", "12345.5"},
		{"\u0967\u0968,\u0969\u096A,\u096B\u096C\u096D", "1234567"},
		{"\uFF11\uFF0C\uFF12\uFF13\uFF14\uFF0E\uFF15", "1234.5"},
		{"\u06F1\u06F2", "12"},
		{"\U0001D7CE", "0"},
		{"1234.5600000000002", "1234.5600000000002"},
		{"1,23,4567", GROUPS},
		{"12,34", "12.34"},
		{"1,2,3", GROUPS},
		{"1,234,56", GROUPS},
		{"1.234.56", GROUPS},
		{"0,123,456", GROUPS},
		{"1 234'567", GROUPS},
		{"1 2", GROUPS},
		{"", "no"},
		{"-", "no"},
		{"1,", "no"},
		{"1,,000", "no"},
		{"12a", "no"},
		{"1e3", "no"},
		{"\u00BD", "no"},
		{"--1", "no"},
		{"(1", "no"},
		{"1)", "no"},
		{"(-1)", "no"},
		{"\u00A35", "no"},
		{"5%", "no"},
		{"5 m", "no"},
		{"ten", "no"},
		{"\u4E94", "no"},
		{"1.2.3.4", GROUPS},
	};
	check(rows, "en", VALUE_NUMBER);
	check(rows, "de", VALUE_NUMBER); /* the language does not decide */
}

static void a_declared_decimal_sign_settles_it(void **state)
{
	(void)state;
#define SIGNS "no: its signs are not where the declared decimal sign allows them"
	static const struct row comma[] = {{"1,250", "1.250"}, {"1.250", "1250"}, {"12,5", "12.5"},
		{"1.234,5", "1234.5"}, {"1 250,125", "1250.125"}, {"1,234.5", SIGNS},
		{"12.5", SIGNS}, {"1,234,567", SIGNS}, {"7", "7"}};
	static const struct row point[] = {{"1,250", "1250"}, {"1.250", "1.250"}, {"12,5", SIGNS},
		{"1,234.5", "1234.5"}, {"1.234,5", SIGNS}, {"1'250.125", "1250.125"}};
	check(comma, "en", VALUE_NUMBER, .decimal = ',');
	check(point, "de", VALUE_NUMBER, .decimal = '.');
}

static void amounts_have_the_decimals_of_their_currency(void **state)
{
	(void)state;
#define DECIMALS "no: it has more decimals than its currency"
	static const struct row rows[] = {
		{"950.00", "950.00"},
		{"1,160,000", "1160000"},
		{"1.160.000", "1160000"},
		{"1.25.000", "no: its signs divide neither groups of three digits nor decimals"},
		{"1 25 000", "no: its signs divide neither groups of three digits nor decimals"},
		{"XXX 5", "no"},
		{"1.1 million", "1100000"},
		{"\u00A3 1,234.5", "1234.5"},
		{"1.234,50 \u20AC", "1234.50"},
		{"EUR 5", "5"},
		{"5 EUR", "5"},
		{"NZD 5", "5"},
		{"5 AZN", "5"},
		{"5\u00A0\u20AC", "5"},
		{"-\u00A357.93", "-57.93"},
		{"\u00A3-57.93", "-57.93"},
		{"(57.93)", "-57.93"},
		{"(\u00A357.93)", "-57.93"},
		{"\u00A3(57.93)", "-57.93"},
		{"57.93-", "-57.93"},
		{"57,93- EUR", "-57.93"},
		{"\u221257.93", "-57.93"},
		{"CHF 1'250.00", "1250.00"},
		{"CHF 5.\u2013", "5"},
		{"5,- kr", "5"},
		{"1 234,50 z\u0142", "1234.50"},
		{"US$ 3.50", "3.50"},
		{"R$ 1.234,56", "1234.56"},
		{"\u20B9 1,25,000.00", "125000.00"},
		{"1.2500", "1.25"},
		{"\u00A31.1m", "1100000"},
		{"\u00A31.1 million", "1100000"},
		{"$2bn", "2000000000"},
		{"\u00A31.5k", "1500"},
		{"\u00A31.25m", "1250000"},
		{"-\u00A33 million", "-3000000"},
		{"\u00A31.125m", "1125000000 or 1125000"},
		{"JPY 1,250", "1250"},
		{"KWD 1,250", "1250 or 1.250"},
		{"\u0661\u0662\u066B\u0665\u0660 \u20AC", "12.50"},
		{"1234.5600000000002", DECIMALS},
		{"0.125", DECIMALS},
		{"JPY 12.50", DECIMALS},
		{"", "no"},
		{"\u00A3", "no"},
		{"more than \u00A31m", "no"},
		{"\u00A31m2", "no"},
		{"GBPX 1", "no"},
		{"ABQ 1", "no"},
		{"1 2 \u00A3 3", "no"},
		{"pounds 5", "no"},
		{"\u00A35 \u20AC", "no"},
		{"5 \u00E9\u00E9", "no"},
		{"\u0D9A\u0DD4", "no"},
		{"5a\u00E9", "no"},
		{"5%", "no"},
		{"two", "no"},
	};
	static const struct row comma[] = {
		{"1,250", "1.25"}, {"1.250", "1250"}, {"12,50", "12.50"}};
	check(rows, "en", VALUE_MONEY);
	check(rows, "sv", VALUE_MONEY);
	check(rows, "", VALUE_MONEY);
	check(comma, "en", VALUE_MONEY, .decimal = ',');
}

/* Groups or three decimals, as programs write them: the language's own sign for decimals is no sure
 * one for groups. */
static void an_amount_of_three_decimals_is_not_taken_for_thousands(void **state)
{
	(void)state;
	static const struct row point[] = {{"1.250", "1250 or 1.25"}, {"12.500", "12500 or 12.50"},
		{"\u00A3125.125", "125125 or 125.125"}, {"-1.250", "-1250 or -1.25"},
		{"1,250", "1250"}, {"12,500", "12500"}, {"1 250", "1250"}, {"JPY 1.250", "1250"},
		{"1.250.000", "1250000"}, {"1.250,00", "1250.00"}, {"1250.500", "1250.50"},
		{"0.500", "0.50"}};
	static const struct row comma[] = {{"1,250", "1250 or 1.25"},
		{"12,500 \u20AC", "12500 or 12.50"}, {"1.250", "1250"}, {"12.500", "12500"},
		{"1,250,000", "1250000"}, {"1,250.00", "1250.00"}};
	static const struct row said[] = {{"1.250", "1.25"}, {"12.500", "12.50"}};
	static const struct row either[] = {{"1.250", "1250"}, {"1,250", "1250"}};
	static const char *const points[] = {"en-GB", "en-US", "cy", "zh", "de-CH", "ja"};
	static const char *const commas[] = {"de", "fr", "sv", "pt-BR", "en-ZA", "nl"};
	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		check(point, points[i], VALUE_MONEY);
		check(point, "", VALUE_MONEY, .lang = str_of(points[i]));
		check(said, points[i], VALUE_MONEY, .decimal = '.');
	}
	for (size_t i = 0; i < sizeof commas / sizeof *commas; i++)
		check(comma, commas[i], VALUE_MONEY);
	check(comma, "de", VALUE_MONEY, .lang = str_lit("en"));
	check(either, "", VALUE_MONEY);
}

static void an_amount_in_short_names_its_currency(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"1.1m", "no: an amount in short names its currency itself"},
		{"1.1 million", "no: an amount in short names its currency itself"},
		{"\u00A31.1m", "1100000"}, {"5", "5"}};
	check(rows, "en", VALUE_MONEY, .currency = str_lit("\u00A3"));
}

static void percentages(void **state)
{
	(void)state;
	static const struct row rows[] = {{"12 %", "12%"}, {"12.5%", "12.5%"},
		{"12,5\u00A0%", "12.5%"}, {"%50", "50%"}, {"-3%", "-3%"}, {"12.5", "12.5%"},
		{"0.5%", "0.5%"}, {"0", "0%"}, {"\u0661\u0662\u066A", "12%"}, {"12\uFF05", "12%"},
		{"100", "100%"}, {"0.5", "0.5% or 50%"}, {"0,125", "0.125% or 12.5%"},
		{"1", "1% or 100%"}, {"12 %%", "no"}, {"\u00A35%", "no"}, {"half", "no"}};
	check(rows, "tr", VALUE_PERCENT);
}

/* -- yes and no -------------------------------------------------------------------------------- */

static void yes_and_no_in_the_words_of_the_language(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *yes, *no;
	} rows[] = {
		{"en", "Yes,TRUE,y,1,YES, true ", "No,FALSE,n,0,N"},
		{"de", "Ja,j,WAHR,yes,1", "Nein,N,FALSCH,no"},
		{"fr", "Oui,OUI,vrai,o", "Non,FAUX"},
		{"es", "S\u00ED,si,VERDADERO", "No,falso"},
		{"it", "S\u00EC,VERO", "no,FALSO"},
		{"pt-BR", "Sim,s", "N\u00E3o,NAO"},
		{"cy", "Ie,Oes", "Nage,na"},
		{"pl", "Tak,PRAWDA", "Nie,FA\u0141SZ"},
		{"fi", "Kyll\u00E4", "Ei"},
		{"el", "\u039D\u03B1\u03B9,\u039D\u0391\u0399",
			"\u038C\u03C7\u03B9,\u039F\u03A7\u0399"},
		{"ru", "\u0414\u0430,\u0418\u0421\u0422\u0418\u041D\u0410", "\u041D\u0435\u0442"},
		{"tr", "Evet,EVET", "Hay\u0131r,HAYIR"},
		{"zh-Hans", "\u662F", "\u5426"},
		{"ja", "\u306F\u3044", "\u3044\u3044\u3048"},
		{"ar", "\u0646\u0639\u0645", "\u0644\u0627"},
		{"hi", "\u0939\u093E\u0901", "\u0928\u0939\u0940\u0902"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (int no = 0; no < 2; no++) {
			struct str rest = str_of(no ? rows[i].no : rows[i].yes), word;
			while (str_split(&rest, ',', &word))
				check_rows(
					&(struct row){str_copy(arena, word).at, no ? "no" : "yes"},
					1, rows[i].lang, &(struct declared){VALUE_YES_NO});
		}
}

static void what_is_neither_yes_nor_no(void **state)
{
	(void)state;
	static const char *const rows[] = {"", "maybe", "x", "2", "-1", "yess", "ja", "Tak", "oui",
		"yes no", "\u2713", "on", "t", "f"};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct declared declared = {VALUE_YES_NO, .lang = str_lit("en-GB")};
		assert_int_equal(
			reading_of(arena, str_of(rows[i]), str_lit(""), &declared).count, 0);
	}
	/* In Finnish no, in Turkish yes. */
	struct declared turkish = {VALUE_YES_NO, .lang = str_lit("tr")};
	assert_int_equal(reading_of(arena, str_lit("e"), str_lit("fi"), &turkish).count, 2);
}

/* -- comparing --------------------------------------------------------------------------------- */

static int sign_of(int number)
{
	return (number > 0) - (number < 0);
}

static void values_are_compared_by_their_kind(void **state)
{
	(void)state;
	static const struct {
		enum value_kind kind;
		const char *a, *b;
		int order;
	} rows[] = {
		{VALUE_NUMBER, "1", "1.0", 0},
		{VALUE_NUMBER, "01", "1", 0},
		{VALUE_NUMBER, "1,234.50", "1234,5", 0},
		{VALUE_NUMBER, "9", "10", -1},
		{VALUE_NUMBER, "-9", "-10", 1},
		{VALUE_NUMBER, "-1", "1", -1},
		{VALUE_NUMBER, "0.1", "0.09", 1},
		{VALUE_NUMBER, "0", "-0.00", 0},
		{VALUE_NUMBER, "123456789012345678901234567890", "123456789012345678901234567891",
			-1},
		{VALUE_MONEY, "\u00A31,250", "1250.00", 0},
		{VALUE_MONEY, "\u00A31.1m", "\u00A31,100,000", 0},
		{VALUE_MONEY, "(5)", "0", -1},
		{VALUE_DATE, "7 May 2024", "2024-05-07", 0},
		{VALUE_DATE, "31.12.2023", "2024-01-01", -1},
		{VALUE_TIME, "2:30 pm", "14.30", 0},
		{VALUE_TIME, "9:00", "10:00", -1},
		{VALUE_PERCENT, "12,5 %", "12.50%", 0},
		{VALUE_YES_NO, "TRUE", "y", 0},
		{VALUE_YES_NO, "no", "yes", -1},
		{VALUE_WORDS, "a", "A", 1},
		{VALUE_WORDS, "a", "a", 0},
		{VALUE_POSTCODE, "cm83hb", "CM8 3HB", 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct declared declared = {rows[i].kind};
		struct readings a = reading_of(arena, str_of(rows[i].a), str_lit(""), &declared);
		struct readings b = reading_of(arena, str_of(rows[i].b), str_lit(""), &declared);
		print_message("# %s, %s\n", rows[i].a, rows[i].b);
		assert_int_equal(a.count, 1);
		assert_int_equal(b.count, 1);
		assert_int_equal(
			sign_of(typed_compare(rows[i].kind, &a.as[0], &b.as[0])), rows[i].order);
		assert_int_equal(
			sign_of(typed_compare(rows[i].kind, &b.as[0], &a.as[0])), -rows[i].order);
	}
	struct declared money = {VALUE_MONEY};
	struct typed pound = reading_of(arena, str_lit("\u00A35"), str_lit(""), &money).as[0];
	struct typed euro = reading_of(arena, str_lit("\u20AC5"), str_lit(""), &money).as[0];
	assert_int_not_equal(typed_compare(VALUE_MONEY, &pound, &euro), 0);
}

/* -- what ICU writes --------------------------------------------------------------------------- */

static const char *const languages[] = {"af", "ar-EG", "az", "bg", "bn", "ca", "cs", "cy", "da",
	"de", "de-AT", "de-CH", "el", "en-GB", "en-IN", "es", "es-MX", "et", "eu", "fa", "fi", "fr",
	"fr-CH", "ga", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko",
	"lt", "lv", "mr", "my", "nb", "ne", "nl", "pl", "pt", "pt-PT", "ro", "ru", "sk", "sl", "sq",
	"sr", "sv", "sw", "ta", "th", "tr", "uk", "ur", "uz", "vi", "zh"};

/* The sign before decimals as ICU has it, in ASCII; 0 where it is neither . nor , */
static char decimal_sign(const char *language)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar sign[8] = {0};
	UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0, language, NULL, &status);
	unum_getSymbol(format, UNUM_DECIMAL_SEPARATOR_SYMBOL, sign, 8, &status);
	unum_close(format);
	return sign[0] == '.' || sign[0] == ',' ? (char)sign[0] : '\0';
}

static struct str written(const char *language, const char *number, UNumberFormatStyle style)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar text[128];
	char bytes[400];
	int32_t len = 0;
	UNumberFormat *format = unum_open(style, NULL, 0, language, NULL, &status);
	unum_setAttribute(format, UNUM_MAX_FRACTION_DIGITS, 3);
	int32_t units = unum_formatDecimal(
		format, number, (int32_t)strlen(number), text, 128, NULL, &status);
	u_strToUTF8(bytes, sizeof bytes, &len, text, units, &status);
	unum_close(format);
	assert_true(U_SUCCESS(status));
	return str_copy(arena, (struct str){bytes, len});
}

static void check_read_back(const char *language, const char *number, bool percent)
{
	const struct declared point = {VALUE_NUMBER, .decimal = '.'};
	const struct declared declared = {
		percent ? VALUE_PERCENT : VALUE_NUMBER, .decimal = decimal_sign(language)};
	struct str text = written(language, number, percent ? UNUM_PERCENT : UNUM_DECIMAL);
	/* ICU takes a share: 7 is 700 %. */
	struct str meant = str_format(arena, "%s%s", number, percent ? "00" : "");
	struct readings read = reading_of(arena, text, str_of(language), &declared);
	struct readings is = reading_of(arena, meant, str_lit(""), &point);
	if (read.count != 1 || decimal_compare(&read.as[0].decimal, &is.as[0].decimal) != 0)
		fail_msg("%s in %s, \"%s\", is read otherwise", meant.at, language, text.at);
}

static void what_icu_writes_is_read_back(void **state)
{
	(void)state;
	static const char *const numbers[] = {"0", "7", "-7", "12.5", "1250", "-1250.75",
		"1250.125", "20240", "1234567.5", "-98765432.1", "0.125", "1.25", "999999"};
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
		for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
			check_read_back(languages[i], numbers[k], false);
			if (!strchr(numbers[k], '.'))
				check_read_back(languages[i], numbers[k], true);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_in_the_spellings_of_all_countries),
		cmocka_unit_test(a_declared_decimal_sign_settles_it),
		cmocka_unit_test(amounts_have_the_decimals_of_their_currency),
		cmocka_unit_test(an_amount_of_three_decimals_is_not_taken_for_thousands),
		cmocka_unit_test(an_amount_in_short_names_its_currency),
		cmocka_unit_test(percentages),
		cmocka_unit_test(yes_and_no_in_the_words_of_the_language),
		cmocka_unit_test(what_is_neither_yes_nor_no),
		cmocka_unit_test(values_are_compared_by_their_kind),
		cmocka_unit_test(what_icu_writes_is_read_back),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
