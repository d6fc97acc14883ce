"""testlog.py WHAT BUILD - reads what meson noted of the last run of the tests in BUILD.

failed: what each test that failed said last; sum: all in one line; count: passed and failed cases as two
numbers, a suite that died counting as one; slowest: a table of the suites that take longest."""

import json
import sys
import xml.etree.ElementTree as tree

GOOD = ("OK", "EXPECTEDFAIL")


def read(build):
    with open(build + "/meson-logs/testlog.json") as lines:
        return [json.loads(line) for line in lines]


def name(test):
    return test["name"].split(" / ")[-1]


def failed(build):
    for test in read(build):
        if test["result"] not in GOOD + ("SKIP",):
            said = (test.get("stdout", "") + test.get("stderr", "")).splitlines()
            telling = [text for text in said if text.startswith("not ok") or "FAILED" in text]
            print("==", test["name"], test["result"], "after", round(test["duration"]), "s")
            print(*telling[:20], "-- its last lines:", *said[-40:], sep="\n")


def sum_up(build):
    tests = read(build)
    skipped = [name(test) for test in tests if test["result"] == "SKIP"]
    bad = [name(test) for test in tests if test["result"] not in GOOD + ("SKIP",)]
    line = f"{len(tests)} suites, {len(tests) - len(skipped) - len(bad)} passed"
    line += f", skipped {' '.join(skipped)}" if skipped else ""
    print(line + (f", failed {' '.join(bad)}" if bad else ""))


def count(build):
    passed = bad = 0
    for case in tree.parse(build + "/meson-logs/testlog.junit.xml").iter("testcase"):
        wrong = case.find("failure") is not None or case.find("error") is not None
        bad += wrong
        passed += not wrong and case.find("skipped") is None
    print(passed, bad)


def slowest(build):
    tests = sorted(read(build), key=lambda test: -test["duration"])
    print("| suite | seconds |\n|---|--:|")
    for test in tests[:12]:
        print(f"| {name(test)} | {test['duration']:.0f} |")
    print(f"| the other {len(tests) - 12} | {sum(test['duration'] for test in tests[12:]):.0f} |")


{"failed": failed, "sum": sum_up, "count": count, "slowest": slowest}[sys.argv[1]](sys.argv[2])
