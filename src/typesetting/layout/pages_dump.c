/* pages_dump.c - pages as text, one mark a line, in sp: what the golden tests compare. */
#include "layout/layout.h"

static const char *const artifact_names[] = {
	"", "header", "footer", "layout", "table-head", "watermark", "guide", "word", "background"};
static const char *const role_names[] = {"", " label", " note-mark", " hyphen"};

static void dump_glyphs(const struct mark *mark, struct buf *out)
{
	buf_format(out, " face %d size %d", mark->face, mark->height);
	if (mark->space)
		buf_format(out, " space %d", mark->space);
	if (mark->expansion)
		buf_format(out, " expansion %d", mark->expansion);
	if (mark->leftwards)
		buf_puts(out, " leftwards");
	if (mark->rises)
		buf_puts(out, " rises");
	if (!mark->glyph_count)
		return;
	int from = mark->glyphs[0].cluster;
	buf_puts(out, " (");
	buf_str(out, str_slice(mark->text, from, mark->text_to));
	buf_puts(out, ")");
}

static void dump_mark(const struct mark *mark, struct buf *out)
{
	static const char *const kinds[] = {"glyphs", "rule", "picture", "barcode"};
	buf_format(out, "  %s", kinds[mark->kind]);
	if (mark->artifact == ARTIFACT_NONE)
		buf_format(out, " node %d%s", mark->node, role_names[mark->role]);
	else
		buf_format(out, " artifact %s", artifact_names[mark->artifact]);
	buf_format(out, " at %d %d width %d", mark->x, mark->y, mark->width);
	if (mark->kind == MARK_GLYPHS)
		dump_glyphs(mark, out);
	else
		buf_format(out, " height %d", mark->height);
	buf_char(out, '\n');
}

void pages_dump(const struct pages *pages, struct buf *out)
{
	for (int p = 0; p < pages->count; p++) {
		const struct page *page = &pages->page[p];
		buf_format(out, "page %d\n", p + 1);
		for (int i = 0; i < page->mark_count; i++)
			dump_mark(&page->marks[i], out);
		for (int i = 0; i < page->link_count; i++) {
			const struct link_area *link = &page->links[i];
			buf_format(out, "  link node %d%s at %d %d to %d %d\n", link->node,
				role_names[link->role], link->left, link->top, link->right,
				link->bottom);
		}
	}
	if (pages->signature.node >= 0)
		buf_format(out, "signature node %d on page %d at %d %d to %d %d\n",
			pages->signature.node, pages->signature.page + 1, pages->signature.left,
			pages->signature.top, pages->signature.right, pages->signature.bottom);
}
