/* diag_id.h - the findings of diag.def by name, and how one is added. For who finds something, and
 * who asks what was found; the others need no more than diag.h. */
#ifndef BASE_DIAG_ID_H
#define BASE_DIAG_ID_H

#include "base/diag.h"

enum diag_id {
#define DIAG(name, id, severity, text, hint) DIAG_##name,
#include "base/diag.def"
#undef DIAG
	DIAG_COUNT
};

/* Adds a finding. The arguments are C strings that fill the {} of the id's text and then those of
 * its hint, in order; as many as there are {}. All are copied. diag_add0 is for texts without
 * {}. */
#define diag_add(diags, name, place, ...) \
	diag_add_args((diags), DIAG_##name, (place), (const char *const[]){__VA_ARGS__, NULL})
#define diag_add0(diags, name, place) \
	diag_add_args((diags), DIAG_##name, (place), (const char *const[]){NULL})
void diag_add_args(struct diags *diags, int id, struct place at, const char *const *args);

#endif
