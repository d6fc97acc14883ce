/* approval_signed.c - what a person signs who approves a letter, and whether they did.
 *
 * A signature is of one letter's id, of the version that was looked at, of who and when: so none
 * can be moved to another letter or version, or be given to another name. */
#include "record/approval_int.h"
#include "record/log.h"

#include "verify/manifest.h"

void approval_claim(const struct approval_claim *claim, struct buf *out)
{
	char version[LOG_HEX];
	log_version(claim->content, version);
	buf_puts(out, "{\"approval\":1");
	json_member(out, "id", claim->id);
	json_member(out, "version", str_of(version));
	json_member(out, "who", claim->who);
	buf_puts(out, ",\"at\":\"");
	buf_moment(out, claim->at);
	buf_puts(out, "\"}");
}

bool approvals_prove(
	struct approvals *approvals, const struct approval_claim *claim, struct str der)
{
	struct arena *arena = arena_new();
	struct diags *unsaid = diags_new();
	struct buf text = {0};
	approval_claim(claim, &text);
	const struct judged judged = {buf_text(&text), approvals->path, approvals->now};
	struct verify_report report = {0};
	if (der.len)
		report = verify_detached(arena, &judged, der, approvals->trust, unsaid);
	bool proven = report.good && !diags_failed(unsaid) &&
		approval_is_same_person(approval_person(arena, report.signer), claim->who);
	buf_free(&text);
	diags_free(unsaid);
	arena_free(arena);
	return proven;
}

void approvals_believe(struct approvals *approvals, const struct trust *trust, int64_t now)
{
	if (!approvals)
		return;
	approvals->trust = trust;
	approvals->now = now;
}
