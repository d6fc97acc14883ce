/* What a family has in one cut and lacks in another: fonts from which characters were taken. */
#include "font_folder.h"

#include <hb-subset.h>

/* A cut of a family that is installed, without some characters. */
static struct str without(
	struct desk *desk, const char *family, bool bold, bool italic, const char *characters)
{
	struct style style = plain_style(family);
	struct text *text = text_new(&style, desk->diags);
	struct text_style cut = style.block[TAG_P].text;
	cut.bold = bold;
	cut.italic = italic;
	const struct face *face = text_face(text, text_style_face(text, &cut));
	hb_blob_t *blob = hb_blob_create(
		face->bytes, (unsigned)face->len, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *whole = hb_face_create(blob, (unsigned)face->index);
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_set_t *kept = hb_subset_input_unicode_set(input);
	hb_face_collect_unicodes(whole, kept);
	struct str taken = str_of(characters);
	for (int at = 0; at < taken.len;)
		hb_set_del(kept, utf8_next(taken, &at));
	hb_set_add_range(hb_subset_input_set(input, HB_SUBSET_SETS_NAME_ID), 0, 25);
	hb_face_t *part = hb_subset_or_fail(whole, input);
	hb_blob_t *bytes = hb_face_reference_blob(part);
	struct str out = str_copy(desk->arena,
		(struct str){hb_blob_get_data(bytes, NULL), (int)hb_blob_get_length(bytes)});
	hb_blob_destroy(bytes);
	hb_face_destroy(part);
	hb_subset_input_destroy(input);
	hb_face_destroy(whole);
	hb_blob_destroy(blob);
	text_free(text);
	return out;
}

/* From now on there are the fonts of the desk's folder alone. */
static void open_text(struct desk *desk, const char *family)
{
	use_folder(desk);
	desk->style = plain_style(family);
	desk->text = text_new(&desk->style, desk->diags);
	assert_non_null(desk->text);
	desk->shaper = shaper_new(desk->text);
	assert_int_equal(diags_len(desk->diags), 0);
}

struct asked {
	const char *text, *lang;
	bool bold, italic;
	const char *feature; /* NULL: none */
	bool optional;
};

/* Shaped; what is found is all that is found then. */
static struct paragraph *set(struct desk *desk, struct asked asked)
{
	struct text_style style = desk->style.block[TAG_P].text;
	struct shape_options options = {&desk->style, &style};
	style.bold = asked.bold;
	style.italic = asked.italic;
	if (asked.feature) {
		const char *tag = asked.feature;
		features_add(&style.features,
			(struct feature){
				HB_TAG(tag[0], tag[1], tag[2], tag[3]), 1, asked.optional});
	}
	struct node *p = para(desk->arena, asked.text);
	p->lang = p->first->lang = str_of(asked.lang ? asked.lang : "en");
	p->leftwards = p->first->leftwards = asked.lang && strcmp(asked.lang, "ar") == 0;
	diags_clear(desk->diags);
	return text_shape(desk->shaper, desk->arena, p, &options, desk->diags);
}

static void assert_found(struct desk *desk, enum diag_id id, const char *words)
{
	assert_int_equal(diags_len(desk->diags), 1);
	const struct diag *diag = diags_at(desk->diags, 0);
	print_message("# %s (%s)\n", diag->text, diag->hint);
	assert_int_equal(diag->id, id);
	assert_non_null(strstr(diag->text, words));
}

static const char *file_of(struct desk *desk, const struct paragraph *paragraph, int run)
{
	return path_base(str_of(text_face(desk->text, paragraph->runs[run].face)->path)).at;
}

static void put_sans(struct desk *desk, bool other)
{
	write_file(desk, "regular.ttf", without(desk, "Liberation Sans", false, false, ""));
	write_file(desk, "bold.ttf",
		without(desk, "Liberation Sans", true, false,
			"\u00E9\u00E0\u20AC\u0300\u0301\u00B4`"));
	if (other)
		write_file(desk, "other.ttf", without(desk, "DejaVu Sans", true, false, ""));
}

static void what_a_bold_face_lacks_is_said(void **state)
{
	static const char *const texts[] = {
		"a caf\u00E9", "\u00E0 vous", "5 \u20AC", "a cafe\u0301"};
	struct desk *desk = *state;
	put_sans(desk, true);
	open_text(desk, "Liberation Sans, DejaVu Sans");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct paragraph *paragraph = set(desk, (struct asked){texts[i], .bold = true});
		assert_found(desk, DIAG_FALLBACK_CUT, "other.ttf, as bold.ttf has no U+");
		assert_non_null(strstr(diags_at(desk->diags, 0)->text, "which the regular cut"));
		assert_int_equal(paragraph->run_count, 2);
		set(desk, (struct asked){texts[i]});
		assert_int_equal(diags_len(desk->diags), 0);
	}
	set(desk, (struct asked){"\u2713", .bold = true}); /* no cut has it */
	assert_int_equal(diags_len(desk->diags), 0);
}

static void with_no_other_family_it_is_set_less_bold(void **state)
{
	struct desk *desk = *state;
	put_sans(desk, false);
	open_text(desk, "Liberation Sans");
	struct paragraph *paragraph = set(desk, (struct asked){"a caf\u00E9", .bold = true});
	assert_found(desk, DIAG_FALLBACK_CUT, "\"caf\u00E9\" is set in regular.ttf");
	assert_string_equal(file_of(desk, paragraph, 0), "bold.ttf");
	assert_string_equal(file_of(desk, paragraph, paragraph->run_count - 1), "regular.ttf");
	set(desk, (struct asked){"a \u2713", .bold = true});
	assert_found(desk, DIAG_GLYPH, "U+2713");
}

static void from_right_to_left_too(void **state)
{
	struct desk *desk = *state;
	write_file(desk, "regular.ttf", without(desk, "DejaVu Sans", false, false, ""));
	write_file(desk, "bold.ttf", without(desk, "DejaVu Sans", true, false, "\u0645"));
	open_text(desk, "DejaVu Sans");
	struct asked asked = {"\u0643\u0645\u0644", "ar", true};
	struct paragraph *paragraph = set(desk, asked);
	assert_found(desk, DIAG_FALLBACK_CUT, "is set in regular.ttf, as bold.ttf has no U+0645");
	assert_int_equal(paragraph->run_count, 1);
	asked.bold = false;
	set(desk, asked);
	assert_int_equal(diags_len(desk->diags), 0);
}

static void a_cut_that_is_not_there_is_said_where_it_is_asked_for(void **state)
{
	struct desk *desk = *state;
	write_file(desk, "regular.ttf", without(desk, "Liberation Sans", false, false, ""));
	open_text(desk, "Liberation Sans");
	set(desk, (struct asked){"words"});
	assert_int_equal(diags_len(desk->diags), 0);
	struct asked italic = {"words", .italic = true},
		     both = {"words", .bold = true, .italic = true};
	set(desk, italic);
	assert_found(desk, DIAG_FONT_CUT, "no italic cut");
	set(desk, both);
	assert_found(desk, DIAG_FONT_CUT, "no bold italic cut");
	struct node *p = para(desk->arena, "one ");
	for (int i = 0; i < 3; i++)
		chars(desk->arena, element(desk->arena, p, i ? TAG_EM : TAG_SPAN), "two ");
	struct shape_options options = {&desk->style, &desk->style.block[TAG_P].text};
	diags_clear(desk->diags);
	text_shape(desk->shaper, desk->arena, p, &options, desk->diags);
	assert_found(desk, DIAG_FONT_CUT, "no italic cut"); /* once */
}

/* Of a later family, too, but not that nothing of it is slanted, which some scripts do not know. */
static void of_a_later_family_that_it_has_nothing_bold(void **state)
{
	struct desk *desk = *state;
	write_file(desk, "regular.ttf", without(desk, "Liberation Sans", false, false, ""));
	write_file(desk, "bold.ttf", without(desk, "Liberation Sans", true, false, ""));
	write_file(desk, "italic.ttf", without(desk, "Liberation Sans", false, true, ""));
	write_file(desk, "other.ttf", without(desk, "DejaVu Sans", false, false, ""));
	open_text(desk, "Liberation Sans, DejaVu Sans");
	static const char *const texts[] = {"a \u2713", "\u0643\u0645"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		set(desk, (struct asked){texts[i], .bold = true});
		assert_found(desk, DIAG_FONT_CUT, "the family \"DejaVu Sans\" has no bold cut");
		set(desk, (struct asked){texts[i], .italic = true});
		assert_int_equal(diags_len(desk->diags), 0);
	}
	set(desk, (struct asked){"words", .bold = true});
	assert_int_equal(diags_len(desk->diags), 0);
}

/* What another family sets altogether misses no cut of the first. */
static void what_is_not_set_in_a_family_misses_no_cut_of_it(void **state)
{
	struct desk *desk = *state;
	write_file(desk, "regular.ttf", without(desk, "Liberation Sans", false, false, ""));
	write_file(desk, "other.ttf", without(desk, "DejaVu Sans", true, false, ""));
	open_text(desk, "Liberation Sans, DejaVu Sans");
	set(desk, (struct asked){"\u0643\u0645", .bold = true});
	assert_int_equal(diags_len(desk->diags), 0);
	set(desk, (struct asked){"words", .bold = true});
	assert_found(desk, DIAG_FONT_CUT, "has no bold cut");
}

/* Debian's EB Garamond has figures of other kinds in its regular face, and not in its bold one. */
static void figures_that_a_cut_has_not_are_said_where_there_are_figures(void **state)
{
	struct desk *desk = *state;
	desk->style = plain_style("EB Garamond");
	desk->text = text_new(&desk->style, desk->diags);
	desk->shaper = shaper_new(desk->text);
	set(desk, (struct asked){"in 2026", .bold = true, .feature = "tnum"});
	assert_found(desk, DIAG_FONT_CUT_FEATURE,
		"the bold cut of \"EB Garamond\" has no feature \"tnum\"");
	set(desk, (struct asked){"in words", .bold = true, .feature = "tnum"});
	assert_int_equal(diags_len(desk->diags), 0);
	set(desk, (struct asked){"in 2026", .feature = "tnum"});
	assert_int_equal(diags_len(desk->diags), 0);
	set(desk, (struct asked){"in 2026", .bold = true, .feature = "tnum", .optional = true});
	assert_int_equal(diags_len(desk->diags), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		desk_test(what_a_bold_face_lacks_is_said),
		desk_test(with_no_other_family_it_is_set_less_bold),
		desk_test(from_right_to_left_too),
		desk_test(a_cut_that_is_not_there_is_said_where_it_is_asked_for),
		desk_test(of_a_later_family_that_it_has_nothing_bold),
		desk_test(what_is_not_set_in_a_family_misses_no_cut_of_it),
		desk_test(figures_that_a_cut_has_not_are_said_where_there_are_figures),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
