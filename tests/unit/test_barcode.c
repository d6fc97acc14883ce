/* Codes: their rectangles are their modules, and a payment is what EPC069-12 prints of it. That the
 * modules hold the data is for other people's readers to say: tests/judges/codes.py. */
#include "barcode/barcode.h"
#include "tree/payment.h"
#include "tree/swiss.h"
#include "tree/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct barcode *encode(struct arena *arena, const char *type, const char *data)
{
	struct diags *diags = diags_new();
	const struct barcode *barcode = barcode_encode(
		arena, str_of(type), str_of(data), place_none(), diags);
	assert_non_null(barcode);
	assert_int_equal(diags_len(diags), 0);
	diags_free(diags);
	return barcode;
}

/* Every dark module lies in one rectangle, no white one in any, and no two could be one. */
static void rectangles_are_the_modules(void **state)
{
	(void)state;
	static const char *const types[] = {"qr", "epc", "datamatrix", "code128", "swiss"};
	struct arena *arena = arena_new();
	for (int i = 0; i < 40; i++) {
		const char *data = str_format(
			arena, "%d%.*s", i * 7919, i, "a-Bc/0123456789 the quick brown foxes")
					   .at;
		const struct barcode *code = encode(arena, types[i % 5], data);
		int count = code->width * code->height, runs = 0;
		int *owner = arena_new_array(arena, int, count);
		for (struct barcode_run run = {0}; barcode_next(code, &run);) {
			runs++;
			for (int y = run.top; y < run.bottom; y++)
				for (int x = run.left; x < run.right; x++) {
					assert_int_equal(owner[y * code->width + x], 0);
					owner[y * code->width + x] = runs;
				}
		}
		for (int at = 0; at < count; at++) {
			assert_int_equal(code->bytes[at] != 0, owner[at] != 0);
			if (at % code->width && owner[at] && owner[at - 1])
				assert_int_equal(owner[at], owner[at - 1]);
		}
	}
	arena_free(arena);
}

struct value {
	const char *text;
	bool good;
};

static void hold_all(bool (*is)(struct str), const struct value *values, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is(str_of(values[i].text)) != values[i].good)
			fail_msg("\"%s\" is %s", values[i].text,
				values[i].good ? "refused" : "taken");
}
#define HOLD(is, ...)                                     \
	hold_all(is, (const struct value[]){__VA_ARGS__}, \
		sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value))

static void parts_of_a_payment(void **state)
{
	(void)state;
	/* Examples of the IBAN registry of SWIFT, and each with two digits exchanged. */
	HOLD(payment_is_iban, {"DE89370400440532013000", true}, {"NL91ABNA0417164300", true},
		{"GB29 NWBK 6016 1331 9268 19", true}, {"NO9386011117947", true},
		{"MT84MALT011000012345MTLCAST001S", true}, {"DE89370400440532010300", false},
		{"NL91ABNA0417164030", false}, {"", false}, {"DE", false},
		{"de89370400440532013000", false}, {"DE89-3704-0044-0532-0130-00", false},
		{"1289370400440532013000", false});
	HOLD(payment_is_reference, {"RF18539007547034", true}, {"RF18 5390 0754 7034", true},
		{"", true}, {" ", false}, {"RF81539007547034", false}, {"RF19539007547034", false},
		{"539007547034", false}, {"RF18", false}, {"RF1853900754703412345678901", false});
	HOLD(payment_is_bic, {"COBADEFF", true}, {"COBADEFFXXX", true}, {"", true},
		{"COBADEFFX", false}, {"cobadeff", false}, {"COBA1EFF", false},
		{"COBADEF-", false});
	HOLD(payment_is_amount, {"0.01", true}, {"999999999.99", true}, {"12", true},
		{"12.5", true}, {"", true}, {"0", false}, {"0.00", false}, {"1000000000", false},
		{"1.234", false}, {"12.", false}, {".5", false}, {"-1", false}, {"1,50", false},
		{"12 GBP", false});
	HOLD(payment_is_name, {"Ä", true}, {" ", false}, {"", false}, {"a\nb", false},
		{"ÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄ", true},
		{"ÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖ", false});
}

/* The lines of EPC069-12, annex: an element that is left out keeps its line, but at the end. */
static void lines_of_a_payment(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct attribute parts[] = {{.name = str_lit("type"), .value = str_lit("epc")},
		{.name = str_lit("name"), .value = str_lit("Red Cross")},
		{.name = str_lit("iban"), .value = str_lit("BE72 0000 0000 1616")},
		{.name = str_lit("amount"), .value = str_lit("1")},
		{.name = str_lit("bic"), .value = str_lit("BPOTBEB1")},
		{.name = str_lit("text"), .value = str_lit("Urgency fund")}};
	struct node node = {.tag = TAG_BARCODE, .attributes = parts};
	for (int i = 0; i < 3; i++)
		parts[i].next = &parts[i + 1];
	assert_string_equal(node_barcode_data(arena, &node).at,
		"BCD\n002\n1\nSCT\n\nRed Cross\nBE72000000001616\nEUR1");
	for (int i = 3; i < 5; i++)
		parts[i].next = &parts[i + 1];
	assert_string_equal(node_barcode_data(arena, &node).at,
		"BCD\n002\n1\nSCT\nBPOTBEB1\nRed Cross\nBE72000000001616\nEUR1\n\n\nUrgency fund");
	parts[5] = (struct attribute){
		.name = str_lit("reference"), .value = str_lit("RF18 5390 0754 7034")};
	assert_string_equal(node_barcode_data(arena, &node).at,
		"BCD\n002\n1\nSCT\nBPOTBEB1\nRed "
		"Cross\nBE72000000001616\nEUR1\n\nRF18539007547034");
	arena_free(arena);
}

/* -- a Swiss payment --------------------------------------------------------------------------- */

static const char *const swiss[] = {"type", "swiss", "iban", "CH44 3199 9123 0008 8901 2", "name",
	"Robert Schneider AG", "street", "Rue du Lac", "house", "1268", "postcode", "2501", "town",
	"Biel", "country", "CH", "amount", "1949.7 CHF", "payer-name", "Pia Rutschmann",
	"payer-street", "Marktgasse", "payer-house", "28", "payer-postcode", "9400", "payer-town",
	"Rorschach", "payer-country", "CH", "reference", "21 00000 00003 13947 14300 09017", "text",
	"Instruction of 15.09.2019", "billing", "//S1/01/20170309", NULL};

/* That payment, with other values for some of its attributes: pairs, to a NULL. */
static const struct node *swiss_with(struct arena *arena, const char *const *others)
{
	struct node *node = arena_new_array(arena, struct node, 1);
	node->tag = TAG_BARCODE;
	for (int i = 0; swiss[i]; i += 2) {
		struct attribute *part = arena_new_array(arena, struct attribute, 1);
		*part = (struct attribute){.name = str_of(swiss[i]),
			.value = str_of(swiss[i + 1]),
			.next = node->attributes};
		for (int k = 0; others[k]; k += 2)
			if (strcmp(others[k], swiss[i]) == 0)
				part->value = str_of(others[k + 1]);
		node->attributes = part;
	}
	return node;
}
#define SWISS(arena, ...) swiss_with(arena, (const char *const[]){__VA_ARGS__, NULL, NULL})

/* As the guidelines' examples have them; a line for each element, also for an empty one. */
static void lines_of_a_swiss_payment(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_string_equal(node_barcode_data(arena, SWISS(arena, NULL)).at,
		"SPC\n0200\n1\nCH4431999123000889012\nS\nRobert Schneider AG\nRue du Lac\n1268\n"
		"2501\nBiel\nCH\n\n\n\n\n\n\n\n1949.70\nCHF\nS\nPia Rutschmann\nMarktgasse\n28\n"
		"9400\nRorschach\nCH\nQRR\n210000000003139471430009017\n"
		"Instruction of 15.09.2019\nEPD\n//S1/01/20170309");
	assert_string_equal(
		node_barcode_data(arena,
			SWISS(arena, "iban", "CH58 0079 1123 0008 8901 2", "reference", "", "text",
				"", "billing", "", "amount", "", "currency", "EUR", "payer-name",
				"", "payer-street", "", "payer-house", "", "payer-postcode", "",
				"payer-town", "", "payer-country", "", "street", "", "house", ""))
			.at,
		"SPC\n0200\n1\nCH5800791123000889012\nS\nRobert Schneider AG\n\n\n2501\nBiel\nCH\n"
		"\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nNON\n\n\nEPD");
	assert_non_null(strstr(
		node_barcode_data(arena, SWISS(arena, "reference", "RF18 5390 0754 7034")).at,
		"\nSCOR\nRF18539007547034\n"));
	arena_free(arena);
}

static const char *fault_of(struct arena *arena, const struct node *node)
{
	const struct swiss_fault *fault = swiss_find_fault(arena, node);
	return fault ? fault->attribute : "";
}

static void parts_of_a_swiss_payment_go_together(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	HOLD(swiss_is_reference, {"210000000003139471430009017", true},
		{"21 00000 00003 13947 14300 09017", true}, {"210000000003139471430009016", false},
		{"120000000003139471430009017", false}, {"21000000000313947143000901", false},
		{"2100000000031394714300090170", false}, {"", false}, {"RF18539007547034", false});
	HOLD(swiss_is_currency, {"CHF", true}, {"EUR", true}, {"USD", false}, {"", false});
	HOLD(swiss_is_short, {"12a", true}, {"", true}, {"1234567890123456", true},
		{"12345678901234567", false});
	HOLD(swiss_is_country, {"CH", true}, {"", true}, {"Ch", false}, {"CHE", false});
	assert_string_equal(fault_of(arena, SWISS(arena, NULL)), "");
	assert_string_equal(fault_of(arena, SWISS(arena, "town", " ")), "town");
	assert_string_equal(fault_of(arena, SWISS(arena, "payer-postcode", "")), "payer-postcode");
	assert_string_equal(fault_of(arena, SWISS(arena, "payer-name", "Київ")), "payer-name");
	assert_string_equal(fault_of(arena, SWISS(arena, "payer-name", "Żółć Ășț €")), "");
	assert_string_equal(fault_of(arena, SWISS(arena, "text", "→ Konto")), "text");
	assert_string_equal(
		fault_of(arena, SWISS(arena, "iban", "DE89 3704 0044 0532 0130 00")), "iban");
	assert_string_equal(
		fault_of(arena, SWISS(arena, "iban", "CH58 0079 1123 0008 8901 2")), "iban");
	assert_string_equal(fault_of(arena, SWISS(arena, "reference", "")), "reference");
	assert_string_equal(
		fault_of(arena, SWISS(arena, "reference", "RF18 5390 0754 7034")), "reference");
	assert_string_equal(fault_of(arena, SWISS(arena, "amount", "12")), "currency");
	assert_string_equal(fault_of(arena,
				    SWISS(arena, "text",
					    "a text of some seventy characters and more, which "
					    "alone would be good, and with what "
					    "is for the books of the payer is too long")),
		"text");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rectangles_are_the_modules),
		cmocka_unit_test(parts_of_a_payment),
		cmocka_unit_test(lines_of_a_payment),
		cmocka_unit_test(lines_of_a_swiss_payment),
		cmocka_unit_test(parts_of_a_swiss_payment_go_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
