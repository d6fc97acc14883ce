/* grammar.c - what the grammars have in common: head, words, attributes and their values. */
#include "grammar.h"

void put_head(struct buf *out, const char *namespace, const char *words)
{
	buf_format(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<!-- %s\n     Written from the program's own tables: do not edit. -->\n"
		"<grammar ns=\"%s\" xmlns=\"http://relaxng.org/ns/structure/1.0\"\n"
		"    xmlns:a=\"http://relaxng.org/ns/compatibility/annotations/1.0\"\n"
		"    datatypeLibrary=\"http://www.w3.org/2001/XMLSchema-datatypes\">\n",
		words, namespace);
}

void put_tail(struct buf *out)
{
	buf_puts(out, "</grammar>\n");
}

static void put_escaped(struct buf *out, const char *text)
{
	for (; *text; text++)
		if (*text == '<')
			buf_puts(out, "&lt;");
		else if (*text == '&')
			buf_puts(out, "&amp;");
		else
			buf_char(out, *text);
}

void put_words(struct buf *out, const char *words)
{
	buf_puts(out, "<a:documentation>");
	put_escaped(out, words);
	buf_puts(out, "</a:documentation>");
}

void put_attribute(
	struct buf *out, const char *name, bool required, const char *words, const char *pattern)
{
	buf_format(out, "      %s<attribute name=\"%s\">", required ? "" : "<optional>", name);
	if (words)
		put_words(out, words);
	buf_format(out, "%s</attribute>%s\n", pattern, required ? "" : "</optional>");
}

#define PATTERN(regex) "<data type=\"string\"><param name=\"pattern\">" regex "</param></data>"
#define ANY "<text/>"
/* A value with a field in it is checked once that is filled in. */
#define OR_FIELD(regex) PATTERN("(" regex ")|.*\\{[^{}]+\\}.*")

static const char *const values[] = {
	[KIND_WORDS] = ANY,
	[KIND_PATTERN] = ANY,
	[KIND_CAPTION] = PATTERN("(.|\\n|\\r)*[^\\s](.|\\n|\\r)*"),
	[KIND_DATA] = PATTERN("(.|\\n|\\r)+"),
	[KIND_PAYEE] = OR_FIELD(".{1,70}"),
	[KIND_IBAN] = OR_FIELD("[A-Z]{2}[0-9]{2}[ A-Z0-9]+"),
	[KIND_BIC] = OR_FIELD("[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?"),
	[KIND_EUROS] = OR_FIELD("[0-9]{1,9}(\\.[0-9]{1,2})?( EUR| CHF)?"),
	[KIND_CREDITOR] = OR_FIELD("RF[0-9]{2}[ A-Z0-9]+|[ 0-9]+"),
	[KIND_REMITTANCE] = OR_FIELD(".{0,140}"),
	[KIND_ADDRESS_LINE] = OR_FIELD(".{0,70}"),
	[KIND_TOWN] = OR_FIELD(".{0,35}"),
	[KIND_SHORT] = OR_FIELD(".{0,16}"),
	[KIND_COUNTRY] = OR_FIELD("([A-Z]{2})?"),
	[KIND_CURRENCY] = "<choice><value>CHF</value><value>EUR</value></choice>",
	[KIND_TARGET] = OR_FIELD("(https?://|mailto:|tel:)[^\\s]+"),
	[KIND_PATH] = OR_FIELD("[^/\\\\:][^\\\\:]*"),
	[KIND_FIELD] = ANY,
	[KIND_YES_NO] = "<choice><value>yes</value><value>no</value></choice>",
	[KIND_ALIGN] = "<choice><value>left</value><value>right</value><value>centre</value>"
		       "<value>decimal</value></choice>",
	[KIND_LEVEL] = PATTERN("[1-5]"),
	[KIND_LENGTH] = PATTERN("[0-9]*\\.?[0-9]+(pt|mm|cm|in)"),
	[KIND_SHARES] = PATTERN("\\s*[1-9][0-9]{0,3}(\\s+[1-9][0-9]{0,3})*\\s*"),
	[KIND_ALIGNS] = PATTERN(
		"\\s*(left|right|centre|decimal)(\\s+(left|right|centre|decimal))*\\s*"),
	[KIND_DATE] = PATTERN("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
	[KIND_FORM] = "<choice><value>ordinal</value><value>long</value><value>short</value>"
		      "<value>weekday</value><value>grouped</value></choice>",
	[KIND_CASE] = "<value>first</value>",
	[KIND_JOIN] = "<choice><value>and</value><value>or</value></choice>",
	[KIND_CODE] = "<choice><value>qr</value><value>datamatrix</value><value>code128</value>"
		      "<value>epc</value><value>swiss</value></choice>",
	[KIND_COUNT] = PATTERN("[1-9][0-9]{0,3}"),
	[KIND_START] = PATTERN("[1-9][0-9]{0,3}|continued"),
	[KIND_NUMBERING] = PATTERN("[^1aAiI]{0,4}[1aAiI][^1aAiI]{0,2}"),
	[KIND_DIRECTION] =
		"<choice><value>ltr</value><value>rtl</value><value>auto</value></choice>",
	[KIND_VARIANT] = PATTERN("[a-z][a-z0-9-]{0,29}"),
	[KIND_KEEP] = "<choice><value>no</value><value>together</value><value>with-next</value>"
		      "<value>both</value></choice>",
	[KIND_PAGES] =
		"<choice><value>first</value><value>later</value><value>all</value></choice>",
	[KIND_FILE] = PATTERN("[^/\\\\:][^\\\\:]*"),
	[KIND_LANG] = PATTERN("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"),
};

/* The parts of an address. */
static bool is_of_address(const struct attribute_rule *rule, enum tag tag)
{
	return rule->tag == tag && rule->kind >= KIND_ADDRESS_LINE && rule->kind <= KIND_COUNTRY;
}

/* Together or not at all: libxml2 takes twice as long for each optional attribute that is there. */
static void put_address(struct buf *out, enum tag tag, bool payer)
{
	buf_puts(out, "      <optional><group>\n");
	for (int i = 0; i < attribute_rule_count; i++) {
		const struct attribute_rule *rule = &attribute_rules[i];
		struct str name = str_of(rule->name);
		if (is_of_address(rule, tag) && str_starts(name, "payer-") == payer)
			put_attribute(out, rule->name,
				!str_ends(name, "street") && !str_ends(name, "house"),
				words_of_attribute(tag, rule->name), values[rule->kind]);
	}
	buf_puts(out, "      </group></optional>\n");
}

void put_rules(struct buf *out, enum tag tag)
{
	for (int payer = 0; tag == TAG_BARCODE && payer <= 1; payer++)
		put_address(out, tag, payer);
	for (int i = 0; i < attribute_rule_count; i++) {
		const struct attribute_rule *rule = &attribute_rules[i];
		if (rule->tag == tag && !is_of_address(rule, tag))
			put_attribute(out, rule->name, rule->required,
				words_of_attribute(tag, rule->name), values[rule->kind]);
	}
	put_attribute(out, "xml:lang", false, "The language, like en-GB or cy.", values[KIND_LANG]);
}
