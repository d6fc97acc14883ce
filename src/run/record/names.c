/* names.c - the files beside the letters, and which shard an id belongs to. */
#include "record/names.h"

#include <errno.h>
#include <stdio.h>

static struct str suffix(struct arena *arena, struct shard shard)
{
	return shard.count ? str_format(arena, "-%d-of-%d", shard.number, shard.count)
			   : str_lit("");
}

const char *names_hidden(
	struct arena *arena, const char *out, struct shard shard, const char *ending)
{
	struct str part = suffix(arena, shard);
	return path_join(
		arena, str_of(out), str_format(arena, ".lettermerge%.*s.%s", str_arg(part), ending))
		.at;
}

const char *names_list(struct arena *arena, const char *out, struct shard shard, const char *name)
{
	struct str part = suffix(arena, shard);
	return path_join(arena, str_of(out), str_format(arena, "%s%.*s.json", name, str_arg(part)))
		.at;
}

/* Reads ".lettermerge-2-of-8.db"; false when it is another name. */
static bool read_shard(struct str name, struct shard *shard)
{
	char whole[64];
	if (name.len >= (int)sizeof whole)
		return false;
	snprintf(whole, sizeof whole, "%.*s", str_arg(name));
	if (sscanf(whole, ".lettermerge-%d-of-%d.", &shard->number, &shard->count) != 2)
		return false;
	snprintf(whole, sizeof whole, ".lettermerge-%d-of-%d.db", shard->number, shard->count);
	return str_is(name, whole) && shard->number > 0 && shard->number <= shard->count;
}

static bool is_shard(struct str name)
{
	struct shard shard;
	return read_shard(name, &shard);
}

int names_find_shards(
	struct arena *arena, const char *out, struct shard **shards, struct diags *diags)
{
	struct str *names;
	int count = folder_list(arena, out, is_shard, &names);
	if (count < 0 && errno == ENOENT)
		return 0;
	if (count < 0) {
		file_not_read(out, diags);
		return -1;
	}
	*shards = arena_new_array(arena, struct shard, count + 1);
	for (int i = 0; i < count; i++)
		read_shard(names[i], &(*shards)[i]);
	return count;
}

bool shard_has(struct shard shard, struct str id)
{
	struct hash hash = hash_str(id);
	uint64_t number = 0;
	for (int i = 0; i < 8; i++)
		number = number << 8 | hash.at[HASH_SIZE - 8 + i];
	return !shard.count || number % (uint64_t)shard.count == (uint64_t)shard.number - 1;
}
