/* manifest_put.c - what became of the records of a run, and its head, written. */
#include "verify/manifest_int.h"

static void put_string(struct buf *out, const char *name, struct str value)
{
	buf_format(out, ",\"%s\":", name);
	json_string(out, value);
}

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
	put_string(out, "fate", str_of(manifest_fates[entry->fate]));
	if (entry->code.len)
		put_string(out, "code", entry->code);
	if (entry->file.len) {
		put_string(out, "file", entry->file);
		put_number(out, "bytes", entry->bytes);
		put_string(out, "sha256", entry->sha256);
		put_number(out, "pages", entry->pages);
		put_string(out, "key", entry->key);
		put_string(out, "template", entry->template);
	}
	put_string(out, "salt", entry->salt);
	if (entry->edition.len)
		put_string(out, "x-edition", entry->edition);
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
	put_string(out, "run", head->run);
	put_string(out, "program", head->program);
	put_string(out, "signed", head->signed_at);
	put_number(out, "in", manifest_records_in(head));
	for (int fate = 0; fate < MANIFEST_FATES; fate++)
		put_number(out, manifest_fates[fate], head->count[fate]);
	put_string(out, "root", head->root);
	put_string(out, "template", head->template);
	put_string(out, "style", head->style);
	put_string(out, "source", head->source);
	put_string(out, "shard", head->shard);
	put_string(out, "whole", str_of(head->whole ? "yes" : "no"));
	put_string(out, "missing", head->missing);
	if (head->log.len)
		put_string(out, "x-log", head->log);
	buf_puts(out, "}\n");
}

void manifest_end(struct buf *out, bool empty, struct str head)
{
	buf_puts(out, empty ? "" : "\n");
	buf_puts(out, MANIFEST_MIDDLE);
	buf_str(out, head);
	buf_puts(out, MANIFEST_END);
}
