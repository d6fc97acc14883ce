/* say.h - the one way out for text: to a terminal, a log, a line of JSON.
 *
 * Names, values, paths and servers' messages come from others. What would act where it is shown,
 * and not be read, is written out there: an escape sequence as "\x1B[31m", a right-to-left override
 * as "\u202E". So nobody's name makes a line of its own, colours one or turns it round. Nothing
 * else under src prints; tests/lint/test_rooms.c looks. */
#ifndef BASE_SAY_H
#define BASE_SAY_H

#include "base/str.h"

#include <stdio.h>

/* A text of others in one line: controls (C0, C1, DEL, the line and paragraph separators), what
 * orders text (UAX #9) and what is invisible are written out, and so are bytes that are not
 * UTF-8. */
void buf_shown(struct buf *out, struct str text);
/* The same for a text of many lines, which it may break. */
void buf_shown_lines(struct buf *out, struct str text);
/* The same within a sentence of ours: in quotation marks. One of its own gets a backslash before
 * it, and so do backslashes that would stand before one: so it ends where it ends, and what it says
 * is not read as a word of ours. */
void buf_quoted(struct buf *out, struct str text);
/* The same as a string of its own. */
struct str str_quoted(struct arena *arena, struct str text);
/* What people call a thing, and behind it in parentheses the name by which it is found: "Salutation
 * (hello)". Without a label, or with the same, the name alone. */
struct str str_labelled(struct arena *arena, struct str name, struct str label);
/* The same before the colon that a line begins with: bare, where no colon can be mistaken. */
void buf_heading(struct buf *out, struct str text);
/* The same for a path or a name that a sentence of ours ends in or goes on behind: bare, where it
 * is one word that nothing of ours can be mistaken in. */
struct str str_word(struct arena *arena, struct str text);
/* What is between the marks of buf_quoted, not yet shown. */
void buf_guarded(struct buf *out, struct str text);
/* A JSON string with its quotes: the same characters as \uXXXX, a byte that is not UTF-8 as
 * U+FFFD. */
void json_string(struct buf *out, struct str s);
/* A member of an object that is not its first: a comma, its name, which is ours, and a string. */
void json_member(struct buf *out, const char *name, struct str value);

/* Like printf, but that what a %s brings is a text of others: buf_shown. Of a "%.*s" all bytes
 * are. Knows s, c, d, i, u, x and f; l, ll, z and j before them. */
void buf_say(struct buf *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same to a stream; gives the number of bytes. */
int say_to(FILE *stream, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What buf_say and json_string made, as it is. */
void say_as_is(FILE *stream, struct str said);

#endif
