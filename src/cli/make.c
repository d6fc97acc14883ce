/* make.c - lettermerge make --jsonl: a letter for each line that asks for one, as long as lines
 * come. Each answer is written before the next request is waited for, so that who asks may wait for
 * it; who does not read is not asked for more. docs/schemas/make.json describes the answers. */
#include "cli/cli_int.h"

#include "base/diag_id.h"
#include "verify/manifest.h"

#include <stdio.h>
#include <unistd.h>

enum { MAKE_VERSION = 1 };

/* What the listener keeps from one call to the next. */
struct answers {
	struct cli *cli;
	struct buf findings; /* of the letter at hand, with commas between */
	int64_t number;      /* of the letters so far */
	bool begun;          /* findings are of letters now */
};

static bool is_wanted(const struct cli *cli, const struct diag *diag)
{
	return diag_severity(diag->id) > SEVERITY_NOTE || cli->common.verbose;
}

static void put_finding(struct buf *out, const struct diag *diag)
{
	diag_write_json(diag, out);
	out->len--; /* its new line */
}

/* Where answers cannot be sent, no more letters are made. */
static void say_line(struct cli *cli, struct buf *line)
{
	buf_char(line, '\n');
	say_as_is(stdout, buf_text(line));
	if (!cli_send(cli))
		cli_interrupt();
	buf_free(line);
}

/* A letter's waits for its answer; what is found of all letters is a line by itself. */
static void take_finding(void *user, const struct diag *diag)
{
	struct answers *answers = user;
	struct buf line = {0};
	if (!is_wanted(answers->cli, diag))
		return;
	if (answers->begun) {
		if (answers->findings.len)
			buf_char(&answers->findings, ',');
		put_finding(&answers->findings, diag);
		return;
	}
	buf_format(&line, "{\"make\":%d,\"finding\":", MAKE_VERSION);
	put_finding(&line, diag);
	buf_char(&line, '}');
	say_line(answers->cli, &line);
}

static void begin(void *user, int done, int total)
{
	struct answers *answers = user;
	(void)done, (void)total;
	answers->begun = true;
}

/* Where the letter is: in a file, or here. */
static void put_letter(const struct cli *cli, const struct job_letter *letter, struct buf *line)
{
	char hash[MANIFEST_HEX];
	manifest_hash(letter->pdf, hash);
	buf_format(line, ",\"pages\":%d,\"bytes\":%d,\"sha256\":\"%s\"", letter->pages,
		letter->pdf.len, hash);
	if (cli->common.out) {
		json_member(line, "file", str_of(letter->file));
	} else {
		buf_puts(line, ",\"pdf\":\"");
		buf_base64(line, letter->pdf.at, (size_t)letter->pdf.len);
		buf_char(line, '"');
	}
}

static void answer(void *user, const struct job_letter *letter)
{
	struct answers *answers = user;
	bool made = letter->fate == JOB_WRITTEN;
	struct buf line = {0};
	buf_format(&line, "{\"make\":%d,\"number\":%lld,\"id\":", MAKE_VERSION,
		(long long)++answers->number);
	json_string(&line, letter->id.at ? letter->id : str_lit(""));
	if (letter->edition.len) {
		buf_puts(&line, ",\"edition\":");
		json_string(&line, letter->edition);
	}
	buf_format(&line, ",\"made\":%s", made ? "true" : "false");
	if (made)
		put_letter(answers->cli, letter, &line);
	buf_format(&line, ",\"findings\":[%.*s]}", (int)answers->findings.len,
		answers->findings.at ? answers->findings.at : "");
	buf_clear(&answers->findings);
	say_line(answers->cli, &line);
}

/* The requests come by a stream of their own, and standard input is nobody's any more. */
static bool open_requests(struct cli *cli, struct job_request *request)
{
	int number = dup(STDIN_FILENO);
	request->source.requests = number >= 0 ? fdopen(number, "r") : NULL;
	return request->source.requests || file_not_read("/dev/stdin", cli->diags);
}

/* Answers all that comes on standard input. Gives the exit code. */
static int answer_all(struct cli *cli, struct job_request *request)
{
	struct answers answers = {.cli = cli};
	if (!cli_open_identity(cli, request) || !cli_has_signer(cli, request) ||
		!open_requests(cli, request))
		return cli_fail(cli);
	request->listener = (struct job_listener){.user = &answers,
		.found = take_finding,
		.progress = begin,
		.letter = answer,
		.interrupted = cli_interrupted()};
	cli_catch_signals();
	struct job_result result = job_write(request, cli->common.out);
	buf_free(&answers.findings);
	return cli_exit_code(cli, &result);
}

int command_make(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	bool answers = true;
	int code = EXIT_GOOD;
	if (!cli->making.jsonl)
		diag_add0(cli->diags, MAKE_FORM, place_none());
	if (cli->making.listen && cli->signing.pass_fd >= 0)
		diag_add0(cli->diags, LISTEN_PASS, place_none());
	if (!request.source.template || diags_failed(cli->diags))
		return cli_fail(cli);
	if (cli->making.listen) {
		answers = cli_listen(cli, cli->making.listen, request.workers, &code);
		request.workers = 1;
	}
	return answers ? answer_all(cli, &request) : code;
}
