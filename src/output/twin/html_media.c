/* html_media.c - pictures, within the page as data, and codes, as vectors. */
#include "twin/html_int.h"

#include "barcode/barcode.h"
#include "template/template.h"

/* Of a code: a module's width, and how many modules bars are high. */
enum { MODULE_PIXELS = 3, BARS_HEIGHT = 40 };

/* In pixels of CSS, as large as it says. */
static void put_size(struct html *html, const struct picture *picture)
{
	int width = picture->natural_width / SP_PER_PIXEL;
	int height = length_scale(width, picture->height, picture->width);
	buf_format(html->out, "<img width=\"%d\" height=\"%d\"", width ? width : 1,
		height ? height : 1);
}

void html_put_picture(struct html *html, const struct node *node)
{
	static const char *const types[] = {"png", "jpeg", "svg+xml"}; /* by enum picture_kind */
	struct arena *arena = arena_new();
	struct str dir = path_dir(str_of(html->letter->template->file));
	struct str path = path_join(arena, dir, node_attribute(node, "src"));
	const struct picture *picture = pictures_find(
		html->pictures, path.at, node->at, html->diags);
	arena_free(arena);
	if (!picture)
		return;
	put_size(html, picture);
	html_put_attribute(html, "alt", node_attribute(node, "alt"));
	if (node_attribute(node, "width").len) { /* a length of ours is one of CSS */
		buf_puts(html->out, " style=\"width:");
		buf_xml(html->out, node_attribute(node, "width"));
		buf_char(html->out, '"');
	}
	buf_format(html->out, " src=\"data:image/%s;base64,", types[picture->kind]);
	buf_base64(html->out, picture->file.at, (size_t)picture->file.len);
	buf_puts(html->out, "\">");
}

void html_write_image(struct html *html, const struct node *block)
{
	buf_puts(html->out, "<p class=\"image\">");
	html_put_picture(html, block);
	buf_puts(html->out, "</p>\n");
}

/* Among the modules, whose measure is theirs. */
static void put_cross(struct html *html, const struct barcode *code)
{
	const struct barcode_patch *patches = barcode_cross();
	int64_t whole = (int64_t)code->module * code->width;
	int width = (int)(code->cross * INT64_C(1000) * code->width / whole);
	int left = (code->width * 1000 - width) / 2;
	for (int i = 0; code->cross && i < BARCODE_PATCHES; i++) {
		int x = left + width * patches[i].left / 1000;
		int y = left + width * patches[i].top / 1000;
		int across = width * patches[i].width / 1000;
		int down = width * patches[i].height / 1000;
		buf_format(html->out,
			"<path fill=\"#%s\" d=\"M%d.%03d %d.%03dh%d.%03dv%d.%03dh-%d.%03dz\"/>",
			patches[i].white ? "fff" : "000", x / 1000, x % 1000, y / 1000, y % 1000,
			across / 1000, across % 1000, down / 1000, down % 1000, across / 1000,
			across % 1000);
	}
}

/* The modules as a path, on white whatever the page's colour is. */
static void put_modules(struct html *html, const struct barcode *code, int height)
{
	int across = code->quiet, down = code->bars ? 0 : code->quiet;
	buf_format(html->out, " viewBox=\"%d %d %d %d\" shape-rendering=\"crispEdges\">", -across,
		-down, code->width + 2 * across, height + 2 * down);
	buf_format(html->out, "<path fill=\"#fff\" d=\"M%d %dh%dv%dh%dz\"/><path d=\"", -across,
		-down, code->width + 2 * across, height + 2 * down, -code->width - 2 * across);
	for (struct barcode_run run = {0}; barcode_next(code, &run);)
		buf_format(html->out, "M%d %dh%dv%dh%dz", run.left, run.top, run.right - run.left,
			code->bars ? height : run.bottom - run.top, run.left - run.right);
	buf_puts(html->out, "\"/>");
	put_cross(html, code);
	buf_puts(html->out, "</svg>");
}

void html_write_barcode(struct html *html, const struct node *block)
{
	struct arena *arena = arena_new();
	const struct barcode *code = barcode_encode(arena, node_attribute(block, "type"),
		node_barcode_data(arena, block), block->at, html->diags);
	if (code) {
		int height = code->bars ? BARS_HEIGHT : code->height;
		buf_format(html->out,
			"<p class=\"image\"><svg role=\"img\" "
			"style=\"max-width:100%%;height:auto\" width=\"%d\"",
			MODULE_PIXELS * (code->width + 2 * code->quiet));
		html_put_attribute(html, "aria-label", node_attribute(block, "alt"));
		put_modules(html, code, height);
		buf_puts(html->out, "</p>\n");
	}
	arena_free(arena);
}
