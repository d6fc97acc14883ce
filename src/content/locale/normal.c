/* normal.c - one form of what is the same text: Unicode's Normalization Form C (UAX #15), which
 * pages of the web are to be in, and NFKC_Casefold (UAX #44), by which names are found. */
#include "locale/locale.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static bool is_ascii(struct str text)
{
	for (int i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] >= 0x80)
			return false;
	return true;
}

/* In the arena's UTF-16; the length. */
static int32_t widen(struct arena *arena, struct str text, UChar **out)
{
	UErrorCode error = U_ZERO_ERROR;
	int32_t len = 0;
	*out = arena_new_array(arena, UChar, text.len + 1);
	u_strFromUTF8(*out, text.len + 1, &len, text.at, text.len, &error);
	return U_SUCCESS(error) ? len : -1;
}

static struct str narrow(struct arena *arena, const UChar *text, int32_t len)
{
	UErrorCode error = U_ZERO_ERROR;
	int32_t size = 3 * len, made = 0;
	char *out = arena_alloc(arena, (size_t)size + 1);
	u_strToUTF8(out, size + 1, &made, text, len, &error);
	return U_SUCCESS(error) ? (struct str){out, made} : (struct str){0};
}

static struct str normalize(struct arena *arena, struct str text, const UNormalizer2 *form)
{
	UErrorCode error = U_ZERO_ERROR, full = U_ZERO_ERROR;
	UChar *wide, *made;
	int32_t len = form ? widen(arena, text, &wide) : -1;
	if (len < 0 || unorm2_isNormalized(form, wide, len, &error) || U_FAILURE(error))
		return text;
	int32_t size = unorm2_normalize(form, wide, len, NULL, 0, &full) + 1;
	made = arena_new_array(arena, UChar, size);
	len = unorm2_normalize(form, wide, len, made, size, &error);
	struct str narrowed = U_SUCCESS(error) ? narrow(arena, made, len) : (struct str){0};
	return narrowed.at ? narrowed : text;
}

struct str text_composed(struct arena *arena, struct str text)
{
	UErrorCode error = U_ZERO_ERROR;
	return is_ascii(text) ? text : normalize(arena, text, unorm2_getNFCInstance(&error));
}

struct str text_caseless(struct arena *arena, struct str text)
{
	UErrorCode error = U_ZERO_ERROR;
	if (!is_ascii(text))
		return normalize(arena, text, unorm2_getNFKCCasefoldInstance(&error));
	char *small = str_chars(arena, text);
	for (int i = 0; i < text.len; i++)
		if (small[i] >= 'A' && small[i] <= 'Z')
			small[i] = (char)(small[i] + 'a' - 'A');
	return (struct str){small, text.len};
}
