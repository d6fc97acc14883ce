/* form_int.h - what a page's form says, in the body of a POST: application/x-www-form-urlencoded
 * (URL Standard 5.1). */
#ifndef HTTP_FORM_INT_H
#define HTTP_FORM_INT_H

#include "base/base.h"

enum { FORM_MOST = 32768 /* bytes of a body */, FORM_FIELDS = 64 };

struct form_field {
	struct str name,
		value; /* UTF-8 without a NUL inside, followed by one; any other character */
};
struct form {
	vec(struct form_field) fields;
};

/* Whether a Content-Type is a form's; NULL is none. */
bool form_is(const char *type);
/* Reads a body, in the arena. False when it is longer than FORM_MOST or has more than FORM_FIELDS,
 * has a % without two hexadecimal digits, a NUL, or what is no UTF-8. */
bool form_read(struct arena *arena, struct str body, struct form *form);
/* The first value of that name; empty when there is none. */
struct str form_value(const struct form *form, const char *name);
/* Digits as a number that counts something; -1 when they are none. */
int form_digits(struct str text);
/* Likewise the value of that name. */
int form_number(const struct form *form, const char *name);

#endif
