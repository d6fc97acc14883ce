"""share.py PROGRAM - a proof for who has e-mail alone: preview --proof --share is one file of the proof set, behind pages that say which letters these
are, why, what was found, and who has approved what, as approve lists it. TAP.
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
LETTER = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T</title><fields>
<declare name="name"/><declare name="guests" type="number" required="no"/></fields><p>Dear <field name="name"/>%s</p>
<p><if field="guests">With <field name="guests"/> guests.</if></p></letter>"""
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1">%s</recipient>'
folder = tempfile.mkdtemp(prefix="lettermerge-share-", dir="/tmp")
environment = {**ENVIRONMENT, "XDG_CONFIG_HOME": folder}


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], cwd=folder, env=environment, capture_output=True, timeout=120)


def text(name):
    """Each page's words, one blank between them."""
    done = subprocess.run(["pdftotext", "-layout", name, "-"], cwd=folder, capture_output=True, timeout=60, check=True)
    return [" ".join(page.split()) for page in done.stdout.decode().split("\f")[:-1]]


def at(when):
    return when[:10] + " " + when[11:16] + " UTC"


def project():
    write(folder, "templates/letter.xml", LETTER % "")
    write(folder, "recipients/ann.xml", RECORD % "<name>Ann &lt;Smith&gt; &amp; Co</name><guests>2</guests><nmae>x</nmae>")
    write(folder, "recipients/ben.xml", RECORD % "<name>Ben</name>")
    write(folder, "recipients/bad.xml", RECORD % "")
    for i in range(4):
        write(folder, f"recipients/other-{i}.xml", RECORD % "<name>Carol</name>")
    run("approve", "ann", "--by", "Anna <b> & Söhne")
    run("approve", "ben", "--by", "Ben")
    run("approve", "ben", "--reject", "who is <he>?", "--by", "Cal")


def a_proof():
    done = run("preview", "--proof", "--share", "proof.pdf", "--json")
    chosen = [json.loads(line) for line in done.stdout.decode().splitlines() if line.startswith('{"id"')]
    pages = text("proof.pdf")
    cover = [page for page in pages if "Dear" not in page]
    words = " ".join(cover)
    check(chosen and len(pages) == len(cover) + len(chosen) and pages[:len(cover)] == cover, "first what it is, then the letters", pages, done.stderr)
    check(all("PREVIEW" in page for page in pages), "each page is marked", pages)
    check(f"shows {len(chosen)} of 7 letters" in words and "1 letter cannot be made" in words, "how many it shows, and how many it cannot", words)
    for letter in chosen:
        check(f"{letter['id']}, 1 page" in words and all(why["message"] in words for why in letter["why"]), f"why {letter['id']} is shown", words)
    listed = [json.loads(line) for line in run("approve", "--json").stdout.decode().splitlines()]
    said = [f"{line['by']}, {at(line['at'])}, as was said" for line in listed if line["id"] in [letter["id"] for letter in chosen]]
    check(said and all(line in words for line in said), "who has approved, as approve lists it", said, words)
    check("Rejected by Cal" in words and "who is <he>?" in words, "what was said against a letter", words)
    check('the template has no field "nmae"' in words, "what was found", words)
    check(not subprocess.run(["pdfinfo", "proof.pdf"], cwd=folder, capture_output=True, timeout=60, check=True).stdout.decode().count("Form: AcroForm"), "nobody signs it")
    with open(os.path.join(folder, "proof.pdf"), "rb") as file:
        marks = re.findall(rb"/Title\(([^)]*)\)|/Title<([0-9A-Fa-f]*)>", file.read())
    check(len(marks) >= len(chosen) + 1, "a bookmark for each letter, and for what it is", marks)
    write(folder, "templates/letter.xml", LETTER % ", again")
    run("preview", "--proof", "--share", "proof.pdf")
    check("Of these, 0 hold for the letter as it is now." in " ".join(text("proof.pdf")), "that an approval does not hold any more is said", text("proof.pdf"))


def not_done():
    before = os.path.getmtime(os.path.join(folder, "proof.pdf"))
    done = run("preview", "ann", "--share", "proof.pdf")
    check(done.returncode == 2 and b"E-OPTION-COMMAND" in done.stderr and os.path.getmtime(os.path.join(folder, "proof.pdf")) == before, "one letter needs no cover", done.stderr)
    done = run("preview", "--proof", "--share", "missing/proof.pdf")
    check(done.returncode == 3 and b"missing" in done.stderr, "what cannot be written is said", done.returncode, done.stderr)
    write(folder, "templates/letter.xml", "<letter")
    done = run("preview", "--proof", "--share", "proof.pdf")
    check(done.returncode == 1 and os.path.getmtime(os.path.join(folder, "proof.pdf")) == before, "a broken template leaves the file as it was", done.stderr)
    write(folder, "templates/letter.xml", LETTER % "")


def a_long_name():
    """A name that fits into no line of the cover."""
    write(folder, "recipients/" + "x" * 90 + ".xml", RECORD % "<name>The longest name of them all</name>")
    done = run("preview", "--proof", "--share", "long.pdf")
    check(os.path.exists(os.path.join(folder, "long.pdf")) and "x" * 90 in re.sub("[ \u200b]", "", "".join(text("long.pdf"))), "a name that is too long for a line", done.returncode, done.stderr)


if not shutil.which("pdftotext"):
    print("1..0 # SKIP pdftotext is not installed: apt install poppler-utils")
    sys.exit(0)
try:
    project()
    a_proof()
    not_done()
    a_long_name()
finally:
    shutil.rmtree(folder)
finish()
