/* What comes through a pipe is read like a file when an option names it, and refused at once when
 * another file does, or a folder holds it. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *program; /* from the command line */

/* $L stands for the program; all that it says goes to the standard error. "timeout" ends what
 * would wait for ever, with code 124. */
static const struct row {
	const char *command, *says;
	int code;
} rows[] = {
	/* the records */
	{"$L batch -r - <people.csv; ls -I run.json out", "ann.pdf\nzoe.pdf\n", 0},
	{"cat people.csv | $L batch -r -; ls -I run.json out", "ann.pdf\nzoe.pdf\n", 0},
	{"cat people.csv | $L batch -r /dev/stdin; ls -I run.json out", "ann.pdf\nzoe.pdf\n", 0},
	{"$L batch -r <(cat people.csv); ls -I run.json out", "ann.pdf\nzoe.pdf\n", 0},
	{"mkfifo f.csv; cat people.csv >f.csv & $L batch -r f.csv; ls -I run.json out",
		"ann.pdf\nzoe.pdf\n", 0},
	{"iconv -t UTF-16LE people.csv | $L batch -r -; ls -I run.json out", "ann.pdf\nzoe.pdf\n",
		0},
	{"printf 'id;name\\na;J\\374rgen\\n' | $L check -r -", "/dev/stdin:2: warning: byte 0xFC",
		0},
	{"printf 'id;name\\na;Łucja\\nb;J\\374rgen\\n' | $L check -r -",
		"/dev/stdin:row 3, column B: error: byte 0xFC", 1},
	{"printf 'id,name\\nа,Анна\\n' | $L check -r -", "/dev/stdin:row 2: error: \"а\" cannot be",
		1},
	{"printf '{\"id\":\"ann\",\"name\":\"Ann\"}\\n{\"id\":\"zoe\",\"name\":\"Zo\\\\u00eb\"}' | "
	 "$L batch "
	 "-r -; ls -I run.json out",
		"ann.pdf\nzoe.pdf\n", 0},
	{"$L batch -r <(printf '[{\"id\":7,\"name\":\"Ж\"}]'); ls -I run.json out", "7.pdf\n", 0},
	{"seq -f '{\"id\":%.0f,\"name\":\"N\"}' 1 100000 | $L check --no-pages -r -",
		"100000 records checked: 0 errors", 0},
	{"$L batch -r <(cat many.xml); ls -I run.json out", "eleni.pdf\njan.pdf\n", 0},
	{"cat many.xml | $L batch -r -; ls -I run.json out", "eleni.pdf\njan.pdf\n", 0},
	{"cat one.xml | $L batch -r -; ls -I run.json out", "stdin.pdf\n", 0},
	{"cat people.csv | $L preview zoe -r -; ls -I run.json out/preview", "zoe.pdf\n", 0},
	{"cat people.csv | $L batch -q -r -; cat people.csv | $L status -r -", "2 unchanged", 0},
	{"$L batch -r - </dev/null", "[E-TABLE-EMPTY]", 1},
	{"printf 'id,name\\n' | $L batch -r - --prune", "[E-RECIPIENTS-EMPTY]", 1},
	{"seq -f 'n%.0f,Name' 1 100000 | sed '1i id,name' | $L check --no-pages -r -",
		"100000 records checked: 0 errors", 0},
	/* the template: what it names is sought from the folder at hand */
	{"cat l.xml | $L batch -t - -r people.csv; ls -I run.json out", "ann.pdf\nzoe.pdf\n", 0},
	{"$L batch -t <(cat l.xml) -r <(cat people.csv); ls -I run.json out", "ann.pdf\nzoe.pdf\n",
		0},
	{"cat l.xml | $L fields -t -", "name                     text    required", 0},
	{"echo '<p>' | $L check -t - -r people.csv", "-:1:1: error: <p> is never closed", 1},
	{"$L check -t l.xml --style <(cat s.xml) -r people.csv", "2 = 2 letters", 0},
	/* what cannot be done with a pipe */
	{"cat l.xml | $L check -t - -r -", "the template or the records, not both", 1},
	{"cat people.csv | $L serve -r -", "\"-\" comes through a pipe, but the desk reads", 1},
	{"cat people.csv | $L confirm ann name -r - --source x --date 2020", "[E-PIPE]", 1},
	{"$L preview ann --watch -r <(cat people.csv)", "[E-PIPE]", 1},
	{"cat people.csv | $L batch --deps d -r -", "but --deps names files", 1},
	{"(printf 'SQLite format 3\\0'; cat people.csv) | $L batch -r -", "a database is read", 1},
	/* named inside of a file, or found in a folder */
	{"mkfifo f; sed -i 's/<p>/<include file=\"f\"\\/><p>/' l.xml; $L check -r people.csv",
		"cannot read \"f\": it is a pipe or a device, not a file [E-FILE-READ]", 3},
	{"mkfifo s; sed -i 's/en-GB\"/en-GB\" style=\"s\"/' l.xml; $L check -r people.csv",
		"cannot read \"s\": it is a pipe", 3},
	{"mkfifo i.png; sed -i 's/<p>/<image src=\"i.png\" alt=\"x\" width=\"40mm\"\\/><p>/' "
	 "l.xml; $L check -r "
	 "people.csv",
		"it is a pipe or a device, not a file", 1},
	{"mkdir r; cp one.xml r; mkfifo r/a.xml; $L batch -r r; ls -I run.json out",
		"cannot read \"r/a.xml\": it is a", 3},
	{"mkfifo letter.rng; $L check -r people.csv", "cannot read \"letter.rng\": it is a pipe",
		3},
	{"rm l.xml; mkdir templates; mkfifo templates/a.xml; $L check -r people.csv",
		"cannot read \"templates/a.xml\": it is a pipe", 3},
	/* what a run left, and what is verified */
	{"mkfifo f.pdf; $L verify f.pdf", "cannot read \"f.pdf\": it is a pipe", 1},
	{"ln -s /dev/zero f.pdf; $L verify f.pdf", "cannot read \"f.pdf\": it is a pipe", 1},
	{"python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"f.pdf\")'; $L verify "
	 "f.pdf",
		"cannot read \"f.pdf\": No such device", 1},
	{"$L batch -r people.csv; mkfifo r; $L verify out/ann.pdf --receipt r",
		"cannot read \"r\": it is a pipe", 1},
	{"mkdir out; mkfifo out/manifest.json; $L verify --manifest out",
		"cannot read \"out/manifest.json\": it is a pipe", 1},
	{"$L batch -r people.csv; rm out/ann.pdf; mkfifo out/ann.pdf; $L batch -r people.csv",
		"[E-FILE-NOT]", 1},
	{"mkdir fonts; mkfifo fonts/a.ttf; $L check -r people.csv",
		"cannot use the font file \"fonts/a.ttf\": it is a pipe", 1},
	{"mkdir fonts; ln -s /dev/zero fonts/a.otf; $L check -r people.csv",
		"cannot use the font file \"fonts/a.otf\": it is a pipe", 1},
	{"mkfifo t.pem; $L verify --trust t.pem x.pdf", "[E-TRUST-READ]", 3},
	{"rm l.xml; mkfifo i.pem; chmod 600 i.pem; $L identity show i.pem",
		"i.pem\" cannot be read: it is a pipe", 3},
	{"rm l.xml; mkfifo c.pem; export XDG_CONFIG_HOME=$PWD; $L identity new X; "
	 "$L identity show --certificates c.pem",
		"[E-IDENTITY-CERTIFICATES]", 3},
	{"mkdir out; mkfifo out/.lettermerge.run; $L batch -r people.csv",
		"cannot write \"out/run.json\": No such device", 3},
	{"mkdir out; mkfifo out/.lettermerge.lock; $L status -r people.csv",
		"there is no record of it yet", 0},
	{"mkdir out; mkfifo out/run.json out/failed.json; $L batch -r people.csv", "2 letters", 0},
	{"$L batch -r people.csv; mkfifo out/x.json; rm l.xml; $L forget --force ann",
		"1 record forgotten", 0},
	{"mkdir out; mkfifo out/.lettermerge.db; $L batch -r people.csv",
		"cannot write \"out/.lettermerge.db\"", 3},
	{"mkfifo a.zip; $L batch -r people.csv --archive a.zip", "[E-ARCHIVE]", 1},
};

#define RECIPIENT "<recipient xmlns=\"urn:lettermerge:recipient:1\""

static void it_is_read_or_refused(void **state)
{
	const struct row *row = *state;
	struct scratch scratch = scratch_new();
	scratch_write(&scratch, "l.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\">\n"
		"<title>Letter</title>\n<fields><declare name=\"name\"/></fields>\n"
		"<p>Dear <field name=\"name\"/></p>\n</letter>\n");
	scratch_write(&scratch, "s.xml", "<style xmlns=\"urn:lettermerge:style:1\"/>");
	scratch_write(&scratch, "people.csv", "id,name\nann,Ann\nzoe,Zoë\n");
	scratch_write(&scratch, "one.xml", RECIPIENT "><name>Łucja</name></recipient>");
	scratch_write(&scratch, "many.xml",
		"<?xml version=\"1.0\"?>\n<recipients xmlns=\"urn:lettermerge:recipient:1\">"
		"<recipient id=\"eleni\"><name>Ελένη</name></recipient>"
		"<recipient id=\"jan\"><name>Jan</name></recipient></recipients>");
	scratch_write(&scratch, "run.sh",
		str_format(scratch.arena,
			"exec 1>&2\nlm() { c=$1; shift; case \"$c $*\" in verify*|*-t*) ;; *) [ ! "
			"-e "
			"l.xml ] || set -- \"$@\" -t l.xml;; "
			"esac; case $c in batch|preview) set -- \"$@\" --no-sign;; esac; timeout "
			"60 '%s' $c \"$@\"; echo $? >code; }\n",
			program)
			.at);
	struct outcome run = run_in(scratch.arena, scratch.dir,
		"cat >>run.sh <<'END'\n%s\nexit $(cat code)\nEND\n"
		"sed -i 's/[$]L/lm/g' run.sh; bash run.sh",
		row->command);
	print_message("# %s\n", row->command);
	assert_holds(run.err, row->says);
	assert_int_equal(run.code, row->code);
	scratch_free(&scratch);
}

int main(int argc, char **argv)
{
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest tests[ROWS];
	assert_true(argc > 1);
	program = argv[1];
	for (int i = 0; i < ROWS; i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].command,
			.test_func = it_is_read_or_refused,
			.initial_state = without_const(&rows[i])};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
