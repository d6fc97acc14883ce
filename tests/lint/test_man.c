/* The manual pages know every option that help lists, every element and attribute of a letter,
 * and every attribute of a style; and mandoc finds nothing wrong with them. The pages for who
 * writes letters know every element, too. */
#include "style/style_int.h"
#include "support/support.h"
#include "template/template_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *root; /* from the command line */

static struct str page(struct arena *arena, const char *name)
{
	struct str text = read_bytes(arena, str_format(arena, "%s/docs/man/%s", root, name).at);
	assert_true(text.len > 0);
	return text;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || c == '-';
}

static bool holds_word(struct str text, struct str word)
{
	const char *wanted = word.at;
	for (int at; (at = str_find(text, wanted)) >= 0;) {
		int end = at + word.len;
		if ((at == 0 || !is_letter(text.at[at - 1])) &&
			(end == text.len || !is_letter(text.at[end])))
			return true;
		text = str_slice(text, end, text.len);
	}
	return false;
}

static void need(struct arena *arena, struct str text, struct str word, const char *name)
{
	if (!holds_word(text, str_copy(arena, word)))
		fail_msg("docs/man/%s says nothing of %.*s", name, str_arg(word));
}

static void the_command_s_page_knows_every_option(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str help = run_in(arena, root, "'%s' help options", program).out;
	struct str text = page(arena, "lettermerge.1");
	int options = 0;
	for (int at; (at = str_find(help, " --")) >= 0; options++) {
		int from = at + 3, to = from;
		while (to < help.len && is_letter(help.at[to]))
			to++;
		struct str option = str_slice(help, from, to);
		need(arena, text, str_format(arena, "\\-\\-%.*s", str_arg(option)),
			"lettermerge.1");
		help = str_slice(help, to, help.len);
	}
	assert_true(options > 30);
	arena_free(arena);
}

static void the_template_s_page_knows_every_element(void **state)
{
	(void)state;
	static const char name[] = "lettermerge-template.5";
	struct arena *arena = arena_new();
	struct str text = page(arena, name);
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++)
		need(arena, text, str_format(arena, ".B %s\n", tag_element(tag)), name);
	for (int i = 0; i < attribute_rule_count; i++)
		need(arena, text, str_of(attribute_rules[i].name), name);
	for (int type = 0; type < FIELD_TYPE_COUNT; type++)
		need(arena, text, str_of(field_type_name((enum field_type)type)), name);
	arena_free(arena);
}

static void who_writes_letters_is_told_of_every_element(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str letters = page(arena, "../template.md"), fields = page(arena, "../fields.md");
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++) {
		struct str start = str_format(arena, "<%s", tag_element(tag));
		if (!holds_word(letters, start) && !holds_word(fields, start))
			fail_msg("docs/template.md says nothing of %s>", start.at);
	}
	arena_free(arena);
}

static void the_style_s_page_knows_every_attribute(void **state)
{
	(void)state;
	static const char name[] = "lettermerge-style.5";
	struct arena *arena = arena_new();
	struct str text = page(arena, name);
	for (int i = 0; i < style_row_count; i++) {
		need(arena, text, str_of(style_rows[i].element), name);
		need(arena, text, str_of(style_rows[i].name), name);
	}
	for (int i = 0; i < style_block_row_count; i++)
		need(arena, text, str_of(style_block_rows[i].name), name);
	arena_free(arena);
}

static void the_pages_are_good_roff(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct scratch scratch = scratch_new();
	if (have_program("mandoc")) {
		struct outcome run = run_in(
			arena, root, "mandoc -T lint -W warning docs/man/*.[15]");
		if (run.code != 0)
			fail_msg("%.*s%.*s", str_arg(run.out), str_arg(run.err));
		run = run_in(arena, root,
			"for name in $('%s' help | sed -n 's/^  \\([a-z-]*\\) .*/\\1/p'); do '%s' "
			"help "
			"$name --man >%s/$name.1 || exit; done; cd %s && ls | wc -l && mandoc -T "
			"lint "
			"-W warning *.1",
			program, program, scratch.dir, scratch.dir);
		if (run.code != 0 || atoi(run.out.at) < 20)
			fail_msg("%.*s%.*s", str_arg(run.out), str_arg(run.err));
	}
	scratch_free(&scratch);
	arena_free(arena);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_command_s_page_knows_every_option),
		cmocka_unit_test(the_template_s_page_knows_every_element),
		cmocka_unit_test(who_writes_letters_is_told_of_every_element),
		cmocka_unit_test(the_style_s_page_knows_every_attribute),
		cmocka_unit_test(the_pages_are_good_roff),
	};
	if (argc != 3)
		return 1;
	program = argv[1];
	root = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
