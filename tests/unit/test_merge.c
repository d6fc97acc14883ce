/* Merging: what every letter promises to the stages after it. Single cases are in golden/letter. */
#include "base/diag_id.h"
#include "room.h"

#include "locale/locales.h"

#include "locale/locale.h"

static const char blocks[] =
	"<date/><address><field name='address'/></address>"
	"<p>Same <em>in</em> all<note>of <strong>them</strong></note>.</p>"
	"<p>To <field name='name'/><if field='more'> and <field name='more'/></if>.</p>"
	"<ul><each field='list'><li><field name='x'/><note>n</note></li></each><li>last</li></ul>"
	"<closing>Yours,</closing>";
static const char declarations[] =
	"<declare name='name'/><declare name='more' type='rich' required='no'/>"
	"<declare name='address' type='lines'/>"
	"<declare name='list' type='list' required='no'><declare name='x'/></declare>";
static const char short_record[] = "<name>Jo</name><address>A</address>";
static const char long_record[] =
	"<name>Jo</name><address>A\nB\nC</address><more>a<note>b</note><em>c</em></more>"
	"<list><x>1</x></list><list><x>2</x></list>";

static const struct node *find_block(const struct letter *letter, enum tag tag, int skip)
{
	node_each (block, letter->root)
		if (block->tag == tag && skip-- == 0)
			return block;
	return NULL;
}

static void ids_and_parents_are_consistent(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room, declarations, blocks);
	struct letter *letter = room_letter(room, template, long_record);
	assert_non_null(letter);
	int id = 0;
	for (struct node *node = letter->root; node; node = node_following(node, letter->root)) {
		assert_int_equal(node->id, id);
		assert_ptr_equal(letter->nodes[id++], node);
		assert_true(node->lang.len > 0);
		assert_non_null(node->origin);
		assert_true(node->tag != TAG_TEXT || node->text.len > 0);
		assert_true(tag_class(node->tag) != CLASS_CONTROL);
		node_each (child, node)
			assert_ptr_equal(child->parent, node);
	}
	assert_int_equal(id, letter->node_count);
}

static void notes_are_numbered_over_template_and_record(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room, declarations, blocks);
	struct letter *letter = room_letter(room, template, long_record);
	assert_non_null(letter);
	assert_int_equal(letter->note_count, 4);
	for (int i = 0; i < letter->note_count; i++) {
		assert_int_equal(letter->notes[i]->note_number, i + 1);
		assert_true(i == 0 || letter->notes[i]->id > letter->notes[i - 1]->id);
	}
	assert_string_equal(room_text(room, letter->notes[1]), "b");
}

/* What layout relies on when it keeps a constant paragraph for other letters. */
static void constant_parts_keep_the_distances_of_their_ids(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room, declarations, blocks);
	const char *const records[] = {short_record, long_record};
	for (int i = 0; i < 2; i++) {
		struct letter *letter = room_letter(room, template, records[i]);
		assert_non_null(letter);
		for (int id = 0; id < letter->node_count; id++) {
			const struct node *node = letter->nodes[id], *parent = node->parent;
			if (!node->constant || !parent || !parent->constant ||
				parent->tag == TAG_DATE)
				continue;
			assert_int_equal(
				node->id - parent->id, node->origin->id - parent->origin->id);
			assert_true(str_eq(node->text, node->origin->text));
		}
	}
}

static void a_record_s_nodes_are_never_constant(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room, declarations, blocks);
	struct letter *letter = room_letter(room, template, long_record);
	assert_non_null(letter);
	assert_false(letter->notes[1]->constant);
	assert_true(letter->notes[0]->constant);
}

static void a_letter_does_not_depend_on_the_one_before(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room, declarations, blocks);
	struct buf alone = {0}, after = {0};
	letter_dump(room_letter(room, template, short_record), &alone);
	assert_non_null(room_letter(room, template, long_record));
	letter_dump(room_letter(room, template, short_record), &after);
	assert_string_equal(buf_text(&alone).at, buf_text(&after).at);
	buf_free(&alone);
	buf_free(&after);
}

static void a_value_is_never_markup(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(
		room, "<declare name='x' debris='allowed'/>", "<p><field name='x'/></p>");
	struct letter *letter = room_letter(
		room, template, "<x>&lt;note>{x}&lt;/note> &amp;amp;</x>");
	assert_non_null(letter);
	assert_int_equal(letter->note_count, 0);
	assert_string_equal(room_text(room, letter->root), "<note>{x}</note> &amp;");
}

static void braces_of_a_record_are_only_braces(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room, "<declare name='x' type='rich'/>",
		"<p><field name='x'/><link href='https://a/{x}'>b</link></p>");
	struct letter *letter = room_letter(
		room, template, "<x><link href='https://a/{x}'>{x}</link></x>");
	assert_non_null(letter);
	const struct node *link = find_block(letter, TAG_P, 0)->first->first;
	assert_true(str_is(node_attribute(link, "href"), "https://a/{x}"));
	assert_true(str_is(node_attribute(link->parent->next, "href"), "https://a/{x}"));
}

static void what_lost_its_words_is_left_out(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room, "<declare name='x' required='no'/>",
		"<p>a <em><field name='x'/></em><note> <field name='x'/> </note>b</p>"
		"<p> <field name='x'/> </p><ul><li><field name='x'/></li></ul>"
		"<table><row><cell><field name='x'/></cell></row></table>");
	struct letter *letter = room_letter(room, template, "");
	assert_non_null(letter);
	assert_int_equal(letter->note_count, 0);
	assert_string_equal(room_text(room, letter->root), "a b");
	assert_null(find_block(letter, TAG_P, 1));
	assert_null(find_block(letter, TAG_UL, 0));
	assert_null(find_block(letter, TAG_TABLE, 0));
	letter = room_letter(room, template, "<x>c</x>");
	assert_non_null(find_block(letter, TAG_UL, 0));
	assert_non_null(find_block(letter, TAG_TABLE, 0));
}

static void an_error_stops_the_letter_but_all_are_said(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room,
		"<declare name='a'/><declare name='b'/><declare name='c' type='date'/>",
		"<p><field name='a'/><field name='b'/><field name='c'/></p>");
	assert_null(room_letter(room, template, "<b/><c>soon</c><d/>"));
	static const enum diag_id ids[] = {
		DIAG_FIELD_MISSING, DIAG_FIELD_BLANK, DIAG_FIELD_VALUE, DIAG_FIELD_UNKNOWN};
	assert_int_equal(diags_len(room->diags), 4);
	for (int i = 0; i < 4; i++)
		assert_int_equal(diags_at(room->diags, i)->id, ids[i]);
}

static void an_unknown_field_is_only_a_warning(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room, "", "<p>x</p>");
	assert_non_null(room_letter(room, template, "<extra>1</extra>"));
	assert_only(room, DIAG_FIELD_UNKNOWN);
}

static void text_is_heard_with_its_line_ends(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room, "",
		"<address><line>a</line><line>b</line></address><p>c<br/>d<note>unheard</note></p>"
		"<table><row><cell>e</cell><cell>f</cell></row><row><cell>g</cell></row></table>");
	struct letter *letter = room_letter(room, template, "");
	assert_non_null(letter);
	assert_string_equal(room_text(room, letter->root), "a\nb\nc\nd\ne f\ng");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(ids_and_parents_are_consistent),
		room_test(notes_are_numbered_over_template_and_record),
		room_test(constant_parts_keep_the_distances_of_their_ids),
		room_test(a_record_s_nodes_are_never_constant),
		room_test(a_letter_does_not_depend_on_the_one_before),
		room_test(a_value_is_never_markup),
		room_test(braces_of_a_record_are_only_braces),
		room_test(what_lost_its_words_is_left_out),
		room_test(an_error_stops_the_letter_but_all_are_said),
		room_test(an_unknown_field_is_only_a_warning),
		room_test(text_is_heard_with_its_line_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
