/* label.c - the labels that a letter counts for itself: of list items and of notes. One place, so
 * that the page, its tags and the twins say the same. */
#include "letter/letter_int.h"

#include "locale/locale.h"

#include <assert.h>
#include <stdio.h>

static size_t put(char *out, size_t len, const char *text)
{
	size_t more = strlen(text);
	assert(len + more < LABEL_SIZE);
	memcpy(out + len, text, more + 1);
	return len + more;
}

static void write_roman(int number, char *out)
{
	static const struct {
		int value;
		const char *digits;
	} table[] = {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"},
		{4, "iv"}, {1, "i"}};
	size_t len = 0;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		for (; number >= table[i].value; number -= table[i].value)
			len = put(out, len, table[i].digits);
	put(out, len, ".");
}

/* a to z, then aa, ab, ... */
static void write_letters(int number, char *out)
{
	char reversed[8];
	size_t digits = 0, len = 0;
	for (; number > 0 && digits < sizeof reversed; number = (number - 1) / 26)
		reversed[digits++] = (char)('a' + (number - 1) % 26);
	while (digits > 0)
		out[len++] = reversed[--digits];
	put(out, len, ".");
}

static int depth_of(const struct node *list)
{
	int depth = 0;
	for (const struct node *node = list->parent; node; node = node->parent)
		depth += node->tag == TAG_UL || node->tag == TAG_OL;
	return depth;
}

enum label_kind letter_label_kind(const struct node *list)
{
	static const enum label_kind kinds[] = {LABEL_NUMBER, LABEL_LETTER, LABEL_ROMAN};
	int depth = depth_of(list);
	if (list->tag == TAG_UL)
		return depth % 2 ? LABEL_DASH : LABEL_BULLET;
	return kinds[depth % 3];
}

bool letter_list_is_own(const struct node *list)
{
	return node_attribute(list, "numbering").at || node_attribute(list, "start").at ||
		(list->tag == TAG_OL && figures_are_own(list->lang));
}

static void write_capitals(char *label)
{
	for (; *label; label++)
		if (*label >= 'a' && *label <= 'z')
			*label = (char)(*label - 'a' + 'A');
}

void letter_number(char kind, int number, struct str lang, char out[LABEL_SIZE])
{
	char lower = (char)(kind | 32);
	letter_label(kind == '1'       ? LABEL_NUMBER
			: lower == 'a' ? LABEL_LETTER
				       : LABEL_ROMAN,
		number, lang, out);
	out[strlen(out) - 1] = '\0';
	if (kind == 'A' || kind == 'I')
		write_capitals(out);
}

void letter_item_label(const struct node *list, int item, char out[LABEL_SIZE])
{
	struct str before, after;
	int number = node_start(list) + item - 1;
	char kind = numbering_read(node_numbering(list), &before, &after);
	char digits[LABEL_SIZE];
	if (!kind) {
		letter_label(letter_label_kind(list), number, list->lang, out);
		return;
	}
	letter_number(kind, number, list->lang, digits);
	snprintf(out, LABEL_SIZE, "%.*s%s%.*s", str_arg(before), digits, str_arg(after));
}

void letter_label(enum label_kind kind, int number, struct str lang, char out[LABEL_SIZE])
{
	enum { LARGEST_ROMAN = 99 };
	char figures[FIGURES_SIZE];
	if (kind == LABEL_BULLET || kind == LABEL_DASH)
		put(out, 0, kind == LABEL_DASH ? "–" : "•");
	else if (kind == LABEL_LETTER)
		write_letters(number, out);
	else if (kind == LABEL_ROMAN && number <= LARGEST_ROMAN)
		write_roman(number, out);
	else {
		figures_write(number, lang, figures);
		put(out, put(out, 0, figures), kind == LABEL_NOTE ? "" : ".");
	}
}

void letter_superscript(struct str text, char out[NOTE_MARK_SIZE])
{
	static const char *const superscript[] = {"\xE2\x81\xB0", "\xC2\xB9", "\xC2\xB2",
		"\xC2\xB3", "\xE2\x81\xB4", "\xE2\x81\xB5", "\xE2\x81\xB6", "\xE2\x81\xB7",
		"\xE2\x81\xB8", "\xE2\x81\xB9"};
	size_t len = 0;
	for (int at = 0; at < text.len;) {
		int from = at, value = figure_value(utf8_next(text, &at));
		struct str as_is = str_slice(text, from, at);
		struct str piece = value < 0 ? as_is : str_of(superscript[value]);
		len += (size_t)snprintf(out + len, NOTE_MARK_SIZE - len, "%.*s", str_arg(piece));
	}
}

void letter_note_mark(int number, char out[NOTE_MARK_SIZE])
{
	char digits[12];
	snprintf(digits, sizeof digits, "%d", number);
	letter_superscript(str_of(digits), out);
}

void letter_note_mark_in_text(const struct node *note, char out[NOTE_MARK_SIZE])
{
	char mark[NOTE_MARK_SIZE - 1];
	letter_note_mark(note->note_number, out);
	if (!note->note_joins)
		return;
	snprintf(mark, sizeof mark, "%s", out);
	snprintf(out, NOTE_MARK_SIZE, ",%s", mark);
}
