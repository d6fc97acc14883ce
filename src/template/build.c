/* build.c - XML elements → nodes, by the tables of vocabulary.c.
 *
 * What stands in a wrong place is reported and left out, and reading goes on, so that one run shows
 * all mistakes. White space is kept here as written; fold.c sees to it. */
#include "template/template_int.h"

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
	if (node->tag == TAG_CHOOSE)
		return TAG_CHOOSE;
	while (tag_content(node->tag) == CONTENT_SAME || node->tag == TAG_CHOOSE)
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
	if (!str_eq(xml->namespace, reader->namespace)) {
		struct str hint = str_format(reader->arena, "put it into the namespace \"%.*s\"",
			str_arg(reader->namespace));
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

/* Whether an element's first content, control elements looked through, belongs into a paragraph. */
static bool holds_inlines(const struct reader *reader, const struct xml_node *xml)
{
	for (const struct xml_node *child = xml->first; child; child = child->next) {
		enum tag tag = child->name.len ? find_tag(reader, child) : TAG_TEXT;
		if (tag == TAG_TEXT && str_trim(child->text).len == 0)
			continue;
		if (tag != TAG_COUNT && tag_class(tag) == CLASS_INLINE)
			return true;
		bool control = tag != TAG_COUNT &&
			(tag_class(tag) == CLASS_CONTROL || tag == TAG_WHEN ||
				tag == TAG_OTHERWISE);
		if (control && holds_inlines(reader, child))
			return true;
	}
	return false;
}

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

static struct node **build_list(
	struct reader *reader, const struct xml_node *xml, struct node *parent, struct node **end);

/* What the included part holds stands where the <include> does. */
static struct node **build_include(
	struct reader *reader, const struct xml_node *xml, struct node *parent, struct node **end)
{
	struct node unused = {.tag = TAG_INCLUDE};
	struct include include;
	if (!check_placement(reader, xml, TAG_INCLUDE, parent))
		return end;
	build_node(reader, xml, &unused);
	const struct xml_node *part = include_read(reader, xml, &include);
	if (!part)
		return end;
	reader->includes = &include;
	end = build_list(reader, part, parent, end);
	reader->includes = include.outer;
	return end;
}

static struct node **build_list(
	struct reader *reader, const struct xml_node *xml, struct node *parent, struct node **end)
{
	for (const struct xml_node *child = xml->first; child; child = child->next) {
		if (child->name.len && build_apart(reader, child, parent))
			continue;
		if (child->name.len && find_tag(reader, child) == TAG_INCLUDE) {
			end = build_include(reader, child, parent, end);
			continue;
		}
		*end = child->name.len ? build_element(reader, child, parent)
				       : build_text(reader, child, parent);
		end = *end ? &(*end)->next : end;
	}
	return end;
}

static void build_children(struct reader *reader, const struct xml_node *xml, struct node *parent)
{
	if (parent->tag == TAG_LI && holds_inlines(reader, xml)) {
		parent->first = build_new(reader, TAG_P, xml->first->at, parent);
		build_children(reader, xml, parent->first);
		return;
	}
	build_list(reader, xml, parent, &parent->first);
}

void build_node(struct reader *reader, const struct xml_node *xml, struct node *node)
{
	attributes_read(reader, xml, node);
	build_children(reader, xml, node);
}
