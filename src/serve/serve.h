/* serve.h - the proof desk: all letters of a request, in a browser on the same machine, live as
 * their files are saved.
 *
 * It listens on the loopback address alone. Whoever has the link, with its random token, may read;
 * letters are written and approved only by a POST with the token. */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include "job/job.h"

struct serve_options {
	/* As batch takes them; must live as long. */
	const struct job_request *request;
	const struct job_update *update;
	const char *approver; /* who uses the desk */
	bool reading_only;    /* nobody is there to sign: letters are not written */
	int port;             /* 0: one that is free */
	/* Set by a signal: the desk closes. */
	const atomic_bool *interrupted;
	void *user;
	void (*ready)(void *user, const char *link); /* called once */
};

/* Serves until interrupted; false when it could not begin, which is said. */
bool serve_run(const struct serve_options *options, struct diags *diags);

#endif
