/* shaper.c - the stages in order, and what one thread keeps between paragraphs: buffers, words that
 * were shaped, words that were hyphenated. None of it changes a result. */
#include "text/text_int.h"

#include <stdlib.h>

struct shaper *shaper_new(const struct text *text)
{
	struct shaper *shaper = heap_new(sizeof *shaper);
	*shaper = (struct shaper){
		.text = text,
		.scratch = arena_new(),
		.kept = arena_new(),
		.words = cache_new(),
		.tokens = cache_new(),
	};
	for (int i = 0; i < MAX_FAMILIES; i++)
		shaper->buffers[i] = hb_buffer_create();
	customs_index(&shaper->customs, shaper->kept);
	return shaper;
}

void shaper_free(struct shaper *shaper)
{
	if (!shaper)
		return;
	for (int i = 0; i < MAX_FAMILIES; i++)
		hb_buffer_destroy(shaper->buffers[i]);
	breakers_close(shaper);
	cache_free(shaper->words);
	cache_free(shaper->tokens);
	cache_free(shaper->outlines);
	cache_free(shaper->hyphens);
	cache_free(shaper->crossings);
	map_free(&shaper->customs.by_word);
	buf_free(&shaper->flat);
	buf_free(&shaper->glyphs);
	buf_free(&shaper->items);
	arena_free(shaper->kept);
	arena_free(shaper->scratch);
	free(shaper);
}

const struct text *shaper_text(const struct shaper *shaper)
{
	return shaper->text;
}

/* Without items. */
static struct paragraph *make(
	struct shaper *shaper, struct arena *arena, const struct flat *flat, struct diags *diags)
{
	struct paragraph *paragraph = arena_alloc(arena, sizeof *paragraph);
	shape(shaper, arena, flat, paragraph, diags);
	cuts_report(shaper, flat, diags);
	paragraph->wide = spacing_set(shaper->text, paragraph);
	return paragraph;
}

struct paragraph *text_shape(struct shaper *shaper, struct arena *arena, const struct node *owner,
	const struct shape_options *options, struct diags *diags)
{
	struct flat flat = flatten(shaper, arena, owner, options);
	struct breaking breaking = {options->hyphenate, options->loose};
	struct paragraph *paragraph = make(shaper, arena, &flat, diags);
	items_make(shaper, arena, paragraph, opportunities_find(shaper, &flat, breaking),
		options->hang);
	if (options->hyphenate)
		hyphenate_report(shaper, &flat, diags);
	arena_reset(shaper->scratch);
	return paragraph;
}

struct paragraph *text_shape_plain(struct shaper *shaper, struct arena *arena,
	struct plain_text plain, const struct text_style *style, struct diags *diags)
{
	int chain = regional_chain(shaper->text,
		text_find_chain(shaper->text, style, style->bold, style->italic), plain.lang);
	struct span span = {
		.chain = chain,
		.features = features_find(shaper, chain, &style->features),
		.size = style->size,
		.colour = style->colour,
		.lang = plain.lang,
	};
	struct flat flat = {.text = str_copy(arena, plain.text),
		.spans = &span,
		.span_count = plain.text.len > 0,
		.at = plain.at,
		.leftwards = plain.leftwards,
		.customs = &shaper->customs};
	struct paragraph *paragraph = make(shaper, arena, &flat, diags);
	arena_reset(shaper->scratch);
	return paragraph;
}
