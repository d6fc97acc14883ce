/* preview --watch in a small project: what it says, and what stands in the folder, after each save.
 * Nothing sleeps: the test waits for the program's next line. */
#include "support/support.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
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

static void run(struct desk *desk, int said, const char *option)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM); /* a test that fails leaves none behind */
	dup2(said, STDOUT_FILENO);
	dup2(said, STDERR_FILENO);
	if (chdir(desk->scratch.dir) == 0)
		execl(program, program, "preview", "ann", "--watch", option, NULL);
	_exit(127);
}

static void start(struct desk *desk)
{
	int pipe_fds[2];
	assert_int_equal(pipe(pipe_fds), 0);
	desk->child = fork();
	if (desk->child == 0) {
		close(pipe_fds[0]);
		run(desk, pipe_fds[1], "--text");
	}
	close(pipe_fds[1]);
	desk->said = fdopen(pipe_fds[0], "r");
}

/* The same on a terminal. */
static void start_on_terminal(struct desk *desk)
{
	int terminal = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
	const char *name = ptsname(terminal);
	assert_non_null(name);
	int end = open(name, O_RDWR | O_NOCTTY);
	desk->child = fork();
	if (desk->child == 0) {
		close(terminal);
		run(desk, end, "--color=never");
	}
	close(end);
	desk->said = fdopen(terminal, "r");
}

static void set_up_with(void **state, void (*start_it)(struct desk *desk))
{
	static struct desk desk;
	desk.scratch = scratch_new();
	scratch_write(&desk.scratch, "templates/style.xml", STYLE(""));
	scratch_write(&desk.scratch, "templates/letter.xml", LETTER("Dear"));
	scratch_write(&desk.scratch, "recipients/anna.xml", RECORD("Anna"));
	start_it(&desk);
	*state = &desk;
}

static int set_up(void **state)
{
	set_up_with(state, start);
	return 0;
}

static int set_up_terminal(void **state)
{
	set_up_with(state, start_on_terminal);
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

/* The last words that it says, once some of them hold what is waited for. */
static struct str wait_for(struct desk *desk, const char *what)
{
	struct str words;
	do
		words = next_words(desk);
	while (str_find(words, what) < 0);
	return words;
}

static const char dot[] =
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJgg"
	"g==";

static void save_picture(struct desk *desk, const char *more)
{
	struct outcome run = run_in(desk->scratch.arena, desk->scratch.dir,
		"{ echo '%s' | base64 -d; printf '%s'; } >templates/dot.png", dot, more);
	assert_int_equal(run.code, 0);
}

static void a_picture_that_is_saved_makes_it_anew(void **state)
{
	struct desk *desk = *state;
	next_words(desk);
	save_picture(desk, "");
	wait_for(desk, "made; watching");
	scratch_write(&desk->scratch, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" "
		"style=\"style.xml\"><title>Letter</title><image src=\"dot.png\" alt=\"A dot\" "
		"width=\"5mm\"/></letter>");
	wait_for(desk, "A dot");
	save_picture(desk, "x");
	assert_holds(next_words(desk), "made; watching");
}

static void a_file_that_is_renamed_into_its_place_is_one_save(void **state)
{
	struct desk *desk = *state;
	next_words(desk);
	for (int i = 0; i < 5; i++) {
		scratch_write(&desk->scratch, "templates/letter.xml.tmp", LETTER("Renamed"));
		assert_int_equal(rename(scratch_path(&desk->scratch, "templates/letter.xml.tmp"),
					 scratch_path(&desk->scratch, "templates/letter.xml")),
			0);
		assert_holds(next_words(desk), "Renamed Anna");
		scratch_write(&desk->scratch, "templates/letter.xml", LETTER("In place"));
		assert_holds(next_words(desk), "In place Anna");
	}
}

static void a_folder_that_is_replaced_is_watched_in_its_place(void **state)
{
	struct desk *desk = *state;
	next_words(desk);
	static const char *const folders[] = {"recipients", "templates"};
	for (int i = 0; i < 2; i++) {
		struct outcome run = run_in(desk->scratch.arena, desk->scratch.dir,
			"mv %s old && cp -r old %s && rm -r old", folders[i], folders[i]);
		assert_int_equal(run.code, 0);
		wait_for(desk, "made; watching");
	}
	scratch_write(&desk->scratch, "recipients/anna.xml", RECORD("Anna Two"));
	wait_for(desk, "Dear Anna Two");
	scratch_write(&desk->scratch, "templates/letter.xml", LETTER("Good day"));
	wait_for(desk, "Good day Anna Two");
}

/* A house's common style and pictures may be links in the template's folder. */
static void what_is_behind_a_link_is_watched(void **state)
{
	struct desk *desk = *state;
	next_words(desk);
	scratch_write(&desk->scratch, "house/letter.xml", LETTER("Dear"));
	scratch_write(&desk->scratch, "house/recipients/anna.xml", RECORD("Anna"));
	struct outcome run = run_in(desk->scratch.arena, desk->scratch.dir,
		"ln -sf ../house/letter.xml templates && ln -s ../house/recipients "
		"recipients/ours");
	assert_int_equal(run.code, 0);
	wait_for(desk, "made; watching");
	scratch_write(&desk->scratch, "house/letter.xml", LETTER("Good evening"));
	wait_for(desk, "Good evening Anna");
	scratch_write(&desk->scratch, "house/recipients/more.xml", RECORD("More"));
	assert_holds(next_words(desk), "made; watching");
}

/* The bar is gone before the name comes; what is said takes the place of what was said. */
static void a_terminal_shows_the_last_words_alone(void **state)
{
	struct desk *desk = *state;
	static const char clear[] = "\033[H\033[2J";
	struct str words = next_words(desk);
	assert_true(str_starts(words, clear));
	assert_holds(words, "1 of 1\r\033[Kout/preview/anna.pdf");
	scratch_write(&desk->scratch, "templates/letter.xml", "<letter");
	words = next_words(desk);
	assert_true(str_starts(words, clear));
	assert_holds(words, "templates/letter.xml:1:");
	scratch_write(&desk->scratch, "templates/letter.xml", LETTER("Again"));
	words = next_words(desk);
	assert_true(str_starts(words, clear));
	assert_true(str_find(words, "templates/letter.xml:1:") < 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_save_makes_the_letter_anew, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_error_keeps_the_last_good_preview_until_it_is_mended, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_picture_that_is_saved_makes_it_anew, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_file_that_is_renamed_into_its_place_is_one_save, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_folder_that_is_replaced_is_watched_in_its_place, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_behind_a_link_is_watched, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_terminal_shows_the_last_words_alone, set_up_terminal, tear_down),
	};
	assert_int_equal(argc, 2);
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
