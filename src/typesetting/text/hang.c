/* hang.c - how far a mark may stand beside its line.
 *
 * To the eye a line ends where its ink does: a full stop or a hyphen at the margin leaves a notch
 * in it, a quotation mark at the start a step. So these stand partly in the margin, the paler the
 * farther. Nothing else hangs: letters at a margin are not moved. */
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
};

int hang_share(uint32_t character, bool last)
{
	for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
		if (shares[i].character == character)
			return last ? shares[i].last : shares[i].first;
	return 0;
}
