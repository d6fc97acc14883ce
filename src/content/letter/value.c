/* value.c - the name of a field → its value in this letter. Values are words: nothing in here can
 * make an element out of one. */
#include "letter/letter_int.h"

#include <assert.h>

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
	if (found.value && found.value->about && found.field->type != FIELD_LIST)
		*vec_push(merge->arena, &merge->facts) = found.value;
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

struct str value_text(struct merge *merge, const struct found *found, struct str lang)
{
	const struct value *value = found->value;
	struct str text = value ? value->text : found->field->value;
	if (value && found->field->type == FIELD_LINES)
		return join_lines(merge->arena, value);
	text = fold_text(merge->arena, text);
	return value_format(merge->arena, found->field, text, lang);
}

/* What conditions compare: the value as the record has it. */
static struct str plain_text(struct merge *merge, const struct found *found)
{
	return fold_text(merge->arena, found->value ? found->value->text : found->field->value);
}

bool value_holds(struct merge *merge, const struct scope *scope, const struct node *condition)
{
	struct str equals = node_attribute(condition, "equals");
	struct found found = value_find(merge, scope, node_attribute(condition, "field"));
	if (found.field->type == FIELD_LIST)
		return value_next_record(found.value, found.field->name);
	struct str text = plain_text(merge, &found);
	shown_field(merge, &found);
	if (equals.at)
		return str_eq(text, fold_text(merge->arena, equals));
	return found.field->type == FIELD_YES_NO ? str_is(text, "yes") : text.len > 0;
}

struct str value_fill(
	struct merge *merge, const struct scope *scope, struct str pattern, const struct str *lang)
{
	struct buf text = {0};
	struct str piece;
	for (enum pattern_piece kind; (kind = pattern_next(&pattern, &piece)) != PATTERN_END;) {
		if (kind == PATTERN_NAME) {
			struct found found = value_find(merge, scope, piece);
			piece = lang ? value_text(merge, &found, *lang) : plain_text(merge, &found);
			shown_value(merge, &found, piece);
		}
		buf_str(&text, piece);
	}
	struct str filled = str_copy(merge->arena, buf_text(&text));
	buf_free(&text);
	return filled;
}
