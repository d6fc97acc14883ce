/* Pictures by cameras that were held in each of the eight ways, PNG and JPEG, stand upright on the
 * page: six fields of colour, each where it belongs, as a renderer draws them. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jpeglib.h>
#include <png.h>

static const char *program; /* from the command line */

enum { COLUMNS = 3, ROWS = 2, FIELD = 8, WAYS = 8, SAMPLES = COLUMNS * ROWS * FIELD * FIELD };

static const unsigned char colours[ROWS][COLUMNS][3] = {
	{{220, 30, 30}, {30, 160, 30}, {30, 30, 220}}, {{0, 0, 0}, {200, 30, 200}, {230, 200, 20}}};

struct shot {
	int width, height;
	unsigned char samples[SAMPLES * 3];
	unsigned char exif[32];
};

/* Where a sample is looked at (Exif 2.32, table 6). */
static void look(int way, const struct shot *shot, int x, int y, int at[2])
{
	int right = shot->width - 1 - x, down = shot->height - 1 - y;
	const int places[WAYS][2] = {{x, y}, {right, y}, {right, down}, {x, down}, {y, x},
		{down, x}, {down, right}, {y, right}};
	at[0] = places[way - 1][0];
	at[1] = places[way - 1][1];
}

/* A TIFF of one directory with one entry, its numbers from either end. */
static void put_exif(struct shot *shot, int way)
{
	static const unsigned char little[] = {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1,
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
	static const unsigned char big[] = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0,
		0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
	memcpy(shot->exif, way % 2 ? little : big, sizeof big);
	shot->exif[way % 2 ? 18 : 19] = (unsigned char)way;
}
enum { EXIF_SIZE = 26 };

static struct shot shoot(int way)
{
	bool aside = way >= 5;
	struct shot shot = {.width = (aside ? ROWS : COLUMNS) * FIELD,
		.height = (aside ? COLUMNS : ROWS) * FIELD};
	for (int y = 0; y < shot.height; y++)
		for (int x = 0; x < shot.width; x++) {
			int at[2];
			look(way, &shot, x, y, at);
			memcpy(&shot.samples[(y * shot.width + x) * 3],
				colours[at[1] / FIELD][at[0] / FIELD], 3);
		}
	put_exif(&shot, way);
	return shot;
}

static FILE *create(struct scratch *scratch, const char *name)
{
	scratch_write(scratch, name, "");
	FILE *file = fopen(scratch_path(scratch, name), "wb");
	assert_non_null(file);
	return file;
}

static void write_png(FILE *file, struct shot *shot)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	png_init_io(png, file);
	png_set_IHDR(png, info, (png_uint_32)shot->width, (png_uint_32)shot->height, 8,
		PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
		PNG_FILTER_TYPE_DEFAULT);
	png_set_eXIf_1(png, info, EXIF_SIZE, shot->exif);
	png_write_info(png, info);
	for (int y = 0; y < shot->height; y++)
		png_write_row(png, &shot->samples[y * shot->width * 3]);
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
}

static void write_jpeg(FILE *file, struct shot *shot)
{
	struct jpeg_error_mgr errors;
	struct jpeg_compress_struct info = {.err = jpeg_std_error(&errors)};
	unsigned char marker[6 + EXIF_SIZE] = "Exif\0";
	memcpy(marker + 6, shot->exif, EXIF_SIZE);
	jpeg_create_compress(&info);
	jpeg_stdio_dest(&info, file);
	info.image_width = (JDIMENSION)shot->width;
	info.image_height = (JDIMENSION)shot->height;
	info.input_components = 3;
	info.in_color_space = JCS_RGB;
	jpeg_set_defaults(&info);
	jpeg_set_quality(&info, 95, TRUE);
	jpeg_start_compress(&info, TRUE);
	jpeg_write_marker(&info, JPEG_APP0 + 1, marker, sizeof marker);
	for (int y = 0; y < shot->height; y++)
		jpeg_write_scanlines(
			&info, (JSAMPARRAY) & (JSAMPROW){&shot->samples[y * shot->width * 3]}, 1);
	jpeg_finish_compress(&info);
	jpeg_destroy_compress(&info);
}

static void write_project(struct scratch *scratch)
{
	static void (*const writers[])(FILE *, struct shot *) = {write_png, write_jpeg};
	struct buf records = {0};
	buf_puts(&records, "id,file\n");
	for (int kind = 0; kind < 2; kind++)
		for (int way = 1; way <= WAYS; way++) {
			struct shot shot = shoot(way);
			const char *name = str_format(
				scratch->arena, "templates/%d.%s", way, kind ? "jpg" : "png")
						   .at;
			FILE *file = create(scratch, name);
			writers[kind](file, &shot);
			fclose(file);
			buf_format(&records, "%s%d,%s\n", kind ? "jpg" : "png", way, name + 10);
		}
	scratch_write(scratch, "records.csv", buf_text(&records).at);
	buf_free(&records);
	scratch_write(scratch, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" style=\"s.xml\">"
		"<title>T</title><fields><declare name=\"file\"/></fields>"
		"<image src=\"{file}\" alt=\"Fields\" width=\"24mm\"/></letter>");
	scratch_write(scratch, "templates/s.xml",
		"<style xmlns=\"urn:lettermerge:style:1\"><page width=\"60mm\" height=\"60mm\" "
		"top=\"10mm\" bottom=\"10mm\" left=\"10mm\" right=\"10mm\" first-top=\"10mm\"/>"
		"<element name=\"image\" before=\"0\"/></style>");
}

enum { PER_MM = 5 }; /* 127 pixels to the inch */

/* In the middle of each field, from 10 mm on, 8 mm each. */
static void assert_upright(struct str page, const char *name)
{
	int width, height;
	assert_int_equal(sscanf(page.at, "P6 %d %d 255", &width, &height), 2);
	int offset = page.len - width * height * 3;
	assert_true(offset > 0);
	for (int row = 0; row < ROWS; row++)
		for (int column = 0; column < COLUMNS; column++) {
			int x = (14 + 8 * column) * PER_MM, y = (14 + 8 * row) * PER_MM;
			const char *pixel = page.at + offset + (y * width + x) * 3;
			for (int i = 0; i < 3; i++)
				if (abs((unsigned char)pixel[i] - colours[row][column][i]) > 12)
					fail_msg("%s: the field in row %d, column %d", name,
						row + 1, column + 1);
		}
}

static void pictures_stand_upright(void **state)
{
	(void)state;
	if (!have_program("pdftoppm"))
		return;
	struct scratch scratch = scratch_new();
	write_project(&scratch);
	struct outcome run = run_in(scratch.arena, scratch.dir,
		"set -e; '%s' batch -q --no-sign -r records.csv; "
		"for f in out/*.pdf; do pdftoppm -r 127 -singlefile $f ${f%%.pdf}; done",
		program);
	assert_string_equal(run.err.at, "");
	assert_int_equal(run.code, 0);
	for (int i = 0; i < 2 * WAYS; i++) {
		struct str name = str_format(
			scratch.arena, "out/%s%d.ppm", i < WAYS ? "png" : "jpg", i % WAYS + 1);
		assert_upright(read_bytes(scratch.arena, scratch_path(&scratch, name.at)), name.at);
	}
	scratch_free(&scratch);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(pictures_stand_upright)};
	if (argc != 2)
		return 2;
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
