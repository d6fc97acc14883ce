/* runs.c - glyphs of a paragraph → its runs, and where notes have their marks. */
#include "text/text_int.h"

#include <limits.h>

/* Language tags are few and mostly the same in neighbours. */
static struct str keep_lang(struct arena *arena, const struct run *before, struct str lang)
{
	return before && str_eq(before->lang, lang) ? before->lang : str_copy(arena, lang);
}

static struct run run_of(const struct span *span, const struct chain *chain, int face, int from)
{
	return (struct run){
		.face = face,
		.asked = chain->faces[0],
		.features = span->features,
		.node = span->node_offset,
		.from = from,
		.size = span->size,
		.rise = span->rise,
		.colour = span->colour,
	};
}

void shape_make_runs(
	const struct shaping *shaping, struct arena *arena, struct paragraph *paragraph)
{
	const struct flat *flat = shaping->flat;
	int most = flat->span_count + shaping->pieces.len, span = -1, piece = -1;
	int next_span = 0, next_piece = 0; /* the byte, the glyph where they begin */
	paragraph->runs = arena_take_array(arena, struct run, most);
	paragraph->marks = arena_take_array(arena, struct note_mark, flat->span_count);
	struct run *run = NULL;
	for (int i = 0; i < paragraph->glyph_count; i++) {
		int at = paragraph->glyphs[i].cluster, span_before = span;
		if (at < next_span && i < next_piece)
			continue;
		while (span + 1 < flat->span_count && flat->spans[span + 1].from <= at)
			span++;
		while (piece + 1 < shaping->pieces.len && shaping->pieces.at[piece + 1].from <= i)
			piece++;
		next_span = span + 1 < flat->span_count ? flat->spans[span + 1].from : INT_MAX;
		next_piece = piece + 1 < shaping->pieces.len ? shaping->pieces.at[piece + 1].from
							     : INT_MAX;
		const struct span *of = &flat->spans[span];
		struct str lang = keep_lang(arena, run, of->lang);
		run = &paragraph->runs[paragraph->run_count++];
		*run = run_of(of, &shaping->shaper->text->chains.at[of->chain],
			shaping->pieces.at[piece].face, i);
		run->level = shaping->pieces.at[piece].level;
		run->lang = lang;
		if (run > paragraph->runs)
			run[-1].to = i;
		bool same = paragraph->mark_count &&
			paragraph->marks[paragraph->mark_count - 1].node == of->node_offset;
		if (of->mark && span != span_before && !same)
			paragraph->marks[paragraph->mark_count++] = (struct note_mark){
				of->node_offset, i};
	}
	if (run)
		run->to = paragraph->glyph_count;
}
