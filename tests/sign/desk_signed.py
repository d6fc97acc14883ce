"""desk_signed.py PROGRAM ROOT - approvals that a desk signs: those of the person whose identity it was given, over that person's link and no other, and
runs that believe no others. TAP.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from served import Desk  # noqa: E402
from tap import ENVIRONMENT, check, finish, write  # noqa: E402

PROGRAM, ROOT = (os.path.abspath(path) for path in sys.argv[1:3])
LETTER = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T</title><fields>
<declare name="name"/></fields><p>Dear <field name="name"/></p></letter>"""
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1"><name>%s</name></recipient>'
KEY, OTHER = "TEST p256 signer", "TEST rsa2048 signer"
folder = tempfile.mkdtemp(prefix="lettermerge-desk-signed-", dir="/tmp")
environment = {**ENVIRONMENT, "XDG_CONFIG_HOME": folder, "TZ": "UTC"}
SIGNED = ("--sign-with", "pki/p256-identity.pem")
BELIEVED = ("--signed-approvals", "--trust", "pki/root.pem", "--approvals")


def run(*arguments):
    done = subprocess.run([PROGRAM, *arguments], cwd=folder, env=environment, capture_output=True, timeout=120, check=False)
    return done.returncode, (done.stdout + done.stderr).decode()


def serve(*options):
    desk = Desk(PROGRAM, folder, environment, "--no-sign", *options)
    desk.wait("3 letters checked")
    return desk


def project():
    shutil.rmtree(os.path.join(folder, "out"), ignore_errors=True)
    os.makedirs(os.path.join(folder, "out"))
    write(folder, "templates/letter.xml", LETTER)
    for name in ("ann", "bea", "cis"):
        write(folder, f"recipients/{name}.xml", RECORD % name.title())


def held(count=1):
    """How many of the letters a run would hold that believes signed approvals alone."""
    return int(re.search(r"(\d+) held", run("status", "--no-sign", *BELIEVED, str(count))[1]).group(1))


def own_desk():
    project()
    desk = serve(*SIGNED)
    check(list(desk.links) == [KEY], "the only link is that of whom the certificate names", desk.links)
    page = desk.wait("id=\"approval\"")
    check("What you do here is signed with your identity: what you approve, reject" in page, "it says so", page)
    check(held() == 3, "nothing is approved yet")
    check(desk.press("approve/ann")[0] == 303, "a letter is approved")
    page = desk.wait("Withdraw")
    check(f"{KEY}</b> (signed)" in page and held() == 2, "and a run believes it", page)
    check(f'approved by "{KEY}", signed' in run("approve")[1] and '"known":"signed"' in run("log", "--json")[1], "the list and the log say how it is known")
    claim = desk.ask("many/all")[2].decode()
    check("2 letters may go out" in claim and "Already approved by you, as it is now: 1. It is not noted again." in claim, "what is approved is counted", claim)
    check(desk.press("approve-many/all", "many/all")[0] == 303, "all are approved at once")
    desk.wait("2 letters approved by")
    check(held() == 0 and held(2) == 3, "and a run believes them, as one person's", run("approve")[1])
    check(run("log", "--json")[1].count('"act":"approved"') == 3, "none is noted twice", run("log")[1])
    claim = desk.wait("You have approved all of them already, as they are now.", "many/all")
    check("approve-many" not in claim, "there is no button then", claim)
    check("; not signed" not in run("log")[1], "all of the log is signed", run("log")[1])
    check(desk.press("withdraw/ann")[0] == 303 and held() == 1, "what is withdrawn does not count")
    check("; not signed" not in run("log")[1] and "withdrawn" in judged()[1] and judged()[0] == 0, "and that is signed, too", judged())
    desk.end()


def two_persons():
    project()
    desk = serve(*SIGNED, "--person", "Ben", "--person", "test P256 signer", "--approvals", "2")
    page = desk.over("Ben").wait("id=\"approval\"")
    check(f"What you do here is not signed: this desk signs for <b>{KEY}</b> alone." in page, "Ben is told that his are not", page)
    check(desk.press("approve/ann")[0] == 303 and "(own link)" in desk.wait("Withdraw"), "he may approve all the same")
    check(held() == 3, "and a run that wants signatures does not count it")
    claim = desk.ask("many/all")[2].decode()
    check("is not signed" in claim, "nor is he told otherwise of many", claim)
    check(desk.over("test P256 signer").press("approve/ann")[0] == 303 and held() == 2 and held(2) == 3, "who signs, counts", run("approve")[1])
    desk.end()
    other = serve("--sign-with", "pki/rsa2048-identity.pem", "--approvals", "2")
    check(other.over(OTHER).press("approve/ann")[0] == 303 and held(2) == 2, "the second signature comes from a desk of one's own", run("approve")[1])
    other.end()


def signed_alone():
    project()
    run("approve", "ann", "--by", KEY)
    desk = serve(*SIGNED, *BELIEVED, "1", "--person", KEY, "--person", "Ben")
    page = desk.wait("it has no signature that can be believed")
    check("Not approved by a signature that is believed" in page and 'action="approve/ann' in page, "what only says its name does not count, and can be signed", page)
    check(desk.press("approve/ann")[0] == 303, "it is signed")
    page = desk.wait("<b>Approved</b>")
    check("no signature" not in page and held() == 2, "in its place", page)
    page = desk.over("Ben").wait("Signed approvals and answers alone count here", "letter/bea")
    check('action="approve/bea' not in page, "Ben has no button", page)
    check("many/all" not in page, "and no way to approve at once", page)
    version = desk.over(KEY).wait('action="approve/bea', "letter/bea")
    check("many/all" in version, "as who signs has", version)
    address = re.search('action="(approve/bea[^"]*)"', version).group(1)
    status, _, answer = desk.over("Ben").ask(address, "POST")
    check(status == 409 and b"counts signed approvals and answers alone" in answer and held() == 2, "nor does he get past it", status, answer)
    claim = desk.ask("many/all")[2].decode()
    check("approve-many" not in claim and "Signed approvals and answers alone count here" in claim, "nor for many", claim)
    status, _, answer = desk.ask("approve-many/all?v=0", "POST")
    check(status == 409 and b"counts signed approvals alone" in answer, "whatever is sent", status, answer)
    check(desk.ask("rows?state=approved")[2].decode().count('"total":1') == 1, "the list counts as a run does", desk.ask("rows?state=approved"))
    desk.end()
    desk = serve(*BELIEVED, "1")
    check("Signed approvals and answers alone count here" in desk.wait('id="approval"'), "a desk without an identity takes none")
    desk.end()


def refused():
    for options, wanted in (
        ((*SIGNED, "--by", "Al"), "E-SERVE-SIGNER"),
        ((*SIGNED, "--person", "Ben"), f'write --person "{KEY}"'),
        ((*SIGNED, "--read-only"), "--sign-with changes nothing for serve --read-only"),
        (("--sign-with", "pki/expired-identity.pem"), "E-IDENTITY"),
        (("--sign-with", "nothing.pem"), "nothing.pem"),
        (("--signed-approvals",), "E-TRUST-UNNAMED"),
    ):
        code, said = run("serve", "--no-sign", *options)
        check(code not in (0, 130) and wanted in said, "refused: serve " + " ".join(options), code, said)


def judged():
    return run("log", "--trust", "pki/root.pem")


def say(desk, act, letter, words):
    page = desk.wait(f"{act}/{letter}?", f"letter/{letter}")
    address = re.search(f'"({act}/{letter}[^"]*)"', page).group(1)
    return desk.ask(address, "POST", body="text=" + urllib.parse.quote(words))


def others():
    """What is rejected, answered and edited at a desk that signs, by who signs and by who does not."""
    project()
    desk = serve(*SIGNED, *BELIEVED, "1", "--person", KEY, "--person", "Ben")
    check(desk.over(KEY).press("approve-many/all", "many/all")[0] == 303, "all are approved")
    desk.wait("3 letters approved by")
    check(held() == 0, "nothing is held")
    check(say(desk.over("Ben"), "reject", "ann", "the name is wrong")[0] == 303 and held() == 1, "a rejection holds, though nobody signed it", run("log")[1])
    page = desk.over("Ben").wait("reject/ann", "letter/ann")
    check('"answer/ann' not in page, "Ben has no button to answer", page)
    number = re.search(r'"(answer/ann[^"]*)"', desk.over(KEY).wait("answer/ann", "letter/ann")).group(1)
    status, _, answer = desk.over("Ben").ask(number, "POST", body="text=fine")
    check(status == 409 and b"counts signed approvals and answers alone" in answer and held() == 1, "nor does he get past it", status, answer)
    run("approve", "ann", "--answer", "fine", "--by", "Ben")
    page = desk.over(KEY).wait("its answer has no signature that can be believed", "letter/ann")
    check("Not approved: what was said" in page and held() == 1, "an answer from elsewhere settles nothing that nobody signed", page)
    status, _, answer = desk.over(KEY).ask(number, "POST", body="text=mended")
    check(status == 303 and held() == 0, "one that is signed does", status, answer, run("log")[1])
    check(say(desk, "comment", "bea", "see below")[0] == 303 and held() == 1, "who signs, comments")
    said = judged()
    check(said[0] == 0 and said[1].count("(signed, good)") == 5 and said[1].endswith("not signed by whom they name: 2\n"), "the log tells them apart", said)
    form = re.search('action="(edit/ann[^"]*)".*?</form>', desk.wait('action="edit/ann', "letter/ann"), re.S)
    fields = dict(re.findall('type="hidden" name="([^"]*)" value="([^"]*)"', form.group(0)))
    status, _, answer = desk.over(KEY).ask(form.group(1), "POST", body=urllib.parse.urlencode({**fields, "words": "Anne"}))
    said = judged()
    check(status == 303 and re.search(r"ann: edited by .*\(signed, good\)", said[1]), "what is edited is signed", status, answer, said)
    desk.end()


def on_the_command_line():
    project()
    run("approve", "ann", "--by", "Al")
    said = run("approve", "--all", "--by", "al")[1]
    check('2 letters approved by "al", 1 already as it is now, 0 failed' in said, "approve --all notes none again", said)
    check('0 letters approved by "Al", 3 already as they are now, 0 failed' in run("approve", "--all", "--by", "Al")[1], "likewise when there is none left")
    check('1 letter approved by "Al", 0 failed' in run("approve", "ann", "--by", "Al")[1], "one that is named is approved anew")
    check('3 letters approved by "' + KEY in run("approve", "--all", *SIGNED)[1] and '0 letters approved' in run("approve", "--all", *SIGNED)[1], "signed once")
    subprocess.run(["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-days", "30", "-subj", "/CN=" + KEY, "-addext", "basicConstraints=critical,CA:FALSE", "-addext", "keyUsage=digitalSignature", "-keyout", "key", "-out", "cert"], cwd=folder, capture_output=True, check=True)
    write(folder, "newer.pem", open(os.path.join(folder, "key")).read() + open(os.path.join(folder, "cert")).read())
    os.chmod(os.path.join(folder, "newer.pem"), 0o600)
    newer = ("--all", "--sign-with", "newer.pem")
    said = [run("approve", *newer)[1], run("approve", *newer)[1], run("approve", "--all", *SIGNED)[1]]
    check('3 letters approved by "' + KEY in said[0] and "0 letters approved" in said[1], "with another certificate anew, and once", said)
    check('3 letters approved by "' + KEY in said[2], "and with the first again", said)
    run("approve", "--all", "--by", KEY, "--where", "name=Ann")
    check(held() == 0, "nor does a word take the place of a signature", run("approve")[1])
    write(folder, "recipients/ann.xml", RECORD % "Anne")
    check('1 letter approved by "Al", 2 already as they are now' in run("approve", "--all", "--by", "Al")[1], "what changed is approved anew")


try:
    subprocess.run(["sh", os.path.join(ROOT, "tests/support/pki.sh"), os.path.join(folder, "pki"), "1", "all"], capture_output=True, timeout=200, check=True)
    own_desk()
    two_persons()
    signed_alone()
    others()
    refused()
    on_the_command_line()
finally:
    shutil.rmtree(folder, ignore_errors=True)
finish()
