/* reading.c - values by their kind: read, compared, written for messages. */
#include "locale/reading_int.h"

#include "locale/locale.h"
#include "locale/locales_int.h"

/* Letters with their marks are the same however they are encoded (Unicode 3.7, D70). */
static struct readings read_words(struct arena *arena, struct str text)
{
	struct readings reading = {.count = 1};
	reading.as[0].words = text_composed(arena, text);
	return reading;
}

static struct readings read_postcode(struct arena *arena, struct str text)
{
	struct readings reading = {.count = postcode_fits(text)};
	if (reading.count)
		reading.as[0].words = postcode_text(arena, text);
	return reading;
}

struct readings reading_of(
	struct arena *arena, struct str text, struct str lang, const struct declared *declared)
{
	struct str plain = declared->kind == VALUE_WORDS ? text : plain_text(arena, text);
	switch (declared->kind) {
	case VALUE_WORDS:
		return read_words(arena, text);
	case VALUE_NUMBER:
	case VALUE_MONEY:
	case VALUE_PERCENT:
		return read_number(arena, plain, lang, declared);
	case VALUE_DATE:
		return declared->pattern.at ? read_pattern(plain, lang, declared)
					    : read_date(plain, lang, declared);
	case VALUE_TIME:
		return read_time(plain);
	case VALUE_POSTCODE:
		return read_postcode(arena, text);
	case VALUE_YES_NO:
		return read_yes_no(plain, lang, declared);
	}
	return reading_none(NULL);
}

/* -- comparing --------------------------------------------------------------------------------- */

/* One that names no currency is of the other's. */
static int compare_currencies(const struct typed *a, const struct typed *b)
{
	bool both = a->currency.len && b->currency.len;
	return both ? str_cmp(currency_code(a->currency), currency_code(b->currency)) : 0;
}

static int compare_money(const struct typed *a, const struct typed *b)
{
	int order = compare_currencies(a, b);
	return order ? order : decimal_compare(&a->decimal, &b->decimal);
}

bool typed_has_order(enum value_kind kind, const struct typed *a, const struct typed *b)
{
	return kind != VALUE_MONEY || compare_currencies(a, b) == 0;
}

int typed_compare(enum value_kind kind, const struct typed *a, const struct typed *b)
{
	switch (kind) {
	case VALUE_NUMBER:
	case VALUE_PERCENT:
		return decimal_compare(&a->decimal, &b->decimal);
	case VALUE_MONEY:
		return compare_money(a, b);
	case VALUE_DATE:
		return day_compare(a->day, b->day);
	case VALUE_TIME:
		return a->seconds - b->seconds;
	case VALUE_YES_NO:
		return a->yes - b->yes;
	case VALUE_WORDS:
	case VALUE_POSTCODE:
		break;
	}
	return str_cmp(a->words, b->words);
}

/* -- for messages ------------------------------------------------------------------------------ */

void typed_write(enum value_kind kind, const struct typed *value, struct buf *out)
{
	switch (kind) {
	case VALUE_NUMBER:
	case VALUE_MONEY:
	case VALUE_PERCENT:
		decimal_write(&value->decimal, out);
		buf_puts(out, kind == VALUE_PERCENT ? "%" : "");
		break;
	case VALUE_DATE:
		prepared_day(value->day, str_lit("en"), out);
		break;
	case VALUE_TIME:
		buf_format(out, "%02d:%02d", value->seconds / 3600, value->seconds / 60 % 60);
		if (value->seconds % 60)
			buf_format(out, ":%02d", value->seconds % 60);
		break;
	case VALUE_YES_NO:
		buf_puts(out, value->yes ? "yes" : "no");
		break;
	case VALUE_WORDS:
	case VALUE_POSTCODE:
		buf_str(out, value->words);
		break;
	}
}
