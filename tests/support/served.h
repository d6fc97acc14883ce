/* served.h - a proof desk under test: the program in a folder of its own, asked by sockets. */
#ifndef TESTS_SERVED_H
#define TESTS_SERVED_H

#include "local.h"
#include "support.h"

#include <sys/types.h>

struct desk {
	struct scratch scratch;
	pid_t child;
	int port;
	char token[64];
};

/* A new scratch folder with a template and the letter "anna", of a name with markup in it. */
void desk_write_project(struct desk *desk);
#define RECORD(name) \
	"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>" name "</name></recipient>"
/* Runs serve in the scratch folder; the variable, such as "PATH=/nowhere", is set for it, options
 * "-q" say nothing more; they have blanks between them. Of several links the first is known. */
void desk_start(struct desk *desk, const char *program, const char *options, char *variable);
/* A new project, and a desk on it, which is *state. */
void desk_set_up(void **state, const char *program, const char *options);
/* Likewise, for Anna, who is first, and Ben, with a link each and two approvals wanted. */
void desk_set_up_persons(void **state, const char *program);
/* What is asked from here on is asked over the link of that person. */
void desk_go_over(struct desk *desk, const char *name);
/* Ends it; false when it did not end well. */
bool desk_end(struct desk *desk);
/* Ends it and removes the folder; false when it did not end well. */
bool desk_stop(struct desk *desk);
/* The answer to some bytes, as far as the desk sends one; to a request line with heads, each of
 * which ends in CR LF; to a GET with the token. In the scratch's arena. */
struct str desk_ask_raw(struct desk *desk, struct str bytes);
struct str desk_ask(struct desk *desk, const char *line, const char *heads);
struct str desk_fetch(struct desk *desk, const char *path);
/* To a POST from the desk's own page. */
struct str desk_post(struct desk *desk, const char *path);
/* The same with a form as its body. */
struct str desk_send(struct desk *desk, const char *path, const char *form);
/* That of the button of the summary before letters are written; likewise. */
const char *desk_write_button(struct desk *desk);
/* The request line for a path behind the token. */
const char *desk_line(struct desk *desk, const char *method, const char *path);
/* Asks for the page until it holds the words. */
struct str desk_fetch_until(struct desk *desk, const char *path, const char *words);
/* The address that a button of anna's page leads to; waits until it is there. */
const char *desk_button(struct desk *desk, const char *action);
/* Until "anna" is in the list. */
void desk_wait_for_list(struct desk *desk);
void desk_assert_up(struct desk *desk);

#endif
