/* lex.c - PDF syntax: a slice of a file in, one value or token out (ISO 32000-1, 7.2 and 7.3).
 *
 * A value is skipped with a counter of open brackets, not by descending into it, so no input can
 * exhaust the stack. A syntax tree was not made: of the thousands of values in a letter a verifier
 * looks at twenty. */
#include "pdfread/lex_int.h"

#include "base/arena.h"

enum { DEPTH_MAX = 100 };

/* What a character is in PDF syntax (ISO 32000-1, 7.2.2). */
enum { SPACE = 1, DELIMITER = 2, DIGIT = 4, LETTER = 8 }; /* letters: those of hex */

/* clang-format off */
static const unsigned char kinds[256] = {
	['\0'] = SPACE, ['\t'] = SPACE, ['\n'] = SPACE, ['\f'] = SPACE, ['\r'] = SPACE, [' '] = SPACE,
	['('] = DELIMITER, [')'] = DELIMITER, ['<'] = DELIMITER, ['>'] = DELIMITER, ['['] = DELIMITER,
	[']'] = DELIMITER, ['{'] = DELIMITER, ['}'] = DELIMITER, ['/'] = DELIMITER, ['%'] = DELIMITER,
	['0'] = DIGIT, ['1'] = DIGIT, ['2'] = DIGIT, ['3'] = DIGIT, ['4'] = DIGIT,
	['5'] = DIGIT, ['6'] = DIGIT, ['7'] = DIGIT, ['8'] = DIGIT, ['9'] = DIGIT,
	['a'] = LETTER, ['b'] = LETTER, ['c'] = LETTER, ['d'] = LETTER, ['e'] = LETTER, ['f'] = LETTER,
	['A'] = LETTER, ['B'] = LETTER, ['C'] = LETTER, ['D'] = LETTER, ['E'] = LETTER, ['F'] = LETTER,
};
/* clang-format on */

/* c: a byte, or -1 for the end. */
static bool is_space(int c)
{
	return c >= 0 && kinds[c] & SPACE;
}

static bool is_regular(int c)
{
	return c >= 0 && !(kinds[c] & (SPACE | DELIMITER));
}

bool lex_is_digit(int c)
{
	return c >= 0 && kinds[c] & DIGIT;
}

int lex_hex_digit(int c)
{
	return lex_is_digit(c)         ? c - '0'
		: c >= 'a' && c <= 'f' ? c - 'a' + 10
		: c >= 'A' && c <= 'F' ? c - 'A' + 10
				       : -1;
}

static int peek(const struct lex *lex, int ahead)
{
	return lex->at + ahead < lex->text.len ? (unsigned char)lex->text.at[lex->at + ahead] : -1;
}

void lex_space(struct lex *lex)
{
	for (; lex->at < lex->text.len; lex->at++) {
		if (peek(lex, 0) == '%')
			while (peek(lex, 1) >= 0 && peek(lex, 1) != '\n' && peek(lex, 1) != '\r')
				lex->at++;
		else if (!is_space(peek(lex, 0)))
			return;
	}
}

bool lex_word(struct lex *lex, const char *word)
{
	int len = (int)strlen(word);
	lex_space(lex);
	if (lex->text.len - lex->at < len || memcmp(lex->text.at + lex->at, word, len) != 0 ||
		is_regular(peek(lex, len)))
		return false;
	lex->at += len;
	return true;
}

bool lex_int(struct lex *lex, int64_t *number)
{
	struct lex here = *lex;
	lex_space(&here);
	int from = here.at;
	*number = 0;
	while (lex_is_digit(peek(&here, 0)) && here.at - from < 15)
		*number = *number * 10 + (peek(&here, 0) - '0'), here.at++;
	if (here.at == from || is_regular(peek(&here, 0)))
		return false;
	*lex = here;
	return true;
}

/* -- tokens */

static bool end_of_string(struct lex *lex)
{
	int open = 0;
	for (; lex->at < lex->text.len; lex->at++) {
		int c = peek(lex, 0);
		if (c == '\\')
			lex->at++;
		else if (c == '(')
			open++;
		else if (c == ')' && --open == 0)
			return lex->at++, true;
	}
	lex->at = lex->text.len;
	return false;
}

/* The longest token there is: a signature's room. */
static bool end_of_hex(struct lex *lex)
{
	const unsigned char *text = (const unsigned char *)lex->text.at;
	int at = lex->at + 1;
	while (at < lex->text.len && kinds[text[at]] & (DIGIT | LETTER | SPACE))
		at++;
	bool ends = at < lex->text.len && text[at] == '>';
	lex->at = at + ends;
	return ends;
}

static bool end_of_token(struct lex *lex)
{
	int c = peek(lex, 0);
	bool twice = peek(lex, 1) == c;
	if (c == '(')
		return end_of_string(lex);
	if (c == '<' && !twice)
		return end_of_hex(lex);
	if (c == '[' || c == ']' || ((c == '<' || c == '>') && twice)) {
		lex->at += c == '[' || c == ']' ? 1 : 2;
		return true;
	}
	if (c != '/' && !is_regular(c))
		return false;
	do
		lex->at++;
	while (is_regular(peek(lex, 0)));
	return true;
}

bool lex_token(struct lex *lex, struct str *token)
{
	lex_space(lex);
	int from = lex->at;
	if (peek(lex, 0) < 0 || !end_of_token(lex))
		return false;
	*token = str_slice(lex->text, from, lex->at);
	return true;
}

/* Between tokens: a line end or a blank or two, and at a bracket the room that was left for the
 * numbers of a /ByteRange. */
static bool is_narrow(struct str gap, bool at_bracket)
{
	enum { NARROW = 3, ROOM = 80 };
	int others = 0;
	for (int i = 0; i < gap.len; i++) {
		if (!strchr(" \r\n\t", gap.at[i]) || gap.at[i] == '\0')
			return false;
		others += gap.at[i] != ' ';
	}
	return gap.len <= NARROW || (at_bracket && others < NARROW && gap.len <= ROOM);
}

bool lex_is_tight(struct str text)
{
	struct lex lex = {text, 0};
	for (;;) {
		int from = lex.at;
		while (is_space(peek(&lex, 0)))
			lex.at++;
		bool at_bracket = peek(&lex, 0) == ']' || (from > 0 && text.at[from - 1] == ']');
		if (!is_narrow(str_slice(text, from, lex.at), at_bracket))
			return false;
		if (lex.at == text.len)
			return true;
		if (!end_of_token(&lex))
			return false;
	}
}

/* -- values */

/* "12 0 R" when it stands here. */
static bool lex_ref(struct lex *lex)
{
	struct lex here = *lex;
	int64_t number, generation;
	if (!lex_int(&here, &number) || !lex_int(&here, &generation) || !lex_word(&here, "R"))
		return false;
	*lex = here;
	return true;
}

static bool is_word(struct str token, const char *const *words)
{
	while (*words && !str_is(token, *words))
		words++;
	return *words;
}

/* What may stand for itself: a number or one of three words. */
static bool is_scalar(struct str token)
{
	static const char *const words[] = {"true", "false", "null", NULL};
	int c = (unsigned char)token.at[0];
	return lex_is_digit(c) || c == '+' || c == '-' || c == '.' || is_word(token, words);
}

bool lex_value(struct lex *lex, struct str *value)
{
	char open[DEPTH_MAX];
	int depth = 0;
	struct str token;
	lex_space(lex);
	int from = lex->at;
	do {
		if (depth == 0 && lex_ref(lex))
			break;
		if (!lex_token(lex, &token))
			return false;
		bool opens = token.at[0] == '[' || str_is(token, "<<");
		bool closes = token.at[0] == ']' || str_is(token, ">>");
		if (opens && depth == DEPTH_MAX)
			return false;
		if (opens)
			open[depth++] = token.at[0];
		else if (closes && (depth == 0 || (open[--depth] == '[') != (token.at[0] == ']')))
			return false;
		else if (!closes && !strchr("/(<", token.at[0]) && !is_scalar(token) &&
			!(depth && str_is(token, "R")))
			return false;
	} while (depth > 0);
	*value = str_slice(lex->text, from, lex->at);
	return true;
}

bool value_is_dict(struct str value)
{
	return value.len >= 4 && memcmp(value.at, "<<", 2) == 0;
}

struct lex dict_open(struct str dict)
{
	return (struct lex){
		value_is_dict(dict) ? str_slice(dict, 2, dict.len - 2) : (struct str){0}, 0};
}

struct lex array_open(struct str array)
{
	bool is = array.len >= 2 && array.at[0] == '[';
	return (struct lex){is ? str_slice(array, 1, array.len - 1) : (struct str){0}, 0};
}

bool dict_next(struct lex *lex, struct str *key, struct str *value)
{
	return lex_value(lex, key) && key->at[0] == '/' && lex_value(lex, value);
}

/* Names may hide their characters behind #xx (7.3.5). */
bool value_is_name(struct str value, const char *name)
{
	if (value.len == 0 || value.at[0] != '/')
		return false;
	int at = 1;
	for (; at < value.len && *name; at++, name++) {
		int c = (unsigned char)value.at[at];
		if (c == '#' && at + 2 < value.len && lex_hex_digit(value.at[at + 1]) >= 0 &&
			lex_hex_digit(value.at[at + 2]) >= 0) {
			c = lex_hex_digit(value.at[at + 1]) * 16 + lex_hex_digit(value.at[at + 2]);
			at += 2;
		}
		if (c != (unsigned char)*name)
			return false;
	}
	return at == value.len && !*name;
}

struct str dict_find(struct str dict, const char *key)
{
	struct lex lex = dict_open(dict);
	struct str name, value, found = {0};
	int times = 0;
	while (dict_next(&lex, &name, &value))
		if (value_is_name(name, key)) {
			found = value;
			times++;
		}
	return times == 1 ? found : (struct str){0};
}

int lex_name(struct str name, char out[LEX_NAME])
{
	int len = 0;
	for (int at = 1; at < name.len && len < LEX_NAME - 1; at++) {
		bool hidden = name.at[at] == '#' && at + 2 < name.len &&
			lex_hex_digit(name.at[at + 1]) >= 0 && lex_hex_digit(name.at[at + 2]) >= 0;
		out[len++] = hidden ? (char)(lex_hex_digit(name.at[at + 1]) * 16 +
					      lex_hex_digit(name.at[at + 2]))
				    : name.at[at];
		at += hidden ? 2 : 0;
	}
	out[len] = '\0';
	return len;
}

static bool is_among(const struct str *keys, int count, const char *name)
{
	int i = 0;
	while (i < count && !value_is_name(keys[i], name))
		i++;
	return i < count;
}

bool dict_is_sound(struct str dict)
{
	enum { KEYS_MAX = 256 };
	struct lex lex = dict_open(dict), rest = lex;
	struct str keys[KEYS_MAX], value;
	char name[LEX_NAME];
	for (int count = 0; count < KEYS_MAX && dict_next(&lex, &keys[count], &value); rest = lex) {
		int len = lex_name(keys[count], name);
		if ((int)strlen(name) != len || is_among(keys, count, name))
			return false;
		count++;
	}
	lex_space(&rest);
	return value_is_dict(dict) && rest.at == rest.text.len;
}

bool value_int(struct str value, int64_t *number)
{
	struct lex lex = {value, 0};
	return lex_int(&lex, number) && lex.at == value.len;
}

int value_ref(struct str value)
{
	struct lex lex = {value, 0};
	int64_t number, generation;
	bool is = lex_int(&lex, &number) && lex_int(&lex, &generation) && lex_word(&lex, "R");
	return is && generation == 0 && number > 0 && number < 1 << 28 ? (int)number : 0;
}
