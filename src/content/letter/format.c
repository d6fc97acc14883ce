/* format.c - values as the language where they stand writes them: "£1,160,000", "1.160.000 €", "CM8
 * 3HB". "£1.1m" is shown as it was written, since in full it would claim to be exact. */
#include "letter/letter_int.h"

#include "base/diag_id.h"
#include "locale/locales.h"

/* .at == NULL in a language of which ICU does not know how it writes such a value. */
static struct str write(struct merge *merge, const struct field *field, const struct typed *value,
	struct str text, struct str lang)
{
	struct money money = {value->decimal, value->currency};
	switch (field->type) {
	case FIELD_DATE:
		return day_text(merge->arena, merge->locales, value->day, DATE_LONG, lang);
	case FIELD_MONEY:
		return value->multiple.len ? text
					   : money_text(merge->arena, merge->locales, &money, lang);
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

struct str value_format(struct merge *merge, const struct found *found, const struct typed *value,
	struct str text, struct str lang)
{
	const struct field *field = found->field;
	struct str written = write(merge, field, value, text, lang);
	if (!written.at)
		diag_add(merge->diags, LANGUAGE_VALUE, found->value ? found->value->at : field->at,
			field_type_name(field->type), diag_str(merge->diags, lang),
			diag_str(merge->diags, field->name));
	return written;
}
