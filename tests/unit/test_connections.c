/* Who may stay at the proof desk's door, and how long. The clock is the test's own. */
#include "http/connections_int.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/* Who came at a certain time, and the other end of his connection. */
struct visit {
	struct connection *connection;
	int here, there;
};

static struct visit visit(struct connections *connections, int64_t since)
{
	int pair[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	struct visit visit = {connections_enter(connections, pair[0]), pair[0], pair[1]};
	if (visit.connection)
		visit.connection->since = since;
	return visit;
}

/* As he sees it: has the desk hung up? */
static bool is_out(const struct visit *visit)
{
	struct pollfd end = {visit->there, POLLIN, 0};
	assert_true(poll(&end, 1, 0) >= 0);
	return end.revents & POLLIN;
}

static int count_out(const struct visit *visits, int count)
{
	int out = 0;
	for (int i = 0; i < count; i++)
		out += is_out(&visits[i]);
	return out;
}

static void end(struct connections *connections, struct visit *visits, int count)
{
	for (int i = 0; i < count; i++) {
		if (visits[i].connection)
			connections_leave(connections, visits[i].connection);
		close(visits[i].here);
		close(visits[i].there);
	}
}

static void a_stranger_has_five_seconds(void **state)
{
	struct connections connections;
	(void)state;
	connections_open(&connections);
	struct visit visits[] = {visit(&connections, 1000), visit(&connections, 1000)};
	connections_know(&connections, visits[1].connection);
	connections_sweep(&connections, 6000);
	assert_int_equal(count_out(visits, 2), 0);
	connections_sweep(&connections, 6001);
	assert_true(is_out(&visits[0]));
	assert_false(is_out(&visits[1])); /* who has shown the token stays */
	connections_sweep(&connections, 1000000);
	assert_false(is_out(&visits[1]));
	end(&connections, visits, 2);
	connections_close(&connections);
}

/* Sixteen are not in the way. Of more, those who came first go after half a second, until there are
 * sixteen. */
static void in_a_crowd_who_came_first_goes_first(void **state)
{
	enum { CROWD = 16, MORE = 3, ALL = CROWD + MORE };
	struct connections connections;
	struct visit visits[ALL];
	(void)state;
	connections_open(&connections);
	for (int i = 0; i < CROWD; i++)
		visits[i] = visit(&connections, 1000 + i);
	connections_sweep(&connections, 3000);
	assert_int_equal(count_out(visits, CROWD), 0);
	for (int i = CROWD; i < ALL; i++)
		visits[i] = visit(&connections, 1000 + i);
	connections_sweep(&connections, 1500);
	assert_int_equal(count_out(visits, ALL), 0);
	connections_sweep(&connections, 1501);
	assert_int_equal(count_out(visits, ALL), 1);
	assert_true(is_out(&visits[0]));
	connections_sweep(&connections, 3000);
	assert_int_equal(count_out(visits, ALL), MORE);
	assert_int_equal(count_out(visits, MORE), MORE);
	end(&connections, visits, ALL);
	connections_close(&connections);
}

static void who_left_or_is_known_is_no_crowd(void **state)
{
	enum { STRANGERS = 16, OTHERS = 8 };
	struct connections connections;
	struct visit others[OTHERS], strangers[STRANGERS];
	(void)state;
	connections_open(&connections);
	for (int i = 0; i < OTHERS; i++) {
		others[i] = visit(&connections, 1000);
		if (i % 2)
			connections_know(&connections, others[i].connection);
	}
	for (int i = 0; i < OTHERS; i += 2)
		connections_leave(&connections, others[i].connection);
	for (int i = 0; i < STRANGERS; i++)
		strangers[i] = visit(&connections, 1000);
	connections_sweep(&connections, 3000);
	assert_int_equal(count_out(strangers, STRANGERS), 0);
	for (int i = 0; i < OTHERS; i += 2)
		others[i].connection = NULL;
	end(&connections, others, OTHERS);
	end(&connections, strangers, STRANGERS);
	connections_close(&connections);
}

static void a_full_house_takes_nobody_until_somebody_leaves(void **state)
{
	struct connections connections;
	struct visit visits[CONNECTIONS_MAX + 1];
	(void)state;
	connections_open(&connections);
	for (int i = 0; i <= CONNECTIONS_MAX; i++) {
		visits[i] = visit(&connections, 1000);
		assert_int_equal(visits[i].connection != NULL, i < CONNECTIONS_MAX);
	}
	connections_leave(&connections, visits[9].connection);
	visits[9].connection = NULL;
	struct visit late = visit(&connections, 1000);
	assert_non_null(late.connection);
	assert_true(late.connection->stranger && !late.connection->shown_out);
	end(&connections, &late, 1);
	end(&connections, visits, CONNECTIONS_MAX + 1);
	connections_close(&connections);
}

/* Of a full house the crowd has to go at once, but for what a request takes to come. */
static void in_a_full_house_a_crowd_does_not_stay_long(void **state)
{
	enum { CROWD = 16 };
	struct connections connections;
	static struct visit visits[CONNECTIONS_MAX];
	(void)state;
	connections_open(&connections);
	for (int i = 0; i < CONNECTIONS_MAX; i++)
		visits[i] = visit(&connections, 1000);
	connections_know(&connections, visits[0].connection);
	connections_sweep(&connections, 1050);
	assert_int_equal(count_out(visits, CONNECTIONS_MAX), 0);
	connections_sweep(&connections, 1051);
	assert_int_equal(count_out(visits, CONNECTIONS_MAX), CONNECTIONS_MAX - CROWD - 1);
	assert_false(is_out(&visits[0]));
	end(&connections, visits, CONNECTIONS_MAX);
	connections_close(&connections);
}

/* Two descriptors a visit are more than a process may have at first. */
static void take_descriptors(void)
{
	struct rlimit limit;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

int main(void)
{
	take_descriptors();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stranger_has_five_seconds),
		cmocka_unit_test(in_a_crowd_who_came_first_goes_first),
		cmocka_unit_test(who_left_or_is_known_is_no_crowd),
		cmocka_unit_test(a_full_house_takes_nobody_until_somebody_leaves),
		cmocka_unit_test(in_a_full_house_a_crowd_does_not_stay_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
