/* The grammars in templates/ are what the program's tables say (BLESS=1 writes them anew), hold for
 * all that is shipped, and draw the same line as the program: every element is tried in every
 * other. */
#include "base/diag_id.h"
#include "grammar.h"
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *root; /* of the project, from the command line */

static const struct {
	const char *name;
	void (*write)(struct buf *out);
} grammars[] = {{"templates/letter.rng", grammar_letter}, {"templates/style.rng", grammar_style},
	{"templates/recipient.rng", grammar_recipient}, {"templates/project.rng", grammar_project},
	{"docs/reference.md", reference}};

static void the_grammars_say_what_the_tables_say(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	for (size_t i = 0; i < sizeof grammars / sizeof *grammars; i++) {
		struct buf expected = {0};
		grammars[i].write(&expected);
		struct str path = str_format(arena, "%s/%s", root, grammars[i].name);
		if (getenv("BLESS"))
			assert_true(file_publish(path.at, expected.at, expected.len, false, diags));
		if (!str_eq(read_bytes(arena, path.at), buf_text(&expected)))
			fail_msg("%s is not what the tables say; BLESS=1 writes it anew",
				grammars[i].name);
		buf_free(&expected);
	}
	diags_free(diags);
	arena_free(arena);
}

static void every_element_and_attribute_has_words(void **state)
{
	(void)state;
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++)
		if (!words_of_tag(tag))
			fail_msg("<%s> has no words", tag_element(tag));
	for (int i = 0; i < attribute_rule_count; i++)
		if (!words_of_attribute(attribute_rules[i].tag, attribute_rules[i].name))
			fail_msg("%s of <%s> has no words", attribute_rules[i].name,
				tag_element(attribute_rules[i].tag));
	for (int i = 0; i < style_row_count; i++)
		if (!words_of_style(style_rows[i].element))
			fail_msg("<%s> of a style has no words", style_rows[i].element);
}

static void what_is_shipped_is_valid(void **state)
{
	(void)state;
	static const struct {
		const char *grammar, *namespace;
	} rows[] = {{"letter", "urn:lettermerge:letter:1"}, {"style", "urn:lettermerge:style:1"},
		{"recipient", "urn:lettermerge:recipient:1"},
		{"project", "urn:lettermerge:project:1"}};
	if (!have_program("xmllint"))
		return;
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct outcome run = run_in(arena, root,
			"grep -rl --include='*.xml' 'xmlns=\"%s\"' templates recipients "
			"tests/samples examples | xargs xmllint --noout --relaxng templates/%s.rng",
			rows[i].namespace, rows[i].grammar);
		assert_holds(run.err, "validates");
		if (run.code != 0)
			fail_msg("%.*s", str_arg(run.err));
	}
	arena_free(arena);
}

/* -- every element in every other -------------------------------------------------------------- */

/* What holds the holder, and so on up to the letter; TAG_COUNT: nothing does. */
static enum tag parent_of(enum tag tag)
{
	static const enum tag holders[] = {TAG_LETTER, TAG_P, TAG_UL, TAG_TABLE, TAG_ROW,
		TAG_ADDRESS, TAG_ENCLOSURES, TAG_FOOTER, TAG_CHOOSE, TAG_PLURAL};
	for (size_t i = 0; i < sizeof holders / sizeof *holders; i++)
		if (tag_may_stand(tag, holders[i]))
			return holders[i];
	return TAG_COUNT;
}

static void put_start(struct buf *out, enum tag tag)
{
	buf_format(out, "<%s", tag_element(tag));
	for (int i = 0; i < attribute_rule_count; i++) {
		const struct attribute_rule *rule = &attribute_rules[i];
		if (rule->tag == tag && rule->required)
			buf_format(out, " %s=\"%s\"", rule->name,
				rule->kind == KIND_TARGET         ? "https://example.org"
					: rule->kind == KIND_CODE ? "qr"
								  : "f");
	}
	buf_puts(out, ">");
}

/* inner in outer, in what outer needs around it. choose begins with a when, as it must, and plural
 * has an other. */
static void put_path(struct buf *out, enum tag outer, enum tag inner)
{
	if (outer != TAG_LETTER)
		put_path(out, parent_of(outer), outer);
	if (inner == TAG_LETTER)
		return;
	if (outer == TAG_CHOOSE && inner == TAG_OTHERWISE)
		buf_puts(out, "<when field=\"f\"/>");
	if (outer == TAG_PLURAL && inner != TAG_OTHER)
		buf_puts(out, "<other/>");
	put_start(out, inner);
}

static void put_ends(struct buf *out, enum tag outer, enum tag inner)
{
	buf_format(out, "</%s>", tag_element(inner));
	if (outer != TAG_LETTER)
		put_ends(out, parent_of(outer), outer);
}

static void put_letter(struct buf *out, enum tag outer, enum tag inner)
{
	buf_puts(out, "<letter xmlns=\"" TEMPLATE_NAMESPACE "\" xml:lang=\"en-GB\">");
	if (outer != TAG_TITLE && inner != TAG_TITLE)
		buf_puts(out, "<title>T</title>");
	buf_puts(out, "<fields><declare name=\"f\"/></fields>");
	put_path(out, outer, inner);
	if (inner == TAG_CHOOSE)
		buf_puts(out, "<when field=\"f\"/>");
	if (inner == TAG_PLURAL)
		buf_puts(out, "<other/>");
	put_ends(out, outer, inner);
	buf_puts(out, "</letter>");
}

/* Does the program mind where something stands? What else it may mind is not the grammar's. */
static bool program_accepts(struct str text)
{
	static const int misplaced[] = {DIAG_ELEMENT_MISPLACED, DIAG_ELEMENT_NESTED,
		DIAG_TEXT_MISPLACED, DIAG_ELEMENT_UNKNOWN};
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	bool good = true;
	template_read(arena, text, "letter.xml", diags);
	for (int i = 0; i < diags_len(diags); i++)
		for (size_t k = 0; k < sizeof misplaced / sizeof *misplaced; k++)
			good &= diags_at(diags, i)->id != misplaced[k];
	diags_free(diags);
	arena_free(arena);
	return good;
}

static void the_grammar_draws_the_same_line_as_the_program(void **state)
{
	(void)state;
	if (!have_program("xmllint"))
		return;
	struct scratch scratch = scratch_new();
	bool accepts[TAG_COUNT][TAG_COUNT] = {{false}};
	int good = 0, bad = 0;
	for (enum tag outer = TAG_LETTER; outer < TAG_COUNT; outer++)
		for (enum tag inner = TAG_LETTER + 1; inner < TAG_COUNT; inner++) {
			struct buf text = {0};
			put_letter(&text, outer, inner);
			accepts[outer][inner] = program_accepts(buf_text(&text));
			*(accepts[outer][inner] ? &good : &bad) += 1;
			struct str name = str_format(scratch.arena, "%02d-%02d.xml", outer, inner);
			scratch_write(&scratch, name.at, buf_text(&text).at);
			buf_free(&text);
		}
	assert_true(good > 300 && bad > 300);
	struct str said = run_in(scratch.arena, scratch.dir,
		"xmllint --noout --relaxng '%s/templates/letter.rng' *.xml 2>&1 | "
		"grep -E 'validates$|fails to validate$'",
		root)
				  .out;
	for (enum tag outer = TAG_LETTER; outer < TAG_COUNT; outer++)
		for (enum tag inner = TAG_LETTER + 1; inner < TAG_COUNT; inner++) {
			struct str line = str_format(scratch.arena, "%02d-%02d.xml %s", outer,
				inner, accepts[outer][inner] ? "validates" : "fails to validate");
			if (str_find(said, line.at) < 0)
				fail_msg("<%s> in <%s>: the program %s it, the grammar does not",
					tag_element(inner), tag_element(outer),
					accepts[outer][inner] ? "takes" : "refuses");
		}
	scratch_free(&scratch);
}

/* -- what is said about facts, on every element of a record ------------------------------------ */

/* A record with an attribute on one of its elements; source-date and quote want a source beside
 * them, and a source the name of a field. */
static void put_record(
	struct buf *out, enum about_element place, const char *name, const char *value)
{
	static const enum about_element order[] = {
		ABOUT_RECORD, ABOUT_FIELD, ABOUT_LINE, ABOUT_SOURCE};
	static const char *const starts[] = {"<recipient xmlns=\"" RECIPIENT_NAMESPACE "\"", "<a",
		"<line", "Words</line></a><sources><source"};
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		buf_puts(out, starts[i]);
		if (order[i] == ABOUT_SOURCE && strcmp(name, "of") != 0)
			buf_puts(out, " of=\"a\"");
		if ((order[i] & (ABOUT_RECORD | ABOUT_FIELD)) && strcmp(name, "source") != 0)
			buf_puts(out, " source=\"Words\"");
		if (order[i] == place)
			buf_format(out, " %s=\"%s\"", name, value);
		buf_puts(out, ">");
	}
	buf_puts(out, "Words</source></sources></recipient>");
}

static bool program_takes(struct str text)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct recipient recipient;
	bool good = recipient_read(arena, text, "record.xml", NULL, &recipient, diags);
	diags_free(diags);
	arena_free(arena);
	return good;
}

static void the_grammar_says_the_same_of_facts_as_the_program(void **state)
{
	(void)state;
	static const char *const values[] = {"yes", "no", "seen", "recalled", "a", " ",
		"https://example.org/a", "https://example.org/a b", "mailto:a@example.org", "2020",
		"2020-02", "2020-02-01", "2020-02-01/", "/2020", "../2020-02", "2019/2020-01-01",
		"2020-02-01/..", "/", "../..", "2020-2", "2020/2021/2022", "02.01.2020"};
	enum { PLACES = 4, VALUES = sizeof values / sizeof *values };
	if (!have_program("xmllint"))
		return;
	struct scratch scratch = scratch_new();
	struct buf wanted = {0};
	int good = 0, bad = 0;
	for (int place = 0; place < PLACES; place++)
		for (int rule = 0; rule < about_rule_count; rule++)
			for (int i = 0; i < VALUES; i++) {
				struct buf text = {0};
				put_record(&text, 1 << place, about_rules[rule].name, values[i]);
				bool takes = program_takes(buf_text(&text));
				*(takes ? &good : &bad) += 1;
				struct str name = str_format(
					scratch.arena, "%d-%02d-%02d.xml", place, rule, i);
				scratch_write(&scratch, name.at, buf_text(&text).at);
				buf_format(&wanted, "%s %s\n", name.at,
					takes ? "validates" : "fails to validate");
				buf_free(&text);
			}
	assert_true(good > 100 && bad > 100);
	struct str said = run_in(scratch.arena, scratch.dir,
		"xmllint --noout --relaxng '%s/templates/recipient.rng' *.xml 2>&1 | "
		"grep -E 'validates$|fails to validate$'",
		root)
				  .out;
	assert_string_equal(said.at, buf_text(&wanted).at);
	buf_free(&wanted);
	scratch_free(&scratch);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_grammars_say_what_the_tables_say),
		cmocka_unit_test(every_element_and_attribute_has_words),
		cmocka_unit_test(what_is_shipped_is_valid),
		cmocka_unit_test(the_grammar_draws_the_same_line_as_the_program),
		cmocka_unit_test(the_grammar_says_the_same_of_facts_as_the_program),
	};
	root = argc > 1 ? argv[1] : ".";
	xml_start();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	xml_stop();
	return failed;
}
