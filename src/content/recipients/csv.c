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
	int rows, fewest, shortest; /* of those above: how many, their cells, their last cells */
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

/* The cell that is being read. */
static struct place cell_at_hand(const struct csv *csv)
{
	return place_cell(csv->source.path, csv->row + 1, csv->count + 1);
}

/* A quotation mark that is not closed, or one behind words: 5" pipe. */
static void fail(struct csv *csv, bool open, struct diags *diags)
{
	enum { SHOWN = 40 };
	struct str words = {(const char *)csv->parser.entry_buf, (int)csv->parser.entry_pos};
	bool shows = !open && words.len > 0 && words.len <= SHOWN && utf8_invalid_at(words) < 0;
	struct str where = shows ? str_format(csv->source.arena, "stands behind %.*s",
					   str_arg(str_quoted(csv->source.arena, words)))
		: open           ? str_lit("is never closed")
				 : str_lit("stands behind words");
	diag_add(diags, CSV_QUOTE, cell_at_hand(csv), where.at);
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
			csv->chunk = decoder_next(csv->decoder, cell_at_hand(csv), diags);
		csv->ended = csv->chunk.len == 0;
		if (csv->ended && csv->chunk.at &&
			csv_fini(&csv->parser, on_cell, on_row, csv) != 0)
			fail(csv, true, diags);
		struct str line = csv->ended ? str_lit("") : take_line(csv);
		if (line.len)
			csv->source.cut = !strchr("\r\n", line.at[line.len - 1]);
		size_t read = csv_parse(
			&csv->parser, line.at, (size_t)line.len, on_cell, on_row, csv);
		bool endless = csv->text.len + csv_get_buffer_size(&csv->parser) > MAX_ROW;
		if (read != (size_t)line.len || endless)
			fail(csv, endless, diags);
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

static bool is_digit_at(struct str text, int at)
{
	return at >= 0 && at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
}

/* "1,250": a comma that divides groups. */
static bool divides_groups(struct str text, int at)
{
	return is_digit_at(text, at - 1) && is_digit_at(text, at + 1) &&
		is_digit_at(text, at + 2) && is_digit_at(text, at + 3) &&
		!is_digit_at(text, at + 4);
}

/* How many signs in a cell may divide columns: behind those of a sentence there is a blank. */
static int count_dividing(struct csv *csv, struct str cell)
{
	char sign = (char)csv_get_delim(&csv->parser);
	int count = 0;
	for (int i = 0; i + 1 < cell.len; i++)
		count += cell.at[i] == sign && !strchr(" \n", cell.at[i + 1]) &&
			!divides_groups(cell, i);
	return count;
}

/* Where a quotation mark is left open, and a later row has one too many, all between them is one
 * cell: a letter to one of these people, in which the others stand, and none to them. */
static bool check_rows_within(struct csv *csv, struct cells cells, struct diags *diags)
{
	int most = csv->table.count < 3 ? 2 : csv->table.count - 1;
	for (int i = 0; i < cells.count; i++) {
		if (!memchr(cells.at[i].at, '\n', (size_t)cells.at[i].len) ||
			count_dividing(csv, cells.at[i]) < most)
			continue;
		diag_add0(diags, CSV_ROWS, place_cell(csv->source.path, csv->row, i + 1));
		return false;
	}
	return true;
}

/* A file that was cut off ends within a row. That its last row has no line's end is no proof: some
 * programs never write one there. */
static bool check_end(struct csv *csv, const struct cells *cells, struct diags *diags)
{
	enum { ENOUGH = 20 }; /* rows, to tell by the length of their last cells */
	struct place at = place_cell(csv->source.path, csv->row, cells->count);
	const struct str *last = &cells->at[cells->count - 1];
	if (cells->count < csv->fewest) {
		diag_add(diags, CSV_CUT, at, diag_int(diags, cells->count));
		return false;
	}
	if (csv->rows >= ENOUGH && cells->count == csv->table.count && last->len < csv->shortest)
		diag_add(diags, CSV_END, at, diag_str(diags, *last));
	return true;
}

/* How all rows end but the last, the header among them. */
static void note_end(struct csv *csv, const struct cells *cells)
{
	bool full = csv->table.count && cells->count >= csv->table.count;
	int last = full ? cells->at[csv->table.count - 1].len : 0;
	csv->fewest = csv->fewest && csv->fewest < cells->count ? csv->fewest : cells->count;
	if (!csv->table.count)
		return;
	csv->shortest = csv->rows++ && csv->shortest < last ? csv->shortest : last;
}

static enum recipients_result take(
	struct source *source, struct arena *arena, struct cells *cells, struct diags *diags)
{
	struct csv *csv = csv_of(source);
	struct errors_before before = errors_before(diags);
	do {
		if (!read_row(csv, diags))
			return no_record(before, diags);
	} while (is_blank(csv));
	source->ordinal = csv->row;
	*cells = (struct cells){cells_of(csv, arena), csv->count, NULL, false};
	bool cut = csv->ended && csv->source.cut && csv->table.count;
	cells->bad = csv->table.count && !check_rows_within(csv, *cells, diags);
	cells->bad |= cut && !check_end(csv, cells, diags);
	note_end(csv, cells);
	return RECIPIENTS_GOOD;
}

static enum recipients_result next(
	struct source *source, struct arena *arena, struct recipient *out, struct diags *diags)
{
	return table_next(source, &csv_of(source)->table, take, arena, out, diags);
}

static bool read(const struct source *source, struct arena *arena, struct recipient *out,
	struct diags *diags)
{
	return table_read(&((const struct csv *)source)->table, arena, out, diags);
}

/* -- the header -------------------------------------------------------------------------------- */

static const char signs[] = ",;\t"; /* that divide columns */

/* "sep=;" in a line of its own tells what divides the columns, as some programs write it. Others
 * took it for a cell when they saved the table again, and put it between quotation marks. */
static char take_sep(struct csv *csv, struct diags *diags)
{
	bool quoted = str_starts(csv->chunk, "\"sep=");
	int end = str_find(csv->chunk, "\n"), at = quoted ? 5 : 4;
	if ((!quoted && !str_starts(csv->chunk, "sep=")) || end <= at)
		return 0;
	char sign = csv->chunk.at[at++];
	if (quoted && csv->chunk.at[at++] != '"')
		return 0;
	while (at < end && strchr(signs, csv->chunk.at[at]))
		at++;
	if (at != end)
		return 0;
	csv->row++;
	if (quoted)
		diag_add0(diags, CSV_SEP, place_cell(csv->source.path, csv->row, 1));
	csv->chunk = str_slice(csv->chunk, end + 1, csv->chunk.len);
	return sign;
}

/* The sign that stands most often outside of quotation marks in the first row that has any. */
static char find_delimiter(const struct csv *csv)
{
	int counts[3] = {0}, best = 0;
	bool quoted = false;
	for (int i = 0; i < csv->chunk.len; i++) {
		char c = csv->chunk.at[i];
		const char *sign = quoted ? NULL : strchr(signs, c);
		if (!quoted && c == '\n' && counts[0] + counts[1] + counts[2])
			break;
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
	csv->chunk = decoder_next(csv->decoder, cell_at_hand(csv), diags);
	char sign = csv->chunk.len ? take_sep(csv, diags) : 0;
	if (csv->chunk.len)
		csv_set_delim(&csv->parser, (unsigned char)(sign ? sign : find_delimiter(csv)));
	return csv->chunk.at && table_begin(&csv->source, &csv->table, take, diags);
}

static void close(struct source *source)
{
	struct csv *csv = csv_of(source);
	csv_free(&csv->parser);
	table_close(&csv->table);
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
