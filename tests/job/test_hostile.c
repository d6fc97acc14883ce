/* The proof desk under hostile requests: what is not asked rightly is refused, and it stays up and
 * as small as it was. */
#include "support/served.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const char *program, *root; /* from the command line; root: the project's */

static int set_up(void **state)
{
	static char nothing[] = "UNUSED=";
	static struct desk desk;
	desk_write_project(&desk);
	desk_start(&desk, program, "--no-sign", nothing);
	*state = &desk;
	return 0;
}

static int tear_down(void **state)
{
	return desk_stop(*state) ? 0 : -1;
}

static void what_is_asked_wrongly_is_refused(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	static const struct {
		const char *method, *rest, *heads, *says;
	} rows[] = {
		{"GET", "letter/nobody", "", " 404 "},
		{"GET", "pdf/..%2f..%2fetc%2fpasswd", "", " 404 "},
		{"GET", "letter/..%2frecipients%2fanna.xml", "", " 404 "},
		{"GET", "../../../etc/passwd", "", " 404 "},
		{"GET", "page/anna/4000", "", " 404 "},
		{"GET", "", "Sec-Fetch-Site: cross-site\r\n", " 403 "},
		{"POST", "generate", "Content-Length: 0\r\n", " 403 "},
		{"POST", "generate", "Origin: http://evil.example\r\nContent-Length: 0\r\n",
			" 403 "},
		{"DELETE", "letter/anna", "", " 405 "},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_holds(desk_ask(desk, desk_line(desk, rows[i].method, rows[i].rest),
				     rows[i].heads),
			rows[i].says);
	assert_holds(desk_ask(desk, "GET /", ""), " 403 ");
	assert_holds(desk_ask(desk, "GET /00000000000000000000000000000000/", ""), " 403 ");
	assert_holds(desk_ask_raw(desk,
			     str_lit("GET / HTTP/1.1\r\nHost: evil\r\nConnection: close\r\n\r\n")),
		" 421 ");
	desk_assert_up(desk);
}

/* What comes with a POST is a form of bounded size, and text; else nothing is done. */
static void a_body_that_is_no_form_is_refused(void **state)
{
	enum { TOO_MUCH = 40000 };
	static const struct {
		const char *heads, *says;
	} rows[] = {
		{"Content-Length: 40000\r\nContent-Type: application/x-www-form-urlencoded\r\n",
			" 413 "},
		{"Content-Length: 1\r\nContent-Type: multipart/form-data; boundary=x\r\n", " 415 "},
		{"Content-Length: 1\r\n", " 415 "},
	};
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	const char *line = desk_line(desk, "POST", "approve/anna?v=1");
	struct str ours = str_format(arena, "Origin: http://127.0.0.1:%d\r\n", desk->port);
	desk_wait_for_list(desk);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_holds(
			desk_ask(desk, line, str_format(arena, "%s%s", ours.at, rows[i].heads).at),
			rows[i].says);
	static const char *const bodies[] = {"a=%00", "a=%ff", "a=%4", "a=\xff"};
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		assert_holds(desk_send(desk, "approve/anna?v=1", bodies[i]), " 400 ");
	assert_holds(desk_send(desk, "approve/anna?v=1", "a=1&b=%C3%AB"), " 409 ");
	struct buf chunked = {0};
	buf_format(&chunked,
		"%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%sTransfer-Encoding: chunked\r\n"
		"Content-Type: application/x-www-form-urlencoded\r\n\r\n9c40\r\n",
		line, desk->port, ours.at);
	for (int i = 0; i < TOO_MUCH; i++)
		buf_char(&chunked, 'x');
	assert_true(str_find(desk_ask_raw(desk, buf_text(&chunked)), " 409 ") < 0);
	buf_free(&chunked);
	desk_assert_up(desk);
}

static void a_megabyte_of_heads_or_of_rubbish_is_refused(void **state)
{
	struct desk *desk = *state;
	struct buf bytes = {0};
	buf_format(&bytes,
		"%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX-Much: ", desk_line(desk, "GET", ""),
		desk->port);
	for (int i = 0; i < 1 << 20; i++)
		buf_char(&bytes, 'x');
	buf_puts(&bytes, "\r\n\r\n");
	assert_true(str_find(desk_ask_raw(desk, buf_text(&bytes)), " 200 ") < 0);
	buf_clear(&bytes);
	for (int i = 0; i < 1 << 20; i++)
		buf_char(&bytes, (char)((i & 0xffff) * 7919 >> 3));
	assert_true(str_find(desk_ask_raw(desk, buf_text(&bytes)), " 200 ") < 0);
	buf_free(&bytes);
	desk_assert_up(desk);
}

static long memory_kib(const struct desk *desk)
{
	struct arena *arena = arena_new();
	struct outcome run = run_in(
		arena, "/", "awk '/VmRSS/ { print $2 }' /proc/%d/status", (int)desk->child);
	long kib = strtol(run.out.at, NULL, 10);
	arena_free(arena);
	return kib;
}

/* AddressSanitizer keeps what was freed, and shadows it. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 16 };
#else
enum { SANITIZED = 1 };
#endif

static void a_thousand_half_open_connections_leave_it_up_and_small(void **state)
{
	enum { CONNECTIONS = 1000, MOST_MIB = 16 }; /* 64 threads, and 16 KiB of heads each */
	struct desk *desk = *state;
	static int open_fds[CONNECTIONS];
	desk_wait_for_list(desk);
	long before = memory_kib(desk);
	local_crowd(desk->port, str_lit("GET /"), open_fds, CONNECTIONS);
	long under = memory_kib(desk);
	local_go(open_fds, CONNECTIONS);
	print_message("# %ld KiB, then %ld\n", before, under);
	assert_true(under > 0 && under - before < MOST_MIB * 1024 * SANITIZED);
	desk_wait_for_list(desk);
	desk_assert_up(desk);
}

/* A byte now and then keeps no connection open. The user comes last, and again and again. */
static void those_who_drip_without_the_token_do_not_shut_the_user_out(void **state)
{
	enum { CONNECTIONS = 200, TURNS = 10, MOST_S = 8 };
	static int open_fds[CONNECTIONS];
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	time_t begun = time(NULL);
	for (int i = 0; i < CONNECTIONS; i++)
		open_fds[i] = -1;
	for (int turn = 0; turn < TURNS; turn++) {
		for (int i = 0; i < CONNECTIONS; i++)
			if (open_fds[i] < 0 || send(open_fds[i], "x", 1, MSG_NOSIGNAL) < 0) {
				if (open_fds[i] >= 0)
					close(open_fds[i]);
				open_fds[i] = local_connect(desk->port);
				if (open_fds[i] >= 0)
					send(open_fds[i], "GET /", 5, MSG_NOSIGNAL);
			}
		desk_assert_up(desk);
	}
	double seconds = difftime(time(NULL), begun);
	print_message("# %d answers in %.0f s\n", TURNS, seconds);
	local_go(open_fds, CONNECTIONS);
	assert_true(seconds < TURNS * MOST_S);
}

/* What is there, what is made on demand, what is not there, and who may not ask: of all letters. */
static struct str request_of(struct desk *desk, int i)
{
	static const char *const ids[] = {"avon-and-somerset", "bedfordshire", "essex",
		"greater-manchester", "hampshire", "kent", "lancashire", "leicestershire", "london",
		"merseyside", "northumbria", "nottinghamshire", "south-wales", "south-yorkshire",
		"sussex", "thames-valley", "west-midlands", "west-yorkshire"};
	enum { IDS = sizeof ids / sizeof *ids };
	static const char *const kinds[][2] = {{"letter/", ""}, {"page/", "/1"},
		{"page/", "/2?guides=1"}, {"pdf/", ""}, {"nothing/", ""}};
	struct str path = str_lit("GET /0123456789abcdef0123456789abcdef/");
	if (i % 6 < 5)
		path = str_of(desk_line(desk, "GET",
			str_format(desk->scratch.arena, "%s%s%s", kinds[i % 6][0], ids[i / 6 % IDS],
				kinds[i % 6][1])
				.at));
	return str_format(desk->scratch.arena,
		"%.*s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n", str_arg(path),
		desk->port);
}

/* The status of the answer, all of which is read; 0: the desk hung up. */
static int status_of_answer(int fd)
{
	char bytes[4096] = "";
	int status = 0;
	if (recv(fd, bytes, sizeof bytes - 1, 0) > 0)
		sscanf(bytes, "HTTP/1.1 %3d", &status);
	while (status && recv(fd, bytes, sizeof bytes, 0) > 0)
		;
	close(fd);
	return status;
}

static int set_up_real_letters(void **state)
{
	static char nothing[] = "UNUSED=";
	static struct desk desk;
	desk.scratch = scratch_new();
	struct outcome run = run_in(
		desk.scratch.arena, root, "cp -r templates recipients '%s'", desk.scratch.dir);
	assert_int_equal(run.code, 0);
	desk_start(&desk, program, "--no-sign", nothing);
	*state = &desk;
	return 0;
}

static int answer_all(struct desk *desk, int count)
{
	static const int right[] = {200, 200, 200, 200, 404, 403};
	int fds[1000], answered = 0;
	for (int i = 0; i < count; i++) {
		struct str request = request_of(desk, i);
		fds[i] = local_connect(desk->port);
		if (fds[i] >= 0)
			send(fds[i], request.at, (size_t)request.len, MSG_NOSIGNAL);
	}
	for (int i = 0; i < count; i++) {
		int status = fds[i] >= 0 ? status_of_answer(fds[i]) : 0;
		if (status && status != right[i % 6])
			fail_msg("request %d of a kind is answered with %d", i % 6, status);
		answered += status != 0;
	}
	return answered;
}

/* Letters of two pages, more of them than are looked at together. The bound: 16 MiB for pictures
 * that are kept, and an answer of at most half a MiB for each of 64 connections. The second
 * thousand adds nothing. */
static void a_thousand_requests_at_once_are_answered_or_refused(void **state)
{
	enum { REQUESTS = 1000, ROUNDS = 2, MOST_MIB = 48 };
	struct desk *desk = *state;
	desk_fetch_until(desk, "", "18 letters checked");
	long before = memory_kib(desk);
	for (int round = 0; round < ROUNDS; round++) {
		int answered = answer_all(desk, REQUESTS);
		long under = memory_kib(desk);
		print_message("# %d of %d answered; %ld KiB, then %ld\n", answered, REQUESTS,
			before, under);
		assert_true(answered > 0);
		assert_true(under > 0 && under - before < MOST_MIB * 1024 * SANITIZED);
	}
	assert_holds(desk_ask(desk, desk_line(desk, "GET", "rows"), ""), "\"kent\"");
	desk_assert_up(desk);
}

static struct str request_for(struct desk *desk, const char *method, const char *path)
{
	return str_format(desk->scratch.arena,
		"%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
		"Content-Length: 0\r\nConnection: close\r\n\r\n",
		desk_line(desk, method, path), desk->port, desk->port);
}

/* Strangers stand half open, browsers wait for events, and forty want to approve: of one letter
 * at one moment one may, and the rest are told. Whoever has the token is answered. */
static void under_load_nobody_with_the_token_is_left_unanswered(void **state)
{
	enum { STRANGERS = 500, LISTENERS = 100, APPROVALS = 40, LOOKS = 20 };
	static int strangers[STRANGERS], listeners[LISTENERS], approvals[APPROVALS];
	struct desk *desk = *state;
	struct str page = desk_fetch_until(desk, "letter/anna", "approve/anna?v=");
	int at = str_find(page, "approve/anna?v=");
	const char *approve = str_copy(desk->scratch.arena, str_slice(page, at, at + 31)).at;
	local_crowd(desk->port, request_for(desk, "GET", "events"), listeners, LISTENERS);
	local_crowd(desk->port, str_lit("GET /"), strangers, STRANGERS);
	local_crowd(desk->port, request_for(desk, "POST", approve), approvals, APPROVALS);
	for (int i = 0; i < LOOKS; i++)
		assert_holds(desk_fetch(desk, i % 2 ? "rows" : "letter/anna"), "anna");
	int done = 0, told = 0;
	for (int i = 0; i < APPROVALS; i++) {
		int status = status_of_answer(approvals[i]);
		done += status == 303;
		told += status == 409;
	}
	assert_int_equal(done, 1);
	assert_int_equal(told, APPROVALS - 1);
	for (int i = 0; i < LISTENERS; i++) {
		char bytes[16] = "";
		assert_true(recv(listeners[i], bytes, 12, 0) == 12);
		assert_string_equal(bytes, "HTTP/1.1 200");
	}
	local_go(listeners, LISTENERS);
	local_go(strangers, STRANGERS);
	desk_assert_up(desk);
}

/* More listeners than there is room for are told so, and shut nobody out. */
static void more_listeners_than_there_is_room_for_are_told_so(void **state)
{
	enum { LISTENERS = 300, MOST = 128 };
	static int listeners[LISTENERS];
	struct desk *desk = *state;
	int status[2] = {0};
	desk_wait_for_list(desk);
	local_crowd(desk->port, request_for(desk, "GET", "events"), listeners, LISTENERS);
	desk_wait_for_list(desk);
	for (int i = 0; i < LISTENERS; i++) {
		char bytes[16] = "";
		assert_true(recv(listeners[i], bytes, 12, 0) == 12);
		status[0] += strcmp(bytes, "HTTP/1.1 200") == 0;
		status[1] += strcmp(bytes, "HTTP/1.1 503") == 0;
	}
	assert_true(status[0] >= MOST && status[0] + status[1] == LISTENERS);
	assert_true(status[1] > 0);
	local_go(listeners, LISTENERS);
	desk_assert_up(desk);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_is_asked_wrongly_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_body_that_is_no_form_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_megabyte_of_heads_or_of_rubbish_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_thousand_half_open_connections_leave_it_up_and_small, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			those_who_drip_without_the_token_do_not_shut_the_user_out, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			under_load_nobody_with_the_token_is_left_unanswered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			more_listeners_than_there_is_room_for_are_told_so, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_thousand_requests_at_once_are_answered_or_refused,
			set_up_real_letters, tear_down),
	};
	assert_int_equal(argc, 3);
	program = argv[1];
	root = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
