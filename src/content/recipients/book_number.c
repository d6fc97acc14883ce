/* book_number.c - a number's text → its digits, as a spreadsheet keeps and shows them. */
#include "recipients/book_int.h"

static int digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : -1;
}

/* Reads the digits before and behind the point; zeros in front are none. */
static int take_digits(struct str text, struct book_digits *digits)
{
	int i = 0, seen = 0;
	bool behind = false;
	for (; i < text.len; i++) {
		int digit = digit_of(text.at[i]);
		if (text.at[i] == '.' && !behind) {
			behind = true;
			continue;
		}
		if (digit < 0)
			break;
		seen++;
		if (digits->len || digit)
			digits->point += !behind;
		else
			digits->point -= behind;
		if ((digits->len || digit) && digits->len < (int)sizeof digits->at)
			digits->at[digits->len++] = text.at[i];
	}
	return seen ? i : 0;
}

/* "E-05" → -5; false: it is none. */
static bool read_power(struct str text, int *power)
{
	int i = 1, number = 0;
	bool down = text.len > 1 && text.at[1] == '-';
	i += down || (text.len > 1 && text.at[1] == '+');
	if ((text.at[0] | 0x20) != 'e' || i == text.len || text.len - i > 3)
		return false;
	for (; i < text.len; i++) {
		if (digit_of(text.at[i]) < 0)
			return false;
		number = number * 10 + digit_of(text.at[i]);
	}
	*power = down ? -number : number;
	return number <= 308;
}

static void drop_zeros(struct book_digits *digits)
{
	while (digits->len && digits->at[digits->len - 1] == '0')
		digits->len--;
	if (digits->len == 0)
		digits->point = 1;
}

/* Half away from nothing, as spreadsheets show it. */
static void round_at(struct book_digits *digits, int kept)
{
	bool up = kept >= 0 && kept < digits->len && digits->at[kept] >= '5';
	digits->len = kept < 0 ? 0 : kept < digits->len ? kept : digits->len;
	while (up && digits->len && digits->at[digits->len - 1] == '9')
		digits->len--;
	if (up && digits->len)
		digits->at[digits->len - 1]++;
	else if (up) {
		digits->at[digits->len++] = '1';
		digits->point++;
	}
	drop_zeros(digits);
}

bool book_digits_read(struct str text, struct book_digits *out)
{
	int power = 0;
	*out = (struct book_digits){.negative = str_starts(text, "-")};
	text = str_slice(text, out->negative || str_starts(text, "+"), text.len);
	int len = take_digits(text, out);
	if (!len || (len < text.len && !read_power(str_slice(text, len, text.len), &power)))
		return false;
	out->point += power;
	round_at(out, BOOK_DIGITS);
	return true;
}

static int compare_sizes(const struct book_digits *a, const struct book_digits *b)
{
	if (a->len == 0 || b->len == 0)
		return (a->len > 0) - (b->len > 0);
	if (a->point != b->point)
		return a->point < b->point ? -1 : 1;
	return str_cmp((struct str){a->at, a->len}, (struct str){b->at, b->len});
}

int book_digits_compare(const struct book_digits *a, const struct book_digits *b)
{
	bool below = a->negative && a->len, other = b->negative && b->len;
	if (below != other)
		return below ? -1 : 1;
	return below ? compare_sizes(b, a) : compare_sizes(a, b);
}

/* -- writing ----------------------------------------------------------------------------------- */

/* £ stands before the digits, EUR apart from them. */
static void write_currency(struct str currency, struct buf *out)
{
	char last = currency.len ? currency.at[currency.len - 1] : '\0';
	bool word = last == '.' || ((last | 0x20) >= 'a' && (last | 0x20) <= 'z');
	buf_str(out, currency);
	buf_puts(out, word ? " " : "");
}

static void write_digits(
	const struct book_digits *digits, const struct book_format *format, struct buf *out)
{
	int before = digits->point > format->digits ? digits->point : format->digits;
	int behind = digits->len - digits->point;
	before = before < 1 ? 1 : before;
	behind = behind < format->least ? format->least : behind;
	for (int i = digits->point - before; i < digits->point + behind; i++) {
		if (i == digits->point)
			buf_char(out, '.');
		buf_char(out, i >= 0 && i < digits->len ? digits->at[i] : '0');
	}
}

/* A general format shows ten digits; of an amount it shall not lose any. */
static int general_places(const struct book_digits *digits)
{
	enum { SHOWN = 10, LEAST = 2 };
	int places = SHOWN - (digits->point < 1 ? 1 : digits->point);
	return places < LEAST ? LEAST : places;
}

void book_digits_write(struct book_digits digits, const struct book_format *format, struct buf *out)
{
	digits.point += format->percent && digits.len ? 2 : 0;
	if (format->places >= 0)
		round_at(&digits, digits.point + format->places);
	else if (digits.len > digits.point)
		round_at(&digits, digits.point + general_places(&digits));
	buf_puts(out, digits.negative && digits.len ? "-" : "");
	write_currency(format->currency, out);
	write_digits(&digits, format, out);
	buf_puts(out, format->percent ? "%" : "");
}
