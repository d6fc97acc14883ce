/* Who has approved which letter: what is noted, what still stands, what is taken back. */
#include "record/approval.h"
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct desk {
	struct scratch scratch;
	struct diags *diags;
	struct approvals *approvals;
	struct buf listed;
};

static int setup(void **state)
{
	static struct desk desk;
	desk = (struct desk){.scratch = scratch_new(), .diags = diags_new()};
	desk.approvals = approvals_open(desk.scratch.dir, true, desk.diags);
	assert_non_null(desk.approvals);
	*state = &desk;
	return 0;
}

static int teardown(void **state)
{
	struct desk *desk = *state;
	approvals_close(desk->approvals);
	buf_free(&desk->listed);
	assert_int_equal(diags_len(desk->diags), 0);
	diags_free(desk->diags);
	scratch_free(&desk->scratch);
	return 0;
}

/* A letter's content of which one concern can be told from another's. */
static struct concerns content_of(char words, char looks)
{
	struct concerns content = {0};
	content.hash[CONCERN_WORDS][0] = (unsigned char)words;
	content.hash[CONCERN_LOOKS][0] = (unsigned char)looks;
	return content;
}

static void approve(struct desk *desk, const char *id, const char *by, struct concerns content)
{
	struct hash key = hash_bytes(&content, sizeof content);
	struct subject subject = {&key, &content, CONCERN_COUNT};
	const struct actor actor = {str_of(by), KNOWN_SAID, 1602547200};
	assert_true(approvals_put(desk->approvals, str_of(id), &subject, &actor, desk->diags));
	assert_true(approvals_flush(desk->approvals, desk->diags));
}

static void list_one(void *user, const struct approval *approval)
{
	struct desk *desk = user;
	buf_format(&desk->listed, "%.*s by %.*s: ", str_arg(approval->id), str_arg(approval->by));
	if (approval->stands)
		buf_puts(&desk->listed, "stands");
	else
		approval_why(approval, &desk->listed);
	buf_char(&desk->listed, '\n');
}

/* What is listed of a letter, or of all with "", against a content. */
static const char *listed(struct desk *desk, const char *id, const struct concerns *content)
{
	buf_clear(&desk->listed);
	const struct approval_query query = {str_of(id), content, list_one, desk};
	assert_true(approvals_each(desk->scratch.dir, &query, desk->diags));
	return buf_text(&desk->listed).at;
}

static void a_listed_approval_stands_for_its_content_alone(void **state)
{
	struct desk *desk = *state;
	struct concerns as_it_was = content_of('a', 'x');
	struct concerns reworded = content_of('b', 'x'), redrawn = content_of('a', 'y');
	approve(desk, "essex", "Ann", as_it_was);
	assert_string_equal(listed(desk, "essex", &as_it_was), "essex by Ann: stands\n");
	assert_string_equal(listed(desk, "essex", &reworded),
		"essex by Ann: its words changed since it was approved\n");
	assert_string_equal(listed(desk, "essex", &redrawn),
		"essex by Ann: its looks changed since it was approved\n");
	assert_string_equal(listed(desk, "essex", &as_it_was), "essex by Ann: stands\n");
}

static void an_approval_is_one_letters_and_one_persons(void **state)
{
	struct desk *desk = *state;
	struct concerns content = content_of('a', 'x'), other = content_of('b', 'x');
	approve(desk, "essex", "Ann", other);
	approve(desk, "essex", "Bea", content);
	approve(desk, "kent", "Ann", content);
	approve(desk, "essex", "ann", content); /* in place of her earlier one */
	assert_string_equal(
		listed(desk, "essex", &content), "essex by Bea: stands\nessex by ann: stands\n");
	assert_string_equal(listed(desk, "kent", &content), "kent by Ann: stands\n");
	assert_string_equal(listed(desk, "leeds", &content), "");
}

static void what_is_taken_back_is_gone(void **state)
{
	struct desk *desk = *state;
	struct concerns content = content_of('a', 'x');
	struct str ids[] = {str_lit("essex"), str_lit("leeds")};
	approve(desk, "essex", "Ann", content);
	approve(desk, "essex", "Bea", content);
	approve(desk, "kent", "Ann", content);
	struct withdrawal back = {ids, 2, str_lit("ANN"), {str_lit("Cai"), KNOWN_ACCOUNT, 0}};
	assert_int_equal(approvals_take_back(desk->scratch.dir, &back, desk->diags), 1);
	assert_string_equal(
		listed(desk, "", &content), "essex by Bea: stands\nkent by Ann: stands\n");
	back.of = str_lit("");
	assert_int_equal(approvals_take_back(desk->scratch.dir, &back, desk->diags), 1);
	assert_string_equal(listed(desk, "", &content), "kent by Ann: stands\n");
}

/* Another may look, and has to wait for the lock alone, after so many as one group has. */
static void many_are_on_the_disk_in_groups(void **state)
{
	struct desk *desk = *state;
	struct concerns content = content_of('a', 'x');
	struct hash key = hash_bytes(&content, sizeof content);
	struct subject subject = {&key, &content, CONCERN_COUNT};
	const struct actor actor = {str_lit("Ann"), KNOWN_SAID, 1602547200};
	for (int i = 0; i < 600; i++)
		assert_true(approvals_put(desk->approvals,
			str_format(desk->scratch.arena, "letter-%03d", i), &subject, &actor,
			desk->diags));
	assert_string_equal(listed(desk, "letter-499", &content), "letter-499 by Ann: stands\n");
	assert_string_equal(listed(desk, "letter-599", &content), "");
	assert_true(approvals_flush(desk->approvals, desk->diags));
	assert_string_equal(listed(desk, "letter-599", &content), "letter-599 by Ann: stands\n");
}

/* Of versions that are kept, as many as are more than SQLite's cache holds. */
static void who_looks_while_many_are_approved_need_not_wait(void **state)
{
	enum { COUNT = 240, SIZE = 30000 };
	struct desk *desk = *state;
	struct concerns content = content_of('a', 'x');
	struct hash key = hash_bytes(&content, sizeof content);
	char *version = arena_alloc(desk->scratch.arena, SIZE);
	uint32_t random = 1;
	for (int i = 0; i < SIZE; i++) {
		random = random * 1664525 + 1013904223;
		version[i] = (char)(random >> 24);
	}
	struct subject subject = {&key, &content, CONCERN_COUNT, {version, SIZE}};
	const struct actor actor = {str_lit("Ann"), KNOWN_SAID, 1602547200};
	for (int i = 0; i < COUNT; i++)
		assert_true(approvals_put(desk->approvals,
			str_format(desk->scratch.arena, "letter-%03d", i), &subject, &actor,
			desk->diags));
	assert_string_equal(listed(desk, "letter-000", &content), "");
	assert_true(approvals_flush(desk->approvals, desk->diags));
	assert_string_equal(listed(desk, "letter-000", &content), "letter-000 by Ann: stands\n");
}

#define with_desk(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_desk(a_listed_approval_stands_for_its_content_alone),
		with_desk(an_approval_is_one_letters_and_one_persons),
		with_desk(what_is_taken_back_is_gone),
		with_desk(many_are_on_the_disk_in_groups),
		with_desk(who_looks_while_many_are_approved_need_not_wait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
