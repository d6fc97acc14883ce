/* book_sections.c - formats of several sections, as 0.00;(0.00);"-" has: one for numbers above
 * nothing, one for those below, one for nothing, or each for what its condition says. */
#include "recipients/book_int.h"

enum { MOST = 3 }; /* a fourth is for texts */

/* Those whose numbers none of them says otherwise. */
static void set_conditions(struct book_section *sections, int count)
{
	for (int i = 0; i + 1 < count; i++)
		if (!sections[i].format.compared.len)
			sections[i].format.compared = str_of(i ? "<" : count == 2 ? ">=" : ">");
}

/* A section without a place for digits hides the number, or has something in its place: a dash for
 * nothing is the same. The number is then read as the first section would show it. */
static void hide(struct book_section *section, const struct book_format *first, bool zero)
{
	struct book_format own = section->format;
	if (section->figures || section->text || own.date || own.time)
		return;
	section->format = *first;
	section->format.compared = own.compared;
	section->format.limit = own.limit;
	section->format.more = own.more;
	section->format.unseen = !own.more && !(zero && section->words);
}

static bool is_divided_so(const struct book_section *sections, int count)
{
	for (int i = 0; i < count; i++)
		if (sections[i].format.compared.len)
			return false;
	return true;
}

struct book_format book_format_read(struct arena *arena, struct str code)
{
	struct book_section sections[MOST];
	int count = 0;
	while (book_section_take(&code, &sections[count++]) && count < MOST)
		;
	if (count > 1 && sections[count - 1].text)
		count--;
	bool divided = is_divided_so(sections, count);
	set_conditions(sections, count);
	struct book_format first = sections[0].format;
	for (int i = 0; i < count; i++)
		hide(&sections[i], &first, divided && i == 2);
	if (divided && count > 1 && sections[1].figures)
		sections[1].format.unseen |= !sections[1].sign;
	for (int i = count - 1; i > 0; i--) {
		struct book_format *others = arena_new_array(arena, struct book_format, 1);
		*others = sections[i].format;
		sections[i - 1].format.others = others;
	}
	return sections[0].format;
}

static bool is_shown_by(const struct book_format *format, const struct book_digits *digits)
{
	int order = book_digits_compare(digits, &format->limit);
	char sign = order < 0 ? '<' : order ? '>' : '=';
	if (str_is(format->compared, "<>"))
		return order != 0;
	return memchr(format->compared.at, sign, (size_t)format->compared.len) != NULL;
}

const struct book_format *book_format_for(const struct book_format *format, struct str number)
{
	struct book_digits digits;
	if (!format || !format->others || !book_digits_read(number, &digits))
		return format;
	while (format->others && !is_shown_by(format, &digits))
		format = format->others;
	return format;
}
