/* fix.c - what a POST asks to be changed in a letter's record, or to be opened in an editor. */
#include "http/http_int.h"

#include <stdlib.h>

static enum MHD_Result reply_done(const struct request *request, int status, struct buf *why)
{
	if (status != 303)
		return reply_why(request, status, why);
	buf_free(why);
	return reply_back(request, "letter/", request->answer.id);
}

enum MHD_Result act_fix(const struct request *request)
{
	const struct answer *answer = &request->answer;
	const struct form *form = &request->form;
	const struct fix fix = {.what = answer->route == ROUTE_CONFIRM ? FIX_CONFIRM
			: answer->route == ROUTE_EDIT                  ? FIX_EDIT
								       : FIX_UNDO,
		.id = answer->id,
		.shown = strtoull(form_value(form, "v").at, NULL, 16),
		.fact = form_number(form, "fact"),
		.seen = {form_value(form, "source"), str_trim(form_value(form, "date")),
			form_value(form, "quote")},
		.words = form_value(form, "words"),
		.link = form_number(form, "link"),
		.step = form_number(form, "step"),
		.actor = answer->link->actor};
	struct buf why = {0};
	int status = desk_fix(request->server->desk, &fix, &why);
	return reply_done(request, status, &why);
}

enum MHD_Result act_open(const struct request *request)
{
	const struct form *form = &request->form;
	bool finding = form_value(form, "finding").len > 0;
	const struct spot spot = {.id = request->answer.id,
		.finding = finding,
		.number = form_number(form, finding ? "finding" : "fact")};
	struct buf why = {0};
	int status = desk_open_editor(request->server->desk, &spot, &why);
	return reply_done(request, status, &why);
}
