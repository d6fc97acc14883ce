/* packages.c - what divides the words of a language, where it is not there: for messages. */
#include "text/text.h"

#include <stdio.h>
#include <unicode/uloc.h>

/* Debian's packages, the narrower range first. */
static const struct {
	const char *range, *package;
} packages[] = {{"af", "hyphen-af"}, {"be", "hyphen-be"}, {"bg", "hyphen-bg"}, {"ca", "hyphen-ca"},
	{"cs", "hyphen-cs"}, {"da", "hyphen-da"}, {"de", "hyphen-de"}, {"el", "hyphen-el"},
	{"en-US", "hyphen-en-us"}, {"en", "hyphen-en-gb"}, {"es", "hyphen-es"}, {"fr", "hyphen-fr"},
	{"gl", "hyphen-gl"}, {"hr", "hyphen-hr"}, {"hu", "hyphen-hu"}, {"id", "hyphen-id"},
	{"is", "hyphen-is"}, {"it", "hyphen-it"}, {"lt", "hyphen-lt"}, {"lv", "hyphen-lv"},
	{"mn", "hyphen-mn"}, {"nb", "hyphen-no"}, {"nl", "hyphen-nl"}, {"nn", "hyphen-no"},
	{"no", "hyphen-no"}, {"pl", "hyphen-pl"}, {"pt-BR", "hyphen-pt-br"}, {"pt", "hyphen-pt-pt"},
	{"ro", "hyphen-ro"}, {"ru", "hyphen-ru"}, {"sk", "hyphen-sk"}, {"sl", "hyphen-sl"},
	{"sr", "hyphen-sr"}, {"sv", "hyphen-sv"}, {"uk", "hyphen-uk"}, {"zu", "hyphen-zu"}};

const char *text_patterns_package(struct str lang)
{
	for (size_t i = 0; i < sizeof packages / sizeof *packages; i++)
		if (lang_is(lang, packages[i].range))
			return packages[i].package;
	return NULL;
}

/* Vietnamese has a blank behind each syllable. */
bool text_divides_words(struct str lang)
{
	char tag[64], name[ULOC_FULLNAME_CAPACITY], full[ULOC_FULLNAME_CAPACITY];
	char script[ULOC_SCRIPT_CAPACITY];
	UErrorCode error = U_ZERO_ERROR;
	snprintf(tag, sizeof tag, "%.*s", str_arg(lang));
	uloc_forLanguageTag(tag, name, sizeof name, NULL, &error);
	uloc_addLikelySubtags(name, full, sizeof full, &error);
	uloc_getScript(full, script, sizeof script, &error);
	return U_SUCCESS(error) && !lang_is(lang, "vi") &&
		(strcmp(script, "Latn") == 0 || strcmp(script, "Cyrl") == 0 ||
			strcmp(script, "Grek") == 0);
}

bool text_wants_patterns(const struct style *style, const struct node *text)
{
	const struct node *paragraph = node_paragraph(text);
	return text->tag == TAG_TEXT && paragraph && !node_is_blank(text) &&
		style_block(style, paragraph)->hyphenate && text_divides_words(text->lang);
}
