/* http.h - the proof desk: all letters of a request, in a browser on the same machine, live as
 * their files are saved.
 *
 * It listens on the loopback address alone. Whoever has a link, with its random token, may read;
 * letters are written and approved only by a POST with the token. Links stay the same from one time
 * to the next. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "desk/desk.h"

struct serve_options {
	struct desk_options desk;
	const struct actor *persons; /* each has a link of their own; at least one */
	int person_count;
	const char *kept; /* a private file: links and port, from one time to the next */
	int port;         /* 0: as it was, or one that is free */
	void *user;
	void (*ready)(void *user, struct str name, const char *link); /* called once a person */
};

/* Serves until interrupted; false when it could not begin, which is said. */
bool serve_run(const struct serve_options *options, struct diags *diags);

#endif
