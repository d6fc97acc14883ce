/* find.c - what the filter of the list finds: a part of the id or of a value, and a state.
 *
 * Words are compared folded: "zoe unlu" finds Zoë Ünlü, also over two lines of an address. Values
 * are folded at each search, 20,000 of them in some 30 ms, which needs no second copy of them. */
#include "desk/desk.h"

#include <locale.h>
#include <wctype.h>

/* Small letters without marks, runs of white space as one blank. ASCII alone is folded where the
 * system has no C.UTF-8. */
static void fold(struct str text, locale_t locale, struct buf *out)
{
	char bytes[4];
	buf_clear(out);
	for (int at = 0; at < text.len;) {
		uint32_t c = utf8_unmarked(utf8_next(text, &at));
		if (c > ' ' && c < 0x80)
			buf_char(out, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
		else if (c >= 0x80)
			buf_put(out, bytes,
				(size_t)utf8_encode(locale ? towlower_l(c, locale) : c, bytes));
		else if (c && out->len && out->at[out->len - 1] != ' ')
			buf_char(out, ' ');
	}
}

struct finder finder_new(const struct view *view)
{
	struct finder finder = {
		.state = view->state, .locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0)};
	fold(str_trim(view->query), finder.locale, &finder.words);
	return finder;
}

void finder_free(struct finder *finder)
{
	if (finder->locale)
		freelocale(finder->locale);
	buf_free(&finder->words);
	buf_free(&finder->text);
}

static bool holds(struct finder *finder, struct str text)
{
	fold(text, finder->locale, &finder->text);
	return str_find(buf_text(&finder->text), buf_text(&finder->words).at) >= 0;
}

const char *row_state(const struct listing *listing, const struct row *row)
{
	if (row->errors)
		return "error";
	if (row->warnings)
		return "warning";
	if (!listing->checked)
		return "waiting";
	return row->unconfirmed ? "unconfirmed" : "good";
}

static bool is_of(const struct listing *listing, const struct row *row, struct str state)
{
	if (str_is(state, "changed"))
		return row->changed;
	if (str_is(state, "unconfirmed"))
		return row->unconfirmed > 0;
	if (str_is(state, "proof"))
		return row->why.len > 0;
	if (str_is(state, "approved"))
		return listing_approves(listing, row->approved);
	return !state.len || str_is(state, row_state(listing, row));
}

bool finder_fits(struct finder *finder, const struct listing *listing, const struct row *row)
{
	return is_of(listing, row, finder->state) &&
		(!finder->words.len || holds(finder, row->id) || holds(finder, row->values));
}
