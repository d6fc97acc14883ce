/* render.c - one letter: the order in which its parts are made.
 *
 * First the operators of all pages, because they tell which fonts, glyphs, pictures and elements
 * the letter has; then the objects in the order of the file: what pages share, pages, tree, links,
 * bookmarks, metadata. Nothing is taken from a letter before: same inputs, same bytes. */
#include "pdf/pdf_int.h"

#include "base/diag_id.h"

#include <stdio.h>

static void begin(struct pdf_writer *writer, const struct letter *letter, const struct pages *pages)
{
	for (int i = 0; i < writer->used_images.len; i++)
		writer->images[writer->used_images.at[i]].use = 0;
	arena_reset(writer->arena);
	buf_clear(&writer->objects);
	for (int i = 0; i < writer->pdf->font_count; i++) {
		writer->fonts[i].name = 0;
		writer->fonts[i].groups = 0;
		memset(writer->fonts[i].shown, 0, sizeof writer->fonts[i].shown);
		writer->fonts[i].embedded = (struct embedded){0};
		hb_set_clear(writer->fonts[i].overflow);
		coded_clear(&writer->fonts[i].coded);
		coded_clear(&writer->fonts[i].spaced);
		memset(&writer->fonts[i].subset.readings, 0,
			sizeof writer->fonts[i].subset.readings);
	}
	writer->used_images.at = NULL;
	writer->used_images.len = writer->used_images.cap = 0;
	writer->links = (struct links){0};
	writer->signature_id = 0;
	writer->font_names = 0;
	writer->page_width = pages->width;
	writer->page_height = pages->height;
	writer->sheet_count = pages->count;
	writer->sheets = arena_new_array(writer->arena, struct sheet, pages->count);
	tags_begin(&writer->tags, writer->arena, letter, writer->pdf->style->standard);
}

/* options: NULL of a letter that gets no file of its own; kept: what is drawn goes into one. */
static void write_contents(struct pdf_writer *writer, const struct pages *pages,
	const struct pdf_options *options, bool kept)
{
	for (int i = 0; i < pages->count; i++) {
		content_page(writer, &pages->page[i]);
		if (!kept)
			continue;
		buf_clear(&writer->scratch);
		put_deflated(&writer->scratch, buf_text(&writer->content), writer->deflate);
		writer->sheets[i].content = str_copy(writer->arena, buf_text(&writer->scratch));
	}
	if (writer->tags.standard == STANDARD_UA2_A4) /* even of nothing (ISO 14289-2 8.2.5.2) */
		tags_part(&writer->tags, writer->tags.letter->root, PART_SELF);
	links_collect(writer, pages);
	if (options && options->signature)
		field_collect(writer, pages);
}

/* Page and content objects get their numbers; the page's text waits for the ids of its links. */
static void number_pages(struct pdf_writer *writer)
{
	for (int i = 0; i < writer->sheet_count; i++) {
		struct sheet *sheet = &writer->sheets[i];
		sheet->dict = object_new(writer);
		sheet->id = sheet->dict ? object_id(sheet->dict) : 0;
		sheet->content_id = object_text(
			writer, object_stream(writer, sheet->content), "/Filter/FlateDecode");
	}
}

static void write_page(
	struct pdf_writer *writer, int number, const struct pages *pages, unsigned resources)
{
	struct sheet *sheet = &writer->sheets[number];
	struct buf *out = object_open(writer, sheet->dict);
	put_key_ref(out, "/Type/Page/Parent", object_id(writer->doc->root_pages));
	buf_puts(out, "/MediaBox[0 0 ");
	put_milli(out, milli(pages->width));
	buf_char(out, ' ');
	put_milli(out, milli(pages->height));
	put_key_ref(out, "]/Resources", resources);
	put_key_ref(out, "/Contents", sheet->content_id);
	put_key_int(out, "/Tabs/S/StructParents", number);
	links_put_page(writer, out, number);
	object_close(writer, sheet->dict);
}

/* libharu's root of the page tree would count pages that it made itself; these are ours. */
static void write_page_tree(struct pdf_writer *writer)
{
	HPDF_Dict root = writer->doc->root_pages;
	HPDF_Dict_RemoveElement(root, "Kids");
	HPDF_Dict_RemoveElement(root, "Count");
	root->before_write_fn = NULL;
	struct buf *out = object_open(writer, root);
	put_key_int(out, "/Count", writer->sheet_count);
	buf_puts(out, "/Kids[");
	for (int i = 0; i < writer->sheet_count; i++) {
		buf_char(out, ' ');
		put_ref(out, writer->sheets[i].id);
	}
	buf_char(out, ']');
	object_close(writer, root);
}

static bool write_objects(
	struct pdf_writer *writer, const struct pages *pages, const struct pdf_options *options)
{
	unsigned resources = resources_write(writer);
	if (!resources)
		return false;
	unsigned profile = profile_write(writer);
	number_pages(writer);
	if (options->signature)
		field_write(writer, options->signature);
	unsigned tree = tree_write(writer);
	unsigned outline = outline_write(writer);
	for (int i = 0; i < writer->sheet_count; i++)
		write_page(writer, i, pages, resources);
	write_page_tree(writer);
	meta_write(writer, options, (struct roots){tree, profile, outline});
	return true;
}

void render_report(const struct pdf_writer *writer, struct diags *diags)
{
	char error[16], detail[16];
	snprintf(error, sizeof error, "0x%04lX", (unsigned long)writer->error);
	snprintf(detail, sizeof detail, "%ld", (long)writer->error_detail);
	diag_add(diags, PDF_LIBRARY, place_none(), error, detail);
}

static bool prepare(struct pdf_writer *writer, const struct letter *letter,
	const struct pages *pages, const struct pdf_options *options, bool kept,
	struct diags *diags)
{
	if (!fonts_open(writer->pdf, pages, diags))
		return false;
	begin(writer, letter, pages);
	write_contents(writer, pages, options, kept);
	return conform_check(writer, pages, diags) && resources_prepare(writer, !options, diags);
}

bool pdf_prepare(struct pdf_writer *writer, const struct letter *letter, const struct pages *pages,
	struct diags *diags)
{
	return prepare(writer, letter, pages, NULL, true, diags);
}

bool pdf_check(struct pdf_writer *writer, const struct letter *letter, const struct pages *pages,
	struct diags *diags)
{
	return prepare(writer, letter, pages, NULL, false, diags);
}

bool pdf_render(struct pdf_writer *writer, const struct letter *letter, const struct pages *pages,
	const struct pdf_options *options, struct diags *diags)
{
	writer->compact = options->compact;
	if (!prepare(writer, letter, pages, options, true, diags))
		return false;
	if (haru_begin(writer) && write_objects(writer, pages, options))
		return true;
	haru_note(writer);
	render_report(writer, diags);
	return false;
}

bool pdf_save(struct pdf_writer *writer, struct buf *out, struct diags *diags)
{
	size_t offset = 0;
	buf_clear(out);
	if (file_put(writer, out, writer->signature_id, &offset)) {
		if (writer->signature_id)
			field_find_hole(writer, out, offset);
		return true;
	}
	buf_clear(out);
	render_report(writer, diags);
	return false;
}
