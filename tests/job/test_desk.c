/* The proof desk by sockets: what it answers, and what it hears of. Hostile requests are in
 * test_hostile.c; what a browser sees is tests/judges/desk.mjs. */
#include "support/served.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char *program; /* from the command line */

static void set_up_with(void **state, const char *option, char *variable)
{
	static struct desk desk;
	desk_write_project(&desk);
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

static void a_letter_is_shown_as_text_and_never_as_markup(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	struct str page = desk_ask(desk, desk_line(desk, "GET", "letter/anna"), "");
	assert_holds(page, "Anna &lt;bee&gt;");
	assert_holds(page, "Content-Security-Policy: default-src 'none'");
	assert_holds(desk_ask(desk, desk_line(desk, "GET", "pdf/anna"), ""), "%PDF-1.7");
	assert_holds(desk_ask(desk, desk_line(desk, "GET", "?q=%22%3E%3Cscript%3E"), ""),
		"value=\"&quot;&gt;&lt;script&gt;\"");
}

static void the_proof_set_is_a_part_of_the_list_and_says_why(void **state)
{
	struct desk *desk = *state;
	while (str_find(desk_ask(desk, desk_line(desk, "GET", "rows?state=proof"), ""),
		       "\"anna\"") < 0)
		;
	struct str page = desk_ask(desk, desk_line(desk, "GET", "?state=proof"), "");
	assert_holds(page, "Proof set <b>1</b>");
	assert_holds(page, "<h2>In the proof set</h2>\n<ul>\n<li>shows what all letters show</li>");
}

/* Facts with their sources: an address of the web is a link, the rest is words. */
static void what_nobody_has_seen_is_to_be_confirmed(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	scratch_write(&desk->scratch, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"2020-10-13\">"
		"<title>Letter</title><fields><declare name=\"name\"/><declare name=\"town\"/>"
		"<declare name=\"visits\" type=\"list\"><declare name=\"day\"/></declare>"
		"<declare name=\"spare\" required=\"no\"/></fields><p><field name=\"name\"/>, "
		"<field name=\"town\"/>, <each field=\"visits\"><field name=\"day\"/></each></p>"
		"</letter>");
	scratch_write(&desk->scratch, "recipients/anna.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\">"
		"<name standing=\"inferred\" source=\"javascript:alert(1)\" "
		"source-date=\"2020\" quote=\"&lt;q&gt;&quot;\">Anna</name>"
		"<town valid=\"2020/\">Ashby</town>"
		"<visits><day standing=\"recalled\">Monday</day></visits>"
		"<spare confirmed=\"no\">x</spare><sources>"
		"<source of=\"name town\" href=\"https://example.org/?a=1&amp;b=&quot;&gt;2\" "
		"remark=\"&lt;i&gt;\">A &lt;b&gt; book</source></sources></recipient>");
	struct str page = desk_fetch_until(desk, "letter/anna", "To confirm");
	int from = str_find(page, "<h2>To confirm</h2>"), to = str_find(page, "<h2>Facts</h2>");
	assert_true(from > 0 && to > from);
	struct str list = str_copy(desk->scratch.arena, str_slice(page, from, to));
	assert_string_equal(list.at,
		"<h2>To confirm</h2>\n<ul class=\"confirm\">\n"
		"<li><b>name</b> <small>inferred</small> <span class=\"said\">Anna</span>"
		"<span class=\"cited\">javascript:alert(1), 2020 <q>&lt;q&gt;&quot;</q></span>\n"
		"<span class=\"cited\"><a target=\"_blank\" rel=\"noopener noreferrer\" "
		"href=\"https://example.org/?a=1&amp;b=&quot;&gt;2\">A &lt;b&gt; book</a> "
		"&lt;i&gt;</span>\n</li>\n"
		"<li><b>visits.day</b> <small>recalled</small> "
		"<span class=\"said\">Monday</span></li>\n</ul>\n");
	assert_holds(
		page, "<p>Nothing was found. That is no proof that nothing is wrong: read it.</p>");
	assert_holds(page, "<dt>town <small>seen</small> <small>holds for 2020/</small></dt>");
	assert_holds(page, "<dt>spare <small>not used</small> <small>recalled</small></dt>");
	assert_int_equal(str_find(page, "href=\"javascript"), -1);
	desk_fetch_until(desk, "rows?state=unconfirmed", "\"state\":\"unconfirmed\"");
	assert_holds(desk_ask(desk, desk_line(desk, "GET", "?state=unconfirmed"), ""),
		"To confirm <b>1</b>");
}

/* The address that a button of the letter's page leads to; waits until it is there. */
static const char *button(struct desk *desk, const char *action)
{
	struct str name = str_format(desk->scratch.arena, "%s/anna?", action);
	for (;;) {
		struct str page = desk_ask(desk, desk_line(desk, "GET", "letter/anna"), "");
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
	assert_holds(desk_ask(desk, desk_line(desk, "POST", approve), ""), " 403 ");
	assert_holds(desk_ask(desk, desk_line(desk, "POST", "approve/nobody?v=1"), heads), " 404 ");
	assert_holds(desk_ask(desk, desk_line(desk, "POST", "approve/anna?v=1"), heads), " 409 ");
	assert_holds(
		desk_ask(desk, desk_line(desk, "GET", "?state=approved"), ""), "Approved <b>0</b>");
	assert_holds(desk_ask(desk, desk_line(desk, "POST", approve), heads), "/letter/anna");
	struct str page = desk_ask(desk, desk_line(desk, "GET", "letter/anna"), "");
	assert_holds(page, "<h2>Approval</h2>\n<p><b>Approved</b></p>\n<ul>\n<li>");
	assert_holds(page, "<h2>History</h2>\n<ul class=\"history\">\n<li>approved by ");
	assert_holds(page, "Approved <b>1</b>");
	assert_holds(desk_ask(desk, desk_line(desk, "GET", "rows?state=approved"), ""), "\"anna\"");
	assert_holds(
		desk_ask(desk, desk_line(desk, "POST", button(desk, "withdraw")), heads), " 303 ");
	assert_holds(
		desk_ask(desk, desk_line(desk, "GET", "letter/anna"), ""), "Approved <b>0</b>");
	assert_holds(desk_fetch(desk, "letter/anna"), "<li>withdrawn by "); /* the newest first */
	scratch_write(&desk->scratch, "recipients/anna.xml", /* the desk may not have heard of it */
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Annie</name></recipient>");
	assert_holds(desk_ask(desk, desk_line(desk, "POST", approve), heads), " 409 ");
}

/* The first event of a new stream. */
static struct str event(struct desk *desk)
{
	struct buf answer = {0};
	char part[4096];
	int fd = local_connect(desk->port);
	struct str request = str_format(desk->scratch.arena,
		"%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", desk_line(desk, "GET", "events"),
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
	return desk_ask(desk, desk_line(desk, "POST", address), heads);
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
		struct str page = desk_fetch_until(desk, "letter/anna", "<dd>Annie");
		assert_holds(page, "<p>Changed since it was approved</p>");
		assert_holds(page, " UTC</time>; its words changed since it was approved</li>");
		assert_holds(page, "Approved <b>0</b>");
		assert_true(str_find(page, "\"withdraw/anna") < 0);
		scratch_write(&desk->scratch, "recipients/anna.xml", RECORD("Anna &lt;bee&gt;"));
		page = desk_fetch_until(desk, "letter/anna", "<dd>Anna &lt;bee");
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
	assert_holds(desk_ask(desk, desk_line(desk, "GET", "letter/anna"), ""),
		"<p>the approvals in &quot;out/.lettermerge.approvals.db&quot; cannot be used");
	assert_holds(post(desk, approve), " 500 ");
	assert_holds(post(desk, approve), "It could not be noted: the approvals in &quot;out/");
	unlink(file);
	scratch_write(&desk->scratch, "recipients/anna.xml", "<recipient");
	assert_holds(post(desk, approve), "cannot be made, so it cannot be approved");
}

static void an_approval_by_somebody_else_is_heard_of(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	struct outcome run = run_in(
		desk->scratch.arena, desk->scratch.dir, "'%s' approve -q anna --by Boss", program);
	assert_int_equal(run.code, 0);
	struct str page = desk_ask(desk, desk_line(desk, "GET", "letter/anna"), "");
	assert_holds(page, "<p><b>Approved</b></p>\n<ul>\n<li><b>Boss</b> (as was said), ");
	assert_holds(page, "\"approve/anna"); /* who uses the desk has not */
	run = run_in(
		desk->scratch.arena, desk->scratch.dir, "'%s' approve -q --withdraw anna", program);
	assert_int_equal(run.code, 0);
	desk_fetch_until(desk, "rows?state=approved", "\"total\":0");
}

/* Whoever asks for approved letters, on the desk too, is told of none that somebody rejected. */
static void a_rejection_by_somebody_else_is_heard_of(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	struct outcome run = run_in(desk->scratch.arena, desk->scratch.dir,
		"'%s' approve -q anna --by Boss && '%s' approve -q anna --by Cy --reject 'no <b> "
		"house'",
		program, program);
	assert_int_equal(run.code, 0);
	struct str page = desk_ask(desk, desk_line(desk, "GET", "letter/anna"), "");
	assert_holds(page,
		"<p>Not approved: what was said against it is not answered</p>\n<ul>\n"
		"<li class=\"against\">rejected by <b>Cy</b> (as was said), ");
	assert_holds(
		page, "<strong>no &lt;b&gt; house</strong></li>\n<li><b>Boss</b> (as was said), ");
	assert_holds(page, "<li>rejected by <b>Cy</b> (as was said), ");
	desk_fetch_until(desk, "rows?state=approved", "\"total\":0");
	run = run_in(desk->scratch.arena, desk->scratch.dir,
		"'%s' approve -q anna --by Boss --answer 'it is there'", program);
	assert_int_equal(run.code, 0);
	desk_fetch_until(desk, "rows?state=approved", "\"total\":1");
	page = desk_ask(desk, desk_line(desk, "GET", "letter/anna"), "");
	assert_holds(page, "<p><b>Approved</b></p>\n<ul>\n<li><b>Boss</b> (as was said), ");
}

/* What the record says is not known then, and stays as it was; approvals are, they need no lock. */
static void another_run_in_the_folder_is_waited_for(void **state)
{
	struct desk *desk = *state;
	assert_holds(post(desk, button(desk, "approve")), " 303 ");
	assert_holds(post(desk, "generate"), " 303 ");
	desk_fetch_until(desk, "", "1 written to out");
	desk_fetch_until(desk, "rows?state=changed", "\"total\":0");
	int lock = open(scratch_path(&desk->scratch, "out/.lettermerge.lock"), O_RDWR | O_CLOEXEC);
	assert_int_equal(flock(lock, LOCK_EX), 0);
	scratch_write(&desk->scratch, "recipients/berta.xml", RECORD("Berta"));
	struct str page = desk_fetch_until(desk, "", "2 letters checked");
	assert_holds(page, "Changed <b>0</b>");
	assert_holds(page, "Approved <b>1</b>");
	assert_holds(post(desk, "generate"), " 409 ");
	assert_holds(post(desk, "generate"), "Another run is at work in the same folder");
	assert_holds(desk_ask(desk, desk_line(desk, "GET", ""), ""),
		"not started, since another run is at work in out");
	close(lock);
	page = desk_fetch_until(desk, "", "Changed <b>1</b>");
	assert_holds(page, "Approved <b>1</b>");
}

static void a_letter_that_goes_from_the_folder_is_missed(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	assert_holds(post(desk, "generate"), " 303 ");
	desk_fetch_until(desk, "", "1 written to out");
	desk_fetch_until(desk, "rows?state=changed", "\"total\":0");
	assert_int_equal(unlink(scratch_path(&desk->scratch, "out/anna.pdf")), 0);
	desk_fetch_until(desk, "rows?state=changed", "\"total\":1");
}

static void a_folder_that_is_replaced_is_watched_in_its_place(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	struct outcome run = run_in(desk->scratch.arena, desk->scratch.dir,
		"mv recipients old && cp -r old recipients && cp recipients/anna.xml "
		"recipients/berta.xml");
	assert_int_equal(run.code, 0);
	desk_fetch_until(desk, "", "2 letters checked");
	scratch_write(&desk->scratch, "recipients/anna.xml", RECORD("Annie"));
	desk_fetch_until(desk, "letter/anna", "<dd>Annie");
}

static void a_broken_template_changes_nothing_that_is_known_of_letters(void **state)
{
	struct desk *desk = *state;
	desk_fetch_until(desk, "", "Proof set <b>1</b>");
	assert_holds(event(desk), "\"counts\":[1,1,0,0,0,1,0]");
	assert_holds(event(desk), "\"broken\":false");
	scratch_write(&desk->scratch, "templates/letter.xml", "<letter><oops");
	struct str page = desk_fetch_until(desk, "letter/anna", "Errors <b>1</b>");
	assert_holds(page, "Changed <b>1</b>");
	assert_holds(page, "Proof set <b>1</b>");
	assert_true(str_find(page, "<b>Approved</b>") < 0);
	assert_true(str_find(page, "Not approved yet") < 0);
	assert_holds(desk_ask(desk, desk_line(desk, "GET", "rows?q=anna%20%3Cb"), ""), "\"anna\"");
	struct str news = event(desk);
	assert_holds(news, "\"broken\":true,\"text\":\"");
	assert_holds(news, "\"place\":\"templates/letter.xml:1:");
	assert_holds(post(desk, "generate"), " 409 ");
	const char *file = scratch_path(&desk->scratch, "templates/letter.xml");
	assert_int_equal(unlink(file), 0);
	desk_fetch_until(desk, "letter/anna", "Changed <b>1</b>");
	assert_holds(event(desk), "\"broken\":true");
}

static int set_up_slow(void **state)
{
	static char nothing[] = "UNUSED=";
	static struct desk desk;
	desk_write_project(&desk);
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

static void letters_are_written_when_the_page_asks(void **state)
{
	struct desk *desk = *state;
	const char *heads = str_format(desk->scratch.arena,
		"Origin: http://127.0.0.1:%d\r\nContent-Length: 0\r\n", desk->port)
				    .at;
	desk_wait_for_list(desk);
	assert_holds(desk_ask(desk, desk_line(desk, "POST", "generate"), heads), " 303 ");
	while (str_find(desk_ask(desk, desk_line(desk, "GET", ""), ""), "1 written to out") < 0)
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
	desk_wait_for_list(desk);
	struct str page = desk_ask(desk, desk_line(desk, "GET", "letter/anna"), "");
	assert_holds(page, "Nobody is there to sign");
	assert_holds(page, "apt install poppler-utils");
	assert_true(str_find(page, "<img") < 0);
	assert_holds(desk_ask(desk, desk_line(desk, "GET", "page/anna/1"), ""),
		"pdftoppm could not be started");
	assert_holds(desk_ask(desk, desk_line(desk, "POST", "generate"), heads), " 409 ");
}

/* Their tokens as the desk keeps them. */
static void go_over(struct desk *desk, const char *name)
{
	struct diags *diags = diags_new();
	struct str kept = file_read(desk->scratch.arena,
		scratch_path(&desk->scratch, "out/.lettermerge.links"), place_none(), diags);
	struct str line, end = str_format(desk->scratch.arena, " of %s", name);
	while (str_split(&kept, '\n', &line))
		if (str_ends(line, end.at))
			snprintf(desk->token, sizeof desk->token, "%.*s", line.len - end.len,
				line.at);
	assert_int_equal(diags_len(diags), 0);
	diags_free(diags);
}

static int set_up_persons(void **state)
{
	static char nothing[] = "UNUSED=";
	static struct desk desk;
	desk_write_project(&desk);
	scratch_write(&desk.scratch, "out/keep", "");
	desk_start(&desk, program, "--no-sign --approvals=2 --person=Anna --person=Ben", nothing);
	*state = &desk;
	return 0;
}

static void each_person_approves_over_their_own_link(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	assert_holds(desk_fetch(desk, "letter/anna"), "as <b>Anna</b>");
	assert_holds(post(desk, button(desk, "approve")), " 303 ");
	assert_holds(desk_fetch(desk, "letter/anna"), "<p>1 of 2 approvals</p>");
	const char *again = button(desk, "withdraw");
	assert_holds(post(desk, str_format(desk->scratch.arena, "approve%s", again + 8).at),
		"You have approved this letter already"); /* over one link it is one */
	go_over(desk, "Ben");
	struct str page = desk_fetch(desk, "letter/anna");
	assert_holds(page, "as <b>Ben</b>");
	assert_holds(page, "<li><b>Anna</b> (own link), ");
	assert_holds(post(desk, button(desk, "approve")), " 303 ");
	assert_holds(desk_fetch(desk, "letter/anna"), "<p><b>Approved</b></p>");
	struct outcome run = run_in(
		desk->scratch.arena, desk->scratch.dir, "'%s' log anna | cut -c23-52", program);
	assert_holds(run.out, "anna: approved by \"Anna\" (link");
	run = run_in(desk->scratch.arena, desk->scratch.dir, "'%s' approve", program);
	assert_holds(run.out, "anna: approved by \"Ben\" over their own link, ");
}

static void a_link_survives_the_desk(void **state)
{
	static char nothing[] = "UNUSED=";
	struct desk *desk = *state, before = *desk;
	assert_true(desk_end(desk));
	desk_start(desk, program, "--no-sign --person=Ben --person=Anna", nothing);
	assert_string_not_equal(desk->token, before.token); /* Ben's */
	go_over(desk, "Anna");
	assert_string_equal(desk->token, before.token);
	desk_wait_for_list(desk);
	assert_holds(desk_fetch(desk, "letter/anna"), "as <b>Anna</b>");
}

static int set_up_to_look(void **state)
{
	static char nothing[] = "UNUSED=";
	set_up_with(state, "--no-sign --read-only", nothing);
	return 0;
}

static void a_desk_for_looking_does_nothing_else(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	struct str page = desk_fetch(desk, "letter/anna");
	assert_holds(page, "For looking only");
	assert_true(str_find(page, "method=\"post\"") < 0);
	assert_holds(post(desk, "approve/anna?v=1&sure=1"), "This desk is for looking only");
	assert_holds(post(desk, "generate"), "This desk is for looking only");
	assert_false(file_exists(scratch_path(&desk->scratch, "out")));
}

/* -- editions ---------------------------------------------------------------------------------- */

static void write_large(struct desk *desk, const char *size)
{
	scratch_write(&desk->scratch, "templates/large.xml",
		str_format(desk->scratch.arena,
			"<style xmlns=\"urn:lettermerge:style:1\"><text family=\"Liberation Sans\" "
			"size=\"%s\" leading=\"30pt\"/></style>",
			size)
			.at);
}

static void write_record(struct desk *desk, const char *edition)
{
	scratch_write(&desk->scratch, "recipients/anna.xml",
		str_format(desk->scratch.arena,
			"<recipient xmlns=\"urn:lettermerge:recipient:1\"%s><name>Anna</name>"
			"</recipient>",
			edition)
			.at);
}

static int set_up_editions(void **state)
{
	static struct desk desk;
	static char nothing[] = "UNUSED=";
	desk_write_project(&desk);
	scratch_write(&desk.scratch, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" style=\"style.xml\">"
		"<title>Letter</title><fields><declare name=\"name\"/></fields>"
		"<p>Dear <field name=\"name\"/></p></letter>");
	scratch_write(&desk.scratch, "templates/style.xml",
		"<style xmlns=\"urn:lettermerge:style:1\"><text family=\"Liberation Sans\" "
		"size=\"11pt\"/><edition name=\"large-print\" style=\"large.xml\"/></style>");
	write_large(&desk, "18pt");
	write_record(&desk, "");
	desk_start(&desk, program, "--no-sign", nothing);
	*state = &desk;
	return 0;
}

/* The sizes of the letter's type, as mutool reads the file that the desk gives. */
static struct str sizes(struct desk *desk)
{
	struct str answer = desk_fetch(desk, "pdf/anna");
	struct str pdf = str_slice(answer, str_find(answer, "%PDF-"), answer.len);
	FILE *file = fopen(scratch_path(&desk->scratch, "anna.pdf"), "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(pdf.at, 1, (size_t)pdf.len, file), pdf.len);
	fclose(file);
	return run_in(desk->scratch.arena, desk->scratch.dir,
		"mutool draw -q -F stext anna.pdf | sed -n 's/.*<font "
		".*size=\"\\([0-9]*\\).*/\\1/p' | sort "
		"-u | xargs")
		.out;
}

/* What the page says, until it says or no more says of which edition the letter is. */
static void assert_edition(struct desk *desk, const char *edition, const char *size)
{
	const char *named = "Edition: ";
	struct str page;
	do
		page = desk_fetch(desk, "letter/anna");
	while (str_find(page, "Download PDF") < 0 || (str_find(page, named) >= 0) != !!*edition);
	if (*edition)
		assert_holds(page, str_format(desk->scratch.arena, "%s%s<", named, edition).at);
	while (str_find(sizes(desk), size) < 0) /* the page may be a moment ahead */
		;
}

static void a_letter_is_shown_in_its_edition(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	assert_edition(desk, "", "11");
	write_record(desk, " edition=\"large-print\"");
	assert_edition(desk, "large-print", "18");
	write_large(desk, "23pt");
	assert_edition(desk, "large-print", "23");
	write_record(desk, " edition=\"huge\"");
	assert_holds(desk_fetch_until(desk, "letter/anna", "the edition &quot;huge&quot;"),
		"This letter cannot be made. Below is the last good one.");
	write_record(desk, "");
	assert_edition(desk, "", "11");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_letter_is_shown_as_text_and_never_as_markup, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_proof_set_is_a_part_of_the_list_and_says_why, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_nobody_has_seen_is_to_be_confirmed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_letter_is_approved_as_it_was_shown, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_edit_voids_an_approval_from_the_first_page_on, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_cannot_be_approved_is_told_why, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_rejection_by_somebody_else_is_heard_of, set_up, tear_down),
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
			letters_are_written_when_the_page_asks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			each_person_approves_over_their_own_link, set_up_persons, tear_down),
		cmocka_unit_test_setup_teardown(
			a_link_survives_the_desk, set_up_persons, tear_down),
		cmocka_unit_test_setup_teardown(
			a_desk_for_looking_does_nothing_else, set_up_to_look, tear_down),
		cmocka_unit_test_setup_teardown(
			a_letter_is_shown_in_its_edition, set_up_editions, tear_down),
		cmocka_unit_test_setup_teardown(nobody_to_sign_and_no_pdftoppm_leave_a_desk_to_read,
			set_up_without_identity, tear_down),
	};
	assert_int_equal(argc, 2);
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
