/* draw_words.c - words, some of them odd, in languages that the fonts of the tests can set. */
#include "draw.h"

static const struct {
	const char *lang;
	const char *words[12];
} lexicon[] = {
	{"en-GB",
		{"the", "harbour", "of", "a", "mission", "responsibility", "is", "well-known",
			"office", "and", "£1,160,000", "accommodation"}},
	{"cy",
		{"y", "Tŷ", "Gwyn", "llythyr", "yn", "cyfrifoldeb", "ŵyn", "a’r", "gwasanaeth", "i",
			"comisiynydd", "ddinas"}},
	{"de",
		{"die", "Größe", "des", "Straße", "Verantwortung", "und", "für",
			"Wahrscheinlichkeit", "über", "Ämter", "1.160,50", "Schifffahrt"}},
	{"fr",
		{"l’été", "où", "le", "cœur", "naïf", "responsabilité", "et", "«", "déjà", "»",
			"française", "à"}},
	{"pl",
		{"źdźbło", "i", "w", "Łódź", "odpowiedzialność", "się", "że", "ręka", "gęś",
			"komisarz", "na", "święto"}},
	{"el",
		{"το", "λιμάνι", "και", "ευθύνη", "της", "Ελλάδας", "γράμμα", "ώρα", "σε",
			"γραφείο", "ένα", "είναι"}},
	{"ru",
		{"и", "в", "ответственность", "письмо", "город", "ёлка", "на", "день", "дом", "что",
			"порядок", "гавань"}},
	{"en-US",
		{"color", "\"center\"", "'90s", "rock 'n' roll", "it's", "the", "of", "said,",
			"\"No,\"", "catalog", "(see", "below)"}},
};
enum { LANGUAGES = sizeof lexicon / sizeof *lexicon };

/* Of no language: what line breaking, shaping and the PDF's text may stumble over. */
static const char *const odd[] = {"https://example.org/a/path-that/goes?on=and&on#end",
	"someone.else@example.org",
	"2020\xE2\x80\x93"
	"21",
	"No.\xC2\xA0"
	"5",
	"co\xC2\xADoperation", "fjord", "ffi", "\xC2\xBD", "\xE2\x84\x96", "a/b", "--",
	"\xE2\x80\x94", "\xE2\x80\xA6", "e.g.", "\xC2\xB2", "AVATAR", "x\xE2\x80\x8By", "{braces}",
	"<tag>", "R&D", "100%",
	"\xE2\x82\xAC"
	"5",
	"\xE2\x86\x92",
	"10\xE2\x80\xAF"
	"000",
	"non\xE2\x80\x91"
	"breaking",
	"\\", "(", ")", "W.", "\xEF\xAC\x81n"};

struct str draw_language(struct drawing *drawing)
{
	return str_of(dice_pick(&drawing->dice, lexicon).lang);
}

static const char *const *words_of(struct str lang)
{
	for (int i = 0; i < LANGUAGES; i++)
		if (str_is(lang, lexicon[i].lang))
			return lexicon[i].words;
	return lexicon[0].words;
}

struct str draw_words(struct drawing *drawing, struct str lang, int most)
{
	struct dice *dice = &drawing->dice;
	const char *const *words = words_of(lang);
	struct buf text = {0};
	int count = dice_from(dice, 1, most < drawing->words ? most : 1);
	int token = dice_below(dice, count);
	drawing->words -= count;
	for (int i = 0; i < count; i++) {
		buf_puts(&text, i ? " " : "");
		if (i == token)
			buf_format(&text, "q%dz", ++drawing->token);
		else
			buf_puts(&text,
				dice_once_in(dice, 15) ? dice_pick(dice, odd)
						       : words[dice_below(dice, 12)]);
		if (dice_once_in(dice, 12)) /* "a? B" and "?b" would have lost a letter */
			buf_char(&text,
				",.;:!?"[dice_below(dice, i == token && i + 1 < count ? 6 : 5)]);
	}
	struct str copy = str_copy(drawing->arena, buf_text(&text));
	buf_free(&text);
	return copy;
}
