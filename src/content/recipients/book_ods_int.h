/* book_ods_int.h - what the two files of OpenDocument spreadsheets share. */
#ifndef RECIPIENTS_BOOK_ODS_INT_H
#define RECIPIENTS_BOOK_ODS_INT_H

#include "recipients/book_int.h"

#include "locale/currency.h"

#define ODS_OFFICE "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
#define ODS_STYLE "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
#define ODS_TABLE "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
#define ODS_TEXT "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
#define ODS_CALCEXT "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"

/* Columns up to one, with the format of cells that have none of their own. */
struct ods_columns {
	int end;
	const struct book_format *format;
};

struct book_ods {
	struct map styles; /* names → formats */
	vec(const struct book_format *) formats;
	vec(struct str) hidden;          /* styles of sheets that are not shown */
	vec(struct ods_columns) columns; /* of the sheet that is read */
	struct book_row repeated;        /* a row that stands several times, in kept */
	int repeats;                     /* as often still */
	struct arena *kept;
};

/* The format that a style's name stands for, of data styles or of cells' styles; NULL: none. */
const struct book_format *book_ods_format(const struct book *book, struct str name, bool data);
bool book_ods_is(const struct xml_event *event, const char *space, const char *name);
/* Reads on behind the end of the opened element. False after an error. */
bool book_ods_skip(struct book *book, struct diags *diags);
bool book_ods_row(
	struct book *book, struct arena *arena, struct book_row *out, struct diags *diags);

#endif
