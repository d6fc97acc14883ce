/* object.c - objects of the file whose text is ours and whose number and syntax are libharu's.
 *
 * HPDF_Dict has a hook that writes behind its elements. A raw dictionary has no elements at all,
 * only the hook, which copies its text out of writer->objects: one object costs two small pieces of
 * memory, where elements of libharu's own would cost 136 bytes and a search each. The same hook on
 * a stream lets its bytes come filtered from memory that all letters share: libharu is told that
 * there is no filter, and the text says which. */
#include "pdf/pdf_int.h"

#include <assert.h>

struct body {
	struct pdf_writer *writer;
	size_t from, to; /* in writer->objects */
};

struct source {
	struct str bytes;
	int at;
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

static HPDF_STATUS write_body(HPDF_Dict dict, HPDF_Stream out)
{
	const struct body *body = dict->attr;
	const char *text = body->writer->objects.at + body->from;
	return HPDF_Stream_Write(out, (const HPDF_BYTE *)text, (HPDF_UINT)(body->to - body->from));
}

struct buf *object_open(struct pdf_writer *writer, HPDF_Dict dict)
{
	if (dict) {
		struct body *body = dict->attr ? dict->attr
					       : arena_alloc(writer->arena, sizeof *body);
		*body = (struct body){writer, writer->objects.len, writer->objects.len};
		dict->attr = body;
		dict->write_fn = write_body;
	}
	return &writer->objects;
}

unsigned object_close(struct pdf_writer *writer, HPDF_Dict dict)
{
	if (!dict)
		return 0;
	((struct body *)dict->attr)->to = writer->objects.len;
	return object_id(dict);
}

HPDF_Dict object_new(struct pdf_writer *writer)
{
	HPDF_Dict dict = HPDF_Dict_New(writer->doc->mmgr);
	return dict && HPDF_Xref_Add(writer->doc->xref, dict) == HPDF_OK ? dict : NULL;
}

/* The last bytes come together with the end: libharu asks no further. */
static HPDF_STATUS read_source(HPDF_Stream stream, HPDF_BYTE *to, HPDF_UINT *len)
{
	struct source *source = stream->attr;
	int left = source->bytes.len - source->at;
	int size = *len < (HPDF_UINT)left ? (int)*len : left;
	if (size)
		memcpy(to, source->bytes.at + source->at, (size_t)size);
	source->at += size;
	*len = (HPDF_UINT)size;
	return size == left ? HPDF_STREAM_EOF : HPDF_OK;
}

static HPDF_STATUS seek_source(HPDF_Stream stream, HPDF_INT at, HPDF_WhenceMode mode)
{
	assert(at == 0 && mode == HPDF_SEEK_SET);
	(void)mode;
	((struct source *)stream->attr)->at = at;
	return HPDF_OK;
}

static HPDF_INT32 tell_source(HPDF_Stream stream)
{
	return ((struct source *)stream->attr)->at;
}

static HPDF_UINT32 size_source(HPDF_Stream stream)
{
	return (HPDF_UINT32)((struct source *)stream->attr)->bytes.len;
}

HPDF_Dict object_stream(struct pdf_writer *writer, struct str bytes)
{
	HPDF_Doc doc = writer->doc;
	HPDF_Dict dict = HPDF_DictStream_New(doc->mmgr, doc->xref);
	if (!dict)
		return NULL;
	struct source *source = arena_alloc(writer->arena, sizeof *source);
	source->bytes = bytes;
	HPDF_Stream_Free(dict->stream);
	dict->stream = HPDF_CallbackReader_New(
		doc->mmgr, read_source, seek_source, tell_source, size_source, source);
	dict->filter = HPDF_STREAM_FILTER_NONE;
	return dict;
}

unsigned object_text(struct pdf_writer *writer, HPDF_Dict dict, const char *text)
{
	buf_puts(object_open(writer, dict), text);
	return object_close(writer, dict);
}
