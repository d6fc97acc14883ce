/* The links to the desk: each person's own, the same the next time, from a file that nobody else
 * can read. */
#include "http/links_int.h"

#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct scratch scratch;
static const char *kept;

static int setup(void **state)
{
	(void)state;
	scratch = scratch_new();
	kept = str_format(scratch.arena, "%s/links", scratch.dir).at;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_free(&scratch);
	return 0;
}

/* A person's own link, or with NULL the one that all share, as a desk at this port keeps it. */
static const char *link_of(const char *name, int port)
{
	const struct actor person = {
		str_of(name ? name : "office"), name ? KNOWN_LINK : KNOWN_ACCOUNT, 0};
	const struct serve_options options = {.persons = &person, .person_count = 1, .kept = kept};
	struct gate gate = {0};
	assert_true(links_find(&gate, scratch.arena, &options));
	assert_int_equal(gate.count, 1);
	assert_int_equal(strlen(gate.links[0].token), TOKEN_SIZE);
	if (port) {
		gate.port = port;
		links_keep(kept, &gate);
	}
	return gate.links[0].token;
}

static int kept_port(void)
{
	const struct actor person = {.name = str_lit("Anna"), .known = KNOWN_LINK};
	const struct serve_options options = {.persons = &person, .person_count = 1, .kept = kept};
	struct gate gate = {0};
	assert_true(links_find(&gate, scratch.arena, &options));
	return gate.port;
}

static void a_link_that_is_not_kept_is_new_each_time(void **state)
{
	(void)state;
	assert_string_not_equal(link_of("Anna", 0), link_of("Anna", 0));
	assert_int_equal(kept_port(), 0);
}

static void a_link_and_the_port_are_the_same_the_next_time(void **state)
{
	struct stat status;
	(void)state;
	const char *first = link_of("Anna", 8123);
	assert_string_equal(link_of("Anna", 0), first);
	assert_string_equal(link_of("anna", 0), first);
	assert_int_equal(kept_port(), 8123);
	assert_int_equal(stat(kept, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
}

static void each_person_has_another(void **state)
{
	(void)state;
	const char *anna = link_of("Anna", 8123), *ben = link_of("Ben", 8123);
	const char *shared = link_of(NULL, 8123);
	assert_string_not_equal(anna, ben);
	assert_string_not_equal(anna, shared);
	assert_string_not_equal(link_of("shared", 0), shared);
	assert_string_equal(link_of("Anna", 0), anna); /* who was not asked for keeps theirs */
	assert_string_equal(link_of("Ben", 0), ben);
	assert_string_equal(link_of(NULL, 0), shared);
}

static void a_file_that_others_can_read_is_not_believed(void **state)
{
	(void)state;
	const char *first = link_of("Anna", 8123);
	assert_int_equal(chmod(kept, 0640), 0);
	assert_string_not_equal(link_of("Anna", 0), first);
	assert_int_equal(kept_port(), 0);
	assert_int_equal(chmod(kept, 0600), 0);
	assert_string_equal(link_of("Anna", 0), first);
}

static void nor_is_a_link_to_one(void **state)
{
	(void)state;
	const char *first = link_of("Anna", 8123);
	const char *other = str_format(scratch.arena, "%s/other", scratch.dir).at;
	assert_int_equal(rename(kept, other), 0);
	assert_int_equal(symlink(other, kept), 0);
	assert_string_not_equal(link_of("Anna", 0), first);
}

static void what_is_no_link_is_none(void **state)
{
	static const char *const texts[] = {"", "\n", "99999\n", "x\nof Anna\n",
		"1\n0123456789ABCDEF0123456789abcdef of Anna\n",
		"1\n0123456789abcdef0123456789abcde of Anna\n",
		"1\n0123456789abcdef0123456789abcdef0 of Anna\n",
		"1\n0123456789abcdef0123456789abcdef\n"};
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		scratch_write(&scratch, "links", texts[i]);
		assert_int_equal(chmod(kept, 0600), 0);
		assert_string_not_equal(link_of("Anna", 0), link_of("Anna", 0));
	}
}

#define with_folder(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_folder(a_link_that_is_not_kept_is_new_each_time),
		with_folder(a_link_and_the_port_are_the_same_the_next_time),
		with_folder(each_person_has_another),
		with_folder(a_file_that_others_can_read_is_not_believed),
		with_folder(nor_is_a_link_to_one),
		with_folder(what_is_no_link_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
