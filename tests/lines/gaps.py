"""gaps.py PROGRAM - the widest gaps of ragged lines in sweep.py's paragraphs: for each paragraph with one that is wider
than 38 pt, all ways to set it are tried, and none of them may have one that is narrower by 2 pt, but with a hyphen right
under a hyphen, or a last line of one word or shorter than a seventh. Exit code 1 otherwise.

How wide parts of a paragraph are is told from a letter with each of them alone on a line, at its own width; glyphs may
give 2 % of it. Lines end at blanks, and behind hyphens and slashes that are written; words are not hyphenated here,
where the program may: then what is seen of its lines counts."""

import pathlib
import re
import sys
import tempfile

import sweep

WIDE, GIVE = 38, 0.02  # pt; of a line
WIDEST = 189  # mm: what a page holds
SLIGHT = 2  # pt: the program weighs all gaps of a paragraph and not the widest alone


def places(text):
    """Where lines may begin, and at last the end."""
    return [0] + [found.end() for found in re.finditer(r" |(?<=\S)[-/](?=[A-Za-z])", text)] + [len(text)]


def widths(program, face, parts):
    """Of each part alone on a line."""
    with tempfile.TemporaryDirectory() as name:
        pdf = sweep.set_by_program(program, pathlib.Path(name), WIDEST, face, False, parts, 'hyphenate="no" expand="no"')
        lines = sweep.by_paragraph(sweep.lines_of(pdf), parts)
    return [part[0][-1][1] - part[0][0][0] if len(part) == 1 else float("inf") for part in lines]


def measured(program, face, text):
    """The width of what stands between each two places, as far as it may be one line."""
    at = places(text)
    pairs = [(a, b) for a in range(len(at)) for b in range(a + 1, len(at)) if at[b] - at[a] < 125]
    return dict(zip(pairs, widths(program, face, [text[at[a]:at[b]].strip() for a, b in pairs])))


def is_last_line(words, width, measure):
    return " " in words.strip() and width >= measure / 7


def least_gap(text, wide, measure):
    """The widest gap of the way whose widest is narrowest: by where a line ends, and whether in a hyphen."""
    at = places(text)
    ways, end = {(0, False): 0.0}, len(at) - 1
    for (a, b), width in sorted(wide.items(), key=lambda item: item[0][1]):
        if width * (1 - GIVE) > measure:
            continue
        if b == end and a and not is_last_line(text[at[a]:at[b]], width, measure):
            continue
        hyphen = b < end and text[at[b] - 1] == "-"
        gap = 0 if b == end else max(0, measure - width)
        for behind in (False, True):
            if (a, behind) in ways and not (behind and hyphen):
                worst = max(ways[a, behind], gap)
                ways[b, hyphen] = min(worst, ways.get((b, hyphen), worst))
    return min((worst for (b, _), worst in ways.items() if b == end), default=float("inf"))


def own_gap(lines, wide, text, measure):
    """The same of the lines that the program set; None where it hyphenates."""
    at, place, count, worst = places(text), 0, 0, 0.0
    letters = {sweep.letters(text[:to]): number for number, to in enumerate(at)}
    for line in lines[:-1]:
        count += sum(sweep.letters(word[2]) for word in line)
        if count not in letters:
            return None
        worst = max(worst, measure - wide[place, letters[count]])
        place = letters[count]
    return worst


def main():
    program, texts, held = pathlib.Path(sys.argv[1]).resolve(), sweep.prose(), True
    for face in sweep.FACES:
        known = {}
        for mm in sweep.MEASURES:
            measure = mm * sweep.MM
            with tempfile.TemporaryDirectory() as name:
                pdf = sweep.set_by_program(program, pathlib.Path(name), mm, face, False, texts)
                paragraphs = sweep.by_paragraph(sweep.lines_of(pdf), texts)
            for text, lines in zip(texts, paragraphs):
                seen = max([20 * sweep.MM + measure - line[-1][1] for line in lines[:-1]], default=0)
                if seen <= WIDE:
                    continue
                wide = known[text] = known.get(text) or measured(program, face, text)
                least, own = least_gap(text, wide, measure), own_gap(lines, wide, text, measure) or seen
                held &= own < least + SLIGHT
                print("%s at %d mm: %.1f pt, before glyphs give %.1f; of all ways the least %.1f: %s..." % (
                    face, mm, seen, own, least, text[:40]), flush=True)
    if not held:
        sys.exit("a gap is wider than it need be")


main()
