/* pdf.c - what lives as long as the run (fonts, profile) and as long as a thread (the writer). */
#include "pdf/pdf_int.h"

#include "base/diag_id.h"

#include <stdlib.h>

/* Some element is set in this face. Faces that only stand in for missing glyphs have no base
 * subset: a letter that needs one glyph of them takes that glyph alone. */
static bool is_set(const struct text *text, const struct style *style, int face)
{
	for (int i = 0; i < style_count(style); i++)
		for (int look = 0; look < 4; look++) {
			struct text_style as = style->block[i].text;
			as.bold |= look & 1;
			as.italic |= look >> 1;
			if (text_style_face(text, &as) == face)
				return true;
		}
	return text_style_face(text, &style->page_number.text) == face;
}

/* What each element's features make of the characters that all letters share. */
static void learn_features(const struct pdf *pdf, int face)
{
	const struct features *last = NULL;
	for (int i = 0; i < style_count(pdf->style); i++) {
		const struct features *features = &pdf->style->block[i].text.features;
		if ((last && features_same(last, features)) ||
			!text_has_features(pdf->text, face, features))
			continue;
		font_learn(&pdf->fonts[face], pdf->text, face, features, pdf_characters(pdf));
		last = features;
	}
	if (text_has_superiors(pdf->text, face))
		font_learn(&pdf->fonts[face], pdf->text, face, &text_superior_features,
			str_lit("0123456789,"));
}

static bool open_base(const struct pdf *pdf, int face, struct libdeflate_compressor *deflate)
{
	if (!is_set(pdf->text, pdf->style, face))
		return true;
	learn_features(pdf, face);
	return font_make_base(&pdf->fonts[face], pdf_characters(pdf), deflate);
}

static bool open_font(const struct pdf *pdf, int face)
{
	struct font *font = &pdf->fonts[face];
	struct libdeflate_compressor *deflate = deflate_new(true);
	bool good = font_open(font, text_face(pdf->text, face)) && open_base(pdf, face, deflate);
	libdeflate_free_compressor(deflate);
	if (!good)
		font_close(font);
	return good;
}

/* Most letters show two or three of a style's faces, each of which takes milliseconds to open. */
static bool need_font(const struct pdf *pdf, int face)
{
	struct font *font = &pdf->fonts[face];
	if (atomic_load_explicit(&font->open, memory_order_acquire))
		return true;
	pthread_mutex_lock(&font->opening);
	bool open = atomic_load_explicit(&font->open, memory_order_relaxed) || open_font(pdf, face);
	atomic_store_explicit(&font->open, open, memory_order_release);
	pthread_mutex_unlock(&font->opening);
	return open;
}

bool fonts_open(const struct pdf *pdf, const struct pages *pages, struct diags *diags)
{
	for (int p = 0; p < pages->count; p++)
		for (int i = 0; i < pages->page[p].mark_count; i++) {
			const struct mark *mark = &pages->page[p].marks[i];
			if (mark->kind != MARK_GLYPHS || need_font(pdf, mark->face))
				continue;
			const char *path = text_face(pdf->text, mark->face)->path;
			diag_add(diags, FONT_EMBED, place_in(path), path);
			return false;
		}
	return true;
}

struct pdf *pdf_new(
	const struct text *text, const struct style *style, struct str sample, struct diags *diags)
{
	if (!haru_check(diags))
		return NULL;
	struct pdf *pdf = heap_new(sizeof *pdf);
	*pdf = (struct pdf){.text = text, .style = style, .font_count = text_face_count(text)};
	pdf->fonts = heap_new((size_t)pdf->font_count * sizeof *pdf->fonts);
	for (int i = 0; i < pdf->font_count; i++)
		pthread_mutex_init(&pdf->fonts[i].opening, NULL);
	struct libdeflate_compressor *deflate = deflate_new(true);
	profile_make(&pdf->profile, deflate);
	libdeflate_free_compressor(deflate);
	font_characters(sample, &pdf->characters);
	return pdf;
}

void pdf_free(struct pdf *pdf)
{
	if (!pdf)
		return;
	for (int i = 0; i < pdf->font_count; i++) {
		font_close(&pdf->fonts[i]);
		pthread_mutex_destroy(&pdf->fonts[i].opening);
	}
	free(pdf->fonts);
	buf_free(&pdf->characters);
	buf_free(&pdf->profile);
	free(pdf);
}

struct str pdf_characters(const struct pdf *pdf)
{
	return (struct str){pdf->characters.at, (int)pdf->characters.len};
}

struct pdf_writer *pdf_writer_new(const struct pdf *pdf)
{
	struct pdf_writer *writer = heap_new(sizeof *writer);
	writer->pdf = pdf;
	writer->haru = arena_new();
	writer->arena = arena_new();
	writer->deflate = deflate_new(false);
	writer->drawings = drawings_new();
	writer->fonts = heap_new((size_t)pdf->font_count * sizeof *writer->fonts);
	for (int i = 0; i < pdf->font_count; i++) {
		writer->fonts[i].overflow = hb_set_create();
		writer->fonts[i].coded.glyphs = hb_set_create();
		writer->fonts[i].spaced.glyphs = hb_set_create();
	}
	return writer;
}

void pdf_writer_free(struct pdf_writer *writer)
{
	if (!writer)
		return;
	for (int i = 0; i < writer->pdf->font_count; i++) {
		hb_set_destroy(writer->fonts[i].overflow);
		subset_free(&writer->fonts[i].subset);
		coded_free(&writer->fonts[i].coded);
		coded_free(&writer->fonts[i].spaced);
	}
	for (int i = 0; i < writer->image_count; i++)
		image_free(&writer->images[i]);
	for (int i = 0; i < writer->deflated_count; i++)
		attach_free(&writer->deflated[i]);
	free(writer->deflated);
	free(writer->fonts);
	free(writer->images);
	libdeflate_free_compressor(writer->deflate);
	drawings_free(writer->drawings);
	buf_free(&writer->content);
	buf_free(&writer->objects);
	buf_free(&writer->packed);
	buf_free(&writer->scratch);
	arena_free(writer->haru);
	arena_free(writer->arena);
	free(writer);
}
