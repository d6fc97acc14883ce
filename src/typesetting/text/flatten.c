/* flatten.c - the inlines below an owner → one flat text and its spans.
 *
 * White space is folded as if there were no elements: a blank belongs to the node that has it
 * first, none stands at the start, the end or beside a br. A br is a blank of its own span, so that
 * a reader of the PDF finds two words where the eye finds two lines; one at either end is nothing.
 * A note is its number, with a comma before it behind another note, which may look otherwise.
 * Field, span and abbr leave no trace but their node. */
#include "text/text_int.h"

#include "base/ascii.h"

#include "locale/locale.h"

#define MINUS "\xE2\x88\x92" /* U+2212 */

struct flattener {
	struct shaper *shaper;
	const struct text *text;
	struct arena *scratch;
	struct buf *out;
	const struct node *owner;
	const struct shape_options *options;
	vec(struct span) spans;
	struct span blank; /* white space that is not written yet; .node is NULL for none */
};

/* What the elements around a text ask for. */
struct look {
	bool bold, italic, email;
	sp size, rise;
	uint32_t colour;
	struct features features;
};

static struct span span_of(
	const struct flattener *flattener, const struct node *node, const struct look *look)
{
	const struct text_style *style = flattener->options->text;
	int chain = regional_chain(flattener->text,
		text_find_chain(flattener->text, style, look->bold, look->italic), node->lang);
	return (struct span){
		.node = node,
		.node_offset = node->id - flattener->owner->id,
		.chain = chain,
		.features = features_find(flattener->shaper, chain, &look->features),
		.size = look->size,
		.rise = look->rise,
		.colour = look->colour,
		.lang = node->lang,
		.email = look->email,
	};
}

static void put(struct flattener *flattener, const struct span *span, struct str bytes)
{
	const struct span *last = flattener->spans.len
		? &flattener->spans.at[flattener->spans.len - 1]
		: NULL;
	if (!last || last->node != span->node || last->size != span->size ||
		last->rise != span->rise || last->features != span->features) {
		struct span *added = vec_push(flattener->scratch, &flattener->spans);
		*added = *span;
		added->from = (int)flattener->out->len;
	}
	buf_str(flattener->out, bytes);
}

static void put_blank(struct flattener *flattener)
{
	if (flattener->blank.node)
		put(flattener, &flattener->blank, str_lit(" "));
	flattener->blank.node = NULL;
}

static bool may_begin_blank(const struct flattener *flattener)
{
	return !flattener->blank.node && flattener->spans.len &&
		!flattener->spans.at[flattener->spans.len - 1].forced;
}

/* In a value, the minus is a hyphen where no face has it. */
static void put_words(struct flattener *flattener, const struct span *span, struct str words)
{
	const struct text *text = flattener->text;
	int at = span->node->holds > HOLDS_WORDS ? str_find(words, MINUS) : -1;
	if (at < 0 || chain_has(text, &text->chains.at[span->chain], 0x2212)) {
		put(flattener, span, words);
		return;
	}
	put(flattener, span, str_slice(words, 0, at));
	put(flattener, span, str_lit("-"));
	put_words(flattener, span, str_slice(words, at + (int)strlen(MINUS), words.len));
}

/* Where the words from a byte on end that have one blank between them each, as nearly all have. */
static int words_end(struct str text, int at)
{
	while (at < text.len && !ascii_is_space(text.at[at])) {
		while (at < text.len && !ascii_is_space(text.at[at]))
			at++;
		if (at + 1 < text.len && text.at[at] == ' ' && !ascii_is_space(text.at[at + 1]))
			at++;
	}
	return at;
}

static void add_text(struct flattener *flattener, const struct node *node, const struct look *look)
{
	struct span span = span_of(flattener, node, look);
	for (int at = 0; at < node->text.len;) {
		int from = at;
		at = words_end(node->text, at);
		if (at > from) {
			put_blank(flattener);
			put_words(flattener, &span, str_slice(node->text, from, at));
		} else {
			if (may_begin_blank(flattener))
				flattener->blank = span;
			at++;
		}
	}
}

static void add_break(struct flattener *flattener, const struct node *node, const struct look *look)
{
	if (!flattener->spans.len)
		return;
	struct span span = span_of(flattener, node, look);
	span.forced = true;
	flattener->blank.node = NULL;
	put(flattener, &span, str_lit(" "));
}

static void put_mark(struct flattener *flattener, const struct node *note,
	const struct text_style *around, struct str characters, uint32_t sign)
{
	struct mark_look mark = text_mark_look(
		flattener->shaper, flattener->options->style, around, sign);
	int chain = regional_chain(flattener->text,
		text_find_chain(flattener->text, around, around->bold, around->italic), note->lang);
	struct span span = {
		.node = note,
		.node_offset = note->id - flattener->owner->id,
		.chain = chain,
		.features = features_find(flattener->shaper, chain, &mark.style.features),
		.size = mark.style.size,
		.rise = mark.rise,
		.colour = around->colour,
		.lang = note->lang,
		.mark = true,
	};
	put(flattener, &span, characters);
}

static void add_mark(struct flattener *flattener, const struct node *note, const struct look *look)
{
	struct text_style around = *flattener->options->text;
	char number[FIGURES_SIZE], one[FIGURES_SIZE];
	struct str lang = node_root(note)->lang;
	int at = 0;
	around.bold = look->bold;
	around.italic = look->italic;
	around.colour = look->colour;
	around.features = look->features;
	figures_write(note->note_number, lang, number);
	figures_write(1, lang, one);
	put_blank(flattener);
	if (note->note_joins)
		put_mark(flattener, note, &around, str_lit(","), ',');
	put_mark(flattener, note, &around, str_of(number), utf8_next(str_of(one), &at));
}

/* What an inline asks for beyond the letter. */
static void add_features(
	struct features *features, const struct features *own, const struct features *base)
{
	if (features_same(own, base))
		return;
	for (int i = 0; i < own->count; i++) {
		const struct features one = {{own->at[i]}, 1};
		bool known = false;
		for (int k = 0; k < base->count && !known; k++)
			known = features_same(&one, &(struct features){{base->at[k]}, 1});
		if (!known)
			features_add(features, own->at[i]);
	}
}

/* Of a telephone number or a postcode the figures do not stand among words. */
static const struct feature lining = {HB_TAG('l', 'n', 'u', 'm'), 1, true};
static bool is_number(const struct node *node)
{
	return node->tag == TAG_LINK
		? str_starts(node_attribute(node, "href"), "tel:")
		: node->tag == TAG_FIELD && node->first && node->first->holds == HOLDS_CODE;
}

/* As a sup or a sub asks for, per mille of the size around it; within another they add up. */
static void shift(struct look *look, enum tag tag)
{
	enum { SIZE = 650, RISE = 350, FALL = 150 };
	look->rise += tag == TAG_SUP ? length_scale(look->size, RISE, 1000)
				     : -length_scale(look->size, FALL, 1000);
	look->size = length_scale(look->size, SIZE, 1000);
}

/* An inline's style counts where it differs from the letter's, so that a link in a bold heading
 * stays bold and in the heading's colour unless links have one of their own. */
static struct look look_below(
	const struct flattener *flattener, const struct node *node, struct look look)
{
	const struct style *style = flattener->options->style;
	const struct text_style *own = &style_block(style, node)->text;
	const struct text_style *base = &style->block[TAG_TEXT].text;
	look.bold |= own->bold && !base->bold;
	look.italic |= own->italic && !base->italic;
	look.email |= node->tag == TAG_EMAIL;
	if (own->colour != base->colour)
		look.colour = own->colour;
	if (node->tag == TAG_SPAN && own->size != base->size)
		look.size = length_scale(look.size, own->size, base->size);
	add_features(&look.features, &own->features, &base->features);
	if (node->tag == TAG_SUP || node->tag == TAG_SUB)
		shift(&look, node->tag);
	if (is_number(node))
		features_add(&look.features, lining);
	return look;
}

static void add_children(
	struct flattener *flattener, const struct node *parent, const struct look *look)
{
	node_each (child, parent) {
		if (child->tag == TAG_TEXT) {
			add_text(flattener, child, look);
		} else if (child->tag == TAG_BR) {
			add_break(flattener, child, look);
		} else if (child->tag == TAG_NOTE) {
			add_mark(flattener, child, look);
		} else {
			struct look inner = look_below(flattener, child, *look);
			add_children(flattener, child, &inner);
		}
	}
}

static void drop_last_breaks(struct flattener *flattener)
{
	while (flattener->spans.len && flattener->spans.at[flattener->spans.len - 1].forced)
		flattener->out->len = (size_t)flattener->spans.at[--flattener->spans.len].from;
}

struct flat flatten(struct shaper *shaper, struct arena *arena, const struct node *owner,
	const struct shape_options *options)
{
	struct flattener flattener = {
		.shaper = shaper,
		.text = shaper->text,
		.scratch = shaper->scratch,
		.out = &shaper->flat,
		.owner = owner,
		.options = options,
	};
	struct look look = {
		.bold = options->text->bold,
		.italic = options->text->italic,
		.email = owner->tag == TAG_EMAIL,
		.size = options->text->size,
		.colour = options->text->colour,
		.features = options->text->features,
	};
	buf_clear(&shaper->flat);
	add_children(&flattener, owner, &look);
	drop_last_breaks(&flattener);
	return (struct flat){
		.text = str_copy(arena, buf_text(&shaper->flat)),
		.spans = flattener.spans.at,
		.span_count = flattener.spans.len,
		.owner = owner,
		.leftwards = node_lines_run_leftwards(owner),
		.customs = &shaper->customs,
	};
}

int flat_span_end(const struct flat *flat, int span)
{
	return span + 1 < flat->span_count ? flat->spans[span + 1].from : flat->text.len;
}

struct usage flat_usage(const struct flat *flat, int span)
{
	return (struct usage){flat->customs, flat->spans[span].lang};
}
