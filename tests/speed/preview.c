/* preview.c - how long one waits to see one letter: from the command to its end, and from a save in
 * the editor to the new PDF.
 *
 *   preview LETTERMERGE TEMPLATES TEMPLATE RECIPIENTS ID   (TEMPLATE: a name in that folder) */
#include "figure.h"

#include "base/base.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 21 };

/* German has the largest patterns of hyphenation. */
static void bench_cold(const char *const *command, const char *const *german)
{
	static const char *const nothing[] = {"/bin/true", NULL};
	struct figure cold = {0}, other = {0}, floor = {0};
	for (int round = 0; round < ROUNDS; round++) {
		figure_add(&cold, figure_run(command).seconds * 1e3);
		figure_add(&other, figure_run(german).seconds * 1e3);
		figure_add(&floor, figure_run(nothing).seconds * 1e3);
	}
	figure_table("One letter, to look at", "/bin/true");
	figure_row("from the command to its end", "ms", &cold, &floor);
	figure_row("the same, divided as German", "ms", &other, &floor);
}

/* Its standard output, where the name of the PDF comes each time that it stands there. */
static FILE *start(const char *const *command, pid_t *child)
{
	int ends[2];
	if (pipe(ends) != 0)
		exit(3);
	fflush(stdout);
	*child = fork();
	if (*child == 0) {
		int nothing = open("/dev/null", O_WRONLY);
		dup2(ends[1], STDOUT_FILENO);
		dup2(nothing, STDERR_FILENO);
		close(ends[0]);
		execv(command[0], without_const(command));
		_exit(127);
	}
	close(ends[1]);
	return fdopen(ends[0], "r");
}

static void wait_for_letter(FILE *said)
{
	char line[4096];
	if (!fgets(line, sizeof line, said))
		exit(1);
}

static void save(const char *path, struct str before, int round, struct str after)
{
	FILE *file = fopen(path, "w");
	if (!file)
		exit(3);
	fprintf(file, "%.*sDear %d %.*s", str_arg(before), round, str_arg(after));
	fclose(file);
}

static void bench_watch(const char *const *command, struct arena *arena, const char *path)
{
	struct diags *diags = diags_new();
	struct str text = file_read(arena, path, place_none(), diags);
	int at = str_find(text, "Dear ");
	struct figure figure = {0};
	pid_t child;
	if (at < 0)
		exit(1);
	FILE *said = start(command, &child);
	wait_for_letter(said);
	for (int round = 0; round < ROUNDS; round++) {
		double begin = figure_clock();
		save(path, str_slice(text, 0, at), round, str_slice(text, at + 5, text.len));
		wait_for_letter(said);
		figure_add(&figure, (figure_clock() - begin) * 1e3);
	}
	kill(child, SIGTERM);
	waitpid(child, NULL, 0);
	fclose(said);
	diags_free(diags);
	figure_row("from a save of the template to the PDF", "ms", &figure, NULL);
}

int main(int argc, char **argv)
{
	if (argc != 6) {
		fputs("usage: preview LETTERMERGE TEMPLATES TEMPLATE RECIPIENTS ID\n", stderr);
		return 2;
	}
	char dir[] = "/tmp/lettermerge-bench-XXXXXX";
	if (!mkdtemp(dir))
		return 3;
	figure_shell("cp -r '%s' '%s/templates'", argv[2], dir);
	struct arena *arena = arena_new();
	const char *template = str_format(arena, "%s/templates/%s", dir, argv[3]).at;
	const char *command[] = {
		argv[1], "preview", argv[5], "-t", template, "-r", argv[4], "-o", dir, NULL, NULL};
	const char *german[] = {argv[1], "preview", argv[5], "-t",
		str_format(arena, "%s/templates/german.xml", dir).at, "-r", argv[4], "-o", dir,
		NULL};
	figure_shell(
		"sed '0,/xml:lang=\"en-GB\"/s//xml:lang=\"de\"/' '%s' >'%s'", template, german[4]);
	bench_cold(command, german);
	command[9] = "--watch";
	bench_watch(command, arena, template);
	figure_shell("rm -rf '%s'", dir);
	arena_free(arena);
	return 0;
}
