"""desk_proof.py PROGRAM - the proof set as one PDF, from the desk: what preview --proof --share makes, as things stand at that moment, for who has
a link, to look or to approve. TAP.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from served import Desk  # noqa: E402
from tap import ENVIRONMENT, check, finish, write  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
LETTER = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T</title><fields>
<declare name="name" label="Whom"/><declare name="guests" type="number" required="no"/></fields><p>%s <field name="name"/></p>
<p><if field="guests">With <field name="guests"/> guests.</if></p></letter>"""
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1">%s</recipient>'
folder = tempfile.mkdtemp(prefix="lettermerge-desk-proof-", dir="/tmp")
environment = {**ENVIRONMENT, "XDG_CONFIG_HOME": folder, "TZ": "UTC"}


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], cwd=folder, env=environment, capture_output=True, timeout=120, check=False)


def text(pdf):
    """Its words, one blank between them."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, cwd=folder, capture_output=True, timeout=60, check=True)
    return " ".join(done.stdout.decode().split())


def serve(*options):
    return Desk(PROGRAM, folder, environment, "--no-sign", *options)


def project():
    write(folder, "templates/letter.xml", LETTER % "Dear")
    write(folder, "recipients/ann.xml", RECORD % "<name>Ann</name><guests>2</guests><nmae>x</nmae>")
    write(folder, "recipients/ben.xml", RECORD % "<name>Benjamin</name>")
    write(folder, "recipients/bad.xml", RECORD % "")
    for i in range(4):
        write(folder, f"recipients/other-{i}.xml", RECORD % "<name>Carol</name>")


def a_proof():
    desk = serve("--person", "Anna", "--person", "Ben")
    page = desk.wait("7 letters checked")
    check('<a href="proof.pdf">' in page, "the desk leads to it", page)
    check(desk.press("approve/ann")[0] == 303, "Anna approves a letter")
    run("approve", "ben", "--reject", "who is he?", "--by", "Cal")
    status, heads, pdf = desk.ask("proof.pdf")
    check(status == 200 and heads["Content-Type"] == "application/pdf" and pdf.startswith(b"%PDF-"), "it is a PDF", status, heads)
    check(heads["Content-Disposition"] == 'attachment; filename="proof.pdf"' and heads["Cache-Control"] == "no-store", "to be saved", heads)
    words = text(pdf)
    run("preview", "--proof", "--share", "other.pdf")
    with open(os.path.join(folder, "other.pdf"), "rb") as file:
        other = text(file.read())
    clock = re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d UTC")
    check(clock.sub("", words) == clock.sub("", other), "the same as of preview --proof --share", words, other)
    check("Dear Ann" in words and "Dear Benjamin" in words and "PREVIEW" in words, "the letters are in it", words)
    check("1 letter cannot be made" in words and 'the template has no field "nmae"' in words and "Whom (name)" in words, "what was found is, too", words)
    check("Anna, 20" in words and ", own link" in words and "Rejected by Cal" in words, "and who has approved it, or not", words)
    check(not os.path.exists(os.path.join(folder, "proof.pdf")) and sorted(os.listdir(folder)) == ["other.pdf", "out", "recipients", "templates"],
        "no file is written", os.listdir(folder))
    for method, token, wanted in (("GET", "0" * 32, 404), ("POST", None, 405)):
        status = desk.ask("proof.pdf", method, token)[0]
        check(status >= 400, f"not by {method} over {'another' if token else 'the'} link", status, wanted)
    write(folder, "templates/letter.xml", LETTER % "Hello")
    desk.wait("Changed since it was approved")
    desk.wait("7 letters checked")
    words = text(desk.ask("proof.pdf")[2])
    check("Hello Ann" in words and "Of these, 0 hold for the letter as it is now." in words, "after a save it shows that", words)
    desk.end()


def a_save_meanwhile():
    """Each proof that is given out is of one version of the files, and says of its approvals what holds for that one.

    Saves are as far apart as the machine needs for a proof: after each that was refused a little more."""
    write(folder, "templates/letter.xml", LETTER % "Dear")
    run("approve", "ann", "--by", "Anna")
    desk = serve()
    desk.wait("7 letters checked")
    going = True
    given, refused = [], []

    def save():
        for i in range(10000):
            if not going:
                return
            write(folder, "templates/letter.xml", LETTER % ("Dear" if i % 2 else "Hello"))
            time.sleep(i * 37 % 11 * 0.02 * (1 + len(refused)))

    thread = threading.Thread(target=save)
    thread.start()
    until = time.monotonic() + 120
    while (len(given) < 4 or not refused) and time.monotonic() < until:
        status, _, body = desk.ask("proof.pdf")
        (given if status == 200 else refused).append(body)
    going = False
    thread.join()
    for pdf in given:
        words = text(pdf)
        check(("Dear Ann" in words) != ("Hello Ann" in words) and ("Dear Ben" in words) == ("Dear Ann" in words) and
            ("Of these, 0 hold" in words) == ("Hello Ann" in words), "one version, and what holds for it", words)
    check(given and refused and all(b"Ask for it once more" in page or b"Try again" in page for page in refused), "else it says what to do", refused)
    desk.end()


def who_may_only_look():
    desk = serve("--read-only")
    page = desk.wait("7 letters checked")
    check('<a href="proof.pdf">' in page and "Approve at once" not in page, "who may only look has it too", page)
    check(desk.ask("proof.pdf")[0] == 200, "and gets it")
    desk.end()


def nothing_to_show():
    for name in os.listdir(os.path.join(folder, "recipients")):
        write(folder, "recipients/" + name, RECORD % "")
    desk = serve()
    page = desk.wait("7 letters checked")
    status, heads, body = desk.ask("proof.pdf")
    check("proof.pdf" not in page and status == 409 and b"nothing to share" in body and heads["Content-Type"].startswith("text/html"),
        "no letter, no proof", status, body)
    desk.end()


if not shutil.which("pdftotext"):
    print("1..0 # SKIP pdftotext is not installed: apt install poppler-utils")
    sys.exit(0)
try:
    project()
    a_proof()
    a_save_meanwhile()
    who_may_only_look()
    nothing_to_show()
finally:
    shutil.rmtree(folder, ignore_errors=True)
finish()
