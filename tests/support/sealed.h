/* sealed.h - small signed PDFs for the tests of src/sign's checking half, and the keys for them. */
#ifndef TESTS_SEALED_H
#define TESTS_SEALED_H

#include "support/support.h"

/* Runs pki.sh in a folder "pki" of the scratch folder; the services are said to be at port. */
void sealed_pki(struct scratch *scratch, int port);
/* Likewise with identities of all kinds, "NAME-identity.pem". */
void sealed_pki_all(struct scratch *scratch);
/* Likewise, one for each rule that certificates keep or break; "roots.pem" holds all roots. */
void sealed_pki_rules(struct scratch *scratch);
/* Makes a token of SoftHSM, "letters", with the keys and certificates of the names; its PIN is
 * 5678. This process and those that it starts find it. False: not installed. */
bool sealed_token(struct scratch *scratch, const char *names);
/* Starts services.py over the keys to be in "pki", then makes them; gives the port. They end with
 * sealed_services_end, or when the test dies. */
int sealed_services(struct scratch *scratch);
void sealed_services_end(void);

/* "SCRATCH/pki/NAME" */
const char *sealed_pki_path(struct scratch *scratch, const char *name);

/* A PDF of one empty page with a signature field and a spare one, signed by pki/NAME.pem. */
struct str sealed_letter(struct scratch *scratch, const char *name);
/* The same, with words of the caller's in its catalog. */
struct str sealed_letter_with(struct scratch *scratch, const char *name, const char *catalog);

/* Makes pki/NAME.pem and its key: a signer whose common name is these bytes. */
void sealed_signer(struct scratch *scratch, const char *name, struct str common_name);
/* Of this producer. */
struct str sealed_letter_of(struct scratch *scratch, const char *name, const char *producer);

/* A detached CMS signature of any bytes by pki/NAME.pem. */
struct str sealed_detached(struct scratch *scratch, const char *name, struct str bytes);

/* Bytes with an update at their end: objects ("4 0 obj\n…\nendobj\n", each), the table for them and
 * a trailer like the last one. */
struct str sealed_update(struct arena *arena, struct str bytes, const char *const *objects);

/* The object of a signature that is to be filled in, with more keys. */
const char *sealed_signature(struct arena *arena, int number, const char *more);
/* Bytes with an update of objects, of which the last is such a one, signed by pki/NAME.pem. */
struct sealed_second {
	const char *const *objects;
	const char *id; /* NULL: another second part */
};
struct str sealed_countersigned(struct scratch *scratch, const char *name, struct str bytes,
	const struct sealed_second *second);
/* A letter whose signature has more keys. */
struct str sealed_letter_signed(struct scratch *scratch, const char *name, const char *signature);

#endif
