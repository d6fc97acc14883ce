"""values.py PROGRAM COUNT [SEED] - letters of twelve languages in a narrow column, each with an amount, a number, a share,
a time and a date somewhere in its lines: every one of them stands on one line, of a date the day with its month.

What is sought is known from the generator alone: the digits, and signs that may stand between them; the currency; the
name of October. Where lines end is poppler's word, not the program's."""

import pathlib
import random
import re
import subprocess
import sys
import tempfile

LANGUAGES = {
    "en-GB": ("£", "October", "Otherwise words stand here as they come and go along the way"),
    "de-DE": ("€", "Oktober", "Sonst stehen hier Wörter wie sie kommen und wieder gehen"),
    "fr-FR": ("€", "octobre", "Sinon des mots sont ici comme ils viennent et repartent"),
    "es-ES": ("€", "octubre", "Las palabras están aquí como vienen y se van de nuevo"),
    "pl": ("zł", "października", "Słowa stoją tutaj tak jak przychodzą oraz odchodzą znowu"),
    "cs": ("Kč", "října", "Slova tady stojí tak jak přijdou nebo zase odejdou"),
    "sv": ("kr", "oktober", "Annars står ord här som de kommer och går igen"),
    "nl": ("€", "oktober", "Anders staan hier woorden zoals ze komen en gaan"),
    "ru": ("₽", "октября", "Слова стоят здесь так как они приходят или уходят"),
    "el": ("€", "Οκτωβρίου", "Οι λέξεις είναι εδώ όπως έρχονται και φεύγουν πάλι"),
    "hu": ("Ft", "október", "A szavak úgy állnak itt ahogy jönnek és mennek megint"),
    "tr": ("₺", "Ekim", "Kelimeler burada geldikleri ve gittikleri gibi duruyor"),
}
BETWEEN = "[.,’'\u00a0\u202f\u2009 ]?"
BLANK = "[\u00a0\u202f ]?"
STYLE = """<style xmlns="urn:lettermerge:style:1"><page right="105mm"/><window width="0"/>
<text family="DejaVu Sans" size="11pt" leading="15pt"/></style>"""
FIELDS = """<fields><declare name="a"/><declare name="b"/><declare name="c"/><declare name="d"/><declare name="e"/>
<declare name="sum" type="money" currency="%s"/><declare name="count" type="number"/>
<declare name="share" type="percent"/><declare name="at" type="time"/><declare name="day" type="date"/></fields>"""
WORDS = """<p><field name="a"/> <field name="sum"/> <field name="b"/> (<field name="count"/>), <field name="c"/>
<field name="share"/>; <field name="d"/> <field name="at"/>, <field name="e"/> <field name="day"/>.</p>"""


def draw(dice, words):
    drawn = [dice.choice(words)[: dice.randint(1, 12)] for _ in range(dice.randint(1, 9))]
    return " ".join(drawn)


def write_project(folder, language, count, dice):
    currency, _, words = LANGUAGES[language]
    (folder / "s.xml").write_text(STYLE)
    (folder / "l.xml").write_text(
        '<letter xmlns="urn:lettermerge:letter:1" xml:lang="%s" style="s.xml" date="2024-05-07">'
        "<title>T</title>%s%s</letter>" % (language, FIELDS % currency, WORDS))
    rows = []
    for i in range(count):
        texts = [draw(dice, words.split()) for _ in "abcde"]
        amount = dice.choice(["", "-"]) + "%d.%02d" % (dice.randint(1000, 9999999), dice.randint(0, 99))
        rows.append(["r%d" % i] + texts + [
            amount, str(dice.randint(10000, 99999999)), "%d.%d %%" % (dice.randint(2, 99), dice.randint(1, 9)),
            "%d:%02d" % (dice.randint(13, 23), dice.randint(10, 59)),
            "%d-10-%02d" % (dice.randint(1900, 2100), dice.randint(10, 28))])
    lines = ["id,a,b,c,d,e,sum,count,share,at,day"] + [",".join(row) for row in rows]
    (folder / "r.csv").write_text("\n".join(lines) + "\n")
    return rows


def digits(text):
    return BETWEEN.join(c for c in text if c.isdigit())


def patterns(language, row):
    currency, month, _ = LANGUAGES[language]
    amount, number, share, time, day = row[6:]
    sign, minus = re.escape(currency), "−" if amount.startswith("-") else ""
    figures, date = digits(amount), str(int(day[-2:]))
    yield "amount", "%s%s%s%s|%s%s%s%s|%s%s%s%s" % (
        minus, sign, BLANK, figures, sign, BLANK, minus, figures, minus, figures, BLANK, sign)
    yield "number", digits(number)
    yield "share", "%s%s%%|%%%s%s" % (digits(share), BLANK, BLANK, digits(share))
    hour, minute = time.split(":")
    yield "time", r"\b%s[:.]%s\b|\b%d[:.]%s%sμ\.μ\." % (hour, minute, int(hour) % 12, minute, BLANK)
    yield "date", r"%s\.?( de)? %s|%s %s\b" % (date, month, month, date)


def check(folder, language, rows):
    faults = []
    for row in rows:
        text = subprocess.run(["pdftotext", "-raw", folder / "out" / (row[0] + ".pdf"), "-"], check=True,
                              capture_output=True, text=True).stdout
        for name, pattern in patterns(language, row):
            if not any(re.search(pattern, line) for line in text.splitlines()):
                faults.append("%s of %s in %s, sought as %s in\n%s" % (name, row[0], language, pattern, text))
    return faults


def main():
    program, count = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    print("1..%d" % len(LANGUAGES))
    failed = 0
    for number, language in enumerate(LANGUAGES, 1):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            rows = write_project(folder, language, count, random.Random("%d %s" % (seed, language)))
            run = subprocess.run([program, "batch", "-q", "--no-sign", "-t", "l.xml", "-r", "r.csv"], cwd=folder,
                                 capture_output=True, text=True)
            faults = [run.stderr] if run.returncode else check(folder, language, rows)
        for fault in faults[:3]:
            print("# " + fault.replace("\n", "\n# "))
        failed += bool(faults)
        print("%sok %d - %s: %d letters of seed %d, %d values in two parts" % (
            "not " if faults else "", number, language, count, seed, len(faults)))
    sys.exit(failed > 0)


main()
