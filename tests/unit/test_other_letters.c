/* What a language says by itself is in its own letters: dates, times, lists, ordinals, page numbers
 * and closes, in each language of ICU, the script of each asked of ICU's properties. ICU has its
 * root's words, English ones, where it lacks a language's. */
#include "locale_desk.h"

#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>

static bool is_one_of(const char *word, const char *const *words)
{
	while (*words && strcmp(*words, word) != 0)
		words++;
	return *words;
}

static bool fits(uint32_t c, const char *script)
{
	static const char *const mixed[] = {"Jpan", "Kore", "Hans", "Hant", NULL};
	static const char *const eastern[] = {"Hani", "Hira", "Kana", "Hang", "Bopo", NULL};
	UScriptCode code = (UScriptCode)u_getIntPropertyValue((UChar32)c, UCHAR_SCRIPT);
	const char *own = uscript_getShortName(code);
	if (!u_isalpha((UChar32)c) || code == USCRIPT_COMMON || code == USCRIPT_INHERITED)
		return true;
	return is_one_of(script, mixed) ? is_one_of(own, eastern) : strcmp(own, script) == 0;
}

static void is_in_its_letters(
	struct desk *desk, const char *tag, const char *script, struct str text)
{
	desk->said += text.at != NULL;
	desk->unsaid += text.at == NULL;
	for (int at = 0; text.at && at < text.len;)
		if (!fits(utf8_next(text, &at), script))
			fail_msg("%s: \"%.*s\" is not in %s", tag, str_arg(text), script);
}

static void days_and_times(struct desk *desk, const char *tag, const char *script)
{
	for (int month = 1; month <= 12; month++)
		for (int form = 0; form < DATE_FORMS; form++)
			is_in_its_letters(desk, tag, script,
				day_text(desk->arena, desk->locales,
					(struct day){2026, month, month * 2 + 1},
					(enum date_form)form, str_of(tag)));
	for (int hour = 0; hour < 24; hour += 6)
		for (int seconds = 0; seconds < 10; seconds += 5)
			is_in_its_letters(desk, tag, script,
				time_text(desk->arena, desk->locales, hour * 3600 + 1800 + seconds,
					str_of(tag)));
}

static void lists(struct desk *desk, const char *tag, const char *script)
{
	const struct str items[] = {str_lit("1"), str_lit("2"), str_lit("3")};
	for (int count = 2; count <= 3; count++)
		for (int kind = 0; kind < LIST_KINDS; kind++) {
			struct list list = {(enum list_kind)kind, items, count};
			struct str joints[2] = {{0}};
			if (!list_joints(desk->arena, desk->locales, &list, str_of(tag), joints))
				continue;
			for (int i = 0; i < count - 1; i++) {
				is_in_its_letters(desk, tag, script, joints[i]);
				bool english = str_find(joints[i], " or ") >= 0 ||
					str_find(joints[i], " and ") >= 0;
				if (english && !lang_is(str_of(tag), "en"))
					fail_msg("%s has \"%.*s\"", tag, str_arg(joints[i]));
			}
		}
}

static void numbers_and_words(struct desk *desk, const char *tag, const char *script)
{
	struct str lang = str_of(tag);
	struct decimal number = {.digits = str_lit("12345"), .scale = 1};
	for (int n = 1; n < 30; n++)
		is_in_its_letters(
			desk, tag, script, ordinal_text(desk->arena, desk->locales, n, lang));
	is_in_its_letters(
		desk, tag, script, decimal_text(desk->arena, desk->locales, &number, lang));
	is_in_its_letters(
		desk, tag, script, percent_text(desk->arena, desk->locales, &number, lang));
	is_in_its_letters(desk, tag, script, page_number_text(desk->arena, 1, 2, lang));
	is_in_its_letters(desk, tag, script, close_text(lang, true));
}

static void of_language(struct desk *desk, const char *tag)
{
	char locale[ULOC_FULLNAME_CAPACITY], likely[ULOC_FULLNAME_CAPACITY],
		script[ULOC_SCRIPT_CAPACITY];
	UErrorCode error = U_ZERO_ERROR;
	uloc_forLanguageTag(tag, locale, sizeof locale, NULL, &error);
	uloc_addLikelySubtags(locale, likely, sizeof likely, &error);
	uloc_getScript(likely, script, sizeof script, &error);
	assert_true(U_SUCCESS(error));
	days_and_times(desk, tag, script);
	lists(desk, tag, script);
	numbers_and_words(desk, tag, script);
}

static void every_language_has_its_own_letters(void **state)
{
	struct desk *desk = *state;
	for (int i = 0; i < uloc_countAvailable(); i++) {
		char tag[ULOC_FULLNAME_CAPACITY];
		UErrorCode error = U_ZERO_ERROR;
		uloc_toLanguageTag(uloc_getAvailable(i), tag, sizeof tag, true, &error);
		assert_true(U_SUCCESS(error));
		of_language(desk, tag);
	}
	print_message("# %d said, %d not\n", desk->said, desk->unsaid);
	assert_true(desk->said > 3 * desk->unsaid);
}

/* Those that no data is of in such letters, and those of which our tables have others. */
static void a_script_named_is_heeded(void **state)
{
	static const char *const scripts[] = {"Arab", "Cyrl", "Deva", "Dsrt", "Grek", "Hans",
		"Hebr", "Latn", "Mong", "Shaw", "Thaa"};
	for (int i = 0; i < uloc_countAvailable(); i++)
		for (size_t k = 0; k < sizeof scripts / sizeof *scripts; k++) {
			char tag[ULOC_FULLNAME_CAPACITY], lang[ULOC_LANG_CAPACITY];
			UErrorCode error = U_ZERO_ERROR;
			uloc_getLanguage(uloc_getAvailable(i), lang, sizeof lang, &error);
			snprintf(tag, sizeof tag, "%s-%s", lang, scripts[k]);
			if (!strchr(uloc_getAvailable(i), '_'))
				of_language(*state, tag);
		}
}

static void by_hand(void **state)
{
	struct desk *desk = *state;
	static const struct {
		const char *lang, *day, *time;
	} rows[] = {
		{"ps", "د ۱۴۰۵ د وږی ۲۷", "۱۴:۳۰"},
		{"ckb-IR", "٢٧ی خەرمانانی ١٤٠٥", "١٤:٣٠"},
		{"fa", "۲۷ شهریور ۱۴۰۵", "۱۴:۳۰"},
		{"hi", "18 सितंबर 2026", "14:30"},
		{"bn", "১৮ সেপ্টেম্বর, ২০২৬", "১৪:৩০"},
		{"ar-EG", "١٨ سبتمبر ٢٠٢٦", "٢:٣٠ م"},
		{"en-US", "September 18, 2026", "2:30\xE2\x80\xAFPM"},
		{"en-Dsrt", NULL, NULL},
		{"de-Cyrl", NULL, NULL},
		{"yi", "18טן סעפּטעמבער 2026", "14:30"},
		{"dv", NULL, NULL},
		{"he-u-ca-persian", "27 בשהריור 1405", "14:30"},
		{"he-u-ca-buddhist", NULL, "14:30"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str lang = str_of(rows[i].lang);
		struct str day = day_text(
			desk->arena, desk->locales, (struct day){2026, 9, 18}, DATE_LONG, lang);
		struct str time = time_text(desk->arena, desk->locales, 52200, lang);
		print_message("# %s: %.*s, %.*s\n", rows[i].lang, str_arg(day), str_arg(time));
		assert_true(str_eq(day, str_of(rows[i].day)));
		assert_true(str_eq(time, str_of(rows[i].time)));
	}
}

static void words_by_hand(void **state)
{
	struct desk *desk = *state;
	static const struct {
		const char *lang, *page, *close;
	} rows[] = {{"en", "Page 1 of 2", "Yours sincerely,"},
		{"en-Latn-GB", "Page 1 of 2", "Yours sincerely,"}, {"en-Dsrt", "1/2", NULL},
		{"ru", "Страница 1 из 2", NULL}, {"ru-Cyrl", "Страница 1 из 2", NULL},
		{"ru-Latn", "1/2", NULL}, {"el-Latn", "1/2", NULL}, {"de-Hebr", "1/2", NULL}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str lang = str_of(rows[i].lang);
		print_message("# %s\n", rows[i].lang);
		assert_true(str_is(page_number_text(desk->arena, 1, 2, lang), rows[i].page));
		assert_true(str_eq(close_text(lang, true), str_of(rows[i].close)));
	}
	static const struct {
		const char *lang, *joint; /* NULL: not known */
	} words[] = {{"en", " or "}, {"de", " oder "}, {"ar", " أو "}, {"ja", "または"},
		{"mt", NULL}, {"zu", NULL}, {"lb", NULL}, {"ckb", NULL}, {"ug", NULL}, {"yi", NULL},
		{"de-Cyrl", NULL}};
	const struct str items[] = {str_lit("1"), str_lit("2")};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct list list = {LIST_OR, items, 2};
		struct str joint = {0};
		bool known = list_joints(
			desk->arena, desk->locales, &list, str_of(words[i].lang), &joint);
		print_message("# %s: %.*s\n", words[i].lang, str_arg(joint));
		assert_int_equal(known, words[i].joint != NULL);
		assert_true(!known || str_is(joint, words[i].joint));
	}
}

static void latin_letters_are_known(void **state)
{
	static const char *const latin[] = {
		"en", "de-AT", "sr-Latn", "vi", "tlh", "ar-Latn", "hi-Latn"};
	static const char *const others[] = {"ar", "ru", "el", "ja", "zh-Hant", "ko", "sr",
		"en-Dsrt", "hi", "yi", "uz-Arab", "th"};
	(void)state;
	for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
		assert_true(lang_is_latin(str_of(latin[i])));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_false(lang_is_latin(str_of(others[i])));
}

#define with_desk(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_desk(every_language_has_its_own_letters),
		with_desk(a_script_named_is_heeded),
		cmocka_unit_test(latin_letters_are_known),
		with_desk(by_hand),
		with_desk(words_by_hand),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
