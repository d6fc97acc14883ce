/* opportunity.c - what may happen behind each character: flat text → one byte a byte.
 *
 * Text is taken token by token (what stands between blanks). libunibreak gives a token's
 * opportunities by UAX #14; then an address of the web or of e-mail is divided as
 * address.c says, and a word is hyphenated unless it has a digit, a hyphen or a soft hyphen of its
 * own, or no small letter. Tokens come up again and again, so the result is kept, by the token and
 * the first character behind its blank: the algorithm's rules look no further than that over a
 * blank, which the unit tests hold against the text as a whole. */
#include "text/text_int.h"

#include <linebreak.h>

#define HYPHEN "\xE2\x80\x90"          /* U+2010 */
#define NO_BREAK_HYPHEN "\xE2\x80\x91" /* U+2011 */

enum {
	MIN_WORD = 5,  /* letters */
	MAX_WORD = 63, /* bytes */
	MAX_KEPT = 250 /* bytes of a token that is worth remembering */
};

struct finder {
	struct shaper *shaper;
	const struct flat *flat;
	struct str text;
	unsigned char *may;
	bool hyphenate;
};

/* Bytes from..to, and the blank behind them with the next character, up to stop. */
struct token {
	int from, to, stop;
	int first_span, span_end;
	int language;
	bool email, mark;
};

/* A token or, where notes have their marks in it, a part of one. */
struct part {
	int from, to;
	bool digit, hyphen;
};

/* -- parts ------------------------------------------------------------------------------------- */

static bool has_at(struct str text, int at, int to, const char *word)
{
	int len = (int)strlen(word);
	return at + len <= to && memcmp(text.at + at, word, (size_t)len) == 0;
}

/* A soft hyphen that stands where a line may end becomes one that shows there. */
static void note_soft_hyphen(struct finder *finder, struct part *part, int at)
{
	if (!has_at(finder->text, at, part->to, "\xC2\xAD"))
		return;
	part->hyphen = true;
	if (finder->may[at + 1] == MAY_BREAK)
		finder->may[at + 1] = MAY_HYPHENATE;
}

static void classify(struct finder *finder, struct part *part)
{
	struct str text = finder->text;
	for (int i = part->from; i < part->to; i++) {
		char c = text.at[i];
		if (c >= '0' && c <= '9')
			part->digit = true;
		else if (c == '-')
			part->hyphen = true;
		else if (c == '\xC2')
			note_soft_hyphen(finder, part, i);
		else if (c == '\xE2')
			part->hyphen |= has_at(text, i, part->to, HYPHEN) ||
				has_at(text, i, part->to, NO_BREAK_HYPHEN);
	}
}

/* -- words ------------------------------------------------------------------------------------- */

static bool is_letter(uint32_t character)
{
	if (character < 0x80)
		return (character | 0x20) >= 'a' && (character | 0x20) <= 'z';
	switch (hb_unicode_general_category(hb_unicode_funcs_get_default(), character)) {
	case HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER:
	case HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER:
	case HB_UNICODE_GENERAL_CATEGORY_OTHER_LETTER:
	case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
		return true;
	default:
		return false;
	}
}

/* The small letter, of as many bytes, of Latin capitals up to U+017F; dictionaries know no
 * others. */
static uint32_t small_letter(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
		return c + 0x20;
	if ((c >= 0x100 && c <= 0x137 && c != 0x130) || (c >= 0x14A && c <= 0x177))
		return c | 1;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
		return c + (c & 1);
	return c;
}

static void hyphenate_word(struct finder *finder, int language, int from, int to)
{
	char word[MAX_WORD + 1];
	int letters = 0, len = 0;
	bool small = false;
	if (to - from < MIN_WORD || to - from > MAX_WORD)
		return;
	for (int at = from; at < to; letters++) {
		uint32_t character = utf8_next(finder->text, &at);
		uint32_t lowered = small_letter(character);
		small |= lowered == character;
		len += utf8_encode(lowered, word + len);
	}
	if (!small || letters < MIN_WORD || len != to - from)
		return;
	word[len] = '\0';
	uint64_t points = hyphenate(finder->shaper, language, (struct str){word, len});
	for (int i = 1; points >> i; i++)
		if (points >> i & 1 && finder->may[from + i - 1] == STAY)
			finder->may[from + i - 1] = MAY_HYPHENATE;
}

static void hyphenate_part(struct finder *finder, int language, const struct part *part)
{
	int word = part->from;
	for (int at = part->from, next; at < part->to; at = next) {
		next = at;
		if (is_letter(utf8_next(finder->text, &next)))
			continue;
		hyphenate_word(finder, language, word, at);
		word = next;
	}
	hyphenate_word(finder, language, word, part->to);
}

/* -- tokens ------------------------------------------------------------------------------------ */

/* libunibreak 1 gives up, by an assert, at the letters that flags are made of (regional indicators)
 * and at U+FFFF. Others of as many bytes stand in for them, between which no line ends. */
static struct str without_traps(struct arena *scratch, struct str text)
{
	if (str_find(text, "\xF0\x9F\x87") < 0 && str_find(text, "\xEF\xBF\xBF") < 0)
		return text;
	char *at = str_chars(scratch, text);
	for (int i = 0; i < text.len; i++) {
		if (has_at(text, i, text.len, "\xF0\x9F\x87"))
			memcpy(at + i, "\xF0\x90\x90", 3); /* U+104xx, a letter */
		if (has_at(text, i, text.len, "\xEF\xBF\xBF"))
			at[i + 2] = '\xBD'; /* U+FFFD */
	}
	return (struct str){at, text.len};
}

static void find_unicode(struct finder *finder, const struct token *token)
{
	char *may = (char *)finder->may + token->from;
	struct str text = without_traps(
		finder->shaper->scratch, str_slice(finder->text, token->from, token->stop));
	set_linebreaks_utf8((const utf8_t *)text.at, (size_t)text.len,
		finder->shaper->languages.at[token->language].tag.at, may);
	for (int i = 0; i < text.len; i++)
		may[i] = may[i] <= LINEBREAK_ALLOWBREAK ? MAY_BREAK : STAY;
}

static void find_part(struct finder *finder, const struct token *token, int from, int to)
{
	struct part part = {.from = from, .to = to};
	classify(finder, &part);
	if (token->email || text_is_address(str_slice(finder->text, from, to))) {
		for (int i = from; i + 1 < to; i++)
			finder->may[i] = STAY;
		address_divide(finder->text, from, to, finder->may);
	} else if (finder->hyphenate && !part.digit && !part.hyphen) {
		hyphenate_part(finder, token->language, &part);
	}
}

/* A note's mark is no part of the word that it stands at. */
static void find_token(struct finder *finder, const struct token *token)
{
	const struct flat *flat = finder->flat;
	int from = token->from;
	find_unicode(finder, token);
	for (int i = token->first_span; i < token->span_end; i++) {
		if (!flat->spans[i].mark)
			continue;
		if (flat->spans[i].from > from)
			find_part(finder, token, from, flat->spans[i].from);
		from = flat_span_end(flat, i);
	}
	if (token->to > from)
		find_part(finder, token, from, token->to);
}

/* The same from memory, where nothing but the token's text and language counts. */
static void find_known_token(struct finder *finder, const struct token *token)
{
	struct cache *tokens = finder->shaper->tokens;
	int len = token->stop - token->from;
	if (token->mark || len > MAX_KEPT) {
		find_token(finder, token);
		return;
	}
	struct str key = str_slice(finder->text, token->from, token->stop);
	uint64_t tag = (uint64_t)token->language << 2 | (uint64_t)finder->hyphenate << 1 |
		(uint64_t)token->email;
	const void *known = cache_find(tokens, tag, key);
	if (!known) {
		find_token(finder, token);
		known = memcpy(cache_put(tokens, tag, key, (size_t)len), finder->may + token->from,
			(size_t)len);
	}
	memcpy(finder->may + token->from, known, (size_t)len);
}

/* The token at a byte that is no blank; span is the one that it begins in. */
static struct token token_at(const struct finder *finder, int at, int span)
{
	const struct flat *flat = finder->flat;
	struct str text = finder->text;
	const char *blank = memchr(text.at + at, ' ', (size_t)(text.len - at));
	struct token token = {.from = at, .first_span = span, .span_end = span};
	token.to = token.stop = blank ? (int)(blank - text.at) : text.len;
	while (token.stop < text.len && text.at[token.stop] == ' ')
		token.stop++;
	if (token.stop < text.len)
		utf8_next(text, &token.stop);
	token.language = language_find(finder->shaper, flat->spans[span].lang);
	for (; token.span_end < flat->span_count; token.span_end++) {
		const struct span *of = &flat->spans[token.span_end];
		if (of->from >= token.to)
			break;
		token.email |= of->email;
		token.mark |= of->mark;
	}
	return token;
}

static void find_tokens(struct finder *finder)
{
	const struct flat *flat = finder->flat;
	for (int at = 0, span = 0; at < finder->text.len;) {
		if (finder->text.at[at] == ' ') {
			at++;
			continue;
		}
		while (span + 1 < flat->span_count && flat->spans[span + 1].from <= at)
			span++;
		struct token token = token_at(finder, at, span);
		find_known_token(finder, &token);
		at = token.to;
	}
}

unsigned char *opportunities_find(struct shaper *shaper, const struct flat *flat, bool hyphenate)
{
	struct finder finder = {
		.shaper = shaper,
		.flat = flat,
		.text = flat->text,
		.may = arena_new_array(shaper->scratch, unsigned char, flat->text.len + 1),
		.hyphenate = hyphenate,
	};
	find_tokens(&finder);
	for (int i = 0; i < flat->span_count; i++) {
		const struct span *span = &flat->spans[i];
		if (span->forced)
			finder.may[span->from] = MUST_BREAK;
		if (span->mark && span->from)
			finder.may[span->from - 1] = STAY; /* a mark never starts a line */
	}
	return finder.may;
}
