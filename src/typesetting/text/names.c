/* names.c - which words are names, as far as their capital tells: those that do not begin a
 * sentence, in languages that do not write all nouns with one. */
#include "text/text_int.h"

/* Whether a word may begin with a capital, or with what opens before one. */
static bool may_begin_with_capital(struct str word)
{
	for (int i = 0; i < word.len && i < 4; i++) {
		unsigned char c = (unsigned char)word.at[i];
		if ((c >= 'A' && c <= 'Z') || c >= 0x80)
			return true;
		if (c >= 'a' && c <= 'z')
			return false;
	}
	return false;
}

/* The end of the words before a byte in a span: without blanks, marks of notes and what closes. */
static int words_end(const struct flat *flat, int span, int at)
{
	struct str text = flat->text;
	while (at > 0) {
		struct str before = str_slice(text, 0, at);
		while (span > 0 && flat->spans[span].from >= at)
			span--;
		if (flat->spans[span].mark)
			at = flat->spans[span].from;
		else if (strchr(" )]\"'", text.at[at - 1]))
			at--;
		else if (str_ends(before, "”") || str_ends(before, "’"))
			at -= (int)strlen("”");
		else
			break;
	}
	return at;
}

/* Behind nothing, or behind a full stop that is not an abbreviation's. */
static bool begins_sentence(const struct flat *flat, int span, int at)
{
	int end = words_end(flat, span, at);
	if (end == 0)
		return true;
	if (flat->text.at[end - 1] == '.')
		return !has_custom(
			flat_usage(flat, span), TIED_TO_NAME, word_before(flat->text, end));
	return strchr("!?:", flat->text.at[end - 1]) ||
		str_ends(str_slice(flat->text, 0, end), "…");
}

bool has_capital_nouns(struct str lang)
{
	return lang_is(lang, "de") || lang_is(lang, "lb") || lang_is(lang, "nds");
}

bool is_name(const struct flat *flat, int span, struct str word)
{
	return may_begin_with_capital(word) && !has_capital_nouns(flat->spans[span].lang) &&
		!begins_sentence(flat, span, (int)(word.at - flat->text.at));
}
