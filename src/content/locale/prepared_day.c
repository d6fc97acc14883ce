/* prepared_day.c - long dates of common languages, known without ICU, which takes some milliseconds
 * to open. A language is a row, a region before its language. Forms and months are those of the
 * Unicode CLDR's long dates, with the month in the case that follows a day; held equal to ICU's by
 * tests/unit/test_prepared.c, but for the first of a month, where French and Italian letters have
 * an ordinal. */
#include "locale/locale.h"
#include "locale/locales_int.h"

static const char norwegian[] = "januar,februar,mars,april,mai,juni,juli,august,september,oktober,"
				"november,desember";

static const struct {
	const char *lang;
	const char *form; /* D, M and Y stand for day, month and year */
	const char *months;
	const char *first; /* the first of a month; NULL: a number like the others */
} calendars[] = {
	{"en-US", "M D, Y",
		"January,February,March,April,May,June,July,August,September,October,November,"
		"December"},
	{"en", "D M Y",
		"January,February,March,April,May,June,July,August,September,October,November,"
		"December"},
	{"cy", "D M Y",
		"Ionawr,Chwefror,Mawrth,Ebrill,Mai,Mehefin,Gorffennaf,Awst,Medi,Hydref,Tachwedd,"
		"Rhagfyr"},
	{"cs", "D. M Y",
		"ledna,února,března,dubna,května,června,července,srpna,září,října,listopadu,"
		"prosince"},
	{"da", "D. M Y",
		"januar,februar,marts,april,maj,juni,juli,august,september,oktober,november,"
		"december"},
	{"de-AT", "D. M Y",
		"Jänner,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,"
		"Dezember"},
	{"de", "D. M Y",
		"Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,"
		"Dezember"},
	{"es", "D de M de Y",
		"enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,"
		"diciembre"},
	{"fi", "D. M Y",
		"tammikuuta,helmikuuta,maaliskuuta,huhtikuuta,toukokuuta,kesäkuuta,heinäkuuta,"
		"elokuuta,syyskuuta,lokakuuta,marraskuuta,joulukuuta"},
	{"fr", "D M Y",
		"janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,"
		"décembre",
		"1er"},
	{"ga", "D M Y",
		"Eanáir,Feabhra,Márta,Aibreán,Bealtaine,Meitheamh,Iúil,Lúnasa,Meán Fómhair,"
		"Deireadh Fómhair,Samhain,Nollaig"},
	{"hu", "Y. M D.",
		"január,február,március,április,május,június,július,augusztus,szeptember,október,"
		"november,december"},
	{"is", "D. M Y",
		"janúar,febrúar,mars,apríl,maí,júní,júlí,ágúst,september,október,nóvember,"
		"desember"},
	{"it", "D M Y",
		"gennaio,febbraio,marzo,aprile,maggio,giugno,luglio,agosto,settembre,ottobre,"
		"novembre,dicembre",
		"1º"},
	{"lb", "D. M Y",
		"Januar,Februar,Mäerz,Abrëll,Mee,Juni,Juli,August,September,Oktober,November,"
		"Dezember"},
	{"nb", "D. M Y", norwegian},
	{"nl", "D M Y",
		"januari,februari,maart,april,mei,juni,juli,augustus,september,oktober,november,"
		"december"},
	{"nn", "D. M Y", norwegian},
	{"no", "D. M Y", norwegian},
	{"pl", "D M Y",
		"stycznia,lutego,marca,kwietnia,maja,czerwca,lipca,sierpnia,września,października,"
		"listopada,grudnia"},
	{"pt", "D de M de Y",
		"janeiro,fevereiro,março,abril,maio,junho,julho,agosto,setembro,outubro,novembro,"
		"dezembro"},
	{"ro", "D M Y",
		"ianuarie,februarie,martie,aprilie,mai,iunie,iulie,august,septembrie,octombrie,"
		"noiembrie,decembrie"},
	{"sv", "D M Y",
		"januari,februari,mars,april,maj,juni,juli,augusti,september,oktober,november,"
		"december"},
};
enum { CALENDARS = sizeof calendars / sizeof *calendars };

/* Regions that write dates otherwise than the rest of their language: ICU is asked. */
static const char *const others[] = {"de-IT", "en-AS", "en-BI", "en-BW", "en-BZ", "en-CA", "en-GU",
	"en-MH", "en-MP", "en-MT", "en-PH", "en-PR", "en-UM", "en-VI", "en-ZA", "en-ZW", "es-HN"};

static bool writes_otherwise(struct str lang)
{
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (lang_is(lang, others[i]))
			return true;
	return false;
}

static void put_day(size_t row, int day, struct buf *out)
{
	if (day == 1 && calendars[row].first)
		buf_puts(out, calendars[row].first);
	else
		buf_format(out, "%d", day);
}

static void put_month(size_t row, int month, struct buf *out)
{
	struct str rest = str_of(calendars[row].months), name = {0};
	while (month-- > 0)
		str_split(&rest, ',', &name);
	buf_str(out, name);
}

bool prepared_day(struct day day, struct str lang, struct buf *out)
{
	size_t row = 0;
	if (writes_otherwise(lang) || !lang_is_written_in(lang, "Latn") || figures_are_own(lang))
		return false;
	while (row < CALENDARS && !lang_is(lang, calendars[row].lang))
		row++;
	if (row == CALENDARS)
		return false;
	for (const char *form = calendars[row].form; *form; form++)
		if (*form == 'D')
			put_day(row, day.day, out);
		else if (*form == 'M')
			put_month(row, day.month, out);
		else if (*form == 'Y')
			buf_format(out, "%d", day.year);
		else
			buf_char(out, *form);
	return true;
}
