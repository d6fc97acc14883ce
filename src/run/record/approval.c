/* approval.c - approvals in SQLite: letter, person → what was approved, and when.
 *
 * What was approved is one blob: the number of its form (APPROVAL_VERSION), the key, the hash of
 * each concern. Those of release 0.1.0 are one hash of 16 bytes, which was bound to that program's
 * source text: no other program can tell whether the letter is as it was, so they are kept and do
 * not count. */
#include "record/approval_int.h"

#include "base/output.h"
#include "record/log.h"

#include "verify/manifest.h"

/* -- what was approved ------------------------------------------------------------------------ */

enum verdict { GOOD, SPENT, OLDER, OPEN };

static enum verdict compare(
	sqlite3_stmt *row, int column, const struct subject *subject, unsigned *changed)
{
	struct noted noted;
	const void *blob = sqlite3_column_blob(row, column);
	*changed = 0;
	if (sqlite3_column_bytes(row, column) != sizeof noted)
		return OLDER;
	memcpy(&noted, blob, sizeof noted);
	if (noted.form != APPROVAL_VERSION)
		return OLDER;
	if (subject->key && memcmp(noted.key, subject->key->at, HASH_SIZE) == 0)
		return GOOD;
	for (int i = 0; i < subject->known; i++)
		if (memcmp(noted.content.hash[i], subject->content->hash[i], HASH_SIZE) != 0)
			*changed |= 1u << i;
	return *changed ? SPENT : subject->known < CONCERN_COUNT ? OPEN : GOOD;
}

static bool is_nearer(unsigned changed, const struct approval_count *count)
{
	return count->spent == 1 ||
		__builtin_popcount(changed) < __builtin_popcount(count->changed);
}

/* The approvals of a letter while they are counted. */
struct counting {
	struct approvals *approvals;
	struct str id;
	struct subject subject;
	struct approval_count count;
	struct buf last; /* the person before */
};

static bool prove(struct approvals *approvals, const struct approval_claim *claim,
	sqlite3_stmt *row, int column)
{
	struct buf text = {0};
	approval_claim(claim, &text);
	const struct signed_text is = {buf_text(&text), claim->who, approvals_blob(row, column)};
	bool proven = approvals_prove(approvals, &is);
	buf_free(&text);
	return proven;
}

static bool is_believed(const struct counting *counting, sqlite3_stmt *row)
{
	const struct approval_claim claim = {counting->id, counting->subject.content,
		approvals_text(row, 2), sqlite3_column_int64(row, 3)};
	return !counting->approvals->trust || prove(counting->approvals, &claim, row, 4);
}

/* Rows stand in the order of the persons. */
static void add_good(struct counting *counting, sqlite3_stmt *row)
{
	struct str person = approvals_text(row, 0);
	if (counting->count.good && str_eq(buf_text(&counting->last), person))
		return;
	if (!is_believed(counting, row)) {
		counting->count.unproven++;
		return;
	}
	counting->count.good++;
	if (counting->subject.by)
		buf_format(counting->subject.by, "%.*s\n", str_arg(person));
	buf_clear(&counting->last);
	buf_str(&counting->last, person);
}

static void add(struct counting *counting, sqlite3_stmt *row)
{
	unsigned changed;
	struct approval_count *count = &counting->count;
	switch (compare(row, 1, &counting->subject, &changed)) {
	case GOOD:
		add_good(counting, row);
		return;
	case SPENT:
		count->spent++;
		if (is_nearer(changed, count))
			count->changed = changed;
		return;
	case OLDER:
		count->older++;
		return;
	case OPEN:
		count->open++;
		return;
	}
}

static bool count_all(struct counting *counting, struct diags *diags)
{
	struct approvals *approvals = counting->approvals;
	sqlite3_stmt *find = approvals_start(approvals, SQL_FIND, counting->id, str_lit(""));
	while (find && sqlite3_step(find) == SQLITE_ROW)
		add(counting, find);
	return approvals_ended(approvals, find, diags);
}

/* A key is no part of what is signed: it is not believed for it. */
bool approvals_of(struct approvals *approvals, struct str id, const struct subject *subject,
	struct approval_count *count, struct diags *diags)
{
	struct counting counting = {.approvals = approvals, .id = id, .subject = *subject};
	if (subject->by)
		buf_clear(subject->by);
	bool good = true;
	if (approvals) {
		if (approvals->trust)
			counting.subject.key = NULL;
		pthread_mutex_lock(&approvals->lock);
		good = count_all(&counting, diags);
		pthread_mutex_unlock(&approvals->lock);
	}
	buf_free(&counting.last);
	*count = counting.count;
	return good;
}

/* -- changes ---------------------------------------------------------------------------------- */

/* What was approved, in the log: of an approval of today its content alone. */
static void hash_content(const void *blob, int len, char hex[LOG_HEX])
{
	struct noted noted;
	if (len == sizeof noted) {
		memcpy(&noted, blob, sizeof noted);
		log_version(&noted.content, hex);
	} else
		manifest_hash((struct str){blob, len}, hex);
}

static bool log_withdrawn(struct approvals *approvals, const struct withdrawal *withdrawal,
	struct str id, struct diags *diags)
{
	bool good = true;
	sqlite3_stmt *row = approvals_start(approvals, SQL_OF_PERSON, id, withdrawal->of);
	while (good && row && sqlite3_step(row) == SQLITE_ROW) {
		char version[LOG_HEX];
		struct str of = approvals_text(row, 0);
		hash_content(sqlite3_column_blob(row, 1), sqlite3_column_bytes(row, 1), version);
		good = log_add(approvals,
			&(struct log_line){.act = LOG_WITHDRAWN,
				.actor = withdrawal->actor,
				.id = id,
				.version = str_of(version),
				.note = of},
			diags);
	}
	return approvals_ended(approvals, row, diags) && good;
}

static int take_back(struct approvals *approvals, struct str id, struct str of, struct diags *diags)
{
	int gone = approvals_end(
		approvals, approvals_start(approvals, SQL_TAKE_BACK, id, of), diags);
	return gone > 0 && !approvals_drop_versions(approvals, id, diags) ? -1 : gone;
}

/* What a person approves of a letter. */
struct giving {
	struct str id;
	const struct subject *subject;
	const struct actor *actor;
	const struct packed *version;
};

static bool insert(struct approvals *approvals, const struct giving *giving,
	const struct noted *noted, struct diags *diags)
{
	const struct actor *actor = giving->actor;
	const struct str signature = giving->subject->signature;
	sqlite3_stmt *put = approvals_start(approvals, SQL_PUT, giving->id, actor->name);
	sqlite3_bind_blob(put, 3, noted, sizeof *noted, SQLITE_STATIC);
	sqlite3_bind_int64(put, 4, actor->at);
	approvals_bind(put, 5, str_of(known_words[actor->known]));
	sqlite3_bind_blob(put, 6, signature.at, signature.len, SQLITE_STATIC);
	return approvals_end(approvals, put, diags) >= 0;
}

static bool put(struct approvals *approvals, struct giving *giving, struct diags *diags)
{
	const struct subject *subject = giving->subject;
	const struct actor *actor = giving->actor;
	struct str id = giving->id;
	struct noted noted = {.form = APPROVAL_VERSION, .content = *subject->content};
	char version[LOG_HEX];
	memcpy(noted.key, subject->key->at, HASH_SIZE);
	log_version(subject->content, version);
	const struct log_line line = {.act = LOG_APPROVED,
		.actor = *actor,
		.id = id,
		.version = str_of(version),
		.signature = subject->signature};
	return take_back(approvals, id, actor->name, diags) >= 0 &&
		insert(approvals, giving, &noted, diags) && log_add(approvals, &line, diags) &&
		(!giving->version->size ||
			approvals_keep(approvals, id, subject->content, giving->version, diags));
}

/* Numbers of bases that were taken back are given again, to others. */
static bool end_transaction(struct approvals *approvals, bool good, struct diags *diags)
{
	good = good && approvals_execute(approvals, "COMMIT", diags);
	if (!good) {
		sqlite3_exec(approvals->db, "ROLLBACK", NULL, NULL, NULL);
		memset(approvals->base, 0, sizeof approvals->base);
	}
	return good;
}

/* What waits goes with it. */
static bool end_group(struct approvals *approvals, bool good, struct diags *diags)
{
	good = end_transaction(approvals, good, diags);
	approvals->lost += good ? 0 : approvals->waiting;
	approvals->waiting = 0;
	return good;
}

bool approvals_put(struct approvals *approvals, struct str id, const struct subject *subject,
	const struct actor *actor, struct diags *diags)
{
	struct packed packed = {0};
	if (!subject->packed && subject->version.len)
		packed = approvals_pack(approvals, id, subject);
	struct giving giving = {id, subject, actor, subject->packed ? subject->packed : &packed};
	pthread_mutex_lock(&approvals->lock);
	bool good = (approvals->waiting ||
			    approvals_execute(approvals, "BEGIN IMMEDIATE", diags)) &&
		put(approvals, &giving, diags);
	if (!good || approvals->waiting + 1 == approvals->group)
		good = end_group(approvals, good, diags);
	else
		approvals->waiting++;
	pthread_mutex_unlock(&approvals->lock);
	buf_free(&packed.bytes);
	return good;
}

static bool is_of(sqlite3_stmt *row, const struct concerns *content)
{
	struct noted noted;
	if (sqlite3_column_bytes(row, 1) != sizeof noted)
		return false;
	memcpy(&noted, sqlite3_column_blob(row, 1), sizeof noted);
	return noted.form == APPROVAL_VERSION && !concerns_differ(&noted.content, content);
}

bool approvals_has(struct approvals *approvals, struct str id, const struct concerns *content,
	const struct actor *actor, struct str certificate)
{
	bool has = false;
	pthread_mutex_lock(&approvals->lock);
	sqlite3_stmt *row = approvals_start(approvals, SQL_OF_PERSON, id, actor->name);
	while (!has && row && sqlite3_step(row) == SQLITE_ROW)
		has = is_of(row, content) &&
			(!certificate.len ||
				approvals_signed_with(approvals_blob(row, 2), certificate));
	sqlite3_reset(row);
	pthread_mutex_unlock(&approvals->lock);
	return has;
}

bool approvals_flush(struct approvals *approvals, struct diags *diags)
{
	return !approvals || !approvals->waiting || end_group(approvals, true, diags);
}

int approvals_lost(const struct approvals *approvals)
{
	return approvals ? approvals->lost : 0;
}

/* -- for the commands -------------------------------------------------------------------------- */

/* Of the content that is asked for. */
static bool is_proven(
	struct approvals *approvals, const struct approval_query *query, sqlite3_stmt *row)
{
	const struct approval_claim claim = {approvals_text(row, 0), query->content,
		approvals_text(row, 1), sqlite3_column_int64(row, 2)};
	return !query->believed || prove(approvals, &claim, row, 5);
}

static bool give_each(
	struct approvals *approvals, const struct approval_query *query, struct diags *diags)
{
	const struct concerns *content = query->content;
	struct subject subject = {.content = content, .known = content ? CONCERN_COUNT : 0};
	sqlite3_stmt *all = approvals_start(
		approvals, query->id.len ? SQL_LIST_ONE : SQL_LIST, query->id, str_lit(""));
	while (all && sqlite3_step(all) == SQLITE_ROW) {
		struct approval approval = {
			.id = str_of((const char *)sqlite3_column_text(all, 0)),
			.by = str_of((const char *)sqlite3_column_text(all, 1)),
			.known = approvals_known(all, 4),
			.at = sqlite3_column_int64(all, 2),
		};
		enum verdict verdict = compare(all, 3, &subject, &approval.changed);
		approval.unproven = verdict == GOOD && !is_proven(approvals, query, all);
		approval.stands = verdict == GOOD && !approval.unproven;
		approval.older = verdict == OLDER;
		query->one(query->user, &approval);
	}
	return approvals_ended(approvals, all, diags);
}

bool approvals_each(const char *out, const struct approval_query *query, struct diags *diags)
{
	struct approvals *approvals = approvals_open(out, false, diags);
	approvals_believe(approvals, query->believed, query->now);
	bool good = approvals ? give_each(approvals, query, diags) : !diags_failed(diags);
	approvals_close(approvals);
	return good;
}

int approvals_withdraw(
	struct approvals *approvals, const struct withdrawal *withdrawal, struct diags *diags)
{
	int withdrawn = 0;
	for (int i = 0; i < withdrawal->count && withdrawn >= 0; i++) {
		struct str id = withdrawal->ids[i];
		int gone = log_withdrawn(approvals, withdrawal, id, diags)
			? take_back(approvals, id, withdrawal->of, diags)
			: -1;
		withdrawn = gone < 0 ? -1 : withdrawn + gone;
	}
	return withdrawn;
}

static int take_all_back(
	struct approvals *approvals, const struct withdrawal *withdrawal, struct diags *diags)
{
	int withdrawn = approvals_execute(approvals, "BEGIN IMMEDIATE", diags)
		? approvals_withdraw(approvals, withdrawal, diags)
		: -1;
	return end_transaction(approvals, withdrawn >= 0, diags) ? withdrawn : -1;
}

int approvals_take_back(const char *out, const struct withdrawal *withdrawal, struct diags *diags)
{
	struct approvals *approvals = approvals_open_there(out, diags);
	if (!approvals)
		return diags_failed(diags) ? -1 : 0;
	int withdrawn = take_all_back(approvals, withdrawal, diags);
	approvals_close(approvals);
	return withdrawn;
}

/* Made anew, the file holds no byte of what was taken back before. */
static bool forget(
	struct approvals *approvals, const struct str *ids, int count, struct diags *diags)
{
	bool good = approvals_execute(approvals, "VACUUM; BEGIN IMMEDIATE", diags);
	for (int i = 0; good && i < count; i++)
		good = take_back(approvals, ids[i], str_lit(""), diags) >= 0 &&
			remarks_drop(approvals, ids[i], diags) >= 0 &&
			log_forget(approvals, ids[i], diags) &&
			approvals_drop_versions(approvals, ids[i], diags);
	for (int i = 0; good && i < count; i++)
		good = approvals_forget_base(approvals, ids[i], diags);
	return good && approvals_execute(approvals, "COMMIT", diags);
}

bool approvals_forget(const char *out, const struct str *ids, int count, struct diags *diags)
{
	struct approvals *approvals = approvals_open_there(out, diags);
	bool good = approvals ? forget(approvals, ids, count, diags) : !diags_failed(diags);
	approvals_close(approvals);
	return good;
}
