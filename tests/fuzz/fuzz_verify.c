/* fuzz_verify.c - any bytes as a letter to be verified: the re-reader, the CMS, the DSS. */
#include "fuzz/fuzz.h"

#include "verify/evidence.h"
#include "verify/seal.h"

/* Everything that reads, even where verify would have given up before. */
static void read_all(struct arena *arena, struct str bytes, struct diags *diags)
{
	struct pdfread file;
	struct seals seals;
	if (!pdfread_file(&file, arena, bytes, "fuzz.pdf", diags))
		return;
	seals_read(&seals, &file, "fuzz.pdf", diags);
	for (int i = 0; i < file.revisions.len; i++) {
		struct evidence evidence;
		changes_check(&file, &seals, i, "fuzz.pdf", diags);
		evidence_read(&evidence, &file, i);
		evidence_close(&evidence);
		for (int k = 0; k < 20; k++)
			lex_text(arena, pdfread_object(&file, i, k));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct trust trust = {X509_STORE_new()};
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	if (size < 1 << 20) {
		struct str bytes = {(const char *)data, (int)size};
		read_all(arena, bytes, diags);
		const struct judged file = {bytes, "fuzz.pdf", 1791882000};
		verify_letter(arena, &file, &trust, diags);
	}
	diags_free(diags);
	arena_free(arena);
	X509_STORE_free(trust.store);
	return 0;
}
