/* Arenas: zeroed, aligned, given back by marks; vectors that grow in them. */
#include "base/arena.h"
#include "base/heap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = true };
#else
enum { SANITIZED = false };
#endif

static bool is_zero(const unsigned char *at, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (at[i])
			return false;
	return true;
}

static void memory_is_zeroed_and_aligned(void **state)
{
	(void)state;
	static const size_t sizes[] = {1, 7, 16, 100, 65536, 200000, 3};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		unsigned char *at = arena_alloc(arena, sizes[i]);
		assert_int_equal((uintptr_t)at % _Alignof(max_align_t), 0);
		assert_true(is_zero(at, sizes[i]));
		memset(at, 0xAA, sizes[i]);
	}
	arena_free(arena);
}

static void restore_gives_zeroed_memory(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct arena_mark mark = arena_save(arena);
	unsigned char *first = arena_alloc(arena, 100);
	memset(first, 0xAA, 100);
	arena_restore(arena, mark);
	unsigned char *second = arena_alloc(arena, 100);
	assert_ptr_equal(first, second);
	assert_true(is_zero(second, 100));
	arena_free(arena);
}

static void restore_keeps_what_was_there_before(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	char *kept = arena_alloc(arena, 5);
	strcpy(kept, "kept");
	struct arena_mark mark = arena_save(arena);
	for (int i = 0; i < 10; i++)
		arena_alloc(arena, 50000);
	arena_restore(arena, mark);
	memset(arena_alloc(arena, 50000), 0xAA, 50000);
	assert_string_equal(kept, "kept");
	arena_free(arena);
}

static void reset_reuses_the_blocks(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	size_t most = 0;
	for (int round = 0; round < 5; round++) {
		for (int i = 0; i < 20; i++)
			arena_alloc(arena, 30000);
		if (round == 0)
			most = arena_reserved(arena);
		assert_true(arena_used(arena) >= 20 * 30000);
		arena_reset(arena);
		assert_int_equal(arena_used(arena), 0);
	}
	assert_int_equal(arena_reserved(arena), most);
	arena_free(arena);
}

static void a_vector_keeps_its_elements_when_it_grows(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	vec(int) numbers = {0};
	for (int i = 0; i < 1000; i++) {
		int *added = vec_push(arena, &numbers);
		assert_int_equal(*added, 0);
		*added = i;
	}
	assert_int_equal(numbers.len, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(numbers.at[i], i);
	arena_free(arena);
}

static void a_vector_zeroes_an_element_used_before(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	vec(int) numbers = {0};
	*vec_push(arena, &numbers) = 7;
	numbers.len = 0;
	assert_int_equal(*vec_push(arena, &numbers), 0);
	arena_free(arena);
}

/* The program is a child's, whose messages come by a pipe. */
static void without_memory_the_program_ends_with_one_line(void **state)
{
	(void)state;
	char said[200] = "";
	int ends[2], status;
	if (SANITIZED) {
		print_message("# sanitizers end the program in their own way\n");
		return;
	}
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		heap_new(SIZE_MAX / 4);
		_exit(0);
	}
	close(ends[1]);
	assert_true(read(ends[0], said, sizeof said - 1) > 0);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 3);
	assert_string_equal(said,
		"lettermerge: out of memory, the program ends here; earlier letters are "
		"untouched\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_and_aligned),
		cmocka_unit_test(restore_gives_zeroed_memory),
		cmocka_unit_test(restore_keeps_what_was_there_before),
		cmocka_unit_test(reset_reuses_the_blocks),
		cmocka_unit_test(a_vector_keeps_its_elements_when_it_grows),
		cmocka_unit_test(a_vector_zeroes_an_element_used_before),
		cmocka_unit_test(without_memory_the_program_ends_with_one_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
