/* list.c - all letters run through all stages → a row each. What each finding says is not kept: it
 * is found again when its letter is looked at, so that memory grows by a row a letter. */
#include "desk/desk.h"

#include <stdlib.h>

enum { GENERAL_MAX = 50, TEXTS_MOST = 16 << 20 };

struct listing *listing_new(const struct desk *desk)
{
	int approvals = desk->options->update->approvals;
	struct listing *listing = heap_new(sizeof *listing);
	listing->arena = arena_new();
	listing->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	listing->wanted = approvals ? approvals : 1;
	return listing;
}

/* On the heap, where an array grows without leaving its smaller ones behind: of 20,000 rows they
 * would be 9 MB. */
struct row *listing_add(struct listing *listing)
{
	if (listing->rows.len == listing->rows.cap) {
		listing->rows.cap = listing->rows.cap ? 2 * listing->rows.cap : 64;
		listing->rows.at = heap_resize(
			listing->rows.at, (size_t)listing->rows.cap * sizeof *listing->rows.at);
	}
	struct row *row = &listing->rows.at[listing->rows.len++];
	*row = (struct row){0};
	return row;
}

void listing_free(struct listing *listing)
{
	if (!listing)
		return;
	map_free(&listing->by_id);
	map_free(&listing->words.by_hash);
	map_free(&listing->approvers.by_hash);
	if (listing->locale)
		freelocale(listing->locale);
	arena_free(listing->arena);
	free(listing->rows.at);
	free(listing);
}

/* Of two rows with one id, which only broken records have, the later is found. */
void listing_index(struct listing *listing)
{
	map_clear(&listing->by_id);
	for (int i = listing->rows.len - 1; i >= 0; i--) {
		struct str id = listing->rows.at[i].id;
		uint64_t hash = str_hash(id);
		int64_t other;
		while ((other = map_add(&listing->by_id, hash, (uint32_t)i)) >= 0 &&
			!str_eq(listing->rows.at[other].id, id))
			hash++;
	}
}

struct row *listing_find(const struct listing *listing, struct str id)
{
	uint64_t hash = str_hash(id);
	for (int64_t at; (at = map_find(&listing->by_id, hash)) >= 0; hash++)
		if (str_eq(listing->rows.at[at].id, id))
			return &listing->rows.at[at];
	return NULL;
}

bool listing_approves(const struct listing *listing, int approved)
{
	return approved > 0 && approved >= listing->wanted;
}

/* Its number; -1 when there are too many already. */
static int keep_once(struct arena *arena, struct texts *texts, struct str text)
{
	uint64_t hash = str_hash(text);
	for (int64_t at; (at = map_find(&texts->by_hash, hash)) >= 0; hash++)
		if (str_eq(texts->list.at[at], text))
			return (int)at;
	if (texts->bytes > TEXTS_MOST - text.len)
		return -1;
	texts->bytes += text.len;
	map_add(&texts->by_hash, hash, (uint32_t)texts->list.len);
	*vec_push(arena, &texts->list) = str_copy(arena, text);
	return texts->list.len - 1;
}

/* What the template says in a letter; as keep_once. */
static int keep_words(struct listing *listing, struct str words)
{
	int before = listing->words.list.len;
	int number = keep_once(listing->arena, &listing->words, words);
	const struct folding folding = {{words}, 1};
	if (listing->words.list.len > before)
		*vec_push(listing->arena, &listing->folded_words) = listing_fold(listing, &folding);
	return number;
}

static void fold_row(struct listing *listing, struct row *row)
{
	const struct folding folding = folding_of_row(row);
	row->folded = listing_fold(listing, &folding);
}

void listing_stand(struct listing *listing, struct row *row, const struct stance *stance)
{
	int by = keep_once(listing->arena, &listing->approvers, stance->by);
	row->stance = *stance;
	row->stance.by = by < 0 ? (struct str){0} : listing->approvers.list.at[by];
}

bool listing_take_standing(struct listing *listing, const struct listing *old)
{
	bool known = true;
	for (int i = 0; i < listing->rows.len; i++) {
		struct row *row = &listing->rows.at[i];
		const struct row *before = listing_find(old, row->id);
		known &= before != NULL;
		if (before)
			listing_stand(listing, row, &before->stance);
	}
	return known;
}

/* Each of the letters has an error now: that of all. */
void listing_copy(struct listing *listing, const struct listing *old)
{
	for (int i = 0; i < old->rows.len; i++) {
		struct row *row = listing_add(listing);
		*row = old->rows.at[i];
		row->id = str_copy(listing->arena, row->id);
		row->name = str_copy(listing->arena, row->name);
		row->place = str_copy(listing->arena, row->place);
		row->values = str_copy(listing->arena, row->values);
		if (row->words >= 0)
			row->words = keep_words(listing, old->words.list.at[row->words]);
		fold_row(listing, row);
		row->why = str_copy(listing->arena, row->why);
		listing_stand(listing, row, &row->stance);
		row->errors = 1;
	}
	listing_index(listing);
}

/* -- checking ---------------------------------------------------------------------------------- */

struct check {
	struct desk *desk;
	struct listing *listing;
	int errors, warnings, unconfirmed; /* of the letter at work */
	atomic_bool stop;
};

static struct str copy_text(struct arena *arena, const char *text)
{
	return text ? str_copy(arena, str_of(text)) : (struct str){0};
}

static void keep_general(struct listing *listing, const struct diag *diag)
{
	if (listing->general.len == GENERAL_MAX)
		return;
	struct diag *kept = vec_push(listing->arena, &listing->general);
	*kept = *diag;
	kept->at.file = copy_text(listing->arena, diag->at.file).at;
	kept->text = copy_text(listing->arena, diag->text).at;
	kept->hint = copy_text(listing->arena, diag->hint).at;
}

static void found(void *user, const struct diag *diag)
{
	struct check *check = user;
	enum severity severity = diag_severity(diag->id);
	check->unconfirmed += job_is_unconfirmed(diag->id);
	if (severity == SEVERITY_NOTE)
		return;
	if (!diag->record)
		keep_general(check->listing, diag);
	if (!diag->record && severity >= SEVERITY_ERROR)
		check->listing->broken = true;
	check->errors += severity >= SEVERITY_ERROR;
	check->warnings += severity == SEVERITY_WARNING;
}

static void add_row(void *user, const struct job_letter *letter)
{
	struct check *check = user;
	struct listing *listing = check->listing;
	struct row *row = listing_add(listing);
	*row = (struct row){.id = str_copy(listing->arena, letter->id),
		.name = str_copy(listing->arena, letter->listed.name),
		.place = str_copy(listing->arena, letter->listed.place),
		.values = str_copy(listing->arena, letter->listed.values),
		.words = keep_words(listing, letter->listed.words),
		.pages = letter->pages,
		.errors = check->errors + (letter->fate == JOB_FAILED && !check->errors),
		.warnings = check->warnings,
		.unconfirmed = check->unconfirmed};
	fold_row(listing, row);
	check->errors = check->warnings = check->unconfirmed = 0;
}

static void look_up(void *user, int done, int total)
{
	struct check *check = user;
	if (!desk_look_for_saves(check->desk, &check->stop))
		desk_count(check->desk, done, total);
}

static struct str words_of(struct arena *arena, const struct chosen *chosen)
{
	struct buf words = {0};
	for (int i = 0; i < chosen->reasons.len; i++) {
		const struct choice_reason *reason = &chosen->reasons.at[i];
		buf_format(&words, "%s%.*s", i ? "\n" : "", str_arg(reason->text));
		if (reason->at.file) {
			buf_puts(&words, ", ");
			place_write(reason->at, &words);
		}
	}
	struct str copy = str_copy(arena, buf_text(&words));
	buf_free(&words);
	return copy;
}

/* What is looked at first stands first: 0, 1, 2. */
static int rank(const struct row *row)
{
	return row->errors ? 0 : row->why.len ? 1 : 2;
}

/* Each part keeps its order. */
static void put_in_order(struct listing *listing)
{
	int count = listing->rows.len, at = 0;
	struct row *rows = heap_new((size_t)count * sizeof *rows + 1);
	for (int now = 0; now <= 2; now++)
		for (int i = 0; i < count; i++)
			if (rank(&listing->rows.at[i]) == now)
				rows[at++] = listing->rows.at[i];
	free(listing->rows.at);
	listing->rows.at = rows;
	listing->rows.cap = count;
	listing_index(listing);
}

static void note_proof_set(struct listing *listing, const struct choice *choice)
{
	for (int i = 0; i < choice->letters.len; i++) {
		struct row *row = listing_find(listing, choice->letters.at[i].id);
		if (!row)
			continue;
		row->why = words_of(listing->arena, &choice->letters.at[i]);
	}
}

static void list_all(struct check *check, bool no_pages)
{
	struct job_request request = *check->desk->options->request;
	const struct desk_options *options = check->desk->options;
	struct choice choice = {
		.arena = check->listing->arena, .sample = options->sample, .seed = options->seed};
	struct job_check how = {.no_pages = no_pages,
		.listed = true,
		.label = options->label,
		.label_count = options->label_count,
		.choose = no_pages ? NULL : &choice};
	request.listener = (struct job_listener){.user = check,
		.found = found,
		.letter = add_row,
		.progress = look_up,
		.interrupted = &check->stop};
	job_check(&request, &how);
	check->listing->broken &= !check->listing->rows.len;
	listing_index(check->listing);
	note_proof_set(check->listing, &choice);
	put_in_order(check->listing);
}

static struct listing *end(struct check *check)
{
	if (!check->stop)
		return check->listing;
	listing_free(check->listing);
	return NULL;
}

struct listing *listing_merge(struct desk *desk)
{
	struct check check = {.desk = desk, .listing = listing_new(desk)};
	list_all(&check, true);
	return end(&check);
}

struct listing *listing_check(struct desk *desk)
{
	struct check check = {.desk = desk, .listing = listing_new(desk)};
	check.listing->checked = true;
	list_all(&check, false);
	return end(&check);
}
