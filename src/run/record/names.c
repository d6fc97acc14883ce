/* names.c - the files beside the letters, and which shard an id belongs to. */
#include "record/names.h"

#include "record/hash.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

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

bool names_read_shard(struct str name, struct shard *shard)
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

int names_find_shards(struct arena *arena, const char *out, struct shard **shards)
{
	struct dirent **entries;
	int count = scandir(out, &entries, NULL, alphasort), found = 0;
	*shards = arena_new_array(arena, struct shard, count > 0 ? count : 1);
	for (int i = 0; i < count; i++) {
		found += names_read_shard(str_of(entries[i]->d_name), &(*shards)[found]);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return found;
}

bool shard_has(struct shard shard, struct str id)
{
	struct hash hash = hash_str(id);
	uint64_t number = 0;
	for (int i = 0; i < 8; i++)
		number = number << 8 | hash.at[HASH_SIZE - 8 + i];
	return !shard.count || number % (uint64_t)shard.count == (uint64_t)shard.number - 1;
}
