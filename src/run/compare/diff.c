/* diff.c - a letter as it was written against what it would be now, as text.
 *
 * The old letter comes from the record: the words of its blocks, stored once for all letters of
 * that shape, and its own values. So nothing is read back from a PDF, and what is shown is what the
 * letters say, not how they are broken into lines. */
#include "compare/diff.h"

#include "compare/align_int.h"
#include "compare/said.h"

/* -- old against new --------------------------------------------------------------------------- */

struct marks {
	const char *out, *out_end, *in, *in_end;
};

struct differ {
	struct arena *arena;
	struct buf *out;
	struct marks marks;
	bool colour;
};

static int split_words(struct arena *arena, struct str text, struct str **words)
{
	vec(struct str) all = {0};
	struct str word;
	while (str_split(&text, ' ', &word))
		if (word.len)
			*vec_push(arena, &all) = word;
	*words = all.at;
	return all.len;
}

static struct sequence hash_words(struct arena *arena, const struct str *words, int count)
{
	uint64_t *hashes = arena_new_array(arena, uint64_t, count + 1);
	for (int i = 0; i < count; i++)
		hashes[i] = str_hash(words[i]);
	return (struct sequence){hashes, count};
}

static void put_words(struct differ *differ, const struct str *words, int from, int to,
	const char *before, const char *after)
{
	if (from == to)
		return;
	buf_format(differ->out, " %s", before);
	for (int i = from; i < to; i++)
		buf_say(differ->out, "%s%.*s", i > from ? " " : "", str_arg(words[i]));
	buf_puts(differ->out, after);
}

static void put_difference(struct differ *differ, struct str old, struct str new)
{
	struct str *old_words, *new_words;
	struct stretch *stretches;
	int n = split_words(differ->arena, old, &old_words);
	int m = split_words(differ->arena, new, &new_words);
	int count = align(differ->arena, hash_words(differ->arena, old_words, n),
		hash_words(differ->arena, new_words, m), &stretches);
	buf_char(differ->out, ' ');
	for (int i = 0; i < count; i++) {
		const struct stretch *s = &stretches[i];
		const struct marks *marks = &differ->marks;
		if (s->kept) {
			put_words(differ, new_words, s->from_new, s->to_new, "", "");
			continue;
		}
		put_words(differ, old_words, s->from_old, s->to_old, marks->out, marks->out_end);
		put_words(differ, new_words, s->from_new, s->to_new, marks->in, marks->in_end);
	}
	buf_char(differ->out, '\n');
}

static void put_marked(struct buf *out, const char *before, struct str text, const char *after)
{
	if (!text.at)
		return;
	buf_puts(out, before);
	buf_say(out, "%.*s", str_arg(text));
	buf_puts(out, after);
}

/* "  link of 'Annual Report': https://old → https://new" */
static void put_change(struct differ *differ, const struct said_change *change)
{
	static const char *const words[] = {
		[SAID_CHANGED] = "", [SAID_NEW] = "new: ", [SAID_GONE] = "gone: "};
	static const struct marks none = {"", "", "", ""};
	const struct marks *marks = differ->colour ? &differ->marks : &none;
	bool said = change->old.at || change->new.at;
	buf_say(differ->out, "  %s%.*s", words[change->how], str_arg(change->what));
	if (said)
		buf_puts(differ->out, ": ");
	else if (change->how == SAID_CHANGED)
		buf_puts(differ->out, " changed");
	put_marked(differ->out, marks->out, change->old, marks->out_end);
	buf_puts(differ->out, change->old.at && change->new.at ? " → " : "");
	put_marked(differ->out, marks->in, change->new, marks->in_end);
	buf_char(differ->out, '\n');
}

static void put_changes(struct differ *differ, const struct said_changes *changes)
{
	for (int i = 0; i < changes->list.len; i++)
		put_change(differ, &changes->list.at[i]);
}

/* What differs and has no name is shown with its elements. */
static void put_pair(struct differ *differ, const struct said *old, const struct said *new)
{
	static const struct said nothing = {0};
	const struct said *shown = new ? new : old;
	struct said_changes changes = {0};
	old = old ? old : &nothing;
	new = new ? new : &nothing;
	struct str tag = str_is(shown->tag, "p") ? str_lit("paragraph") : shown->tag;
	buf_say(differ->out, "%.*s at %.*s:\n", str_arg(tag), str_arg(shown->place));
	said_compare_markup(differ->arena, old->markup, new->markup, &changes);
	if (!str_eq(old->text, new->text))
		put_difference(differ, old->text, new->text);
	else if (!changes.list.len)
		put_difference(differ, old->markup, new->markup);
	put_changes(differ, &changes);
}

static void put_all(
	struct differ *differ, const struct letter_said *old, const struct letter_said *new)
{
	struct stretch *stretches;
	struct said_changes beside = {0};
	int count = said_align(differ->arena, old, new, &stretches);
	for (int i = 0; i < count; i++) {
		const struct stretch *s = &stretches[i];
		int a = s->from_old, b = s->from_new;
		while (!s->kept && (a < s->to_old || b < s->to_new)) {
			put_pair(differ, a < s->to_old ? &old->blocks.at[a] : NULL,
				b < s->to_new ? &new->blocks.at[b] : NULL);
			a += a < s->to_old;
			b += b < s->to_new;
		}
	}
	if (old->blocks.len)
		said_compare_beside(differ->arena, old, new, &beside);
	if (beside.list.len)
		buf_puts(differ->out, "beside the text:\n");
	put_changes(differ, &beside);
}

/* -- the letter -------------------------------------------------------------------------------- */

void diff_letter(struct arena *arena, const struct diff_input *input, struct buf *out)
{
	static const struct marks plain_marks = {"[-", "-]", "{+", "+}"},
				  colour_marks = {"\033[31m", "\033[m", "\033[32m", "\033[m"};
	struct buf shape = {0};
	keyer_write_shape(input->keyer, &shape);
	struct differ differ = {
		arena, out, input->colour ? colour_marks : plain_marks, input->colour};
	struct str old_shape = str_lit("");
	if (input->old->number)
		old_shape = record_text(input->record, arena, RECORD_SHAPE, input->old->shape);
	struct letter_said old = said_read(arena, old_shape, input->old->values);
	struct letter_said new = said_read(
		arena, str_copy(arena, buf_text(&shape)), input->key->values);
	for (int i = 0; i < input->reasons->list.len; i++)
		buf_say(out, "%.*s\n", str_arg(input->reasons->list.at[i]));
	put_all(&differ, &old, &new);
	buf_free(&shape);
}
