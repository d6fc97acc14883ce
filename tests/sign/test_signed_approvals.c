/* Approvals that are signed with a person's own identity, and runs that believe no others: what was
 * forged, moved or altered in the file of approvals never counts. */
#include "office.h"

#include <stdio.h>

static char keys[1024]; /* of the folder that pki.sh fills */

/* $A approves ann with one key and $R with another; $STATUS asks for two that are signed; $SQL runs
 * statements on the file of approvals. */
#define DESK                                                                                     \
	"K=$KEYS; A=\"$L approve -q ann --sign-with $K/p256-identity.pem\"; "                    \
	"R=\"$L approve -q ann --sign-with $K/rsa2048-identity.pem\"; "                          \
	"TRUST=\"--trust $K/root.pem\"; STATUS() { $L status --no-sign --only ann "              \
	"--signed-approvals --approvals ${1:-2} $TRUST | head -1 | cut -d: -f2-; }; "            \
	"SQL() { python3 -c \"import sqlite3, sys; "                                             \
	"db = sqlite3.connect('out/.lettermerge.approvals.db'); db.executescript(sys.argv[1]); " \
	"db.commit()\" \"$1\"; }; "

#define TWO " to be written: "
#define ONE " held: there is no record of it yet; it has 1 of 2 approvals"
#define UNPROVEN "an approval of it has no signature that can be believed"

static const struct row rows[] = {
	{"two persons who have signed are two", "$A; $R; STATUS", TWO},
	{"one is one", "$A; STATUS", ONE "\n"},
	{"the same certificate is one person, however often and in whatever file",
		"$A; $A; $L approve -q ann --sign-with $K/p256.p12 --pass-file $K/phrase && STATUS",
		ONE "\n"},
	{"who only says a name does not count", "$A; $L approve -q ann --by Al; STATUS",
		ONE "; " UNPROVEN "\n"},
	{"nor the name of who has signed, said",
		"$A; $L approve -q ann --by 'TEST p256 signer'; STATUS 1", UNPROVEN},
	{"without the option all count",
		"$A; $L approve -q ann --by Al; $L status --no-sign "
		"--only ann --approvals 2 | head -1 | cut -d: -f2-",
		TWO},
	{"who has approved says that it is signed", "$A; $L approve | cut -d, -f1,2",
		"ann: approved by \"TEST p256 signer\", signed\n"},
	{"likewise for programs, and in the log", "$A; $L approve --json; $L log ann -q",
		"\"known\":\"signed\""},
	{"a run writes what two have signed, and holds what they have not",
		"$A; $R; $L batch -q --no-sign --signed-approvals --approvals 2 $TRUST 2>&-; ls "
		"out",
		"ann.pdf\n"},
	{"another version is not what they signed",
		"$A; $R; sed -i s/Ann/Anne/ recipients/ann.xml; STATUS; sed -i s/Anne/Ann/ "
		"recipients/ann.xml; STATUS",
		"its words changed since it was approved\n to be written"},
	{"nothing is believed without roots",
		"$A; $L status --signed-approvals --no-sign; echo code $?", "[E-TRUST-UNNAMED]"},
	{"nor through the roots of others", "$A; $R; TRUST=\"--trust $ROOT\"; STATUS",
		"2 approvals of it have no signature that can be believed"},
	{"a certificate says who approves: no other name is taken",
		"$A --by Al; echo code $?; $L approve", "[E-APPROVE-WITH]"},
	{"a key that may not sign approves nothing",
		"$L approve -q ann --sign-with $K/expired-identity.pem; echo code $?; $L approve",
		"code 1\n"},
	{"the signature is gone",
		"$A; $R; SQL \"UPDATE approval SET signature=NULL WHERE person "
		"LIKE '%p256%'\"; STATUS",
		ONE "; " UNPROVEN},
	{"a signature of another's",
		"$A; $R; SQL \"UPDATE approval SET signature=(SELECT "
		"signature FROM approval WHERE person LIKE '%rsa%')\"; STATUS",
		ONE "; " UNPROVEN},
	{"a signature under another name",
		"$A; SQL \"INSERT INTO approval SELECT id, 'Al', "
		"content, at, known, signature FROM approval\"; STATUS",
		ONE "; " UNPROVEN},
	{"or under the same, written in another way",
		"$A; SQL \"INSERT INTO approval SELECT id, "
		"'test P256 signer', content, at, known, signature FROM approval\"; STATUS",
		"held: there is no record of it yet; it has 1 of 2 approvals"},
	{"of another letter",
		"$L approve -q bea --sign-with $K/p256-identity.pem; $R; SQL "
		"\"INSERT INTO approval SELECT 'ann', person, content, at, known, signature FROM "
		"approval WHERE id='bea'; UPDATE approval SET content=(SELECT content FROM "
		"approval "
		"WHERE person LIKE '%rsa%') WHERE id='ann'\"; STATUS",
		ONE "; " UNPROVEN},
	{"at another time",
		"$A; $R; SQL \"UPDATE approval SET at=at-1 WHERE person LIKE "
		"'%p256%'\"; STATUS",
		ONE "; " UNPROVEN},
	{"of another version, which is given out for this one",
		"$A; sed -i s/Ann/Anne/ recipients/ann.xml; $R; SQL \"UPDATE approval SET "
		"content=(SELECT content FROM approval WHERE person LIKE '%rsa%')\"; STATUS",
		ONE "; " UNPROVEN},
	{"or whose key alone is given out for this one's",
		"$A; sed -i s/Ann/Anne/ recipients/ann.xml; $R; python3 -c \"import sqlite3; db = "
		"sqlite3.connect('out/.lettermerge.approvals.db'); r = db.execute('SELECT content "
		"FROM approval WHERE person LIKE \\\"%rsa%\\\"').fetchone()[0]; p = db.execute("
		"'SELECT content FROM approval WHERE person LIKE \\\"%p256%\\\"').fetchone()[0]; "
		"db.execute('UPDATE approval SET content=? WHERE person LIKE \\\"%p256%\\\"', "
		"(r[:17] + p[17:],)); db.commit()\"; STATUS",
		ONE "; its words changed since it was approved\n"},
	{"a file of the form before is read as it is, and goes on",
		"$L approve -q ann --by Al; SQL \"DROP TABLE version_base; DROP INDEX "
		"version_needs; ALTER TABLE version DROP COLUMN base; ALTER TABLE approval DROP "
		"COLUMN signature; ALTER TABLE log DROP COLUMN upto; ALTER TABLE log DROP COLUMN "
		"signature; ALTER TABLE remark DROP COLUMN answered; PRAGMA "
		"user_version=5\"; STATUS 1; $L approve | cut -d, -f1; $A; STATUS 1",
		UNPROVEN "\nann: approved by \"Al\"\n to be written"},
};

/* Of what else is signed: $S does something with ann as the first, $U the same unsigned, $LOG is
 * what the log says of signatures; $PROVE holds each signed line against OpenSSL. */
#define OTHERS                                                                                     \
	DESK "S=\"$L approve -q ann --sign-with $K/p256-identity.pem\"; "                          \
	     "U=\"$L approve -q ann --by Al\"; LOG() { $L log $TRUST | cut -c23- | "               \
	     "sed 's/  [0-9a-f]*$//'; }; HELD() { $L status --no-sign --only ann "                 \
	     "--signed-approvals --approvals 1 $TRUST | head -1 | cut -d: -f2-; }; "               \
	     "PROVE() { $L log --json | python3 -c \"\n"                                           \
	     "import base64, json, re, subprocess, sys\n"                                          \
	     "before, good = '', 0\n"                                                              \
	     "for row in sys.stdin:\n"                                                             \
	     "    said = json.loads(row)\n"                                                        \
	     "    line, text = said['line'], re.match('{.line.:(.*),.leaf.:', row).group(1)\n"     \
	     "    if line['act'] == 'approved':\n"                                                 \
	     "        text = json.dumps({'approval': 1, **{k: line[k] for k in ('id', 'version', " \
	     "'who', 'at')}}, separators=(',', ':'))\n"                                            \
	     "    else:\n"                                                                         \
	     "        text = '{\\\"decision\\\":1,\\\"after\\\":\\\"%s\\\",\\\"line\\\":%s}' % "   \
	     "(before, "                                                                           \
	     "text)\n"                                                                             \
	     "    before = said['chain']\n"                                                        \
	     "    if 'signature' not in said: continue\n"                                          \
	     "    open('text', 'w').write(text)\n"                                                 \
	     "    open('der', 'wb').write(base64.b64decode(said['signature']))\n"                  \
	     "    subprocess.run(['openssl', 'cms', '-verify', '-inform', 'DER', '-in', 'der', "   \
	     "'-content', 'text', '-binary', '-noverify', '-out', '/dev/null'], check=True, "      \
	     "stderr=subprocess.DEVNULL)\n"                                                        \
	     "    good += 1\n"                                                                     \
	     "print(good, 'proven')\n\"; }; "

#define GOOD "\"TEST p256 signer\" (signed, good)"
#define HOLDS " held: there is no record of it yet; "
#define LOOSE "and its answer has no signature that can be believed"
#define SETTLED "$A; $U --reject no; $S --answer mended; "
#define BAD "[E-LOG-SIGNATURE]"

static const struct row others[] = {
	{"each act is signed, and the log says so",
		"$A; $S --reject no; $S --comment hm; $S --answer so; $A; $S --withdraw; LOG",
		"ann: approved by " GOOD "\nann: withdrawn by " GOOD
		", \"TEST p256 signer\"\nann: rejected by " GOOD ", \"no\"\nann: commented by " GOOD
		", \"hm\"\nann: answered by " GOOD ", \"so\"\nann: approved by " GOOD
		"\nann: withdrawn by " GOOD ", \"TEST p256 signer\"\n"},
	{"so that another program finds each good",
		"$A; $S --reject \"it's \\\"so\\\"\"; $S --comment Zoë; $U --comment hm; $S "
		"--answer so; "
		"PROVE",
		"5 proven\n"},
	{"a confirmation is, too, and begins a log",
		"sed -i 's/<name>/<name confirmed=\"no\">/' recipients/ann.xml; $L confirm -q ann "
		"name --source \"the register\" --date 2020-10-01 --sign-with "
		"$K/p256-identity.pem; LOG",
		"ann: confirmed by " GOOD},
	{"what cannot be noted and signed is not done",
		"cp recipients/ann.xml was; $A; echo x > out/.lettermerge.approvals.db; $L confirm "
		"-q ann name --source so --date 2020 --sign-with $K/p256-identity.pem 2>&-; echo "
		"code $?; $L confirm -q ann name --source so --date 2020 2>&-; echo code $?; cmp "
		"was recipients/ann.xml && echo as it was",
		"code 3\ncode 3\nas it was\n"},
	{"a spreadsheet and a program are told",
		"$A; $U --comment hm; $L log --csv $TRUST | "
		"cut -d, -f11; $L log --json $TRUST | grep -c "
		"'\"good\":true'",
		"signature\n\"good\"\n\"\"\n1\n"},
	{"without roots nothing is said of it", "$A; $L log", "(signed)"},
	{"another's roots are none", "$A; $S --comment hm; $L log --trust $ROOT; echo $?",
		"2 cannot be believed, the first is line 1"},
	{"a rejection holds, though nobody signed it", "$A; $U --reject no; HELD",
		HOLDS "rejected by \"Al\": \"no\"\n"},
	{"an answer that nobody signed settles nothing where signatures are asked for",
		"$A; $U --reject no; $U --answer fine; HELD",
		HOLDS "rejected by \"Al\": \"no\", " LOOSE "\n"},
	{"and does elsewhere",
		"$A; $U --reject no; $U --answer fine; $L status --no-sign --only ann --approvals "
		"1 | head -1 | cut -d: -f2-",
		TWO},
	{"one that is signed does", SETTLED "HELD", TWO},
	{"also behind one that is not",
		"$A; $U --reject no; $U --answer fine; $S --answer mended; HELD", TWO},
	{"and is noted once", SETTLED "$S --answer mended; LOG | grep -c answered", "1\n"},
	{"what is said after it holds", SETTLED "$U --comment hm; HELD",
		HOLDS "commented by \"Al\": \"hm\"\n"},
	{"a run does not write what an unsigned answer settles",
		"$A; $U --reject no; $U --answer fine; $L batch -q --no-sign --only ann "
		"--signed-approvals $TRUST 2>&-; ls out | grep -c pdf",
		"0\n"},
	{"by a key that may not sign nothing is settled",
		"$A; $U --reject no; $L approve -q ann --answer so --sign-with "
		"$K/expired-identity.pem 2>&-; HELD",
		HOLDS "rejected"},
	{"forged: the answer's signature is gone",
		SETTLED "SQL \"UPDATE log SET signature=NULL\"; HELD; LOG", LOOSE},
	{"and the log says so", SETTLED "SQL \"UPDATE log SET signature=NULL\"; $L log $TRUST",
		BAD},
	{"forged: it is an approval's",
		SETTLED "SQL \"UPDATE log SET signature=(SELECT signature FROM log WHERE "
			"act='approved') WHERE act='answered'\"; HELD",
		LOOSE},
	{"altered: its words",
		SETTLED "SQL \"UPDATE log SET note='all is well' WHERE act='answered'\"; HELD",
		LOOSE},
	{"altered: who", SETTLED "SQL \"UPDATE log SET who='Al' WHERE act='answered'\"; HELD",
		LOOSE},
	{"altered: when", SETTLED "SQL \"UPDATE log SET at=at+1 WHERE act='answered'\"; HELD",
		LOOSE},
	{"altered: how far it goes",
		SETTLED "$U --comment hm; SQL \"UPDATE log SET upto=9 WHERE act='answered'; UPDATE "
			"remark SET answered=3\"; HELD",
		"rejected by \"Al\": \"no\", " LOOSE},
	{"moved: to what was said later",
		SETTLED "$U --comment hm; SQL \"UPDATE remark SET answered=3\"; HELD",
		HOLDS "commented by \"Al\": \"hm\", " LOOSE "\n"},
	{"moved: to another letter",
		"$A; $L approve -q bea --by Al --reject no; $L approve -q bea --answer so "
		"--sign-with $K/p256-identity.pem; $U --reject no; SQL \"UPDATE remark SET "
		"answered=3\"; HELD",
		HOLDS "rejected by \"Al\": \"no\", " LOOSE "\n"},
	{"moved: to another line of the log, with all hashes made anew",
		SETTLED
		"$U --comment hm; python3 -c \"\n"
		"import hashlib, json, sqlite3\n"
		"db = sqlite3.connect('out/.lettermerge.approvals.db')\n"
		"sha = lambda text: hashlib.sha256(text.encode()).hexdigest()\n"
		"db.execute('DELETE FROM log WHERE number=2')\n"
		"db.execute('UPDATE log SET number=number-1 WHERE number>2')\n"
		"chain = ''\n"
		"for line in db.execute('SELECT number, at, act, id, who, known, version, note, "
		"salt, upto FROM log ORDER BY number').fetchall():\n"
		"    names = ('act', 'id', 'who', 'known', 'version', 'note', 'salt')\n"
		"    at = __import__('datetime').datetime.utcfromtimestamp(line[1])\n"
		"    said = {'number': line[0], 'at': at.strftime('%Y-%m-%dT%H:%M:%SZ'), "
		"**dict(zip(names, line[2:9]))}\n"
		"    if line[9]: said['upto'] = line[9]\n"
		"    leaf = sha(json.dumps(said, separators=(',', ':')))\n"
		"    chain = sha(chain + leaf)\n"
		"    db.execute('UPDATE log SET leaf=?, chain=? WHERE number=?', (leaf, chain, "
		"line[0]))\n"
		"db.commit()\n\" 2>&-; $L log | tail -1; $L log -q $TRUST 2>&1 | "
		"grep -o E-LOG-SIGNATURE",
		"3 lines in the log, none changed or taken out; not signed by whom they name: "
		"1\nE-LOG-SIGNATURE\n"},
	{"each line is as the schema says",
		SETTLED "$S --withdraw; $L log --json $TRUST >said; /usr/bin/python3 -c 'import "
			"jsonschema' 2>/dev/null || { echo 4 good; exit; }; /usr/bin/python3 -c "
			"\"import json, jsonschema, os; v = "
			"jsonschema.Draft202012Validator(json.load(open(os.environ['SCHEMA']))); "
			"lines = [json.loads(line) for line in open('said')]; "
			"[v.validate(line) for line in lines]; print(len(lines), 'good')\"",
		"4 good\n"},
	{"which the signature notices, as it is of all lines before it",
		SETTLED "SQL \"UPDATE log SET chain='0' WHERE number=2\"; $L log $TRUST", BAD},
	{"who withdraws says whose it is",
		"$A; $U; $S --withdraw --by Al; LOG | sed -n 3p; $L "
		"approve | cut -d, -f1",
		"ann: withdrawn by " GOOD ", \"Al\"\nann: approved by \"TEST p256 signer\"\n"},
	{"who is forgotten leaves no signature",
		SETTLED "rm recipients/ann.xml; $L forget -q ann; $L log --json $TRUST | grep -c "
			"signature",
		"0\n"},
};

static void stands(void **state)
{
	const struct row *row = *state;
	assert_holds(said(OTHERS, row, "true"), row->says);
}

static void holds(void **state)
{
	const struct row *row = *state;
	assert_holds(said(DESK, row, "true"), row->says);
}

static int set_up(void **state)
{
	int code = make_identity(state);
	struct outcome made = run_in(identity.arena, identity.dir,
		"sh '%s' pki 1 all >/dev/null 2>&1 && chmod 600 pki/phrase", keys);
	snprintf(keys, sizeof keys, "%s/pki", identity.dir);
	setenv("KEYS", keys, 1);
	return code ? code : made.code;
}

int main(int argc, char **argv)
{
	static struct CMUnitTest tests[80];
	int count = 0;
	ADD(rows, holds);
	ADD(others, stands);
	snprintf(keys, sizeof keys, "%s/docs/schemas/log.json", argc > 2 ? argv[2] : ".");
	setenv("SCHEMA", keys, 1);
	snprintf(keys, sizeof keys, "%s/tests/support/pki.sh", argc > 2 ? argv[2] : ".");
	program = argc > 1 ? plain_link(argv[1]) : "lettermerge";
	return _cmocka_run_group_tests("tests", tests, (size_t)count, set_up, remove_identity);
}
