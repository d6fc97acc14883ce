/* approval_signed.c - what a person signs who approves a letter, or does something else of which
 * the log has a line, and whether they did.
 *
 * The signature of an approval is of one letter's id, of the version that was looked at, of who and
 * when: so none can be moved to another letter or version, or be given to another name. That of
 * another act is of its line in the log, and of the chain before it: so none can be moved, and it
 * vouches for the log as it was then. */
#include "record/approval_int.h"
#include "record/log.h"

#include "verify/manifest.h"

#include <string.h>

static void state_approval(const struct log_line *line, struct buf *out)
{
	buf_puts(out, "{\"approval\":1");
	json_member(out, "id", line->id);
	json_member(out, "version", line->version);
	json_member(out, "who", line->actor.name);
	buf_puts(out, ",\"at\":\"");
	buf_moment(out, line->actor.at);
	buf_puts(out, "\"}");
}

void approval_claim(const struct approval_claim *claim, struct buf *out)
{
	char version[LOG_HEX];
	log_version(claim->content, version);
	const struct log_line line = {.id = claim->id,
		.version = str_of(version),
		.actor = {.name = claim->who, .at = claim->at}};
	state_approval(&line, out);
}

void log_state(const struct log_line *line, struct buf *out)
{
	if (line->act == LOG_APPROVED) {
		state_approval(line, out);
		return;
	}
	buf_puts(out, "{\"decision\":1");
	json_member(out, "after", line->before);
	buf_puts(out, ",\"line\":");
	log_write(line, out);
	buf_puts(out, "}");
}

bool approvals_prove(struct approvals *approvals, const struct signed_text *is)
{
	struct arena *arena = arena_new();
	struct diags *unsaid = diags_new();
	const struct judged judged = {is->text, approvals->path, approvals->now};
	struct verify_report report = {0};
	if (is->der.len)
		report = verify_detached(arena, &judged, is->der, approvals->trust, unsaid);
	bool proven = report.good && !diags_failed(unsaid) &&
		approval_is_same_person(approval_person(arena, report.signer), is->who);
	diags_free(unsaid);
	arena_free(arena);
	return proven;
}

bool approvals_signed_with(struct str signature, struct str certificate)
{
	return signature.len &&
		memmem(signature.at, (size_t)signature.len, certificate.at,
			(size_t)certificate.len);
}

void approvals_believe(struct approvals *approvals, const struct trust *trust, int64_t now)
{
	if (!approvals)
		return;
	approvals->trust = trust;
	approvals->now = now;
}
