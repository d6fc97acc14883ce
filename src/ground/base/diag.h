/* diag.h - errors are data: an id, a place, a text that says what is wrong and what was done about
 * it, and a hint with the exact words to type. diag.def lists them all; nothing else may be said.
 * Who adds one includes diag_id.h: so a new finding rebuilds those alone who find something.
 *
 * A struct diags is passed as the last parameter of every function that can find something; it is
 * never global, and belongs to one thread at a time. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/say.h"
#include "base/str.h"

#include <stdbool.h>

/* Where something stands in a file. Lines and columns count from 1, columns in characters;
 * 0 is not known. The file is as the user named it, relative to where the program runs. */
struct place {
	const char *file;
	int line, column;
	bool row; /* of a table: line is a spreadsheet's row, column its column */
};

static inline struct place place_of(const char *file, int line, int column)
{
	return (struct place){file, line, column, false};
}

/* A table's cell, or with column 0 its whole row. */
static inline struct place place_cell(const char *file, int row, int column)
{
	return (struct place){file, row, column, true};
}

/* The file as a whole. */
static inline struct place place_in(const char *file)
{
	return place_of(file, 0, 0);
}

/* Of what stands in no file. */
static inline struct place place_none(void)
{
	return place_in(NULL);
}

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_SYSTEM };

struct diag {
	int id; /* enum diag_id: diag_id.h */
	struct place at;
	const char *record;      /* the recipient's file or row that was being merged, or NULL */
	const char *field;       /* the name of the one that it is about, or NULL */
	const char *text, *hint; /* hint: NULL for none */
};

/* "a.xml:7:2", "a.csv:row 7, column B"; what is not known is left out. */
void place_write(struct place at, struct buf *out);
/* A column of a spreadsheet: 1 is A, 27 is AA. */
void place_write_column(int column, struct buf *out);

struct diags;

struct diags *diags_new(void);
void diags_free(struct diags *diags);
/* Forgets all findings; memory is kept. */
void diags_clear(struct diags *diags);

/* Forgets the findings added since there were len of them. */
void diags_truncate(struct diags *diags, int len);

/* From now on findings carry "in: record" (copied); NULL ends that. */
void diags_set_record(struct diags *diags, const char *record);

/* Gives the finding just added another hint (copied); "" takes it away. */
void diag_hint(struct diags *diags, const char *hint);
/* A slice or a number as a C string that lives as long as the diags: for arguments. */
const char *diag_str(struct diags *diags, struct str s);
const char *diag_int(struct diags *diags, long long number);
/* The name of a field, behind its label if it has one, for an argument (str_labelled). The finding
 * that is added next is about that field, which programs are told by its name alone. */
const char *diag_field(struct diags *diags, struct str name, struct str label);

int diags_count(const struct diags *diags, enum severity at_least);
int diags_len(const struct diags *diags);
const struct diag *diags_at(const struct diags *diags, int index);
bool diags_failed(const struct diags *diags); /* an error or worse is in it */
/* Appends copies of all findings of one to the other. */
void diags_append(struct diags *diags, const struct diags *more);
void diags_append_one(struct diags *diags, const struct diag *diag); /* likewise */
/* By file, line, column, id; stable. What is said twice, word for word, is kept once. */
void diags_sort(struct diags *diags);

enum severity diag_severity(int id);
const char *diag_code(int id);         /* "E-FIELD-UNKNOWN" */
const char *diag_pattern(int id);      /* the text with its {} */
const char *diag_hint_pattern(int id); /* "" for none */
const char *severity_name(enum severity severity);
/* A kind of finding in general: what it says, and what to do, with an ellipsis for what each
 * finding says for itself. Appended; of a hint that each has of its own, nothing. */
void diag_write_meaning(int id, struct buf *out);
void diag_write_advice(int id, struct buf *out);

/* Text form, with a new line after each line; colour is ANSI. JSON form: one object on one line,
 * {"severity","code","file","line","column","row","cell","record","field","message","hint"}, absent
 * parts left out; in a table a row ("row":7) and a cell ("cell":"B7") stand for line and column. */
void diag_write_text(const struct diag *diag, bool colour, struct buf *out);
void diag_write_json(const struct diag *diag, struct buf *out);
/* The members of that object that say where: "file", "line" and so on, a comma before each. */
void place_write_json(struct place at, struct buf *out);

#endif
