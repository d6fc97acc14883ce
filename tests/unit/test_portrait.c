/* Portraits: two versions of a letter are made and compared, and what differs besides words is
 * named; a portrait that was written and read again says the same. */
#include "job/job.h"
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static int setup(void **state)
{
	static struct scratch scratch;
	scratch = scratch_new();
	*state = &scratch;
	return 0;
}

static int teardown(void **state)
{
	scratch_free(*state);
	return 0;
}

static const char plain[] = "";
#define SIZE(size) "<text size=\"" size "\"/>"
#define BLUE                                          \
	"<element name=\"link\" colour=\"#2f6fb0\"/>" \
	"<element name=\"email\" colour=\"#2f6fb0\"/>"
#define BODY                                                                                \
	"<salutation>Dear Anna,</salutation><p>Read <link href=\"https://a.example/\">the " \
	"plan</link> today.</p><p>And <em>then</em> rest.</p><rule/><closing>Yours,</closing>"

/* What differs: a line each, with the values in brackets. */
static const struct row {
	const char *name, *style, *body, *new_style, *new_body, *says;
} rows[] = {
	{"nothing", plain, BODY, plain, BODY, ""},
	{"words are not its business", plain, "<p>One two.</p>", plain, "<p>One too.</p>", ""},
	{"a link", plain, "<p>Go <link href=\"https://a.example/\">there</link>.</p>", plain,
		"<p>Go <link href=\"https://b.example/\">there</link>.</p>",
		"link of \"there\" [https://a.example/] [https://b.example/]\n"},
	{"bold", plain, "<p>Go there now.</p>", plain, "<p>Go <strong>there</strong> now.</p>",
		"new bold \"there\"\n"
		"typeface of \"there\" on page 1 [LiberationSans-Regular] [LiberationSans-Bold]\n"
		"where words stand in \"Go there now.\" on page 1\n"},
	{"a size", SIZE("11pt"), "<p>All of it.</p>", SIZE("14pt"), "<p>All of it.</p>",
		"size of \"All of it.\" on page 1 [11.0 pt] [14.0 pt]\n"
		"where words stand in \"All of it.\" on page 1\n"},
	{"a paragraph more moves what is below as one", plain,
		"<p>One.</p><p>Two.</p><p>Three.</p>", plain,
		"<p>One.</p><p>New.</p><p>Two.</p><p>Three.</p>",
		"place of \"Two. Three.\" [page 1, 25.0 mm from the left, 100.4 mm from the top] "
		"[page 1, 25.0 mm from the left, 108.4 mm from the top]\n"},
	{"a paper", plain, "<p>One.</p>", "<page width=\"200mm\" height=\"290mm\"/>", "<p>One.</p>",
		"paper [210.0 × 297.0 mm] [200.0 × 290.0 mm]"},
	{"a line is gone", plain, "<p>One.</p><rule/>", plain, "<p>One.</p>",
		"gone line across\ngone line [page 1"},
	{"what the links look like", BLUE,
		"<p>Go <link href=\"https://a.example/\">there</link>.</p>",
		BLUE "<links underline=\"no\"/>",
		"<p>Go <link href=\"https://a.example/\">there</link>.</p>",
		"gone lines under links\n"},
};

static void make(struct scratch *scratch, const char *style, const char *body, struct portrait *out)
{
	const struct job_source source = {
		.template = scratch_path(scratch, "templates/letter.xml"),
		.recipients = scratch_path(scratch, "recipients"),
	};
	const struct job_form form = {0};
	struct diags *diags = diags_new();
	struct job_made made;
	scratch_write(scratch, "templates/style.xml",
		str_format(scratch->arena, "<style xmlns=\"urn:lettermerge:style:1\">%s</style>",
			style)
			.at);
	scratch_write(scratch, "templates/letter.xml",
		str_format(scratch->arena,
			"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" "
			"style=\"style.xml\"><title>T</title>%s</letter>",
			body)
			.at);
	scratch_write(scratch, "recipients/anna.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"/>");
	struct job_maker *maker = job_maker_new(&source, &form, diags);
	if (!maker || !job_maker_make(maker, str_lit("anna"), false, &made, diags))
		fail_msg("%s", diags_len(diags) ? diags_at(diags, 0)->text : "not made");
	job_maker_portrait(maker, scratch->arena, out);
	job_maker_free(maker);
	diags_free(diags);
}

static struct str compare(
	struct arena *arena, const struct portrait *old, const struct portrait *new)
{
	static const char *const how[] = {
		[SAID_CHANGED] = "", [SAID_NEW] = "new ", [SAID_GONE] = "gone "};
	struct said_changes changes = {0};
	struct word_change *words;
	struct buf out = {0};
	int count = words_compare(arena, &old->words, &new->words, &words);
	portrait_compare(arena, &(struct portraits){old, new, words, count}, &changes);
	for (int i = 0; i < changes.list.len; i++) {
		const struct said_change *change = &changes.list.at[i];
		buf_format(&out, "%s%.*s", how[change->how], str_arg(change->what));
		if (change->old.at)
			buf_format(&out, " [%.*s]", str_arg(change->old));
		if (change->new.at)
			buf_format(&out, " [%.*s]", str_arg(change->new));
		buf_char(&out, '\n');
	}
	struct str text = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return text;
}

static void what_differs_is_named(void **state)
{
	struct scratch *scratch = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		struct portrait old, new;
		make(scratch, row->style, row->body, &old);
		make(scratch, row->new_style, row->new_body, &new);
		struct str said = compare(scratch->arena, &old, &new);
		if (!*row->says ? said.len > 0 : !str_starts(said, row->says))
			fail_msg("%s: says\n%s", row->name, said.at);
	}
}

static void what_was_kept_says_the_same(void **state)
{
	struct scratch *scratch = *state;
	struct arena *arena = scratch->arena;
	struct portrait first, kept, other;
	struct buf text = {0}, again = {0};
	make(scratch, plain, BODY "<p>A \"quote\", a &lt; and\nan &amp;.</p>", &first);
	portrait_write(&first, &text);
	assert_true(portrait_read(arena, str_copy(arena, buf_text(&text)), &kept));
	portrait_write(&kept, &again);
	assert_string_equal(buf_text(&text).at, buf_text(&again).at);
	assert_string_equal(compare(arena, &kept, &first).at, "");
	make(scratch, SIZE("12pt"), BODY "<p>Else.</p>", &other);
	assert_string_equal(compare(arena, &kept, &other).at, compare(arena, &first, &other).at);
	buf_free(&text);
	buf_free(&again);
}

/* What somebody wrote into the file of approvals is no portrait, and nothing worse. */
static void what_is_none_is_refused(void **state)
{
	static const char *const texts[] = {"", "nonsense\n", "paper x y\n", "word 1 2 early\n",
		"line 0 1 2 3\n", "paper 1 1\nparagraph\nline 0 0 0 7\n", "placed 1\n"};
	struct scratch *scratch = *state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct portrait portrait;
		assert_false(portrait_read(scratch->arena, str_of(texts[i]), &portrait));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_differs_is_named),
		cmocka_unit_test(what_was_kept_says_the_same),
		cmocka_unit_test(what_is_none_is_refused),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
