/* Pictures that are JPEG, made by libjpeg itself, whole, damaged and of kinds that PDF has not. */
#include "picture_desk.h"

#include <stdio.h>

#include <jpeglib.h>

static void put_big(struct buf *out, unsigned number, int bytes)
{
	while (bytes-- > 0)
		buf_char(out, (char)(number >> 8 * bytes));
}

static void put_little(struct buf *out, unsigned number, int bytes)
{
	for (; bytes > 0; bytes--, number >>= 8)
		buf_char(out, (char)number);
}

static struct str jpeg_with_profile(
	struct desk *desk, J_COLOR_SPACE space, int channels, struct str profile)
{
	struct jpeg_error_mgr errors;
	struct jpeg_compress_struct info = {.err = jpeg_std_error(&errors)};
	unsigned char row[16 * 4], *out = NULL;
	unsigned long len = 0;
	memset(row, 99, sizeof row);
	jpeg_create_compress(&info);
	jpeg_mem_dest(&info, &out, &len);
	info.image_width = 16;
	info.image_height = 8;
	info.input_components = channels;
	info.in_color_space = space;
	jpeg_set_defaults(&info);
	jpeg_start_compress(&info, TRUE);
	if (profile.len)
		jpeg_write_icc_profile(&info, (const JOCTET *)profile.at, (unsigned)profile.len);
	for (int y = 0; y < 8; y++)
		jpeg_write_scanlines(&info, (JSAMPARRAY) & (JSAMPROW){row}, 1);
	jpeg_finish_compress(&info);
	jpeg_destroy_compress(&info);
	struct str bytes = str_copy(desk->arena, (struct str){(char *)out, (int)len});
	free(out);
	return bytes;
}

static struct str jpeg_of(struct desk *desk, J_COLOR_SPACE space, int channels)
{
	return jpeg_with_profile(desk, space, channels, (struct str){0});
}

/* The header of a profile, of 128 bytes, and some words behind it. */
static struct str profile_of(
	struct desk *desk, char version, const char *class, const char *space, const char *words)
{
	enum { HEADER = 128, VERSION_AT = 8, CLASS_AT = 12, SPACE_AT = 16, MAGIC_AT = 36 };
	int len = HEADER + (int)strlen(words);
	char *at = arena_alloc(desk->arena, (size_t)len);
	at[VERSION_AT] = version;
	memcpy(at + CLASS_AT, class, 4);
	memcpy(at + SPACE_AT, space, 4);
	memcpy(at + MAGIC_AT, "acsp", 4);
	memcpy(at + HEADER, words, strlen(words));
	return (struct str){at, len};
}

static void a_profile_of_its_colours_is_kept(void **state)
{
	static const struct {
		const char *class, *space, *words;
		int channels;
		bool kept;
		char version;
	} rows[] = {
		{"mntr", "RGB ", "Display P3", 3, true, 4},
		{"scnr", "RGB ", "Adobe RGB", 3, true, 2},
		{"mntr", "GRAY", "Dot gain", 1, true, 2},
		{"mntr", "RGB ", "sRGB IEC61966-2.1", 3, false, 2},
		{"mntr", "CMYK", "Coated", 3, false, 2},
		{"mntr", "RGB ", "of three", 1, false, 2},
		{"abst", "RGB ", "none of a picture", 3, false, 2},
		{"mntr", "RGB ", "of the next version", 3, false, 5},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pictures *pictures = pictures_new();
		struct str profile = profile_of(
			desk, rows[i].version, rows[i].class, rows[i].space, rows[i].words);
		write_bytes(desk,
			jpeg_with_profile(desk, rows[i].channels == 3 ? JCS_RGB : JCS_GRAYSCALE,
				rows[i].channels, profile));
		const struct picture *picture = pictures_find(
			pictures, desk->path, here, desk->diags);
		assert_non_null(picture);
		assert_int_equal(picture->profile.len, rows[i].kept ? profile.len : 0);
		if (rows[i].kept)
			assert_memory_equal(picture->profile.at, profile.at, (size_t)profile.len);
		pictures_free(pictures);
	}
}

static void a_jpeg_passes_through(void **state)
{
	static const struct {
		J_COLOR_SPACE space;
		int channels;
	} rows[] = {{JCS_RGB, 3}, {JCS_GRAYSCALE, 1}};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pictures *pictures = pictures_new();
		struct str bytes = jpeg_of(desk, rows[i].space, rows[i].channels);
		write_bytes(desk, bytes);
		const struct picture *picture = pictures_find(
			pictures, desk->path, here, desk->diags);
		assert_non_null(picture);
		assert_int_equal(picture->kind, PICTURE_JPEG);
		assert_int_equal(picture->channels, rows[i].channels);
		assert_int_equal(picture->width, 16);
		assert_int_equal(picture->height, 8);
		assert_int_equal(picture->len, bytes.len);
		assert_memory_equal(picture->bytes, bytes.at, picture->len);
		assert_true(picture->hash == str_hash(bytes));
		assert_null(picture->alpha);
		pictures_free(pictures);
	}
}

/* Puts a marker APP1 with Exif behind the start: entries of 12 bytes, and two rationals. */
static struct str with_exif(struct desk *desk, struct str jpeg, bool big, int orientation, int unit)
{
	const unsigned fields[][4] = {{0x0112, 3, 1, (unsigned)orientation}, {0x011A, 5, 1, 64},
		{0x011B, 5, 1, 72}, {0x0128, 3, 1, (unsigned)unit}};
	struct buf tiff = {0}, out = {0};
	void (*put)(struct buf *, unsigned, int) = big ? put_big : put_little;
	buf_puts(&tiff, big ? "MM" : "II");
	put(&tiff, 42, 2);
	put(&tiff, 8, 4);
	put(&tiff, 4, 2);
	for (int i = 0; i < 4; i++) {
		put(&tiff, fields[i][0], 2);
		put(&tiff, fields[i][1], 2);
		put(&tiff, fields[i][2], 4);
		put(&tiff, fields[i][3], fields[i][1] == 3 ? 2 : 4);
		if (fields[i][1] == 3)
			put(&tiff, 0, 2);
	}
	put(&tiff, 0, 4);
	while (tiff.len < 64)
		buf_char(&tiff, 0);
	for (int i = 0; i < 2; i++) { /* 600/2, twice */
		put(&tiff, 600, 4);
		put(&tiff, 2, 4);
	}
	buf_put(&out, jpeg.at, 2);
	buf_puts(&out, "\xFF\xE1");
	put_big(&out, (unsigned)tiff.len + 8, 2);
	buf_put(&out, "Exif\0", 6);
	buf_str(&out, buf_text(&tiff));
	buf_put(&out, jpeg.at + 2, (size_t)jpeg.len - 2);
	struct str bytes = str_copy(desk->arena, buf_text(&out));
	buf_free(&tiff);
	buf_free(&out);
	return bytes;
}

/* Marker APP0 of JFIF, which libjpeg writes first: its unit and how dense pixels are. */
static struct str with_jfif(struct desk *desk, struct str jpeg, int unit, int across, int down)
{
	enum { UNIT_AT = 13 };
	unsigned char *at = (unsigned char *)str_chars(desk->arena, jpeg);
	assert_memory_equal(at + 6, "JFIF", 5);
	at[UNIT_AT] = (unsigned char)unit;
	at[UNIT_AT + 1] = (unsigned char)(across >> 8);
	at[UNIT_AT + 2] = (unsigned char)across;
	at[UNIT_AT + 3] = (unsigned char)(down >> 8);
	at[UNIT_AT + 4] = (unsigned char)down;
	return (struct str){(const char *)at, jpeg.len};
}

static void a_jpeg_is_as_wide_as_it_says(void **state)
{
	struct desk *desk = *state;
	const struct {
		int unit, density, width;
	} jpegs[] = {{0, 1, 167}, {1, 1, 167}, {1, 200, 80}, {2, 100, 63}};
	struct str jpeg = jpeg_of(desk, JCS_RGB, 3);
	for (size_t i = 0; i < sizeof jpegs / sizeof *jpegs; i++)
		assert_int_equal(natural_width(desk,
					 with_jfif(desk, jpeg, jpegs[i].unit, jpegs[i].density,
						 jpegs[i].density)),
			jpegs[i].width);
	for (int big = 0; big < 2; big++) {
		struct str none = with_jfif(desk, jpeg, 0, 1, 1);
		assert_int_equal(natural_width(desk, with_exif(desk, none, big, 1, 2)), 53);
		assert_int_equal(natural_width(desk, with_exif(desk, none, big, 1, 3)), 21);
		assert_int_equal(natural_width(desk, with_exif(desk, none, big, 6, 2)), 27);
		assert_int_equal(
			natural_width(desk,
				with_exif(desk, with_jfif(desk, jpeg, 1, 200, 200), big, 1, 2)),
			80);
	}
}

static void a_jpeg_of_four_colours_is_refused(void **state)
{
	struct desk *desk = *state;
	write_bytes(desk, jpeg_of(desk, JCS_CMYK, 4));
	assert_refused(desk, DIAG_PICTURE_KIND, "4 colour channels");
}

static void a_jpeg_cut_anywhere_is_damaged(void **state)
{
	struct desk *desk = *state;
	assert_cut_is(desk, jpeg_of(desk, JCS_RGB, 3), 3, DIAG_PICTURE_DAMAGED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		desk_test(a_jpeg_passes_through),
		desk_test(a_profile_of_its_colours_is_kept),
		desk_test(a_jpeg_is_as_wide_as_it_says),
		desk_test(a_jpeg_of_four_colours_is_refused),
		desk_test(a_jpeg_cut_anywhere_is_damaged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
