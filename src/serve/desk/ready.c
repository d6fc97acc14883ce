/* ready.c - what approvals of the letters would be bound to, and keep, as they were checked: so
 * many are approved without being made again, and as nothing else than what was checked.
 *
 * What each version says, packed, goes into a file without a name: memory does not grow by it. */
#include "desk/desk.h"

#include "record/versions.h"

#include <unistd.h>

/* A letter in the list. */
struct ready {
	struct hash key;
	struct concerns content;
	int64_t at; /* in the file */
	int len, size, base;
};

void ready_keep(struct listing *listing, struct row *row, const struct job_version *version)
{
	const struct str bytes = version->bytes;
	if (listing->file < 0 ||
		pwrite(listing->file, bytes.at, (size_t)bytes.len, listing->file_len) != bytes.len)
		return;
	struct ready *ready = arena_alloc(listing->arena, sizeof *ready);
	*ready = (struct ready){version->key, version->content, listing->file_len, bytes.len,
		version->size, version->base};
	listing->file_len += bytes.len;
	row->ready = ready;
}

bool ready_is_valid(const struct desk *desk)
{
	return desk->listing->checked && desk->listing->version == desk->version;
}

static bool put(struct approvals *approvals, const struct listing *listing, const struct row *row,
	const struct actor *actor, struct diags *diags)
{
	const struct ready *ready = row->ready;
	struct packed packed = {.size = ready->size, .base = ready->base};
	buf_reserve(&packed.bytes, (size_t)ready->len);
	packed.bytes.len = (size_t)ready->len;
	bool good = pread(listing->file, packed.bytes.at, (size_t)ready->len, ready->at) ==
		ready->len;
	const struct subject subject = {
		.key = &ready->key, .content = &ready->content, .packed = &packed};
	if (!good)
		program_ends("a temporary file in /var/tmp cannot be read back");
	good = approvals_put(approvals, row->id, &subject, actor, diags);
	buf_free(&packed.bytes);
	return good;
}

/* As it was claimed, and checked. */
static bool is_ready(const struct claimed *claimed, const struct row *row)
{
	return row && row->ready &&
		(!claimed->looked || !concerns_differ(&claimed->content, &row->ready->content));
}

struct ready_count ready_approve(
	struct desk *desk, const struct many *many, const struct actor *actor, struct diags *diags)
{
	enum { TOLD = 1000 };
	const struct listing *listing = desk->listing;
	const char *out = desk->options->update->to.out;
	struct approvals *approvals = approvals_open(out, true, diags);
	struct ready_count count = {0};
	if (approvals)
		approvals_share(approvals, listing->versions);
	for (int i = 0; approvals && !diags_failed(diags) && i < many->letters.len; i++) {
		const struct row *row = listing_find(listing, many->letters.at[i].id);
		bool same = is_ready(&many->letters.at[i], row);
		bool again = same &&
			approvals_has(approvals, row->id, &row->ready->content, actor, str_lit(""));
		count.again += again;
		count.done += same && !again && put(approvals, listing, row, actor, diags);
		if (i % TOLD == 0)
			desk_count(desk, i, many->letters.len);
	}
	approvals_flush(approvals, diags);
	count.done -= approvals_lost(approvals);
	approvals_close(approvals);
	return count;
}
