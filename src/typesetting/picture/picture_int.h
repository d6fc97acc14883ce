/* picture_int.h - what the readers of the two formats share: bytes in, a picture or a finding
 * out. */
#ifndef PICTURE_PICTURE_INT_H
#define PICTURE_PICTURE_INT_H

#include "base/diag_id.h"
#include "picture/picture.h"

enum { PICTURE_MAX_PIXELS = 100000000 };

/* What is wrong with a file: one of the PICTURE_ findings and the words for its second {}. */
struct picture_problem {
	enum diag_id id;
	char detail[200];
};

/* Decode a file of that format. False after a problem. The buffers that the picture points to are
 * from malloc and the caller's, also after a problem: bytes unless they are the file's, and
 * alpha. */
bool png_read(const unsigned char *file, size_t len, struct picture *picture,
	struct picture_problem *problem);
bool jpeg_read(const unsigned char *file, size_t len, struct picture *picture,
	struct picture_problem *problem);

/* What the TIFF structure of Exif says of a picture. */
struct exif {
	int orientation;      /* from 1 to 8; 1 where it says nothing, or is damaged */
	int64_t across, down; /* pixels to a hundred inches; 0 where it says nothing */
};
struct exif exif_read(const unsigned char *bytes, size_t len);
/* Takes over how many pixels there are to a hundred inches, where anybody can mean it. False after
 * a problem: they are not square. */
bool picture_density(
	struct picture *picture, int64_t across, int64_t down, struct picture_problem *problem);
/* Takes it over when the size is known and the samples are. */
void picture_turn(struct picture *picture, int orientation);
/* Takes over a profile (ICC.1), a copy of which the picture owns, where it is one of its colours
 * and not of sRGB. */
void picture_profile(struct picture *picture, const unsigned char *profile, size_t len);
bool picture_fails(struct picture_problem *problem, enum diag_id id, const char *format, ...)
	__attribute__((format(printf, 3, 4))); /* false */
/* Checks the number of pixels and takes over width and height. */
bool picture_size(
	struct picture *picture, uint32_t width, uint32_t height, struct picture_problem *problem);

#endif
