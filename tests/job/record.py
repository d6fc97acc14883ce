"""record.py COMMAND FILE... - looks at the database of a record, or makes it one of another version.

letters FILE...      prints each letter's line, but for what a run may note anew without a change
older VERSION FILE   takes it back to that version of the schema: what came later is dropped
schema FILE          prints its tables' columns and what is unique in them
newer FILE           makes it one of a version that nobody knows yet
"""

import sqlite3
import sys

# What each version added, newest first: (table, column)…
ADDED = {
    11: [("shape", "pieces")],
    10: [("letter", "edition")],
    9: [("run", "counts")],
    8: [("letter", name) for name in ("salt", "made", "gone")]
    + [("failed", "salt")]
    + [
        ("run", name)
        for name in ("stale", "listed", "since", "whole", "origin", "source", "missing", "joining")
    ],
    7: [("letter", "level")],
    6: [("letter", name) for name in ("seen", "derived", "inferred", "late")],
    5: [("letter", f"{kind}_{what}") for kind in ("pdf", "html", "txt") for what in ("at", "crc")]
    + [("run", "archive_size")],
    4: [("letter", "sha256"), ("letter", "template")],
    3: [("run", name) for name in ("archive", "archive_length", "archive_mtime")],
    2: [("letter", name) for name in ("merge_warnings", "stamp", "surroundings", "person")],
}
KEPT = (
    "id, folder, hex(key), (SELECT hex(hash) FROM basis WHERE number=basis),"
    " (SELECT hex(hash) FROM shape WHERE number=shape), hex(fields), pages, {recalled}, warnings,"
    " pdf_size, hex(pdf_hash), html_size, hex(html_hash), txt_size, hex(txt_hash)"
)


def version_of(base):
    return base.execute("PRAGMA user_version").fetchone()[0]


# What version 6 calls recalled was called otherwise before.
def letters(path):
    base = sqlite3.connect(path)
    kept = KEPT.format(recalled="recalled" if version_of(base) >= 6 else "unconfirmed")
    for row in base.execute(f"SELECT {kept} FROM letter ORDER BY id"):
        print(*row, sep="|")


# Of a line "LINE TAG FILE<tab>WORDS".
def old_line(line):
    head, words = line.split(b"\t", 1)
    number, tag, file = head.split(b" ", 2)
    return b"%s %s %032d %s\t%s" % (tag, number, 0, file, words)


# Before version 11 each shape was whole, and its lines had the words' hash.
def make_whole(base):
    text_of = dict(base.execute("SELECT number, text FROM piece"))
    for shape, pieces in base.execute("SELECT number, pieces FROM shape WHERE text IS NULL").fetchall():
        text = b"".join(text_of[int(piece)] for piece in pieces.split(","))
        lines = text.split(b"\n")
        blocks = lines.index(b"")
        lines[:blocks] = map(old_line, lines[:blocks])
        base.execute("UPDATE shape SET text=? WHERE number=?", (b"\n".join(lines), shape))
    base.execute("DROP TABLE piece")


def older(version, path):
    base = sqlite3.connect(path)
    if version < 11 <= version_of(base):
        make_whole(base)
    for step in sorted(ADDED, reverse=True):
        for table, column in ADDED[step] if version < step <= version_of(base) else []:
            base.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    if version < 6 <= version_of(base):
        base.execute("ALTER TABLE letter RENAME COLUMN recalled TO unconfirmed")
    base.execute(f"PRAGMA user_version={version}")
    base.commit()


def newer(path):
    base = sqlite3.connect(path)
    base.execute("PRAGMA user_version=99")
    base.commit()


def schema(path):
    base = sqlite3.connect(path)
    print(version_of(base))
    for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name"):
        print(table, *base.execute(f"PRAGMA table_info({table})"), sep="\n  ")
        print(*base.execute(f"PRAGMA index_list({table})"), sep="\n")

command, arguments = sys.argv[1], sys.argv[2:]
if command == "letters":
    for file in arguments:
        letters(file)
elif command == "older":
    older(int(arguments[0]), arguments[1])
elif command == "schema":
    schema(arguments[0])
else:
    newer(arguments[0])
