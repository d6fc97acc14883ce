/* signed_list.c - the record → manifest.json, what became of each record, and the signature of its
 * head beside it: one signature, and one time stamp, for any number of letters.
 *
 * The list is written from the record, in the order of the ids, and its tree grows as it is
 * written, so memory does not grow with it. The record knows whether it has changed since; what
 * went wrong once is so put right by the next run. */
#include "publish/signed_list.h"
#include "base/diag_id.h"

#include "record/log.h"
#include "record/names.h"

#include "verify/manifest.h"
#include "verify/tree.h"

#include <stdio.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

struct list {
	const struct destination *to;
	const struct signing *signing;
	struct record *record;
	struct signer *signer;
	const char *signature;
	struct beside file;
	struct buf text, leaf; /* not written yet; a line */
	struct tree tree;
	struct manifest_head head;
	struct approvals *log; /* NULL: nobody approves here */
	struct buf log_head;
};

static void flush(struct list *list)
{
	beside_write(&list->file, list->text.at, list->text.len);
	buf_clear(&list->text);
}

/* Where a letter is from the list's place; one of an archive, once that is unpacked beside it. */
static struct str file_of(struct arena *arena, const struct entry *entry)
{
	struct str name = str_format(arena, "%.*s.%s", str_arg(entry->id), file_endings[FILE_PDF]);
	bool archived = publish_is_archive(entry->folder);
	return archived ? name : path_join(arena, entry->folder, name);
}

static struct str hex(struct arena *arena, struct str bytes)
{
	char *text = arena_alloc(arena, 2 * (size_t)bytes.len + 1);
	manifest_hex((const unsigned char *)bytes.at, bytes.len, text);
	return str_of(text);
}

/* Of the first finding: findings are JSON as diag_write_json writes it. */
static struct str code_of(struct str findings)
{
	static const char name[] = "\"code\":\"";
	int at = str_find(findings, name);
	if (at < 0)
		return str_lit("");
	struct str rest = str_slice(findings, at + (int)strlen(name), findings.len), code;
	return str_split(&rest, '"', &code) ? code : str_lit("");
}

/* The second of two with one id was left out, and what became of the first stands for itself. */
static bool is_another(struct str code)
{
	return str_is(code, diag_code(DIAG_RECIPIENT_TWICE)) ||
		str_is(code, diag_code(DIAG_RECIPIENT_CASE));
}

static void put_line(struct list *list, const struct manifest_entry *line)
{
	enum { BLOCK = 65536 };
	buf_clear(&list->leaf);
	manifest_put(&list->leaf, line);
	manifest_separate(&list->text, list->tree.path.size == 0);
	buf_put(&list->text, list->leaf.at, list->leaf.len);
	tree_add(&list->tree, buf_text(&list->leaf));
	list->head.count[line->fate]++;
	if (list->text.len > BLOCK)
		flush(list);
}

/* Who signs a run is who says that its letters were written. */
static bool note(struct list *list, struct log_line line, struct diags *diags)
{
	line.actor = (struct actor){.name = identity_name(list->signing->identity),
		.known = KNOWN_SIGNED,
		.at = list->signing->time};
	return log_add(list->log, &line, diags);
}

static bool note_written(struct list *list, const struct manifest_entry *line, struct diags *diags)
{
	return note(list,
		(struct log_line){.act = LOG_WRITTEN, .id = line->id, .version = line->sha256},
		diags);
}

static struct manifest_entry line_of(struct arena *arena, const struct leaf *leaf)
{
	const struct entry *letter = &leaf->letter;
	return (struct manifest_entry){
		.id = letter->id,
		.fate = letter->gone ? MANIFEST_GONE
			: leaf->made ? MANIFEST_MADE
				     : MANIFEST_UNCHANGED,
		.file = file_of(arena, letter),
		.bytes = letter->file[FILE_PDF].size,
		.sha256 = letter->sha256,
		.pages = letter->pages,
		.key = hex(arena, (struct str){(const char *)letter->key.at, HASH_SIZE}),
		.template = letter->template,
		.salt = hex(arena, letter->salt),
		.edition = letter->edition,
	};
}

static bool put_leaf(
	struct list *list, struct arena *arena, const struct leaf *leaf, struct diags *diags)
{
	struct manifest_entry line = {.id = leaf->letter.id};
	struct str code = code_of(leaf->findings);
	bool has_letter = leaf->letter.sha256.len > 0;
	if (has_letter)
		line = line_of(arena, leaf);
	if (list->log && has_letter && leaf->made && !note_written(list, &line, diags))
		return false;
	if (leaf->aside && has_letter && is_another(code)) {
		put_line(list, &line);
		line = (struct manifest_entry){.id = leaf->letter.id};
		has_letter = false;
	}
	if (leaf->aside) {
		line.fate = code.len ? MANIFEST_REJECTED : MANIFEST_HELD;
		line.code = code;
		line.salt = has_letter ? line.salt : hex(arena, leaf->aside_salt);
	}
	put_line(list, &line);
	return true;
}

static bool put_leaves(struct list *list, struct diags *diags)
{
	bool good = true;
	struct arena *arena = arena_new();
	struct buf after = {0};
	struct leaf leaf;
	while (good && !list->file.error &&
		record_next_leaf(list->record, arena, buf_text(&after), &leaf)) {
		good = put_leaf(list, arena, &leaf, diags);
		buf_clear(&after);
		buf_str(&after, leaf.letter.id);
		arena_reset(arena);
	}
	buf_free(&after);
	arena_free(arena);
	return good;
}

/* The record's words: job/origin.h. */
static void take_origin(struct list *list)
{
	const struct record_list *known = record_list(list->record);
	struct manifest_head *head = &list->head;
	struct str rest = known->origin;
	if (!str_split(&rest, ' ', &head->template) || !str_split(&rest, ' ', &head->style))
		head->template = head->style = str_lit("");
	head->source = known->source;
	head->whole = known->whole;
	head->missing = known->missing;
}

static struct str time_words(struct arena *arena, int64_t seconds)
{
	struct buf out = {0};
	buf_moment(&out, seconds);
	struct str words = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return words;
}

static void put_head(struct list *list, struct arena *arena)
{
	unsigned char run[16], root[TREE_HASH];
	const struct shard *shard = &list->to->shard;
	if (getrandom(run, sizeof run, 0) != sizeof run)
		program_ends("the system gives no random numbers");
	tree_root(&list->tree, root);
	take_origin(list);
	list->head.run = hex(arena, (struct str){(const char *)run, sizeof run});
	list->head.program = str_lit("lettermerge " LETTERMERGE_VERSION);
	list->head.signed_at = time_words(arena, list->signing->time);
	list->head.root = hex(arena, (struct str){(const char *)root, TREE_HASH});
	list->head.shard = shard->count ? str_format(arena, "%d/%d", shard->number, shard->count)
					: str_lit("");
	list->head.log = buf_text(&list->log_head);
	buf_clear(&list->leaf);
	manifest_put_head(&list->leaf, &list->head);
	manifest_end(&list->text, list->tree.path.size == 0, buf_text(&list->leaf));
	signer_begin(list->signer);
	signer_add(list->signer, buf_text(&list->leaf));
}

/* What was written is in the log before the list says how far that goes. */
static bool write_leaves(struct list *list, struct diags *diags)
{
	list->log = log_begin(list->to->out, diags);
	bool good = !diags_failed(diags) && put_leaves(list, diags) &&
		(!list->log || log_head(list->log, &list->log_head, diags));
	good = log_end(list->log, good, diags) && good;
	list->log = NULL;
	return good;
}

static bool write_list(struct list *list, struct arena *arena, struct diags *diags)
{
	tree_begin(&list->tree, -1);
	record_salt(list->record);
	manifest_begin(&list->text);
	bool good = write_leaves(list, diags);
	if (good)
		put_head(list, arena);
	flush(list);
	beside_settle(&list->file, list->to->durability == DURABILITY_SAFE);
	if (list->file.error)
		beside_report(&list->file, diags);
	return good && !list->file.error;
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
static bool publish(struct list *list, struct diags *diags)
{
	struct buf der = {0};
	bool safe = list->to->durability == DURABILITY_SAFE, good = false;
	unlink(list->signature);
	if (signer_finish(list->signer, &der, list->file.path, diags)) {
		stamp(list, &der, diags);
		if (beside_end(&list->file, true))
			good = file_publish(list->signature, der.at, der.len, safe, diags);
		else
			beside_report(&list->file, diags);
	} else {
		beside_end(&list->file, false);
	}
	buf_free(&der);
	return good;
}

static bool note_signed(struct list *list, struct diags *diags)
{
	const struct manifest_head *head = &list->head;
	list->log = log_begin(list->to->out, diags);
	bool good = !list->log ||
		note(list,
			(struct log_line){
				.act = LOG_SIGNED, .version = head->root, .note = head->run},
			diags);
	good = log_end(list->log, good, diags) && good && !diags_failed(diags);
	list->log = NULL;
	return good;
}

static bool write_signed(
	struct list *list, const char *path, const char *beside, struct diags *diags)
{
	struct arena *arena = arena_new();
	list->signer = signer_new(list->signing->identity, &list->signing->options, diags);
	if (!list->signer) {
		arena_free(arena);
		return false;
	}
	beside_open(&list->file, path, beside);
	beside_make_private(&list->file);
	bool good = write_list(list, arena, diags);
	if (good)
		good = publish(list, diags) && note_signed(list, diags);
	else
		beside_end(&list->file, false);
	signer_free(list->signer);
	arena_free(arena);
	return good;
}

/* -- a list that does not stand */

static void lift(const struct destination *to, struct shard shard)
{
	struct arena *arena = arena_new();
	const char *path = names_list(arena, to->out, shard, "manifest");
	if (file_exists(path))
		rename(path, str_format(arena, "%s.old", path).at);
	if (file_exists(str_format(arena, "%s.p7s", path).at))
		rename(str_format(arena, "%s.p7s", path).at,
			str_format(arena, "%s.p7s.old", path).at);
	arena_free(arena);
}

void signed_list_lift(const struct destination *to)
{
	lift(to, to->shard);
	if (to->shard.count)
		lift(to, (struct shard){0});
}

static void remove_list(const char *path, const char *ending)
{
	struct arena *arena = arena_new();
	unlink(str_format(arena, "%s.p7s%s", path, ending).at);
	unlink(str_format(arena, "%s%s", path, ending).at);
	arena_free(arena);
}

bool signed_list_write(const struct destination *to, const struct signing *signing,
	struct record *record, bool changed, struct diags *diags)
{
	struct arena *arena = arena_new();
	const char *path = names_list(arena, to->out, to->shard, "manifest");
	const char *beside = names_hidden(arena, to->out, to->shard, "manifest");
	struct list list = {.to = to, .signing = signing, .record = record};
	list.signature = str_format(arena, "%s.p7s", path).at;
	bool there = file_exists(path) && file_exists(list.signature), good = true;
	if (signing->identity && (record_list(record)->stale || !there)) {
		good = write_signed(&list, path, beside, diags);
		if (good)
			record_listed(record);
		good = record_commit(record, diags) && good;
	} else if (changed && !signing->identity) {
		remove_list(path, "");
	}
	if (good)
		remove_list(path, ".old");
	buf_free(&list.text);
	buf_free(&list.leaf);
	buf_free(&list.log_head);
	arena_free(arena);
	return good;
}
