/* Finding and loading fonts, in a folder of fonts of the test's own. */
#include "font_folder.h"

static void a_face_has_its_measures(void **state)
{
	struct desk *desk = *state;
	struct style style = plain_style("Liberation Sans");
	struct text *text = text_new(&style, desk->diags);
	assert_int_equal(text_face_count(text), 4);
	const struct face *face = text_face(text, text_style_face(text, &style.block[TAG_P].text));
	assert_int_equal(face->units_per_em, 2048);
	assert_int_equal(face->ascent, 1854);
	assert_int_equal(face->descent, -434);
	assert_int_equal(face->cap_height, 1409);
	assert_int_equal(face->underline_thickness, 150);
	assert_int_equal(face->underline_at, -142);
	assert_true(face->len > 100000);
	text_free(text);
}

static void a_style_finds_its_face_by_family_and_cut(void **state)
{
	struct desk *desk = *state;
	struct style style = plain_style("Liberation Sans");
	style.block[TAG_NOTE].text.family = str_lit("DejaVu Serif");
	struct text *text = text_new(&style, desk->diags);
	struct text_style bold = style.block[TAG_NOTE].text;
	bold.bold = true;
	assert_non_null(strstr(text_face(text, text_style_face(text, &bold))->path, "Serif-Bold"));
	assert_true(text_face(text, text_style_face(text, &bold))->bold);
	text_free(text);
}

static void a_level_of_headings_may_have_a_family_of_its_own(void **state)
{
	struct desk *desk = *state;
	struct style style = plain_style("Liberation Sans");
	struct text_style *last = &style.block[STYLE_HEADING + HEADING_LEVELS - 1].text;
	last->family = str_lit("DejaVu Serif");
	struct text *text = text_new(&style, desk->diags);
	assert_true(text_face_count(text) > 4);
	assert_non_null(strstr(text_face(text, text_style_face(text, last))->path, "Serif"));
	text_free(text);
}

static void a_family_that_is_not_installed_is_an_error(void **state)
{
	assert_refused(*state, "No Such Family", DIAG_FONT_FAMILY);
	struct desk *desk = *state;
	diags_clear(desk->diags);
	assert_refused(desk, "Arial Not, Helvetica Not", DIAG_FONT_FAMILY);
}

static void fontconfigs_substitutes_do_not_count(void **state)
{
	struct desk *desk = *state;
	struct str bytes = installed(desk, "Liberation Sans");
	write_file(desk, "sans.ttf", bytes);
	use_folder(desk);
	assert_refused(desk, "Arial", DIAG_FONT_FAMILY); /* an alias of it for fontconfig */
}

static void a_later_family_will_do(void **state)
{
	struct desk *desk = *state;
	struct style style = plain_style("No Such Family , liberation sans");
	struct text *text = text_new(&style, desk->diags);
	assert_non_null(text);
	assert_int_equal(diags_len(desk->diags), 0);
	text_free(text);
}

/* A cut is asked for when something is set in it; gives the number of findings. */
static int findings_of(struct desk *desk, struct style *style, const struct text_style *in)
{
	struct text *text = text_new(style, desk->diags);
	assert_non_null(text);
	assert_int_equal(diags_len(desk->diags), 0);
	struct shaper *shaper = shaper_new(text);
	for (int i = 0; i < 2; i++)
		text_shape_plain(shaper, desk->arena,
			(struct plain_text){str_lit("words"), str_lit("en")}, in, desk->diags);
	int found = diags_len(desk->diags);
	for (int i = 0; i < found; i++)
		assert_int_equal(diags_at(desk->diags, i)->id, DIAG_FONT_CUT);
	diags_clear(desk->diags);
	shaper_free(shaper);
	text_free(text);
	return found;
}

static void a_cut_that_is_missing_is_a_warning_where_it_is_set(void **state)
{
	struct desk *desk = *state;
	write_file(desk, "sans.ttf", installed(desk, "Liberation Sans"));
	use_folder(desk);
	struct style style = plain_style("Liberation Sans");
	struct text_style *subject = &style.block[TAG_SUBJECT].text;
	assert_int_equal(findings_of(desk, &style, &style.block[TAG_P].text), 0);
	subject->bold = true;
	assert_int_equal(findings_of(desk, &style, &style.block[TAG_P].text), 0);
	assert_int_equal(findings_of(desk, &style, subject), 1);
}

/* Debian's rules call an upright face slanted, and a normal one bold, when such are asked for. */
static void rules_do_not_hide_that_a_cut_is_missing(void **state)
{
	struct desk *desk = *state;
	write_file(desk, "sans.ttf", installed(desk, "Liberation Sans"));
	use_folder(desk);
	write_file(desk, "fonts.conf",
		str_format(desk->arena,
			"<fontconfig><dir>%s</dir><cachedir>%s/cache</cachedir><match "
			"target='font'>"
			"<test name='slant'><const>roman</const></test>"
			"<test target='pattern' name='slant' "
			"compare='not_eq'><const>roman</const></test>"
			"<edit name='slant' mode='assign'><const>oblique</const></edit></match>"
			"</fontconfig>",
			desk->folder, desk->folder));
	struct style style = plain_style("Liberation Sans");
	struct text_style italic = style.block[TAG_P].text;
	italic.italic = true;
	assert_int_equal(findings_of(desk, &style, &italic), 1);
}

/* The third level's is bold and italic, which EB Garamond has not. */
static void a_heading_that_no_letter_has_misses_no_cut(void **state)
{
	struct desk *desk = *state;
	struct style style = style_default();
	for (int i = 0; i < STYLE_COUNT; i++)
		style.block[i].text.family = str_lit("EB Garamond");
	assert_int_equal(findings_of(desk, &style, &style.block[STYLE_HEADING].text), 0);
	assert_int_equal(findings_of(desk, &style, &style.block[STYLE_HEADING + 2].text), 1);
}

/* A project in the desk's folder, whose own fonts are not those that the computer is told of. */
static struct style project_style(struct desk *desk, const char *family)
{
	struct style style = plain_style(family);
	mkdir(path_of(desk, "fonts"), 0700);
	style.file = path_of(desk, "templates/style.xml");
	return style;
}

static void fonts_of_the_project_go_before_those_of_the_computer(void **state)
{
	struct desk *desk = *state;
	struct style style = project_style(desk, "Liberation Sans, Liberation Serif");
	write_file(desk, "fonts/own.ttf", installed(desk, "Liberation Sans"));
	write_file(desk, "fonts/OFL.txt", str_lit("a licence"));
	struct text *text = text_new(&style, desk->diags);
	assert_non_null(text);
	assert_int_equal(diags_len(desk->diags), 0);
	struct text_style bold = style.block[TAG_P].text;
	bold.bold = true;
	assert_string_equal(text_face(text, text_style_face(text, &style.block[TAG_P].text))->path,
		path_of(desk, "fonts/own.ttf"));
	/* the project has no bold one, and no serif */
	assert_non_null(strstr(
		text_face(text, text_style_face(text, &bold))->path, "LiberationSans-Bold.ttf"));
	bool serif = false;
	for (int i = 0; i < text_face_count(text); i++)
		serif |= strstr(text_face(text, i)->path, "LiberationSerif-Regular") != NULL;
	assert_true(serif);
	text_free(text);
}

/* What the computer lacks the project may bring; beside a style that is not among templates. */
static void a_project_may_bring_a_family(void **state)
{
	struct desk *desk = *state;
	struct style style = project_style(desk, "Liberation Sans");
	write_file(desk, "fonts/own.TTF", installed(desk, "Liberation Sans"));
	mkdir(path_of(desk, "none"), 0700);
	write_file(desk, "fonts.conf",
		str_format(
			desk->arena, "<fontconfig><dir>%s/none</dir></fontconfig>", desk->folder));
	setenv("FONTCONFIG_FILE", path_of(desk, "fonts.conf"), 1);
	style.block[TAG_STRONG].text.bold = false;
	style.block[TAG_EM].text.italic = false;
	style.file = path_of(desk, "style.xml");
	struct text *text = text_new(&style, desk->diags);
	assert_non_null(text);
	assert_int_equal(text_face_count(text), 1);
	assert_int_equal(diags_len(desk->diags), 0);
	text_free(text);
}

static void a_font_of_the_project_that_is_none_is_said(void **state)
{
	struct desk *desk = *state;
	struct style style = project_style(desk, "Liberation Sans");
	write_file(desk, "fonts/own.otf", str_lit("no font"));
	assert_null(text_new(&style, desk->diags));
	assert_int_equal(diags_len(desk->diags), 1);
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_FONT_READ);
	assert_non_null(strstr(diags_at(desk->diags, 0)->text, "fonts/own.otf"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		desk_test(a_face_has_its_measures),
		desk_test(a_style_finds_its_face_by_family_and_cut),
		desk_test(a_level_of_headings_may_have_a_family_of_its_own),
		desk_test(a_family_that_is_not_installed_is_an_error),
		desk_test(fontconfigs_substitutes_do_not_count),
		desk_test(a_later_family_will_do),
		desk_test(a_cut_that_is_missing_is_a_warning_where_it_is_set),
		desk_test(a_heading_that_no_letter_has_misses_no_cut),
		desk_test(rules_do_not_hide_that_a_cut_is_missing),
		desk_test(fonts_of_the_project_go_before_those_of_the_computer),
		desk_test(a_project_may_bring_a_family),
		desk_test(a_font_of_the_project_that_is_none_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
