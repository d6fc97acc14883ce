/* lost.c - question marks in the place of letters that an encoding does not have.
 *
 * Windows-1252 and Latin-1 lack the marks of Welsh and of Polish; what is saved so has "?" for each
 * letter that they lack: Gruff?dd, ?yn. Between two letters, or before one where a word begins, no
 * question is asked in scripts that put a blank between sentences; so other scripts are not judged.
 * "Coming?Yes" is a blank that was forgotten, and addresses of the web have marks of their own. */
#include "letter/debris.h"

/* Latin, Greek, Cyrillic. */
static bool is_letter(uint32_t c)
{
	uint32_t small = c | 0x20;
	return (small >= 'a' && small <= 'z') ||
		(c >= 0xC0 && c < 0x530 && c != 0xD7 && c != 0xF7 && c != 0x37E && c != 0x387) ||
		(c >= 0x1E00 && c < 0x2000);
}

static bool is_latin(uint32_t c, char from)
{
	uint32_t plain = utf8_unmarked(c);
	return plain >= (uint32_t)from && plain <= (uint32_t)from + 25;
}

static uint32_t letter_before(struct str text, int at)
{
	if (at == 0)
		return 0;
	for (at--; at > 0 && (text.at[at] & 0xC0) == 0x80;)
		at--;
	return utf8_next(text, &at);
}

static uint32_t letter_at(struct str text, int at)
{
	return at < text.len ? utf8_next(text, &at) : 0;
}

/* Where the marks from there on end. */
static int behind_marks(struct str text, int at)
{
	while (at < text.len && text.at[at] == '?')
		at++;
	return at;
}

/* Whether a word may begin behind this: a blank, a hyphen, what opens; 0: nothing is before. */
static bool opens(uint32_t c)
{
	return c == 0 || (c < 0x80 && strchr(" \t\n-('\"", (int)c)) || c == 0xA0 || c == 0x2018 ||
		c == 0x201C || c == 0x201E || c == 0xAB || c == 0x2010 || c == 0x2019;
}

/* "T? Gwyn": a letter alone, a mark, and a name. */
static bool ends_a_letter(struct str text, int from, int to)
{
	uint32_t letter = letter_before(text, from);
	int at = from;
	for (at--; at > 0 && (text.at[at] & 0xC0) == 0x80;)
		at--;
	return is_letter(letter) && opens(letter_before(text, at)) && to < text.len &&
		text.at[to] == ' ' && is_latin(letter_at(text, to + 1), 'A');
}

static bool replaces_letters(struct str text, int from, int to, bool address)
{
	uint32_t before = letter_before(text, from), behind = letter_at(text, to);
	if (is_letter(behind))
		return opens(before) ||
			(is_letter(before) && !(is_latin(before, 'a') && is_latin(behind, 'A')));
	return is_letter(before) && (address || ends_a_letter(text, from, to));
}

static bool is_of_the_web(struct str word)
{
	return memchr(word.at, '/', (size_t)word.len) || memchr(word.at, '=', (size_t)word.len) ||
		memchr(word.at, '@', (size_t)word.len) || str_starts(word, "www.");
}

/* The word that something stands in. */
static struct str word_around(struct str text, int from, int to)
{
	while (from > 0 && !strchr(" \t\n", text.at[from - 1]))
		from--;
	while (to < text.len && !strchr(" \t\n", text.at[to]))
		to++;
	return str_slice(text, from, to);
}

/* An address of the web, however many marks it has, is looked at once. */
static bool find(struct str text, bool address, struct str *word)
{
	for (int at = 0, to; at < text.len; at = to) {
		to = at + 1;
		if (text.at[at] != '?')
			continue;
		to = behind_marks(text, at);
		if (!replaces_letters(text, at, to, address))
			continue;
		*word = word_around(text, at, to);
		if (!is_of_the_web(*word))
			return true;
		to = (int)(word->at - text.at) + word->len;
	}
	return false;
}

bool lost_find(struct str text, struct str *word)
{
	return find(text, false, word);
}

bool lost_find_in_address(struct str text, struct str *word)
{
	return find(text, true, word);
}

bool lost_is_all(struct str line, struct str *all)
{
	int marks = 0;
	*all = line;
	for (int i = 0; i < line.len; i++) {
		if (!strchr("? .,-'", line.at[i]))
			return false;
		marks += line.at[i] == '?';
	}
	return marks > 1;
}
