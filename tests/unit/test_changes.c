/* The words of a letter with the room they take, and what differs between two sequences of
 * words. */
#include "job/job.h"
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static int setup(void **state)
{
	static struct scratch scratch;
	scratch = scratch_new();
	*state = &scratch;
	return 0;
}

static int teardown(void **state)
{
	scratch_free(*state);
	return 0;
}

/* -- words ------------------------------------------------------------------------------------- */

#define LETTER(body)                                                                          \
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\"><title>Letter</title>" \
	"<fields><declare name=\"name\"/></fields>" body "</letter>"

/* The words of anna's letter, with that body. */
static struct page_words words_of_letter(struct scratch *scratch, const char *template)
{
	const struct job_source source = {
		.template = scratch_path(scratch, "templates/letter.xml"),
		.recipients = scratch_path(scratch, "recipients"),
	};
	const struct job_form form = {.watermark = "PREVIEW"};
	struct diags *diags = diags_new();
	struct job_made made;
	scratch_write(scratch, "templates/letter.xml", template);
	scratch_write(scratch, "recipients/anna.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Anna Lee</name>"
		"</recipient>");
	struct job_maker *workshop = job_maker_new(&source, &form, diags);
	assert_non_null(workshop);
	assert_true(job_maker_make(workshop, str_lit("anna"), false, &made, diags));
	struct portrait portrait;
	job_maker_portrait(workshop, scratch->arena, &portrait);
	job_maker_free(workshop);
	diags_free(diags);
	return portrait.words;
}

/* The words with "|" between them, "||" between paragraphs. */
static struct str spell(struct scratch *scratch, const struct page_words *words)
{
	struct buf text = {0};
	for (int i = 0; i < words->list.len; i++) {
		const struct page_word *word = &words->list.at[i];
		if (i)
			buf_puts(&text, word->paragraph == word[-1].paragraph ? "|" : "||");
		buf_str(&text, word->text);
	}
	struct str spelt = str_copy(scratch->arena, buf_text(&text));
	buf_free(&text);
	return spelt;
}

static void assert_spells(struct scratch *scratch, const struct page_words *words, const char *text)
{
	assert_string_equal(spell(scratch, words).at, text);
}

static void a_word_ends_at_a_blank_and_not_at_a_field(void **state)
{
	struct page_words words = words_of_letter(*state,
		LETTER("<p>Dear <field name=\"name\"/>, <strong>un</strong>believable</p>"));
	assert_spells(*state, &words, "Dear|Anna|Lee,|unbelievable");
	assert_int_equal(words.boxes.len, 6); /* "Lee" and ",", "un" and "believable" */
}

static void a_note_is_read_where_its_mark_stands_and_its_number_is_no_word(void **state)
{
	struct page_words words = words_of_letter(
		*state, LETTER("<p>Seen<note>By me</note> today</p><ol><li>One</li></ol>"));
	assert_spells(*state, &words, "Seen||By|me||today||One");
	assert_true(words.boxes.at[1].top > words.boxes.at[3].bottom);
}

static void boxes_stand_in_order_on_their_lines(void **state)
{
	struct buf body = {0};
	for (int i = 0; i < 2000; i++)
		buf_format(&body, "word%d ", i);
	struct str template = str_format(
		((struct scratch *)*state)->arena, LETTER("<p>%s</p>"), buf_text(&body).at);
	struct page_words words = words_of_letter(*state, template.at);
	assert_int_equal(words.list.len, 2000);
	for (int i = 1; i < words.boxes.len; i++) {
		const struct word_box *a = &words.boxes.at[i - 1], *b = &words.boxes.at[i];
		bool further = b->page > a->page || (b->page == a->page && b->top >= a->bottom);
		assert_true(b->right > b->left && b->bottom > b->top);
		assert_true(further || (b->top == a->top && b->left > a->right));
	}
	assert_true(words.boxes.at[words.boxes.len - 1].page > 0);
	buf_free(&body);
}

/* -- changes ----------------------------------------------------------------------------------- */

/* Words between blanks; "/" begins a paragraph. */
static struct page_words read_words(struct arena *arena, const char *text)
{
	struct page_words words = {.paragraphs = 1};
	struct str rest = str_of(text), word;
	while (str_split(&rest, ' ', &word))
		if (str_is(word, "/"))
			words.paragraphs++;
		else if (word.len)
			*vec_push(arena, &words.list) = (struct page_word){
				word, words.paragraphs - 1};
	return words;
}

static void write_part(
	const struct page_words *words, int from, int to, const char *sign, struct buf *out)
{
	for (int i = from; i < to; i++)
		buf_format(out, "%s%.*s ", sign, str_arg(words->list.at[i].text));
}

static void changes_are_those_of_words(void **state)
{
	static const struct {
		const char *old, *new, *changes;
	} rows[] = {
		{"a b c", "a b c", ""},
		{"a b c", "a x c", "-b +x ; "},
		{"a b c", "a c", "-b ; "},
		{"a c", "a b c", "+b ; "},
		{"", "a", "+a ; "},
		{"a / b", "a b", ""},
		{"a / b c / d", "a / new one / b c / d", "+new +one ; "},
		{"a / b c / d", "a / d", "-b -c ; "},
		{"a b c d e", "a x c y e", "-b +x ; -d +y ; "},
		/* a word that two changes of more words leave is no comfort */
		{"a b c the d e f", "a u v the w x f", "-b -c -the -d -e +u +v +the +w +x ; "},
		{"a b c one two three d e f", "a u v one two three w x f",
			"-b -c +u +v ; -d -e +w +x ; "},
	};
	struct arena *arena = ((struct scratch *)*state)->arena;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct page_words old = read_words(arena, rows[i].old);
		struct page_words new = read_words(arena, rows[i].new);
		struct word_change *changes;
		struct buf said = {0};
		int count = words_compare(arena, &old, &new, &changes);
		for (int c = 0; c < count; c++) {
			write_part(&old, changes[c].from_old, changes[c].to_old, "-", &said);
			write_part(&new, changes[c].from_new, changes[c].to_new, "+", &said);
			buf_puts(&said, "; ");
		}
		assert_string_equal(buf_text(&said).at, rows[i].changes);
		buf_free(&said);
	}
}

/* Whatever the two are: what is not changed is the same on both sides, in the same order. */
static void what_is_left_is_the_same_on_both_sides(void **state)
{
	struct arena *arena = ((struct scratch *)*state)->arena;
	srand(1);
	for (int round = 0; round < 500; round++) {
		struct page_words side[2] = {{.paragraphs = 1}, {.paragraphs = 1}};
		for (int s = 0; s < 2; s++)
			for (int i = rand() % 40; i > 0; i--) {
				side[s].paragraphs += rand() % 6 == 0;
				*vec_push(arena, &side[s].list) = (struct page_word){
					str_format(arena, "%d", rand() % 8),
					side[s].paragraphs - 1};
			}
		struct word_change *changes, end = {side[0].list.len, 0, side[1].list.len, 0};
		int count = words_compare(arena, &side[0], &side[1], &changes);
		int a = 0, b = 0;
		for (int c = 0; c <= count; c++) {
			const struct word_change *change = c < count ? &changes[c] : &end;
			while (a < change->from_old && b < change->from_new)
				assert_true(str_eq(
					side[0].list.at[a++].text, side[1].list.at[b++].text));
			assert_int_equal(a, change->from_old);
			assert_int_equal(b, change->from_new);
			a = change->to_old;
			b = change->to_new;
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_ends_at_a_blank_and_not_at_a_field),
		cmocka_unit_test(a_note_is_read_where_its_mark_stands_and_its_number_is_no_word),
		cmocka_unit_test(boxes_stand_in_order_on_their_lines),
		cmocka_unit_test(changes_are_those_of_words),
		cmocka_unit_test(what_is_left_is_the_same_on_both_sides),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
