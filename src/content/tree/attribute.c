/* attribute.c - what an attribute may hold, by the rules of vocabulary.c.
 *
 * A kind of value is a row: what it is called in a message, and whether a text is one. A value with
 * {name}s in it can be checked only when they are filled in; the merge asks attribute_fault
 * again. */
#include "tree/payment.h"
#include "tree/swiss.h"
#include "tree/vocabulary.h"

#include "locale/decimal.h"
#include "locale/locale.h"

static bool is_any(struct str value)
{
	(void)value;
	return true;
}

static bool is_one_of(struct str value, const char *const *words)
{
	for (; *words; words++)
		if (str_is(value, *words))
			return true;
	return false;
}

static bool is_yes_no(struct str value)
{
	return is_one_of(value, (const char *const[]){"yes", "no", NULL});
}

static bool is_align(struct str value)
{
	return is_one_of(value, (const char *const[]){"left", "right", "centre", "decimal", NULL});
}

/* A word for each column, blanks between them. */
static bool is_aligns(struct str value)
{
	struct str part;
	int count = 0;
	while (str_split(&value, ' ', &part)) {
		if (part.len && !is_align(part))
			return false;
		count += part.len > 0;
	}
	return count > 0;
}

static bool is_level(struct str value)
{
	return value.len == 1 && value.at[0] >= '1' && value.at[0] <= '5';
}

static bool is_length(struct str value)
{
	sp length;
	return length_read(value, &length) && length > 0;
}

static bool is_shares(struct str value)
{
	struct str part;
	int count = 0;
	while (str_split(&value, ' ', &part)) {
		if (part.len == 0)
			continue;
		if (part.len > 4 || part.at[0] == '0')
			return false;
		for (int i = 0; i < part.len; i++)
			if (part.at[i] < '0' || part.at[i] > '9')
				return false;
		count++;
	}
	return count > 0 && count <= 100;
}

/* BCP 47, roughly: subtags of 1 to 8 letters or digits, the first of 2 or 3 letters. */
static bool is_date(struct str value)
{
	return day_of(value).year > 0;
}

/* How a value is written; template/form.c says of which type. */
static bool is_form(struct str value)
{
	return is_one_of(value,
		(const char *const[]){"ordinal", "long", "short", "weekday", "grouped", NULL});
}

static bool is_case(struct str value)
{
	return str_is(value, "first");
}

static bool is_join(struct str value)
{
	return str_is(value, "and") || str_is(value, "or");
}

static bool is_code(struct str value)
{
	return is_one_of(
		value, (const char *const[]){"qr", "datamatrix", "code128", "epc", "swiss", NULL});
}

/* From 1 to 9999. */
static bool is_count(struct str value)
{
	if (value.len < 1 || value.len > 4 || value.at[0] == '0')
		return false;
	for (int i = 0; i < value.len; i++)
		if (value.at[i] < '0' || value.at[i] > '9')
			return false;
	return true;
}

static bool is_start(struct str value)
{
	return is_count(value) || str_is(value, "continued");
}

static bool is_numbering(struct str value)
{
	struct str before, after;
	return numbering_read(value, &before, &after) != '\0';
}

/* It becomes a class of the web page, too. */
static bool is_variant(struct str value)
{
	for (int i = 0; i < value.len; i++) {
		char c = value.at[i];
		bool small = c >= 'a' && c <= 'z';
		if (!small && !(i > 0 && (c == '-' || (c >= '0' && c <= '9'))))
			return false;
	}
	return value.len >= 1 && value.len <= 30;
}

static bool is_keep(struct str value)
{
	return is_one_of(value, (const char *const[]){"no", "together", "with-next", "both", NULL});
}

static bool is_direction(struct str value)
{
	return is_one_of(value, (const char *const[]){"ltr", "rtl", "auto", NULL});
}

static bool is_pages(struct str value)
{
	return is_one_of(value, (const char *const[]){"first", "later", "all", NULL});
}

static bool is_caption(struct str value)
{
	return str_trim(value).len > 0;
}

/* A code without data says nothing. */
static bool is_data(struct str value)
{
	return value.len > 0;
}

static bool is_lang(struct str value)
{
	struct str tag, whole = value;
	for (int i = 0; str_split(&value, '-', &tag); i++) {
		if (tag.len < 1 || tag.len > 8 || (i == 0 && (tag.len < 2 || tag.len > 3)))
			return false;
		for (int k = 0; k < tag.len; k++) {
			char c = tag.at[k];
			bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
			if (!letter && (i == 0 || c < '0' || c > '9'))
				return false;
		}
	}
	return figures_fit(whole);
}

/* A link that a reader may follow; no script, no file of the reader's own. */
static bool is_target(struct str value)
{
	static const char *const schemes[] = {"https://", "http://", "mailto:", "tel:"};
	for (int i = 0; i < value.len; i++)
		if ((unsigned char)value.at[i] <= ' ')
			return false;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (str_starts(value, schemes[i]))
			return value.len > (int)strlen(schemes[i]);
	return false;
}

/* A file below the template's own folder. */
static bool is_path(struct str value)
{
	struct str part, rest = value;
	if (value.len == 0 || value.at[0] == '/' || memchr(value.at, '\\', (size_t)value.len) ||
		memchr(value.at, ':', (size_t)value.len))
		return false;
	while (str_split(&rest, '/', &part))
		if (str_is(part, ".."))
			return false;
	return true;
}

static const struct {
	const char *form;
	bool (*fits)(struct str value);
} kinds[] = {
	[KIND_WORDS] = {"words", is_any},
	[KIND_PATTERN] = {"words", is_any},
	[KIND_CAPTION] = {"words that say what it is", is_caption},
	[KIND_DATA] = {"what the code shall hold", is_data},
	[KIND_PAYEE] = {"a name of at most 70 characters on one line", payment_is_name},
	[KIND_IBAN] = {"an IBAN whose check digits are right, like DE89 3704 0044 0532 0130 00",
		payment_is_iban},
	[KIND_BIC] = {"a BIC of 8 or 11 capitals and digits, like COBADEFFXXX, or nothing",
		payment_is_bic},
	[KIND_EUROS] = {"an amount in euros, or francs for type=\"swiss\", from 0.01 to "
			"999999999.99, or nothing",
		payment_is_amount},
	[KIND_CREDITOR] = {"a reference whose check digits are right, like RF18 5390 0754 7034 "
			   "(ISO 11649) or the 27 digits of a Swiss one, or nothing",
		payment_is_reference},
	[KIND_REMITTANCE] = {"a text of at most 140 characters on one line", payment_is_text},
	[KIND_ADDRESS_LINE] = {"words of at most 70 characters on one line, or nothing",
		swiss_is_line},
	[KIND_TOWN] = {"words of at most 35 characters on one line, or nothing", swiss_is_town},
	[KIND_SHORT] = {"words of at most 16 characters on one line, or nothing", swiss_is_short},
	[KIND_COUNTRY] = {"a country's code like CH, or nothing", swiss_is_country},
	[KIND_TARGET] = {"a target that begins with https://, http://, mailto: or tel:", is_target},
	[KIND_PATH] = {"a file in the template's folder or below it", is_path},
	[KIND_CURRENCY] = {"CHF or EUR", swiss_is_currency},
	[KIND_FIELD] = {"the name of a field", is_any},
	[KIND_YES_NO] = {"yes or no", is_yes_no},
	[KIND_ALIGN] = {"left, right, centre or decimal", is_align},
	[KIND_LEVEL] = {"a level from 1 to 5", is_level},
	[KIND_LENGTH] = {"a length like 40mm or 12pt", is_length},
	[KIND_SHARES] = {"the columns' shares, like 30 20 50", is_shares},
	[KIND_ALIGNS] = {"left, right, centre or decimal for each column, like left left decimal",
		is_aligns},
	[KIND_DATE] = {"a date like 2020-10-13", is_date},
	[KIND_FORM] = {"ordinal, long, short, weekday or grouped", is_form},
	[KIND_CASE] = {"first", is_case},
	[KIND_JOIN] = {"and, or or", is_join},
	[KIND_CODE] = {"qr, datamatrix, code128, epc or swiss", is_code},
	[KIND_COUNT] = {"a whole number from 1 to 9999", is_count},
	[KIND_START] = {"a whole number from 1 to 9999, or continued", is_start},
	[KIND_NUMBERING] = {"1, a, A, i or I with signs around it, like (a), i) or \xC2\xA7 1",
		is_numbering},
	[KIND_DIRECTION] = {"ltr, rtl or auto", is_direction},
	[KIND_VARIANT] = {"a name like small: letters from a to z, figures and hyphens",
		is_variant},
	[KIND_KEEP] = {"no, together, with-next or both", is_keep},
	[KIND_PAGES] = {"first, later or all", is_pages},
	[KIND_FILE] = {"a file in the template's folder or below it", is_path},
	[KIND_LANG] = {"a language like en-GB, or like fa-u-nu-latn with the name of ten figures",
		is_lang},
};

const struct attribute_rule *attribute_find_rule(enum tag tag, struct str name)
{
	static const struct attribute_rule lang = {TAG_COUNT, "xml:lang", KIND_LANG, false};
	if (str_is(name, lang.name))
		return &lang;
	for (int i = 0; i < attribute_rule_count; i++)
		if (attribute_rules[i].tag == tag && str_is(name, attribute_rules[i].name))
			return &attribute_rules[i];
	return NULL;
}

bool attribute_fits(const struct attribute_rule *rule, struct str value)
{
	return kinds[rule->kind].fits(value);
}

const char *attribute_form(const struct attribute_rule *rule)
{
	return kinds[rule->kind].form;
}

bool attribute_rule_is_pattern(const struct attribute_rule *rule)
{
	return rule->kind >= KIND_PATTERN && rule->kind <= KIND_PATH;
}

bool attribute_is_pattern(enum tag tag, struct str name)
{
	const struct attribute_rule *rule = attribute_find_rule(tag, name);
	return rule && attribute_rule_is_pattern(rule);
}

bool attribute_is_path(enum tag tag, struct str name)
{
	const struct attribute_rule *rule = attribute_find_rule(tag, name);
	return rule && rule->kind == KIND_PATH;
}

const char *attribute_fault(enum tag tag, struct str name, struct str value)
{
	const struct attribute_rule *rule = attribute_find_rule(tag, name);
	return !rule || attribute_fits(rule, value) ? NULL : attribute_form(rule);
}

/* -- words with {name}s ------------------------------------------------------------------------ */

enum pattern_piece pattern_next(struct str *rest, struct str *piece)
{
	if (rest->len == 0)
		return PATTERN_END;
	char c = rest->at[0];
	if (c != '{' && c != '}') {
		int to = 1;
		while (to < rest->len && rest->at[to] != '{' && rest->at[to] != '}')
			to++;
		*piece = str_slice(*rest, 0, to);
		*rest = str_slice(*rest, to, rest->len);
		return PATTERN_WORDS;
	}
	if (rest->len > 1 && rest->at[1] == c) {
		*piece = str_slice(*rest, 0, 1);
		*rest = str_slice(*rest, 2, rest->len);
		return PATTERN_WORDS;
	}
	int end = str_find(*rest, "}");
	*piece = str_slice(*rest, 0, end < 0 ? rest->len : end);
	if (c == '}' || end < 2 || memchr(piece->at + 1, '{', (size_t)piece->len - 1)) {
		*rest = (struct str){0};
		return PATTERN_BAD;
	}
	*piece = str_slice(*piece, 1, piece->len);
	*rest = str_slice(*rest, end + 1, rest->len);
	return PATTERN_NAME;
}
