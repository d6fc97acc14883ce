/* The signed list of a run's letters: batch writes it, and verify --manifest believes it as long as
 * the letters are those on the list. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program; /* from the command line */
static struct scratch project;

static const char template[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"2020-10-13\">"
	"<title>Letter</title><fields><declare name=\"name\"/></fields>"
	"<salutation>Dear <field name=\"name\"/>,</salutation><p>Words.</p></letter>";

static void write_record(const char *id, const char *name)
{
	struct arena *arena = project.arena;
	const char *path = str_format(arena, "recipients/%s.xml", id).at;
	scratch_write(&project, path,
		str_format(arena,
			"<recipient "
			"xmlns=\"urn:lettermerge:recipient:1\"><name>%s</name></recipient>",
			name)
			.at);
}

static int make_project(void **state)
{
	(void)state;
	project = scratch_new();
	scratch_write(&project, "templates/letter.xml", template);
	write_record("bea", "Bea");
	write_record("ann", "Ann");
	write_record("cis", "Cis");
	setenv("XDG_CONFIG_HOME", scratch_path(&project, "config"), 1);
	struct outcome made = run_in(
		project.arena, project.dir, "'%s' identity new Office", program);
	assert_int_equal(made.code, 0);
	return 0;
}

static int remove_project(void **state)
{
	(void)state;
	scratch_free(&project);
	return 0;
}

static int remove_letters(void **state)
{
	(void)state;
	run_in(project.arena, project.dir, "rm -rf out");
	write_record("bea", "Bea");
	write_record("cis", "Cis");
	return 0;
}

static void batch(const char *options)
{
	struct outcome run = run_in(
		project.arena, project.dir, "'%s' batch -q %s", program, options);
	if (run.code)
		fail_msg("batch %s: %s", options, run.err.at);
}

static struct outcome verify(const char *list)
{
	return run_in(project.arena, project.dir,
		"'%s' verify --trust config/lettermerge/identity-root.pem --manifest %s", program,
		list);
}

static struct str bytes_of(const char *name)
{
	return read_bytes(project.arena, scratch_path(&project, name));
}

static void a_signed_run_lists_its_letters_by_their_ids_and_signs_the_list(void **state)
{
	(void)state;
	batch("--jobs 3");
	struct outcome said = verify("out");
	assert_int_equal(said.code, 0);
	assert_holds(said.out, "signed by \"TEST Office\"");
	assert_holds(said.out, "3 letters as recorded, 0 different, 0 not there");
	struct str list = bytes_of("out/manifest.json");
	int ann = str_find(list, "\"id\":\"ann\""), bea = str_find(list, "\"id\":\"bea\"");
	assert_true(ann > 0 && ann < bea && bea < str_find(list, "\"id\":\"cis\""));
	struct outcome sums = run_in(project.arena, project.dir,
		"sha256sum out/ann.pdf templates/letter.xml | cut -c 1-64");
	assert_int_equal(sums.out.len, 130);
	assert_holds(list, str_copy(project.arena, str_slice(sums.out, 0, 64)).at);
	assert_holds(list, str_copy(project.arena, str_slice(sums.out, 65, 129)).at);
}

static void openssl_finds_the_signature_of_the_list_good(void **state)
{
	(void)state;
	batch("");
	static const char check[] =
		"openssl cms -verify -cades -binary -inform DER -in out/manifest.json.p7s "
		"-content head -purpose any "
		"-CAfile config/lettermerge/identity-root.pem -out copy";
	run_in(project.arena, project.dir, "tail -n 2 out/manifest.json | head -n 1 >head");
	assert_int_equal(run_in(project.arena, project.dir, check).code, 0);
	run_in(project.arena, project.dir, "sed -i 's/\"in\":3/\"in\":2/' head");
	assert_true(run_in(project.arena, project.dir, check).code != 0);
}

static void the_list_follows_the_letters(void **state)
{
	(void)state;
	batch("");
	struct str list = bytes_of("out/manifest.json"), proof = bytes_of("out/manifest.json.p7s");
	batch("");
	assert_true(str_eq(list, bytes_of("out/manifest.json")));
	assert_true(str_eq(proof, bytes_of("out/manifest.json.p7s")));
	write_record("bea", "Beatrix");
	batch("--only bea");
	assert_false(str_eq(list, bytes_of("out/manifest.json")));
	assert_holds(verify("out").out, "3 letters as recorded, 0 different, 0 not there");
	run_in(project.arena, project.dir, "rm recipients/cis.xml out/manifest.json.p7s");
	batch("--prune");
	assert_int_equal(verify("out").code, 0);
	assert_holds(verify("out").out, "2 letters as recorded, 0 different, 0 not there");
	assert_true(str_find(bytes_of("out/manifest.json"), "cis") < 0);
	run_in(project.arena, project.dir, "rm out/ann.pdf");
	assert_int_equal(verify("out").code, 1);
}

/* As when a file was copied, or a record has had its time for long enough to be told by it. */
static void the_list_stands_where_only_the_record_learns_something(void **state)
{
	(void)state;
	batch("");
	struct str list = bytes_of("out/manifest.json"), proof = bytes_of("out/manifest.json.p7s");
	run_in(project.arena, project.dir, "touch -d 2020-01-01 out/*.pdf");
	batch("");
	assert_true(str_eq(list, bytes_of("out/manifest.json")));
	assert_true(str_eq(proof, bytes_of("out/manifest.json.p7s")));
}

static void the_list_goes_when_its_letters_are_signed_no_more(void **state)
{
	(void)state;
	batch("--no-sign");
	assert_false(file_exists(scratch_path(&project, "out/manifest.json")));
	batch("--spread");
	assert_holds(verify("out").out, "3 letters as recorded, 0 different, 0 not there");
	batch("--no-sign");
	assert_false(file_exists(scratch_path(&project, "out/manifest.json")));
	assert_false(file_exists(scratch_path(&project, "out/manifest.json.p7s")));
}

static void each_shard_has_a_list_of_its_own_and_the_whole_joins_them(void **state)
{
	(void)state;
	batch("--shard 1/2");
	batch("--shard 2/2");
	assert_int_equal(verify("out/manifest-1-of-2.json").code, 0);
	assert_int_equal(verify("out/manifest-2-of-2.json").code, 0);
	assert_int_equal(
		run_in(project.arena, project.dir, "'%s' merge-record --no-sign", program).code, 0);
	assert_int_equal(verify("out/manifest-1-of-2.json").code, 0);
	batch("--shard 1/2");
	batch("--shard 2/2");
	assert_int_equal(run_in(project.arena, project.dir, "'%s' merge-record", program).code, 0);
	assert_false(file_exists(scratch_path(&project, "out/manifest-1-of-2.json")));
	assert_false(file_exists(scratch_path(&project, "out/manifest-2-of-2.json.p7s")));
	assert_holds(verify("out").out, "3 letters as recorded, 0 different, 0 not there");
	batch("");
	assert_holds(verify("out").out, "3 letters as recorded, 0 different, 0 not there");
}

static void letters_of_an_archive_are_on_the_list_as_they_are_unpacked(void **state)
{
	(void)state;
	batch("--archive letters.tar");
	run_in(project.arena, project.dir, "cd out && tar xf ../letters.tar");
	assert_holds(verify("out").out, "3 letters as recorded, 0 different, 0 not there");
	run_in(project.arena, project.dir, "rm letters.tar");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(
			a_signed_run_lists_its_letters_by_their_ids_and_signs_the_list,
			remove_letters),
		cmocka_unit_test_teardown(
			openssl_finds_the_signature_of_the_list_good, remove_letters),
		cmocka_unit_test_teardown(the_list_follows_the_letters, remove_letters),
		cmocka_unit_test_teardown(
			the_list_stands_where_only_the_record_learns_something, remove_letters),
		cmocka_unit_test_teardown(
			the_list_goes_when_its_letters_are_signed_no_more, remove_letters),
		cmocka_unit_test_teardown(
			each_shard_has_a_list_of_its_own_and_the_whole_joins_them, remove_letters),
		cmocka_unit_test_teardown(
			letters_of_an_archive_are_on_the_list_as_they_are_unpacked, remove_letters),
	};
	program = argc > 1 ? argv[1] : "lettermerge";
	return cmocka_run_group_tests(tests, make_project, remove_project);
}
