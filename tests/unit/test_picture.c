/* Pictures that are PNG, made by libpng itself, whole, damaged and of kinds that PDF cannot hold;
 * and the collection of them. */
#include "picture_desk.h"

#include <pthread.h>
#include <stdio.h>

#include <png.h>

/* -- PNG --------------------------------------------------------------------------------------- */

static void put_png(png_structp png, png_bytep bytes, size_t len)
{
	buf_put(png_get_io_ptr(png), bytes, len);
}

struct png_case {
	int colour_type, depth, interlace;
	const unsigned char *samples; /* packed rows */
	int width, height;
	const png_color *palette;
	const unsigned char *transparent; /* of two palette entries */
	unsigned across, down;            /* pixels to a metre; 0: nothing is said */
	int unit;
	double gamma; /* 0: nothing is said */
};

static struct str png_of(struct desk *desk, const struct png_case *c)
{
	struct buf out = {0};
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	png_set_write_fn(png, &out, put_png, NULL);
	png_set_IHDR(png, info, (png_uint_32)c->width, (png_uint_32)c->height, c->depth,
		c->colour_type, c->interlace, PNG_COMPRESSION_TYPE_DEFAULT,
		PNG_FILTER_TYPE_DEFAULT);
	if (c->palette)
		png_set_PLTE(png, info, c->palette, 2);
	if (c->transparent)
		png_set_tRNS(png, info, c->transparent, 2, NULL);
	if (c->gamma > 0)
		png_set_gAMA(png, info, c->gamma);
	if (c->across)
		png_set_pHYs(png, info, c->across, c->down, c->unit);
	png_write_info(png, info);
	size_t row = png_get_rowbytes(png, info);
	for (int pass = png_set_interlace_handling(png); pass > 0; pass--)
		for (int y = 0; y < c->height; y++)
			png_write_row(png, c->samples + (size_t)y * row);
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
	struct str bytes = str_copy(desk->arena, buf_text(&out));
	buf_free(&out);
	return bytes;
}

static const unsigned char rgb[] = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120};
static const png_color two_colours[] = {{1, 2, 3}, {200, 201, 202}};

static const struct png_row {
	const char *name;
	struct png_case png;
	int channels;
	const char *bytes, *alpha; /* as PDF wants them */
} png_rows[] = {
	{"rgb", {PNG_COLOR_TYPE_RGB, 8, 0, rgb, 2, 2, NULL, NULL}, 3,
		"\x0A\x14\x1E\x28\x32\x3C\x46\x50\x5A\x64\x6E\x78", NULL},
	{"interlaced", {PNG_COLOR_TYPE_RGB, 8, PNG_INTERLACE_ADAM7, rgb, 2, 2, NULL, NULL}, 3,
		"\x0A\x14\x1E\x28\x32\x3C\x46\x50\x5A\x64\x6E\x78", NULL},
	{"16 bits", {PNG_COLOR_TYPE_RGB, 16, 0, rgb, 2, 1, NULL, NULL}, 3,
		"\x0A\x1E\x32\x46\x5A\x6E", NULL},
	{"alpha", {PNG_COLOR_TYPE_RGB_ALPHA, 8, 0, rgb, 1, 3, NULL, NULL}, 3,
		"\x0A\x14\x1E\x32\x3C\x46\x5A\x64\x6E", "\x28\x50\x78"},
	{"grey alpha", {PNG_COLOR_TYPE_GRAY_ALPHA, 8, 0, rgb, 3, 2, NULL, NULL}, 1,
		"\x0A\x1E\x32\x46\x5A\x6E", "\x14\x28\x3C\x50\x64\x78"},
	{"opaque alpha",
		{PNG_COLOR_TYPE_GRAY_ALPHA, 8, 0, (const unsigned char *)"\x01\xFF\x02\xFF", 2, 1,
			NULL, NULL},
		1, "\x01\x02", NULL},
	{"one bit", {PNG_COLOR_TYPE_GRAY, 1, 0, (const unsigned char *)"\xA0", 4, 1, NULL, NULL}, 1,
		"\xFF\x00\xFF\x00", NULL},
	{"palette",
		{PNG_COLOR_TYPE_PALETTE, 1, 0, (const unsigned char *)"\x80", 2, 1, two_colours,
			NULL},
		3, "\xC8\xC9\xCA\x01\x02\x03", NULL},
	{"palette with transparency",
		{PNG_COLOR_TYPE_PALETTE, 1, 0, (const unsigned char *)"\x80", 2, 1, two_colours,
			(const unsigned char *)"\x00\x80"},
		3, "\xC8\xC9\xCA\x01\x02\x03", "\x80\x00"},
};

static void a_png_of_any_kind_becomes_8_bits_and_alpha(void **state)
{
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof png_rows / sizeof *png_rows; i++) {
		const struct png_row *row = &png_rows[i];
		size_t pixels = (size_t)row->png.width * (size_t)row->png.height;
		struct pictures *pictures = pictures_new();
		write_bytes(desk, png_of(desk, &row->png));
		const struct picture *picture = pictures_find(
			pictures, desk->path, here, desk->diags);
		if (!picture || picture->channels != row->channels)
			fail_msg("%s", row->name);
		assert_int_equal(picture->kind, PICTURE_PIXELS);
		assert_int_equal(picture->width, row->png.width);
		assert_int_equal(picture->height, row->png.height);
		assert_int_equal(picture->len, pixels * (size_t)row->channels);
		if (memcmp(picture->bytes, row->bytes, picture->len) != 0)
			fail_msg("%s", row->name);
		if (!picture->alpha != !row->alpha ||
			(row->alpha && memcmp(picture->alpha, row->alpha, pixels) != 0))
			fail_msg("%s: alpha", row->name);
		pictures_free(pictures);
	}
	assert_int_equal(diags_len(desk->diags), 0);
}

static void a_png_is_as_bright_as_it_says(void **state)
{
	struct desk *desk = *state;
	static const unsigned char half[] = {128, 128, 128};
	const struct {
		double gamma;
		int becomes;
	} rows[] = {{0, 128}, {1 / 2.2, 128}, {1, 186}, {1 / 1.8, 145}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct png_case png = {PNG_COLOR_TYPE_RGB, 8, 0, half, 1, 1};
		struct pictures *pictures = pictures_new();
		png.gamma = rows[i].gamma;
		write_bytes(desk, png_of(desk, &png));
		const struct picture *picture = pictures_find(
			pictures, desk->path, here, desk->diags);
		assert_non_null(picture);
		assert_in_range(picture->bytes[0], rows[i].becomes - 1, rows[i].becomes + 1);
		pictures_free(pictures);
	}
}

static void a_png_cut_anywhere_is_damaged(void **state)
{
	struct desk *desk = *state;
	assert_cut_is(desk, png_of(desk, &png_rows[0].png), 8, DIAG_PICTURE_DAMAGED);
}

static void a_png_with_a_wrong_byte_does_no_harm(void **state)
{
	struct desk *desk = *state;
	int refused = 0;
	for (size_t row = 0; row < sizeof png_rows / sizeof *png_rows; row++) {
		struct str whole = png_of(desk, &png_rows[row].png);
		for (int i = 8; i < whole.len; i++) {
			char *bytes = str_chars(desk->arena, whole);
			struct pictures *pictures = pictures_new();
			bytes[i] = (char)(bytes[i] ^ 0x55);
			write_bytes(desk, (struct str){bytes, whole.len});
			refused += !pictures_find(pictures, desk->path, here, desk->diags);
			pictures_free(pictures);
		}
	}
	assert_true(refused > 100);
}

static void a_png_of_too_many_pixels_is_refused_unread(void **state)
{
	static const char header[] = "IHDR\0\1\0\0\0\1\0\0\x08\2\0\0";
	struct desk *desk = *state;
	struct str whole = png_of(desk, &png_rows[0].png);
	char *at = str_chars(desk->arena, whole);
	memcpy(at + 12, header, sizeof header);
	/* libpng looks at no header without its checksum. */
	uint32_t crc = 0xFFFFFFFF;
	for (int i = 12; i < 29; i++) {
		crc ^= (unsigned char)at[i];
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
	}
	crc = ~crc;
	for (int i = 0; i < 4; i++)
		at[29 + i] = (char)(crc >> (24 - 8 * i));
	write_bytes(desk, (struct str){at, whole.len});
	assert_refused(desk, DIAG_PICTURE_SIZE, "65536 x 65536 pixels");
}

static void a_png_is_as_wide_as_it_says(void **state)
{
	struct desk *desk = *state;
	const struct {
		unsigned across, down;
		int unit, width;
	} pngs[] = {
		{0, 0, 0, 21},                           /* 2 pixels of 96 to the inch */
		{11811, 11811, PNG_RESOLUTION_METER, 7}, /* 300 */
		{2835, 2834, PNG_RESOLUTION_METER, 28},  /* 72 */
		{3, 3, PNG_RESOLUTION_METER, 21},        /* nobody means that */
		{4000000, 4000000, PNG_RESOLUTION_METER, 21},
		{11811, 11811, PNG_RESOLUTION_UNKNOWN, 21},
		{8031, 3858, PNG_RESOLUTION_METER, 0}, /* of a fax: 204 by 98 */
	};
	for (size_t i = 0; i < sizeof pngs / sizeof *pngs; i++) {
		struct png_case png = png_rows[0].png;
		png.across = pngs[i].across;
		png.down = pngs[i].down;
		png.unit = pngs[i].unit;
		assert_int_equal(natural_width(desk, png_of(desk, &png)), pngs[i].width);
	}
	assert_int_equal(diags_len(desk->diags), 1);
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_PICTURE_KIND);
	assert_non_null(strstr(diags_at(desk->diags, 0)->text, "203 across and 97 down"));
}

/* -- the collection ---------------------------------------------------------------------------- */

static void another_kind_of_file_is_refused(void **state)
{
	struct desk *desk = *state;
	write_bytes(desk, str_lit("GIF89a"));
	assert_refused(desk, DIAG_PICTURE_KIND, "neither PNG, JPEG nor SVG");
}

static void an_empty_file_is_refused(void **state)
{
	assert_refused(*state, DIAG_PICTURE_KIND, "neither PNG, JPEG nor SVG");
}

static void a_missing_file_is_reported_for_each_letter(void **state)
{
	struct desk *desk = *state;
	unlink(desk->path);
	for (int letter = 0; letter < 3; letter++)
		assert_refused(desk, DIAG_PICTURE_READ, "No such file");
}

static void a_folder_cannot_be_read(void **state)
{
	struct desk *desk = *state;
	assert_null(pictures_find(desk->pictures, "/tmp", here, desk->diags));
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_PICTURE_READ);
}

static void a_file_is_read_once(void **state)
{
	struct desk *desk = *state;
	write_bytes(desk, png_of(desk, &png_rows[0].png));
	const struct picture *first = find(desk);
	write_bytes(desk, str_lit("no picture any more"));
	assert_non_null(first);
	assert_ptr_equal(find(desk), first);
}

static void indices_are_dense_over_the_good_ones(void **state)
{
	struct desk *desk = *state;
	struct str other = str_format(desk->arena, "%s.png", desk->path);
	struct str bytes = png_of(desk, &png_rows[0].png);
	write_bytes(desk, bytes);
	assert_true(file_publish(other.at, bytes.at, (size_t)bytes.len, false, desk->diags));
	assert_null(pictures_find(desk->pictures, "/nowhere.png", here, desk->diags));
	assert_int_equal(find(desk)->index, 0);
	assert_int_equal(pictures_find(desk->pictures, other.at, here, desk->diags)->index, 1);
	unlink(other.at);
}

static void *find_often(void *given)
{
	struct desk *desk = given;
	struct diags *diags = diags_new();
	const struct picture *picture = NULL;
	for (int i = 0; i < 1000; i++)
		picture = pictures_find(desk->pictures, desk->path, here, diags);
	diags_free(diags);
	return without_const(picture);
}

static void threads_share_one_picture(void **state)
{
	struct desk *desk = *state;
	pthread_t threads[4];
	void *found[4];
	write_bytes(desk, png_of(desk, &png_rows[3].png));
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, find_often, desk), 0);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], &found[i]);
	assert_non_null(found[0]);
	for (int i = 1; i < 4; i++)
		assert_ptr_equal(found[i], found[0]);
}

static void what_is_encoded_is_read_as_it_was(void **state)
{
	struct desk *desk = *state;
	unsigned char samples[5 * 7 * 3];
	for (size_t i = 0; i < sizeof samples; i++)
		samples[i] = (unsigned char)(i * 37);
	for (int channels = 1; channels <= 3; channels += 2) {
		struct picture given = {
			.width = 5, .height = 7, .channels = channels, .bytes = samples};
		struct buf file = {0};
		picture_encode(&given, &file);
		struct pictures *pictures = pictures_new();
		write_bytes(desk, buf_text(&file));
		buf_free(&file);
		const struct picture *read = pictures_find(pictures, desk->path, here, desk->diags);
		assert_non_null(read);
		assert_int_equal(read->width, 5);
		assert_int_equal(read->height, 7);
		assert_int_equal(read->channels, channels);
		assert_memory_equal(read->bytes, samples, 5 * 7 * (size_t)channels);
		pictures_free(pictures);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		desk_test(a_png_of_any_kind_becomes_8_bits_and_alpha),
		desk_test(a_png_is_as_bright_as_it_says),
		desk_test(a_png_cut_anywhere_is_damaged),
		desk_test(a_png_with_a_wrong_byte_does_no_harm),
		desk_test(a_png_of_too_many_pixels_is_refused_unread),
		desk_test(a_png_is_as_wide_as_it_says),
		desk_test(another_kind_of_file_is_refused),
		desk_test(an_empty_file_is_refused),
		desk_test(a_missing_file_is_reported_for_each_letter),
		desk_test(a_folder_cannot_be_read),
		desk_test(a_file_is_read_once),
		desk_test(indices_are_dense_over_the_good_ones),
		desk_test(threads_share_one_picture),
		desk_test(what_is_encoded_is_read_as_it_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
