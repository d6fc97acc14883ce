"""Where links and page numbers of letters from right to left are: what qpdf says of annotations beside where mutool has characters.

    places.py links FOLDER        of each KIND/ID.pdf: below the quads of what leads to an address are the words of the link in
                                  ID.html, all of them and no others
    places.py numbers ONE OTHER   letters that differ in their direction alone: the number of a page stands as far from the text's
                                  left edge in one as from its right edge in the other
"""
import collections
import html
import json
import pathlib
import re
import subprocess
import sys
import unicodedata

Character = collections.namedtuple("Character", "page left right top bottom text")
CHARACTER = re.compile(r'<char quad="([^"]*)".* c="([^"]*)"/>')


def characters_of(path):
    """Places from the page's left bottom, in points."""
    said = subprocess.run(["mutool", "draw", "-q", "-F", "stext", str(path)], capture_output=True, text=True, check=True).stdout
    page, height, found = 0, 0, []
    for line in said.splitlines():
        if new := re.match(r'<page .*height="([^"]*)"', line):
            page, height = page + 1, float(new[1])
        elif one := CHARACTER.match(line):
            quad = [float(number) for number in one[1].split()]
            found.append(Character(page, min(quad[::2]), max(quad[::2]), height - min(quad[1::2]), height - max(quad[1::2]),
                                   html.unescape(one[2])))
    return found


def links_of(path):
    """Address -> its quads, each (page, left, right, bottom, top)."""
    said = json.loads(subprocess.run(["qpdf", "--json=2", str(path)], capture_output=True, check=True).stdout)
    objects = said["qpdf"][1]
    found = collections.defaultdict(list)
    for number, page in enumerate(said["pages"], 1):
        annots = objects[f"obj:{page['object']}"]["value"].get("/Annots", [])
        for one in objects[f"obj:{annots}"]["value"] if isinstance(annots, str) else annots:
            one = objects[f"obj:{one}"]["value"] if isinstance(one, str) else one
            address = one.get("/A", {}).get("/URI") if one.get("/Subtype") == "/Link" else None
            left, bottom, right, top = one.get("/Rect", [0] * 4)
            quads = one.get("/QuadPoints", [left, bottom, right, bottom, left, top, right, top])  # of one line: Rect alone
            for at in range(0, len(quads) if address else 0, 8):
                xs, ys = quads[at:at + 8:2], quads[at + 1:at + 8:2]
                found[address.removeprefix("u:")].append((number, min(xs), max(xs), min(ys), max(ys)))
    return found


def letters(text):
    """In any order, since a page has them from the left."""
    kept = (c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and unicodedata.category(c) != "Cf")
    return sorted(unicodedata.normalize("NFC", "".join(sorted(kept))))


def below(characters, quads):
    return "".join(one.text for one in characters if any(
        one.page == page and left <= (one.left + one.right) / 2 <= right and bottom <= (one.top + one.bottom) / 2 <= top
        for page, left, right, bottom, top in quads))


def links(folder):
    count = 0
    for path in sorted(folder.glob("*/*.pdf")):
        words = collections.defaultdict(str)
        for address, text in re.findall(r'<a [^>]*href="([^"#][^"]*)"[^>]*>(.*?)</a>', path.with_suffix(".html").read_text(), re.S):
            words[html.unescape(address)] += html.unescape(re.sub("<[^>]*>", "", text))
        characters, there = characters_of(path), links_of(path)
        for address in sorted(words.keys() | there.keys()):
            count += 1
            covered = below(characters, there.get(address, []))
            if letters(covered) != letters(words.get(address, "")):
                yield f"{path.parent.name}/{path.name}: below {address} stands {covered}, and not {words.get(address)}"
    yield count


def number_and_text(path):
    """Of the second page: (left, right) of its number, and of its text."""
    lines = collections.defaultdict(list)
    for one in characters_of(path):
        if one.page == 2 and not one.text.isspace():
            lines[round(one.bottom)].append(one)
    spans = [(min(c.left for c in line), max(c.right for c in line), "".join(sorted(c.text for c in line))) for line in lines.values()]
    numbers = [span for span in spans if re.fullmatch("[/0-9٠-٩]*2[/0-9]*|[/0-9٠-٩]*٢[/0-9٠-٩]*", span[2])]
    texts = [span for span in spans if span not in numbers]
    return numbers, min(span[0] for span in texts), max(span[1] for span in texts)


def numbers(one, other):
    (mine, left, _), (theirs, _, right) = number_and_text(one), number_and_text(other)
    if len(mine) != 1 or len(theirs) != 1:
        yield f"not one number: {mine}, {theirs}"
    elif abs((mine[0][0] - left) - (right - theirs[0][1])) > 1:
        yield f"{mine[0][0] - left} pt from the left, and {right - theirs[0][1]} pt from the right"
    yield 1


def main():
    made = links(pathlib.Path(sys.argv[2])) if sys.argv[1] == "links" else numbers(*map(pathlib.Path, sys.argv[2:]))
    *bad, count = list(made)
    print("\n".join(bad))
    print(f"{count} of them stand where they should" if not bad else "some stand elsewhere")
    sys.exit(1 if bad or not count else 0)


main()
