/* http.h - the proof desk: all letters of a request, in a browser on the same machine, live as
 * their files are saved.
 *
 * It listens on the loopback address alone. Whoever has the link, with its random token, may read;
 * letters are written and approved only by a POST with the token. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "desk/desk.h"

struct serve_options {
	struct desk_options desk;
	int port; /* 0: one that is free */
	void *user;
	void (*ready)(void *user, const char *link); /* called once */
};

/* Serves until interrupted; false when it could not begin, which is said. */
bool serve_run(const struct serve_options *options, struct diags *diags);

#endif
