/* setting.c - a paragraph → lines of marks.
 *
 * Most of a letter is the same for all recipients. A constant paragraph is shaped and broken once
 * for each frame that it is set in and each number that its first note may have, and kept for the
 * run; its marks name their nodes by distance from the paragraph's own, which is the same in every
 * letter. Nothing that came from a record is kept, because its memory goes with the letter. */
#include "layout/line_int.h"

#include "base/diag_id.h"

struct sides sides_within(struct sides sides, bool leftwards, sp begin, sp end)
{
	return (struct sides){
		sides.left + (leftwards ? end : begin), sides.right - (leftwards ? begin : end)};
}

struct frame frame_of(
	const struct flow *flow, const struct block_style *style, const struct node *node)
{
	return (struct frame){
		.sides = sides_within(flow->sides, node_lines_run_leftwards(node),
			style->indent_left, style->indent_right),
		.style = style,
		.text = &style->text,
		.leading = style->text.leading,
		.before = style->before,
		.after = style->after,
	};
}

/* Names the word, or as much of it as a message has room for; of: its node, less the owner's id. */
static void report_excess(const struct setter *setter, const struct line *line, int of)
{
	enum { MOST = 40 }; /* characters */
	struct diags *diags = setter->flow->diags;
	struct arena *arena = setter->flow->arena;
	const struct node *node = setter->flow->letter->nodes[setter->owner->id + of];
	const struct paragraph *paragraph = setter->paragraph;
	sp measure = setter->frame->sides.right - setter->frame->sides.left;
	int from = paragraph->glyphs[line->from].cluster, to = from;
	int end = line->to < paragraph->glyph_count ? paragraph->glyphs[line->to].cluster
						    : paragraph->text.len;
	for (int i = 0; i < MOST && to < end; i++)
		utf8_next(paragraph->text, &to);
	struct str word = str_format(arena, "%.*s%s", str_arg(str_slice(paragraph->text, from, to)),
		to < end ? "…" : "");
	diag_add(diags, LINE_WIDE, node->at, word.at, length_text(arena, line->excess).at,
		length_text(arena, measure).at);
	if (text_is_address(str_slice(paragraph->text, from, end)))
		diag_hint(diags,
			"give its column more room, or show other words for the address: "
			"<link href=\"…\">words</link>");
}

/* Per mille: what readers do not see. */
enum { MOST_EXPANSION = 20 };

/* A tenth of the measure, but no more than 2.5 em: the eye measures in letters. */
static sp tolerance_of(const struct frame *frame)
{
	sp tenth = (frame->sides.right - frame->sides.left) / 10, most = frame->text->size * 5 / 2;
	return tenth < most ? tenth : most;
}

static void set_lines(struct setter *setter)
{
	struct flow *flow = setter->flow;
	const struct frame *frame = setter->frame;
	struct break_options options = {
		.measure = frame->sides.right - frame->sides.left,
		.align = frame->style->align,
		.hyphen_penalty = flow->style->hyphen_penalty,
		.expansion = frame->style->expand && !setter->paragraph->wide ? MOST_EXPANSION : 0,
		.tolerance = tolerance_of(frame),
	};
	struct line *lines;
	struct setting *setting = setter->setting;
	setting->count = break_lines(flow->arena, setter->paragraph->items,
		setter->paragraph->item_count, &options, &lines);
	setting->lines = arena_new_array(setter->arena, struct set_line, setting->count);
	bool loose = false;
	for (int i = 0; i < setting->count; i++) {
		if (lines[i].to > lines[i].from) /* nothing is behind it */
			setter->paragraph->glyphs[lines[i].to - 1].joint = JOINT_FIXED;
		setting->lines[i] = line_set(setter, &lines[i], i == 0);
		if (setting->lines[i].excess > 0)
			report_excess(setter, &lines[i], setting->lines[i].node);
		loose |= setting->lines[i].loose;
	}
	if (loose)
		diag_add0(flow->diags, LINE_LOOSE, setter->owner->at);
}

/* Whether what stands beside the line is on the paper all the same: no mark is wider than an em. */
static bool may_hang(const struct flow *flow, const struct frame *frame)
{
	sp em = frame->text->size;
	const struct block_style *style = frame->style;
	bool hang = style->hang == HANG_YES ||
		(style->hang == HANG_JUSTIFIED && style->align == ALIGN_JUSTIFY);
	return hang && frame->sides.left >= em &&
		flow->style->page_width - frame->sides.right >= em;
}

static struct setting *set_new(
	struct flow *flow, struct arena *arena, const struct node *owner, const struct frame *frame)
{
	struct shape_options options = {.style = flow->style,
		.text = frame->text,
		.hyphenate = frame->style->hyphenate,
		.loose = frame->style->loose,
		.hang = may_hang(flow, frame)};
	struct setting *setting = arena_alloc(arena, sizeof *setting);
	setting->frame = *frame;
	setting->leading = frame->leading;
	struct setter setter = {
		.flow = flow,
		.arena = arena,
		.owner = owner,
		.frame = frame,
		.setting = setting,
		.baseline = line_baseline(flow->layout->text,
			text_style_face(flow->layout->text, frame->text), frame->text->size,
			frame->leading),
	};
	setter.paragraph = text_shape(flow->layout->shaper, arena, owner, &options, flow->diags);
	set_lines(&setter);
	return setting;
}

static bool is_kept(const struct node *owner)
{
	if (!owner->constant || !owner->origin)
		return false;
	for (const struct node *node = owner; node; node = node->parent)
		if (node->tag == TAG_FIELD)
			return false;
	return true;
}

static bool same_frame(const struct frame *a, const struct frame *b)
{
	return a->sides.left == b->sides.left && a->sides.right == b->sides.right &&
		a->style == b->style && a->text == b->text && a->leading == b->leading &&
		a->first_note == b->first_note && a->label_node == b->label_node &&
		a->label_edge == b->label_edge && strcmp(a->label, b->label) == 0;
}

static int first_note_below(const struct node *owner)
{
	for (const struct node *node = owner->first; node; node = node_following(node, owner))
		if (node->tag == TAG_NOTE)
			return node->note_number;
	return 0;
}

const struct setting *set_paragraph(
	struct flow *flow, const struct node *owner, const struct frame *given)
{
	struct frame frame = *given;
	frame.first_note = first_note_below(owner);
	if (!is_kept(owner))
		return set_new(flow, flow->arena, owner, &frame);
	struct setting **kept = &flow->layout->settings[owner->origin->id];
	for (struct setting *setting = *kept; setting; setting = setting->next)
		if (same_frame(&setting->frame, &frame))
			return setting;
	struct arena_mark mark = arena_save(flow->layout->kept);
	int findings = diags_len(flow->diags);
	struct setting *setting = set_new(flow, flow->layout->kept, owner, &frame);
	if (diags_len(flow->diags) > findings) {
		/* Not kept, so that every letter reports it. */
		diags_truncate(flow->diags, findings);
		arena_restore(flow->layout->kept, mark);
		return set_new(flow, flow->arena, owner, &frame);
	}
	setting->next = *kept;
	return *kept = setting;
}
