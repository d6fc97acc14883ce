/* format.c - values as a letter of their language shows them: "£1,160,000", "1.160.000 €", "13
 * Hydref 2020". "£1.1m" is shown as it was written, since in full it would claim to be exact. */
#include "letter/letter_int.h"

#include "locale/locales.h"

/* A day as the language has it, else as figures that every language has. */
static struct str day_format(struct merge *merge, struct day day, struct str lang)
{
	struct str text = day_text(merge->arena, merge->locales, day, DATE_LONG, lang);
	return text.at ? text
		       : str_format(merge->arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static struct str money_format(
	struct merge *merge, const struct typed *value, struct str text, struct str lang)
{
	struct money money = {value->decimal, value->currency};
	return value->multiple.len ? text : money_text(merge->arena, merge->locales, &money, lang);
}

struct str value_format(struct merge *merge, const struct field *field, const struct typed *value,
	struct str text, struct str lang)
{
	switch (field->type) {
	case FIELD_DATE:
		return day_format(merge, value->day, lang);
	case FIELD_MONEY:
		return money_format(merge, value, text, lang);
	case FIELD_NUMBER:
		return decimal_text(merge->arena, merge->locales, &value->decimal, lang);
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
