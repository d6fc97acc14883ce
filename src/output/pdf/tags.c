/* tags.c - which structure element shows a mark (ISO 32000-1 14.7 and 14.8, ISO 14289-1 7; PDF
 * 2.0: ISO 32000-2 14.8.4, ISO 14289-2 8.2.5).
 *
 * Elements come from the letter: each node that means something has one, a few have several parts
 * (a list item its label and body, a note its Reference in the text and its Note). They are made
 * when their first mark is met, so what is not shown has none. Where they stand among their
 * parent's kids is decided in two ways. Blocks, rows and lines stand in the letter's order,
 * wherever the page puts them. In a paragraph text and elements take turns, and there the order of
 * the marks is the order of reading; a note's body is drawn elsewhere, and its Note stands behind
 * the block of its Reference, so that no sentence is interrupted.
 *
 * A tree made first and filled later was the alternative; it needs to find out what stayed
 * empty. */
#include "pdf/pdf_int.h"

#include <assert.h>

/* What a tag's element is. NULL: none, what it holds belongs to its parent. In PDF 2.0 some types
 * are new; the old ones that it has no more keep their meaning by the namespace of PDF 1.7. */
static const struct kind {
	const char *type;
	bool ordered, old;
	const char *new;
} kinds[TAG_COUNT] = {
	[TAG_LETTER] = {"Document", true},
	[TAG_LETTERHEAD] = {"Div", true},
	[TAG_REFERENCE] = {"P"},
	[TAG_DATE] = {"P"},
	[TAG_INFORMATION] = {"Table", true},
	[TAG_RETURN_ADDRESS] = {"P"},
	[TAG_ADDRESS] = {"Div", true},
	[TAG_SALUTATION] = {"P"},
	[TAG_SUBJECT] = {"H1"},
	[TAG_HEADING] = {"H"}, /* with its level */
	[TAG_P] = {"P"},
	[TAG_UL] = {"L", true},
	[TAG_OL] = {"L", true},
	[TAG_LI] = {"LI", true},
	[TAG_TABLE] = {"Table", true},
	[TAG_ROW] = {"TR", true},
	[TAG_CELL] = {"TD"}, /* TH in a header row */
	[TAG_IMAGE] = {"Figure"},
	[TAG_BARCODE] = {"Figure"},
	[TAG_QUOTE] = {"BlockQuote", true, true},
	[TAG_SLIP] = {"Sect", true},
	[TAG_CLOSING] = {"P"},
	[TAG_SIGNATURE] = {"Div", true},
	[TAG_SIGNATURES] = {"Div", true},
	[TAG_INITIALS] = {"P"},
	[TAG_ENCLOSURES] = {"Div", true},
	[TAG_ATTACHMENT] = {"P"},
	[TAG_COPIES] = {"Div", true},
	[TAG_POSTSCRIPT] = {"P"},
	[TAG_FOOTER] = {"Div", true},
	[TAG_COLUMN] = {"Div", true},
	[TAG_LINE] = {"P"},
	[TAG_LINK] = {"Link"},
	[TAG_EMAIL] = {"Link"},
	[TAG_NOTE] = {"Reference", .old = true},
	[TAG_EM] = {"Span", .new = "Em"},
	[TAG_STRONG] = {"Span", .new = "Strong"},
	[TAG_SPAN] = {"Span"},
	[TAG_SUP] = {"Span"},
	[TAG_SUB] = {"Span"},
	[TAG_ABBR] = {"Span"},
};

/* What the parts of a node are, beside the element itself. The body of a note is a P. */
static const char *const part_types[PART_COUNT] = {
	[PART_MARK_LINK] = "Link",
	[PART_NOTE] = "Note",
	[PART_LABEL] = "Lbl",
	[PART_LABEL_LINK] = "Link",
	[PART_BODY] = "LBody",
	[PART_PICTURE] = "Figure",
	[PART_FIELD] = "Form",
	[PART_STAMP] = "Form",
};

void tags_begin(
	struct tags *tags, struct arena *arena, const struct letter *letter, enum standard standard)
{
	*tags = (struct tags){.arena = arena, .letter = letter, .standard = standard};
	tags->index = arena_new_array(arena, int, letter->node_count *PART_COUNT);
	while (tags->subject < letter->node_count &&
		letter->nodes[tags->subject]->tag != TAG_SUBJECT)
		tags->subject++;
}

void tags_begin_page(struct tags *tags)
{
	*vec_push(tags->arena, &tags->pages) = tags->contents.len;
}

static bool has_own_language(const struct node *node)
{
	return node->parent && !str_eq(node->lang, node->parent->lang);
}

/* Text and fields have an element only where their language begins. */
static bool has_element(const struct node *node)
{
	return kinds[node->tag].type || has_own_language(node);
}

static const struct node *holder(const struct node *node)
{
	while (!has_element(node) && node->parent)
		node = node->parent;
	return node;
}

/* What holds the block that the node is in. */
static const struct node *block_holder(const struct node *node)
{
	do
		node = node->parent;
	while (node->parent && node->tag != TAG_LI && node->tag != TAG_QUOTE &&
		node->tag != TAG_SIGNATURES);
	return node;
}

static const struct node *enclosing(const struct node *node, enum tag tag, enum tag other)
{
	while (node->tag != tag && node->tag != other && node->parent)
		node = node->parent;
	return node;
}

enum part tags_content_part(const struct node *node)
{
	return node->tag == TAG_LI || node->tag == TAG_NOTE ? PART_BODY : PART_SELF;
}

static const char *heading_type(const struct tags *tags, const struct node *node)
{
	static const char *const types[] = {"H1", "H2", "H3", "H4", "H5", "H6"};
	return types[node_level(node) - 1 + (node->id > tags->subject)];
}

static const char *element_type(const struct tags *tags, const struct node *node, enum part part)
{
	bool new = tags->standard == STANDARD_UA2_A4;
	if (part == PART_NOTE && new)
		return "FENote";
	if (part == PART_BODY && node->tag == TAG_NOTE)
		return "P";
	if (part != PART_SELF)
		return part_types[part];
	if (node->tag == TAG_HEADING)
		return heading_type(tags, node);
	if (node->tag == TAG_CELL && node_cell_head(node) != HEADS_NOTHING)
		return "TH";
	const struct kind *kind = &kinds[node->tag];
	return new && kind->new ? kind->new : kind->type ? kind->type : "Span";
}

static int *slot(const struct tags *tags, const struct node *node, enum part part)
{
	assert(node->id >= 0 && node->id < tags->letter->node_count);
	return &tags->index[node->id * PART_COUNT + (int)part];
}

static int parent_of(struct tags *tags, const struct node *node, enum part part)
{
	if (part == PART_LABEL_LINK)
		return tags_part(tags, node, PART_LABEL);
	if (node->tag == TAG_NOTE && (part == PART_LABEL || part == PART_BODY))
		return tags_part(tags, node, PART_NOTE);
	if (part != PART_SELF && part != PART_NOTE)
		return tags_part(tags, node, PART_SELF);
	if (!node->parent)
		return -1;
	const struct node *parent = part == PART_NOTE ? block_holder(node) : holder(node->parent);
	return tags_part(tags, parent, tags_content_part(parent));
}

/* Where a kid stands among its parent's in the letter's order. */
static int64_t rank(const struct tags *tags, const struct kid *kid)
{
	if (kid->kind != KID_ELEMENT)
		return -1;
	const struct element *element = &tags->elements.at[kid->value];
	if (!element->node->parent) /* the letter's own fields: behind all that is read */
		return INT64_MAX - PART_COUNT + (int)element->part;
	return (int64_t)element->node->id * PART_COUNT + (int)element->part;
}

void tags_add_kid(struct tags *tags, int element, struct kid value)
{
	struct element *parent = &tags->elements.at[element];
	struct kid *kid = arena_take(tags->arena, sizeof *kid);
	*kid = value;
	struct kid **at = parent->last ? &parent->last->next : &parent->first;
	if (parent->ordered && parent->last && rank(tags, parent->last) > rank(tags, kid))
		for (at = &parent->first; rank(tags, *at) <= rank(tags, kid);)
			at = &(*at)->next;
	kid->next = *at;
	*at = kid;
	if (!kid->next)
		parent->last = kid;
}

/* A table is made whole, since an empty cell has no mark and counts all the same (7.5). */
static void make_cells(struct tags *tags, const struct node *table)
{
	bool told = heads_are_told(table);
	const struct node *heads = NULL;
	node_each (row, table) {
		tags_part(tags, row, PART_SELF);
		heads = told ? heads_above(row, heads) : NULL;
		tags->has_heads |= heads != NULL;
		node_each (cell, row) {
			int made = tags_part(tags, cell, PART_SELF);
			tags->elements.at[made].heads = heads;
		}
	}
}

int tags_part(struct tags *tags, const struct node *node, enum part part)
{
	if (*slot(tags, node, part))
		return *slot(tags, node, part) - 1;
	if (part == PART_NOTE)
		tags_part(tags, node, PART_SELF);
	int parent = parent_of(tags, node, part);
	if (*slot(tags, node, part)) /* its parent made it, as a table does */
		return *slot(tags, node, part) - 1;
	int made = tags->elements.len;
	*vec_push(tags->arena, &tags->elements) = (struct element){.node = node,
		.part = part,
		.type = str_of(element_type(tags, node, part)),
		.old = part == PART_SELF && kinds[node->tag].old,
		.parent = parent,
		.ordered = kinds[node->tag].ordered && (part == PART_SELF || part == PART_BODY),
		.page = -1};
	*slot(tags, node, part) = made + 1;
	if (parent >= 0)
		tags_add_kid(tags, parent, (struct kid){.kind = KID_ELEMENT, .value = made});
	if (part == PART_SELF && node->tag == TAG_NOTE)
		tags_part(tags, node, PART_NOTE);
	if (part == PART_SELF && (node->tag == TAG_TABLE || node->tag == TAG_INFORMATION))
		make_cells(tags, node);
	return made;
}

/* A picture without a description means nothing: an artifact (7.3). */
static bool is_decoration(const struct node *node, const struct mark *mark)
{
	if (mark->kind == MARK_PICTURE)
		return node_attribute(node, "alt").len == 0;
	return mark->kind == MARK_RULE || node->tag == TAG_RULE;
}

int tags_element(struct tags *tags, const struct mark *mark)
{
	if (mark->artifact != ARTIFACT_NONE || mark->node < 0)
		return -1;
	assert(mark->node < tags->letter->node_count);
	const struct node *node = tags->letter->nodes[mark->node];
	if (is_decoration(node, mark))
		return -1;
	switch (mark->role) {
	case ROLE_LABEL:
		node = enclosing(node, TAG_LI, TAG_NOTE);
		return tags_part(tags, node, node->tag == TAG_NOTE ? PART_LABEL_LINK : PART_LABEL);
	case ROLE_NOTE_MARK:
		return tags_part(tags, enclosing(node, TAG_NOTE, TAG_NOTE), PART_MARK_LINK);
	default:
		if (mark->kind == MARK_PICTURE && node->tag == TAG_SIGNATURE)
			return tags_part(tags, node, PART_PICTURE);
		node = holder(node);
		return tags_part(tags, node, tags_content_part(node));
	}
}

const struct element *tags_find(const struct tags *tags, const struct node *node, enum part part)
{
	int found = *slot(tags, node, part);
	return found ? &tags->elements.at[found - 1] : NULL;
}

int tags_content(struct tags *tags, int element)
{
	int page = tags->pages.len - 1;
	int content = tags->contents.len - tags->pages.at[page];
	*vec_push(tags->arena, &tags->contents) = element;
	struct element *made = &tags->elements.at[element];
	if (made->page < 0)
		made->page = page;
	tags_add_kid(
		tags, element, (struct kid){.kind = KID_CONTENT, .value = content, .page = page});
	return content;
}
