/* preview --watch in a small project: what it says, and what stands in the folder, after each save.
 * Nothing sleeps: the test waits for the program's next line. */
#include "support/support.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char *program; /* from the command line */

#define LETTER(words)                                                                  \
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" "               \
	"style=\"style.xml\"><title>Letter</title>"                                    \
	"<fields><declare name=\"name\"/></fields><p>" words " <field name=\"name\"/>" \
	"</p></letter>"
#define RECORD(name) \
	"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>" name "</name></recipient>"
#define STYLE(body) "<style xmlns=\"urn:lettermerge:style:1\">" body "</style>"

struct desk {
	struct scratch scratch;
	pid_t child;
	FILE *said;
};

static void start(struct desk *desk)
{
	int pipe_fds[2];
	assert_int_equal(pipe(pipe_fds), 0);
	desk->child = fork();
	if (desk->child == 0) {
		dup2(pipe_fds[1], STDOUT_FILENO);
		dup2(pipe_fds[1], STDERR_FILENO);
		close(pipe_fds[0]);
		if (chdir(desk->scratch.dir) == 0)
			execl(program, program, "preview", "ann", "--watch", "--text", NULL);
		_exit(127);
	}
	close(pipe_fds[1]);
	desk->said = fdopen(pipe_fds[0], "r");
}

static int set_up(void **state)
{
	static struct desk desk;
	desk.scratch = scratch_new();
	scratch_write(&desk.scratch, "templates/style.xml", STYLE(""));
	scratch_write(&desk.scratch, "templates/letter.xml", LETTER("Dear"));
	scratch_write(&desk.scratch, "recipients/anna.xml", RECORD("Anna"));
	start(&desk);
	*state = &desk;
	return 0;
}

static int tear_down(void **state)
{
	struct desk *desk = *state;
	kill(desk->child, SIGKILL);
	waitpid(desk->child, NULL, 0);
	fclose(desk->said);
	scratch_free(&desk->scratch);
	return 0;
}

/* All that it says until it waits again. */
static struct str next_words(struct desk *desk)
{
	struct buf words = {0};
	char line[4096];
	while (fgets(line, sizeof line, desk->said)) {
		buf_puts(&words, line);
		if (strstr(line, "watching"))
			break;
	}
	struct str text = str_copy(desk->scratch.arena, buf_text(&words));
	buf_free(&words);
	return text;
}

static struct str preview(struct desk *desk)
{
	return read_bytes(
		desk->scratch.arena, scratch_path(&desk->scratch, "out/preview/anna.pdf"));
}

static void each_save_makes_the_letter_anew(void **state)
{
	struct desk *desk = *state;
	assert_holds(next_words(desk), "Dear Anna");
	scratch_write(&desk->scratch, "templates/letter.xml", LETTER("Good morning"));
	assert_holds(next_words(desk), "Good morning Anna");
	scratch_write(&desk->scratch, "recipients/anna.xml", RECORD("Anna Lee"));
	assert_holds(next_words(desk), "Good morning Anna Lee");
	struct str before = preview(desk);
	scratch_write(&desk->scratch, "templates/style.xml",
		STYLE("<page size=\"A4\" left=\"40mm\" right=\"20mm\" top=\"20mm\" "
		      "bottom=\"20mm\"/>"));
	assert_holds(next_words(desk), "made; watching");
	assert_false(str_eq(before, preview(desk)));
}

static void an_error_keeps_the_last_good_preview_until_it_is_mended(void **state)
{
	struct desk *desk = *state;
	assert_holds(next_words(desk), "made; watching");
	struct str good = preview(desk);
	assert_true(good.len > 0);
	scratch_write(&desk->scratch, "templates/letter.xml", "<letter");
	struct str words = next_words(desk);
	assert_holds(words, "templates/letter.xml:1:");
	assert_holds(words, "not made, the last good one is kept");
	assert_true(str_eq(good, preview(desk)));
	scratch_write(&desk->scratch, "templates/letter.xml", LETTER("Again"));
	assert_holds(next_words(desk), "Again Anna");
	assert_false(str_eq(good, preview(desk)));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_save_makes_the_letter_anew, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_error_keeps_the_last_good_preview_until_it_is_mended, set_up, tear_down),
	};
	assert_int_equal(argc, 2);
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
