/* The desk after an edit: letters as they were, and what changed, whoever has looked at them
 * before. What is seen of it in a browser is tests/judges/desk.mjs. */
#include "support/served.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char *program; /* from the command line */

#define LETTER(body)                                                                         \
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" style=\"style.xml\">" \
	"<title>Letter</title><fields><declare name=\"name\"/></fields>"                     \
	"<p>Dear <field name=\"name\"/></p>" body "</letter>"
#define STYLE(body) "<style xmlns=\"urn:lettermerge:style:1\">" body "</style>"

/* With a script instead of pdftoppm, or NULL. */
static int set_up_with(void **state, const char *script)
{
	static struct desk desk;
	desk.scratch = scratch_new();
	char *path = str_chars(desk.scratch.arena,
		str_format(desk.scratch.arena, "PATH=%s/bin:%s", desk.scratch.dir, getenv("PATH")));
	scratch_write(&desk.scratch, "templates/style.xml", STYLE(""));
	scratch_write(&desk.scratch, "templates/letter.xml", LETTER("<p>One two three.</p>"));
	scratch_write(&desk.scratch, "recipients/anna.xml", RECORD("Anna"));
	scratch_write(&desk.scratch, "recipients/bert.xml", RECORD("Bert"));
	if (script) {
		scratch_write(&desk.scratch, "bin/pdftoppm", script);
		assert_int_equal(chmod(scratch_path(&desk.scratch, "bin/pdftoppm"), 0755), 0);
	}
	desk_start(&desk, program, "--no-sign", path);
	desk_fetch_until(&desk, "rows", "\"bert\"");
	desk_fetch_until(&desk, "part/anna", "No findings");
	*state = &desk;
	return 0;
}

static int set_up(void **state)
{
	return set_up_with(state, NULL);
}

/* It must close at once, whatever is under way. */
static int tear_down(void **state)
{
	return desk_stop(*state) ? 0 : -1;
}

static void edit(struct desk *desk, const char *template)
{
	scratch_write(&desk->scratch, "templates/letter.xml", template);
}

static void a_letter_that_nobody_looked_at_has_a_version_before(void **state)
{
	struct desk *desk = *state;
	assert_true(str_find(desk_fetch(desk, "part/anna"), "versions") < 0);
	edit(desk, LETTER("<p>One new three.</p>"));
	desk_fetch_until(desk, "part/anna", "data-set=\"before\"");
	struct str part = desk_fetch(desk, "part/bert?changes=1");
	assert_holds(part, "1 change of words on page 1: ");
	assert_holds(part, "<b>Page 1</b> new: <ins>new</ins>; gone: <del>two</del>");
	assert_holds(part, "<title>gone: two</title>");
	assert_holds(part, "<title>new: new</title>");
	assert_holds(part, "page/bert/1?guides=0&amp;before=1");
	assert_holds(part, "page/bert/1?guides=0&amp;before=0");
	part = desk_fetch(desk, "part/bert?changes=1&guides=1");
	assert_holds(part, "page/bert/1?guides=1&amp;before=1");
	assert_holds(desk_fetch(desk, "part/bert?before=1"),
		"alt=\"Page 1 of 1, before the last change\"");
}

static void a_record_that_was_edited_is_compared_with_guides_too(void **state)
{
	struct desk *desk = *state;
	desk_fetch(desk, "part/bert");
	scratch_write(&desk->scratch, "recipients/bert.xml", RECORD("Albert"));
	desk_fetch_until(
		desk, "part/bert?changes=1", "new: <ins>Albert</ins>; gone: <del>Bert</del>");
	assert_holds(desk_fetch(desk, "part/bert?changes=1&guides=1"), "<ins>Albert</ins>");
	assert_true(str_find(desk_fetch(desk, "part/anna"), "data-set=\"before\"") < 0);
}

static void an_edit_of_a_record_keeps_what_the_template_was(void **state)
{
	struct desk *desk = *state;
	edit(desk, LETTER("<p>One two.</p>"));
	desk_fetch_until(desk, "part/anna", "data-set=\"before\"");
	scratch_write(&desk->scratch, "recipients/anna.xml", RECORD("Annie"));
	desk_fetch_until(desk, "part/anna?changes=1", "<ins>Annie</ins>");
	assert_holds(desk_fetch(desk, "part/bert?changes=1"), "<del>two three.</del>");
}

static void while_the_template_is_broken_the_last_good_letters_are_shown(void **state)
{
	struct desk *desk = *state;
	edit(desk, "<letter");
	struct str part = desk_fetch_until(desk, "part/bert", "This letter cannot be made");
	assert_holds(part, "Below is the last good one");
	assert_holds(part, "page/bert/1?");
	edit(desk, LETTER("<p>One two three.</p>"));
	desk_fetch_until(desk, "part/bert", "No findings");
	assert_true(str_find(desk_fetch(desk, "part/bert"), "data-set=\"before\"") < 0);
}

static void pages_that_came_and_pages_that_went_are_shown(void **state)
{
	struct desk *desk = *state;
	struct buf much = {0};
	for (int i = 0; i < 60; i++)
		buf_format(&much, "<p>Paragraph %d</p>", i);
	const char *longer = str_format(
		desk->scratch.arena, LETTER("<p>One two three.</p>%s"), buf_text(&much).at)
				     .at;
	edit(desk, longer);
	desk_fetch_until(desk, "part/anna", "data-set=\"before\"");
	struct str part = desk_fetch(desk, "part/bert?changes=1");
	assert_holds(part, "1 change of words on pages 1, 2, 3: ");
	assert_holds(part, "Before, there is no page 2");
	assert_holds(part, "Now, page 3 of 3");
	assert_holds(part, " … (120 words)");
	edit(desk, LETTER("<p>One two three.</p>"));
	desk_fetch_until(desk, "part/anna", "Page 1 of 1");
	part = desk_fetch(desk, "part/bert?changes=1");
	assert_holds(part, "1 change of words on page 1: ");
	assert_holds(part, "Before, page 3 of 3");
	assert_holds(part, "Now, there is no page 3");
	assert_holds(
		desk_fetch(desk, "part/bert?before=1"), "1 change of words on pages 1, 2, 3: ");
	buf_free(&much);
}

static void a_change_of_the_look_alone_is_called_that(void **state)
{
	struct desk *desk = *state;
	scratch_write(&desk->scratch, "templates/style.xml",
		STYLE("<page size=\"A5\" left=\"30mm\" right=\"20mm\" top=\"20mm\" "
		      "bottom=\"20mm\"/>"));
	desk_fetch_until(desk, "part/anna", "data-set=\"before\"");
	struct str part = desk_fetch(desk, "part/bert?changes=1");
	assert_holds(part, "Changed with the last save: its looks</p>");
	assert_holds(part, "viewBox=\"0 0 595 841\"");
	assert_holds(part, "viewBox=\"0 0 419 595\"");
}

/* -- pictures ---------------------------------------------------------------------------------- */

#define SCRIPT(rest) "#!/bin/sh\n[ \"$1\" = -v ] && exit\n" rest "\n"

static int set_up_with_failing_pdftoppm(void **state)
{
	return set_up_with(state, SCRIPT("echo 'out of paper' >&2; exit 1"));
}

static int set_up_with_hanging_pdftoppm(void **state)
{
	return set_up_with(state, SCRIPT("sleep 600"));
}

static void a_page_that_cannot_be_drawn_says_why(void **state)
{
	struct desk *desk = *state;
	struct str page = desk_fetch(desk, "page/anna/1");
	assert_holds(page, " 503 ");
	assert_holds(page, "pdftoppm ended with an error, and said: out of paper");
	assert_holds(desk_fetch(desk, "part/anna"),
		"<p class=\"undrawn\">Page 1 of 1 could not be drawn: pdftoppm ended with an "
		"error, and said: out of paper</p>");
	assert_true(str_find(desk_fetch(desk, "part/bert"), "undrawn") < 0);
	assert_holds(desk_post(desk, desk_button(desk, "approve")),
		"<p>Of its pages could not be drawn: 1. Download PDF has them. Approve once more");
}

/* More pages than are drawn at a time; the desk closes while it waits for them. */
static void a_page_that_takes_long_holds_nothing_up(void **state)
{
	struct desk *desk = *state;
	for (int i = 0; i < 4; i++) {
		struct str request = str_format(desk->scratch.arena,
			"GET /%s/page/%s/1?guides=%d HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n",
			desk->token, i % 2 ? "anna" : "bert", i / 2, desk->port);
		int fd = local_connect(desk->port);
		assert_true(fd >= 0);
		assert_int_equal(write(fd, request.at, (size_t)request.len), request.len);
	}
	struct outcome waits;
	do
		waits = run_in(desk->scratch.arena, "/",
			"[ $(cat /proc/%d/task/*/children | wc -w) = 2 ]", (int)desk->child);
	while (waits.code);
	assert_holds(desk_fetch(desk, "part/anna"), "No findings");
	kill(desk->child, SIGTERM);
	alarm(8); /* seconds; it would take ten if it waited */
	siginfo_t ended;
	assert_int_equal(waitid(P_PID, (id_t)desk->child, &ended, WEXITED | WNOWAIT), 0);
	alarm(0);
}

int main(int argc, char **argv)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_letter_that_nobody_looked_at_has_a_version_before),
		TEST(a_record_that_was_edited_is_compared_with_guides_too),
		TEST(an_edit_of_a_record_keeps_what_the_template_was),
		TEST(while_the_template_is_broken_the_last_good_letters_are_shown),
		TEST(pages_that_came_and_pages_that_went_are_shown),
		TEST(a_change_of_the_look_alone_is_called_that),
		cmocka_unit_test_setup_teardown(a_page_that_cannot_be_drawn_says_why,
			set_up_with_failing_pdftoppm, tear_down),
		cmocka_unit_test_setup_teardown(a_page_that_takes_long_holds_nothing_up,
			set_up_with_hanging_pdftoppm, tear_down),
	};
	assert_int_equal(argc, 2);
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
