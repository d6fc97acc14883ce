/* listen.c - make --listen: who connects to a socket is answered by a process of their own.
 *
 * So one client's letters never meet another's, what one does wrong ends nobody else's, and each
 * sees template and identity as they are when it connects. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HANDED_OVER = 3, BACKLOG = 64 };

/* What systemd has opened already: sd_listen_fds(3). -1: nothing. */
static int socket_of_systemd(void)
{
	const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
	bool ours = pid && count && strtol(pid, NULL, 10) == getpid() && strcmp(count, "1") == 0;
	errno = ours ? 0 : ENOTCONN;
	return ours ? HANDED_OVER : -1;
}

/* A socket that nobody listens to any more is as good as none. */
static bool is_left_over(const struct sockaddr_un *address)
{
	struct stat status;
	if (stat(address->sun_path, &status) != 0 || !S_ISSOCK(status.st_mode))
		return false;
	int number = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int failed = connect(number, (const struct sockaddr *)address, sizeof *address);
	bool refused = failed && errno == ECONNREFUSED;
	close(number);
	return refused;
}

/* A new socket that the user alone may connect to; -1 with errno. */
static int socket_at(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof address.sun_path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(address.sun_path, path);
	if (is_left_over(&address))
		unlink(path);
	int number = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	mode_t mask = umask(S_IXUSR | S_IRWXG | S_IRWXO);
	bool good = number >= 0 &&
		bind(number, (const struct sockaddr *)&address, sizeof address) == 0 &&
		listen(number, BACKLOG) == 0;
	umask(mask);
	if (good)
		return number;
	int why = errno;
	close(number);
	errno = why;
	return -1;
}

/* -- those who are answered -------------------------------------------------------------------- */

struct children {
	pid_t *at;
	int count, most;
};

/* Forgets those who have ended; full: waits for one first. */
static void collect(struct children *children)
{
	bool full = children->count == children->most;
	pid_t ended;
	while ((ended = waitpid(-1, NULL, full ? 0 : WNOHANG)) > 0) {
		full = false;
		for (int i = 0; i < children->count; i++)
			if (children->at[i] == ended)
				children->at[i--] = children->at[--children->count];
	}
}

/* They finish the letters in hand. */
static void end_all(struct children *children)
{
	for (int i = 0; i < children->count; i++)
		kill(children->at[i], SIGTERM);
	while (children->count && (waitpid(-1, NULL, 0) > 0 || errno == EINTR))
		collect(children);
}

/* True in the process that shall answer. */
static bool hand_over(int connection, struct children *children)
{
	pid_t child = fork();
	if (child > 0)
		children->at[children->count++] = child;
	bool answers = child == 0 && dup2(connection, STDIN_FILENO) >= 0 &&
		dup2(connection, STDOUT_FILENO) >= 0;
	close(connection);
	return answers;
}

/* Until a signal comes, or a connection's own process is begun: then true. */
static bool accept_all(int listening, struct children *children)
{
	while (!*cli_interrupted()) {
		collect(children);
		if (children->count == children->most)
			continue; /* a signal came while waiting */
		int connection = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
		if (connection >= 0 && hand_over(connection, children))
			return true;
	}
	return false;
}

bool cli_listen(struct cli *cli, const char *path, int most, int *code)
{
	bool handed_over = strcmp(path, "systemd") == 0;
	int listening = handed_over ? socket_of_systemd() : socket_at(path);
	if (listening < 0) {
		diag_add(cli->diags, LISTEN, place_none(), path, strerror(errno));
		*code = cli_fail(cli);
		return false;
	}
	struct children children = {arena_new_array(cli->arena, pid_t, most), 0, most};
	cli_catch_signals();
	bool answers = accept_all(listening, &children);
	close(listening);
	if (answers)
		return true;
	end_all(&children);
	if (!handed_over)
		unlink(path);
	*code = cli_signal_code();
	return false;
}
