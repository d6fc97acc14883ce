/* manifest.c - the list of a run's letters, written and read. Only what manifest_put writes is
 * read, character by character: a signed list with two meanings would prove nothing. */
#include "verify/manifest.h"

#include "base/arena.h"
#include "base/diag_id.h"

#include <openssl/evp.h>
#include <stdlib.h>

static const char head[] = "{\"manifest\":1,\"letters\":[\n", tail[] = "]}\n";

void manifest_hash(struct str bytes, char hex[MANIFEST_HEX])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[32];
	if (!EVP_Digest(bytes.at, (size_t)bytes.len, digest, NULL, EVP_sha256(), NULL))
		out_of_memory();
	for (int i = 0; i < 32; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[64] = '\0';
}

/* -- writing */

void manifest_begin(struct buf *out)
{
	buf_puts(out, head);
}

void manifest_put(struct buf *out, const struct manifest_entry *entry)
{
	if (str_ends((struct str){out->at, (int)out->len}, "}\n")) {
		out->len -= 1;
		buf_puts(out, ",\n");
	}
	buf_puts(out, "{\"file\":");
	json_string(out, entry->file);
	buf_format(out, ",\"bytes\":%lld,\"sha256\":", (long long)entry->bytes);
	json_string(out, entry->sha256);
	buf_puts(out, ",\"id\":");
	json_string(out, entry->id);
	buf_puts(out, ",\"template\":");
	json_string(out, entry->template);
	buf_puts(out, "}\n");
}

void manifest_end(struct buf *out)
{
	buf_puts(out, tail);
}

/* -- reading */

static bool take(struct str *rest, const char *words)
{
	if (!str_starts(*rest, words))
		return false;
	*rest = str_slice(*rest, (int)strlen(words), rest->len);
	return true;
}

static bool take_number(struct str *rest, int64_t *number)
{
	int at = 0;
	for (*number = 0; at < rest->len && at < 15 && rest->at[at] >= '0' && rest->at[at] <= '9';
		at++)
		*number = *number * 10 + (rest->at[at] - '0');
	*rest = str_slice(*rest, at, rest->len);
	return at > 0;
}

/* Names of letters hold nothing that JSON would escape (ids are letters, digits, "-", "_", "."). */
static bool take_string(struct str *rest, struct str *text)
{
	int at = 1;
	if (rest->len < 2 || rest->at[0] != '"')
		return false;
	while (at < rest->len && rest->at[at] != '"' && rest->at[at] != '\\' &&
		(unsigned char)rest->at[at] >= ' ')
		at++;
	if (at == rest->len || rest->at[at] != '"')
		return false;
	*text = str_slice(*rest, 1, at);
	*rest = str_slice(*rest, at + 1, rest->len);
	return true;
}

/* Within the manifest's folder. */
static bool stays_inside(struct str file)
{
	return file.len && file.at[0] != '/' && str_find(file, "..") < 0;
}

static bool take_entry(struct str *rest, struct manifest_entry *entry)
{
	return take(rest, "{\"file\":") && take_string(rest, &entry->file) &&
		stays_inside(entry->file) && take(rest, ",\"bytes\":") &&
		take_number(rest, &entry->bytes) && take(rest, ",\"sha256\":") &&
		take_string(rest, &entry->sha256) && entry->sha256.len == 64 &&
		take(rest, ",\"id\":") && take_string(rest, &entry->id) &&
		take(rest, ",\"template\":") && take_string(rest, &entry->template) &&
		take(rest, "}");
}

static int by_file(const void *a, const void *b)
{
	return str_cmp(
		((const struct manifest_entry *)a)->file, ((const struct manifest_entry *)b)->file);
}

static bool read_entries(struct manifest *manifest, struct arena *arena, struct str rest)
{
	bool more = take(&rest, head);
	if (more && take(&rest, tail))
		return rest.len == 0;
	while (more) {
		struct manifest_entry *entry = vec_push(arena, &manifest->entries);
		if (!take_entry(&rest, entry))
			return false;
		more = take(&rest, ",\n");
	}
	return take(&rest, "\n") && take(&rest, tail) && rest.len == 0;
}

bool manifest_read(struct manifest *manifest, struct arena *arena, struct str bytes,
	const char *name, struct diags *diags)
{
	*manifest = (struct manifest){0};
	if (!read_entries(manifest, arena, bytes)) {
		diag_add0(diags, MANIFEST_READ, place_in(name));
		return false;
	}
	if (manifest->entries.len)
		qsort(manifest->entries.at, (size_t)manifest->entries.len,
			sizeof *manifest->entries.at, by_file);
	return true;
}

const struct manifest_entry *manifest_find(const struct manifest *manifest, struct str file)
{
	struct manifest_entry key = {.file = file};
	return manifest->entries.len ? bsearch(&key, manifest->entries.at,
					       (size_t)manifest->entries.len, sizeof key, by_file)
				     : NULL;
}

bool manifest_matches(const struct manifest_entry *entry, struct str bytes)
{
	char hex[MANIFEST_HEX];
	if (entry->bytes > bytes.len)
		return false;
	manifest_hash(str_slice(bytes, 0, (int)entry->bytes), hex);
	return str_is(entry->sha256, hex);
}
