/* enclosed.c - the files that go with a letter, as its catalog lists them (ISO 32000-1 7.11.4), at
 * the time of its last revision: none can have come later, or the file would not be good. */
#include "verify/verify_int.h"

enum { FILES_MAX = 1000 };

static int size_of(const struct pdfread *file, int index, struct str stream)
{
	struct str params = pdfread_value(file, index, dict_find(stream, "Params"));
	int64_t size = 0;
	value_int(dict_find(params, "Size"), &size);
	return size > 0 && size < INT32_MAX ? (int)size : 0;
}

static struct verify_file read_specification(const struct check *check, int index, struct str spec)
{
	const struct pdfread *file = &check->file;
	struct str embedded = pdfread_value(file, index, dict_find(spec, "EF"));
	struct str stream = pdfread_value(file, index, dict_find(embedded, "F"));
	return (struct verify_file){
		.name = lex_text(check->arena, dict_find(spec, "UF")),
		.title = lex_text(check->arena, dict_find(spec, "Desc")),
		.bytes = size_of(file, index, stream),
	};
}

void enclosed_read(struct check *check)
{
	int index = check->file.revisions.len - 1, root;
	struct str catalog = pdfread_catalog(&check->file, index, &root);
	struct str files = pdfread_value(&check->file, index, dict_find(catalog, "AF")), ref;
	struct lex lex = array_open(files);
	while (check->report->files.len < FILES_MAX && lex_value(&lex, &ref))
		*vec_push(check->arena, &check->report->files) = read_specification(
			check, index, pdfread_value(&check->file, index, ref));
}
