/* names_listed.h - the files that a list names, without their names: whether one is among them, for
 * any number of them in the same memory (base/map.h). */
#ifndef VERIFY_NAMES_LISTED_H
#define VERIFY_NAMES_LISTED_H

#include "base/base.h"

struct names_listed;

/* It belongs to the caller until names_listed_free. */
struct names_listed *names_listed_new(void);
void names_listed_free(struct names_listed *names);
void names_listed_add(struct names_listed *names, struct str name);
bool names_listed_has(const struct names_listed *names, struct str name);

#endif
