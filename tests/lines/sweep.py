"""sweep.py PROGRAM [--tex] - the project's own prose set at several measures in two faces, ragged and justified, and
what its lines are like: told from the words' places in the PDF, by poppler, not from what the breaker thought of them.

With --tex the same is set by LuaLaTeX with microtype, which must be installed, for the table to stand beside.

Nothing may stand outside the measure but what hangs on purpose, and that no farther than is said of it here: exit code 1
otherwise."""

import html
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MEASURES = (60, 80, 105, 130, 160)  # mm
FACES = ("Liberation Serif", "Liberation Sans")
SIZE, LEADING, MM = 11, 15, 72 / 25.4
STYLE = """<style xmlns="urn:lettermerge:style:1"><page left="20mm" right="%.3fmm"/><window width="0"/>
<text family="%s" size="11pt" leading="15pt" align="%s" %s/></style>"""
LETTER = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" style="s.xml" date="2024-05-07">
<title>T</title>%s</letter>"""
TEX = r"""\documentclass[11pt]{article}
\usepackage{fontspec}\usepackage[british]{babel}\usepackage[final]{microtype}\usepackage{ragged2e}
\usepackage[a4paper,left=20mm,textwidth=%smm,textheight=250mm]{geometry}
\setmainfont{%s}\parindent=0pt\parskip=6pt\pagestyle{empty}
\begin{document}\fontsize{11}{15}\selectfont %s
%s
\end{document}"""


# What may hang, and by at most so much of the em: signs by less than their width, letters hardly.
HANGS = {**dict.fromkeys("\"'\u2018\u2019\u201c\u201d.,:;-\u00ad\u2010\u2013\u2014", 0.25), **dict.fromkeys("ATVWY", 0.05)}
SEEN = 0.05  # pt: what poppler's figures are rounded to, and less than anybody sees


def prose():
    """Paragraphs and items of the project's pages that are words alone."""
    found = []
    for page in sorted(ROOT.glob("docs/*.md")) + [ROOT / name for name in ("README.md", "CHANGELOG.md")]:
        text = re.sub(r"```.*?```", "", page.read_text(), flags=re.S)
        for block in re.split(r"\n\n|\n(?=- )", text):
            plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"\s+", " ", block))
            plain = re.sub(r"^- |[`*]", "", plain).strip()
            if len(plain) >= 150 and "--" not in plain and re.fullmatch(r"[A-Za-z0-9 .,;:()?!'’“”\"/+§→-]*", plain):
                found.append(plain)
    return found[:200]


def run(arguments, folder):
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit("%s failed:\n%s%s" % (arguments[0], done.stdout[-2000:], done.stderr[-2000:]))


def set_by_program(program, folder, measure, face, justify, paragraphs, how='hyphenate="yes"'):
    (folder / "s.xml").write_text(STYLE % (190 - measure, face, "justify" if justify else "left", how))
    (folder / "l.xml").write_text(LETTER % "".join("<p>%s</p>" % text for text in paragraphs))
    (folder / "r.csv").write_text("id\nr\n")
    run([program, "batch", "-q", "--no-sign", "-t", "l.xml", "-r", "r.csv"], folder)
    return folder / "out" / "r.pdf"


def set_by_tex(folder, measure, face, justify, paragraphs):
    (folder / "t.tex").write_text(TEX % (measure, face, "" if justify else r"\RaggedRight", "\n\n".join(paragraphs)))
    run(["lualatex", "-interaction=batchmode", "t.tex"], folder)
    return folder / "t.pdf"


def lines_of(pdf):
    """Each line as its words: (left, right, text), in reading order."""
    page = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    lines, last = [], None
    for found in re.finditer(r'<page |<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>', page):
        if not found[1]:
            last = None
            continue
        left, top, right = (float(found[i]) for i in (1, 2, 3))
        if last is None or abs(top - last) > LEADING / 3:
            lines.append([])
        last = top
        lines[-1].append((left, right, html.unescape(found[4])))
    return [line for line in lines if not re.fullmatch(r"Page \d+ of \d+", " ".join(word[2] for word in line))]


def letters(text):
    return len(re.sub(r"[\s\u00ad\u2010-]", "", text))


def by_paragraph(lines, paragraphs):
    """The lines of each paragraph, told by how many letters it has."""
    at, out = 0, []
    for text in paragraphs:
        count, want, mine = 0, letters(text), []
        while count < want:
            count += sum(letters(word[2]) for word in lines[at])
            mine.append(lines[at])
            at += 1
        if count != want:
            sys.exit("the lines do not follow the words at %r" % text[:40])
        out.append(mine)
    return out


def blanks(line):
    return [right[0] - left[1] for left, right in zip(line, line[1:])]


def mean_blank(line):
    return statistics.mean(blanks(line))


def ends_in_hyphen(line, whole):
    return line[-1][2][-1] in "-\u2010\u00ad" and line[-1][2].rstrip("-\u2010\u00ad") + "-" not in whole


def stands_out(line, left, right):
    """By how much the line stands out where nothing of it may hang, and where something may."""
    outside = hung = 0.0
    for out, sign in ((left - line[0][0], line[0][2][0]), (line[-1][1] - right, line[-1][2][-1])):
        most = HANGS.get(sign, 0) * SIZE
        outside, hung = max(outside, out - most), max(hung, min(out, most))
    return outside, hung


def figures(paragraphs, texts, measure, blank):
    points, left, stretch, room, outside, hung = measure * MM, 20 * MM, [], [], 0.0, 0.0
    count = {"lines": 0, "hyphens": 0, "ladders": 0, "runts": 0}
    for lines, text in zip(paragraphs, texts):
        hyphens = [ends_in_hyphen(line, text) for line in lines]
        count["lines"] += len(lines)
        count["hyphens"] += sum(hyphens)
        count["ladders"] += sum(a and b for a, b in zip(hyphens, hyphens[1:]))
        last = lines[-1]
        count["runts"] += len(lines) > 1 and (len(last) == 1 or last[-1][1] - last[0][0] < points / 7)
        for line in lines:
            outs = stands_out(line, left, left + points)
            outside, hung = max(outside, outs[0]), max(hung, outs[1])
        for line in lines[:-1]:
            room.append(left + points - line[-1][1])
            if len(line) > 1:
                stretch.append(abs(mean_blank(line) / blank - 1) * 100)
    per_cent = 100 / count["lines"]
    return (statistics.mean(stretch), max(stretch), count["hyphens"] * per_cent, count["ladders"], count["runts"],
            statistics.pstdev(room), max(room), outside, hung)


def natural_blank(lines):
    return statistics.median(gap for line in lines for gap in blanks(line))


def main():
    program, tex = pathlib.Path(sys.argv[1]).resolve(), "--tex" in sys.argv
    texts, held = prose(), True
    print("%d paragraphs of the project's pages at 11 pt; stretch: of the blanks, against their own width" % len(texts))
    print("| set by | face | align | mm | stretch, mean % | worst % | hyphens % | ladders | runts | ragged, pt | gap, pt | outside, pt | hung, pt |")
    print("|---|---|---|---:" + "|---:" * 9 + "|")
    for face in FACES:
        for justify in (False, True):
            for measure in MEASURES:
                for by_tex in (False, True) if tex else (False,):
                    with tempfile.TemporaryDirectory() as name:
                        folder = pathlib.Path(name)
                        pdf = set_by_tex(folder, measure, face, justify, texts) if by_tex else set_by_program(
                            program, folder, measure, face, justify, texts)
                        lines = lines_of(pdf)
                    key = (face, by_tex)
                    if not justify:
                        natural[key] = natural_blank(lines)
                    row = figures(by_paragraph(lines, texts), texts, measure, natural[key])
                    held &= by_tex or row[-2] < SEEN
                    print("| %s | %s | %s | %d | %.1f | %.0f | %.1f | %d | %d | %.1f | %.1f | %.2f | %.2f |" % (
                        ("LuaLaTeX" if by_tex else "lettermerge", face, "justify" if justify else "left", measure) + row),
                        flush=True)
    if not held:
        sys.exit("something stands outside the measure that does not hang on purpose")


natural = {}
if __name__ == "__main__":
    main()
