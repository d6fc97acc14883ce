"""compact.py PROGRAM - the table of a compact letter of very many objects, read anew: each stands where the table says."""

import os
import re
import subprocess
import sys
import tempfile
import zlib

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from tap import ENVIRONMENT, check, finish, write  # noqa: E402

PROGRAM, ITEMS = os.path.abspath(sys.argv[1]), 17000


def stream(file, at):
    """The dictionary of the stream that begins there, and its bytes."""
    head, body = file[at:].split(b"stream\r\n", 1)
    return head, zlib.decompressobj().decompress(body)


def rows(file):
    """Of the table, whose rows say what they are more than the one above."""
    head, data = stream(file, int(re.findall(rb"startxref\n(\d+)", file)[-1]))
    widths = [int(width) for width in re.search(rb"/W\[(\d+) (\d+) (\d+)\]", head).groups()]
    above, found = bytes(sum(widths)), []
    for at in range(0, len(data), len(above) + 1):
        above = bytes((new + old) & 255 for new, old in zip(data[at + 1:], above))
        ends = (0, widths[0], widths[0] + widths[1], len(above))
        found.append([int.from_bytes(above[a:b], "big") for a, b in zip(ends, ends[1:])])
    return found


with tempfile.TemporaryDirectory(prefix="lettermerge-compact-") as folder:
    write(folder, "templates/letter.xml", '<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" style="style.xml"><title>L</title>'
          '<fields><declare name="name"/></fields><p><field name="name"/></p><ul>' + "<li>a</li>" * ITEMS + "</ul></letter>")
    write(folder, "templates/style.xml", '<style xmlns="urn:lettermerge:style:1"><page most-pages="2000"/></style>')
    write(folder, "recipients/ann.xml", '<recipient xmlns="urn:lettermerge:recipient:1"><name>Ann</name></recipient>')
    done = subprocess.run([PROGRAM, "batch", "-q", "--no-sign", "--compact"], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True)
    check(done.returncode == 0, "a letter of %d items is made" % ITEMS, done.stderr)
    with open(os.path.join(folder, "out", "ann.pdf"), "rb") as file:
        letter = file.read()
    table = rows(letter)
    packed = [(id, row) for id, row in enumerate(table) if row[0] == 2]
    check(len(packed) > 65535, "more objects than two bytes count are in its stream", len(packed))
    head, data = stream(letter, table[packed[0][1][1]][1])
    ids = [int(word) for word in data[:int(re.search(rb"/First (\d+)", head).group(1))].split()[::2]]
    wrong = [id for id, row in packed if row[2] >= len(ids) or ids[row[2]] != id]
    check(not wrong, "each is where the table says", len(wrong), wrong[:9])
finish()
