"""names.py PROGRAM - the project's letters in both house styles, ragged and justified and hyphenated, in both faces: no
word of the name of a person is divided, no page ends within the name, and a line only where nothing else can be done,
that is where more than an eighth of it would else be free; such lines are named. All as poppler finds the words."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FREE = 1 / 8


def names_of(record):
    """Whom the letter goes to, and who will answer."""
    name = re.search(r"<recipient [^>]*>\s*<name[^>]*>([^<]*)</name>", record.read_text())[1]
    return [re.sub("^The Rt Hon ", "", name).split(), ["April", "McCoig"]]


def styles(folder):
    shutil.copy(ROOT / "templates/large-print.xml", folder)  # the house style's edition
    for style in ("house-style", "large-print"):
        for align in ("left", "justify"):
            for face in ("Liberation Sans", "Liberation Serif"):
                text = (ROOT / "templates" / (style + ".xml")).read_text()
                text = text.replace('family="Liberation Sans,', 'family="%s,' % face)
                text = re.sub(r'(<text [^>]*)align="left" hyphenate="no"', r'\1align="%s" hyphenate="yes"' % align, text)
                assert 'align="%s" hyphenate="yes"' % align in text and 'family="%s,' % face in text
                path = folder / ("%s-%s-%s.xml" % (style, align, face.split()[1]))
                path.write_text(text)
                yield path


def lines_of(pdf):
    """Of each line its page, where it ends, and its words with where they begin."""
    page = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    lines, last, number = [], None, 0
    word = r'<page |<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>'
    for found in re.finditer(word, page):
        if not found[1]:
            last, number = None, number + 1
            continue
        left, top = float(found[1]), float(found[2])
        if last is None or abs(top - last[1]) > 5 or left < last[0]:
            lines.append({"page": number, "words": []})
        last = left, top
        lines[-1]["words"].append((found[4], left))
        lines[-1]["end"] = float(found[3])
    return lines


def parted(lines, name):
    """Where a line ends within a word of the name, or between two of them: the words, and how much of the line would be
    free if the name went to the next as a whole; None where a word is divided or a page ends."""
    left = min(word[1] for line in lines for word in line["words"])
    right = max(line["end"] for line in lines)
    for line, below in zip(lines, lines[1:]):
        end, start = line["words"][-1][0], below["words"][0][0].rstrip(".,;:)’s")
        for at, pair in enumerate(zip(name, name[1:])):
            if (end, start) == pair:
                first = line["words"][-at - 1][1]
                free = (right - first) / (right - left)
                yield "%s / %s" % pair, free if line["page"] == below["page"] else None
        if end[-1] in "-\u00ad\u2010" and any(end[:-1] + start == word for word in name):
            yield end + start, None


def look(folder, style, records):
    """What is wrong in the letters of a style."""
    seen = 0
    for record in records:
        lines = lines_of(folder / style / (record.stem + ".pdf"))
        for name in names_of(record):
            seen += any(name[-1] in word[0] for line in lines for word in line["words"])
            for place, free in parted(lines, name):
                if free is None or free <= FREE:
                    yield "%s: %s: %s" % (style, record.stem, place)
                else:
                    print("# %s: %s: %s, or %d per cent of the line free" % (style, record.stem, place, 100 * free))
    if not records or seen < 2 * len(records):
        yield "%s: %d of %d names are seen" % (style, seen, 2 * len(records))


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    records = sorted((ROOT / "recipients").glob("*.xml"))
    print("1..8")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for number, style in enumerate(styles(folder), 1):
            subprocess.run([program, "batch", "-q", "--no-sign", "-t", ROOT / "templates/vru-letter.xml", "--style", style,
                            "-r", ROOT / "recipients", "--out", folder / style.stem], check=True)
            wrong = list(look(folder, style.stem, records))
            for line in wrong:
                print("# " + line)
            print("%s %d - names in %s" % ("not ok" if wrong else "ok", number, style.stem))


main()
