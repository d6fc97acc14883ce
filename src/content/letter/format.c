/* format.c - values as a letter of their language shows them: "£1,160,000", "CM8 3HB".
 *
 * Only what is surely a plain number is touched; anything else ("more than £1.1m", 007, 1.160) is
 * shown as it was written, since to guess would be to print another value. */
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

/* A number taken apart: -  £  1160000  .50  EUR */
struct number {
	struct str sign, before, whole, fraction, after;
};

static struct str take_sign(struct str *text)
{
	static const char *const signs[] = {"-", "+", "\xE2\x88\x92"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (!str_starts(*text, signs[i]))
			continue;
		struct str sign = str_slice(*text, 0, (int)strlen(signs[i]));
		*text = str_slice(*text, sign.len, text->len);
		return sign;
	}
	return str_lit("");
}

/* The currency with the blank that sets it off. */
static struct str take_currency(struct str *text)
{
	struct str rest = *text;
	if (!money_take_currency(&rest))
		return str_lit("");
	while (rest.len && rest.at[0] == ' ')
		rest = str_slice(rest, 1, rest.len);
	struct str currency = str_slice(*text, 0, text->len - rest.len);
	*text = rest;
	return currency;
}

static struct str take_digits(struct str *text)
{
	int len = 0;
	while (len < text->len && text->at[len] >= '0' && text->at[len] <= '9')
		len++;
	struct str digits = str_slice(*text, 0, len);
	*text = str_slice(*text, len, text->len);
	return digits;
}

/* False when there is more to it, or less. A zero in front means that it is no amount. */
static bool take_apart(struct str text, bool money, struct number *number)
{
	*number = (struct number){.fraction = str_lit(""), .after = str_lit("")};
	number->sign = take_sign(&text);
	number->before = money ? take_currency(&text) : str_lit("");
	number->whole = take_digits(&text);
	if (str_starts(text, ".")) {
		text = str_slice(text, 1, text.len);
		number->fraction = take_digits(&text);
		if (number->fraction.len == 0 || (money && number->fraction.len > 2))
			return false;
	}
	if (money && text.len) {
		struct str rest = str_trim(text);
		number->after = text;
		if (!money_take_currency(&rest))
			return false;
		text = rest;
	}
	return text.len == 0 && number->whole.len > 0 &&
		(number->whole.len == 1 || number->whole.at[0] != '0');
}

static void put_groups(struct buf *out, struct str digits, int least)
{
	for (int i = 0; i < digits.len; i++) {
		int left = digits.len - i;
		buf_puts(out, i && left % 3 == 0 && digits.len >= least ? "," : "");
		buf_char(out, digits.at[i]);
	}
}

static struct str put_together(struct arena *arena, const struct number *number, int least)
{
	struct buf out = {0};
	buf_str(&out, number->sign);
	buf_str(&out, number->before);
	put_groups(&out, number->whole, least);
	if (number->fraction.len)
		buf_format(&out, ".%.*s", str_arg(number->fraction));
	buf_str(&out, number->after);
	struct str text = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return text;
}

/* "1160000" → "£1,160,000" with the currency of its declaration; "£1.5" → "£1.50" */
static struct str money_text(struct arena *arena, const struct field *field, struct str text)
{
	struct number number;
	if (!take_apart(text, true, &number))
		return text;
	if (number.before.len == 0 && number.after.len == 0 && field->currency.at) {
		bool word = field->currency.at[0] >= 'A' && field->currency.at[0] <= 'Z';
		number.before = str_format(
			arena, "%.*s%s", str_arg(field->currency), word ? "\xC2\xA0" : "");
	}
	if (number.fraction.len == 1)
		number.fraction = str_format(arena, "%.*s0", str_arg(number.fraction));
	return put_together(arena, &number, 4);
}

/* A number of four digits may be a year. */
static struct str number_text(struct arena *arena, struct str text)
{
	struct number number;
	return take_apart(text, false, &number) ? put_together(arena, &number, 5) : text;
}

struct str value_format(
	struct arena *arena, const struct field *field, struct str text, struct str lang)
{
	switch (field->type) {
	case FIELD_DATE:
		return date_text(arena, text, lang);
	case FIELD_MONEY:
		return is_known(lang) ? money_text(arena, field, text) : text;
	case FIELD_NUMBER:
		return is_known(lang) ? number_text(arena, text) : text;
	case FIELD_POSTCODE:
		return postcode_text(arena, text);
	default:
		return text;
	}
}
