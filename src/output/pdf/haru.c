/* haru.c - libharu's memory and errors.
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
	return arena_take(memory, size);
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

void haru_put_object(struct pdf_writer *writer, unsigned index, struct buf *out)
{
	HPDF_XrefEntry entry = HPDF_Xref_GetEntry(writer->doc->xref, index);
	if (entry)
		object_put(writer, entry->obj, out);
}

bool haru_end(struct pdf_writer *writer)
{
	haru_note(writer);
	memory = NULL;
	writer->doc = NULL;
	return !writer->error;
}

bool haru_check(struct diags *diags)
{
	if (str_eq(str_of(HPDF_GetVersion()), str_of(HPDF_VERSION_TEXT)))
		return true;
	diag_add(diags, PDF_VERSION, place_none(), HPDF_GetVersion(), HPDF_VERSION_TEXT);
	return false;
}
