/* columns.c - the columns of a table and the cells in them: how wide they are, how their words
 * look, and where decimals stand. */
#include "layout/table_int.h"

#include "locale/locale.h"

static int read_share(struct str digits)
{
	int share = 0;
	for (int i = 0; i < digits.len && share < 10000; i++)
		share = share * 10 + (digits.at[i] - '0');
	return share;
}

/* widths="30 20 50" are shares; without it the columns are equal. */
void columns_read(struct flow *flow, const struct node *table, struct columns *columns)
{
	struct str widths = node_attribute(table, "widths"), part;
	int given = 0;
	columns->count = table->first ? node_columns(table->first) : 0;
	columns->share = arena_new_array(flow->arena, int, columns->count);
	while (widths.len && str_split(&widths, ' ', &part)) {
		if (part.len && given < columns->count)
			columns->share[given] = read_share(part);
		given += part.len > 0;
	}
	for (int c = 0; c < columns->count; c++) {
		if (given != columns->count || columns->share[c] <= 0)
			columns->share[c] = 1;
		columns->total += columns->share[c];
	}
}

/* How far from where the first begins. */
sp column_begin(const struct columns *columns, int c)
{
	int before = 0;
	for (int i = 0; i < c; i++)
		before += columns->share[i];
	return length_scale(columns->sides.right - columns->sides.left, before, columns->total);
}

/* Of the columns from..to. */
static struct sides column_sides(const struct columns *columns, int from, int to, sp padding)
{
	sp width = columns->sides.right - columns->sides.left;
	return sides_within(columns->sides, columns->leftwards,
		column_begin(columns, from) + (from > 0 || columns->backed ? padding : 0),
		width - column_begin(columns, to) +
			(to < columns->count || columns->backed ? padding : 0));
}

static bool is_decimal(const struct node *cell)
{
	return str_is(node_cell_align(cell), "decimal");
}

const struct block_style *cell_style(const struct flow *flow, const struct node *cell, bool header)
{
	static const char *const names[] = {"left", "right", "centre", "justify"};
	const struct block_style *own = style_block(flow->style, cell);
	const struct block_style *first = &flow->style->block[STYLE_VARIANT];
	int variant = own < first ? 0 : 1 + (int)(own - first) / 2;
	enum align align = is_decimal(cell) ? ALIGN_RIGHT : own->align;
	for (enum align a = ALIGN_LEFT; a <= ALIGN_JUSTIFY; a++)
		if (str_is(node_cell_align(cell), names[a]))
			align = a;
	return &flow->layout->cell_style[variant][align][header];
}

bool row_is_header(const struct node *row)
{
	return str_is(node_attribute(row, "header"), "yes");
}

struct cell cell_at(const struct columns *columns, const struct node *node, int from, bool header)
{
	int count = columns->count, to = from + node_span(node);
	from = from < count ? from : count - 1;
	return (struct cell){node, from, to < count ? to : count, header};
}

/* Rows may be set as close as their lines; words of two cells stand a blank apart all the same. */
static sp room_beside(const struct block_style *style)
{
	enum { SHARE = 7 }; /* of an em, at either side */
	sp least = style->text.size / SHARE;
	return style->space > least ? style->space : least;
}

static struct frame cell_frame(
	const struct flow *flow, const struct columns *columns, const struct cell *cell)
{
	struct frame frame = frame_of(flow, cell_style(flow, cell->node, cell->header), cell->node);
	frame.sides = column_sides(columns, cell->from, cell->to, room_beside(columns->style));
	return frame;
}

/* -- decimals one below the other -------------------------------------------------------------- */

/* Where the figure begins that ends before a byte, of whatever script; -1: none does. */
static int figure_before(struct str text, int at)
{
	int from = at - 1;
	while (from > 0 && (text.at[from] & 0xC0) == 0x80)
		from--;
	int next = from;
	return at > 0 && figure_value(utf8_next(text, &next)) >= 0 ? from : -1;
}

/* Where the decimals of the last number begin, with their sign, or behind it where there are none;
 * -1: there is no number. */
static int find_decimals(struct str text, struct str lang)
{
	char sign[DECIMAL_SIGN_SIZE];
	decimal_sign(lang, sign);
	int len = (int)strlen(sign), end = text.len;
	while (end > 0 && figure_before(text, end) < 0)
		end--;
	int from = end;
	while (figure_before(text, from) >= 0)
		from = figure_before(text, from);
	bool decimals = from > len && from < end &&
		str_is(str_slice(text, from - len, from), sign) &&
		figure_before(text, from - len) >= 0;
	return decimals ? from - len : end > 0 ? end : -1;
}

/* What a line says, less the marks of notes behind it. */
static struct str line_words(const struct box *box)
{
	struct str words = {0};
	for (int i = 0; i < box->marks.len; i++) {
		const struct mark *mark = &box->marks.at[i];
		if (mark->glyph_count && mark->role != ROLE_NOTE_MARK && mark->text_to > words.len)
			words = str_slice(mark->text, 0, mark->text_to);
	}
	return words;
}

/* Where the pen of a mark is that has drawn what stands before a byte. */
static sp pen_at(const struct flow *flow, const struct mark *mark, int byte)
{
	int64_t units = 0, blanks = 0;
	for (int g = 0; g < mark->glyph_count; g++) {
		const struct glyph *glyph = &mark->glyphs[g];
		if (glyph->cluster >= byte)
			break;
		units += glyph->advance;
		blanks += glyph_gives(mark->text, glyph, mark->space);
	}
	sp gone = mark_advance(
		mark, units, blanks, text_face(flow->layout->text, mark->face)->units_per_em);
	return mark->x + (mark->leftwards ? mark->width - gone : gone);
}

/* How far from where lines end the decimals begin of a cell of one line; -1: it has more lines, or
 * no number. */
static sp tail_of(const struct flow *flow, const struct setting *setting, const struct node *cell)
{
	const struct box *box = &setting->lines[0].box;
	if (setting->count != 1)
		return -1;
	int byte = find_decimals(line_words(box), cell->lang);
	for (int i = 0; byte > 0 && i < box->marks.len; i++) {
		const struct mark *mark = &box->marks.at[i];
		if (!mark->glyph_count || mark->role == ROLE_NOTE_MARK || mark->text_to < byte ||
			mark->glyphs[0].cluster >= byte)
			continue;
		sp pen = pen_at(flow, mark, byte);
		return node_lines_run_leftwards(cell) ? pen - setting->frame.sides.left
						      : setting->frame.sides.right - pen;
	}
	return -1;
}

static const struct setting *set_plainly(
	struct flow *flow, const struct columns *columns, const struct cell *cell)
{
	struct frame frame = cell_frame(flow, columns, cell);
	return set_paragraph(flow, cell->node, &frame);
}

/* Of a table without such columns only the alignments are looked at. */
void columns_measure_tails(struct flow *flow, const struct node *table, struct columns *columns)
{
	columns->tails = arena_new_array(flow->arena, sp, columns->count + 1);
	node_each (row, table) {
		int c = 0;
		node_each (node, row) {
			struct cell cell = cell_at(columns, node, c, row_is_header(row));
			c += node_span(node);
			if (cell.header || !is_decimal(node))
				continue;
			sp tail = tail_of(flow, set_plainly(flow, columns, &cell), node);
			if (tail > columns->tails[cell.to - 1])
				columns->tails[cell.to - 1] = tail;
		}
	}
}

/* So far from where lines end that the decimals of its column stand below each other. */
static const struct setting *set_decimal(
	struct flow *flow, const struct columns *columns, const struct cell *cell)
{
	const struct setting *setting = set_plainly(flow, columns, cell);
	sp tail = tail_of(flow, setting, cell->node);
	if (tail < 0 || tail == columns->tails[cell->to - 1])
		return setting;
	struct frame frame = cell_frame(flow, columns, cell);
	frame.sides = sides_within(frame.sides, node_lines_run_leftwards(cell->node), 0,
		columns->tails[cell->to - 1] - tail);
	return set_paragraph(flow, cell->node, &frame);
}

const struct setting *cell_set(
	struct flow *flow, const struct columns *columns, const struct cell *cell)
{
	return !cell->header && is_decimal(cell->node) ? set_decimal(flow, columns, cell)
						       : set_plainly(flow, columns, cell);
}
