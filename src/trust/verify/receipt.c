/* receipt.c - the receipt of a record taken from a list, and read and followed to its root. */
#include "verify/receipt.h"

#include "base/arena.h"
#include "base/diag_id.h"
#include "verify/take.h"

#include <openssl/evp.h>

bool receipt_take(struct receipt *receipt, const struct manifest *manifest, struct str id)
{
	unsigned char root[TREE_HASH];
	struct tree tree;
	struct str rest = manifest->lines, line;
	*receipt = (struct receipt){.is_signed = manifest->is_signed, .head = manifest->head};
	tree_begin(&tree, -1);
	while (manifest_next(&rest, &line)) {
		struct manifest_entry entry;
		unsigned char hash[TREE_HASH];
		if (manifest_read_forgotten(line, hash)) {
			tree_add_hash(&tree, hash);
			continue;
		}
		bool is_it = tree.path.index < 0 && manifest_read_entry(line, &entry) &&
			str_eq(entry.id, id);
		if (is_it) {
			tree.path.index = tree.path.size;
			receipt->line = line;
			receipt->entry = entry;
		}
		tree_add(&tree, line);
	}
	tree_root(&tree, root);
	receipt->path = tree.path;
	return receipt->line.len;
}

/* -- writing */

static void put_base64(struct buf *out, struct str bytes)
{
	unsigned char block[65];
	for (int at = 0; at < bytes.len; at += 48) {
		int len = bytes.len - at < 48 ? bytes.len - at : 48;
		EVP_EncodeBlock(block, (const unsigned char *)bytes.at + at, len);
		buf_puts(out, (const char *)block);
	}
}

void receipt_put(struct buf *out, const struct receipt *receipt)
{
	char hex[MANIFEST_HEX];
	buf_puts(out, "{\"receipt\":1,\"record\":\n");
	buf_str(out, receipt->line);
	buf_format(out, "\n,\"index\":%lld,\"of\":%lld,\"path\":[\n",
		(long long)receipt->path.index, (long long)receipt->path.size);
	for (int i = 0; i < receipt->path.count; i++) {
		manifest_hex(receipt->path.at[i], TREE_HASH, hex);
		buf_format(out, "%s\"%s\"", i ? ",\n" : "", hex);
	}
	buf_puts(out, "],\"head\":\n");
	buf_str(out, receipt->is_signed);
	buf_puts(out, ",\"signature\":\"");
	put_base64(out, receipt->der);
	buf_puts(out, "\"}\n");
}

/* -- reading */

static bool take_path(struct str *rest, struct tree_path *path)
{
	if (!take_count(rest, "index", &path->index) || !take_count(rest, "of", &path->size) ||
		!take(rest, ",\"path\":[\n"))
		return false;
	for (path->count = 0; !take(rest, "],\"head\":\n"); path->count++)
		if (path->count == TREE_DEPTH || (path->count && !take(rest, ",\n")) ||
			!take_hex(rest, path->at[path->count], TREE_HASH))
			return false;
	return true;
}

/* A line, without its end. */
static bool take_line(struct str *rest, struct str *line)
{
	return str_split(rest, '\n', line);
}

/* One text for the same bytes: what was read must be what would be written. */
static bool take_base64(struct str *rest, struct arena *arena, struct str *bytes)
{
	struct str text;
	struct buf again = {0};
	if (!take_string(rest, &text) || !text.len || text.len % 4)
		return false;
	unsigned char *out = arena_alloc(arena, (size_t)text.len);
	int len = EVP_DecodeBlock(out, (const unsigned char *)text.at, text.len);
	for (int i = 1; i <= 2; i++)
		len -= text.at[text.len - i] == '=';
	*bytes = (struct str){(const char *)out, len};
	if (len > 0)
		put_base64(&again, *bytes);
	bool same = len > 0 && str_eq(buf_text(&again), text);
	buf_free(&again);
	return same;
}

static bool take_receipt(struct receipt *receipt, struct arena *arena, struct str rest)
{
	struct str head;
	bool good = take(&rest, "{\"receipt\":1,\"record\":\n") &&
		take_line(&rest, &receipt->line) &&
		manifest_read_entry(receipt->line, &receipt->entry) &&
		take_path(&rest, &receipt->path) && take_line(&rest, &head);
	if (!good)
		return false;
	receipt->is_signed = (struct str){head.at, head.len + 1};
	return manifest_read_head(receipt->is_signed, &receipt->head) &&
		take(&rest, ",\"signature\":") && take_base64(&rest, arena, &receipt->der) &&
		str_is(rest, "}\n");
}

static bool leads_to_head(const struct receipt *receipt)
{
	unsigned char root[TREE_HASH];

	int64_t all = 0;
	for (int fate = 0; fate < MANIFEST_FATES; fate++)
		all += receipt->head.count[fate];
	read_hex(receipt->head.root, root);
	return all == receipt->path.size && tree_proves(&receipt->path, receipt->line, root);
}

bool receipt_read(struct receipt *receipt, struct arena *arena, struct str bytes, const char *name,
	struct diags *diags)
{
	*receipt = (struct receipt){0};
	if (!take_receipt(receipt, arena, bytes))
		diag_add0(diags, RECEIPT_READ, place_in(name));
	else if (!leads_to_head(receipt))
		diag_add0(diags, RECEIPT_PATH, place_in(name));
	else
		return true;
	return false;
}
