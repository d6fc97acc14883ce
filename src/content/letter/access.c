/* access.c - what of ISO 14289-1 (PDF/UA) and ISO 19005-2 (PDF/A) a merged letter may break where
 * its template does not: a condition leaves a level of headings out, a field leaves a picture
 * without its description, a record brings a character that only its own font knows. */
#include "letter/letter_int.h"

#include "base/diag_id.h"

static void check_heading(const struct node *heading, int *last, struct diags *diags)
{
	int level = node_level(heading);
	if (level > *last + 1)
		diag_add(diags, HEADING_SKIP, heading->at, diag_int(diags, level),
			diag_int(diags, *last + 1), diag_int(diags, *last + 1));
	*last = level;
}

bool check_headings(const struct letter *letter, struct diags *diags)
{
	int errors = diags_count(diags, SEVERITY_ERROR), level = 0;
	for (int i = 0; i < letter->node_count; i++)
		if (letter->nodes[i]->tag == TAG_HEADING)
			check_heading(letter->nodes[i], &level, diags);
		else if (letter->nodes[i]->tag == TAG_SUBJECT) /* it heads all that follows */
			level = 0;
	return diags_count(diags, SEVERITY_ERROR) == errors;
}

/* alt="" says that a picture decorates; an alt whose fields are all empty does not mean to. */
static void check_alt(struct merge *merge, const struct node *picture)
{
	for (const struct attribute *a = picture->origin->attributes; a; a = a->next)
		if (str_is(a->name, "alt") && a->has_fields &&
			blank_trim(node_attribute(picture, "alt")).len == 0)
			diag_add(merge->diags, ALT_BLANK, a->at, diag_str(merge->diags, a->value));
}

void check_access(struct merge *merge, const struct letter *letter)
{
	check_headings(letter, merge->diags);
	for (int i = 0; i < letter->node_count; i++) {
		const struct node *node = letter->nodes[i];
		if (!node->constant) /* else the template's reader has looked at it */
			node_check_heard(node, merge->diags);
		switch (node->tag) {
		case TAG_BARCODE:
			check_payment(merge, node);
			check_alt(merge, node);
			break;
		case TAG_IMAGE:
		case TAG_SIGNATURE:
			check_alt(merge, node);
			break;
		case TAG_TEXT:
			if (!node->constant)
				node_check_text(node, merge->diags);
			break;
		default:
			break;
		}
	}
}
