/* xml_int.h - what the files of this room share: offsets → places, and a look at the raw bytes. */
#ifndef XML_XML_INT_H
#define XML_XML_INT_H

#include "xml/xml.h"

/* Turns byte offsets into places. It goes on from the last one, so that growing offsets cost one
 * pass over the file altogether, however long its lines are. */
struct cursor {
	struct str bytes;
	struct place origin; /* of the byte at from; what is before it is said to be there too */
	int from;
	int offset, line, column;
};

struct cursor cursor_start(struct str bytes, struct place origin, int from);
struct place cursor_place(struct cursor *cursor, int offset);

/* The bytes are looked at again only where libxml2 has found them well-formed, to learn where a
 * thing stood that it has handed over. */

/* Offset of the last c before at, or 0. */
int scan_back(struct str bytes, int at, char c);
/* Offset behind the tag that begins at the "<" at; ends early at another "<". */
int scan_tag_end(struct str bytes, int at);
/* Offset of the first character of text at or after at: behind comments, processing instructions
 * and the start of a CDATA section. */
int scan_text(struct str bytes, int at);
/* The next attribute of a tag: its name; *at, in the tag before the call, moves behind its value.
 * False when there is none. */
bool scan_attribute(struct str bytes, int *at, struct str *name);

/* False, with a finding, for what libxml2 is not to see. */
bool check_before(struct cursor *cursor, struct diags *diags);
/* Whether a file says that it holds ASCII alone. */
bool xml_is_ascii(struct str bytes);

/* -- words.c */
/* A character as it is read; white space between words is one, however much of it there is. */
struct piece {
	char text[5];
	int len, from, to; /* from, to: its bytes in the file, with what is aside within them */
	int tags;          /* that stand before it */
	bool cdata;
	uint32_t code_point;
};
struct pieces {
	struct arena *arena;
	vec(struct piece) list;
};

/* The characters that are read between two offsets, without white space at both ends. */
void words_pieces(const struct xml_words *words, struct pieces *pieces);
/* Whether something that is no character stands at an offset, which moves behind it: a tag, which
 * is counted, a comment, or where a CDATA section begins or ends. */
bool words_skip_markup(struct str bytes, int *at, bool *cdata, int *tags);
/* The character at an offset, which moves behind it. */
uint32_t words_character(struct str bytes, bool cdata, int *at);

struct _xmlError;

/* Says in our words what libxml2 found; offset is where it stopped, open the innermost element that
 * is still open, or NULL. */
void xml_report(struct cursor *cursor, const struct _xmlError *error, int offset,
	const struct xml_node *open, struct diags *diags);

#endif
