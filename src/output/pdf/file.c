/* file.c - the finished objects → a file (ISO 32000-1 7.5): libharu's table is gone through once,
 * and each object is written behind the one before. libharu's own way would write PDF 1.7 alone, an
 * object for the length of each stream, and no object streams.
 *
 * Compact, all that is no stream goes into one object stream (7.5.7), and the table is a stream
 * itself (7.5.8). The signature dictionary stays outside: its bytes are what is signed around. */
#include "pdf/pdf_int.h"

enum { FREE, PLACED, PACKED };

static bool is_new(const struct pdf_writer *writer)
{
	return writer->tags.standard == STANDARD_UA2_A4;
}

/* The bytes of the second line say that the file is binary (7.5.2). */
static void put_header(const struct pdf_writer *writer, struct buf *out)
{
	buf_puts(out, is_new(writer) ? "%PDF-2.0\n" : "%PDF-1.7\n");
	buf_puts(out, "%\xB7\xBE\xAD\xAA\n");
}

static void begin_object(struct buf *out, unsigned id)
{
	put_int(out, id);
	buf_puts(out, " 0 obj\n");
}

static void put_placed(
	struct pdf_writer *writer, struct buf *out, HPDF_XrefEntry entry, unsigned id)
{
	entry->byte_offset = (HPDF_UINT)out->len;
	begin_object(out, id);
	object_put(writer, entry->obj, out);
	buf_puts(out, "\nendobj\n");
}

/* Behind all others: what is signed before it is hashed once for the signature and for the list,
 * what follows it twice (sign/signer.c). */
static void put_signature(struct pdf_writer *writer, struct buf *out)
{
	unsigned id = writer->signature_id;
	if (id)
		put_placed(writer, out, HPDF_Xref_GetEntry(writer->doc->xref, id), id);
}

/* PDF/A-4 does without Info (ISO 19005-4 6.1.3). */
static void put_trailer(struct pdf_writer *writer, struct buf *out, unsigned size)
{
	HPDF_Doc doc = writer->doc;
	put_key_ref(out, "/Root", object_id(doc->catalog));
	if (!is_new(writer))
		put_key_ref(out, "/Info", object_id(doc->info));
	put_key_int(out, "/Size", size);
	buf_str(out, object_body(doc->trailer));
}

static void put_end(struct buf *out, size_t table)
{
	buf_puts(out, "startxref\n");
	put_int(out, (int64_t)table);
	buf_puts(out, "\n%%EOF\n");
}

/* -- plain ------------------------------------------------------------------------------------- */

static void put_line(struct buf *out, HPDF_UINT offset)
{
	char line[] = "0000000000 00000 n\r\n";
	put_offset_at(line, offset);
	buf_put(out, line, sizeof line - 1);
}

static void put_plain(struct pdf_writer *writer, struct buf *out)
{
	HPDF_Xref xref = writer->doc->xref;
	unsigned count = xref->entries->count;
	for (unsigned id = 1; id < count; id++)
		if (id != writer->signature_id)
			put_placed(writer, out, HPDF_Xref_GetEntry(xref, id), id);
	put_signature(writer, out);
	size_t table = out->len;
	put_key_int(out, "xref\n0", count);
	buf_puts(out, "\n0000000000 65535 f\r\n");
	for (unsigned id = 1; id < count; id++)
		put_line(out, HPDF_Xref_GetEntry(xref, id)->byte_offset);
	buf_puts(out, "trailer\n<<");
	put_trailer(writer, out, count);
	buf_puts(out, ">>\n");
	put_end(out, table);
}

/* -- compact ----------------------------------------------------------------------------------- */

static bool is_packed(const struct pdf_writer *writer, const void *object, unsigned id)
{
	return id != writer->signature_id && !object_is_stream(object);
}

/* The objects behind their numbers and places; gives where they begin. */
static size_t pack(struct pdf_writer *writer, unsigned *count)
{
	HPDF_Xref xref = writer->doc->xref;
	struct buf *places = &writer->scratch, *packed = &writer->packed;
	buf_clear(places);
	buf_clear(packed);
	*count = 0;
	for (unsigned id = 1; id < xref->entries->count; id++) {
		HPDF_XrefEntry entry = HPDF_Xref_GetEntry(xref, id);
		if (!is_packed(writer, entry->obj, id))
			continue;
		put_key_int(places, "", id);
		put_key_int(places, "", (int64_t)packed->len);
		object_put(writer, entry->obj, packed);
		++*count;
	}
	size_t first = places->len;
	buf_put(places, packed->at, packed->len);
	return first;
}

/* A stream of what is in writer->scratch; head: its dictionary's text, behind "<<". */
static void put_deflated_stream(
	struct pdf_writer *writer, struct buf *out, unsigned id, struct str head)
{
	buf_clear(&writer->packed);
	put_deflated(&writer->packed, buf_text(&writer->scratch), writer->deflate);
	begin_object(out, id);
	buf_str(out, head);
	buf_puts(out, "/Filter/FlateDecode");
	put_key_int(out, "/Length", (int64_t)writer->packed.len);
	buf_puts(out, ">>\nstream\r\n");
	buf_str(out, buf_text(&writer->packed));
	buf_puts(out, "\nendstream\nendobj\n");
}

static void put_objects(struct pdf_writer *writer, struct buf *out, unsigned id)
{
	struct buf head = {0};
	unsigned count;
	size_t first = pack(writer, &count);
	buf_puts(&head, "<</Type/ObjStm");
	put_key_int(&head, "/N", count);
	put_key_int(&head, "/First", (int64_t)first);
	put_deflated_stream(writer, out, id, buf_text(&head));
	buf_free(&head);
}

struct row {
	int type;
	size_t second, third;
};

enum { OFFSET_BYTES = 4, INDEX_BYTES = 4, ROW_BYTES = 1 + OFFSET_BYTES + INDEX_BYTES };

/* What is a row more than the one above, byte by byte (PNG's filter "up"). */
static void put_row(struct buf *out, unsigned char above[ROW_BYTES], struct row row)
{
	unsigned char bytes[ROW_BYTES] = {(unsigned char)row.type};
	for (int i = 0; i < OFFSET_BYTES; i++)
		bytes[1 + i] = (unsigned char)(row.second >> 8 * (OFFSET_BYTES - 1 - i));
	for (int i = 0; i < INDEX_BYTES; i++)
		bytes[1 + OFFSET_BYTES + i] = (unsigned char)(row.third >>
			8 * (INDEX_BYTES - 1 - i));
	buf_char(out, 2);
	for (int i = 0; i < ROW_BYTES; i++) {
		buf_char(out, (char)(bytes[i] - above[i]));
		above[i] = bytes[i];
	}
}

/* stream: the object stream's id, and its place; the table's own comes last. */
static void put_rows(struct pdf_writer *writer, unsigned stream, size_t place, size_t table)
{
	HPDF_Xref xref = writer->doc->xref;
	struct buf *out = &writer->scratch;
	unsigned char above[ROW_BYTES] = {0};
	unsigned index = 0;
	buf_clear(out);
	put_row(out, above, (struct row){FREE, 0, 0xFFFF});
	for (unsigned id = 1; id < stream; id++) {
		HPDF_XrefEntry entry = HPDF_Xref_GetEntry(xref, id);
		bool packed = is_packed(writer, entry->obj, id);
		put_row(out, above,
			packed ? (struct row){PACKED, stream, index++}
			       : (struct row){PLACED, entry->byte_offset, 0});
	}
	put_row(out, above, (struct row){PLACED, place, 0});
	put_row(out, above, (struct row){PLACED, table, 0});
}

static void put_compact(struct pdf_writer *writer, struct buf *out)
{
	HPDF_Xref xref = writer->doc->xref;
	unsigned count = xref->entries->count, stream = count, table_id = count + 1;
	for (unsigned id = 1; id < count; id++) {
		HPDF_XrefEntry entry = HPDF_Xref_GetEntry(xref, id);
		if (!is_packed(writer, entry->obj, id) && id != writer->signature_id)
			put_placed(writer, out, entry, id);
	}
	size_t place = out->len;
	put_objects(writer, out, stream);
	put_signature(writer, out);
	size_t table = out->len;
	struct buf head = {0};
	put_rows(writer, stream, place, table);
	buf_format(&head, "<</Type/XRef/W[1 %d %d]/DecodeParms<</Predictor 12/Columns %d>>",
		OFFSET_BYTES, INDEX_BYTES, ROW_BYTES);
	put_trailer(writer, &head, count + 2);
	put_deflated_stream(writer, out, table_id, buf_text(&head));
	buf_free(&head);
	put_end(out, table);
}

bool file_put(struct pdf_writer *writer, struct buf *out, unsigned id, size_t *offset)
{
	put_header(writer, out);
	if (writer->compact)
		put_compact(writer, out);
	else
		put_plain(writer, out);
	HPDF_XrefEntry entry = id ? HPDF_Xref_GetEntry(writer->doc->xref, id) : NULL;
	if (entry)
		*offset = entry->byte_offset;
	return haru_end(writer);
}
