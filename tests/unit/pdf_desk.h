/* pdf_desk.h - letters made by hand for the tests of src/pdf: a tree of nodes, and marks set one
 * below the other without any layout; and what a test asks of the file that comes out. */
#ifndef TEST_PDF_DESK_H
#define TEST_PDF_DESK_H

#include "locale/locale.h"
#include "pdf/pdf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <zlib.h>

enum { DESK_MARKS = 200, DESK_LINKS = 20, DESK_PAGES = 3, DESK_NODES = 200 };

struct desk {
	struct arena *arena;
	struct diags *diags;
	struct style style;
	struct text *text;
	struct shaper *shaper;
	struct pdf *pdf;
	struct pdf_writer *writer;
	struct letter letter;
	struct pages pages;
	struct node *note[20];
	struct buf out, content;
	sp x, y; /* where the next mark goes */
};

static inline struct node *desk_node(struct desk *desk, struct node *parent, enum tag tag)
{
	struct node *node = arena_alloc(desk->arena, sizeof *node);
	assert_true(desk->letter.node_count < DESK_NODES);
	*node = (struct node){.tag = tag, .id = desk->letter.node_count, .parent = parent};
	node->lang = parent ? parent->lang : desk->letter.lang;
	desk->letter.nodes[desk->letter.node_count++] = node;
	if (parent) {
		struct node **at = &parent->first;
		while (*at)
			at = &(*at)->next;
		*at = node;
	}
	if (tag == TAG_NOTE) {
		desk->letter.notes[desk->letter.note_count++] = node;
		node->note_number = desk->letter.note_count;
	}
	return node;
}

static inline struct node *desk_text(struct desk *desk, struct node *parent, const char *text)
{
	struct node *node = desk_node(desk, parent, TAG_TEXT);
	node->text = str_of(text);
	return node;
}

static inline void desk_attribute(
	struct desk *desk, struct node *node, const char *name, const char *value)
{
	struct attribute *attribute = arena_alloc(desk->arena, sizeof *attribute);
	*attribute = (struct attribute){
		.name = str_of(name), .value = str_of(value), .next = node->attributes};
	node->attributes = attribute;
}

/* An empty letter and an empty first page. */
static inline void desk_clear(struct desk *desk)
{
	desk->letter = (struct letter){.id = str_lit("essex"),
		.lang = str_lit("en-GB"),
		.date = str_lit("2020-10-13"),
		.title = str_lit("Letter to Mr Hirst"),
		.author = str_lit("The Commissioner"),
		.nodes = arena_new_array(desk->arena, struct node *, DESK_NODES),
		.notes = desk->note};
	desk->letter.root = desk_node(desk, NULL, TAG_LETTER);
	desk->pages = (struct pages){.width = desk->style.page_width,
		.height = desk->style.page_height,
		.page = arena_new_array(desk->arena, struct page, DESK_PAGES),
		.signature = {.page = -1}};
	desk->x = desk->y = pt(72);
}

static inline struct page *desk_new_page(struct desk *desk)
{
	assert_true(desk->pages.count < DESK_PAGES);
	struct page *page = &desk->pages.page[desk->pages.count++];
	page->marks = arena_new_array(desk->arena, struct mark, DESK_MARKS);
	page->links = arena_new_array(desk->arena, struct link_area, DESK_LINKS);
	desk->x = desk->y = pt(72);
	return page;
}

static inline struct desk *desk_open_style(const char *sample, struct style style)
{
	struct desk *desk = calloc(1, sizeof *desk);
	desk->arena = arena_new();
	desk->diags = diags_new();
	desk->style = style;
	desk->text = text_new(&desk->style, desk->diags);
	assert_non_null(desk->text);
	desk->shaper = shaper_new(desk->text);
	desk->pdf = pdf_new(desk->text, &desk->style, str_of(sample), desk->diags);
	assert_non_null(desk->pdf);
	desk->writer = pdf_writer_new(desk->pdf);
	desk_clear(desk);
	desk_new_page(desk);
	return desk;
}

static inline struct desk *desk_open(const char *sample)
{
	return desk_open_style(sample, style_default());
}

static inline void desk_close(struct desk *desk)
{
	pdf_writer_free(desk->writer);
	pdf_free(desk->pdf);
	shaper_free(desk->shaper);
	text_free(desk->text);
	diags_free(desk->diags);
	arena_free(desk->arena);
	buf_free(&desk->out);
	buf_free(&desk->content);
	free(desk);
}

static inline struct page *desk_page(struct desk *desk)
{
	return &desk->pages.page[desk->pages.count - 1];
}

static inline struct mark *desk_mark(struct desk *desk, struct mark mark)
{
	struct page *page = desk_page(desk);
	assert_true(page->mark_count < DESK_MARKS);
	page->marks[page->mark_count] = mark;
	return &page->marks[page->mark_count++];
}

/* Text in the letter's own style, on a line of its own; the first of its marks. */
static inline struct mark *desk_show(
	struct desk *desk, const struct node *node, enum mark_role role, const char *text)
{
	const struct text_style *style = &desk->style.block[TAG_P].text;
	struct str lang = node ? node->lang : desk->letter.lang;
	struct plain_text plain = {str_of(text), lang, lang_is_right_to_left(lang)};
	struct paragraph *paragraph = text_shape_plain(
		desk->shaper, desk->arena, plain, style, desk->diags);
	struct mark *first = NULL;
	sp x = desk->x;
	desk->y += pt(14);
	for (int i = 0; i < paragraph->run_count; i++) {
		const struct run *run = &paragraph->runs[i];
		sp width = text_width(desk->text, paragraph, run->from, run->to);
		struct mark *mark = desk_mark(desk,
			(struct mark){.kind = MARK_GLYPHS,
				.artifact = node ? ARTIFACT_NONE : ARTIFACT_FOOTER,
				.node = node ? node->id : -1,
				.role = role,
				.x = x,
				.y = desk->y,
				.width = width,
				.height = run->size,
				.colour = run->colour,
				.face = run->face,
				.glyphs = paragraph->glyphs + run->from,
				.glyph_count = run->to - run->from,
				.text = paragraph->text,
				.shifted = paragraph->shifted,
				.text_to = run->to < paragraph->glyph_count
					? paragraph->glyphs[run->to].cluster
					: paragraph->text.len,
				.lang = run->lang});
		first = first ? first : mark;
		x += width;
	}
	return first;
}

/* A block with one text, shown. */
static inline struct node *desk_block(
	struct desk *desk, struct node *parent, enum tag tag, const char *text)
{
	struct node *node = desk_node(desk, parent, tag);
	desk_show(desk, desk_text(desk, node, text), ROLE_CONTENT, text);
	return node;
}

/* The area round the mark set last. */
static inline void desk_link(struct desk *desk, const struct node *node, enum mark_role role)
{
	struct page *page = desk_page(desk);
	const struct mark *mark = &page->marks[page->mark_count - 1];
	page->links[page->link_count++] = (struct link_area){
		node->id, role, mark->x, mark->y - pt(10), mark->x + mark->width, mark->y + pt(3)};
}

static inline struct str desk_render(struct desk *desk)
{
	const struct pdf_options options = {.time = 1602547200};
	bool good = pdf_render(desk->writer, &desk->letter, &desk->pages, &options, desk->diags) &&
		pdf_save(desk->writer, &desk->out, desk->diags);
	assert_true(good);
	return buf_text(&desk->out);
}

/* -- the file ---------------------------------------------------------------------------------- */

/* The text of an object, from behind "N 0 obj" to "endobj". */
static inline struct str desk_object(const struct desk *desk, unsigned id)
{
	char head[24];
	snprintf(head, sizeof head, "\n%u 0 obj", id);
	struct str file = {desk->out.at, (int)desk->out.len};
	const char *at = memmem(file.at, (size_t)file.len, head, strlen(head));
	assert_non_null(at);
	int from = (int)(at - file.at) + (int)strlen(head);
	struct str rest = str_slice(file, from, file.len);
	const char *end = memmem(rest.at, (size_t)rest.len, "\nendobj", 7);
	assert_non_null(end);
	return str_slice(rest, 0, (int)(end - rest.at));
}

/* The number behind a key: "/Pg 12" gives 12; -1 without the key. */
static inline int desk_number(struct str object, const char *key)
{
	int at = str_find(object, key);
	return at < 0 ? -1 : atoi(object.at + at + strlen(key));
}

static inline struct str desk_root(const struct desk *desk)
{
	struct str file = {desk->out.at, (int)desk->out.len};
	int trailer = str_find(file, "\ntrailer");
	assert_true(trailer > 0);
	return desk_object(
		desk, (unsigned)desk_number(str_slice(file, trailer, file.len), "/Root"));
}

static inline int desk_page_id(const struct desk *desk, int page)
{
	struct str pages = desk_object(desk, (unsigned)desk_number(desk_root(desk), "/Pages"));
	const char *at = pages.at + str_find(pages, "/Kids[") + 6;
	for (; page > 0; page--)
		at = strchr(at, 'R') + 1;
	return atoi(at);
}

static inline struct str desk_page_object(const struct desk *desk, int page)
{
	return desk_object(desk, (unsigned)desk_page_id(desk, page));
}

/* The bytes of a deflated stream; valid until the next call. */
static inline struct str desk_stream(struct desk *desk, unsigned id)
{
	struct str object = desk_object(desk, id);
	int from = str_find(object, "stream") + 6;
	from += object.at[from] == '\r' ? 2 : 1;
	buf_clear(&desk->content);
	buf_reserve(&desk->content, 1 << 20);
	uLongf len = 1 << 20;
	int result = uncompress((Bytef *)desk->content.at, &len, (const Bytef *)object.at + from,
		(uLong)(object.len - from));
	assert_int_equal(result, Z_OK);
	desk->content.len = len;
	return buf_text(&desk->content);
}

static inline struct str desk_content(struct desk *desk, int page)
{
	return desk_stream(desk, (unsigned)desk_number(desk_page_object(desk, page), "/Contents"));
}

static inline void desk_dump_kids(const struct desk *desk, const char *at, struct buf *out);

/* "P(0 Link(1 @) 2)": type, then kids; a number is an MCID, "+" before it: of another page than the
 * element's, @ an annotation. */
static inline void desk_dump_element(const struct desk *desk, unsigned id, struct buf *out)
{
	struct str object = desk_object(desk, id);
	int type = str_find(object, "/S/") + 3;
	buf_put(out, object.at + type, strcspn(object.at + type, "/"));
	int kids = str_find(object, "/K");
	if (kids < 0)
		return;
	buf_char(out, '(');
	desk_dump_kids(desk, object.at + kids + 2, out);
	buf_char(out, ')');
}

static inline void desk_dump_kids(const struct desk *desk, const char *at, struct buf *out)
{
	bool list = *at == '[';
	for (at++; *at != ']' && *at != '>'; at += *at == ' ') {
		if (out->at[out->len - 1] != '(')
			buf_char(out, ' ');
		if (strncmp(at, "<</Type/OBJR", 12) == 0) {
			buf_char(out, '@');
			at = strstr(at, ">>") + 2;
		} else if (strncmp(at, "<</Type/MCR", 11) == 0) {
			buf_format(out, "+%d", atoi(strstr(at, "/MCID ") + 6));
			at = strstr(at, ">>") + 2;
		} else {
			char *end;
			unsigned number = (unsigned)strtoul(at, &end, 10);
			bool reference = strncmp(end, " 0 R", 4) == 0;
			if (reference)
				desk_dump_element(desk, number, out);
			else
				buf_format(out, "%u", number);
			at = reference ? end + 4 : end;
		}
		if (!list || *at == '\n')
			return;
	}
}

/* The element has this marked content of this page among its kids. */
static inline bool desk_has_content(const struct desk *desk, unsigned id, int page, int content)
{
	struct buf kids = {0};
	struct str object = desk_object(desk, id);
	int own = desk_number(object, "/Pg");
	int asked = desk_page_id(desk, page);
	char entry[64];
	if (own == asked)
		snprintf(entry, sizeof entry, "%d", content);
	else
		snprintf(entry, sizeof entry, "/MCR/Pg %d 0 R/MCID %d>", asked, content);
	int at = str_find(object, "/K");
	assert_true(at > 0);
	buf_put(&kids, object.at + at + 2, (size_t)(object.len - at - 2));
	bool has = false;
	for (const char *found = buf_text(&kids).at; !has && (found = strstr(found, entry));
		found++)
		has = own != asked ||
			(strchr(" [", found[-1]) && strchr(" ]\n>", found[strlen(entry)]) &&
				strncmp(found + strlen(entry), " 0 R", 4) != 0);
	buf_free(&kids);
	return has;
}

/* The whole structure tree as one line. */
static inline struct str desk_tree(const struct desk *desk, struct buf *out)
{
	unsigned root = (unsigned)desk_number(desk_root(desk), "/StructTreeRoot");
	buf_clear(out);
	desk_dump_element(desk, (unsigned)desk_number(desk_object(desk, root), "/K"), out);
	return buf_text(out);
}

#endif
