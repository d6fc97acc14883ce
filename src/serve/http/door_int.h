/* door_int.h - how long a connection may last that has not shown the token. */
#ifndef HTTP_DOOR_INT_H
#define HTTP_DOOR_INT_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

enum { DOOR_MAX = 64 }; /* connections at once */

struct guest {
	bool here, stranger, shown_out;
	int fd;        /* open as long as he is here */
	int64_t since; /* milliseconds of desk_clock */
};

struct door {
	pthread_mutex_t lock;
	struct guest guests[DOOR_MAX];
};

void door_open(struct door *door);
void door_close(struct door *door);
/* A new connection, a stranger's; NULL when there is no room. */
struct guest *door_enter(struct door *door, int fd);
/* He has shown the token. */
void door_know(struct door *door, struct guest *guest);
/* Before the connection's descriptor is closed. */
void door_leave(struct door *door, struct guest *guest);
/* Ends the connections of strangers that have lasted too long. */
void door_sweep(struct door *door, int64_t now);

#endif
