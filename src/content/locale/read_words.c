/* read_words.c - yes and no in many languages, and the names of months and days.
 *
 * Yes and no are those of the Unicode CLDR (posix messages), which ICU does not bring, with what
 * people write besides, and what spreadsheets of that language write for true and false. */
#include "locale/locales_int.h"
#include "locale/reading_int.h"

#include <unicode/ustring.h>

/* -- yes and no -------------------------------------------------------------------------------- */

static const struct {
	const char *lang;     /* "": any */
	const char *yes, *no; /* without capitals and Latin marks */
} answers[] = {
	{"", "yes,true,1,1.0", "no,false,0,0.0"},
	{"en", "y", "n"},
	{"ar", "نعم,صحيح", "لا,خطأ"},
	{"bg", "да,д,истина", "не,н,лъжа"},
	{"bs", "da,d", "ne,n"},
	{"ca", "si,s,cert", "no,n,fals"},
	{"cs", "ano,a,pravda", "ne,n,nepravda"},
	{"cy", "ie,ydy,oes,i", "na,nage,nac ydy,nac oes,n"},
	{"da", "ja,j,sand", "nej,n,falsk"},
	{"de", "ja,j,wahr", "nein,n,falsch"},
	{"el", "ναι,ν,αληθεσ", "οχι,ο,ψευδεσ"},
	{"es", "si,s,verdadero", "no,n,falso"},
	{"et", "jah,j,toene", "ei,e,vaar"},
	{"eu", "bai,b,egiazkoa", "ez,e,faltsua"},
	{"fa", "بله,بلی", "خیر,نه"},
	{"fi", "kylla,k,tosi", "ei,e,epatosi"},
	{"fr", "oui,o,vrai", "non,n,faux"},
	{"ga", "ta,sea,is ea", "nil,ni hea"},
	{"gl", "si,s,verdadeiro", "non,n,falso"},
	{"he", "כן", "לא"},
	{"hi", "हाँ,हां,जी हाँ", "नहीं,नही"},
	{"hr", "da,d,istina", "ne,n,laz"},
	{"hu", "igen,i,igaz", "nem,n,hamis"},
	{"id", "ya,y,benar", "tidak,t,salah"},
	{"is", "ja,j,satt", "nei,n,osatt"},
	{"it", "si,s,vero", "no,n,falso"},
	{"ja", "はい,有り", "いいえ,無し"},
	{"ko", "예,네", "아니요,아니오"},
	{"lb", "jo,j", "neen,nee,n"},
	{"lt", "taip,t,tiesa", "ne,n,netiesa"},
	{"lv", "ja,j,taisniba", "ne,n,nepatiesa"},
	{"mk", "да,д", "не,н"},
	{"mt", "iva,i", "le,l"},
	{"nb", "ja,j,sann", "nei,n,usann"},
	{"nl", "ja,j,waar", "nee,neen,n,onwaar"},
	{"nn", "ja,j,sann", "nei,n,usann"},
	{"no", "ja,j,sann", "nei,n,usann"},
	{"pl", "tak,t,prawda", "nie,n,fałsz"},
	{"pt", "sim,s,verdadeiro", "nao,n,falso"},
	{"ro", "da,d,adevarat", "nu,n,fals"},
	{"ru", "да,д,истина", "нет,н,ложь"},
	{"sk", "ano,a,pravda", "nie,n,nepravda"},
	{"sl", "da,d", "ne,n"},
	{"sq", "po,p", "jo,j"},
	{"sr", "da,d,да,д", "ne,n,не,н"},
	{"sv", "ja,j,sant", "nej,n,falskt"},
	{"th", "ใช่", "ไม่,ไม่ใช่"},
	{"tr", "evet,e,dogru", "hayir,hayır,h,yanlis,yanlış"},
	{"uk", "так,т,істина", "ні,н,хибність"},
	{"vi", "co,có", "khong,không"},
	{"zh", "是,对,對", "否,不是"},
};

static bool same_word(struct str a, struct str b)
{
	int i = 0, k = 0;
	for (;;) {
		uint32_t x = 0, y = 0;
		while (i < a.len && !x)
			x = plain_letter(utf8_next(a, &i));
		while (k < b.len && !y)
			y = plain_letter(utf8_next(b, &k));
		if (x != y || !x)
			return x == y;
	}
}

static bool is_among(struct str word, const char *words)
{
	struct str rest = str_of(words), one;
	while (str_split(&rest, ',', &one))
		if (same_word(word, one))
			return true;
	return false;
}

struct readings read_yes_no(struct str text, struct str lang, const struct declared *declared)
{
	bool yes = false, no = false;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		const char *of = answers[i].lang;
		if (*of && !lang_is(str_lit("en"), of) && !lang_is(lang, of) &&
			!lang_is(declared->lang, of))
			continue;
		yes |= is_among(text, answers[i].yes);
		no |= is_among(text, answers[i].no);
	}
	struct readings reading = {.count = yes + no};
	reading.as[0].yes = yes;
	return reading;
}

/* -- months ------------------------------------------------------------------------------------ */

enum { MAX_NAME = 64 };

/* Whether a name of ICU's is the word, or its abbreviation with a point. */
static bool names(const UChar *name, int32_t len, struct str word)
{
	char bytes[4 * MAX_NAME];
	int32_t size = 0;
	UErrorCode status = U_ZERO_ERROR;
	u_strToUTF8(bytes, sizeof bytes, &size, name, len, &status);
	if (U_FAILURE(status))
		return false;
	struct str known = {bytes, size};
	if (str_ends(known, "."))
		known.len--;
	return known.len > 0 && same_word(known, word);
}

static int find_month(const UDateFormat *format, struct str word)
{
	static const UDateFormatSymbolType kinds[] = {UDAT_MONTHS, UDAT_STANDALONE_MONTHS,
		UDAT_SHORT_MONTHS, UDAT_STANDALONE_SHORT_MONTHS};
	for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
		for (int32_t month = 0; month < 12; month++) {
			UChar name[MAX_NAME];
			UErrorCode status = U_ZERO_ERROR;
			int32_t len = icu()->udat_getSymbols(
				format, kinds[kind], month, name, MAX_NAME, &status);
			if (U_SUCCESS(status) && names(name, len, word))
				return month + 1;
		}
	return 0;
}

/* NULL: of a language that is not known. */
static UDateFormat *names_open(struct str lang)
{
	char locale[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	if (lang.len == 0 || !locale_name(lang, locale))
		return NULL;
	UDateFormat *format = icu()->udat_open(
		UDAT_LONG, UDAT_LONG, locale, NULL, 0, NULL, 0, &status);
	if (U_SUCCESS(status))
		return format;
	icu()->udat_close(format);
	return NULL;
}

static int month_of(struct str word, struct str lang, enum months *months)
{
	UDateFormat *format = names_open(lang);
	int month = format ? find_month(format, word) : 0;
	if (month)
		*months = months_are_own(format) ? MONTHS_OWN : MONTHS_COMMON;
	icu()->udat_close(format);
	return month;
}

int month_take(
	struct str *text, struct str lang, const struct declared *declared, enum months *months)
{
	const struct str langs[] = {lang, declared->lang, str_lit("en-US")};
	struct str rest = *text, word = word_take(&rest);
	for (int words = 1; words <= 2 && word.len; words++) {
		for (int i = 0; i < 3; i++) {
			int month = month_of(word, langs[i], months);
			if (month) {
				plain_take(&rest, ".");
				*text = rest;
				return month;
			}
		}
		plain_skip_blanks(&rest);
		word_take(&rest);
		word = str_slice(*text, 0, text->len - rest.len);
	}
	return 0;
}

/* -- days of the week -------------------------------------------------------------------------- */

/* As many bytes of a text as are a name of ICU's, without its point, and no letter behind; 0. */
static int length_of_name(struct str text, const UChar *name, int32_t len)
{
	int at = 0, end = 0;
	len -= len && name[len - 1] == '.';
	for (int32_t i = 0; i < len;) {
		UChar32 c;
		U16_NEXT(name, i, len, c);
		bool apostrophe = c == 0x2019 || c == 0x02BC;
		uint32_t wanted = apostrophe ? '\'' : plain_letter((uint32_t)c), is = 0;
		while (wanted && at < text.len && !is)
			is = plain_letter(utf8_next(text, &at));
		if (is != wanted)
			return 0;
		end = at;
	}
	return letter_stands_at(text, end) ? 0 : end;
}

/* The longest name counts: "Mi" is in "Mittwoch". */
static int find_weekday(const UDateFormat *format, struct str text, int *longest)
{
	static const UDateFormatSymbolType kinds[] = {UDAT_WEEKDAYS, UDAT_STANDALONE_WEEKDAYS,
		UDAT_SHORT_WEEKDAYS, UDAT_STANDALONE_SHORT_WEEKDAYS};
	int weekday = -1;
	for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
		for (int32_t day = UCAL_SUNDAY; day <= UCAL_SATURDAY; day++) {
			UChar name[MAX_NAME];
			UErrorCode status = U_ZERO_ERROR;
			int32_t len = icu()->udat_getSymbols(
				format, kinds[kind], day, name, MAX_NAME, &status);
			int taken = U_SUCCESS(status) ? length_of_name(text, name, len) : 0;
			if (taken > *longest) {
				*longest = taken;
				weekday = day - UCAL_SUNDAY;
			}
		}
	return weekday;
}

int weekday_take(struct str *text, struct str lang, const struct declared *declared)
{
	const struct str langs[] = {lang, declared->lang, str_lit("en-US")};
	struct str rest = *text;
	bool open = plain_take(&rest, "(");
	for (int i = 0, taken = 0; i < 3; i++) {
		UDateFormat *format = names_open(langs[i]);
		int weekday = format ? find_weekday(format, rest, &taken) : -1;
		icu()->udat_close(format);
		if (weekday < 0)
			continue;
		rest = str_slice(rest, taken, rest.len);
		plain_take(&rest, ".");
		if (open && !plain_take(&rest, ")"))
			return -1;
		*text = rest;
		return weekday;
	}
	return -1;
}

static int weekday_of(struct day day)
{
	enum { THURSDAY = 4 }; /* 1970-01-01 */
	return (int)(((day_number(day) + THURSDAY) % 7 + 7) % 7);
}

struct readings weekday_checked(struct readings reading, int weekday)
{
	static const char *const whys[] = {"that day is a Sunday", "that day is a Monday",
		"that day is a Tuesday", "that day is a Wednesday", "that day is a Thursday",
		"that day is a Friday", "that day is a Saturday"};
	struct readings of = {0};
	for (int i = 0; i < reading.count && weekday >= 0; i++)
		if (weekday_of(reading.as[i].day) == weekday)
			of.as[of.count++] = reading.as[i];
	if (weekday < 0 || reading.count == 0)
		return reading;
	of.why = of.count           ? NULL
		: reading.count > 1 ? "neither day that it can be is of that name"
				    : whys[weekday_of(reading.as[0].day)];
	return of;
}
