/* manifest_forget.c - a list of a run without some of its records. The signature covers the root of
 * the tree alone, to which a line's hash leads as well as the line; so the hash stays, of which
 * nothing can be guessed without the line's salt, and the rest goes. */
#include "verify/manifest_int.h"

#include "verify/tree.h"

static bool is_one_of(struct str line, const struct str *ids, int count)
{
	struct manifest_entry entry;
	if (!manifest_read_entry(line, &entry))
		return false;
	for (int i = 0; i < count; i++)
		if (str_eq(entry.id, ids[i]))
			return true;
	return false;
}

static void put_forgotten(struct buf *out, struct str line)
{
	unsigned char hash[TREE_HASH];
	char hex[MANIFEST_HEX];
	tree_leaf_hash(line, hash);
	manifest_hex(hash, TREE_HASH, hex);
	buf_format(out, MANIFEST_FORGOTTEN "\"%s\"}", hex);
}

int manifest_forget(
	struct buf *out, const struct manifest *manifest, const struct str *ids, int count)
{
	struct str rest = manifest->lines, line;
	int forgotten = 0;
	manifest_begin(out);
	for (bool first = true; manifest_next(&rest, &line); first = false) {
		manifest_separate(out, first);
		if (!is_one_of(line, ids, count)) {
			buf_str(out, line);
			continue;
		}
		put_forgotten(out, line);
		forgotten++;
	}
	manifest_end(out, manifest->lines.len == 0, manifest->is_signed);
	return forgotten;
}
