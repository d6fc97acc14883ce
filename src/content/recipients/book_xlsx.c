/* book_xlsx.c - Office Open XML workbooks (ISO/IEC 29500-1, 18): their sheets and formats.
 *
 * Parts are found as they are related to each other (ISO/IEC 29500-2, 6.5), not by the names that
 * they mostly have. */
#include "recipients/book_int.h"

#include "base/diag_id.h"

enum { MAX_FORMATS = 100000 };

/* -- relations --------------------------------------------------------------------------------- */

/* Where a part's relations stand: "xl/workbook.xml" → "xl/_rels/workbook.xml.rels". */
static struct str relations_of(struct arena *arena, struct str part)
{
	struct str base = path_base(part);
	struct str folder = str_slice(part, 0, part.len - base.len);
	return str_format(arena, "%.*s_rels/%.*s.rels", str_arg(folder), str_arg(base));
}

/* A target's name in the zip, from the part that names it. */
static struct str resolve(struct arena *arena, struct str part, struct str target)
{
	struct str base = path_base(part), step;
	struct buf name = {0};
	bool whole = str_starts(target, "/");
	if (!whole)
		buf_str(&name, str_slice(part, 0, part.len - base.len));
	while (str_split(&target, '/', &step)) {
		if (str_is(step, "..")) {
			name.len -= name.len > 0;
			while (name.len && name.at[name.len - 1] != '/')
				name.len--;
		} else if (step.len && !str_is(step, "."))
			buf_format(&name, "%.*s/", str_arg(step));
	}
	name.len -= name.len > 0;
	struct str resolved = str_copy(arena, buf_text(&name));
	buf_free(&name);
	return resolved;
}

struct relation {
	struct str id, type, part;
};
typedef vec(struct relation) relation_list;

static bool read_relations(
	struct book *book, struct str part, relation_list *out, struct diags *diags)
{
	struct arena *arena = book->source.arena;
	struct xml_event event;
	if (!book_part_open(book->zip, relations_of(arena, part), diags))
		return false;
	while ((event = book_part_next(book->zip, diags)).kind != XML_EVENT_END) {
		if (event.kind == XML_EVENT_BAD)
			return false;
		if (event.kind != XML_EVENT_OPEN || strcmp(event.name, "Relationship") != 0 ||
			str_is(book_attribute(book->zip, &event, "TargetMode"), "External"))
			continue;
		*vec_push(arena, out) = (struct relation){
			str_copy(arena, book_attribute(book->zip, &event, "Id")),
			str_copy(arena, book_attribute(book->zip, &event, "Type")),
			resolve(arena, part, book_attribute(book->zip, &event, "Target"))};
	}
	return true;
}

/* Of a type that ends so: the standard's two editions have other beginnings. */
static const struct relation *find_type(const relation_list *relations, const char *type)
{
	for (int i = 0; i < relations->len; i++)
		if (str_ends(relations->at[i].type, type))
			return &relations->at[i];
	return NULL;
}

/* -- the workbook ------------------------------------------------------------------------------ */

static void read_sheet(
	struct book *book, const struct xml_event *event, const relation_list *relations)
{
	struct arena *arena = book->source.arena;
	struct str name = book_attribute(book->zip, event, "name");
	struct str id = book_attribute(book->zip, event, "id");
	struct str state = book_attribute(book->zip, event, "state");
	for (int i = 0; i < relations->len; i++)
		if (str_eq(relations->at[i].id, id) &&
			str_ends(relations->at[i].type, "/worksheet"))
			*vec_push(arena, &book->sheets) = (struct book_sheet){str_copy(arena, name),
				relations->at[i].part,
				str_is(state, "hidden") || str_is(state, "veryHidden")};
}

static bool read_workbook(
	struct book *book, struct str part, const relation_list *relations, struct diags *diags)
{
	struct xml_event event;
	if (!book_part_open(book->zip, part, diags))
		return false;
	while ((event = book_part_next(book->zip, diags)).kind != XML_EVENT_END) {
		if (event.kind == XML_EVENT_BAD)
			return false;
		if (event.kind != XML_EVENT_OPEN)
			continue;
		if (strcmp(event.name, "sheet") == 0)
			read_sheet(book, &event, relations);
		else if (strcmp(event.name, "workbookPr") == 0)
			book->reading.since_1904 = book_is_true(book->zip, &event, "date1904");
		else if (strcmp(event.name, "calcPr") == 0)
			book->uncomputed = book_is_true(book->zip, &event, "fullCalcOnLoad");
	}
	return true;
}

/* -- styles ------------------------------------------------------------------------------------ */

struct code {
	int id;
	struct str code;
};
typedef vec(struct code) code_list;

static struct book_format find_format(struct arena *arena, const code_list *codes, int id)
{
	for (int i = 0; i < codes->len; i++)
		if (codes->at[i].id == id)
			return book_format_read(arena, codes->at[i].code);
	return book_format_builtin(id);
}

/* A cell names one of the formats of <cellXfs> by its place there. */
static bool read_styles(struct book *book, struct str part, struct diags *diags)
{
	struct arena *arena = book->source.arena;
	struct xml_event event;
	code_list codes = {0};
	bool cells = false;
	if (!book_part_open(book->zip, part, diags))
		return false;
	while ((event = book_part_next(book->zip, diags)).kind != XML_EVENT_END) {
		if (event.kind == XML_EVENT_BAD)
			return false;
		bool opens = event.kind == XML_EVENT_OPEN;
		if (event.kind != XML_EVENT_TEXT && strcmp(event.name, "cellXfs") == 0)
			cells = opens;
		else if (opens && strcmp(event.name, "numFmt") == 0)
			*vec_push(arena, &codes) = (struct code){
				book_number(book->zip, &event, "numFmtId", -1),
				str_copy(arena, book_attribute(book->zip, &event, "formatCode"))};
		else if (opens && cells && strcmp(event.name, "xf") == 0)
			*vec_push(arena, &book->formats) = find_format(
				arena, &codes, book_number(book->zip, &event, "numFmtId", 0));
		if (codes.len > MAX_FORMATS || book->formats.len > MAX_FORMATS) {
			book_limit(book->zip, "more than 100000 formats", diags);
			return false;
		}
	}
	return true;
}

static bool open_xlsx(struct book *book, struct diags *diags)
{
	relation_list roots = {0}, relations = {0};
	if (!read_relations(book, str_lit(""), &roots, diags))
		return false;
	const struct relation *root = find_type(&roots, "/officeDocument");
	if (!root) {
		book_damaged(book->zip, "it does not say which part the workbook is", diags);
		return false;
	}
	struct str part = root->part;
	if (!read_relations(book, part, &relations, diags) ||
		!read_workbook(book, part, &relations, diags))
		return false;
	const struct relation *styles = find_type(&relations, "/styles");
	const struct relation *strings = find_type(&relations, "/sharedStrings");
	if (styles && !read_styles(book, styles->part, diags))
		return false;
	if (strings)
		book->reading.strings = book_strings_read(book->zip, strings->part, diags);
	return !strings || book->reading.strings;
}

const struct book_form book_xlsx = {open_xlsx, book_xlsx_start, book_xlsx_row, NULL};
