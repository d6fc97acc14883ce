/* read_pattern.c - dates by a declared pattern (UTS #35, Date Field Symbol Table): d dd M MM MMM
 * MMMM y yy yyyy, and E to EEEE for the day of the week; other letters stand between apostrophes,
 * all other signs for themselves. */
#include "locale/reading_int.h"

#include "base/ascii.h"

struct piece {
	char letter;      /* d, M, y; 0: literal */
	int count;        /* how often it stands */
	struct str signs; /* of a literal */
};

/* Words between apostrophes; two of them are one. False: the closing one is missing. */
static bool take_quoted(struct str *pattern, struct piece *piece)
{
	struct str rest = str_slice(*pattern, 1, pattern->len);
	int end = str_find(rest, "'");
	if (end < 0)
		return false;
	piece->signs = end ? str_slice(rest, 0, end) : str_slice(*pattern, 0, 1);
	*pattern = str_slice(rest, end + 1, rest.len);
	return true;
}

/* The next piece of a pattern that is not at its end; false: it is none. */
static bool take_piece(struct str *pattern, struct piece *piece)
{
	char c = pattern->at[0];
	*piece = (struct piece){0};
	if (c == '\'')
		return take_quoted(pattern, piece);
	int len = 0;
	bool letter = ascii_is_letter(c);
	utf8_next(*pattern, &len);
	while (letter && len < pattern->len && pattern->at[len] == c)
		len++;
	piece->signs = str_slice(*pattern, 0, len);
	piece->letter = letter ? c : '\0';
	piece->count = len;
	*pattern = str_slice(*pattern, len, pattern->len);
	return !letter || (c == 'd' && len <= 2) || ((c == 'M' || c == 'E') && len <= 4) ||
		(c == 'y' && len != 3 && len <= 4);
}

bool date_pattern_fits(struct str pattern)
{
	int days = 0, months = 0, years = 0;
	struct piece piece;
	while (pattern.len) {
		if (!take_piece(&pattern, &piece))
			return false;
		days += piece.letter == 'd';
		months += piece.letter == 'M';
		years += piece.letter == 'y';
	}
	return days == 1 && months == 1 && years == 1;
}

bool date_pattern_is_short(struct str pattern)
{
	struct piece piece;
	while (pattern.len && take_piece(&pattern, &piece))
		if (piece.letter == 'y' && piece.count == 2)
			return true;
	return false;
}

/* UTS #35: two digits are of the hundred years from 80 before to 19 after. */
static int full_year(int year, int now)
{
	int first = now - 80;
	return first + ((year - first) % 100 + 100) % 100;
}

/* As many digits as the pattern has letters, or one less where it has two. */
static bool take_digits(struct str *text, int count, bool next_to_digits, int *number)
{
	struct str rest = *text;
	int len = plain_take_number(&rest, number);
	if (len > count && next_to_digits) {
		struct str some = str_slice(*text, 0, count);
		len = plain_take_number(&some, number);
		rest = str_slice(*text, count, text->len);
	}
	*text = rest;
	return count == 4 ? len == 4 : len >= 1 && len <= 2 && (!next_to_digits || len == count);
}

static bool take_field(
	struct str *text, const struct piece *piece, bool next_to_digits, struct day *day)
{
	int *to = piece->letter == 'd' ? &day->day
		: piece->letter == 'M' ? &day->month
				       : &day->year;
	int count = piece->letter != 'y' ? 2 : piece->count == 2 ? 2 : 4;
	return take_digits(text, count, next_to_digits, to);
}

static bool take_literal(struct str *text, struct str signs)
{
	if (str_is(signs, " ")) {
		plain_skip_blanks(text);
		return true;
	}
	if (text->len < signs.len || !str_eq(str_slice(*text, 0, signs.len), signs))
		return false;
	*text = str_slice(*text, signs.len, text->len);
	return true;
}

/* What programs write is a date whatever people write: 2024-05-07. */
static bool is_standard(struct str text)
{
	int year;
	return plain_take_number(&text, &year) == 4 && plain_take(&text, "-");
}

struct readings read_pattern(struct str text, struct str lang, const struct declared *declared)
{
	struct day day = {0};
	struct str pattern = declared->pattern, whole = text;
	struct piece piece;
	int weekday = -1;
	enum months months = MONTHS_ANY;
	bool good = true, short_year = date_pattern_is_short(pattern), behind = false;
	while (good && pattern.len && take_piece(&pattern, &piece)) {
		bool next = behind || (pattern.len && ascii_is_letter(pattern.at[0]));
		behind = piece.letter;
		if (!piece.letter)
			good = take_literal(&text, piece.signs);
		else if (piece.letter == 'E')
			good = (weekday = weekday_take(&text, lang, declared)) >= 0;
		else if (piece.letter == 'M' && piece.count > 2)
			good = (day.month = month_take(&text, lang, declared, &months)) > 0;
		else
			good = take_field(&text, &piece, next, &day);
	}
	if ((!good || text.len) && is_standard(whole))
		return read_date(whole, lang, declared);
	if (good && text.len && !midnight_take(&text))
		return reading_none("it has a time of the day");
	if (!good || text.len)
		return reading_none(NULL);
	if (short_year && years_are_of_two_calendars(lang, declared))
		return reading_none("two digits of a year do not say of which calendar it is");
	if (short_year)
		day.year = full_year(day.year, declared->year);
	bool fits = day_meant(&day, months, lang, declared);
	struct readings reading = {.count = fits, .why = "there is no such day"};
	reading.as[0].day = day;
	return weekday_checked(reading, weekday);
}
