/* write_words.c - lists, plurals, ordinals, quotation marks. */
#include "locale/locales_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <unicode/ucasemap.h>
#include <unicode/uenum.h>
#include <unicode/ures.h>
#include <unicode/ustring.h>

enum { MAX_WORD = 64 };

/* -- lists ------------------------------------------------------------------------------------- */

#define ITEM_END "\xEE\x80\x81" /* U+E001 behind each item tells where the next joint begins */

static struct str joined(
	struct arena *arena, const UListFormatter *list, const struct str *items, int count)
{
	const UChar **texts = arena_new_array(arena, const UChar *, count);
	int32_t *lens = arena_new_array(arena, int32_t, count), all = 0;
	UErrorCode status = U_ZERO_ERROR;
	struct buf out = {0};
	for (int i = 0; i < count; i++) {
		int len;
		texts[i] = utf16_of(
			arena, str_format(arena, "%.*s" ITEM_END, str_arg(items[i])), &len);
		lens[i] = len;
		all += len + MAX_WORD;
	}
	UChar *units = arena_new_array(arena, UChar, all);
	int len = icu()->ulistfmt_format(list, texts, lens, count, units, all, &status);
	if (U_FAILURE(status))
		return (struct str){0};
	buf_utf16(&out, units, len);
	return buf_taken(arena, &out);
}

/* Takes the joints out of a list; false where one leaves a choice to who writes, as "a(c)" does in
 * Welsh. */
static bool take_joints(struct str text, const struct str *items, int count, struct str *joints)
{
	int end = (int)strlen(ITEM_END);
	for (int i = 0, at = 0; i < count; i++) {
		int stop = str_find(str_slice(text, at, text.len), ITEM_END);
		if (stop < items[i].len)
			return false;
		struct str joint = str_slice(text, at, at + stop - items[i].len);
		if (i > 0)
			joints[i - 1] = joint;
		if (i > 0 ? str_find(joint, "(") >= 0 : joint.len > 0)
			return false;
		at += stop + end;
		if (i == count - 1)
			return at == text.len;
	}
	return count == 0;
}

/* Where ICU has no word of a language for "or" it has English's. */
static bool is_english(struct str joint)
{
	static const char *const words[] = {" or ", ", or ", " and ", ", and "};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(joint, words[i]))
			return true;
	return false;
}

static bool is_joint_of(const struct language *language, struct str joint)
{
	UChar units[MAX_WORD];
	int32_t len = 0;
	UErrorCode status = U_ZERO_ERROR;
	u_strFromUTF8(units, MAX_WORD, &len, joint.at, joint.len, &status);
	return U_SUCCESS(status) && language_writes(language, units, len) &&
		(lang_is(str_of(language->tag), "en") || !is_english(joint));
}

static UListFormatter *list_of(struct language *language, enum list_kind kind)
{
	static const UListFormatterType types[] = {
		[LIST_AND] = ULISTFMT_TYPE_AND, [LIST_OR] = ULISTFMT_TYPE_OR};
	UErrorCode status = U_ZERO_ERROR;
	if (!language->lists[kind])
		language->lists[kind] = icu()->ulistfmt_openForType(
			language->name, types[kind], ULISTFMT_WIDTH_WIDE, &status);
	return language->lists[kind];
}

bool list_joints(struct arena *arena, struct locales *locales, const struct list *list,
	struct str lang, struct str *joints)
{
	struct language *language = language_of(locales, lang);
	UListFormatter *formatter = language->known ? list_of(language, list->kind) : NULL;
	struct str text = formatter ? joined(arena, formatter, list->items, list->count)
				    : (struct str){0};
	bool good = text.at && take_joints(text, list->items, list->count, joints);
	for (int i = 0; i + 1 < list->count && good; i++)
		good = is_joint_of(language, joints[i]);
	return good;
}

/* -- plurals ----------------------------------------------------------------------------------- */

static const char *const plurals[PLURALS] = {"zero", "one", "two", "few", "many", "other"};

const char *plural_name(enum plural plural)
{
	return plurals[plural];
}

static const UPluralRules *rules_of(struct language *language, bool ordinal)
{
	UErrorCode status = U_ZERO_ERROR;
	UPluralRules **rules = &language->plurals[ordinal];
	if (!*rules)
		*rules = icu()->uplrules_openForType(language->name,
			ordinal ? UPLURAL_TYPE_ORDINAL : UPLURAL_TYPE_CARDINAL, &status);
	return U_SUCCESS(status) ? *rules : NULL;
}

/* PLURALS: none of the CLDR's. */
static enum plural plural_find(const UChar *word)
{
	int i = 0;
	for (UChar name[MAX_WORD]; i < PLURALS; i++)
		if (u_strcmp(u_uastrcpy(name, plurals[i]), word) == 0)
			break;
	return (enum plural)i;
}

/* Of a whole number without a formatter, which takes its time to open. */
static void select_word(struct locales *locales, struct language *language,
	const UPluralRules *rules, const struct decimal *decimal, UChar word[MAX_WORD])
{
	enum { EXACT_DIGITS = 15 }; /* in what ICU takes */
	UErrorCode status = U_ZERO_ERROR;
	char skeleton[MAX_SKELETON];
	word[0] = 0;
	if (decimal->scale == 0 && decimal->digits.len <= EXACT_DIGITS) {
		int64_t number = 0;
		for (int i = 0; i < decimal->digits.len; i++)
			number = 10 * number + (decimal->digits.at[i] - '0');
		icu()->uplrules_select(rules, number, word, MAX_WORD, &status);
		return;
	}
	skeleton_make(skeleton, "group-off", decimal->scale);
	const UFormattedNumber *number = number_write(locales, language, skeleton, decimal);
	if (number)
		icu()->uplrules_selectFormatted(rules, number, word, MAX_WORD, &status);
}

enum plural plural_of(
	struct locales *locales, const struct decimal *decimal, bool ordinal, struct str lang)
{
	struct language *language = language_of(locales, lang);
	const UPluralRules *rules = rules_of(language, ordinal);
	UChar word[MAX_WORD];
	if (!rules)
		return PLURAL_OTHER;
	select_word(locales, language, rules, decimal, word);
	enum plural plural = plural_find(word);
	return plural < PLURALS ? plural : PLURAL_OTHER;
}

static void note_keywords(const UPluralRules *rules, struct plural_examples *out)
{
	UErrorCode status = U_ZERO_ERROR;
	UEnumeration *keywords = icu()->uplrules_getKeywords(rules, &status);
	const UChar *word;
	while (U_SUCCESS(status) && (word = uenum_unext(keywords, NULL, &status))) {
		enum plural plural = plural_find(word);
		if (plural < PLURALS)
			out->of[plural] = "";
	}
	uenum_close(keywords);
}

static void note_example(const UPluralRules *rules, const char *number, struct plural_examples *out)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar word[MAX_WORD];
	icu()->uplrules_select(rules, strtod(number, NULL), word, MAX_WORD, &status);
	enum plural plural = U_SUCCESS(status) ? plural_find(word) : PLURALS;
	if (plural < PLURALS && (!out->of[plural] || !out->of[plural][0]))
		out->of[plural] = number;
}

bool plural_examples_find(struct str lang, struct plural_examples *out)
{
	/* Of every rule of the CLDR one, but of those for millions; test_plurals.c looks. */
	static const char *const numbers[] = {"2", "3", "5", "1", "0", "6", "7", "8", "9", "10",
		"11", "12", "13", "20", "21", "22", "23", "40", "42", "60", "100", "101", "102",
		"103", "1.5", "0.1", "2.1", "0.2"};
	char name[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	*out = (struct plural_examples){0};
	if (!locale_name(lang, name))
		return false;
	UPluralRules *rules = icu()->uplrules_openForType(name, UPLURAL_TYPE_CARDINAL, &status);
	if (U_SUCCESS(status)) {
		note_keywords(rules, out);
		for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
			note_example(rules, numbers[i], out);
	}
	icu()->uplrules_close(rules);
	return U_SUCCESS(status);
}

/* The CLDR has no rules for the ordinals of some languages and leaves them to its root, "1.", which
 * is right in these. Without data at all ICU would take those of the environment. */
static const char *const points[] = {"bs", "cs", "da", "de", "et", "fi", "hr", "hu", "is", "lb",
	"lv", "nb", "nn", "no", "pl", "sk", "sl", "sr", "tr"};

/* What it has of these no letter writes: a point in Russian, Arabic and Tamil, "1'inci" in
 * Azerbaijani, "2a" without its article in Romanian, "No. 1" for the first in Malay. */
static const char *const unwritten[] = {"ar", "az", "ky", "ms", "ro", "ru", "ta"};

static bool is_among(const char *name, const char *const *langs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(name, langs[i], 2) == 0 && (name[2] == '_' || !name[2]))
			return true;
	return false;
}

static bool ends_with_point(const char *name)
{
	return is_among(name, points, sizeof points / sizeof *points);
}

/* Whether a bundle of the language's own, or of one that it inherits from, has rules. */
static bool has_ordinals(const char *name)
{
	char locale[ULOC_FULLNAME_CAPACITY];
	bool found = false;
	if (is_among(name, unwritten, sizeof unwritten / sizeof *unwritten))
		return false;
	snprintf(locale, sizeof locale, "%s", name);
	while (locale[0] && !found) {
		UErrorCode status = U_ZERO_ERROR, unsaid = U_ZERO_ERROR;
		UResourceBundle *bundle = ures_open(U_ICUDATA_NAME "-rbnf", locale, &status);
		bool own = status == U_ZERO_ERROR;
		UResourceBundle *rules = ures_getByKey(bundle, "RBNFRules", NULL, &status);
		UResourceBundle *ordinals = ures_getByKey(rules, "OrdinalRules", NULL, &status);
		found = own && U_SUCCESS(status);
		ures_close(ordinals);
		ures_close(rules);
		ures_close(bundle);
		uloc_getParent(locale, locale, sizeof locale, &unsaid);
	}
	return found;
}

/* NULL: none are known of the language. */
static const UNumberFormat *ordinals_of(struct language *language)
{
	UErrorCode status = U_ZERO_ERROR;
	if (language->ordinals || !language->known ||
		!(ends_with_point(language->name) || has_ordinals(language->name)))
		return language->ordinals;
	UNumberFormat *format = icu()->unum_open(
		UNUM_ORDINAL, NULL, 0, language->name, NULL, &status);
	if (U_SUCCESS(status))
		return language->ordinals = format;
	icu()->unum_close(format);
	return NULL;
}

struct str ordinal_text(struct arena *arena, struct locales *locales, int number, struct str lang)
{
	struct language *language = language_of(locales, lang);
	const UNumberFormat *format = ordinals_of(language);
	UChar units[MAX_WORD];
	UErrorCode status = U_ZERO_ERROR;
	struct buf out = {0};
	if (!format)
		return (struct str){0};
	int len = icu()->unum_format(format, number, units, MAX_WORD, NULL, &status);
	if (U_FAILURE(status) || !language_writes(language, units, len))
		return (struct str){0};
	buf_utf16(&out, units, len);
	struct str text = buf_taken(arena, &out);
	bool bare = str_eq(text, str_format(arena, "%d", number)); /* so ICU 76 in Greek */
	return bare ? (struct str){0} : text;
}

/* -- the first letter -------------------------------------------------------------------------- */

struct str capital_text(struct arena *arena, struct str text, struct str lang)
{
	char name[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	locale_name(lang, name);
	UCaseMap *map = ucasemap_open(
		name, U_TITLECASE_WHOLE_STRING | U_TITLECASE_NO_LOWERCASE, &status);
	int size = 2 * text.len + MAX_WORD; /* ß becomes Ss, one letter at most changes */
	char *out = arena_alloc(arena, (size_t)size);
	int len = ucasemap_utf8ToTitle(map, out, size, text.at, text.len, &status);
	ucasemap_close(map);
	return U_SUCCESS(status) ? (struct str){out, len} : text;
}

/* -- quotation marks --------------------------------------------------------------------------- */

bool quotes_text(
	struct arena *arena, struct locales *locales, struct str lang, struct str out[QUOTES])
{
	static const ULocaleDataDelimiterType kinds[QUOTES] = {ULOCDATA_QUOTATION_START,
		ULOCDATA_QUOTATION_END, ULOCDATA_ALT_QUOTATION_START, ULOCDATA_ALT_QUOTATION_END};
	struct language *language = language_of(locales, lang);
	UErrorCode status = U_ZERO_ERROR;
	if (!language->known)
		return false;
	ULocaleData *data = icu()->ulocdata_open(language->name, &status);
	for (int i = 0; i < QUOTES && U_SUCCESS(status); i++) {
		UChar units[MAX_WORD];
		struct buf mark = {0};
		int len = icu()->ulocdata_getDelimiter(data, kinds[i], units, MAX_WORD, &status);
		if (U_SUCCESS(status))
			buf_utf16(&mark, units, len);
		out[i] = buf_taken(arena, &mark);
	}
	icu()->ulocdata_close(data);
	return U_SUCCESS(status);
}
