/* letter.c - template + record → struct letter: checked, merged, numbered, checked again. */
#include "letter/letter_int.h"

#include "base/diag_id.h"
#include "locale/locales.h"

/* A title or the like, as plain text. */
static struct str merge_meta(
	struct merge *merge, const struct scope *scope, const struct node *from)
{
	if (!from)
		return str_lit("");
	struct buf text = {0};
	letter_node_text(merge_tree(merge, scope, from), &text);
	struct str flat = fold_text(merge->arena, str_copy(merge->arena, buf_text(&text)));
	buf_free(&text);
	return flat;
}

static struct letter *merge_letter(
	struct merge *merge, const struct recipient *recipient, const struct value *values)
{
	const struct template *template = merge->template;
	struct scope scope = {template->fields, values, NULL};
	struct letter *letter = arena_new_array(merge->arena, struct letter, 1);
	*letter = (struct letter){
		.id = recipient->id,
		.lang = template->lang,
		.date = template->date,
		.title = merge_meta(merge, &scope, template->title),
		.author = merge_meta(merge, &scope, template->author),
		.description = merge_meta(merge, &scope, template->description),
		.keywords = merge_meta(merge, &scope, template->keywords),
		.template = template,
		.recipient = recipient,
		.values = values,
	};
	letter->root = merge_tree(merge, &scope, template->root);
	letter->shown = merge->shown;
	if (letter->title.len == 0)
		diag_add0(merge->diags, TITLE_MISSING, template->title->at);
	number_nodes(merge->arena, letter);
	check_facts(merge, letter);
	check_access(merge, letter);
	check_plausible(merge, letter);
	return letter;
}

static struct letter *merge_checked(struct merge *merge, const struct recipient *recipient)
{
	int before = diags_count(merge->diags, SEVERITY_ERROR);
	shown_begin(merge);
	check_record(merge, recipient);
	if (diags_count(merge->diags, SEVERITY_ERROR) > before)
		return NULL;
	struct scope scope = {merge->template->fields, recipient->values, NULL};
	const struct value *values = compute_values(merge, &scope);
	if (diags_count(merge->diags, SEVERITY_ERROR) > before)
		return NULL;
	struct letter *letter = merge_letter(merge, recipient, values);
	return diags_count(merge->diags, SEVERITY_ERROR) > before ? NULL : letter;
}

struct letter *letter_merge(struct arena *arena, const struct template *template,
	const struct recipient *recipient, struct locales *locales, struct diags *diags)
{
	struct locales *own = locales ? NULL : locales_new();
	struct merge merge = {.arena = arena,
		.diags = diags,
		.locales = locales ? locales : own,
		.template = template};
	struct letter *letter = merge_checked(&merge, recipient);
	locales_free(own);
	return letter;
}
