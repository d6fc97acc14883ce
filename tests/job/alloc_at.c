/* alloc_at.c - loaded before the C library: the allocation of the number that LETTERMERGE_ALLOC
 * says finds no memory, whoever asks for it, the program or a library. How many there were goes to
 * the file that LETTERMERGE_ALLOCS names.
 *
 * By "each" every one is tried in a single run: the process splits before it, and in the copy it
 * finds no memory. A filter of the kernel's kills the copy as soon as it does anything but write to
 * stderr and end, so the process goes on as if nothing had been. The numbers of those whose copy
 * did not end so, with code 3, go to the file that LETTERMERGE_ALLOC_OTHERS names. */
#include <dlfcn.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BEFORE_MAIN = -1, SYSTEM_FAILED = 3, PATIENCE = 60 };

static atomic_long count;
static long failing = BEFORE_MAIN;
static FILE *others;                   /* where each is tried */
static _Thread_local bool not_counted; /* what splitting allocates is nobody's */

__attribute__((constructor)) static void begin(void)
{
	const char *number = getenv("LETTERMERGE_ALLOC");
	const char *path = getenv("LETTERMERGE_ALLOC_OTHERS");
	others = number && strcmp(number, "each") == 0 && path ? fopen(path, "w") : NULL;
	failing = number ? atol(number) : 0;
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("LETTERMERGE_ALLOCS");
	failing = BEFORE_MAIN;
	if (others)
		fclose(others);
	FILE *file = path ? fopen(path, "w") : NULL;
	if (file) {
		fprintf(file, "%ld\n", atomic_load(&count));
		fclose(file);
	}
}

/* From now on the process may end; what it says on stderr nobody hears; all else kills it. */
static bool may_only_end(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_write, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, STDERR_FILENO, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EIO),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	};
	struct sock_fprog filter = {sizeof code / sizeof *code, code};
	alarm(PATIENCE);
	return prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

/* True in the copy. */
static bool split(long number)
{
	int status;
	not_counted = true;
	pid_t copy = fork();
	if (copy == 0 && !may_only_end())
		_exit(EXIT_FAILURE);
	if (copy != 0 &&
		(copy < 0 || waitpid(copy, &status, 0) != copy || !WIFEXITED(status) ||
			WEXITSTATUS(status) != SYSTEM_FAILED))
		fprintf(others, "%ld\n", number);
	not_counted = false;
	return copy == 0;
}

/* What comes before main is the loader's, and not counted. */
static bool fails(void)
{
	if (failing == BEFORE_MAIN || not_counted)
		return false;
	long number = atomic_fetch_add(&count, 1) + 1;
	if (others ? !split(number) : number != failing)
		return false;
	errno = ENOMEM;
	return true;
}

/* The C library's own; a pointer to data is not one to a function in C, so it is copied. */
#define NEXT(function)                                      \
	static __typeof__(&function) next;                  \
	if (!next) {                                        \
		void *symbol = dlsym(RTLD_NEXT, #function); \
		memcpy(&next, &symbol, sizeof next);        \
	}

void *__libc_malloc(size_t size);
void *__libc_malloc(size_t size)
{
	NEXT(__libc_malloc)
	return fails() ? NULL : next(size);
}

void *__libc_calloc(size_t number, size_t size);
void *__libc_calloc(size_t number, size_t size)
{
	NEXT(__libc_calloc)
	return fails() ? NULL : next(number, size);
}

void *__libc_realloc(void *at, size_t size);
void *__libc_realloc(void *at, size_t size)
{
	NEXT(__libc_realloc)
	return size && fails() ? NULL : next(at, size);
}

void *__libc_memalign(size_t alignment, size_t size);
void *__libc_memalign(size_t alignment, size_t size)
{
	NEXT(__libc_memalign)
	return fails() ? NULL : next(alignment, size);
}
