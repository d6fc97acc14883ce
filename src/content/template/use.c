/* use.c - names of fields where they are used → their declarations. */
#include "template/template_int.h"

#include "base/diag_id.h"

static struct field *find(const struct scope *scope, struct str name)
{
	for (; scope; scope = scope->outer)
		for (struct field *field = scope->fields; field; field = field->next)
			if (str_eq(field->name, name))
				return field;
	return NULL;
}

/* The first of the letter's fields, as if it were declared; made when it is first used. */
static struct field *letter_date(struct check *check, struct place at)
{
	struct template *template = check->template;
	if (template->date.len == 0)
		diag_add0(check->diags, LETTER_DATE, at);
	if (template->fields && template->fields->computation.how == COMPUTE_LETTER)
		return template->fields;
	struct field *field = arena_new_array(check->arena, struct field, 1);
	*field = (struct field){.id = template->field_count++,
		.name = str_lit(LETTER_DATE),
		.type = FIELD_DATE,
		.declared = {.kind = VALUE_DATE, .lang = template->lang},
		.computation = {COMPUTE_LETTER, .at = template->root->at},
		.at = template->root->at,
		.first_use = at,
		.next = template->fields};
	return template->fields = field;
}

static void report(struct check *check, const struct scope *scope, struct str name, struct place at)
{
	struct nearest nearest = nearest_start(name);
	for (const struct scope *s = scope; s; s = s->outer)
		for (const struct field *f = s->fields; f; f = f->next)
			nearest_try(&nearest, f->name);
	const char *text = diag_str(check->diags, name);
	diag_add(check->diags, FIELD_UNDECLARED, at,
		diag_field(check->diags, name, (struct str){0}), text);
	nearest_hint(&nearest, check->diags);
}

struct field *field_use(
	struct check *check, const struct scope *scope, struct str name, struct place at)
{
	struct field *field = str_is(name, LETTER_DATE) ? letter_date(check, at)
							: find(scope, name);
	if (!field) {
		report(check, scope, name, at);
		return NULL;
	}
	field->first_use = field->used ? field->first_use : at;
	field->used = true;
	return field;
}
