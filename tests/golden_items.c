/* golden_items.c - the paragraphs of a letter as runs and items, in the fake font: a case does not
 * change with HarfBuzz or with the fonts of a machine, only with the dictionary of its language. */
#include "golden.h"
#include "text/text.h"

static void print_paragraph(struct golden_case *golden, struct shaper *shaper,
	const struct style *style, const struct node *owner, struct buf *out)
{
	const struct block_style *block = &style->block[owner->tag];
	struct shape_options options = {style, &block->text, block->hyphenate};
	struct diags *diags = diags_new();
	buf_format(out, "%s\n", tag_element(owner->tag));
	paragraph_dump(text_shape(shaper, golden->arena, owner, &options, diags), out);
	golden_findings(diags, out);
	diags_free(diags);
}

/* Every p, and every note behind the p of its mark. */
void golden_items(struct golden_case *golden, struct buf *out)
{
	struct diags *diags = diags_new();
	const struct style *style = golden_style(golden, diags);
	const struct letter *letter = golden_letter(golden, diags);
	golden_findings(diags, out);
	struct text *text = text_new_fake();
	struct shaper *shaper = shaper_new(text);
	if (style && letter)
		for (const struct node *node = letter->root; node;
			node = node_following(node, letter->root))
			if (node->tag == TAG_P || node->tag == TAG_NOTE)
				print_paragraph(golden, shaper, style, node, out);
	shaper_free(shaper);
	text_free(text);
	diags_free(diags);
}
