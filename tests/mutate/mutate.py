"""mutate.py SCRATCH [OPTION]... - does a test notice? Changes one place of a copy of the program at a
time, builds it, and runs the suites that are nearest to it (nearest.txt) until one fails.

SCRATCH holds the copy of the tree and its own build folder, as mutate.sh lays them there; nothing else
is written to. The same seed draws the same changes of the same sources.
"""

import argparse
import collections
import difflib
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import mutations

PATIENCE = 10  # times what a suite takes on the unchanged program, and seconds more
MEMORY = 8 << 30  # of a program that a change lets run away
LARGEST = 8 << 30  # file: a test has one of more than four, most of it a hole


def options():
    parser = argparse.ArgumentParser(prog="mutate.sh", description="Does a test notice?")
    parser.add_argument("scratch", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=1, help="which changes are drawn (1)")
    parser.add_argument("--count", type=int, default=120, help="how many (120)")
    parser.add_argument("--in", dest="part", default="", help="a room, a file or a line, say layout/page.c:41")
    parser.add_argument("--constants", action="store_true",
                        help="every named constant at 0, one more, one less and doubled; no drawing")
    parser.add_argument("--only", type=int, help="the change of this number alone; shows it")
    parser.add_argument("--wide", action="store_true",
                        help="what the nearest suites let live meets all but the judges")
    return parser.parse_args()


# -- what is drawn ------------------------------------------------------------------------------


class Source(mutations.Source):
    """A file, named as it is included: room/file."""

    def __init__(self, tree, path):
        super().__init__(path.read_text())
        self.path = path
        self.shown = path.relative_to(tree)
        self.room = path.parent.name
        self.name = self.room + "/" + path.name


def read_sources(tree):
    return [Source(tree, path) for path in sorted(tree.glob("src/**/*.[ch]"))]


def within(part, pairs):
    """Those pairs of a source and a change in it that are in a room, a file or a line."""
    name, _, line = part.partition(":")
    return [(source, mutation) for source, mutation in pairs if source.name.startswith(name)
            and (not line or mutations.line_of(source.text, mutation.at) == int(line))]


def draw(pairs, seed, count):
    """Each time a room, then a kind of change, then one of these that was not drawn yet."""
    dice = random.Random(seed)
    rooms = collections.defaultdict(lambda: collections.defaultdict(list))
    for source, mutation in pairs:
        rooms[source.room][mutation.kind].append((source, mutation))
    drawn = []
    while len(drawn) < count and rooms:
        room = dice.choice(sorted(rooms))
        kind = dice.choice(sorted(rooms[room]))
        ones = rooms[room][kind]
        drawn.append(ones.pop(dice.randrange(len(ones))))
        if not ones:
            del rooms[room][kind]
        if not rooms[room]:
            del rooms[room]
    return drawn


# -- suites -------------------------------------------------------------------------------------


class Suite:
    def __init__(self, test, outputs):
        self.name = test["name"]
        self.command = test["cmd"]
        self.kinds = test["suite"]
        self.environment = test["env"]
        self.folder = test["workdir"]
        self.targets = [outputs[one] for one in test["depends"] if one in outputs]
        self.limit = None


class Build:
    def __init__(self, scratch):
        self.folder = scratch / "build"
        self.temporary = scratch / "tmp"
        self.home = scratch / "home"
        self.home.mkdir(exist_ok=True)
        outputs = {one["id"]: os.path.relpath(one["filename"][0], self.folder)
                   for one in self.introspect("--targets")}
        self.suites = [Suite(test, outputs) for test in self.introspect("--tests")]

    def introspect(self, what):
        said = subprocess.run(["meson", "introspect", str(self.folder), what], check=True,
                              capture_output=True)
        return json.loads(said.stdout)

    def named(self, names):
        """The suites of these names, of which two may share one."""
        found = [suite for name in names for suite in self.suites if suite.name == name]
        missing = set(names) - {suite.name for suite in found}
        if missing:
            sys.exit("mutate: nearest.txt names no suites: " + " ".join(sorted(missing)))
        return found

    def compile(self, suites):
        targets = sorted({target for suite in suites for target in suite.targets})
        done = subprocess.run(["ninja", "-C", str(self.folder), *targets], capture_output=True,
                              check=False)
        return done.returncode == 0

    def passes(self, suite):
        """Runs a suite in a session of its own, which ends with it, whatever it started."""
        shutil.rmtree(self.temporary, ignore_errors=True)
        self.temporary.mkdir()
        environment = dict(os.environ, TMPDIR=str(self.temporary), HOME=str(self.home),
                           XDG_CONFIG_HOME=str(self.home / ".config"), **suite.environment)
        child = subprocess.Popen(suite.command, cwd=suite.folder, env=environment,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL, start_new_session=True,
                                 preexec_fn=bound)
        try:
            return child.wait(timeout=suite.limit) in (0, 77)
        except subprocess.TimeoutExpired:
            return False
        finally:
            kill_session(child.pid)
            child.wait()

    def calibrate(self, suites):
        """What each takes on the unchanged program, where all must pass."""
        for suite in suites:
            begun = time.monotonic()
            if not self.passes(suite):
                sys.exit("mutate: %s fails without any change" % suite.name)
            suite.limit = PATIENCE * (1 + time.monotonic() - begun)


def bound():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def kill_session(session):
    try:
        os.killpg(session, signal.SIGKILL)
    except ProcessLookupError:
        pass


def read_nearest(path):
    """Rows of "room or file: suites"."""
    rows = {}
    for line in path.read_text().splitlines():
        part, colon, names = line.partition(":")
        if colon and not line.startswith("#"):
            rows[part.strip()] = names.split()
    return rows


def nearest_of(rows, source):
    return rows.get(source.name) or rows[source.room]


# -- one change ---------------------------------------------------------------------------------


def changed(source, mutation):
    return source.text[: mutation.at] + mutation.new + source.text[mutation.end :]


def describe(source, mutation):
    text = source.text
    begin = text.rfind("\n", 0, mutation.at) + 1
    end = text.find("\n", mutation.end)
    line = re.sub(r"\s+", " ", text[begin:mutation.at] + "{" + text[mutation.at : mutation.end] +
                  " -> " + mutation.new + "}" + text[mutation.end : end]).strip()
    return "%s:%d %s: %s" % (source.shown, mutations.line_of(text, mutation.at),
                                 mutation.kind, line)


def fate_of(build, source, mutation, near, wide):
    """"not compiled", "killed by SUITE" or "survived"."""
    source.path.write_text(changed(source, mutation))
    try:
        for suites in (near, wide):
            if suites and not build.compile(suites):
                return "not compiled"
            for suite in suites:
                if not build.passes(suite):
                    return "killed by " + suite.name
        return "survived"
    finally:
        source.path.write_text(source.text)


def show(source, mutation):
    before, after = source.text.splitlines(True), changed(source, mutation).splitlines(True)
    sys.stdout.writelines(difflib.unified_diff(before, after, source.name, "changed"))


def report(seed, fates):
    table = collections.defaultdict(collections.Counter)
    for source, fate in fates:
        table[source.room][fate.split(" by ")[0]] += 1
    counts = sum(table.values(), collections.Counter())
    print()
    for room, row in sorted(table.items()):
        print("%-10s %4d killed %4d survived %4d not compiled" % (
            room, row["killed"], row["survived"], row["not compiled"]))
    print("seed %d: %d changes, %d killed, %d survived, %d not compiled" % (
        seed, len(fates), counts["killed"], counts["survived"], counts["not compiled"]))


def main():
    asked = options()
    tree = asked.scratch / "tree"
    pairs = within(asked.part, [
        (source, mutation) for source in read_sources(tree)
        for mutation in (source.named_constants() if asked.constants else source.mutations())])
    drawn = pairs if asked.constants else draw(pairs, asked.seed, asked.count)
    numbered = list(enumerate(drawn, 1))
    if asked.only:
        numbered = numbered[asked.only - 1 : asked.only]
        show(*numbered[0][1])
    build = Build(asked.scratch)
    rows = read_nearest(tree / "tests" / "mutate" / "nearest.txt")
    far = [suite for suite in build.suites
           if not any("judges" in kind or "lint" in kind for kind in suite.kinds)]
    used = far if asked.wide else build.named(dict.fromkeys(
        name for _, (source, _) in numbered for name in nearest_of(rows, source)))
    if not build.compile(used):
        sys.exit("mutate: the unchanged program does not compile")
    build.calibrate(used)
    print("seed %d, %d changes" % (asked.seed, len(numbered)), flush=True)
    fates = []
    for number, (source, mutation) in numbered:
        near = build.named(nearest_of(rows, source))
        wide = [suite for suite in far if suite not in near] if asked.wide else []
        fate = fate_of(build, source, mutation, near, wide)
        fates.append((source, fate))
        print("%4d %-28s %s" % (number, fate, describe(source, mutation)), flush=True)
    report(asked.seed, fates)


main()
