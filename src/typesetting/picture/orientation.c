/* orientation.c - how a camera was held, by what it wrote into the picture (CIPA DC-008, Exif 2.32,
 * 4.6.4.A: the tag Orientation of the first directory of a TIFF structure). */
#include "picture/picture_int.h"

enum { UPRIGHT = 1, MOST = 8, TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3, ENTRY_SIZE = 12 };

struct tiff {
	const unsigned char *at;
	size_t len;
	bool big; /* the byte of the highest value comes first */
};

/* A number of so many bytes; 0 where there is none. */
static uint32_t number_at(const struct tiff *tiff, size_t at, size_t bytes)
{
	uint32_t number = 0;
	if (at > tiff->len || tiff->len - at < bytes)
		return 0;
	for (size_t i = 0; i < bytes; i++)
		number = number << 8 | tiff->at[at + (tiff->big ? i : bytes - 1 - i)];
	return number;
}

int orientation_of(const unsigned char *bytes, size_t len)
{
	struct tiff tiff = {bytes, len, len > 0 && bytes[0] == 'M'};
	bool known = len >= 8 && bytes[0] == bytes[1] && (bytes[0] == 'M' || bytes[0] == 'I');
	if (!known || number_at(&tiff, 2, 2) != 42)
		return UPRIGHT;
	size_t at = number_at(&tiff, 4, 4);
	for (uint32_t left = number_at(&tiff, at, 2); left > 0; left--) {
		size_t entry = at + 2 + (left - 1) * ENTRY_SIZE;
		if (number_at(&tiff, entry, 2) != TAG_ORIENTATION ||
			number_at(&tiff, entry + 2, 2) != TYPE_SHORT)
			continue;
		uint32_t value = number_at(&tiff, entry + 8, 2);
		return value >= UPRIGHT && value <= MOST ? (int)value : UPRIGHT;
	}
	return UPRIGHT;
}

void picture_turn(struct picture *picture, int orientation)
{
	picture->orientation = orientation;
	if (!picture_is_on_its_side(picture))
		return;
	int width = picture->width;
	picture->width = picture->height;
	picture->height = width;
}
