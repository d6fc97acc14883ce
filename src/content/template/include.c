/* include.c - <include file="…"/> → the root of the file's <part>, from the template's folder only.
 *
 * The path has no ".." in it; what a symbolic link makes of it is looked at too. Files are counted,
 * since ten that include each other's successor ten times would be a thousand million. */
#include "template/template_int.h"

#include "base/diag_id.h"

#include <stdlib.h>

enum { MAX_FILES = 1000, MAX_BYTES = 64 * 1024 * 1024 };

static bool is_inside(const char *dir, const char *path)
{
	char *whole_dir = realpath(*dir ? dir : ".", NULL), *whole = realpath(path, NULL);
	size_t len = whole_dir ? strlen(whole_dir) : 0;
	/* A file that is not there is said when it is read. */
	bool inside = !whole ||
		(whole_dir && strncmp(whole, whole_dir, len) == 0 &&
			(whole[len] == '/' || len == 1));
	free(whole_dir);
	free(whole);
	return inside;
}

static bool is_open(const struct include *open, struct str path)
{
	while (open && !str_is(path, open->path))
		open = open->outer;
	return open;
}

static const struct xml_node *read_part(
	struct reader *reader, const struct xml_node *xml, struct str path)
{
	struct str bytes = file_read(reader->arena, path.at, xml->at, reader->diags);
	if (!bytes.at)
		return NULL;
	reader->included_bytes += bytes.len;
	if (++reader->included > MAX_FILES || reader->included_bytes > MAX_BYTES) {
		diag_add0(reader->diags, INCLUDE_LIMIT, xml->at);
		return NULL;
	}
	const struct xml_node *part = xml_read(reader->arena, bytes, path.at, reader->diags);
	if (!part || !xml_check_root(part, "part", TEMPLATE_NAMESPACE, reader->diags))
		return NULL;
	attributes_check_names(part, NULL, 0, reader->diags);
	return part;
}

const struct xml_node *include_read(
	struct reader *reader, const struct xml_node *xml, struct include *include)
{
	struct str name = xml_attribute(xml, "file");
	if (!name.at || attribute_fault(TAG_INCLUDE, str_lit("file"), name) ||
		reader->included > MAX_FILES)
		return NULL; /* said already */
	struct str path = path_join(reader->arena, path_dir(str_of(reader->file)), name);
	const char *dir = str_copy(reader->arena, path_dir(str_of(reader->file))).at;
	if (!is_inside(dir, path.at)) {
		diag_add(reader->diags, INCLUDE_OUTSIDE, xml->at, diag_str(reader->diags, name));
		return NULL;
	}
	if (is_open(reader->includes, path)) {
		diag_add(reader->diags, INCLUDE_CYCLE, xml->at, diag_str(reader->diags, name));
		return NULL;
	}
	*include = (struct include){path.at, reader->includes};
	return read_part(reader, xml, path);
}
