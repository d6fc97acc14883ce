/* lettermerge diff: the words that differ and, by its name, each other thing that an approval is
 * bound to. Each case edits a project of one letter that was written, and is the same where a
 * record of version 10 says what was. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *record; /* from the command line */

enum { SAYS = 3 };

/* $T: the template, $R: the record. */
static const struct edit {
	const char *name, *command;
	const char *says[SAYS]; /* each is there */
} cases[] = {
	{"nothing", "true", {"out/anna.pdf: nothing changed\n"}},
	{"who signs is not asked", "$L identity new Jo -q; $L batch -q --force",
		{"out/anna.pdf: nothing changed\n"}},
	{"and is no reason beside others",
		"$L identity new Jo -q; $L batch -q --force; sed -i 's/tea/milk/' $R",
		{"field gift changed\nparagraph at templates/letter.xml:8:\n"
		 "  We bring [-tea-] {+milk+} & cake on Friday.\n"}},
	{"a word", "sed -i 's/Friday/Monday/' $T",
		{"paragraph at templates/letter.xml:8:\n  We bring tea & cake on [-Friday.-] "
		 "{+Monday.+}\n"}},
	{"words like the marks", "sed -i 's/Friday/[-Monday-] {+today+} [-] +}/' $T",
		{"tea & cake on [-Friday.-] {+\\[-Monday-\\] \\{+today+\\} \\[-\\] +\\}.+}\n"}},
	{"half of a mark at either end", "sed -i 's/Friday[.]/]on [/' $T",
		{"cake on [-Friday.-] {+\\]on \\[+}\n"}},
	{"a backslash before our mark", "sed -i 's/Friday[.]/a\\\\\\\\b\\\\/' $T",
		{"cake on [-Friday.-] {+a\\\\b\\\\+}\n"}},
	{"words like the marks that stay",
		"sed -i 's/tea/[-tea-]/' $R; $L batch --no-sign -q; "
		"sed -i 's/Friday/Monday/' $T",
		{"We bring \\[-tea-\\] & cake on [-Friday.-] {+Monday.+}\n"}},
	{"a paragraph", "sed -i 's:^<closing:<p>New.</p>\\n&:' $T",
		{"paragraph at templates/letter.xml:11 is new in this letter\n",
			"paragraph at templates/letter.xml:11:\n  {+New.+}\n"}},
	{"where a link leads", "sed -i 's:org/right:org/wrong:' $T",
		{"  link of \"the plan\": \"https://example.org/right?a=1&b=2\" → "
		 "\"https://example.org/wrong?a=1&b=2\"\n"}},
	{"a link beside a word", "sed -i 's:org/right:org/wrong:; s/Please/Do/' $T",
		{"[-Please-] {+Do+}", "  link of \"the plan\": \"https://example.org/right"}},
	{"a link by a value", "sed -i 's:>a7<:>b8<:' $R",
		{"  link of \"yours\": \"https://example.org/a7\" → \"https://example.org/b8\"\n"}},
	{"a link that is new",
		"sed -i 's:soon:<link href=\"https\\://n.example/\">soon</link>:' $T",
		{"  new: link of \"soon\": \"https://n.example/\"\n"}},
	{"a link that is gone", "sed -i 's:<link href=\"[^{]*\">the plan</link>:the plan:' $T",
		{"  gone: link of \"the plan\": \"https://example.org/right?a=1&b=2\"\n"}},
	{"what is bold", "sed -i 's:soon:<strong>soon</strong>:' $T",
		{"paragraph at templates/letter.xml:9:\n  new: bold \"soon\"\n"}},
	{"what is said of a picture", "sed -i 's:alt=\"A dot\":alt=\"A spot\":' $T",
		{"  description of picture \"dot.png\": \"A dot\" → \"A spot\"\n"}},
	{"how wide it is", "sed -i 's:5mm:6mm:' $T",
		{"  width of picture \"dot.png\": \"5mm\" → \"6mm\"\n"}},
	{"what is in it", "printf '\\0' >>templates/dot.png",
		{"beside the text:\n  picture \"dot.png\" changed\n"}},
	{"an author", "sed -i 's:<author>Jo:<author>Al:' $T",
		{"beside the text:\n  author: \"Jo\" → \"Al\"\n"}},
	{"a title beside words", "sed -i 's:Friday:Monday:; s:<title>A:<title>The:' $T",
		{"{+Monday.+}", "beside the text:\n  title: \"A letter\" → \"The letter\"\n"}},
	{"a language", "sed -i 's:\"cy\":\"ga\":' $T",
		{"  language of part \"dwy\": \"cy\" → \"ga\"\n"}},
	{"what an abbreviation stands for", "sed -i 's:as soon:so soon:' $T",
		{"  title of abbreviation \"asap\": \"as soon as possible\" → \"so soon as "
		 "possible\"\n"}},
};

static const char letter[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"2020-10-13\">\n"
	"<title>A letter</title><author>Jo</author>\n"
	"<fields><declare name=\"name\" type=\"text\"/><declare name=\"gift\" type=\"text\"/>\n"
	"<declare name=\"code\" type=\"text\"/></fields>\n"
	"<salutation>Dear <field name=\"name\"/>,</salutation>\n"
	"<p>Please read <link href=\"https://example.org/right?a=1&amp;b=2\">the plan</link>,\n"
	"<link href=\"https://example.org/{code}\">yours</link>.</p>\n"
	"<p>We bring <field name=\"gift\"/> on Friday.</p>\n"
	"<p>Write soon, <abbr title=\"as soon as possible\">asap</abbr>, to <span "
	"xml:lang=\"cy\">dwy</span>.</p>\n"
	"<image src=\"dot.png\" alt=\"A dot\" width=\"5mm\"/>\n"
	"<closing>Yours,</closing>\n"
	"</letter>\n";

static struct scratch make_project(void)
{
	struct scratch project = scratch_new();
	scratch_write(&project, "templates/letter.xml", letter);
	scratch_write(&project, "recipients/anna.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Anna</name><gift>tea &amp; "
		"cake</gift><code>a7</code></recipient>");
	return project;
}

static void is_named(void **state)
{
	const struct edit *edit = *state;
	struct scratch project = make_project();
	struct outcome run = run_in(project.arena, project.dir,
		"printf "
		"'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAAB"
		"JRU5ErkJggg==' | base64 -d >templates/dot.png; export XDG_CONFIG_HOME=$PWD/config;"
		"L='%s' T=templates/letter.xml R=recipients/anna.xml; $L batch --no-sign -q; { %s; "
		"} >/dev/null; $L diff anna | tee now; python3 '%s' older 10 out/.lettermerge.db "
		"&& "
		"$L diff anna | diff - now >&2",
		program, edit->command, record);
	assert_string_equal(run.err.at, "");
	for (int i = 0; i < SAYS && edit->says[i]; i++)
		assert_holds(run.out, edit->says[i]);
	scratch_free(&project);
}

int main(int argc, char **argv)
{
	enum { CASES = sizeof cases / sizeof *cases };
	struct CMUnitTest tests[CASES];
	for (int i = 0; i < CASES; i++)
		tests[i] = (struct CMUnitTest){.name = cases[i].name,
			.test_func = is_named,
			.initial_state = (void *)(uintptr_t)&cases[i]};
	assert_int_equal(argc, 3);
	program = plain_link(argv[1]);
	struct arena *arena = arena_new();
	record = plain_link(str_format(arena, "%s/tests/job/record.py", argv[2]).at);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(arena);
	return failed;
}
