/* normal.c - one form of what is the same text: Unicode's Normalization Form C (UAX #15), which
 * pages of the web are to be in, and one by which names are found. */
#include "locale/locale.h"

#include <unicode/uchar.h>
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

/* Whether it is another character in another shape: "Ａ", or a no-break space. "²" is not "2". */
static bool is_shaped(UChar32 c)
{
	switch (u_getIntPropertyValue(c, UCHAR_DECOMPOSITION_TYPE)) {
	case U_DT_WIDE:
	case U_DT_NARROW:
	case U_DT_NOBREAK:
	case U_DT_INITIAL:
	case U_DT_MEDIAL:
	case U_DT_FINAL:
	case U_DT_ISOLATED:
		return true;
	default:
		return false;
	}
}

/* What is seen, in plain shapes, with blanks of one kind; the length, or -1: it has no room. */
static int32_t make_plain(const UChar *text, int32_t len, UChar *out, int32_t size)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *form = unorm2_getNFKCInstance(&error);
	int32_t made = 0;
	for (int32_t at = 0; at < len && made + 1 < size && U_SUCCESS(error);) {
		UChar32 c;
		U16_NEXT(text, at, len, c);
		if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
			continue;
		if (is_shaped(c))
			made += unorm2_getDecomposition(form, c, out + made, size - made, &error);
		else
			U16_APPEND_UNSAFE(out, made, u_isUWhiteSpace(c) ? ' ' : c);
	}
	return U_SUCCESS(error) && made + 1 < size ? made : -1;
}

/* In small letters, each for one, in place. */
static void fold_each(UChar *text, int32_t len)
{
	for (int32_t at = 0, put = 0; at < len;) {
		UChar32 c;
		U16_NEXT(text, at, len, c);
		U16_APPEND_UNSAFE(text, put, u_foldCase(c, U_FOLD_CASE_DEFAULT));
	}
}

static struct str small_ascii(struct arena *arena, struct str text)
{
	char *small = str_chars(arena, text);
	for (int i = 0; i < text.len; i++)
		if (small[i] >= 'A' && small[i] <= 'Z')
			small[i] = (char)(small[i] + 'a' - 'A');
	return (struct str){small, text.len};
}

struct str text_caseless(struct arena *arena, struct str text, bool capitals)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar *wide, *plain, *folded;
	if (is_ascii(text))
		return small_ascii(arena, text);
	int32_t len = widen(arena, text, &wide), size = 4 * text.len + 32;
	plain = arena_new_array(arena, UChar, size);
	len = len < 0 ? -1 : make_plain(wide, len, plain, size);
	if (len < 0)
		return text;
	folded = plain;
	if (capitals) {
		folded = arena_new_array(arena, UChar, 3 * size);
		len = u_strFoldCase(folded, 3 * size, plain, len, U_FOLD_CASE_DEFAULT, &error);
	} else {
		fold_each(plain, len);
	}
	struct str narrowed = U_SUCCESS(error) ? narrow(arena, folded, len) : (struct str){0};
	return narrowed.at ? text_composed(arena, narrowed) : text;
}

bool text_is_capitals(struct str text)
{
	for (int at = 0; at < text.len;)
		if (u_islower((UChar32)utf8_next(text, &at)))
			return false;
	return true;
}
