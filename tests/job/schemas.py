"""schemas.py PROGRAM ROOT - each line of JSON that a command prints keeps its schema in docs/schemas, by another program's validator; each schema is met
by lines of every kind that it has, and refuses others. And the standard output as a letter, and terminals that can only print. TAP.
"""

import copy
import json
import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile

PROGRAM, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("LETTERMERGE_")}
LETTER = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T</title><fields>
<declare name="name"/><declare name="rows" type="list" required="no"><declare name="sum" type="money" required="no"/></declare>
<declare name="all" type="money" sum="rows.sum"/><declare name="gone" default="x" required="no"/></fields>
<p>Dear %s<field name="name"/> <field name="gone"/></p><each field="rows"><p><field name="sum"/> <field name="all"/></p></each></letter>"""
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1"><name>%s</name></recipient>'
failures = cases = 0
folder = tempfile.mkdtemp(prefix="lettermerge-schemas-", dir="/tmp")


def check(good, what, *details):
    global cases, failures
    cases += 1
    failures += not good
    print("ok" if good else "not ok", cases, "-", what, flush=True)
    for detail in () if good else details:
        print("# " + str(detail)[:2000].replace("\n", "\n# "))


def write(name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def run(*arguments, **more):
    return subprocess.run([PROGRAM, *arguments], cwd=folder, env={**ENVIRONMENT, "XDG_CONFIG_HOME": folder}, capture_output=True, timeout=120, **more)


def lines(text):
    return [json.loads(line) for line in text.decode().splitlines() if line.startswith("{")]


seen = {}


def keep(name, found):
    seen.setdefault(name, []).extend(found)


def commands():
    keep("field", lines(run("fields", "--json").stdout))
    keep("proof", lines(run("preview", "--proof", "--json").stdout))
    keep("letter", lines(run("status", "--no-sign", "--json").stdout))
    run("identity", "new", "Me", "--identity", "me.pem")
    keep("letter", lines(run("batch", "--identity", "me.pem", "--json", "-v").stdout))
    for options, where in ((["--json"], "stdout"), (["--diag=json"], "stdout"), (["--diag=json", "--max", "1"], "stdout")):
        keep("finding", lines(getattr(run("check", *options), where)))
    done = run("check", "--diag=json")
    last = lines(done.stdout)[-1]
    found = lines(done.stdout)[:-1]
    counted = {severity + "s": sum(line["severity"] == severity for line in found) for severity in ("error", "warning", "note")}
    check(last == {"counts": counted, "exit": done.returncode} and counted["errors"] and counted["warnings"], "the counts come last, and are right", last, counted)
    shown = lines(run("check", "--diag=json", "--max", "1").stdout)
    check(shown[-1]["counts"] == counted and any("more" in line for line in shown), "they count what is not shown, too", shown[-1])
    for arguments, code in ((["batch", "--no-sign", "--diag=json", "--jobs", "x"], 2), (["status", "--no-sign", "--diag=json", "-t", "nowhere"], 3)):
        done = run(*arguments)
        found = lines(done.stderr)
        keep("finding", found)
        check(done.returncode == code and found[-1] == {"counts": {"errors": len(found) - 1, "warnings": 0, "notes": 0}, "exit": code}, "also where nothing was made: %d" % code, found)
    run("approve", "ann")
    keep("approval", lines(run("approve", "--json").stdout))
    done = run("approve", "ben", "--json")
    check(b"E-APPROVE-WITH" in done.stderr and len(lines(run("approve", "--json").stdout)) == 1, "approving is no list", done.stderr)
    keep("log", lines(run("log", "--json").stdout))
    keep("verify", lines(run("verify", "--json", "--trust", "me-root.pem", "out/ann.pdf", "--manifest", "out").stdout))
    write("ann.json", run("receipt", "ann").stdout.decode())
    keep("verify", lines(run("verify", "--json", "--trust", "me-root.pem", "out/ann.pdf", "--receipt", "ann.json").stdout))
    keep("sign", lines(run("sign", "--json", "--level", "T", "--tsa", "http://127.0.0.1:1", "--wait", "0", "--trust", "me-root.pem", "out/ann.pdf").stdout))
    for code in ("E-FIELD-VALUE", "N-UNCONFIRMED"):
        keep("explain", lines(run("check", "--explain", code, "--diag=json").stdout))
    keep("fonts", lines(run("fonts", "--json").stdout))
    keep("config", lines(run("config", "--json", "-o", "x").stdout))
    keep("make", lines(run("make", "--jsonl", "--no-sign", input=b'"ann"\n"nobody"\n').stdout))


def kinds(schema):
    return schema.get("oneOf", [schema])


def they_keep_their_schemas():
    try:
        import jsonschema
    except ImportError:
        check(not os.environ.get("LETTERMERGE_TESTS_REQUIRE"), "there is no jsonschema here # SKIP")
        return
    names = sorted(name[:-5] for name in os.listdir(os.path.join(ROOT, "docs", "schemas")))
    check(names == sorted(seen), "every schema is tried, and every output has one", names, sorted(seen))
    schemas = {}
    for name in names:
        with open(os.path.join(ROOT, "docs", "schemas", name + ".json")) as file:
            schemas[name] = json.load(file)
        validator = jsonschema.Draft202012Validator(schemas[name])
        validator.check_schema(schemas[name])
        faults = ["%s: %s" % (error.message, line) for line in seen.get(name, []) for error in validator.iter_errors(line)]
        check(seen.get(name) and not faults, "%s: %d lines keep it" % (name, len(seen.get(name, []))), "\n".join(faults[:3]))
        for number, kind in enumerate(kinds(schemas[name]) if name != "make" else []):
            one = jsonschema.Draft202012Validator({**kind, "$defs": schemas[name].get("$defs", {})})
            met = [line for line in seen[name] if one.is_valid(line)]
            check(met, "%s: one of kind %d" % (name, number))
            for member in met and kind["required"] or []:
                less = copy.deepcopy(met[0])
                del less[member]
                check(not one.is_valid(less) and not one.is_valid({**met[0], member: [None]}), "%s refuses one without %s, or of another type" % (name, member))
    known = schemas["make"]["$defs"]["finding"]["properties"]
    check(known == kinds(schemas["finding"])[0]["properties"], "a finding is the same everywhere")


def the_standard_output_is_a_letter():
    done = run("preview", "ann", "--out", "-")
    check(done.returncode == 0 and done.stdout.startswith(b"%PDF-") and done.stdout.rstrip().endswith(b"%%EOF"), "preview --out - writes the letter", done.stderr)
    run("preview", "ann", "--out", "x")
    with open(os.path.join(folder, "x", "preview", "ann.pdf"), "rb") as file:
        check(done.stdout == file.read(), "the same as to a file")
    check(not os.path.exists(os.path.join(folder, "-")), "and no file is left")
    done = run("preview", "--template", "-", "--out", "-", "ann", input=(LETTER % "").encode())
    check(done.stdout.startswith(b"%PDF-"), "a template from the standard input", done.stderr)
    done = run("preview", "bad", "-o", "-")
    check(done.returncode == 1 and not done.stdout and b"E-FIELD-BLANK" in done.stderr, "what cannot be made is not there", done.stderr)
    for arguments in (["batch", "--no-sign"], ["status", "--no-sign"], ["preview", "ann", "--png"], ["preview", "--proof"], ["preview", "ann", "--watch"],
                      ["make", "--jsonl", "--no-sign"], ["receipt", "ann"], ["verify", "--manifest", "out"]):
        done = run(*arguments, "-o", "-")
        check(done.returncode == 2 and not done.stdout.startswith(b"%") and b"E-OUT-STREAM" in done.stderr + done.stdout, "not by " + " ".join(arguments), done.stdout, done.stderr)


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
    check(b"\033[" in on_a_terminal("xterm", "check")[0] and b"\r[" in on_a_terminal("xterm", "check", "-r", "many.csv")[0], "a terminal has colours, and a bar that moves")
    for command in (["check"], ["check", "-r", "many.csv"]):
        shown = on_a_terminal("dumb", *command)[0]
        check(shown and b"\033" not in shown and b"\r[" not in shown, "TERM=dumb has neither: " + " ".join(command), shown)
    shown, code = on_a_terminal("xterm", "preview", "ann", "-o", "-")
    check(code == 2 and b"%PDF" not in shown, "no letter is poured over a terminal", shown)


try:
    write("templates/letter.xml", LETTER % "")
    for name in ("ann", "ben"):
        write("recipients/%s.xml" % name, RECORD % name.title())
    write("recipients/bad.xml", RECORD % "")
    write("recipients/odd.xml", RECORD.replace("</name>", "</name><nmae>x</nmae><nmea>x</nmea>") % "Otto")
    write("many.csv", "id,name\n" + "".join("n%d,N\n" % i for i in range(400)))
    commands()
    they_keep_their_schemas()
    the_standard_output_is_a_letter()
    terminals()
finally:
    shutil.rmtree(folder)
print("1..%d" % cases)
sys.exit(failures > 0)
