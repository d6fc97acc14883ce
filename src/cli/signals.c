/* signals.c - a signal ends what runs after the letters in hand, a second one at once. */
#include "cli/cli_int.h"

#include <signal.h>

/* Set by a handler, which can be given nothing: hence not part of struct cli. Threads of the run
 * look at it. */
static atomic_bool interrupted;
static volatile sig_atomic_t number;

static const int caught[] = {SIGINT, SIGTERM, SIGHUP};

enum { CAUGHT = sizeof caught / sizeof *caught };

static void interrupt(int signal_number)
{
	number = signal_number;
	interrupted = true;
	for (int i = 0; i < CAUGHT; i++)
		signal(caught[i], SIG_DFL);
}

/* One that is ignored stays so: nohup, and shells that put a command into the background. */
void cli_catch_signals(void)
{
	const struct sigaction action = {.sa_handler = interrupt};
	struct sigaction before;
	for (int i = 0; i < CAUGHT; i++)
		if (sigaction(caught[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
			sigaction(caught[i], &action, NULL);
}

const atomic_bool *cli_interrupted(void)
{
	return &interrupted;
}

void cli_interrupt(void)
{
	interrupted = true;
}

int cli_signal_code(void)
{
	return number ? EXIT_BY_SIGNAL + (int)number : EXIT_SYSTEM;
}
