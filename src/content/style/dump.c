/* dump.c - a style as text for golden files: lengths in sp; of an element only what differs
 * from the base of all elements. */
#include "style/style_int.h"

#include <stdio.h>

static void dump_block(const char *name, const struct block_style *block,
	const struct block_style *base, struct buf *out)
{
	buf_puts(out, name);
	for (int i = 0; i < style_block_row_count; i++)
		if (!base || !style_same(&style_block_rows[i], block, base))
			style_write(&style_block_rows[i], block, out);
	buf_char(out, '\n');
}

static void dump_headings(const struct style *style, struct buf *out)
{
	char name[] = "heading level=1";
	for (int i = 0; i < HEADING_LEVELS; i++, name[sizeof name - 2]++)
		dump_block(name, &style->block[STYLE_HEADING + i], &style->block[TAG_TEXT], out);
}

/* Beside all else: basis.c takes lines of these names for no look. */
static void dump_editions(const struct style *style, struct buf *out)
{
	for (const struct edition *edition = style->editions; edition; edition = edition->next)
		buf_format(out, "edition name=%.*s style=%.*s\n", str_arg(edition->name),
			str_arg(edition->file));
	if (style->edition_field.len)
		buf_format(out, "editions field=%.*s usual=%.*s\n", str_arg(style->edition_field),
			str_arg(style->edition_usual));
}

static void dump_variants(const struct style *style, struct buf *out)
{
	char name[64];
	for (int i = 0; i < style->variant_count; i++) {
		const struct variant *variant = &style->variants[i];
		const struct block_style *own = &style->block[STYLE_VARIANT + 2 * i];
		snprintf(name, sizeof name, "%s variant=%.*s", tag_element(variant->tag),
			str_arg(variant->name));
		dump_block(name, own, &style->block[TAG_TEXT], out);
		if (variant->tag == TAG_UL || variant->tag == TAG_OL)
			dump_block("  items", own + 1, &style->block[TAG_TEXT], out);
	}
}

void style_dump(const struct style *style, struct buf *out)
{
	buf_format(out, "style lang=%.*s\n", str_arg(style->lang));
	for (int i = 0; i < style_row_count; i++) {
		buf_puts(out, style_rows[i].element);
		style_write(&style_rows[i], style, out);
		buf_char(out, '\n');
	}
	const struct block_style *base = &style->block[TAG_TEXT];
	dump_block("text", base, NULL, out);
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++)
		if (tag == TAG_HEADING)
			dump_headings(style, out);
		else if (tag_is_block(tag) || tag_class(tag) == CLASS_INLINE || tag == TAG_CELL)
			dump_block(tag_element(tag), &style->block[tag], base, out);
	dump_variants(style, out);
	dump_block("page-number", &style->page_number, base, out);
	dump_editions(style, out);
}
