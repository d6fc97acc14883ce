/* serve.c - lettermerge serve: the proof desk, until Ctrl-C. */
#include "cli/cli_int.h"

#include "serve/serve.h"

/* Set by a signal's handler, which can be given nothing: hence not part of struct cli. */
static volatile sig_atomic_t interrupted;

static void interrupt(int signal)
{
	(void)signal;
	interrupted = 1;
}

static void show_link(void *user, const char *link)
{
	struct cli *cli = user;
	printf("%s\n", link);
	fflush(stdout);
	if (!cli->quiet)
		fputs("the proof desk is open, end with Ctrl-C; who has the link can read all "
		      "letters\n",
			stderr);
	if (cli->open)
		cli_open_link(cli, link);
}

int command_serve(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	struct sigaction action = {.sa_handler = interrupt, .sa_flags = SA_RESETHAND};
	if (!request.template || diags_failed(cli->diags) || !cli_open_identity(cli, &request))
		return cli_fail(cli);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	struct serve_options options = {.request = &request,
		.reading_only = !request.identity && !cli->no_sign,
		.port = cli->port,
		.interrupted = &interrupted,
		.user = cli,
		.ready = show_link};
	return serve_run(&options, cli->diags) ? EXIT_GOOD : cli_fail(cli);
}
