/* http_int.h - between serve.c, which listens, and the files that answer, which alone know
 * libmicrohttpd. */
#ifndef HTTP_HTTP_INT_H
#define HTTP_HTTP_INT_H

#include "desk/desk.h"
#include "http/connections_int.h"
#include "http/form_int.h"
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

/* -- one request */

struct request {
	struct server *server;
	struct MHD_Connection *connection;
	struct answer answer; /* what the gate says of it; never refused */
	struct buf body;
	struct form form;    /* what the body says; in the arena */
	struct arena *arena; /* NULL without a body */
	bool in_turn;        /* it holds one of the server's answers */
};

/* A value of its query, empty when there is none; whether it is "1". */
struct str request_query(const struct request *request, const char *name);
bool request_asks(const struct request *request, const char *name);

/* -- reply.c */
/* The response is given up. */
enum MHD_Result reply_with(
	const struct request *request, int status, const char *type, struct MHD_Response *response);
/* The text is copied. */
enum MHD_Result reply_text(
	const struct request *request, int status, const char *type, struct str text);
/* The bytes are handed over. */
enum MHD_Result reply_bytes(
	const struct request *request, const char *type, const struct buf *bytes);
/* A PDF that a browser is to save under that name; the buffer is freed. */
enum MHD_Result reply_file(const struct request *request, const char *name, struct buf *pdf);
/* For those who found no door. */
enum MHD_Result reply_refused(const struct request *request, int status);
/* A page; the buffer is freed. */
enum MHD_Result reply_page(const struct request *request, int status, struct buf *page);
/* The same of a run's report, which has its style in itself. */
enum MHD_Result reply_report(const struct request *request, struct buf *page);
/* A sentence that says why, for people to read, with a way back; the buffer is freed. */
enum MHD_Result reply_why(const struct request *request, int status, struct buf *why);
/* After an action, to a page that shows what came of it: "letter/" and an id, say. */
enum MHD_Result reply_back(const struct request *request, const char *page, struct str id);

/* -- events.c, act.c */
enum MHD_Result reply_events(const struct request *request);
/* The summary of what would be written; 409: what was shown before is not so any more. */
enum MHD_Result act_show(const struct request *request, int status);
enum MHD_Result act_generate(const struct request *request);
enum MHD_Result act_decide(const struct request *request);
enum MHD_Result act_many(const struct request *request);
enum MHD_Result act_fix(const struct request *request);
enum MHD_Result act_open(const struct request *request);

#endif
