/* image.c - pictures → image XObjects (ISO 32000-1 8.9.5), drawings → form XObjects (8.10). Pixels
 * and operators are deflated once per writer and kept for the run, JPEG files go in as they are. A
 * letter holds only the pictures that it shows, in the order in which it shows them. */
#include "pdf/pdf_int.h"

static struct image *find(struct pdf_writer *writer, const struct picture *picture)
{
	for (int i = 0; i < writer->image_count; i++)
		if (writer->images[i].picture == picture)
			return &writer->images[i];
	return NULL;
}

static struct image *add(struct pdf_writer *writer, const struct picture *picture)
{
	writer->images = heap_resize(
		writer->images, (size_t)(writer->image_count + 1) * sizeof *writer->images);
	struct image *image = &writer->images[writer->image_count++];
	*image = (struct image){.picture = picture};
	struct libdeflate_compressor *deflate = deflate_new(true);
	if (picture->kind == PICTURE_PIXELS)
		put_deflated(&image->pixels,
			(struct str){(const char *)picture->bytes, (int)picture->len}, deflate);
	if (picture->kind == PICTURE_SVG)
		form_put(&image->pixels, picture->svg, deflate);
	if (picture->alpha)
		put_deflated(&image->alpha,
			(struct str){
				(const char *)picture->alpha, picture->width * picture->height},
			deflate);
	if (picture->profile.len)
		put_deflated(&image->profile, picture->profile, deflate);
	libdeflate_free_compressor(deflate);
	return image;
}

int image_use(struct pdf_writer *writer, const struct picture *picture)
{
	struct image *image = find(writer, picture);
	if (!image)
		image = add(writer, picture);
	if (!image->use) {
		*vec_push(writer->arena, &writer->used_images) = (int)(image - writer->images);
		image->use = writer->used_images.len;
	}
	return image->use;
}

void image_free(struct image *image)
{
	buf_free(&image->pixels);
	buf_free(&image->alpha);
	buf_free(&image->profile);
}

static struct str bytes_of(const struct buf *buf)
{
	return (struct str){buf->at, (int)buf->len};
}

/* A stream of a profile (ISO 32000-1 8.6.5.5); 0 where there is none. */
static unsigned write_colours(struct pdf_writer *writer, const struct image *image)
{
	if (!image->profile.len)
		return 0;
	HPDF_Dict dict = object_stream(writer, bytes_of(&image->profile));
	struct buf *out = object_open(writer, dict);
	buf_puts(out, "/Filter/FlateDecode");
	put_key_int(out, "/N", image->picture->channels);
	return object_close(writer, dict);
}

struct samples {
	struct str bytes;
	int channels;
	const char *filter;
	unsigned mask, colours; /* streams; 0: none */
};
static unsigned write_samples(
	struct pdf_writer *writer, const struct picture *picture, const struct samples *samples)
{
	HPDF_Dict dict = object_stream(writer, samples->bytes);
	struct buf *out = object_open(writer, dict);
	buf_puts(out, "/Type/XObject/Subtype/Image/BitsPerComponent 8/Filter");
	put_name(out, samples->filter);
	bool aside = picture_is_on_its_side(picture);
	put_key_int(out, "/Width", aside ? picture->height : picture->width);
	put_key_int(out, "/Height", aside ? picture->width : picture->height);
	buf_puts(out, "/ColorSpace");
	if (samples->colours) {
		buf_puts(out, "[/ICCBased ");
		put_ref(out, samples->colours);
		buf_char(out, ']');
	} else {
		buf_puts(out, samples->channels == 1 ? "/DeviceGray" : "/DeviceRGB");
	}
	if (samples->mask)
		put_key_ref(out, "/SMask", samples->mask);
	return object_close(writer, dict);
}

unsigned image_write(struct pdf_writer *writer, const struct image *image)
{
	const struct picture *picture = image->picture;
	struct samples alpha = {.channels = 1, .filter = "FlateDecode"};
	struct samples colours = {.channels = picture->channels, .filter = "FlateDecode"};
	if (picture->kind == PICTURE_SVG)
		return form_write(writer, picture->svg, bytes_of(&image->pixels));
	alpha.bytes = bytes_of(&image->alpha);
	colours.mask = picture->alpha ? write_samples(writer, picture, &alpha) : 0;
	colours.colours = write_colours(writer, image);
	colours.bytes = bytes_of(&image->pixels);
	if (picture->kind == PICTURE_JPEG) {
		colours.bytes = (struct str){(const char *)picture->bytes, (int)picture->len};
		colours.filter = "DCTDecode";
	}
	return write_samples(writer, picture, &colours);
}
