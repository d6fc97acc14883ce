/* hold_twins.c - PDF, web page and plain text say the same, read by nothing but their own rules. */
#include "hold.h"

#include <stdio.h>
#include <stdlib.h>

/* -- words ------------------------------------------------------------------------------------- */

/* White space is one blank, hyphenation points are nothing: neither is seen or heard. */
static struct str words_of(struct arena *arena, struct str text)
{
	struct buf words = {0};
	for (int i = 0; i < text.len; i++) {
		char c = text.at[i];
		bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
		if (str_starts(str_slice(text, i, text.len), "\xC2\xAD"))
			i++;
		else if (!blank)
			buf_char(&words, c);
		else if (words.len && words.at[words.len - 1] != ' ')
			buf_char(&words, ' ');
	}
	struct str copy = str_copy(arena, str_trim(buf_text(&words)));
	buf_free(&words);
	return copy;
}

/* -- the web page ------------------------------------------------------------------------------ */

static struct str entity(struct str *rest)
{
	static const struct {
		const char *name, *text;
	} entities[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""},
		{"&#39;", "'"}, {"&apos;", "'"}, {"&#10;", "\n"}};
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (str_starts(*rest, entities[i].name)) {
			*rest = str_slice(*rest, (int)strlen(entities[i].name), rest->len);
			return str_of(entities[i].text);
		}
	struct str one = str_slice(*rest, 0, 1);
	*rest = str_slice(*rest, 1, rest->len);
	return one;
}

static void put_escaped(struct buf *out, struct str text)
{
	while (text.len)
		buf_str(out, entity(&text));
}

/* Its alternative text; without one it only decorates. */
static void put_picture(struct buf *out, struct str tag, const char *attribute)
{
	int at = str_find(tag, attribute);
	struct str alt = str_slice(tag, at < 0 ? tag.len : at + (int)strlen(attribute), tag.len);
	int end = str_find(alt, "\"");
	alt = str_slice(alt, 0, end < 0 ? 0 : end);
	if (!alt.len)
		return;
	buf_puts(out, "\n[");
	put_escaped(out, alt);
	buf_puts(out, "]\n");
}

static bool is_element(struct str tag, const char *name)
{
	int len = (int)strlen(name);
	return str_starts(tag, name) && (tag.len == len || tag.at[len] == ' ');
}

/* Elements within a line leave no gap; all others do. */
static bool is_inline(struct str tag)
{
	static const char *const names[] = {"a", "em", "strong", "span", "abbr", "sup", "sub"};
	if (str_starts(tag, "/"))
		tag = str_slice(tag, 1, tag.len);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (is_element(tag, names[i]))
			return true;
	return false;
}

static void put_tag(struct buf *out, struct str tag)
{
	if (is_element(tag, "img"))
		put_picture(out, tag, " alt=\"");
	else if (is_element(tag, "svg"))
		put_picture(out, tag, " aria-label=\"");
	else if (!is_inline(tag))
		buf_char(out, '\n');
}

static struct str html_text(struct arena *arena, struct str html)
{
	struct buf out = {0};
	int from = str_find(html, "<main"), to = str_find(html, "</main>");
	struct str rest = str_slice(html, from < 0 ? 0 : from, to < 0 ? html.len : to);
	while (rest.len) {
		int end = rest.at[0] == '<' ? str_find(rest, ">") : -1;
		if (end < 0) {
			buf_str(&out, entity(&rest));
			continue;
		}
		put_tag(&out, str_slice(rest, 1, end));
		bool hidden = str_starts(rest, "<h1 class=\"hidden\">"); /* the title */
		rest = str_slice(rest, hidden ? str_find(rest, "</h1>") : end + 1, rest.len);
	}
	struct str text = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return text;
}

/* -- names ------------------------------------------------------------------------------------- */

/* The text of what stands in an element, without the tags in it. */
static struct str element_words(struct arena *arena, struct str inside)
{
	struct buf words = {0};
	while (inside.len) {
		int end = inside.at[0] == '<' ? str_find(inside, ">") : -1;
		if (end < 0)
			buf_str(&words, entity(&inside));
		else
			inside = str_slice(inside, end + 1, inside.len);
	}
	struct str copy = str_copy(arena, blank_trim(buf_text(&words)));
	buf_free(&words);
	return copy;
}

/* What a browser reads out by its words has some (WCAG 2.2, 2.4.4 and 1.3.1). */
static bool hold_names(struct trial *trial, struct str html)
{
	static const char *const names[] = {"a", "h1", "h2", "h3", "h4", "h5", "h6", "th"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct str rest = html;
		char close[8];
		snprintf(close, sizeof close, "</%s>", names[i]);
		for (int at; (at = str_find(rest, "<")) >= 0;) {
			rest = str_slice(rest, at + 1, rest.len);
			int from = str_find(rest, ">") + 1, to = str_find(rest, close);
			if (!is_element(str_slice(rest, 0, from ? from - 1 : 0), names[i]))
				continue;
			if (!element_words(trial->arena, str_slice(rest, from, to)).len)
				return trial_find(trial, "an element without a name",
					"<%s> has no words in the web page", names[i]);
		}
	}
	return true;
}

/* -- comparing --------------------------------------------------------------------------------- */

static bool compare(struct trial *trial, const char *kind, struct str a, struct str b)
{
	return hold_same(trial, kind, words_of(trial->arena, a), words_of(trial->arena, b));
}

bool hold_twins(struct trial *trial, const struct held *held)
{
	const struct made *made = held->made;
	struct story *story = held->story;
	struct str text = made_text(&made->text);
	struct str html = html_text(trial->arena, made_text(&made->html));
	return hold_names(trial, made_text(&made->html)) &&
		compare(trial, "PDF and plain text differ", buf_text(&story->read), text) &&
		compare(trial, "PDF and web page differ", buf_text(&story->unlabelled), html);
}
