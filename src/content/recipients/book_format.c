/* book_format.c - number formats: whether a number is a day, a time, an amount, and with how many
 * digits it is shown. */
#include "recipients/book_int.h"

#include "locale/currency.h"

/* What is known while a code is walked through. */
struct walk {
	struct str rest;
	struct book_format format;
	struct book_section section; /* but for its format */
	bool point;                  /* a decimal point was met */
	bool figures;                /* a place for a digit was met */
	bool general;                /* fractions, powers of ten, General */
	char last;                   /* the last letter of a moment: y m d h s */
	bool apart;                  /* a sign was met behind a place for a digit */
	bool comma; /* one was met behind the last of these places: thousands are ones */
	bool month; /* m was met where it means months, or may */
	bool day, year;
};

static void skip(struct walk *walk, int len)
{
	walk->rest = str_slice(walk->rest, len, walk->rest.len);
}

bool book_has_letters(struct str words)
{
	for (int i = 0; i < words.len; i++) {
		unsigned char c = (unsigned char)words.at[i], small = c | 0x20;
		if ((c >= '0' && c <= '9') || (small >= 'a' && small <= 'z') || c >= 0x80)
			return true;
	}
	return false;
}

/* What stands for itself: the sign of a currency and nothing else, or what is no part of a number.
 * A no-break space is neither. */
static void note_words(struct walk *walk, struct str words)
{
	struct str plain = blank_trim(words), rest = plain, sign = currency_take(&rest);
	walk->section.words |= plain.len > 0;
	walk->section.sign |= str_starts(plain, "-") || str_starts(plain, "(") ||
		str_starts(plain, "\u2212");
	if (sign.len && !rest.len && !walk->format.currency.len)
		walk->format.currency = sign;
	else if (!sign.len || rest.len)
		walk->format.more |= book_has_letters(plain);
	walk->apart |= !sign.len && plain.len && walk->figures;
}

static void take_quoted(struct walk *walk)
{
	struct str words = str_slice(walk->rest, 1, walk->rest.len);
	int end = str_find(words, "\"");
	end = end < 0 ? words.len : end;
	note_words(walk, str_slice(words, 0, end));
	skip(walk, end + 2 > walk->rest.len ? walk->rest.len : end + 2);
}

/* A moment's letter. m after hours or before seconds is minutes. */
static void take_letter(struct walk *walk, char c)
{
	struct book_format *format = &walk->format;
	format->date |= c == 'y' || c == 'd';
	format->time |= c == 'h' || c == 's';
	if (c == 'm' && walk->last == 'h')
		format->time = true;
	else if (c == 'm' && walk->last != 'm')
		walk->month = true;
	if (c == 's' && walk->last == 'm' && walk->month) {
		walk->month = false;
		format->time = true;
	}
	if (c != 'm' || walk->last != 'h')
		walk->last = c;
	int len = 0;
	for (; walk->rest.len && (walk->rest.at[0] | 0x20) == c; len++)
		skip(walk, 1);
	format->seconds |= c == 's';
	walk->year |= c == 'y';
	walk->day |= c == 'd' && len <= 2; /* else it is the weekday's name */
}

/* ">=100" */
static void take_condition(struct walk *walk, struct str inside)
{
	int len = inside.len > 1 && strchr("<=>", inside.at[1]) ? 2 : 1;
	if (book_digits_read(str_trim(str_slice(inside, len, inside.len)), &walk->format.limit))
		walk->format.compared = str_slice(inside, 0, len);
}

/* [$€-407], [h], [Red], [>=100]. */
static void take_bracket(struct walk *walk)
{
	int end = str_find(walk->rest, "]");
	struct str inside = str_slice(walk->rest, 1, end < 0 ? walk->rest.len : end);
	char c = inside.len ? (char)(inside.at[0] | 0x20) : '\0';
	bool elapsed = c && strchr("hms", c);
	for (int i = 0; i < inside.len; i++)
		elapsed &= (inside.at[i] | 0x20) == c;
	if (str_starts(inside, "$")) {
		int dash = str_find(inside, "-");
		note_words(walk, str_slice(inside, 1, dash < 0 ? inside.len : dash));
	}
	if (c && strchr("<=>", c))
		take_condition(walk, inside);
	walk->section.sign |= c && !elapsed && !strchr("$<=>", c); /* [Red] */
	skip(walk, end < 0 ? walk->rest.len : end + 1);
	if (elapsed) {
		walk->format.seconds |= c == 's';
		walk->format.time = walk->format.elapsed = true;
		walk->last = c == 'm' ? 'h' : c;
	}
}

static void take_figure(struct walk *walk, char c)
{
	walk->format.more |= walk->apart;
	walk->figures = true;
	walk->section.figures |= c != '?';
	walk->comma = false;
	if (walk->point)
		walk->format.places++;
	else
		walk->format.digits += c == '0';
	if (walk->point && c == '0')
		walk->format.least = walk->format.places;
	skip(walk, 1);
}

/* AM/PM and A/P belong to hours. */
static bool take_half_day(struct walk *walk)
{
	static const char *const halves[] = {"AM/PM", "am/pm", "A/P", "a/p"};
	for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
		if (str_starts(walk->rest, halves[i])) {
			walk->format.time = true;
			skip(walk, (int)strlen(halves[i]));
			return true;
		}
	return false;
}

/* What stands for itself: a currency's sign perhaps. */
static void take_sign(struct walk *walk)
{
	struct str rest = walk->rest, sign = {0};
	int len = 0;
	if (rest.at[0] == '$' || (unsigned char)rest.at[0] >= 0x80)
		sign = currency_take(&rest);
	utf8_next(walk->rest, &len);
	len = sign.len ? sign.len : len;
	walk->comma = walk->figures && walk->rest.at[0] == ',';
	walk->section.text |= walk->rest.at[0] == '@';
	walk->year |= strchr("bBeEgG", walk->rest.at[0]) != NULL; /* of an era */
	if (!strchr(",/@:", walk->rest.at[0]))
		note_words(walk, str_slice(walk->rest, 0, len));
	skip(walk, len);
}

static void take_piece(struct walk *walk)
{
	char c = walk->rest.at[0], small = (char)(c | 0x20);
	if (c == '"')
		take_quoted(walk);
	else if (c == '[')
		take_bracket(walk);
	else if (strchr("\\_*", c)) {
		struct walk before = *walk;
		skip(walk, 1);
		if (walk->rest.len)
			take_sign(walk);
		before.rest = walk->rest;
		*walk = c == '\\' ? *walk : before;
	} else if (strchr("0#?", c))
		take_figure(walk, c);
	else if (c == '.' || c == '%') {
		walk->format.more |= walk->comma;
		walk->point |= c == '.';
		walk->format.percent |= c == '%';
		skip(walk, 1);
	} else if (str_starts(walk->rest, "E+") || str_starts(walk->rest, "E-") ||
		str_starts(walk->rest, "General") || (c == '/' && walk->figures)) {
		walk->general = true;
		skip(walk, c == 'G' ? 7 : c == '/' ? 1 : 2);
	} else if (!take_half_day(walk) && c > ' ' && strchr("ymdhs", small))
		take_letter(walk, small);
	else
		take_sign(walk);
}

bool book_section_take(struct str *code, struct book_section *out)
{
	struct walk walk = {.rest = *code};
	walk.format.currency = walk.format.compared = str_lit("");
	while (walk.rest.len && walk.rest.at[0] != ';')
		take_piece(&walk);
	struct book_format *format = &walk.format;
	format->date |= walk.month;
	format->more |= walk.comma;
	format->more &= !format->date && !format->time;
	format->unseen = format->date && !(walk.day && walk.year);
	if (walk.general || !walk.figures)
		format->places = -1;
	if (walk.general)
		format->digits = format->least = 0;
	*out = walk.section;
	out->format = *format;
	out->figures |= walk.general;
	bool another = walk.rest.len > 0;
	*code = str_slice(walk.rest, another, walk.rest.len);
	return another;
}

static struct book_format builtin(const char *text)
{
	struct str code = str_of(text);
	struct book_section section;
	book_section_take(&code, &section);
	return section.format;
}

/* What the languages of East Asia have instead of these differs in words only, but for some that
 * are days in one and times in another. */
struct book_format book_format_builtin(int id)
{
	static const struct {
		int from, to;
		const char *code;
	} rows[] = {{1, 1, "0"}, {2, 2, "0.00"}, {3, 3, "#,##0"}, {4, 4, "#,##0.00"},
		{5, 6, "#,##0"}, {7, 8, "#,##0.00"}, {9, 9, "0%"}, {10, 10, "0.00%"},
		{14, 17, "yyyy-mm-dd"}, {18, 18, "hh:mm"}, {19, 19, "hh:mm:ss"}, {20, 20, "hh:mm"},
		{21, 21, "hh:mm:ss"}, {22, 22, "yyyy-mm-dd hh:mm"}, {27, 31, "yyyy-mm-dd"},
		{32, 32, "hh:mm"}, {33, 33, "hh:mm:ss"}, {34, 35, "yyyy-mm-dd hh:mm:ss"},
		{36, 36, "yyyy-mm-dd"}, {37, 38, "#,##0"}, {39, 40, "#,##0.00"}, {41, 42, "#,##0"},
		{43, 44, "#,##0.00"}, {45, 45, "mm:ss"}, {46, 46, "[h]:mm:ss"}, {47, 47, "mm:ss"},
		{50, 54, "yyyy-mm-dd"}, {55, 56, "yyyy-mm-dd hh:mm:ss"}, {57, 58, "yyyy-mm-dd"},
		{59, 59, "0"}, {60, 60, "0.00"}, {61, 61, "#,##0"}, {62, 62, "#,##0.00"},
		{67, 67, "0%"}, {68, 68, "0.00%"}, {71, 74, "yyyy-mm-dd"}, {75, 76, "hh:mm:ss"},
		{77, 77, "yyyy-mm-dd hh:mm"}, {78, 80, "hh:mm:ss"}, {81, 81, "yyyy-mm-dd"}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (id >= rows[i].from && id <= rows[i].to)
			return builtin(rows[i].code);
	return builtin("General");
}
