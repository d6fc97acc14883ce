/* spell.c - do the glyphs of a mark say their text?
 *
 * A reader gets the text back through ToUnicode, which knows one text a glyph. Here it is compared,
 * cluster by cluster, with the text that was shaped. Where they differ (a letter with a mark that
 * became one glyph, a rare ligature) the content has to state its text: content.c then begins a
 * marked content of its own with ActualText (ISO 32000-1 14.9.4). A Span within the element's
 * marked content would do as well, but some readers lose what follows it.
 *
 * Readers find words by where glyphs stand. A sign that is set above, below or before the letter
 * that it belongs to looks to some like the end of a word: so such a word states its text as a
 * whole. */
#include "pdf/content_int.h"

#include <assert.h>

bool spell_says(const struct font *font, const struct glyph *glyphs, int count, bool superior,
	struct str text)
{
	char piece[8];
	for (int i = 0; i < count; i++) {
		int len = font_glyph_text(font, glyphs[i].id, superior, piece);
		if (len > text.len || memcmp(text.at, piece, (size_t)len) != 0)
			return false;
		text = str_slice(text, len, text.len);
	}
	for (int at = 0; at < text.len;)
		if (text_is_said(utf8_next(text, &at)))
			return false;
	return true;
}

int spell_cluster_end(const struct mark *mark, int glyph)
{
	return glyph < mark->glyph_count ? mark->glyphs[glyph].cluster : mark->text_to;
}

/* Sets *to behind the cluster that begins at glyph from. */
static bool says_cluster(
	const struct font *font, const struct mark *mark, bool superior, int from, int *to)
{
	const struct glyph *glyphs = mark->glyphs;
	for (*to = from + 1; *to < mark->glyph_count; ++*to)
		if (glyphs[*to].cluster != glyphs[from].cluster)
			break;
	int end = spell_cluster_end(mark, *to);
	assert(glyphs[from].cluster >= 0 && glyphs[from].cluster <= end && end <= mark->text.len);
	return spell_says(font, &glyphs[from], *to - from, superior,
		str_slice(mark->text, glyphs[from].cluster, end));
}

/* The common case, quickly: one glyph, one ASCII character. */
static int skip_letters(const struct font *font, const struct mark *mark, int from)
{
	const struct glyph *glyphs = mark->glyphs;
	for (; from + 1 < mark->glyph_count; from++) {
		const char *at = mark->text.at + glyphs[from].cluster;
		if (glyphs[from + 1].cluster != glyphs[from].cluster + 1 ||
			font->slots[glyphs[from].id].unicode != (unsigned char)*at)
			break;
	}
	return from;
}

int spell_stretch(
	const struct font *font, const struct mark *mark, bool superior, int from, bool *plain)
{
	int to, next;
	*plain = says_cluster(font, mark, superior, from, &to);
	while (to < mark->glyph_count) {
		if (*plain)
			to = skip_letters(font, mark, to);
		if (says_cluster(font, mark, superior, to, &next) != *plain)
			break;
		to = next;
	}
	return to;
}

static bool is_blank(const struct mark *mark, int glyph)
{
	return mark->text.at[mark->glyphs[glyph].cluster] == ' ';
}

static bool is_displaced(const struct mark *mark, int glyph)
{
	return (mark->glyphs[glyph].dx | mark->glyphs[glyph].dy) && !is_blank(mark, glyph);
}

int spell_displaced(const struct mark *mark, int from, int *next)
{
	int at = from, end;
	while (at < mark->glyph_count && !is_displaced(mark, at))
		at++;
	*next = at;
	if (at == mark->glyph_count)
		return 0;
	for (end = at; end < mark->glyph_count && !is_blank(mark, end);)
		end++;
	while (*next > from && !is_blank(mark, *next - 1))
		--*next;
	return *next == from ? end : 0;
}
