/* runs.c - dark modules as few rectangles: a run of a row, with the same run in rows below it; and
 * what is drawn on them. */
#include "barcode/barcode.h"

/* Arms longer by a sixth than wide, the cross five eighths of its square, as the flag's. */
const struct barcode_patch *barcode_cross(void)
{
	static const struct barcode_patch patches[BARCODE_PATCHES] = {{0, 0, 1000, 1000, true},
		{40, 40, 920, 920, false}, {213, 414, 574, 172, true}, {414, 213, 172, 574, true}};
	return patches;
}

static bool is_dark(const struct barcode *barcode, int x, int y)
{
	return x >= 0 && x < barcode->width && y >= 0 && y < barcode->height &&
		barcode->bytes[y * barcode->width + x];
}

/* Whether exactly these modules are a run of the row. */
static bool is_run(const struct barcode *barcode, int left, int right, int y)
{
	for (int x = left; x < right; x++)
		if (!is_dark(barcode, x, y))
			return false;
	return !is_dark(barcode, left - 1, y) && !is_dark(barcode, right, y);
}

bool barcode_next(const struct barcode *barcode, struct barcode_run *run)
{
	int x = run->right, y = run->top;
	for (; y < barcode->height; y++, x = 0)
		for (; x < barcode->width; x++) {
			if (!is_dark(barcode, x, y) || is_dark(barcode, x - 1, y))
				continue;
			int right = x, bottom = y + 1;
			while (is_dark(barcode, right, y))
				right++;
			if (is_run(barcode, x, right, y - 1))
				continue; /* it went with the row above */
			while (is_run(barcode, x, right, bottom))
				bottom++;
			*run = (struct barcode_run){x, y, right, bottom};
			return true;
		}
	return false;
}
