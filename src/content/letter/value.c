/* value.c - the name of a field → its value in this letter. Values are words: nothing in here can
 * make an element out of one. */
#include "letter/letter_int.h"

#include "base/diag_id.h"
#include "locale/currency.h"
#include "locale/locales.h"
#include "tree/vocabulary.h"

#include <assert.h>

const char *merge_said(struct merge *merge, const struct value *value)
{
	const struct field *declared = value_declared(
		merge->template->fields, merge->recipient->values, value);
	return value_said(merge->diags, value, declared);
}

bool value_is_blank(const struct value *value)
{
	return str_trim(value->text).len == 0 && !value->parts;
}

const struct value *value_next_record(const struct value *value, struct str name)
{
	while (value && value_is_blank(value))
		value = recipient_find(value->next, name);
	return value;
}

static struct found find_in(const struct scope *scope, struct str name)
{
	struct found found = {template_find_field(scope->fields, name), NULL};
	if (found.field)
		found.value = recipient_find(scope->values, name);
	if (found.value && found.field->type != FIELD_LIST && value_is_blank(found.value))
		found.value = NULL;
	return found;
}

static void note_fact(struct merge *merge, const struct found *found)
{
	if (found->value && found->value->about && found->field->type != FIELD_LIST)
		*vec_push(merge->arena, &merge->facts) = found->value;
}

/* A list's record goes before what is outside of it; a blank or missing value there does not. */
struct found value_find(struct merge *merge, const struct scope *scope, struct str name)
{
	struct found found = {0};
	bool settled = false;
	for (; scope && !settled; scope = scope->outer) {
		struct found here = find_in(scope, name);
		settled = here.value || (here.field && here.field->value.at);
		found = settled || !found.field ? here : found;
	}
	assert(found.field && "the template was checked");
	note_fact(merge, &found);
	return found;
}

struct found value_of(struct merge *merge, const struct scope *scope, const struct field *field)
{
	while (template_find_field(scope->fields, field->name) != field)
		scope = scope->outer;
	struct found found = find_in(scope, field->name);
	note_fact(merge, &found);
	return found;
}

static struct str join_lines(struct arena *arena, const struct value *value)
{
	struct buf text = {0};
	for (int i = 0; i < value->line_count; i++) {
		buf_puts(&text, i ? ", " : "");
		buf_str(&text, value->lines[i].text);
	}
	struct str joined = str_copy(arena, buf_text(&text));
	buf_free(&text);
	return joined;
}

/* The value, or its default, by its declaration. */
struct readings value_read(struct merge *merge, const struct found *found)
{
	const struct value *value = found->value;
	return field_read(merge->arena, found->field, value ? value->text : found->field->value,
		value ? value->lang : str_lit(""), value && value->stored);
}

/* What cannot be read has stopped the letter already, and stands as it is until all is said. */
static struct str written_text(struct merge *merge, const struct found *found, struct str lang)
{
	const struct value *value = found->value;
	struct str text = value ? value->text : found->field->value;
	if (value && found->field->type == FIELD_LINES)
		return join_lines(merge->arena, value);
	text = fold_text(merge->arena, text);
	struct readings reading = {0};
	if (text.len && field_type_has_form(found->field->type))
		reading = value_read(merge, found);
	if (found->form == FORM_GROUPED && found->field->type == FIELD_TEXT)
		return grouped_text(merge->arena, text);
	return reading.count == 1 ? value_format(merge, found, &reading.as[0], text, lang) : text;
}

struct str value_text(struct merge *merge, const struct found *found, struct str lang)
{
	struct str text = written_text(merge, found, lang);
	return found->capital && text.len ? capital_text(merge->arena, text, lang) : text;
}

/* What conditions compare: the value as the record has it. */
static struct str plain_text(struct merge *merge, const struct found *found)
{
	return fold_text(merge->arena, found->value ? found->value->text : found->field->value);
}

static const struct typed *find_literal(
	struct arena *arena, const struct field *field, struct str words)
{
	struct str folded = fold_text(arena, words);
	for (const struct literal *literal = field->compared; literal; literal = literal->next)
		if (str_eq(literal->words, folded))
			return &literal->value;
	return NULL;
}

/* Which of two currencies' amounts is more, the rates of a day would say. */
static void check_order(struct merge *merge, const struct node *condition,
	const struct found *found, const struct typed *value, const struct typed *literal)
{
	const struct field *field = found->field;
	if (typed_has_order(field->declared.kind, value, literal))
		return;
	diag_add(merge->diags, COMPARED_CURRENCY, found->value ? found->value->at : field->at,
		diag_str(merge->diags, plain_text(merge, found)), field_said(merge->diags, field),
		diag_str(merge->diags, value->currency), tag_element(condition->tag),
		diag_int(merge->diags, condition->at.line),
		diag_str(merge->diags, literal->currency));
}

/* Whether all holds that a condition asks of a value; equals="" asks for none. */
static bool compares(struct merge *merge, const struct node *condition, const struct found *found,
	const struct readings *reading)
{
	for (int i = 0; i < COMPARISON_COUNT; i++) {
		struct str words = node_attribute(condition, comparison_name((enum comparison)i));
		if (!words.at)
			continue;
		const struct typed *literal = find_literal(merge->arena, found->field, words);
		bool both = literal && reading->count == 1;
		if (both && i != COMPARE_EQUALS)
			check_order(merge, condition, found, &reading->as[0], literal);
		int order = both
			? typed_compare(found->field->declared.kind, &reading->as[0], literal)
			: 0;
		if (both ? !comparison_holds((enum comparison)i, order)
			 : literal || plain_text(merge, found).len)
			return false;
	}
	return true;
}

bool value_holds(struct merge *merge, const struct scope *scope, const struct node *condition)
{
	struct found found = value_find(merge, scope, node_attribute(condition, "field"));
	if (found.field->type == FIELD_LIST)
		return value_next_record(found.value, found.field->name);
	shown_field(merge, &found);
	bool there = plain_text(merge, &found).len > 0;
	struct readings reading = {0};
	if (there)
		reading = value_read(merge, &found);
	if (condition_compares(condition))
		return compares(merge, condition, &found, &reading);
	return found.field->type == FIELD_YES_NO ? reading.count == 1 && reading.as[0].yes : there;
}

/* told: euros, too, say that they are. */
static struct str exact_text(struct merge *merge, const struct found *found, bool told)
{
	struct readings reading = {0};
	if (plain_text(merge, found).len && field_type_has_form(found->field->type))
		reading = value_read(merge, found);
	enum value_kind kind = found->field->declared.kind;
	if (reading.count != 1 || (kind != VALUE_NUMBER && kind != VALUE_MONEY))
		return plain_text(merge, found);
	struct buf text = {0};
	struct str currency = currency_code(reading.as[0].currency);
	decimal_write(&reading.as[0].decimal, &text);
	if (currency.len && (told || !str_is(currency, "EUR")))
		buf_format(&text, " %.*s", str_arg(currency));
	struct str exact = str_copy(merge->arena, buf_text(&text));
	buf_free(&text);
	return exact;
}

static struct str fill_piece(struct merge *merge, const struct found *found,
	const struct node *from, enum attribute_kind kind)
{
	return kind == KIND_PATTERN ? value_text(merge, found, from->lang)
		: kind == KIND_EUROS
		? exact_text(merge, found, str_is(node_attribute(from, "type"), "swiss"))
		: plain_text(merge, found);
}

struct str value_fill(struct merge *merge, const struct scope *scope, const struct node *from,
	const struct attribute *attribute)
{
	enum attribute_kind wanted = attribute_find_rule(from->tag, attribute->name)->kind;
	struct str pattern = attribute->value, piece;
	struct buf text = {0};
	for (enum pattern_piece kind; (kind = pattern_next(&pattern, &piece)) != PATTERN_END;) {
		if (kind == PATTERN_NAME) {
			struct found found = value_find(merge, scope, piece);
			piece = fill_piece(merge, &found, from, wanted);
			shown_value(merge, &found, piece);
		}
		buf_str(&text, piece);
	}
	struct str filled = str_copy(merge->arena, buf_text(&text));
	buf_free(&text);
	return filled;
}
