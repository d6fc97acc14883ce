/* vague.c - words of a link that say the same wherever it leads: "here", "read more" (WCAG 2.2,
 * 2.4.4). Who hears a list of a letter's links is told nothing by them. */
#include "locale/locale.h"

#include <unicode/uchar.h>

/* With | between them. */
static const struct {
	const char *lang, *words;
} languages[] = {
	{"en",
		"here|click here|click|more|read more|learn more|find out more|see more|more "
		"information|more details|details|this|this link|this page|link|page|website"},
	{"cy",
		"yma|cliciwch yma|mwy|darllen mwy|rhagor|hwn|y ddolen hon|y dudalen "
		"hon|dolen|gwefan"},
	{"ca", "aquí|feu clic aquí|feu clic|més|més informació|llegiu-ne més|aquest enllaç|enllaç"},
	{"cs", "zde|tady|klikněte zde|více|více informací|číst dále|tento odkaz|odkaz"},
	{"da", "her|klik her|mere|læs mere|dette link|link"},
	{"de",
		"hier|hier klicken|klicken Sie hier|mehr|mehr lesen|mehr "
		"erfahren|weiterlesen|weitere "
		"Informationen|mehr Informationen|Details|dieser Link|diese "
		"Seite|Link|Seite|Webseite"},
	{"el", "εδώ|κάντε κλικ εδώ|πατήστε εδώ|περισσότερα|διαβάστε περισσότερα"},
	{"es",
		"aquí|haga clic aquí|pulse aquí|más|leer más|más información|este enlace|esta "
		"página|enlace"},
	{"eu", "hemen|egin klik hemen|gehiago|informazio gehiago|irakurri gehiago|esteka"},
	{"fi", "tästä|täällä|klikkaa tästä|lisää|lue lisää|linkki"},
	{"fr",
		"ici|cliquez ici|cliquer ici|plus|en savoir plus|lire la suite|plus "
		"d’informations|plus d'informations|ce lien|cette page|lien"},
	{"ga", "anseo|cliceáil anseo|tuilleadh|léigh tuilleadh|an nasc seo"},
	{"gd", "an seo|briog an seo|barrachd|leugh barrachd|an ceangal seo"},
	{"hu", "itt|ide|kattintson ide|tovább|bővebben|több információ|ez a link|link"},
	{"it",
		"qui|clicca qui|cliccare qui|altro|leggi tutto|per saperne di più|questo "
		"link|questa pagina|link"},
	{"nb", "her|klikk her|mer|les mer|denne lenken"},
	{"nl", "hier|klik hier|meer|lees meer|meer informatie|deze link|deze pagina|link"},
	{"pl", "tu|tutaj|kliknij tutaj|więcej|czytaj więcej|ten link|link"},
	{"pt", "aqui|clique aqui|mais|saiba mais|leia mais|este link|esta página|link"},
	{"ro",
		"aici|click aici|dați clic aici|mai mult|mai multe|citește mai mult|mai multe "
		"informații|acest link|link"},
	{"ru", "здесь|тут|нажмите здесь|подробнее|читать далее|ссылка"},
	{"sv", "här|klicka här|mer|läs mer|denna länk|länk"},
	{"tr",
		"burada|buraya|buraya tıklayın|daha fazla|daha fazla bilgi|devamı|bu "
		"bağlantı|bağlantı"},
	{"uk", "тут|ось тут|натисніть тут|докладніше|детальніше|читати далі|посилання"},
	{"vi", "tại đây|ở đây|bấm vào đây|nhấn vào đây|xem thêm|đọc thêm|liên kết này"},
	{"ar", "هنا|اضغط هنا|انقر هنا|المزيد|اقرأ المزيد"},
	{"fa", "اینجا|اینجا کلیک کنید|بیشتر|ادامه مطلب|اطلاعات بیشتر"},
	{"he", "כאן|לחצו כאן|לחץ כאן|עוד|קרא עוד"},
	{"hi", "यहाँ|यहां|यहाँ क्लिक करें|यहां क्लिक करें|और पढ़ें|अधिक जानकारी"},
	{"ja", "こちら|ここ|ここをクリック|こちらをクリック|詳細|続きを読む"},
	{"ko", "여기|여기를 클릭|더 보기|자세히 보기"},
	{"th", "ที่นี่|คลิกที่นี่|อ่านต่อ|อ่านเพิ่มเติม|ดูเพิ่มเติม"},
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
	if (same_letters(words, str_lit(""))) /* an arrow */
		return true;
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		struct str rest = str_of(languages[i].words), one;
		while (lang_is(lang, languages[i].lang) && str_split(&rest, '|', &one))
			if (same_letters(words, one))
				return true;
	}
	return false;
}
