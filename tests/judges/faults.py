"""Faults of readers, each in a page that nobody's typesetter made: letters of Helvetica that say others (ISO 32000-1 9.10.3).

    faults.py --write FOLDER    FOLDER/NAME/page.pdf of each fault, for texts.sh
    faults.py FOLDER            what the readers gave: the fault, or it is mended

A page is one line. "drawn" are its strings from the left as the eye meets them, a font and a place each, in the order of the
drawing; each character is a glyph that says it, signs over letters and signs that are not seen of no width. The text is "meant"
whatever way it is drawn. Of what a reader gives "less" is pinned, so that a reader that is mended is found here.
docs/scripts.md says which cells of its tables these account for.
"""
import pathlib
import sys
import unicodedata

SIZE = 20
UNSEEN = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])

# name, reader, drawn: [(font, from the left in em, text as it meets the eye)], meant, less
FAULTS = [
    ("comma", "pdftotext", [(1, 2, "ריחמב ,תומוקמ")], "מקומות, במחיר", "מקומות ,במחיר"),
    ("stop", "pdftotext", [(1, 2, "ןושאר .2024 תנש")], "שנת 2024. ראשון", "שנת  .2024ראשון"),
    ("maqaf", "pdftotext", [(1, 2, "דע 1850־מ")], "מ־1850 עד", "מ־ 1850עד"),
    ("hours", "pdftotext", [(1, 2, "תועש 17:00–9:30 ןיב")], "בין 9:30–17:00 שעות", "בין  17:00–9:30שעות"),
    ("bracket", "pdftotext", [(1, 2, "םירפסה דיריל םויב Hall (west) םלואב ךרעייש דיריל")],
     "יריד שייערך באולם Hall (west) ביום ליריד הספרים", "יריד שייערך באולם ) Hall (westביום ליריד הספרים"),
    ("joiner", "pdfjs", [(1, 2, "مینک\u200cیم")], "می\u200cکنیم", "میکنیم"),
    ("neutral", "pdfjs", [(1, 4, "ةبيرض"), (2, 2.8, ")%")], "ضريبة%)", "ضريبة)%"),
    ("vowel", "pdfjs", [(1, 2, "\u0650باتكلا \u0650ضرعم")], "معرضِ الكتابِ", "معرض ِ الكتابِ"),
    ("direction", "pdfjs", [(1, 3.2, " לצרה"), (2, 2, "12")], "הרצל 12", "הרצל12"),
    ("am", "pdfjs", [(1, 2, "ນຳ")], "ນຳ", "ນໍາ"),
    ("mirrored", "pdfbox", [(1, 2, ")תישילש םעפ( דירי")], "יריד (פעם שלישית)", "יריד )פעם שלישית("),
    ("pieces", "pdfbox", [(1, 8, "דובכל "), (1, 4.3, "העונ")], "לכבוד נועה", "נועה לכבוד"),
    ("visual", "mutool", [(1, 2, "םולש")], "שלום", "םולש"),
    ("visual", "pdfminer", [(1, 2, "םולש")], "שלום", "םולש"),
]


def width(character):
    return 0 if unicodedata.category(character) in ("Mn", "Cf") else 600


def stream(text):
    return f"<</Length {len(text)}>>stream\n{text}\nendstream"


def to_unicode(codes):
    lines = "".join(f"<{code:02X}><{character.encode('utf-16-be').hex()}>\n" for character, code in codes.items())
    return stream("/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/Says def/CMapType 2 def\n"
                  f"1 begincodespacerange<00><FF>endcodespacerange\n{len(codes)} beginbfchar\n{lines}endbfchar\n"
                  "endcmap CMapName currentdict/CMap defineresource pop end end")


def font_of(codes, says):
    widths = " ".join(str(width(character)) for character in codes)
    return (f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/FirstChar 65"
            f"/LastChar {64 + len(codes)}/Widths[{widths}]/ToUnicode {says} 0 R>>")


def page_of(drawn):
    codes = {1: {}, 2: {}}
    content = ""
    for font, left, text in drawn:
        known = codes[font]
        for character in text:
            known.setdefault(character, 65 + len(known))
        shown = "".join(f"{known[character]:02X}" for character in text)
        content += f"BT /F{font} {SIZE} Tf {left * SIZE:g} 100 Td <{shown}> Tj ET\n"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>",
               stream(content), font_of(codes[1], 7), font_of(codes[2], 8), to_unicode(codes[1]), to_unicode(codes[2])]
    out, places = "%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n")


def read(folder, name, reader):
    text = (folder / name / f"page.{reader}.txt").read_text().translate(UNSEEN)
    return " ".join(text.replace("\f", " ").split(" ")).strip().replace("\n", "")


def main():
    folder = pathlib.Path(sys.argv[-1])
    if sys.argv[1] == "--write":
        for name, _, drawn, *_ in FAULTS:
            (folder / name).mkdir(parents=True, exist_ok=True)
            (folder / name / "page.pdf").write_text(page_of(drawn), encoding="ascii")
        return
    bad = 0
    for name, reader, _, meant, less in FAULTS:
        given = read(folder, name, reader)
        if given == meant:
            print(f"{reader} is mended: {name} is read as it is meant; the table of docs/scripts.md may say more")
        elif given != less:
            print(f"{reader} reads {name} as {ascii(given)} = {given}, and not as {ascii(less)}")
        bad += given != less or given == meant
    print(f"{len(FAULTS)} faults of readers, as they are known")
    sys.exit(1 if bad else 0)


main()
