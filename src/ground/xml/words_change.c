/* words_change.c - the words of an element → other words, in the bytes that somebody wrote. Only
 * the characters that differ are written anew; comments, CDATA sections, tags, and white space
 * between words that stay are as they were.
 *
 * All is one change, if it lies between two tags; else it is taken apart at the words that stay. */
#include "xml/xml_int.h"

/* "\n" or "\r\n", as the file has them. */
static const char *line_end(struct str bytes)
{
	int end = str_find(bytes, "\n");
	return end > 0 && bytes.at[end - 1] == '\r' ? "\r\n" : "\n";
}

void xml_write_words(struct str bytes, struct str text, struct buf *out)
{
	bool ascii = xml_is_ascii(bytes);
	for (int at = 0; at < text.len;) {
		int from = at;
		uint32_t c = utf8_next(text, &at);
		if (c == '\n')
			buf_puts(out, line_end(bytes));
		else if (c >= 0x80 && ascii)
			buf_format(out, "&#x%X;", (unsigned)c);
		else
			buf_xml(out, str_slice(text, from, at));
	}
}

/* Into a CDATA section, which is ended for what cannot stand in it. */
static void write_new(struct str bytes, struct str text, bool cdata, struct buf *out)
{
	bool plain = str_find(text, "]") < 0 && str_find(text, ">") < 0 &&
		str_find(text, "\n") < 0 && !xml_is_ascii(bytes);
	if (cdata && plain) {
		buf_str(out, text);
		return;
	}
	buf_puts(out, cdata ? "]]>" : "");
	xml_write_words(bytes, text, out);
	buf_puts(out, cdata ? "<![CDATA[" : "");
}

/* What stands between characters that go: comments, and where CDATA begins and ends. */
static void keep_markup(struct str bytes, int at, bool cdata, struct buf *out)
{
	int tags = 0;
	while (at < bytes.len) {
		int from = at;
		if (words_skip_markup(bytes, &at, &cdata, &tags))
			buf_str(out, str_slice(bytes, from, at));
		else
			words_character(bytes, cdata, &at);
	}
}

/* -- what changes ------------------------------------------------------------------------------ */

/* Pieces that become other words: from first to last, not including that. */
struct hunk {
	int first, last;
	struct str now;
};

/* Without what stays of it at its beginning. */
static struct hunk begin_later(const struct pieces *pieces, struct hunk hunk)
{
	const struct piece *all = pieces->list.at;
	for (; hunk.first < hunk.last && str_starts(hunk.now, all[hunk.first].text); hunk.first++)
		hunk.now = str_slice(hunk.now, all[hunk.first].len, hunk.now.len);
	return hunk;
}

/* Likewise at its end. */
static struct hunk end_sooner(const struct pieces *pieces, struct hunk hunk)
{
	const struct piece *all = pieces->list.at;
	for (; hunk.first < hunk.last && str_ends(hunk.now, all[hunk.last - 1].text); hunk.last--)
		hunk.now.len -= all[hunk.last - 1].len;
	return hunk;
}

struct change {
	const struct xml_words *words;
	struct pieces pieces;
	struct buf out;
	int written; /* bytes of the file */
};

/* Words that go lie between two tags, and so do those that come in their place. */
static bool crosses(const struct pieces *pieces, const struct hunk *hunk)
{
	const struct piece *all = pieces->list.at;
	return hunk->first < hunk->last && all[hunk->last - 1].tags != all[hunk->first].tags;
}

/* Without what stays of it; a word that goes takes the blank before or behind it along, which may
 * stand beyond a tag. False: it reaches over one in any case. */
static bool narrow(const struct pieces *pieces, struct hunk *hunk)
{
	struct hunk narrow = end_sooner(pieces, begin_later(pieces, *hunk));
	if (crosses(pieces, &narrow))
		narrow = begin_later(pieces, end_sooner(pieces, *hunk));
	*hunk = narrow;
	return !crosses(pieces, hunk);
}

/* At words that go, else behind the word before, else before the one behind. */
static bool write_hunk(struct change *change, struct hunk hunk)
{
	const struct pieces *pieces = &change->pieces;
	const struct piece *all = pieces->list.at;
	struct str bytes = change->words->bytes;
	if (!narrow(pieces, &hunk))
		return false;
	bool goes = hunk.first < hunk.last;
	const struct piece *by = goes ? &all[hunk.first]
		: hunk.first          ? &all[hunk.first - 1]
		: pieces->list.len    ? &all[0]
				      : NULL;
	int from = by ? (goes || !hunk.first ? by->from : by->to) : change->words->from;
	int to = goes ? all[hunk.last - 1].to : from;
	buf_str(&change->out, str_slice(bytes, change->written, from));
	write_new(bytes, hunk.now, by && by->cdata, &change->out);
	if (goes)
		keep_markup(str_slice(bytes, 0, to), from, by->cdata, &change->out);
	change->written = to;
	return true;
}

/* -- word by word ------------------------------------------------------------------------------ */

/* Words with nothing white in them: of pieces, or of bytes. */
struct token {
	struct str text;
	int from, to;
};
struct tokens {
	struct arena *arena;
	vec(struct token) list;
};

static void find_tokens(struct str text, struct tokens *tokens)
{
	for (int at = 0; at < text.len;) {
		int from = at;
		while (at < text.len && !strchr(" \n", text.at[at]))
			at++;
		if (at > from)
			*vec_push(tokens->arena, &tokens->list) = (struct token){
				str_slice(text, from, at), from, at};
		at += at < text.len;
	}
}

/* From bytes of the text that the pieces are together to pieces. */
static void count_in_pieces(const struct pieces *pieces, struct tokens *tokens)
{
	int at = 0, piece = 0;
	for (int i = 0; i < tokens->list.len; i++) {
		struct token *token = &tokens->list.at[i];
		for (; at < token->from; piece++)
			at += pieces->list.at[piece].len;
		token->from = piece;
		for (; at < token->to; piece++)
			at += pieces->list.at[piece].len;
		token->to = piece;
	}
}

/* How many words can stay at most of those from old[i] and new[k] on, at [i * columns + k]. */
static unsigned short *longest(
	struct arena *arena, const struct tokens *old, const struct tokens *new)
{
	int rows = old->list.len + 1, columns = new->list.len + 1;
	unsigned short *most = arena_new_array(arena, unsigned short, rows *columns);
	memset(most, 0, sizeof *most * (size_t)rows * (size_t)columns);
	for (int i = rows - 2; i >= 0; i--)
		for (int k = columns - 2; k >= 0; k--) {
			unsigned short down = most[(i + 1) * columns + k];
			unsigned short right = most[i * columns + k + 1];
			bool same = str_eq(old->list.at[i].text, new->list.at[k].text);
			most[i * columns + k] = same
				? (unsigned short)(most[(i + 1) * columns + k + 1] + 1)
				: down > right ? down
					       : right;
		}
	return most;
}

/* Each hunk lies between two words that stay. Where one reaches over a tag, nobody could say which
 * of its words are the tag's. */
static bool write_between(
	struct change *change, struct str now, const struct tokens *old, const struct tokens *new)
{
	int columns = new->list.len + 1, i = 0, k = 0;
	unsigned short *most = longest(change->pieces.arena, old, new);
	struct hunk hunk = {0};
	int behind = 0;
	while (i < old->list.len && k < new->list.len) {
		const struct token *a = &old->list.at[i], *b = &new->list.at[k];
		if (str_eq(a->text, b->text)) {
			hunk.last = a->from;
			hunk.now = str_slice(now, behind, b->from);
			if (!write_hunk(change, hunk))
				return false;
			hunk.first = a->to;
			behind = b->to;
			i++, k++;
		} else if (most[(i + 1) * columns + k] >= most[i * columns + k + 1])
			i++;
		else
			k++;
	}
	hunk.last = change->pieces.list.len;
	hunk.now = str_slice(now, behind, now.len);
	return write_hunk(change, hunk);
}

static bool write_by_words(struct change *change, struct str now)
{
	enum { MOST = 2000 };
	struct arena *arena = change->pieces.arena;
	struct tokens old = {.arena = arena}, new = {.arena = arena};
	find_tokens(xml_words_read(arena, change->words), &old);
	find_tokens(now, &new);
	count_in_pieces(&change->pieces, &old);
	return old.list.len <= MOST &&
		new.list.len <= MOST &&write_between(change, now, &old, &new);
}

static bool write_at_once(struct change *change, struct str now)
{
	return write_hunk(change, (struct hunk){0, change->pieces.list.len, now});
}

enum xml_change xml_words_change(
	struct arena *arena, const struct xml_words *words, struct str now, struct buf *out)
{
	struct change change = {.words = words, .pieces = {.arena = arena}, .written = words->from};
	words_pieces(words, &change.pieces);
	bool good = write_at_once(&change, now) || write_by_words(&change, now);
	if (good) {
		buf_str(out, buf_text(&change.out));
		buf_str(out, str_slice(words->bytes, change.written, words->to));
	}
	buf_free(&change.out);
	return good ? XML_CHANGED : XML_CHANGE_CROSSES;
}
