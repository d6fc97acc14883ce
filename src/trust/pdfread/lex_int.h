/* lex_int.h - what lex.c and said.c share. */
#ifndef PDFREAD_LEX_INT_H
#define PDFREAD_LEX_INT_H

#include "pdfread/pdfread.h"

/* c: a byte, or -1 for the end. */
bool lex_is_digit(int c);
int lex_hex_digit(int c); /* its value, or -1 */
/* A name, its #xx read: longer ones than any standard knows are cut. Gives its length; a NUL may be
 * in it. */
enum { LEX_NAME = 128 };
int lex_name(struct str name, char out[LEX_NAME]);

#endif
