"""empty.py PROGRAM - each kind of element without words: left out of the PDF, the web page and the text alike, and said, with the element's name and, where
a record emptied it, the record's. TAP.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("LETTERMERGE_")}
LETTER = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T</title>
<fields><declare name="f" required="no"/><declare name="rich" type="rich" required="no"/><declare name="all" type="list" required="no"><declare name="one"
required="no"/></declare></fields>
%s
<p>The end</p></letter>"""
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1" xml:lang="en-GB">%s</recipient>'
# An element, where it stands, a sign of it in the PDF's tags and one in the web page.
KINDS = [
    ("subject", "<subject>%s</subject>", "H1", "<h1>"),
    ("heading", "<heading>%s</heading>", "H[1-6]", "<h[2-6]"),
    ("link", '<p>See <link href="https://example.org/">%s</link> the</p>', "Link", "<a "),
    ("email", "<p>See <email>%s</email> the</p>", "Link", "<a "),
    ("note", "<p>See<note>%s</note> the</p>", "Note|Reference|Link", "<aside|doc-note"),
    ("abbr", '<p>See <abbr title="long">%s</abbr> the</p>', "Span", "<abbr"),
    ("li", "<ul><li>%s</li><li>See the</li></ul>", None, "<li></li>"),
    ("li", "<ul><li>%s</li></ul><p>See the</p>", "L|LI", "<ul|<li"),
    ("li", "<quote><ol><li><p>%s</p></li></ol><p>See the</p></quote>", "L|LI", "<ol|<li"),
]
FILLS = [  # what makes it empty, its finding, whether a record did
    ("", "W-WORDLESS", False),
    ("<br/>", "W-WORDLESS", False),
    ("<em> &#160;</em>", "W-WORDLESS", False),
    ('<field name="f"/>', "N-EMPTIED", True),
    ('<strong><field name="f"/></strong>', "N-EMPTIED", True),
    ('<if field="f">x</if>', "N-EMPTIED", True),
    ('<choose><when field="f">x</when><otherwise> </otherwise></choose>', "N-EMPTIED", True),
    ('<each field="all"><field name="one"/></each>', "N-EMPTIED", True),
]
failures = cases = 0


def check(good, what, *details):
    global cases, failures
    cases += 1
    failures += not good
    print("ok" if good else "not ok", cases, "-", what, flush=True)
    for detail in () if good else details:
        print("# " + str(detail)[:2000].replace("\n", "\n# "))


def run(*arguments):
    return subprocess.run(arguments, capture_output=True, text=True, env=ENVIRONMENT, check=False).stdout


def made(body, record):
    """The findings of a letter, the types of its tags, its web page and its text."""
    with tempfile.TemporaryDirectory(prefix="lettermerge-empty-") as folder:
        os.chdir(folder)
        with open("t.xml", "w") as file:
            file.write(LETTER % body)
        os.mkdir("r")
        with open("r/ann.xml", "w") as file:
            file.write(RECORD % record)
        found = [json.loads(line) for line in run(PROGRAM, "check", "-t", "t.xml", "-r", "r", "--diag=json").splitlines()]
        run(PROGRAM, "batch", "-q", "--no-sign", "-t", "t.xml", "-r", "r", "-o", "out", "--also", "html,text")
        tags = re.findall(r"^\s*(\w+)\b.*(?:block|inline)\)|^\s*(\w+):?$", run("pdfinfo", "-struct", "out/ann.pdf"), re.M)
        with open("out/ann.html") as page, open("out/ann.txt") as text:
            os.chdir("/")
            return [line for line in found if "code" in line], [one or other for one, other in tags], page.read(), text.read()


def main_of(page):
    return re.sub(r'<h1 class="hidden">.*?</h1>', "", page[page.index("<main") :])


def kinds():
    """Of each kind one letter, with a line for each way to be empty."""
    for name, place, tag, sign in KINDS:
        found, tags, page, text = made("\n".join(place % fill for fill, _, _ in FILLS), "<f> \u00a0</f>")
        said = {one["line"]: (one["code"], "<%s>" % name in one["message"], one.get("record", "").endswith("ann.xml")) for one in found}
        first = LETTER.count("\n", 0, LETTER.index("%s")) + 1
        wanted = {first + at: (code, True, by_record) for at, (_, code, by_record) in enumerate(FILLS)}
        words = text.replace("\u2022", "").split()
        left = [one for one in tags if tag and re.fullmatch(tag, one)] or re.search(sign, main_of(page))
        good = words == ["See", "the"] * ("See" in place) * len(FILLS) + ["The", "end"] and len(found) == len(FILLS) and len(tags) > 1
        check(good and said == wanted and not left, "%s in %s" % (name, place), found, tags, main_of(page), text)


def of_a_record():
    """A record's own words, which may hold links and notes: named where they stand in it."""
    for name, place, tag, sign in KINDS[2:6]:
        inline = re.search(r"<%s.*</%s>" % (name, name), place % "<em/>")[0]
        found, tags, page, text = made('<p>See <field name="rich"/></p>', "<rich>%s the</rich>" % inline)
        good = [(one["code"], os.path.basename(one["file"])) for one in found] == [("W-WORDLESS", "ann.xml")]
        check(good and not set(tags) & set(tag.split("|")) and not re.search(sign, main_of(page)) and text.split() == ["See", "the", "The", "end"],
              "%s of a record" % name, found, tags, main_of(page), text)


def one(what, body, codes, tags_without, page_without, record="<f/>"):
    found, tags, page, text = made(body, record)
    check([line["code"] for line in found] == codes and not set(tags) & set(tags_without) and not re.search(page_without, main_of(page)), what,
          found, tags, main_of(page), text)
    return text


def what_stays():
    """What is kept without words is no heading, no title and no sign of anything in any of the three."""
    table = "<table><row header='yes'><cell>a</cell><cell>%s</cell></row><row><cell>b</cell><cell>c</cell></row></table>"
    for fill in ("", '<field name="f"/>', '<if field="f">x</if>'):
        found, tags, page, _ = made(table % fill, "<f/>")
        check([line["code"] for line in found] == ["W-HEAD-EMPTY"] and main_of(page).count("<th ") == 1 and (tags.count("TH"), tags.count("TD")) == (1, 3),
              "a cell of a heading row: %s" % (fill or "empty"), found, tags, main_of(page))
    one("room on the page", "<p/><reference><em/></reference><quote/><p>See</p>", ["N-ROOM"] * 3, ["BlockQuote"], "<p></p>|<em|blockquote")
    one("a list and a table of nothing", "<ul/><table/><p>See</p>", ["W-WORDLESS"] * 2, ["L", "Table"], "<ul|<table")
    one("a title that says nothing", '<p>See <abbr title=" ">A</abbr></p>', ["N-TITLE-BLANK"], [], "title=")
    one("one that a record emptied", '<p>See <link href="https://a.example/" title="{f}">it all</link></p>', ["N-TITLE-BLANK"], [], "title=")
    one("an item with a rule alone", "<ul><li><rule/></li><li>See</li></ul>", ["W-ITEM-SILENT"], [], "<li></li>")


kinds()
of_a_record()
what_stays()
print("1..%d" % cases)
sys.exit(failures > 0)
