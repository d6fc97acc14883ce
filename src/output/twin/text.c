/* text.c - the plain text of a letter. Every block is written by one small function from a table;
 * a paragraph's notes follow it. */
#include "twin/twin.h"

#include "locale/locale.h"

struct text_twin {
	struct arena *arena; /* its own */
	struct buf *out;
	bool joined; /* the next block goes on the line begun, behind a list item's label */
};

static void write_blocks(struct text_twin *twin, const struct node *parent);
static void write_block(struct text_twin *twin, const struct node *block);

static void put_inlines(struct text_twin *twin, const struct node *parent)
{
	char mark[NOTE_MARK_SIZE];
	node_each (node, parent) {
		switch (node->tag) {
		case TAG_TEXT:
			buf_str(twin->out, text_composed(twin->arena, node->text));
			break;
		case TAG_BR:
			buf_char(twin->out, '\n');
			break;
		case TAG_NOTE:
			letter_note_mark_in_text(node, mark);
			buf_puts(twin->out, mark);
			break;
		default:
			put_inlines(twin, node);
		}
	}
}

/* A blank line before each block but the first. */
static void begin_block(struct text_twin *twin)
{
	if (twin->out->len && !twin->joined)
		buf_puts(twin->out, "\n");
	twin->joined = false;
}

static void write_notes(struct text_twin *twin, const struct node *block)
{
	char mark[NOTE_MARK_SIZE];
	for (const struct node *node = block->first; node; node = node_following(node, block)) {
		if (node->tag != TAG_NOTE)
			continue;
		begin_block(twin);
		letter_note_mark(node->note_number, mark);
		buf_format(twin->out, "%s ", mark);
		put_inlines(twin, node);
		buf_char(twin->out, '\n');
	}
}

static void write_paragraph(struct text_twin *twin, const struct node *block)
{
	begin_block(twin);
	put_inlines(twin, block);
	buf_char(twin->out, '\n');
	write_notes(twin, block);
}

static void put_alt(struct text_twin *twin, const struct node *image)
{
	struct str alt = node_attribute(image, "alt");
	if (alt.len) /* else it only decorates */
		buf_format(twin->out, "[%.*s]\n", str_arg(alt));
}

static void write_lines(struct text_twin *twin, const struct node *block)
{
	begin_block(twin);
	node_each (line, block) {
		if (line->tag == TAG_IMAGE) {
			put_alt(twin, line);
			continue;
		}
		if (line->tag == TAG_COLUMN || line->tag == TAG_BARCODE) {
			write_block(twin, line);
			continue;
		}
		put_inlines(twin, line);
		buf_char(twin->out, '\n');
	}
	write_notes(twin, block);
}

static void write_list(struct text_twin *twin, const struct node *list)
{
	int number = 0;
	char label[LABEL_SIZE];
	node_each (item, list) {
		begin_block(twin);
		letter_item_label(list, ++number, label);
		buf_format(twin->out, "%s ", label);
		twin->joined = true;
		write_blocks(twin, item);
		twin->joined = false;
	}
}

static void write_table(struct text_twin *twin, const struct node *table)
{
	begin_block(twin);
	node_each (row, table) {
		node_each (cell, row) {
			put_inlines(twin, cell);
			buf_puts(twin->out, cell->next ? "\t" : "\n");
		}
	}
	write_notes(twin, table);
}

static void write_image(struct text_twin *twin, const struct node *image)
{
	if (!node_attribute(image, "alt").len)
		return;
	begin_block(twin);
	put_alt(twin, image);
}

static void write_signature(struct text_twin *twin, const struct node *signature)
{
	if (node_attribute(signature, "src").at)
		write_image(twin, signature);
	write_lines(twin, signature);
}

static void write_footer(struct text_twin *twin, const struct node *footer)
{
	if (!node_is_later_footer(footer))
		write_blocks(twin, footer);
}

static void (*const write_of[TAG_COUNT])(struct text_twin *twin, const struct node *block) = {
	[TAG_LETTERHEAD] = write_lines,
	[TAG_REFERENCE] = write_paragraph,
	[TAG_DATE] = write_paragraph,
	[TAG_INFORMATION] = write_table,
	[TAG_RETURN_ADDRESS] = write_paragraph,
	[TAG_ADDRESS] = write_lines,
	[TAG_SALUTATION] = write_paragraph,
	[TAG_SUBJECT] = write_paragraph,
	[TAG_HEADING] = write_paragraph,
	[TAG_P] = write_paragraph,
	[TAG_UL] = write_list,
	[TAG_OL] = write_list,
	[TAG_TABLE] = write_table,
	[TAG_IMAGE] = write_image,
	[TAG_BARCODE] = write_image,
	[TAG_QUOTE] = write_blocks,
	[TAG_CLOSING] = write_paragraph,
	[TAG_SLIP] = write_blocks,
	[TAG_SIGNATURE] = write_signature,
	[TAG_SIGNATURES] = write_blocks,
	[TAG_INITIALS] = write_paragraph,
	[TAG_ENCLOSURES] = write_lines,
	[TAG_COPIES] = write_lines,
	[TAG_POSTSCRIPT] = write_paragraph,
	[TAG_FOOTER] = write_footer,
	[TAG_COLUMN] = write_lines,
};

static void write_block(struct text_twin *twin, const struct node *block)
{
	if (write_of[block->tag] && !node_is_nothing(block))
		write_of[block->tag](twin, block);
}

static void write_blocks(struct text_twin *twin, const struct node *parent)
{
	node_each (block, parent)
		write_block(twin, block);
}

void twin_text(const struct letter *letter, struct buf *out)
{
	struct text_twin twin = {.arena = arena_new(), .out = out};
	buf_clear(out);
	write_blocks(&twin, letter->root);
	arena_free(twin.arena);
}
