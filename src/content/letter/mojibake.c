/* mojibake.c - UTF-8 that was read as Windows-1252, and written as UTF-8 again.
 *
 * Each of its characters then stands for a byte. Where such bytes are a character in UTF-8, and one
 * that letters use, it is mojibake, but for one trap: a capital with a mark and a sign that closes
 * a quotation, both meant, may look the same: AMANHÃ” (C3 94 is Ô), NESCAFÉ® (C9 AE). So a single
 * pair of two bytes is believed only when it is of a script that people write letters in, and its
 * second sign either never follows a word or has a small letter before it or a letter behind. */
#include "letter/debris.h"

/* The characters of the bytes 80 to 9F; 0: none has it. */
static const uint16_t windows[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D,
	0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

enum { NO_BYTE = -1, LONGEST = 4 };

static int byte_of(uint32_t c)
{
	if (c < 0x100)
		return (int)c;
	for (int i = 0; i < 32; i++)
		if (windows[i] == c)
			return 0x80 + i;
	return NO_BYTE;
}

/* Characters that are the bytes of one. */
struct sequence {
	int from, to, len; /* offsets in the text; how many they are */
	unsigned char bytes[LONGEST];
	uint32_t means;
};

static bool take_sequence(struct str text, int at, struct sequence *sequence)
{
	*sequence = (struct sequence){.from = at};
	int first = byte_of(utf8_next(text, &at));
	int len = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
	sequence->bytes[0] = (unsigned char)first;
	for (sequence->len = 1; sequence->len < len; sequence->len++) {
		int byte = at < text.len ? byte_of(utf8_next(text, &at)) : NO_BYTE;
		if (byte < 0x80 || byte > 0xBF)
			return false;
		sequence->bytes[sequence->len] = (unsigned char)byte;
	}
	struct str bytes = {(const char *)sequence->bytes, len};
	if (!len || utf8_invalid_at(bytes) >= 0)
		return false;
	int start = 0;
	sequence->means = utf8_next(bytes, &start);
	sequence->to = at;
	return sequence->means >= 0xA0;
}

/* -- what stands around it --------------------------------------------------------------------- */

static bool is_small(uint32_t c)
{
	uint32_t plain = utf8_unmarked(c);
	return (plain >= 'a' && plain <= 'z') || (c >= '0' && c <= '9');
}

static bool is_capital(uint32_t c)
{
	uint32_t plain = utf8_unmarked(c);
	return plain >= 'A' && plain <= 'Z';
}

static uint32_t character_before(struct str text, int at)
{
	if (at == 0)
		return 0;
	for (at--; (text.at[at] & 0xC0) == 0x80;)
		at--;
	return utf8_next(text, &at);
}

/* Signs that stand right behind a word: those that close a quotation, dashes, dots, marks. */
static bool may_follow_a_word(unsigned char byte)
{
	static const unsigned char signs[] = {0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99,
		0x9B, 0xA0, 0xAE, 0xB2, 0xB3, 0xB7, 0xB9, 0xBB};
	return memchr(signs, byte, sizeof signs);
}

static bool has_stray_sign(const struct sequence *sequence)
{
	for (int i = 1; i < sequence->len; i++)
		if (!may_follow_a_word(sequence->bytes[i]))
			return true;
	return false;
}

static bool stands_in_a_word(struct str text, const struct sequence *sequence)
{
	int to = sequence->to;
	uint32_t before = character_before(text, sequence->from);
	uint32_t behind = to < text.len ? utf8_next(text, &to) : 0;
	if (sequence->bytes[1] == 0xA0)
		return !is_capital(before);
	return is_small(before) || is_small(behind) || is_capital(behind);
}

/* "Ná»™i": a small letter right behind signs that are not what divides words. */
static bool joins_words(struct str text, const struct sequence *sequence)
{
	int to = sequence->to;
	unsigned char last = sequence->bytes[sequence->len - 1];
	bool divides = last == 0x96 || last == 0x97 || last == 0xA0;
	return !divides && to < text.len && is_small(utf8_next(text, &to));
}

/* Latin letters of Europe, Greek, Cyrillic, Hebrew, Arabic: what two bytes are likely to mean. */
static bool is_likely(uint32_t c)
{
	return c < 0x180 || (c >= 0x218 && c <= 0x21B) || (c >= 0x384 && c < 0x500) ||
		(c >= 0x5D0 && c < 0x700);
}

/* One that stands alone, no other before or behind it. */
static bool is_sure(struct str text, const struct sequence *sequence)
{
	unsigned char first = sequence->bytes[0];
	switch (sequence->len) {
	case 2:
		if (first == 0xC2) /* Â: no word ends with it in capitals */
			return true;
		return is_likely(sequence->means) &&
			(has_stray_sign(sequence) ||
				(first < 0xCE && stands_in_a_word(text, sequence)));
	case 3:
		return has_stray_sign(sequence) ? first != 0xE0 : joins_words(text, sequence);
	default:
		return true;
	}
}

/* "voilÃ ", whose second sign was a no-break space at the end of a value, and is gone. */
static bool is_cut_off(struct str text, int from)
{
	bool last = str_is(str_slice(text, from, text.len), "Ã") ||
		str_is(str_slice(text, from, text.len), "Â");
	return last && is_small(character_before(text, from));
}

/* What leads a sequence is one of U+00C2 to U+00F4, and begins with C3 itself. */
bool mojibake_find(struct str text, struct str *run)
{
	const char *found;
	for (int at = 0;
		at < text.len && (found = memchr(text.at + at, 0xC3, (size_t)(text.len - at)));) {
		struct sequence first, next;
		int count = 1;
		at = (int)(found - text.at);
		if (is_cut_off(text, at)) {
			*run = str_slice(text, at, text.len);
			return true;
		}
		if (!take_sequence(text, at, &first)) {
			utf8_next(text, &at);
			continue;
		}
		for (at = first.to; at < text.len && take_sequence(text, at, &next); count++)
			at = next.to;
		if (count > 1 || is_sure(text, &first)) {
			*run = str_slice(text, first.from, at);
			return true;
		}
	}
	return false;
}

/* -- a code page of DOS or of a Mac ------------------------------------------------------------ */

/* "Ren‚", "No‰l", "Fran‡ois", "L¢pez", "ma¤ana": signs that follow no small letter in a word. */
static bool is_odd_sign(uint32_t c)
{
	static const uint32_t signs[] = {0x201A, 0x2030, 0x2021, 0x2020, 0xA2, 0xA4};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (c == signs[i])
			return true;
	return false;
}

/* "AndrŽ", "CitroŠn": capitals that stand behind a small letter. */
static bool is_marked_capital(uint32_t c)
{
	return c == 0x017D || c == 0x0160 || c == 0x0178 || c == 0x0152;
}

static bool is_small_letter(uint32_t c)
{
	uint32_t plain = utf8_unmarked(c);
	return plain >= 'a' && plain <= 'z';
}

bool code_page_find(struct str text, struct str *found)
{
	for (int at = 0; at < text.len;) {
		int from = at, next;
		uint32_t c = utf8_next(text, &at);
		if (c < 0x80 || !(is_odd_sign(c) || is_marked_capital(c)))
			continue;
		next = at;
		bool within = at < text.len && is_small_letter(utf8_next(text, &next));
		bool behind = is_small_letter(character_before(text, from));
		*found = str_slice(text, from, at);
		if (behind && (within || c == 0x201A || c == 0x2030))
			return true;
	}
	return false;
}
