/* The proof desk under hostile requests: what is not asked rightly is refused, and it stays up and
 * as small as it was. Sockets only; what a browser sees is tests/judges/desk.mjs. */
#include "support/served.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const char *program, *root; /* from the command line; root: the project's */

static void set_up_project(struct desk *desk)
{
	desk->scratch = scratch_new();
	scratch_write(&desk->scratch, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\">"
		"<title>Letter</title><fields><declare name=\"name\"/></fields>"
		"<p>Dear <field name=\"name\"/></p></letter>");
	scratch_write(&desk->scratch, "recipients/anna.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Anna &lt;b&gt;</name>"
		"</recipient>");
}

static void set_up_with(void **state, const char *option, char *variable)
{
	static struct desk desk;
	set_up_project(&desk);
	desk_start(&desk, program, option, variable);
	*state = &desk;
}

static int set_up(void **state)
{
	static char nothing[] = "UNUSED=";
	set_up_with(state, "--no-sign", nothing);
	return 0;
}

static int set_up_without_identity(void **state)
{
	static char nowhere[] = "PATH=/nowhere";
	set_up_with(state, "-q", nowhere);
	return 0;
}

static int tear_down(void **state)
{
	return desk_stop(*state) ? 0 : -1;
}

static const char *with_token(struct desk *desk, const char *method, const char *rest)
{
	return str_format(desk->scratch.arena, "%s /%s/%s", method, desk->token, rest).at;
}

static void wait_for_the_list(struct desk *desk)
{
	while (str_find(desk_ask(desk, with_token(desk, "GET", "rows"), ""), "\"anna\"") < 0)
		;
}

static void assert_is_up(struct desk *desk)
{
	assert_holds(desk_ask(desk, with_token(desk, "GET", ""), ""), "HTTP/1.1 200");
}

static void a_letter_is_shown_as_text_and_never_as_markup(void **state)
{
	struct desk *desk = *state;
	wait_for_the_list(desk);
	struct str page = desk_ask(desk, with_token(desk, "GET", "letter/anna"), "");
	assert_holds(page, "Anna &lt;b&gt;");
	assert_holds(page, "Content-Security-Policy: default-src 'none'");
	assert_holds(desk_ask(desk, with_token(desk, "GET", "pdf/anna"), ""), "%PDF-1.7");
	assert_holds(desk_ask(desk, with_token(desk, "GET", "?q=%22%3E%3Cscript%3E"), ""),
		"value=\"&quot;&gt;&lt;script&gt;\"");
}

static void the_proof_set_is_a_part_of_the_list_and_says_why(void **state)
{
	struct desk *desk = *state;
	while (str_find(desk_ask(desk, with_token(desk, "GET", "rows?state=proof"), ""),
		       "\"anna\"") < 0)
		;
	struct str page = desk_ask(desk, with_token(desk, "GET", "?state=proof"), "");
	assert_holds(page, "Proof set <b>1</b>");
	assert_holds(page, "<h2>In the proof set</h2>\n<ul>\n<li>shows what all letters show</li>");
}

/* The address that a button of the letter's page leads to; waits until it is there. */
static const char *button(struct desk *desk, const char *action)
{
	struct str name = str_format(desk->scratch.arena, "%s/anna?", action);
	for (;;) {
		struct str page = desk_ask(desk, with_token(desk, "GET", "letter/anna"), "");
		int at = str_find(page, name.at);
		if (at < 0)
			continue;
		struct str rest = str_slice(page, at, page.len), address;
		str_split(&rest, '"', &address);
		struct buf plain = {0};
		for (int i = 0; i < address.len; i++) {
			buf_char(&plain, address.at[i]);
			if (address.at[i] == '&')
				i += 4; /* amp; */
		}
		address = str_copy(desk->scratch.arena, buf_text(&plain));
		buf_free(&plain);
		return address.at;
	}
}

static void a_letter_is_approved_as_it_was_shown(void **state)
{
	struct desk *desk = *state;
	const char *heads = str_format(desk->scratch.arena,
		"Origin: http://127.0.0.1:%d\r\nContent-Length: 0\r\n", desk->port)
				    .at;
	const char *approve = button(desk, "approve");
	assert_holds(desk_ask(desk, with_token(desk, "POST", approve), ""), " 403 ");
	assert_holds(
		desk_ask(desk, with_token(desk, "POST", "approve/nobody?v=1"), heads), " 404 ");
	assert_holds(desk_ask(desk, with_token(desk, "POST", "approve/anna?v=1"), heads), " 409 ");
	assert_holds(desk_ask(desk, with_token(desk, "GET", "?state=approved"), ""),
		"Approved <b>0</b>");
	assert_holds(desk_ask(desk, with_token(desk, "POST", approve), heads), "/letter/anna");
	struct str page = desk_ask(desk, with_token(desk, "GET", "letter/anna"), "");
	assert_holds(page, "<h2>Approval</h2>\n<p><b>Approved</b></p>\n<ul>\n<li>");
	assert_holds(page, "Approved <b>1</b>");
	assert_holds(
		desk_ask(desk, with_token(desk, "GET", "rows?state=approved"), ""), "\"anna\"");
	assert_holds(
		desk_ask(desk, with_token(desk, "POST", button(desk, "withdraw")), heads), " 303 ");
	assert_holds(
		desk_ask(desk, with_token(desk, "GET", "letter/anna"), ""), "Approved <b>0</b>");
	scratch_write(&desk->scratch, "recipients/anna.xml", /* the desk may not have heard of it */
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Annie</name></recipient>");
	assert_holds(desk_ask(desk, with_token(desk, "POST", approve), heads), " 409 ");
}

/* Asks for the page until it holds the words. */
static struct str wait_for(struct desk *desk, const char *rest, const char *words)
{
	struct str page;
	do
		page = desk_ask(desk, with_token(desk, "GET", rest), "");
	while (str_find(page, words) < 0);
	return page;
}

/* The first event of a new stream. */
static struct str event(struct desk *desk)
{
	struct buf answer = {0};
	char part[4096];
	int fd = local_connect(desk->port);
	struct str request = str_format(desk->scratch.arena,
		"%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", with_token(desk, "GET", "events"),
		desk->port);
	assert_int_equal(send(fd, request.at, (size_t)request.len, MSG_NOSIGNAL), request.len);
	while (str_find(buf_text(&answer), "}\n\n") < 0) {
		ssize_t len = recv(fd, part, sizeof part, 0);
		assert_true(len > 0);
		buf_put(&answer, part, (size_t)len);
	}
	close(fd);
	struct str text = str_copy(desk->scratch.arena, buf_text(&answer));
	buf_free(&answer);
	return text;
}

static struct str post(struct desk *desk, const char *address)
{
	const char *heads = str_format(desk->scratch.arena,
		"Origin: http://127.0.0.1:%d\r\nContent-Length: 0\r\n", desk->port)
				    .at;
	return desk_ask(desk, with_token(desk, "POST", address), heads);
}

#define RECORD(name)                                                             \
	"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>" name "</name>" \
	"</recipient>"

/* The first page that shows the edit says at once what that makes of the approval, though all
 * letters are not checked yet. */
static void an_edit_voids_an_approval_from_the_first_page_on(void **state)
{
	struct desk *desk = *state;
	assert_holds(post(desk, button(desk, "approve")), " 303 ");
	for (int round = 0; round < 3; round++) {
		scratch_write(&desk->scratch, "recipients/anna.xml", RECORD("Annie"));
		struct str page = wait_for(desk, "letter/anna", "<dd>Annie");
		assert_holds(page, "<p>Changed since it was approved</p>");
		assert_holds(page, "Approved <b>0</b>");
		assert_true(str_find(page, "\"withdraw/anna") < 0);
		scratch_write(&desk->scratch, "recipients/anna.xml", RECORD("Anna &lt;b&gt;"));
		page = wait_for(desk, "letter/anna", "<dd>Anna &lt;b");
		assert_holds(page, "<p><b>Approved</b></p>");
		assert_true(str_find(page, "\"approve/anna") < 0);
	}
}

static void what_cannot_be_approved_is_told_why(void **state)
{
	struct desk *desk = *state;
	const char *approve = button(desk, "approve");
	const char *version = strchr(approve, '?');
	const char *withdraw = str_format(desk->scratch.arena, "withdraw/anna%s", version).at;
	assert_holds(post(desk, "approve/nobody?v=1"), "no letter of that name any more");
	assert_holds(post(desk, "approve/anna?v=1"), "was saved anew since it was shown");
	assert_holds(post(desk, withdraw), "You have not approved this letter");
	assert_holds(post(desk, approve), " 303 ");
	assert_holds(post(desk, approve), "You have approved this letter already");
	assert_holds(post(desk, withdraw), " 303 ");
	const char *file = scratch_path(&desk->scratch, "out/.lettermerge.approvals.db");
	scratch_write(&desk->scratch, "out/.lettermerge.approvals.db", "spoilt");
	assert_holds(desk_ask(desk, with_token(desk, "GET", "letter/anna"), ""),
		"<p>the approvals in out/.lettermerge.approvals.db cannot be used");
	assert_holds(post(desk, approve), " 500 ");
	assert_holds(post(desk, approve), "It could not be noted: the approvals in out/");
	unlink(file);
	scratch_write(&desk->scratch, "recipients/anna.xml", "<recipient");
	assert_holds(post(desk, approve), "cannot be made, so it cannot be approved");
}

static void an_approval_by_somebody_else_is_heard_of(void **state)
{
	struct desk *desk = *state;
	wait_for_the_list(desk);
	struct outcome run = run_in(
		desk->scratch.arena, desk->scratch.dir, "'%s' approve -q anna --by Boss", program);
	assert_int_equal(run.code, 0);
	struct str page = desk_ask(desk, with_token(desk, "GET", "letter/anna"), "");
	assert_holds(page, "<p><b>Approved</b></p>\n<ul>\n<li>Boss, ");
	assert_holds(page, "\"approve/anna"); /* who uses the desk has not */
	run = run_in(
		desk->scratch.arena, desk->scratch.dir, "'%s' approve -q --withdraw anna", program);
	assert_int_equal(run.code, 0);
	wait_for(desk, "rows?state=approved", "\"total\":0");
}

/* What the record says is not known then, and stays as it was; approvals are, they need no lock. */
static void another_run_in_the_folder_is_waited_for(void **state)
{
	struct desk *desk = *state;
	assert_holds(post(desk, button(desk, "approve")), " 303 ");
	assert_holds(post(desk, "generate"), " 303 ");
	wait_for(desk, "", "1 written to out");
	wait_for(desk, "rows?state=changed", "\"total\":0");
	int lock = open(scratch_path(&desk->scratch, "out/.lettermerge.lock"), O_RDWR | O_CLOEXEC);
	assert_int_equal(flock(lock, LOCK_EX), 0);
	scratch_write(&desk->scratch, "recipients/berta.xml", RECORD("Berta"));
	struct str page = wait_for(desk, "", "2 letters checked");
	assert_holds(page, "Changed <b>0</b>");
	assert_holds(page, "Approved <b>1</b>");
	assert_holds(post(desk, "generate"), " 409 ");
	assert_holds(post(desk, "generate"), "Another run is at work in the same folder");
	assert_holds(desk_ask(desk, with_token(desk, "GET", ""), ""),
		"not started, since another run is at work in out");
	close(lock);
	page = wait_for(desk, "", "Changed <b>1</b>");
	assert_holds(page, "Approved <b>1</b>");
}

static void a_letter_that_goes_from_the_folder_is_missed(void **state)
{
	struct desk *desk = *state;
	wait_for_the_list(desk);
	assert_holds(post(desk, "generate"), " 303 ");
	wait_for(desk, "", "1 written to out");
	wait_for(desk, "rows?state=changed", "\"total\":0");
	assert_int_equal(unlink(scratch_path(&desk->scratch, "out/anna.pdf")), 0);
	wait_for(desk, "rows?state=changed", "\"total\":1");
}

static void a_folder_that_is_replaced_is_watched_in_its_place(void **state)
{
	struct desk *desk = *state;
	wait_for_the_list(desk);
	struct outcome run = run_in(desk->scratch.arena, desk->scratch.dir,
		"mv recipients old && cp -r old recipients && cp recipients/anna.xml "
		"recipients/berta.xml");
	assert_int_equal(run.code, 0);
	wait_for(desk, "", "2 letters checked");
	scratch_write(&desk->scratch, "recipients/anna.xml", RECORD("Annie"));
	wait_for(desk, "letter/anna", "<dd>Annie");
}

static void a_broken_template_changes_nothing_that_is_known_of_letters(void **state)
{
	struct desk *desk = *state;
	wait_for(desk, "", "Proof set <b>1</b>");
	assert_holds(event(desk), "\"counts\":[1,1,0,0,1,0]");
	assert_holds(event(desk), "\"broken\":false");
	scratch_write(&desk->scratch, "templates/letter.xml", "<letter><oops");
	struct str page = wait_for(desk, "letter/anna", "Errors <b>1</b>");
	assert_holds(page, "Changed <b>1</b>");
	assert_holds(page, "Proof set <b>1</b>");
	assert_true(str_find(page, "<b>Approved</b>") < 0);
	assert_true(str_find(page, "Not approved yet") < 0);
	assert_holds(desk_ask(desk, with_token(desk, "GET", "rows?q=anna%20%3Cb"), ""), "\"anna\"");
	struct str news = event(desk);
	assert_holds(news, "\"broken\":true,\"text\":\"");
	assert_holds(news, "\"place\":\"templates/letter.xml:1:");
	assert_holds(post(desk, "generate"), " 409 ");
	const char *file = scratch_path(&desk->scratch, "templates/letter.xml");
	assert_int_equal(unlink(file), 0);
	wait_for(desk, "letter/anna", "Changed <b>1</b>");
	assert_holds(event(desk), "\"broken\":true");
}

static int set_up_slow(void **state)
{
	static char nothing[] = "UNUSED=";
	static struct desk desk;
	set_up_project(&desk);
	assert_int_equal(mkfifo(scratch_path(&desk.scratch, "recipients/bert.xml"), 0600), 0);
	desk_start(&desk, program, "--no-sign", nothing);
	*state = &desk;
	return 0;
}

/* Who comes back by a link while letters are being read, and waits for one of them. */
static void a_letter_that_is_not_read_yet_is_waited_for(void **state)
{
	struct desk *desk = *state;
	const char *slow = scratch_path(&desk->scratch, "recipients/bert.xml");
	struct str page = desk_fetch(desk, "letter/anna");
	assert_holds(page, "HTTP/1.1 200");
	assert_holds(page, "<h1>The letters are being read</h1>");
	assert_holds(page, "http-equiv=\"refresh\"");
	assert_holds(page, ">Reading the letters</p>");
	int end = open(slow, O_WRONLY); /* returns when it is being read; it holds nothing */
	assert_true(end >= 0);
	assert_int_equal(unlink(slow), 0);
	close(end);
	do
		page = desk_fetch(desk, "letter/anna");
	while (str_find(page, "being read") >= 0);
	assert_holds(page, "<h1>anna</h1>");
	assert_true(str_find(page, "http-equiv=\"refresh\"") < 0);
	page = desk_fetch(desk, "letter/nobody");
	assert_holds(page, "HTTP/1.1 404");
	assert_holds(page, "There is no letter of that name.");
}

static void what_is_asked_wrongly_is_refused(void **state)
{
	struct desk *desk = *state;
	wait_for_the_list(desk);
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
		assert_holds(desk_ask(desk, with_token(desk, rows[i].method, rows[i].rest),
				     rows[i].heads),
			rows[i].says);
	assert_holds(desk_ask(desk, "GET /", ""), " 403 ");
	assert_holds(desk_ask(desk, "GET /00000000000000000000000000000000/", ""), " 403 ");
	assert_holds(desk_ask_raw(desk,
			     str_lit("GET / HTTP/1.1\r\nHost: evil\r\nConnection: close\r\n\r\n")),
		" 421 ");
	assert_is_up(desk);
}

static void a_megabyte_of_heads_or_of_rubbish_is_refused(void **state)
{
	struct desk *desk = *state;
	struct buf bytes = {0};
	buf_format(&bytes,
		"%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX-Much: ", with_token(desk, "GET", ""),
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
	assert_is_up(desk);
}

static void letters_are_written_when_the_page_asks(void **state)
{
	struct desk *desk = *state;
	const char *heads = str_format(desk->scratch.arena,
		"Origin: http://127.0.0.1:%d\r\nContent-Length: 0\r\n", desk->port)
				    .at;
	wait_for_the_list(desk);
	assert_holds(desk_ask(desk, with_token(desk, "POST", "generate"), heads), " 303 ");
	while (str_find(desk_ask(desk, with_token(desk, "GET", ""), ""), "1 written to out") < 0)
		;
	const char *file = str_format(desk->scratch.arena, "%s/out/anna.pdf", desk->scratch.dir).at;
	assert_int_equal(access(file, R_OK), 0);
}

static void nobody_to_sign_and_no_pdftoppm_leave_a_desk_to_read(void **state)
{
	struct desk *desk = *state;
	const char *heads = str_format(desk->scratch.arena,
		"Origin: http://127.0.0.1:%d\r\nContent-Length: 0\r\n", desk->port)
				    .at;
	wait_for_the_list(desk);
	struct str page = desk_ask(desk, with_token(desk, "GET", "letter/anna"), "");
	assert_holds(page, "Nobody is there to sign");
	assert_holds(page, "apt install poppler-utils");
	assert_true(str_find(page, "<img") < 0);
	assert_holds(desk_ask(desk, with_token(desk, "GET", "page/anna/1"), ""),
		"pdftoppm could not be started");
	assert_holds(desk_ask(desk, with_token(desk, "POST", "generate"), heads), " 409 ");
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
#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = 16 };
#else
enum { SANITIZED = 1 };
#endif

static void a_thousand_half_open_connections_leave_it_up_and_small(void **state)
{
	enum { CONNECTIONS = 1000, MOST_MIB = 16 }; /* 64 threads, and 16 KiB of heads each */
	struct desk *desk = *state;
	static int open_fds[CONNECTIONS];
	wait_for_the_list(desk);
	long before = memory_kib(desk);
	for (int i = 0; i < CONNECTIONS; i++) {
		open_fds[i] = local_connect(desk->port);
		if (open_fds[i] >= 0)
			send(open_fds[i], "GET /", 5, MSG_NOSIGNAL);
	}
	long under = memory_kib(desk);
	for (int i = 0; i < CONNECTIONS; i++)
		if (open_fds[i] >= 0)
			close(open_fds[i]);
	print_message("# %ld KiB, then %ld\n", before, under);
	assert_true(under > 0 && under - before < MOST_MIB * 1024 * SANITIZED);
	wait_for_the_list(desk);
	assert_is_up(desk);
}

/* A byte now and then keeps no connection open. The user comes last, and again and again. */
static void those_who_drip_without_the_token_do_not_shut_the_user_out(void **state)
{
	enum { CONNECTIONS = 200, TURNS = 10, MOST_S = 8 };
	static int open_fds[CONNECTIONS];
	struct desk *desk = *state;
	wait_for_the_list(desk);
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
		assert_is_up(desk);
	}
	double seconds = difftime(time(NULL), begun);
	print_message("# %d answers in %.0f s\n", TURNS, seconds);
	for (int i = 0; i < CONNECTIONS; i++)
		if (open_fds[i] >= 0)
			close(open_fds[i]);
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
		path = str_of(with_token(desk, "GET",
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
	wait_for(desk, "", "18 letters checked");
	long before = memory_kib(desk);
	for (int round = 0; round < ROUNDS; round++) {
		int answered = answer_all(desk, REQUESTS);
		long under = memory_kib(desk);
		print_message("# %d of %d answered; %ld KiB, then %ld\n", answered, REQUESTS,
			before, under);
		assert_true(answered > 0);
		assert_true(under > 0 && under - before < MOST_MIB * 1024 * SANITIZED);
	}
	assert_holds(desk_ask(desk, with_token(desk, "GET", "rows"), ""), "\"kent\"");
	assert_is_up(desk);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_letter_is_shown_as_text_and_never_as_markup, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_proof_set_is_a_part_of_the_list_and_says_why, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_letter_is_approved_as_it_was_shown, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_edit_voids_an_approval_from_the_first_page_on, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_cannot_be_approved_is_told_why, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_approval_by_somebody_else_is_heard_of, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			another_run_in_the_folder_is_waited_for, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_letter_that_goes_from_the_folder_is_missed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_folder_that_is_replaced_is_watched_in_its_place, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_broken_template_changes_nothing_that_is_known_of_letters, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			a_letter_that_is_not_read_yet_is_waited_for, set_up_slow, tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_asked_wrongly_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_megabyte_of_heads_or_of_rubbish_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			letters_are_written_when_the_page_asks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nobody_to_sign_and_no_pdftoppm_leave_a_desk_to_read,
			set_up_without_identity, tear_down),
		cmocka_unit_test_setup_teardown(
			a_thousand_half_open_connections_leave_it_up_and_small, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			those_who_drip_without_the_token_do_not_shut_the_user_out, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(a_thousand_requests_at_once_are_answered_or_refused,
			set_up_real_letters, tear_down),
	};
	assert_int_equal(argc, 3);
	program = argv[1];
	root = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
