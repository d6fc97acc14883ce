/* hold_source.c - letter and record as XML say all that they hold: read again, they make the same
 * letter, and the same XML. */
#include "hold.h"

#include "twin/twin.h"

bool hold_same(struct trial *trial, const char *kind, struct str a, struct str b)
{
	enum { BEFORE = 60, BEHIND = 60 };
	int at = 0;
	if (str_eq(a, b))
		return true;
	while (at < a.len && at < b.len && a.at[at] == b.at[at])
		at++;
	int from = at > BEFORE ? at - BEFORE : 0;
	struct str one = str_slice(a, from, at + BEHIND < a.len ? at + BEHIND : a.len);
	struct str other = str_slice(b, from, at + BEHIND < b.len ? at + BEHIND : b.len);
	return trial_find(trial, kind, "the one says \"…%.*s\"\nthe other    \"…%.*s\"",
		str_arg(one), str_arg(other));
}

/* A letter made from XML that was written. */
static bool compare_letter(struct trial *trial, const struct held *held, struct letter *letter)
{
	struct made again = {.letter = letter};
	letter_source(letter, &again.source);
	twin_text(letter, &again.text);
	bool good = twin_html(letter, held->bench->style, held->bench->pictures, &again.html,
			    held->bench->diags) &&
		hold_same(trial, "the letter's XML read again is other XML",
			made_text(&held->made->source), made_text(&again.source)) &&
		hold_same(trial, "the letter's XML read again is another letter",
			made_text(&held->made->text), made_text(&again.text)) &&
		hold_same(trial, "the letter's XML read again is another page",
			made_text(&held->made->html), made_text(&again.html));
	made_free(&again);
	return good;
}

static bool fail(struct trial *trial, const char *what, const struct diags *diags)
{
	struct buf said = {0};
	if (diags_len(diags))
		diag_write_text(diags_at(diags, diags_len(diags) - 1), false, &said);
	trial_find(trial, what, "%s", buf_text(&said).at);
	buf_free(&said);
	return false;
}

static bool hold_letter(struct trial *trial, const struct held *held)
{
	struct bench *bench = held->bench;
	const struct recipient nobody = {.id = str_lit("nobody")};
	struct template *template = template_read(trial->arena, made_text(&held->made->source),
		trial_path(trial, "letter.xml"), bench->diags);
	struct letter *letter = template
		? letter_merge(trial->arena, template, &nobody, NULL, bench->diags)
		: NULL;
	if (!letter || !letter_apply_style(trial->arena, letter, bench->style, NULL, bench->diags))
		return fail(trial, "the letter's XML cannot be read", bench->diags);
	return compare_letter(trial, held, letter);
}

static bool hold_record(struct trial *trial, const struct held *held)
{
	struct bench *bench = held->bench;
	struct recipient recipient = {0};
	struct buf written = {0};
	if (!recipient_read(trial->arena, made_text(&held->made->record), "record.xml",
		    bench->template, &recipient, bench->diags))
		return fail(trial, "the record's XML cannot be read", bench->diags);
	recipient_write(&recipient, &written);
	bool good = hold_same(trial, "the record's XML read again is other XML",
		made_text(&held->made->record), buf_text(&written));
	buf_free(&written);
	struct letter *letter = letter_merge(
		trial->arena, bench->template, &recipient, NULL, bench->diags);
	if (!letter || !letter_apply_style(trial->arena, letter, bench->style, NULL, bench->diags))
		return fail(trial, "the record's XML makes no letter", bench->diags);
	return good && compare_letter(trial, held, letter);
}

bool hold_source(struct trial *trial, const struct held *held)
{
	diags_clear(held->bench->diags);
	return hold_letter(trial, held) && hold_record(trial, held);
}
