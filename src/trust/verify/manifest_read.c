/* manifest_read.c - the list of a run, in memory or from its file, line by line → what its head
 * says, once all lines are those that it speaks of.
 *
 * A list is read by its lines alone, each of which says which may come next; so one of millions
 * takes no more memory than one of two. Rejected: the file mapped into memory, which is read as
 * simply, but not when it is longer than a text may be. */
#include "verify/manifest_int.h"

#include "base/arena.h"
#include "base/diag_id.h"
#include "verify/take.h"
#include "verify/tree.h"

#include <stdio.h>
#include <stdlib.h>

static const char old_begin[] = "{\"manifest\":1,\"letters\":[\n", old_end[] = "]}\n";

/* What the next line may be. */
enum next {
	NEXT_BEGIN,
	NEXT_FIRST, /* a record, or of an empty list what stands behind the last */
	NEXT_RECORD,
	NEXT_BEHIND,
	NEXT_HEAD,
	NEXT_END,
	NEXT_NOTHING
};

struct reader {
	struct manifest *manifest;
	struct arena *arena;
	const struct manifest_visit *visit; /* NULL: nobody asks */
	enum next next;
	int64_t count[MANIFEST_FATES];
	struct tree tree;
};

static void begin(struct reader *reader)
{
	*reader->manifest = (struct manifest){0};
	reader->next = NEXT_BEGIN;
	tree_begin(&reader->tree, -1);
}

static void visit(struct reader *reader, const struct manifest_entry *entry)
{
	if (entry->file.len && reader->visit)
		reader->visit->letter(reader->visit->user, entry);
}

static bool take_new(struct reader *reader, struct str *rest)
{
	struct manifest_entry entry;
	unsigned char hash[TREE_HASH];
	const char *line = rest->at;
	if (str_starts(*rest, MANIFEST_FORGOTTEN)) {
		if (!manifest_take_forgotten(rest, hash))
			return false;
		tree_add_hash(&reader->tree, hash);
		reader->manifest->forgotten++;
		return true;
	}
	if (!manifest_take_entry(rest, &entry))
		return false;
	tree_add(&reader->tree, (struct str){line, (int)(rest->at - line)});
	reader->count[entry.fate]++;
	visit(reader, &entry);
	return true;
}

static bool take_record(struct reader *reader, struct str rest)
{
	struct manifest_entry entry;
	bool old = reader->manifest->version == 1;
	if (old ? !manifest_take_old_entry(&rest, &entry) : !take_new(reader, &rest))
		return false;
	if (old)
		visit(reader, &entry);
	reader->next = str_is(rest, ",\n") ? NEXT_RECORD : NEXT_BEHIND;
	return reader->next == NEXT_RECORD || str_is(rest, "\n");
}

static bool take_begin(struct reader *reader, struct str line)
{
	int version = str_is(line, MANIFEST_BEGIN) ? 2 : str_is(line, old_begin) ? 1 : 0;
	reader->manifest->version = version;
	reader->next = NEXT_FIRST;
	return version;
}

static bool take_behind(struct reader *reader, struct str line)
{
	bool old = reader->manifest->version == 1;
	reader->next = old ? NEXT_NOTHING : NEXT_HEAD;
	return str_is(line, old ? old_end : MANIFEST_MIDDLE);
}

static bool take_head(struct reader *reader, struct str line)
{
	struct manifest *manifest = reader->manifest;
	manifest->is_signed = str_copy(reader->arena, line);
	reader->next = NEXT_END;
	return manifest_read_head(manifest->is_signed, &manifest->head);
}

/* A line with its end. */
static bool take_line(struct reader *reader, struct str line)
{
	switch (reader->next) {
	case NEXT_BEGIN:
		return take_begin(reader, line);
	case NEXT_FIRST:
		return line.at[0] == ']' ? take_behind(reader, line) : take_record(reader, line);
	case NEXT_RECORD:
		return take_record(reader, line);
	case NEXT_BEHIND:
		return take_behind(reader, line);
	case NEXT_HEAD:
		return take_head(reader, line);
	case NEXT_END:
		reader->next = NEXT_NOTHING;
		return str_is(line, MANIFEST_END);
	case NEXT_NOTHING:
		break;
	}
	return false;
}

/* -- does it add up? */

/* The head counts what was forgotten among the others: what it counts and no line says must be as
 * many as there are hashes. */
static bool counts_are_right(const struct reader *reader)
{
	int64_t forgotten = 0;
	for (int fate = 0; fate < MANIFEST_FATES; fate++) {
		int64_t more = reader->manifest->head.count[fate] - reader->count[fate];
		if (more < 0)
			return false;
		forgotten += more;
	}
	return forgotten == reader->manifest->forgotten;
}

static bool adds_up(struct reader *reader)
{
	unsigned char root[TREE_HASH];
	char hex[MANIFEST_HEX];
	tree_root(&reader->tree, root);
	manifest_hex(root, TREE_HASH, hex);
	return str_is(reader->manifest->head.root, hex) && counts_are_right(reader);
}

static bool judge(struct reader *reader, bool good, const char *name, struct diags *diags)
{
	if (!good || reader->next != NEXT_NOTHING)
		diag_add0(diags, MANIFEST_READ, place_in(name));
	else if (reader->manifest->version == 2 && !adds_up(reader))
		diag_add0(diags, MANIFEST_SUM, place_in(name));
	else
		return true;
	return false;
}

/* -- in memory */

/* With its end, where it has one. */
static struct str next_line(struct str *rest)
{
	const char *end = memchr(rest->at, '\n', (size_t)rest->len);
	struct str line = str_slice(*rest, 0, end ? (int)(end - rest->at) + 1 : rest->len);
	*rest = str_slice(*rest, line.len, rest->len);
	return line;
}

static bool read_bytes(
	struct reader *reader, struct str bytes, const char *name, struct diags *diags)
{
	struct str rest = bytes;
	const char *records = bytes.at + strlen(MANIFEST_BEGIN);
	bool good = true;
	begin(reader);
	while (good && rest.len) {
		struct str line = next_line(&rest);
		good = take_line(reader, line);
		if (good && reader->next == NEXT_BEHIND)
			reader->manifest->lines = (struct str){
				records, (int)(line.at + line.len - 1 - records)};
	}
	if (reader->manifest->version == 1)
		reader->manifest->is_signed = bytes;
	return judge(reader, good, name, diags);
}

bool manifest_read(struct manifest *manifest, struct arena *arena, struct str bytes,
	const char *name, struct diags *diags)
{
	struct reader reader = {.manifest = manifest, .arena = arena};
	return read_bytes(&reader, bytes, name, diags);
}

/* -- from its file */

/* Gives whether all lines were such as they may be; stops at the first of version 1. */
static bool read_lines(struct reader *reader, FILE *stream)
{
	enum { LINE_MAX_ = 1 << 20 }; /* an id, a file's name and hashes are far from it */
	char *line = NULL;
	size_t room = 0;
	ssize_t len = 0;
	bool good = true;
	while (good && reader->manifest->version != 1 && (len = getline(&line, &room, stream)) > 0)
		good = len <= LINE_MAX_ && take_line(reader, (struct str){line, (int)len});
	free(line);
	return good;
}

bool manifest_walk(struct manifest *manifest, struct arena *arena, const char *path,
	const struct manifest_visit *visit, struct diags *diags)
{
	struct reader reader = {.manifest = manifest, .arena = arena, .visit = visit};
	FILE *stream = file_stream(path);
	if (!stream)
		return file_not_read(path, diags);
	begin(&reader);
	bool good = read_lines(&reader, stream), failed = ferror(stream);
	if (failed)
		file_not_read(path, diags);
	fclose(stream);
	if (failed || manifest->version != 1)
		return !failed && judge(&reader, good, path, diags);
	struct str bytes = file_read(arena, path, place_none(), diags);
	return bytes.at && read_bytes(&reader, bytes, path, diags);
}
