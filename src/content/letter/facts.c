/* facts.c - the facts that a letter uses: how far each is known, whether it holds on the letter's
 * day, and whether a note cites what was not there yet.
 *
 * That a fact was found in a later source is no fault, so it is a note; that a letter prints a
 * later one is. What a record says of no fact costs nothing here. */
#include "letter/letter_int.h"

#include "base/diag_id.h"

#include <stdlib.h>

static int compare_values(const void *a, const void *b)
{
	const struct place x = (*(const struct value *const *)a)->at;
	const struct place y = (*(const struct value *const *)b)->at;
	return x.line != y.line ? (x.line > y.line) - (x.line < y.line)
				: (x.column > y.column) - (x.column < y.column);
}

/* -- how far it is known ----------------------------------------------------------------------- */

/* Whether the record's value of that name is this one, or what it was copied from. */
static bool has_own_name(const struct recipient *recipient, const struct value *value)
{
	const struct value *named = recipient_find(recipient->values, value->name);
	return named && compare_values(&named, &value) == 0;
}

/* The command that says where a fact was found; a list's facts have no name of their own. */
static void report_standing(struct merge *merge, const struct value *value, enum standing standing)
{
	static const enum diag_id ids[STANDING_COUNT] = {[STANDING_DERIVED] = DIAG_DERIVED,
		[STANDING_INFERRED] = DIAG_INFERRED,
		[STANDING_RECALLED] = DIAG_RECALLED};
	const struct recipient *recipient = merge->recipient;
	const char *name = diag_str(merge->diags, value->name);
	const char *const words[] = {
		merge_said(merge, value), diag_str(merge->diags, recipient->id), name, NULL};
	diag_add_args(merge->diags, ids[standing], value->at, words);
	if (!has_own_name(recipient, value))
		diag_hint(merge->diags,
			"look it up, and write standing=\"seen\", source=\"…\" and "
			"source-date=\"…\"");
}

static void check_standing(struct merge *merge, const struct value *value, struct letter *letter)
{
	enum standing standing = value_standing(value);
	letter->standings.count[standing]++;
	if (standing > STANDING_SEEN)
		report_standing(merge, value, standing);
	if (standing != STANDING_UNSAID && standing != STANDING_RECALLED &&
		!value->about->evidence_count)
		diag_add(merge->diags, FACT_SOURCE, value->at, merge_said(merge, value),
			standing_name(standing));
}

/* -- when it holds ----------------------------------------------------------------------------- */

static void check_valid(struct merge *merge, const struct value *value, const struct letter *letter)
{
	const struct about *about = value->about;
	if (about->valid.len && span_compare(about->valid, letter->date) != 0)
		diag_add(merge->diags, FACT_TIME, about->valid_at, merge_said(merge, value),
			diag_str(merge->diags, about->valid), diag_str(merge->diags, letter->date));
}

/* The earliest of its sources, if all that have a date are later than the letter. */
static struct str late_evidence(const struct about *about, struct str day)
{
	struct str earliest = {0};
	for (int i = 0; i < about->evidence_count; i++) {
		struct str date = about->evidence[i]->date;
		if (!date.len)
			continue;
		if (span_compare(date, day) <= 0)
			return (struct str){0};
		if (!earliest.len || str_cmp(span_from(date), earliest) < 0)
			earliest = span_from(date);
	}
	return earliest;
}

static void check_evidence(struct merge *merge, const struct value *value, struct letter *letter)
{
	struct str late = late_evidence(value->about, letter->date);
	if (!late.len)
		return;
	letter->standings.late++;
	diag_add(merge->diags, EVIDENCE_LATE, value->at, merge_said(merge, value),
		diag_str(merge->diags, late), diag_str(merge->diags, letter->date));
}

/* -- what the letter cites --------------------------------------------------------------------- */

/* The date that the record gives for an address, or an empty text. */
static struct str date_of(const struct value *values, struct str href)
{
	for (const struct value *value = values; value; value = value->next) {
		const struct about *about = value->about;
		for (int i = 0; about && i < about->evidence_count; i++)
			if (about->evidence[i]->date.len && str_eq(about->evidence[i]->href, href))
				return about->evidence[i]->date;
		struct str date = date_of(value->parts, href);
		if (date.len)
			return date;
	}
	return (struct str){0};
}

/* The date of what a note cites: of an address in it that the record knows, else the year that it
 * prints. */
static struct str cited_date(struct merge *merge, const struct node *note)
{
	for (const struct node *node = note->first; node; node = node_following(node, note)) {
		struct str href = node_attribute(node, "href");
		struct str date = href.len ? date_of(merge->recipient->values, href)
					   : (struct str){0};
		if (date.len)
			return date;
	}
	int year = note_year(note);
	return year ? str_format(merge->arena, "%d", year) : (struct str){0};
}

/* Whether the record has a part in what it cites; what the template says is the same in all
 * letters, and was looked at with it. */
static bool is_of_record(const struct node *note)
{
	const struct node *node = note->parent;
	while (node && node->tag != TAG_FIELD)
		node = node->parent;
	return node || (!note->constant && !note_year(note->origin));
}

static void check_notes(struct merge *merge, const struct letter *letter)
{
	for (int i = 0; i < letter->note_count; i++) {
		const struct node *note = letter->notes[i];
		struct str date = is_of_record(note) ? cited_date(merge, note) : (struct str){0};
		if (date.len && span_compare(date, letter->date) > 0)
			diag_add(merge->diags, SOURCE_LATE, note->at,
				diag_str(merge->diags, span_from(date)),
				diag_str(merge->diags, letter->date));
	}
}

/* Each value once, however often it was used. */
void check_facts(struct merge *merge, struct letter *letter)
{
	const struct value **facts = merge->facts.at;
	if (merge->facts.len)
		qsort(facts, (size_t)merge->facts.len, sizeof *facts, compare_values);
	for (int i = 0; i < merge->facts.len; i++) {
		if (i && facts[i] == facts[i - 1])
			continue;
		check_standing(merge, facts[i], letter);
		if (!letter->date.len)
			continue;
		check_valid(merge, facts[i], letter);
		check_evidence(merge, facts[i], letter);
	}
	if (letter->date.len)
		check_notes(merge, letter);
}
