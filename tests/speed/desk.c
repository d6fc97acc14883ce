/* desk.c - how long one waits at the proof desk: from a save in the editor to the picture of the
 * new page, as a browser asks for it: the event, the letter's part, its first page, all bytes
 * there; and for a letter's part while many others are at the door.
 *
 *   desk LETTERMERGE TEMPLATES TEMPLATE RECIPIENTS ID   (TEMPLATE: a name in that folder) */
#include "asked.h"
#include "figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ROUNDS = 21 };

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
		asked_wait(desk, false);
		figure_add(&event, (figure_clock() - begin) * 1e3);
		struct str answer = asked_fetch(desk, arena, part);
		figure_add(&words, (figure_clock() - begin) * 1e3);
		asked_fetch(desk, arena, first_picture(arena, answer));
		figure_add(&picture, (figure_clock() - begin) * 1e3);
		asked_wait(desk, true);
	}
	figure_table("The proof desk, from a save of the template", NULL);
	figure_row("to the event", "ms", &event, NULL);
	figure_row("to what was found", "ms", &words, NULL);
	figure_row("to the picture of the first page", "ms", &picture, NULL);
	diags_free(diags);
}

static struct str approval(struct desk *desk, struct arena *arena, const char *id)
{
	struct str page = asked_fetch(desk, arena, str_format(arena, "letter/%s", id).at);
	int at = str_find(page, "approve/"), end;
	if (at < 0)
		exit(1);
	page = str_slice(page, at, page.len);
	end = str_find(page, "\"");
	return str_format(arena,
		"POST /%s/%.*s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: "
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
		asked_fetch(desk, arena, part);
		figure_add(&calm, (figure_clock() - begin) * 1e3);
	}
	local_crowd(desk->port, asked_line(desk, arena, "events"), listeners, LISTENERS);
	for (int round = 0; round < ROUNDS; round++) {
		local_crowd(desk->port, str_lit("GET /"), strangers, STRANGERS);
		local_crowd(desk->port, approve, approvals, APPROVALS);
		double begin = figure_clock();
		asked_fetch(desk, arena, part);
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
	asked_start(&desk, command);
	asked_listen(&desk, arena);
	bench(&desk, arena, template, argv[5]);
	under_load(&desk, arena, argv[5]);
	asked_end(&desk);
	figure_shell("rm -rf '%s'", dir);
	arena_free(arena);
	return 0;
}
