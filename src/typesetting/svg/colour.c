/* colour.c - colours of CSS. */
#include "svg/svg_int.h"

#include <strings.h>

static const struct {
	const char *name;
	uint32_t colour;
} names[] = {
#define COLOUR(name, colour) {#name, colour},
#include "svg/colours.def"
#undef COLOUR
};

static int digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "1d4f8f", or "fff", each figure of which counts twice. */
static bool read_digits(struct str text, uint32_t *out)
{
	uint32_t colour = 0;
	if (text.len != 3 && text.len != 6)
		return false;
	for (int i = 0; i < 6; i++) {
		char c = text.at[i * text.len / 6];
		int digit = digit_of(c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
		if (digit < 0)
			return false;
		colour = colour << 4 | (uint32_t)digit;
	}
	*out = colour;
	return true;
}

/* "29, 79, 143" or "10%, 30%, 56%" */
static bool read_parts(struct str text, uint32_t *out)
{
	uint32_t colour = 0;
	int at = 0, percents = 0;
	text = str_trim(text);
	for (int i = 0; i < 3; i++) {
		double part;
		if (!number_next(text, &at, &part))
			return false;
		if (at < text.len && text.at[at] == '%') {
			part = part * 255 / 100;
			percents++;
			at++;
		}
		part = part < 0 ? 0 : part > 255 ? 255 : part;
		colour = colour << 8 | (uint32_t)(part + 0.5);
		number_gap(text, &at);
	}
	*out = colour;
	return at == text.len && percents % 3 == 0;
}

bool colour_read(struct str text, uint32_t *out)
{
	text = str_trim(text);
	if (str_starts(text, "#"))
		return read_digits(str_slice(text, 1, text.len), out);
	if (text.len > 5 && strncasecmp(text.at, "rgb(", 4) == 0 && str_ends(text, ")"))
		return read_parts(str_slice(text, 4, text.len - 1), out);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i].name) == (size_t)text.len &&
			strncasecmp(names[i].name, text.at, (size_t)text.len) == 0) {
			*out = names[i].colour;
			return true;
		}
	return false;
}
