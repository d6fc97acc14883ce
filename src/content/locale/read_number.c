/* read_number.c - numbers, amounts and percentages, in the spellings of all countries.
 *
 * The sign that stands once before three digits may divide groups or decimals: "1,250". In an
 * amount it divides groups, since no currency of two decimals has three; but where the language has
 * that sign for decimals it may be of a program that writes three: "12.500" in English. */
#include "locale/locale.h"
#include "locale/reading_int.h"

/* A number taken apart. Groups are the digits between its separators. */
enum { MAX_GROUPS = 20 };

struct parts {
	bool signed_already, negative, percent;
	struct str currency, multiple;
	int power; /* of ten, of the multiple */
	struct str groups[MAX_GROUPS];
	char separators[MAX_GROUPS]; /* [i]: before groups[i] */
	int count;
	bool open; /* a parenthesis */
};

/* -- taking apart ------------------------------------------------------------------------------ */

static const struct {
	const char *word;
	int power;
} multiples[] = {{"million", 6}, {"billion", 9}, {"bn", 9}, {"m", 6}, {"k", 3}};

static bool take_sign(struct str *text, struct parts *parts)
{
	if (parts->signed_already || !text->len || !strchr("+-", text->at[0]))
		return false;
	parts->signed_already = true;
	parts->negative = text->at[0] == '-';
	return plain_take(text, "+-");
}

static bool take_currency(struct str *text, struct parts *parts)
{
	if (parts->currency.len)
		return false;
	parts->currency = currency_take(text);
	return parts->currency.len > 0;
}

static bool take_percent(struct str *text, struct parts *parts)
{
	if (parts->percent)
		return false;
	parts->percent = plain_take(text, "%");
	return parts->percent;
}

static bool take_multiple(struct str *text, struct parts *parts)
{
	for (size_t i = 0; i < sizeof multiples / sizeof *multiples && !parts->power; i++) {
		int len = (int)strlen(multiples[i].word);
		if (!str_starts(*text, multiples[i].word) || letter_stands_at(*text, len))
			continue;
		parts->multiple = plain_take_prefix(text, len);
		parts->power = multiples[i].power;
		return true;
	}
	return false;
}

/* An amount in parentheses is owed: accountants' minus. */
static bool take_parenthesis(struct str *text, struct parts *parts)
{
	if (parts->signed_already || !plain_take(text, "("))
		return false;
	parts->signed_already = parts->negative = parts->open = true;
	return true;
}

static bool take_before(struct str *text, struct parts *parts)
{
	return plain_take(text, " ") || take_sign(text, parts) || take_currency(text, parts) ||
		take_percent(text, parts) || take_parenthesis(text, parts);
}

static bool take_behind(struct str *text, struct parts *parts)
{
	if (parts->open && plain_take(text, ")")) {
		parts->open = false;
		return true;
	}
	return plain_take(text, " ") || take_currency(text, parts) || take_percent(text, parts) ||
		take_multiple(text, parts) || take_sign(text, parts);
}

static int count_digits(struct str text, int from)
{
	int at = from;
	while (at < text.len && text.at[at] >= '0' && text.at[at] <= '9')
		at++;
	return at - from;
}

/* Digits with single separators between them; ".5" has none before. False: there are none. */
static bool take_groups(struct str *text, struct parts *parts)
{
	static const char separators[] = {'.', ',', ' ', '\'', PLAIN_DECIMAL, PLAIN_GROUP, '\0'};
	for (char separator = '\0'; parts->count < MAX_GROUPS;) {
		int len = count_digits(*text, separator != '\0');
		if (len == 0 && (parts->count || separator))
			break;
		if (separator)
			plain_take(text, separators);
		parts->separators[parts->count] = separator;
		parts->groups[parts->count++] = plain_take_prefix(text, len);
		if (text->len == 0 || !strchr(separators, text->at[0]))
			break;
		separator = text->at[0];
	}
	return parts->count > 1 || parts->groups[0].len > 0;
}

/* "5.-", "5,–": no cents. */
static void take_no_cents(struct str *text)
{
	struct str rest = *text;
	if (plain_take(&rest, ".,") && plain_take(&rest, "-")) {
		plain_take(&rest, "-");
		*text = rest;
	}
}

static bool take_apart(struct str text, bool money, struct parts *parts)
{
	*parts = (struct parts){.currency = str_lit(""), .multiple = str_lit("")};
	while (take_before(&text, parts))
		;
	if (!take_groups(&text, parts))
		return false;
	if (money)
		take_no_cents(&text);
	while (take_behind(&text, parts))
		;
	return text.len == 0 && !parts->open;
}

/* -- reading ----------------------------------------------------------------------------------- */

/* Whether the first groups are those of a whole number: of three digits, or as India divides, of
 * two but the last; all divided by one sign. */
static bool are_groups(const struct parts *parts, int count, const struct declared *declared)
{
	int last = count - 1, middle = count > 2 ? parts->groups[1].len : 3;
	int first = parts->groups[0].len;
	char sign = count > 1 ? parts->separators[1] : '\0';
	if (count == 1)
		return true;
	bool fits = first >= 1 && first <= middle && parts->groups[last].len == 3 &&
		(middle == 2 || middle == 3) && parts->groups[0].at[0] != '0' &&
		sign != PLAIN_DECIMAL && sign != declared->decimal && (middle == 3 || sign == ',');
	for (int i = 1; i < count; i++)
		fits &= parts->separators[i] == sign &&
			(i == last || parts->groups[i].len == middle);
	return fits;
}

/* Whether the last group is the decimals. */
static bool are_decimals(const struct parts *parts, const struct declared *declared)
{
	int last = parts->count - 1;
	char sign = parts->separators[last];
	bool may = sign == PLAIN_DECIMAL || sign == '.' || sign == ',';
	if (declared->decimal && (sign == '.' || sign == ','))
		may = sign == declared->decimal;
	return last > 0 && may && (last < 2 || parts->separators[1] != sign) &&
		are_groups(parts, last, declared);
}

/* Decimals that are more than none, and more than a currency has. */
static bool too_many(const struct parts *parts, const struct declared *declared)
{
	struct str decimals = parts->groups[parts->count - 1];
	int most = currency_places(currency_code(parts->currency));
	while (decimals.len > most && decimals.at[decimals.len - 1] == '0')
		decimals.len--;
	return declared->kind == VALUE_MONEY && !parts->power && decimals.len > most;
}

/* A run of zeros behind is kept, "1.50"; what a multiple moves over the point is not. */
static struct decimal put_together(struct arena *arena, const struct parts *parts, bool decimals)
{
	struct buf out = {0};
	int scale = decimals ? parts->groups[parts->count - 1].len : 0;
	for (int i = 0; i < parts->count; i++)
		buf_str(&out, parts->groups[i]);
	for (int power = parts->power; power > 0; power--)
		if (scale > 0)
			scale--;
		else
			buf_char(&out, '0');
	struct str digits = buf_text(&out);
	while (digits.len > scale + 1 && digits.at[0] == '0')
		digits = str_slice(digits, 1, digits.len);
	bool zero = true;
	for (int i = 0; i < digits.len; i++)
		zero &= digits.at[i] == '0';
	if (digits.len == scale)
		digits = str_format(arena, "0%.*s", str_arg(digits));
	struct decimal number = {parts->negative && !zero, str_copy(arena, digits), scale};
	buf_free(&out);
	return number;
}

static struct typed make(struct arena *arena, const struct parts *parts, bool decimals)
{
	return (struct typed){.decimal = put_together(arena, parts, decimals),
		.currency = parts->currency,
		.multiple = parts->multiple,
		.leading_zero = parts->groups[0].len > 1 && parts->groups[0].at[0] == '0'};
}

/* Whether an amount's only sign is that of decimals in its language, or else the letter's. */
static bool has_own_sign(
	const struct parts *parts, struct str lang, const struct declared *declared)
{
	char own[DECIMAL_SIGN_SIZE];
	struct str of = lang.len ? lang : declared->lang;
	if (parts->count != 2 || !of.len)
		return false;
	decimal_sign(of, own);
	return own[0] == parts->separators[1] && !own[1];
}

/* An amount's decimals are as many as its currency has: 1.2500 is 1.25. */
static void shorten(struct decimal *number, int most)
{
	while (number->scale > most && number->digits.at[number->digits.len - 1] == '0') {
		number->digits.len--;
		number->scale--;
	}
}

/* A sheet stores 12.5 % as 0.125: without its sign, what is not above 1 may be either. */
static void add_share(struct arena *arena, const struct parts *parts, struct readings *reading)
{
	struct decimal one = {false, str_lit("1"), 0}, zero = {false, str_lit("0"), 0};
	struct decimal size = reading->as[0].decimal;
	size.negative = false;
	if (parts->percent || reading->count != 1 || decimal_compare(&size, &one) > 0 ||
		decimal_compare(&size, &zero) == 0)
		return;
	struct parts hundredfold = *parts;
	hundredfold.power = 2;
	reading->as[reading->count++] = make(arena, &hundredfold, reading->as[0].decimal.scale > 0);
}

static const char *why_not(const struct parts *parts, const struct declared *declared)
{
	if (are_decimals(parts, declared))
		return "it has more decimals than its currency";
	return declared->decimal ? "its signs are not where the declared decimal sign allows them"
				 : "its signs divide neither groups of three digits nor decimals";
}

static bool has_strangers(const struct parts *parts, enum value_kind kind)
{
	return (kind != VALUE_MONEY && (parts->currency.len || parts->multiple.len)) ||
		(kind != VALUE_PERCENT && parts->percent);
}

/* Which of the two an amount is; its decimals may be more than its currency has. */
static void choose_amount(struct arena *arena, const struct parts *parts, struct str lang,
	const struct declared *declared, struct readings *reading)
{
	int most = currency_places(currency_code(parts->currency));
	bool either = are_groups(parts, parts->count, declared) && are_decimals(parts, declared) &&
		!parts->power;
	if (!either || most > 2)
		return;
	reading->count = most && has_own_sign(parts, lang, declared) ? 2 : 1;
	if (reading->count == 2)
		reading->as[1] = make(arena, parts, true);
}

struct readings read_number(
	struct arena *arena, struct str text, struct str lang, const struct declared *declared)
{
	struct readings reading = {0};
	struct parts parts;
	bool money = declared->kind == VALUE_MONEY;
	if (!take_apart(text, money, &parts) || has_strangers(&parts, declared->kind))
		return reading_none(NULL);
	bool unnamed = money && !parts.currency.len && declared->currency.len;
	if (unnamed && parts.power)
		return reading_none("an amount in short names its currency itself");
	if (unnamed)
		parts.currency = declared->currency;
	if (are_groups(&parts, parts.count, declared))
		reading.as[reading.count++] = make(arena, &parts, false);
	if (are_decimals(&parts, declared) && !too_many(&parts, declared))
		reading.as[reading.count++] = make(arena, &parts, true);
	int most = currency_places(currency_code(parts.currency));
	if (money)
		choose_amount(arena, &parts, lang, declared, &reading);
	if (money && !parts.power)
		for (int i = 0; i < reading.count; i++)
			shorten(&reading.as[i].decimal, most);
	if (declared->kind == VALUE_PERCENT)
		add_share(arena, &parts, &reading);
	reading.why = reading.count ? NULL : why_not(&parts, declared);
	return reading;
}
