/* png.c - a PNG file → 8-bit samples, colour and alpha apart, as PDF wants them.
 *
 * libpng converts palettes, fewer and more bits, transparency by colour and interlacing. Its errors
 * come by longjmp; they stay inside attempt(), whose state lives in its caller's frame. */
#include "picture/picture_int.h"

#include "base/diag_id.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

struct reader {
	const unsigned char *file;
	size_t len, at;
	struct picture *picture;
	struct picture_problem *problem;
	struct exif exif;
	int channels; /* with alpha */
	size_t row;   /* bytes */
	unsigned char *pixels;
	png_bytep *rows;
};

static void on_error(png_structp png, png_const_charp message)
{
	struct reader *reader = png_get_error_ptr(png);
	picture_fails(reader->problem, DIAG_PICTURE_DAMAGED, "%s", message);
	png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
	(void)png, (void)message;
}

static void on_read(png_structp png, png_bytep out, size_t len)
{
	struct reader *reader = png_get_io_ptr(png);
	if (reader->len - reader->at < len)
		png_error(png, "it ends too early");
	memcpy(out, reader->file + reader->at, len);
	reader->at += len;
}

/* What is not as bright as in sRGB by its own word is made so; a profile says more. */
static void take_brightness(png_structp png, png_infop info)
{
	enum { SCREEN = 220000 }; /* in hundred-thousandths, as gamma is */
	png_fixed_point gamma;
	if (!png_get_valid(png, info, PNG_INFO_iCCP | PNG_INFO_sRGB) &&
		png_get_gAMA_fixed(png, info, &gamma))
		png_set_gamma_fixed(png, SCREEN, gamma);
}

static bool read_header(struct reader *reader, png_structp png, png_infop info)
{
	png_read_info(png, info);
	if (!picture_size(reader->picture, png_get_image_width(png, info),
		    png_get_image_height(png, info), reader->problem))
		return false;
	png_set_expand(png);
	png_set_scale_16(png);
	take_brightness(png, info);
	png_set_interlace_handling(png);
	png_read_update_info(png, info);
	reader->channels = png_get_channels(png, info);
	reader->row = png_get_rowbytes(png, info);
	reader->picture->channels = reader->channels >= 3 ? 3 : 1;
	return true;
}

static bool make_room(struct reader *reader)
{
	size_t height = (size_t)reader->picture->height;
	reader->pixels = malloc(height * reader->row);
	reader->rows = malloc(height * sizeof *reader->rows);
	if (!reader->pixels || !reader->rows)
		return picture_fails(reader->problem, DIAG_PICTURE_SIZE,
			"%d x %d pixels need more memory than there is", reader->picture->width,
			reader->picture->height);
	for (size_t y = 0; y < height; y++)
		reader->rows[y] = reader->pixels + y * reader->row;
	return true;
}

static void take_profile(struct picture *picture, png_structp png, png_infop info)
{
	png_charp name;
	png_bytep profile;
	png_uint_32 len;
	int compression;
	if (png_get_iCCP(png, info, &name, &compression, &profile, &len))
		picture_profile(picture, profile, len);
}

/* The chunk eXIf may stand before the pixels or behind them. */
static struct exif find_exif(png_structp png, png_infop info)
{
	png_bytep exif;
	png_uint_32 len;
	return png_get_eXIf_1(png, info, &len, &exif) ? exif_read(exif, len) : exif_read(NULL, 0);
}

/* The chunk pHYs goes before, where it has a unit. */
static bool take_density(struct reader *reader, png_structp png, png_infop info)
{
	png_uint_32 across, down; /* to a metre */
	int unit;
	if (!png_get_pHYs(png, info, &across, &down, &unit) || unit != PNG_RESOLUTION_METER)
		return picture_density(
			reader->picture, reader->exif.across, reader->exif.down, reader->problem);
	return picture_density(reader->picture, ((int64_t)across * 254 + 50) / 100,
		((int64_t)down * 254 + 50) / 100, reader->problem);
}

static bool attempt(struct reader *reader, png_structp png, png_infop info)
{
	if (setjmp(png_jmpbuf(png)))
		return false;
	png_set_read_fn(png, reader, on_read);
	png_set_user_limits(png, PICTURE_MAX_PIXELS, PICTURE_MAX_PIXELS);
	if (!read_header(reader, png, info) || !make_room(reader))
		return false;
	png_read_image(png, reader->rows);
	png_read_end(png, info);
	take_profile(reader->picture, png, info);
	reader->exif = find_exif(png, info);
	return take_density(reader, png, info);
}

/* Moves colour samples together, in place, and alpha out; gives up alpha that is opaque all
 * over. */
static bool split_alpha(struct reader *reader)
{
	struct picture *picture = reader->picture;
	size_t count = (size_t)picture->width * (size_t)picture->height;
	size_t colours = (size_t)picture->channels;
	unsigned char *alpha = malloc(count), *pixels = reader->pixels;
	if (!alpha)
		return picture_fails(reader->problem, DIAG_PICTURE_SIZE,
			"%d x %d pixels need more memory than there is", picture->width,
			picture->height);
	unsigned char all = 255;
	for (size_t i = 0; i < count; i++) {
		memmove(pixels + i * colours, pixels + i * (colours + 1), colours);
		alpha[i] = pixels[i * (colours + 1) + colours];
		all &= alpha[i];
	}
	if (all == 255) {
		free(alpha);
		alpha = NULL;
	}
	picture->alpha = alpha;
	return true;
}

void picture_libraries(struct buf *out)
{
	buf_format(out, "libpng %s", png_get_libpng_ver(NULL));
}

bool png_read(const unsigned char *file, size_t len, struct picture *picture,
	struct picture_problem *problem)
{
	struct reader reader = {.file = file, .len = len, .picture = picture, .problem = problem};
	png_structp png = png_create_read_struct(
		PNG_LIBPNG_VER_STRING, &reader, on_error, on_warning);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	if (!info)
		out_of_memory();
	bool good = attempt(&reader, png, info);
	png_destroy_read_struct(&png, &info, NULL);
	free(reader.rows);
	if (good && reader.channels != picture->channels)
		good = split_alpha(&reader);
	picture->kind = PICTURE_PIXELS;
	picture->bytes = reader.pixels;
	picture->len = (size_t)picture->width * (size_t)picture->height * (size_t)picture->channels;
	if (good)
		picture_turn(picture, reader.exif.orientation);
	return good;
}
