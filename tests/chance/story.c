/* story.c - pages and tags (ISO 32000-1 7.7.3, 14.7): see story.h. */
#include "story.h"

#include <stdlib.h>

bool story_fail(struct story *story, const char *format, ...)
{
	struct buf text = {0};
	va_list args;
	if (story->fault)
		return false;
	va_start(args, format);
	buf_vformat(&text, format, args);
	va_end(args);
	story->fault = str_copy(story->arena, buf_text(&text)).at;
	buf_free(&text);
	return false;
}

/* -- pages ------------------------------------------------------------------------------------- */

static bool add_sheet(struct story *story, const struct pdf_value *reference)
{
	const struct pdf_value *page = pdf_follow(&story->file, reference);
	const struct pdf_value *box = pdf_get(&story->file, page, "MediaBox");
	struct sheet *sheet = vec_push(story->arena, &story->sheets);
	double area[4] = {0};
	int i = 0;
	for (const struct pdf_value *side = box->first; side && i < 4; side = side->next)
		area[i++] = side->number;
	sheet->page = page;
	sheet->number = (int)reference->number;
	sheet->width = area[2];
	sheet->height = area[3];
	if (i != 4 || area[0] != 0 || area[1] != 0 || area[2] <= 0 || area[3] <= 0)
		return story_fail(story, "page %d has no size", story->sheets.len);
	return content_read(story, story->sheets.len - 1);
}

static bool read_pages(struct story *story, const struct pdf_value *catalog)
{
	const struct pdf_value *pages = pdf_get(&story->file, catalog, "Pages");
	const struct pdf_value *kids = pdf_get(&story->file, pages, "Kids");
	for (const struct pdf_value *kid = kids->first; kid; kid = kid->next)
		if (!add_sheet(story, kid))
			return false;
	if (story->sheets.len == 0 ||
		story->sheets.len != (int)pdf_get(&story->file, pages, "Count")->number)
		return story_fail(story, "the number of pages is wrong");
	return true;
}

static struct sheet *find_sheet(struct story *story, const struct pdf_value *reference)
{
	for (int i = 0; reference && i < story->sheets.len; i++)
		if (story->sheets.at[i].number == (int)reference->number)
			return &story->sheets.at[i];
	return NULL;
}

/* -- the parent tree --------------------------------------------------------------------------- */

/* What it has for a key: an array of references, or one; NULL: nothing. */
static const struct pdf_value *find_parent(struct story *story, int key)
{
	const struct pdf_value *catalog = pdf_get(&story->file, story->file.trailer, "Root");
	const struct pdf_value *root = pdf_get(&story->file, catalog, "StructTreeRoot");
	const struct pdf_value *tree = pdf_get(&story->file, root, "ParentTree");
	const struct pdf_value *at = pdf_get(&story->file, tree, "Nums")->first;
	for (; at && at->next; at = at->next->next)
		if ((int)at->number == key)
			return at->next;
	return NULL;
}

static int parent_of_content(struct story *story, const struct sheet *sheet, int content)
{
	const struct pdf_value *key = pdf_get(&story->file, sheet->page, "StructParents");
	const struct pdf_value *list = find_parent(story, (int)key->number);
	const struct pdf_value *at = list ? pdf_follow(&story->file, list)->first : NULL;
	for (int i = 0; at && i < content; i++)
		at = at->next;
	return at ? (int)at->number : -1;
}

/* -- tags -------------------------------------------------------------------------------------- */

static const char *const inlines[] = {"Span", "Em", "Strong", "Sub", "Link", "Reference", "Lbl"};

static bool is_inline(struct str type)
{
	for (size_t i = 0; i < sizeof inlines / sizeof *inlines; i++)
		if (str_is(type, inlines[i]))
			return true;
	return false;
}

static void put(struct story *story, struct str text, bool label)
{
	buf_str(&story->read, text);
	if (!label)
		buf_str(&story->unlabelled, text);
}

/* An element at work. */
struct tag {
	int number; /* of its object */
	const struct pdf_value *dict;
	struct str type;
	bool label; /* it is in the label of a list's item */
};

static bool hear_content(
	struct story *story, const struct tag *tag, struct sheet *sheet, int content)
{
	struct said *said = sheet && content >= 0 && content < sheet->said.len
		? &sheet->said.at[content]
		: NULL;
	if (!said)
		return story_fail(
			story, "a tag %.*s has a content that no page has", str_arg(tag->type));
	if (said->heard)
		return story_fail(
			story, "a content is in the tree twice: \"%.*s\"", str_arg(said->text));
	if (parent_of_content(story, sheet, content) != tag->number)
		return story_fail(
			story, "the parent tree has another tag for \"%.*s\"", str_arg(said->text));
	said->heard = true;
	put(story, said->text, tag->label);
	return true;
}

static bool hear_link(struct story *story, const struct tag *tag, const struct pdf_value *kid)
{
	const struct pdf_value *link = pdf_get(&story->file, kid, "Obj");
	const struct pdf_value *key = pdf_get(&story->file, link, "StructParent");
	const struct pdf_value *parent = find_parent(story, (int)key->number);
	if (key->kind != PDF_NUMBER || !parent || (int)parent->number != tag->number)
		return story_fail(story, "the parent tree has another tag for a link");
	((struct pdf_value *)without_const(link))->seen = false; /* heard */
	struct str words = story_text(story->arena, pdf_get(&story->file, link, "Contents")->text);
	story->links++;
	if (str_is(tag->type, "Link") && !blank_trim(words).len)
		return story_fail(story, "a link does not say where it leads");
	return true;
}

/* What means nothing without words has some: since from; and a link has areas more than before. */
static bool check_words(struct story *story, const struct tag *tag, size_t from, int links)
{
	static const char *const wordy[] = {
		"Link", "H", "H1", "H2", "H3", "H4", "H5", "H6", "TH", "Note", "FENote"};
	struct str said = buf_text(&story->read);
	bool silent = !blank_trim(str_slice(said, (int)from, said.len)).len;
	for (size_t i = 0; i < sizeof wordy / sizeof *wordy; i++)
		if (silent && str_is(tag->type, wordy[i]))
			return story_fail(story, "a tag %s has no words", wordy[i]);
	if (str_is(tag->type, "Link") && story->links == links)
		return story_fail(story, "a tag Link has no annotation");
	return true;
}

static bool hear(struct story *story, const struct pdf_value *reference, const struct tag *parent);

static bool hear_kid(struct story *story, const struct tag *tag, const struct pdf_value *kid)
{
	const struct pdf_file *file = &story->file;
	const struct pdf_value *page = tag->dict->first;
	const struct pdf_value *own = pdf_follow(file, kid);
	struct str type = pdf_get(file, own, "Type")->text;
	if (kid->kind == PDF_REFERENCE)
		return hear(story, kid, tag);
	if (str_is(type, "OBJR"))
		return hear_link(story, tag, own);
	bool elsewhere = str_is(type, "MCR");
	for (page = elsewhere ? own->first : page; page && !str_is(page->key, "Pg");)
		page = page->next;
	int content = (int)(elsewhere ? pdf_get(file, own, "MCID") : own)->number;
	return hear_content(story, tag, find_sheet(story, page), content);
}

/* Whether the element says that its parent is the one that has it for a kid. */
static bool knows_parent(const struct pdf_value *dict, int parent)
{
	const struct pdf_value *at = dict->first;
	while (at && !str_is(at->key, "P"))
		at = at->next;
	return at && (int)at->number == parent;
}

static bool hear(struct story *story, const struct pdf_value *reference, const struct tag *parent)
{
	const struct pdf_value *dict = pdf_follow(&story->file, reference);
	struct tag tag = {(int)reference->number, dict, pdf_get(&story->file, dict, "S")->text,
		parent->label};
	bool block = !is_inline(tag.type);
	size_t from = story->read.len;
	int links = story->links;
	if (!knows_parent(dict, parent->number))
		return story_fail(story, "a tag %.*s has another parent", str_arg(tag.type));
	tag.label |= str_is(tag.type, "Lbl") && str_is(parent->type, "LI");
	put(story, block ? str_lit("\n") : str_lit(""), false);
	if (str_is(tag.type, "Figure")) {
		struct str alt = story_text(story->arena, pdf_get(&story->file, dict, "Alt")->text);
		put(story, str_format(story->arena, "[%.*s]", str_arg(alt)), false);
	}
	const struct pdf_value *kids = dict->first;
	while (kids && !str_is(kids->key, "K"))
		kids = kids->next;
	if (kids && kids->kind == PDF_ARRAY) {
		for (const struct pdf_value *kid = kids->first; kid; kid = kid->next)
			if (!hear_kid(story, &tag, kid))
				return false;
	} else if (kids && !hear_kid(story, &tag, kids)) {
		return false;
	}
	put(story, block || str_is(tag.type, "Lbl") ? str_lit("\n") : str_lit(""), false);
	return check_words(story, &tag, from, links);
}

/* A field of a signature that is not seen; of PDF/UA-2 it is an artifact. */
static bool is_nowhere(const struct story *story, const struct pdf_value *link)
{
	const struct pdf_value *left = pdf_get(&story->file, pdf_follow(&story->file, link), "Rect")
					       ->first;
	const struct pdf_value *right = left && left->next ? left->next->next : NULL;
	return str_starts(story->file.bytes, "%PDF-2") && right && left->number == right->number;
}

static bool check_all_heard(struct story *story)
{
	for (int p = 0; p < story->sheets.len; p++) {
		const struct sheet *sheet = &story->sheets.at[p];
		for (int i = 0; i < sheet->said.len; i++)
			if (!sheet->said.at[i].heard)
				return story_fail(story, "no tag has the content \"%.*s\"",
					str_arg(sheet->said.at[i].text));
		const struct pdf_value *links = pdf_get(&story->file, sheet->page, "Annots");
		for (const struct pdf_value *link = links->first; link; link = link->next)
			if (pdf_follow(&story->file, link)->seen && !is_nowhere(story, link))
				return story_fail(story, "no tag has a link of page %d", p + 1);
	}
	return true;
}

static bool read_tags(struct story *story, const struct pdf_value *catalog)
{
	struct tag root = {0};
	const struct pdf_value *at = catalog->first;
	while (at && !str_is(at->key, "StructTreeRoot"))
		at = at->next;
	if (!at)
		return story_fail(story, "there are no tags");
	root.number = (int)at->number;
	root.dict = pdf_follow(&story->file, at);
	at = root.dict->first;
	while (at && !str_is(at->key, "K"))
		at = at->next;
	return (!at || hear(story, at, &root)) && check_all_heard(story);
}

struct story story_read(struct arena *arena, struct str pdf)
{
	struct story story = {.arena = arena, .file = pdf_file_read(arena, pdf)};
	const struct pdf_value *catalog = pdf_get(&story.file, story.file.trailer, "Root");
	story.fault = story.file.fault;
	if (!story.fault && read_pages(&story, catalog))
		read_tags(&story, catalog);
	return story;
}

void story_free(struct story *story)
{
	buf_free(&story->read);
	buf_free(&story->unlabelled);
}
