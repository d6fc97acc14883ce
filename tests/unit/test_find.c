/* What the list finds: words folded, near misses, and the kinds of letters. */
#include "desk/desk.h"
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct job_update nobody_approves = {0}, two_approve = {.approvals = 2};

static struct listing *listing_of(const struct job_update *update)
{
	const struct desk_options options = {.update = update};
	const struct desk desk = {.options = &options};
	return listing_new(&desk);
}

static struct row *add(struct listing *listing, const char *id, const char *values)
{
	struct row *row = listing_add(listing);
	*row = (struct row){.id = str_of(id), .values = str_of(values), .words = -1};
	return row;
}

static bool finds_in(struct listing *listing, const char *words, int row)
{
	const struct view view = {.query = str_of(words)};
	struct finder finder = finder_new(listing, &view);
	bool fits = finder_fits(&finder, &listing->rows.at[row]);
	finder_free(&finder);
	return fits;
}

static bool finds(const char *words, const char *values)
{
	struct listing *listing = listing_of(&nobody_approves);
	add(listing, "x", values);
	bool fits = finds_in(listing, words, 0);
	listing_free(listing);
	return fits;
}

static void words_are_found_however_they_are_written(void **state)
{
	static const struct {
		const char *words, *values;
		bool found;
	} rows[] = {
		{"o'neill", "Máire O’Neill", true},
		{"O’NEILL", "O'Neill", true},
		{"oneill", "O´Neill", true},
		{"o neill", "ONeill", true},
		{"CM83HB", "London\nCM8 3HB\n", true},
		{"cm8 3hb", "CM83HB", true},
		{"cm8\xc2\xa0"
		 "3hb",
			"CM8 3HB", true},
		{"sutton-road", "Sutton Road", true},
		{"sutton road", "Sutton‑Road", true},
		{"suttonroad", "1 Sutton\nRoad", true},
		{"zoe unlu", "Zoë\nÜnlü", true},
		{"ZOË", "zoe", true},
		{"west_york", "West-Yorkshire", true},
		{"hen", "the north", false},
		{"then", "the north", true},
		{"he no", "the north", true},
		{"kent", "Ken", false},
		{"0'neill", "O’Neill", false},
		{"-", "anybody", true},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (finds(rows[i].words, rows[i].values) != rows[i].found)
			fail_msg("\"%s\" in \"%s\"", rows[i].words, rows[i].values);
}

static void a_list_is_folded_once(void **state)
{
	struct listing *listing = listing_of(&nobody_approves);
	struct row *row = add(listing, "x", "Máire O’Neill, Lewes");
	(void)state;
	const struct folding folding = folding_of_row(row);
	row->folded = listing_fold(listing, &folding);
	assert_int_equal(listing->folded, row->folded.len);
	row->values = str_lit("Kent");
	assert_true(finds_in(listing, "maire oneill", 0));
	assert_false(finds_in(listing, "kent", 0));
	listing_free(listing);
}

/* Of a value of many megabytes no second copy is kept, and it is found all the same. */
static void what_is_too_much_is_folded_at_each_search(void **state)
{
	struct listing *listing = listing_of(&nobody_approves);
	struct buf much = {0};
	(void)state;
	while (much.len < (17 << 20))
		buf_puts(&much, "again and again ");
	buf_puts(&much, "Máire");
	struct row *row = add(listing, "x", buf_text(&much).at);
	const struct folding folding = folding_of_row(row);
	row->folded = listing_fold(listing, &folding);
	assert_null(row->folded.at);
	assert_int_equal(listing->folded, 0);
	assert_true(finds_in(listing, "maire", 0));
	buf_free(&much);
	listing_free(listing);
}

static void assert_near(struct listing *listing, const char *words, const char *wanted)
{
	const struct view view = {.query = str_of(words)};
	struct finder finder = finder_new(listing, &view);
	struct near near;
	struct buf said = {0};
	finder_near(&finder, &near);
	for (int i = 0; i < near.count; i++)
		buf_format(&said, "%s%.*s", i ? "|" : "", str_arg(near.text[i]));
	assert_string_equal(buf_text(&said).at, wanted);
	buf_free(&said);
	finder_free(&finder);
}

static void fold_all(struct listing *listing)
{
	for (int i = 0; i < listing->rows.len; i++) {
		const struct folding folding = folding_of_row(&listing->rows.at[i]);
		listing->rows.at[i].folded = listing_fold(listing, &folding);
	}
}

static void assert_all_near(struct listing *listing)
{
	assert_near(listing, "horst", "Hirst|Hurst");
	assert_near(listing, "o'niell", "O’Neill");
	assert_near(listing, "roger hrist", "Roger Hirst");
	assert_near(listing, "kelvendon", "Kelvedon");
	assert_near(listing, "susex", "sussex|essex");
	assert_near(listing, "cm83hc", "CM8 3HB");
	assert_near(listing, "st jahns-road", "St John’s – Road");
	assert_near(listing, "yorkshira", "Yorkshire");
	assert_near(listing, "wast", "East|West|St");
	assert_near(listing, "quixotic", "");
}

static void what_may_have_been_meant_is_offered_as_it_is_written(void **state)
{
	struct listing *listing = listing_of(&nobody_approves);
	(void)state;
	add(listing, "essex", "Roger Hirst\nKelvedon\nCM8 3HB\n");
	add(listing, "sussex", "Máire O’Neill\nLewes, East Sussex\n");
	add(listing, "kent", "Matthew Scott\nHurst\n");
	add(listing, "york", "5 St John’s – Road (West-Yorkshire)\n");
	assert_all_near(listing);
	fold_all(listing);
	assert_all_near(listing);
	listing_free(listing);
}

static void kinds_are_what_an_officer_thinks_in(void **state)
{
	struct listing *listing = listing_of(&two_approve);
	int counts[KIND_COUNT];
	(void)state;
	add(listing, "wrong", "")->errors = 1;
	add(listing, "new", "")->stance.unwritten = true;
	*add(listing, "held", "") = (struct row){.stance = {.changed = true, .held = true}};
	listing_stand(listing, add(listing, "mine", ""),
		&(struct stance){.approved = 1, .by = str_lit("anna\n")});
	listing_stand(listing, add(listing, "hers", ""),
		&(struct stance){.approved = 1, .by = str_lit("ben\n")});
	listing_stand(listing, add(listing, "good", ""),
		&(struct stance){.approved = 2, .by = str_lit("anna\nben\n")});
	listing_count(listing, str_lit("Anna"), counts);
	assert_int_equal(counts[KIND_ALL], 6);
	assert_int_equal(counts[KIND_ERROR], 1);
	assert_int_equal(counts[KIND_HELD], 1);
	assert_int_equal(counts[KIND_OPEN], 3);
	assert_int_equal(counts[KIND_WAITING], 2);
	assert_int_equal(counts[KIND_PARTLY], 2);
	assert_int_equal(counts[KIND_APPROVED], 1);
	assert_int_equal(counts[KIND_UNWRITTEN], 1);
	assert_int_equal(counts[KIND_CHANGED], 1);
	listing_free(listing);
}

static struct job_source three_hundred(struct scratch *scratch)
{
	struct buf rows = {0};
	scratch_write(scratch, "t.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" "
		"xml:lang=\"en-GB\"><title>Letter</title>"
		"<fields><declare name=\"name\"/></fields><p>Dear <field "
		"name=\"name\"/></p></letter>");
	buf_puts(&rows, "id,name\n");
	for (int i = 0; i < 300; i++)
		buf_format(&rows, "r%d,Anna %d\n", i, i);
	scratch_write(scratch, "a.csv", buf_text(&rows).at);
	buf_free(&rows);
	return (struct job_source){.template = scratch_path(scratch, "t.xml"),
		.recipients = scratch_path(scratch, "a.csv")};
}

/* While the others are read, and it is known that there are others. */
static void the_first_rows_are_shown_at_once(void **state)
{
	struct scratch scratch = scratch_new();
	const struct job_request request = {.source = three_hundred(&scratch), .workers = 1};
	const struct job_update update = {.to.out = scratch_path(&scratch, "out")};
	const struct desk_options options = {.request = &request, .update = &update};
	struct desk desk = {.options = &options};
	struct diags *diags = diags_new();
	(void)state;
	desk.listing = listing_new(&desk);
	desk.watching.watch = job_watch_new(&request.source, update.to.out, diags);
	pthread_mutex_init(&desk.lock, NULL);
	pthread_cond_init(&desk.news, NULL);
	struct listing *all = listing_merge(&desk);
	assert_int_equal(all->rows.len, 300);
	assert_int_equal(desk.listing->rows.len, 200);
	assert_int_equal(desk.listed, 1);
	assert_true(str_is(desk.listing->rows.at[199].id, "r199"));
	assert_int_equal(desk.listing->rows.at[199].errors, 0);
	assert_false(desk_has_read(&desk));
	listing_free(desk.listing);
	desk.listing = all;
	assert_true(desk_has_read(&desk));
	listing_free(all);
	job_watch_free(desk.watching.watch);
	diags_free(diags);
	scratch_free(&scratch);
}

static void a_kind_has_a_word_in_addresses(void **state)
{
	(void)state;
	for (enum kind kind = KIND_ALL; kind < KIND_COUNT; kind++)
		assert_int_equal(kind_find(str_of(kind_words[kind])), kind);
	assert_int_equal(kind_find(str_lit("good")), KIND_ALL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found_however_they_are_written),
		cmocka_unit_test(a_list_is_folded_once),
		cmocka_unit_test(what_is_too_much_is_folded_at_each_search),
		cmocka_unit_test(what_may_have_been_meant_is_offered_as_it_is_written),
		cmocka_unit_test(kinds_are_what_an_officer_thinks_in),
		cmocka_unit_test(the_first_rows_are_shown_at_once),
		cmocka_unit_test(a_kind_has_a_word_in_addresses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
