"""bound.py SET... - what the approvals of each folder of letters are bound to, a line for all that no
library decides and one for looks: of each letter or, for a name with a slash, of all in the folder."""

import hashlib
import os
import sqlite3
import sys

HASH = 16  # bytes; a blob is a number, the key and the concerns, looks the last of them


def rows(folder):
    base = sqlite3.connect(os.path.join(folder, ".lettermerge.approvals.db"))
    for name, blob in base.execute("SELECT id, content FROM approval ORDER BY id"):
        yield name, blob[1 + HASH : -HASH], blob[-HASH:]


def show(kind, name, *parts):
    print(kind, name, hashlib.sha256(b"".join(parts)).hexdigest()[:16])


for folder in sys.argv[1:]:
    letters = list(rows(folder))
    if "/" in folder:
        name = os.path.dirname(folder)
        show("bound", name, *(bound for _, bound, _ in letters))
        show("looks", name, *(looks for _, _, looks in letters))
        continue
    for letter, bound, looks in letters:
        show("bound", f"{folder}/{letter}", bound)
        show("looks", f"{folder}/{letter}", looks)
