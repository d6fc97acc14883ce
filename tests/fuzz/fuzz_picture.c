/* fuzz_picture.c - any bytes as the file of a picture. One that is taken has as many pixels as it
 * says. */
#include "fuzz/fuzz.h"

#include "picture/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* The last sample is there; of a small one also as a file again. */
static void look_at(const struct picture *picture)
{
	enum { SMALL = 1 << 20 };
	size_t count = (size_t)picture->width * (size_t)picture->height;
	struct buf again = {0};
	bool samples = picture->kind != PICTURE_SVG;
	if (picture->width < 1 || picture->height < 1 || (samples && picture->channels < 1))
		abort();
	if (picture->kind != PICTURE_PIXELS)
		return;
	if (picture->len != count * (size_t)picture->channels)
		abort();
	volatile unsigned char last = picture->bytes[picture->len - 1];
	last = picture->alpha ? picture->alpha[count - 1] : last;
	if (count < SMALL)
		picture_encode(picture, &again);
	buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct diags *diags = diags_new();
	struct pictures *pictures = pictures_new();
	char path[64];
	int file = memfd_create("fuzz", MFD_CLOEXEC);
	if (file < 0 || !file_write_all(file, (const char *)data, size))
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	const struct picture *picture = pictures_find(pictures, path, place_none(), diags);
	if (picture)
		look_at(picture);
	else if (!diags_failed(diags))
		abort();
	close(file);
	pictures_free(pictures);
	diags_free(diags);
	return 0;
}
