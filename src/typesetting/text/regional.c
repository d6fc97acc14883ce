/* regional.c - Chinese, Japanese and Korean write many characters in forms of their own, and the
 * families that have them all are made for one of these each. So where a style names several, the
 * one that suits the language is asked first, and the order of the style decides among equals.
 *
 * What a family is made for its name says (Noto Sans CJK JP); else whether it has characters that
 * its language alone is written with. Rejected: leaving it to the rules of one
 * font (locl), which most have for their own language alone. */
#include "text/text_int.h"

#include <hb-ot.h>

static const struct {
	const char *lang; /* the narrower first */
	enum region region;
} languages[] = {{"zh-Hant-HK", REGION_HK}, {"zh-Hant-MO", REGION_HK}, {"zh-HK", REGION_HK},
	{"zh-MO", REGION_HK}, {"yue", REGION_HK}, {"zh-Hant", REGION_TW}, {"zh-TW", REGION_TW},
	{"zh", REGION_CN}, {"ja", REGION_JP}, {"ko", REGION_KR}};

static enum region region_of(struct str lang)
{
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
		if (lang_is(lang, languages[i].lang))
			return languages[i].region;
	return REGION_NONE;
}

/* Each is in all fonts for that region, and not in all for another. */
static const char *const written[REGION_COUNT] = {
	"", "们这说门", "們這說溫", "們這嘅咗喺", "のを込働", "한글을"};

static bool is_written_with(hb_font_t *font, enum region region)
{
	struct str text = str_of(written[region]);
	for (int at = 0; at < text.len;) {
		hb_codepoint_t glyph;
		if (!hb_font_get_nominal_glyph(font, utf8_next(text, &at), &glyph))
			return false;
	}
	return true;
}

/* By the last of the words of a family's name that is one of these. */
static enum region named_region(struct str family)
{
	static const struct {
		const char *word;
		enum region region;
	} words[] = {{"SC", REGION_CN}, {"CN", REGION_CN}, {"TC", REGION_TW}, {"TW", REGION_TW},
		{"HC", REGION_HK}, {"HK", REGION_HK}, {"JP", REGION_JP}, {"KR", REGION_KR}};
	enum region region = REGION_NONE;
	struct str word;
	while (str_split(&family, ' ', &word))
		for (size_t i = 0; i < sizeof words / sizeof *words; i++)
			if (str_is(word, words[i].word))
				region = words[i].region;
	return region;
}

static enum region made_for(hb_font_t *font)
{
	char name[128];
	unsigned size = sizeof name;
	hb_ot_name_get_utf8(hb_font_get_face(font), HB_OT_NAME_ID_FONT_FAMILY, HB_LANGUAGE_INVALID,
		&size, name);
	return named_region((struct str){name, (int)size});
}

struct regional regional_read(hb_font_t *font)
{
	enum { MADE_FOR_IT = 1, NEAR, WRITTEN, MADE_FOR_ANOTHER, REST };
	struct regional out = {{0}};
	bool any = false;
	for (enum region r = REGION_NONE + 1; r < REGION_COUNT; r++)
		any |= is_written_with(font, r);
	enum region made = any ? made_for(font) : REGION_NONE;
	for (enum region r = REGION_NONE + 1; any && r < REGION_COUNT; r++)
		out.rank[r] = made == r                       ? MADE_FOR_IT
			: r == REGION_HK && made == REGION_TW ? NEAR
			: !is_written_with(font, r)           ? REST
			: made                                ? MADE_FOR_ANOTHER
							      : WRITTEN;
	return out;
}

/* The faces that have a rank change places among each other; false: they stand well. */
static bool put_in_order(const struct text *text, struct chain *chain, enum region region)
{
	bool moved = false;
	for (int i = 0; i < chain->count; i++)
		for (int k = i + 1; k < chain->count; k++) {
			int at = chain->faces[i], later = chain->faces[k];
			int rank = text->fonts.at[at].regional.rank[region];
			int other = text->fonts.at[later].regional.rank[region];
			if (!rank || !other || other >= rank)
				continue;
			memmove(&chain->faces[i + 1], &chain->faces[i],
				(size_t)(k - i) * sizeof *chain->faces);
			chain->faces[i] = later;
			moved = true;
		}
	return moved;
}

void regional_add(struct text *text, int chain)
{
	for (enum region r = REGION_NONE + 1; r < REGION_COUNT; r++) {
		struct chain other = text->chains.at[chain];
		other.region = r;
		if (!put_in_order(text, &other, r))
			continue;
		text->chains.at[chain].regional[r] = text->chains.len;
		*vec_push(text->arena, &text->chains) = other;
		text->regional = true;
	}
}

int regional_chain(const struct text *text, int chain, struct str lang)
{
	int other = text->regional ? text->chains.at[chain].regional[region_of(lang)] : 0;
	return other ? other : chain;
}
