/* number.c - figures as SVG has them. */
#include "svg/svg_int.h"

enum { MOST_POWER = 22 }; /* of ten, that a double holds exactly */
static const double MOST = 1e9;

static bool is_digit(struct str text, int at)
{
	return at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
}

static bool is_blank(struct str text, int at)
{
	return at < text.len && strchr(" \t\r\n\f", text.at[at]) && text.at[at];
}

void number_gap(struct str text, int *at)
{
	bool comma = false;
	for (; *at < text.len; ++*at) {
		bool here = text.at[*at] == ',' && !comma;
		if (!here && !is_blank(text, *at))
			return;
		comma |= here;
	}
}

static double power_of_ten(int power)
{
	double product = 1;
	while (power-- > 0)
		product *= 10;
	return product;
}

/* The digits from *at on; as many as a double holds count, and how many stand behind those. */
static int64_t read_digits(struct str text, int *at, int64_t number, int *left_out, int *read)
{
	for (; is_digit(text, *at); ++*at, ++*read) {
		if (number < INT64_C(100000000000000))
			number = number * 10 + (text.at[*at] - '0');
		else
			++*left_out;
	}
	return number;
}

/* "e-3"; an e that no figure follows belongs to what comes next. */
static int read_exponent(struct str text, int *at)
{
	int from = *at + 1, power = 0;
	if (*at >= text.len || (text.at[*at] | 0x20) != 'e')
		return 0;
	bool minus = from < text.len && text.at[from] == '-';
	if (minus || (from < text.len && text.at[from] == '+'))
		from++;
	if (!is_digit(text, from))
		return 0;
	for (; is_digit(text, from); from++)
		power = power < 1000 ? power * 10 + (text.at[from] - '0') : power;
	*at = from;
	return minus ? -power : power;
}

bool number_next(struct str text, int *at, double *out)
{
	int from = *at, read = 0, above = 0, below = 0;
	bool minus = from < text.len && text.at[from] == '-';
	if (minus || (from < text.len && text.at[from] == '+'))
		from++;
	int64_t digits = read_digits(text, &from, 0, &above, &read);
	if (from < text.len && text.at[from] == '.') {
		int before = read, unread = 0;
		from++;
		digits = read_digits(text, &from, digits, &unread, &read);
		below = read - before - unread;
	}
	if (!read)
		return false;
	int power = read_exponent(text, &from) + above - below;
	power = power < -3 * MOST_POWER ? -3 * MOST_POWER : power;
	double number = (double)digits;
	if (digits && power > MOST_POWER)
		return false;
	number = power < 0 ? number / power_of_ten(-power) : number * power_of_ten(power);
	*out = minus ? -number : number;
	*at = from;
	return number <= MOST;
}

bool number_read(struct str text, double *out)
{
	int at = 0;
	text = str_trim(text);
	return number_next(text, &at, out) && at == text.len;
}

int number_list(struct str text, double *out, int max)
{
	int count = 0;
	text = str_trim(text);
	for (int at = 0; at < text.len; number_gap(text, &at))
		if (count == max || !number_next(text, &at, &out[count++]))
			return -1;
	return count;
}

static bool length_next(struct str text, int *at, double *out)
{
	static const struct {
		const char *name;
		double pixels, parts;
	} units[] = {{"px", 1, 1}, {"pt", 96, 72}, {"pc", 16, 1}, {"mm", 960, 254},
		{"cm", 9600, 254}, {"in", 96, 1}};
	if (!number_next(text, at, out))
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (str_starts(str_slice(text, *at, text.len), units[i].name)) {
			*out = *out * units[i].pixels / units[i].parts;
			*at += 2;
			break;
		}
	return true;
}

bool number_length(struct str text, double *out)
{
	return number_length_list(text, out, 1) == 1;
}

int number_length_list(struct str text, double *out, int max)
{
	int count = 0;
	text = str_trim(text);
	for (int at = 0; at < text.len;) {
		if (count == max || !length_next(text, &at, &out[count++]))
			return -1;
		int before = at;
		number_gap(text, &at);
		if (at == before && at < text.len)
			return -1; /* "10em" */
	}
	return count;
}
