/* check.c - all letters run through all stages → a row each. What each finding says is not kept: it
 * is found again when its letter is looked at, so that memory grows by a row a letter. */
#include "desk/desk.h"

#include "record/versions.h"

#include <stdlib.h>

enum { GENERAL_MAX = 50, FIRST_ROWS = 200 };

struct check {
	struct desk *desk;
	struct listing *listing;
	int errors, warnings, unconfirmed; /* of the letter at work */
	bool first; /* nothing is listed yet: some rows are shown as soon as they are there */
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
		.words = listing_words(listing, letter->listed.words),
		.pages = letter->pages,
		.errors = check->errors + (letter->fate == JOB_FAILED && !check->errors),
		.warnings = check->warnings,
		.unconfirmed = check->unconfirmed};
	listing_fold_row(listing, row);
	if (letter->version)
		ready_keep(listing, row, letter->version);
	check->errors = check->warnings = check->unconfirmed = 0;
}

/* So many rows as fill a window, while the others are read. */
static void show_first(struct check *check)
{
	struct desk *desk = check->desk;
	struct listing *some = listing_new(desk), *old = desk->listing;
	check->first = false;
	some->partial = true;
	listing_copy(some, check->listing);
	pthread_mutex_lock(&desk->lock);
	desk->listing = some;
	desk->listed++;
	desk_tell(desk);
	pthread_mutex_unlock(&desk->lock);
	listing_free(old);
}

static void look_up(void *user, int done, int total)
{
	struct check *check = user;
	if (check->first && check->listing->rows.len == FIRST_ROWS)
		show_first(check);
	if (!desk_look_for_saves(check->desk, &check->stop))
		desk_count(check->desk, done, total);
}

static struct str words_of(struct arena *arena, const struct choice_reason *reasons, int count)
{
	struct buf words = {0};
	for (int i = 0; i < count; i++) {
		const struct choice_reason *reason = &reasons[i];
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
		const struct chosen *chosen = &choice->letters.at[i];
		struct row *row = listing_find(listing, chosen->id);
		if (row)
			row->why = words_of(
				listing->arena, chosen->reasons.at, chosen->reasons.len);
	}
	listing->unseen = words_of(listing->arena, choice->unseen.at, choice->unseen.len);
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
		.versions = check->listing->versions,
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
	struct check check = {.desk = desk, .listing = listing_new(desk), .first = true};
	list_all(&check, true);
	return end(&check);
}

struct listing *listing_check(struct desk *desk)
{
	struct check check = {.desk = desk, .listing = listing_new(desk)};
	check.listing->checked = true;
	check.listing->version = desk->version; /* which the keeper alone changes */
	if (!desk->options->look_only && (check.listing->file = file_nameless()) >= 0)
		check.listing->versions = versions_new();
	list_all(&check, false);
	return end(&check);
}
