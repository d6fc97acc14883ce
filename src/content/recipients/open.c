/* open.c - which kind of source a path is: by what it names, how the file begins, its name. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

#include <stdio.h>
#include <sys/stat.h>

struct source *source_new(const struct source_kind *kind, size_t size, const char *path,
	const struct template *template)
{
	struct arena *arena = arena_new();
	struct source *source = arena_alloc(arena, size);
	*source = (struct source){.kind = kind,
		.arena = arena,
		.path = str_copy(arena, str_of(path)).at,
		.template = template};
	return source;
}

void source_free(struct source *source)
{
	if (source->kind->close)
		source->kind->close(source);
	arena_free(source->arena);
}

static struct str skip_mark(struct str head)
{
	return str_slice(head, str_starts(head, "\xEF\xBB\xBF") ? 3 : 0, head.len);
}

/* What comes through a pipe has no name that ends in .xml. */
static bool looks_like_xml(struct str head)
{
	head = str_trim(skip_mark(head));
	return str_starts(head, "<?xml") || str_starts(head, "<recipient") ||
		str_starts(head, "<!--");
}

/* Whatever its name is: an object with a key, or an array with a value that no header has. */
static bool looks_like_json(struct str head)
{
	head = str_trim(skip_mark(head));
	bool array = str_starts(head, "[");
	if (!array && !str_starts(head, "{"))
		return false;
	head = str_trim(str_slice(head, 1, head.len));
	return head.len == 0 || strchr(array ? "{[]\"" : "}\"", head.at[0]);
}

static bool is_json(struct str path, struct str head)
{
	return str_ends(path, ".json") || str_ends(path, ".jsonl") || str_ends(path, ".ndjson") ||
		looks_like_json(head);
}

static struct source *open_file(const char *path, const struct template *template,
	const struct recipients_options *options, struct diags *diags)
{
	static const char sqlite[] = "SQLite format 3";
	char head[256] = "";
	FILE *file = file_stream(path);
	size_t len = file ? fread(head, 1, sizeof head - 1, file) : 0;
	if (!file || ferror(file))
		file_not_read(path, diags);
	bool good = file && !ferror(file), locked = good && book_is_locked(file);
	if (file)
		fclose(file);
	if (locked)
		diag_add0(diags, BOOK_LOCKED, place_in(path));
	if (!good || locked)
		return NULL;
	if (str_starts(str_of(head), "PK\3\4") || str_starts(str_of(head), "PK\5\6"))
		return book_open(path, template, options->sheet, diags);
	if (len >= sizeof sqlite && memcmp(head, sqlite, sizeof sqlite) == 0)
		return sqlite_open(path, template, options->query, diags);
	if (str_ends(str_of(path), ".xml") || looks_like_xml(str_of(head)))
		return many_open(path, template, diags);
	if (is_json(str_of(path), str_of(head)))
		return json_open(path, template, diags);
	return csv_open(path, template, diags);
}

static struct source *open_any(const char *path, const struct template *template,
	const struct recipients_options *options, struct diags *diags)
{
	struct stat status;
	if (recipients_is_server(path))
		return postgres_open(path, template, options->query, diags);
	if (stat(path, &status) != 0 || S_ISDIR(status.st_mode))
		return directory_open(path, template, diags);
	return open_file(path, template, options, diags);
}

struct source *source_open(const char *path, const struct template *template,
	const struct recipients_options *options, struct diags *diags)
{
	struct source *source = open_any(path, template, options, diags);
	if (!source || !options->sheet || source->kind == &book_kind)
		return source;
	diag_add(diags, BOOK_NONE, place_in(path), options->sheet);
	source_free(source);
	return NULL;
}
