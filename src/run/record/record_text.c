/* record_text.c - texts that many letters share, each once. A shape's own is kept in pieces: what a
 * letter adds to the words of its template, such as a note that came with a value, makes a shape of
 * its own, and all its other words are those of the letters around it. */
#include "record/record_sql_int.h"

#include <limits.h>

enum {
	KNOWN = 1024,   /* pieces; the template has fewer, those of one letter come once */
	MOST = 64 << 20 /* of a shape: a damaged record may name a piece many times over */
};

int64_t record_find_text(struct record *record, enum record_text kind, const struct hash *hash)
{
	sqlite3_stmt *find = statement_take(
		record, kind == RECORD_BASIS ? SQL_FIND_BASIS : SQL_FIND_SHAPE);
	statement_hash(find, 1, hash);
	int64_t number = sqlite3_step(find) == SQLITE_ROW ? sqlite3_column_int64(find, 0) : 0;
	statement_end(record, find);
	return number;
}

static int64_t put(
	struct record *record, enum record_statement id, const struct hash *hash, struct str text)
{
	sqlite3_stmt *put = statement_take(record, id);
	record_begin(record);
	statement_hash(put, 1, hash);
	if (id == SQL_PUT_SHAPE)
		statement_text(put, 2, text);
	else
		statement_bytes(put, 2, text);
	statement_run(record, put);
	int64_t number = sqlite3_last_insert_rowid(record->db);
	statement_end(record, put);
	return number;
}

int64_t record_put_basis(struct record *record, const struct hash *hash, struct str text)
{
	int64_t number = record_find_text(record, RECORD_BASIS, hash);
	return number ? number : put(record, SQL_PUT_BASIS, hash, text);
}

/* -- pieces ------------------------------------------------------------------------------------ */

/* Where such a tag stands behind the first byte, or the end. From "<" to "<": of a search for the
 * tag itself the preparation takes longer. */
static int next_tag(struct str text, const char *tag)
{
	for (int at = 1; at < text.len; at++) {
		const char *open = memchr(text.at + at, '<', (size_t)(text.len - at));
		at = open ? (int)(open - text.at) : text.len;
		if (str_starts(str_slice(text, at, text.len), tag))
			return at;
	}
	return text.len;
}

bool record_cut(struct str *rest, struct str *piece)
{
	static const char begin[] = "<note", end[] = "</note>";
	struct str text = *rest;
	const char *line = text.len ? memchr(text.at, '\n', (size_t)text.len) : NULL;
	if (line)
		text.len = (int)(line - text.at) + 1;
	bool note = str_starts(text, begin);
	int at = next_tag(text, note ? end : begin);
	if (at < text.len)
		text.len = at + (note ? (int)sizeof end - 1 : 0);
	*piece = text;
	*rest = str_slice(*rest, text.len, rest->len);
	return text.len > 0;
}

static uint64_t key_of(const struct hash *hash)
{
	uint64_t key;
	memcpy(&key, hash->at, sizeof key);
	return key;
}

void record_forget_pieces(struct record *record)
{
	map_clear(&record->pieces);
	record->known.len = 0;
}

static void learn(struct record *record, const struct hash *hash, int64_t number)
{
	if (record->known.len == KNOWN)
		record_forget_pieces(record);
	map_add(&record->pieces, key_of(hash), (uint32_t)record->known.len);
	*vec_push(record->arena, &record->known) = (struct known_piece){*hash, number};
}

/* 0: to be asked for. */
static int64_t known_number(const struct record *record, const struct hash *hash)
{
	int64_t at = map_find(&record->pieces, key_of(hash));
	const struct known_piece *known = at < 0 ? NULL : &record->known.at[at];
	return known && hash_same(&known->hash, hash) ? known->number : 0;
}

static bool step(struct record *record, sqlite3_stmt *statement, int64_t *number)
{
	bool row = sqlite3_step(statement) == SQLITE_ROW;
	*number = row ? sqlite3_column_int64(statement, 0) : sqlite3_last_insert_rowid(record->db);
	record_note_error(record, sqlite3_reset(statement));
	sqlite3_clear_bindings(statement);
	return row || sqlite3_changes(record->db) > 0;
}

/* Its number; under the lock, in a transaction. */
static int64_t put_piece(struct record *record, const struct shape_piece *piece)
{
	int64_t number = known_number(record, &piece->hash);
	if (number || record->error)
		return number;
	sqlite3_stmt *put = record->statement[SQL_PUT_PIECE];
	sqlite3_stmt *find = record->statement[SQL_FIND_PIECE];
	statement_hash(put, 1, &piece->hash);
	statement_bytes(put, 2, piece->text);
	if (!step(record, put, &number)) { /* it is there */
		statement_hash(find, 1, &piece->hash);
		step(record, find, &number);
	}
	learn(record, &piece->hash, number);
	return number;
}

static void put_pieces(struct record *record, const struct pieces *pieces, struct buf *numbers)
{
	pthread_mutex_lock(&record->lock);
	record_begin(record);
	for (int i = 0; i < pieces->count; i++) {
		int64_t number = put_piece(record, pieces->at[i]);
		buf_puts(numbers, i ? "," : "");
		if (number <= INT_MAX)
			buf_number(numbers, (int)number);
		else
			buf_format(numbers, "%lld", (long long)number);
	}
	pthread_mutex_unlock(&record->lock);
}

int64_t record_put_shape(
	struct record *record, const struct hash *hash, const struct pieces *pieces)
{
	struct buf numbers = {0};
	int64_t number = record_find_text(record, RECORD_SHAPE, hash);
	if (number)
		return number;
	put_pieces(record, pieces, &numbers);
	number = put(record, SQL_PUT_SHAPE, hash, buf_text(&numbers));
	buf_free(&numbers);
	return number;
}

struct str record_text(
	struct record *record, struct arena *arena, enum record_text kind, int64_t number)
{
	sqlite3_stmt *find = statement_take(record, kind == RECORD_BASIS ? SQL_BASIS : SQL_SHAPE);
	struct buf text = {0};
	sqlite3_bind_int64(find, 1, number);
	while (text.len < MOST && sqlite3_step(find) == SQLITE_ROW)
		buf_put(&text, sqlite3_column_blob(find, 0), (size_t)sqlite3_column_bytes(find, 0));
	statement_end(record, find);
	struct str copy = str_copy(arena, buf_text(&text));
	buf_free(&text);
	return copy;
}
