/* recipients.h - XML records → one struct recipient at a time; never all in memory.
 *
 * A source is opened once per run and read by one thread at a time (job holds a lock round
 * recipients_next). A record's values are strings until the template's declarations read them. */
#ifndef RECIPIENTS_RECIPIENTS_H
#define RECIPIENTS_RECIPIENTS_H

#include "base/base.h"

struct node;
struct template;

/* A line of a value: words on one line, never blank. */
struct words {
	struct str text, lang; /* lang: its own xml:lang, else the value's; may be empty */
	struct place at;       /* of its <line>, else of the value */
};

/* A value of a record. Names are dotted paths from the record's root. */
struct value {
	struct str name; /* "vru.highlight" */
	struct str text; /* its text, white space as written; of a list's record: empty */
	struct str lang; /* xml:lang, inherited; empty: the template's */
	struct place at;
	bool unconfirmed;    /* confirmed="no" on it or on an element around it */
	struct words *lines; /* children named <line>, or the text's lines; empty ones dropped */
	int line_count;
	struct node *rich;   /* with inline elements below: the tree, else NULL */
	struct value *parts; /* a record of a list: its values, names relative to it */
	struct value *next;  /* in the order of the file; several of one name make a list */
};

enum { RECIPIENT_MAX_VALUES = 10000, RECIPIENT_MAX_ID = 100 };

struct recipient {
	struct str id; /* file-name safe: letters, digits, "-", "_", "."; never begins with "." */
	struct place at;
	struct value *values;
};

struct recipients; /* a source */

/* Opens a directory of *.xml records, read in the order of their names' bytes; NULL after an error.
 * only: ids, NULL for all; naming one that does not exist is an error. The file named after an id
 * is tried first, all others only when it does not hold that id.
 *
 * The source keeps the name of each file and each id that was read, to find the second of two:
 * about 150 bytes a record. Nothing else grows with their number. The template must live as long.
 */
struct recipients *recipients_open(const char *path, const struct template *template,
	const struct str *only, int only_count, struct diags *diags);
void recipients_close(struct recipients *source);

enum recipients_result { RECIPIENTS_END, RECIPIENTS_GOOD, RECIPIENTS_BAD };

/* The next record, in the arena. BAD: it could not be read, said in diags; out->id and out->at are
 * set as far as known, and the next call goes on with the next record. Ids that are unsafe as file
 * names, or that an earlier record had, are BAD. */
enum recipients_result recipients_next(
	struct recipients *source, struct arena *arena, struct recipient *out, struct diags *diags);

/* Reads one record's bytes; file names it in findings, and gives the id when the record has none.
 * False after an error. The template's declarations tell a list and a nested field from a text; it
 * may be NULL. */
bool recipient_read(struct arena *arena, struct str bytes, const char *file,
	const struct template *template, struct recipient *out, struct diags *diags);

/* How many records there are, or -1 when that is not known without reading them. */
int recipients_count(const struct recipients *source);

/* The first value of that dotted name, or NULL. */
const struct value *recipient_find(const struct value *values, struct str name);
void recipient_dump(const struct recipient *recipient, struct buf *out);

#endif
