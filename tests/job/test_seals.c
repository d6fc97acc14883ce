/* lettermerge verify and sign through the program itself: words, JSON, exit codes, files. */
#include "support/sealed.h"
#include "verify/manifest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *program; /* from the command line */

struct desk {
	struct scratch scratch;
	int port;
};

static void write_letter(struct desk *desk, const char *name, struct str bytes)
{
	struct diags *diags = diags_new();
	assert_true(file_publish(
		scratch_path(&desk->scratch, name), bytes.at, (size_t)bytes.len, false, diags));
	diags_free(diags);
}

static int open_desk(void **state)
{
	static struct desk desk;
	desk.scratch = scratch_new();
	desk.port = sealed_services(&desk.scratch);
	*state = &desk;
	return 0;
}

static int close_desk(void **state)
{
	struct desk *desk = *state;
	sealed_services_end();
	scratch_free(&desk->scratch);
	return 0;
}

static int write_letters(void **state)
{
	struct desk *desk = *state;
	struct str letter = sealed_letter(&desk->scratch, "signer");
	write_letter(desk, "a.pdf", letter);
	char *altered = str_chars(desk->scratch.arena, letter);
	altered[str_find(letter, "A letter")] = 'B';
	write_letter(desk, "altered.pdf", (struct str){altered, letter.len});
	return 0;
}

static struct outcome run(struct desk *desk, const char *command)
{
	return run_in(desk->scratch.arena, desk->scratch.dir, "'%s' %s", program, command);
}

static void verify_says_good_or_not_and_why(void **state)
{
	struct outcome outcome = run(
		*state, "verify --trust pki/root.pem a.pdf altered.pdf missing.pdf");
	assert_int_equal(outcome.code, 1);
	assert_holds(outcome.out,
		"a.pdf: good\n  signed by \"TEST signer\", on 13 October 2020, "
		"09:00 UTC by the signer's own clock\n");
	assert_holds(outcome.out,
		"  trusted through \"TEST root\"\n"
		"  level B-B; for B-T it lacks a time stamp\n");
	assert_holds(outcome.out, "altered.pdf: NOT GOOD\n");
	assert_holds(outcome.out, "[E-ALTERED]");
	assert_holds(outcome.out, "missing.pdf: NOT GOOD\n");
	assert_int_equal(run(*state, "verify --trust pki/root.pem a.pdf").code, 0);
}

static void verify_in_json_is_one_object_a_line(void **state)
{
	struct outcome outcome = run(
		*state, "verify --diag=json --trust pki/root.pem a.pdf altered.pdf");
	assert_holds(outcome.out,
		"{\"file\":\"a.pdf\",\"good\":true,\"signed\":true,"
		"\"signer\":\"TEST signer\",\"root\":\"TEST root\","
		"\"claimed\":1602579600,\"level\":\"B-B\","
		"\"missing\":\"a time stamp\"}\n");
	assert_holds(outcome.out, "{\"file\":\"altered.pdf\",\"good\":false,\"signed\":true}\n");
	assert_holds(outcome.out, "\"code\":\"E-ALTERED\",\"file\":\"altered.pdf\"");
}

static void usage_is_explained(void **state)
{
	static const struct {
		const char *command, *says;
		int code;
	} rows[] = {
		{"verify", "[E-FILE-NONE]", 2},
		{"sign", "[E-LEVEL-NONE]", 2},
		{"sign --level LT a.pdf", "[E-TSA-NONE]", 2},
		{"sign --level LT --tsa http://127.0.0.1:1/ a.pdf", "[E-TRUST-UNNAMED]", 2},
		{"verify a.pdf", "[E-UNTRUSTED]", 1},
		{"verify --trust system a.pdf", "[E-UNTRUSTED]", 1},
		{"sign --level X a.pdf", "give one of: T, LT, LTA", 2},
		{"verify --trust nowhere.pem a.pdf", "[E-TRUST-READ]", 3},
		{"verify --trust a.pdf a.pdf", "[E-TRUST-NONE]", 3},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct outcome outcome = run(desk, rows[i].command);
		assert_int_equal(outcome.code, rows[i].code);
		assert_holds(str_format(desk->scratch.arena, "%.*s%.*s", str_arg(outcome.out),
				     str_arg(outcome.err)),
			rows[i].says);
	}
}

static void sign_raises_files_and_says_how_far(void **state)
{
	struct desk *desk = *state;
	const char *command = str_format(desk->scratch.arena,
		"sign --trust pki/root.pem --tsa http://127.0.0.1:%d/tsa --level", desk->port)
				      .at;
	struct outcome outcome = run(
		desk, str_format(desk->scratch.arena, "%s LTA a.pdf altered.pdf", command).at);
	assert_int_equal(outcome.code, 1);
	assert_holds(outcome.out, "a.pdf: B-LTA, was B-B\naltered.pdf: NOT GOOD, left as it is\n");
	outcome = run(desk, str_format(desk->scratch.arena, "%s LT a.pdf", command).at);
	assert_int_equal(outcome.code, 0);
	assert_string_equal(outcome.out.at, "a.pdf: B-LTA as before\n");
	outcome = run(desk, str_format(desk->scratch.arena, "%s LTA --renew a.pdf", command).at);
	assert_int_equal(outcome.code, 0);
	assert_string_equal(outcome.out.at, "a.pdf: B-LTA renewed\n");
	outcome = run(desk, "verify --trust pki/root.pem a.pdf");
	assert_int_equal(outcome.code, 0);
	assert_holds(outcome.out,
		"  level B-LTA\n  its last time stamp can be proven until 31 December 2049, ");
}

static void a_level_that_is_not_reached_is_a_finding(void **state)
{
	struct desk *desk = *state;
	struct outcome outcome = run(desk,
		str_format(desk->scratch.arena,
			"sign --trust pki/root.pem --wait 0 --level T "
			"--tsa http://127.0.0.1:%d/down a.pdf",
			desk->port)
			.at);
	assert_int_equal(outcome.code, 1);
	assert_holds(outcome.out, "a.pdf: B-B as before\n");
	assert_holds(outcome.err, "[W-TSA]");
	assert_holds(outcome.err, "[E-LEVEL-KEPT]");
}

/* -- the manifest of a run */

static struct manifest_entry entry_of(struct desk *desk, const char *file)
{
	struct arena *arena = desk->scratch.arena;
	const char *path = scratch_path(&desk->scratch, file);
	struct outcome sum = run_in(arena, "/", "sha256sum '%s'", path);
	return (struct manifest_entry){.file = str_of(file),
		.bytes = read_bytes(arena, path).len,
		.sha256 = str_slice(sum.out, 0, 64),
		.id = str_lit("a"),
		.template = str_lit("0a41")};
}

/* As version 1 had them. */
static const char *old_line(struct desk *desk, const struct manifest_entry *entry)
{
	return str_format(desk->scratch.arena,
		"{\"file\":\"%.*s\",\"bytes\":%d,\"sha256\":\"%.*s\",\"id\":\"a\","
		"\"template\":\"0a41\"}",
		str_arg(entry->file), (int)entry->bytes, str_arg(entry->sha256))
		.at;
}

static int write_run(void **state)
{
	struct desk *desk = *state;
	struct buf list = {0};
	write_letters(state);
	run_in(desk->scratch.arena, desk->scratch.dir, "rm -f altered.pdf; cp a.pdf b.pdf");
	struct manifest_entry a = entry_of(desk, "a.pdf"), b = entry_of(desk, "b.pdf");
	buf_format(&list, "{\"manifest\":1,\"letters\":[\n%s,\n%s\n]}\n", old_line(desk, &b),
		old_line(desk, &a));
	write_letter(desk, "manifest.json", buf_text(&list));
	write_letter(desk, "manifest.json.p7s",
		sealed_detached(&desk->scratch, "signer", buf_text(&list)));
	buf_free(&list);
	return 0;
}

static int remove_run(void **state)
{
	struct desk *desk = *state;
	run_in(desk->scratch.arena, desk->scratch.dir, "rm -f *.pdf manifest.json*");
	return 0;
}

static void a_run_is_good_when_its_list_is_signed_and_its_letters_are_there(void **state)
{
	struct outcome outcome = run(*state, "verify --trust pki/root.pem --manifest .");
	assert_int_equal(outcome.code, 0);
	assert_holds(outcome.out,
		"manifest.json: good\n  signed by \"TEST signer\"\n"
		"  2 letters as recorded, 0 different, 0 not there\n");
	outcome = run(*state, "verify --trust pki/root.pem a.pdf");
	assert_int_equal(outcome.code, 0);
	assert_holds(outcome.out, "  it is what the run recorded in manifest.json\n");
}

static void a_letter_that_was_raised_is_still_what_was_recorded(void **state)
{
	struct desk *desk = *state;
	struct outcome outcome = run(desk,
		str_format(desk->scratch.arena,
			"sign --trust pki/root.pem --tsa http://127.0.0.1:%d/tsa --level T a.pdf",
			desk->port)
			.at);
	assert_int_equal(outcome.code, 0);
	assert_int_equal(run(desk, "verify --trust pki/root.pem --manifest .").code, 0);
}

static void what_a_run_lacks_or_others_put_there_is_named(void **state)
{
	static const struct {
		const char *deed, *says, *code;
	} rows[] = {
		{"rm b.pdf", "b.pdf: error:", "[E-RECORDED-GONE]"},
		{"sed -i 's/A letter/B letter/' b.pdf", "b.pdf: error:", "[E-RECORD-DIFFERS]"},
		{"sed -i 's/b.pdf/c.pdf/' manifest.json", "manifest.json: error:", "[E-ALTERED]"},
		{"sed -i 's/manifest/manifold/' manifest.json", "", "[E-MANIFEST-READ]"},
		{"rm manifest.json.p7s", "anybody may have written it", "[E-MANIFEST-UNSIGNED]"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		write_run(state);
		run_in(desk->scratch.arena, desk->scratch.dir, "%s", rows[i].deed);
		struct outcome outcome = run(
			desk, "verify --trust pki/root.pem --manifest manifest.json");
		assert_int_equal(outcome.code, 1);
		assert_holds(outcome.out, rows[i].says);
		assert_holds(outcome.out, rows[i].code);
	}
	write_run(state);
	run_in(desk->scratch.arena, desk->scratch.dir, "cp a.pdf stranger.pdf");
	struct outcome outcome = run(desk, "verify --trust pki/root.pem stranger.pdf");
	assert_int_equal(outcome.code, 1);
	assert_holds(outcome.out, "[E-NOT-RECORDED]");
}

static void write_project(struct desk *desk)
{
	struct arena *arena = desk->scratch.arena;
	scratch_write(&desk->scratch, "letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" "
		"date=\"2020-10-13\">\n<title>Letter</title>\n<fields>"
		"<declare name=\"name\" type=\"text\"/></fields>\n"
		"<salutation>Dear <field name=\"name\"/>,</salutation>\n"
		"<signature><line>The gardeners</line></signature></letter>\n");
	scratch_write(&desk->scratch, "recipients/ann.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Ann</name></recipient>");
	run_in(arena, desk->scratch.dir,
		"rm -rf out recipients/[bcd]*.xml; cat pki/signer.key pki/signer-chain.pem "
		">pki/signer-all.pem; "
		"chmod 600 pki/signer-all.pem");
}

static void batch_signs_at_a_level(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	write_project(desk);
	for (int bad = 0; bad < 2; bad++) {
		struct outcome outcome = run(desk,
			str_format(arena,
				"batch --force --identity pki/signer-all.pem -t letter.xml "
				"--level LTA --wait 0 --trust pki/root.pem "
				"--tsa http://127.0.0.1:%d/%s",
				desk->port, bad ? "down" : "tsa")
				.at);
		assert_int_equal(outcome.code, bad);
		assert_holds(str_format(arena, "%s%s", outcome.out.at, outcome.err.at),
			"1 letter written");
		assert_holds(outcome.err, bad ? "[E-LEVEL-KEPT]" : "");
		outcome = run(desk, "verify --trust pki/root.pem out/ann.pdf");
		assert_int_equal(outcome.code, 0);
		assert_holds(outcome.out, bad ? "  level B-B;" : "  level B-LTA\n");
		outcome = run(desk, "verify --trust pki/root.pem --manifest out");
		assert_int_equal(outcome.code, 0);
		assert_holds(outcome.out, "1 letter as recorded, 0 different, 0 not there");
		assert_int_equal(str_find(outcome.out, "a time stamp proves it for ") >= 0, !bad);
	}
}

static int count_of(struct str text, const char *words)
{
	int count = 0, at;
	for (; (at = str_find(text, words)) >= 0; count++)
		text = str_slice(text, at + (int)strlen(words), text.len);
	return count;
}

/* By the authorities of these paths, blanks between. */
static const char *batch_at_level(struct desk *desk, const char *paths)
{
	struct arena *arena = desk->scratch.arena;
	struct str command = str_lit("batch --jobs 1 --identity pki/signer-all.pem -t letter.xml "
				     "--level T --wait 0 --trust pki/root.pem");
	struct str rest = str_of(paths), path;
	while (str_split(&rest, ' ', &path))
		command = str_format(arena, "%s --tsa http://127.0.0.1:%d%.*s", command.at,
			desk->port, str_arg(path));
	return command.at;
}

/* Four letters; the authority fails after the second. */
static void letters_that_lack_the_level_are_named_and_raised_next_time(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	write_project(desk);
	for (const char *name = "bcd"; *name; name++)
		run_in(arena, desk->scratch.dir, "cp recipients/ann.xml recipients/%c.xml", *name);
	struct outcome outcome = run(desk, batch_at_level(desk, "/limited"));
	assert_int_equal(outcome.code, 1);
	assert_holds(outcome.out, "4 letters written");
	assert_int_equal(count_of(outcome.err, "[W-TSA]"), 1);
	assert_int_equal(count_of(outcome.err, "[E-LEVEL-KEPT]"), 2);
	assert_int_equal(count_of(outcome.err, "out/c.pdf: error: the letter has level B-B"), 1);
	assert_int_equal(count_of(outcome.err, "out/d.pdf: error: the letter has level B-B"), 1);
	assert_holds(read_bytes(arena, scratch_path(&desk->scratch, "out/run.json")),
		"\"level\":\"B-T\",\n\"lacking\":[\"c\",\"d\"],\n");
	run_in(arena, desk->scratch.dir, "cp out/c.pdf c-before");
	outcome = run(
		desk, str_format(arena, "%s --rejections ok", batch_at_level(desk, "/down")).at);
	assert_int_equal(outcome.code, 1);

	outcome = run(desk,
		"status --identity pki/signer-all.pem -t letter.xml --level T --trust "
		"pki/root.pem");
	assert_int_equal(outcome.code, 0);
	assert_string_equal(outcome.out.at,
		"out/c.pdf: to be written: it has level B-B, B-T is asked for\n"
		"out/d.pdf: to be written: it has level B-B, B-T is asked for\n"
		"2 to be written, 2 unchanged, 0 failed, 0 without recipient\n");

	outcome = run(desk, batch_at_level(desk, "/down /tsa"));
	assert_int_equal(outcome.code, 0);
	assert_holds(outcome.out, "2 letters written to out, 2 unchanged");
	run_in(arena, desk->scratch.dir, "head -c $(stat -c %%s c-before) out/c.pdf >c-now");
	assert_int_equal(run_in(arena, desk->scratch.dir, "cmp c-before c-now").code, 0);
	outcome = run(
		desk, "verify --trust pki/root.pem out/ann.pdf out/b.pdf out/c.pdf out/d.pdf");
	assert_int_equal(count_of(outcome.out, "  level B-T;"), 4);
	outcome = run(desk, "verify --trust pki/root.pem --manifest out");
	assert_int_equal(outcome.code, 0);

	outcome = run(desk, batch_at_level(desk, "/down"));
	assert_int_equal(outcome.code, 0);
	assert_holds(outcome.out, "0 letters written to out, 4 unchanged");
}

/* The record says B-B, the file says more. */
static void a_letter_that_was_raised_otherwise_has_its_level(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	write_project(desk);
	run_in(arena, desk->scratch.dir, "cp recipients/ann.xml recipients/ben.xml");
	run(desk, "batch --identity pki/signer-all.pem -t letter.xml");
	run(desk,
		str_format(arena,
			"sign --trust pki/root.pem --tsa http://127.0.0.1:%d/tsa --level T "
			"out/ann.pdf",
			desk->port)
			.at);
	for (int again = 0; again < 2; again++) {
		struct outcome outcome = run(desk, batch_at_level(desk, "/down"));
		assert_int_equal(outcome.code, 1);
		assert_holds(outcome.out, "0 letters written to out, 2 unchanged");
		assert_int_equal(count_of(outcome.err, "[E-LEVEL-KEPT]"), 1);
		assert_holds(outcome.err, "out/ben.pdf: error: the letter has level B-B");
	}
	assert_int_equal(run(desk, batch_at_level(desk, "/tsa")).code, 0);
	assert_int_equal(run(desk, "verify --trust pki/root.pem --manifest out").code, 0);
}

static void a_letter_in_an_archive_is_made_again_at_its_level(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	write_project(desk);
	for (int turn = 0; turn < 3; turn++) {
		struct outcome outcome = run(desk,
			str_format(arena, "%s --archive level.tar",
				batch_at_level(desk, turn ? "/tsa" : "/down"))
				.at);
		assert_int_equal(outcome.code, turn == 0);
		assert_holds(outcome.out, turn < 2 ? "1 letter written" : "0 letters written");
	}
	run_in(arena, desk->scratch.dir, "mkdir level; tar -xf level.tar -C level");
	struct outcome outcome = run(desk, "verify --trust pki/root.pem level/ann.pdf");
	assert_holds(outcome.out, "  level B-T;");
}

static void letters_in_an_archive_get_their_level_too(void **state)
{
	struct desk *desk = *state;
	write_project(desk);
	struct outcome outcome = run(desk,
		str_format(desk->scratch.arena,
			"batch --archive all.tar --identity pki/signer-all.pem -t letter.xml "
			"--level LTA --trust pki/root.pem --tsa http://127.0.0.1:%d/tsa && "
			"rm -rf there && cp -r out there && tar -xf all.tar -C there",
			desk->port)
			.at);
	assert_int_equal(outcome.code, 0);
	outcome = run(desk, "verify --trust pki/root.pem there/ann.pdf");
	assert_int_equal(outcome.code, 0);
	assert_holds(outcome.out, "  level B-LTA\n");
	assert_holds(outcome.out, "  it is what the run recorded in manifest.json\n");
	assert_int_equal(run(desk, "verify --trust pki/root.pem --manifest there").code, 0);
}

/* Of a project of one letter, which is signed, raised, and planned again. */
static void batch_leaves_raised_letters_alone(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	const char *batch = "batch --identity pki/signer-all.pem -t letter.xml";
	write_project(desk);
	struct outcome outcome = run(desk, batch);
	assert_holds(str_format(arena, "%s%s", outcome.out.at, outcome.err.at), "1 letter written");
	outcome = run(desk,
		str_format(arena,
			"sign --trust pki/root.pem --tsa http://127.0.0.1:%d/tsa --level LT "
			"out/ann.pdf",
			desk->port)
			.at);
	assert_int_equal(outcome.code, 0);
	for (int again = 0; again < 2; again++) {
		outcome = run(desk, batch);
		assert_holds(
			str_format(arena, "%s%s", outcome.out.at, outcome.err.at), "1 unchanged");
	}
	run_in(arena, desk->scratch.dir, "printf x >>out/ann.pdf");
	outcome = run(desk, batch);
	assert_holds(str_format(arena, "%s%s", outcome.out.at, outcome.err.at), "1 letter written");
}

static void verify_asks_about_revocation_when_told_to(void **state)
{
	struct desk *desk = *state;
	write_letter(desk, "revoked.pdf", sealed_letter(&desk->scratch, "revoked"));
	assert_int_equal(run(desk, "verify --trust pki/root.pem revoked.pdf").code, 0);
	struct outcome outcome = run(
		desk, "verify --online --trust pki/root.pem revoked.pdf a.pdf");
	assert_int_equal(outcome.code, 1);
	assert_holds(outcome.out, "the certificate of \"TEST revoked signer\" was revoked on ");
	assert_holds(outcome.out, ": keyCompromise [E-REVOKED]");
	assert_holds(outcome.out, "a.pdf: good\n");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(verify_says_good_or_not_and_why, write_letters),
		cmocka_unit_test_setup(verify_in_json_is_one_object_a_line, write_letters),
		cmocka_unit_test_setup(usage_is_explained, write_letters),
		cmocka_unit_test_setup(sign_raises_files_and_says_how_far, write_letters),
		cmocka_unit_test_setup(a_level_that_is_not_reached_is_a_finding, write_letters),
		cmocka_unit_test_setup_teardown(
			a_run_is_good_when_its_list_is_signed_and_its_letters_are_there, write_run,
			remove_run),
		cmocka_unit_test_setup_teardown(
			a_letter_that_was_raised_is_still_what_was_recorded, write_run, remove_run),
		cmocka_unit_test_setup_teardown(
			what_a_run_lacks_or_others_put_there_is_named, write_run, remove_run),
		cmocka_unit_test(batch_signs_at_a_level),
		cmocka_unit_test(letters_that_lack_the_level_are_named_and_raised_next_time),
		cmocka_unit_test(a_letter_that_was_raised_otherwise_has_its_level),
		cmocka_unit_test(a_letter_in_an_archive_is_made_again_at_its_level),
		cmocka_unit_test(letters_in_an_archive_get_their_level_too),
		cmocka_unit_test(batch_leaves_raised_letters_alone),
		cmocka_unit_test_setup(verify_asks_about_revocation_when_told_to, write_letters),
	};
	if (argc < 2)
		return 2;
	program = argv[1];
	return cmocka_run_group_tests(tests, open_desk, close_desk);
}
