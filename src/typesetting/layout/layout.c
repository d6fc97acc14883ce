/* layout.c - letter → pages. What is the same in every letter is kept here; the work is done by
 * flow.c (blocks), setting.c (paragraphs), break.c (lines), page.c (pages) and place.c (marks). */
#include "layout/flow_int.h"

#include "locale/locale.h"

#include "template/template.h"

static void make_cell_styles(struct layout *layout)
{
	const struct style *style = layout->style;
	layout->cell_style = arena_alloc(
		layout->kept, sizeof *layout->cell_style * (size_t)(style->variant_count + 1));
	for (int i = 0; i <= style->variant_count; i++)
		for (enum align align = ALIGN_LEFT; align <= ALIGN_JUSTIFY; align++)
			for (int header = 0; header <= 1; header++) {
				struct block_style *cell = &layout->cell_style[i][align][header];
				*cell = style->block[i ? STYLE_VARIANT + 2 * (i - 1) : TAG_CELL];
				cell->align = align;
				cell->text.bold |= header;
			}
}

static bool backs_words(const struct style *style)
{
	bool backs = false;
	for (int i = 0; i < style_count(style); i++)
		backs |= style->block[i].background != PAPER &&
			(i >= STYLE_VARIANT || i == TAG_SPAN || i == TAG_EM || i == TAG_STRONG);
	return backs;
}

struct layout *layout_new(
	const struct style *style, struct shaper *shaper, struct pictures *pictures)
{
	struct arena *kept = arena_new();
	struct layout *layout = arena_alloc(kept, sizeof *layout);
	*layout = (struct layout){.style = style,
		.shaper = shaper,
		.text = shaper_text(shaper),
		.pictures = pictures,
		.label_style = style->block[TAG_INFORMATION],
		.backs_words = backs_words(style),
		.kept = kept};
	layout->label_style.text.size = length_scale(
		layout->label_style.text.size, style->information.label_size, 1000);
	make_cell_styles(layout);
	return layout;
}

void layout_free(struct layout *layout)
{
	if (layout)
		arena_free(layout->kept);
}

/* The settings kept are those of one template; its nodes number them. */
static void keep_settings_of(struct layout *layout, const struct template *template)
{
	if (layout->template == template)
		return;
	layout->template = template;
	layout->settings = arena_new_array(layout->kept, struct setting *, template->node_count);
	memset(layout->labels, 0, sizeof layout->labels); /* another language's are as wide as
							     its figures */
}

static void set_notes(struct flow *flow)
{
	const struct block_style *style = &flow->style->block[TAG_NOTE];
	sp column = label_column(flow, LABEL_NOTE, flow->letter->note_count);
	bool leftwards = flow->letter->root->leftwards;
	for (int n = 0; n < flow->letter->note_count; n++) {
		const struct node *note = flow->letter->notes[n];
		struct frame frame = frame_of(flow, style, note);
		frame.sides = sides_within(
			flow->sides, leftwards, label_indent(style, column), style->indent_right);
		frame.label_edge = leftwards ? flow->sides.right - column
					     : flow->sides.left + column;
		frame.label_lang = flow->letter->lang;
		frame.label_leftwards = leftwards;
		letter_label(LABEL_NOTE, note->note_number, frame.label_lang, frame.label);
		const struct setting *setting = set_paragraph(flow, note, &frame);
		*vec_push(flow->arena, &flow->notes) = setting;
		*vec_push(flow->arena, &flow->feet) = (struct foot){
			setting->count, setting->leading, style->after};
	}
}

static struct mark_look note_label_look(const struct flow *flow)
{
	char one[FIGURES_SIZE];
	int at = 0;
	figures_write(1, flow->letter->lang, one);
	return text_mark_look(flow->layout->shaper, flow->style, &flow->style->block[TAG_NOTE].text,
		utf8_next(str_of(one), &at));
}

struct flow *layout_flow(struct layout *layout, struct arena *arena, const struct letter *letter,
	struct diags *diags)
{
	const struct style *style = layout->style;
	struct flow *flow = arena_alloc(arena, sizeof *flow);
	*flow = (struct flow){.layout = layout,
		.style = style,
		.arena = arena,
		.letter = letter,
		.diags = diags,
		.errors = diags_count(diags, SEVERITY_ERROR),
		.settings = arena_new_array(arena, struct setting *, letter->node_count),
		.sides = {style->margin_left, style->page_width - style->margin_right},
		.later_top = style->margin_top,
		.tail = -1,
		.signature = -1};
	flow->mark_look = note_label_look(flow);
	keep_settings_of(layout, letter->template);
	flow_push(flow, (struct slab){0}, (struct box){0});
	node_each (block, letter->root)
		if (block->tag == TAG_CONTINUATION)
			fixed_continuation(flow, block);
		else if (block->tag == TAG_FOOTER)
			footer_set(flow, block);
	footer_make_room(flow);
	flow_blocks(flow, letter->root);
	flow_mark_tail(flow);
	set_notes(flow);
	return flow;
}

struct pages *layout_pages(struct flow *flow, const struct layout_options *options)
{
	struct pages *pages = place_pages(flow, options);
	bool failed = diags_count(flow->diags, SEVERITY_ERROR) > flow->errors;
	if (failed)
		return options && options->anyway ? pages : NULL;
	order_check(flow, pages);
	touch_check(flow, pages);
	return pages;
}
