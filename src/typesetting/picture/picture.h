/* picture.h - PNG and JPEG files → pixels that a PDF can hold, SVG → drawings; pixels → PNG. A room
 * of its own because layout needs a picture's size and pdf its bytes. The only room that knows
 * libpng and libjpeg.
 *
 * Pictures are read once per run; the collection may be used by several threads. */
#ifndef PICTURE_PICTURE_H
#define PICTURE_PICTURE_H

#include "base/base.h"
#include "svg/svg.h"

/* A picture of which neither its width is given nor its density. */
enum { SP_PER_PIXEL = SP_PER_PT * 72 / 96 };

enum picture_kind { PICTURE_PIXELS, PICTURE_JPEG, PICTURE_SVG };

struct picture {
	enum picture_kind kind;
	int index; /* dense, in the order of first use: not stable between runs */
	const char *path;
	int width, height; /* pixels, as it is looked at; of SVG, thousandths of its frame */
	sp natural_width;  /* where nobody says how wide it is */
	int density;     /* pixels to a hundred inches, as the file says; 0: it does not, or nothing
			    that can be meant */
	int orientation; /* of Exif: 1, as its samples are; 2 mirrored, 3 upside down, 4 both; 5 to
			    8 the same on its side: turned about the diagonal first */
	int channels;    /* colour channels: 1 grey, 3 RGB */
	const unsigned char
		*bytes; /* PIXELS: width * height * channels samples of 8 bits; JPEG: the file */
	size_t len;
	struct str profile;         /* ICC.1: what its colours are; empty: sRGB */
	const unsigned char *alpha; /* width * height samples of 8 bits, or NULL */
	const struct svg *svg;
	struct str file; /* the file's bytes, whole; of SVG as svg_write has it */
	uint64_t hash;   /* of the file's bytes */
};

/* Whether its samples have rows as long as it is high. */
static inline bool picture_is_on_its_side(const struct picture *picture)
{
	return picture->orientation >= 5;
}

struct pictures;

struct pictures *pictures_new(void);
void pictures_free(struct pictures *pictures);

/* The picture in a file; NULL after an error, reported at place: no such file, not PNG, JPEG or
 * SVG, damaged, more than 100 million pixels, a JPEG of more than three colour channels. An error
 * is reported for each letter that needs the picture; what is wrong inside an SVG at its place
 * there. */
const struct picture *pictures_find(
	struct pictures *pictures, const char *path, struct place place, struct diags *diags);

/* "libpng 1.6.39": the library whose pixels are in letters, as it runs. A JPEG is taken as it
 * is. */
void picture_libraries(struct buf *out);

/* The colours of PIXELS as a PNG file, appended: width, height, channels and bytes count. Made to
 * be quick, not small. */
void picture_encode(const struct picture *picture, struct buf *out);

#endif
