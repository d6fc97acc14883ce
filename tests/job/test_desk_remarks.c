/* Rejecting, commenting and answering on the desk: of what was shown, under the name of the link,
 * and heard of by colleagues. */
#include "support/served.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char *program; /* from the command line */

static int set_up(void **state)
{
	desk_set_up_persons(state, program);
	desk_wait_for_list(*state);
	return 0;
}

static int set_up_to_look(void **state)
{
	desk_set_up(state, program, "--read-only");
	desk_wait_for_list(*state);
	return 0;
}

static int tear_down(void **state)
{
	return desk_stop(*state) ? 0 : -1;
}

static struct str run(struct desk *desk, const char *arguments)
{
	struct outcome outcome = run_in(
		desk->scratch.arena, desk->scratch.dir, "'%s' %s", program, arguments);
	assert_int_equal(outcome.code, 0);
	return outcome.out;
}

static struct str page_of(struct desk *desk)
{
	return desk_fetch(desk, "letter/anna");
}

/* The version that the last line of the log is of. */
static const char *last_version(struct desk *desk)
{
	return run(
		desk, "log --json | tail -n 1 | sed 's/.*\"version\":\"\\([0-9a-f]*\\)\".*/\\1/'")
		.at;
}

static void who_rejects_says_why_and_colleagues_read_it(void **state)
{
	struct desk *desk = *state;
	assert_holds(page_of(desk), "<textarea id=\"words\" name=\"text\"");
	assert_holds(desk_post(desk, desk_button(desk, "approve")), " 303 ");
	const char *approved = last_version(desk);
	assert_int_equal(str_of(approved).len, 65); /* a line */
	assert_holds(desk_send(desk, desk_button(desk, "reject"),
			     "text=no+%3Cb%3E+%C2%ABhouse%C2%BB%0D%0Ahere"),
		"/letter/anna");
	assert_string_equal(last_version(desk), approved);
	desk_go_over(desk, "Ben");
	struct str page = page_of(desk);
	assert_holds(page,
		"<p>Not approved: what was said against it is not answered</p>\n<ul>\n"
		"<li class=\"against\">rejected by <b>Anna</b> (own link), ");
	assert_holds(page, "<strong>no &lt;b&gt; \xc2\xabhouse\xc2\xbb here</strong></li>\n</ul>");
	assert_holds(desk_send(desk, desk_button(desk, "comment"), "text=see+p.+2"), " 303 ");
	assert_holds(page_of(desk), "commented by <b>Ben</b> (own link), ");
	assert_holds(run(desk, "status --approved-only; true"), "rejected by");
	scratch_write(&desk->scratch, "recipients/anna.xml", RECORD("Annie"));
	page = desk_fetch_until(desk, "letter/anna", "<dd>Annie");
	assert_holds(page, "<strong>see p. 2</strong>, said before the letter changed</li>");
}

static void an_answer_settles_what_it_has_seen_and_no_more(void **state)
{
	struct desk *desk = *state;
	assert_holds(desk_send(desk, desk_button(desk, "reject"), "text=wrong+name"), " 303 ");
	const char *answer = desk_button(desk, "answer");
	assert_holds(desk_send(desk, desk_button(desk, "comment"), "text=and+street"), " 303 ");
	assert_holds(desk_send(desk, "answer/anna", "text=all"), " 409 "); /* of none */
	assert_holds(desk_send(desk, answer, "text=mended"), " 303 ");
	struct str page = page_of(desk);
	assert_true(str_find(page, "<strong>wrong name</strong>") < 0);
	assert_holds(page, "<strong>and street</strong>");
	assert_holds(desk_send(desk, answer, "text=mended"),
		"Nothing of what was shown stands against this letter any more");
	assert_holds(desk_send(desk, desk_button(desk, "answer"), "text=so"), " 303 ");
	page = page_of(desk);
	assert_holds(page, "<p>Not approved yet</p>");
	assert_holds(page, "<li>answered by <b>Anna</b> (own link), ");
	assert_true(str_find(page, "answer/anna") < 0);
}

static void nothing_is_said_of_what_was_not_shown(void **state)
{
	struct desk *desk = *state;
	const char *reject = desk_button(desk, "reject");
	struct buf much = {0};
	buf_puts(&much, "text=");
	for (int i = 0; i < 2001; i++)
		buf_char(&much, 'x');
	assert_holds(desk_send(desk, "reject/anna?v=1", "text=no+%3Ci%3E"), " 409 ");
	assert_holds(desk_send(desk, "comment/anna?v=1", "text=no+%3Ci%3E"),
		"<blockquote>no &lt;i&gt;</blockquote>");
	assert_holds(desk_send(desk, "reject/nobody?v=1", "text=no"), " 404 ");
	assert_holds(desk_send(desk, reject, "text=+%0A"), " 400 ");
	assert_holds(desk_send(desk, reject, ""), " 400 ");
	assert_holds(desk_send(desk, reject, buf_text(&much).at), " 400 ");
	assert_int_equal(run(desk, "approve").len, 0);
	much.at[much.len - 1] = '\0'; /* 2000 */
	assert_holds(desk_send(desk, reject, much.at), " 303 ");
	buf_free(&much);
	scratch_write(&desk->scratch, "recipients/anna.xml", RECORD("Annie"));
	assert_holds(desk_send(desk, reject, "text=no"), " 409 ");
}

/* After so long, by somebody else. */
static pid_t save_later(struct desk *desk, const char *record, int microseconds)
{
	pid_t child = fork();
	if (child)
		return child;
	usleep((useconds_t)microseconds);
	scratch_write(&desk->scratch, "recipients/anna.xml", record);
	_exit(0);
}

/* The button of a page, and which of two names the page shows. */
static const char *reject_button(struct desk *desk, int *shown)
{
	struct str page = page_of(desk);
	const char *button = strstr(page.at, "reject/anna?v=");
	assert_non_null(button);
	*shown = str_find(page, "<dd>Berta") >= 0;
	assert_holds(page, *shown ? "<dd>Berta" : "<dd>Anna<");
	return str_copy(desk->scratch.arena, (struct str){button, (int)strcspn(button, "\"")}).at;
}

/* Saved just before, while and just after somebody rejects: what is noted is of what they saw. */
static void no_save_makes_a_rejection_one_of_another_version(void **state)
{
	enum { ROUNDS = 60, STEP_US = 700, BETWEEN_US = 130000 };
	static const char *const records[] = {RECORD("Anna"), RECORD("Berta")};
	struct desk *desk = *state;
	const char *versions[2];
	int noted = 0, shown;
	for (int i = 0; i < 2; i++) {
		scratch_write(&desk->scratch, "recipients/anna.xml", records[i]);
		desk_fetch_until(desk, "letter/anna", i ? "<dd>Berta" : "<dd>Anna<");
		assert_holds(desk_send(desk, desk_button(desk, "reject"), "text=x"), " 303 ");
		versions[i] = last_version(desk);
	}
	assert_string_not_equal(versions[0], versions[1]);
	for (int round = 0; round < ROUNDS; round++) {
		const char *button = reject_button(desk, &shown);
		pid_t child = save_later(desk, records[!shown], round % 30 * STEP_US);
		usleep(round < ROUNDS / 2 ? 0 : 5000);
		bool good = str_find(desk_send(desk, button, "text=again"), " 303 ") >= 0;
		waitpid(child, NULL, 0);
		if (good)
			assert_string_equal(last_version(desk), versions[shown]);
		noted += good;
		usleep(BETWEEN_US - (useconds_t)(round % 30 * STEP_US));
	}
	print_message("# %d of %d rejections were noted\n", noted, ROUNDS);
	assert_true(noted > 0 && noted < ROUNDS);
}

static void who_may_only_look_says_nothing(void **state)
{
	struct desk *desk = *state;
	assert_true(str_find(page_of(desk), "<textarea") < 0);
	assert_holds(desk_send(desk, "reject/anna?v=1", "text=no"), " 403 ");
	assert_holds(desk_send(desk, "answer/anna?upto=1", "text=no"), " 403 ");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			who_rejects_says_why_and_colleagues_read_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_answer_settles_what_it_has_seen_and_no_more, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			nothing_is_said_of_what_was_not_shown, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			no_save_makes_a_rejection_one_of_another_version, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			who_may_only_look_says_nothing, set_up_to_look, tear_down),
	};
	assert_int_equal(argc, 2);
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
