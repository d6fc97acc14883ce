/* versions.c - what differs, line by line: "+LINE", or "=FROM COUNT", lines of the base;
 * deflated. */
#include "record/versions.h"

#include <libdeflate.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>

enum { LEVEL = 1, MOST = 64 << 20, ALIKE = 4 /* what differs is at most so small a part */ };

struct lines {
	struct version_base of;
	vec(struct str) list;
	struct map by_hash; /* the first of each */
};
struct versions {
	struct arena *arena;
	struct lines base[BASES_MOST];
	int count;
	pthread_mutex_t lock; /* of new ones; those that are counted stay as they are */
};

struct versions *versions_new(void)
{
	struct versions *versions = heap_new(sizeof *versions);
	versions->arena = arena_new();
	pthread_mutex_init(&versions->lock, NULL);
	return versions;
}

void versions_free(struct versions *versions)
{
	if (!versions)
		return;
	for (int i = 0; i < versions->count; i++)
		map_free(&versions->base[i].by_hash);
	pthread_mutex_destroy(&versions->lock);
	arena_free(versions->arena);
	free(versions);
}

/* -- bases ------------------------------------------------------------------------------------- */

/* The first such line; -1: there is none. */
static int find(const struct lines *lines, struct str line, uint64_t *hash)
{
	*hash = str_hash(line);
	for (int64_t at; (at = map_find(&lines->by_hash, *hash)) >= 0; ++*hash)
		if (str_eq(lines->list.at[at], line))
			return (int)at;
	return -1;
}

static void split(struct arena *arena, struct lines *lines)
{
	struct str rest = lines->of.text, line;
	uint64_t hash;
	while (rest.len && str_split(&rest, '\n', &line)) {
		if (find(lines, line, &hash) < 0)
			map_add(&lines->by_hash, hash, (uint32_t)lines->list.len);
		*vec_push(arena, &lines->list) = line;
	}
}

static int count_bases(struct versions *versions)
{
	pthread_mutex_lock(&versions->lock);
	int count = versions->count;
	pthread_mutex_unlock(&versions->lock);
	return count;
}

int versions_add_base(struct versions *versions, const struct version_base *base)
{
	int number = -1;
	pthread_mutex_lock(&versions->lock);
	if (versions->count < BASES_MOST) {
		struct lines *lines = &versions->base[number = versions->count];
		lines->of.id = str_copy(versions->arena, base->id);
		lines->of.text = str_copy(versions->arena, base->text);
		split(versions->arena, lines);
		versions->count++;
	}
	pthread_mutex_unlock(&versions->lock);
	return number;
}

struct version_base versions_base(struct versions *versions, int number)
{
	return versions->base[number].of;
}

/* -- packing ----------------------------------------------------------------------------------- */

/* Lines of the base that follow each other. */
struct run {
	int from, count;
	int passed; /* lines that the base does not have, since the run ended */
};

static void end_run(const struct run *run, struct buf *out)
{
	if (run->count)
		buf_format(out, "=%d %d\n", run->from, run->count);
}

static bool has_at(const struct lines *base, int at, struct str line)
{
	return at < base->list.len && str_eq(base->list.at[at], line);
}

/* Where the line stands in the base: best where the run goes on, or would after as many lines as
 * have been passed. */
static int find_line(const struct lines *base, const struct run *run, struct str line)
{
	uint64_t hash;
	int next = run->from + run->count;
	return has_at(base, next + run->passed, line) ? next + run->passed
		: has_at(base, next, line)            ? next
						      : find(base, line, &hash);
}

static void add_line(const struct lines *base, struct run *run, struct str line, struct buf *out)
{
	int at = find_line(base, run, line);
	if (at >= 0 && at == run->from + run->count && !run->passed) {
		run->count++;
		return;
	}
	if (!run->passed)
		end_run(run, out);
	if (at >= 0) {
		*run = (struct run){at, 1, 0};
		return;
	}
	buf_char(out, '+');
	buf_str(out, line);
	buf_char(out, '\n');
	run->passed++;
}

static void differ(const struct lines *base, struct str text, struct buf *out)
{
	struct run run = {0, 0, 0};
	struct str line;
	while (text.len && str_split(&text, '\n', &line))
		add_line(base, &run, line, out);
	if (!run.passed)
		end_run(&run, out);
}

static struct packed deflate(struct str text, int size, int base)
{
	struct packed packed = {.size = size, .base = base};
	struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
	if (!compressor)
		out_of_memory();
	buf_reserve(&packed.bytes, libdeflate_deflate_compress_bound(compressor, (size_t)text.len));
	packed.bytes.len = libdeflate_deflate_compress(
		compressor, text.at, (size_t)text.len, packed.bytes.at, packed.bytes.cap);
	libdeflate_free_compressor(compressor);
	return packed;
}

struct packed version_deflate(struct str text)
{
	return deflate(text, text.len, -1);
}

/* Against the base that leaves little; false: none does. */
static bool pack_alike(struct versions *versions, struct str text, struct packed *out)
{
	struct buf differs = {0};
	bool alike = false;
	for (int i = count_bases(versions) - 1; i >= 0 && !alike; i--) {
		buf_clear(&differs);
		differ(&versions->base[i], text, &differs);
		alike = differs.len <= (size_t)text.len / ALIKE;
		if (alike)
			*out = deflate(buf_text(&differs), text.len, i);
	}
	buf_free(&differs);
	return alike;
}

struct packed versions_pack(struct versions *versions, const struct version_base *version)
{
	struct packed packed = {.base = -1};
	struct str text = version->text;
	if (!text.len)
		return packed;
	if (text.at[text.len - 1] != '\n')
		return version_deflate(text);
	if (!pack_alike(versions, text, &packed) &&
		(versions_add_base(versions, version) < 0 || !pack_alike(versions, text, &packed)))
		packed = version_deflate(text);
	return packed;
}

/* -- unpacking --------------------------------------------------------------------------------- */

static struct str inflate(struct arena *arena, struct str bytes, int most, int *len)
{
	struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
	size_t got = 0;
	if (!decompressor)
		out_of_memory();
	char *text = arena_alloc(arena, (size_t)most + 1);
	bool good = libdeflate_deflate_decompress(decompressor, bytes.at, (size_t)bytes.len, text,
			    (size_t)most, &got) == LIBDEFLATE_SUCCESS;
	libdeflate_free_decompressor(decompressor);
	text[got] = 0;
	*len = (int)got;
	return good ? (struct str){text, (int)got} : (struct str){0};
}

static int read_number(struct str *rest)
{
	int number = 0;
	while (rest->len && rest->at[0] >= '0' && rest->at[0] <= '9' && number < INT_MAX / 10 - 1) {
		number = 10 * number + rest->at[0] - '0';
		*rest = str_slice(*rest, 1, rest->len);
	}
	if (rest->len && rest->at[0] == ' ')
		*rest = str_slice(*rest, 1, rest->len);
	return number;
}

static bool put_run(const struct lines *base, struct str run, struct buf *out)
{
	int from = read_number(&run), count = read_number(&run);
	if (run.len || from > base->list.len || count > base->list.len - from)
		return false;
	for (int i = from; i < from + count; i++) {
		buf_str(out, base->list.at[i]);
		buf_char(out, '\n');
	}
	return true;
}

/* No more than size bytes, and a run: a damaged file may ask for its base many times over. */
static bool put_lines(const struct lines *base, struct str differs, int size, struct buf *out)
{
	bool good = true;
	struct str line;
	while (good && out->len <= (size_t)size && differs.len &&
		str_split(&differs, '\n', &line)) {
		struct str rest = str_slice(line, line.len > 0, line.len);
		if (line.len && line.at[0] == '+') {
			buf_str(out, rest);
			buf_char(out, '\n');
		} else
			good = line.len && line.at[0] == '=' && put_run(base, rest, out);
	}
	return good;
}

struct str version_unpack(struct arena *arena, struct str bytes, int size, struct str base)
{
	struct lines lines = {.of.text = base};
	struct buf out = {0};
	int len;
	if (size < 0 || size > MOST)
		return (struct str){0};
	struct str text = inflate(arena, bytes, size, &len);
	if (!base.at)
		return len == size ? text : (struct str){0};
	split(arena, &lines);
	bool good = text.at && put_lines(&lines, text, size, &out) && out.len == (size_t)size;
	struct str version = good ? str_copy(arena, buf_text(&out)) : (struct str){0};
	map_free(&lines.by_hash);
	buf_free(&out);
	return version;
}
