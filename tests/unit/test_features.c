/* OpenType's features with real fonts: EB Garamond has nearly all of them, DejaVu Serif ligatures
 * and words that are kept one by one, Liberation Sans none that a style would ask for. */
#include "base/diag_id.h"
#include "text/text.h"

#include "text_nodes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <hb.h>

struct desk {
	struct arena *arena;
	struct style style;
	struct diags *diags;
	struct text *text;
	struct shaper *shaper;
};

static void put(struct features *features, const char *tag, int value)
{
	uint32_t number = 0;
	for (int i = 0; i < 4; i++)
		number = number << 8 | (unsigned char)tag[i];
	assert_true(features_add(features, (struct feature){number, (uint16_t)value, false}));
}

static void open_text(struct desk *desk)
{
	desk->text = text_new(&desk->style, desk->diags);
	assert_non_null(desk->text);
	desk->shaper = shaper_new(desk->text);
}

static void setup_family(struct desk *desk, const char *family)
{
	*desk = (struct desk){
		.arena = arena_new(), .style = plain_style(family), .diags = diags_new()};
}

static void close_text(struct desk *desk)
{
	shaper_free(desk->shaper);
	text_free(desk->text);
	diags_free(desk->diags);
	arena_free(desk->arena);
}

static struct paragraph *shaped(struct desk *desk, enum tag tag, const struct node *owner)
{
	struct shape_options options = {&desk->style, &desk->style.block[tag].text, false, false};
	return text_shape(desk->shaper, desk->arena, owner, &options, desk->diags);
}

static struct paragraph *shaped_text(struct desk *desk, enum tag tag, const char *text)
{
	return shaped(desk, tag, para(desk->arena, text));
}

static void a_style_gets_the_figures_that_it_asks_for(void **state)
{
	struct desk desk;
	(void)state;
	setup_family(&desk, "EB Garamond");
	put(&desk.style.block[TAG_CELL].text.features, "tnum", 1);
	put(&desk.style.block[TAG_DATE].text.features, "lnum", 1);
	open_text(&desk);
	const struct paragraph *plain = shaped_text(&desk, TAG_P, "0123456789");
	const struct paragraph *cell = shaped_text(&desk, TAG_CELL, "0123456789");
	const struct paragraph *date = shaped_text(&desk, TAG_DATE, "0123456789");
	bool even = true;
	for (int i = 0; i < 10; i++) {
		even &= plain->glyphs[i].advance == plain->glyphs[0].advance;
		assert_int_equal(cell->glyphs[i].advance, cell->glyphs[0].advance);
		assert_int_not_equal(date->glyphs[i].id, plain->glyphs[i].id);
		assert_int_equal(date->glyphs[i].cluster, i);
	}
	assert_false(even);
	close_text(&desk);
}

/* The same words one after the other: what was kept for one is not taken for the other. */
static void what_is_kept_is_kept_by_features(void **state)
{
	struct desk desk;
	(void)state;
	setup_family(&desk, "DejaVu Serif");
	put(&desk.style.block[TAG_CELL].text.features, "liga", 0);
	open_text(&desk);
	for (int turn = 0; turn < 2; turn++) {
		assert_int_equal(shaped_text(&desk, TAG_P, "a fine office")->glyph_count, 11);
		assert_int_equal(shaped_text(&desk, TAG_CELL, "a fine office")->glyph_count, 13);
	}
	close_text(&desk);
}

static void an_inline_adds_its_own_to_those_around_it(void **state)
{
	struct desk desk;
	(void)state;
	setup_family(&desk, "EB Garamond");
	for (int i = 0; i < STYLE_COUNT; i++)
		put(&desk.style.block[i].text.features, "onum", 1);
	put(&desk.style.block[TAG_CELL].text.features, "lnum", 1); /* in place of onum */
	put(&desk.style.block[TAG_STRONG].text.features, "smcp", 1);
	desk.style.block[TAG_STRONG].text.bold = false;
	open_text(&desk);
	struct node *owner = element(desk.arena, NULL, TAG_CELL);
	chars(desk.arena, owner, "a1");
	chars(desk.arena, element(desk.arena, owner, TAG_STRONG), "a1");
	const struct paragraph *cell = shaped(&desk, TAG_CELL, owner);
	const struct paragraph *plain = shaped_text(&desk, TAG_P, "a1");
	assert_int_equal(cell->glyph_count, 4);
	assert_int_not_equal(cell->glyphs[1].id, plain->glyphs[1].id); /* lining */
	assert_int_not_equal(cell->glyphs[2].id, cell->glyphs[0].id);  /* a small capital */
	assert_int_equal(cell->glyphs[3].id, cell->glyphs[1].id);      /* lining still */
	close_text(&desk);
}

static void put_href(struct desk *desk, struct node *link, const char *href)
{
	link->attributes = arena_alloc(desk->arena, sizeof *link->attributes);
	*link->attributes = (struct attribute){.name = str_lit("href"), .value = str_of(href)};
}

static void telephone_numbers_and_postcodes_are_lining(void **state)
{
	struct desk desk;
	(void)state;
	setup_family(&desk, "EB Garamond");
	for (int i = 0; i < STYLE_COUNT; i++)
		put(&desk.style.block[i].text.features, "onum", 1);
	put(&desk.style.block[TAG_CELL].text.features, "lnum", 1);
	open_text(&desk);
	int lining = shaped_text(&desk, TAG_CELL, "1")->glyphs[0].id;
	struct node *owner = element(desk.arena, NULL, TAG_P);
	struct node *call = element(desk.arena, owner, TAG_LINK);
	put_href(&desk, call, "tel:+441");
	chars(desk.arena, call, "1");
	struct node *page = element(desk.arena, owner, TAG_LINK);
	put_href(&desk, page, "https://example.org/tel:1");
	chars(desk.arena, page, "1");
	chars(desk.arena, element(desk.arena, owner, TAG_FIELD), "1")->holds = HOLDS_CODE;
	chars(desk.arena, element(desk.arena, owner, TAG_FIELD), "1")->holds = HOLDS_VALUE;
	const struct paragraph *paragraph = shaped(&desk, TAG_P, owner);
	assert_int_equal(paragraph->glyph_count, 4);
	assert_int_equal(paragraph->glyphs[0].id, lining);
	assert_int_not_equal(paragraph->glyphs[1].id, lining);
	assert_int_equal(paragraph->glyphs[2].id, lining);
	assert_int_not_equal(paragraph->glyphs[3].id, lining);
	close_text(&desk);
}

static void what_no_face_of_a_family_has_is_said_once_by_name(void **state)
{
	struct desk desk;
	(void)state;
	setup_family(&desk, "Liberation Sans, DejaVu Sans");
	for (int i = 0; i < STYLE_COUNT; i++)
		put(&desk.style.block[i].text.features, "smcp", 1);
	put(&desk.style.block[TAG_P].text.features, "kern", 0); /* to be without needs nothing */
	put(&desk.style.block[TAG_P].text.features, "salt", 1); /* the second family has it */
	features_add(&desk.style.block[TAG_P].text.features,
		(struct feature){'t' << 24 | 'n' << 16 | 'u' << 8 | 'm', 1, true});
	open_text(&desk);
	assert_int_equal(diags_len(desk.diags), 1);
	assert_int_equal(diags_at(desk.diags, 0)->id, DIAG_FONT_FEATURE);
	assert_non_null(strstr(diags_at(desk.diags, 0)->text, "\"smcp\""));
	close_text(&desk);
}

/* Figures that a face has anyway: shaped, and kept, as without. */
static void what_a_face_lacks_costs_nothing(void **state)
{
	struct desk desk;
	(void)state;
	setup_family(&desk, "Liberation Sans");
	features_add(&desk.style.block[TAG_CELL].text.features,
		(struct feature){'t' << 24 | 'n' << 16 | 'u' << 8 | 'm', 1, true});
	open_text(&desk);
	assert_int_equal(shaped_text(&desk, TAG_P, "a 1")->runs[0].features, 0);
	assert_int_equal(shaped_text(&desk, TAG_CELL, "a 1")->runs[0].features, 0);
	close_text(&desk);
}

static void the_glyph_of_a_character_alone_is_told(void **state)
{
	struct desk desk;
	struct features smcp = {0}, none = {0};
	(void)state;
	setup_family(&desk, "EB Garamond");
	put(&smcp, "smcp", 1);
	open_text(&desk);
	int face = text_style_face(desk.text, &desk.style.block[TAG_P].text);
	assert_true(text_has_features(desk.text, face, &smcp));
	assert_false(text_has_features(desk.text, face, &none));
	assert_int_not_equal(text_alternate(desk.text, face, &smcp, 'a'),
		text_alternate(desk.text, face, &none, 'a'));
	assert_int_equal(text_alternate(desk.text, face, &smcp, 'A'),
		text_alternate(desk.text, face, &none, 'A'));
	close_text(&desk);
}

static int glyph_height(struct desk *desk, int face, unsigned glyph)
{
	const struct face *of = text_face(desk->text, face);
	hb_blob_t *blob = hb_blob_create(
		of->bytes, (unsigned)of->len, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *hb = hb_face_create(blob, (unsigned)of->index);
	hb_font_t *font = hb_font_create(hb);
	hb_glyph_extents_t extents;
	assert_true(hb_font_get_glyph_extents(font, glyph, &extents));
	hb_font_destroy(font);
	hb_face_destroy(hb);
	hb_blob_destroy(blob);
	return -extents.height;
}

/* The mark of a note behind a word, and how high its figure stands, in thousandths of a point. */
static const struct run *marked(struct desk *desk, enum tag tag, int *high)
{
	struct node *owner = element(desk->arena, NULL, tag);
	chars(desk->arena, owner, "word");
	note(desk->arena, owner, 1);
	const struct paragraph *paragraph = shaped(desk, tag, owner);
	const struct run *run = &paragraph->runs[paragraph->run_count - 1];
	assert_int_equal(paragraph->mark_count, 1);
	assert_int_equal(run->to - run->from, 1);
	unsigned glyph = paragraph->glyphs[run->from].id;
	*high = glyph_height(desk, run->face, glyph) * (run->size / 64) / 1024 * 1000 /
		text_face(desk->text, run->face)->units_per_em;
	return run;
}

static void marks_are_superior_figures_where_the_face_has_them(void **state)
{
	struct desk desk;
	int high;
	(void)state;
	setup_family(&desk, "EB Garamond");
	desk.style.block[TAG_P].text.size = pt(12);
	put(&desk.style.block[TAG_P].text.features, "onum", 1);
	desk.style.block[TAG_POSTSCRIPT].text.size = pt(12);
	put(&desk.style.block[TAG_POSTSCRIPT].text.features, "sups", 0);
	desk.style.block[TAG_SUBJECT].text.bold = true; /* a cut that has none */
	open_text(&desk);
	const struct run *run = marked(&desk, TAG_P, &high);
	assert_int_equal(run->size, pt(12));
	assert_int_equal(run->rise, 0);
	assert_int_equal(text_superior_features.count, 1);
	assert_true(high > 3500 && high < 7000);
	run = marked(&desk, TAG_POSTSCRIPT, &high);
	assert_int_equal(run->size, length_scale(pt(12), 700, 1000));
	assert_int_equal(run->rise, length_scale(pt(12), 300, 1000));
	assert_true(high > 5000); /* a lining figure of 8.4 pt */
	run = marked(&desk, TAG_SUBJECT, &high);
	assert_true(run->rise > 0);
	close_text(&desk);
}

static void small_marks_are_made_high_enough(void **state)
{
	struct desk desk;
	int high;
	(void)state;
	setup_family(&desk, "EB Garamond, Liberation Sans");
	desk.style.block[TAG_NOTE].text.size = pt(8);
	struct text_style *sans = &desk.style.block[TAG_CELL].text;
	sans->family = str_lit("Liberation Sans");
	sans->size = pt(7);
	desk.style.block[TAG_POSTSCRIPT].text.size = pt(4);
	desk.style.block[TAG_LI].text = *sans;
	desk.style.block[TAG_LI].text.size = pt(4);
	open_text(&desk);
	const struct run *run = marked(&desk, TAG_NOTE, &high);
	assert_true(run->size > pt(8) && run->size < pt(11));
	assert_true(run->rise < 0); /* no higher up than as they were drawn */
	assert_in_range(high, 3470, 3530);
	run = marked(&desk, TAG_CELL, &high);
	assert_true(run->size > length_scale(pt(7), 700, 1000) && run->size < pt(7));
	assert_in_range(high, 3470, 3530);
	run = marked(&desk, TAG_LI, &high);
	assert_int_equal(run->size, pt(4)); /* but never larger than the text */
	run = marked(&desk, TAG_POSTSCRIPT, &high);
	assert_int_equal(run->size, length_scale(pt(4), 1350, 1000)); /* superiors a third */
	close_text(&desk);
}

/* Of a glyph of a run: its top and bottom above the line, in thousandths of a point. */
static void reach(struct desk *desk, const struct paragraph *paragraph, const struct run *run,
	int *top, int *bottom)
{
	const struct face *of = text_face(desk->text, run->face);
	hb_blob_t *blob = hb_blob_create(
		of->bytes, (unsigned)of->len, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *hb = hb_face_create(blob, (unsigned)of->index);
	hb_font_t *font = hb_font_create(hb);
	hb_glyph_extents_t extents;
	assert_true(hb_font_get_glyph_extents(font, paragraph->glyphs[run->from].id, &extents));
	int64_t scale = (int64_t)run->size * 1000 / SP_PER_PT;
	int rise = (int)((int64_t)run->rise * 1000 / SP_PER_PT);
	*top = rise + (int)(scale * extents.y_bearing / of->units_per_em);
	*bottom = *top + (int)(scale * extents.height / of->units_per_em);
	hb_font_destroy(font);
	hb_face_destroy(hb);
	hb_blob_destroy(blob);
}

/* "1,2": the comma is raised with its figures, whether the face has a superior one or not. */
static void a_comma_stands_between_two_marks(void **state)
{
	static const char *const families[] = {"EB Garamond", "Liberation Sans", "DejaVu Serif"};
	(void)state;
	for (int i = 0; i < 3; i++) {
		struct desk desk;
		int top[3], bottom[3];
		setup_family(&desk, families[i]);
		desk.style.block[TAG_P].text.size = pt(12);
		open_text(&desk);
		struct node *owner = element(desk.arena, NULL, TAG_P);
		chars(desk.arena, owner, "word");
		note(desk.arena, owner, 1);
		note(desk.arena, owner, 2)->note_joins = true;
		const struct paragraph *paragraph = shaped(&desk, TAG_P, owner);
		assert_int_equal(paragraph->glyph_count, 7);
		for (int k = 0; k < 3; k++) {
			struct run run = paragraph->runs[0];
			for (int r = 0; r < paragraph->run_count; r++)
				if (paragraph->runs[r].from <= 4 + k)
					run = paragraph->runs[r];
			run.from = 4 + k;
			reach(&desk, paragraph, &run, &top[k], &bottom[k]);
		}
		assert_true(top[1] < (top[0] + bottom[0]) / 2); /* a comma, not a sign above */
		assert_true(bottom[1] > 1000 && bottom[1] < bottom[0]);
		assert_in_range(top[2] - top[0] + 400, 0, 800);
		close_text(&desk);
	}
}

/* Liberation Sans has superior figures from 4 on: of another make than its 1. */
static void a_face_without_all_ten_has_none(void **state)
{
	struct desk desk;
	(void)state;
	setup_family(&desk, "Liberation Sans");
	open_text(&desk);
	int face = text_style_face(desk.text, &desk.style.block[TAG_P].text);
	assert_true(text_has_features(desk.text, face, &text_superior_features));
	assert_false(text_has_superiors(desk.text, face));
	close_text(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_style_gets_the_figures_that_it_asks_for),
		cmocka_unit_test(what_is_kept_is_kept_by_features),
		cmocka_unit_test(an_inline_adds_its_own_to_those_around_it),
		cmocka_unit_test(telephone_numbers_and_postcodes_are_lining),
		cmocka_unit_test(what_no_face_of_a_family_has_is_said_once_by_name),
		cmocka_unit_test(what_a_face_lacks_costs_nothing),
		cmocka_unit_test(the_glyph_of_a_character_alone_is_told),
		cmocka_unit_test(marks_are_superior_figures_where_the_face_has_them),
		cmocka_unit_test(small_marks_are_made_high_enough),
		cmocka_unit_test(a_comma_stands_between_two_marks),
		cmocka_unit_test(a_face_without_all_ten_has_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
