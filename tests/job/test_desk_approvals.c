/* Approving on the desk: who may, of what, and what is said against a letter. */
#include "support/served.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char *program; /* from the command line */

static int set_up(void **state)
{
	desk_set_up(state, program, "--no-sign");
	return 0;
}

static int set_up_persons(void **state)
{
	desk_set_up_persons(state, program);
	return 0;
}

static int tear_down(void **state)
{
	return desk_stop(*state) ? 0 : -1;
}

static void a_letter_is_approved_as_it_was_shown(void **state)
{
	struct desk *desk = *state;
	const char *approve = desk_button(desk, "approve");
	assert_holds(desk_ask(desk, desk_line(desk, "POST", approve), ""), " 403 ");
	assert_holds(desk_post(desk, "approve/nobody?v=1"), " 404 ");
	assert_holds(desk_post(desk, "approve/anna?v=1"), " 409 ");
	assert_holds(
		desk_ask(desk, desk_line(desk, "GET", "?state=approved"), ""), "Approved <b>0</b>");
	assert_holds(desk_post(desk, approve), "/letter/anna");
	struct str page = desk_ask(desk, desk_line(desk, "GET", "letter/anna"), "");
	assert_holds(page, "<h2>Approval</h2>\n<p><b>Approved</b></p>\n<ul>\n<li>");
	assert_holds(page, "<h2>History</h2>\n<ul class=\"history\">\n<li>approved by ");
	assert_holds(page, "Approved <b>1</b>");
	assert_holds(desk_ask(desk, desk_line(desk, "GET", "rows?state=approved"), ""), "\"anna\"");
	assert_holds(desk_post(desk, desk_button(desk, "withdraw")), " 303 ");
	assert_holds(
		desk_ask(desk, desk_line(desk, "GET", "letter/anna"), ""), "Approved <b>0</b>");
	assert_holds(desk_fetch(desk, "letter/anna"), "<li>withdrawn by "); /* the newest first */
	scratch_write(&desk->scratch, "recipients/anna.xml", /* the desk may not have heard of it */
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Annie</name></recipient>");
	assert_holds(desk_post(desk, approve), " 409 ");
}

/* The first page that shows the edit says at once what that makes of the approval, though all
 * letters are not checked yet. */
static void an_edit_voids_an_approval_from_the_first_page_on(void **state)
{
	struct desk *desk = *state;
	assert_holds(desk_post(desk, desk_button(desk, "approve")), " 303 ");
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

/* Saves another name a moment from now. */
static pid_t save_soon(struct desk *desk, int milliseconds, const char *record)
{
	pid_t child = fork();
	if (child)
		return child;
	usleep((useconds_t)milliseconds * 1000);
	scratch_write(&desk->scratch, "recipients/anna.xml", record);
	_exit(0);
}

static const char *record_of(struct desk *desk, const char *name, int round)
{
	return str_format(desk->scratch.arena,
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>%s %d</name></recipient>",
		name, round)
		.at;
}

/* Before, while and after the approval is noted: what stands is never another letter's than the one
 * that was shown. */
static void two_hundred_approvals_beside_a_save_approve_nothing_unseen(void **state)
{
	enum { ROUNDS = 200, WITHIN_MS = 130 };
	struct desk *desk = *state;
	int given = 0, refused = 0;
	for (int i = 0; i < ROUNDS; i++) {
		scratch_write(&desk->scratch, "recipients/anna.xml", record_of(desk, "Ann", i));
		const char *shown = str_format(desk->scratch.arena, "<dd>Ann %d<", i).at;
		const char *next = str_format(desk->scratch.arena, "<dd>Bert %d<", i).at;
		desk_fetch_until(desk, "letter/anna", shown);
		const char *approve = desk_button(desk, "approve");
		pid_t child = save_soon(desk, i * 37 % WITHIN_MS, record_of(desk, "Bert", i));
		usleep((useconds_t)(i % 3 * 20000));
		struct str answer = desk_post(desk, approve);
		assert_int_equal(waitpid(child, NULL, 0), child);
		given += str_find(answer, " 303 ") >= 0;
		refused += str_find(answer, " 409 ") >= 0;
		struct str page = desk_fetch_until(desk, "letter/anna", next);
		assert_int_equal(str_find(page, "<b>Approved</b>"), -1);
		assert_holds(page, "\"approve/anna?v=");
	}
	assert_int_equal(given + refused, ROUNDS);
	assert_true(given > 0 && refused > 0);
}

static void what_cannot_be_approved_is_told_why(void **state)
{
	struct desk *desk = *state;
	const char *approve = desk_button(desk, "approve");
	const char *version = strchr(approve, '?');
	const char *withdraw = str_format(desk->scratch.arena, "withdraw/anna%s", version).at;
	assert_holds(desk_post(desk, "approve/nobody?v=1"), "no letter of that name any more");
	assert_holds(desk_post(desk, "approve/anna?v=1"), "was saved anew since it was shown");
	assert_holds(desk_post(desk, withdraw), "You have not approved this letter");
	assert_holds(desk_post(desk, approve), " 303 ");
	assert_holds(desk_post(desk, approve), "You have approved this letter already");
	assert_holds(desk_post(desk, withdraw), " 303 ");
	const char *file = scratch_path(&desk->scratch, "out/.lettermerge.approvals.db");
	scratch_write(&desk->scratch, "out/.lettermerge.approvals.db", "spoilt");
	assert_holds(desk_ask(desk, desk_line(desk, "GET", "letter/anna"), ""),
		"<p>the approvals in &quot;out/.lettermerge.approvals.db&quot; cannot be used");
	assert_holds(desk_post(desk, approve), " 500 ");
	assert_holds(
		desk_post(desk, approve), "It could not be noted: the approvals in &quot;out/");
	unlink(file);
	scratch_write(&desk->scratch, "recipients/anna.xml", "<recipient");
	assert_holds(desk_post(desk, approve), "cannot be made, so it cannot be approved");
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

static void each_person_approves_over_their_own_link(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	assert_holds(desk_fetch(desk, "letter/anna"), "as <b>Anna</b>");
	assert_holds(desk_post(desk, desk_button(desk, "approve")), " 303 ");
	assert_holds(desk_fetch(desk, "letter/anna"), "<p>1 of 2 approvals</p>");
	desk_fetch_until(desk, "rows?state=partly", "\"total\":1");
	assert_holds(desk_fetch(desk, "rows?state=waiting"), "\"total\":0"); /* for her */
	const char *again = desk_button(desk, "withdraw");
	assert_holds(desk_post(desk, str_format(desk->scratch.arena, "approve%s", again + 8).at),
		"You have approved this letter already"); /* over one link it is one */
	desk_go_over(desk, "Ben");
	struct str page = desk_fetch(desk, "letter/anna");
	assert_holds(page, "as <b>Ben</b>");
	assert_holds(page, "<li><b>Anna</b> (own link), ");
	assert_holds(desk_fetch(desk, "rows?state=waiting"), "\"total\":1");
	assert_holds(desk_post(desk, desk_button(desk, "approve")), " 303 ");
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
	desk_go_over(desk, "Anna");
	assert_string_equal(desk->token, before.token);
	desk_wait_for_list(desk);
	assert_holds(desk_fetch(desk, "letter/anna"), "as <b>Anna</b>");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_letter_is_approved_as_it_was_shown, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_edit_voids_an_approval_from_the_first_page_on, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			two_hundred_approvals_beside_a_save_approve_nothing_unseen, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			what_cannot_be_approved_is_told_why, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_rejection_by_somebody_else_is_heard_of, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_approval_by_somebody_else_is_heard_of, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			each_person_approves_over_their_own_link, set_up_persons, tear_down),
		cmocka_unit_test_setup_teardown(
			a_link_survives_the_desk, set_up_persons, tear_down),
	};
	assert_int_equal(argc, 2);
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
