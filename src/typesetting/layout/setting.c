/* setting.c - a paragraph → lines of marks.
 *
 * Most of a letter is the same for all recipients. A constant paragraph is shaped and broken once
 * for each frame that it is set in and each number that its first note may have, and kept for the
 * run; its marks name their nodes by distance from the paragraph's own, which is the same in every
 * letter. What came from a record is kept for the letter alone, because its memory goes with it. */
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

static struct str text_of_line(const struct paragraph *paragraph, const struct line *line)
{
	int from = paragraph->glyphs[line->from].cluster;
	int to = line->to < paragraph->glyph_count ? paragraph->glyphs[line->to].cluster
						   : paragraph->text.len;
	return str_slice(paragraph->text, from, to);
}

/* As much of it as a message has room for. */
static const char *in_short(struct arena *arena, struct str text)
{
	enum { MOST = 40 }; /* characters */
	int to = 0;
	for (int i = 0; i < MOST && to < text.len; i++)
		utf8_next(text, &to);
	return str_format(
		arena, "%.*s%s", str_arg(str_slice(text, 0, to)), to < text.len ? "…" : "")
		.at;
}

/* Where the i-th line begins in its file. */
static struct place place_of_line(const struct setter *setter, int i)
{
	int node = setter->owner->id + setter->setting->lines[i].node;
	return setter->flow->letter->nodes[node]->at;
}

static void report_excess(const struct setter *setter, const struct line *line, struct place at)
{
	struct diags *diags = setter->flow->diags;
	struct arena *arena = setter->flow->arena;
	sp measure = setter->frame->sides.right - setter->frame->sides.left;
	struct str word = text_of_line(setter->paragraph, line);
	diag_add(diags, LINE_WIDE, at, in_short(arena, word), length_text(arena, line->excess).at,
		length_text(arena, measure).at);
	if (text_is_address(word))
		diag_hint(diags,
			"give its column more room, or show other words for the address: "
			"<link href=\"…\">words</link>");
}

static bool is_forced(const struct item *item)
{
	return item->kind == ITEM_PENALTY && item->penalty <= ITEM_FORCED;
}

/* One word, or the rest of one, behind a line that is full: it has nothing that gives, as Chinese
 * has. */
static bool is_left_over(const struct paragraph *paragraph, const struct line *line)
{
	const struct item *items = paragraph->items;
	if (!is_forced(&items[line->last]) || is_forced(&items[line[-1].last]))
		return false;
	for (int i = line->first; i < line->last; i++)
		if (items[i].kind == ITEM_GLUE)
			return false;
	return true;
}

/* Running text: in headings and narrow columns a word stands alone now and then. */
static bool is_running(const struct node *owner)
{
	return owner->tag == TAG_P || owner->tag == TAG_LI || owner->tag == TAG_NOTE;
}

static void report_alone(const struct setter *setter, const struct line *line, struct place at)
{
	struct str word = text_of_line(setter->paragraph, line);
	diag_add(setter->flow->diags, LINE_ALONE, at, in_short(setter->flow->arena, word));
}

/* The word that a line ends in. */
static struct str last_word(const struct paragraph *paragraph, const struct line *line)
{
	struct str text = paragraph->text;
	int from = paragraph->glyphs[line->to].cluster, to = from;
	while (from > 0 && text.at[from - 1] != ' ')
		from--;
	while (to < text.len && text.at[to] != ' ')
		to++;
	return str_slice(text, from, to);
}

static void report_name(const struct setter *setter, const struct line *line, struct place at)
{
	struct str word = last_word(setter->paragraph, line);
	diag_add(setter->flow->diags, LINE_NAME, at, in_short(setter->flow->arena, word));
}

/* What is beside the blank that a line ends at. */
static void report_number(const struct setter *setter, const struct line *line, struct place at)
{
	struct str text = setter->paragraph->text, last = last_word(setter->paragraph, line);
	int to = (int)(last.at - text.at) + last.len + 1;
	while (to < text.len && text.at[to] != ' ')
		to++;
	last.len = (int)(text.at + to - last.at);
	diag_add(setter->flow->diags, LINE_NUMBER, at, in_short(setter->flow->arena, last));
}

/* What could not be done better, of the i-th line. */
static void report_line(const struct setter *setter, const struct line *line, int i)
{
	struct place at = place_of_line(setter, i);
	if (line->excess > 0)
		report_excess(setter, line, at);
	if (line->in_name)
		report_name(setter, line, at);
	if (line->in_number)
		report_number(setter, line, at);
	if (i > 0 && is_running(setter->owner) && is_left_over(setter->paragraph, line))
		report_alone(setter, line, at);
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
		report_line(setter, &lines[i], i);
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
		a->label_edge == b->label_edge && a->label_leftwards == b->label_leftwards &&
		str_eq(a->label_lang, b->label_lang) && strcmp(a->label, b->label) == 0;
}

static int first_note_below(const struct node *owner)
{
	for (const struct node *node = owner->first; node; node = node_following(node, owner))
		if (node->tag == TAG_NOTE)
			return node->note_number;
	return 0;
}

static struct setting *find_setting(struct setting *among, const struct frame *frame)
{
	while (among && !same_frame(&among->frame, frame))
		among = among->next;
	return among;
}

/* In this letter it may be asked for again, to be measured first. */
static const struct setting *set_for_letter(
	struct flow *flow, const struct node *owner, const struct frame *frame)
{
	struct setting **set = &flow->settings[owner->id];
	struct setting *known = find_setting(*set, frame);
	if (known)
		return known;
	struct setting *setting = set_new(flow, flow->arena, owner, frame);
	setting->next = *set;
	return *set = setting;
}

const struct setting *set_paragraph(
	struct flow *flow, const struct node *owner, const struct frame *given)
{
	struct frame frame = *given;
	frame.first_note = first_note_below(owner);
	if (!is_kept(owner))
		return set_for_letter(flow, owner, &frame);
	struct setting **kept = &flow->layout->settings[owner->origin->id];
	struct setting *known = find_setting(*kept, &frame);
	if (known)
		return known;
	struct arena_mark mark = arena_save(flow->layout->kept);
	struct diags *all = flow->diags;
	flow->diags = diags_new(); /* what was said before is found again */
	struct setting *setting = set_new(flow, flow->layout->kept, owner, &frame);
	bool any = diags_len(flow->diags) > 0;
	diags_free(flow->diags);
	flow->diags = all;
	if (any) {
		/* Not kept, so that every letter reports it. */
		arena_restore(flow->layout->kept, mark);
		return set_for_letter(flow, owner, &frame);
	}
	setting->next = *kept;
	return *kept = setting;
}
