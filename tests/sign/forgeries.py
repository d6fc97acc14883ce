#!/usr/bin/env python3
"""forgeries.py PROGRAM ROOT [--compact] - genuine letters of each kind, the forgeries of attacks.py of each, and every way in which this
program is asked whether a letter is good: the genuine are, by each; of the forgeries none is, by any. TAP."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import attacks
import pdf

PROGRAM, ROOT, FORM = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
SUPPORT = ROOT / "tests/support"
TEMPLATE = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>Letter</title>
<fields><declare name="name"/></fields><salutation>Dear <field name="name"/>,</salutation><p>Words.</p></letter>"""
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1"><name>%s</name></recipient>'


def run(folder, *command, **more):
    return subprocess.run([str(word) for word in command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace", check=False, **more)


def need(folder, *command):
    done = run(folder, *command)
    if done.returncode:
        sys.exit("Bail out! %s: %s" % (" ".join(map(str, command)), done.stdout))


# -- genuine letters


def write_keys(folder, port):
    need(folder, "sh", SUPPORT / "pki.sh", "pki", port)
    for name, words in (("stranger", "TEST stranger"), ("twin", "TEST signer"), ("server", "TEST server")):
        usage = "serverAuth" if name == "server" else "emailProtection"
        need(folder, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
             "pki/%s.key" % name, "-out", "pki/%s.pem" % name, "-subj", "/CN=" + words, "-days", "30", "-addext",
             "extendedKeyUsage=" + usage)
    need(folder, "openssl", "x509", "-in", "pki/stranger.pem", "-outform", "DER", "-out", "stranger.der")
    (folder / "identity.pem").write_text("".join((folder / "pki" / name).read_text() for name in
                                                 ("signer.key", "signer-chain.pem")))
    (folder / "identity.pem").chmod(0o600)


def write_letters(folder, port):
    (folder / "templates").mkdir()
    (folder / "recipients").mkdir()
    (folder / "templates/letter.xml").write_text(TEMPLATE)
    for name in ("ann", "bea"):
        (folder / "recipients" / (name + ".xml")).write_text(RECORD % name)
    need(folder, PROGRAM, "batch", "-q", *FORM, "--identity", "identity.pem")
    need(folder, PROGRAM, "batch", "-q", *FORM, "--identity", "identity.pem", "--certify", "-o", "certified")
    shutil.copytree(folder / "out", folder / "raised")
    need(folder, PROGRAM, "sign", "-q", "--level", "LTA", "--trust", "pki/root.pem", "--tsa",
         "http://127.0.0.1:%s/tsa" % port, "raised/ann.pdf")
    shutil.copytree(folder / "out", folder / "shadow")
    for where in ("out", "certified", "raised", "shadow"):
        receipt = run(folder, PROGRAM, "receipt", "ann", "-o", where)
        (folder / (where + ".receipt")).write_text(receipt.stdout)
    for kind in ("out", "certified", "raised"):
        receipt = run(folder, PROGRAM, "receipt", "ann", "-o", kind)
        (folder / (kind + ".receipt.json")).write_text(receipt.stdout)


def shadow_letter(folder):
    """A file of an insider: what is on its page, and what waits."""
    inside = b"10 0 obj\n<</Inside 1>>\nendobj\n\nxref INSIDE\n0 1\n0000000000 65535 f\r\n"
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[6 0 R 14 0 R]>>/Alternative 20 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[6 0 R 11 0 R 14 0 R]"
           b"/Resources<</XObject<</Top 9 0 R>>/Font<</F 13 0 R>>>>/Contents[10 0 R 9 0 R]>>",
        4: b"<</Title(Shadow)>>",
        6: b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature)/Rect[0 0 0 0]/P 3 0 R/F 132/V 8 0 R>>",
        8: pdf.signature_object(), 9: attacks.BOX, 10: attacks.BLACK,
        11: b"<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/F 4>>", 12: b"<</Type/OCG/Name(Top)>>",
        13: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        14: b"<</FT/Tx/T(Sum)/V(1)/Type/Annot/Subtype/Widget/Rect[0 0 9 9]/AP<</N 15 0 R>>>>", 15: attacks.BOX,
        16: b"<</Length %d>>\nstream\n" % len(inside) + inside + b"\nendstream",
        17: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 18 0 R>>", 18: attacks.BLACK,
        19: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[6 0 R]>>/Lang(de)>>"}
    return pdf.signed(folder, pdf.write_file(bodies, b"/Root 1 0 R/Info 4 0 R"), "-certfile", "pki/ca.pem")


def read_letter(folder, kind, name="ann.pdf"):
    letter = pdf.Pdf((folder / kind / name).read_bytes())
    letter.folder = folder
    return letter


def read_letters(folder):
    kinds = {"plain": "out", "certified": "certified", "raised": "raised", "shadow": "shadow"}
    (folder / "shadow/ann.pdf").write_bytes(shadow_letter(folder))
    letters = {kind: read_letter(folder, where) for kind, where in kinds.items()}
    raised = letters["raised"].data
    at = raised.rindex(b"/Contents<") + 10
    token = bytes.fromhex(raised[at:raised.index(b">", at)].decode())
    for kind, letter in letters.items():
        letter.place = kinds[kind]
        letter.other = read_letter(folder, "out", "bea.pdf")
        letter.stranger = (folder / "stranger.der").read_bytes()
        letter.token = token[:4 + int.from_bytes(token[2:4], "big")]
    return letters


# -- every way to ask; the letter lies in its folder as ann.pdf

ROUTES = [  # (name, whether an insider's letter is good by it, arguments behind "verify --trust ROOT")
    ("verify FILE", True, lambda where: ["%s/alone.pdf" % where]),
    ("verify FILE in its folder", False, lambda where: ["%s/ann.pdf" % where]),
    ("verify FILE FILE", True, lambda where: ["out/bea.pdf", "%s/alone.pdf" % where, "out/bea.pdf"]),
    ("verify FILE in JSON", True, lambda where: ["--diag", "json", "%s/alone.pdf" % where]),
    ("verify --manifest", False, lambda where: ["--manifest", where]),
    ("verify --receipt", False, lambda where: ["--receipt", "%s.receipt.json" % where, "%s/ann.pdf" % where]),
    ("verify FILE --receipt", False, lambda where: ["%s/ann.pdf" % where, "--receipt", "%s.receipt" % where]),
    ("verify --manifest FILE", False, lambda where: ["--manifest", where, "%s/ann.pdf" % where]),
]


def ask(folder, arguments):
    done = run(folder, PROGRAM, "verify", "--trust", "pki/root.pem", *arguments)
    if done.returncode not in (0, 1):
        sys.exit("Bail out! verify ended with %d: %s" % (done.returncode, done.stdout))
    return done.returncode == 0, done.stdout


def put(folder, letter, data):
    alone = folder / "alone"
    alone.mkdir(exist_ok=True)
    (alone / "alone.pdf").write_bytes(data)
    (folder / letter.place / "ann.pdf").write_bytes(data)


def routes_that_say(folder, letter, data, good, insider=False):
    """The routes whose answer is this one, with what they said."""
    put(folder, letter, data)
    found = []
    for name, of_insider, arguments in ROUTES:
        if insider and not of_insider:
            continue
        where = "alone" if "alone" in "".join(arguments("x")) else letter.place
        said, words = ask(folder, arguments(where))
        if said == good:
            found.append("%s: %s" % (name, words))
    put(folder, letter, letter.data)
    return found


def tell(number, name, wrong):
    print("%sok %d - %s" % ("not " if wrong else "", number, name.replace("#", "")))
    for line in wrong:
        print("# " + line.replace("\n", "\n# "))
    return bool(wrong)


def unneeded(letter):
    """Objects that nothing in the letter leads to: all that is signed is there for the letter."""
    seen, waiting = set(), [letter.trailer]
    while waiting:
        for found in re.findall(rb"(\d+) 0 R", waiting.pop()):
            number = int(found)
            if number not in seen and letter.objects.get(number):
                seen.add(number)
                waiting.append(letter.body(number).split(b"stream")[0])
    return ["object %d is not needed" % n for n, at in letter.objects.items() if at and n not in seen and not letter.is_table(n)]


def main():
    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "pki").mkdir()
    services = subprocess.Popen([sys.executable, SUPPORT / "services.py", folder / "pki", "0"], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE)
    try:
        port = services.stdout.readline().decode().strip()
        write_keys(folder, port)
        write_letters(folder, port)
        letters, number, bad = read_letters(folder), 0, False
        if letters["plain"].compact != bool(FORM):
            sys.exit("Bail out! the letters are of the other form")
        for kind, letter in letters.items():
            number += 1
            wrong = routes_that_say(folder, letter, letter.data, False, kind == "shadow")
            bad |= tell(number, "genuine: %s is good by every route" % kind, wrong)
        number += 1
        signed_twice = attacks.countersigned(letters["plain"], attacks.FORM % (b"", 0, b""))
        bad |= tell(number, "genuine: a second signature that draws nothing is good by every route",
                    routes_that_say(folder, letters["plain"], signed_twice, False))
        number += 1
        bad |= tell(number, "a letter holds nothing that it does not need", unneeded(letters["plain"]))
        for kind, name, function in attacks.ATTACKS:
            number += 1
            data = function(letters[kind])
            wrong = routes_that_say(folder, letters[kind], data, True)
            bad |= tell(number, name, wrong if data != letters[kind].data else ["it is no forgery"])
        print("1..%d" % number)
        return bad
    finally:
        services.stdin.close()
        services.wait()
        shutil.rmtree(folder)


sys.exit(main())
