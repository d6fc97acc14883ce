/* serve.c - the desk listens, until it is interrupted.
 *
 * A thread a connection, since an event stream and pdftoppm both wait; their number, their memory
 * and their patience are limited, so that whoever floods the desk only waits himself. */
#include "serve/http_int.h"

#include "base/diag_id.h"

#include <arpa/inet.h>
#include <malloc.h>
#include <poll.h>

enum { PATIENCE_S = 15, HEAD_BYTES = 16384, CLOSE_MS = 100 };

struct mhd mhd;

static bool load(void)
{
	static const char *const names[] = {MHD_FUNCTIONS(LIBRARY_NAME)};
	return library_load("libmicrohttpd.so.12", names, sizeof names / sizeof *names, &mhd);
}

static void keep_quiet(void *user, const char *format, va_list args)
{
	(void)user;
	(void)format;
	(void)args;
}

static struct MHD_Daemon *listen_on(struct desk *desk)
{
	struct sockaddr_in loopback = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)desk->options->port),
		.sin_addr = {htonl(INADDR_LOOPBACK)}};
	return mhd.MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION |
			MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG,
		0, NULL, NULL, http_request, desk, MHD_OPTION_EXTERNAL_LOGGER, keep_quiet, NULL,
		MHD_OPTION_NOTIFY_CONNECTION, http_connection, desk, MHD_OPTION_SOCK_ADDR,
		&loopback, MHD_OPTION_CONNECTION_LIMIT, (unsigned)DOOR_MAX,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)PATIENCE_S,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

static void serve_until_interrupted(struct desk *desk, struct MHD_Daemon *daemon)
{
	const struct serve_options *options = desk->options;
	struct arena *arena = arena_new();
	int port = mhd.MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
	pthread_mutex_lock(&desk->lock);
	desk->gate.port = port;
	pthread_mutex_unlock(&desk->lock);
	options->ready(options->user,
		str_format(arena, "http://127.0.0.1:%d/%s/", port, desk->gate.token).at);
	while (!*options->interrupted) {
		poll(NULL, 0, CLOSE_MS);
		door_sweep(desk->door, door_clock());
	}
	pthread_mutex_lock(&desk->lock);
	desk->closing = true;
	desk_tell(desk);
	pthread_mutex_unlock(&desk->lock);
	arena_free(arena);
}

/* Left to itself the C library keeps, for each of a few threads at work, whatever most they once
 * had: ten times what the desk needs. Large pieces go back to the system, and all share the
 * rest. */
static void keep_memory_small(void)
{
#ifdef M_ARENA_MAX
	mallopt(M_ARENA_MAX, 1);
	mallopt(M_MMAP_THRESHOLD, 128 << 10);
	mallopt(M_TRIM_THRESHOLD, 1 << 20);
#endif
}

bool serve_run(const struct serve_options *options, struct diags *diags)
{
	if (!load()) {
		diag_add(diags, LIBRARY, place_none(), "libmicrohttpd12", "the proof desk",
			"libmicrohttpd12");
		return false;
	}
	keep_memory_small();
	struct desk *desk = desk_new(options, diags);
	if (!desk)
		return false;
	struct door door;
	door_open(&door);
	desk->door = &door;
	struct MHD_Daemon *daemon = gate_open(&desk->gate, 0) ? listen_on(desk) : NULL;
	if (daemon) {
		serve_until_interrupted(desk, daemon);
		mhd.MHD_stop_daemon(daemon);
	} else
		diag_add(diags, SERVE, place_none(), diag_int(diags, options->port));
	door_close(&door);
	desk_free(desk);
	return daemon != NULL;
}
