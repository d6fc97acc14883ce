/* What records say about their facts: spans of time, standings, sources; and that no letter's key
 * or attached record knows of it. */
#include "base/diag_id.h"
#include "room.h"
#include "xml/xml.h"

static void spans_are_dates_or_two_of_them(void **state)
{
	(void)state;
	static const char *const good[] = {"2020", "2020-02", "2020-02-29", "2020-02-01/",
		"/2020-02-01", "../2020", "2020/..", "2020/2020-05", "2020-05/2020", " 2020 "};
	static const char *const bad[] = {"", "/", "../..", "..", "2020-13", "2021-02-29", "20",
		"2020-2", "2020-02.01", "2020.02-01", "2020-1.-13", "0000-01-01",
		"2020-02-01/2020-01", "2021/2020", "2020/2021/2022", "2020 / 2021", "c. 2020",
		"2020-02-01T00", "2O20"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (!span_fits(str_of(good[i])))
			fail_msg("\"%s\" is a span", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (span_fits(str_of(bad[i])))
			fail_msg("\"%s\" is no span", bad[i]);
}

static void a_span_holds_with_all_that_its_dates_mean(void **state)
{
	(void)state;
	static const struct {
		const char *span;
		int to; /* where it stands to 13 October 2020 */
	} spans[] = {{"2020", 0}, {"2020-10", 0}, {"2020-10-13", 0}, {"2020-10-14", 1},
		{"2020-11", 1}, {"2021", 1}, {"2020-10-12", -1}, {"2020-09", -1}, {"2019", -1},
		{"2020-10-13/", 0}, {"2020-10-14/", 1}, {"2021/", 1}, {"2020/", 0}, {"2019/..", 0},
		{"/2020-10-13", 0}, {"/2020-10-12", -1}, {"../2020", 0}, {"../2019", -1},
		{"2019/2020", 0}, {"2019/2020-09", -1}, {"2020-11/2021", 1}};
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		int to = span_compare(str_of(spans[i].span), str_lit("2020-10-13"));
		if (to != spans[i].to)
			fail_msg("\"%s\" stands at %d", spans[i].span, to);
	}
	assert_true(str_is(span_from(str_lit("2020-02/2021")), "2020-02"));
	assert_int_equal(span_from(str_lit("../2021")).len, 0);
}

static const struct value *read_one(struct room *room, const char *fields, const char *name)
{
	struct recipient *recipient = arena_new_array(room->arena, struct recipient, 1);
	assert_true(room_record(room, NULL, fields, recipient));
	const struct value *value = recipient_find(recipient->values, str_of(name));
	assert_non_null(value);
	return value;
}

static void what_an_element_says_replaces_what_is_around_it(void **state)
{
	struct room *room = *state;
	static const struct {
		const char *fields;
		enum standing standing;
		int sources;
		const char *valid;
	} cases[] = {
		{"<a><b>x</b></a>", STANDING_UNSAID, 0, ""},
		{"<a standing='seen' source='S' valid='2020/'><b>x</b></a>", STANDING_SEEN, 1,
			"2020/"},
		{"<a standing='seen' source='S' valid='2020/'><b standing='derived'>x</b></a>",
			STANDING_DERIVED, 0, "2020/"},
		{"<a standing='recalled' source='S'><b source='T'>x</b></a>", STANDING_SEEN, 1, ""},
		{"<a standing='inferred' source='S'><b valid='/2021'>x</b></a>", STANDING_INFERRED,
			1, "/2021"},
		{"<a confirmed='no'><b>x</b></a>", STANDING_RECALLED, 0, ""},
		{"<a confirmed='no'><b confirmed='yes'>x</b></a>", STANDING_UNSAID, 0, ""},
		{"<a><b standing='recalled' source='S'>x</b></a>", STANDING_RECALLED, 1, ""},
		{"<a><b>x</b></a><sources><source of='a.b'>S</source></sources>", STANDING_SEEN, 1,
			""},
		{"<a standing='recalled'><b>x</b></a><sources><source of='a'>S</source></sources>",
			STANDING_RECALLED, 1, ""},
		{"<sources><source of='a.b'>S</source></sources><a source='T'><b>x</b></a>"
		 "<sources><source of='a a.b c'>U</source></sources><c/>",
			STANDING_SEEN, 3, ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct value *value = read_one(room, cases[i].fields, "a.b");
		const struct about none = {0}, *about = value->about ? value->about : &none;
		if (value_standing(value) != cases[i].standing ||
			about->evidence_count != cases[i].sources ||
			!str_eq(about->valid, str_of(cases[i].valid)))
			fail_msg("%s: %s, %d sources, valid %.*s", cases[i].fields,
				standing_name(value_standing(value)), about->evidence_count,
				str_arg(about->valid));
	}
	assert_int_equal(diags_len(room->diags), 0);
}

static void the_worst_line_of_an_address_counts(void **state)
{
	struct room *room = *state;
	static const struct {
		const char *fields;
		enum standing standing;
	} cases[] = {
		{"<a source='S'><line>x</line><line standing='inferred'>y</line></a>",
			STANDING_INFERRED},
		{"<a source='S'><line standing='recalled'>x</line><line "
		 "standing='seen'>y</line></a>",
			STANDING_RECALLED},
		{"<a standing='inferred' source='S'><line standing='seen'>x</line></a>",
			STANDING_INFERRED},
		{"<a confirmed='no'><line confirmed='yes'>x</line></a>", STANDING_RECALLED},
		{"<a><line confirmed='no'>x</line></a>", STANDING_RECALLED},
		{"<a><line standing='recalled'>x</line></a>"
		 "<sources><source of='a'>S</source></sources>",
			STANDING_RECALLED},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(
			value_standing(read_one(room, cases[i].fields, "a")), cases[i].standing);
}

static void a_source_is_words_or_an_address_of_the_web(void **state)
{
	struct room *room = *state;
	const struct value *value = read_one(room,
		"<a source=' https://example.org/x ' source-date='2020' quote=' Two  words '>x</a>"
		"<sources><source of='a' href='http://example.org/y' remark='R'> A  book "
		"</source></sources>",
		"a");
	assert_int_equal(value->about->evidence_count, 2);
	const struct evidence *own = value->about->evidence[0], *other = value->about->evidence[1];
	assert_true(str_is(own->href, "https://example.org/x") && own->words.len == 0);
	assert_true(str_is(own->date, "2020") && str_is(own->quote, "Two words"));
	assert_true(str_is(other->words, "A book") && str_is(other->remark, "R"));
	assert_true(str_is(other->href, "http://example.org/y") && other->date.len == 0);
	value = read_one(room, "<a source='ftp://example.org/'>x</a>", "a");
	assert_int_equal(value->about->evidence[0]->href.len, 0);
	assert_true(str_is(value->about->evidence[0]->words, "ftp://example.org/"));
}

static void a_field_called_sources_stays_one(void **state)
{
	struct room *room = *state;
	struct recipient recipient;
	const struct template *template = room_template(
		room, "<declare name='sources' type='rich'/>", "<p><field name='sources'/></p>");
	assert_true(room_record(
		room, template, "<sources>Rye and <em>oats</em></sources>", &recipient));
	assert_true(str_is(recipient.values->name, "sources"));
	template = room_template(
		room, "<declare name='sources.source'/>", "<p><field name='sources.source'/></p>");
	assert_true(
		room_record(room, template, "<sources><source>Rye</source></sources>", &recipient));
	assert_true(str_is(recipient.values->name, "sources.source"));
}

static void sources_have_a_limit(void **state)
{
	struct room *room = *state;
	struct recipient recipient;
	struct buf fields = {0};
	buf_puts(&fields, "<a>x</a><sources>");
	for (int i = 0; i < 1000; i++)
		buf_puts(&fields, "<source of='a'>S</source>");
	struct str all = str_format(room->arena, "%s</sources>", buf_text(&fields).at);
	assert_true(room_record(room, NULL, all.at, &recipient));
	assert_int_equal(recipient.values->about->evidence_count, 1000);
	all = str_format(
		room->arena, "%s<source of='b a'>S</source></sources>", buf_text(&fields).at);
	assert_false(room_record(room, NULL, all.at, &recipient));
	assert_int_equal(diags_at(room->diags, 0)->id, DIAG_XML_LIMIT);
	buf_free(&fields);
}

static void a_tag_is_found_at_its_place(void **state)
{
	(void)state;
	struct str bytes = str_lit(
		"\xEF\xBB\xBF<a>\n\tT\xC5\xB7 <b/><!-- <c> -->\r\n<c x='<'/></a>");
	static const struct {
		int line, column, offset;
	} places[] = {
		{1, 1, 3}, {2, 5, 12}, {2, 9, 16}, {3, 1, 30}, {1, 2, -1}, {3, 2, -1}, {9, 1, -1}};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		assert_int_equal(
			xml_offset(bytes, place_of("a.xml", places[i].line, places[i].column)),
			places[i].offset);
}

/* Somebody saved the file after its record was read. */
static void a_fact_that_moved_is_not_confirmed(void **state)
{
	struct room *room = *state;
	static const char *const now[] = {
		"<recipient xmlns='urn:lettermerge:recipient:1'>\n<a>x</a></recipient>",
		"<recipient xmlns='urn:lettermerge:recipient:1'><b>x</b></recipient>",
		"<recipient xmlns='urn:lettermerge:recipient:1'><ab>x</ab></recipient>",
		"<recipient xmlns='urn:lettermerge:recipient:1'><a>x</a>", ""};
	const struct value *value = read_one(room, "<a>x</a>", "a");
	const struct confirmation confirmation = {str_lit("S"), str_lit("2020"), str_lit("")};
	for (size_t i = 0; i < sizeof now / sizeof *now; i++) {
		struct buf out = {0};
		diags_clear(room->diags);
		const struct edit edit = {.value = value};
		assert_false(recipient_confirm(
			room->arena, str_of(now[i]), &edit, &confirmation, &out, room->diags));
		assert_int_equal(diags_len(room->diags), 1);
		assert_int_equal(diags_at(room->diags, 0)->id, DIAG_CONFIRM_EDIT);
		buf_free(&out);
	}
}

/* The merged letter and the record that goes with it are the same with and without. */
static void what_is_said_about_facts_is_in_no_letter(void **state)
{
	struct room *room = *state;
	static const char *const records[] = {"<a>x</a><b><line>y</line></b>",
		"<a source='S' source-date='2020' quote='Q' valid='2020/'>x</a>"
		"<b standing='recalled'><line standing='inferred'>y</line></b>"
		"<sources><source of='a b' href='https://example.org/'>S</source></sources>"};
	const struct template *template = room_template(room,
		"<declare name='a'/><declare name='b' type='lines'/>",
		"<address><field name='b'/></address><p><field name='a'/></p>");
	struct buf plain[2] = {{0}};
	for (int i = 0; i < 2; i++) {
		struct letter *letter = room_letter(room, template, records[i]);
		assert_non_null(letter);
		assert_int_equal(standings_said(&letter->standings), i ? 2 : 0);
		letter_source(letter, &plain[i]);
		recipient_write(letter->recipient, &plain[i]);
	}
	assert_string_equal(buf_text(&plain[0]).at, buf_text(&plain[1]).at);
	buf_free(&plain[0]);
	buf_free(&plain[1]);
}

static void a_letter_without_a_date_is_of_any_time(void **state)
{
	struct room *room = *state;
	struct str text = str_lit(
		"<letter xmlns='" TEMPLATE_NAMESPACE "' xml:lang='en-GB'>"
		"<title>T</title><fields><declare name='a' type='rich'/></fields>"
		"<p>x<note>Office (2999) y</note> <field name='a'/></p></letter>");
	const struct template *template = template_read(room->arena, text, "t.xml", room->diags);
	assert_non_null(template);
	assert_non_null(room_letter(room, template,
		"<a valid='/1999' source='S' source-date='2999'>x<note>S (2999) y</note></a>"));
	assert_int_equal(diags_len(room->diags), 0);
}

/* What holds on the letter's day is not late; what the template itself cites was said with it. */
static void a_note_of_the_record_cites_nothing_later_than_the_letter(void **state)
{
	struct room *room = *state;
	const struct template *template = room_template(room,
		"<declare name='a' type='rich'/><declare name='b'/>",
		"<p>x<note>Office (2999) <field name='b'/></note> <field name='a'/></p>");
	assert_non_null(template);
	int said = diags_len(room->diags);
	static const struct {
		const char *cited;
		int findings;
	} notes[] = {{"2019", 0}, {"2020", 0}, {"2021", 1}};
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
		const char *fields = str_format(room->arena,
			"<a>x<note>Home Office (%s)</note></a><b>y</b>", notes[i].cited)
					     .at;
		room_letter(room, template, fields);
		assert_int_equal(diags_len(room->diags) - said, notes[i].findings);
		said = diags_len(room->diags);
	}
}

static void the_year_that_a_note_cites_is_its_first(void **state)
{
	struct room *room = *state;
	static const struct {
		const char *note;
		int year;
	} notes[] = {{"Home Office (2019) Funding", 2019}, {"A (c. 2021) B (2018)", 2021},
		{"A (n.d.) B", 0}, {"The unit (VRU) (2020)", 2020}, {"A (18 March 2020) B", 2020},
		{"A (2020a) B", 2020}, {"A (2019-2021) B", 0}, {"A 2021 B", 0}, {"A (2021", 0},
		{"A (12021) B", 0}, {"A (see the report of the office of 2021) B", 0},
		{"A (<em>20</em>21) B", 2021}, {"", 0}};
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
		const struct value *value = read_one(room,
			str_format(room->arena, "<a>x<note>%s</note></a>", notes[i].note).at, "a");
		const struct node *note = value->rich->first->next;
		assert_int_equal(note->tag, TAG_NOTE);
		assert_int_equal(note_year(note), notes[i].year);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_are_dates_or_two_of_them),
		cmocka_unit_test(a_span_holds_with_all_that_its_dates_mean),
		room_test(what_an_element_says_replaces_what_is_around_it),
		room_test(the_worst_line_of_an_address_counts),
		room_test(a_source_is_words_or_an_address_of_the_web),
		room_test(a_field_called_sources_stays_one),
		room_test(sources_have_a_limit),
		cmocka_unit_test(a_tag_is_found_at_its_place),
		room_test(a_fact_that_moved_is_not_confirmed),
		room_test(what_is_said_about_facts_is_in_no_letter),
		room_test(a_letter_without_a_date_is_of_any_time),
		room_test(a_note_of_the_record_cites_nothing_later_than_the_letter),
		room_test(the_year_that_a_note_cites_is_its_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
