/* http.c - libmicrohttpd: requests → the gate → pages, pictures, events. */
#include "http/http_int.h"

#include "page/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* "Precondition required", RFC 6585: that one is sure. */
enum { STATUS_SURE = 428 };

enum { EVENT_BYTES = 16384, ALIVE_S = 5, LISTENERS_MAX = 128 };

static const char policy[] =
	"default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
	"connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

static enum MHD_Result reply(struct MHD_Connection *connection, int status, const char *type,
	struct MHD_Response *response)
{
	static const char *const heads[][2] = {
		{"Content-Security-Policy", policy},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cache-Control", "no-store"},
	};
	if (!response)
		return MHD_NO;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		mhd.MHD_add_response_header(response, heads[i][0], heads[i][1]);
	mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	enum MHD_Result result = mhd.MHD_queue_response(connection, (unsigned)status, response);
	mhd.MHD_destroy_response(response);
	return result;
}

/* The bytes are copied. */
static enum MHD_Result send_text(
	struct MHD_Connection *connection, int status, const char *type, struct str text)
{
	return reply(connection, status, type,
		mhd.MHD_create_response_from_buffer(
			(size_t)text.len, without_const(text.at), MHD_RESPMEM_MUST_COPY));
}

/* The bytes are handed over. */
static enum MHD_Result send_bytes(
	struct MHD_Connection *connection, const char *type, const struct buf *bytes)
{
	return reply(connection, 200, type,
		mhd.MHD_create_response_from_buffer(bytes->len, bytes->at, MHD_RESPMEM_MUST_FREE));
}

static enum MHD_Result refuse(struct MHD_Connection *connection, int status)
{
	struct buf text = {0};
	buf_format(&text,
		"%d: the proof desk does not answer this. Use the link that lettermerge "
		"serve printed.\n",
		status);
	enum MHD_Result result = send_text(
		connection, status, "text/plain; charset=utf-8", buf_text(&text));
	buf_free(&text);
	return result;
}

/* A sentence that says why, for people to read. */
static enum MHD_Result refuse_with(struct MHD_Connection *connection, const struct answer *answer,
	int status, struct str id, struct buf *why)
{
	struct buf page = {0};
	page_write_answer(
		answer->link->token, status == 404 ? (struct str){0} : id, buf_text(why), &page);
	enum MHD_Result result = send_text(
		connection, status, "text/html; charset=utf-8", buf_text(&page));
	buf_free(&page);
	buf_free(why);
	return result;
}

/* What has to be said once more, with a button that does. */
static enum MHD_Result ask_again(struct MHD_Connection *connection, const struct answer *answer,
	const struct decision *decision, struct buf *why)
{
	struct buf page = {0};
	page_write_question(answer->link->token, decision, buf_text(why), &page);
	enum MHD_Result result = send_text(
		connection, STATUS_SURE, "text/html; charset=utf-8", buf_text(&page));
	buf_free(&page);
	buf_free(why);
	return result;
}

static struct str query_value(struct MHD_Connection *connection, const char *name)
{
	const char *value = mhd.MHD_lookup_connection_value(
		connection, MHD_GET_ARGUMENT_KIND, name);
	return value && utf8_invalid_at(str_of(value)) < 0 ? str_of(value) : str_lit("");
}

static bool query_has(struct MHD_Connection *connection, const char *name)
{
	return str_is(query_value(connection, name), "1");
}

static enum show read_show(struct MHD_Connection *connection)
{
	return query_has(connection, "changes")   ? SHOW_CHANGES
		: query_has(connection, "before") ? SHOW_BEFORE
						  : SHOW_NOW;
}

static struct view read_view(
	struct server *server, struct MHD_Connection *connection, const struct answer *answer)
{
	struct desk *desk = server->desk;
	struct view view = {.token = answer->link->token,
		.me = answer->link->actor,
		.id = answer->id,
		.query = query_value(connection, "q"),
		.state = query_value(connection, "state"),
		.from = atoi(query_value(connection, "from").at), /* only ever compared */
		.guides = query_has(connection, "guides"),
		.show = read_show(connection),
		.since = query_value(connection, "since")};
	const struct listing *listing = desk->listing;
	if (!view.id.len && answer->route != ROUTE_ROWS && listing->rows.len)
		view.id = listing->rows.at[0].id;
	if (answer->route == ROUTE_ROWS)
		view.id = query_value(connection, "id");
	if (view.from < 0)
		view.from = 0;
	return view;
}

/* -- pictures and files ------------------------------------------------------------------------ */

static enum MHD_Result send_picture(
	struct desk *desk, struct MHD_Connection *connection, const struct view *view, int page)
{
	struct drawing drawing = {0};
	struct view sharp = *view;
	int dots = atoi(query_value(connection, "r").at);
	sharp.dots = dots < DOTS_LEAST ? DOTS_LEAST : dots > DOTS_MOST ? DOTS_MOST : dots;
	pthread_mutex_lock(&desk->lock);
	drawing_take(desk, &sharp, page, &drawing);
	pthread_mutex_unlock(&desk->lock);
	if (!drawing.bytes.len)
		return refuse(connection, 404);
	if (!drawing.failed)
		return send_bytes(connection, "image/png", &drawing.bytes);
	enum MHD_Result result = send_text(
		connection, 503, "text/plain; charset=utf-8", buf_text(&drawing.bytes));
	buf_free(&drawing.bytes);
	return result;
}

static enum MHD_Result send_pdf(
	struct desk *desk, struct MHD_Connection *connection, const struct view *view)
{
	struct buf pdf = {0};
	pthread_mutex_lock(&desk->lock);
	struct made *made = made_find(desk, view->id);
	if (made)
		buf_str(&pdf, buf_text(&made->now.pdf[false]));
	pthread_mutex_unlock(&desk->lock);
	return pdf.len ? send_bytes(connection, "application/pdf", &pdf) : refuse(connection, 404);
}

/* -- pages ------------------------------------------------------------------------------------- */

static enum MHD_Result send_page(
	struct server *server, struct MHD_Connection *connection, const struct answer *answer)
{
	struct desk *desk = server->desk;
	struct buf out = {0};
	const char *type = answer->route == ROUTE_ROWS ? "application/json"
						       : "text/html; charset=utf-8";
	pthread_mutex_lock(&desk->lock);
	struct view view = read_view(server, connection, answer);
	bool known = !answer->id.len || !desk->listed || listing_find(desk->listing, answer->id);
	if (known && answer->route == ROUTE_ROWS)
		page_write_rows(desk, &view, &out);
	else if (known && answer->route == ROUTE_PART)
		page_write_part(desk, &view, &out);
	else if (known)
		page_write(desk, &view, &out);
	pthread_mutex_unlock(&desk->lock);
	if (known) {
		enum MHD_Result result = send_text(connection, 200, type, buf_text(&out));
		buf_free(&out);
		return result;
	}
	buf_puts(&out, "There is no letter of that name. Choose another one in the list.");
	return refuse_with(connection, answer, 404, answer->id, &out);
}

/* After an action, to a page that shows what came of it. */
static enum MHD_Result send_back(struct MHD_Connection *connection, const struct answer *answer,
	const char *page, struct str id)
{
	struct buf path = {0};
	struct MHD_Response *response = mhd.MHD_create_response_from_buffer(
		0, without_const(""), MHD_RESPMEM_PERSISTENT);
	buf_format(&path, "/%s/%s%.*s", answer->link->token, page, str_arg(id));
	mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, buf_text(&path).at);
	buf_free(&path);
	return reply(connection, 303, "text/plain", response);
}

static enum MHD_Result generate(
	struct server *server, struct MHD_Connection *connection, const struct answer *answer)
{
	struct desk *desk = server->desk;
	struct buf why = {0};
	int status = desk_generate(desk, &why);
	if (status != 303)
		return refuse_with(connection, answer, status, str_lit(""), &why);
	buf_free(&why);
	return send_back(connection, answer, "", str_lit(""));
}

static enum MHD_Result approve(
	struct server *server, struct MHD_Connection *connection, const struct answer *answer)
{
	struct desk *desk = server->desk;
	const struct decision decision = {.id = answer->id,
		.actor = answer->link->actor,
		.shown = strtoull(query_value(connection, "v").at, NULL, 16),
		.withdraw = answer->route == ROUTE_WITHDRAW,
		.sure = query_has(connection, "sure")};
	struct buf why = {0};
	int status = desk_decide(desk, &decision, &why);
	if (status == STATUS_SURE)
		return ask_again(connection, answer, &decision, &why);
	if (status != 303)
		return refuse_with(connection, answer, status, answer->id, &why);
	buf_free(&why);
	return send_back(connection, answer, "letter/", answer->id);
}

/* -- events (HTML, server-sent events) --------------------------------------------------------- */

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

static enum MHD_Result send_events(struct server *server, struct MHD_Connection *connection)
{
	if (!count_listener(server, 1))
		return refuse(connection, 503);
	struct listener *listener = heap_new(sizeof *listener);
	*listener = (struct listener){server, -1};
	return reply(connection, 200, "text/event-stream",
		mhd.MHD_create_response_from_callback(
			MHD_SIZE_UNKNOWN, EVENT_BYTES, next_event, listener, listener_free));
}

/* -- requests ---------------------------------------------------------------------------------- */

static enum MHD_Result serve(
	struct server *server, struct MHD_Connection *connection, const struct answer *answer)
{
	struct view view = {.id = answer->id,
		.guides = query_has(connection, "guides"),
		.show = read_show(connection)};
	switch (answer->route) {
	case ROUTE_REFUSED:
		return refuse(connection, answer->status);
	case ROUTE_PICTURE:
		return send_picture(server->desk, connection, &view, answer->page);
	case ROUTE_PDF:
		return send_pdf(server->desk, connection, &view);
	case ROUTE_EVENTS:
		return send_events(server, connection);
	case ROUTE_STYLE:
		return send_text(connection, 200, "text/css; charset=utf-8", page_style());
	case ROUTE_SCRIPT:
		return send_text(connection, 200, "text/javascript; charset=utf-8", page_script());
	case ROUTE_GENERATE:
		return generate(server, connection, answer);
	case ROUTE_APPROVE:
	case ROUTE_WITHDRAW:
		return approve(server, connection, answer);
	default:
		return send_page(server, connection, answer);
	}
}

static const char *head(struct MHD_Connection *connection, const char *name)
{
	return mhd.MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* An answer that takes memory has its turn. Events and approvals take none, and may wait long. */
static enum MHD_Result serve_in_turn(struct server *server, struct MHD_Connection *connection,
	const struct answer *answer, void **state)
{
	bool small = answer->route == ROUTE_EVENTS || answer->route == ROUTE_APPROVE ||
		answer->route == ROUTE_WITHDRAW;
	while (!small && sem_wait(&server->answers) != 0)
		; /* a signal came */
	if (!small)
		*state = &server->answers;
	return serve(server, connection, answer);
}

void http_completed(void *user, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode code)
{
	struct server *server = user;
	(void)connection;
	(void)code;
	if (*state == &server->answers)
		sem_post(&server->answers);
}

/* Called once when the heads are there, then for the body, which is never kept, then at its end. */
enum MHD_Result http_request(void *user, struct MHD_Connection *connection, const char *path,
	const char *method, const char *version, const char *body, size_t *body_len, void **state)
{
	struct server *server = user;
	const char *length = head(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
	struct asked asked = {.method = method,
		.path = path,
		.host = head(connection, MHD_HTTP_HEADER_HOST),
		.origin = head(connection, "Origin"),
		.fetch = head(connection, "Sec-Fetch-Site"),
		.dest = head(connection, "Sec-Fetch-Dest"),
		.body = length ? strtoull(length, NULL, 10) : 0};
	(void)version;
	(void)body;
	pthread_mutex_lock(&server->lock);
	const struct gate gate = server->gate;
	pthread_mutex_unlock(&server->lock);
	struct answer answer = gate_judge(&gate, &asked);
	if (answer.route == ROUTE_REFUSED)
		return refuse(connection, answer.status);
	struct connection *guest = mhd.MHD_get_connection_info(
					      connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
					   ->socket_context;
	if (!guest)
		return MHD_NO;
	connections_know(&server->connections, guest);
	if (head(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING) || *body_len > GATE_MAX_BODY)
		return MHD_NO;
	if (!*state) {
		*state = server; /* begun: any mark does */
		return MHD_YES;
	}
	if (*body_len) {
		*body_len = 0;
		return MHD_YES;
	}
	return serve_in_turn(server, connection, &answer, state);
}

void http_connection(void *user, struct MHD_Connection *connection, void **context,
	enum MHD_ConnectionNotificationCode code)
{
	struct server *server = user;
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		*context = connections_enter(&server->connections,
			mhd.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)
				->connect_fd);
	else if (*context)
		connections_leave(&server->connections, *context);
}
