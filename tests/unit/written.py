#!/usr/bin/python3
"""written.py - values in many languages as ICU writes them, by another way than the program's:
through PyICU (Debian: python3-icu).

    written.py > written.txt

The first line of the table is ICU's version; test_written holds the program against it where that
version runs. A minus is U+2212 in the program, so it stands here likewise."""
from datetime import date
import icu

LANGUAGES = """af ar bg bn ca cs cy da de de-AT de-CH el en-AU en-GB en-US es es-MX et eu fa fi fr
fr-CH ga gl he hi hr hu hy id is it ja ka ko lb lt lv mk ms mt nb nl nn pl pt-BR pt-PT ro ru sk sl
sq sr sv sw ta th tr uk ur vi zh""".split()
DAYS = [(2020, 10, 13), (2024, 5, 7), (1999, 12, 31)]
AMOUNTS = ["1234.50", "-57.93", "1160000.00"]
EPOCH = date(1970, 1, 1)


def minus(text):
    return text.replace("-", "\u2212")


def day(locale, style, when):
    form = icu.DateFormat.createDateInstance(style, locale)
    form.setTimeZone(icu.TimeZone.createTimeZone("UTC"))
    return form.format((date(*when) - EPOCH).days * 86400.0)


def amount(locale, digits):
    form = icu.NumberFormatter.withLocale(locale).unit(icu.CurrencyUnit("EUR"))
    form = form.unitWidth(icu.UNumberUnitWidth.NARROW).precision(icu.Precision.fixedFraction(2))
    return minus(form.formatDouble(float(digits)))


def percent(locale, digits):
    form = icu.NumberFormat.createPercentInstance(locale)
    form.setMinimumFractionDigits(1)
    return form.format(float(digits) / 100)


def plural(locale, digits):
    return icu.PluralRules.forLocale(locale).select(int(digits))


print("ICU", icu.ICU_VERSION)
for tag in LANGUAGES:
    locale = icu.Locale.forLanguageTag(tag)
    for when in DAYS:
        # The first of a month is left out: French and Italian have it otherwise.
        written = "%04d-%02d-%02d" % when
        print(tag, "long", written, day(locale, icu.DateFormat.kLong, when), sep="\t")
        print(tag, "weekday", written, day(locale, icu.DateFormat.kFull, when), sep="\t")
    # Swiss German has EUR for the sign; a letter shows the sign that was declared.
    for digits in AMOUNTS if tag != "de-CH" else []:
        print(tag, "euro", digits, amount(locale, digits), sep="\t")
    print(tag, "percent", "12.5", percent(locale, "12.5"), sep="\t")
    for digits in ["0", "1", "2", "3", "5", "11", "21", "100"]:
        print(tag, "plural", digits, plural(locale, digits), sep="\t")
