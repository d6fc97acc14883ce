/* sign_words.c - the words of a paragraph's text, as signs.c and spans.c look at what stands around
 * a sign. */
#include "letter/signs.h"

#include <ctype.h>

char sign_char_at(struct str text, int at)
{
	return at >= 0 && at < text.len ? text.at[at] : '\0';
}

bool sign_is_blank_at(struct str text, int at)
{
	char c = sign_char_at(text, at);
	return c == '\0' || strchr(" \t\r\n", c) ||
		(c == '\xC2' && sign_char_at(text, at + 1) == '\xA0') ||
		(c == '\xA0' && sign_char_at(text, at - 1) == '\xC2');
}

struct sign_word sign_word_around(struct str text, int at)
{
	struct sign_word word = {at, at};
	while (!sign_is_blank_at(text, word.from - 1))
		word.from--;
	while (!sign_is_blank_at(text, word.to))
		word.to++;
	return word;
}

struct str sign_word_before(struct str text, int *at)
{
	int to = *at;
	while (to > 0 && sign_is_blank_at(text, to - 1))
		to--;
	for (*at = to; !sign_is_blank_at(text, *at - 1);)
		--*at;
	return str_slice(text, *at, to);
}

struct str sign_word_behind(struct str text, int at)
{
	while (at < text.len && sign_is_blank_at(text, at))
		at++;
	return str_slice(text, at, sign_word_around(text, at).to);
}

struct sign_word sign_bare_word(struct str text, struct sign_word word)
{
	static const char *const around[] = {"(", "[", "\"", "'", "“", "‘", "„", ")", "]", "”", "’",
		".", ",", ";", ":", "!", "?"};
	enum { OPENING = 7 };
	for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
		struct str rest = str_slice(text, word.from, word.to);
		bool opens = i < OPENING && str_starts(rest, around[i]);
		bool closes = (i == 2 || i == 3 || i >= OPENING) && str_ends(rest, around[i]);
		word.from += opens ? (int)strlen(around[i]) : 0;
		word.to -= closes && !opens ? (int)strlen(around[i]) : 0;
		if (opens || closes)
			i = (size_t)-1;
	}
	return word;
}

struct str sign_bare(struct str word)
{
	struct sign_word inner = sign_bare_word(word, (struct sign_word){0, word.len});
	return str_slice(word, inner.from, inner.to);
}

bool sign_is_listed(const char *list, struct str word)
{
	char key[24] = " ";
	if (word.len == 0 || word.len > (int)sizeof key - 3)
		return false;
	for (int i = 0; i < word.len; i++)
		key[i + 1] = (char)tolower((unsigned char)word.at[i]);
	key[word.len + 1] = ' ';
	return strstr(list, key) != NULL;
}

bool sign_is_for_machines(struct str word)
{
	for (int i = 0; i < word.len; i++)
		if (strchr("/\\@_=<>|~^`{}", word.at[i]))
			return true;
	return false;
}
