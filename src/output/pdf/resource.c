/* resource.c - what the pages share: the fonts and pictures that this letter uses, and the colour
 * profile of the output intent. */
#include "pdf/pdf_int.h"

#include "base/diag_id.h"

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
		out_of_memory();
	unsigned char *bytes = heap_new(len);
	if (!cmsSaveProfileToMem(profile, bytes, &len))
		out_of_memory();
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

/* "/F0 12 0 R": the letter says which font of the face, and the number comes from what the letter
 * shows, as glyphs.c has it: a face that is there and not shown changes nothing. */
static void put_font(struct buf *names, const char *kind, const struct font_use *use, unsigned id)
{
	buf_puts(names, kind);
	put_int(names, use->name - 1);
	buf_char(names, ' ');
	put_ref(names, id);
}

/* Of a bundle only the first letter that shows a font embeds it. */
static unsigned base_id(struct pdf_writer *writer, int face, enum font_kind kind)
{
	const struct font *font = &writer->pdf->fonts[face];
	const struct subset *base = writer->fonts[face].base;
	struct embedded *there = &writer->fonts[face].embedded;
	if (writer->shared)
		there = &writer->shared->fonts[face];
	if (!there->glyphs)
		there->glyphs = font_embed_glyphs(writer, font, base);
	if (!there->font[kind])
		there->font[kind] = font_embed(writer, font, base, there->glyphs,
			kind == FONT_BASE ? &base->unicode : &font->superior);
	return there->font[kind];
}

static void write_base(struct pdf_writer *writer, struct buf *names, int face)
{
	const struct font_use *use = &writer->fonts[face];
	if (use->shown[FONT_BASE])
		put_font(names, "/F", use, base_id(writer, face, FONT_BASE));
	if (use->shown[FONT_SUPERIOR])
		put_font(names, "/N", use, base_id(writer, face, FONT_SUPERIOR));
}

static unsigned embed_own(
	struct pdf_writer *writer, const struct font *font, const struct subset *subset)
{
	return font_embed(
		writer, font, subset, font_embed_glyphs(writer, font, subset), &subset->unicode);
}

static void write_font(struct pdf_writer *writer, struct buf *names, int face)
{
	const struct font *font = &writer->pdf->fonts[face];
	struct font_use *use = &writer->fonts[face];
	write_base(writer, names, face);
	if (!hb_set_is_empty(use->overflow))
		put_font(names, "/X", use, embed_own(writer, font, &use->subset));
	if (use->coded.codes.len)
		put_font(names, "/R", use, embed_own(writer, font, &use->coded.subset));
	if (!hb_set_is_empty(use->spaced.glyphs))
		put_font(names, "/S", use, embed_own(writer, font, &use->spaced.subset));
}

static bool make_subsets(
	struct pdf_writer *writer, struct font *font, struct font_use *use, bool whole)
{
	subset_clear(&use->subset);
	use->base = use->groups ? font_base(font, whole ? EVERY_GROUP : use->groups) : NULL;
	return (!use->groups || use->base) &&
		(hb_set_is_empty(use->overflow) ||
			subset_make(&use->subset, font, use->overflow, 0, writer->deflate)) &&
		(!use->coded.codes.len || coded_make(&use->coded, font, writer->deflate)) &&
		(hb_set_is_empty(use->spaced.glyphs) ||
			coded_make(&use->spaced, font, writer->deflate));
}

bool resources_prepare(struct pdf_writer *writer, bool whole, struct diags *diags)
{
	for (int face = 0; face < writer->pdf->font_count; face++) {
		if (make_subsets(writer, &writer->pdf->fonts[face], &writer->fonts[face], whole))
			continue;
		const char *path = text_face(writer->pdf->text, face)->path;
		diag_add(diags, FONT_EMBED, place_in(path), path);
		return false;
	}
	return true;
}

static unsigned image_id(struct pdf_writer *writer, const struct image *image)
{
	struct shared *shared = writer->shared;
	for (int i = 0; shared && i < shared->pictures.len; i++)
		if (shared->pictures.at[i].picture == image->picture)
			return shared->pictures.at[i].id;
	unsigned id = image_write(writer, image);
	if (shared)
		*vec_push(shared->arena, &shared->pictures) = (struct shared_picture){
			image->picture, id};
	return id;
}

static void write_images(struct pdf_writer *writer, struct buf *names)
{
	buf_puts(names, ">>/XObject<<");
	for (int i = 0; i < writer->used_images.len; i++) {
		buf_puts(names, "/I");
		put_int(names, i + 1);
		buf_char(names, ' ');
		put_ref(names, image_id(writer, &writer->images[writer->used_images.at[i]]));
	}
}

unsigned resources_write(struct pdf_writer *writer)
{
	struct buf *names = &writer->scratch;
	buf_clear(names);
	buf_puts(names, "/Font<<");
	for (int face = 0; face < writer->pdf->font_count; face++)
		write_font(writer, names, face);
	if (writer->used_images.len)
		write_images(writer, names);
	buf_puts(names, ">>");
	return object_text(writer, object_new(writer), buf_text(names).at);
}
