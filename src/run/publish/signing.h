/* signing.h - who signs the letters of a run, and how. */
#ifndef PUBLISH_SIGNING_H
#define PUBLISH_SIGNING_H

#include "level/level.h"
#include "sign/sign.h"

struct signing {
	const struct identity *identity; /* NULL: nobody signs */
	struct signer_options options;
	bool certify;            /* later changes other than signatures void the signature */
	int64_t time;            /* seconds since 1970, UTC, in the signatures */
	struct level_run *raise; /* letters get time stamps and evidence, to this level; or NULL */
	enum level level;
};

#endif
