/* Finding and loading fonts, in a folder of fonts of the test's own. */
#include "base/diag_id.h"
#include "text/text_int.h"

#include "text_nodes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct desk {
	struct arena *arena;
	struct diags *diags;
	char *folder;
};

/* The bytes of a font that is installed. */
static struct str installed(struct desk *desk, const char *family)
{
	struct style style = plain_style(family);
	struct text *text = text_new(&style, desk->diags);
	assert_non_null(text);
	const struct face *face = text_face(text, 0);
	struct str bytes = str_copy(desk->arena, (struct str){face->bytes, (int)face->len});
	text_free(text);
	return bytes;
}

static const char *path_of(struct desk *desk, const char *name)
{
	return path_join(desk->arena, str_of(desk->folder), str_of(name)).at;
}

static void write_file(struct desk *desk, const char *name, struct str bytes)
{
	assert_true(
		file_publish(path_of(desk, name), bytes.at, (size_t)bytes.len, false, desk->diags));
}

/* From now on fontconfig sees only the fonts in the desk's folder. */
static void use_folder(struct desk *desk)
{
	write_file(desk, "fonts.conf",
		str_format(desk->arena,
			"<fontconfig><dir>%s</dir><cachedir>%s/cache</cachedir></fontconfig>",
			desk->folder, desk->folder));
	mkdir(path_of(desk, "cache"), 0700); /* now, as it changes the folder's time */
	setenv("FONTCONFIG_FILE", path_of(desk, "fonts.conf"), 1);
}

static int setup(void **state)
{
	unsetenv("FONTCONFIG_FILE");
	struct arena *arena = arena_new();
	struct desk *desk = arena_alloc(arena, sizeof *desk);
	*desk = (struct desk){.arena = arena, .diags = diags_new()};
	desk->folder = str_chars(arena, str_lit("/tmp/lettermerge-fonts-XXXXXX"));
	assert_non_null(mkdtemp(desk->folder));
	*state = desk;
	return 0;
}

static int teardown(void **state)
{
	struct desk *desk = *state;
	const char *command = str_format(desk->arena, "rm -r '%s'", desk->folder).at;
	int result = system(command);
	unsetenv("FONTCONFIG_FILE");
	diags_free(desk->diags);
	arena_free(desk->arena);
	return result;
}

static void assert_refused(struct desk *desk, const char *family, enum diag_id id)
{
	struct style style = plain_style(family);
	assert_null(text_new(&style, desk->diags));
	assert_int_equal(diags_len(desk->diags), 1);
	assert_int_equal(diags_at(desk->diags, 0)->id, id);
	assert_string_equal(diags_at(desk->diags, 0)->at.file, "style.xml");
}

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

static const char *face_of(const struct text *text, const struct text_style *style)
{
	return path_base(str_of(text_face(text, text_style_face(text, style))->path)).at;
}

static void each_size_has_the_face_that_was_drawn_for_it(void **state)
{
	struct desk *desk = *state;
	struct style style = plain_style("EB Garamond");
	style.block[TAG_NOTE].text.size = pt(8.5);
	style.block[TAG_SUBJECT].text.size = pt(13);
	struct text *text = text_new(&style, desk->diags);
	assert_non_null(text);
	assert_string_equal(face_of(text, &style.block[TAG_P].text), "EBGaramond12-Regular.otf");
	assert_string_equal(
		face_of(text, &style.block[TAG_SUBJECT].text), "EBGaramond12-Regular.otf");
	assert_string_equal(face_of(text, &style.block[TAG_NOTE].text), "EBGaramond08-Regular.otf");
	struct text_style italic = style.block[TAG_NOTE].text, mark = italic;
	italic.italic = true;
	assert_string_equal(face_of(text, &italic), "EBGaramond08-Italic.otf");
	mark.size = pt(5); /* a size that no element has: the nearest that one has */
	assert_string_equal(face_of(text, &mark), "EBGaramond08-Regular.otf");
	assert_int_equal(diags_len(desk->diags), 0);
	text_free(text);
}

/* Offset of a table in a TrueType file. */
static unsigned table_at(struct str font, const char *tag)
{
	const unsigned char *at = (const unsigned char *)font.at;
	for (int i = 0; i < (at[4] << 8 | at[5]); i++) {
		const unsigned char *row = at + 12 + 16 * i;
		if (memcmp(row, tag, 4) == 0)
			return (unsigned)row[8] << 24 | (unsigned)row[9] << 16 |
				(unsigned)row[10] << 8 | row[11];
	}
	fail();
	return 0;
}

static void put_u16(char *at, int number)
{
	at[0] = (char)(number >> 8);
	at[1] = (char)number;
}

/* A copy of the face of EB Garamond for that number; spoil: without its feature of sizes. */
static char *garamond(struct desk *desk, int number, bool spoil, struct str *whole)
{
	struct style style = plain_style("EB Garamond");
	style.block[TAG_P].text.size = pt(number);
	struct text *text = text_new(&style, desk->diags);
	assert_non_null(text);
	const struct face *face = text_face(text, text_style_face(text, &style.block[TAG_P].text));
	*whole = str_copy(desk->arena, (struct str){face->bytes, (int)face->len});
	text_free(text);
	char *at = str_chars(desk->arena, *whole);
	struct str list = {at + table_at(*whole, "GPOS"), 4000};
	for (int tag; spoil && (tag = str_find(list, "size")) >= 0;)
		at[table_at(*whole, "GPOS") + (unsigned)tag] = 'x';
	return at;
}

/* The regular face of both files in the desk's folder at 11 pt. */
static const char *at_eleven(struct desk *desk)
{
	struct style style = plain_style("EB Garamond");
	style.block[TAG_STRONG].text.bold = false;
	style.block[TAG_EM].text.italic = false;
	style.block[TAG_P].text.size = pt(11);
	diags_clear(desk->diags);
	struct text *text = text_new(&style, desk->diags);
	assert_non_null(text);
	const char *name = str_copy(desk->arena, str_of(face_of(text, &style.block[TAG_P].text)))
				   .at;
	text_free(text);
	return name;
}

static void without_the_feature_the_name_tells_the_size(void **state)
{
	struct desk *desk = *state;
	struct str small, large;
	char *eight = garamond(desk, 8, true, &small), *twelve = garamond(desk, 12, true, &large);
	write_file(desk, "a.otf", (struct str){eight, small.len});
	write_file(desk, "b.otf", (struct str){twelve, large.len});
	use_folder(desk);
	assert_string_equal(at_eleven(desk), "b.otf");
	assert_int_equal(diags_len(desk->diags), 0);
}

/* Takes the number out of the full name, in which a blank stands before and behind it. */
static void take_number(char *bytes, int len, const char *number)
{
	const char wanted[] = {0, ' ', 0, number[0], 0, number[1], 0, ' '};
	for (int i = 0; i + (int)sizeof wanted < len; i++) {
		if (memcmp(bytes + i, wanted, sizeof wanted) == 0)
			bytes[i + 3] = bytes[i + 5] = 'x';
		if (bytes[i] == ' ' && bytes[i + 1] == number[0] && bytes[i + 2] == number[1] &&
			bytes[i + 3] == ' ')
			bytes[i + 1] = bytes[i + 2] = 'x';
	}
}

static void faces_that_nothing_tells_apart_are_a_warning(void **state)
{
	struct desk *desk = *state;
	struct str small, large;
	char *eight = garamond(desk, 8, true, &small), *twelve = garamond(desk, 12, true, &large);
	take_number(eight, small.len, "08");
	take_number(twelve, large.len, "12");
	write_file(desk, "b.otf", (struct str){eight, small.len});
	write_file(desk, "a.otf", (struct str){twelve, large.len});
	use_folder(desk);
	assert_string_equal(at_eleven(desk), "a.otf");
	assert_int_equal(diags_len(desk->diags), 1);
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_FONT_EQUAL);
	assert_non_null(strstr(diags_at(desk->diags, 0)->text, "a.otf and "));
	write_file(desk, "b.otf", (struct str){twelve, large.len}); /* the same face twice */
	assert_string_equal(at_eleven(desk), "a.otf");
	assert_int_equal(diags_len(desk->diags), 0);
}

/* Its table OS/2 again at the end, of version 5, for sizes from..to in twentieths of a point. */
static struct str with_sizes(struct desk *desk, char *at, struct str whole, int from, int to)
{
	enum { OLD = 96, NEW = 100 };
	char *result = arena_alloc(desk->arena, (size_t)whole.len + NEW);
	memcpy(result, at, (size_t)whole.len);
	char *table = result + whole.len;
	memcpy(table, at + table_at(whole, "OS/2"), OLD);
	put_u16(table, 5);
	put_u16(table + 96, from);
	put_u16(table + 98, to);
	char *row = result + 12;
	while (memcmp(row, "OS/2", 4) != 0)
		row += 16;
	put_u16(row + 8, whole.len >> 16);
	put_u16(row + 10, whole.len);
	put_u16(row + 14, NEW);
	return (struct str){result, whole.len + NEW};
}

/* Against what the names say. */
static void the_sizes_of_a_table_go_before_the_name(void **state)
{
	struct desk *desk = *state;
	struct str small, large;
	char *eight = garamond(desk, 8, true, &small), *twelve = garamond(desk, 12, true, &large);
	write_file(desk, "a.otf", with_sizes(desk, eight, small, 200, 0xFFFF));
	write_file(desk, "b.otf", with_sizes(desk, twelve, large, 0, 199));
	use_folder(desk);
	assert_string_equal(at_eleven(desk), "a.otf");
	assert_int_equal(diags_len(desk->diags), 0);
}

/* Each with the version of the table, since when there are more bits than those of usage. */
static void a_font_that_may_not_be_embedded_so_is_refused(void **state)
{
	static const struct {
		char version, high, low;
		const char *says; /* NULL: it is taken */
	} rows[] = {
		{3, 0x00, 0x02, " forbids embedding (OS/2 fsType)"},
		{3, 0x00, 0x06, NULL}, /* and "print and preview": the more lenient holds */
		{3, 0x01, 0x08, " forbids embedding in part"},
		{3, 0x02, 0x00, " allows no embedding but of bitmaps"},
		{1, 0x03, 0x00, NULL},
		{1, 0x03, 0x02, " forbids embedding (OS/2 fsType)"},
	};
	struct desk *desk = *state;
	struct str whole = installed(desk, "Liberation Sans");
	char *at = str_chars(desk->arena, whole), *table = at + table_at(whole, "OS/2");
	struct style style = plain_style("Liberation Sans");
	use_folder(desk);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		table[1] = rows[i].version;
		table[8] = rows[i].high;
		table[9] = rows[i].low;
		write_file(desk, "sans.ttf", (struct str){at, whole.len});
		diags_clear(desk->diags);
		if (rows[i].says) {
			assert_refused(desk, "Liberation Sans", DIAG_FONT_LICENCE);
			assert_non_null(strstr(diags_at(desk->diags, 0)->text, rows[i].says));
			continue;
		}
		struct text *text = text_new(&style, desk->diags);
		assert_non_null(text);
		text_free(text);
	}
}

static void what_is_not_a_font_is_said(void **state)
{
	struct desk *desk = *state;
	struct text text = {.arena = desk->arena};
	write_file(desk, "note.txt", str_lit("this is not a font"));
	assert_non_null(strstr(font_load(&text, path_of(desk, "note.txt"), 0, &(struct cut){0}),
		"not a TrueType"));
	assert_non_null(strstr(
		font_load(&text, path_of(desk, "none"), 0, &(struct cut){0}), "cannot be read"));
	assert_non_null(
		strstr(font_load(&text, path_of(desk, "note.txt"), 1 << 16, &(struct cut){0}),
			"not a TrueType"));
	assert_int_equal(text.faces.len, 0);
}

/* Written over in place, so that fontconfig still takes it for what it was. */
static void a_font_that_was_spoilt_is_said(void **state)
{
	struct desk *desk = *state;
	struct style style = plain_style("Liberation Sans");
	style.block[TAG_STRONG].text.bold = false;
	style.block[TAG_EM].text.italic = false;
	write_file(desk, "sans.ttf", installed(desk, "Liberation Sans"));
	use_folder(desk);
	text_free(text_new(&style, desk->diags));
	assert_int_equal(diags_len(desk->diags), 0);
	FILE *file = fopen(path_of(desk, "sans.ttf"), "w");
	fputs("spoilt", file);
	fclose(file);
	assert_refused(desk, "Liberation Sans", DIAG_FONT_READ);
}

/* The tables of a damaged font lead to glyphs behind its last: by the character alone, and by a
 * rule that joins two that are there. */
static void a_glyph_that_the_font_does_not_have_is_missing(void **state)
{
	enum { GLYPHS = 1000, COUNT_AT = 4 };
	struct desk *desk = *state;
	struct str whole = installed(desk, "DejaVu Sans");
	char *at = str_chars(desk->arena, whole);
	put_u16(at + table_at(whole, "maxp") + COUNT_AT, GLYPHS);
	write_file(desk, "sans.ttf", (struct str){at, whole.len});
	use_folder(desk);
	static const struct {
		const char *text, *missing;
	} rows[] = {{"fi", "U+0066"}, {"x\u2022", "U+2022"}, {"fox", NULL}};
	struct style style = plain_style("DejaVu Sans");
	struct text *text = text_new(&style, desk->diags);
	struct shaper *shaper = shaper_new(text);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		diags_clear(desk->diags);
		struct shape_options options = {.style = &style, .text = &style.block[TAG_P].text};
		struct paragraph *paragraph = text_shape(shaper, desk->arena,
			para(desk->arena, rows[i].text), &options, desk->diags);
		for (int k = 0; k < paragraph->glyph_count; k++)
			assert_true(paragraph->glyphs[k].id < GLYPHS);
		assert_int_equal(diags_failed(desk->diags), rows[i].missing != NULL);
		if (rows[i].missing)
			assert_non_null(strstr(diags_at(desk->diags, 0)->text, rows[i].missing));
	}
	shaper_free(shaper);
	text_free(text);
}

/* Of an em of 1,000 units, the most that a table can hold are 32 ems. */
static void measures_that_no_page_has_are_refused(void **state)
{
	static const struct {
		const char *table;
		int at, units;
	} rows[] = {{"hhea", 4, 0x7FFF}, {"hhea", 6, -0x8000}, {"OS/2", 88, 0x7FFF},
		{"post", 8, -0x8000}, {"post", 10, 0x7FFF}, {"head", 18, 64}};
	struct desk *desk = *state;
	struct str whole = installed(desk, "Liberation Sans");
	use_folder(desk);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *at = str_chars(desk->arena, whole);
		put_u16(at + table_at(whole, "head") + 18, 1000);
		put_u16(at + table_at(whole, rows[i].table) + (unsigned)rows[i].at, rows[i].units);
		write_file(desk, "sans.ttf", (struct str){at, whole.len});
		diags_clear(desk->diags);
		assert_refused(desk, "Liberation Sans", DIAG_FONT_READ);
		assert_non_null(strstr(diags_at(desk->diags, 0)->text, "more than 16 ems"));
	}
}

static struct str name_table(char *font, struct str whole, const char *tag, const char *other)
{
	for (int i = 0; i < (unsigned char)font[5]; i++)
		if (memcmp(font + 12 + 16 * i, tag, 4) == 0)
			memcpy(font + 12 + 16 * i, other, 4);
	return (struct str){font, whole.len};
}

/* Liberation Sans with the largest advance that HarfBuzz knows for x, and such a kern between a
 * blank and an A, of which it gives half to either. GPOS goes before the table of kerns: it is
 * called otherwise. */
static struct str absurd(struct desk *desk, int units_per_em)
{
	enum { ROW = 4, FIRST_KERN = 4 + 14 + 4 };
	struct str whole = installed(desk, "Liberation Sans");
	struct text text = {.arena = desk->arena};
	write_file(desk, "sans.ttf", whole);
	assert_null(font_load(&text, path_of(desk, "sans.ttf"), 0, &(struct cut){0}));
	hb_codepoint_t x;
	assert_true(hb_font_get_nominal_glyph(text.fonts.at[0].hb, 'x', &x));
	font_free(&text.fonts.at[0]);
	char *at = str_chars(desk->arena, whole);
	put_u16(at + table_at(whole, "head") + 18, units_per_em);
	put_u16(at + table_at(whole, "hmtx") + ROW * x, 0x7FFF);
	put_u16(at + table_at(whole, "kern") + FIRST_KERN, 0x7FFF);
	return name_table(at, whole, "GPOS", "xPOS");
}

/* A glyph that is set in no sane place is missing, and said; what is beside it is set. */
static void a_glyph_that_no_page_has_room_for_is_missing(void **state)
{
	static const struct {
		int units_per_em;
		const char *text, *missing;
	} rows[] = {{500, "ox", "U+0078"}, {520, "ox", NULL}, {250, "o A", "U+0020"},
		{500, "o A", NULL}};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		unsetenv("FONTCONFIG_FILE");
		write_file(desk, "sans.ttf", absurd(desk, rows[i].units_per_em));
		use_folder(desk);
		struct style style = plain_style("Liberation Sans");
		diags_clear(desk->diags);
		struct text *text = text_new(&style, desk->diags);
		assert_non_null(text);
		struct shaper *shaper = shaper_new(text);
		struct shape_options options = {.style = &style, .text = &style.block[TAG_P].text};
		diags_clear(desk->diags);
		struct paragraph *paragraph = text_shape(shaper, desk->arena,
			para(desk->arena, rows[i].text), &options, desk->diags);
		for (int k = 0; k < paragraph->glyph_count; k++)
			assert_in_range(paragraph->glyphs[k].advance, 0, 64 * rows[i].units_per_em);
		assert_int_equal(diags_failed(desk->diags), rows[i].missing != NULL);
		if (rows[i].missing)
			assert_non_null(strstr(diags_at(desk->diags, 0)->text, rows[i].missing));
		shaper_free(shaper);
		text_free(text);
	}
}

static void a_cut_off_font_does_no_harm(void **state)
{
	struct desk *desk = *state;
	struct str bytes = installed(desk, "Liberation Sans");
	for (int len = 0; len < bytes.len; len += bytes.len / 50) {
		struct arena_mark mark = arena_save(desk->arena);
		struct text text = {.arena = desk->arena};
		write_file(desk, "cut.ttf", str_slice(bytes, 0, len));
		if (!font_load(&text, path_of(desk, "cut.ttf"), 0, &(struct cut){0}))
			font_free(&text.fonts.at[0]);
		arena_restore(desk->arena, mark);
	}
}

#define desk_test(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

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
		desk_test(each_size_has_the_face_that_was_drawn_for_it),
		desk_test(without_the_feature_the_name_tells_the_size),
		desk_test(faces_that_nothing_tells_apart_are_a_warning),
		desk_test(the_sizes_of_a_table_go_before_the_name),
		desk_test(a_font_that_may_not_be_embedded_so_is_refused),
		desk_test(what_is_not_a_font_is_said),
		desk_test(a_font_that_was_spoilt_is_said),
		desk_test(a_cut_off_font_does_no_harm),
		desk_test(a_glyph_that_the_font_does_not_have_is_missing),
		desk_test(measures_that_no_page_has_are_refused),
		desk_test(a_glyph_that_no_page_has_room_for_is_missing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
