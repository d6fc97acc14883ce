/* Which parts of a run are joined, and what the list then says. */
#include "office.h"

static const struct row joins[] = {
	{"all parts", "$S 1/2; $S 2/2; $J && $V", "3 letters as recorded"},
	{"a part that never ran", "$S 1/4; $S 2/4; $S 4/4; $J", "[E-JOIN-MISSING]"},
	{"it is named", "$S 1/4; $S 2/4; $S 4/4; $J", "of part 3/4"},
	{"nothing was joined then", "$S 1/2; $J; ls -A out", ".lettermerge-1-of-2.db"},
	{"without it by --partial, which the list says",
		"$S 1/4; $S 2/4; $S 4/4; $J --partial && $V && tail -n 2 out/manifest.json",
		"\"whole\":\"no\",\"missing\":\"3/4\"}"},
	{"and verify of it", "$S 1/4; $S 2/4; $S 4/4; $J --partial; $V",
		"the list was joined without part 3/4 of the run, and says nothing of its records "
		"[W-MANIFEST-PARTIAL]"},
	{"which is good", "$S 1/4; $S 2/4; $S 4/4; $J --partial; $V && echo fine", "fine"},
	{"but with --strict", "$S 1/4; $S 2/4; $S 4/4; $J --partial; $V --strict || echo bad",
		"bad"},
	{"a program is told too", "$S 1/4; $S 2/4; $S 4/4; $J --partial; $V --json",
		"\"missing\":\"3/4\""},
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

static void a_join(void **state)
{
	const struct row *row = *state;
	assert_holds(said("", row, "true"), row->says);
}

int main(int argc, char **argv)
{
	static struct CMUnitTest tests[50];
	int count = 0;
	ADD(joins, a_join);
	return RUN(argc, argv);
}
