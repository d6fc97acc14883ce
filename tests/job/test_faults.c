/* Two letters that are there and are to be written anew, and somewhere in that run one fault: an
 * allocation that finds no memory, in the program or in a library; a call that changes the disk, or
 * reads from it, and fails; a signal just before one. Either the run ends with 0 and both letters
 * are new, or it says that it did not, by code 3 or the signal's, and each letter is the old or the
 * new one, never another. A second run then makes both new, leaves nothing beside, and its list is
 * good and whole.
 *
 * test_faults KILL_AT ALLOC_AT COUNT PROGRAM: of each fault so many moments, chosen by a seed; 0:
 * all. Allocations are then tried in copies of one run, which may end with code 3 and do nothing
 * else: so they leave the folder as a kill does, before the next call that changes something. Where
 * a copy did otherwise, a run of its own follows. ALLOC_AT "": memory is always found. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <dirent.h>

static const char *program, *kill_at, *alloc_at; /* from the command line */
static long wanted;

static const struct fault {
	const char *name;
	bool memory; /* by alloc_at, else by kill_at */
	int code;    /* that says that the run did not come to its end */
	const char *by;
} faults[] = {
	{"memory that is not found", true, 3, ""},
	{"a killed run", false, 128 + 9, "KILL"},
	{"an interrupted run", false, 128 + 2, "INT"},
	{"a run that is asked to end", false, 128 + 15, "TERM"},
	{"a terminal that is closed", false, 128 + 1, "HUP"},
	{"a disk that fails", false, 3, "EIO"},
	{"a full disk", false, 3, "ENOSPC"},
	{"a disk that cannot be read", false, 3, "READ"},
};

static struct scratch project;

static const char *const letters[] = {"out/ann.pdf", "out/bea.pdf"};
static struct str old[2], new[2];
static uint64_t kept; /* the state of the folder before */
static struct arena *states;
static vec(uint64_t) healed; /* states that a second run made whole */

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

/* A hash of all that is in the folder, names and bytes. */
static uint64_t folder_state(void)
{
	struct dirent **entries;
	uint64_t state = 0;
	int count = scandir(scratch_path(&project, "out"), &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		struct str name = str_of(entries[i]->d_name);
		struct str path = path_join(project.arena, str_lit("out"), name);
		struct str bytes = read_bytes(project.arena, scratch_path(&project, path.at));
		state = (state * 31 + str_hash(name)) * 31 + (bytes.at ? str_hash(bytes) : 0);
		free(entries[i]);
	}
	assert_true(count > 0);
	free(entries);
	return state;
}

/* RSA signs the same bytes alike. */
static int write_project(void **state)
{
	(void)state;
	project = scratch_new();
	states = arena_new();
	struct outcome made = run_in(project.arena, project.dir,
		"umask 077; openssl req -x509 -nodes -subj '/CN=TEST faults' -days 30 -newkey "
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
	kept = folder_state();
	write_template("After");
	return 0;
}

static int remove_project(void **state)
{
	(void)state;
	arena_free(states);
	scratch_free(&project);
	return 0;
}

static void put_back(void)
{
	if (folder_state() != kept)
		run_in(project.arena, project.dir, "rm -rf out && cp -a kept out");
}

/* The environment of a run with the fault at that moment; with 0 it counts the moments, or tries
 * all of memory. */
static const char *with(const struct fault *fault, long number)
{
	if (fault->memory)
		return str_format(project.arena,
			"LD_PRELOAD='%s' LETTERMERGE_ALLOC=%s LETTERMERGE_ALLOCS=moments "
			"LETTERMERGE_ALLOC_OTHERS=others",
			alloc_at,
			number           ? str_format(project.arena, "%ld", number).at
				: wanted ? "0"
					 : "each")
			.at;
	return str_format(project.arena,
		"ASAN_OPTIONS=verify_asan_link_order=0:$ASAN_OPTIONS LD_PRELOAD='%s' "
		"LETTERMERGE_KILL_AT=%ld LETTERMERGE_KILL_BY=%s LETTERMERGE_KILL_CALLS=moments",
		kill_at, number, fault->by)
		.at;
}

/* How many moments there are; it also says what the new letters are. */
static long count_moments(const struct fault *fault)
{
	put_back();
	assert_int_equal(batch(with(fault, 0)).code, 0);
	read_letters(new);
	run_in(project.arena, project.dir, "ls -A out >whole");
	return atol(read_bytes(project.arena, scratch_path(&project, "moments")).at);
}

/* -- which moments */

typedef vec(long) moments;

static void add_moment(moments *chosen, long number)
{
	*vec_push(states, chosen) = number;
}

/* From each of as many parts of the run one. */
static void add_by_seed(moments *chosen, long all)
{
	uint64_t seed = 0x9E3779B97F4A7C15u;
	for (long i = 0; i < wanted; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		add_moment(chosen, 1 + (i * all + (long)((seed >> 33) % (uint64_t)all)) / wanted);
	}
}

/* Those whose copies did not end at once. */
static void add_others(moments *chosen)
{
	struct str numbers = read_bytes(states, scratch_path(&project, "others"));
	char *rest;
	for (const char *at = numbers.at; *at; at = rest + 1)
		add_moment(chosen, strtol(at, &rest, 10));
}

static moments choose(const struct fault *fault, long all)
{
	moments chosen = {0};
	if (wanted)
		add_by_seed(&chosen, all);
	else if (fault->memory)
		add_others(&chosen);
	for (long i = 1; !wanted && !fault->memory && i <= all; i++)
		add_moment(&chosen, i);
	return chosen;
}

/* -- one moment */

static void each_letter_is_old_or_new(const struct fault *fault, long number, int code)
{
	struct str now[2];
	read_letters(now);
	for (int i = 0; i < 2; i++)
		if (!str_eq(now[i], new[i]) && (code == 0 || !str_eq(now[i], old[i])))
			fail_msg("%s at %ld: %s is another letter, code %d", fault->name, number,
				letters[i], code);
}

/* What a second run makes of it. */
static void it_heals(const struct fault *fault, long number)
{
	struct outcome run = batch("");
	if (run.code != 0)
		fail_msg("after %s at %ld: ended with %d: %s", fault->name, number, run.code,
			run.err.at);
	each_letter_is_old_or_new(fault, number, 0);
	run = run_in(project.arena, project.dir,
		"ls -A out | diff whole - && '%s' verify --strict --trust root.pem --manifest out",
		program);
	if (run.code != 0 ||
		str_find(run.out, "\n  2 letters as recorded, 0 different, 0 not there\n") < 0)
		fail_msg("after %s at %ld: %s", fault->name, number, run.out.at);
}

static bool was_healed(uint64_t state)
{
	int i = 0;
	while (i < healed.len && healed.at[i] != state)
		i++;
	return i < healed.len;
}

/* Whether the fault ended the run. What is left after most of them was left by another before. */
static bool fail_at(const struct fault *fault, long number)
{
	put_back();
	struct outcome run = batch(with(fault, number));
	if (run.code != 0 && run.code != fault->code)
		fail_msg("%s at %ld: ended with %d: %s", fault->name, number, run.code, run.err.at);
	each_letter_is_old_or_new(fault, number, run.code);
	uint64_t state = folder_state();
	if (!was_healed(state)) {
		it_heals(fault, number);
		*vec_push(states, &healed) = state;
	}
	return run.code != 0;
}

static void at_any_moment_nothing_is_lost_and_the_next_run_heals_it(void **state)
{
	const struct fault *fault = *state;
	if (fault->memory && !*alloc_at) {
		print_message("# memory: not beside a sanitizer's own\n");
		return;
	}
	long all = count_moments(fault);
	moments chosen = choose(fault, all);
	long tried = wanted ? chosen.len : all, ended = tried - chosen.len;
	for (int i = 0; i < chosen.len; i++) {
		struct arena_mark mark = arena_save(project.arena);
		ended += fail_at(fault, chosen.at[i]);
		arena_restore(project.arena, mark);
	}
	print_message(
		"# %s: %ld of %ld moments, %ld ended the run\n", fault->name, tried, all, ended);
	/* A few reads by chance may all be of what a run can do without, as a cache of fonts. */
	assert_true(all > 20 && (ended > 0 || (wanted && strcmp(fault->by, "READ") == 0)));
}

int main(int argc, char **argv)
{
	enum { FAULTS = sizeof faults / sizeof *faults };
	struct CMUnitTest tests[FAULTS];
	if (argc != 5)
		return 2;
	kill_at = plain_link(argv[1]);
	alloc_at = *argv[2] ? plain_link(argv[2]) : "";
	wanted = atol(argv[3]);
	program = argv[4];
	for (int i = 0; i < FAULTS; i++)
		tests[i] = (struct CMUnitTest){.name = faults[i].name,
			.test_func = at_any_moment_nothing_is_lost_and_the_next_run_heals_it,
			.initial_state = without_const(&faults[i])};
	return cmocka_run_group_tests(tests, write_project, remove_project);
}
