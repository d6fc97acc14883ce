/* The list of a run: each fate of a record, what is refused of a list that was tampered with, and
 * what is said of the letters in its folder. */
#include "office.h"

static const struct row fates[] = {
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
	{"ids with dots anywhere but in front",
		"mv recipients/ann.xml recipients/a..b.xml; mv recipients/bea.xml "
		"recipients/a...xml; "
		"mv recipients/cis.xml recipients/a.b.xml; $B; $V --strict && $L receipt a..b | wc "
		"-l",
		"out/manifest.json: good\n"},
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
	{"a file behind a way out", "sed -i 's/\"file\":\"bea/\"file\":\"x\\/..\\/bea/' $M",
		"[E-MANIFEST-READ]"},
	{"a file by another way", "sed -i 's/\"file\":\"bea/\"file\":\".\\/bea/' $M",
		"[E-MANIFEST-READ]"},
	{"cut short", "sed -i '$d' $M", "[E-MANIFEST-READ]"},
	{"empty", ": >$M", "[E-MANIFEST-READ]"},
};

/* What lies in the folder, and how old the list is. */
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
	{"letters of two runs, each by its own list",
		"$B -o other; $L verify --trust $ROOT out/ann.pdf other/ann.pdf out/bea.pdf "
		"other/bea.pdf out/ann.pdf | grep -c 'it is what the run recorded'",
		"5\n"},
	{"and not by another's",
		"sed -i s/Bea/Bee/ recipients/bea.xml; $B -o other; cp other/bea.pdf out; "
		"$L verify --trust $ROOT other/bea.pdf out/bea.pdf other/ann.pdf | grep -A1 bea",
		"out/bea.pdf: error: the letter is not what the run recorded"},
	{"a list that is none speaks for none of its letters",
		"$B -o other; echo >>$M; $L verify --trust $ROOT out/ann.pdf other/ann.pdf "
		"out/bea.pdf",
		"out/bea.pdf: NOT GOOD\n"},
	{"also one in capitals, and one in a folder below",
		"mkdir out/x; cp out/ann.pdf out/x/Z.PDF; $V", "out/x/Z.PDF: warning: "},
	{"which is no fault", "cp out/ann.pdf out/zoe.pdf; $V && echo fine", "fine"},
	{"but with --strict", "cp out/ann.pdf out/zoe.pdf; $V --strict || echo bad", "bad"},
	{"others are not named", "$V | grep -c W-UNLISTED", "0\n"},
	{"of a part nothing is said of the others",
		"$B --shard 1/2; $L verify --strict --trust config/lettermerge/identity-root.pem "
		"--manifest out/manifest-1-of-2.json",
		" as recorded, 0 different, 0 not there\n"},
	{"what holds names is for its owner alone",
		"stat -c '%a %n' out/.lettermerge.db out/manifest.json out/run.json",
		"600 out/.lettermerge.db\n600 out/manifest.json\n600 out/run.json\n"},
	{"so is what quotes them",
		"sed -i s/Bea// recipients/bea.xml; $B; stat -c %a out/failed.json", "600\n"},
	{"and who approved", "$L approve ann --by Jo -q; stat -c %a out/.lettermerge.approvals.db",
		"600\n"},
	{"a mode that was given to it stays",
		"$L approve ann --by Jo -q; chmod 660 out/.lettermerge.approvals.db; "
		"$L approve ann --by Al -q; stat -c %a out/.lettermerge.approvals.db",
		"660\n"},
	{"what became of the records",
		"sed -i s/Bea// recipients/bea.xml; $B; rm recipients/ann.xml; $B; $V",
		"  2 records: 1 unchanged, 1 rejected; beside them 1 gone\n  3 letters as "
		"recorded"},
	{"the same for programs", "sed -i s/Bea// recipients/bea.xml; $B; $V --json",
		"\"records\":{\"in\":3,\"made\":0,\"unchanged\":2,\"rejected\":1,\"held\":0,"
		"\"gone\":0"},
	{"by whom and when the list was signed",
		"SOURCE_DATE_EPOCH=1602579600 $B -o new; "
		"$L verify --trust config/lettermerge/identity-root.pem --manifest new",
		"signed by \"TEST Office\", on 13 October 2020, 09:00 UTC by the signer's own "
		"clock"},
	{"one signed before --after is refused", "$V --after 2999-12-31", "[E-MANIFEST-OLD]"},
	{"not good, then", "$V --after 2999-12-31", "NOT GOOD"},
	{"one signed after it is not", "$V --after 2000-01-01T00:00:00Z && echo fine", "fine"},
	{"what is no time", "$V --after yesterday", "[E-OPTION-TIME]"},
	{"what is no day", "$V --after 2021-02-29", "[E-OPTION-TIME]"},
};

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

int main(int argc, char **argv)
{
	static struct CMUnitTest tests[100];
	int count = 0;
	ADD(fates, a_fate);
	ADD(tampered, a_tampered_list);
	ADD(verdicts, a_verdict);
	return RUN(argc, argv);
}
