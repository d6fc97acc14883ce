/* events.c - open pages are told of news as it comes (HTML, server-sent events). */
#include "http/http_int.h"

#include "page/page.h"

#include <stdlib.h>
#include <time.h>

enum { EVENT_BYTES = 16384, ALIVE_S = 5, LISTENERS_MAX = 128 };

struct listener {
	struct server *server;
	int seen;
};

static bool count_listener(struct server *server, int change)
{
	pthread_mutex_lock(&server->lock);
	bool room = server->listeners + change <= LISTENERS_MAX;
	server->listeners += room ? change : 0;
	pthread_mutex_unlock(&server->lock);
	return room;
}

static void listener_free(void *user)
{
	struct listener *listener = user;
	count_listener(listener->server, -1);
	free(listener);
}

/* Waits for news; a comment now and then finds out who has gone. */
static ssize_t next_event(void *user, uint64_t at, char *out, size_t max)
{
	struct listener *listener = user;
	struct desk *desk = listener->server->desk;
	struct timespec until;
	struct buf text = {0};
	(void)at;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += ALIVE_S;
	pthread_mutex_lock(&desk->lock);
	int waited = 0;
	while (!desk->closing && desk->event == listener->seen && waited == 0)
		waited = pthread_cond_timedwait(&desk->news, &desk->lock, &until);
	bool closing = desk->closing;
	if (desk->event != listener->seen) {
		listener->seen = desk->event;
		buf_puts(&text, "data: ");
		page_write_event(desk, &text);
		buf_puts(&text, "\n\n");
	} else
		buf_puts(&text, ":\n\n");
	pthread_mutex_unlock(&desk->lock);
	bool fits = !closing && text.len <= max;
	if (fits)
		memcpy(out, text.at, text.len);
	ssize_t len = fits ? (ssize_t)text.len : MHD_CONTENT_READER_END_OF_STREAM;
	buf_free(&text);
	return len;
}

enum MHD_Result reply_events(const struct request *request)
{
	struct server *server = request->server;
	if (!count_listener(server, 1))
		return reply_refused(request, 503);
	struct listener *listener = heap_new(sizeof *listener);
	*listener = (struct listener){server, -1};
	return reply_with(request, 200, "text/event-stream",
		mhd.MHD_create_response_from_callback(
			MHD_SIZE_UNKNOWN, EVENT_BYTES, next_event, listener, listener_free));
}
