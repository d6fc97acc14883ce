/* words.c - what a letter says by itself, in its language: the number of a page, the names of
 * its notes. Where a language has no words here, numbers say it alone. */
#include "locale/locale.h"

static const struct {
	const char *lang;
	const char *page, *of; /* around the two numbers */
	const char *note, *back;
	const char *script; /* NULL: Latin */
} languages[] = {
	{"en", "Page ", " of ", "Note ", "Back to the text at note "},
	{"cy", "Tudalen ", " o ", "Nodyn ", "Yn ôl i’r testun wrth nodyn "},
	{"bg", "Страница ", " от ", .script = "Cyrl"},
	{"ca", "Pàgina ", " de "},
	{"cs", "Strana ", " z "},
	{"da", "Side ", " af "},
	{"de", "Seite ", " von "},
	{"el", "Σελίδα ", " από ", .script = "Grek"},
	{"es", "Página ", " de "},
	{"et", "Lehekülg ", "/"},
	{"fi", "Sivu ", "/"},
	{"fr", "Page ", " sur "},
	{"ga", "Leathanach ", " de "},
	{"gd", "Duilleag ", " de "},
	{"gl", "Páxina ", " de "},
	{"hr", "Stranica ", " od "},
	{"is", "Síða ", " af "},
	{"it", "Pagina ", " di "},
	{"lb", "Säit ", " vun "},
	{"lt", "Puslapis ", " iš "},
	{"lv", "Lapa ", " no "},
	{"mt", "Paġna ", " minn "},
	{"nb", "Side ", " av "},
	{"nl", "Pagina ", " van "},
	{"nn", "Side ", " av "},
	{"no", "Side ", " av "},
	{"pl", "Strona ", " z "},
	{"pt", "Página ", " de "},
	{"ro", "Pagina ", " din "},
	{"ru", "Страница ", " из ", .script = "Cyrl"},
	{"sk", "Strana ", " z "},
	{"sl", "Stran ", " od "},
	{"sv", "Sida ", " av "},
	{"tr", "Sayfa ", "/"},
	{"uk", "Сторінка ", " з ", .script = "Cyrl"},
	{"", "", "/"},
};

static bool is_row_of(size_t row, struct str lang)
{
	const char *script = languages[row].script;
	return lang_is(lang, languages[row].lang) &&
		lang_is_written_in(lang, script ? script : "Latn");
}

static size_t row_of(struct str lang)
{
	size_t row = 0;
	while (*languages[row].lang && !is_row_of(row, lang))
		row++;
	return row;
}

struct str page_number_text(struct arena *arena, int page, int count, struct str lang)
{
	size_t row = row_of(lang);
	char first[FIGURES_SIZE], second[FIGURES_SIZE];
	figures_write(page, lang, first);
	figures_write(count, lang, second);
	return str_format(arena, "%s%s%s%s", languages[row].page, first, languages[row].of, second);
}

void note_name_write(int number, struct str lang, bool back, struct buf *out)
{
	size_t row = row_of(lang);
	const char *words = back ? languages[row].back : languages[row].note;
	char figures[FIGURES_SIZE];
	figures_write(number, lang, figures);
	buf_puts(out, words ? words : "");
	buf_puts(out, figures);
}

bool lang_has_marks_after(struct str lang)
{
	return lang_is(lang, "en") || lang_is(lang, "cy");
}
