/* A folder of letters from run to run: what stands beside them, what failed, what is gone, whose it
 * is, and how its parts are joined. */
#include "three.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program; /* from the command line */

static void a_letter_without_recipient_goes_with_prune_alone(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q --also text,html", program);
	run_in(arena, project.dir, "rm recipients/b.xml");
	struct outcome run = run_in(arena, project.dir, "'%s' batch --no-sign", program);
	assert_holds(run.err, "1 letter in out without a recipient, remove with --prune");
	run_in(arena, project.dir, "'%s' batch --no-sign --prune --only a", program);
	assert_string_equal(list_folder(arena, scratch_path(&project, "out")).at,
		"a.html\na.pdf\na.txt\nb.html\nb.pdf\nb.txt\nc.html\nc.pdf\nc.txt\n");
	run_in(arena, project.dir, "cp recipients/c.xml c; echo '<' >recipients/c.xml");
	run_in(arena, project.dir, "'%s' batch --no-sign --prune; mv c recipients/c.xml", program);
	assert_true(file_exists(scratch_path(&project, "out/b.pdf")));
	run = run_in(arena, project.dir, "'%s' batch --no-sign --prune", program);
	assert_holds(run.out, "0 letters written to out, 2 unchanged, 0 failed, 1 removed");
	assert_string_equal(list_folder(arena, scratch_path(&project, "out")).at,
		"a.html\na.pdf\na.txt\nc.html\nc.pdf\nc.txt\n");
	scratch_free(&project);
}

/* A note that came with a value stands among the template's words, behind the full stop. */
#define CAKE(of) "<name>Dee</name><prize>a cake<note>" of "</note></prize>"

static void words_of_a_letter_that_is_gone_leave_the_record(void **state)
{
	(void)state;
	struct scratch project = make_project();
	scratch_write(&project, "recipients/d.xml", RECORD(CAKE("Wickersley")));
	scratch_write(&project, "recipients/e.xml", RECORD(CAKE("Ely")));
	struct outcome run = run_in(project.arena, project.dir,
		"'%s' batch --no-sign -q; strings out/.lettermerge.db | grep -c Wickersley; "
		"rm recipients/d.xml; '%s' batch --no-sign -q --prune; "
		"grep -c Wickersley out/.lettermerge.db; sed -i s/Ely/York/ recipients/e.xml; "
		"'%s' diff e",
		program, program, program);
	assert_true(str_starts(run.out, "1\n0\n"));
	assert_holds(run.out, "  You have won a cake. [-[Ely]-] {+[York]+}\n");
	scratch_free(&project);
}

static void twins_are_kept_up_to_date(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q --also text", program);
	run_in(arena, project.dir, "sed -i s/Bea/Bee/ recipients/b.xml; '%s' batch --no-sign -q",
		program);
	assert_holds(read_bytes(arena, scratch_path(&project, "out/b.txt")), "Dear Bee,");
	run_in(arena, project.dir, "rm out/b.txt; '%s' batch --no-sign -q", program);
	assert_false(file_exists(scratch_path(&project, "out/b.txt")));
	struct outcome run = run_in(arena, project.dir, "'%s' status --also text", program);
	assert_holds(run.out, "out/b.pdf: to be written: out/b.txt is missing");
	scratch_free(&project);
}

/* What is attached holds more than what is printed. */
static void attached_sources_are_kept_up_to_date(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q", program);
	struct outcome run = run_in(arena, project.dir, "'%s' status --attach-source", program);
	assert_int_equal(count_lines(run.out, "attached sources is new"), 3);
	run_in(arena, project.dir, "'%s' batch --no-sign -q --attach-source", program);
	run_in(arena, project.dir, "sed -i 's:</name>:</name><town>Bath</town>:' recipients/a.xml");
	run = run_in(arena, project.dir, "'%s' status --attach-source", program);
	assert_holds(run.out, "out/a.pdf: to be written: attached record changed\n");
	assert_int_equal(count_lines(run.out, "to be written:"), 1);
	scratch_free(&project);
}

static void failed_letters_are_listed_until_they_are_made(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q", program);
	scratch_write(&project, "recipients/b.xml", RECORD("<name> </name>"));
	struct outcome run = run_in(arena, project.dir, "'%s' batch --no-sign", program);
	assert_int_equal(run.code, 1);
	const char *list = scratch_path(&project, "out/failed.json");
	assert_holds(read_bytes(arena, list),
		"{\"id\":\"b\",\"record\":\"recipients/b.xml\","
		"\"findings\":[{\"severity\":\"error\"");
	assert_true(file_exists(scratch_path(&project, "out/b.pdf")));
	run_in(arena, project.dir, "'%s' batch --no-sign -q --only a", program);
	assert_holds(read_bytes(arena, list), "\"id\":\"b\"");
	scratch_write(&project, "recipients/b.xml", RECORD("<name>Bea</name>"));
	run = run_in(arena, project.dir, "'%s' batch --no-sign", program);
	assert_holds(run.out, "1 letter written");
	assert_false(file_exists(list));
	scratch_free(&project);
}

static void a_second_run_says_so_and_stops(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q; echo 4711 >out/.lettermerge.lock",
		program);
	struct outcome run = run_in(
		arena, project.dir, "flock out/.lettermerge.lock '%s' batch --no-sign", program);
	assert_int_equal(run.code, 3);
	assert_holds(run.err, "another run is at work in \"out\" (process 4711), nothing was done");
	scratch_free(&project);
}

static void a_damaged_record_is_told_and_can_be_removed(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q; echo damaged >out/.lettermerge.db",
		program);
	struct outcome run = run_in(arena, project.dir, "'%s' batch --no-sign", program);
	assert_int_equal(run.code, 3);
	assert_holds(run.err, "the record \"out/.lettermerge.db\" is damaged");
	assert_holds(run.err, "hint: rm out/.lettermerge.db");
	run = run_in(arena, project.dir,
		"stat -c %%y out/?.pdf >times; rm out/.lettermerge.db; '%s' batch --no-sign; "
		"stat -c %%y out/?.pdf | cmp - times && echo none was touched",
		program);
	assert_holds(run.out, "3 letters written to out (3 the same as before), 0 unchanged");
	assert_holds(run.out, "none was touched");
	scratch_free(&project);
}

static void a_folder_where_a_letter_should_be_stops_that_letter(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	struct outcome run = run_in(
		arena, project.dir, "mkdir -p out/b.pdf; '%s' batch --no-sign", program);
	assert_int_equal(run.code, 1);
	assert_holds(run.err, "\"out/b.pdf\" is where a letter should be and is not a file");
	run = run_in(arena, project.dir, "rmdir out/b.pdf; '%s' batch --no-sign", program);
	assert_holds(run.out, "1 letter written to out, 2 unchanged");
	scratch_free(&project);
}

static void spread_letters_move(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q", program);
	struct outcome run = run_in(
		arena, project.dir, "'%s' batch --no-sign -v --spread", program);
	assert_holds(run.out, "it goes to another folder");
	run = run_in(arena, project.dir,
		"find out -mindepth 2 -name [abc].pdf | wc -l; ls out | grep -c pdf");
	assert_string_equal(run.out.at, "3\n0\n");
	run = run_in(arena, project.dir, "'%s' batch --no-sign --spread", program);
	assert_holds(run.out, "0 letters written to out, 3 unchanged");
	scratch_free(&project);
}

static void shards_joined_are_the_whole(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q; echo '<' >recipients/d.xml", program);
	scratch_write(&project, "recipients/e.xml", RECORD(CAKE("Ely")));
	scratch_write(&project, "recipients/f.xml", RECORD(CAKE("Bath")));
	run_in(arena, project.dir, "rm recipients/c.xml; sed -i s/Bea/Bee/ recipients/b.xml");
	for (int i = 1; i <= 3; i++)
		run_in(arena, project.dir, "'%s' batch --no-sign -q --shard %d/3", program, i);
	struct outcome run = run_in(arena, project.dir, "'%s' batch --no-sign", program);
	assert_int_equal(run.code, 1);
	assert_holds(run.err, "the records of 3 shards are in \"out\", nothing was done");
	assert_holds(run.err, "hint: join them first: lettermerge merge-record --out \"out\"");
	run = run_in(arena, project.dir, "'%s' merge-record", program);
	assert_string_equal(run.out.at, "3 records joined in out\n");
	assert_string_equal(run_in(arena, project.dir, "ls -A out").out.at,
		".lettermerge.db\n.lettermerge.lock\na.pdf\nb.pdf\nc.pdf\ne.pdf\nf.pdf\nfailed."
		"json\nrun.json\n");
	assert_holds(read_bytes(arena, scratch_path(&project, "out/failed.json")), "\"id\":\"d\"");
	run = run_in(
		arena, project.dir, "rm recipients/d.xml; '%s' batch --no-sign --prune", program);
	assert_holds(run.out, "0 letters written to out, 4 unchanged, 0 failed, 1 removed");
	run = run_in(arena, project.dir,
		"sed -i 's/Ely/York/; s/Bath/York/' recipients/[ef].xml; '%s' diff e; '%s' diff f; "
		"cd out; "
		"python3 -c \"import sqlite3; print(*sqlite3.connect('.lettermerge.db').execute("
		"'SELECT count(*)-count(DISTINCT text) FROM piece').fetchone(), 'twice')\"",
		program, program);
	assert_holds(run.out, "  You have won a cake. [-[Ely]-] {+[York]+}\n");
	assert_holds(run.out, "  You have won a cake. [-[Bath]-] {+[York]+}\n");
	assert_holds(run.out, "0 twice\n");
	run = run_in(arena, project.dir, "'%s' batch --no-sign --shard 3/2", program);
	assert_int_equal(run.code, 2);
	assert_holds(run.err, "--shard does not know \"3/2\"");
	scratch_free(&project);
}

/* Whoever reads past the records of other shards says nothing of what is wrong with them. */
static void what_is_wrong_with_a_record_is_told_by_its_own_shard(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	for (int i = 0; i < 8; i++)
		scratch_write(&project, str_format(arena, "recipients/r%d.xml", i).at,
			i % 2 ? "<" : RECORD("<name>Dai</name><shoe>8</shoe>"));
	struct outcome whole = run_in(
		arena, project.dir, "'%s' batch --no-sign -q -o whole 2>&1 | sort", program);
	assert_holds(whole.out, "recipients/r3.xml");
	struct outcome shards = run_in(arena, project.dir,
		"for i in 1 2 3; do '%s' batch --no-sign -q --shard $i/3; done 2>&1 | sort",
		program);
	assert_string_equal(shards.out.at, whole.out.at);
	scratch_free(&project);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_without_recipient_goes_with_prune_alone),
		cmocka_unit_test(words_of_a_letter_that_is_gone_leave_the_record),
		cmocka_unit_test(twins_are_kept_up_to_date),
		cmocka_unit_test(attached_sources_are_kept_up_to_date),
		cmocka_unit_test(failed_letters_are_listed_until_they_are_made),
		cmocka_unit_test(a_second_run_says_so_and_stops),
		cmocka_unit_test(a_damaged_record_is_told_and_can_be_removed),
		cmocka_unit_test(a_folder_where_a_letter_should_be_stops_that_letter),
		cmocka_unit_test(spread_letters_move),
		cmocka_unit_test(shards_joined_are_the_whole),
		cmocka_unit_test(what_is_wrong_with_a_record_is_told_by_its_own_shard),
	};
	program = argc > 1 ? argv[1] : "lettermerge";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
