/* What the proof desk answers, and what it refuses, from a request's line and heads. */
#include "http/form_int.h"
#include "http/gate_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TOKEN "0123456789abcdef0123456789abcdef"
#define T "/" TOKEN "/"
#define OURS "127.0.0.1:8000"
#define PAGE "http://127.0.0.1:8000"

#define FORM "application/x-www-form-urlencoded"
#define OTHER "fedcba9876543210fedcba9876543210"

static const struct link links[] = {{.token = TOKEN}, {.token = OTHER}};
static const struct gate gate = {links, 2, 8000};

static void requests_are_let_in_or_refused(void **state)
{
	static const struct {
		const char *method, *path, *host, *origin, *fetch;
		size_t body;
		int status; /* 0: let in */
		enum route route;
		const char *dest, *type;
	} rows[] = {
		{"GET", T, OURS, NULL, "cross-site", 0, 0, ROUTE_DESK, "document"},
		{"GET", T, OURS, NULL, "cross-site", 0, 403, 0, "iframe"},
		{"GET", T, OURS, PAGE "1", "cross-site", 0, 403, 0, "document"},
		{"GET", T "pdf/essex", OURS, NULL, "cross-site", 0, 403, 0, "document"},
		{"POST", T "generate", OURS, NULL, "cross-site", 0, 403, 0, "document"},
		{"GET", T, OURS, NULL, NULL, 0, 0, ROUTE_DESK},
		{"GET", "/" OTHER "/", OURS, NULL, NULL, 0, 0, ROUTE_DESK},
		{"GET", T, "localhost:8000", NULL, NULL, 0, 0, ROUTE_DESK},
		{"GET", T "letter/essex", OURS, NULL, "none", 0, 0, ROUTE_DESK},
		{"GET", T "page/essex/12", OURS, NULL, "same-origin", 0, 0, ROUTE_PICTURE},
		{"POST", T "generate", OURS, PAGE, "same-origin", 0, 0, ROUTE_GENERATE},
		{"GET", T "write", OURS, NULL, "same-origin", 0, 0, ROUTE_WRITE},
		{"POST", T "write", OURS, PAGE, "same-origin", 0, 405},
		{"GET", T "report", OURS, NULL, "same-origin", 0, 0, ROUTE_REPORT},
		{"GET", T "report", OURS, NULL, "cross-site", 0, 403},
		{"POST", T "generate", OURS, PAGE, NULL, FORM_MOST + 1, 413, 0, NULL, FORM},
		{"POST", T "generate", OURS, PAGE, NULL, FORM_MOST, 0, ROUTE_GENERATE, NULL, FORM},
		{"POST", T "generate", OURS, PAGE, NULL, 1, 0, ROUTE_GENERATE, NULL,
			FORM "; charset=UTF-8"},
		{"POST", T "generate", OURS, PAGE, NULL, 1, 415},
		{"POST", T "generate", OURS, PAGE, NULL, 1, 415, 0, NULL, "text/plain"},
		{"POST", T "generate", OURS, PAGE, NULL, 1, 415, 0, NULL, FORM "s"},
		{"POST", T "generate", OURS, PAGE, NULL, 1, 415, 0, NULL,
			"multipart/form-data; boundary=x"},
		{"POST", T "generate", OURS, NULL, NULL, 0, 403},
		{"POST", T "generate", OURS, "null", NULL, 0, 403},
		{"POST", T "generate", OURS, "http://evil.example", NULL, 0, 403},
		{"POST", T "generate", OURS, "http://127.0.0.1:8001", NULL, 0, 403},
		{"POST", T "generate", OURS, PAGE, "cross-site", 0, 403},
		{"GET", T "generate", OURS, NULL, NULL, 0, 405},
		{"POST", T "approve/essex", OURS, PAGE, "same-origin", 0, 0, ROUTE_APPROVE},
		{"POST", T "withdraw/essex", OURS, PAGE, NULL, 0, 0, ROUTE_WITHDRAW},
		{"POST", T "approve/essex", OURS, NULL, NULL, 0, 403},
		{"POST", T "withdraw/essex", OURS, NULL, NULL, 0, 403},
		{"POST", T "approve/essex", OURS, "http://evil.example", NULL, 0, 403},
		{"POST", T "approve/essex", OURS, PAGE, "cross-site", 0, 403},
		{"POST", T "approve", OURS, PAGE, NULL, 0, 404},
		{"GET", T "approve/essex", OURS, NULL, NULL, 0, 405},
		{"POST", T, OURS, PAGE, NULL, 0, 405},
		{"GET", T, "evil.example:8000", NULL, NULL, 0, 421},
		{"GET", T, "127.0.0.1", NULL, NULL, 0, 421},
		{"GET", T, NULL, NULL, NULL, 0, 421},
		{"GET", T, OURS, NULL, "cross-site", 0, 403},
		{"GET", "/", OURS, NULL, NULL, 0, 403},
		{"GET", "", OURS, NULL, NULL, 0, 404},
		{"GET", "x" TOKEN "/", OURS, NULL, NULL, 0, 404},
		{"GET", "/0123456789abcdef/", OURS, NULL, NULL, 0, 403},
		{"GET", "/1123456789abcdef0123456789abcdef/", OURS, NULL, NULL, 0, 403},
		{"GET", "/" TOKEN "0/", OURS, NULL, NULL, 0, 403},
		{"GET", T "../../etc/passwd", OURS, NULL, NULL, 0, 404},
		{"GET", T "part", OURS, NULL, NULL, 0, 0, ROUTE_PART},
		{"GET", T "part/essex", OURS, NULL, NULL, 0, 0, ROUTE_PART},
		{"GET", T "rows/essex", OURS, NULL, NULL, 0, 404},
		{"GET", T "letter/", OURS, NULL, NULL, 0, 404},
		{"GET", T "letter/a/b", OURS, NULL, NULL, 0, 404},
		{"GET", T "page/essex", OURS, NULL, NULL, 0, 404},
		{"GET", T "page/essex/0", OURS, NULL, NULL, 0, 404},
		{"GET", T "page/essex/-1", OURS, NULL, NULL, 0, 404},
		{"GET", T "page/essex/99999999999", OURS, NULL, NULL, 0, 404},
		{"GET", T "page/essex/1/", OURS, NULL, NULL, 0, 0, ROUTE_PICTURE},
		{"GET", T "desk.js/x", OURS, NULL, NULL, 0, 404},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct asked asked = {rows[i].method, rows[i].path, rows[i].host, rows[i].origin,
			rows[i].fetch, rows[i].body, rows[i].dest, rows[i].type};
		struct answer answer = gate_judge(&gate, &asked);
		print_message("# %s %s\n", rows[i].method, rows[i].path);
		assert_int_equal(answer.status, rows[i].status);
		assert_int_equal(answer.route, rows[i].status ? ROUTE_REFUSED : rows[i].route);
	}
}

static void an_id_and_a_page_are_taken_from_the_path(void **state)
{
	struct asked asked = {.method = "GET", .path = T "page/west-midlands/3", .host = OURS};
	struct answer answer = gate_judge(&gate, &asked);
	(void)state;
	assert_true(str_is(answer.id, "west-midlands"));
	assert_int_equal(answer.page, 3);
}

static void who_asks_is_known_by_the_link(void **state)
{
	struct asked asked = {.method = "GET", .path = "/" OTHER "/", .host = OURS};
	(void)state;
	assert_ptr_equal(gate_judge(&gate, &asked).link, &links[1]);
	asked.path = T;
	assert_ptr_equal(gate_judge(&gate, &asked).link, &links[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_are_let_in_or_refused),
		cmocka_unit_test(an_id_and_a_page_are_taken_from_the_path),
		cmocka_unit_test(who_asks_is_known_by_the_link),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
