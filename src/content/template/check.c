/* check.c - what only the whole template shows: uses of fields against their declarations, levels
 * of headings, alternatives; and which of its parts are the same in every letter. */
#include "template/template_int.h"

#include "base/diag_id.h"
#include "locale/locale.h"
#include "locale/locales.h"

#include <stdio.h>
#include <stdlib.h>

static struct field *use_as_text(
	struct check *check, const struct scope *scope, struct str name, struct place at)
{
	struct field *field = field_use(check, scope, name, at);
	if (field && field->type == FIELD_LIST)
		diag_add(check->diags, FIELD_LIST, at, field_said(check->diags, field),
			diag_str(check->diags, name));
	return field;
}

static void check_field(struct check *check, const struct scope *scope, const struct node *node)
{
	struct str name = node_attribute(node, "name");
	const struct field *field = name.at ? use_as_text(check, scope, name, node->at) : NULL;
	if (field)
		check_written(check, node, field);
}

static void check_attributes(
	struct check *check, const struct scope *scope, const struct node *node)
{
	for (const struct attribute *a = node->attributes; a; a = a->next) {
		struct str rest = a->has_fields ? a->value : str_lit(""), piece;
		for (enum pattern_piece kind; (kind = pattern_next(&rest, &piece)) != PATTERN_END;)
			if (kind == PATTERN_NAME)
				use_as_text(check, scope, piece, a->at);
	}
	struct str alt = node_attribute(node, "alt");
	if (alt.len && !blank_trim(alt).len)
		diag_add(check->diags, ALT_BLANK, node->at, diag_str(check->diags, alt));
	bool picture = node->tag == TAG_IMAGE || node->tag == TAG_SIGNATURE;
	if (picture && node_attribute(node, "src").at && !node_attribute(node, "alt").at)
		diag_add(check->diags, ALT_MISSING, node->at, tag_element(node->tag));
}

static void check_condition(struct check *check, const struct scope *scope, const struct node *node)
{
	struct str name = node_attribute(node, "field");
	struct field *field = name.at ? field_use(check, scope, name, node->at) : NULL;
	if (!field || !condition_compares(node))
		return;
	if (field->type == FIELD_LIST)
		diag_add(check->diags, FIELD_LIST, node->at, field_said(check->diags, field),
			diag_str(check->diags, name));
	else
		check_comparisons(check->arena, node, field, check->diags);
}

static void check_choose(struct check *check, const struct node *node)
{
	if (!node->first || node->first->tag != TAG_WHEN)
		diag_add0(check->diags, CHOOSE_EMPTY, node->at);
	node_each (part, node)
		if (part->tag == TAG_OTHERWISE && part->next)
			diag_add(check->diags, OTHERWISE_LAST, part->next->at,
				tag_element(part->next->tag));
}

static void check_heading(struct check *check, const struct node *node)
{
	struct str written = node_attribute(node, "level");
	if (written.at && attribute_fault(TAG_HEADING, str_lit("level"), written))
		return;
	int level = node_level(node);
	if (level > check->level + 1) {
		const char *good = diag_int(check->diags, check->level + 1);
		diag_add(check->diags, HEADING_SKIP, node->at, diag_int(check->diags, level), good,
			good);
	}
	check->level = level;
}

/* How many cells the rows have; 0 when it is not known before the merge. */
static int count_columns(const struct node *table)
{
	const struct node *row = table->first;
	while (row && row->tag != TAG_ROW) /* a condition, or each */
		row = row->first;
	for (const struct node *cell = row ? row->first : NULL; cell; cell = cell->next)
		if (cell->tag != TAG_CELL)
			return 0;
	return row ? node_columns(row) : 0;
}

/* What a table says of its columns it says of each. */
static void check_table(struct check *check, const struct node *table)
{
	int columns = count_columns(table);
	if (columns == 1)
		diag_add0(check->diags, TABLE_COLUMN, table->at);
	for (const struct attribute *a = table->attributes; columns && a; a = a->next) {
		bool of_columns = str_is(a->name, "widths") || str_is(a->name, "align");
		struct str rest = a->value, word;
		int words = 0;
		while (str_split(&rest, ' ', &word))
			words += word.len > 0;
		if (of_columns && words != columns &&
			!attribute_fault(TAG_TABLE, a->name, a->value))
			diag_add(check->diags, TABLE_COLUMNS, a->at,
				diag_str(check->diags, a->name), diag_str(check->diags, a->value),
				diag_int(check->diags, words), diag_int(check->diags, columns));
	}
}

static void check_marker(struct check *check, const struct node *text)
{
	struct str marker;
	if (template_find_marker(check->template->fields, text->text, &marker))
		diag_add(check->diags, TEMPLATE_MARKER, text->at, diag_str(check->diags, marker));
}

static void check_closing(struct check *check, const struct node *node)
{
	if (!node->first && !close_text(node->lang, true).at)
		diag_add(check->diags, CLOSING_LANG, node->at, diag_str(check->diags, node->lang));
}

/* The labels of a list in a list are Latin letters, unless it says otherwise. */
static void check_list(struct check *check, const struct node *list)
{
	int depth = 0;
	for (const struct node *node = list->parent; node; node = node->parent)
		depth += node->tag == TAG_UL || node->tag == TAG_OL;
	if (depth % 3 && !node_numbering(list).len && !lang_is_latin(list->lang))
		diag_add(check->diags, LIST_LETTERS, list->at, depth % 3 == 1 ? "a." : "i.",
			diag_str(check->diags, list->lang));
}

/* Control elements look through to what holds them. */
static bool stands_in_text(const struct node *node)
{
	for (node = node->parent; node; node = node->parent)
		if (tag_content(node->tag) != CONTENT_SAME && !tag_is_choice(node->tag))
			return tag_content(node->tag) == CONTENT_TEXT;
	return false;
}

/* Between separators, the indentation of the template is not a part of an item. */
static void trim_item(struct node *each)
{
	struct node *first = each->first, *last = first;
	while (last && last->next)
		last = last->next;
	if (last && last->tag == TAG_TEXT && str_ends(last->text, " "))
		last->text.len--;
	if (first && first->tag == TAG_TEXT && str_starts(first->text, " "))
		first->text = str_slice(first->text, 1, first->text.len);
	for (struct node **link = &each->first; *link;)
		if ((*link)->tag == TAG_TEXT && (*link)->text.len == 0)
			*link = (*link)->next;
		else
			link = &(*link)->next;
}

static void check_separator(struct check *check, struct node *each)
{
	bool words = node_attribute(each, "separator").at || node_attribute(each, "last").at;
	struct str join = node_attribute(each, "join");
	if (words && join.at)
		diag_add(check->diags, ATTRIBUTE_VALUE, each->at, "join",
			diag_str(check->diags, join), "it without separator and last");
	if (!words && !join.at)
		return;
	if (stands_in_text(each)) {
		trim_item(each);
		return;
	}
	struct node *holder = each->parent;
	while (tag_content(holder->tag) == CONTENT_SAME || tag_is_choice(holder->tag))
		holder = holder->parent;
	const char *name = tag_element(holder->tag);
	struct buf element = {0};
	buf_format(&element, "<%s>", name);
	diag_add(check->diags, EACH_SEPARATOR, each->at, buf_text(&element).at);
	buf_free(&element);
}

/* One that a record brings is looked at when its letter is merged. */
static void check_note(struct check *check, const struct node *note)
{
	struct str date = check->template->date;
	int year = note_year(note);
	if (date.len && year > atoi(date.at))
		diag_add(check->diags, SOURCE_LATE, note->at, diag_int(check->diags, year),
			diag_str(check->diags, date));
}

/* It repeats what the letter says, and a listener does not hear it. */
static void check_footer(struct check *check, const struct node *footer)
{
	for (const struct node *node = footer->first; node_is_later_footer(footer) && node;
		node = node_following(node, footer))
		if (node->tag == TAG_LINK || node->tag == TAG_EMAIL)
			diag_add0(check->diags, FOOTER_LINK, node->at);
}

/* It leaves the letter when it is blank. */
static bool must_say_something(const struct node *element)
{
	bool holder = element->tag == TAG_UL || element->tag == TAG_OL || element->tag == TAG_TABLE;
	return tag_needs_words(element->tag) || element->tag == TAG_LI ||
		(holder && !element->first) ||
		(element->tag == TAG_SLIP && node_is_nothing(element));
}

/* One that is empty gets its words when letters are made. */
static bool is_room(const struct node *element)
{
	const struct node *parent = element->parent;
	bool filled = element->tag == TAG_DATE || element->tag == TAG_CLOSING;
	bool named = parent && parent->parent && tag_content(parent->tag) == CONTENT_BLOCKS &&
		node_is_blank(parent); /* as a whole */
	return tag_class(element->tag) == CLASS_BLOCK && !filled && !named &&
		node_is_nothing(element);
}

/* What has too few words, or none that it needs, and may get no others. What may is looked at in
 * the letter. */
static void check_words(struct check *check, const struct node *element)
{
	const char *name = tag_element(element->tag);
	if (node_may_get_words(element))
		return;
	if (must_say_something(element) && node_is_blank(element))
		diag_add(check->diags, WORDLESS, element->at, name, name, name);
	else if (is_room(element))
		diag_add(check->diags, ROOM, element->at, name);
	else
		node_check_heard(element, check->diags);
}

static void check_node(struct check *check, const struct scope *scope, struct node *node);

/* Of what a control element may bring or not, and of the arms of a choice, the deepest heading
 * counts: a letter that then skips a level is found when it is merged. */
static void check_children(struct check *check, const struct scope *scope, struct node *node)
{
	int before = check->level, most = before;
	node_each (child, node) {
		if (tag_is_choice(node->tag))
			check->level = before;
		check_node(check, scope, child);
		if (tag_is_choice(node->tag) && check->level > most)
			most = check->level;
	}
	if (tag_class(node->tag) == CLASS_CONTROL && check->level < most)
		check->level = most;
}

static void check_each(struct check *check, const struct scope *scope, struct node *node)
{
	struct str name = node_attribute(node, "field");
	struct field *field = name.at ? field_use(check, scope, name, node->at) : NULL;
	if (field && field->type != FIELD_LIST)
		diag_add(check->diags, FIELD_NOT_LIST, node->at, field_said(check->diags, field),
			field_type_name(field->type), diag_str(check->diags, name));
	struct scope inner = {field ? field->parts : NULL, scope};
	check_separator(check, node);
	check_children(check, &inner, node);
}

static void check_node(struct check *check, const struct scope *scope, struct node *node)
{
	check_attributes(check, scope, node);
	check_words(check, node);
	node_find_direction(node);
	switch (node->tag) {
	case TAG_TEXT:
		node_check_text(node, check->diags);
		check_marker(check, node);
		break;
	case TAG_FIELD:
		check_field(check, scope, node);
		break;
	case TAG_IF:
	case TAG_WHEN:
		check_condition(check, scope, node);
		break;
	case TAG_CHOOSE:
		check_choose(check, node);
		break;
	case TAG_PLURAL:
		check_plural(check, scope, node);
		break;
	case TAG_SUBJECT: /* it heads all that follows */
		check->level = 0;
		break;
	case TAG_HEADING:
		check_heading(check, node);
		break;
	case TAG_BARCODE:
		check_barcode(check, node);
		break;
	case TAG_TABLE:
		check_table(check, node);
		break;
	case TAG_FOOTER:
		check_footer(check, node);
		break;
	case TAG_ATTACHMENT:
		check->template->has_attachments = true;
		break;
	case TAG_DATE:
		if (!node->first && check->template->date.len == 0)
			diag_add0(check->diags, DATE_MISSING, node->at);
		break;
	case TAG_CLOSING:
		check_closing(check, node);
		break;
	case TAG_OL:
		check_list(check, node);
		break;
	case TAG_NOTE:
		check_note(check, node);
		break;
	case TAG_EACH:
		check_each(check, scope, node);
		return;
	default:
		break;
	}
	check_children(check, scope, node);
}

/* An optional field may be declared just to let records hold it; one that stops letters may not. */
static void check_used(struct check *check, const struct field *fields)
{
	for (; fields; fields = fields->next) {
		if (!fields->used && fields->required)
			diag_add(check->diags, FIELD_UNUSED, fields->at,
				field_said(check->diags, fields));
		if (fields->used)
			check_used(check, fields->parts);
	}
}

/* Written empty: no letter shows it, so it is the merge's to leave out. */
static bool is_void(const struct node *node)
{
	bool list = node->tag == TAG_LI || node->tag == TAG_UL || node->tag == TAG_OL;
	return ((list || tag_needs_words(node->tag)) && node_is_blank(node)) ||
		(node->tag == TAG_TABLE && !node->first) ||
		(node->tag == TAG_SLIP && node_is_nothing(node));
}

static bool mark_constant(struct node *node)
{
	bool constant = node->tag != TAG_FIELD && tag_class(node->tag) != CLASS_CONTROL &&
		((node->tag != TAG_CLOSING && node->tag != TAG_ATTACHMENT) || node->first);
	for (const struct attribute *a = node->attributes; a; a = a->next)
		constant &= !a->has_fields;
	constant &= !is_void(node);
	node_each (child, node)
		constant &= mark_constant(child);
	return node->constant = constant;
}

void check_template(struct arena *arena, struct template *template, struct diags *diags)
{
	struct check check = {.arena = arena, .diags = diags, .template = template};
	struct scope scope = {template->fields, NULL};
	struct node *const meta[] = {
		template->title, template->author, template->description, template->keywords};
	if (!template->title || !template->title->first)
		diag_add0(diags, TITLE_MISSING,
			(template->title ? template->title : template->root)->at);
	check_computed(&check, &scope);
	for (size_t i = 0; i < sizeof meta / sizeof *meta; i++) {
		if (!meta[i])
			continue;
		check_node(&check, &scope, meta[i]);
		mark_constant(meta[i]);
	}
	check_node(&check, &scope, template->root);
	mark_constant(template->root);
	for (const struct field *field = template->fields; field; field = field->next)
		if (field->mentions.at)
			use_as_text(&check, &scope, field->mentions, field->at);
	if (!diags_failed(diags)) /* what was left out may have used them */
		check_used(&check, template->fields);
}
