/* hang.c - how far a mark may stand beside its line.
 *
 * To the eye a line ends where its ink does: a full stop or a hyphen at the margin leaves a notch
 * in it, a quotation mark at the start a step. So these stand partly in the margin, the paler the
 * farther. Of letters a few whose sides are open stand out a little: what is empty between such a
 * letter and its edge, from the baseline to the height of capitals, is on an average so much of its
 * width more than in an H: A 60 to 110, T 110 to 250, V 60 to 130, W 20 to 70, Y 100 to 190
 * thousandths (Liberation Serif and Sans, DejaVu Serif and Sans, EB Garamond); near a third of the
 * middle of that is given. */
#include "text/text_int.h"

static const struct {
	uint32_t character;
	short first, last; /* thousandths of its width */
} shares[] = {
	{'"', 500, 500},
	{'\'', 700, 700},
	{0x2018, 700, 700}, /* single quotation marks */
	{0x2019, 700, 700},
	{0x201A, 700, 700},
	{0x2039, 500, 500},
	{0x203A, 500, 500},
	{0x201C, 500, 500}, /* double ones */
	{0x201D, 500, 500},
	{0x201E, 500, 500},
	{0xAB, 400, 400},
	{0xBB, 400, 400},
	{'.', 0, 700},
	{',', 0, 700},
	{':', 0, 400},
	{';', 0, 400},
	{'-', 0, 600},
	{0xAD, 0, 600},
	{0x2010, 0, 600}, /* hyphens, dashes */
	{0x2011, 0, 600},
	{0x2013, 200, 300},
	{0x2014, 150, 200},
	{'A', 30, 30},
	{'T', 50, 50},
	{'V', 30, 30},
	{'W', 15, 15},
	{'Y', 45, 45},
};

int hang_share(uint32_t character, bool last)
{
	for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
		if (shares[i].character == character)
			return last ? shares[i].last : shares[i].first;
	return 0;
}
