/* said.h - what a letter says, block by block, taken from the words and values of its key; and what
 * two letters say differently besides their words, each thing by its name. */
#ifndef COMPARE_SAID_H
#define COMPARE_SAID_H

#include "base/base.h"

/* A block with its values filled in. */
struct said {
	struct str tag, place;
	struct str text;   /* for people */
	struct str markup; /* with its elements; quotes, "<" and "&" in text are escaped */
};
/* Beside the blocks: "title", "author", …; "picture 'dot.png'", and a hash of what is in it. */
struct said_beside {
	struct str name, value;
};
struct letter_said {
	vec(struct said) blocks;
	vec(struct said_beside) metadata, files;
};
/* From the text of a shape (keyer_write_shape) and its values, in the arena. */
struct letter_said said_read(struct arena *arena, struct str shape, struct str values);

/* The next piece of a markup, which it is cut off: words, and the tag behind them; false at its
 * end. In the arena. */
struct said_piece {
	struct str text;
	struct str tag; /* empty: there is none */
	bool closes;
	struct str attributes;
};
bool said_next(struct arena *arena, struct str *markup, struct said_piece *out);
struct str said_attribute(struct arena *arena, const struct said_piece *piece, const char *name);

/* What is said of an element, or beside the blocks, and differs. */
struct said_change {
	enum { SAID_CHANGED, SAID_NEW, SAID_GONE } how;
	struct str what;     /* "link of 'Annual Report'" */
	struct str old, new; /* .at NULL: what says it all */
};
struct said_changes {
	vec(struct said_change) list;
};
/* Of two blocks, or of one that the other version lacks: a markup may be empty. Appended. */
void said_compare_markup(
	struct arena *arena, struct str old, struct str new, struct said_changes *out);
/* Of what stands beside the blocks. Appended. */
void said_compare_beside(struct arena *arena, const struct letter_said *old,
	const struct letter_said *new, struct said_changes *out);
/* Of all. The blocks are aligned; words that differ are not told. */
void said_compare(struct arena *arena, const struct letter_said *old, const struct letter_said *new,
	struct said_changes *out);

/* Blocks side by side: as struct stretch, which align_int.h has. */
struct stretch;
int said_align(struct arena *arena, const struct letter_said *old, const struct letter_said *new,
	struct stretch **out);

#endif
