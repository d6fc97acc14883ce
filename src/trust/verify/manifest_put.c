/* manifest_put.c - what became of the records of a run, and its head, written. */
#include "verify/manifest_int.h"

static void put_number(struct buf *out, const char *name, int64_t value)
{
	buf_format(out, ",\"%s\":%lld", name, (long long)value);
}

void manifest_begin(struct buf *out)
{
	buf_puts(out, MANIFEST_BEGIN);
}

void manifest_separate(struct buf *out, bool first)
{
	buf_puts(out, first ? "" : ",\n");
}

void manifest_put(struct buf *out, const struct manifest_entry *entry)
{
	buf_puts(out, "{\"id\":");
	json_string(out, entry->id);
	json_member(out, "fate", str_of(manifest_fates[entry->fate]));
	if (entry->code.len)
		json_member(out, "code", entry->code);
	if (entry->file.len) {
		json_member(out, "file", entry->file);
		put_number(out, "bytes", entry->bytes);
		json_member(out, "sha256", entry->sha256);
		put_number(out, "pages", entry->pages);
		json_member(out, "key", entry->key);
		json_member(out, "template", entry->template);
	}
	json_member(out, "salt", entry->salt);
	if (entry->edition.len)
		json_member(out, "x-edition", entry->edition);
	buf_puts(out, "}");
}

int64_t manifest_records_in(const struct manifest_head *head)
{
	int64_t in = 0;
	for (int fate = 0; fate < MANIFEST_GONE; fate++)
		in += head->count[fate];
	return in;
}

void manifest_put_head(struct buf *out, const struct manifest_head *head)
{
	buf_puts(out, "{\"head\":1");
	json_member(out, "run", head->run);
	json_member(out, "program", head->program);
	json_member(out, "signed", head->signed_at);
	put_number(out, "in", manifest_records_in(head));
	for (int fate = 0; fate < MANIFEST_FATES; fate++)
		put_number(out, manifest_fates[fate], head->count[fate]);
	json_member(out, "root", head->root);
	json_member(out, "template", head->template);
	json_member(out, "style", head->style);
	json_member(out, "source", head->source);
	json_member(out, "shard", head->shard);
	json_member(out, "whole", str_of(head->whole ? "yes" : "no"));
	json_member(out, "missing", head->missing);
	if (head->log.len)
		json_member(out, "x-log", head->log);
	buf_puts(out, "}\n");
}

void manifest_end(struct buf *out, bool empty, struct str head)
{
	buf_puts(out, empty ? "" : "\n");
	buf_puts(out, MANIFEST_MIDDLE);
	buf_str(out, head);
	buf_puts(out, MANIFEST_END);
}
