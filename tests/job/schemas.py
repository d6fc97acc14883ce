"""schemas.py PROGRAM ROOT - each line of JSON that a command prints keeps its schema in docs/schemas, by another program's validator; each schema is met
by lines of every kind that it has, and refuses others. TAP.
"""

import copy
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tap import ENVIRONMENT, check, finish, write  # noqa: E402

PROGRAM, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
LETTER = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T</title><fields>
<declare name="name"/><declare name="rows" type="list" required="no"><declare name="sum" type="money" required="no"/></declare>
<declare name="all" type="money" sum="rows.sum"/><declare name="gone" default="x" required="no"/></fields>
<p>Dear %s<field name="name"/> <field name="gone"/></p><each field="rows"><p><field name="sum"/> <field name="all"/></p></each></letter>"""
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1"><name>%s</name></recipient>'
STYLE = '<style xmlns="urn:lettermerge:style:1">%s</style>'
folder = tempfile.mkdtemp(prefix="lettermerge-schemas-", dir="/tmp")


asked = set()


def run(*arguments, **more):
    asked.update(arguments[:1] if "--json" in arguments else ())
    return subprocess.run([PROGRAM, *arguments], cwd=folder, env={**ENVIRONMENT, "XDG_CONFIG_HOME": folder}, capture_output=True, timeout=120, **more)


def lines(text):
    return [json.loads(line) for line in text.decode().splitlines() if line.startswith("{")]


seen = {}


def keep(name, found):
    seen.setdefault(name, []).extend(found)


def keep_file(name, path):
    with open(os.path.join(folder, path)) as file:
        keep(name, [json.load(file)])


def a_letter_against_another():
    """What diff says in JSON is what it says in words."""
    before = lines(run("diff", "ann", "--json").stdout)
    keep("diff", before)
    check([before[0][name] for name in ("state", "blocks", "beside")] == ["unchanged", [], []], "diff: nothing changed", before)
    write(folder, "other.xml", LETTER % '<link href="https://example.org">there</link>, my ')
    found = lines(run("diff", "ann", "--json", "-t", "other.xml").stdout)
    keep("diff", found)
    words = run("diff", "ann", "-t", "other.xml").stdout.decode()
    check(len(found) == 1 and found[0]["blocks"][0]["words"] == [{"both": "Dear"}, {"new": "there, my"}, {"both": "Ann x"}]
          and found[0]["blocks"][0]["changes"][0] == {"how": "new", "what": 'link of "there"', "new": "https://example.org"}, "diff: words and what is not said", found)
    check(" Dear {+there, my+} Ann x" in words and found[0]["reasons"][0] in words, "the same as in words", words)
    found = lines(run("diff", "ann", "--json", "--png", "-t", "other.xml").stdout)
    keep("diff", found)
    check(found[0]["pictures"] == ["out/diff/ann-old-*.png", "out/diff/ann-new-*.png"], "diff: where the pictures are", found)


def previews():
    found = lines(run("preview", "ann", "--json").stdout)
    keep("proof", found)
    check(found == [{"id": "ann", "file": "out/preview/ann.pdf", "pages": 1, "why": []}], "preview --json says where it is", found)
    for arguments, says in ((["--text"], b"E-JSON-WITH"), (["--out", "-"], b"E-OUT-STREAM")):
        done = run("preview", "ann", "--json", *arguments)
        check(done.returncode == 2 and not done.stdout and says in done.stderr, "not beside " + arguments[0], done.stdout, done.stderr)


def runs():
    """What a run leaves for programs, of each kind of run."""
    write(folder, "style.xml", '<style xmlns="urn:lettermerge:style:1"><edition name="large" style="large.xml"/><editions field="gone" usual="standard"/></style>')
    write(folder, "large.xml", '<style xmlns="urn:lettermerge:style:1"><text size="18pt"/></style>')
    write(folder, "editions.csv", "id,name,gone\nann,Ann,large\nbad,,standard\n")
    for name, options in {"failed": ["--no-sign"], "levels": ["--identity", "me.pem", "--level", "T", "--tsa", "http://127.0.0.1:1", "--wait", "0", "--trust", "me-root.pem"],
                          "editions": ["--no-sign", "--style", "style.xml", "-r", "editions.csv", "-v", "--json"], "nothing": ["--no-sign", "-r", "nowhere"]}.items():
        os.makedirs(os.path.join(folder, name), exist_ok=True)
        keep("letter", lines(run("batch", "-o", name, *options).stdout))
        keep_file("run", name + "/run.json")
    check("editions" in seen["run"][2] and any("edition" in line for line in seen["letter"]), "an edition is among them", seen["run"][2])
    check(seen["run"][1]["lacking"] and seen["run"][3]["findings"], "what is below its level, and what no letter is to blame for", seen["run"])
    run("batch", "--no-sign", "-o", "parts", "--shard", "1/2")
    keep_file("run", "parts/run-1-of-2.json")
    run("merge-record", "--no-sign", "--partial", "-o", "parts")
    keep_file("run", "parts/run.json")
    check(seen["run"][-2]["part"] == "1/2" and seen["run"][-1]["missing"] == ["2/2"], "parts, and what was joined", seen["run"][-2:])
    keep_file("failed", "failed/failed.json")


def lists():
    keep_file("manifest", "out/manifest.json")
    keep("receipt", [json.loads(run("receipt", "ann").stdout)])
    os.unlink(os.path.join(folder, "recipients", "ben.xml"))
    run("forget", "ben")
    keep_file("manifest", "out/manifest.json")
    check({"forgotten"} in [set(line) for line in seen["manifest"][1]["records"]], "one that was forgotten is in the list", seen["manifest"][1])


def every_list_is_tried():
    names = [line.split()[0] for line in run("help").stdout.decode().split("Commands:")[1].splitlines() if line.startswith("  ") and line[2] != " "]
    takes = {name for name in names if "--json" in run("help", name).stdout.decode().replace("--jsonl", "")}
    check(takes == asked, "each command that takes --json was asked", takes ^ asked)


def commands():
    keep("field", lines(run("fields", "--json").stdout))
    keep("proof", lines(run("preview", "--proof", "--json").stdout))
    keep("letter", lines(run("status", "--no-sign", "--json").stdout))
    keep("identity", lines(run("identity", "new", "Me", "--identity", "me.pem", "--json").stdout))
    keep("identity", lines(run("identity", "show", "me.pem", "--json").stdout))
    check(seen["identity"][0] == seen["identity"][1] and seen["identity"][0]["name"] == "TEST Me", "identity: what was made is what is shown", seen["identity"])
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
    run("approve", "ben", "--reject", "no such house")
    run("approve", "ben", "--comment", "see page 2")
    said = lines(run("approve", "--json").stdout)
    keep("approval", said)
    check([line.get("rejected", line.get("commented")) for line in said[1:]] == ["no such house", "see page 2"], "what was said", said)
    run("approve", "ben", "--answer", "mended")
    check(b"E-APPROVE-WITH" in done.stderr and len(lines(run("approve", "--json").stdout)) == 1, "approving is no list", done.stderr)
    keep("log", lines(run("log", "--json").stdout))
    keep("verify", lines(run("verify", "--json", "--trust", "me-root.pem", "out/ann.pdf", "--manifest", "out").stdout))
    write(folder, "ann.json", run("receipt", "ann").stdout.decode())
    keep("verify", lines(run("verify", "--json", "--trust", "me-root.pem", "out/ann.pdf", "--receipt", "ann.json").stdout))
    keep("sign", lines(run("sign", "--json", "--level", "T", "--tsa", "http://127.0.0.1:1", "--wait", "0", "--trust", "me-root.pem", "out/ann.pdf").stdout))
    for code in ("E-FIELD-VALUE", "N-UNCONFIRMED"):
        keep("explain", lines(run("check", "--explain", code, "--diag=json").stdout))
    keep("fonts", lines(run("fonts", "--json").stdout))
    keep("config", lines(run("config", "--json", "-o", "x").stdout))
    keep("make", lines(run("make", "--jsonl", "--no-sign", input=b'"ann"\n"nobody"\n').stdout))
    editions()


def editions():
    """What a letter's edition is, where its record asked for one: also of one that failed, and not of the one after it."""
    asked = ["--no-sign", "--style", "looks/style.xml", "-r", "asks"]
    found = lines(run("status", *asked, "--json").stdout)
    keep("letter", found)
    check([line.get("edition") for line in found[:2]] == ["large-print", None], "status names the edition", found)
    found = lines(run("make", "--jsonl", *asked, input=b'"big"\n"usual"\n{"id":"none"}\n"big"\n{"name":"x"\n').stdout)
    keep("make", found)
    check([line.get("edition") for line in found] == ["large-print", None, None, "large-print", None], "so does each answer of make", found)
    write(folder, "asks/big.xml", (RECORD % "").replace("<recipient", '<recipient edition="large-print"'))
    write(folder, "asks/huge.xml", (RECORD % "H").replace("<recipient", '<recipient edition="huge"'))
    found = lines(run("make", "--jsonl", *asked, "--jobs", "1", input=b'"big"\n"huge"\n').stdout)
    keep("make", found)
    check([(line["made"], line.get("edition")) for line in found] == [(False, "large-print"), (False, None)], "a letter that failed has its own", found)


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


try:
    write(folder, "templates/letter.xml", LETTER % "")
    for name in ("ann", "ben"):
        write(folder, "recipients/%s.xml" % name, RECORD % name.title())
    write(folder, "recipients/bad.xml", RECORD % "")
    write(folder, "recipients/odd.xml", RECORD.replace("</name>", "</name><nmae>x</nmae><nmea>x</nmea>") % "Otto")
    write(folder, "asks/big.xml", (RECORD % "Big").replace("<recipient", '<recipient edition="large-print"'))
    write(folder, "asks/usual.xml", RECORD % "Usual")
    write(folder, "looks/style.xml", STYLE % '<edition name="large-print" style="large.xml"/>')
    write(folder, "looks/large.xml", STYLE % '<text size="18pt" leading="25pt"/>')
    commands()
    a_letter_against_another()
    previews()
    runs()
    lists()
    every_list_is_tried()
    they_keep_their_schemas()
finally:
    shutil.rmtree(folder)
finish()
