/* gate_int.h - who may ask what: a request's line and heads → a route, or a refusal.
 *
 * A path is only ever compared: with the token, with the few routes, with ids that are known.
 * Nothing of a request ever names a file. */
#ifndef HTTP_GATE_INT_H
#define HTTP_GATE_INT_H

#include "desk/desk.h"

enum { TOKEN_SIZE = 32 }; /* hexadecimal digits: 128 bits */

enum route {
	ROUTE_REFUSED, /* status says why */
	ROUTE_DESK,    /* the page; id may be empty */
	ROUTE_PART,    /* of the page: the letter alone; id may be empty */
	ROUTE_ROWS,    /* of the list */
	ROUTE_PICTURE, /* of a page: id, page, before, guides */
	ROUTE_PDF,
	ROUTE_PROOF, /* the proof set in one file */
	ROUTE_EVENTS,
	ROUTE_STYLE,
	ROUTE_SCRIPT,
	ROUTE_WRITE, /* what a press on the button would do */
	ROUTE_WRITE_SCRIPT,
	ROUTE_REPORT, /* what it did */
	ROUTE_GENERATE,
	ROUTE_MANY,    /* what is claimed by approving many; id: which */
	ROUTE_CONFIRM, /* a fact of the letter's record; so are the next */
	ROUTE_EDIT,
	ROUTE_UNDO,
	ROUTE_OPEN,    /* in an editor */
	ROUTE_APPROVE, /* from here on: what is said of a letter, whose answer is small */
	ROUTE_WITHDRAW,
	ROUTE_REJECT,
	ROUTE_COMMENT,
	ROUTE_ANSWER,
	ROUTE_APPROVE_MANY
};

/* Who has the token is taken for that person. */
struct link {
	char token[TOKEN_SIZE + 1];
	struct actor actor; /* .at is not used */
};

struct gate {
	const struct link *links;
	int count, port;
};

struct asked {
	const char *method, *path;         /* the path decoded, without the query */
	const char *host, *origin, *fetch; /* heads, NULL when absent; fetch: Sec-Fetch-Site */
	size_t body;                       /* bytes that were sent with it */
	const char *dest;                  /* Sec-Fetch-Dest */
	const char *type;                  /* Content-Type */
};

struct answer {
	enum route route;
	int status;              /* of HTTP, when refused */
	const struct link *link; /* by which it was asked; NULL when refused for want of one */
	struct str id;
	int page;
};

/* The id is a slice of the path. */
struct answer gate_judge(const struct gate *gate, const struct asked *asked);

#endif
