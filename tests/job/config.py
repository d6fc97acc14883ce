"""config.py PROGRAM ROOT - lettermerge.xml, variables of the environment and the command line: which of them holds, for every option that all may say.

The options and their values come from templates/project.rng, what holds from `lettermerge config --json`; a few are looked at by what they do. TAP.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tap import ENVIRONMENT, check, finish, write  # noqa: E402

PROGRAM, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
RNG = "{http://relaxng.org/ns/structure/1.0}"
LETTER = ('<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T</title>'
          '<fields><declare name="name"/></fields><p>Dear %s <field name="name"/></p></letter>')
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1"><name>%s</name></recipient>'
PARTS = {"query": "recipients", "sheet": "recipients", "certificates": "identity", "no-sign": "identity", "pass-file": "identity"}
folder = tempfile.mkdtemp(prefix="lettermerge-config-", dir="/tmp")


def project(elements):
    """elements: of lettermerge.xml, a line each from the second on; None: no such file."""
    path = os.path.join(folder, "lettermerge.xml")
    if elements is None:
        if os.path.exists(path):
            os.unlink(path)
    else:
        write(folder, "lettermerge.xml", '<project xmlns="urn:lettermerge:project:1">\n%s\n</project>\n' % elements)


def run(*arguments, **variables):
    environment = {**ENVIRONMENT, "XDG_CONFIG_HOME": folder, **{"LETTERMERGE_" + name: value for name, value in variables.items()}}
    return subprocess.run([PROGRAM, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def config(*arguments, **variables):
    done = run("config", "--json", *arguments, **variables)
    return {line["option"]: line for line in map(json.loads, done.stdout.splitlines())}, done


def two_values(element):
    """Of an element of the grammar, two values that it allows."""
    words = [value.text for value in element.iter(RNG + "value")]
    limits = [int(limit.text) for limit in element.iter(RNG + "param") if limit.get("name").endswith("Inclusive")]
    if words:
        return words[:2]
    if limits:
        return [str(limits[0]), str(limits[0] + 1)]
    return ["html", "text"] if element.get("name") == "also" else ["a%s.x" % element.get("name"), "b c"]


def every_option_of_every_source():
    """Eight runs: in each an option is said by other sources than its neighbours are; all have been through all."""
    grammar = tree.parse(os.path.join(ROOT, "templates", "project.rng"))
    kept = {element.get("name"): two_values(element) for element in grammar.iter(RNG + "element") if element.get("name") != "project"}
    many = {element.get("name") for repeated in grammar.iter(RNG + "zeroOrMore") for element in repeated.iter(RNG + "element")}
    project(None)
    options, done = config()
    check(set(kept) < set(options), "config lists what the grammar allows", set(kept) - set(options))
    check(all(line["by"] == "default" and not line["values"] for line in options.values()), "without a word all is as usual", done.stdout)
    values = {name: kept.get(name) or {"max": ["0", "3"], "diag": ["text", "json"], "color": ["never", "always"]}.get(name, ["p", "q"]) for name in options}
    names, wrong = list(options), []
    for turn in range(8):
        said = {name: {source for bit, source in enumerate(("project", "environment", "command-line")) if (turn + i) >> bit & 1}
                - ({"project"} if name not in kept else set()) for i, name in enumerate(names)}
        by = {name: next((source for source in ("command-line", "environment", "project") if source in said[name]), "default") for name in names}
        order = ["command-line", "environment", "project", "default"]
        for name, above in PARTS.items():
            if order.index(by[above]) < order.index(by[name]):
                by[name] = "default"
        lines = {"project": [], "environment": [], "command-line": []}
        for i, name in enumerate(names):
            for k, source in enumerate(lines):
                if source in said[name]:
                    lines[source].append((name, values[name][(i + k) % 2]))
        project("\n".join("<%s>%s</%s>" % (name, value, name) for name, value in lines["project"]))
        found, done = config(*("--%s=%s" % pair for pair in lines["command-line"]),
                             **{name.upper().replace("-", "_"): value for name, value in lines["environment"]})
        place = {name: line + 2 for line, (name, _) in enumerate(lines["project"])}
        for name in names:
            holds = found.get(name, {})
            wanted = [value for source in lines for other, value in lines[source] if other == name and source == by[name]]
            good = holds.get("by") == by[name] and holds.get("values") == wanted
            if by[name] == "environment":
                good = good and holds["variable"] == "LETTERMERGE_" + name.upper().replace("-", "_")
            if by[name] == "project":
                good = good and (holds["file"], holds["line"], holds["column"]) == ("lettermerge.xml", place[name], len(name) + 3)
            if not good:
                wrong.append("%s by %s, %s: %s %s" % (name, by[name], wanted, holds, done.stderr))
    check(not wrong, "of every option the strongest source holds, in all combinations", "\n".join(wrong))
    check(many == {"tsa"}, "what may be said several times", many)
    project("<tsa>http://a</tsa><tsa>http://b</tsa>")
    check(config()[0]["tsa"]["values"] == ["http://a", "http://b"], "all of them hold")
    check(config(TSA="http://c")[0]["tsa"]["values"] == ["http://c"], "and are all overruled")


def what_it_does():
    project("<template>templates/b.xml</template>\n<recipients>two</recipients>\n<out>letters</out>\n<no-sign>yes</no-sign>")
    made = run("batch")
    there = os.path.join(folder, "letters", "ben.pdf")
    check(made.returncode == 0 and os.path.exists(there), "template, records, folder and signer of lettermerge.xml", made.stderr)
    check("Dear B Ben" in run("preview", "ben", "--text").stdout, "its template", run("preview", "ben", "--text").stdout)
    made = run("batch", OUT="theirs", RECIPIENTS="one")
    check(os.path.exists(os.path.join(folder, "theirs", "ann.pdf")), "the environment is stronger", made.stderr)
    made = run("batch", "-o", "mine", "-t", "templates/a.xml", "-r", "one", OUT="theirs", RECIPIENTS="two")
    check(os.path.exists(os.path.join(folder, "mine", "ann.pdf")), "the command line is strongest", made.stderr)
    check("ann.pdf: approved" not in run("approve").stdout and run("approve", "ben").returncode == 0, "approve takes the folder, too")
    check(os.path.exists(os.path.join(folder, "letters", ".lettermerge.db")), "and its record is there")
    made = run("batch", "--identity", "nobody.pem")
    check("nobody.pem" in made.stderr and made.returncode == 3, "an identity on the command line signs, whatever the project says", made.stderr)
    made = run("batch", "--bundle", "all.pdf")
    check(made.returncode == 0 and os.path.exists(os.path.join(folder, "all.pdf")), "a bundle minds no project", made.stderr)
    run("batch", "--deps", "deps", "--force")
    with open(os.path.join(folder, "deps")) as file:
        check(" lettermerge.xml" in file.read(), "--deps names lettermerge.xml")
    answer = subprocess.run([PROGRAM, "make", "--jsonl"], cwd=folder, env=ENVIRONMENT, input='"ben"\n', capture_output=True, text=True, timeout=60)
    check('"pdf":"' in answer.stdout, "make answers with the letter, whatever the folder", answer.stdout + answer.stderr)
    project("<strict>yes</strict><standard>ua2+a4</standard><no-sign>yes</no-sign><template>templates/w.xml</template><recipients>one</recipients>")
    check(run("check").returncode == 1, "a project can be strict", run("check").stdout)
    check(run("check", "--strict=no").returncode == 0, "and a call less so", run("check", "--strict=no").stderr)
    check(run("check", STRICT="no").returncode == 0, "or its environment")
    run("batch", "-t", "templates/a.xml")
    with open(os.path.join(folder, "out", "ann.pdf"), "rb") as file:
        check(file.read(8) == b"%PDF-2.0", "its letters keep another standard")
    project("<trust>root.pem</trust>\n<wrong/>")
    check("E-SETTING" not in run("verify", "out/ann.pdf").stdout + run("verify", "out/ann.pdf").stderr, "verify is not told by letters whom to believe")
    check("nowhere.pem" in run("verify", "out/ann.pdf", TRUST="nowhere.pem").stdout, "but by the environment")
    for command in (["help", "batch"], ["completion", "bash"], ["check", "--explain", "E-SETTING"], ["--version"]):
        check(run(*command).returncode == 0, "a project that is wrong is not in the way of " + " ".join(command), run(*command).stderr)


def what_is_refused():
    for elements, says, code in (
            ("<tmplate>x</tmplate>", 'lettermerge.xml:2:1: error: <tmplate> is not a setting of a project [E-SETTING]\n  hint: did you mean "template"?', 1),
            ("<records>x</records>", "lettermerge.xml:2:1: error: <records> is not a setting of a project [E-SETTING]", 1),
            ("<out xmlns='urn:x'>x</out>", "[E-SETTING]", 1),
            ("<jobs>\n  many</jobs>", 'lettermerge.xml:3:3: error: <jobs> takes a whole number, not "many" [E-OPTION-NUMBER]\n  hint: give one from 1 to 1024', 1),
            ("<jobs>0</jobs>", "[E-OPTION-NUMBER]", 1),
            ("<level>XL</level>", 'lettermerge.xml:2:8: error: <level> does not know "XL" [E-OPTION-WORD]\n  hint: give one of: T, LT, LTA', 1),
            ("<no-sign>perhaps</no-sign>", "hint: give one of: no, yes", 1),
            ("<out></out>", "<out> is empty [E-SETTING-EMPTY]", 1),
            ("<out>  <!-- x --> </out>", "<out> is empty [E-SETTING-EMPTY]", 1),
            ("<out>a</out><out>b</out>", "lettermerge.xml:2:13: error: <out> stands here for the second time", 1),
            ("<out>a<b/></out>", "lettermerge.xml:2:7: error: <b> is not a setting", 1),
            ("<out level='T'>a</out>", "lettermerge.xml:2:6: error: <out> has no attribute level", 1),
            ("out", "lettermerge.xml:2:1: error: text may not stand straight in <project>", 1),
            ("<force>yes</force>", "<force> cannot stand in a project's settings, it is for one call alone [E-SETTING-ONCE]\n  hint: take it out, and say --force", 1),
            ("<password>x</password>", "lettermerge.xml:2:1: error: <password> holds a password or leads to one", 1),
            ("<pass-file>x</pass-file>", "<pass-file> holds a password or leads to one", 1),
            ("<pin>x</pin>", "[E-SETTING-SECRET]", 1),
            ("<recipients>postgresql://u:geheim@h/d</recipients>", "<recipients> holds a password", 1),
            ("<recipients>postgresql://h/d?password=geheim</recipients>", "<recipients> holds a password", 1),
            ("<identity>pkcs11:object=x?pin-value=geheim</identity>", "[E-SETTING-SECRET]", 1),
            ("<out>a", "[E-XML-MISMATCH]", 1)):
        project(elements)
        done = run("status", "--no-sign")
        check(says in done.stderr and done.returncode == code and "geheim" not in done.stderr, "refused: " + elements.replace("\n", " "), done.returncode, done.stderr)
    write(folder, "lettermerge.xml", "<letter/>")
    check("[E-XML-ROOT]" in run("status").stderr, "refused: another document")
    os.unlink(os.path.join(folder, "lettermerge.xml"))
    os.mkdir(os.path.join(folder, "lettermerge.xml"))
    check(run("status").returncode == 3, "refused: what cannot be read")
    os.rmdir(os.path.join(folder, "lettermerge.xml"))
    for variables, says in (({"JOB": "2"}, 'lettermerge does not read LETTERMERGE_JOB [E-VARIABLE]\n  hint: did you mean "LETTERMERGE_JOBS"?'),
                            ({"JOBS": "two"}, 'LETTERMERGE_JOBS takes a whole number, not "two"'),
                            ({"NO_SIGN": "1"}, 'LETTERMERGE_NO_SIGN does not know "1" [E-OPTION-WORD]\n  hint: give one of: no, yes'),
                            ({"PASSWORD": "geheim"}, "LETTERMERGE_PASSWORD holds a password")):
        done = run("status", "--no-sign", **variables)
        check(says in done.stderr and done.returncode == 2 and "geheim" not in done.stderr, "refused: %s" % variables, done.returncode, done.stderr)
    project("<jobs>many</jobs>")
    check(run("status", "--no-sign", "--jobs", "2").returncode == 1, "what is overruled is looked at all the same")
    project(None)
    done = run("status", "--no-sign", OUT="", SOMETHING="else", EXAMPLES="x")
    check(done.returncode == 0 and not done.stderr, "empty variables say nothing, nor do those of others", done.stderr)
    check("LETTERMERGE_SOMETHING, it says nothing [W-VARIABLE]" in run("config", SOMETHING="else", EXAMPLES="x").stderr, "config names them")
    project("<out>a\x1b[2K</out>".replace("\x1b", "&#x9b;"))
    shown = run("config", RECIPIENTS="postgresql://u:geheim@h/d").stdout
    check("geheim" not in shown and "postgresql://u@h/d" in shown, "config shows no password", shown)
    check("\x9b" not in shown, "and nothing that acts on a terminal")


def lines_keep_their_schema():
    try:
        import jsonschema
    except ImportError:
        print("# there is no jsonschema here")
        return
    with open(os.path.join(ROOT, "docs", "schemas", "config.json")) as file:
        validator = jsonschema.Draft202012Validator(json.load(file))
    project("<out>letters</out><tsa>http://a</tsa>")
    lines = config("--jobs", "2", STYLE="x.xml")[0].values()
    faults = [error.message for line in lines for error in validator.iter_errors(line)]
    check(len({line["by"] for line in lines}) == 4 and not faults, "the lines keep docs/schemas/config.json", faults)
    check(not validator.is_valid({**next(iter(lines)), "by": "chance"}), "which could refuse them")


try:
    for name in "abw":
        write(folder, "templates/%s.xml" % name, (LETTER % name.upper()).replace("Dear", "{{name}}" if name == "w" else "Dear"))
    write(folder, "one/ann.xml", RECORD % "Ann")
    write(folder, "two/ben.xml", RECORD % "Ben")
    every_option_of_every_source()
    what_it_does()
    shutil.copy(os.path.join(folder, "templates", "a.xml"), os.path.join(folder, "a.xml"))
    for name in "bw":
        os.unlink(os.path.join(folder, "templates", name + ".xml"))
    os.rename(os.path.join(folder, "one"), os.path.join(folder, "recipients"))
    what_is_refused()
    lines_keep_their_schema()
finally:
    shutil.rmtree(folder)
finish()
