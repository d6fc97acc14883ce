/* dump.c - a paragraph as text, one run, mark or item a line, for golden tests. */
#include "text/text_int.h"

static void put_text(const struct paragraph *paragraph, int from, int to, struct buf *out)
{
	int begin = paragraph->glyphs[from].cluster;
	int end = to < paragraph->glyph_count ? paragraph->glyphs[to].cluster : paragraph->text.len;
	buf_puts(out, " (");
	buf_str(out, str_slice(paragraph->text, begin, end));
	buf_puts(out, ")\n");
}

static void dump_run(const struct paragraph *paragraph, const struct run *run, struct buf *out)
{
	buf_format(out, "run %d-%d face %d node +%d size %d", run->from, run->to, run->face,
		run->node, (int)run->size);
	if (run->rise)
		buf_format(out, " rise %d", (int)run->rise);
	if (run->colour)
		buf_format(out, " colour #%06x", (unsigned)run->colour);
	buf_format(out, " lang %.*s", str_arg(run->lang));
	put_text(paragraph, run->from, run->to, out);
}

static void dump_penalty(const struct item *item, struct buf *out)
{
	buf_format(out, "penalty %d", item->from);
	if (item->penalty == ITEM_FORCED)
		buf_puts(out, " forced");
	else if (item->penalty == ITEM_FORBIDDEN)
		buf_puts(out, " forbidden");
	else
		buf_format(out, " cost %d", item->penalty);
	if (item->ending)
		buf_format(out, " ending %d", (int)item->ending);
	buf_puts(out, item->hyphen ? " hyphen\n" : item->behind_hyphen ? " behind hyphen\n" : "\n");
}

static void dump_item(const struct paragraph *paragraph, const struct item *item, struct buf *out)
{
	switch (item->kind) {
	case ITEM_PENALTY:
		dump_penalty(item, out);
		return;
	case ITEM_BOX:
		buf_format(out, "box %d-%d width %d", item->from, item->to, (int)item->width);
		break;
	case ITEM_GLUE:
		buf_format(out, "glue %d-%d width %d stretch %d shrink %d", item->from, item->to,
			(int)item->width, (int)item->stretch, (int)item->shrink);
		if (item->ending)
			buf_format(out, " ending %d", (int)item->ending);
		if (item->penalty)
			buf_format(out, " cost %d", item->penalty);
		break;
	}
	put_text(paragraph, item->from, item->to, out);
}

void paragraph_dump(const struct paragraph *paragraph, struct buf *out)
{
	for (int i = 0; i < paragraph->run_count; i++)
		dump_run(paragraph, &paragraph->runs[i], out);
	for (int i = 0; i < paragraph->mark_count; i++)
		buf_format(out, "mark node +%d glyph %d\n", paragraph->marks[i].node,
			paragraph->marks[i].glyph);
	for (int i = 0; i < paragraph->item_count; i++)
		dump_item(paragraph, &paragraph->items[i], out);
}
