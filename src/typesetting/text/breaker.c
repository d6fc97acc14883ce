/* breaker.c - where lines may end by the rules of Unicode (UAX #14), as ICU has them.
 *
 * ICU's line rules are the same in all languages but those of East Asia, where “ and ” are known to
 * open and to close. They are asked for in their strict form (JIS X 4051, CSS line-break: strict):
 * no line begins with a small kana or with the sign that lengthens one; or in their loose form, as
 * narrow columns of newspapers are set. */
#include "text/text_int.h"

#include <unicode/ubrk.h>

static const char *const locales[BREAKERS] = {
	"root@lb=strict", "zh@lb=strict", "root@lb=loose", "zh@lb=loose"};

static int rules_of(struct str lang)
{
	return lang_is(lang, "zh") || lang_is(lang, "ja") || lang_is(lang, "yue");
}

bool breaker_is_same(struct str lang, struct str other)
{
	return str_eq(lang, other) || rules_of(lang) == rules_of(other);
}

/* Opened when the first text wants it: that takes a third of a millisecond. */
static UBreakIterator *breaker_of(struct shaper *shaper, struct line_rules rules)
{
	int set = rules_of(rules.lang) + 2 * rules.loose;
	UBreakIterator **breaker = &shaper->breakers[set];
	UErrorCode error = U_ZERO_ERROR;
	if (!*breaker)
		*breaker = ubrk_open(UBRK_LINE, locales[set], NULL, 0, &error);
	if (U_FAILURE(error))
		out_of_memory();
	return *breaker;
}

void breaker_find(
	struct shaper *shaper, struct line_rules rules, struct str text, unsigned char *may)
{
	UErrorCode error = U_ZERO_ERROR;
	UBreakIterator *breaker = breaker_of(shaper, rules);
	UText source = UTEXT_INITIALIZER;
	utext_openUTF8(&source, text.at, text.len, &error);
	ubrk_setUText(breaker, &source, &error);
	if (U_FAILURE(error))
		out_of_memory();
	memset(may, STAY, (size_t)text.len);
	for (int at; (at = ubrk_next(breaker)) != UBRK_DONE;)
		may[at - 1] = MAY_BREAK;
	utext_close(&source);
}

void breakers_close(struct shaper *shaper)
{
	for (int i = 0; i < BREAKERS; i++)
		if (shaper->breakers[i])
			ubrk_close(shaper->breakers[i]);
}
