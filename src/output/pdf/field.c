/* field.c - the signature's field and the spare one (ISO 32000-1 12.7.4.5 and 12.8).
 *
 * Both are there from the start, tagged and with a tooltip, so that what signing and time-stamping
 * add later is no change to the document: a dictionary in a field that waited for it. Words are
 * never in a field's appearance; they are the letter's own, on the page. A field without an area is
 * invisible, and tagged all the same: PDF/A forbids hidden ones and PDF/UA-1 untagged ones. In
 * PDF/UA-2 it is an artifact (ISO 14289-2 8.9.2.4.13).
 *
 * The signature dictionary holds two texts of fixed length to be filled in when the file is there:
 * which bytes are signed, and the signature. */
#include "pdf/pdf_int.h"

#include <assert.h>

static const char range[] = "[0 0000000000 0000000000 0000000000]";

static const struct {
	const char *lang, *signature, *stamp;
} words[] = {
	{"cy", "Llofnod", "Stamp amser"},
	{"en", "Signature", "Time stamp"},
};

/* For a language that we do not know, in English. */
static const char *tooltip(struct str lang, bool stamp)
{
	size_t row = 0;
	while (row + 1 < sizeof words / sizeof *words && !str_starts(lang, words[row].lang))
		row++;
	return stamp ? words[row].stamp : words[row].signature;
}

static bool is_invisible(const struct link_area *area)
{
	return area->right <= area->left;
}

static void add_field(struct pdf_writer *writer, const struct node *node, enum part part, int kind,
	const struct link_area *area, int page)
{
	bool artifact = writer->tags.standard == STANDARD_UA2_A4 && is_invisible(area);
	int element = artifact ? -1 : tags_part(&writer->tags, node, part);
	*vec_push(writer->arena, &writer->links.at) = (struct link){.page = page,
		.element = element,
		.node = node,
		.areas = area,
		.area_count = 1,
		.kind = kind};
	if (!artifact)
		tags_add_kid(&writer->tags, element,
			(struct kid){
				.kind = KID_LINK, .value = writer->links.at.len - 1, .page = page});
}

void field_collect(struct pdf_writer *writer, const struct pages *pages)
{
	const struct letter *letter = writer->tags.letter;
	const struct area *block = &pages->signature;
	bool visible = block->node >= 0;
	struct link_area *nowhere = arena_alloc(writer->arena, sizeof *nowhere);
	struct link_area *area = arena_alloc(writer->arena, sizeof *area);
	nowhere->top = nowhere->bottom = pages->height; /* the origin of PDF */
	*area = visible ? (struct link_area){.left = block->left,
				  .top = block->top,
				  .right = block->right,
				  .bottom = block->bottom}
			: *nowhere;
	add_field(writer, visible ? letter->nodes[block->node] : letter->root, PART_FIELD,
		FIELD_SIGNATURE, area, visible ? block->page : pages->count - 1);
	add_field(writer, letter->root, PART_STAMP, FIELD_STAMP, nowhere, pages->count - 1);
}

static void write_signature(struct pdf_writer *writer, const struct pdf_signature *signature)
{
	char date[META_DATE_SIZE];
	HPDF_Dict dict = object_new(writer);
	struct buf *out = object_open(writer, dict);
	meta_date(signature->time, date);
	buf_puts(out, "/Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/Name");
	put_text(out, signature->name);
	buf_puts(out, "/M");
	put_text(out, str_of(date));
	if (signature->certify)
		buf_puts(out,
			"/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams"
			"<</Type/TransformParams/P 2/V/1.2>>>>]");
	buf_puts(out, "/ByteRange");
	buf_puts(out, range);
	buf_puts(out, "/Contents<");
	buf_reserve(out, 2 * (size_t)signature->room);
	memset(out->at + out->len, '0', 2 * (size_t)signature->room);
	out->len += 2 * (size_t)signature->room;
	buf_char(out, '>');
	writer->signature_id = object_close(writer, dict);
	writer->hole.contents_len = 2 * (size_t)signature->room + 2;
}

/* An empty appearance: PDF/A wants one of each field that has an area (ISO 19005-2 6.3.3). */
static unsigned write_appearance(struct pdf_writer *writer, const struct link_area *area)
{
	HPDF_Dict dict = object_stream(writer, str_lit(""));
	struct buf *out = object_open(writer, dict);
	buf_puts(out, "/Type/XObject/Subtype/Form/BBox[0 0 ");
	put_milli(out, milli(area->right - area->left));
	buf_char(out, ' ');
	put_milli(out, milli(area->bottom - area->top));
	buf_puts(out, "]/Resources<<>>");
	return object_close(writer, dict);
}

void field_write(struct pdf_writer *writer, const struct pdf_signature *signature)
{
	write_signature(writer, signature);
	for (int i = 0; i < writer->links.at.len; i++) {
		const struct link *link = &writer->links.at.at[i];
		if (link->kind == FIELD_SIGNATURE && !is_invisible(link->areas))
			writer->appearance_id = write_appearance(writer, link->areas);
	}
}

void field_put_widget(struct pdf_writer *writer, struct buf *out, const struct link *link)
{
	bool stamp = link->kind == FIELD_STAMP;
	buf_puts(out, stamp ? "/FT/Sig/T(Timestamp)" : "/FT/Sig/T(Signature)");
	buf_puts(out, "/TU");
	put_text(out, str_of(tooltip(writer->tags.letter->lang, stamp)));
	if (!stamp)
		put_key_ref(out, "/V", writer->signature_id);
	if (writer->tags.standard == STANDARD_UA2_A4) {
		buf_puts(out, "/Contents");
		put_text(out, str_of(tooltip(writer->tags.letter->lang, stamp)));
	}
	if (!stamp && !is_invisible(link->areas)) {
		put_key_ref(out, "/AP<</N", writer->appearance_id);
		buf_puts(out, ">>");
	}
}

void field_put_catalog(
	struct pdf_writer *writer, struct buf *out, const struct pdf_signature *signature)
{
	buf_puts(out, "/AcroForm<</SigFlags 3/Fields[");
	for (int i = 0; i < writer->links.at.len; i++)
		if (writer->links.at.at[i].kind != LINK) {
			put_ref(out, writer->links.first_id + (unsigned)i);
			buf_char(out, ' ');
		}
	buf_puts(out, "]>>");
	if (signature->certify) {
		put_key_ref(out, "/Perms<</DocMDP", writer->signature_id);
		buf_puts(out, ">>");
	}
}

void field_find_hole(struct pdf_writer *writer, const struct buf *file, size_t offset)
{
	static const char key[] = "/ByteRange", next[] = "/Contents";
	size_t len = strlen(range);
	const char *at = memmem(file->at + offset, file->len - offset, key, strlen(key));
	assert(at); /* we wrote it */
	writer->hole.range = (size_t)(at - file->at) + strlen(key);
	writer->hole.range_len = len;
	writer->hole.contents = writer->hole.range + len + strlen(next);
	assert(file->at[writer->hole.contents] == '<');
}

struct pdf_hole pdf_hole(const struct pdf_writer *writer)
{
	return writer->hole;
}
