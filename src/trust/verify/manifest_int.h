/* manifest_int.h - what the list's writer and its reader share. */
#ifndef VERIFY_MANIFEST_INT_H
#define VERIFY_MANIFEST_INT_H

#include "verify/manifest.h"

#define MANIFEST_BEGIN "{\"manifest\":2,\"records\":[\n"
#define MANIFEST_MIDDLE "],\"head\":\n"
#define MANIFEST_END "}\n"
#define MANIFEST_FORGOTTEN "{\"forgotten\":"

/* Each takes a record from the beginning of rest; false when it is none. An entry's texts stand in
 * what it was taken from. */
bool manifest_take_entry(struct str *rest, struct manifest_entry *entry);
bool manifest_take_old_entry(struct str *rest, struct manifest_entry *entry); /* of version 1 */
bool manifest_take_forgotten(struct str *rest, unsigned char hash[32]);

#endif
