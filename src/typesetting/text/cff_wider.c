/* cff_wider.c - outlines keyed by CIDs, of which all glyphs are wider (Adobe TN 5176 15 and 16).
 *
 * A glyph says how much wider it is than a width that its private dictionary has, or nothing where
 * it has the usual one. So these two are changed, in copies of the dictionaries behind the table;
 * the subroutines go with them, as they are found from there. */
#include "text/cff.h"

enum {
	SHORT = 28,
	LONG = 29,
	OP_PRIVATE = 18,
	OP_SUBROUTINES,
	OP_DEFAULT_WIDTH,
	OP_NOMINAL_WIDTH,
	OP_DICTIONARIES = 12 << 8 | 36,
	LONG_LEN = 5 /* bytes of a number of any size */
};

static void store(char *at, unsigned value, int size)
{
	for (int i = size; i-- > 0; value >>= 8)
		at[i] = (char)value;
}

static void put_op(struct buf *out, unsigned value, int op)
{
	char bytes[LONG_LEN + 1] = {LONG};
	store(bytes + 1, value, 4);
	bytes[LONG_LEN] = (char)op;
	buf_put(out, bytes, sizeof bytes);
}

/* Its subroutines, when it has some, stand behind it. The size without them. */
static unsigned put_private(struct cff *cff, unsigned from, unsigned size, int by, struct buf *out)
{
	int value = 0, widths[2] = {0};
	unsigned subroutines = 0, first, end, start = (unsigned)out->len, at = from,
		 operands = from;
	while (at - from < size && !cff->cut_off) {
		int token = cff_read_token(cff, &at, &value);
		if (token == CFF_NUMBER)
			continue;
		if (token == OP_SUBROUTINES)
			subroutines = (unsigned)value;
		else if (token == OP_DEFAULT_WIDTH || token == OP_NOMINAL_WIDTH)
			widths[token - OP_DEFAULT_WIDTH] = value;
		else if (!cff->cut_off)
			buf_put(out, (const char *)cff->at + operands, at - operands);
		cff->cut_off |= value == CFF_NO_INTEGER && token >= OP_SUBROUTINES &&
			token <= OP_NOMINAL_WIDTH;
		operands = at;
	}
	for (int i = 0; i < 2 && !cff->cut_off; i++)
		put_op(out, (unsigned)widths[i] + (unsigned)by, OP_DEFAULT_WIDTH + i);
	if (!subroutines)
		return (unsigned)out->len - start;
	put_op(out, (unsigned)out->len - start + LONG_LEN + 1, OP_SUBROUTINES);
	size = (unsigned)out->len - start;
	subroutines += from;
	end = cff_skip_index(cff, subroutines, &first, &end);
	cff->cut_off |= end > cff->len || end < subroutines;
	if (!cff->cut_off)
		buf_put(out, (const char *)cff->at + subroutines, end - subroutines);
	return size;
}

/* A font dictionary, at its place in what was put out from start on. */
static void widen(
	struct cff *cff, unsigned from, unsigned to, int by, struct buf *out, size_t start)
{
	struct {
		unsigned at;
		int value;
	} size = {0}, place = {0};
	int token = CFF_NUMBER;
	for (unsigned at = from; token != OP_PRIVATE && at < to && !cff->cut_off;) {
		unsigned before = at;
		int value;
		token = cff_read_token(cff, &at, &value);
		if (token != CFF_NUMBER)
			continue;
		size = place;
		place.at = before, place.value = value;
	}
	cff->cut_off |= token != OP_PRIVATE || cff_number(cff, size.at, 1) != SHORT ||
		cff_number(cff, place.at, 1) != LONG;
	if (cff->cut_off)
		return;
	unsigned now = (unsigned)(out->len - start);
	unsigned len = put_private(cff, (unsigned)place.value, (unsigned)size.value, by, out);
	store(out->at + start + size.at + 1, len, 2);
	store(out->at + start + place.at + 1, now, 4);
}

static unsigned find_dictionaries(struct cff *cff)
{
	unsigned at, end, found = 0;
	int value = 0;
	at = cff_skip_index(cff, cff_number(cff, 2, 1), &at, &end);
	cff_skip_index(cff, at, &at, &end);
	while (at < end && !cff->cut_off)
		if (cff_read_token(cff, &at, &value) == OP_DICTIONARIES)
			found = (unsigned)value;
	return found;
}

bool cff_put_wider(struct str table, int by, struct buf *out)
{
	struct cff cff = {(const unsigned char *)table.at, (unsigned)table.len, false};
	unsigned at = find_dictionaries(&cff);
	unsigned count = cff_number(&cff, at, 2), size = cff_number(&cff, at + 2, 1);
	unsigned data = at + 3 + (count + 1) * size - 1; /* offsets count from 1 */
	size_t start = (size_t)out->len;
	if (!at || cff.cut_off)
		return false;
	buf_put(out, table.at, (size_t)table.len);
	for (unsigned i = 0; i < count && !cff.cut_off; i++)
		widen(&cff, data + cff_number(&cff, at + 3 + i * size, size),
			data + cff_number(&cff, at + 3 + (i + 1) * size, size), by, out, start);
	return !cff.cut_off;
}
