/* isolated.c - the processes, and what is said between them: a record there, hashes of its letter
 * back. */
#include "job/isolated.h"

#include "base/diag_id.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct isolated {
	int fd;
	pid_t child;
	pthread_mutex_t lock; /* of the talk */
};

/* What came of a record. */
struct answer {
	bool made;
	struct hash hash[FILE_KINDS];
	bool there[FILE_KINDS];
};

static const char *const kinds[FILE_KINDS] = {"PDF", "web page", "plain text"};

/* -- the talk ---------------------------------------------------------------------------------- */

static bool send_all(int fd, const void *bytes, size_t len)
{
	const char *at = bytes;
	while (len) {
		ssize_t sent = send(fd, at, len, MSG_NOSIGNAL);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		at += sent;
		len -= (size_t)sent;
	}
	return true;
}

static bool receive_all(int fd, void *bytes, size_t len)
{
	char *at = bytes;
	while (len) {
		ssize_t got = recv(fd, at, len, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		len -= (size_t)got;
	}
	return true;
}

static struct answer answer_of(const struct made_letter *made, bool good)
{
	struct answer answer;
	memset(&answer, 0, sizeof answer);
	answer.made = good;
	for (int kind = 0; good && kind < FILE_KINDS; kind++) {
		answer.there[kind] = made->file[kind].at != NULL;
		answer.hash[kind] = hash_bytes(made->file[kind].at, (size_t)made->file[kind].len);
	}
	return answer;
}

/* -- on the other side ------------------------------------------------------------------------- */

/* In a process of its own. */
static struct answer make_alone(
	const struct project *project, const struct task *task, struct str bytes)
{
	struct worker worker;
	struct recipient recipient;
	struct made_letter made = {0};
	worker_open(&worker, &(struct worker){.task = task, .project = project});
	const struct letter *letter = NULL;
	if (record_unpack(worker.arena, bytes, &recipient)) {
		diags_set_record(worker.diags, recipient.where);
		letter = worker_merge(&worker, &recipient);
	}
	bool good = letter && worker_compose(&worker, letter, task->request->form.also, &made);
	return answer_of(&made, good);
}

static struct answer ask_child(
	const struct project *project, const struct task *task, struct str bytes)
{
	struct answer answer = {0};
	int pair[2], status;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		return answer;
	pid_t child = fork();
	if (child == 0) {
		answer = make_alone(project, task, bytes);
		_exit(!send_all(pair[1], &answer, sizeof answer));
	}
	close(pair[1]);
	bool good = child > 0 && receive_all(pair[0], &answer, sizeof answer);
	close(pair[0]);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return good ? answer : (struct answer){0};
}

/* Until the other side closes. */
static void answer_all(int fd, const struct project *project, const struct task *task)
{
	int len;
	struct buf bytes = {0};
	while (receive_all(fd, &len, sizeof len)) {
		buf_clear(&bytes);
		buf_reserve(&bytes, (size_t)len);
		if (!receive_all(fd, bytes.at, (size_t)len))
			break;
		struct answer answer = ask_child(project, task, (struct str){bytes.at, len});
		if (!send_all(fd, &answer, sizeof answer))
			break;
	}
	buf_free(&bytes);
}

/* No file is open here but this one: what comes through a pipe was put into one. */
static _Noreturn void be_the_other(
	int fd, const struct project *project, const struct task *task, const char *out)
{
	dup2(fd, STDIN_FILENO);
	close_range(STDERR_FILENO + 1, ~0U, 0);
	bool confined = confine(task->request->source.recipients, out);
	if (send_all(STDIN_FILENO, &confined, sizeof confined))
		answer_all(STDIN_FILENO, project, task);
	_exit(0);
}

/* -- on this side ------------------------------------------------------------------------------ */

struct isolated *isolated_open(const struct project *project, const struct task *task,
	const char *out, struct diags *diags)
{
	int pair[2];
	bool confined = false;
	pid_t child = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0 ? fork() : -1;
	if (child == 0)
		be_the_other(pair[1], project, task, out);
	if (child < 0) {
		diag_add(diags, ISOLATED_NONE, place_none(), file_error(errno));
		return NULL;
	}
	struct isolated *isolated = heap_new(sizeof *isolated);
	*isolated = (struct isolated){.fd = pair[0], .child = child};
	pthread_mutex_init(&isolated->lock, NULL);
	close(pair[1]);
	if (receive_all(isolated->fd, &confined, sizeof confined) && !confined)
		diag_add0(diags, ISOLATED_OPEN, place_none());
	return isolated;
}

void isolated_close(struct isolated *isolated)
{
	if (!isolated)
		return;
	close(isolated->fd);
	while (waitpid(isolated->child, NULL, 0) < 0 && errno == EINTR)
		;
	pthread_mutex_destroy(&isolated->lock);
	free(isolated);
}

static bool ask(struct isolated *isolated, const struct buf *record, struct answer *answer)
{
	int len = (int)record->len;
	pthread_mutex_lock(&isolated->lock);
	bool good = send_all(isolated->fd, &len, sizeof len) &&
		send_all(isolated->fd, record->at, record->len) &&
		receive_all(isolated->fd, answer, sizeof *answer);
	pthread_mutex_unlock(&isolated->lock);
	return good;
}

void isolated_compare(struct isolated *isolated, const struct recipient *recipient,
	const struct made_letter *made, struct diags *diags)
{
	struct buf record = {0};
	struct answer alone = {0}, here = answer_of(made, true);
	record_pack(recipient, &record);
	bool asked = ask(isolated, &record, &alone);
	buf_free(&record);
	if (!asked || !alone.made) {
		diag_add(diags, ISOLATED_FAILED, recipient->at, diag_str(diags, recipient->id));
		return;
	}
	for (int kind = 0; kind < FILE_KINDS; kind++)
		if (alone.there[kind] != here.there[kind] ||
			!hash_same(&alone.hash[kind], &here.hash[kind]))
			diag_add(diags, ISOLATED_DIFFERS, recipient->at,
				diag_str(diags, recipient->id), kinds[kind]);
}
