/* book_int.h - what the files about workbooks share.
 *
 *   book.c            a workbook → its sheet, looked through once, → rows
 *   book_take.c       a row → a table's cells
 *   book_xlsx.c       Office Open XML (ISO/IEC 29500-1, 18): sheets and formats
 *   book_xlsx_rows.c  a sheet's rows
 *   book_ods.c        OpenDocument spreadsheets: sheets and formats
 *   book_ods_rows.c   a sheet's rows
 *   book_zip.c        a zip → its parts, each as a stream of XML
 *   book_strings.c    the texts that the cells of a workbook share
 *   book_format.c     number formats: what they show
 *   book_sections.c   formats that show positive and negative numbers each in its own way
 *   book_number.c     a number's digits
 *   book_cell.c       a cell, as stored → its words */
#ifndef RECIPIENTS_BOOK_INT_H
#define RECIPIENTS_BOOK_INT_H

#include "recipients/recipients_int.h"
#include "xml/xml_stream.h"

/* -- the zip (book_zip.c) ---------------------------------------------------------------------- */

/* Nothing of it is ever unpacked to a disk; its names only tell its parts apart. What is wrong with
 * it is said. */
struct book_zip;
/* NULL after an error. */
struct book_zip *book_zip_open(const char *path, struct diags *diags);
void book_zip_free(struct book_zip *zip); /* may be NULL */
/* Whether it has a part of that name, in capitals or not (ISO/IEC 29500-2, 6.2.2.3). */
bool book_zip_has(const struct book_zip *zip, struct str name);
/* Begins to read a part, and ends the one before. False after an error. */
bool book_part_open(struct book_zip *zip, struct str name, struct diags *diags);
/* The next of the part's events; BAD was said. */
struct xml_event book_part_next(struct book_zip *zip, struct diags *diags);
/* An attribute of the event, of any namespace; .at == NULL: it has none. */
struct str book_attribute(
	const struct book_zip *zip, const struct xml_event *event, const char *name);
/* One of a namespace. */
struct str book_attribute_of(const struct book_zip *zip, const struct xml_event *event,
	const char *namespace, const char *name);
/* A number that an attribute holds; other when it has none, or what is none. */
int book_number(
	const struct book_zip *zip, const struct xml_event *event, const char *name, int other);
bool book_is_true(const struct book_zip *zip, const struct xml_event *event, const char *name);
/* Says that the workbook is damaged, and how, as a sentence's end. */
void book_damaged(const struct book_zip *zip, const char *how, struct diags *diags);
/* Says that it has too much of something. */
void book_limit(const struct book_zip *zip, const char *what, struct diags *diags);

/* -- numbers (book_number.c) ------------------------------------------------------------------- */

enum { BOOK_DIGITS = 15 }; /* that a spreadsheet keeps of a number */

/* 0.DIGITS × 10^point; no digits: nothing. */
struct book_digits {
	bool negative;
	char at[20];
	int len, point;
};
struct book_format;
/* The digits of "-57.93", "1.5E+3", 15 of them. False: it is no number. */
bool book_digits_read(struct str text, struct book_digits *out);
/* Less than 0, 0 or more than 0, as a is less than b, the same or more. */
int book_digits_compare(const struct book_digits *a, const struct book_digits *b);
/* As the format shows them, but for what divides groups, with a point: "-£57.93". */
void book_digits_write(
	struct book_digits digits, const struct book_format *format, struct buf *out);

/* -- number formats (book_format.c, book_sections.c) ------------------------------------------- */

/* What a format shows of a number. */
struct book_format {
	bool date, time; /* the number is a moment, of which it shows that */
	bool seconds;    /* of the time, too */
	bool elapsed;    /* hours beyond 24: [h]:mm */
	bool percent;
	bool more;         /* words besides the number, digits apart, thousands for ones */
	bool unseen;       /* nothing of it, or a day without its year: ;;; and mmm-yy */
	int places, least; /* decimals, at most and at least; places -1: as a general format has */
	int digits;        /* at least so many before them: 3 shows 7 as 007 */
	struct str currency; /* empty: none */
	/* Where others are shown otherwise: those that are shown so, a sign of <, =, > or two of
	 * them and a number; and how the others are. */
	struct str compared;
	struct book_digits limit;
	const struct book_format *others; /* NULL: all are shown so */
};
/* Of its code (18.8.31), of which currency is. */
struct book_format book_format_read(struct arena *arena, struct str code);
/* How a number, as stored, is shown by a format. */
const struct book_format *book_format_for(const struct book_format *format, struct str number);
/* Whether words hold letters or figures, and are not signs alone. */
bool book_has_letters(struct str words);
/* One that has no code in the file (18.8.30). */
struct book_format book_format_builtin(int id);

/* What one section of a code shows. */
struct book_section {
	struct book_format format;
	bool figures; /* digits of the number: there is a place for one that is not a blank */
	bool words;   /* something else */
	bool sign;    /* that it is negative: a minus, a bracket, a colour */
	bool text;    /* it is for texts */
};
/* Takes the next section off a code, and what ends it; whether another follows. */
bool book_section_take(struct str *code, struct book_section *out);

/* -- cells (book_cell.c) ----------------------------------------------------------------------- */

enum book_kind {
	BOOK_TEXT,
	BOOK_SHARED, /* the number of a text of all */
	BOOK_NUMBER, /* or a moment, by its format */
	BOOK_TRUTH,  /* 0, 1 */
	BOOK_MOMENT, /* by ISO 8601 */
	BOOK_UNKNOWN /* a formula that was not computed */
};
struct book_cell {
	int column; /* from 0 */
	enum book_kind kind;
	const struct book_format *format; /* NULL: a general one */
	struct str value;                 /* as stored */
	bool unseen;                      /* what is stored as shown has no figure */
};
struct book_row {
	int number; /* as the spreadsheet counts it */
	bool hidden;
	vec(struct book_cell) cells; /* that are not empty */
};

struct book_strings;
/* How a workbook's cells are read. */
struct book_reading {
	bool since_1904;              /* days are counted from 1 January 1904 */
	struct book_strings *strings; /* NULL: none */
};
/* A cell's words, in the arena or of the cell, and whether they are those of a number or a moment.
 * Gives the id of the finding when it has none (with its argument, the value), else 0. */
int book_cell_read(const struct book_reading *reading, struct arena *arena,
	const struct book_cell *cell, struct str *words, bool *stored);

/* -- shared texts (book_strings.c) ------------------------------------------------------------- */

/* The text of an element that was opened, a value <v> or a text item of any kind (18.4). Of rich
 * text all runs, of phonetic ones none. False after an error. */
bool book_text_read(
	struct book_zip *zip, const char *element, struct buf *text, struct diags *diags);
/* All texts of a part; where they are many, on the disk. NULL after an error. */
struct book_strings *book_strings_read(struct book_zip *zip, struct str part, struct diags *diags);
void book_strings_free(struct book_strings *strings); /* may be NULL */
/* The text of that number, from 0, in the arena; false: there is none. */
bool book_strings_find(
	const struct book_strings *strings, struct arena *arena, int number, struct str *text);

/* -- kinds of workbook ------------------------------------------------------------------------- */

struct book_sheet {
	struct str name;
	struct str part; /* of the zip */
	bool hidden;
};
/* Cells of which the first alone has a value. */
struct book_merged {
	int top, left, bottom, right; /* rows as the spreadsheet counts, columns from 0 */
};
struct book_merges {
	struct book_merged *at;
	int len, cap;
};
enum {
	BOOK_MAX_ROWS = 1048576,
	BOOK_MAX_COLUMNS = 16384,
	BOOK_MAX_MERGED = 1000,
	BOOK_MAX_ROW = 8 * 1024 * 1024
};

/* What was said already of a column's formats. */
struct book_said {
	bool more, unseen;
};

struct book {
	struct source source;
	const struct book_form *form;
	struct book_zip *zip;
	struct book_reading reading;
	vec(struct book_sheet) sheets;
	vec(struct book_format) formats;
	struct book_merges merged;  /* of the sheet that is read, known at its end */
	struct book_merges covered; /* of the one whose rows are records */
	struct table table;
	bool begun;             /* its header was read */
	struct book_said *said; /* of each of its columns */
	int row;                /* the last that was read */
	struct book_ods *ods;   /* of an OpenDocument spreadsheet (book_ods_int.h) */
	bool uncomputed; /* formulas are computed when it is opened: a 0 of one may be none */
};
struct book_form {
	/* Reads all but the sheets. False after an error. */
	bool (*open)(struct book *book, struct diags *diags);
	/* Begins with a sheet's first row. */
	bool (*start)(struct book *book, const struct book_sheet *sheet, struct diags *diags);
	/* The next row, in the arena. False at the end, and after an error. */
	bool (*row)(
		struct book *book, struct arena *arena, struct book_row *row, struct diags *diags);
	void (*close)(struct book *book); /* NULL: nothing to do */
};
extern const struct book_form book_xlsx, book_ods;
/* The next row of the sheet (book_take.c). */
table_take book_take;
/* Adds cells that are merged. False after an error: there are too many. */
bool book_note_merged(struct book *book, struct book_merged merged, struct diags *diags);
bool book_xlsx_start(struct book *book, const struct book_sheet *sheet, struct diags *diags);
bool book_xlsx_row(
	struct book *book, struct arena *arena, struct book_row *out, struct diags *diags);

#endif
