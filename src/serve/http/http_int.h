/* http_int.h - between serve.c (listens) and http.c (answers), which alone know libmicrohttpd. */
#ifndef HTTP_HTTP_INT_H
#define HTTP_HTTP_INT_H

#include "desk/desk.h"
#include "http/connections_int.h"
#include "http/gate_int.h"

#include <microhttpd.h>
#include <semaphore.h>

/* clang-format off */
#define MHD_FUNCTIONS(DO) \
	DO(MHD_add_response_header) DO(MHD_create_response_from_buffer) \
	DO(MHD_create_response_from_callback) DO(MHD_destroy_response) \
	DO(MHD_get_connection_info) DO(MHD_get_daemon_info) DO(MHD_lookup_connection_value) \
	DO(MHD_queue_response) DO(MHD_start_daemon) DO(MHD_stop_daemon)
/* clang-format on */

struct server {
	struct desk *desk;
	struct connections connections; /* has a lock of its own */
	pthread_mutex_t lock;
	struct gate gate; /* under lock; its links do not change */
	int listeners;    /* to events; under lock */
	sem_t answers;    /* how many more may be in memory at once */
};

/* The library's functions, which serve_run loads before all else: as global as they are where a
 * library is linked. */
extern struct mhd {
	MHD_FUNCTIONS(LIBRARY_POINTER)
} mhd;

/* As libmicrohttpd calls them; user: the server. */
enum MHD_Result http_request(void *user, struct MHD_Connection *connection, const char *path,
	const char *method, const char *version, const char *body, size_t *body_len, void **state);
void http_connection(void *user, struct MHD_Connection *connection, void **context,
	enum MHD_ConnectionNotificationCode code);
void http_completed(void *user, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode code);

#endif
