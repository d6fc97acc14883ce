"""permission.py PROGRAM - a user who may not read, or may not write, is told so by each command: the permission is named, the exit code is 3. TAP."""

import os
import shutil
import subprocess
import sys
import tempfile

folder = tempfile.mkdtemp(prefix="lettermerge-permission-", dir="/tmp")
program = os.path.join(folder, "lettermerge")
shutil.copy(sys.argv[1], program)
NOBODY = 65534
ENVIRONMENT = {**{name: value for name, value in os.environ.items() if not name.startswith("LETTERMERGE_")}, "HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"}
ENVIRONMENT.pop("XDG_CONFIG_HOME", None)
LETTER = ('<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T</title>'
          '<fields><declare name="name"/></fields><p>Dear <field name="name"/></p></letter>')
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1"><name>Ann</name></recipient>'
STYLE = '<style xmlns="urn:lettermerge:style:1"/>'
READ, WRITE = "check the name and that you may read it", "ask for the permission to write there"
# "shut" nobody may look into, "fixed" nobody may write into, "out" is shut, too.
CASES = [
    (["batch", "--no-sign"], READ), (["status", "--no-sign"], READ), (["diff", "ann"], READ), (["preview", "ann"], WRITE),
    (["approve"], READ), (["approve", "ann"], READ), (["log"], READ), (["verify", "--manifest", "out"], READ), (["receipt", "ann"], READ),
    (["batch", "--no-sign", "-o", "fixed"], WRITE), (["batch", "--no-sign", "-o", "fixed/out"], WRITE), (["preview", "ann", "-o", "fixed"], WRITE),
    (["approve", "ann", "-o", "fixed"], WRITE), (["batch", "--bundle", "fixed/all.pdf"], WRITE), (["merge-record", "--no-sign"], READ),
    (["identity", "new", "Me", "--identity", "fixed/me.pem"], WRITE), (["identity", "new", "Me"], WRITE),
    (["check", "-r", "shut.csv"], READ), (["check", "-r", "shut"], READ), (["check", "-t", "shut/letter.xml"], READ), (["fields", "-t", "shut.xml"], READ),
    (["check", "--style", "lettered/style.xml"], READ), (["batch", "--no-sign", "-o", "kept"], WRITE), (["status", "--no-sign", "-o", "kept"], WRITE),
    (["check", "-r", "half"], READ), (["batch", "--no-sign", "--archive", "fixed/all.zip"], READ), (["confirm", "ann", "name", "--source", "x", "--date", "2020"], WRITE),
    (["check", "--style", "shut.xml"], READ), (["verify", "--trust", "shut.xml", "x.pdf"], None), (["batch", "--identity", "shut.xml"], None),
]
failures = 0


def run(*arguments, user=None):
    return subprocess.run([program, *arguments], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, user=user, group=user)


try:
    for place in ("templates", "recipients", "shut", "fixed", "lettered", "lettered/fonts", "half"):
        os.mkdir(os.path.join(folder, place))
    for name, text in (("templates/letter.xml", LETTER), ("recipients/ann.xml", RECORD), ("shut.csv", "id,name\nann,Ann\n"), ("shut.xml", LETTER), ("shut/letter.xml", LETTER), ("lettered/style.xml", STYLE), ("half/bea.xml", RECORD)):
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
    run("batch", "--no-sign")
    run("batch", "--no-sign", "-o", "kept")
    for name, mode in ((".", 0o755), ("shut.csv", 0), ("shut.xml", 0), ("shut", 0), ("out", 0), ("fixed", 0o555), ("lettered/fonts", 0), ("half/bea.xml", 0), ("kept", 0o777), ("kept/.lettermerge.db", 0), ("kept/.lettermerge.lock", 0o666)):
        os.chmod(os.path.join(folder, name), mode)
    for number, (arguments, hint) in enumerate(CASES, 1):
        done = run(*arguments, user=NOBODY if os.geteuid() == 0 else None)
        said = done.stdout + done.stderr
        good = ("Permission denied" in said or "that you may read" in said) and (not hint or hint in said) and done.returncode in (1, 3)
        failures += not good
        print("ok" if good else "not ok", number, "-", " ".join(arguments))
        for line in () if good else ["%d" % done.returncode, *said.splitlines()]:
            print("# " + line)
finally:
    for name in ("shut", "out", "fixed", "lettered/fonts"):
        os.chmod(os.path.join(folder, name), 0o755)
    shutil.rmtree(folder)
print("1..%d" % len(CASES))
sys.exit(failures > 0)
