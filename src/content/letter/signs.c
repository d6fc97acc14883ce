/* signs.c - what a typewriter has no key for: dashes, the ellipsis, the times sign; set for "--",
 * "5-7", "..." and "2 x 4" where the style asks for typographic signs.
 *
 * A sign is set only where what stands around it leaves no doubt, in the template's words and in
 * values of type text that have letters; a date, an amount, a code of a record never changes. Each
 * change is a finding, so that somebody can look at it. */
#include "letter/signs.h"

#include "base/diag_id.h"
#include "letter/letter_int.h"

#include <ctype.h>

/* The dash between parts of a sentence, which stands between blanks unless it is closed up; and
 * whether an en dash joins figures: in French, Italian, Portuguese and Spanish a hyphen does, in
 * others custom is divided. */
static const struct customs {
	const char *language, *dash;
	bool closed, spans;
} customs[] = {
	{"en-US", "—", true, true},
	{"en", "–", false, true},
	{"cy", "–", false, true},
	{"ga", "–", false, true},
	{"gd", "–", false, true},
	{"cs", "–", false, true},
	{"da", "–", false, true},
	{"de", "–", false, true},
	{"es", "—", false, false},
	{"et", "–", false, true},
	{"fi", "–", false, true},
	{"fr", "–", false, false},
	{"hr", "–", false, true},
	{"hu", "–", false, true},
	{"is", "–", false, true},
	{"it", "–", false, false},
	{"nb", "–", false, true},
	{"nl", "–", false, false},
	{"nn", "–", false, true},
	{"no", "–", false, true},
	{"pl", "–", false, true},
	{"pt", "–", false, false},
	{"ro", "–", false, false},
	{"ru", "—", false, false},
	{"sk", "–", false, true},
	{"sl", "–", false, true},
	{"sv", "–", false, true},
	{"uk", "—", false, false},
};
static const char en_dash[] = "–";

static const struct customs *find_customs(struct str lang)
{
	for (size_t i = 0; i < sizeof customs / sizeof *customs; i++)
		if (lang_is(lang, customs[i].language))
			return &customs[i];
	return NULL;
}

/* -- signs ------------------------------------------------------------------------------------- */

/* What stands in place of bytes; .with NULL: they stay. */
struct sign {
	int from, to;
	const char *with;
	bool blanks; /* one on either side */
};

/* A byte of a paragraph's text, the node that it is in, and the customs there. */
struct spot {
	struct str text;
	int at, node_from, node_to;
	const struct customs *customs;
};

static struct sign set_ellipsis(const struct spot *spot)
{
	struct str text = spot->text;
	int at = spot->at;
	char before = sign_char_at(text, at - 1), behind = sign_char_at(text, at + 3);
	bool three = str_starts(str_slice(text, at, text.len), "...") && before != '.' &&
		behind != '.';
	bool counts = ascii_is_digit(before) && ascii_is_digit(behind);
	return (struct sign){at, at + 3, three && !counts ? "…" : NULL, false};
}

static bool begins_with_capital(struct str word)
{
	unsigned char c = (unsigned char)sign_char_at(word, 0),
		      next = (unsigned char)sign_char_at(word, 1);
	return (c >= 'A' && c <= 'Z') || (c == 0xC3 && next >= 0x80 && next <= 0x9E);
}

static bool may_begin_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || strchr("([\"'", c);
}

/* Between Monday and Friday, London and Paris it means "to". */
static bool joins_names(struct str text, struct sign_word word, int at)
{
	return begins_with_capital(sign_bare(str_slice(text, word.from, at))) &&
		begins_with_capital(sign_bare(str_slice(text, at + 2, word.to)));
}

static struct sign set_dash_between_words(const struct spot *spot, struct sign_word word)
{
	int at = spot->at;
	char before = sign_char_at(spot->text, at - 1), behind = sign_char_at(spot->text, at + 2);
	struct sign sign = {at, at + 2, spot->customs->dash, !spot->customs->closed};
	if (!may_begin_word(behind) || strchr("+*#", before))
		sign.with = NULL;
	if ((ascii_is_digit(before) && ascii_is_digit(behind)) ||
		(!spot->customs->closed && joins_names(spot->text, word, at)))
		sign = (struct sign){at, at + 2, en_dash, false};
	return sign;
}

/* A dash that is closed up takes the blanks with it that stand in its own text. */
static struct sign set_dash(const struct spot *spot)
{
	struct str text = spot->text;
	int at = spot->at;
	struct sign sign = {at, at + 2, NULL, false};
	if (sign_char_at(text, at + 1) != '-' || sign_char_at(text, at + 2) == '-' ||
		sign_char_at(text, at - 1) == '-')
		return sign;
	bool before = !sign_is_blank_at(text, at - 1), behind = !sign_is_blank_at(text, at + 2);
	if (before && behind)
		return set_dash_between_words(spot, sign_word_around(text, at));
	if (before || behind || sign_char_at(text, at - 1) != ' ' ||
		sign_char_at(text, at + 2) != ' ')
		return sign;
	sign.with = spot->customs->dash;
	if (spot->customs->closed) {
		sign.from -= at > spot->node_from;
		sign.to += at + 2 < spot->node_to;
	}
	return sign;
}

static struct sign set_span(const struct spot *spot)
{
	struct sign_word word = sign_bare_word(spot->text, sign_word_around(spot->text, spot->at));
	struct str hyphens = str_slice(spot->text, word.from, word.to);
	int count = 0;
	for (int i = 0; i < hyphens.len; i++)
		count += hyphens.at[i] == '-';
	bool spans = spot->customs->spans && count == 1 && word.from < spot->at &&
		sign_is_span(spot->text, word, spot->at);
	return (struct sign){spot->at, spot->at + 1, spans ? en_dash : NULL, false};
}

static bool is_all_figures(struct str word)
{
	for (int i = 0; i < word.len; i++)
		if (!ascii_is_digit(word.at[i]) && (i == 0 || !strchr(".,", word.at[i])))
			return false;
	return word.len > 0;
}

/* 2, 2.5, 210 mm: what may be multiplied. */
static bool ends_in_measure(struct str text, int at)
{
	static const char units[] = " mm cm m km in ft px ";
	struct str word = sign_word_before(text, &at);
	if (sign_is_listed(units, word))
		word = sign_word_before(text, &at);
	return is_all_figures(sign_bare(word));
}

static struct sign set_times(const struct spot *spot)
{
	int at = spot->at;
	bool times = sign_char_at(spot->text, at - 1) == ' ' &&
		sign_char_at(spot->text, at + 1) == ' ' && ends_in_measure(spot->text, at) &&
		is_all_figures(sign_bare(sign_word_behind(spot->text, at + 1)));
	return (struct sign){at, at + 1, times ? "×" : NULL, false};
}

enum { KINDS = 4 };
static const struct {
	char first;
	bool always; /* whatever the language: ISO 80000-2 */
	struct sign (*set)(const struct spot *spot);
} kinds[KINDS] = {
	{'.', false, set_ellipsis},
	{'-', false, set_dash},
	{'-', false, set_span},
	{'x', true, set_times},
};

/* -- a paragraph ------------------------------------------------------------------------------- */

/* What became of the signs of a kind in one text: the first of them, and how many more. */
struct change {
	struct str from, to;
	int count;
};

struct setter {
	struct arena *arena;
	struct diags *diags;
	struct buf out;
	struct change changes[KINDS];
};

/* With the words around it, lest nobody knows where. */
static struct sign_word context(const struct spot *spot, const struct sign *sign)
{
	int from = sign->from, to = sign->to;
	if (sign_is_blank_at(spot->text, from - 1) || spot->text.at[from] == ' ')
		sign_word_before(spot->text, &from);
	from = sign_word_around(spot->text, from).from;
	struct str behind = sign_word_behind(spot->text, to);
	to = sign_is_blank_at(spot->text, to) || spot->text.at[to - 1] == ' '
		? (int)(behind.at - spot->text.at) + behind.len
		: sign_word_around(spot->text, to).to;
	return (struct sign_word){from, to};
}

static struct str written(const struct sign *sign, struct arena *arena)
{
	const char *blank = sign->blanks ? " " : "";
	return str_format(arena, "%s%s%s", blank, sign->with, blank);
}

static void note_change(
	struct setter *setter, const struct spot *spot, const struct sign *sign, int kind)
{
	struct change *change = &setter->changes[kind];
	struct sign_word around = context(spot, sign);
	struct str before = str_slice(spot->text, around.from, sign->from);
	struct str behind = str_slice(spot->text, sign->to, around.to);
	if (change->count++)
		return;
	change->from = str_slice(spot->text, around.from, around.to);
	change->to = str_format(setter->arena, "%.*s%s%.*s", str_arg(before),
		written(sign, setter->arena).at, str_arg(behind));
}

/* The first kind of sign at a spot that is one. */
static struct sign find_sign(const struct spot *spot, int *kind)
{
	struct sign sign = {0};
	char c = spot->text.at[spot->at];
	for (*kind = 0; *kind < KINDS; ++*kind) {
		if (c != kinds[*kind].first || (!spot->customs && !kinds[*kind].always))
			continue;
		sign = kinds[*kind].set(spot);
		if (sign.with && sign.from >= spot->node_from && sign.to <= spot->node_to)
			return sign;
	}
	return (struct sign){0};
}

static bool may_be_sign(const struct spot *spot)
{
	char c = spot->text.at[spot->at];
	struct sign_word word = {0};
	if (c != '.' && c != '-' && c != 'x')
		return false;
	word = sign_word_around(spot->text, spot->at);
	return !sign_is_for_machines(str_slice(spot->text, word.from, word.to));
}

static void report(struct setter *setter, const struct node *node)
{
	for (int i = 0; i < KINDS; i++) {
		const struct change *change = &setter->changes[i];
		if (change->count)
			diag_add(setter->diags, SIGN_SET, node->at,
				diag_str(setter->diags, change->from),
				diag_str(setter->diags, change->to),
				change->count == 1 ? ""
						   : str_format(setter->arena,
							     ", and %d more of its kind here",
							     change->count - 1)
							     .at);
	}
	memset(setter->changes, 0, sizeof setter->changes);
}

static bool set_node(struct setter *setter, struct node *node, struct spot spot)
{
	int taken = spot.node_from, kind;
	buf_clear(&setter->out);
	for (spot.at = spot.node_from; spot.at < spot.node_to; spot.at++) {
		if (spot.at < taken || !may_be_sign(&spot))
			continue;
		struct sign sign = find_sign(&spot, &kind);
		if (!sign.with || sign.from < taken)
			continue;
		note_change(setter, &spot, &sign, kind);
		buf_str(&setter->out, str_slice(spot.text, taken, sign.from));
		buf_str(&setter->out, written(&sign, setter->arena));
		taken = sign.to;
	}
	if (taken == spot.node_from)
		return false;
	buf_str(&setter->out, str_slice(spot.text, taken, spot.node_to));
	node->text = str_copy(setter->arena, buf_text(&setter->out));
	report(setter, node);
	return true;
}

/* Not what is typed in again, nor a value of a record that is figures alone: it may be a code. */
static bool may_change(const struct node *node)
{
	bool letters = node->holds == HOLDS_NOTHING;
	for (int i = 0; i < node->text.len && !letters; i++)
		letters = isalpha((unsigned char)node->text.at[i]) ||
			(unsigned char)node->text.at[i] >= 0x80;
	for (const struct node *up = node->parent; up && !tag_is_paragraph(up->tag);
		up = up->parent)
		if (up->tag == TAG_EMAIL ||
			(up->tag == TAG_LINK && str_starts(node_attribute(up, "href"), "tel:")))
			return false;
	return node->tag == TAG_TEXT && node->holds <= HOLDS_WORDS && letters;
}

bool set_signs(struct arena *arena, struct node *const *texts, int count, struct str text,
	struct diags *diags)
{
	struct setter setter = {.arena = arena, .diags = diags};
	bool changed = false;
	struct spot spot = {.text = text};
	for (int i = 0; i < count; i++) {
		struct node *node = texts[i];
		spot.node_to = spot.node_from + (node->tag == TAG_BR ? 1 : node->text.len);
		spot.customs = find_customs(node->lang);
		if (may_change(node))
			changed |= set_node(&setter, node, spot);
		spot.node_from = spot.node_to;
	}
	buf_free(&setter.out);
	return changed;
}
