/* The list of a run: each fate of a record, what is refused of a list that was tampered with, and
 * which parts are joined. Each case is a shell command in a small project of three letters. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program; /* from the command line */

/* $L stands for the program, $B for a batch, $V for verify. */
static const struct row {
	const char *name, *command, *says;
} fates[] = {
	{"made", "$B; tail -n 2 out/manifest.json",
		"\"in\":3,\"made\":3,\"unchanged\":0,\"rejected\":0,\"held\":0,\"gone\":0,"},
	{"unchanged beside made",
		"$B; sed -i s/Bea/Bee/ recipients/bea.xml; $B; "
		"sed 's/,\"code.*//; s/,\"file.*//' out/manifest.json",
		"{\"id\":\"ann\",\"fate\":\"unchanged\"\n{\"id\":\"bea\",\"fate\":\"made\"\n"
		"{\"id\":\"cis\",\"fate\":\"unchanged\"\n"},
	{"rejected, with its code and without a letter",
		"sed -i s/Bea// recipients/bea.xml; $B; sed 's/,\"salt.*//' out/manifest.json",
		"{\"id\":\"bea\",\"fate\":\"rejected\",\"code\":\"E-FIELD-BLANK\"\n"},
	{"rejected, with the letter of an earlier run",
		"$B; sed -i s/Bea// recipients/bea.xml; $B; grep bea out/manifest.json",
		"\"fate\":\"rejected\",\"code\":\"E-FIELD-BLANK\",\"file\":\"bea.pdf\","},
	{"held", "$L approve ann --by Jo -q; $B --approved-only; tail -n 2 out/manifest.json",
		"\"in\":3,\"made\":1,\"unchanged\":0,\"rejected\":0,\"held\":2,\"gone\":0,"},
	{"gone, counted apart", "$B; rm recipients/cis.xml; $B; tail -n 2 out/manifest.json",
		"\"in\":2,\"made\":0,\"unchanged\":2,\"rejected\":0,\"held\":0,\"gone\":1,"},
	{"back again after it was gone",
		"$B; mv recipients/cis.xml cis; $B; mv cis recipients/cis.xml; $B; "
		"tail -n 2 out/manifest.json",
		"\"in\":3,\"made\":0,\"unchanged\":3,\"rejected\":0,\"held\":0,\"gone\":0,"},
	{"all five at once, and it verifies",
		"$B; sed -i s/Bea// recipients/bea.xml; rm recipients/cis.xml; "
		"for i in dan eve; do sed s/Ann/$i/ recipients/ann.xml >recipients/$i.xml; done; "
		"for i in ann dan; do $L approve $i --by Jo -q; done; $B --approved-only; "
		"tail -n 2 out/manifest.json | head -n 1; $V",
		"\"in\":4,\"made\":1,\"unchanged\":1,\"rejected\":1,\"held\":1,\"gone\":1,"},
	{"two records of one id are two lines",
		"cp recipients/ann.xml recipients/zoe.xml; "
		"sed -i 's/<recipient /&id=\"ann\" /' recipients/zoe.xml; $B; "
		"sed 's/,\"file.*//; s/,\"salt.*//' out/manifest.json",
		"{\"id\":\"ann\",\"fate\":\"made\"\n"
		"{\"id\":\"ann\",\"fate\":\"rejected\",\"code\":\"E-RECIPIENT-TWICE\"\n"},
	{"no record at all", "$B; rm recipients/*; $B --prune; tail -n 2 out/manifest.json; $V",
		"no record"},
	{"a choice of records is not the whole", "$B --only ann; tail -n 2 out/manifest.json",
		"\"whole\":\"no\""},
	{"the whole is", "$B --only ann; $B; tail -n 2 out/manifest.json", "\"whole\":\"yes\""},
};

/* Of a list that was good; $M is the list. */
static const struct row tampered[] = {
	{"nothing", "true", "good\n"},
	{"a leaf dropped", "sed -i '/\"id\":\"bea\"/d' $M", "[E-MANIFEST-SUM]"},
	{"a leaf doubled", "sed -i '/\"id\":\"bea\"/p' $M", "[E-MANIFEST-SUM]"},
	{"two leaves swapped", "sed -i '2{h;d};3G' $M", "[E-MANIFEST-SUM]"},
	{"a leaf dropped and the counts with it",
		"sed -i '/\"id\":\"bea\"/d; s/\"in\":3,\"made\":3/\"in\":2,\"made\":2/' $M",
		"[E-MANIFEST-SUM]"},
	{"a count changed", "sed -i 's/\"made\":3,\"unchanged\":0/\"made\":2,\"unchanged\":1/' $M",
		"[E-MANIFEST-SUM]"},
	{"counts that are not their sum", "sed -i 's/\"made\":3/\"made\":4/' $M",
		"[E-MANIFEST-READ]"},
	{"a fate changed", "sed -i '/bea/s/\"fate\":\"made\"/\"fate\":\"unchanged\"/' $M",
		"[E-MANIFEST-SUM]"},
	{"an id changed", "sed -i 's/\"id\":\"bea\"/\"id\":\"bob\"/' $M", "[E-MANIFEST-SUM]"},
	{"a letter's hash changed", "sed -i '/bea/s/\"sha256\":\"..../\"sha256\":\"0000/' $M",
		"[E-MANIFEST-SUM]"},
	{"a salt changed", "sed -i '/bea/s/\"salt\":\"..../\"salt\":\"0000/' $M",
		"[E-MANIFEST-SUM]"},
	{"the root changed", "sed -i 's/\"root\":\"..../\"root\":\"0000/' $M", "[E-MANIFEST-SUM]"},
	{"the run changed", "sed -i 's/\"run\":\"..../\"run\":\"0000/' $M", "[E-ALTERED]"},
	{"whole where it is not", "sed -i 's/\"whole\":\"yes\"/\"whole\":\"no\"/' $M",
		"[E-ALTERED]"},
	{"a shard of something", "sed -i 's/\"shard\":\"\"/\"shard\":\"1\\/2\"/' $M",
		"[E-ALTERED]"},
	{"a head of another run",
		"$B -o other; "
		"sed -i '/^{\"head\"/d' $M; sed -i \"/\\\"head\\\":$/r /dev/stdin\" $M <<END\n"
		"$(grep '^{\"head\"' other/manifest.json)\nEND\n",
		"[E-MANIFEST-SUM]"},
	{"a head and signature of another run",
		"$B -o other; "
		"sed -i '/^{\"head\"/d' $M; sed -i \"/\\\"head\\\":$/r /dev/stdin\" $M <<END\n"
		"$(grep '^{\"head\"' other/manifest.json)\nEND\ncp other/manifest.json.p7s out",
		"[E-MANIFEST-SUM]"},
	{"a signature of another run", "$B -o other; cp other/manifest.json.p7s out",
		"[E-ALTERED]"},
	{"no signature", "rm $M.p7s", "[E-MANIFEST-UNSIGNED]"},
	{"words behind the end", "echo >>$M", "[E-MANIFEST-READ]"},
	{"a blank between", "sed -i 's/,\"fate\"/, \"fate\"/' $M", "[E-MANIFEST-READ]"},
	{"a member that nobody knows", "sed -i 's/,\"salt\"/,\"y\":\"z\",\"salt\"/' $M",
		"[E-MANIFEST-READ]"},
	{"a file outside", "sed -i 's/\"file\":\"bea/\"file\":\"..\\/bea/' $M",
		"[E-MANIFEST-READ]"},
	{"cut short", "sed -i '$d' $M", "[E-MANIFEST-READ]"},
	{"empty", ": >$M", "[E-MANIFEST-READ]"},
};

/* What lies in the folder, and how old the list is. $V is verify of the list, $O of a letter. */
static const struct row verdicts[] = {
	{"what verify says of the letter, the list says: junk at its end",
		"printf 0123456789ABC >>out/bea.pdf; $O; $V", "out/manifest.json: NOT GOOD"},
	{"and why", "printf 0123456789ABC >>out/bea.pdf; $V", "[E-CHANGED]"},
	{"it is counted", "printf 0123456789ABC >>out/bea.pdf; $V",
		"2 letters as recorded, 0 different, 0 not there\n  1 begins as recorded and is "
		"not good"},
	{"a letter of a stranger", "rm -r config; $L identity new Other >/dev/null; $V",
		"0 letters as recorded, 0 different, 0 not there\n  3 begin as recorded and are "
		"not good"},
	{"a letter that is not on the list is named", "cp out/ann.pdf out/zoe.pdf; $V",
		"out/zoe.pdf: warning: this letter lies in the folder and is not on the list "
		"[W-UNLISTED]"},
	{"also one in capitals, and one in a folder below",
		"mkdir out/x; cp out/ann.pdf out/x/Z.PDF; $V", "out/x/Z.PDF: warning: "},
	{"which is no fault", "cp out/ann.pdf out/zoe.pdf; $V && echo fine", "fine"},
	{"but with --strict", "cp out/ann.pdf out/zoe.pdf; $V --strict || echo bad", "bad"},
	{"others are not named", "$V | grep -c W-UNLISTED", "0\n"},
	{"of a part nothing is said of the others",
		"$B --shard 1/2; $L verify --strict --trust config/lettermerge/identity-root.pem "
		"--manifest out/manifest-1-of-2.json",
		" as recorded, 0 different, 0 not there\n"},
	{"by whom and when the list was signed",
		"SOURCE_DATE_EPOCH=1602579600 $B -o new; "
		"$L verify --trust config/lettermerge/identity-root.pem --manifest new",
		"signed by TEST Office, on 13 October 2020, 09:00 UTC by the signer's own clock"},
	{"one signed before --after is refused", "$V --after 2999-12-31", "[E-MANIFEST-OLD]"},
	{"not good, then", "$V --after 2999-12-31", "NOT GOOD"},
	{"one signed after it is not", "$V --after 2000-01-01T00:00:00Z && echo fine", "fine"},
	{"what is no time", "$V --after yesterday", "[E-OPTION-TIME]"},
	{"what is no day", "$V --after 2021-02-29", "[E-OPTION-TIME]"},
};

/* $S stands for a batch of a part, $J for a join. */
static const struct row joins[] = {
	{"all parts", "$S 1/2; $S 2/2; $J && $V", "3 letters as recorded"},
	{"a part that never ran", "$S 1/4; $S 2/4; $S 4/4; $J", "[E-JOIN-MISSING]"},
	{"it is named", "$S 1/4; $S 2/4; $S 4/4; $J", "of part 3/4"},
	{"nothing was joined then", "$S 1/2; $J; ls -A out", ".lettermerge-1-of-2.db"},
	{"without it by --partial, which the list says",
		"$S 1/4; $S 2/4; $S 4/4; $J --partial && $V && tail -n 2 out/manifest.json",
		"\"whole\":\"no\",\"missing\":\"3/4\"}"},
	{"and by a whole run no more", "$S 1/4; $J --partial; $B; tail -n 2 out/manifest.json",
		"\"whole\":\"yes\",\"missing\":\"\"}"},
	{"a part of which records were chosen", "$S 1/2 --limit 1; $S 2/2; $J",
		"[E-JOIN-UNFINISHED]"},
	{"another template", "$S 1/2; sed -i s/Words/Others/ templates/letter.xml; $S 2/2; $J",
		"parts 1/2 and 2/2 were made with another template"},
	{"another style", "$S 1/2; $S 2/2 --style s.xml; $J",
		"parts 1/2 and 2/2 were made with another style"},
	{"another source", "$S 1/2; sed -i s/Ann/Anna/ recipients/ann.xml; $S 2/2; $J",
		"made with another source of records"},
	{"another signer", "$S 1/2; rm -r config; $L identity new Other; $S 2/2; $J",
		"made with another signer"},
	{"nobody signed one", "$S 1/2; $S 2/2 --no-sign; $J", "made with another signer"},
	{"other options", "$S 1/2; $S 2/2 --attach-source; $J",
		"made with another option, included file or picture, nothing was joined "
		"[E-JOIN-DIFFERS]"},
	{"parts of two divisions", "$S 1/2; $S 2/3; $J", "[E-JOIN-COUNTS]"},
	{"once it is mended it is joined",
		"$S 1/2; sed -i s/Words/Others/ templates/letter.xml; $S 2/2; $J; $S 1/2; $J && $V",
		"3 letters as recorded"},
	{"a bad record does not stop a join",
		"sed -i s/Bea// recipients/bea.xml; $S 1/2; $S 2/2; $J && $V; "
		"tail -n 2 out/manifest.json",
		"\"in\":3,\"made\":2,\"unchanged\":0,\"rejected\":1,"},
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

static struct str said(const char *before, const struct row *row, const char *behind)
{
	static struct scratch project;
	if (project.arena)
		scratch_free(&project);
	project = make_project();
	return run_in(project.arena, project.dir,
		"export XDG_CONFIG_HOME=$PWD/config; L='%s' M=out/manifest.json; B=\"$L batch "
		"-q\"; "
		"V=\"$L verify --trust config/lettermerge/identity-root.pem --manifest out\"; "
		"O=\"$L verify --trust config/lettermerge/identity-root.pem out/bea.pdf\"; "
		"S=\"$B --shard\" J=\"$L merge-record\"; "
		"{ $L identity new Office >/dev/null; %s\n%s\n%s; } 2>&1",
		program, before, row->command, behind)
		.out;
}

static void a_fate(void **state)
{
	const struct row *row = *state;
	assert_holds(said("", row, "true"), row->says);
}

static void a_tampered_list(void **state)
{
	const struct row *row = *state;
	struct str out = said("$B", row, "$V; echo code $?");
	assert_holds(out, row->says);
	assert_holds(out, str_is(str_of(row->says), "good\n") ? "code 0\n" : "code 1\n");
}

static void a_verdict(void **state)
{
	const struct row *row = *state;
	assert_holds(said("$B", row, "true"), row->says);
}

static void a_join(void **state)
{
	const struct row *row = *state;
	assert_holds(said("", row, "true"), row->says);
}

int main(int argc, char **argv)
{
	enum {
		FATES = sizeof fates / sizeof *fates,
		TAMPERED = sizeof tampered / sizeof *tampered,
		JOINS = sizeof joins / sizeof *joins,
		VERDICTS = sizeof verdicts / sizeof *verdicts
	};
	struct CMUnitTest tests[FATES + TAMPERED + JOINS + VERDICTS];
	int count = 0;
	for (int i = 0; i < FATES; i++)
		tests[count++] = (struct CMUnitTest){
			fates[i].name, a_fate, NULL, NULL, (void *)(uintptr_t)&fates[i]};
	for (int i = 0; i < TAMPERED; i++)
		tests[count++] = (struct CMUnitTest){tampered[i].name, a_tampered_list, NULL, NULL,
			(void *)(uintptr_t)&tampered[i]};
	for (int i = 0; i < JOINS; i++)
		tests[count++] = (struct CMUnitTest){
			joins[i].name, a_join, NULL, NULL, (void *)(uintptr_t)&joins[i]};
	for (int i = 0; i < VERDICTS; i++)
		tests[count++] = (struct CMUnitTest){
			verdicts[i].name, a_verdict, NULL, NULL, (void *)(uintptr_t)&verdicts[i]};
	program = argc > 1 ? plain_link(argv[1]) : "lettermerge";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
