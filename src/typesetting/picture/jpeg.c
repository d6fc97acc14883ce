/* jpeg.c - a JPEG file is checked and passed through, as PDF can hold it as it is (DCTDecode, ISO
 * 32000-1 7.4.8). libjpeg reads the header; its errors come by longjmp and stay inside
 * attempt(). */
#include "picture/picture_int.h"

#include "base/diag_id.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

struct reader {
	struct jpeg_error_mgr errors; /* first: libjpeg hands back a pointer to it */
	jmp_buf back;
	struct picture_problem *problem;
};

static void on_error(j_common_ptr info)
{
	struct reader *reader = (struct reader *)info->err;
	char message[JMSG_LENGTH_MAX];
	info->err->format_message(info, message);
	picture_fails(reader->problem, DIAG_PICTURE_DAMAGED, "%s", message);
	longjmp(reader->back, 1);
}

static void on_message(j_common_ptr info, int level)
{
	(void)info, (void)level;
}

/* Whether the file goes on to its end marker; a header alone says nothing of a cut file. */
static bool has_end(const struct jpeg_decompress_struct *info)
{
	const unsigned char *at = info->src->next_input_byte;
	size_t left = info->src->bytes_in_buffer;
	return left && memmem(at, left, "\xFF\xD9", 2);
}

static bool check(const struct jpeg_decompress_struct *info, struct picture *picture,
	struct picture_problem *problem)
{
	bool rgb = info->jpeg_color_space == JCS_RGB;
	if (info->num_components != 1 && info->num_components != 3)
		return picture_fails(problem, DIAG_PICTURE_KIND, "it has %d colour channels",
			info->num_components);
	if (info->data_precision != 8)
		return picture_fails(problem, DIAG_PICTURE_KIND, "its samples have %d bits",
			info->data_precision);
	if (info->arith_code)
		return picture_fails(
			problem, DIAG_PICTURE_KIND, "it is a JPEG of a kind that PDF lacks");
	if (rgb && !info->saw_Adobe_marker)
		return picture_fails(
			problem, DIAG_PICTURE_KIND, "its colours are not marked as RGB");
	if (!has_end(info))
		return picture_fails(problem, DIAG_PICTURE_DAMAGED, "it ends too early");
	picture->channels = info->num_components;
	return picture_size(picture, info->image_width, info->image_height, problem);
}

static struct exif find_exif(const struct jpeg_decompress_struct *info)
{
	static const char head[] = "Exif\0"; /* and its own end: six bytes */
	for (jpeg_saved_marker_ptr marker = info->marker_list; marker; marker = marker->next)
		if (marker->data_length >= sizeof head &&
			memcmp(marker->data, head, sizeof head) == 0)
			return exif_read(
				marker->data + sizeof head, marker->data_length - sizeof head);
	return exif_read(NULL, 0);
}

/* JFIF's word goes before that of Exif, where it has a unit. */
static bool take_density(const struct jpeg_decompress_struct *info, const struct exif *exif,
	struct picture *picture, struct picture_problem *problem)
{
	static const int factors[] = {0, 100, 254};
	int unit = info->saw_JFIF_marker ? info->density_unit : 0;
	if (unit < 1 || unit > 2)
		return picture_density(picture, exif->across, exif->down, problem);
	return picture_density(
		picture, info->X_density * factors[unit], info->Y_density * factors[unit], problem);
}

static void take_profile(struct jpeg_decompress_struct *info, struct picture *picture)
{
	JOCTET *profile;
	unsigned len;
	if (!jpeg_read_icc_profile(info, &profile, &len))
		return;
	picture_profile(picture, profile, len);
	free(profile);
}

static bool attempt(struct reader *reader, struct jpeg_decompress_struct *info,
	const unsigned char *file, size_t len, struct picture *picture)
{
	if (setjmp(reader->back))
		return false;
	jpeg_create_decompress(info);
	jpeg_mem_src(info, file, len);
	jpeg_save_markers(info, JPEG_APP0 + 1, 0xFFFF);
	jpeg_save_markers(info, JPEG_APP0 + 2, 0xFFFF);
	jpeg_read_header(info, TRUE);
	if (!check(info, picture, reader->problem))
		return false;
	take_profile(info, picture);
	struct exif exif = find_exif(info);
	picture_turn(picture, exif.orientation);
	return take_density(info, &exif, picture, reader->problem);
}

bool jpeg_read(const unsigned char *file, size_t len, struct picture *picture,
	struct picture_problem *problem)
{
	struct reader reader = {.problem = problem};
	struct jpeg_decompress_struct info = {.err = jpeg_std_error(&reader.errors)};
	reader.errors.error_exit = on_error;
	reader.errors.emit_message = on_message;
	bool good = attempt(&reader, &info, file, len, picture);
	jpeg_destroy_decompress(&info);
	picture->kind = PICTURE_JPEG;
	picture->bytes = file;
	picture->len = len;
	return good;
}
