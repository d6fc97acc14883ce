/* read.c - bytes → struct template: parse, build, fold, check, number. */
#include "template/template_int.h"

#include "base/diag_id.h"
#include "locale/decimal.h"

#include <stdlib.h>

static void fold_paragraphs(struct arena *arena, struct node *root)
{
	for (struct node *node = root; node; node = node_following(node, root))
		if (tag_is_paragraph(node->tag) && node->tag != TAG_NOTE)
			fold_node(arena, node);
}

static int number(struct node *root, int id)
{
	for (struct node *node = root; node; node = node_following(node, root))
		node->id = id++;
	return id;
}

static int number_fields(struct field *fields, int id)
{
	for (struct field *field = fields; field; field = field->next) {
		field->id = id++;
		id = number_fields(field->parts, id);
	}
	return id;
}

static struct field *read_fields(struct reader *reader, const struct xml_node *root)
{
	struct field *fields = NULL;
	bool seen = false;
	for (const struct xml_node *xml = root->first; xml; xml = xml->next) {
		if (!str_is(xml->name, "fields") || !str_eq(xml->namespace, reader->namespace))
			continue;
		attributes_check_names(xml, NULL, 0, reader->diags);
		if (seen)
			diag_add(reader->diags, ELEMENT_TWICE, xml->at, "fields");
		else
			fields = fields_read(reader, xml);
		seen = true;
	}
	return fields;
}

static struct str attribute_or_empty(const struct node *node, const char *name)
{
	struct str value = node_attribute(node, name);
	return value.at ? value : str_lit("");
}

/* Of a date, or 0. */
static int read_year(struct str date)
{
	return date.at ? day_of(date).year : 0;
}

static struct template *read_letter(struct reader *reader, const struct xml_node *xml)
{
	struct template *template = arena_new_array(reader->arena, struct template, 1);
	template->file = xml->at.file;
	reader->lang = xml_attribute(xml, "xml:lang");
	reader->year = read_year(xml_attribute(xml, "date"));
	template->fields = read_fields(reader, xml);
	struct node *root = build_new(reader, TAG_LETTER, xml->at, NULL);
	build_node(reader, xml, root);
	if (root->lang.len == 0)
		diag_add0(reader->diags, LANG_MISSING, xml->at);
	template->root = root;
	template->lang = root->lang;
	template->style = attribute_or_empty(root, "style");
	template->date = attribute_or_empty(root, "date");
	template->title = reader->meta[TAG_TITLE];
	template->author = reader->meta[TAG_AUTHOR];
	template->description = reader->meta[TAG_DESCRIPTION];
	template->keywords = reader->meta[TAG_KEYWORDS];
	return template;
}

/* The blocks have the first ids; what stands apart from them has the ids that follow. */
static void finish(struct reader *reader, struct template *template)
{
	fold_paragraphs(reader->arena, template->root);
	template->node_count = number(template->root, 0);
	for (enum tag tag = TAG_TITLE; tag <= TAG_KEYWORDS; tag++) {
		if (!reader->meta[tag])
			continue;
		fold_node(reader->arena, reader->meta[tag]);
		template->node_count = number(reader->meta[tag], template->node_count);
	}
	template->field_count = number_fields(template->fields, 0);
	check_template(reader->arena, template, reader->diags);
}

struct template *template_read(
	struct arena *arena, struct str bytes, const char *file, struct diags *diags)
{
	int before = diags_count(diags, SEVERITY_ERROR);
	struct xml_node *xml = xml_read(arena, bytes, file, diags);
	if (!xml || !xml_check_root(xml, "letter", TEMPLATE_NAMESPACE, diags))
		return NULL;
	struct reader reader = {.arena = arena,
		.diags = diags,
		.namespace = str_lit(TEMPLATE_NAMESPACE),
		.file = xml->at.file};
	struct template *template = read_letter(&reader, xml);
	finish(&reader, template);
	return diags_count(diags, SEVERITY_ERROR) > before ? NULL : template;
}

/* As blank_tidy, where the first and the last of a value's words are its ends. */
static void tidy_rich(struct arena *arena, struct node *rich)
{
	struct node *last = NULL;
	for (struct node *node = rich; node; node = node_following(node, rich)) {
		struct str words = blank_trim(node->text);
		int from = last ? 0 : words.len ? (int)(words.at - node->text.at) : node->text.len;
		node->text = blank_lines(arena, str_slice(node->text, from, node->text.len));
		last = words.len ? node : last;
	}
	for (struct node *node = last; node; node = node_following(node, rich)) {
		struct str words = node == last ? blank_trim(node->text) : str_lit("");
		int to = words.len ? (int)(words.at + words.len - node->text.at) : 0;
		node->text = str_slice(node->text, 0, to);
	}
}

struct node *template_read_rich(
	struct arena *arena, const struct xml_node *element, struct str lang, struct diags *diags)
{
	int before = diags_count(diags, SEVERITY_ERROR);
	struct reader reader = {
		.arena = arena, .diags = diags, .namespace = element->namespace, .rich = true};
	struct node *root = build_new(&reader, TAG_SPAN, element->at, NULL);
	root->lang = lang;
	struct xml_node content = *element;
	content.attributes = NULL; /* they are the field's */
	build_node(&reader, &content, root);
	tidy_rich(arena, root);
	fold_node(arena, root);
	number(root, 0);
	return diags_count(diags, SEVERITY_ERROR) > before ? NULL : root;
}
