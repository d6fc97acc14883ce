/* recipients.h - a source of records → one struct recipient at a time; never all in memory.
 *
 * A source is a folder of XML records, one XML file of one or many, a CSV, a file of JSON or a
 * database. It is opened once per run and read by one thread at a time (job holds a lock round
 * recipients_next). A record's values are strings, whatever the source, until the template's
 * declarations read them: no leading zero and no date is ever changed. */
#ifndef RECIPIENTS_RECIPIENTS_H
#define RECIPIENTS_RECIPIENTS_H

#include "base/base.h"

#include <stdio.h>

struct field;
struct node;
struct template;
struct xml_grammar;

/* A line of a value: words on one line, never blank. */
struct words {
	struct str text, lang; /* lang: its own xml:lang, else the value's; may be empty */
	struct place at;       /* of its <line>, else of the value */
};

/* How far a fact is known to be true, the better the smaller; UNSAID: the record does not say. */
enum standing {
	STANDING_UNSAID,
	STANDING_SEEN,     /* it stands in a source that somebody read */
	STANDING_DERIVED,  /* worked out from facts that were seen */
	STANDING_INFERRED, /* concluded from a pattern, or from what is near */
	STANDING_RECALLED, /* from memory */
	STANDING_COUNT
};

/* Where a fact was found, or what it was concluded from. Each may be empty, but not both words and
 * href. */
struct evidence {
	struct str words;
	struct str href; /* https:// or http:// */
	struct str date; /* the source's own: a span */
	struct str quote, remark;
	struct place at;
};

/* What a record says about a fact; no letter shows it. */
struct about {
	enum standing standing; /* as written; value_standing says what follows */
	enum standing lines;    /* the worst of what its lines say for themselves */
	const struct evidence **evidence;
	int evidence_count;
	struct str valid; /* when it holds: a span; empty: not said */
	struct place valid_at;
};

/* Facts, counted by how far they are known. */
struct standings {
	int count[STANDING_COUNT];
	int late; /* whose evidence is all later than the letter */
};

/* A value of a record. Names are dotted paths from the record's root. */
struct value {
	struct str name; /* "vru.highlight" */
	/* Its text, without blanks at its ends (blank_tidy), white space in it as written; of a
	 * list's record: empty. */
	struct str text;
	struct str lang; /* xml:lang, inherited; empty: the template's */
	struct place at;
	const struct about *about; /* said on it, around it, or in <sources>; NULL: nothing */
	struct words *lines; /* children named <line>, or the text's lines; empty ones dropped */
	int line_count;
	bool stored; /* as a number or a date, and written as programs do: 1.125, 2020-10-13 */
	struct node *rich;   /* with inline elements below: the tree, else NULL */
	struct value *parts; /* a record of a list: its values, names relative to it */
	struct value *next;  /* in the order of the file; several of one name make a list */
};

enum {
	RECIPIENT_MAX_VALUES = 10000,
	RECIPIENT_MAX_ROWS = 10000, /* that are one record */
	RECIPIENT_MAX_ID = 100
};

struct recipient {
	struct str id; /* file-name safe: letters, digits, "-", "_", "."; never begins with "." */
	struct place at;
	const char *where; /* at, as findings name the record: "a.xml", "a.csv:row 7" */
	struct value *values;
	bool object;        /* of JSON */
	struct str edition; /* that it asks for by its attribute; empty: none */
	struct place edition_at;
	/* By which a later run can tell, without reading it, that the record did not change; 0:
	 * nothing tells. For one that has a file of its own, a hash of the file's name, size, times
	 * and place on the disk; for one of many in a file, a hash of its bytes. */
	uint64_t stamp;
	int64_t changed;   /* when its own file was last changed, in nanoseconds since 1970 */
	struct str unread; /* of one that is KNOWN: its bytes, when it has no file of its own */
	uint64_t person;   /* a hash of all that its letter's address shows; 0: it shows nothing */
};

struct recipients; /* a source */

/* Whether a path is no file but a database on a server: postgresql://… */
bool recipients_is_server(const char *path);
/* Whether a server's address holds a password. */
bool recipients_has_password(const char *path);
/* A source as messages may name it: a server's address without its password and options. */
const char *recipients_shown(struct arena *arena, const char *path);

/* Which records, and what their letters are called. All zero, or NULL: all, by their own ids. */
struct recipients_options {
	const struct str *only; /* ids; one that does not exist is an error */
	int only_count;
	const struct str *where; /* "FIELD=VALUE"; all of them must hold */
	int where_count;
	int limit;         /* at most so many; 0: all */
	const char *name;  /* ids made of fields, "{postcode}-{name}"; NULL: the record's own */
	const char *query; /* SQL of a database; NULL: its only table, or the one "recipients" */
	const char *sheet; /* of a workbook; NULL: the first that is shown */
	/* Whether a record is the one that an earlier run read: asked before it is read, with the
	 * id that it seems to have and its stamp. When true, it is not read again, and known has
	 * set its person. NULL: all are read. Not asked when where or name need the values. */
	bool (*known)(void *user, struct arena *arena, struct recipient *recipient);
	void *user;
	const struct xml_grammar *grammar; /* XML records are held against it; NULL: not */
	const struct str *except;          /* ids that are left out; it need not exist */
	int except_count;
	int expected; /* so many are to be given, else the end is an error; 0: any number */
};

/* Opens a source; NULL after an error. path is
 *   - a folder: its *.xml records, in the order of their names' bytes. With only, the file named
 *     after an id is tried first, all others only when it does not hold that id;
 *   - a file *.xml, or that begins like one: one <recipient>, or many in <recipients>;
 *   - a SQLite database, read only;
 *   - postgresql://…, a database on a server, read only; libpq is loaded for it;
 *   - a file *.json, *.jsonl or *.ndjson, or that begins like one: an array of objects, or objects
 *     one after the other, mostly a line each;
 *   - a workbook (.xlsx, .ods): a sheet of it, with a header;
 *   - any other file: a CSV with a header. UTF-8, UTF-16 or, with a warning, Windows-1252; columns
 *     divided by comma, semicolon or tab.
 * An id in options->only that no record has is reported at once for a folder, else when the records
 * have ended.
 *
 * To find the second of two, the source keeps 32 to 96 bytes for each record (12 for its id, twice
 * if that has capitals, and 12 for its person, in tables that are half full), and a folder the
 * names of its files. Nothing else grows with their number. The template and the options must live
 * as long; without a template all columns of a table are taken as they are. */
struct recipients *recipients_open(const char *path, const struct template *template,
	const struct recipients_options *options, struct diags *diags);
void recipients_close(struct recipients *source);

/* Lines that ask for a letter each: an object of JSON is a record, a string the id of one in a
 * source, which is looked through for each. */
struct requests_from {
	FILE *stream;              /* read as far as lines have come; closed by recipients_close */
	const char *records;       /* as recipients_open's path, opened when it is asked for */
	bool (*go_on)(void *user); /* false: no more lines are waited for */
	void *user;
};
/* The records that are asked for, in their order; of one id there may be several. Each is forgotten
 * once it was given. Of the options name, query and sheet count. Must live as long: all. */
struct recipients *recipients_requested(const struct requests_from *from,
	const struct template *template, const struct recipients_options *options);

enum recipients_result { RECIPIENTS_END, RECIPIENTS_GOOD, RECIPIENTS_BAD, RECIPIENTS_KNOWN };

/* The next record, in the arena. KNOWN: one that was not read, without values. BAD: it could not be
 * read, said in diags; out's id, at and where are set as far as known, and the next call goes on
 * with the next record. Ids that are unsafe as file names, or that an earlier record had, in
 * capitals or not, are BAD. */
enum recipients_result recipients_next(
	struct recipients *source, struct arena *arena, struct recipient *out, struct diags *diags);

/* Reads one that is KNOWN after all, in the arena; by any thread, while another takes the next.
 * False after an error. */
bool recipients_read(const struct recipients *source, struct arena *arena,
	struct recipient *recipient, struct diags *diags);

/* Reads one record's bytes; file names it in findings, and gives the id when the record has none.
 * False after an error. The template's declarations tell a list and a nested field from a text; it
 * may be NULL. */
bool recipient_read(struct arena *arena, struct str bytes, const char *file,
	const struct template *template, struct recipient *out, struct diags *diags);

/* How many records there are, or -1 when that is not known without reading them. */
int recipients_count(const struct recipients *source);

/* Whether the table, all of which was read, ends without a line's end, and nobody said how many
 * records it has: it may be whole, but one that was cut off ends so, too. */
bool recipients_may_be_cut(const struct recipients *source);

/* The first value of that dotted name, or NULL. */
const struct value *recipient_find(const struct value *values, struct str name);
/* How far it is known. One that has a source and says no more was seen. */
enum standing value_standing(const struct value *value);
const char *standing_name(enum standing standing);            /* "seen"; "" of UNSAID */
int standings_said(const struct standings *standings);        /* of all standings but UNSAID */
int standings_unconfirmed(const struct standings *standings); /* of those but SEEN */
void standings_add(struct standings *standings, const struct standings *more);

/* A span of time as ISO 8601-2 writes it: a date ("2020", "2020-02", "2020-02-01") or two with a
 * slash between them, of which one may be missing or "..". It begins and ends with all that its
 * dates mean. */
bool span_fits(struct str text);
/* Where a span stands to a day: before it (-1), over it (0), behind it (1). */
int span_compare(struct str span, struct str day);
struct str span_from(struct str span); /* the date that it begins with; empty: open */

/* Where a fact was seen. */
struct confirmation {
	struct str source; /* an address of the web, or words */
	struct str date;   /* the source's own, or when it was read: a span */
	struct str quote;  /* may be empty */
};
/* The value that begins at a place of its record's file, also in a list, or NULL. */
const struct value *recipient_find_at(const struct value *values, struct place at);
/* The declaration of one of those values, or of its copy, be it in a list; NULL: it has none. */
const struct field *value_declared(
	const struct field *fields, const struct value *values, const struct value *wanted);
/* The value for the argument of a finding that is about it: behind the label of its declaration,
 * which may be NULL. */
const char *value_said(
	struct diags *diags, const struct value *value, const struct field *declared);
/* Whether its words are lines; field: its declaration, may be NULL. */
bool value_has_lines(const struct value *value, const struct field *field);
/* Its words as one edits them: on one line, or a line each. */
struct str value_words(struct arena *arena, const struct value *value, bool lines);

/* A value that stands in XML, and what it is to become. */
struct edit {
	const struct recipient *record;
	const struct value *value;       /* of it */
	const struct template *template; /* may be NULL */
	struct str words;                /* other ones, as value_words gives them; or: */
	int link;                        /* words is where its n-th link is to lead; 0: none */
	bool lines;
};
/* Writes the bytes of the file that the value stands in, with its element saying where it was seen;
 * all else as it was. False after an error. */
bool recipient_confirm(struct arena *arena, struct str bytes, const struct edit *edit,
	const struct confirmation *confirmation, struct buf *out, struct diags *diags);
/* Writes the bytes of the file that the record stands in with those words, all else as it was;
 * *edited: the record as it is read then, called as it was. False after an error: also when the
 * outcome would not read as it was meant. */
bool recipient_edit(struct arena *arena, struct str bytes, const struct edit *edit, struct buf *out,
	struct recipient *edited, struct diags *diags);
/* Where the n-th link in a value leads, from 1; .at is NULL when it has not so many. */
struct str value_link(const struct value *value, int link);
/* The bytes of a value's element in those of its file; .at is NULL when it is not there. */
struct str value_element(struct str bytes, const struct value *value);

/* The record as XML, as it may stand in a file: for what goes with a letter. What is said about the
 * facts stays at home. */
void recipient_write(const struct recipient *recipient, struct buf *out);
/* All values as plain text, a line each, white space runs as one space: for who searches. */
void recipient_text(const struct value *values, struct buf *out);
void recipient_dump(const struct recipient *recipient, struct buf *out);

#endif
