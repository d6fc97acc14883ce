/* fuzz_identity.c - any bytes as a file of keys: PEM, PKCS#12, certificates, who may sign. What is
 * let in must be able to sign. */
#include "fuzz/fuzz.h"

#include "sign/sign.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int answer(void *user, const char *path, char *phrase, int size)
{
	static const char right[] = "right phrase";
	(void)user;
	(void)path;
	if (size < (int)strlen(right))
		return -1;
	memcpy(phrase, right, strlen(right));
	return (int)strlen(right);
}

static void sign(const struct identity *identity, struct diags *diags)
{
	struct signer_options options = {0};
	struct buf der = {0};
	struct arena *arena = arena_new();
	struct signer *signer = signer_new(identity, &options, diags);
	struct identity_facts facts = identity_describe(identity, arena);
	if (signer) {
		signer_begin(signer);
		signer_add(signer, facts.name);
		signer_add(signer, facts.fingerprint);
		if (signer_finish(signer, &der, "fuzz", diags) &&
			(int)der.len > signer_room(signer))
			abort();
	}
	signer_free(signer);
	buf_free(&der);
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct identity_pass pass = {.ask = answer};
	struct diags *diags = diags_new();
	char path[64];
	int file = memfd_create("fuzz", MFD_CLOEXEC);
	if (file < 0 || fchmod(file, 0600) != 0 || !file_write_all(file, (const char *)data, size))
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	struct identity *identity = identity_open(path, path, &pass, 1791882000, diags);
	if (identity)
		sign(identity, diags);
	else if (!diags_failed(diags))
		abort();
	identity_free(identity);
	close(file);
	diags_free(diags);
	return 0;
}
