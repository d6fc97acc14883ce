/* change_int.h - what the two halves of change.c share: updates, and the fields that they add. */
#ifndef VERIFY_CHANGE_INT_H
#define VERIFY_CHANGE_INT_H

#include "verify/seal.h"

struct review {
	const struct pdfread *file;
	const struct seals *seals;
	int from;         /* index of the revision that is asked about */
	int signed_index; /* of the revision that the last signature before it closes */
	int index;        /* of the update in hand */
	const char *name;
	struct diags *diags;
};

/* Says what; gives false. */
bool changed(struct review *review, const char *what);

/* Do all pairs of a dictionary but those of the keys listed (NULL ends them) stand in another? */
bool dict_holds(struct str a, struct str b, const char *const *but);
/* And the other way round. */
bool same_but(struct str a, struct str b, const char *const *but);
/* Nothing that refers to anything else. */
bool is_plain(struct str value);

/* -- change_field.c: before and after are an object as it stood, and as the update has it */

/* The form's list of fields grew by signatures and time stamps that nobody sees. */
bool form_grows(struct review *review, struct str before, struct str after);
/* A field without a value got one of those. */
bool field_is_filled(struct review *review, struct str before, struct str after);
/* A page, or a list of fields or of annotations that is an object, grew by nothing else. */
bool page_grows(struct review *review, struct str before, struct str after);
bool list_grows(struct review *review, int number, struct str before, struct str after);
/* Do the signatures before the update let it be? False after a finding that says which does not. */
bool check_permission(struct review *review);

#endif
