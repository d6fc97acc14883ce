/* write_words.c - lists, plurals, ordinals, quotation marks. */
#include "locale/locales_int.h"

#include <unicode/ulocdata.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

enum { MAX_WORD = 64 };

/* -- lists ------------------------------------------------------------------------------------- */

static struct str join(
	struct arena *arena, const UListFormatter *list, const struct str *items, int count)
{
	const UChar **texts = arena_new_array(arena, const UChar *, count);
	int32_t *lens = arena_new_array(arena, int32_t, count), all = 0;
	UErrorCode status = U_ZERO_ERROR;
	struct buf out = {0};
	for (int i = 0; i < count; i++) {
		int len;
		texts[i] = utf16_of(arena, items[i], &len);
		lens[i] = len;
		all += len + MAX_WORD;
	}
	UChar *units = arena_new_array(arena, UChar, all);
	int len = ulistfmt_format(list, texts, lens, count, units, all, &status);
	if (U_FAILURE(status))
		return (struct str){0};
	buf_utf16(&out, units, len);
	return buf_taken(arena, &out);
}

struct str list_text(struct arena *arena, struct locales *locales, const struct str *items,
	int count, struct str lang)
{
	struct language *language = language_of(locales, lang);
	UErrorCode status = U_ZERO_ERROR;
	if (!language->known || count == 0)
		return count ? (struct str){0} : str_lit("");
	if (!language->list)
		language->list = ulistfmt_openForType(
			language->name, ULISTFMT_TYPE_AND, ULISTFMT_WIDTH_WIDE, &status);
	return U_SUCCESS(status) ? join(arena, language->list, items, count) : (struct str){0};
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
		*rules = uplrules_openForType(language->name,
			ordinal ? UPLURAL_TYPE_ORDINAL : UPLURAL_TYPE_CARDINAL, &status);
	return U_SUCCESS(status) ? *rules : NULL;
}

enum plural plural_of(
	struct locales *locales, const struct decimal *decimal, bool ordinal, struct str lang)
{
	struct language *language = language_of(locales, lang);
	char skeleton[MAX_SKELETON];
	UChar word[MAX_WORD];
	UErrorCode status = U_ZERO_ERROR;
	skeleton_make(skeleton, "group-off", decimal->scale);
	const UFormattedNumber *number = number_write(locales, language, skeleton, decimal);
	const UPluralRules *rules = rules_of(language, ordinal);
	if (!number || !rules)
		return PLURAL_OTHER;
	uplrules_selectFormatted(rules, number, word, MAX_WORD, &status);
	for (int i = 0; U_SUCCESS(status) && i < PLURALS; i++) {
		UChar name[MAX_WORD];
		u_uastrcpy(name, plurals[i]);
		if (u_strcmp(name, word) == 0)
			return (enum plural)i;
	}
	return PLURAL_OTHER;
}

struct str ordinal_text(struct arena *arena, struct locales *locales, int number, struct str lang)
{
	struct language *language = language_of(locales, lang);
	UChar units[MAX_WORD];
	UErrorCode status = U_ZERO_ERROR;
	struct buf out = {0};
	if (!language->known)
		return (struct str){0};
	UNumberFormat *format = unum_open(UNUM_ORDINAL, NULL, 0, language->name, NULL, &status);
	const char *actual = unum_getLocaleByType(format, ULOC_ACTUAL_LOCALE, &status);
	bool known = U_SUCCESS(status) && actual && strcmp(actual, "root") != 0;
	int len = unum_format(format, number, units, MAX_WORD, NULL, &status);
	unum_close(format);
	if (U_FAILURE(status) || !known)
		return (struct str){0};
	buf_utf16(&out, units, len);
	return buf_taken(arena, &out);
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
	ULocaleData *data = ulocdata_open(language->name, &status);
	for (int i = 0; i < QUOTES && U_SUCCESS(status); i++) {
		UChar units[MAX_WORD];
		struct buf mark = {0};
		int len = ulocdata_getDelimiter(data, kinds[i], units, MAX_WORD, &status);
		if (U_SUCCESS(status))
			buf_utf16(&mark, units, len);
		out[i] = buf_taken(arena, &mark);
	}
	ulocdata_close(data);
	return U_SUCCESS(status);
}
