/* http.c - libmicrohttpd: requests → the gate → pages, pictures, and what acts. */
#include "http/http_int.h"

#include "page/page.h"

#include <stdlib.h>

struct str request_query(const struct request *request, const char *name)
{
	const char *value = mhd.MHD_lookup_connection_value(
		request->connection, MHD_GET_ARGUMENT_KIND, name);
	return value && utf8_invalid_at(str_of(value)) < 0 ? str_of(value) : str_lit("");
}

bool request_asks(const struct request *request, const char *name)
{
	return str_is(request_query(request, name), "1");
}

static enum show read_show(const struct request *request)
{
	return request_asks(request, "changes")   ? SHOW_CHANGES
		: request_asks(request, "before") ? SHOW_BEFORE
						  : SHOW_NOW;
}

static struct view read_view(const struct request *request)
{
	struct desk *desk = request->server->desk;
	const struct answer *answer = &request->answer;
	struct view view = {.token = answer->link->token,
		.me = answer->link->actor,
		.id = answer->id,
		.query = request_query(request, "q"),
		.state = request_query(request, "state"),
		.from = atoi(request_query(request, "from").at), /* only ever compared */
		.guides = request_asks(request, "guides"),
		.words = request_asks(request, "words"),
		.show = read_show(request),
		.since = request_query(request, "since")};
	const struct listing *listing = desk->listing;
	if (!view.id.len && answer->route != ROUTE_ROWS && listing->rows.len)
		view.id = listing->rows.at[0].id;
	if (answer->route == ROUTE_ROWS)
		view.id = request_query(request, "id");
	if (view.from < 0)
		view.from = 0;
	return view;
}

/* -- pictures and files ------------------------------------------------------------------------ */

static enum MHD_Result send_picture(const struct request *request)
{
	struct desk *desk = request->server->desk;
	struct drawing drawing = {0};
	int dots = atoi(request_query(request, "r").at);
	const struct view sharp = {.id = request->answer.id,
		.guides = request_asks(request, "guides"),
		.show = read_show(request),
		.dots = dots < DOTS_LEAST  ? DOTS_LEAST
			: dots > DOTS_MOST ? DOTS_MOST
					   : dots};
	pthread_mutex_lock(&desk->lock);
	bool now = drawing_take(desk, &sharp, request->answer.page, &drawing);
	if (now && !drawing.failed && sharp.show != SHOW_BEFORE)
		sights_note(desk, request->answer.link->actor.name, sharp.id, request->answer.page);
	pthread_mutex_unlock(&desk->lock);
	if (!drawing.bytes.len)
		return reply_refused(request, 404);
	if (!drawing.failed)
		return reply_bytes(request, "image/png", &drawing.bytes);
	enum MHD_Result result = reply_text(
		request, 503, "text/plain; charset=utf-8", buf_text(&drawing.bytes));
	buf_free(&drawing.bytes);
	return result;
}

static enum MHD_Result send_pdf(const struct request *request)
{
	struct desk *desk = request->server->desk;
	struct buf pdf = {0};
	pthread_mutex_lock(&desk->lock);
	struct made *made = made_find(desk, request->answer.id);
	if (made) {
		buf_str(&pdf, buf_text(&made->now.pdf[false]));
		sights_note(desk, request->answer.link->actor.name, request->answer.id, 0);
	}
	pthread_mutex_unlock(&desk->lock);
	return pdf.len ? reply_bytes(request, "application/pdf", &pdf)
		       : reply_refused(request, 404);
}

static enum MHD_Result send_proof(const struct request *request)
{
	struct buf pdf = {0}, why = {0};
	int status = desk_share(request->server->desk, &pdf, &why);
	if (status == 200)
		return reply_file(request, "proof.pdf", &pdf);
	buf_free(&pdf);
	return reply_why(request, status, &why);
}

/* -- pages ------------------------------------------------------------------------------------- */

static enum MHD_Result send_page(const struct request *request)
{
	struct desk *desk = request->server->desk;
	const struct answer *answer = &request->answer;
	struct buf out = {0};
	const char *type = answer->route == ROUTE_ROWS ? "application/json"
						       : "text/html; charset=utf-8";
	pthread_mutex_lock(&desk->lock);
	struct view view = read_view(request);
	bool known = !answer->id.len || !desk_has_read(desk) ||
		listing_find(desk->listing, answer->id);
	if (known && answer->route == ROUTE_ROWS)
		page_write_rows(desk, &view, &out);
	else if (known && answer->route == ROUTE_PART)
		page_write_part(desk, &view, &out);
	else if (known)
		page_write(desk, &view, &out);
	pthread_mutex_unlock(&desk->lock);
	if (known) {
		enum MHD_Result result = reply_text(request, 200, type, buf_text(&out));
		buf_free(&out);
		return result;
	}
	buf_puts(&out, "There is no letter of that name. Choose another one in the list.");
	return reply_why(request, 404, &out);
}

static enum MHD_Result send_report(const struct request *request)
{
	struct desk *desk = request->server->desk;
	struct buf out = {0};
	pthread_mutex_lock(&desk->lock);
	bool report = !page_write_run(desk, request->answer.link->token, &out);
	if (report)
		page_write_report(desk, &out);
	pthread_mutex_unlock(&desk->lock);
	return report ? reply_report(request, &out) : reply_page(request, 200, &out);
}

/* -- requests ---------------------------------------------------------------------------------- */

static enum MHD_Result serve(const struct request *request)
{
	switch (request->answer.route) {
	case ROUTE_PICTURE:
		return send_picture(request);
	case ROUTE_PDF:
		return send_pdf(request);
	case ROUTE_PROOF:
		return send_proof(request);
	case ROUTE_EVENTS:
		return reply_events(request);
	case ROUTE_STYLE:
		return reply_text(request, 200, "text/css; charset=utf-8", page_style());
	case ROUTE_SCRIPT:
		return reply_text(request, 200, "text/javascript; charset=utf-8", page_script());
	case ROUTE_WRITE_SCRIPT:
		return reply_text(
			request, 200, "text/javascript; charset=utf-8", page_write_script());
	case ROUTE_WRITE:
		return act_show(request, 200);
	case ROUTE_REPORT:
		return send_report(request);
	case ROUTE_GENERATE:
		return act_generate(request);
	case ROUTE_APPROVE:
	case ROUTE_WITHDRAW:
	case ROUTE_REJECT:
	case ROUTE_COMMENT:
	case ROUTE_ANSWER:
		return act_decide(request);
	case ROUTE_MANY:
	case ROUTE_APPROVE_MANY:
		return act_many(request);
	case ROUTE_CONFIRM:
	case ROUTE_EDIT:
	case ROUTE_UNDO:
		return act_fix(request);
	case ROUTE_OPEN:
		return act_open(request);
	default:
		return send_page(request);
	}
}

static const char *head(struct MHD_Connection *connection, const char *name)
{
	return mhd.MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* An answer that takes memory has its turn. Events and decisions take none, and may wait long. */
static enum MHD_Result serve_in_turn(struct request *request)
{
	enum route route = request->answer.route;
	bool small = route == ROUTE_EVENTS || route >= ROUTE_APPROVE;
	while (!small && sem_wait(&request->server->answers) != 0)
		; /* a signal came */
	request->in_turn = !small;
	return serve(request);
}

static struct answer judge(struct server *server, struct MHD_Connection *connection,
	const char *method, const char *path)
{
	const char *length = head(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
	const struct asked asked = {.method = method,
		.path = path,
		.host = head(connection, MHD_HTTP_HEADER_HOST),
		.origin = head(connection, "Origin"),
		.fetch = head(connection, "Sec-Fetch-Site"),
		.dest = head(connection, "Sec-Fetch-Dest"),
		.type = head(connection, MHD_HTTP_HEADER_CONTENT_TYPE),
		.body = length ? strtoull(length, NULL, 10) : 0};
	pthread_mutex_lock(&server->lock);
	const struct gate gate = server->gate;
	pthread_mutex_unlock(&server->lock);
	return gate_judge(&gate, &asked);
}

/* The heads are there: whether more of it is waited for. */
static enum MHD_Result begin(const struct request *heads, void **state)
{
	struct MHD_Connection *connection = heads->connection;
	if (heads->answer.route == ROUTE_REFUSED)
		return reply_refused(heads, heads->answer.status);
	struct connection *guest = mhd.MHD_get_connection_info(
					      connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
					   ->socket_context;
	if (!guest)
		return MHD_NO;
	connections_know(&heads->server->connections, guest);
	if (head(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING))
		return MHD_NO;
	struct request *request = heap_new(sizeof *request);
	*request = *heads;
	*state = request;
	return MHD_YES;
}

/* All of it is there. */
static enum MHD_Result end(struct request *request)
{
	if (request->body.len)
		request->arena = arena_new();
	if (request->body.len &&
		!form_read(request->arena, buf_text(&request->body), &request->form))
		return reply_refused(request, 400);
	return serve_in_turn(request);
}

void http_completed(void *user, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode code)
{
	struct request *request = *state;
	(void)user;
	(void)connection;
	(void)code;
	if (!request)
		return;
	if (request->in_turn)
		sem_post(&request->server->answers);
	buf_free(&request->body);
	arena_free(request->arena);
	free(request);
	*state = NULL;
}

/* Called once when the heads are there, then for each piece of the body, then at its end. */
enum MHD_Result http_request(void *user, struct MHD_Connection *connection, const char *path,
	const char *method, const char *version, const char *body, size_t *body_len, void **state)
{
	struct request *request = *state;
	(void)version;
	if (!request) {
		const struct request heads = {.server = user,
			.connection = connection,
			.answer = judge(user, connection, method, path)};
		return begin(&heads, state);
	}
	if (!*body_len) {
		request->answer = judge(user, connection, method, path);
		return end(request);
	}
	if (request->body.len + *body_len > FORM_MOST)
		return MHD_NO;
	buf_put(&request->body, body, *body_len);
	*body_len = 0;
	return MHD_YES;
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
