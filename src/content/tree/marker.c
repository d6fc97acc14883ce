/* marker.c - gaps of other programs that were never filled in: text that looks like a field but is
 * none. */
#include "tree/tree.h"

/* A name between its brackets: short, on one line, without blanks at its ends. « Bonjour » is
 * not. */
static bool is_name(struct str text)
{
	enum { LONGEST = 60 };
	bool letters = false;
	if (text.len == 0 || text.len > LONGEST || text.at[0] == ' ' ||
		text.at[text.len - 1] == ' ')
		return false;
	for (int i = 0; i < text.len; i++) {
		char c = text.at[i];
		letters |= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (strchr("\n<>{}.,;:!?", c) && c != '.')
			return false;
	}
	return letters;
}

bool text_find_marker(struct str text, struct str *marker)
{
	static const struct {
		const char *start, *end;
	} kinds[] = {{"\xC2\xAB", "\xC2\xBB"}, {"{{", "}}"}, {"<<", ">>"}, {"${", "}"}};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct str rest = text;
		for (int at; (at = str_find(rest, kinds[i].start)) >= 0;) {
			int start = (int)strlen(kinds[i].start);
			rest = str_slice(rest, at, rest.len);
			int end = str_find(str_slice(rest, start, rest.len), kinds[i].end);
			if (end < 0)
				break;
			int len = start + end + (int)strlen(kinds[i].end);
			if (is_name(str_trim(str_slice(rest, start, start + end))) &&
				(i > 0 || is_name(str_slice(rest, start, start + end)))) {
				*marker = str_slice(rest, 0, len);
				return true;
			}
			rest = str_slice(rest, start, rest.len);
		}
	}
	return false;
}
