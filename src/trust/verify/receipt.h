/* receipt.h - one record's line of a list, the path from it to the root, and the signed head: so
 * one recipient can be shown what became of theirs, and of how many it was one, without another's
 * name (docs/manifest.md). JSON, read as strictly as the list. */
#ifndef VERIFY_RECEIPT_H
#define VERIFY_RECEIPT_H

#include "verify/manifest.h"
#include "verify/tree.h"

struct receipt {
	struct str line; /* of the record */
	struct manifest_entry entry;
	struct tree_path path;
	struct str is_signed; /* the head's line, with its end */
	struct manifest_head head;
	struct str der; /* the signature */
};

/* The receipt of a record of a list of version 2, but for its signature; id: as JSON has it. False
 * when there is none. */
bool receipt_take(struct receipt *receipt, const struct manifest *manifest, struct str id);
void receipt_put(struct buf *out, const struct receipt *receipt);
/* Reads what was put, and nothing else, and whether it leads from the record to the head. The
 * signature is not looked at: verify_detached. False after a finding at file name. */
bool receipt_read(struct receipt *receipt, struct arena *arena, struct str bytes, const char *name,
	struct diags *diags);

#endif
