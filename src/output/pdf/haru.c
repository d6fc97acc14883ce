/* haru.c - libharu's memory and errors, and the file at the end.
 *
 * libharu takes hundreds of small pieces for a document, and gives them back one by one. Here they
 * all come from one arena per writer that is reset before the next letter: no piece is ever freed,
 * and a document that failed needs no cleaning up. HPDF_Alloc_Func has no argument for the arena,
 * so the one in use is a thread's own; it is set for as long as one pdf_render runs.
 *
 * libharu's own pools (HPDF_NewEx with a size) were not used: they give unaligned memory.
 * Its error handler notes the first error; libharu then refuses further work by itself. */
#include "pdf/pdf_int.h"

#include "base/diag_id.h"

static _Thread_local struct arena *memory;

static void *take(HPDF_UINT size)
{
	return arena_alloc(memory, size);
}

static void keep(void *at)
{
	(void)at;
}

static void note_error(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
	struct pdf_writer *writer = user;
	if (writer->error)
		return;
	writer->error = error;
	writer->error_detail = detail;
}

/* Of errors with single objects libharu calls no handler. */
void haru_note(struct pdf_writer *writer)
{
	if (writer->doc && HPDF_GetError(writer->doc))
		note_error(HPDF_GetError(writer->doc), HPDF_GetErrorDetail(writer->doc), writer);
}

bool haru_begin(struct pdf_writer *writer)
{
	arena_reset(writer->haru);
	memory = writer->haru;
	writer->error = writer->error_detail = 0;
	writer->doc = HPDF_NewEx(note_error, take, keep, 0, writer);
	if (writer->doc)
		writer->doc->pdf_version = HPDF_VER_17;
	return writer->doc != NULL;
}

/* A table of its own leaves out the catalog and the other objects that libharu makes at once. */
bool haru_begin_part(struct pdf_writer *writer, unsigned first_id)
{
	if (!haru_begin(writer))
		return false;
	writer->doc->xref = HPDF_Xref_New(writer->doc->mmgr, first_id);
	return writer->doc->xref != NULL;
}

unsigned haru_part_len(const struct pdf_writer *writer)
{
	return writer->doc->xref->entries->count;
}

static HPDF_STATUS sink(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT len)
{
	buf_put(stream->attr, bytes, len);
	return HPDF_OK;
}

void haru_put_object(struct pdf_writer *writer, unsigned index, struct buf *out)
{
	HPDF_XrefEntry entry = HPDF_Xref_GetEntry(writer->doc->xref, index);
	HPDF_Stream stream = HPDF_CallbackWriter_New(writer->doc->mmgr, sink, out);
	if (!entry || !stream || HPDF_Obj_WriteValue(entry->obj, stream, NULL) != HPDF_OK)
		haru_note(writer);
}

/* libharu knows no PDF 2.0, and names Info, which PDF/A-4 does without (ISO 19005-4 6.1.3). Both
 * texts are written over, so that no other moves. */
static void make_pdf_2(struct buf *file)
{
	static const char header[] = "%PDF-2.0", key[] = "/Info ";
	memcpy(file->at, header, strlen(header));
	size_t at = file->len - strlen(key);
	while (at > 0 && memcmp(file->at + at, key, strlen(key)) != 0)
		at--;
	for (char *c = file->at + at; at && *c != 'R'; c++)
		*c = ' ';
	file->at[at + strcspn(file->at + at, "R")] = ' ';
}

/* HPDF_SaveToStream writes into the document's stream when there is one, so that a stream of our
 * own spares libharu's list of small blocks and a second copy. */
bool haru_save(struct pdf_writer *writer, struct buf *out, unsigned id, size_t *offset)
{
	HPDF_Doc doc = writer->doc;
	doc->stream = HPDF_CallbackWriter_New(doc->mmgr, sink, out);
	if (doc->stream)
		HPDF_SaveToStream(doc);
	haru_note(writer);
	HPDF_XrefEntry entry = id ? HPDF_Xref_GetEntryByObjectId(doc->xref, id) : NULL;
	if (entry)
		*offset = entry->byte_offset;
	memory = NULL;
	writer->doc = NULL;
	if (!writer->error && writer->tags.standard == STANDARD_UA2_A4)
		make_pdf_2(out);
	return !writer->error;
}

bool haru_check(struct diags *diags)
{
	if (str_eq(str_of(HPDF_GetVersion()), str_of(HPDF_VERSION_TEXT)))
		return true;
	diag_add(diags, PDF_VERSION, place_none(), HPDF_GetVersion(), HPDF_VERSION_TEXT);
	return false;
}
