/* fuzz_manifest.c - any bytes as the list of a run, behind a NUL its signature. A list that is read
 * is what its lines say, and nobody trusted signed it. */
#include "fuzz/fuzz.h"

#include "verify/evidence.h"
#include "verify/manifest.h"

#include <stdlib.h>
#include <unistd.h>

/* What was read stays in its folder and can be asked. */
static void look_at(void *user, const struct manifest_entry *entry)
{
	(void)user;
	if (!entry->file.len || str_find(entry->file, "..") >= 0)
		abort();
	manifest_matches(entry, str_lit("x"));
}

/* A list is the same in memory and in its file. */
static bool walk(struct manifest *manifest, struct arena *arena, struct str list)
{
	const struct manifest_visit visit = {look_at, NULL};
	struct diags *diags = diags_new();
	char path[] = "/tmp/lettermerge-list-XXXXXX";
	int fd = mkstemp(path);
	if (fd < 0 || !file_write_all(fd, list.at, (size_t)list.len))
		abort();
	bool good = manifest_walk(manifest, arena, path, &visit, diags);
	close(fd);
	unlink(path);
	diags_free(diags);
	return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { MOST = 1 << 20 };
	struct trust trust = {.store = X509_STORE_new()};
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct str list = {(const char *)data, size < MOST ? (int)size : MOST}, der = {0};
	for (int i = 0; i < list.len && !der.at; i++)
		if (!list.at[i]) {
			der = str_slice(list, i + 1, list.len);
			list.len = i;
		}
	struct manifest manifest, walked;
	struct str is_signed = list;
	bool good = manifest_read(&manifest, arena, list, "fuzz", diags);
	if (good != walk(&walked, arena, list) ||
		(good && !str_eq(manifest.is_signed, walked.is_signed)))
		abort();
	if (good)
		is_signed = manifest.is_signed;
	const struct judged file = {is_signed, "fuzz", 1791882000};
	if (der.at && verify_detached(arena, &file, der, &trust, diags).good)
		abort();
	diags_free(diags);
	arena_free(arena);
	X509_STORE_free(trust.store);
	return 0;
}
