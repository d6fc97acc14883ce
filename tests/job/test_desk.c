/* The proof desk by sockets: what it answers, and what it hears of. Hostile requests are in
 * test_hostile.c, approvals in test_desk_approvals.c; what a browser sees is desk.mjs. */
#include "support/served.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char *program, *held; /* from the command line */

static int set_up(void **state)
{
	desk_set_up(state, program, "--no-sign");
	return 0;
}

static int set_up_without_identity(void **state)
{
	static char nowhere[] = "PATH=/nowhere";
	static struct desk desk;
	desk_write_project(&desk);
	desk_start(&desk, program, "-q", nowhere);
	*state = &desk;
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

#define PERSON(name, lines)                                                                     \
	"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>" name "</name><address>" lines \
	"</address></recipient>"
#define LINE(words) "<line>" words "</line>"

static void write_addressed(struct desk *desk)
{
	scratch_write(&desk->scratch, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"2020-10-13\">"
		"<title>Letter</title><fields><declare name=\"name\"/>"
		"<declare name=\"address\" type=\"lines\"/><declare name=\"own\" required=\"no\"/>"
		"</fields><address><line><field name=\"name\"/></line><field name=\"address\"/>"
		"</address><p>All hear this.</p><if field=\"own\"><p>One hears "
		"<field name=\"own\"/> alone.</p></if></letter>");
	scratch_write(&desk->scratch, "recipients/anna.xml",
		PERSON("Anna", LINE("1 High St") LINE("Kelvedon") LINE("CM8 3HB")));
	scratch_write(&desk->scratch, "recipients/ben.xml",
		PERSON("Ben", LINE("1 High St") LINE("London SW1V 1PN") LINE("United Kingdom")));
	scratch_write(&desk->scratch, "recipients/cem.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Cem</name><own>this</own>"
		"<address><line>Am Hof 2</line><line>10115 Berlin</line><line>Germany</line>"
		"</address></recipient>");
	scratch_write(&desk->scratch, "recipients/dee.xml", RECORD("Dee"));
}

/* By the address; of a record that makes no letter, by the field that it begins with. */
static void rows_say_whom_and_where(void **state)
{
	struct desk *desk = *state;
	write_addressed(desk);
	struct str rows = desk_fetch_until(desk, "rows", "\"pages\":1");
	rows = desk_fetch_until(desk, "rows?state=error", "\"dee\"");
	rows = desk_fetch(desk, "rows");
	assert_holds(rows, "{\"rows\":[{\"id\":\"dee\",\"name\":\"Dee\",\"place\":\"\",");
	assert_holds(rows, "\"name\":\"Anna\",\"place\":\"Kelvedon\",\"pages\":1,");
	assert_holds(rows, "\"name\":\"Ben\",\"place\":\"London\",");
	assert_holds(rows, "\"name\":\"Cem\",\"place\":\"Berlin\",");
	assert_holds(desk_fetch(desk, "letter/ben"),
		"<span class=\"whom\"><span class=\"name\">Ben,</span> <span "
		"class=\"place\">London</span></span>");
}

static void the_template_is_searched_in_letters_that_show_it(void **state)
{
	struct desk *desk = *state;
	write_addressed(desk);
	desk_fetch_until(desk, "rows?state=error", "\"dee\"");
	assert_holds(desk_fetch(desk, "rows?q=hear%20this"), "\"total\":3,");
	struct str rows = desk_fetch(desk, "rows?q=one%20hears");
	assert_holds(rows, "[{\"id\":\"cem\"");
	assert_holds(rows, "\"total\":1,");
	assert_holds(desk_fetch(desk, "?q=kelvdon"),
		"No letter holds “kelvdon”</p>\n<p id=\"near\">Did you mean <a "
		"href=\"letter/dee?q=%4b%65%6c%76%65%64%6f%6e\">Kelvedon</a>?</p>");
	assert_holds(desk_fetch(desk, "rows?q=kelvdon"), "\"near\":[\"Kelvedon\"]");
}

static int set_up_label(void **state)
{
	static char nothing[] = "UNUSED=";
	static struct desk desk;
	desk_write_project(&desk);
	write_addressed(&desk);
	desk_start(&desk, program, "--no-sign --label=own,name", nothing);
	*state = &desk;
	return 0;
}

static void rows_say_the_fields_that_were_asked_for(void **state)
{
	struct desk *desk = *state;
	desk_fetch_until(desk, "rows?state=error", "\"dee\"");
	struct str rows = desk_fetch(desk, "rows");
	assert_holds(rows, "\"name\":\"this\",\"place\":\"Cem\",");
	assert_holds(rows, "\"name\":\"Anna\",\"place\":\"\",");
}

/* As text, in its elements and languages; where a link leads is told, and leads nowhere. */
static void the_words_stand_beside_the_pages(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	scratch_write(&desk->scratch, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"2020-10-13\">"
		"<title>Letter</title><fields><declare name=\"name\"/></fields>"
		"<address><line><field name=\"name\"/></line><line>Ashby</line></address>"
		"<subject>A &lt; B</subject><heading>One <em>of</em> two</heading>"
		"<p>See the <link href=\"https://example.org/?a=1&amp;b\">Report</link>"
		"<note>A note.</note>, <span xml:lang=\"cy\">da</span>.</p><ul><li>x</li></ul>"
		"<table><row header=\"yes\"><cell>Day</cell></row><row><cell>Monday</cell></row>"
		"</table></letter>");
	struct str page = desk_fetch_until(desk, "letter/anna?words=1", "<h2>A &lt; B</h2>");
	assert_holds(page, "<span>Anna &lt;bee&gt;</span><br><span>Ashby</span><br></p>");
	assert_holds(page, "<h3>One <em>of</em> two</h3>");
	assert_holds(page,
		"Report <span class=\"leads\">(https://example.org/?a=1&amp;b)</span>, "
		"<small>[A note.]</small> <span lang=\"cy\">da</span>.</p>");
	assert_holds(page, "<ul><li><p>x</p></li></ul>");
	assert_holds(page, "<tr><th>Day</th></tr><tr><td>Monday</td></tr></table>");
	assert_holds(page, "data-set=\"text\" aria-current=\"true\"");
	assert_true(str_find(desk_fetch(desk, "letter/anna"), "id=\"text\"") < 0);
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
	assert_holds(list,
		"<h2>To confirm</h2>\n<ul class=\"confirm\">\n"
		"<li><b>name</b> <small>inferred</small> <span class=\"said\">Anna</span>"
		"<span class=\"cited\">javascript:alert(1), 2020 <q>&lt;q&gt;&quot;</q></span>"
		"<span class=\"cited\"><a target=\"_blank\" rel=\"noopener noreferrer\" "
		"href=\"https://example.org/?a=1&amp;b=&quot;&gt;2\">A &lt;b&gt; book</a> "
		"&lt;i&gt;</span><details ");
	assert_holds(list,
		"</form></details></li>\n<li><b>visits.day</b> <small>recalled</small> "
		"<span class=\"said\">Monday</span><details ");
	assert_holds(
		page, "<p>Nothing was found. That is no proof that nothing is wrong: read it.</p>");
	assert_holds(page, "<dt>town <small>seen</small> <small>holds for 2020/</small></dt>");
	assert_holds(page, "<dt>spare <small>recalled</small></dt>");
	assert_int_equal(str_find(page, "href=\"javascript"), -1);
	desk_fetch_until(desk, "rows?state=unconfirmed", "[\"state unconfirmed\",\"to confirm\"]");
	assert_holds(desk_ask(desk, desk_line(desk, "GET", "?state=unconfirmed"), ""),
		"To confirm <b>1</b>");
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

/* What the record says is not known then, and stays as it was; approvals are, they need no lock. */
static void another_run_in_the_folder_is_waited_for(void **state)
{
	struct desk *desk = *state;
	assert_holds(desk_post(desk, desk_button(desk, "approve")), " 303 ");
	assert_holds(desk_post(desk, desk_write_button(desk)), " 303 ");
	desk_fetch_until(desk, "", "1 written to out");
	desk_fetch_until(desk, "rows?state=unwritten", "\"total\":0");
	int lock = open(scratch_path(&desk->scratch, "out/.lettermerge.lock"), O_RDWR | O_CLOEXEC);
	assert_int_equal(flock(lock, LOCK_EX), 0);
	scratch_write(&desk->scratch, "recipients/berta.xml", RECORD("Berta"));
	struct str page = desk_fetch_until(desk, "", "2 letters checked");
	assert_holds(page, "Not written yet <b>0</b>");
	assert_holds(page, "Approved <b>1</b>");
	assert_holds(desk_post(desk, "generate"), " 409 ");
	assert_holds(desk_post(desk, "generate"), "Another run is at work in the same folder");
	assert_holds(desk_ask(desk, desk_line(desk, "GET", ""), ""),
		"not started, since another run is at work in out");
	close(lock);
	page = desk_fetch_until(desk, "", "Not written yet <b>1</b>");
	assert_holds(page, "Approved <b>1</b>");
}

static void a_letter_that_goes_from_the_folder_is_missed(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	assert_holds(desk_post(desk, desk_write_button(desk)), " 303 ");
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
	assert_holds(desk_fetch(desk, "rows"), "\"counts\":[1,1,0,0,0,0,0,1,0,1]");
	assert_holds(event(desk), "\"broken\":false");
	scratch_write(&desk->scratch, "templates/letter.xml", "<letter><oops");
	struct str page = desk_fetch_until(desk, "letter/anna", "Errors <b>1</b>");
	assert_holds(page, "Not written yet <b>1</b>");
	assert_holds(page, "Proof set <b>1</b>");
	assert_true(str_find(page, "<b>Approved</b>") < 0);
	assert_true(str_find(page, "Not approved yet") < 0);
	assert_holds(desk_ask(desk, desk_line(desk, "GET", "rows?q=anna%20%3Cb"), ""), "\"anna\"");
	struct str news = event(desk);
	assert_holds(news, "\"broken\":true,\"text\":\"");
	assert_holds(news, "\"place\":\"templates/letter.xml:1:");
	assert_holds(desk_post(desk, "generate"), " 409 ");
	const char *file = scratch_path(&desk->scratch, "templates/letter.xml");
	assert_int_equal(unlink(file), 0);
	desk_fetch_until(desk, "letter/anna", "Not written yet <b>1</b>");
	assert_holds(event(desk), "\"broken\":true");
}

static int set_up_slow(void **state)
{
	static struct desk desk;
	desk_write_project(&desk);
	scratch_write(&desk.scratch, "recipients/bert.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Bert</name></recipient>");
	assert_int_equal(mkfifo(scratch_path(&desk.scratch, "held"), 0600), 0);
	setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
	char *preloaded = str_chars(
		desk.scratch.arena, str_format(desk.scratch.arena, "LD_PRELOAD=%s", held));
	desk_start(&desk, program, "--no-sign", preloaded);
	*state = &desk;
	return 0;
}

/* Who comes back by a link while letters are being read, and waits for one of them. */
static void a_letter_that_is_not_read_yet_is_waited_for(void **state)
{
	struct desk *desk = *state;
	const char *pipe = scratch_path(&desk->scratch, "held");
	struct str page = desk_fetch(desk, "letter/bert");
	assert_holds(page, "HTTP/1.1 200");
	assert_holds(page, "<h1>The letters are being read</h1>");
	assert_holds(page, "http-equiv=\"refresh\"");
	assert_holds(page, ">Reading the letters</p>");
	int end = open(pipe, O_WRONLY); /* returns when somebody waits */
	assert_true(end >= 0);
	assert_int_equal(unlink(pipe), 0);
	close(end);
	do
		page = desk_fetch(desk, "letter/bert");
	while (str_find(page, "being read") >= 0);
	assert_holds(page, "<h1>bert</h1>");
	page = desk_fetch(desk, "letter/anna");
	assert_holds(page, "<h1>anna</h1>");
	assert_true(str_find(page, "http-equiv=\"refresh\"") < 0);
	page = desk_fetch(desk, "letter/nobody");
	assert_holds(page, "HTTP/1.1 404");
	assert_holds(page, "There is no letter of that name.");
}

static void page_has_nothing_to_write(struct desk *desk)
{
	struct str page = desk_fetch_until(desk, "write", "There is nothing to write.");
	assert_holds(page, "<tr><th scope=\"row\">Unchanged</th><td>1</td>");
	assert_int_equal(str_find(page, "<form"), -1);
}

static void letters_are_written_when_the_page_asks(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	assert_holds(desk_post(desk, desk_write_button(desk)), " 303 ");
	while (str_find(desk_ask(desk, desk_line(desk, "GET", ""), ""), "1 written to out") < 0)
		;
	const char *file = str_format(desk->scratch.arena, "%s/out/anna.pdf", desk->scratch.dir).at;
	assert_int_equal(access(file, R_OK), 0);
	struct str report = desk_fetch_until(desk, "report", "<h1>Run report</h1>");
	assert_holds(report, "style-src 'unsafe-inline'");
	assert_holds(report, "<tr><th scope=\"row\">Made</th><td class=\"number\">1</td>");
	assert_holds(report, "Back to the desk</a>");
	assert_holds(desk_fetch(desk, ""), "<a id=\"report\" href=\"report\">Run report</a>");
	page_has_nothing_to_write(desk);
}

/* What was shown is what is written: after a save, or an approval, it is shown anew. */
static void nothing_is_written_that_was_not_shown(void **state)
{
	struct desk *desk = *state;
	const char *out = scratch_path(&desk->scratch, "out/anna.pdf");
	assert_holds(desk_fetch(desk, "report"), "has written no letters");
	const char *first = desk_write_button(desk);
	assert_holds(
		desk_fetch(desk, "write"), "<h1 tabindex=\"-1\" autofocus>Write 1 letter</h1>");
	assert_false(file_exists(out));
	assert_holds(desk_post(desk, "generate"), " 409 ");
	assert_holds(desk_post(desk, "generate?v=1"), "something changed since the summary");
	scratch_write(&desk->scratch, "recipients/anna.xml", RECORD("Annie"));
	struct str said = desk_post(desk, first); /* the desk may have heard of it, or not */
	if (str_find(said, " 303 ") >= 0)
		desk_fetch_until(desk, "report", "something changed after the summary was shown");
	else
		assert_holds(said, "something changed since the summary was shown");
	assert_false(file_exists(out));
	desk_fetch_until(desk, "letter/anna", "<dd>Annie");
	const char *second = desk_write_button(desk);
	assert_string_not_equal(first, second);
	assert_holds(desk_post(desk, first), " 409 ");
	assert_holds(desk_post(desk, desk_button(desk, "approve")), " 303 ");
	assert_holds(desk_fetch_until(desk, "write",
			     "</th><td>1</td><td>of these; no approvals are asked for"),
		">Approved<");
	assert_holds(desk_post(desk, second), " 409 ");
	assert_holds(desk_send(desk, desk_button(desk, "comment"), "text=wait"), " 303 ");
	desk_fetch_until(desk, "write", "written all the same, since no approvals are asked for");
	assert_false(file_exists(out));
	assert_holds(desk_post(desk, desk_write_button(desk)), " 303 ");
	desk_fetch_until(desk, "report", "<h1>Run report</h1>");
	assert_true(file_exists(out));
}

/* Before the list has heard of it. */
static void what_is_rejected_after_the_summary_is_not_written(void **state)
{
	struct desk *desk = *state;
	const char *shown = desk_write_button(desk);
	const char *reject = desk_button(desk, "reject");
	assert_holds(desk_send(desk, reject, "text=no"), " 303 ");
	const char *out = scratch_path(&desk->scratch, "out/anna.pdf");
	struct str said = desk_post(desk, shown);
	bool pressed = str_find(said, " 303 ") >= 0;
	if (!pressed)
		assert_holds(said, "something changed since the summary was shown");
	while (pressed && !file_exists(out) &&
		str_find(desk_fetch(desk, "report"), "something changed after the summary") < 0)
		;
	assert_false(file_exists(out));
}

static int set_up_approved(void **state)
{
	desk_set_up(state, program, "--no-sign --approved-only");
	return 0;
}

static void what_is_held_is_said_before(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	struct str page = desk_fetch_until(desk, "write", "There is nothing to write.");
	assert_holds(page,
		"nobody has approved them, or somebody has said something against them: <a "
		"href=\"letter/anna\">anna</a>");
	assert_int_equal(str_find(page, "<form"), -1);
	assert_holds(desk_fetch(desk, ""),
		"<a id=\"write\" class=\"\" href=\"write\">Write letters…</a>");
	assert_holds(desk_post(desk, desk_button(desk, "approve")), " 303 ");
	page = desk_fetch_until(desk, "write", "<form");
	assert_holds(page, "<button class=\"primary\">Write 1 letter</button>");
	desk_fetch_until(
		desk, "", "<a id=\"write\" class=\"primary\" href=\"write\">Write 1 letter…</a>");
	const char *button = desk_write_button(desk);
	assert_holds(desk_post(desk, desk_button(desk, "withdraw")), " 303 ");
	struct str said = desk_post(desk, button);
	desk_fetch_until(desk, "write", "There is nothing to write.");
	if (str_find(said, " 303 ") < 0)
		assert_holds(said, "Nothing was written");
	assert_false(file_exists(scratch_path(&desk->scratch, "out/anna.pdf")));
}

static void all_pages_are_shown(void **state)
{
	struct desk *desk = *state;
	struct buf template = {0};
	desk_wait_for_list(desk);
	buf_puts(&template,
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\"><title>L</title>"
		"<fields><declare name=\"name\"/></fields>");
	for (int i = 0; i < 71; i++)
		buf_puts(&template, "<p><field name=\"name\"/></p><page-break/>");
	buf_puts(&template, "<p>The end</p></letter>");
	scratch_write(&desk->scratch, "templates/letter.xml", buf_text(&template).at);
	buf_free(&template);
	struct str page = desk_fetch_until(desk, "letter/anna", "alt=\"Page 72 of 72\"");
	assert_holds(page, "<span id=\"page-72\">");
	assert_holds(desk_fetch(desk, "page/anna/72"), "Content-Type: image/png");
	assert_holds(desk_fetch(desk, "page/anna/73"), " 404 ");
}

static void nobody_to_sign_and_no_pdftoppm_leave_a_desk_to_read(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	struct str page = desk_ask(desk, desk_line(desk, "GET", "letter/anna"), "");
	assert_holds(page, "Nobody is there to sign");
	assert_holds(page, "apt install poppler-utils");
	assert_true(str_find(page, "<img") < 0);
	assert_holds(desk_ask(desk, desk_line(desk, "GET", "page/anna/1"), ""),
		"pdftoppm could not be started");
	assert_holds(desk_post(desk, "generate"), " 409 ");
	assert_holds(desk_post(desk, desk_button(desk, "approve")),
		"<p>Its pages are not shown here: Download PDF has them. Approve once more if");
}

static int set_up_to_look(void **state)
{
	desk_set_up(state, program, "--no-sign --read-only");
	return 0;
}

static void a_desk_for_looking_does_nothing_else(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	struct str page = desk_fetch(desk, "letter/anna");
	assert_holds(page, "For looking only");
	assert_true(str_find(page, "method=\"post\"") < 0);
	assert_holds(desk_post(desk, "approve/anna?v=1&sure=1"), "This desk is for looking only");
	assert_holds(desk_post(desk, "generate"), "This desk is for looking only");
	assert_false(file_exists(scratch_path(&desk->scratch, "out")));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_letter_is_shown_as_text_and_never_as_markup, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_proof_set_is_a_part_of_the_list_and_says_why, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_words_stand_beside_the_pages, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rows_say_whom_and_where, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_template_is_searched_in_letters_that_show_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			rows_say_the_fields_that_were_asked_for, set_up_label, tear_down),
		cmocka_unit_test_setup_teardown(
			what_nobody_has_seen_is_to_be_confirmed, set_up, tear_down),
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
			nothing_is_written_that_was_not_shown, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_rejected_after_the_summary_is_not_written, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_held_is_said_before, set_up_approved, tear_down),
		cmocka_unit_test_setup_teardown(
			a_desk_for_looking_does_nothing_else, set_up_to_look, tear_down),
		cmocka_unit_test_setup_teardown(all_pages_are_shown, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nobody_to_sign_and_no_pdftoppm_leave_a_desk_to_read,
			set_up_without_identity, tear_down),
	};
	assert_int_equal(argc, 3);
	held = plain_link(argv[2]);
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
