/* Where the marks of notes stand to the punctuation beside them, as the merged letter has it: "^"
 * for a mark. */
#include "room.h"

#include "style/style.h"

static void put_marked(const struct node *parent, struct buf *out)
{
	node_each (node, parent)
		if (node->tag == TAG_NOTE) {
			buf_puts(out, node->note_joins ? ",^" : "^");
		} else {
			buf_str(out, node->text);
			put_marked(node, out);
		}
}

static const char *marked(struct room *room, const struct node *node)
{
	struct buf out = {0};
	put_marked(node, &out);
	const char *copy = str_copy(room->arena, buf_text(&out)).at;
	buf_free(&out);
	return copy;
}

/* A note for each "^" of a text. */
static const char *with_notes(struct room *room, const char *text)
{
	struct buf out = {0};
	for (; *text; text++)
		if (*text == '^')
			buf_puts(&out, "<note>N</note>");
		else
			buf_char(&out, *text);
	const char *copy = str_copy(room->arena, buf_text(&out)).at;
	buf_free(&out);
	return copy;
}

static struct letter *styled(struct room *room, struct letter *letter, enum marks_after marks_after)
{
	struct style style = style_default();
	style.marks_after = marks_after;
	assert_non_null(letter);
	assert_true(letter_apply_style(room->arena, letter, &style, NULL, room->diags));
	for (int i = 0; i < letter->node_count; i++)
		assert_int_equal(letter->nodes[i]->id, i);
	return letter;
}

static const char *set(
	struct room *room, const char *lang, const char *text, enum marks_after marks_after)
{
	const char *block = str_format(
		room->arena, "<p xml:lang=\"%s\">%s</p>", lang, with_notes(room, text))
				    .at;
	struct letter *letter = room_letter(room, room_template(room, "", block), "");
	return marked(room, styled(room, letter, marks_after)->root);
}

static void a_mark_goes_behind_punctuation(void **state)
{
	static const struct {
		const char *given, *expected;
	} cases[] = {
		{"one^.", "one.^"},
		{"one^, two", "one,^ two"},
		{"one^; two^: three^! four^? five^…", "one;^ two:^ three!^ four?^ five…^"},
		{"one^... two", "one...^ two"},
		{"“one^” two", "“one”^ two"},
		{"“one^.” Two", "“one.”^ Two"},
		{"‘one^’, two", "‘one’,^ two"},
		{"\"one^.\" Two", "\"one.\"^ Two"},
		{"(one^.) Two", "(one.^) Two"},
		{"one^,—two", "one,^—two"},
		{"one^^.", "one.^,^"},
		{"one^;^, two", "one;,^,^ two"},
		{"one^ two^.", "one^ two.^"},
		{"<em>one^</em>. Two", "one.^ Two"},
		{"<em>one^.</em> Two", "one.^ Two"},
		{"one^<em>.</em> Two", "one.^ Two"},
		{"<strong><em>one</em>^</strong>, two", "one,^ two"},
		{"one^.<br/>Two", "one.^Two"},
		/* None of these. */
		{"one.^ Two", "one.^ Two"},
		{"one^ two", "one^ two"},
		{"one^", "one^"},
		{"one^—two", "one^—two"},
		{"one^ – two", "one^ – two"},
		{"(one^) two", "(one^) two"},
		{"(one^). Two", "(one^). Two"},
		{"the dog^'s home", "the dog^'s home"},
		{"the dog^’s home", "the dog^’s home"},
		{"3^.5", "3^.5"},
		{"10^:30", "10^:30"},
		{"one^<br/>. Two", "one^. Two"},
		{"one^.two", "one^.two"},
		{"one^<link href=\"https://example.org\">.a</link>", "one^.a"},
		{"one^<link href=\"https://example.org\">.</link>", "one^."},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct room *room = *state;
		assert_string_equal(set(room, "en-GB", cases[i].given, MARKS_AFTER_PUNCTUATION),
			cases[i].expected);
		assert_string_equal(set(room, "en-GB", cases[i].given, MARKS_AS_WRITTEN),
			marked(room,
				room_letter(room,
					room_template(room, "",
						str_format(room->arena, "<p>%s</p>",
							with_notes(room, cases[i].given))
							.at),
					"")
					->root));
	}
}

static void its_language_says_where_it_stands(void **state)
{
	static const struct {
		const char *lang;
		bool behind;
	} cases[] = {
		{"en-GB", true},
		{"en-US", true},
		{"en", true},
		{"cy", true},
		{"de", false},
		{"fr", false},
		{"es", false},
		{"nl", false},
		{"pl", false},
		{"ja", false},
		{"tlh", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			set(*state, cases[i].lang, "one^, two^.", MARKS_AFTER_BY_LANGUAGE),
			cases[i].behind ? "one,^ two.^" : "one^, two^.");
	assert_int_equal(style_default().marks_after, MARKS_AFTER_BY_LANGUAGE);
}

/* The note is the record's own, the punctuation the template's; notes keep their numbers. */
static void the_notes_of_a_record_move_too(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room,
		"<declare name=\"what\" type=\"rich\"/><declare name=\"who\"/>",
		"<p>We saw <field name=\"what\"/>. It was <field name=\"who\"/><note>B</note>, who "
		"came.</p><p>One<note>C</note>.</p>");
	struct letter *letter = room_letter(
		room, template, "<what>a <em>house<note>A</note></em></what><who>Ann, Lee</who>");
	styled(room, letter, MARKS_AFTER_PUNCTUATION);
	assert_string_equal(
		marked(room, letter->root), "We saw a house.^ It was Ann, Lee,^ who came.One.^");
	assert_int_equal(letter->note_count, 3);
	static const char *const notes[] = {"A", "B", "C"};
	for (int i = 0; i < 3; i++)
		assert_string_equal(room_text(room, letter->notes[i]), notes[i]);
	assert_int_equal(letter->notes[0]->parent->tag, TAG_P);
}

/* A field that was nothing but its note is none. */
static void nothing_empty_stays(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room, "<declare name=\"what\" type=\"rich\"/>",
		"<p>We saw it<field name=\"what\"/>, and went.</p>");
	struct letter *letter = room_letter(room, template, "<what><note>A</note></what>");
	styled(room, letter, MARKS_AFTER_PUNCTUATION);
	assert_string_equal(marked(room, letter->root), "We saw it,^ and went.");
	for (int i = 0; i < letter->node_count; i++)
		assert_true(letter->nodes[i]->first || letter->nodes[i]->tag == TAG_TEXT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(a_mark_goes_behind_punctuation),
		room_test(its_language_says_where_it_stands),
		room_test(the_notes_of_a_record_move_too),
		room_test(nothing_empty_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
