/* log.c - the log in the file of the approvals: added to, read, followed. */
#include "record/log.h"

#include "record/approval_int.h"

#include "verify/manifest.h"

#include <stdio.h>
#include <sys/random.h>

enum { SALT = 16 };

_Static_assert((int)LOG_HEX == (int)MANIFEST_HEX, "of SHA-256, both");

const char *const log_acts[LOG_ACTS] = {
	[LOG_APPROVED] = "approved",
	[LOG_WITHDRAWN] = "withdrawn",
	[LOG_REJECTED] = "rejected",
	[LOG_COMMENTED] = "commented",
	[LOG_ANSWERED] = "answered",
	[LOG_CONFIRMED] = "confirmed",
	[LOG_EDITED] = "edited",
	[LOG_WRITTEN] = "written",
	[LOG_SIGNED] = "signed",
};

/* -- hashes ------------------------------------------------------------------------------------ */

void log_version(const struct concerns *content, char hex[LOG_HEX])
{
	manifest_hash((struct str){(const char *)content, sizeof *content}, hex);
}

void log_write(const struct log_line *line, struct buf *out)
{
	const struct {
		const char *name;
		struct str text;
	} members[] = {{"act", str_of(log_acts[line->act])}, {"id", line->id},
		{"who", line->actor.name}, {"known", str_of(known_words[line->actor.known])},
		{"version", line->version}, {"note", line->note}, {"salt", line->salt}};
	buf_format(out, "{\"number\":%lld,\"at\":\"", (long long)line->number);
	buf_moment(out, line->actor.at);
	buf_puts(out, "\"");
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		json_member(out, members[i].name, members[i].text);
	if (line->upto)
		buf_format(out, ",\"upto\":%lld", (long long)line->upto);
	buf_puts(out, "}");
}

static void hash_line(const struct log_line *line, char leaf[LOG_HEX])
{
	struct buf text = {0};
	log_write(line, &text);
	manifest_hash(buf_text(&text), leaf);
	buf_free(&text);
}

/* head: of the chain so far, and then with the leaf. */
static void go_on(char head[LOG_HEX], const char *leaf)
{
	char both[2 * LOG_HEX];
	int len = snprintf(both, sizeof both, "%s%s", head, leaf);
	manifest_hash((struct str){both, len}, head);
}

void log_follow(struct log_chain *chain, const struct log_line *line)
{
	char leaf[LOG_HEX];
	bool good = line->number == ++chain->count && line->leaf.len == LOG_HEX - 1;
	if (good && !line->forgotten) {
		hash_line(line, leaf);
		good = str_is(line->leaf, leaf);
	}
	snprintf(leaf, sizeof leaf, "%.*s", str_arg(line->leaf));
	go_on(chain->head, leaf);
	good = good && str_is(line->chain, chain->head);
	if (!good && !chain->broken)
		chain->broken = chain->count;
}

/* -- adding ------------------------------------------------------------------------------------ */

static bool find_last(
	struct approvals *approvals, int64_t *number, char head[LOG_HEX], struct diags *diags)
{
	sqlite3_stmt *last = approvals_start(approvals, SQL_LOG_LAST, str_lit(""), str_lit(""));
	*number = 0;
	head[0] = '\0';
	if (last && sqlite3_step(last) == SQLITE_ROW) {
		*number = sqlite3_column_int64(last, 0);
		snprintf(head, LOG_HEX, "%.*s", str_arg(approvals_text(last, 1)));
	}
	return approvals_ended(approvals, last, diags);
}

static void draw_salt(char salt[2 * SALT + 1])
{
	unsigned char bytes[SALT];
	if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
		program_ends("the system gives no random numbers");
	manifest_hex(bytes, SALT, salt);
}

static bool insert(struct approvals *approvals, const struct log_line *line, struct diags *diags)
{
	sqlite3_stmt *add = approvals_start(approvals, SQL_LOG_ADD, line->id, line->actor.name);
	const struct str texts[] = {str_of(log_acts[line->act]),
		str_of(known_words[line->actor.known]), line->version, line->note, line->salt,
		line->leaf, line->chain};
	sqlite3_bind_int64(add, 3, line->number);
	sqlite3_bind_int64(add, 4, line->actor.at);
	sqlite3_bind_int64(add, 5, line->upto);
	if (line->signature.len)
		sqlite3_bind_blob(add, 6, line->signature.at, line->signature.len, SQLITE_STATIC);
	else
		sqlite3_bind_null(add, 6);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		approvals_bind(add, 7 + (int)i, texts[i]);
	return approvals_end(approvals, add, diags) >= 0;
}

static bool seal(const struct log_line *line, struct buf *der, struct diags *diags)
{
	const struct seal *seal = line->actor.seal;
	struct buf text = {0};
	log_state(line, &text);
	bool good = seal->sign(seal->user, buf_text(&text), der, diags);
	buf_free(&text);
	return good;
}

bool log_add(struct approvals *approvals, const struct log_line *line, struct diags *diags)
{
	struct log_line added = *line;
	char salt[2 * SALT + 1], leaf[LOG_HEX], before[LOG_HEX], head[LOG_HEX];
	struct buf der = {0};
	if (!find_last(approvals, &added.number, before, diags))
		return false;
	added.number++;
	draw_salt(salt);
	added.salt = str_of(salt);
	hash_line(&added, leaf);
	memcpy(head, before, sizeof head);
	go_on(head, leaf);
	added.leaf = str_of(leaf);
	added.chain = str_of(head);
	added.before = str_of(before);
	bool good = added.signature.len || !added.actor.seal || seal(&added, &der, diags);
	if (der.len)
		added.signature = buf_text(&der);
	good = good && insert(approvals, &added, diags);
	buf_free(&der);
	return good;
}

/* In the file, or nowhere. */
static struct approvals *begin(struct approvals *log, struct diags *diags)
{
	if (!log || approvals_execute(log, "BEGIN IMMEDIATE", diags))
		return log;
	approvals_close(log);
	return NULL;
}

struct approvals *log_begin(const char *out, struct diags *diags)
{
	return begin(approvals_open_there(out, diags), diags);
}

bool log_end(struct approvals *log, bool keep, struct diags *diags)
{
	bool good = !log || approvals_execute(log, keep ? "COMMIT" : "ROLLBACK", diags);
	approvals_close(log);
	return good;
}

bool log_note(const char *out, const struct log_line *line, const struct log_deed *deed,
	struct diags *diags)
{
	struct approvals *log = line->actor.seal ? begin(approvals_open(out, true, diags), diags)
						 : log_begin(out, diags);
	if (!log)
		return !diags_failed(diags) && deed->act(deed->user, diags);
	bool good = log_add(log, line, diags) && deed->act(deed->user, diags);
	return log_end(log, good, diags) && good;
}

bool log_head(struct approvals *log, struct buf *out, struct diags *diags)
{
	int64_t count;
	char head[LOG_HEX];
	bool good = find_last(log, &count, head, diags);
	buf_format(out, "%lld %s", (long long)count, head);
	return good;
}

bool log_read_head(struct str text, int64_t *count, char head[LOG_HEX])
{
	int at = 0;
	for (*count = 0; at < text.len && at < 18 && text.at[at] >= '0' && text.at[at] <= '9'; at++)
		*count = 10 * *count + text.at[at] - '0';
	if (at == 0 || at == text.len || text.at[at] != ' ' ||
		text.len - at - 1 != (*count ? LOG_HEX - 1 : 0))
		return false;
	snprintf(head, LOG_HEX, "%.*s", text.len - at - 1, text.at + at + 1);
	return true;
}

bool log_forget(struct approvals *approvals, struct str id, struct diags *diags)
{
	return approvals_end(approvals, approvals_start(approvals, SQL_LOG_FORGET, id, str_lit("")),
		       diags) >= 0;
}

/* -- reading ----------------------------------------------------------------------------------- */

static int find_act(struct str word)
{
	int i = 0;
	while (i < LOG_ACTS && !str_is(word, log_acts[i]))
		i++;
	return i;
}

/* With a word that this version does not know the line does not hold: none does without a salt. */
static struct log_line read_line(sqlite3_stmt *row)
{
	struct log_line line = {
		.number = sqlite3_column_int64(row, 0),
		.actor = {.name = approvals_text(row, 4), .at = sqlite3_column_int64(row, 1)},
		.id = approvals_text(row, 3),
		.version = approvals_text(row, 6),
		.note = approvals_text(row, 7),
		.salt = approvals_text(row, 8),
		.leaf = approvals_text(row, 9),
		.chain = approvals_text(row, 10),
		.upto = sqlite3_column_int64(row, 11),
		.signature = approvals_blob(row, 12),
		.before = approvals_text(row, 13),
	};
	int act = find_act(approvals_text(row, 2));
	enum known known = known_of(approvals_text(row, 5));
	line.forgotten = approvals_text(row, 2).len == 0;
	if (act == LOG_ACTS || known == KNOWN_COUNT)
		line.salt = str_lit("");
	line.act = act < LOG_ACTS ? (enum log_act)act : LOG_APPROVED;
	line.actor.known = known < KNOWN_COUNT ? known : KNOWN_NOT;
	return line;
}

/* A run's lines are in what its list is signed for. */
static bool claims_signature(const struct log_line *line)
{
	return line->signature.len ||
		(line->actor.known == KNOWN_SIGNED && line->act != LOG_WRITTEN &&
			line->act != LOG_SIGNED);
}

static enum proof prove(struct approvals *approvals, const struct log_line *line)
{
	struct buf text = {0};
	if (!approvals->trust)
		return PROOF_UNASKED;
	if (line->forgotten || !claims_signature(line))
		return PROOF_NONE;
	log_state(line, &text);
	const struct signed_text is = {buf_text(&text), line->actor.name, line->signature};
	enum proof proof = approvals_prove(approvals, &is) ? PROOF_GOOD : PROOF_BAD;
	buf_free(&text);
	return proof;
}

bool log_answers(struct approvals *approvals, const struct log_answer *answer)
{
	sqlite3_stmt *row = approvals_start(approvals, SQL_LOG_LINE, str_lit(""), str_lit(""));
	bool good = false;
	if (row)
		sqlite3_bind_int64(row, 3, answer->line);
	if (row && sqlite3_step(row) == SQLITE_ROW) {
		struct log_line line = read_line(row);
		good = line.act == LOG_ANSWERED && str_eq(line.id, answer->id) &&
			answer->to < line.number && answer->to <= line.upto &&
			prove(approvals, &line) == PROOF_GOOD;
	}
	sqlite3_reset(row);
	return good;
}

bool log_is_signed_with(struct approvals *approvals, int64_t number, struct str certificate)
{
	sqlite3_stmt *row = approvals_start(approvals, SQL_LOG_LINE, str_lit(""), str_lit(""));
	if (row)
		sqlite3_bind_int64(row, 3, number);
	bool is = row && sqlite3_step(row) == SQLITE_ROW &&
		approvals_signed_with(approvals_blob(row, 12), certificate);
	sqlite3_reset(row);
	return is;
}

static bool give_each(
	struct approvals *approvals, const struct log_query *query, struct diags *diags)
{
	sqlite3_stmt *all = approvals_start(
		approvals, query->id.len ? SQL_LOG_LIST_ONE : SQL_LOG_LIST, query->id, str_lit(""));
	while (all && sqlite3_step(all) == SQLITE_ROW) {
		struct log_line line = read_line(all);
		line.proof = prove(approvals, &line);
		query->one(query->user, &line);
	}
	return approvals_ended(approvals, all, diags);
}

bool log_each(const char *out, const struct log_query *query, struct diags *diags)
{
	struct approvals *approvals = approvals_open(out, false, diags);
	approvals_believe(approvals, query->believed, query->now);
	bool good = approvals ? give_each(approvals, query, diags) : !diags_failed(diags);
	approvals_close(approvals);
	return good;
}
