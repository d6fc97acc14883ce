/* plausible.c - what no rule forbids and is most likely wrong all the same: a salutation to
 * somebody else, an address that no post office would take, a note that was left out. All are
 * warnings.
 *
 * They look at the letter as it is merged, not at fields by their names, so that they hold for
 * everybody's templates. What is the same in every letter is the template's business. */
#include "letter/letter_int.h"

#include "base/diag_id.h"
#include "locale/locale.h"

#include <limits.h>

static const struct node *find_block(const struct letter *letter, enum tag tag)
{
	node_each (block, letter->root)
		if (block->tag == tag)
			return block;
	return NULL;
}

/* -- the address ------------------------------------------------------------------------------- */

/* As the page shows them. */
static int count_lines(const struct node *address)
{
	int lines = 0;
	for (const struct node *node = address->first; node; node = node_following(node, address))
		lines += node->tag == TAG_LINE || node->tag == TAG_BR;
	return lines;
}

static void line_text(const struct node *line, struct buf *out)
{
	buf_clear(out);
	letter_node_text(line, out);
}

static bool has_postcode(const struct node *address, const struct address_rule *rule)
{
	struct buf text = {0};
	bool found = false;
	for (const struct node *line = address->first; line && !found; line = line->next) {
		line_text(line, &text);
		found = address_rule_has_code(rule, buf_text(&text));
	}
	buf_free(&text);
	return found;
}

/* The rule of the country that the last line names, else of the language that it is in; where that
 * says no region, as the letter's does, the letter's. */
static const struct address_rule *find_rule(struct merge *merge, const struct node *address)
{
	const struct node *last = address->first;
	while (last && last->next)
		last = last->next;
	struct str lang = last && last->first ? last->first->lang : address->lang;
	if (lang_is(address->lang, str_copy(merge->arena, lang).at))
		lang = address->lang;
	struct buf text = {0};
	if (last)
		line_text(last, &text);
	const char *country = country_named(buf_text(&text));
	buf_free(&text);
	return address_rule_find(country, lang);
}

static void check_line_count(
	struct merge *merge, const struct node *address, const struct address_rule *rule)
{
	int lines = count_lines(address);
	bool few = lines < rule->fewest, many = rule->most && lines > rule->most;
	if (!few && !many)
		return;
	diag_add(merge->diags, ADDRESS_LINES, address->at, diag_int(merge->diags, lines),
		lines == 1 ? "" : "s", rule->name, few ? "at least" : "at most",
		diag_int(merge->diags, few ? rule->fewest : rule->most));
}

/* By its country's rule; where that is not known, by none. */
static void check_address(struct merge *merge, const struct letter *letter)
{
	const struct node *address = find_block(letter, TAG_ADDRESS);
	if (!address || address->constant)
		return;
	const struct address_rule *rule = find_rule(merge, address);
	if (!rule)
		return;
	check_line_count(merge, address, rule);
	if (!has_postcode(address, rule))
		diag_add(merge->diags, ADDRESS_POSTCODE, address->at, rule->name, rule->code);
}

/* -- the salutation ---------------------------------------------------------------------------- */

static bool take_word(struct str *text, struct str *word)
{
	int from = 0, to;
	for (; from < text->len; from++) {
		unsigned char c = (unsigned char)text->at[from] | 0x20;
		if ((c >= 'a' && c <= 'z') || c >= 0x80)
			break;
	}
	for (to = from; to < text->len; to++) {
		unsigned char c = (unsigned char)text->at[to] | 0x20;
		if (!(c >= 'a' && c <= 'z') && c < 0x80)
			break;
	}
	*word = str_slice(*text, from, to);
	*text = str_slice(*text, to, text->len);
	return word->len > 0;
}

/* Whether two words begin alike, small or capital: one begins the other, or so many letters are the
 * same. Rob and Bob are not, Rob and Robert are. */
static bool is_alike(struct str a, struct str b, int enough)
{
	int len = a.len < b.len ? a.len : b.len, same = 0;
	while (same < len && (a.at[same] | 0x20) == (b.at[same] | 0x20))
		same++;
	return same == len || same >= enough;
}

/* A word of a salutation or an address that is no name, in the languages that close.c knows. */
static bool is_title(struct str word)
{
	static const char *const titles[] = {"Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof",
		"Professor", "Sir", "Dame", "Lord", "Lady", "Rev", "Revd", "Father", "Canon",
		"Councillor", "Cllr", "and", "the", "Mayor", "Dear",
		/* German */
		"Sehr", "geehrte", "geehrter", "Liebe", "Lieber", "Guten", "Tag", "Hallo", "Herr",
		"Herrn", "Frau", "Damen", "Herren", "und",
		/* Dutch */
		"Geachte", "geachte", "Beste", "heer", "heren", "mevrouw", "dames", "en", "of",
		/* Danish, Norwegian, Swedish */
		"Kære", "Kjære", "Bästa", "Hej", "Hei", "Hr", "Fru", "fru", "herr", "og", "och",
		"Til", "Till", "rette", "vedkommende", "den", "det", "måtte", "gjelde", "gjeld",
		"berör"};
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (str_is(word, titles[i]))
			return true;
	return false;
}

enum { BEGINNING = 3 }; /* letters that make two names alike: Katy and Katherine */

/* Thai, Lao, Burmese, Khmer, Chinese and Japanese have no blanks between words: a name is part of a
 * longer stretch. So many characters in a row are enough to know it by; 0: of other scripts. */
static int enough_of(uint32_t c)
{
	static const struct {
		uint32_t from, to;
		int enough;
	} scripts[] = {{0x0E00, 0x0EFF, BEGINNING}, {0x1000, 0x109F, BEGINNING},
		{0x1780, 0x17FF, BEGINNING}, {0x2E80, 0x9FFF, 2}, {0xF900, 0xFAFF, 2},
		{0x20000, 0x3FFFF, 2}};
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
		if (c >= scripts[i].from && c <= scripts[i].to)
			return scripts[i].enough;
	return 0;
}

static bool has_part(struct str text, struct str part)
{
	for (int at = 0; at + part.len <= text.len; at++)
		if (str_eq(str_slice(text, at, at + part.len), part))
			return true;
	return false;
}

/* Whether a stretch of an address shares a name with one of the salutation; of Chinese and
 * Japanese the family's may be one character, and comes first. */
static bool shares_name(struct str words, struct str line)
{
	for (int from = 0, next = 0; next < line.len; from = next) {
		int enough = enough_of(utf8_next(line, &next)), to = next, count = 1;
		if (enough == 2 && from == 0 && has_part(words, str_slice(line, from, to)))
			return true;
		for (; count < enough && to < line.len; count++)
			utf8_next(line, &to);
		if (enough && count == enough && has_part(words, str_slice(line, from, to)))
			return true;
	}
	return false;
}

/* Of the salutation's words those that are a name: is one of them in the address? */
static bool names_addressee(struct str salutation, struct str address)
{
	struct str word, other;
	bool names = false;
	while (take_word(&salutation, &word)) {
		if (is_title(word))
			continue;
		names = true;
		struct str rest = address;
		while (take_word(&rest, &other))
			if (!is_title(other) &&
				(is_alike(word, other, BEGINNING) || shares_name(word, other)))
				return true;
	}
	return !names;
}

static void check_salutation(struct merge *merge, const struct letter *letter)
{
	const struct node *salutation = find_block(letter, TAG_SALUTATION);
	const struct node *address = find_block(letter, TAG_ADDRESS);
	struct buf words = {0}, lines = {0};
	if (!salutation || salutation->constant || !address || address->constant)
		return;
	letter_node_text(salutation, &words);
	letter_node_text(address, &lines);
	if (salutation_names(buf_text(&words)) &&
		!names_addressee(buf_text(&words), buf_text(&lines)))
		diag_add(merge->diags, SALUTATION, salutation->at,
			diag_str(merge->diags, str_trim(buf_text(&words))));
	buf_free(&words);
	buf_free(&lines);
}

/* "Dear Sir or Madam," goes with faithfully, a name with sincerely. */
static void check_closing(struct merge *merge, const struct letter *letter)
{
	const struct node *closing = find_block(letter, TAG_CLOSING);
	struct buf words = {0}, close = {0};
	if (!merge->salutation || !closing)
		return;
	letter_node_text(merge->salutation, &words);
	letter_node_text(closing, &close);
	bool named = salutation_names(buf_text(&words));
	if (str_find(buf_text(&close), named ? "faithfully" : "sincerely") >= 0)
		diag_add(merge->diags, CLOSING, closing->at,
			diag_str(merge->diags, str_trim(buf_text(&close))),
			diag_str(merge->diags, str_trim(buf_text(&words))));
	buf_free(&words);
	buf_free(&close);
}

/* -- fields that go together ------------------------------------------------------------------- */

/* Whether a word of some length stands in both, whole or as the beginning of a longer one. */
static bool share_word(struct str a, struct str b)
{
	enum { SHORTEST = 4 };
	struct str word, other;
	while (take_word(&a, &word)) {
		struct str rest = b;
		while (word.len >= SHORTEST && take_word(&rest, &other))
			if (other.len >= SHORTEST && is_alike(word, other, INT_MAX))
				return true;
	}
	return false;
}

/* A field that is declared to mention another one, and does not: a cell of another row. */
static void check_mentions(struct merge *merge, const struct field *field)
{
	const struct value *values = merge->recipient->values;
	const struct value *value = recipient_find(values, field->name);
	const struct value *other = field->mentions.at ? recipient_find(values, field->mentions)
						       : NULL;
	if (!value || !other || value_is_blank(value) || value_is_blank(other) ||
		share_word(value->text, other->text))
		return;
	diag_add(merge->diags, FIELD_MENTIONS, value->at, field_said(merge->diags, field),
		diag_str(merge->diags, str_trim(other->text)));
}

/* -- notes ------------------------------------------------------------------------------------- */

static bool is_shown(const struct letter *letter, const struct node *note)
{
	for (int i = 0; i < letter->note_count; i++)
		if (letter->notes[i]->origin == note)
			return true;
	return false;
}

/* A note of the record in a value that this letter does not show. */
static void check_notes(
	struct merge *merge, const struct letter *letter, const struct value *values)
{
	for (const struct value *value = values; value; value = value->next) {
		check_notes(merge, letter, value->parts);
		for (const struct node *node = value->rich; node;
			node = node_following(node, value->rich))
			if (node->tag == TAG_NOTE && !node_is_blank(node) &&
				!is_shown(letter, node))
				diag_add(merge->diags, NOTE_UNSEEN, node->at,
					merge_said(merge, value));
	}
}

/* -- lists ------------------------------------------------------------------------------------- */

static void check_lists(struct merge *merge, const struct letter *letter)
{
	for (int i = 0; i < letter->node_count; i++) {
		const struct node *list = letter->nodes[i];
		if (list->tag == TAG_OL && str_is(node_attribute(list, "start"), "continued") &&
			!node_goes_on(list))
			diag_add0(merge->diags, LIST_CONTINUED, list->at);
	}
}

void check_plausible(struct merge *merge, const struct letter *letter)
{
	check_address(merge, letter);
	check_salutation(merge, letter);
	check_closing(merge, letter);
	check_notes(merge, letter, merge->recipient->values);
	check_lists(merge, letter);
	for (const struct field *field = letter->template->fields; field; field = field->next)
		check_mentions(merge, field);
}
