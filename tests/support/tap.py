"""tap.py - what tests in Python share: cases in TAP, files of a folder, and an environment that says nothing to the program."""

import os
import sys

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("LETTERMERGE_")}
_cases = []


def check(good, what, *details):
    """A case; details are shown when it is not good."""
    _cases.append(bool(good))
    print("ok" if good else "not ok", len(_cases), "-", what, flush=True)
    for detail in () if good else details:
        print("# " + str(detail)[:2000].replace("\n", "\n# "), flush=True)


def failed():
    return not all(_cases)


def finish():
    """The plan; the program ends with 1 when a case was not good."""
    print("1..%d" % len(_cases))
    sys.exit(failed())


def write(folder, name, text):
    """A file of the folder, and the folders on the way there. Gives its path."""
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    return path
