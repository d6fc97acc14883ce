/* links.c - the areas of links → link annotations (ISO 32000-1 12.5.6.5, ISO 14289-1 7.18).
 *
 * A link over several lines of a page is one annotation with QuadPoints, so that it is one stop for
 * the keyboard. A web or mail link has a URI action; a note's mark leads to its label and the label
 * back. Contents says where a link leads: the title that the template gives, else its own text; of
 * a note the word and its number, where the letter's language is one that we know. */
#include "pdf/pdf_int.h"

#include "locale/locale.h"

static const struct node *link_node(const struct letter *letter, const struct link_area *area)
{
	const struct node *node = letter->nodes[area->node];
	if (area->role != ROLE_CONTENT) {
		while (node->tag != TAG_NOTE && node->parent)
			node = node->parent;
		return node;
	}
	while (node->tag != TAG_LINK && node->tag != TAG_EMAIL && node->parent)
		node = node->parent;
	return node;
}

static enum part link_part(enum mark_role role)
{
	return role == ROLE_LABEL        ? PART_LABEL_LINK
		: role == ROLE_NOTE_MARK ? PART_MARK_LINK
					 : PART_SELF;
}

static void collect_page(struct pdf_writer *writer, const struct page *page, int number)
{
	struct tags *tags = &writer->tags;
	for (int i = 0, end; i < page->link_count; i = end) {
		const struct link_area *areas = &page->links[i];
		end = i + 1;
		while (end < page->link_count && page->links[end].node == areas->node &&
			page->links[end].role == areas->role)
			end++;
		const struct node *node = link_node(tags->letter, areas);
		int element = tags_part(tags, node, link_part(areas->role));
		*vec_push(writer->arena, &writer->links.at) = (struct link){
			number, element, node, areas->role, areas, end - i, LINK};
		tags_add_kid(tags, element,
			(struct kid){.kind = KID_LINK,
				.value = writer->links.at.len - 1,
				.page = number});
	}
}

void links_collect(struct pdf_writer *writer, const struct pages *pages)
{
	writer->links.at.len = writer->links.at.cap = 0;
	for (int i = 0; i < pages->count; i++)
		collect_page(writer, &pages->page[i], i);
}

static int64_t clamp(int64_t value, int64_t most)
{
	return value < 0 ? 0 : value > most ? most : value;
}

/* Cut off at the paper's edges: a margin of 0 lets a line's ascent reach over them. */
static struct area_milli link_area(const struct pdf_writer *writer, const struct link_area *area)
{
	int64_t width = milli(writer->page_width), height = milli(writer->page_height);
	return (struct area_milli){clamp(milli(area->left), width),
		clamp(height - milli(area->bottom), height), clamp(milli(area->right), width),
		clamp(height - milli(area->top), height)};
}

static void put_point(struct buf *out, int64_t x, int64_t y)
{
	put_milli(out, x);
	buf_char(out, ' ');
	put_milli(out, y);
	buf_char(out, ' ');
}

/* QuadPoints: top left, top right, bottom left, bottom right, as all readers take them. */
static void put_areas(const struct pdf_writer *writer, struct buf *out, const struct link *link)
{
	struct area_milli all = link_area(writer, link->areas);
	if (link->area_count > 1)
		buf_puts(out, "/QuadPoints[");
	for (int i = 0; i < link->area_count; i++) {
		struct area_milli one = link_area(writer, &link->areas[i]);
		all.left = one.left < all.left ? one.left : all.left;
		all.bottom = one.bottom < all.bottom ? one.bottom : all.bottom;
		all.right = one.right > all.right ? one.right : all.right;
		all.top = one.top > all.top ? one.top : all.top;
		if (link->area_count == 1)
			continue;
		put_point(out, one.left, one.top);
		put_point(out, one.right, one.top);
		put_point(out, one.left, one.bottom);
		put_point(out, one.right, one.bottom);
	}
	buf_puts(out, link->area_count > 1 ? "]/Rect[" : "/Rect[");
	put_point(out, all.left, all.bottom);
	put_point(out, all.right, all.top);
	buf_char(out, ']');
}

static void put_place(struct buf *out, const char *key, unsigned id, const struct element *element)
{
	put_key_ref(out, key, id);
	buf_puts(out, "/XYZ ");
	put_point(out, element->place.left, element->place.top);
	buf_puts(out, "null]");
}

void links_put_target(struct pdf_writer *writer, struct buf *out, const struct element *element)
{
	const struct tags *tags = &writer->tags;
	unsigned page = writer->sheets[element->page].id;
	if (tags->standard != STANDARD_UA2_A4) {
		put_place(out, "/Dest[", page, element);
		return;
	}
	put_place(out, "/A<</S/GoTo/D[", page, element);
	put_place(out, "/SD[", tags->first_id + (unsigned)(element - tags->elements.at), element);
	buf_puts(out, ">>");
}

static void put_uri_action(struct buf *out, const char *scheme, struct str iri)
{
	buf_puts(out, "/A<</S/URI/URI(");
	buf_puts(out, scheme);
	put_uri(out, iri);
	buf_puts(out, ")>>");
}

static struct str node_words(struct pdf_writer *writer, const struct node *node)
{
	struct buf *text = &writer->scratch;
	buf_clear(text);
	letter_node_text(node, text);
	return buf_text(text);
}

static struct str note_words(struct pdf_writer *writer, const struct link *link)
{
	buf_clear(&writer->scratch);
	note_name_write(link->node->note_number, link->node->lang, link->role == ROLE_LABEL,
		&writer->scratch);
	return buf_text(&writer->scratch);
}

struct str links_words(struct pdf_writer *writer, const struct link *link)
{
	if (link->node->tag == TAG_NOTE)
		return note_words(writer, link);
	struct str title = node_attribute(link->node, "title");
	return title.len ? title : node_words(writer, link->node);
}

bool links_put_uri(struct pdf_writer *writer, struct buf *out, const struct link *link)
{
	const struct node *node = link->node;
	if (node->tag == TAG_LINK)
		put_uri_action(out, "", node_attribute(node, "href"));
	else if (node->tag == TAG_EMAIL)
		put_uri_action(out, "mailto:", node_words(writer, node));
	return node->tag == TAG_LINK || node->tag == TAG_EMAIL;
}

static void put_action(struct pdf_writer *writer, struct buf *out, const struct link *link)
{
	const struct node *node = link->node;
	if (links_put_uri(writer, out, link))
		return;
	enum part there = link->role == ROLE_LABEL ? PART_MARK_LINK : PART_LABEL_LINK;
	const struct element *target = tags_find(&writer->tags, node, there);
	if (!target || target->page < 0)
		return;
	links_put_target(writer, out, target);
}

static void put_link(struct pdf_writer *writer, struct buf *out, const struct link *link)
{
	buf_puts(out, "/Border[0 0 0]/Contents");
	put_text(out, links_words(writer, link));
	put_action(writer, out, link);
}

void links_write(struct pdf_writer *writer)
{
	enum { PRINT = 4, LOCKED = 128 };
	for (int i = 0; i < writer->links.at.len; i++) {
		const struct link *link = &writer->links.at.at[i];
		HPDF_Dict dict = object_new(writer);
		struct buf *out = object_open(writer, dict);
		buf_puts(out,
			link->kind == LINK ? "/Type/Annot/Subtype/Link"
					   : "/Type/Annot/Subtype/Widget");
		put_key_int(out, "/F", link->kind == LINK ? PRINT : PRINT | LOCKED);
		if (link->element >= 0)
			put_key_int(out, "/StructParent", writer->sheet_count + i);
		put_key_ref(out, "/P", writer->sheets[link->page].id);
		put_areas(writer, out, link);
		if (link->kind == LINK)
			put_link(writer, out, link);
		else
			field_put_widget(writer, out, link);
		object_close(writer, dict);
	}
}

void links_put_page(struct pdf_writer *writer, struct buf *out, int page)
{
	bool any = false;
	for (int i = 0; i < writer->links.at.len; i++) {
		if (writer->links.at.at[i].page != page)
			continue;
		put_key_ref(out, any ? "" : "/Annots[", writer->links.first_id + (unsigned)i);
		any = true;
	}
	if (any)
		buf_char(out, ']');
}
