/* What is attached to a letter: its own XML and its recipient's, well-formed, valid by the
 * grammars, and, read again, the same letter. */
#include "batches.h"
#include "letter/letter.h"
#include "style/style.h"
#include "support/support.h"
#include "template/template.h"
#include "twin/twin.h"
#include "xml/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *root; /* from the command line */

struct bench {
	struct arena *arena;
	struct diags *diags;
	const struct batch *batch;
	struct template *template;
	const struct style *style;
	struct letter *letter;
	struct str source, record;
};

static struct str path_of(struct bench *bench, const char *path)
{
	return path_join(bench->arena, str_of(root), str_of(path));
}

static struct template *read_template(struct bench *bench, struct str bytes, const char *file)
{
	struct template *template = template_read(bench->arena, bytes, file, bench->diags);
	if (!template)
		fail_msg("%s: %s", file, diags_at(bench->diags, 0)->text);
	return template;
}

/* What is in a buffer, for as long as the bench stands. */
static struct str keep(struct bench *bench, struct buf *out)
{
	struct str text = str_copy(bench->arena, buf_text(out));
	buf_free(out);
	return text;
}

/* The style that the template names, beside it. */
static const struct style *read_style(struct bench *bench)
{
	static struct style plain;
	plain = style_default();
	if (!bench->template->style.len)
		return &plain;
	struct str folder = path_dir(path_of(bench, bench->batch->template));
	struct str path = path_join(bench->arena, folder, bench->template->style);
	struct style *style = style_read(
		bench->arena, read_bytes(bench->arena, path.at), path.at, bench->diags);
	assert_non_null(style);
	return style;
}

static struct str source_of(struct bench *bench, const struct letter *letter)
{
	struct buf out = {0};
	letter_source(letter, &out);
	return keep(bench, &out);
}

static struct str record_of(struct bench *bench, const struct recipient *recipient)
{
	struct buf out = {0};
	recipient_write(recipient, &out);
	return keep(bench, &out);
}

static struct str text_of(struct bench *bench, const struct letter *letter)
{
	struct buf out = {0};
	twin_text(letter, &out);
	return keep(bench, &out);
}

/* Calls check for each letter of a batch. */
static void look_at(const struct batch *batch, void (*check)(struct bench *bench))
{
	struct bench bench = {arena_new(), diags_new(), .batch = batch};
	struct str path = path_of(&bench, batch->template);
	bench.template = read_template(&bench, read_bytes(bench.arena, path.at), path.at);
	struct recipients *source = recipients_open(
		path_of(&bench, batch->recipients).at, bench.template, NULL, bench.diags);
	bench.style = read_style(&bench);
	struct recipient recipient;
	int letters = 0;
	while (recipients_next(source, bench.arena, &recipient, bench.diags) == RECIPIENTS_GOOD) {
		bench.letter = letter_merge(
			bench.arena, bench.template, &recipient, NULL, bench.diags);
		assert_non_null(bench.letter);
		assert_true(letter_apply_style(
			bench.arena, bench.letter, bench.style, NULL, bench.diags));
		bench.source = source_of(&bench, bench.letter);
		bench.record = record_of(&bench, &recipient);
		diags_clear(bench.diags);
		check(&bench);
		letters++;
	}
	assert_int_equal(letters, batch->letters);
	recipients_close(source);
	diags_free(bench.diags);
	arena_free(bench.arena);
}

static void for_each_letter(void (*check)(struct bench *bench))
{
	for (int i = 0; i < BATCHES; i++)
		look_at(&batches[i], check);
}

/* -- the letter -------------------------------------------------------------------------------- */

static void check_letter(struct bench *bench)
{
	struct template *template = read_template(bench, bench->source, "letter.xml");
	const struct recipient nobody = {.id = str_lit("nobody")};
	struct letter *again = letter_merge(bench->arena, template, &nobody, NULL, bench->diags);
	assert_non_null(again);
	assert_null(template->fields);
	assert_string_equal(source_of(bench, again).at, bench->source.at);
	assert_string_equal(text_of(bench, again).at, text_of(bench, bench->letter).at);
}

static void the_letter_read_again_is_the_same(void **state)
{
	(void)state;
	for_each_letter(check_letter);
}

/* -- the record -------------------------------------------------------------------------------- */

static void check_record(struct bench *bench)
{
	struct recipient recipient;
	assert_true(recipient_read(bench->arena, bench->record, "record.xml", bench->template,
		&recipient, bench->diags));
	struct letter *again = letter_merge(
		bench->arena, bench->template, &recipient, NULL, bench->diags);
	assert_non_null(again);
	assert_true(letter_apply_style(bench->arena, again, bench->style, NULL, bench->diags));
	assert_string_equal(source_of(bench, again).at, bench->source.at);
	assert_string_equal(record_of(bench, &recipient).at, bench->record.at);
	assert_int_equal(standings_said(&again->standings), 0);
}

static void the_record_read_again_makes_the_same_letter(void **state)
{
	(void)state;
	for_each_letter(check_record);
}

/* -- the file ---------------------------------------------------------------------------------- */

static void check_attachment(
	struct bench *bench, const struct scratch *scratch, const char *name, struct str wanted)
{
	struct str path = str_format(bench->arena, "%s/%s.xml", scratch->dir, name);
	assert_string_equal(read_bytes(bench->arena, path.at).at, wanted.at);
	if (!have_program("xmllint"))
		return;
	const char *grammar = strcmp(name, "letter") == 0 ? "letter" : "recipient";
	struct outcome run = run_in(bench->arena, root,
		"xmllint --noout --relaxng templates/%s.rng '%s'", grammar, path.at);
	if (run.code != 0)
		fail_msg("%s: %s", name, run.err.at);
}

static void check_file(struct bench *bench)
{
	struct scratch scratch = scratch_new();
	const char *id = str_copy(bench->arena, bench->letter->id).at;
	struct outcome run = run_in(bench->arena, root,
		"'%s' batch -q --no-sign --attach-source -t '%s' -r '%s' -o '%s' --only '%s'",
		program, bench->batch->template, bench->batch->recipients, scratch.dir, id);
	assert_int_equal(run.code, 0);
	if (have_program("pdfdetach")) {
		run = run_in(bench->arena, scratch.dir,
			"pdfdetach -saveall '%s.pdf' && qpdf --check '%s.pdf'", id, id);
		assert_int_equal(run.code, 0);
		check_attachment(bench, &scratch, "letter", bench->source);
		check_attachment(bench, &scratch, "record", bench->record);
	}
	scratch_free(&scratch);
}

static void the_file_holds_both_and_the_grammars_allow_them(void **state)
{
	(void)state;
	for (int i = 1; i < BATCHES; i++)
		look_at(&batches[i], check_file);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_letter_read_again_is_the_same),
		cmocka_unit_test(the_record_read_again_makes_the_same_letter),
		cmocka_unit_test(the_file_holds_both_and_the_grammars_allow_them),
	};
	program = argc > 1 ? argv[1] : "lettermerge";
	root = argc > 2 ? argv[2] : ".";
	xml_start();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	xml_stop();
	return failed;
}
