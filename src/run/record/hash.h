/* hash.h - XXH3's 128 bits over what a letter is made from, and over what was written. They
 * tell apart by accident, not by malice: who can forge a collision can as well write to the
 * folder. */
#ifndef RECORD_HASH_H
#define RECORD_HASH_H

#include "base/base.h"

#include <xxhash.h>

enum { HASH_SIZE = 16, HASH_HEX = 2 * HASH_SIZE };

struct hash {
	unsigned char at[HASH_SIZE]; /* big endian: the same on every machine */
};

struct hash hash_of(XXH128_hash_t raw);
struct hash hash_bytes(const void *bytes, size_t len);
struct hash hash_str(struct str text);
bool hash_same(const struct hash *a, const struct hash *b);
/* Appends 32 hexadecimal digits. */
void hash_write(const struct hash *hash, struct buf *out);

#endif
