/* exif.c - how a camera was held, and how dense the pixels are, by what is written into the picture
 * (CIPA DC-008, Exif 2.32, 4.6.4.A: tags of the first directory of a TIFF structure). */
#include "picture/picture_int.h"

enum { UPRIGHT = 1, MOST = 8, TYPE_SHORT = 3, TYPE_RATIONAL = 5, ENTRY_SIZE = 12 };
enum { TAG_ORIENTATION = 0x0112, TAG_ACROSS = 0x011A, TAG_DOWN = 0x011B, TAG_UNIT = 0x0128 };

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

/* The value of an entry of the first directory; 0: there is none, or of another type. A rational
 * number times a factor. */
static int64_t value_of(const struct tiff *tiff, unsigned tag, int factor)
{
	size_t at = number_at(tiff, 4, 4), type = factor ? TYPE_RATIONAL : TYPE_SHORT;
	for (uint32_t left = number_at(tiff, at, 2); left > 0; left--) {
		size_t entry = at + 2 + (left - 1) * ENTRY_SIZE;
		if (number_at(tiff, entry, 2) != tag || number_at(tiff, entry + 2, 2) != type)
			continue;
		if (!factor)
			return number_at(tiff, entry + 8, 2);
		size_t from = number_at(tiff, entry + 8, 4);
		int64_t over = number_at(tiff, from, 4), under = number_at(tiff, from + 4, 4);
		return under ? over * factor / under : 0;
	}
	return 0;
}

struct exif exif_read(const unsigned char *bytes, size_t len)
{
	enum { CENTIMETRE = 3 };
	struct exif exif = {.orientation = UPRIGHT};
	struct tiff tiff = {bytes, len, len > 0 && bytes[0] == 'M'};
	bool known = len >= 8 && bytes[0] == bytes[1] && (bytes[0] == 'M' || bytes[0] == 'I');
	if (!known || number_at(&tiff, 2, 2) != 42)
		return exif;
	int64_t orientation = value_of(&tiff, TAG_ORIENTATION, 0);
	if (orientation >= UPRIGHT && orientation <= MOST)
		exif.orientation = (int)orientation;
	int factor = value_of(&tiff, TAG_UNIT, 0) == CENTIMETRE ? 254 : 100;
	exif.across = value_of(&tiff, TAG_ACROSS, factor);
	exif.down = value_of(&tiff, TAG_DOWN, factor);
	return exif;
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
