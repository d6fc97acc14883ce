/* format.c - values as the language where they stand writes them: "£1,160,000", "1.160.000 €", "CM8
 * 3HB". "£1.1m" is shown as it was written, since in full it would claim to be exact. */
#include "letter/letter_int.h"

#include "base/diag_id.h"
#include "locale/locales.h"

#include <stdlib.h>

/* "3rd". A number that has no ordinal is reported, and stays as it is. */
static struct str write_ordinal(struct merge *merge, const struct found *found,
	const struct decimal *number, struct str text, struct str lang)
{
	enum { MOST_DIGITS = 9 };
	const struct value *value = found->value;
	if (!number->negative && number->scale == 0 && number->digits.len <= MOST_DIGITS)
		return ordinal_text(merge->arena, merge->locales, atoi(number->digits.at), lang);
	diag_add(merge->diags, FIELD_ORDINAL, value ? value->at : found->field->at,
		diag_str(merge->diags, text), field_said(merge->diags, found->field));
	return text;
}

static struct str write_number(struct merge *merge, const struct found *found,
	const struct decimal *number, struct str text, struct str lang)
{
	return found->form == FORM_ORDINAL
		? write_ordinal(merge, found, number, text, lang)
		: decimal_text(merge->arena, merge->locales, number, lang);
}

/* -- in groups, as banks print ----------------------------------------------------------------- */

/* From the end, or from the beginning, no break within; a number's decimals are no part of that. */
static void put_groups(struct buf *out, struct str text, int first, int size)
{
	for (int i = 0; i < text.len; i++) {
		if (i && (i - first) % size == 0 && i >= first)
			buf_puts(out, "\xC2\xA0");
		buf_char(out, text.at[i]);
	}
}

static struct str finish(struct arena *arena, struct buf *text)
{
	struct str copy = str_copy(arena, buf_text(text));
	buf_free(text);
	return copy;
}

/* An IBAN and a creditor reference by fours (ISO 13616-1, ISO 11649), a Swiss QR reference by fives
 * behind the first two. */
struct str grouped_text(struct arena *arena, struct str text)
{
	enum { QR_REFERENCE = 27 };
	struct buf bare = {0}, out = {0};
	bool digits = true;
	for (int i = 0; i < text.len; i++) {
		if (text.at[i] == ' ')
			continue;
		digits &= text.at[i] >= '0' && text.at[i] <= '9';
		buf_char(&bare, text.at[i]);
	}
	bool reference = digits && bare.len == QR_REFERENCE;
	put_groups(&out, buf_text(&bare), reference ? 2 : 0, reference ? 5 : 4);
	buf_free(&bare);
	return finish(arena, &out);
}

/* "1 949.75", whatever the language. */
static struct str grouped_amount(struct arena *arena, const struct decimal *amount)
{
	struct buf plain = {0}, out = {0};
	decimal_write(amount, &plain);
	struct str all = buf_text(&plain);
	if (amount->negative) {
		buf_char(&out, '-');
		all = str_slice(all, 1, all.len);
	}
	int point = str_find(all, "."), whole = point < 0 ? all.len : point;
	put_groups(&out, str_slice(all, 0, whole), whole % 3, 3);
	buf_str(&out, str_slice(all, whole, all.len));
	if (point < 0)
		buf_puts(&out, ".00");
	else if (all.len - point == 2)
		buf_char(&out, '0');
	buf_free(&plain);
	return finish(arena, &out);
}

/* .at == NULL in a language of which ICU does not know how it writes such a value. */
static struct str write(struct merge *merge, const struct found *found, const struct typed *value,
	struct str text, struct str lang)
{
	static const enum date_form days[FORM_COUNT] = {
		[FORM_SHORT] = DATE_SHORT, [FORM_WEEKDAY] = DATE_WEEKDAY}; /* others: DATE_LONG */
	struct money money = {value->decimal, value->currency};
	switch (found->field->type) {
	case FIELD_DATE:
		return day_text(merge->arena, merge->locales, value->day, days[found->form], lang);
	case FIELD_MONEY:
		if (found->form == FORM_GROUPED && !value->multiple.len)
			return grouped_amount(merge->arena, &value->decimal);
		return value->multiple.len ? text
					   : money_text(merge->arena, merge->locales, &money, lang);
	case FIELD_NUMBER:
		return write_number(merge, found, &value->decimal, text, lang);
	case FIELD_PERCENT:
		return percent_text(merge->arena, merge->locales, &value->decimal, lang);
	case FIELD_TIME:
		return time_text(merge->arena, merge->locales, value->seconds, lang);
	case FIELD_POSTCODE:
		return value->words;
	default:
		return text;
	}
}

struct str value_format(struct merge *merge, const struct found *found, const struct typed *value,
	struct str text, struct str lang)
{
	const struct field *field = found->field;
	struct str written = write(merge, found, value, text, lang);
	if (!written.at)
		diag_add(merge->diags, LANGUAGE_VALUE, found->value ? found->value->at : field->at,
			found->form == FORM_ORDINAL ? "ordinal" : field_type_name(field->type),
			diag_str(merge->diags, lang), field_said(merge->diags, field));
	return written;
}
