/* docs/diagnostics.md lists every diagnostic as diag.def has it; BLESS=1 writes it anew. */
#include "base/base.h"
#include "base/diag_id.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *root; /* of the project, from the command line */

static const char introduction[] =
	"# What lettermerge may tell you\n"
	"\n"
	"Every message has a code. Errors stop the letter that they are found in, never the "
	"others;\n"
	"an error in the template or the style stops them all. Failures of the system end the run "
	"with\n"
	"exit code 3, and letters written earlier stay as they are. Warnings and notes stop "
	"nothing.\n"
	"`{}` stands for what the message is about: a name, a number, a place.\n"
	"`lettermerge check --explain CODE` says the same of one, and what changed since which "
	"version.\n"
	"\n"
	"| Code | What it says | What to do |\n"
	"|---|---|---|\n";

/* A table's cell: bars and markup characters are taken literally. */
static void put_cell(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("|<>&*_\\", *text))
			buf_char(out, '\\');
		buf_char(out, *text);
	}
}

static void write_manual(struct buf *out)
{
	buf_puts(out, introduction);
	for (int id = 0; id < DIAG_COUNT; id++) {
		bool system = diag_severity(id) == SEVERITY_SYSTEM;
		buf_format(out, "| `%s` | %s: ", diag_code(id),
			system ? "system" : severity_name(diag_severity(id)));
		put_cell(out, diag_pattern(id));
		buf_puts(out, " | ");
		put_cell(out, diag_hint_pattern(id));
		buf_puts(out, " |\n");
	}
}

static void the_manual_lists_every_diagnostic(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf expected = {0};
	write_manual(&expected);
	struct str path = path_join(arena, str_of(root), str_lit("docs/diagnostics.md"));
	if (getenv("BLESS"))
		assert_true(file_publish(path.at, expected.at, expected.len, false, diags));
	struct str found = file_read(arena, path.at, place_none(), diags);
	if (!found.at || !str_eq(found, buf_text(&expected)))
		fail_msg("docs/diagnostics.md is not what diag.def says; BLESS=1 writes it anew");
	buf_free(&expected);
	diags_free(diags);
	arena_free(arena);
}

static void codes_are_unique_and_begin_with_their_severity(void **state)
{
	(void)state;
	static const char letters[] = {'N', 'W', 'E', 'E'};
	for (int id = 0; id < DIAG_COUNT; id++) {
		if (diag_code(id)[0] != letters[diag_severity(id)] || diag_code(id)[1] != '-')
			fail_msg("%s does not begin as its severity does", diag_code(id));
		for (int other = 0; other < id; other++)
			if (strcmp(diag_code(id), diag_code(other)) == 0)
				fail_msg("%s stands twice", diag_code(id));
	}
}

/* Lower case, no full stop; what was done stands after a comma. */
static void texts_keep_to_the_form(void **state)
{
	(void)state;
	for (int id = 0; id < DIAG_COUNT; id++) {
		struct str text = str_of(diag_pattern(id)), hint = str_of(diag_hint_pattern(id));
		bool capital = text.at[0] >= 'A' && text.at[0] <= 'Z' && text.at[1] >= 'a';
		if (capital || str_ends(text, ".") || str_ends(hint, "."))
			fail_msg("%s: \"%s\"", diag_code(id), diag_pattern(id));
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_manual_lists_every_diagnostic),
		cmocka_unit_test(codes_are_unique_and_begin_with_their_severity),
		cmocka_unit_test(texts_keep_to_the_form),
	};
	root = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
