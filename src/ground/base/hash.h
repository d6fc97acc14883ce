/* hash.h - XXH3's 128 bits over what a letter is made from, and over what was written. They
 * tell apart by accident, not by malice: who can forge a collision can as well write to the
 * folder. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

enum { HASH_SIZE = 16, HASH_HEX = 2 * HASH_SIZE };

struct hash {
	unsigned char at[HASH_SIZE]; /* big endian: the same on every machine */
};

struct hash hash_bytes(const void *bytes, size_t len);
struct hash hash_str(struct str text);
/* The first size bytes of an open file, read a little at a time; false when there are fewer. */
bool hash_fd(int fd, int64_t size, struct hash *hash);
bool hash_same(const struct hash *a, const struct hash *b);
/* Appends 32 hexadecimal digits. */
void hash_write(const struct hash *hash, struct buf *out);
/* What hash_write wrote; false when it is not that. */
bool hash_read(struct str hex, struct hash *hash);

#endif
