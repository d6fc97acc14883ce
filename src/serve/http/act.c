/* act.c - what a POST asks for is done, and what came of it is answered. */
#include "http/http_int.h"

#include "page/page.h"

#include <stdlib.h>

/* "Precondition required", RFC 6585: that one is sure. */
enum { STATUS_SURE = 428 };

enum MHD_Result act_show(const struct request *request, int status)
{
	struct desk *desk = request->server->desk;
	struct buf page = {0};
	pthread_mutex_lock(&desk->lock);
	page_write_summary(desk, request->answer.link->token, status == 409, &page);
	pthread_mutex_unlock(&desk->lock);
	return reply_page(request, status, &page);
}

enum MHD_Result act_generate(const struct request *request)
{
	struct buf why = {0};
	uint64_t shown = strtoull(request_query(request, "v").at, NULL, 16);
	int status = desk_generate(request->server->desk, shown, &why);
	if (why.len)
		return reply_why(request, status, &why);
	buf_free(&why);
	return status == 303 ? reply_back(request, "report", str_lit(""))
			     : act_show(request, status);
}

/* What has to be said once more, with a button that does. */
static enum MHD_Result ask_again(
	const struct request *request, const struct decision *decision, struct buf *why)
{
	struct buf page = {0};
	page_write_question(request->answer.link->token, decision, buf_text(why), &page);
	buf_free(why);
	return reply_page(request, STATUS_SURE, &page);
}

/* Nothing came of it: what was written is not lost. */
static enum MHD_Result refuse(
	const struct request *request, int status, const struct decision *decision, struct buf *why)
{
	struct buf page = {0};
	if (!decision->text.len || status == 404)
		return reply_why(request, status, why);
	page_write_unsaid(request->answer.link->token, decision, buf_text(why), &page);
	buf_free(why);
	return reply_page(request, status, &page);
}

enum MHD_Result act_decide(const struct request *request)
{
	static const enum decision_kind kinds[] = {[ROUTE_WITHDRAW] = DECIDE_WITHDRAW,
		[ROUTE_REJECT] = DECIDE_REJECT,
		[ROUTE_COMMENT] = DECIDE_COMMENT,
		[ROUTE_ANSWER] = DECIDE_ANSWER};
	const struct answer *answer = &request->answer;
	const struct decision decision = {.kind = kinds[answer->route],
		.id = answer->id,
		.actor = answer->link->actor,
		.shown = strtoull(request_query(request, "v").at, NULL, 16),
		.sure = strtoull(request_query(request, "sure").at, NULL, 16),
		.text = form_value(&request->form, "text"),
		.upto = form_digits(request_query(request, "upto"))};
	struct buf why = {0};
	int status = desk_decide(request->server->desk, &decision, &why);
	if (status == STATUS_SURE)
		return ask_again(request, &decision, &why);
	if (status != 303)
		return refuse(request, status, &decision, &why);
	buf_free(&why);
	return reply_back(request, "letter/", answer->id);
}

/* -- many at once ------------------------------------------------------------------------------ */

static enum MHD_Result claim(const struct request *request, struct many *many)
{
	const struct view view = {
		.token = request->answer.link->token, .me = request->answer.link->actor};
	struct desk *desk = request->server->desk;
	struct buf page = {0};
	pthread_mutex_lock(&desk->lock);
	bool can = page_write_many(desk, &view, many, &page);
	pthread_mutex_unlock(&desk->lock);
	return reply_page(request, can ? 200 : 409, &page);
}

static enum MHD_Result approve_many(const struct request *request, struct many *many)
{
	struct buf why = {0};
	many->digest = strtoull(request_query(request, "v").at, NULL, 16);
	int status = desk_approve_many(
		request->server->desk, &request->answer.link->actor, many, &why);
	if (status != 303)
		return reply_why(request, status, &why);
	buf_free(&why);
	return reply_back(request, "", str_lit(""));
}

enum MHD_Result act_many(const struct request *request)
{
	struct many many = {.arena = arena_new()};
	int kind = 0;
	while (kind < MANY_KINDS && !str_is(request->answer.id, page_many_names[kind]))
		kind++;
	many.kind = (enum many_kind)kind;
	enum MHD_Result result = kind == MANY_KINDS   ? reply_refused(request, 404)
		: request->answer.route == ROUTE_MANY ? claim(request, &many)
						      : approve_many(request, &many);
	arena_free(many.arena);
	return result;
}
