"""labels.py PROGRAM - what the program counts, in letters of both directions: in which figures the labels of lists, notes
and pages are, and which way each label runs that stands beside words; and each address. As mutool finds the characters on the lines, from the
left, as poppler reads the tags, and against the plain text. What is expected was written by hand."""

import html
import pathlib
import re
import subprocess
import sys
import tempfile

FAMILY = "Noto Naskh Arabic, Noto Serif Hebrew, Noto Serif Bengali, Liberation Serif"
LETTER = """<letter xmlns="urn:lettermerge:letter:1" %s style="style.xml" date="2024-03-07">
  <title>A</title><date/><salutation>A</salutation>%s<closing>A</closing><signature><line>A</line></signature></letter>"""
# The letter, a list in it, its lines from the left, its labels as they are read. A bracket says what was typed: where it runs
# to the left, ")" is drawn as "(".
LISTS = [
    ('xml:lang="ar-EG"', "<ol><li>ب</li><li>ت</li></ol>", "ب.١ ت.٢", "١. ٢."),
    ('xml:lang="ar-MA"', "<ol><li>ب</li></ol>", "ب.1", "1."),
    ('xml:lang="fa"', "<ol><li>ب<ol numbering='(a)'><li>ت</li></ol></li></ol>", "ب.۱ ت)a(", "۱. (a)"),
    ('xml:lang="fa"', "<ol><li>ب<ol numbering='(1)'><li>ت</li></ol></li></ol>", "ب.۱ ت)۱(", "۱. (۱)"),
    ('xml:lang="fa"', "<ol numbering='1)'><li><p>ب</p><ol numbering='i)'><li>ت</li></ol></li></ol>", "ب)۱ ت)i", "۱) i)"),
    ('xml:lang="fa-u-nu-latn"', "<ol><li>ب</li></ol>", "ب.1", "1."),
    ('xml:lang="ur"', "<ol><li>ب</li></ol>", "ب.1", "1."),
    ('xml:lang="ur-u-nu-arabext"', "<ol><li>ب</li></ol>", "ب.۱", "۱."),
    ('xml:lang="he"', "<ol start='9'><li>ב</li><li>ג</li></ol>", "ב.9 ג.10", "9. 10."),
    ('xml:lang="ar-EG"', "<ol numbering='§ 1' start='9'><li>ب</li></ol>", "ب٩§", "§٩"),
    ('xml:lang="ar-EG"', "<ol dir='ltr'><li>x</li></ol>", "١.x", "١."),
    ('xml:lang="ar-EG"', "<ol dir='ltr' numbering='a.'><li>x</li></ol>", "a.x", "a."),
    ('xml:lang="ar-EG"', "<ol xml:lang='en'><li>x</li></ol>", "1.x", "1."),
    ('xml:lang="ar-EG"', "<ol xml:lang='en' dir='rtl' numbering='a.'><li>x</li></ol>", "x.a", "a."),
    ('xml:lang="ar-EG"', "<ol xml:lang='ar-u-nu-latn'><li>ب</li></ol>", "ب.1", "1."),
    ('xml:lang="ar-EG"', "<ol xml:lang='fa'><li>ب</li></ol>", "ب.۱", "۱."),
    ('xml:lang="ar-EG"', "<ul><li>ب</li></ul>", "ب•", "•"),
    ('xml:lang="en"', "<ol dir='rtl'><li>x</li></ol>", "x.1", "1."),
    ('xml:lang="en"', "<ol><li>x<ol dir='rtl' numbering='(i)'><li>y</li></ol></li></ol>", "1.x y)i(", "1. (i)"),
    ('xml:lang="en"', "<ol><li>ب</li><li>x</li></ol>", "1.ب 2.x", "1. 2."),
    ('xml:lang="en"', "<ol xml:lang='fa' dir='ltr'><li>ب</li></ol>", "۱.ب", "۱."),
    ('xml:lang="en" dir="rtl"', "<ol><li>x</li></ol>", "x.1", "1."),
    ('xml:lang="ar" dir="ltr"', "<ol><li>x</li></ol>", "١.x", "١."),
    ('xml:lang="bn"', "<ol><li>ক</li></ol>", "১.ক", "১."),
    ('xml:lang="ar-EG"', "<ol><li><table><row><cell>1.</cell><cell>2.</cell></row><row><cell>ب</cell><cell>ت</cell></row>"
     "</table></li></ol>", ".2.1.١ تب", "١."),
    ('xml:lang="ar-EG"', "<ol dir='ltr'><li><table><row><cell>1.</cell><cell>2.</cell></row><row><cell>x</cell><cell>y</cell>"
     "</row></table></li></ol>", "١.1.2. xy", "١."),
    # an address runs to the right
    ('xml:lang="ar-EG"', "<p>ب <link href='tel:+20223456789'>+20 2 2345-6789</link> ت</p>", "ت+2022345-6789ب", ""),
    ('xml:lang="ar-EG"', "<p>ب <link href='tel:+20345'>(٠٢) ٣٤-٥٦</link> ت</p>", "ت(٠٢)٣٤-٥٦ب", ""),
    ('xml:lang="ar-EG"', "<p>ب <span dir='ltr'>٠٢ ٣٤ ٥٦</span> ت ٧ ٨</p>", "٨٧ت٠٢٣٤٥٦ب", ""),
    ('xml:lang="en"', "<p>x <link href='tel:+20345'>٠٢ ٣٤ ٥٦</link> y</p>", "x٠٢٣٤٥٦y", ""),
    ('xml:lang="he"', "<p>ב <link href='tel:+97231234567'><strong>+972 3-123-4567</strong></link> ג</p>", "ג+9723-123-4567ב", ""),
    ('xml:lang="fa"', "<p>ب <link href='https://example.org/'>https://example.org/</link> ت</p>", "تhttps://example.org/ب", ""),
    ('xml:lang="fa"', "<p>ب <link href='https://example.org/1/'>example.org/1/</link> ت</p>", "تexample.org/1/ب", ""),
    ('xml:lang="ar-EG"', "<p>ب <link href='tel:+2012'>ت 12 34</link></p>", "3412تب", ""),
    # superscript figures there are of 0 to 9 alone; they stand for the small raised ones that are drawn
    ('xml:lang="ar-EG"', "<p>ب<note>ت</note></p>", "¹ب ت¹", "¹"),
    ('xml:lang="fa"', "<p>12<note>ت</note></p>", "12¹ ت¹", "¹"),
    ('xml:lang="en"', "<p xml:lang='fa'>ب<note>ت</note></p>", "¹ب ¹ت", "¹"),
]
# Numbers of a column that is aligned by their decimals, which stand one below the other.
DECIMALS = [
    ("en", ".", ["1,234.50 €", "12.5", "7.125"]),
    ("bn", ".", ["১,২৩৪.৫০ €", "১২.৫", "৭.১২৫"]),
    ("he", ".", ["1,234.50 €", "12.5", "7.125"]),
    ("fa", "٫", ["۱٬۲۳۴٫۵۰ €", "۱۲٫۵", "۷٫۱۲۵"]),
    ("ar-EG", "٫", ["€ ١٬٢٣٤٫٥٠", "١٢٫٥", "٧٫١٢٥"]),
    ("fa-u-nu-latn", ".", ["1,234.50 €", "12.5", "7.125"]),
    # what is joined to a number stands where the bidi algorithm puts it, before or behind
    ("en", ".", ["1.25%", "€12.5", "<strong>7.125</strong>EUR", "<strong>1</strong>.25"]),
    ("en", ".", ["1.25<note>A</note>", "<link href='https://example.org/1/'>12.5</link>", "7.125 (a)"]),
    ("he", ".", ["1.25%", "12.5₪", "7.125EUR", "₪10.5", "1.5 EUR", "<strong>1</strong>.25"]),
    ("ar-MA", ",", ["1,25%", "12,5 MAD", "7,125EUR", "$10,5"]),
    ("fa", "٫", ["۱٫۲۵٪", "۱۲٫۵ EUR", "۷٫۱۲۵EUR"]),
    ("he", ".", ["1.25<note>א</note>", "<link href='https://example.org/1/'>12.5</link>", "7.125"]),
]


def make(program, folder, language, block, family=FAMILY):
    (folder / "one.csv").write_text("id\none\n")
    (folder / "style.xml").write_text('<style xmlns="urn:lettermerge:style:1"><text family="%s"/></style>' % family)
    (folder / "letter.xml").write_text(LETTER % (language, block))
    return subprocess.run([program, "batch", "--no-sign", "-t", folder / "letter.xml", "-r", folder / "one.csv", "-o",
                           folder / "out", "--also", "text", "--force"], capture_output=True, text=True)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def characters_of(pdf):
    return re.findall(r'<char quad="[^"]*" x="([^"]*)" y="([^"]*)"[^>]* c="([^"]*)"', run("mutool", "draw", "-q", "-F", "stext", pdf))


def lines_of(pdf):
    """The characters of each line from the left; raised ones belong to the line below their foot."""
    found = characters_of(pdf)
    lines = []
    for x, y, c in sorted(((float(x), float(y), c) for x, y, c in found if c.strip()), key=lambda one: one[1]):
        if not lines or y - lines[-1][0][1] > 6:
            lines.append([])
        lines[-1].append((x, y, c))
    return [html.unescape("".join(c for _, _, c in sorted(line))) for line in lines]


def labels_of(pdf):
    """What stands in each Lbl, in the order of the tags."""
    labels, depth = [], None
    for line in run("pdfinfo", "-struct-text", pdf).splitlines():
        indent, words = len(line) - len(line.lstrip()), line.strip()
        if depth is not None and indent > depth:
            labels[-1] += "".join(re.findall('^"(.*)"$', words)).replace(" ", "")
            continue
        depth = None
        if words.startswith("Lbl"):
            depth = indent
            labels.append("")
    return labels


def main():
    program = sys.argv[1]
    fonts = run("fc-list", ":", "family")
    if any(family not in fonts for family in FAMILY.split(", ")):
        print("1..0 # SKIP fonts-noto-core is not installed")
        return 0
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lettermerge-labels-"))
    failed, number = 0, 0

    def say(good, what, got=""):
        nonlocal failed, number
        number += 1
        failed += not good
        print("%sok %d - %s%s" % ("" if good else "not ", number, what, "" if good else "\n# " + str(got)))

    for language, block, lines, labels in LISTS:
        made = make(program, folder, language, block)
        if made.returncode:
            say(False, language + " " + block, made.stderr)
            continue
        pdf = folder / "out/one.pdf"
        here = [line for line in lines_of(pdf) if line != "A"][1:]
        say(here == lines.split(), "%s %s: lines" % (language, block), here)
        say(labels_of(pdf) == labels.split(), "%s %s: labels" % (language, block), labels_of(pdf))
    for language, sign, numbers in DECIMALS:
        rows = "".join("<row><cell>x</cell><cell>%s</cell></row>" % number for number in numbers)
        made = make(program, folder, 'xml:lang="%s"' % language, '<table align="left decimal">%s</table>' % rows)
        places = [float(x) for x, _, c in characters_of(folder / "out/one.pdf") if html.unescape(c) == sign]
        good = made.returncode == 0 and len(places) == len(numbers) and max(places) - min(places) < 0.1
        say(good, "%s: decimals" % language, made.stderr or places)
    missing = make(program, folder, 'xml:lang="en"', "<ol xml:lang='bn'>\n<li>x</li></ol>", "Liberation Serif").stderr
    say('letter.xml:3:5: error: no font of "Liberation Serif" has U+09E7' in missing, "figures that no font has", missing)
    refused = make(program, folder, 'xml:lang="en"', "<ol xml:lang='en-u-nu-roman'><li>x</li></ol>").stderr
    say("E-ATTRIBUTE-VALUE" in refused and "ten figures" in refused, "figures that are no ten", refused)
    print("1..%d" % number)
    return failed > 0


sys.exit(main())
