/* tree.c - the elements, the tree's root, the parent tree and the names of the notes as objects
 * (ISO 32000-1 14.7.2 to 14.7.5). The ids are known beforehand: root, parent tree, elements, links,
 * one after the other. Type is left out of elements, as it may be: 2 kB less in each letter. */
#include "pdf/pdf_int.h"

#include <assert.h>

/* Names of a name tree stand in the order of their bytes, hence the fixed width. */
static void put_note_id(struct buf *out, const struct node *note)
{
	buf_puts(out, "(note-");
	for (int unit = 10000; unit; unit /= 10)
		buf_char(out, (char)('0' + note->note_number / unit % 10));
	buf_char(out, ')');
}

static bool is_figure(const struct element *element)
{
	return str_is(element->type, "Figure");
}

static void put_place(struct buf *out, const struct element *element)
{
	buf_puts(out, "/A<</O/Layout/Placement/Block/BBox[");
	const int64_t box[] = {element->place.left, element->place.bottom, element->place.right,
		element->place.top};
	for (int i = 0; i < 4; i++) {
		put_milli(out, box[i]);
		buf_puts(out, i < 3 ? " " : "]>>");
	}
}

static const char *own_numbering(const struct node *list, const char *usual)
{
	struct str before, after;
	switch (numbering_read(node_numbering(list), &before, &after)) {
	case '1':
		return "Decimal";
	case 'a':
		return "LowerAlpha";
	case 'A':
		return "UpperAlpha";
	case 'i':
		return "LowerRoman";
	case 'I':
		return "UpperRoman";
	default:
		return usual;
	}
}

/* As layout sets the labels (ISO 32000-1 table 347); the dash of inner lists has no name there. */
static void put_numbering(struct buf *out, const struct node *list, bool new)
{
	static const char *const ordered[] = {"Decimal", "LowerAlpha", "LowerRoman"};
	int depth = 0;
	for (const struct node *up = list->parent; up; up = up->parent)
		depth += up->tag == TAG_UL || up->tag == TAG_OL;
	buf_puts(out, "/A<</O/List/ListNumbering/");
	buf_puts(out, list->tag == TAG_UL ? "Disc" : own_numbering(list, ordered[depth % 3]));
	if (new &&node_goes_on(list)) /* ISO 32000-2 table 382 */
		buf_puts(out, "/ContinuedList true");
	buf_puts(out, ">>");
}

/* ISO 32000-1 table 349. */
static void put_cell(struct buf *out, const struct node *cell, const struct node *heads)
{
	static const char *const scopes[] = {
		[HEADS_NOTHING] = "", [HEADS_ROW] = "/Scope/Row", [HEADS_COLUMN] = "/Scope/Column"};
	int span = node_span(cell);
	const char *scope = scopes[node_cell_head(cell)];
	if (!*scope && span == 1 && !heads)
		return;
	buf_puts(out, "/A<</O/Table");
	buf_puts(out, scope);
	if (span > 1)
		put_key_int(out, "/ColSpan", span);
	heads_put(out, cell, heads);
	buf_puts(out, ">>");
	if (heads && *scope) {
		buf_puts(out, "/ID");
		heads_put_id(out, cell);
	}
}

void tree_put_attributes(struct buf *out, const struct tags *tags, const struct element *element)
{
	const struct node *node = element->node;
	if (is_figure(element)) {
		buf_puts(out, "/Alt");
		put_text(out, node_attribute(node, "alt"));
	}
	if (element->part == PART_NOTE) {
		buf_puts(out, "/ID");
		put_note_id(out, node);
	}
	if (element->part != PART_SELF)
		return;
	if (node->tag == TAG_UL || node->tag == TAG_OL)
		put_numbering(out, node, tags->standard == STANDARD_UA2_A4);
	if (node->tag == TAG_CELL)
		put_cell(out, node, element->heads);
	if (node->tag == TAG_ABBR && node_attribute(node, "title").len) {
		buf_puts(out, "/E");
		put_text(out, node_attribute(node, "title"));
	}
}

void tree_put_lang(struct buf *out, const struct tags *tags, const struct element *element)
{
	struct str around = element->parent < 0 ? tags->letter->lang
						: tags->elements.at[element->parent].node->lang;
	if (str_eq(element->node->lang, around))
		return;
	buf_puts(out, "/Lang");
	put_text(out, element->node->lang);
}

/* A note and its mark know each other (ISO 14289-2 8.2.5.14). */
static void put_note_link(struct buf *out, const struct tags *tags, const struct element *element)
{
	bool note = element->part == PART_NOTE;
	bool mark = element->part == PART_SELF && element->node->tag == TAG_NOTE;
	const struct element *other = tags_find(tags, element->node, note ? PART_SELF : PART_NOTE);
	if (note)
		buf_puts(out, "/A<</O/FENote/NoteType/Footnote>>");
	if (!(note || mark) || !other)
		return;
	put_key_ref(out, "/Ref[", tags->first_id + (unsigned)(other - tags->elements.at));
	buf_char(out, ']');
}

/* What PDF 2.0 adds to an element. */
static void put_new(struct pdf_writer *writer, const struct element *element)
{
	if (writer->tags.standard != STANDARD_UA2_A4)
		return;
	if (!element->old)
		put_key_ref(&writer->objects, "/NS", meta_namespace(writer));
	put_note_link(&writer->objects, &writer->tags, element);
}

static void put_kid(struct pdf_writer *writer, const struct element *element, const struct kid *kid)
{
	struct buf *out = &writer->objects;
	switch (kid->kind) {
	case KID_ELEMENT:
		put_ref(out, writer->tags.first_id + (unsigned)kid->value);
		break;
	case KID_LINK:
		buf_puts(out, "<</Type/OBJR");
		if (kid->page != element->page)
			put_key_ref(out, "/Pg", writer->sheets[kid->page].id);
		put_key_ref(out, "/Obj", writer->links.first_id + (unsigned)kid->value);
		buf_puts(out, ">>");
		break;
	case KID_CONTENT:
		if (kid->page == element->page) {
			put_int(out, kid->value);
			break;
		}
		put_key_ref(out, "<</Type/MCR/Pg", writer->sheets[kid->page].id);
		put_key_int(out, "/MCID", kid->value);
		buf_puts(out, ">>");
		break;
	}
}

static void write_element(struct pdf_writer *writer, const struct element *element, unsigned root)
{
	const struct tags *tags = &writer->tags;
	HPDF_Dict dict = object_new(writer);
	struct buf *out = object_open(writer, dict);
	buf_puts(out, "/S/");
	buf_str(out, element->type);
	put_key_ref(
		out, "/P", element->parent < 0 ? root : tags->first_id + (unsigned)element->parent);
	if (element->page >= 0)
		put_key_ref(out, "/Pg", writer->sheets[element->page].id);
	put_new(writer, element);
	tree_put_attributes(out, tags, element);
	if (is_figure(element))
		put_place(out, element);
	tree_put_lang(out, tags, element);
	bool several = element->first != element->last;
	if (element->first)
		buf_puts(out, several ? "/K[" : "/K ");
	for (const struct kid *kid = element->first; kid; kid = kid->next) {
		put_kid(writer, element, kid);
		if (kid->next)
			buf_char(out, ' ');
	}
	if (several)
		buf_char(out, ']');
	object_close(writer, dict);
}

/* In the order of their names, which that of the letter is. */
static void put_heads(struct buf *out, const struct tags *tags)
{
	const struct letter *letter = tags->letter;
	for (int i = 0; tags->has_heads && i < letter->node_count; i++) {
		const struct node *node = letter->nodes[i];
		const struct element *element = node->tag == TAG_CELL
			? tags_find(tags, node, PART_SELF)
			: NULL;
		if (!element || !element->heads || node_cell_head(node) == HEADS_NOTHING)
			continue;
		heads_put_id(out, node);
		put_ref(out, tags->first_id + (unsigned)(element - tags->elements.at));
	}
}

static void write_root(struct pdf_writer *writer, unsigned parent_tree)
{
	const struct tags *tags = &writer->tags;
	HPDF_Dict dict = object_new(writer);
	struct buf *out = object_open(writer, dict);
	put_key_ref(out, "/Type/StructTreeRoot/ParentTree", parent_tree);
	put_key_int(out, "/ParentTreeNextKey", writer->sheet_count + writer->links.at.len);
	if (tags->elements.len)
		put_key_ref(out, "/K", tags->first_id);
	if (tags->standard == STANDARD_UA2_A4) {
		put_key_ref(out, "/Namespaces[", meta_namespace(writer));
		buf_char(out, ']');
	}
	buf_puts(out, "/IDTree<</Names[");
	put_heads(out, tags);
	for (int i = 0; i < tags->letter->note_count; i++) {
		const struct node *note = tags->letter->notes[i];
		const struct element *element = tags_find(tags, note, PART_NOTE);
		if (!element)
			continue;
		put_note_id(out, note);
		put_ref(out, tags->first_id + (unsigned)(element - tags->elements.at));
	}
	buf_puts(out, "]>>");
	object_close(writer, dict);
}

static void write_parent_tree(struct pdf_writer *writer)
{
	const struct tags *tags = &writer->tags;
	HPDF_Dict dict = object_new(writer);
	struct buf *out = object_open(writer, dict);
	buf_puts(out, "/Nums[");
	for (int page = 0; page < tags->pages.len; page++) {
		int end = page + 1 < tags->pages.len ? tags->pages.at[page + 1]
						     : tags->contents.len;
		put_int(out, page);
		buf_char(out, '[');
		for (int i = tags->pages.at[page]; i < end; i++) {
			put_ref(out, tags->first_id + (unsigned)tags->contents.at[i]);
			buf_char(out, ' ');
		}
		buf_char(out, ']');
	}
	for (int i = 0; i < writer->links.at.len; i++) {
		if (writer->links.at.at[i].element < 0)
			continue;
		put_int(out, writer->sheet_count + i);
		buf_char(out, ' ');
		put_ref(out, tags->first_id + (unsigned)writer->links.at.at[i].element);
		buf_char(out, ' ');
	}
	buf_char(out, ']');
	object_close(writer, dict);
}

unsigned tree_write(struct pdf_writer *writer)
{
	struct tags *tags = &writer->tags;
	unsigned root = object_next(writer), parent_tree = root + 1;
	tags->first_id = root + 2;
	writer->links.first_id = tags->first_id + (unsigned)tags->elements.len;
	write_root(writer, parent_tree);
	write_parent_tree(writer);
	for (int i = 0; i < tags->elements.len; i++)
		write_element(writer, &tags->elements.at[i], root);
	haru_note(writer);
	assert(writer->error || object_next(writer) == writer->links.first_id);
	links_write(writer);
	return root;
}
