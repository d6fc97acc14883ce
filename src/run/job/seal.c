/* seal.c - an identity → the seal with which a person signs what they do, for the log. */
#include "job/job.h"

struct sealing {
	struct seal seal;
	const struct identity *identity;
	struct signer_options options;
};

static bool sign(void *user, struct str statement, struct buf *der, struct diags *diags)
{
	const struct sealing *sealing = user;
	struct signer *signer = signer_new(sealing->identity, &sealing->options, diags);
	if (!signer)
		return false;
	signer_begin(signer);
	signer_add(signer, statement);
	bool good = signer_finish(signer, der, "log", diags);
	signer_free(signer);
	return good;
}

const struct seal *job_seal(
	struct arena *arena, const struct identity *identity, const struct signer_options *options)
{
	struct sealing *sealing = arena_alloc(arena, sizeof *sealing);
	*sealing = (struct sealing){.identity = identity, .options = *options};
	sealing->seal = (struct seal){sign, sealing, identity_certificate(identity, arena)};
	return &sealing->seal;
}
