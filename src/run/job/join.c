/* join.c - lettermerge merge-record: the records of all shards → that of the whole, and their lists
 * of signed letters → one. */
#include "job/job.h"

#include "publish/signed_list.h"
#include "record/lock.h"

#include <unistd.h>

struct joining {
	struct arena *arena;
	const char *out;
	struct shard *shards;
	int count;
	struct record *record; /* of the whole */
};

static bool publish_failed(const struct joining *joining, struct diags *diags)
{
	struct buf list = {0};
	const char *path = names_list(joining->arena, joining->out, (struct shard){0}, "failed");
	bool good = true;
	if (record_write_failed(joining->record, &list) == 0)
		unlink(path);
	else
		good = file_publish(path, list.at, list.len, true, diags);
	buf_free(&list);
	return good;
}

/* The record goes last: while it is there the shard is not yet joined. */
static void remove_shard(struct arena *arena, const char *out, struct shard shard)
{
	unlink(names_list(arena, out, shard, "failed"));
	unlink(names_hidden(arena, out, shard, "db-wal"));
	unlink(names_hidden(arena, out, shard, "db"));
	unlink(names_list(arena, out, shard, "run"));
	unlink(names_hidden(arena, out, shard, "lock"));
}

static bool join_shard(const struct joining *joining, struct shard shard, struct diags *diags)
{
	int lock;
	if (!lock_folder(&lock, joining->out, shard, true, diags))
		return false;
	bool joined = record_join(joining->record, joining->out, shard, diags);
	bool good = record_commit(joining->record, diags) && joined &&
		publish_failed(joining, diags);
	if (good)
		remove_shard(joining->arena, joining->out, shard);
	lock_release(lock);
	return good;
}

/* The lists of all shards are replaced by one of the whole; one that could not be read again would
 * be the only one to say what its letters were, so without a new one they stay. */
static void join_lists(
	const struct joining *joining, const struct signing *signing, struct diags *diags)
{
	const struct destination to = {.out = joining->out};
	int lists = 0, before = diags_count(diags, SEVERITY_ERROR);
	for (int i = 0; i < joining->count; i++)
		lists += file_exists(
			names_list(joining->arena, joining->out, joining->shards[i], "manifest"));
	if (!lists || !signing->identity)
		return;
	signed_list_write(&to, signing, joining->record, true, diags);
	for (int i = 0; i < joining->count && diags_count(diags, SEVERITY_ERROR) == before; i++) {
		const char *list = names_list(
			joining->arena, joining->out, joining->shards[i], "manifest");
		unlink(str_format(joining->arena, "%s.p7s", list).at);
		unlink(list);
	}
}

static int join_all(struct joining *joining, const struct signing *signing, struct diags *diags)
{
	int joined = 0;
	while (joining->record && joined < joining->count &&
		join_shard(joining, joining->shards[joined], diags))
		joined++;
	if (joining->record && joined == joining->count)
		join_lists(joining, signing, diags);
	return joined;
}

int job_merge_records(const char *out, const struct signing *signing, struct diags *diags)
{
	const struct shard whole = {0};
	struct joining joining = {.arena = arena_new(), .out = out};
	int lock = -1;
	joining.count = names_find_shards(joining.arena, out, &joining.shards);
	if (joining.count && lock_folder(&lock, out, whole, true, diags))
		joining.record = record_open(out, whole, RECORD_WRITE, DURABILITY_SAFE, diags);
	int joined = join_all(&joining, signing, diags);
	record_close(joining.record);
	lock_release(lock);
	arena_free(joining.arena);
	return joined == joining.count && !diags_failed(diags) ? joined : -1;
}
