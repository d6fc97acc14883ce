/* local.h - requests to a server on this machine, for tests and benches: sockets and no more, so
 * that what is sent and what comes back is known to the byte. */
#ifndef TESTS_LOCAL_H
#define TESTS_LOCAL_H

#include "base/base.h"

/* A connection; -1 when nobody listens. To be closed. */
int local_connect(int port);
/* Sends the bytes, and appends all that comes back until the server hangs up; false when nobody
 * listens. */
bool local_ask(int port, struct str request, struct buf *answer);

/* So many connections over each of which the bytes are sent and nothing is read; -1 for one that
 * could not be had. And their end. */
void local_crowd(int port, struct str bytes, int *fds, int count);
void local_go(const int *fds, int count);

#endif
