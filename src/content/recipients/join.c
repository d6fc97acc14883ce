/* join.c - the rows of a table → its records, one at a time.
 *
 * A query over two tables gives a row for each pair: the reader again and again, each time with
 * another book. Where the template has a list for the books, rows next to each other that have one
 * id are one record; so the first row of the next one is read, and held, before a record is whole.
 *
 * Rows whose cells are those of an earlier run are known by them, and not taken apart. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

/* -- the header -------------------------------------------------------------------------------- */

/* A title stands above the header when a row below would be one. Looked for when the first row is
 * none; its findings, from said on, are then beside the point. */
static void find_header_below(struct source *source, const struct table *table, table_take *take,
	int said, struct diags *diags)
{
	enum { FAR = 20 };
	struct diags *unsaid = diags_new();
	struct cells cells = {0};
	bool found = false;
	for (int i = 0; i < FAR && !found; i++) {
		struct table below = *table;
		if (take(source, table->arena, &cells, unsaid) != RECIPIENTS_GOOD)
			break;
		found = table_check_text(&below, cells, source->ordinal, unsaid) &&
			table_header(&below, cells.at, cells.count, unsaid);
	}
	diags_free(unsaid);
	if (!found)
		return;
	diags_truncate(diags, said);
	diag_add0(diags, CSV_TITLE, place_cell(table->file, source->ordinal, 0));
}

bool table_begin(struct source *source, struct table *table, table_take *take, struct diags *diags)
{
	struct cells cells = {0};
	int errors = diags_count(diags, SEVERITY_ERROR);
	enum recipients_result result = take(source, table->arena, &cells, diags);
	if (result == RECIPIENTS_END && diags_count(diags, SEVERITY_ERROR) == errors)
		diag_add0(diags, TABLE_EMPTY, place_in(table->file));
	if (result != RECIPIENTS_GOOD || cells.bad ||
		(table->spoilt && !table_check_text(table, cells, source->ordinal, diags)))
		return false;
	int said = diags_len(diags);
	table->head = source->ordinal;
	bool good = table_header(table, cells.at, cells.count, diags);
	if (!good)
		find_header_below(source, table, take, said, diags);
	return good;
}

/* -- packed rows ------------------------------------------------------------------------------- */

static bool is_stored(const struct cells *cells, int i)
{
	return cells->stored && cells->stored[i];
}

/* A row's number, what is known of its cells, and each behind its length; -1: not there at all. */
static void pack(struct buf *out, const struct row *row)
{
	const struct cells *cells = &row->cells;
	int head[] = {row->number, cells->count, cells->bad};
	buf_put(out, head, sizeof head);
	for (int i = 0; i < cells->count; i++) {
		int cell[] = {is_stored(cells, i), cells->at[i].at ? cells->at[i].len : -1};
		buf_put(out, cell, sizeof cell);
		if (cell[1] > 0)
			buf_put(out, cells->at[i].at, (size_t)cell[1]);
	}
}

static int take_int(struct str *packed)
{
	int number;
	memcpy(&number, packed->at, sizeof number);
	*packed = str_slice(*packed, (int)sizeof number, packed->len);
	return number;
}

/* The next row; its cells stay where they are. */
static void unpack(struct str *packed, struct row *row)
{
	row->number = take_int(packed);
	int count = take_int(packed);
	bool bad = take_int(packed);
	struct str *cells = arena_new_array(row->arena, struct str, count);
	bool *stored = arena_new_array(row->arena, bool, count);
	for (int i = 0; i < count; i++) {
		stored[i] = take_int(packed);
		int len = take_int(packed);
		cells[i] = len < 0 ? (struct str){0} : str_slice(*packed, 0, len);
		*packed = str_slice(*packed, len < 0 ? 0 : len, packed->len);
	}
	row->cells = (struct cells){cells, count, stored, bad};
}

static uint64_t hash_row(uint64_t hash, const struct row *row)
{
	const struct cells *cells = &row->cells;
	for (int i = 0; i < cells->count; i++)
		hash = hash * 31 + (cells->at[i].at ? str_hash(cells->at[i]) : 1) +
			is_stored(cells, i);
	return hash;
}

/* -- joining ----------------------------------------------------------------------------------- */

typedef vec(struct row) row_list;

static struct str id_of(const struct row *row)
{
	int id = row->table->id;
	const struct cells *cells = &row->cells;
	bool there = id >= 0 && id < cells->count && cells->at[id].at &&
		utf8_invalid_at(cells->at[id]) < 0;
	return there ? blank_trim(cells->at[id]) : str_lit("");
}

/* The row that is held, or one more of the source, with cells in the arena. */
static enum recipients_result take_row(struct source *source, struct table *table, table_take *take,
	struct row *row, struct diags *diags)
{
	if (table->held.len) {
		struct str held = str_copy(row->arena, table->held);
		unpack(&held, row);
		table->held = (struct str){0};
		return RECIPIENTS_GOOD;
	}
	struct cells cells = {0};
	if (table->ended)
		return RECIPIENTS_END;
	enum recipients_result result = take(source, row->arena, &cells, diags);
	if (result == RECIPIENTS_GOOD) {
		table_check_row(table, &cells, source->ordinal, diags);
		row->cells = cells;
		row->number = source->ordinal;
	}
	return result;
}

/* What take gives is valid until it gives the next. */
static void keep_row(struct row *row)
{
	struct cells *cells = &row->cells;
	struct str *copies = arena_new_array(row->arena, struct str, cells->count);
	for (int i = 0; i < cells->count; i++)
		if (cells->at[i].at)
			copies[i] = str_copy(row->arena, cells->at[i]);
	if (cells->stored)
		cells->stored = memcpy(arena_new_array(row->arena, bool, cells->count),
			cells->stored, (size_t)cells->count * sizeof *cells->stored);
	cells->at = copies;
}

static void hold_row(struct table *table, const struct row *row)
{
	buf_clear(&table->holding);
	pack(&table->holding, row);
	table->held = buf_text(&table->holding);
}

/* Adds the rows that have the first one's id. Of more than RECIPIENT_MAX_ROWS none is left for
 * another record: a letter of some of them would be a wrong one. */
static enum recipients_result join(struct source *source, struct table *table, table_take *take,
	row_list *rows, struct diags *diags)
{
	struct row next = rows->at[0];
	enum recipients_result result = RECIPIENTS_GOOD;
	bool more = id_of(&next).len > 0, too_many = false;
	keep_row(&rows->at[0]);
	struct str id = id_of(&rows->at[0]);
	while (more) {
		struct arena_mark mark = arena_save(next.arena);
		result = take_row(source, table, take, &next, diags);
		more = result == RECIPIENTS_GOOD && str_eq(id_of(&next), id);
		if (more && rows->len < RECIPIENT_MAX_ROWS) {
			keep_row(&next);
			*vec_push(next.arena, rows) = next;
			continue;
		}
		too_many |= more;
		if (!more && result == RECIPIENTS_GOOD)
			hold_row(table, &next);
		arena_restore(next.arena, mark);
	}
	if (too_many)
		diag_add(diags, ROW_MANY, place_cell(rows->at[0].file, rows->at[0].number, 0),
			diag_int(diags, RECIPIENT_MAX_ROWS), diag_str(diags, id));
	return too_many ? RECIPIENTS_BAD : result == RECIPIENTS_END ? RECIPIENTS_GOOD : result;
}

/* -- records ----------------------------------------------------------------------------------- */

static bool check_text(const row_list *rows, struct diags *diags)
{
	for (int i = 0; i < rows->len; i++) {
		const struct row *row = &rows->at[i];
		if (row->cells.bad ||
			(row->table->spoilt &&
				!table_check_text(row->table, row->cells, row->number, diags)))
			return false;
	}
	return true;
}

static struct str pack_all(struct arena *arena, const row_list *rows)
{
	struct buf packed = {0};
	for (int i = 0; i < rows->len; i++)
		pack(&packed, &rows->at[i]);
	struct str all = str_copy(arena, buf_text(&packed));
	buf_free(&packed);
	return all;
}

static struct recipient record_of(const row_list *rows)
{
	const struct row *first = &rows->at[0];
	struct str id = id_of(first);
	bool named = first->table->id >= 0 && first->table->id < first->cells.count;
	struct recipient record = {.id = named ? str_copy(first->arena, id)
					       : str_format(first->arena, "row-%d", first->number),
		.at = place_cell(first->file, first->number, 0),
		.where = str_format(first->arena, "%s:row %d", first->file, first->number).at,
		.stamp = first->table->hash};
	for (int i = 0; i < rows->len; i++)
		record.stamp = hash_row(record.stamp, &rows->at[i]);
	return record;
}

enum recipients_result table_next(struct source *source, struct table *table, table_take *take,
	struct arena *arena, struct recipient *out, struct diags *diags)
{
	row_list rows = {0};
	struct row *first = vec_push(arena, &rows);
	*first = (struct row){table, arena, str_copy(arena, str_of(table->file)).at, {0}, 0};
	enum recipients_result result = take_row(source, table, take, first, diags);
	if (result == RECIPIENTS_GOOD && table->joined)
		result = join(source, table, take, &rows, diags);
	if (!rows.at[0].cells.at)
		return result;
	source->ordinal = rows.at[0].number;
	source->joins = table->joined && table->id >= 0;
	*out = record_of(&rows);
	if (result != RECIPIENTS_GOOD || !check_text(&rows, diags))
		return RECIPIENTS_BAD;
	if (source->known && source->known(source->user, arena, out)) {
		out->unread = pack_all(arena, &rows);
		return RECIPIENTS_KNOWN;
	}
	return rows_read(rows.at, rows.len, out, diags) ? RECIPIENTS_GOOD : RECIPIENTS_BAD;
}

bool table_read(
	const struct table *table, struct arena *arena, struct recipient *out, struct diags *diags)
{
	struct str packed = out->unread;
	row_list rows = {0};
	while (packed.len) {
		struct row *row = vec_push(arena, &rows);
		*row = (struct row){table, arena, out->at.file, {0}, 0};
		unpack(&packed, row);
	}
	return rows_read(rows.at, rows.len, out, diags);
}

void table_close(struct table *table)
{
	buf_free(&table->holding);
}
