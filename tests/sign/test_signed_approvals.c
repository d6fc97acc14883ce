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
		"COLUMN signature; "
		"PRAGMA "
		"user_version=5\"; STATUS 1; $L approve | cut -d, -f1; $A; STATUS 1",
		UNPROVEN "\nann: approved by \"Al\"\n to be written"},
};

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
	static struct CMUnitTest tests[40];
	int count = 0;
	ADD(rows, holds);
	snprintf(keys, sizeof keys, "%s/tests/support/pki.sh", argc > 2 ? argv[2] : ".");
	program = argc > 1 ? plain_link(argv[1]) : "lettermerge";
	return _cmocka_run_group_tests("tests", tests, (size_t)count, set_up, remove_identity);
}
