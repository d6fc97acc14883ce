/* face_store.c - what families were matched with, and the hashes of those fonts, kept in a file of
 * the user's: so that fontconfig is opened, and fonts are read to their ends, only after something
 * changed that it would read.
 *
 * That is: its rules and the folders they stand in, its caches, the folders of fonts, the fonts
 * that were taken, the places where a user may put rules, and this program. Of each the file's
 * number, size and time of change (ctime, which nobody sets back) are hashed into one state. What
 * changed less than two seconds before the store was opened may be changing still, and its time may
 * not tell: then nothing is kept. What of the environment tells fontconfig where to look is
 * in the store's name. */
#include "text/faces_int.h"

#include "base/file.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { MOST_ENTRIES = 512, YOUNG = 2 };

#define FIRST_LINE "lettermerge faces 2"

struct entry {
	struct str key;
	struct matched matched;
};

struct face_store {
	struct arena *arena;
	const char *folder, *path; /* NULL: there is none */
	int64_t opened;            /* seconds since 1970 */
	vec(struct str) watched;
	vec(struct entry) entries;
};

/* -- where it is ------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t state, uint64_t value)
{
	return (state ^ value) * 0x9E3779B97F4A7C15u;
}

/* own: where the project has its fonts, if it has any. */
static uint64_t hash_surroundings(const struct face_keeping *keeping, const char *own)
{
	char *folder = realpath(own, NULL);
	uint64_t hash = folder ? str_hash(str_of(folder)) : 0;
	free(folder);
	return mix(hash, str_hash(keeping->surroundings));
}

/* Fontconfig does not tell of a user's rules before they are there. */
static void watch_user(struct face_store *store, const struct face_keeping *keeping)
{
	enum { PLACES = sizeof keeping->rules / sizeof *keeping->rules };
	for (int i = 0; i < PLACES && keeping->rules[i].len; i++)
		face_store_watch(store, keeping->rules[i].at);
	face_store_watch(store, "/proc/self/exe");
}

/* -- whether it holds -------------------------------------------------------------------------- */

void face_store_watch(struct face_store *store, const char *path)
{
	struct str watched = str_of(path);
	for (int i = 0; i < store->watched.len; i++)
		if (str_eq(store->watched.at[i], watched))
			return;
	*vec_push(store->arena, &store->watched) = str_copy(store->arena, watched);
}

/* Of all that is watched; *young: something may be changing. */
static uint64_t state_of(const struct face_store *store, bool *young)
{
	uint64_t state = 0;
	for (int i = 0; i < store->watched.len; i++) {
		struct stat status;
		bool there = stat(store->watched.at[i].at, &status) == 0;
		state = mix(state, there);
		if (!there)
			continue;
		state = mix(state, (uint64_t)status.st_ino);
		state = mix(state, (uint64_t)status.st_size);
		state = mix(state, (uint64_t)status.st_ctim.tv_sec);
		state = mix(state, (uint64_t)status.st_ctim.tv_nsec);
		*young |= status.st_ctim.tv_sec + YOUNG > store->opened;
	}
	return state;
}

/* -- entries ----------------------------------------------------------------------------------- */

bool face_store_find(const struct face_store *store, struct str key, struct matched *matched)
{
	for (int i = 0; i < store->entries.len; i++)
		if (str_eq(store->entries.at[i].key, key)) {
			*matched = store->entries.at[i].matched;
			return true;
		}
	return false;
}

void face_store_put(struct face_store *store, struct str key, const struct matched *matched)
{
	if (store->entries.len == MOST_ENTRIES)
		store->entries.len = 0;
	*vec_push(store->arena, &store->entries) = (struct entry){key, *matched};
	if (matched->path)
		face_store_watch(store, matched->path);
	if (matched->rival)
		face_store_watch(store, matched->rival);
}

/* -- reading ----------------------------------------------------------------------------------- */

static const char *take(struct arena *arena, struct str *line)
{
	struct str part = {0};
	str_split(line, '\t', &part);
	return str_copy(arena, part).at;
}

/* FAMILY, cut, size (the key's); exact and sized; index; path; rival; the file's hash. */
static struct entry read_entry(struct arena *arena, struct str line)
{
	struct str rest = line, part = {0};
	for (int i = 0; i < 3; i++)
		str_split(&rest, '\t', &part);
	struct entry entry = {.key = str_slice(line, 0, (int)(rest.at - line.at) - 1)};
	const char *flags = take(arena, &rest), *index = take(arena, &rest);
	const char *path = take(arena, &rest), *rival = take(arena, &rest);
	struct hash file = {0};
	bool hashed = hash_read(rest, &file); /* not below: who is first there, nobody says */
	entry.matched = (struct matched){.path = *path ? path : NULL,
		.hashed = hashed,
		.file = file,
		.index = atoi(index),
		.exact = flags[0] == '1',
		.sized = flags[0] && flags[1] == '1',
		.rival = *rival ? rival : NULL};
	return entry;
}

/* The first line tells the hash of the others, whose first is the state. */
static bool is_whole(struct str first, struct str rest)
{
	char told[64];
	snprintf(told, sizeof told, FIRST_LINE " %016" PRIx64, str_hash(rest));
	return str_is(first, told);
}

static struct str behind_sign(struct str line)
{
	return str_slice(line, 1, line.len);
}

static void read_store(struct face_store *store, struct str rest)
{
	struct str line, state = {0};
	bool young = false;
	if (!str_split(&rest, '\n', &line) || !is_whole(line, rest))
		return;
	str_split(&rest, '\n', &state);
	while (str_split(&rest, '\n', &line)) {
		if (str_starts(line, "="))
			face_store_watch(store, str_copy(store->arena, behind_sign(line)).at);
		else if (str_starts(line, ":"))
			*vec_push(store->arena, &store->entries) = read_entry(
				store->arena, behind_sign(line));
	}
	char now[24];
	snprintf(now, sizeof now, "%016" PRIx64, state_of(store, &young));
	if (!str_is(state, now))
		store->watched.len = store->entries.len = 0;
}

struct face_store *face_store_open(
	struct arena *arena, const struct face_keeping *keeping, struct str own)
{
	struct face_store *store = arena_alloc(arena, sizeof *store);
	*store = (struct face_store){
		.arena = arena, .folder = keeping->folder, .opened = keeping->now};
	if (!keeping->folder)
		return store;
	struct diags *unsaid = diags_new();
	store->path = str_format(
		arena, "%s/faces-%016" PRIx64, store->folder, hash_surroundings(keeping, own.at))
			      .at;
	if (file_exists(store->path))
		read_store(store, file_read(arena, store->path, (struct place){0}, unsaid));
	diags_free(unsaid);
	watch_user(store, keeping);
	return store;
}

/* -- writing ----------------------------------------------------------------------------------- */

/* What has a line's end or a tab in its name cannot be written here. */
static bool has_control(const char *text)
{
	for (; text && *text; text++)
		if ((unsigned char)*text < ' ')
			return true;
	return false;
}

/* A family that is named so neither: the tabs of a key are the two behind it. */
static bool is_key(struct str key)
{
	int tabs = 0;
	for (int i = 0; i < key.len; i++) {
		if ((unsigned char)key.at[i] < ' ' && key.at[i] != '\t')
			return false;
		tabs += key.at[i] == '\t';
	}
	return tabs == 2;
}

static void write_entry(const struct entry *entry, struct buf *out)
{
	const struct matched *matched = &entry->matched;
	const char *path = matched->path ? matched->path : "";
	const char *rival = matched->rival ? matched->rival : "";
	if (has_control(path) || has_control(rival) || !is_key(entry->key))
		return;
	buf_format(out, ":%.*s\t%d%d\t%d\t%s\t%s\t", str_arg(entry->key), matched->exact,
		matched->sized, matched->index, path, rival);
	if (matched->hashed)
		hash_write(&matched->file, out);
	buf_char(out, '\n');
}

static void write_store(const struct face_store *store, uint64_t state, struct buf *out)
{
	struct buf rest = {0};
	buf_format(&rest, "%016" PRIx64 "\n", state);
	for (int i = 0; i < store->watched.len; i++)
		buf_format(&rest, "=%.*s\n", str_arg(store->watched.at[i]));
	for (int i = 0; i < store->entries.len; i++)
		write_entry(&store->entries.at[i], &rest);
	buf_format(out, FIRST_LINE " %016" PRIx64 "\n", str_hash(buf_text(&rest)));
	buf_str(out, buf_text(&rest));
	buf_free(&rest);
}

void face_store_keep(struct face_store *store)
{
	bool young = false;
	uint64_t state = state_of(store, &young);
	struct buf out = {0};
	for (int i = 0; i < store->watched.len; i++)
		young |= has_control(store->watched.at[i].at);
	if (!store->path || young)
		return;
	struct diags *unsaid = diags_new();
	write_store(store, state, &out);
	mkdir(str_copy(store->arena, path_dir(str_of(store->folder))).at, 0700);
	mkdir(store->folder, 0700);
	file_publish_private(store->path, out.at, out.len, false, unsaid);
	diags_free(unsaid);
	buf_free(&out);
}
