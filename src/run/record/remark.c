/* remark.c - rejections and comments in SQLite. What is answered leaves the table; the log keeps
 * it. */
#include "record/remark.h"

#include "record/approval_int.h"
#include "record/log.h"

#include "base/say.h"

static const struct {
	enum log_act act;
	const char *word;
} kinds[] = {
	[REMARK_REJECTED] = {LOG_REJECTED, "rejected"},
	[REMARK_COMMENTED] = {LOG_COMMENTED, "commented"},
	[REMARK_ANSWERED] = {LOG_ANSWERED, "answered"},
};

struct str remark_text(struct arena *arena, struct str text)
{
	struct str line = approval_person(arena, text);
	return line.len <= REMARK_MOST ? line : (struct str){0};
}

void remark_write(const struct remark *remark, struct buf *out)
{
	buf_format(out, "%s by ", kinds[remark->kind].word);
	buf_quoted(out, remark->actor.name);
	buf_puts(out, ": ");
	buf_quoted(out, remark->text);
}

bool remark_is_of_another(const struct remark *remark, const struct concerns *now)
{
	char version[LOG_HEX];
	log_version(now, version);
	return remark->version.len && !str_is(remark->version, version);
}

static bool note(struct approvals *approvals, const struct remarked *letter,
	const struct remark *remark, struct diags *diags)
{
	const struct log_line line = {.act = kinds[remark->kind].act,
		.actor = remark->actor,
		.id = letter->id,
		.version = letter->version,
		.note = remark->text};
	return log_add(approvals, &line, diags);
}

static int insert(struct approvals *approvals, const struct remarked *letter,
	const struct remark *remark, struct diags *diags)
{
	sqlite3_stmt *add = approvals_start(
		approvals, SQL_REMARK_ADD, letter->id, remark->actor.name);
	sqlite3_bind_int64(add, 3, remark->actor.at);
	approvals_bind(add, 4, str_of(known_words[remark->actor.known]));
	sqlite3_bind_int(add, 5, (int)remark->kind);
	approvals_bind(add, 6, remark->text);
	approvals_bind(add, 7, letter->version);
	return approvals_end(approvals, add, diags);
}

int remarks_drop(struct approvals *approvals, struct str id, int64_t upto, struct diags *diags)
{
	sqlite3_stmt *drop = approvals_start(approvals, SQL_REMARK_DROP, id, str_lit(""));
	sqlite3_bind_int64(drop, 3, upto);
	return approvals_end(approvals, drop, diags);
}

/* An answer to nothing is not noted. */
static int answer(struct approvals *approvals, const struct remarked *letter,
	const struct remark *remark, struct diags *diags)
{
	int gone = remarks_drop(approvals, letter->id, remark->number, diags);
	return gone > 0 && !note(approvals, letter, remark, diags) ? -1 : gone;
}

static int add_one(struct approvals *approvals, const struct remarked *letter,
	const struct remark *remark, struct diags *diags)
{
	if (remark->kind == REMARK_ANSWERED)
		return answer(approvals, letter, remark, diags);
	const struct withdrawal own = {&letter->id, 1, remark->actor.name, remark->actor};
	bool good = remark->kind != REMARK_REJECTED ||
		approvals_withdraw(approvals, &own, diags) >= 0;
	return good && note(approvals, letter, remark, diags)
		? insert(approvals, letter, remark, diags)
		: -1;
}

int remarks_add(const char *out, const struct remarked *letters, int count,
	const struct remark *remark, struct diags *diags)
{
	struct approvals *approvals = remark->kind == REMARK_ANSWERED
		? approvals_open_there(out, diags)
		: approvals_open(out, true, diags);
	if (!approvals)
		return diags_failed(diags) ? -1 : 0;
	int done = approvals_execute(approvals, "BEGIN IMMEDIATE", diags) ? 0 : -1;
	for (int i = 0; i < count && done >= 0; i++) {
		int more = add_one(approvals, &letters[i], remark, diags);
		done = more < 0 ? -1 : done + more;
	}
	if (!approvals_execute(approvals, done < 0 ? "ROLLBACK" : "COMMIT", diags))
		done = -1;
	approvals_close(approvals);
	return done;
}

static bool give_each(
	struct approvals *approvals, const struct remark_query *query, struct diags *diags)
{
	sqlite3_stmt *all = approvals_start(
		approvals, query->id.len ? SQL_REMARKS_ONE : SQL_REMARKS, query->id, str_lit(""));
	while (all && sqlite3_step(all) == SQLITE_ROW) {
		const struct remark remark = {.kind = sqlite3_column_int(all, 4) == REMARK_REJECTED
				? REMARK_REJECTED
				: REMARK_COMMENTED,
			.text = approvals_text(all, 5),
			.version = approvals_text(all, 6),
			.number = sqlite3_column_int64(all, 7),
			.actor = {approvals_text(all, 1), approvals_known(all, 3),
				sqlite3_column_int64(all, 2)}};
		query->one(query->user, approvals_text(all, 0), &remark);
	}
	return approvals_ended(approvals, all, diags);
}

bool remarks_of(struct approvals *approvals, const struct remark_query *query, struct diags *diags)
{
	if (!approvals)
		return true;
	pthread_mutex_lock(&approvals->lock);
	bool good = give_each(approvals, query, diags);
	pthread_mutex_unlock(&approvals->lock);
	return good;
}

bool remarks_each(const char *out, const struct remark_query *query, struct diags *diags)
{
	struct approvals *approvals = approvals_open(out, false, diags);
	bool good = approvals ? give_each(approvals, query, diags) : !diags_failed(diags);
	approvals_close(approvals);
	return good;
}
