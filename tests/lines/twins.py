"""twins.py PROGRAM - each example's pages beside twins of them that LuaLaTeX sets, from the words of the letter and the
lengths that its style and docs/style.md name: do both break lines at the same words, and stand words at the same place?

What has its own place (letterhead, address, information block) and what flows below are boxes of struts, a line as high as its
leading and its words in the middle, as style sheets of the web have it; TeX breaks the lines and adds up the lengths. Glyphs are set as wide as they are (expand="no"). A
page ends where no row and no block more goes on it, or where the letter says so; heads of pages and of tables are set again.
Not in the twin: codes and pictures (their room is), footers, page numbers, notes and the paragraphs that have one, slips. Places are origins of glyphs, by mutool.

Says a table for docs/gallery.md; exit code 1 where a line breaks elsewhere or a word stands farther off than NEAR."""
import difflib, os, pathlib, re, subprocess, sys, tempfile
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parents[2]
LETTERS = {"plain": "shah", "council": "rees", "bank": "ash", "invoice": "albrecht"}
NEAR = 0.1  # pt
MM = 72 / 25.4
CODE_MODULES = 37  # of the invoice's code; its white edge is four of them (ISO/IEC 18004), and room of its own below the code
ASCENT, DESCENT = 0.905, 0.212  # of Liberation Sans, by its hhea
NAMESPACE = "{urn:lettermerge:letter:1}"
TEX = r"""\documentclass{article}
\usepackage{fontspec}\setmainfont{Liberation Sans}[Ligatures=NoCommon]
\paperwidth=595.2756bp\paperheight=841.8898bp\pagewidth=\paperwidth\pageheight=\paperheight
\hoffset=-1in\voffset=-1in\topmargin=0pt\headheight=0pt\headsep=0pt\topskip=0pt\oddsidemargin=0pt
\textwidth=\paperwidth\textheight=\paperheight\parindent=0pt\parskip=0pt\pagestyle{empty}\maxdepth=\maxdimen
\hyphenpenalty=10000\exhyphenpenalty=50\tolerance=10000\emergencystretch=3em\hfuzz=\maxdimen\vfuzz=\maxdimen
\newdimen\hi\newdimen\lo
\def\look#1#2{\fontsize{#1bp}{#2bp}\selectfont\baselineskip=#2bp\lineskiplimit=-\maxdimen
 \hi=\dimexpr(#2bp-#1bp*1117/1000)/2+#1bp*905/1000\relax\lo=\dimexpr#2bp-\hi\relax}
\def\st{\vrule height\hi depth\lo width0pt }
\def\ragged{\spaceskip=\fontdimen2\font\relax\rightskip=0pt plus 2em\relax\parfillskip=0pt plus 1fil\relax}
\def\flush{\leftskip=0pt plus 1fil\parfillskip=0pt\relax}
% size, leading, width, where lines stand, words
\def\para#1#2#3#4#5{\vbox{\hsize=#3bp\look{#1}{#2}#4\st#5\st\par}}
\def\at#1#2#3{\vbox to 0pt{\kern#2bp\hbox to 0pt{\kern#1bp#3\hss}\vss}}
\begin{document}\frenchspacing\offinterlineskip
\vbox to \paperheight{%s\vfil}
\end{document}
"""
# What docs/style.md and the program's defaults say where the example's style is silent, in pt.
DEFAULTS = {
    "letterhead": dict(size=9.5, leading=12, left=95 * MM), "date": dict(after=15), "address": dict(size=10.5, leading=13),
    "return-address": dict(size=7, leading=9, after=1), "information": dict(before=7.5, after=15), "salutation": dict(after=7.5),
    "subject": dict(before=7.5, after=7.5, bold=True), "p": dict(after=7.5), "ol": dict(after=7.5), "li": dict(after=2, left=6 * MM),
    "table": dict(before=4, after=10, space=1.5 * MM), "barcode": dict(before=4, after=10), "closing": dict(before=7.5),
    "continuation": dict(size=9, leading=11, after=11), "signature": dict(space=20 * MM, after=7.5), "cell": {}, "enclosures": dict(before=15), "copies": dict(before=7.5),
}
HEADINGS = {"1": (1.1, 1.2, 0.3), "2": (1, 1, 0.25)}  # size, of the text's; before and after, of its leading
GEOMETRY = {  # margins left and right, where the text begins, window: left, top, width, clear, clear at the top
    "uk-dl": (25, 25, 90, (20, 47, 90, 3.5, 0)), "din-5008-b": (25, 20, 98.5, (20, 45, 85, 0, 17.7)),
}


def length(text):
    number, unit = re.fullmatch(r"([0-9.]+)(pt|mm|cm|in)?", text).groups()
    return float(number) * {"pt": 1, "mm": MM, "cm": 10 * MM, "in": 72, None: 0}[unit]


class Style:
    def __init__(self, path):
        tree = xml.parse(path).getroot()
        find = lambda name: next((e.attrib for e in tree if e.tag.endswith("}" + name)), {})
        page = find("page")
        left, right, top, window = GEOMETRY[page["geometry"]]
        self.left, self.right = length(page.get("left", f"{left}mm")), 210 * MM - length(page.get("right", f"{right}mm"))
        self.top, self.window = length(page.get("first-top", f"{top}mm")), [value * MM for value in window]
        self.head = length(page.get("head-top", "13mm"))
        self.information = {name: length(value) for name, value in find("information").items() if name != "label-size"}
        text = find("text")
        self.base = dict(size=length(text["size"]), leading=length(text["leading"]), before=0, after=0, left=0, space=0, bold=False, align="left")
        self.elements = {(e.get("name"), e.get("level")): e.attrib for e in tree if e.tag.endswith("}element")}

    def of(self, name, level=None):
        look = {**self.base, **DEFAULTS.get(name, {})}
        if name == "subject":
            look["size"], look["leading"] = look["size"] * 1.2, look["leading"] * 1.2
        if name == "heading" and level:
            size, before, after = HEADINGS[level]
            look.update(size=look["size"] * size, before=look["leading"] * before, after=look["leading"] * after, bold=True)
            look["leading"] *= size
        for key in ((name, None), (name, level)):
            for attribute, value in self.elements.get(key, {}).items():
                if attribute == "indent-left":
                    look["left"] = length(value)
                elif attribute in ("size", "leading", "before", "after", "space"):
                    look[attribute] = length(value)
                elif attribute == "weight":
                    look["bold"] = value == "bold"
                elif attribute == "align":
                    look["align"] = value
        return look


def escaped(text):
    return re.sub(r"([#$%&_{}])", r"\\\1", re.sub(r"\s+", " ", text or "")).replace("\\_", "\\_")


def words(node, bold=False):
    """An element's words for TeX."""
    out = escaped(node.text)
    for child in node:
        name = child.tag.replace(NAMESPACE, "")
        inner = words(child)
        out += {"strong": "\\textbf{%s}", "em": "\\textit{%s}", "br": "\\break%s", "note": "%.0s"}.get(name, "%s") % inner
        out += escaped(child.tail)
    tied = re.sub(r" (\S+)$", r"~\1", out.strip())  # no word alone in a last line
    return "\\textbf{%s}" % tied if bold else tied


def box(look, width, text, align="left"):
    return "\\para{%.4f}{%.4f}{%.4f}{\\%s}{%s}" % (
        look["size"], look["leading"], width, {"left": "ragged", "right": "flush"}[align], text)


class Page:
    """Boxes at their places on page after page, and the place where the next one goes."""

    def __init__(self, style, head):
        self.style, self.head, self.out, self.y, self.space = style, head, [], style.top, None
        self.pages = [self.out]

    def turn(self):
        """The next page, below its head."""
        style, look = self.style, self.style.of("continuation")
        self.out = []
        self.pages.append(self.out)
        below = self.lines(self.head, style.left, style.head, look, style.right - style.left)
        self.y, self.space = max(25 * MM, below + look["after"] if len(self.head) else 0), None

    def put(self, x, y, look, width, text, align="left"):
        self.out.append("\\at{%.4f}{%.4f}{%s}" % (x, y, box(look, width, text, align)))

    def lines(self, node, x, y, look, width, align="left"):
        for line in node:
            self.put(x, y, look, width, words(line), align=align)
            y += look["leading"]
        return y

    def begin(self, look):
        """Where a block of the column begins, the larger of the spaces between them above it."""
        self.y += 0 if self.space is None else max(self.space, look["before"])
        return self.y


def measure(folder, paragraphs, what="\\ht0+\\dp0", form=None):
    """The heights of boxes, or the widths of lines, in pt, all in one run of TeX."""
    put = lambda look, width, text: form % (look["size"], look["leading"], text) if form else box(look, width, text)
    body = "".join("\\setbox0=%s\\immediate\\write-1{HIGH \\the\\dimexpr%s\\relax}" % (put(*paragraph), what) for paragraph in paragraphs)
    set_tex(folder, "measure", TEX.replace("%s", body + "\\hbox{}", 1))
    log = (folder / "measure.log").read_text(errors="replace").replace("\n", " ")
    return [float(high) / 72.27 * 72 for high in re.findall(r"HIGH ([0-9.]+)pt", log)]


def set_tex(folder, name, source):
    (folder / f"{name}.tex").write_text(source)
    done = subprocess.run(["lualatex", "-interaction=batchmode", f"{name}.tex"], cwd=folder, capture_output=True, text=True)
    if not (folder / f"{name}.pdf").exists():
        sys.exit(done.stdout + (folder / f"{name}.log").read_text(errors="replace")[-2000:])


def rows_of(table, style, width):
    """Cells as (x, width, look, words, align), and whether the row heads the columns."""
    shares = [float(share) for share in table.get("widths", "").split()]
    aligns = table.get("align", "").split()
    gap = style.of("table")["space"]
    for row in table:
        column, cells = 0, []
        columns = len(shares) or sum(int(cell.get("span", 1)) for cell in row)
        total = sum(shares) or columns
        share = lambda c: (sum(shares[:c]) if shares else c) / total * width
        for cell in row:
            to = column + int(cell.get("span", 1))
            left, right = share(column) + (gap if column else 0), share(to) - (gap if to < columns else 0)
            align = cell.get("align") or (aligns[column] if column < len(aligns) else "left")
            cells.append((left, right - left, words(cell, row.get("header") == "yes"), "right" if align in ("right", "decimal") else "left"))
            column = to
        yield cells


def put_row(page, cells, pad, look):
    for x, width, text, align in cells:
        page.put(page.style.left + x, page.y + pad, look, width, text, align=align)
    page.y += look["leading"] + 2 * pad


def put_table(page, table, most):
    look, pad = page.style.of("cell"), page.style.of("table")["space"]
    rows = list(rows_of(table, page.style, page.style.right - page.style.left))
    heads = sum(row.get("header") == "yes" for row in table)
    for i, cells in enumerate(rows):
        if page.y + look["leading"] + 2 * pad > most:
            page.turn()
            for head in rows[:heads]:
                put_row(page, head, pad, look)
        put_row(page, cells, pad, look)


def put_list(page, node, folder):
    """Labels flush right in a column as wide as the widest, a third of the size and a bit from their items."""
    style, look = page.style, page.style.of("li")
    before, sign, after = re.fullmatch(r"(.*?)([a1])(.*)", node.get("numbering")).groups()
    labels = [before + (chr(ord("a") + i) if sign == "a" else str(i + 1)) + after for i in range(len(node))]
    wide = max(measure(folder, [(look, 500, label) for label in labels], "\\wd0", "\\hbox{\\look{%.4f}{%.4f}%s}"))
    x = style.left + max(look["left"], wide + look["size"] * 0.35)
    for label, item in zip(labels, node):
        page.put(style.left, page.y, look, wide, label, align="right")
        page.put(x, page.y, look, style.right - x, words(item))
        page.y += look["leading"] + look["after"]
    page.y -= look["after"]


def column(page, letter, folder, most):
    """The blocks that flow."""
    style, width = page.style, page.style.right - page.style.left
    name_of = lambda node: node.tag.replace(NAMESPACE, "")
    flowing = [node for node in letter if name_of(node) in (
        "date", "salutation", "subject", "p", "heading", "table", "ol", "barcode", "closing", "signature", "enclosures", "page-break")
        and node.find(f".//{NAMESPACE}note") is None]
    look_of = lambda node: style.of(name_of(node), node.get("level"))
    asked = [(look_of(node), width, words(node, look_of(node)["bold"]))
             for node in flowing if name_of(node) in ("date", "salutation", "subject", "p", "heading", "closing")]
    heights = iter(measure(folder, asked))
    texts = iter(asked)
    for node in flowing:
        name, look = name_of(node), look_of(node)
        if name == "page-break":
            page.turn()
            continue
        y = page.begin(look)
        if name == "table":
            put_table(page, node, most)
            y = page.y
        elif name == "ol":
            put_list(page, node, folder)
            y = page.y
        elif name == "barcode":
            high = length(node.get("width"))
            edge = high / CODE_MODULES * 4
            page.y = y = y - min(edge, max(page.space or 0, look["before"])) + edge
            y += high + edge
            look["after"] = max(look["after"] - edge, 0)
        elif name in ("signature", "enclosures"):
            y += length(node.get("space")) if node.get("space") else look["space"]
            y = page.lines(node, style.left, y, look, width)
        else:
            own, _, text = next(texts)
            high = next(heights)
            page.put(style.left, y, own, width, text)
            y += high
        page.y, page.space = y, look["after"]


def fixed(page, letter):
    style = page.style
    window, top, wide, clear, clear_top = style.window
    x, y = max(style.left, window + clear), top + clear + clear_top
    for node in letter:
        name = node.tag.replace(NAMESPACE, "")
        look = style.of(name)
        if name == "letterhead":
            lines = [line for line in node if line.tag.endswith("}line")]
            page.lines(lines, style.left + look["left"], style.head, look, style.right - style.left - look["left"], look["align"])
        elif name == "address":
            page.lines(node, x, y, look, window + wide - clear - x)
        elif name == "return-address":
            page.put(x, y - look["leading"] - look["space"] - look["after"], look, wide, words(node))
        elif name == "information":
            left, at = 125 * MM, 50 * MM
            small = {**look, "size": look["size"] * 0.85}
            for label, value in node:
                drop = look["size"] * (ASCENT - DESCENT) / 2 * 0.15
                page.put(left, at + drop, small, 30 * MM, words(label))
                page.put(left + style.information["label-width"], at, look, 45 * MM, words(value))
                at += look["leading"]


def found(path, page=1):
    """Words with the origin of their first glyph and where their last one ends."""
    said = subprocess.run(["mutool", "draw", "-q", "-F", "stext", str(path), str(page)], capture_output=True, text=True).stdout
    out, word = [], None
    for line in re.findall(r"<line .*?</line>", said, re.S):
        word = None
        for quad, x, y, c in re.findall(r'<char quad="([^"]*)" x="([^"]*)" y="([^"]*)"[^>]* c="([^"]*)"', line):
            c = c.replace("&amp;", "&").replace("&apos;", "'").replace("&quot;", '"').replace("&#x2013;", "–")
            if not c.strip() or c in ("&#xa0;", "\u00a0"):
                word = None
                continue
            right = float(quad.split()[2])
            if word is None or abs(word["y"] - float(y)) > 0.5 or float(x) - word["right"] > 1:
                word = dict(text="", x=float(x), y=float(y))
                out.append(word)
            word["text"] += c
            word["right"] = right
    return sorted(out, key=lambda w: (round(w["y"], 1), w["x"]))


def line_starts(words_found):
    """The words that stand first in their lines, of what flows."""
    return [w["text"] for w, before in zip(words_found, [None] + words_found) if before is None or abs(before["y"] - w["y"]) > 0.5]


def compare(ours, twin):
    """Of the words that the twin has: how many, how far off, and how many lines begin with others."""
    if not twin:
        sys.exit("the twin is empty")
    match = difflib.SequenceMatcher(a=[w["text"] for w in ours], b=[w["text"] for w in twin], autojunk=False)
    pairs = [(ours[a + i], twin[b + i]) for a, b, size in match.get_matching_blocks() for i in range(size)]
    across = [abs(a["x"] - b["x"]) for a, b in pairs]
    ends = [abs(a["right"] - b["right"]) for a, b in pairs]
    down = [abs(a["y"] - b["y"]) for a, b in pairs]
    mine = {(round(a["y"]), a["text"]) for a, b in pairs}
    starts = sum(1 for (a, b), (c, d) in zip(pairs, pairs[1:]) if (abs(a["y"] - c["y"]) > 0.5) != (abs(b["y"] - d["y"]) > 0.5))
    lines = len({round(a["y"], 1) for a, b in pairs})
    far = sorted((max(x, e, y), a["text"]) for (a, b), x, e, y in zip(pairs, across, ends, down))[-3:]
    return dict(words=len(pairs), of=len(twin), lines=lines, breaks=starts, across=max(across), ends=max(ends), down=max(down), far=far)


def twin_of(program, example, folder):
    style = ROOT / "examples" / example / "templates" / "style.xml"
    (folder / "style.xml").write_text(style.read_text().replace("<text ", '<text expand="no" '))
    subprocess.run([program, "batch", "--style", folder / "style.xml", "-q", "--no-sign", "--attach-source", "-r", next((ROOT / "examples" / example).glob("*.csv")),
                    "--only", LETTERS[example], "-o", folder / "out"], cwd=ROOT / "examples" / example, check=True,
                   env={**os.environ, "XDG_CONFIG_HOME": "/nonexistent"}, stdout=subprocess.DEVNULL)
    letter_pdf = folder / "out" / f"{LETTERS[example]}.pdf"
    subprocess.run(["pdfdetach", "-savefile", "letter.xml", "-o", folder / "letter.xml", letter_pdf], check=True)
    letter = xml.parse(folder / "letter.xml").getroot()
    page = Page(Style(style), next((list(node) for node in letter if node.tag.endswith("}continuation")), []))
    fixed(page, letter)
    column(page, letter, folder, 297 * MM - length("25mm"))
    for number, out in enumerate(page.pages, 1):
        set_tex(folder, f"twin-{number}", TEX.replace("%s", "\n".join(out), 1))
        yield found(letter_pdf, number), found(folder / f"twin-{number}.pdf")


def main(program):
    bad = False
    print("| example, page | words | lines | broken elsewhere | across, pt | right edges, pt | baselines, pt |")
    print("|---|---|---|---|---|---|---|")
    for example in LETTERS:
        with tempfile.TemporaryDirectory() as folder:
            for page, (ours, twin) in enumerate(twin_of(program, example, pathlib.Path(folder)), 1):
                result = compare(ours, twin)
                print("| `{}`, {} | {words} of {of} | {lines} | {breaks} | {across:.2f} | {ends:.2f} | {down:.2f} |".format(example, page, **result))
                if result["words"] < result["of"] or result["breaks"] or max(result["across"], result["ends"], result["down"]) > NEAR:
                    bad = True
                    print("  farthest:", result["far"], file=sys.stderr)
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
