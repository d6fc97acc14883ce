/* attach.c - files that go with a letter, so that a machine can read what a person reads (ISO
 * 32000-1 7.11.4; ISO 19005-3 6.8: each says what it is to the letter, and of which type it is). */
#include "pdf/pdf_int.h"

static unsigned write_file(
	struct pdf_writer *writer, const struct pdf_attachment *attachment, struct str date)
{
	buf_clear(&writer->scratch);
	put_deflated(&writer->scratch, attachment->bytes, writer->deflate);
	struct str bytes = str_copy(writer->arena, buf_text(&writer->scratch));
	HPDF_Dict dict = object_stream(writer, bytes);
	struct buf *out = object_open(writer, dict);
	buf_puts(out, "/Type/EmbeddedFile/Filter/FlateDecode/Subtype");
	put_name(out, attachment->type);
	put_key_int(out, "/Params<</Size", attachment->bytes.len);
	buf_puts(out, "/ModDate");
	put_text(out, date);
	buf_puts(out, ">>");
	return object_close(writer, dict);
}

static unsigned write_specification(
	struct pdf_writer *writer, const struct pdf_attachment *attachment, unsigned file)
{
	HPDF_Dict dict = object_new(writer);
	struct buf *out = object_open(writer, dict);
	buf_puts(out, "/Type/Filespec/F");
	put_text(out, str_of(attachment->name));
	buf_puts(out, "/UF");
	put_text(out, str_of(attachment->name));
	buf_puts(out, "/Desc");
	put_text(out, str_of(attachment->description));
	buf_puts(out, "/AFRelationship");
	put_name(out, attachment->relation);
	put_key_ref(out, "/EF<</F", file);
	put_key_ref(out, "/UF", file);
	buf_puts(out, ">>");
	return object_close(writer, dict);
}

void attach_write(struct pdf_writer *writer, const struct pdf_options *options, struct str date)
{
	writer->attachments = arena_new_array(writer->arena, unsigned, options->attachment_count);
	for (int i = 0; i < options->attachment_count; i++) {
		const struct pdf_attachment *attachment = &options->attachments[i];
		unsigned file = write_file(writer, attachment, date);
		writer->attachments[i] = write_specification(writer, attachment, file);
	}
}

/* The names are those of a name tree: in the order of their bytes. */
void attach_put_catalog(
	struct pdf_writer *writer, const struct pdf_options *options, struct buf *out)
{
	if (!options->attachment_count)
		return;
	buf_puts(out, "/AF[");
	for (int i = 0; i < options->attachment_count; i++)
		put_key_ref(out, i ? " " : "", writer->attachments[i]);
	buf_puts(out, "]/Names<</EmbeddedFiles<</Names[");
	for (int i = 0; i < options->attachment_count; i++) {
		put_text(out, str_of(options->attachments[i].name));
		put_ref(out, writer->attachments[i]);
	}
	buf_puts(out, "]>>>>");
}
