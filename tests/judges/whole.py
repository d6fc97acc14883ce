"""What readers take off the pages of letters: the words of the text twin, its characters, or less.

    whole.py FOLDER [DOCUMENT]    for each KIND/ID.pdf with its ID.txt and what texts.sh wrote beside it
    whole.py --table FOLDER       the table alone

A cell is "words" when each word of the twin stands in what the reader gave, wherever lines end; "bare" when
each does without the marks and brackets that it begins and ends with; "characters" when each line's do, in their order, with blanks or signs that are not seen in other places;
else "less". What is expected is the table of DOCUMENT (docs/scripts.md) with a row for each KIND: a cell
that is another fails, also when it is better.
"""
import pathlib
import re
import sys
import unicodedata

GRADES = ["less", "characters", "bare", "words"]
READERS = ["pdftotext", "mutool", "pdfjs", "pdfbox", "pdfminer"]
TURNING = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"


def plain(text):
    # The mark of a note stands off its word in one reader, and is a plain figure in another.
    text = re.sub(" ?[\u00b9\u00b2\u00b3]", "", unicodedata.normalize("NFC", text))
    return re.sub(TURNING, "", text).replace("\u00a0", " ")


def squeezed(text):
    kept = (c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and unicodedata.category(c) != "Cf")
    return "".join(kept)


def ways(text):
    """A word may go over a line's end, with a hyphen that it has or with one that it has not."""
    joined = re.sub("[\n\f]+", "", text)
    return [text, joined, re.sub("[-\u00ad\u2010][\n\f]+", "", text), re.sub("([-\u2010])[\n\f]+", r"\1", text)]


def lost_words(text, words):
    texts = ways(plain(text))
    return [word for word in words if not any(word in one for one in texts)]


def bare(word):
    return word.strip("".join(c for c in word if unicodedata.category(c)[0] in "PS"))


def lost_lines(text, twin):
    texts = [squeezed(one) for one in ways(text)]
    lines = [line for line in twin.splitlines() if line.strip() not in "\u00b9\u00b2\u00b3"]
    return [line for line in lines if not any(squeezed(line) in one for one in texts)]


def grade(path, reader):
    text = path.with_suffix(f".{reader}.txt").read_text()
    twin = path.with_suffix(".txt").read_text()
    words = plain(twin).split()
    lost = lost_words(text, words)
    alone = lost_words(text, map(bare, lost))
    lines = lost_lines(text, twin) if alone else []
    return ("less", alone + lines) if lines else ("characters", alone) if alone else ("bare", lost) if lost else ("words", [])


def table_of(folder):
    """KIND -> READER -> (the least of its letters' grades, what is lost)."""
    table = {}
    for path in sorted(folder.glob("*/*.pdf")):
        row = table.setdefault(path.parent.name, {})
        for reader in READERS:
            least, lost = row.get(reader, ("words", []))
            found, more = grade(path, reader)
            row[reader] = (min(least, found, key=GRADES.index), lost + more)
    return table


def expected_of(document):
    """The rows "| Arabic | words | … |"; a cell may say more behind its first word."""
    rows = re.findall(r"^\| ([^|]+?) \|(.*)\|$", document.read_text(), re.M)
    cells = {name.lower(): [cell.split()[0] if cell.split() else "" for cell in rest.split("|")] for name, rest in rows}
    return {name: row for name, row in cells.items() if len(row) == len(READERS)}


def show(table):
    print("| | " + " | ".join(READERS) + " |")
    print("|---" * (len(READERS) + 1) + "|")
    for kind, row in table.items():
        print(f"| {kind} | " + " | ".join(row[reader][0] for reader in READERS) + " |")


def differences(table, expected):
    for kind, row in table.items():
        for reader, cell in zip(READERS, expected.get(kind, [""] * len(READERS))):
            if row[reader][0] != cell:
                yield f"{kind}: {reader} reads {row[reader][0]}, and not {cell or 'anything that the table says'}: {row[reader][1][:6]}"


def main():
    if sys.argv[1] == "--table":
        show(table_of(pathlib.Path(sys.argv[2])))
        return
    table = table_of(pathlib.Path(sys.argv[1]))
    bad = list(differences(table, expected_of(pathlib.Path(sys.argv[2]))))
    print("\n".join(bad))
    print(f"{len(table)} kinds of letters read by {len(READERS)} programs")
    sys.exit(1 if bad or not table else 0)


main()
