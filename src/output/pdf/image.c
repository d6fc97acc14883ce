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
}

static unsigned write_samples(struct pdf_writer *writer, const struct picture *picture,
	struct str bytes, int channels, const char *filter, unsigned mask)
{
	HPDF_Dict dict = object_stream(writer, bytes);
	struct buf *out = object_open(writer, dict);
	buf_puts(out, "/Type/XObject/Subtype/Image/BitsPerComponent 8/Filter");
	put_name(out, filter);
	bool aside = picture_is_on_its_side(picture);
	put_key_int(out, "/Width", aside ? picture->height : picture->width);
	put_key_int(out, "/Height", aside ? picture->width : picture->height);
	buf_puts(out, channels == 1 ? "/ColorSpace/DeviceGray" : "/ColorSpace/DeviceRGB");
	if (mask)
		put_key_ref(out, "/SMask", mask);
	return object_close(writer, dict);
}

unsigned image_write(struct pdf_writer *writer, const struct image *image)
{
	const struct picture *picture = image->picture;
	unsigned mask = 0;
	if (picture->kind == PICTURE_SVG)
		return form_write(writer, picture->svg,
			(struct str){image->pixels.at, (int)image->pixels.len});
	if (picture->alpha)
		mask = write_samples(writer, picture,
			(struct str){image->alpha.at, (int)image->alpha.len}, 1, "FlateDecode", 0);
	if (picture->kind == PICTURE_JPEG)
		return write_samples(writer, picture,
			(struct str){(const char *)picture->bytes, (int)picture->len},
			picture->channels, "DCTDecode", mask);
	return write_samples(writer, picture,
		(struct str){image->pixels.at, (int)image->pixels.len}, picture->channels,
		"FlateDecode", mask);
}
