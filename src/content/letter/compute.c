/* compute.c - values that are computed of others, before a record is merged: each becomes a value
 * like the record's own, plainly written, and goes their way from there. */
#include "letter/letter_int.h"

#include "base/diag_id.h"

/* A value that is reckoned with. */
struct item {
	struct found found;
	struct typed typed;
};

struct reckoning {
	struct merge *merge;
	const struct scope *scope;
	const struct field *field; /* whose value it is */
	struct typed result;
	int count;   /* items that are in it */
	bool failed; /* which was said */
};

static struct str text_of(const struct item *item)
{
	return str_trim(item->found.value ? item->found.value->text : item->found.field->value);
}

static struct place place_of_item(const struct item *item)
{
	return item->found.value ? item->found.value->at : item->found.field->at;
}

/* -- what cannot be reckoned ------------------------------------------------------------------- */

static const char *told_currency(struct diags *diags, struct str currency)
{
	return currency.len ? diag_str(diags, currency) : "no currency that is named";
}

/* What its values are called, by the path that the template has for them. */
static const char *source_said(const struct reckoning *reckoning)
{
	const struct computation *of = &reckoning->field->computation;
	const struct field *source = of->value ? of->value : of->list;
	struct str label = source ? source->label : (struct str){0};
	return str_labelled(reckoning->merge->arena, of->source, label).at;
}

static void refuse_currency(struct reckoning *reckoning, const struct item *item)
{
	struct diags *diags = reckoning->merge->diags;
	diag_add(diags, COMPUTED_CURRENCY, place_of_item(item), diag_str(diags, text_of(item)),
		source_said(reckoning), told_currency(diags, item->typed.currency),
		field_said(diags, reckoning->field),
		told_currency(diags, reckoning->result.currency));
	reckoning->failed = true;
}

static void refuse_rounded(struct reckoning *reckoning, const struct item *item)
{
	struct diags *diags = reckoning->merge->diags;
	struct buf full = {0};
	buf_str(&full, item->typed.currency);
	decimal_write(&item->typed.decimal, &full);
	diag_add(diags, COMPUTED_ROUNDED, place_of_item(item), diag_str(diags, text_of(item)),
		source_said(reckoning), field_said(diags, reckoning->field),
		diag_str(diags, buf_text(&full)));
	buf_free(&full);
	reckoning->failed = true;
}

static void refuse_range(struct reckoning *reckoning, const struct item *item, const char *why)
{
	struct diags *diags = reckoning->merge->diags;
	diag_add(diags, COMPUTED_RANGE, place_of_item(item), field_said(diags, reckoning->field),
		diag_str(diags, text_of(item)), source_said(reckoning), why);
	reckoning->failed = true;
}

/* -- over a list ------------------------------------------------------------------------------- */

static bool is_of_currency(const struct reckoning *reckoning, const struct item *item)
{
	bool first = reckoning->count == 0 && reckoning->result.currency.len == 0;
	return first ||
		str_eq(currency_code(reckoning->result.currency),
			currency_code(item->typed.currency));
}

static void add_item(struct reckoning *reckoning, const struct item *item)
{
	struct typed *result = &reckoning->result;
	const struct field *field = reckoning->field;
	enum compute how = field->computation.how;
	if (item->typed.multiple.len) {
		refuse_rounded(reckoning, item);
		return;
	}
	if (field->type == FIELD_MONEY && !is_of_currency(reckoning, item)) {
		refuse_currency(reckoning, item);
		return;
	}
	int order = reckoning->count ? typed_compare(field->declared.kind, &item->typed, result)
				     : 0;
	if (how == COMPUTE_SUM && reckoning->count) {
		if (!decimal_add(reckoning->merge->arena, &result->decimal, &item->typed.decimal,
			    &result->decimal))
			refuse_range(reckoning, item, "it would have more than 100 digits");
	} else if (reckoning->count == 0 || (how == COMPUTE_MIN ? order < 0 : order > 0)) {
		struct str declared = field->declared.currency;
		*result = item->typed;
		result->currency = declared.len ? declared : item->typed.currency;
	}
	reckoning->count++;
}

/* A record's value, or its default; one that is not there is not reckoned with. */
static void take_item(struct reckoning *reckoning, const struct value *record)
{
	const struct computation *computation = &reckoning->field->computation;
	struct scope scope = {computation->list->parts, record->parts, NULL};
	if (!computation->value) {
		reckoning->count++;
		return;
	}
	struct item item = {.found = value_of(reckoning->merge, &scope, computation->value)};
	if (text_of(&item).len == 0)
		return;
	if (computation->how == COMPUTE_COUNT) {
		reckoning->count++;
		return;
	}
	item.typed = value_read(reckoning->merge, &item.found).as[0];
	add_item(reckoning, &item);
}

static struct str number_text(struct reckoning *reckoning, const struct typed *typed)
{
	struct buf text = {0};
	if (reckoning->field->type == FIELD_MONEY)
		buf_format(&text, "%.*s ", str_arg(typed->currency));
	typed_write(reckoning->field->declared.kind, typed, &text);
	struct str copy = str_copy(reckoning->merge->arena, buf_text(&text));
	buf_free(&text);
	return copy;
}

static struct str day_plain(struct arena *arena, struct day day)
{
	return str_format(arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

/* The currency of a sum of nothing. */
static struct str declared_currency(const struct field *field)
{
	const struct field *item = field->computation.value;
	struct str own = field->declared.currency;
	return own.len || !item ? own : item->declared.currency;
}

static struct str over_list(struct reckoning *reckoning)
{
	const struct field *field = reckoning->field, *list = field->computation.list;
	struct merge *merge = reckoning->merge;
	const struct value *record = value_of(merge, reckoning->scope, list).value;
	reckoning->result = (struct typed){
		.decimal = {false, str_lit("0"), 0}, .currency = declared_currency(field)};
	while ((record = value_next_record(record, list->name)) && !reckoning->failed) {
		take_item(reckoning, record);
		record = recipient_find(record->next, list->name);
	}
	if (field->computation.how == COMPUTE_COUNT)
		return str_format(merge->arena, "%d", reckoning->count);
	if (reckoning->count == 0 && field->computation.how != COMPUTE_SUM)
		return str_lit("");
	return field->type == FIELD_DATE ? day_plain(merge->arena, reckoning->result.day)
					 : number_text(reckoning, &reckoning->result);
}

/* -- from a date ------------------------------------------------------------------------------- */

static struct str from_date(struct reckoning *reckoning)
{
	const struct computation *computation = &reckoning->field->computation;
	struct merge *merge = reckoning->merge;
	struct item item = {.found = value_of(merge, reckoning->scope, computation->value)};
	if (text_of(&item).len == 0)
		return str_lit("");
	item.typed = value_read(merge, &item.found).as[0];
	struct day day = day_add(item.typed.day, computation->months, computation->days);
	if (day.year == 0)
		refuse_range(reckoning, &item, "it would not be in the years 1 to 9999");
	return day_plain(merge->arena, day);
}

/* -- all of a record --------------------------------------------------------------------------- */

static bool any_computed(const struct field *fields)
{
	for (; fields; fields = fields->next)
		if (fields->computation.how || any_computed(fields->parts))
			return true;
	return false;
}

static struct value *compute_field(
	struct merge *merge, const struct scope *scope, const struct field *field)
{
	struct reckoning reckoning = {.merge = merge, .scope = scope, .field = field};
	struct value *value = arena_new_array(merge->arena, struct value, 1);
	*value = (struct value){
		.name = field->name, .lang = str_lit(""), .at = field->at, .stored = true};
	value->text = field->computation.how == COMPUTE_LETTER ? merge->template->date
		: field->computation.how == COMPUTE_FROM       ? from_date(&reckoning)
							       : over_list(&reckoning);
	return value;
}

/* A blank value where one is computed makes room for it. */
static struct value *copy_values(struct arena *arena, const struct scope *scope)
{
	struct value *first = NULL, **end = &first;
	for (const struct value *value = scope->values; value; value = value->next) {
		const struct field *field = template_find_field(scope->fields, value->name);
		if (field && field->computation.how)
			continue;
		*end = arena_new_array(arena, struct value, 1);
		**end = *value;
		(*end)->next = NULL;
		end = &(*end)->next;
	}
	return first;
}

static struct value *compute_copies(struct merge *merge, const struct scope *outer);

static void compute_records(struct merge *merge, const struct scope *scope,
	const struct field *list, struct value *value)
{
	for (; value; value = value->next) {
		struct scope parts = {list->parts, value->parts, scope};
		if (str_eq(value->name, list->name) && !value_is_blank(value))
			value->parts = compute_copies(merge, &parts);
	}
}

static struct value *compute_copies(struct merge *merge, const struct scope *outer)
{
	struct value *values = copy_values(merge->arena, outer), **end = &values;
	struct scope scope = {outer->fields, values, outer->outer};
	while (*end)
		end = &(*end)->next;
	for (const struct field *field = scope.fields; field; field = field->next) {
		if (any_computed(field->parts))
			compute_records(merge, &scope, field, values);
		if (!field->computation.how)
			continue;
		*end = compute_field(merge, &scope, field);
		end = &(*end)->next;
		scope.values = values;
	}
	return values;
}

const struct value *compute_values(struct merge *merge, const struct scope *scope)
{
	return any_computed(scope->fields) ? compute_copies(merge, scope) : scope->values;
}
