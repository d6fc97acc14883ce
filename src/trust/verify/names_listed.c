/* names_listed.c - names → the first bytes of their SHA-256, with a secret of this call before
 * each, so that nobody can find a name that passes for another. */
#include "verify/names_listed.h"

#include "base/heap.h"
#include "base/map.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdlib.h>

enum { SECRET = 16 };

struct names_listed {
	unsigned char secret[SECRET];
	struct map map;
};

struct names_listed *names_listed_new(void)
{
	struct names_listed *names = heap_new(sizeof *names);
	*names = (struct names_listed){.map = {.spills = true}};
	if (RAND_bytes(names->secret, SECRET) != 1)
		program_ends("the system gives no random numbers");
	return names;
}

void names_listed_free(struct names_listed *names)
{
	if (names)
		map_free(&names->map);
	free(names);
}

static uint64_t hash_of(const struct names_listed *names, struct str name)
{
	unsigned char digest[32];
	uint64_t hash;
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	if (!context || !EVP_DigestInit_ex(context, EVP_sha256(), NULL) ||
		!EVP_DigestUpdate(context, names->secret, SECRET) ||
		!EVP_DigestUpdate(context, name.at, (size_t)name.len) ||
		!EVP_DigestFinal_ex(context, digest, NULL))
		out_of_memory();
	EVP_MD_CTX_free(context);
	memcpy(&hash, digest, sizeof hash);
	return hash;
}

void names_listed_add(struct names_listed *names, struct str name)
{
	map_add(&names->map, hash_of(names, name), 0);
}

bool names_listed_has(const struct names_listed *names, struct str name)
{
	return map_find(&names->map, hash_of(names, name)) >= 0;
}
