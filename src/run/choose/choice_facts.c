/* choice_facts.c - what there is to show of a template: each way of each of its decisions, each
 * field's extremes, the number of pages, odd characters. And what a letter shows of it.
 *
 * All facts have one form, a measure of which the greatest is wanted: a branch counts 1, a shortest
 * value its length below zero. So the choosing knows nothing of what it chooses by. */
#include "choose/choose.h"

#include "layout/layout.h"
#include "letter/letter.h"
#include "template/template.h"
#include "text/text.h"

static void add_fact(struct arena *arena, struct facts *facts, struct fact fact)
{
	*vec_push(arena, &facts->list) = fact;
}

static void add_turn(
	struct arena *arena, struct facts *facts, const struct node *node, enum turn turn)
{
	add_fact(arena, facts, (struct fact){FACT_TURN, .node = node, .which = turn});
}

static bool has_otherwise(const struct node *choose)
{
	node_each (part, choose)
		if (part->tag == TAG_OTHERWISE)
			return true;
	return false;
}

/* A list around the node may have a part of that name, which goes before. */
static const struct field *field_of(
	const struct field *fields, const struct node *node, struct str name)
{
	for (const struct node *up = node->parent; up; up = up->parent) {
		const struct field *list = up->tag == TAG_EACH
			? field_of(fields, up, node_attribute(up, "field"))
			: NULL;
		const struct field *part = list ? template_find_field(list->parts, name) : NULL;
		if (part)
			return part;
	}
	return template_find_field(fields, name);
}

/* Whether a letter may be made in which the field is not there: not of a required one, nor where
 * all around stands under the condition that it is. */
static bool may_pass(const struct field *fields, const struct node *node)
{
	struct str name = node_attribute(node, "field");
	const struct field *field = field_of(fields, node, name);
	if (condition_compares(node) || !field || field->type == FIELD_YES_NO)
		return true;
	bool sure = field->required;
	for (const struct node *up = node->parent; up; up = up->parent)
		sure |= (up->tag == TAG_IF || up->tag == TAG_WHEN) && !condition_compares(up) &&
			str_eq(node_attribute(up, "field"), name);
	return !sure;
}

static void add_turns(struct arena *arena, struct facts *facts, const struct field *fields,
	const struct node *node)
{
	bool taken = node->tag == TAG_IF || tag_is_arm(node->tag);
	bool each = node->tag == TAG_EACH;
	if (taken)
		add_turn(arena, facts, node, TURN_TAKEN);
	if (((each || node->tag == TAG_IF || node->tag == TAG_PLURAL) && may_pass(fields, node)) ||
		(node->tag == TAG_CHOOSE && !has_otherwise(node)))
		add_turn(arena, facts, node, TURN_PASSED);
	if (each)
		add_turn(arena, facts, node, TURN_ONE);
	if (each)
		add_turn(arena, facts, node, TURN_MANY);
}

static void add_branches(struct arena *arena, struct facts *facts, const struct field *fields,
	const struct node *root)
{
	for (const struct node *node = root; node; node = node_following(node, root))
		add_turns(arena, facts, fields, node);
}

static void add_of_field(struct arena *arena, struct facts *facts, const struct field *list,
	const struct field *field)
{
	const struct {
		enum fact_kind kind;
		bool there;
	} kinds[] = {
		{FACT_GIVEN, !field->required && field->type != FIELD_LIST},
		{FACT_ABSENT, !field->required && field->type != FIELD_LIST && !field->value.at},
		{FACT_DEFAULT, field->value.at != NULL},
		{FACT_MOST, true},
		{FACT_FEWEST, true},
		{FACT_MOST_LINES, field->type == FIELD_LINES},
		{FACT_FEWEST_LINES, field->type == FIELD_LINES},
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].there)
			add_fact(arena, facts,
				(struct fact){kinds[i].kind, .field = field, .list = list});
}

static void add_fields(struct arena *arena, struct facts *facts, const struct field *list,
	const struct field *fields)
{
	for (const struct field *field = fields; field; field = field->next) {
		if (field->used)
			add_of_field(arena, facts, list, field);
		add_fields(arena, facts, field, field->parts);
	}
}

struct facts *facts_new(
	struct arena *arena, const struct template *template, const struct text *text)
{
	const struct node *const roots[] = {template->root, template->title, template->author,
		template->description, template->keywords};
	struct facts *facts = arena_new_array(arena, struct facts, 1);
	facts->text = text;
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
		if (roots[i])
			add_branches(arena, facts, template->fields, roots[i]);
	add_fields(arena, facts, NULL, template->fields);
	for (enum fact_kind kind = FACT_MOST_PAGES; kind <= FACT_ODDEST; kind++)
		if (kind != FACT_FACE && kind != FACT_EDITION)
			add_fact(arena, facts, (struct fact){kind});
	for (int face = 0; face < text_face_count(text); face++)
		add_fact(arena, facts, (struct fact){FACT_FACE, .which = face});
	return facts;
}

void facts_add_edition(struct arena *arena, struct facts *facts, struct str name)
{
	*vec_push(arena, &facts->editions) = name;
	add_fact(arena, facts, (struct fact){FACT_EDITION, .which = facts->editions.len});
}

struct facts *facts_for_edition(struct arena *arena, const struct facts *facts, int edition)
{
	struct facts *copy = arena_new_array(arena, struct facts, 1);
	*copy = *facts;
	copy->edition = edition;
	return copy;
}

/* -- measures ---------------------------------------------------------------------------------- */

static bool *find_faces(struct arena *arena, const struct pages *pages, int count)
{
	bool *found = arena_new_array(arena, bool, count);
	for (int i = 0; i < pages->count; i++)
		for (int m = 0; m < pages->page[i].mark_count; m++)
			if (pages->page[i].marks[m].kind == MARK_GLYPHS)
				found[pages->page[i].marks[m].face] = true;
	return found;
}

static int32_t if_any(bool any, int32_t measure)
{
	return any ? measure : MEASURE_NONE;
}

static int32_t measure_field(enum fact_kind kind, const struct shown_field *field)
{
	switch (kind) {
	case FACT_GIVEN:
		return if_any(field->given, 1);
	case FACT_ABSENT:
		return if_any(field->absent, 1);
	case FACT_DEFAULT:
		return if_any(field->defaulted, 1);
	case FACT_MOST:
		return if_any(field->values, field->most);
	case FACT_FEWEST:
		return if_any(field->values, -field->fewest);
	case FACT_MOST_LINES:
		return if_any(field->values, field->most_lines);
	default:
		return if_any(field->values, -field->fewest_lines);
	}
}

static int32_t measure_values(const struct fact *fact, const struct shown *shown)
{
	switch (fact->kind) {
	case FACT_TURN:
		return if_any(shown->turns[fact->node->id] >> fact->which & 1, 1);
	case FACT_BEYOND_ASCII:
		return if_any(shown->beyond_ascii, shown->beyond_ascii);
	case FACT_RIGHT_TO_LEFT:
		return if_any(shown->right_to_left, shown->right_to_left);
	case FACT_ODDEST:
		return if_any(shown->oddest > 0x7E, (int32_t)shown->oddest);
	default:
		return measure_field(fact->kind, &shown->fields[fact->field->id]);
	}
}

const int32_t *facts_measure(const struct facts *facts, struct arena *arena,
	const struct letter *letter, const struct pages *pages)
{
	int32_t *measures = arena_new_array(arena, int32_t, facts->list.len);
	const bool *faces = facts->edition ? NULL
					   : find_faces(arena, pages, text_face_count(facts->text));
	for (int i = 0; i < facts->list.len; i++) {
		const struct fact *fact = &facts->list.at[i];
		switch (fact->kind) {
		case FACT_MOST_PAGES:
			measures[i] = pages->count;
			break;
		case FACT_FEWEST_PAGES:
			measures[i] = -pages->count;
			break;
		case FACT_FACE:
			measures[i] = if_any(faces && faces[fact->which], 1);
			break;
		case FACT_EDITION:
			measures[i] = if_any(facts->edition == fact->which, 1);
			break;
		default:
			measures[i] = measure_values(fact, &letter->shown);
		}
	}
	return measures;
}

/* -- in words ---------------------------------------------------------------------------------- */

static const char *turn_words(const struct fact *fact)
{
	if (tag_is_choice(fact->node->tag))
		return "takes none of its arms";
	switch ((enum turn)fact->which) {
	case TURN_TAKEN:
		return "is taken";
	case TURN_PASSED:
		return fact->node->tag == TAG_EACH ? "has no record" : "is not taken";
	case TURN_ONE:
		return "has one record";
	case TURN_MANY:
		return "has several records";
	}
	return "";
}

static struct str words_of_turn(struct arena *arena, const struct fact *fact)
{
	struct buf tag = {0};
	buf_format(&tag, "<%s", tag_element(fact->node->tag));
	for (const struct attribute *a = fact->node->attributes; a; a = a->next)
		if (!str_is(a->name, "xml:lang"))
			buf_format(&tag, " %.*s=%.*s", str_arg(a->name),
				str_arg(str_quoted(arena, a->value)));
	struct str words = str_format(arena, "%.*s> %s", str_arg(buf_text(&tag)), turn_words(fact));
	buf_free(&tag);
	return words;
}

static const char *plural(int32_t count)
{
	return count == 1 ? "" : "s";
}

static struct str name_shown(struct arena *arena, const struct field *field)
{
	return str_labelled(arena, field->name, field->label);
}

/* "sum", or "sum" of "rows". */
static struct str name_of(struct arena *arena, const struct fact *fact)
{
	struct str name = str_quoted(arena, name_shown(arena, fact->field));
	return fact->list ? str_format(arena, "%.*s of %.*s", str_arg(name),
				    str_arg(str_quoted(arena, name_shown(arena, fact->list))))
			  : name;
}

static struct str words_of_field(struct arena *arena, const struct fact *fact, int32_t measure)
{
	const struct str name = name_of(arena, fact);
	const char *unit = fact->field->type == FIELD_LIST ? "record" : "character";
	int32_t count = measure < 0 ? -measure : measure;
	switch (fact->kind) {
	case FACT_GIVEN:
		return str_format(arena, "%.*s is given", str_arg(name));
	case FACT_ABSENT:
		return str_format(arena, "%.*s is left out", str_arg(name));
	case FACT_DEFAULT:
		return str_format(arena, "%.*s has its default %.*s", str_arg(name),
			str_arg(str_quoted(arena, fact->field->value)));
	case FACT_MOST:
	case FACT_FEWEST:
		return str_format(arena, "%s %.*s, %d %s%s",
			fact->kind == FACT_MOST ? "longest" : "shortest", str_arg(name), count,
			unit, plural(count));
	default:
		return str_format(arena, "%s lines in %.*s, %d",
			fact->kind == FACT_MOST_LINES ? "most" : "fewest", str_arg(name), count);
	}
}

static struct str words_of_oddest(struct arena *arena, int32_t code_point)
{
	char bytes[4];
	int len = utf8_encode((uint32_t)code_point, bytes);
	return str_format(
		arena, "oddest character, U+%04X \"%.*s\"", (unsigned)code_point, len, bytes);
}

static struct str page_words_of(
	const struct facts *facts, struct arena *arena, const struct fact *fact, int32_t measure)
{
	switch (fact->kind) {
	case FACT_TURN:
		return words_of_turn(arena, fact);
	case FACT_MOST_PAGES:
		return str_format(arena, "most pages, %d", measure);
	case FACT_FEWEST_PAGES:
		return str_format(arena, "fewest pages, %d", -measure);
	case FACT_FACE:
		return str_format(arena, "set in %.*s",
			str_arg(path_base(str_of(text_face(facts->text, fact->which)->path))));
	case FACT_EDITION:
		return str_format(
			arena, "its edition is %.*s", str_arg(facts->editions.at[fact->which - 1]));
	case FACT_BEYOND_ASCII:
		return str_format(arena, "most characters beyond ASCII in its facts, %d", measure);
	case FACT_RIGHT_TO_LEFT:
		return str_format(arena, "most characters written from right to left, %d", measure);
	case FACT_ODDEST:
		return words_of_oddest(arena, measure);
	default:
		return words_of_field(arena, fact, measure);
	}
}

struct choice_reason fact_reason(
	const struct facts *facts, struct arena *arena, const struct fact *fact, int32_t measure)
{
	struct choice_reason reason = {.text = page_words_of(facts, arena, fact, measure)};
	struct place at = fact->node ? fact->node->at : place_none();
	if (fact->kind >= FACT_GIVEN && fact->kind <= FACT_DEFAULT)
		at = fact->field->first_use;
	reason.at = at;
	if (at.file)
		reason.at.file = str_copy(arena, str_of(at.file)).at;
	return reason;
}
