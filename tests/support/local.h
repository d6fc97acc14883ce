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

#endif
