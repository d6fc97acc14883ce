/* address.c - where an address of the web or of e-mail may be divided.
 *
 * No hyphen is ever added to an address, and one of its own at a line's end would be taken for an
 * added one. So, after the Chicago Manual of Style, a line ends behind a slash or an @ and before
 * the other signs, which then show that the address goes on. Never behind the colon of a scheme,
 * nor between two slashes. A piece without a joint, such as the key in a long query, may be cut
 * anywhere; that costs so much that every joint, good or ill, is tried before. */
#include "text/text_int.h"

/* Bytes. */
enum {
	MIN_ADDRESS = 20, /* a shorter one stays whole */
	LEFT = 4,         /* what stays on either side */
	RIGHT = 3,
	MAX_PIECE = 20 /* a longer one may be cut */
};

static const struct {
	const char *signs;
	bool behind; /* else before */
	enum opportunity may;
} joints[] = {
	{"/@", true, MAY_DIVIDE},
	{"?#&", false, MAY_DIVIDE},
	{".,~-_%=+", false, MAY_DIVIDE_ILL},
};

bool text_is_address(struct str word)
{
	return str_find(word, "@") >= 0 || str_find(word, "://") >= 0 ||
		str_find(word, "www.") >= 0;
}

/* What may happen between two bytes. */
static enum opportunity joint(char left, char right)
{
	if (right == '/')
		return STAY;
	for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
		if (strchr(joints[i].signs, joints[i].behind ? left : right))
			return joints[i].may;
	return STAY;
}

static bool is_inside_character(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Behind any character of a piece, from..to, that is long. */
static void cut_piece(const char *at, int from, int to, unsigned char *may)
{
	if (to - from <= MAX_PIECE)
		return;
	for (int i = from; i < to; i++)
		if (!is_inside_character(at[i + 1]))
			may[i] = MAY_CUT;
}

void address_divide(struct str text, int from, int to, unsigned char *may)
{
	const char *at = text.at;
	int first = from + LEFT - 1, end = to - RIGHT, piece = first;
	if (to - from < MIN_ADDRESS)
		return;
	for (int i = first; i < end; i++) {
		enum opportunity here = joint(at[i], at[i + 1]);
		if (here == STAY)
			continue;
		may[i] = (unsigned char)here;
		cut_piece(at, piece, i, may);
		piece = i + 1;
	}
	cut_piece(at, piece, end, may);
}
