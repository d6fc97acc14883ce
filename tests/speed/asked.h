/* asked.h - a proof desk that is asked by sockets, for benches: what is sent and what comes back is
 * known to the byte. The bench ends when an answer is not a good one. */
#ifndef TESTS_SPEED_ASKED_H
#define TESTS_SPEED_ASKED_H

#include "base/base.h"
#include "support/local.h"

#include <stdio.h>
#include <sys/types.h>

struct desk {
	pid_t child;
	int port;
	char token[64];
	FILE *events; /* NULL: asked_listen was not called */
	int version;  /* of the files, that was told last */
};

/* Runs serve, until it tells its link. */
void asked_start(struct desk *desk, const char *const *command);
void asked_end(struct desk *desk);
/* The bytes of a GET behind the token, in the arena. */
struct str asked_line(struct desk *desk, struct arena *arena, const char *path);
/* The answer, in the arena. */
struct str asked_fetch(struct desk *desk, struct arena *arena, const char *path);
/* That of a POST from the desk's own page, whatever it is. */
struct str asked_post(struct desk *desk, struct arena *arena, const char *path);
/* Waits for a save that was seen or, with idle, until all letters were checked. */
void asked_wait(struct desk *desk, bool idle);
/* Until an event holds the words, which are without blanks. */
void asked_wait_for(struct desk *desk, const char *words);
/* Opens the events and waits until all letters were checked. */
void asked_listen(struct desk *desk, struct arena *arena);

#endif
