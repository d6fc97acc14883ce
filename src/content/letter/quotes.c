/* quotes.c - straight quotation marks and apostrophes → those of the language, where the style asks
 * for it.
 *
 * It is done to the merged letter, so that the page, the tags, the twins and what is copied out of
 * a PDF say the same. A paragraph is looked at as a whole, across its inlines: whether a mark opens
 * or closes is told by what stands beside it. A mark that nothing tells about ("a 6" pipe", "5'10")
 * stays as it is written, as does every mark in a language of which nobody knows any. */
#include "letter/letter_int.h"

#include "base/ascii.h"

#include "locale/locales.h"
#include "style/style.h"

#include <ctype.h>

/* Opening and closing of ", then of '; as CLDR has them, the doubled ones first, with the blanks
 * and the inner marks that letters of a language have. ICU is asked for the others. */
static const struct quotes {
	const char *language, *marks[4];
} languages[] = {
	{"en", {"“", "”", "‘", "’"}},
	{"cy", {"“", "”", "‘", "’"}},
	{"ga", {"“", "”", "‘", "’"}},
	{"gd", {"“", "”", "‘", "’"}},
	{"da", {"“", "”", "‘", "’"}},
	{"nl", {"“", "”", "‘", "’"}},
	{"tr", {"“", "”", "‘", "’"}},
	{"pt-PT", {"«", "»", "“", "”"}},
	{"pt", {"“", "”", "‘", "’"}},
	{"de-CH", {"«", "»", "‹", "›"}},
	{"de", {"„", "“", "‚", "‘"}},
	{"cs", {"„", "“", "‚", "‘"}},
	{"sk", {"„", "“", "‚", "‘"}},
	{"sl", {"„", "“", "‚", "‘"}},
	{"is", {"„", "“", "‚", "‘"}},
	{"fr-CH", {"«", "»", "‹", "›"}},
	{"fr", {"«\xC2\xA0", "\xC2\xA0»", "“", "”"}},
	{"es", {"«", "»", "“", "”"}},
	{"it", {"«", "»", "“", "”"}},
	{"ca", {"«", "»", "“", "”"}},
	{"el", {"«", "»", "“", "”"}},
	{"nb", {"«", "»", "‘", "’"}},
	{"nn", {"«", "»", "‘", "’"}},
	{"no", {"«", "»", "‘", "’"}},
	{"sv", {"”", "”", "’", "’"}},
	{"fi", {"”", "”", "’", "’"}},
	{"pl", {"„", "”", "«", "»"}},
	{"hu", {"„", "”", "»", "«"}},
	{"ro", {"„", "”", "«", "»"}},
	{"ru", {"«", "»", "„", "“"}},
	{"uk", {"«", "»", "„", "“"}},
};
static const char apostrophe[] = "’";

static const struct quotes *find_quotes(struct str lang)
{
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
		if (lang_is(lang, languages[i].language))
			return &languages[i];
	return NULL;
}

/* -- which mark -------------------------------------------------------------------------------- */

/* A paragraph's text, and what of it is open before the mark at work. */
struct reader {
	struct str text;
	bool open[2]; /* ", ' */
	int opened;   /* byte behind the last mark that opens; -1 */
};

enum mark { MARK_AS_IT_IS = -2, MARK_APOSTROPHE = -1, MARK_OPEN, MARK_CLOSE };

static uint32_t character_before(struct str text, int at)
{
	int from = at;
	if (at == 0)
		return 0;
	do
		from--;
	while (from > 0 && (text.at[from] & 0xC0) == 0x80);
	return utf8_next(text, &from);
}

static uint32_t character_at(struct str text, int at)
{
	return at < text.len ? utf8_next(text, &at) : 0;
}

static bool is_blank(uint32_t c)
{
	return c == 0 || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 ||
		c == 0x202F || (c >= 0x2000 && c <= 0x200A);
}

/* What a word may stand right behind: brackets, dashes, marks that open in one language or
 * another. */
static bool is_before_words(uint32_t c)
{
	static const uint32_t list[] = {'(', '[', '{', '/', 0xAB, 0xBB, 0xBF, 0xA1, 0x2039, 0x203A,
		0x2013, 0x2014, 0x2018, 0x201A, 0x201C, 0x201E};
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (c == list[i])
			return true;
	return is_blank(c);
}

static bool is_of_word(uint32_t c)
{
	return c < 0x80 ? isalnum((int)c) != 0 : c >= 0xC0 && !(c >= 0x2000 && c < 0x2070);
}

static bool may_open(const struct reader *reader, int at)
{
	return (reader->opened == at || is_before_words(character_before(reader->text, at))) &&
		!is_blank(character_at(reader->text, at + 1));
}

/* A later ' that may close: behind something, and before no word. */
static bool closes_later(struct str text, int at)
{
	for (int i = at + 1; i < text.len; i++)
		if (text.at[i] == '\'' && !is_before_words(character_before(text, i)) &&
			!is_of_word(character_at(text, i + 1)))
			return true;
	return false;
}

static enum mark double_mark(const struct reader *reader, int at)
{
	if (may_open(reader, at) && !reader->open[0])
		return MARK_OPEN;
	bool behind = !is_blank(character_before(reader->text, at));
	return reader->open[0] && behind ? MARK_CLOSE : MARK_AS_IT_IS;
}

/* The '90s, rock 'n' roll: what stands for something left out looks like a mark that opens. */
static bool is_elision(struct str text, int at)
{
	struct str rest = str_slice(text, at + 1, text.len);
	return (rest.len > 2 && ascii_is_digit((uint32_t)rest.at[0]) &&
		       ascii_is_digit((uint32_t)rest.at[1]) && rest.at[2] == 's') ||
		str_starts(rest, "n'");
}

static enum mark single_mark(const struct reader *reader, int at)
{
	struct str text = reader->text;
	uint32_t before = character_before(text, at), after = character_at(text, at + 1);
	if (ascii_is_digit(before) &&
		(ascii_is_digit(after) || (!reader->open[1] && !is_of_word(after))))
		return MARK_AS_IT_IS; /* feet, minutes */
	if (is_of_word(before) && is_of_word(after))
		return MARK_APOSTROPHE;
	if (may_open(reader, at)) {
		if (!reader->open[1] && !is_elision(text, at) && closes_later(text, at))
			return MARK_OPEN;
		return is_of_word(after) ? MARK_APOSTROPHE : MARK_AS_IT_IS;
	}
	if (is_blank(before))
		return MARK_AS_IT_IS;
	return reader->open[1] ? MARK_CLOSE : MARK_APOSTROPHE;
}

/* What is to stand in place of the mark at a byte; NULL: the mark itself. */
static const char *take(struct reader *reader, int at, const struct quotes *quotes)
{
	bool single = reader->text.at[at] == '\'';
	enum mark mark = single ? single_mark(reader, at) : double_mark(reader, at);
	if (!quotes || mark == MARK_AS_IT_IS)
		return NULL;
	if (mark == MARK_APOSTROPHE)
		return apostrophe;
	reader->open[single] = mark == MARK_OPEN;
	if (mark == MARK_OPEN)
		reader->opened = at + 1;
	return quotes->marks[2 * single + mark];
}

/* -- the letter -------------------------------------------------------------------------------- */

struct setter {
	struct arena *arena;
	struct diags *diags;
	struct locales *locales;
	struct quotes others;     /* of the language that ICU was last asked about */
	vec(struct node *) texts; /* of the paragraph at work; a br stands among them */
	struct buf text, set;
};

/* NULL: nobody knows. */
static const struct quotes *quotes_of(struct setter *setter, struct str lang)
{
	const struct quotes *quotes = find_quotes(lang);
	struct quotes *others = &setter->others;
	struct str marks[QUOTES];
	if (quotes)
		return quotes;
	if (!others->language || !str_is(lang, others->language)) {
		bool known = quotes_text(setter->arena, setter->locales, lang, marks);
		others->language = str_copy(setter->arena, lang).at;
		for (int i = 0; i < QUOTES; i++)
			others->marks[i] = known ? marks[i].at : NULL;
	}
	return others->marks[0] ? others : NULL;
}

static void set_node(struct setter *setter, struct reader *reader, struct node *node, int from)
{
	const struct quotes *quotes = quotes_of(setter, node->lang);
	bool changed = false;
	buf_clear(&setter->set);
	for (int i = 0; i < node->text.len; i++) {
		char c = node->text.at[i];
		const char *mark = c == '"' || c == '\'' ? take(reader, from + i, quotes) : NULL;
		if (mark)
			buf_puts(&setter->set, mark);
		else
			buf_char(&setter->set, c);
		changed |= mark != NULL;
	}
	if (changed)
		node->text = str_copy(setter->arena, buf_text(&setter->set));
}

static struct str all_text(struct setter *setter)
{
	buf_clear(&setter->text);
	for (int i = 0; i < setter->texts.len; i++) {
		const struct node *node = setter->texts.at[i];
		buf_str(&setter->text, node->tag == TAG_BR ? str_lit("\n") : node->text);
	}
	return buf_text(&setter->text);
}

/* Of what is looked up or typed in, and of heads that consist of such, the signs stay. */
static bool has_signs(const struct node *block)
{
	return block->tag != TAG_ADDRESS && block->tag != TAG_LETTERHEAD &&
		block->tag != TAG_REFERENCE && block->tag != TAG_CONTINUATION;
}

static bool is_french(const struct setter *setter)
{
	for (int i = 0; i < setter->texts.len; i++)
		if (lang_is(setter->texts.at[i]->lang, "fr"))
			return true;
	return false;
}

static void set_paragraph(struct setter *setter, const struct node *block)
{
	bool any = false;
	struct reader reader = {.text = all_text(setter), .opened = -1};
	if (has_signs(block) &&
		set_signs(setter->arena, setter->texts.at, setter->texts.len, reader.text,
			setter->diags))
		reader.text = all_text(setter);
	for (int i = 0; i < reader.text.len; i++)
		any |= reader.text.at[i] == '"' || reader.text.at[i] == '\'';
	for (int i = 0, from = 0; any && i < setter->texts.len; i++) {
		struct node *node = setter->texts.at[i];
		int len = node->tag == TAG_BR ? 1 : node->text.len;
		if (node->tag != TAG_BR)
			set_node(setter, &reader, node, from);
		from += len;
	}
	if (has_signs(block) && is_french(setter))
		set_french(setter->arena, setter->texts.at, setter->texts.len, all_text(setter));
	setter->texts.len = 0;
}

/* A note is a paragraph of its own, that stands in another. */
static void gather(struct setter *setter, struct node *parent)
{
	node_each (child, parent)
		if (child->tag == TAG_TEXT || child->tag == TAG_BR)
			*vec_push(setter->arena, &setter->texts) = child;
		else if (child->tag != TAG_NOTE)
			gather(setter, child);
}

void set_quotes(struct arena *arena, struct letter *letter, const struct style *style,
	struct locales *locales, struct diags *diags)
{
	struct locales *own = locales ? NULL : locales_new();
	struct setter setter = {.arena = arena, .diags = diags, .locales = locales ? locales : own};
	for (int i = 0; i < letter->node_count; i++) {
		struct node *node = letter->nodes[i];
		const struct node *block = tag_is_line(node->tag) ? node->parent : node;
		if (!tag_is_paragraph(node->tag) || !style_block(style, block)->quotes)
			continue;
		gather(&setter, node);
		set_paragraph(&setter, block);
	}
	buf_free(&setter.text);
	buf_free(&setter.set);
	locales_free(own);
}
