"""fonts.py PROGRAM ROOT - lettermerge fonts: which faces are used where, what they lack, how often and where first, what takes its place, and what their licences allow.

The counts are held against the texts themselves, the licences against bytes that this writes into fonts, the object against docs/schemas/fonts.json by another program's validator.
"""

import atexit
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unicodedata

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tap import check, finish, write  # noqa: E402

PROGRAM, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
LETTER = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="%s" date="2020-10-13" style="style.xml">
<title>A letter</title>
<fields><declare name="name"/></fields>
<subject>Books</subject>
<p>Dear <field name="name"/>, <em>soon</em> \u2704 here.</p>
%s</letter>
"""
seen = []


def project(names, family="Liberation Sans, DejaVu Sans", lang="en-GB", more="", text=""):
    folder = tempfile.mkdtemp(prefix="lettermerge-fonts-", dir="/tmp")
    atexit.register(shutil.rmtree, folder)
    write(folder, "templates/letter.xml", LETTER % (lang, more))
    write(folder, "templates/style.xml", '<style xmlns="urn:lettermerge:style:1"><text family="%s" %s/></style>' % (family, text))
    write(folder, "people.csv", "id,name\n" + "".join("p%d,%s\n" % row for row in enumerate(names)))
    return folder


def run(folder, *options):
    return subprocess.run([PROGRAM, "fonts", "-r", "people.csv", *options], cwd=folder, capture_output=True, text=True)


def told(folder, *options):
    done = run(folder, "--json", *options)
    seen.extend(done.stdout.splitlines())
    return done, json.loads(done.stdout) if done.stdout else None


def face(report, *words):
    found = [one for one in report["faces"] if all(word in one["file"] for word in words)]
    return found[0] if found else {}


def by(rows, key):
    return {row[key]: row for row in rows}


def faces_say_where_they_are_used():
    done, report = told(project(["Ann"]))
    sans = face(report, "LiberationSans-Regular")
    check(done.returncode == 0 and report["letters"] == 1, "one letter, code 0", done)
    check(sans["family"] == "Liberation Sans" and sans["style"] == "Regular" and re.match(r"\d+\.\d+", sans["version"]), "names and version", sans)
    check(sans["used"] == ["p"] and face(report, "Sans-Bold.")["used"] == ["subject"], "paragraphs and the subject", report)
    check(face(report, "Sans-Italic")["used"] == ["em"] and face(report, "Sans-Italic")["characters"] == 4, "emphasis: its four letters", report)


def what_is_lacking_is_counted():
    names = ["Ann", "Ali \u2708", "Bo \u2708\u2708\u2709", "\ua733b Lee", "L\ua733 \ua733b"]
    done, report = told(project(names))
    sans, other = face(report, "LiberationSans-Regular"), face(report, "DejaVuSans.ttf")
    number = report["faces"].index(other)
    lacks, words = by(sans["lacks"], "character"), by(sans["words"], "word")
    check(set(lacks) == set("\u2704\u2708\u2709\ua733"), "what it has not is lacking, and nothing else", lacks)
    scissors = lacks["\u2704"]
    check(scissors["count"] == len(names) and scissors["first"]["file"].endswith("letter.xml") and scissors["first"]["line"] == 5, "what the template has counts in each letter", scissors)
    missing = {c for name in names for c in name if c in lacks}
    for c in missing:
        count = sum(name.count(c) for name in names)
        first = next(i for i, name in enumerate(names) if c in name) + 2
        row = lacks[c]
        check(row["count"] == count and row["code"] == ord(c) and row["in"] == number, "U+%04X %d times" % (ord(c), count), row)
        check(row["first"]["file"].endswith("people.csv") and row["first"]["row"] == first and row["first"]["cell"] == "B%d" % first, "U+%04X first in row %d" % (ord(c), first), row)
    for word in [one for name in names for one in name.split() if set(one) & missing]:
        check(words.get(word, {}).get("in") == number, "%s is set in another face" % word, words)


def what_no_font_has_is_lacking_too():
    folder = project(["Ann", "\U00013000 \U00013000"])
    done, report = told(folder)
    gap = by(face(report, "LiberationSans-Regular")["lacks"], "character").get("\U00013000", {})
    check(done.returncode == 1 and "E-GLYPH" in done.stderr, "it is an error, and the table comes all the same", done)
    check(gap.get("count") == 2 and "in" not in gap and gap["first"]["row"] == 3, "twice, in no font", gap)
    check("no font has it" in " ".join(run(folder).stdout.split()), "people read so")


def tables_are_80_wide():
    names = ["\ua733b %d" % i for i in range(3)] + ["\u4e00\u4e8c\u4e09\u56db"] + ["\ua733" * n for n in range(4, 90, 9)]
    done = run(project(names, "Liberation Sans, DejaVu Sans, IPAexMincho, AR PL UMing CN", text='hyphenate="yes"'))
    wide = lambda line: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
    long = [line for line in done.stdout.splitlines() if wide(line) > 80 and len(line.split()) > 1 or line != line.rstrip()]
    check(done.stdout and not long, "no line of the table is wider than 80 columns, or ends with a blank", long, done)
    check("and 5 others" in done.stdout or "others" in done.stdout, "the most frequent are shown, and how many others there are", done.stdout)


def licences_are_told():
    source = subprocess.run(["fc-match", "-f", "%{file}", "Liberation Sans:bold=0"], capture_output=True, text=True).stdout
    bytes_of = bytearray(open(source, "rb").read())
    tables = {bytes(bytes_of[12 + 16 * i:16 + 16 * i]): struct.unpack(">I", bytes_of[20 + 16 * i:24 + 16 * i])[0] for i in range(struct.unpack(">H", bytes_of[4:6])[0])}
    for fs_type, says in [(0, "without limits"), (4, "view and print"), (8, "allows embedding"), (0x108, None), (2, None)]:
        folder = project(["Ann"])
        bytes_of[tables[b"OS/2"] + 8:tables[b"OS/2"] + 10] = struct.pack(">H", fs_type)
        write(folder, "fonts/own.ttf", bytes(bytes_of))
        done, report = told(folder)
        if not says:
            check(done.returncode == 1 and "E-FONT-LICENCE" in done.stderr and not done.stdout, "fsType %d is refused" % fs_type, done)
            continue
        own = face(report, "fonts/own.ttf")
        check(own["embedding"]["fsType"] == fs_type and says in own["embedding"]["says"], "fsType %d" % fs_type, own)
        check(("not edited" in own["embedding"]["so"]) == (fs_type == 4), "what follows of fsType %d" % fs_type, own)


def languages_have_patterns_or_not():
    more = '<p xml:lang="cy">Annwyl gyfaill</p><p xml:lang="ja">x</p><p xml:lang="sw">Habari gani</p>'
    _, report = told(project(["Ann"], more=more, text='hyphenate="yes"'))
    rows = by(report["hyphenation"], "language")
    check(set(rows) == {"en-GB", "cy", "sw"}, "those whose words are divided", rows)
    check(rows["en-GB"]["patterns"].endswith("hyph_en_GB.dic") and rows["en-GB"]["package"] == "hyphen-en-gb", "a file, and its package", rows)
    check("patterns" not in rows["sw"] and rows["sw"]["first"]["line"] == 6, "none, and where that is wanted first", rows)
    _, report = told(project(["Ann"], more=more, text='hyphenate="no"'))
    check(report["hyphenation"] == [], "nothing is asked for, nothing told", report)


def families_follow_the_language():
    families = ["AR PL UMing CN", "AR PL UMing TW", "IPAexMincho", "NanumMyeongjo"]
    installed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True).stdout
    absent = [family for family in families if family not in installed]
    if absent:
        check(True, "each language has its family # SKIP %s not installed" % ", ".join(absent))
        return
    more = "".join('<p xml:lang="%s">%s</p>' % row for row in [("zh-CN", "\u76f4"), ("zh-TW", "\u76f4\u76f4"), ("ja", "\u76f4\u76f4\u76f4"), ("ko", "\uac00\ub098\ub2e4\ub77c"), ("en", "\u76f4\u76f4\u76f4\u76f4\u76f4")])
    for order in (families, families[::-1]):
        _, report = told(project(["Ann"], ", ".join(["Liberation Sans", "DejaVu Sans"] + order), more=more))
        count = {family: sum(one["characters"] for one in report["faces"] if one["family"] == family) for family in families}
        first = order[0] if order is families else "IPAexMincho"  # NanumMyeongjo has no such character
        wanted = {family: number + 5 * (family == first) for family, number in zip(families, (1, 2, 3, 4))}
        check(count == wanted, "each language has its family, others the first: %s" % order[0], count, wanted)


def the_same_by_any_number_of_workers():
    names = ["N%d %s" % (i, chr(0xa730 + i % 40) + chr(0x2701 + i % 20)) for i in range(200)]
    folder = project(names)
    one, two = run(folder, "--json", "-j", "1").stdout, run(folder, "--json", "-j", "4").stdout
    check(one and one == two, "the same report by one worker and by four")


def each_letter_tells_its_own():
    folder = project(["Anne", "", "Cy", ""], more="", lang="en-GB")
    write(folder, "templates/letter.xml", """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13" style="style.xml">
<title>A letter</title><fields><declare name="name" required="no"/></fields>
<if field="name"><p>One a\u1e9fc.</p></if>
<p>Two a\u1e9fc.</p></letter>""")
    lines = ["3" if name else "4" for name in ("Anne", "", "Cy", "")]
    for jobs in ("1", "2"):
        done = subprocess.run([PROGRAM, "check", "-r", "people.csv", "-j", jobs, "--diag=json"], cwd=folder, capture_output=True, text=True)
        found = [one for one in map(json.loads, done.stdout.splitlines() + done.stderr.splitlines()) if one.get("code") == "N-FALLBACK"]
        check([str(one["line"]) for one in found] == lines, "each of four letters tells of its own word, by %s at once" % jobs, done)


def objects_are_as_the_schema_says():
    validator = ("import json, sys, jsonschema; schema = json.load(open(sys.argv[1])); v = jsonschema.Draft202012Validator(schema); "
                 "jsonschema.Draft202012Validator.check_schema(schema); bad = [e.message for line in sys.stdin for e in v.iter_errors(json.loads(line))]; "
                 "print(bad[:5]); sys.exit(bool(bad))")
    if subprocess.run(["/usr/bin/python3", "-c", "import jsonschema"], capture_output=True).returncode and not os.environ.get("LETTERMERGE_TESTS_REQUIRE"):
        check(True, "the objects fit their schema # SKIP python3-jsonschema is not installed")
        return
    valid = lambda lines: subprocess.run(["/usr/bin/python3", "-c", validator, os.path.join(ROOT, "docs", "schemas", "fonts.json")], input="\n".join(lines), capture_output=True, text=True)
    done = valid(seen)
    check(done.returncode == 0 and len(seen) > 5, "the objects fit their schema", done)
    check(valid([seen[0].replace('"letters"', '"lettres"')]).returncode == 1, "and another does not")


for case in (faces_say_where_they_are_used, what_is_lacking_is_counted, what_no_font_has_is_lacking_too, tables_are_80_wide, licences_are_told,
             languages_have_patterns_or_not, families_follow_the_language, the_same_by_any_number_of_workers, each_letter_tells_its_own, objects_are_as_the_schema_says):
    case()
finish()
