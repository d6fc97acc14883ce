/* level.c - a signed letter in, the same letter with more proof behind it out.
 *
 * One step at a time, each a whole file that is verified again before the next: B-B gets a time
 * stamp, B-T the DSS, B-LT a time stamp over that. For a letter that was published a time stamp
 * inside the signature was rejected: its bytes are finished and recorded. */
#include "level/level.h"

#include "base/diag_id.h"
#include "level/level_int.h"

#include "base/arena.h"

#include <stdlib.h>

struct level_run *level_run_new(const struct level_request *request)
{
	struct level_run *run = heap_new(sizeof *run);
	run->request = *request;
	pthread_mutex_init(&run->lock, NULL);
	run->fetch = fetch_new(request->timeout, request->patience, request->interrupted);
	run->stampers = (struct stampers){.request = &run->request, .fetch = run->fetch};
	gather_open(&run->gather, run->fetch, request->trust);
	return run;
}

void level_run_free(struct level_run *run)
{
	if (!run)
		return;
	gather_close(&run->gather);
	fetch_free(run->fetch);
	pthread_mutex_destroy(&run->lock);
	free(run);
}

/* -- asking without raising */

static void ask_chain(
	void *user, const struct chain *chain, const struct evidence *brought, int64_t at)
{
	struct climb *climb = user;
	struct gather *gather = &climb->run->gather;
	struct verdict verdict;
	(void)brought; /* verify has judged by it; newer evidence may say more */
	gather_chain(gather, chain, at, climb->name, climb->diags);
	X509 *cert = chain_unproven(
		chain, &gather->evidence, climb->run->request.trust, at, &verdict);
	if (!cert)
		return;
	struct place place = place_in(climb->name);
	const char *name = cert_name(climb->arena, cert).at;
	if (verdict.standing == STANDING_REVOKED)
		diag_add(climb->diags, CERT_REVOKED, place, name,
			verify_time(climb->arena, verdict.revoked_at).at,
			*verdict.reason ? verdict.reason : "no reason given");
	else
		diag_add(climb->diags, NOT_ASKED, place, name);
}

static struct climb climb_of(struct level_run *run, struct arena *arena,
	const struct judged *letter, struct diags *diags)
{
	return (struct climb){.run = run,
		.arena = arena,
		.name = letter->name,
		.now = letter->now,
		.diags = diags};
}

bool level_check_revoked(struct level_run *run, struct arena *arena, const struct judged *letter,
	struct diags *diags)
{
	struct climb climb = climb_of(run, arena, letter, diags);
	struct verify_hook hook = {ask_chain, &climb};
	struct diags *known = diags_new(); /* what verify_letter has said before */
	int before = diags_count(diags, SEVERITY_ERROR);
	verify_chains(arena, letter, run->request.trust, &hook, known);
	diags_free(known);
	return diags_count(diags, SEVERITY_ERROR) == before;
}

/* -- what is signed beside its file */

bool level_stamp_detached(struct level_run *run, struct arena *arena, const struct judged *der,
	struct buf *out, struct diags *diags)
{
	struct climb climb = climb_of(run, arena, der, diags);
	int len;
	pthread_mutex_lock(&run->lock);
	unsigned char *stamped = climb_stamp_cms(&climb, der->bytes, &len);
	pthread_mutex_unlock(&run->lock);
	if (len > 0)
		buf_put(out, stamped, (size_t)len);
	OPENSSL_free(stamped);
	return len > 0;
}

/* -- one letter */

enum step { STEP_TIME, STEP_STORE, STEP_SEAL };

/* To the highest level a letter without a time goes by way of the evidence, so that one stamp does
 * for both: time and seal. Not so when the signature itself can take a stamp. */
static enum step next_step(const struct climb *climb, enum level level, bool stored)
{
	const struct level_aim *aim = &climb->aim;
	if (level == LEVEL_T)
		return STEP_STORE;
	if (level == LEVEL_LT)
		return STEP_SEAL;
	return aim->level == LEVEL_LTA && !stored && !aim->unpublished ? STEP_STORE : STEP_TIME;
}

static bool take_step(struct climb *climb, struct str bytes, enum step step, struct buf *out)
{
	buf_clear(out);
	if (!pdfread_file(&climb->file, climb->arena, bytes, climb->name, climb->diags))
		return false;
	return step == STEP_STORE   ? climb_store(climb, out)
		: step == STEP_TIME ? climb_time(climb, out)
				    : climb_stamp(climb, out);
}

static void swap_bufs(struct buf *a, struct buf *b)
{
	struct buf old = *a;
	*a = *b;
	*b = old;
}

static void copy_buf(struct buf *to, const struct buf *from)
{
	buf_clear(to);
	buf_put(to, from->at, from->len);
}

/* -- a seal that nears its end */

static bool is_due(const struct climb *climb, const struct verify_report *report)
{
	const int64_t before = (int64_t)LEVEL_RENEW_DAYS * 24 * 60 * 60;
	return climb->run->request.renew || report->sealed_until - climb->now < before;
}

static struct verify_report judge(const struct climb *climb, struct str bytes)
{
	const struct judged file = {bytes, climb->name, climb->now};
	return verify_letter(climb->arena, &file, climb->run->request.trust, climb->diags);
}

/* Proofs of the last time stamp, and another stamp over them; one that ends no later is worth
 * nothing unless it was asked for. */
static bool renew(
	struct climb *climb, struct str bytes, const struct verify_report *report, struct buf *out)
{
	const struct level_run *run = climb->run;
	struct verify_report after = {0};
	struct buf stored = {0}, sealed = {0};
	climb->renewing = true;
	if (take_step(climb, bytes, STEP_STORE, &stored))
		bytes = buf_text(&stored);
	if (take_step(climb, bytes, STEP_SEAL, &sealed))
		after = judge(climb, buf_text(&sealed));
	bool good = after.good && after.level == LEVEL_LTA &&
		(run->request.renew || after.sealed_until > report->sealed_until);
	if (good)
		copy_buf(out, &sealed);
	else
		diag_add(climb->diags, RENEW_KEPT, place_in(climb->name),
			verify_time(climb->arena, report->sealed_until).at);
	buf_free(&sealed);
	buf_free(&stored);
	return good;
}

/* As far as it goes below the level that is wanted, into out; gives what the letter is then. */
static struct verify_report climb_to(
	struct climb *climb, const struct verify_report *from, struct str bytes, struct buf *out)
{
	struct verify_report report = *from;
	struct buf next = {0}, base = {0}; /* what comes next, and what it is made from */
	bool stored = false;
	buf_str(&base, bytes);
	while (report.good && report.level != LEVEL_NONE && report.level < climb->aim.level) {
		enum step step = next_step(climb, report.level, stored);
		bool done = take_step(climb, buf_text(&base), step, &next);
		bool early = step == STEP_STORE && report.level == LEVEL_B;
		if (!done && !early)
			break;
		stored = stored || early;
		if (!done)
			continue;
		struct verify_report after = judge(climb, buf_text(&next));
		if (!after.good || (after.level <= report.level && !early))
			break;
		report = after;
		swap_bufs(&base, &next);
		if (!early)
			copy_buf(out, &base);
	}
	buf_free(&next);
	buf_free(&base);
	return report;
}

static struct level_result raise_letter(struct climb *climb, const struct judged *letter)
{
	enum level want = climb->aim.level;
	struct verify_report report = judge(climb, letter->bytes);
	struct level_result result = {.before = report.level, .good = report.good};
	report = climb_to(climb, &report, letter->bytes, &result.longer);
	result.after = report.level;
	if (result.before == LEVEL_LTA && want == LEVEL_LTA && is_due(climb, &report)) {
		result.renewed = renew(climb, letter->bytes, &report, &result.longer);
		result.due = !result.renewed;
	}
	if (report.good && report.level < want)
		diag_add(climb->diags, LEVEL_KEPT, place_in(letter->name), level_name(report.level),
			level_name(want), report.missing.at);
	return result;
}

struct level_result level_raise(struct level_run *run, struct arena *arena,
	const struct judged *letter, struct level_aim aim, struct diags *diags)
{
	struct climb climb = climb_of(run, arena, letter, diags);
	climb.aim = aim;
	pthread_mutex_lock(&run->lock);
	struct level_result result = raise_letter(&climb, letter);
	pthread_mutex_unlock(&run->lock);
	return result;
}

enum level level_of(struct level_run *run, struct arena *arena, const struct judged *letter)
{
	struct diags *unsaid = diags_new();
	struct climb climb = climb_of(run, arena, letter, unsaid);
	pthread_mutex_lock(&run->lock);
	enum level level = judge(&climb, letter->bytes).level;
	pthread_mutex_unlock(&run->lock);
	diags_free(unsaid);
	return level;
}
