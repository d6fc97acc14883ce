/* Bad input through the program itself: each case breaks one file of a small project of three
 * letters, and names what the program says, how it ends, and which letters are written all the
 * same. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program; /* from the command line */

#define LETTER(attributes, fields, blocks)                                                \
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" " attributes ">\n" \
	"<title>Letter</title>\n"                                                         \
	"<fields><declare name=\"name\" type=\"text\"/>" fields "</fields>\n" blocks      \
	"\n</letter>\n"
#define RECORD(attributes, fields)                                                  \
	"<recipient xmlns=\"urn:lettermerge:recipient:1\" " attributes ">\n" fields \
	"\n</recipient>\n"
#define DEAR "<salutation>Dear <field name=\"name\"/>,</salutation>"

static const char all[] = "a.pdf\nb.pdf\nc.pdf\n", others[] = "a.pdf\nc.pdf\nfailed.json\n",
		  none[] = "", no_pdf[] = "failed.json\n";

static const struct finding {
	const char *name, *file, *text;
	const char *says; /* on stderr, with file, line and column */
	int code;
	const char *letters;
} findings[] = {
	{"template not well-formed", "templates/letter.xml", LETTER("", "", "<p>" DEAR),
		"templates/letter.xml:", 1, none},
	{"unknown element", "templates/letter.xml", LETTER("", "", "<salutaton>x</salutaton>" DEAR),
		"templates/letter.xml:4:1: error:", 1, none},
	{"undeclared field", "templates/letter.xml",
		LETTER("", "", "<p><field name=\"nam\"/></p>" DEAR), "hint: did you mean \"name\"?",
		1, none},
	{"required field missing", "recipients/b.xml", RECORD("", "<!-- nothing -->"),
		"in: recipients/b.xml", 1, others},
	{"required field blank", "recipients/b.xml", RECORD("", "<name>  </name>"),
		"templates/letter.xml:4:18: error: field \"name\" is required but blank in line 2 "
		"of the record",
		1, others},
	{"id used twice", "recipients/b.xml", RECORD("id=\"a\"", "<name>Bea</name>"),
		"recipients/b.xml:1:", 1, others},
	{"id that leaves the folder", "recipients/b.xml", RECORD("id=\"../x\"", "<name>Bea</name>"),
		"recipients/b.xml:1:", 1, others},
	{"not UTF-8", "recipients/b.xml", RECORD("", "<name>Be\xE9</name>"),
		"recipients/b.xml:2:9: error: byte 0xE9 is not UTF-8", 1, others},
	{"document type declaration", "recipients/b.xml",
		"<!DOCTYPE x [<!ENTITY e SYSTEM \"/etc/passwd\">]>\n" RECORD(
			"", "<name>&e;</name>"),
		"recipients/b.xml:1:1: error:", 1, others},
	{"unknown entity", "recipients/b.xml", RECORD("", "<name>Be&eacute;</name>"),
		"recipients/b.xml:2:", 1, others},
	{"character that no font has", "recipients/b.xml",
		RECORD("", "<name>B\xF0\x93\x80\x80</name>"), "U+13000", 1, others},
	{"font that is not installed", "templates/style.xml",
		"<style xmlns=\"urn:lettermerge:style:1\"><text family=\"No Such Face\"/></style>",
		"No Such Face", 1, none},
	{"picture that is not there", "templates/letter.xml",
		LETTER("style=\"style.xml\"", "", "<image src=\"no.png\" alt=\"x\"/>" DEAR),
		"templates/letter.xml:4:1: error: cannot read the picture", 1, no_pdf},
	{"picture that is none", "templates/letter.xml",
		LETTER("style=\"style.xml\"", "", "<image src=\"style.xml\" alt=\"x\"/>" DEAR),
		"hint: write <svg xmlns=", 1, no_pdf},
	{"style outside the folder", "templates/letter.xml", LETTER("style=\"../x.xml\"", "", DEAR),
		"hint: write a file in the template's folder or below it", 1, none},
	{"style that is not there", "templates/letter.xml", LETTER("style=\"no.xml\"", "", DEAR),
		"cannot read \"templates/no.xml\"", 3, none},
	{"nothing wrong", "recipients/b.xml", RECORD("", "<name>Bea</name>"), "", 0, all},
};

static struct scratch make_project(void)
{
	struct scratch project = scratch_new();
	scratch_write(&project, "templates/letter.xml", LETTER("style=\"style.xml\"", "", DEAR));
	scratch_write(&project, "templates/style.xml",
		"<style xmlns=\"urn:lettermerge:style:1\"><text family=\"Liberation "
		"Sans\"/></style>");
	scratch_write(&project, "recipients/a.xml", RECORD("", "<name>Ann</name>"));
	scratch_write(&project, "recipients/b.xml", RECORD("", "<name>Bea</name>"));
	scratch_write(&project, "recipients/c.xml", RECORD("", "<name>Cai</name>"));
	return project;
}

static void a_finding_stops_its_letter_alone(void **state)
{
	const struct finding *finding = *state;
	struct scratch project = make_project();
	scratch_write(&project, finding->file, finding->text);
	struct outcome run = run_in(project.arena, project.dir, "'%s' batch --no-sign", program);
	assert_holds(run.err, finding->says);
	if (*finding->says && finding->code == 1)
		assert_holds(run.err, "hint: ");
	assert_int_equal(run.code, finding->code);
	assert_string_equal(
		list_folder(project.arena, scratch_path(&project, "out")).at, finding->letters);
	scratch_free(&project);
}

static void json_findings_are_one_object_a_line(void **state)
{
	(void)state;
	struct scratch project = make_project();
	scratch_write(&project, "recipients/b.xml", RECORD("", "<name> </name>"));
	struct outcome run = run_in(
		project.arena, project.dir, "'%s' batch --no-sign -q --diag=json", program);
	struct str line, rest = run.err;
	int lines = 0;
	while (str_split(&rest, '\n', &line) && str_starts(line, "{\"severity\":\"")) {
		assert_true(str_ends(line, "}"));
		lines++;
	}
	assert_true(lines >= 1);
	assert_true(str_starts(line, "{\"counts\":{\"errors\":"));
	assert_int_equal(rest.len, 0);
	assert_holds(run.err,
		"\"file\":\"templates/"
		"letter.xml\",\"line\":4,\"column\":18,\"record\":\"recipients/b.xml\"");
	scratch_free(&project);
}

static void a_full_disk_leaves_the_old_letters(void **state)
{
	(void)state;
	struct scratch project = make_project();
	run_in(project.arena, project.dir, "'%s' batch --no-sign", program);
	struct str before = read_bytes(project.arena, scratch_path(&project, "out/a.pdf"));
	assert_non_null(before.at);
	scratch_write(&project, "recipients/a.xml", RECORD("", "<name>Another name</name>"));
	struct outcome run = run_in(project.arena, project.dir,
		"trap '' XFSZ; ulimit -f 1; '%s' batch --no-sign 2>&1 | cat; exit 0", program);
	assert_holds(run.out, "cannot write \"out/a.pdf\"");
	struct str after = read_bytes(project.arena, scratch_path(&project, "out/a.pdf"));
	assert_true(str_eq(before, after));
	assert_string_equal(run_in(project.arena, project.dir,
				    "ls -A out | grep -v -e pdf -e run.json -e lettermerge.db -e "
				    "lettermerge.lock")
				    .out.at,
		"");
	scratch_free(&project);
}

static void a_folder_that_cannot_be_written_is_the_systems_fault(void **state)
{
	(void)state;
	struct scratch project = make_project();
	scratch_write(&project, "blocked", "a file, not a folder");
	struct outcome run = run_in(
		project.arena, project.dir, "'%s' batch --no-sign -o blocked/out", program);
	assert_int_equal(run.code, 3);
	assert_holds(run.err, "cannot write \"blocked/out\": Not a directory");
	scratch_free(&project);
}

/* Libraries that are loaded when they are needed: a file that is none stands in their place. */
static void a_library_that_is_not_there_is_named(void **state)
{
	(void)state;
	static const char *const commands[][2] = {
		{"serve --no-sign -q", "the library libmicrohttpd12 is not installed"},
		{"batch --no-sign --archive letters.tar",
			"the library libarchive13 is not installed"}};
	struct scratch project = make_project();
	scratch_write(&project, "libs/libmicrohttpd.so.12", "");
	scratch_write(&project, "libs/libarchive.so.13", "");
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		struct outcome run = run_in(project.arena, project.dir,
			"LD_LIBRARY_PATH=libs '%s' %s", program, commands[i][0]);
		assert_int_equal(run.code, 3);
		assert_holds(run.err, commands[i][1]);
		assert_holds(run.err, "E-LIBRARY");
	}
	assert_int_equal(run_in(project.arena, project.dir,
				 "LD_LIBRARY_PATH=libs '%s' batch --no-sign -q", program)
				 .code,
		0);
	scratch_free(&project);
}

int main(int argc, char **argv)
{
	enum { FINDINGS = sizeof findings / sizeof *findings, OTHERS = 4 };
	struct CMUnitTest tests[FINDINGS + OTHERS] = {
		cmocka_unit_test(json_findings_are_one_object_a_line),
		cmocka_unit_test(a_full_disk_leaves_the_old_letters),
		cmocka_unit_test(a_folder_that_cannot_be_written_is_the_systems_fault),
		cmocka_unit_test(a_library_that_is_not_there_is_named),
	};
	for (int i = 0; i < FINDINGS; i++)
		tests[OTHERS + i] = (struct CMUnitTest){.name = findings[i].name,
			.test_func = a_finding_stops_its_letter_alone,
			.initial_state = (void *)(uintptr_t)&findings[i]};
	program = argc > 1 ? argv[1] : "lettermerge";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
