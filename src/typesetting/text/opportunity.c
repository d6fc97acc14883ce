/* opportunity.c - what may happen behind each character: flat text → one byte a byte.
 *
 * ICU says where lines may end by UAX #14 (breaker.c); then an address of the web or of e-mail is
 * divided as address.c says, and a word is hyphenated unless it has a digit, a hyphen or a soft
 * hyphen of its own, or no small letter.
 *
 * ICU's rules begin anew at each place where a line may end, and look no further over a blank than
 * to the character behind it. So, as long as a line may end at each blank and the rules stay the
 * same, a token (what stands between blanks) has the same places for lines to end wherever it
 * stands: tokens come up again and again, and what was found is kept by the token and the first
 * character behind its blank. A paragraph that is not so is looked at as a whole. The unit tests
 * hold both against ICU's word on the paragraph. */
#include "text/text_int.h"

#include <unicode/uchar.h>

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
	bool hyphenate, loose;
};

/* Bytes from..to, the blank behind them up to blank_end, and the next character up to stop. */
struct token {
	int from, to, blank_end, stop;
	int first_span, span_end;
	int language;
	bool email, mark, mixed; /* mixed: in languages of several rules */
	bool name;               /* a capital at its start does not begin a sentence */
};

/* A token or, where notes have their marks in it, a part of one. */
struct part {
	int from, to;
	bool digit, hyphen, name;
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

/* last: its last byte. */
static void note_hyphen(struct finder *finder, struct part *part, int last)
{
	part->hyphen = true;
	if (finder->may[last] == MAY_BREAK)
		finder->may[last] = finder->hyphenate ? MAY_SPLIT : MAY_SPLIT_ILL;
}

static void classify(struct finder *finder, struct part *part)
{
	struct str text = finder->text;
	for (int i = part->from; i < part->to; i++) {
		char c = text.at[i];
		if (c >= '0' && c <= '9')
			part->digit = true;
		else if (c == '-')
			note_hyphen(finder, part, i);
		else if (c == '\xC2')
			note_soft_hyphen(finder, part, i);
		else if (c == '\xE2' && has_at(text, i, part->to, HYPHEN))
			note_hyphen(finder, part, i + 2);
		else if (c == '\xE2')
			part->hyphen |= has_at(text, i, part->to, NO_BREAK_HYPHEN);
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

/* The small letter, of as many bytes; other capitals stay. */
static uint32_t small_letter(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
		return c + 0x20;
	if ((c >= 0x100 && c <= 0x137 && c != 0x130) || (c >= 0x14A && c <= 0x177))
		return c | 1;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
		return c + (c & 1);
	uint32_t small = c < 0x180 ? c : (uint32_t)u_tolower((UChar32)c);
	char room[4];
	return utf8_encode(small, room) == utf8_encode(c, room) ? small : c;
}

static void hyphenate_word(struct finder *finder, int language, int from, int to, bool name)
{
	char word[MAX_WORD + 1];
	int letters = 0, len = 0, two = 0;
	bool small = false;
	if (to - from < MIN_WORD || to - from > MAX_WORD)
		return;
	for (int at = from; at < to; letters++) {
		uint32_t character = utf8_next(finder->text, &at);
		uint32_t lowered = small_letter(character);
		small |= lowered == character;
		name &= letters > 0 || lowered != character;
		len += utf8_encode(lowered, word + len);
		two = letters == 1 ? len : two;
	}
	if (!small || letters < MIN_WORD || len != to - from)
		return;
	word[len] = '\0';
	uint64_t points = hyphenate(finder->shaper, language, (struct str){word, len});
	for (int i = 1; points >> i; i++)
		if (points >> i & 1 && finder->may[from + i - 1] == STAY)
			finder->may[from + i - 1] = name ? MAY_HYPHENATE_NAME
				: i == two               ? MAY_HYPHENATE_SHORT
							 : MAY_HYPHENATE;
}

static void hyphenate_part(struct finder *finder, int language, const struct part *part)
{
	int word = part->from;
	for (int at = part->from, next; at < part->to; at = next) {
		next = at;
		if (is_letter(utf8_next(finder->text, &next)))
			continue;
		hyphenate_word(finder, language, word, at, part->name);
		word = next;
	}
	hyphenate_word(finder, language, word, part->to, part->name);
}

/* -- tokens ------------------------------------------------------------------------------------ */

static bool is_email(const struct finder *finder, const struct token *token, int from, int to)
{
	const struct flat *flat = finder->flat;
	for (int i = token->first_span; token->email && i < token->span_end; i++)
		if (flat->spans[i].email && flat->spans[i].from < to &&
			flat_span_end(flat, i) > from)
			return true;
	return false;
}

/* Whether a character is of a script that is written without blanks, or Hangul, or a sign as wide:
 * none is of an address that stands beside it. */
static bool is_beside_addresses(uint32_t character)
{
	return character >= 0x2E80 ||
		(character >= 0xE00 &&
			u_getIntPropertyValue((UChar32)character, UCHAR_LINE_BREAK) ==
				U_LB_COMPLEX_CONTEXT);
}

static bool divide_if_address(struct finder *finder, const struct token *token, int from, int to)
{
	if (from == to ||
		(!is_email(finder, token, from, to) &&
			!text_is_address(str_slice(finder->text, from, to))))
		return false;
	for (int i = from; i + 1 < to; i++)
		finder->may[i] = STAY;
	address_divide(finder->text, from, to, finder->may);
	return true;
}

/* False when there is none. */
static bool divide_addresses(
	struct finder *finder, const struct token *token, const struct part *part)
{
	bool found = false;
	int from = part->from;
	if (!token->email && !text_is_address(str_slice(finder->text, part->from, part->to)))
		return false;
	for (int at = from, next; at < part->to; at = next) {
		next = at;
		if (!is_beside_addresses(utf8_next(finder->text, &next)))
			continue;
		found |= divide_if_address(finder, token, from, at);
		from = next;
	}
	return divide_if_address(finder, token, from, part->to) || found;
}

static void find_part(struct finder *finder, const struct token *token, int from, int to)
{
	struct part part = {.from = from, .to = to, .name = token->name};
	classify(finder, &part);
	if (!divide_addresses(finder, token, &part) && finder->hyphenate && !part.digit &&
		!part.hyphen)
		hyphenate_part(finder, token->language, &part);
}

/* A note's mark is no part of the word that it stands at. */
static void find_parts(struct finder *finder, const struct token *token)
{
	const struct flat *flat = finder->flat;
	int from = token->from;
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

static void find_token(struct finder *finder, const struct token *token)
{
	struct shaper *shaper = finder->shaper;
	struct line_rules rules = {shaper->languages.at[token->language].tag, finder->loose};
	breaker_find(shaper, rules, str_slice(finder->text, token->from, token->stop),
		finder->may + token->from);
	find_parts(finder, token);
}

/* A token's text and, behind it, where its notes' marks begin and end, and how long it is. */
static struct str key_of(const struct finder *finder, const struct token *token)
{
	const struct flat *flat = finder->flat;
	struct str key = str_slice(finder->text, token->from, token->stop);
	if (!token->mark)
		return key;
	int marks = token->span_end - token->first_span, len = key.len;
	char *with = arena_take(finder->shaper->scratch, (size_t)(len + 2 * marks + 1));
	memcpy(with, key.at, (size_t)len);
	for (int i = token->first_span; i < token->span_end; i++)
		if (flat->spans[i].mark) {
			with[len++] = (char)(flat->spans[i].from - token->from);
			with[len++] = (char)(flat_span_end(flat, i) - token->from);
		}
	with[len++] = (char)key.len;
	return (struct str){with, len};
}

/* The same from memory, where nothing but the token's text, marks and language counts. */
static void find_known_token(struct finder *finder, const struct token *token)
{
	struct cache *tokens = finder->shaper->tokens;
	int len = token->stop - token->from;
	if ((token->mark && token->email) || len > MAX_KEPT) {
		find_token(finder, token);
		return;
	}
	struct str key = key_of(finder, token);
	uint64_t tag = (uint64_t)token->language << 5 | (uint64_t)token->mark << 4 |
		(uint64_t)finder->loose << 3 | (uint64_t)token->name << 2 |
		(uint64_t)finder->hyphenate << 1 | (uint64_t)token->email;
	const void *known = cache_find(tokens, tag, key);
	if (!known) {
		find_token(finder, token);
		known = memcpy(cache_put(tokens, tag, key, (size_t)len), finder->may + token->from,
			(size_t)len);
	}
	memcpy(finder->may + token->from, known, (size_t)len);
}

/* What the spans of a token, and of the character behind its blank, say of it. */
static void look_at_spans(const struct finder *finder, struct token *token)
{
	const struct flat *flat = finder->flat;
	struct str lang = flat->spans[token->first_span].lang;
	for (int i = token->first_span; i < flat->span_count; i++) {
		const struct span *of = &flat->spans[i];
		if (of->from >= token->stop)
			break;
		token->mixed |= !breaker_is_same(lang, of->lang);
		if (of->from >= token->to)
			continue;
		token->email |= of->email;
		token->mark |= of->mark;
		token->span_end = i + 1;
	}
}

/* The next token from a byte on; *span is the one that it begins in. False: there is none. */
static bool token_next(const struct finder *finder, int at, int *span, struct token *token)
{
	const struct flat *flat = finder->flat;
	struct str text = finder->text;
	while (at < text.len && text.at[at] == ' ')
		at++;
	if (at == text.len)
		return false;
	while (*span + 1 < flat->span_count && flat->spans[*span + 1].from <= at)
		++*span;
	const char *blank = memchr(text.at + at, ' ', (size_t)(text.len - at));
	int language = token->to && token->first_span == *span
		? token->language
		: language_find(finder->shaper, flat->spans[*span].lang);
	*token = (struct token){
		.from = at, .first_span = *span, .span_end = *span, .language = language};
	token->to = token->blank_end = blank ? (int)(blank - text.at) : text.len;
	while (token->blank_end < text.len && text.at[token->blank_end] == ' ')
		token->blank_end++;
	token->stop = token->blank_end;
	if (token->stop < text.len)
		utf8_next(text, &token->stop);
	look_at_spans(finder, token);
	token->name = finder->hyphenate &&
		is_name(flat, token->first_span, str_slice(text, token->from, token->to));
	return true;
}

/* -- paragraphs -------------------------------------------------------------------------------- */

/* Token by token; false when that is not exact. */
static bool find_tokens(struct finder *finder)
{
	struct token token = {0};
	for (int span = 0; token_next(finder, token.to, &span, &token);) {
		if (token.mixed)
			return false;
		find_known_token(finder, &token);
		if (token.stop > token.blank_end && finder->may[token.blank_end - 1] == STAY)
			return false;
	}
	return true;
}

/* Before each character it is the rules of its own language that count. */
static void find_breaks(struct finder *finder)
{
	const struct flat *flat = finder->flat;
	unsigned char *may = arena_new_array(
		finder->shaper->scratch, unsigned char, flat->text.len + 1);
	for (int i = 0, end; i < flat->span_count; i = end) {
		struct str lang = flat->spans[i].lang;
		for (end = i + 1; end < flat->span_count; end++)
			if (!breaker_is_same(lang, flat->spans[end].lang))
				break;
		int from = flat->spans[i].from ? flat->spans[i].from - 1 : 0;
		breaker_find(
			finder->shaper, (struct line_rules){lang, finder->loose}, flat->text, may);
		memcpy(finder->may + from, may + from, (size_t)(flat->text.len - from));
	}
}

static bool opens(uint32_t character)
{
	return u_getIntPropertyValue((UChar32)character, UCHAR_LINE_BREAK) == U_LB_OPEN_PUNCTUATION;
}

/* ".jsonl", ".5" and "/etc" are words, though UAX #14 holds a full stop and a slash to what stands
 * before their blank (LB13). */
static void part_from_words_in_signs(struct finder *finder)
{
	struct str text = finder->text;
	uint32_t before = 0;
	for (int at = 0; at < text.len;) {
		int from = at, sign = at + 1;
		uint32_t character = utf8_next(text, &at);
		bool held = character == ' ' && finder->may[from] == STAY && !opens(before);
		before = character;
		if (!held || sign + 1 >= text.len || !strchr("./", text.at[sign]))
			continue;
		int behind = sign + 1;
		if (!u_isalnum((UChar32)utf8_next(text, &behind)))
			continue;
		finder->may[from] = MAY_BREAK;
		finder->may[sign] = STAY;
	}
}

static void find_whole(struct finder *finder)
{
	struct token token = {0};
	find_breaks(finder);
	part_from_words_in_signs(finder);
	for (int span = 0; token_next(finder, token.to, &span, &token);)
		find_parts(finder, &token);
}

unsigned char *opportunities_find(
	struct shaper *shaper, const struct flat *flat, struct breaking breaking)
{
	struct finder finder = {
		.shaper = shaper,
		.flat = flat,
		.text = flat->text,
		.may = arena_new_array(shaper->scratch, unsigned char, flat->text.len + 1),
		.hyphenate = breaking.hyphenate,
		.loose = breaking.loose,
	};
	if (!find_tokens(&finder))
		find_whole(&finder);
	if (!finder.loose && spacing_is_needed(flat->text))
		keep_korean_words(flat, finder.may);
	hold_together(flat, finder.may);
	tie_words(flat, finder.may);
	hold_groups(flat, finder.may);
	for (int i = 0; i < flat->span_count; i++) {
		const struct span *span = &flat->spans[i];
		if (span->forced)
			finder.may[span->from] = MUST_BREAK;
		if (span->mark && span->from)
			finder.may[span->from - 1] = STAY; /* a mark never starts a line */
	}
	return finder.may;
}
