"""seals.py ROOT FILE... - pyHanko judges the signature and the document time stamps of each file, with
ROOT as the only root. A line for each: "FILE: good LEVEL", where LEVEL says what the file brings (B, T,
LT, LTA), or "FILE: refused WHY".

seals.py --take FOLDER FILE... - writes the signature of each and the bytes that it covers into the
folder, as 0.p7s and 0.bytes and so on.

seals.py --spoil FILE FOLDER - writes copies of a signed file into the folder, each spoilt in one way.
"""

import asyncio
import dataclasses
import logging
import os
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

logging.disable(logging.CRITICAL)


def context(root, store):
    """Without a store of proofs nothing is said of revocation; with one every chain must be proven."""
    if store is None:
        return ValidationContext(trust_roots=[root])
    return store.as_validation_context(
        {"trust_roots": [root], "revocation_mode": "hard-fail", "allow_fetching": False}
    )


with_time = ades.ades_with_time_validation


async def with_any_time(*arguments, **options):
    """pyHanko wants the first time stamp in the signature itself; EN 319 142-1, 6.3 takes a document
    time stamp as well, which is what a letter has that was raised later."""
    result = await with_time(*arguments, **options)
    if result.failure_msg == "No signature timestamp present":
        result = dataclasses.replace(result, ades_subindic=AdESPassed.OK, failure_msg=None)
    return result


ades.ades_with_time_validation = with_any_time


def past(root, seal):
    """The validation of a signature in the past, as ETSI EN 319 102-1 writes it down."""
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=[root]),
        revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
    )
    spec = PdfSignatureValidationSpec(SignatureValidationSpec(cert_validation_policy=policy))
    return asyncio.run(ades.ades_lta_validation(seal, pdf_validation_spec=spec)).ades_subindic


def judge(root, path):
    with open(path, "rb") as file:
        reader = PdfFileReader(file)
        (seal,) = reader.embedded_regular_signatures
        stamps = reader.embedded_timestamp_signatures
        store = None
        if "/DSS" in reader.root:
            store = DocumentSecurityStore.read_dss(reader)
        status = validate_pdf_signature(
            seal,
            signer_validation_context=context(root, store),
            ts_validation_context=context(root, store),
        )
        if not status.bottom_line:
            return "refused " + status.summary()
        whole = SignatureCoverageLevel.ENTIRE_REVISION if stamps or store else (
            SignatureCoverageLevel.ENTIRE_FILE
        )
        if status.coverage < whole:
            return "refused it covers a part"
        if status.modification_level > ModificationLevel.LTA_UPDATES:
            return "refused it was changed"
        level = "T" if stamps or status.timestamp_validity else "B"
        for stamp in stamps:
            stamped = validate_pdf_timestamp(stamp, context(root, store))
            if not (stamped.valid and stamped.intact and stamped.trusted):
                return "refused " + stamped.summary()
        if store is not None:
            last = stamps[-1] if stamps else None
            sealed = last and last.coverage == SignatureCoverageLevel.ENTIRE_FILE
            level = "LTA" if sealed else "LT"
            if sealed and past(root, seal) != AdESPassed.OK:
                return "refused by EN 319 102-1"
        return "good " + level


def without_padding(der):
    """One DER value; a signature may itself end in zeros, so its length says where the padding begins."""
    more = der[1] & 127 if der[1] & 128 else 0
    length = int.from_bytes(der[2 : 2 + more], "big") if more else der[1]
    return der[: 2 + more + length]


def take(folder, path, number):
    with open(path, "rb") as file:
        (seal,) = PdfFileReader(file).embedded_regular_signatures
        start, hole, end, rest = seal.byte_range
        file.seek(start)
        covered = file.read(hole)
        file.seek(end)
        covered += file.read(rest)
    for ending, data in (".p7s", without_padding(seal.pkcs7_content)), (".bytes", covered):
        with open(os.path.join(folder, str(number) + ending), "wb") as out:
            out.write(data)


def spoil(path, folder):
    with open(path, "rb") as file:
        bytes_ = bytearray(file.read())

    def write(name, data):
        with open(os.path.join(folder, name + ".pdf"), "wb") as out:
            out.write(data)

    def flip(name, at):
        copy = bytearray(bytes_)
        copy[at] ^= 1
        write(name, copy)

    hole = bytes_.find(b"/Contents<", bytes_.find(b"ETSI.CAdES")) + 10
    end = bytes_.find(b">", hole)
    signature = bytes_.rstrip(b"\n")[hole:end].rstrip(b"0")
    flip("content", bytes_.find(b"stream\r\n") + 60)
    flip("info", bytes_.find(b"/Title(") + 9)
    flip("dictionary", bytes_.find(b"/M(D:") + 8)
    flip("signature", hole + len(signature) - 5)
    flip("padding", end - 8)
    write("appended", bytes_ + b"% more\n")
    root = bytes_.find(b"/Root ")
    trailer = bytes(bytes_[root : bytes_.find(b">>\nstartxref", root)])
    table = bytes_[bytes_.rfind(b"startxref") + 10 :].split()[0]
    page = bytes_.find(b"/Type /Page\n")
    start = bytes_.rfind(b" 0 obj", 0, page)
    number = bytes_[bytes_.rfind(b"\n", 0, start) + 1 : start]
    kept = bytes_[start + 6 : bytes_.find(b"endobj", start)]
    kept = kept.replace(b"/MediaBox", b"/Rotate 180/MediaBox")
    update = number + b" 0 obj" + kept + b"endobj\n"
    at = len(bytes_) + len(update)
    write(
        "repainted",
        bytes_
        + update
        + b"xref\n%s 1\n%010d 00000 n\r\ntrailer\n<<%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
        % (number, len(bytes_), trailer, table, at),
    )


if sys.argv[1] == "--spoil":
    spoil(sys.argv[2], sys.argv[3])
elif sys.argv[1] == "--take":
    for number, path in enumerate(sys.argv[3:]):
        take(sys.argv[2], path, number)
else:
    trusted = load_cert_from_pemder(sys.argv[1])
    for path in sys.argv[2:]:
        try:
            verdict = judge(trusted, path)
        except Exception as error:  # what pyHanko cannot read it does not trust
            verdict = f"refused {type(error).__name__}: {error}"
        print(f"{path}: {verdict}")
