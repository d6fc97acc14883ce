/* marker.c - gaps of other programs that were never filled in: text that looks like a field but is
 * none.
 *
 * Guillemets are quotation marks in a dozen languages. Between them only what names a field is a
 * gap, or what a word processor puts there: its own words, and names with "_" for their blanks. */
#include "template/template_int.h"

/* A name between its brackets: short, on one line. */
static bool is_name(struct str text)
{
	enum { LONGEST = 60 };
	bool letters = false;
	text = str_trim(text);
	if (text.len == 0 || text.len > LONGEST)
		return false;
	for (int i = 0; i < text.len; i++) {
		char c = text.at[i];
		letters |= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (strchr("\n<>{}.,;:!?", c) && c != '.')
			return false;
	}
	return letters;
}

/* The next letter of a name, small; 0 at its end. */
static char next_letter(struct str name, int *at)
{
	while (*at < name.len && strchr(" _-.", name.at[*at]))
		++*at;
	char c = *at < name.len ? name.at[(*at)++] : 0;
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

bool name_is_called(struct str written, struct str name)
{
	int i = 0, k = 0;
	for (;;) {
		char a = next_letter(written, &i), b = next_letter(name, &k);
		if (a != b)
			return false;
		if (!a)
			return true;
	}
}

static bool is_field(const struct field *fields, struct str written)
{
	for (const struct field *field = fields; field; field = field->next)
		if (name_is_called(written, field->name) || is_field(field->parts, written))
			return true;
	return false;
}

static bool is_gap_in_guillemets(const struct field *fields, struct str text)
{
	static const char *const words[] = {
		"AddressBlock", "GreetingLine", "Next Record", "Next Record If", "Skip Record If"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(text, words[i]))
			return true;
	bool blanks = text.len && memchr(text.at, ' ', (size_t)text.len);
	bool joined = text.len && memchr(text.at, '_', (size_t)text.len) && !blanks;
	return joined || (!str_starts(text, " ") && !str_ends(text, " ") && is_field(fields, text));
}

bool template_find_marker(const struct field *fields, struct str text, struct str *marker)
{
	static const struct {
		const char *start, *end;
		bool (*is_gap)(const struct field *fields, struct str text);
	} kinds[] = {{"«", "»", is_gap_in_guillemets}, {"{{", "}}", NULL}, {"<<", ">>", NULL},
		{"${", "}", NULL}, {"{MERGEFIELD ", "}", NULL}, {"{ MERGEFIELD ", "}", NULL}};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct str rest = text;
		for (int at; (at = str_find(rest, kinds[i].start)) >= 0;) {
			int start = (int)strlen(kinds[i].start);
			rest = str_slice(rest, at, rest.len);
			int end = str_find(str_slice(rest, start, rest.len), kinds[i].end);
			if (end < 0)
				break;
			struct str name = str_slice(rest, start, start + end);
			if (is_name(name) && (!kinds[i].is_gap || kinds[i].is_gap(fields, name))) {
				*marker = str_slice(
					rest, 0, start + end + (int)strlen(kinds[i].end));
				return true;
			}
			rest = str_slice(rest, start, rest.len);
		}
	}
	return false;
}
