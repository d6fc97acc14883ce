/* tags.c - what it costs that a letter can be heard and kept: the same letter is rendered
 * with its tags, and with every mark an artifact and no links; the difference is theirs. Metadata
 * and the last look (conform.c) are timed by themselves. Medians of several rounds, lowest and
 * highest.
 *
 *   tags TEMPLATE STYLE RECIPIENTS ID */
#include "figure.h"

#include "pdf/pdf_int.h"
#include "template/template.h"
#include "xml/xml.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 9, TIMES = 400 };

struct bench {
	struct arena *arena;
	struct diags *diags;
	struct pictures *pictures;
	struct style *style;
	struct text *text;
	struct shaper *shaper;
	struct layout *layout;
	struct pdf *pdf;
	struct pdf_writer *writer;
	struct letter *letter;
	struct pages *pages, unlinked, plain;
	struct buf out;
};

static void stop(const struct bench *bench)
{
	struct buf text = {0};
	for (int i = 0; i < diags_len(bench->diags); i++)
		diag_write_text(diags_at(bench->diags, i), false, &text);
	fputs(buf_text(&text).at, stderr);
	exit(1);
}

static struct str read(struct bench *bench, const char *path)
{
	struct str bytes = file_read(bench->arena, path, place_none(), bench->diags);
	if (!bytes.at)
		stop(bench);
	return bytes;
}

static struct letter *merge(struct bench *bench, char **arguments)
{
	struct template *template = template_read(
		bench->arena, read(bench, arguments[1]), arguments[1], bench->diags);
	const struct str id = str_of(arguments[4]);
	const struct recipients_options options = {.only = &id, .only_count = 1};
	struct recipient recipient;
	struct recipients *source = template
		? recipients_open(arguments[3], template, &options, bench->diags)
		: NULL;
	if (!source ||
		recipients_next(source, bench->arena, &recipient, bench->diags) != RECIPIENTS_GOOD)
		stop(bench);
	recipients_close(source);
	struct letter *letter = letter_merge(
		bench->arena, template, &recipient, NULL, bench->diags);
	if (!letter)
		stop(bench);
	return letter;
}

/* The same pages without links and, if wished, with nothing in them that means anything. */
static struct pages less(struct bench *bench, bool tags)
{
	struct pages less = *bench->pages;
	less.page = arena_new_array(bench->arena, struct page, less.count);
	for (int i = 0; i < less.count; i++) {
		struct page *page = &less.page[i];
		*page = bench->pages->page[i];
		page->link_count = 0;
		page->marks = arena_new_array(bench->arena, struct mark, page->mark_count);
		for (int k = 0; k < page->mark_count; k++) {
			struct mark *mark = &page->marks[k];
			*mark = bench->pages->page[i].marks[k];
			if (tags)
				continue;
			mark->node = -1;
			mark->role = ROLE_CONTENT;
			mark->artifact = ARTIFACT_LAYOUT;
		}
	}
	return less;
}

static void open_all(struct bench *bench, char **arguments)
{
	bench->letter = merge(bench, arguments);
	bench->style = style_read(
		bench->arena, read(bench, arguments[2]), arguments[2], bench->diags);
	bench->text = bench->style ? text_new(bench->style, bench->diags) : NULL;
	bench->pdf = bench->text ? pdf_new(bench->text, bench->style, str_lit(""), bench->diags)
				 : NULL;
	if (!bench->pdf)
		stop(bench);
	bench->pictures = pictures_new();
	bench->shaper = shaper_new(bench->text);
	bench->layout = layout_new(bench->style, bench->shaper, bench->pictures);
	bench->writer = pdf_writer_new(bench->pdf);
	const struct layout_options options = {0};
	bench->pages = layout_pages(
		layout_flow(bench->layout, bench->arena, bench->letter, bench->diags), &options);
	if (!bench->pages)
		stop(bench);
	bench->unlinked = less(bench, true);
	bench->plain = less(bench, false);
}

static void close_all(struct bench *bench)
{
	pdf_writer_free(bench->writer);
	layout_free(bench->layout);
	shaper_free(bench->shaper);
	pictures_free(bench->pictures);
	pdf_free(bench->pdf);
	text_free(bench->text);
	buf_free(&bench->out);
	diags_free(bench->diags);
	arena_free(bench->arena);
}

/* -- what is timed ----------------------------------------------------------------------------- */

static void render(struct bench *bench, const struct pages *pages)
{
	const struct pdf_options options = {0};
	if (!pdf_render(bench->writer, bench->letter, pages, &options, bench->diags) ||
		!pdf_save(bench->writer, &bench->out, bench->diags))
		stop(bench);
}

static void render_all(struct bench *bench)
{
	render(bench, bench->pages);
}

static void render_unlinked(struct bench *bench)
{
	render(bench, &bench->unlinked);
}

static void render_plain(struct bench *bench)
{
	render(bench, &bench->plain);
}

static void write_metadata(struct bench *bench)
{
	buf_clear(&bench->out);
	const struct tags tags = {.letter = bench->letter};
	xmp_put(&bench->out, &tags, false, str_lit("2020-10-13T00:00:00Z"));
}

/* At the letter rendered last. */
static void look(struct bench *bench)
{
	if (!conform_check(bench->writer, bench->pages, bench->diags))
		stop(bench);
}

enum work { PLAIN, UNLINKED, ALL, LOOK, METADATA, WORKS };

static void (*const works[WORKS])(struct bench *bench) = {
	[PLAIN] = render_plain,
	[UNLINKED] = render_unlinked,
	[ALL] = render_all,
	[LOOK] = look,
	[METADATA] = write_metadata,
};

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof *values, compare);
	return values[count / 2];
}

static void time_works(struct bench *bench, double us[WORKS], size_t bytes[WORKS])
{
	static double took[WORKS][TIMES];
	for (int i = 0; i < TIMES; i++)
		for (int work = 0; work < WORKS; work++) {
			double begin = figure_clock();
			works[work](bench);
			took[work][i] = (figure_clock() - begin) * 1e6;
			bytes[work] = bench->out.len;
		}
	for (int work = 0; work < WORKS; work++)
		us[work] = median(took[work], TIMES);
}

static void add_row(const char *name, const struct figure *us, size_t bytes)
{
	struct figure size = {{(double)bytes}, 1};
	figure_row(name, "us/letter", us, bytes ? &size : NULL);
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fputs("usage: tags TEMPLATE STYLE RECIPIENTS ID\n", stderr);
		return 2;
	}
	xml_start();
	struct bench bench = {.arena = arena_new(), .diags = diags_new()};
	struct figure both = {0}, tags = {0}, links = {0}, looks = {0}, data = {0};
	size_t bytes[WORKS];
	open_all(&bench, argv);
	for (int i = 0; i < ROUNDS; i++) {
		double us[WORKS];
		time_works(&bench, us, bytes);
		figure_add(&tags, us[UNLINKED] - us[PLAIN]);
		figure_add(&links, us[ALL] - us[UNLINKED]);
		figure_add(&looks, us[LOOK]);
		figure_add(&data, us[METADATA]);
		figure_add(&both, us[UNLINKED] - us[PLAIN] + us[METADATA]);
	}
	size_t tag_bytes = bytes[UNLINKED] - bytes[PLAIN];
	figure_table("What it costs that a letter can be heard and kept", "bytes in the file");
	add_row("tags and metadata", &both, tag_bytes + bytes[METADATA]);
	add_row("tags", &tags, tag_bytes);
	add_row("metadata", &data, bytes[METADATA]);
	add_row("links, with their names", &links, bytes[ALL] - bytes[UNLINKED]);
	add_row("the last look at the rules", &looks, 0);
	close_all(&bench);
	xml_stop();
	return 0;
}
