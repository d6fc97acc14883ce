"""agree.py PROGRAM - what status says of each letter is what batch then does, state by state and reason by reason, with the same numbers and exit
code: every edit of a small project with every choice of options that both take. TAP.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tap import ENVIRONMENT, check, finish, write  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
LETTER = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13" style="style.xml"><title>T</title>
<fields><declare name="name"/><declare name="town" required="no"/></fields>
<p>Dear <field name="name"/></p><if field="town"><table><row><cell>A table of</cell><cell><field name="town"/></cell></row></table></if></letter>"""
STYLE = '<style xmlns="urn:lettermerge:style:1"><text family="Liberation Sans"/><element name="table" space="4pt"/></style>'
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1"><name>%s</name>%s</recipient>'
folder = tempfile.mkdtemp(prefix="lettermerge-agree-", dir="/tmp")
first = os.path.join(folder, "first")
environment = {**ENVIRONMENT, "XDG_CONFIG_HOME": folder}
PLANNED = {"to be written": "written", "to be removed": "removed"}


def run(where, *arguments):
    return subprocess.run([PROGRAM, *arguments], cwd=where, env=environment, capture_output=True, text=True, timeout=120, check=False)


def edit(name, old, new):
    def change(where):
        path = os.path.join(where, name)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        assert old in text, (name, old)
        write(where, name, text.replace(old, new))
    return change


def touched(where):
    os.utime(os.path.join(where, "out/b.pdf"), (1, 1))


def removed(*names):
    def change(where):
        for name in names:
            path = os.path.join(where, name)
            (shutil.rmtree if os.path.isdir(path) else os.remove)(path)
    return change


def in_the_way(where):
    os.remove(os.path.join(where, "out/b.pdf"))
    os.mkdir(os.path.join(where, "out/b.pdf"))


def altered(where):
    with open(os.path.join(where, "out/b.pdf"), "ab") as file:
        file.write(b"x")


def lost(where):
    os.remove(os.path.join(where, "out/.lettermerge.db"))


def several(*changes):
    def change(where):
        for one in changes:
            one(where)
    return change


EDITS = {
    "nothing changed": lambda where: None,
    "nothing was written yet": removed("out"),
    "the template says something else": edit("templates/letter.xml", "Dear", "Hello"),
    "a branch of it does": edit("templates/letter.xml", "A table of", "Of"),
    "the style of an element": edit("templates/style.xml", "4pt", "6pt"),
    "the family of one that none shows": edit("templates/style.xml", "</style>", '<element name="quote" family="DejaVu Serif"/></style>'),
    "all fonts": edit("templates/style.xml", "Liberation Sans", "DejaVu Serif"),
    "a style in which a word is too wide": edit("templates/style.xml", "4pt", '4pt" size="400pt'),
    "a template that cannot be read": edit("templates/letter.xml", "</p>", "</q>"),
    "a record": edit("recipients/a.xml", "Ann", "Anne"),
    "a record that cannot be read": edit("recipients/a.xml", "</name>", "</names>"),
    "one without a field": edit("recipients/a.xml", "<name>Ann</name>", ""),
    "one that no font can show": edit("recipients/a.xml", "Ann", "\ue000"),
    "another such, not written yet": lambda where: write(where, "recipients/d.xml", RECORD % ("\ue000", "")),
    "a new record": lambda where: write(where, "recipients/d.xml", RECORD % ("Dee", "")),
    "a record is gone": removed("recipients/c.xml"),
    "one is gone, one changed, one broken": several(removed("recipients/c.xml"), edit("recipients/b.xml", "Bea", "Bee"),
                                                    edit("recipients/a.xml", "</name>", "</names>")),
    "a letter is missing": removed("out/b.pdf"),
    "one was altered": altered,
    "one is another file of the same bytes": touched,
    "a folder is in its place": in_the_way,
    "the record is lost": lost,
    "the record is lost, and a letter altered": several(lost, altered),
    "the archive is gone": removed("all.tar"),
    "somebody else's archive, and no folder yet": several(removed("out"), lambda where: write(where, "all.tar", "not ours")),
}
ALL = ("nothing changed", "nothing was written yet", "a style in which a word is too wide", "one is gone, one changed, one broken",
       "the record is lost", "somebody else's archive, and no folder yet")
SIGNED = ("--approvals", "1", "--signed-approvals", "--trust", "../lettermerge/identity-root.pem")
OPTIONS = [
    ("--no-sign",), ("--no-sign", "--force"), ("--no-sign", "--prune"), ("--no-sign", "--force", "--prune", "--limit", "2"),
    ("--no-sign", "--only", "a,c"), ("--no-sign", "--only", "b", "--force"), ("--no-sign", "--where", "name=Bea"),
    ("--no-sign", "--approved-only"), ("--no-sign", "--approvals", "2", "--force"), ("--no-sign", *SIGNED),
    ("--no-sign", "--archive", "all.tar"), ("--no-sign", "--archive", "all.tar", "--force", "--prune"), ("--no-sign", "--archive", "new.zip"),
    ("--no-sign", "--shard", "1/2"), ("--no-sign", "-o", "parts", "--shard", "2/2", "--force"), ("--no-sign", "--spread"),
    ("--no-sign", "--also", "html,text"), ("--no-sign", "--compact"), ("--no-sign", "--standard", "ua2+a4"),
    ("--no-sign", "--style", "templates/other.xml", "--approved-only"), ("--no-sign", "-o", "templates/style.xml"), (), ("--force",),
]


def prepare():
    write(first, "templates/letter.xml", LETTER)
    write(first, "templates/style.xml", STYLE)
    write(first, "templates/other.xml", STYLE.replace("Sans", "Serif"))
    for name, town in (("Ann", ""), ("Bea", ""), ("Cai", "<town>Ely</town>")):
        write(first, f"recipients/{name[0].lower()}.xml", RECORD % (name, town))
    for command in ("identity new Jo -q", "batch --no-sign -q --archive all.tar", "batch --no-sign -q", "batch --no-sign -q --shard 2/2 -o parts",
                    "approve -q a b --by Jo", "approve -q b c --by Al", "approve -q a --sign-with ../lettermerge/identity.pem",
                    "approve -q c --by Al --reject no"):
        done = run(first, *command.split())
        assert done.returncode == 0, (command, done.stderr)


def letters(text):
    """State and reasons by letter, in the words of a run that writes."""
    found = {}
    for line in text.splitlines():
        if line.startswith("{"):
            letter = json.loads(line)
            found[letter["file"]] = (PLANNED.get(letter["state"], letter["state"]), letter["reasons"])
    return found


def numbers(text, ending):
    """How many are written, unchanged, failed, without recipient or removed, and held."""
    line = [line for line in text.splitlines() if ending in line]
    return [int(number) for number in re.findall(r"(\d+) (?!the same)", re.sub(r" to \S+|;.*|(?<=\d) letters?", " ", line[-1]))] if line else None


def tree(where):
    return sorted(os.path.join(path, name) for path, folders, names in os.walk(where) for name in names + folders)


def compare(what, options):
    where = os.path.join(folder, "now")
    shutil.rmtree(where, ignore_errors=True)
    subprocess.run(["cp", "-a", first, where], check=True)
    EDITS[what](where)
    before = tree(where)
    said, told = run(where, "status", *options), run(where, "status", "--json", *options)
    same = before == tree(where)
    done = run(where, "batch", "-v", "--json", "--durability", "fast", *options)
    planned, became = letters(told.stdout), letters(done.stdout)
    counted, counts = numbers(said.stdout, "to be written,"), numbers(done.stdout, " written to ")
    if counted and counts and "--prune" not in options:  # batch counts here those that it removed
        counted[3] = counts[3] = None
    check(planned == became and counted == counts and same and said.returncode == told.returncode == done.returncode,
          f"{what}: {' '.join(options)}", f"status {said.returncode} {counted} {planned}", f"batch {done.returncode} {counts} {became}",
          said.stdout + said.stderr, done.stdout + done.stderr, "" if same else "status changed the folder")


prepare()
for what in EDITS:
    for options in OPTIONS if what in ALL else OPTIONS[:11]:
        compare(what, options)
shutil.rmtree(folder)
finish()
