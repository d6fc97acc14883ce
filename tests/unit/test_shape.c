/* Shaping with real fonts: Liberation Sans (kerning), DejaVu Serif (ligatures), DejaVu Sans. */
#include "base/diag_id.h"
#include "shaping.h"

static int setup_sans(void **state)
{
	return setup_text(state, "Liberation Sans");
}

static int setup_both(void **state)
{
	return setup_text(state, "Liberation Sans, DejaVu Sans");
}

static int setup_serif(void **state)
{
	return setup_text(state, "DejaVu Serif");
}

static struct paragraph *shaped(struct desk *desk, const struct node *owner)
{
	struct shape_options options = {&desk->style, &desk->style.block[TAG_P].text, true};
	return text_shape(desk->shaper, desk->arena, owner, &options, desk->diags);
}

static struct paragraph *shaped_text(struct desk *desk, const char *text)
{
	return shaped(desk, para(desk->arena, text));
}

static int advance_of(const struct paragraph *paragraph)
{
	int sum = 0;
	for (int i = 0; i < paragraph->glyph_count; i++)
		sum += paragraph->glyphs[i].advance;
	return sum;
}

static void pairs_are_kerned(void **state)
{
	struct desk *desk = *state;
	int together = advance_of(shaped_text(desk, "AV"));
	int apart = advance_of(shaped_text(desk, "A")) + advance_of(shaped_text(desk, "V"));
	assert_true(together < apart);
}

static void the_border_of_a_node_does_not_break_the_kerning(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "A");
	struct node *value = chars(desk->arena, element(desk->arena, p, TAG_FIELD), "V");
	struct paragraph *paragraph = shaped(desk, p);
	assert_int_equal(advance_of(paragraph), advance_of(shaped_text(desk, "AV")));
	assert_int_equal(paragraph->run_count, 2);
	assert_int_equal(paragraph->runs[0].to, 1);
	assert_int_equal(paragraph->runs[1].node, value->id - p->id);
}

static void em_strong_and_both_have_faces_of_their_own(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "a");
	struct node *strong = element(desk->arena, p, TAG_STRONG);
	chars(desk->arena, element(desk->arena, p, TAG_EM), "b");
	chars(desk->arena, strong, "c");
	chars(desk->arena, element(desk->arena, strong, TAG_EM), "d");
	struct paragraph *paragraph = shaped(desk, p);
	static const bool cuts[][2] = {{false, false}, {true, false}, {true, true}, {false, true}};
	assert_int_equal(paragraph->run_count, 4);
	for (int i = 0; i < 4; i++) {
		const struct face *face = text_face(desk->text, paragraph->runs[i].face);
		assert_int_equal(face->bold, cuts[i][0]);
		assert_int_equal(face->italic, cuts[i][1]);
	}
}

static void what_the_first_family_lacks_comes_from_the_next(void **state)
{
	struct desk *desk = *state;
	struct paragraph *paragraph = shaped_text(desk, "a\u2603\u2603b");
	assert_int_equal(paragraph->run_count, 3);
	assert_int_equal(paragraph->glyph_count, 4);
	assert_int_equal(paragraph->runs[0].face, paragraph->runs[2].face);
	assert_int_not_equal(paragraph->runs[0].face, paragraph->runs[1].face);
	assert_int_equal(paragraph->runs[1].from, 1);
	assert_int_equal(paragraph->runs[1].to, 3);
	assert_int_equal(paragraph->glyphs[3].cluster, 7);
	assert_int_equal(diags_len(desk->diags), 0);
}

static void a_cluster_is_of_one_face(void **state)
{
	struct desk *desk = *state;
	/* U+20DD, an enclosing circle, is in DejaVu Sans only; so the letter goes with it. */
	struct paragraph *paragraph = shaped_text(desk, "a x\u20DD b");
	assert_int_equal(paragraph->run_count, 3);
	assert_int_equal(paragraph->glyph_count, 6);
	assert_int_equal(paragraph->glyphs[paragraph->runs[1].from].cluster, 2);
	assert_int_equal(paragraph->glyphs[paragraph->runs[2].from].cluster, 6);
}

/* Bytes of a run's text. */
static void assert_run(const struct paragraph *paragraph, int run, int from, int to)
{
	const struct run *of = &paragraph->runs[run];
	assert_true(run < paragraph->run_count);
	assert_int_equal(paragraph->glyphs[of->from].cluster, from);
	assert_int_equal(of->to < paragraph->glyph_count ? paragraph->glyphs[of->to].cluster
							 : paragraph->text.len,
		to);
}

/* DejaVu Sans has Arabic letters, upright alone. */
static void emphasis_without_slanted_characters_is_upright(void **state)
{
	struct desk *desk = *state;
	struct node *p = element(desk->arena, NULL, TAG_P);
	chars(desk->arena, element(desk->arena, p, TAG_EM), "\u0645\u062D");
	struct paragraph *paragraph = shaped(desk, p);
	assert_int_equal(diags_len(desk->diags), 0);
	assert_int_equal(paragraph->run_count, 1);
	const char *path = text_face(desk->text, paragraph->runs[0].face)->path;
	assert_non_null(strstr(path, "DejaVuSans.ttf"));
}

/* U+1E9F, a delta, is in DejaVu Sans only. */
static void a_letter_takes_its_word_to_another_face(void **state)
{
	struct desk *desk = *state;
	static const struct {
		const char *text;
		int runs, from, to; /* of the other face */
	} rows[] = {
		{"on a\u1E9F"
		 "c\u1E9F"
		 "d, b",
			3, 3, 12},
		{"\u1E9F"
		 "ab",
			1, 0, 5},
		{"(ab\u1E9F)", 3, 1, 6},
		{"\u2018ab\u2019c\u1E9F\u2019", 3, 3, 12},
		{"w\u0302\u1E9F w", 2, 0, 6},
		{"ab\u2713ab", 3, 2, 5}, /* no letter: alone */
		{"on 1/a\u1E9F-12/34 b", 3, 3, 15},
		{"\u1E9F, 12", 2, 0, 3},
		{"\u1E9F-b2", 2, 0, 3},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct paragraph *paragraph = shaped_text(desk, rows[i].text);
		assert_int_equal(paragraph->run_count, rows[i].runs);
		assert_run(paragraph, rows[i].from > 0, rows[i].from, rows[i].to);
		int face = paragraph->runs[rows[i].from > 0].face;
		assert_non_null(strstr(text_face(desk->text, face)->path, "DejaVu"));
	}
}

static void a_word_that_another_face_sets_is_noted_once(void **state)
{
	struct desk *desk = *state;
	for (int i = 0; i < 2; i++)
		shaped_text(desk,
			"one a\u1E9F"
			"c, a\u1E9F"
			"c, \u0645 and \u2713");
	assert_int_equal(diags_len(desk->diags), 1);
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_FALLBACK);
	assert_string_equal(diags_at(desk->diags, 0)->text,
		"\"a\u1E9F"
		"c\" is set in DejaVuSans.ttf, as LiberationSans-Regular.ttf has no "
		"U+1E9F "
		"\"\u1E9F\"");
}

static void a_composed_letter_needs_no_other_face(void **state)
{
	struct desk *desk = *state;
	struct paragraph *composed = shaped_text(desk, "T\u0177 \u0175");
	struct paragraph *marks = shaped_text(desk, "Ty\u0302 w\u0302");
	assert_int_equal(marks->run_count, 1);
	assert_int_equal(marks->glyph_count, composed->glyph_count);
	for (int i = 0; i < marks->glyph_count; i++)
		assert_int_equal(marks->glyphs[i].id, composed->glyphs[i].id);
	assert_int_equal(diags_len(desk->diags), 0);
}

static void a_character_that_no_font_has_is_named_once(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "a ");
	struct node *field = element(desk->arena, p, TAG_FIELD);
	struct attribute name = {.name = str_lit("name"), .value = str_lit("title")};
	field->attributes = &name;
	struct node *value = chars(desk->arena, field, "\u4E2D\u4E2D");
	struct paragraph *paragraph = shaped(desk, p);
	assert_int_equal(diags_len(desk->diags), 1);
	const struct diag *diag = diags_at(desk->diags, 0);
	assert_int_equal(diag->id, DIAG_GLYPH);
	assert_int_equal(diag->at.line, value->at.line);
	assert_non_null(strstr(diag->text, "U+4E2D \"\u4E2D\""));
	assert_non_null(strstr(diag->text, "field \"title\""));
	assert_int_equal(paragraph->glyph_count, 4);
	assert_int_equal(paragraph->glyphs[2].id, 0);
}

static void a_text_of_many_unknown_characters_is_not_a_flood(void **state)
{
	struct desk *desk = *state;
	struct buf text = {0};
	for (uint32_t c = 0x4E00; c < 0x4F00; c++) {
		char bytes[4];
		buf_put(&text, bytes, (size_t)utf8_encode(c, bytes));
	}
	shaped_text(desk, buf_text(&text).at);
	assert_in_range(diags_len(desk->diags), 1, 20);
	buf_free(&text);
}

static void a_control_character_is_named_but_not_shown(void **state)
{
	struct desk *desk = *state;
	shaped_text(desk,
		"a\xC2\x85"
		"b");
	assert_int_equal(diags_len(desk->diags), 1);
	assert_non_null(strstr(diags_at(desk->diags, 0)->text, "has U+0085,"));
}

/* The glyphs are those of the characters when they stand alone. */
static void assert_ids(struct desk *desk, const struct glyph *glyphs, const char *characters)
{
	struct paragraph *alone = shaped_text(desk, characters);
	for (int i = 0; i < alone->glyph_count; i++)
		assert_int_equal(glyphs[i].id, alone->glyphs[i].id);
}

/* Glyphs stay in the order of the text; the run says which way they stand. */
static void a_name_from_right_to_left_is_a_run_of_its_own(void **state)
{
	struct desk *desk = *state;
	struct paragraph *paragraph = shaped_text(desk, "to \u05D0\u05D1 \u05D2, too");
	assert_int_equal(diags_len(desk->diags), 0);
	assert_int_equal(paragraph->glyph_count, 3 + 4 + 5);
	assert_ids(desk, &paragraph->glyphs[3], "\u05D0");
	assert_ids(desk, &paragraph->glyphs[4], "\u05D1");
	assert_ids(desk, &paragraph->glyphs[6], "\u05D2");
	assert_ids(desk, &paragraph->glyphs[7], ",");
	assert_true(paragraph->mixed && !paragraph->leftwards);
	assert_int_equal(paragraph->run_count, 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(paragraph->runs[i].level, i == 1);
	assert_int_equal(paragraph->items[3].kind, ITEM_GLUE);
	assert_int_equal(paragraph->items[3].from, 5);
}

static void a_number_in_it_runs_from_left_to_right(void **state)
{
	struct desk *desk = *state;
	struct paragraph *paragraph = shaped_text(desk, "\u05D0 12 \u05D1");
	assert_int_equal(paragraph->glyph_count, 6);
	assert_int_equal(paragraph->run_count, 3);
	assert_ids(desk, &paragraph->glyphs[2], "12");
	assert_int_equal(paragraph->runs[1].level, 2);
	assert_int_equal(paragraph->runs[2].level, 1);
}

static int setup_hebrew(void **state)
{
	return setup_text(state, "Noto Serif Hebrew, Liberation Serif");
}

/* Noto Serif Hebrew has neither comma nor bracket: those alone are of the other family. */
static void words_stay_in_their_face_beside_signs_that_it_lacks(void **state)
{
	struct desk *desk = *state;
	if (!desk->shaper) {
		print_message("# fonts-noto-core is not installed: skipped\n");
		return;
	}
	struct paragraph *paragraph = shaped_text(desk, "\u05D0\u05D1, (\u05D2) \u05D3");
	assert_int_equal(diags_len(desk->diags), 0);
	for (int i = 0; i < paragraph->run_count; i++) {
		const struct run *run = &paragraph->runs[i];
		int at = paragraph->glyphs[run->from].cluster;
		bool letter = utf8_next(paragraph->text, &at) >= 0x5D0;
		bool noto = strstr(text_face(desk->text, run->face)->path, "Noto") != NULL;
		assert_true(run->level == 1 && (noto || !letter));
	}
	assert_int_equal(paragraph->run_count, 7);
	/* Each sign is a run: a reader turns what has no letter. */
	assert_int_equal(shaped_text(desk, "\u05D0), \u05D1")->run_count, 4);
}

static int setup_naskh(void **state)
{
	return setup_text(state, "Noto Naskh Arabic");
}

static unsigned last_of(struct desk *desk, const char *lang, const char *text)
{
	struct shape_options options = {&desk->style, &desk->style.block[TAG_P].text};
	struct node *p = para(desk->arena, text);
	p->lang = p->first->lang = str_of(lang);
	p->leftwards = p->first->leftwards = strcmp(lang, "ar") == 0;
	struct paragraph *paragraph = text_shape(
		desk->shaper, desk->arena, p, &options, desk->diags);
	return paragraph->glyphs[paragraph->glyph_count - 1].id;
}

/* Noto Naskh Arabic has a stop for Arabic and one for Latin. */
static void a_stop_behind_a_number_is_that_of_the_words_before_it(void **state)
{
	static const char *const texts[] = {
		"\u062A\u0627 12.", "\u062A\u0627 \u06F3\u06F4.", "1. \u062A\u0627 2."};
	if (!((struct desk *)*state)->shaper) {
		print_message("# fonts-noto-core is not installed: skipped\n");
		return;
	}
	unsigned latin = last_of(*state, "en", "ab."),
		 arabic = last_of(*state, "ar", "\u062A\u0627.");
	assert_int_not_equal(latin, arabic);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_int_equal(last_of(*state, "ar", texts[i]), arabic);
	assert_int_equal(last_of(*state, "en", "\u062A\u0627."), latin);
}

static int setup_naskh_serif(void **state)
{
	return setup_text(state, "Noto Naskh Arabic, Liberation Serif");
}

/* Noto Naskh Arabic has figures, and no letters of Latin. */
static void a_word_and_its_numbers_are_of_one_face_within_the_other_direction(void **state)
{
	struct desk *desk = *state;
	if (!desk->shaper) {
		print_message("# fonts-noto-core is not installed: skipped\n");
		return;
	}
	struct node *p = para(
		desk->arena, "\u062A\u062A EG38 0019 0005, 12 kg \u062A\u062A 34 \u062A");
	p->leftwards = p->first->leftwards = true;
	struct paragraph *paragraph = shaped(desk, p);
	int figures = 0;
	for (int r = 0; r < paragraph->run_count; r++) {
		const struct run *run = &paragraph->runs[r];
		bool noto = strstr(text_face(desk->text, run->face)->path, "Noto") != NULL;
		for (int i = run->from; i < run->to; i++) {
			int at = paragraph->glyphs[i].cluster;
			bool figure = strchr("0123456789", paragraph->text.at[at]) != NULL;
			bool alone = str_starts(str_slice(paragraph->text, at, paragraph->text.len),
					     "34") ||
				str_starts(
					str_slice(paragraph->text, at, paragraph->text.len), "4 ");
			figures += figure;
			if (figure)
				assert_int_equal(noto, alone);
		}
	}
	assert_int_equal(figures, 14);
}

static void brackets_are_turned(void **state)
{
	struct desk *desk = *state;
	struct paragraph *paragraph = shaped_text(desk, "\u05D0(\u05D1)\u05D2");
	assert_ids(desk, &paragraph->glyphs[1], ")");
	assert_ids(desk, &paragraph->glyphs[3], "(");
}

/* Or the house number would go to the left of a name in the field before it. */
static void a_field_turns_nothing_beside_it(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "");
	chars(desk->arena, element(desk->arena, p, TAG_FIELD), "\u05D0\u05D1");
	chars(desk->arena, p, ", 5");
	struct paragraph *paragraph = shaped(desk, p);
	assert_int_equal(paragraph->run_count, 2);
	assert_int_equal(paragraph->runs[1].from, 2);
	assert_int_equal(paragraph->glyphs[2].cluster, 4);
	assert_int_equal(paragraph->glyphs[4].cluster, 6);
}

static void arabic_is_joined_and_of_one_face(void **state)
{
	struct desk *desk = *state;
	struct paragraph *joined = shaped_text(desk, "a \u0628\u064A \u0628 b");
	struct paragraph *apart = shaped_text(desk, "\u0628");
	assert_int_equal(diags_len(desk->diags), 0);
	assert_int_equal(joined->run_count, 3);
	assert_int_equal(joined->runs[1].to - joined->runs[1].from, 4);
	assert_int_not_equal(joined->glyphs[2].id, apart->glyphs[0].id);
	assert_int_equal(joined->glyphs[5].id, apart->glyphs[0].id);
}

/* A letter that is emphasised, or in another face, is joined to its neighbours all the same. */
static void arabic_is_joined_over_emphasis(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "\u0628");
	chars(desk->arena, element(desk->arena, p, TAG_LINK), "\u0628");
	chars(desk->arena, element(desk->arena, p, TAG_STRONG), "\u0628");
	struct paragraph *parts = shaped(desk, p);
	struct paragraph *whole = shaped_text(desk, "\u0628\u0628\u0628");
	struct paragraph *alone = shaped_text(desk, "\u0628");
	assert_int_equal(parts->run_count, 3);
	assert_int_equal(parts->glyphs[0].id, whole->glyphs[0].id);
	assert_int_equal(parts->glyphs[1].id, whole->glyphs[1].id);
	assert_int_not_equal(parts->runs[2].face, parts->runs[1].face);
	p = element(desk->arena, NULL, TAG_P);
	chars(desk->arena, element(desk->arena, p, TAG_STRONG), "\u0628");
	assert_int_not_equal(parts->glyphs[2].id, shaped(desk, p)->glyphs[0].id);
	assert_int_not_equal(whole->glyphs[1].id, alone->glyphs[0].id);
}

static void what_no_face_has_from_right_to_left_is_named(void **state)
{
	struct desk *desk = *state;
	shaped_text(desk, "to \u0710\u0710");
	assert_int_equal(diags_len(desk->diags), 1);
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_GLYPH);
}

/* Once a word. */
static void what_is_written_in_columns_is_refused(void **state)
{
	struct desk *desk = *state;
	static const char *const words[] = {"ᠮᠣᠩᠭᠣᠯ", "ꡏꡡꡃ"};
	for (int i = 0; i < 2; i++) {
		shaped_text(desk, str_format(desk->arena, "Mongol %s %s", words[i], words[i]).at);
		const struct diag *diag = diags_at(desk->diags, 0);
		assert_int_equal(diag->id, DIAG_SCRIPT_UPRIGHT);
		assert_non_null(strstr(diag->text, words[i]));
		for (int k = 1; k < diags_len(desk->diags); k++)
			assert_int_equal(diags_at(desk->diags, k)->id, DIAG_GLYPH);
		diags_clear(desk->diags);
	}
	shaped_text(desk, "Монгол, 한국, 日本");
	for (int k = 0; k < diags_len(desk->diags); k++)
		assert_int_equal(diags_at(desk->diags, k)->id, DIAG_GLYPH);
	diags_clear(desk->diags);
}

static void scripts_of_their_own_are_shaped_apart(void **state)
{
	struct desk *desk = *state;
	struct paragraph *paragraph = shaped_text(desk, "one \u03B1\u03B2 \u0430\u0431 two");
	assert_int_equal(paragraph->glyph_count, 13);
	for (int i = 1; i < paragraph->glyph_count; i++)
		assert_true(paragraph->glyphs[i - 1].cluster < paragraph->glyphs[i].cluster);
	assert_int_equal(diags_len(desk->diags), 0);
}

static void a_soft_hyphen_is_not_shown(void **state)
{
	struct desk *desk = *state;
	struct paragraph *with = shaped_text(desk, "wo\u00ADrd"),
			 *without = shaped_text(desk, "word");
	assert_int_equal(with->glyph_count, 4);
	assert_int_equal(advance_of(with), advance_of(without));
	assert_int_equal(with->glyphs[2].cluster, 4);
}

static void ligatures_are_one_cluster(void **state)
{
	struct desk *desk = *state;
	struct paragraph *paragraph = shaped_text(desk, "find");
	assert_int_equal(paragraph->glyph_count, 3);
	assert_int_equal(paragraph->glyphs[1].cluster, 2);
}

static void the_result_outlives_the_letter(void **state)
{
	struct desk *desk = *state;
	struct arena *letter = arena_new();
	char lang[] = "cy", words[] = "T\u0177 Gwyn";
	struct node *p = para(letter, words);
	p->first->lang = str_of(lang);
	struct paragraph *paragraph = shaped(desk, p);
	memset(lang, 'x', 2);
	memset(words, 'x', sizeof words - 1);
	arena_free(letter);
	assert_string_equal(paragraph->text.at, "T\u0177 Gwyn");
	assert_true(str_is(paragraph->runs[0].lang, "cy"));
}

static void marks_of_notes_are_found_in_order(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "one");
	struct node *first = note(desk->arena, p, 9);
	chars(desk->arena, p, " two");
	struct node *second = note(desk->arena, p, 10);
	struct paragraph *paragraph = shaped(desk, p);
	assert_int_equal(paragraph->mark_count, 2);
	assert_int_equal(paragraph->marks[0].node, first->id - p->id);
	assert_int_equal(paragraph->marks[0].glyph, 3);
	assert_int_equal(paragraph->marks[1].node, second->id - p->id);
	assert_int_equal(paragraph->marks[1].glyph, 8);
	assert_int_equal(paragraph->glyph_count, 10);
	assert_int_equal(paragraph->runs[3].rise, pt(3));
}

static void a_plain_text_belongs_to_its_owner(void **state)
{
	struct desk *desk = *state;
	struct paragraph *paragraph = text_shape_plain(desk->shaper, desk->arena,
		(struct plain_text){str_lit("Page 2"), str_lit("en-GB")},
		&desk->style.page_number.text, desk->diags);
	assert_int_equal(paragraph->run_count, 1);
	assert_int_equal(paragraph->runs[0].node, 0);
	assert_int_equal(text_width(desk->text, paragraph, 0, 6),
		text_width(desk->text, paragraph, 0, 4) + text_width(desk->text, paragraph, 4, 5) +
			text_width(desk->text, paragraph, 5, 6));
	assert_int_equal(paragraph->item_count, 0); /* no line of it ends */
	paragraph = text_shape_plain(desk->shaper, desk->arena,
		(struct plain_text){.lang = str_lit("en")}, &desk->style.page_number.text,
		desk->diags);
	assert_int_equal(paragraph->glyph_count, 0);
}

static void the_hyphen_is_a_glyph_of_the_face(void **state)
{
	struct desk *desk = *state;
	struct paragraph *paragraph = shaped_text(desk, "-");
	struct glyph hyphen = text_hyphen(desk->text, paragraph->runs[0].face);
	assert_int_equal(hyphen.id, paragraph->glyphs[0].id);
	assert_int_equal(hyphen.advance, paragraph->glyphs[0].advance);
}

#define sans_test(test) cmocka_unit_test_setup_teardown(test, setup_sans, teardown_text)
#define naskh_test(test) cmocka_unit_test_setup_teardown(test, setup_naskh, teardown_text)
#define naskh_serif_test(test) \
	cmocka_unit_test_setup_teardown(test, setup_naskh_serif, teardown_text)
#define hebrew_test(test) cmocka_unit_test_setup_teardown(test, setup_hebrew, teardown_text)
#define both_test(test) cmocka_unit_test_setup_teardown(test, setup_both, teardown_text)
#define serif_test(test) cmocka_unit_test_setup_teardown(test, setup_serif, teardown_text)

int main(void)
{
	const struct CMUnitTest tests[] = {
		sans_test(pairs_are_kerned),
		sans_test(the_border_of_a_node_does_not_break_the_kerning),
		sans_test(em_strong_and_both_have_faces_of_their_own),
		both_test(what_the_first_family_lacks_comes_from_the_next),
		both_test(a_letter_takes_its_word_to_another_face),
		both_test(a_word_that_another_face_sets_is_noted_once),
		both_test(emphasis_without_slanted_characters_is_upright),
		both_test(a_cluster_is_of_one_face),
		both_test(a_composed_letter_needs_no_other_face),
		both_test(a_character_that_no_font_has_is_named_once),
		both_test(a_text_of_many_unknown_characters_is_not_a_flood),
		both_test(what_is_written_in_columns_is_refused),
		sans_test(a_control_character_is_named_but_not_shown),
		sans_test(a_name_from_right_to_left_is_a_run_of_its_own),
		sans_test(a_number_in_it_runs_from_left_to_right),
		hebrew_test(words_stay_in_their_face_beside_signs_that_it_lacks),
		naskh_test(a_stop_behind_a_number_is_that_of_the_words_before_it),
		naskh_serif_test(a_word_and_its_numbers_are_of_one_face_within_the_other_direction),
		sans_test(a_field_turns_nothing_beside_it),
		both_test(arabic_is_joined_and_of_one_face),
		both_test(arabic_is_joined_over_emphasis),
		both_test(brackets_are_turned),
		sans_test(what_no_face_has_from_right_to_left_is_named),
		sans_test(scripts_of_their_own_are_shaped_apart),
		sans_test(a_soft_hyphen_is_not_shown),
		serif_test(ligatures_are_one_cluster),
		sans_test(the_result_outlives_the_letter),
		sans_test(marks_of_notes_are_found_in_order),
		sans_test(a_plain_text_belongs_to_its_owner),
		sans_test(the_hyphen_is_a_glyph_of_the_face),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
