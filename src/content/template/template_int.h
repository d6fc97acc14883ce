/* template_int.h - what the files that read a template share.
 *
 *   vocabulary.c  which element stands where, with which attributes: tables only
 *   read.c        a whole template; a rich value         build.c   XML → nodes, placement checked
 *   attributes.c  attributes, their kinds of value       fields.c  declarations
 *   check.c       what needs the whole tree              fold.c    white space */
#ifndef TEMPLATE_TEMPLATE_INT_H
#define TEMPLATE_TEMPLATE_INT_H

#include "template/template.h"
#include "xml/xml.h"

/* A file that is being included, inside of others. */
struct include {
	const char *path;
	const struct include *outer;
};

struct reader {
	struct arena *arena;
	struct diags *diags;
	struct str namespace; /* of the elements read */
	bool rich;            /* a record's value: inlines only, braces stand for themselves */
	struct node *meta[TAG_KEYWORDS + 1]; /* by tag */
	const char *file;                    /* the template's */
	const struct include *includes;      /* the innermost one open */
	int included;                        /* files so far */
	int64_t included_bytes;
};

/* What an attribute's value must be; attributes.c has a row for each. */
enum attribute_kind {
	KIND_WORDS,
	KIND_PATTERN, /* words with {name}s; so are the two that follow */
	KIND_TARGET,
	KIND_PATH,
	KIND_FIELD,
	KIND_YES_NO,
	KIND_ALIGN,
	KIND_LEVEL,
	KIND_LENGTH,
	KIND_SHARES,
	KIND_ALIGNS,
	KIND_DATE,
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

/* Reads xml's attributes and children into node, which has its tag, place and parent. */
void build_node(struct reader *reader, const struct xml_node *xml, struct node *node);
struct node *build_new(struct reader *reader, enum tag tag, struct place at, struct node *parent);

void attributes_read(struct reader *reader, const struct xml_node *xml, struct node *node);
/* Whether {name}s may stand in the value. */
bool attribute_is_pattern(enum tag tag, struct str name);
/* For elements that become no node: reports every attribute that is not among the names. */
void attributes_check_names(
	const struct xml_node *xml, const char *const *names, int count, struct diags *diags);

/* The <part> that an <include> means; include is filled in for as long as the part is being built.
 * NULL after an error. */
const struct xml_node *include_read(
	struct reader *reader, const struct xml_node *xml, struct include *include);

/* The declarations inside <fields>, or inside the <declare> of a list. */
struct field *fields_read(struct reader *reader, const struct xml_node *parent);

/* Fields against their uses, and all else that needs the whole tree; marks what is constant. */
void check_template(struct template *template, struct diags *diags);

#endif
