/* pass.c - the pass phrase of an identity: from a prompt without echo, a file, or an open file,
 * never from the command line or the environment, which others can read.
 *
 * A signal at the prompt must not leave the terminal without echo: it is noted, the terminal put
 * right, and then the signal takes its course. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
enum { SIGNALS = sizeof signals / sizeof *signals };

static volatile sig_atomic_t caught;

static void catch (int signal)
{
	caught = signal;
}

/* The first line, without its end; -1 with errno on a failure, when it is too long, or when a
 * signal comes. Those that are blocked may come as far as mask lets them; NULL: as they are. */
static int read_line(int fd, char *line, int size, const sigset_t *mask)
{
	struct pollfd input = {.fd = fd, .events = POLLIN};
	int len = 0;
	for (;;) {
		ssize_t got = mask && ppoll(&input, 1, NULL, mask) < 0 ? -1 : 0;
		errno = got < 0 ? errno : EMSGSIZE;
		if (got == 0)
			got = len < size ? read(fd, line + len, 1) : -1;
		if (got < 0 && errno == EINTR && !caught)
			continue;
		if (got < 0)
			return -1;
		if (got == 0 || line[len] == '\n')
			break;
		len++;
	}
	return len > 0 && line[len - 1] == '\r' ? len - 1 : len;
}

static void put_on_terminal(int tty, struct buf *words)
{
	file_write_all(
		tty, words->at, words->len); /* a terminal that is gone gives no answer either */
	buf_free(words);
}

/* Signals are blocked but while it waits: else one that comes just before would be waited out. */
static int ask_quietly(int tty, const char *path, char *phrase, int size)
{
	struct sigaction action = {.sa_handler = catch}, before[SIGNALS];
	struct termios old, quiet;
	struct buf prompt = {0}, end = {0};
	sigset_t blocked, mask;
	if (tcgetattr(tty, &old) != 0)
		return -1;
	quiet = old;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	caught = 0;
	sigemptyset(&blocked);
	for (int i = 0; i < SIGNALS; i++) {
		sigaddset(&blocked, signals[i]);
		sigaction(signals[i], &action, &before[i]);
	}
	sigprocmask(SIG_BLOCK, &blocked, &mask);
	tcsetattr(tty, TCSAFLUSH, &quiet);
	buf_say(&prompt, "Pass phrase for %s: ", path);
	put_on_terminal(tty, &prompt);
	int len = read_line(tty, phrase, size, &mask);
	tcsetattr(tty, TCSAFLUSH, &old);
	buf_say(&end, "\n");
	put_on_terminal(tty, &end);
	for (int i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &before[i], NULL);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	if (caught)
		raise(caught);
	return len;
}

static int ask_terminal(const char *path, char *phrase, int size)
{
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC);
	int len = tty < 0 ? -1 : ask_quietly(tty, path, phrase, size);
	if (tty >= 0)
		close(tty);
	return len;
}

/* What others can read is no secret. A pipe or a socket is whoever's that made it. */
static bool is_open(int fd)
{
	struct stat status;
	return fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
		(status.st_mode & (S_IRWXG | S_IRWXO));
}

static int read_file(struct cli *cli, const char *path, char *phrase, int size)
{
	int len = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && is_open(fd)) {
		diag_add(cli->diags, PASS_OPEN, place_in(path), path, path);
	} else {
		len = fd < 0 ? -1 : read_line(fd, phrase, size, NULL);
		if (len < 0)
			diag_add(cli->diags, PASS_FILE, place_in(path), path, strerror(errno));
	}
	if (fd >= 0)
		close(fd);
	return len;
}

int cli_ask_pass(void *user, const char *path, char *phrase, int size)
{
	struct cli *cli = user;
	if (cli->signing.pass_file)
		return read_file(cli, cli->signing.pass_file, phrase, size);
	if (cli->signing.pass_fd < 0)
		return ask_terminal(path, phrase, size);
	int len = read_line(cli->signing.pass_fd, phrase, size, NULL);
	if (len < 0)
		diag_add(cli->diags, PASS_FILE, place_none(), "--pass-fd", strerror(errno));
	return len;
}
