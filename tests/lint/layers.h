/* layers.h - tests/layers.txt, read, and the sources of its rooms. */
#ifndef TESTS_LINT_LAYERS_H
#define TESTS_LINT_LAYERS_H

#include "base/base.h"

struct room {
	struct str folder, name, rooms, foreign; /* folder: "content/letter", below src */
};

struct layers {
	struct arena *arena;
	const char *root; /* of the project */
	vec(struct room) rooms;
	struct buf findings; /* a line each */
};

struct layers *layers_read(const char *root);
void layers_free(struct layers *layers);

/* A file of the project, which must be there. */
struct str layers_text(struct layers *layers, struct str path);
/* Is the word one of the list's, which are parted by blanks? */
bool has_word(struct str list, struct str word);
/* Calls with each source file of a room; how many there are. */
int room_each(struct layers *layers, const struct room *room,
	void (*check)(
		struct layers *layers, const struct room *room, const char *file, struct str text));

#endif
