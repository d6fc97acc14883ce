/* debris.c - what other programs leave in a value.
 *
 * A kind of debris is a row: how it is found, what it is, what to do. Markup and entities are
 * those that HTML knows, so that "R&D;" and "<3" are words. */
#include "letter/debris.h"

#include "xml/xml.h"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A letter of any script, or a digit. */
static bool is_word(char c)
{
	return is_letter(c) || is_digit(c) || (c & 0x80);
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* How many characters from there on are of a kind. */
static int count_while(struct str text, int at, bool (*is)(char c))
{
	int from = at;
	while (at < text.len && is(text.at[at]))
		at++;
	return at - from;
}

/* The character at an offset, or NUL. */
static char at_or_nul(struct str text, int at)
{
	return at >= 0 && at < text.len ? text.at[at] : 0;
}

/* Goes to the next of a sign; false when there is none. */
static bool seek(struct str text, char sign, int *at)
{
	const char *found = *at < text.len ? memchr(text.at + *at, sign, (size_t)(text.len - *at))
					   : NULL;
	*at = found ? (int)(found - text.at) : text.len;
	return found;
}

/* -- spreadsheets ------------------------------------------------------------------------------ */

/* What stands behind the # of an error, as spreadsheets in these languages write it. */
static const char *const errors[] = {"N/A", "REF!", "VALUE!", "DIV/0!", "NAME?", "NUM!", "NULL!",
	"SPILL!", "CALC!", "FIELD!", "BLOCKED!", "CONNECT!", "UNKNOWN!", "BUSY!", "PYTHON!",
	"ERROR!", "GETTING_DATA", "EXTERNAL!", "TIMEOUT!",
	/* German */ "NV", "BEZUG!", "WERT!", "ZAHL!", "ÜBERLAUF!", "KALK!", "FELD!",
	/* French */ "VALEUR!", "NOM?", "NOMBRE!", "NUL!", "PROPAGATION!", "CHAMP!",
	/* Spanish */ "N/D!", "N/D", "¡REF!", "¡VALOR!", "¡DIV/0!", "¿NOMBRE?", "NOMBRE?", "¡NUM!",
	"¡NULO!", "¡DESBORDAMIENTO!", "¡CALC!",
	/* Italian */ "RIF!", "VALORE!", "NOME?", "NULLO!", "ESPANSIONE!",
	/* Portuguese */ "VALOR!", "NÚM!", "NULO!", "DESPEJAR!",
	/* Dutch */ "N/B", "VERW!", "WAARDE!", "DEEL/0!", "NAAM?", "GETAL!", "LEEG!", "OVERLOOP!",
	/* Danish, Norwegian */ "I/T", "REFERENCE!", "VÆRDI!", "DIVISION/0!", "NAVN?", "VERDI!",
	/* Swedish */ "SAKNAS!", "REFERENS!", "VÄRDEFEL!", "NAMN?", "OGILTIGT!", "SPILL!",
	/* Finnish */ "PUUTTUU!", "VIITTAUS!", "ARVO!", "JAKO/0!", "NIMI?", "LUKU!", "TYHJÄ!",
	/* Polish */ "ADR!", "ARG!", "DZIEL/0!", "NAZWA?", "LICZBA!", "ZERO!",
	/* Czech */ "NENÍ_K_DISPOZICI", "ODKAZ!", "HODNOTA!", "DĚLENÍ_NULOU!", "NÁZEV?", "ČÍSLO!",
	/* Hungarian */ "HIÁNYZIK", "HIV!", "ÉRTÉK!", "ZÉRÓOSZTÓ!", "NÉV?", "SZÁM!", "NULLA!",
	/* Turkish */ "YOK", "BAŞV!", "DEĞER!", "SAYI/0!", "AD?", "SAYI!", "BOŞ!",
	/* Russian */ "Н/Д", "ССЫЛКА!", "ЗНАЧ!", "ДЕЛ/0!", "ИМЯ?", "ЧИСЛО!", "ПУСТО!"};

/* Without a sign of its own an error may be a word of somebody's, as #NV is. */
static bool is_plain(const char *error)
{
	for (; *error; error++)
		if (strchr("!?/_", *error))
			return false;
	return true;
}

static bool find_error(struct str text, struct str *found)
{
	for (int at = 0; seek(text, '#', &at); at++) {
		struct str rest = str_slice(text, at + 1, text.len);
		bool begins = at == 0 || (!is_word(text.at[at - 1]) && text.at[at - 1] != '#');
		for (size_t i = 0; begins && i < sizeof errors / sizeof *errors; i++) {
			int len = (int)strlen(errors[i]);
			bool whole = at == 0 && rest.len == len;
			if (!str_starts(rest, errors[i]) || is_word(at_or_nul(rest, len)) ||
				(is_plain(errors[i]) && !whole))
				continue;
			*found = str_slice(text, at, at + 1 + len);
			return true;
		}
	}
	return false;
}

/* Err:502, as LibreOffice numbers its own. */
static bool find_numbered_error(struct str text, struct str *found)
{
	static const char *const starts[] = {"Err:5", "Fehler:5", "Erreur :5"};
	*found = text;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		int len = (int)strlen(starts[i]);
		if (str_starts(text, starts[i]) && text.len == len + 2 && is_digit(text.at[len]) &&
			is_digit(text.at[len + 1]))
			return true;
	}
	return false;
}

static bool find_hashes(struct str text, struct str *found)
{
	int len = 0;
	while (len < text.len && text.at[len] == '#')
		len++;
	*found = text;
	return len > 1 && len == text.len;
}

/* =VLOOKUP(…: the formula in place of what it gives. */
static bool find_formula(struct str text, struct str *found)
{
	int at = 1;
	while (at < text.len && ((text.at[at] >= 'A' && text.at[at] <= 'Z') || text.at[at] == '.'))
		at++;
	*found = text;
	return at_or_nul(text, 0) == '=' && at > 2 && at_or_nul(text, at) == '(';
}

/* 4.47777E+11: digits of a long number are gone. 1E5 and 2E-5 may be a flat's; 1.5E7 is none. */
static bool find_exponent(struct str text, struct str *found)
{
	int at = at_or_nul(text, 0) == '-' || at_or_nul(text, 0) == '+', from = at;
	at += count_while(text, at, is_digit);
	bool one = at == from + 1, point = at < text.len && strchr(".,", text.at[at]) != NULL;
	if (point) {
		int decimals = count_while(text, at + 1, is_digit);
		one &= decimals > 0;
		at += 1 + decimals;
	}
	bool exponent = (at_or_nul(text, at) | 0x20) == 'e';
	bool sign = exponent && at + 1 < text.len && strchr("+-", text.at[at + 1]);
	from = at + 1 + sign;
	int digits = count_while(text, from, is_digit);
	*found = text;
	return one && exponent && digits > 0 && from + digits == text.len &&
		(point || (sign && digits > 1));
}

static bool find_no_date(struct str text, struct str *found)
{
	*found = text;
	return no_date_written(text) == NO_DATE_SURE;
}

/* _x000D_, _x000a_ */
static bool find_workbook_escape(struct str text, struct str *found)
{
	for (int at = 0; seek(text, '_', &at); at++) {
		if (at_or_nul(text, at + 1) != 'x' || count_while(text, at + 2, is_hex) != 4 ||
			at_or_nul(text, at + 6) != '_')
			continue;
		*found = str_slice(text, at, at + 7);
		return true;
	}
	return false;
}

/* -- nothing ----------------------------------------------------------------------------------- */

static bool find_nothing(struct str text, struct str *found)
{
	static const char *const words[] = {"NULL", "Null", "null", "<null>", "<NULL>", "(null)",
		"(NULL)", "[NULL]", "[null]", "None", "NaN", "nan", "NaT", "<NA>", "undefined",
		"nil", "<nil>", "\\N", "System.Object[]", "System.String[]", "Loading..."};
	enum { LONGEST = 15 };
	*found = text;
	for (size_t i = 0; text.len <= LONGEST && i < sizeof words / sizeof *words; i++)
		if (text.len && text.at[0] == words[i][0] && str_is(text, words[i]))
			return true;
	return false;
}

/* [object Object], [object HTMLElement] */
static bool find_object(struct str text, struct str *found)
{
	int at = str_find(text, "[object "), len = 0;
	if (at < 0)
		return false;
	len = count_while(text, at + 8, is_letter);
	*found = str_slice(text, at, at + 8 + len);
	if (len == 0 || text.at[at + 8] > 'Z' || at_or_nul(text, at + 8 + len) != ']')
		return false;
	found->len++;
	return true;
}

/* -- the web ----------------------------------------------------------------------------------- */

static bool is_name_char(char c)
{
	return is_letter(c) || is_digit(c);
}

/* &amp; &#8217; &#x2019; */
static bool find_entity(struct str text, struct str *found)
{
	for (int at = 0; seek(text, '&', &at); at++) {
		bool number = at_or_nul(text, at + 1) == '#';
		bool hex = number && strchr("xX", at_or_nul(text, at + 2)) &&
			at_or_nul(text, at + 2);
		int from = at + 1 + number + hex;
		int len = count_while(text, from, hex ? is_hex : number ? is_digit : is_name_char);
		if (len == 0 || at_or_nul(text, from + len) != ';' ||
			!(number || xml_is_html_entity(str_slice(text, from, from + len))))
			continue;
		*found = str_slice(text, at, from + len + 1);
		return true;
	}
	return false;
}

/* <br>, </p>, <font color="red">, <!-- */
static bool find_markup(struct str text, struct str *found)
{
	bool closed = true; /* a ">" is still to come */
	for (int at = 0; seek(text, '<', &at); at++) {
		int from = at + 1 + (at_or_nul(text, at + 1) == '/');
		int len = count_while(text, from, is_name_char), end = from + len;
		bool comment = str_starts(str_slice(text, at, text.len), "<!--");
		bool element = closed && len && strchr(" \t\n/>", at_or_nul(text, end)) &&
			xml_is_html_element(str_slice(text, from, from + len));
		if (element)
			element = closed = seek(text, '>', &end);
		if (!comment && !element)
			continue;
		*found = str_slice(text, at, comment ? at + 4 : end + 1);
		return true;
	}
	return false;
}

/* A letter, %20 and a letter again, where no address of the web or the disk can be. */
static bool find_percent(struct str text, struct str *found)
{
	int at = str_find(text, "%20");
	if (at < 1 || memchr(text.at, '/', (size_t)text.len) ||
		memchr(text.at, '=', (size_t)text.len) || is_digit(text.at[at - 1]) ||
		!is_word(text.at[at - 1]) || !is_word(at_or_nul(text, at + 3)))
		return false;
	*found = str_slice(text, at, at + 3);
	return true;
}

/* -- programs ---------------------------------------------------------------------------------- */

/* "\u00e9", "\xe9", "\r\n"; "\n" before a capital, a digit, a blank or the end. */
static int escape_length(struct str text, int at)
{
	char kind = at_or_nul(text, at + 1), next = at_or_nul(text, at + 2);
	if (kind == 'u' && count_while(text, at + 2, is_hex) >= 4)
		return 6;
	if (kind == 'x' && strchr("89abcdefABCDEF", next) && next &&
		count_while(text, at + 2, is_hex) >= 2)
		return 4;
	if (kind == 'r' && str_starts(str_slice(text, at, text.len), "\\r\\n"))
		return 4;
	return kind == 'n' && !(next >= 'a' && next <= 'z') ? 2 : 0;
}

static bool find_escape(struct str text, struct str *found)
{
	if (!memchr(text.at, '\\', (size_t)text.len) || str_find(text, ":\\") >= 0 ||
		str_starts(text, "\\\\"))
		return false; /* C:\new, \\server\new */
	for (int at = 0; seek(text, '\\', &at); at++) {
		int len = escape_length(text, at);
		if (!len)
			continue;
		*found = str_slice(text, at, at + len);
		return true;
	}
	return false;
}

/* =?UTF-8?Q?, a header of a mail (RFC 2047) */
static bool find_mail_word(struct str text, struct str *found)
{
	int at = str_find(text, "=?"), end = at + 2;
	if (at < 0 || !seek(text, '?', &end) || end == at + 2 ||
		!strchr("QqBb", at_or_nul(text, end + 1)) || at_or_nul(text, end + 2) != '?')
		return false;
	*found = str_slice(text, at, end + 3);
	return true;
}

/* -- encodings --------------------------------------------------------------------------------- */

static bool find_replacement(struct str text, struct str *found)
{
	int at = str_find(text, "\xEF\xBF\xBD");
	if (at >= 0)
		*found = str_slice(text, at, at + 3);
	return at >= 0;
}

/* The word that something stands in, so that it is found again. */
static struct str widen(struct str text, struct str found)
{
	int from = (int)(found.at - text.at), to = from + found.len;
	while (from > 0 && !strchr(" \t\n", text.at[from - 1]))
		from--;
	while (to < text.len && !strchr(" \t\n", text.at[to]))
		to++;
	return str_slice(text, from, to);
}

/* -- all of it --------------------------------------------------------------------------------- */

#define LOST "in which \"?\" stands for letters that an encoding does not have"
#define LOST_HINT "write the letters, or save the table again from its source as UTF-8"

static const struct kind {
	bool (*find)(struct str text, struct str *found);
	bool alone; /* it must be all of a line */
	bool widens;
	const char *what, *hint;
} kinds[] = {
	{find_error, false, false, "an error of a spreadsheet",
		"mend the formula, and save the table again"},
	{find_numbered_error, true, false, "an error of a spreadsheet",
		"mend the formula, and save the table again"},
	{find_hashes, true, false, "a number or date that its column was too narrow for",
		"make the column wider, and save the table again"},
	{find_formula, true, false, "a formula in place of what it gives",
		"save the table with its values"},
	{find_exponent, true, false, "a number that has lost digits",
		"make its column one of text, and save the table again from its source"},
	{find_no_date, true, false, NO_DATE, NO_DATE_HINT},
	{find_nothing, true, false, "what a program writes for no value",
		"empty the cell or element"},
	{find_object, false, false, "what a program writes for an object",
		"write the words that are meant"},
	{find_replacement, false, true,
		"in which U+FFFD stands for a character that another program could not read",
		"write the character, or save the table again from its source as UTF-8"},
	{lost_find, false, false, LOST, LOST_HINT},
	{lost_is_all, true, false, LOST, LOST_HINT},
	{mojibake_find, false, true,
		"which is UTF-8 that another program read in the wrong encoding",
		"save the table again from its source as UTF-8"},
	{code_page_find, false, true, "in which a sign stands for a letter of another encoding",
		"save the table again from its source as UTF-8"},
	{find_entity, false, false, "a character as web pages write it", "write it itself"},
	{find_markup, false, false, "an element of a web page", "take it out"},
	{find_workbook_escape, false, false, "a character as workbooks store it",
		"write it itself"},
	{find_escape, false, false, "a character as programs write it", "write it itself"},
	{find_percent, false, false, "a blank as addresses of the web write it", "write a blank"},
	{find_mail_word, false, false, "words as a mail's head carries them",
		"write the words that are meant"},
};

static bool find_kind(struct str text, const struct kind *kind, struct str *found)
{
	struct str rest = text, line;
	if (!kind->alone)
		return kind->find(text, found);
	while (str_split(&rest, '\n', &line))
		if (kind->find(blank_trim(line), found))
			return true;
	return false;
}

bool debris_find(struct str text, bool address, struct debris *debris)
{
	struct str word;
	if (text.len == 0)
		return false;
	if (address && lost_find_in_address(text, &word)) {
		*debris = (struct debris){word, LOST, LOST_HINT};
		return true;
	}
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct str found;
		if (!find_kind(text, &kinds[i], &found))
			continue;
		*debris = (struct debris){
			kinds[i].widens ? widen(text, found) : found, kinds[i].what, kinds[i].hint};
		return true;
	}
	return false;
}
