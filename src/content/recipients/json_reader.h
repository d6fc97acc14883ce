/* json_reader.h - a record of JSON, as far as it was read: for the files that read it. */
#ifndef RECIPIENTS_JSON_READER_H
#define RECIPIENTS_JSON_READER_H

#include "recipients/json.h"

#include <yajl/yajl_parse.h>

/* An object or an array that is open. */
struct frame {
	const struct field *list; /* in whose records its values stand; NULL: in the record */
	int record;               /* of that list, the last one begun */
	struct str path;          /* before the keys; of an array, its own */
	struct target lines;      /* of an array of lines; .field is NULL in any other */
	int line;                 /* the last one begun */
	int keys;                 /* how many of the keys are of objects around it */
	bool array;
	bool skipped; /* its values go nowhere */
};

struct reader {
	struct json_names *names;
	struct arena *arena;
	struct diags *diags;
	yajl_handle yajl;
	struct str bytes;
	int behind;         /* the last token */
	int at;             /* where the last place was */
	struct place place; /* of it */
	struct place key_place;
	vec(struct frame) frames;
	vec(struct str) keys; /* of the open objects */
	vec(struct column) columns;
	vec(struct str) cells;
	vec(struct place) places;
	vec(bool) stored;
	int id;     /* the cell of the id, or -1 */
	bool twice; /* the key at hand stood there already */
	bool bad;
};

/* The innermost object or array that is open; NULL: none. */
const struct frame *json_top(const struct reader *reader);
/* What the path of the key at hand means; NULL after an error. */
const struct json_name *json_name_here(struct reader *reader);
/* What a path takes, for messages. */
const char *json_taken_by(const struct json_name *name);
/* Reports a value that is of another shape than its path takes. */
void json_report_shape(struct reader *reader, struct str name, const char *what, const char *taken,
	struct place at);
/* Reports what is beyond a limit, and gives it back. */
bool json_check_limit(struct reader *reader, bool within, const char *what, struct place at);
/* The value of the key at hand; .at == NULL: null. what: "a text", for messages. */
void json_add_value(struct reader *reader, struct str text, const char *what, struct place at);
/* A value of an array: a line, or the only part of a record. */
void json_add_item(struct reader *reader, struct str text, const char *what, struct place at);

#endif
