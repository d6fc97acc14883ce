/* Whole letters in the fake font: what must hold on the pages of any letter. One letter grows word
 * by word over two pages; others are made by chance. What is looked at are the marks on the
 * pages. */
#include "base/diag_id.h"
#include "layout/layout.h"
#include "room.h"
#include "style/style_int.h"
#include "trace.h"

/* All in the text; and with places of their own, on a larger page. */
static const char *const styles[] = {
	"<style xmlns='urn:lettermerge:style:1'>"
	"<page width='200pt' height='150pt' top='10pt' right='10pt' bottom='20pt' left='10pt' "
	"first-top='30pt'/><window left='0' top='0' width='0' height='0'/>"
	"<text size='10pt' leading='10pt' hyphenate='no' align='left'/>"
	"<element name='p' before='0' after='5pt'/><element name='signature' space='15pt'/>"
	"<element name='letterhead' indent-left='0' size='10pt' leading='10pt'/>"
	"<page-number bottom='5pt' size='8pt'/><notes gap='5pt'/>"
	"<element name='note' size='8pt' leading='8pt' before='2pt' after='0' "
	"indent-left='8pt'/></style>",
	"<style xmlns='urn:lettermerge:style:1'>"
	"<page width='260pt' height='300pt' top='10pt' right='10pt' bottom='20pt' left='10pt' "
	"head-top='10pt' date-top='28pt' first-top='80pt'/>"
	"<window left='10pt' top='40pt' width='200pt' height='30pt' clear='0'/>"
	"<text size='10pt' leading='10pt' hyphenate='no' align='left'/>"
	"<element name='letterhead' size='10pt' leading='10pt' indent-left='0'/>"
	"<page-number bottom='5pt' size='8pt'/><element name='note' size='8pt' leading='8pt'/>"
	"</style>"};

struct desk {
	struct room room;
	struct text *text;
	struct shaper *shaper;
	struct pictures *pictures;
	struct style *style;
	struct layout *layout;
};

static int setup(void **state)
{
	static struct desk desk;
	void *room;
	room_setup(&room);
	desk.room = *(struct room *)room;
	desk.text = text_new_fake();
	desk.shaper = shaper_new(desk.text);
	desk.pictures = pictures_new();
	desk.layout = NULL;
	desk.style = style_read(desk.room.arena, str_of(styles[0]), "s.xml", desk.room.diags);
	assert_non_null(desk.style);
	*state = &desk;
	return 0;
}

static int teardown(void **state)
{
	struct desk *desk = *state;
	layout_free(desk->layout);
	pictures_free(desk->pictures);
	shaper_free(desk->shaper);
	text_free(desk->text);
	void *room = &desk->room;
	return room_teardown(&room);
}

/* By a layout of its own, as that keeps what is constant in a template; until the next call. */
static struct pages *pages_of(struct desk *desk, const struct letter *letter)
{
	layout_free(desk->layout);
	desk->layout = layout_new(desk->style, desk->shaper, desk->pictures);
	return layout_pages(
		layout_flow(desk->layout, desk->room.arena, letter, desk->room.diags), NULL);
}

static void words(struct buf *out, int count)
{
	for (int i = 0; i < count; i++)
		buf_format(out, "%sword%d", i ? " " : "", i);
}

static struct letter *letter_of(struct desk *desk, struct buf *blocks)
{
	struct letter *letter = room_letter(
		&desk->room, room_template(&desk->room, "", buf_text(blocks).at), "");
	assert_non_null(letter);
	return letter;
}

static void a_letter_that_grows_word_by_word_never_breaks_badly(void **state)
{
	struct desk *desk = *state;
	int pages_before = 1;
	for (int count = 8; count < 90; count++) {
		struct arena_mark mark = arena_save(desk->room.arena);
		struct buf blocks = {0};
		buf_puts(&blocks, "<p>");
		words(&blocks, count);
		buf_puts(&blocks,
			"</p><closing>Yours sincerely,</closing>"
			"<signature><line>A. Writer</line></signature>");
		struct letter *letter = letter_of(desk, &blocks);
		struct pages *pages = pages_of(desk, letter);
		struct trace traces[MOST_NODES];
		read_pages(desk->style, letter, pages, traces);
		assert_no_forbidden_break(letter, traces);
		const struct trace *p = trace_of(letter, traces, TAG_P);
		const struct trace *closing = trace_of(letter, traces, TAG_CLOSING);
		assert_int_equal(p->last, closing->first);
		assert_int_equal(closing->first, trace_of(letter, traces, TAG_SIGNATURE)->last);
		assert_true(p->lines_on[1] >= 2);
		assert_in_range(pages->count, pages_before, pages_before + 1);
		pages_before = pages->count;
		buf_free(&blocks);
		arena_restore(desk->room.arena, mark);
	}
	assert_int_equal(pages_before, 3);
	assert_int_equal(diags_count(desk->room.diags, SEVERITY_WARNING), 0);
}

/* Whether a text of that element stands on a page as its first. */
static bool opens_page(const struct letter *letter, const struct page *page, enum tag tag)
{
	const struct mark *first = NULL;
	for (int i = 0; i < page->mark_count; i++) {
		const struct mark *mark = &page->marks[i];
		if (mark->artifact == ARTIFACT_NONE && (!first || mark->y < first->y))
			first = mark;
	}
	return first && ancestor(letter->nodes[first->node], tag);
}

static bool opens_with_rule(const struct page *page)
{
	sp text = SP_MAX, rule = SP_MAX;
	for (int i = 0; i < page->mark_count; i++) {
		const struct mark *mark = &page->marks[i];
		if (mark->kind == MARK_RULE && mark->y < rule)
			rule = mark->y;
		if (mark->kind == MARK_GLYPHS && mark->y - mark->height < text)
			text = mark->y - mark->height;
	}
	return rule < text;
}

static void no_page_holds_but_enclosures_and_none_opens_with_a_rule(void **state)
{
	struct desk *desk = *state;
	int pages_of_two = 0;
	for (int count = 8; count < 90; count++) {
		struct arena_mark mark = arena_save(desk->room.arena);
		struct buf blocks = {0};
		buf_puts(&blocks, "<p>");
		words(&blocks, count);
		buf_puts(&blocks, "</p><rule/><p>");
		words(&blocks, 9);
		buf_puts(&blocks,
			"</p><closing>Yours,</closing><signature><line>A. Writer</line>"
			"</signature><enclosures><line>a map</line><line>a list</line>"
			"</enclosures><copies><line>B. Reader</line></copies>");
		struct letter *letter = letter_of(desk, &blocks);
		struct pages *pages = pages_of(desk, letter);
		for (int i = 1; i < pages->count; i++) {
			assert_false(opens_page(letter, &pages->page[i], TAG_ENCLOSURES));
			assert_false(opens_page(letter, &pages->page[i], TAG_COPIES));
			assert_false(opens_with_rule(&pages->page[i]));
		}
		pages_of_two += pages->count == 2;
		buf_free(&blocks);
		arena_restore(desk->room.arena, mark);
	}
	assert_true(pages_of_two > 20);
	assert_int_equal(diags_count(desk->room.diags, SEVERITY_WARNING), 0);
}

/* Where the slip's cutting line is; 0: on another page. */
static sp cut_of(const struct page *page)
{
	for (int i = 0; i < page->mark_count; i++)
		if (page->marks[i].kind == MARK_RULE && page->marks[i].x == 0)
			return page->marks[i].y;
	return 0;
}

/* What is of the slip stands below the line, down to the foot; all else above; gives whether the
 * page has it. */
static bool assert_slip(
	const struct style *style, const struct letter *letter, const struct page *page)
{
	sp cut = cut_of(page), lowest = 0, foot = style->page_height - style->margin_bottom;
	for (int i = 0; i < page->mark_count; i++) {
		const struct mark *mark = &page->marks[i];
		if (mark->kind != MARK_GLYPHS || mark->artifact)
			continue;
		bool inside = ancestor(letter->nodes[mark->node], TAG_SLIP) != NULL;
		assert_true(inside ? mark->y - mark->height / 2 > cut : !cut || mark->y < cut);
		assert_true(!inside || cut);
		lowest = mark->y > lowest ? mark->y : lowest;
	}
	assert_true(!cut || (lowest <= foot && lowest > foot - pt(10)));
	assert_apart(page);
	return cut != 0;
}

static void a_slip_stands_at_the_foot_below_text_and_notes(void **state)
{
	struct desk *desk = *state;
	int alone = 0;
	for (int count = 2; count < 90; count++) {
		struct arena_mark mark = arena_save(desk->room.arena);
		struct buf blocks = {0};
		buf_puts(&blocks, "<p>");
		words(&blocks, count);
		buf_puts(&blocks, "<note>A note.</note></p><slip><p>Name</p><p>Day");
		for (int i = 0; i < count % 4; i++)
			buf_puts(&blocks, "<br/>more");
		buf_puts(&blocks, "</p></slip><p>Overleaf.</p>");
		struct letter *letter = letter_of(desk, &blocks);
		struct pages *pages = pages_of(desk, letter);
		int slips = 0;
		for (int i = 0; i < pages->count; i++)
			slips += assert_slip(desk->style, letter, &pages->page[i]);
		assert_int_equal(slips, 1);
		assert_int_equal(cut_of(&pages->page[pages->count - 1]), 0);
		alone += opens_page(letter, &pages->page[pages->count - 2], TAG_SLIP);
		buf_free(&blocks);
		arena_restore(desk->room.arena, mark);
	}
	assert_in_range(alone, 1, 50); /* without a price on it, 65 times */
	assert_int_equal(diags_count(desk->room.diags, SEVERITY_WARNING), 0);
}

static void a_note_that_grows_word_by_word_begins_on_the_page_of_its_mark(void **state)
{
	struct desk *desk = *state;
	for (int count = 1; count < 80; count++) {
		struct arena_mark mark = arena_save(desk->room.arena);
		struct buf blocks = {0};
		buf_puts(&blocks, "<p>");
		words(&blocks, 12);
		buf_puts(&blocks, "<note>");
		words(&blocks, count);
		buf_puts(&blocks, "</note> ");
		words(&blocks, 20);
		buf_puts(&blocks, "</p>");
		struct letter *letter = letter_of(desk, &blocks);
		struct trace traces[MOST_NODES];
		read_pages(desk->style, letter, pages_of(desk, letter), traces);
		assert_no_forbidden_break(letter, traces);
		buf_free(&blocks);
		arena_restore(desk->room.arena, mark);
	}
	assert_int_equal(diags_count(desk->room.diags, SEVERITY_WARNING), 0);
}

static uint32_t below(uint32_t *seed, uint32_t limit)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % limit;
}

static void add_note(struct buf *out, uint32_t *seed)
{
	if (below(seed, 3))
		return;
	buf_puts(out, "<note>");
	words(out, 1 + (int)below(seed, 12));
	buf_puts(out, "</note>");
}

static void add_random_block(struct buf *out, uint32_t *seed)
{
	static const char *const around[][2] = {{"<p>", "</p>"}, {"<p>", "</p>"},
		{"<ul><li>", "</li></ul>"}, {"<quote><p>", "</p></quote>"},
		{"<p><strong>", "</strong></p>"}, {"<heading level='1'>Head</heading><p>", "</p>"},
		{"<table><row><cell>a b</cell><cell>", "</cell></row></table>"},
		{"<table><row header='yes'><cell>a</cell><cell>b</cell></row><row><cell>c</cell>"
		 "<cell>d</cell></row><row><cell>a b</cell><cell>",
			"</cell></row></table>"},
		{"<ol><li><p>one</p><ul><li>in it</li><li>", "</li></ul></li><li>two</li></ol>"},
		{"<ul><li><table><row><cell>", "</cell></row></table></li></ul>"},
		{"<heading level='1'>",
			"</heading><ul><li><p>a</p><p>again</p></li><li>b</li></ul>"},
		{"<heading level='1'>Head</heading><table><row><cell>a</cell></row><row><cell>",
			"</cell></row></table>"},
		{"<rule/><p>", "</p>"}};
	uint32_t kind = below(seed, sizeof around / sizeof *around);
	buf_puts(out, around[kind][0]);
	words(out, 1 + (int)below(seed, 30));
	add_note(out, seed);
	buf_puts(out, around[kind][1]);
}

struct part {
	const char *before, *after;
};

/* Each of them by chance, perhaps with a note. */
static void add_parts(struct buf *out, uint32_t *seed, const struct part *parts, int count)
{
	for (int i = 0; i < count; i++) {
		if (below(seed, 2))
			continue;
		buf_puts(out, parts[i].before);
		add_note(out, seed);
		buf_puts(out, parts[i].after);
	}
}

static struct letter *random_letter(struct desk *desk, uint32_t *seed)
{
	static const struct part head[] = {{"<letterhead><line>Office", "</line></letterhead>"},
		{"<date>Today", "</date>"},
		{"<address><line>Mr A", "</line><line>B Street</line></address>"},
		{"<salutation>Dear A", ",</salutation>"}, {"<subject>Subject", "</subject>"}};
	static const struct part end[] = {{"<closing>Yours", ",</closing>"},
		{"<signature><line>A. Writer", "</line><line>Office</line></signature>"},
		{"<enclosures><line>one", "</line><line>two</line></enclosures>"},
		{"<copies><line>B", "</line></copies>"}, {"<postscript>PS", "</postscript>"}};
	struct buf blocks = {0};
	add_parts(&blocks, seed, head, sizeof head / sizeof *head);
	for (uint32_t i = 1 + below(seed, 6); i; i--)
		add_random_block(&blocks, seed);
	add_parts(&blocks, seed, end, sizeof end / sizeof *end);
	struct letter *letter = letter_of(desk, &blocks);
	buf_free(&blocks);
	return letter;
}

/* A random letter is seldom in the order of reading, and has tables of one column. */
static bool is_set_well(const struct diags *diags)
{
	bool well = true;
	for (int i = 0; i < diags_len(diags); i++) {
		enum diag_id id = (enum diag_id)diags_at(diags, i)->id;
		well &= diag_severity(id) < SEVERITY_WARNING || id == DIAG_READING_ORDER ||
			id == DIAG_TABLE_COLUMN;
	}
	return well;
}

static void every_text_of_a_random_letter_stands_on_its_pages_once(void **state)
{
	struct desk *desk = *state;
	uint32_t seed = 7;
	int good = 0;
	for (int round = 0; round < 1200; round++) {
		struct arena_mark mark = arena_save(desk->room.arena);
		desk->style = style_read(
			desk->room.arena, str_of(styles[round % 2]), "s.xml", desk->room.diags);
		struct letter *letter = random_letter(desk, &seed);
		struct pages *pages = pages_of(desk, letter);
		struct trace traces[MOST_NODES];
		if (pages)
			read_pages(desk->style, letter, pages, traces);
		if (is_set_well(desk->room.diags)) {
			assert_no_forbidden_break(letter, traces);
			good++;
		}
		diags_clear(desk->room.diags);
		layout_free(desk->layout);
		desk->layout = NULL;
		arena_restore(desk->room.arena, mark);
	}
	assert_true(good > 850); /* others have a row, a note or a close that no page holds */
}

static void assert_in_window(
	const struct style *style, const struct letter *letter, const struct page *page, int lines)
{
	int seen = 0;
	for (int i = 0; i < page->mark_count; i++) {
		const struct mark *mark = &page->marks[i];
		if (mark->node < 0 || letter->nodes[mark->node]->parent->parent->tag != TAG_ADDRESS)
			continue;
		seen++;
		assert_true(mark->x >= style->window.left + style->window.clear);
		assert_true(mark->y - mark->height * 3 / 4 >=
			style->window.top + style->window.clear + style->window.clear_top);
		assert_true(mark->x + mark->width <=
			style->window.left + style->window.width - style->window.clear);
		assert_true(
			mark->y <= style->window.top + style->window.height - style->window.clear);
	}
	assert_int_equal(seen, lines);
}

static void set_address(struct desk *desk, int lines)
{
	struct buf blocks = {0};
	buf_puts(&blocks, "<address>");
	for (int i = 0; i < lines; i++)
		buf_format(&blocks, "<line>line%d</line>", i);
	buf_puts(&blocks, "</address><p>word</p>");
	struct letter *letter = letter_of(desk, &blocks);
	struct pages *pages = pages_of(desk, letter);
	if (pages)
		assert_in_window(desk->style, letter, &pages->page[0], lines);
	else
		assert_only(&desk->room, DIAG_ADDRESS_HEIGHT);
	assert_true(pages || lines > 7);
	diags_clear(desk->room.diags);
	buf_free(&blocks);
}

static void an_address_stands_in_the_window_of_every_geometry_or_is_an_error(void **state)
{
	struct desk *desk = *state;
	int geometries = 0;
	for (const char *name = NULL; (name = style_next_geometry(name)); geometries++) {
		struct str style = str_format(desk->room.arena,
			"<style xmlns='urn:lettermerge:style:1'><page geometry='%s'/></style>",
			name);
		desk->style = style_read(desk->room.arena, style, "s.xml", desk->room.diags);
		assert_non_null(desk->style);
		for (int lines = 1; lines <= 9; lines++)
			set_address(desk, lines);
	}
	assert_int_equal(geometries, 6);
}

static const struct mark *find_artifact(const struct page *page, enum artifact artifact)
{
	for (int i = 0; i < page->mark_count; i++)
		if (page->marks[i].artifact == artifact)
			return &page->marks[i];
	return NULL;
}

static void a_seal_stands_over_the_lines_of_a_signature_or_in_the_margin(void **state)
{
	static const struct {
		const char *space;
		bool in_margin;
	} rows[] = {{"40pt", false}, {"20pt", false}, {"16pt", false}, {"3pt", true}};
	struct desk *desk = *state;
	const struct layout_options options = {.seal = "TEST"};
	desk->layout = layout_new(desk->style, desk->shaper, desk->pictures);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *block = str_format(desk->room.arena,
			"<signature space='%s'><line>name</line></signature>", rows[i].space)
					    .at;
		struct letter *letter = room_letter(
			&desk->room, room_template(&desk->room, "", block), "");
		struct flow *flow = layout_flow(
			desk->layout, desk->room.arena, letter, desk->room.diags);
		const struct pages *pages = layout_pages(flow, &options);
		const struct mark *seal = find_artifact(&pages->page[0], ARTIFACT_WATERMARK);
		const struct mark *name = &pages->page[0].marks[0];
		assert_non_null(seal);
		assert_int_equal(name->artifact, ARTIFACT_NONE);
		if (rows[i].in_margin)
			assert_true(
				seal->y > desk->style->page_height - desk->style->margin_bottom);
		else
			assert_true(seal->y <= name->y - name->height &&
				seal->y - seal->height >= pages->signature.top);
	}
}

static struct str print_pages(struct desk *desk, const struct letter *letter)
{
	struct buf out = {0};
	struct flow *flow = layout_flow(desk->layout, desk->room.arena, letter, desk->room.diags);
	const struct pages *pages = layout_pages(flow, NULL);
	assert_non_null(pages);
	pages_dump(pages, &out);
	struct str print = str_copy(desk->room.arena, buf_text(&out));
	buf_free(&out);
	return print;
}

/* What a layout keeps of a paragraph serves where it is the same alone: the tenth item makes room
 * for the labels of all, and a paragraph more gives other numbers to all that follow. */
static void no_letter_shows_what_was_set_for_the_one_before(void **state)
{
	static const char *const records[] = {"", "<longer>yes</longer>", "<later>yes</later>"};
	enum { RECORDS = sizeof records / sizeof *records };
	struct desk *desk = *state;
	desk->style->block[TAG_LI].indent_left = 0;
	const struct template *template = room_template(&desk->room,
		"<declare name='longer' type='yes-no' default='no'/>"
		"<declare name='later' type='yes-no' default='no'/>",
		"<if "
		"field='later'><p>word</p></if><ol><li><p>a</p><p>again</p></li><li>b</li><li>c</"
		"li><li>d</li>"
		"<li>e</li><li>f</li><li>g</li><li>h</li><li>i</li><if "
		"field='longer'><li>j</li></if>"
		"</ol>");
	for (int i = 0; i < RECORDS * RECORDS; i++) {
		const struct letter *one = room_letter(&desk->room, template, records[i / RECORDS]);
		const struct letter *other = room_letter(
			&desk->room, template, records[i % RECORDS]);
		desk->layout = layout_new(desk->style, desk->shaper, desk->pictures);
		struct str alone = print_pages(desk, other);
		layout_free(desk->layout);
		desk->layout = layout_new(desk->style, desk->shaper, desk->pictures);
		print_pages(desk, one);
		assert_string_equal(print_pages(desk, other).at, alone.at);
		layout_free(desk->layout);
	}
	desk->layout = NULL;
}

#define desk_test(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		desk_test(a_letter_that_grows_word_by_word_never_breaks_badly),
		desk_test(a_slip_stands_at_the_foot_below_text_and_notes),
		desk_test(no_page_holds_but_enclosures_and_none_opens_with_a_rule),
		desk_test(a_note_that_grows_word_by_word_begins_on_the_page_of_its_mark),
		desk_test(a_seal_stands_over_the_lines_of_a_signature_or_in_the_margin),
		desk_test(an_address_stands_in_the_window_of_every_geometry_or_is_an_error),
		desk_test(every_text_of_a_random_letter_stands_on_its_pages_once),
		desk_test(no_letter_shows_what_was_set_for_the_one_before),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
