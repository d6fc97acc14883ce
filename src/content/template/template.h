/* template.h - bytes → struct template, immutable once read: the letter's text as a tree, and the
 * declarations of its fields. It knows nothing of recipients or letters; what it looks like is the
 * style's business alone. */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

#include "locale/locales.h"
#include "locale/reading.h"
#include "tree/tree.h"

struct xml_node;

enum field_type {
	FIELD_TEXT,  /* one line of text */
	FIELD_LINES, /* an address: lines, empty ones dropped */
	FIELD_RICH,  /* inline elements and notes of the recipient's own */
	FIELD_DATE,  /* written out in the language where it stands */
	FIELD_MONEY, /* a number, with or without the sign of its currency */
	FIELD_NUMBER,
	FIELD_PERCENT,
	FIELD_TIME,     /* of the day */
	FIELD_POSTCODE, /* of the United Kingdom; re-spaced, in capitals */
	FIELD_YES_NO,
	FIELD_LIST, /* of records, for each */
	FIELD_TYPE_COUNT
};

/* A value that the template itself holds for a field: one that is allowed, or compared with. */
struct literal {
	struct str words; /* as written, white space folded */
	struct typed value;
	struct literal *next;
};

/* How the value of a field is computed of others; a record never brings it. */
enum compute {
	COMPUTE_NOTHING, /* records bring it */
	COMPUTE_COUNT,   /* of a list: its records, or those that have a value */
	COMPUTE_SUM,     /* of the values in a list's records; so are the two that follow */
	COMPUTE_MIN,
	COMPUTE_MAX,
	COMPUTE_FROM,  /* a date, so many months and days from another */
	COMPUTE_LETTER /* the letter's own date */
};

struct computation {
	enum compute how;
	struct place at;           /* of the attribute that says so */
	struct str source;         /* as written: "items.amount" */
	const struct field *list;  /* NULL: of no list */
	const struct field *value; /* in its records, else the date; NULL: records are counted */
	int months, days;
};

/* The letter's own date is a field of this name, which none can be declared by; it is among the
 * fields if it is used. */
#define LETTER_DATE "letter-date"

struct field {
	int id;           /* dense from 0, a list's parts behind it */
	struct str name;  /* dotted path: "vru.highlight" */
	struct str label; /* what people call it, in the words of the letter; may be empty */
	enum field_type type;
	bool required;            /* missing or blank stops the letter */
	struct str value;         /* the default; .at == NULL for none */
	struct declared declared; /* how values of it are read */
	struct computation computation;
	struct literal *allowed;  /* no other value may stand; NULL: any may */
	struct literal *compared; /* what conditions compare it with */
	bool takes_debris;   /* debris="allowed": "#N/A" and the like are meant, and no error */
	struct str mentions; /* another field, with which this one must have a word in common, or
			      * the record may be of two; .at == NULL: none */
	struct place at;
	struct field *parts; /* of a list: what each of its records holds */
	struct field *next;
	bool used;
	struct place first_use; /* in the template; of declare when it is not used */
};

struct template
{
	const char *file;
	struct str lang, style; /* style: the file's name as written, relative to the template */
	struct str date;        /* yyyy-mm-dd, may be empty */
	struct field *fields;
	struct node *root; /* TAG_LETTER: the blocks in reading order */
	struct node *title, *author, *description, *keywords; /* NULL when absent */
	int node_count, field_count;
	bool has_attachments; /* files that go with some letter */
};

/* Reads and checks a whole template; NULL when it has an error. All findings are reported, not only
 * the first. Everything is in the arena, which must live as long as the run. What it includes is
 * read from the disk, from below the template's own folder. */
struct template *template_read(
	struct arena *arena, struct str bytes, const char *file, struct diags *diags);

/* Reads the children of an element of a record as inlines (a rich field); ids count up from 0; NULL
 * after an error. field, if, each and choose are refused. lang may be empty. The result is a
 * TAG_SPAN; its nodes are never constant. */
struct node *template_read_rich(
	struct arena *arena, const struct xml_node *element, struct str lang, struct diags *diags);

/* The declaration of a field by its dotted name, in list's parts or the template's, or NULL. */
const struct field *template_find_field(const struct field *fields, struct str name);
/* A field for the argument of a finding that is about it (diag_field). */
const char *field_said(struct diags *diags, const struct field *field);
/* The declared name nearest to a misspelt one. */
struct nearest template_nearest_field(const struct field *fields, struct str name);

/* A gap of another program that was never filled in: {{name}}, <<name>>, ${name}, { MERGEFIELD name
 * }, and «name» where a field is called so. */
bool template_find_marker(const struct field *fields, struct str text, struct str *marker);

/* "text", "yes-no", … */
const char *field_type_name(enum field_type type);
/* Whether values of the type have a form, which not every text has: a date, a number. */
bool field_type_has_form(enum field_type type);
/* What values of the type look like: "a date like 2020-10-13". */
const char *field_value_form(enum field_type type);
/* For a hint, when a value can be read in two ways: how to write it, or how to declare which way is
 * meant. */
const char *field_value_choice(enum field_type type);
/* "sum" */
const char *compute_name(enum compute compute);
/* Reads a text that is not blank, in a language, by the field's declaration. stored: the source
 * held it as a number or a date, not as a text; then it is written as programs write them, whatever
 * is declared of decimal signs and dates, and 1.125 and 2020-10-13 have one reading. */
struct readings field_read(struct arena *arena, const struct field *field, struct str text,
	struct str lang, bool stored);
/* Whether two values of the field are the same. */
bool field_same(const struct field *field, const struct typed *a, const struct typed *b);
/* The literal of a list that is the same as the value, or NULL. */
const struct literal *field_find(
	const struct field *field, const struct literal *literals, const struct typed *value);

/* How an if or a when may compare its field's value; each is an attribute. */
enum comparison {
	COMPARE_EQUALS,
	COMPARE_GREATER,
	COMPARE_LESS,
	COMPARE_AFTER,
	COMPARE_BEFORE,
	COMPARISON_COUNT
};
const char *comparison_name(enum comparison comparison);
/* Whether it holds, by what typed_compare gives for the value and the literal. */
bool comparison_holds(enum comparison comparison, int order);
/* How a field asks for its value to be written: form="…". */
enum form {
	FORM_USUAL,
	FORM_ORDINAL, /* of a number */
	FORM_LONG,    /* of a date; so are the next two */
	FORM_SHORT,
	FORM_WEEKDAY,
	FORM_GROUPED, /* of text and money: as banks print accounts and amounts */
	FORM_COUNT
};
enum form field_form(const struct node *field);
/* The element of a PLURAL for a category of numbers ("one", "few"), or NULL. */
const struct node *plural_arm(const struct node *plural, enum plural category);
/* Whether a condition compares its field's value, and does not only ask whether there is one. */
bool condition_compares(const struct node *condition);

void template_dump(const struct template *template, struct buf *out);

#endif
