/* heap.h - memory from the heap, for what lives in no arena; given back by free(). There is always
 * some: the program ends when there is none, so no caller tests for NULL. */
#ifndef BASE_HEAP_H
#define BASE_HEAP_H

#include "base/str.h"

#include <stddef.h>

void *heap_new(size_t size); /* zeroed */
/* The same bytes in a place of another size; at may be NULL. */
void *heap_resize(void *at, size_t size);
char *heap_text(struct str s); /* a copy, followed by a NUL */

/* Says why in one line and ends the program with code 3, that of a failure of the system. Nothing
 * is written any more: letters are the old or the new ones, as after a kill. */
_Noreturn void program_ends(const char *why);
_Noreturn void out_of_memory(void);

#endif
