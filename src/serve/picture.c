/* picture.c - a page of a PDF → PNG, by poppler's pdftoppm.
 *
 * The program gives plain samples, which are compressed here: its own PNG takes ten times as long
 * as its drawing.
 *
 * A child process, because poppler's licence is not ours, and because it may be killed by what it
 * reads. The bytes go by a file in memory, so that neither side can wait for the other. */
#include "serve/desk_int.h"

#include "picture/picture.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static char program[] = "pdftoppm";

enum { RESOLUTION = 144, MAX_SAMPLES = 64 << 20 };

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

static bool start(pid_t *child, int in, int out, char *const *arguments)
{
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	bool good = posix_spawnp(child, arguments[0], &actions, NULL, arguments, environ) == 0;
	posix_spawn_file_actions_destroy(&actions);
	return good;
}

bool picture_can(void)
{
	char *const arguments[] = {program, (char *)"-v", NULL};
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC), status = -1;
	pid_t child;
	if (nothing >= 0 && start(&child, nothing, nothing, arguments))
		waitpid(child, &status, 0);
	if (nothing >= 0)
		close(nothing);
	return status == 0;
}

static void take_all(int fd, struct buf *out)
{
	char bytes[65536];
	for (ssize_t len; (len = read(fd, bytes, sizeof bytes)) > 0;)
		if (out->len < MAX_SAMPLES)
			buf_put(out, bytes, (size_t)len);
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

static bool run(struct str pdf, int page, struct buf *pixmap)
{
	char number[12], resolution[12];
	char *const arguments[] = {program, (char *)"-r", resolution, (char *)"-f", number,
		(char *)"-l", number, (char *)"-singlefile", (char *)"-", NULL};
	int in = memory_file(pdf), ends[2] = {-1, -1}, status = -1;
	pid_t child;
	snprintf(number, sizeof number, "%d", page);
	snprintf(resolution, sizeof resolution, "%d", RESOLUTION);
	bool started = in >= 0 && pipe2(ends, O_CLOEXEC) == 0 &&
		start(&child, in, ends[1], arguments);
	if (ends[1] >= 0)
		close(ends[1]);
	if (started) {
		take_all(ends[0], pixmap);
		waitpid(child, &status, 0);
	}
	if (ends[0] >= 0)
		close(ends[0]);
	if (in >= 0)
		close(in);
	return started && status == 0;
}

bool picture_make(struct str pdf, int page, struct buf *out)
{
	struct buf pixmap = {0};
	bool good = run(pdf, page, &pixmap) && encode(&pixmap, out);
	buf_free(&pixmap);
	return good;
}
