/* fuzz_manifest.c - any bytes as the list of a run, behind a NUL its signature. A list that is read
 * is what its lines say, and nobody trusted signed it. */
#include "fuzz/fuzz.h"

#include "verify/evidence.h"
#include "verify/manifest.h"

#include <stdlib.h>

/* What was read can be found and asked. */
static void look_at(const struct manifest *manifest)
{
	for (int i = 0; i < manifest->entries.len; i++) {
		const struct manifest_entry *entry = &manifest->entries.at[i];
		const struct manifest_entry *found = manifest_find(manifest, entry->file);
		if (!found || !str_eq(found->file, entry->file) || str_find(entry->file, "..") >= 0)
			abort();
		manifest_matches(entry, str_lit("x"));
	}
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
	struct manifest manifest;
	struct str is_signed = list;
	if (manifest_read(&manifest, arena, list, "fuzz", diags)) {
		look_at(&manifest);
		is_signed = manifest.is_signed;
	}
	const struct judged file = {is_signed, "fuzz", 1791882000};
	if (der.at && verify_detached(arena, &file, der, &trust, diags).good)
		abort();
	diags_free(diags);
	arena_free(arena);
	X509_STORE_free(trust.store);
	return 0;
}
