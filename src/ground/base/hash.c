/* hash.c - hashes as bytes that can be stored and compared. */
#include "base/hash.h"

#include <ctype.h>
#include <stdlib.h>
#include <unistd.h>
#include <xxhash.h>

static struct hash hash_of(XXH128_hash_t raw)
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

bool hash_fd(int fd, int64_t size, struct hash *hash)
{
	char block[65536];
	XXH3_state_t *state = XXH3_createState();
	ssize_t got = 1;
	if (!state || lseek(fd, 0, SEEK_SET) != 0)
		size = got = -1;
	else
		XXH3_128bits_reset(state);
	for (; size > 0 && got > 0; size -= got) {
		got = read(fd, block, size < (int64_t)sizeof block ? (size_t)size : sizeof block);
		if (got > 0)
			XXH3_128bits_update(state, block, (size_t)got);
	}
	if (size == 0 && got > 0)
		*hash = hash_of(XXH3_128bits_digest(state));
	XXH3_freeState(state);
	return size == 0 && got > 0;
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

bool hash_read(struct str hex, struct hash *hash)
{
	if (hex.len != HASH_HEX)
		return false;
	for (int i = 0; i < HASH_SIZE; i++) {
		char byte[] = {hex.at[2 * i], hex.at[2 * i + 1], '\0'}, *end;
		hash->at[i] = (unsigned char)strtoul(byte, &end, 16);
		if (*end || !isxdigit((unsigned char)*byte))
			return false;
	}
	return true;
}
