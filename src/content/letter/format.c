/* format.c - values as a letter of their language shows them: "£1,160,000", "CM8 3HB". "£1.1m" is
 * shown as it was written, since in full it would claim to be exact. */
#include "letter/letter_int.h"

#include "locale/locale.h"

/* Languages that write 1,160,000.50; the others' numbers are shown as they are. */
static bool is_known(struct str lang)
{
	static const char *const known[] = {"en", "cy"};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (lang_is(lang, known[i]))
			return true;
	return false;
}

/* "1160000" → "1,160,000" */
static void put_groups(struct buf *out, struct str digits, int least)
{
	for (int i = 0; i < digits.len; i++) {
		bool between = i && (digits.len - i) % 3 == 0 && digits.len >= least;
		buf_puts(out, between ? "," : "");
		buf_char(out, digits.at[i]);
	}
}

/* Groups from so many digits on. */
static void put_decimal(struct buf *out, const struct decimal *number, int least)
{
	int whole = number->digits.len - number->scale;
	put_groups(out, str_slice(number->digits, 0, whole), least);
	if (number->scale)
		buf_format(out, ".%.*s", number->scale, number->digits.at + whole);
}

static struct str taken(struct arena *arena, struct buf *out)
{
	struct str text = str_copy(arena, buf_text(out));
	buf_free(out);
	return text;
}

static const char *sign_of(const struct decimal *number)
{
	return number->negative ? "\xE2\x88\x92" : "";
}

/* "£1,250.50", "EUR 1,250" */
static struct str money_text(struct arena *arena, const struct typed *value)
{
	struct buf out = {0};
	struct str currency = value->currency;
	bool word = currency.len && currency.at[currency.len - 1] >= 'A' &&
		currency.at[currency.len - 1] <= 'z';
	buf_format(&out, "%s%.*s%s", sign_of(&value->decimal), str_arg(currency),
		word ? "\xC2\xA0" : "");
	put_decimal(&out, &value->decimal, 4);
	buf_puts(&out, value->decimal.scale == 1 ? "0" : "");
	return taken(arena, &out);
}

/* A number of four digits may be a year. */
static struct str number_text(struct arena *arena, const struct typed *value, const char *behind)
{
	struct buf out = {0};
	buf_puts(&out, sign_of(&value->decimal));
	put_decimal(&out, &value->decimal, 5);
	buf_puts(&out, behind);
	return taken(arena, &out);
}

static struct str day_text(struct arena *arena, struct day day, struct str lang)
{
	return date_text(
		arena, str_format(arena, "%04d-%02d-%02d", day.year, day.month, day.day), lang);
}

struct str value_format(struct arena *arena, const struct field *field, const struct typed *value,
	struct str text, struct str lang)
{
	switch (field->type) {
	case FIELD_DATE:
		return day_text(arena, value->day, lang);
	case FIELD_MONEY:
		return is_known(lang) && !value->multiple.len ? money_text(arena, value) : text;
	case FIELD_NUMBER:
		return is_known(lang) ? number_text(arena, value, "") : text;
	case FIELD_PERCENT:
		return is_known(lang) ? number_text(arena, value, "%") : text;
	case FIELD_TIME:
		return str_format(
			arena, "%02d:%02d", value->seconds / 3600, value->seconds / 60 % 60);
	case FIELD_POSTCODE:
		return value->words;
	default:
		return text;
	}
}
