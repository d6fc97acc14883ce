/* Receipts: what one holds, that it suffices, and that none that was tampered with does. */
#include "office.h"

#define TAKE "$B; $L receipt bea >r.json; cp out/bea.pdf b.pdf; cp out/ann.pdf a.pdf; "
#define ASK "rm -r out; $L verify --trust $ROOT --receipt r.json b.pdf; echo code $?"

static const struct row receipts[] = {
	{"a letter and its receipt need nothing else of the run", TAKE ASK,
		"  record \"bea\" was made, one of 3 of run \""},
	{"and are good", TAKE ASK, "code 0"},
	{"another's letter is not", TAKE "mv a.pdf b.pdf; " ASK, "[E-RECEIPT-OTHER]"},
	{"nor one with junk behind its end", TAKE "echo junk >>b.pdf; " ASK, "code 1"},
	{"no other name is in it, but for letters of base64 that make one by chance",
		TAKE "sed -E 's,[A-Za-z0-9+/=]{40\\,},,g' r.json | grep -c 'ann\\|cis\\|Ann\\|Cis'",
		"0\n"},
	{"it is small", TAKE "test $(wc -c <r.json) -lt 4000 && echo small", "small"},
	{"of each record there is one",
		"$B; for i in ann bea cis; do $L receipt $i >r.json; "
		"$L verify -q --trust $ROOT --receipt r.json out/$i.pdf && echo $i; done",
		"cis\n"},
	{"of a record that was rejected there is one, which no letter goes with",
		"sed -i s/Bea// recipients/bea.xml; $B; $L receipt bea >r.json; "
		"cp out/ann.pdf b.pdf; " ASK,
		"  record \"bea\" was rejected, one of 3 of run \""},
	{"and that is not good",
		"sed -i s/Bea// recipients/bea.xml; $B; $L receipt bea >r.json; "
		"cp out/ann.pdf b.pdf; " ASK,
		"code 1"},
	{"by whom and when", "export SOURCE_DATE_EPOCH=1602579600; " TAKE ASK,
		"r.json: good\n  signed by \"TEST Office\", on 13 October 2020, 09:00 UTC"},
	{"one before --after is refused",
		TAKE "$L verify --trust $ROOT --after 2999-12-31 --receipt r.json b.pdf",
		"[E-MANIFEST-OLD]"},
	{"in JSON", TAKE "$L verify --diag json --trust $ROOT --receipt r.json b.pdf",
		"{\"receipt\":\"r.json\",\"good\":true,\"records\":3}\n"},
	{"of a list elsewhere", "$B -o x; $L receipt bea --manifest x | head -n 1",
		"{\"receipt\":1,"},
	{"of nobody", "$B; $L receipt zoe", "[E-RECEIPT-NONE]"},
	{"of a list that is not signed", "$B; rm $M.p7s; $L receipt bea", "[E-MANIFEST-UNSIGNED]"},
	{"of a list that was tampered with", "$B; sed -i /ann/d $M; $L receipt bea",
		"[E-MANIFEST-SUM]"},
	{"of no list", "$L receipt bea", "[E-FILE-READ]"},
	{"of whom?", "$B; $L receipt; echo $?", "2\n"},
	{"of a list of 0.1, which has no tree",
		"$B; printf '{\"manifest\":1,\"letters\":[\\n]}\\n' >$M; $L receipt bea",
		"[E-RECEIPT-OLD]"},
};

/* Of a receipt that was good. */
static const struct row tampered[] = {
	{"the id", "sed -i 's/\"id\":\"bea/\"id\":\"bob/' r.json", "[E-RECEIPT-PATH]"},
	{"the fate", "sed -i 's/\"fate\":\"made/\"fate\":\"unchanged/' r.json", "[E-RECEIPT-PATH]"},
	{"the letter's hash", "sed -i 's/\"sha256\":\"..../\"sha256\":\"0000/' r.json",
		"[E-RECEIPT-PATH]"},
	{"the letter's hash and the letter, of another",
		"h=$(sha256sum <a.pdf | cut -c-64); n=$(wc -c <a.pdf); cp a.pdf b.pdf; "
		"sed -i \"s/\\\"bytes\\\":[0-9]*/\\\"bytes\\\":$n/; "
		"s/\\\"sha256\\\":\\\"[0-9a-f]*/\\\"sha256\\\":\\\"$h/\" r.json",
		"[E-RECEIPT-PATH]"},
	{"the salt", "sed -i 's/\"salt\":\"..../\"salt\":\"0000/' r.json", "[E-RECEIPT-PATH]"},
	{"a step of the path", "sed -i '4s/^\"..../\"0000/' r.json", "[E-RECEIPT-PATH]"},
	{"a step dropped", "sed -i 4d r.json", "[E-RECEIPT-PATH]"},
	{"a step doubled", "sed -i 4p r.json", "[E-RECEIPT-PATH]"},
	{"two steps swapped",
		"sed -i '4{s/,$//;h;d};5{s/\\(.*\\)\\(\\],.*\\)/\\1,\\n@\\2/;G;"
		"s/@\\(.*\\)\\n\\(.*\\)/\\2\\1/}' r.json",
		"[E-RECEIPT-PATH]"},
	{"the place", "sed -i 's/\"index\":1/\"index\":0/' r.json", "[E-RECEIPT-PATH]"},
	{"a place beyond the end", "sed -i 's/\"index\":1/\"index\":9/' r.json",
		"[E-RECEIPT-PATH]"},
	{"the number of records", "sed -i 's/\"of\":3/\"of\":4/' r.json", "[E-RECEIPT-PATH]"},
	{"that, and the head's count",
		"sed -i 's/\"of\":3/\"of\":4/; s/\"in\":3,\"made\":3/\"in\":4,\"made\":4/' r.json",
		"E-"},
	{"a count of the head", "sed -i 's/\"held\":0,\"gone\":0/\"held\":0,\"gone\":1/' r.json",
		"[E-RECEIPT-PATH]"},
	{"two counts of the head",
		"sed -i 's/\"made\":3,\"unchanged\":0/\"made\":2,\"unchanged\":1/' r.json",
		"[E-ALTERED]"},
	{"the root", "sed -i 's/\"root\":\"..../\"root\":\"0000/' r.json", "[E-RECEIPT-PATH]"},
	{"the run", "sed -i 's/\"run\":\"..../\"run\":\"0000/' r.json", "[E-ALTERED]"},
	{"when it was signed", "sed -i 's/\"signed\":\"20/\"signed\":\"21/' r.json", "[E-ALTERED]"},
	{"the source", "sed -i 's/\"source\":\"..../\"source\":\"0000/' r.json", "[E-ALTERED]"},
	{"whether it was all", "sed -i 's/\"whole\":\"yes/\"whole\":\"no/' r.json", "[E-ALTERED]"},
	{"the signature", "sed -i 's/........\\(....\"}\\)$/AAAAAAAA\\1/' r.json", "[E-"},
	{"base64 in another way", "sed -i 's/\\(signature\":\"....\\)/\\1\\n/' r.json",
		"[E-RECEIPT-READ]"},
	{"no signature", "sed -i 's/\"signature\":\".*\"/\"signature\":\"\"/' r.json",
		"[E-RECEIPT-READ]"},
	{"the signature of another run",
		"rm recipients/cis.xml; $B -o other; $L receipt bea -o other >o.json; "
		"sed -i '$d' r.json; tail -n 1 o.json >>r.json",
		"[E-ALTERED]"},
	{"head and signature of another run",
		"rm recipients/cis.xml; $B -o other; $L receipt bea -o other >o.json; "
		"sed -i '6,$d' r.json; tail -n 2 o.json >>r.json",
		"[E-RECEIPT-PATH]"},
	{"a member that nobody knows", "sed -i 's/,\"of\"/,\"y\":1,\"of\"/' r.json",
		"[E-RECEIPT-READ]"},
	{"a blank", "sed -i 's/,\"of\"/, \"of\"/' r.json", "[E-RECEIPT-READ]"},
	{"words behind the end", "echo >>r.json", "[E-RECEIPT-READ]"},
	{"cut short", "sed -i '$d' r.json", "[E-RECEIPT-READ]"},
	{"nothing in it", ": >r.json", "[E-RECEIPT-READ]"},
	{"signed by a stranger", "rm -r config; $L identity new Other >/dev/null", "[E-UNTRUSTED]"},
};

static void a_receipt(void **state)
{
	const struct row *row = *state;
	assert_holds(said("", row, "true"), row->says);
}

static void a_tampered_receipt(void **state)
{
	const struct row *row = *state;
	struct str out = said(TAKE, row, ASK);
	assert_holds(out, "r.json: NOT GOOD\n");
	assert_holds(out, row->says);
	assert_holds(out, "code 1\n");
}

int main(int argc, char **argv)
{
	static struct CMUnitTest tests[80];
	int count = 0;
	ADD(receipts, a_receipt);
	ADD(tampered, a_tampered_receipt);
	return RUN(argc, argv);
}
