/* What people call a field is said wherever it is named, and stands in no letter. */
#include "support/served.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program; /* from the command line */

#define LETTER(name, town)                                                                \
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"de\" date=\"2020-10-13\">" \
	"<title>Brief</title><fields><declare name=\"name\"" name "/>"                    \
	"<declare name=\"town\" required=\"no\"" town "/><declare name=\"books\" "        \
	"type=\"list\"><declare name=\"title\" label=\"Titel\"/></declare></fields>"      \
	"<p><field name=\"name\"/>, <field name=\"town\"/> <each field=\"books\"><field " \
	"name=\"title\"/></each></p></letter>"
static const char plain[] = LETTER("", "");
static const char labelled[] = LETTER(" label=\"Name &lt;voll&gt;\"", " label=\"Ort\"");

static const char record[] =
	"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name standing=\"inferred\">Zoë</name>"
	"<town standing=\"recalled\">Rye</town><books><title>Emma</title></books></recipient>";

static const char other[] = "<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Bo</name>"
			    "<books><title>Persuasion</title></books></recipient>";

static int set_up(void **state)
{
	static struct desk desk;
	desk_write_project(&desk);
	scratch_write(&desk.scratch, "templates/letter.xml", labelled);
	scratch_write(&desk.scratch, "recipients/anna.xml", record);
	scratch_write(&desk.scratch, "recipients/bo.xml", other);
	*state = &desk;
	return 0;
}

static int set_up_served(void **state)
{
	static char nothing[] = "UNUSED=";
	set_up(state);
	desk_start(*state, program, "--no-sign", nothing);
	desk_wait_for_list(*state);
	return 0;
}

static int tear_down(void **state)
{
	struct desk *desk = *state;
	scratch_free(&desk->scratch);
	return 0;
}

static int tear_down_served(void **state)
{
	return desk_stop(*state) ? 0 : -1;
}

static struct outcome run(struct desk *desk, const char *command)
{
	return run_in(desk->scratch.arena, desk->scratch.dir, "'%s' %s", program, command);
}

/* -- commands ---------------------------------------------------------------------------------- */

static void commands_say_label_and_name(void **state)
{
	static const char *const said[][2] = {{"fields", "label \"Name <voll>\""},
		{"fields", "label \"Titel\""},
		{"fields --json", "{\"name\":\"town\",\"label\":\"Ort\","},
		{"check -v 2>&1", "field \"Name <voll> (name)\" is inferred"},
		{"check -v 2>&1", "lettermerge confirm anna name --source"},
		{"check --diag json 2>&1",
			"\"field\":\"town\",\"message\":\"field \\\"Ort (town)\\\" is recalled"},
		{"preview --proof", "longest \"Name <voll> (name)\", 3 characters"},
		{"preview --proof", "longest \"Titel (title)\" of \"books\", 10 characters"},
		{"confirm anna town --source S --date 2020", "Ort (town) was seen in "}};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		assert_holds(run(desk, said[i][0]).out, said[i][1]);
}

static void what_cannot_be_done_says_it_too(void **state)
{
	struct desk *desk = *state;
	scratch_write(&desk->scratch, "recipients/anna.csv", "town\nRye\n");
	assert_holds(run(desk, "check -r recipients/anna.csv 2>&1").out,
		"no column for field \"Name <voll> (name)\"");
	scratch_write(&desk->scratch, "recipients/anna.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name> </name></recipient>");
	assert_holds(run(desk, "check 2>&1").out, "field \"Name <voll> (name)\" is required");
}

/* Neither written again, nor of other bytes, nor without its approval. */
static void no_letter_changes_by_a_label(void **state)
{
	struct desk *desk = *state;
	scratch_write(&desk->scratch, "templates/letter.xml", plain);
	assert_int_equal(run(desk, "batch --no-sign -q").code, 0);
	assert_int_equal(run(desk, "approve -q anna --by Anna").code, 0);
	struct str before = read_bytes(
		desk->scratch.arena, scratch_path(&desk->scratch, "out/anna.pdf"));
	scratch_write(&desk->scratch, "templates/letter.xml", labelled);
	assert_holds(run(desk, "status --no-sign --approved-only 2>&1").out, "2 unchanged");
	assert_int_equal(
		run(desk, "batch --no-sign -q --approved-only --force --only anna").code, 0);
	struct str after = read_bytes(
		desk->scratch.arena, scratch_path(&desk->scratch, "out/anna.pdf"));
	assert_true(before.len > 0 && str_eq(before, after));
}

/* -- the desk ---------------------------------------------------------------------------------- */

#define TOWN "Ort <code class=\"name\">town</code>"
#define NAME "Name &lt;voll&gt; <code class=\"name\">name</code>"

static void the_desk_calls_a_field_as_people_do(void **state)
{
	static const char *const shown[] = {"<li><b>" TOWN "</b> <small>recalled</small>",
		"<dt>" NAME " <small>inferred</small>", "<label>The words of " NAME "<textarea",
		"<label>Where you have seen " TOWN ": an address",
		"<dt>Titel <code class=\"name\">books.title</code>"};
	struct desk *desk = *state;
	struct str page = desk_fetch(desk, "letter/anna");
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		assert_holds(page, shown[i]);
	int at = str_find(page, "name=\"v\" value=\"");
	struct str rest = str_slice(page, at + 16, page.len), version;
	assert_true(at > 0 && str_split(&rest, '"', &version));
	const char *form =
		str_format(desk->scratch.arena, "v=%.*s&fact=1&words=York", str_arg(version)).at;
	assert_holds(desk_send(desk, "edit/anna", form), " 303 ");
	page = desk_fetch(desk, "letter/anna");
	assert_holds(page,
		"<input type=\"hidden\" name=\"step\" value=\"1\"><p>Changed here: <b>" TOWN
		"</b>");
	assert_holds(desk_send(desk, "undo/anna", "step=1"), " 303 ");
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(commands_say_label_and_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_cannot_be_done_says_it_too, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_letter_changes_by_a_label, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_desk_calls_a_field_as_people_do, set_up_served, tear_down_served),
	};
	program = count > 1 ? arguments[1] : "lettermerge";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
