/* forget_lists.c - the lists of a run without what they say of some records. */
#include "job/forget_int.h"

#include "base/arena.h"
#include "verify/manifest.h"

#include <unistd.h>

/* -- reports: JSON that this program wrote, without white space but line ends between items */

/* Behind the object, list or string that begins there. */
static int end_of_item(struct str text, int at)
{
	int depth = 0;
	bool quoted = false;
	for (; at < text.len; at++) {
		char c = text.at[at];
		if (quoted && c == '\\')
			at++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted)
			depth += (c == '{' || c == '[') - (c == '}' || c == ']');
		if (!quoted && depth == 0)
			return at + 1;
	}
	return text.len;
}

/* With one of the commas beside it, and the line's end behind that. */
static struct str without(struct arena *arena, struct str text, int from, int to)
{
	bool lined = from > 0 && text.at[from - 1] == '\n';
	int before = from - lined;
	if (before > 0 && text.at[before - 1] == ',')
		from = before - 1;
	else if (to < text.len && text.at[to] == ',')
		to += 1 + (to + 1 < text.len && text.at[to + 1] == '\n');
	return str_format(arena, "%.*s%.*s", from, text.at, text.len - to, text.at + to);
}

static struct str without_objects(struct arena *arena, struct str text, struct str quoted)
{
	struct str begin = str_format(arena, "{\"id\":%.*s,", str_arg(quoted));
	for (int at; (at = str_find(text, begin.at)) >= 0;)
		text = without(arena, text, at, end_of_item(text, at));
	return text;
}

static struct str without_mention(struct arena *arena, struct str text, struct str quoted)
{
	static const char name[] = "\"lacking\":[";
	int at = str_find(text, name), to = 0;
	if (at < 0)
		return text;
	int end = end_of_item(text, at + (int)strlen(name) - 1) - 1;
	for (at += (int)strlen(name); at < end; at = to + 1) {
		to = end_of_item(text, at);
		if (str_eq(str_slice(text, at, to), quoted))
			return without(arena, text, at, to);
	}
	return text;
}

static struct str without_record(struct arena *arena, struct str text, struct str id)
{
	struct str quoted = str_format(arena, "\"%.*s\"", str_arg(manifest_id(arena, id)));
	return without_mention(arena, without_objects(arena, text, quoted), quoted);
}

/* A list of nobody is none. */
static bool publish_report(const char *path, struct str text, struct diags *diags)
{
	if (str_starts(text, "{\"failed\":[") && str_find(text, "{\"id\":") < 0)
		return unlink(path) == 0 || file_not_written(path, diags);
	return file_publish_private(path, text.at, (size_t)text.len, true, diags);
}

bool forget_in_report(const char *path, const struct str *ids, int count, struct diags *diags)
{
	struct arena *arena = arena_new();
	bool good = true;
	if (file_exists(path)) {
		struct str text = file_read(arena, path, place_none(), diags), before = text;
		for (int i = 0; text.at && i < count; i++)
			text = without_record(arena, text, ids[i]);
		good = text.at && (text.len == before.len || publish_report(path, text, diags));
	}
	arena_free(arena);
	return good;
}

/* -- the signed list */

bool forget_in_list(
	const char *out, struct shard shard, const struct str *ids, int count, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct manifest manifest;
	struct buf text = {0};
	const char *path = names_list(arena, out, shard, "manifest");
	struct str *quoted = arena_new_array(arena, struct str, count);
	bool good = true;
	for (int i = 0; i < count; i++)
		quoted[i] = manifest_id(arena, ids[i]);
	if (file_exists(path)) {
		struct str json = file_read(arena, path, place_none(), diags);
		good = json.at && manifest_read(&manifest, arena, json, path, diags) &&
			(!manifest_forget(&text, &manifest, quoted, count) ||
				file_publish_private(path, text.at, text.len, true, diags));
	}
	buf_free(&text);
	arena_free(arena);
	return good;
}
