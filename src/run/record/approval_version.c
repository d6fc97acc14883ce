/* approval_version.c - the versions that were approved: letter, what it is bound to → how it was,
 * as text, compressed. One that two persons have approved is kept once, and none longer than an
 * approval of it. */
#include "record/approval_int.h"

#include <libdeflate.h>

enum { LEVEL = 1, MOST = 64 << 20 };

bool approvals_drop_versions(struct approvals *approvals, struct str id, struct diags *diags)
{
	return approvals_end(approvals,
		       approvals_start(approvals, SQL_DROP_VERSIONS, id, str_lit("")), diags) >= 0;
}

struct packed approvals_pack(struct str version)
{
	struct packed packed = {.size = version.len};
	struct libdeflate_compressor *compressor = version.len ? libdeflate_alloc_compressor(LEVEL)
							       : NULL;
	if (!compressor)
		return (struct packed){0};
	size_t len = (size_t)version.len;
	buf_reserve(&packed.bytes, libdeflate_deflate_compress_bound(compressor, len));
	packed.bytes.len = libdeflate_deflate_compress(
		compressor, version.at, len, packed.bytes.at, packed.bytes.cap);
	libdeflate_free_compressor(compressor);
	return packed;
}

bool approvals_keep(struct approvals *approvals, struct str id, const struct concerns *content,
	struct packed *version, struct diags *diags)
{
	sqlite3_stmt *insert = approvals_start(approvals, SQL_KEEP, id, str_lit(""));
	sqlite3_bind_int(insert, 3, version->size);
	sqlite3_bind_blob(insert, 4, content, sizeof *content, SQLITE_STATIC);
	sqlite3_bind_blob(insert, 5, version->bytes.at, (int)version->bytes.len, SQLITE_STATIC);
	return approvals_end(approvals, insert, diags) >= 0;
}

static struct str read_version(struct arena *arena, sqlite3_stmt *row)
{
	int size = sqlite3_column_int(row, 0);
	struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
	if (size < 0 || size > MOST || !decompressor)
		return (struct str){0};
	char *text = arena_alloc(arena, (size_t)size + 1);
	bool good = libdeflate_deflate_decompress(decompressor, sqlite3_column_blob(row, 1),
			    (size_t)sqlite3_column_bytes(row, 1), text, (size_t)size,
			    NULL) == LIBDEFLATE_SUCCESS;
	libdeflate_free_decompressor(decompressor);
	text[size] = 0;
	return good ? (struct str){text, size} : (struct str){0};
}

struct str approvals_version(
	struct arena *arena, const char *out, struct str id, struct str by, struct diags *diags)
{
	struct approvals *approvals = approvals_open(out, false, diags);
	struct str version = {0};
	if (!approvals)
		return version;
	sqlite3_stmt *find = approvals_start(approvals, SQL_VERSION, id, by);
	if (find && sqlite3_step(find) == SQLITE_ROW)
		version = read_version(arena, find);
	approvals_ended(approvals, find, diags);
	approvals_close(approvals);
	return version;
}
