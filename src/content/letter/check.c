/* check.c - a record against the template's declarations, before anything is merged.
 *
 * All of a record is checked at once, also what a condition would leave out, so that a record is
 * good or bad whatever the template shows of it. */
#include "letter/letter_int.h"

#include "base/diag_id.h"

/* "<vru><highlight>…</highlight></vru>" for vru.highlight: the words to add to a record. */
static const char *element_for(struct merge *merge, const struct field *field)
{
	struct buf text = {0}, end = {0};
	struct str rest = field->name, part;
	while (str_split(&rest, '.', &part)) {
		buf_format(&text, "<%.*s>", str_arg(part));
		struct str inner = str_copy(merge->arena, buf_text(&end));
		buf_clear(&end);
		buf_format(&end, "</%.*s>%.*s", str_arg(part), str_arg(inner));
	}
	buf_puts(&text, field->type == FIELD_LINES ? "<line>…</line>" : "…");
	buf_str(&text, buf_text(&end));
	const char *element = diag_str(merge->diags, buf_text(&text));
	buf_free(&text);
	buf_free(&end);
	return element;
}

/* "line 7" of an XML record, "column B" of a row. */
static const char *where_in_record(struct merge *merge, struct place at)
{
	struct buf text = {0};
	if (at.row) {
		buf_puts(&text, "column ");
		place_write_column(at.column, &text);
	} else {
		buf_format(&text, "line %d", at.line);
	}
	const char *where = diag_str(merge->diags, buf_text(&text));
	buf_free(&text);
	return where;
}

static void check_there(struct merge *merge, const struct field *field, const struct value *value)
{
	bool list = field->type == FIELD_LIST;
	if (!field->required ||
		(list ? value_next_record(value, field->name) != NULL
		      : value && !value_is_blank(value)))
		return;
	const char *name = field_said(merge->diags, field);
	if (value)
		diag_add(merge->diags, FIELD_BLANK, field->first_use, name,
			where_in_record(merge, value->at), element_for(merge, field));
	else
		diag_add(merge->diags, FIELD_MISSING, field->first_use, name,
			element_for(merge, field));
	if (merge->recipient->at.row)
		diag_hint(merge->diags, "fill in the cell");
	else if (merge->recipient->object)
		diag_hint(merge->diags, "give it a value in the object");
}

static void check_value(struct merge *merge, const struct field *field, const struct value *value)
{
	if (!check_words(merge, field, value))
		return;
	if (value->rich && field->type != FIELD_RICH)
		diag_add(merge->diags, FIELD_MARKUP, value->at, field_said(merge->diags, field),
			field_type_name(field->type));
	else if (!value_is_blank(value) && !value->rich)
		check_form(merge, field, value);
}

static void check_computed(
	struct merge *merge, const struct field *field, const struct value *value)
{
	const char *how = compute_name(field->computation.how);
	if (!value || value_is_blank(value))
		return;
	diag_add(merge->diags, FIELD_COMPUTED, value->at,
		diag_str(merge->diags, str_trim(value->text)), field_said(merge->diags, field),
		how);
	if (field->computation.how == COMPUTE_LETTER)
		diag_hint(
			merge->diags, "take it out of the record, or give the field another name");
}

static void check_declared(
	struct merge *merge, const struct field *fields, const struct value *values);

static void check_field(struct merge *merge, const struct field *field, const struct value *values)
{
	const struct value *first = recipient_find(values, field->name);
	const struct value *more = first ? recipient_find(first->next, field->name) : NULL;
	if (field->computation.how) {
		check_computed(merge, field, first);
		return;
	}
	check_there(merge, field, first);
	if (field->type == FIELD_LIST) {
		for (; first; first = recipient_find(first->next, field->name))
			check_declared(merge, field->parts, first->parts);
		return;
	}
	if (first)
		check_value(merge, field, first);
	if (more)
		diag_add(merge->diags, FIELD_SEVERAL, more->at, field_said(merge->diags, field));
}

static void check_declared(
	struct merge *merge, const struct field *fields, const struct value *values)
{
	for (const struct field *field = fields; field; field = field->next)
		check_field(merge, field, values);
	for (const struct value *value = values; value; value = value->next) {
		if (template_find_field(fields, value->name))
			continue;
		struct nearest nearest = template_nearest_field(fields, value->name);
		const char *name = diag_str(merge->diags, value->name);
		diag_add(merge->diags, FIELD_UNKNOWN, value->at, merge_said(merge, value), name);
		nearest_hint(&nearest, merge->diags);
	}
}

void check_record(struct merge *merge, const struct recipient *recipient)
{
	merge->recipient = recipient;
	check_declared(merge, merge->template->fields, recipient->values);
}
