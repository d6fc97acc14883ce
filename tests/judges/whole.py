"""What readers take off letters: the words of the text twin in their order, its characters, or less.

    whole.py FOLDER [DOCUMENT]    for each KIND/ID.pdf with its ID.txt and what texts.sh wrote beside it
    whole.py --table FOLDER       the table alone
    whole.py --beside FOLDER OTHER READER...    what a reader loses of each letter it loses of OTHER/KIND/ID.pdf, too, that
                                                another program made of the same words

A cell is "words" when the words of the twin follow each other in what the reader gave, wherever lines end; "moved" when each
stands there, and some not in their order; "bare" when each does without the marks and brackets that it begins and ends with;
"characters" when each line's do, in their order, with blanks or signs that are not seen in other places; else "less".

By the tags ("struct-text") order is that of the twin. On pages notes stand at the foot, in an order of their own, and the parts of
a letter's head where envelopes and offices want them: they come before the rest, in any order.

What is expected are the tables of DOCUMENT with a row for each KIND; their heads name the readers, and others are not asked. A
cell that is another fails, also when it is better.
"""
import functools
import pathlib
import re
import sys
import unicodedata

GRADES = ["less", "characters", "bare", "moved", "words"]
READERS = {"pdftotext": "pdftotext", "pdftotext-raw": "pdftotext -raw", "mutool": "mutool", "pdfjs": "pdf.js", "pdfbox": "PDFBox", "pdfboxsorted": "PDFBox sorted", "pdfminer": "pdfminer.six", "struct-text": "struct-text"}
UNSEEN = "[\u00ad\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
MARK = "[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]"
HEAD = 7  # blocks at most


def plain(text):
    # The mark of a note stands off its word in one reader, and is a plain figure in another; some take a typed ligature apart.
    text = re.sub(f"[ ,]?{MARK}+", "", unicodedata.normalize("NFC", text))
    text = re.sub("[\ufb00-\ufb06]", lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return re.sub(UNSEEN, "", text).replace("\u00a0", " ")


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
    lines = [line for line in twin.splitlines() if not re.fullmatch(f"{MARK}?|\\[.*\\]", line.strip())]
    return [line for line in lines if not any(squeezed(line) in one for one in texts)]


@functools.cache
def whole_word(word):
    """It may go over a line's end, and stands by itself; behind a letter or a bracket there may be the figure of a note."""
    before = r"(?<![^\W_])" if word[0].isalnum() else ""
    behind = r"(?![^\W_])" if word[-1].isdigit() else r"(?![^\W\d_])" if word[-1].isalpha() else ""
    return re.compile(before + r"(?:[-\u00ad\u2010]?\s*[\n\f]+\s*)?".join(map(re.escape, word)) + behind)


def first_out_of_order(words, text, at=0):
    for word in words:
        found = whole_word(word).search(text, at)
        if not found:
            return [word]
        at = found.end()
    return []


def blocks_of(twin):
    """Words of body and notes; pictures are not among them, since pages do not say what describes them."""
    blocks = [block for block in twin.split("\n\n") if block.strip() and not re.fullmatch(r"\[.*\]", block.strip(), re.S)]
    notes = [plain(block).split() for block in blocks if re.match(f"{MARK}+ ", block)]
    return [plain(block).split() for block in blocks if not re.match(f"{MARK}+ ", block)], sum(notes, []), plain("\n".join(blocks)).split()


def out_of_order(text, twin, by_tags):
    body, notes, everything = blocks_of(twin)
    if by_tags:
        return first_out_of_order(everything, text)
    least = None
    for size in range(min(HEAD, len(body)) + 1):
        found = [re.search(r"\s+".join(whole_word(word).pattern for word in block), text) for block in body[:size]]
        if not all(found):
            break
        moved = first_out_of_order(sum(body[size:], []), text, max([0, *(one.end() for one in found)]))
        if not moved:
            return first_out_of_order(notes, text)
        least = least or moved
    return least


def said(path, reader):
    """What it gave; of poppler's print of the tags the words, each block by itself."""
    text = path.with_suffix(f".{reader}.txt").read_text()
    if reader != "struct-text":
        return text
    strings = (re.fullmatch(r'\s*"(.*)"', line) for line in text.splitlines())
    return "".join(string[1] if string else "" if re.search(r"\(inline\)|^\s*Object ", line) else "\n"
                   for string, line in zip(strings, text.splitlines()))


def grade(path, reader):
    text, twin = said(path, reader), path.with_suffix(".txt").read_text()
    lost = lost_words(text, blocks_of(twin)[2])
    alone = lost_words(text, map(bare, lost))
    lines = lost_lines(text, twin) if alone else []
    if lines or lost:
        return ("less", alone + lines) if lines else ("characters", alone) if alone else ("bare", lost)
    moved = out_of_order(plain(text), twin, reader == "struct-text")
    return ("moved", moved) if moved else ("words", [])


def count_lost(path, reader):
    words = blocks_of(path.with_suffix(".txt").read_text())[2]
    return len(lost_words(said(path, reader), words)), len(words)


def table_of(folder):
    """KIND -> READER -> (the least of its letters' grades, what is lost, how many words are, of how many)."""
    table = {}
    for path in sorted(folder.glob("*/*.pdf")):
        row = table.setdefault(path.parent.name, {})
        for reader in READERS:
            least, lost, gone, words = row.get(reader, ("words", [], 0, 0))
            found, more = grade(path, reader)
            n, of = count_lost(path, reader)
            row[reader] = (min(least, found, key=GRADES.index), lost + more, gone + n, words + of)
    return table


def reader_of(head):
    return re.sub(r"[^a-z-]", "", head.lower()).removesuffix("six")


def expected_of(document):
    """KIND -> READER -> grade, of tables as "| | pdftotext 22.12 | … |" and "| Arabic | bare | … |". Behind its grade a cell may
    say "(2 of 93)", which is held as well: how many words are lost."""
    expected, readers = {}, None
    for line in document.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if cells and not cells[0]:
            readers = [reader_of(cell) for cell in cells[1:] if cell]
        if cells and cells[0] and readers and set(readers) <= set(READERS):
            expected.setdefault(cells[0].lower(), {}).update(zip(readers, cells[1:]))
        readers = readers if cells else None
    return expected


def shown(cell):
    grade, _, gone, words = cell
    return f"{grade} ({gone} of {words})" if gone else grade


def show(table):
    print("| | " + " | ".join(READERS.values()) + " |")
    print("|---" * (len(READERS) + 1) + "|")
    for kind, row in table.items():
        print(f"| {kind} | " + " | ".join(shown(row[reader]) for reader in READERS) + " |")


def differences(table, expected):
    asked = {reader for row in expected.values() for reader in row}
    for kind, row in table.items():
        for reader in sorted(asked):
            cell = expected.get(kind, {}).get(reader, "")
            counted = re.search(r" \(\d+ of \d+\)$", cell)
            if (shown(row[reader]) if counted else row[reader][0]) != (cell if counted else " ".join(cell.split()[:1])):
                yield (f"{kind}: {READERS[reader]} reads {shown(row[reader])}, and not "
                       f"{cell or 'anything that the table says'}: {row[reader][1][:6]}")


def lost_here_alone(folder, other, reader):
    for path in sorted(folder.glob("*/*.pdf")):
        words = blocks_of(path.with_suffix(".txt").read_text())[2]
        there = lost_words(said(other / path.relative_to(folder), reader), words)
        yield from (f"{path.parent.name}: {READERS[reader]} has {word} of the other's and not of ours"
                    for word in lost_words(said(path, reader), words) if word not in there)


def beside(folder, other, readers):
    alone = [line for reader in readers for line in lost_here_alone(folder, other, reader)]
    print("\n".join(alone))
    print(f"nothing is lost that is not lost of another program's, by {len(readers)} readers")
    sys.exit(1 if alone or not any(folder.glob("*/*.pdf")) else 0)


def main():
    if sys.argv[1] == "--beside":
        beside(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), sys.argv[4:])
    if sys.argv[1] == "--table":
        show(table_of(pathlib.Path(sys.argv[2])))
        return
    table = table_of(pathlib.Path(sys.argv[1]))
    expected = expected_of(pathlib.Path(sys.argv[2]))
    bad = list(differences(table, expected))
    print("\n".join(bad))
    print(f"{len(table)} kinds of letters read by {len({reader for row in expected.values() for reader in row})} programs")
    sys.exit(1 if bad or not table or not expected else 0)


main()
