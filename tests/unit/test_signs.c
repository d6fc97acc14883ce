/* Dashes, ellipses and times signs are set where nothing else can be meant; all else stays. */
#include "room.h"

#include "style/style.h"

static struct letter *styled(struct room *room, struct letter *letter)
{
	static const enum tag typographic[] = {TAG_P, TAG_LI, TAG_NOTE, TAG_CELL, TAG_SUBJECT,
		TAG_ADDRESS, TAG_LETTERHEAD, TAG_REFERENCE};
	struct style style = style_default();
	for (size_t i = 0; i < sizeof typographic / sizeof *typographic; i++)
		style.block[typographic[i]].quotes = true;
	assert_non_null(letter);
	assert_true(letter_apply_style(room->arena, letter, &style, NULL, room->diags));
	return letter;
}

static const char *set(struct room *room, const char *lang, const char *text)
{
	const char *block = str_format(room->arena, "<p xml:lang=\"%s\">%s</p>", lang, text).at;
	struct letter *letter = room_letter(room, room_template(room, "", block), "");
	if (!letter)
		fail_msg("%s", text);
	return room_text(room, styled(room, letter)->root);
}

static void signs_are_set_as_their_language_has_them(void **state)
{
	static const struct {
		const char *lang, *given, *expected;
	} cases[] = {
		/* Dashes. */
		{"en-GB", "the unit -- a small one -- is new", "the unit – a small one – is new"},
		{"en-GB", "the unit--a small one--is new", "the unit – a small one – is new"},
		{"en-GB", "Monday--Friday, 1990--2000", "Monday–Friday, 1990–2000"},
		{"en-GB", "\"Stop\" -- he said", "“Stop” – he said"},
		{"en-GB", "<em>one</em> -- two", "one – two"},
		{"en-US", "the unit -- a small one -- is new", "the unit—a small one—is new"},
		{"en-US", "the unit--a small one--is new", "the unit—a small one—is new"},
		{"en-US", "<em>one</em>--<em>two</em>", "one—two"},
		{"en-US", "Monday--Friday", "Monday—Friday"},
		{"cy", "yr uned -- un fach -- yw", "yr uned – un fach – yw"},
		{"de", "das Amt -- ein kleines -- ist neu", "das Amt – ein kleines – ist neu"},
		{"de", "Hamburg--Berlin", "Hamburg–Berlin"},
		{"fr", "le bureau -- petit -- est neuf", "le bureau – petit – est neuf"},
		{"es", "la oficina -- nueva -- abre", "la oficina — nueva — abre"},
		{"ru", "дом -- это", "дом — это"},
		/* Spans. */
		{"en-GB", "5-7 days, from 10-12 people", "5–7 days, from 10–12 people"},
		{"en-GB", "in 1990-2000, for 2020-21", "in 1990–2000, for 2020–21"},
		{"en-GB", "on 5-7 May, the 5th-7th", "on 5–7 May, the 5th–7th"},
		{"en-GB", "see pp. 123-125, 130-7 and 140-9", "see pp. 123–125, 130–7 and 140–9"},
		{"en-GB", "paragraphs 3-5, 7-9 (Nos 11-12)", "paragraphs 3–5, 7–9 (Nos 11–12)"},
		{"en-GB", "£10-£20, £5-10, 10-20%, 1.5-2.5", "£10–£20, £5–10, 10–20%, 1.5–2.5"},
		{"en-GB", "£1,000-£2,500", "£1,000–£2,500"},
		{"en-GB", "£1500-£2500, vitamin C 10-20", "£1500–£2500, vitamin C 10–20"},
		{"en-GB", "9am-5pm, 9:30-17:00, 10-11am", "9am–5pm, 9:30–17:00, 10–11am"},
		{"en-GB", "“aged 12-34”", "“aged 12–34”"},
		{"en-GB", "£123456789012-£123456789013", "£123456789012–£123456789013"},
		{"en-GB", "1.25-1.5, 1.5-1.75, 0.5-0.75%", "1.25–1.5, 1.5–1.75, 0.5–0.75%"},
		{"en-GB", "10-100, 99-100 of 1000-1001", "10–100, 99–100 of 1000–1001"},
		{"en-GB", "2198-2199, 2000-13", "2198–2199, 2000–13"},
		{"en-GB", "pages 9998-9999, pages 998-1002", "pages 9998–9999, pages 998–1002"},
		{"en-GB", "10-12pm, the 29th-31st", "10–12pm, the 29th–31st"},
		{"de", "Seiten 123-125, 5.-7. Mai, 2010-2015",
			"Seiten 123–125, 5.–7. Mai, 2010–2015"},
		{"sv", "sidorna 12-15", "sidorna 12–15"},
		{"pl", "w latach 1990-2000", "w latach 1990–2000"},
		{"cs", "5-7 dní", "5–7 dní"},
		/* Ellipses, products. */
		{"en-GB", "and so on...", "and so on…"},
		{"en-GB", "He said [...] no. ...and", "He said […] no. …and"},
		{"fr", "et ainsi de suite...", "et ainsi de suite…"},
		{"en-GB", "a room of 2 x 4 m", "a room of 2 × 4 m"},
		{"en-GB", "210 mm x 297 mm, 2.5 x 3.5", "210 mm × 297 mm, 2.5 × 3.5"},
		{"en-GB", "(2 x 4), “3 x 5”", "(2 × 4), “3 × 5”"},
		{"ja", "2 x 4", "2 × 4"},
		/* Several in one text. */
		{"en-GB", "5-7 -- or 8-9...", "5–7 – or 8–9…"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(set(*state, cases[i].lang, cases[i].given), cases[i].expected);
}

static void what_may_mean_something_else_stays(void **state)
{
	static const struct {
		const char *lang, *text;
	} cases[] = {
		/* Hyphens that are no dash. */
		{"en-GB", "-- begins a line"},
		{"en-GB", "a line ends --"},
		{"en-GB", "one --- two, ---- three"},
		{"en-GB", "write --force, -v or --no-sign"},
		{"en-GB", "an arrow --> or <!-- of XML"},
		{"en-GB", "i-- and --i, x--;"},
		{"en-GB", "well-being, twenty-one, Smith-Jones"},
		{"tlh", "one -- two, 5-7, and..."},
		{"ja", "one -- two, 5-7, and..."},
		{"ar", "one -- two, 5-7, and..."},
		/* Dates. */
		{"en-GB", "2024-05-07, 07-05-2024, 2024-05, 2024-11, 2010-12"},
		{"en-GB", "2024-05-07T10:30"},
		/* Telephone numbers. */
		{"en-GB", "0300-123, 020-7946, 555-1234, 0808-100-1234"},
		{"en-GB", "01245 123-456, +44 20 7946-0958, (020) 79-46"},
		{"en-GB", "12-34 5678, tel. 12-34, Telephone: 45-67"},
		{"de", "Tel. 12-34, Telefon: 45-67, Fax 12-34"},
		/* Postcodes, codes, references. */
		{"en-US", "Springfield 12345-6789"},
		{"pl", "00-950 Warszawa"},
		{"en-GB", "reference 12-34, ref. 12-34, Ref: 12-34, our reference is 12-34"},
		{"en-GB", "case 12-34, No. 12-34, order number 12-34, file no 1-2"},
		{"de", "Az. 12-34, Kundennummer 12-34"},
		{"en-GB", "sort code 12-34-56, account 12-345"},
		{"en-GB", "ISO 12-34, DIN 18-25, ISBN 1-85, EN 301-549"},
		{"en-GB", "123-456, 1234-5678, A4-5, B-52, F-16, COVID-19, 12a-14b"},
		{"en-GB", "978-0-14-143951-8"},
		{"en-GB", "flat 3-5, room 12-14, version 1-2, model 7-8"},
		{"en-GB", "pages 12345-67, pages 1234-12345"},
		/* More figures than a span has. */
		{"en-GB", "£1234567890123-£1234567890124, £1-£1234567890123"},
		{"en-GB", "1.2345-1.3456, 1.5-1.7501, 1.2501-1.5, 1.25-1.2"},
		{"en-GB", "10-1000, 100-101, 999-1001, 2199-2200, 2000-12, 2020-2020"},
		{"en-GB", "100-5pm, 5-100pm, £1,000,00-£2,000,000"},
		/* Figures that do not rise. */
		{"en-GB", "50-50, 24-7, 3-1, 10-9-8, 5-a-side, 4-4-2"},
		{"en-GB", "05-07, 5-07"},
		{"en-GB", "10.0.0.1-10.0.0.9"},
		/* Languages that join figures by a hyphen. */
		{"fr", "1914-1918, pages 12-15"},
		{"es", "páginas 12-15, 1998-1999"},
		{"it", "1939-1945"},
		{"pt", "2007-2013"},
		{"nl", "12-15"},
		{"ru", "10-12"},
		/* Addresses. */
		{"en-GB", "https://example.org/a--b/5-7/c..."},
		{"en-GB", "see www.example.org/5-7"},
		{"en-GB", "a.b--c@example.org"},
		{"en-GB", "C:\\a--b, ../.../x, a_b--c"},
		{"en-GB", "<email>a--b@example.org</email>"},
		{"en-GB", "<link href=\"tel:+441245\">12-34</link>"},
		/* Dots. */
		{"en-GB", "four.... dots, two.. dots, . . ."},
		{"en-GB", "1...10"},
		{"ja", "..."},
		/* The letter x. */
		{"en-GB", "2x4, 4x4, 10x, x 4, 2 x"},
		{"en-GB", "2 X 4, 2 x y, Malcolm x 4, A4 x 2"},
		{"en-GB", "2 <em>x</em> y, chapter x 4"},
		{"en-GB", "2x 4, 2 x4"},
		/* What is typographic already. */
		{"en-GB", "5–7, one – two, one—two, and…, 2 × 4"},
	};
	struct room *room = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf xml = {0};
		if (strchr(cases[i].text, '\\') || !strstr(cases[i].text, "</"))
			buf_xml(&xml, str_of(cases[i].text));
		else
			buf_puts(&xml, cases[i].text);
		const char *given = str_copy(room->arena, buf_text(&xml)).at;
		const char *block = str_format(
			room->arena, "<p xml:lang=\"%s\">%s</p>", cases[i].lang, given)
					    .at;
		struct template *template = room_template(room, "", block);
		struct letter *letter = room_letter(room, template, "");
		const char *plain = room_text(room, letter->root);
		assert_string_equal(room_text(room, styled(room, letter)->root), plain);
		buf_free(&xml);
	}
	assert_int_equal(diags_len(room->diags), 0);
}

/* A value of type text changes where it has words; no other does, nor does an address. */
static void values_that_are_no_words_stay(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room,
		"<declare name='period'/><declare name='ref'/><declare name='words'/>"
		"<declare name='on' type='date'/><declare name='sum' type='money'/>"
		"<declare name='n' type='number'/><declare name='at' type='lines'/>"
		"<declare name='what' type='rich'/>",
		"<letterhead><line>5-7 High Street</line></letterhead>"
		"<reference>Reference 5-7 -- x</reference>"
		"<address><field name='at'/></address>"
		"<p>[<field name='period'/>] [<field name='ref'/>] [<field name='words'/>] [<field "
		"name='on' form='short'/>] [<field name='n'/> x <field name='n'/>] [<field "
		"name='sum'/>] [<field name='what'/>]</p>");
	struct letter *letter = room_letter(room, template,
		"<period>the years 2019-20</period><ref>19-20</ref><words>a -- b</words>"
		"<on>2024-05-07</on><sum>£5</sum><n>4</n><at>5-7 High Street\nAshby</at>"
		"<what>5-7 <em>days</em></what>");
	const char *all = room_text(room, styled(room, letter)->root);
	assert_non_null(strstr(
		all, "[the years 2019–20] [19-20] [a – b] [07/05/2024] [4 × 4] [£5] [5–7 days]"));
	assert_non_null(strstr(all, "5-7 High Street\nReference 5-7 -- x"));
	assert_non_null(strstr(all, "5-7 High Street\nAshby"));
}

/* The first of a kind in a text, with the words around it, and how many more there are. */
static void each_change_is_told(void **state)
{
	static const char *const expected[] = {
		"\"on...\" is set as \"on…\"",
		"\"unit--which\" is set as \"unit – which\"",
		"\"5-7\" is set as \"5–7\", and 1 more of its kind here",
		"\"2 x 4\" is set as \"2 × 4\"",
	};
	struct room *room = *state;
	set(room, "en-GB", "the unit--which is 5-7 or 8-9, 2 x 4 and so on...");
	assert_int_equal(diags_len(room->diags), 4);
	for (int i = 0; i < 4; i++) {
		const struct diag *diag = diags_at(room->diags, i);
		assert_int_equal(diag->id, DIAG_SIGN_SET);
		assert_string_equal(diag->text, expected[i]);
		assert_string_equal(diag->at.file, "t.xml");
		assert_int_equal(diag->at.line, 1);
	}
}

/* Where the words of a record stand. */
static void a_change_in_a_record_is_told_there(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(
		room, "<declare name='words'/>", "<p>It is <field name='words'/>.</p>");
	styled(room, room_letter(room, template, "<words>5-7 days</words>"));
	assert_only(room, DIAG_SIGN_SET);
	assert_string_equal(diags_at(room->diags, 0)->at.file, "r.xml");
}

/* Set once, nothing is left to set. */
static void signs_are_set_once(void **state)
{
	struct room *room = *state;
	struct letter *letter = room_letter(
		room, room_template(room, "", "<p>5-7 -- 2 x 4...</p>"), "");
	const char *once = room_text(room, styled(room, letter)->root);
	int findings = diags_len(room->diags);
	assert_string_equal(room_text(room, styled(room, letter)->root), once);
	assert_int_equal(diags_len(room->diags), findings);
}

/* Where the style does not ask for it, nothing is set. */
static void straight_is_as_it_is_typed(void **state)
{
	struct room *room = *state;
	const struct style style = style_default();
	struct letter *letter = room_letter(
		room, room_template(room, "", "<p>5-7 -- 2 x 4...</p>"), "");
	assert_true(letter_apply_style(room->arena, letter, &style, NULL, room->diags));
	assert_string_equal(room_text(room, letter->root), "5-7 -- 2 x 4...");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(signs_are_set_as_their_language_has_them),
		room_test(what_may_mean_something_else_stays),
		room_test(values_that_are_no_words_stay),
		room_test(each_change_is_told),
		room_test(a_change_in_a_record_is_told_there),
		room_test(signs_are_set_once),
		room_test(straight_is_as_it_is_typed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
