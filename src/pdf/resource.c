/* resource.c - what the pages share: the fonts and pictures that this letter uses, and the colour
 * profile of the output intent. */
#include "pdf/pdf_int.h"

#include <lcms2.h>
#include <stdlib.h>

/* lcms puts the time and a checksum with it into the header (ISO 15076-1 7.2.8 and 7.2.18). */
static void remove_time(unsigned char *profile, cmsUInt32Number len)
{
	static const unsigned char date[12] = {0x07, 0xD0, 0, 1, 0, 1};
	if (len < 128)
		return;
	memcpy(profile + 24, date, sizeof date);
	memset(profile + 84, 0, 16);
}

void profile_make(struct buf *out, struct libdeflate_compressor *deflate)
{
	cmsHPROFILE profile = cmsCreate_sRGBProfile();
	cmsUInt32Number len = 0;
	if (!profile || !cmsSaveProfileToMem(profile, NULL, &len))
		abort();
	unsigned char *bytes = calloc(1, len);
	if (!bytes || !cmsSaveProfileToMem(profile, bytes, &len))
		abort();
	cmsCloseProfile(profile);
	remove_time(bytes, len);
	put_deflated(out, (struct str){(const char *)bytes, (int)len}, deflate);
	free(bytes);
}

unsigned profile_write(struct pdf_writer *writer)
{
	const struct buf *profile = &writer->pdf->profile;
	return object_text(writer,
		object_stream(writer, (struct str){profile->at, (int)profile->len}),
		"/N 3/Filter/FlateDecode");
}

/* "/F0 12 0 R": the letter says which font of the face, as glyphs.c does. */
static void put_font(struct buf *names, const char *kind, int face, unsigned id)
{
	buf_puts(names, kind);
	put_int(names, face);
	buf_char(names, ' ');
	put_ref(names, id);
}

static void write_base(struct pdf_writer *writer, struct buf *names, int face)
{
	const struct font *font = &writer->pdf->fonts[face];
	const bool *shown = writer->fonts[face].shown;
	const struct subset *base = &font->base;
	if (!shown[FONT_BASE] && !shown[FONT_SUPERIOR])
		return;
	unsigned glyphs = font_embed_glyphs(writer, font, base);
	if (shown[FONT_BASE])
		put_font(names, "/F", face, font_embed(writer, font, base, glyphs, &base->unicode));
	if (shown[FONT_SUPERIOR])
		put_font(
			names, "/N", face, font_embed(writer, font, base, glyphs, &font->superior));
}

static bool write_font(struct pdf_writer *writer, struct buf *names, int face)
{
	const struct font *font = &writer->pdf->fonts[face];
	struct font_use *use = &writer->fonts[face];
	write_base(writer, names, face);
	if (hb_set_is_empty(use->overflow))
		return true;
	subset_clear(&use->subset);
	if (!subset_make(&use->subset, font, use->overflow, writer->deflate))
		return false;
	unsigned glyphs = font_embed_glyphs(writer, font, &use->subset);
	put_font(names, "/X", face,
		font_embed(writer, font, &use->subset, glyphs, &use->subset.unicode));
	return true;
}

static void write_images(struct pdf_writer *writer, struct buf *names)
{
	buf_puts(names, ">>/XObject<<");
	for (int i = 0; i < writer->used_images.len; i++) {
		buf_puts(names, "/I");
		put_int(names, i + 1);
		buf_char(names, ' ');
		put_ref(names, image_write(writer, &writer->images[writer->used_images.at[i]]));
	}
}

unsigned resources_write(struct pdf_writer *writer, struct diags *diags)
{
	struct buf *names = &writer->scratch;
	buf_clear(names);
	buf_puts(names, "/Font<<");
	for (int face = 0; face < writer->pdf->font_count; face++)
		if (!write_font(writer, names, face)) {
			const char *path = text_face(writer->pdf->text, face)->path;
			diag_add(diags, FONT_EMBED, (struct place){.file = path}, path);
			return 0;
		}
	if (writer->used_images.len)
		write_images(writer, names);
	buf_puts(names, ">>");
	return object_text(writer, object_new(writer), buf_text(names).at);
}
