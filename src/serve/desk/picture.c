/* picture.c - a page of a PDF → PNG, by poppler's pdftoppm.
 *
 * The program gives plain samples, which are compressed here: its own PNG takes ten times as long
 * as its drawing.
 *
 * A child process, because poppler's licence is not ours, and because it may be killed by what it
 * reads. The bytes go by a file in memory, so that neither side can wait for the other. */
#include "desk/desk.h"

#include "picture/picture.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char program[] = "pdftoppm";

enum { MAX_SAMPLES = 64 << 20, LOOK_MS = 50 /* whether the desk closes */ };

static int memory_file(struct str bytes)
{
	int fd = memfd_create("letter", MFD_CLOEXEC);
	if (fd >= 0 && file_write_all(fd, bytes.at, (size_t)bytes.len) &&
		lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

/* In a process group of its own, so that all that it starts ends with it. */
static bool start(pid_t *child, int in, int out, int said, const char *const *arguments)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, said, STDERR_FILENO);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
	bool good = posix_spawnp(child, arguments[0], &actions, &attributes,
			    without_const(arguments), environ) == 0;
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return good;
}

/* All that comes; false when the patience ends first. */
static bool take_all(int fd, const struct patience *patience, struct buf *out)
{
	char bytes[65536];
	int64_t end = desk_clock() + patience->milliseconds;
	for (int64_t left; (left = end - desk_clock()) > 0 && !*patience->interrupted;) {
		struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
		if (poll(&poll_fd, 1, left < LOOK_MS ? (int)left : LOOK_MS) <= 0)
			continue;
		ssize_t len = read(fd, bytes, sizeof bytes);
		if (len <= 0)
			return true;
		if (out->len < MAX_SAMPLES)
			buf_put(out, bytes, (size_t)len);
	}
	return false;
}

/* How it ended. What has closed its output has done all that is wanted of it, so it is killed then
 * and never waited for. */
enum end { NOT_STARTED, TOO_SLOW, FAILED, GOOD };

static enum end run(const char *const *arguments, int in, int said, const struct patience *patience,
	struct buf *out)
{
	int ends[2] = {-1, -1}, status = -1;
	pid_t child;
	if (in < 0 || said < 0 || pipe2(ends, O_CLOEXEC) != 0)
		return NOT_STARTED;
	bool started = start(&child, in, ends[1], said, arguments), ended = false;
	close(ends[1]);
	if (started) {
		ended = take_all(ends[0], patience, out);
		kill(-child, SIGKILL);
		waitpid(child, &status, 0);
	}
	close(ends[0]);
	return !started ? NOT_STARTED : !ended ? TOO_SLOW : status == 0 ? GOOD : FAILED;
}

bool picture_can(const struct patience *patience)
{
	const char *const arguments[] = {program, "-v", NULL};
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	struct buf out = {0};
	enum end end = run(arguments, nothing, nothing, patience, &out);
	buf_free(&out);
	if (nothing >= 0)
		close(nothing);
	return end == GOOD;
}

/* A portable pixmap: "P6", width, height and 255, then three samples a pixel. */
static bool encode(const struct buf *pixmap, struct buf *out)
{
	struct picture picture = {.channels = 3};
	int head = 0;
	if (!pixmap->len ||
		sscanf(pixmap->at, "P6 %5d %5d 255%n", &picture.width, &picture.height, &head) !=
			2 ||
		!head)
		return false;
	picture.len = (size_t)picture.width * (size_t)picture.height * 3;
	if (picture.width < 1 || picture.height < 1 ||
		pixmap->len != (size_t)head + 1 + picture.len)
		return false;
	picture.bytes = (const unsigned char *)pixmap->at + head + 1;
	picture_encode(&picture, out);
	return true;
}

/* The first line of what the program said, as far as it is text. */
static void write_said(int said, struct buf *out)
{
	char bytes[200];
	ssize_t len = said >= 0 ? pread(said, bytes, sizeof bytes, 0) : 0;
	struct str all = {bytes, len > 0 ? (int)len : 0}, line = {0};
	str_split(&all, '\n', &line);
	if (line.len && utf8_invalid_at(line) < 0) {
		buf_puts(out, ", and said: ");
		buf_str(out, line);
	}
}

static void say_why(enum end end, const struct patience *patience, int said, struct buf *out)
{
	static const char *const reasons[] = {
		"could not be started", "took too long", "ended with an error", "gave no picture"};
	buf_format(out, "pdftoppm %s", reasons[end]);
	if (end == TOO_SLOW && !*patience->interrupted)
		buf_format(out, ": it was stopped after %d seconds", patience->milliseconds / 1000);
	if (end >= FAILED)
		write_said(said, out);
}

void picture_make(
	const struct picture_asked *asked, const struct patience *patience, struct drawing *out)
{
	char number[12], resolution[12];
	const char *const arguments[] = {
		program, "-r", resolution, "-f", number, "-l", number, "-singlefile", "-", NULL};
	int in = memory_file(asked->pdf), said = memory_file(str_lit(""));
	struct buf pixmap = {0};
	snprintf(number, sizeof number, "%d", asked->page);
	snprintf(resolution, sizeof resolution, "%d", asked->dots);
	enum end end = run(arguments, in, said, patience, &pixmap);
	out->dots = asked->dots;
	out->failed = end < FAILED || !encode(&pixmap, &out->bytes);
	if (out->failed)
		say_why(end, patience, said, &out->bytes);
	buf_free(&pixmap);
	if (in >= 0)
		close(in);
	if (said >= 0)
		close(said);
}
