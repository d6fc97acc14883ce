/* letter_int.h - what the files of the merge share.
 *
 *   check.c   a record against the declarations      value.c   names → values, values → texts
 *   merge.c   the tree                               number.c  ids and note numbers
 *   access.c  the merged letter against PDF/UA */
#ifndef LETTER_LETTER_INT_H
#define LETTER_LETTER_INT_H

#include "letter/letter.h"

/* Where names are looked up: the record of the innermost list first, the whole record last. */
struct scope {
	const struct field *fields;
	const struct value *values;
	const struct scope *outer;
};

struct merge {
	struct arena *arena;
	struct diags *diags;
	const struct template *template;
	const struct recipient *recipient;
	vec(const struct value *) unconfirmed; /* used, in the order of use, perhaps twice */
};

/* Reports what a record lacks, holds too much of, or holds in a wrong form. */
void check_record(struct merge *merge, const struct recipient *recipient);

/* A field in its scope: its declaration, and the record's value unless that is missing or blank. */
struct found {
	const struct field *field;
	const struct value *value;
};
struct found value_find(struct merge *merge, const struct scope *scope, struct str name);
bool value_is_blank(const struct value *value);
/* One line of text, dates written out in lang, lines joined by ", "; empty for none. */
struct str value_text(struct merge *merge, const struct found *found, struct str lang);
/* Whether the field of an if or a when is there, and equals what it must. */
bool value_holds(struct merge *merge, const struct scope *scope, const struct node *condition);
/* An attribute's value with its {name}s filled in. */
struct str value_fill(
	struct merge *merge, const struct scope *scope, struct str pattern, struct str lang);

/* Reports where the merged letter breaks what a listener or an archive relies on. */
void check_access(struct merge *merge, const struct letter *letter);

/* Gives the nodes their ids and the notes their numbers, and makes the letter's indexes. */
void number_nodes(struct arena *arena, struct letter *letter);

#endif
