/* act.c - what a POST asks for is done, and what came of it is answered. */
#include "http/http_int.h"

#include "page/page.h"

#include <stdlib.h>

/* "Precondition required", RFC 6585: that one is sure. */
enum { STATUS_SURE = 428 };

enum MHD_Result act_generate(const struct request *request)
{
	struct buf why = {0};
	int status = desk_generate(request->server->desk, &why);
	if (status != 303)
		return reply_why(request, status, &why);
	buf_free(&why);
	return reply_back(request, "", str_lit(""));
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

enum MHD_Result act_approve(const struct request *request)
{
	const struct answer *answer = &request->answer;
	const struct decision decision = {.id = answer->id,
		.actor = answer->link->actor,
		.shown = strtoull(request_query(request, "v").at, NULL, 16),
		.withdraw = answer->route == ROUTE_WITHDRAW,
		.sure = request_asks(request, "sure")};
	struct buf why = {0};
	int status = desk_decide(request->server->desk, &decision, &why);
	if (status == STATUS_SURE)
		return ask_again(request, &decision, &why);
	if (status != 303)
		return reply_why(request, status, &why);
	buf_free(&why);
	return reply_back(request, "letter/", answer->id);
}
