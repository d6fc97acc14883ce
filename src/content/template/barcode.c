/* barcode.c - which attributes go with which type of code. */
#include "template/template_int.h"

#include "base/diag_id.h"
#include "tree/vocabulary.h"

/* Those that are not here go with all types. */
static const struct {
	const char *name;
	const char *types;
	bool needed;
} rows[] = {
	{"data", "qr datamatrix code128", true},
	{"width", "qr datamatrix code128 epc", false}, /* the other's is laid down */
	{"height", "code128", false},
	{"name", "epc swiss", true},
	{"iban", "epc swiss", true},
	{"bic", "epc", false},
	{"amount", "epc swiss", false},
	{"reference", "epc swiss", false},
	{"text", "epc swiss", false},
	{"street", "swiss", false},
	{"house", "swiss", false},
	{"postcode", "swiss", true},
	{"town", "swiss", true},
	{"country", "swiss", true},
	{"currency", "swiss", false},
	{"payer-name", "swiss", false},
	{"payer-street", "swiss", false},
	{"payer-house", "swiss", false},
	{"payer-postcode", "swiss", false},
	{"payer-town", "swiss", false},
	{"payer-country", "swiss", false},
	{"billing", "swiss", false},
};

static bool goes_with(const char *types, struct str type)
{
	struct str rest = str_of(types), one;
	while (str_split(&rest, ' ', &one))
		if (str_eq(one, type))
			return true;
	return false;
}

static void check_row(const struct node *node, struct str type, int row, struct diags *diags)
{
	const char *name = rows[row].name;
	bool there = node_attribute(node, name).at != NULL;
	bool fits = goes_with(rows[row].types, type);
	if (there && !fits)
		diag_add(diags, BARCODE_ATTRIBUTE, node->at, name, diag_str(diags, type), name);
	if (!there && fits && rows[row].needed)
		diag_add(diags, ATTRIBUTE_MISSING, node->at, tag_element(node->tag), name, name,
			attribute_form(attribute_find_rule(node->tag, str_of(name))));
}

void check_barcode(struct check *check, const struct node *node)
{
	struct str type = node_attribute(node, "type"), alt = node_attribute(node, "alt");
	if (!type.at || attribute_fault(TAG_BARCODE, str_lit("type"), type))
		return; /* which was reported */
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_row(node, type, (int)i, check->diags);
	if (str_trim(alt).len == 0) {
		diag_add(check->diags, ALT_MISSING, node->at, tag_element(node->tag));
		diag_hint(check->diags, "write alt=\"…\" with what the code holds, and for what");
	}
}
