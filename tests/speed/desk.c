/* desk.c - how long one waits at the proof desk: from a save in the editor to the picture of the
 * new page, as a browser asks for it: the event, the letter's part, its first page, all bytes
 * there; and for a letter's part while many others are at the door.
 *
 *   desk LETTERMERGE TEMPLATES TEMPLATE RECIPIENTS ID   (TEMPLATE: a name in that folder) */
#include "figure.h"

#include "base/base.h"
#include "support/local.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 21 };

struct desk {
	pid_t child;
	int port;
	char token[64];
	FILE *events;
	int version;
};

static void start(struct desk *desk, const char *const *command)
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

static struct str request(struct desk *desk, struct arena *arena, const char *path)
{
	return str_format(arena,
		"GET /%s/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n",
		desk->token, path, desk->port);
}

/* The answer; the bench ends when it is not a good one. */
static struct str fetch(struct desk *desk, struct arena *arena, const char *path)
{
	struct buf answer = {0};
	if (!local_ask(desk->port, request(desk, arena, path), &answer) ||
		!str_starts(buf_text(&answer), "HTTP/1.1 200"))
		exit(1);
	struct str text = str_copy(arena, buf_text(&answer));
	buf_free(&answer);
	return text;
}

/* Events tell the number of saves that were seen; waits for a higher one or, with idle, until all
 * letters were checked (what is listed first was only merged). */
static void wait_for_event(struct desk *desk, bool idle)
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

static void open_events(struct desk *desk, struct arena *arena)
{
	int fd = local_connect(desk->port);
	struct str bytes = request(desk, arena, "events");
	if (fd < 0 || write(fd, bytes.at, (size_t)bytes.len) != bytes.len)
		exit(1);
	desk->events = fdopen(fd, "r");
	wait_for_event(desk, true);
}

/* The address of the first page's picture, in the part. */
static const char *first_picture(struct arena *arena, struct str part)
{
	int at = str_find(part, "<img src=\""), end;
	if (at < 0)
		exit(1);
	part = str_slice(part, at + 10, part.len);
	end = str_find(part, "\"");
	struct buf plain = {0};
	for (int i = 0; i < end; i++) {
		buf_char(&plain, part.at[i]);
		i += part.at[i] == '&' ? 4 : 0; /* amp; */
	}
	const char *address = str_copy(arena, buf_text(&plain)).at;
	buf_free(&plain);
	return address;
}

static void save(const char *path, struct str before, int round, struct str after)
{
	FILE *file = fopen(path, "w");
	if (!file)
		exit(3);
	fprintf(file, "%.*sDear %d %.*s", str_arg(before), round, str_arg(after));
	fclose(file);
}

static void bench(struct desk *desk, struct arena *arena, const char *path, const char *id)
{
	struct diags *diags = diags_new();
	struct str text = file_read(arena, path, place_none(), diags);
	const char *part = str_format(arena, "part/%s", id).at;
	int at = str_find(text, "Dear ");
	struct figure event = {0}, words = {0}, picture = {0};
	for (int round = 0; at >= 0 && round < ROUNDS; round++) {
		double begin = figure_clock();
		save(path, str_slice(text, 0, at), round, str_slice(text, at + 5, text.len));
		wait_for_event(desk, false);
		figure_add(&event, (figure_clock() - begin) * 1e3);
		struct str answer = fetch(desk, arena, part);
		figure_add(&words, (figure_clock() - begin) * 1e3);
		fetch(desk, arena, first_picture(arena, answer));
		figure_add(&picture, (figure_clock() - begin) * 1e3);
		wait_for_event(desk, true);
	}
	figure_table("The proof desk, from a save of the template", NULL);
	figure_row("to the event", "ms", &event, NULL);
	figure_row("to what was found", "ms", &words, NULL);
	figure_row("to the picture of the first page", "ms", &picture, NULL);
	diags_free(diags);
}

static struct str approval(struct desk *desk, struct arena *arena, const char *id)
{
	struct str page = fetch(desk, arena, str_format(arena, "letter/%s", id).at);
	int at = str_find(page, "approve/"), end;
	if (at < 0)
		exit(1);
	page = str_slice(page, at, page.len);
	end = str_find(page, "\"");
	return str_format(arena,
		"POST /%s/%.*s&sure=1 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: "
		"http://127.0.0.1:%d\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
		desk->token, end, page.at, desk->port, desk->port);
}

static void read_all(const int *fds, int count)
{
	char bytes[4096];
	for (int i = 0; i < count; i++)
		while (fds[i] >= 0 && read(fds[i], bytes, sizeof bytes) > 0)
			;
}

static void under_load(struct desk *desk, struct arena *arena, const char *id)
{
	enum { STRANGERS = 500, LISTENERS = 100, APPROVALS = 40 };
	static int strangers[STRANGERS], listeners[LISTENERS], approvals[APPROVALS];
	const char *part = str_format(arena, "part/%s", id).at;
	struct str approve = approval(desk, arena, id);
	struct figure calm = {0}, load = {0};
	for (int round = 0; round < ROUNDS; round++) {
		double begin = figure_clock();
		fetch(desk, arena, part);
		figure_add(&calm, (figure_clock() - begin) * 1e3);
	}
	local_crowd(desk->port, request(desk, arena, "events"), listeners, LISTENERS);
	for (int round = 0; round < ROUNDS; round++) {
		local_crowd(desk->port, str_lit("GET /"), strangers, STRANGERS);
		local_crowd(desk->port, approve, approvals, APPROVALS);
		double begin = figure_clock();
		fetch(desk, arena, part);
		figure_add(&load, (figure_clock() - begin) * 1e3);
		read_all(approvals, APPROVALS); /* so that the next round has its own alone */
		local_go(strangers, STRANGERS);
		local_go(approvals, APPROVALS);
	}
	local_go(listeners, LISTENERS);
	figure_table("The proof desk, for who has the link", NULL);
	figure_row("a letter's part", "ms", &calm, NULL);
	figure_row("while 500 connections stand half open, 40 approvals come at once and 100 "
		   "browsers listen",
		"ms", &load, NULL);
}

int main(int argc, char **argv)
{
	if (argc != 6) {
		fputs("usage: desk LETTERMERGE TEMPLATES TEMPLATE RECIPIENTS ID\n", stderr);
		return 2;
	}
	char dir[] = "/tmp/lettermerge-bench-XXXXXX";
	if (!mkdtemp(dir))
		return 3;
	figure_shell("cp -r '%s' '%s/templates'", argv[2], dir);
	struct arena *arena = arena_new();
	struct desk desk = {.version = -1};
	const char *template = str_format(arena, "%s/templates/%s", dir, argv[3]).at;
	const char *command[] = {argv[1], "serve", "-q", "--no-sign", "-t", template, "-r", argv[4],
		"-o", dir, NULL};
	start(&desk, command);
	open_events(&desk, arena);
	bench(&desk, arena, template, argv[5]);
	under_load(&desk, arena, argv[5]);
	kill(desk.child, SIGTERM);
	fclose(desk.events);
	waitpid(desk.child, NULL, 0);
	figure_shell("rm -rf '%s'", dir);
	arena_free(arena);
	return 0;
}
