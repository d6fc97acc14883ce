/* editor.c - the place of a fact, or of a finding, in the editor that serve --editor names. It is
 * run without a shell; which file it opens the desk knows, and no request says. */
#include "desk/desk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { WORDS_MAX = 32 };

/* One word of the command, with the place in it; whether the file is named is noted. */
static char *fill_in(struct arena *arena, struct str word, const struct place *at, bool *named)
{
	struct buf out = {0};
	for (int i = 0; i < word.len;) {
		struct str rest = str_slice(word, i, word.len);
		int file = str_starts(rest, "{file}") ? 6 : 0,
		    line = str_starts(rest, "{line}") ? 6 : 0;
		int column = str_starts(rest, "{column}") ? 8 : 0;
		if (file)
			buf_puts(&out, at->file);
		else if (line || column)
			buf_number(&out, line ? at->line : at->column);
		else
			buf_char(&out, word.at[i]);
		*named |= file > 0;
		i += file + line + column ? file + line + column : 1;
	}
	char *copy = str_chars(arena, buf_text(&out));
	buf_free(&out);
	return copy;
}

/* Words that blanks divide; the file comes last when none of them names it. */
static bool split(struct arena *arena, const char *command, const struct place *at,
	char *arguments[WORDS_MAX + 2])
{
	struct str rest = str_of(command), word;
	bool named = false;
	int count = 0;
	while (count < WORDS_MAX && str_split(&rest, ' ', &word))
		if (word.len)
			arguments[count++] = fill_in(arena, word, at, &named);
	if (!named)
		arguments[count++] = str_chars(arena, str_of(at->file));
	arguments[count] = NULL;
	return count > !named && !rest.at;
}

/* It outlives the desk, and hears none of its signals. */
static bool start(pid_t *child, char *const *arguments)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none;
	sigemptyset(&none);
	posix_spawn_file_actions_init(&actions);
	for (int fd = 0; fd <= 2; fd++)
		posix_spawn_file_actions_addopen(
			&actions, fd, "/dev/null", fd ? O_WRONLY : O_RDONLY, 0);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setflags(&attributes, (short)(POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK));
	bool good = posix_spawnp(child, arguments[0], &actions, &attributes, arguments, environ) ==
		0;
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return good;
}

static void *await(void *user)
{
	pid_t *child = user;
	while (waitpid(*child, NULL, 0) < 0 && errno == EINTR)
		;
	free(child);
	return NULL;
}

static bool run(char *const *arguments)
{
	pid_t *child = heap_new(sizeof *child);
	pthread_t thread;
	if (!start(child, arguments)) {
		free(child);
		return false;
	}
	if (pthread_create(&thread, NULL, await, child) == 0)
		pthread_detach(thread);
	return true;
}

/* Where it stands, with the whole path of its file: none that begins with a dash is an option. */
static bool find_place(
	struct desk *desk, const struct spot *spot, struct arena *arena, struct place *at)
{
	struct made *made = made_find(desk, spot->id);
	int count = !made ? 0 : spot->finding ? diags_len(made->findings) : made->facts.len;
	if (spot->number < 0 || spot->number >= count)
		return false;
	*at = spot->finding ? diags_at(made->findings, spot->number)->at
			    : made->facts.at[spot->number].at;
	char *path = at->file ? realpath(at->file, NULL) : NULL;
	at->file = path ? str_copy(arena, str_of(path)).at : NULL;
	free(path);
	return at->file;
}

int desk_open_editor(struct desk *desk, const struct spot *spot, struct buf *why)
{
	const char *command = desk->options->editor;
	struct arena *arena = arena_new();
	char *arguments[WORDS_MAX + 2];
	struct place at = place_none();
	int status = 409;
	pthread_mutex_lock(&desk->lock);
	bool found = find_place(desk, spot, arena, &at);
	pthread_mutex_unlock(&desk->lock);
	if (!command || desk->options->look_only)
		buf_puts(why,
			"This desk opens no editor: start it with --editor COMMAND, and "
			"without --read-only.");
	else if (!found)
		buf_puts(why, "What stood there is not there any more. Look at the letter again.");
	else if (!split(arena, command, &at, arguments) || !run(arguments))
		buf_format(why,
			"The editor could not be started: \"%s\". Start the desk with "
			"another --editor COMMAND.",
			command);
	else
		status = 303;
	arena_free(arena);
	return status;
}
