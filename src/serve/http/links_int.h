/* links_int.h - the links to the desk, kept from one time to the next. */
#ifndef HTTP_LINKS_INT_H
#define HTTP_LINKS_INT_H

#include "http/gate_int.h"
#include "http/http.h"

/* A link for each person: the one that was kept, or a new one; and the port that was kept, or 0. In
 * the arena. False when the system has no random numbers. */
bool links_find(struct gate *gate, struct arena *arena, const struct serve_options *options);
/* Keeps them, and those of persons who have none this time, if the folder is there. */
void links_keep(const char *path, const struct gate *gate);

#endif
