/* flow.c - blocks → one endless column of slabs, in reading order, with the price of a page break
 * before each of them. What a page is, page.c decides; what stands at a fixed place, fixed.c. */
#include "layout/flow_int.h"

#include "base/diag_id.h"

#include <assert.h>

/* Prices of a page break, beside SLAB_KEEP; an empty tenth of a page costs 300 (page.c). */
enum {
	BREAK_IN_PARAGRAPH = 60,
	BREAK_AFTER_HYPHEN = 100,
	BREAK_IN_NAME = 1000,
	BREAK_BEFORE_SLIP = 1500, /* text comes along */
	BREAK_TWICE_KEPT = 5000,  /* above SLAB_KEEP: where two rules would be broken */
	BREAK_BEFORE_ALL = 20000
};

/* Lines of text that must follow a heading, or stand above a close, on the same page. */
enum { LINES_WITH_HEADING = 2, LINES_WITH_CLOSE = 2 };

int flow_push(struct flow *flow, struct slab slab, struct box box)
{
	if (flow->space > slab.before)
		slab.before = flow->space;
	if (flow->slabs.len <= 1) {
		slab.before = 0;
		slab.break_cost = flow->slabs.len ? BREAK_BEFORE_ALL : 0;
	}
	bool kept = flow->keep > 0;
	if (kept) {
		slab.break_cost = SLAB_KEEP;
		flow->keep--;
	}
	if (flow->turns && flow->slabs.len) {
		slab.turns = true;
		slab.break_cost = kept ? SLAB_KEEP : 0;
		flow->turns = false;
	}
	flow->space = 0;
	*vec_push(flow->arena, &flow->slabs) = slab;
	*vec_push(flow->arena, &flow->boxes) = box;
	*vec_push(flow->arena, &flow->heads) = (struct head){0};
	return flow->slabs.len - 1;
}

/* -- paragraphs -------------------------------------------------------------------------------- */

/* At least two lines of a paragraph stand on either side of a page break. */
static int line_break_cost(const struct setting *setting, int line)
{
	if (line == 0)
		return 0;
	if (line == 1 || line == setting->count - 1)
		return SLAB_KEEP;
	return setting->lines[line - 1].parts_name ? BREAK_IN_NAME
		: setting->lines[line - 1].hyphen  ? BREAK_AFTER_HYPHEN
						   : BREAK_IN_PARAGRAPH;
}

static void put_paragraph(struct flow *flow, const struct node *owner, const struct frame *given)
{
	struct frame frame = *given;
	if (flow->label.text[0]) {
		memcpy(frame.label, flow->label.text, sizeof frame.label);
		frame.label_node = flow->label.item->id - owner->id;
		frame.label_lang = flow->label.item->parent->lang;
		frame.label_leftwards = flow->label.item->parent->leftwards;
		frame.label_edge = frame.label_leftwards ? flow->label.sides.left
							 : flow->label.sides.right;
		flow->label.text[0] = '\0';
	}
	const struct setting *setting = set_paragraph(flow, owner, &frame);
	for (int i = 0; i < setting->count; i++) {
		struct slab slab = {
			.height = setting->leading,
			.before = i == 0 ? frame.before : 0,
			.break_cost = line_break_cost(setting, i),
			.notes = setting->lines[i].notes,
			.is_line = true,
			.goes_on = i > 0,
		};
		struct box box = setting->lines[i].box;
		box.owner = owner->id;
		flow_push(flow, slab, box);
	}
	flow->space = frame.after;
}

static const struct block_style *style_of(const struct flow *flow, const struct node *block)
{
	return style_block(flow->style, block);
}

/* A paragraph in a list item or a quotation looks as these do; their indents are made already. */
static bool looks_as_parent(const struct flow *flow, const struct node *block)
{
	enum tag parent = block->parent ? block->parent->tag : TAG_LETTER;
	return block->tag == TAG_P && (parent == TAG_LI || parent == TAG_QUOTE) &&
		!style_has_variant(flow->style, block);
}

static void flow_text(struct flow *flow, const struct node *block)
{
	bool inside = looks_as_parent(flow, block);
	struct frame frame = frame_of(
		flow, inside ? style_of(flow, block->parent) : style_of(flow, block), block);
	if (inside)
		frame.sides = flow->sides;
	put_paragraph(flow, block, &frame);
}

/* A short text that no page break divides. */
static void flow_whole(struct flow *flow, const struct node *block)
{
	int first = flow->slabs.len;
	flow_text(flow, block);
	for (int i = first + 1; i < flow->slabs.len; i++)
		flow->slabs.at[i].break_cost = SLAB_KEEP;
}

static void flow_heading(struct flow *flow, const struct node *block)
{
	flow_whole(flow, block);
	flow->keep = LINES_WITH_HEADING;
}

/* No page ends below it. */
static void flow_salutation(struct flow *flow, const struct node *block)
{
	flow_whole(flow, block);
	flow->keep = 1;
}

/* A picture, a code or a row that is as high as the text with a close. */
static bool ends_high(const struct flow *flow)
{
	const struct slab *last = flow->slabs.len ? &flow->slabs.at[flow->slabs.len - 1] : NULL;
	return last && !last->is_line &&
		last->height >= LINES_WITH_CLOSE * flow->style->block[TAG_P].text.leading;
}

/* The close, and the signature after it, stand with two lines of text, or what is as high. */
static void flow_closing(struct flow *flow, const struct node *block)
{
	int with = ends_high(flow) ? 1 : LINES_WITH_CLOSE;
	for (int i = flow->slabs.len - with + 1; i < flow->slabs.len; i++)
		if (i > 1)
			flow->slabs.at[i].break_cost = SLAB_KEEP;
	flow->keep = 1;
	flow_whole(flow, block);
	flow->keep = 1;
}

static void flow_lines(struct flow *flow, const struct node *block)
{
	const struct block_style *style = style_of(flow, block);
	flow->space = flow->space > style->before ? flow->space : style->before;
	struct frame frame = frame_of(flow, style, block);
	frame.before = frame.after = 0;
	node_each (line, block) {
		struct frame own = line_frame(flow, line, &frame);
		put_paragraph(flow, line, &own);
		flow->keep = line->next != NULL;
	}
	flow->space = style->after;
}

/* No page shall end between the slabs from the first on; where one must, what was dear before still
 * is. */
static void flow_together(struct flow *flow, int first)
{
	for (int i = first + 1; i < flow->slabs.len; i++) {
		struct slab *slab = &flow->slabs.at[i];
		int within = slab->break_cost;
		slab->break_cost = SLAB_KEEP + (within < SLAB_KEEP ? within : BREAK_TWICE_KEPT);
	}
}

/* -- other blocks ------------------------------------------------------------------------------ */

static void flow_quote(struct flow *flow, const struct node *block)
{
	const struct block_style *style = style_of(flow, block);
	struct sides sides = flow->sides;
	flow->sides = sides_within(
		sides, block->leftwards, style->indent_left, style->indent_right);
	flow_blocks(flow, block);
	flow->sides = sides;
}

/* It parts what is above it from what is below, so it opens no page. */
static void flow_rule(struct flow *flow, const struct node *block)
{
	const struct block_style *style = style_of(flow, block);
	struct box box = {.owner = block->id};
	struct sides sides = sides_within(
		flow->sides, block->leftwards, style->indent_left, style->indent_right);
	struct mark mark = {
		.kind = MARK_RULE,
		.artifact = ARTIFACT_LAYOUT,
		.node = -1,
		.x = sides.left,
		.width = sides.right - sides.left,
		.height = style->space,
		.colour = style->text.colour,
	};
	box_mark(flow->arena, &box, mark);
	flow_push(flow,
		(struct slab){
			.height = style->space, .before = style->before, .break_cost = SLAB_KEEP},
		box);
	flow->space = style->after;
}

/* Across the whole paper. */
static struct box cutting_line(struct flow *flow, const struct block_style *style)
{
	enum { DASH = 6 * SP_PER_PT, STEP = 10 * SP_PER_PT };
	struct box box = {0};
	for (sp x = 0; style->space && x + DASH <= flow->style->page_width; x += STEP)
		box_mark(flow->arena, &box,
			(struct mark){.kind = MARK_RULE,
				.artifact = ARTIFACT_LAYOUT,
				.node = -1,
				.x = x,
				.width = DASH,
				.height = style->space,
				.colour = style->text.colour});
	return box;
}

/* So high and as wide as the paper, down to its edge. */
static void put_columns(struct flow *flow, const struct node *slip, struct box *box)
{
	sp height = style_of(flow, slip)->place.height;
	if (!height)
		diag_add0(flow->diags, COLUMN_PLACE, slip->at);
	node_each (column, slip) {
		int first = box->marks.len;
		if (column->tag != TAG_COLUMN) {
			diag_add(flow->diags, SLIP_MIXED, column->at, tag_element(column->tag));
			continue;
		}
		column_place(flow, column,
			(struct area){.right = flow->style->page_width, .bottom = height}, box);
		check_overlap(flow, box, column, first);
	}
}

static bool has_columns(const struct node *slip)
{
	node_each (block, slip)
		if (block->tag == TAG_COLUMN)
			return true;
	return false;
}

static void flow_columns(struct flow *flow, const struct node *slip)
{
	const struct block_style *style = style_of(flow, slip);
	struct box box = cutting_line(flow, style);
	box.owner = slip->id;
	put_columns(flow, slip, &box);
	flow_push(flow,
		(struct slab){.height = style->place.height,
			.before = style->before,
			.break_cost = BREAK_BEFORE_SLIP,
			.sinks = true,
			.ends_paper = true},
		box);
	flow->space = 0;
	flow->turns = true;
}

/* One piece, at the foot of its page, of which it is the end. */
static void flow_slip(struct flow *flow, const struct node *block)
{
	const struct block_style *style = style_of(flow, block);
	if (has_columns(block)) {
		flow_columns(flow, block);
		return;
	}
	struct box line = cutting_line(flow, style);
	struct sides sides = flow->sides;
	line.owner = block->id;
	int first = flow_push(flow,
		(struct slab){.height = style->space,
			.before = style->before,
			.break_cost = BREAK_BEFORE_SLIP,
			.sinks = true},
		line);
	flow->space = style->after;
	flow->keep = 1;
	flow->sides = sides_within(
		sides, block->leftwards, style->indent_left, style->indent_right);
	flow_blocks(flow, block);
	flow_together(flow, first);
	flow->sides = sides;
	flow->space = 0;
	flow->turns = true;
}

/* With what comes next, if anything does, a page begins. */
static void flow_page_break(struct flow *flow, const struct node *block)
{
	(void)block;
	flow->turns = true;
}

static void (*const flow_of[TAG_COUNT])(struct flow *flow, const struct node *block) = {
	[TAG_REFERENCE] = flow_text,
	[TAG_DATE] = flow_text,
	[TAG_INFORMATION] = flow_information,
	[TAG_RETURN_ADDRESS] = flow_text,
	[TAG_ADDRESS] = flow_lines,
	[TAG_SALUTATION] = flow_salutation,
	[TAG_SUBJECT] = flow_heading,
	[TAG_HEADING] = flow_heading,
	[TAG_P] = flow_text,
	[TAG_UL] = flow_list,
	[TAG_OL] = flow_list,
	[TAG_TABLE] = flow_table,
	[TAG_IMAGE] = flow_image,
	[TAG_BARCODE] = flow_barcode,
	[TAG_QUOTE] = flow_quote,
	[TAG_RULE] = flow_rule,
	[TAG_PAGE_BREAK] = flow_page_break,
	[TAG_SLIP] = flow_slip,
	[TAG_CLOSING] = flow_closing,
	[TAG_SIGNATURE] = flow_signature,
	[TAG_SIGNATURES] = flow_signatures,
	[TAG_INITIALS] = flow_text,
	[TAG_ENCLOSURES] = flow_lines,
	[TAG_COPIES] = flow_lines,
	[TAG_POSTSCRIPT] = flow_text,
};

/* -- what stands together ---------------------------------------------------------------------- */

/* As the letter says of the block, else its style. */
static enum keep keep_of(const struct flow *flow, const struct node *block)
{
	static const char *const words[] = {"no", "together", "with-next", "both"};
	struct str own = node_attribute(block, "keep");
	for (int keep = KEEP_NO; own.at && keep <= KEEP_BOTH; keep++)
		if (str_is(own, words[keep]))
			return (enum keep)keep;
	return style_of(flow, block)->keep;
}

void flow_keep(struct flow *flow, const struct node *block, int first)
{
	enum keep keep = keep_of(flow, block);
	if (first >= flow->slabs.len)
		return;
	if (keep & KEEP_TOGETHER)
		flow_together(flow, first);
	if (keep & KEEP_NEXT && flow->keep < 1)
		flow->keep = 1;
}

/* What a letter ends with that is no text of it; a slip may stand below. */
static bool is_tail(const struct node *block)
{
	return block->tag == TAG_ENCLOSURES || block->tag == TAG_COPIES ||
		block->tag == TAG_INITIALS;
}

static void follow_tail(struct flow *flow, const struct node *block, int first)
{
	if (first == flow->slabs.len)
		return;
	if (!is_tail(block))
		flow->tail = block->tag == TAG_SLIP ? flow->tail : -1;
	else if (flow->tail < 0)
		flow->tail = first;
}

void flow_mark_tail(struct flow *flow)
{
	for (int i = flow->tail; i > 0 && i < flow->slabs.len && !flow->slabs.at[i].sinks; i++)
		flow->slabs.at[i].tail = true;
}

static void flow_block(struct flow *flow, const struct node *block)
{
	if (style_is_backed(style_of(flow, block)) && !looks_as_parent(flow, block))
		flow_backed(flow, block, flow_of[block->tag]);
	else
		flow_of[block->tag](flow, block);
}

void flow_blocks(struct flow *flow, const struct node *parent)
{
	node_each (block, parent) {
		int first = flow->slabs.len;
		if (fixed_holds(flow, block))
			fixed_block(flow, block);
		else if (flow_of[block->tag])
			flow_block(flow, block);
		flow_keep(flow, block, first);
		if (parent == flow->letter->root)
			follow_tail(flow, block, first);
	}
}
