/* fuzz_font.c - any bytes as the file of a font: a letter is set in it and
 * written. A font that cannot be read says so; with one that can, there is a
 * letter or a reason. */
#include "fuzz/fuzz.h"

#include "pdf/pdf.h"
#include "template/template.h"
#include "text/text_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static const char letter[] =
	"<letter xmlns='urn:lettermerge:letter:1' xml:lang='en-GB' "
	"date='2020-10-13'><title>T</title>"
	"<salutation>Dear AVA,</salutation><heading>1st office</heading><p>Staff "
	"find affluent "
	"offices,\u00AD extraordinary <em>kerning</em> To. 1,234 <link "
	"href='https://a.b/c'>fj"
	"</link><note>\u00C9t\u00E9 \u0301</note></p><ul><li><p>a"
	"</p></li></ul><closing/></letter>";

/* The face of all text; NULL: the bytes are no font. index: 1 << 16 is the first instance of a
 * variable one. */
static struct text *read_text(const char *path, int index)
{
	struct arena *arena = arena_new();
	struct text *text = arena_alloc(arena, sizeof *text);
	text->arena = arena;
	if (font_load(text, path, index, &(struct cut){.size = pt(11)})) {
		arena_free(arena);
		return NULL;
	}
	font_licence_fault(&text->fonts.at[0]);
	*vec_push(arena, &text->chains) = (struct chain){.family = str_lit("fuzz"), .count = 1};
	return text;
}

/* The letter as it is merged: the same for all fonts. */
static struct letter *merge(struct arena *arena, const struct style *style, struct diags *diags)
{
	static const char record[] = "<recipient xmlns='urn:lettermerge:recipient:1'></recipient>";
	struct recipient recipient;
	struct template *template = template_read(arena, str_of(letter), "fuzz.xml", diags);
	if (!template ||
		!recipient_read(arena, str_of(record), "fuzz.xml", template, &recipient, diags))
		abort();
	struct letter *merged = letter_merge(arena, template, &recipient, NULL, diags);
	if (!merged || !letter_apply_style(arena, merged, style, NULL, diags))
		abort();
	return merged;
}

static void outline_all(struct shaper *shaper)
{
	enum { SOME = 200 };
	for (unsigned glyph = 0; glyph < SOME; glyph++)
		shaper_outline(shaper, 0, glyph);
}

static bool render(const struct pdf *pdf, const struct letter *merged, const struct pages *pages,
	struct diags *diags)
{
	const struct pdf_options options = {.time = 1602547200};
	struct buf out = {0};
	struct pdf_writer *writer = pdf_writer_new(pdf);
	bool good = pdf_render(writer, merged, pages, &options, diags) &&
		pdf_save(writer, &out, diags) && str_starts(buf_text(&out), "%PDF-1.7");
	pdf_writer_free(writer);
	buf_free(&out);
	return good;
}

static void set(const struct text *text)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct style style = style_default();
	for (int i = 0; i < STYLE_COUNT; i++) /* patterns are not the font's, and slow to load */
		style.block[i].hyphenate = false;
	struct pictures *pictures = pictures_new();
	struct shaper *shaper = shaper_new(text);
	struct layout *layout = layout_new(&style, shaper, pictures);
	struct pdf *pdf = pdf_new(text, &style, str_lit("sample"), diags);
	struct letter *merged = merge(arena, &style, diags);
	struct pages *pages = layout_pages(
		layout_flow(layout, arena, merged, diags), &(struct layout_options){0});
	outline_all(shaper);
	if (!(pages && render(pdf, merged, pages, diags)) && !diags_failed(diags))
		abort();
	pdf_free(pdf);
	layout_free(layout);
	shaper_free(shaper);
	pictures_free(pictures);
	diags_free(diags);
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[64];
	int file = memfd_create("fuzz", MFD_CLOEXEC);
	if (file < 0 || !file_write_all(file, (const char *)data, size))
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	for (int index = 0; index <= 1 << 16; index += 1 << 16) {
		struct text *text = read_text(path, index);
		if (text)
			set(text);
		text_free(text);
	}
	close(file);
	return 0;
}
