/* connections.c - connections, as they come and go.
 *
 * A connection is a stranger's until a request with the token has come over it. A stranger has a
 * while from the beginning, however busily he sends: the library's own limit is on silence alone,
 * which a byte now and then breaks. And when many wait, those who came first go first, the sooner
 * when no place is left, so that there is always room for who has the token, which shows at
 * once. */
#include "http/connections_int.h"

#include "desk/desk.h"

#include <sys/socket.h>
#include <time.h>

enum {
	HEAD_MS = 5000, /* for a stranger to show the token */
	CROWD = 16,     /* strangers who are not in the way */
	CROWD_MS = 500, /* for one of more than these */
	FULL_MS = 50    /* and where no place is left */
};

void connections_open(struct connections *connections)
{
	*connections = (struct connections){0};
	pthread_mutex_init(&connections->lock, NULL);
}

void connections_close(struct connections *connections)
{
	pthread_mutex_destroy(&connections->lock);
}

struct connection *connections_enter(struct connections *connections, int fd)
{
	struct connection *connection = NULL;
	pthread_mutex_lock(&connections->lock);
	for (int i = 0; i < CONNECTIONS_MAX && !connection; i++)
		if (!connections->list[i].here)
			connection = &connections->list[i];
	if (connection)
		*connection = (struct connection){
			.here = true, .stranger = true, .fd = fd, .since = desk_clock()};
	pthread_mutex_unlock(&connections->lock);
	return connection;
}

void connections_know(struct connections *connections, struct connection *connection)
{
	pthread_mutex_lock(&connections->lock);
	connection->stranger = false;
	pthread_mutex_unlock(&connections->lock);
}

void connections_leave(struct connections *connections, struct connection *connection)
{
	pthread_mutex_lock(&connections->lock);
	connection->here = false;
	pthread_mutex_unlock(&connections->lock);
}

static bool is_full(const struct connections *connections)
{
	int here = 0;
	for (int i = 0; i < CONNECTIONS_MAX; i++)
		here += connections->list[i].here;
	return here == CONNECTIONS_MAX;
}

static struct connection *first_stranger(struct connections *connections, int *count)
{
	struct connection *first = NULL;
	*count = 0;
	for (int i = 0; i < CONNECTIONS_MAX; i++) {
		struct connection *connection = &connections->list[i];
		if (!connection->here || !connection->stranger || connection->shown_out)
			continue;
		++*count;
		if (!first || connection->since < first->since)
			first = connection;
	}
	return first;
}

/* Their threads find the connection closed, and end. */
void connections_sweep(struct connections *connections, int64_t now)
{
	struct connection *first;
	int count;
	pthread_mutex_lock(&connections->lock);
	int crowd_ms = is_full(connections) ? FULL_MS : CROWD_MS;
	while ((first = first_stranger(connections, &count)) &&
		now - first->since > (count > CROWD ? crowd_ms : HEAD_MS)) {
		first->shown_out = true;
		shutdown(first->fd, SHUT_RDWR);
	}
	pthread_mutex_unlock(&connections->lock);
}
