/* remark.c - rejections and comments in SQLite, each with the number of the log's line that answers
 * it: whether that is believed, who asks decides. */
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
	if (remark->answered)
		buf_puts(out, ", and its answer has no signature that can be believed");
}

bool remark_is_of_another(const struct remark *remark, const struct concerns *now)
{
	char version[LOG_HEX];
	log_version(now, version);
	return remark->version.len && !str_is(remark->version, version);
}

static bool note(struct approvals *approvals, const struct remarked *letter,
	const struct remark *remark, int64_t upto, struct diags *diags)
{
	const struct log_line line = {.act = kinds[remark->kind].act,
		.actor = remark->actor,
		.id = letter->id,
		.version = letter->version,
		.note = remark->text,
		.upto = upto};
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

int remarks_drop(struct approvals *approvals, struct str id, struct diags *diags)
{
	return approvals_end(
		approvals, approvals_start(approvals, SQL_REMARK_DROP, id, str_lit("")), diags);
}

/* What an answer ends. */
struct ending {
	struct arena *arena;
	vec(int64_t) numbers;
	int64_t last;
};

/* To who answers it is, as long as no answer of theirs was the last one. */
static bool is_open(struct approvals *approvals, const struct remark *answer, int64_t answered)
{
	const struct seal *seal = answer->actor.seal;
	return !answered || (seal && !log_is_signed_with(approvals, answered, seal->certificate));
}

static bool find_ending(struct approvals *approvals, struct str id, const struct remark *answer,
	struct ending *ending, struct diags *diags)
{
	sqlite3_stmt *row = approvals_start(approvals, SQL_REMARKS_ONE, id, str_lit(""));
	while (row && sqlite3_step(row) == SQLITE_ROW) {
		int64_t number = sqlite3_column_int64(row, 7);
		bool meant = !answer->number || number <= answer->number;
		if (meant && is_open(approvals, answer, sqlite3_column_int64(row, 8)))
			*vec_push(ending->arena, &ending->numbers) = ending->last = number;
	}
	return approvals_ended(approvals, row, diags);
}

static bool end(struct approvals *approvals, int64_t number, int64_t line, struct diags *diags)
{
	sqlite3_stmt *end = approvals_start(approvals, SQL_REMARK_END, str_lit(""), str_lit(""));
	if (end) {
		sqlite3_bind_int64(end, 3, number);
		sqlite3_bind_int64(end, 4, line);
	}
	return approvals_end(approvals, end, diags) >= 0;
}

/* An answer to nothing is not noted. */
static int answer(struct approvals *approvals, const struct remarked *letter,
	const struct remark *remark, struct diags *diags)
{
	struct ending ending = {.arena = arena_new()};
	bool good = find_ending(approvals, letter->id, remark, &ending, diags);
	int count = ending.numbers.len;
	if (good && count)
		good = note(approvals, letter, remark, ending.last, diags);
	int64_t line = sqlite3_last_insert_rowid(approvals->db);
	for (int i = 0; i < count && good; i++)
		good = end(approvals, ending.numbers.at[i], line, diags);
	arena_free(ending.arena);
	return good ? count : -1;
}

static int add_one(struct approvals *approvals, const struct remarked *letter,
	const struct remark *remark, struct diags *diags)
{
	if (remark->kind == REMARK_ANSWERED)
		return answer(approvals, letter, remark, diags);
	const struct withdrawal own = {&letter->id, 1, remark->actor.name, remark->actor};
	bool good = remark->kind != REMARK_REJECTED ||
		approvals_withdraw(approvals, &own, diags) >= 0;
	return good && note(approvals, letter, remark, 0, diags)
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

/* Whoever believes signatures alone believes no other answer. */
static bool is_ended(struct approvals *approvals, sqlite3_stmt *row, int64_t answered)
{
	const struct log_answer answer = {
		answered, sqlite3_column_int64(row, 7), approvals_text(row, 0)};
	return !approvals->trust || log_answers(approvals, &answer);
}

static bool give_each(
	struct approvals *approvals, const struct remark_query *query, struct diags *diags)
{
	sqlite3_stmt *all = approvals_start(
		approvals, query->id.len ? SQL_REMARKS_ONE : SQL_REMARKS, query->id, str_lit(""));
	while (all && sqlite3_step(all) == SQLITE_ROW) {
		int64_t answered = sqlite3_column_int64(all, 8);
		if (answered && is_ended(approvals, all, answered))
			continue;
		const struct remark remark = {.answered = answered != 0,
			.kind = sqlite3_column_int(all, 4) == REMARK_REJECTED ? REMARK_REJECTED
									      : REMARK_COMMENTED,
			.text = approvals_text(all, 5),
			.version = approvals_text(all, 6),
			.number = sqlite3_column_int64(all, 7),
			.actor = {.name = approvals_text(all, 1),
				.known = approvals_known(all, 3),
				.at = sqlite3_column_int64(all, 2)}};
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
	approvals_believe(approvals, query->believed, query->now);
	bool good = approvals ? give_each(approvals, query, diags) : !diags_failed(diags);
	approvals_close(approvals);
	return good;
}
