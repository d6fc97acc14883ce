/* Signing through the program: letters signed with keys of each kind are good by our own verify (by
 * other people's programs in tests/judges), and an identity that cannot sign is refused with the
 * reason. */
#include "support/support.h"

#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

static const char *program; /* from the command line */
static struct scratch project;

static const char template[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"2020-10-13\">"
	"<title>Letter</title><fields><declare name=\"name\"/></fields>"
	"<salutation>Dear <field name=\"name\"/>,</salutation><p>Words.</p>"
	"<closing>Yours sincerely,</closing><signature><line>Ann</line></signature></letter>";
static const char record[] =
	"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Bea</name></recipient>";

/* A key and a certificate that it signs itself, in one file for the owner alone. */
static void make_identity(const char *name, const char *key, const char *more)
{
	struct outcome run = run_in(project.arena, project.dir,
		"umask 077; openssl req -x509 -nodes -subj '/CN=TEST %s' -days 30 -newkey %s "
		"-addext basicConstraints=critical,CA:FALSE %s -keyout %s.key -out %s.crt && "
		"cat %s.key %s.crt >%s.pem",
		name, key, more, name, name, name, name, name);
	if (run.code != 0)
		fail_msg("%s: %s", name, run.err.at);
}

#define SIGNS "-addext keyUsage=digitalSignature,nonRepudiation"
#define EC(curve) "ec -pkeyopt ec_paramgen_curve:" curve

static int make_project(void **state)
{
	(void)state;
	project = scratch_new();
	scratch_write(&project, "templates/letter.xml", template);
	scratch_write(&project, "recipients/bea.xml", record);
	make_identity("p256", EC("P-256"), SIGNS);
	make_identity("p384", EC("P-384"), SIGNS);
	make_identity("rsa2048", "rsa:2048", SIGNS);
	return 0;
}

static int remove_project(void **state)
{
	(void)state;
	scratch_free(&project);
	return 0;
}

static struct outcome sign(const char *options)
{
	return run_in(project.arena, project.dir,
		"SOURCE_DATE_EPOCH=1602547200 '%s' batch -q --force %s", program, options);
}

static struct outcome verify(const char *root)
{
	return run_in(
		project.arena, project.dir, "'%s' verify --trust %s out/bea.pdf", program, root);
}

static void letters_signed_with_each_kind_of_key_are_good(void **state)
{
	(void)state;
	static const struct {
		const char *name, *more;
	} rows[] = {{"p256", ""}, {"p384", ""}, {"rsa2048", ""}, {"rsa2048", "--pss"},
		{"rsa2048", "--certify"}, {"p256", "--compact"}, {"p384", "--compact --certify"},
		{"rsa2048", "--compact --standard ua2+a4"}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str options = str_format(
			project.arena, "--identity %s.pem %s", rows[i].name, rows[i].more);
		struct outcome run = sign(options.at);
		if (run.code != 0)
			fail_msg("%s: %s", options.at, run.err.at);
		struct outcome judged = verify(
			str_format(project.arena, "%s.crt", rows[i].name).at);
		if (judged.code != 0)
			fail_msg("%s: %s%s", options.at, judged.out.at, judged.err.at);
		assert_holds(judged.out, "on 13 October 2020, 00:00 UTC by the signer's own clock");
	}
}

static void another_root_is_not_trusted(void **state)
{
	(void)state;
	assert_int_equal(sign("--identity p256.pem").code, 0);
	struct outcome judged = verify("p384.crt");
	assert_int_equal(judged.code, 1);
	assert_holds(judged.out, "E-UNTRUSTED");
}

/* Each word and where it stands. */
static struct str words(const char *options)
{
	struct outcome run = run_in(project.arena, project.dir,
		"'%s' batch -q --force %s && pdftotext -bbox out/bea.pdf -", program, options);
	assert_int_equal(run.code, 0);
	return run.out;
}

static void the_page_is_laid_out_alike_signed_or_not_but_for_the_word_test(void **state)
{
	(void)state;
	if (!have_program("pdftotext"))
		skip();
	run_in(project.arena, project.dir,
		"umask 077; openssl req -x509 -key p256.key -subj /CN=Office " SIGNS
		" -addext basicConstraints=critical,CA:FALSE -out c && cat p256.key c >office.pem");
	struct str unsigned_words = words("--no-sign");
	assert_true(str_eq(unsigned_words, words("--identity office.pem")));
	struct str tested = words("--identity p256.pem");
	assert_holds(tested, ">TEST</word>");
	assert_true(str_find(unsigned_words, "TEST") < 0);
	struct str rest = unsigned_words, line;
	while (str_split(&rest, '\n', &line))
		assert_holds(tested, str_copy(project.arena, line).at);
}

static struct str signed_once(const char *options)
{
	assert_int_equal(sign(options).code, 0);
	return read_bytes(project.arena, scratch_path(&project, "out/bea.pdf"));
}

static void the_same_input_gives_the_same_signed_bytes(void **state)
{
	(void)state;
	const char *options = "--identity rsa2048.pem";
	struct str first = signed_once(options), second = signed_once(options);
	assert_true(first.len > 10000);
	assert_true(str_eq(first, second));
}

static void a_signature_changes_the_letters_key(void **state)
{
	(void)state;
	assert_int_equal(sign("--no-sign").code, 0);
	struct outcome run = run_in(
		project.arena, project.dir, "'%s' status --identity p256.pem", program);
	assert_holds(run.out, "signature of \"TEST p256\" is new");
	assert_int_equal(sign("--identity p256.pem").code, 0);
	run = run_in(project.arena, project.dir, "'%s' status --identity p256.pem", program);
	assert_holds(run.out, "0 to be written");
}

/* -- who may not sign -------------------------------------------------------------------------- */

/* OpenSSL 3.5 makes no certificate that ends before it begins; an authority chooses both. */
#define PAST                                                                                    \
	"[ca]\\ndefault_ca=past\\n[past]\\ndatabase=index\\nserial=serial\\nnew_certs_dir=.\\n" \
	"default_md=sha256\\npolicy=any\\nx509_extensions=signs\\n"                             \
	"default_startdate=20200101000000Z\\ndefault_enddate=20210101000000Z\\n"                \
	"[any]\\ncommonName=supplied\\n[signs]\\nbasicConstraints=CA:FALSE\\n"

static const struct refusal {
	const char *name, *prepare; /* a shell command */
	const char *options, *says;
} refusals[] = {
	{"a key that others can read", "cp p256.pem open.pem; chmod 644 open.pem",
		"--identity open.pem", "E-IDENTITY-OPEN"},
	{"a file that is not there", "true", "--identity no.pem", "E-IDENTITY-READ"},
	{"a file that holds no key", "umask 077; cp p256.crt nokey.pem; chmod 600 nokey.pem",
		"--identity nokey.pem", "it holds no private key"},
	{"a key without its certificate", "umask 077; cat p256.key p384.crt >stray.pem",
		"--identity stray.pem", "it holds no certificate of its key"},
	{"a short RSA key",
		"umask 077; openssl req -x509 -nodes -subj /CN=Ann -newkey rsa:1024 -keyout k "
		"-out c && cat k c >short.pem",
		"--identity short.pem", "E-KEY-WEAK"},
	{"a key of another kind",
		"umask 077; openssl req -x509 -nodes -subj /CN=Ann -newkey ed25519 -keyout k "
		"-addext basicConstraints=CA:FALSE -out c && cat k c >ed.pem",
		"--identity ed.pem", "neither RSA nor ECDSA"},
	{"a certificate for web servers",
		"umask 077; openssl req -x509 -key p256.key -subj /CN=Ann "
		"-addext extendedKeyUsage=serverAuth -addext basicConstraints=CA:FALSE -out c && "
		"cat p256.key c >web.pem",
		"--identity web.pem", "E-CERT-PURPOSE"},
	{"the certificate of an authority",
		"umask 077; openssl req -x509 -key p256.key -subj /CN=Ann -out c && "
		"cat p256.key c >ca.pem",
		"--identity ca.pem", "that of an authority"},
	{"an expired certificate",
		"umask 077; printf '" PAST "' >past.cnf; : >index; echo 01 >serial; "
		"openssl req -new -key p256.key -subj /CN=Ann -out r && "
		"openssl ca -batch -notext -selfsign -config past.cnf -keyfile p256.key -in r "
		"-out c && cat p256.key c >old.pem",
		"--identity old.pem", "E-IDENTITY-EXPIRED"},
	{"a wrong pass phrase",
		"umask 077; openssl pkcs12 -export -inkey p256.key -in p256.crt -out a.p12 "
		"-passout pass:right; echo wrong >pass",
		"--identity a.p12 --pass-file pass", "E-PASS-PHRASE"},
	{"no pass phrase", "true", "--identity a.p12 --pass-file nowhere", "E-PASS-FILE"},
	{"a pass phrase that others can read", "echo right >seen; chmod 640 seen",
		"--identity a.p12 --pass-file seen", "E-PASS-OPEN"},
	{"a pass phrase of a thousand letters",
		"umask 077; head -c 2000 /dev/zero | tr '\\0' x >long",
		"--identity a.p12 --pass-file long", "E-PASS-FILE"},
};

static void the_identity_is_refused(void **state)
{
	const struct refusal *refusal = *state;
	struct outcome prepared = run_in(project.arena, project.dir, "%s", refusal->prepare);
	if (prepared.code != 0)
		fail_msg("%s", prepared.err.at);
	run_in(project.arena, project.dir, "rm -rf out");
	struct outcome run = sign(refusal->options);
	assert_true(run.code == 1 || run.code == 3);
	assert_holds(run.err, refusal->says);
	assert_false(file_exists(scratch_path(&project, "out/bea.pdf")));
}

static void a_pass_phrase_from_a_file_opens_pkcs12(void **state)
{
	(void)state;
	run_in(project.arena, project.dir,
		"umask 077; openssl pkcs12 -export -inkey p256.key -in p256.crt -out b.p12 "
		"-passout pass:right; echo right >pass");
	assert_int_equal(sign("--identity b.p12 --pass-file pass").code, 0);
	assert_int_equal(verify("p256.crt").code, 0);
	assert_int_equal(sign("--identity b.p12 --pass-fd 5 5<pass").code, 0);
}

/* Types an answer when the prompt has come; what the terminal showed, and how the program ended. */
static struct outcome answer_prompt(const char *answer, bool *echoes)
{
	struct termios terminal;
	struct buf shown = {0};
	char block[256];
	int master, status;
	pid_t child = forkpty(&master, NULL, NULL, NULL);
	assert_true(child >= 0);
	if (child == 0) {
		alarm(60);
		if (chdir(project.dir) == 0)
			execl(program, program, "identity", "show", "b.p12", (char *)NULL);
		_exit(127);
	}
	for (ssize_t got; (got = read(master, block, sizeof block)) > 0;) {
		bool asked = str_find(buf_text(&shown), "b.p12: ") >= 0;
		buf_put(&shown, block, (size_t)got);
		if (!asked && str_find(buf_text(&shown), "b.p12: ") >= 0)
			assert_int_equal(write(master, answer, strlen(answer)), strlen(answer));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	*echoes = tcgetattr(master, &terminal) == 0 && (terminal.c_lflag & ECHO);
	close(master);
	struct outcome outcome = {
		.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
		.out = str_copy(project.arena, buf_text(&shown)),
	};
	buf_free(&shown);
	return outcome;
}

static void the_prompt_does_not_show_what_is_typed(void **state)
{
	(void)state;
	bool echoes;
	run_in(project.arena, project.dir,
		"umask 077; openssl pkcs12 -export -inkey p256.key -in p256.crt -out b.p12 "
		"-passout pass:right");
	struct outcome said = answer_prompt("right\n", &echoes);
	assert_int_equal(said.code, 0);
	assert_holds(said.out, "Pass phrase for b.p12: \r\n");
	assert_holds(said.out, "TEST p256");
	assert_true(str_find(said.out, "right") < 0);
	assert_true(echoes);
	said = answer_prompt("wrong\n", &echoes);
	assert_int_equal(said.code, 1);
	assert_holds(said.out, "E-PASS-PHRASE");
}

static void a_prompt_that_is_broken_off_leaves_the_terminal_as_it_was(void **state)
{
	(void)state;
	bool echoes;
	struct outcome said = answer_prompt("ri\003", &echoes);
	assert_int_equal(said.code, 128 + SIGINT);
	assert_true(echoes);
}

static void a_test_identity_signs_and_says_so(void **state)
{
	(void)state;
	struct outcome run = run_in(project.arena, project.dir,
		"XDG_CONFIG_HOME=$PWD/config '%s' identity new Ann && ls -l config/lettermerge && "
		"XDG_CONFIG_HOME=$PWD/config '%s' batch -q --force && '%s' verify --trust "
		"config/lettermerge/identity-root.pem out/bea.pdf",
		program, program, program);
	if (run.code != 0)
		fail_msg("%s%s", run.out.at, run.err.at);
	assert_holds(run.out, "-rw-------");
	assert_holds(run.out, "signed by \"TEST Ann\"");
	run = run_in(project.arena, project.dir,
		"XDG_CONFIG_HOME=$PWD/config '%s' identity new Ann", program);
	assert_int_equal(run.code, 1);
	assert_holds(run.err, "E-IDENTITY-THERE");
}

int main(int argc, char **argv)
{
	enum { PLAIN = 9, REFUSALS = sizeof refusals / sizeof *refusals };
	struct CMUnitTest tests[PLAIN + REFUSALS] = {
		cmocka_unit_test(letters_signed_with_each_kind_of_key_are_good),
		cmocka_unit_test(another_root_is_not_trusted),
		cmocka_unit_test(the_page_is_laid_out_alike_signed_or_not_but_for_the_word_test),
		cmocka_unit_test(the_same_input_gives_the_same_signed_bytes),
		cmocka_unit_test(a_signature_changes_the_letters_key),
		cmocka_unit_test(a_pass_phrase_from_a_file_opens_pkcs12),
		cmocka_unit_test(the_prompt_does_not_show_what_is_typed),
		cmocka_unit_test(a_prompt_that_is_broken_off_leaves_the_terminal_as_it_was),
		cmocka_unit_test(a_test_identity_signs_and_says_so),
	};
	program = argc > 1 ? argv[1] : "lettermerge";
	for (int i = 0; i < REFUSALS; i++)
		tests[PLAIN + i] = (struct CMUnitTest){.name = refusals[i].name,
			.test_func = the_identity_is_refused,
			.initial_state = without_const(&refusals[i])};
	return cmocka_run_group_tests(tests, make_project, remove_project);
}
