"""verdicts.py PROGRAM PKI B CERTIFIED UNSIGNED DIFFERENCES DSS... - what lettermerge's verify, pyHanko and EU DSS
say of signed letters that others worked on: raised, countersigned, certified, tampered with. B and CERTIFIED are
letters that PKI's signer signed, and nobody raised. DSS... is the command that asks EU DSS (Dss.java). Where they
differ, a row has a word for why; these words, and no others, begin the rows of the table in the file DIFFERENCES
(docs/verifying.md) as `word`. TAP.
"""

import json
import os
import re
import subprocess
import sys
from datetime import datetime, timezone
from io import BytesIO

from asn1crypto import crl as asn1_crl
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.validation import DocumentSecurityStore, validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

import logging

logging.disable(logging.CRITICAL)

program, pki, plain_path, certified_path, unsigned_path, differences_path, *dss_command = sys.argv[1:]
B = open(plain_path, "rb").read()
CERTIFIED = open(certified_path, "rb").read()
UNSIGNED = open(unsigned_path, "rb").read()
project = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
root = load_cert_from_pemder(f"{pki}/root.pem")
ca = load_cert_from_pemder(f"{pki}/ca.pem")


# -- EU DSS

LEVELS = ["B", "T", "LT", "LTA"]


class Dss:
    """EU DSS, in one process for all letters: starting it takes longer than asking it."""

    def __init__(self):
        self.process = subprocess.Popen(dss_command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words):
        self.process.stdin.write("\t".join(words) + "\n")
        self.process.stdin.flush()
        answer = []
        while (line := self.process.stdout.readline()) not in ("", "\n"):
            answer.append(line.rstrip("\n"))
        if line == "":
            raise EOFError("EU DSS ended")
        return answer

    def change(self, data, *words):
        """The letter after a command of Dss.java's that writes another."""
        with open("before.pdf", "wb") as out:
            out.write(data)
        said = self.ask(*words, "before.pdf", "after.pdf")
        if said:
            raise ValueError(*said)
        with open("after.pdf", "rb") as file:
            return file.read()

    def judge(self, data):
        """Whether all signatures are good, and the lowest level of them."""
        with open("letter.pdf", "wb") as out:
            out.write(data)
        answer = self.ask("judge", "letter.pdf")
        for line in answer:
            print("# EU DSS:", line.lstrip("# ").replace("\t", " "))
        seals = [line.split("\t") for line in answer if not line.startswith("#")]
        good = bool(seals) and all(indication == "TOTAL_PASSED" for _, indication, *_ in seals)
        levels = [LEVELS.index(level.removeprefix("PAdES-BASELINE-")) for level, *_ in seals] if good else [0]
        return good, "B-" + LEVELS[min(levels)]


dss = Dss()


# -- what others do to a letter

# An attacker's program does not ask whether it may.
signers.PdfSigner._enforce_certification_constraints = lambda self, reader: None


def of_pki(name, **options):
    above = () if name == "direct" else (f"{pki}/ca.pem",)
    return signers.SimpleSigner.load(f"{pki}/{name}.key", f"{pki}/{name}.pem", ca_chain_files=above, **options)


def stamper():
    return timestamps.HTTPTimeStamper(os.environ["TSA"])


def proofs():
    crls = [asn1_crl.CertificateList.load(open(f"{pki}/{name}.crl", "rb").read()) for name in ("ca", "root")]
    return ValidationContext(trust_roots=[root], crls=crls, other_certs=[ca], allow_fetching=False)


def change(what):
    """An update by pyHanko's writer."""

    def update(data):
        writer = IncrementalPdfFileWriter(BytesIO(data))
        what(writer)
        out = BytesIO()
        writer.write(out)
        return out.getvalue()

    return update


def sign(name="direct", field="Second", box=None, mdp=None, lock=None, certify=None, digest="sha256", pss=False, **options):
    def update(data):
        writer = IncrementalPdfFileWriter(BytesIO(data))
        spec = SigFieldSpec(field, box=box, field_mdp_spec=lock, doc_mdp_update_value=mdp)
        meta = signers.PdfSignatureMetadata(
            field_name=field,
            subfilter=SigSeedSubFilter.PADES,
            md_algorithm=digest,
            certify=certify is not None,
            docmdp_permissions=certify or MDPPerm.FILL_FORMS,
            **options,
        )
        signer = signers.PdfSigner(meta, of_pki(name, prefer_pss=pss), new_field_spec=spec)
        return signer.sign_pdf(writer).getvalue()

    return update


def sign_stamped(name="direct", field="Second"):
    def update(data):
        meta = signers.PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
        signer = signers.PdfSigner(
            meta, of_pki(name), timestamper=stamper(), new_field_spec=SigFieldSpec(field, box=None)
        )
        return signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(data))).getvalue()

    return update


def stamp(data):
    writer = IncrementalPdfFileWriter(BytesIO(data))
    return signers.PdfTimeStamper(stamper()).timestamp_pdf(writer, "sha256").getvalue()


def store(data):
    """The DSS for all that is in the letter."""
    out = BytesIO(data)
    reader = PdfFileReader(out)
    seals = reader.embedded_signatures
    certs = [load_cert_from_pemder(f"{pki}/{name}.pem") for name in ("signer", "direct", "tsa", "ca")]
    crls = [asn1_crl.CertificateList.load(open(f"{pki}/{name}.crl", "rb").read()) for name in ("ca", "root")]
    DocumentSecurityStore.add_dss(
        out, sig_contents=seals[0].pkcs7_content.hex().encode("ascii"), certs=certs, crls=crls
    )
    return out.getvalue()


def empty_field(lock=None, name="Later"):
    return change(lambda writer: fields.append_signature_field(writer, SigFieldSpec(name, box=None, field_mdp_spec=lock)))


# -- what an attacker does


def page(writer):
    return writer.root["/Pages"]["/Kids"][0]


def replace_contents(writer):
    other = writer.add_object(generic.StreamObject(stream_data=b"0 0 595 842 re f"))
    kid = writer.root["/Pages"].raw_get("/Kids")
    first = kid[0].get_object() if hasattr(kid, "__getitem__") else kid.get_object()[0]
    first[pdf_name("/Contents")] = other
    writer.mark_update(first.container_ref)


def add_note(writer):
    first = page(writer)
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (50, 50, 300, 300)]),
            pdf_name("/Contents"): generic.TextStringObject("Pay somebody else"),
        }
    )
    writer.register_annotation(first.container_ref, writer.add_object(note))


def new_title(writer):
    info = writer.trailer["/Info"]
    info[pdf_name("/Title")] = generic.TextStringObject("Another")
    writer.mark_update(info.container_ref)


def new_catalog_key(key, value):
    def what(writer):
        writer.root[pdf_name(key)] = value
        writer.update_root()

    return change(what)


def attach(writer):
    data = writer.add_object(generic.StreamObject(stream_data=b"x" * 20000))
    writer.root[pdf_name("/Extra")] = data
    writer.update_root()


def text_field(writer):
    field = generic.DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.TextStringObject("Amount"),
            pdf_name("/V"): generic.TextStringObject("1,000"),
        }
    )
    form = writer.root["/AcroForm"]
    form["/Fields"].append(writer.add_object(field))
    writer.update_container(form["/Fields"])


def flip(word, by=0):
    def spoil(data):
        copy = bytearray(data)
        copy[copy.find(word) + len(word) + by] ^= 1
        return bytes(copy)

    return spoil


def chain(*steps):
    def make(data):
        for step in steps:
            data = step(data)
        return data

    return make


def level(name):
    def raise_(data):
        with open("raised.pdf", "wb") as out:
            out.write(data)
        subprocess.run(
            [program, "sign", "-q", "--trust", f"{pki}/root.pem", "--tsa", os.environ["TSA"], "--level", name, "raised.pdf"],
            check=True,
            capture_output=True,
        )
        with open("raised.pdf", "rb") as file:
            return file.read()

    return raise_


def dss_level(name):
    return lambda data: dss.change(data, "raise", name)


def dss_sign(name, level="B"):
    return lambda data: dss.change(data, "sign", name, level)


def ours_by(name, *options):
    """The letter, signed by lettermerge with another key."""

    def make(_):
        folder = os.path.abspath(f"by-{name}{''.join(options)}")
        identity = os.path.abspath(f"{pki}/{name}-identity.pem")
        subprocess.run(
            [program, "batch", "-q", "-o", folder, "--only", "essex", "--identity", identity, *options],
            check=True,
            capture_output=True,
            cwd=project,
        )
        with open(f"{folder}/essex.pdf", "rb") as file:
            return file.read()

    return make


def same(data):
    return data


def compressed(objects):
    """The unsigned letter, its tables in streams, and perhaps what is no stream in object streams."""
    if objects:
        subprocess.run(
            ["qpdf", "--object-streams=generate", "--deterministic-id", unsigned_path, "compressed.pdf"], check=True
        )
        with open("compressed.pdf", "rb") as file:
            return file.read()
    reader = PdfFileReader(BytesIO(UNSIGNED))
    writer = copy_into_new_writer(reader, writer_kwargs={"stream_xrefs": True})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def certified_first(level):
    """A letter that nobody signed, certified by pyHanko."""
    return sign("signer", "First", certify=level)(UNSIGNED)


FIRST, SECOND, THIRD = sign("signer", "First"), sign(), sign("signer", "Third")
ALL = FieldMDPSpec(FieldMDPAction.ALL)
SMALL = (10, 10, 120, 40)

# name, from, what is done, lettermerge's answer (a level, or a code), pyHanko's, EU DSS's, why they differ
ROWS = [
    ("B-B", B, same, "B-B", True, True),
    ("B-T", B, level("T"), "B-T", True, True),
    ("B-LT", B, level("LT"), "B-LT", True, True),
    ("B-LTA", B, level("LTA"), "B-LTA", True, True),
    ("certified, P=2", CERTIFIED, same, "B-B", True, True),
    ("certified, B-T", CERTIFIED, level("T"), "B-T", True, True),
    ("certified, B-LT", CERTIFIED, level("LT"), "B-LT", True, True),
    ("certified, B-LTA", CERTIFIED, level("LTA"), "B-LTA", True, True),
    ("stamped by another", B, stamp, "B-T", True, True),
    ("stamped twice by another", B, chain(stamp, stamp), "B-T", True, True),
    ("proofs by another", B, chain(stamp, store), "B-LT", True, True),
    ("sealed by another", B, chain(stamp, store, stamp), "B-LTA", True, True),
    ("proofs without a stamp, by another", B, store, "B-B", True, True),
    ("proofs, then a stamp, by another", B, chain(store, stamp), "B-LTA", True, True),
    ("stamped here, proofs by another", B, chain(level("T"), store), "B-LT", True, True),
    ("sealed here, stamped by another", B, chain(level("LTA"), stamp), "B-LTA", True, True),
    ("stamped by another, sealed here", B, chain(stamp, level("LTA")), "B-LTA", True, True),
    ("certified, stamped by another", CERTIFIED, stamp, "B-T", True, True),
    ("certified, proofs by another", CERTIFIED, chain(stamp, store), "B-LT", True, True),
    ("countersigned", B, SECOND, "B-B", True, True),
    ("countersigned twice", B, chain(SECOND, THIRD), "B-B", True, True),
    ("countersigned with a stamp", B, sign_stamped(), "B-B", True, True),
    ("countersigned, then stamped", B, chain(SECOND, stamp), "B-T", True, True),
    ("stamped, then countersigned", B, chain(stamp, SECOND), "B-B", True, True),
    ("countersigned, stamped, proofs", B, chain(SECOND, stamp, store), "B-LT", True, True),
    ("countersigned, sealed by another", B, chain(SECOND, stamp, store, stamp), "B-LTA", True, True),
    ("countersigned, B-T here", B, chain(SECOND, level("T")), "B-T", True, True),
    ("countersigned, B-LTA here", B, chain(SECOND, level("LTA")), "B-LTA", True, True),
    ("B-LTA here, countersigned", B, chain(level("LTA"), SECOND), "B-B", True, True),
    ("certified, countersigned", CERTIFIED, SECOND, "B-B", True, True),
    ("certified, countersigned, stamped", CERTIFIED, chain(SECOND, stamp), "B-T", True, True),
    ("countersigned by the first again", B, THIRD, "B-B", True, True),
    ("countersigned by one who expired", B, sign("expired"), "E-EXPIRED", False, False),
    ("countersigned by one who is early", B, sign("early"), "E-NOT-YET-VALID", False, False),
    ("countersigned by a stranger", B, sign("other"), "E-CERT-USE", False, False),
    ("countersigned by a time-stamp authority", B, sign("tsa"), "E-CERT-PURPOSE", False, True, "usage"),
    ("countersigned where it is seen", B, sign(box=SMALL), "E-CHANGED", True, True, "seen"),
    ("countersigned, with a lock of all fields", B, sign(lock=ALL), "E-CHANGED", True, True, "lock"),
    ("an empty field added", B, empty_field(), "E-CHANGED", True, True, "empty"),
    ("certified after it was signed", B, sign(certify=MDPPerm.FILL_FORMS), "E-CHANGED", False, True, "late"),
    ("certified, P=1", certified_first(MDPPerm.NO_CHANGES), same, "B-B", True, True),
    ("certified, P=1, stamped", certified_first(MDPPerm.NO_CHANGES), stamp, "B-T", True, True),
    ("certified, P=1, countersigned", certified_first(MDPPerm.NO_CHANGES), SECOND, "E-CHANGED", False, False),
    ("certified, P=3, countersigned", certified_first(MDPPerm.ANNOTATE), SECOND, "B-B", True, True),
    ("certified, P=3, a note added", certified_first(MDPPerm.ANNOTATE), change(add_note), "E-CHANGED", False, False),
    ("cross-reference streams", compressed(False), FIRST, "B-B", True, True),
    ("cross-reference streams, stamped", compressed(False), chain(FIRST, stamp), "B-T", True, True),
    ("cross-reference streams, sealed", compressed(False), chain(FIRST, stamp, store, stamp), "B-LTA", True, True),
    ("cross-reference streams, countersigned", compressed(False), chain(FIRST, SECOND), "B-B", True, True),
    ("cross-reference streams, sealed here", compressed(False), chain(FIRST, level("LTA")), "B-LTA", True, True),
    ("cross-reference streams, content replaced", compressed(False), chain(FIRST, change(replace_contents)), "E-CHANGED", False, False),
    ("object streams", compressed(True), FIRST, "B-B", True, True),
    ("object streams, sealed", compressed(True), chain(FIRST, stamp, store, stamp), "B-LTA", True, True),
    ("object streams, countersigned", compressed(True), chain(FIRST, SECOND), "B-B", True, True),
    ("object streams, a note added", compressed(True), chain(FIRST, change(add_note)), "E-CHANGED", False, False),
    ("content replaced", B, change(replace_contents), "E-CHANGED", False, False),
    ("content replaced, then countersigned", B, chain(change(replace_contents), SECOND), "E-CHANGED", False, False),
    ("countersigned, then content replaced", B, chain(SECOND, change(replace_contents)), "E-CHANGED", False, False),
    ("certified, content replaced", CERTIFIED, change(replace_contents), "E-CHANGED", False, False),
    ("sealed, content replaced", B, chain(level("LTA"), change(replace_contents)), "E-CHANGED", False, False),
    ("a note added", B, change(add_note), "E-CHANGED", False, False),
    ("a note added, then stamped", B, chain(change(add_note), stamp), "E-CHANGED", False, False),
    ("certified, a note added", CERTIFIED, change(add_note), "E-CHANGED", False, False),
    ("another title", B, change(new_title), "E-CHANGED", True, True, "title"),
    ("an action at its opening", B, new_catalog_key("/OpenAction", generic.NullObject()), "E-CHANGED", False, False),
    ("20 kB hung to the root", B, change(attach), "E-CHANGED", False, False),
    ("a field added and filled", B, change(text_field), "E-CHANGED", False, True, "field"),
    ("a bit of a page flipped", B, flip(b"stream\r\n", 60), "E-ALTERED", False, False),
    ("a bit of the title flipped", B, flip(b"/Title", 4), "E-ALTERED", False, False),
    ("a bit of the signature flipped", B, flip(b"/Contents<", 900), "E-SIGNATURE", False, False),
    ("countersigned, a bit of a page flipped", B, chain(SECOND, flip(b"stream\r\n", 60)), "E-ALTERED", False, False),
    ("sealed, a bit of a page flipped", B, chain(level("LTA"), flip(b"stream\r\n", 60)), "E-ALTERED", False, False),
    ("bytes behind its end", B, lambda data: data + b"\nmore\n", "E-CHANGED", True, True, "behind"),
    ("cut short", B, lambda data: data[:-200], "E-PDF-READ", False, False),
    ("B-T by EU DSS", B, dss_level("T"), "B-T", True, True),
    ("B-LT by EU DSS", B, dss_level("LT"), "B-LT", True, True),
    ("B-LTA by EU DSS", B, dss_level("LTA"), "B-LTA", True, True),
    ("B-LTA by EU DSS, twice", B, chain(dss_level("LTA"), dss_level("LTA")), "B-LTA", True, True),
    ("B-T here, B-LTA by EU DSS", B, chain(level("T"), dss_level("LTA")), "B-LTA", True, True),
    ("B-LTA here, again by EU DSS", B, chain(level("LTA"), dss_level("LTA")), "B-LTA", True, True),
    ("B-T by EU DSS, B-LTA here", B, chain(dss_level("T"), level("LTA")), "B-LTA", True, True),
    ("B-LT by EU DSS, B-LTA here", B, chain(dss_level("LT"), level("LTA")), "B-LTA", True, True),
    ("B-T by EU DSS, proofs by pyHanko", B, chain(dss_level("T"), store), "B-LT", True, True),
    ("certified, B-LTA by EU DSS", CERTIFIED, dss_level("LTA"), "B-LTA", True, True),
    ("certified, countersigned by EU DSS", CERTIFIED, dss_sign("signer"), "B-B", True, True),
    ("certified, countersigned by EU DSS, sealed here", CERTIFIED, chain(dss_sign("signer"), level("LTA")), "B-LTA", True, True),
    ("certified, sealed by EU DSS, countersigned", CERTIFIED, chain(dss_level("LTA"), SECOND), "B-B", True, True),
    ("countersigned by EU DSS", B, dss_sign("signer"), "B-B", True, True),
    ("countersigned by EU DSS at B-LTA", B, dss_sign("signer", "LTA"), "B-LTA", True, True),
    ("countersigned by pyHanko and EU DSS", B, chain(SECOND, dss_sign("signer")), "B-B", True, True),
    ("countersigned by both, B-LTA here", B, chain(SECOND, dss_sign("signer"), level("LTA")), "B-LTA", True, True),
    ("signed by EU DSS", UNSIGNED, dss_sign("signer"), "B-B", True, True),
    ("signed by EU DSS at B-T", UNSIGNED, dss_sign("signer", "T"), "B-T", True, True),
    ("signed by EU DSS at B-LT", UNSIGNED, dss_sign("signer", "LT"), "B-LT", True, True),
    ("signed by EU DSS at B-LTA", UNSIGNED, dss_sign("signer", "LTA"), "B-LTA", True, True),
    ("signed by EU DSS, B-LTA here", UNSIGNED, chain(dss_sign("signer"), level("LTA")), "B-LTA", True, True),
    ("signed by EU DSS, countersigned", UNSIGNED, chain(dss_sign("signer"), SECOND), "B-B", True, True),
    ("signed by pyHanko, B-T here", UNSIGNED, chain(FIRST, level("T")), "B-T", True, True),
    ("signed by pyHanko, B-LTA here", UNSIGNED, chain(FIRST, level("LTA")), "B-LTA", True, True),
    ("signed by pyHanko, B-LTA by EU DSS", UNSIGNED, chain(FIRST, dss_level("LTA")), "B-LTA", True, True),
    ("signed by pyHanko with a stamp, B-LTA by EU DSS", UNSIGNED, chain(sign_stamped("signer", "First"), dss_level("LTA")), "B-LTA", True, True),
    ("P-384 here", B, ours_by("p384"), "B-B", True, True),
    ("P-384 here, B-LTA by EU DSS", B, chain(ours_by("p384"), dss_level("LTA")), "B-LTA", True, True),
    ("RSA 2048 here", B, ours_by("rsa2048"), "B-B", True, True),
    ("RSA 3072 here, B-LTA by EU DSS", B, chain(ours_by("rsa3072"), dss_level("LTA")), "B-LTA", True, True),
    ("RSASSA-PSS here", B, ours_by("rsa2048", "--pss"), "B-B", True, True),
    ("RSASSA-PSS here, B-LTA by EU DSS", B, chain(ours_by("rsa2048", "--pss"), dss_level("LTA")), "B-LTA", True, True),
    ("compact here", B, ours_by("p256", "--compact"), "B-B", True, True),
    ("compact here, B-LTA here", B, chain(ours_by("p256", "--compact"), level("LTA")), "B-LTA", True, True),
    ("compact here, countersigned", B, chain(ours_by("p256", "--compact"), SECOND), "B-B", True, True),
    ("compact here, content replaced", B, chain(ours_by("p256", "--compact"), change(replace_contents)), "E-CHANGED", False, False),
    ("compact here, B-LTA here, a note added", B, chain(ours_by("p256", "--compact"), level("LTA"), change(add_note)), "E-CHANGED", False, False),
    ("compact here, B-T by EU DSS", B, chain(ours_by("p256", "--compact"), dss_level("T")), "B-T", True, True),
    ("compact here, B-LT by EU DSS", B, chain(ours_by("p256", "--compact"), dss_level("LT")), "B-LT", False, True, "table"),
    ("compact here, B-LTA by EU DSS", B, chain(ours_by("p256", "--compact"), dss_level("LTA")), "B-LTA", False, True, "table"),
    ("cross-reference streams, B-LTA by EU DSS", compressed(False), chain(FIRST, dss_level("LTA")), "B-LTA", False, True, "table"),
    ("P-384 by EU DSS", UNSIGNED, dss_sign("p384"), "B-B", True, True),
    ("RSA 2048 by EU DSS at B-LTA", UNSIGNED, dss_sign("rsa2048", "LTA"), "B-LTA", True, True),
    ("P-384 by pyHanko", UNSIGNED, sign("p384", digest="sha384"), "B-B", True, True),
    ("RSASSA-PSS by pyHanko", UNSIGNED, sign("rsa3072", pss=True), "B-B", True, True),
    ("RSASSA-PSS by pyHanko, B-LTA here", UNSIGNED, chain(sign("rsa3072", pss=True), level("LTA")), "B-LTA", True, True),
    ("Ed25519 by pyHanko", UNSIGNED, sign("ed25519", digest="sha512"), "E-SIGNATURE", True, False, "eddsa"),
    ("Ed25519 by pyHanko, B-LTA by EU DSS", UNSIGNED, chain(sign("ed25519", digest="sha512"), dss_level("LTA")), "E-SIGNATURE", True, False, "eddsa"),
    ("RSA 1024 by pyHanko", UNSIGNED, sign("weak"), "E-KEY-WEAK", False, False),
    ("secp256k1 by pyHanko", UNSIGNED, sign("curve"), "E-KEY-WEAK", True, True, "curve"),
    ("revoked, by pyHanko", UNSIGNED, sign("revoked"), "B-B", False, False, "revoked"),
    ("revoked, stamped, proofs by pyHanko", UNSIGNED, chain(sign("revoked"), stamp, store), "E-REVOKED", False, False),
    ("a web server's, by pyHanko", UNSIGNED, sign("server"), "E-CERT-PURPOSE", False, True, "usage"),
    ("sealed by EU DSS, content replaced", B, chain(dss_level("LTA"), change(replace_contents)), "E-CHANGED", False, False),
    ("sealed by EU DSS, a note added", B, chain(dss_level("LTA"), change(add_note)), "E-CHANGED", False, False),
    ("sealed by EU DSS, a bit of a page flipped", B, chain(dss_level("LTA"), flip(b"stream\r\n", 60)), "E-ALTERED", False, False),
    ("countersigned by EU DSS, 20 kB hung to the root", B, chain(dss_sign("signer"), change(attach)), "E-CHANGED", False, False),
    ("content replaced, then sealed by EU DSS", B, chain(change(replace_contents), dss_level("LTA")), "E-CHANGED", False, False),
    ("the last revision cut off", B, lambda data: chain(SECOND)(data)[: len(data)], "B-B", True, True),
]


# -- what is said


def hanko(data):
    try:
        reader = PdfFileReader(BytesIO(data))
        context = proofs
        for seal in reader.embedded_regular_signatures:
            if not validate_pdf_signature(
                seal, signer_validation_context=context(), ts_validation_context=context()
            ).bottom_line:
                return False
        for seal in reader.embedded_timestamp_signatures:
            status = validate_pdf_timestamp(seal, context())
            if not (status.valid and status.intact and status.trusted):
                return False
        return bool(reader.embedded_regular_signatures)
    except Exception as error:  # pylint: disable=broad-except
        print("#", type(error).__name__, error)
        return False


def ours(data):
    with open("letter.pdf", "wb") as out:
        out.write(data)
    said = subprocess.run(
        [program, "verify", "--diag=json", "--trust", f"{pki}/root.pem", "letter.pdf"],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [json.loads(line) for line in said.stdout.splitlines()]
    if lines[0]["good"]:
        return lines[0].get("level", lines[0].get("missing"))
    findings = lines[1:-1]  # the last one counts them
    for finding in findings:
        print("#", finding["message"])
    return findings[0]["code"]


def judge(data, mine, theirs, his):
    """What is not as the row says: a line each."""
    got, said, (good, level) = ours(data), hanko(data), dss.judge(data)
    if got != mine:
        yield f"lettermerge {got}, not {mine}"
    if said != theirs:
        yield f"pyHanko {said}, not {theirs}"
    if good != his:
        yield f"EU DSS {good}, not {his}"
    if good and got.startswith("B-") and level != got:
        yield f"EU DSS {level}, lettermerge {got}"


def main():
    with open(differences_path, encoding="utf-8") as file:
        explained = set(re.findall(r"^\| `(\w+)` \| .* \| .* \| .* \| .* \|$", file.read(), re.MULTILINE))
    differ = {row[6] for row in ROWS if len(row) > 6}
    bad = explained != differ
    print(f"1..{len(ROWS) + 1}")
    print("not ok" if bad else "ok", "1 - all that differs is explained, and nothing else:", *sorted(explained ^ differ))
    for number, (name, data, make, *answers) in enumerate(ROWS, 2):
        mine, theirs, his, *why = answers
        one = theirs == his == mine.startswith("B-")
        try:
            wrong = list(judge(make(data), mine, theirs, his))
        except Exception as error:  # pylint: disable=broad-except
            wrong = [f"cannot be made: {type(error).__name__} {error}"]
        if one == bool(why):
            wrong.append("they agree" if one else "it is not said why they differ")
        for line in wrong:
            print("#", line)
        bad = bad or bool(wrong)
        print("not ok" if wrong else "ok", number, "-", name)
    return bad


sys.exit(main())
