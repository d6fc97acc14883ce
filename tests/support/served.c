#include "served.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void serve(const char *program, const char *options)
{
	enum { MOST = 8 };
	char words[200], *rest = words;
	const char *arguments[MOST + 4] = {program, "serve", "-q"};
	snprintf(words, sizeof words, "%s", options);
	for (int i = 3; i < MOST + 3 && rest; i++)
		arguments[i] = strsep(&rest, " ");
	execv(program, without_const(arguments));
}

void desk_start(struct desk *desk, const char *program, const char *options, char *variable)
{
	int ends[2];
	char link[200] = "";
	assert_int_equal(pipe(ends), 0);
	desk->child = fork();
	if (desk->child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM); /* a test that fails leaves none behind */
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		if (chdir(desk->scratch.dir) == 0 && putenv(variable) == 0)
			serve(program, options);
		_exit(127);
	}
	close(ends[1]);
	FILE *said = fdopen(ends[0], "r");
	assert_non_null(fgets(link, sizeof link, said));
	fclose(said);
	const char *at = strstr(link, "http://"); /* behind a person's name */
	assert_non_null(at);
	assert_int_equal(
		sscanf(at, "http://127.0.0.1:%d/%32[0-9a-f]/", &desk->port, desk->token), 2);
}

void desk_set_up(void **state, const char *program, const char *options)
{
	static char nothing[] = "UNUSED=";
	static struct desk desk;
	desk_write_project(&desk);
	desk_start(&desk, program, options, nothing);
	*state = &desk;
}

void desk_set_up_persons(void **state, const char *program)
{
	static char nothing[] = "UNUSED=";
	static struct desk desk;
	desk_write_project(&desk);
	scratch_write(&desk.scratch, "out/keep", "");
	desk_start(&desk, program, "--no-sign --approvals=2 --person=Anna --person=Ben", nothing);
	*state = &desk;
}

/* Their tokens as the desk keeps them. */
void desk_go_over(struct desk *desk, const char *name)
{
	struct diags *diags = diags_new();
	struct str kept = file_read(desk->scratch.arena,
		scratch_path(&desk->scratch, "out/.lettermerge.links"), place_none(), diags);
	struct str line, end = str_format(desk->scratch.arena, " of %s", name);
	while (str_split(&kept, '\n', &line))
		if (str_ends(line, end.at))
			snprintf(desk->token, sizeof desk->token, "%.*s", line.len - end.len,
				line.at);
	assert_int_equal(diags_len(diags), 0);
	diags_free(diags);
}

bool desk_end(struct desk *desk)
{
	int status;
	kill(desk->child, SIGTERM);
	waitpid(desk->child, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 128 + SIGTERM;
}

bool desk_stop(struct desk *desk)
{
	bool good = desk_end(desk);
	scratch_free(&desk->scratch);
	return good;
}

struct str desk_ask_raw(struct desk *desk, struct str bytes)
{
	struct buf answer = {0};
	assert_true(local_ask(desk->port, bytes, &answer));
	struct str text = str_copy(desk->scratch.arena, buf_text(&answer));
	buf_free(&answer);
	return text;
}

struct str desk_ask(struct desk *desk, const char *line, const char *heads)
{
	return desk_ask_raw(desk,
		str_format(desk->scratch.arena,
			"%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n%s\r\n", line,
			desk->port, heads));
}

struct str desk_fetch(struct desk *desk, const char *path)
{
	return desk_ask(
		desk, str_format(desk->scratch.arena, "GET /%s/%s", desk->token, path).at, "");
}

struct str desk_send(struct desk *desk, const char *path, const char *form)
{
	return desk_ask_raw(desk,
		str_format(desk->scratch.arena,
			"POST /%s/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n"
			"Origin: http://127.0.0.1:%d\r\nContent-Length: %d\r\n"
			"Content-Type: application/x-www-form-urlencoded\r\n\r\n%s",
			desk->token, path, desk->port, desk->port, str_of(form).len, form));
}

struct str desk_post(struct desk *desk, const char *path)
{
	return desk_send(desk, path, "");
}

void desk_write_project(struct desk *desk)
{
	desk->scratch = scratch_new();
	scratch_write(&desk->scratch, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\">"
		"<title>Letter</title><fields><declare name=\"name\"/></fields>"
		"<p>Dear <field name=\"name\"/></p></letter>");
	scratch_write(&desk->scratch, "recipients/anna.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Anna &lt;bee&gt;</name>"
		"</recipient>");
}

const char *desk_line(struct desk *desk, const char *method, const char *rest)
{
	return str_format(desk->scratch.arena, "%s /%s/%s", method, desk->token, rest).at;
}

void desk_wait_for_list(struct desk *desk)
{
	while (str_find(desk_ask(desk, desk_line(desk, "GET", "rows"), ""), "\"anna\"") < 0)
		;
}

void desk_assert_up(struct desk *desk)
{
	assert_holds(desk_ask(desk, desk_line(desk, "GET", ""), ""), "HTTP/1.1 200");
}

struct str desk_fetch_until(struct desk *desk, const char *rest, const char *words)
{
	struct str page;
	do
		page = desk_ask(desk, desk_line(desk, "GET", rest), "");
	while (str_find(page, words) < 0);
	return page;
}

/* What an attribute holds that begins at a place of the page; its "&amp;" are "&". */
static const char *address_at(struct desk *desk, struct str page, int at)
{
	struct str rest = str_slice(page, at, page.len), address;
	struct buf plain = {0};
	str_split(&rest, '"', &address);
	for (int i = 0; i < address.len; i++) {
		buf_char(&plain, address.at[i]);
		if (address.at[i] == '&')
			i += 4; /* amp; */
	}
	address = str_copy(desk->scratch.arena, buf_text(&plain));
	buf_free(&plain);
	return address.at;
}

const char *desk_button(struct desk *desk, const char *action)
{
	struct str name = str_format(desk->scratch.arena, "%s/anna?", action), page;
	int at;
	do
		page = desk_ask(desk, desk_line(desk, "GET", "letter/anna"), "");
	while ((at = str_find(page, name.at)) < 0);
	return address_at(desk, page, at);
}

const char *desk_write_button(struct desk *desk)
{
	struct str page;
	int at;
	do
		page = desk_fetch(desk, "write");
	while ((at = str_find(page, "generate?")) < 0);
	return address_at(desk, page, at);
}
