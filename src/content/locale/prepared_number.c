/* prepared_number.c - numbers as English and Welsh write them, 1,160,000.50: known without ICU,
 * which takes some milliseconds to open. Held equal to ICU's by tests/unit/test_prepared.c. */
#include "locale/locales_int.h"

bool number_is_prepared(struct str lang)
{
	static const char *const langs[] = {
		"en", "en-GB", "en-US", "en-IE", "en-AU", "en-NZ", "cy", "cy-GB"};
	for (size_t i = 0; i < sizeof langs / sizeof *langs; i++)
		if (lang.len == (int)strlen(langs[i]) && lang_is(lang, langs[i]))
			return true;
	return false;
}

bool prepared_number(const struct decimal *number, int least_grouped, struct str lang,
	const struct str *around, struct buf *out)
{
	int whole = number->digits.len - number->scale;
	if (!number_is_prepared(lang))
		return false;
	buf_puts(out, number->negative ? "\xE2\x88\x92" : "");
	buf_str(out, around[0]);
	for (int i = 0; i < whole; i++) {
		bool between = i && (whole - i) % 3 == 0 && whole >= least_grouped;
		buf_puts(out, between ? "," : "");
		buf_char(out, number->digits.at[i]);
	}
	if (number->scale)
		buf_format(out, ".%.*s", number->scale, number->digits.at + whole);
	buf_str(out, around[1]);
	return true;
}
