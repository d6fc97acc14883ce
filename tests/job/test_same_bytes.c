/* Same input, same bytes: two runs, one and two workers, another folder, time zone and locale, the
 * recipients in another order or alone. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *root; /* from the command line */

static const struct variant {
	const char *name,
		*command; /* its first %s is the program, the second the folder to write to */
} variants[] = {
	{"a second run", "'%s' batch --no-sign -q -o %s"},
	{"two workers", "'%s' batch --no-sign -q -j 2 -o %s"},
	{"seven workers", "'%s' batch --no-sign -q -j 7 -o %s"},
	{"another time zone and locale",
		"TZ=Pacific/Auckland LC_ALL=tr_TR.UTF-8 '%s' batch --no-sign -q -o %s"},
	{"another folder",
		"cd / && '%s' batch --no-sign -q -t \"$OLDPWD/templates/vru-letter.xml\" -r "
		"\"$OLDPWD/recipients\" -o %s"},
	{"recipients in another order",
		"'%s' batch --no-sign -q --only "
		"west-yorkshire,sussex,essex,kent,london,hampshire,lancashire,northumbria,"
		"leicestershire,merseyside,nottinghamshire,greater-manchester,bedfordshire,thames-"
		"valley,"
		"west-midlands,south-wales,south-yorkshire,avon-and-somerset -o %s"},
};

static struct scratch scratch;

static int write_reference(void **state)
{
	(void)state;
	scratch = scratch_new();
	struct outcome run = run_in(scratch.arena, root,
		"'%s' batch --no-sign -q -j 1 -o '%s/reference'", program, scratch.dir);
	return run.code;
}

static int remove_reference(void **state)
{
	(void)state;
	scratch_free(&scratch);
	return 0;
}

static void same_bytes(void **state)
{
	const struct variant *variant = *state;
	struct arena *arena = scratch.arena;
	const char *out = scratch_path(&scratch, "other");
	struct str command = command_format(arena, variant->command, program, out);
	struct outcome run = run_in(arena, root, "rm -rf '%s'; %s", out, command.at);
	assert_int_equal(run.code, 0);
	struct outcome diff = run_in(arena, scratch.dir,
		"diff -rq -x '.letter*' -x run.json reference other && ls -I run.json other | wc "
		"-l");
	assert_int_equal(diff.code, 0);
	assert_int_equal(atoi(diff.out.at), 18);
}

static void a_letter_made_alone_is_the_same(void **state)
{
	(void)state;
	struct outcome run = run_in(scratch.arena, root,
		"rm -rf '%s/alone'; '%s' batch --no-sign -q --only kent -o '%s/alone' && "
		"cmp '%s/alone/kent.pdf' '%s/reference/kent.pdf'",
		scratch.dir, program, scratch.dir, scratch.dir, scratch.dir);
	assert_int_equal(run.code, 0);
}

static void the_epoch_is_an_input(void **state)
{
	(void)state;
	struct outcome run = run_in(scratch.arena, root,
		"SOURCE_DATE_EPOCH=86400 '%s' batch --no-sign -q --only kent -o '%s/epoch' && "
		"grep -a -c 'D:19700102000000' '%s/epoch/kent.pdf'",
		program, scratch.dir, scratch.dir);
	assert_int_equal(run.code, 0);
	run = run_in(scratch.arena, root,
		"SOURCE_DATE_EPOCH=soon '%s' batch --no-sign -q -o '%s/epoch'", program,
		scratch.dir);
	assert_int_equal(run.code, 1);
}

int main(int argc, char **argv)
{
	enum { VARIANTS = sizeof variants / sizeof *variants, OTHERS = 2 };
	struct CMUnitTest tests[VARIANTS + OTHERS] = {
		cmocka_unit_test(a_letter_made_alone_is_the_same),
		cmocka_unit_test(the_epoch_is_an_input),
	};
	for (int i = 0; i < VARIANTS; i++)
		tests[OTHERS + i] = (struct CMUnitTest){.name = variants[i].name,
			.test_func = same_bytes,
			.initial_state = (void *)(uintptr_t)&variants[i]};
	program = argc > 1 ? argv[1] : "lettermerge";
	root = argc > 2 ? argv[2] : ".";
	return cmocka_run_group_tests(tests, write_reference, remove_reference);
}
