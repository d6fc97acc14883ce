/* asked.c - a desk for benches: started, asked, listened to. */
#include "asked.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

void asked_start(struct desk *desk, const char *const *command)
{
	int ends[2];
	char link[200] = "";
	if (pipe(ends) != 0)
		exit(3);
	fflush(stdout);
	desk->child = fork();
	if (desk->child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		execv(command[0], without_const(command));
		_exit(127);
	}
	close(ends[1]);
	FILE *said = fdopen(ends[0], "r");
	if (!said || !fgets(link, sizeof link, said) ||
		sscanf(link, "http://127.0.0.1:%d/%32[0-9a-f]/", &desk->port, desk->token) != 2)
		exit(1);
	fclose(said);
}

struct str asked_line(struct desk *desk, struct arena *arena, const char *path)
{
	return str_format(arena,
		"GET /%s/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n",
		desk->token, path, desk->port);
}

struct str asked_fetch(struct desk *desk, struct arena *arena, const char *path)
{
	struct buf answer = {0};
	if (!local_ask(desk->port, asked_line(desk, arena, path), &answer) ||
		!str_starts(buf_text(&answer), "HTTP/1.1 200"))
		exit(1);
	struct str text = str_copy(arena, buf_text(&answer));
	buf_free(&answer);
	return text;
}

/* Events tell the number of saves that were seen; what is listed first was only merged. */
void asked_wait(struct desk *desk, bool idle)
{
	char line[4096];
	int version = desk->version, seen, listed;
	while (fgets(line, sizeof line, desk->events)) {
		const char *data = strstr(line, "{\"version\":");
		if (!data || sscanf(data, "{\"version\":%d,\"listed\":%d", &seen, &listed) != 2)
			continue;
		desk->version = seen;
		if (idle ? listed > 1 && strstr(data, "\"busy\":false") : seen > version)
			return;
	}
	exit(1);
}

void asked_listen(struct desk *desk, struct arena *arena)
{
	int fd = local_connect(desk->port);
	struct str bytes = asked_line(desk, arena, "events");
	if (fd < 0 || write(fd, bytes.at, (size_t)bytes.len) != bytes.len)
		exit(1);
	desk->events = fdopen(fd, "r");
	asked_wait(desk, true);
}

struct str asked_post(struct desk *desk, struct arena *arena, const char *path)
{
	struct buf answer = {0};
	struct str line = str_format(arena,
		"POST /%s/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
		"Content-Length: 0\r\nConnection: close\r\n\r\n",
		desk->token, path, desk->port, desk->port);
	if (!local_ask(desk->port, line, &answer))
		exit(1);
	struct str text = str_copy(arena, buf_text(&answer));
	buf_free(&answer);
	return text;
}

void asked_wait_for(struct desk *desk, const char *words)
{
	char line[4096];
	while (fgets(line, sizeof line, desk->events))
		if (strstr(line, words))
			return;
	exit(1);
}

void asked_end(struct desk *desk)
{
	kill(desk->child, SIGTERM);
	if (desk->events)
		fclose(desk->events);
	waitpid(desk->child, NULL, 0);
}
