/* profile.c - the profile of a picture's colours (ICC.1:2010, 7.2), as far as a PDF may hold it
 * (ISO 19005-2 6.2.4.2: of a screen, a scanner, a printer or a colour space, up to version 4).
 * Another, and one of other channels than the picture has, is left aside, as browsers do. */
#include "picture/picture_int.h"

#include <stdlib.h>

enum { HEADER = 128, VERSION_AT = 8, CLASS_AT = 12, SPACE_AT = 16, MAGIC_AT = 36 };

static bool has_at(struct str profile, int at, const char *four)
{
	return memcmp(profile.at + at, four, 4) == 0;
}

static bool is_of_kind(struct str profile)
{
	static const char *const classes[] = {"mntr", "scnr", "prtr", "spac"};
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (has_at(profile, CLASS_AT, classes[i]))
			return profile.at[VERSION_AT] >= 2 && profile.at[VERSION_AT] <= 4;
	return false;
}

/* By its description, in ASCII or UTF-16. */
static bool is_srgb(struct str profile)
{
	size_t len = (size_t)profile.len;
	return memmem(profile.at, len, "sRGB", 4) || memmem(profile.at, len, "s\0R\0G\0B", 7);
}

void picture_profile(struct picture *picture, const unsigned char *profile, size_t len)
{
	struct str bytes = {(const char *)profile, (int)len};
	if (len <= HEADER || len > PICTURE_MAX_PIXELS || !has_at(bytes, MAGIC_AT, "acsp") ||
		!has_at(bytes, SPACE_AT, picture->channels == 3 ? "RGB " : "GRAY") ||
		!is_of_kind(bytes) || is_srgb(bytes))
		return;
	char *copy = heap_new(len);
	memcpy(copy, profile, len);
	picture->profile = (struct str){copy, bytes.len};
}
