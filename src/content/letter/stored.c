/* stored.c - numbers and days in fields of words: a workbook or a database holds them as "1250.50"
 * and "2020-10-13", shows them otherwise, and a letter prints them so. */
#include "letter/letter_int.h"

#include "base/diag_id.h"
#include "locale/locales.h"

/* As a letter's language writes it; .at == NULL: the text is none of that kind. */
static struct str write(struct merge *merge, enum value_kind kind, struct str text, struct str lang)
{
	struct declared declared = {.kind = kind, .decimal = '.'};
	struct readings reading = reading_of(merge->arena, text, (struct str){0}, &declared);
	const struct typed *value = &reading.as[0];
	struct money money = {value->decimal, value->currency};
	if (reading.count != 1)
		return (struct str){0};
	return kind == VALUE_NUMBER
		? decimal_text(merge->arena, merge->locales, &money.decimal, lang)
		: kind == VALUE_PERCENT
		? percent_text(merge->arena, merge->locales, &money.decimal, lang)
		: kind == VALUE_MONEY
		? money_text(merge->arena, merge->locales, &money, lang)
		: day_text(merge->arena, merge->locales, value->day, DATE_LONG, lang);
}

static bool is_whole(struct str text)
{
	for (int i = str_starts(text, "-"); i < text.len; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	return true;
}

void check_stored(struct merge *merge, const struct field *field, const struct value *value)
{
	static const struct {
		enum value_kind kind;
		const char *what, *type;
	} kinds[] = {{VALUE_NUMBER, "a number", "number"},
		{VALUE_PERCENT, "a percentage", "percent"}, {VALUE_MONEY, "an amount", "money"},
		{VALUE_DATE, "a date", "date"}};
	struct str text = blank_trim(value->text), written = {0};
	size_t i = 0;
	if (!value->stored || field->compared || is_whole(text))
		return;
	while (i < sizeof kinds / sizeof *kinds && !written.at)
		written = write(merge, kinds[i++].kind, text, field->declared.lang);
	if (written.at && !str_eq(written, text))
		diag_add(merge->diags, FIELD_STORED, value->at, field_said(merge->diags, field),
			kinds[i - 1].what, diag_str(merge->diags, text), kinds[i - 1].type);
}
