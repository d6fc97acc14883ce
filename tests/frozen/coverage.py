"""coverage.py BUILD - which lines of the rooms that make a letter the frozen set has reached, by what gcov says
of a build with -Db_coverage=true: a line for each file, and the lines that were not reached in
BUILD/unreached.txt."""

import collections
import glob
import json
import os
import subprocess
import sys

ROOMS = (
    "content/letter",
    "content/locale",
    "typesetting/picture",
    "typesetting/text",
    "typesetting/layout",
    "output/twin",
    "output/pdf",
)


def lines_of(build, notes):
    """What gcov says of one object: {source: {line: count}}."""
    out = subprocess.run(
        ["gcov", "--json-format", "--stdout", os.path.abspath(notes)],
        cwd=build, check=True, capture_output=True, text=True,
    ).stdout
    found = {}
    for line in out.splitlines():
        for source in json.loads(line)["files"] if line.startswith("{") else []:
            counts = found.setdefault(os.path.normpath(os.path.join(build, source["file"])), {})
            for entry in source["lines"]:
                number = entry["line_number"]
                counts[number] = max(counts.get(number, 0), entry["count"])
    return found


def main(build):
    total = collections.Counter()
    with open(os.path.join(build, "unreached.txt"), "w", encoding="utf-8") as unreached:
        for room in ROOMS:
            sums = collections.Counter()
            rows = []
            for notes in sorted(glob.glob(f"{build}/src/{room}/*.p/*.gcno")):
                name = os.path.basename(notes)[: -len(".gcno")]
                source = f"src/{room}/{name}"
                if not os.path.exists(source):  # an earlier build's
                    continue
                counts = lines_of(build, notes).get(source, {})
                missed = sorted(line for line, count in counts.items() if not count)
                text = open(source, encoding="utf-8").read().splitlines()
                for line in missed:
                    print(f"{source}:{line}: {text[line - 1].strip()}", file=unreached)
                rows.append((name, len(counts), len(missed)))
                sums.update(lines=len(counts), missed=len(missed))
            show(f"src/{room}", sums["lines"], sums["missed"])
            for name, lines, missed in rows:
                if missed:
                    show(f"    {name}", lines, missed)
            total.update(sums)
    reached, lines = total["lines"] - total["missed"], total["lines"]
    print(f"reached {reached} of {lines} lines, {share(lines, total['missed'])}; the others: {build}/unreached.txt")
    return lines == 0


def share(lines, missed):
    return f"{100 * (lines - missed) / max(lines, 1):.1f} %"


def show(name, lines, missed):
    print(f"{name:<28} {lines - missed:>6} of {lines:>6} lines, {share(lines, missed):>7}")


sys.exit(main(sys.argv[1]))
