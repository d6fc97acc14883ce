/* payment.c - what the codes of payments hold: whether its parts go together, and whether the slip
 * around a Swiss one says the same to who pays by hand. */
#include "letter/letter_int.h"

#include "base/diag_id.h"
#include "tree/swiss.h"

/* An EPC code has a reference or a text (EPC069-12 table 2), and euros alone; that of a Swiss
 * payment is in the hands of others. */
static void check_euros(struct merge *merge, const struct node *barcode)
{
	struct str reference = node_attribute(barcode, "reference");
	if (reference.len && node_attribute(barcode, "text").len)
		diag_add0(merge->diags, BARCODE_REMITTANCE, barcode->at);
	if (reference.len && !str_starts(reference, "RF"))
		diag_add(merge->diags, BARCODE_PAYMENT, barcode->at, "reference",
			"is that of a Swiss one", "write one that begins with RF, or a text");
	if (str_ends(node_attribute(barcode, "amount"), " CHF"))
		diag_add(merge->diags, BARCODE_PAYMENT, barcode->at, "amount", "is in francs",
			"write type=\"swiss\", or an amount in euros");
}

/* -- the slip says what its code holds --------------------------------------------------------- */

/* Blanks and signs between groups of figures are no part of a number. */
static bool is_between(uint32_t c)
{
	return c == ' ' || c == 0xA0 || c == 0x202F || c == 0x2009 || c == '\'' || c == 0x2019;
}

/* Ends in NUL. */
static struct str squeeze(struct arena *arena, struct str text)
{
	char *out = arena_alloc(arena, (size_t)text.len + 1);
	int len = 0;
	for (int at = 0, from = 0; at < text.len; from = at) {
		if (is_between(utf8_next(text, &at)))
			continue;
		memcpy(out + len, text.at + from, (size_t)(at - from));
		len += at - from;
	}
	out[len] = '\0';
	return (struct str){out, len};
}

/* 199.95 does not stand in 1199.95. */
static bool stands_in(struct str part, struct str words)
{
	for (int at; (at = str_find(words, part.at)) >= 0;
		words = str_slice(words, at + 1, words.len)) {
		bool number = at > 0 && words.at[at - 1] >= '0' && words.at[at - 1] <= '9' &&
			part.at[0] >= '0' && part.at[0] <= '9';
		if (!number)
			return true;
	}
	return false;
}

/* The lines of the code that people read as well (SIX, guidelines 3), from 0. */
static const struct {
	int line;
	const char *attribute;
} said[] = {{3, "iban"}, {5, "name"}, {8, "postcode"}, {9, "town"}, {18, "amount"},
	{19, "currency"}, {21, "payer-name"}, {24, "payer-postcode"}, {25, "payer-town"},
	{28, "reference"}, {29, "text"}};

static const char *attribute_of(int line)
{
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (said[i].line == line)
			return said[i].attribute;
	return NULL;
}

static void check_said(struct merge *merge, const struct node *barcode, const struct node *slip)
{
	struct buf text = {0};
	struct str lines = node_barcode_data(merge->arena, barcode), line;
	letter_node_text(slip, &text);
	struct str words = squeeze(merge->arena, buf_text(&text));
	for (int i = 0; str_split(&lines, '\n', &line); i++) {
		const char *attribute = attribute_of(i);
		struct str part = squeeze(merge->arena, line);
		if (attribute && part.len && !stands_in(part, words))
			diag_add(merge->diags, BARCODE_UNSAID, barcode->at,
				diag_str(merge->diags, line), attribute);
	}
	buf_free(&text);
}

static void check_swiss(struct merge *merge, const struct node *barcode)
{
	const struct swiss_fault *fault = swiss_find_fault(merge->arena, barcode);
	const struct node *slip = barcode->parent;
	while (slip && slip->tag != TAG_SLIP)
		slip = slip->parent;
	if (fault)
		diag_add(merge->diags, BARCODE_PAYMENT, barcode->at, fault->attribute, fault->why,
			fault->hint);
	else if (slip)
		check_said(merge, barcode, slip);
}

void check_payment(struct merge *merge, const struct node *barcode)
{
	struct str type = node_attribute(barcode, "type");
	if (str_is(type, "epc"))
		check_euros(merge, barcode);
	else if (str_is(type, "swiss"))
		check_swiss(merge, barcode);
}
