/* signed_list.c - the record → manifest.json, the list of the folder's signed letters, and its
 * signature beside it: one signature, and one time stamp, for any number of letters.
 *
 * The list is written from the record, in the order of the ids, and digested as it is written, so
 * memory does not grow with it. Letters of earlier runs are in it as they were recorded; those that
 * nobody signed are not. A run that changed nothing leaves the list as it is. */
#include "publish/signed_list.h"
#include "base/diag_id.h"

#include "record/names.h"

#include "verify/manifest.h"

#include <time.h>
#include <unistd.h>

struct list {
	const struct destination *to;
	const struct signing *signing;
	struct record *record;
	struct signer *signer;
	const char *signature;
	struct beside file;
	struct buf text; /* not written yet */
};

/* Writes the text but its last bytes: manifest_put looks at the end of what was put before. */
static void flush(struct list *list, size_t keep)
{
	size_t len = list->text.len - keep;
	signer_add(list->signer, (struct str){list->text.at, (int)len});
	beside_write(&list->file, list->text.at, len);
	memmove(list->text.at, list->text.at + len, keep);
	list->text.len = keep;
}

/* Where a letter is from the list's place; one of an archive, once that is unpacked beside it. */
static struct str file_of(struct arena *arena, const struct entry *entry)
{
	struct str name = str_format(arena, "%.*s.%s", str_arg(entry->id), file_endings[FILE_PDF]);
	bool archived = str_starts(entry->folder, ":");
	return archived ? name : path_join(arena, entry->folder, name);
}

static void put_letters(struct list *list)
{
	enum { BLOCK = 65536, KEEP = 8 };
	struct arena *arena = arena_new();
	struct buf after = {0};
	struct entry entry;
	while (!list->file.error &&
		record_next_signed(list->record, arena, buf_text(&after), &entry)) {
		struct manifest_entry line = {
			.file = file_of(arena, &entry),
			.bytes = entry.file[FILE_PDF].size,
			.sha256 = entry.sha256,
			.id = entry.id,
			.template = entry.template,
		};
		manifest_put(&list->text, &line);
		if (list->text.len > BLOCK)
			flush(list, KEEP);
		buf_clear(&after);
		buf_str(&after, entry.id);
		arena_reset(arena);
	}
	buf_free(&after);
	arena_free(arena);
}

static bool write_list(struct list *list, struct diags *diags)
{
	signer_begin(list->signer);
	manifest_begin(&list->text);
	put_letters(list);
	manifest_end(&list->text);
	flush(list, 0);
	beside_settle(&list->file, list->to->durability == DURABILITY_SAFE);
	if (list->file.error)
		beside_report(&list->file, diags);
	return !list->file.error;
}

/* With letters that get time stamps the list gets one; without an answer it stays as it is. */
static void stamp(const struct list *list, struct buf *der, struct diags *diags)
{
	struct level_run *raise = list->signing->raise;
	struct arena *arena = arena_new();
	struct buf stamped = {0};
	const struct judged signature = {buf_text(der), list->file.path, (int64_t)time(NULL)};
	if (raise && level_stamp_detached(raise, arena, &signature, &stamped, diags)) {
		buf_clear(der);
		buf_put(der, stamped.at, stamped.len);
	}
	buf_free(&stamped);
	arena_free(arena);
}

/* The old signature goes first: at no time does one stand beside a list that is not its own. */
static void publish(struct list *list, struct diags *diags)
{
	struct buf der = {0};
	bool safe = list->to->durability == DURABILITY_SAFE;
	unlink(list->signature);
	if (signer_finish(list->signer, &der, list->file.path, diags)) {
		stamp(list, &der, diags);
		if (beside_end(&list->file, true))
			file_publish(list->signature, der.at, der.len, safe, diags);
		else
			beside_report(&list->file, diags);
	} else {
		beside_end(&list->file, false);
	}
	buf_free(&der);
}

static void write_signed(
	struct list *list, const char *path, const char *beside, struct diags *diags)
{
	list->signer = signer_new(list->signing->identity, &list->signing->options, diags);
	if (!list->signer)
		return;
	beside_open(&list->file, path, beside);
	if (write_list(list, diags))
		publish(list, diags);
	else
		beside_end(&list->file, false);
	signer_free(list->signer);
}

void signed_list_write(const struct destination *to, const struct signing *signing,
	struct record *record, bool changed, struct diags *diags)
{
	struct arena *arena = arena_new();
	const char *path = names_list(arena, to->out, to->shard, "manifest");
	struct list list = {.to = to, .signing = signing, .record = record};
	list.signature = str_format(arena, "%s.p7s", path).at;
	bool there = file_exists(path) && file_exists(list.signature);
	if (signing->identity && (changed || !there)) {
		write_signed(
			&list, path, names_hidden(arena, to->out, to->shard, "manifest"), diags);
	} else if (changed) {
		unlink(list.signature);
		unlink(path);
	}
	buf_free(&list.text);
	arena_free(arena);
}
