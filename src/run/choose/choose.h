/* choose.h - the proof set at work: what there is to show, what a letter shows of it, and who
 * chooses.
 *
 *   choice_facts.c  the facts and their measures     choice.c  the choosing
 *   sample.c        letters drawn by chance */
#ifndef CHOOSE_CHOOSE_H
#define CHOOSE_CHOOSE_H

#include "base/base.h"

struct field;
struct letter;
struct node;
struct pages;
struct template;
struct text;

/* Why a letter is in the proof set: something that no letter before it in the set shows. */
struct choice_reason {
	struct str text; /* in words */
	struct place at; /* in the template; .file NULL: nowhere in particular */
};
struct chosen {
	struct str id;
	int pages;
	vec(struct choice_reason) reasons; /* at least one */
};
enum { SAMPLE_MOST = 1000 };

/* The proof set: a few letters that together show every branch of the template, the longest and
 * shortest of each field, and all else by which letters differ, as far as any letter shows it. */
struct choice {
	struct arena *arena; /* the caller's: all that follows lies in it */
	int sample, seed; /* how many letters are drawn by chance beside these, and by which seed */
	vec(struct chosen) letters;
	vec(struct choice_reason) unseen; /* branches that no letter takes */
};

/* A MOST is followed by its FEWEST. */
enum fact_kind {
	FACT_TURN,
	FACT_GIVEN,
	FACT_ABSENT,
	FACT_DEFAULT,
	FACT_MOST,
	FACT_FEWEST,
	FACT_MOST_LINES,
	FACT_FEWEST_LINES,
	FACT_MOST_PAGES,
	FACT_FEWEST_PAGES,
	FACT_FACE,
	FACT_EDITION,
	FACT_BEYOND_ASCII,
	FACT_RIGHT_TO_LEFT,
	FACT_ODDEST
};

/* Something that a proof set ought to show. Each letter has a measure of it; it is shown by those
 * letters whose measure is the greatest of all letters'. */
struct fact {
	enum fact_kind kind;
	const struct node *node;   /* of WAY */
	const struct field *field; /* of GIVEN to FEWEST_LINES */
	const struct field *list;  /* that the field is a part of, or NULL */
	int which;                 /* of WAY: enum turn; of FACE: the face */
};

struct facts {
	vec(struct fact) list;
	const struct text *text;
	vec(struct str) editions; /* their names */
	int edition;              /* whose letters are measured: 0 the usual one, else from 1 */
};

enum { MEASURE_NONE = INT32_MIN }; /* a letter that has nothing of the fact */

/* All facts that letters of a template may show, in the template's order. In the arena. */
struct facts *facts_new(
	struct arena *arena, const struct template *template, const struct text *text);
/* One more edition, of which a letter is to be shown; the facts by which its letters are measured,
 * once all were added. In the arena. */
void facts_add_edition(struct arena *arena, struct facts *facts, struct str name);
struct facts *facts_for_edition(struct arena *arena, const struct facts *facts, int edition);
/* A letter's measures, one a fact. In the arena. */
const int32_t *facts_measure(const struct facts *facts, struct arena *arena,
	const struct letter *letter, const struct pages *pages);
/* A fact in words, where it stands in the template, and whether it is one of its branches. */
struct choice_reason fact_reason(
	const struct facts *facts, struct arena *arena, const struct fact *fact, int32_t measure);

struct chooser;
struct chooser *chooser_new(const struct facts *facts, const struct choice *asked);
void chooser_free(struct chooser *chooser);
/* A letter, in the order of the records. */
void chooser_take(struct chooser *chooser, struct str id, int pages, const int32_t *measures);
void chooser_end(struct chooser *chooser, struct choice *out);

#endif
