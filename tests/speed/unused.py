"""unused.py PROGRAM ROOT - what the letter to the commissioners pays for what it does not use: the instructions a letter of
the functions that look whether there is any, by Callgrind (Debian: valgrind). By hand: it takes a minute or two. Its table is
tests/speed/unused.md."""

import pathlib
import re
import subprocess
import sys
import tempfile

program, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
COPIES = 20
ASKS = [
    ("files that go along", "take_attachments", "attach_write"),
    ("numbered headings", "number_headings"),
    ("what is kept together", "flow_keep"),
    ("a tail", "flow_mark_tail"),
    ("a word across the page", "watermark_place"),
    ("footers", "footer_make_room", "footer_place"),
    ("frames and backgrounds", "backing_check"),
    ("codes, drawings, slips, signatures side by side, information block", "flow_barcode", "svg_read", "flow_slip", "flow_signatures",
     "flow_information", "fix_information"),
    ("all of a letter", "batch_work"),
]


def instructions(folder):
    """By function, with what it calls; the letters."""
    (folder / "recipients").mkdir()
    for record in root.glob("recipients/*.xml"):
        text = re.sub(r' id="[^"]*"', "", record.read_text())
        for copy in range(COPIES):
            (folder / "recipients" / f"{record.stem}-{copy}.xml").write_text(text.replace("<postcode", f"<!--{copy}--><postcode", 1))
    subprocess.run(["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={folder}/callgrind", program, "batch",
                    "-t", root / "templates/vru-letter.xml", "-r", folder / "recipients", "-o", folder / "out", "-q", "-j1", "--no-sign"],
                   check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    lines = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", folder / "callgrind"],
                           check=True, capture_output=True, text=True).stdout
    found = re.findall(r"^ *([\d,]+) .*?/src/[\w/]+\.c:(\w+)", lines, re.M)
    most = {}
    for count, name in found:
        most[name] = max(most.get(name, 0), int(count.replace(",", "")))
    return most, len(list((folder / "out").glob("*.pdf")))


with tempfile.TemporaryDirectory() as scratch:
    counts, letters = instructions(pathlib.Path(scratch))
assert letters == 18 * COPIES and counts["batch_work"] > 1000000 * letters, (letters, counts.get("batch_work"))
print("| asked of each letter | instructions a letter |\n|---|--:|")
for what, *names in ASKS:
    print(f"| {what} | {round(sum(counts.get(name, 0) for name in names) / letters):,} |")
