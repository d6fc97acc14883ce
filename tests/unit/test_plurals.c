/* Choices by a number: the category of each against ICU's own answer, and what letters show. */
#include "room.h"

#include "locale/locales.h"

#include <stdio.h>
#include <stdlib.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>
#include <unicode/unumberformatter.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

static const char *const languages[] = {"af", "ar", "bg", "bn", "br", "ca", "cs", "cy", "da", "de",
	"el", "en-GB", "es", "et", "eu", "fi", "fr", "ga", "gd", "gl", "he", "hi", "hr", "hu", "id",
	"is", "it", "ja", "ko", "kw", "lt", "lv", "mk", "mt", "nb", "nl", "pl", "pt", "ro", "ru",
	"sk", "sl", "sr", "sv", "tr", "uk", "vi", "zh"};
enum { LANGUAGES = sizeof languages / sizeof *languages };

static UPluralRules *rules_of(const char *lang)
{
	char name[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	uloc_forLanguageTag(lang, name, sizeof name, NULL, &status);
	UPluralRules *rules = uplrules_open(name, &status);
	assert_true(U_SUCCESS(status));
	return rules;
}

/* As ICU says it of a number with all of its decimals. */
static void selected(const UPluralRules *rules, const char *number, char out[16])
{
	UErrorCode status = U_ZERO_ERROR;
	UChar skeleton[64], word[16];
	char decimals[64] = "precision-integer";
	const char *point = strchr(number, '.');
	if (point)
		snprintf(decimals, sizeof decimals, ".%.*s", (int)strlen(point + 1), "00000000");
	u_uastrcpy(skeleton, decimals);
	UNumberFormatter *formatter = unumf_openForSkeletonAndLocale(skeleton, -1, "en", &status);
	UFormattedNumber *formatted = unumf_openResult(&status);
	unumf_formatDecimal(formatter, number, -1, formatted, &status);
	uplrules_selectFormatted(rules, formatted, word, 16, &status);
	assert_true(U_SUCCESS(status));
	u_austrcpy(out, word);
	unumf_closeResult(formatted);
	unumf_close(formatter);
}

static struct decimal decimal_of(struct arena *arena, const char *number)
{
	const char *point = strchr(number, '.');
	struct decimal decimal = {number[0] == '-', str_of(number), 0};
	if (point) {
		decimal.scale = (int)strlen(point + 1);
		decimal.digits = str_format(
			arena, "%.*s%s", (int)(point - number), number, point + 1);
	}
	if (decimal.negative)
		decimal.digits = str_slice(decimal.digits, 1, decimal.digits.len);
	return decimal;
}

static void categories_are_those_of_icu(void **state)
{
	struct room *room = *state;
	static const char *const numbers[] = {"0", "1", "2", "3", "4", "5", "6", "7", "10", "11",
		"12", "14", "19", "20", "21", "22", "25", "42", "99", "100", "101", "102", "103",
		"111", "1000", "1002", "20000", "100000", "1000000", "2000000", "3000001",
		"9007199254740993", "0.0", "0.1", "1.0", "1.00", "1.1", "1.5", "2.0", "2.1", "5.0",
		"10.11", "-1", "-2.5"};
	struct locales *locales = locales_new();
	for (int i = 0; i < LANGUAGES; i++) {
		UPluralRules *rules = rules_of(languages[i]);
		for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
			char ought[16];
			struct decimal decimal = decimal_of(room->arena, numbers[k]);
			selected(rules, numbers[k], ought);
			assert_string_equal(plural_name(plural_of(locales, &decimal, false,
						    str_of(languages[i]))),
				ought);
		}
		uplrules_close(rules);
	}
	locales_free(locales);
}

/* The category of each number below a thousand, and of tenths. */
static void seek(const UPluralRules *rules, bool found[PLURALS])
{
	for (int tenths = 0; tenths < 10000; tenths++) {
		UErrorCode status = U_ZERO_ERROR;
		UChar word[16];
		char name[16];
		uplrules_select(rules, tenths / 10.0, word, 16, &status);
		assert_true(U_SUCCESS(status));
		u_austrcpy(name, word);
		for (int i = 0; i < PLURALS; i++)
			found[i] |= strcmp(name, plural_name((enum plural)i)) == 0;
	}
}

static void each_category_of_each_language_has_an_example(void **state)
{
	(void)state;
	int asked = 0;
	for (int i = 0; i < uloc_countAvailable(); i++) {
		UErrorCode status = U_ZERO_ERROR;
		char tag[ULOC_FULLNAME_CAPACITY];
		struct plural_examples examples;
		bool found[PLURALS] = {false};
		if (strchr(uloc_getAvailable(i), '_'))
			continue; /* a country has the rules of its language, but Portugal */
		uloc_toLanguageTag(uloc_getAvailable(i), tag, sizeof tag, false, &status);
		UPluralRules *rules = rules_of(tag);
		seek(rules, found);
		assert_true(plural_examples_find(str_of(tag), &examples));
		for (int k = 0; k < PLURALS; k++) {
			const char *example = examples.of[k];
			bool is = example && example[0];
			char name[16];
			if (is)
				selected(rules, example, name);
			if (is != found[k] ||
				(is && strcmp(name, plural_name((enum plural)k)) != 0))
				fail_msg("%s of %s: \"%s\"", plural_name((enum plural)k), tag,
					example ? example : "none");
			asked += is;
		}
		uplrules_close(rules);
	}
	assert_true(asked > 300);
	struct plural_examples examples;
	assert_false(plural_examples_find(str_lit("qq"), &examples));
	assert_true(plural_examples_find(str_lit("pt-PT"), &examples));
}

/* In a letter whose paragraph is of that language, the arm that ICU says. */
static void letters_show_the_arm_of_their_number(void **state)
{
	struct room *room = *state;
	static const char *const langs[] = {
		"en-GB", "cy", "pl", "ru", "fr", "de", "sl", "lv", "ga", "lt", "ja"};
	static const char *const numbers[] = {
		"0", "1", "2", "3", "5", "6", "11", "21", "102", "1.0", "1.5", "1000000"};
	for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
		UPluralRules *rules = rules_of(langs[i]);
		struct str block = str_format(room->arena,
			"<p xml:lang='%s'><plural field='n'><zero>zero</zero><one>one</one>"
			"<two>two</two><few>few</few><many>many</many><other>other</other>"
			"</plural></p>",
			langs[i]);
		struct template *template = room_template(
			room, "<declare name='n' type='number'/>", block.at);
		for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
			char ought[16];
			struct str record = str_format(room->arena, "<n>%s</n>", numbers[k]);
			struct letter *letter = room_letter(room, template, record.at);
			assert_non_null(letter);
			selected(rules, numbers[k], ought);
			assert_string_equal(room_text(room, letter->root->first), ought);
		}
		uplrules_close(rules);
	}
}

/* The same letter again and again: which way was taken is what the proof set chooses by. */
static void the_arm_that_is_taken_is_noted(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room,
		"<declare name='n' type='number' required='no'/>",
		"<plural field='n'><one><p>a</p></one><other><p>b</p></other></plural><p>c</p>");
	const struct node *plural = template->root->first;
	struct letter *letter = room_letter(room, template, "<n>1</n>");
	assert_int_equal(letter->shown.turns[plural->first->id], 1 << TURN_TAKEN);
	assert_int_equal(letter->shown.turns[plural->first->next->id], 0);
	letter = room_letter(room, template, "");
	assert_int_equal(letter->shown.turns[plural->id], 1 << TURN_PASSED);
	assert_string_equal(room_text(room, letter->root->first), "c");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(categories_are_those_of_icu),
		room_test(each_category_of_each_language_has_an_example),
		room_test(letters_show_the_arm_of_their_number),
		room_test(the_arm_that_is_taken_is_noted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
