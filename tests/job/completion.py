"""completion.py PROGRAM [BUILD] - what a shell offers after a few letters, asked of bash, zsh and fish themselves, and what an installation holds.

A shell that is not there is skipped, unless LETTERMERGE_TESTS_REQUIRE is set. Each gets the script that the program writes for it, and the words up to the
cursor; what it offers is held against the help. BUILD is a build folder, which is installed into a folder of the test's own.
"""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tap import check, finish  # noqa: E402

PROGRAM, *BUILDS = map(os.path.abspath, sys.argv[1:3])
ENVIRONMENT = {**os.environ, "PATH": os.path.dirname(PROGRAM) + ":" + os.environ["PATH"], "TERM": "dumb"}
# The words up to the cursor, what is among the offers, what is not.
CASES = [
    ("lettermerge ver", ["verify"], ["batch", "--version"]),
    ("lettermerge verify --man", ["--manifest"], ["--max"]),
    ("lettermerge verify --pr", [], ["--prune", "--proof"]),
    ("lettermerge batch --pr", ["--prune"], ["--proof"]),
    ("lettermerge preview essex --pr", ["--proof"], ["--prune"]),
    ("lettermerge batch --durability ", ["safe", "fast"], ["--prune"]),
    ("lettermerge sign --level L", ["LT", "LTA"], ["T"]),
    ("lettermerge help mer", ["merge-record"], []),
    ("lettermerge completion z", ["zsh"], ["bash"]),
    ("lettermerge verify let", ["letter.pdf"], ["folder"]),
    ("lettermerge batch --out fol", ["folder"], ["letter.pdf"]),
    ("lettermerge batch --by", [], ["--by"]),
]

folder = tempfile.mkdtemp(prefix="lettermerge-completion-", dir="/tmp")
home = os.path.join(folder, "home")
os.mkdir(home)
os.mkdir(os.path.join(home, "folder"))
open(os.path.join(home, "letter.pdf"), "w").close()


def script(shell):
    path = os.path.join(folder, "completion." + shell)
    with open(path, "w") as file:
        file.write(subprocess.run([PROGRAM, "completion", shell], check=True, capture_output=True, text=True).stdout)
    return path


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, env={**ENVIRONMENT, "HOME": home}, cwd=home, timeout=30)
    return done.stdout + done.stderr


def bash(line, path):
    words = line.split(" ")
    command = "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _lettermerge; printf '%%s\\n' \"${COMPREPLY[@]}\"" % (
        path, " ".join("'%s'" % word for word in words), len(words) - 1)
    return run("bash", "--norc", "-c", command).split()


def fish(line, path):
    return [offer.split("\t")[0].rstrip("/") for offer in run("fish", "--no-config", "-c", "source %s; complete -C '%s'" % (path, line)).splitlines()]


def zsh(line, path):
    """A terminal is played to it, and what it lists, or puts into the line, is read back."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(home)
        os.execvpe("zsh", ["zsh", "-f", "-i"], {**ENVIRONMENT, "HOME": home, "TERM": "vt100", "COLUMNS": "200", "LINES": "200"})

    def read_until(mark, quiet=20.0):
        """Up to a mark, or until nothing has come for so many seconds."""
        text = ""
        while mark not in text and select.select([terminal], [], [], quiet)[0]:
            text += os.read(terminal, 65536).decode("utf-8", "replace")
        return text

    os.write(terminal, ("unsetopt zle_bracketed_paste; PS1=; zstyle ':completion:*' verbose no; zstyle ':completion:*' list-prompt ''; LISTMAX=1000; "
                        "setopt no_beep no_list_ambiguous; autoload -U compinit; compinit -u -D; source %s; print REA''DY\n" % path).encode())
    read_until("READY")
    os.write(terminal, (line + "\t").encode())
    shown = read_until("never", 1.0)
    os.write(terminal, b"\x03exit\n")
    os.close(terminal)
    os.waitpid(child, 0)
    return re.split(r"[\s'\0]+", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", " ", shown.replace("/", " ")))


SHELLS = {"bash": bash, "zsh": zsh, "fish": fish}

try:
    for shell, offers_of in SHELLS.items():
        if not shutil.which(shell):
            required = bool(os.environ.get("LETTERMERGE_TESTS_REQUIRE"))
            check(not required, "%s # SKIP there is no %s here" % (shell, shell), "%s is wanted here" % shell)
            continue
        path = script(shell)
        for line, there, absent in CASES:
            offers = offers_of(line, path)
            if shell == "zsh":
                absent = [word for word in absent if word != line.split()[-1]]
            check(set(there) <= set(offers) and not set(absent) & set(offers), "%s: %s" % (shell, line), offers)

    names = re.findall(r"^  ([a-z-]+) ", run(PROGRAM, "help").split("Commands:")[1], re.M)
    check(sorted(bash("lettermerge ", script("bash"))) == sorted(names + ["--help", "--version"]), "bash offers all commands that help lists")

    for build in BUILDS:
        run("meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", os.path.join(folder, "root"))
        installed = {os.path.join(place, name).split("/share/")[-1] for place, _, files in os.walk(os.path.join(folder, "root")) for name in files}
        for name in names:
            check("man/man1/lettermerge-%s.1" % name in installed, "installed: the manual page of " + name, sorted(installed))
        share = next(place for place, _, files in os.walk(os.path.join(folder, "root")) if "letter.rng" in files)
        for name in sorted(os.listdir(share)):
            if name.endswith(".rng"):
                found = run("xmlcatalog", os.path.join(share, "catalog.xml"), "urn:lettermerge:%s:1" % name[:-4]).strip()
                check(found.endswith(os.path.join(share, name)), "the catalog leads to " + name, found)
        moved = os.path.join(folder, "moved é")
        os.rename(os.path.dirname(os.path.dirname(share)), moved)
        done = run(os.path.join(moved, "bin", "lettermerge"), "init", "council", "new")
        check("new/README.md" in done and os.path.exists(os.path.join(home, "new", "lettermerge.xml")), "it works from any other prefix", done)
        for name in ("bash-completion/completions/lettermerge", "zsh/site-functions/_lettermerge", "fish/vendor_completions.d/lettermerge.fish", "man/man1/lettermerge.1",
                     "lettermerge/letter.rng", "lettermerge/house-style.xml", "lettermerge/catalog.xml", "lettermerge/examples/client.py", "doc/lettermerge/docs/template.md", "doc/lettermerge/LICENSE"):
            check(name in installed, "installed: " + name, sorted(installed))
finally:
    shutil.rmtree(folder)
finish()
