/* diag.c - collecting findings and writing them. The order of diag.def is the order of the manual;
 * severity stands in the list, not in the position, so that related findings stay together. */
#include "base/diag_id.h"

#include "base/arena.h"
#include "base/heap.h"

#include <assert.h>
#include <stdlib.h>

static const struct {
	const char *code, *text, *hint;
	enum severity severity;
} catalogue[DIAG_COUNT] = {
#define DIAG(name, id, severity, text, hint) {id, text, hint, SEVERITY_##severity},
#include "base/diag.def"
#undef DIAG
};

struct diags {
	struct arena *arena;
	vec(struct diag) list;
	const char *record, *field; /* field: of the finding that comes next */
};

struct diags *diags_new(void)
{
	struct arena *arena = arena_new();
	struct diags *diags = heap_new(sizeof *diags);
	*diags = (struct diags){.arena = arena};
	return diags;
}

void diags_free(struct diags *diags)
{
	if (!diags)
		return;
	arena_free(diags->arena);
	free(diags);
}

void diags_clear(struct diags *diags)
{
	arena_reset(diags->arena);
	*diags = (struct diags){.arena = diags->arena};
}

void diags_truncate(struct diags *diags, int len)
{
	assert(len <= diags->list.len);
	diags->list.len = len;
}

const char *diag_str(struct diags *diags, struct str s)
{
	return str_copy(diags->arena, s).at;
}

const char *diag_int(struct diags *diags, long long number)
{
	return str_format(diags->arena, "%lld", number).at;
}

const char *diag_field(struct diags *diags, struct str name, struct str label)
{
	diags->field = diag_str(diags, name);
	return str_labelled(diags->arena, name, label).at;
}

void diags_set_record(struct diags *diags, const char *record)
{
	diags->record = record ? diag_str(diags, str_of(record)) : NULL;
}

/* Puts the arguments into the {} of a pattern, between quotation marks so that they end there;
 * gives where the next pattern's arguments begin. */
static const char *const *fill(struct buf *out, const char *pattern, const char *const *args)
{
	bool quoted = false;
	for (const char *p = pattern; *p; p++) {
		quoted ^= *p == '"';
		if (p[0] == '{' && p[1] == '}') {
			assert(*args && "fewer arguments than {}");
			(quoted ? buf_guarded : buf_str)(out, str_of(*args++));
			p++;
		} else {
			buf_char(out, *p);
		}
	}
	return args;
}

void diag_add_args(struct diags *diags, int id, struct place at, const char *const *args)
{
	struct buf text = {0}, hint = {0};
	args = fill(&text, catalogue[id].text, args);
	args = fill(&hint, catalogue[id].hint, args);
	assert(!*args && "more arguments than {}");
	*vec_push(diags->arena, &diags->list) = (struct diag){
		.id = id,
		.at = {at.file ? diag_str(diags, str_of(at.file)) : NULL, at.line, at.column,
			at.row},
		.record = diags->record,
		.field = diags->field,
		.text = diag_str(diags, buf_text(&text)),
		.hint = hint.len ? diag_str(diags, buf_text(&hint)) : NULL,
	};
	diags->field = NULL;
	buf_free(&text);
	buf_free(&hint);
}

void diag_hint(struct diags *diags, const char *hint)
{
	assert(diags->list.len);
	diags->list.at[diags->list.len - 1].hint = *hint ? diag_str(diags, str_of(hint)) : NULL;
}

int diags_count(const struct diags *diags, enum severity at_least)
{
	int count = 0;
	for (int i = 0; i < diags->list.len; i++)
		count += catalogue[diags->list.at[i].id].severity >= at_least;
	return count;
}

int diags_len(const struct diags *diags)
{
	return diags->list.len;
}

const struct diag *diags_at(const struct diags *diags, int index)
{
	assert(index < diags->list.len);
	return &diags->list.at[index];
}

bool diags_failed(const struct diags *diags)
{
	return diags_count(diags, SEVERITY_ERROR) > 0;
}

void diags_append_one(struct diags *diags, const struct diag *diag)
{
	struct diag copy = *diag;
	const char **texts[] = {&copy.at.file, &copy.record, &copy.field, &copy.text, &copy.hint};
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
		if (*texts[k])
			*texts[k] = diag_str(diags, str_of(*texts[k]));
	*vec_push(diags->arena, &diags->list) = copy;
}

void diags_append(struct diags *diags, const struct diags *more)
{
	for (int i = 0; i < more->list.len; i++)
		diags_append_one(diags, &more->list.at[i]);
}

static int compare(const struct diag *a, const struct diag *b)
{
	int by_file = str_cmp(str_of(a->at.file), str_of(b->at.file));
	if (by_file)
		return by_file;
	if (a->at.line != b->at.line)
		return a->at.line < b->at.line ? -1 : 1;
	if (a->at.column != b->at.column)
		return a->at.column < b->at.column ? -1 : 1;
	return ((int)a->id > (int)b->id) - ((int)a->id < (int)b->id);
}

/* Merge sort, because qsort is not stable. */
static void sort(struct diag *list, struct diag *spare, int len)
{
	if (len < 2)
		return;
	int half = len / 2, i = 0, j = half, n = 0;
	sort(list, spare, half);
	sort(list + half, spare, len - half);
	while (i < half || j < len)
		spare[n++] = j == len || (i < half && compare(&list[i], &list[j]) <= 0) ? list[i++]
											: list[j++];
	memcpy(list, spare, (size_t)len * sizeof *list);
}

static bool is_same(const struct diag *a, const struct diag *b)
{
	return compare(a, b) == 0 && str_eq(str_of(a->text), str_of(b->text)) &&
		str_eq(str_of(a->record), str_of(b->record));
}

/* Of a sorted list: what stands in several places of a letter is found in each of them. */
static int drop_repeated(struct diag *list, int len)
{
	int kept = 0;
	for (int i = 0; i < len; i++) {
		int other = kept - 1;
		while (other >= 0 && compare(&list[other], &list[i]) == 0 &&
			!is_same(&list[other], &list[i]))
			other--;
		if (other < 0 || compare(&list[other], &list[i]) != 0)
			list[kept++] = list[i];
	}
	return kept;
}

void diags_sort(struct diags *diags)
{
	struct arena_mark mark = arena_save(diags->arena);
	sort(diags->list.at, arena_new_array(diags->arena, struct diag, diags->list.len),
		diags->list.len);
	arena_restore(diags->arena, mark);
	diags->list.len = drop_repeated(diags->list.at, diags->list.len);
}

enum severity diag_severity(int id)
{
	return catalogue[id].severity;
}

const char *diag_code(int id)
{
	return catalogue[id].code;
}

const char *diag_pattern(int id)
{
	return catalogue[id].text;
}

const char *diag_hint_pattern(int id)
{
	return catalogue[id].hint;
}

const char *severity_name(enum severity severity)
{
	static const char *const names[] = {"note", "warning", "error", "error"};
	return names[severity];
}

static void put_pattern(struct buf *out, const char *pattern)
{
	for (; *pattern; pattern++)
		if (pattern[0] == '{' && pattern[1] == '}') {
			buf_puts(out, "…");
			pattern++;
		} else {
			buf_char(out, *pattern);
		}
}

void diag_write_meaning(int id, struct buf *out)
{
	put_pattern(out, diag_pattern(id));
}

void diag_write_advice(int id, struct buf *out)
{
	const char *pattern = diag_hint_pattern(id);
	if (strcmp(pattern, "{}") != 0 && strcmp(pattern, "write {}") != 0)
		put_pattern(out, pattern);
}

void place_write_column(int column, struct buf *out)
{
	char letters[8];
	int count = 0;
	for (; column > 0 && count < (int)sizeof letters; column = (column - 1) / 26)
		letters[count++] = (char)('A' + (column - 1) % 26);
	while (count > 0)
		buf_char(out, letters[--count]);
}

void place_write(struct place at, struct buf *out)
{
	buf_heading(out, str_of(at.file ? at.file : "lettermerge"));
	if (at.line)
		buf_format(out, at.row ? ":row %d" : ":%d", at.line);
	if (at.line && at.column && at.row) {
		buf_puts(out, ", column ");
		place_write_column(at.column, out);
	} else if (at.line && at.column) {
		buf_format(out, ":%d", at.column);
	}
}

/* Whether a record's name is where the finding is anyway. */
static bool is_there(const char *record, struct place at)
{
	struct buf text = {0}, name = {0};
	place_write(at, &text);
	buf_heading(&name, str_of(record));
	struct str where = buf_text(&text);
	int len = buf_text(&name).len;
	bool there = str_starts(where, name.at) &&
		(where.len == len || where.at[len] == ':' || where.at[len] == ',');
	buf_free(&text);
	buf_free(&name);
	return there;
}

void diag_write_text(const struct diag *diag, bool colour, struct buf *out)
{
	static const char *const colours[] = {"\033[36m", "\033[33m", "\033[31m", "\033[31m"};
	enum severity severity = diag_severity(diag->id);
	place_write(diag->at, out);
	buf_puts(out, ": ");
	buf_puts(out, colour ? colours[severity] : "");
	buf_format(out, "%s:%s ", severity_name(severity), colour ? "\033[0m" : "");
	buf_shown(out, str_of(diag->text));
	buf_format(out, " [%s]\n", diag_code(diag->id));
	if (diag->record && !is_there(diag->record, diag->at)) {
		buf_puts(out, "  in: ");
		buf_shown(out, str_of(diag->record));
		buf_char(out, '\n');
	}
	if (diag->hint) {
		buf_puts(out, "  hint: ");
		buf_shown(out, str_of(diag->hint));
		buf_char(out, '\n');
	}
}

static void put_member(struct buf *out, const char *name, const char *value)
{
	if (value)
		json_member(out, name, str_of(value));
}

void place_write_json(struct place at, struct buf *out)
{
	put_member(out, "file", at.file);
	if (at.line)
		buf_format(out, ",\"%s\":%d", at.row ? "row" : "line", at.line);
	if (at.column && !at.row)
		buf_format(out, ",\"column\":%d", at.column);
	if (at.column && at.row) {
		buf_puts(out, ",\"cell\":\"");
		place_write_column(at.column, out);
		buf_format(out, "%d\"", at.line);
	}
}

void diag_write_json(const struct diag *diag, struct buf *out)
{
	buf_format(out, "{\"severity\":\"%s\"", severity_name(diag_severity(diag->id)));
	put_member(out, "code", diag_code(diag->id));
	place_write_json(diag->at, out);
	put_member(out, "record", diag->record);
	put_member(out, "field", diag->field);
	put_member(out, "message", diag->text);
	put_member(out, "hint", diag->hint);
	buf_puts(out, "}\n");
}
