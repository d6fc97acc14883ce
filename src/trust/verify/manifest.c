/* manifest.c - the lines of the list of a run, read. Only what manifest_put writes
 * is read, character by character: a signed list with two meanings would prove nothing. */
#include "verify/manifest_int.h"

#include "base/arena.h"
#include "verify/take.h"
#include "verify/tree.h"

#include <stdio.h>
#include <time.h>

const char *const manifest_fates[MANIFEST_FATES] = {
	"made", "unchanged", "rejected", "held", "gone"};

/* Members of later versions, which say nothing to this one. Of a head the log is known. */
static bool take_extensions(struct str *rest, struct str *log)
{
	struct str name, value;
	while (take(rest, ",\"x-")) {
		*rest = (struct str){rest->at - 3, rest->len + 3};
		if (!take_string(rest, &name) || !take(rest, ":") || !take_string(rest, &value))
			return false;
		if (log && str_is(name, "x-log"))
			*log = value;
	}
	return true;
}

/* Within the manifest's folder: an id may hold two dots, a folder on the way be none but a name. */
static bool stays_inside(struct str file)
{
	struct str rest = file, part;
	while (str_split(&rest, '/', &part))
		if (!part.len || str_is(part, ".") || str_is(part, ".."))
			return false;
	return file.len && file.at[file.len - 1] != '/' && str_find(file, "\\") < 0;
}

bool manifest_take_old_entry(struct str *rest, struct manifest_entry *entry)
{
	*entry = (struct manifest_entry){0};
	return take(rest, "{\"file\":") && take_string(rest, &entry->file) &&
		stays_inside(entry->file) && take_count(rest, "bytes", &entry->bytes) &&
		take_member(rest, "sha256", &entry->sha256) && entry->sha256.len == 64 &&
		take_member(rest, "id", &entry->id) &&
		take_member(rest, "template", &entry->template) && take(rest, "}");
}

static bool take_fate(struct str *rest, enum manifest_fate *fate)
{
	struct str word;
	if (!take_member(rest, "fate", &word))
		return false;
	for (int i = 0; i < MANIFEST_FATES; i++)
		if (str_is(word, manifest_fates[i])) {
			*fate = (enum manifest_fate)i;
			return true;
		}
	return false;
}

/* A letter that was made is there; one that was rejected says why. */
static bool makes_sense(const struct manifest_entry *entry)
{
	bool needs_letter = entry->fate != MANIFEST_REJECTED && entry->fate != MANIFEST_HELD;
	return (entry->file.len || !needs_letter) &&
		(entry->code.len > 0) == (entry->fate == MANIFEST_REJECTED);
}

static bool take_letter(struct str *rest, struct manifest_entry *entry)
{
	int64_t pages = 0;
	bool good = take_member(rest, "file", &entry->file) && stays_inside(entry->file) &&
		take_count(rest, "bytes", &entry->bytes) &&
		take_member(rest, "sha256", &entry->sha256) && is_hex(entry->sha256, 64) &&
		take_count(rest, "pages", &pages) && take_member(rest, "key", &entry->key) &&
		take_member(rest, "template", &entry->template);
	entry->pages = (int)pages;
	return good && pages == entry->pages;
}

bool manifest_take_entry(struct str *rest, struct manifest_entry *entry)
{
	*entry = (struct manifest_entry){0};
	return take(rest, "{\"id\":") && take_string(rest, &entry->id) &&
		take_fate(rest, &entry->fate) &&
		(!str_starts(*rest, ",\"code\"") || take_member(rest, "code", &entry->code)) &&
		(!str_starts(*rest, ",\"file\"") || take_letter(rest, entry)) &&
		take_member(rest, "salt", &entry->salt) && is_hex(entry->salt, 32) &&
		take_extensions(rest, NULL) && take(rest, "}") && makes_sense(entry);
}

bool manifest_read_entry(struct str line, struct manifest_entry *entry)
{
	return manifest_take_entry(&line, entry) && line.len == 0;
}

bool manifest_next(struct str *lines, struct str *line)
{
	bool found = str_split(lines, '\n', line);
	line->len -= found && str_ends(*line, ",");
	return found;
}

struct str manifest_id(struct arena *arena, struct str id)
{
	struct buf out = {0};
	json_string(&out, id);
	struct str text = buf_text(&out);
	text = str_copy(arena, str_slice(text, 1, text.len - 1));
	buf_free(&out);
	return text;
}

bool manifest_take_forgotten(struct str *rest, unsigned char hash[TREE_HASH])
{
	return take(rest, MANIFEST_FORGOTTEN) && take_hex(rest, hash, TREE_HASH) && take(rest, "}");
}

bool manifest_read_forgotten(struct str line, unsigned char hash[TREE_HASH])
{
	return manifest_take_forgotten(&line, hash) && line.len == 0;
}

bool manifest_time(struct str text, int64_t *time)
{
	enum { LEN = 20 };
	struct tm tm = {0};
	char copy[LEN + 1] = "", again[LEN + 1];
	if (text.len != LEN)
		return false;
	memcpy(copy, text.at, LEN);
	if (sscanf(copy, "%4d-%2d-%2dT%2d:%2d:%2dZ", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
		    &tm.tm_hour, &tm.tm_min, &tm.tm_sec) != 6)
		return false;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	*time = (int64_t)timegm(&tm);
	return strftime(again, sizeof again, "%Y-%m-%dT%H:%M:%SZ", &tm) == LEN &&
		str_is(text, again);
}

static bool take_counts(struct str *rest, struct manifest_head *head)
{
	int64_t in;
	bool good = take_count(rest, "in", &in);
	for (int fate = 0; good && fate < MANIFEST_FATES; fate++)
		good = take_count(rest, manifest_fates[fate], &head->count[fate]);
	return good && in == manifest_records_in(head);
}

static bool take_head(struct str *rest, struct manifest_head *head)
{
	struct str whole = {0};
	int64_t time;
	bool good = take(rest, "{\"head\":1") && take_member(rest, "run", &head->run) &&
		take_member(rest, "program", &head->program) &&
		take_member(rest, "signed", &head->signed_at) &&
		manifest_time(head->signed_at, &time) && take_counts(rest, head) &&
		take_member(rest, "root", &head->root) && is_hex(head->root, 64) &&
		take_member(rest, "template", &head->template) &&
		take_member(rest, "style", &head->style) &&
		take_member(rest, "source", &head->source) &&
		take_member(rest, "shard", &head->shard) && take_member(rest, "whole", &whole) &&
		take_member(rest, "missing", &head->missing) && take_extensions(rest, &head->log) &&
		take(rest, "}\n");
	head->whole = str_is(whole, "yes");
	return good && (head->whole || str_is(whole, "no"));
}

bool manifest_read_head(struct str line, struct manifest_head *head)
{
	*head = (struct manifest_head){0};
	return take_head(&line, head) && line.len == 0;
}

bool manifest_matches(const struct manifest_entry *entry, struct str bytes)
{
	char hex[MANIFEST_HEX];
	if (entry->bytes > bytes.len)
		return false;
	manifest_hash(str_slice(bytes, 0, (int)entry->bytes), hex);
	return str_is(entry->sha256, hex);
}
