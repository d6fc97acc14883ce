/* bench.c - see bench.h. */
#include "bench.h"

#include "template/template.h"
#include "twin/twin.h"

#include <time.h>

static bool read_style(struct bench *bench, const char *path, struct str bytes)
{
	if (!bench->template)
		return false;
	if (bench->template->style.len) {
		bench->style = style_read(bench->arena, bytes, path, bench->diags);
	} else {
		bench->style = arena_new_array(bench->arena, struct style, 1);
		*bench->style = style_default();
	}
	return bench->style;
}

bool bench_open(
	struct bench *bench, const char *folder, struct str template_bytes, struct str style_bytes)
{
	struct arena *arena = bench->arena;
	const char *path = str_format(arena, "%s/letter.xml", folder).at;
	bench->template = template_read(arena, template_bytes, path, bench->diags);
	path = str_format(arena, "%s/style.xml", folder).at;
	/* Thousands of letters come out of one folder: Fontconfig is opened for the first few. */
	const struct face_keeping keeping = {
		.folder = str_format(arena, "%s/faces", folder).at, .now = time(NULL)};
	if (read_style(bench, path, style_bytes))
		bench->text = text_new_kept(bench->style, &keeping, bench->diags);
	if (!bench->text)
		return false;
	bench->shaper = shaper_new(bench->text);
	bench->pictures = pictures_new();
	bench->layout = layout_new(bench->style, bench->shaper, bench->pictures);
	bench->pdf = pdf_new(bench->text, bench->style, str_lit("sample"), bench->diags);
	bench->writer = bench->pdf ? pdf_writer_new(bench->pdf) : NULL;
	return bench->writer;
}

void bench_close(struct bench *bench)
{
	pdf_writer_free(bench->writer);
	pdf_free(bench->pdf);
	layout_free(bench->layout);
	pictures_free(bench->pictures);
	shaper_free(bench->shaper);
	text_free(bench->text);
}

static bool set(struct bench *bench, const struct ways *ways, struct made *made)
{
	struct layout_options options = {.watermark = ways->watermark ? "PREVIEW" : NULL,
		.guides = ways->guides,
		.seal = ways->seal ? "Signed by somebody" : NULL};
	struct flow *flow = layout_flow(bench->layout, bench->arena, made->letter, bench->diags);
	made->pages = layout_pages(flow, &options);
	return made->pages;
}

static bool render(struct bench *bench, const struct ways *ways, struct made *made)
{
	struct pdf_signature signature = {
		.name = str_lit("TEST"), .time = 1600000000, .room = 4000};
	struct pdf_attachment sources[] = {
		{"letter.xml", "application/xml", "Source", "The letter", made_text(&made->source)},
		{"record.xml", "application/xml", "Data", "The record", made_text(&made->record)}};
	struct pdf_options options = {.time = 1600000000,
		.attachments = sources,
		.attachment_count = ways->sources ? 2 : 0,
		.signature = ways->signature ? &signature : NULL};
	return pdf_render(bench->writer, made->letter, made->pages, &options, bench->diags) &&
		pdf_save(bench->writer, &made->pdf, bench->diags);
}

bool bench_make(struct bench *bench, struct str record, const struct ways *ways, struct made *made)
{
	if (!recipient_read(bench->arena, record, "record.xml", bench->template, &made->recipient,
		    bench->diags))
		return false;
	made->letter = letter_merge(
		bench->arena, bench->template, &made->recipient, NULL, bench->diags);
	if (!made->letter ||
		!letter_apply_style(bench->arena, made->letter, bench->style, NULL, bench->diags))
		return false;
	letter_source(made->letter, &made->source);
	recipient_write(&made->recipient, &made->record);
	twin_text(made->letter, &made->text);
	return set(bench, ways, made) && render(bench, ways, made) &&
		twin_html(made->letter, bench->style, bench->pictures, &made->html, bench->diags);
}

struct str made_text(const struct buf *buf)
{
	return (struct str){buf->at, (int)buf->len};
}

void made_free(struct made *made)
{
	buf_free(&made->pdf);
	buf_free(&made->html);
	buf_free(&made->text);
	buf_free(&made->source);
	buf_free(&made->record);
}
