/* Facts fixed on the desk: confirmed, edited and put back in their record's file, of which nothing
 * else changes; and opened in an editor. */
#include "support/served.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char *program; /* from the command line */

static const char template[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"2020-10-13\">"
	"<title>Letter</title><fields><declare name=\"name\"/><declare name=\"day\" type=\"date\"/>"
	"<declare name=\"address\" type=\"lines\"/>"
	"<declare name=\"town\" required=\"no\" default=\"Rye\"/>"
	"<declare name=\"spare\" required=\"no\"/></fields>"
	"<p><field name=\"name\"/>, <field name=\"day\"/>, <field name=\"town\"/></p>"
	"<address><field name=\"address\"/></address></letter>";

#define HEAD                                                    \
	"\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<!-- x -->\r\n" \
	"<recipient xmlns='urn:lettermerge:recipient:1'>\r\n"
#define DAY(words) "  <day\tstanding = 'inferred'>" words "</day><!-- <day/> -->\r\n"
#define ADDRESS "  <address>\r\n    <line>1 Lane</line>\r\n    <line>Rye</line>\r\n  </address>\r\n"
#define TAIL "  <spare>x</spare>\r\n</recipient>\r\n"
#define ANNA HEAD "  <name>Anna &amp; Bo</name>\r\n" DAY("2020-01-02") ADDRESS TAIL

#define OF_MANY(id, name)                    \
	"<recipient id='" id "'><name>" name \
	"</name><day>2020-01-02</day><address>1</address></recipient>"
#define MANY(anna, bert)                                                      \
	"<recipients xmlns='urn:lettermerge:recipient:1'>\n<!-- -->" OF_MANY( \
		"anna", anna) "\n" OF_MANY("bert", bert) "</recipients>"

static void save(struct desk *desk, const char *record)
{
	scratch_write(&desk->scratch, "recipients/anna.xml", record);
	assert_int_equal(chmod(scratch_path(&desk->scratch, "recipients/anna.xml"), 0640), 0);
}

static void start(void **state, const char *options)
{
	static struct desk desk;
	static char nothing[] = "UNUSED=";
	desk_write_project(&desk);
	scratch_write(&desk.scratch, "templates/letter.xml", template);
	save(&desk, ANNA);
	struct outcome run = run_in(
		desk.scratch.arena, desk.scratch.dir, "'%s' approve -q anna --by Cy", program);
	assert_int_equal(run.code, 0); /* there is a log */
	desk_start(&desk, program, options, nothing);
	*state = &desk;
	desk_wait_for_list(&desk);
}

static int set_up(void **state)
{
	start(state, "--no-sign --person Anna --person Ben");
	return 0;
}

static int set_up_to_look(void **state)
{
	start(state, "--no-sign --read-only");
	return 0;
}

static int tear_down(void **state)
{
	return desk_stop(*state) ? 0 : -1;
}

/* -- what the page has ------------------------------------------------------------------------- */

static struct str page_of(struct desk *desk)
{
	return desk_fetch(desk, "letter/anna");
}

static const char *between(struct desk *desk, struct str text, const char *from, const char *to)
{
	int at = str_find(text, from);
	assert_true(at >= 0);
	text = str_slice(text, at + (int)strlen(from), text.len);
	assert_true(str_find(text, to) >= 0);
	return str_copy(desk->scratch.arena, str_slice(text, 0, str_find(text, to))).at;
}

/* The beginning of a form: which record was shown, and the number of the field there. */
static const char *aim(struct desk *desk, struct str page, const char *field)
{
	const char *label = str_format(desk->scratch.arena, "<dt>%s", field).at;
	int at = str_find(page, label);
	assert_true(at > 0);
	int fact = str_find(str_slice(page, at - 20, page.len), "fact-");
	const char *number = between(
		desk, str_slice(page, at - 20 + fact, page.len), "fact-", "\"");
	return str_format(desk->scratch.arena, "v=%s&fact=%s",
		between(desk, page, "name=\"v\" value=\"", "\""), number)
		.at;
}

static struct str send(struct desk *desk, const char *path, const char *aimed, const char *rest)
{
	return desk_send(desk, path, str_format(desk->scratch.arena, "%s&%s", aimed, rest).at);
}

/* As the button does it that the letter's page has. */
static struct str undo(struct desk *desk, const char *letter)
{
	struct arena *arena = desk->scratch.arena;
	struct str page = desk_fetch(desk, str_format(arena, "letter/%s", letter).at);
	return desk_send(desk, str_format(arena, "undo/%s", letter).at,
		str_format(arena, "step=%s", between(desk, page, "name=\"step\" value=\"", "\""))
			.at);
}

static void assert_record(struct desk *desk, const char *wanted)
{
	const char *file = scratch_path(&desk->scratch, "recipients/anna.xml");
	struct stat status;
	assert_string_equal(read_bytes(desk->scratch.arena, file).at, wanted);
	assert_int_equal(stat(file, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0640);
	assert_int_not_equal(
		access(scratch_path(&desk->scratch, "recipients/.anna.xml.tmp"), F_OK), 0);
}

static struct str log_of(struct desk *desk)
{
	return run_in(desk->scratch.arena, desk->scratch.dir, "'%s' log --color=never", program)
		.out;
}

/* -- approving ------------------------------------------------------------------------------- */

/* The button of the page that asks once more. */
static const char *again(struct desk *desk, struct str asked)
{
	return str_format(desk->scratch.arena, "approve/anna?v=%s",
		between(desk, asked, "action=\"approve/anna?v=", "\""))
		.at;
}

/* Which does not know XML's "&amp;". */
static const char *plain(struct desk *desk, const char *address)
{
	struct str rest = str_of(address), head = {0};
	str_split(&rest, ';', &head);
	return str_format(desk->scratch.arena, "%.*s%s", head.len - 3, head.at, rest.at).at;
}

static void one_is_sure_of_what_was_said_and_of_no_more(void **state)
{
	struct desk *desk = *state;
	static const char more[] = HEAD "  <name standing='inferred'>Anna &amp; Bo</name>\r\n" DAY(
		"2020-01-02") ADDRESS TAIL;
	const char *button = desk_button(desk, "approve");
	struct str asked = desk_post(desk, button);
	assert_holds(asked, " 428 ");
	assert_holds(asked, "<p>1 fact in it is not confirmed: day. Approve once more if");
	const char *sure = plain(desk, again(desk, asked));
	save(desk, more); /* the page is the same */
	asked = desk_post(desk, sure);
	assert_holds(asked, " 428 ");
	assert_holds(asked, "<p>2 facts in it are not confirmed: name, day. Approve once more if");
	assert_holds(desk_post(desk, plain(desk, again(desk, asked))), " 303 ");
}

/* -- editing ----------------------------------------------------------------------------------- */

static void a_value_is_edited_and_put_back(void **state)
{
	struct desk *desk = *state;
	struct str page = page_of(desk);
	assert_holds(page,
		"<textarea name=\"words\" rows=\"1\" spellcheck=\"true\">\nAnna &amp; Bo"
		"</textarea>");
	assert_true(str_find(page, "action=\"undo/anna") < 0);
	assert_holds(
		send(desk, "edit/anna", aim(desk, page, "name"), "words=Anna+%3C+%26+Bo%0D%0A"),
		"/letter/anna");
	assert_record(
		desk, HEAD "  <name>Anna &lt; &amp; Bo</name>\r\n" DAY("2020-01-02") ADDRESS TAIL);
	page = page_of(desk);
	assert_holds(page, "<dd>Anna &lt; &amp; Bo<code>");
	assert_holds(page, "<p>Changed here: <b>name</b></p>");
	assert_holds(log_of(desk), "anna: edited by \"Anna\" (link)");
	assert_holds(log_of(desk), "name at recipients/anna.xml:4:3");
	desk_go_over(desk, "Ben");
	assert_holds(undo(desk, "anna"), " 303 ");
	assert_record(desk, ANNA);
	assert_holds(log_of(desk), "anna: edited by \"Ben\" (link)");
	assert_holds(log_of(desk), "name at recipients/anna.xml:4:3, as it was before");
	assert_true(str_find(page_of(desk), "action=\"undo/anna") < 0);
	assert_holds(desk_send(desk, "undo/anna", "x=1"), "nothing to undo");
}

/* Ben's page shows her first step when Anna takes another. */
static void a_step_that_was_not_shown_is_not_undone(void **state)
{
	struct desk *desk = *state;
	send(desk, "edit/anna", aim(desk, page_of(desk), "name"), "words=Ann");
	const char *shown = between(desk, page_of(desk), "name=\"step\" value=\"", "\"");
	shown = str_format(desk->scratch.arena, "step=%s", shown).at;
	assert_holds(send(desk, "edit/anna", aim(desk, page_of(desk), "day"), "words=2020-01-03"),
		" 303 ");
	static const char now[] = HEAD "  <name>Ann</name>\r\n" DAY("2020-01-03") ADDRESS TAIL;
	desk_go_over(desk, "Ben");
	struct str answer = desk_send(desk, "undo/anna", shown);
	assert_holds(answer, " 409 ");
	assert_holds(answer, "Something else was changed in this letter");
	assert_holds(desk_send(desk, "undo/anna", "x=1"), " 409 ");
	assert_record(desk, now);
	assert_holds(undo(desk, "anna"), " 303 ");
	assert_record(desk, HEAD "  <name>Ann</name>\r\n" DAY("2020-01-02") ADDRESS TAIL);
}

static void an_address_is_edited_line_by_line(void **state)
{
	struct desk *desk = *state;
	struct str page = page_of(desk);
	assert_holds(page, "<dd>1 Lane\nRye<code>");
	assert_holds(page, ">\n1 Lane\nRye</textarea>");
	assert_holds(send(desk, "edit/anna", aim(desk, page, "address"),
			     "words=1+Lane%0D%0AOld+Town%0D%0ARye"),
		" 303 ");
	assert_record(desk,
		HEAD "  <name>Anna &amp; Bo</name>\r\n" DAY(
			"2020-01-02") "  <address>\r\n    <line>1 Lane</line>\r\n    <line>Old "
				      "Town</line>\r\n"
				      "    <line>Rye</line>\r\n  </address>\r\n" TAIL);
}

/* In the words that check has for it. */
static void what_the_field_does_not_take_is_not_written(void **state)
{
	struct desk *desk = *state;
	const char *aimed = aim(desk, page_of(desk), "day");
	static const char *const refused[] = {
		"words=soon", "words=2020-02-30", "words=", "words=x%01"};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct str answer = send(desk, "edit/anna", aimed, refused[i]);
		assert_holds(answer, " 409 ");
		assert_record(desk, ANNA);
	}
	scratch_write(&desk->scratch, "other/anna.xml",
		HEAD "  <name>Anna &amp; Bo</name>\r\n" DAY("soon") ADDRESS TAIL);
	struct str said = run_in(desk->scratch.arena, desk->scratch.dir,
		"'%s' check --color=never -r other", program)
				  .out;
	struct str text = str_of(between(desk, said, "error: ", " [E-")), part;
	struct str answer = send(desk, "edit/anna", aimed, "words=soon");
	while (str_split(&text, '"', &part)) /* which HTML writes otherwise */
		assert_holds(answer, str_copy(desk->scratch.arena, part).at);
	assert_holds(
		send(desk, "edit/anna", aimed, "words=+2020-01-02"), "are the words that stand");
	assert_true(str_find(page_of(desk), "action=\"undo/anna") < 0);
	assert_true(str_find(log_of(desk), "edited") < 0);
}

static void a_save_that_came_between_is_not_written_over(void **state)
{
	struct desk *desk = *state;
	static const char other[] = HEAD "  <name>Anne &amp; Bo</name>\r\n" DAY("2020-01-02")
		ADDRESS TAIL;
	const char *aimed = aim(desk, page_of(desk), "name");
	save(desk, other);
	assert_holds(send(desk, "edit/anna", aimed, "words=Ann"), "saved anew since it was ");
	assert_record(desk, other);
	desk_fetch_until(desk, "letter/anna", "Anne &amp; Bo");
	assert_holds(
		send(desk, "edit/anna", aimed, "words=Ann"), "was saved anew since it was shown");
	assert_holds(send(desk, "confirm/anna", aimed, "source=S&date=2020"), " 409 ");
	assert_record(desk, other);
	aimed = aim(desk, page_of(desk), "name");
	assert_holds(send(desk, "edit/anna", aimed, "words=Ann"), " 303 ");
	save(desk, ANNA);
	assert_holds(undo(desk, "anna"), "was saved anew since it was read");
	assert_record(desk, ANNA);
	assert_holds(send(desk, "edit/nobody", aimed, "words=Ann"), " 404 ");
	assert_holds(desk_send(desk, "edit/anna", "v=0&fact=0&words=Ann"), " 409 ");
	aimed = between(desk, page_of(desk), "name=\"v\" value=\"", "\"");
	aimed = str_format(desk->scratch.arena, "v=%s", aimed).at;
	assert_holds(send(desk, "edit/anna", aimed, "words=Ann"), " 409 "); /* of no fact */
	assert_record(desk, ANNA);
}

/* Nor is it undone. */
static void what_the_log_does_not_take_is_not_written(void **state)
{
	struct desk *desk = *state;
	const char *aimed = aim(desk, page_of(desk), "name");
	assert_holds(send(desk, "edit/anna", aimed, "words=Ann"), " 303 ");
	struct str edited =
		run_in(desk->scratch.arena, desk->scratch.dir, "cat recipients/anna.xml").out;
	aimed = aim(desk, desk_fetch_until(desk, "letter/anna", "<dd>Ann<"), "day");
	scratch_write(&desk->scratch, "out/.lettermerge.approvals.db", "spoilt");
	assert_holds(send(desk, "edit/anna", aimed, "words=2020-01-03"), " 409 ");
	assert_holds(send(desk, "edit/anna", aimed, "words=2020-01-03"),
		"the approvals in &quot;out/.lettermerge.approvals.db&quot; cannot be used");
	assert_holds(send(desk, "confirm/anna", aimed, "source=S&date=2020"), " 409 ");
	assert_holds(undo(desk, "anna"), " 409 ");
	assert_record(desk, edited.at);
}

/* -- confirming -------------------------------------------------------------------------------- */

static void a_fact_is_confirmed_as_the_command_does_it(void **state)
{
	struct desk *desk = *state;
	struct str page = page_of(desk);
	const char *aimed = aim(desk, page, "day");
	assert_holds(page, "data-set=\"confirm-1\">Confirm</summary>");
	static const char *const refused[] = {"source=&date=2020", "source=A", "source=A&date=May"};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		assert_holds(send(desk, "confirm/anna", aimed, refused[i]),
			"Say where the fact was seen, and when");
	assert_record(desk, ANNA);
	assert_holds(send(desk, "confirm/anna", aimed,
			     "source=https%3A%2F%2Fexample.org%2F%3Fa%26b&date=2020-09&quote="),
		" 303 ");
	const char *file = scratch_path(&desk->scratch, "recipients/anna.xml");
	struct str here = read_bytes(desk->scratch.arena, file);
	assert_true(str_find(page_of(desk), "<h2>To confirm</h2>") < 0);
	assert_holds(log_of(desk), "confirmed by \"Anna\" (link)");
	assert_holds(log_of(desk), "day was seen in https://example.org/?a&b, 2020-09");
	assert_holds(undo(desk, "anna"), " 303 ");
	assert_record(desk, ANNA);
	struct outcome run = run_in(desk->scratch.arena, desk->scratch.dir,
		"'%s' confirm -q anna day --source 'https://example.org/?a&b' --date 2020-09",
		program);
	assert_int_equal(run.code, 0);
	assert_record(desk, here.at);
}

/* -- what is not fixed here -------------------------------------------------------------------- */

static void where_else_it_stands_is_told(void **state)
{
	struct desk *desk = *state;
	struct str page = page_of(desk);
	assert_holds(page, "<dt>town</dt><dd>Rye<code>templates/<wbr>letter.xml:1:");
	assert_holds(page,
		"<small>in the template, for all letters that have none of their own</small>");
	assert_holds(page,
		"<summary data-set=\"unused\">1 that the letter does not use</summary>\n<dl>\n"
		"<div id=\"fact-3\"><dt>spare</dt>");
}

static void who_may_only_look_fixes_nothing(void **state)
{
	struct desk *desk = *state;
	struct str page = page_of(desk);
	static const char *const paths[] = {"edit/anna", "confirm/anna", "undo/anna"};
	assert_true(str_find(page, "class=\"fix\"") < 0);
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		assert_holds(desk_send(desk, paths[i], "v=1&fact=0&words=x&source=S&date=2020"),
			" 403 ");
	assert_holds(desk_send(desk, "open/anna", "fact=0"), " 409 ");
	assert_record(desk, ANNA);
}

static int set_up_table(void **state)
{
	static struct desk desk;
	static char nothing[] = "UNUSED=";
	desk_write_project(&desk);
	scratch_write(&desk.scratch, "templates/letter.xml", template);
	scratch_write(
		&desk.scratch, "all.csv", "id,name,day,address\nanna,Anna,2020-01-02,1 Lane\n");
	desk_start(&desk, program, "--no-sign -r all.csv", nothing);
	*state = &desk;
	desk_wait_for_list(&desk);
	return 0;
}

static void a_cell_is_edited_in_its_table(void **state)
{
	struct desk *desk = *state;
	struct str page = page_of(desk);
	assert_holds(page,
		"<dt>name</dt><dd>Anna<code>all.csv:row 2, column B</code>"
		"<small>edit it there</small>");
	assert_true(str_find(page, "<textarea name=\"words\"") < 0);
	assert_holds(desk_send(desk, "edit/anna", "fact=0&words=Ann"), "stands in no XML record");
	assert_holds(desk_send(desk, "confirm/anna", "fact=0&source=S&date=2020"), " 409 ");
}

static int set_up_many(void **state)
{
	static struct desk desk;
	static char nothing[] = "UNUSED=";
	desk_write_project(&desk);
	scratch_write(&desk.scratch, "templates/letter.xml", template);
	scratch_write(&desk.scratch, "all.xml", MANY("Anna", "Bert"));
	desk_start(&desk, program, "--no-sign -r all.xml", nothing);
	*state = &desk;
	desk_wait_for_list(&desk);
	return 0;
}

/* Each undoes its own step, whichever of its neighbours was edited meanwhile. */
static void records_of_one_file_are_edited_and_undone_apart(void **state)
{
	struct desk *desk = *state;
	const char *file = scratch_path(&desk->scratch, "all.xml");
	static const char *const steps[][3] = {{"edit/anna", "words=Anne", MANY("Anne", "Bert")},
		{"edit/bert", "words=Bart", MANY("Anne", "Bart")},
		{"undo/anna", NULL, MANY("Anna", "Bart")},
		{"undo/bert", NULL, MANY("Anna", "Bert")}};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		const char *letter = str_format(desk->scratch.arena, "letter/%s", steps[i][0] + 5)
					     .at;
		const char *aimed = aim(desk, desk_fetch(desk, letter), "name");
		assert_holds(steps[i][1] ? send(desk, steps[i][0], aimed, steps[i][1])
					 : undo(desk, steps[i][0] + 5),
			" 303 ");
		assert_string_equal(read_bytes(desk->scratch.arena, file).at, steps[i][2]);
	}
}

/* -- words with tags among them ---------------------------------------------------------------- */

#define MARKED(words)                                                                     \
	"<recipient xmlns='urn:lettermerge:recipient:1'><name>" words "</name><!-- x -->" \
	"<day>2020-01-02</day><address>1 Lane</address></recipient>\n"
#define AS_IT_WAS MARKED("See <em>the Report</em> of <link href='https://a.b/'>2019</link>, Bo")

static int set_up_marked(void **state)
{
	start(state, "--no-sign --person Anna");
	struct desk *desk = *state;
	struct str rich = str_of(template);
	int at = str_find(rich, "<declare name=\"name\"") + 20;
	scratch_write(&desk->scratch, "templates/letter.xml",
		str_format(desk->scratch.arena, "%.*s type=\"rich\"%s", at, template, template + at)
			.at);
	save(desk, AS_IT_WAS);
	return 0;
}

static void words_are_edited_between_their_tags(void **state)
{
	struct desk *desk = *state;
	struct str page = desk_fetch_until(desk, "letter/anna", "take in is changed in the file.");
	const char *aimed = aim(desk, page, "name");
	assert_holds(
		send(desk, "edit/anna", aimed, "words=Read+the+Report+of+2020%2C+Bo"), " 303 ");
	assert_record(desk,
		MARKED("Read <em>the Report</em> of <link href='https://a.b/'>2020</link>, Bo"));
	assert_holds(undo(desk, "anna"), " 303 ");
	assert_record(desk, AS_IT_WAS);
	page = desk_fetch_until(desk, "letter/anna", "See the Report");
	struct str answer = send(desk, "edit/anna", aim(desk, page, "name"), "words=Of+2019+alone");
	assert_holds(answer, " 409 ");
	assert_holds(answer, "reaches over a tag");
	assert_record(desk, AS_IT_WAS);
}

/* The value of its href alone, in the quotes that stand there. */
static void where_a_link_leads_is_edited(void **state)
{
	struct desk *desk = *state;
	struct str page = desk_fetch_until(
		desk, "letter/anna", "name=\"words\" required value=\"https://a.b/\"");
	const char *aimed = aim(desk, page, "name");
	assert_holds(send(desk, "edit/anna", aimed,
			     "link=1&words=https%3A%2F%2Fc.d%2F%3Fx%3D1%26y%3D%27%22%3C"),
		" 303 ");
	assert_record(desk,
		MARKED("See <em>the Report</em> of <link "
		       "href='https://c.d/?x=1&amp;y=&#39;&quot;&lt;'>2019</link>, Bo"));
	assert_holds(log_of(desk), "anna: edited by \"Anna\" (link)");
	assert_holds(undo(desk, "anna"), " 303 ");
	assert_record(desk, AS_IT_WAS);
	page = desk_fetch_until(desk, "letter/anna", "See the Report");
	aimed = aim(desk, page, "name");
	assert_holds(send(desk, "edit/anna", aimed, "link=1&words=nowhere"), " 409 ");
	assert_holds(send(desk, "edit/anna", aimed, "link=1&words="), " 409 ");
	assert_holds(send(desk, "edit/anna", aimed, "link=2&words=https%3A%2F%2Fc.d%2F"), " 409 ");
	assert_holds(send(desk, "edit/anna", aimed, "link=1&words=https%3A%2F%2Fa.b%2F"), " 409 ");
	assert_record(desk, AS_IT_WAS);
}

/* -- the editor -------------------------------------------------------------------------------- */

static int set_up_editor(void **state)
{
	start(state, "--no-sign --editor=./editor");
	struct desk *desk = *state;
	scratch_write(&desk->scratch, "editor",
		"#!/bin/sh\necho \"$# $1\" >opened.new && mv opened.new opened\n");
	assert_int_equal(chmod(scratch_path(&desk->scratch, "editor"), 0755), 0);
	return 0;
}

/* Never a file that a request names. */
static void a_place_is_opened_in_the_editor(void **state)
{
	struct desk *desk = *state;
	const char *opened = scratch_path(&desk->scratch, "opened");
	assert_holds(page_of(desk), "<button>Open in the editor</button>");
	assert_holds(desk_send(desk, "open/anna", "fact=99"), "not there any more");
	assert_holds(desk_send(desk, "open/anna", "fact=-1"), "not there any more");
	assert_holds(desk_send(desk, "open/..%2Fx", "fact=0"), " 404 ");
	assert_holds(desk_send(desk, "open/anna", "fact=0&file=/etc/passwd"), " 303 ");
	for (int i = 0; i < 500 && access(opened, F_OK) != 0; i++)
		usleep(10000);
	char *folder = realpath(desk->scratch.dir, NULL);
	assert_string_equal(read_bytes(desk->scratch.arena, opened).at,
		str_format(desk->scratch.arena, "1 %s/recipients/anna.xml\n", folder).at);
	free(folder);
	unlink(scratch_path(&desk->scratch, "editor"));
	assert_holds(desk_send(desk, "open/anna", "fact=0"), "could not be started");
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_value_is_edited_and_put_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_step_that_was_not_shown_is_not_undone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_address_is_edited_line_by_line, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_the_field_does_not_take_is_not_written, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_save_that_came_between_is_not_written_over, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_fact_is_confirmed_as_the_command_does_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_the_log_does_not_take_is_not_written, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			one_is_sure_of_what_was_said_and_of_no_more, set_up, tear_down),
		cmocka_unit_test_setup_teardown(where_else_it_stands_is_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			who_may_only_look_fixes_nothing, set_up_to_look, tear_down),
		cmocka_unit_test_setup_teardown(
			a_cell_is_edited_in_its_table, set_up_table, tear_down),
		cmocka_unit_test_setup_teardown(
			records_of_one_file_are_edited_and_undone_apart, set_up_many, tear_down),
		cmocka_unit_test_setup_teardown(
			where_a_link_leads_is_edited, set_up_marked, tear_down),
		cmocka_unit_test_setup_teardown(
			words_are_edited_between_their_tags, set_up_marked, tear_down),
		cmocka_unit_test_setup_teardown(
			a_place_is_opened_in_the_editor, set_up_editor, tear_down),
	};
	program = count > 1 ? arguments[1] : "lettermerge";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
