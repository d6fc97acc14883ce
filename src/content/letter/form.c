/* form.c - a value against what is declared of it: that it can be read, in one way only, is
 * allowed, and is not almost what a condition asks for. */
#include "letter/debris.h"
#include "letter/letter_int.h"

#include "base/diag_id.h"

static const char *told(struct merge *merge, const struct field *field, const struct typed *value)
{
	struct buf text = {0};
	typed_write(field->declared.kind, value, &text);
	const char *words = diag_str(merge->diags, buf_text(&text));
	buf_free(&text);
	return words;
}

static void report_none(
	struct merge *merge, const struct field *field, const struct value *value, const char *why)
{
	const char *form = field->declared.pattern.at
		? str_format(merge->arena, "a date like 2020-10-13, or as declared, %.*s",
			  str_arg(field->declared.pattern))
			  .at
		: field_value_form(field->type);
	diag_add(merge->diags, FIELD_VALUE, value->at,
		diag_str(merge->diags, str_trim(value->text)), field_said(merge->diags, field),
		field_type_name(field->type), form);
	if (why)
		diag_hint(merge->diags, str_format(merge->arena, "write %s: %s", form, why).at);
}

static void report_two(struct merge *merge, const struct field *field, const struct value *value,
	const struct readings *reading)
{
	diag_add(merge->diags, FIELD_READINGS, value->at,
		diag_str(merge->diags, str_trim(value->text)), field_said(merge->diags, field),
		told(merge, field, &reading->as[0]), told(merge, field, &reading->as[1]),
		field_value_choice(field->type));
}

static void report_not_allowed(
	struct merge *merge, const struct field *field, const struct value *value)
{
	struct nearest nearest = nearest_start(value->text);
	struct buf all = {0};
	for (const struct literal *one = field->allowed; one; one = one->next) {
		if (!field_type_has_form(field->type))
			nearest_try(&nearest, one->words);
		buf_format(&all, "%s%.*s",
			one == field->allowed ? ""
				: one->next   ? ", "
					      : " or ",
			str_arg(one->words));
	}
	diag_add(merge->diags, FIELD_ALLOWED, value->at, diag_str(merge->diags, value->text),
		field_said(merge->diags, field), diag_str(merge->diags, buf_text(&all)));
	nearest_hint(&nearest, merge->diags);
	buf_free(&all);
}

/* -- almost ------------------------------------------------------------------------------------ */

/* Letters and digits without case, so that only they count. */
static struct str bare(struct arena *arena, struct str text)
{
	char *out = arena_alloc(arena, (size_t)text.len + 1);
	int len = 0;
	for (int at = 0; at < text.len;) {
		char bytes[4];
		uint32_t c = letter_bare(utf8_next(text, &at));
		int count = c ? utf8_encode(c, bytes) : 0;
		if (len + count <= text.len) {
			memcpy(out + len, bytes, (size_t)count);
			len += count;
		}
	}
	return (struct str){out, len};
}

/* The same but for case, marks, blanks and points, or, in a longer word, for one letter. */
static bool is_near(struct arena *arena, struct str a, struct str b)
{
	struct str x = bare(arena, a), y = bare(arena, b);
	struct nearest nearest = nearest_within(x, x.len >= 4 && y.len >= 4 ? 1 : 0);
	return str_eq(x, y) || nearest_try(&nearest, y);
}

/* A field whose values are declared is not asked: it holds one of them. */
static void check_near(struct merge *merge, const struct field *field, const struct value *value,
	const struct typed *typed)
{
	if (field->allowed || field_type_has_form(field->type) || !field->compared ||
		field_find(field, field->compared, typed))
		return;
	for (const struct literal *one = field->compared; one; one = one->next)
		if (is_near(merge->arena, one->words, typed->words)) {
			diag_add(merge->diags, EQUALS_NEAR, value->at,
				field_said(merge->diags, field),
				diag_str(merge->diags, typed->words),
				diag_str(merge->diags, one->words));
			return;
		}
}

/* Zeros in front are mostly those of a number by which something is known. */
static void check_zeros(struct merge *merge, const struct field *field, const struct value *value,
	const struct typed *typed)
{
	if (typed->leading_zero)
		diag_add(merge->diags, LEADING_ZERO, value->at, diag_str(merge->diags, value->text),
			field_said(merge->diags, field), told(merge, field, typed));
}

/* A day by which programs say that there is none, however it is written. */
static void check_no_date(
	struct merge *merge, const struct field *field, const struct value *value, struct day day)
{
	enum no_date is = no_date_is(day);
	const char *name = field_said(merge->diags, field);
	const char *words = diag_str(merge->diags, str_trim(value->text));
	if (is == NO_DATE_SURE)
		diag_add(merge->diags, DEBRIS, value->at, name, words, NO_DATE, NO_DATE_HINT);
	else if (is == NO_DATE_MAYBE)
		diag_add(merge->diags, DATE_NONE, value->at, name, words);
}

void check_form(struct merge *merge, const struct field *field, const struct value *value)
{
	struct arena_mark mark = arena_save(merge->arena);
	struct readings reading = field_read(
		merge->arena, field, value->text, value->lang, value->stored);
	if (reading.count == 0)
		report_none(merge, field, value, reading.why);
	else if (reading.count > 1)
		report_two(merge, field, value, &reading);
	else if (field->allowed && !field_find(field, field->allowed, &reading.as[0]))
		report_not_allowed(merge, field, value);
	else {
		check_zeros(merge, field, value, &reading.as[0]);
		check_near(merge, field, value, &reading.as[0]);
		if (field->type == FIELD_DATE && !field->takes_debris)
			check_no_date(merge, field, value, reading.as[0].day);
	}
	arena_restore(merge->arena, mark);
}
