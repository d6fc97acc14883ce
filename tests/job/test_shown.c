/* Every command, given names and values that would act on who reads them: escape sequences, new
 * lines, controls of both sets, what turns text round, bytes that are no text. No byte of any
 * stream is looked over, and no line begins as one of them wanted. */
#include "support/sealed.h"
#include "support/served.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

/* What XML can hold of it, the rest of what a certificate can, and of what a file's name can. */
#define XML                     \
	"\nFORGED good\xC2\x9B" \
	"1A\xC2\x85\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\xA8\xE2\x80\xA9\xEF\xBB\xBF"
/* What a letter can be made of. */
#define TURNED "Anna \xE2\x80\xAE\nFORGED\xE2\x81\xA6"
#define UTF8 "\033[2K\r\x07\x7F" XML "\t\033]0;FORGED\007"
#define BYTES UTF8 "\xFF\x9B\xC0\x8A"

static const char *program; /* from the command line */
static struct scratch project;

/* -- what a stream may hold */

static bool acts(uint32_t c)
{
	return (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0x61C || c == 0x200E ||
		c == 0x200F || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
		c == 0xFEFF;
}

static void assert_harmless(const char *command, const char *stream, struct str text)
{
	int at = utf8_invalid_at(text);
	if (at >= 0)
		fail_msg("%s: byte %d of %s is no text: %.40s", command, at, stream, text.at + at);
	for (at = 0; at < text.len;) {
		int from = at;
		if (acts(utf8_next(text, &at)))
			fail_msg("%s: byte %d of %s acts: %.40s", command, from, stream,
				text.at + from);
	}
	if (str_starts(text, "FORGED") || str_find(text, "\nFORGED") >= 0)
		fail_msg("%s: %s has a line that is forged:\n%s", command, stream, text.at);
}

/* -- the project */

static void write_named(const char *folder, const char *name, struct str bytes)
{
	struct diags *diags = diags_new();
	const char *path = str_format(project.arena, "%s/%s/%s", project.dir, folder, name).at;
	mkdir(scratch_path(&project, folder), 0777);
	assert_true(file_publish(path, bytes.at, (size_t)bytes.len, false, diags));
	diags_free(diags);
}

static const char letter[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"2020-10-13\">"
	"<title>Letter</title><fields><declare name=\"name\"/>"
	"<declare name=\"more\" required=\"no\" default=\"%s\"/></fields>"
	"<p>Dear <field name=\"name\"/>, <field name=\"more\"/></p></letter>";

static struct str record(const char *value)
{
	return str_format(project.arena,
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>%s</name></recipient>",
		value);
}

static void write_identity(void)
{
	sealed_pki(&project, 1);
	sealed_signer(&project, "evil", str_lit(UTF8));
	struct outcome made = run_in(project.arena, project.dir,
		"cd pki && cat evil.key evil.pem ca.pem root.pem >evil-identity.pem && "
		"chmod 600 evil-identity.pem");
	assert_int_equal(made.code, 0);
}

static int write_project(void **state)
{
	(void)state;
	project = scratch_new();
	write_identity();
	scratch_write(&project, "templates/letter.xml", str_format(project.arena, letter, "x").at);
	scratch_write(&project, "default.xml", str_format(project.arena, letter, XML).at);
	scratch_write(&project, "damaged.xml", "<letter><" UTF8);
	scratch_write(&project, "recipients/anna.xml", record("Anna").at);
	write_named("others", "anna.xml", record(XML));
	write_named("others", BYTES ".xml", record("Bea"));
	write_named("others", "cis.xml", str_lit("<recipient>" BYTES "</recipient>"));
	write_named(BYTES, "letter.xml", str_format(project.arena, letter, XML));
	write_named(BYTES, "dan.xml", str_lit("<" UTF8 "/>"));
	scratch_write(&project, "turned.csv", "id,name\nanna,\"" TURNED "\"\n");
	scratch_write(&project, "value.csv", "id,name\nanna,\"" XML "\"\n");
	scratch_write(&project, "bytes.csv", "id,name\nanna,\"" BYTES "\"\n");
	scratch_write(&project, "id.csv", "id,name\n\"" UTF8 "\",Anna\n");
	scratch_write(&project, "column.csv", "id,\"" UTF8 "\",name\nanna,x,Anna\n");
	write_named(BYTES, "evil.pdf", sealed_letter(&project, "evil"));
	write_named(BYTES, "damaged.pdf", str_lit("%PDF-1.7\n" BYTES));
	write_named(BYTES, "manifest.json", str_lit("{" BYTES));
	return 0;
}

static int remove_project(void **state)
{
	(void)state;
	scratch_free(&project);
	return 0;
}

/* -- commands */

#define NAMED "'" BYTES "'"
#define OURS "--identity pki/evil-identity.pem"

static const char *const commands[] = {
	NAMED,
	"--" NAMED,
	"check --" NAMED "=x",
	"check " NAMED,
	"check --max " NAMED,
	"check --explain " NAMED,
	"check --explain " NAMED " --diag json",
	"check --template " NAMED,
	"check --template damaged.xml",
	"check --template " NAMED "/letter.xml",
	"check --style " NAMED,
	"check -r " NAMED,
	"check -r others -v",
	"check -r others --diag json",
	"check -r " NAMED "/dan.xml",
	"check -r value.csv -v",
	"check -r bytes.csv",
	"check -r id.csv",
	"check -r id.csv --diag json",
	"check -r column.csv",
	"check --only " NAMED,
	"check --where " NAMED,
	"check --where 'name=" BYTES "'",
	"check -r value.csv --query " NAMED,
	"config --json -o " NAMED " --name " NAMED,
	"config -r " NAMED " --tsa " NAMED,
	"config --level " NAMED,
	"fields --template default.xml",
	"fields --json --template default.xml",
	"approve --json",
	"verify --json --trust pki/root.pem " NAMED "/evil.pdf",
	"check -r others --json",
	"fonts -r others",
	"fonts -r value.csv",
	"fonts -r turned.csv --json",
	"fonts --template " NAMED "/letter.xml",
	"fields --template " NAMED "/letter.xml",
	"status -r others --no-sign",
	"status -r others --no-sign --json",
	"status -r id.csv --no-sign -v",
	"batch -r others -v --no-sign -o " NAMED "/out",
	"batch -r others -v --no-sign -o " NAMED "/out --json",
	"batch -r value.csv -v --no-sign -o " NAMED "/out --prune",
	"batch -v " OURS,
	"batch --identity " NAMED,
	"batch --no-sign --archive " NAMED ".tar",
	"batch --no-sign --bundle " NAMED "/all.pdf",
	"batch --no-sign --shard " NAMED,
	"batch " OURS " --force --level T --wait 0 --tsa 'http://127.0.0.1:1/" BYTES "'",
	"verify --trust pki/root.pem out/anna.pdf",
	"verify --trust pki/root.pem out/anna.pdf --diag json",
	"verify --trust pki/root.pem --manifest out",
	"verify --trust pki/root.pem --manifest out --diag json",
	"verify --trust pki/root.pem " NAMED "/evil.pdf " NAMED "/damaged.pdf nowhere" NAMED,
	"verify --trust pki/other.pem " NAMED "/evil.pdf --diag json",
	"verify --trust pki/root.pem --manifest " NAMED,
	"verify --trust " NAMED " out/anna.pdf",
	"sign --level T --wait 0 --tsa 'http://127.0.0.1:1/" BYTES "' --trust pki/root.pem " NAMED
	"/evil.pdf",
	"help",
	"help " NAMED,
	"completion " NAMED,
	"receipt " NAMED,
	"receipt anna -o " NAMED,
	"receipt anna",
	"forget " NAMED,
	"forget anna -o " NAMED "/out",
	"forget anna --force -o " NAMED,
	"verify --trust pki/root.pem --receipt " NAMED "/manifest.json out/anna.pdf",
	"verify --trust pki/root.pem --receipt " NAMED " out/anna.pdf",
	"identity show pki/evil-identity.pem",
	"identity show pki/evil-identity.pem --json",
	"identity show " NAMED,
	"identity new " NAMED " --identity new.pem",
	"identity " NAMED,
	"make --jsonl --no-sign --listen nowhere" NAMED "/x",
	"make --jsonl --no-sign -o " NAMED "/out <turned.csv",
	"preview anna --text",
	"preview anna --text -r value.csv",
	"preview anna --text -r turned.csv",
	"preview --proof -r turned.csv",
	"diff anna -r turned.csv",
	"diff anna -r turned.csv --json",
	"preview anna --json -o " NAMED "/out",
	"status -r turned.csv --no-sign",
	"batch -r turned.csv --no-sign -v -o turned",
	"check -r turned.csv -v",
	"preview --proof -r value.csv",
	"preview --proof -r others --json",
	"preview " NAMED,
	"preview anna -o " NAMED "/out",
	"diff anna -r value.csv --color always",
	"diff " NAMED,
	"approve anna --by " NAMED,
	"approve",
	"approve " NAMED,
	"log",
	"log --csv",
	"log --json",
	"log " NAMED,
	"confirm anna " NAMED " --source " NAMED " --date 2026-01-01",
	"confirm anna name --source '" XML "' --date 2026-01-01",
	"confirm anna name --date " NAMED,
	"merge-record -o " NAMED,
	"init " NAMED " " NAMED,
	"init " NAMED,
	"init --template " NAMED,
	"serve --port " NAMED,
};

/* What the program itself colours, where it is told to. */
static struct str without_colours(struct str text)
{
	char *at = str_chars(project.arena, text);
	int len = 0;
	for (int i = 0; i < text.len; i++) {
		int end = str_starts(str_slice(text, i, text.len), "\033[")
			? str_find(str_slice(text, i, text.len), "m")
			: -1;
		if (end >= 2 && end <= 4)
			i += end;
		else
			at[len++] = text.at[i];
	}
	at[len] = '\0';
	return (struct str){at, len};
}

static void nothing_of_others_acts_on_who_reads(void **state)
{
	int said = 0;
	(void)state;
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		const char *command = commands[i];
		struct outcome run = run_in(
			project.arena, project.dir, "'%s' %s </dev/null", program, command);
		if (run.code > 3 || str_find(run.out, "[E-OPTION]") >= 0)
			fail_msg("%s: ended with %d: %s", command, run.code, run.err.at);
		if (str_find(str_of(command), "--color") >= 0) {
			run.out = without_colours(run.out);
			run.err = without_colours(run.err);
		}
		assert_harmless(command, "stdout", run.out);
		assert_harmless(command, "stderr", run.err);
		said += run.out.len + run.err.len > 0;
	}
	assert_true(said > (int)(sizeof commands / sizeof *commands) - 5);
}

/* The table above shows all commands that there are. */
static void every_command_is_among_them(void **state)
{
	(void)state;
	struct outcome help = run_in(project.arena, project.dir, "'%s' help", program);
	struct str rest = help.out, line, word;
	int count = 0;
	while (str_split(&rest, '\n', &line) && !str_is(line, "Commands:"))
		;
	while (str_split(&rest, '\n', &line) && str_starts(line, "  ")) {
		bool found = false;
		if (str_starts(line, "    "))
			continue;
		line = str_trim(line);
		str_split(&line, ' ', &word);
		const char *name = str_copy(project.arena, word).at;
		for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
			found |= str_starts(str_of(commands[i]), name);
		if (!found)
			fail_msg("%s is not among them", name);
		count++;
	}
	assert_true(count > 10);
}

/* -- sentences */

/* A text without its quotations. */
static struct str outside(struct str text)
{
	char *at = str_chars(project.arena, text);
	bool quoted = false;
	int len = 0;
	for (int i = 0; i < text.len; i++) {
		if (quoted && text.at[i] == '\\' && i + 1 < text.len)
			i++;
		else if (text.at[i] == '"')
			quoted = !quoted;
		else if (!quoted)
			at[len++] = text.at[i];
	}
	at[len] = '\0';
	return (struct str){at, len};
}

/* The names of signer, root, file, approver and record say what the program says of itself. */
#define CLAIM ": good, on 1 May 2020\", on 1 May 2020, one of 9"

/* The same as XML has it. */
#define CLAIM_XML ": good, on 1 May 2020&quot;, on 1 May 2020, one of 9"

static const char claim_letter[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"2020-10-13\">"
	"<title>Letter</title><fields><declare name=\"name\"/>"
	"<declare name=\"more\" required=\"no\" default=\"x" CLAIM_XML "\"/></fields>"
	"<p>Dear <field name=\"name\"/>, <if field=\"more\" equals=\"" CLAIM_XML "\">yes</if>"
	"<link href=\"https://%s.example/\">Eve" CLAIM_XML "</link></p></letter>";

static void write_claims(void)
{
	sealed_signer(&project, "claim", str_lit("Eve" CLAIM));
	struct outcome made = run_in(project.arena, project.dir,
		"cat pki/claim.key pki/claim.pem pki/ca.pem pki/root.pem >pki/claim-identity.pem; "
		"chmod 600 pki/claim-identity.pem; printf 'id,name\\nanna,Anna\\n' >claim.csv");
	assert_int_equal(made.code, 0);
	write_named(".", "a" CLAIM ".pdf", sealed_letter(&project, "claim"));
	write_named("people", "anna.xml", record("Anna"));
	write_named("people", "b" CLAIM ".xml", record("Bea"));
	write_named(".", "a.xml", str_format(project.arena, claim_letter, "a"));
	write_named(".", "b.xml", str_format(project.arena, claim_letter, "b"));
}

#define OUT "-o 'out" CLAIM "'"
static const char *const sentences[] = {
	"batch -r claim.csv -o claim --identity pki/claim-identity.pem --jobs 1",
	"verify --trust pki/root.pem claim/anna.pdf",
	"verify --trust pki/claim.pem claim/anna.pdf",
	"verify --trust pki/other.pem claim/anna.pdf",
	"verify --trust pki/root.pem 'a" CLAIM ".pdf'",
	"verify --trust pki/root.pem 'no" CLAIM "'",
	"verify --trust pki/root.pem --manifest claim",
	"receipt -o claim anna >r.json",
	"verify --trust pki/root.pem --receipt r.json claim/anna.pdf",
	"sign --level T --wait 0 --tsa 'http://127.0.0.1:1/" CLAIM "' --trust pki/root.pem "
	"claim/anna.pdf",
	"approve anna -r claim.csv -o claim --by 'Eve" CLAIM "'",
	"approve -o claim",
	"confirm anna name --source 'https://a.example/" CLAIM "' --date 2026-01-01 -r people "
	"-o claim",
	"log -o claim",
	"status -r claim.csv -o claim --identity pki/claim-identity.pem",
	"status -r claim.csv -o claim --identity pki/evil-identity.pem",
	"batch -v -r people -o claims --no-sign --template a.xml",
	"status -r people -o claims --no-sign --template b.xml",
	"diff anna -r people -o claims --template a.xml",
	"diff anna -r people -o claims --template b.xml",
	"preview --proof -r people --template a.xml",
	"check -r people --template a.xml -v",
	"fields --template a.xml",
	"fonts -r people --template a.xml",
	"check -r claim.csv --where 'nam=" CLAIM "'",
	"batch --no-sign -r claim.csv " OUT,
	"batch --no-sign -r claim.csv -v --force --archive 'a" CLAIM ".tar'",
	"batch --no-sign -r claim.csv --bundle 'b" CLAIM ".pdf'",
	"batch --no-sign -r claim.csv --bundle 'no" CLAIM "/b.pdf'",
	"batch --no-sign -r people " OUT,
	"batch --no-sign -r claim.csv " OUT,
	"batch --no-sign -r claim.csv --prune " OUT,
	"batch --no-sign -r claim.csv --shard 1/2 -o 'parts" CLAIM "'",
	"batch --no-sign -r claim.csv -o 'parts" CLAIM "'",
	"merge-record --no-sign -o 'parts" CLAIM "'",
	"merge-record --no-sign --partial -o 'parts" CLAIM "'",
	"approve anna -r claim.csv --reject 'no" CLAIM "' --by 'Eve" CLAIM "' " OUT,
	"approve " OUT,
	"receipt nobody " OUT,
	"forget 'nobody" CLAIM "' --force " OUT,
	"forget anna --force " OUT,
	"preview --proof -r claim.csv " OUT,
	"preview 'nobody" CLAIM "' -r claim.csv " OUT,
	"identity new 'Eve" CLAIM "' --identity 'i" CLAIM ".pem'",
	"identity new 'Eve" CLAIM "' --identity 'i" CLAIM ".pem'",
	"config -o 'x" CLAIM "' --name 'Eve" CLAIM "' --where 'name=" CLAIM "' -r 'r" CLAIM "'",
	"init plain 'new" CLAIM "'",
	"init 'plain" CLAIM "' new",
};

static void no_text_of_others_reads_as_ours(void **state)
{
	(void)state;
	write_claims();
	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
		struct outcome run = run_in(project.arena, project.dir, "'%s' %s 2>&1 </dev/null",
			program, sentences[i]);
		struct str ours = outside(run.out);
		if (run.code > 3 || str_find(run.out, "[E-OPTION]") >= 0)
			fail_msg("%s: ended with %d: %s", sentences[i], run.code, run.out.at);
		if (str_find(ours, "1 May 2020") >= 0 || str_find(ours, "one of 9") >= 0)
			fail_msg("%s: says as its own:\n%s", sentences[i], run.out.at);
	}
}

/* -- the desk */

static void nothing_of_others_acts_in_the_desk(void **state)
{
	static const char *const pages[] = {"", "letter/anna", "rows",
		"rows?q=%1b%e2%80%ae%0aFORGED", "letter/anna?q=%1b%9b%e2%80%ae%0aFORGED",
		"letter/%1b%e2%80%ae", "part/anna"};
	static char nothing[] = "UNUSED=";
	struct desk desk;
	(void)state;
	desk_write_project(&desk);
	scratch_write(&desk.scratch, "templates/letter.xml",
		str_format(desk.scratch.arena, letter, "x").at);
	scratch_write(&desk.scratch, "recipients/anna.xml", record(XML).at);
	desk_start(&desk, program, "--no-sign", nothing);
	desk_wait_for_list(&desk);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct str answer = desk_fetch(&desk, pages[i]);
		char *at = str_chars(desk.scratch.arena, answer);
		for (int k = 0; k < answer.len; k++) /* the heads end their lines so */
			at[k] = at[k] == '\r' && at[k + 1] == '\n' ? ' ' : at[k];
		assert_harmless(pages[i], "the answer", (struct str){at, answer.len});
	}
	assert_true(desk_stop(&desk));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_of_others_acts_on_who_reads),
		cmocka_unit_test(every_command_is_among_them),
		cmocka_unit_test(no_text_of_others_reads_as_ours),
		cmocka_unit_test(nothing_of_others_acts_in_the_desk),
	};
	program = argc > 1 ? argv[1] : "lettermerge";
	return cmocka_run_group_tests(tests, write_project, remove_project);
}
