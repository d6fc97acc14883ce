/* hash.c - hashes as bytes that can be stored and compared. */
#include "record/hash.h"

struct hash hash_of(XXH128_hash_t raw)
{
	XXH128_canonical_t canonical;
	struct hash hash;
	XXH128_canonicalFromHash(&canonical, raw);
	memcpy(hash.at, canonical.digest, HASH_SIZE);
	return hash;
}

struct hash hash_bytes(const void *bytes, size_t len)
{
	return hash_of(XXH3_128bits(bytes, len));
}

struct hash hash_str(struct str text)
{
	return hash_bytes(text.at, (size_t)text.len);
}

bool hash_same(const struct hash *a, const struct hash *b)
{
	return memcmp(a->at, b->at, HASH_SIZE) == 0;
}

void hash_write(const struct hash *hash, struct buf *out)
{
	static const char digits[] = "0123456789abcdef";
	char hex[2 * HASH_SIZE];
	for (int i = 0; i < HASH_SIZE; i++) {
		hex[2 * i] = digits[hash->at[i] >> 4];
		hex[2 * i + 1] = digits[hash->at[i] & 15];
	}
	buf_put(out, hex, sizeof hex);
}
