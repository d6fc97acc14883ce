"""What a reader takes off the pages of letters: the words of the text twin.

    whole.py pdftotext|mutool FOLDER    for each LANGUAGE/ID.pdf with its ID.txt

pdftotext gives each word without a blank in it, wherever a line ends. mutool puts blanks beside signs
that are drawn over and under letters, and signs of no width where glyphs are more than characters:
of it, the characters of each line of the twin, in their order.
"""
import pathlib
import re
import subprocess
import sys
import unicodedata

COMMANDS = {
    "pdftotext": lambda path: ["pdftotext", path, "-"],
    "mutool": lambda path: ["mutool", "draw", "-q", "-F", "text", path],
}


def squeezed(text):
    kept = (c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and unicodedata.category(c) != "Cf")
    return "".join(kept)


def lost(reader, path):
    text = subprocess.run(COMMANDS[reader](path), capture_output=True, check=True).stdout.decode()
    twin = path.with_suffix(".txt").read_text()
    if reader == "pdftotext":
        # The mark of a note stands off a word that ends in a sign over its last letter.
        twin, text = (re.sub(" ?[¹²³]", "", one) for one in (twin, text))
        text = re.sub(r"[\n\f]+", "", text)
        return [word for word in twin.split() if word not in text]
    text = squeezed(text)
    # It stands before a note here, and behind what it belongs to there.
    return [line for line in twin.splitlines() if squeezed(line) not in text and line.strip() not in "¹²³"]


def main():
    reader, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    paths = sorted(folder.glob("*/*.pdf"))
    bad = 0
    for path in paths:
        for one in lost(reader, path):
            print(f"{path.parent.name}/{path.stem}: {reader} has not {one!r}")
            bad = 1
    print(f"{len(paths)} letters read by {reader}")
    sys.exit(bad or not paths)


main()
