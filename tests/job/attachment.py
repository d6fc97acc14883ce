"""attachment.py PROGRAM - files that go with letters: as other programs take them out of the PDF (poppler, qpdf), what makes
a letter anew or voids its approval, what is refused by name, what verify says. TAP."""
import json, os, pathlib, subprocess, sys, tempfile, zipfile

program = sys.argv[1]
LETTER = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2026-05-07">
<title>Forms</title><fields><declare name="name" type="text"/><declare name="form" type="text" required="no"/></fields>
<salutation>Dear <field name="name"/>,</salutation><p>Two forms go with it.</p>
<enclosures>%s</enclosures></letter>"""
TABLE = "id,name,form\nann,Ann,yes\nben,Ben,\n"
PDF = b"%PDF-1.7\n% no real one\n"


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def project(folder, enclosures, files):
    put(folder, "templates/letter.xml", LETTER % enclosures)
    put(folder, "people.csv", TABLE)
    for name, content in files.items():
        put(folder, "templates/" + name, content)


def run(folder, *arguments):
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder / ".config"), "HOME": str(folder)}
    done = subprocess.run([program, *arguments], cwd=folder, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def batch(folder, *more):
    return run(folder, "batch", "-q", "-r", "people.csv", *(more or ("--no-sign",)))


def taken_out(folder, letter):
    """Name: bytes, by poppler."""
    into = folder / "taken"
    into.mkdir(exist_ok=True)
    for old in into.iterdir():
        old.unlink()
    subprocess.run(["pdfdetach", "-saveall", "-o", into, folder / "out" / letter], check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in into.iterdir()}


def objects(folder, letter):
    done = subprocess.run(["qpdf", "--json=1", folder / "out" / letter], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["objects"]


def specifications(folder, letter):
    """In the order of the name tree: name, what it is to the letter, title, type, size."""
    all_objects = objects(folder, letter)
    find = lambda value: all_objects.get(value, value) if isinstance(value, str) else value
    catalog = find(all_objects["trailer"]["/Root"])
    names = find(find(catalog["/Names"])["/EmbeddedFiles"])["/Names"]
    found = []
    for spec in map(find, names[1::2]):
        stream = find(find(spec["/EF"])["/F"])
        found.append((spec["/UF"], spec["/AFRelationship"], spec["/Desc"], stream["/Subtype"][1:].replace("#2f", "/"), find(stream["/Params"])["/Size"]))
    return found if names[::2] == [spec[0] for spec in found] and len(catalog["/AF"]) == len(found) else None


def they_come_out_byte_for_byte(folder):
    project(folder, '<line>A map</line><attachment file="forms/form.pdf" title="Form of {name}"/>'
            '<if field="form"><attachment file="Ärger.txt" title="More"><em>See</em> there</attachment></if>',
            {"forms/form.pdf": PDF, "Ärger.txt": "ä\n"})
    code, said = batch(folder, "--no-sign", "--also", "text,html")
    if code or said:
        return said
    if taken_out(folder, "ann.pdf") != {"form.pdf": PDF, "Ärger.txt": "ä\n".encode()} or \
            taken_out(folder, "ben.pdf") != {"form.pdf": PDF}:
        return "others come out"
    if specifications(folder, "ann.pdf") != [("form.pdf", "/Unspecified", "Form of Ann", "application/pdf", len(PDF)),
                                             ("Ärger.txt", "/Unspecified", "More", "text/plain", 3)]:
        return str(specifications(folder, "ann.pdf"))
    text = (folder / "out/ann.txt").read_text()
    page = (folder / "out/ann.html").read_text()
    return None if "A map\nForm of Ann\nSee there\n" in text and "<em>See</em> there" in page else text


def zipped(*names, first=None):
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w") as archive:
            if first:
                archive.writestr("mimetype", first)
            for name in names:
                archive.writestr(name, "x")
        file.seek(0)
        return file.read()


OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": (PDF, "application/pdf"), "png": (b"\x89PNG\r\n\x1a\n....", "image/png"), "jpg": (b"\xff\xd8\xff\xe0", "image/jpeg"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "application/x-ole-storage"),
    "docx": (zipped("[Content_Types].xml", "word/document.xml"), OFFICE + "wordprocessingml.document"),
    "xlsx": (zipped("[Content_Types].xml", "xl/workbook.xml"), OFFICE + "spreadsheetml.sheet"),
    "odt": (zipped("content.xml", first="application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"),
    "strange": (zipped("a", first="Not A Type"), "application/zip"), "zip": (zipped("a"), "application/zip"),
    "csv": ("a;b\n", "text/csv"), "xml": ("\ufeff<?xml version='1.0'?><a/>", "application/xml"),
    "svg": ("<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"), "ics": ("BEGIN:VCALENDAR\r\n", "text/calendar"),
    "exe": (b"MZ\0\0", "application/octet-stream"), "empty": (b"", "application/octet-stream"),
    "latin": ("Müller".encode("latin-1"), "application/octet-stream"), "txt": (b"PK\3", "application/octet-stream"),
    "short": (zipped("a", first="text/plain")[:40], "application/zip"),
}


def the_type_is_that_of_the_bytes(folder):
    project(folder, "".join(f'<attachment file="f-{name}.{name}" title="F"/>' for name in TYPES),
            {f"f-{name}.{name}": content for name, (content, _) in TYPES.items()})
    code, said = batch(folder)
    if code or said:
        return said
    found = {name[2:].split(".")[0]: kind for name, _, _, kind, _ in specifications(folder, "ann.pdf") or []}
    wrong = {name: found.get(name) for name, (_, kind) in TYPES.items() if found.get(name) != kind}
    return str(wrong) if wrong else None


def names_stand_in_the_order_of_their_bytes(folder):
    names = ["b.txt", "a.txt", "ä.txt", "\U0001F600.txt", "\uFF21.txt", "aa.txt", "Ω.txt"]
    project(folder, "".join(f'<attachment file="{name}" title="F"/>' for name in names), {name: name for name in names})
    code, said = batch(folder)
    raw = lambda name: name.encode() if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")
    found = [spec[0] for spec in specifications(folder, "ann.pdf") or []]
    return None if not code and found == sorted(names, key=raw) else said + str(found)


def a_file_of_each_recipient(folder):
    project(folder, '<attachment file="own/{name}.txt" title="Yours"/>', {"own/Ann.txt": "for Ann", "own/Ben.txt": "for Ben"})
    code, said = batch(folder)
    both = taken_out(folder, "ann.pdf"), taken_out(folder, "ben.pdf")
    return None if not code and both == ({"Ann.txt": b"for Ann"}, {"Ben.txt": b"for Ben"}) else said + str(both)


def what_is_refused(folder):
    cases = {
        "E-ATTACHMENT-READ": ('<attachment file="gone.pdf" title="F"/>', "gone.pdf", {}),
        "E-ATTACHMENT-NAME": ('<attachment file="a/f.pdf" title="F"/><attachment file="b/f.pdf" title="F"/>', "f.pdf",
                              {"a/f.pdf": "a", "b/f.pdf": "b"}),
        "E-ATTRIBUTE-VALUE": ('<attachment file="f.pdf" title=" "/>', "title", {"f.pdf": "a"}),
        "E-ATTRIBUTE-MISSING": ('<attachment file="f.pdf"/>', "title", {"f.pdf": "a"}),
        "E-ELEMENT-MISPLACED": ('</enclosures><attachment file="f.pdf" title="F"/><enclosures><line>x</line>', "enclosures", {"f.pdf": "a"}),
    }
    for code, (enclosures, named, files) in cases.items():
        project(folder, enclosures, files)
        for command in ("check", "batch"):
            done, said = run(folder, command, "-r", "people.csv", *(["--no-sign"] if command == "batch" else []))
            if done != 1 or code not in said or named not in said or list(folder.glob("out/*.pdf")):
                return f"{code}: {done} {said}"
    project(folder, '<attachment file="." title="F"/>', {})
    done, said = batch(folder)
    return None if done == 1 and "E-ATTACHMENT-READ" in said else said


def one_letter_s_file_stops_that_letter_alone(folder):
    project(folder, '<attachment file="own/{name}.txt" title="Yours"/>', {"own/Ann.txt": "for Ann"})
    done, said = batch(folder)
    made = [path.name for path in folder.glob("out/*.pdf")]
    return None if done == 1 and "own/Ben.txt" in said and made == ["ann.pdf"] else said + str(made)


def too_large(folder):
    project(folder, '<attachment file="a.bin" title="F"/><attachment file="b.bin" title="F"/>', {})
    for sizes, good in (((60, 40), True), ((60, 41), False), ((101, 1), False)):
        for name, size in zip(("a.bin", "b.bin"), sizes):
            with open(folder / "templates" / name, "wb") as file:
                file.truncate(size * 1000 * 1000)
        code, said = run(folder, "check", "-r", "people.csv")
        if good != (code == 0) or not good and ("E-ATTACHMENT-SIZE" not in said or f"{sum(sizes) if sizes[0] < 100 else 101} MB" not in said):
            return f"{sizes}: {code} {said}"
    return None


def the_same_twice_is_there_once(folder):
    project(folder, '<attachment file="a.txt" title="F"/><attachment file="a.txt" title="G"/>', {"a.txt": "a"})
    code, said = batch(folder)
    return None if not code and taken_out(folder, "ann.pdf") == {"a.txt": b"a"} else said


def what_changed_is_made_again(folder):
    project(folder, '<if field="form"><attachment file="a.txt" title="F"/></if><line>x</line>', {"a.txt": "a"})
    batch(folder)
    put(folder, "templates/a.txt", "b")
    code, said = run(folder, "status", "-r", "people.csv")
    if "ann.pdf: to be written: file \"a.txt\" changed" not in said or "1 to be written, 1 unchanged" not in said:
        return said
    batch(folder)
    (folder / "templates/a.txt").rename(folder / "templates/b.txt")
    put(folder, "templates/letter.xml", (folder / "templates/letter.xml").read_text().replace("a.txt", "b.txt"))
    batch(folder)
    return None if taken_out(folder, "ann.pdf") == {"b.txt": b"b"} else "its name is the old one"


def an_approval_is_of_its_files(folder):
    project(folder, '<attachment file="a.txt" title="F"/>', {"a.txt": "a"})
    run(folder, "approve", "ann", "-r", "people.csv", "--by", "Jo")
    put(folder, "templates/a.txt", "b")
    code, said = run(folder, "status", "-r", "people.csv", "--approvals", "1")
    if "attached files changed" in said:
        return None
    code, more = run(folder, "batch", "-r", "people.csv", "--no-sign", "--require-approval")
    return None if "attached files changed" in more else said + more


def the_source_s_names_are_taken(folder):
    project(folder, '<attachment file="letter.txt" title="F"/><attachment file="record.xml" title="F"/>',
            {"letter.txt": "a", "record.xml": "<a/>"})
    code, said = batch(folder, "--no-sign", "--attach-source")
    if code != 1 or "E-ATTACHMENT-NAME" not in said or "record.xml" not in said:
        return said
    project(folder, '<attachment file="letter.txt" title="F"/>', {})
    code, said = batch(folder, "--no-sign", "--attach-source")
    found = set(taken_out(folder, "ann.pdf"))
    return None if code == 0 and found == {"letter.txt", "letter.xml", "record.xml"} else said + str(found)


def verify_names_them_and_covers_them(folder):
    project(folder, '<attachment file="a.txt" title="The rules"/>', {"a.txt": "a" * 1000})
    run(folder, "identity", "new", "Jo Doe")
    code, said = batch(folder, "--also", "text")
    root = folder / ".config/lettermerge/identity.pem"
    code, told = run(folder, "verify", "--trust", str(root), "out/ann.pdf")
    if code or 'with it goes "a.txt", "The rules", 1000 bytes' not in told:
        return said + told
    code, told = run(folder, "verify", "--diag", "json", "--trust", str(root), "out/ann.pdf")
    if json.loads(told.splitlines()[0])["files"] != [{"name": "a.txt", "title": "The rules", "bytes": 1000}]:
        return told
    letter = folder / "out/ann.pdf"
    at = letter.read_bytes().index(b"/EmbeddedFile/")
    bent = letter.read_bytes()
    at = bent.index(b"stream\n", at) + 9
    letter.write_bytes(bent[:at] + bytes([bent[at] ^ 1]) + bent[at + 1:])
    code, told = run(folder, "verify", "--trust", str(root), "out/ann.pdf")
    return None if code == 1 and "with it goes" not in told else told


def standards(folder):
    project(folder, '<attachment file="a.txt" title="F"/>', {"a.txt": "a"})
    for standard, claims in (("ua1+a2", ("<pdfaid:part>3<", "<pdfaid:conformance>A<")), ("ua2+a4", ("<pdfaid:part>4<", "<pdfaid:conformance>F<"))):
        batch(folder, "--no-sign", "--standard", standard)
        letter = (folder / "out/ann.pdf").read_bytes().decode("latin-1")
        if not all(claim in letter for claim in claims):
            return standard
    return None


cases = [they_come_out_byte_for_byte, the_type_is_that_of_the_bytes, names_stand_in_the_order_of_their_bytes,
         a_file_of_each_recipient, what_is_refused, one_letter_s_file_stops_that_letter_alone, too_large,
         the_same_twice_is_there_once, what_changed_is_made_again, an_approval_is_of_its_files,
         the_source_s_names_are_taken, verify_names_them_and_covers_them, standards]
print(f"1..{len(cases)}")
bad = 0
for number, case in enumerate(cases, 1):
    with tempfile.TemporaryDirectory() as folder:
        fault = case(pathlib.Path(folder))
    bad += fault is not None
    if fault is not None:
        print("".join(f"# {line}\n" for line in str(fault).splitlines()), end="")
    print(f"{'not ok' if fault is not None else 'ok'} {number} - {case.__name__.replace('_', ' ')}")
sys.exit(bad > 0)
