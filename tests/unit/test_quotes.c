/* Straight marks become those of the language where something tells which; else they stay. */
#include "room.h"

#include "style/style.h"

static const char *set(struct room *room, const char *lang, const char *text)
{
	struct style style = style_default();
	style.block[TAG_P].quotes = style.block[TAG_NOTE].quotes = true;
	const char *block = str_format(room->arena, "<p xml:lang=\"%s\">%s</p>", lang, text).at;
	struct letter *letter = room_letter(room, room_template(room, "", block), "");
	if (!letter)
		fail_msg("%s", text);
	assert_true(letter_apply_style(room->arena, letter, &style, NULL, room->diags));
	return room_text(room, letter->root);
}

static void marks_are_set_as_their_language_has_them(void **state)
{
	static const struct {
		const char *lang, *given, *expected;
	} cases[] = {
		{"en-GB", "\"Stop,\" he said.", "“Stop,” he said."},
		{"en-GB", "He said \"stop\".", "He said “stop”."},
		{"en-GB", "(\"stop\")", "(“stop”)"},
		{"en-GB", "yes—\"no\"—yes", "yes—“no”—yes"},
		{"en-GB", "the area's unit, the dogs' home", "the area’s unit, the dogs’ home"},
		{"en-GB", "'one' and 'two'", "‘one’ and ‘two’"},
		{"en-GB", "\"'one' two\"", "“‘one’ two”"},
		{"en-GB", "\"one 'two'\"", "“one ‘two’”"},
		{"en-GB", "'Don't'", "‘Don’t’"},
		{"en-GB", "in the '90s; rock 'n' roll", "in the ’90s; rock ’n’ roll"},
		{"en-GB", "'90 per cent'", "‘90 per cent’"},
		{"en-GB", "a 6\" pipe", "a 6\" pipe"},
		{"en-GB", "5'10\" tall, 6' wide", "5'10\" tall, 6' wide"},
		{"en-GB", "a lone \" mark, a lone ' mark", "a lone \" mark, a lone ' mark"},
		{"en-GB", "Siân's \"tŷ\"", "Siân’s “tŷ”"},
		{"en-GB", "“set” already, it’s", "“set” already, it’s"},
		{"en-GB", "\"a <em>b</em>\"", "“a b”"},
		{"en-GB", "<em>\"a\"</em> b", "“a” b"},
		{"en-GB", "O<em>'</em>Brien", "O’Brien"},
		{"en-GB", "a<br/>\"b\"<br/>c", "a\n“b”\nc"},
		{"cy", "\"Croeso\" i'r tŷ", "“Croeso” i’r tŷ"},
		{"de", "\"Ja\", sagte er, \"'nein' nicht\"", "„Ja“, sagte er, „‚nein‘ nicht“"},
		{"de-CH", "\"Ja\"", "«Ja»"},
		{"fr", "Il dit \"oui\" à l'ami", "Il dit «\u202Foui\u202F» à l’ami"},
		{"fr", "Quoi ? Non !", "Quoi\u202F? Non\u202F!"},
		{"fr", "Quoi?! Non!!", "Quoi\u202F?! Non\u202F!!"},
		{"fr", "Objet: rappel; suite", "Objet\u202F: rappel\u202F; suite"},
		{"fr", "à 12:30, voir https://a.fr/?b et a:b@c.fr :",
			"à 12:30, voir https://a.fr/?b et a:b@c.fr\u202F:"},
		{"fr", "Merci :-) et ;) (?)", "Merci :-) et ;) (?)"},
		{"fr", "« Bonjour ! »", "«\u202FBonjour\u202F!\u202F»"},
		{"fr", "«Bonjour»", "«\u202FBonjour\u202F»"},
		{"fr-CA", "Quoi? Objet: «oui»", "Quoi? Objet\u202F: «\u202Foui\u202F»"},
		{"fr-CH", "Quoi? «oui»", "Quoi\u202F? «oui»"},
		{"en", "Really ? Yes: no", "Really ? Yes: no"},
		{"fr", "Quoi\u00A0? (oui !)", "Quoi\u202F? (oui\u202F!)"},
		{"fr-CA", "\"oui\"", "«\u202Foui\u202F»"},
		{"pl", "\"tak\"", "„tak”"},
		{"sv", "\"ja\"", "”ja”"},
		{"en-GB", "\"a\" <span xml:lang=\"de\">\"b\"</span>", "“a” „b“"},
		{"bg", "\"да\" и 'не'", "„да“ и „не“"},
		{"lt", "\"taip\"", "„taip“"},
		{"hr", "\"da\", 'ne'", "„da“, ‚ne‘"},
		{"et", "\"jah\", it's", "„jah“, it’s"},
		{"vi", "\"có\" 'không'", "“có” ‘không’"},
		{"af", "\"ja\"", "“ja”"},
		{"tlh", "\"a\" 'b' c'd", "\"a\" 'b' c'd"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(set(*state, cases[i].lang, cases[i].given), cases[i].expected);
}

static void a_note_is_a_text_of_its_own(void **state)
{
	struct room *room = *state;
	const struct style plain = style_default();
	struct style style = plain;
	style.block[TAG_P].quotes = style.block[TAG_NOTE].quotes = true;
	struct letter *letter = room_letter(room,
		room_template(room, "",
			"<p>\"one<note>\"two\" it's</note>\" three's</p><closing>'I'</closing>"),
		"");
	assert_true(letter_apply_style(room->arena, letter, &plain, NULL, room->diags));
	assert_string_equal(room_text(room, letter->notes[0]), "\"two\" it's");
	assert_true(letter_apply_style(room->arena, letter, &style, NULL, room->diags));
	assert_string_equal(room_text(room, letter->notes[0]), "“two” it’s");
	const char *all = room_text(room, letter->root);
	assert_true(strstr(all, "“one") && strstr(all, "” three’s"));
	assert_non_null(strstr(all, "'I'"));
}

static void values_of_a_record_are_set_too(void **state)
{
	struct room *room = *state;
	struct style style = style_default();
	style.block[TAG_P].quotes = style.block[TAG_ADDRESS].quotes = true;
	struct template *template = room_template(room,
		"<declare name=\"who\"/><declare name=\"at\" type=\"lines\"/>",
		"<address><field name=\"at\"/></address><p>the <field name=\"who\"/>'s \"<field "
		"name=\"who\"/>\"</p>");
	struct letter *letter = room_letter(room, template,
		"<who>O'Neill</who><at><line>\"The Oaks\"</line><line>St Ann's</line></at>");
	assert_non_null(letter);
	assert_true(letter_apply_style(room->arena, letter, &style, NULL, room->diags));
	const char *all = room_text(room, letter->root);
	assert_non_null(strstr(all, "“The Oaks”"));
	assert_non_null(strstr(all, "St Ann’s"));
	assert_non_null(strstr(all, "the O’Neill’s “O’Neill”"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(marks_are_set_as_their_language_has_them),
		room_test(a_note_is_a_text_of_its_own),
		room_test(values_of_a_record_are_set_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
