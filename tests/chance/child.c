/* child.c - see child.h. A child says by a pipe what came of each seed; of one that it died of, the
 * last thing that it wrote to its standard error says why. */
#include "child.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_SECONDS = 120 }; /* of the processor, for one case: more is an endless loop */

static void limit_time(void)
{
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	rlim_t seconds = (rlim_t)used.ru_utime.tv_sec + (rlim_t)used.ru_stime.tv_sec;
	setrlimit(RLIMIT_CPU, &(struct rlimit){seconds + MOST_SECONDS, RLIM_INFINITY});
}

/* -- in the child ------------------------------------------------------------------------------ */

static void put_text(FILE *pipe, const char *text, size_t len)
{
	fwrite(&len, sizeof len, 1, pipe);
	if (len)
		fwrite(text, 1, len, pipe);
}

static void run_case(FILE *pipe, const char *folder, struct arena *arena, const struct drawn *drawn)
{
	struct trial trial = {.arena = arena, .drawn = drawn, .folder = folder};
	limit_time();
	trial_run(&trial);
	fwrite(trial.kind, sizeof trial.kind, 1, pipe);
	fwrite(&trial.made, sizeof trial.made, 1, pipe);
	fwrite(&trial.refused, sizeof trial.refused, 1, pipe);
	put_text(pipe, trial.detail.at, trial.detail.len);
	put_text(pipe, trial.refusals.at, trial.refusals.len);
	fflush(pipe);
	buf_free(&trial.detail);
	buf_free(&trial.refusals);
}

static void run_seed(FILE *pipe, const char *folder, uint64_t seed)
{
	struct arena *arena = arena_new();
	struct drawn drawn = draw(arena, seed);
	run_case(pipe, folder, arena, &drawn);
	arena_free(arena);
}

/* -- in the parent ----------------------------------------------------------------------------- */

struct child {
	pid_t id;
	FILE *pipe; /* in the child to write, in the parent to read */
	const char *errors;
};

static struct child begin(struct arena *arena, const char *folder)
{
	struct child child = {.errors = str_format(arena, "%s/errors", folder).at};
	int ends[2];
	fflush(NULL);
	if (pipe(ends) != 0 || (child.id = fork()) < 0)
		abort();
	child.pipe = fdopen(ends[child.id == 0], child.id == 0 ? "w" : "r");
	close(ends[child.id != 0]);
	if (child.id == 0) {
		int errors = open(child.errors, O_CREAT | O_TRUNC | O_WRONLY, 0600);
		if (errors < 0 || dup2(errors, 2) < 0 || !child.pipe)
			abort();
	}
	return child;
}

/* The line of what a program said last that names a fault: an assertion, a sanitizer's summary. */
static struct str find_fault(struct str said)
{
	static const char *const signs[] = {"Assertion `", "SUMMARY: ", "runtime error: "};
	struct str line, fault = {0};
	while (str_split(&said, '\n', &line))
		for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
			int at = str_find(line, signs[i]);
			if (at >= 0 && !fault.at)
				fault = str_slice(line, at, line.len);
		}
	return fault;
}

static void explain_death(
	struct arena *arena, const struct child *child, int status, struct outcome *outcome)
{
	struct diags *diags = diags_new();
	struct str said = file_read(arena, child->errors, (struct place){0}, diags);
	struct str fault = find_fault(said);
	diags_free(diags);
	if (fault.at)
		snprintf(outcome->kind, sizeof outcome->kind, "%.*s", str_arg(fault));
	else if (WIFSIGNALED(status))
		snprintf(outcome->kind, sizeof outcome->kind, "signal %d", WTERMSIG(status));
	else
		snprintf(outcome->kind, sizeof outcome->kind, "exit code %d", WEXITSTATUS(status));
	outcome->detail = said.at ? said : str_lit("");
}

static bool read_text(struct arena *arena, FILE *pipe, struct str *text)
{
	size_t len;
	if (fread(&len, sizeof len, 1, pipe) != 1)
		return false;
	char *at = arena_alloc(arena, len + 1);
	*text = (struct str){at, (int)len};
	return fread(at, 1, len, pipe) == len;
}

static bool read_outcome(struct arena *arena, const struct child *child, struct outcome *outcome)
{
	return fread(outcome->kind, sizeof outcome->kind, 1, child->pipe) == 1 &&
		fread(&outcome->made, sizeof outcome->made, 1, child->pipe) == 1 &&
		fread(&outcome->refused, sizeof outcome->refused, 1, child->pipe) == 1 &&
		read_text(arena, child->pipe, &outcome->detail) &&
		read_text(arena, child->pipe, &outcome->refusals);
}

/* Whether it ended as it should. */
static bool end(struct child *child, int *status)
{
	fclose(child->pipe);
	waitpid(child->id, status, 0);
	return WIFEXITED(*status) && WEXITSTATUS(*status) == 0;
}

struct outcome child_try(struct arena *arena, const char *folder, const struct drawn *drawn)
{
	struct outcome outcome = {.seed = drawn->seed};
	struct child child = begin(arena, folder);
	int status;
	if (child.id == 0) {
		run_case(child.pipe, folder, arena, drawn);
		fclose(child.pipe);
		exit(0);
	}
	bool told = read_outcome(arena, &child, &outcome);
	if (!end(&child, &status) || !told)
		explain_death(arena, &child, status, &outcome);
	return outcome;
}

/* Gives how many seeds a child went through: all, or those up to the one that it died of. */
static int run_some(const char *folder, uint64_t from, int count,
	void (*take)(void *user, const struct outcome *outcome), void *user)
{
	struct arena *arena = arena_new();
	struct child child = begin(arena, folder);
	int status, done = 0;
	if (child.id == 0) {
		for (int i = 0; i < count; i++)
			run_seed(child.pipe, folder, from + (uint64_t)i);
		fclose(child.pipe);
		arena_free(arena);
		exit(0); /* a leak is found now */
	}
	for (; done < count; done++) {
		struct outcome outcome = {0};
		if (!read_outcome(arena, &child, &outcome))
			break;
		outcome.seed = from + (uint64_t)done;
		take(user, &outcome);
	}
	if (!end(&child, &status)) {
		struct outcome outcome = {
			.seed = from + (uint64_t)(done < count ? done++ : done - 1)};
		explain_death(arena, &child, status, &outcome);
		take(user, &outcome);
	}
	arena_free(arena);
	return done;
}

void child_run(const char *folder, uint64_t from, int count,
	void (*take)(void *user, const struct outcome *outcome), void *user)
{
	while (count > 0) {
		int done = run_some(folder, from, count, take, user);
		from += (uint64_t)done;
		count -= done;
	}
}
