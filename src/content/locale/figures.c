/* figures.c - the figures that a language counts in: those of its dates and amounts, by the CLDR or
 * as its tag says (fa-u-nu-latn), so that a page has one set of them.
 *
 * Languages that have none but 0 to 9 are known without ICU's formats, which take a megabyte and
 * some milliseconds: held equal to ICU's by tests/unit/test_label.c. */
#include "locale/locale.h"
#include "locale/locales_int.h"

#include <stdio.h>
#include <unicode/uchar.h>
#include <unicode/unumsys.h>

/* Those that count otherwise somewhere: ICU is asked where, and in which. */
static const char *const languages[] = {"ar", "as", "bgc", "bgn", "bho", "bn", "ccp", "ckb", "dz",
	"fa", "ff", "glk", "hnj", "ks", "lrc", "mni", "mr", "my", "mzn", "ne", "new", "nqo", "pa",
	"ps", "raj", "rhg", "sa", "sat", "sd", "sdh", "ur", "uz"};

/* What a tag names behind -u-…-nu-; empty: nothing. */
static struct str named_by(struct str lang)
{
	struct str part;
	bool extended = false;
	if (lang.len <= (int)strlen("xx-u-nu-")) /* nearly all */
		return str_lit("");
	while (str_split(&lang, '-', &part) && !lang_is(part, "x")) {
		if (extended && lang_is(part, "nu"))
			return str_split(&lang, '-', &part) ? part : str_lit("");
		extended = part.len == 1 ? lang_is(part, "u") : extended;
	}
	return str_lit("");
}

static bool may_count_otherwise(struct str lang)
{
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
		if (lang_is(lang, languages[i]))
			return true;
	return named_by(lang).len > 0;
}

/* The ten of a system, from 0 on; false: it has others, or no ten. */
static bool take_ten(const UNumberingSystem *system, UChar32 ten[10])
{
	UChar units[2 * 10 + 1];
	UErrorCode status = U_ZERO_ERROR;
	if (icu()->unumsys_isAlgorithmic(system))
		return false;
	int len = icu()->unumsys_getDescription(system, units, 2 * 10 + 1, &status), count = 0;
	for (int at = 0; U_SUCCESS(status) && at < len && count < 10; count++)
		U16_NEXT(units, at, len, ten[count]);
	return U_SUCCESS(status) && count == 10;
}

/* Those of a tag; false: it has none of its own, or ten by no system. */
static bool find_ten(struct str lang, UChar32 ten[10])
{
	char name[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	if (!may_count_otherwise(lang))
		return false;
	if (!locale_name(lang, name) && named_by(lang).len)
		snprintf(name, sizeof name, "root@numbers=%.*s", str_arg(named_by(lang)));
	UNumberingSystem *system = icu()->unumsys_open(name, &status);
	bool found = system && U_SUCCESS(status) && take_ten(system, ten);
	if (system)
		icu()->unumsys_close(system);
	return found;
}

bool figures_fit(struct str lang)
{
	UChar32 ten[10];
	return !named_by(lang).len || find_ten(lang, ten);
}

void figures_write(int number, struct str lang, char out[FIGURES_SIZE])
{
	char plain[NUMBER_SIZE];
	UChar32 ten[10];
	size_t len = 0;
	digits_write(number, plain);
	bool found = find_ten(lang, ten);
	for (const char *c = plain; *c; c++)
		len += (size_t)utf8_encode(
			found ? (uint32_t)ten[*c - '0'] : (uint32_t)*c, out + len);
	out[len] = '\0';
}

bool figures_are_own(struct str lang)
{
	UChar32 ten[10];
	return find_ten(lang, ten) && ten[0] != '0';
}

int figure_value(uint32_t character)
{
	return u_charDigitValue((UChar32)character);
}
