/* where.c - what --where asks for: records that have a value, "area=Kent". */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"
#include "locale/locale.h"

bool where_check(const struct source *source, struct str where, struct diags *diags)
{
	const struct template *template = source->template;
	struct place at = place_in(source->path);
	int equals = str_find(where, "=");
	struct str name = str_trim(str_slice(where, 0, equals < 0 ? where.len : equals));
	if (equals < 0) {
		diag_add(diags, WHERE_FORM, at, diag_str(diags, where));
		return false;
	}
	const struct field *field = template ? template_find_field(template->fields, name) : NULL;
	if (field && field->computation.how) {
		diag_add(diags, OPTION_COMPUTED, at, "--where", diag_str(diags, name));
		return false;
	}
	if (!template || str_is(name, "id") || field)
		return true;
	struct nearest nearest = template_nearest_field(template->fields, name);
	diag_add(diags, OPTION_FIELD, at, "--where", diag_str(diags, name));
	nearest_hint(&nearest, diags);
	return false;
}

/* Whether both texts are one value by the field's declaration; of words, the same text. */
static bool is_same(struct arena *arena, const struct field *field, const struct value *value,
	struct str text, struct str wanted)
{
	if (!field || !field_type_has_form(field->type) || !text.len || !wanted.len)
		return str_eq(text_composed(arena, text), text_composed(arena, wanted));
	struct str lang = value ? value->lang : str_lit("");
	struct readings is = field_read(arena, field, text, lang, value && value->stored);
	struct readings asked = field_read(arena, field, wanted, lang, false);
	return is.count == 1 && asked.count == 1 && field_same(field, &is.as[0], &asked.as[0]);
}

bool where_holds(const struct source *source, struct arena *arena,
	const struct recipient *recipient, struct str where)
{
	int equals = str_find(where, "=");
	struct str name = str_trim(str_slice(where, 0, equals));
	struct str wanted = fold_text(arena, str_slice(where, equals + 1, where.len));
	const struct value *value = recipient_find(recipient->values, name);
	const struct field *field = source->template
		? template_find_field(source->template->fields, name)
		: NULL;
	struct str text = value ? fold_text(arena, value->text) : str_lit("");
	if (!value && !field && str_is(name, "id"))
		text = recipient->id;
	if (text.len == 0 && field && field->value.at)
		text = fold_text(arena, field->value);
	return is_same(arena, field, value, text, wanted);
}
