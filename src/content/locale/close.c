/* close.c - how a letter closes, by language: sincerely to somebody, faithfully to nobody in
 * particular. A language that does not tell the two apart has the same words twice; one in which
 * the words depend on more than that (French, Spanish) has none. */
#include "locale/locale.h"

static const struct {
	const char *lang, *named, *nameless;
} closes[] = {
	{"en-US", "Sincerely,", "Sincerely,"},
	{"en", "Yours sincerely,", "Yours faithfully,"},
	{"cy", "Yn gywir,", "Yr eiddoch yn gywir,"},
	{"da", "Med venlig hilsen", "Med venlig hilsen"},
	{"de-CH", "Mit freundlichen Grüssen", "Mit freundlichen Grüssen"},
	{"de", "Mit freundlichen Grüßen", "Mit freundlichen Grüßen"},
	{"nb", "Med vennlig hilsen", "Med vennlig hilsen"},
	{"nl", "Met vriendelijke groet,", "Met vriendelijke groet,"},
	{"nn", "Med venleg helsing", "Med venleg helsing"},
	{"no", "Med vennlig hilsen", "Med vennlig hilsen"},
	{"sv", "Med vänlig hälsning", "Med vänlig hälsning"},
};

struct str close_text(struct str lang, bool named)
{
	for (size_t i = 0; i < sizeof closes / sizeof *closes; i++)
		if (lang_is(lang, closes[i].lang) && lang_is_written_in(lang, "Latn"))
			return str_of(named ? closes[i].named : closes[i].nameless);
	return (struct str){0};
}

bool salutation_names(struct str salutation)
{
	static const char *const nameless[] = {"sir", "sirs", "madam", "sir or madam",
		"madam or sir", "sir/madam", "madam/sir", "sir / madam", "syr", "syr neu madam",
		"syr neu fadam", "syr/madam", "whom it may concern"};
	char words[40];
	int len = 0;
	salutation = str_trim(salutation);
	while (salutation.len && strchr(",:!. ", salutation.at[salutation.len - 1]))
		salutation.len--;
	int blank = str_find(salutation, " ");
	struct str rest = str_trim(str_slice(salutation, blank < 0 ? 0 : blank, salutation.len));
	for (; len < rest.len && len < (int)sizeof words; len++)
		words[len] = (char)(rest.at[len] >= 'A' && rest.at[len] <= 'Z'
				? rest.at[len] + 'a' - 'A'
				: rest.at[len]);
	for (size_t i = 0; i < sizeof nameless / sizeof *nameless; i++)
		if (len == rest.len && str_is((struct str){words, len}, nameless[i]))
			return false;
	return rest.len > 0;
}
