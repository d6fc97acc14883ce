/* line.c - one broken line → marks: a mark a run, the hyphen, underlines, the areas of links, and
 * on a paragraph's first line its label. The space at a line's end is set too, outside the measure,
 * so that whoever reads the page's text finds words apart. */
#include "layout/line_int.h"

static sp scaled(int units, sp size, const struct face *face)
{
	return length_scale(units, size, face->units_per_em);
}

sp line_baseline(const struct text *text, int face_index, sp size, sp leading)
{
	const struct face *face = text_face(text, face_index);
	sp ascent = scaled(face->ascent, size, face), descent = scaled(-face->descent, size, face);
	return (leading - ascent - descent) / 2 + ascent;
}

/* The link around a run, or the note whose mark it is; NULL for neither. */
static const struct node *find_link(const struct setter *setter, const struct run *run)
{
	const struct node *owner = setter->owner;
	const struct node *node = setter->flow->letter->nodes[owner->id + run->node];
	for (; node && node != owner; node = node->parent)
		if (node->tag == TAG_LINK || node->tag == TAG_EMAIL || node->tag == TAG_NOTE)
			return node;
	return NULL;
}

/* The words around a run that have a background; NULL: none. Most styles have none. */
static const struct block_style *find_background(const struct setter *setter, const struct run *run)
{
	const struct flow *flow = setter->flow;
	if (!flow->layout->backs_words)
		return NULL;
	const struct node *owner = setter->owner;
	const struct node *node = flow->letter->nodes[owner->id + run->node];
	for (; node && node != owner; node = node->parent)
		if (tag_class(node->tag) == CLASS_INLINE &&
			style_block(flow->style, node)->background != PAPER)
			return style_block(flow->style, node);
	return NULL;
}

static bool goes_on(const struct mark *last, const struct mark *back)
{
	return last->artifact == ARTIFACT_BACKGROUND && last->colour == back->colour &&
		last->y == back->y && last->height == back->height &&
		(length_sum(last->x, last->width) == back->x ||
			length_sum(back->x, back->width) == last->x);
}

/* As high as the face; what stands side by side is one piece. */
static void add_background(struct setter *setter, const struct run *run, sp left, sp width)
{
	const struct block_style *style = find_background(setter, run);
	if (!style)
		return;
	const struct face *face = text_face(setter->flow->layout->text, run->face);
	sp top = setter->baseline - run->rise - scaled(face->ascent, run->size, face);
	struct mark back = {.kind = MARK_RULE,
		.artifact = ARTIFACT_BACKGROUND,
		.node = -1,
		.x = left,
		.y = top,
		.width = width,
		.height = scaled(face->ascent - face->descent, run->size, face),
		.colour = style->background};
	for (int i = setter->line.marks.len - 1; i >= 0; i--) {
		struct mark *last = &setter->line.marks.at[i];
		if (!goes_on(last, &back))
			continue;
		last->x = back.x < last->x ? back.x : last->x;
		last->width = length_sum(last->width, back.width);
		return;
	}
	box_mark(setter->arena, &setter->line, back);
}

static struct link_area *last_link(struct setter *setter)
{
	return &setter->line.links.at[setter->line.links.len - 1];
}

/* Widens a link's area by what stands right beside it; false: it stands elsewhere. */
static bool join_areas(struct link_area *area, sp left, sp right)
{
	if (area->right == left)
		area->right = right;
	else if (area->left == right)
		area->left = left;
	else
		return false;
	return true;
}

/* A link's parts that stand side by side on one line make one area. */
static void add_link(
	struct setter *setter, const struct node *link, const struct run *run, sp left, sp right)
{
	int node = link->id - setter->owner->id;
	if (setter->line.links.len && last_link(setter)->node == node &&
		join_areas(last_link(setter), left, right))
		return;
	const struct face *face = text_face(setter->flow->layout->text, run->face);
	sp baseline = setter->baseline - run->rise;
	*vec_push(setter->arena, &setter->line.links) = (struct link_area){
		.node = node,
		.role = link->tag == TAG_NOTE ? ROLE_NOTE_MARK : ROLE_CONTENT,
		.left = left,
		.top = baseline - scaled(face->ascent, run->size, face),
		.right = right,
		.bottom = baseline - scaled(face->descent, run->size, face),
	};
}

/* A note's mark is set in small raised digits, but read and copied as superscript ones: its glyphs
 * stand for those. */
static void read_as_mark(struct setter *setter, struct mark *mark)
{
	char text[NOTE_MARK_SIZE];
	int from = mark->glyph_count ? mark->glyphs[0].cluster : mark->text_to;
	letter_superscript(str_slice(mark->text, from, mark->text_to), text);
	mark->text = str_copy(setter->arena, str_of(text));
	struct glyph *glyphs = arena_new_array(setter->arena, struct glyph, mark->glyph_count);
	int at = 0;
	for (int i = 0; i < mark->glyph_count && at < mark->text.len; i++) {
		glyphs[i] = mark->glyphs[i];
		glyphs[i].cluster = at;
		utf8_next(mark->text, &at);
	}
	mark->glyphs = glyphs;
	mark->text_to = mark->text.len;
}

/* A mark in the look of a run; where it stands and what it shows is to be added. */
static struct mark mark_of(const struct run *run)
{
	return (struct mark){
		.kind = MARK_GLYPHS,
		.node = run->node,
		.height = run->size,
		.colour = run->colour,
		.face = run->face,
		.asked = run->asked,
		.lang = run->lang,
	};
}

static void show_glyphs(struct mark *mark, const struct paragraph *paragraph, int from, int to)
{
	mark->glyphs = paragraph->glyphs + from;
	mark->glyph_count = to - from;
	mark->text = paragraph->text;
	mark->text_to = to < paragraph->glyph_count ? paragraph->glyphs[to].cluster
						    : paragraph->text.len;
}

static struct mark mark_of_part(
	const struct setter *setter, struct part part, sp x, struct give give)
{
	struct mark mark = mark_of(part.run);
	mark.x = x;
	mark.y = setter->baseline - part.run->rise;
	mark.width = part_width(setter->flow->layout->text, part, part.tail, give);
	mark.space = give.space;
	mark.expansion = give.expansion;
	mark.leftwards = part.leftwards;
	mark.shifted = part.paragraph->shifted;
	show_glyphs(&mark, part.paragraph, part.from, part.tail);
	return mark;
}

/* Sets a part at x; gives the x behind it. */
static sp add_part(struct setter *setter, struct part part, sp x, struct give give)
{
	const struct node *link = find_link(setter, part.run);
	struct mark mark = mark_of_part(setter, part, x, give);
	if (link && link->tag == TAG_NOTE) {
		mark.role = ROLE_NOTE_MARK;
		read_as_mark(setter, &mark);
	}
	box_mark(setter->arena, &setter->line, mark);
	sp width = part.to == part.tail
		? mark.width
		: part_width(setter->flow->layout->text, part, part.to, give);
	sp seen = length_sum(width, width_expanded(part.ending, give.expansion));
	sp left = part.leftwards ? length_sum(x, (int64_t)mark.width - seen) : x;
	if (part.to > part.from)
		add_background(setter, part.run, left, seen);
	if (link && part.to > part.from) {
		sp right = length_sum(left, seen);
		add_link(setter, link, part.run, left, right);
		if (link->tag != TAG_NOTE && setter->flow->style->underline_links)
			underline_add(setter, part.run, &mark, left, right);
	}
	return length_sum(x, mark.width);
}

static void add_hyphen(struct setter *setter, const struct run *run, const struct line *line, sp x)
{
	const struct text *text = setter->flow->layout->text;
	struct glyph *glyph = arena_alloc(setter->arena, sizeof *glyph);
	*glyph = text_hyphen(text, run->face);
	sp room = width_expanded(line->hyphen_width, line->expansion);
	struct mark mark = mark_of(run);
	mark.role = ROLE_HYPHEN;
	mark.width = width_expanded(
		scaled(glyph->advance, run->size, text_face(text, run->face)), line->expansion);
	mark.x = length_sum(x, (int64_t)room - mark.width);
	mark.y = setter->baseline - run->rise;
	mark.glyphs = glyph;
	mark.glyph_count = 1;
	mark.text = str_lit("\xC2\xAD");
	mark.text_to = mark.text.len;
	mark.expansion = line->expansion;
	box_mark(setter->arena, &setter->line, mark);
}

/* What of its measure a line leaves; less than 0: it is wider. */
static sp room_beside(const struct setter *setter, const struct line *line)
{
	sp measure = setter->frame->sides.right - setter->frame->sides.left;
	return length_sum(measure, -(int64_t)width_expanded(line->natural, line->expansion));
}

/* What the line's glyphs are set wider by, and each of its blanks beyond that. */
static struct give give_of(const struct setter *setter, const struct line *line)
{
	sp room = room_beside(setter, line);
	const struct item *end = &setter->paragraph->items[line->last];
	bool last = end->kind == ITEM_PENALTY && end->penalty <= ITEM_FORCED;
	bool fill = setter->frame->style->align == ALIGN_JUSTIFY && (!last || room < 0);
	bool gives = fill && !line->excess && !line->loose;
	int spaces = gives ? part_spaces(setter->paragraph, line->from, line->to, room) : 0;
	return (struct give){spaces ? room / spaces : 0, line->expansion};
}

/* How far from where its lines begin a line stands. */
static sp indent_of(const struct setter *setter, const struct line *line)
{
	sp room = room_beside(setter, line);
	switch (setter->frame->style->align) {
	case ALIGN_RIGHT:
		return room - line->hang_start;
	case ALIGN_CENTRE:
		return room / 2 - line->hang_start;
	default:
		return -line->hang_start;
	}
}

/* The line's marks, underlines last, and an empty line to go on with. */
static struct box take_line(struct setter *setter)
{
	underlines_end(setter);
	struct box line = setter->line;
	setter->line = (struct box){0};
	return line;
}

static void set_label(struct setter *setter)
{
	const struct layout *layout = setter->flow->layout;
	const struct mark_look *look = &setter->flow->mark_look;
	const struct frame *frame = setter->frame;
	bool note = setter->owner->tag == TAG_NOTE;
	const struct text_style *style = note ? &look->style : frame->text;
	struct plain_text plain = {
		str_of(frame->label), frame->label_lang, frame->label_leftwards, setter->owner->at};
	const struct paragraph *paragraph = text_shape_plain(
		layout->shaper, setter->arena, plain, style, setter->flow->diags);
	sp rise = note ? look->rise : 0;
	struct places places = places_of(setter->arena, layout->text, paragraph);
	bool at_right = frame->label_edge >= frame->sides.right;
	sp x = at_right ? frame->label_edge : length_sum(frame->label_edge, -(int64_t)places.width);
	for (int i = 0; i < places.count; i++) {
		struct run run = *places.at[i].run;
		run.node = frame->label_node;
		run.rise = rise;
		struct part part = part_of(paragraph, &places.at[i], places.at[i].to);
		part.run = &run;
		sp left = length_sum(x, places.left[i]),
		   end = add_part(setter, part, left, (struct give){0});
		struct mark *mark = &setter->line.marks.at[setter->line.marks.len - 1];
		mark->role = ROLE_LABEL;
		if (note) {
			read_as_mark(setter, mark);
			add_link(setter, setter->owner, &run, left, end);
			last_link(setter)->role = ROLE_LABEL;
		}
	}
}

/* Marks and lines both come in order. */
static int count_marks(struct setter *setter, const struct line *line)
{
	const struct paragraph *paragraph = setter->paragraph;
	int first = setter->mark;
	while (setter->mark < paragraph->mark_count &&
		paragraph->marks[setter->mark].glyph < line->to)
		setter->mark++;
	return setter->mark - first;
}

/* What ends a line gains the kern that goes there, and the hyphen: a link reaches so far. Nor has
 * it part in the room between Han and western characters. */
static void end_part(const struct setter *setter, struct part *part, const struct line *line)
{
	if (part->to == part->from)
		return;
	if (part->to == line->to)
		part->ending = part->paragraph->items[line->last].ending;
	else
		part->ending = -text_quarter(setter->flow->layout->text, part->run,
			&part->paragraph->glyphs[part->to - 1]);
}

/* Its runs side by side. */
static void set_in_order(struct setter *setter, const struct line *line)
{
	const struct paragraph *paragraph = setter->paragraph;
	struct give give = give_of(setter, line);
	sp x = length_sum(setter->frame->sides.left, indent_of(setter, line));
	const struct run *run = NULL;
	for (int r = setter->run; r < paragraph->run_count; r++) {
		if (paragraph->runs[r].from >= line->tail)
			break;
		run = &paragraph->runs[r];
		int from = run->from > line->from ? run->from : line->from;
		int tail = run->to < line->tail ? run->to : line->tail;
		int to = tail < line->to ? tail : line->to > from ? line->to : from;
		struct part part = {paragraph, run, from, to, tail, false, 0};
		end_part(setter, &part, line);
		x = add_part(setter, part, x, give);
	}
	if (run && line->hyphen)
		add_hyphen(setter, run, line, x);
}

/* Its stretches where they stand, in the order of the text: so they are tagged and read. */
static void set_mixed(struct setter *setter, const struct line *line)
{
	const struct paragraph *paragraph = setter->paragraph;
	struct give give = give_of(setter, line);
	struct places places = places_of_line(setter, line, give);
	sp indent = indent_of(setter, line);
	const struct sides *sides = &setter->frame->sides;
	sp x = paragraph->leftwards ? length_sum(sides->right, -(int64_t)indent - places.width)
				    : length_sum(sides->left, indent);
	for (int i = 0; i < places.count; i++) {
		const struct line_stretch *stretch = &places.at[i];
		struct part part = part_of(paragraph, stretch, line->to);
		sp left = length_sum(x, places.left[i]);
		end_part(setter, &part, line);
		if (stretch->from == stretch->to)
			add_hyphen(setter, stretch->run, line, left);
		else
			add_part(setter, part, left, give);
	}
}

struct set_line line_set(struct setter *setter, const struct line *line, bool first)
{
	const struct paragraph *paragraph = setter->paragraph;
	enum { WIDEST = 14400 }; /* points, of a page of PDF */
	struct set_line set = {.hyphen = line->hyphen,
		.parts_name = line->unties,
		.excess = line->excess,
		.loose = line->loose};
	set.notes = count_marks(setter, line);
	if (first && setter->frame->label[0])
		set_label(setter);
	while (setter->run < paragraph->run_count && paragraph->runs[setter->run].to <= line->from)
		setter->run++;
	for (int r = setter->run; r < paragraph->run_count && !set.node; r++)
		if (paragraph->runs[r].from < line->tail)
			set.node = paragraph->runs[r].node;
	if (line->excess > pt(WIDEST)) /* it is reported, and nowhere to be set */
		;
	else if (paragraph->mixed)
		set_mixed(setter, line);
	else
		set_in_order(setter, line);
	set.box = take_line(setter);
	return set;
}

struct plain_text plain_of_letter(const struct flow *flow, struct str text)
{
	return (struct plain_text){
		text, flow->letter->lang, flow->letter->root->leftwards, place_none()};
}

struct box set_plain(struct flow *flow, struct plain_text plain, const struct block_style *style,
	struct sides sides, enum artifact artifact)
{
	const struct text *text = flow->layout->text;
	struct paragraph *paragraph = text_shape_plain(
		flow->layout->shaper, flow->arena, plain, &style->text, flow->diags);
	struct box box = {0};
	struct places places = places_of(flow->arena, text, paragraph);
	sp room = sides.right - sides.left - places.width;
	sp indent = style->align == ALIGN_RIGHT ? room
		: style->align == ALIGN_CENTRE  ? room / 2
						: 0;
	sp x = sides.left + (plain.leftwards ? room - indent : indent);
	for (int i = 0; i < places.count; i++) {
		const struct line_stretch *stretch = &places.at[i];
		const struct run *run = stretch->run;
		struct mark mark = mark_of(run);
		mark.artifact = artifact;
		mark.node = -1;
		mark.x = x + places.left[i];
		mark.width = text_run_width(text, paragraph, run, stretch->from, stretch->to);
		mark.leftwards = stretch->level & 1;
		show_glyphs(&mark, paragraph, stretch->from, stretch->to);
		box_mark(flow->arena, &box, mark);
	}
	return box;
}
