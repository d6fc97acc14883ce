/* door.c - connections, as they come and go.
 *
 * A connection is a stranger's until a request with the token has come over it. A stranger has a
 * while from the beginning, however busily he sends: the library's own limit is on silence alone,
 * which a byte now and then breaks. And when many wait, those who came first go first, so that
 * there is always room for who has the token, which shows at once. */
#include "http/door_int.h"

#include "desk/desk.h"

#include <sys/socket.h>
#include <time.h>

enum {
	HEAD_MS = 5000, /* for a stranger to show the token */
	CROWD = 16,     /* strangers who are not in the way */
	CROWD_MS = 500  /* for one of more than these */
};

void door_open(struct door *door)
{
	*door = (struct door){0};
	pthread_mutex_init(&door->lock, NULL);
}

void door_close(struct door *door)
{
	pthread_mutex_destroy(&door->lock);
}

struct guest *door_enter(struct door *door, int fd)
{
	struct guest *guest = NULL;
	pthread_mutex_lock(&door->lock);
	for (int i = 0; i < DOOR_MAX && !guest; i++)
		if (!door->guests[i].here)
			guest = &door->guests[i];
	if (guest)
		*guest = (struct guest){
			.here = true, .stranger = true, .fd = fd, .since = desk_clock()};
	pthread_mutex_unlock(&door->lock);
	return guest;
}

void door_know(struct door *door, struct guest *guest)
{
	pthread_mutex_lock(&door->lock);
	guest->stranger = false;
	pthread_mutex_unlock(&door->lock);
}

void door_leave(struct door *door, struct guest *guest)
{
	pthread_mutex_lock(&door->lock);
	guest->here = false;
	pthread_mutex_unlock(&door->lock);
}

static struct guest *first_stranger(struct door *door, int *count)
{
	struct guest *first = NULL;
	*count = 0;
	for (int i = 0; i < DOOR_MAX; i++) {
		struct guest *guest = &door->guests[i];
		if (!guest->here || !guest->stranger || guest->shown_out)
			continue;
		++*count;
		if (!first || guest->since < first->since)
			first = guest;
	}
	return first;
}

/* Their threads find the connection closed, and end. */
void door_sweep(struct door *door, int64_t now)
{
	struct guest *first;
	int count;
	pthread_mutex_lock(&door->lock);
	while ((first = first_stranger(door, &count)) &&
		now - first->since > (count > CROWD ? CROWD_MS : HEAD_MS)) {
		first->shown_out = true;
		shutdown(first->fd, SHUT_RDWR);
	}
	pthread_mutex_unlock(&door->lock);
}
