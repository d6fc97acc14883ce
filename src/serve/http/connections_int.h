/* connections_int.h - how long a connection may last that has not shown the token. */
#ifndef HTTP_CONNECTIONS_INT_H
#define HTTP_CONNECTIONS_INT_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

enum { CONNECTIONS_MAX = 768 }; /* connections at once: below the 1024 files of a process */

struct connection {
	bool here, stranger, shown_out;
	int fd;        /* open as long as he is here */
	int64_t since; /* milliseconds of desk_clock */
};

struct connections {
	pthread_mutex_t lock;
	struct connection list[CONNECTIONS_MAX];
};

void connections_open(struct connections *connections);
void connections_close(struct connections *connections);
/* A new connection, a stranger's; NULL when there is no room. */
struct connection *connections_enter(struct connections *connections, int fd);
/* He has shown the token. */
void connections_know(struct connections *connections, struct connection *connection);
/* Before the connection's descriptor is closed. */
void connections_leave(struct connections *connections, struct connection *connection);
/* Ends the connections of strangers that have lasted too long. */
void connections_sweep(struct connections *connections, int64_t now);

#endif
