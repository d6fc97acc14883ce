/* folder.h - what stands in a folder. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "base/str.h"

#include <stdbool.h>

struct arena;

/* The names in a folder that are wanted (NULL: all but "." and ".."), in the order of their bytes,
 * in the arena: how many; -1 with errno after an error. A list that breaks off is an error: what
 * stands behind that would be missed. */
int folder_list(
	struct arena *arena, const char *path, bool (*wanted)(struct str name), struct str **names);

#endif
