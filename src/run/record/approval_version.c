/* approval_version.c - the versions that were approved: letter, what it is bound to → how it was,
 * as text, compressed. One that two persons have approved is kept once, and none longer than an
 * approval of it. */
#include "record/approval_int.h"

#include <libdeflate.h>
#include <stdlib.h>

enum { LEVEL = 3, MOST = 64 << 20 };

bool approvals_drop_versions(struct approvals *approvals, struct str id, struct diags *diags)
{
	return approvals_end(approvals,
		       approvals_start(approvals, SQL_DROP_VERSIONS, id, str_lit("")), diags) >= 0;
}

bool approvals_keep(struct approvals *approvals, struct str id, const struct subject *subject,
	struct diags *diags)
{
	struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
	const struct str version = subject->version;
	size_t room = compressor
		? libdeflate_deflate_compress_bound(compressor, (size_t)version.len)
		: 0;
	void *bytes = heap_new(room + 1);
	size_t len = compressor ? libdeflate_deflate_compress(
					  compressor, version.at, (size_t)version.len, bytes, room)
				: 0;
	sqlite3_stmt *insert = approvals_start(approvals, SQL_KEEP, id, str_lit(""));
	sqlite3_bind_int(insert, 3, version.len);
	sqlite3_bind_blob(insert, 4, subject->content, sizeof *subject->content, SQLITE_STATIC);
	sqlite3_bind_blob(insert, 5, bytes, (int)len, SQLITE_STATIC);
	bool good = approvals_end(approvals, insert, diags) >= 0;
	free(bytes);
	libdeflate_free_compressor(compressor);
	return good;
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
	approvals_close(approvals);
	return version;
}
