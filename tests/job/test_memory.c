/* Two letters that are there and are to be written anew, and somewhere in that run an allocation
 * that finds no memory, in the program or in a library: either it ends with code 3, each letter the
 * old or the new one, or with 0, and all are new. A second run then makes all new, and the list of
 * the run is good.
 *
 * test_memory PROGRAM ALLOC_AT COUNT: so many of the allocations, chosen by a seed; 0: all. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *alloc_at; /* from the command line */
static long wanted;
static struct scratch project;

static const char *const letters[] = {"out/ann.pdf", "out/bea.pdf"};
static struct str old[2], new[2];

static void write_template(const char *words)
{
	scratch_write(&project, "templates/letter.xml",
		str_format(project.arena,
			"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" "
			"date=\"2020-10-13\"><title>Letter</title><fields><declare name=\"name\"/>"
			"</fields><salutation>Dear <field name=\"name\"/>,</salutation>"
			"<p>%s, extraordinarily hyphenated, with <em>emphasis</em> and <strong>"
			"strength</strong>, for <field name=\"name\"/>.</p></letter>",
			words)
			.at);
}

static struct outcome batch(const char *before)
{
	return run_in(project.arena, project.dir,
		"%s SOURCE_DATE_EPOCH=1602547200 '%s' batch -q --jobs 1 --identity identity.pem",
		before, program);
}

static void read_letters(struct str into[2])
{
	for (int i = 0; i < 2; i++) {
		into[i] = read_bytes(project.arena, scratch_path(&project, letters[i]));
		assert_non_null(into[i].at);
	}
}

/* RSA signs the same bytes alike. */
static int write_project(void **state)
{
	(void)state;
	project = scratch_new();
	struct outcome made = run_in(project.arena, project.dir,
		"umask 077; openssl req -x509 -nodes -subj '/CN=TEST memory' -days 30 -newkey "
		"rsa:2048 -addext basicConstraints=critical,CA:FALSE "
		"-addext keyUsage=digitalSignature,nonRepudiation -keyout key -out root.pem && "
		"cat key root.pem >identity.pem");
	assert_int_equal(made.code, 0);
	scratch_write(&project, "recipients/ann.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Ann</name></recipient>");
	scratch_write(&project, "recipients/bea.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Bea</name></recipient>");
	write_template("Before");
	assert_int_equal(batch("").code, 0);
	read_letters(old);
	run_in(project.arena, project.dir, "cp -a out kept");
	write_template("After");
	return 0;
}

static int remove_project(void **state)
{
	(void)state;
	scratch_free(&project);
	return 0;
}

static void put_back(void)
{
	run_in(project.arena, project.dir, "rm -rf out && cp -a kept out");
}

/* How many allocations the run makes; it also says what the new letters are. */
static long count_allocations(void)
{
	put_back();
	const char *before =
		str_format(project.arena, "LETTERMERGE_ALLOCS=allocs LD_PRELOAD='%s'", alloc_at).at;
	assert_int_equal(batch(before).code, 0);
	read_letters(new);
	return atol(read_bytes(project.arena, scratch_path(&project, "allocs")).at);
}

/* Gives how the run ended. */
static int fail_one(long number)
{
	struct str now[2];
	put_back();
	const char *before = str_format(
		project.arena, "LETTERMERGE_ALLOC=%ld LD_PRELOAD='%s'", number, alloc_at)
				     .at;
	struct outcome run = batch(before);
	if (run.code != 0 && run.code != 3)
		fail_msg("allocation %ld: ended with %d: %s", number, run.code, run.err.at);
	int code = run.code;
	read_letters(now);
	for (int i = 0; i < 2; i++)
		if (!str_eq(now[i], new[i]) && (run.code == 0 || !str_eq(now[i], old[i])))
			fail_msg("allocation %ld: %s is another letter, code %d", number,
				letters[i], run.code);
	run = batch("");
	if (run.code != 0)
		fail_msg("after allocation %ld: ended with %d: %s", number, run.code, run.err.at);
	read_letters(now);
	assert_true(str_eq(now[0], new[0]) && str_eq(now[1], new[1]));
	run = run_in(
		project.arena, project.dir, "'%s' verify --trust root.pem --manifest out", program);
	if (run.code != 0)
		fail_msg("after allocation %ld: %s", number, run.out.at);
	return code;
}

static void without_memory_it_ends_with_3_or_makes_the_right_letters(void **state)
{
	(void)state;
	long all = count_allocations(), count = wanted ? wanted : all;
	long ended = 0;
	uint64_t seed = 0x9E3779B97F4A7C15u;
	print_message("# %ld of %ld allocations\n", count, all);
	assert_true(all > 1000);
	for (long i = 0; i < count; i++) {
		struct arena_mark mark = arena_save(project.arena);
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		ended += fail_one(wanted ? 1 + (long)((seed >> 33) % (uint64_t)all) : i + 1) == 3;
		arena_restore(project.arena, mark);
	}
	print_message("# %ld of them ended the program\n", ended);
	assert_true(ended > count / 2);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_memory_it_ends_with_3_or_makes_the_right_letters),
	};
	if (argc < 4)
		return 2;
	program = argv[1];
	alloc_at = argv[2];
	wanted = atol(argv[3]);
	return cmocka_run_group_tests(tests, write_project, remove_project);
}
