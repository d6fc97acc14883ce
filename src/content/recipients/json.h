/* json.h - what reads a record of JSON needs of its parts: names. */
#ifndef RECIPIENTS_JSON_H
#define RECIPIENTS_JSON_H

#include "recipients/recipients_int.h"

/* What a dotted path of keys means in a record, or in a record of a list. */
struct json_name {
	struct str path;
	const struct field *list;  /* in whose records it stands; NULL: in the record itself */
	struct target target;      /* of one value; .field is NULL when there is none */
	const struct field *opens; /* the list that it is; NULL: none */
	bool is_id, is_step;       /* is_step: fields are declared whose names begin so */
};

/* The paths that were met, each looked up once. Those of one record mostly come as those of the
 * last did. */
struct json_names {
	struct arena *arena;
	const struct template *template;
	vec(struct json_name) met;
	int next;   /* the one that is expected */
	bool quiet; /* what matches nothing is not said */
};

/* NULL after an error, that there are too many. */
const struct json_name *json_name_find(struct json_names *names, const struct field *list,
	struct str path, struct place at, struct diags *diags);

/* Whether a record's bytes, which begin at a place, are text all through; else an error. */
bool json_check_text(struct str bytes, struct place at, struct diags *diags);

enum json_result {
	JSON_GOOD,
	JSON_BAD,   /* a record with an error */
	JSON_BROKEN /* not even JSON */
};
/* A record's bytes, which begin at a place → a row with the table that it needs, both in the arena.
 * After an error the row has what was good of it. */
enum json_result json_read_row(struct json_names *names, struct str bytes, struct place at,
	struct row *row, struct diags *diags);

#endif
