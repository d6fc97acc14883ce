/* Underlines, in real fonts: where they are left out, and how far they reach. HarfBuzz's boxes of
 * the glyphs are asked, not the curves that the program follows. */
#include "layout/layout.h"
#include "room.h"
#include "style/style_int.h"

#include <hb.h>

struct desk {
	struct room *room;
	struct style *style;
	struct text *text;
	struct shaper *shaper;
	struct pictures *pictures;
	struct layout *layout;
	hb_font_t *font; /* of the first face */
	struct page *page;
};

static hb_font_t *open_font(const struct face *face)
{
	hb_blob_t *blob = hb_blob_create(
		face->bytes, (unsigned)face->len, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *hb = hb_face_create(blob, (unsigned)face->index);
	hb_font_t *font = hb_font_create(hb);
	hb_face_destroy(hb);
	hb_blob_destroy(blob);
	return font;
}

static void open_desk(struct desk *desk, struct room *room, const char *text)
{
	struct str style = str_format(room->arena,
		"<style xmlns='" STYLE_NAMESPACE "'><page first-top='20mm' right='90mm'/>"
		"<window width='0'/><text hyphenate='no' %s/></style>",
		text);
	*desk = (struct desk){.room = room, .pictures = pictures_new()};
	desk->style = style_read(room->arena, style, "s.xml", room->diags);
	assert_non_null(desk->style);
	desk->text = text_new(desk->style, room->diags);
	assert_non_null(desk->text);
	desk->shaper = shaper_new(desk->text);
	desk->layout = layout_new(desk->style, desk->shaper, desk->pictures);
	int face = text_style_face(desk->text, &desk->style->block[TAG_P].text);
	desk->font = open_font(text_face(desk->text, face));
}

static void set_page(struct desk *desk, const char *words)
{
	struct room *room = desk->room;
	struct letter *letter = room_letter(room,
		room_template(room, "",
			str_format(room->arena, "<p><link href='https://example.org'>%s</link></p>",
				words)
				.at),
		"");
	assert_non_null(letter);
	struct pages *pages = layout_pages(
		layout_flow(desk->layout, room->arena, letter, room->diags), NULL);
	assert_non_null(pages);
	desk->page = &pages->page[0];
}

static void close_desk(struct desk *desk)
{
	hb_font_destroy(desk->font);
	layout_free(desk->layout);
	shaper_free(desk->shaper);
	text_free(desk->text);
	pictures_free(desk->pictures);
}

static bool is_rule(const struct mark *mark)
{
	return mark->kind == MARK_RULE;
}

static int count_rules(const struct desk *desk, sp *length)
{
	int count = 0;
	*length = 0;
	for (int i = 0; i < desk->page->mark_count; i++)
		if (is_rule(&desk->page->marks[i])) {
			count++;
			*length += desk->page->marks[i].width;
		}
	return count;
}

/* From its place on the page, in the page's own lengths. */
static void box_of(const struct desk *desk, const struct mark *mark, int glyph, sp *left, sp *right)
{
	const struct face *face = text_face(desk->text, mark->face);
	hb_glyph_extents_t box;
	int64_t units = 0;
	for (int i = 0; i < glyph; i++)
		units += mark->glyphs[i].advance;
	assert_true(hb_font_get_glyph_extents(desk->font, mark->glyphs[glyph].id, &box));
	*left = mark->x + length_scale(units + box.x_bearing, mark->height, face->units_per_em);
	*right = *left + length_scale(box.width, mark->height, face->units_per_em);
}

/* Upright strokes: their box is what they are in any band. */
static void what_reaches_into_the_line_stays_free(void **state)
{
	struct desk desk;
	sp length, left, right, least = pt(1);
	open_desk(&desk, *state, "size='20pt' leading='24pt' family='Liberation Sans'");
	set_page(&desk, "ann|ann,ann;ann");
	assert_int_equal(count_rules(&desk, &length), 4);
	const struct mark *mark = &desk.page->marks[0];
	assert_int_equal(mark->kind, MARK_GLYPHS);
	for (int g = 0; g < mark->glyph_count; g++) {
		if (!strchr("|,;", mark->text.at[mark->glyphs[g].cluster]))
			continue;
		box_of(&desk, mark, g, &left, &right);
		for (int i = 0; i < desk.page->mark_count; i++) {
			const struct mark *rule = &desk.page->marks[i];
			assert_true(!is_rule(rule) || rule->x + rule->width <= left - least ||
				rule->x >= right + least);
		}
	}
	assert_true(length > mark->width / 2);
	close_desk(&desk);
}

static void what_stands_above_the_line_leaves_it_whole(void **state)
{
	struct desk desk;
	sp length;
	open_desk(&desk, *state, "size='11pt' family='Liberation Sans'");
	set_page(&desk, "A <em>common</em> room: 1234");
	assert_int_equal(count_rules(&desk, &length), 1);
	const struct link_area *area = &desk.page->links[0];
	assert_int_equal(length, area->right - area->left);
	close_desk(&desk);
}

/* In what is left between two tails there may be no room for a piece worth drawing: an i leaves
 * too little, an r leaves enough. */
static void no_specks_are_left(void **state)
{
	static const struct {
		const char *text;
		int rules;
	} cases[] = {{"nggjjggn", 2}, {"ngign", 2}, {"ngrgn", 3}};
	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
		struct desk desk;
		sp length;
		open_desk(&desk, *state, "size='11pt' family='Liberation Sans'");
		set_page(&desk, cases[k].text);
		assert_int_equal(count_rules(&desk, &length), cases[k].rules);
		for (int i = 0; i < desk.page->mark_count; i++)
			if (is_rule(&desk.page->marks[i]))
				assert_true(desk.page->marks[i].width >=
					2 * desk.page->marks[i].height);
		close_desk(&desk);
	}
}

/* An A is kerned against the blank behind it, but not at the end of a line: there it has its own
 * width, and so has what is under it. */
static void a_line_under_a_line_reaches_its_end(void **state)
{
	static const char *const aligns[] = {"left", "right", "justify"};
	for (int i = 0; i < 3; i++) {
		struct desk desk;
		open_desk(&desk, *state,
			str_format(((struct room *)*state)->arena,
				"size='11pt' family='Liberation Sans' expand='no' align='%s'",
				aligns[i])
				.at);
		set_page(&desk,
			"ALA MALTA LA ALMA TAMA ALA MALTA LA ALMA TAMA ALA MALTA LA ALMA TAMA "
			"LA ALA MALTA LA ALMA TAMA ALA MALTA LA ALMA TAMA ALA MALTA LA ALMA ALA");
		assert_true(desk.page->link_count >= 3);
		for (int k = 0; k + 1 < desk.page->link_count; k++) {
			const struct link_area *area = &desk.page->links[k];
			const struct mark *last = NULL;
			for (int m = 0; m < desk.page->mark_count; m++) {
				const struct mark *mark = &desk.page->marks[m];
				bool here = mark->y > area->top && mark->y < area->bottom;
				if (here && mark->kind == MARK_GLYPHS)
					last = mark;
				if (here && is_rule(mark))
					assert_int_equal(mark->x + mark->width, area->right);
			}
			assert_non_null(last);
			const struct face *face = text_face(desk.text, last->face);
			int64_t units = 0, blanks = 0;
			for (int g = 0; g < last->glyph_count - 2; g++) {
				units += last->glyphs[g].advance;
				blanks += last->text.at[last->glyphs[g].cluster] == ' ';
			}
			const struct glyph *a = &last->glyphs[last->glyph_count - 2];
			assert_int_equal(last->text.at[a->cluster], 'A');
			int whole = hb_font_get_glyph_h_advance(desk.font, a->id);
			assert_true(whole > a->advance);
			sp end = last->x + (sp)(blanks * last->space) +
				length_scale(units + whole, last->height, face->units_per_em);
			assert_in_range(area->right, end - 2, end + 2);
		}
		close_desk(&desk);
	}
}

/* The hyphen at a line's end is a mark of its own, and of the link. */
static void a_hyphen_is_underlined_too(void **state)
{
	static const char *const aligns[] = {"left", "justify"};
	for (int i = 0; i < 2; i++) {
		struct desk desk;
		int hyphens = 0;
		open_desk(&desk, *state,
			str_format(((struct room *)*state)->arena,
				"size='11pt' family='Liberation Sans' hang='no' align='%s'",
				aligns[i])
				.at);
		set_page(&desk,
			"summerhouses summerhouses "
			"summer&#173;house&#173;sum&#173;mer&#173;house&#173;"
			"sum&#173;mer&#173;house&#173;sum&#173;mer&#173;house&#173;sum&#173;mer");
		for (int m = 0; m < desk.page->mark_count; m++) {
			const struct mark *hyphen = &desk.page->marks[m];
			if (hyphen->role != ROLE_HYPHEN)
				continue;
			bool under = false;
			hyphens++;
			for (int k = 0; k < desk.page->mark_count; k++) {
				const struct mark *rule = &desk.page->marks[k];
				under |= is_rule(rule) && rule->y > hyphen->y &&
					rule->y < hyphen->y + pt(4) && rule->x <= hyphen->x &&
					rule->x + rule->width == hyphen->x + hyphen->width;
			}
			assert_true(under);
		}
		assert_true(hyphens > 0);
		close_desk(&desk);
	}
}

/* For all of ASCII. */
static void crossings_keep_to_the_boxes_of_their_glyphs(void **state)
{
	static const char *const families[] = {"Liberation Sans", "DejaVu Serif", "EB Garamond"};
	for (int i = 0; i < 3; i++) {
		struct desk desk;
		int crossed = 0;
		open_desk(&desk, *state,
			str_format(((struct room *)*state)->arena, "family='%s'", families[i]).at);
		int at = text_style_face(desk.text, &desk.style->block[TAG_P].text);
		const struct face *face = text_face(desk.text, at);
		int top = face->underline_at + face->underline_thickness / 2;
		int bottom = face->underline_at - face->underline_thickness / 2;
		for (hb_codepoint_t c = '!'; c <= '~'; c++) {
			hb_codepoint_t glyph;
			hb_glyph_extents_t box;
			assert_true(hb_font_get_nominal_glyph(desk.font, c, &glyph));
			assert_true(hb_font_get_glyph_extents(desk.font, glyph, &box));
			struct crossing crossing = shaper_crossing(desk.shaper, at, glyph, 0);
			int high = box.y_bearing, low = box.y_bearing + box.height;
			if (low > top + 1 || high < bottom - 1)
				assert_false(crossing.crossed);
			if (low < bottom - 1 && high > top + 1)
				assert_true(crossing.crossed);
			if (!crossing.crossed)
				continue;
			crossed++;
			assert_true(crossing.left >= box.x_bearing - 1);
			assert_true(crossing.right <= box.x_bearing + box.width + 2);
			assert_true(crossing.right > crossing.left);
			/* high above it nothing is left of it */
			assert_false(shaper_crossing(desk.shaper, at, glyph, 3 * face->units_per_em)
					     .crossed);
		}
		assert_in_range(crossed, 8, 30);
		close_desk(&desk);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(what_reaches_into_the_line_stays_free),
		room_test(what_stands_above_the_line_leaves_it_whole),
		room_test(no_specks_are_left),
		room_test(a_line_under_a_line_reaches_its_end),
		room_test(a_hyphen_is_underlined_too),
		room_test(crossings_keep_to_the_boxes_of_their_glyphs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
