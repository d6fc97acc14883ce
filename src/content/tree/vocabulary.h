/* vocabulary.h - which element stands where, with which attributes: for who reads a template, and
 * for grammars. Tables only; they are in vocabulary.c. */
#ifndef TREE_VOCABULARY_H
#define TREE_VOCABULARY_H

#include "tree/tree.h"

/* What an attribute's value must be; attribute.c has a row for each. */
enum attribute_kind {
	KIND_WORDS,
	KIND_PATTERN, /* words with {name}s; so are those that follow, to PATH */
	KIND_CAPTION, /* likewise, and not blank */
	KIND_DATA,    /* for machines, as the record has it; so are those that follow */
	KIND_PAYEE,
	KIND_IBAN,
	KIND_BIC,
	KIND_EUROS, /* an amount, written as 1250.50 in any language */
	KIND_CREDITOR,
	KIND_REMITTANCE,
	KIND_ADDRESS_LINE,
	KIND_TOWN,
	KIND_SHORT,
	KIND_COUNTRY,
	KIND_TARGET,
	KIND_PATH,
	KIND_CURRENCY,
	KIND_FIELD,
	KIND_YES_NO,
	KIND_ALIGN,
	KIND_LEVEL,
	KIND_LENGTH,
	KIND_SHARES,
	KIND_ALIGNS,
	KIND_DATE,
	KIND_FORM,
	KIND_CASE,
	KIND_JOIN,
	KIND_CODE,
	KIND_KEEP,
	KIND_PAGES,
	KIND_COUNT,
	KIND_START,
	KIND_NUMBERING,
	KIND_DIRECTION,
	KIND_VARIANT,
	KIND_FILE,
	KIND_LANG
};

struct attribute_rule {
	enum tag tag;
	const char *name;
	enum attribute_kind kind;
	bool required;
};

/* The rules of one element stand together: from the first to the last row with its tag. */
extern const struct attribute_rule attribute_rules[];
extern const int attribute_rule_count;

/* Whether tag may stand straight in holder (control elements looked through). */
bool tag_may_stand(enum tag tag, enum tag holder);
/* How to mend it when it may not. */
const char *tag_placement_hint(enum tag tag, enum tag holder);
/* The rule for an attribute of an element, xml:lang's for any; NULL: it has none of that name. */
const struct attribute_rule *attribute_find_rule(enum tag tag, struct str name);
bool attribute_fits(const struct attribute_rule *rule, struct str value);
/* What the value ought to be: "yes or no". */
const char *attribute_form(const struct attribute_rule *rule);
/* Whether {name}s may stand in the value. */
bool attribute_rule_is_pattern(const struct attribute_rule *rule);
bool attribute_is_pattern(enum tag tag, struct str name);
/* Whether it names a file that the letter shows or takes along. */
bool attribute_is_path(enum tag tag, struct str name);

#endif
