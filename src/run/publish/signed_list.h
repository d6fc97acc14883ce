/* signed_list.h - the list of a folder's signed letters. */
#ifndef PUBLISH_SIGNED_LIST_H
#define PUBLISH_SIGNED_LIST_H

#include "publish/publish.h"
#include "publish/signing.h"

/* Lists the folder's signed letters in manifest.json, signs the list, and takes an older list away
 * that is not true any more. changed: letters were, since it was written. */
void signed_list_write(const struct destination *to, const struct signing *signing,
	struct record *record, bool changed, struct diags *diags);

#endif
