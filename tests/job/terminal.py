"""terminal.py PROGRAM EXAMPLES - what a terminal of 80 columns shows: how far a run is, of every source of records, on one line that goes when it is
done; and tables none of whose lines is broken. TAP.
"""

import fcntl
import os
import pty
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import termios

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tap import ENVIRONMENT, check, finish, write  # noqa: E402

PROGRAM, EXAMPLES = (os.path.abspath(path) for path in sys.argv[1:3])
MANY, WIDTH = 450, 80
LETTER = ('<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T</title>'
          '<fields><declare name="name"/></fields><p>Dear <field name="name"/></p></letter>')
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1"%s><name>Name %d</name></recipient>'
folder = tempfile.mkdtemp(prefix="lettermerge-terminal-", dir="/tmp")
environment = {**ENVIRONMENT, "XDG_CONFIG_HOME": folder, "TERM": "xterm", "LETTERMERGE_EXAMPLES": EXAMPLES}


def on_terminal(*arguments, cwd=folder):
    """What a terminal is sent on both streams, and the exit code."""
    screen, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, WIDTH, 0, 0))
    run = subprocess.Popen([PROGRAM, *arguments], cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=end, stderr=end)
    os.close(end)
    said = b""
    while True:
        try:
            more = os.read(screen, 65536)
        except OSError:  # nobody writes any more
            break
        if not more:
            break
        said += more
    os.close(screen)
    return said.decode(), run.wait()


def write_sources():
    write(folder, "templates/letter.xml", LETTER)
    for i in range(MANY):
        write(folder, f"recipients/n{i:03}.xml", RECORD % ("", i))
    write(folder, "many.xml", '<recipients xmlns="urn:lettermerge:recipient:1">%s</recipients>'
          % "".join((RECORD % (f' id="n{i}"', i)).replace(' xmlns="urn:lettermerge:recipient:1"', "") for i in range(MANY)))
    write(folder, "rows.csv", "id,name\n" + "".join(f"n{i},Name {i}\n" for i in range(MANY)))
    write(folder, "rows.jsonl", "".join('{"id":"n%d","name":"Name %d"}\n' % (i, i) for i in range(MANY)))
    rows = sqlite3.connect(os.path.join(folder, "rows.db"))
    rows.execute("CREATE TABLE recipients(id TEXT, name TEXT)")
    rows.executemany("INSERT INTO recipients VALUES(?, ?)", [(f"n{i}", f"Name {i}") for i in range(MANY)])
    rows.commit()
    rows.close()


def how_far(source, count):
    said, code = on_terminal("check", "--no-pages", "--recipients", source)
    drawn = [line for line in said.split("\r") if line.startswith("[")]
    check(code == 0 and drawn and all(len(line) < WIDTH and "\n" not in line for line in drawn), source + ": how far it is, on one line", said, code)
    check(any(line.endswith(f" of {count}" if count else "] 400") for line in drawn), source + ": how many", drawn[-3:])
    check(f"{MANY} records checked" in said.split("\r\033[K")[-1], source + ": and it goes", said[-300:])
    quiet, code = on_terminal("check", "--no-pages", "-q", "--recipients", source)
    check(code == 0 and "\r[" not in quiet and not quiet.startswith("["), source + ": and never with -q", quiet)


def init(example):
    place = os.path.join(folder, example)
    said, code = on_terminal("init", example, place)
    check(code == 0, "init " + example, said)
    return place


def with_long_names():
    place, name = os.path.join(folder, "long"), "a-name-of-fifty-characters-that-nobody-would-type-at-all"
    write(place, "templates/letter.xml", LETTER.replace('name="name"', f'name="{name}"').replace("/></fields>", ' label="What people call it, which is as long as that again, and a little more"/></fields>'))
    write(place, f"recipients/{name}.xml", RECORD.replace("name", name) % ("", 1))
    return place


TABLES = (["fields"], ["config"], ["fonts"])
LINES = (["status", "--no-sign"], ["batch", "--no-sign"], ["approve", "--all", "--by", "Al"], ["approve"], ["log"])


def fits(example, place, commands):
    for command in commands:
        said, code = on_terminal(*command, cwd=place)
        wide = [line for line in said.replace("\r\033[K", "\n").replace("\r", "\n").split("\n") if len(line) > WIDTH]
        check(code == 0 and not wide, f"{example}: {' '.join(command)} fits {WIDTH} columns", wide, code)


try:
    write_sources()
    how_far("recipients", MANY)
    for name in ("many.xml", "rows.csv", "rows.jsonl", "rows.db"):
        how_far(name, 0)
    for name in sorted(os.listdir(EXAMPLES)):
        if os.path.isdir(os.path.join(EXAMPLES, name)):
            fits(name, init(name), TABLES + LINES)
    fits("long names", with_long_names(), TABLES)
finally:
    shutil.rmtree(folder, ignore_errors=True)
finish()
