/* build.c - XML elements → nodes, by the tables of vocabulary.c.
 *
 * What stands in a wrong place is reported and left out, and reading goes on, so that one run shows
 * all mistakes. White space is kept here as written; fold.c sees to it. */
#include "template/template_int.h"

#include "base/diag_id.h"

struct node *build_new(struct reader *reader, enum tag tag, struct place at, struct node *parent)
{
	struct node *node = arena_new_array(reader->arena, struct node, 1);
	*node = (struct node){.tag = tag,
		.at = at,
		.parent = parent,
		.lang = parent ? parent->lang : str_lit("")};
	return node;
}

/* Control elements hold what their parent holds. */
static enum tag holder_of(const struct node *node)
{
	if (tag_is_choice(node->tag))
		return node->tag;
	while (tag_content(node->tag) == CONTENT_SAME || tag_is_choice(node->tag))
		node = node->parent;
	return node->tag;
}

static enum tag find_tag(const struct reader *reader, const struct xml_node *xml)
{
	return str_eq(xml->namespace, reader->namespace) ? tag_find(xml->name) : TAG_COUNT;
}

static void report_unknown(struct reader *reader, const struct xml_node *xml)
{
	struct nearest nearest = nearest_start(xml->name);
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++)
		nearest_try(&nearest, str_of(tag_element(tag)));
	nearest_try(&nearest, str_lit("fields"));
	diag_add(reader->diags, ELEMENT_UNKNOWN, xml->at, diag_str(reader->diags, xml->name));
	nearest_hint(&nearest, reader->diags);
	const char *instead = foreign_element_hint(reader->arena, xml->name);
	if (instead)
		diag_hint(reader->diags, instead);
	if (!str_eq(xml->namespace, reader->namespace)) {
		struct str hint = str_format(reader->arena, "put it into the namespace %.*s",
			str_arg(str_quoted(reader->arena, reader->namespace)));
		diag_hint(reader->diags, hint.at);
	}
}

/* A record may bring emphasis, links and notes, but no fields of its own. */
static bool may_stand_in_record(enum tag tag)
{
	return tag_class(tag) == CLASS_INLINE && tag != TAG_FIELD;
}

static bool check_placement(
	struct reader *reader, const struct xml_node *xml, enum tag tag, const struct node *parent)
{
	enum tag holder = holder_of(parent), barred_by = node_barred_by(parent, tag);
	bool meta_in_control = tag_class(tag) == CLASS_META && parent->tag != holder;
	if (reader->rich && !may_stand_in_record(tag)) {
		diag_add(reader->diags, ELEMENT_MISPLACED, xml->at, tag_element(tag),
			"the value of a field",
			"write words, with em, strong, link or note in them");
		return false;
	}
	if (!tag_may_stand(tag, holder) || meta_in_control) {
		struct str where = str_format(reader->arena, "<%s>", tag_element(holder));
		diag_add(reader->diags, ELEMENT_MISPLACED, xml->at, tag_element(tag), where.at,
			tag_placement_hint(tag, holder));
		return false;
	}
	if (barred_by != TAG_COUNT) {
		diag_add(reader->diags, ELEMENT_NESTED, xml->at, tag_element(tag),
			tag_element(barred_by), tag_element(barred_by));
		return false;
	}
	return true;
}

static struct node *build_element(
	struct reader *reader, const struct xml_node *xml, struct node *parent)
{
	enum tag tag = find_tag(reader, xml);
	if (tag == TAG_COUNT) {
		report_unknown(reader, xml);
		return NULL;
	}
	if (!check_placement(reader, xml, tag, parent))
		return NULL;
	struct node *node = build_new(reader, tag, xml->at, parent);
	build_node(reader, xml, node);
	return node;
}

static struct node *build_text(
	struct reader *reader, const struct xml_node *xml, struct node *parent)
{
	enum tag holder = holder_of(parent);
	bool blank = str_trim(xml->text).len == 0;
	if (tag_content(holder) == CONTENT_TEXT) {
		struct node *node = build_new(reader, TAG_TEXT, xml_text_place(xml), parent);
		node->text = xml->text;
		return node;
	}
	if (!blank)
		diag_add(reader->diags, TEXT_MISPLACED, xml_text_place(xml), tag_element(holder),
			tag_placement_hint(TAG_TEXT, holder));
	return NULL;
}

/* -- words among blocks ------------------------------------------------------------------------ */

/* The children of an element while they are built. In an item of a list and in a quotation, words
 * between blocks make a paragraph, which is open as long as words come; words.parent is NULL when
 * none is. */
struct growth {
	struct end {
		struct node *parent, **link;
	} blocks, words;
	bool makes_paragraphs;
};

/* Where a child belongs; of several, the last one counts. */
enum side { SIDE_EITHER, SIDE_WORDS, SIDE_BLOCKS };

/* A control element belongs where its contents do: among blocks if it holds one. */
static enum side side_of(const struct reader *reader, const struct xml_node *xml)
{
	if (!xml->name.len)
		return str_trim(xml->text).len ? SIDE_WORDS : SIDE_EITHER;
	enum tag tag = find_tag(reader, xml);
	if (tag == TAG_COUNT)
		return SIDE_EITHER;
	if (tag_class(tag) == CLASS_INLINE)
		return SIDE_WORDS;
	if (tag_class(tag) != CLASS_CONTROL && !tag_is_arm(tag))
		return SIDE_BLOCKS;
	enum side side = SIDE_EITHER;
	for (const struct xml_node *child = xml->first; child; child = child->next) {
		enum side inside = side_of(reader, child);
		side = inside > side ? inside : side;
	}
	return side;
}

static struct end end_of(struct node *parent)
{
	return (struct end){parent, &parent->first};
}

static void append(struct end *end, struct node *node)
{
	*end->link = node;
	end->link = node ? &node->next : end->link;
}

/* Where the next child is to go. */
static struct end *end_for(struct reader *reader, const struct xml_node *xml, struct growth *growth)
{
	if (!growth->makes_paragraphs)
		return &growth->blocks;
	enum side side = side_of(reader, xml);
	if (side == SIDE_BLOCKS)
		growth->words.parent = NULL;
	if (side == SIDE_WORDS && !growth->words.parent) {
		struct place at = xml->name.len ? xml->at : xml_text_place(xml);
		struct node *p = build_new(reader, TAG_P, at, growth->blocks.parent);
		append(&growth->blocks, p);
		growth->words = end_of(p);
	}
	return growth->words.parent ? &growth->words : &growth->blocks;
}

/* -- children ---------------------------------------------------------------------------------- */

/* <fields> and the elements about the letter are kept apart from its blocks. */
static bool build_apart(struct reader *reader, const struct xml_node *xml, struct node *parent)
{
	if (parent->tag != TAG_LETTER)
		return false;
	if (str_is(xml->name, "fields") && str_eq(xml->namespace, reader->namespace))
		return true;
	enum tag tag = find_tag(reader, xml);
	if (tag == TAG_COUNT || tag_class(tag) != CLASS_META || tag == TAG_LETTER)
		return false;
	if (reader->meta[tag])
		diag_add(reader->diags, ELEMENT_TWICE, xml->at, tag_element(tag));
	reader->meta[tag] = build_element(reader, xml, parent);
	return true;
}

static void build_list(struct reader *reader, const struct xml_node *xml, struct growth *growth);

/* What the included part holds stands where the <include> does. */
static void build_include(struct reader *reader, const struct xml_node *xml, struct growth *growth)
{
	struct node unused = {.tag = TAG_INCLUDE};
	struct include include;
	if (!check_placement(reader, xml, TAG_INCLUDE, growth->blocks.parent))
		return;
	build_node(reader, xml, &unused);
	const struct xml_node *part = include_read(reader, xml, &include);
	if (!part)
		return;
	reader->includes = &include;
	build_list(reader, part, growth);
	reader->includes = include.outer;
}

static void build_list(struct reader *reader, const struct xml_node *xml, struct growth *growth)
{
	for (const struct xml_node *child = xml->first; child; child = child->next) {
		if (child->name.len && build_apart(reader, child, growth->blocks.parent))
			continue;
		if (child->name.len && find_tag(reader, child) == TAG_INCLUDE) {
			build_include(reader, child, growth);
			continue;
		}
		struct end *end = end_for(reader, child, growth);
		append(end,
			child->name.len ? build_element(reader, child, end->parent)
					: build_text(reader, child, end->parent));
	}
}

static void build_children(struct reader *reader, const struct xml_node *xml, struct node *parent)
{
	enum tag holder = holder_of(parent);
	struct growth growth = {
		.blocks = end_of(parent),
		.makes_paragraphs = holder == TAG_LI || holder == TAG_QUOTE,
	};
	build_list(reader, xml, &growth);
}

void build_node(struct reader *reader, const struct xml_node *xml, struct node *node)
{
	attributes_read(reader, xml, node);
	build_children(reader, xml, node);
}
