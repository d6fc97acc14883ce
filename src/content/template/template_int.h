/* template_int.h - what the files that read a template share.
 *
 *   read.c        a whole template; a rich value
 *   build.c       XML → nodes, placement checked         attributes.c  their reading
 *   fields.c      what is declared                       declare.c     declarations read
 *   compare.c     conditions                             include.c     files in the letter
 *   check.c       what needs the whole tree              marker.c      gaps of other programs
 *   foreign.c     what HTML's names are called here      compute.c     computed fields
 *   use.c         names → declarations                 plural.c      choices by a number
 *   form.c        how values are written */
#ifndef TEMPLATE_TEMPLATE_INT_H
#define TEMPLATE_TEMPLATE_INT_H

#include "template/template.h"
#include "tree/vocabulary.h"
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
	struct str lang;                     /* the letter's; may be empty */
	int year;                            /* of its date; 0: none */
	int included;                        /* files so far */
	int64_t included_bytes;
};

/* Reads xml's attributes and children into node, which has its tag, place and parent. */
void build_node(struct reader *reader, const struct xml_node *xml, struct node *node);
struct node *build_new(struct reader *reader, enum tag tag, struct place at, struct node *parent);

/* What to write in place of an element, or of an attribute of one, that HTML knows or people try;
 * NULL: nothing is known of it. */
const char *foreign_element_hint(struct arena *arena, struct str name);
const char *foreign_attribute_hint(
	struct arena *arena, struct str element, const struct xml_attribute *given);

void attributes_read(struct reader *reader, const struct xml_node *xml, struct node *node);
/* For elements that become no node: reports every attribute that is not among the names. */
void attributes_check_names(
	const struct xml_node *xml, const char *const *names, int count, struct diags *diags);

/* The <part> that an <include> means; include is filled in for as long as the part is being built.
 * NULL after an error. */
const struct xml_node *include_read(
	struct reader *reader, const struct xml_node *xml, struct include *include);

/* The declarations inside <fields>, or inside the <declare> of a list. */
struct field *fields_read(struct reader *reader, const struct xml_node *parent);

/* "First_Name", "first name" and "FirstName" are first-name. */
bool name_is_called(struct str written, struct str name);

/* What a declaration says of how its field is computed. */
struct computation computation_read(struct reader *reader, const struct xml_node *xml);

enum value_kind field_type_kind(enum field_type type);
/* Puts a literal at the end of a list. */
struct literal *literal_add(
	struct arena *arena, struct literal **list, struct str words, const struct typed *value);
/* What an if or a when asks of its field, which is no list: by the field's type, noted in it. */
void check_comparisons(struct arena *arena, const struct node *condition, struct field *field,
	struct diags *diags);

/* The declarations that a name is looked up in: those of the innermost list first. */
struct scope {
	struct field *fields;
	const struct scope *outer;
};

struct check {
	struct arena *arena;
	struct diags *diags;
	struct template *template;
	int level; /* of the last heading */
};

/* Finds the declaration of a name that is used at a place, and marks it as used; NULL: there is
 * none, which is reported. */
struct field *field_use(
	struct check *check, const struct scope *scope, struct str name, struct place at);
/* A choice by a number: its field, and its arms. */
void check_plural(struct check *check, const struct scope *scope, const struct node *plural);
/* Whether a field's value can be written as its form and its case ask for. */
void check_barcode(struct check *check, const struct node *node);
void check_written(struct check *check, const struct node *node, const struct field *field);
/* Finds what fields are computed of, which must stand above them. */
void check_computed(struct check *check, const struct scope *scope);

/* Fields against their uses, and all else that needs the whole tree; marks what is constant. */
void check_template(struct arena *arena, struct template *template, struct diags *diags);

#endif
