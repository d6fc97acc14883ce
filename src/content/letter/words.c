/* words.c - what a record's words must not hold: gaps and debris of other programs, characters that
 * control a machine; and what is there though nobody can see it. */
#include "letter/debris.h"
#include "letter/letter_int.h"

#include "base/diag_id.h"

#include <stdio.h>

/* Not the soft hyphen, the no-break blanks and the joiners, which writers use on purpose. */
static bool is_invisible(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {{0x200B, 0x200B}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2061, 0x2064},
		{0x2066, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

static bool is_control(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0);
}

static void check_characters(
	struct merge *merge, const struct field *field, const struct value *value)
{
	char number[16];
	for (int at = 0; at < value->text.len;) {
		uint32_t c = utf8_next(value->text, &at);
		if (c >= 0x20 && c < 0x7F)
			continue;
		if (!is_control(c) && !is_invisible(c))
			continue;
		snprintf(number, sizeof number, "%04X", (unsigned)c);
		if (is_control(c))
			diag_add(merge->diags, CONTROL, value->at, field_said(merge->diags, field),
				number);
		else
			diag_add(merge->diags, INVISIBLE, value->at,
				field_said(merge->diags, field), number);
		return; /* one of a value is enough */
	}
}

/* "4711.0" */
static bool is_whole_decimal(struct str text)
{
	text = blank_trim(text);
	int digits = text.len - 2;
	for (int i = 0; i < digits; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	return digits > 0 && str_is(str_slice(text, digits, text.len), ".0");
}

/* What may be debris or be meant. */
static void check_doubtful(
	struct merge *merge, const struct field *field, const struct value *value)
{
	if (is_whole_decimal(value->text))
		diag_add(merge->diags, WHOLE_DECIMAL, value->at, field_said(merge->diags, field),
			diag_str(merge->diags, value->text));
	else
		check_stored(merge, field, value);
	if (no_date_written(blank_trim(value->text)) == NO_DATE_MAYBE)
		diag_add(merge->diags, DATE_NONE, value->at, field_said(merge->diags, field),
			diag_str(merge->diags, value->text));
}

bool check_words(struct merge *merge, const struct field *field, const struct value *value)
{
	struct str marker;
	struct debris debris;
	check_characters(merge, field, value);
	if (template_find_marker(merge->template->fields, value->text, &marker)) {
		diag_add(merge->diags, MARKER, value->at, field_said(merge->diags, field),
			diag_str(merge->diags, marker));
		return false;
	}
	if (field->type == FIELD_TEXT && !field->takes_debris)
		check_doubtful(merge, field, value);
	if (field->takes_debris || !debris_find(value->text, field->type == FIELD_LINES, &debris))
		return true;
	diag_add(merge->diags, DEBRIS, value->at, field_said(merge->diags, field),
		diag_str(merge->diags, debris.words), debris.what, debris.hint);
	return false;
}
