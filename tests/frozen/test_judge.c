/* What the frozen set's judge asks for: which number, when; and that a new set is refused without
 * it. Sets are made up; files and libraries are but names in them. */
#include "frozen.h"
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define NUMBERS(output, approvals) "number output " output "\nnumber approvals " approvals "\n"
#define HERE "library HarfBuzz 6\nface Sans.ttf 5a\n"
#define ELSEWHERE "library HarfBuzz 10\nface Sans.ttf 5a\n"
#define LETTER(pdf, html, bound, looks) \
	"pdf a/one " pdf "\nhtml a/one " html "\nbound a/one " bound "\nlooks a/one " looks "\n"
#define OLD NUMBERS("3", "2") HERE LETTER("f1", "f2", "b1", "b2")

enum answer { GOOD, BAD, OTHER };

static const struct judged {
	const char *name, *now;
	enum answer answer, blessing; /* compared; written anew */
	const char *says;
} cases[] = {
	{"nothing changed", OLD, GOOD, GOOD, ""},
	{"bytes changed under the same number",
		NUMBERS("3", "2") HERE LETTER("f9", "f2", "b1", "b2"), BAD, BAD,
		"1 files came out differently under the same number: a/one pdf\n"
		"if that is meant, raise OUTPUT_VERSION in src/ground/base/output.h"},
	{"a web page changed under the same number",
		NUMBERS("3", "2") HERE LETTER("f1", "f9", "b1", "b2"), BAD, BAD,
		"raise OUTPUT_VERSION"},
	{"bytes changed under a new number", NUMBERS("4", "2") HERE LETTER("f9", "f9", "b1", "b9"),
		BAD, GOOD, "BLESS=1 ./run test frozen"},
	{"a number was raised and the set was not written anew",
		NUMBERS("3", "3") HERE LETTER("f1", "f2", "b1", "b2"), BAD, GOOD, "BLESS=1"},
	{"a number was lowered", NUMBERS("2", "2") HERE LETTER("f9", "f2", "b1", "b2"), BAD, BAD,
		"numbers only rise"},
	{"the number of approvals was lowered",
		NUMBERS("4", "1") HERE LETTER("f9", "f2", "b1", "b2"), BAD, BAD,
		"numbers only rise"},
	{"approvals are bound to something else though files are the same",
		NUMBERS("3", "2") HERE LETTER("f1", "f2", "b9", "b2"), BAD, BAD,
		"raise APPROVAL_VERSION in src/ground/base/output.h"},
	{"likewise, of looks", NUMBERS("3", "2") HERE LETTER("f1", "f2", "b1", "b9"), BAD, BAD,
		"raise APPROVAL_VERSION"},
	{"likewise, under a new number of theirs",
		NUMBERS("3", "3") HERE LETTER("f1", "f2", "b9", "b9"), BAD, GOOD, "BLESS=1"},
	{"their number does not do for bytes",
		NUMBERS("3", "3") HERE LETTER("f9", "f2", "b1", "b2"), BAD, BAD,
		"raise OUTPUT_VERSION"},
	{"other words make other letters",
		"input a c2\n" NUMBERS("3", "2") HERE LETTER("f9", "f9", "b9", "b9"), BAD, GOOD,
		"5 lines are new, 0 are gone"},
	{"words of another folder excuse nothing",
		"input ab c2\n" NUMBERS("3", "2") HERE LETTER("f9", "f2", "b1", "b2"), BAD, BAD,
		"raise OUTPUT_VERSION"},
	{"a letter is new", OLD "pdf a/two f1\n", BAD, GOOD, "1 lines are new, 0 are gone"},
	{"a letter is gone", NUMBERS("3", "2") HERE "pdf a/one f1\n", BAD, GOOD,
		"0 lines are new, 3 are gone"},
	{"another library made the same",
		NUMBERS("3", "2") ELSEWHERE LETTER("f1", "f2", "b1", "b2"), OTHER, OTHER,
		"library HarfBuzz is 10 here, 6 made the set on file"},
	{"another library made other bytes",
		NUMBERS("3", "2") ELSEWHERE LETTER("f9", "f2", "b1", "b9"), OTHER, OTHER,
		"could not be compared"},
	{"what no library has a part in is compared all the same",
		NUMBERS("3", "2") ELSEWHERE LETTER("f9", "f8", "b1", "b2"), BAD, BAD,
		"1 files came out differently under the same number: a/one html"},
	{"and so is what approvals are bound to but for looks",
		NUMBERS("3", "2") ELSEWHERE LETTER("f9", "f2", "b9", "b9"), BAD, BAD,
		"raise APPROVAL_VERSION"},
	{"another font",
		NUMBERS("3", "2") "library HarfBuzz 6\nface Sans.ttf 77\n" LETTER(
			"f9", "f2", "b1", "b9"),
		OTHER, OTHER, "face Sans.ttf is 77 here, 5a made the set on file"},
	{"a font that is not here",
		NUMBERS("3", "2") "library HarfBuzz 6\nface Serif.ttf 5a\n" LETTER(
			"f9", "f2", "b1", "b9"),
		OTHER, OTHER, "face Sans.ttf made the set on file and is not here"},
	{"a font that only new letters show", OLD "face Serif.ttf 5a\npdf a/two f1\n", BAD, GOOD,
		"1 lines are new"},
	{"and that excuses nothing",
		NUMBERS("3", "2") HERE "face Serif.ttf 5a\n" LETTER("f9", "f2", "b1", "b2"), BAD,
		BAD, "raise OUTPUT_VERSION"},
};

static enum answer answer_of(struct frozen_verdict verdict)
{
	return !verdict.good ? BAD : verdict.other ? OTHER : GOOD;
}

static void is_judged_so(void **state)
{
	const struct judged *row = *state;
	struct arena *arena = arena_new();
	struct str old = str_lit(OLD), now = str_of(row->now);
	struct frozen_verdict compared = frozen_judge(arena, old, now, false);
	assert_int_equal(answer_of(compared), row->answer);
	assert_int_equal(answer_of(frozen_judge(arena, old, now, true)), row->blessing);
	assert_holds(compared.says, row->says);
	if (row->answer == GOOD)
		assert_string_equal(compared.says.at, "");
	arena_free(arena);
}

static void a_first_set_is_taken(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_true(frozen_judge(arena, str_lit(""), str_lit(OLD), true).good);
	assert_false(frozen_judge(arena, str_lit(""), str_lit(OLD), false).good);
	arena_free(arena);
}

int main(void)
{
	enum { CASES = sizeof cases / sizeof *cases };
	struct CMUnitTest tests[CASES + 1] = {[CASES] = cmocka_unit_test(a_first_set_is_taken)};
	for (int i = 0; i < CASES; i++)
		tests[i] = (struct CMUnitTest){.name = cases[i].name,
			.test_func = is_judged_so,
			.initial_state = (void *)(uintptr_t)&cases[i]};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
