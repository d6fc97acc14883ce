/* outline.c - the headings of a letter → bookmarks (ISO 32000-1 12.3.3), all open. A letter with
 * nothing but a subject has none: there is nowhere to jump. */
#include "pdf/pdf_int.h"

struct entry {
	const struct element *element;
	int level;
	int parent, previous, next, first, last; /* entries; -1: none */
	int below;                               /* entries below it, at any depth */
};

struct outline {
	vec(struct entry) entries;
	bool headings;
};

static void collect(struct pdf_writer *writer, struct outline *outline)
{
	const struct tags *tags = &writer->tags;
	for (int i = 0; i < tags->letter->node_count; i++) {
		const struct node *node = tags->letter->nodes[i];
		if (node->tag != TAG_SUBJECT && node->tag != TAG_HEADING)
			continue;
		const struct element *element = tags_find(tags, node, PART_SELF);
		if (!element || element->page < 0)
			continue;
		outline->headings |= node->tag == TAG_HEADING;
		*vec_push(writer->arena, &outline->entries) = (struct entry){
			element, element->type.at[1] - '0', -1, -1, -1, -1, -1, 0};
	}
}

/* An entry stands below the nearest one before it of a lower level. */
static void connect(struct outline *outline)
{
	struct entry *entries = outline->entries.at;
	for (int i = 1; i < outline->entries.len; i++) {
		int before = i - 1, sibling = -1;
		while (before >= 0 && entries[before].level >= entries[i].level) {
			sibling = before;
			before = entries[before].parent;
		}
		entries[i].parent = before;
		entries[i].previous = sibling;
		if (sibling >= 0)
			entries[sibling].next = i;
		if (before < 0)
			continue;
		if (entries[before].first < 0)
			entries[before].first = i;
		entries[before].last = i;
		for (int up = before; up >= 0; up = entries[up].parent)
			entries[up].below++;
	}
}

static void put_link(struct buf *out, const char *key, int entry, unsigned first_id)
{
	if (entry >= 0)
		put_key_ref(out, key, first_id + (unsigned)entry);
}

static void write_entry(
	struct pdf_writer *writer, const struct entry *entry, unsigned root, unsigned first_id)
{
	const struct element *element = entry->element;
	buf_clear(&writer->scratch);
	letter_node_text(element->node, &writer->scratch);
	HPDF_Dict dict = object_new(writer);
	struct buf *out = object_open(writer, dict);
	buf_puts(out, "/Title");
	put_text(out, buf_text(&writer->scratch));
	put_key_ref(out, "/Parent", entry->parent < 0 ? root : first_id + (unsigned)entry->parent);
	put_link(out, "/Prev", entry->previous, first_id);
	put_link(out, "/Next", entry->next, first_id);
	put_link(out, "/First", entry->first, first_id);
	put_link(out, "/Last", entry->last, first_id);
	if (entry->below)
		put_key_int(out, "/Count", entry->below);
	put_key_ref(
		out, "/SE", writer->tags.first_id + (unsigned)(element - writer->tags.elements.at));
	links_put_target(writer, out, element);
	object_close(writer, dict);
}

static unsigned write_root(struct pdf_writer *writer, const struct outline *outline)
{
	int last = outline->entries.len - 1;
	while (outline->entries.at[last].parent >= 0)
		last = outline->entries.at[last].parent;
	unsigned first_id = object_next(writer) + 1;
	HPDF_Dict dict = object_new(writer);
	struct buf *out = object_open(writer, dict);
	put_key_ref(out, "/Type/Outlines/First", first_id);
	put_key_ref(out, "/Last", first_id + (unsigned)last);
	put_key_int(out, "/Count", outline->entries.len);
	return object_close(writer, dict);
}

unsigned outline_write(struct pdf_writer *writer)
{
	struct outline outline = {0};
	collect(writer, &outline);
	if (!outline.headings)
		return 0;
	connect(&outline);
	unsigned root = write_root(writer, &outline);
	for (int i = 0; i < outline.entries.len; i++)
		write_entry(writer, &outline.entries.at[i], root, root + 1);
	return root;
}
