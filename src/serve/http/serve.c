/* serve.c - the desk listens, until it is interrupted.
 *
 * A thread a connection, since an event stream and pdftoppm both wait; their number, their memory
 * and their patience are limited, so that whoever floods the desk only waits himself. There is room
 * for many more connections than answers, as those who send nothing take little. */
#include "http/http.h"

#include "http/http_int.h"
#include "http/links_int.h"

#include "base/diag_id.h"

#include <arpa/inet.h>
#include <poll.h>

enum { PATIENCE_S = 15, HEAD_BYTES = 16384, CLOSE_MS = 50, ANSWERS_MAX = 64 };

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

static struct MHD_Daemon *listen_on(struct server *server, int port)
{
	struct sockaddr_in loopback = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr = {htonl(INADDR_LOOPBACK)}};
	return mhd.MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION |
			MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG,
		0, NULL, NULL, http_request, server, MHD_OPTION_EXTERNAL_LOGGER, keep_quiet, NULL,
		MHD_OPTION_NOTIFY_CONNECTION, http_connection, server, MHD_OPTION_NOTIFY_COMPLETED,
		http_completed, server, MHD_OPTION_SOCK_ADDR, &loopback,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)PATIENCE_S,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

/* Where it was the last time, so that links that somebody has still lead here, if that is free. */
static struct MHD_Daemon *listen_where(struct server *server, int port)
{
	struct MHD_Daemon *daemon = listen_on(server, port ? port : server->gate.port);
	return daemon || port || !server->gate.port ? daemon : listen_on(server, 0);
}

static void serve_until_interrupted(
	struct server *server, struct MHD_Daemon *daemon, const struct serve_options *options)
{
	struct arena *arena = arena_new();
	int port = mhd.MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
	const struct gate *gate = &server->gate;
	pthread_mutex_lock(&server->lock);
	server->gate.port = port;
	pthread_mutex_unlock(&server->lock);
	links_keep(options->kept, gate);
	for (int i = 0; i < gate->count; i++)
		options->ready(options->user, gate->links[i].actor.name,
			str_format(arena, "http://127.0.0.1:%d/%s/", port, gate->links[i].token)
				.at);
	while (!*options->desk.interrupted) {
		poll(NULL, 0, CLOSE_MS);
		connections_sweep(&server->connections, desk_clock());
	}
	links_keep(options->kept, gate); /* the folder may be new */
	desk_close(server->desk);
	arena_free(arena);
}

bool serve_run(const struct serve_options *options, struct diags *diags)
{
	if (!load()) {
		diag_add(diags, LIBRARY, place_none(), "libmicrohttpd12", "the proof desk",
			"libmicrohttpd12");
		return false;
	}
	struct server server = {.desk = desk_new(&options->desk, diags)};
	if (!server.desk)
		return false;
	connections_open(&server.connections);
	pthread_mutex_init(&server.lock, NULL);
	sem_init(&server.answers, 0, ANSWERS_MAX);
	struct arena *arena = arena_new();
	struct MHD_Daemon *daemon = links_find(&server.gate, arena, options)
		? listen_where(&server, options->port)
		: NULL;
	if (daemon) {
		serve_until_interrupted(&server, daemon, options);
		mhd.MHD_stop_daemon(daemon);
	} else
		diag_add(diags, SERVE, place_none(), diag_int(diags, options->port));
	sem_destroy(&server.answers);
	pthread_mutex_destroy(&server.lock);
	connections_close(&server.connections);
	desk_free(server.desk);
	arena_free(arena);
	return daemon != NULL;
}
