/* csv.c - a CSV → records, row by row, by libcsv.
 *
 * libcsv hands over whole rows of whatever it is given; so it is given one line at a time, and
 * nothing has to be kept but the row at hand. Rows count as a spreadsheet counts them: line ends
 * inside of a cell do not, empty rows do. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

#include <csv.h>
#include <stdlib.h>

enum { MAX_ROW = 8 * 1024 * 1024 };

struct csv {
	struct source source;
	struct decoder *decoder;
	struct csv_parser parser;
	struct table table;
	struct str chunk; /* what is left of the decoder's last */
	struct buf text;  /* of the row's cells */
	int *ends;        /* of each cell in it */
	int count, cap;
	int row;
	bool complete, ended;
};

static struct csv *csv_of(struct source *source)
{
	return (struct csv *)source;
}

/* -- rows -------------------------------------------------------------------------------------- */

static void on_cell(void *text, size_t len, void *user)
{
	struct csv *csv = user;
	if (csv->count == csv->cap) {
		csv->cap = csv->cap ? csv->cap * 2 : 64;
		csv->ends = heap_resize(csv->ends, (size_t)csv->cap * sizeof *csv->ends);
	}
	buf_put(&csv->text, text, len);
	csv->ends[csv->count++] = (int)csv->text.len;
}

static void on_row(int c, void *user)
{
	struct csv *csv = user;
	(void)c;
	csv->complete = true;
	csv->row++;
}

static void fail(struct csv *csv, struct diags *diags)
{
	diag_add0(diags, CSV_QUOTE, place_cell(csv->source.path, csv->row + 1, 0));
	csv->ended = true;
}

/* Takes the next line off the chunk. */
static struct str take_line(struct csv *csv)
{
	const char *end = memchr(csv->chunk.at, '\n', (size_t)csv->chunk.len);
	int len = end ? (int)(end - csv->chunk.at) + 1 : csv->chunk.len;
	struct str line = str_slice(csv->chunk, 0, len);
	csv->chunk = str_slice(csv->chunk, len, csv->chunk.len);
	return line;
}

/* Reads on until a row is complete. False at the end, and after an error. */
static bool read_row(struct csv *csv, struct diags *diags)
{
	buf_clear(&csv->text);
	csv->count = 0;
	csv->complete = false;
	while (!csv->complete && !csv->ended) {
		if (csv->chunk.len == 0)
			csv->chunk = decoder_next(csv->decoder, diags);
		csv->ended = csv->chunk.len == 0;
		if (csv->ended && csv->chunk.at &&
			csv_fini(&csv->parser, on_cell, on_row, csv) != 0)
			fail(csv, diags);
		struct str line = csv->ended ? str_lit("") : take_line(csv);
		size_t read = csv_parse(
			&csv->parser, line.at, (size_t)line.len, on_cell, on_row, csv);
		bool endless = csv->text.len + csv_get_buffer_size(&csv->parser) > MAX_ROW;
		if (read != (size_t)line.len || endless)
			fail(csv, diags);
	}
	return csv->complete;
}

static struct str *cells_of(const struct csv *csv, struct arena *arena)
{
	struct str *cells = arena_new_array(arena, struct str, csv->count);
	for (int i = 0, from = 0; i < csv->count; from = csv->ends[i++])
		cells[i] = (struct str){
			csv->text.at ? csv->text.at + from : "", csv->ends[i] - from};
	return cells;
}

static bool is_blank(const struct csv *csv)
{
	struct str text = {csv->text.at, (int)csv->text.len};
	bool readable = !csv->table.spoilt || utf8_invalid_at(text) < 0;
	return readable && blank_trim(text).len == 0;
}

static enum recipients_result next(
	struct source *source, struct arena *arena, struct recipient *out, struct diags *diags)
{
	struct csv *csv = csv_of(source);
	int before = diags_count(diags, SEVERITY_ERROR);
	do {
		if (!read_row(csv, diags))
			return diags_count(diags, SEVERITY_ERROR) > before ? RECIPIENTS_BAD
									   : RECIPIENTS_END;
	} while (is_blank(csv));
	source->ordinal = csv->row;
	struct cells cells = {cells_of(csv, arena), csv->count};
	return table_next(source, &csv->table, arena, cells, out, diags);
}

static bool read(const struct source *source, struct arena *arena, struct recipient *out,
	struct diags *diags)
{
	return table_read(&((const struct csv *)source)->table, arena, out, diags);
}

/* -- the header -------------------------------------------------------------------------------- */

/* What divides the columns: the sign that stands most often in the first row outside of quotation
 * marks. "sep=;" in a line of its own, as some programs write it, tells. */
static char find_delimiter(struct csv *csv)
{
	static const char signs[] = ",;\t";
	int counts[3] = {0}, best = 0;
	bool quoted = false;
	if (csv->chunk.len > 5 && str_starts(csv->chunk, "sep=") && csv->chunk.at[5] == '\n') {
		char sign = csv->chunk.at[4];
		csv->chunk = str_slice(csv->chunk, 6, csv->chunk.len);
		csv->row++;
		return sign;
	}
	for (int i = 0; i < csv->chunk.len && (quoted || csv->chunk.at[i] != '\n'); i++) {
		char c = csv->chunk.at[i];
		const char *sign = quoted ? NULL : strchr(signs, c);
		quoted ^= c == '"';
		if (sign)
			counts[sign - signs]++;
	}
	for (int i = 1; i < 3; i++)
		best = counts[i] > counts[best] ? i : best;
	return signs[best];
}

static bool read_header(struct csv *csv, struct diags *diags)
{
	csv->chunk = decoder_next(csv->decoder, diags);
	if (csv->chunk.len)
		csv_set_delim(&csv->parser, (unsigned char)find_delimiter(csv));
	while (csv->chunk.at && read_row(csv, diags) && is_blank(csv))
		;
	struct cells cells = {cells_of(csv, csv->source.arena), csv->count};
	if (csv->table.spoilt && !table_check_text(&csv->table, cells, csv->row, diags))
		return false;
	if (csv->complete && !is_blank(csv))
		return table_header(&csv->table, cells.at, cells.count, diags);
	if (!diags_failed(diags))
		diag_add0(diags, TABLE_EMPTY, place_in(csv->source.path));
	return false;
}

static void close(struct source *source)
{
	struct csv *csv = csv_of(source);
	csv_free(&csv->parser);
	buf_free(&csv->text);
	free(csv->ends);
	if (csv->decoder)
		decoder_free(csv->decoder);
}

struct source *csv_open(const char *path, const struct template *template, struct diags *diags)
{
	static const struct source_kind kind = {next, read, NULL, NULL, close};
	struct source *source = source_new(&kind, sizeof(struct csv), path, template);
	struct csv *csv = csv_of(source);
	csv->table = (struct table){
		.arena = source->arena, .template = template, .file = source->path};
	if (csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
		out_of_memory();
	csv->decoder = decoder_open(source->path, diags);
	csv->table.spoilt = csv->decoder && decoder_is_spoilt(csv->decoder);
	if (csv->decoder && read_header(csv, diags))
		return source;
	source_free(source);
	return NULL;
}
