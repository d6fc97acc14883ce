/* Where lines may end: text is looked at by tokens, and held against ICU's word on all of it. */
#include "opportunity_desk.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>

/* What ICU says of a text, without any of the room's code: "|" behind each character where a line
 * may end. */
static char *said_by_icu(struct arena *arena, const char *locale, struct str text)
{
	UErrorCode error = U_ZERO_ERROR;
	UText source = UTEXT_INITIALIZER;
	UBreakIterator *icu = ubrk_open(UBRK_LINE, locale, NULL, 0, &error);
	char *may = memset(arena_alloc(arena, (size_t)text.len + 1), 0, (size_t)text.len + 1);
	ubrk_setUText(icu, utext_openUTF8(&source, text.at, text.len, &error), &error);
	assert_true(U_SUCCESS(error));
	for (int at; (at = ubrk_next(icu)) != UBRK_DONE;)
		may[at - 1] = '|';
	utext_close(&source);
	ubrk_close(icu);
	return may;
}

enum { KINDS = 64, SAMPLES = 24 };

/* Some characters of each line breaking class, as many of each as there are up to SAMPLES. */
static int samples(uint32_t characters[KINDS * SAMPLES])
{
	int counts[KINDS] = {0}, count = 0;
	for (UChar32 c = 0x21; c < 0x20000; c++) {
		int kind = u_getIntPropertyValue(c, UCHAR_LINE_BREAK);
		bool ends = kind == U_LB_MANDATORY_BREAK || kind == U_LB_NEXT_LINE ||
			kind == U_LB_SURROGATE;
		if (!ends && u_isdefined(c) && kind < KINDS && counts[kind] < SAMPLES &&
			(counts[kind] < SAMPLES / 2 || rand() % 16 == 0)) {
			counts[kind]++;
			characters[count++] = (uint32_t)c;
		}
	}
	return count;
}

/* Any mixture of letters, digits, signs of all classes and blanks. */
static struct str random_text(
	struct arena *arena, const uint32_t *characters, int count, bool common)
{
	static const char *const parts[] = {"a", "B", "7", "-", "/", "(", ")", "!", "%", "\u00A3",
		".", ",", "\u201C", "\u2019", "\u2014", "\u2013", "\u2026", "\u00A0", "\u00AD",
		"\u0175", "\u4E2D", "\u05D0", "\uAC00", "\u200B", "\u2060", "$", "'", ":"};
	struct buf out = {0};
	for (int i = 0, n = 1 + rand() % 30; i < n; i++) {
		char bytes[4];
		if (rand() % 6 == 0)
			buf_char(&out, ' ');
		else if (common)
			buf_puts(&out, parts[(size_t)rand() % (sizeof parts / sizeof *parts)]);
		else
			buf_str(&out,
				(struct str){
					bytes, utf8_encode(characters[rand() % count], bytes)});
	}
	struct str text = str_copy(arena, str_trim(buf_text(&out)));
	buf_free(&out);
	return text;
}

static bool is_sign_of_number(UChar32 character)
{
	return character == '+' || character == '-' || character == 0xB1 || character == 0x2212 ||
		u_charType(character) == U_CURRENCY_SYMBOL;
}

static bool ends_in_digit(struct str text)
{
	int at = text.len - 1;
	while (at > 0 && ((unsigned char)text.at[at] & 0xC0) == 0x80)
		at--;
	return at >= 0 && u_isdigit((UChar32)utf8_next(text, &at));
}

/* Without the dash that stands for no cents, "20.–". */
static struct str without_dash(struct str text)
{
	static const char *const dashes[] = {
		".-", ",-", ".\u2013", ",\u2013", ".\u2014", ",\u2014"};
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
		if (str_ends(text, dashes[i]))
			return str_slice(text, 0, text.len - (int)strlen(dashes[i]));
	return text;
}

/* Whether a number ends before that blank, or begins behind it or right there, be it with its sign
 * or its currency: what holds to it is no rule of ICU's. */
static bool is_beside_number(struct str text, int at)
{
	if (text.at[at] == ' ' && ends_in_digit(without_dash(str_slice(text, 0, at))))
		return true;
	for (int i = at + 1; i < text.len;) {
		UChar32 character = (UChar32)utf8_next(text, &i);
		if (u_isdigit(character))
			return true;
		if (!is_sign_of_number(character) && character != '(')
			return false;
	}
	return false;
}

/* Where words may begin with signs. */
static bool is_beside_sign(struct str text, int at)
{
	return strchr("./", text.at[at]) || strchr("./", text.at[at + 1]);
}

static void tokens_break_as_the_whole_text_does(void **state)
{
	static const char *const langs[][2] = {
		{"en-GB", "root"}, {"zh-Hant-TW", "zh@lb=strict"}, {"ja", "ja@lb=strict"}};
	struct desk *desk = *state;
	static uint32_t characters[KINDS * SAMPLES];
	srand(1981);
	int count = samples(characters);
	for (int round = 0; round < 20000; round++) {
		struct arena_mark mark = arena_save(desk->arena);
		const char *const *lang = langs[round % 8 < 6 ? 0 : round % 8 - 5];
		struct str text = random_text(desk->arena, characters, count, round % 3 == 0);
		if (str_find(text, "://") >= 0 || str_find(text, "@") >= 0 || !text.len)
			continue;
		struct span span = {.lang = str_of(lang[0]), .size = pt(10)};
		struct flat flat = {text, &span, 1, .customs = &desk->shaper->customs};
		const char *whole = said_by_icu(desk->arena, lang[1], text);
		unsigned char *may = opportunities_find(desk->shaper, &flat, (struct breaking){0});
		for (int i = 0; i + 1 < text.len; i++)
			if ((may[i] == STAY) != (whole[i] == 0) && !is_beside_number(text, i) &&
				!is_beside_sign(text, i))
				fail_msg("%s: \"%s\" at byte %d", lang[0], text.at, i);
		arena_restore(desk->arena, mark);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {desk_test(tokens_break_as_the_whole_text_does)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
