/* merge.c - template + record → the letter's tree.
 *
 * The template is walked once. What is the same in every letter is copied as it is, node by node,
 * so that its ids keep their distances and layout can reuse what it made of it for an earlier
 * letter. Elsewhere fields become their values, conditions are decided, lists repeat; then white
 * space is folded again, since only now it is known what stands next to what, and what has become
 * empty is left out: an address closes up, a paragraph that lost its words takes no room.
 *
 * The template's nodes cannot be shared, because a node knows its parent and its id. */
#include "letter/letter_int.h"

#include "base/diag_id.h"
#include "locale/locale.h"
#include "locale/locales.h"

/* Where the next node goes. */
struct into {
	struct node *parent;
	struct node **end;
};

static struct into into_start(struct node *parent)
{
	return (struct into){parent, &parent->first};
}

static void append(struct into *into, struct node *node)
{
	*into->end = node;
	into->end = &node->next;
}

static struct node *node_new(
	struct merge *merge, enum tag tag, const struct node *origin, struct node *parent)
{
	struct node *node = arena_take_array(merge->arena, struct node, 1);
	*node = (struct node){.tag = tag,
		.at = origin->at,
		.lang = origin->lang,
		.parent = parent,
		.origin = origin};
	return node;
}

/* -- copies ------------------------------------------------------------------------------------ */

/* A subtree as it is; lang stands in where the original has none (a record's rich value). */
static struct node *copy_tree(
	struct merge *merge, const struct node *from, struct node *parent, struct str lang)
{
	struct node *node = node_new(merge, from->tag, from, parent);
	node->text = from->text;
	node->attributes = from->attributes;
	node->constant = from->constant; /* never of a record's nodes */
	node->lang = from->lang.len ? from->lang : lang;
	struct into into = into_start(node);
	node_each (child, from)
		append(&into, copy_tree(merge, child, node, lang));
	return node;
}

static struct attribute *fill_attributes(
	struct merge *merge, const struct scope *scope, const struct node *from)
{
	struct attribute *first = NULL, **end = &first;
	for (const struct attribute *a = from->attributes; a; a = a->next) {
		struct attribute *copy = arena_new_array(merge->arena, struct attribute, 1);
		*copy = *a;
		copy->next = NULL;
		*end = copy;
		end = &copy->next;
		if (!a->has_fields)
			continue;
		copy->value = value_fill(merge, scope, from, a);
		copy->has_fields = false;
		const char *fault = attribute_fault(from->tag, a->name, copy->value);
		if (fault)
			diag_add(merge->diags, ATTRIBUTE_VALUE, a->at,
				diag_str(merge->diags, a->name),
				diag_str(merge->diags, copy->value), fault);
	}
	return first;
}

/* -- fields ------------------------------------------------------------------------------------ */

static enum holds holds_of(enum field_type type)
{
	bool typed = field_type_has_form(type) && type != FIELD_YES_NO;
	return type == FIELD_DATE                           ? HOLDS_DATE
		: type == FIELD_POSTCODE                    ? HOLDS_CODE
		: typed                                     ? HOLDS_VALUE
		: type == FIELD_TEXT || type == FIELD_LINES ? HOLDS_WORDS
							    : HOLDS_NOTHING;
}

static void append_words(struct merge *merge, struct words words, struct node *field)
{
	struct node *text = node_new(merge, TAG_TEXT, field->origin, field);
	text->text = words.text;
	text->lang = words.lang;
	text->at = words.at;
	field->first = text;
}

/* A record's notes and links stand where its template puts the field; that may be too deep. And one
 * without words leaves the letter. */
static void check_rich(struct merge *merge, const struct node *field)
{
	for (const struct node *node = node_following(field, field); node;
		node = node_following(node, field)) {
		const char *name = tag_element(node->tag);
		if (tag_needs_words(node->tag) && node_is_blank(node))
			diag_add(merge->diags, WORDLESS, node->at, name, name, name);
		enum tag outer = node_barred_by(field->parent, node->tag);
		if (outer != TAG_COUNT)
			diag_add(merge->diags, ELEMENT_NESTED, node->at, name, tag_element(outer),
				tag_element(outer));
	}
}

static void append_rich(struct merge *merge, const struct value *value, struct node *field)
{
	struct into into = into_start(field);
	node_each (child, value->rich)
		append(&into, copy_tree(merge, child, field, field->lang));
	check_rich(merge, field);
}

static struct node *field_new(struct merge *merge, const struct node *from, struct node *parent)
{
	struct node *field = node_new(merge, TAG_FIELD, from, parent);
	field->attributes = from->attributes;
	return field;
}

/* Words are in the record's language, a date or an amount in that in which it stands. */
static struct str value_lang(const struct found *found, const struct node *from)
{
	const struct value *value = found->value;
	bool own = value && value->lang.len && !field_type_has_form(found->field->type);
	return own ? value->lang : from->lang;
}

/* In text: the value, as words or as the record's own inlines. */
static void merge_inline_field(
	struct merge *merge, const struct found *found, const struct node *from, struct into *into)
{
	struct node *field = field_new(merge, from, into->parent);
	field->lang = value_lang(found, from);
	struct str text = value_text(merge, found, field->lang);
	shown_value(merge, found, text);
	if (text.len == 0)
		return;
	if (found->value && found->value->rich)
		append_rich(merge, found->value, field);
	else
		append_words(merge,
			(struct words){text, field->lang,
				found->value ? found->value->at : found->field->at},
			field);
	if (field->first && field->first->tag == TAG_TEXT)
		field->first->holds = holds_of(found->field->type);
	append(into, field);
}

static void append_line(
	struct merge *merge, struct words words, const struct node *from, struct into *into)
{
	struct node *line = node_new(merge, TAG_LINE, from, into->parent);
	struct into inside = into_start(line);
	words.lang = words.lang.len ? words.lang : from->lang;
	line->lang = words.lang;
	append(&inside, field_new(merge, from, line));
	line->first->lang = words.lang;
	append_words(merge, words, line->first);
	line->first->first->holds = HOLDS_WORDS;
	append(into, line);
}

/* Straight in an element of lines: a line for each of the value's. */
static void merge_field_of_lines(
	struct merge *merge, const struct found *found, const struct node *from, struct into *into)
{
	if (found->field->type == FIELD_LINES && found->value) {
		shown_value(merge, found, found->value->text);
		for (int i = 0; i < found->value->line_count; i++)
			append_line(merge, found->value->lines[i], from, into);
		return;
	}
	struct node *line = node_new(merge, TAG_LINE, from, into->parent);
	struct into inside = into_start(line);
	merge_inline_field(merge, found, from, &inside);
	fold_node(merge->arena, line);
	empty_drop(merge, line);
	if (line->first)
		append(into, line);
}

/* -- the walk ---------------------------------------------------------------------------------- */

static void merge_children(
	struct merge *merge, const struct scope *scope, const struct node *from, struct into *into);

static void merge_field(
	struct merge *merge, const struct scope *scope, const struct node *from, struct into *into)
{
	struct found found = value_find(merge, scope, node_attribute(from, "name"));
	found.form = field_form(from);
	found.capital = node_attribute(from, "case").at != NULL;
	if (tag_content(into->parent->tag) == CONTENT_LINES)
		merge_field_of_lines(merge, &found, from, into);
	else
		merge_inline_field(merge, &found, from, into);
}

static void merge_choose(
	struct merge *merge, const struct scope *scope, const struct node *from, struct into *into)
{
	node_each (part, from) {
		if (part->tag == TAG_WHEN && !value_holds(merge, scope, part))
			continue;
		shown_turn(merge, part, TURN_TAKEN);
		merge_children(merge, scope, part, into);
		return;
	}
	shown_turn(merge, from, TURN_PASSED);
}

static void merge_if(
	struct merge *merge, const struct scope *scope, const struct node *from, struct into *into)
{
	bool holds = value_holds(merge, scope, from);
	shown_turn(merge, from, holds ? TURN_TAKEN : TURN_PASSED);
	if (holds)
		merge_children(merge, scope, from, into);
}

/* A field without a number shows none of the arms. */
static void merge_plural(
	struct merge *merge, const struct scope *scope, const struct node *from, struct into *into)
{
	struct found found = value_find(merge, scope, node_attribute(from, "field"));
	bool there = found.value || found.field->value.len;
	shown_field(merge, &found);
	if (!there) {
		shown_turn(merge, from, TURN_PASSED);
		return;
	}
	struct decimal number = value_read(merge, &found).as[0].decimal;
	enum plural category = plural_of(merge->locales, &number, false, from->lang);
	const struct node *arm = plural_arm(from, category);
	if (arm) {
		shown_turn(merge, arm, TURN_TAKEN);
		merge_children(merge, scope, arm, into);
		return;
	}
	const char *name = plural_name(category);
	diag_add(merge->diags, PLURAL_MISSING, from->at, name, diag_str(merge->diags, from->lang),
		diag_str(merge->diags, value_text(merge, &found, from->lang)), name, name);
}

/* One item of a list whose items are joined, after its separator. */
static void merge_item(struct merge *merge, const struct scope *scope, const struct node *from,
	struct joined *joined, struct into *into)
{
	struct into before = *into;
	struct node *separator = NULL;
	if (joined->items.len) {
		separator = node_new(merge, TAG_TEXT, from, into->parent);
		append(into, separator);
	}
	struct node **start = into->end;
	merge_children(merge, scope, from, into);
	if (!join_item(merge, joined, separator, *start)) {
		*before.end = NULL;
		*into = before;
	}
}

static void merge_each(
	struct merge *merge, const struct scope *scope, const struct node *from, struct into *into)
{
	struct found found = value_find(merge, scope, node_attribute(from, "field"));
	struct str name = found.field->name;
	const struct value *value = value_next_record(found.value, name);
	struct joined joined = {.list = found.field};
	bool joins = join_is_asked(from);
	int records = 0;
	for (; value; records++) {
		struct scope inner = {found.field->parts, value->parts, scope};
		if (joins)
			merge_item(merge, &inner, from, &joined, into);
		else
			merge_children(merge, &inner, from, into);
		value = value_next_record(recipient_find(value->next, name), name);
	}
	join_items(merge, &joined, from);
	shown_list(merge, from, &found, records);
}

/* An empty <closing/>: what goes with the salutation, which stands before it. */
static void merge_closing(struct merge *merge, const struct node *from, struct into *into)
{
	struct buf salutation = {0};
	if (merge->salutation)
		letter_node_text(merge->salutation, &salutation);
	struct node *node = copy_tree(merge, from, into->parent, from->lang);
	node->first = node_new(merge, TAG_TEXT, from, node);
	node->first->text = close_text(from->lang, salutation_names(buf_text(&salutation)));
	append(into, node);
	buf_free(&salutation);
}

static void merge_constant(struct merge *merge, const struct node *from, struct into *into)
{
	struct node *node = copy_tree(merge, from, into->parent, from->lang);
	append(into, node);
	if (node->tag == TAG_SALUTATION)
		merge->salutation = node;
}

static void merge_date(struct merge *merge, const struct node *from, struct into *into)
{
	struct node *node = copy_tree(merge, from, into->parent, from->lang);
	node->first = node_new(merge, TAG_TEXT, from, node);
	node->first->text = day_text(
		merge->arena, merge->locales, day_of(merge->template->date), DATE_LONG, from->lang);
	if (!node->first->text.at) {
		diag_add(merge->diags, LANGUAGE_VALUE, from->at, "date",
			diag_str(merge->diags, from->lang), "date");
		diag_hint(merge->diags,
			"correct xml:lang there, or write it yourself: <date>…</date>");
	}
	node->first->constant = true;
	append(into, node);
}

/* One without words of its own is listed by its title. */
static void name_attachment(struct merge *merge, struct node *node)
{
	if (node->tag != TAG_ATTACHMENT || node->first)
		return;
	node->first = node_new(merge, TAG_TEXT, node->origin, node);
	node->first->text = fold_text(merge->arena, node_attribute(node, "title"));
}

static void merge_element(
	struct merge *merge, const struct scope *scope, const struct node *from, struct into *into)
{
	struct node *node = node_new(merge, from->tag, from, into->parent);
	struct into inside = into_start(node);
	node->attributes = fill_attributes(merge, scope, from);
	merge_children(merge, scope, from, &inside);
	if (tag_class(node->tag) == CLASS_INLINE) {
		append(into, node); /* its paragraph is folded as a whole */
		return;
	}
	if (tag_is_paragraph(node->tag)) {
		fold_node(merge->arena, node);
		empty_drop(merge, node);
	}
	name_attachment(merge, node);
	if (empty_goes(merge, node))
		return;
	append(into, node);
	if (node->tag == TAG_SALUTATION)
		merge->salutation = node;
}

static void merge_node(
	struct merge *merge, const struct scope *scope, const struct node *from, struct into *into)
{
	switch (from->tag) {
	case TAG_FIELD:
		merge_field(merge, scope, from, into);
		break;
	case TAG_IF:
		merge_if(merge, scope, from, into);
		break;
	case TAG_CHOOSE:
		merge_choose(merge, scope, from, into);
		break;
	case TAG_EACH:
		merge_each(merge, scope, from, into);
		break;
	case TAG_PLURAL:
		merge_plural(merge, scope, from, into);
		break;
	default:
		if (from->tag == TAG_DATE && !from->first)
			merge_date(merge, from, into);
		else if (from->tag == TAG_CLOSING && !from->first)
			merge_closing(merge, from, into);
		else if (from->constant)
			merge_constant(merge, from, into);
		else
			merge_element(merge, scope, from, into);
	}
}

static void merge_children(
	struct merge *merge, const struct scope *scope, const struct node *from, struct into *into)
{
	node_each (child, from)
		merge_node(merge, scope, child, into);
}

struct node *merge_tree(struct merge *merge, const struct scope *scope, const struct node *from)
{
	struct node *root = node_new(merge, from->tag, from, NULL);
	root->attributes = fill_attributes(merge, scope, from);
	struct into into = into_start(root);
	merge_children(merge, scope, from, &into);
	return root;
}
