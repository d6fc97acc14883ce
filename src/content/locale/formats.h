/* formats.h - ICU's formats: dates, numbers, lists, plurals, quotation marks. They are in a library
 * of its own, which takes a megabyte and a part of a preview's time: so it is loaded when something
 * is written that is not known without it. What ICU knows of characters is always there. */
#ifndef LOCALE_FORMATS_H
#define LOCALE_FORMATS_H

#include "base/library.h"

#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ulistformatter.h>
#include <unicode/ulocdata.h>
#include <unicode/unum.h>
#include <unicode/unumberformatter.h>
#include <unicode/unumsys.h>
#include <unicode/upluralrules.h>

/* clang-format off */
#define ICU_FUNCTIONS(DO) \
	DO(ucal_clear) DO(ucal_clone) DO(ucal_close) DO(ucal_getMillis) DO(ucal_getType) \
	DO(ucal_open) DO(ucal_setAttribute) DO(ucal_setDate) DO(ucal_setGregorianChange) \
	DO(udat_applyPattern) DO(udat_close) DO(udat_format) DO(udat_getCalendar) \
	DO(udat_getSymbols) DO(udat_open) DO(udat_setCalendar) DO(udat_toPattern) \
	DO(udatpg_close) DO(udatpg_getBestPattern) DO(udatpg_open) \
	DO(ulistfmt_close) DO(ulistfmt_format) DO(ulistfmt_openForType) \
	DO(ulocdata_close) DO(ulocdata_getDelimiter) DO(ulocdata_open) \
	DO(unum_close) DO(unum_format) DO(unum_getSymbol) DO(unum_open) \
	DO(unumf_close) DO(unumf_closeResult) DO(unumf_formatDecimal) \
	DO(unumf_openForSkeletonAndLocale) DO(unumf_openResult) \
	DO(unumf_resultNextFieldPosition) DO(unumf_resultToString) \
	DO(unumsys_close) DO(unumsys_getDescription) DO(unumsys_isAlgorithmic) DO(unumsys_open) \
	DO(uplrules_close) DO(uplrules_getKeywords) DO(uplrules_openForType) \
	DO(uplrules_select) DO(uplrules_selectFormatted)
/* clang-format on */

struct formats {
	ICU_FUNCTIONS(LIBRARY_POINTER)
};

/* By any thread. Where the library is not there the program ends: it comes with the one that it was
 * started with. */
const struct formats *icu(void);

#endif
