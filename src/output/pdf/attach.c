/* attach.c - files that go with a letter, so that a machine can read what a person reads (ISO
 * 32000-1 7.11.4; ISO 19005-3 6.8: each says what it is to the letter, and of which type it is); or
 * so that a person has what is enclosed. */
#include "pdf/pdf_int.h"

#include <stdlib.h>

void attach_free(struct deflated *deflated)
{
	buf_free(&deflated->stream);
}

/* Once a writer. */
static struct str deflate_shared(struct pdf_writer *writer, struct str bytes)
{
	int i = 0;
	while (i < writer->deflated_count && writer->deflated[i].bytes != bytes.at)
		i++;
	if (i == writer->deflated_count) {
		struct libdeflate_compressor *deflate = deflate_new(true);
		writer->deflated = heap_resize(writer->deflated,
			(size_t)++writer->deflated_count * sizeof *writer->deflated);
		writer->deflated[i] = (struct deflated){.bytes = bytes.at};
		put_deflated(&writer->deflated[i].stream, bytes, deflate);
		libdeflate_free_compressor(deflate);
	}
	return (struct str){writer->deflated[i].stream.at, (int)writer->deflated[i].stream.len};
}

static struct str deflate_own(struct pdf_writer *writer, struct str bytes)
{
	buf_clear(&writer->scratch);
	put_deflated(&writer->scratch, bytes, writer->deflate);
	return str_copy(writer->arena, buf_text(&writer->scratch));
}

static unsigned write_file(
	struct pdf_writer *writer, const struct pdf_attachment *attachment, struct str date)
{
	struct str bytes = attachment->shared ? deflate_shared(writer, attachment->bytes)
					      : deflate_own(writer, attachment->bytes);
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

/* Names are those of a name tree, in the order of their bytes (ISO 32000-1 7.9.6) as put_text
 * writes them: ASCII before UTF-16, which has what lies beyond the first plane in the place of
 * surrogates. */
static int compare_names(struct str a, struct str b)
{
	bool ascii[2] = {true, true};
	for (int i = 0; i < a.len; i++)
		ascii[0] &= (signed char)a.at[i] >= 0;
	for (int i = 0; i < b.len; i++)
		ascii[1] &= (signed char)b.at[i] >= 0;
	if (ascii[0] != ascii[1])
		return ascii[0] ? -1 : 1;
	int at = 0, other = 0;
	while (at < a.len && other < b.len) {
		uint32_t c = utf8_next(a, &at), d = utf8_next(b, &other);
		bool high = c >= 0xE000 && c <= 0xFFFF, other_high = d >= 0xE000 && d <= 0xFFFF;
		if (c != d)
			return high != other_high ? (high ? 1 : -1) : c < d ? -1 : 1;
	}
	return at < a.len ? 1 : other < b.len ? -1 : 0;
}

/* In their order: there are few. */
static void sort(struct pdf_writer *writer, const struct pdf_options *options)
{
	writer->attached = arena_new_array(
		writer->arena, struct attached_file, options->attachment_count);
	for (int i = 0; i < options->attachment_count; i++) {
		const struct pdf_attachment *file = &options->attachments[i];
		int at = i;
		for (; at > 0 &&
			compare_names(str_of(file->name),
				str_of(writer->attached[at - 1].file->name)) < 0;
			at--)
			writer->attached[at] = writer->attached[at - 1];
		writer->attached[at] = (struct attached_file){.file = file};
	}
}

void attach_write(struct pdf_writer *writer, const struct pdf_options *options, struct str date)
{
	sort(writer, options);
	for (int i = 0; i < options->attachment_count; i++) {
		struct attached_file *attached = &writer->attached[i];
		unsigned file = write_file(writer, attached->file, date);
		attached->id = write_specification(writer, attached->file, file);
	}
}

void attach_put_catalog(
	struct pdf_writer *writer, const struct pdf_options *options, struct buf *out)
{
	if (!options->attachment_count)
		return;
	buf_puts(out, "/AF[");
	for (int i = 0; i < options->attachment_count; i++)
		put_key_ref(out, i ? " " : "", writer->attached[i].id);
	buf_puts(out, "]/Names<</EmbeddedFiles<</Names[");
	for (int i = 0; i < options->attachment_count; i++) {
		put_text(out, str_of(writer->attached[i].file->name));
		put_ref(out, writer->attached[i].id);
	}
	buf_puts(out, "]>>>>");
}
