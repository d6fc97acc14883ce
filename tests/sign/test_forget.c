/* What lettermerge forget leaves: of who was forgotten no byte in any file of the folder, of the
 * others all; a signed list that is good and says so; the same when it was killed on the way. */
#include "office.h"

/* quinta: the person. $F NAME… forgets, clean says whether any file holds a byte of hers, full
 * stands for a folder with all that there can be of her: two versions of her letter, its twins, an
 * approval, a failure, parts of a killed run. */
#define QUINTA                                                                                    \
	"person() { echo \"<recipient xmlns='urn:lettermerge:recipient:1'><name>$2</name>"        \
	"</recipient>\" >recipients/$1.xml; }; "                                                  \
	"clean() { grep -rlaiE 'quinta|Ravenscroft|Wickersley' out && echo FOUND || echo clean; " \
	"}; "                                                                                     \
	"gone() { rm -f recipients/quinta.xml; }; F=\"$L forget\"; P=\"--style s.xml\"; "         \
	"full() { person quinta 'Ravenscroft of 7 Quarry Lane, Wickersley'; person dee Dee; "     \
	"$B --also html,text; $L approve -q quinta --by Me; $L approve -q bea --by Me; "          \
	"person quinta 'Lady Ravenscroft, now of Wickersley Hall'; $B --also html,text; "         \
	"echo '<recipient xmlns=\"urn:lettermerge:recipient:1\"/>' >recipients/quinta.xml; $B "   \
	"2>/dev/null; mkdir -p out/.lettermerge.tmp; cp out/quinta.html out/.lettermerge.tmp/1; " \
	"cp out/run.json out/.lettermerge.run; cp $M $M.old; gone; }; "

static const struct row rows[] = {
	{"no byte of her is left", "full; clean; $F quinta; clean",
		"FOUND\n1 record forgotten in "
		"out\nclean\n"},
	{"the list is good and says how many", "full; $F quinta; $V",
		"out/manifest.json: good\n"
		"  signed by \"TEST Office\""},
	{"it counts her among those it counted", "full; $F quinta; $V",
		"  4 letters as recorded, 0 different, 0 not there\n"
		"  1 record forgotten since it was signed\n"},
	{"the same in JSON", "full; $F -q quinta; $V --diag json",
		"\"unlisted\":0,\"forgotten\":1"},
	{"what is left is left", "full; $F -q quinta; ls out; $L approve; $L status",
		"ann.html\nann.pdf\nann.txt\nbea.html"},
	{"an approval of another is left", "full; $F -q quinta; $L approve", "bea"},
	{"nothing is written again", "full; $F -q quinta; $L batch --also html,text",
		"0 letters written to out, 4 unchanged"},
	{"receipts of the others are good",
		"full; $F -q quinta; $L receipt bea >r.json; $L verify --trust $ROOT --receipt "
		"r.json "
		"out/bea.pdf",
		"r.json: good\n"},
	{"she has no receipt any more", "full; $F -q quinta; $L receipt quinta",
		"[E-RECEIPT-NONE]"},
	{"of several", "full; rm recipients/dee.xml; $F quinta dee; clean; $V",
		"2 records forgotten in out\nclean\n"},
	{"twice", "full; $F -q quinta; $F quinta; echo code $?", "[E-FORGET-NONE]"},
	{"one after the other", "full; $F -q quinta; rm recipients/dee.xml; $F -q dee; $V",
		"  2 records forgotten since it was signed\n"},
	{"all of them", "rm recipients/[bc]*; $B; rm recipients/ann.xml; $F -q ann; ls -A out; $V",
		"manifest.json: good"},
	{"who is unknown stops it", "full; $F quinta nobody; clean", "[E-FORGET-NONE]"},
	{"nothing is done then", "full; $F quinta nobody; clean", "FOUND"},
	{"a near miss is named", "full; $F quitna", "did you mean \"quinta\"?"},
	{"whom the source still has", "full; person quinta X; $F quinta; clean",
		"[E-FORGET-SOURCE]\n"},
	{"it is not forgotten then", "full; person quinta X; $F quinta; clean", "FOUND"},
	{"though the source has her", "full; person quinta X; $F --force quinta; clean",
		"was not looked at\nclean\n"},
	{"then she comes back", "full; person quinta X; $F -q --force quinta; $L batch; $V",
		"1 letter written to out, 4 unchanged"},
	{"a table that still has her",
		"printf 'id,name\nquinta,Ravenscroft\nann,Ann\n' >p.csv; $B -r p.csv; "
		"$F -r p.csv quinta",
		"[E-FORGET-SOURCE]"},
	{"a table that has her no more",
		"printf 'id,name\nquinta,Ravenscroft\nann,Ann\n' >p.csv; $B -r p.csv; "
		"sed -i /quinta/d p.csv; $F -r p.csv quinta; clean",
		"out\nclean\n"},
	{"without a source",
		"full; rm -r recipients templates; "
		"$F quinta; clean",
		"was not looked at\nclean\n"},
	{"who was never made",
		"full; echo '<recipient xmlns=\"urn:lettermerge:recipient:1\"/>' "
		">recipients/nil.xml; $B 2>/dev/null; rm recipients/nil.xml; "
		"$F -q nil quinta; ls out/failed.json; $V",
		"'out/failed.json': No such file"},
	{"spread",
		"full; rm -r out; person quinta Ravenscroft; $B --spread; gone; $F -q quinta; "
		"clean",
		"clean\n"},
	{"unsigned",
		"full; rm -r out; person quinta Ravenscroft; $B --no-sign; gone; $F -q quinta; "
		"clean",
		"clean\n"},
	{"in parts that were not joined",
		"person quinta Ravenscroft; $S 1/2; $S 2/2; gone; $F quinta; clean; $J; $V",
		"out\nclean\n2 records joined in out\n"},
	{"after the join of parts",
		"person quinta Ravenscroft; $S 1/2; $S 2/2; $J -q; gone; $F quinta; clean; $V",
		"out\nclean\n"},
	{"without the record", "full; rm out/.lettermerge.db; $F quinta; clean; $V",
		"out\nclean\n"},
	{"another's name is in hers", "person quint Bo; full; $F -q quinta; ls out/quint.pdf",
		"out/quint.pdf"},
	{"of a name that JSON escapes",
		"person 'a\"b' Ravenscroft; $B; rm 'recipients/a\"b.xml'; $F 'a\"b'; clean; $V",
		"out\nclean\n"},
	{"levels that she lacked",
		"full; sed -i "
		"'s/^\"failed\"/\"level\":\"T\",\\n\"lacking\":[\"ann\",\"quinta\",\"bea\"],"
		"\\n&/' out/run.json; $F -q quinta; python3 -m json.tool out/run.json | tr -d ' "
		"\\n'",
		"\"lacking\":[\"ann\",\"bea\"]"},
	{"while another is at work", "full; flock out/.lettermerge.lock $F quinta; echo code $?",
		"[E-LOCKED]"},
	{"an archive", "person quinta Ravenscroft; $B --archive a.zip; gone; $F quinta",
		"nothing was forgotten [E-FORGET-ARCHIVE]"},
	{"an archive that was made anew",
		"person quinta Ravenscroft; $B --archive a.zip; gone; rm a.zip; $B --archive "
		"a.zip; "
		"$F quinta; clean; grep -c quinta a.zip",
		"out\nclean\n0\n"},
	{"previews of hers, and of nobody else's",
		"full; person quinta Ravenscroft; $L preview -q quinta; gone; cd out/preview; "
		"for i in -1.png -12.png .txt -b.pdf -1.pdf t.pdf .b.pdf -old-1.png; do echo "
		">quinta$i; done; echo >.quinta.pdf.tmp; echo >.quinta.b.pdf.tmp; "
		"cd ../..; $F -q quinta; ls -A out/preview | grep quinta | xargs",
		".quinta.b.pdf.tmp quinta-1.pdf quinta-b.pdf quinta-old-1.png quinta.b.pdf "
		"quintat.pdf\n"},
	{"pictures of what is different, and nobody else's",
		"full; person quinta Rosewater; $L diff -q --png quinta; person ann Anna; $L diff "
		"-q --png ann; ls out/diff | wc -l; gone; for i in -1.png -old-2.png "
		"-old-old-1.png "
		".b.pdf; do echo >out/diff/quinta$i; done; $F -q quinta; ls out/diff | xargs",
		"ann-new-1.png ann-old-1.png ann.pdf quinta-1.png quinta-old-old-1.png quinta.b.pdf"
		"\n"},
	{"the letters that show all, in one file",
		"full; mkdir -p out/preview; echo >out/preview/+proof.pdf; $F -q quinta; "
		"ls out/preview/+proof.pdf",
		"cannot access 'out/preview/+proof.pdf'"},
	{"a letter of one whose name goes on behind a dot",
		"person quinta.b Bo; full; $F quinta; echo code $?; ls out/quinta.b.pdf; $V",
		"1 record forgotten in out\ncode 0\nout/quinta.b.pdf\n"},
	{"of whom a preview alone is left",
		"full; person quinta Ravenscroft; $L preview -q quinta; gone; rm -r out/.letter* "
		"out/quinta* $M* out/run.json; $F quinta; ls out/preview | wc -l",
		"1 record forgotten in out\n0\n"},
	{"a copy of hers that no run made",
		"full; cp out/quinta.pdf out/quinta.old.pdf; $F -q quinta",
		"out/quinta.old.pdf: error: this file still speaks of"},
	{"a receipt in the folder", "full; $L receipt quinta >out/r.json; $F quinta; echo code $?",
		"out/r.json: error: this file still speaks of \"quinta\""},
	{"and said until it is gone",
		"full; $L receipt quinta >out/r.json; $F -q quinta; $F quinta; rm out/r.json; "
		"clean",
		"[E-FORGET-LEFT]"},
	{"a list of 0.1",
		"full; printf '{\"manifest\":1,\"letters\":[\\n]}\\n' >$M; $F quinta; clean",
		"[E-FORGET-OLD]"},
	{"a list that was tampered with", "full; sed -i /ann/d $M; $F quinta; clean",
		"[E-MANIFEST-SUM]"},
	{"pruned, it is gone but for approvals, which stay",
		"full; $B --prune --also html,text; clean; rm out/.lettermerge.approvals.db*; "
		"clean",
		"FOUND\nclean\n"},
	{"pruned, no page of the record is left free, where bytes could stand",
		"for i in $(seq 40); do person p$i \"$(seq -s ' ' $((i * 20)))\"; done; $B "
		"--no-sign; rm recipients/p*; $B --no-sign --prune; python3 -c \"import sqlite3; "
		"print(*sqlite3.connect('out/.lettermerge.db').execute('PRAGMA "
		"freelist_count').fetchone(), 'free')\"",
		"0 free\n"},
	{"a table that was cut off removes nobody, in words only",
		"printf 'id,name\nann,Ann\nbea,Bea\ncis,Cis\n' >p.csv; $B -r p.csv --no-sign; head "
		"-c 20 "
		"p.csv >cut.csv; for c in 'status --strict' batch; do $L $c -r cut.csv --no-sign "
		"--prune "
		"2>&1 | grep -o 'E-PRUNE-CUT'; done; ls out/*.pdf | wc -l",
		"E-PRUNE-CUT\nE-PRUNE-CUT\n3\n"},
	{"one that is whole does, and one that lacks its last line's end may be if nobody is gone",
		"printf 'id,name\nann,Ann\nbea,Bea\ncis,Cis' >p.csv; $B -r p.csv --no-sign "
		"--prune; "
		"printf 'id,name\rann,Ann\rcis,Cis\r' >p.csv; $L batch -q -r p.csv --no-sign "
		"--prune; "
		"ls out/*.pdf | xargs",
		"out/ann.pdf out/cis.pdf\n"},
	{"nor does one of other than the expected number, or without its line's end, unless that "
	 "is said",
		"printf 'id,name\nann,Ann\nbea,Bea' >p.csv; $B -r p.csv --no-sign; printf "
		"'id,name\nann,Ann' >p.csv; for n in 2 1; do $L batch -q -r p.csv --no-sign "
		"--prune "
		"--expect $n 2>&1 | grep -o 'E-[A-Z-]*'; ls out/*.pdf | wc -l; done",
		"E-RECIPIENTS-COUNT\n2\n1\n"},
	{"of whom?", "$F; echo $?", "2\n"},
	{"where there is nothing", "$F ann --force; echo $?", "3\n"},
};

/* A list that says of a record that it was forgotten, which nobody signed so. */
static const struct row tampered[] = {
	{"a hash that is none of its", "sed -i 's/forgotten\":\"./forgotten\":\"x/' $M",
		"[E-MANIFEST-READ]"},
	{"another hash", "sed -i '/forgotten/s/[0-9a-f]\\{64\\}/'$(printf %064d 0)/ $M",
		"[E-MANIFEST-SUM]"},
	{"a hash too many", "sed -i 's/^{\"forgotten[^,]*/&,\\n&/' $M", "[E-MANIFEST-SUM]"},
	{"a hash too few", "sed -i -z 's/,\\n{\"forgotten[^}]*}//' $M", "[E-MANIFEST-SUM]"},
	{"a node of the tree for two leaves",
		"python3 -c \"\nimport hashlib, sys\n"
		"lines = open('$M').read().split('\\n')\n"
		"hash = lambda kind, data: hashlib.sha256(bytes([kind]) + data).digest()\n"
		"leaf = [hash(0, line.rstrip(',').encode()) for line in lines[1:3]]\n"
		"lines[1:3] = ['{\\\"forgotten\\\":\\\"' + hash(1, leaf[0] + leaf[1]).hex() + "
		"'\\\"},']\n"
		"open('$M', 'w').write('\\n'.join(lines))\"",
		"[E-MANIFEST-SUM]"},
};

static void what_is_left(void **state)
{
	const struct row *row = *state;
	assert_holds(said(QUINTA, row, "true"), row->says);
}

static void a_tampered_list(void **state)
{
	const struct row *row = *state;
	assert_holds(said(QUINTA "full; $F -q quinta; ", row, "$V"), row->says);
}

/* At every fourth call that changes the disk, killed before it: done again, it is done. */
static void killed_at_any_moment(void **state)
{
	static const struct row row = {
		.command = "full; cp -a out full; n=1; ( while [ $n -lt 200 ]; do rm -r out; cp -a "
			   "full out; "
			   "LETTERMERGE_KILL_AT=$n LD_PRELOAD=\"$KILL_AT\" "
			   "ASAN_OPTIONS=verify_asan_link_order=0:$ASAN_OPTIONS $F -q quinta 2>&1; "
			   "code=$?; "
			   "[ $code = 0 ] && break; [ $code = 137 ] || echo ended $code; "
			   "again=$($F -q quinta 2>&1) || case $again in *E-FORGET-NONE*) ;; *) "
			   "echo $again;; esac; "
			   "[ $(clean) = clean ] || echo left $n; $V >said || cat said; "
			   "grep -q '1 record forgotten' said || echo unsaid $n; n=$((n + 4)); "
			   "done; "
			   "[ $n -gt 15 ] && echo all held ) 2>&1 | grep -v Killed"};
	(void)state;
	struct str out = said(QUINTA, &row, "true");
	assert_string_equal(out.at, "all held\n");
}

/* What the disk refuses is said: who is told that she is forgotten finds no byte of her. */
static void forgotten_on_a_disk_that_fails(void **state)
{
	static const struct row row = {
		.command = "full; cp -a out full; n=1; while [ $n -lt 400 ]; do rm -r out; cp -a "
			   "full out; "
			   "LETTERMERGE_KILL_AT=$n LETTERMERGE_KILL_BY=EIO "
			   "LETTERMERGE_KILL_CALLS=calls "
			   "LD_PRELOAD=\"$KILL_AT\" "
			   "ASAN_OPTIONS=verify_asan_link_order=0:$ASAN_OPTIONS $F -q quinta >said "
			   "2>&1 "
			   "&& [ $(clean) != clean ] && echo left $n; "
			   "[ $n -gt $(cat calls) ] && break; n=$((n + 2)); done; "
			   "[ $n -gt 30 ] && [ $n -lt 400 ] && echo all tried"};
	(void)state;
	struct str out = said(QUINTA, &row, "true");
	assert_string_equal(out.at, "all tried\n");
}

int main(int argc, char **argv)
{
	static struct CMUnitTest tests[80] = {cmocka_unit_test(killed_at_any_moment),
		cmocka_unit_test(forgotten_on_a_disk_that_fails)};
	int count = 2;
	ADD(rows, what_is_left);
	ADD(tampered, a_tampered_list);
	if (argc > 2)
		setenv("KILL_AT", plain_link(argv[2]), 1);
	return RUN(argc, argv);
}
