"""peer.py PROGRAM SYNTHETIC KEY FOLDER - the letter of templates/vru-letter.xml by us and by Typst, whole processes in turn; from the project's root.

PROGRAM: ours. SYNTHETIC: what makes its recipients. KEY: a P-256 identity, for ours alone, as Typst signs nothing. FOLDER: where npm has installed
what package.json names. Prints a section for docs/performance.md; where the words of the two differ, nothing is measured."""

import collections
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import letter

PROGRAM, SYNTHETIC, KEY, FOLDER = (os.path.abspath(path) for path in sys.argv[1:5])
TEMPLATE, FONTS = "templates/vru-letter.xml", "/usr/share/fonts/truetype/liberation2"
OURS, THEIRS, ROUNDS, COLD = 1000, 200, 7, 21


def spent(command, folder=None):
    """Processor time of the process in seconds, by the kernel's count; its peak in MiB; seconds on the clock."""
    begin = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=os.environ | {"FONTS": FONTS})
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit("peer: failed: " + " ".join(command))
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, time.monotonic() - begin


def words(text):
    return collections.Counter(re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text)))


def said(path):
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return words(re.sub(r"-\n\s*", "-", text))


def same_words(ours, theirs, name):
    """The head of a second page, its number's words and the mark of a test signature are no part of Typst's letter; all else is."""
    only_ours, only_theirs = said(ours) - said(theirs), said(theirs) - said(ours)
    if only_theirs or only_ours - words(name + " October Page of TEST"):
        sys.exit("peer: the letters differ: only ours %s, only theirs %s" % (dict(only_ours), dict(only_theirs)))


def row(name, values, unit):
    form = "| %s | {0:,.1f} | %s | {1:,.1f} .. {2:,.1f} |" % (name, unit)
    print(form.format(statistics.median(values), min(values), max(values)))


class Pair:
    """Both letters in a folder of their own."""

    def __init__(self, folder):
        self.folder, self.records = folder, os.path.join(folder, "records.xml")
        subprocess.run([SYNTHETIC, self.records, str(OURS)], check=True)
        few = os.path.join(folder, "few.xml")
        subprocess.run([SYNTHETIC, few, str(THEIRS)], check=True)
        letter.write(TEMPLATE, few, os.path.join(folder, "typst"))
        # Where it finds what npm installed.
        shutil.copy(os.path.join(HERE, "compile.cjs"), os.path.join(FOLDER, "compile.cjs"))

    def files(self):
        return self.batch("files", [])

    def archive(self):
        return self.batch("archive", ["--archive", os.path.join(self.folder, "archive", "letters.tar")])

    def batch(self, name, more):
        out = os.path.join(self.folder, name)
        shutil.rmtree(out, ignore_errors=True)
        os.mkdir(out)
        return spent([PROGRAM, "batch", "-q", "-j1", "--identity", KEY, "-t", TEMPLATE, "-r", self.records, "-o", out] + more)

    def typst(self):
        return spent(["node", "compile.cjs", os.path.join(self.folder, "typst"), "ua-1"], FOLDER)

    def check(self):
        self.files()
        self.typst()
        records = letter.tree.parse(self.records).getroot()
        for record in (records[0], records[THEIRS // 2], records[THEIRS - 1]):
            name = record.get("id") + ".pdf"
            same_words(os.path.join(self.folder, "files", name), os.path.join(self.folder, "typst", "out", name), letter.row(record)["name"])


def warm(pair):
    pair.check()
    found = [(pair.files(), pair.archive(), pair.typst()) for _ in range(ROUNDS)]
    print("%d letters of ours, tagged, PDF/A-2a and PDF/UA-1, signed with P-256, by one worker; %d of Typst's by its Node compiler %s, tagged, PDF/UA-1,\n"
          "unsigned, by one process. Processor time of whole processes, %d rounds in turn; the words of three letters were the same.\n"
          % (OURS, THEIRS, re.search(r'node-compiler": "([^"]+)', open(os.path.join(HERE, "package.json")).read()).group(1), ROUNDS))
    print("| | median | | lowest .. highest |\n|---|--:|---|---|")
    for name, count, at in (("ours, to files", OURS, 0), ("ours, to an archive", OURS, 1), ("Typst, to files", THEIRS, 2)):
        row(name, [count / each[at][0] for each in found], "letters/s of CPU")
        row(name + ": peak", [each[at][1] for each in found], "MiB")
    for name, at in (("files", 0), ("archive", 1)):
        row("ours to Typst's, %s, round by round" % name, [(OURS / each[at][0]) / (THEIRS / each[2][0]) for each in found], "times")


def cold(pair):
    typst = shutil.which("typst")
    if not typst:
        print("\nNo `typst` command is here: how long one waits for a single letter was not compared.")
        return
    folder = os.path.join(pair.folder, "typst")
    with open(os.path.join(folder, "row.json"), "w", encoding="utf-8") as out:
        letter.json.dump(letter.json.load(open(os.path.join(folder, "rows.json"), encoding="utf-8"))[0], out)
    theirs = [typst, "compile", "--pdf-standard", "ua-1", "--font-path", FONTS, "letter.typ", "letter.pdf"]
    ours = [PROGRAM, "preview", "r0000001", "-t", TEMPLATE, "-r", pair.records, "-o", os.path.join(pair.folder, "preview")]
    found = [(spent(ours), spent(theirs, folder)) for _ in range(COLD)]
    version = subprocess.run([typst, "--version"], capture_output=True, text=True).stdout.split()[1]
    print("\nOne letter, from the command to its end, %d rounds in turn; `typst compile` %s.\n" % (COLD, version))
    print("| | median | | lowest .. highest |\n|---|--:|---|---|")
    for name, which in (("`lettermerge preview`", 0), ("`typst compile`", 1)):
        row(name + ", by the clock", [each[which][2] * 1000 for each in found], "ms")
        row(name + ", processor time", [each[which][0] * 1000 for each in found], "ms")
    row("theirs to ours, processor time", [each[1][0] / each[0][0] for each in found], "times")


print("\n### Beside Typst\n")
with tempfile.TemporaryDirectory() as scratch:
    both = Pair(scratch)
    warm(both)
    cold(both)
