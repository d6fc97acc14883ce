/* manifest.h - what a run wrote, in one file that can be signed once for all letters.
 *
 * JSON, one letter a line, so that it can be read by a program, a person and grep:
 *
 *   {"manifest":1,"letters":[
 *   {"file":"essex.pdf","bytes":42562,"sha256":"8f1b…","id":"essex","template":"0a41…"},
 *   …
 *   ]}
 *
 * bytes is the length that was hashed: a letter that got a time stamp later is longer, and its
 * beginning is still what was recorded. The signature is a detached CMS beside it: MANIFEST.p7s. */
#ifndef VERIFY_MANIFEST_H
#define VERIFY_MANIFEST_H

#include "verify/verify.h"

struct manifest_entry {
	struct str file; /* relative to the manifest's folder */
	int64_t bytes;
	struct str sha256;   /* 64 hex digits, lower case */
	struct str id;       /* of the record */
	struct str template; /* hash of the template, in hex */
};

/* SHA-256 of bytes as an entry has it, with a NUL. */
enum { MANIFEST_HEX = 65 };
void manifest_hash(struct str bytes, char hex[MANIFEST_HEX]);

/* Writing: begin, each letter, end. The same entries give the same bytes. */
void manifest_begin(struct buf *out);
void manifest_put(struct buf *out, const struct manifest_entry *entry);
void manifest_end(struct buf *out);

struct manifest {
	vec(struct manifest_entry) entries; /* by file */
};

/* Reads what was written so, and nothing else. False after a finding at file name. */
bool manifest_read(struct manifest *manifest, struct arena *arena, struct str bytes,
	const char *name, struct diags *diags);
const struct manifest_entry *manifest_find(const struct manifest *manifest, struct str file);
/* Are these bytes, or their beginning, what was recorded? */
bool manifest_matches(const struct manifest_entry *entry, struct str bytes);

/* Checks a detached CMS signature of any bytes, as verify_letter does a letter's. */
struct verify_report verify_detached(struct arena *arena, const struct judged *file, struct str der,
	const struct trust *trust, struct diags *diags);

#endif
