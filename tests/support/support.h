/* support.h - for tests that run programs: scratch folders, files, commands and what they said. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include "base/base.h"

/* A new empty folder below the system's temporary one, removed with all it holds by
 * scratch_free. */
struct scratch {
	struct arena *arena;
	const char *dir;
};
struct scratch scratch_new(void);
void scratch_free(struct scratch *scratch);

/* "dir/name" in the scratch folder. */
const char *scratch_path(struct scratch *scratch, const char *name);
/* Writes text to a file in the scratch folder, making the folders above it. */
void scratch_write(struct scratch *scratch, const char *name, const char *text);
/* The bytes of a file; .at is NULL when there is none. */
struct str read_bytes(struct arena *arena, const char *path);
/* Names in a folder that do not begin with ".", but for run.json, sorted, one a line. */
struct str list_folder(struct arena *arena, const char *path);

/* What a command printed, and how it ended (128 + signal for a signal). */
struct outcome {
	int code;
	struct str out, err;
};
/* Runs a shell command in a folder. The environment is the test's own. Of printf's conversions the
 * format may have %s, %.*s, %d and %c; between '' in the format an argument may be any text. */
struct outcome run_in(struct arena *arena, const char *dir, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* A part of such a command. */
struct str command_format(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* A link to a file by a path without blanks and quotes, for commands that name it without: gone
 * when the test ends. */
const char *plain_link(const char *path);

/* Is a program there? When it is not, prints why the test is skipped; where the environment's
 * LETTERMERGE_TESTS_REQUIRE is set the test fails instead. */
bool have_program(const char *name);

/* Fails the test with both texts when the first does not hold the second. */
void assert_holds(struct str text, const char *part);

#endif
