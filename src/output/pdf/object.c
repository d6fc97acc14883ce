/* object.c - objects of the file whose text is ours and whose number is libharu's.
 *
 * HPDF_Dict has a hook that writes behind its elements. A raw dictionary has no elements at all,
 * nor a list for them, only the hook, which copies its text out of writer->objects: one object
 * costs one small piece of memory, where elements of libharu's own would cost 136 bytes and a
 * search each. A stream is such a dictionary with bytes behind it, filtered already and often
 * shared by all letters; libharu's own would take a second object for its length. */
#include "pdf/pdf_int.h"

#include <assert.h>

struct body {
	struct pdf_writer *writer;
	size_t from, to; /* in writer->objects */
	bool stream;
	struct str bytes; /* of a stream */
};

unsigned object_id(const void *object)
{
	return ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFF;
}

unsigned object_next(const struct pdf_writer *writer)
{
	HPDF_Xref xref = writer->doc->xref;
	return xref->start_offset + xref->entries->count;
}

struct raw {
	struct _HPDF_Dict_Rec dict;
	struct body body;
};

static struct str text_of(const struct body *body)
{
	return (struct str){body->writer->objects.at + body->from, (int)(body->to - body->from)};
}

static HPDF_STATUS write_body(HPDF_Dict dict, HPDF_Stream out)
{
	struct str text = text_of(dict->attr);
	return HPDF_Stream_Write(out, (const HPDF_BYTE *)text.at, (HPDF_UINT)text.len);
}

static struct body *body_of(struct pdf_writer *writer, HPDF_Dict dict)
{
	if (!dict->attr) {
		dict->attr = arena_new_array(writer->arena, struct body, 1);
		dict->write_fn = write_body;
		*(struct body *)dict->attr = (struct body){.writer = writer};
	}
	return dict->attr;
}

struct buf *object_open(struct pdf_writer *writer, HPDF_Dict dict)
{
	if (dict)
		body_of(writer, dict)->from = writer->objects.len;
	return &writer->objects;
}

unsigned object_close(struct pdf_writer *writer, HPDF_Dict dict)
{
	if (!dict)
		return 0;
	body_of(writer, dict)->to = writer->objects.len;
	return object_id(dict);
}

HPDF_Dict object_new(struct pdf_writer *writer)
{
	struct raw *raw = arena_new_array(writer->arena, struct raw, 1);
	raw->body.writer = writer;
	raw->dict.header.obj_class = HPDF_OCLASS_DICT;
	raw->dict.attr = &raw->body;
	raw->dict.write_fn = write_body;
	return HPDF_Xref_Add(writer->doc->xref, raw) == HPDF_OK ? &raw->dict : NULL;
}

HPDF_Dict object_stream(struct pdf_writer *writer, struct str bytes)
{
	HPDF_Dict dict = object_new(writer);
	if (!dict)
		return NULL;
	struct body *body = body_of(writer, dict);
	body->stream = true;
	body->bytes = bytes;
	return dict;
}

unsigned object_text(struct pdf_writer *writer, HPDF_Dict dict, const char *text)
{
	buf_puts(object_open(writer, dict), text);
	return object_close(writer, dict);
}

/* All of the letter's objects are dictionaries. */
static const struct body *find_body(const void *object)
{
	const struct _HPDF_Dict_Rec *dict = object;
	bool ours = (dict->header.obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT &&
		dict->write_fn == write_body;
	return ours ? dict->attr : NULL;
}

bool object_is_stream(const void *object)
{
	const struct body *body = find_body(object);
	return body && body->stream;
}

static HPDF_STATUS sink(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT len)
{
	buf_put(stream->attr, bytes, len);
	return HPDF_OK;
}

/* What libharu has elements of. */
static void put_libharus(struct pdf_writer *writer, void *object, struct buf *out)
{
	HPDF_Stream stream = HPDF_CallbackWriter_New(writer->doc->mmgr, sink, out);
	if (!stream || HPDF_Obj_WriteValue(object, stream, NULL) != HPDF_OK)
		haru_note(writer);
}

void object_put(struct pdf_writer *writer, void *object, struct buf *out)
{
	const struct body *body = find_body(object);
	HPDF_List elements = ((HPDF_Dict)object)->list;
	if (!body || (elements && elements->count)) {
		put_libharus(writer, object, out);
		return;
	}
	buf_puts(out, "<<");
	buf_str(out, text_of(body));
	if (!body->stream) {
		buf_puts(out, ">>");
		return;
	}
	put_key_int(out, "/Length", body->bytes.len);
	buf_puts(out, ">>\nstream\r\n");
	buf_str(out, body->bytes);
	buf_puts(out, "\nendstream");
}

struct str object_body(HPDF_Dict dict)
{
	return text_of(dict->attr);
}
