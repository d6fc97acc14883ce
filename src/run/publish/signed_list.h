/* signed_list.h - the list of what became of each record of a run, signed. */
#ifndef PUBLISH_SIGNED_LIST_H
#define PUBLISH_SIGNED_LIST_H

#include "publish/publish.h"
#include "publish/signing.h"

/* Before the first letter of a run is replaced: the list of the run before, and of a shard that of
 * the whole, stands no more, and goes aside as manifest.json.old. */
void signed_list_lift(const struct destination *to);

/* Lists what became of each record in manifest.json and signs its head, unless the list that is
 * there is right; takes an older list away when nobody signs. changed: letters were, in this run.
 * False after an error; the next run tries again. */
bool signed_list_write(const struct destination *to, const struct signing *signing,
	struct record *record, bool changed, struct diags *diags);

#endif
