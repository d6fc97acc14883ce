/* recipients_int.h - what the kinds of source share.
 *
 *   recipients.c  any source: choosing, naming       open.c    which kind a path is
 *   where.c       what --where asks for              earlier.c the second of two
 *   directory.c   a folder of XML records            read.c    one XML record
 *   many.c        one XML file of many               name.c    ids: safe ones, made of fields
 *   table.c       a header, for row.c: a row
 *   join.c        rows of one id → a record
 *   csv.c         a CSV → rows                       decode.c  bytes of any encoding → UTF-8
 *   apart.c       rows of one id that stand apart
 *   sqlite.c      a database → rows                  span.c    spans of time
 *   book.c        a workbook → rows (book_int.h)
 *   about.c       what is said about facts           sources.c where they were found
 *   postgres.c    a server's database → rows         server.c  its address
 *   json.c        a file of JSON → records           json_name.c  its keys → fields
 *   json_record.c one record of it, as it is parsed  json_cell.c  its values → cells
 *   json_text.c   whether it is text all through     number.c  numbers without exponents
 *   stream.c      a file, of which little is held  requests.c   lines that ask for letters
 *   confirm.c     that one was seen → its file   edit.c     other words → its file */
#ifndef RECIPIENTS_RECIPIENTS_INT_H
#define RECIPIENTS_RECIPIENTS_INT_H

#include "recipients/recipients.h"
#include "template/template.h"
#include "xml/xml.h"

#include <stdio.h>

struct source;

/* What a kind of source does. */
struct source_kind {
	/* The next record, with the id that it gives itself, not yet known to be the first so
	 * called. */
	enum recipients_result (*next)(struct source *source, struct arena *arena,
		struct recipient *out, struct diags *diags);
	/* Reads a record that next called KNOWN; by any thread. NULL: there are none. */
	bool (*read)(const struct source *source, struct arena *arena, struct recipient *out,
		struct diags *diags);
	int (*count)(const struct source *source); /* -1: not known; NULL: never known */
	/* The name of a file, of a source whose records have one each; else NULL. */
	struct str (*file_name)(const struct source *source, int ordinal);
	void (*close)(struct source *source);
	bool each_for_itself; /* ids may come again, and there may be no record */
};

/* The head of every source, in an arena of its own that close frees. */
struct source {
	const struct source_kind *kind;
	struct arena *arena;
	const char *path;
	const struct template *template; /* may be NULL */
	/* As in struct recipients_options; NULL: not asked. */
	bool (*known)(void *user, struct arena *arena, struct recipient *recipient);
	void *user;
	const struct xml_grammar *grammar; /* likewise */
	int ordinal; /* of the record last read: its file's, from 0; else its line or row */
	bool joins;  /* it has ids, and rows of one id are one record */
	bool cut;    /* as recipients_may_be_cut */
};

/* The source of that kind which a path names, a sheet of a workbook alone; NULL after an error. */
struct source *source_open(const char *path, const struct template *template,
	const struct recipients_options *options, struct diags *diags);
/* A new source of that size, zeroed but for its head. */
struct source *source_new(const struct source_kind *kind, size_t size, const char *path,
	const struct template *template);
void source_free(struct source *source);

/* NULL after an error. */
struct source *directory_open(
	const char *path, const struct template *template, struct diags *diags);
/* A directory of one file. */
struct source *directory_of_one(const char *path, const struct template *template);
/* Leaves only the files that hold those ids; false after an error. */
bool directory_select(
	struct source *source, const struct str *only, int only_count, struct diags *diags);
struct source *many_open(const char *path, const struct template *template, struct diags *diags);
struct source *csv_open(const char *path, const struct template *template, struct diags *diags);
struct source *json_open(const char *path, const struct template *template, struct diags *diags);
/* The options are for the source of records that are asked for by id. */
struct source *requests_open(const struct requests_from *from, const struct template *template,
	const struct recipients_options *options);
extern const struct source_kind book_kind;
bool book_is_locked(FILE *file);
/* A workbook; sheet: its name, NULL for the first that is shown. */
struct source *book_open(
	const char *path, const struct template *template, const char *sheet, struct diags *diags);
struct source *sqlite_open(
	const char *path, const struct template *template, const char *query, struct diags *diags);
/* Reports an address whose password libpq could take for another part. shown: without it. */
bool server_check(const char *address, const char *shown, struct diags *diags);
struct source *postgres_open(const char *address, const struct template *template,
	const char *query, struct diags *diags);

/* -- files of many records (stream.c) ---------------------------------------------------------- */

/* A file's size and time when it was opened; nothing is asked of a pipe, nor where it is zeroed. */
struct steady {
	bool asked;
	int64_t size, seconds, nanoseconds;
};
struct steady steady_begin(int fd);
bool steady_is(const struct steady *steady, int fd);
/* False after an error: somebody wrote the file since, so that what was just read is of no use. */
bool steady_check(const struct steady *steady, int fd, const char *path, struct diags *diags);

/* Where no record came of a source that is read on and on, by the errors since: an error of its own
 * is a bad record, a failure of the system is none, and the end. */
struct errors_before {
	int errors, failures;
};
struct errors_before errors_before(const struct diags *diags);
enum recipients_result no_record(struct errors_before before, const struct diags *diags);

/* A file that is read on and on. Zeroed, it can be closed. */
struct stream {
	const char *path;
	FILE *file;
	struct steady steady;
	struct buf bytes; /* read and not yet given */
	size_t used;      /* of these, given; they go at the next reading */
	struct place at;  /* of the first byte not given */
	bool ended;       /* nothing more can be read */
};
/* The path must live as long. False after an error. */
bool stream_open(struct stream *stream, const char *path, struct diags *diags);
void stream_close(struct stream *stream);
/* What was read and not given, valid until it is read on. */
struct str stream_rest(const struct stream *stream);
void stream_advance(struct stream *stream, int len);
/* Reads on; false at the end of the file, after an error, and for a record that is too large. */
bool stream_fill(struct stream *stream, struct diags *diags);

/* -- one XML record (read.c) ------------------------------------------------------------------- */

#define RECIPIENT_NAMESPACE "urn:lettermerge:recipient:1"

/* What a record is read by. */
struct record_rules {
	const struct template *template;   /* may be NULL */
	const struct xml_grammar *grammar; /* asked when there is no error; may be NULL */
	struct str lang;                   /* inherited */
};
/* As recipient_read, from an element: out->id is what it is called if it does not say. */
bool recipient_read_element(struct arena *arena, const struct xml_node *element,
	const struct record_rules *rules, struct recipient *out, struct diags *diags);
/* What a record is called by its file's name, if it does not say. */
struct str record_stem(struct str name);
/* The text's lines, trimmed, empty ones dropped, all with the value's language and place. */
void value_split_lines(struct arena *arena, struct value *value);

/* All text in an element, white space as written. */
struct str element_text(struct arena *arena, const struct xml_node *xml);

/* -- what is said about facts (about.c, sources.c) --------------------------------------------- */

/* On which elements an attribute may stand. */
enum about_element { ABOUT_FIELD = 1, ABOUT_LINE = 2, ABOUT_SOURCE = 4, ABOUT_RECORD = 8 };
struct about_rule {
	const char *name;
	unsigned places; /* bits of enum about_element */
	bool required;
	bool (*fits)(struct str value);
	const char *form;    /* what to write, for a hint */
	const char *pattern; /* the same in RELAX NG */
	const char *words;   /* what an editor says of it */
};
extern const struct about_rule about_rules[];
extern const int about_rule_count;

/* Reports an attribute that is not known there, or has a value that does not fit. */
void about_check(const struct xml_node *xml, const struct xml_attribute *given, unsigned place,
	struct diags *diags);
/* An attribute's value if it fits, else .at == NULL. */
struct str about_given(const struct xml_node *xml, const char *name);
struct place about_place(const struct xml_node *xml, const char *name); /* of an attribute */
/* What an element and those around it say; what is around may be NULL. */
const struct about *about_read(struct arena *arena, const struct xml_node *xml,
	const struct about *around, struct diags *diags);
/* The same with what one of its lines says for itself. */
const struct about *about_add_line(
	struct arena *arena, const struct about *about, const struct about *line);
/* Adds to the values what the <sources> of their record say. */
void sources_read(struct arena *arena, const struct xml_node *const *blocks, int count,
	struct value *values, struct diags *diags);

/* -- writing into a record (confirm.c, edit.c) ------------------------------------------------ */

/* Whether two trees are the same but for what is written: on the element at a place, and in it. */
struct unlike {
	struct place at;
	const char *const *on_element, *const *on_line; /* attributes, ending with NULL; or NULL */
	bool content;                                   /* what is in it is another */
};
bool xml_same_but(const struct xml_node *a, const struct xml_node *b, const struct unlike *written);
/* Whether a tag is of that element, with or without a prefix. */
bool tag_is_named(struct str bytes, int tag, struct str name);
/* The offset of a value's tag, or -1 when another stands there. */
int value_tag(struct str bytes, const struct value *value);

/* -- ids (name.c) ------------------------------------------------------------------------------ */

/* Reports an id that cannot name a file, here or on another system. */
bool id_check(struct arena *arena, struct str id, struct place at, struct diags *diags);
/* In small letters: two of which that is the same are one file on many disks. */
struct str id_fold(struct arena *arena, struct str id);
/* The id that a pattern with {fields} gives a record. False after an error. */
bool id_make(struct arena *arena, const char *pattern, const struct recipient *recipient,
	struct str *id, struct diags *diags);
/* Whether a pattern is one, of declared fields only; else an error. */
bool id_check_pattern(const char *pattern, const struct template *template, const char *path,
	struct diags *diags);

/* -- choosing (where.c) ------------------------------------------------------------------------ */

/* Whether "field=value" can be asked of the source's records; else an error. */
bool where_check(const struct source *source, struct str where, struct diags *diags);
/* Whether a record has that value, which for a field of a form may be spelt otherwise. */
bool where_holds(const struct source *source, struct arena *arena,
	const struct recipient *recipient, struct str where);

/* -- the second of two (earlier.c) ------------------------------------------------------------- */

/* The records of a run so far, by their ids and by the people to whom they write. */
struct earlier {
	const struct source *source;
	struct map ids, people;     /* their records' ordinals */
	vec(struct str) addressing; /* names of the fields in the template's address */
};
void earlier_begin(struct earlier *earlier, const struct source *source);
void earlier_free(struct earlier *earlier);
/* Adds the record that the source read last; false after an error: another is called so. */
bool earlier_check_id(struct earlier *earlier, struct arena *arena,
	const struct recipient *recipient, struct diags *diags);
/* Of all that the letter's address shows, capitals, white space and the division into lines apart;
 * 0: of nothing. */
uint64_t earlier_hash_person(
	const struct earlier *earlier, struct arena *arena, const struct recipient *recipient);
/* How findings name the record of an ordinal, beside the one at hand. */
const char *earlier_name(const struct earlier *earlier, int64_t ordinal,
	const struct recipient *now, struct arena *arena);
/* Adds the person of that record, and warns when there was a letter to them already. */
void earlier_check_person(struct earlier *earlier, struct arena *arena,
	const struct recipient *recipient, struct diags *diags);

/* -- rows that stand apart (apart.c) ----------------------------------------------------------- */

/* Ids whose rows are in several places, by the ordinals of the first two. Begins zeroed. */
struct apart {
	bool looked;
	struct map first, second;
};
/* Looks a source through that joins rows, with a second one of the same path. */
void apart_look(struct apart *apart, const char *path, const struct template *template,
	const struct recipients_options *options);
/* Where else rows of that record stand, or -1. */
int64_t apart_other(const struct apart *apart, struct str id, int ordinal);
void apart_free(struct apart *apart);

/* -- tables (table.c, row.c) ------------------------------------------------------------------- */

enum { TABLE_MAX_NUMBER = 999 };

/* Where a cell goes. */
struct target {
	const struct field *field,
		*list;    /* field: NULL for a column left out; list: it is a part of */
	int line, record; /* numbers in the column's name; 0 for none */
};

struct column {
	struct str plain; /* its heading, by target_plain */
	struct str name;  /* of the value, as the header or the template has it */
	struct target target;
	bool kept;
};

/* The one value that a column, or a key, of that name is, among the fields of the template or of a
 * list (else NULL). Names match as people write them. False: none, or one of several. */
bool target_find(struct arena *arena, const struct field *fields, const struct field *list,
	struct str name, struct target *target);
/* The same of a part of a list by its own name, when no field is called so. */
bool target_find_part(
	struct arena *arena, const struct field *fields, struct str name, struct target *target);
/* The list of that name, or NULL. */
const struct field *target_find_list(
	struct arena *arena, const struct field *fields, struct str name);
/* Whether it is "vru", of a field "vru.highlight". */
bool target_find_step(struct arena *arena, const struct field *fields, struct str name);
/* A name by which a field may be declared that it finds: "Deposit-paid" of "Deposit paid?". Empty:
 * there is none; TARGET_NAMELESS is then the hint. */
struct str target_name_for(struct arena *arena, struct str written);
#define TARGET_NAMELESS \
	"take it out, or name it with letters, digits, - and _, as a field is declared"
/* What a column of it is called: of a list, one of its first record. */
struct str target_column(struct arena *arena, const struct field *field);
/* A heading as names are compared: in small letters, without blanks and TARGET_SIGNS. */
struct str target_plain(struct arena *arena, struct str heading);
#define TARGET_SIGNS " \t\r\n_-.?!:*()'\""
/* Whether it is what a record is called by. */
bool target_is_id(struct arena *arena, struct str name);
/* Whether both are one value. */
bool target_same(const struct column *a, const struct column *b);
/* Its field for the argument of a finding that is about it (field_said). */
const char *column_said(struct diags *diags, const struct column *column);
/* The value of an edit, likewise. */
const char *edit_said(const struct edit *edit, struct diags *diags);

struct table {
	struct arena *arena;
	const struct template *template; /* may be NULL */
	const char *file;
	struct column *columns;
	int count;
	int id;                     /* the column of ids, or -1 */
	const struct field *joined; /* the list that each row has a record of; NULL: none */
	struct str held;            /* a row that was read and not yet given, packed */
	struct buf holding;         /* its bytes, which table_close frees */
	bool spoilt;                /* cells may be other than UTF-8: each is looked at */
	bool database;              /* its cells were stored, not typed */
	uint64_t hash;              /* of the header */
	int head;                   /* its row */
	int last;                   /* the row that was read last; 0: none */
	bool gap;                   /* it was said that rows stand below an empty one */
	bool ended;                 /* nothing below the last row can be read */
};

/* Of a row; one with .at == NULL is not there at all. */
struct cells {
	const struct str *at;
	int count;
	const bool *stored; /* which are numbers and dates, as in struct value; NULL: none */
	bool bad;           /* an error of them was said: the letter is not made */
};
/* Reports a row that is a header again, whose cells are then bad, and one below an empty row. */
void table_check_row(struct table *table, struct cells *cells, int row, struct diags *diags);
/* Reports the first cell that is not UTF-8 text. */
bool table_check_text(const struct table *table, struct cells cells, int row, struct diags *diags);
/* Reads the header. Columns that match no field are reported and left out; so is a required field
 * without a column, which is an error. */
bool table_header(struct table *table, const struct str *names, int count, struct diags *diags);
/* A row of a table. */
struct row {
	const struct table *table;
	struct arena *arena;
	const char *file; /* the table's, in the arena */
	struct cells cells;
	int number;
	struct place at;            /* of one that is no table's */
	const struct place *places; /* of each cell; NULL: they stand in a table */
};
/* A record from rows of one id, of which all but the first only add to a list. False after an
 * error. */
bool rows_read(const struct row *rows, int count, struct recipient *out, struct diags *diags);

/* A number as it is written, and plainly if that has an exponent: 1.5e3 is 1500. .at is NULL when
 * that takes more than 15 digits. */
struct str number_plain(struct arena *arena, struct str written);

/* -- records of a table (join.c) --------------------------------------------------------------- */

/* The next row that is not blank, with the source's ordinal its number; the cells are valid until
 * the next. GOOD, END, or BAD after an error that ends the table. */
typedef enum recipients_result table_take(
	struct source *source, struct arena *arena, struct cells *cells, struct diags *diags);
/* Reads the header, which is the first row that is taken. False after an error; rows above a header
 * are one. */
bool table_begin(struct source *source, struct table *table, table_take *take, struct diags *diags);
/* A record, as a kind's next: of one row, or of rows next to each other that have one id, where the
 * table has columns for a list's parts. */
enum recipients_result table_next(struct source *source, struct table *table, table_take *take,
	struct arena *arena, struct recipient *out, struct diags *diags);
/* One that was known, as a kind's read. */
bool table_read(
	const struct table *table, struct arena *arena, struct recipient *out, struct diags *diags);
void table_close(struct table *table);

/* -- encodings (decode.c) ---------------------------------------------------------------------- */

/* Reads a file as UTF-8, whatever it is in; line ends become "\n". Bytes of a spoilt one that are
 * not UTF-8 come as they are. */
struct decoder;
/* NULL after an error. Looks the whole file through for bytes that tell its encoding. */
struct decoder *decoder_open(const char *path, struct diags *diags);
/* The next bytes, valid until the next call; empty at the end. .at is NULL after an error, which is
 * said at the place that the reader has come to: a byte 0, a file that goes wrong. */
struct str decoder_next(struct decoder *decoder, struct place at, struct diags *diags);
bool decoder_is_spoilt(const struct decoder *decoder);
void decoder_free(struct decoder *decoder);

#endif
