/* tags_dump.c - the tags and links of a letter as text, by the functions that write them into the
 * file: what a listener gets of it. Where a line or a page ends is nowhere in it. */
#include "pdf/pdf_int.h"

/* Text that stands in no element below this one. */
static void put_own_text(const struct tags *tags, const struct node *node, struct buf *out)
{
	buf_str(out, node->text);
	node_each (child, node)
		if (tags_find(tags, child, PART_SELF))
			buf_char(out, '\x1F');
		else
			put_own_text(tags, child, out);
}

static void dump_element(const struct tags *tags, int number, int depth, struct buf *out)
{
	const struct element *element = &tags->elements.at[number];
	buf_format(out, "%*s%s", 2 * depth, "", element->type.at);
	tree_put_attributes(out, tags, element);
	tree_put_lang(out, tags, element);
	if (element->part == tags_content_part(element->node)) {
		buf_char(out, ' ');
		put_own_text(tags, element->node, out);
	}
	buf_char(out, '\n');
	for (const struct kid *kid = element->first; kid; kid = kid->next)
		if (kid->kind == KID_ELEMENT)
			dump_element(tags, kid->value, depth + 1, out);
}

void pdf_dump_tags(struct pdf_writer *writer, struct buf *out)
{
	if (writer->tags.elements.len)
		dump_element(&writer->tags, 0, 0, out);
}

/* A link has an annotation on each page that it stands on; a note's lead to each other, and only
 * their names say more. */
static void dump_links(struct pdf_writer *writer, int number, struct buf *out)
{
	bool said = false;
	const struct kid *kid = writer->tags.elements.at[number].first;
	for (; kid; kid = kid->next) {
		if (kid->kind == KID_ELEMENT)
			dump_links(writer, kid->value, out);
		if (kid->kind != KID_LINK || said)
			continue;
		const struct link *link = &writer->links.at.at[kid->value];
		said = true;
		put_text(out, links_words(writer, link));
		links_put_uri(writer, out, link);
		buf_char(out, '\n');
	}
}

void pdf_dump_links(struct pdf_writer *writer, struct buf *out)
{
	if (writer->tags.elements.len)
		dump_links(writer, 0, out);
}
