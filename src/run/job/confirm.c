/* confirm.c - a fact of a record → confirmed, or as it was before: its file is written beside and
 * renamed, so that it is the old one or the new one. */
#include "base/diag_id.h"
#include "job/job_int.h"
#include "template/template.h"

/* -- finding ----------------------------------------------------------------------------------- */

/* A value of one's own; a list's have no names of their own. */
static const struct value *find_named(
	const struct recipient *recipient, struct str field, struct diags *diags)
{
	const struct value *value = recipient_find(recipient->values, field);
	if (value && !value->parts && str_trim(value->text).len &&
		!recipient_find(value->next, field))
		return value;
	struct nearest nearest = nearest_start(field);
	for (const struct value *other = recipient->values; other && !value; other = other->next)
		nearest_try(&nearest, other->name);
	diag_add(diags, CONFIRM_FIELD, value ? value->at : recipient->at,
		diag_str(diags, recipient->id), diag_field(diags, field, (struct str){0}));
	nearest_hint(&nearest, diags);
	return NULL;
}

const struct value *fact_find(
	const struct recipient *recipient, const struct job_target *target, struct diags *diags)
{
	if (target->stamp && target->stamp != recipient->stamp) {
		diag_add(diags, EDIT_CHANGED, recipient->at, recipient->where);
		return NULL;
	}
	if (!target->at.line)
		return find_named(recipient, target->field, diags);
	const struct value *value = recipient_find_at(recipient->values, target->at);
	if (!value)
		diag_add(diags, EDIT_PLACE, target->at,
			diag_field(diags, target->field, (struct str){0}));
	return value;
}

/* *found: the value, which stands in XML, with its record. */
static bool find(struct arena *arena, const struct job_source *from,
	const struct job_target *target, struct edit *found, struct diags *diags)
{
	struct recipient *recipient = arena_new_array(arena, struct recipient, 1);
	struct recipients_options options = {.only = &target->id,
		.only_count = 1,
		.name = from->name,
		.query = from->query,
		.sheet = from->sheet};
	const struct template *template = job_read_template(arena, from, diags);
	struct recipients *source = template
		? recipients_open(from->recipients, template, &options, diags)
		: NULL;
	bool good = source && recipients_next(source, arena, recipient, diags) == RECIPIENTS_GOOD;
	if (source)
		recipients_close(source);
	*found = (struct edit){.record = recipient, .template = template};
	found->value = good ? fact_find(recipient, target, diags) : NULL;
	if (!found->value)
		return false;
	bool xml = !found->value->at.row && !recipient->object;
	if (!xml)
		diag_add0(diags, CONFIRM_TABLE, found->value->at);
	return xml;
}

/* -- writing ----------------------------------------------------------------------------------- */

bool fact_write(struct arena *arena, const struct edit *edit, const struct str bytes[2],
	struct job_fixed *fixed, struct diags *diags)
{
	const struct value *value = edit->value;
	const struct field *declared = value_declared(
		edit->template->fields, edit->record->values, value);
	*fixed = (struct job_fixed){.file = str_copy(arena, str_of(value->at.file)).at,
		.field = str_copy(arena, value->name),
		.label = declared ? str_copy(arena, declared->label) : (struct str){0},
		.before = str_copy(arena, value_element(bytes[0], value)),
		.after = str_copy(arena, value_element(bytes[1], value))};
	return str_eq(bytes[0], bytes[1]) || file_replace(fixed->file, bytes[0], bytes[1], diags);
}

bool job_confirm(struct arena *arena, const struct job_source *source,
	const struct job_target *target, const struct confirmation *confirmation,
	struct job_fixed *fixed, struct diags *diags)
{
	struct edit found;
	struct str bytes = {0};
	struct buf edited = {0};
	if (find(arena, source, target, &found, diags))
		bytes = file_read(arena, found.value->at.file, place_none(), diags);
	bool good = bytes.at &&
		recipient_confirm(arena, bytes, &found, confirmation, &edited, diags) &&
		fact_write(arena, &found, (struct str[]){bytes, buf_text(&edited)}, fixed, diags);
	buf_free(&edited);
	return good;
}

struct str job_confirmed_note(
	struct arena *arena, struct str field, const struct confirmation *confirmation)
{
	return str_format(arena, "%.*s was seen in %.*s, %.*s", str_arg(field),
		str_arg(confirmation->source), str_arg(confirmation->date));
}

/* The element is put back as its bytes were; nothing else is known to have changed. */
bool job_undo(struct arena *arena, const struct job_source *source, const struct job_target *target,
	const struct job_fixed *fixed, struct diags *diags)
{
	struct edit found;
	struct str bytes = {0};
	if (find(arena, source, target, &found, diags))
		bytes = file_read(arena, found.value->at.file, place_none(), diags);
	struct str element = bytes.at ? value_element(bytes, found.value) : (struct str){0};
	if (!bytes.at)
		return false;
	if (!element.at || !str_eq(element, fixed->after)) {
		diag_add(diags, EDIT_CHANGED, found.value->at, found.value->at.file);
		return false;
	}
	struct job_fixed back;
	struct buf old = {0};
	int at = (int)(element.at - bytes.at);
	buf_str(&old, str_slice(bytes, 0, at));
	buf_str(&old, fixed->before);
	buf_str(&old, str_slice(bytes, at + element.len, bytes.len));
	bool good = fact_write(arena, &found, (struct str[]){bytes, buf_text(&old)}, &back, diags);
	buf_free(&old);
	return good;
}
