/* locales.c - languages, each with ICU's tools for it.
 *
 * ICU answers for a language that it does not know in that of the environment; so what it knows is
 * asked first, and one that it does not know is the root, which is of no language. */
#include "locale/locales_int.h"

#include "base/heap.h"

#include <unicode/uchar.h>
#include <unicode/ures.h>
#include <unicode/ustring.h>

#include <stdio.h>
#include <stdlib.h>

struct locales *locales_new(void)
{
	return heap_new(sizeof(struct locales));
}

static void language_free(struct language *language)
{
	if (!language)
		return;
	for (int i = 0; i < MAX_FIGURES; i++)
		if (language->figures[i].formatter)
			icu()->unumf_close(language->figures[i].formatter);
	for (int i = 0; i < DAY_FORMATS; i++)
		if (language->days[i])
			icu()->udat_close(language->days[i]);
	for (int i = 0; i < 2; i++)
		if (language->plurals[i])
			icu()->uplrules_close(language->plurals[i]);
	if (language->ordinals)
		icu()->unum_close(language->ordinals);
	for (int i = 0; i < LIST_KINDS; i++)
		if (language->lists[i])
			icu()->ulistfmt_close(language->lists[i]);
	free(language->tag);
	free(language);
}

void locales_free(struct locales *locales)
{
	if (!locales)
		return;
	for (int i = 0; i < MAX_LANGUAGES; i++)
		language_free(locales->languages[i]);
	if (locales->number)
		icu()->unumf_closeResult(locales->number);
	free(locales);
}

/* Whether there is data of the language in its script, be it that of another country. Of Mongolian
 * in its own script, say, ICU has the root's, which is of no language. */
static bool is_known(const char *name)
{
	UErrorCode status = U_ZERO_ERROR;
	UResourceBundle *bundle = ures_open(NULL, name, &status);
	bool known = U_SUCCESS(status) && status != U_USING_DEFAULT_WARNING &&
		strcmp(ures_getLocaleByType(bundle, ULOC_ACTUAL_LOCALE, &status), "root") != 0;
	ures_close(bundle);
	return known && U_SUCCESS(status);
}

bool locale_name(struct str lang, char name[ULOC_FULLNAME_CAPACITY])
{
	char tag[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	/* English of no country is not that of America. */
	struct str of = str_is(lang, "en") ? str_lit("en-001") : lang;
	snprintf(tag, sizeof tag, "%.*s", str_arg(of));
	uloc_forLanguageTag(tag, name, ULOC_FULLNAME_CAPACITY, NULL, &status);
	bool known = U_SUCCESS(status) && name[0] && is_known(name);
	if (!known)
		strcpy(name, "root");
	return known;
}

static void find_scripts(struct language *language)
{
	char whole[ULOC_FULLNAME_CAPACITY]; /* ICU takes "yi" alone for the script of the Yi */
	UErrorCode status = U_ZERO_ERROR;
	uloc_addLikelySubtags(language->name, whole, sizeof whole, &status);
	int count = uscript_getCode(whole, language->scripts, MAX_SCRIPTS, &status);
	language->script_count = U_SUCCESS(status) ? count : 0;
}

static bool is_of_language(const struct language *language, UChar32 c)
{
	if (!u_isalpha(c) || uscript_hasScript(c, USCRIPT_COMMON) ||
		uscript_hasScript(c, USCRIPT_INHERITED))
		return true;
	for (int i = 0; i < language->script_count; i++)
		if (uscript_hasScript(c, language->scripts[i]))
			return true;
	return false;
}

bool language_writes(const struct language *language, const UChar *text, int len)
{
	for (int at = 0; at < len;) {
		UChar32 c;
		U16_NEXT(text, at, len, c);
		if (!is_of_language(language, c))
			return false;
	}
	return true;
}

bool lang_is_latin(struct str lang)
{
	struct language language = {.known = true};
	UErrorCode status = U_ZERO_ERROR;
	char tag[ULOC_FULLNAME_CAPACITY];
	snprintf(tag, sizeof tag, "%.*s", str_arg(lang));
	uloc_forLanguageTag(tag, language.name, ULOC_FULLNAME_CAPACITY, NULL, &status);
	find_scripts(&language);
	for (int i = 0; i < language.script_count; i++)
		if (language.scripts[i] == USCRIPT_LATIN)
			return true;
	return language.script_count == 0;
}

static struct language *language_new(struct str lang)
{
	struct language *language = heap_new(sizeof *language);
	language->tag = heap_text(lang);
	language->known = locale_name(lang, language->name);
	find_scripts(language);
	return language;
}

struct language *language_of(struct locales *locales, struct str lang)
{
	for (int i = 0; i < MAX_LANGUAGES; i++) {
		struct language *language = locales->languages[i];
		if (language && str_is(lang, language->tag))
			return language;
	}
	struct language **place = &locales->languages[locales->next];
	locales->next = (locales->next + 1) % MAX_LANGUAGES;
	language_free(*place);
	*place = language_new(lang);
	return *place;
}

/* -- texts ------------------------------------------------------------------------------------- */

void buf_utf16(struct buf *out, const UChar *text, int len)
{
	int32_t size = 0;
	UErrorCode status = U_ZERO_ERROR;
	buf_reserve(out, 3 * (size_t)len + 1);
	u_strToUTF8(out->at + out->len, 3 * len + 1, &size, text, len, &status);
	if (U_SUCCESS(status))
		out->len += (size_t)size;
}

const UChar *utf16_of(struct arena *arena, struct str text, int *len)
{
	int32_t size = 0;
	UErrorCode status = U_ZERO_ERROR;
	UChar *units = arena_new_array(arena, UChar, text.len + 1);
	u_strFromUTF8(units, text.len + 1, &size, text.at ? text.at : "", text.len, &status);
	*len = U_SUCCESS(status) ? size : 0;
	return units;
}

struct str buf_taken(struct arena *arena, struct buf *out)
{
	struct str text = str_copy(arena, buf_text(out));
	buf_free(out);
	return text;
}
