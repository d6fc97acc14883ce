/* The frozen set: the eighteen letters, all samples and a hundred that were drawn by chance
 * (draw.sh), as bytes and by what approvals of them are bound to, against what is on file. A change
 * under the same number fails here; base/output.h says which numbers there are.
 *
 * BLESS=1 writes the set anew, if the number was raised where it has to be. */
#include "frozen.h"
#include "support/support.h"

#include "base/output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *root; /* from the command line */

/* Letters that are made together, from a folder of the project. */
static const struct made {
	const char *name, *folder, *options;
	bool alone; /* no bundle of them can be made */
} sets[] = {
	{"vru", ".", ""},
	{"vru-large-print", ".", "--style templates/large-print.xml --only kent,south-wales"},
	{"every-block", "tests/samples/every-block", "-t letter.xml"},
	{"every-block-attached", "tests/samples/every-block", "-t letter.xml --attach-source",
		true},
	{"museum", "tests/samples/museum", "-t letter.xml"},
	{"school", "tests/samples/school", "-t trip.xml"},
	{"welsh", "tests/samples/welsh", "-t letter.xml"},
	{"corners", "tests/frozen/corners", "-t letter.xml"},
};

/* Made in other ways from what the first set is made from. */
static const struct made others[] = {{"vru-signed", "."}, {"vru-preview", "."}};

enum { OTHERS = sizeof others / sizeof *others };
enum { SETS = sizeof sets / sizeof *sets };

static struct scratch scratch;

/* "output 1; A 1, B 2" → lines. */
static void put_numbers(struct buf *out)
{
	struct outcome run = run_in(scratch.arena, "/", "'%s' --version", program);
	assert_int_equal(run.code, 0);
	int from = str_find(run.out, "; "), to = str_find(run.out, ")");
	assert_true(from > 0 && to > from);
	buf_format(
		out, "number output %s\nnumber approvals %d\n", OUTPUT_VERSION, APPROVAL_VERSION);
	struct str rest = str_slice(run.out, from + 2, to), library;
	while (str_split(&rest, ',', &library)) {
		library = str_trim(library);
		int at = library.len;
		while (at > 0 && library.at[at - 1] != ' ')
			at--;
		buf_puts(out, "library ");
		for (int i = 0; i < at - 1; i++)
			buf_char(out, library.at[i] == ' ' ? '-' : library.at[i]);
		buf_format(out, " %.*s\n", str_arg(str_slice(library, at, library.len)));
	}
}

static void make(const struct made *made)
{
	const char *folder = str_format(scratch.arena, "%s/%s", root, made->folder).at;
	const char *batch = str_format(scratch.arena, "'%s' batch %s -q", program, made->options)
				    .at;
	struct outcome run = run_in(scratch.arena, folder,
		"unset SOURCE_DATE_EPOCH; out='%s/%s'; "
		"%s --no-sign --durability=fast --also html,text -o \"$out\" --deps \"$out.deps\" "
		"&& "
		"'%s' approve %s -q --by Frozen -o \"$out\" $(ls \"$out\" | sed -n 's/.pdf$//p') "
		"&& "
		"{ %s || %s --bundle \"$out/+bundle.pdf\"; }",
		scratch.dir, made->name, batch, program, made->options,
		made->alone ? "true" : "false", batch);
	if (run.code != 0)
		fail_msg("%s: %s", made->name, run.err.at);
}

/* What else may be written of a letter: signed, but for the signature; to be looked at. */
static void make_others(void)
{
	struct outcome run = run_in(scratch.arena, root,
		"export XDG_CONFIG_HOME='%s/home' SOURCE_DATE_EPOCH=1602547200 L='%s' S='%s'; "
		"cd $S && mkdir vru-signed vru-preview && cp vru.deps vru-signed.deps && "
		"cp vru.deps vru-preview.deps && cd '%s' && $L identity new Frozen >/dev/null && "
		"$L batch -q --durability=fast --certify --only kent -o $S/signed && "
		"python3 tests/frozen/unsigned.py $S/signed/kent.pdf >$S/vru-signed/kent.pdf && "
		"$L preview kent -q --guides -o $S/shown && "
		"cp $S/shown/preview/kent.pdf $S/vru-preview",
		scratch.dir, program, scratch.dir, root);
	if (run.code != 0)
		fail_msg("%s", run.err.at);
}

/* Some do not fit the paper that was drawn for them, and are not made. */
static void make_drawn(void)
{
	struct outcome run = run_in(scratch.arena, scratch.dir,
		"unset SOURCE_DATE_EPOCH; L='%s' R='%s'; "
		"python3 -m tarfile -e $R/tests/frozen/drawn.tar.xz drawn && "
		"for folder in drawn/*; do cd $folder; "
		"cp $R/tests/samples/every-block/*.png $R/tests/samples/every-block/*.jpg .; "
		"$L batch -t letter.xml -q --no-sign --durability=fast --also html,text "
		"--deps ../../$(basename $folder).deps; [ $? -le 1 ] || exit; "
		"ids=$(ls out | sed -n 's/.pdf$//p' | paste -sd,); [ -z \"$ids\" ] || "
		"$L approve -t letter.xml -q --by Frozen --only $ids || exit; cd ../..; done",
		program, root);
	if (run.code != 0)
		fail_msg("drawn: %s", run.err.at);
}

/* "HASH  PATH" → "KIND NAME HASH", the hash cut short. */
static void put_hashes(struct str list, const char *kind, struct buf *out)
{
	enum { DIGITS = 16, SHA256 = 64 };
	struct str line;
	while (str_split(&list, '\n', &line)) {
		if (line.len < SHA256 + 2)
			continue;
		struct str path = str_slice(line, SHA256 + 2, line.len);
		int dot = path.len;
		while (dot > 0 && path.at[dot - 1] != '.')
			dot--;
		if (kind)
			buf_format(out, "%s %.*s", kind, str_arg(path_base(path)));
		else
			buf_format(out, "%.*s %.*s", str_arg(str_slice(path, dot, path.len)),
				str_arg(str_slice(path, 0, dot - 1)));
		buf_format(out, " %.*s\n", str_arg(str_slice(line, 0, DIGITS)));
	}
}

/* Fonts and patterns, which stand in other places elsewhere but are called the same. */
static void put_faces(struct buf *out)
{
	struct outcome run = run_in(scratch.arena, scratch.dir,
		"sed -n 's/^ \\(\\/.*[a-z]\\)\\( \\\\\\)\\{0,1\\}$/\\1/p' *.deps | sort -u | tr "
		"'\\n' "
		"'\\0' | xargs -0 sha256sum");
	assert_int_equal(run.code, 0);
	put_hashes(run.out, "face", out);
}

/* What a folder's letters were made from, without what stands in other places elsewhere. */
static void put_input(const struct made *made, struct buf *out)
{
	struct outcome run = run_in(scratch.arena, root,
		"cd '%s' && sed -n 's/^ \\([^/].*[a-z]\\)\\( \\\\\\)\\{0,1\\}$/\\1/p' '%s/%s.deps' "
		"| "
		"LC_ALL=C sort -u | xargs sha256sum | sha256sum",
		made->folder, scratch.dir, made->name);
	assert_int_equal(run.code, 0);
	assert_int_equal(run.out.len, 64 + 4);
	buf_format(out, "input %s %.16s\n", made->name, run.out.at);
}

static void put_drawn_input(struct buf *out)
{
	struct outcome run = run_in(scratch.arena, root, "sha256sum <tests/frozen/drawn.tar.xz");
	buf_format(out, "input drawn %.16s\n", run.out.at);
}

/* All letters of a seed are one: what tells them apart is in the seed. */
static void put_drawn(struct buf *out)
{
	struct outcome run = run_in(scratch.arena, scratch.dir,
		"for kind in pdf html txt; do for folder in $(ls -d drawn/* | sort -V); do "
		"ls $folder/out/*.$kind >/dev/null 2>&1 || continue; "
		"echo \"$(cat $folder/out/*.$kind | sha256sum | cut -c1-64)  $folder.$kind\"; "
		"done; done");
	assert_int_equal(run.code, 0);
	put_hashes(run.out, NULL, out);
}

static void put_bound(struct buf *out)
{
	struct outcome run = run_in(scratch.arena, scratch.dir,
		"ls -d */.lettermerge.approvals.db drawn/*/out/.lettermerge.approvals.db | "
		"sed 's,/.lettermerge.approvals.db,,' | sort -V | xargs python3 "
		"'%s/tests/frozen/bound.py'",
		root);
	assert_int_equal(run.code, 0);
	buf_str(out, run.out);
}

static void put_files(const char *folder, struct buf *out)
{
	struct outcome run = run_in(
		scratch.arena, scratch.dir, "LC_ALL=C ls %s/*.* | xargs sha256sum", folder);
	assert_int_equal(run.code, 0);
	put_hashes(run.out, NULL, out);
}

static struct str gather(void)
{
	struct buf out = {0};
	put_numbers(&out);
	for (int i = 0; i < SETS; i++)
		make(&sets[i]);
	make_others();
	make_drawn();
	put_faces(&out);
	for (int i = 0; i < SETS; i++)
		put_input(&sets[i], &out);
	for (int i = 0; i < OTHERS; i++)
		put_input(&others[i], &out);
	put_drawn_input(&out);
	for (int i = 0; i < SETS; i++)
		put_files(sets[i].name, &out);
	for (int i = 0; i < OTHERS; i++)
		put_files(others[i].name, &out);
	put_drawn(&out);
	put_bound(&out);
	struct str set = str_copy(scratch.arena, buf_text(&out));
	buf_free(&out);
	return set;
}

static const char *set_path(void)
{
	return str_format(scratch.arena, "%s/tests/frozen/set.txt", root).at;
}

static void write_set(struct str set)
{
	static const char head[] = "# What the frozen set comes out as (tests/frozen): written by "
				   "BLESS=1 ./run test frozen, do not edit.\n";
	struct str text = str_format(scratch.arena, "%s%.*s", head, str_arg(set));
	struct diags *diags = diags_new();
	assert_true(file_publish(set_path(), text.at, (size_t)text.len, false, diags));
	diags_free(diags);
}

static void nothing_came_out_differently_under_the_same_number(void **state)
{
	(void)state;
	const char *bless = getenv("BLESS");
	struct str old = read_bytes(scratch.arena, set_path()), now = gather();
	struct frozen_verdict verdict = frozen_judge(
		scratch.arena, old.at ? old : str_lit(""), now, bless && *bless);
	fwrite(verdict.says.at, 1, (size_t)verdict.says.len, stderr);
	assert_true(verdict.good);
	if (bless && *bless)
		write_set(now);
	else if (verdict.other)
		skip();
}

static int open_scratch(void **state)
{
	(void)state;
	scratch = scratch_new();
	return 0;
}

static int close_scratch(void **state)
{
	(void)state;
	scratch_free(&scratch);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_came_out_differently_under_the_same_number),
	};
	program = argc > 1 ? plain_link(argv[1]) : "lettermerge";
	root = argc > 2 ? argv[2] : ".";
	return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
