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

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

struct list {
	const struct destination *to;
	const struct signing *signing;
	struct record *record;
	struct signer *signer;
	const char *path, *beside, *signature;
	int fd;
	int error;       /* errno of the first failure, or 0 */
	struct buf text; /* not written yet */
};

/* Writes the text but its last bytes: manifest_put looks at the end of what was put before. */
static void flush(struct list *list, size_t keep)
{
	size_t len = list->text.len - keep;
	signer_add(list->signer, (struct str){list->text.at, (int)len});
	if (!list->error && !file_write_all(list->fd, list->text.at, len))
		list->error = errno;
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
	while (!list->error && record_next_signed(list->record, arena, buf_text(&after), &entry)) {
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
	bool safe = list->to->durability == DURABILITY_SAFE;
	list->fd = open(list->beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	list->error = list->fd < 0 ? errno : 0;
	signer_begin(list->signer);
	manifest_begin(&list->text);
	put_letters(list);
	manifest_end(&list->text);
	flush(list, 0);
	if (!list->error && safe && fsync(list->fd) != 0)
		list->error = errno;
	if (list->error)
		diag_add(
			diags, FILE_WRITE, place_in(list->path), list->path, strerror(list->error));
	if (list->fd >= 0)
		close(list->fd);
	return !list->error;
}

/* With letters that get time stamps the list gets one; without an answer it stays as it is. */
static void stamp(const struct list *list, struct buf *der, struct diags *diags)
{
	struct level_run *raise = list->signing->raise;
	struct arena *arena = arena_new();
	struct buf stamped = {0};
	const struct judged signature = {buf_text(der), list->path, (int64_t)time(NULL)};
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
	if (signer_finish(list->signer, &der, list->path, diags)) {
		stamp(list, &der, diags);
		if (rename(list->beside, list->path) == 0)
			file_publish(list->signature, der.at, der.len, safe, diags);
		else
			diag_add(diags, FILE_WRITE, place_in(list->path), list->path,
				strerror(errno));
	}
	buf_free(&der);
}

void signed_list_write(const struct destination *to, const struct signing *signing,
	struct record *record, bool changed, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct list list = {.to = to,
		.signing = signing,
		.record = record,
		.path = names_list(arena, to->out, to->shard, "manifest"),
		.beside = names_hidden(arena, to->out, to->shard, "manifest")};
	list.signature = str_format(arena, "%s.p7s", list.path).at;
	bool there = file_exists(list.path) && file_exists(list.signature);
	if (signing->identity && (changed || !there)) {
		list.signer = signer_new(signing->identity, &signing->options, diags);
		if (list.signer && write_list(&list, diags))
			publish(&list, diags);
		unlink(list.beside);
		signer_free(list.signer);
	} else if (changed) {
		unlink(list.signature);
		unlink(list.path);
	}
	buf_free(&list.text);
	arena_free(arena);
}
