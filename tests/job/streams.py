"""streams.py PROGRAM - what a command does with its standard streams: a letter written there; one that is full, closed, or that nobody reads any more, by
every command that there is; terminals, and those that can only print. TAP.
"""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tap import ENVIRONMENT, check, finish, write  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
LETTER = ('<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T</title>'
          '<fields><declare name="name"/></fields><p>Dear <field name="name"/></p></letter>')
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1"><name>%s</name></recipient>'
folder = tempfile.mkdtemp(prefix="lettermerge-streams-", dir="/tmp")
# Each says something on the standard output, in every form that it has. The last of each command need not be possible a second time.
COMMANDS = """
batch --no-sign --force
batch --no-sign --force -v
batch --no-sign --force -v --json
status --no-sign
status --no-sign --json
merge-record --no-sign -o parts
diff ann --style s.xml
diff ann --style s.xml --json
preview ben
preview ben --json
preview ben --text
preview ben -o -
preview --proof
preview --proof --json
make --jsonl --no-sign
approve ben
approve
approve --json
log
log --csv
log --json
confirm ann name --source x --date 2020-01-01
serve
check
check --json
check --explain E-SETTING
fields
fields --json
config
config --json
fonts
fonts --json
sign --level T --tsa http://127.0.0.1:1 --wait 0 --trust me-root.pem out/ann.pdf
verify --trust me-root.pem out/ann.pdf
verify --trust me-root.pem out/ann.pdf --json
receipt ann
identity show me.pem
identity show me.pem --json
identity new X --identity new.pem
init new
help
help options
help batch --man
completion bash
completion zsh
completion fish
forget ann --force
--help
--version
batch --help
""".strip().splitlines()


def run(*arguments, **more):
    more = {"capture_output": True, **more}
    return subprocess.run([PROGRAM, *arguments], cwd=folder, env={**ENVIRONMENT, "XDG_CONFIG_HOME": folder}, timeout=120, **more)


def project():
    write(folder, "templates/letter.xml", LETTER)
    write(folder, "s.xml", '<style xmlns="urn:lettermerge:style:1"><text size="14pt"/></style>')
    write(folder, "many.csv", "id,name\n" + "".join("n%d,N\n" % i for i in range(400)))
    for name in ("ann", "ben"):
        write(folder, "recipients/%s.xml" % name, RECORD % name.title())
    run("identity", "new", "Me", "--identity", "me.pem")
    run("batch", "--identity", "me.pem")
    run("batch", "--no-sign", "--shard", "1/1", "-o", "parts")
    run("approve", "ann")


def the_standard_output_is_a_letter():
    done = run("preview", "ann", "--out", "-")
    check(done.returncode == 0 and done.stdout.startswith(b"%PDF-") and done.stdout.rstrip().endswith(b"%%EOF"), "preview --out - writes the letter", done.stderr)
    run("preview", "ann", "--out", "x")
    with open(os.path.join(folder, "x", "preview", "ann.pdf"), "rb") as file:
        check(done.stdout == file.read(), "the same as to a file")
    check(not os.path.exists(os.path.join(folder, "-")), "and no file is left")
    done = run("preview", "--template", "-", "--out", "-", "ann", input=LETTER.encode())
    check(done.stdout.startswith(b"%PDF-"), "a template from the standard input", done.stderr)
    write(folder, "bad.csv", "id,name\nbad,\n")
    done = run("preview", "bad", "-r", "bad.csv", "-o", "-")
    check(done.returncode == 1 and not done.stdout and b"E-FIELD-BLANK" in done.stderr, "what cannot be made is not there", done.stderr)
    for arguments in (["batch", "--no-sign"], ["status", "--no-sign"], ["preview", "ann", "--png"], ["preview", "--proof"], ["preview", "ann", "--watch"],
                      ["make", "--jsonl", "--no-sign"], ["receipt", "ann"]):
        done = run(*arguments, "-o", "-")
        check(done.returncode == 2 and not done.stdout.startswith(b"%") and b"E-OUT-STREAM" in done.stderr + done.stdout, "not by " + " ".join(arguments), done.stdout, done.stderr)


def gone():
    """A pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def it_cannot_be_written():
    """Python has its children take SIGPIPE for what it is usually, which ends them; who leaves it ignored, as services do, has them told instead."""
    ways = {
        "full": ("No space left on device", lambda: os.open("/dev/full", os.O_WRONLY), {}),
        "closed": ("Bad file descriptor", lambda: None, {"preexec_fn": lambda: os.close(1)}),
        "left": ("Broken pipe", gone, {"restore_signals": False}),
    }
    kept = os.path.join(folder, "kept")
    shutil.copytree(os.path.join(folder, "out"), kept)
    names = {re.match("[a-z-]*", line).group() for line in COMMANDS}
    listed = re.findall(r"^  ([a-z-]+) ", run("help").stdout.decode().split("Commands:")[1], re.M)
    check(set(listed) <= names, "every command is tried", set(listed) - names)
    for name, (why, opened, more) in ways.items():
        wrong = []
        for line in COMMANDS:
            for made in ("new", "new.pem", "new-root.pem", "out"):
                path = os.path.join(folder, made)
                shutil.rmtree(path) if os.path.isdir(path) else os.path.exists(path) and os.unlink(path)
            shutil.copytree(kept, os.path.join(folder, "out"))
            output = opened()
            done = run(*line.split(), capture_output=False, stdout=output, stderr=subprocess.PIPE, input=b'"ann"\n', **more)
            if output is not None:
                os.close(output)
            said = done.stderr.decode()
            if done.returncode != 3 or said.count("E-STREAM-WRITE") != 1 or (why not in said and "a write failed" not in said):
                wrong.append("%s: %d %s" % (line, done.returncode, said))
        check(not wrong, "a standard output that is %s is a failure of each command, and said" % name, "\n".join(wrong))
    with open(os.path.join(folder, "letter.pdf"), "wb") as file:
        check(run("preview", "ben", "-o", "-", capture_output=False, stdout=file).returncode == 0, "one that is not, is none")


def streams_are_closed():
    """Not one of them becomes a file that is opened."""
    run("batch", "--no-sign", "-o", "plain")
    close = "exec <&- >&- 2>&-; exec \"$@\""
    done = subprocess.run(["sh", "-c", close, "sh", PROGRAM, "batch", "--no-sign", "-v", "-o", "closed"], cwd=folder, env={**ENVIRONMENT, "XDG_CONFIG_HOME": folder})
    same = all(open(os.path.join(folder, place, "ann.pdf"), "rb").read().startswith(b"%PDF-") for place in ("plain", "closed"))
    check(done.returncode == 3 and same and run("status", "--no-sign", "-o", "closed").stdout.startswith(b"0 to be written, 2 unchanged"), "letters are made with all three closed",
          done.returncode)
    done = run("check", "-r", "-", preexec_fn=lambda: os.close(0))
    check(done.returncode == 3 and b"E-FILE-READ" in done.stdout + done.stderr, "a standard input that is closed is told", done.stdout, done.stderr)


def on_a_terminal(terminal, *arguments):
    """All that a command prints there, and its exit code."""
    child, end = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execve(PROGRAM, [PROGRAM, *arguments], {**ENVIRONMENT, "TERM": terminal, "XDG_CONFIG_HOME": folder})
    shown = b""
    while select.select([end], [], [], 60)[0]:
        try:
            more = os.read(end, 65536)
        except OSError:
            break
        shown += more
        if not more:
            break
    return shown, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def terminals():
    check(b"\033[" in on_a_terminal("xterm", "check", "-r", "bad.csv")[0] and b"\r[" in on_a_terminal("xterm", "check", "-r", "many.csv")[0],
          "a terminal has colours, and a bar that moves")
    for command in (["check", "-r", "bad.csv"], ["check", "-r", "many.csv"], ["batch", "--no-sign", "-r", "many.csv", "-o", "many"], ["diff", "ann", "--style", "s.xml"]):
        shown = on_a_terminal("dumb", *command)[0]
        check(shown and b"\033" not in shown and b"\r[" not in shown, "TERM=dumb has neither: " + " ".join(command), shown)
    shown, code = on_a_terminal("xterm", "preview", "ann", "-o", "-")
    check(code == 2 and b"%PDF" not in shown, "no letter is poured over a terminal", shown)


try:
    project()
    the_standard_output_is_a_letter()
    it_cannot_be_written()
    streams_are_closed()
    terminals()
finally:
    shutil.rmtree(folder)
finish()
