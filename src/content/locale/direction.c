/* direction.c - the script that a language's tag names, and languages that are written from right
 * to left: those whose script is one of these, by the tag or, as CLDR's likely subtags have it,
 * without. Held equal to ICU's by a test. */
#include "locale/locale.h"

static const char *const languages[] = {"ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "iw",
	"ks", "lrc", "mzn", "nqo", "pnb", "prs", "ps", "sam", "sd", "sdh", "syr", "ug", "ur", "yi",
	"ji"};
static const char *const scripts[] = {
	"Arab", "Aran", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Samr", "Mand", "Mend"};

/* They are behind a letter or figure alone. */
struct str lang_bare(struct str lang)
{
	struct str rest = lang, part;
	for (int len = 0; str_split(&rest, '-', &part); len += part.len + 1)
		if (part.len == 1 && len)
			return str_slice(lang, 0, len - 1);
	return lang;
}

/* The subtag of four letters, which names a script; empty: none. */
static struct str script_of(struct str lang)
{
	struct str part;
	lang = lang_bare(lang);
	str_split(&lang, '-', &part);
	while (str_split(&lang, '-', &part))
		if (part.len == 4 && (part.at[0] | 0x20) >= 'a' && (part.at[0] | 0x20) <= 'z')
			return part;
	return str_lit("");
}

bool lang_is_written_in(struct str lang, const char *script)
{
	struct str named = script_of(lang);
	return !named.len || lang_is(named, script);
}

bool lang_is_right_to_left(struct str lang)
{
	struct str script = script_of(lang);
	if (script.len) {
		for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
			if (lang_is(script, scripts[i]))
				return true;
		return false;
	}
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
		if (lang_is(lang, languages[i]))
			return true;
	return false;
}
