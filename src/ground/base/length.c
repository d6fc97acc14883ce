/* length.c - reading and scaling lengths without floating point. */
#include "base/length.h"

#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>

static const struct unit {
	const char *name;
	int64_t numerator, denominator; /* points in one unit */
} units[] = {{"pt", 1, 1}, {"mm", 7200, 2540}, {"cm", 7200, 254}, {"in", 72, 1}};

static const struct unit *find_unit(struct str name)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (str_is(name, units[i].name))
			return &units[i];
	return NULL;
}

/* Reads [-]digits[.digits] as millionths; gives the bytes read, 0 for none or too large. */
static int read_millionths(struct str text, int64_t *out)
{
	bool negative = text.len > 0 && text.at[0] == '-';
	int64_t value = 0, scale = 1000000;
	int at = negative, digits = 0;
	for (; at < text.len && text.at[at] >= '0' && text.at[at] <= '9'; at++, digits++)
		if ((value = value * 10 + (text.at[at] - '0')) > 1000000)
			return 0;
	value *= scale;
	if (at < text.len && text.at[at] == '.')
		for (at++; at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
			at++, digits++)
			value += (scale /= 10) * (text.at[at] - '0');
	*out = negative ? -value : value;
	return digits ? at : 0;
}

bool length_read(struct str text, sp *out)
{
	int64_t millionths;
	text = str_trim(text);
	int read = read_millionths(text, &millionths);
	if (!read)
		return false;
	struct str name = str_slice(text, read, text.len);
	const struct unit *unit = find_unit(name);
	if (!unit && !(name.len == 0 && millionths == 0))
		return false;
	if (!unit) {
		*out = 0;
		return true;
	}
	if (llabs(millionths) / 1000000 * unit->numerator / unit->denominator >= 32767)
		return false;
	/* Both factors divided by 8, so that the product stays below 2^63. */
	*out = length_scale(millionths, (int64_t)SP_PER_PT * unit->numerator / 8,
		1000000 / 8 * unit->denominator);
	return true;
}

sp length_scale(int64_t a, int64_t b, int64_t c)
{
	assert(c > 0);
	int64_t product = a * b;
	int64_t half = product < 0 ? -(c / 2) : c / 2;
	return length_sum((product + half) / c, 0);
}

sp length_sum(int64_t a, int64_t b)
{
	int64_t sum = a + b;
	return sum > SP_MAX ? SP_MAX : sum < -SP_MAX ? -SP_MAX : (sp)sum;
}

struct str length_text(struct arena *arena, int64_t length)
{
	int64_t tenths = (length * 254 + (length < 0 ? -1 : 1) * 36 * SP_PER_PT) /
		(72 * (int64_t)SP_PER_PT);
	return str_format(arena, "%s%lld.%lld mm", tenths < 0 ? "-" : "",
		(long long)llabs(tenths) / 10, (long long)llabs(tenths) % 10);
}
