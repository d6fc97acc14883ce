"""idle.py PROGRAM - no option is taken and then does nothing: each that a command's help has is said to it, alone, in a small project; it changes what
is printed, written or answered, or is refused by name, or stands below with what it takes to be seen. TAP.
"""

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
folder = tempfile.mkdtemp(prefix="lettermerge-idle-", dir="/tmp")
environment = {**ENVIRONMENT, "XDG_CONFIG_HOME": os.path.join(folder, "config"), "SOURCE_DATE_EPOCH": "1700000000", "NO_COLOR": "1"}
BASES = {"batch": [], "status": [], "diff": ["ann"], "preview": ["ann"], "approve": ["bea"], "check": [], "fonts": [], "log": [], "receipt": ["ann"],
         "confirm": ["ann", "name", "--source", "x", "--date", "2020"], "verify": ["--trust", "root.pem", "out/ann.pdf"],
         "sign": ["out/ann.pdf", "--level", "T", "--tsa", "http://127.0.0.1:1", "--trust", "root.pem", "--wait", "0"],
         "identity": ["show"], "merge-record": []}
VALUES = {"style": "style.xml", "only": "ann", "where": "name=Ann", "except": "ann", "sample": "2", "limit": "1", "expect": "7", "name": "{name}-x",
          "also": "html", "standard": "ua2+a4", "approvals": "1", "sign-with": "id.pem", "by": "Zed", "reject": "no", "comment": "no", "answer": "no",
          "source": "y", "date": "2021", "quote": "q", "archive": "a.zip", "bundle": "b.pdf", "deps": "d", "report": "r.html", "shard": "1/2",
          "durability": "fast", "rejections": "ok", "max-errors": "1", "explain": "E-GLYPH", "diag": "json", "share": "s.pdf", "dpi": "50",
          "identity": "other.pem", "certificates": "root.pem", "pass-file": "nothing", "pass-fd": "9", "level": "LTA", "tsa": "http://127.0.0.1:2",
          "wait": "1", "trust": "nothing", "manifest": "nothing", "receipt": "nothing", "after": "2030-01-01", "out": "other", "template": "nothing",
          "recipients": "nothing", "query": "SELECT 1", "sheet": "S"}
# Of all commands: of another form of what is said, of an other kind of source, of speed.
ELSEWHERE = {"strict", "max", "color", "quiet", "verbose", "query", "sheet", "jobs", "durability", "help", "version", "open", "watch"}
# What it takes to be seen.
SEEN_WITH = {
    "a key that has a pass phrase": {("*", "pass-file"), ("*", "pass-fd")},
    "a certificate that lacks its issuer": {("*", "certificates")},
    "an RSA key": {("*", "pss")},
    "true without it: so that one line of options does for batch, too": {
        ("preview", "no-sign"), ("diff", "no-sign"), ("approve", "no-sign"), ("check", "no-sign"), ("check", "out")},
    "letters that fail": {("batch", "rejections"), ("check", "rejections"), ("batch", "max-errors"), ("check", "max-errors")},
    "the file of approvals, which says more than that it is there": {("approve", name) for name in (
        "style", "attach-source", "compact", "standard", "also", "limit", "name")},
    "a letter that is found fault with in that form": {("check", name) for name in ("also", "style", "attach-source", "compact", "standard", "no-pages", "name")},
    "characters that its faces lack": {("fonts", "style"), ("fonts", "name")},
    "a name of a file": {("confirm", "name")},
    "the log": {("confirm", "sign-with"), ("confirm", "out")},
    "a record of shards": {("merge-record", name) for name in ("partial", "identity", "no-sign")},
    "a letter that has changed": {("diff", "png")},
    "a letter that has a last time stamp": {("sign", "renew")},
    "a server that is busy": {("sign", "wait")},
    "letters of another seal": {("status", "certify")},
}


def run(where, *arguments):
    return subprocess.run([PROGRAM, *arguments], cwd=where, env=environment, capture_output=True, timeout=60, stdin=subprocess.DEVNULL, check=False)


def project():
    where = os.path.join(folder, "project")
    os.makedirs(where)
    write(where, "templates/letter.xml", '<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T <field name="name"/></title>'
          '<fields><declare name="name"/></fields><p>Hello <field name="name"/>.</p></letter>')
    write(where, "style.xml", '<style xmlns="urn:lettermerge:style:1" xml:lang="en-GB"><text size="14pt"/></style>')
    for name in ("Ann", "Bea", "Cy"):
        write(where, f"recipients/{name.lower()}.xml", f'<recipient xmlns="urn:lettermerge:recipient:1"><name standing="inferred">{name}</name></recipient>')
    run(where, "identity", "new", "Jo")
    for name, copy in (("identity.pem", "id.pem"), ("identity-root.pem", "root.pem")):
        shutil.copy(os.path.join(folder, "config/lettermerge", name), os.path.join(where, copy))
    run(where, "identity", "new", "Al", "--identity", "other.pem")
    run(where, "batch", "-q")
    run(where, "approve", "-q", "ann", "--by", "Al")
    os.remove(os.path.join(where, "out/cy.pdf"))
    return where


def came(where, arguments):
    """Answer, words, and what is in files other than databases; times taken out."""
    work = os.path.join(folder, "work")
    shutil.copytree(where, work)
    done = run(work, *arguments)
    files = {}
    for path, _, names in os.walk(work):
        for name in names:
            with open(os.path.join(path, name), "rb") as file:
                files[os.path.join(path, name)] = file.read() if not name.endswith(".db") else b""
    shutil.rmtree(work)
    said = [re.sub(rb"; \d+\.\d s.*", b"", words) for words in (done.stdout, done.stderr)]
    return done.returncode, said, files


def is_excused(command, option):
    return option in ELSEWHERE or any((name, option) in pairs for pairs in SEEN_WITH.values() for name in (command, "*"))


where = project()
for command, arguments in BASES.items():
    told = run(where, "help", command).stdout.decode()
    options = re.findall(r"^  (?:-\w, |    )--([a-z-]+)", told, re.M)
    usual, idle = came(where, [command, *arguments]), []
    for option in options:
        if not is_excused(command, option):
            value = [VALUES[option]] if option in VALUES else []
            if came(where, [command, *arguments, f"--{option}", *value]) == usual:
                idle.append(option)
    check(len(options) > 5 and not idle, f"{command} takes no option that does nothing", *idle)
shutil.rmtree(folder)
finish()
