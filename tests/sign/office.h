/* office.h - an office of three letters, for tests whose cases are shell commands: $L stands for
 * the program, $B for a batch, $S for one of a part, $J for the join, $V for verify of the list $M,
 * $O for verify of a letter, $ROOT for what is trusted. */
#ifndef TESTS_OFFICE_H
#define TESTS_OFFICE_H

#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program; /* from the command line */
static struct scratch identity;

struct row {
	const char *name, *command, *says;
};

static struct scratch make_project(void)
{
	static const char *const names[] = {"Ann", "Bea", "Cis"};
	struct scratch project = scratch_new();
	scratch_write(&project, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"2020-10-13\">"
		"<title>Letter</title><fields><declare name=\"name\"/></fields>"
		"<salutation>Dear <field name=\"name\"/>,</salutation><p>Words.</p></letter>");
	scratch_write(&project, "s.xml",
		"<style xmlns=\"urn:lettermerge:style:1\"><text size=\"12pt\"/></style>");
	for (int i = 0; i < 3; i++)
		scratch_write(&project,
			str_format(project.arena, "recipients/%c%s.xml", names[i][0] | ' ',
				names[i] + 1)
				.at,
			str_format(project.arena,
				"<recipient xmlns=\"urn:lettermerge:recipient:1\">"
				"<name>%s</name></recipient>",
				names[i])
				.at);
	return project;
}

/* What three commands say, one after the other, in a new project. */
static struct str said(const char *before, const struct row *row, const char *behind)
{
	static struct scratch project;
	if (project.arena)
		scratch_free(&project);
	project = make_project();
	return run_in(project.arena, project.dir,
		"cp -r '%s/config' .; export XDG_CONFIG_HOME=$PWD/config; L='%s' "
		"M=out/manifest.json; "
		"ROOT=config/lettermerge/identity-root.pem; B=\"$L batch -q\"; "
		"V=\"$L verify --trust $ROOT --manifest out\"; "
		"O=\"$L verify --trust $ROOT out/bea.pdf\"; "
		"S=\"$B --shard\" J=\"$L merge-record\"; { %s\n%s\n%s; } 2>&1",
		identity.dir, program, before, row->command, behind)
		.out;
}

/* One after the other, in a list of tests that has room. */
static void add_rows(struct CMUnitTest *tests, int *count, const struct row *rows, size_t len,
	CMUnitTestFunction function)
{
	for (size_t i = 0; i < len; i++)
		tests[(*count)++] = (struct CMUnitTest){
			rows[i].name, function, NULL, NULL, (void *)(uintptr_t)&rows[i]};
}
#define ADD(rows, function) add_rows(tests, &count, rows, sizeof rows / sizeof *(rows), function)

static int make_identity(void **state)
{
	(void)state;
	identity = scratch_new();
	return run_in(identity.arena, identity.dir,
		"XDG_CONFIG_HOME=$PWD/config '%s' identity new Office", program)
		.code;
}

static int remove_identity(void **state)
{
	(void)state;
	scratch_free(&identity);
	return 0;
}

/* tests: an array with its first count filled. */
#define RUN(argc, argv)                                                \
	(program = (argc) > 1 ? plain_link((argv)[1]) : "lettermerge", \
		_cmocka_run_group_tests(                               \
			"tests", tests, (size_t)count, make_identity, remove_identity))

#endif
