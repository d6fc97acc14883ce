/* pdf.c - what lives as long as the run (fonts, profile) and as long as a thread (the writer). */
#include "pdf/pdf_int.h"

#include <stdlib.h>

static void *zeroed(size_t count, size_t size)
{
	void *at = calloc(count, size);
	if (!at)
		abort();
	return at;
}

/* Some element is set in this face. Faces that only stand in for missing glyphs have no base
 * subset: a letter that needs one glyph of them takes that glyph alone. */
static bool is_set(const struct text *text, const struct style *style, int face)
{
	for (int tag = 0; tag < TAG_COUNT; tag++)
		for (int look = 0; look < 4; look++) {
			struct text_style as = style->block[tag].text;
			as.bold |= look & 1;
			as.italic |= look >> 1;
			if (text_style_face(text, &as) == face)
				return true;
		}
	return text_style_face(text, &style->page_number.text) == face;
}

static bool open_fonts(struct pdf *pdf, struct str sample, struct libdeflate_compressor *deflate,
	struct diags *diags)
{
	for (int i = 0; i < pdf->font_count; i++) {
		const struct face *face = text_face(pdf->text, i);
		struct font *font = &pdf->fonts[i];
		if (font_open(font, face) &&
			(!is_set(pdf->text, pdf->style, i) ||
				font_make_base(font, sample, deflate)))
			continue;
		diag_add(diags, FONT_EMBED, (struct place){.file = face->path}, face->path);
		return false;
	}
	return true;
}

struct pdf *pdf_new(
	const struct text *text, const struct style *style, struct str sample, struct diags *diags)
{
	if (!haru_check(diags))
		return NULL;
	struct pdf *pdf = zeroed(1, sizeof *pdf);
	*pdf = (struct pdf){.text = text, .style = style, .font_count = text_face_count(text)};
	pdf->fonts = zeroed((size_t)pdf->font_count, sizeof *pdf->fonts);
	struct libdeflate_compressor *deflate = deflate_new(true);
	profile_make(&pdf->profile, deflate);
	bool good = open_fonts(pdf, sample, deflate, diags);
	libdeflate_free_compressor(deflate);
	if (good)
		return pdf;
	pdf_free(pdf);
	return NULL;
}

void pdf_free(struct pdf *pdf)
{
	if (!pdf)
		return;
	for (int i = 0; i < pdf->font_count; i++)
		font_close(&pdf->fonts[i]);
	free(pdf->fonts);
	buf_free(&pdf->profile);
	free(pdf);
}

struct str pdf_base_font(const struct pdf *pdf, int face)
{
	const struct buf *program = &pdf->fonts[face].base.program;
	return (struct str){program->at, (int)program->len};
}

struct pdf_writer *pdf_writer_new(const struct pdf *pdf)
{
	struct pdf_writer *writer = zeroed(1, sizeof *writer);
	writer->pdf = pdf;
	writer->haru = arena_new();
	writer->arena = arena_new();
	writer->deflate = deflate_new(false);
	writer->fonts = zeroed((size_t)pdf->font_count, sizeof *writer->fonts);
	for (int i = 0; i < pdf->font_count; i++)
		writer->fonts[i].overflow = hb_set_create();
	return writer;
}

void pdf_writer_free(struct pdf_writer *writer)
{
	if (!writer)
		return;
	for (int i = 0; i < writer->pdf->font_count; i++) {
		hb_set_destroy(writer->fonts[i].overflow);
		subset_free(&writer->fonts[i].subset);
	}
	for (int i = 0; i < writer->image_count; i++)
		image_free(&writer->images[i]);
	free(writer->fonts);
	free(writer->images);
	libdeflate_free_compressor(writer->deflate);
	buf_free(&writer->content);
	buf_free(&writer->objects);
	buf_free(&writer->scratch);
	arena_free(writer->haru);
	arena_free(writer->arena);
	free(writer);
}
