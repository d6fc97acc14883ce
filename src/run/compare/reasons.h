/* reasons.h - why a letter is made again, in words. */
#ifndef COMPARE_REASONS_H
#define COMPARE_REASONS_H

#include "compare/key.h"
#include "record/record.h"

struct reasons {
	vec(struct str) list; /* in the arena they were said in */
};

void reason_add(struct arena *arena, struct reasons *reasons, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A shape as it is stored, taken apart; slices of its text. */
struct shape_block {
	struct str tag, place, words; /* "p", "templates/letter.xml:31" */
};
struct shape {
	vec(struct shape_block) blocks;
	struct str names;
};
struct shape shape_read(struct arena *arena, struct str text);

/* What sets the letter's key apart from its entry's. shape: of the letter, as keyer_write_shape
 * gives it. */
struct reasons_input {
	struct record *record;
	const struct entry *old;
	const struct basis *basis;
	const struct letter_key *key;
	struct str shape;
	bool whoever_signs; /* then that is no reason */
};
void reasons_for_key(
	struct arena *arena, struct reasons *reasons, const struct reasons_input *input);

#endif
