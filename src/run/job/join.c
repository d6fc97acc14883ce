/* join.c - lettermerge merge-record: the records of all shards → that of the whole, and their lists
 * of signed letters → one. */
#include "job/origin.h"

#include "base/diag_id.h"
#include "publish/signed_list.h"
#include "record/lock.h"

#include <unistd.h>

struct joining {
	struct arena *arena;
	const char *out;
	struct shard *shards;
	int count;
	struct record *record; /* of the whole */
	bool partial;          /* parts may be missing */
	const char *program;   /* its version */
	struct shard_state *states;
	struct buf missing; /* "3/4", blanks between */
};

static bool publish_failed(const struct joining *joining, struct diags *diags)
{
	struct buf list = {0};
	const char *path = names_list(joining->arena, joining->out, (struct shard){0}, "failed");
	bool good = true;
	if (record_write_failed(joining->record, &list) == 0)
		good = file_remove(path, diags);
	else
		good = file_publish_private(path, list.at, list.len, true, diags);
	buf_free(&list);
	return good;
}

/* The record goes last: while it is there the shard is not yet joined, and what could not be
 * removed is when it is done again. Behind it goes the lock, that nobody begins the shard anew
 * before. */
static bool remove_shard(
	struct arena *arena, const char *out, struct shard shard, struct diags *diags)
{
	return file_remove(names_list(arena, out, shard, "failed"), diags) &&
		file_remove(names_list(arena, out, shard, "run"), diags) &&
		file_remove(names_hidden(arena, out, shard, "db-wal"), diags) &&
		file_remove(names_hidden(arena, out, shard, "db"), diags) &&
		file_remove(names_hidden(arena, out, shard, "lock"), diags);
}

/* -- are all there, finished, and of one run? */

static struct str name_of(const struct joining *joining, int number)
{
	return str_format(joining->arena, "%d/%d", number, joining->shards[0].count);
}

/* What is wrong with a part: an error, or with --partial a word in the list. */
static void miss(struct joining *joining, int number, int id, struct diags *diags)
{
	const char *name = name_of(joining, number).at;
	buf_format(&joining->missing, "%s%s", joining->missing.len ? " " : "", name);
	if (joining->partial)
		return;
	if (id == DIAG_JOIN_MISSING)
		diag_add(diags, JOIN_MISSING, place_none(), name, joining->out, name);
	else
		diag_add(diags, JOIN_UNFINISHED, place_none(), name, name);
}

/* Which of the records is that of a part; -1: none. */
static int find_part(const struct joining *joining, int number)
{
	for (int i = 0; i < joining->count; i++)
		if (joining->shards[i].number == number)
			return i;
	return -1;
}

/* Of parts that are joined, others may be removed already. */
static void look_for_parts(struct joining *joining, struct diags *diags)
{
	bool ending = true;
	for (int i = 0; i < joining->count; i++)
		ending = ending && joining->states[i].joined;
	for (int number = 1; number <= joining->shards[0].count; number++) {
		int at = find_part(joining, number);
		if (at < 0 && !ending)
			miss(joining, number, DIAG_JOIN_MISSING, diags);
		else if (at >= 0 && !joining->states[at].finished)
			miss(joining, number, DIAG_JOIN_UNFINISHED, diags);
	}
}

/* The first part that is finished, else the first: what it was made with is the whole's. */
static int first_part(const struct joining *joining)
{
	for (int i = 0; i < joining->count; i++)
		if (joining->states[i].finished)
			return i;
	return 0;
}

/* One that has not come to its end has not said yet what it was made with. */
static void compare_parts(const struct joining *joining, struct diags *diags)
{
	int first = first_part(joining);
	const struct shard_state *like = &joining->states[first];
	for (int i = first + 1; i < joining->count; i++) {
		const struct shard_state *state = &joining->states[i];
		const char *what = origin_difference(like->origin, state->origin);
		if (!what && !str_eq(like->source, state->source))
			what = "source of records";
		const char *name = name_of(joining, joining->shards[i].number).at;
		if (what && state->finished)
			diag_add(diags, JOIN_DIFFERS, place_none(),
				name_of(joining, joining->shards[first].number).at, name, what,
				name);
	}
}

static bool read_states(struct joining *joining, struct diags *diags)
{
	const struct shard *shards = joining->shards;
	for (int i = 1; i < joining->count; i++)
		if (shards[i].count != shards[0].count) {
			diag_add(diags, JOIN_COUNTS, place_in(joining->out),
				diag_int(diags, shards[0].count), diag_int(diags, shards[i].count),
				joining->out,
				names_hidden(joining->arena, joining->out, shards[i], "db"));
			return false;
		}
	joining->states = arena_new_array(joining->arena, struct shard_state, joining->count);
	for (int i = 0; i < joining->count; i++)
		if (!record_shard_state(
			    joining->arena, joining->out, shards[i], &joining->states[i], diags))
			return false;
	return true;
}

static bool may_join(struct joining *joining, struct diags *diags)
{
	if (!read_states(joining, diags))
		return false;
	look_for_parts(joining, diags);
	compare_parts(joining, diags);
	return !diags_failed(diags);
}

/* -- joining */

static bool lock_parts(const struct joining *joining, int *locks, struct diags *diags)
{
	for (int i = 0; i < joining->count; i++)
		locks[i] = -1;
	for (int i = 0; i < joining->count; i++)
		if (!lock_folder(&locks[i], joining->out, joining->shards[i], true, diags))
			return false;
	return true;
}

static void note_whole(struct joining *joining)
{
	struct record_list list = {.whole = !joining->missing.len,
		.origin = joining->states[first_part(joining)].origin,
		.source = joining->states[first_part(joining)].source,
		.missing = buf_text(&joining->missing)};
	record_put_list(joining->record, &list);
}

static bool join_records(struct joining *joining, struct diags *diags)
{
	for (int i = 0; i < joining->count; i++)
		if (!record_join(joining->record, joining->out, joining->shards[i], diags)) {
			record_commit(joining->record, diags);
			return false;
		}
	note_whole(joining);
	return record_commit(joining->record, diags) && publish_failed(joining, diags) &&
		summary_join(joining->record, joining->out, joining->shards[0].count,
			joining->program, diags);
}

/* The lists of all shards are replaced by one of the whole; one that could not be read again would
 * be the only one to say what its letters were, so without a new one they stay. */
static bool join_lists(
	const struct joining *joining, const struct signing *signing, struct diags *diags)
{
	const struct destination to = {.out = joining->out};
	int lists = 0;
	for (int i = 0; i < joining->count; i++)
		lists += file_exists(
			names_list(joining->arena, joining->out, joining->shards[i], "manifest"));
	if (!lists || !signing->identity)
		return true;
	if (!signed_list_write(&to, signing, joining->record, true, diags))
		return false;
	bool good = true;
	for (int i = 0; good && i < joining->count; i++) {
		const char *list = names_list(
			joining->arena, joining->out, joining->shards[i], "manifest");
		good = file_remove(str_format(joining->arena, "%s.p7s", list).at, diags) &&
			file_remove(list, diags);
	}
	return good;
}

/* Until all are joined, and that is on the disk, none is removed: broken off at any moment, it can
 * be done again. */
static bool join_all(struct joining *joining, const struct signing *signing, struct diags *diags)
{
	int *locks = arena_new_array(joining->arena, int, joining->count);
	bool good = lock_parts(joining, locks, diags) && may_join(joining, diags) &&
		join_records(joining, diags) && join_lists(joining, signing, diags);
	for (int i = 0; good && i < joining->count; i++)
		good = record_mark_joined(joining->out, joining->shards[i], diags);
	for (int i = 0; good && i < joining->count; i++)
		good = remove_shard(joining->arena, joining->out, joining->shards[i], diags);
	if (good) {
		record_finish(joining->record);
		good = record_commit(joining->record, diags);
	}
	for (int i = 0; i < joining->count; i++)
		lock_release(locks[i]);
	return good;
}

int job_merge_records(const char *out, const struct signing *signing, const struct job_join *join,
	struct diags *diags)
{
	const struct shard whole = {0};
	struct joining joining = {.arena = arena_new(),
		.out = out,
		.partial = join->partial,
		.program = join->program};
	int lock = -1;
	bool good = true;
	joining.count = names_find_shards(joining.arena, out, &joining.shards, diags);
	if (joining.count > 0 && lock_folder(&lock, out, whole, true, diags))
		joining.record = record_open(out, whole, RECORD_WRITE, DURABILITY_SAFE, diags);
	if (joining.record)
		good = join_all(&joining, signing, diags);
	record_close(joining.record);
	lock_release(lock);
	buf_free(&joining.missing);
	arena_free(joining.arena);
	return good && !diags_failed(diags) ? joining.count : -1;
}
