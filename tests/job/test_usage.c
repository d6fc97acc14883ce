/* What the program says when it is used wrongly, or finds its own files in a state that it did not
 * leave them in: each case is a shell command in a small project. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *failing; /* from the command line */

/* $L stands for the program; failing F runs it with a library whose function F fails. */
#define GRAMMAR(content, element)                                                            \
	"echo '<element name=\"" element "\" xmlns=\"http://relaxng.org/ns/structure/1.0\" " \
	"ns=\"urn:lettermerge:" element ":1\">" content "</element>' >templates/" element ".rng; "
#define NUMBERED(number)                                                          \
	"$L batch --no-sign -q; python3 -c \"import sqlite3; "                    \
	"b=sqlite3.connect('out/.lettermerge.db'); b.execute('UPDATE letter SET " \
	"number=number" number "'); b.commit()\"; $L batch --no-sign"
#define ASKS(of) \
	"sed -i 's,</p>,<if field=\"name\" equals=\"" of "\">!</if></p>,' templates/letter.xml; "
static const struct usage {
	const char *command, *says;
	int code;
} usages[] = {
	{"$L bacth", "did you mean \"batch\"?", 2},
	{"$L bacth", "[E-COMMAND]", 2},
	{"$L check --explain E-FEILD-VALUE", "[E-CODE]\n  hint: did you mean \"E-FIELD-VALUE\"?",
		2},
	{"$L check --explain field-value", "hint: did you mean \"E-FIELD-VALUE\"?", 2},
	{"$L check --explain nonsense", "[E-CODE]\n  hint: type it as it stands behind a finding",
		2},
	{"cd /; $L check --explain \"[e-field-value]\" >&2", "\n  of type date: a date like", 0},
	{"$L check --explain N-UNCONFIRMED >&2",
		"this version does not say that any more\n  since 0.2.0: ", 0},
	{"$L check --explain N-DERIVED --diag=json >&2",
		",\"changes\":[{\"version\":\"0.2.0\",\"text\":\"", 0},
	{"$L batch --no-sign --forse", "[E-OPTION]\n  hint: did you mean \"--force\"?", 2},
	{"$L batch --no-sign --out", "[E-OPTION-VALUE]", 2},
	{"$L verify --prune out/anna.pdf",
		"[E-OPTION-COMMAND]\n  hint: leave it out; it is for batch, status", 2},
	{"$L preview anna --approvals 2 --force", "--force changes nothing for preview", 2},
	{"$L preview anna --approvals 2 --force", "--approvals changes nothing for preview", 2},
	{"$L help bacth", "did you mean \"batch\"?", 2},
	{"$L --help | awk '{ n = NR } length > 80 { print } END { if (n < 10 || n > 50) print n }' "
	 "| "
	 "grep . >&2 && exit 1; echo it fits a screen >&2",
		"it fits a screen", 0},
	{"$L completion tcsh", "give one of: bash, zsh, fish", 2},
	{"$L batch --no-sign --jobs many", "[E-OPTION-NUMBER]", 2},
	{"$L check --max -1", "[E-OPTION-NUMBER]", 2},
	{"$L batch --no-sign --shard 9/8", "[E-OPTION-SHARD]", 2},
	{"$L approve anna --by ''", "[E-OPTION-NAME]", 2},
	{"$L serve --no-sign --person ' '", "[E-OPTION-PERSON]", 2},
	{"$L serve --no-sign --person Anna --by Ben", "[E-SERVE-BY]", 2},
	{"$L approve anna --by ' \t '", "[E-OPTION-NAME]", 2},
	{"$L approve anna --by \"$(printf '\302\240\342\200\213')\"", "[E-OPTION-NAME]", 2},
	{"$L approve anna --by \"$(printf '\377')\"", "[E-OPTION-NAME]", 2},
	{"$L batch --no-sign --color blue", "[E-OPTION-WORD]", 2},
	{"$L batch --no-sign anna", "[E-ARGUMENT]", 2},
	{"$L preview", "[E-ARGUMENT-MISSING]", 2},
	{"$L make --no-sign", "[E-MAKE-FORM]", 2},
	{"$L make --jsonl --listen s --pass-fd 9", "[E-LISTEN-PASS]", 2},
	{"$L make --jsonl --no-sign --listen nowhere/s", "[E-LISTEN]", 3},
	{"$L batch --bundle a.pdf --archive a.tar", "[E-BUNDLE-WITH]", 2},
	{"for o in --certify --pss --json --signed-approvals '--tsa http://a' '--wait 3' '--trust "
	 "r' "
	 "'--pass-file p' '--certificates c' '--standard ua2+a4' '--approvals 2' --approved-only; "
	 "do $L batch --bundle a.pdf $o; done 2>&1 | grep -c 'E-BUNDLE-WITH' >&2; exit 2",
		"12\n", 2},
	{"! ls a.pdf && $L batch --bundle a.pdf --dry-run",
		"--bundle changes nothing for batch --dry-run", 2},
	{"for a in approved-only=yes approvals=2 signed-approvals=yes; do echo "
	 "\"<project xmlns='urn:lettermerge:project:1'><${a%=*}>${a#*=}</${a%=*}></project>\" "
	 ">lettermerge.xml; $L batch --bundle a.pdf; done 2>&1 | grep -c E-BUNDLE-APPROVALS >&2; "
	 "ls "
	 "a.pdf && exit 5; exit 2",
		"3\n", 2},
	{"echo \"<project xmlns='urn:lettermerge:project:1'><approvals>2</approvals></project>\" "
	 ">lettermerge.xml; $L batch -q --bundle a.pdf --approved-only=no && ls a.pdf >&2",
		"a.pdf\n", 0},
	{"$L batch --no-sign --simplex", "--simplex changes nothing for batch without --bundle", 2},
	{"mv recipients/anna.xml .; $L check --expect 2 2>&1 | grep -o 'it has.*' >&2; exit 1",
		"it has 1 record, and --expect says 2 [E-RECIPIENTS-COUNT]\n", 1},
	{"unset XDG_CONFIG_HOME; HOME=no/home $L identity new Jo",
		"lettermerge: error: the identity cannot be written to "
		"\"no/home/.config/lettermerge/identity.pem\": No such file or directory, none was "
		"made [E-IDENTITY-WRITE]\n  hint: make its folder, or say where it is to stand: "
		"lettermerge identity new NAME --identity FILE",
		3},
	{"$L status --trust root.pem",
		"--trust changes nothing for status without --level or --signed-approvals "
		"[E-OPTION-COMMAND]\n  hint: leave it out; it is for status --level, status "
		"--signed-approvals: see lettermerge help status\n",
		2},
	{"$L serve --no-sign --level T", "--level changes nothing for serve --no-sign", 2},
	{"$L preview anna --only bela", "--only changes nothing for preview without --proof", 2},
	{"$L diff anna --dpi 300", "--dpi changes nothing for diff without --png", 2},
	{"$L approve anna --except anna",
		"--except changes nothing for approve without --all or --where or --proof-set", 2},
	{"$L approve anna --all", "--all changes nothing for approve with ids", 2},
	{"$L approve anna --pss", "--pss changes nothing for approve without --sign-with", 2},
	{"$L identity new --identity i.pem --pass-file p; e=$?; ls i.pem; exit $e",
		"--pass-file changes nothing for identity new", 2},
	{"$L sign --identity i.pem --level T a.pdf", "--identity changes nothing for sign", 2},
	{"$L batch --no-sign --level T", "--level changes nothing for batch --no-sign", 2},
	{"$L batch --no-sign --certify --pss", "--certify changes nothing for batch --no-sign", 2},
	{"$L batch --tsa http://a", "--tsa changes nothing for batch without --level", 2},
	{"echo \"<project "
	 "xmlns='urn:lettermerge:project:1'><certify>yes</certify><tsa>http://a</tsa>"
	 "</project>\" >lettermerge.xml; $L batch -q --no-sign",
		"", 0},
	{"SOURCE_DATE_EPOCH=soon $L batch --no-sign", "[E-EPOCH]", 1},
	{"rm templates/letter.xml; $L batch --no-sign", "[E-TEMPLATE-NONE]", 1},
	{"cp templates/letter.xml templates/b.xml; $L batch --no-sign", "[E-TEMPLATE-MANY]", 1},
	{"$L preview nobody", "[E-RECORD-NONE]", 1},
	{"$L preview ann", "is part of several records' names: \"anna\", \"anne\" [E-RECORD-MANY]",
		1},
	{"$L preview ANNE", "", 0},
	{"$L preview NNE", "", 0},
	{"$L preview Ann", "names: \"anna\", \"anne\" [E-RECORD-MANY]", 1},
	{"cp recipients/anna.xml recipients/Anne.xml; $L preview Anne", "", 0},
	{"cp recipients/anna.xml recipients/Anne.xml; $L preview nne",
		"names: \"Anne\", \"anne\" "
		"[E-RECORD-MANY]",
		1},
	{"cp recipients/anna.xml recipients/ANNE-B.xml; $L preview -q ann",
		"names: \"anna\", \"anne\" [E-", 1},
	{"for i in $(seq 250); do echo n$i,N; done | sed '1i id,name' >many.csv; script -qec \"$L "
	 "check -r "
	 "many.csv\" said >/dev/null </dev/null; tr '\\r' '\\n' <said | grep '^\\[[#.]*\\] 200' "
	 ">&2",
		"[..####........................] 200", 0},
	{"$L preview -r people.csv ANNE", "", 0},
	{"$L preview -r people.csv ann", "names: \"anna\", \"anne\" [E-RECORD-MANY]", 1},
	{"$L preview -r people.csv anne", "", 0},
	{"$L batch --no-sign --where nmae=Anna", "did you mean \"name\"?", 1},
	{ASKS("Bob") "$L check -r people.csv >&2",
		"note: no record meets <if field=\"name\" equals=\"Bob\"> [N-COMPARISON-NEVER]", 0},
	{ASKS("Bob") "! $L check -r people.csv --only anna | grep COMPARISON-NEVER", "", 0},
	{ASKS("Ann") "! $L check -r people.csv | grep COMPARISON-NEVER", "", 0},
	{"PATH=/nowhere $L preview anna --png", "[E-PROGRAM]", 3},
	{"$L batch --no-sign -q; echo >>out/anna.pdf; $L batch --no-sign", "[W-FILE-ALTERED]", 0},
	{"mkdir -p out/anna.pdf; $L batch --no-sign", "[E-FILE-NOT]", 1},
	{"$L batch --no-sign -q; echo spoilt >out/.lettermerge.db; $L batch --no-sign",
		"[E-RECORD-DAMAGED]", 3},
	{NUMBERED("+(1 << 40)"), "damaged: a letter has the number 10995116277", 3},
	{NUMBERED("-70"), "damaged: a letter has the number -6", 3},
	{"$L batch --no-sign -q; python3 -c 'import sqlite3; d = "
	 "sqlite3.connect(\"out/.lettermerge.db\"); "
	 "d.execute(\"PRAGMA user_version=-7\"); d.commit()'; $L batch --no-sign",
		"is damaged: the number of its form is below 0", 3},
	{"$L batch --no-sign -q; printf '\\0\\0\\77\\77' | dd of=out/.lettermerge.db bs=1 seek=60 "
	 "conv=notrunc 2>/dev/null; $L batch --no-sign",
		"[E-RECORD-VERSION]", 3},
	{"python3 -c 'import socket, subprocess, sys; s = socket.socket(); "
	 "s.bind((\"127.0.0.1\", 0)); s.listen(); "
	 "sys.exit(subprocess.run([sys.argv[1], \"serve\", \"--port\", "
	 "str(s.getsockname()[1])]).returncode)' \"$L\"",
		"[E-SERVE]", 3},
	{"mkdir out; flock out/.lettermerge.lock $L batch --no-sign", "[E-LOCKED]", 3},
	{"mkdir out; exec 9>>out/.lettermerge.lock; flock -s 9; $L batch --no-sign 9>&- & exec "
	 "9>&-; "
	 "wait $!",
		"", 0},
	{"$L batch --no-sign -q --shard 1/2; $L batch --no-sign", "[E-SHARDS]", 1},
	{"$L batch --no-sign -q --archive a.tar; echo spoilt >a.tar; $L batch --no-sign --archive "
	 "a.tar",
		"[E-ARCHIVE]", 1},
	{"$L batch", "[E-SIGNER-NONE]\n  hint: make a test identity with: lettermerge identity new",
		2},
	{"HOME=$PWD XDG_CONFIG_HOME=$PWD $L identity show", "[E-IDENTITY-NONE]", 1},
	{GRAMMAR("<text/>", "letter") "$L check >&2",
		"templates/letter.xml:1:59: error: the grammar \"templates/letter.rng\" does not "
		"allow "
		"this: Did not expect element title there [E-GRAMMAR]",
		1},
	{GRAMMAR("<element name=\"nom\"><text/></element>", "recipient") "$L check >&2",
		"recipients/anna.xml:1:48: error: the grammar \"templates/recipient.rng\"", 1},
	{GRAMMAR("<element name=\"name\"><text/></element>", "recipient") "$L check >&2", "", 0},
	{GRAMMAR("<oops/>", "letter") "$L check >&2", "[E-GRAMMAR-READ]", 1},
	{GRAMMAR("<externalRef href=\"b.rng\"/>",
		 "recipient") "cp templates/recipient.rng templates/b.rng; $L check >&2",
		"[E-GRAMMAR-READ]", 1},
	{"failing HPDF_GetVersion $L batch --no-sign", "the libharu at hand is 0.0.0 but", 3},
	{"failing HPDF_GetVersion $L batch --no-sign", "[E-PDF-VERSION]", 3},
	{"failing HPDF_Xref_Add $L batch --no-sign", "libharu gave up with error 0x1033 (detail 0)",
		1},
	{"failing HPDF_Xref_Add $L batch --no-sign", "[E-PDF]", 1},
	{"failing hb_subset_plan_execute_or_fail $L batch --no-sign", "[E-FONT-EMBED]", 1},
	{"failing exit $L batch --no-sign",
		"lettermerge: a library gave up, as for want of memory, the program ends here", 3},
	{"failing sqlite3_step $L batch --no-sign", "[E-RECORD]", 3},
	{"failing inotify_init1 $L preview anna --watch", "[E-WATCH]", 3},
	{"failing readdir64 $L batch --no-sign", "error: cannot read \"recipients\"", 3},
	{"$L batch --no-sign -q; (failing readdir64 $L batch --no-sign --prune 2>/dev/null); "
	 "test $? = 3 && ls out/ann?.pdf >&2",
		"out/anna.pdf\nout/anne.pdf\n", 0},
	{"$L batch --no-sign -q; failing readdir64 $L batch --no-sign", "[E-FILE-READ]", 3},
	{"$L batch --no-sign -q; failing readdir64 $L forget anna --force",
		"error: cannot read \"out\"", 3},
	{"failing X509_sign $L identity new Anna", "[E-IDENTITY-NEW]", 3},
	{"mkdir me-root.pem; $L identity new --identity me.pem Me; code=$?; "
	 "test ! -e me.pem || code=key; exit $code",
		"[E-FILE-WRITE]", 3},
	{"XDG_CONFIG_HOME=$PWD $L identity new Anna && "
	 "XDG_CONFIG_HOME=$PWD failing EVP_PKEY_sign $L batch",
		"[E-SIGN]", 3},
};

static void it_says_what_is_wrong(void **state)
{
	const struct usage *usage = *state;
	struct scratch scratch = scratch_new();
	scratch_write(&scratch, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" "
		"xml:lang=\"en-GB\"><title>Letter</title>"
		"<fields><declare name=\"name\"/></fields><p>Dear <field name=\"name\"/></p>"
		"</letter>");
	static const char *const names[] = {"anna", "anne"};
	for (int i = 0; i < 2; i++)
		scratch_write(&scratch, str_format(scratch.arena, "recipients/%s.xml", names[i]).at,
			"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Ann</name>"
			"</recipient>");
	scratch_write(&scratch, "people.csv", "id,name\nanna,Ann\nanne,Ann\n");
	struct outcome run = run_in(scratch.arena, scratch.dir,
		"L='%s'; failing() { export LETTERMERGE_FAIL=$1 LD_PRELOAD='%s' "
		"ASAN_OPTIONS=verify_asan_link_order=0:$ASAN_OPTIONS; shift; \"$@\"; }; %s",
		program, failing, usage->command);
	print_message("# %s\n", usage->command);
	assert_holds(run.err, usage->says);
	assert_int_equal(run.code, usage->code);
	scratch_free(&scratch);
}

int main(int argc, char **argv)
{
	enum { USAGES = sizeof usages / sizeof *usages };
	struct CMUnitTest tests[USAGES];
	for (int i = 0; i < USAGES; i++)
		tests[i] = (struct CMUnitTest){.name = usages[i].command,
			.test_func = it_says_what_is_wrong,
			.initial_state = (void *)(uintptr_t)&usages[i]};
	program = argc > 1 ? plain_link(argv[1]) : "lettermerge";
	failing = argc > 3 ? plain_link(argv[3]) : "";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
