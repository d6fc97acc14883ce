/* gate.c - who may ask what. The Host must be ours, so that no other site's name that points to
 * this machine (DNS rebinding) reads anything; the token must be right, so that no other user of
 * this machine does; what acts must be a POST from our own page. */
#include "http/gate_int.h"

#include "http/form_int.h"

#include <stdio.h>

static const struct {
	const char *name;
	enum route route;
	const char *method;
	enum { NO_ID, ID, MAYBE_ID } id;
	bool has_page;
} routes[] = {
	{"", ROUTE_DESK, "GET", NO_ID, false},
	{"letter", ROUTE_DESK, "GET", ID, false},
	{"part", ROUTE_PART, "GET", MAYBE_ID, false},
	{"rows", ROUTE_ROWS, "GET", NO_ID, false},
	{"page", ROUTE_PICTURE, "GET", ID, true},
	{"pdf", ROUTE_PDF, "GET", ID, false},
	{"proof.pdf", ROUTE_PROOF, "GET", NO_ID, false},
	{"events", ROUTE_EVENTS, "GET", NO_ID, false},
	{"desk.css", ROUTE_STYLE, "GET", NO_ID, false},
	{"desk.js", ROUTE_SCRIPT, "GET", NO_ID, false},
	{"write", ROUTE_WRITE, "GET", NO_ID, false},
	{"write.js", ROUTE_WRITE_SCRIPT, "GET", NO_ID, false},
	{"report", ROUTE_REPORT, "GET", NO_ID, false},
	{"generate", ROUTE_GENERATE, "POST", NO_ID, false},
	{"many", ROUTE_MANY, "GET", ID, false},
	{"approve-many", ROUTE_APPROVE_MANY, "POST", ID, false},
	{"approve", ROUTE_APPROVE, "POST", ID, false},
	{"withdraw", ROUTE_WITHDRAW, "POST", ID, false},
	{"reject", ROUTE_REJECT, "POST", ID, false},
	{"comment", ROUTE_COMMENT, "POST", ID, false},
	{"answer", ROUTE_ANSWER, "POST", ID, false},
	{"confirm", ROUTE_CONFIRM, "POST", ID, false},
	{"edit", ROUTE_EDIT, "POST", ID, false},
	{"undo", ROUTE_UNDO, "POST", ID, false},
	{"open", ROUTE_OPEN, "POST", ID, false},
};

static struct answer refuse(int status)
{
	return (struct answer){.route = ROUTE_REFUSED, .status = status};
}

/* As long for a wrong token as for a right one. */
static bool same_token(const struct link *link, struct str given)
{
	unsigned differs = given.len != TOKEN_SIZE;
	for (int i = 0; i < TOKEN_SIZE && i < given.len; i++)
		differs |= (unsigned)(link->token[i] ^ given.at[i]);
	return !differs;
}

static const struct link *find_link(const struct gate *gate, struct str given)
{
	const struct link *found = NULL;
	for (int i = 0; i < gate->count; i++)
		if (same_token(&gate->links[i], given))
			found = &gate->links[i];
	return found;
}

static bool is_ours(const struct gate *gate, const char *given, const char *before)
{
	static const char *const names[] = {"127.0.0.1", "localhost"};
	char ours[64];
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(ours, sizeof ours, "%s%s:%d", before, names[i], gate->port);
		if (strcmp(given, ours) == 0)
			return true;
	}
	return false;
}

/* From elsewhere the desk may be opened by its link, as a page of its own, and no more. */
static bool is_of_our_page(const struct gate *gate, const struct asked *asked, enum route route)
{
	bool opened = route == ROUTE_DESK && asked->dest && strcmp(asked->dest, "document") == 0;
	if (!opened && asked->fetch && strcmp(asked->fetch, "same-origin") != 0 &&
		strcmp(asked->fetch, "none") != 0)
		return false;
	return !asked->origin || is_ours(gate, asked->origin, "http://");
}

static bool read_page(struct str text, int *page)
{
	*page = 0;
	for (int i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9' || i > 3)
			return false;
		*page = 10 * *page + text.at[i] - '0';
	}
	return *page >= 1;
}

static struct answer find_route(const char *method, struct str rest)
{
	struct str name = {0}, id = {0}, page = {0};
	str_split(&rest, '/', &name);
	str_split(&rest, '/', &id);
	str_split(&rest, '/', &page);
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
		struct answer answer = {.route = routes[i].route, .id = id};
		if (!str_is(name, routes[i].name))
			continue;
		if (rest.len || (routes[i].id != MAYBE_ID && (id.len > 0) != routes[i].id) ||
			(page.len > 0) != routes[i].has_page ||
			(routes[i].has_page && !read_page(page, &answer.page)))
			return refuse(404);
		return strcmp(method, routes[i].method) == 0 ? answer : refuse(405);
	}
	return refuse(404);
}

struct answer gate_judge(const struct gate *gate, const struct asked *asked)
{
	struct str rest = str_of(asked->path), token;
	if (!asked->host || !is_ours(gate, asked->host, ""))
		return refuse(421);
	if (rest.len == 0 || rest.at[0] != '/')
		return refuse(404);
	rest = str_slice(rest, 1, rest.len);
	const struct link *link = str_split(&rest, '/', &token) ? find_link(gate, token) : NULL;
	if (!link)
		return refuse(403);
	struct answer answer = find_route(asked->method, rest);
	answer.link = link;
	if (answer.route == ROUTE_REFUSED)
		return answer;
	if (!is_of_our_page(gate, asked, answer.route) ||
		(strcmp(asked->method, "POST") == 0 && !asked->origin))
		return refuse(403);
	if (asked->body > FORM_MOST)
		return refuse(413);
	return asked->body && !form_is(asked->type) ? refuse(415) : answer;
}
