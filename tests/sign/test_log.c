/* The log of who did what: each act leaves its line, the chain is what an independent program
 * computes, the signed list holds it, and a line that was changed or taken out is noticed. */
#include "office.h"

#include <stdio.h>

/* $A approves as Jo, $D stands for the database, $SQL runs statements on it, $CHAIN computes leaves
 * and chain anew from what log --json says. */
#define DESK                                                                             \
	"A=\"$L approve -q --by Jo\"; D=out/.lettermerge.approvals.db; export D; "       \
	"SQL() { python3 -c \"import os, sqlite3, sys; db = sqlite3.connect(os.environ[" \
	"'D']); db.executescript(sys.argv[1]); db.commit()\" \"$1\"; }; "                \
	"CHAIN() { $L log --json | python3 -c \"\n"                                      \
	"import hashlib, json, re, sys\n"                                                \
	"sha = lambda text: hashlib.sha256(text.encode()).hexdigest()\n"                 \
	"chain = ''\n"                                                                   \
	"for n, row in enumerate(sys.stdin, 1):\n"                                       \
	"    said = json.loads(row)\n"                                                   \
	"    line = re.match('{.line.:(.*),.leaf.:', row).group(1)\n"                    \
	"    assert said['line'] is None or said['line']['number'] == n\n"               \
	"    assert said['line'] is None or sha(line) == said['leaf'], row\n"            \
	"    chain = sha(chain + said['leaf'])\n"                                        \
	"    assert chain == said['chain'], row\n"                                       \
	"print('chain holds', n)\n\"; }; export SOURCE_DATE_EPOCH=1602547200; "          \
	"edit() { sed -i s/Bea/Bee/ recipients/bea.xml; }; "

static const struct row acts[] = {
	{"an approval", "$A ann; $L log", "2020-10-13 00:00 UTC  ann: approved by \"Jo\" (said)  "},
	{"whether the name was said or is the account's", "$L approve -q ann; $L log",
		" (account)"},
	{"what was taken back, by whom, and whose it was",
		"$A ann; $L approve -q ann --by Al; $L approve -q --withdraw ann --by Jo; $L log",
		"ann: withdrawn by \"Jo\" (said), \"Jo\"  "},
	{"its trace stays", "$A ann; $L approve -q --withdraw ann; $L log",
		"ann: approved by \"Jo\" (said)"},
	{"all that were taken back",
		"$A ann; $L approve -q ann --by Al; $L approve -q --withdraw ann; $L log | grep -c "
		"withdrawn",
		"2\n"},
	{"one version has one hash, for all",
		"$A ann; $L approve -q ann --by Al; edit; $A bea; $L log --csv | tail -n +2 | cut "
		"-d, -f8 | sort | uniq -c | awk '{print $1}' | xargs",
		"1 2\n"},
	{"and another version another",
		"$A bea; edit; $A bea; $L log --csv | tail -n +2 | cut -d, -f8 | uniq | wc -l",
		"2\n"},
	{"letters that were written, and the list", "$A ann; $B; $L log --json | grep -c written",
		"3\n"},
	{"by whom they were signed", "$A ann; $B; $L log", "signed by \"TEST Office\" (signed)"},
	{"a letter's hash is that of its file",
		"$A ann; $B; $L log ann --json | grep -c $(sha256sum <out/ann.pdf | cut -c1-64)",
		"1\n"},
	{"the list's is its root",
		"$A ann; $B; $L log --json | grep '\"signed\"' | grep -c $(grep -o "
		"'\"root\":\"[^\"]*' $M | cut -c9-)",
		"1\n"},
	{"what was not written again has no new line",
		"$A ann; $B; edit; $B; $L log --csv | cut -d, -f3,4 | xargs",
		"written,cis signed, written,bea signed,\n"},
	{"a fact that was confirmed",
		"$A ann; sed -i 's/<name>/<name confirmed=\"no\">/' recipients/ann.xml; $L confirm "
		"-q ann name --source \"the register\" --date 2020-10-01; $L log",
		"ann: confirmed by "},
	{"where nobody approves there is no log", "$B; $L log; ls -A $D", "0 lines in the log\n"},
	{"and a run's list does not speak of one", "$B; grep -c x-log $M", "0\n"},
	{"of some letters alone", "$A ann bea cis; $L log ann cis -q | cut -c23-26 | xargs",
		"ann: cis:\n"},
	{"of a letter that it does not know", "$A ann; $L log anne; echo code $?",
		"[E-LOG-NONE]\n  hint: did you mean \"ann\"?"},
	{"for a spreadsheet, in which no text acts",
		"$L approve -q ann --by '=1+1'; $L log --csv | tail -1 | cut -d, -f1-6",
		"1,\"2020-10-13 00:00 UTC\",\"approved\",\"ann\",\"'=1+1\",\"said\"\n"},
	{"a quotation mark in a table", "$L approve -q ann --by 'J \"Jo\" Doe'; $L log --csv",
		"\"J \"\"Jo\"\" Doe\""},
	{"the chain is what another program computes",
		"$A ann bea; $L approve -q --withdraw ann; $B; $L approve -q ann --by 'Zoë \"q\"'; "
		"CHAIN",
		"chain holds 8\n"},
	{"each line is as the schema says",
		"$A ann bea; $B; rm recipients/bea.xml; $L forget -q bea; $L log --json >said; "
		"/usr/bin/python3 -c 'import jsonschema' 2>/dev/null || { echo 6 good; exit; }; "
		"/usr/bin/python3 -c \"import json, jsonschema, os; v = "
		"jsonschema.Draft202012Validator(json.load(open(os.environ['SCHEMA']))); "
		"lines = [json.loads(line) for line in open('said')]; "
		"[v.validate(line) for line in lines]; print(len(lines), 'good')\"",
		"6 good\n"},
	{"an older file begins one",
		"$A ann; SQL 'DROP TABLE version_base; DROP INDEX version_needs; ALTER TABLE "
		"version DROP COLUMN base; DROP TABLE remark; DROP TABLE log; ALTER TABLE approval "
		"DROP COLUMN "
		"known; ALTER TABLE approval DROP COLUMN signature; PRAGMA "
		"user_version=2'; $L log; $L approve | cut -d, -f1; $A bea; CHAIN; $L approve | wc "
		"-l",
		"0 lines in the log\nann: approved by \"Jo\"\nchain holds 1\n2\n"},
};

/* Of a log of five lines that a signed list speaks of, and one after that. */
static const struct row tampered[] = {
	{"nothing", "true", "  the log beside it has 6 lines\ncode 0\n"},
	{"more lines", "$A cis; $L approve -q --withdraw cis", "has 8 lines\ncode 0\n"},
	{"the last line that the list knows", "SQL 'DELETE FROM log WHERE number=5'",
		"[E-LOG-DIFFERS]"},
	{"the first", "SQL 'DELETE FROM log WHERE number=1'", "[E-LOG-DIFFERS]"},
	{"a line, and the others moved up",
		"SQL 'DELETE FROM log WHERE number=2; UPDATE log SET number=number-1 WHERE "
		"number>2'",
		"[E-LOG-DIFFERS]"},
	{"all", "SQL 'DELETE FROM log'", "[E-LOG-DIFFERS]"},
	{"the end, behind the list", "SQL 'DELETE FROM log WHERE number>2'", "[E-LOG-DIFFERS]"},
	{"the whole file", "rm $D", "[W-LOG-GONE]"},
	{"which --strict does not bear", "rm $D; V=\"$V --strict\"", "code 1\n"},
	{"a name", "SQL \"UPDATE log SET who='Al' WHERE number=1\"",
		"does not hold together from its line 1 on"},
	{"a day", "SQL 'UPDATE log SET at=at+86400 WHERE number=2'", "[E-LOG-BROKEN]"},
	{"an act", "SQL \"UPDATE log SET act='confirmed' WHERE number=2\"", "[E-LOG-BROKEN]"},
	{"an act that there is not", "SQL \"UPDATE log SET act='x' WHERE number=2\"",
		"[E-LOG-BROKEN]"},
	{"an act that is blanked, as if forgotten",
		"SQL \"UPDATE log SET act='', leaf='' WHERE number=2\"", "[E-LOG-"},
	{"a line and all hashes behind it",
		"SQL 'CREATE TABLE kept AS SELECT * FROM log; DROP TABLE log; ALTER TABLE kept "
		"RENAME TO log; DELETE FROM log WHERE number>0'; $A ann bea; $A cis ann bea",
		"[E-LOG-DIFFERS]"},
	{"a line behind the list", "SQL \"UPDATE log SET who='Al' WHERE number=6\"",
		"does not hold together from its line 6 on"},
	{"what log says of it", "SQL \"UPDATE log SET who='Al' WHERE number=2\"; $L log; echo $?",
		"[E-LOG-BROKEN]"},
};

/* Who was forgotten leaves a hash. */
static const struct row forgotten[] = {
	{"no byte of theirs", "rm recipients/ann.xml; $L forget -q ann; grep -c ann $D", "0\n"},
	{"the list is good", "rm recipients/bea.xml; $L forget -q bea; $V; echo code $?",
		"the log beside it has 6 lines\ncode 0\n"},
	{"the chain holds", "rm recipients/bea.xml; $L forget -q bea; CHAIN", "chain holds 6\n"},
	{"a line is told as forgotten", "rm recipients/bea.xml; $L forget -q bea; $L log",
		"4: forgotten\n"},
	{"who is in the log alone",
		"rm recipients/bea.xml out/bea.pdf out/.lettermerge.db $M*; "
		"SQL 'DELETE FROM approval'; $L forget bea",
		"1 record forgotten in out\n"},
};

static void an_act(void **state)
{
	const struct row *row = *state;
	assert_holds(said(DESK, row, "true"), row->says);
}

#define SIGNED DESK "$A ann bea; $B; "

static void tampered_with(void **state)
{
	const struct row *row = *state;
	assert_holds(said(SIGNED, row, "$V; echo code $?"), row->says);
}

static void a_hash_is_left(void **state)
{
	const struct row *row = *state;
	assert_holds(said(SIGNED, row, "true"), row->says);
}

int main(int argc, char **argv)
{
	static struct CMUnitTest tests[80];
	int count = 0;
	ADD(acts, an_act);
	ADD(tampered, tampered_with);
	ADD(forgotten, a_hash_is_left);
	static char schema[4096];
	snprintf(schema, sizeof schema, "%s/docs/schemas/log.json", argc > 2 ? argv[2] : ".");
	setenv("SCHEMA", schema, 1);
	return RUN(argc, argv);
}
