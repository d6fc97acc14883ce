/* vague.c - words of a link that say the same wherever it leads: "here", "read more" (WCAG 2.2,
 * 2.4.4). Who hears a list of a letter's links is told nothing by them. */
#include "locale/locale.h"

#include <unicode/uchar.h>

/* With | between them. */
static const struct {
	const char *lang, *words;
} languages[] = {
	{"en", "here|click here|more|read more|learn more|this|this link|this page|link|website"},
	{"cy",
		"yma|cliciwch yma|mwy|darllen mwy|rhagor|hwn|y ddolen hon|y dudalen "
		"hon|dolen|gwefan"},
	{"da", "her|klik her|mere|læs mere|dette link|link"},
	{"de",
		"hier|hier klicken|klicken Sie hier|mehr|mehr lesen|weiterlesen|dieser Link|diese "
		"Seite|Link|Webseite"},
	{"el", "εδώ|κάντε κλικ εδώ|πατήστε εδώ|περισσότερα|διαβάστε περισσότερα"},
	{"es",
		"aquí|haga clic aquí|pulse aquí|más|leer más|más información|este enlace|esta "
		"página|enlace"},
	{"fi", "tästä|täällä|klikkaa tästä|lisää|lue lisää|linkki"},
	{"fr",
		"ici|cliquez ici|cliquer ici|plus|en savoir plus|lire la suite|ce lien|cette "
		"page|lien"},
	{"ga", "anseo|cliceáil anseo|tuilleadh|léigh tuilleadh|an nasc seo"},
	{"it",
		"qui|clicca qui|cliccare qui|altro|leggi tutto|per saperne di più|questo "
		"link|questa pagina|link"},
	{"nb", "her|klikk her|mer|les mer|denne lenken"},
	{"nl", "hier|klik hier|meer|lees meer|meer informatie|deze link|deze pagina|link"},
	{"pl", "tu|tutaj|kliknij tutaj|więcej|czytaj więcej|ten link|link"},
	{"pt", "aqui|clique aqui|mais|saiba mais|leia mais|este link|esta página|link"},
	{"ru", "здесь|тут|нажмите здесь|подробнее|читать далее|ссылка"},
	{"sv", "här|klicka här|mer|läs mer|denna länk|länk"},
	{"ar", "هنا|اضغط هنا|انقر هنا|المزيد|اقرأ المزيد"},
	{"he", "כאן|לחצו כאן|לחץ כאן|עוד|קרא עוד"},
	{"ja", "こちら|ここ|ここをクリック|こちらをクリック|詳細|続きを読む"},
	{"ko", "여기|여기를 클릭|더 보기|자세히 보기"},
	{"zh", "这里|此处|点击这里|点击此处|更多|這裡|此處|點擊這裡|閱讀更多"},
};

/* The next letter or digit, small; 0 at the end. */
static uint32_t next_letter(struct str text, int *at)
{
	while (*at < text.len) {
		UChar32 c = (UChar32)utf8_next(text, at);
		if (u_isalnum(c))
			return (uint32_t)u_foldCase(c, U_FOLD_CASE_DEFAULT);
	}
	return 0;
}

static bool same_letters(struct str a, struct str b)
{
	uint32_t c;
	int at = 0, other = 0;
	do
		if ((c = next_letter(a, &at)) != next_letter(b, &other))
			return false;
	while (c);
	return true;
}

bool words_are_vague(struct str words, struct str lang)
{
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		struct str rest = str_of(languages[i].words), one;
		while (lang_is(lang, languages[i].lang) && str_split(&rest, '|', &one))
			if (same_letters(words, one))
				return true;
	}
	return false;
}
