/* Approving many letters at once on the desk: what is claimed, and nothing else is approved. */
#include "support/served.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const char *program; /* from the command line */

#define ANN "recipients/ann.xml"

static int set_up(void **state)
{
	static char nothing[] = "UNUSED=";
	static struct desk desk;
	desk_write_project(&desk);
	scratch_write(&desk.scratch, "out/keep", "");
	scratch_write(&desk.scratch, ANN, RECORD("Ann"));
	scratch_write(&desk.scratch, "recipients/ben.xml", RECORD("Ben"));
	scratch_write(&desk.scratch, "recipients/cy.xml", RECORD("&#x200b;")); /* is refused */
	desk_start(&desk, program, "--no-sign --person=Anna --person=Ben", nothing);
	*state = &desk;
	desk_fetch_until(&desk, "letter/cy", "4 letters checked");
	return 0;
}

static int tear_down(void **state)
{
	return desk_stop(*state) ? 0 : -1;
}

/* The button of a page. */
static const char *button_of(struct desk *desk, const char *which)
{
	struct str page = desk_fetch(desk, str_format(desk->scratch.arena, "many/%s", which).at);
	const char *at = strstr(page.at, "approve-many/");
	assert_non_null(at);
	return str_copy(desk->scratch.arena, (struct str){at, (int)strcspn(at, "\"")}).at;
}

/* As a browser does it: the letter, and the picture of its page. */
static void look_at(struct desk *desk, const char *id)
{
	struct arena *arena = desk->scratch.arena;
	desk_fetch(desk, str_format(arena, "letter/%s", id).at);
	assert_holds(desk_fetch(desk, str_format(arena, "page/%s/1", id).at), "image/png");
}

static struct str approved(struct desk *desk)
{
	struct outcome run = run_in(desk->scratch.arena, desk->scratch.dir,
		"'%s' approve | cut -d, -f1 | tr '\n' ' '", program);
	assert_int_equal(run.code, 0);
	return run.out;
}

static void all_without_findings_are_approved_as_is_claimed(void **state)
{
	struct desk *desk = *state;
	assert_holds(
		desk_fetch(desk, "letter/cy"), "<a href=\"many/all\">all without findings</a>");
	struct str page = desk_fetch(desk, "many/all");
	assert_holds(page,
		"<p>As <b>Anna</b> you say that 3 letters may go out as they are now: "
		"all without errors, warnings and facts");
	assert_holds(page, "You have <strong>looked at none of them</strong> as they are now");
	assert_holds(page, "<p>Not among them: 1 letter with errors.</p>");
	desk_fetch(desk, "letter/ann"); /* and no picture: gone by */
	assert_holds(desk_fetch(desk, "many/all"), "<strong>looked at none of them</strong>");
	look_at(desk, "ann");
	assert_holds(desk_fetch(desk, "many/all"), "<p>You have looked at 1 of them as it is now");
	const char *button = button_of(desk, "all");
	desk_go_over(desk, "Ben"); /* who has looked at nothing */
	assert_holds(desk_fetch(desk, "many/all"), "<strong>looked at none of them</strong>");
	assert_holds(desk_post(desk, button), " 409 ");
	desk_go_over(desk, "Anna");
	assert_holds(desk_post(desk, button), " 303 ");
	desk_fetch_until(desk, "letter/cy", "3 letters approved by Anna");
	assert_string_equal(approved(desk).at,
		"ann: approved by \"Anna\" over their own link anna: approved by \"Anna\" over "
		"their own link ben: approved by \"Anna\" over their own link ");
	desk_fetch_until(desk, "rows?state=approved", "\"total\":3");
}

/* What the desk notes of letters that it does not make again is what the command notes of those
 * that it makes. */
static void they_are_approved_as_the_command_would(void **state)
{
	struct desk *desk = *state;
	assert_holds(desk_post(desk, button_of(desk, "all")), " 303 ");
	desk_fetch_until(desk, "letter/cy", "3 letters approved by Anna");
	struct outcome run = run_in(desk->scratch.arena, desk->scratch.dir,
		"'%s' approve -q --all --except cy --by Anna -o other; python3 -c \""
		"import sqlite3\n"
		"kept = [sqlite3.connect(f + '/.lettermerge.approvals.db').execute("
		"'SELECT a.id, hex(a.content), v.size FROM approval a JOIN version v ON v.id=a.id "
		"AND v.content=substr(a.content, 18) ORDER BY a.id').fetchall() "
		"for f in ('out', 'other')]\n"
		"print(len(kept[0]), kept[0] == kept[1])\"",
		program);
	assert_string_equal(run.out.at, "3 True\n");
	run = run_in(desk->scratch.arena, desk->scratch.dir,
		"'%s' status --approved-only --no-sign | tail -1", program);
	assert_holds(run.out, "3 to be written, 0 unchanged, 1 failed");
}

static void what_was_saved_or_rejected_meanwhile_is_not_approved(void **state)
{
	struct desk *desk = *state;
	look_at(desk, "ann");
	const char *button = button_of(desk, "all");
	assert_holds(desk_post(desk, "approve-many/all?v=1"), " 409 ");
	scratch_write(&desk->scratch, ANN, RECORD("Anne")); /* which was looked at */
	desk_fetch_until(desk, "letter/ann", "<dd>Anne");
	assert_holds(desk_post(desk, "approve-many/all?v=1"), " 409 ");
	desk_fetch_until(desk, "letter/cy", "4 letters checked");
	button = button_of(desk, "all");
	scratch_write(&desk->scratch, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\">"
		"<title>Letter</title><fields><declare name=\"name\"/></fields>"
		"<p>Cheap <field name=\"name\"/></p></letter>");
	assert_holds(desk_post(desk, button), " 409 "); /* the desk may not have heard of it */
	assert_int_equal(approved(desk).len, 0);
	struct outcome run = run_in(desk->scratch.arena, desk->scratch.dir,
		"'%s' approve -q ben cy --by Cy --reject no", program);
	assert_int_equal(run.code, 0);
	struct str page = desk_fetch_until(desk, "many/all", "you say that 2 letters may");
	assert_holds(page, /* each once, so that they and those that may are all */
		"<p>Not among them: 1 letter with errors; 1 letter that somebody rejected or "
		"commented, not answered yet.</p>");
}

static void the_proof_set_says_what_was_not_looked_at(void **state)
{
	struct desk *desk = *state;
	struct str page = desk_fetch(desk, "many/proof");
	assert_holds(page, "those of the proof set, which shows all of the template");
	assert_holds(page, "Not looked at: <a href=\"letter/");
	static const char *const all[] = {"ann", "anna", "ben"};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		look_at(desk, all[i]);
	page = desk_fetch(desk, "many/proof");
	assert_true(str_find(page, "Not looked at") < 0);
	assert_holds(page, "You have looked at all of them as they are now");
	assert_holds(desk_post(desk, button_of(desk, "proof")), " 303 ");
	desk_fetch_until(desk, "letter/cy", " approved by Anna");
	assert_holds(desk_fetch(desk, "many/nothing"), " 404 ");
}

#define TWO_PAGES                                                                        \
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\"><title>L"         \
	"</title><fields><declare name=\"name\"/></fields><p><field name=\"name\"/></p>" \
	"<page-break/><p>More</p></letter>"

static void a_letter_is_looked_at_when_all_its_pages_are(void **state)
{
	struct desk *desk = *state;
	scratch_write(&desk->scratch, "templates/letter.xml", TWO_PAGES);
	desk_fetch_until(desk, "letter/ann", "Page 2 of 2");
	desk_fetch_until(desk, "many/all", "<strong>looked at none of them</strong>");
	look_at(desk, "ann");
	desk_fetch(desk, "page/ann/2?before=1"); /* as it was */
	desk_fetch_until(desk, "many/all", "<strong>looked at none of them</strong>");
	desk_fetch(desk, "page/ann/2?guides=1");
	desk_fetch_until(desk, "many/all", "<p>You have looked at 1 of them as it is now");
	desk_fetch(desk, "pdf/ben");
	desk_fetch_until(desk, "many/all", "<p>You have looked at 2 of them as they are ");
}

/* What is found meanwhile in a letter that was not looked at is not in the sentence. */
static void what_was_found_since_is_read_anew(void **state)
{
	struct desk *desk = *state;
	const char *button = button_of(desk, "proof");
	scratch_write(&desk->scratch, ANN,
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name standing=\"recalled\">Ann"
		"</name></recipient>");
	desk_fetch_until(desk, "many/proof", "1 letter with facts that nobody has confirmed");
	assert_holds(desk_post(desk, button), " 409 ");
	assert_holds(desk_post(desk, button_of(desk, "proof")), " 303 ");
}

/* -- a sample ---------------------------------------------------------------------------------- */

static int set_up_forty(void **state)
{
	static char nothing[] = "UNUSED=";
	static struct desk desk;
	desk_write_project(&desk); /* there is no folder of letters yet */
	for (int i = 10; i < 50; i++)
		scratch_write(&desk.scratch,
			str_format(desk.scratch.arena, "recipients/r%d.xml", i).at, RECORD("Ann"));
	desk_start(&desk, program, "--no-sign --person=Anna --sample=5/7", nothing);
	*state = &desk;
	desk_fetch_until(&desk, "letter/r10", "41 letters checked");
	return 0;
}

/* The ids in the desk's list of the proof set, sorted, a line each. */
static struct str listed_set(struct desk *desk)
{
	struct str rows = desk_fetch(desk, "rows?state=proof");
	scratch_write(&desk->scratch, "rows", rows.at);
	return run_in(desk->scratch.arena, desk->scratch.dir,
		"grep -o '\"id\":\"[^\"]*' rows | cut -d'\"' -f4 | LC_ALL=C sort")
		.out;
}

static void a_sample_is_the_same_wherever_it_is_drawn(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	struct str set = listed_set(desk);
	int count = 0;
	for (int i = 0; i < set.len; i++)
		count += set.at[i] == '\n';
	assert_in_range(count, 6, 10); /* five, and what the proof set has besides */
	struct outcome run = run_in(arena, desk->scratch.dir,
		"'%s' preview --proof --sample 5/7 -o p.pdf | cut -d' ' -f1 | LC_ALL=C sort",
		program);
	assert_string_equal(run.out.at, set.at);
	run = run_in(arena, desk->scratch.dir,
		"'%s' approve --proof-set --sample 5/7 --by Ben -o other | grep ': ' | cut -d: -f1 "
		"| LC_ALL=C sort",
		program);
	assert_string_equal(run.out.at, set.at);
	run = run_in(arena, desk->scratch.dir,
		"'%s' preview --proof --sample 5/8 -o q.pdf | cut -d' ' -f1 | LC_ALL=C sort",
		program);
	assert_string_not_equal(run.out.at, set.at);
	assert_holds(desk_post(desk, button_of(desk, "proof")), " 303 ");
	desk_fetch_until(desk, "letter/r10", " approved by Anna");
	run = run_in(arena, desk->scratch.dir,
		"'%s' approve | grep Anna | cut -d: -f1 | LC_ALL=C sort", program);
	assert_string_equal(run.out.at, set.at);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			all_without_findings_are_approved_as_is_claimed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			they_are_approved_as_the_command_would, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_was_saved_or_rejected_meanwhile_is_not_approved, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_proof_set_says_what_was_not_looked_at, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_letter_is_looked_at_when_all_its_pages_are, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_was_found_since_is_read_anew, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_sample_is_the_same_wherever_it_is_drawn, set_up_forty, tear_down),
	};
	assert_int_equal(argc, 2);
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
