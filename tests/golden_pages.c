/* golden_pages.c - a letter's pages, and its twins. The pages are set in the fake font, so a case
 * does not change with the fonts of a machine. */
#include "golden.h"
#include "layout/layout.h"
#include "twin/twin.h"

void golden_pages(struct golden_case *golden, struct buf *out)
{
	struct diags *diags = diags_new();
	const struct style *style = golden_style(golden, diags);
	struct letter *letter = golden_letter(golden, diags);
	if (style && letter && !letter_apply_style(golden->arena, letter, style, NULL, diags))
		letter = NULL;
	struct text *text = text_new_fake();
	struct shaper *shaper = shaper_new(text);
	struct pictures *pictures = pictures_new();
	struct layout *layout = style ? layout_new(style, shaper, pictures) : NULL;
	struct str seal = str_trim(golden_bytes(golden, ".seal"));
	const struct layout_options options = {
		.seal = seal.len ? str_copy(golden->arena, seal).at : NULL};
	const struct pages *pages = layout && letter
		? layout_pages(layout_flow(layout, golden->arena, letter, diags), &options)
		: NULL;
	if (pages)
		pages_dump(pages, out);
	golden_findings(diags, out);
	layout_free(layout);
	pictures_free(pictures);
	shaper_free(shaper);
	text_free(text);
	diags_free(diags);
}

void golden_twins(struct golden_case *golden, struct buf *out)
{
	struct diags *diags = diags_new();
	const struct style *style = golden_style(golden, diags);
	struct letter *letter = golden_letter(golden, diags);
	if (style && letter && !letter_apply_style(golden->arena, letter, style, NULL, diags))
		letter = NULL;
	struct pictures *pictures = pictures_new();
	struct buf twin = {0};
	if (style && letter) {
		twin_text(letter, &twin);
		buf_put(out, twin.at, twin.len);
		buf_puts(out, "----\n");
		twin_html(letter, style, pictures, &twin, diags);
		buf_put(out, twin.at, twin.len);
	}
	golden_findings(diags, out);
	buf_free(&twin);
	pictures_free(pictures);
	diags_free(diags);
}
