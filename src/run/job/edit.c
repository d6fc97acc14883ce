/* edit.c - other words for a fact → its record's file, once a letter was made with them: what
 * check would refuse is never written. */
#include "base/diag_id.h"
#include "job/job_int.h"
#include "template/template.h"

/* -- what is wrong with it --------------------------------------------------------------------- */

static bool is_error(const struct diag *diag)
{
	return diag_severity(diag->id) >= SEVERITY_ERROR;
}

static bool was_said(const struct diags *before, const struct diag *diag)
{
	for (int i = 0; i < diags_len(before); i++) {
		const struct diag *old = diags_at(before, i);
		if (old->id == diag->id && strcmp(old->text, diag->text) == 0)
			return true;
	}
	return false;
}

/* What else is wrong with the letter does not keep a fact in it from being mended. */
static bool is_refused(
	const struct diags *before, const struct diag *diag, const struct value *value)
{
	bool of_it = diag->at.file && diag->at.line == value->at.line &&
		diag->at.column == value->at.column && strcmp(diag->at.file, value->at.file) == 0;
	return is_error(diag) && (of_it || !was_said(before, diag));
}

static bool check(struct job_maker *maker, const struct recipient *old, const struct recipient *new,
	const struct value *value, struct diags *diags)
{
	struct diags *before = diags_new(), *after = diags_new();
	maker_try(maker, old, before);
	maker_try(maker, new, after);
	int refused = 0;
	for (int i = 0; i < diags_len(after); i++)
		if (is_refused(before, diags_at(after, i), value)) {
			diags_append_one(diags, diags_at(after, i));
			refused++;
		}
	diags_free(before);
	diags_free(after);
	return !refused;
}

/* -- writing ----------------------------------------------------------------------------------- */

static bool write_edit(struct job_maker *maker, const struct edit *edit, struct arena *arena,
	struct job_fixed *fixed, struct diags *diags)
{
	struct recipient new;
	struct buf edited = {0};
	struct str bytes = file_read(arena, edit->value->at.file, place_none(), diags);
	bool good = bytes.at && recipient_edit(arena, bytes, edit, &edited, &new, diags) &&
		check(maker, edit->record, &new, edit->value, diags) &&
		fact_write(arena, edit, (struct str[]){bytes, buf_text(&edited)}, fixed, diags);
	buf_free(&edited);
	return good;
}

bool job_edit(struct job_maker *maker, const struct job_edit *asked, struct arena *arena,
	struct job_fixed *fixed, struct diags *diags)
{
	struct recipient record = {0};
	struct edit edit = {.record = &record,
		.template = maker_template(maker),
		.words = asked->words,
		.link = asked->link};
	if (maker_find(maker, asked->target.id, arena, &record, diags))
		edit.value = fact_find(&record, &asked->target, diags);
	if (!edit.value)
		return false;
	edit.lines = value_has_lines(
		edit.value, value_declared(edit.template->fields, record.values, edit.value));
	return write_edit(maker, &edit, arena, fixed, diags);
}
