"""attacks.py - forgeries of signed letters, each a function of a genuine one: those of the studies of PDF signatures
(universal forgery, incremental saving, wrapping: Mladenov and others 2019; shadow: Mainka and others 2021; certification:
Rohlmann and others 2021), and those against what this program adds, proofs and time stamps."""

import re

import pdf

ATTACKS = []  # (kind of letter, name, function)


def attack(name, kinds=("plain",)):
    def add(function):
        ATTACKS.extend((kind, "%s, %s" % (name, kind), function) for kind in kinds)
        return function
    return add


def each(rows, name, kinds=("plain",)):
    """One attack for each row: (words, arguments...)."""
    def add(function):
        for words, *arguments in rows:
            attack("%s: %s" % (name, words), kinds)(lambda letter, arguments=arguments: function(letter, *arguments))
        return function
    return add


BLACK = b"<</Length 24>>\nstream\n0 0 0 rg 0 0 400 400 re f\nendstream"
BOX = b"<</Type/XObject/Subtype/Form/BBox[0 0 300 90]/Length 24>>\nstream\n0 0 0 rg 0 0 300 400 re f\nendstream"


def page(letter):
    return letter.find(rb"/Type\s*/Page\b(?!s)")


def contents(letter):
    return int(pdf.fields(letter.body(page(letter)), b"Contents").split()[0])


def seal(letter):
    return letter.find(rb"/Type\s*/Sig\b")


def field(letter):
    return letter.find(rb"/T\s*\(Signature\)")


def forged(letter):
    """The change that a victim sees: another page."""
    return {contents(letter): BLACK}


# -- universal signature forgery: a signature that some readers take for good, since they cannot check it

CONTENTS = rb"/Contents\s*<[0-9a-f]+>"
RANGE = rb"/ByteRange\s*\[[^\]]*\]"


@each([("left out", CONTENTS, b""), ("null", CONTENTS, b"/Contents null"), ("empty", CONTENTS, b"/Contents<>"),
       ("a zero", CONTENTS, b"/Contents<00>"), ("zeros", CONTENTS, b"/Contents<" + b"00" * 9000 + b">"),
       ("an empty text", CONTENTS, b"/Contents()"), ("a number", CONTENTS, b"/Contents 0"),
       ("a name", CONTENTS, b"/Contents/Good"), ("true", CONTENTS, b"/Contents true"),
       ("a list", CONTENTS, b"/Contents[]"), ("an empty sequence", CONTENTS, b"/Contents<3000>"),
       ("a sequence without an end", CONTENTS, b"/Contents<3080>"),
       ("a length beyond all bounds", CONTENTS, b"/Contents<3088ffffffffffffffff>"),
       ("half a digit", CONTENTS, b"/Contents<300>")], "universal forgery, the signature is")
@each([("left out", RANGE, b""), ("null", RANGE, b"/ByteRange null"), ("empty", RANGE, b"/ByteRange[]"),
       ("zeros", RANGE, b"/ByteRange[0 0 0 0]"), ("three numbers", RANGE, b"/ByteRange[0 10 20]"),
       ("six numbers", RANGE, b"/ByteRange[0 10 20 30 40 50]"), ("negative", RANGE, b"/ByteRange[0 -1 -1 0]"),
       ("from below zero", RANGE, b"/ByteRange[-10 20 30 40]"), ("text", RANGE, b"/ByteRange[(a)(b)(c)(d)]"),
       ("beyond the end", RANGE, b"/ByteRange[0 99999999 99999999 99999999]"),
       ("beyond 64 bits", RANGE, b"/ByteRange[0 1 18446744073709551615 2]"),
       ("fractions", RANGE, b"/ByteRange[0.0 10.5 20.5 30.5]"), ("the whole without a room", RANGE, b"/ByteRange[0 100]"),
       ("a reference", RANGE, b"/ByteRange 1 0 R"), ("nothing twice", RANGE, b"/ByteRange[0 0 0 0]/ByteRange[0 0 0 0]"),
       ("a list of lists", RANGE, b"/ByteRange[[0 10][20 30]]")], "universal forgery, the range is")
@each([("no type", rb"/Type/Sig", b""), ("another type", rb"/Type/Sig", b"/Type/Page"),
       ("no filter", rb"/Filter/Adobe.PPKLite", b""), ("an unknown filter", rb"Adobe.PPKLite", b"No.Such"),
       ("no format", rb"/SubFilter/ETSI.CAdES.detached", b""), ("an unknown format", rb"ETSI.CAdES.detached", b"no.such"),
       ("the format of one key alone", rb"ETSI.CAdES.detached", b"adbe.x509.rsa_sha1"),
       ("the format of a time stamp", rb"ETSI.CAdES.detached", b"ETSI.RFC3161")], "universal forgery, it has")
def change_signature(letter, old, new):
    number = seal(letter)
    return letter.rewritten({**forged(letter), number: letter.edited(number, old, new)})


@each([("has no value", rb"/V \d+ 0 R", b""), ("has null", rb"/V \d+ 0 R", b"/V null"),
       ("has a text", rb"/V \d+ 0 R", b"/V(signed by TEST signer)"), ("is a text field", rb"/FT/Sig", b"/FT/Tx"),
       ("refers to nothing", rb"/V \d+ 0 R", b"/V 9999 0 R")], "universal forgery, the field")
def change_field(letter, old, new):
    number = field(letter)
    return letter.rewritten({**forged(letter), number: letter.edited(number, old, new)})


# -- incremental saving: something behind what was signed

ALL = ("plain", "certified", "raised")


@attack("incremental saving: another page", ALL)
def update_contents(letter):
    return letter.update(forged(letter))


@each([("without a table", 0), ("without a trailer", 1), ("without a startxref", 2), ("without an end", 3)],
      "incremental saving: another page")
def update_partly(letter, how):
    whole = letter.update(forged(letter))
    table, end = int(re.findall(rb"startxref\s+(\d+)", whole)[-1]), whole.rindex(b"startxref")
    cut = [table, whole.rindex(b"endstream" if letter.compact else b"trailer", table), end, whole.rindex(b"%%EOF")][how]
    return whole[:cut] + (b"%%EOF\n" if how < 3 else b"")


@attack("incremental saving: another page and a copy of the signature", ("plain", "certified"))
def update_with_copy(letter):
    return letter.update({**forged(letter), seal(letter): letter.body(seal(letter)), field(letter): letter.body(field(letter))})


@each([("its picture of itself", rb"/Contents \d+ 0 R", b"/Contents[]"), ("a turn", rb"/Tabs/S", b"/Tabs/S/Rotate 180"),
       ("another size", rb"/MediaBox\[[^\]]*\]", b"/MediaBox[0 0 100 100]"),
       ("a box that cuts", rb"/Tabs/S", b"/Tabs/S/CropBox[0 0 10 10]"), ("a unit", rb"/Tabs/S", b"/Tabs/S/UserUnit 9"),
       ("an action", rb"/Tabs/S", b"/Tabs/S/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>"),
       ("other fonts", rb"/Resources \d+ 0 R", b"/Resources<<>>"),
       ("a comment on top", rb"/Annots\[", b"/Annots[<</Type/Annot/Subtype/FreeText/Rect[0 0 400 400]/DA(0 g)/Contents(9)>>")],
      "incremental saving: the page gets", ("plain", "raised"))
def update_page(letter, old, new):
    return letter.update({page(letter): letter.edited(page(letter), old, new)})


@each([("an action", b"/OpenAction<</S/URI/URI(http://127.0.0.1/)>>"), ("scripts", b"/AA<</WC<</S/JavaScript/JS(1)>>>>"),
       ("a name tree of scripts", b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>"),
       ("an attached file", b"/Names<</EmbeddedFiles<</Names[]>>>>"), ("layers", b"/OCProperties<</OCGs[]/D<<>>>>"),
       ("a collection", b"/Collection<</View/H>>"), ("a base for links", b"/URI<</Base(http://127.0.0.1/)>>"),
       ("permissions", b"/Perms<</DocMDP 9999 0 R>>"), ("an outline", b"/Outlines<</Count 0>>"),
       ("a version", b"/Version/2.0"), ("requirements", b"/Requirements[<</S/EnableJavaScripts>>]"),
       ("legal words", b"/Legal<</JavaScriptActions 0>>"), ("a second list of pages", b"/Pages 2 0 R"),
       ("an XFA form", b"/AcroForm<</XFA(x)>>"), ("something unknown", b"/Hello(world)"),
       ("an extension that nobody knows", b"/Extensions<</ACME<</BaseVersion/1.7/ExtensionLevel 1>>>>")],
      "incremental saving: the root gets", ("plain", "raised"))
def update_root(letter, more):
    return letter.update({letter.root(): letter.edited(letter.root(), rb">>$", more + b">>")})


@each([("the list of pages", rb"/Type\s*/Pages\b", rb"/Count 1", b"/Count 0"),
       ("a font", rb"/Subtype/Type0", rb"/Encoding/Identity-H", b"/Encoding/Identity-V"),
       ("the widths of letters", rb"CIDFontType2", rb"/W\[3\[\d+", b"/W[3[999"),
       ("what a font is copied as", rb"^\s*<</Filter/FlateDecode/Length \d+>>", rb"^", b""),
       ("the title", rb"/Title", rb"/Title\([^)]*\)", b"/Title(Forged)"),
       ("the description", rb"/Subtype/XML", rb"Letter", b"Forged"),
       ("the root of the tags", rb"/Type/StructTreeRoot", rb"/ParentTreeNextKey 3", b"/ParentTreeNextKey 4"),
       ("a tag", rb"/S/P/P", rb"/K 0", b"/K 1"), ("a tag's words", rb"/S/P/P", rb"/K 0", b"/K 0/ActualText(Forged)"),
       ("the signer's name", rb"/Type\s*/Sig\b", rb"/Name\([^)]*\)", b"/Name(Another)"),
       ("the time of signing", rb"/Type\s*/Sig\b", rb"/M\([^)]*\)", b"/M(D:20300101000000Z)"),
       ("the field's name", rb"/T\s*\(Signature\)", rb"/T\(Signature\)", b"/T(Other)"),
       ("the field's place", rb"/T\s*\(Signature\)", rb"/Rect\[[^\]]*\]", b"/Rect[0 0 400 400]"),
       ("the spare field's place", rb"/T\s*\(Timestamp\)", rb"/Rect\[[^\]]*\]", b"/Rect[0 0 400 400]"),
       ("the spare field's words", rb"/T\s*\(Timestamp\)", rb"/TU\([^)]*\)", b"/TU(Signed by the Queen)"),
       ("the spare field, which is hidden no more", rb"/T\s*\(Timestamp\)", rb"/F 132", b"/F 4")],
      "incremental saving: replaced is")
def update_object(letter, pattern, old, new):
    number = letter.find(pattern)
    body = letter.body(number)
    changed = re.sub(old, lambda _: new, body, count=1, flags=re.S) if new else BLACK
    assert changed != body, pattern
    return letter.update({number: changed})


XML = b"<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%s\nendstream"


@each([("another title", b"Letter</rdf:li>", b"Forged</rdf:li>"), ("a second title", b"</rdf:Alt>", b"<rdf:li>Forged</rdf:li></rdf:Alt>"),
       ("a comment", b"<rdf:RDF", b"<!-- forged --><rdf:RDF"), ("blanks", b"<rdf:RDF", b" " * 20000 + b"<rdf:RDF"),
       ("another schema", b"<rdf:Description ", b'<rdf:Description xmlns:f="urn:f" f:forged="yes" '),
       ("words behind it", b"</x:xmpmeta>", b"</x:xmpmeta>forged")], "incremental saving: the description gets",
      ("plain", "raised"))
def update_description(letter, old, new):
    number = letter.find(rb"/Subtype/XML")
    text = re.search(rb"stream\r?\n(.*?)\r?\nendstream", letter.body(number), re.S).group(1)
    assert old in text, old
    text = text.replace(old, new, 1)
    return letter.update({number: XML % (len(text), text)})


@each([("the page", page), ("what it shows", contents), ("the signature", seal), ("its field", field),
       ("the title", lambda letter: letter.find(rb"/Title"))], "incremental saving: taken away is")
def update_free(letter, which):
    return letter.update({}, free=[which(letter)])


@each([("another root", b"/Root 3 0 R"), ("another title", b"/Info 1 0 R"), ("another identifier", b"/ID[<02><02>]"),
       ("no identifier", b"/ID null"), ("encryption", b"/Encrypt<<>>"), ("a stream of a table", b"/XRefStm 15"),
       ("something unknown", b"/Hello(world)"), ("a second size", b"/Size 99")], "incremental saving: the trailer gets")
def update_trailer(letter, more):
    return letter.update({letter.size: b"<<>>"}, trailer=more)


@each([("itself", None), ("the middle of the file", 15), ("the file's beginning", 0), ("what is not there", 99999999)],
      "incremental saving: the table follows")
def update_previous(letter, previous):
    return letter.update(forged(letter), previous=len(letter.data) if previous is None else previous)


# -- wrapping: the signed bytes are somewhere else than what is read


def wrap(letter, middle, at_end):
    """Between the two signed parts comes what is read; the second part moves to the end."""
    start = letter.data.index(b"/Contents<") + 9
    end = letter.data.index(b">", start) + 1
    moved = len(letter.data[:end]) + len(middle)
    numbers = b"[0 %d %d %d" % (start, moved if at_end else end, len(letter.data) - end)
    old = re.search(RANGE, letter.data).group(0)
    fitted = b"/ByteRange" + numbers + b" " * (len(old) - len(numbers) - 11) + b"]"
    head = letter.data[:end].replace(old, fitted)
    return head + middle + letter.data[end:]


@each([("objects", b"\n%d 0 obj\n<<>>\nendobj\n" % 22), ("a comment", b"%forged\n"), ("blanks", b" " * 500),
       ("a table", b"\nxref\n0 1\n0000000000 65535 f\r\ntrailer<<>>\nstartxref\n0\n%%EOF\n")], "wrapping, with")
def wrapped(letter, middle):
    return wrap(letter, middle, True)


@attack("wrapping: a copy of the signature covers the old file inside the new one")
def wrapped_inside(letter):
    copy = letter.body(seal(letter))
    fresh = letter.rewritten({**forged(letter), seal(letter): copy})
    return fresh + letter.data


@attack("wrapping: the range covers a genuine file that stands behind the forged one")
def wrapped_behind(letter):
    fresh = letter.rewritten(forged(letter))
    start = letter.data.index(b"/Contents<") + 9
    end = letter.data.index(b">", start) + 1
    shift = len(fresh) + 20
    numbers = b"/ByteRange[%d %d %d %d]" % (shift, start, shift + end, len(letter.data) - end)
    return letter.rewritten({**forged(letter), seal(letter): letter.edited(seal(letter), RANGE, numbers)}) + letter.data


# -- certification: what a certified letter must not take either

WIDGET = b"<</Type/Annot/Subtype/Widget/F 4/Rect[0 0 400 400]/P %d 0 R/FT/%s/T(New)%s>>"


@each([(kind, kind) for kind in (b"FreeText", b"Stamp", b"Redact", b"Link", b"Highlight", b"Ink", b"Text", b"FileAttachment",
                                 b"Screen", b"Watermark")], "certification: an evil annotation", ("certified",))
def evil_annotation(letter, kind):
    number, form = letter.size, letter.size + 1
    annotation = b"<</Type/Annot/Subtype/%s/Rect[0 0 400 400]/F 4/Contents(9 999 GBP)/AP<</N %d 0 R>>>>" % (kind, form)
    body = letter.edited(page(letter), rb"/Annots\[", b"/Annots[%d 0 R " % number)
    return letter.update({page(letter): body, number: annotation, form: BOX})


@each([("on the page", True, b""), ("off the page", False, b""), ("with a value", False, b"/V(9 999 GBP)"),
       ("with an appearance", True, None)], "certification: a sneaky field", ("certified", "raised"))
def sneaky_field(letter, on_page, more):
    number, form = letter.size, letter.size + 1
    objects = {number: WIDGET % (page(letter), b"Tx" if more else b"Sig", b"/AP<</N %d 0 R>>" % form if more is None else more)}
    if more is None:
        objects[form] = BOX
    if on_page:
        objects[page(letter)] = letter.edited(page(letter), rb"/Annots\[", b"/Annots[%d 0 R " % number)
    objects[letter.root()] = letter.edited(letter.root(), rb"/Fields\s*\[", b"/Fields[%d 0 R " % number)
    return letter.update(objects)


@attack("certification: a stranger's signature with a picture over the page", ("certified", "plain", "raised"))
def sneaky_signature(letter):
    number, form, value = letter.size, letter.size + 1, letter.size + 2
    more = b"/AP<</N %d 0 R>>/V %d 0 R" % (form, value)
    root = letter.edited(letter.root(), rb"(?<=/Fields)\s*\[([^\]]*)\]", b"[32 0 R 33 0 R %d 0 R]" % number)
    data = letter.update({
        letter.root(): root, page(letter): letter.edited(page(letter), rb"/Annots\[", b"/Annots[%d 0 R " % number),
        number: WIDGET % (page(letter), b"Sig", more), form: BOX, value: pdf.signature_object()})
    return pdf.signed(letter.folder, data, signer="stranger")


FORM = b"<</Type/XObject/Subtype/Form/BBox[0 0 0 0]%s/Length %d>>\nstream\n%s\nendstream"


@each([("draws", BOX), ("holds bytes", FORM % (b"", 5, b"hello")), ("has a key of its own", FORM % (b"/Hello(world)", 0, b"")),
       ("is as long as a letter", FORM % (b"/Matrix[" + b"1 " * 300 + b"]", 0, b""))],
      "a second signature without an area, whose appearance", ("plain", "raised"))
def countersigned(letter, looks):
    number, form, value = letter.size, letter.size + 1, letter.size + 2
    widget = b"<</Type/Annot/Subtype/Widget/F 132/Rect[0 0 0 0]/P %d 0 R/FT/Sig/T(New)/AP<</N %d 0 R>>/V %d 0 R>>" % (
        page(letter), form, value)
    lists = {n: re.sub(rb"(/%s\s*\[[^\]]*)\]" % key, rb"\1 %d 0 R]" % number, letter.body(n), count=1)
             for n, key in ((letter.root(), b"Fields"), (page(letter), b"Annots"))}
    data = letter.update({**lists, number: widget, form: looks, value: pdf.signature_object()})
    return pdf.signed(letter.folder, data, "-certfile", "pki/ca.pem")


# -- the signature's own bytes


def with_hole(letter, hexadecimal):
    start = letter.data.index(b"/Contents<") + 10
    end = letter.data.index(b">", start)
    return letter.data[:start] + hexadecimal.ljust(end - start, b"0") + letter.data[end:]


def der(letter):
    start = letter.data.index(b"/Contents<") + 10
    raw = bytes.fromhex(letter.data[start:letter.data.index(b">", start)].decode())
    return raw[:4 + int.from_bytes(raw[2:4], "big")]


def covered(letter):
    start = letter.data.index(b"/Contents<") + 9
    return letter.data[:start] + letter.data[letter.data.index(b">", start) + 1:]


@each([("by a stranger", "stranger"), ("by a stranger of the same name", "twin"), ("by a server's key", "server"),
       ("by one whose certificate is over", "expired"), ("by the authority itself", "ca")], "another signature")
def signature_of(letter, signer):
    above = [] if signer == "ca" else ["-certfile", "pki/ca.pem"]
    return with_hole(letter, pdf.cms(letter.folder, covered(letter), *above, signer=signer).hex().encode())


@each([("of other bytes", lambda letter: pdf.cms(letter.folder, b"other", "-certfile", "pki/ca.pem")),
       ("of the list of the run", lambda letter: (letter.folder / "out/manifest.json.p7s").read_bytes()),
       ("with what it signs inside", lambda letter: pdf.cms(letter.folder, b"other", "-nodetach", "-certfile", "pki/ca.pem")),
       ("of another letter", lambda letter: der(letter.other)),
       ("without signed attributes", lambda letter: pdf.cms(letter.folder, covered(letter), "-noattr", "-certfile",
                                                            "pki/ca.pem")),
       ("with a byte behind it", lambda letter: der(letter) + b"\x01"),
       ("twice", lambda letter: der(letter) * 2),
       ("cut off", lambda letter: der(letter)[:-1]),
       ("of indefinite length", lambda letter: b"\x30\x80" + der(letter)[4:] + b"\0\0"),
       ("of a length in more bytes than needed", lambda letter: b"\x30\x83\0" + der(letter)[2:]),
       ("of a kind of CMS that is none", lambda letter: der(letter).replace(b"\x07\x02", b"\x07\x03", 1)),
       ("in which SHA-256 is called SHA-512", lambda letter: der(letter).replace(b"\x04\x02\x01", b"\x04\x02\x03"))],
      "the signature is one")
def signature_is(letter, make):
    return with_hole(letter, make(letter).hex().encode())


@each([("in capitals", lambda text: text.upper()), ("in both cases", lambda text: text[:500].upper() + text[500:]),
       ("with a blank", lambda text: text[:500] + b" " + text[500:-1]),
       ("with a last digit of another kind", lambda text: text[:-1] + b"1")], "the signature's room", ("plain", "certified"))
def hole(letter, change):
    start = letter.data.index(b"/Contents<") + 10
    end = letter.data.index(b">", start)
    return letter.data[:start] + change(letter.data[start:end]) + letter.data[end:]


# -- proofs and time stamps


def store(letter, keys, objects=None, root=b""):
    number = letter.size + 5
    body = re.sub(rb"/DSS \d+ 0 R", b"", letter.body(letter.root()))
    body = re.sub(rb">>$", root + b"/DSS %d 0 R>>" % number, body)
    return letter.update({letter.root(): body, number: b"<</Type/DSS%s>>" % keys, **(objects or {})})


@each([("a number", b"/Certs 5", {}), ("text", b"/Certs[(certificate)]", {}), ("a list in a list", b"/Certs[[]]", {}),
       ("nothing that is there", b"/Certs[999 0 R]", {}), ("another key", b"/Certs[]/Hello(world)", {}),
       ("a key twice", b"/Certs[]/Certs[]", {}), ("records of anything", b"/VRI<</Any(thing)>>", {}),
       ("a record of a script", b"/VRI<</%s<</JS(1)>>>>" % (b"A" * 40), {}),
       ("a certificate that is none", b"/Certs[900 0 R]", {900: BLACK}),
       ("a list of revoked ones that is none", b"/CRLs[900 0 R]", {900: BLACK}),
       ("an answer that is none", b"/OCSPs[900 0 R]", {900: BLACK}),
       ("a proof and a page", b"/Certs[]", {900: BLACK}), ("a comment", b"/Certs[%hello\n]", {}),
       ("a picture among the proofs", b"/Certs[900 0 R]", {900: BOX})], "the store of proofs holds", ("plain", "raised"))
def store_holds(letter, keys, objects):
    return store(letter, keys, objects)


@each([("other bytes", b"<</Length 5>>\nstream\nhello\nendstream"), ("a key of its own", None)],
      "a proof is written again with", ("raised",))
def proof_again(letter, body):
    proof = int(pdf.fields(letter.body(letter.find(rb"/Type\s*/DSS\b")), b"Certs").strip(b"[ ").split()[0])
    return letter.update({proof: body or letter.edited(proof, rb"<<", b"<</Hello(world)")})


@attack("the store of proofs holds a certificate that nobody known has signed", ("plain", "raised"))
def store_of_stranger(letter):
    raw = letter.stranger
    return store(letter, b"/Certs[900 0 R]", {900: b"<</Length %d>>\nstream\n" % len(raw) + raw + b"\nendstream"})


@each([("no token", lambda letter: b"\x30\x00"), ("a signature", der),
       ("a token of other bytes", lambda letter: letter.token)], "a time stamp that is", ("plain",))
def stamp_is(letter, make):
    spare, value = letter.find(rb"/T\s*\(Timestamp\)"), letter.size
    start = pdf.signature_object().replace(b"/Type/Sig", b"/Type/DocTimeStamp").replace(b"ETSI.CAdES.detached", b"ETSI.RFC3161")
    start = re.sub(rb"/M\([^)]*\)", b"", start)
    data = letter.update({spare: letter.edited(spare, rb">>$", b"/V %d 0 R>>" % value), value: start})
    return stamp_filled(data, make(letter))


def stamp_filled(data, token):
    start = data.rindex(b"/Contents<00") + 9
    end = start + 2 * pdf.SIGNATURE_ROOM + 2
    numbers = b"%d %d %d" % (start, end, len(data) - end)
    place = data.rindex(b"/ByteRange[0 ", 0, start) + 13
    data = data[:place] + numbers + data[place + len(numbers):]
    return data[:start + 1] + token.hex().encode() + data[start + 1 + 2 * len(token):]


@each([("the last time stamp", -1), ("the second", 1)], "a byte is changed in", ("raised",))
def stamp_changed(letter, which):
    places = [found.start() for found in re.finditer(rb"/Contents<", letter.data)]
    at = places[which] + 200
    return letter.data[:at] + (b"1" if letter.data[at:at + 1] != b"1" else b"2") + letter.data[at + 1:]


@attack("updates change places", ("raised",))
def updates_swapped(letter):
    ends = [found.end() for found in re.finditer(rb"%%EOF\n", letter.data)]
    a, b, c = letter.data[:ends[0]], letter.data[ends[0]:ends[1]], letter.data[ends[1]:ends[2]]
    return a + c + b + letter.data[ends[2]:]


@attack("an update is left out", ("raised",))
def update_left_out(letter):
    ends = [found.end() for found in re.finditer(rb"%%EOF\n", letter.data)]
    return letter.data[:ends[0]] + letter.data[ends[1]:]


# -- bytes that belong to nothing

NUMBER = 900


@each([("behind the end", b"x"), ("a line", b"\n"), ("a NUL", b"\0"), ("a comment", b"% hello\n%%EOF\n"),
       ("another file", b"%PDF-1.7\n%%EOF\n"), ("an archive", b"PK\x03\x04" + b"\0" * 26)], "added is", ALL)
def added_behind(letter, what):
    return letter.data + what


@each([("lines without end", b"\r\n" * 400), ("a NUL", b"\n\0"), ("a comment", b"\n%hello\n")], "before an update stand", ALL)
def gap(letter, what):
    body = letter.body(letter.root())
    return type(letter)(letter.data + what).update({letter.root(): body})


@each([("a byte", b"x"), ("a line", b"\n"), ("a web page", b"<html>")], "put before is", ("plain", "raised"))
def put_before(letter, what):
    return what + letter.data


@each([("an object that nothing needs", dict(objects={NUMBER: b"<</Hello(world)>>"})),
       ("a stream that nothing needs", dict(objects={NUMBER: BLACK})), ("nothing", dict(objects={})),
       ("an object of a number that was free", dict(objects={0: b"<<>>"})),
       ("a comment before the table", dict(objects={NUMBER: b"<<>>"}, before=b"% hello\n")),
       ("NULs before the table", dict(objects={NUMBER: b"<<>>"}, before=b"\0" * 100)),
       ("an object that no table lists", dict(objects={}, before=b"900 0 obj\n<<>>\nendobj\n"))],
      "an update brings", ALL)
def update_brings(letter, arguments):
    return letter.update(**arguments)


@attack("two letters in one file")
def two_letters(letter):
    return letter.data + letter.other.data


@attack("the beginning of one letter and the end of another")
def two_halves(letter):
    at = letter.data.index(b"/Contents<")
    return letter.other.data[:letter.other.data.index(b"/Contents<")] + letter.data[at:]


@attack("cut off behind the signature")
def cut_off(letter):
    return letter.data[:letter.data.index(b"endobj", letter.data.index(b"/Contents<"))]


# -- shadow: the signer was shown one thing, and signed a file in which another waits


@each([("hide: the picture on top is taken away", dict(free=[9])),
       ("hide: it is another kind of object", dict(objects={9: b"<</Type/Metadata/Subtype/XML/Length 0>>\nstream\n\nendstream"})),
       ("hide: it is empty", dict(objects={9: b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Length 0>>\nstream\n\nendstream"})),
       ("hide: the page shows it no more", dict(objects={3: b"PAGE/Contents 10 0 R>>"})),
       ("hide: its layer is off", dict(objects={1: b"ROOT/OCProperties<</OCGs[12 0 R]/D<</OFF[12 0 R]>>>>>>"})),
       ("hide: its annotation is hidden", dict(objects={11: b"<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/F 2>>"})),
       ("replace: the font", dict(objects={13: b"<</Type/Font/Subtype/Type1/BaseFont/Symbol>>"})),
       ("replace: a field's value", dict(objects={14: b"<</FT/Tx/T(Sum)/V(9 999)/Type/Annot/Subtype/Widget/Rect[0 0 9 9]>>"})),
       ("replace: a field's look", dict(objects={15: BOX})),
       ("replace: fields are drawn anew", dict(objects={1: b"ROOT/AcroForm<</SigFlags 3/Fields[6 0 R 14 0 R]"
                                                           b"/NeedAppearances true>>>>"})),
       ("replace: an attached file", dict(objects={16: BLACK})),
       ("hide and replace: the other page of the signed part", dict(offsets={3: "17 0 obj"})),
       ("hide and replace: the other words of the signed part", dict(offsets={10: "18 0 obj"})),
       ("hide and replace: an object inside a stream", dict(offsets={10: "10 0 obj\n<</Inside"})),
       ("hide and replace: the other root", dict(trailer=b"/Root 19 0 R")),
       ("hide and replace: the other title", dict(trailer=b"/Info 3 0 R")),
       ("hide and replace: what the signed part refers to and lacks", dict(objects={20: BLACK}))],
      "shadow,", ("shadow",))
def shadow(letter, arguments):
    arguments = dict(arguments)
    if "offsets" in arguments:
        arguments["offsets"] = {n: letter.data.index(b"\n" + text.encode()) + 1 for n, text in arguments["offsets"].items()}
    whole = {b"PAGE": re.sub(rb"/Contents.*", b"", letter.body(3), flags=re.S), b"ROOT": letter.body(1)[:-2]}
    objects = {number: re.sub(rb"^(PAGE|ROOT)", lambda found: whole[found.group(1)], body)
               for number, body in arguments.pop("objects", {}).items()}
    return letter.update(objects, **arguments)


@attack("shadow, hide and replace: the end names a table inside the signed part", ("shadow",))
def shadow_table(letter):
    return letter.data + b"startxref\n%d\n%%%%EOF\n" % (letter.data.index(b"\nxref INSIDE") + 1)
