/* postcode.c - postcodes of the United Kingdom: their form, and the areas that there are; those of
 * other countries as they stand beside a town. */
#include "locale/locale.h"

/* Before its last three characters: one or two letters, a digit, perhaps a digit or letter more. */
static bool is_form(const char *code, int len)
{
	static const char never_last[] = "CIKMOV";
	int letters = 0;
	while (letters < 2 && code[letters] >= 'A' && code[letters] <= 'Z')
		letters++;
	int outward = len - 3, rest = outward - letters;
	if (letters < 1 || rest < 1 || rest > 2 || code[letters] < '0' || code[letters] > '9')
		return false;
	char last = code[outward - 1], digit = code[outward];
	bool last_good = (last >= '0' && last <= '9') || (last >= 'A' && last <= 'Z');
	for (int i = len - 2; i < len; i++)
		if (code[i] < 'A' || code[i] > 'Z' || strchr(never_last, code[i]))
			return false;
	return last_good && digit >= '0' && digit <= '9';
}

/* Capitals without blanks; the length, or 0 when the text has other characters or is too long. */
static int compact(struct str text, char out[8])
{
	int len = 0;
	text = str_trim(text);
	for (int i = 0; i < text.len; i++) {
		char c = text.at[i];
		c = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
		bool good = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (c == ' ')
			continue;
		if (!good || len == 7)
			return 0;
		out[len++] = c;
	}
	out[len] = 0;
	return len;
}

static bool is_area(const char *code)
{
	static const char areas[] =
		" AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG "
		"DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV "
		"JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE "
		"PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ "
		"TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ";
	char area[5] = " ";
	int len = code[1] >= 'A' && code[1] <= 'Z' ? 2 : 1;
	memcpy(area + 1, code, (size_t)len);
	area[len + 1] = ' ';
	return strstr(areas, area) != NULL;
}

/* Whether it has the form of a postcode, whatever its area. */
static bool is_like(struct str text)
{
	char code[8];
	int len = compact(text, code);
	return len >= 5 && is_form(code, len);
}

bool postcode_fits(struct str text)
{
	char code[8];
	return is_like(text) && compact(text, code) && is_area(code);
}

struct str postcode_text(struct arena *arena, struct str text)
{
	char code[8];
	int len = compact(text, code);
	if (len < 5)
		return text;
	return str_format(arena, "%.*s %s", len - 3, code, code + len - 3);
}

/* -- in an address ----------------------------------------------------------------------------- */

/* Forms: 0 is a digit, A a letter, a blank a blank, - itself, $ the line's end, | another form. */
static bool matches(struct str text, const char *form)
{
	int at = 0;
	for (; *form && *form != '|'; form++) {
		uint32_t c = at < text.len ? utf8_next(text, &at) : 0,
			 plain = utf8_unmarked(c) | 0x20;
		bool letter = (plain >= 'a' && plain <= 'z') || c >= 0x180 || c == '\'';
		bool fits = *form == '0' ? c >= '0' && c <= '9'
			: *form == 'A'   ? letter
			: *form == ' '   ? c == ' ' || c == 0xA0
			: *form == '$'   ? c == 0
					 : c == (uint32_t)*form;
		if (!fits)
			return false;
	}
	return true;
}

/* Where a word begins, or what follows a country's letter: "D-01067 Dresden". */
static bool begins(struct str line, int at)
{
	return at == 0 || strchr(" ,-", line.at[at - 1]);
}

static bool has_form(struct str line, const char *form)
{
	for (int at = 0; at < line.len; at++)
		if ((begins(line, at) || *form == 'A') &&
			matches(str_slice(line, at, line.len), form))
			return true;
	return false;
}

static bool ends_british(struct str line)
{
	for (int from = line.len; from >= 0; from--)
		if ((from == 0 || line.at[from - 1] == ' ') &&
			is_like(str_slice(line, from, line.len)))
			return true;
	return false;
}

bool address_rule_has_code(const struct address_rule *rule, struct str line)
{
	line = blank_trim(line);
	if (!rule->codes)
		return ends_british(line);
	for (const char *form = rule->codes; form; form = strchr(form, '|')) {
		form += *form == '|';
		if (has_form(line, form))
			return true;
	}
	return false;
}
