/* diff.c - a letter as it was written against what it would be now, as text.
 *
 * The old letter comes from the record: the words of its blocks, stored once for all letters of
 * that shape, and its own values. So nothing is read back from a PDF, and what is shown is what the
 * letters say, not how they are broken into lines. */
#include "compare/diff.h"

#include "compare/align_int.h"

/* A block with its values filled in. */
struct said {
	struct str tag, place;
	struct str text;   /* for people */
	struct str markup; /* with its elements, for what differs in them alone */
};

struct letter_said {
	vec(struct said) blocks;
};

/* -- words and values → text ------------------------------------------------------------------- */

static struct str next_value(struct str *values)
{
	struct str value = {0};
	str_split(values, '\0', &value);
	return value;
}

/* "&#38;" is "&"; nothing else was escaped. */
static void unescape(struct buf *out, struct str text)
{
	for (int i = 0; i < text.len; i++) {
		struct str rest = str_slice(text, i, text.len);
		int end = str_starts(rest, "&#") ? str_find(rest, ";") : -1;
		if (end < 0) {
			buf_char(out, text.at[i]);
			continue;
		}
		int code = 0;
		for (int digit = 2; digit < end; digit++)
			code = code * 10 + rest.at[digit] - '0';
		buf_char(out, (char)(code == '\n' ? ' ' : code));
		i += end;
	}
}

/* What a tag means to a reader: notes stand in brackets, lines and cells apart. */
static void write_tag(struct buf *out, struct str tag)
{
	static const struct {
		const char *tag, *text;
	} texts[] = {{"note>", " ["}, {"note ", " ["}, {"/note>", "]"}, {"br>", " / "},
		{"/line>", " / "}, {"/cell>", " | "}, {"/li>", " / "}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (str_starts(tag, texts[i].tag)) {
			buf_puts(out, texts[i].text);
			return;
		}
}

static struct str plain(struct arena *arena, struct str markup)
{
	struct buf out = {0};
	struct str rest = markup;
	while (rest.len) {
		int open = str_find(rest, "<");
		unescape(&out, str_slice(rest, 0, open < 0 ? rest.len : open));
		if (open < 0)
			break;
		rest = str_slice(rest, open + 1, rest.len);
		write_tag(&out, rest);
		int close = str_find(rest, ">");
		rest = str_slice(rest, close < 0 ? rest.len : close + 1, rest.len);
	}
	struct str text = str_trim(str_copy(arena, buf_text(&out)));
	while (str_ends(text, "/") || str_ends(text, "|"))
		text = str_trim(str_slice(text, 0, text.len - 1));
	buf_free(&out);
	return text;
}

/* Values stand in the order of their places: attributes with fields in them and pictures have one
 * too, which the words do not show. */
static struct str fill(struct arena *arena, struct str words, struct str *names, struct str *values)
{
	static const char mark[] = "<field name=\"";
	struct buf out = {0};
	struct str rest = words;
	for (int at; (at = str_find(rest, mark)) >= 0;) {
		buf_str(&out, str_slice(rest, 0, at));
		rest = str_slice(rest, at + (int)sizeof mark - 1, rest.len);
		int end = str_find(rest, "\"/>");
		struct str wanted = str_slice(rest, 0, end), name;
		do {
			name = next_value(names);
			struct str value = next_value(values);
			if (str_eq(name, wanted))
				buf_str(&out, value);
		} while (names->len && !str_eq(name, wanted));
		rest = str_slice(rest, end + 3, rest.len);
	}
	buf_str(&out, rest);
	struct str filled = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return filled;
}

static struct letter_said letter_say(struct arena *arena, struct str shape_text, struct str values)
{
	struct letter_said said = {0};
	struct shape shape = shape_read(arena, shape_text);
	struct str names = shape.names;
	for (int i = 0; i < shape.blocks.len; i++) {
		const struct shape_block *block = &shape.blocks.at[i];
		struct str markup = fill(arena, block->words, &names, &values);
		*vec_push(arena, &said.blocks) = (struct said){
			block->tag, block->place, plain(arena, markup), markup};
	}
	return said;
}

/* -- old against new --------------------------------------------------------------------------- */

struct marks {
	const char *out, *out_end, *in, *in_end;
};

struct differ {
	struct arena *arena;
	struct buf *out;
	struct marks marks;
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

static void put_pair(struct differ *differ, const struct said *old, const struct said *new)
{
	static const struct said nothing = {0};
	const struct said *shown = new ? new : old;
	old = old ? old : &nothing;
	new = new ? new : &nothing;
	bool in_markup = str_eq(old->text, new->text);
	struct str tag = str_is(shown->tag, "p") ? str_lit("paragraph") : shown->tag;
	buf_say(differ->out, "%.*s at %.*s:\n", str_arg(tag), str_arg(shown->place));
	if (in_markup)
		put_difference(differ, old->markup, new->markup);
	else
		put_difference(differ, old->text, new->text);
}

static struct sequence hash_blocks(struct arena *arena, const struct letter_said *said)
{
	uint64_t *hashes = arena_new_array(arena, uint64_t, said->blocks.len + 1);
	for (int i = 0; i < said->blocks.len; i++)
		hashes[i] = str_hash(said->blocks.at[i].markup);
	return (struct sequence){hashes, said->blocks.len};
}

static void put_all(
	struct differ *differ, const struct letter_said *old, const struct letter_said *new)
{
	struct stretch *stretches;
	int count = align(differ->arena, hash_blocks(differ->arena, old),
		hash_blocks(differ->arena, new), &stretches);
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
}

/* -- the letter -------------------------------------------------------------------------------- */

void diff_letter(struct arena *arena, const struct diff_input *input, struct buf *out)
{
	static const struct marks plain_marks = {"[-", "-]", "{+", "+}"},
				  colour_marks = {"\033[31m", "\033[m", "\033[32m", "\033[m"};
	struct buf shape = {0};
	keyer_write_shape(input->keyer, &shape);
	struct differ differ = {arena, out, input->colour ? colour_marks : plain_marks};
	struct str old_shape = str_lit("");
	if (input->old->number)
		old_shape = record_text(input->record, arena, RECORD_SHAPE, input->old->shape);
	struct letter_said old = letter_say(arena, old_shape, input->old->values);
	struct letter_said new = letter_say(
		arena, str_copy(arena, buf_text(&shape)), input->key->values);
	for (int i = 0; i < input->reasons->list.len; i++)
		buf_say(out, "%.*s\n", str_arg(input->reasons->list.at[i]));
	put_all(&differ, &old, &new);
	buf_free(&shape);
}
